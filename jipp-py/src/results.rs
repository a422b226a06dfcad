//! Answers that are more than a value: long ones, whose parts become Python objects when they are looked at, and those
//! that take further questions.

mod candidates;
mod scoring;
mod table;

use pyo3::prelude::*;

pub(crate) use candidates::Candidates;
pub(crate) use scoring::Scoring;
pub(crate) use table::Table;

/// What a notebook shows of an answer: written in Python, where the package has its other looks.
fn html<'py>(answer: &Bound<'py, PyAny>, look: &str) -> PyResult<Bound<'py, PyAny>> {
    answer.py().import("jipp._html")?.call_method1(look, (answer,))
}

/// What Python's own sequences do, done for an answer: `index` and `count`.
fn as_sequence<'py>(
    answer: &Bound<'py, PyAny>,
    method: &str,
    value: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    answer.py().import("collections.abc")?.getattr("Sequence")?.call_method1(method, (answer, value))
}
