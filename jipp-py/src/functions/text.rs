//! Text to terms.

use jipp_core::base::{self, Quartiles, Share};
use jipp_core::matching::{Analyzer as Core, acronyms};
use pyo3::prelude::*;

use super::Answer;
use super::arrays::all_numbers;
use crate::error::Failure;
use crate::values::to_python;

/// Folding, stop words, and Indonesian and English stems.
#[pyclass(frozen, module = "jipp._jipp")]
pub(crate) struct Analyzer {
    core: Core,
}

impl Analyzer {
    pub(super) fn core(&self) -> &Core {
        &self.core
    }
}

#[pymethods]
impl Analyzer {
    #[new]
    #[pyo3(signature = (*, roots, stop_words, is_standard))]
    fn new(roots: Vec<String>, stop_words: Vec<String>, is_standard: bool) -> Self {
        let mut builder = if is_standard { Core::builder() } else { jipp_core::matching::AnalyzerBuilder::empty() };
        builder.add_roots(&roots).add_stop_words(&stop_words);
        Self { core: builder.build() }
    }

    /// The words as they are, folded.
    #[staticmethod]
    fn verbatim() -> Self {
        Self { core: Core::verbatim() }
    }

    /// A number that is the same for analyzers that do the same.
    #[getter]
    fn fingerprint(&self) -> u32 {
        self.core.fingerprint()
    }
    fn is_stop_word(&self, word: &str) -> bool {
        self.core.is_stop_word(word)
    }
    fn stem(&self, word: &str) -> String {
        self.core.stem(word).into_owned()
    }
    fn term(&self, word: &str) -> Option<String> {
        self.core.term(word).map(std::borrow::Cow::into_owned)
    }
    fn tokens<'py>(&self, py: Python<'py>, text: &str) -> Answer<'py> {
        to_python(py, &py.detach(|| self.core.tokens(text)))
    }
}

/// Acronyms that a text explains itself, each with its words.
#[pyfunction]
pub(crate) fn text_acronyms(text: &str) -> Vec<(&str, &str)> {
    acronyms(text)
}

/// The folded words of a text.
#[pyfunction]
pub(crate) fn text_words(text: &str) -> Vec<String> {
    base::words(text)
}

/// The quartiles of a sample; None if it is empty.
#[pyfunction]
pub(crate) fn base_quartiles<'py>(py: Python<'py>, sample: &Bound<'py, PyAny>) -> Answer<'py> {
    let sample = all_numbers(sample, "sample")?;
    if let Some(at) = sample.iter().position(|number| !number.is_finite()) {
        let fault = jipp_core::Error::new(base::Code::NumberForm).field(format!("sample[{at}]"));
        return Err(Failure::from(fault.value(sample[at]).expected("a finite number")).into());
    }
    to_python(py, &Quartiles::of(&sample))
}

/// A share with its interval; None of nothing.
#[pyfunction]
pub(crate) fn base_share(py: Python<'_>, count: usize, of: usize) -> Answer<'_> {
    to_python(py, &Share::of(count, of))
}
