//! Scores adjusted for strict and lenient assessors.
//!
//! With sparse panels (each proposal read by a few of many assessors) a raw mean is partly luck of the draw. Two models
//! take the severity of the assessors out of it, from nothing but the scores:
//!
//! | scale | model | |
//! | --- | --- | --- |
//! | continuous (0 to 100) | linear, proposals and assessors random and crossed, criteria fixed | [`mixed`] |
//! | up to ten levels | many-facet Rasch: the log-odds of a level against the one below it | [`rasch`] |
//!
//! Both need the panel to hang together: two groups of proposals without a common assessor cannot be compared, whoever
//! scored them, and are refused with the [`islands`] named (Weeks and Williams, *A Note on the Determination of
//! Connectedness in an N-Way Cross Classification*, Technometrics 6, 1964; Linacre, *Many-Facet Rasch Measurement*, 1989,
//! on subsets).
//!
//! Where every assessor scores everything, there is nothing to adjust, and both give the order of the raw means.
//!
//! What neither model knows: that one assessor may like a proposal as a whole. If the scores that an assessor gives one
//! proposal on several criteria go together (halo), they are fewer than they look, and standard errors are too small.
//! Where that matters, give one score for each sheet (its total) instead of one for each criterion.
//!
//! Results are numbers; scores that decide an order should be rounded first, so that equal work stays equal.

mod arrow;
pub mod mixed;
mod panel;
pub mod rasch;

pub use panel::{Island, Observation, islands};
