//! What came of a fit, in figures and in words.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::asked::{Asked, Seen, mean};
use super::measures::{Gains, Interval, Measures};
use super::{FitOptions, USEFUL};
use crate::base::{InnovationId, Lang, vocabulary::vocabulary};
use crate::network::Weights;

vocabulary! {
    /// Whether fitted weights rank better than the prior on questions they were not fitted to.
    Verdict = "fit-verdict" {
        Better = "better", "lebih baik", "better";
        Worse = "worse", "lebih buruk", "worse";
        Undecided = "undecided", "belum terbukti", "undecided";
    }
}

/// Fitted weights, and what is known of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Fit {
    /// Whole points of zero or above that add up to 100, fitted to all labels.
    pub weights: Weights,
    /// How they came about and what they are worth.
    pub report: FitReport,
}

/// What is known of a fit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FitReport {
    /// How many questions there were.
    pub questions: usize,
    /// How many pairs of a better and a worse candidate.
    pub pairs: usize,
    /// How many groups.
    pub groups: usize,
    /// In how many parts they were left out.
    pub folds: usize,
    /// For each factor what it says and what it was given, in the order of [`Weights::FACTORS`].
    pub factors: Vec<FactorFit>,
    /// With the prior, which did not see any label.
    pub prior: Measures,
    /// With weights fitted to the very questions they are measured on: better than they are.
    pub in_sample: Measures,
    /// Each question with weights that were fitted without its group.
    pub left_out: Measures,
    /// [`left_out`](Self::left_out) less [`prior`](Self::prior), question by question.
    pub gains: Gains,
    /// Right answers that were not among the candidates. Nothing was learnt from them, and they count as failures throughout.
    pub not_found: Vec<NotFound>,
    /// Whether the interval of the gain in nDCG@10 lies above zero, below it, or holds it.
    pub verdict: Verdict,
}

/// What a factor says, and what it was given for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FactorFit {
    /// Its name, as in [`Weights::FACTORS`].
    pub name: String,
    /// What it says of the right ones, as a share of all it could say: the mean over questions, 0 to 1.
    pub right: f64,
    /// The same of the wrong ones they were compared with.
    pub wrong: f64,
    /// Its points in the prior.
    pub prior: i64,
    /// Its points in the fit.
    pub fitted: i64,
    /// The fewest points that a fit without one part of the groups gave it.
    pub lowest: i64,
    /// The most.
    pub highest: i64,
}

/// A right answer that was not found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NotFound {
    /// The innovation.
    pub innovation: InnovationId,
    /// The text of the question.
    pub text: String,
    /// The group of the question.
    pub group: String,
}

impl FitReport {
    /// The verdict in plain words, for somebody who wonders whether to use the weights.
    pub fn words(&self, lang: Lang) -> String {
        let Interval { mean, low, high } = self.gains.ndcg_at_10;
        let (questions, groups) = (self.questions, self.groups);
        let (before, after) = (self.prior.ndcg_at_10, self.left_out.ndcg_at_10);
        match lang {
            Lang::En => {
                let advice = match self.verdict {
                    Verdict::Better => "The fitted weights rank better than those in use.",
                    Verdict::Worse => "The fitted weights rank worse than those in use: keep these.",
                    _ => "It is not shown that the fitted weights rank better than those in use: keep these.",
                };
                format!(
                    "{advice} On {questions} questions in {groups} groups, each ranked without having been learnt from, \
                     nDCG@10 went from {before:.3} to {after:.3}: {mean:+.3}, 95 % interval {low:+.3} to {high:+.3}."
                )
            }
            Lang::Id => {
                let advice = match self.verdict {
                    Verdict::Better => "Bobot hasil pembelajaran mengurutkan lebih baik daripada bobot yang dipakai.",
                    Verdict::Worse => {
                        "Bobot hasil pembelajaran mengurutkan lebih buruk: pertahankan bobot yang dipakai."
                    }
                    _ => "Belum terbukti bobot hasil pembelajaran lebih baik: pertahankan bobot yang dipakai.",
                };
                format!(
                    "{advice} Pada {questions} pertanyaan dalam {groups} kelompok, masing-masing diurutkan tanpa ikut \
                     dipelajari, nDCG@10 berubah dari {before:.3} menjadi {after:.3}: {mean:+.3}, interval 95 % {low:+.3} \
                     sampai {high:+.3}."
                )
            }
        }
    }
}

