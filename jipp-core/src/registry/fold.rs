//! What one change makes of one record. State is a fold of the journal; this is the step of that fold.
//!
//! Changes to a record are folded in the order of their ids (clock, then origin), which is the same on every copy. So two
//! copies that hold the same changes hold the same record, in whatever order the changes reached them. Where two changes
//! were made without knowledge of each other and touch the same field, the later one stands, and both values are
//! reported as a [`Conflict`]. Lists are merged by element: what one side added or removed is added or removed.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::change::{Action, Change, ChangeId, Edit, Revise};
use crate::base::{Code, Error, Result};
use crate::model::{EntityRef, Record, lifecycle};

/// What stands under an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) record: Record,
    pub(super) is_retracted: bool,
    /// The record that this one was merged into.
    pub(super) merged_into: Option<EntityRef>,
}

impl Content {
    fn new(record: Record) -> Self {
        Self { record, is_retracted: false, merged_into: None }
    }
    /// Whether the record is part of the present in its own right.
    pub(super) fn is_live(&self) -> bool {
        !self.is_retracted && self.merged_into.is_none()
    }
}

/// Two edits of one field, made without knowledge of each other. Both values are kept in the journal; the one that
/// stands is that of the later change. It is settled by the next edit of the field that saw the value that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// The record.
    pub subject: EntityRef,
    /// The field, by its name in JSON; `record` for the record as a whole.
    pub field: String,
    /// What the author of the later change saw.
    pub before: Value,
    /// The value that was overwritten without having been seen.
    pub overwritten: Value,
    /// The value that stands.
    pub stands: Value,
    /// The later change.
    pub change: ChangeId,
}

/// Folds one change into what stood before it, keeping the open conflicts of the record up to date.
///
/// # Errors
/// `not-found` if the change needs a record that is not there; kind `invalid` if the result is no valid record.
pub(super) fn fold(before: Option<&Content>, change: &Change, conflicts: &mut Vec<Conflict>) -> Result<Content> {
    if let Action::Register(record) = &change.action {
        return Ok(register(before, record, change, conflicts));
    }
    let Some(before) = before else {
        return Err(Error::new(Code::NotFound).about(change.action.subject()));
    };
    let mut content = before.clone();
    match &change.action {
        Action::Register(_) => {}
        Action::Revise(revise) => content.record = revise_record(&before.record, revise, &change.id, conflicts)?,
        Action::Advance(advance) => {
            if advance.reported.is_none() && !lifecycle::is_step(&before.record, advance) {
                let stood = lifecycle::state(&before.record, advance.axis).map_or(Value::Null, Value::from);
                conflicts.push(Conflict {
                    subject: advance.subject.clone(),
                    field: advance.axis.field().to_owned(),
                    before: Value::Null,
                    overwritten: stood,
                    stands: Value::from(&*advance.to),
                    change: change.id.clone(),
                });
            }
            content.record = lifecycle::replay(&before.record, advance)?;
        }
        Action::Retract(_) => content.is_retracted = true,
        Action::Restore(_) => content.is_retracted = false,
        Action::Merge(merge) => content.merged_into = Some(merge.into.clone()),
        Action::Unmerge(_) => content.merged_into = None,
    }
    Ok(content)
}

/// Two copies may register the same id: the later record stands.
fn register(before: Option<&Content>, record: &Record, change: &Change, conflicts: &mut Vec<Conflict>) -> Content {
    let Some(before) = before else { return Content::new(record.clone()) };
    if before.record != *record {
        conflicts.push(Conflict {
            subject: record.reference(),
            field: "record".to_owned(),
            before: Value::Null,
            overwritten: before.record.to_fields(),
            stands: record.to_fields(),
            change: change.id.clone(),
        });
    }
    Content { record: record.clone(), ..before.clone() }
}

fn revise_record(old: &Record, revise: &Revise, change: &ChangeId, conflicts: &mut Vec<Conflict>) -> Result<Record> {
    let Value::Object(mut fields) = old.to_fields() else {
        return Err(Error::new(Code::FieldType).about(&revise.subject));
    };
    for (name, edit) in &revise.fields {
        let present = fields.get(name).cloned().unwrap_or(Value::Null);
        let next = match merge_values(&present, edit) {
            Merged::Clean(value) => {
                conflicts.retain(|conflict| conflict.field != *name || edit.before != conflict.stands);
                value
            }
            Merged::Conflict(value) => {
                conflicts.push(Conflict {
                    subject: revise.subject.clone(),
                    field: name.clone(),
                    before: edit.before.clone(),
                    overwritten: present,
                    stands: value.clone(),
                    change: change.clone(),
                });
                value
            }
        };
        if next.is_null() {
            fields.remove(name);
        } else {
            fields.insert(name.clone(), next);
        }
    }
    Record::from_fields(old.kind(), &Value::Object(fields)).map_err(|error| error.about(&revise.subject))
}

enum Merged {
    Clean(Value),
    Conflict(Value),
}

/// Three-way merge of one field: what is there, what the author saw, what the author wants.
fn merge_values(present: &Value, edit: &Edit) -> Merged {
    if *present == edit.before || *present == edit.after {
        return Merged::Clean(edit.after.clone());
    }
    match (elements(present), elements(&edit.before), elements(&edit.after)) {
        (Some(present), Some(before), Some(after)) => Merged::Clean(merge_lists(present, before, after)),
        _ => Merged::Conflict(edit.after.clone()),
    }
}

/// The elements of a list; an absent list has none.
fn elements(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Null => Some(&[]),
        Value::Array(list) => Some(list),
        _ => None,
    }
}

fn merge_lists(present: &[Value], before: &[Value], after: &[Value]) -> Value {
    let is_removed = |element: &&Value| before.contains(element) && !after.contains(element);
    let mut merged: Vec<Value> = present.iter().filter(|element| !is_removed(element)).cloned().collect();
    for added in after.iter().filter(|element| !before.contains(element)) {
        if !merged.contains(added) {
            merged.push(added.clone());
        }
    }
    if merged.is_empty() { Value::Null } else { Value::Array(merged) }
}
