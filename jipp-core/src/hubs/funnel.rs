//! What came of what a hub did: activity, interest, agreement, implementation.
//!
//! A replication is tied to a hub by one of these rules, the first that fits:
//!
//! | rule | tie | when |
//! | --- | --- | --- |
//! | `listed` | linked | an activity of the hub lists the replication among what came of it |
//! | `facilitated` | linked | the replication names the hub as its facilitator |
//! | `topic` | possible | it takes an innovation that an activity was about; the recipient took part, or is in the hub's province |
//! | `meeting` | possible | an activity names no innovations, and both the recipient and the owner of a source took part, or were represented by the governments of their provinces; not both by the same one |
//!
//! A possible tie needs a replication that is not surely older than the activity, nor surely begun more than
//! [`FunnelOptions::within_months`] after it. Who took part are the host and the agencies named, each with the governments
//! above it. An inferred replication is tied to nothing. Possible means that the record allows it, not that it was so: the counts are kept apart everywhere.
//!
//! A replication counts once, by its firmest tie; among ties of one rule by the earliest activity, from which the
//! lags run. A lag between partial dates is a range of days. The quartiles are those of the ranges' ends, and since
//! order statistics never fall when a value rises, the true quartile lies between them. They are nearest ranks (type
//! 1 of Hyndman and Fan, *Sample quantiles in statistical packages*, The American Statistician 50, 1996): always a
//! lag that is there.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::coverage::Tally;
use super::land::{Land, hub_name};
use super::outcome::{Stage, first_known, is_more_than_an_idea, known_sources, reached, reached_on};
use crate::base::vocabulary::vocabulary;
use crate::base::{ActivityId, AgencyId, Code, Error, HubId, PartialDate, ReplicationId, Result, Truth};
use crate::model::{Activity, EntityRef, Hub, Innovation, Replication};
use crate::registry::View;

vocabulary! {
    /// By what rule a replication is tied to a hub.
    TieRule = "tie-rule" {
        Listed = "listed", "dicatat sebagai hasil kegiatan", "listed as an outcome of the activity";
        Facilitated = "facilitated", "hub dicatat sebagai fasilitator", "the hub is on record as facilitator";
        Topic = "topic", "inovasi yang dibahas kegiatan diambil peserta atau daerah hub", "an innovation the activity was about, taken by a participant or in the hub's province";
        Meeting = "meeting", "pemilik dan penerima sama-sama hadir atau diwakili provinsinya", "owner and recipient both took part, or their provinces did";
    }
}

impl TieRule {
    /// Whether the record says that it came of the hub's work; otherwise the record only allows it.
    pub const fn is_linked(self) -> bool {
        matches!(self, Self::Listed | Self::Facilitated)
    }
}

/// How ties are sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FunnelOptions {
    /// After how many months a replication is no longer held to have possibly come of an activity, 1 to 1,200. The
    /// default of 48 is inferred: half of the replicas in public sources came within four years of their source.
    pub within_months: u32,
    /// Only what had happened by then; none takes all that is on record.
    pub on: Option<PartialDate>,
}

impl Default for FunnelOptions {
    fn default() -> Self {
        Self { within_months: 48, on: None }
    }
}

/// A range of days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Days {
    /// The least.
    pub least: i64,
    /// The most.
    pub most: i64,
}

/// How long it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Lags {
    /// Of how many replications both dates are known.
    pub known: usize,
    /// The first quartile.
    pub lower: Days,
    /// The median.
    pub median: Days,
    /// The third quartile.
    pub upper: Days,
}

/// A replication tied to a hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tie {
    /// The replication.
    pub replication: ReplicationId,
    /// By what rule.
    pub rule: TieRule,
    /// The activity it is tied to; none where only the hub is named.
    pub activity: Option<ActivityId>,
    /// When that activity was.
    pub held_on: Option<PartialDate>,
    /// Who replicates, where known: the recipient, or the owner of what came of it.
    pub recipient: Option<AgencyId>,
    /// Which stages it reached: interest, agreement, implementation.
    pub reached: [Truth; 3],
    /// When, where known.
    pub reached_on: [Option<PartialDate>; 3],
}

/// How many replications reached a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FunnelStage {
    /// The stage.
    pub stage: Stage,
    /// Of the linked ones.
    pub linked: Tally,
    /// Of the possible ones.
    pub possible: Tally,
    /// From the activity to the stage, over the linked ones; none if no pair of dates is known.
    pub lag_linked: Option<Lags>,
    /// From the activity to the stage, over the possible ones.
    pub lag_possible: Option<Lags>,
}

