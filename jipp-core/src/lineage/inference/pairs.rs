//! Which edges are possible, and in which cascades.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::FEWEST_CASCADES;
use super::cascade::Data;
use super::number::{index, place};
use super::refusal::Undetermined;
use crate::base::{Code, Error, Result};

/// Prior log-odds lie between minus and plus this; a hundred are certainty already.
const LARGEST_LOG_ODDS: f64 = 1000.0;

/// What is known beside the times of adoption. Pairs are (source, target); nodes that never adopt do no harm.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Context {
    /// The only edges to propose; `None` allows every edge.
    pub allowed: Option<Vec<(u32, u32)>>,
    /// Edges that are on record already: they explain adoptions from the beginning and are not proposed.
    pub known: Vec<(u32, u32)>,
    /// Natural logarithm of the prior odds of an edge, from likeness of texts, say; 0 where none is given. It is added
    /// to the gain of the edge, so the objective is the logarithm of the posterior of the network up to a constant.
    pub log_odds: Vec<(u32, u32, f64)>,
}

/// A possible edge.
pub(super) struct Pair {
    pub source: u32,
    pub target: u32,
    pub log_odds: f64,
    pub known: bool,
    start: u32,
    end: u32,
}

/// Every possible edge, in order of target and source, with the slots of both in each cascade where the source is
/// earlier.
pub(super) struct Pairs {
    pub list: Vec<Pair>,
    slots: Vec<(u32, u32)>,
}

impl Pairs {
    /// Finds the possible edges, in time and memory proportional to the pairs of an earlier and a later adopter.
    ///
    /// # Errors
    ///
    /// `option-invalid` for a pair of the context; `undetermined` with an [`Undetermined`] reason.
    pub(super) fn new(data: &Data, context: &Context) -> Result<Self> {
        let prior = Prior::new(data, context)?;
        let mut pairs = Self { list: Vec::new(), slots: Vec::new() };
        let mut count = vec![0_u32; data.ids.len()];
        let mut sources: Vec<u32> = Vec::new();
        let mut timed = false;
        for target in 0..index(data.ids.len()) {
            let adoptions = || data.slots_of(target).iter().flat_map(|to| data.earlier(*to).map(|from| (from, *to)));
            for (from, _) in adoptions() {
                timed = true;
                let source = data.node[place(from)];
                if prior.excludes((source, target)) {
                    continue;
                }
                if count[place(source)] == 0 {
                    sources.push(source);
                }
                count[place(source)] += 1;
            }
            sources.sort_unstable();
            // From here on `count` says where the next slots of a source go, one past the place.
            for source in sources.iter().copied() {
                let start = index(pairs.slots.len());
                let end = start + count[place(source)];
                pairs.slots.resize(place(end), (0, 0));
                pairs.list.push(prior.pair(source, target, start, end));
                count[place(source)] = start + 1;
            }
            for (from, to) in adoptions() {
                let next = &mut count[place(data.node[place(from)])];
                if *next > 0 {
                    pairs.slots[place(*next) - 1] = (from, to);
                    *next += 1;
                }
            }
            for source in sources.drain(..) {
                count[place(source)] = 0;
            }
        }
        pairs.check(data, timed)?;
        Ok(pairs)
    }

    /// The slots of source and target of a pair, in order of the cascades.
    pub(super) fn slots(&self, pair: &Pair) -> &[(u32, u32)] {
        &self.slots[place(pair.start)..place(pair.end)]
    }

    /// Whether there is enough to tell one network from another.
    fn check(&self, data: &Data, timed: bool) -> Result<()> {
        let open = || self.list.iter().filter(|pair| !pair.known);
        let useful: FxHashSet<u32> =
            open().flat_map(|pair| self.slots(pair)).map(|(_, to)| data.cascade[place(*to)]).collect();
        let refusal = match () {
            () if data.cascades() >= FEWEST_CASCADES && !timed => Undetermined::NoOrder,
            () if timed && open().next().is_none() => Undetermined::NoCandidates,
            () if useful.len() < FEWEST_CASCADES => Undetermined::TooFewCascades,
            () if open().all(|pair| pair.end - pair.start < 2) => Undetermined::NoPairTwice,
            () if all_alike(data) => Undetermined::NoVariation,
            () => return Ok(()),
        };
        Err(refusal.into())
    }
}

/// Whether every cascade has the same adopters after the same delays, as far as floats can tell.
fn all_alike(data: &Data) -> bool {
    let range = |cascade: usize| place(data.starts[cascade])..place(data.starts[cascade + 1]);
    let alike = |other: usize| {
        let (a, b) = (range(0), range(other));
        data.node[a.clone()] == data.node[b.clone()]
            && a.clone().zip(b.clone()).all(|(slot, other)| {
                let (one, two) = (data.time[slot] - data.time[a.start], data.time[other] - data.time[b.start]);
                (one - two).abs() <= 1e-9 * one.abs().max(two.abs())
            })
    };
    (1..data.cascades()).all(alike)
}

/// The context, by places of nodes.
struct Prior {
    allowed: Option<FxHashSet<(u32, u32)>>,
    known: FxHashSet<(u32, u32)>,
    log_odds: FxHashMap<(u32, u32), f64>,
}

impl Prior {
    fn new(data: &Data, context: &Context) -> Result<Self> {
        let compact = |pairs: &[(u32, u32)], field: &str| -> Result<FxHashSet<(u32, u32)>> {
            if let Some((node, _)) = pairs.iter().find(|(source, target)| source == target) {
                return Err(refuse(field, node, "two different nodes"));
            }
            Ok(pairs
                .iter()
                .filter_map(|(source, target)| Some((data.compact(*source)?, data.compact(*target)?)))
                .collect())
        };
        let mut log_odds = FxHashMap::default();
        for (source, target, value) in &context.log_odds {
            if !(-LARGEST_LOG_ODDS..=LARGEST_LOG_ODDS).contains(value) {
                return Err(refuse("log_odds", value, "from -1000 to 1000"));
            }
            let pair = data.compact(*source).zip(data.compact(*target));
            if pair.is_some_and(|pair| log_odds.insert(pair, *value).is_some()) {
                return Err(refuse("log_odds", format!("{source} {target}"), "each pair once"));
            }
        }
        Ok(Self {
            allowed: context.allowed.as_deref().map(|pairs| compact(pairs, "allowed")).transpose()?,
            known: compact(&context.known, "known")?,
            log_odds,
        })
    }

    fn excludes(&self, pair: (u32, u32)) -> bool {
        self.allowed.as_ref().is_some_and(|allowed| !allowed.contains(&pair) && !self.known.contains(&pair))
    }

    fn pair(&self, source: u32, target: u32, start: u32, end: u32) -> Pair {
        let log_odds = self.log_odds.get(&(source, target)).copied().unwrap_or(0.0);
        Pair { source, target, log_odds, known: self.known.contains(&(source, target)), start, end }
    }
}

fn refuse(field: &str, value: impl std::fmt::Display, hint: &str) -> Error {
    Error::new(Code::OptionInvalid).field(format!("context.{field}")).value(value).expected(hint)
}
