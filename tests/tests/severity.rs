//! Severity-adjusted scores against `statsmodels` (`tests/python/reference_mixed.py`), and what they
//! are good for on simulated panels.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jipp_core::evaluation::severity::{Observation, islands, mixed};
use serde_json::Value;

fn vectors(name: &str) -> Vec<Value> {
    let path = format!("{}/vectors/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).unwrap()
}

fn scores(value: &Value) -> Vec<Observation> {
    let rows: Vec<(u32, u32, u32, f64)> = serde_json::from_value(value.clone()).unwrap();
    rows.into_iter()
        .map(|(proposal, assessor, criterion, score)| Observation { proposal, assessor, criterion, score })
        .collect()
}

/// How far two lists are apart at most.
fn apart(ours: impl Iterator<Item = f64>, theirs: &Value) -> f64 {
    let (ours, theirs) = (ours.collect::<Vec<_>>(), numbers(theirs));
    assert_eq!(ours.len(), theirs.len());
    ours.iter().zip(&theirs).map(|(one, other)| (one - other).abs()).fold(0.0, f64::max)
}

/// Six data sets: scores, severities, criteria and their standard errors to 0.01 points, and never a higher criterion
/// than that of `statsmodels`, whose search stops a little earlier.
#[test]
fn mixed_models_are_those_of_statsmodels() {
    for case in vectors("mixed") {
        let (name, theirs) = (&case["name"], &case["fit"]);
        let fit = mixed::fit(&scores(&case["scores"]), &mixed::Options::default()).unwrap();
        assert!(fit.converged, "{name}");
        let estimates = |effects: &[mixed::Effect]| effects.iter().map(|one| one.estimate).collect::<Vec<_>>();
        let errors = |effects: &[mixed::Effect]| effects.iter().map(|one| one.standard_error).collect::<Vec<_>>();
        for (what, ours, field) in [
            ("scores", estimates(&fit.proposals), "proposals"),
            ("errors of scores", errors(&fit.proposals), "proposal_errors"),
            ("severities", estimates(&fit.assessors), "severities"),
            ("errors of severities", errors(&fit.assessors), "severity_errors"),
            ("criteria", estimates(&fit.criteria), "criteria"),
            ("errors of criteria", errors(&fit.criteria), "criterion_errors"),
        ] {
            let apart = apart(ours.into_iter(), &theirs[field]);
            eprintln!("{name} {what} {apart}");
            assert!(apart < 0.01, "{name}: {what} {apart} apart");
        }
        for (ours, field) in [(fit.mean, "mean"), (fit.mean_error, "mean_error")] {
            assert!((ours - theirs[field].as_f64().unwrap()).abs() < 0.01, "{name}: {field} {ours}");
        }
        let variances = [fit.variances.proposal, fit.variances.assessor, fit.variances.error];
        for (ours, theirs) in variances.into_iter().zip(numbers(&theirs["variances"])) {
            assert!((ours - theirs).abs() < 0.01 * theirs.max(0.5), "{name}: variance {ours}, not {theirs}");
        }
        let criterion = theirs["criterion"].as_f64().unwrap();
        eprintln!("{name} {} {criterion} {variances:?} {}", fit.criterion, fit.iterations);
        assert!(fit.criterion < criterion + 1e-6 && fit.criterion > criterion - 0.01, "{name}: {}", fit.criterion);
    }
}
