//! Counts of rare events: exact intervals of a rate, whether two rates differ, and rates drawn to their common mean.
//!
//! * Interval: Garwood, *Fiducial limits for the Poisson distribution*, Biometrika 28 (1936): the limits of the mean
//!   of a count `k` are the quantiles of gamma distributions with shapes `k` (lower; 0 for no event) and `k + 1`
//!   (upper).
//! * Two rates: Przyborowski and Wilenski, *Homogeneity of results in testing samples from Poisson series*,
//!   Biometrika 31 (1940): given both counts together, one of them is binomial if the rates are the same.
//! * Shrinkage: the empirical Bayes estimate by moments of Marshall, *Mapping disease and mortality rates using
//!   empirical Bayes estimators*, Applied Statistics 40 (1991).

use crate::base::distribution::gamma_quantile;

/// The exact limits of the mean of a count, at a confidence between 0 and 1.
pub(super) fn limits(count: u32, confidence: f64) -> (f64, f64) {
    let outside = (1.0 - confidence) / 2.0;
    let k = f64::from(count);
    let low = if count == 0 { 0.0 } else { gamma_quantile(k, outside) };
    (low, gamma_quantile(k + 1.0, 1.0 - outside))
}

/// How likely a difference at least this great is if both have the same rate: twice the smaller tail, at most 1.
pub(super) fn same_rate(one: (u32, f64), other: (u32, f64)) -> f64 {
    let (total, exposure) = (one.0.saturating_add(other.0), one.1 + other.1);
    if exposure <= 0.0 || one.1 <= 0.0 || other.1 <= 0.0 {
        return 1.0;
    }
    let share = one.1 / exposure;
    let (n, yes, no) = (f64::from(total), libm::log(share), libm::log1p(-share));
    let chance = |k: u32| {
        let k = f64::from(k);
        libm::exp(libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0) + k * yes + (n - k) * no)
    };
    let low: f64 = (0..=one.0).map(chance).sum();
    let high: f64 = (one.0..=total).map(chance).sum();
    (2.0 * low.min(high)).min(1.0)
}

/// Rates drawn towards their common mean, the more the less they rest on; in the order given. Without exposure there
/// is no rate to draw.
pub(super) fn shrunk(counts: &[(u32, f64)]) -> Vec<Option<f64>> {
    let exposure: f64 = counts.iter().map(|(_, exposure)| exposure).sum();
    let events: f64 = counts.iter().map(|(count, _)| f64::from(*count)).sum();
    if exposure <= 0.0 {
        return vec![None; counts.len()];
    }
    let mean = events / exposure;
    let rate = |(count, exposure): (u32, f64)| f64::from(count) / exposure;
    let real: Vec<(u32, f64)> = counts.iter().copied().filter(|(_, exposure)| *exposure > 0.0).collect();
    let off = |one: &(u32, f64)| one.1 * (rate(*one) - mean) * (rate(*one) - mean);
    let spread = real.iter().map(off).sum::<f64>() / exposure;
    let usual = exposure / f64::from(u32::try_from(real.len().max(1)).unwrap_or(u32::MAX));
    // What the rates differ by beyond chance; the moments can give less than nothing.
    let between = (spread - mean / usual).max(0.0);
    let draw = |(count, exposure): &(u32, f64)| {
        (*exposure > 0.0).then(|| {
            let chance = mean / exposure;
            let trust = if between + chance > 0.0 { between / (between + chance) } else { 0.0 };
            mean + trust * (rate((*count, *exposure)) - mean)
        })
    };
    counts.iter().map(draw).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(one: f64, other: f64) -> bool {
        (one - other).abs() <= 1e-9 * other.abs().max(1.0)
    }

    /// From the chi-square quantiles of scipy 1.x: half of `ppf(a/2, 2k)` and of `ppf(1 - a/2, 2k + 2)`.
    #[test]
    fn the_limits_are_those_of_garwood() {
        let known = [
            (0, 0.95, 0.0, 3.688_879_454_11),
            (0, 0.99, 0.0, 5.298_317_366_55),
            (1, 0.95, 0.025_317_807_984_3, 5.571_643_390_94),
            (2, 0.95, 0.242_209_278_544, 7.224_687_667_72),
            (5, 0.99, 1.077_928_240_65, 14.149_759_411),
            (10, 0.95, 4.795_388_696_13, 18.390_356_042),
            (50, 0.95, 37.110_963_737_5, 65.918_766_664_3),
            (137, 0.99, 108.729_685_462, 170.133_829_126),
            (1_000, 0.95, 938.973_018_408, 1_063.952_136_02),
            (20_000, 0.95, 19_723.767_600_6, 20_279.133_627_9),
        ];
        for (count, confidence, low, high) in known {
            let found = limits(count, confidence);
            assert!(close(found.0, low) && close(found.1, high), "{count} at {confidence}: {found:?}");
        }
    }

    /// From the binomial distribution of scipy.
    #[test]
    fn two_rates_are_compared_exactly() {
        let known = [
            ((3, 10.0), (9, 10.0), 0.145_996_093_75),
            ((0, 5.0), (12, 20.0), 0.137_438_953_472),
            ((20, 39.0), (30, 200.0), 0.000_110_641_484_499),
            ((150, 100.0), (90, 100.0), 0.000_129_876_675_408),
            ((4, 4.0), (4, 4.0), 1.0),
            ((0, 1.0), (0, 1.0), 1.0),
            ((7, 0.0), (3, 1.0), 1.0),
        ];
        for (one, other, chance) in known {
            assert!(close(same_rate(one, other), chance), "{one:?} {other:?}: {}", same_rate(one, other));
            assert!(close(same_rate(other, one), chance), "the order does not count");
        }
    }

    /// Worked by hand from Marshall's formulas.
    #[test]
    fn rates_are_drawn_to_their_mean_the_more_the_less_they_rest_on() {
        let found = shrunk(&[(2, 10.0), (0, 5.0), (30, 40.0), (7, 7.0), (3, 0.0)]);
        let without = shrunk(&[(2, 10.0), (0, 5.0), (30, 40.0), (7, 7.0)]);
        let known = [0.447_826_086_957, 0.460_629_921_26, 0.719_178_082_192, 0.754_623_044_097];
        for (found, known) in without.iter().zip(known) {
            assert!(close(found.unwrap_or_default(), known), "{without:?}");
        }
        assert_eq!(found.last(), Some(&None), "no exposure, no rate");
        assert_eq!(shrunk(&[(1, 10.0), (1, 10.0)]), [Some(0.1), Some(0.1)]);
        assert_eq!(shrunk(&[]), []);
    }
}
