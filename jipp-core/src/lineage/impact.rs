//! Who depends on what stopped.

use serde::Serialize;

use super::asked::Asked;
use super::index::Way;
use super::node::{innovation_at, node_at};
use super::scope::Scope;
use super::view::LineageView;
use crate::base::{PartialDate, Result};
use crate::model::{GraphNode, NodeId, Record, Replication, ReplicationState};
use crate::registry::Slot;

/// What came of an innovation that stopped, and what that rests on now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Impact {
    /// The innovation.
    pub node: GraphNode,
    /// Whether it is known to have stopped.
    pub is_stopped: bool,
    /// When and why it stopped, in the words on record.
    pub stopped: Option<(Option<PartialDate>, Option<String>)>,
    /// What came of it, nearest first.
    pub dependents: Vec<Dependent>,
}

/// Something that came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dependent {
    /// What it is.
    pub node: GraphNode,
    /// The fewest steps to it.
    pub generation: u32,
    /// Whether it is not known to have stopped itself.
    pub may_run: bool,
    /// Its other sources that are not known to have stopped: where help can still come from.
    pub other_sources: Vec<NodeId>,
}

impl LineageView<'_> {
    /// What depends on an innovation: all that came of it, and where else each could turn.
    ///
    /// # Errors
    /// `not-found`; `revision-unknown`.
    ///
    /// # Complexity
    /// Linear in the descendants and their links.
    pub fn impact(&self, node: &NodeId, scope: &Scope) -> Result<Impact> {
        let asked = self.ask(scope)?;
        let slot = asked.place(node)?;
        let shown = node_at(&asked.view, slot).ok_or_else(|| super::asked::missing(node))?;
        let mut dependents: Vec<Dependent> = asked
            .reach(&[slot], Way::Down)
            .into_iter()
            .filter(|(at, steps)| *steps > 0 && asked.lists(*at))
            .filter_map(|(at, steps)| dependent(&asked, slot, at, steps))
            .collect();
        dependents.sort_by(|a, b| (a.generation, &a.node.id).cmp(&(b.generation, &b.node.id)));
        Ok(Impact { node: shown, is_stopped: is_stopped(&asked, slot), stopped: stop(&asked, slot), dependents })
    }

    /// Every innovation that is known to have stopped and that something came of.
    ///
    /// # Errors
    /// `not-found` if there is no such region; `revision-unknown`.
    ///
    /// # Complexity
    /// Linear in all links and in the descendants of what stopped.
    pub fn impacts(&self, scope: &Scope) -> Result<Vec<Impact>> {
        let asked = self.ask(scope)?;
        let (sources, _) = asked.ends();
        let stopped = asked.name_all(sources.into_iter().filter(|slot| is_stopped(&asked, *slot)));
        let mut impacts = stopped.iter().map(|node| self.impact(node, scope)).collect::<Result<Vec<Impact>>>()?;
        impacts.retain(|impact| !impact.dependents.is_empty());
        Ok(impacts)
    }
}

fn dependent(asked: &Asked<'_>, stopped: Slot, at: Slot, generation: u32) -> Option<Dependent> {
    let mut other_sources: Vec<NodeId> = asked
        .neighbours(at, Way::Up)
        .into_iter()
        .filter(|(source, _)| *source != stopped && !is_stopped(asked, *source))
        .filter_map(|(source, _)| asked.id(source))
        .collect();
    other_sources.sort();
    other_sources.dedup();
    let may_run = !is_stopped(asked, at) && !all_ended(asked, at);
    Some(Dependent { node: node_at(&asked.view, at)?, generation, may_run, other_sources })
}

/// Whether what is in a place is known to have stopped: a dormant or retired innovation, a discontinued replica.
pub(super) fn is_stopped(asked: &Asked<'_>, slot: Slot) -> bool {
    match asked.view.at_slot(slot) {
        Some(Record::Innovation(innovation)) => innovation.is_stopped(),
        Some(Record::Replication(replication)) => has_ended(replication),
        _ => false,
    }
}

fn has_ended(replication: &Replication) -> bool {
    matches!(replication.status.state(), ReplicationState::Discontinued | ReplicationState::Cancelled)
}

/// Whether every replication that made a node has ended.
fn all_ended(asked: &Asked<'_>, slot: Slot) -> bool {
    asked.neighbours(slot, Way::Up).into_iter().all(|(_, edge)| match asked.view.at_slot(edge.replication) {
        Some(Record::Replication(replication)) => has_ended(replication),
        _ => false,
    })
}

fn stop(asked: &Asked<'_>, slot: Slot) -> Option<(Option<PartialDate>, Option<String>)> {
    let innovation = innovation_at(&asked.view, slot).filter(|innovation| innovation.is_stopped())?;
    let said = innovation.sustainability.as_ref().and_then(|said| said.reason.as_ref()).map(ToString::to_string);
    let last = innovation.stage.last();
    let note = last.and_then(|step| step.note.as_ref()).map(ToString::to_string);
    let words = last.and_then(|step| step.reported.as_ref()).map(ToString::to_string);
    Some((innovation.stopped_on(), note.or(said).or(words)))
}
