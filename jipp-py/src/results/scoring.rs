//! A scored edition, and the questions that a plenary puts to it.

use std::sync::Arc;

use jipp_core::base::PartialDate;
use jipp_core::evaluation::standings::Change;
use jipp_core::model::CompositionRule;
use jipp_core::network::Scoring as Core;
use pyo3::prelude::*;

use super::html;
use crate::answer::{answer, run};
use crate::functions::Contest;
use crate::values::{from_python, to_python};

/// A scored edition.
#[pyclass(frozen, module = "jipp._jipp")]
pub(crate) struct Scoring {
    pub(crate) core: Arc<Core>,
}

impl Scoring {
    pub(crate) fn new(core: Core) -> Self {
        Self { core: Arc::new(core) }
    }
}

#[pymethods]
impl Scoring {
    /// Everything, as a value.
    fn value<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &*self.core)
    }

    /// The places by which is chosen.
    #[getter]
    fn standings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.core.standings())
    }

    /// Who is chosen.
    fn chosen(&self, py: Python<'_>) -> Vec<String> {
        py.detach(|| self.core.chosen().iter().map(ToString::to_string).collect())
    }

    /// Score sheets of assessors who must not score.
    #[getter]
    fn conflicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.core.conflicts)
    }

    /// The ranking with something changed, as a difference.
    fn what_if<'py>(&self, py: Python<'py>, changes: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let changes: Vec<Change> = from_python(changes)?;
        answer(py, || self.core.what_if(&changes))
    }

    /// Who would be chosen, and who would not be any more.
    #[pyo3(signature = (changes, composition=None))]
    fn what_if_chosen<'py>(
        &self,
        py: Python<'py>,
        changes: &Bound<'py, PyAny>,
        composition: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let changes: Vec<Change> = from_python(changes)?;
        let composition: Option<Vec<CompositionRule>> = composition.map(from_python).transpose()?;
        answer(py, || self.core.what_if_chosen(&changes, composition.as_deref()))
    }

    /// The contest behind it.
    fn contest(&self, py: Python<'_>) -> PyResult<Contest> {
        run(py, || Ok(Contest::of(self.core.contest().clone())))
    }

    /// What came of each stage, as records.
    #[pyo3(signature = (prefix, *, on=None))]
    fn stage_results<'py>(
        &self,
        py: Python<'py>,
        prefix: &str,
        on: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let on: Option<PartialDate> = on.map(from_python).transpose()?;
        let results = run(py, || self.core.stage_results(prefix, on))?;
        to_python(py, &results)
    }

    fn _repr_html_<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        html(slf.as_any(), "scoring")
    }

    fn __repr__(&self) -> String {
        let stages = self.core.outcome.stages.len();
        format!(
            "<Scoring of {}: {stages} stages, {} proposals>",
            self.core.options.edition,
            self.core.outcome.standings.places.len()
        )
    }
}
