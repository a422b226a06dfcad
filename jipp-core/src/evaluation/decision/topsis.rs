//! TOPSIS: near the best values that occur, far from the worst.
//!
//! Hwang and Yoon, *Multiple Attribute Decision Making* (1981), chapter 3. Each criterion is made comparable, weighted,
//! and for each alternative the Euclidean distances to the best (`D+`) and to the worst (`D-`) values of all criteria
//! are taken: the closeness is `D- / (D+ + D-)`. Agrees with the Python package `pymcdm`.

use super::table::{Aim, DecisionTable};
use crate::base::vocabulary::vocabulary;
use crate::base::{Code, Error, Result};

vocabulary! {
    /// How criteria are made comparable.
    Normalization = "normalization" {
        /// By the root of the sum of squares of the column, as Hwang and Yoon do; keeps proportions.
        Vector = "vector", "vektor", "vector";
        /// From 0 for the worst that occurs to 1 for the best: Opricovic and Tzeng, *Compromise solution by MCDM methods*,
        /// European Journal of Operational Research 156, 2004.
        MinMax = "min-max", "min-maks", "min-max";
    }
}

/// The closeness of each alternative to the ideal, 0 to 1. A criterion in which all are alike does not count.
///
/// ```
/// use jipp_core::evaluation::decision::{Aim, Criterion, DecisionTable, Normalization, topsis};
/// let criteria = [Aim::Minimise, Aim::Maximise].map(|aim| Criterion { weight: 0.5, aim });
/// let table = DecisionTable::new(&criteria, &[[1.0, 3000.0], [2.0, 3750.0], [5.0, 4500.0]])?;
/// let closeness = topsis(&table, Normalization::MinMax)?;
/// assert!(closeness.iter().zip([0.500, 0.617, 0.500]).all(|(one, other)| (one - other).abs() < 5e-4));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `undetermined` if the alternatives are alike in every criterion that has a weight.
///
/// # Complexity
/// O(alternatives × criteria).
pub fn topsis(table: &DecisionTable, normalization: Normalization) -> Result<Vec<f64>> {
    let mut squares = vec![(0.0, 0.0); table.alternatives()];
    for (criterion, column) in table.columns() {
        let span = span(normalization, column);
        if span <= 0.0 {
            continue;
        }
        let (least, most) = ends(column);
        let (best, worst) = match criterion.aim {
            Aim::Maximise => (most, least),
            Aim::Minimise => (least, most),
        };
        for ((to_best, to_worst), value) in squares.iter_mut().zip(column) {
            let away = |from: f64| criterion.weight * ((value - from) / span);
            *to_best += away(best) * away(best);
            *to_worst += away(worst) * away(worst);
        }
    }
    let closeness = |(to_best, to_worst): (f64, f64)| {
        let (to_best, to_worst) = (libm::sqrt(to_best), libm::sqrt(to_worst));
        let whole = to_best + to_worst;
        let alike = || Error::new(Code::Undetermined).field("rows").expected("alternatives that differ");
        if whole > 0.0 { Ok(to_worst / whole) } else { Err(alike()) }
    };
    squares.into_iter().map(closeness).collect()
}

fn ends(column: &[f64]) -> (f64, f64) {
    column.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| (least.min(*value), most.max(*value)))
}

/// What the differences in a criterion are divided by.
fn span(normalization: Normalization, column: &[f64]) -> f64 {
    match normalization {
        Normalization::Vector => {
            // In proportion to the largest: no square overflows.
            let largest = column.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
            if largest <= 0.0 {
                return 0.0;
            }
            let shares = column.iter().map(|value| (value / largest) * (value / largest));
            largest * libm::sqrt(shares.sum())
        }
        Normalization::MinMax => {
            let (least, most) = ends(column);
            most - least
        }
    }
}
