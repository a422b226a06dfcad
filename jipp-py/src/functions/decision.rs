//! Rankings by several criteria, by votes and by comparisons.

use jipp_core::Result;
use jipp_core::evaluation::decision::{self, Ballot, Criterion, DecisionTable, Normalization, Preference};
use pyo3::prelude::*;

use super::Answer;
use super::arrays::full_table;
use crate::answer::{answer, run};
use crate::error::{Failure, parsed};
use crate::values::from_python;

/// Points by Borda's count.
#[pyfunction]
pub(crate) fn decision_borda(py: Python<'_>, entries: usize, ballots: &Bound<'_, PyAny>) -> PyResult<Vec<f64>> {
    let ballots: Vec<Ballot> = from_python(ballots)?;
    run(py, || decision::borda(entries, &ballots))
}

/// Strengths from comparisons.
#[pyfunction]
pub(crate) fn decision_bradley_terry<'py>(py: Python<'py>, wins: &Bound<'py, PyAny>) -> Answer<'py> {
    let wins = full_table(wins, "wins")?;
    answer(py, || decision::bradley_terry(&wins))
}

/// Groups that beat each other.
#[pyfunction]
pub(crate) fn decision_win_groups<'py>(py: Python<'py>, wins: &Bound<'py, PyAny>) -> Answer<'py> {
    let wins = full_table(wins, "wins")?;
    answer(py, || decision::win_groups(&wins))
}

/// How likely one beats another.
#[pyfunction]
pub(crate) fn decision_wins(fit: &Bound<'_, PyAny>, one: usize, other: usize) -> PyResult<Option<f64>> {
    Ok(from_python::<decision::BradleyTerry>(fit)?.wins(one, other))
}

fn table(rows: &Bound<'_, PyAny>, criteria: &Bound<'_, PyAny>) -> PyResult<DecisionTable> {
    let criteria: Vec<Criterion> = from_python(criteria)?;
    let table: Result<DecisionTable> = DecisionTable::new(&criteria, &full_table(rows, "rows")?);
    Ok(table.map_err(Failure::from)?)
}

/// Outranking flows.
#[pyfunction]
pub(crate) fn decision_promethee<'py>(
    py: Python<'py>,
    rows: &Bound<'py, PyAny>,
    criteria: &Bound<'py, PyAny>,
    preferences: &Bound<'py, PyAny>,
) -> Answer<'py> {
    let (table, preferences): (_, Vec<Preference>) = (table(rows, criteria)?, from_python(preferences)?);
    answer(py, || decision::promethee(&table, &preferences))
}

/// Closeness to the best.
#[pyfunction]
pub(crate) fn decision_topsis(
    py: Python<'_>,
    rows: &Bound<'_, PyAny>,
    criteria: &Bound<'_, PyAny>,
    normalization: &str,
) -> PyResult<Vec<f64>> {
    let (table, normalization): (_, Normalization) = (table(rows, criteria)?, parsed(normalization)?);
    run(py, || decision::topsis(&table, normalization))
}
