//! A commit in the making: changes staged over the state, checked against every rule, installed or thrown away whole.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, hash_map::Entry};

use super::change::{Action, Change, Merge, Revise};
use super::fold::{Conflict, Content, fold};
use super::state::State;
use crate::base::{Code, Error, Result};
use crate::model::lifecycle::{self, Axis, Facts, Policy};
use crate::model::{EntityKind, EntityRef, Record};

/// Changes staged over a state.
pub(super) struct Draft<'a> {
    state: &'a State,
    policy: &'a Policy,
    /// Records in the order they were first staged: the order they get their places in.
    contents: Vec<(EntityRef, Content)>,
    /// Where among them a record is, by kind and id.
    staged: BTreeMap<EntityKind, HashMap<std::sync::Arc<str>, usize>>,
    /// Which staged records refer to a record; built when first asked for, then kept. Lists are only added to.
    reverse: RefCell<Option<HashMap<EntityRef, BTreeSet<EntityRef>>>>,
    /// Which staged records carried a number of another system. Lists are only added to.
    external: HashMap<(String, String), Vec<EntityRef>>,
    /// Staged records that were at some time merged into this one. Lists are only added to.
    absorbed: HashMap<EntityRef, Vec<EntityRef>>,
    /// The open conflicts of the records that had any.
    conflicts: BTreeMap<EntityRef, Vec<Conflict>>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(state: &'a State, policy: &'a Policy) -> Self {
        let (contents, staged, reverse, external, absorbed, conflicts) = Default::default();
        Self { state, policy, contents, staged, reverse, external, absorbed, conflicts }
    }

    /// What is staged, in the order it was first staged.
    pub(super) fn contents(&self) -> &[(EntityRef, Content)] {
        &self.contents
    }

    /// What was staged, in the order it was first staged, and the conflicts still open in what had any.
    pub(super) fn into_contents(self) -> (Vec<Content>, BTreeMap<EntityRef, Vec<Conflict>>) {
        (self.contents.into_iter().map(|(_, content)| content).collect(), self.conflicts)
    }

    /// Checks one change against the records before it, and stages what it makes.
    pub(super) fn apply(&mut self, change: &Change) -> Result<()> {
        match &change.action {
            Action::Register(record) => self.check_register(record)?,
            Action::Revise(revise) => self.check_revise(revise, change.reverts.is_some())?,
            Action::Advance(advance) => {
                let record = &self.live(&advance.subject)?.record;
                lifecycle::advance(record, advance, self)?;
            }
            Action::Retract(subject) => {
                self.live(&subject.subject)?;
            }
            Action::Restore(subject) => {
                let content = self.exact(&subject.subject)?;
                if !content.is_retracted {
                    return Err(Error::new(Code::TransitionUnknown)
                        .about(&subject.subject)
                        .expected("a retracted record"));
                }
            }
            Action::Merge(merge) => self.check_merge(merge)?,
            Action::Unmerge(subject) => {
                if self.exact(&subject.subject)?.merged_into.is_none() {
                    return Err(Error::new(Code::MergeRefused).about(&subject.subject).expected("a merged record"));
                }
            }
        }
        let subject = change.action.subject();
        let mut open = self.open_conflicts(&subject);
        let had_any = !open.is_empty();
        let content = fold(self.content(subject.kind, &subject.id), change, &mut open)?;
        if had_any {
            self.conflicts.insert(subject.clone(), open);
        }
        if matches!(change.action, Action::Revise(_)) {
            content.record.check()?;
        }
        self.stage(subject, content);
        Ok(())
    }

    pub(super) fn stage(&mut self, subject: EntityRef, content: Content) {
        if let Some(reverse) = self.reverse.get_mut() {
            list_references(&content.record, &subject, reverse);
        }
        for external in content.record.external_ids() {
            let key = (crate::base::fold(&external.system), crate::base::fold(&external.value));
            self.external.entry(key).or_default().push(subject.clone());
        }
        if let Some(into) = &content.merged_into {
            self.absorbed.entry(into.clone()).or_default().push(subject.clone());
        }
        match self.staged.entry(subject.kind).or_default().entry(std::sync::Arc::clone(&subject.id)) {
            Entry::Occupied(place) => self.contents[*place.get()].1 = content,
            Entry::Vacant(place) => {
                place.insert(self.contents.len());
                self.contents.push((subject, content));
            }
        }
    }

    /// The rules that hold for the commit as a whole: references, retractions, merges, lineage, hierarchies.
    pub(super) fn check_whole(&self) -> Result<()> {
        for (subject, content) in &self.contents {
            if content.is_retracted {
                self.check_unreferenced(subject)?;
            } else {
                self.check_references(subject, &content.record)?;
            }
        }
        self.check_all_cycles()
    }

    /// Refuses a reference to what is not there.
    pub(super) fn check_references(&self, subject: &EntityRef, record: &Record) -> Result<()> {
        match self.missing(record) {
            None => Ok(()),
            Some((field, missing)) => {
                Err(Error::new(Code::DanglingReference).about(subject).field(field).value(missing))
            }
        }
    }

    /// The first reference of a record to something that is not there, with the field.
    pub(super) fn missing(&self, record: &Record) -> Option<(&'static str, EntityRef)> {
        let mut missing = None;
        record.references(&mut |field, kind, id| {
            if missing.is_none() && self.standing(kind, id).is_none() {
                missing = Some((field, EntityRef { kind, id: std::sync::Arc::from(id) }));
            }
        });
        missing
    }

    fn open_conflicts(&self, subject: &EntityRef) -> Vec<Conflict> {
        if self.state.conflicts.is_empty() && self.conflicts.is_empty() {
            return Vec::new();
        }
        let kept = || self.state.conflicts.get(&self.state.slot(subject.kind, &subject.id)?).cloned();
        self.conflicts.get(subject).cloned().or_else(kept).unwrap_or_default()
    }

    fn check_register(&self, record: &Record) -> Result<()> {
        record.check()?;
        let subject = || record.reference();
        if !lifecycle::enters_unguarded(record) {
            return Err(Error::new(Code::StateUnguarded).about(subject()));
        }
        if let Some(present) = self.content(record.kind(), record.id()) {
            let code = if present.is_retracted { Code::Retracted } else { Code::DuplicateId };
            return Err(Error::new(code).about(subject()).field("id").value(record.id()));
        }
        self.check_external_ids(record)
    }

    fn check_external_ids(&self, record: &Record) -> Result<()> {
        for external in record.external_ids() {
            let key = (crate::base::fold(&external.system), crate::base::fold(&external.value));
            let carries = |other: &Record| {
                other.kind() == record.kind()
                    && other.id() != record.id()
                    && other
                        .external_ids()
                        .iter()
                        .any(|id| crate::base::fold(&id.system) == key.0 && crate::base::fold(&id.value) == key.1)
            };
            let kept = self.state.external.get(&key).into_iter().flatten().map(|slot| &self.state.entry(*slot).id);
            let staged = self.external.get(&key).into_iter().flatten().filter(|other| other.kind == record.kind());
            let staged = staged.map(|other| &other.id);
            let others = kept.filter(|id| !self.is_staged(record.kind(), id)).chain(staged);
            let clash =
                others.filter_map(|id| self.content(record.kind(), id)).find(|c| c.is_live() && carries(&c.record));
            if let Some(clash) = clash {
                let number = format!("{} {}", external.system, external.value);
                let fault = Error::new(Code::DuplicateExternalId).about(record.reference()).field("external_ids");
                return Err(fault.value(number).expected(format!("{} carries it", clash.record.reference())));
            }
        }
        Ok(())
    }

    fn check_revise(&self, revise: &Revise, is_revert: bool) -> Result<()> {
        let record = &self.live(&revise.subject)?.record;
        let present = record.to_fields();
        for (name, edit) in &revise.fields {
            let is_status = [Axis::Stage, Axis::Verification, Axis::Publication, Axis::Status]
                .iter()
                .any(|axis| axis.field() == name && lifecycle::state(record, *axis).is_some());
            if name == "id" || is_status && !is_revert {
                let hint = if is_status { "an Advance" } else { "a new record and a Merge" };
                return Err(Error::new(Code::FieldFixed).about(&revise.subject).field(name).expected(hint));
            }
            let now = present.get(name).unwrap_or(&serde_json::Value::Null);
            if *now != edit.before {
                let fault = Error::new(Code::EditStale).about(&revise.subject).field(name);
                return Err(fault.value(&edit.before).expected(now.to_string()));
            }
        }
        Ok(())
    }

    fn check_merge(&self, merge: &Merge) -> Result<()> {
        let refuse =
            |why: &str| Err(Error::new(Code::MergeRefused).about(&merge.subject).value(&merge.into).expected(why));
        self.live(&merge.subject)?;
        self.live(&merge.into)?;
        if merge.subject.kind != merge.into.kind {
            return refuse("two records of one kind");
        }
        if merge.subject == merge.into {
            return refuse("two different records");
        }
        Ok(())
    }

    fn check_unreferenced(&self, subject: &EntityRef) -> Result<()> {
        let refers = |kind: &EntityKind| self.referring(*kind, subject).into_iter().next();
        match EntityKind::ALL.iter().find_map(refers) {
            None => Ok(()),
            Some(record) => Err(Error::new(Code::StillReferenced).about(subject).value(record.reference())),
        }
    }

    /// What is under an id, staged or kept.
    pub(super) fn content(&self, kind: EntityKind, id: &str) -> Option<&Content> {
        let place = self.staged.get(&kind).and_then(|of_kind| of_kind.get(id));
        let staged = place.map(|place| &self.contents[*place].1);
        staged.or_else(|| self.state.entry(self.state.slot(kind, id)?).versions.last().map(|version| &version.content))
    }

    fn is_staged(&self, kind: EntityKind, id: &str) -> bool {
        self.staged.get(&kind).is_some_and(|of_kind| of_kind.contains_key(id))
    }

    pub(super) fn is_merged(&self, subject: &EntityRef) -> bool {
        self.content(subject.kind, &subject.id).is_some_and(|content| content.merged_into.is_some())
    }

    /// Whether a record was retracted before this commit.
    pub(super) fn was_retracted(&self, subject: &EntityRef) -> bool {
        let kept = self.state.slot(subject.kind, &subject.id).and_then(|slot| self.state.entry(slot).versions.last());
        kept.is_some_and(|version| version.content.is_retracted)
    }

    fn exact(&self, subject: &EntityRef) -> Result<&Content> {
        self.content(subject.kind, &subject.id).ok_or_else(|| Error::new(Code::NotFound).about(subject))
    }

    /// The content under exactly this id, which must be part of the present in its own right.
    fn live(&self, subject: &EntityRef) -> Result<&Content> {
        let content = self.exact(subject)?;
        match &content.merged_into {
            _ if content.is_retracted => Err(Error::new(Code::Retracted).about(subject)),
            Some(into) => {
                Err(Error::new(Code::NotFound).about(subject).expected(format!("{into}, into which it was merged")))
            }
            None => Ok(content),
        }
    }

    /// The live content that stands for an id, merges followed.
    pub(super) fn standing(&self, kind: EntityKind, id: &str) -> Option<&Content> {
        let mut content = self.content(kind, id)?;
        let mut steps = 0;
        while let Some(into) = &content.merged_into {
            steps += 1;
            if steps > self.state.entries.len() + self.contents.len() {
                return None;
            }
            content = self.content(into.kind, &into.id)?;
        }
        content.is_live().then_some(content)
    }

    pub(super) fn find_as<T: crate::model::Entity>(&self, id: &str) -> Option<&T> {
        T::from_record(&self.content(T::KIND, id)?.record).map(|shared| &**shared)
    }

    /// The ids that stand for the same record as this one.
    fn class(&self, subject: &EntityRef) -> Vec<EntityRef> {
        let Some(standing) = self.standing(subject.kind, &subject.id) else { return vec![subject.clone()] };
        let mut class = vec![standing.record.reference()];
        let mut next = 0;
        while next < class.len() {
            let into = class[next].clone();
            let kept = self.state.slot(into.kind, &into.id).and_then(|slot| self.state.absorbed.get(&slot));
            let kept = kept.into_iter().flatten().map(|slot| self.state.entry(*slot).reference());
            let staged = self.absorbed.get(&into).into_iter().flatten().cloned();
            for member in kept.chain(staged) {
                let merged = self.content(member.kind, &member.id).and_then(|content| content.merged_into.as_ref());
                if merged == Some(&into) && !class.contains(&member) {
                    class.push(member);
                }
            }
            next += 1;
        }
        class
    }

    /// The records that ever referred to exactly this id, staged ones included.
    fn ever_referring(&self, subject: &EntityRef) -> Vec<EntityRef> {
        let kept = self.state.slot(subject.kind, &subject.id).map(|slot| &self.state.entry(slot).referrers);
        let mut all: Vec<EntityRef> =
            kept.into_iter().flatten().map(|slot| self.state.entry(*slot).reference()).collect();
        let mut reverse = self.reverse.borrow_mut();
        let reverse = reverse.get_or_insert_with(|| {
            let mut built = HashMap::new();
            for (subject, content) in &self.contents {
                list_references(&content.record, subject, &mut built);
            }
            built
        });
        all.extend(reverse.get(subject).into_iter().flatten().cloned());
        all
    }
}

