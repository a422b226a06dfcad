//! The points of one rubric of indicators: each level times its weight.

use serde::{Deserialize, Serialize};

use super::weighed;
use crate::base::{Code, Error, Lang, Result, Score, Weight};
use crate::model::{Answer, Criterion, Entity as _, Mark, MissingRule, Rubric};

/// Whose word counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// What the owner says.
    #[default]
    Own,
    /// What was verified.
    Verified,
}

/// A level that an indicator may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Level {
    /// The level.
    pub level: Score,
    /// What it asks for, where the rubric says so.
    pub label: Option<String>,
    /// The same in English.
    pub label_en: Option<String>,
}

/// One indicator with its level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Indicator {
    /// Its code.
    pub code: String,
    /// It in the language of the network.
    pub label: String,
    /// It in English.
    pub label_en: Option<String>,
    /// Its weight.
    pub weight: Weight,
    /// How well the weight is known.
    pub mark: Option<Mark>,
    /// Whether it must be answered.
    pub is_required: bool,
    /// The level reached; none if there is no answer.
    pub level: Option<Score>,
    /// The points it brings.
    pub points: Score,
    /// The points it can bring.
    pub most: Score,
    /// How many pieces of evidence back it.
    pub evidence: usize,
    /// The levels there are, lowest first: those of the rubric, else the whole numbers of a scale of up to ten.
    pub levels: Vec<Level>,
}

impl Indicator {
    /// What it is called in a language.
    pub fn label(&self, lang: Lang) -> &str {
        match (lang, &self.label_en) {
            (Lang::En, Some(label)) => label,
            _ => &self.label,
        }
    }
}

/// The points of a rubric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Points {
    /// Those that the answers bring, by the rubric's rule for what is missing; none if the rule refuses.
    pub points: Option<Score>,
    /// All that can be had.
    pub most: Score,
    /// The indicators.
    pub indicators: Vec<Indicator>,
    /// Codes without an answer.
    pub missing: Vec<String>,
    /// Those of them that must be answered.
    pub missing_required: Vec<String>,
}

/// The points of an innovation, or of a government, by a rubric of indicators: the sum of level × weight over its
/// indicators (*skor kematangan*).
///
/// An indicator without an answer counts as the rubric says: with the lowest level, with none at all, or so that there is
/// no sum. It is listed in any case.
///
/// ```
/// use jipp_core::evaluation::index::{Side, maturity};
/// use jipp_core::model::{Answer, Instrument, Line};
/// let rubric = Instrument::shipped("iid-kematangan@2026")?.rubric;
/// let answer = |code: &str, level: &str| -> jipp_core::Result<Answer> {
///     Ok(Answer { criterion: Line::new(code)?, own: Some(level.parse()?), verified: None, evidence: vec![], note: None })
/// };
/// let points = maturity(&rubric, &[answer("sid-16", "2")?, answer("sid-31", "3")?], Side::Own)?;
/// assert_eq!((points.points, points.most), (Some("15".parse()?), "111".parse()?));
/// assert!(points.missing_required.contains(&"sid-33".to_owned()));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `out-of-range` for a level that is not on the scale or not among the levels of its indicator; `not-found` for a code
/// that the rubric does not have; `duplicate-in-record` for two answers to one indicator; those of a rubric.
///
/// # Complexity
/// Indicators times answers.
pub fn maturity(rubric: &Rubric, answers: &[Answer], side: Side) -> Result<Points> {
    rubric.check()?;
    check_answers(rubric, answers)?;
    let asked = rubric.criteria.iter().filter(|criterion| rubric.questions(&criterion.code).next().is_none());
    let indicators: Vec<Indicator> = asked
        .map(|criterion| indicator(rubric, criterion, answers.iter().find(|a| a.criterion == criterion.code), side))
        .collect();
    let lacking = || indicators.iter().filter(|indicator| indicator.level.is_none());
    let missing: Vec<String> = lacking().map(|indicator| indicator.code.clone()).collect();
    let refused = rubric.missing == MissingRule::Refuse && !missing.is_empty();
    Ok(Points {
        points: (!refused).then(|| indicators.iter().map(|indicator| indicator.points).sum()),
        most: indicators.iter().map(|indicator| indicator.most).sum(),
        missing_required: lacking().filter(|one| one.is_required).map(|one| one.code.clone()).collect(),
        missing,
        indicators,
    })
}

fn indicator(rubric: &Rubric, criterion: &Criterion, answer: Option<&Answer>, side: Side) -> Indicator {
    let level = answer.and_then(|answer| match side {
        Side::Own => answer.own,
        Side::Verified => answer.verified,
    });
    let counted = match rubric.missing {
        MissingRule::Lowest => level.or(Some(rubric.scale_min)),
        _ => level,
    };
    let levels = levels(rubric, criterion);
    Indicator {
        code: criterion.code.to_string(),
        label: criterion.label.to_string(),
        label_en: criterion.label_en.as_ref().map(ToString::to_string),
        weight: criterion.weight,
        mark: criterion.mark,
        is_required: criterion.is_required == Some(true),
        level,
        points: counted.map_or(Score::ZERO, |level| weighed(level, criterion.weight)),
        most: weighed(levels.last().map_or(rubric.scale_max, |last| last.level), criterion.weight),
        evidence: answer.map_or(0, |answer| answer.evidence.len()),
        levels,
    }
}

fn levels(rubric: &Rubric, criterion: &Criterion) -> Vec<Level> {
    let named = criterion.options.iter().map(|option| Level {
        level: option.score,
        label: Some(option.label.to_string()),
        label_en: option.label_en.as_ref().map(ToString::to_string),
    });
    let mut levels: Vec<Level> = named.collect();
    levels.sort_by_key(|one| one.level);
    let scale = (rubric.scale_min.units(), rubric.scale_max.units());
    let is_whole = scale.0 % Score::SCALE == 0 && scale.1 % Score::SCALE == 0;
    let (low, high) = (scale.0 / Score::SCALE, scale.1 / Score::SCALE);
    if levels.is_empty() && is_whole && high.saturating_sub(low) < 10 {
        levels = (low..=high).map(|n| Level { level: Score::from_int(n), label: None, label_en: None }).collect();
    }
    levels
}

fn check_answers(rubric: &Rubric, answers: &[Answer]) -> Result<()> {
    let mut seen = std::collections::BTreeSet::new();
    for answer in answers {
        let error = |code| Error::new(code).about(rubric.id.as_str()).field(format!("answers.{}", answer.criterion));
        let Some(criterion) = rubric.criterion(&answer.criterion) else {
            return Err(error(Code::NotFound).value(&answer.criterion).expected("code of an indicator of the rubric"));
        };
        if !seen.insert(&answer.criterion) {
            return Err(error(Code::DuplicateInRecord).value(&answer.criterion));
        }
        let is_level = |level: Score| match criterion.options.as_slice() {
            [] => (rubric.scale_min..=rubric.scale_max).contains(&level),
            options => options.iter().any(|option| option.score == level),
        };
        if let Some(off) = [answer.own, answer.verified].into_iter().flatten().find(|level| !is_level(*level)) {
            let scale = format!("a level of {} to {}", rubric.scale_min, rubric.scale_max);
            return Err(error(Code::OutOfRange).value(off).expected(scale));
        }
    }
    Ok(())
}
