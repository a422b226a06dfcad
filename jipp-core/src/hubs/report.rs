//! A hub's year in one record.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::coverage::{HubOn, Tally, describe};
use super::findings::{HubFinding, findings_of};
use super::funnel::{FunnelOptions, HubFunnel, funnel};
use super::land::Land;
use super::life::{self, Counting, Event};
use super::maturity::{Maturity, maturity};
use super::movement::{Actor, MovementOptions, began_in, movement, recipient};
use super::outcome::{first_known, is_more_than_an_idea, known_sources};
use super::readiness::{Readiness, readiness};
use crate::base::{ActivityId, AgencyId, Code, DecreeId, Error, HubId, PartialDate, Period, RegionId, Result, Truth};
use crate::model::{
    Activity, ActivityKind, Entity, EntityRef, Hub, Innovation, Instrument, Partner, PartnerKind, Region, Replication,
    Unit,
};
use crate::registry::View;

/// What is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportOptions {
    /// The year, 1800 to 2199. What is said of the hub is said of its last day.
    pub year: i32,
    /// What makes a member.
    #[serde(default)]
    pub counting: Counting,
    /// Up to how many months after an activity a replication may have come of it, 1 to 1,200.
    #[serde(default = "usual_months")]
    pub within_months: u32,
}

fn usual_months() -> u32 {
    FunnelOptions::default().within_months
}

impl ReportOptions {
    /// The usual report of a year.
    pub fn new(year: i32) -> Self {
        Self { year, counting: Counting::default(), within_months: usual_months() }
    }
}

/// Activities of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct KindCount {
    /// The kind.
    pub kind: ActivityKind,
    /// In the year.
    pub in_year: usize,
    /// Until its end, those of the year among them.
    pub so_far: usize,
    /// Without a date.
    pub undated: usize,
}

/// An activity of the year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ActivitySeen {
    /// Its id.
    pub activity: ActivityId,
    /// What it was.
    pub kind: ActivityKind,
    /// When.
    pub on: Option<PartialDate>,
    /// Who took part, by name.
    pub with: Vec<String>,
    /// How many people took part.
    pub participants: Option<u32>,
    /// In words.
    pub note: Option<String>,
    /// What came of it, in words.
    pub output: Option<String>,
}

/// A partner or a spoke.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Companion {
    /// The agency, where it is one.
    pub agency: Option<AgencyId>,
    /// Its name, or that of the unit.
    pub name: String,
    /// The kind of a partner that has a record of its own.
    pub kind: Option<PartnerKind>,
    /// From when until when.
    pub period: Period,
    /// Whether it was there all the year; without a period nobody knows.
    pub in_year: Truth,
}

/// Replications of a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReplicationCount {
    /// First known of in the year.
    pub in_year: usize,
    /// First known of by its end.
    pub so_far: usize,
    /// Without any date.
    pub undated: usize,
}

/// A hub's year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HubReport {
    /// The year.
    pub year: i32,
    /// The hub on the last day of the year.
    pub hub: HubOn,
    /// The name of its province.
    pub province_name: Option<String>,
    /// The events of its membership, but for those surely after the year.
    pub events: Vec<Event>,
    /// What the decrees of these events are called.
    pub decrees: BTreeMap<DecreeId, String>,
    /// How far its setting up has come.
    pub readiness: Readiness,
    /// Its maturity by the latest assessment; none if none is on record.
    pub maturity: Option<Maturity>,
    /// Its activities by kind; kinds of which there are none are left out.
    pub activities: Vec<KindCount>,
    /// The activities of the year, by date.
    pub held: Vec<ActivitySeen>,
    /// What came of its activities by the end of the year.
    pub funnel: HubFunnel,
    /// Who helps it.
    pub partners: Vec<Companion>,
    /// Whom it looks after, as far as on record.
    pub spokes: Vec<Companion>,
    /// How many innovations of its province (of a ministry's hub: its own) are on record.
    pub innovations: usize,
    /// Which of them began in the year; undated ones are unknown.
    pub innovations_begun: Tally,
    /// Replications by agencies of the province. Inferred ones do not count, here as everywhere.
    pub taken: ReplicationCount,
    /// Replications of innovations of the province.
    pub given: ReplicationCount,
    /// Governments of the province, and spokes, that never shared nor took an innovation as far as on record.
    pub never_involved: Vec<Actor>,
    /// How many governments the province has, its own among them.
    pub governments: usize,
    /// What does not fit together in the hub's records.
    pub findings: Vec<HubFinding>,
}

