//! Evaluation: fair, explained, replayable scoring.

pub mod agreement;
pub mod decision;
pub mod eligibility;
pub mod index;
pub mod severity;
