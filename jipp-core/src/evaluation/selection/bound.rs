//! What no selection can exceed, proved in whole numbers.
//!
//! Let each row have a price. Whatever a set adds up to, it is at most the sum over the rows of price × the end of the row
//! that suits it, and over the candidates of what is left of their score after the prices of their rows, where that is
//! above zero (Lagrange; Geoffrion, *Lagrangean relaxation for integer programming*, Mathematical Programming Study 2, 1974).
//! This holds for any prices, so they may come from floats: rounded to whole numbers, the bound is exact (the idea of
//! Neumaier and Shcherbina, *Safe bounds in linear and mixed-integer linear programming*, Mathematical Programming 99, 2004).
//! With all scores zero a bound below zero proves that no set keeps the rows at all.

use super::problem::Problem;

/// Prices are kept in so many parts of a unit, as a power of two.
const FINE: u32 = 20;

/// A bound and how it came about.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    /// The bound, in parts of a unit.
    fine: i128,
    /// What is left of the score of each candidate, in parts of a unit; 0 for those that are left out for good.
    left: Vec<i128>,
}

impl Bound {
    /// The bound under these prices, for sets that hold everybody of whom `state` says so and nobody of whom it denies it.
    /// With `scored` false all scores count as zero.
    pub(super) fn new(
        problem: &Problem,
        rows_of: &[Vec<usize>],
        prices: &[(usize, f64)],
        state: &[Option<bool>],
        scored: bool,
    ) -> Self {
        let mut price = vec![0_i128; problem.rows.len()];
        for (row, value) in prices {
            price[*row] = parts(*value);
        }
        let end = |(row, price): (&super::problem::Row, &i128)| {
            let most = row.most.min(i64::try_from(row.members.len()).unwrap_or(i64::MAX));
            price * i128::from(if *price > 0 { most } else { row.least })
        };
        let mut fine: i128 = problem.rows.iter().zip(&price).map(end).sum();
        let mut left = vec![0; problem.scores.len()];
        for (candidate, rows) in rows_of.iter().enumerate() {
            if state[candidate] == Some(false) {
                continue;
            }
            let score = if scored { i128::from(problem.scores[candidate]) << FINE } else { 0 };
            let rest = score - rows.iter().map(|row| price[*row]).sum::<i128>();
            left[candidate] = rest;
            if rest > 0 || state[candidate] == Some(true) {
                fine += rest;
            }
        }
        Self { fine, left }
    }

    /// The bound in units, as a multiple of what all scores are multiples of.
    pub(super) fn units(&self, granule: i64) -> i64 {
        floor(self.fine, granule)
    }

    /// Whether the prices prove that there is no set at all; to be asked where scores count as zero.
    pub(super) fn refutes(&self) -> bool {
        self.fine < 0
    }

    /// How a candidate must be decided in every set that adds up to `target` or more; none if it may be either way.
    pub(super) fn decides(&self, candidate: usize, target: i64, granule: i64) -> Option<bool> {
        let left = self.left[candidate];
        (floor(self.fine - left.abs(), granule) < target).then_some(left > 0)
    }
}

fn floor(fine: i128, granule: i64) -> i64 {
    let granule = i128::from(granule.max(1));
    let units = (fine >> FINE).div_euclid(granule) * granule;
    i64::try_from(units).unwrap_or(if units < 0 { i64::MIN } else { i64::MAX })
}

/// A price in parts of a unit. One that is out of all proportion counts as none: any prices will do.
#[allow(clippy::cast_possible_truncation, reason = "rounded to a whole number within the range")]
fn parts(price: f64) -> i128 {
    let scaled = libm::round(price * f64::from(1 << FINE));
    if scaled.abs() < 1e24 { scaled as i128 } else { 0 }
}
