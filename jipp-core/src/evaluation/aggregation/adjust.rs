//! Scores adjusted for strict and lenient assessors, beside the raw ones: from sheets to a model of
//! [`severity`](crate::evaluation::severity) and back.

use serde::{Deserialize, Serialize};

use super::intake::ScoredStage;
use crate::base::{AssessorId, Code, Error, ProposalId, Result, Score};
use crate::evaluation::severity::{Observation, islands, mixed, rasch};
use crate::model::MissingRule;

/// What the model takes for one observation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// The total of a sheet.
    Sheet,
    /// The score of a criterion.
    Criterion,
}

/// How scores are adjusted.
///
/// *What an observation is.* By default the total of a sheet, for the mixed model. It has the weights of the rubric in
/// it, which the model by criteria does not know (to it all criteria count alike), and one score for each sheet is
/// honest where an assessor likes or dislikes a proposal as a whole (halo): eight scores that go together are not eight
/// witnesses, and standard errors that take them for such are too small. On a scale of up to ten whole levels the
/// default is the Rasch model, whose observations are levels and therefore the scores of criteria; there the caution of
/// [`severity`](crate::evaluation::severity) about halo applies, and [`Unit::Sheet`] asks for the mixed model of the
/// totals.
///
/// A score that the rubric counts as the lowest because it is missing is an observation like others; one that is left
/// out is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AdjustOptions {
    /// What an observation is. If absent, the score of a criterion where the scale has up to ten whole levels, else the
    /// total of a sheet.
    pub unit: Option<Unit>,
    /// Whose thresholds the levels of a Rasch model have.
    pub thresholds: rasch::Thresholds,
}

impl Default for AdjustOptions {
    /// What fits the scale, and thresholds that all criteria share.
    fn default() -> Self {
        Self { unit: None, thresholds: rasch::Thresholds::RatingScale }
    }
}

/// The model that adjusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// [`mixed`].
    Mixed,
    /// [`rasch`].
    Rasch,
}

/// The adjusted score of a proposal, with the raw one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdjustedScore {
    /// The proposal.
    pub proposal: ProposalId,
    /// The plain mean of its observations.
    pub raw_mean: f64,
    /// The adjusted score, rounded to a millionth of a point: the prediction of the mixed model, or the fair average of
    /// the Rasch model.
    pub adjusted: Score,
    /// Its standard error, in points.
    pub standard_error: f64,
    /// The measure of the Rasch model with its standard error, in logits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<[f64; 2]>,
    /// Whether all its scores are at one end of the scale, so that its measure rests on a convention.
    pub is_extreme: bool,
}

/// How strict an assessor is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Severity {
    /// The assessor.
    pub assessor: AssessorId,
    /// How many observations.
    pub scores: usize,
    /// Points below what others would give; of the Rasch model, in logits.
    pub severity: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// How well its scores fit the Rasch model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fit: Option<rasch::FitStatistics>,
}

/// The adjusted scores of a stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adjusted {
    /// The model.
    pub model: Model,
    /// What an observation was.
    pub unit: Unit,
    /// The proposals that have observations, in the order of the stage.
    pub proposals: Vec<AdjustedScore>,
    /// The assessors, in order.
    pub assessors: Vec<Severity>,
    /// How surely the proposals are told apart, 0 to 1.
    pub reliability: f64,
    /// The same as a ratio of spreads.
    pub separation: f64,
    /// The variances of the mixed model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variances: Option<mixed::Variances>,
    /// Whether the search came to rest.
    pub converged: bool,
}

impl Adjusted {
    /// The adjusted score of a proposal.
    pub fn score(&self, proposal: &ProposalId) -> Option<Score> {
        self.proposals.iter().find(|one| one.proposal == *proposal).map(|one| one.adjusted)
    }
}

/// Proposals and assessors that are connected with each other and with nobody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedIsland {
    /// The proposals.
    pub proposals: Vec<ProposalId>,
    /// Their assessors.
    pub assessors: Vec<AssessorId>,
}

