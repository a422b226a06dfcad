//! Errors of the core, raised as the classes of `jipp.errors`.
//!
//! The classes live in a plain Python file, so that they pickle and have a readable source; this file hands over what
//! an error knows and leaves the choice of the class to them.

use jipp_core::base::{Code, Lang};
use pyo3::prelude::{PyAnyMethods, PyErr, PyResult, Python, pyfunction};
use pyo3::{Bound, PyAny};

/// The result of a function that Python calls.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

/// An error of the core on its way to Python.
pub(crate) struct Failure(jipp_core::Error);

impl From<jipp_core::Error> for Failure {
    fn from(error: jipp_core::Error) -> Self {
        Self(error)
    }
}

impl From<Failure> for PyErr {
    fn from(Failure(error): Failure) -> Self {
        // Without `jipp.errors` there is no class to raise: then the failed import is what the caller must know.
        Python::attach(|py| exception(py, &error).map_or_else(|failed| failed, PyErr::from_value))
    }
}

fn exception<'py>(py: Python<'py>, error: &jipp_core::Error) -> PyResult<Bound<'py, PyAny>> {
    let at = error.location();
    py.import("jipp.errors")?.getattr("_from_core")?.call1((
        error.kind().code(),
        error.message(Lang::En),
        error.code(),
        error.subject(),
        (at.source.as_deref(), at.line, at.field.as_deref()),
        error.offending(),
        error.hint(),
    ))
}

/// Every error code with its kind.
#[pyfunction]
pub(crate) fn error_codes() -> Vec<(&'static str, &'static str)> {
    Code::ALL.iter().map(|code| (code.as_str(), code.kind().code())).collect()
}

/// Reads an id or a code.
pub(crate) fn parsed<T: std::str::FromStr<Err = jipp_core::Error>>(text: &str) -> PyResult<T> {
    Ok(text.parse().map_err(Failure)?)
}
