//! A question to a lineage in the making: where its nodes are, which it lists, and walking from them.

use rustc_hash::FxHashSet;

use super::edge::Edge;
use super::index::{Lineage, Way};
use super::node;
use super::scope::Filter;
use crate::base::{Code, Error, RegionId, Result};
use crate::model::{Entity as _, EntityKind, EntityRef, Innovation, NodeId, Region, Replication};
use crate::registry::{Slot, View};

/// A question in the making: what it looks at, and the records as they stood then.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) lineage: &'a Lineage,
    pub(super) view: View<'a>,
    pub(super) filter: Filter,
    /// The region whose nodes are listed.
    pub(super) region: Option<&'a Region>,
}

impl<'a> Asked<'a> {
    /// The place of a node, merges followed. A replica that has a record of its own by now is that innovation.
    pub(super) fn place(&self, node: &NodeId) -> Result<Slot> {
        let found = match node {
            NodeId::Innovation(id) => self.view.live_slot(EntityKind::Innovation, id.as_str()),
            NodeId::Replica(id) => {
                let replication = self.view.get::<Replication>(id)?;
                match &replication.target {
                    Some(target) => self.view.live_slot(EntityKind::Innovation, target.as_str()),
                    None => self.view.live_slot(EntityKind::Replication, id.as_str()),
                }
            }
        };
        found.ok_or_else(|| missing(node))
    }

    /// The node in a place.
    pub(super) fn id(&self, slot: Slot) -> Option<NodeId> {
        node::id_at(&self.view, slot)
    }

    /// Whether a node is listed: none is left out unless a region was named.
    pub(super) fn lists(&self, slot: Slot) -> bool {
        let Some(wanted) = self.region else { return true };
        let mut at = node::region_at(&self.view, slot);
        // Hierarchies are short; the bound keeps a damaged one from looping.
        for _ in 0..16 {
            match at {
                Some(region) if region.id() == wanted.id() => return true,
                Some(region) => at = parent(&self.view, region.parent.as_ref()),
                None => break,
            }
        }
        false
    }

    /// Everything that can be reached from some nodes, themselves included, with the fewest steps to it.
    pub(super) fn reach(&self, starts: &[Slot], way: Way) -> Vec<(Slot, u32)> {
        let mut seen = Seen::new(self.view.place_count());
        let mut found: Vec<(Slot, u32)> =
            starts.iter().filter(|slot| seen.first_time(**slot)).map(|slot| (*slot, 0)).collect();
        let mut next = 0;
        while let Some((slot, steps)) = found.get(next).copied() {
            self.lineage.neighbours(slot, way, self.filter, |neighbour, _| {
                if seen.first_time(neighbour) {
                    found.push((neighbour, steps + 1));
                }
            });
            next += 1;
        }
        found
    }

    /// The places that are sources, and those that are replicas; each sorted.
    pub(super) fn ends(&self) -> (Vec<Slot>, Vec<Slot>) {
        let (mut sources, mut replicas): (Vec<Slot>, Vec<Slot>) =
            self.lineage.edges(self.filter).map(|(source, target, _)| (source, target)).unzip();
        for list in [&mut sources, &mut replicas] {
            list.sort_unstable();
            list.dedup();
        }
        (sources, replicas)
    }

    /// The listed ones by their ids, in order.
    pub(super) fn name(&self, slots: impl IntoIterator<Item = Slot>) -> Vec<NodeId> {
        self.name_all(slots.into_iter().filter(|slot| self.lists(*slot)))
    }

    pub(super) fn name_all(&self, slots: impl IntoIterator<Item = Slot>) -> Vec<NodeId> {
        let mut ids: Vec<NodeId> = slots.into_iter().filter_map(|slot| self.id(slot)).collect();
        ids.sort();
        ids
    }

    /// The edges of one node, with the node at the other end.
    pub(super) fn neighbours(&self, slot: Slot, way: Way) -> Vec<(Slot, &'a Edge)> {
        let mut found = Vec::new();
        self.lineage.neighbours(slot, way, self.filter, |next, edge| found.push((next, edge)));
        found
    }
}

/// Which places a walk has met: a few in a set, many in bits, so that a short walk need not wipe a table for all places.
pub(super) struct Seen {
    few: FxHashSet<Slot>,
    many: Vec<u64>,
    places: usize,
}

/// From so many on, bits are cheaper than a set.
const MANY: usize = 1024;

impl Seen {
    pub(super) fn new(places: usize) -> Self {
        Self { few: FxHashSet::default(), many: Vec::new(), places }
    }

    pub(super) fn first_time(&mut self, slot: Slot) -> bool {
        if self.many.is_empty() {
            let is_new = self.few.insert(slot);
            if self.few.len() == MANY {
                self.many = vec![0; self.places.div_ceil(64)];
                for slot in std::mem::take(&mut self.few) {
                    self.mark(slot);
                }
            }
            return is_new;
        }
        self.mark(slot)
    }

    fn mark(&mut self, slot: Slot) -> bool {
        let Some(word) = self.many.get_mut(slot as usize / 64) else { return false };
        let bit = 1 << (slot % 64);
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }
}

fn parent<'a>(view: &View<'a>, id: Option<&RegionId>) -> Option<&'a Region> {
    view.find::<Region>(id?.as_str())
}

pub(super) fn missing(node: &NodeId) -> Error {
    let fault = Error::new(Code::NotFound);
    match node {
        NodeId::Innovation(id) => fault.about(EntityRef::of::<Innovation>(id)),
        NodeId::Replica(id) => fault.about(EntityRef::of::<Replication>(id)),
    }
}
