//! The funnel of replication: from a proposal to a verified replica, with who drops out, why, and how long each step takes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::journey::days_between;
use super::scope::{Progress, is_dropped};
use crate::base::{PartialDate, Quartiles};
use crate::model::{EvidenceLevel, Replication, ReplicationState, Step};

/// How many replications came how far.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Funnel {
    /// How many there are.
    pub replications: usize,
    /// How many of them were declared afterwards and never went through the steps; they count as running.
    pub claimed: usize,
    /// One for each step, in order.
    pub steps: Vec<FunnelStep>,
}

/// A step of the funnel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FunnelStep {
    /// Which.
    pub progress: Progress,
    /// How many came at least so far.
    pub reached: usize,
    /// How many are there now: neither further, nor given up, put off or ended.
    pub standing: usize,
    /// How many are put off.
    pub suspended: usize,
    /// How many were given up there, or had run and ended, with the reasons on record.
    pub ended: Vec<DropOut>,
    /// Days from the first date of the step before to the first date of this, between the middles of what the dates may
    /// mean, over those where both are known.
    pub wait_days: Option<Quartiles>,
}

/// Replications that came to an end in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DropOut {
    /// The state that they ended in.
    pub state: ReplicationState,
    /// The reason on record: the note of the last step, or else how the source words it.
    pub reason: Option<String>,
    /// How many.
    pub count: usize,
}

impl Funnel {
    /// Counts replications; those that are only inferred are left out, for nobody took their steps.
    ///
    /// ```
    /// use jipp_core::lineage::{Funnel, Progress};
    /// use jipp_core::model::{Line, Replication, ReplicationState, Status, Step};
    /// let mut replication = Replication::new("r1".parse()?);
    /// let step = |state, on: &str| -> jipp_core::Result<_> {
    ///     Ok(Step { on: Some(on.parse()?), ..Step::reported(state, Line::new("-")?) })
    /// };
    /// replication.status =
    ///     Status { steps: vec![step(ReplicationState::Agreed, "2020-03-01")?, step(ReplicationState::Implemented, "2020-03-31")?] };
    /// let funnel = Funnel::of([&replication]);
    /// let running = funnel.steps.iter().find(|step| step.progress == Progress::Running).ok_or("none")?;
    /// assert_eq!((running.reached, running.wait_days.map(|wait| wait.median)), (1, Some(30.0)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    /// Linear in the steps of the replications.
    pub fn of<'r>(replications: impl IntoIterator<Item = &'r Replication>) -> Self {
        let is_known = |replication: &&Replication| replication.evidence_level != Some(EvidenceLevel::Inferred);
        let all: Vec<&Replication> = replications.into_iter().filter(is_known).collect();
        let claimed = all.iter().filter(|replication| is_claim(replication)).count();
        let steps = Progress::ALL.iter().map(|progress| step(&all, *progress)).collect();
        Self { replications: all.len(), claimed, steps }
    }
}

/// Whether it was only ever declared.
fn is_claim(replication: &Replication) -> bool {
    let states = || replication.status.steps.iter().map(|step| step.to);
    let went = |state| matches!(Progress::shown_by(state), Some(Progress::Interest | Progress::Agreement));
    states().any(|state| state == ReplicationState::Claimed) && !states().any(went)
}

fn step(all: &[&Replication], progress: Progress) -> FunnelStep {
    let at: Vec<&&Replication> =
        all.iter().filter(|replication| Progress::reached(&replication.status) == progress).collect();
    let reached = all.iter().filter(|replication| Progress::reached(&replication.status) >= progress).count();
    let suspended = at.iter().filter(|r| r.status.state() == ReplicationState::Suspended).count();
    let mut ended: BTreeMap<(ReplicationState, Option<String>), usize> = BTreeMap::new();
    for replication in &at {
        let state = replication.status.state();
        if is_dropped(state) || state == ReplicationState::Discontinued {
            *ended.entry((state, reason(replication))).or_default() += 1;
        }
    }
    let ended: Vec<DropOut> =
        ended.into_iter().map(|((state, reason), count)| DropOut { state, reason, count }).collect();
    let standing = at.len() - suspended - ended.iter().map(|drop| drop.count).sum::<usize>();
    let waits: Vec<f64> = all.iter().filter_map(|replication| wait(replication, progress)).collect();
    FunnelStep { progress, reached, standing, suspended, ended, wait_days: Quartiles::of(&waits) }
}

fn reason(replication: &Replication) -> Option<String> {
    let last = replication.status.last()?;
    last.note.as_ref().map(ToString::to_string).or_else(|| last.reported.as_ref().map(ToString::to_string))
}

/// Days from the step before to this one, where both have a date.
fn wait(replication: &Replication, progress: Progress) -> Option<f64> {
    let before = *Progress::ALL.get((progress as usize).checked_sub(1)?)?;
    let first = |wanted: Progress| -> Option<PartialDate> {
        let is_it = |step: &&Step<ReplicationState>| Progress::shown_by(step.to) == Some(wanted);
        replication.status.steps.iter().filter(is_it).find_map(|step| step.on)
    };
    Some(f64::from(days_between(first(before)?, first(progress)?).0))
}