fn list_references(record: &Record, subject: &EntityRef, reverse: &mut HashMap<EntityRef, BTreeSet<EntityRef>>) {
    record.references(&mut |_, kind, id| {
        let target = EntityRef { kind, id: std::sync::Arc::from(id) };
        reverse.entry(target).or_default().insert(subject.clone());
    });
}

impl Facts for Draft<'_> {
    fn find(&self, kind: EntityKind, id: &str) -> Option<&Record> {
        self.standing(kind, id).map(|content| &content.record)
    }

    fn referring(&self, kind: EntityKind, to: &EntityRef) -> Vec<&Record> {
        let class = self.class(to);
        let ever: BTreeSet<EntityRef> = class.iter().flat_map(|member| self.ever_referring(member)).collect();
        let says = |record: &Record| {
            let mut found = false;
            record.references(&mut |_, kind, id| {
                found = found || class.iter().any(|member| member.kind == kind && &*member.id == id);
            });
            found
        };
        let live = ever.iter().filter(|subject| subject.kind == kind);
        let live =
            live.filter_map(|subject| self.content(subject.kind, &subject.id)).filter(|content| content.is_live());
        live.map(|content| &content.record).filter(|record| says(record)).collect()
    }

    fn policy(&self) -> &Policy {
        self.policy
    }
}
