//! *Known answers -> weights*: what the factors of a score should count, learnt from answers that are known to be right, and
//! measured on answers it was not learnt from.
//!
//! **The model.** Every candidate has for each factor a share of all the factor could say, 0 to 1; the score is their
//! weighted sum. A better and a worse candidate for one question differ by a vector `d`, and the better one should stand
//! first: the chance of it is taken to be `1 / (1 + exp(-w·d))`. This is the choice model of Bradley and Terry (Biometrika
//! 39, 1952) on features, that is `RankNet` (Burges and others, *Learning to rank using gradient descent*, ICML 2005) with a
//! linear score, and differs from the ranking SVM (Joachims, *Optimizing search engines using clickthrough data*, KDD 2002)
//! by the logistic loss alone. Each question counts once, however many pairs it gives. Weights are never below zero: a ground
//! that is shown to an officer as speaking for a candidate must not count against it.
//!
//! **The prior.** Few answers are known, so the weights in use are believed until the data say otherwise: departures from
//! their direction cost [`FitOptions::strength`] times half their square, in log-odds. A ranking knows no scale, hence only the
//! direction is held. The sum is strictly convex; the fit is the one minimum of it, by Newton steps under bounds (`model.rs`),
//! brought to whole points that add up to 100 by largest remainders. No randomness, no clock; sums in a fixed order.
//!
//! **Nobody should fool himself.**
//! * Weights always look good on the answers they were fitted to. So each group of questions (those of one source, say) is
//!   ranked once more by weights that were fitted without it, and the verdict rests on this alone.
//! * A replication on record speaks for its own source: it makes it *replicated*, perhaps *by a peer*. A question made from it
//!   must be asked as if it were unknown ([`Question::disregard`]), and without the replica's own record
//!   ([`Question::exclude`]). [`Network::labels_from_replications`] does both.
//! * What remains: the other replications of a source stay in sight, though some came later; and replications that are known
//!   are known because somebody wrote of them, as of awards. Both flatter *replicated* and *awarded*.

mod asked;
mod labels;
mod measures;
mod model;
mod numbers;
mod report;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use measures::{Gains, Interval, Measures};
pub use report::{FactorFit, Fit, FitReport, NotFound, Verdict};

use super::Network;
use super::candidates::{Question, Weights};
use crate::base::{Code, Error, InnovationId, Result};
use asked::Asked;
use model::{Comparisons, Row};

/// From this grade on a candidate is right (2: it largely fits).
const USEFUL: u8 = 2;

/// A known answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The question. Labels with the same question belong together. Its limit and weights are not looked at.
    pub question: Question,
    /// The innovation that answers it.
    pub innovation: InnovationId,
    /// How well, as in judgements: 3 solves it, 2 largely fits, 1 is in the field, 0 is of no use. Innovations without a label
    /// count as 0.
    pub grade: u8,
    /// What is left out together when weights are tried on questions they were not fitted to, such as the source.
    pub group: String,
}

/// How weights are fitted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FitOptions {
    /// The weights that are believed until the labels say otherwise, and that are measured against.
    pub prior: Weights,
    /// How strongly: above 0. A departure of `x` log-odds costs `strength * x * x / 2`, where each question costs `ln 2` at
    /// the outset. Weights are then some ten log-odds altogether. 0.1 lets a few dozen questions speak freely, 10 needs hundreds.
    pub strength: f64,
    /// How many candidates are looked at for each question, 1 to 1,000: the best by the prior.
    pub depth: usize,
    /// How many of them that have no label each right one is compared with, 1 to 1,000: the best by the prior.
    pub negatives: usize,
    /// In how many parts the groups are dealt at most, 2 to 1,000. As many parts as groups leave out one group at a time.
    pub folds: usize,
    /// How often groups are drawn anew for the intervals, 100 to 100,000.
    pub resamples: usize,
    /// The seed of these draws.
    pub seed: u64,
}

