//! jipp: networks of public-service innovation.
#![forbid(unsafe_code)]

pub mod base;
pub mod matching;

pub use base::{Error, ErrorKind, Lang, Result};
