//! Who governs where: provinces, the governments in them, and whose an agency is.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{AgencyId, DecreeId, PartialDate, RegionId, Truth, UnitId};
use crate::model::{Agency, AgencyKind, Decree, Hub, Region, RegionLevel, Unit};
use crate::registry::View;

/// Hierarchies are short; the bound keeps a damaged one from looping.
const DEPTH: usize = 16;

/// Governments and places of a network.
pub(super) struct Land<'v> {
    view: View<'v>,
    /// The government of each region, by the id of the region.
    governments: BTreeMap<&'v str, &'v Agency>,
    has_provinces: bool,
}

impl<'v> Land<'v> {
    pub(super) fn of(view: View<'v>) -> Self {
        let mut governments: BTreeMap<&str, &Agency> = BTreeMap::new();
        for agency in view.all::<Agency>().filter(|agency| governs(agency)) {
            let region = agency.region.as_ref().and_then(|region| view.find::<Region>(region.as_str()));
            if let Some(region) = region {
                governments.entry(region.id.as_str()).or_insert(agency);
            }
        }
        let has_provinces = view.all::<Region>().any(|region| region.level == RegionLevel::Province);
        Self { view, governments, has_provinces }
    }

    /// Whether a region is of the highest level below the country: a province, or where there are none a region that
    /// lies in no other but the country.
    pub(super) fn is_province(&self, region: &Region) -> bool {
        if self.has_provinces {
            return region.level == RegionLevel::Province;
        }
        let parent = region.parent.as_ref().and_then(|parent| self.view.find::<Region>(parent.as_str()));
        region.level != RegionLevel::Country && parent.is_none_or(|parent| parent.level == RegionLevel::Country)
    }

    /// The provinces that are not surely gone, or still to come, on a date.
    pub(super) fn provinces(&self, on: PartialDate) -> Vec<&'v Region> {
        let there = |region: &&Region| self.is_province(region) && region.valid.holds_on(on) != Truth::No;
        self.view.all::<Region>().filter(there).collect()
    }

    /// The province a region is, or lies in.
    pub(super) fn province_of(&self, region: &'v Region) -> Option<&'v Region> {
        let mut at = region;
        for _ in 0..DEPTH {
            if self.is_province(at) {
                return Some(at);
            }
            at = self.region(at.parent.as_ref()?)?;
        }
        None
    }

    /// Every region that has a government of its own and is not surely gone, or still to come, on a date: provinces,
    /// regencies, cities and their like.
    pub(super) fn governed(&self, on: PartialDate) -> impl Iterator<Item = &'v Region> + use<'v> {
        let is_governed = move |region: &&Region| has_government(region) && region.valid.holds_on(on) != Truth::No;
        self.view.all::<Region>().filter(is_governed)
    }

    /// The governed regions of a province on a date, itself among them.
    pub(super) fn governed_in(&self, province: &RegionId, on: PartialDate) -> Vec<&'v Region> {
        let inside = |region: &&'v Region| self.province_of(region).is_some_and(|found| found.id == *province);
        self.governed(on).filter(inside).collect()
    }

    /// The government of a region, where it has a record.
    pub(super) fn government(&self, region: &Region) -> Option<&'v Agency> {
        self.governments.get(region.id.as_str()).copied()
    }

    /// The agencies that are not the government of such a region, and are not surely gone, or still to come, on a date.
    pub(super) fn other_agencies(&self, on: PartialDate) -> impl Iterator<Item = &'v Agency> {
        let governed = self.view.all::<Region>().filter(|region| has_government(region));
        let governs: BTreeSet<&AgencyId> =
            governed.filter_map(|region| self.government(region)).map(|agency| &agency.id).collect();
        let is_other = move |agency: &&Agency| !governs.contains(&agency.id) && agency.valid.holds_on(on) != Truth::No;
        self.view.all::<Agency>().filter(is_other)
    }

    pub(super) fn agency(&self, id: &AgencyId) -> Option<&'v Agency> {
        self.view.find::<Agency>(id.as_str())
    }

    pub(super) fn region(&self, id: &RegionId) -> Option<&'v Region> {
        self.view.find::<Region>(id.as_str())
    }

    /// Where an agency is.
    pub(super) fn region_of(&self, agency: &Agency) -> Option<&'v Region> {
        self.region(agency.region.as_ref()?)
    }

    /// The province that a hub serves; a hub of a ministry has none.
    pub(super) fn province_of_hub(&self, hub: &Hub) -> Option<&'v Region> {
        self.province_of(self.region_of(self.agency(&hub.agency)?)?)
    }

    /// The province an agency is in.
    pub(super) fn province_of_agency(&self, id: &AgencyId) -> Option<&'v Region> {
        self.line(id).into_iter().find_map(|agency| self.region_of(agency)).and_then(|region| self.province_of(region))
    }

    /// An agency and those above it: what an office does is done by its government too.
    pub(super) fn line(&self, id: &AgencyId) -> Vec<&'v Agency> {
        let mut line: Vec<&'v Agency> = Vec::new();
        let mut next = self.agency(id);
        while let Some(agency) = next.filter(|_| line.len() < DEPTH) {
            line.push(agency);
            next = agency.parent.as_ref().and_then(|parent| self.agency(parent));
        }
        line
    }

    pub(super) fn unit(&self, id: &UnitId) -> Option<&'v Unit> {
        self.view.find::<Unit>(id.as_str())
    }

    /// What a decree is called, or its id.
    pub(super) fn decree_title(&self, id: &DecreeId) -> String {
        let title = self.view.find::<Decree>(id.as_str()).and_then(|decree| decree.title.as_ref());
        title.map_or_else(|| id.to_string(), ToString::to_string)
    }

    /// The name of an agency, or its id.
    pub(super) fn agency_name(&self, id: &AgencyId) -> String {
        self.agency(id).map_or_else(|| id.to_string(), |agency| agency.name.to_string())
    }
}

/// The name of a hub: its own, or that of its agency.
pub(super) fn hub_name(view: &View<'_>, hub: &Hub) -> String {
    let agency = || view.find::<Agency>(hub.agency.as_str()).map(|agency| agency.name.to_string());
    hub.name.as_ref().map(ToString::to_string).or_else(agency).unwrap_or_else(|| hub.id.to_string())
}

/// Whether a region is one that has a government of its own.
fn has_government(region: &Region) -> bool {
    !matches!(region.level, RegionLevel::Country | RegionLevel::District | RegionLevel::Village)
}

fn governs(agency: &Agency) -> bool {
    let is_government = matches!(
        agency.kind,
        AgencyKind::Province | AgencyKind::Regency | AgencyKind::City | AgencyKind::LocalGovernment
    );
    is_government && agency.parent.is_none()
}

/// Whether an agency is one of the state as a whole: a ministry, a national agency, the police, the judiciary.
pub(super) fn is_national(agency: &Agency) -> bool {
    let is_central =
        matches!(agency.kind, AgencyKind::Ministry | AgencyKind::Agency | AgencyKind::Police | AgencyKind::Judiciary);
    is_central && agency.region.is_none() && agency.parent.is_none()
}
