//! Kendall's W: how far raters put units into one order.
//!
//! Kendall and Gibbons, *Rank Correlation Methods*, 5th edition (1990), chapter 6; the test is Friedman's (*The use of
//! ranks to avoid the assumption of normality implicit in the analysis of variance*, JASA 32, 1937). With `m` raters, `n`
//! units, `S` the squared deviations of the rank sums and `T` the sum of `t^3 - t` over all groups of `t` tied units:
//! `W = 12 S / (m^2 (n^3 - n) - m T)`, without the correction for ties `T = 0`; `chi^2 = m (n - 1) W`.

use serde::{Deserialize, Serialize};

use super::outcome::{Outcome, Reason, real};
use super::ratings::Ratings;
use crate::base::distribution::chi_square_above;

/// A coefficient of concordance with its test.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Concordance {
    /// W, 0 (no common order) to 1 (one order).
    pub w: f64,
    /// Friedman's chi-square.
    pub chi_square: f64,
    /// Its degrees of freedom: the units less one.
    pub freedom: f64,
    /// How likely at least so much concordance is if every rater orders by chance (for large `n` or `m`).
    pub p_value: f64,
}

/// Kendall's W of the units that every rater rated.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kendall {
    /// With the correction for ties: what to use.
    pub corrected: Concordance,
    /// Without it: lower if there are ties, the same if there are none.
    pub uncorrected: Concordance,
    /// How many units every rater rated.
    pub units: usize,
    /// How many units are left out because a rating is missing.
    pub omitted: usize,
    /// How many raters there are.
    pub raters: usize,
}

/// Kendall's coefficient of concordance. Only the order of the ratings of each rater counts, not their level of
/// measurement. Units that not every rater rated are left out.
///
/// Undefined: `raters-unknown` for counts; `few-raters` and `few-units` below two; `units-alike` if every rater puts all
/// units on one rank.
///
/// ```
/// use jipp_core::evaluation::agreement::{Level, Ratings, kendall};
/// let rows = [[9, 6, 8, 7], [2, 1, 4, 1], [5, 3, 6, 2]].map(|row| row.map(|rating| Some(f64::from(rating))));
/// let found = kendall(&Ratings::new(Level::Ordinal, &rows)?);
/// assert!(found.defined().is_some_and(|found| (found.corrected.w - 0.839_080_460).abs() < 1e-9));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Complexity
/// O(n log n) for n ratings.
pub fn kendall(ratings: &Ratings) -> Outcome<Kendall> {
    concordance(ratings).into()
}

fn concordance(ratings: &Ratings) -> Result<Kendall, Reason> {
    if !ratings.told_apart() {
        return Err(Reason::RatersUnknown);
    }
    if ratings.raters() < 2 {
        return Err(Reason::FewRaters);
    }
    let rows = ratings.complete();
    if rows.len() < 2 {
        return Err(Reason::FewUnits);
    }
    let (m, n) = (real(ratings.raters()), real(rows.len()));
    let (mut sums, mut ties) = (vec![0.0; rows.len()], 0.0);
    for rater in 0..ratings.raters() {
        let mut order: Vec<(usize, usize)> =
            rows.iter().enumerate().filter_map(|(unit, row)| row.get(rater).map(|given| (*given, unit))).collect();
        order.sort_unstable();
        let mut before = 0.0;
        for tied in order.chunk_by(|one, other| one.0 == other.0) {
            let t = real(tied.len());
            for (_, unit) in tied {
                if let Some(sum) = sums.get_mut(*unit) {
                    *sum += before + f64::midpoint(t, 1.0);
                }
            }
            ties += t * t * t - t;
            before += t;
        }
    }
    let usual = m * (n + 1.0) / 2.0;
    let squares: f64 = sums.iter().map(|sum| (sum - usual) * (sum - usual)).sum();
    let whole = m * m * (n * n * n - n);
    let room = whole - m * ties;
    if room <= 0.0 {
        return Err(Reason::UnitsAlike);
    }
    let tested = |w: f64| {
        let (chi_square, freedom) = (m * (n - 1.0) * w, n - 1.0);
        Concordance { w, chi_square, freedom, p_value: chi_square_above(chi_square, freedom) }
    };
    Ok(Kendall {
        corrected: tested(12.0 * squares / room),
        uncorrected: tested(12.0 * squares / whole),
        units: rows.len(),
        omitted: ratings.units() - rows.len(),
        raters: ratings.raters(),
    })
}
