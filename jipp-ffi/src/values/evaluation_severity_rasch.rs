//! The values of `evaluation::severity::rasch`. Written by the tests of jipp from its sources.

use super::*;
use crate::mirror::codes;

// From `evaluation::severity::rasch`.
codes! {
    /// Whose thresholds the levels have.
    Thresholds {
        /// `rating-scale`.
        RatingScale = "rating-scale",
        /// `partial-credit`.
        PartialCredit = "partial-credit",
    }
}
