//! How mature a hub is, by an instrument: what it says of itself, what was verified, and where the points are lost.
//!
//! Scores are exact: integers in millionths, with one rounding (half up) at the end of each total. A missing answer
//! is never zero. What it does to the total is the rubric's own rule ([`MissingRule`]), and whatever the rule, a
//! score comes with the [range](Scored::least) it can still turn out to lie in; so the band may be certain before the
//! score is.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::land::hub_name;
use crate::base::{AssessmentId, HubId, PartialDate, Result, RubricId, Score, Weight};
use crate::model::{Answer, Assessment, Band, Criterion, EntityRef, Hub, Instrument, Mark, MissingRule, Rubric};
use crate::registry::View;

/// A score, as far as the answers give one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Scored {
    /// The score by the rubric's rule; none if an answer is missing and the rule refuses, or if all are.
    pub score: Option<Score>,
    /// The least it can be, with the lowest score for each missing answer.
    pub least: Score,
    /// The most it can be, with the highest score for each missing answer.
    pub most: Score,
    /// How many questions are answered.
    pub answered: usize,
    /// How many questions there are.
    pub questions: usize,
}

/// The score of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct QuestionScore {
    /// Its code.
    pub code: String,
    /// It in the language of the network.
    pub label: String,
    /// It in English.
    pub label_en: Option<String>,
    /// Its share in the total, in millionths.
    pub share: i64,
    /// How well that share is known: by the weaker mark of question and aspect.
    pub mark: Option<Mark>,
    /// What the hub says of itself.
    pub own: Option<Score>,
    /// What was verified.
    pub verified: Option<Score>,
    /// How many pieces of evidence are on record.
    pub evidence: usize,
}

/// The score of an aspect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AspectScore {
    /// Its code.
    pub code: String,
    /// It in the language of the network.
    pub label: String,
    /// It in English.
    pub label_en: Option<String>,
    /// Its weight.
    pub weight: Weight,
    /// How well that weight is known.
    pub mark: Option<Mark>,
    /// By what the hub says of itself.
    pub own: Scored,
    /// By what was verified.
    pub verified: Scored,
    /// Its questions.
    pub questions: Vec<QuestionScore>,
}

/// What a question costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MaturityGap {
    /// Code of the question.
    pub question: String,
    /// It in the language of the network.
    pub label: String,
    /// It in English.
    pub label_en: Option<String>,
    /// The points of the total that it costs: by the verified answer, else by the hub's own. None if there is neither.
    pub cost: Option<Score>,
    /// The most it can cost.
    pub at_most: Score,
    /// Whether the cost rests on a verified answer.
    pub is_verified: bool,
    /// By how much the hub's own answer exceeds the verified one, where both are given and it does.
    pub overstated: Option<Score>,
    /// Whether it is answered without any evidence on record.
    pub lacks_evidence: bool,
}

/// How mature a hub is by one assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Maturity {
    /// The hub.
    pub hub: HubId,
    /// Its name.
    pub name: String,
    /// The instrument.
    pub rubric: RubricId,
    /// The assessment.
    pub assessment: AssessmentId,
    /// When it was made.
    pub on: Option<PartialDate>,
    /// The lowest and the highest score of a question.
    pub scale: (Score, Score),
    /// What the rubric says of a missing answer.
    pub missing: MissingRule,
    /// By what the hub says of itself.
    pub own: Scored,
    /// By what was verified.
    pub verified: Scored,
    /// The band of the hub's own total; given too where the missing answers cannot change it.
    pub own_band: Option<Band>,
    /// The band of the verified total; given too where the missing answers cannot change it.
    pub verified_band: Option<Band>,
    /// The band that the assessment itself names.
    pub published_band: Option<String>,
    /// The aspects.
    pub aspects: Vec<AspectScore>,
    /// Where the points are lost: the costliest question first, then those of which it is not known, by what they can
    /// cost.
    pub gaps: Vec<MaturityGap>,
    /// Codes that were answered and that the rubric does not know; they count for nothing.
    pub unknown_codes: Vec<String>,
    /// Codes with a score outside the scale; such a score counts as missing.
    pub off_scale: Vec<String>,
}

