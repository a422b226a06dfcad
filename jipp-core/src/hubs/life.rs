//! The life of a hub: whether it was a member of the network on a date, since when and by what.
//!
//! A membership is a series of dated events. Commitment, designation, launch and withdrawal are different things on
//! different days, so the caller says which of them [count](Counting); a withdrawal always ends what was counted.
//!
//! An event known only to the year may lie on any of its days, an undated one on any day at all; so the answer is
//! *yes* if it holds however the dates fall, *no* if it fails however they fall, and else *unknown*. Each beginning
//! is judged by itself: where only two of them together would decide (a year that holds both a withdrawal and a new
//! designation), the answer is *unknown*. A withdrawal and a beginning of one day replace what was in force before, as
//! when one decree takes the place of another: the membership goes on.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::base::{Code, DecreeId, Error, PartialDate, Result, Truth};
use crate::model::{DesignationEvent, Hub, HubState, Status};

/// Which events make a hub a member.
///
/// The default is how the ministry counted in public (8 hubs in 2020, 12 in 2021, 15 in 2022, 22 and 34 in 2023): by
/// designation or signed commitment, whichever came first, and without the pilots before 2020. A renewal counts as a
/// designation; a launch makes no member by itself, since pilots were launched years before they were designated.
///
/// ```
/// use jipp_core::hubs::Counting;
/// let by_decree_only = Counting { commitments: false, ..Counting::default() };
/// assert!(by_decree_only.designations && !by_decree_only.pilots);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Counting {
    /// Trials of before there were designations.
    pub pilots: bool,
    /// Signed commitments.
    pub commitments: bool,
    /// Designations and their renewals.
    pub designations: bool,
}

impl Default for Counting {
    fn default() -> Self {
        Self { pilots: false, commitments: true, designations: true }
    }
}

impl Counting {
    /// Every beginning counts: pilots, commitments, designations.
    pub const ALL: Self = Self { pilots: true, commitments: true, designations: true };

    /// Checks that anything counts at all.
    ///
    /// # Errors
    /// `option-invalid`.
    pub fn check(self) -> Result<()> {
        if self.pilots || self.commitments || self.designations {
            return Ok(());
        }
        Err(Error::new(Code::OptionInvalid).field("counting").value("none").expected("at least one kind of event"))
    }

    fn counts(self, event: DesignationEvent) -> bool {
        match event {
            DesignationEvent::Trial => self.pilots,
            DesignationEvent::Commitment => self.commitments,
            DesignationEvent::Designation | DesignationEvent::Renewal => self.designations,
            _ => false,
        }
    }
}

/// A dated event of a membership.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Event {
    /// What happened.
    pub event: DesignationEvent,
    /// When, as it is on record; for an event told by the status alone, the date of that step.
    pub on: Option<PartialDate>,
    /// The decree, where it has a record.
    pub decree: Option<DecreeId>,
    /// A remark, or the decree as the source writes it.
    pub note: Option<String>,
    /// Whether only the status of the hub tells of it.
    pub from_status: bool,
    /// Whether the date says only by when it had happened.
    pub by_then: bool,
}

impl Event {
    /// The first day it may have been; none if it may have been on any.
    pub(super) fn first(&self) -> Option<NaiveDate> {
        self.on.filter(|_| !self.by_then).map(PartialDate::first_day)
    }

    /// The last day it may have been; none if it may have been on any.
    pub(super) fn last(&self) -> Option<NaiveDate> {
        self.on.map(PartialDate::last_day)
    }

    pub(super) fn surely_by(&self, day: NaiveDate) -> bool {
        self.last().is_some_and(|last| last <= day)
    }

    pub(super) fn surely_after(&self, day: NaiveDate) -> bool {
        self.first().is_some_and(|first| first > day)
    }

    pub(super) fn surely_before(&self, other: &Self) -> bool {
        self.last().zip(other.first()).is_some_and(|(last, first)| last < first)
    }

    /// Whether both are known to the day, and it is the same.
    fn shares_day(&self, other: &Self) -> bool {
        let day = |event: &Self| event.first().filter(|first| event.last() == Some(*first));
        day(self).is_some() && day(self) == day(other)
    }

