//! Python objects as values of the core, by way of JSON, which is what the core reads everywhere.
//!
//! Values of `jipp`, mappings, sequences, texts, numbers, dates and times, and data frames by their rows; what else knows
//! `item()` (the numbers of `NumPy`), `isoformat()` or `__fspath__()` goes by those. What has no counterpart is named by its place:
//! `parts[2].weight`.

use jipp_core::Error;
use jipp_core::base::{Code, read_value};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyFrozenSet, PyInt, PyMapping, PySequence, PySet, PyString};
use pyo3::{PyTypeInfo, intern};
use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};

use crate::error::Failure;

/// The deepest nesting that is read: deeper ones are circles.
const DEEPEST: usize = 64;

/// Reads a value of the core.
pub(crate) fn from_python<T: DeserializeOwned>(object: &Bound<'_, PyAny>) -> PyResult<T> {
    let json = json(object, &Place::Root)?;
    Ok(read_value(&json).map_err(Failure::from)?)
}

/// Reads options: a value, or a mapping, or nothing, and keyword arguments over it.
pub(crate) fn options<T: DeserializeOwned>(
    given: Option<&Bound<'_, PyAny>>,
    keywords: Option<&Bound<'_, PyDict>>,
) -> PyResult<T> {
    let mut fields = match given {
        None => Map::new(),
        Some(given) => match json(given, &Place::Root)? {
            Value::Object(fields) => fields,
            _ => {
                return Err(PyTypeError::new_err(format!(
                    "options are a value of jipp or a mapping, not {}",
                    kind(given)
                )));
            }
        },
    };
    for (key, value) in keywords.iter().flat_map(|keywords| keywords.iter()) {
        let key: String = key.extract()?;
        let key = key.trim_end_matches('_');
        if value.is_none() {
            continue;
        }
        fields.insert(key.to_owned(), json(&value, &Place::Field(&Place::Root, key))?);
    }
    Ok(read_value(&Value::Object(fields)).map_err(Failure::from)?)
}

/// Where an object stands in what was given.
enum Place<'a> {
    Root,
    Field(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl Place<'_> {
    fn depth(&self) -> usize {
        match self {
            Self::Root => 0,
            Self::Field(outer, _) | Self::Item(outer, _) => outer.depth() + 1,
        }
    }
    fn path(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Field(Self::Root, name) => (*name).to_owned(),
            Self::Field(outer, name) => format!("{}.{name}", outer.path()),
            Self::Item(outer, at) => format!("{}[{at}]", outer.path()),
        }
    }
    fn refuse(&self, code: Code, value: impl std::fmt::Display, expected: &str) -> PyErr {
        let mut error = Error::new(code).value(value).expected(expected);
        if !matches!(self, Self::Root) {
            error = error.field(self.path());
        }
        Failure::from(error).into()
    }
}

fn kind(object: &Bound<'_, PyAny>) -> String {
    object.get_type().fully_qualified_name().map_or_else(|_| "an object".to_owned(), |name| name.to_string())
}

fn json(object: &Bound<'_, PyAny>, place: &Place<'_>) -> PyResult<Value> {
    if place.depth() > DEEPEST {
        return Err(place.refuse(Code::FieldType, kind(object), "values that do not contain themselves"));
    }
    if object.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(text) = object.cast::<PyString>() {
        return text_of(text, place).map(Value::String);
    }
    if let Ok(truth) = object.cast::<PyBool>() {
        return Ok(Value::Bool(truth.is_true()));
    }
    if let Ok(number) = object.cast::<PyInt>() {
        return whole(number, place);
    }
    if let Ok(number) = object.cast::<PyFloat>() {
        return finite(number.value(), place);
    }
    composite(object, place)
}

fn text_of(text: &Bound<'_, PyString>, place: &Place<'_>) -> PyResult<String> {
    match text.to_str() {
        Ok(text) => Ok(text.to_owned()),
        // Half a surrogate pair: Python can hold it, no file can.
        Err(_) => Err(place.refuse(Code::TextCharacter, text.to_string_lossy(), "text without lone surrogates")),
    }
}

fn whole(number: &Bound<'_, PyInt>, place: &Place<'_>) -> PyResult<Value> {
    if let Ok(number) = number.extract::<i64>() {
        return Ok(Value::from(number));
    }
    match number.extract::<u64>() {
        Ok(number) => Ok(Value::from(number)),
        Err(_) => Err(place.refuse(Code::NumberForm, number.repr()?, "a number below 2^64")),
    }
}

fn finite(number: f64, place: &Place<'_>) -> PyResult<Value> {
    let number = Number::from_f64(number).ok_or_else(|| place.refuse(Code::NumberForm, number, "a finite number"))?;
    Ok(Value::Number(number))
}

fn composite(object: &Bound<'_, PyAny>, place: &Place<'_>) -> PyResult<Value> {
    let py = object.py();
    if object.hasattr(intern!(py, "_json"))? {
        return json(&object.call_method0(intern!(py, "_json"))?, place);
    }
    if let Ok(mapping) = object.cast::<PyMapping>() {
        return map(mapping, place);
    }
    if object.is_instance_of::<PySet>() || object.is_instance_of::<PyFrozenSet>() {
        let mut items = list(object, place)?;
        items.sort_by_key(ToString::to_string);
        return Ok(Value::Array(items));
    }
    if object.cast::<PySequence>().is_ok() {
        return list(object, place).map(Value::Array);
    }
    if object.hasattr(intern!(py, "__arrow_c_stream__"))? {
        return Ok(crate::frames::rows(object)?.into_iter().map(Value::Object).collect());
    }
    if object.hasattr(intern!(py, "isoformat"))? {
        return time(object, place);
    }
    for way in [intern!(py, "item"), intern!(py, "__fspath__")] {
        if object.hasattr(way)? {
            let inner = object.call_method0(way)?;
            if !inner.is(object) {
                return json(&inner, place);
            }
        }
    }
    Err(place.refuse(
        Code::FieldType,
        kind(object),
        "a value of jipp, a text, a number, a date, a mapping or a sequence",
    ))
}

/// A date as it is; a time only with its zone, since another's noon is not ours.
fn time(object: &Bound<'_, PyAny>, place: &Place<'_>) -> PyResult<Value> {
    let py = object.py();
    let text: String = object.call_method0(intern!(py, "isoformat"))?.extract()?;
    if object.hasattr(intern!(py, "utcoffset"))? && object.call_method0(intern!(py, "utcoffset"))?.is_none() {
        return Err(place.refuse(Code::TimeForm, text, "a datetime with a time zone, such as tzinfo=datetime.UTC"));
    }
    Ok(Value::String(text))
}

fn map(mapping: &Bound<'_, PyMapping>, place: &Place<'_>) -> PyResult<Value> {
    let mut fields = Map::new();
    for item in mapping.items()? {
        let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
        let key = match key.cast::<PyString>() {
            Ok(key) => text_of(key, place)?,
            Err(_) if PyInt::is_type_of(&key) => key.str()?.to_string(),
            Err(_) => return Err(place.refuse(Code::FieldType, kind(&key), "keys that are texts")),
        };
        let inner = json(&value, &Place::Field(place, &key))?;
        fields.insert(key, inner);
    }
    Ok(Value::Object(fields))
}

fn list(object: &Bound<'_, PyAny>, place: &Place<'_>) -> PyResult<Vec<Value>> {
    object.try_iter()?.enumerate().map(|(at, item)| json(&item?, &Place::Item(place, at))).collect()
}
