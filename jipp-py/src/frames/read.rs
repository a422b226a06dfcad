//! Rows of a data frame as rows of an import.
//!
//! A cell becomes what the same cell of a workbook is: numbers plain decimals, dates `YYYY-MM-DD`, and the core reads it as the field
//! wants it. So a code that somebody's reader took for a number is still a code, and every fault has the words it has for a
//! CSV. Null and blank cells are absent.

use std::fmt::Display;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use jipp_core::base::{Code, Timestamp};
use jipp_core::exchange::{FieldType, Row, RowSource, fields};
use jipp_core::model::EntityKind;
use jipp_core::{Error, Result};
use pyo3::prelude::*;
use serde_json::{Map, Number, Value};

use super::layout;
use super::schema::Holds;
use super::stream::stream_of;
use crate::error::Failure;

/// Whole numbers below this are exact in a float.
const EXACT: f64 = 9_007_199_254_740_992.0;
const DAY_MS: i64 = 86_400_000;

/// A data frame as a source of rows, which are numbered from 1.
pub(crate) struct Frame {
    batches: Vec<RecordBatch>,
    columns: Vec<Column>,
    headers: Vec<String>,
    batch: usize,
    row: usize,
    line: u64,
}

/// A column that is read.
struct Column {
    at: usize,
    name: String,
    /// What the field holds, where the column is one of a frame that jipp gave.
    holds: Option<&'static Holds>,
    /// The place of the column with the present state, where this one has the steps that led to it.
    state: Option<usize>,
}

impl Frame {
    /// Looks at the columns.
    ///
    /// # Errors
    /// `field-type`, with the column, for a type that no cell of a record has; `csv-syntax` for a name that stands twice.
    pub(crate) fn new((schema, batches): (SchemaRef, Vec<RecordBatch>), kind: Option<EntityKind>) -> Result<Self> {
        let mut columns = Vec::new();
        for (at, field) in schema.fields().iter().enumerate() {
            if is_index(field.name()) {
                continue;
            }
            check(field, field.name()).map_err(|error| error.field(field.name()))?;
            let (name, state) = match steps_of(field, kind) {
                Some(status) => (status.to_owned(), Some(place(&schema, status))),
                None => (field.name().clone(), None),
            };
            let holds = kind.and_then(|kind| held(kind, &name));
            columns.push(Column { at, name, holds, state: state.flatten() });
        }
        // Where steps are given, the state beside them says nothing new, or is looked at with them.
        let with_steps: Vec<usize> = columns.iter().filter_map(|column| column.state).collect();
        columns.retain(|column| !with_steps.contains(&column.at));
        let mut headers = Vec::new();
        for column in &columns {
            name_columns(schema.field(column.at), &column.name, &mut headers);
        }
        let mut seen = std::collections::BTreeSet::new();
        if let Some(twice) = headers.iter().find(|name| !seen.insert(name.as_str())) {
            return Err(Error::new(Code::CsvSyntax).field(twice).expected("each column once"));
        }
        Ok(Self { batches, columns, headers, batch: 0, row: 0, line: 0 })
    }

    /// The cells of the next row, with its number; None after the last.
    fn next_cells(&mut self) -> Option<Result<Map<String, Value>>> {
        while self.row >= self.batches.get(self.batch)?.num_rows() {
            (self.batch, self.row) = (self.batch + 1, 0);
        }
        self.line += 1;
        let cells = self.cells().map_err(|error| error.line(self.line));
        self.row += 1;
        Some(cells)
    }

    fn cells(&self) -> Result<Map<String, Value>> {
        let mut fields = Map::new();
        let Some(batch) = self.batches.get(self.batch) else { return Ok(fields) };
        for column in &self.columns {
            let read = |at: usize, holds: Option<&Holds>| {
                cell(batch.column(at), self.row, holds).map_err(|error| error.field(&column.name))
            };
            let mut value = read(column.at, column.holds)?;
            if let Some(state) = column.state {
                let state = read(state, None)?;
                // Somebody set another state than the steps lead to: then that is what the row says.
                if state.is_some() && state.as_ref() != value.as_ref().and_then(led_to) {
                    value = state;
                }
            }
            if let Some(value) = value {
                fields.insert(column.name.clone(), value);
            }
        }
        Ok(fields)
    }
}

/// The rows of a data frame that is no import, with their JSON types; what is null is absent.
pub(crate) fn rows(object: &Bound<'_, PyAny>) -> PyResult<Vec<Map<String, Value>>> {
    let mut frame = Frame::new(stream_of(object)?, None).map_err(Failure::from)?;
    let rows: Result<Vec<_>> = std::iter::from_fn(|| frame.next_cells()).collect();
    Ok(rows.map_err(|error| Failure::from(error.source_name(frame.name())))?)
}

