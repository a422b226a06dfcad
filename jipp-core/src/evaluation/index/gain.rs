//! What to mend first: the points that a higher level of each indicator brings, against the effort it takes.
//!
//! What a level costs in effort nobody publishes: it is the caller's estimate, in whole units of any kind (days, meetings,
//! rupiah), and one for each level where the caller gives none. The best plan for a given effort is a multiple-choice
//! knapsack, solved exactly by dynamic programming over the effort (Kellerer, Pferschy and Pisinger, *Knapsack Problems*,
//! 2004, section 11.5).

use serde::{Deserialize, Serialize};

use super::points::{Indicator, Points};
use super::weighed;
use crate::base::{Code, Error, Result, Score};

/// The most units of effort that a plan may be made of.
const MOST_EFFORT: u32 = 100_000;

/// The effort that the rise of one indicator to a level takes, from the level below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effort {
    /// Code of the indicator.
    pub indicator: String,
    /// The level that is reached.
    pub level: Score,
    /// The effort, in units of the caller's own, 0 to 100,000.
    pub effort: u32,
}

/// What rises take. [`IndexFormula::efforts`](super::IndexFormula::efforts) knows which indicators are fixed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Efforts {
    /// Where nothing else is given: for each level.
    pub each: u32,
    /// Of single rises.
    pub given: Vec<Effort>,
    /// Indicators that nobody can raise any more.
    pub fixed: Vec<String>,
}

impl Default for Efforts {
    /// One for each level, nothing fixed.
    fn default() -> Self {
        Self { each: 1, given: Vec::new(), fixed: Vec::new() }
    }
}

/// A rise of one indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Step {
    /// Code of the indicator.
    pub indicator: String,
    /// It in the language of the network.
    pub label: String,
    /// It in English.
    pub label_en: Option<String>,
    /// The level now; none if there is no answer.
    pub from: Option<Score>,
    /// The level reached.
    pub to: Score,
    /// What that level asks for, where the rubric says so.
    pub asks: Option<String>,
    /// The same in English.
    pub asks_en: Option<String>,
    /// The points it brings.
    pub gain: Score,
    /// The effort it takes.
    pub effort: u32,
}

/// The points of every possible rise, best first: by points for each unit of effort, then by points, then in the order of
/// the rubric. What takes no effort comes before everything.
///
/// ```
/// use jipp_core::evaluation::index::{Efforts, Side, gains, maturity};
/// use jipp_core::model::Instrument;
/// let rubric = Instrument::shipped("iid-kematangan@2026")?.rubric;
/// let points = maturity(&rubric, &[], Side::Own)?;
/// let best = &gains(&points, &Efforts::default())?[0];
/// // The video weighs four points a level.
/// assert_eq!((best.indicator.as_str(), best.gain), ("sid-35", "12".parse()?));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `not-found` for an effort or a fixed indicator that the rubric does not have; `out-of-range` for an effort above
/// 100,000.
///
/// # Complexity
/// O(n log n) for n levels of all indicators.
pub fn gains(points: &Points, efforts: &Efforts) -> Result<Vec<Step>> {
    let mut steps: Vec<Step> = rises(points, efforts)?.into_iter().flatten().collect();
    let worth = |step: &Step, by: u32| i128::from(step.gain.units()) * i128::from(by);
    // a / b before c / d where a × d > c × b; the sort is stable, so that the order of the rubric decides what is left.
    steps.sort_by(|a, b| worth(b, a.effort).cmp(&worth(a, b.effort)).then(b.gain.cmp(&a.gain)));
    Ok(steps)
}

/// What a plan is to reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aim {
    /// The most points for at most so much effort.
    Effort(u32),
    /// At least so many points in all, for the least effort.
    Points(Score),
}

/// Rises to make together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Plan {
    /// The rises, at most one of each indicator, in the order of the rubric.
    pub steps: Vec<Step>,
    /// The points after them.
    pub points: Score,
    /// Their effort.
    pub effort: u32,
}

