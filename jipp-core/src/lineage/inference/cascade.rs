//! Cascades as the caller gives them, checked and laid out for the search.

use serde::{Deserialize, Serialize};

use super::number::{index, place};
use crate::base::{Code, Error, Result};

/// Times lie between minus and plus this: wide enough for seconds since 1970, and differences stay exact.
pub const LARGEST_TIME: f64 = 1e11;
/// At most this many pairs of an earlier and a later adopter, added over all cascades (8 bytes each).
pub const MOST_PAIRS: usize = 20_000_000;

/// Who adopted one thing when: one innovation, or one group of innovations that are the same at heart.
///
/// ```
/// use jipp_core::lineage::inference::Cascade;
/// let cascade = Cascade::new([(7, 2019.5), (3, 2021.0)]);
/// assert_eq!(cascade.events.len(), 2);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cascade {
    /// Adopters, by a number of the caller's, with the time of adoption in any unit from any origin; in any order, each
    /// adopter at most once.
    pub events: Vec<(u32, f64)>,
}

impl Cascade {
    /// A cascade of these adoptions.
    pub fn new(events: impl IntoIterator<Item = (u32, f64)>) -> Self {
        Self { events: events.into_iter().collect() }
    }
}

/// An adoption is a *slot*: all adoptions in one list, cascade by cascade, each cascade in order of time.
pub(super) struct Data {
    /// The caller's number of each node.
    pub ids: Vec<u32>,
    /// The first slot of each cascade, and the end of the last.
    pub starts: Vec<u32>,
    /// The node, time and cascade of each slot.
    pub node: Vec<u32>,
    pub time: Vec<f64>,
    pub cascade: Vec<u32>,
    /// The slots of each node, in order of the cascades: those of node n are `held[first[n]..first[n + 1]]`.
    first: Vec<u32>,
    held: Vec<u32>,
}

impl Data {
    /// Checks the cascades and lays them out.
    ///
    /// # Errors
    ///
    /// `out-of-range` for a time, `duplicate-in-record` for an adopter, `too-many` for more than [`MOST_PAIRS`].
    pub(super) fn new(cascades: &[Cascade]) -> Result<Self> {
        check(cascades)?;
        let mut ids: Vec<u32> = cascades.iter().flat_map(|cascade| &cascade.events).map(|event| event.0).collect();
        ids.sort_unstable();
        ids.dedup();
        let total = cascades.iter().map(|cascade| cascade.events.len()).sum();
        let mut data = Self {
            starts: vec![0],
            node: Vec::with_capacity(total),
            time: Vec::with_capacity(total),
            cascade: Vec::with_capacity(total),
            first: Vec::new(),
            held: Vec::new(),
            ids,
        };
        for (at, cascade) in cascades.iter().enumerate() {
            let mut events = cascade.events.clone();
            events.sort_unstable_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            for (id, time) in events {
                data.node.push(data.compact(id).unwrap_or_default());
                // Minus zero is zero.
                data.time.push(time + 0.0);
                data.cascade.push(index(at));
            }
            data.starts.push(index(data.node.len()));
        }
        data.hold();
        Ok(data)
    }

    /// Files the slots by node.
    fn hold(&mut self) {
        let mut order: Vec<u32> = (0..index(self.node.len())).collect();
        order.sort_by_key(|slot| self.node[place(*slot)]);
        self.first = (0..=index(self.ids.len()))
            .map(|node| index(order.partition_point(|slot| self.node[place(*slot)] < node)))
            .collect();
        self.held = order;
    }

    /// The place of a caller's number among the nodes.
    pub(super) fn compact(&self, id: u32) -> Option<u32> {
        self.ids.binary_search(&id).ok().map(index)
    }

    /// How many cascades there are.
    pub(super) fn cascades(&self) -> usize {
        self.starts.len() - 1
    }

    /// The slots of a node, in order of the cascades.
    pub(super) fn slots_of(&self, node: u32) -> &[u32] {
        &self.held[place(self.first[place(node)])..place(self.first[place(node) + 1])]
    }

    /// The slots of the same cascade with an earlier time.
    pub(super) fn earlier(&self, slot: u32) -> std::ops::Range<u32> {
        let start = self.starts[place(self.cascade[place(slot)])];
        let before = &self.time[place(start)..place(slot)];
        start..start + index(before.partition_point(|time| *time < self.time[place(slot)]))
    }

    /// The time from one slot to another.
    pub(super) fn delay(&self, from: u32, to: u32) -> f64 {
        self.time[place(to)] - self.time[place(from)]
    }

    /// The slots of `source` in cascades that `target` is not in.
    pub(super) fn without(&self, source: u32, target: u32) -> impl Iterator<Item = u32> {
        let others = self.slots_of(target);
        let mut at = 0;
        self.slots_of(source).iter().copied().filter(move |slot| {
            let cascade = self.cascade[place(*slot)];
            while others.get(at).is_some_and(|other| self.cascade[place(*other)] < cascade) {
                at += 1;
            }
            others.get(at).is_none_or(|other| self.cascade[place(*other)] != cascade)
        })
    }
}

/// Whether times are usable, adopters single, and the whole of a size that can be searched.
fn check(cascades: &[Cascade]) -> Result<()> {
    let mut pairs = 0_usize;
    let mut seen: Vec<u32> = Vec::new();
    for (at, cascade) in cascades.iter().enumerate() {
        let field = || format!("cascades[{at}].events");
        let count = cascade.events.len();
        pairs = pairs.saturating_add(count.saturating_mul(count.saturating_sub(1)) / 2);
        if pairs > MOST_PAIRS {
            let hint = format!("at most {MOST_PAIRS} pairs of adopters over all cascades");
            return Err(Error::new(Code::TooMany).field(field()).expected(hint));
        }
        if let Some((_, time)) = cascade.events.iter().find(|(_, time)| !(-LARGEST_TIME..=LARGEST_TIME).contains(time))
        {
            return Err(Error::new(Code::OutOfRange).field(field()).value(time).expected("times from -1e11 to 1e11"));
        }
        seen.clear();
        seen.extend(cascade.events.iter().map(|event| event.0));
        seen.sort_unstable();
        if let Some(twice) = seen.windows(2).find(|pair| pair[0] == pair[1]) {
            let hint = "each adopter once in a cascade";
            return Err(Error::new(Code::DuplicateInRecord).field(field()).value(twice[0]).expected(hint));
        }
    }
    Ok(())
}
