//! From a graph to changes of a network: what is missing there is entered, as far as it can be.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{AgencyId, Code, Error, InnovationId, ReplicationId, Result};
use crate::model::{
    Agency, Entity, EntityRef, Graph, GraphEdge, GraphNode, Hub, Innovation, Line, NodeId, Region, Replication,
    ReplicationState, Sector, Source, Step,
};
use crate::registry::{Action, View};

/// What a graph adds to a network.
#[derive(Debug, Default)]
pub struct GraphActions {
    /// The innovations and replications to enter, for one commit.
    pub actions: Vec<Action>,
    /// How many innovations and replications of the graph the network knows already; they stay as they are.
    pub known: usize,
    /// What cannot be entered, and why: each error names the record and, where only one field is left out, the field.
    pub left_out: Vec<Error>,
}

/// Turns a graph into the actions that enter what a network lacks of it.
///
/// * An innovation is entered where its owner is an agency of the network and it has a title; `since` becomes the date of
///   its implementation, its stage a reported step.
/// * A replication is entered with all its sources, each with its extent and evidence. Its state is a reported step; `on` is
///   the date of its implementation where it came so far, and else of its beginning. A replica that has no record, or gets
///   none here, goes by its title and its recipients; its sectors, its `since` (the date of its implementation) and its
///   provenance go into the replication. Where it is, is where its recipient is.
/// * A replica without a record that no edge leads to is left out: nothing tells what it came from.
/// * What is known already, by id, is left as it is. References to regions, sectors and hubs that the network does not have
///   are left out of their records. Edges of one replication that contradict each other leave the field unknown.
///
/// ```
/// use jipp_core::exchange::{GraphFormat, graph_actions, read_graph};
/// use jipp_core::{registry::Registry, store::MemoryStore};
/// let registry = Registry::open(Box::new(MemoryStore::new()), "ministry".parse()?)?;
/// let read = read_graph("digraph { antre [title=Antre, owner=\"kota-ambon\"] }", GraphFormat::Dot)?;
/// let adopted = graph_actions(&read.graph, &registry.view())?;
/// // The network does not know the agency.
/// assert!(adopted.actions.is_empty());
/// assert_eq!(adopted.left_out[0].code(), "dangling-reference");
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// What [`Graph::check`] says. What the network would refuse is reported in `left_out` instead: `dangling-reference`,
/// `field-missing`, `lineage-cycle`, `retracted`, `graph-contradiction`, and what the checks of the records say.
///
/// # Complexity
/// Linear in the replications of the network and the graph, and for each replication of the graph in what follows from it.
pub fn graph_actions(graph: &Graph, view: &View<'_>) -> Result<GraphActions> {
    graph.check()?;
    let mut adoption = Adoption::new(graph, view);
    for node in &graph.nodes {
        if let NodeId::Innovation(id) = &node.id {
            adoption.innovation(id, node);
        }
    }
    let mut groups: BTreeMap<&ReplicationId, Vec<&GraphEdge>> = BTreeMap::new();
    for edge in &graph.edges {
        groups.entry(&edge.replication).or_default().push(edge);
    }
    for (id, edges) in &groups {
        adoption.replication(id, edges);
    }
    for node in &graph.nodes {
        if let NodeId::Replica(id) = &node.id {
            adoption.replica(id, node, groups.get(id).map_or(&[], Vec::as_slice));
        }
    }
    Ok(adoption.done)
}

struct Adoption<'a> {
    view: &'a View<'a>,
    nodes: BTreeMap<&'a NodeId, &'a GraphNode>,
    /// The innovations that will be entered.
    entered: BTreeSet<InnovationId>,
    /// Who was taken by whom, in the network and in what will be entered.
    replicas: BTreeMap<InnovationId, BTreeSet<InnovationId>>,
    done: GraphActions,
}

impl<'a> Adoption<'a> {
    fn new(graph: &'a Graph, view: &'a View<'a>) -> Self {
        let nodes = graph.nodes.iter().map(|node| (&node.id, node)).collect();
        let (entered, replicas, done) = Default::default();
        let mut adoption = Self { view, nodes, entered, replicas, done };
        for replication in view.all::<Replication>() {
            let sources: Vec<&InnovationId> = replication.sources.iter().map(|source| &source.innovation).collect();
            adoption.link(&sources, replication.target.as_ref());
        }
        adoption
    }

    fn link(&mut self, sources: &[&InnovationId], target: Option<&InnovationId>) {
        let Some(target) = target.map(|target| self.standing(target)) else { return };
        for source in sources {
            let source = self.standing(source);
            self.replicas.entry(source).or_default().insert(target.clone());
        }
    }

