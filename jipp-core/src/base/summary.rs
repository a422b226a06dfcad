//! Small summaries of samples: quartiles, and shares with their intervals.

use serde::Serialize;

/// The quartiles of a sample, with its size.
///
/// Linear interpolation between order statistics: type 7 of Hyndman and Fan, *Sample Quantiles in Statistical Packages*,
/// The American Statistician 50, 1996; what numpy, pandas and R do unless told otherwise.
///
/// ```
/// use jipp_core::base::Quartiles;
/// let days = Quartiles::of(&[4.0, 1.0, 3.0, 2.0]).ok_or("empty")?;
/// assert_eq!((days.count, days.lower, days.median, days.upper), (4, 1.75, 2.5, 3.25));
/// assert_eq!(Quartiles::of(&[]), None);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quartiles {
    /// How many values there are.
    pub count: usize,
    /// A quarter of them is not above this.
    pub lower: f64,
    /// Half of them is not above this.
    pub median: f64,
    /// Three quarters of them are not above this.
    pub upper: f64,
}

impl Quartiles {
    /// Of a sample in any order; none if it is empty or holds something that is not finite.
    ///
    /// # Complexity
    /// O(n log n).
    pub fn of(sample: &[f64]) -> Option<Self> {
        if sample.iter().any(|value| !value.is_finite()) {
            return None;
        }
        let mut sorted = sample.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        Some(Self {
            count: sorted.len(),
            lower: quantile(&sorted, 1)?,
            median: quantile(&sorted, 2)?,
            upper: quantile(&sorted, 3)?,
        })
    }
}

/// A number of quarters into a sorted sample.
fn quantile(sorted: &[f64], quarters: usize) -> Option<f64> {
    let steps = sorted.len().checked_sub(1)? * quarters;
    let low = *sorted.get(steps / 4)?;
    let high = sorted.get(steps / 4 + 1).copied().unwrap_or(low);
    // At most three quarters: exact.
    let rest = [0.0, 0.25, 0.5, 0.75][steps % 4];
    Some(low + (high - low) * rest)
}

/// A share of a number of cases, with an interval for the share of all cases like them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    /// How many cases have it.
    pub count: usize,
    /// How many cases there are.
    pub of: usize,
    /// The share, 0 to 1.
    pub share: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end of its 95 % interval.
    pub high: f64,
}

/// The 97.5 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

impl Share {
    /// A share with its 95 % interval by Wilson's score: E. B. Wilson, *Probable Inference, the Law of Succession, and
    /// Statistical Inference*, JASA 22, 1927; recommended for small numbers by Brown, Cai and `DasGupta`, *Interval Estimation
    /// for a Binomial Proportion*, Statistical Science 16, 2001. None of no cases.
    ///
    /// ```
    /// use jipp_core::base::Share;
    /// let share = Share::of(8, 10).ok_or("none")?;
    /// assert_eq!(share.share, 0.8);
    /// assert!((share.low - 0.490_162).abs() < 1e-6 && (share.high - 0.943_318).abs() < 1e-6);
    /// # Ok::<(), &str>(())
    /// ```
    #[allow(clippy::cast_precision_loss, reason = "counts of cases are exact as floats")]
    pub fn of(count: usize, of: usize) -> Option<Self> {
        if of == 0 || count > of {
            return None;
        }
        let (n, share) = (of as f64, count as f64 / of as f64);
        let square = Z * Z / n;
        let middle = (share + square / 2.0) / (1.0 + square);
        let half = Z / (1.0 + square) * libm::sqrt(share * (1.0 - share) / n + square / (4.0 * n));
        let low = if count == 0 { 0.0 } else { (middle - half).max(0.0) };
        let high = if count == of { 1.0 } else { (middle + half).min(1.0) };
        Some(Self { count, of, share, low, high })
    }
}