/// What a report is made from; the measures are one for each question.
pub(super) struct Measured<'a> {
    pub(super) asked: &'a [Asked],
    pub(super) options: &'a FitOptions,
    pub(super) pairs: usize,
    pub(super) groups: usize,
    pub(super) weights: &'a Weights,
    /// Fitted without each part of the groups.
    pub(super) without: &'a [Weights],
    pub(super) prior: Vec<Measures>,
    pub(super) in_sample: Vec<Measures>,
    pub(super) left_out: Vec<Measures>,
}

pub(super) fn report(of: &Measured<'_>) -> FitReport {
    let differences = of.left_out.iter().zip(&of.prior).map(|(left_out, prior)| left_out.less(*prior));
    let groups = of.asked.iter().map(|asked| asked.group.as_str());
    let differences: Vec<(&str, Measures)> = groups.zip(differences).collect();
    let gains = Gains::of(&differences, of.options.resamples, of.options.seed);
    FitReport {
        questions: of.asked.len(),
        pairs: of.pairs,
        groups: of.groups,
        folds: of.without.len(),
        factors: factors(of),
        prior: Measures::mean(&of.prior),
        in_sample: Measures::mean(&of.in_sample),
        left_out: Measures::mean(&of.left_out),
        gains,
        not_found: not_found(of.asked),
        verdict: verdict(gains.ndcg_at_10),
    }
}

fn verdict(gain: Interval) -> Verdict {
    if gain.low > 0.0 {
        Verdict::Better
    } else if gain.high < 0.0 {
        Verdict::Worse
    } else {
        Verdict::Undecided
    }
}

fn factors(of: &Measured<'_>) -> Vec<FactorFit> {
    let compared: Vec<Vec<&Seen>> = of.asked.iter().map(|asked| asked.compared(of.options.negatives)).collect();
    let over_questions = |is_meant: fn(&Seen) -> bool| {
        let means = compared
            .iter()
            .filter(|seen| seen.iter().any(|seen| seen.grade >= USEFUL))
            .map(|seen| mean(seen.iter().copied().filter(|seen| is_meant(seen))));
        let means: Vec<_> = means.collect();
        let count = super::numbers::float(means.len().max(1));
        means.iter().fold([0.0; Weights::FACTORS.len()], |mut sums, means| {
            sums.iter_mut().zip(means).for_each(|(sum, mean)| *sum += mean / count);
            sums
        })
    };
    let right = over_questions(|seen| seen.grade >= USEFUL);
    let wrong = over_questions(|seen| seen.grade < USEFUL);
    let columns: Vec<_> = of.without.iter().map(Weights::points).collect();
    let (prior, fitted) = (of.options.prior.points(), of.weights.points());
    let factor = |(place, name): (usize, &&'static str)| {
        let folds = || columns.iter().map(|points| points[place]);
        FactorFit {
            name: (*name).to_owned(),
            right: right[place],
            wrong: wrong[place],
            prior: prior[place],
            fitted: fitted[place],
            lowest: folds().min().unwrap_or(fitted[place]),
            highest: folds().max().unwrap_or(fitted[place]),
        }
    };
    Weights::FACTORS.iter().enumerate().map(factor).collect()
}

fn not_found(asked: &[Asked]) -> Vec<NotFound> {
    // Two questions of one text in one group miss an innovation once.
    let mut missing = BTreeSet::new();
    for asked in asked {
        for innovation in &asked.missing {
            missing.insert((&asked.group, innovation, &asked.text));
        }
    }
    let missed = |(group, innovation, text): (&String, &InnovationId, &String)| NotFound {
        innovation: innovation.clone(),
        text: text.clone(),
        group: group.clone(),
    };
    missing.into_iter().map(missed).collect()
}
