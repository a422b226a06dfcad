//! What ships with the library, and names that resolve.

use std::sync::{Arc, OnceLock};

use jipp_core::base::RegionId;
use jipp_core::model::{
    self, AgencyNames as CoreNames, EntityKind, Gazetteer as CoreGazetteer, Hint, Instrument, Naming, Point, Record,
    Region, RegionLevel, great_circle_km,
};
use jipp_core::network::ProposedLink;
use pyo3::prelude::*;

use super::{Answer, Given};
use crate::answer::{answer, run};
use crate::error::{Failure, parsed};
use crate::results::Table;
use crate::values::{from_python, to_python};

/// The ids of the shipped instruments.
#[pyfunction]
pub(crate) fn model_instruments() -> Vec<&'static str> {
    Instrument::shipped_ids().collect()
}

/// A shipped instrument.
#[pyfunction]
pub(crate) fn model_instrument<'py>(py: Python<'py>, id: &str) -> Answer<'py> {
    answer(py, || Instrument::shipped(id))
}

/// Says what cannot be used of an instrument.
#[pyfunction]
pub(crate) fn model_check_instrument(instrument: &Bound<'_, PyAny>) -> PyResult<()> {
    Ok(from_python::<Instrument>(instrument)?.check().map_err(Failure::from)?)
}

/// The band of a total.
#[pyfunction]
pub(crate) fn model_band<'py>(
    py: Python<'py>,
    instrument: &Bound<'py, PyAny>,
    total: &Bound<'py, PyAny>,
) -> Answer<'py> {
    let instrument: Instrument = from_python(instrument)?;
    to_python(py, &instrument.band(from_python(total)?))
}

/// The provinces, regencies and cities of Indonesia.
#[pyfunction]
pub(crate) fn model_regions_id(py: Python<'_>) -> PyResult<Table> {
    let records = run(py, || Ok(model::regions_id()?.into_iter().map(Record::from).collect()))?;
    Ok(Table::of_records(EntityKind::Region, records))
}

/// Agencies of Indonesia that names refer to.
#[pyfunction]
pub(crate) fn model_agencies_id(py: Python<'_>) -> PyResult<Table> {
    let records = run(py, || Ok(model::agencies_id()?.into_iter().map(Record::from).collect()))?;
    Ok(Table::of_records(EntityKind::Agency, records))
}

/// The competitions of Indonesia and all that belongs to them.
#[pyfunction]
pub(crate) fn model_competitions_id(py: Python<'_>) -> Answer<'_> {
    answer(py, model::competitions_id)
}

/// How places of Indonesia are named.
#[pyfunction]
pub(crate) fn model_naming_id(py: Python<'_>) -> Answer<'_> {
    answer(py, model::naming_id)
}

/// The distance between two points.
#[pyfunction]
pub(crate) fn model_distance_km(one: &Bound<'_, PyAny>, other: &Bound<'_, PyAny>) -> PyResult<f64> {
    let (one, other): (Point, Point) = (from_python(one)?, from_python(other)?);
    Ok(great_circle_km(one, other))
}

/// Says what cannot be used of a record.
#[pyfunction]
pub(crate) fn model_check(kind: &str, record: &Bound<'_, PyAny>) -> PyResult<()> {
    let record = Record::from_fields(parsed(kind)?, &from_python(record)?).map_err(Failure::from)?;
    Ok(record.check().map_err(Failure::from)?)
}

/// The JSON Schema of a kind of records.
#[pyfunction]
pub(crate) fn model_schema<'py>(py: Python<'py>, kind: &str) -> Answer<'py> {
    to_python(py, &Record::schema(parsed(kind)?))
}

/// A proposed link as a replication to be entered.
#[pyfunction]
pub(crate) fn proposed_replication<'py>(py: Python<'py>, link: &Bound<'py, PyAny>) -> Answer<'py> {
    let link: ProposedLink = from_python(link)?;
    answer(py, || link.replication())
}

/// Regions by name and code.
#[pyclass(frozen, module = "jipp._jipp")]
pub(crate) struct Gazetteer {
    core: Arc<CoreGazetteer>,
}

#[pymethods]
impl Gazetteer {
    #[new]
    #[pyo3(signature = (regions, /, naming=None))]
    fn new(py: Python<'_>, regions: &Bound<'_, PyAny>, naming: Given<'_, '_>) -> PyResult<Self> {
        let regions: Vec<Region> = from_python(regions)?;
        let naming: Naming = naming.map_or_else(|| Ok(Naming::default()), from_python)?;
        Ok(Self { core: py.detach(|| Arc::new(CoreGazetteer::new(&regions, &naming))) })
    }

