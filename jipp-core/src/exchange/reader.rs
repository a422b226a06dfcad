//! The reader for rows that are records of one kind.

use serde_json::{Map, Value};

use super::fields::{Field, Place, fields, put_at, references};
use super::import::RowReader;
use super::keys::natural_id;
use super::names::{NameIndex, NameResolver};
use super::rows::parse_object;
use super::{Mapping, Row};
use crate::base::{Code, Error, Result};
use crate::model::{EntityKind, Record};
use crate::registry::View;

/// Reads rows that are records of one kind: with the names of the fields as headers or keys, or through a [`Mapping`].
///
/// * A value of an id field that is no id on record is looked up as a name ([`NameResolver`]s first).
/// * A row without an id gets one of its natural key: an innovation `owner/title`, an award `innovation/label`, ...
/// * A row for a record that exists may give some of its fields only. `null` and empty cells give nothing.
pub struct RecordReader<'a> {
    mapping: Mapping,
    /// Whether keys are the names of the fields.
    is_identity: bool,
    resolver: Option<&'a dyn NameResolver>,
    names: NameIndex,
}

impl<'a> RecordReader<'a> {
    /// A reader for files that use the names of the fields.
    pub fn new(kind: EntityKind) -> Self {
        Self { mapping: Mapping::new(kind), is_identity: true, resolver: None, names: NameIndex::default() }
    }

    /// A reader for files that use other names.
    ///
    /// # Errors
    /// `mapping-invalid`, `format-newer`.
    pub fn with_mapping(mapping: Mapping) -> Result<Self> {
        mapping.check()?;
        Ok(Self { mapping, is_identity: false, resolver: None, names: NameIndex::default() })
    }

    /// Asks this resolver before looking at the names on record.
    #[must_use]
    pub fn resolver(mut self, resolver: &'a dyn NameResolver) -> Self {
        self.resolver = Some(resolver);
        self
    }

    /// The record of a canonical row, if it is one and there is nothing to look up or to fill in.
    fn read_canonical(&self, raw: &str, view: &View<'_>) -> Option<Record> {
        let record = Record::from_json(self.mapping.kind, raw).ok()?;
        match view.record(record.kind(), record.id()) {
            Some(standing) if *standing != record => return None,
            _ => {}
        }
        let mut is_complete = true;
        record.references(&mut |_, kind, id| is_complete = is_complete && view.record(kind, id).is_some());
        is_complete.then_some(record)
    }

    /// The fields that a row gives, in the shape of the record.
    fn shape(&self, given: &Map<String, Value>) -> Result<Map<String, Value>> {
        let mut shaped = Map::new();
        for (field, value) in &self.mapping.constants {
            put_at(&mut shaped, field, value.clone());
        }
        for (key, value) in given {
            if value.is_null() || self.mapping.ignored.contains(key) {
                continue;
            }
            let path = self.mapping.columns.get(key);
            match path {
                Some(path) => put_at(&mut shaped, path, self.convert(path, value)?),
                None if self.mapping.source.as_ref() == Some(key) => {
                    put_at(&mut shaped, "provenance", serde_json::json!([{ "source": value }]));
                }
                None if self.is_identity => put_at(&mut shaped, key, self.convert(key, value)?),
                None => return Err(Error::new(Code::FieldUnknown).field(key).value(value)),
            }
        }
        Ok(shaped)
    }

    /// A value as the field wants it: cells are text, whatever they hold.
    fn convert(&self, path: &str, value: &Value) -> Result<Value> {
        let Value::String(text) = value else { return Ok(value.clone()) };
        let meaning = self.mapping.values.get(path).and_then(|values| values.get(text.trim()));
        let text = meaning.map_or(text.as_str(), String::as_str);
        match field(self.mapping.kind, path) {
            Some(field) => field.holds.read(text).map_err(|error| error.field(path)),
            None => Ok(Value::from(text)),
        }
    }

