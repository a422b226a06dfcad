//! How far a link went: in time, over the land, between kinds of agencies; and what that comes to over many.

use serde::Serialize;

use super::asked::Asked;
use super::edge::Edge;
use super::index::Way;
use super::node::{agency_at, began, innovation_at, region_at};
use super::scope::Scope;
use super::view::LineageView;
use crate::base::{PartialDate, Quartiles, RegionId, ReplicationId, Result, Share, YEAR_DAYS};
use crate::model::{AgencyKind, ChangeType, NodeId, Record, Region, Replication, ReplicationState, great_circle_km};
use crate::registry::{Slot, View};

/// What a link bridged; what is not known is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Journey {
    /// The replication.
    pub replication: ReplicationId,
    /// What was taken.
    pub source: NodeId,
    /// What came of it.
    pub target: NodeId,
    /// How far the replica departs from its source.
    pub change_type: Option<ChangeType>,
    /// How far the replication has come.
    pub state: ReplicationState,
    /// Days from the use of the source to the replica (see [`Link::on`](super::Link::on)), between the middles of what the two dates may mean;
    /// negative where the replica is older.
    pub lag_days: Option<i32>,
    /// How many days that may be off, since dates may be months or years.
    pub lag_off_by: Option<i32>,
    /// Kilometres along the great circle between the centres of the two regions.
    pub distance_km: Option<f64>,
    /// Whether it crossed the border of a province.
    pub is_cross_province: Option<bool>,
    /// The kinds of the two agencies.
    pub kinds: (Option<AgencyKind>, Option<AgencyKind>),
}

/// What many links come to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Travel {
    /// How many links there are.
    pub links: usize,
    /// How many replications they belong to.
    pub replications: usize,
    /// Each kind of change with its share of the links whose kind is known, in the order of [`ChangeType::ALL`].
    pub changes: Vec<(ChangeType, Share)>,
    /// How many links do not say.
    pub change_unknown: usize,
    /// Years from the use of the source to the replica.
    pub lag_years: Option<Quartiles>,
    /// Kilometres.
    pub distance_km: Option<Quartiles>,
    /// The share that crossed the border of a province, of those where both sides are known.
    pub cross_province: Option<Share>,
    /// The share that went to another kind of agency, of those where both are known.
    pub cross_kind: Option<Share>,
}

impl LineageView<'_> {
    /// What every link bridged, in the order of replications.
    ///
    /// # Errors
    /// `not-found` if there is no such region; `revision-unknown`.
    ///
    /// # Complexity
    /// Linear in all links, times their logarithm.
    pub fn journeys(&self, scope: &Scope) -> Result<Vec<Journey>> {
        let asked = self.ask(scope)?;
        let shown = |source, target| asked.lists(source) || asked.lists(target);
        let edges = asked.lineage.edges(asked.filter).filter(|(source, target, _)| shown(*source, *target));
        let mut journeys: Vec<Journey> =
            edges.filter_map(|(source, target, edge)| journey(&asked, source, target, edge)).collect();
        journeys.sort_by(|a, b| (&a.replication, &a.source, &a.target).cmp(&(&b.replication, &b.source, &b.target)));
        // Two sources of one replication may have been merged since.
        journeys.dedup_by(|a, b| (&a.replication, &a.source, &a.target) == (&b.replication, &b.source, &b.target));
        Ok(journeys)
    }

    /// How innovations travel: kinds of change, time, distance, borders; over all links of the scope.
    ///
    /// # Errors
    /// As [`journeys`](Self::journeys).
    ///
    /// # Complexity
    /// That of [`journeys`](Self::journeys).
    pub fn travel(&self, scope: &Scope) -> Result<Travel> {
        Ok(Travel::of(&self.journeys(scope)?))
    }
}