/// Why nothing was adjusted: the raw scores stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The code of the error.
    pub code: String,
    /// What would have been needed.
    pub reason: String,
    /// Where the panel is not connected: the parts into which it falls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub islands: Vec<NamedIsland>,
}

/// Adjusted scores, or the reason why there are none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Adjustment {
    /// The scores.
    Adjusted(Adjusted),
    /// The reason.
    Refused(Refusal),
}

impl Adjustment {
    /// The adjusted scores, if there are any.
    pub fn adjusted(&self) -> Option<&Adjusted> {
        match self {
            Self::Adjusted(adjusted) => Some(adjusted),
            Self::Refused(_) => None,
        }
    }
    /// The reason why there are none.
    pub fn refused(&self) -> Option<&Refusal> {
        match self {
            Self::Adjusted(_) => None,
            Self::Refused(refusal) => Some(refusal),
        }
    }
}

/// A place as the number that a model knows it by; there are fewer than 2^32.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

/// Something by the number that a model knows it by.
fn named<T: Clone>(ids: &[T], number: u32) -> Option<T> {
    ids.get(number as usize).cloned()
}

/// Points as a score, to the millionth.
#[allow(clippy::cast_possible_truncation, reason = "scores are within a million points")]
fn to_score(points: f64) -> Score {
    Score::from_units(libm::round(points * 1e6) as i64)
}

impl ScoredStage {
    /// The scores as a model takes them: proposals, assessors and criteria are numbered by their places in
    /// [`proposals`](Self::proposals), [`assessors`](Self::assessors) and [`criteria`](Self::criteria); the total of a
    /// sheet has criterion 0.
    pub fn observations(&self, unit: Unit) -> Vec<Observation> {
        let width = self.weighing.codes.len();
        let mut values = vec![None; width];
        let mut observations = Vec::new();
        for (proposal, range) in self.ranges.iter().enumerate() {
            for place in range.clone() {
                let assessor = number(self.sheets[place].assessor);
                let mut push = |criterion: usize, score: Score| {
                    let (proposal, criterion) = (number(proposal), number(criterion));
                    observations.push(Observation { proposal, assessor, criterion, score: score.to_f64() });
                };
                if unit == Unit::Sheet {
                    let total = self.sheet_total(place, &self.weighing.weights, 1, &mut values);
                    if let Some(units) = total {
                        push(0, Score::from_units(units));
                    }
                    continue;
                }
                let cells = &self.cells[place * width..(place + 1) * width];
                let weighs = |criterion: &usize| self.weighing.weighs(*criterion);
                let scores = cells.iter().enumerate().filter_map(|(criterion, cell)| Some((criterion, (*cell)?)));
                let scores = scores.filter(|(criterion, _)| weighs(criterion));
                scores.for_each(|(criterion, units)| push(criterion, Score::from_units(units)));
            }
        }
        observations
    }

    /// The ends of the scale, if it has two to ten whole levels.
    fn levels(&self) -> Option<(u8, u8)> {
        let whole = |score: Score| {
            let units = score.units();
            (units % Score::SCALE == 0).then(|| u8::try_from(units / Score::SCALE).ok()).flatten()
        };
        let (lowest, highest) = (whole(self.weighing.lowest)?, whole(self.weighing.highest)?);
        let has_zeros =
            self.weighing.missing == MissingRule::NoPoints && self.sheets.iter().any(|one| !one.at_lowest.is_empty());
        if has_zeros && lowest > 0 {
            return None;
        }
        let all_whole = || self.cells.iter().flatten().all(|units| units % Score::SCALE == 0);
        ((1..10).contains(&highest.saturating_sub(lowest)) && all_whole()).then_some((lowest, highest))
    }

    /// The scores adjusted for severity: by [`mixed`] for continuous scales and for totals of sheets, by [`rasch`] for
    /// the criteria of a scale of up to ten whole levels. Where the model refuses, the reason, with the islands by
    /// name.
    ///
    /// # Complexity
    /// That of the model.
    pub fn adjust(&self, options: &AdjustOptions) -> Adjustment {
        let levels = self.levels();
        let default = if levels.is_some() { Unit::Criterion } else { Unit::Sheet };
        let unit = options.unit.unwrap_or(default);
        let observations = self.observations(unit);
        let adjusted = match levels {
            Some(levels) if unit == Unit::Criterion => self.by_rasch(&observations, levels, options.thresholds),
            _ => self.by_mixed(&observations, unit),
        };
        adjusted.map_or_else(|error| Adjustment::Refused(self.refusal(&error, &observations)), Adjustment::Adjusted)
    }

