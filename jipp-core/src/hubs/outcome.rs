//! How far a replication has come, in the three stages that a hub's work is measured by.

use crate::base::vocabulary::vocabulary;
use crate::base::{InnovationId, PartialDate, Truth};
use crate::model::{AgreementKind, EvidenceLevel, Replication, ReplicationState, Source};

vocabulary! {
    /// A stage on the way from an activity to something that runs.
    Stage = "funnel-stage" {
        Interest = "interest", "minat", "interest";
        Agreement = "agreement", "kesepakatan", "agreement";
        Implementation = "implementation", "implementasi", "implementation";
    }
}

use ReplicationState as R;

/// The states by which a stage was reached.
fn states(stage: Stage) -> &'static [R] {
    match stage {
        Stage::Interest => {
            &[R::Interest, R::InterestVerified, R::InterestRejected, R::Requested, R::Approved, R::Declined]
        }
        Stage::Agreement => &[R::Agreed, R::Adapting],
        Stage::Implementation => &[R::Implemented, R::Reported, R::Verified, R::Completed, R::Discontinued],
    }
}

/// Whether a replication reached a stage. One that reached a later stage passed the earlier ones, whether or not a
/// paper is on record. Of one that is only claimed it is not known how far it came.
pub(super) fn reached(replication: &Replication, stage: Stage) -> Truth {
    let made = |stage: Stage| {
        let by_step = replication.status.steps.iter().any(|step| states(stage).contains(&step.to));
        by_step
            || match stage {
                Stage::Interest => replication.agreements.iter().any(|one| one.kind == AgreementKind::LetterOfInterest),
                Stage::Agreement => {
                    replication.agreements.iter().any(|one| one.kind != AgreementKind::LetterOfInterest)
                }
                Stage::Implementation => replication.implemented_on.is_some(),
            }
    };
    // Only what was agreed can be suspended.
    let suspended = stage != Stage::Implementation && replication.status.reached(R::Suspended).is_some();
    if suspended || Stage::ALL.iter().filter(|other| **other >= stage).any(|stage| made(*stage)) {
        Truth::Yes
    } else if replication.status.reached(R::Claimed).is_some() {
        Truth::Unknown
    } else {
        Truth::No
    }
}

/// When a replication reached a stage: the earliest date on record that tells of this stage itself.
///
/// The date of a reported step is that of the report where the source gives no other, so it may be later than the fact.
pub(super) fn reached_on(replication: &Replication, stage: Stage) -> Option<PartialDate> {
    let is_letter = |kind: AgreementKind| (kind == AgreementKind::LetterOfInterest) == (stage == Stage::Interest);
    let steps = replication.status.steps.iter().filter(|step| states(stage).contains(&step.to));
    let papers = replication.agreements.iter().filter(|one| stage != Stage::Implementation && is_letter(one.kind));
    let dates = steps
        .filter_map(|step| step.on)
        .chain(papers.filter_map(|paper| paper.period?.from))
        .chain(replication.implemented_on.filter(|_| stage == Stage::Implementation));
    dates.min()
}

/// The earliest date on record of a replication.
pub(super) fn first_known(replication: &Replication) -> Option<PartialDate> {
    let stages = Stage::ALL.iter().filter_map(|stage| reached_on(replication, *stage));
    let steps = replication.status.steps.iter().filter_map(|step| step.on);
    stages.chain(steps).chain(replication.started_on).min()
}

/// The innovations that a replication is known to have taken: links that were only inferred are none.
pub(crate) fn known_sources(replication: &Replication) -> impl Iterator<Item = &InnovationId> {
    let level = replication.evidence_level;
    let known = move |source: &&Source| source.evidence.or(level) != Some(EvidenceLevel::Inferred);
    replication.sources.iter().filter(known).map(|source| &source.innovation)
}

/// Whether a replication was more than an idea: somebody at least took an interest, and somebody says so. An inferred one
/// is an idea of whoever inferred it.
pub(crate) fn is_more_than_an_idea(replication: &Replication) -> bool {
    known_sources(replication).next().is_some() && has_begun(replication)
}

fn has_begun(replication: &Replication) -> bool {
    !matches!(replication.status.state(), R::Proposed | R::InterestRejected | R::Declined)
        || reached(replication, Stage::Agreement) == Truth::Yes
}