    /// Whether it makes a hub, or a hub to be.
    fn begins(&self) -> bool {
        !matches!(self.event, DesignationEvent::Withdrawal | DesignationEvent::Launch)
    }
}

/// The events of a hub's membership, oldest first, undated ones last.
///
/// Where the record lists no event of a kind, the status fills in: every step to *committed*, *designated* or
/// *withdrawn* tells of an event of that name. And a hub that is set up or in operation without any beginning on record must
/// have been designated by then.
///
/// ```
/// use jipp_core::hubs;
/// use jipp_core::model::{DesignationEvent, Hub, HubKind, HubState, Line, Step};
/// let mut hub = Hub::new("x".parse()?, "provinsi-x".parse()?, HubKind::Regional);
/// let mut step = Step::reported(HubState::Operational, Line::new("beroperasi")?);
/// step.on = Some("2019".parse()?);
/// hub.status.steps.push(step);
/// let events = hubs::events(&hub);
/// assert_eq!(events[0].event, DesignationEvent::Designation);
/// assert!(events[0].from_status && events[0].by_then);
/// # Ok::<(), jipp_core::Error>(())
/// ```
pub fn events(hub: &Hub) -> Vec<Event> {
    let mut events: Vec<Event> = hub
        .designations
        .iter()
        .map(|said| Event {
            event: said.event,
            on: said.on,
            decree: said.decree.clone(),
            note: said.note.as_ref().map(ToString::to_string),
            from_status: false,
            by_then: false,
        })
        .collect();
    for step in &hub.status.steps {
        let told = match step.to {
            HubState::Committed => DesignationEvent::Commitment,
            HubState::Designated => DesignationEvent::Designation,
            HubState::Withdrawn => DesignationEvent::Withdrawal,
            _ => continue,
        };
        if !hub.designations.iter().any(|said| said.event == told) {
            let (decree, note) = (step.decree.clone(), step.note.as_ref().map(ToString::to_string));
            events.push(Event { event: told, on: step.on, decree, note, from_status: true, by_then: false });
        }
    }
    let runs = |state: HubState| {
        matches!(state, HubState::SettingUp | HubState::Operational | HubState::Mature | HubState::Inactive)
    };
    let first_run = hub.status.steps.iter().find(|step| runs(step.to));
    if let (Some(step), false) = (first_run, events.iter().any(Event::begins)) {
        let event = DesignationEvent::Designation;
        events.push(Event { event, on: step.on, decree: None, note: None, from_status: true, by_then: true });
    }
    // Of one day, a withdrawal makes room for what else there is.
    events
        .sort_by_key(|event| (event.on.is_none(), event.on, event.event != DesignationEvent::Withdrawal, event.event));
    events
}

/// Whether a hub was a member on every day that a date may mean.
///
/// ```
/// use jipp_core::base::Truth;
/// use jipp_core::hubs::{self, Counting};
/// use jipp_core::model::{Designation, DesignationEvent, Hub, HubKind};
/// let mut hub = Hub::new("x".parse()?, "provinsi-x".parse()?, HubKind::Regional);
/// let on = Some("2020".parse()?);
/// hub.designations.push(Designation { event: DesignationEvent::Designation, on, decree: None, note: None });
/// let is_member = |date: &str| Ok::<_, jipp_core::Error>(hubs::is_member(&hub, date.parse()?, Counting::default()));
/// assert_eq!(is_member("2020-12-31")?, Truth::Yes);
/// assert_eq!(is_member("2020-06-30")?, Truth::Unknown);
/// assert_eq!(is_member("2019-12-31")?, Truth::No);
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Complexity
/// Cubic in the events of the hub, which are few.
pub fn is_member(hub: &Hub, on: PartialDate, counting: Counting) -> Truth {
    membership(hub, &events(hub), on, counting)
}

