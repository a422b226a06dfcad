//! Lags and shares in a few numbers.

use serde::Serialize;

use super::fit::real;

/// The normal quantile of a two-sided interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// The middle of some numbers, and the middles of their halves.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quartiles {
    /// A quarter is below.
    pub low: f64,
    /// Half is below.
    pub median: f64,
    /// Three quarters are below.
    pub high: f64,
}

impl Quartiles {
    /// The quartiles of some numbers in any order, interpolated between neighbours (type 7 of Hyndman and Fan 1996, the
    /// default of R and `numpy`). `None` where there are none, or one is not finite.
    ///
    /// # Complexity
    ///
    /// O(n log n).
    ///
    /// ```
    /// use jipp_core::lineage::growth::Quartiles;
    /// let lags = Quartiles::of(&[7.0, 1.0, 2.0, 4.0]);
    /// assert_eq!(lags, Some(Quartiles { low: 1.75, median: 3.0, high: 4.75 }));
    /// assert_eq!(Quartiles::of(&[]), None);
    /// ```
    pub fn of(numbers: &[f64]) -> Option<Self> {
        if numbers.iter().any(|number| !number.is_finite()) {
            return None;
        }
        let mut sorted = numbers.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let last = sorted.len().checked_sub(1)?;
        // The quantile at quarter q lies q / 4 of the way from the first to the last number.
        let at = |quarter: usize| {
            let (place, rest) = (quarter * last / 4, quarter * last % 4);
            let (below, above) = (sorted[place], sorted[(place + 1).min(last)]);
            below + (above - below) * real(rest) / 4.0
        };
        Some(Self { low: at(1), median: at(2), high: at(3) })
    }
}

/// The interval of 95 % for a share, of which `part` of `whole` were seen (Wilson 1927, without correction for
/// continuity; recommended for small numbers by Brown, Cai and `DasGupta` 2001). `None` where nothing was seen, or more
/// than all.
///
/// ```
/// use jipp_core::lineage::growth::wilson_interval;
/// let (low, high) = wilson_interval(0, 10).unwrap();
/// assert!(low == 0.0 && (high - 0.2775).abs() < 1e-4);
/// assert_eq!(wilson_interval(0, 0), None);
/// ```
pub fn wilson_interval(part: usize, whole: usize) -> Option<(f64, f64)> {
    if whole == 0 || part > whole {
        return None;
    }
    let (n, share) = (real(whole), real(part) / real(whole));
    let middle = (share + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * libm::sqrt(share * (1.0 - share) / n + Z * Z / (4.0 * n * n));
    // The ends are 0 and 1 exactly where nothing, or everything, was seen.
    let low = if part == 0 { 0.0 } else { (middle - half).max(0.0) };
    let high = if part == whole { 1.0 } else { (middle + half).min(1.0) };
    Some((low, high))
}
