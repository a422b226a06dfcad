//! The values that cross the border, one file for each module of the core. Written by the tests of jipp from its sources.
#![allow(
    clippy::struct_excessive_bools,
    clippy::large_enum_variant,
    clippy::wildcard_imports,
    unused_imports,
    reason = "they are what the core says"
)]

mod base;
mod evaluation_aggregation;
mod evaluation_agreement;
mod evaluation_eligibility;
mod evaluation_selection;
mod evaluation_severity_mixed;
mod evaluation_severity_rasch;
mod evaluation_standings;
mod exchange;
mod hubs;
mod lineage;
mod matching;
mod matching_linkage;
mod model;
mod model_lifecycle;
mod network;
mod registry;

pub use base::*;
pub use evaluation_aggregation::*;
pub use evaluation_agreement::*;
pub use evaluation_eligibility::*;
pub use evaluation_selection::*;
pub use evaluation_severity_mixed::*;
pub use evaluation_severity_rasch::*;
pub use evaluation_standings::*;
pub use exchange::*;
pub use hubs::*;
pub use lineage::*;
pub use matching::*;
pub use matching_linkage::*;
pub use model::*;
pub use model_lifecycle::*;
pub use network::*;
pub use registry::*;
