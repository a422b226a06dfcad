//! The seam to the import engine: a row, and what turns it into records. Stands in for the engine's own definitions.

use crate::base::Result;
use crate::model::Record;
use crate::registry::View;

/// One row of a file: a line of JSON Lines or of CSV, with its fields by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The line it stands on, counted from 1.
    pub line: u64,
    /// Its fields.
    pub fields: serde_json::Map<String, serde_json::Value>,
}

/// Turns rows into records.
pub trait RowReader {
    /// The records that a row stands for, those it refers to first.
    ///
    /// # Errors
    /// Kind `invalid`, with line and field, if the row cannot be read.
    fn read(&mut self, row: &Row, view: &View<'_>) -> Result<Vec<Record>>;
}
