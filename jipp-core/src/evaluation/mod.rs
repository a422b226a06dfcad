//! Evaluation: fair, explained, replayable scoring.

pub mod agreement;
pub mod assignment;
pub mod decision;
pub mod selection;
pub mod severity;
