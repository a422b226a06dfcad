//! Who sees what: redaction as data.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::phase::Phase;
use super::shape::{Member, Shape, shape};
use crate::base::vocabulary::vocabulary;
use crate::base::{Code, Error, Result};
use crate::model::{EntityKind, Line, Mark, Text};

const STANDARD: &str = include_str!("../../../data/redaction/default.json");

vocabulary! {
    /// Who looks at an edition.
    Role = "viewer-role" {
        Public = "public", "publik", "public";
        Assessor = "assessor", "penilai", "assessor";
        Secretariat = "secretariat", "sekretariat", "secretariat";
        Chair = "chair", "ketua", "chair";
    }
}

vocabulary! {
    /// Whose records are seen.
    Whose = "seen-records" {
        All = "all", "semua", "all on record";
        Rules = "rules", "aturan", "what the edition is held under: the edition and all it refers to";
        Edition = "edition", "semua peserta", "of the proposals entered in the edition";
        Finalists = "finalists", "finalis", "of its finalists";
        Awarded = "awarded", "penerima penghargaan", "of those it awarded";
        Assigned = "assigned", "yang ditugaskan", "of the proposals that the viewing assessor has a sheet for";
        Own = "own", "milik sendiri", "the viewing assessor's own";
    }
}

vocabulary! {
    /// How records are named to the viewer.
    Naming = "record-naming" {
        Plain = "plain", "apa adanya", "by their ids";
        Coded = "coded", "berkode", "each by a code of its own";
        Merged = "merged", "digabung", "records that look the same to the viewer are one, with one code";
        Counted = "counted", "hanya jumlah", "not at all: only how many there are";
    }
}

/// What a role sees of some kinds of record during some phases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Who.
    pub role: Role,
    /// Of which kinds of record.
    pub kinds: Vec<EntityKind>,
    /// From this phase on; from the beginning if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Phase>,
    /// Up to this phase, itself included; to the end if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Phase>,
    /// Which records.
    pub records: Whose,
    /// How they are named.
    pub ids: Naming,
    /// Only these fields; inside another with dots, through lists too: `scores.value`. A field that a later version
    /// adds stays hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show: Option<Vec<Line>>,
    /// All fields but these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hide: Option<Vec<Line>>,
    /// The kinds of record whose names are masked in the texts of these fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mask: Vec<EntityKind>,
    /// How well it is known that it is done this way.
    pub mark: Mark,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// A redaction policy: what no rule shows is not seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Its id.
    pub id: Line,
    /// What stands in the place of a masked name.
    pub masked: Line,
    /// Words that make no name: where a name has others, it is masked without these too.
    #[serde(default)]
    pub generic_words: Vec<Line>,
    /// The rules.
    pub rules: Vec<Rule>,
}

impl Policy {
    /// The policy that comes with the library. No source for the practice of the national competition was found: every
    /// rule is inferred, and meant to be replaced.
    ///
    /// ```
    /// use jipp_core::evaluation::blindness::{Phase, Policy, Role};
    /// use jipp_core::model::EntityKind;
    /// let policy = Policy::standard()?;
    /// let hidden = policy.hidden(Role::Assessor, Phase::Desk, EntityKind::Innovation).unwrap_or_default();
    /// assert!(hidden.contains(&"region".to_owned()));
    /// assert!(policy.hidden(Role::Public, Phase::Desk, EntityKind::Innovation).is_none());
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// None in practice: a test reads the file.
    pub fn standard() -> Result<Self> {
        Self::from_json(STANDARD)
    }

    /// Reads a policy from JSON and checks it.
    ///
    /// # Errors
    /// `json-syntax`, `field-missing`, `field-unknown`, `field-type`, `unknown-term` with the path of the value as
    /// field, and those of [`check`](Self::check).
    pub fn from_json(text: &str) -> Result<Self> {
        let mut reader = serde_json::Deserializer::from_str(text);
        let read: std::result::Result<Self, _> = serde_path_to_error::deserialize(&mut reader);
        let policy = read.map_err(|error| {
            let path = error.path().to_string();
            let fault = Error::from_serde(&error.into_inner().to_string());
            if path == "." { fault } else { fault.field(path) }
        })?;
        reader.end().map_err(|error| Error::from_serde(&error.to_string()))?;
        policy.check()?;
        Ok(policy)
    }

