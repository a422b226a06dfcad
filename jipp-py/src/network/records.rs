//! What a network is made of: records, looked up and listed.

use jipp_core::Error;
use jipp_core::base::Code;
use jipp_core::model::{EntityKind, EntityRef, Record};
use jipp_core::registry::View;
use pyo3::prelude::*;

use super::Network;
use crate::answer::run;
use crate::error::{Failure, parsed};
use crate::results::Table;
use crate::values::to_python;

/// Reads a network as it is, or as it was.
fn look<R: Send>(
    network: &Network,
    py: Python<'_>,
    as_of: Option<u64>,
    read: impl FnOnce(View<'_>) -> R + Send,
) -> PyResult<R> {
    let core = network.core()?;
    run(py, || match as_of {
        None => Ok(core.read(read)),
        Some(revision) => core.read_as_of(revision, read),
    })
}

#[pymethods]
impl Network {
    /// A record, or None.
    #[pyo3(signature = (kind, id, /, *, as_of))]
    fn record<'py>(&self, py: Python<'py>, kind: &str, id: &str, as_of: Option<u64>) -> PyResult<Bound<'py, PyAny>> {
        let kind: EntityKind = parsed(kind)?;
        to_python(py, &look(self, py, as_of, |view| view.record(kind, id).cloned())?)
    }

    /// All records of a kind, by id.
    #[pyo3(signature = (kind, /, *, as_of))]
    fn records(&self, py: Python<'_>, kind: &str, as_of: Option<u64>) -> PyResult<Table> {
        let kind: EntityKind = parsed(kind)?;
        let records: Vec<Record> = look(self, py, as_of, |view| view.records(kind).cloned().collect())?;
        Ok(Table::of_records(kind, records))
    }

    /// How many records of a kind there are.
    fn count(&self, py: Python<'_>, kind: &str) -> PyResult<usize> {
        let kind: EntityKind = parsed(kind)?;
        look(self, py, None, |view| view.count(kind))
    }

    /// The records of a kind that refer to another.
    fn referrers(&self, py: Python<'_>, kind: &str, to_kind: &str, to_id: &str) -> PyResult<Table> {
        let kind: EntityKind = parsed(kind)?;
        let to = EntityRef::new(parsed(to_kind)?, to_id).map_err(Failure::from)?;
        let found = look(self, py, None, |view| {
            view.record(to.kind, &to.id)?;
            Some(view.referrers(kind, &to).into_iter().cloned().collect::<Vec<Record>>())
        })?;
        let records = found.ok_or_else(|| Failure::from(Error::new(Code::NotFound).about(&to)))?;
        Ok(Table::of_records(kind, records))
    }

    /// Every change that touched a record, first to last.
    fn history<'py>(&self, py: Python<'py>, kind: &str, id: &str) -> PyResult<Bound<'py, PyAny>> {
        let subject = EntityRef::new(parsed(kind)?, id).map_err(Failure::from)?;
        self.ask(py, |core| {
            let entries = core.with_registry(|registry| registry.history(&subject))?;
            Ok(entries.into_iter().map(|entry| (entry.revision, entry.change)).collect::<Vec<_>>())
        })
    }
}
