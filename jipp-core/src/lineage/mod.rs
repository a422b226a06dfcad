//! Lineage: who took what from whom, how it was adapted, and how innovations travel.
//!
//! A replication is an edge, from each of its sources to what came of it. [`Lineage`] is the index over them, kept in step
//! with the registry; [`LineageView`] answers questions; a [`Scope`] says which links count.

mod adjacency;
mod asked;
mod edge;
mod impact;
mod index;
mod link;
mod node;
mod paths;
mod relatives;
mod scope;
mod view;
mod whole;

pub use impact::{Dependent, Impact};
pub use index::Lineage;
pub use link::{Link, LinkFinding};
pub use paths::{Branch, CommonAncestor, MAX_PATHS, Paths};
pub use relatives::{Relative, Relatives};
pub use scope::{Progress, Scope};
pub use view::LineageView;
