//! One link in full: what a reader is told of it.

use serde::Serialize;

use super::asked::Asked;
use super::edge::Edge;
use super::node::{agency_at, began, evidence, innovation_at, taken};
use super::scope::Progress;
use crate::base::{AgencyId, HubId, PartialDate, ReplicationId, vocabulary::vocabulary};
use crate::model::{
    Agency, Agreement, ChangeType, Difference, EvidenceLevel, Extent, Innovation, NodeId, Record, Replication,
    ReplicationState, TitleRelation,
};
use crate::registry::Slot;

vocabulary! {
    /// What is odd about a link. It is allowed, since history is recorded as it was, and told.
    LinkFinding = "link-finding" {
        OlderThanSource = "older-than-source", "replika lebih tua daripada inovasi asalnya", "the replica is older than its source";
        StepsOutOfOrder = "steps-out-of-order", "tanggal langkah tidak berurutan", "the dates of its steps are out of order";
        BeganAfterUse = "began-after-use", "replika dipakai sebelum replikasi dimulai", "the replica was in use before the replication began";
        SourceStopped = "source-stopped", "inovasi asal sudah berhenti ketika diambil", "the source had stopped before it was taken";
        SameOwner = "same-owner", "instansi mengambil dari dirinya sendiri", "the agency took from itself";
    }
}

/// That a replica came from a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Link {
    /// The replication that says so.
    pub replication: ReplicationId,
    /// What was taken.
    pub source: NodeId,
    /// What came of it.
    pub target: NodeId,
    /// Who took it, where it is one known agency.
    pub recipient: Option<AgencyId>,
    /// How much was taken.
    pub extent: Option<Extent>,
    /// How far the replica departs from it.
    pub change_type: Option<ChangeType>,
    /// How well it is known.
    pub evidence: Option<EvidenceLevel>,
    /// Whether the link was inferred at first; that stays with it, whatever came to be known later.
    pub was_inferred: bool,
    /// How far the replication has come.
    pub state: ReplicationState,
    /// The furthest it had come.
    pub progress: Progress,
    /// When the replica came into use, or else when the replication began or was first heard of.
    pub on: Option<PartialDate>,
    /// How the titles relate.
    pub title_relation: Option<TitleRelation>,
    /// What was kept, changed, dropped, added, as declared.
    pub differences: Vec<Difference>,
    /// What was agreed.
    pub agreements: Vec<Agreement>,
    /// The hub that helped.
    pub facilitator_hub: Option<HubId>,
    /// The agency that helped.
    pub facilitator: Option<AgencyId>,
    /// What is odd about it.
    pub findings: Vec<LinkFinding>,
}

/// Reads a link between two places.
pub(super) fn read_link(asked: &Asked<'_>, (source, target): (Slot, Slot), edge: &Edge) -> Option<Link> {
    let Record::Replication(replication) = asked.view.at_slot(edge.replication)? else { return None };
    let taken = taken(asked, replication, source);
    Some(Link {
        replication: replication.id.clone(),
        source: asked.id(source)?,
        target: asked.id(target)?,
        recipient: recipient(asked, replication)
            .or_else(|| agency_at(&asked.view, target))
            .map(|agency| agency.id.clone()),
        extent: taken.and_then(|taken| taken.extent),
        change_type: replication.change_type,
        evidence: evidence(replication, taken),
        was_inferred: was_inferred(asked, edge),
        state: replication.status.state(),
        progress: edge.progress(),
        on: began(&asked.view, replication),
        title_relation: replication.title_relation,
        differences: replication.differences.clone(),
        agreements: replication.agreements.clone(),
        facilitator_hub: replication.facilitator_hub.clone(),
        facilitator: replication.facilitator.clone(),
        findings: findings(asked, replication, source, target),
    })
}

fn recipient<'a>(asked: &Asked<'a>, replication: &Replication) -> Option<&'a Agency> {
    asked.view.find::<Agency>(replication.recipient.as_ref()?.as_str())
}

/// Whether any version of the replication, up to what is read, knew of the link by inference only.
pub(super) fn was_inferred(asked: &Asked<'_>, edge: &Edge) -> bool {
    let revision = asked.view.revision();
    asked.view.history_at(edge.replication).take_while(|lived| lived.since <= revision).any(|lived| {
        match lived.record {
            Some(Record::Replication(replication)) => {
                let same = replication.sources.iter().filter(|taken| {
                    let place = asked.view.slot_of(crate::model::EntityKind::Innovation, taken.innovation.as_str());
                    place == Some(edge.source)
                });
                same.into_iter().any(|taken| evidence(replication, Some(taken)) == Some(EvidenceLevel::Inferred))
            }
            _ => false,
        }
    })
}

fn findings(asked: &Asked<'_>, replication: &Replication, source: Slot, target: Slot) -> Vec<LinkFinding> {
    let from = innovation_at(&asked.view, source);
    let made = innovation_at(&asked.view, target);
    let in_use = replication.implemented_on.or_else(|| made.and_then(|made| made.implemented_on));
    let surely_before =
        |a: Option<PartialDate>, b: Option<PartialDate>| a.zip(b).is_some_and(|(a, b)| a.surely_before(b));
    let steps: Vec<PartialDate> = replication.status.steps.iter().filter_map(|step| step.on).collect();
    let stopped = from.and_then(Innovation::stopped_on);
    let taken_on = replication.started_on.or_else(|| steps.first().copied()).or(in_use);
    let owner = agency_at(&asked.view, source).map(|agency| &agency.id);
    let taker = recipient(asked, replication).or_else(|| agency_at(&asked.view, target)).map(|agency| &agency.id);
    [
        (surely_before(in_use, from.and_then(|from| from.implemented_on)), LinkFinding::OlderThanSource),
        (steps.windows(2).any(|pair| pair[1].surely_before(pair[0])), LinkFinding::StepsOutOfOrder),
        (surely_before(replication.implemented_on, replication.started_on), LinkFinding::BeganAfterUse),
        (surely_before(stopped, taken_on), LinkFinding::SourceStopped),
        (owner.is_some() && owner == taker, LinkFinding::SameOwner),
    ]
    .into_iter()
    .filter_map(|(holds, finding)| holds.then_some(finding))
    .collect()
}
