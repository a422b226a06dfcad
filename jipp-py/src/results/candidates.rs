//! Innovations that may answer a need.

use std::sync::Arc;

use jipp_core::network::Candidates as Core;
use pyo3::prelude::*;

use super::table::place;
use crate::values::to_python;

/// The best innovations for a need, best first.
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

    fn __repr__(&self) -> String {
        format!("<{} candidates of {} innovations>", self.core.candidates.len(), self.core.searched)
    }
}