/// What came of what a hub did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HubFunnel {
    /// The hub.
    pub hub: HubId,
    /// Its name.
    pub name: String,
    /// How many activities are on record.
    pub activities: usize,
    /// Of those, how many have at least one replication linked to them.
    pub with_linked: usize,
    /// How many have only possible ones.
    pub with_possible: usize,
    /// Stage by stage.
    pub stages: Vec<FunnelStage>,
    /// The replications, firmest ties first, then by id.
    pub ties: Vec<Tie>,
}

/// What came of what a hub did.
///
/// ```
/// use jipp_core::hubs::{self, FunnelOptions, TieRule};
/// use jipp_core::model::{Agency, AgencyKind, Hub, HubKind, Innovation, Line, Replication, Source};
/// use jipp_core::registry::{Action, Registry, Stamp};
/// use jipp_core::store::MemoryStore;
/// let agency = Agency::new("provinsi-x".parse()?, Line::new("Provinsi X")?, AgencyKind::Province);
/// let hub = Hub::new("x".parse()?, agency.id.clone(), HubKind::Regional);
/// let taken = Innovation::new("provinsi-x/antre".parse()?, Line::new("Antre")?, agency.id.clone());
/// let mut replication = Replication::new("r1".parse()?);
/// replication.sources.push(Source { innovation: taken.id.clone(), extent: None, evidence: None, note: None });
/// replication.recipients_note = Some(Line::new("tiga kabupaten")?);
/// replication.facilitator_hub = Some(hub.id.clone());
/// let mut registry = Registry::open(Box::new(MemoryStore::new()), "example".parse()?)?;
/// let records = [agency.into(), hub.into(), taken.into(), replication.into()];
/// let stamp = Stamp::at("2026-11-21T08:00:00Z".parse()?);
/// registry.commit(&stamp, records.map(Action::Register).into())?;
/// let funnel = hubs::funnel(&registry.view(), &"x".parse()?, &FunnelOptions::default())?;
/// assert_eq!(funnel.ties[0].rule, TieRule::Facilitated);
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `not-found`; `option-invalid` if `within_months` is not 1 to 1,200.
///
/// # Complexity
/// The activities of the hub times all replications.
pub fn funnel(view: &View<'_>, hub: &HubId, options: &FunnelOptions) -> Result<HubFunnel> {
    if !(1..=1_200).contains(&options.within_months) {
        let error = Error::new(Code::OptionInvalid).field("within_months").value(options.within_months);
        return Err(error.expected("1 to 1,200"));
    }
    let hub = view.get::<Hub>(hub)?;
    let land = Land::of(*view);
    let is_to_come = |at: Option<PartialDate>| at.zip(options.on).is_some_and(|(at, on)| on.surely_before(at));
    let mut activities = view.referring::<Activity>(&EntityRef::of::<Hub>(&hub.id));
    activities.retain(|activity| {
        let is_own =
            activity.hub.as_ref().and_then(|id| view.find::<Hub>(id.as_str())).is_some_and(|own| own.id == hub.id);
        is_own && !is_to_come(activity.on)
    });
    // Undated ones last: a tie to an activity with a date says more.
    activities.sort_by_key(|activity| (activity.on.is_none(), activity.on, activity.id.clone()));
    let held: Vec<Held<'_>> = activities.iter().map(|activity| Held::of(view, &land, activity)).collect();
    let province = land.province_of_hub(hub).map(|province| &province.id);
    let mut ties: Vec<Tie> = view
        .all::<Replication>()
        .filter(|replication| known_sources(replication).next().is_some() && !is_to_come(first_known(replication)))
        .filter_map(|replication| {
            let taken = Taken::of(view, &land, replication, province);
            let (rule, by) = taken.tie(hub, &held, options.within_months)?;
            Some(tie(view, replication, rule, by, options.on))
        })
        .collect();
    ties.sort_by(|one, other| one.rule.cmp(&other.rule).then_with(|| one.replication.cmp(&other.replication)));
    let with = |is_it: &dyn Fn(TieRule) -> bool| -> BTreeSet<&ActivityId> {
        ties.iter().filter(|tie| is_it(tie.rule)).filter_map(|tie| tie.activity.as_ref()).collect()
    };
    let (linked, possible) = (with(&|rule| rule.is_linked()), with(&|rule| !rule.is_linked()));
    Ok(HubFunnel {
        hub: hub.id.clone(),
        name: hub_name(view, hub),
        activities: activities.len(),
        with_linked: linked.len(),
        with_possible: possible.difference(&linked).count(),
        stages: Stage::ALL.iter().enumerate().map(|(at, stage)| stage_of(*stage, at, &ties)).collect(),
        ties,
    })
}

