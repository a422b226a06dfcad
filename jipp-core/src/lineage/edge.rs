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
    /// The first day that it may have begun.
    pub(super) begun_first: i32,
    /// The last day that it may have gone on.
    pub(super) ended_last: i32,
    pub(super) evidence: EvidenceLevel,
    pub(super) progress: Progress,
    pub(super) is_dropped: bool,
    /// See [`change_bit`].
    pub(super) change: u8,
}

/// No edge.
pub(super) const NONE: u32 = u32::MAX;

/// The furthest revision there can be.
pub(super) const ALWAYS: Revision = Revision::MAX;

/// What a replication says of all its links.
#[derive(Clone, Copy)]
pub(super) struct Facts {
    evidence: EvidenceLevel,
    progress: Progress,
    is_dropped: bool,
    change: u8,
    begun_first: i32,
    ended_last: i32,
}

impl Facts {
    pub(super) fn of(replication: &Replication) -> Self {
        let state = replication.status.state();
        let dates = [replication.started_on, replication.implemented_on, replication.valid.from];
        let begun = dates.into_iter().flatten().min_by_key(|date| date.first_day());
        let begun = begun.or_else(|| replication.status.steps.iter().find_map(|step| step.on));
        Self {
            evidence: replication.evidence_level.unwrap_or(EvidenceLevel::Declared),
            progress: Progress::reached(&replication.status),
            is_dropped: is_dropped(state),
            change: change_bit(replication.change_type),
            begun_first: begun.map_or(i32::MIN, |on| day(on.first_day())),
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
            begun_first: self.begun_first,
            ended_last: self.ended_last,
            evidence: source.evidence.unwrap_or(self.evidence),
            progress: self.progress,
            is_dropped: self.is_dropped,
            change: self.change,
        }
    }
}

impl Edge {
    /// Whether another says the same, later.
    pub(super) fn continues(&self, other: &Self) -> bool {
        let as_is = Self { since: self.since, until: self.until, next: self.next, ..*other };
        *self == as_is
    }
}

/// When a replication ended, where it did and says when.
fn ended(replication: &Replication) -> Option<PartialDate> {
    let last = replication.status.last().filter(|step| matches!(step.to, R::Cancelled | R::Discontinued));
    last.and_then(|step| step.on).or(replication.valid.to)
}
