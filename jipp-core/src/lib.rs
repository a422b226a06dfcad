//! jipp: networks of public-service innovation.
#![forbid(unsafe_code)]

pub mod base;
pub mod exchange;
pub mod model;
pub mod registry;
pub mod store;

pub use base::{Error, ErrorKind, Lang, Result};