/// The best rises together; none if the points aimed at cannot be had. Among equally good plans the one of least effort,
/// then of the fewest and earliest rises.
///
/// ```
/// use jipp_core::evaluation::index::{Aim, Efforts, Side, maturity, plan};
/// use jipp_core::model::Instrument;
/// let rubric = Instrument::shipped("iid-kematangan@2026")?.rubric;
/// let points = maturity(&rubric, &[], Side::Own)?;
/// let best = plan(&points, &Efforts::default(), Aim::Effort(3))?.ok_or("no plan")?;
/// assert_eq!((best.points, best.effort, best.steps.len()), ("12".parse()?, 3, 1));
/// assert!(plan(&points, &Efforts::default(), Aim::Points("112".parse()?))?.is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Those of [`gains`]; `undetermined` if the points now are not known; `too-many` if all rises together take more than
/// 100,000 units.
///
/// # Complexity
/// The levels of all indicators times the effort of all rises.
pub fn plan(points: &Points, efforts: &Efforts, aim: Aim) -> Result<Option<Plan>> {
    let unknown = || Error::new(Code::Undetermined).field("points").expected("an answer to every indicator");
    let now = points.points.ok_or_else(unknown)?;
    let choices = rises(points, efforts)?;
    let whole: u64 =
        choices.iter().map(|rises| rises.iter().map(|step| u64::from(step.effort)).max().unwrap_or(0)).sum();
    let whole = u32::try_from(whole).ok().filter(|whole| *whole <= MOST_EFFORT).ok_or_else(|| {
        Error::new(Code::TooMany).field("efforts").value(whole).expected(format!("{MOST_EFFORT} units in all"))
    })?;
    let best = best_by_effort(&choices, whole);
    let reached = |effort: u32| best.last().and_then(|row| row.get(effort as usize)).map_or(0, |cell| cell.0);
    let effort = match aim {
        Aim::Effort(most) => (0..=whole.min(most)).max_by_key(|effort| (reached(*effort), std::cmp::Reverse(*effort))),
        Aim::Points(wanted) => {
            (0..=whole).find(|effort| now.units().saturating_add(reached(*effort)) >= wanted.units())
        }
    };
    Ok(effort.map(|effort| traced(&choices, &best, effort, now)))
}

/// For each number of first indicators and each effort: the most units of points, and the rise of the last indicator that
/// gives them (the first of the equally good; none before any).
fn best_by_effort(choices: &[Vec<Step>], whole: u32) -> Vec<Vec<(i64, Option<usize>)>> {
    let mut rows = vec![vec![(0, None); whole as usize + 1]];
    for rises in choices {
        let last = rows.last().cloned().unwrap_or_default();
        let row = (0..=whole as usize).map(|effort| {
            let stay = (last.get(effort).map_or(0, |cell| cell.0), None);
            rises.iter().enumerate().fold(stay, |best, (rise, step)| {
                let before = effort.checked_sub(step.effort as usize).and_then(|rest| last.get(rest));
                match before.map(|cell| cell.0 + step.gain.units()) {
                    Some(points) if points > best.0 => (points, Some(rise)),
                    _ => best,
                }
            })
        });
        let row = row.collect();
        rows.push(row);
    }
    rows
}

fn traced(choices: &[Vec<Step>], best: &[Vec<(i64, Option<usize>)>], effort: u32, now: Score) -> Plan {
    let mut plan = Plan { steps: Vec::new(), points: now, effort: 0 };
    let mut left = effort as usize;
    for (rises, row) in choices.iter().zip(best.iter().skip(1)).rev() {
        let chosen = row.get(left).and_then(|cell| cell.1).and_then(|rise| rises.get(rise));
        if let Some(step) = chosen {
            left = left.saturating_sub(step.effort as usize);
            plan.points = plan.points + step.gain;
            plan.effort += step.effort;
            plan.steps.push(step.clone());
        }
    }
    plan.steps.reverse();
    plan
}

/// The rises of each indicator, lowest first.
fn rises(points: &Points, efforts: &Efforts) -> Result<Vec<Vec<Step>>> {
    check(points, efforts)?;
    Ok(points
        .indicators
        .iter()
        .map(
            |indicator| if efforts.fixed.contains(&indicator.code) { Vec::new() } else { rises_of(indicator, efforts) },
        )
        .collect())
}

fn rises_of(indicator: &Indicator, efforts: &Efforts) -> Vec<Step> {
    let higher = indicator.levels.iter().filter(|above| indicator.level.is_none_or(|level| above.level > level));
    let mut effort = 0_u32;
    higher
        .map(|above| {
            let given = efforts.given.iter().find(|one| one.indicator == indicator.code && one.level == above.level);
            effort = effort.saturating_add(given.map_or(efforts.each, |given| given.effort));
            Step {
                indicator: indicator.code.clone(),
                label: indicator.label.clone(),
                label_en: indicator.label_en.clone(),
                from: indicator.level,
                to: above.level,
                asks: above.label.clone(),
                asks_en: above.label_en.clone(),
                gain: weighed(above.level, indicator.weight) - indicator.points,
                effort,
            }
        })
        .filter(|step| step.gain > Score::ZERO)
        .collect()
}

fn check(points: &Points, efforts: &Efforts) -> Result<()> {
    let is_known = |code: &str| points.indicators.iter().any(|indicator| indicator.code == code);
    let named = efforts.given.iter().map(|one| ("given", &one.indicator));
    let unknown = named.chain(efforts.fixed.iter().map(|code| ("fixed", code))).find(|(_, code)| !is_known(code));
    if let Some((field, code)) = unknown {
        return Err(Error::new(Code::NotFound).field(field).value(code).expected("code of an indicator"));
    }
    let efforts = efforts.given.iter().map(|one| one.effort).chain([efforts.each]);
    match efforts.max().filter(|most| *most > MOST_EFFORT) {
        Some(most) => {
            Err(Error::new(Code::OutOfRange).field("effort").value(most).expected(format!("at most {MOST_EFFORT}")))
        }
        None => Ok(()),
    }
}