impl RowSource for Frame {
    fn next(&mut self) -> Option<Result<Row>> {
        let cells = self.next_cells()?;
        let row = |cells: Map<String, Value>| {
            let fields = cells.into_iter().map(|(name, value)| (name, plain(value))).collect();
            Row { line: self.line, fields, ..Row::default() }
        };
        Some(cells.map(row))
    }
    fn rewind(&mut self) -> Result<()> {
        (self.batch, self.row, self.line) = (0, 0, 0);
        Ok(())
    }
    fn name(&self) -> &'static str {
        "data frame"
    }
    fn headers(&self) -> &[String] {
        &self.headers
    }
}

fn place(schema: &Schema, name: &str) -> Option<usize> {
    schema.fields().iter().position(|field| field.name() == name)
}

/// What a field of a kind holds, by its path.
fn held(kind: EntityKind, path: &str) -> Option<&'static Holds> {
    let mut fields = layout::fields(kind.code())?;
    let mut found = None;
    for part in path.split('.') {
        let field = fields.iter().find(|field| field.name == part)?;
        found = Some(&field.holds);
        fields = if let Holds::Struct(inner) = field.holds { inner } else { &[] };
    }
    found
}

/// The names that a column brings: of a struct those of its fields, with dots.
fn name_columns(field: &Field, name: &str, into: &mut Vec<String>) {
    match field.data_type() {
        DataType::Struct(fields) => {
            fields.iter().for_each(|field| name_columns(field, &format!("{name}.{}", field.name()), into));
        }
        _ => into.push(name.to_owned()),
    }
}

/// What pandas calls an index that has no name: the numbers of rows, and nothing of the record.
fn is_index(name: &str) -> bool {
    name.starts_with("__index_level_") && name.ends_with("__")
}

/// The status whose steps a column holds.
fn steps_of(field: &Field, kind: Option<EntityKind>) -> Option<&str> {
    let name = field.name().strip_suffix(".steps")?;
    let is_status =
        |field: &jipp_core::exchange::Field| field.path == name && matches!(field.holds, FieldType::Status(_));
    fields(kind?).iter().any(is_status).then_some(name)
}

/// The state that steps lead to.
fn led_to(steps: &Value) -> Option<&Value> {
    steps.as_array()?.last()?.get("to")
}

/// Refuses types that no cell can have, before the first row is read.
fn check(field: &Field, column: &str) -> Result<()> {
    use DataType as T;
    let refuse = |what: &dyn Display| {
        let expected = "texts, numbers, truths, dates, times, or lists and structs of them";
        Err(Error::new(Code::FieldType).field(column).value(what).expected(expected))
    };
    match field.extension_type_name() {
        None | Some("arrow.json" | "arrow.bool8") => {}
        Some(name) => return refuse(&name),
    }
    match field.data_type() {
        T::Null
        | T::Boolean
        | T::Utf8
        | T::LargeUtf8
        | T::Utf8View
        | T::Date32
        | T::Date64
        | T::Timestamp(..)
        | T::Int8
        | T::Int16
        | T::Int32
        | T::Int64
        | T::UInt8
        | T::UInt16
        | T::UInt32
        | T::UInt64
        | T::Float32
        | T::Float64
        | T::Decimal128(..) => Ok(()),
        T::List(of) | T::LargeList(of) | T::FixedSizeList(of, _) => check(of, column),
        T::Struct(fields) => fields.iter().try_for_each(|field| check(field, column)),
        T::Dictionary(_, of) => check(&Field::new(field.name(), (**of).clone(), true), column),
        other => refuse(other),
    }
}

/// A cell with its JSON type; None where it is absent. What it holds matters only for what became JSON on its way out.
fn cell(array: &ArrayRef, at: usize, holds: Option<&Holds>) -> Result<Option<Value>> {
    use DataType as T;
    if array.is_null(at) || matches!(array.data_type(), T::Null) {
        return Ok(None);
    }
    let value = match array.data_type() {
        T::Utf8 => text(array.as_string::<i32>().value(at)),
        T::LargeUtf8 => text(array.as_string::<i64>().value(at)),
        T::Utf8View => text(array.as_string_view().value(at)),
        T::Boolean => Some(Value::Bool(array.as_boolean().value(at))),
        T::Int8 => Some(number::<Int8Type>(array, at)),
        T::Int16 => Some(number::<Int16Type>(array, at)),
        T::Int32 => Some(number::<Int32Type>(array, at)),
        T::Int64 => Some(number::<Int64Type>(array, at)),
        T::UInt8 => Some(number::<UInt8Type>(array, at)),
        T::UInt16 => Some(number::<UInt16Type>(array, at)),
        T::UInt32 => Some(number::<UInt32Type>(array, at)),
        T::UInt64 => Some(number::<UInt64Type>(array, at)),
        T::Float32 => Some(decimal(array.as_primitive::<Float32Type>().value(at))?),
        T::Float64 => Some(decimal(array.as_primitive::<Float64Type>().value(at))?),
        T::Decimal128(..) => Some(Value::String(array.as_primitive::<Decimal128Type>().value_as_string(at))),
        T::Date32 => Some(date(i64::from(array.as_primitive::<Date32Type>().value(at)).saturating_mul(DAY_MS))?),
        T::Date64 => Some(date(array.as_primitive::<Date64Type>().value(at))?),
        T::Timestamp(unit, zone) => Some(time(milliseconds(array, *unit, at), zone.is_some())?),
        T::List(_) => list(&array.as_list::<i32>().value(at), holds)?,
        T::LargeList(_) => list(&array.as_list::<i64>().value(at), holds)?,
        T::FixedSizeList(..) => list(&array.as_fixed_size_list().value(at), holds)?,
        T::Struct(_) => structure(array, at, holds)?,
        T::Dictionary(..) => {
            let dictionary = array.as_any_dictionary();
            match dictionary.normalized_keys().get(at) {
                Some(key) => cell(dictionary.values(), *key, holds)?,
                None => None,
            }
        }
        _ => None,
    };
    Ok(value)
}

