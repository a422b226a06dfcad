//! Severity-adjusted scores on a continuous scale: a linear mixed model with crossed random effects.
//!
//! score = criterion + proposal + assessor + error, with a mean for each criterion, proposals and assessors drawn from
//! normal distributions of their own around zero, and independent errors. The three variances are estimated by
//! restricted maximum likelihood (REML; Patterson and Thompson, *Recovery of Inter-Block Information when Block Sizes
//! are Unequal*, Biometrika 58, 1971), the effects as best linear unbiased predictions (BLUP; Henderson, *Best Linear
//! Unbiased Estimation and Prediction under a Selection Model*, Biometrics 31, 1975): a proposal that few assessors read
//! is drawn towards the mean, the more the less its scores tell.
//!
//! The method is that of `lme4` (Bates and others 2015, see below): for given ratios of the spreads of proposals and
//! assessors to that of the errors, the effects solve penalised least squares, whose sum and determinant give the
//! criterion; it is then minimised over the two ratios. Here the gradient is exact, and everything depends on the
//! scores through their counts and sums alone, so that after one pass over them their number no longer matters.
//!
//! D. Bates, M. Mächler, B. Bolker and S. Walker, *Fitting Linear Mixed-Effects Models Using lme4*, Journal of
//! Statistical Software 67, 2015: equations 39 to 42 (profiled REML criterion). Compared with `statsmodels`' `MixedLM`
//! in the tests.

mod equations;
mod posterior;
mod search;

use serde::{Deserialize, Serialize};

use self::equations::{Equations, Solution};
pub(in crate::evaluation) use self::posterior::{Draw, Posterior};
use super::panel::{MOST_EFFECTS, Observation, Panel, real, separation};
use crate::base::{Code, Error, Result};

/// The scale of the scores, and how long to search.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The lowest score that can be given.
    pub lowest: f64,
    /// The highest score that can be given.
    pub highest: f64,
    /// Steps of the search at most, 1 to 10,000.
    pub iterations: u32,
}

impl Default for Options {
    /// 0 to 100, and 100 steps.
    fn default() -> Self {
        Self { lowest: 0.0, highest: 100.0, iterations: 100 }
    }
}

impl Options {
    fn check(&self) -> Result<()> {
        let scale = self.lowest.abs().max(self.highest.abs()) <= 1e9 && self.lowest < self.highest;
        if !scale {
            let value = format!("{} to {}", self.lowest, self.highest);
            let hint = "a lowest score below the highest, within ±1e9";
            return Err(Error::new(Code::OptionInvalid).field("highest").value(value).expected(hint));
        }
        if !(1..=10_000).contains(&self.iterations) {
            return Err(Error::new(Code::OptionInvalid)
                .field("iterations")
                .value(self.iterations)
                .expected("1 to 10000"));
        }
        Ok(())
    }
}

/// What was estimated about one proposal, assessor or criterion, in points of the scale.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// Its number, as in the observations.
    pub id: u32,
    /// How many scores it has.
    pub scores: usize,
    /// Their plain mean.
    pub raw_mean: f64,
    /// Proposal: the adjusted score, that is [`Fit::mean`] and its effect. Assessor: the severity, points *below* what
    /// others would give. Criterion: points above the mean of the criteria.
    pub estimate: f64,
    /// The standard error. Of proposals and assessors that of the prediction of their effect (the root of the
    /// prediction error variance, the variances being taken as known); of criteria that of the estimate.
    pub standard_error: f64,
}

/// The variances of the model, in squared points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variances {
    /// Between proposals: what the competition is about.
    pub proposal: f64,
    /// Between assessors: how much severity differs.
    pub assessor: f64,
    /// What is left.
    pub error: f64,
}

/// A fitted model. Lists are in the order of the numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// The mean of the criterion means: the score of a proposal like all others from an assessor like all others.
    pub mean: f64,
    /// The standard error of the mean.
    pub mean_error: f64,
    /// The proposals with their adjusted scores.
    pub proposals: Vec<Effect>,
    /// The assessors with their severities.
    pub assessors: Vec<Effect>,
    /// The criteria with their effects.
    pub criteria: Vec<Effect>,
    /// The variances.
    pub variances: Variances,
    /// How surely the proposals are told apart, 0 to 1: the mean of the squared correlations of true and predicted
    /// effects, 1 - (prediction error variance) / (variance of proposals) (Henderson 1975). 0 where proposals do not
    /// differ.
    pub reliability: f64,
    /// The same as a ratio of spreads: the root of reliability / (1 - reliability).
    pub separation: f64,
    /// The REML criterion at the estimate: -2 log likelihood, with one mean for each criterion.
    pub criterion: f64,
    /// Steps of the search.
    pub iterations: u32,
    /// Whether the search came to rest.
    pub converged: bool,
}