    /// The id of the innovation that stands for one, merges followed.
    fn standing(&self, id: &InnovationId) -> InnovationId {
        self.view.get::<Innovation>(id).map_or_else(|_| id.clone(), |innovation| innovation.id.clone())
    }

    fn exists(&self, id: &InnovationId) -> bool {
        self.entered.contains(id) || self.view.get::<Innovation>(id).is_ok()
    }

    fn leave_out(&mut self, error: Error, subject: &EntityRef) {
        self.done.left_out.push(error.about(subject));
    }

    /// A reference that the network has, or nothing and a report.
    fn found<T: Entity>(&mut self, id: Option<&T::Id>, field: &str, subject: &EntityRef) -> Option<T::Id> {
        let id = id?;
        if self.view.get::<T>(id).is_ok() {
            return Some(id.clone());
        }
        self.leave_out(Error::new(Code::DanglingReference).field(field).value(id), subject);
        None
    }

    fn innovation(&mut self, id: &InnovationId, node: &GraphNode) {
        let subject = EntityRef::of::<Innovation>(id);
        if self.view.get::<Innovation>(id).is_ok() {
            self.done.known += 1;
            return;
        }
        if !self.view.versions::<Innovation>(id).is_empty() {
            return self.leave_out(Error::new(Code::Retracted), &subject);
        }
        let (Some(owner), Some(title)) = (&node.owner, &node.title) else {
            let field = if node.owner.is_none() { "owner" } else { "title" };
            return self.leave_out(Error::new(Code::FieldMissing).field(field), &subject);
        };
        let Some(owner) = self.found::<Agency>(Some(owner), "owner", &subject) else { return };
        let mut innovation = Innovation::new(id.clone(), title.clone(), owner);
        innovation.region = self.found::<Region>(node.region.as_ref(), "region", &subject);
        let sectors = node.sectors.iter().filter_map(|sector| self.found::<Sector>(Some(sector), "sectors", &subject));
        innovation.sectors = sectors.collect();
        innovation.implemented_on = node.since;
        innovation.stage.steps.extend(node.stage.and_then(|stage| Some(Step::reported(stage, raw(stage.code())?))));
        innovation.provenance.clone_from(&node.provenance);
        match innovation.check() {
            Ok(()) => {
                self.entered.insert(id.clone());
                self.done.actions.push(Action::Register(innovation.into()));
            }
            Err(error) => self.leave_out(error, &subject),
        }
    }

    fn replication(&mut self, id: &ReplicationId, edges: &[&GraphEdge]) {
        let subject = EntityRef::of::<Replication>(id);
        if self.view.get::<Replication>(id).is_ok() {
            self.done.known += 1;
            return;
        }
        match self.make_replication(id, edges, &subject) {
            Ok(replication) => {
                let sources: Vec<&InnovationId> = replication.sources.iter().map(|source| &source.innovation).collect();
                self.link(&sources, replication.target.as_ref());
                self.done.actions.push(Action::Register(replication.into()));
            }
            Err(error) => self.leave_out(error, &subject),
        }
    }

    /// A replica that no edge of its replication leads to: known already, or reported.
    fn replica(&mut self, id: &ReplicationId, node: &GraphNode, edges: &[&GraphEdge]) {
        let is_known = self.view.get::<Replication>(id).is_ok();
        if is_known {
            self.done.known += usize::from(edges.is_empty());
        } else if edges.iter().all(|edge| edge.target != node.id) {
            let error = Error::new(Code::FieldMissing).field("sources").value(&node.id);
            self.leave_out(error.expected("an edge that leads to it"), &EntityRef::of::<Replication>(id));
        }
    }

