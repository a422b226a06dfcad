//! Agreement of raters.

use std::sync::{Mutex, PoisonError};

use jipp_core::base::{Code, Lang, Vocabulary as _};
use jipp_core::evaluation::agreement::{self, ChanceModel, Level, Outcome, Ratings as Core, Reason, Weighting};
use jipp_core::{Error, Result};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde::Serialize;

use super::arrays::{all_numbers, table};
use super::{Answer, Given};
use crate::answer::{run, run_long};
use crate::error::{Failure, parsed};
use crate::values::{from_python, options, to_python};

/// Ratings of units by raters.
#[pyclass(frozen, module = "jipp._jipp")]
pub(crate) struct Ratings {
    core: Core,
}

#[pymethods]
impl Ratings {
    #[new]
    #[pyo3(signature = (rows, /, level, categories=None))]
    fn new(rows: &Bound<'_, PyAny>, level: &str, categories: Given<'_, '_>) -> PyResult<Self> {
        let level: Level = parsed(level)?;
        let mut rows = table(rows, "ratings")?;
        for rating in rows.iter_mut().flatten() {
            *rating = rating.filter(|number| !number.is_nan());
        }
        Self::with(Core::new(level, &rows), categories)
    }

    /// Ratings of which only the counts are known.
    #[staticmethod]
    fn from_counts(categories: &Bound<'_, PyAny>, counts: &Bound<'_, PyAny>, level: &str) -> PyResult<Self> {
        let (level, categories) = (parsed::<Level>(level)?, all_numbers(categories, "categories")?);
        let counts: Vec<Vec<u32>> = from_python(counts)?;
        Self::with(Core::from_counts(level, &categories, &counts), None)
    }

    /// The same read at another level of measurement.
    fn at(&self, level: &str) -> PyResult<Self> {
        Self::with(self.core.clone().at(parsed(level)?), None)
    }

    /// The same with categories that could have been chosen.
    fn with_categories(&self, categories: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::with(Ok(self.core.clone()), Some(categories))
    }

    #[getter]
    fn level(&self) -> &'static str {
        self.core.level().code()
    }
    #[getter]
    fn raters(&self) -> usize {
        self.core.raters()
    }
    #[getter]
    fn units(&self) -> usize {
        self.core.units()
    }
    #[getter]
    fn categories(&self) -> Vec<f64> {
        self.core.categories().to_vec()
    }
    fn to_rows(&self) -> Vec<Vec<Option<f64>>> {
        self.core.to_rows()
    }
    fn __repr__(&self) -> String {
        let (raters, units) = (self.core.raters(), self.core.units());
        format!("<Ratings of {units} units by {raters} raters, {}>", self.core.level())
    }
}

impl Ratings {
    fn with(ratings: Result<Core>, categories: Given<'_, '_>) -> PyResult<Self> {
        let mut core = ratings.map_err(Failure::from)?;
        if let Some(categories) = categories {
            core = core.with_categories(&all_numbers(categories, "categories")?).map_err(Failure::from)?;
        }
        Ok(Self { core })
    }
}

/// The value; without one, an error that says why.
fn defined<T>(outcome: Outcome<T>) -> Result<T> {
    match outcome {
        Outcome::Defined(value) => Ok(value),
        Outcome::Undefined(reason) => {
            Err(Error::new(Code::Undetermined).field("ratings").value(reason.code()).expected(reason.label(Lang::En)))
        }
    }
}

fn answer<T: Serialize + Send>(py: Python<'_>, work: impl FnOnce() -> Result<Outcome<T>> + Send) -> Answer<'_> {
    to_python(py, &run(py, || defined(work()?))?)
}

/// Krippendorff's alpha.
#[pyfunction]
pub(crate) fn agreement_krippendorff<'py>(py: Python<'py>, ratings: &Ratings) -> Answer<'py> {
    answer(py, || Ok(agreement::krippendorff(&ratings.core)))
}

/// How sure alpha is.
#[pyfunction]
#[pyo3(signature = (ratings, given=None, /, **fields))]
pub(crate) fn agreement_krippendorff_interval<'py>(
    py: Python<'py>,
    ratings: &Ratings,
    given: Given<'_, 'py>,
    fields: Option<&Bound<'py, PyDict>>,
) -> Answer<'py> {
    let (given, ratings) = (options(given, fields)?, ratings.core.clone());
    let found = run_long(py, move || agreement::krippendorff_interval(&ratings, &given).and_then(defined))?;
    to_python(py, &found)
}

/// A coefficient that is corrected for chance.
#[pyfunction]
pub(crate) fn agreement_chance_corrected<'py>(
    py: Python<'py>,
    ratings: &Ratings,
    model: &str,
    weighting: &str,
) -> Answer<'py> {
    let (model, weighting): (ChanceModel, Weighting) = (parsed(model)?, parsed(weighting)?);
    answer(py, || agreement::chance_corrected(&ratings.core, model, weighting))
}

/// Kendall's W.
#[pyfunction]
pub(crate) fn agreement_kendall<'py>(py: Python<'py>, ratings: &Ratings) -> Answer<'py> {
    answer(py, || Ok(agreement::kendall(&ratings.core)))
}

/// Intraclass correlations.
#[pyfunction]
pub(crate) fn agreement_icc<'py>(py: Python<'py>, ratings: &Ratings) -> Answer<'py> {
    answer(py, || Ok(agreement::icc(&ratings.core)))
}

/// The interval of any statistic. A statistic that is `undetermined` for a resample leaves it out; anything else that
/// it raises is raised.
#[pyfunction]
#[pyo3(signature = (ratings, statistic, given=None, /, **fields))]
pub(crate) fn agreement_bootstrap<'py>(
    py: Python<'py>,
    ratings: &Ratings,
    statistic: Py<PyAny>,
    given: Given<'_, 'py>,
    fields: Option<&Bound<'py, PyDict>>,
) -> Answer<'py> {
    let given = options(given, fields)?;
    let raised: Mutex<Option<PyErr>> = Mutex::default();
    let kept = || raised.lock().unwrap_or_else(PoisonError::into_inner);
    let found = py.detach(|| {
        agreement::bootstrap(&ratings.core, &given, |drawn| {
            if kept().is_some() {
                return Ok(Outcome::Undefined(Reason::NotComputable));
            }
            let answer = Python::attach(|py| py.check_signals().and_then(|()| ask(py, &statistic, drawn)));
            Ok(answer.unwrap_or_else(|error| {
                *kept() = Some(error);
                Outcome::Undefined(Reason::NotComputable)
            }))
        })
    });
    if let Some(error) = kept().take() {
        return Err(error);
    }
    to_python(py, &found.and_then(defined).map_err(Failure::from)?)
}

/// What a statistic of Python says of ratings: a number, or a value that is one.
fn ask(py: Python<'_>, statistic: &Py<PyAny>, ratings: &Core) -> PyResult<Outcome<f64>> {
    let said = statistic.call1(py, (Ratings { core: ratings.clone() },)).and_then(|said| said.extract::<f64>(py));
    match said {
        Ok(number) if number.is_finite() => Ok(Outcome::Defined(number)),
        Ok(_) => Ok(Outcome::Undefined(Reason::NotComputable)),
        Err(error) => {
            let code = error.value(py).getattr("code").and_then(|code| code.extract::<String>());
            if code.is_ok_and(|code| code == "undetermined") {
                return Ok(Outcome::Undefined(Reason::NotComputable));
            }
            Err(error)
        }
    }
}
