//! Innovations that may answer a need.

use std::sync::Arc;

use jipp_core::network::Candidates as Core;
use pyo3::prelude::*;

use super::table::place;
use super::{as_sequence, html};
use crate::network::language;
use crate::values::to_python;

/// The innovations that may answer a need, best first: a sequence of `jipp.network.Candidate`.
#[pyclass(frozen, sequence, module = "jipp._jipp")]
pub(crate) struct Candidates {
    core: Arc<Core>,
}

impl Candidates {
    pub(crate) fn new(core: Core) -> Self {
        Self { core: Arc::new(core) }
    }
}

#[pymethods]
impl Candidates {
    fn __len__(&self) -> usize {
        self.core.candidates.len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, at: isize) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.core.candidates[place(at, self.core.candidates.len())?])
    }

    /// The words of the need that were looked for.
    #[getter]
    fn words(&self) -> Vec<String> {
        self.core.words.clone()
    }

    /// How many innovations were searched.
    #[getter]
    fn searched(&self) -> usize {
        self.core.searched
    }

    /// Why a candidate stands where it does: each of its parts in words, in their order.
    #[pyo3(signature = (at, *, lang="id"))]
    fn reasons(&self, at: isize, lang: &str) -> PyResult<Vec<String>> {
        let lang = language(lang)?;
        let candidate = &self.core.candidates[place(at, self.core.candidates.len())?];
        Ok(candidate.parts.iter().map(|part| part.ground.words(lang)).collect())
    }

    /// The first place of a value; `ValueError` where it is not there.
    fn index<'py>(slf: &Bound<'py, Self>, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        as_sequence(slf.as_any(), "index", value)
    }

    /// How often a value is there.
    fn count<'py>(slf: &Bound<'py, Self>, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        as_sequence(slf.as_any(), "count", value)
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        html(slf.as_any(), "candidates")
    }

    fn __repr__(&self) -> String {
        format!("<{} candidates of {} innovations>", self.core.candidates.len(), self.core.searched)
    }
}
