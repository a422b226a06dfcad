//! Evaluation: fair, explained, replayable scoring.

pub mod aggregation;
pub mod agreement;
pub mod assignment;
pub mod decision;
pub mod eligibility;
pub mod index;
pub mod selection;
pub mod severity;
pub mod standings;
