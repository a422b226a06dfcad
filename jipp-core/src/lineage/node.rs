//! What stands in a place of a lineage.

use super::asked::Asked;
use super::edge::Edge;
use super::link::was_inferred;
use crate::base::PartialDate;
use crate::model::{
    Agency, EntityKind, EvidenceLevel, GraphEdge, GraphNode, Innovation, Line, Mark, NodeId, Provenance, Record,
    Region, Replication, Source,
};
use crate::registry::{Slot, View};

/// The node in a place.
pub(super) fn id_at(view: &View<'_>, slot: Slot) -> Option<NodeId> {
    match view.at_slot(slot)? {
        Record::Innovation(innovation) => Some(NodeId::Innovation(innovation.id.clone())),
        Record::Replication(replication) => Some(NodeId::Replica(replication.id.clone())),
        _ => None,
    }
}

/// The agency that owns or runs what is in a place.
pub(super) fn agency_at<'a>(view: &View<'a>, slot: Slot) -> Option<&'a Agency> {
    let id = match view.at_slot(slot)? {
        Record::Innovation(innovation) => &innovation.owner,
        Record::Replication(replication) => replication.recipient.as_ref()?,
        _ => return None,
    };
    view.find::<Agency>(id.as_str())
}

/// The region that it runs in, or else that of its agency.
pub(super) fn region_at<'a>(view: &View<'a>, slot: Slot) -> Option<&'a Region> {
    let own = match view.at_slot(slot)? {
        Record::Innovation(innovation) => innovation.region.as_ref(),
        _ => None,
    };
    let region = own.or_else(|| agency_at(view, slot)?.region.as_ref())?;
    view.find::<Region>(region.as_str())
}

/// What a reader of a lineage wants to see of a node.
pub(super) fn node_at(view: &View<'_>, slot: Slot) -> Option<GraphNode> {
    let mut node = GraphNode::new(id_at(view, slot)?);
    match view.at_slot(slot)? {
        Record::Innovation(innovation) => of_innovation(&mut node, innovation),
        Record::Replication(replication) => of_replica(&mut node, replication),
        _ => return None,
    }
    if let Some(agency) = agency_at(view, slot) {
        node.owner = Some(agency.id.clone());
        node.owner_name = Some(agency.name.clone());
        node.owner_kind = Some(agency.kind);
    }
    let region = region_at(view, slot);
    node.region = region.map(|region| region.id.clone());
    let province = region.and_then(|region| view.province_of(region));
    node.province = province.map(|province| province.id.clone());
    node.province_name = province.map(|province| province.name.clone());
    Some(node)
}

fn of_innovation(node: &mut GraphNode, innovation: &Innovation) {
    node.title = Some(innovation.title.clone());
    node.sectors.clone_from(&innovation.sectors);
    node.since = innovation.implemented_on;
    node.stage = (!innovation.stage.is_initial()).then(|| innovation.stage.state());
    node.provenance.clone_from(&innovation.provenance);
}

fn of_replica(node: &mut GraphNode, replication: &Replication) {
    node.title.clone_from(&replication.target_title);
    node.owner_name.clone_from(&replication.recipients_note);
    node.sectors.clone_from(&replication.sectors);
    node.since = replication.implemented_on;
    node.provenance.clone_from(&replication.provenance);
}

/// The edge of a plain graph that an edge stands for.
pub(super) fn edge(asked: &Asked<'_>, (source, target): (Slot, Slot), edge: &Edge) -> Option<GraphEdge> {
    let Record::Replication(replication) = asked.view.at_slot(edge.replication)? else { return None };
    let state = replication.status.state();
    let mut shown = GraphEdge::new(replication.id.clone(), asked.id(source)?, asked.id(target)?, state);
    let taken = taken(asked, replication, source);
    shown.extent = taken.and_then(|taken| taken.extent);
    shown.change_type = replication.change_type;
    shown.evidence = evidence(replication, taken);
    shown.on = began(&asked.view, replication);
    shown.title_relation = replication.title_relation;
    shown.facilitator_hub.clone_from(&replication.facilitator_hub);
    shown.provenance.clone_from(&replication.provenance);
    if was_inferred(asked, edge) && shown.evidence != Some(EvidenceLevel::Inferred) {
        shown.provenance.push(inferred_at_first()?);
    }
    Some(shown)
}

/// That a link was inferred stays with it, in every file it is written to, whatever came to be known later.
fn inferred_at_first() -> Option<Provenance> {
    let line = |text| Line::new(text).ok();
    Some(Provenance {
        field: line("evidence"),
        source: line("earlier versions of the replication")?,
        retrieved_on: None,
        confidence: None,
        mark: Some(Mark::Inferred),
        note: line("inferred at first"),
    })
}

/// The innovation in a place.
pub(super) fn innovation_at<'a>(view: &View<'a>, slot: Slot) -> Option<&'a Innovation> {
    match view.at_slot(slot)? {
        Record::Innovation(innovation) => Some(innovation),
        _ => None,
    }
}

/// What a replication says of the source in a place; the best known, where several of its sources were merged into one.
pub(super) fn taken<'a>(asked: &Asked<'_>, replication: &'a Replication, source: Slot) -> Option<&'a Source> {
    let is_it = |id: &str| asked.view.live_slot(EntityKind::Innovation, id) == Some(source);
    let same = replication.sources.iter().filter(|taken| is_it(taken.innovation.as_str()));
    // Of equals the first.
    same.rev().max_by_key(|taken| taken.evidence.or(replication.evidence_level))
}

/// How well a link is known, where it is said.
pub(super) fn evidence(replication: &Replication, taken: Option<&Source>) -> Option<EvidenceLevel> {
    taken.and_then(|taken| taken.evidence).or(replication.evidence_level)
}

/// When the replica came into use, or else when the replication began or was first heard of.
pub(super) fn began(view: &View<'_>, replication: &Replication) -> Option<PartialDate> {
    let made = || view.find::<Innovation>(replication.target.as_ref()?.as_str())?.implemented_on;
    let first = || replication.status.steps.iter().find_map(|step| step.on);
    replication.implemented_on.or_else(made).or(replication.started_on).or_else(first)
}
