//! How strict assessors are.

use jipp_core::evaluation::severity::{self, Observation, mixed, rasch};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping};

use super::arrays::{all_numbers, rows, whole};
use super::{Answer, Given};
use crate::answer::{answer, run_long};
use crate::values::{from_python, options, to_python};

/// Observations, each as such or as a row: proposal, assessor, criterion, score.
fn observations(given: &Bound<'_, PyAny>) -> PyResult<Vec<Observation>> {
    let read = |(at, row): (usize, &Bound<'_, PyAny>)| {
        let place = format!("observations[{at}]");
        let is_row = row.cast::<PyMapping>().is_err() && !row.hasattr("to_dict")?;
        if !is_row {
            return from_python::<Observation>(row);
        }
        let numbers = all_numbers(row, &place)?;
        let &[proposal, assessor, criterion, score] = numbers.as_slice() else {
            let fault = jipp_core::Error::new(jipp_core::base::Code::FieldType).field(place).value(numbers.len());
            return Err(crate::error::Failure::from(fault.expected("proposal, assessor, criterion, score")).into());
        };
        let whole = |number: f64, column: usize| whole(number, || format!("{place}[{column}]"));
        let (proposal, assessor) = (whole(proposal, 0)?, whole(assessor, 1)?);
        Ok(Observation { proposal, assessor, criterion: whole(criterion, 2)?, score })
    };
    rows(given, "observations")?.iter().enumerate().map(read).collect()
}

/// Parts of a panel that nothing joins.
#[pyfunction]
pub(crate) fn severity_islands<'py>(py: Python<'py>, given: &Bound<'py, PyAny>) -> Answer<'py> {
    let observations = observations(given)?;
    answer(py, || Ok(severity::islands(&observations)))
}

/// A linear mixed model.
#[pyfunction]
#[pyo3(signature = (given, chosen=None, /, **fields))]
pub(crate) fn severity_mixed_fit<'py>(
    py: Python<'py>,
    given: &Bound<'py, PyAny>,
    chosen: Given<'_, 'py>,
    fields: Option<&Bound<'py, PyDict>>,
) -> Answer<'py> {
    let (observations, chosen) = (observations(given)?, options(chosen, fields)?);
    to_python(py, &run_long(py, move || mixed::fit(&observations, &chosen))?)
}

/// A many-facet Rasch model.
#[pyfunction]
#[pyo3(signature = (given, chosen, /, **fields))]
pub(crate) fn severity_rasch_fit<'py>(
    py: Python<'py>,
    given: &Bound<'py, PyAny>,
    chosen: &Bound<'py, PyAny>,
    fields: Option<&Bound<'py, PyDict>>,
) -> Answer<'py> {
    let (observations, chosen) = (observations(given)?, options(Some(chosen), fields)?);
    to_python(py, &run_long(py, move || rasch::fit(&observations, &chosen))?)
}

/// Options of a Rasch model whose criteria share their thresholds, or do not.
#[pyfunction]
pub(crate) fn severity_rasch_options(py: Python<'_>, is_shared: bool, lowest: u8, highest: u8) -> Answer<'_> {
    let options = if is_shared { rasch::Options::rating_scale } else { rasch::Options::partial_credit };
    to_python(py, &options(lowest, highest))
}
