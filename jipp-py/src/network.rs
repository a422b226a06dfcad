//! The network, as Python holds it. `jipp.Network` in Python is its face; this is what it stands on.

mod commit;
mod files;
mod lineage;
mod questions;
mod records;

pub(crate) use questions::language;

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use jipp_core::base::Code;
use jipp_core::network::{Network as Core, Options};
use jipp_core::{Error, Result};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use serde::Serialize;

use crate::answer;
use crate::error::Failure;

/// A network that is open, or was.
#[pyclass(frozen, module = "jipp._jipp")]
pub(crate) struct Network {
    /// None once it is closed.
    core: RwLock<Option<Arc<Core>>>,
    /// The process that opened it: a file may be held by one process only, so a forked one must open it anew.
    process: u32,
    path: Option<PathBuf>,
}

impl Network {
    pub(crate) fn new(core: Core, path: Option<PathBuf>) -> Self {
        Self { core: RwLock::new(Some(Arc::new(core))), process: std::process::id(), path }
    }

    /// The network of the core, unless it was closed, belongs to the process that forked this one, or is at work and
    /// telling how far it is: it would wait for itself.
    pub(crate) fn core(&self) -> PyResult<Arc<Core>> {
        if crate::progress::is_telling() {
            return Err(PyRuntimeError::new_err("a progress callback cannot ask a network: it would wait for itself"));
        }
        if self.path.is_some() && std::process::id() != self.process {
            let foreign = Error::new(Code::NetworkClosed).expected("a network that this process opened itself");
            return Err(Failure::from(foreign).into());
        }
        let core = self.core.read().unwrap_or_else(PoisonError::into_inner).clone();
        core.ok_or_else(|| Failure::from(Error::new(Code::NetworkClosed).expected("an open network")).into())
    }

    /// Answers a question of milliseconds.
    fn ask<'py, T: Serialize + Send>(
        &self,
        py: Python<'py>,
        question: impl FnOnce(&Core) -> Result<T> + Send,
    ) -> PyResult<Bound<'py, PyAny>> {
        let core = self.core()?;
        answer::answer(py, || question(&core))
    }

    /// Answers a question that may take long.
    fn ask_long<'py, T: Serialize + Send + 'static>(
        &self,
        py: Python<'py>,
        question: impl FnOnce(&Core) -> Result<T> + Send + 'static,
    ) -> PyResult<Bound<'py, PyAny>> {
        let core = self.core()?;
        crate::values::to_python(py, &answer::run_long(py, move || question(&core))?)
    }
}

#[pymethods]
impl Network {
    /// An empty network in memory.
    #[staticmethod]
    #[pyo3(signature = (*, origin))]
    fn in_memory(py: Python<'_>, origin: &str) -> PyResult<Self> {
        let core = answer::run(py, || Core::in_memory(&Options::new(origin)?))?;
        Ok(Self::new(core, None))
    }

    /// A network in a file, which is made if it is not there.
    #[staticmethod]
    #[pyo3(signature = (path, /, *, origin, read_only))]
    fn open(py: Python<'_>, path: PathBuf, origin: &str, read_only: bool) -> PyResult<Self> {
        let core = answer::run(py, || {
            let options = Options::new(origin)?;
            if read_only { Core::open_read_only(&path, &options) } else { Core::open(&path, &options) }
        })?;
        Ok(Self::new(core, Some(path)))
    }

    /// Lets go of the file. What was committed is on disk already.
    fn close(&self, py: Python<'_>) {
        let core = self.core.write().unwrap_or_else(PoisonError::into_inner).take();
        py.detach(|| drop(core));
    }

    #[getter]
    fn is_closed(&self) -> bool {
        self.core().is_err()
    }

    /// The file, or None in memory.
    #[getter]
    fn path(&self) -> Option<PathBuf> {
        self.path.clone()
    }

    /// The number of the last commit.
    #[getter]
    fn revision(&self, py: Python<'_>) -> PyResult<u64> {
        let core = self.core()?;
        answer::run(py, || Ok(core.revision()))
    }
}
