//! The index: every link there ever was, by source and by replica, kept in step with the registry.
//!
//! Edges carry the interval of revisions in which they were on record and the days in which they held, so that reading as
//! of the past replays nothing. Ends are the places of the registry: dense, and shared with it, so that no names are kept
//! here. Where innovations were merged, a walk goes on from all that stands for the same one at the revision it reads.

use rustc_hash::FxHashMap;

use super::adjacency::{Adjacency, Half};
use super::edge::{Edge, Facts, NONE};
use super::scope::Filter;
use crate::model::{EntityKind, Record, Replication};
use crate::registry::{Registry, Revision, Slot, View};

/// From so many replications on, an index is built by more than one thread.
const WORTH_THREADS: usize = 20_000;

/// The links of a network, by source and by replica.
#[derive(Debug, Default)]
pub struct Lineage {
    revision: Revision,
    edges: Vec<Edge>,
    /// Places in `edges` that can be taken again.
    free: Vec<u32>,
    /// The first edge of each replication, by its place.
    first: Vec<u32>,
    /// What was made from each source.
    replicas: Adjacency,
    /// What each replica was made from.
    sources: Adjacency,
    merges: Merges,
}

/// Which innovations stood for which others, and when.
#[derive(Debug, Default)]
struct Merges {
    /// What a place was merged into, since when.
    into: FxHashMap<Slot, Vec<(Revision, Option<Slot>)>>,
    /// The places that were ever merged into this one.
    absorbed: FxHashMap<Slot, Vec<Slot>>,
}

/// Which way a walk goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// From a source to its replicas.
    Down,
    /// From a replica to its sources.
    Up,
}

impl Lineage {
    /// The revision it stands at.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// How many links there ever were, counting each change of one.
    pub fn link_count(&self) -> usize {
        self.edges.len() - self.free.len()
    }

    /// Brings the index to the revision of a registry: only what changed is read again.
    ///
    /// # Complexity
    /// Linear in the replications that changed and in how often their sources and targets are named; the first time, linear
    /// in all replications.
    pub fn catch_up(&mut self, registry: &Registry) {
        if self.revision == registry.revision() {
            return;
        }
        let view = registry.view();
        let changed = registry.changed_slots(EntityKind::Replication, self.revision);
        if self.revision == 0 {
            self.build(&view, &changed);
            for slot in view.ever_merged(EntityKind::Innovation) {
                self.merges.read(&view, slot);
            }
        } else {
            for slot in changed {
                self.replace(&view, slot);
            }
            let innovations = registry.changed_slots(EntityKind::Innovation, self.revision);
            for slot in innovations {
                self.merges.read(&view, slot);
            }
        }
        self.revision = registry.revision();
    }

    fn build(&mut self, view: &View<'_>, replications: &[Slot]) {
        let places: FxHashMap<&str, Slot> = view.places(EntityKind::Innovation).collect();
        let place = |id: &str| places.get(id).copied();
        let read = |slots: &[Slot]| {
            let mut edges = Vec::with_capacity(slots.len());
            for slot in slots {
                read_edges(view, *slot, &place, &mut edges);
            }
            edges
        };
        let (left, right) = replications.split_at(replications.len() / 2);
        self.edges = if replications.len() < WORTH_THREADS {
            read(replications)
        } else {
            std::thread::scope(|scope| {
                let ahead = std::thread::Builder::new().spawn_scoped(scope, || read(right));
                let mut edges = read(left);
                // Where there are no threads, one does it all.
                let rest = ahead.ok().and_then(|thread| thread.join().ok());
                edges.extend(rest.unwrap_or_else(|| read(right)));
                edges
            })
        };
        self.first = vec![NONE; view.place_count()];
        for (number, edge) in (0_u32..).zip(&mut self.edges) {
            if let Some(first) = self.first.get_mut(edge.replication as usize) {
                edge.next = std::mem::replace(first, number);
            }
        }
        let nodes = view.place_count();
        let numbered = || (0_u32..).zip(&self.edges);
        let down = numbered().map(|(edge, of)| (of.source, Half::new(of.target, edge, of.is_usual())));
        let up = numbered().map(|(edge, of)| (of.target, Half::new(of.source, edge, of.is_usual())));
        self.replicas = Adjacency::build(nodes, down);
        self.sources = Adjacency::build(nodes, up);
    }

    /// Takes out the edges of a replication and puts in what it says now.
    fn replace(&mut self, view: &View<'_>, replication: Slot) {
        let place = replication as usize;
        if self.first.len() <= place {
            self.first.resize(place + 1, NONE);
        }
        let mut old = std::mem::replace(&mut self.first[place], NONE);
        while let Some(edge) = self.edges.get(old as usize).copied() {
            self.replicas.remove(edge.source, old);
            self.sources.remove(edge.target, old);
            self.free.push(old);
            old = edge.next;
        }
        let mut edges = Vec::new();
        read_edges(view, replication, &|id| view.slot_of(EntityKind::Innovation, id), &mut edges);
        for edge in edges {
            self.add(edge);
        }
    }

    fn add(&mut self, edge: Edge) {
        let first = &mut self.first[edge.replication as usize];
        // 2^31 edges do not fit into memory.
        let number = self.free.pop().unwrap_or_else(|| u32::try_from(self.edges.len()).unwrap_or(NONE));
        let edge = Edge { next: std::mem::replace(first, number), ..edge };
        match self.edges.get_mut(number as usize) {
            Some(place) => *place = edge,
            None => self.edges.push(edge),
        }
        let is_usual = edge.is_usual();
        self.replicas.insert(edge.source, Half::new(edge.target, number, is_usual));
        self.sources.insert(edge.target, Half::new(edge.source, number, is_usual));
    }

