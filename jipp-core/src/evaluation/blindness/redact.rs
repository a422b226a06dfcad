//! A record with what its viewer may see, and nothing else.

use serde_json::{Map, Value};

use super::mask::Mask;
use super::policy::{Allow, has_stand_in};
use super::shape::{Shape, is_step, shape};
use crate::model::{EntityKind, Record};

/// Stands for the record's own name to the viewer, until it has one. No text holds this character.
pub(super) const SELF: &str = "\u{0}=";

/// How a record is cut down.
pub(super) struct Redactor<'a> {
    /// What stands for a record that is referred to; nothing if the viewer does not see it.
    pub(super) target: &'a dyn Fn(EntityKind, &str) -> Option<String>,
}

impl Redactor<'_> {
    /// The fields of a record that are shown, its id apart; nothing if it cannot be without one that leads to what is
    /// not seen.
    pub(super) fn record(&self, record: &Record, allow: &Allow) -> Option<Map<String, Value>> {
        let Value::Object(mut fields) = record.to_fields() else { return None };
        let mut shown = Map::new();
        for (name, member) in shape(record.kind()).members()?.iter().filter(|(name, _)| *name != "id") {
            let value = allow
                .inside(name)
                .and_then(|allow| self.value(fields.remove(name)?, &member.shape, allow))
                .or_else(|| stand_in(&member.shape).filter(|_| member.is_required));
            match value {
                Some(value) => drop(shown.insert(name.clone(), value)),
                None if member.is_required => return None,
                None => {}
            }
        }
        Some(shown)
    }

    fn value(&self, value: Value, shape: &Shape, allow: &Allow) -> Option<Value> {
        match (shape, value) {
            (Shape::Id(kind), Value::String(id)) => (self.target)(*kind, &id).map(Value::from),
            (Shape::List(of), Value::Array(list)) => {
                let list: Vec<Value> = list.into_iter().filter_map(|element| self.value(element, of, allow)).collect();
                (!list.is_empty()).then(|| Value::from(list))
            }
            (Shape::Fields(members), Value::Object(mut fields)) => {
                let mut shown = Map::new();
                for (name, member) in members {
                    let inner = allow.inside(name);
                    let value = inner.and_then(|inner| self.value(fields.remove(name)?, &member.shape, inner));
                    match value {
                        Some(value) => drop(shown.insert(name.clone(), value)),
                        None if member.is_required => return None,
                        None => {}
                    }
                }
                if is_step(members) && !shown.contains_key("reported") {
                    // What was a guarded step is history to the viewer.
                    let state = shown.get("to").cloned()?;
                    shown.insert("reported".to_owned(), state);
                }
                Some(Value::Object(shown))
            }
            (Shape::Text(_) | Shape::Term(_) | Shape::Other, value @ Value::String(_))
            | (Shape::Other, value @ (Value::Number(_) | Value::Bool(_))) => Some(value),
            // What is not there, or has another form than its schema says, is not shown.
            _ => None,
        }
    }
}

/// Masks the names in the texts of a record.
pub(super) fn mask(content: &mut Map<String, Value>, kind: EntityKind, mask: &Mask) {
    for (name, member) in shape(kind).members().into_iter().flatten() {
        if let Some(value) = content.get_mut(name) {
            mask_value(value, &member.shape, mask);
        }
    }
}

fn mask_value(value: &mut Value, shape: &Shape, mask: &Mask) {
    match (shape, value) {
        (Shape::Text(most), Value::String(text)) => {
            if let Some(mut masked) = mask.apply(text) {
                // A mask may be longer than the name it covers.
                while masked.len() > *most {
                    masked.pop();
                }
                *text = masked;
            }
        }
        (Shape::List(of), Value::Array(list)) => list.iter_mut().for_each(|element| mask_value(element, of, mask)),
        (Shape::Fields(members), Value::Object(fields)) => {
            for (name, member) in members {
                if let Some(value) = fields.get_mut(name) {
                    mask_value(value, &member.shape, mask);
                }
            }
        }
        _ => {}
    }
}

/// What stands in for a hidden value that a record must have.
fn stand_in(shape: &Shape) -> Option<Value> {
    match shape {
        Shape::Text(_) => Some(Value::from(SELF)),
        Shape::Term(terms) => {
            terms.iter().find(|term| *term == "other").or_else(|| terms.first()).map(|term| Value::from(&**term))
        }
        _ => {
            debug_assert!(!has_stand_in(shape));
            None
        }
    }
}
