//! The search: always the edge of greatest gain.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use serde::Serialize;

use super::options::StopRule;
use super::pairs::{Pair, Pairs};
use super::trees::{Trees, Verdict};

/// Why the search stopped.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Stop {
    /// The wanted number of edges is reached.
    EdgeLimit,
    /// No edge that is left raises the objective.
    NoGain,
    /// This edge, the one of greatest gain of those left, does not pass the test.
    Rejected {
        /// Its source.
        source: u32,
        /// Its target.
        target: u32,
        /// Its gain.
        gain: f64,
        /// The p-value that is not below the cutoff.
        p_value: f64,
    },
}

/// An edge as it was chosen.
pub(super) struct Choice<'a> {
    pub pair: &'a Pair,
    pub gain: f64,
    pub verdict: Verdict,
}

/// Why no edge was added any more, and which one was next.
pub(super) enum End<'a> {
    EdgeLimit,
    NoGain,
    Rejected(Choice<'a>),
}

/// An edge with a gain it had once: gains only fall while the network grows (they are submodular), so it is a bound of
/// the gain now.
struct Bound {
    gain: f64,
    pair: (u32, u32),
    at: usize,
}

impl Bound {
    /// The gain in millionths: many edges have gains that differ by rounding alone, which shall not decide.
    fn rounded(&self) -> f64 {
        libm::round(self.gain * 1e6)
    }
}

impl Ord for Bound {
    /// The greater gain is first; of equal ones the lower source, then the lower target.
    fn cmp(&self, other: &Self) -> Ordering {
        self.rounded().total_cmp(&other.rounded()).then_with(|| other.pair.cmp(&self.pair))
    }
}
impl PartialOrd for Bound {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Bound {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Bound {}

/// Adds edges until the rule says stop. Gains are worked out anew only for edges whose old gain comes to the top
/// (Minoux 1978; *lazy evaluation* in the paper): the choices are those of working out all.
pub(super) fn grow<'a>(trees: &mut Trees<'_>, pairs: &'a Pairs, rule: StopRule) -> (Vec<Choice<'a>>, End<'a>) {
    let bound = |trees: &Trees<'_>, at: usize, pair: &Pair| Bound {
        gain: trees.gain(pair),
        pair: (pair.source, pair.target),
        at,
    };
    let open = pairs.list.iter().enumerate().filter(|(_, pair)| !pair.known);
    let mut heap: BinaryHeap<Bound> = open.map(|(at, pair)| bound(trees, at, pair)).collect();
    let mut chosen = Vec::new();
    while let Some(top) = heap.pop() {
        if rule == StopRule::Edges(chosen.len()) {
            return (chosen, End::EdgeLimit);
        }
        let pair = &pairs.list[top.at];
        let now = bound(trees, top.at, pair);
        if heap.peek().is_some_and(|next| *next > now) {
            heap.push(now);
            continue;
        }
        if now.rounded() <= 0.0 {
            break;
        }
        let choice = Choice { pair, gain: now.gain, verdict: trees.examine(pair) };
        if !passes(&choice.verdict, rule) {
            return (chosen, End::Rejected(choice));
        }
        trees.add(pair);
        chosen.push(choice);
    }
    (chosen, End::NoGain)
}

fn passes(verdict: &Verdict, rule: StopRule) -> bool {
    match rule {
        StopRule::Edges(_) => true,
        StopRule::TreeTest { cutoff } => verdict.tree_p < cutoff,
        StopRule::CascadeTest { cutoff } => verdict.cascade_p < cutoff,
    }
}
