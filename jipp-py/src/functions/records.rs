//! Records by what they say: states, years, validity, numbers of other systems.

use jipp_core::base::{PartialDate, Truth, fold};
use jipp_core::model::lifecycle::{self, Axis};
use jipp_core::model::{EntityKind, Innovation, Record, Region};
use jipp_core::registry::View;
use pyo3::prelude::*;

use super::Answer;
use crate::answer::run;
use crate::error::parsed;
use crate::network::Network;
use crate::results::Table;
use crate::values::{from_python, to_python};

/// What records are asked for; all of it must hold.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    state: Option<(Axis, String)>,
    year: Option<i32>,
    valid_on: Option<PartialDate>,
    external_id: Option<(String, String)>,
}

impl Wanted {
    fn fits(&self, record: &Record) -> bool {
        let has_number = |system: &str, value: &str| {
            let (system, value) = (fold(system), fold(value));
            record.external_ids().iter().any(|id| fold(&id.system) == system && fold(&id.value) == value)
        };
        self.state.as_ref().is_none_or(|(axis, state)| lifecycle::state(record, *axis) == Some(state))
            && self.year.is_none_or(|year| record.year() == Some(year))
            && self.valid_on.is_none_or(|date| record.valid().holds_on(date) != Truth::No)
            && self.external_id.as_ref().is_none_or(|(system, value)| has_number(system, value))
    }
}

#[pymethods]
impl Network {
    /// The records of a kind that say what is asked for.
    #[pyo3(signature = (kind, wanted, /, *, as_of))]
    fn find(&self, py: Python<'_>, kind: &str, wanted: &Bound<'_, PyAny>, as_of: Option<u64>) -> PyResult<Table> {
        let (kind, wanted): (EntityKind, Wanted) = (parsed(kind)?, from_python(wanted)?);
        let core = self.core()?;
        let found = |view: View<'_>| view.records(kind).filter(|record| wanted.fits(record)).cloned().collect();
        let records: Vec<Record> = run(py, || match as_of {
            None => Ok(core.read(found)),
            Some(revision) => core.read_as_of(revision, found),
        })?;
        Ok(Table::of_records(kind, records))
    }

    /// The province that a region is or lies in.
    fn province_of(&self, py: Python<'_>, region: &str) -> PyResult<Option<String>> {
        let core = self.core()?;
        let province = |view: View<'_>| {
            let region = view.find::<Region>(region)?;
            view.province_of(region).map(|province| province.id.to_string())
        };
        run(py, || Ok(core.read(province)))
    }
}

/// Whether an innovation is known to have stopped, when, and how much of its record is filled.
#[pyfunction]
pub(crate) fn innovation_facts<'py>(py: Python<'py>, innovation: &Bound<'py, PyAny>) -> Answer<'py> {
    let innovation: Innovation = from_python(innovation)?;
    to_python(py, &(innovation.is_stopped(), innovation.stopped_on(), innovation.completeness()))
}
