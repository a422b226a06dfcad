//! A read-only sequence of rows.

use jipp_core::model::{EntityKind, Record};
use pyo3::exceptions::{PyIndexError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PySlice, PyTuple};
use serde::Serialize;

use super::{as_sequence, html};
use crate::frames::{Cells, Fault, Writing, batches, capsule};
use crate::values::to_python;

/// Rows of whatever type: each becomes a Python value when it is looked at.
trait Rows: Send + Sync {
    fn len(&self) -> usize;
    fn row<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>>;
    /// Writes a row for a data frame.
    fn write(&self, at: usize, into: &mut Writing) -> Result<(), Fault>;
    /// The ids of the rows, where they have any.
    fn ids(&self) -> Option<Vec<&str>> {
        None
    }
}

/// Records of one kind.
struct Records(Vec<Record>);

impl Rows for Records {
    fn len(&self) -> usize {
        self.0.len()
    }
    fn row<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        self.0.row(py, at)
    }
    fn write(&self, at: usize, into: &mut Writing) -> Result<(), Fault> {
        self.0.write(at, into)
    }
    fn ids(&self) -> Option<Vec<&str>> {
        Some(self.0.iter().map(Record::id).collect())
    }
}

impl<T: Serialize + Send + Sync> Rows for Vec<T> {
    fn len(&self) -> usize {
        Vec::len(self)
    }
    fn row<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        match self.get(at) {
            Some(row) => to_python(py, row),
            None => Err(PyIndexError::new_err("no such row")),
        }
    }
    fn write(&self, at: usize, into: &mut Writing) -> Result<(), Fault> {
        self.get(at).map_or(Ok(()), |row| into.row(row))
    }
}

/// The place in a sequence of `len` that Python means by a number; negative ones count from the end.
pub(super) fn place(at: isize, len: usize) -> PyResult<usize> {
    let from_start = if at < 0 { len.checked_add_signed(at) } else { usize::try_from(at).ok() };
    let fault = || PyIndexError::new_err(format!("row {at} of {len}"));
    from_start.filter(|at| *at < len).ok_or_else(fault)
}

/// Makes a data frame of what can be streamed.
pub(super) fn frame<'py>(rows: &Bound<'py, PyAny>, way: &str) -> PyResult<Bound<'py, PyAny>> {
    rows.py().import("jipp._frames")?.getattr(way)?.call1((rows,))
}

/// A sequence of rows that cannot be changed.
#[pyclass(frozen, sequence, module = "jipp._jipp")]
pub(crate) struct Table {
    /// What a row is, such as `Link`.
    name: &'static str,
    rows: Box<dyn Rows>,
}

impl Table {
    pub(crate) fn new<T: Serialize + Send + Sync + 'static>(name: &'static str, rows: Vec<T>) -> Self {
        Self { name, rows: Box::new(rows) }
    }

    pub(crate) fn of_records(kind: EntityKind, records: Vec<Record>) -> Self {
        Self { name: kind.code(), rows: Box::new(Records(records)) }
    }
}

#[pymethods]
impl Table {
    fn __len__(&self) -> usize {
        self.rows.len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, at: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        if let Ok(slice) = at.cast::<PySlice>() {
            let range = slice.indices(isize::try_from(self.rows.len()).unwrap_or(isize::MAX))?;
            let rows: PyResult<Vec<_>> = (0..range.slicelength)
                .map(|step| {
                    let at = range.start + range.step * isize::try_from(step).unwrap_or(isize::MAX);
                    self.rows.row(py, place(at, self.rows.len())?)
                })
                .collect();
            return Ok(PyTuple::new(py, rows?)?.into_any());
        }
        self.rows.row(py, place(at.extract()?, self.rows.len())?)
    }

    /// The ids of the rows; None where they have none.
    fn ids(&self) -> Option<Vec<&str>> {
        self.rows.ids()
    }

    /// The rows as a stream of Arrow: any data frame library takes it.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // What is asked for is a wish by the rules of the interface; these columns are always the same.
        let _ = requested_schema;
        let cells = Cells::of(self.name);
        let cells = cells.ok_or_else(|| PyTypeError::new_err(format!("rows of {} have no columns", self.name)))?;
        let write = |at: usize, into: &mut Writing| self.rows.write(at, into);
        capsule(py, py.detach(|| batches(cells, self.rows.len(), &write)))
    }

    /// The rows as a table of `PyArrow`.
    fn to_arrow<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frame(this.as_any(), "to_arrow")
    }

    /// The rows as a data frame of pandas.
    fn to_pandas<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frame(this.as_any(), "to_pandas")
    }

    /// The rows as a data frame of polars.
    fn to_polars<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        frame(this.as_any(), "to_polars")
    }

    /// What a row is.
    #[getter]
    fn row_type(&self) -> &'static str {
        self.name
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
        html(slf.as_any(), "table")
    }

    fn __repr__(&self) -> String {
        format!("<{} rows of {}>", self.rows.len(), self.name)
    }
}