impl Default for FitOptions {
    fn default() -> Self {
        Self {
            prior: Weights::default(),
            strength: 1.0,
            depth: 1_000,
            negatives: 100,
            folds: 100,
            resamples: 2_000,
            seed: 1,
        }
    }
}

impl FitOptions {
    fn check(&self) -> Result<()> {
        let bad = |field: &str, value: String, expected: &str| {
            Err(Error::new(Code::OptionInvalid).field(field).value(value).expected(expected))
        };
        self.prior.check().map_err(|error| error.field("prior"))?;
        if self.prior.points().iter().sum::<i64>() == 0 {
            return bad("prior", "0".to_owned(), "at least one weight above 0");
        }
        if !(self.strength > 0.0 && self.strength.is_finite()) {
            return bad("strength", self.strength.to_string(), "a number above 0");
        }
        let ranges = [
            ("depth", self.depth, 1, 1_000),
            ("negatives", self.negatives, 1, 1_000),
            ("folds", self.folds, 2, 1_000),
            ("resamples", self.resamples, 100, 100_000),
        ];
        match ranges.into_iter().find(|(_, value, low, high)| !(low..=high).contains(&value)) {
            Some((field, value, low, high)) => bad(field, value.to_string(), &format!("{low} to {high}")),
            None => Ok(()),
        }
    }
}

impl Network {
    /// Learns from known answers what each factor of a score should count, and says whether that is better than the weights
    /// in use on questions it was not learnt from; see the [options](FitOptions) and the [report](FitReport).
    ///
    /// The model is a pairwise logistic one (Bradley and Terry 1952; Burges and others 2005) with weights of zero or above and
    /// a prior at the weights in use. A right answer that is not found does not stop it: it is in the report, and counts as a
    /// failure of every ranking.
    ///
    /// ```
    /// use jipp_core::model::{Agency, AgencyKind, Award, Innovation, Line, Text};
    /// use jipp_core::network::{FitOptions, Label, Network, Options, Question, Verdict};
    /// use jipp_core::registry::{Action, Stamp};
    ///
    /// // Of any two innovations against long queues, the one with an award was the right one.
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let owner = Agency::new("kota-ambon".parse()?, Line::new("Pemerintah Kota Ambon")?, AgencyKind::City);
    /// let mut actions = vec![Action::Register(owner.clone().into())];
    /// let mut labels = Vec::new();
    /// for topic in ["puskesmas", "samsat", "pasar", "sekolah"] {
    ///     for (name, extra) in [("awarded", ""), ("other", "antrean antrean")] {
    ///         let id = format!("kota-ambon/{topic}-{name}").parse()?;
    ///         let mut innovation = Innovation::new(id, Line::new("Inovasi")?, owner.id.clone());
    ///         innovation.problem = Some(Text::new(format!("antrean panjang di {topic} {extra}"))?);
    ///         if name == "awarded" {
    ///             let award = Award::new(format!("award-{topic}").parse()?, innovation.id.clone(), Line::new("Top 45")?);
    ///             actions.push(Action::Register(award.into()));
    ///             let question = Question::new(&format!("antrean panjang {topic}"));
    ///             labels.push(Label { question, innovation: innovation.id.clone(), grade: 3, group: topic.to_owned() });
    ///         }
    ///         actions.push(Action::Register(innovation.into()));
    ///     }
    /// }
    /// network.commit(&Stamp::at("2026-11-21T08:00:00Z".parse()?), actions)?;
    ///
    /// let fit = network.fit_weights(&labels, &FitOptions { strength: 0.01, ..FitOptions::default() })?;
    /// assert!(fit.weights.awarded > 5 && fit.weights.text < 76);
    /// assert_eq!(fit.report.groups, 4);
    /// assert!(fit.report.left_out.mrr >= fit.report.prior.mrr);
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `option-invalid` if there are no labels, only one group, nothing to compare, a question in two groups, or an option out
    /// of range; `out-of-range` for a grade above 3; `not-found` if a label or its question names what is not there.
    ///
    /// # Complexity
    /// One search for each question; then for each fold some ten passes over all pairs of a right and a wrong candidate.
    pub fn fit_weights(&self, labels: &[Label], options: &FitOptions) -> Result<Fit> {
        options.check()?;
        if labels.is_empty() {
            return Err(Error::new(Code::OptionInvalid).field("labels").value("0").expected("at least one label"));
        }
        let asked = asked::ask(&*self.lock_in_step()?, labels, options)?;
        let groups: BTreeSet<&str> = asked.iter().map(|asked| asked.group.as_str()).collect();
        if groups.len() < 2 {
            let expected = "at least two groups, so that one can be left out";
            return Err(Error::new(Code::OptionInvalid).field("group").value(groups.len()).expected(expected));
        }
        let learner = Learner::new(&asked, options);
        if learner.pairs() == 0 {
            let expected = "a right answer that is found, with others beside it";
            return Err(Error::new(Code::OptionInvalid).field("labels").value("0 pairs").expected(expected));
        }
        let folds = folds(&groups, options.folds);
        let weights = learner.fit(|_| true);
        let without: Vec<Weights> =
            (0..fold_count(&folds)).map(|fold| learner.fit(|group| folds.get(group) != Some(&fold))).collect();
        let report = report::report(&learner.measured(&weights, &without, &folds));
        Ok(Fit { weights, report })
    }
}

