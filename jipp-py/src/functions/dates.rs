//! What can be said of dates and periods that are not wholly known.

use jipp_core::base::{PartialDate, Period};
use pyo3::prelude::*;

use super::Answer;
use crate::values::{from_python, to_python};

/// The last day that a date may mean.
#[pyfunction]
pub(crate) fn date_last_day(date: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(from_python::<PartialDate>(date)?.last_day().to_string())
}

/// Whether two dates may be the same day, and whether the one is surely before the other.
#[pyfunction]
pub(crate) fn date_compared(one: &Bound<'_, PyAny>, other: &Bound<'_, PyAny>) -> PyResult<(bool, bool)> {
    let (one, other): (PartialDate, PartialDate) = (from_python(one)?, from_python(other)?);
    Ok((one.overlaps(other), one.surely_before(other)))
}

/// Whether a date lies in a period.
#[pyfunction]
pub(crate) fn period_holds_on<'py>(
    py: Python<'py>,
    period: &Bound<'py, PyAny>,
    date: &Bound<'py, PyAny>,
) -> Answer<'py> {
    let date: PartialDate = from_python(date)?;
    to_python(py, &from_python::<Period>(period)?.holds_on(date))
}

/// Whether two periods may share a day.
#[pyfunction]
pub(crate) fn period_overlaps(one: &Bound<'_, PyAny>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
    let (one, other): (Period, Period) = (from_python(one)?, from_python(other)?);
    Ok(one.overlaps(&other))
}