/// How mature a hub was on a date: by its latest assessment with the instrument that was not surely made later. None
/// if there is no such assessment. The rubric is read from the network where it is on record there (with the question
/// texts that somebody supplied, say), and else from the instrument.
///
/// # Errors
/// `not-found` if there is no such hub; those of [`Instrument::check`].
///
/// # Complexity
/// Linear in the assessments of the hub and in the questions times the aspects.
pub fn maturity(view: &View<'_>, hub: &HubId, on: PartialDate, instrument: &Instrument) -> Result<Option<Maturity>> {
    let hub = view.get::<Hub>(hub)?;
    let assessments = view.referring::<Assessment>(&EntityRef::of::<Hub>(&hub.id));
    let in_time = |assessment: &&&Assessment| {
        let is_later = assessment.on.is_some_and(|at| at.first_day() > on.last_day());
        assessment.rubric == instrument.rubric.id && !is_later
    };
    let latest = assessments.iter().filter(in_time).max_by_key(|assessment| (assessment.on, &assessment.id));
    let Some(assessment) = latest else { return Ok(None) };
    let rubric = view.find::<Rubric>(assessment.rubric.as_str()).unwrap_or(&instrument.rubric);
    let instrument = Instrument { rubric: rubric.clone(), bands: instrument.bands.clone() };
    assess(assessment, &instrument, hub, hub_name(view, hub)).map(Some)
}

fn assess(assessment: &Assessment, instrument: &Instrument, hub: &Hub, name: String) -> Result<Maturity> {
    let rubric = &instrument.rubric;
    rubric.check_levels().map_err(|error| error.about(rubric.id.as_str()))?;
    let scale = (rubric.scale_min, rubric.scale_max);
    let fits = |score: &Score| (scale.0..=scale.1).contains(score);
    let answer = |code: &str| assessment.answers.iter().find(|answer| &*answer.criterion == code);
    let aspects: Vec<AspectScore> = rubric
        .aspects()
        .map(|aspect| {
            let questions = asked(rubric, aspect, answer);
            AspectScore {
                code: aspect.code.to_string(),
                label: aspect.label.to_string(),
                label_en: aspect.label_en.as_ref().map(ToString::to_string),
                weight: aspect.weight,
                mark: aspect.mark,
                own: scored(
                    rubric,
                    &questions.iter().map(|question| (question.share, question.own)).collect::<Vec<_>>(),
                ),
                verified: scored(
                    rubric,
                    &questions.iter().map(|question| (question.share, question.verified)).collect::<Vec<_>>(),
                ),
                questions,
            }
        })
        .collect();
    let all = || aspects.iter().flat_map(|aspect| &aspect.questions);
    let own = scored(rubric, &all().map(|question| (question.share, question.own)).collect::<Vec<_>>());
    let verified = scored(rubric, &all().map(|question| (question.share, question.verified)).collect::<Vec<_>>());
    let codes = |is_it: &dyn Fn(&Answer) -> bool| {
        assessment.answers.iter().filter(|answer| is_it(answer)).map(|answer| answer.criterion.to_string()).collect()
    };
    let is_question = |code: &str| all().any(|question| question.code == code);
    Ok(Maturity {
        hub: hub.id.clone(),
        name,
        rubric: rubric.id.clone(),
        assessment: assessment.id.clone(),
        on: assessment.on,
        scale,
        missing: rubric.missing,
        own,
        verified,
        own_band: band(instrument, &own),
        verified_band: band(instrument, &verified),
        published_band: assessment.band.as_ref().map(ToString::to_string),
        gaps: gaps(rubric, all()),
        unknown_codes: codes(&|answer| !is_question(&answer.criterion)),
        off_scale: codes(&|answer| [answer.own, answer.verified].into_iter().flatten().any(|score| !fits(&score))),
        aspects,
    })
}

/// The questions of an aspect with their scores; an aspect that has none is one itself.
fn asked<'a>(rubric: &Rubric, aspect: &Criterion, answer: impl Fn(&str) -> Option<&'a Answer>) -> Vec<QuestionScore> {
    let total = rubric.total;
    let mut asked: Vec<QuestionScore> = rubric
        .questions(&aspect.code)
        .map(|question| question_score(rubric, aspect, question, question.weight, answer(&question.code)))
        .collect();
    if asked.is_empty() {
        asked.push(question_score(rubric, aspect, aspect, total, answer(&aspect.code)));
    }
    asked
}

