//! Tables of numbers as Python has them: lists of lists, and whatever else can be walked through.

use jipp_core::Error;
use jipp_core::base::Code;
use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyFloat, PyMapping, PySet, PyString};

use crate::error::Failure;

fn refuse(code: Code, place: &str, found: &str, expected: &str) -> PyErr {
    Failure::from(Error::new(code).field(place).value(found).expected(expected)).into()
}

fn kind(object: &Bound<'_, PyAny>) -> String {
    object.get_type().name().map_or_else(|_| "an object".to_owned(), |name| name.to_string())
}

/// The items of a sequence; what is walked through in no order, or letter by letter, is none.
fn items<'py>(object: &Bound<'py, PyAny>, place: &str, expected: &str) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let is_other = object.is_instance_of::<PyString>()
        || object.is_instance_of::<PyBytes>()
        || object.is_instance_of::<PyByteArray>()
        || object.is_instance_of::<PySet>()
        || object.cast::<PyMapping>().is_ok();
    match object.try_iter() {
        Ok(items) if !is_other => items.collect(),
        _ => Err(refuse(Code::FieldType, place, &kind(object), expected)),
    }
}

/// A number; none for None and for what pandas has in its place.
fn number(object: &Bound<'_, PyAny>, place: impl Fn() -> String) -> PyResult<Option<f64>> {
    if let Ok(number) = object.cast::<PyFloat>() {
        return Ok(Some(number.value()));
    }
    if object.is_none() || matches!(kind(object).as_str(), "NAType" | "NaTType") {
        return Ok(None);
    }
    object.extract::<f64>().map(Some).map_err(|error| {
        let (code, expected) = if error.is_instance_of::<PyOverflowError>(object.py()) {
            (Code::OutOfRange, "a number that a float can hold")
        } else {
            (Code::FieldType, "a number")
        };
        refuse(code, &place(), &kind(object), expected)
    })
}

/// Numbers, of which some may be missing.
pub(super) fn numbers(given: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<Option<f64>>> {
    let all = items(given, name, "a list of numbers")?;
    all.iter().enumerate().map(|(at, one)| number(one, || format!("{name}[{at}]"))).collect()
}

/// Numbers, none of which may be missing.
pub(super) fn all_numbers(given: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<f64>> {
    let all = numbers(given, name)?;
    all.into_iter().enumerate().map(|(at, one)| present(one, || format!("{name}[{at}]"))).collect()
}

/// Rows of numbers, of which some may be missing.
pub(super) fn table(given: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<Vec<Option<f64>>>> {
    let rows = items(given, name, "a list of rows of numbers")?;
    rows.iter().enumerate().map(|(at, row)| numbers(row, &format!("{name}[{at}]"))).collect()
}

/// Rows of numbers, none of which may be missing.
pub(super) fn full_table(given: &Bound<'_, PyAny>, name: &str) -> PyResult<Vec<Vec<f64>>> {
    let rows = items(given, name, "a list of rows of numbers")?;
    rows.iter().enumerate().map(|(at, row)| all_numbers(row, &format!("{name}[{at}]"))).collect()
}

fn present(number: Option<f64>, place: impl Fn() -> String) -> PyResult<f64> {
    number.ok_or_else(|| refuse(Code::FieldMissing, &place(), "None", "a number"))
}

/// A whole number among rows of floats.
pub(super) fn whole(number: f64, place: impl Fn() -> String) -> PyResult<u32> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be one of them")]
    if number >= 0.0 && number <= f64::from(u32::MAX) && number.fract() == 0.0 {
        return Ok(number as u32);
    }
    Err(refuse(Code::OutOfRange, &place(), &number.to_string(), "a whole number from 0 to 4,294,967,295"))
}

/// The rows of a sequence, as they are.
pub(super) fn rows<'py>(given: &Bound<'py, PyAny>, name: &str) -> PyResult<Vec<Bound<'py, PyAny>>> {
    items(given, name, "a list of rows")
}
