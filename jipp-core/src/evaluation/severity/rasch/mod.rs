//! Severity-adjusted scores on scales of up to ten levels: the many-facet Rasch model.
//!
//! log (chance of level x / chance of level x - 1) = measure of the proposal - severity of the assessor - difficulty of
//! the criterion - threshold x, all in logits (Linacre, *Many-Facet Rasch Measurement*, 1989). The thresholds are the
//! same for all criteria ([`Thresholds::RatingScale`]; Andrich, *A Rating Formulation for Ordered Response Categories*,
//! Psychometrika 43, 1978) or each criterion's own ([`Thresholds::PartialCredit`]; Masters, *A Rasch Model for Partial
//! Credit Scoring*, Psychometrika 47, 1982). Levels are ranks: how far two of them are apart is estimated.
//!
//! # The estimator
//!
//! Joint maximum likelihood (JML, or unconditional; Wright and Masters, *Rating Scale Analysis*, 1982), as in the program
//! Facets: all parameters at once, no distribution assumed. The likelihood is concave in them, and is climbed by Newton's
//! method with the whole matrix of second derivatives, the proposals eliminated; Facets goes parameter by parameter.
//! The average severity, the average difficulty and the average threshold of each scale are zero; proposals float.
//!
//! *Bias.* JML spreads measures too far when each proposal has few scores: by n / (n - 1) for a test of n dichotomous
//! items (Wright and Douglas, *Best Procedures for Sample-Free Item Analysis*, Applied Psychological Measurement 1,
//! 1977). With three assessors and eight criteria that is little, the order hardly suffers, and nothing is corrected
//! here; of proposals with only two or three scores, take the measures as ranks.
//!
//! *Extreme scores.* A proposal (assessor, criterion) with the highest level everywhere has no finite measure. As in
//! Facets, such elements are taken out, again and again until none is left, the rest is estimated, and then they get
//! the measure that 0.3 of a score point less (or more) would have (`Xtreme=` in the Facets manual, `adj` of `tam.jml`
//! in the R package TAM); they are marked.
//!
//! *Levels never given* get no chance and no threshold; those beside them keep their distance in points.
//!
//! # What comes out
//!
//! * Measures with standard errors from the inverse of all second derivatives: unlike the model errors of Facets, which
//!   take the other facets as known and are given too, they have the uncertainty of the severities in them.
//! * *Fair averages*: the expected score from an assessor of average severity, as in Facets; over all criteria, each
//!   counted once (Facets takes one criterion of average difficulty, which differs a little).
//! * Fit: outfit, the mean of the squared standardized residuals, and infit, the same weighted by information, with
//!   their Wilson-Hilferty transformations (Wright and Masters, pages 99 to 101). Above 1: noisier than the model.
//! * Separation and reliability (Wright and Masters, pages 91 to 93 and 105 to 106).

mod estimate;
mod extreme;
mod report;
mod scale;

use serde::{Deserialize, Serialize};

use self::scale::{LEVELS, Rated};
use super::panel::{Observation, Panel, check_connected};
use crate::base::{Code, Error, Result};

pub use self::report::{Element, End, Facet, Fit, FitStatistics, Level, Residual, Statistic, Structure};

/// Whose thresholds the levels have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Thresholds {
    /// All criteria share them.
    RatingScale,
    /// Each criterion has its own.
    PartialCredit,
}

/// The scale, the model, and how long to climb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// The lowest level that can be given.
    pub lowest: u8,
    /// The highest level that can be given: one to nine above the lowest.
    pub highest: u8,
    /// Whose thresholds the levels have.
    pub thresholds: Thresholds,
    /// Steps at most, 1 to 10,000.
    pub iterations: u32,
}

impl Options {
    /// A rating scale from a lowest to a highest level, and 100 steps at most.
    pub fn rating_scale(lowest: u8, highest: u8) -> Self {
        Self { lowest, highest, thresholds: Thresholds::RatingScale, iterations: 100 }
    }
    /// Partial credit from a lowest to a highest level, and 100 steps at most.
    pub fn partial_credit(lowest: u8, highest: u8) -> Self {
        Self { thresholds: Thresholds::PartialCredit, ..Self::rating_scale(lowest, highest) }
    }

