//! Indices of innovation: shipped formulas, points, and what the next rise takes.

use jipp_core::base::{PartialDate, Score};
use jipp_core::evaluation::index::{self, Aim, Efforts, Government, IndexFormula, Points, Side, UnitPoints};
use jipp_core::model::{Answer as Given, Rubric};
use pyo3::prelude::*;

use super::Answer;
use crate::answer::answer;
use crate::error::Failure;
use crate::values::{from_python, to_python};

/// The ids of the shipped formulas.
#[pyfunction]
pub(crate) fn index_formulas() -> Vec<&'static str> {
    IndexFormula::shipped_ids().collect()
}

/// A shipped formula.
#[pyfunction]
pub(crate) fn index_formula<'py>(py: Python<'py>, id: &str) -> Answer<'py> {
    answer(py, || IndexFormula::shipped(id))
}

/// Says what cannot be used of a formula.
#[pyfunction]
pub(crate) fn index_check(formula: &Bound<'_, PyAny>) -> PyResult<()> {
    Ok(from_python::<IndexFormula>(formula)?.check().map_err(Failure::from)?)
}

/// The least divisor of a year.
#[pyfunction]
pub(crate) fn index_divisor(formula: &Bound<'_, PyAny>, year: u16) -> PyResult<Option<u32>> {
    Ok(from_python::<IndexFormula>(formula)?.divisor(year))
}

/// Whether an innovation of a date counts.
#[pyfunction]
pub(crate) fn index_counts<'py>(
    py: Python<'py>,
    formula: &Bound<'py, PyAny>,
    implemented_on: &Bound<'py, PyAny>,
) -> Answer<'py> {
    let on: PartialDate = from_python(implemented_on)?;
    to_python(py, &from_python::<IndexFormula>(formula)?.counts(on))
}

/// What rises take.
#[pyfunction]
pub(crate) fn index_efforts<'py>(py: Python<'py>, formula: &Bound<'py, PyAny>) -> Answer<'py> {
    to_python(py, &from_python::<IndexFormula>(formula)?.efforts())
}

/// The instrument of the innovations.
#[pyfunction]
pub(crate) fn index_instrument<'py>(py: Python<'py>, formula: &Bound<'py, PyAny>) -> Answer<'py> {
    let formula: IndexFormula = from_python(formula)?;
    answer(py, || formula.instrument())
}

/// The band of an index.
#[pyfunction]
pub(crate) fn index_band<'py>(py: Python<'py>, formula: &Bound<'py, PyAny>, index: &Bound<'py, PyAny>) -> Answer<'py> {
    let (formula, index): (IndexFormula, Score) = (from_python(formula)?, from_python(index)?);
    to_python(py, &formula.band(index))
}

/// How many services must be covered, and the points for so many innovations.
#[pyfunction]
pub(crate) fn index_count_rule<'py>(
    py: Python<'py>,
    rule: &Bound<'py, PyAny>,
    year: Option<u16>,
    innovations: Option<u32>,
) -> Answer<'py> {
    let rule: index::CountRule = from_python(rule)?;
    match (year, innovations) {
        (Some(year), _) => to_python(py, &rule.affairs(year)),
        (None, innovations) => to_python(py, &rule.points(innovations.unwrap_or_default())),
    }
}

/// What the index of a government is computed from.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    year: u16,
    points: Option<Score>,
    answers: Option<Vec<Given>>,
    #[serde(default)]
    side: Option<Side>,
    innovations: Vec<Score>,
    affairs: Option<u32>,
    count_points: Option<Score>,
    maximum: Option<Score>,
}

/// The index of a government.
#[pyfunction]
pub(crate) fn index_score<'py>(
    py: Python<'py>,
    formula: &Bound<'py, PyAny>,
    government: &Bound<'py, PyAny>,
) -> Answer<'py> {
    let (formula, asked): (IndexFormula, Asked) = (from_python(formula)?, from_python(government)?);
    let unit = match (&asked.answers, asked.points) {
        (Some(answers), _) => UnitPoints::Answers(answers, asked.side.unwrap_or_default()),
        (None, points) => UnitPoints::Sum(points.unwrap_or(Score::ZERO)),
    };
    let government = Government {
        year: asked.year,
        unit,
        innovations: &asked.innovations,
        affairs: asked.affairs,
        count_points: asked.count_points,
        maximum: asked.maximum,
    };
    answer(py, || formula.score(&government))
}

/// The points of answers by a rubric.
#[pyfunction]
pub(crate) fn index_maturity<'py>(
    py: Python<'py>,
    rubric: &Bound<'py, PyAny>,
    answers: &Bound<'py, PyAny>,
    side: &Bound<'py, PyAny>,
) -> Answer<'py> {
    let (rubric, answers): (Rubric, Vec<Given>) = (from_python(rubric)?, from_python(answers)?);
    let side: Side = from_python(side)?;
    answer(py, || index::maturity(&rubric, &answers, side))
}

/// Every next level with what it brings.
#[pyfunction]
pub(crate) fn index_gains<'py>(
    py: Python<'py>,
    points: &Bound<'py, PyAny>,
    efforts: &Bound<'py, PyAny>,
) -> Answer<'py> {
    let (points, efforts): (Points, Efforts) = (from_python(points)?, from_python(efforts)?);
    answer(py, || index::gains(&points, &efforts))
}

/// The cheapest way to an aim.
#[pyfunction]
pub(crate) fn index_plan<'py>(
    py: Python<'py>,
    points: &Bound<'py, PyAny>,
    efforts: &Bound<'py, PyAny>,
    aim: &Bound<'py, PyAny>,
) -> Answer<'py> {
    let (points, efforts): (Points, Efforts) = (from_python(points)?, from_python(efforts)?);
    let aim: Aim = from_python(aim)?;
    answer(py, || index::plan(&points, &efforts, aim))
}
