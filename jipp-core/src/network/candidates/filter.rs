//! Which innovations a question is about at all.

use serde::{Deserialize, Serialize};

use super::evidence::Merit;
use crate::base::{AgencyId, Code, Error, InnovationId, RegionId, Result, SectorId};
use crate::model::{Agency, AgencyKind, EntityKind, Innovation, InnovationStage, Region, Sector};
use crate::network::standing::{Fact, agency_at, region_at};
use crate::registry::{Slot, View};

/// Which innovations are candidates: those that pass every part. An empty part lets all pass; what is not known of an
/// innovation does not pass a part that asks for it. Filters work inside the search: an answer is as long as it can be.
///
/// ```
/// use jipp_core::network::Filter;
/// let filter = Filter { is_awarded: true, from_year: Some(2020), ..Filter::default() };
/// assert!(filter.regions.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// In one of these regions, or in one within them; where the innovation has no region, its owner's counts.
    pub regions: Vec<RegionId>,
    /// Of one of these agencies.
    pub owners: Vec<AgencyId>,
    /// Of an agency of one of these kinds.
    pub owner_kinds: Vec<AgencyKind>,
    /// In one of these stages.
    pub stages: Vec<InnovationStage>,
    /// Implemented in this year or later.
    pub from_year: Option<i32>,
    /// Implemented in this year or before.
    pub to_year: Option<i32>,
    /// With an award.
    pub is_awarded: bool,
    /// Taken by somebody, as far as that was agreed.
    pub is_replicated: bool,
    /// One of these.
    pub innovations: Vec<InnovationId>,
}

impl Filter {
    pub(super) fn check(&self) -> Result<()> {
        match (self.from_year, self.to_year) {
            (Some(from), Some(to)) if from > to => Err(Error::new(Code::OptionInvalid)
                .field("filter.to_year")
                .value(to.to_string())
                .expected(format!("{from} or later, as from_year says"))),
            _ => Ok(()),
        }
    }
}

/// A filter and the sectors asked for, with every id looked up.
pub(super) struct Wanted {
    filter: Filter,
    sectors: Vec<SectorId>,
    regions: Vec<RegionId>,
    owners: Vec<Slot>,
    innovations: Vec<Slot>,
    is_everything: bool,
}

impl Wanted {
    pub(super) fn of(view: &View<'_>, filter: &Filter, sectors: &[SectorId]) -> Result<Self> {
        let sectors = sectors.iter().map(|id| view.get::<Sector>(id).map(|sector| sector.id.clone()));
        let sectors: Vec<SectorId> = sectors.collect::<Result<_>>()?;
        let regions = filter.regions.iter().map(|id| view.get::<Region>(id).map(|region| region.id.clone()));
        let owners = filter.owners.iter().map(|id| slot(view, EntityKind::Agency, view.get::<Agency>(id)?.id.as_str()));
        Ok(Self {
            is_everything: sectors.is_empty() && *filter == Filter::default(),
            sectors,
            regions: regions.collect::<Result<_>>()?,
            owners: owners.collect::<Result<_>>()?,
            innovations: slots_of(view, &filter.innovations)?,
            filter: filter.clone(),
        })
    }

    /// Whether nothing is filtered.
    pub(super) fn is_everything(&self) -> bool {
        self.is_everything
    }

    /// Whether the innovation in a place is asked for.
    pub(super) fn has(&self, view: &View<'_>, slot: Slot, fact: &Fact, merit: Merit, innovation: &Innovation) -> bool {
        let filter = &self.filter;
        let is_since = |year: i32| fact.since.is_some_and(|since| since >= year);
        let is_until = |year: i32| fact.since.is_some_and(|since| since <= year);
        passes(&self.sectors, |sectors| innovation.sectors.iter().any(|sector| sectors.contains(sector)))
            && passes(&self.innovations, |wanted| wanted.binary_search(&slot).is_ok())
            && passes(&self.owners, |owners| fact.owner.is_some_and(|owner| owners.contains(&owner)))
            && passes(&filter.owner_kinds, |kinds| {
                agency_at(view, fact.owner).is_some_and(|owner| kinds.contains(&owner.kind))
            })
            && passes(&filter.stages, |stages| {
                !innovation.stage.is_initial() && stages.contains(&innovation.stage.state())
            })
            && filter.from_year.is_none_or(is_since)
            && filter.to_year.is_none_or(is_until)
            && (!filter.is_awarded || merit.award > 0)
            && (!filter.is_replicated || merit.was_taken)
            && passes(&self.regions, |regions| is_within(view, region_at(view, fact.region), regions))
    }
}

/// Whether a part that is empty, or this test of it, lets something pass.
fn passes<T>(part: &[T], test: impl FnOnce(&[T]) -> bool) -> bool {
    part.is_empty() || test(part)
}

/// Whether a region is one of some, or lies in one.
fn is_within(view: &View<'_>, region: Option<&Region>, regions: &[RegionId]) -> bool {
    let up = |region: &&Region| view.find::<Region>(region.parent.as_ref()?.as_str());
    // Hierarchies are short; the bound keeps a damaged one from looping.
    std::iter::successors(region, up).take(16).any(|region| regions.contains(&region.id))
}

fn slot(view: &View<'_>, kind: EntityKind, id: &str) -> Result<Slot> {
    view.live_slot(kind, id).ok_or_else(|| Error::new(Code::NotFound).value(id))
}

/// The places of innovations, in order.
pub(super) fn slots_of(view: &View<'_>, ids: &[InnovationId]) -> Result<Vec<Slot>> {
    let places = ids.iter().map(|id| slot(view, EntityKind::Innovation, view.get::<Innovation>(id)?.id.as_str()));
    let mut places: Vec<Slot> = places.collect::<Result<_>>()?;
    places.sort_unstable();
    Ok(places)
}
