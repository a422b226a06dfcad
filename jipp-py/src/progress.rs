//! Word of how far long work has come, to a callable of Python; and Ctrl-C on the way.

use std::cell::Cell;

use jipp_core::Result;
use pyo3::prelude::*;

use crate::error::Failure;

thread_local! {
    /// Whether a callable of this thread is being told something, while a network is at work.
    static TELLING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is inside a callable that is being told something.
pub(crate) fn is_telling() -> bool {
    TELLING.get()
}

/// Tells a callable, and keeps what it raised.
pub(crate) struct Told {
    callable: Option<Py<PyAny>>,
    raised: Option<PyErr>,
}

impl Told {
    pub(crate) fn new(callable: Option<Py<PyAny>>) -> Self {
        Self { callable, raised: None }
    }

    /// Says that so many of so many are done; whether to go on. The callable stops the work by returning `False`.
    pub(crate) fn done(&mut self, done: usize, all: usize) -> bool {
        self.tell(|callable, py| callable.call1(py, (done, all)))
    }

    /// Says whatever the caller makes of the callable; whether to go on.
    pub(crate) fn tell(&mut self, call: impl FnOnce(&Py<PyAny>, Python<'_>) -> PyResult<Py<PyAny>>) -> bool {
        TELLING.set(true);
        let said = Python::attach(|py| {
            py.check_signals()?;
            match &self.callable {
                None => Ok(true),
                Some(callable) => Ok(!call(callable, py)?.bind(py).is(pyo3::types::PyBool::new(py, false))),
            }
        });
        TELLING.set(false);
        said.unwrap_or_else(|error| {
            self.raised = Some(error);
            false
        })
    }

    /// The answer, unless the callable or a signal raised something.
    pub(crate) fn finish<T>(self, answer: Result<T>) -> PyResult<T> {
        match self.raised {
            Some(error) => Err(error),
            None => Ok(answer.map_err(Failure::from)?),
        }
    }
}