    /// Checks that every field named is there, that what a record cannot be without is shown, and that no two rules
    /// speak of the same.
    ///
    /// # Errors
    /// With the rule and what is wrong in it as field: `field-unknown` if a kind has no such field; `field-missing` if
    /// a record of the kind cannot be without a hidden one, or a rule says neither what it shows nor what it hides;
    /// `duplicate-in-record` if two rules speak of one kind in one phase to one role; `option-invalid` for a rule that
    /// cannot be followed.
    pub fn check(&self) -> Result<()> {
        let mut spoken = BTreeSet::new();
        for (index, rule) in self.rules.iter().enumerate() {
            let inside = |error: Error| error.inside(&format!("rules[{index}]"));
            rule.check().map_err(inside)?;
            for kind in &rule.kinds {
                for phase in rule.phases() {
                    if !spoken.insert((rule.role, *kind, phase)) {
                        let value = format!("{} {kind} {phase}", rule.role);
                        return Err(inside(Error::new(Code::DuplicateInRecord).field("kinds").value(value)));
                    }
                }
            }
        }
        for (index, rule) in self.rules.iter().enumerate() {
            self.check_merged(rule).map_err(|error| error.inside(&format!("rules[{index}]")))?;
        }
        Ok(())
    }

    /// Records that are told apart by codes would tell apart what is merged.
    fn check_merged(&self, rule: &Rule) -> Result<()> {
        for kind in rule.kinds.iter().filter(|_| rule.ids == Naming::Merged) {
            let mut named = BTreeSet::new();
            names(shape(*kind), &rule.allows(*kind), &mut named);
            let is_coded = |target: EntityKind, phase: Phase| {
                self.rule(rule.role, phase, target).is_some_and(|rule| rule.ids == Naming::Coded)
            };
            let coded = named.iter().find(|target| rule.phases().any(|phase| is_coded(**target, phase)));
            if let Some(coded) = coded {
                let error = Error::new(Code::OptionInvalid).field("ids").value(rule.ids);
                return Err(error.expected(format!("no field that refers to a {coded}, which has a code of its own")));
            }
        }
        Ok(())
    }

    /// The rule on a kind of record.
    pub fn rule(&self, role: Role, phase: Phase, kind: EntityKind) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.role == role && rule.kinds.contains(&kind) && rule.spans(phase))
    }

    /// The fields of a kind that are hidden from a role; none if no record of the kind is seen at all.
    pub fn hidden(&self, role: Role, phase: Phase, kind: EntityKind) -> Option<Vec<String>> {
        let found = self.rule(role, phase, kind).filter(|found| found.ids != Naming::Counted)?;
        let mut hidden = Vec::new();
        denied(shape(kind), &found.allows(kind), "", &mut hidden);
        Some(hidden)
    }
}

impl Rule {
    fn spans(&self, phase: Phase) -> bool {
        self.from.is_none_or(|from| from <= phase) && self.until.is_none_or(|until| phase <= until)
    }

    fn phases(&self) -> impl Iterator<Item = Phase> + use<'_> {
        Phase::ALL.iter().copied().filter(|phase| self.spans(*phase))
    }

    /// What is shown of a kind.
    pub(super) fn allows(&self, kind: EntityKind) -> Allow {
        match (&self.show, &self.hide) {
            (Some(show), _) => {
                let mut allow = Allow::Only(BTreeMap::new());
                for path in show {
                    allow.grant(path);
                }
                allow
            }
            (None, Some(hide)) => {
                let mut allow = Allow::All;
                for path in hide {
                    allow.deny(shape(kind), path);
                }
                allow
            }
            (None, None) => Allow::Only(BTreeMap::new()),
        }
    }

    fn check(&self) -> Result<()> {
        if self.phases().next().is_none() {
            let until = self.until.map(|until| until.to_string()).unwrap_or_default();
            return Err(Error::new(Code::OptionInvalid).field("until").value(until).expected("not before `from`"));
        }
        if matches!(self.records, Whose::Assigned | Whose::Own) && self.role != Role::Assessor {
            let error = Error::new(Code::OptionInvalid).field("records").value(self.records);
            return Err(error.expected("a rule for assessors: nobody else is assigned anything"));
        }
        match (&self.show, &self.hide, self.ids) {
            (None, None, Naming::Counted) => return Ok(()),
            (Some(_), Some(_), _) | (_, _, Naming::Counted) => {
                let error = Error::new(Code::OptionInvalid).field("hide");
                return Err(error.expected("either `show` or `hide`; neither where records are only counted"));
            }
            (None, None, _) => {
                return Err(Error::new(Code::FieldMissing).field("show").expected("`show` or `hide`"));
            }
            _ => {}
        }
        self.kinds.iter().try_for_each(|kind| self.check_kind(*kind))
    }

    fn check_kind(&self, kind: EntityKind) -> Result<()> {
        let own = [EntityKind::Assessor, EntityKind::ScoreSheet, EntityKind::Person];
        if self.records == Whose::Own && !own.contains(&kind) {
            let error = Error::new(Code::OptionInvalid).field("records").value(self.records);
            return Err(error.expected(format!("another word for {kind}: an assessor owns sheets only")));
        }
        let lists = [("show", &self.show), ("hide", &self.hide)];
        for (list, paths) in lists {
            for path in paths.iter().flatten() {
                let is_there = **path != *"id" && shape(kind).at(path).is_some();
                if !is_there {
                    let known: Vec<&str> =
                        shape(kind).members().into_iter().flatten().map(|(name, _)| &**name).collect();
                    let error = Error::new(Code::FieldUnknown).field(list).value(format!("{kind}: {path}"));
                    return Err(error.expected(known.join(", ")));
                }
            }
        }
        match missed(shape(kind), &self.allows(kind), true) {
            Some(field) => {
                let list = if self.show.is_some() { "show" } else { "hide" };
                let error = Error::new(Code::FieldMissing).field(list).value(format!("{kind}: {field}"));
                Err(error.expected("to be shown: without it there is no such record"))
            }
            None => Ok(()),
        }
    }
}

