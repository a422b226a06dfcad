//! CSV, as spreadsheets write it.

use std::io::{BufRead, Seek};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use serde_json::{Map, Value};

use super::json_lines::utf8;
use super::{Lines, MAX_ROW_BYTES, Row, RowSource, name_columns};
use crate::base::{Code, Error, Result};
use crate::exchange::formula;

/// The most lines that one record may stretch over: where a quote is never closed, only so many are looked at.
const MAX_LINES: u64 = 1_000;

/// A CSV file with a header row: UTF-8, with or without byte order mark, separated by `,`, `;` or tabs (whichever the
/// header holds most of), quoted by `"`.
///
/// An apostrophe that guards a text against being taken for a formula (`'=1+1`, see [`export_csv`]) is taken off.
///
/// [`export_csv`]: crate::exchange::export_csv
pub struct Csv<R> {
    lines: Lines<R>,
    parser: Reader,
    headers: Vec<String>,
    /// Where the first record begins: lines before it, and bytes.
    body: (u64, u64),
    bytes: Vec<u8>,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl<R: BufRead + Seek> Csv<R> {
    /// Reads from the beginning of a file; `name` stands in messages.
    ///
    /// # Errors
    /// `csv-syntax`, `utf8`, `line-too-long` and `too-many` if there is no header row that can be read; kind `storage`.
    pub fn new(input: R, name: &str) -> Result<Self> {
        let mut lines = Lines::new(input, name);
        let mut first = Vec::new();
        lines.read(&mut first)?;
        lines.seek(0, 0)?;
        let parser = ReaderBuilder::new().delimiter(sniff(&first)).build();
        let (headers, body, bytes, text, ends) = Default::default();
        let mut csv = Self { lines, parser, headers, body, bytes, text, ends };
        let named = |error: Error| error.source_name(name);
        let cells = match csv.record() {
            Some(cells) => cells.map_err(named)?,
            None => Vec::new(),
        };
        csv.headers = name_columns(cells, Code::CsvSyntax).map_err(named)?;
        csv.body = (csv.lines.line, csv.lines.offset);
        Ok(csv)
    }

    /// The cells of the next record that is not empty.
    fn record(&mut self) -> Option<Result<Vec<String>>> {
        let (mut start, mut offset) = (self.lines.line, self.lines.offset);
        self.parser.reset();
        let (mut used, mut count) = (0, 0);
        loop {
            match self.lines.read(&mut self.bytes) {
                Ok(true) => {}
                // The end of the file ends a record, unless a quote is open.
                Ok(false) if self.lines.line == start => return None,
                Ok(false) => return Some(Err(self.unclosed(start, offset))),
                Err(error) => return Some(Err(error)),
            }
            if self.bytes.last() != Some(&b'\n') {
                self.bytes.push(b'\n');
            }
            if self.lines.line - start > MAX_LINES || used + self.bytes.len() > MAX_ROW_BYTES {
                return Some(Err(self.unclosed(start, offset)));
            }
            let mut input = &self.bytes[..];
            loop {
                let space = used + input.len() + 1;
                if self.text.len() < space {
                    self.text.resize(space, 0);
                }
                if self.ends.len() < count + 64 {
                    self.ends.resize(count + 64, 0);
                }
                let (text, ends) = (&mut self.text[used..], &mut self.ends[count..]);
                let (result, read, written, fields) = self.parser.read_record(input, text, ends);
                input = &input[read..];
                used += written;
                count += fields;
                match result {
                    ReadRecordResult::Record => return Some(self.cells(count, start + 1)),
                    ReadRecordResult::InputEmpty | ReadRecordResult::End => break,
                    ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {}
                }
            }
            // Empty lines belong to no record: it begins behind them.
            if used == 0 && count == 0 && self.bytes.trim_ascii().is_empty() {
                self.parser.reset();
                (start, offset) = (self.lines.line, self.lines.offset);
            }
        }
    }

    fn cells(&self, count: usize, line: u64) -> Result<Vec<String>> {
        let mut from = 0;
        let cell = |(index, end): (usize, &usize)| {
            let bytes = &self.text[std::mem::replace(&mut from, *end)..*end];
            let header = || self.headers.get(index).map_or_else(|| format!("column {}", index + 1), Clone::clone);
            std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| utf8(&error).line(line).field(header()))
        };
        self.ends[..count].iter().enumerate().map(cell).collect()
    }

    /// A quote is never closed: the record is given up, and reading goes on with the line after its first.
    fn unclosed(&mut self, start: u64, offset: u64) -> Error {
        let again = self.lines.seek(start, offset).and_then(|()| self.lines.read(&mut self.bytes));
        match again {
            Ok(_) => Error::new(Code::CsvSyntax).line(start + 1).expected("a closing quote"),
            Err(error) => error,
        }
    }

    fn row(&self, line: u64, cells: Vec<String>) -> Result<Row> {
        let mut fields = Map::new();
        for (index, cell) in cells.into_iter().enumerate() {
            let text = formula::unguard(cell.trim());
            match self.headers.get(index) {
                _ if text.is_empty() => {}
                Some(header) => drop(fields.insert(header.clone(), Value::from(text))),
                None => {
                    let expected = format!("at most {} cells, as the header has", self.headers.len());
                    return Err(Error::new(Code::CsvSyntax).line(line).value(text).expected(expected));
                }
            }
        }
        Ok(Row { line, fields, ..Row::default() })
    }
}

impl<R: BufRead + Seek> RowSource for Csv<R> {
    fn next(&mut self) -> Option<Result<Row>> {
        loop {
            let line = self.lines.line + 1;
            let row = match self.record()? {
                Ok(cells) => self.row(line, cells),
                Err(error) => Err(error),
            };
            if !row.as_ref().is_ok_and(|row| row.fields.is_empty()) {
                return Some(row);
            }
        }
    }

    fn rewind(&mut self) -> Result<()> {
        self.lines.seek(self.body.0, self.body.1)
    }

    fn name(&self) -> &str {
        self.lines.name()
    }

    fn headers(&self) -> &[String] {
        &self.headers
    }
}

/// The separator that the header holds most of.
fn sniff(header: &[u8]) -> u8 {
    let count = |separator: u8| header.split(|byte| *byte == separator).count();
    let mut best = b',';
    for separator in [b';', b'\t'] {
        if count(separator) > count(best) {
            best = separator;
        }
    }
    best
}
