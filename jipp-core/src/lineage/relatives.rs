//! Ancestors or descendants, found but not yet read.

use serde::Serialize;

use super::node;
use crate::model::NodeId;
use crate::registry::{Slot, View};

/// A node, and how many steps away it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Relative {
    /// The fewest steps that lead to it; 1 for sources and replicas.
    pub generation: u32,
    /// Which it is.
    pub node: NodeId,
}

/// Ancestors or descendants of a node. Counting them costs nothing; their names are read when they are asked for.
#[derive(Clone, Debug)]
pub struct Relatives<'a> {
    view: View<'a>,
    /// In the order of steps.
    places: Vec<(Slot, u32)>,
}

impl<'a> Relatives<'a> {
    pub(super) fn new(view: View<'a>, places: Vec<(Slot, u32)>) -> Self {
        Self { view, places }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// How many there are one step away, two steps away, and so on.
    pub fn per_generation(&self) -> Vec<usize> {
        let mut counts = Vec::new();
        for (_, steps) in &self.places {
            // Nearer ones come first.
            if counts.len() < *steps as usize {
                counts.resize(*steps as usize, 0);
            }
            if let Some(count) = (*steps as usize).checked_sub(1).and_then(|at| counts.get_mut(at)) {
                *count += 1;
            }
        }
        counts
    }

    /// Them all, in the order of generations and ids.
    ///
    /// # Complexity
    /// O(n log n).
    pub fn to_vec(&self) -> Vec<Relative> {
        let read = |(slot, generation): &(Slot, u32)| {
            Some(Relative { generation: *generation, node: node::id_at(&self.view, *slot)? })
        };
        let mut all: Vec<Relative> = self.places.iter().filter_map(read).collect();
        all.sort_unstable();
        all
    }
}