    pub(in crate::evaluation) fn mixed_options(&self) -> mixed::Options {
        let [lowest, highest] = self.scale().map(Score::to_f64);
        // What is missing and brings no points lies below a scale that begins above zero.
        let lowest = if self.weighing.missing == MissingRule::NoPoints { lowest.min(0.0) } else { lowest };
        mixed::Options { lowest, highest, ..mixed::Options::default() }
    }

    fn by_mixed(&self, observations: &[Observation], unit: Unit) -> Result<Adjusted> {
        let fit = mixed::fit(observations, &self.mixed_options())?;
        let score = |one: &mixed::Effect| {
            Some(AdjustedScore {
                proposal: named(&self.proposals, one.id)?,
                raw_mean: one.raw_mean,
                adjusted: to_score(one.estimate),
                standard_error: one.standard_error,
                measure: None,
                is_extreme: false,
            })
        };
        let severity = |one: &mixed::Effect| {
            let (severity, standard_error) = (one.estimate, one.standard_error);
            let assessor = named(&self.assessors, one.id)?;
            Some(Severity { assessor, scores: one.scores, severity, standard_error, fit: None })
        };
        Ok(Adjusted {
            model: Model::Mixed,
            unit,
            proposals: fit.proposals.iter().filter_map(score).collect(),
            assessors: fit.assessors.iter().filter_map(severity).collect(),
            reliability: fit.reliability,
            separation: fit.separation,
            variances: Some(fit.variances),
            converged: fit.converged,
        })
    }

    fn by_rasch(
        &self,
        observations: &[Observation],
        (lowest, highest): (u8, u8),
        thresholds: rasch::Thresholds,
    ) -> Result<Adjusted> {
        let options = rasch::Options { thresholds, ..rasch::Options::rating_scale(lowest, highest) };
        let fit = rasch::fit(observations, &options)?;
        let score = |one: &rasch::Element| {
            Some(AdjustedScore {
                proposal: named(&self.proposals, one.id)?,
                raw_mean: one.raw_mean,
                adjusted: to_score(one.fair_average),
                standard_error: one.fair_error,
                measure: Some([one.measure, one.standard_error]),
                is_extreme: one.extreme.is_some(),
            })
        };
        let severity = |one: &rasch::Element| {
            let (severity, standard_error) = (one.measure, one.standard_error);
            let assessor = named(&self.assessors, one.id)?;
            Some(Severity { assessor, scores: one.scores, severity, standard_error, fit: one.fit })
        };
        Ok(Adjusted {
            model: Model::Rasch,
            unit: Unit::Criterion,
            proposals: fit.proposals.elements.iter().filter_map(score).collect(),
            assessors: fit.assessors.elements.iter().filter_map(severity).collect(),
            reliability: fit.proposals.reliability,
            separation: fit.proposals.separation,
            variances: None,
            converged: fit.converged,
        })
    }

    fn refusal(&self, error: &Error, observations: &[Observation]) -> Refusal {
        let mut parts = islands(observations);
        if error.code_value() != Code::Undetermined || parts.len() < 2 {
            parts.clear();
        }
        let island = |part: crate::evaluation::severity::Island| NamedIsland {
            proposals: part.proposals.iter().filter_map(|number| named(&self.proposals, *number)).collect(),
            assessors: part.assessors.iter().filter_map(|number| named(&self.assessors, *number)).collect(),
        };
        let islands: Vec<NamedIsland> = parts.into_iter().map(island).collect();
        let reason = if islands.is_empty() {
            error.hint().map_or_else(|| error.to_string(), str::to_owned)
        } else {
            format!("assessors who score on more than one island; the panel falls into {}", islands.len())
        };
        Refusal { code: error.code().to_owned(), reason, islands }
    }
}
