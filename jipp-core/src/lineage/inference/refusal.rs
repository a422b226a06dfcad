//! Why data cannot determine a network.

use crate::base::{Code, Error};

/// Why data cannot determine a network. It reaches the caller as an error `undetermined`, whose value is the
/// [code](Self::code) and whose hint says what would be needed.
///
/// ```
/// use jipp_core::lineage::inference::{Cascade, Context, Options, infer};
/// let twice_told = vec![Cascade::new([(1, 2019.0), (2, 2021.0)]); 5];
/// let error = infer(&twice_told, &Context::default(), &Options::default()).unwrap_err();
/// assert_eq!((error.code(), error.offending()), ("undetermined", Some("no-variation")));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Undetermined {
    /// Fewer than [three](super::FEWEST_CASCADES) cascades hold two adopters at different times: no test of an edge
    /// could come out.
    TooFewCascades,
    /// In every cascade all adopters have the same time: nothing says who came first.
    NoOrder,
    /// Every pair that the times allow was excluded or is known already.
    NoCandidates,
    /// No pair is seen in the same order in two cascades: each edge would rest on a single coincidence.
    NoPairTwice,
    /// All cascades are the same, up to the time they began: one observation told many times.
    NoVariation,
    /// The delays have no most likely parameters: all equal, or too short for the family.
    Delays,
}

impl Undetermined {
    /// The stable code, in kebab-case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooFewCascades => "too-few-cascades",
            Self::NoOrder => "no-order",
            Self::NoCandidates => "no-candidates",
            Self::NoPairTwice => "no-pair-twice",
            Self::NoVariation => "no-variation",
            Self::Delays => "delays",
        }
    }

    /// What would be needed.
    const fn needed(self) -> &'static str {
        match self {
            Self::TooFewCascades => "at least three cascades with two adopters at different times",
            Self::NoOrder => "adopters of one cascade at different times",
            Self::NoCandidates => "a pair that is allowed, not yet known, and in order of time",
            Self::NoPairTwice => "a pair of adopters in the same order in at least two cascades",
            Self::NoVariation => "cascades that differ in their adopters or delays",
            Self::Delays => "delays that differ, for a power law mostly above one unit of time; or give the parameters",
        }
    }
}

impl From<Undetermined> for Error {
    fn from(reason: Undetermined) -> Self {
        Self::new(Code::Undetermined).value(reason.code()).expected(reason.needed())
    }
}
