//! The state: every record with all its versions, and the indexes over them.
//!
//! Indexes list the records that *ever* had a value; a reader checks the version it looks at. So an index is only ever
//! added to, answers for the past as well as the present, and is the same whether it grew with the commits or was rebuilt.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::change::{ChangeId, Revision};
use super::fold::{Conflict, Content};
use super::ranges::Ranges;
use crate::base::{Origin, fold};
use crate::model::{
    EntityKind, EntityRef, Record,
    lifecycle::{self, Axis},
};

/// The place of a record: dense, internal, never handed out of the crate.
pub(crate) type Slot = u32;

/// What stood under an id from a revision on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Version {
    pub(super) since: Revision,
    pub(super) content: Content,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) kind: EntityKind,
    pub(super) id: Arc<str>,
    /// In the order of revisions.
    pub(super) versions: Vec<Version>,
    /// The greatest change folded in; none until the first.
    pub(super) last: Option<ChangeId>,
    /// The records that ever referred to this one, sorted.
    pub(super) referrers: Vec<Slot>,
}

impl Entry {
    pub(super) fn at(&self, revision: Revision) -> Option<&Content> {
        let count = self.versions.partition_point(|version| version.since <= revision);
        count.checked_sub(1).map(|index| &self.versions[index].content)
    }
    pub(super) fn reference(&self) -> EntityRef {
        EntityRef { kind: self.kind, id: Arc::clone(&self.id) }
    }
}

/// A change that waits for another to arrive.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Held {
    pub(super) change: Arc<super::Change>,
    pub(super) reason: super::HoldReason,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub(super) revision: Revision,
    /// The greatest logical clock seen.
    pub(super) clock: u64,
    pub(super) entries: Vec<Entry>,
    /// By kind and id, for going through them in order.
    pub(super) slots: BTreeMap<EntityKind, BTreeMap<Arc<str>, Slot>>,
    /// The same for finding one, which happens far more often. Its order is never looked at.
    pub(super) places: [HashMap<Arc<str>, Slot>; EntityKind::COUNT],
    /// By system and number, both folded.
    pub(super) external: BTreeMap<(String, String), Vec<Slot>>,
    pub(super) states: BTreeMap<(EntityKind, Axis, &'static str), Vec<Slot>>,
    pub(super) years: BTreeMap<(EntityKind, i32), Vec<Slot>>,
    /// The records that were ever merged into this one.
    pub(super) absorbed: BTreeMap<Slot, Vec<Slot>>,
    /// The changes seen of each origin.
    pub(super) seen: BTreeMap<Origin, Ranges>,
    pub(super) held: BTreeMap<ChangeId, Held>,
    /// Where something was put since the state was opened, so that indexes catch up without looking at every record.
    pub(super) recent: Vec<(Revision, Slot)>,
    /// The revision after which `recent` is complete.
    pub(super) recent_after: Revision,
    pub(super) conflicts: BTreeMap<Slot, Vec<Conflict>>,
}

impl State {
    pub(super) fn slot(&self, kind: EntityKind, id: &str) -> Option<Slot> {
        self.places[kind.index()].get(id).copied()
    }

    pub(super) fn entry(&self, slot: Slot) -> &Entry {
        &self.entries[slot as usize]
    }

    pub(super) fn has_seen(&self, id: &ChangeId) -> bool {
        self.seen.get(&id.origin).is_some_and(|clocks| clocks.contains(id.clock))
    }

    /// Remembers that a change was seen, and moves the clock on.
    pub(super) fn see(&mut self, id: &ChangeId) {
        self.clock = self.clock.max(id.clock);
        match self.seen.get_mut(&id.origin) {
            Some(clocks) => clocks.insert(id.clock),
            None => self.seen.entry(id.origin.clone()).or_default().insert(id.clock),
        }
    }

    /// Puts new content under an id, as of a revision. [`State::index`] must follow, once all that the content refers to
    /// is in its place.
    pub(super) fn place(&mut self, content: Content, since: Revision, change: Option<&ChangeId>) -> Slot {
        let kind = content.record.kind();
        let slot = match self.slot(kind, content.record.id()) {
            Some(slot) => slot,
            None => self.add_entry(kind, &content.record),
        };
        self.recent.push((since, slot));
        let entry = &mut self.entries[slot as usize];
        entry.last = entry.last.take().max(change.cloned());
        match entry.versions.last_mut() {
            // Within one revision only the outcome counts.
            Some(last) if last.since == since => last.content = content,
            _ => entry.versions.push(Version { since, content }),
        }
        slot
    }