fn question_score(
    rubric: &Rubric,
    aspect: &Criterion,
    question: &Criterion,
    weight: Weight,
    answer: Option<&Answer>,
) -> QuestionScore {
    let fits = |score: &Score| (rubric.scale_min..=rubric.scale_max).contains(score);
    let total = i128::from(rubric.total.units());
    // Both levels add up to the total of the rubric, so this is a share of one.
    let share = i128::from(weight.units()) * i128::from(aspect.weight.units()) * i128::from(Score::SCALE);
    QuestionScore {
        code: question.code.to_string(),
        label: question.label.to_string(),
        label_en: question.label_en.as_ref().map(ToString::to_string),
        share: i64::try_from(divide(share, total * total)).unwrap_or(0),
        mark: question.mark.max(aspect.mark),
        own: answer.and_then(|answer| answer.own).filter(fits),
        verified: answer.and_then(|answer| answer.verified).filter(fits),
        evidence: answer.map_or(0, |answer| answer.evidence.len()),
    }
}

/// Divides, rounding half up.
fn divide(value: i128, by: i128) -> i128 {
    if by == 0 { 0 } else { (2 * value + by).div_euclid(2 * by) }
}

/// The mean of answers by their shares.
fn scored(rubric: &Rubric, answers: &[(i64, Option<Score>)]) -> Scored {
    let high = rubric.scale_max;
    let low = if rubric.missing == MissingRule::NoPoints { Score::ZERO } else { rubric.scale_min };
    let mean = |of: &dyn Fn(Option<Score>) -> Option<Score>| {
        let given =
            answers.iter().filter_map(|(share, score)| Some((i128::from(*share), i128::from(of(*score)?.units()))));
        let (sum, shares) = given.fold((0, 0), |(sum, shares), (share, score)| (sum + share * score, shares + share));
        (shares > 0).then(|| Score::from_units(i64::try_from(divide(sum, shares)).unwrap_or(0)))
    };
    let answered = answers.iter().filter(|(_, score)| score.is_some()).count();
    let questions = answers.len();
    let score = match rubric.missing {
        _ if answered == questions => mean(&|score| score),
        MissingRule::Skip => mean(&|score| score),
        MissingRule::Lowest | MissingRule::NoPoints if answered > 0 => mean(&|score| Some(score.unwrap_or(low))),
        _ => None,
    };
    Scored {
        score,
        least: mean(&|score| Some(score.unwrap_or(low))).unwrap_or(low),
        most: mean(&|score| Some(score.unwrap_or(high))).unwrap_or(high),
        answered,
        questions,
    }
}

/// The band of a total: of its score, or where there is none the one band that all it can be falls into.
fn band(instrument: &Instrument, total: &Scored) -> Option<Band> {
    let of = |score: Score| instrument.band(score).cloned();
    match total.score {
        Some(score) => of(score),
        None => of(total.least).filter(|band| of(total.most).as_ref() == Some(band)),
    }
}

fn gaps<'a>(rubric: &Rubric, questions: impl Iterator<Item = &'a QuestionScore>) -> Vec<MaturityGap> {
    let cost = |share: i64, score: Score| {
        let lost = i128::from((rubric.scale_max - score).units()) * i128::from(share);
        Score::from_units(i64::try_from(divide(lost, i128::from(Score::SCALE))).unwrap_or(0))
    };
    let gap = |question: &QuestionScore| MaturityGap {
        question: question.code.clone(),
        label: question.label.clone(),
        label_en: question.label_en.clone(),
        cost: question.verified.or(question.own).map(|score| cost(question.share, score)),
        at_most: cost(question.share, question.verified.or(question.own).unwrap_or(rubric.scale_min)),
        is_verified: question.verified.is_some(),
        overstated: question
            .own
            .zip(question.verified)
            .filter(|(own, verified)| own > verified)
            .map(|(own, verified)| own - verified),
        lacks_evidence: question.own.or(question.verified).is_some() && question.evidence == 0,
    };
    let mut gaps: Vec<MaturityGap> = questions.map(gap).collect();
    gaps.retain(|gap| gap.at_most > Score::ZERO || gap.overstated.is_some() || gap.lacks_evidence);
    gaps.sort_by(|one, other| {
        let key = |gap: &MaturityGap| (gap.cost.is_none(), Reverse(gap.cost), Reverse(gap.at_most));
        key(one).cmp(&key(other)).then_with(|| one.question.cmp(&other.question))
    });
    gaps
}
