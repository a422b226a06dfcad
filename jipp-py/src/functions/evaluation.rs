//! Choosing, assigning, eligibility and blindness, without a network.

use jipp_core::base::PartialDate;
use jipp_core::evaluation::assignment::{self, Reader, Submission};
use jipp_core::evaluation::blindness::{Phase, Policy, Role};
use jipp_core::evaluation::eligibility::{self, Entrant};
use jipp_core::evaluation::selection::{self, Candidate, Facts, Places, Rule};
use jipp_core::model::{CompositionRule, Conflict, Edition, EntityKind, Group};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use super::{Answer, Given};
use crate::answer::{answer, run_long};
use crate::error::{Failure, parsed};
use crate::values::{from_python, options, to_python};

/// The best choice that rules allow.
#[pyfunction]
#[pyo3(signature = (candidates, places, rules, given=None, /, **fields))]
pub(crate) fn selection_select<'py>(
    py: Python<'py>,
    candidates: &Bound<'py, PyAny>,
    places: &Bound<'py, PyAny>,
    rules: &Bound<'py, PyAny>,
    given: Given<'_, 'py>,
    fields: Option<&Bound<'py, PyDict>>,
) -> Answer<'py> {
    let (candidates, places): (Vec<Candidate>, Places) = (from_python(candidates)?, from_python(places)?);
    let (rules, given): (Vec<Rule>, _) = (from_python(rules)?, options(given, fields)?);
    to_python(py, &run_long(py, move || selection::select(&candidates, places, &rules, &given))?)
}

/// Rules on kinds of candidates as rules on these candidates.
#[pyfunction]
pub(crate) fn selection_expand<'py>(
    py: Python<'py>,
    rules: &Bound<'py, PyAny>,
    facts: &Bound<'py, PyAny>,
) -> Answer<'py> {
    let (rules, facts): (Vec<CompositionRule>, Vec<Facts>) = (from_python(rules)?, from_python(facts)?);
    answer(py, || selection::expand(&rules, &facts))
}

/// Who reads what.
#[pyfunction]
#[pyo3(signature = (submissions, readers, conflicts, given=None, /, **fields))]
pub(crate) fn assignment_assign<'py>(
    py: Python<'py>,
    submissions: &Bound<'py, PyAny>,
    readers: &Bound<'py, PyAny>,
    conflicts: &Bound<'py, PyAny>,
    given: Given<'_, 'py>,
    fields: Option<&Bound<'py, PyDict>>,
) -> Answer<'py> {
    let (submissions, readers): (Vec<Submission>, Vec<Reader>) = (from_python(submissions)?, from_python(readers)?);
    let (conflicts, given): (Vec<Conflict>, _) = (from_python(conflicts)?, options(given, fields)?);
    to_python(py, &run_long(py, move || assignment::assign(&submissions, &readers, &conflicts, &given))?)
}

/// Whether something may enter, rule by rule.
#[pyfunction]
pub(crate) fn eligibility_eligibility<'py>(
    py: Python<'py>,
    edition: &Bound<'py, PyAny>,
    group: &Bound<'py, PyAny>,
    entrant: &Bound<'py, PyAny>,
    closing: Given<'_, 'py>,
) -> Answer<'py> {
    let (edition, group): (Edition, Group) = (from_python(edition)?, from_python(group)?);
    let (entrant, closing): (Entrant, Option<PartialDate>) =
        (from_python(entrant)?, closing.map(from_python).transpose()?);
    answer(py, || Ok(eligibility::eligibility(&edition, &group, &entrant, closing)))
}

/// The shipped policy of blindness.
#[pyfunction]
pub(crate) fn blindness_standard(py: Python<'_>) -> Answer<'_> {
    answer(py, Policy::standard)
}

/// Says what cannot be used of a policy.
#[pyfunction]
pub(crate) fn blindness_check(policy: &Bound<'_, PyAny>) -> PyResult<()> {
    Ok(from_python::<Policy>(policy)?.check().map_err(Failure::from)?)
}

/// The rule of a policy for a role, a phase and a kind of records.
#[pyfunction]
pub(crate) fn blindness_rule<'py>(
    py: Python<'py>,
    policy: &Bound<'py, PyAny>,
    role: &str,
    phase: &str,
    kind: &str,
) -> Answer<'py> {
    let (policy, (role, phase, kind)) = (from_python::<Policy>(policy)?, case(role, phase, kind)?);
    to_python(py, &policy.rule(role, phase, kind))
}

/// The fields that it hides; None where the records are not shown at all.
#[pyfunction]
pub(crate) fn blindness_hidden(
    policy: &Bound<'_, PyAny>,
    role: &str,
    phase: &str,
    kind: &str,
) -> PyResult<Option<Vec<String>>> {
    let (policy, (role, phase, kind)) = (from_python::<Policy>(policy)?, case(role, phase, kind)?);
    Ok(policy.hidden(role, phase, kind))
}

fn case(role: &str, phase: &str, kind: &str) -> PyResult<(Role, Phase, EntityKind)> {
    Ok((parsed(role)?, parsed(phase)?, parsed(kind)?))
}
