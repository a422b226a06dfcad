//! Lineage: who took what from whom, how it was adapted, and how innovations travel.
//!
//! A replication is an edge, from each of its sources to what came of it. [`Lineage`] is the index over them, kept in step
//! with the registry; [`LineageView`] answers questions; a [`Scope`] says which links count.

mod adaptation;
mod adjacency;
mod adoption;
mod asked;
mod choice;
mod edge;
mod funnel;
pub mod growth;
mod impact;
mod index;
pub mod inference;
mod journey;
mod link;
mod node;
mod paths;
mod relatives;
mod scope;
mod view;
mod whole;

pub use adaptation::{AdaptationProfile, AdaptationVerdict, Declared, DriftStep, Measured};
pub use adoption::{
    Adoption, AdoptionCurve, CurveOptions, CurvePoint, CurveSeries, CurveSplit, CurveStep, Reproduction,
};
pub use choice::{Choice, ChoiceFit, Effect};
pub use funnel::{DropOut, Funnel, FunnelStep};
pub use impact::{Dependent, Impact};
pub use index::Lineage;
pub use journey::{Journey, Travel};
pub use link::{Link, LinkFinding};
pub use paths::{Branch, CommonAncestor, MAX_PATHS, Paths};
pub use relatives::{Relative, Relatives};
pub use scope::{Progress, Scope};
pub use view::LineageView;
