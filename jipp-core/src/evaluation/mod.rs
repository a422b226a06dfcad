//! Evaluation: fair, explained, replayable scoring.

pub mod aggregation;
pub mod agreement;
pub mod decision;
pub mod eligibility;
pub mod index;
pub mod severity;
pub mod standings;