/// The part into which each group is dealt, in the order of their names.
fn folds<'g>(groups: &BTreeSet<&'g str>, most: usize) -> BTreeMap<&'g str, usize> {
    groups.iter().enumerate().map(|(place, group)| (*group, place % most.max(1))).collect()
}

fn fold_count(folds: &BTreeMap<&str, usize>) -> usize {
    folds.values().max().map_or(0, |last| last + 1)
}

/// Everything that fits have in common.
struct Learner<'a> {
    asked: &'a [Asked],
    comparisons: Vec<Comparisons>,
    options: &'a FitOptions,
    prior: Row,
}

impl<'a> Learner<'a> {
    fn new(asked: &'a [Asked], options: &'a FitOptions) -> Self {
        let comparisons = asked.iter().map(|asked| asked.comparisons(options.negatives)).collect();
        // Weights are at most 100 each.
        let prior = options.prior.points().map(|points| f64::from(u8::try_from(points).unwrap_or(u8::MAX)) / 100.0);
        Self { asked, comparisons, options, prior }
    }

    fn pairs(&self) -> usize {
        self.comparisons.iter().map(|Comparisons(pairs)| pairs.len()).sum()
    }

    /// The weights that the questions of some groups teach.
    fn fit(&self, learns_from: impl Fn(&str) -> bool) -> Weights {
        let chosen = self.asked.iter().zip(&self.comparisons).filter(|(asked, _)| learns_from(&asked.group));
        let questions: Vec<&Comparisons> = chosen.map(|(_, comparisons)| comparisons).collect();
        let found = model::fit(&questions, &self.prior, self.options.strength);
        model::points(&found).map_or_else(|| self.options.prior.clone(), Weights::from_points)
    }

    fn measured(
        &'a self,
        weights: &'a Weights,
        without: &'a [Weights],
        folds: &'a BTreeMap<&'a str, usize>,
    ) -> report::Measured<'a> {
        let with = |weights: &Weights| {
            self.asked.iter().map(|asked| Measures::of(&asked.ranked(weights), &asked.grades)).collect::<Vec<_>>()
        };
        let left_out = |asked: &Asked| {
            let fold = folds.get(asked.group.as_str()).copied().unwrap_or(0);
            Measures::of(&asked.ranked(without.get(fold).unwrap_or(weights)), &asked.grades)
        };
        report::Measured {
            asked: self.asked,
            options: self.options,
            pairs: self.pairs(),
            groups: folds.len(),
            weights,
            without,
            prior: with(&self.options.prior),
            in_sample: with(weights),
            left_out: self.asked.iter().map(left_out).collect(),
        }
    }
}
