//! The values of `evaluation::aggregation`. Written by the tests of jipp from its sources.

use super::*;
use crate::mirror::{codes, record};

// From `evaluation::aggregation::adjust`.
record! {
    /// How scores are adjusted.
    ///
    /// *What an observation is.* By default the total of a sheet, for the mixed model. It has the weights of the rubric in
    /// it, which the model by criteria does not know (to it all criteria count alike), and one score for each sheet is
    /// honest where an assessor likes or dislikes a proposal as a whole (halo): eight scores that go together are not eight
    /// witnesses, and standard errors that take them for such are too small. On a scale of up to ten whole levels the
    /// default is the Rasch model, whose observations are levels and therefore the scores of criteria; there the caution of
    /// `severity` about halo applies, and `Unit::Sheet` asks for the mixed model of the
    /// totals.
    ///
    /// A score that the rubric counts as the lowest because it is missing is an observation like others; one that is left
    /// out is none.
    AdjustOptions {
        /// What an observation is. If absent, the score of a criterion where the scale has up to ten whole levels, else the
        /// total of a sheet.
        #[uniffi(default = None)]
        unit: Option<AdjustUnit>,
        /// Whose thresholds the levels of a Rasch model have.
        #[uniffi(default = None)]
        thresholds: Option<Thresholds>,
    }
}

// From `evaluation::aggregation::adjust`.
codes! {
    /// What the model takes for one observation.
    AdjustUnit {
        /// `sheet`.
        Sheet = "sheet",
        /// `criterion`.
        Criterion = "criterion",
    }
}
