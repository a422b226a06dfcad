//! The fields of each kind as flat columns, made from its JSON Schema, so that they cannot differ from the records.

use std::sync::OnceLock;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::base::{Code, Error, Result};
use crate::model::{EntityKind, Record};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FieldType {
    /// Text, as it stands.
    Text,
    /// The id of a record; on import also its name.
    Id(EntityKind),
    /// A whole number.
    Integer,
    /// A decimal with a point.
    Decimal,
    /// `true`, `false`, `ya`, `tidak`, `yes`, `no`, `1`, `0`.
    Bool,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    Date,
    /// A code of a vocabulary; on import also its label.
    Term(Vec<String>),
    /// The code of a state, or its steps as JSON.
    Status(Vec<String>),
    /// Values separated by `;`, or as a JSON list.
    List(Box<FieldType>),
    /// Anything deeper, as JSON.
    Json,
}

/// A column of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name; inside another field with dots: `capacity.staff`.
    pub path: String,
    /// What it holds.
    pub holds: FieldType,
    /// Whether every record must have it.
    pub is_required: bool,
}

/// One step on the way to a value inside a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Into a field.
    Key(String),
    /// Into every element of a list.
    Each,
}

/// Where in a kind the ids of other records stand.
pub(super) type Reference = (Vec<Place>, EntityKind);

struct Layout {
    fields: Vec<Field>,
    references: Vec<Reference>,
}

fn layout(kind: EntityKind) -> &'static Layout {
    static LAYOUTS: [OnceLock<Layout>; EntityKind::COUNT] = [const { OnceLock::new() }; EntityKind::COUNT];
    LAYOUTS[kind.index()].get_or_init(|| {
        let schema = Record::schema(kind).to_value();
        let walk = Walk { definitions: &schema["$defs"] };
        let mut layout = Layout { fields: Vec::new(), references: Vec::new() };
        walk.columns(&schema, "", true, &mut layout.fields);
        walk.references(&schema, &mut Vec::new(), &mut layout.references);
        // The id first, then what is required, then the rest by name: the order of the schema is that of names.
        layout.fields.sort_by_key(|field| (field.path != "id", !field.is_required));
        layout.references.retain(|(path, _)| *path != [Place::Key("id".to_owned())]);
        layout
    })
}

/// The columns of a kind: the id, then what is required, then everything else in the order of names.
///
/// ```
/// use jipp_core::{exchange::{fields, FieldType}, model::EntityKind};
/// let columns = fields(EntityKind::Agency);
/// let staff = columns.iter().find(|column| column.path == "capacity.staff");
/// assert_eq!(staff.map(|column| &column.holds), Some(&FieldType::Integer));
/// ```
pub fn fields(kind: EntityKind) -> &'static [Field] {
    &layout(kind).fields
}

/// Where in a kind the ids of other records stand.
pub(super) fn references(kind: EntityKind) -> &'static [Reference] {
    &layout(kind).references
}

/// The kind that an `x-id` of the schema names.
fn kind_of_id(name: &str) -> Option<EntityKind> {
    match name {
        "sheet" => Some(EntityKind::ScoreSheet),
        "result" => Some(EntityKind::StageResult),
        _ => EntityKind::ALL.iter().copied().find(|kind| kind.code() == name),
    }
}

struct Walk<'a> {
    definitions: &'a Value,
}

impl<'a> Walk<'a> {
    /// Follows references and leaves `null` out of choices.
    fn plain(&self, mut schema: &'a Value) -> &'a Value {
        loop {
            if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
                schema = &self.definitions[name];
            } else if let Some(choices) = schema["anyOf"].as_array() {
                let mut real = choices.iter().filter(|choice| choice["type"] != "null");
                match (real.next(), real.next()) {
                    (Some(only), None) => schema = only,
                    _ => return schema,
                }
            } else {
                return schema;
            }
        }
    }

