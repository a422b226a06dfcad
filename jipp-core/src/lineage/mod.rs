//! Lineage: who took what from whom, how it was adapted, and how innovations travel.

pub mod growth;
pub mod inference;