pub(super) fn membership(hub: &Hub, events: &[Event], on: PartialDate, counting: Counting) -> Truth {
    if hub.status.state() == HubState::Rejected {
        return Truth::No;
    }
    let (first, last) = (on.first_day(), on.last_day());
    let starts = || events.iter().filter(|event| counting.counts(event.event));
    if starts().next().is_none() {
        return Truth::No;
    }
    let is_replaced = |end: &Event| starts().any(|start| replaces(start, end, events));
    let ends = || ends(events).filter(|end| !is_replaced(end));
    let (mut is_sure, mut is_excluded) = (false, true);
    for start in starts() {
        // It lasted if every withdrawal lies before it or after the date; it was over if some withdrawal lies between.
        let lasted = ends().all(|end| end.surely_before(start) || end.surely_after(last));
        let was_over = ends().any(|end| follows(end, start, events) && end.surely_by(first));
        is_sure |= start.surely_by(first) && lasted;
        is_excluded &= start.surely_after(last) || was_over;
    }
    let by_events = match (is_sure, is_excluded) {
        (true, _) => Truth::Yes,
        (false, true) => Truth::No,
        (false, false) => Truth::Unknown,
    };
    by_events.and(hub.valid.holds_on(on))
}

fn ends(events: &[Event]) -> impl Iterator<Item = &Event> {
    events.iter().filter(|event| event.event == DesignationEvent::Withdrawal)
}

/// Whether a beginning takes the place of what was withdrawn on its very day: something else must surely have been in
/// force that the withdrawal ended.
fn replaces(start: &Event, end: &Event, events: &[Event]) -> bool {
    let stood = |former: &Event| {
        let mut other_ends = ends(events).filter(|other| !other.shares_day(end));
        former.surely_before(end) && other_ends.all(|other| other.surely_before(former) || end.surely_before(other))
    };
    start.shares_day(end) && events.iter().filter(|event| event.begins()).any(stood)
}

/// Whether a withdrawal surely lies after a beginning. On the day on which the beginning lies at the latest, only if
/// there is nothing else that it can have ended.
fn follows(end: &Event, start: &Event, events: &[Event]) -> bool {
    let meets = start.last().is_some_and(|last| end.first() == Some(last));
    let is_other = |event: &Event| event.begins() && !std::ptr::eq(event, start) && !end.surely_before(event);
    start.surely_before(end) || meets && !events.iter().any(is_other)
}

/// The event that a membership on a date rests on: the first that counts and was not surely withdrawn again by then.
pub(super) fn began(events: &[Event], on: PartialDate, counting: Counting) -> Option<&Event> {
    events.iter().find(|event| in_force(event, events, on, counting))
}

/// The decree in force on a date: that of the latest event that counts, names one, and was not surely withdrawn again by
/// then. An undated event speaks only where no dated one does.
pub(super) fn decree_on(events: &[Event], on: PartialDate, counting: Counting) -> Option<&Event> {
    let names = |event: &&Event| event.decree.is_some() && in_force(event, events, on, counting);
    events.iter().filter(names).max_by_key(|event| event.on)
}

/// Whether an event counts, may have been by a date, and was not surely withdrawn again by then.
fn in_force(event: &Event, events: &[Event], on: PartialDate, counting: Counting) -> bool {
    let was_over = ends(events).any(|end| follows(end, event, events) && end.surely_by(on.first_day()));
    counting.counts(event.event) && !event.surely_after(on.last_day()) && !was_over
}

/// The state of a hub on a date; none where undated or imprecise steps leave it open.
///
/// ```
/// use jipp_core::hubs;
/// use jipp_core::model::{Hub, HubKind, HubState};
/// let hub = Hub::new("x".parse()?, "provinsi-x".parse()?, HubKind::Regional);
/// assert_eq!(hubs::state_on(&hub, "2020".parse()?), Some(HubState::Candidate));
/// # Ok::<(), jipp_core::Error>(())
/// ```
pub fn state_on(hub: &Hub, on: PartialDate) -> Option<HubState> {
    let Status { steps } = &hub.status;
    let is_made = |at: Option<PartialDate>| at.is_some_and(|at| at.last_day() <= on.last_day());
    let is_to_come = |at: Option<PartialDate>| at.is_some_and(|at| at.first_day() > on.last_day());
    let made = steps.iter().rposition(|step| is_made(step.on)).map_or(0, |index| index + 1);
    let open = steps.iter().skip(made).any(|step| !is_to_come(step.on));
    let state = made.checked_sub(1).and_then(|index| steps.get(index)).map_or(HubState::Candidate, |step| step.to);
    (!open).then_some(state)
}
