//! What in the records of hubs does not fit together. Nothing is refused or left out for it: history is what it is, and
//! somebody who knows must say which of two records is right.

use serde::{Deserialize, Serialize};

use super::land::{Land, hub_name};
use super::life::{self, Event};
use crate::base::vocabulary::vocabulary;
use crate::base::{ActivityId, AgencyId, HubId, Lang, PartialDate, Period, ReplicationId, Vocabulary as _};
use crate::model::{Activity, Agency, DesignationEvent, EntityRef, Hub, HubState, MilestoneKind, Replication, Spoke};
use crate::registry::View;

vocabulary! {
    /// What does not fit together about a hub.
    HubFindingKind = "hub-finding-kind" {
        OverlappingDesignations = "overlapping-designations", "dua penetapan berlaku sekaligus tanpa pencabutan di antaranya", "two designations in force at once, with no withdrawal between them";
        EventsOutOfOrder = "events-out-of-order", "urutan peristiwa tidak wajar", "events out of order";
        UndatedEvent = "undated-event", "peristiwa tanpa tanggal", "an event without a date";
        DesignationWithoutDecree = "designation-without-decree", "penetapan tanpa keputusan yang disebut", "a designation that names no decree";
        StepsOutOfOrder = "steps-out-of-order", "langkah status tidak urut waktu", "steps of the status not in the order of time";
        StatusWithoutEvent = "status-without-event", "status menyatakan peristiwa yang tidak tercatat", "the status tells of an event that is not on record";
        EventWithoutStatus = "event-without-status", "peristiwa tercatat tetapi status tidak menunjukkannya", "an event is on record that the status does not show";
        ActivityBeforeHub = "activity-before-hub", "kegiatan hub sebelum hub itu ada", "an activity of a hub before it existed";
        ActivityAfterWithdrawal = "activity-after-withdrawal", "kegiatan hub sesudah dicabut", "an activity of a hub after its withdrawal";
        ForeignActivity = "foreign-activity", "kegiatan dicatat pada hub ini tetapi diadakan instansi lain", "an activity on record for this hub but held by another agency";
        OutcomeBeforeActivity = "outcome-before-activity", "replikasi sudah berjalan sebelum kegiatan yang disebut asalnya", "a replication older than the activity it is said to come from";
        SecondHub = "second-hub", "instansi yang sama tercatat sebagai dua hub", "one agency on record as two hubs";
        SharedSpoke = "shared-spoke", "spoke yang sama dibina dua hub pada masa yang sama", "a spoke looked after by two hubs at once";
    }
}

/// One thing that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Detail {
    /// An event of the membership.
    Event {
        /// What happened.
        event: DesignationEvent,
        /// When.
        on: Option<PartialDate>,
    },
    /// A step of the status.
    Step {
        /// The state it led to.
        to: HubState,
        /// When.
        on: Option<PartialDate>,
    },
    /// An activity.
    Activity {
        /// Which.
        activity: ActivityId,
        /// When.
        on: Option<PartialDate>,
    },
    /// A replication.
    Replication {
        /// Which.
        replication: ReplicationId,
        /// When it is first known of.
        on: Option<PartialDate>,
    },
    /// Another hub.
    Hub {
        /// Which.
        hub: HubId,
    },
}

impl Detail {
    /// In words.
    pub fn words(&self, lang: Lang) -> String {
        let dated = |what: &str, on: &Option<PartialDate>| match (on, lang) {
            (Some(on), _) => format!("{what} {on}"),
            (None, Lang::Id) => format!("{what}, tanpa tanggal"),
            (None, Lang::En) => format!("{what}, undated"),
        };
        match self {
            Self::Event { event, on } => dated(event.label(lang), on),
            Self::Step { to, on } => dated(to.label(lang), on),
            Self::Activity { activity, on } => dated(activity.as_str(), on),
            Self::Replication { replication, on } => dated(replication.as_str(), on),
            Self::Hub { hub } => hub.to_string(),
        }
    }
}

