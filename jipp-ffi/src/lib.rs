//! jipp for Kotlin and Swift: parses arguments, calls the core, converts answers, and nothing more.
//!
//! One file for each module of the core. The sources of the other languages are generated from the library itself:
//!
//! ```sh
//! cargo build -p jipp-ffi
//! cargo run -p jipp-ffi --features bindgen -- generate target/debug/libjipp_ffi.so --language kotlin --out-dir OUT
//! ```
#![allow(
    clippy::result_large_err,
    reason = "uniffi passes an error by value, and what it says matters more than its size"
)]

mod base;
mod error;

pub use base::{PartialDate, fold, parse_date};
pub use error::{JippError, Location};

uniffi::setup_scaffolding!();

/// The version of the library.
#[uniffi::export]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
