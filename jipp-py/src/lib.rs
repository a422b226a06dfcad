//! The native module `jipp._jipp`: parses arguments, calls the core, converts answers, and nothing more.
//!
//! One file for each module of the core. The public face, with its documentation for users, is the Python package in
//! `python/jipp`.

mod base;
mod error;

/// The native part of `jipp`; import `jipp` instead.
#[pyo3::pymodule]
mod _jipp {
    #[pymodule_export]
    use super::base::{fold, parse_date, slug};
    #[pymodule_export]
    use super::error::error_codes;

    /// The version of the library.
    #[pymodule_export]
    #[allow(non_upper_case_globals, reason = "Python prescribes the name")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
