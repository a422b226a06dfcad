//! How a network is inferred.

use serde::{Deserialize, Serialize};

use super::cascade::LARGEST_TIME;
use super::delay::{Delay, Family};
use crate::base::{Code, Error, Result};

/// Where the parameters of the delays come from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Delays {
    /// From the caller.
    Given(Delay),
    /// From the cascades, as [`estimate_delay`](super::estimate_delay) does.
    Estimated(Family),
}

/// What an adoption is worth that no edge of the network explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scoring {
    /// Epsilon, whenever it comes; and an edge is worth the density of its delay. So does SNAP.
    Flat,
    /// It comes over an epsilon edge from some earlier adopter: epsilon times the highest density of a delay; and an
    /// edge is worth the probability of transmission times the density of its delay. So do the paper and
    /// `NetworkInference`. The first adopters of a cascade are not scored.
    EpsilonEdges,
}

/// When to stop adding edges. A test adds the edge of greatest gain as long as the one-sided p-value of Vuong (1989)
/// for the network with the edge against the one without is below `cutoff`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StopRule {
    /// At so many edges, or before where no edge has a gain.
    Edges(usize),
    /// By the scores of the trees alone, as `NetworkInference` does (which hands out the first edge that fails too).
    ///
    /// An edge that only explains better what is explained already gains a little in many cascades. Where cascades
    /// are many and long the rule does not stop: see the figures in the [module](super).
    TreeTest {
        /// From 0 to 1, both excluded.
        cutoff: f64,
    },
    /// By the whole likelihood of a cascade, which also has what edges did *not* transmit.
    CascadeTest {
        /// From 0 to 1, both excluded.
        cutoff: f64,
    },
}

/// How a network is inferred. The defaults are the constants of `NetworkInference`, delays estimated from the cascades,
/// and the test of whole cascades at 0.05.
///
/// ```
/// use jipp_core::lineage::inference::{Options, Scoring};
/// assert_eq!(Options::snap().scoring, Scoring::Flat);
/// assert_eq!(Options::default().epsilon, 1e-10);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The delays from adopter to adopter.
    pub delays: Delays,
    /// What an unexplained adoption is worth.
    pub scoring: Scoring,
    /// How likely spontaneous adoption is, from 1e-300 to 1, both excluded.
    pub epsilon: f64,
    /// The probability that an edge transmits at all, from 0 to 1, both excluded.
    pub transmission: f64,
    /// When to stop.
    pub stop: StopRule,
    /// The time until which adoptions were watched, in the time of the cascades: who has not adopted by then may still
    /// do so. `None` where every delay has run out.
    pub watched_until: Option<f64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            delays: Delays::Estimated(Family::Exponential),
            scoring: Scoring::EpsilonEdges,
            epsilon: 1e-10,
            transmission: 0.5,
            stop: StopRule::CascadeTest { cutoff: 0.05 },
            watched_until: None,
        }
    }
}

impl Options {
    /// As the program `netinf` of SNAP: flat scores, epsilon 1e-64, exponential delays of rate 1, five edges.
    pub fn snap() -> Self {
        Self {
            delays: Delays::Given(Delay::Exponential { rate: 1.0 }),
            scoring: Scoring::Flat,
            epsilon: 1e-64,
            stop: StopRule::Edges(5),
            ..Self::default()
        }
    }

    /// As the R package `NetworkInference`: epsilon edges of 1e-10, transmission 0.5, the test of trees at this
    /// p-value.
    pub fn network_inference(delay: Delay, cutoff: f64) -> Self {
        Self { delays: Delays::Given(delay), stop: StopRule::TreeTest { cutoff }, ..Self::default() }
    }

    pub(super) fn check(&self) -> Result<()> {
        let refuse = |field: &str, value: f64, hint: &str| {
            Err(Error::new(Code::OptionInvalid).field(field).value(value).expected(hint))
        };
        if !(self.epsilon > 1e-300 && self.epsilon < 1.0) {
            return refuse("epsilon", self.epsilon, "above 1e-300, below 1");
        }
        if !(self.transmission > 0.0 && self.transmission < 1.0) {
            return refuse("transmission", self.transmission, "above 0, below 1");
        }
        if let StopRule::TreeTest { cutoff } | StopRule::CascadeTest { cutoff } = self.stop
            && !(cutoff > 0.0 && cutoff < 1.0)
        {
            return refuse("stop.cutoff", cutoff, "above 0, below 1");
        }
        if let Some(until) = self.watched_until
            && !(-LARGEST_TIME..=LARGEST_TIME).contains(&until)
        {
            return refuse("watched_until", until, "from -1e11 to 1e11");
        }
        match self.delays {
            Delays::Given(delay) => delay.check(),
            Delays::Estimated(_) => Ok(()),
        }
    }
}
