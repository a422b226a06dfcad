//! The values of `model::lifecycle`. Written by the tests of jipp from its sources.

use super::*;
use crate::mirror::{codes, record};

// From `model::lifecycle`.
record! {
    /// A step that somebody wants to take.
    Advance {
        /// The record.
        subject: EntityRef,
        /// Which status of it.
        axis: Axis,
        /// The code of the state to go to.
        to: String,
        /// When.
        #[uniffi(default = None)]
        on: Option<String>,
        /// Who.
        #[uniffi(default = None)]
        by: Option<String>,
        /// Why, or what was done.
        #[uniffi(default = None)]
        note: Option<String>,
        /// The decree it rests on.
        #[uniffi(default = None)]
        decree: Option<String>,
        /// The raw wording of the source: enters a fact of the past as it was, unguarded.
        #[uniffi(default = None)]
        reported: Option<String>,
    }
}

// From `model::lifecycle`.
codes! {
    /// Which status of a record a step belongs to.
    Axis {
        /// `stage`.
        Stage = "stage",
        /// `verification`.
        Verification = "verification",
        /// `publication`.
        Publication = "publication",
        /// `status`.
        Status = "status",
    }
}