    fn check(self) -> Result<()> {
        let steps = usize::from(self.highest.saturating_sub(self.lowest));
        if !(1..LEVELS).contains(&steps) {
            let value = format!("{} to {}", self.lowest, self.highest);
            return Err(Error::new(Code::OptionInvalid).field("highest").value(value).expected("2 to 10 levels"));
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

/// Fits the model to levels, in any order, with or without gaps.
///
/// # Errors
/// * `out-of-range`: a score is no whole number or lies outside the scale.
/// * `duplicate-in-record`: an assessor scored a proposal twice on one criterion.
/// * `undetermined`: no scores, one assessor or proposal only, all scores equal, a panel that is not connected (the
///   hint names the islands), also without its extreme scores, an assessor or criterion that only extreme ones have
///   scores from, a criterion with thresholds of its own and one level only, or scores in such perfect order that
///   measures have no bounds.
/// * `option-invalid`: a scale or a number of steps that cannot be. `too-many`: more than 1,000 assessors, criteria and
///   thresholds.
///
/// # Complexity
/// O(n log n) for n scores to order them; each of about ten steps O(n l² + p k² + m³) with l levels, p proposals, k
/// assessors, criteria and thresholds of each, and m of them in all.
///
/// ```
/// use jipp_core::evaluation::severity::{Observation, rasch};
/// // Proposals 1 to 6, two assessors each, two criteria each.
/// let sheets = [
///     (1, 10, [4, 5]), (1, 12, [5, 3]), (2, 10, [3, 1]), (2, 11, [2, 2]), (3, 11, [2, 4]), (3, 12, [4, 3]),
///     (4, 10, [2, 4]), (4, 12, [3, 2]), (5, 11, [1, 3]), (5, 10, [3, 2]), (6, 12, [5, 2]), (6, 11, [3, 2]),
/// ];
/// let scores: Vec<Observation> = (sheets.iter())
///     .flat_map(|(proposal, assessor, levels)| (1..).zip(levels).map(|(criterion, level)| Observation {
///         proposal: *proposal, assessor: *assessor, criterion, score: f64::from(*level),
///     }))
///     .collect();
/// let fit = rasch::fit(&scores, &rasch::Options::rating_scale(1, 5))?;
/// let strictest = &fit.assessors.elements[1];
/// assert!(strictest.id == 11 && (strictest.measure - 0.499).abs() < 0.001);
/// // Proposal 3 was read by 11: from assessors like all others it could expect more.
/// let third = &fit.proposals.elements[2];
/// assert!(third.raw_mean == 3.25 && (third.fair_average - 3.442).abs() < 0.001);
/// # Ok::<(), jipp_core::Error>(())
/// ```
pub fn fit(observations: &[Observation], options: &Options) -> Result<Fit> {
    options.check()?;
    let lowest = f64::from(options.lowest);
    let panel = Panel::new(observations, lowest, f64::from(options.highest))?;
    let rated = rate(&panel, *options)?;
    let own = options.thresholds == Thresholds::PartialCredit;
    let split = extreme::split(rated, &panel, own)?;
    let kept: Vec<Observation> = split.kept.iter().filter_map(|one| observations.get(one.input).copied()).collect();
    check_connected(&kept, "without extreme scores the panel")?;
    let mut estimate = estimate::climb(&split.kept, &panel, own, options.iterations)?;
    extreme::place(&split.extremes, &mut estimate);
    Ok(report::report(&panel, &split, &estimate, *options))
}

/// Scores as places on the scale.
fn rate(panel: &Panel, options: Options) -> Result<Vec<Rated>> {
    let rate = |cell: &super::panel::Cell| {
        let level =
            (options.lowest..=options.highest).position(|level| f64::from(level).total_cmp(&cell.score).is_eq());
        let level = level.ok_or_else(|| {
            Error::new(Code::OutOfRange)
                .field(format!("observations[{}].score", cell.input))
                .value(cell.score)
                .expected("a whole number")
        })?;
        Ok(Rated { at: [cell.proposal, cell.assessor, cell.criterion], level, input: cell.input })
    };
    panel.cells.iter().map(rate).collect()
}

fn undetermined(hint: impl Into<String>) -> Error {
    Error::new(Code::Undetermined).field("observations").expected(hint)
}
