//! Text folding and partial dates.

use jipp_core::base::{self, PartialDate};
use pyo3::pyfunction;

use crate::error::Result;

/// Folds text for comparison: NFKC, lower case, no diacritics, one blank between words, none at the ends.
#[pyfunction]
#[pyo3(signature = (text, /))]
pub(crate) fn fold(text: &str) -> String {
    base::fold(text)
}

/// Folded words joined by ``-``: the part of an id that is made from a name.
#[pyfunction]
#[pyo3(signature = (text, /))]
pub(crate) fn slug(text: &str) -> String {
    base::slug(text)
}

/// Reads ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` as (year, month, day), with ``None`` for what is not known.
#[pyfunction]
#[pyo3(signature = (text, /))]
pub(crate) fn parse_date(text: &str) -> Result<(i32, Option<u32>, Option<u32>)> {
    let date: PartialDate = text.parse()?;
    Ok((date.year(), date.month(), date.day()))
}
