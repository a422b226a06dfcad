//! A registry as simple as it can be thought, and the edits that are tried on it and on a real one side by side.
//!
//! Bytes are edits: three bytes each, whatever they are. So the same machine serves random tests and a fuzzer.

use std::collections::BTreeMap;

use jipp_core::model::{EntityKind, EntityRef, Innovation, Record};
use jipp_core::registry::{Action, Committed, Merge, Registry, Revise, Subject};

use crate::{agency, innovation, line, registry, stamp};

/// Few ids, so that edits meet.
const IDS: [&str; 5] = ["kota-x/a", "kota-x/b", "kota-x/c", "kota-x/d", "kota-x/e"];
/// The most edits of one history.
const MOST: usize = 200;

/// What the model knows of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    title: String,
    is_retracted: bool,
    merged_into: Option<usize>,
    /// The revision of its last change.
    touched: u64,
}

/// The model: records by their places in [`IDS`].
type Records = BTreeMap<usize, Known>;

/// One edit.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Register(usize, u8),
    Revise(usize, u8),
    /// A revision by somebody who saw another title.
    ReviseStale(usize, u8),
    Retract(usize),
    Restore(usize),
    Merge(usize, usize),
    Unmerge(usize),
    Revert(u64),
}

fn edit([what, first, second]: [u8; 3]) -> Edit {
    let (one, other) = (usize::from(first) % IDS.len(), usize::from(second) % IDS.len());
    match what % 8 {
        0 => Edit::Register(one, second),
        1 => Edit::Revise(one, second),
        2 => Edit::ReviseStale(one, second),
        3 => Edit::Retract(one),
        4 => Edit::Restore(one),
        5 => Edit::Merge(one, other),
        6 => Edit::Unmerge(one),
        _ => Edit::Revert(u64::from(first)),
    }
}

fn title(number: u8) -> String {
    format!("Antrean {}", number % 16)
}

fn subject(place: usize) -> EntityRef {
    EntityRef::new(EntityKind::Innovation, IDS[place]).expect("a fixture's id is an id")
}

fn named(place: usize) -> Subject {
    Subject { subject: subject(place), reason: None }
}

fn record(place: usize, title: &str) -> Record {
    let mut record = innovation(IDS[place]);
    record.title = line(title);
    record.into()
}

/// The model with all that a history needs.
struct Model {
    now: Records,
    /// The records after each revision; the first is that of the agency.
    past: Vec<Records>,
    /// Of each revision, the record it changed, what it was before, and whether it was taken out of a merge.
    done: Vec<Option<(usize, Option<Known>)>>,
}

impl Model {
    /// The record that is part of the present in its own right, or the code of the refusal.
    fn live(&self, place: usize) -> Result<&Known, &'static str> {
        match self.now.get(&place) {
            Some(known) if known.is_retracted => Err("retracted"),
            Some(known) if known.merged_into.is_none() => Ok(known),
            _ => Err("not-found"),
        }
    }

    fn exact(&self, place: usize) -> Result<&Known, &'static str> {
        self.now.get(&place).ok_or("not-found")
    }

    /// What an edit makes of which record, or the code of the refusal; `None` if it is no change at all.
    fn expected(&self, edit: Edit) -> Option<Result<(usize, Known), &'static str>> {
        let change = |known: &Known, change: &dyn Fn(&mut Known)| {
            let mut known = known.clone();
            change(&mut known);
            known
        };
        let expected = match edit {
            Edit::Register(place, number) => match self.now.get(&place) {
                Some(known) if known.is_retracted => Err("retracted"),
                Some(_) => Err("duplicate-id"),
                None => Ok((place, Known { title: title(number), is_retracted: false, merged_into: None, touched: 0 })),
            },
            Edit::Revise(place, number) | Edit::ReviseStale(place, number) => {
                let known = self.now.get(&place).filter(|known| known.title != title(number))?;
                match self.live(place) {
                    Ok(_) if matches!(edit, Edit::ReviseStale(..)) => Err("edit-stale"),
                    found => found.map(|_| (place, change(known, &|known| known.title = title(number)))),
                }
            }
            Edit::Retract(place) => {
                self.live(place).map(|known| (place, change(known, &|known| known.is_retracted = true)))
            }
            Edit::Restore(place) => match self.exact(place) {
                Ok(known) if !known.is_retracted => Err("transition-unknown"),
                found => found.map(|known| (place, change(known, &|known| known.is_retracted = false))),
            },
            Edit::Merge(place, into) => match (self.live(place), self.live(into)) {
                (Ok(_), Ok(_)) if place == into => Err("merge-refused"),
                (Ok(known), Ok(_)) => Ok((place, change(known, &|known| known.merged_into = Some(into)))),
                (Err(code), _) | (_, Err(code)) => Err(code),
            },
            Edit::Unmerge(place) => match self.exact(place) {
                Ok(known) if known.merged_into.is_none() => Err("merge-refused"),
                found => found.map(|known| (place, change(known, &|known| known.merged_into = None))),
            },
            Edit::Revert(revision) => self.reverted(revision)?,
        };
        Some(expected)
    }

    fn reverted(&self, revision: u64) -> Option<Result<(usize, Known), &'static str>> {
        let index = usize::try_from(revision).ok().and_then(|revision| revision.checked_sub(1));
        let Some(done) = index.and_then(|index| self.done.get(index)) else { return Some(Err("revision-unknown")) };
        // The agency itself is not tried.
        let (place, before) = done.as_ref()?;
        let now = &self.now[place];
        if now.touched > revision {
            return Some(Err("revert-blocked"));
        }
        let Some(before) = before else { return Some(Ok((*place, Known { is_retracted: true, ..now.clone() }))) };
        // What was taken out of a merge goes back only if the other still stands for itself.
        if let (None, Some(into)) = (now.merged_into, before.merged_into)
            && let Err(code) = self.live(into)
        {
            return Some(Err(code));
        }
        Some(Ok((*place, before.clone())))
    }

    fn accept(&mut self, place: usize, mut known: Known) {
        let revision = self.past.len() as u64;
        known.touched = revision;
        let before = self.now.insert(place, known);
        self.done.push(Some((place, before)));
        self.past.push(self.now.clone());
    }
}

