//! Everything of the core that needs no network: functions on plain values, and the few objects they share.

mod agreement;
mod arrays;
mod contest;
mod dates;
mod decision;
mod evaluation;
mod graphs;
mod index;
mod lineage;
mod linkage;
mod model;
mod records;
mod search;
mod severity;
mod text;
mod vocabulary;
mod words;

pub(crate) use agreement::*;
pub(crate) use contest::*;
pub(crate) use dates::*;
pub(crate) use decision::*;
pub(crate) use evaluation::*;
pub(crate) use graphs::*;
pub(crate) use index::*;
pub(crate) use lineage::*;
pub(crate) use linkage::*;
pub(crate) use model::*;
pub(crate) use records::*;
pub(crate) use search::*;
pub(crate) use severity::*;
pub(crate) use text::*;
pub(crate) use vocabulary::*;
pub(crate) use words::*;

use pyo3::prelude::*;

/// What Python gives, if it gives anything.
type Given<'a, 'py> = Option<&'a Bound<'py, PyAny>>;
/// A value for Python.
type Answer<'py> = PyResult<Bound<'py, PyAny>>;
