//! Tests of public behaviour live in `tests/` of this crate.
