//! Innovations that may answer a need.

use std::sync::Arc;

use jipp_core::network::Candidates as Core;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::table::{frame, place};
use super::{as_sequence, html};
use crate::frames::{candidates, capsule};
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

    /// The candidates as a stream of Arrow: any data frame library takes it.
    ///
    /// Flat columns: `rank`, `innovation`, `title`, `owner`, `owner_name`, `region`, `region_name`, `stage`; `score` and the
    /// `points.*` of each factor, which add up to it; `gaps.*`, how many things are lacking, to be checked, there or not
    /// told; how many `awards` and `replications`; `hubs`, and of the first `hub.name`, `hub.phone`, `hub.email`;
    /// `contact.*` of the owner.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        capsule(py, py.detach(|| candidates(&self.core.candidates)))
    }

    /// The candidates as a table of `PyArrow`.
    fn to_arrow<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frame(this.as_any(), "to_arrow")
    }

    /// The candidates as a data frame of pandas.
    fn to_pandas<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frame(this.as_any(), "to_pandas")
    }

    /// The candidates as a data frame of polars.
    fn to_polars<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frame(this.as_any(), "to_polars")
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
