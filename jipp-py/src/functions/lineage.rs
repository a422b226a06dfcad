//! Growth curves and the inference of who took over from whom, on plain numbers.

use jipp_core::lineage::Funnel;
use jipp_core::lineage::growth::{self, Growth, Model, Unfit};
use jipp_core::lineage::inference::{self, Cascade, Context, Delay, Family, Options};
use jipp_core::model::Replication;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::arrays::all_numbers;
use super::{Answer, Given};
use crate::answer::{answer, run, run_long};
use crate::network::Network;
use crate::values::{from_python, options, to_python};

/// How far replications came, step by step.
#[pyfunction]
pub(crate) fn lineage_funnel<'py>(py: Python<'py>, replications: &Bound<'py, PyAny>) -> Answer<'py> {
    let replications: Vec<Replication> = from_python(replications)?;
    answer(py, || Ok(Funnel::of(&replications)))
}

#[pymethods]
impl Network {
    /// How far the replications of the network came.
    fn replication_funnel<'py>(&self, py: Python<'py>) -> Answer<'py> {
        let core = self.core()?;
        answer(py, || Ok(core.read(|view| Funnel::of(view.all::<Replication>()))))
    }
}

/// A curve through the adopters of each period.
#[pyfunction]
pub(crate) fn growth_fit<'py>(py: Python<'py>, model: &Bound<'py, PyAny>, counts: &Bound<'py, PyAny>) -> Answer<'py> {
    let (model, counts): (Model, _) = (from_python(model)?, all_numbers(counts, "counts")?);
    to_python(py, &run(py, || growth::fit(model, &counts))?)
}

/// Both curves, each fitted or with the code of why it is not, and the better one.
#[pyfunction]
pub(crate) fn growth_of<'py>(py: Python<'py>, counts: &Bound<'py, PyAny>) -> Answer<'py> {
    let counts = all_numbers(counts, "counts")?;
    let Growth { logistic, bass } = run(py, || Growth::of(&counts))?;
    let best = Growth { logistic: logistic.clone(), bass: bass.clone() }.best().cloned();
    let code = |fit: &Result<growth::Fit, Unfit>| fit.as_ref().err().map(|reason| reason.code());
    let codes = (code(&logistic), code(&bass));
    to_python(py, &((logistic.ok(), codes.0), (bass.ok(), codes.1), best))
}

/// Cumulative adoption at a time, by a curve.
#[pyfunction]
pub(crate) fn growth_cumulative(model: &Bound<'_, PyAny>, parameters: [f64; 3], time: f64) -> PyResult<f64> {
    Ok(from_python::<Model>(model)?.cumulative(parameters, time))
}

/// The edges that explain cascades best.
#[pyfunction]
#[pyo3(signature = (cascades, context, given=None, /, **fields))]
pub(crate) fn inference_infer<'py>(
    py: Python<'py>,
    cascades: &Bound<'py, PyAny>,
    context: &Bound<'py, PyAny>,
    given: Given<'_, 'py>,
    fields: Option<&Bound<'py, PyDict>>,
) -> Answer<'py> {
    let (cascades, context): (Vec<Cascade>, Context) = (from_python(cascades)?, from_python(context)?);
    let given: Options = options(given, fields)?;
    to_python(py, &run_long(py, move || inference::infer(&cascades, &context, &given))?)
}

/// The delays of a family that fit cascades best.
#[pyfunction]
#[pyo3(signature = (cascades, family, context, given=None, /, **fields))]
pub(crate) fn inference_estimate_delay<'py>(
    py: Python<'py>,
    cascades: &Bound<'py, PyAny>,
    family: &Bound<'py, PyAny>,
    context: &Bound<'py, PyAny>,
    given: Given<'_, 'py>,
    fields: Option<&Bound<'py, PyDict>>,
) -> Answer<'py> {
    let (cascades, context): (Vec<Cascade>, Context) = (from_python(cascades)?, from_python(context)?);
    let (family, given): (Family, Options) = (from_python(family)?, options(given, fields)?);
    to_python(py, &run_long(py, move || inference::estimate_delay(&cascades, family, &context, &given))?)
}

/// The options of the program `netinf`, or of the R package `NetworkInference` with delays and a cutoff.
#[pyfunction]
#[pyo3(signature = (delay=None, cutoff=0.05))]
pub(crate) fn inference_options<'py>(py: Python<'py>, delay: Given<'_, 'py>, cutoff: f64) -> Answer<'py> {
    let options = match delay {
        None => Options::snap(),
        Some(delay) => Options::network_inference(from_python(delay)?, cutoff),
    };
    to_python(py, &options)
}

/// The logarithm of the density of a delay, and how likely a longer one is.
#[pyfunction]
pub(crate) fn inference_delay<'py>(py: Python<'py>, delay: &Bound<'py, PyAny>, time: f64) -> Answer<'py> {
    let delay: Delay = from_python(delay)?;
    to_python(py, &(delay.ln_density(time), delay.survival(time), delay.family()))
}
