//! What ranking needs to know of each innovation besides its text: a few bytes each, so that a country's worth can be looked
//! through for one question without touching the records.

use std::collections::BTreeSet;

use super::candidates::{Merit, merit};
use crate::model::{Agency, EntityKind, Innovation, Publication, Record, Region};
use crate::registry::{Registry, Revision, Slot, View};

/// Of an innovation in a place. The default stands where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) is_there: bool,
    /// Known to have stopped.
    pub(super) is_stopped: bool,
    /// Known to be private. A record without a word on publication came from public sources.
    pub(super) is_private: bool,
    /// The place of the agency that owns it.
    pub(super) owner: Option<Slot>,
    /// The place of the region it runs in, or else of its owner's.
    pub(super) region: Option<Slot>,
    /// The year since when it runs.
    pub(super) since: Option<i32>,
    pub(super) merit: Merit,
}

/// The facts of all innovations at a revision, by their places in the registry.
#[derive(Debug, Default)]
pub(super) struct Standing {
    facts: Vec<Fact>,
    revision: Revision,
}

impl Standing {
    /// The facts of a registry.
    pub(super) fn of(registry: &Registry) -> Self {
        let mut standing = Self::default();
        standing.catch_up(registry);
        standing
    }

    pub(super) fn get(&self, slot: Slot) -> Fact {
        self.facts.get(slot as usize).copied().unwrap_or_default()
    }

    /// Reads anew what may have changed since the revision it stands at.
    pub(super) fn catch_up(&mut self, registry: &Registry) {
        if self.revision == registry.revision() {
            return;
        }
        let view = registry.view();
        for slot in touched(registry, self.revision) {
            let place = slot as usize;
            if self.facts.len() <= place {
                self.facts.resize(place + 1, Fact::default());
            }
            self.facts[place] = match view.at_slot(slot) {
                Some(Record::Innovation(innovation)) => fact(&view, slot, innovation),
                _ => Fact::default(),
            };
        }
        self.revision = registry.revision();
    }
}

fn fact(view: &View<'_>, slot: Slot, innovation: &Innovation) -> Fact {
    let owner = view.find::<Agency>(innovation.owner.as_str());
    let region = innovation.region.as_ref().or_else(|| owner.and_then(|owner| owner.region.as_ref()));
    Fact {
        is_there: true,
        is_stopped: innovation.is_stopped(),
        is_private: !innovation.publication.is_initial() && innovation.publication.state() == Publication::Private,
        owner: view.live_slot(EntityKind::Agency, innovation.owner.as_str()),
        region: region.and_then(|region| view.live_slot(EntityKind::Region, region.as_str())),
        since: innovation.implemented_on.map(crate::base::PartialDate::year),
        merit: if has_evidence(view, slot) { merit(view, innovation) } else { Merit::default() },
    }
}

/// Whether anything ever spoke for it; most records are spared the closer look.
fn has_evidence(view: &View<'_>, slot: Slot) -> bool {
    let refers = |kind| !view.slots_referring(kind, slot).is_empty();
    refers(EntityKind::Award) || refers(EntityKind::Replication)
}

/// The places of the innovations of which something may have changed after a revision: in themselves, in what they were
/// merged into, in their owner, or in the awards and replications that speak for them.
fn touched(registry: &Registry, after: Revision) -> BTreeSet<Slot> {
    let mut slots: BTreeSet<Slot> = registry.changed_slots(EntityKind::Innovation, after).into_iter().collect();
    if after == 0 {
        return slots;
    }
    let view = registry.view();
    let merged: Vec<Slot> = slots.iter().flat_map(|slot| view.slots_named(*slot, EntityKind::Innovation)).collect();
    slots.extend(merged);
    for kind in [EntityKind::Agency, EntityKind::Region] {
        for shown in registry.changed_slots(kind, after) {
            slots.extend(view.slots_referring(EntityKind::Innovation, shown));
            let agencies = view.slots_referring(EntityKind::Agency, shown).into_iter();
            slots.extend(agencies.flat_map(|agency| view.slots_referring(EntityKind::Innovation, agency)));
        }
    }
    for speaking in speaking(registry, after) {
        slots.extend(view.slots_named(speaking, EntityKind::Innovation));
    }
    slots
}

/// The awards and replications that changed after a revision, or whose worth did.
fn speaking(registry: &Registry, after: Revision) -> BTreeSet<Slot> {
    let view = registry.view();
    let mut editions: BTreeSet<Slot> = registry.changed_slots(EntityKind::Edition, after).into_iter().collect();
    for competition in registry.changed_slots(EntityKind::Competition, after) {
        editions.extend(view.slots_referring(EntityKind::Edition, competition));
    }
    let mut speaking: BTreeSet<Slot> = registry.changed_slots(EntityKind::Award, after).into_iter().collect();
    speaking.extend(registry.changed_slots(EntityKind::Replication, after));
    speaking.extend(editions.into_iter().flat_map(|edition| view.slots_referring(EntityKind::Award, edition)));
    speaking
}

/// The region in a place.
pub(super) fn region_at<'v>(view: &View<'v>, slot: Option<Slot>) -> Option<&'v Region> {
    match view.at_slot(slot?)? {
        Record::Region(region) => Some(region),
        _ => None,
    }
}

/// The agency in a place.
pub(super) fn agency_at<'v>(view: &View<'v>, slot: Option<Slot>) -> Option<&'v Agency> {
    match view.at_slot(slot?)? {
        Record::Agency(agency) => Some(agency),
        _ => None,
    }
}
