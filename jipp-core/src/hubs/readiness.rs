//! How far the setting up of a hub has come, and what is missing before it may be called operational.

use serde::{Deserialize, Serialize};

use super::land::hub_name;
use super::life;
use crate::base::vocabulary::vocabulary;
use crate::base::{HubId, PartialDate, Result, Truth};
use crate::model::lifecycle::{Facts as _, Machine as _};
use crate::model::{Activity, ActivityKind, EntityRef, Hub, HubState, MilestoneKind, Partner, PartnerKind};
use crate::registry::View;

vocabulary! {
    /// What is on record of a step in setting up.
    StepState = "step-state" {
        /// It is on record, and was there on the date.
        Done = "done", "tercatat", "on record";
        /// It is on record, but undated or too vaguely dated to say whether it was there on the date.
        DateUnknown = "date-unknown", "tercatat, tanggal tidak pasti", "on record, date uncertain";
        /// It is on record for a later date.
        Later = "later", "baru sesudahnya", "only later";
        /// Nothing of it is on record. It may have been done all the same.
        NotOnRecord = "not-on-record", "tidak tercatat", "not on record";
    }
}

impl StepState {
    fn truth(self) -> Truth {
        match self {
            Self::Done => Truth::Yes,
            Self::DateUnknown => Truth::Unknown,
            Self::Later | Self::NotOnRecord => Truth::No,
        }
    }
}

/// A step in setting up, with what is on record of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SetUpStep {
    /// Which step.
    pub kind: MilestoneKind,
    /// What is on record of it.
    pub state: StepState,
    /// When it was done.
    pub on: Option<PartialDate>,
    /// The remark of the record.
    pub note: Option<String>,
    /// Whether evidence is on record.
    pub has_evidence: bool,
    /// Whether no milestone tells of it, but something else on record does: a university among the partners, an
    /// activity of its kind. A guard asks for the milestone.
    pub is_indirect: bool,
    /// Whether a hub needs it, or another in its place, before it may be called operational.
    pub is_needed: bool,
}

/// One thing needed, which any of some steps fulfils.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NeededStep {
    /// Any of these will do.
    pub any_of: Vec<MilestoneKind>,
    /// Whether a milestone of one of them was there; *no* means that none is on record.
    pub is_met: Truth,
}

/// How far the setting up of a hub has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Readiness {
    /// The hub.
    pub hub: HubId,
    /// Its name.
    pub name: String,
    /// The date.
    pub on: PartialDate,
    /// How far it had come by its status; none where its steps leave that open.
    pub state: Option<HubState>,
    /// The states its machine would let it go to next, whatever their guards ask for.
    pub next: Vec<HubState>,
    /// What the policy in force asks for before a hub is operational.
    pub needs: Vec<NeededStep>,
    /// Whether all of it was there; *no* means that something is not on record.
    pub is_ready: Truth,
    /// Every step there is, in the order of the vocabulary: the to-do list.
    pub steps: Vec<SetUpStep>,
}

impl Readiness {
    /// What is needed and surely not on record.
    pub fn missing(&self) -> impl Iterator<Item = &NeededStep> {
        self.needs.iter().filter(|need| need.is_met == Truth::No)
    }

    /// What was not on record on the date, needed or not.
    pub fn to_do(&self) -> impl Iterator<Item = &SetUpStep> {
        self.steps.iter().filter(|step| matches!(step.state, StepState::Later | StepState::NotOnRecord))
    }
}

