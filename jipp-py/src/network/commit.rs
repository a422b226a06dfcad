//! What happens to a network.

use jipp_core::base::Timestamp;
use jipp_core::model::Line;
use jipp_core::registry::{Action, Stamp};
use pyo3::prelude::*;

use super::Network;
use crate::answer::run;
use crate::error::{Failure, parsed};
use crate::values::{from_python, to_python};

/// When something is recorded, and by whom.
pub(super) fn stamp(at: &Bound<'_, PyAny>, by: Option<&str>) -> PyResult<Stamp> {
    let at: Timestamp = from_python(at)?;
    let by = by.map(Line::new).transpose().map_err(Failure::from)?;
    Ok(Stamp { at, by })
}

#[pymethods]
impl Network {
    /// Does all actions or none; gives the revision and the names of the changes.
    #[pyo3(signature = (actions, /, *, at, by))]
    fn commit(
        &self,
        py: Python<'_>,
        actions: &Bound<'_, PyAny>,
        at: &Bound<'_, PyAny>,
        by: Option<&str>,
    ) -> PyResult<(u64, Vec<String>)> {
        let actions: Vec<Action> = from_python(actions)?;
        let stamp = stamp(at, by)?;
        let core = self.core()?;
        let committed = run(py, || core.commit(&stamp, actions))?;
        Ok((committed.revision, committed.changes.iter().map(ToString::to_string).collect()))
    }

    /// Takes a whole commit back, by a commit of its own.
    #[pyo3(signature = (revision, /, *, at, by))]
    fn revert(
        &self,
        py: Python<'_>,
        revision: u64,
        at: &Bound<'_, PyAny>,
        by: Option<&str>,
    ) -> PyResult<(u64, Vec<String>)> {
        let stamp = stamp(at, by)?;
        let core = self.core()?;
        let committed = run(py, || core.revert(revision, &stamp))?;
        Ok((committed.revision, committed.changes.iter().map(ToString::to_string).collect()))
    }

    /// The changes after a revision, to be carried to another copy.
    fn export_since(&self, py: Python<'_>, revision: u64) -> PyResult<Vec<u8>> {
        let core = self.core()?;
        run(py, || core.export_since(revision))
    }

    /// Takes in the changes of another copy.
    fn apply<'py>(&self, py: Python<'py>, bundle: &[u8]) -> PyResult<Bound<'py, PyAny>> {
        let core = self.core()?;
        let received = run(py, || core.apply(bundle))?;
        to_python(py, &received)
    }

    /// Edits that contradict each other.
    fn conflicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.ask(py, |core| Ok(core.with_registry(jipp_core::registry::Registry::conflicts)))
    }

    /// Scores an edition and seals the run as a record.
    #[pyo3(signature = (id, options, /, *, at, by))]
    fn seal_scoring<'py>(
        &self,
        py: Python<'py>,
        id: &str,
        options: &Bound<'py, PyAny>,
        at: &Bound<'py, PyAny>,
        by: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (id, options, stamp) = (parsed(id)?, from_python(options)?, stamp(at, by)?);
        self.ask_long(py, move |core| core.seal_scoring(id, &options, &stamp))
    }
}
