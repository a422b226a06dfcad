//! The values of `evaluation::severity::mixed`. Written by the tests of jipp from its sources.

use super::*;
use crate::mirror::record;

// From `evaluation::severity::mixed`.
record! {
    /// The variances of the model, in squared points.
    Variances {
        /// Between proposals: what the competition is about.
        proposal: f64,
        /// Between assessors: how much severity differs.
        assessor: f64,
        /// What is left.
        error: f64,
    }
}
