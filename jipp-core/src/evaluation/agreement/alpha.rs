//! Krippendorff's alpha: observed disagreement in proportion to the disagreement that chance would give.
//!
//! Krippendorff, *Content Analysis*, 4th edition (2018), chapter 12; the same as *Computing Krippendorff's
//! Alpha-Reliability* (2011). For units with at least two ratings, `n_uc` ratings of category `c` in unit `u`, `m_u` in
//! the unit, `n_c` of the category and `n` in all:
//!
//! `alpha = 1 - (n - 1) * sum_u [ sum_ck n_uc n_uk d(c, k) / (m_u - 1) ] / sum_ck n_c n_k d(c, k)`
//!
//! with `d` nominal: 1 if they differ; interval: `(c - k)^2`; ratio: `((c - k) / (c + k))^2`; ordinal: the square of the
//! difference of their mid-ranks among all ratings, which is Krippendorff's sum over the categories between them.

use serde::{Deserialize, Serialize};

use super::bootstrap::{Bootstrap, BootstrapInterval, resampled};
use super::outcome::{Outcome, Reason};
use super::ratings::{Level, Ratings};
use super::tally::{Tally, size};
use crate::base::Result;

/// Krippendorff's alpha with what it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alpha {
    /// Alpha: 1 for perfect agreement, 0 for what chance would give, below 0 for systematic disagreement.
    pub value: f64,
    /// The mean disagreement within units, in squared units of the scale (nominal: a share; ordinal: squared ranks).
    pub observed: f64,
    /// The mean disagreement of all ratings, whatever their unit.
    pub expected: f64,
    /// How many units have two ratings or more: only these count.
    pub units: usize,
    /// How many ratings they have.
    pub ratings: f64,
}

/// Krippendorff's alpha at the level of measurement of the ratings. Units with fewer than two ratings do not count, as
/// in the Python package `krippendorff`, with which it agrees.
///
/// Undefined: `no-pairs` if no unit has two ratings; `one-category` if all ratings that count are the same;
/// `not-computable` if they differ by less than squares can tell.
///
/// ```
/// use jipp_core::evaluation::agreement::{Level, Ratings, krippendorff};
/// let rows = [[9.0, 6.0, 8.0], [9.0, 7.0, 8.0]].map(|row| row.map(Some));
/// let alpha = krippendorff(&Ratings::new(Level::Interval, &rows)?);
/// assert!(alpha.defined().is_some_and(|alpha| (alpha.value - 0.878_048_780_488).abs() < 1e-9));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Complexity
/// O(n log n) for n ratings; on a ratio scale the square of the number of categories on top.
pub fn krippendorff(ratings: &Ratings) -> Outcome<Alpha> {
    Prepared::new(ratings).and_then(|prepared| prepared.alpha(None)).into()
}

/// An interval for alpha by drawing units with replacement, as [`bootstrap`](super::bootstrap) does, but fast: what a unit
/// contributes is worked out once, and a resample is a weighted sum. (Krippendorff's own bootstrap draws pairs of ratings
/// instead, as if those of one unit were independent; units are what a panel would get others of.)
///
/// Undefined as [`krippendorff`] is; resamples of one category only are left out and counted.
///
/// ```
/// use jipp_core::evaluation::agreement::{Bootstrap, Level, Ratings, krippendorff_interval};
/// let rows = [[9.0, 6.0, 8.0, 7.0, 2.0], [9.0, 7.0, 8.0, 5.0, 3.0]].map(|row| row.map(Some));
/// let interval = krippendorff_interval(&Ratings::new(Level::Interval, &rows)?, &Bootstrap::default())?;
/// assert!(interval.defined().is_some_and(|found| found.interval.low < 0.9 && found.interval.high > 0.9));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `option-invalid` as [`Bootstrap::check`].
///
/// # Complexity
/// O(resamples × (units × categories of a unit + categories)), for a ratio scale the square of the categories.
pub fn krippendorff_interval(ratings: &Ratings, options: &Bootstrap) -> Result<Outcome<BootstrapInterval>> {
    options.check()?;
    let prepared = match Prepared::new(ratings).and_then(|prepared| prepared.alpha(None).map(|_| prepared)) {
        Ok(prepared) => prepared,
        Err(reason) => return Ok(Outcome::Undefined(reason)),
    };
    let statistic = |times: &[u32]| prepared.alpha(Some(times)).ok().map(|alpha| alpha.value);
    Ok(resampled(options, prepared.tally.len(), statistic))
}

/// What does not change from resample to resample.
struct Prepared<'a> {
    level: Level,
    categories: &'a [f64],
    tally: Tally,
    /// The disagreement within each unit; for an ordinal scale it depends on the resample.
    within: Vec<f64>,
}

