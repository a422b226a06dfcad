//! Which records are the same thing.

use std::sync::Arc;

use jipp_core::Error;
use jipp_core::base::Code;
use jipp_core::matching::linkage::{
    Guidance, Isotonic, Label, LinkageModel, LinkageProgress, LinkageResult as Core, LinkageSettings,
    RecordLinker as CoreLinker, Table as CoreTable,
};
use jipp_core::network::Network as CoreNetwork;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyString};
use pyo3::{PyTypeInfo, intern};

use super::arrays::rows;
use super::{Answer, Given};
use crate::error::Failure;
use crate::network::Network;
use crate::progress::Told;
use crate::results::Table;
use crate::values::{from_python, options, to_python};

/// Finds records that are the same thing.
#[pyclass(frozen, module = "jipp._jipp")]
pub(crate) struct RecordLinker {
    core: CoreLinker,
}

#[pymethods]
impl RecordLinker {
    #[new]
    #[pyo3(signature = (settings=None, /, model=None, **fields))]
    fn new(settings: Given<'_, '_>, model: Given<'_, '_>, fields: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let settings: LinkageSettings = options(settings, fields)?;
        let mut core = CoreLinker::new(settings).map_err(Failure::from)?;
        if let Some(model) = model {
            core = core.with_model(from_python(model)?).map_err(Failure::from)?;
        }
        Ok(Self { core })
    }

    #[getter]
    fn settings<'py>(&self, py: Python<'py>) -> Answer<'py> {
        to_python(py, self.core.settings())
    }

    /// Finds duplicates within a table.
    #[pyo3(signature = (table, /, *, id, labels, cannot_link, progress))]
    fn dedupe(
        &self,
        py: Python<'_>,
        table: &Bound<'_, PyAny>,
        id: &str,
        labels: &Bound<'_, PyAny>,
        cannot_link: &Bound<'_, PyAny>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<LinkageResult> {
        let table = self.table(table, id)?;
        let guidance = guidance(labels, cannot_link)?;
        let mut told = Told::new(progress);
        let found = py.detach(|| self.core.dedupe_with(&table, &guidance, &mut |at| tell(&mut told, at)));
        Ok(LinkageResult::new(told.finish(found)?))
    }

    /// Finds what two tables share.
    #[pyo3(signature = (left, right, /, *, id, labels, cannot_link, progress))]
    #[allow(clippy::too_many_arguments, reason = "the keyword arguments of one function of Python")]
    fn link(
        &self,
        py: Python<'_>,
        left: &Bound<'_, PyAny>,
        right: &Bound<'_, PyAny>,
        id: &str,
        labels: &Bound<'_, PyAny>,
        cannot_link: &Bound<'_, PyAny>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<LinkageResult> {
        let (left, right) = (self.table(left, id)?, self.table(right, id)?);
        let guidance = guidance(labels, cannot_link)?;
        let mut told = Told::new(progress);
        let found = py.detach(|| self.core.link_with(&left, &right, &guidance, &mut |at| tell(&mut told, at)));
        Ok(LinkageResult::new(told.finish(found)?))
    }

    fn __repr__(&self) -> String {
        let names: Vec<&str> = self.core.settings().fields.iter().map(|field| field.name.as_str()).collect();
        format!("<RecordLinker by {}>", names.join(", "))
    }
}

impl RecordLinker {
    /// The rows that Python gives, each a mapping with the id and the fields of the settings.
    fn table(&self, given: &Bound<'_, PyAny>, id: &str) -> PyResult<CoreTable> {
        let fields = &self.core.settings().fields;
        let mut table = CoreTable::new(self.core.settings());
        for (at, row) in rows(given, "rows")?.iter().enumerate() {
            let name = cell(row, id, at)?.ok_or_else(|| fault(Code::FieldMissing, at, id))?;
            let values: Vec<Option<String>> =
                fields.iter().map(|field| cell(row, &field.name, at)).collect::<PyResult<_>>()?;
            let values: Vec<Option<&str>> = values.iter().map(Option::as_deref).collect();
            table.push(&name, &values).map_err(Failure::from)?;
        }
        Ok(table)
    }
}

fn fault(code: Code, row: usize, column: &str) -> PyErr {
    Failure::from(Error::new(code).line(row as u64 + 1).field(column)).into()
}