/// Fits the model to scores, in any order, with or without gaps.
///
/// # Errors
/// * `out-of-range`: a score is not a number or lies outside the scale.
/// * `duplicate-in-record`: an assessor scored a proposal twice on one criterion.
/// * `undetermined`: no scores, one assessor or proposal only, all scores equal, a panel that is not connected (the
///   hint names the islands), or scores without error, which no variance can be weighed against.
/// * `option-invalid`: a scale or a number of steps that cannot be. `too-many`: more than 1,000 assessors and criteria.
///
/// # Complexity
/// O(n log n) for n scores to order them; then for each of some hundred evaluations O(p k² + m³) with p proposals,
/// k assessors and criteria of each, and m assessors and criteria in all.
///
/// ```
/// use jipp_core::evaluation::severity::{Observation, mixed};
/// // Assessor 11 gives ten points less than the others. Proposal 3 was read by 11 and 12, proposal 1 by 10 and 12.
/// let score = |proposal, assessor, score| Observation { proposal, assessor, criterion: 1, score };
/// let scores = [
///     score(1, 10, 80.0), score(1, 12, 82.0), score(2, 10, 70.0), score(2, 11, 61.0),
///     score(3, 11, 72.0), score(3, 12, 80.0), score(4, 10, 61.0), score(4, 12, 60.0),
///     score(5, 11, 51.0), score(5, 10, 60.0), score(6, 12, 90.0), score(6, 11, 79.0),
/// ];
/// let fit = mixed::fit(&scores, &mixed::Options::default())?;
/// assert!(fit.converged);
/// assert!(fit.assessors[1].estimate > 5.0, "11 is strict: {:?}", fit.assessors[1]);
/// // The raw means of 1 and 3 are five points apart; adjusted, they are even.
/// assert!((fit.proposals[0].raw_mean - fit.proposals[2].raw_mean - 5.0).abs() < 1e-9);
/// assert!((fit.proposals[0].estimate - fit.proposals[2].estimate).abs() < 1.0);
/// # Ok::<(), jipp_core::Error>(())
/// ```
pub fn fit(observations: &[Observation], options: &Options) -> Result<Fit> {
    let (panel, equations, search) = estimated(observations, options)?;
    Ok(describe(&panel, &equations, &search))
}

/// Fits the model, and keeps what is needed to draw from what it leaves open.
pub(in crate::evaluation) fn posterior(observations: &[Observation], options: &Options) -> Result<(Fit, Posterior)> {
    let (panel, equations, search) = estimated(observations, options)?;
    let posterior = Posterior::new(&equations, &search.solution)
        .ok_or_else(|| undetermined("a panel that tells assessors and criteria apart"))?;
    Ok((describe(&panel, &equations, &search), posterior))
}

fn estimated(observations: &[Observation], options: &Options) -> Result<(Panel, Equations, search::Search)> {
    options.check()?;
    let panel = Panel::new(observations, options.lowest, options.highest)?;
    let effects = panel.assessors.len() + panel.criteria.len();
    if effects > MOST_EFFECTS {
        return Err(Error::new(Code::TooMany).field("assessors and criteria").value(effects));
    }
    let equations = Equations::new(&panel);
    let search = search::minimise(&equations, options.iterations)
        .ok_or_else(|| undetermined("a panel that tells assessors and criteria apart"))?;
    if search.without_error {
        return Err(undetermined("scores with some disagreement: these leave no error to weigh them by"));
    }
    Ok((panel, equations, search))
}

fn undetermined(hint: &str) -> Error {
    Error::new(Code::Undetermined).field("observations").expected(hint)
}

/// Words the solution in points of the scale.
fn describe(panel: &Panel, equations: &Equations, search: &search::Search) -> Fit {
    let Solution { ratios, error_variance, .. } = search.solution;
    let (spread, raw) = (libm::sqrt(error_variance), &search.solution);
    let (assessors, criteria) = (panel.assessors.len(), panel.criteria.len());
    let centre = raw.corner[assessors..].iter().sum::<f64>() / real(criteria);
    let contrast = |weight: &dyn Fn(usize) -> f64| {
        let mut weights = vec![0.0; assessors];
        weights.extend((0..criteria).map(weight));
        spread * libm::sqrt(raw.inverse.quadratic(&weights).max(0.0))
    };
    let mean = equations.centre + centre;
    let each = 1.0 / real(criteria);
    let effect = |(id, total): (&u32, &equations::Total), estimate: f64, standard_error: f64| {
        let raw_mean = equations.centre + total.sum / real(total.count);
        Effect { id: *id, scores: total.count, raw_mean, estimate, standard_error }
    };
    let of_proposal = |(i, key): (usize, (&u32, &equations::Total))| {
        effect(key, mean + ratios[0] * raw.block[i], spread * ratios[0] * libm::sqrt(raw.block_variances[i]))
    };
    let of_assessor = |(i, key): (usize, (&u32, &equations::Total))| {
        effect(key, -ratios[1] * raw.corner[i], spread * ratios[1] * libm::sqrt(raw.inverse.at(i, i).max(0.0)))
    };
    let of_criterion = |(i, key): (usize, (&u32, &equations::Total))| {
        let error = contrast(&|other| if other == i { 1.0 - each } else { -each });
        effect(key, raw.corner[assessors + i] - centre, error)
    };
    let unknown = raw.block_variances.iter().sum::<f64>() / real(panel.proposals.len());
    let reliability = if ratios[0] > 0.0 { (1.0 - unknown).clamp(0.0, 1.0) } else { 0.0 };
    Fit {
        mean,
        mean_error: contrast(&|_| each),
        proposals: panel.proposals.iter().zip(&equations.proposals).enumerate().map(of_proposal).collect(),
        assessors: panel.assessors.iter().zip(&equations.assessors).enumerate().map(of_assessor).collect(),
        criteria: panel.criteria.iter().zip(&equations.criteria).enumerate().map(of_criterion).collect(),
        variances: Variances {
            proposal: error_variance * ratios[0] * ratios[0],
            assessor: error_variance * ratios[1] * ratios[1],
            error: error_variance,
        },
        reliability,
        separation: separation(reliability),
        criterion: raw.criterion,
        iterations: search.iterations,
        converged: search.converged,
    }
}
