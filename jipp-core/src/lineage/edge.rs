//! What a lineage knows of each link, in few bytes.

use super::scope::{Progress, change_bit, day, is_dropped};
use crate::base::PartialDate;
use crate::model::{EvidenceLevel, Replication, ReplicationState as R, Source};
use crate::registry::{Revision, Slot};

/// That a replica came from a source, as one version of a replication says it. Ends are the places of what the
/// replication names, merges not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) replication: Slot,
    pub(super) source: Slot,
    /// The innovation that came of it, or the replication itself where that has no record.
    pub(super) target: Slot,
    /// The next edge of the same replication, or [`NONE`].
    pub(super) next: u32,
    /// The first revision that says so.
    pub(super) since: Revision,
    /// The first revision that does not say so any more.
    pub(super) until: Revision,
    /// For each step of progress the first day that it may have been reached; [`NEVER`] where it was not.
    pub(super) reached: Reached,
    /// The last day that it may have gone on.
    pub(super) ended_last: i32,
    pub(super) evidence: EvidenceLevel,
    pub(super) is_dropped: bool,
    /// See [`change_bit`].
    pub(super) change: u8,
}

/// A day for each step of [`Progress`].
pub(super) type Reached = [i32; Progress::ALL.len()];

/// No day.
pub(super) const NEVER: i32 = i32::MAX;

/// No edge.
pub(super) const NONE: u32 = u32::MAX;

/// The furthest revision there can be.
pub(super) const ALWAYS: Revision = Revision::MAX;

/// What a replication says of all its links.
#[derive(Clone, Copy)]
pub(super) struct Facts {
    evidence: EvidenceLevel,
    is_dropped: bool,
    change: u8,
    reached: Reached,
    ended_last: i32,
}

impl Facts {
    pub(super) fn of(replication: &Replication) -> Self {
        let progress = Progress::reached(&replication.status);
        Self {
            evidence: replication.evidence_level.unwrap_or(EvidenceLevel::Declared),
            is_dropped: is_dropped(replication.status.state()) && progress < Progress::Running,
            change: change_bit(replication.change_type),
            reached: reached(replication, progress),
            ended_last: ended(replication).map_or(i32::MAX, |on| day(on.last_day())),
        }
    }

    /// The edge to one source, recorded since a revision.
    pub(super) fn edge(&self, source: &Source, ends: [Slot; 3], since: Revision) -> Edge {
        let [replication, from, target] = ends;
        Edge {
            replication,
            source: from,
            target,
            next: NONE,
            since,
            until: ALWAYS,
            reached: self.reached,
            ended_last: self.ended_last,
            evidence: source.evidence.unwrap_or(self.evidence),
            is_dropped: self.is_dropped,
            change: self.change,
        }
    }
}

impl Edge {
    /// Whether it counts for [the usual question](super::Scope::default).
    pub(super) fn is_usual(&self) -> bool {
        self.until == ALWAYS
            && !self.is_dropped
            && self.evidence >= EvidenceLevel::Declared
            && self.reached[Progress::Agreement as usize] != NEVER
    }

    /// The furthest it had come.
    pub(super) fn progress(&self) -> Progress {
        let steps = Progress::ALL.iter().zip(self.reached).rev();
        steps.into_iter().find(|(_, day)| *day != NEVER).map_or(Progress::Proposed, |(progress, _)| *progress)
    }

    /// Whether another says the same, later.
    pub(super) fn continues(&self, other: &Self) -> bool {
        let as_is = Self { since: self.since, until: self.until, next: self.next, ..*other };
        *self == as_is
    }
}

/// For each step of progress the first day that a replication may have reached it: the earliest date that shows it or
/// something further, or else the earliest date there is, before which it had not even begun.
fn reached(replication: &Replication, furthest: Progress) -> Reached {
    let steps = replication.status.steps.iter().filter_map(|step| Some((Progress::shown_by(step.to)?, step.on?)));
    let started = replication.started_on.map(|on| (Progress::Agreement, on));
    let used = replication.implemented_on.map(|on| (Progress::Running, on));
    let valid = replication.valid.from.map(|on| (Progress::Proposed, on));
    let dates: Vec<(Progress, i32)> =
        steps.chain(started).chain(used).chain(valid).map(|(shows, on)| (shows, day(on.first_day()))).collect();
    let earliest = |least: Progress| dates.iter().filter(|(shows, _)| *shows >= least).map(|(_, day)| *day).min();
    let begun = earliest(Progress::Proposed).unwrap_or(i32::MIN);
    let mut reached = [NEVER; Progress::ALL.len()];
    for (day, progress) in reached.iter_mut().zip(Progress::ALL).filter(|(_, progress)| **progress <= furthest) {
        *day = earliest(*progress).unwrap_or(begun);
    }
    reached
}

/// When a replication ended, where it did and says when.
fn ended(replication: &Replication) -> Option<PartialDate> {
    let last = replication.status.last().filter(|step| matches!(step.to, R::Cancelled | R::Discontinued));
    last.and_then(|step| step.on).or(replication.valid.to)
}