    fn columns(&self, schema: &'a Value, prefix: &str, is_required: bool, into: &mut Vec<Field>) {
        for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
            let inner = self.plain(inner);
            let path = format!("{prefix}{name}");
            let required =
                is_required && schema["required"].as_array().is_some_and(|all| all.contains(&Value::from(&**name)));
            if inner["properties"].is_object() {
                self.columns(inner, &format!("{path}."), required, into);
            } else {
                into.push(Field { path, holds: self.holds(inner), is_required: required });
            }
        }
    }

    fn holds(&self, schema: &'a Value) -> FieldType {
        let is = |name: &str| {
            schema["type"] == name || schema["type"].as_array().is_some_and(|all| all.contains(&name.into()))
        };
        if let Some(choices) = schema["anyOf"].as_array() {
            let states = choices.iter().map(|choice| terms(self.plain(choice))).find(|terms| !terms.is_empty());
            return states.map_or(FieldType::Json, FieldType::Status);
        }
        if let Some(kind) = schema["x-id"].as_str().and_then(kind_of_id) {
            return FieldType::Id(kind);
        }
        let terms = terms(schema);
        match () {
            () if schema.get("x-date").is_some() => FieldType::Date,
            () if schema.get("x-decimals").is_some() || is("number") => FieldType::Decimal,
            () if !terms.is_empty() => FieldType::Term(terms),
            () if is("integer") => FieldType::Integer,
            () if is("boolean") => FieldType::Bool,
            () if is("string") => FieldType::Text,
            () if is("array") => match self.holds(self.plain(&schema["items"])) {
                FieldType::Json | FieldType::List(_) | FieldType::Status(_) => FieldType::Json,
                scalar => FieldType::List(Box::new(scalar)),
            },
            () => FieldType::Json,
        }
    }

    fn references(&self, schema: &'a Value, path: &mut Vec<Place>, into: &mut Vec<Reference>) {
        let schema = self.plain(schema);
        if let Some(kind) = schema["x-id"].as_str().and_then(kind_of_id) {
            into.push((path.clone(), kind));
        }
        for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
            path.push(Place::Key(name.clone()));
            self.references(inner, path, into);
            path.pop();
        }
        if schema["items"].is_object() {
            path.push(Place::Each);
            self.references(&schema["items"], path, into);
            path.pop();
        }
        for choice in schema["anyOf"].as_array().into_iter().flatten() {
            self.references(choice, path, into);
        }
    }
}

fn terms(schema: &Value) -> Vec<String> {
    let terms = schema["enum"].as_array().into_iter().flatten();
    terms.filter_map(Value::as_str).map(str::to_owned).collect()
}

impl FieldType {
    /// What to write, for messages.
    fn expected(&self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Id(kind) => format!("the id of a record of kind {kind}"),
            Self::Integer => "a whole number".to_owned(),
            Self::Decimal => "a decimal with a point".to_owned(),
            Self::Bool => "ya, tidak, yes, no, true, false, 1 or 0".to_owned(),
            Self::Date => "YYYY, YYYY-MM or YYYY-MM-DD".to_owned(),
            Self::Term(terms) | Self::Status(terms) => terms.join(", "),
            Self::List(of) => format!("a list with ; between: {}", of.expected()),
            Self::Json => "JSON".to_owned(),
        }
    }

    /// Reads the text of a cell.
    ///
    /// # Errors
    /// `number-form`, `field-type`, `json-syntax`. Dates, terms and ids are checked when the record is made.
    pub(super) fn read(&self, text: &str) -> Result<Value> {
        let text = text.trim();
        let fault = |code: Code| Error::new(code).value(text).expected(self.expected());
        match self {
            Self::Text | Self::Id(_) | Self::Date | Self::Term(_) | Self::Decimal => Ok(Value::from(text)),
            Self::Integer => {
                let number = text.parse::<u64>().map(Value::from).or_else(|_| text.parse::<i64>().map(Value::from));
                number.map_err(|_| fault(Code::NumberForm))
            }
            Self::Bool => match crate::base::fold(text).as_str() {
                "true" | "ya" | "yes" | "1" | "y" | "benar" => Ok(Value::Bool(true)),
                "false" | "tidak" | "no" | "0" | "n" | "t" | "salah" => Ok(Value::Bool(false)),
                _ => Err(fault(Code::FieldType)),
            },
            Self::Status(_) if !text.starts_with('[') => Ok(Value::from(text)),
            Self::List(of) if !text.starts_with('[') => {
                let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
                parts.map(|part| of.read(part)).collect::<Result<Vec<Value>>>().map(Value::from)
            }
            Self::Status(_) | Self::List(_) | Self::Json => {
                serde_json::from_str(text).map_err(|error| fault(Code::JsonSyntax).caused_by(error))
            }
        }
    }

    /// Writes a value as the text of a cell, so that [`read`](Self::read) gives the value again.
    pub(super) fn write(&self, value: &Value) -> String {
        match (self, value) {
            (_, Value::String(text)) if *self != Self::Json => text.clone(),
            (Self::List(of), Value::Array(elements)) => {
                let parts: Vec<String> = elements.iter().map(|element| of.write(element)).collect();
                let is_plain = |part: &String| !part.is_empty() && part.trim() == part && !part.contains(';');
                match parts.first() {
                    Some(first) if !first.starts_with('[') && parts.iter().all(is_plain) => parts.join("; "),
                    _ => value.to_string(),
                }
            }
            _ => value.to_string(),
        }
    }
}

/// The value under a dotted path.
pub(super) fn value_at<'a>(fields: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let mut parts = path.split('.');
    let mut value = fields.get(parts.next()?)?;
    for part in parts {
        value = value.get(part)?;
    }
    Some(value)
}

/// Puts a value under a dotted path; what stands in the way gives way.
pub(super) fn put_at(fields: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => drop(fields.insert(path.to_owned(), value)),
        Some((outer, rest)) => {
            let inner = fields.entry(outer).or_insert_with(|| Value::Object(Map::new()));
            if !inner.is_object() {
                *inner = Value::Object(Map::new());
            }
            if let Value::Object(inner) = inner {
                put_at(inner, rest, value);
            }
        }
    }
}