fn text(text: &str) -> Option<Value> {
    (!text.trim().is_empty()).then(|| Value::from(text))
}

fn number<T: ArrowPrimitiveType>(array: &ArrayRef, at: usize) -> Value
where
    T::Native: Into<Number>,
{
    Value::Number(array.as_primitive::<T>().value(at).into())
}

/// A float; where it is whole, as the whole number that it was before a missing neighbour made floats of the column.
fn decimal(number: impl Into<f64>) -> Result<Value> {
    let number: f64 = number.into();
    #[allow(clippy::cast_possible_truncation, reason = "whole, and small enough to be exact")]
    if number.fract() == 0.0 && number.abs() < EXACT {
        return Ok(Value::from(number as i64));
    }
    let fault = || Error::new(Code::NumberForm).value(number).expected("a finite number, or null where there is none");
    Number::from_f64(number).map(Value::Number).ok_or_else(fault)
}

fn instant(ms: i64, code: Code) -> Result<Timestamp> {
    let instant = Timestamp::from_millis(ms);
    let fault = || Error::new(code).value(format!("{ms} ms from 1970")).expected("the years 1800 to 2199");
    if instant.millis() == ms { Ok(instant) } else { Err(fault()) }
}

fn date(ms: i64) -> Result<Value> {
    Ok(Value::String(instant(ms, Code::DateForm)?.date().to_string()))
}

/// A time with its zone as such; without one it is a date if it says no more, and else a time that no field of a record takes.
fn time(ms: i64, has_zone: bool) -> Result<Value> {
    let time = instant(ms, Code::TimeForm)?.to_string();
    match has_zone {
        true => Ok(Value::String(time)),
        false if ms % DAY_MS == 0 => date(ms),
        false => Ok(Value::from(time.trim_end_matches('Z'))),
    }
}

fn milliseconds(array: &ArrayRef, unit: TimeUnit, at: usize) -> i64 {
    match unit {
        TimeUnit::Second => array.as_primitive::<TimestampSecondType>().value(at).saturating_mul(1_000),
        TimeUnit::Millisecond => array.as_primitive::<TimestampMillisecondType>().value(at),
        TimeUnit::Microsecond => array.as_primitive::<TimestampMicrosecondType>().value(at).div_euclid(1_000),
        TimeUnit::Nanosecond => array.as_primitive::<TimestampNanosecondType>().value(at).div_euclid(1_000_000),
    }
}

/// A list; an empty one says nothing.
fn list(elements: &ArrayRef, holds: Option<&Holds>) -> Result<Option<Value>> {
    let steps;
    let of = match holds {
        Some(Holds::List(of)) => Some(*of),
        Some(Holds::Status(fields)) => {
            steps = Holds::Struct(fields);
            Some(&steps)
        }
        _ => None,
    };
    let elements = (0..elements.len()).filter_map(|at| cell(elements, at, of).transpose());
    let elements = elements.collect::<Result<Vec<Value>>>()?;
    Ok((!elements.is_empty()).then_some(Value::Array(elements)))
}

fn structure(array: &ArrayRef, at: usize, holds: Option<&Holds>) -> Result<Option<Value>> {
    let structure = array.as_struct();
    let known = if let Some(Holds::Struct(fields)) = holds { *fields } else { &[] };
    let mut fields = Map::new();
    for (name, column) in structure.column_names().into_iter().zip(structure.columns()) {
        let holds = known.iter().find(|field| field.name == name).map(|field| &field.holds);
        match (cell(column, at, holds)?, holds) {
            (None, _) => {}
            (Some(Value::String(json)), Some(Holds::Json)) => {
                let fault = |error| Error::new(Code::JsonSyntax).value(&json).caused_by(error);
                fields.insert(name.to_owned(), serde_json::from_str(&json).map_err(fault)?);
            }
            (Some(value), _) => drop(fields.insert(name.to_owned(), value)),
        }
    }
    Ok((!fields.is_empty()).then_some(Value::Object(fields)))
}

/// What the core reads of a cell: the text of it, whatever type the column has; lists and structs as they are.
fn plain(value: Value) -> Value {
    match value {
        Value::Number(_) | Value::Bool(_) => Value::String(value.to_string()),
        other => other,
    }
}