/// What is shown of a value.
#[derive(Clone, Debug)]
pub(super) enum Allow {
    All,
    Only(BTreeMap<String, Allow>),
}

impl Allow {
    /// What is shown of a field.
    pub(super) fn inside(&self, name: &str) -> Option<&Self> {
        match self {
            Self::All => Some(self),
            Self::Only(fields) => fields.get(name),
        }
    }

    fn grant(&mut self, path: &str) {
        let Self::Only(fields) = self else { return };
        match path.split_once('.') {
            None => drop(fields.insert(path.to_owned(), Self::All)),
            Some((first, rest)) => {
                fields.entry(first.to_owned()).or_insert_with(|| Self::Only(BTreeMap::new())).grant(rest);
            }
        }
    }

    fn deny(&mut self, of: &Shape, path: &str) {
        let Some(members) = of.members() else { return };
        if matches!(self, Self::All) {
            *self = Self::Only(members.keys().map(|name| (name.clone(), Self::All)).collect());
        }
        let Self::Only(fields) = self else { return };
        match path.split_once('.') {
            None => drop(fields.remove(path)),
            Some((first, rest)) => {
                if let (Some(inner), Some(member)) = (fields.get_mut(first), members.get(first)) {
                    inner.deny(&member.shape, rest);
                }
            }
        }
    }
}

/// Whether something can stand in for a required value that is hidden.
pub(super) fn has_stand_in(shape: &Shape) -> bool {
    matches!(shape, Shape::Text(_) | Shape::Term(_))
}

/// The first field that is hidden and must not be.
fn missed(shape: &Shape, allow: &Allow, is_top: bool) -> Option<String> {
    let fields = shape.members()?.iter().filter(|(name, _)| !(is_top && *name == "id"));
    let miss = |(name, member): (&String, &Member)| match allow.inside(name) {
        None if member.is_required && !(is_top && has_stand_in(&member.shape)) => Some(name.clone()),
        None | Some(Allow::All) => None,
        Some(inner) => missed(&member.shape, inner, false).map(|field| format!("{name}.{field}")),
    };
    fields.into_iter().find_map(miss)
}

/// The fields that are hidden.
fn denied(shape: &Shape, allow: &Allow, prefix: &str, into: &mut Vec<String>) {
    for (name, member) in shape.members().into_iter().flatten() {
        match allow.inside(name) {
            None if prefix.is_empty() && name == "id" => {}
            None => into.push(format!("{prefix}{name}")),
            Some(Allow::All) => {}
            Some(inner) => denied(&member.shape, inner, &format!("{prefix}{name}."), into),
        }
    }
}

/// The kinds that shown fields refer to.
fn names(shape: &Shape, allow: &Allow, into: &mut BTreeSet<EntityKind>) {
    into.extend(shape.names());
    for (name, member) in shape.members().into_iter().flatten() {
        if let Some(inner) = allow.inside(name).filter(|_| name != "id") {
            names(&member.shape, inner, into);
        }
    }
}
