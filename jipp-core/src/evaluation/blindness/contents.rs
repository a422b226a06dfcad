//! Contents with places kept free for the names that other records will have.
//!
//! A free place is a text that begins with a control character, which no text of a record holds, and goes on with the
//! number of the record it is for.

use serde_json::{Map, Value};

use super::redact::SELF;

/// Keeps a place for the name of a record.
pub(super) fn place_of(record: usize) -> String {
    format!("\u{0}{record}")
}

/// The record that a text keeps a place for.
fn kept_for(text: &str) -> Option<usize> {
    text.strip_prefix('\u{0}')?.parse().ok()
}

/// Whether a value has free places.
pub(super) fn is_open(value: &Value) -> bool {
    match value {
        Value::String(text) => kept_for(text).is_some(),
        Value::Array(list) => list.iter().any(is_open),
        Value::Object(fields) => fields.values().any(is_open),
        _ => false,
    }
}

/// Whether the order of a list says something by itself: that of the steps of a state machine does. That of any other
/// may come from the names of what it lists.
fn is_ordered(list: &[Value]) -> bool {
    list.iter().all(|element| element.get("to").is_some() && element.get("reported").is_some())
}

/// The records that a value keeps places for.
pub(super) fn targets(value: &Value, into: &mut Vec<usize>) {
    match value {
        Value::String(text) => into.extend(kept_for(text)),
        Value::Array(list) => list.iter().for_each(|element| targets(element, into)),
        Value::Object(fields) => fields.values().for_each(|inner| targets(inner, into)),
        _ => {}
    }
}

/// The parts of a record that refer to others: fields, and for lists each of their elements.
pub(super) fn links(content: &Map<String, Value>) -> Vec<(&str, &Value)> {
    let mut links: Vec<(&str, &Value)> = Vec::new();
    for (field, value) in content.iter().filter(|(_, value)| is_open(value)) {
        match value {
            Value::Array(list) if !is_ordered(list) => {
                links.extend(list.iter().filter(|element| is_open(element)).map(|element| (&**field, element)));
            }
            _ => links.push((field, value)),
        }
    }
    links
}

/// The text of a value with names in its free places, the same for every order of what it lists.
pub(super) fn text_of(value: &Value, name: &dyn Fn(usize) -> String) -> String {
    match value {
        Value::String(text) => kept_for(text).map_or_else(|| value.to_string(), name),
        Value::Array(list) if is_open(value) => {
            let mut parts: Vec<String> = list.iter().map(|element| text_of(element, name)).collect();
            if !is_ordered(list) {
                parts.sort_unstable();
            }
            format!("[{}]", parts.join(","))
        }
        Value::Object(fields) if is_open(value) => {
            let parts: Vec<String> =
                fields.iter().map(|(field, inner)| format!("{field}:{}", text_of(inner, name))).collect();
            format!("{{{}}}", parts.join(","))
        }
        _ => value.to_string(),
    }
}

/// The text of a whole record, its references unnamed.
pub(super) fn text_alone(content: &Map<String, Value>) -> String {
    let parts: Vec<String> =
        content.iter().map(|(field, value)| format!("{field}:{}", text_of(value, &|_| "\u{0}".to_owned()))).collect();
    parts.join("\n")
}

/// Puts names into free places, as far as there are any yet, and lists that had some into the order of their texts.
pub(super) fn fill(value: &mut Value, own: &str, name: &dyn Fn(usize) -> Option<String>) {
    let was_open = is_open(value);
    match value {
        Value::String(text) if text == SELF => own.clone_into(text),
        Value::String(text) => {
            if let Some(found) = kept_for(text).and_then(name) {
                *text = found;
            }
        }
        Value::Array(list) => {
            for element in list.iter_mut() {
                fill(element, own, name);
            }
            if was_open && !is_ordered(list) {
                list.sort_by_cached_key(ToString::to_string);
            }
        }
        Value::Object(fields) => fields.values_mut().for_each(|inner| fill(inner, own, name)),
        _ => {}
    }
}
