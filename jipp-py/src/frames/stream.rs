//! Streams of batches in capsules of Python: the [PyCapsule interface of Arrow][1].
//!
//! [1]: https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html

use arrow_array::ffi_stream::{ArrowArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{RecordBatch, RecordBatchIterator, RecordBatchReader as _};
use arrow_schema::SchemaRef;
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::write::Fault;

const NAME: &std::ffi::CStr = c"arrow_array_stream";

/// Hands batches over; they are shared, not copied.
pub(crate) fn capsule(py: Python<'_>, batches: Result<Vec<RecordBatch>, Fault>) -> PyResult<Bound<'_, PyCapsule>> {
    let batches = batches.map_err(|fault| PyRuntimeError::new_err(fault.to_string()))?;
    let schema = batches.first().map(RecordBatch::schema);
    let schema = schema.ok_or_else(|| PyRuntimeError::new_err("a table without columns"))?;
    let reader = RecordBatchIterator::new(batches.into_iter().map(Ok), schema);
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), NAME)
}

/// Reads all that an object with `__arrow_c_stream__` gives. The batches hold what they need of it.
pub(crate) fn stream_of(object: &Bound<'_, PyAny>) -> PyResult<(SchemaRef, Vec<RecordBatch>)> {
    let py = object.py();
    let capsule = object.call_method0("__arrow_c_stream__")?;
    let capsule =
        capsule.cast::<PyCapsule>().map_err(|_| PyTypeError::new_err("__arrow_c_stream__ gave no capsule"))?;
    let pointer = capsule.pointer_checked(Some(NAME))?.cast::<FFI_ArrowArrayStream>();
    // SAFETY: by its name the capsule holds a stream, which is moved out of it and marked as released there.
    #[allow(unsafe_code, reason = "a pointer in a capsule is how the interface hands a stream over")]
    let reader = unsafe { ArrowArrayStreamReader::from_raw(pointer.as_ptr()) };
    let fault = |error: arrow_schema::ArrowError| PyValueError::new_err(format!("the stream cannot be read: {error}"));
    let reader = reader.map_err(fault)?;
    let schema = reader.schema();
    // What gives the batches may be Python itself, on any thread.
    let batches: Result<Vec<RecordBatch>, _> = py.detach(move || reader.collect());
    Ok((schema, batches.map_err(fault)?))
}