/// How far the setting up of a hub had come on a date, by the policy of the network.
///
/// ```
/// use jipp_core::base::Truth;
/// use jipp_core::hubs;
/// use jipp_core::model::{Agency, AgencyKind, Hub, HubKind, Line, Milestone, MilestoneKind};
/// use jipp_core::registry::{Action, Registry, Stamp};
/// use jipp_core::store::MemoryStore;
/// let agency = Agency::new("provinsi-x".parse()?, Line::new("Provinsi X")?, AgencyKind::Province);
/// let mut hub = Hub::new("x".parse()?, agency.id.clone(), HubKind::Regional);
/// let team = Milestone { kind: MilestoneKind::Team, on: Some("2022-09".parse()?), note: None, evidence: None };
/// hub.milestones.push(team);
/// let mut registry = Registry::open(Box::new(MemoryStore::new()), "example".parse()?)?;
/// let stamp = Stamp::at("2026-11-21T08:00:00Z".parse()?);
/// registry.commit(&stamp, vec![Action::Register(agency.into()), Action::Register(hub.into())])?;
/// let readiness = hubs::readiness(&registry.view(), &"x".parse()?, "2023".parse()?)?;
/// assert_eq!(readiness.is_ready, Truth::No);
/// let missing: Vec<_> = readiness.missing().map(|need| need.any_of[0]).collect();
/// assert_eq!(missing, [MilestoneKind::Regulation, MilestoneKind::Portal]);
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `not-found`.
///
/// # Complexity
/// Linear in the milestones and activities of the hub.
pub fn readiness(view: &View<'_>, hub: &HubId, on: PartialDate) -> Result<Readiness> {
    let hub = view.get::<Hub>(hub)?;
    let policy = view.policy();
    let state = life::state_on(hub, on);
    let needs: Vec<NeededStep> = policy
        .operational_needs
        .iter()
        .map(|any_of| {
            let met = any_of.iter().map(|kind| milestone(hub, *kind, on).map_or(Truth::No, |step| step.state.truth()));
            NeededStep { any_of: any_of.clone(), is_met: met.fold(Truth::No, Truth::or) }
        })
        .collect();
    let steps = MilestoneKind::ALL.iter().filter(|kind| **kind != MilestoneKind::Other).map(|kind| {
        let found = milestone(hub, *kind, on).or_else(|| indirect(view, hub, *kind, on));
        let is_needed = policy.operational_needs.iter().any(|any_of| any_of.contains(kind));
        SetUpStep { is_needed, ..found.unwrap_or_else(|| step(*kind, StepState::NotOnRecord, None)) }
    });
    Ok(Readiness {
        hub: hub.id.clone(),
        name: hub_name(view, hub),
        on,
        state,
        next: state.map(next).unwrap_or_default(),
        is_ready: needs.iter().map(|need| need.is_met).fold(Truth::Yes, Truth::and),
        needs,
        steps: steps.collect(),
    })
}

fn next(state: HubState) -> Vec<HubState> {
    HubState::TRANSITIONS.iter().filter(|step| step.from.contains(&state)).map(|step| step.to).collect()
}

fn step(kind: MilestoneKind, state: StepState, on: Option<PartialDate>) -> SetUpStep {
    SetUpStep { kind, state, on, note: None, has_evidence: false, is_indirect: false, is_needed: false }
}

/// Whether something of a date was there on another.
fn state_of(at: Option<PartialDate>, on: PartialDate) -> StepState {
    match at {
        Some(at) if at.last_day() <= on.last_day() => StepState::Done,
        Some(at) if at.first_day() > on.last_day() => StepState::Later,
        _ => StepState::DateUnknown,
    }
}

/// The milestone of a kind that says most: the one most surely there, else the earliest.
fn milestone(hub: &Hub, kind: MilestoneKind, on: PartialDate) -> Option<SetUpStep> {
    let all = hub.milestones.iter().filter(|milestone| milestone.kind == kind);
    let best = all.min_by_key(|milestone| (state_of(milestone.on, on), milestone.on.is_none(), milestone.on))?;
    Some(SetUpStep {
        note: best.note.as_ref().map(ToString::to_string),
        has_evidence: best.evidence.is_some(),
        ..step(kind, state_of(best.on, on), best.on)
    })
}

/// A step that something other than a milestone tells of.
fn indirect(view: &View<'_>, hub: &Hub, kind: MilestoneKind, on: PartialDate) -> Option<SetUpStep> {
    let dates: Vec<Option<PartialDate>> = match kind {
        MilestoneKind::University => {
            let is_university = |id: &crate::base::PartnerId| {
                view.find::<Partner>(id.as_str()).is_some_and(|partner| partner.kind == PartnerKind::University)
            };
            let parts = hub.partners.iter().filter(|part| part.partner.as_ref().is_some_and(is_university));
            parts.map(|part| part.period.and_then(|period| period.from)).collect()
        }
        MilestoneKind::Socialisation => held(view, hub, ActivityKind::Socialisation),
        MilestoneKind::Monitoring => held(view, hub, ActivityKind::Monitoring),
        _ => Vec::new(),
    };
    let best = dates.into_iter().min_by_key(|at| (state_of(*at, on), at.is_none(), *at))?;
    Some(SetUpStep { is_indirect: true, ..step(kind, state_of(best, on), best) })
}

fn held(view: &View<'_>, hub: &Hub, kind: ActivityKind) -> Vec<Option<PartialDate>> {
    let activities = view.referring::<Activity>(&EntityRef::of::<Hub>(&hub.id));
    activities.into_iter().filter(|activity| activity.kind == kind).map(|activity| activity.on).collect()
}