/// What a row has in a column, as text; what is absent or no number is missing.
fn cell(row: &Bound<'_, PyAny>, column: &str, at: usize) -> PyResult<Option<String>> {
    let py = row.py();
    let Ok(value) = row.get_item(column) else { return Ok(None) };
    if value.is_none() || matches!(value.get_type().name()?.to_str()?, "NAType" | "NaTType") {
        return Ok(None);
    }
    if let Ok(text) = value.cast::<PyString>() {
        let text = text.to_str().map_err(|_| fault(Code::TextCharacter, at, column))?;
        return Ok(Some(text.to_owned()));
    }
    if PyInt::is_type_of(&value) && !PyBool::is_type_of(&value) {
        return Ok(Some(value.str()?.to_string()));
    }
    // Columns with gaps hold whole numbers as floats.
    if PyFloat::is_type_of(&value) {
        let number: f64 = value.extract()?;
        return Ok((!number.is_nan()).then(|| number.to_string()));
    }
    if value.hasattr(intern!(py, "isoformat"))? {
        return Ok(Some(value.call_method0(intern!(py, "isoformat"))?.extract()?));
    }
    if value.hasattr(intern!(py, "item"))? {
        let plain = value.call_method0(intern!(py, "item"))?;
        return Ok(Some(plain.str()?.to_string()));
    }
    let found = value.get_type().name()?.to_string();
    let fault = Error::new(Code::FieldType).line(at as u64 + 1).field(column).value(found);
    Err(Failure::from(fault.expected("a text, a number or a date")).into())
}

fn guidance(labels: &Bound<'_, PyAny>, cannot_link: &Bound<'_, PyAny>) -> PyResult<Guidance> {
    Ok(Guidance { cannot_link: from_python(cannot_link)?, labels: from_python(labels)? })
}

fn tell(told: &mut Told, at: LinkageProgress) -> bool {
    told.tell(|callable, py| callable.call1(py, (to_python(py, &at)?,)))
}

/// What linking found.
#[pyclass(frozen, module = "jipp._jipp")]
pub(crate) struct LinkageResult {
    core: Arc<Core>,
}

impl LinkageResult {
    fn new(core: Core) -> Self {
        Self { core: Arc::new(core) }
    }
}

#[pymethods]
impl LinkageResult {
    /// The names of the fields.
    #[getter]
    fn fields(&self) -> Vec<String> {
        self.core.fields.clone()
    }
    /// The pairs, the strongest first.
    #[getter]
    fn pairs(&self) -> Table {
        Table::new("Pair", self.core.pairs.clone())
    }
    /// The pairs that are linked.
    #[getter]
    fn links(&self) -> Table {
        Table::new("Pair", self.core.links().cloned().collect())
    }
    /// Groups of records that are one thing.
    #[getter]
    fn clusters(&self) -> Table {
        Table::new("Cluster", self.core.clusters.clone())
    }
    /// What was learned.
    #[getter]
    fn model<'py>(&self, py: Python<'py>) -> Answer<'py> {
        to_python(py, &self.core.model)
    }
    /// How many pairs were looked at.
    #[getter]
    fn counts<'py>(&self, py: Python<'py>) -> Answer<'py> {
        to_python(py, &self.core.counts)
    }
    /// What each threshold would bring.
    fn expectations(&self) -> Table {
        Table::new("Expectation", self.core.expectations())
    }
    fn __repr__(&self) -> String {
        let (pairs, clusters) = (self.core.pairs.len(), self.core.clusters.len());
        format!("<LinkageResult of {} records: {pairs} pairs, {clusters} clusters>", self.core.counts.records)
    }
}

/// The prior weight of a model, and the probability of a weight.
#[pyfunction]
pub(crate) fn linkage_probability(model: &Bound<'_, PyAny>, weight: Option<i64>) -> PyResult<f64> {
    let model: LinkageModel = from_python(model)?;
    Ok(model.probability(weight.unwrap_or_else(|| model.prior_weight())))
}

/// A model with probabilities that are set right by pairs whose truth is known.
#[pyfunction]
pub(crate) fn linkage_calibrated<'py>(
    py: Python<'py>,
    model: &Bound<'py, PyAny>,
    truth: &Bound<'py, PyAny>,
) -> Answer<'py> {
    let (model, truth): (LinkageModel, Vec<(i64, bool)>) = (from_python(model)?, from_python(truth)?);
    to_python(py, &model.calibrated(&truth).map_err(Failure::from)?)
}

/// Probabilities that rise with the weight, as truth has it.
#[pyfunction]
pub(crate) fn linkage_isotonic<'py>(py: Python<'py>, truth: &Bound<'py, PyAny>) -> Answer<'py> {
    let truth: Vec<(i64, bool)> = from_python(truth)?;
    to_python(py, &Isotonic::fit(&truth).map_err(Failure::from)?)
}

#[pymethods]
impl Network {
    /// How duplicates of innovations are found.
    #[staticmethod]
    fn duplicate_settings(py: Python<'_>) -> Answer<'_> {
        to_python(py, &CoreNetwork::duplicate_settings())
    }

    /// Innovations that are recorded more than once.
    #[pyo3(signature = (settings, /, *, labels, progress))]
    fn duplicates(
        &self,
        py: Python<'_>,
        settings: Given<'_, '_>,
        labels: &Bound<'_, PyAny>,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<LinkageResult> {
        let settings = settings.map_or_else(|| Ok(CoreNetwork::duplicate_settings()), from_python)?;
        let labels: Vec<Label> = from_python(labels)?;
        let core = self.core()?;
        let mut told = Told::new(progress);
        let found = py.detach(|| core.duplicates(settings, &labels, &mut |at| tell(&mut told, at)));
        Ok(LinkageResult::new(told.finish(found)?))
    }
}