/// An activity with who took part and what it was about, merges followed.
struct Held<'a> {
    activity: &'a Activity,
    present: BTreeSet<&'a str>,
    topics: BTreeSet<&'a str>,
    replications: BTreeSet<&'a str>,
}

impl<'a> Held<'a> {
    fn of(view: &View<'a>, land: &Land<'a>, activity: &'a Activity) -> Self {
        let agencies = std::iter::once(&activity.host).chain(&activity.with_agencies);
        let innovation =
            |id: &crate::base::InnovationId| view.find::<Innovation>(id.as_str()).map(|one| one.id.as_str());
        let replication = |id: &ReplicationId| view.find::<Replication>(id.as_str()).map(|one| one.id.as_str());
        Self {
            activity,
            present: agencies.flat_map(|agency| land.line(agency)).map(|agency| agency.id.as_str()).collect(),
            topics: activity.innovations.iter().filter_map(innovation).collect(),
            replications: activity.replications.iter().filter_map(replication).collect(),
        }
    }
}

/// A replication with what ties can rest on.
struct Taken<'a> {
    replication: &'a Replication,
    facilitator: Option<&'a str>,
    sources: Vec<&'a Innovation>,
    recipient: BTreeSet<&'a str>,
    /// The recipient with the governments above it, that of its province among them.
    recipient_side: BTreeSet<&'a str>,
    /// The owners of the sources with theirs.
    owner_side: BTreeSet<&'a str>,
    is_in_province: bool,
}

impl<'a> Taken<'a> {
    fn of(
        view: &View<'a>,
        land: &Land<'a>,
        replication: &'a Replication,
        province: Option<&crate::base::RegionId>,
    ) -> Self {
        let sources = known_sources(replication).filter_map(|source| view.find::<Innovation>(source.as_str()));
        let sources: Vec<&Innovation> = sources.collect();
        let ids =
            |agency: &AgencyId| land.line(agency).into_iter().map(|agency| agency.id.as_str()).collect::<Vec<_>>();
        let side = |agency: &AgencyId| {
            let province = land.province_of_agency(agency).and_then(|province| land.government(province));
            let above = province.map(|government| government.id.as_str());
            ids(agency).into_iter().chain(above).collect::<Vec<_>>()
        };
        let recipient = super::movement::recipient(view, replication);
        let home = recipient.and_then(|agency| land.province_of_agency(agency)).map(|home| &home.id);
        let hub = replication.facilitator_hub.as_ref().and_then(|hub| view.find::<Hub>(hub.as_str()));
        Self {
            replication,
            facilitator: hub.map(|hub| hub.id.as_str()),
            recipient: recipient.into_iter().flat_map(ids).collect(),
            recipient_side: recipient.into_iter().flat_map(side).collect(),
            owner_side: sources.iter().flat_map(|source| side(&source.owner)).collect(),
            is_in_province: province.is_some() && home == province,
            sources,
        }
    }