/// Something about a hub that does not fit together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct HubFinding {
    /// What does not fit.
    pub kind: HubFindingKind,
    /// The hub.
    pub hub: HubId,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub details: Vec<Detail>,
}

impl HubFinding {
    /// In words.
    pub fn words(&self, lang: Lang) -> String {
        let details: Vec<String> = self.details.iter().map(|detail| detail.words(lang)).collect();
        let about = if details.is_empty() { String::new() } else { format!(" ({})", details.join("; ")) };
        format!("{}: {}{about}", self.name, self.kind.label(lang))
    }
}

/// What does not fit together about the hubs, by hub and kind.
///
/// Only what surely contradicts is found: an activity of `2020-07` and a designation of `2020` may well be in order.
///
/// ```
/// use jipp_core::base::Lang;
/// use jipp_core::hubs::{self, HubFindingKind};
/// use jipp_core::model::{Agency, AgencyKind, Designation, DesignationEvent, Hub, HubKind, Line};
/// use jipp_core::registry::{Action, Registry, Stamp};
/// use jipp_core::store::MemoryStore;
/// let agency = Agency::new("provinsi-x".parse()?, Line::new("Provinsi X")?, AgencyKind::Province);
/// let mut hub = Hub::new("x".parse()?, agency.id.clone(), HubKind::Regional);
/// for on in ["2020", "2021"] {
///     let note = Some(Line::new("Keputusan")?);
///     let event = DesignationEvent::Designation;
///     hub.designations.push(Designation { event, on: Some(on.parse()?), decree: None, note });
/// }
/// let mut registry = Registry::open(Box::new(MemoryStore::new()), "example".parse()?)?;
/// let stamp = Stamp::at("2026-11-21T08:00:00Z".parse()?);
/// registry.commit(&stamp, vec![Action::Register(agency.into()), Action::Register(hub.into())])?;
/// let found = hubs::findings(&registry.view());
/// assert_eq!(found[0].kind, HubFindingKind::OverlappingDesignations);
/// assert!(found[0].words(Lang::Id).starts_with("Provinsi X: dua penetapan"));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Complexity
/// Linear in the hubs with their activities, and quadratic in hubs for spokes that are shared.
pub fn findings(view: &View<'_>) -> Vec<HubFinding> {
    let land = Land::of(*view);
    let hubs: Vec<&Hub> = view.all::<Hub>().collect();
    // What concerns two hubs is said once, of the first.
    let of = |(at, hub): (usize, &&Hub)| findings_of(view, &land, hub, hubs.iter().skip(at + 1).copied());
    hubs.iter().enumerate().flat_map(of).collect()
}

/// What does not fit together about one hub, by itself and beside others.
pub(super) fn findings_of<'v>(
    view: &View<'v>,
    land: &Land<'v>,
    hub: &Hub,
    others: impl Iterator<Item = &'v Hub>,
) -> Vec<HubFinding> {
    let mut own = Own { hub, name: hub_name(view, hub), found: Vec::new() };
    let events = life::events(hub);
    own.look_at_events(&events);
    own.look_at_status();
    own.look_at_activities(view, &events);
    others.for_each(|other| own.compare(land, other));
    own.found.sort_by_key(|finding| finding.kind);
    own.found
}

/// What is found about one hub.
struct Own<'a> {
    hub: &'a Hub,
    name: String,
    found: Vec<HubFinding>,
}

fn event(event: &Event) -> Detail {
    Detail::Event { event: event.event, on: event.on }
}