    fn add_entry(&mut self, kind: EntityKind, record: &Record) -> Slot {
        // 2^32 records do not fit into memory; the last slot would be shared rather than wrapped around.
        let slot = Slot::try_from(self.entries.len()).unwrap_or(Slot::MAX);
        let id = record.reference().id;
        self.slots.entry(kind).or_default().insert(Arc::clone(&id), slot);
        self.places[kind.index()].insert(Arc::clone(&id), slot);
        self.entries.push(Entry { kind, id, versions: Vec::with_capacity(1), last: None, referrers: Vec::new() });
        slot
    }

    /// Lists a record under everything its latest version says.
    pub(super) fn index(&mut self, slot: Slot) {
        if let Some(content) = self.entry(slot).versions.last().map(|version| version.content.clone()) {
            self.index_content(slot, &content);
        }
    }

    fn index_content(&mut self, slot: Slot, content: &Content) {
        let record = &content.record;
        let kind = record.kind();
        let mut referred: Vec<Slot> = Vec::new();
        record.references(&mut |_, kind, id| referred.extend(self.slot(kind, id)));
        for target in referred {
            add_sorted(&mut self.entries[target as usize].referrers, slot);
        }
        for external in record.external_ids() {
            let key = (fold(&external.system), fold(&external.value));
            add_sorted(self.external.entry(key).or_default(), slot);
        }
        for axis in [Axis::Stage, Axis::Verification, Axis::Publication, Axis::Status] {
            if let Some(state) = lifecycle::state(record, axis) {
                add_sorted(self.states.entry((kind, axis, state)).or_default(), slot);
            }
        }
        if let Some(year) = record.year() {
            add_sorted(self.years.entry((kind, year)).or_default(), slot);
        }
        if let Some(into) = content.merged_into.as_ref().and_then(|into| self.slot(into.kind, &into.id)) {
            add_sorted(self.absorbed.entry(into).or_default(), slot);
        }
    }

    /// Lists every version of a record under what it says: for a state that is read whole.
    pub(super) fn index_versions(&mut self, slot: usize) {
        let contents: Vec<Content> =
            self.entries[slot].versions.iter().map(|version| version.content.clone()).collect();
        // Slots were given out as u32, so the cast back is exact.
        let slot = Slot::try_from(slot).unwrap_or(Slot::MAX);
        for content in &contents {
            self.index_content(slot, content);
        }
    }

    /// Replaces the open conflicts of records.
    pub(super) fn settle(&mut self, open: BTreeMap<EntityRef, Vec<Conflict>>) {
        for (subject, conflicts) in open {
            let Some(slot) = self.slot(subject.kind, &subject.id) else { continue };
            if conflicts.is_empty() {
                self.conflicts.remove(&slot);
            } else {
                self.conflicts.insert(slot, conflicts);
            }
        }
    }

    /// The records whose versions differ between two states; their places may.
    pub(super) fn differences(&self, other: &Self) -> Vec<EntityRef> {
        let versions = |state: &Self, subject: &EntityRef| {
            let slot = state.slot(subject.kind, &subject.id)?;
            Some(state.entry(slot).versions.clone())
        };
        let all = self.entries.iter().chain(&other.entries).map(Entry::reference);
        let all: std::collections::BTreeSet<EntityRef> = all.collect();
        all.into_iter().filter(|subject| versions(self, subject) != versions(other, subject)).collect()
    }

    /// Follows merges to the record that stands for this one at a revision.
    pub(super) fn canonical(&self, mut slot: Slot, revision: Revision) -> Slot {
        // Merging refuses cycles; the bound keeps even a damaged state from looping.
        for _ in 0..self.entries.len() {
            let into = self.entry(slot).at(revision).and_then(|content| content.merged_into.as_ref());
            match into.and_then(|into| self.slot(into.kind, &into.id)) {
                Some(next) => slot = next,
                None => break,
            }
        }
        slot
    }

    /// The record and everything merged into it at a revision.
    pub(super) fn class(&self, canonical: Slot, revision: Revision) -> Vec<Slot> {
        let mut class = vec![canonical];
        let mut next = 0;
        while next < class.len() {
            let into = self.entry(class[next]);
            for slot in self.absorbed.get(&class[next]).into_iter().flatten() {
                let merged = self.entry(*slot).at(revision).and_then(|content| content.merged_into.as_ref());
                if merged.is_some_and(|merged| merged.kind == into.kind && merged.id == into.id)
                    && !class.contains(slot)
                {
                    class.push(*slot);
                }
            }
            next += 1;
        }
        class
    }
}

/// Adds to a sorted list, unless it is there; constant for the greatest element.
fn add_sorted(list: &mut Vec<Slot>, slot: Slot) {
    if list.last().is_none_or(|last| *last < slot) {
        list.push(slot);
    } else if let Err(place) = list.binary_search(&slot) {
        list.insert(place, slot);
    }
}
