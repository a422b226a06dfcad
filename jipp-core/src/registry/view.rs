//! Reading: the network as it stands, or as it stood at a past revision.

use super::change::Revision;
use super::fold::Content;
use super::state::{Slot, State};
use crate::base::{Code, Error, Id as _, PartialDate, Result, Truth, fold};
use crate::model::lifecycle::{self, Axis, Facts, Policy};
use crate::model::{Entity, EntityKind, EntityRef, Record, Region, RegionLevel};

/// The network at one revision.
///
/// Ids of merged records resolve to the record that stands for them; retracted records are not found. Lists come in the
/// order of ids.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub(super) state: &'a State,
    pub(super) revision: Revision,
    pub(super) policy: &'a Policy,
}

impl std::fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("View").field("revision", &self.revision).finish_non_exhaustive()
    }
}

impl<'a> View<'a> {
    /// The revision it shows.
    pub fn revision(&self) -> Revision {
        self.revision
    }

    /// A record by its id, merges followed.
    ///
    /// # Errors
    /// `not-found`.
    ///
    /// # Complexity
    /// Logarithmic in the number of records of the kind.
    pub fn get<T: Entity>(&self, id: &T::Id) -> Result<&'a T> {
        self.find::<T>(id.as_str()).ok_or_else(|| Error::new(Code::NotFound).about(EntityRef::of::<T>(id)))
    }

    /// A record by the text of its id, merges followed.
    pub fn find<T: Entity>(&self, id: &str) -> Option<&'a T> {
        self.record(T::KIND, id).and_then(T::from_record).map(|shared| &**shared)
    }

    /// A record of any kind by the text of its id, merges followed.
    pub fn record(&self, kind: EntityKind, id: &str) -> Option<&'a Record> {
        self.live(self.state.slot(kind, id)?)
    }

    /// The name of the record that stands for this one, merges followed.
    pub fn resolve(&self, subject: &EntityRef) -> Option<EntityRef> {
        self.record(subject.kind, &subject.id).map(Record::reference)
    }

    /// Every record of a kind.
    pub fn all<T: Entity>(&self) -> impl Iterator<Item = &'a T> + use<'a, T> {
        let (state, revision) = (self.state, self.revision);
        let slots = state.slots.get(&T::KIND).into_iter().flat_map(|ids| ids.values());
        slots.filter_map(move |slot| own_record(state.entry(*slot).at(revision)?)).filter_map(shared::<T>)
    }

    /// Every record of a kind, as records of any kind.
    pub fn records(&self, kind: EntityKind) -> impl Iterator<Item = &'a Record> + use<'a> {
        let (state, revision) = (self.state, self.revision);
        let slots = state.slots.get(&kind).into_iter().flat_map(|ids| ids.values());
        slots.filter_map(move |slot| own_record(state.entry(*slot).at(revision)?))
    }

    /// How many records of a kind there are.
    ///
    /// # Complexity
    /// Linear in the number of records of the kind.
    pub fn count(&self, kind: EntityKind) -> usize {
        self.records(kind).count()
    }

    /// The records of type `T` that refer to a record, or to one merged into it: the innovations of an agency, the
    /// replications of an innovation, the awards of an edition.
    ///
    /// # Complexity
    /// Linear in the number of records that ever referred to it.
    pub fn referring<T: Entity>(&self, to: &EntityRef) -> Vec<&'a T> {
        self.referrers(T::KIND, to).into_iter().filter_map(shared::<T>).collect()
    }

    /// The records of a kind that refer to a record, as records of any kind.
    pub fn referrers(&self, kind: EntityKind, to: &EntityRef) -> Vec<&'a Record> {
        let Some(slot) = self.state.slot(to.kind, &to.id) else { return Vec::new() };
        let class = self.state.class(self.state.canonical(slot, self.revision), self.revision);
        let says = |record: &Record| {
            let mut found = false;
            record.references(&mut |_, kind, id| {
                found = found || kind == to.kind && self.state.slot(kind, id).is_some_and(|slot| class.contains(&slot));
            });
            found
        };
        let ever = class.iter().flat_map(|slot| &self.state.entry(*slot).referrers).copied();
        self.sorted(kind, ever, says)
    }

    /// The records of a kind in a state of an axis.
    pub fn in_state<T: Entity>(&self, axis: Axis, state: &str) -> Vec<&'a T> {
        let ever =
            self.state.states.iter().filter(|((kind, on, code), _)| (*kind, *on, *code) == (T::KIND, axis, state));
        let ever = ever.flat_map(|(_, slots)| slots).copied();
        self.sorted(T::KIND, ever, |record| lifecycle::state(record, axis) == Some(state))
            .into_iter()
            .filter_map(shared::<T>)
            .collect()
    }

    /// The records of a kind that belong to a year ([`Record::year`]).
    pub fn in_year<T: Entity>(&self, year: i32) -> Vec<&'a T> {
        let ever = self.state.years.get(&(T::KIND, year)).into_iter().flatten().copied();
        self.sorted(T::KIND, ever, |record| record.year() == Some(year)).into_iter().filter_map(shared::<T>).collect()
    }

    /// The records of a kind with a number in another system; case and diacritics do not count.
    pub fn by_external_id<T: Entity>(&self, system: &str, value: &str) -> Vec<&'a T> {
        let key = (fold(system), fold(value));
        let ever = self.state.external.get(&key).into_iter().flatten().copied();
        let says = |record: &Record| {
            record.external_ids().iter().any(|id| fold(&id.system) == key.0 && fold(&id.value) == key.1)
        };
        self.sorted(T::KIND, ever, says).into_iter().filter_map(shared::<T>).collect()
    }

    /// Every record of a kind with what can be said of its being valid on a date; those surely not valid are left out.
    pub fn valid_on<T: Entity>(&self, date: PartialDate) -> impl Iterator<Item = (&'a T, Truth)> + use<'a, T> {
        self.all::<T>()
            .map(move |record| (record, record.valid().holds_on(date)))
            .filter(|(_, truth)| *truth != Truth::No)
    }

    /// The versions of a record, oldest first, each with the revision it was recorded in. A retracted or merged record
    /// keeps its versions.
    pub fn versions<T: Entity>(&self, id: &T::Id) -> Vec<(Revision, &'a T)> {
        let Some(slot) = self.state.slot(T::KIND, id.as_str()) else { return Vec::new() };
        let versions = self.state.entry(slot).versions.iter().filter(|version| version.since <= self.revision);
        versions.filter_map(|version| Some((version.since, shared::<T>(&version.content.record)?))).collect()
    }

    /// The record in a place, if it stands for itself.
    pub(crate) fn at_slot(&self, slot: Slot) -> Option<&'a Record> {
        own_record(self.state.entries.get(slot as usize)?.at(self.revision)?)
    }

    /// The places of the records of a kind that ever referred to a place or to one merged into it.
    pub(crate) fn slots_referring(&self, kind: EntityKind, to: Slot) -> Vec<Slot> {
        let class = self.state.class(self.state.canonical(to, self.revision), self.revision);
        let ever = class.iter().flat_map(|slot| &self.state.entry(*slot).referrers).copied();
        ever.filter(|slot| self.state.entry(*slot).kind == kind).collect()
    }

    /// The place of the record that an id stands for, merges followed.
    pub(crate) fn live_slot(&self, kind: EntityKind, id: &str) -> Option<Slot> {
        let canonical = self.state.canonical(self.state.slot(kind, id)?, self.revision);
        own_record(self.state.entry(canonical).at(self.revision)?).map(|_| canonical)
    }

    /// The places of the records of a kind that the record in a place ever named: referred to, or was merged into.
    pub(crate) fn slots_named(&self, slot: Slot, of: EntityKind) -> Vec<Slot> {
        let mut named = Vec::new();
        for version in self.state.entries.get(slot as usize).into_iter().flat_map(|entry| &entry.versions) {
            let content = &version.content;
            content.record.references(&mut |_, kind, id| {
                named.extend(self.state.slot(kind, id).filter(|_| kind == of));
            });
            let into = content.merged_into.as_ref().filter(|into| into.kind == of);
            named.extend(into.and_then(|into| self.state.slot(into.kind, &into.id)));
        }
        // What was named may have been merged since: then it speaks for the other.
        named.into_iter().flat_map(|slot| [slot, self.state.canonical(slot, self.revision)]).collect()
    }

    /// The place that an id was given, merges not followed.
    pub(crate) fn slot_of(&self, kind: EntityKind, id: &str) -> Option<Slot> {
        self.state.slot(kind, id)
    }

    /// The id and place of every record of a kind that there ever was.
    pub(crate) fn places(&self, kind: EntityKind) -> impl Iterator<Item = (&'a str, Slot)> + use<'a> {
        self.state.slots.get(&kind).into_iter().flatten().map(|(id, slot)| (&**id, *slot))
    }

    /// The places of the records of a kind that were ever merged into another.
    pub(crate) fn ever_merged(&self, kind: EntityKind) -> impl Iterator<Item = Slot> + use<'a> {
        let state = self.state;
        state.absorbed.values().flatten().copied().filter(move |slot| state.entry(*slot).kind == kind)
    }

    /// How many places were given out.
    pub(crate) fn place_count(&self) -> usize {
        self.state.entries.len()
    }

    /// What was in a place, oldest first, up to the present.
    pub(crate) fn history_at(&self, slot: Slot) -> impl Iterator<Item = Lived<'a>> + use<'a> {
        let state = self.state;
        let versions = state.entries.get(slot as usize).into_iter().flat_map(|entry| &entry.versions);
        versions.map(move |version| Lived {
            since: version.since,
            record: own_record(&version.content),
            into: version.content.merged_into.as_ref().and_then(|into| state.slot(into.kind, &into.id)),
        })
    }

    /// The region of the first level that a region lies in, or is: a province, a state, or else the highest below a country.
    /// A country has none.
    pub fn province_of(&self, region: &'a Region) -> Option<&'a Region> {
        let mut at = region;
        // Hierarchies are short; the bound keeps a damaged one from looping.
        for _ in 0..16 {
            match at.level {
                RegionLevel::Province | RegionLevel::State => return Some(at),
                RegionLevel::Country => return None,
                _ => {}
            }
            match at.parent.as_ref().and_then(|parent| self.find::<Region>(parent.as_str())) {
                Some(parent) if parent.level != RegionLevel::Country => at = parent,
                _ => break,
            }
        }
        Some(at)
    }

    fn live(&self, slot: Slot) -> Option<&'a Record> {
        let canonical = self.state.canonical(slot, self.revision);
        own_record(self.state.entry(canonical).at(self.revision)?)
    }

    fn sorted(
        &self,
        kind: EntityKind,
        ever: impl Iterator<Item = Slot>,
        says: impl Fn(&Record) -> bool,
    ) -> Vec<&'a Record> {
        let mut found: Vec<&'a Record> = ever
            .filter(|slot| self.state.entry(*slot).kind == kind)
            .filter_map(|slot| self.at_slot(slot))
            .filter(|record| says(record))
            .collect();
        found.sort_unstable_by(|a, b| a.id().cmp(b.id()));
        found.dedup_by(|a, b| a.id() == b.id());
        found
    }
}

impl Facts for View<'_> {
    fn find(&self, kind: EntityKind, id: &str) -> Option<&Record> {
        self.record(kind, id)
    }
    fn referring(&self, kind: EntityKind, to: &EntityRef) -> Vec<&Record> {
        self.referrers(kind, to)
    }
    fn policy(&self) -> &Policy {
        self.policy
    }
}

/// What was in a place since a revision.
pub(crate) struct Lived<'a> {
    pub(crate) since: Revision,
    /// The record, if it was part of the network in its own right.
    pub(crate) record: Option<&'a Record>,
    /// The place of the record that it had been merged into.
    pub(crate) into: Option<Slot>,
}

/// The record, if it is part of the network in its own right.
fn own_record(content: &Content) -> Option<&Record> {
    content.is_live().then_some(&content.record)
}

fn shared<T: Entity>(record: &Record) -> Option<&T> {
    T::from_record(record).map(|shared| &**shared)
}
