//! What a record that comes in changes in the one that stands.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::base::{Code, Error, Result};
use crate::model::{Record, lifecycle};
use crate::registry::{Action, Edit, Revise};

/// The fields that hold states.
const AXES: [lifecycle::Axis; 4] =
    [lifecycle::Axis::Stage, lifecycle::Axis::Verification, lifecycle::Axis::Publication, lifecycle::Axis::Status];

/// The axis that a field of the record holds, if it holds one.
fn axis(record: &Record, field: &str) -> Option<lifecycle::Axis> {
    AXES.into_iter().find(|axis| axis.field() == field && lifecycle::state(record, *axis).is_some())
}

/// The record with every step marked as reported that is not: to a network that did not guard a step, it is history.
pub(super) fn as_history(record: Record) -> Result<Record> {
    if lifecycle::enters_unguarded(&record) {
        return Ok(record);
    }
    let mut fields = fields_of(&record);
    for (name, value) in &mut fields {
        if axis(&record, name).is_some() {
            mark_history(value);
        }
    }
    Record::from_fields(record.kind(), &Value::Object(fields))
}

fn mark_history(steps: &mut Value) {
    for step in steps.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        if let Some(to) = step.get("to").cloned() {
            step.entry("reported").or_insert(to);
        }
    }
}

/// What makes the standing record say what the new one says. Fields that the new one does not give stay.
pub(super) fn revision_of(standing: &Record, new: &Record) -> Result<Vec<Action>> {
    if standing == new {
        return Ok(Vec::new());
    }
    let old_fields = fields_of(standing);
    let (mut actions, mut edits) = (Vec::new(), BTreeMap::new());
    for (name, after) in fields_of(new) {
        let before = old_fields.get(&name).cloned().unwrap_or_default();
        if before == after {
            continue;
        }
        match axis(standing, &name) {
            Some(axis) => actions.extend(advances(standing, axis, before, after)?),
            None => drop(edits.insert(name, Edit { before, after })),
        }
    }
    if !edits.is_empty() {
        actions.insert(0, Action::Revise(Revise { subject: standing.reference(), fields: edits }));
    }
    Ok(actions)
}

/// The steps that are new, as reported history.
fn advances(standing: &Record, axis: lifecycle::Axis, mut before: Value, mut after: Value) -> Result<Vec<Action>> {
    mark_history(&mut before);
    mark_history(&mut after);
    let old = before.as_array().map_or(&[][..], Vec::as_slice);
    let new = after.as_array().map_or(&[][..], Vec::as_slice);
    let fresh = match new {
        // A bare state says where the record stands, not how it came there.
        [only] if is_bare(only) => {
            if only["to"] == lifecycle::state(standing, axis).unwrap_or_default() {
                &[][..]
            } else {
                new
            }
        }
        _ if new.starts_with(old) => &new[old.len()..],
        _ => {
            let fault = Error::new(Code::FieldFixed).about(standing.reference()).field(axis.field());
            return Err(fault.expected("the steps on record, with new ones behind them"));
        }
    };
    fresh.iter().map(|step| advance(standing, axis, step)).collect()
}

/// Whether a step is what a bare code is read as.
fn is_bare(step: &Value) -> bool {
    step.as_object().is_some_and(|step| step.len() == 2 && step.contains_key("to") && step.contains_key("reported"))
}

fn advance(standing: &Record, axis: lifecycle::Axis, step: &Value) -> Result<Action> {
    let mut wish = step.as_object().cloned().unwrap_or_default();
    let fault = |error: serde_json::Error| Error::from_serde(&error.to_string()).field(axis.field());
    wish.insert("subject".to_owned(), serde_json::to_value(standing.reference()).map_err(fault)?);
    wish.insert("axis".to_owned(), serde_json::to_value(axis).map_err(fault)?);
    serde_json::from_value(Value::Object(wish)).map(Action::Advance).map_err(fault)
}

fn fields_of(record: &Record) -> Map<String, Value> {
    match record.to_fields() {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
