//! How questions run: without the lock of the interpreter, and so that Ctrl-C is heard.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use jipp_core::Result;
use pyo3::prelude::*;
use serde::Serialize;

use crate::error::Failure;
use crate::values::to_python;

/// How often a long question looks whether the user wants out.
const LOOK: Duration = Duration::from_millis(50);

/// Answers a question of milliseconds, with other Python threads running meanwhile.
pub(crate) fn run<T: Send>(py: Python<'_>, work: impl FnOnce() -> Result<T> + Send) -> PyResult<T> {
    Ok(py.detach(work).map_err(Failure::from)?)
}

/// The same, as a Python value.
pub(crate) fn answer<T: Serialize + Send>(
    py: Python<'_>,
    work: impl FnOnce() -> Result<T> + Send,
) -> PyResult<Bound<'_, PyAny>> {
    to_python(py, &run(py, work)?)
}

/// Answers a question that may take long, on a thread of its own. On Ctrl-C its answer is no longer waited for.
pub(crate) fn run_long<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> PyResult<T> {
    let (send, receive) = channel();
    std::thread::spawn(move || {
        // Nobody listens any more after Ctrl-C.
        let _ = send.send(work());
    });
    let mut waiting = receive;
    loop {
        let (back, heard) = py.detach(move || {
            let heard = waiting.recv_timeout(LOOK);
            (waiting, heard)
        });
        waiting = back;
        match heard {
            Ok(answer) => return Ok(answer.map_err(Failure::from)?),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(pyo3::exceptions::PyRuntimeError::new_err("the question ended without an answer"));
            }
        }
    }
}
