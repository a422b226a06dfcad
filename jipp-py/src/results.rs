//! Answers that are more than a value: long ones, whose parts become Python objects when they are looked at, and those
//! that take further questions.

mod candidates;
mod scoring;
mod table;

pub(crate) use candidates::Candidates;
pub(crate) use scoring::Scoring;
pub(crate) use table::Table;
