//! Excel workbooks.

use std::io::{Read, Seek};

use calamine::{Data, Range, Reader as _};
use serde_json::{Map, Value};

use super::{Row, RowSource, name_columns};
use crate::base::{Code, Error, Result};

/// One sheet of an .xlsx workbook, with a header row. The sheet is held in memory.
///
/// Numbers become plain decimals, dates `YYYY-MM-DD`, booleans `true` and `false`; a cell with an error (`#N/A`) makes its
/// row unreadable.
pub struct Xlsx {
    name: String,
    cells: Range<Data>,
    headers: Vec<String>,
    next: usize,
}

impl Xlsx {
    /// Reads a sheet by its name, or the first.
    ///
    /// # Errors
    /// `xlsx-syntax` if this is no workbook, has no such sheet or no header row; `too-many` columns.
    pub fn new<R: Read + Seek>(input: R, name: &str, sheet: Option<&str>) -> Result<Self> {
        let fault =
            |error: calamine::XlsxError| Error::new(Code::XlsxSyntax).source_name(name).caused_by(error.to_string());
        let mut book = calamine::Xlsx::new(input).map_err(fault)?;
        let cells = match sheet {
            Some(sheet) => book.worksheet_range(sheet).map_err(fault)?,
            None => match book.worksheet_range_at(0) {
                Some(cells) => cells.map_err(fault)?,
                None => return Err(Error::new(Code::XlsxSyntax).source_name(name).expected("at least one sheet")),
            },
        };
        let header = cells.rows().next().unwrap_or_default();
        let header = header.iter().map(|cell| text(cell).unwrap_or_default()).collect();
        let headers = name_columns(header, Code::XlsxSyntax).map_err(|error| error.source_name(name))?;
        Ok(Self { name: name.to_owned(), cells, headers, next: 1 })
    }

    fn row(&self, line: u64, cells: &[Data]) -> Result<Row> {
        let mut fields = Map::new();
        for (index, cell) in cells.iter().enumerate() {
            let header = self.headers.get(index).cloned().unwrap_or_else(|| format!("column {}", index + 1));
            let text = text(cell).map_err(|error| error.line(line).field(&header))?;
            match text.trim() {
                "" => {}
                text if index < self.headers.len() => drop(fields.insert(header, Value::from(text))),
                text => {
                    let fault = Error::new(Code::XlsxSyntax).line(line).field(header).value(text);
                    return Err(fault.expected("a header above every cell"));
                }
            }
        }
        Ok(Row { line, fields, ..Row::default() })
    }
}

impl RowSource for Xlsx {
    fn next(&mut self) -> Option<Result<Row>> {
        let first = u64::from(self.cells.start().unwrap_or_default().0) + 1;
        loop {
            let index = self.next;
            if index >= self.cells.height() {
                return None;
            }
            self.next += 1;
            let cells = &self.cells[index];
            if cells.iter().any(|cell| *cell != Data::Empty) {
                return Some(self.row(first + index as u64, cells));
            }
        }
    }

    fn rewind(&mut self) -> Result<()> {
        self.next = 1;
        Ok(())
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn headers(&self) -> &[String] {
        &self.headers
    }
}

/// Whole numbers below this are exact in a float.
const EXACT: f64 = 9_007_199_254_740_992.0;

fn text(cell: &Data) -> Result<String> {
    Ok(match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < EXACT => format!("{number:.0}"),
        Data::Float(number) => number.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
            }
        }
        Data::DateTime(duration) => duration.as_f64().to_string(),
        Data::Error(error) => {
            return Err(Error::new(Code::XlsxSyntax).value(error).expected("a cell without an error"));
        }
    })
}
