//! What a kind of record is made of, read from its JSON Schema, so that it cannot differ from the records.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

use crate::model::{EntityKind, Record};

/// What a value is.
#[derive(Debug)]
pub(super) enum Shape {
    /// Free text of so many bytes at most.
    Text(usize),
    /// The id of another record.
    Id(EntityKind),
    /// A code of a vocabulary.
    Term(Vec<String>),
    /// A list.
    List(Box<Shape>),
    /// Fields by name.
    Fields(BTreeMap<String, Member>),
    /// A number, a date, a truth value: nothing that names anybody.
    Other,
}

/// A field.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) shape: Shape,
    pub(super) is_required: bool,
}

impl Shape {
    /// What a path leads to, through lists as if they were their elements.
    pub(super) fn at(&self, path: &str) -> Option<&Self> {
        path.split('.').try_fold(self, |shape, name| shape.members()?.get(name).map(|member| &member.shape))
    }

    /// The fields, through lists.
    pub(super) fn members(&self) -> Option<&BTreeMap<String, Member>> {
        match self {
            Self::Fields(members) => Some(members),
            Self::List(of) => of.members(),
            _ => None,
        }
    }

    /// The kind of record it names, through lists.
    pub(super) fn names(&self) -> Option<EntityKind> {
        match self {
            Self::Id(kind) => Some(*kind),
            Self::List(of) => of.names(),
            _ => None,
        }
    }
}

/// Whether fields are those of a step of a state machine.
pub(super) fn is_step<V>(fields: &BTreeMap<String, V>) -> bool {
    fields.contains_key("to") && fields.contains_key("reported")
}

/// What a kind of record is made of.
pub(super) fn shape(kind: EntityKind) -> &'static Shape {
    static SHAPES: [OnceLock<Shape>; EntityKind::COUNT] = [const { OnceLock::new() }; EntityKind::COUNT];
    SHAPES[kind.index()].get_or_init(|| {
        let schema = Record::schema(kind).to_value();
        Reader { definitions: &schema["$defs"] }.read(&schema, DEPTH)
    })
}

/// No record is deeper.
const DEPTH: usize = 12;

struct Reader<'a> {
    definitions: &'a Value,
}

impl<'a> Reader<'a> {
    fn read(&self, schema: &'a Value, depth: usize) -> Shape {
        let Some(depth) = depth.checked_sub(1) else { return Shape::Other };
        if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
            return self.read(&self.definitions[name], depth);
        }
        if let Some(choices) = schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array()) {
            return self.choice(choices, depth);
        }
        if let Some(kind) = schema["x-id"].as_str().and_then(kind_of_id) {
            return Shape::Id(kind);
        }
        let is = |name: &str| {
            schema["type"] == name || schema["type"].as_array().is_some_and(|all| all.contains(&name.into()))
        };
        let terms: Vec<String> =
            schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        match () {
            () if !terms.is_empty() => Shape::Term(terms),
            () if schema.get("x-date").is_some() || schema.get("x-decimals").is_some() => Shape::Other,
            () if schema["properties"].is_object() => Shape::Fields(self.members(schema, depth)),
            () if is("array") => Shape::List(Box::new(self.read(&schema["items"], depth))),
            () if is("string") => {
                Shape::Text(schema["maxLength"].as_u64().and_then(|most| most.try_into().ok()).unwrap_or(usize::MAX))
            }
            () => Shape::Other,
        }
    }

    fn members(&self, schema: &'a Value, depth: usize) -> BTreeMap<String, Member> {
        let required = |name: &str| schema["required"].as_array().is_some_and(|all| all.contains(&name.into()));
        let properties = schema["properties"].as_object().into_iter().flatten();
        let read = |(name, inner): (&String, &'a Value)| {
            (name.clone(), Member { shape: self.read(inner, depth), is_required: required(name) })
        };
        properties.map(read).collect()
    }

    /// A choice that is no `null`: a list before anything else (steps before a bare state), variants as one with the
    /// fields of all.
    fn choice(&self, choices: &'a [Value], depth: usize) -> Shape {
        let mut shapes: Vec<Shape> = choices
            .iter()
            .filter(|choice| choice["type"] != "null")
            .map(|choice| self.read(choice, depth + 1))
            .collect();
        if let Some(list) = shapes.iter().position(|shape| matches!(shape, Shape::List(_))) {
            return shapes.swap_remove(list);
        }
        if shapes.len() > 1 && shapes.iter().all(|shape| matches!(shape, Shape::Fields(_))) {
            let members = shapes.into_iter().filter_map(|shape| match shape {
                Shape::Fields(members) => Some(members),
                _ => None,
            });
            let any = |(name, member): (String, Member)| (name, Member { is_required: false, ..member });
            return Shape::Fields(members.flatten().map(any).collect());
        }
        shapes.into_iter().next().unwrap_or(Shape::Other)
    }
}

/// The kind that an `x-id` of the schema names.
fn kind_of_id(name: &str) -> Option<EntityKind> {
    match name {
        "sheet" => Some(EntityKind::ScoreSheet),
        "result" => Some(EntityKind::StageResult),
        _ => EntityKind::ALL.iter().copied().find(|kind| kind.code() == name),
    }
}