impl HubReport {
    /// As JSON.
    ///
    /// # Errors
    /// None in practice: every part of a report can be written.
    pub fn to_json(&self) -> Result<String> {
        serde_json::to_string_pretty(self).map_err(|error| Error::new(Code::JsonSyntax).caused_by(error))
    }
}

/// A hub's year: status, events, readiness, maturity, activities and what came of them, partners, spokes, and the
/// innovations and replications of its province.
///
/// ```
/// use jipp_core::base::Lang;
/// use jipp_core::hubs::{self, Instrument, ReportOptions};
/// use jipp_core::model::{Agency, AgencyKind, Hub, HubKind, Line};
/// use jipp_core::registry::{Action, Registry, Stamp};
/// use jipp_core::store::MemoryStore;
/// let agency = Agency::new("provinsi-x".parse()?, Line::new("Provinsi X")?, AgencyKind::Province);
/// let hub = Hub::new("x".parse()?, agency.id.clone(), HubKind::Regional);
/// let mut registry = Registry::open(Box::new(MemoryStore::new()), "example".parse()?)?;
/// let stamp = Stamp::at("2026-11-21T08:00:00Z".parse()?);
/// registry.commit(&stamp, vec![Action::Register(agency.into()), Action::Register(hub.into())])?;
/// let instrument = Instrument::hubs_2025()?;
/// let report = hubs::report(&registry.view(), &"x".parse()?, &ReportOptions::new(2024), &instrument)?;
/// assert!(report.to_markdown(Lang::En).starts_with("# Innovation hub Provinsi X, 2024"));
/// assert!(report.to_json()?.contains("\"is_ready\": \"no\""));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `not-found`; `option-invalid` for a year outside 1800 to 2199, or if nothing counts as membership; those of
/// [`funnel`](super::funnel()) and [`maturity`](super::maturity()).
///
/// # Complexity
/// Linear in the records of the network, times the activities of the hub.
pub fn report(view: &View<'_>, hub: &HubId, options: &ReportOptions, instrument: &Instrument) -> Result<HubReport> {
    let hub = view.get::<Hub>(hub)?;
    options.counting.check()?;
    let asked = MovementOptions::new(options.year);
    let movement = movement(view, &asked)?;
    let year = PartialDate::new(options.year, None, None)?;
    let on = PartialDate::from(year.last_day());
    let land = Land::of(*view);
    let province = land.province_of_hub(hub);
    let scope = Scope { land: &land, province: province.map(|province| &province.id), agency: &hub.agency };
    let until = FunnelOptions { within_months: options.within_months, on: Some(on) };
    let standing = |id: &AgencyId| land.agency(id).map_or(id, |agency| &agency.id).clone();
    let spokes = hub.spokes.iter().map(|spoke| {
        let unit = spoke.unit.as_ref().and_then(|unit| view.find::<Unit>(unit.as_str()));
        let name = unit.map_or_else(|| land.agency_name(&spoke.agency), |unit| unit.name.to_string());
        companion(Some(standing(&spoke.agency)), name, None, spoke.period, year)
    });
    let spokes: Vec<Companion> = spokes.collect();
    let is_near = |actor: &Actor| {
        let is_spoke = actor.agency.is_some() && spokes.iter().any(|spoke| spoke.agency == actor.agency);
        is_spoke || actor.is_government && actor.province.is_some() && actor.province.as_ref() == scope.province
    };
    let never = movement.never_involved().filter(|standing| is_near(&standing.actor));
    let never_involved: Vec<Actor> = never.map(|standing| standing.actor.clone()).collect();
    let own: Vec<&Innovation> = view.all::<Innovation>().filter(|one| scope.holds(&one.owner)).collect();
    let mut events = life::events(hub);
    events.retain(|event| !event.surely_after(on.last_day()));
    let (activities, held) = activities(view, &land, hub, options.year, on);
    Ok(HubReport {
        year: options.year,
        hub: describe(view, &land, hub, on, options.counting),
        province_name: province.map(|province: &Region| province.name.to_string()),
        decrees: events
            .iter()
            .filter_map(|event| event.decree.as_ref())
            .map(|id| (id.clone(), land.decree_title(id)))
            .collect(),
        events,
        readiness: readiness(view, &hub.id, on)?,
        maturity: maturity(view, &hub.id, on, instrument)?,
        activities,
        held,
        funnel: funnel(view, &hub.id, &until)?,
        partners: partners(view, &land, hub, year),
        spokes,
        innovations: own.len(),
        innovations_begun: Tally::of(own.iter().map(|one| began_in(one, options.year))),
        taken: replications(view, options.year, |one| recipient(view, one).is_some_and(|agency| scope.holds(agency))),
        given: replications(view, options.year, |one| {
            let mut sources = known_sources(one).filter_map(|from| view.find::<Innovation>(from.as_str()));
            sources.any(|source| scope.holds(&source.owner))
        }),
        never_involved,
        governments: scope.province.map_or(0, |province| land.governed_in(province, on).len()),
        findings: findings_of(view, &land, hub, view.all::<Hub>().filter(|other| other.id != hub.id)),
    })
}