    fn make_replication(
        &mut self,
        id: &ReplicationId,
        edges: &[&GraphEdge],
        subject: &EntityRef,
    ) -> Result<Replication> {
        if !self.view.versions::<Replication>(id).is_empty() {
            return Err(Error::new(Code::Retracted));
        }
        let mut replication = Replication::new(id.clone());
        replication.sources = edges.iter().map(|edge| self.source(edge)).collect::<Result<_>>()?;
        let target = agreed(edges, "target", |edge| Some(&edge.target))?;
        let target = target.ok_or_else(|| Error::new(Code::FieldMissing).field("target"))?;
        let replica = self.take_target(&mut replication, target, subject)?;
        replication.change_type = self.one(edges, "change_type", subject, |edge| edge.change_type);
        replication.title_relation = self.one(edges, "title_relation", subject, |edge| edge.title_relation);
        let hub = self.one(edges, "facilitator_hub", subject, |edge| edge.facilitator_hub.as_ref());
        replication.facilitator_hub = self.found::<Hub>(hub, "facilitator_hub", subject);
        let state = self.one(edges, "state", subject, |edge| Some(edge.state)).unwrap_or(ReplicationState::Claimed);
        if state != ReplicationState::Proposed {
            replication.status.steps.extend(raw(state.code()).map(|raw| Step::reported(state, raw)));
        }
        let on = self.one(edges, "on", subject, |edge| edge.on);
        let since = replica.and_then(|node| node.since);
        if came_into_use(state) {
            replication.implemented_on = on.or(since);
            if on.zip(since).is_some_and(|(on, since)| on != since) {
                self.leave_out(
                    Error::new(Code::GraphContradiction).field("since").expected("the `on` of its edges"),
                    subject,
                );
            }
        } else {
            replication.implemented_on = since;
            replication.started_on = on.filter(|on| Some(*on) != since);
        }
        let sectors = replica.into_iter().flat_map(|node| &node.sectors);
        replication.sectors =
            sectors.filter_map(|sector| self.found::<Sector>(Some(sector), "sectors", subject)).collect();
        let of_replica = replica.into_iter().flat_map(|node| &node.provenance);
        for source in edges.iter().flat_map(|edge| &edge.provenance).chain(of_replica) {
            if !replication.provenance.contains(source) {
                replication.provenance.push(source.clone());
            }
        }
        self.check_cycle(&replication)?;
        replication.check()?;
        Ok(replication)
    }

    fn source(&self, edge: &GraphEdge) -> Result<Source> {
        match &edge.source {
            NodeId::Innovation(id) if self.exists(id) => {
                Ok(Source { innovation: id.clone(), extent: edge.extent, evidence: edge.evidence, note: None })
            }
            other => Err(Error::new(Code::DanglingReference).field("sources").value(other)),
        }
    }

    /// What came of it: an innovation, or else its title and who it is for. Gives the node of a replica that gets no
    /// record of its own.
    fn take_target(
        &mut self,
        replication: &mut Replication,
        target: &NodeId,
        subject: &EntityRef,
    ) -> Result<Option<&'a GraphNode>> {
        let node = self.nodes.get(target).copied();
        let owner: Option<&AgencyId> = node.and_then(|node| node.owner.as_ref());
        let replica = match target {
            NodeId::Replica(id) if *id != replication.id => {
                return Err(Error::new(Code::DanglingReference).field("target").value(target));
            }
            NodeId::Innovation(id) if self.exists(id) => {
                replication.target = Some(id.clone());
                None
            }
            _ => {
                replication.target_title = node.and_then(|node| node.title.clone());
                replication.recipients_note = node.and_then(|node| node.owner_name.clone());
                node
            }
        };
        replication.recipient = self.found::<Agency>(owner, "recipient", subject);
        Ok(replica)
    }

    /// The value that the edges of a replication have in common; where they contradict each other, none and a report.
    fn one<'e, T: PartialEq>(
        &mut self,
        edges: &[&'e GraphEdge],
        field: &str,
        subject: &EntityRef,
        value: impl Fn(&'e GraphEdge) -> Option<T>,
    ) -> Option<T> {
        agreed(edges, field, value).unwrap_or_else(|error| {
            self.leave_out(error, subject);
            None
        })
    }

    /// Refuses what would make an innovation its own ancestor.
    fn check_cycle(&self, replication: &Replication) -> Result<()> {
        let Some(target) = &replication.target else { return Ok(()) };
        let sources: BTreeSet<InnovationId> =
            replication.sources.iter().map(|source| self.standing(&source.innovation)).collect();
        let mut seen = BTreeSet::new();
        let mut open = vec![self.standing(target)];
        while let Some(id) = open.pop() {
            if sources.contains(&id) {
                return Err(Error::new(Code::LineageCycle).field("sources").value(id));
            }
            if seen.insert(id.clone()) {
                open.extend(self.replicas.get(&id).into_iter().flatten().cloned());
            }
        }
        Ok(())
    }
}

/// The value of those edges that have one, if they all have the same.
fn agreed<'e, T: PartialEq>(
    edges: &[&'e GraphEdge],
    field: &str,
    value: impl Fn(&'e GraphEdge) -> Option<T>,
) -> Result<Option<T>> {
    let mut found = None;
    for value in edges.iter().filter_map(|edge| value(edge)) {
        if found.as_ref().is_some_and(|former| *former != value) {
            let fault = Error::new(Code::GraphContradiction).field(field);
            return Err(fault.expected("the same value in every edge of the replication"));
        }
        found = Some(value);
    }
    Ok(found)
}

fn came_into_use(state: ReplicationState) -> bool {
    use ReplicationState as S;
    matches!(state, S::Implemented | S::Reported | S::Verified | S::Completed | S::Discontinued | S::Claimed)
}

/// The wording of a step that a graph reports.
fn raw(code: &str) -> Option<Line> {
    Line::new(code).ok()
}
