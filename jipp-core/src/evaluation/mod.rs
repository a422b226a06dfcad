//! Evaluation: fair, explained, replayable scoring.
