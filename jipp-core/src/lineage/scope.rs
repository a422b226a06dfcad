//! Which links of a lineage a question looks at.

use serde::{Deserialize, Serialize};

use super::edge::{Edge, NEVER};
use crate::base::{PartialDate, RegionId, vocabulary::vocabulary};
use crate::model::{ChangeType, EvidenceLevel, ReplicationState as R, Status};
use crate::registry::Revision;

vocabulary! {
    /// How far a replication has come, in the steps that funnels count.
    Progress = "replication-progress" {
        Proposed = "proposed", "diusulkan", "proposed";
        Interest = "interest", "minat", "interest";
        Agreement = "agreement", "kesepakatan", "agreement";
        Running = "running", "berjalan", "running";
        Verified = "verified", "terverifikasi", "verified";
    }
}

impl Progress {
    /// How far a state shows that a replication has come; none for states that follow from several: what was cancelled
    /// or suspended had come as far as its steps before say.
    ///
    /// A claim says that the replica runs, and an approval comes before the agreement that it promises.
    pub fn shown_by(state: R) -> Option<Self> {
        match state {
            R::Proposed => Some(Self::Proposed),
            R::Interest | R::InterestVerified | R::InterestRejected | R::Requested | R::Approved | R::Declined => {
                Some(Self::Interest)
            }
            R::Agreed | R::Adapting | R::Suspended => Some(Self::Agreement),
            R::Implemented | R::Reported | R::Claimed | R::Discontinued => Some(Self::Running),
            R::Verified | R::Completed => Some(Self::Verified),
            R::Cancelled => None,
        }
    }

    /// The furthest that the steps of a replication show.
    pub fn reached(status: &Status<R>) -> Self {
        status.steps.iter().filter_map(|step| Self::shown_by(step.to)).max().unwrap_or(Self::Proposed)
    }
}

/// Whether a replication in this state was given up before it had run.
pub(super) fn is_dropped(state: R) -> bool {
    matches!(state, R::InterestRejected | R::Declined | R::Cancelled)
}

/// Which links a question looks at. The default: all that is on record now, inferred links apart, of replications that
/// came at least to an agreement and were not given up before they ran.
///
/// Restrictions by region say which nodes are listed, not which are passed through: a chain may lead through other
/// provinces.
///
/// ```
/// use jipp_core::lineage::{Progress, Scope};
/// use jipp_core::model::EvidenceLevel;
/// let scope = Scope::default();
/// assert_eq!((scope.evidence, scope.progress), (EvidenceLevel::Declared, Progress::Agreement));
/// let everything = Scope::everything();
/// assert_eq!(everything.evidence, EvidenceLevel::Inferred);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scope {
    /// As it was on record at this revision; now, if none.
    pub as_of: Option<Revision>,
    /// As it was true on this date: links that surely came so far only later, or had surely ended, are left out; what was
    /// given up later is still in. What has no date stays in.
    pub on: Option<PartialDate>,
    /// The least evidence. A link of unknown evidence counts as declared.
    pub evidence: EvidenceLevel,
    /// How far a replication must have come at least.
    pub progress: Progress,
    /// Whether replications that were given up before they ran count too.
    pub with_dropped: bool,
    /// Only these kinds of change, where any are named; links of unknown change are then left out.
    pub change_types: Vec<ChangeType>,
    /// Only nodes in this region are listed. A node of unknown region is not.
    pub region: Option<RegionId>,
}

impl Default for Scope {
    fn default() -> Self {
        Self {
            as_of: None,
            on: None,
            evidence: EvidenceLevel::Declared,
            progress: Progress::Agreement,
            with_dropped: false,
            change_types: Vec::new(),
            region: None,
        }
    }
}

impl Scope {
    /// Everything on record: inferred links, mere proposals and what was given up included.
    pub fn everything() -> Self {
        let (evidence, progress) = (EvidenceLevel::Inferred, Progress::Proposed);
        Self { evidence, progress, with_dropped: true, ..Self::default() }
    }

    /// The links that look at a graph at a revision.
    pub(super) fn filter(&self, now: Revision) -> Filter {
        let bits = self.change_types.iter().fold(0, |bits, change| bits | change_bit(Some(*change)));
        let whole = Self { region: None, as_of: None, ..self.clone() };
        Filter {
            is_usual: whole == Self::default() && self.as_of.is_none_or(|revision| revision == now),
            revision: self.as_of.unwrap_or(now),
            days: self.on.map(|on| (day(on.first_day()), day(on.last_day()))),
            evidence: self.evidence,
            progress: self.progress,
            with_dropped: self.with_dropped,
            changes: if bits == 0 { u8::MAX } else { bits },
        }
    }
}

/// A kind of change as one bit; the highest for an unknown one.
pub(super) fn change_bit(change: Option<ChangeType>) -> u8 {
    match change {
        Some(ChangeType::Adopt) => 1,
        Some(ChangeType::Adapt) => 2,
        Some(ChangeType::Modify) => 4,
        Some(ChangeType::Develop) => 8,
        Some(ChangeType::Inspire) => 16,
        None => 128,
    }
}

/// The number of a day, counted as `chrono` does.
pub(super) fn day(date: chrono::NaiveDate) -> i32 {
    chrono::Datelike::num_days_from_ce(&date)
}

/// A scope made ready for asking each edge.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filter {
    /// Whether this is the usual question, to the present: what edges know of themselves without being looked at.
    pub(super) is_usual: bool,
    pub(super) revision: Revision,
    days: Option<(i32, i32)>,
    evidence: EvidenceLevel,
    progress: Progress,
    with_dropped: bool,
    changes: u8,
}

impl Filter {
    pub(super) fn admits(&self, edge: &Edge) -> bool {
        edge.since <= self.revision
            && self.revision < edge.until
            && edge.evidence >= self.evidence
            && edge.change & self.changes != 0
            && self.admits_in_time(edge.reached[self.progress as usize], edge)
    }

    /// Whether the link had come far enough: by the date asked for, or ever. What was given up counts until then.
    fn admits_in_time(&self, reached: i32, edge: &Edge) -> bool {
        match self.days {
            Some((first, last)) => {
                reached != NEVER
                    && reached <= last
                    && first <= edge.ended_last
                    && (self.with_dropped || !edge.is_dropped || edge.ended_last != i32::MAX)
            }
            None => reached != NEVER && (self.with_dropped || !edge.is_dropped),
        }
    }
}