/// Whose innovations are the hub's concern: those of its province; of a ministry's hub its own.
struct Scope<'a, 'v> {
    land: &'a Land<'v>,
    province: Option<&'a RegionId>,
    agency: &'a AgencyId,
}

impl Scope<'_, '_> {
    fn holds(&self, agency: &AgencyId) -> bool {
        if let Some(province) = self.province {
            return self.land.province_of_agency(agency).is_some_and(|home| home.id == *province);
        }
        let own = self.land.agency(self.agency).map(|own| &own.id);
        self.land.line(agency).into_iter().any(|above| Some(&above.id) == own)
    }
}

/// How many replications of some are of a year.
fn replications(view: &View<'_>, year: i32, is_here: impl Fn(&Replication) -> bool) -> ReplicationCount {
    let mut count = ReplicationCount::default();
    for replication in view.all::<Replication>().filter(|one| is_more_than_an_idea(one) && is_here(one)) {
        match first_known(replication).map(PartialDate::year) {
            None => count.undated += 1,
            Some(first) => {
                count.in_year += usize::from(first == year);
                count.so_far += usize::from(first <= year);
            }
        }
    }
    count
}

fn activities(
    view: &View<'_>,
    land: &Land<'_>,
    hub: &Hub,
    year: i32,
    on: PartialDate,
) -> (Vec<KindCount>, Vec<ActivitySeen>) {
    let mut kinds: BTreeMap<ActivityKind, KindCount> = BTreeMap::new();
    let mut held = Vec::new();
    let mut all = view.referring::<Activity>(&EntityRef::of::<Hub>(&hub.id));
    all.sort_by_key(|activity| (activity.on, activity.id.clone()));
    for activity in all {
        let kind = activity.kind;
        let count = kinds.entry(kind).or_insert(KindCount { kind, in_year: 0, so_far: 0, undated: 0 });
        match activity.on {
            None => count.undated += 1,
            Some(at) if on.surely_before(at) => {}
            Some(at) => {
                count.so_far += 1;
                if at.year() == year {
                    count.in_year += 1;
                    held.push(seen(view, land, activity));
                }
            }
        }
    }
    (kinds.into_values().filter(|count| count.so_far + count.undated > 0).collect(), held)
}

fn seen(view: &View<'_>, land: &Land<'_>, activity: &Activity) -> ActivitySeen {
    let partner = |id: &crate::base::PartnerId| {
        view.find::<Partner>(id.as_str()).and_then(Entity::name).map_or_else(|| id.to_string(), str::to_owned)
    };
    let agencies = activity.with_agencies.iter().map(|agency| land.agency_name(agency));
    let others = activity.with_others.iter().map(ToString::to_string);
    ActivitySeen {
        activity: activity.id.clone(),
        kind: activity.kind,
        on: activity.on,
        with: agencies.chain(activity.with_partners.iter().map(partner)).chain(others).collect(),
        participants: activity.participants,
        note: activity.note.as_ref().map(ToString::to_string),
        output: activity.output.as_ref().map(ToString::to_string),
    }
}

fn partners(view: &View<'_>, land: &Land<'_>, hub: &Hub, year: PartialDate) -> Vec<Companion> {
    let one = |part: &crate::model::Partnership| {
        let partner = part.partner.as_ref().and_then(|id| view.find::<Partner>(id.as_str()));
        let named = partner.map(|partner| partner.name.to_string());
        let agency = part.agency.as_ref().map(|id| land.agency(id).map_or(id, |agency| &agency.id).clone());
        let name = named.or_else(|| agency.as_ref().map(|agency| land.agency_name(agency)));
        companion(agency, name.unwrap_or_default(), partner.map(|partner| partner.kind), part.period, year)
    };
    hub.partners.iter().map(one).collect()
}

fn companion(
    agency: Option<AgencyId>,
    name: String,
    kind: Option<PartnerKind>,
    period: Option<Period>,
    year: PartialDate,
) -> Companion {
    let period = period.unwrap_or_default();
    let in_year = if period.is_unknown() { Truth::Unknown } else { period.holds_on(year) };
    Companion { agency, name, kind, period, in_year }
}
