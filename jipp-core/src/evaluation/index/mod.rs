//! Indices of innovation: points of one innovation, the index of a government, and what to mend first.
//!
//! An index such as Indonesia's *Indeks Inovasi Daerah* is data ([`IndexFormula`]): indicators of the government and of
//! each of its innovations, each answered by a level and weighed; a divisor that keeps a handful of innovations from
//! looking like many; points for their number, given only to those who cover enough of the basic services; a maximum and
//! bands.
//!
//! ```text
//! index = (points of the government + sum of the points of its innovations / max(floor, n) + points for n) / maximum × 100
//! ```
//!
//! Source of the formula and its figures: secondary, see the files; each carries its mark. What was not found (for 2023
//! the weights, the points for the number, the maximum) the caller supplies, and without it there is no index.
//!
//! | question | answer |
//! | --- | --- |
//! | how many points has this innovation, by which indicators | [`maturity`] |
//! | what is the index of this government, and its band | [`IndexFormula::score`] |
//! | which indicator gives the largest gain for the least effort | [`gains`], [`plan`] |

mod formula;
mod gain;
mod government;
mod points;

pub use formula::{AffairsRule, CountRule, DivisorRule, Fixed, IndexFormula};
pub use gain::{Aim, Effort, Efforts, Plan, Step, gains, plan};
pub use government::{Government, IndexScore, UnitPoints};
pub use points::{Indicator, Level, Points, Side, maturity};

use crate::base::{Score, Weight};

/// A level times a weight, rounded half up to the millionth of a point.
fn weighed(level: Score, weight: Weight) -> Score {
    divided(i128::from(level.units()) * i128::from(weight.units()), i128::from(Weight::SCALE))
}

/// A quotient of units as a score, rounded half up; nothing if it is divided by nothing.
fn divided(units: i128, by: i128) -> Score {
    let quotient = if by == 0 { 0 } else { (2 * units + by).div_euclid(2 * by) };
    Score::from_units(i64::try_from(quotient).unwrap_or(i64::MAX))
}
