//! jipp for Kotlin and Swift: parses arguments, calls the core, converts answers, and nothing more.
//!
//! One file for each module of the core; [`Network`] is what an app holds. The values in [`values`] are written from the
//! sources of the core by the test `python_values`, and the Kotlin and Swift sources below `kotlin/` and `swift/` are
//! generated from the library itself by the script `jipp-ffi/generate`.
#![allow(
    clippy::result_large_err,
    reason = "uniffi passes an error by value, and what it says matters more than its size"
)]
#![allow(clippy::needless_pass_by_value, reason = "what crosses the language border crosses by value")]

mod base;
mod error;
mod evaluation;
mod exchange;
mod hubs;
mod lineage;
mod matching;
mod mirror;
mod model;
mod network;
mod registry;
mod store;
pub mod values;

pub use base::{Lang, PartialDate, check_id, fold, parse_date, words};
pub use error::{JippError, Location};
pub use evaluation::{Scoring, agreement_icc, agreement_kendall, agreement_krippendorff, chance_corrected};
pub use exchange::{FileFormat, ImportOptions, ProgressListener, suggest_mapping};
pub use lineage::graph_formats;
pub use matching::{Analyzer, Duplicates, SearchHit};
pub use mirror::Json;
pub use model::RecordPage;
pub use network::Network;
pub use registry::{Committed, HistoryEntry, revision_between};

uniffi::setup_scaffolding!();

/// The version of the library.
#[uniffi::export]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
