//! jipp: networks of public-service innovation.
#![forbid(unsafe_code)]

pub mod base;

pub use base::{Error, ErrorKind, Lang, Result};
