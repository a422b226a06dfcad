//! Reading the fields of a row, and the files that rows stand in.

use std::path::Path;
use std::str::FromStr;

use serde_json::{Map, Value};

use crate::base::{Code, Error, PartialDate, Result};
use crate::exchange::Row;
use crate::model::{Confidence, Line, Mark, Provenance, Text};

/// The fields of a row or of an object inside it. A field that is missing, null or blank is unknown.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    pub(super) fn of(row: &'a Row) -> Self {
        Self(&row.fields)
    }

    fn get(self, name: &str) -> Option<&'a Value> {
        let blank = |value: &Value| value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty());
        self.0.get(name).filter(|value| !blank(value))
    }

    fn read<T>(self, name: &str, expected: &str, take: impl Fn(&'a Value) -> Option<T>) -> Result<Option<T>> {
        let wrong = |value: &Value| Error::new(Code::FieldType).field(name).value(value).expected(expected);
        self.get(name).map(|value| take(value).ok_or_else(|| wrong(value))).transpose()
    }

    /// The text of a field.
    pub(super) fn text(self, name: &str) -> Result<Option<&'a str>> {
        self.read(name, "a text", |value| value.as_str().map(str::trim))
    }
    /// The text of a field that must be there.
    pub(super) fn need(self, name: &str) -> Result<&'a str> {
        self.text(name)?.ok_or_else(|| Error::new(Code::FieldMissing).field(name))
    }
    /// The value of a field that is written as text.
    pub(super) fn parse<T: FromStr<Err = Error>>(self, name: &str) -> Result<Option<T>> {
        self.text(name)?.map(|text| text.parse().map_err(|error: Error| error.field(name))).transpose()
    }
    /// The value of a field that must be there and is written as text.
    pub(super) fn need_parsed<T: FromStr<Err = Error>>(self, name: &str) -> Result<T> {
        self.parse(name)?.ok_or_else(|| Error::new(Code::FieldMissing).field(name))
    }
    /// A term of a vocabulary, where `unknown` stands for nothing.
    pub(super) fn term<T: FromStr<Err = Error>>(self, name: &str) -> Result<Option<T>> {
        if self.text(name)? == Some("unknown") { Ok(None) } else { self.parse(name) }
    }
    /// One line of text.
    pub(super) fn line(self, name: &str) -> Result<Option<Line>> {
        self.parse(name)
    }
    /// Running text.
    pub(super) fn long(self, name: &str) -> Result<Option<Text>> {
        self.parse(name)
    }
    /// A date of any precision; a bare number is a year.
    pub(super) fn date(self, name: &str) -> Result<Option<PartialDate>> {
        let text = self.read(name, "a date", |value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => number.as_u64().map(|year| year.to_string()),
            _ => None,
        })?;
        text.map(|text| text.parse().map_err(|error: Error| error.field(name))).transpose()
    }
    /// A count, as a number or in digits.
    pub(super) fn count(self, name: &str) -> Result<Option<u64>> {
        self.read(name, "a whole number", |value| value.as_u64().or_else(|| value.as_str()?.trim().parse().ok()))
    }
    /// Yes or no.
    pub(super) fn flag(self, name: &str) -> Result<Option<bool>> {
        self.read(name, "true or false", |value| value.as_bool().or_else(|| value.as_str()?.trim().parse().ok()))
    }
    /// A list of texts; unknown is empty.
    pub(super) fn list(self, name: &str) -> Result<Vec<&'a str>> {
        let texts = |value: &'a Value| value.as_array()?.iter().map(Value::as_str).collect();
        Ok(self.read(name, "a list of texts", texts)?.unwrap_or_default())
    }
    /// A list of objects; unknown is empty.
    pub(super) fn objects(self, name: &str) -> Result<Vec<Fields<'a>>> {
        let maps = |value: &'a Value| value.as_array()?.iter().map(|v| v.as_object().map(Fields)).collect();
        Ok(self.read(name, "a list of objects", maps)?.unwrap_or_default())
    }
    /// An object that must be there.
    pub(super) fn object(self, name: &str) -> Result<Fields<'a>> {
        let found = self.read(name, "an object", |value| value.as_object().map(Fields))?;
        found.ok_or_else(|| Error::new(Code::FieldMissing).field(name))
    }

    /// Where the row comes from: its address and how sure whoever gathered it was.
    pub(super) fn provenance(self) -> Result<Provenance> {
        let source = self.need_parsed("source_url")?;
        Ok(Provenance { confidence: self.parse::<Confidence>("confidence")?, ..said(source) })
    }
}

/// Where a record as a whole comes from.
pub(super) fn said(source: Line) -> Provenance {
    Provenance { field: None, source, retrieved_on: None, confidence: None, mark: None, note: None }
}

/// Where one field comes from and how well it is known.
pub(super) fn remark(field: &str, source: &Line, mark: Mark, note: &str) -> Result<Provenance> {
    let (field, note) = (Some(Line::new(field)?), Some(Line::new(note)?));
    Ok(Provenance { field, mark: Some(mark), note, ..said(source.clone()) })
}

/// A text as whoever compares names sees it: its folded words.
pub(super) fn key(text: &str) -> String {
    crate::base::words(text).join(" ")
}

/// The rows of a JSON Lines or CSV file.
///
/// # Errors
/// `store-io`, `json-syntax`, `csv-syntax`.
pub(super) fn read_rows(path: &Path) -> Result<Vec<Row>> {
    let name = path.display().to_string();
    let text =
        std::fs::read_to_string(path).map_err(|cause| Error::new(Code::StoreIo).source_name(&name).caused_by(cause))?;
    let rows = if path.extension().is_some_and(|extension| extension == "csv") { csv(&text) } else { jsonl(&text) };
    rows.map_err(|error| error.source_name(&name))
}

fn jsonl(text: &str) -> Result<Vec<Row>> {
    let row = |(line, text)| match serde_json::from_str(text) {
        Ok(fields) => Ok(Row { line, fields, ..Row::default() }),
        Err(cause) => Err(Error::new(Code::JsonSyntax).line(line).caused_by(cause)),
    };
    (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()).map(row).collect()
}

fn csv(text: &str) -> Result<Vec<Row>> {
    let fault = |cause: csv::Error| {
        let line = cause.position().map_or(1, csv::Position::line);
        Error::new(Code::CsvSyntax).line(line).caused_by(cause)
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().map_err(fault)?.clone();
    let row = |record: csv::Result<csv::StringRecord>| {
        let record = record.map_err(fault)?;
        let line = record.position().map_or(0, csv::Position::line);
        let field = |(name, value): (&str, &str)| (name.to_owned(), Value::from(value));
        Ok(Row { line, fields: header.iter().zip(&record).map(field).collect(), ..Row::default() })
    };
    reader.records().map(row).collect()
}
