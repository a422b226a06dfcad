//! Records of one kind out, in the order of ids.

use std::io::Write;

use serde_json::{Map, Value};

use super::fields::{Field, FieldType, fields, value_at};
use super::formula;
use crate::base::{Code, Error, Result};
use crate::model::EntityKind;
use crate::registry::View;

/// How to write CSV.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CsvOptions {
    /// What stands between cells; `,` unless told. Import finds out by itself for `,`, `;` and tab.
    pub separator: char,
    /// Whether texts that a spreadsheet would run as a formula (beginning with `=`, `+`, `-`, `@`) get an apostrophe before them;
    /// import takes it off. On unless told.
    pub guards_formulas: bool,
}

impl Default for CsvOptions {
    fn default() -> Self {
        Self { separator: ',', guards_formulas: true }
    }
}

/// Writes every record of a kind as one JSON object a line; says how many.
///
/// # Errors
/// `store-io` if `out` fails.
///
/// # Complexity
/// Linear; one record is in memory at a time.
pub fn export_jsonl(view: &View<'_>, kind: EntityKind, out: &mut dyn Write) -> Result<u64> {
    let mut count = 0;
    for record in view.records(kind) {
        writeln!(out, "{}", record.to_fields()).map_err(|error| io_error(&error))?;
        count += 1;
    }
    out.flush().map_err(|error| io_error(&error))?;
    Ok(count)
}

/// Writes every record of a kind as CSV with every field of the kind as a column; says how many.
///
/// Reading it back gives the same records; an empty text, list or object reads as none.
///
/// # Errors
/// `option-invalid` if the separator is not `,`, `;` or a tab; `store-io` if `out` fails.
///
/// # Complexity
/// Linear; one record is in memory at a time.
pub fn export_csv(view: &View<'_>, kind: EntityKind, options: &CsvOptions, out: &mut dyn Write) -> Result<u64> {
    let separator = match options.separator {
        ',' => b',',
        ';' => b';',
        '\t' => b'\t',
        other => {
            return Err(Error::new(Code::OptionInvalid).field("separator").value(other).expected(", ; or a tab"));
        }
    };
    let columns = fields(kind);
    let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(out);
    let fault = |error: csv::Error| Error::new(Code::StoreIo).caused_by(error);
    writer.write_record(columns.iter().map(|column| &column.path)).map_err(fault)?;
    let mut count = 0;
    for record in view.records(kind) {
        let Value::Object(values) = record.to_fields() else { continue };
        let cells = columns.iter().map(|column| csv_cell(column, &values, *options));
        writer.write_record(cells).map_err(fault)?;
        count += 1;
    }
    writer.flush().map_err(|error| io_error(&error))?;
    Ok(count)
}

fn csv_cell(column: &Field, values: &Map<String, Value>, options: CsvOptions) -> String {
    let text = cell(column, values);
    match column.holds {
        FieldType::Integer | FieldType::Decimal => text,
        _ if options.guards_formulas => formula::guard(text),
        _ => text,
    }
}

fn cell(column: &Field, values: &Map<String, Value>) -> String {
    value_at(values, &column.path).map(|value| column.holds.write(value)).unwrap_or_default()
}

/// Writes the records of kinds as a workbook, one sheet for each kind; says how many. Every cell is text, so that no code loses
/// its zeros and no text becomes a formula.
///
/// # Errors
/// `text-too-long`, with the record and the field, if a text has more characters than a cell of a workbook takes (32,767);
/// `too-many` if a kind has more records than a sheet has rows (1,048,575); `store-io` if `out` fails.
///
/// # Complexity
/// Linear, in memory too.
#[cfg(feature = "xlsx")]
pub fn export_xlsx(view: &View<'_>, kinds: &[EntityKind], out: &mut dyn Write) -> Result<u64> {
    let fault = |error: rust_xlsxwriter::XlsxError| Error::new(Code::StoreIo).caused_by(error.to_string());
    let mut book = rust_xlsxwriter::Workbook::new();
    let mut count = 0;
    for kind in kinds {
        let columns = fields(*kind);
        let sheet = book.add_worksheet();
        sheet.set_name(kind.code()).map_err(fault)?;
        for (place, column) in (0..).zip(columns) {
            sheet.write_string(0, place, &column.path).map_err(fault)?;
        }
        for (row, record) in (1_u32..).zip(view.records(*kind)) {
            if row > LAST_ROW {
                return Err(Error::new(Code::TooMany).value(kind).expected(format!("at most {LAST_ROW} rows")));
            }
            let Value::Object(values) = record.to_fields() else { continue };
            for (place, column) in (0..).zip(columns) {
                let text = cell(column, &values);
                if text.is_empty() {
                    continue;
                }
                if text.chars().count() > MAX_CELL {
                    let fault = Error::new(Code::TextTooLong).about(record.reference()).field(&column.path);
                    return Err(fault.value(text).expected(format!("at most {MAX_CELL} characters in a cell")));
                }
                sheet.write_string(row, place, text).map_err(fault)?;
            }
            count += 1;
        }
    }
    let bytes = book.save_to_buffer().map_err(fault)?;
    out.write_all(&bytes).and_then(|()| out.flush()).map_err(|error| io_error(&error))?;
    Ok(count)
}

/// The most characters that a cell of a workbook takes.
#[cfg(feature = "xlsx")]
const MAX_CELL: usize = 32_767;
/// The last row of a sheet, counted from 0.
#[cfg(feature = "xlsx")]
const LAST_ROW: u32 = 1_048_575;

pub(super) fn io_error(error: &std::io::Error) -> Error {
    Error::new(Code::StoreIo).caused_by(error.to_string())
}
