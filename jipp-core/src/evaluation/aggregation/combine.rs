//! Means of whole numbers.

use crate::model::Aggregation;

/// From so many values on a trimmed mean drops the highest and the lowest.
const TRIMMED_FROM: usize = 5;

/// A quotient by a number above zero, half away from zero.
pub(in crate::evaluation) fn rounded(numerator: i128, denominator: i128) -> i128 {
    // What fits 64 bits, as nearly all does, is divided several times as fast.
    if let (Ok(numerator), Ok(denominator)) = (i64::try_from(numerator), i64::try_from(denominator)) {
        let (whole, rest) = (numerator / denominator, numerator % denominator);
        let away = if 2 * rest.unsigned_abs() >= denominator.unsigned_abs() { numerator.signum() } else { 0 };
        return i128::from(whole + away);
    }
    let (whole, rest) = (numerator / denominator, numerator % denominator);
    if 2 * rest.abs() >= denominator { whole + numerator.signum() } else { whole }
}

/// The weighted mean of the values that are there; none where they weigh nothing.
pub(super) fn weighted(members: impl Iterator<Item = (i64, Option<i64>)>) -> Option<i64> {
    let (mut sum, mut weights) = (0_i128, 0_i128);
    for (weight, value) in members {
        if let Some(value) = value {
            sum += i128::from(weight) * i128::from(value);
            weights += i128::from(weight);
        }
    }
    if weights > 0 { mean(sum, weights) } else { None }
}

/// The rounded mean of 64-bit numbers with such a sum, which is one too.
pub(super) fn mean(sum: i128, count: i128) -> Option<i64> {
    i64::try_from(rounded(sum, count)).ok()
}

/// Which of so many values in order count: all, the middle ones, or all but the ends.
pub(in crate::evaluation) fn kept(how: Aggregation, count: usize) -> std::ops::Range<usize> {
    match how {
        Aggregation::Median if count > 0 => (count - 1) / 2..count / 2 + 1,
        Aggregation::TrimmedMean if count >= TRIMMED_FROM => 1..count - 1,
        _ => 0..count,
    }
}

/// The mean of those that count; sorts them. None of none.
pub(in crate::evaluation) fn combined(how: Aggregation, values: &mut [i64]) -> Option<i64> {
    values.sort_unstable();
    let kept = values.get(kept(how, values.len()))?;
    let count = i128::try_from(kept.len()).ok().filter(|count| *count > 0)?;
    mean(kept.iter().copied().map(i128::from).sum(), count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero() {
        let quotients = [(5, 2), (-5, 2), (4, 3), (5, 3), (-4, 3), (-5, 3), (0, 7)].map(|(n, d)| rounded(n, d));
        assert_eq!(quotients, [3, -3, 1, 2, -1, -2, 0]);
    }

    #[test]
    fn values_are_combined() {
        let of = |how, values: &[i64]| combined(how, &mut values.to_vec());
        assert_eq!(of(Aggregation::Mean, &[1, 2, 4]), Some(2));
        assert_eq!(of(Aggregation::Median, &[9, 1, 2]), Some(2));
        assert_eq!(of(Aggregation::Median, &[9, 1, 2, 5]), Some(4));
        assert_eq!(of(Aggregation::TrimmedMean, &[10, 0, 50, 20]), Some(20));
        assert_eq!(of(Aggregation::TrimmedMean, &[10, 0, 90, 20, 30]), Some(20));
        assert_eq!(of(Aggregation::Median, &[]), None);
        assert_eq!(weighted([(1, Some(4)), (3, None), (3, Some(8))].into_iter()), Some(7));
        assert_eq!(weighted([(0, Some(4)), (3, None)].into_iter()), None);
    }
}
