//! Evaluation: fair, explained, replayable scoring.

pub mod severity;