impl Travel {
    /// What some links come to.
    pub fn of(journeys: &[Journey]) -> Self {
        let known: Vec<ChangeType> = journeys.iter().filter_map(|journey| journey.change_type).collect();
        let share = |change: &ChangeType| {
            let count = known.iter().filter(|known| *known == change).count();
            Some((*change, Share::of(count, known.len())?))
        };
        let replications: std::collections::BTreeSet<_> = journeys.iter().map(|journey| &journey.replication).collect();
        let lags: Vec<f64> =
            journeys.iter().filter_map(|journey| Some(f64::from(journey.lag_days?) / YEAR_DAYS)).collect();
        let distances: Vec<f64> = journeys.iter().filter_map(|journey| journey.distance_km).collect();
        let crossed: Vec<bool> = journeys.iter().filter_map(|journey| journey.is_cross_province).collect();
        let kinds = journeys.iter().filter_map(|journey| journey.kinds.0.zip(journey.kinds.1));
        let to_other: Vec<bool> = kinds.map(|(from, to)| from != to).collect();
        let share_of = |said: &[bool]| Share::of(said.iter().filter(|said| **said).count(), said.len());
        Self {
            links: journeys.len(),
            replications: replications.len(),
            changes: ChangeType::ALL.iter().filter_map(share).collect(),
            change_unknown: journeys.len() - known.len(),
            lag_years: Quartiles::of(&lags),
            distance_km: Quartiles::of(&distances),
            cross_province: share_of(&crossed),
            cross_kind: share_of(&to_other),
        }
    }
}

fn journey(asked: &Asked<'_>, source: Slot, target: Slot, edge: &Edge) -> Option<Journey> {
    let Record::Replication(replication) = asked.view.at_slot(edge.replication)? else { return None };
    let (from, to) = (region_at(&asked.view, source), place_taken(asked, replication, target));
    let lag = source_used(asked, source).zip(began(&asked.view, replication));
    let lag = lag.map(|(used, taken)| days_between(used, taken));
    let provinces = province_id(&asked.view, from).zip(province_id(&asked.view, to));
    let kind = |slot| agency_at(&asked.view, slot).map(|agency| agency.kind);
    Some(Journey {
        replication: replication.id.clone(),
        source: asked.id(source)?,
        target: asked.id(target)?,
        change_type: replication.change_type,
        state: replication.status.state(),
        lag_days: lag.map(|(days, _)| days),
        lag_off_by: lag.map(|(_, off)| off),
        distance_km: from
            .and_then(|from| from.center)
            .zip(to.and_then(|to| to.center))
            .map(|(a, b)| great_circle_km(a, b)),
        is_cross_province: provinces.map(|(a, b)| a != b),
        kinds: (kind(source), kind(target)),
    })
}

/// The region a replica went to: that of the replica, or else of the recipient.
fn place_taken<'a>(asked: &Asked<'a>, replication: &Replication, target: Slot) -> Option<&'a Region> {
    region_at(&asked.view, target).or_else(|| region_of(&asked.view, replication))
}

fn province_id<'a>(view: &View<'a>, region: Option<&'a Region>) -> Option<&'a RegionId> {
    view.province_of(region?).map(|province| &province.id)
}

fn region_of<'a>(view: &View<'a>, replication: &Replication) -> Option<&'a Region> {
    let agency = view.find::<crate::model::Agency>(replication.recipient.as_ref()?.as_str())?;
    view.find::<Region>(agency.region.as_ref()?.as_str())
}

/// Since when a source is in use: its own date, or that of the replication that made it.
pub(super) fn source_used(asked: &Asked<'_>, slot: Slot) -> Option<PartialDate> {
    let own = innovation_at(&asked.view, slot).and_then(|innovation| innovation.implemented_on.or(innovation.trial_on));
    let made = || {
        let links = asked.neighbours(slot, Way::Up).into_iter();
        let made = links.filter_map(|(_, edge)| match asked.view.at_slot(edge.replication)? {
            Record::Replication(replication) => began(&asked.view, replication),
            _ => None,
        });
        made.min()
    };
    own.or_else(made)
}

/// Days from one date to another between the middles of what they may mean, and how many it may be off.
pub(super) fn days_between(from: PartialDate, to: PartialDate) -> (i32, i32) {
    let ends = |date: PartialDate| (super::scope::day(date.first_day()), super::scope::day(date.last_day()));
    let ((a, b), (c, d)) = (ends(from), ends(to));
    ((c + d - a - b) / 2, (d - c + b - a + 1) / 2)
}