    /// Every edge that a filter admits, with its ends as they stand at the revision of the filter. A link that a merge has
    /// turned upon itself is left out.
    pub(super) fn edges(&self, filter: Filter) -> impl Iterator<Item = (Slot, Slot, &Edge)> + '_ {
        let starts = self.replicas.nodes().flat_map(|node| self.replicas.of(node));
        let admitted = starts.filter_map(|half| self.edges.get(half.edge() as usize));
        let admitted = admitted.filter(move |edge| filter.admits(edge));
        let placed = admitted.map(move |edge| {
            let stands = |slot| self.merges.canonical(slot, filter.revision);
            (stands(edge.source), stands(edge.target), edge)
        });
        placed.filter(|(source, target, _)| source != target)
    }

    /// Calls for every neighbour of a node, in the order in which the links were recorded.
    pub(super) fn neighbours<'e>(
        &'e self,
        node: Slot,
        way: Way,
        filter: Filter,
        mut visit: impl FnMut(Slot, &'e Edge),
    ) {
        let lists = match way {
            Way::Down => &self.replicas,
            Way::Up => &self.sources,
        };
        let mut look = |halves: &'e [Half]| {
            for half in halves {
                // The usual question need not look at the edge itself, which lies somewhere else in memory.
                let Some(edge) = self.edges.get(half.edge() as usize) else { continue };
                let is_admitted = if filter.is_usual { half.is_usual() } else { filter.admits(edge) };
                if !is_admitted {
                    continue;
                }
                let next = self.merges.canonical(half.node, filter.revision);
                if next != node {
                    visit(next, edge);
                }
            }
        };
        look(lists.of(node));
        if !self.merges.absorbed.is_empty() {
            self.merges.class(node, filter.revision).into_iter().skip(1).for_each(|member| look(lists.of(member)));
        }
    }
}

/// The edges that the versions of a replication say, oldest first; versions that say the same are one edge.
fn read_edges(view: &View<'_>, slot: Slot, place: &impl Fn(&str) -> Option<Slot>, edges: &mut Vec<Edge>) {
    let begin = edges.len();
    // Where the edges of the version before begin.
    let mut before = begin;
    for lived in view.history_at(slot) {
        let here = edges.len();
        if let Some(Record::Replication(replication)) = lived.record {
            version_edges(replication, slot, lived.since, place, edges);
        }
        close(edges, before, here, lived.since);
        before = here;
    }
    join(edges, begin);
}

fn version_edges(
    replication: &Replication,
    slot: Slot,
    since: Revision,
    place: &impl Fn(&str) -> Option<Slot>,
    edges: &mut Vec<Edge>,
) {
    let facts = Facts::of(replication);
    let target = replication.target.as_ref().and_then(|target| place(target.as_str())).unwrap_or(slot);
    for source in &replication.sources {
        if let Some(from) = place(source.innovation.as_str()) {
            edges.push(facts.edge(source, [slot, from, target], since));
        }
    }
}

/// What a version says ends where the next begins.
fn close(edges: &mut [Edge], before: usize, here: usize, since: Revision) {
    for edge in &mut edges[before..here] {
        edge.until = since;
    }
}

/// Makes one of edges that say the same without a gap.
fn join(edges: &mut Vec<Edge>, begin: usize) {
    let mut at = begin + 1;
    while at < edges.len() {
        let edge = edges[at];
        let earlier = edges[begin..at].iter().position(|known| known.until == edge.since && known.continues(&edge));
        match earlier {
            Some(known) => {
                edges[begin + known].until = edge.until;
                edges.remove(at);
            }
            None => at += 1,
        }
    }
}

impl Merges {
    /// Reads when a place was merged into which other.
    fn read(&mut self, view: &View<'_>, slot: Slot) {
        let mut steps: Vec<(Revision, Option<Slot>)> = Vec::new();
        for lived in view.history_at(slot) {
            if steps.last().map_or(lived.into.is_some(), |(_, into)| *into != lived.into) {
                steps.push((lived.since, lived.into));
            }
        }
        for into in steps.iter().filter_map(|(_, into)| *into) {
            let absorbed = self.absorbed.entry(into).or_default();
            if let Err(at) = absorbed.binary_search(&slot) {
                absorbed.insert(at, slot);
            }
        }
        if !steps.is_empty() {
            self.into.insert(slot, steps);
        }
    }

    fn into(&self, slot: Slot, revision: Revision) -> Option<Slot> {
        self.into.get(&slot)?.iter().rev().find(|(since, _)| *since <= revision)?.1
    }

    fn canonical(&self, mut slot: Slot, revision: Revision) -> Slot {
        if self.into.is_empty() {
            return slot;
        }
        // Merging refuses circles; the bound keeps even a damaged state from looping.
        for _ in 0..=self.into.len() {
            match self.into(slot, revision) {
                Some(next) => slot = next,
                None => break,
            }
        }
        slot
    }

    /// A place and all that was merged into it at a revision, itself first.
    fn class(&self, slot: Slot, revision: Revision) -> Vec<Slot> {
        let mut class = vec![slot];
        let mut next = 0;
        while let Some(into) = class.get(next).copied() {
            for member in self.absorbed.get(&into).into_iter().flatten() {
                if self.into(*member, revision) == Some(into) && !class.contains(member) {
                    class.push(*member);
                }
            }
            next += 1;
        }
        class
    }
}
