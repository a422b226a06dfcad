//! Layer 3: in and out.

pub mod gathered;
