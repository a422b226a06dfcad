//! Rows: what every kind of file comes down to.
//!
//! A source hands over one row after the other and can start again; it never holds the whole file (a workbook apart). A row
//! that cannot be read is an error with its line, and reading goes on behind it.

mod csv;
mod json_lines;
mod lines;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use csv::Csv;
pub use json_lines::JsonLines;
pub(super) use lines::Lines;
use serde_json::{Map, Value};
#[cfg(feature = "xlsx")]
pub use xlsx::Xlsx;

use crate::base::{Code, Error, Result};
use crate::model::EntityKind;

/// The greatest length of one row, in bytes (4 MiB). JSON inside it may be nested 127 deep.
pub const MAX_ROW_BYTES: usize = 4 << 20;

/// The most columns of a file with a header row, as many as a sheet of a workbook has.
pub const MAX_COLUMNS: usize = 16_384;

/// One row of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The line it begins in, counted from 1; in a workbook, the row of the sheet.
    pub line: u64,
    /// Its values by column or key. Empty cells are absent. Of a row with [`raw`](Row::raw) text, empty until
    /// [`parse`](Row::parse).
    pub fields: Map<String, Value>,
    /// The JSON text of the row, where the source is JSON.
    pub raw: Option<String>,
    /// The kind of the record, where the source says it.
    pub kind: Option<EntityKind>,
}

impl Row {
    /// Fills [`fields`](Row::fields) from the JSON text, where there is one.
    ///
    /// # Errors
    /// `json-syntax`; `field-type` if the text is no JSON object.
    pub fn parse(&mut self) -> Result<()> {
        if let Some(raw) = &self.raw {
            self.fields = parse_object(raw).map_err(|error| error.line(self.line))?;
        }
        Ok(())
    }
}

/// Reads a JSON object.
pub(super) fn parse_object(text: &str) -> Result<Map<String, Value>> {
    match serde_json::from_str(text) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(other) => Err(Error::new(Code::FieldType).value(other).expected("a JSON object")),
        Err(error) => Err(Error::new(Code::JsonSyntax).expected(error.to_string())),
    }
}

/// Where rows come from.
pub trait RowSource {
    /// The next row, or why it cannot be read; `None` at the end. Reading goes on after an error, unless it is of kind
    /// `storage`.
    fn next(&mut self) -> Option<Result<Row>>;

    /// Goes back to the first row.
    ///
    /// # Errors
    /// Kind `storage`.
    fn rewind(&mut self) -> Result<()>;

    /// The name of the file, for messages.
    fn name(&self) -> &str;

    /// The headers, where the file has them.
    fn headers(&self) -> &[String] {
        &[]
    }
}

/// Names for the columns of a header row: blanks at the ends of the row are left out, gaps are named by their place.
///
/// # Errors
/// `fault` if a header stands twice or there is none; `too-many` if there are more than [`MAX_COLUMNS`].
fn name_columns(mut cells: Vec<String>, fault: Code) -> Result<Vec<String>> {
    while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    if cells.len() > MAX_COLUMNS {
        let expected = format!("at most {MAX_COLUMNS} columns");
        return Err(Error::new(Code::TooMany).line(1).value(cells.len()).expected(expected));
    }
    let name = |(index, cell): (usize, &String)| match cell.trim() {
        "" => format!("column {}", index + 1),
        name => name.to_owned(),
    };
    let names: Vec<String> = cells.iter().enumerate().map(name).collect();
    if names.is_empty() {
        return Err(Error::new(fault).line(1).expected("a row of headers"));
    }
    let mut seen = std::collections::BTreeSet::new();
    match names.iter().find(|name| !seen.insert(name.as_str())) {
        Some(twice) => Err(Error::new(fault).line(1).field(twice).expected("each header once")),
        None => Ok(names),
    }
}

pub(super) fn io_error(error: std::io::Error, source: &str) -> Error {
    Error::new(Code::StoreIo).source_name(source).caused_by(error)
}
