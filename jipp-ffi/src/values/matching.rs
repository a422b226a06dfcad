//! The values of `matching`. Written by the tests of jipp from its sources.

use super::*;
use crate::mirror::codes;

// From `matching::explain`.
codes! {
    /// A closed vocabulary.
    MatchKind of jipp_core::matching::MatchKind {
        /// `exact`.
        Exact = "exact",
        /// `stem`.
        Stem = "stem",
        /// `synonym`.
        Synonym = "synonym",
        /// `typo`.
        Typo = "typo",
        /// `related`.
        Related = "related",
    }
}