impl<'a> Prepared<'a> {
    fn new(ratings: &'a Ratings) -> std::result::Result<Self, Reason> {
        let tally = Tally::new(ratings, 2);
        if tally.len() == 0 {
            return Err(Reason::NoPairs);
        }
        let (level, categories) = (ratings.level(), ratings.categories());
        let within = tally.units().map(|unit| within(level, unit, categories)).collect();
        Ok(Self { level, categories, tally, within })
    }

    /// Alpha of the units taken so many times each; without `times`, once each.
    fn alpha(&self, times: Option<&[u32]>) -> std::result::Result<Alpha, Reason> {
        let times = |unit: usize| times.map_or(1, |times| times.get(unit).copied().unwrap_or_default());
        let (mut counts, mut units) = (vec![0.0; self.categories.len()], 0);
        for (number, unit) in self.tally.units().enumerate().filter(|(number, _)| times(*number) > 0) {
            units += times(number) as usize;
            for (category, count) in unit {
                if let Some(total) = counts.get_mut(*category) {
                    *total += count * f64::from(times(number));
                }
            }
        }
        if counts.iter().filter(|count| **count > 0.0).count() < 2 {
            return Err(Reason::OneCategory);
        }
        let weighted = |within: &mut dyn Iterator<Item = f64>| -> f64 {
            within.enumerate().map(|(unit, disagreement)| disagreement * f64::from(times(unit))).sum()
        };
        let n: f64 = counts.iter().sum();
        let (observed, expected) = if self.level == Level::Ordinal {
            let ranks = mid_ranks(&counts);
            let within = &mut self.tally.units().map(|unit| within(Level::Interval, unit, &ranks));
            (weighted(within), between(Level::Interval, &counts, &ranks))
        } else {
            (weighted(&mut self.within.iter().copied()), between(self.level, &counts, self.categories))
        };
        let (observed, expected) = (observed / n, expected / (n * (n - 1.0)));
        if expected <= 0.0 {
            // Ratings so near that their squared differences vanish.
            return Err(Reason::NotComputable);
        }
        Ok(Alpha { value: 1.0 - observed / expected, observed, expected, units, ratings: n })
    }
}

/// The place of each category among all ratings: those below, and half of its own.
fn mid_ranks(counts: &[f64]) -> Vec<f64> {
    let mut below = 0.0;
    let rank = |count: &f64| {
        below += count;
        below - count / 2.0
    };
    counts.iter().map(rank).collect()
}

/// The sum of the differences of all ordered pairs of ratings of a unit, in proportion to its ratings less one. Exactly 0
/// if they agree.
fn within(level: Level, unit: &[(usize, f64)], values: &[f64]) -> f64 {
    let m = size(unit);
    let value = |category: usize| values.get(category).copied().unwrap_or_default();
    let pairs = match level {
        Level::Nominal => m * m - unit.iter().map(|(_, count)| count * count).sum::<f64>(),
        Level::Ordinal | Level::Interval => {
            // From the first value: no digits are lost to where the scale begins.
            let first = unit.first().map_or(0.0, |(category, _)| value(*category));
            let (mut sum, mut squares) = (0.0, 0.0);
            for (category, count) in unit {
                let away = value(*category) - first;
                sum += count * away;
                squares += count * away * away;
            }
            2.0 * (m * squares - sum * sum)
        }
        Level::Ratio => {
            let held = |(category, count): &(usize, f64)| (value(*category), *count);
            ratio_pairs(&unit.iter().map(held).collect::<Vec<_>>())
        }
    };
    pairs / (m - 1.0)
}

/// The sum of the differences of all ordered pairs of all ratings.
fn between(level: Level, counts: &[f64], values: &[f64]) -> f64 {
    let n: f64 = counts.iter().sum();
    let held = counts.iter().zip(values);
    match level {
        Level::Nominal => n * n - counts.iter().map(|count| count * count).sum::<f64>(),
        Level::Ordinal | Level::Interval => {
            let mean = held.clone().map(|(count, value)| count * value).sum::<f64>() / n;
            2.0 * n * held.map(|(count, value)| count * (value - mean) * (value - mean)).sum::<f64>()
        }
        Level::Ratio => {
            let held = held.filter(|(count, _)| **count > 0.0).map(|(count, value)| (*value, *count));
            ratio_pairs(&held.collect::<Vec<_>>())
        }
    }
}

/// Values above or at zero, each so many times, all different.
fn ratio_pairs(held: &[(f64, f64)]) -> f64 {
    let mut sum = 0.0;
    for (place, (one, count)) in held.iter().enumerate() {
        for (other, times) in held.iter().skip(place + 1) {
            // Different and not below zero: their sum is above it.
            let difference = (one - other) / (one + other);
            sum += 2.0 * count * times * difference * difference;
        }
    }
    sum
}
