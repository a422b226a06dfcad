//! Evaluation: fair, explained, replayable scoring.

pub mod agreement;
pub mod blindness;
pub mod decision;
pub mod severity;