impl Own<'_> {
    fn report(&mut self, kind: HubFindingKind, details: Vec<Detail>) {
        let (hub, name) = (self.hub.id.clone(), self.name.clone());
        self.found.push(HubFinding { kind, hub, name, details });
    }

    fn look_at_events(&mut self, events: &[Event]) {
        use DesignationEvent as E;
        let of = |kind: E| events.iter().filter(move |event| event.event == kind && !event.from_status);
        // One after the other: an earlier designation stands until it is withdrawn; what goes on is a renewal.
        let designations: Vec<&Event> = of(E::Designation).collect();
        for pair in designations.windows(2) {
            let [one, next] = pair else { continue };
            let between = |end: &Event| !end.surely_before(one) && !next.surely_before(end);
            // A withdrawal counts that only the status tells of, too.
            if !events.iter().filter(|event| event.event == E::Withdrawal).any(between) {
                self.report(HubFindingKind::OverlappingDesignations, vec![event(one), event(next)]);
            }
        }
        // What presupposes something earlier surely came before all of it.
        let begins = [E::Trial, E::Commitment, E::Designation];
        let needs: [(E, &[E]); 4] = [
            (E::Designation, &[E::Commitment]),
            (E::Launch, &begins),
            (E::Renewal, &[E::Designation]),
            (E::Withdrawal, &begins),
        ];
        for (later, earlier) in needs {
            for then in of(later) {
                let firsts = || events.iter().filter(|event| earlier.contains(&event.event));
                if let Some(first) = firsts().next().filter(|_| firsts().all(|first| then.surely_before(first))) {
                    self.report(HubFindingKind::EventsOutOfOrder, vec![event(then), event(first)]);
                }
            }
        }
        for said in events.iter().filter(|event| !event.from_status) {
            if said.on.is_none() {
                self.report(HubFindingKind::UndatedEvent, vec![event(said)]);
            }
            if said.event == E::Designation && said.decree.is_none() && said.note.is_none() {
                self.report(HubFindingKind::DesignationWithoutDecree, vec![event(said)]);
            }
        }
    }

    fn look_at_status(&mut self) {
        use DesignationEvent as E;
        let steps = &self.hub.status.steps;
        let detail = |index: usize| steps.get(index).map(|step| Detail::Step { to: step.to, on: step.on });
        for at in 1..steps.len() {
            let dates = steps.get(at).and_then(|step| step.on).zip(steps.get(at - 1).and_then(|step| step.on));
            if dates.is_some_and(|(later, earlier)| later.surely_before(earlier)) {
                self.report(
                    HubFindingKind::StepsOutOfOrder,
                    [detail(at - 1), detail(at)].into_iter().flatten().collect(),
                );
            }
        }
        let state = self.hub.status.state();
        let now = Detail::Step { to: state, on: self.hub.status.last().and_then(|step| step.on) };
        let has = |kind: E| self.hub.designations.iter().any(|event| event.event == kind);
        let is_hub = has(E::Trial) || has(E::Designation) || has(E::Renewal);
        let lacks = match state {
            HubState::Committed => !has(E::Commitment) && !self.has_commitment_milestone(),
            HubState::Designated
            | HubState::SettingUp
            | HubState::Operational
            | HubState::Mature
            | HubState::Inactive => !is_hub,
            HubState::Withdrawn => !has(E::Withdrawal),
            _ => false,
        };
        if lacks {
            self.report(HubFindingKind::StatusWithoutEvent, vec![now.clone()]);
        }
        let dated = self.hub.designations.iter().filter(|event| event.on.is_some());
        // Of one day, what replaces comes after what it replaces.
        let last = dated.max_by_key(|event| (event.on, event.event != E::Withdrawal));
        let shown = match last.map(|event| event.event) {
            Some(E::Withdrawal) => state == HubState::Withdrawn,
            Some(E::Designation | E::Renewal) => {
                !matches!(state, HubState::Candidate | HubState::Assessed | HubState::Committed | HubState::Rejected)
                    && state != HubState::Withdrawn
            }
            Some(E::Commitment) => !matches!(state, HubState::Candidate | HubState::Assessed | HubState::Rejected),
            _ => true,
        };
        // A hub without any step says nothing of its state.
        if let (Some(last), false, false) = (last, shown, self.hub.status.is_initial()) {
            self.report(
                HubFindingKind::EventWithoutStatus,
                vec![Detail::Event { event: last.event, on: last.on }, now],
            );
        }
    }

    fn has_commitment_milestone(&self) -> bool {
        self.hub.milestones.iter().any(|milestone| milestone.kind == MilestoneKind::Commitment)
    }

    fn look_at_activities(&mut self, view: &View<'_>, events: &[Event]) {
        // A launch or a renewal is of a hub that is there already.
        let begins = |event: &&Event| {
            let of = event.event;
            matches!(of, DesignationEvent::Trial | DesignationEvent::Commitment | DesignationEvent::Designation)
        };
        for activity in view.referring::<Activity>(&EntityRef::of::<Hub>(&self.hub.id)) {
            let held = Detail::Activity { activity: activity.id.clone(), on: activity.on };
            if let Some(on) = activity.on {
                let before = |event: &Event| event.surely_after(on.last_day());
                if let Some(first) = events.iter().find(begins).filter(|_| events.iter().filter(begins).all(before)) {
                    self.report(HubFindingKind::ActivityBeforeHub, vec![held.clone(), event(first)]);
                }
                let last = events.iter().rev().find(|event| event.on.is_some());
                let is_over = |event: &&Event| {
                    event.event == DesignationEvent::Withdrawal && event.last().is_some_and(|end| end < on.first_day())
                };
                if let Some(end) = last.filter(is_over) {
                    self.report(HubFindingKind::ActivityAfterWithdrawal, vec![held.clone(), event(end)]);
                }
                for replication in &activity.replications {
                    let Some(found) = view.find::<Replication>(replication.as_str()) else { continue };
                    let known = super::outcome::first_known(found);
                    if known.is_some_and(|known| known.surely_before(on)) {
                        let came = Detail::Replication { replication: found.id.clone(), on: known };
                        self.report(HubFindingKind::OutcomeBeforeActivity, vec![held.clone(), came]);
                    }
                }
            }
            let host = view.find::<Agency>(activity.host.as_str()).map(|agency| &agency.id);
            let own = view.find::<Agency>(self.hub.agency.as_str()).map(|agency| &agency.id);
            if host.is_some() && host != own {
                self.report(HubFindingKind::ForeignActivity, vec![held]);
            }
        }
    }

    fn compare(&mut self, land: &Land<'_>, other: &Hub) {
        let same = |one: &AgencyId, two: &AgencyId| {
            land.agency(one).zip(land.agency(two)).is_some_and(|(one, two)| one.id == two.id)
        };
        if same(&self.hub.agency, &other.agency) {
            self.report(HubFindingKind::SecondHub, vec![Detail::Hub { hub: other.id.clone() }]);
        }
        let unit = |spoke: &Spoke| spoke.unit.as_ref().map(|id| land.unit(id).map_or(id, |unit| &unit.id)).cloned();
        let meets = |one: &Spoke, two: &Spoke| {
            let together = surely_overlap(one.period.unwrap_or_default(), two.period.unwrap_or_default());
            together && unit(one) == unit(two) && same(&one.agency, &two.agency)
        };
        if self.hub.spokes.iter().any(|one| other.spokes.iter().any(|two| meets(one, two))) {
            self.report(HubFindingKind::SharedSpoke, vec![Detail::Hub { hub: other.id.clone() }]);
        }
    }
}

/// Whether two periods share a day however their dates fall. A period without an end goes on; one without a beginning
/// had begun when it ended.
fn surely_overlap(one: Period, two: Period) -> bool {
    let reaches = |one: Period, two: Period| {
        let begun = one.from.or(one.to).map(PartialDate::last_day);
        begun.is_some_and(|begun| two.to.is_none_or(|end| begun <= end.first_day()))
    };
    reaches(one, two) && reaches(two, one)
}
