//! Evaluation: fair, explained, replayable scoring.

pub mod aggregation;
pub mod agreement;
pub mod decision;
pub mod severity;
pub mod standings;
