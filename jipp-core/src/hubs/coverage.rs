//! Which hubs there were on a date, by what, and who is missing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::land::{Land, hub_name, is_national};
use super::life::{self, Counting, Event};
use crate::base::{AgencyId, DecreeId, HubId, PartialDate, RegionId, Result, Truth};
use crate::model::{Agency, Decree, DesignationEvent, Hub, HubKind, HubState, Region};
use crate::registry::View;

/// How many of something there are, as far as is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tally {
    /// Surely.
    pub yes: usize,
    /// What is on record does not decide it.
    pub unknown: usize,
    /// Surely not.
    pub no: usize,
}

impl Tally {
    pub(super) fn add(&mut self, truth: Truth) {
        match truth {
            Truth::Yes => self.yes += 1,
            Truth::Unknown => self.unknown += 1,
            Truth::No => self.no += 1,
        }
    }

    pub(super) fn of(truths: impl IntoIterator<Item = Truth>) -> Self {
        let mut tally = Self::default();
        truths.into_iter().for_each(|truth| tally.add(truth));
        tally
    }
}

/// A hub on a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HubOn {
    /// Its id.
    pub hub: HubId,
    /// Its name, or that of its agency.
    pub name: String,
    /// The agency that is the hub.
    pub agency: AgencyId,
    /// Its kind.
    pub kind: HubKind,
    /// The province it serves; a hub of a ministry has none.
    pub province: Option<RegionId>,
    /// The island group of that province, where known.
    pub island_group: Option<String>,
    /// The batches it belongs to, as published.
    pub batches: Vec<String>,
    /// Whether it was a member.
    pub is_member: Truth,
    /// Since when, as its first counted event has it.
    pub since: Option<PartialDate>,
    /// What that event was.
    pub by: Option<DesignationEvent>,
    /// The decree in force.
    pub decree: Option<DecreeId>,
    /// What it is called.
    pub decree_title: Option<String>,
    /// How far it had come; none where its steps leave that open.
    pub state: Option<HubState>,
}

/// Hubs that share something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HubGroup {
    /// What they share, as a code or id; none for those of which it is not known.
    pub key: Option<String>,
    /// It in words.
    pub label: Option<String>,
    /// How many hubs.
    pub hubs: Tally,
}

/// Somebody who could have a hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Covered {
    /// The region or the agency.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its island group, where known.
    pub island_group: Option<String>,
    /// Whether it had a hub.
    pub has_hub: Truth,
}

/// The hubs of a date and whom they cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Coverage {
    /// The date.
    pub on: PartialDate,
    /// What made a member.
    pub counting: Counting,
    /// All hubs on record.
    pub hubs: Tally,
    /// By kind.
    pub by_kind: Vec<HubGroup>,
    /// By batch. A hub of two batches stands under each, so the groups may add up to more than the whole.
    pub by_batch: Vec<HubGroup>,
    /// By the decree in force; the hubs of ministries among them.
    pub by_decree: Vec<HubGroup>,
    /// By the island group of the province; hubs without a province under none.
    pub by_island_group: Vec<HubGroup>,
    /// Every province with whether it had a hub.
    pub provinces: Vec<Covered>,
    /// Every ministry and national agency on record with whether it was a hub. A register that does not list them all
    /// says nothing of the others.
    pub ministries: Vec<Covered>,
}

impl Coverage {
    /// The provinces that surely had no hub on record.
    pub fn missing_provinces(&self) -> impl Iterator<Item = &Covered> {
        self.provinces.iter().filter(|province| province.has_hub == Truth::No)
    }

    /// The ministries and national agencies that surely were no hub on record.
    pub fn missing_ministries(&self) -> impl Iterator<Item = &Covered> {
        self.ministries.iter().filter(|ministry| ministry.has_hub == Truth::No)
    }
}

/// Every hub on record on a date, by id; those that surely were no members are there too.
///
/// # Errors
/// `option-invalid` if nothing counts.
///
/// # Complexity
/// Linear in the hubs and the regions.
pub fn hubs_on(view: &View<'_>, on: PartialDate, counting: Counting) -> Result<Vec<HubOn>> {
    counting.check()?;
    let land = Land::of(*view);
    Ok(view.all::<Hub>().map(|hub| describe(view, &land, hub, on, counting)).collect())
}

