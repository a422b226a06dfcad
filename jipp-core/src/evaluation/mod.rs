//! Evaluation: fair, explained, replayable scoring.

pub mod agreement;
pub mod decision;
pub mod index;
pub mod severity;
