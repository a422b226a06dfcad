//! The values of `evaluation::selection`. Written by the tests of jipp from its sources.

use super::*;
use crate::mirror::record;

// From `evaluation::selection`.
record! {
    /// How much work may be done.
    SelectionOptions {
        /// How many steps of the search, which are pivots of the relaxation, 1 to a billion. Rules of a competition take about
        /// a hundred; what takes tens of thousands seldom ends at all.
        #[uniffi(default = None)]
        steps: Option<i64>,
    }
}
