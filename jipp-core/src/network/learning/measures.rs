//! How well a ranking puts the right ones first, and how sure a difference between two rankings is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::numbers::{SplitMix, float};

/// How deep recall and nDCG look.
const DEPTH: usize = 10;

/// Figures of merit, each the mean over questions and 0 to 1; higher is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Measures {
    /// The reciprocal of the rank of the first right one (Voorhees, TREC-8, 1999).
    pub mrr: f64,
    /// The share of the right ones that stand among the first ten.
    pub recall_at_10: f64,
    /// Discounted cumulative gain of the first ten over that of the best order, with the gain `2^grade - 1` and the discount
    /// `log2(rank + 1)` (Järvelin and Kekäläinen, TOIS 20, 2002).
    pub ndcg_at_10: f64,
}

impl Measures {
    /// Of one ranking, given by the grades in their order, and of all grades there are, highest first.
    pub(super) fn of(ranked: &[u8], all: &[u8]) -> Self {
        let is_right = |grade: &&u8| **grade >= super::USEFUL;
        let right = all.iter().filter(is_right).count();
        let found = ranked.iter().take(DEPTH).filter(is_right).count();
        let first = ranked.iter().position(|grade| *grade >= super::USEFUL);
        let best = gain(all);
        Self {
            mrr: first.map_or(0.0, |rank| 1.0 / float(rank + 1)),
            recall_at_10: if right == 0 { 0.0 } else { float(found) / float(right) },
            ndcg_at_10: if best > 0.0 { gain(ranked) / best } else { 0.0 },
        }
    }

    fn map(self, other: Self, with: impl Fn(f64, f64) -> f64) -> Self {
        Self {
            mrr: with(self.mrr, other.mrr),
            recall_at_10: with(self.recall_at_10, other.recall_at_10),
            ndcg_at_10: with(self.ndcg_at_10, other.ndcg_at_10),
        }
    }

    pub(super) fn less(self, other: Self) -> Self {
        self.map(other, |one, other| one - other)
    }

    pub(super) fn mean(of: &[Self]) -> Self {
        let count = float(of.len().max(1));
        of.iter().fold(Self::default(), |sum, one| sum.map(*one, |sum, one| sum + one / count))
    }
}

fn gain(grades: &[u8]) -> f64 {
    let discounted = |(rank, grade): (usize, &u8)| (libm::exp2(f64::from(*grade)) - 1.0) / libm::log2(float(rank + 2));
    grades.iter().take(DEPTH).enumerate().map(discounted).sum()
}

/// A mean difference with its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The mean over questions.
    pub mean: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// What one ranking gains over another, question by question, with percentile bootstrap intervals (Efron and Tibshirani,
/// *An introduction to the bootstrap*, 1993). Groups are drawn whole, because the questions of a group are not independent
/// (the cluster bootstrap: Davison and Hinkley, *Bootstrap methods and their application*, 1997, section 3.8). With fewer than
/// some twenty groups such intervals are too narrow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Gains {
    /// In [`Measures::mrr`].
    pub mrr: Interval,
    /// In [`Measures::recall_at_10`].
    pub recall_at_10: Interval,
    /// In [`Measures::ndcg_at_10`].
    pub ndcg_at_10: Interval,
}

impl Gains {
    /// Of differences, each with the group of its question.
    pub(super) fn of(differences: &[(&str, Measures)], resamples: usize, seed: u64) -> Self {
        let mut groups: BTreeMap<&str, Vec<Measures>> = BTreeMap::new();
        for (group, difference) in differences {
            groups.entry(group).or_default().push(*difference);
        }
        let groups: Vec<Vec<Measures>> = groups.into_values().collect();
        let mut random = SplitMix::new(seed);
        let mut means = Vec::with_capacity(resamples);
        for _ in 0..resamples {
            let drawn = groups.iter().filter_map(|_| groups.get(random.below(groups.len())));
            means.push(Measures::mean(&drawn.flatten().copied().collect::<Vec<_>>()));
        }
        let all: Vec<Measures> = differences.iter().map(|(_, difference)| *difference).collect();
        let mean = Measures::mean(&all);
        let interval = |of: fn(&Measures) -> f64| {
            let mut values: Vec<f64> = means.iter().map(of).collect();
            values.sort_unstable_by(f64::total_cmp);
            let tail = values.len() / 40;
            let at = |place: usize| values.get(place).copied().unwrap_or(0.0);
            Interval { mean: of(&mean), low: at(tail), high: at(values.len().saturating_sub(1 + tail)) }
        };
        Self {
            mrr: interval(|measures| measures.mrr),
            recall_at_10: interval(|measures| measures.recall_at_10),
            ndcg_at_10: interval(|measures| measures.ndcg_at_10),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: f64, expected: f64) {
        assert!((got - expected).abs() < 1e-9, "{got} is not {expected}");
    }

    #[test]
    fn figures_are_those_of_the_textbook() {
        // Ranked: useless, 2, nobody judged, 3; one of grade 2 was not found. log2(3) = 1.584962500721156.
        let log = 3.0_f64.log2();
        let measures = Measures::of(&[0, 2, 0, 3], &[3, 2, 2]);
        close(measures.mrr, 0.5);
        close(measures.recall_at_10, 2.0 / 3.0);
        close(measures.ndcg_at_10, (3.0 / log + 7.0 / 5.0_f64.log2()) / (7.0 + 3.0 / log + 1.5));
        assert_eq!(Measures::of(&[1, 0], &[1]).mrr.to_bits(), 0.0_f64.to_bits());
        assert_eq!(Measures::of(&[], &[3]), Measures::default());
    }

    #[test]
    fn a_group_is_drawn_whole() {
        let with = |mrr: f64| Measures { mrr, ..Measures::default() };
        // Ten questions of one group and ten of another: only three means can come of drawing two groups.
        let data: Vec<(&str, Measures)> =
            (0..20).map(|n| if n < 10 { ("a", with(0.0)) } else { ("b", with(1.0)) }).collect();
        let gains = Gains::of(&data, 400, 1);
        assert_eq!(gains, Gains::of(&data, 400, 1));
        close(gains.mrr.mean, 0.5);
        close(gains.mrr.low, 0.0);
        close(gains.mrr.high, 1.0);
        let alone: Vec<(String, Measures)> = data.iter().enumerate().map(|(n, (_, m))| (n.to_string(), *m)).collect();
        let alone: Vec<(&str, Measures)> = alone.iter().map(|(group, measures)| (group.as_str(), *measures)).collect();
        let sure = Gains::of(&alone, 400, 1).mrr;
        assert!(sure.low > 0.2 && sure.high < 0.8, "{sure:?}");
    }
}
