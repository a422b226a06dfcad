//! Figures of merit of a ranking, and how sure they are.
//!
//! | figure | what it is |
//! | --- | --- |
//! | MRR | the reciprocal of the rank of the first useful record, 0 if there is none (Voorhees, TREC-8, 1999) |
//! | recall@10 | the share of the useful records that stand among the first ten |
//! | nDCG@10 | discounted cumulative gain over that of the best order (Järvelin and Kekäläinen 2002) |
//!
//! A record is useful from grade 2 on. The discount of rank r is log2(r + 1); the gain of grade g is 2^g - 1, or g where the
//! figure is called linear. Intervals are percentile bootstrap intervals over the queries (Efron and Tibshirani 1993).
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "counts of queries and ranks, far below 2^32"
)]

use std::collections::BTreeMap;

use serde::Serialize;

/// How deep recall and nDCG look.
pub(super) const DEPTH: usize = 10;
/// From this grade on a record is useful.
const USEFUL: u8 = 2;
const RESAMPLES: usize = 2_000;
const SEED: u64 = 20_261_121;

/// The grade of each judged record, by its number in the pool. What is absent counts as 0.
pub(super) type Grades = BTreeMap<usize, u8>;

/// A figure of merit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Metric {
    /// Mean reciprocal rank.
    Mrr,
    /// Recall among the first ten.
    Recall,
    /// Normalised discounted cumulative gain of the first ten, gain 2^g - 1.
    Ndcg,
    /// The same with gain g.
    NdcgLinear,
}

impl Metric {
    /// As a heading.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Mrr => "MRR",
            Self::Recall => "recall@10",
            Self::Ndcg => "nDCG@10",
            Self::NdcgLinear => "nDCG@10 linear",
        }
    }

    /// The figure of one ranking, 0 to 1; 0 where no record is useful.
    pub(super) fn of(self, ranked: &[usize], grades: &Grades) -> f64 {
        let grade = |doc: &usize| grades.get(doc).copied().unwrap_or(0);
        let is_useful = |doc: &&usize| grade(doc) >= USEFUL;
        match self {
            Self::Mrr => {
                ranked.iter().position(|doc| grade(doc) >= USEFUL).map_or(0.0, |rank| 1.0 / (rank as f64 + 1.0))
            }
            Self::Recall => {
                let all = useful(grades);
                let found = ranked.iter().take(DEPTH).filter(is_useful).count();
                if all == 0 { 0.0 } else { found as f64 / all as f64 }
            }
            Self::Ndcg => ndcg(ranked.iter().map(grade), grades, |grade| f64::from(grade).exp2() - 1.0),
            Self::NdcgLinear => ndcg(ranked.iter().map(grade), grades, f64::from),
        }
    }
}

/// How many records are useful.
pub(super) fn useful(grades: &Grades) -> usize {
    grades.values().filter(|grade| **grade >= USEFUL).count()
}

fn ndcg(ranked: impl Iterator<Item = u8>, grades: &Grades, gain: impl Fn(u8) -> f64) -> f64 {
    let discounted = |(rank, grade): (usize, u8)| gain(grade) / (rank as f64 + 2.0).log2();
    let mut ideal: Vec<u8> = grades.values().copied().collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let best: f64 = ideal.into_iter().take(DEPTH).enumerate().map(discounted).sum();
    let got: f64 = ranked.take(DEPTH).enumerate().map(discounted).sum();
    if best > 0.0 { got / best } else { 0.0 }
}

/// A mean over queries, with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(super) struct Estimate {
    /// The mean.
    pub(super) mean: f64,
    /// The lower end of the interval.
    pub(super) low: f64,
    /// The upper end.
    pub(super) high: f64,
}

