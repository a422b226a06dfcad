//! Changes: everything that happens to a network.
//!
//! A change says who recorded it where, when, and what it does to one record. It is named by the copy of the network it was
//! made on (its origin) and that copy's logical clock. The clock is Lamport's (1978, "Time, clocks, and the ordering of
//! events in a distributed system"): a change made after seeing another carries a greater number, on whatever copy. So
//! changes have one total order, the same on every copy, without reading a wall clock.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::base::{Code, Error, Origin, Result, Timestamp};
use crate::model::{Contact, EntityKind, EntityRef, Line, Person, Record, Text, lifecycle::Advance};

/// The number of a commit, counted from 1; 0 is the empty network. Each copy counts its own.
pub type Revision = u64;

/// Names a change over all copies of a network: prints as `origin/clock`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChangeId {
    /// The logical clock of the origin when it was made. First, so that changes are ordered by it.
    pub clock: u64,
    /// The copy it was made on.
    pub origin: Origin,
}

impl std::fmt::Display for ChangeId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.origin, self.clock)
    }
}

impl std::str::FromStr for ChangeId {
    type Err = Error;
    /// Reads `origin/clock`. Errors: `number-form`, and those of ids.
    fn from_str(text: &str) -> Result<Self> {
        let (origin, clock) = text.rsplit_once('/').unwrap_or((text, ""));
        let bad = |_| Error::new(Code::NumberForm).field("change").value(text).expected("origin/clock");
        Ok(Self { clock: clock.parse().map_err(bad)?, origin: origin.parse()? })
    }
}

impl Serialize for ChangeId {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ChangeId {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        crate::base::text::read_text(input, str::parse)
    }
}

impl JsonSchema for ChangeId {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ChangeId".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": r"^.+/\d+$" })
    }
}

/// One change, as it stands in the journal and travels between copies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Its name.
    pub id: ChangeId,
    /// When it was recorded.
    pub at: Timestamp,
    /// Who recorded it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Line>,
    /// The change that it takes back, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reverts: Option<ChangeId>,
    /// What it does.
    pub action: Action,
}

/// The fields of a contact that say nothing of a person: whose office it is, and when that was right.
const OF_AN_OFFICE: [&str; 4] = ["agency", "unit", "hub", "valid"];

impl Change {
    /// Whether a record of this kind is about somebody who may ask to be erased: a person, or a contact, which may be
    /// somebody's own telephone.
    pub fn is_personal(kind: EntityKind) -> bool {
        matches!(kind, EntityKind::Person | EntityKind::Contact)
    }

    /// The change without what it says of a person, as it is after an erasure: that something was recorded about this id, when
    /// and by whom, but not what. `None` if it says nothing of a person.
    ///
    /// ```
    /// use jipp_core::model::{Line, Person};
    /// use jipp_core::registry::{Action, Change};
    /// let mut person = Person::new("p-17".parse()?);
    /// person.name = Some(Line::new("Siti Rahma")?);
    /// let (id, at) = ("example/1".parse()?, "2026-11-21T08:00:00Z".parse()?);
    /// let change = Change { id, at, by: None, reverts: None, action: Action::Register(person.into()) };
    /// let blank = change.without_person().unwrap();
    /// assert_eq!(blank.action, Action::Register(Person::new("p-17".parse()?).into()));
    /// assert_eq!(blank.without_person(), None);
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    pub fn without_person(&self) -> Option<Self> {
        if !Self::is_personal(self.action.subject().kind) {
            return None;
        }
        let mut blank = self.clone();
        match &mut blank.action {
            Action::Register(Record::Person(person)) => *person = Arc::new(Person::new(person.id.clone())),
            Action::Register(Record::Contact(contact)) => {
                let (id, agency, unit, hub) =
                    (contact.id.clone(), contact.agency.clone(), contact.unit.clone(), contact.hub.clone());
                *contact = Arc::new(Contact { agency, unit, hub, valid: contact.valid, ..Contact::new(id) });
            }
            Action::Revise(revise) => {
                let is_contact = revise.subject.kind == EntityKind::Contact;
                revise.fields.retain(|name, _| is_contact && OF_AN_OFFICE.contains(&name.as_str()));
            }
            Action::Retract(subject) | Action::Restore(subject) | Action::Unmerge(subject) => subject.reason = None,
            Action::Merge(merge) => merge.reason = None,
            Action::Register(_) | Action::Advance(_) => {}
        }
        (blank != *self).then_some(blank)
    }

    /// Whether both are one change, of which either copy may have erased what it said of a person.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let is_blank_of = |full: &Self, blank: &Self| full.without_person().as_ref() == Some(blank);
        self == other || is_blank_of(self, other) || is_blank_of(other, self)
    }
}

/// What a change does to one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Action {
    /// Enters a record.
    Register(Record),
    /// Changes fields of a record.
    Revise(Revise),
    /// Takes a step of a state machine; guarded, unless it reports history.
    Advance(Advance),
    /// Takes a record out of the present; its past stays.
    Retract(Subject),
    /// Takes a retraction back.
    Restore(Subject),
    /// Declares a record to be the same as another; its id goes on resolving, to the other.
    Merge(Merge),
    /// Takes a merge back.
    Unmerge(Subject),
}

/// A record, and why something is done to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The record.
    pub subject: EntityRef,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// Two records that are the same thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Merge {
    /// The record that gives way.
    pub subject: EntityRef,
    /// The record that stays; of the same kind.
    pub into: EntityRef,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// New values for fields of a record, each with the value that the author saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Revise {
    /// The record.
    pub subject: EntityRef,
    /// The fields, by their names in JSON.
    pub fields: BTreeMap<String, Edit>,
}

/// The value a field had and the value it gets; `null` where it has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// What the author saw.
    #[serde(default)]
    pub before: Value,
    /// What it shall be.
    #[serde(default)]
    pub after: Value,
}

impl Revise {
    /// What turns one record into another with the same id; `None` if they are equal.
    pub fn between(old: &Record, new: &Record) -> Option<Self> {
        let (Value::Object(mut old_fields), Value::Object(mut new_fields)) = (old.to_fields(), new.to_fields()) else {
            return None;
        };
        let names: std::collections::BTreeSet<String> = old_fields.keys().chain(new_fields.keys()).cloned().collect();
        let edit = |name: String| {
            let take = |fields: &mut serde_json::Map<String, Value>| fields.remove(&name).unwrap_or(Value::Null);
            let (before, after) = (take(&mut old_fields), take(&mut new_fields));
            (before != after).then_some((name, Edit { before, after }))
        };
        let fields: BTreeMap<String, Edit> = names.into_iter().filter_map(edit).collect();
        (!fields.is_empty()).then(|| Self { subject: old.reference(), fields })
    }
}

impl Action {
    /// The record it is about.
    pub fn subject(&self) -> EntityRef {
        match self {
            Self::Register(record) => record.reference(),
            Self::Revise(revise) => revise.subject.clone(),
            Self::Advance(advance) => advance.subject.clone(),
            Self::Merge(merge) => merge.subject.clone(),
            Self::Retract(subject) | Self::Restore(subject) | Self::Unmerge(subject) => subject.subject.clone(),
        }
    }
}