/// Which record stands for an id, merges followed.
fn standing(records: &Records, place: usize) -> Option<usize> {
    let known = records.get(&place)?;
    match known.merged_into {
        Some(into) => standing(records, into),
        None => (!known.is_retracted).then_some(place),
    }
}

fn attempt(registry: &mut Registry, edit: Edit, records: &Records) -> jipp_core::Result<Committed> {
    let revise = |place: usize, before: &str, number: u8| {
        let (old, new) = (record(place, before), record(place, &title(number)));
        Action::Revise(Revise::between(&old, &new).expect("the titles differ"))
    };
    let action = match edit {
        Edit::Register(place, number) => Action::Register(record(place, &title(number))),
        Edit::Revise(place, number) => revise(place, &records[&place].title, number),
        Edit::ReviseStale(place, number) => revise(place, "Yang tidak pernah ada", number),
        Edit::Retract(place) => Action::Retract(named(place)),
        Edit::Restore(place) => Action::Restore(named(place)),
        Edit::Merge(place, into) => Action::Merge(Merge { subject: subject(place), into: subject(into), reason: None }),
        Edit::Unmerge(place) => Action::Unmerge(named(place)),
        Edit::Revert(revision) => return registry.revert(revision, &stamp()),
    };
    registry.commit(&stamp(), vec![action])
}

/// Checks that a registry shows at a revision what the model says.
fn check(registry: &Registry, revision: u64, records: &Records) {
    let view = registry.as_of(revision).expect("the revision is of the past");
    for (place, id) in IDS.iter().enumerate() {
        let found: Option<&Innovation> = view.find(id);
        let expected = standing(records, place);
        assert_eq!(found.map(|found| found.id.as_str()), expected.map(|place| IDS[place]), "revision {revision}");
        let titles = found.map(|found| &*found.title).zip(expected.map(|place| records[&place].title.as_str()));
        assert!(titles.is_none_or(|(found, expected)| found == expected), "revision {revision}: {titles:?}");
    }
    let live = records.values().filter(|known| !known.is_retracted && known.merged_into.is_none()).count();
    assert_eq!(view.count(EntityKind::Innovation), live, "revision {revision}");
}

/// Tries edits on a registry and on the model.
///
/// # Panics
/// If they differ: in what is refused and why, in what is there, now and as of any revision; or if the registry differs from
/// one that folds its journal anew, in its records, their past or its indexes.
pub fn run(bytes: &[u8]) {
    let mut real = registry("model");
    real.commit(&stamp(), vec![Action::Register(agency("kota-x").into())]).expect("an agency can be registered");
    let empty = Records::new();
    let mut model = Model { now: empty.clone(), past: vec![empty.clone(), empty], done: vec![None] };
    for three in bytes.chunks_exact(3).take(MOST) {
        let edit = edit([three[0], three[1], three[2]]);
        let Some(expected) = model.expected(edit) else { continue };
        let outcome = attempt(&mut real, edit, &model.now);
        match (outcome, expected) {
            (Ok(committed), Ok((place, known))) => {
                model.accept(place, known);
                assert_eq!(committed.revision + 1, model.past.len() as u64, "{edit:?}");
            }
            (Err(error), Err(code)) => assert_eq!(error.code(), code, "{edit:?}"),
            (outcome, expected) => panic!("{edit:?}: {outcome:?}, expected {expected:?}"),
        }
        check(&real, real.revision(), &model.now);
    }
    for (revision, records) in model.past.iter().enumerate() {
        check(&real, revision as u64, records);
    }
    assert_eq!(real.verify().expect("memory can be looked at"), []);
    let mut anew = registry("anew");
    let journal = real.changes_after(0).expect("memory can be read");
    for change in journal {
        anew.receive(vec![(*change).clone()]).expect("a journal can be received");
    }
    assert!(anew.same_state(&real), "folding the journal anew gives another state");
}
