//! The native module `jipp._jipp`: parses arguments, calls the core, converts answers, and nothing more.
//!
//! The public face, with its documentation for users, is the Python package in `python/jipp`. Questions become values of
//! the core, and answers Python values, by serde alone (`values`).
#![allow(clippy::needless_pass_by_value, reason = "what Python gives is extracted into values")]

mod answer;
mod base;
mod error;
mod network;
mod progress;
mod results;
mod values;

/// The native part of `jipp`; import `jipp` instead.
#[pyo3::pymodule]
mod _jipp {
    use pyo3::prelude::*;
    use pyo3::types::PySequence;

    #[pymodule_export]
    use super::base::{fold, parse_date, slug};
    #[pymodule_export]
    use super::error::error_codes;
    #[pymodule_export]
    use super::network::Network;
    #[pymodule_export]
    use super::results::{Candidates, Scoring, Table};

    /// Sequences that can be asked whether they are.
    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        PySequence::register::<Table>(module.py())?;
        PySequence::register::<Candidates>(module.py())
    }

    /// The version of the library.
    #[pymodule_export]
    #[allow(non_upper_case_globals, reason = "Python prescribes the name")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