impl Estimate {
    /// The mean of values, one for each query. The resamples are the same for every engine, as the seed is.
    pub(super) fn of(values: &[f64]) -> Self {
        if values.is_empty() {
            return Self { mean: 0.0, low: 0.0, high: 0.0 };
        }
        let mut random = SplitMix(SEED);
        let mut means: Vec<f64> = (0..RESAMPLES)
            .map(|_| values.iter().map(|_| values[random.below(values.len())]).sum::<f64>() / values.len() as f64)
            .collect();
        means.sort_unstable_by(f64::total_cmp);
        let tail = RESAMPLES / 40;
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        Self { mean, low: means[tail], high: means[RESAMPLES - 1 - tail] }
    }

    /// The mean of the differences `of - than`, query by query.
    pub(super) fn of_difference(of: &[f64], than: &[f64]) -> Self {
        let differences: Vec<f64> = of.iter().zip(than).map(|(of, than)| of - than).collect();
        Self::of(&differences)
    }
}

/// The generator `SplitMix64` (Steele, Lea and Flood 2014): enough for resampling, and the same everywhere.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, expected: f64) {
        assert!((got - expected).abs() < 1e-9, "{got} is not {expected}");
    }

    #[test]
    fn the_first_useful_record_decides_the_reciprocal_rank() {
        let grades = Grades::from([(7, 3), (8, 1)]);
        close(Metric::Mrr.of(&[7], &grades), 1.0);
        close(Metric::Mrr.of(&[8, 1, 7], &grades), 1.0 / 3.0);
        close(Metric::Mrr.of(&[8, 1], &grades), 0.0);
    }

    #[test]
    fn recall_looks_ten_deep_and_at_grades_2_and_3() {
        let grades = Grades::from([(0, 3), (1, 2), (2, 1), (30, 2)]);
        let ranked: Vec<usize> = (0..40).collect();
        close(Metric::Recall.of(&ranked, &grades), 2.0 / 3.0);
        close(Metric::Recall.of(&[30], &grades), 1.0 / 3.0);
        close(Metric::Recall.of(&[2], &Grades::from([(2, 1)])), 0.0);
    }

    #[test]
    fn gain_is_discounted_by_rank_and_normalised_by_the_best_order() {
        let grades = Grades::from([(0, 3), (1, 2), (2, 0), (3, 1)]);
        // Ranked 2, 1, 0, and 9 that nobody judged; log2(3) = 1.584962500721156.
        let log = 3.0_f64.log2();
        let best = 7.0 + 3.0 / log + 1.0 / 2.0;
        close(Metric::Ndcg.of(&[2, 1, 0, 9], &grades), (3.0 / log + 7.0 / 2.0) / best);
        close(Metric::NdcgLinear.of(&[2, 1, 0, 9], &grades), (2.0 / log + 3.0 / 2.0) / (3.0 + 2.0 / log + 0.5));
        close(Metric::Ndcg.of(&[0, 1, 3], &grades), 1.0);
        close(Metric::Ndcg.of(&[0], &Grades::new()), 0.0);
    }

    #[test]
    fn a_bootstrap_gives_the_same_interval_each_time_and_holds_the_mean() {
        let values: Vec<f64> = (0..40).map(|n| f64::from(n % 5) / 4.0).collect();
        let first = Estimate::of(&values);
        assert_eq!(first, Estimate::of(&values));
        close(first.mean, 0.5);
        assert!(first.low < 0.5 && 0.5 < first.high);
        // The standard error is sqrt(0.125 / 40) = 0.056, so the interval is about 0.39 to 0.61.
        assert!((first.low - 0.39).abs() < 0.03 && (first.high - 0.61).abs() < 0.03, "{first:?}");
        assert_eq!(Estimate::of(&[0.25; 9]), Estimate { mean: 0.25, low: 0.25, high: 0.25 });
        assert_eq!(Estimate::of_difference(&values, &values), Estimate { mean: 0.0, low: 0.0, high: 0.0 });
    }

    #[test]
    fn the_generator_is_split_mix_64() {
        // The first outputs from seed 0, as in the reference implementation.
        let mut random = SplitMix(0);
        assert_eq!(random.next(), 0xE220_A839_7B1D_CDAF);
        assert_eq!(random.next(), 0x6E78_9E6A_A1B9_65F4);
        assert!((0..1000).all(|_| random.below(3) < 3));
    }
}
