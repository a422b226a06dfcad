//! What tests of public behaviour share; the tests themselves live in `tests/` of this crate.

pub mod crash;
pub mod samples;