    /// Turns names into ids, wherever in the row they stand.
    fn resolve_names(&mut self, fields: &mut Map<String, Value>, view: &View<'_>) -> Result<()> {
        for (path, kind) in references(self.mapping.kind) {
            let Some(Place::Key(first)) = path.first() else { continue };
            if let Some(value) = fields.get_mut(first) {
                let mut resolve = |text: &str| self.names.resolve(*kind, text, self.resolver, view);
                resolve_at(value, &path[1..], &mut resolve).map_err(|error| error.field(first))?;
            }
        }
        Ok(())
    }
}

impl RowReader for RecordReader<'_> {
    fn read(&mut self, row: &Row, view: &View<'_>) -> Result<Vec<Record>> {
        let kind = self.mapping.kind;
        let parsed;
        let given = match &row.raw {
            Some(raw) => {
                if self.is_identity
                    && let Some(record) = self.read_canonical(raw, view)
                {
                    return Ok(vec![record]);
                }
                parsed = parse_object(raw)?;
                &parsed
            }
            None => &row.fields,
        };
        let mut fields = if self.is_identity && row.raw.is_some() { given.clone() } else { self.shape(given)? };
        drop_nulls(&mut fields);
        self.resolve_names(&mut fields, view)?;
        if !fields.contains_key("id") {
            let id = natural_id(kind, &fields)?;
            fields.insert("id".to_owned(), Value::from(id));
        }
        let id = fields["id"].as_str().unwrap_or_default();
        if let Some(standing) = view.record(kind, id).filter(|standing| standing.id() == id)
            && let Value::Object(mut whole) = standing.to_fields()
        {
            overlay(&mut whole, fields);
            fields = whole;
        }
        Record::from_fields(kind, &Value::Object(fields)).map(|record| vec![record])
    }

    fn begin(&mut self, headers: &[String]) -> Result<()> {
        if !self.is_identity {
            return self.mapping.check_headers(headers);
        }
        let mut names = Mapping::new(self.mapping.kind);
        names.columns = fields(names.kind).iter().map(|field| (field.path.clone(), field.path.clone())).collect();
        names.check_headers(headers)
    }

    fn reads_raw(&self) -> bool {
        true
    }
}

fn field(kind: EntityKind, path: &str) -> Option<&'static Field> {
    fields(kind).iter().find(|field| field.path == path)
}

/// Leaves out what is `null`: the source does not say it.
fn drop_nulls(fields: &mut Map<String, Value>) {
    fields.retain(|_, value| !value.is_null());
    for value in fields.values_mut() {
        match value {
            Value::Object(inner) => drop_nulls(inner),
            Value::Array(list) => list.iter_mut().filter_map(Value::as_object_mut).for_each(drop_nulls),
            _ => {}
        }
    }
}

/// Puts what is given over what stands; objects are filled in, lists replaced.
fn overlay(whole: &mut Map<String, Value>, given: Map<String, Value>) {
    for (key, value) in given {
        match (whole.get_mut(&key), value) {
            (Some(Value::Object(inner)), Value::Object(value)) => overlay(inner, value),
            (_, value) => drop(whole.insert(key, value)),
        }
    }
}

pub(super) fn resolve_at(
    value: &mut Value,
    path: &[Place],
    resolve: &mut dyn FnMut(&str) -> Result<String>,
) -> Result<()> {
    match (path, value) {
        ([], Value::String(text)) => {
            *text = resolve(text)?;
            Ok(())
        }
        ([Place::Key(key), rest @ ..], Value::Object(fields)) => match fields.get_mut(key) {
            Some(inner) => resolve_at(inner, rest, resolve),
            None => Ok(()),
        },
        ([Place::Each, rest @ ..], Value::Array(list)) => {
            list.iter_mut().try_for_each(|element| resolve_at(element, rest, resolve))
        }
        _ => Ok(()),
    }
}