/// The hubs of a date, counted by kind, batch, decree and island group, and who was without one.
///
/// ```
/// use jipp_core::hubs::{self, Counting};
/// use jipp_core::registry::Registry;
/// use jipp_core::store::MemoryStore;
/// let registry = Registry::open(Box::new(MemoryStore::new()), "example".parse()?)?;
/// let coverage = hubs::coverage(&registry.view(), "2023-10-20".parse()?, Counting::default())?;
/// assert_eq!((coverage.hubs.yes, coverage.provinces.len()), (0, 0));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `option-invalid` if nothing counts.
///
/// # Complexity
/// Linear in the hubs, the agencies and the regions.
pub fn coverage(view: &View<'_>, on: PartialDate, counting: Counting) -> Result<Coverage> {
    let hubs = hubs_on(view, on, counting)?;
    let land = Land::of(*view);
    let decree = |id: &DecreeId| (id.to_string(), land.decree_title(id));
    let plain = |text: &String| (text.clone(), text.clone());
    let had = |is_it: &dyn Fn(&HubOn) -> bool| {
        hubs.iter().filter(|hub| is_it(hub)).fold(Truth::No, |truth, hub| truth.or(hub.is_member))
    };
    let province = |region: &Region| Covered {
        id: region.id.to_string(),
        name: region.name.to_string(),
        island_group: region.island_group.as_ref().map(ToString::to_string),
        has_hub: had(&|hub| hub.kind == HubKind::Regional && hub.province.as_ref() == Some(&region.id)),
    };
    let ministry = |agency: &Agency| Covered {
        id: agency.id.to_string(),
        name: agency.name.to_string(),
        island_group: None,
        has_hub: had(&|hub| hub.agency == agency.id),
    };
    Ok(Coverage {
        on,
        counting,
        hubs: Tally::of(hubs.iter().map(|hub| hub.is_member)),
        by_kind: groups(&hubs, |hub| vec![(hub.kind.code().to_owned(), hub.kind.label_en().to_owned())]),
        by_batch: groups(&hubs, |hub| hub.batches.iter().map(plain).collect()),
        by_decree: groups(&hubs, |hub| hub.decree.iter().map(decree).collect()),
        by_island_group: groups(&hubs, |hub| hub.island_group.iter().map(plain).collect()),
        provinces: land.provinces(on).into_iter().map(province).collect(),
        ministries: view.all::<Agency>().filter(|agency| is_national(agency)).map(ministry).collect(),
    })
}

/// Groups hubs by what they share; a hub that shares nothing stands under none.
fn groups(hubs: &[HubOn], of: impl Fn(&HubOn) -> Vec<(String, String)>) -> Vec<HubGroup> {
    let mut tallies: BTreeMap<Option<(String, String)>, Tally> = BTreeMap::new();
    for hub in hubs {
        let keys: Vec<_> = of(hub).into_iter().map(Some).collect();
        for key in if keys.is_empty() { vec![None] } else { keys } {
            tallies.entry(key).or_default().add(hub.is_member);
        }
    }
    let group = |(key, hubs): (Option<(String, String)>, Tally)| {
        let (key, label) = key.unzip();
        HubGroup { key, label, hubs }
    };
    // Those of which it is not known come last.
    let (unknown, known): (Vec<_>, Vec<_>) = tallies.into_iter().partition(|(key, _)| key.is_none());
    known.into_iter().chain(unknown).map(group).collect()
}

pub(super) fn describe(view: &View<'_>, land: &Land<'_>, hub: &Hub, on: PartialDate, counting: Counting) -> HubOn {
    let events = life::events(hub);
    let began: Option<&Event> = life::began(&events, on, counting);
    let province = land.province_of_hub(hub);
    let agency = land.agency(&hub.agency);
    let decree = life::decree_on(&events, on, counting).and_then(|event| event.decree.as_ref());
    let decree = decree.map(|id| view.get::<Decree>(id).map_or(id, |decree| &decree.id));
    HubOn {
        hub: hub.id.clone(),
        name: hub_name(view, hub),
        agency: agency.map_or_else(|| hub.agency.clone(), |agency| agency.id.clone()),
        kind: hub.kind,
        province: province.map(|province| province.id.clone()),
        island_group: province.and_then(|province| province.island_group.as_ref().map(ToString::to_string)),
        batches: hub
            .batch
            .iter()
            .flat_map(|batch| batch.split(',').map(|part| part.trim().to_owned()))
            .filter(|batch| !batch.is_empty())
            .collect(),
        is_member: life::membership(hub, &events, on, counting),
        since: began.and_then(|event| event.on),
        by: began.map(|event| event.event),
        decree_title: decree.map(|decree| land.decree_title(decree)),
        decree: decree.cloned(),
        state: life::state_on(hub, on),
    }
}
