//! What values say in words, in Indonesian or English.

use jipp_core::base::Lang;
use jipp_core::evaluation::{assignment, eligibility, index};
use jipp_core::model::Band;
use jipp_core::{hubs, network};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use serde::de::DeserializeOwned;

use crate::values::from_python;

pub(super) use crate::network::language;

fn said<T: DeserializeOwned>(value: &Bound<'_, PyAny>, words: impl FnOnce(&T) -> String) -> PyResult<String> {
    Ok(words(&from_python(value)?))
}

/// What a value of a class says.
#[pyfunction]
pub(crate) fn words_of(class: &str, value: &Bound<'_, PyAny>, lang: &str) -> PyResult<String> {
    let lang: Lang = language(lang)?;
    match class {
        "Ground" => said(value, |ground: &network::Ground| ground.words(lang)),
        "HubFinding" => said(value, |finding: &hubs::HubFinding| finding.words(lang)),
        "Shortage" => said(value, |shortage: &assignment::Shortage| shortage.words(lang)),
        "Found" => said(value, |found: &eligibility::Found| found.words(lang)),
        "RuleAnswer" => said(value, |answer: &eligibility::RuleAnswer| answer.label(lang).to_owned()),
        "Band" => said(value, |band: &Band| band.label(lang).to_owned()),
        "Indicator" => said(value, |indicator: &index::Indicator| indicator.label(lang).to_owned()),
        "FitReport" => said(value, |report: &network::FitReport| report.words(lang)),
        "HubReport" => said(value, |report: &hubs::HubReport| report.to_markdown(lang)),
        "ProposalReport" => said(value, |report: &network::ProposalReport| report.to_markdown(lang)),
        "EditionReport" => said(value, |report: &network::EditionReport| report.to_markdown(lang)),
        _ => Err(PyTypeError::new_err(format!("{class} has no words"))),
    }
}