    /// The regions of Indonesia.
    #[staticmethod]
    fn indonesia(py: Python<'_>) -> PyResult<Self> {
        static MADE: OnceLock<Arc<CoreGazetteer>> = OnceLock::new();
        if let Some(made) = MADE.get() {
            return Ok(Self { core: made.clone() });
        }
        let made = Arc::new(run(py, CoreGazetteer::indonesia)?);
        Ok(Self { core: MADE.get_or_init(|| made).clone() })
    }

    /// The region that a text means.
    #[pyo3(signature = (text, /, *, level=None, within=None))]
    fn resolve<'py>(&self, py: Python<'py>, text: &str, level: Option<&str>, within: Option<&str>) -> Answer<'py> {
        let level: Option<RegionLevel> = level.map(parsed).transpose()?;
        let within: Option<RegionId> = within.map(parsed).transpose()?;
        let hint = Hint { level, within: within.as_ref() };
        answer(py, || self.core.resolve_with(text, &hint))
    }

    /// The region of a code in a system.
    fn resolve_code(&self, system: &str, code: &str) -> PyResult<String> {
        Ok(self.core.resolve_code(system, code).map_err(Failure::from)?.to_string())
    }

    fn name(&self, id: &str) -> PyResult<Option<&str>> {
        Ok(self.core.name(&parsed(id)?))
    }
    fn level(&self, id: &str) -> PyResult<Option<&'static str>> {
        Ok(self.core.level(&parsed(id)?).map(RegionLevel::code))
    }
    fn ids(&self) -> Vec<&str> {
        self.core.ids().map(RegionId::as_str).collect()
    }
    /// The kind of a government and its region, by its name.
    fn government_region(&self, agency_name: &str) -> Option<(&'static str, String)> {
        self.core.government_region(agency_name).map(|(kind, region)| (kind.code(), region.to_string()))
    }
    fn ancestors(&self, id: &str) -> PyResult<Vec<&str>> {
        Ok(self.core.ancestors(&parsed(id)?).into_iter().map(RegionId::as_str).collect())
    }
    fn province_of(&self, id: &str) -> PyResult<Option<&str>> {
        Ok(self.core.province_of(&parsed(id)?).map(RegionId::as_str))
    }
    fn distance_km(&self, one: &str, other: &str) -> PyResult<Option<f64>> {
        Ok(self.core.distance_km(&parsed(one)?, &parsed(other)?))
    }
    fn __len__(&self) -> usize {
        self.core.len()
    }
    fn __repr__(&self) -> String {
        format!("<Gazetteer of {} regions>", self.core.len())
    }
}

/// Agencies by name.
#[pyclass(frozen, module = "jipp._jipp")]
pub(crate) struct AgencyNames {
    core: CoreNames,
}

#[pymethods]
impl AgencyNames {
    #[new]
    #[pyo3(signature = (gazetteer, agencies, naming=None))]
    fn new(gazetteer: &Gazetteer, agencies: &Bound<'_, PyAny>, naming: Given<'_, '_>) -> PyResult<Self> {
        let agencies: Vec<model::Agency> = from_python(agencies)?;
        let naming: Naming = naming.map_or_else(|| Ok(Naming::default()), from_python)?;
        Ok(Self { core: CoreNames::new(gazetteer.core.clone(), &agencies, &naming) })
    }

    /// The agencies of Indonesia.
    #[staticmethod]
    fn indonesia(py: Python<'_>) -> PyResult<Self> {
        Ok(Self { core: run(py, CoreNames::indonesia)? })
    }

    /// The agency that a text means.
    fn resolve<'py>(&self, py: Python<'py>, text: &str) -> Answer<'py> {
        answer(py, || self.core.resolve(text))
    }

    /// The id of the agency that a text means, known or not.
    fn id_for(&self, text: &str) -> PyResult<String> {
        Ok(self.core.id_for(text).map_err(Failure::from)?.to_string())
    }

    /// The government of a region.
    fn government<'py>(&self, py: Python<'py>, region: &str) -> Answer<'py> {
        let region: RegionId = parsed(region)?;
        answer(py, || self.core.government(&region))
    }
}
