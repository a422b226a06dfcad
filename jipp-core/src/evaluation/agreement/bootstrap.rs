//! Intervals by drawing units again: Efron and Tibshirani, *An Introduction to the Bootstrap* (1993), chapter 13
//! (percentile intervals).
//!
//! A resample draws as many units as there are, with replacement, each with all its ratings; the raters stay. Round `r` of a
//! seed has its own stream of numbers (splitmix64), so rounds can run on any thread and the answer is the same.

use serde::{Deserialize, Serialize};

use super::outcome::{Interval, Outcome, Reason, real};
use super::ratings::Ratings;
use crate::base::random::Random;
use crate::base::{Code, Error, Result};

/// The most resamples.
pub const MAX_RESAMPLES: u32 = 1_000_000;

/// How units are drawn again.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Bootstrap {
    /// How many resamples, 2 to [`MAX_RESAMPLES`].
    pub resamples: u32,
    /// Where the draws start: the same seed gives the same interval.
    pub seed: u64,
    /// The share of the resamples between the ends, above 0 and below 1.
    pub confidence: f64,
    /// How many threads work on it, 1 to 256; the answer does not depend on it.
    pub threads: usize,
}

impl Default for Bootstrap {
    /// 1,000 resamples from seed 0, 95 %, one thread.
    fn default() -> Self {
        Self { resamples: 1_000, seed: 0, confidence: 0.95, threads: 1 }
    }
}

impl Bootstrap {
    /// Whether every option has a value that can be used.
    ///
    /// # Errors
    /// `option-invalid`, with the field.
    pub fn check(&self) -> Result<()> {
        let wrong = |field: &str, value: String, hint: &str| {
            Err(Error::new(Code::OptionInvalid).field(field).value(value).expected(hint))
        };
        if !(2..=MAX_RESAMPLES).contains(&self.resamples) {
            return wrong("resamples", self.resamples.to_string(), "2 to 1000000");
        }
        if !(self.confidence > 0.0 && self.confidence < 1.0) {
            return wrong("confidence", self.confidence.to_string(), "above 0 and below 1");
        }
        if !(1..=256).contains(&self.threads) {
            return wrong("threads", self.threads.to_string(), "1 to 256");
        }
        Ok(())
    }
}

/// What the resamples say.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BootstrapInterval {
    /// The ends: quantiles of the resamples, linear between neighbours.
    pub interval: Interval,
    /// The standard deviation of the resamples.
    pub standard_error: f64,
    /// How many resamples had a value.
    pub resamples: usize,
    /// How many had none (one category only, say) and are left out.
    pub undefined: usize,
}

/// An interval for any statistic of ratings.
///
/// The resamples keep the categories of the whole. In a resample a unit can stand several times: for Kendall's W these
/// are ties.
///
/// Undefined: the reason of the statistic if it has no value for the ratings themselves; `not-computable` if fewer than two
/// resamples have one.
///
/// ```
/// use jipp_core::evaluation::agreement::{
///     Bootstrap, ChanceModel, Level, Ratings, Weighting, bootstrap, chance_corrected,
/// };
/// let rows = [[1, 2, 3, 3, 2, 1, 4], [1, 2, 3, 3, 2, 2, 4]].map(|row| row.map(|rating| Some(f64::from(rating))));
/// let ratings = Ratings::new(Level::Nominal, &rows)?;
/// let found = bootstrap(&ratings, &Bootstrap { seed: 7, ..Bootstrap::default() }, |ratings| {
///     Ok(chance_corrected(ratings, ChanceModel::Gwet, Weighting::Identity)?.map(|gwet| gwet.value))
/// })?;
/// assert!(found.defined().is_some_and(|found| found.interval.low < 0.82 && found.interval.high > 0.82));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `option-invalid` as [`Bootstrap::check`], and the error of the statistic for the ratings themselves.
///
/// # Complexity
/// Resamples × (n + the statistic) for n ratings.
pub fn bootstrap(
    ratings: &Ratings,
    options: &Bootstrap,
    statistic: impl Fn(&Ratings) -> Result<Outcome<f64>> + Sync,
) -> Result<Outcome<BootstrapInterval>> {
    options.check()?;
    if let Outcome::Undefined(reason) = statistic(ratings)? {
        return Ok(Outcome::Undefined(reason));
    }
    let again = |times: &[u32]| statistic(&ratings.drawn(times)).ok().and_then(|outcome| outcome.defined().copied());
    Ok(resampled(options, ratings.units(), again))
}

/// The interval of a statistic that is told how many times each unit was drawn.
pub(super) fn resampled(
    options: &Bootstrap,
    units: usize,
    statistic: impl Fn(&[u32]) -> Option<f64> + Sync,
) -> Outcome<BootstrapInterval> {
    let bound = u32::try_from(units).unwrap_or(u32::MAX);
    let rounds = |range: std::ops::Range<u32>| -> Vec<Option<f64>> {
        let mut times = vec![0_u32; units];
        let round = |number: u32| {
            times.fill(0);
            let mut random = Random::new(options.seed, u64::from(number));
            for _ in 0..bound {
                if let Some(drawn) = times.get_mut(random.below(bound) as usize) {
                    *drawn += 1;
                }
            }
            statistic(&times)
        };
        range.map(round).collect()
    };
    let share = options.resamples.div_ceil(u32::try_from(options.threads).unwrap_or(1).max(1)).max(1);
    let starts = (0..options.resamples).step_by(share as usize);
    let results: Vec<Option<f64>> = std::thread::scope(|scope| {
        let rounds = &rounds;
        let part = |start: u32| start..start.saturating_add(share).min(options.resamples);
        let others: Vec<_> = starts.skip(1).map(|start| scope.spawn(move || rounds(part(start)))).collect();
        let mut results = rounds(part(0));
        for other in others {
            // A thread ends without an answer only if the statistic panicked, which then goes on here.
            results.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        results
    });
    summary(&results, options.confidence).ok_or(Reason::NotComputable).into()
}

fn summary(results: &[Option<f64>], confidence: f64) -> Option<BootstrapInterval> {
    let mut values: Vec<f64> = results.iter().flatten().copied().filter(|value| value.is_finite()).collect();
    if values.len() < 2 {
        return None;
    }
    let n = real(values.len());
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    values.sort_unstable_by(f64::total_cmp);
    let outside = (1.0 - confidence) / 2.0;
    Some(BootstrapInterval {
        interval: Interval { low: quantile(&values, outside)?, high: quantile(&values, 1.0 - outside)? },
        standard_error: libm::sqrt(squares / (n - 1.0)),
        resamples: values.len(),
        undefined: results.len() - values.len(),
    })
}

/// Linear between order statistics: type 7 of Hyndman and Fan (1996).
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list, not below zero")]
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share * real(sorted.len().checked_sub(1)?);
    let low = *sorted.get(place as usize)?;
    let high = sorted.get(place as usize + 1).copied().unwrap_or(low);
    Some(low + (high - low) * (place - libm::floor(place)))
}