    /// The first rule that fits, with the earliest activity that it fits.
    fn tie<'h>(&self, hub: &Hub, held: &'h [Held<'a>], months: u32) -> Option<(TieRule, Option<&'h Held<'a>>)> {
        let find = |is_it: &dyn Fn(&Held<'_>) -> bool| held.iter().find(|held| is_it(held));
        let id = self.replication.id.as_str();
        if let Some(by) = find(&|held| held.replications.contains(id)) {
            return Some((TieRule::Listed, Some(by)));
        }
        let in_time = |held: &Held<'_>| is_in_time(held.activity.on, first_known(self.replication), months);
        if self.facilitator == Some(hub.id.as_str()) {
            let by = find(&|held| in_time(held) && (self.is_about(held) || self.met(held)));
            return Some((TieRule::Facilitated, by));
        }
        if !is_more_than_an_idea(self.replication) {
            return None;
        }
        let about = find(&|held| in_time(held) && self.is_about(held) && (self.is_in_province || self.took_part(held)));
        let met = || find(&|held| in_time(held) && held.topics.is_empty() && self.met(held));
        about.map(|by| (TieRule::Topic, Some(by))).or_else(|| met().map(|by| (TieRule::Meeting, Some(by))))
    }

    fn is_about(&self, held: &Held<'_>) -> bool {
        self.sources.iter().any(|source| held.topics.contains(source.id.as_str()))
    }

    fn took_part(&self, held: &Held<'_>) -> bool {
        self.recipient.iter().any(|agency| held.present.contains(agency))
    }

    /// Whether both sides were there, each by somebody of its own.
    fn met(&self, held: &Held<'_>) -> bool {
        let there = |side: &BTreeSet<&'a str>, other: &BTreeSet<&'a str>| {
            side.iter().any(|agency| held.present.contains(agency) && !other.contains(agency))
        };
        // A side is all who can speak for it; who can speak for both speaks for neither.
        there(&self.recipient_side, &self.owner_side) && there(&self.owner_side, &self.recipient_side)
    }
}

/// Whether something may have begun after an activity, and not surely too long after it. Of undated things it is not
/// known.
fn is_in_time(held: Option<PartialDate>, first: Option<PartialDate>, months: u32) -> bool {
    let Some((held, first)) = held.zip(first) else { return true };
    let last = held.last_day().checked_add_months(chrono::Months::new(months));
    !first.surely_before(held) && last.is_none_or(|last| first.first_day() <= last)
}

fn tie(
    view: &View<'_>,
    replication: &Replication,
    rule: TieRule,
    by: Option<&Held<'_>>,
    on: Option<PartialDate>,
) -> Tie {
    let stages = [Stage::Interest, Stage::Agreement, Stage::Implementation];
    // What was reached only after the date of the question is not reached yet. Where only later stages are dated, and all
    // of them to later days, nobody knows whether this one was reached before.
    let dates = stages.map(|stage| reached_on(replication, stage));
    let later = |at: Option<PartialDate>| at.zip(on).is_some_and(|(at, on)| on.surely_before(at));
    let mut reached = stages.map(|stage| reached(replication, stage));
    for (stage, truth) in reached.iter_mut().enumerate() {
        let known: Vec<PartialDate> = dates.iter().skip(stage).flatten().copied().collect();
        if *truth == Truth::Yes && !known.is_empty() && known.iter().all(|at| later(Some(*at))) {
            *truth = if dates.get(stage).is_some_and(Option::is_some) { Truth::No } else { Truth::Unknown };
        }
    }
    Tie {
        replication: replication.id.clone(),
        rule,
        activity: by.map(|held| held.activity.id.clone()),
        held_on: by.and_then(|held| held.activity.on),
        recipient: super::movement::recipient(view, replication).cloned(),
        reached,
        reached_on: dates.map(|at| at.filter(|at| !later(Some(*at)))),
    }
}

fn stage_of(stage: Stage, at: usize, ties: &[Tie]) -> FunnelStage {
    let of = |linked: bool| ties.iter().filter(move |tie| tie.rule.is_linked() == linked);
    let reached = |tie: &Tie| tie.reached.get(at).copied().unwrap_or(Truth::Unknown);
    let tally = |linked: bool| Tally::of(of(linked).map(reached));
    let lag = |linked: bool| {
        let reached_on = |tie: &Tie| tie.reached_on.get(at).copied().flatten();
        lags(of(linked).filter_map(|tie| Some(between(tie.held_on?, reached_on(tie)?))).collect())
    };
    FunnelStage { stage, linked: tally(true), possible: tally(false), lag_linked: lag(true), lag_possible: lag(false) }
}

/// The days from one partial date to another; never below zero unless one is surely before the other.
fn between(from: PartialDate, to: PartialDate) -> Days {
    let least = (to.first_day() - from.last_day()).num_days();
    let most = (to.last_day() - from.first_day()).num_days();
    if most >= 0 { Days { least: least.max(0), most } } else { Days { least, most } }
}

fn lags(all: Vec<Days>) -> Option<Lags> {
    let known = all.len();
    let (mut least, mut most): (Vec<i64>, Vec<i64>) = all.into_iter().map(|days| (days.least, days.most)).unzip();
    least.sort_unstable();
    most.sort_unstable();
    // The nearest rank of a quarter q is the ceiling of n·q/4, counted from one.
    let quartile = |quarter: usize| {
        let rank = (known * quarter).div_ceil(4).max(1) - 1;
        Some(Days { least: *least.get(rank)?, most: *most.get(rank)? })
    };
    Some(Lags { known, lower: quartile(1)?, median: quartile(2)?, upper: quartile(3)? })
}
