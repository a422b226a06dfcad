//! Growth curves against `SciPy` (`tests/python/reference_growth.py`), and against what holds no curve.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jipp_core::base::{Quartiles, Share};
use jipp_core::lineage::growth::{Fit, Growth, Model, Unfit, fit};
use proptest::prelude::*;
use serde_json::Value;

fn vectors() -> Value {
    let path = format!("{}/vectors/growth.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).unwrap()
}

fn near(one: f64, other: f64, relative: f64) -> bool {
    (one - other).abs() <= relative * one.abs().max(other.abs())
}

/// Seven series, both curves: parameters to 1e-6, standard errors to 1e-4 (`SciPy` takes derivatives by differences),
/// the sum of squares to 1e-12.
#[test]
fn curves_are_those_of_scipy() {
    let vectors = vectors();
    let mut compared = 0;
    for case in vectors["fits"].as_array().unwrap() {
        let counts = numbers(&case["counts"]);
        for (model, name) in [(Model::Logistic, "logistic"), (Model::Bass, "bass")] {
            let expected = &case[name];
            let fit = fit(model, &counts).unwrap();
            compared += 1;
            let squares: f64 = fit.residuals.iter().map(|residual| residual * residual).sum();
            assert!(near(squares, expected["squares"].as_f64().unwrap(), 1e-12), "{} {name} {squares}", case["name"]);
            let (parameters, errors) = (numbers(&expected["parameters"]), numbers(&expected["standard_errors"]));
            for ((parameter, value), error) in fit.parameters.iter().zip(parameters).zip(errors) {
                assert!(near(parameter.value, value, 1e-6), "{} {parameter:?} {value}", case["name"]);
                assert!(near(parameter.standard_error, error, 1e-4), "{} {parameter:?} {error}", case["name"]);
            }
        }
    }
    assert_eq!(compared, 14);
}

/// Where the numbers are those of a curve, that curve comes out, and is preferred.
#[test]
fn a_curve_without_noise_is_found_again() {
    for (model, parameters, periods) in [
        (Model::Logistic, [400.0, 0.9, 6.0], 12),
        (Model::Bass, [300.0, 0.01, 0.5], 14),
        (Model::Bass, [1e6, 0.02, 0.03], 90),
    ] {
        let counts = exact(model, parameters, periods);
        let growth = Growth::of(&counts).unwrap();
        let best = growth.best().unwrap();
        assert_eq!(best.model, model);
        for (parameter, value) in best.parameters.iter().zip(parameters) {
            assert!(near(parameter.value, value, 1e-7), "{parameter:?} {value}");
        }
        assert!(best.r_squared > 1.0 - 1e-12 && best.rmse < 1e-6 * parameters[0]);
        let last = f64::from(periods);
        assert!(near(best.cumulative(last), counts.iter().sum(), 1e-9));
    }
}

/// The adopters of each period, written from the formulas.
fn exact(model: Model, [m, second, third]: [f64; 3], periods: u32) -> Vec<f64> {
    let cumulative = |time: f64| match model {
        Model::Bass => {
            let left = (-(second + third) * time).exp();
            m * (1.0 - left) / (1.0 + third / second * left)
        }
        _ => m / (1.0 + (-second * (time - third)).exp()),
    };
    let before = |period: u32| if period == 0 { 0.0 } else { cumulative(f64::from(period)) };
    (0..periods).map(|period| cumulative(f64::from(period + 1)) - before(period)).collect()
}

#[test]
fn what_holds_no_curve_is_refused_with_the_reason() {
    let reason = |counts: &[f64]| {
        let growth = Growth::of(counts).unwrap();
        assert!(growth.best().is_none());
        (growth.logistic.unwrap_err(), growth.bass.unwrap_err())
    };
    assert_eq!(reason(&[]), (Unfit::TooFewPeriods, Unfit::TooFewPeriods));
    assert_eq!(reason(&[1.0, 4.0, 9.0, 4.0, 1.0]), (Unfit::TooFewPeriods, Unfit::TooFewPeriods));
    assert_eq!(reason(&[0.0; 20]), (Unfit::NoGrowth, Unfit::NoGrowth));
    assert_eq!(reason(&[0.0, 0.0, 3.0, 0.0, 5.0, 0.0, 0.0]), (Unfit::NoGrowth, Unfit::NoGrowth));
    // Still rising: where it will end nobody can say.
    assert_eq!(reason(&[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0]), (Unfit::CeilingOpen, Unfit::CeilingOpen));
    let early = exact(Model::Bass, [1000.0, 0.003, 0.4], 8);
    assert_eq!(Growth::of(&early).unwrap().bass.unwrap_err(), Unfit::CeilingOpen);
    let error = fit(Model::Bass, &early).unwrap_err();
    assert_eq!((error.code(), error.offending()), ("undetermined", Some("ceiling-open")));
    // As many in every period: a curve has no shape to hold on to.
    let even = Growth::of(&[5.0; 12]).unwrap();
    assert_eq!(even.logistic.unwrap_err(), Unfit::NoShape);
    assert!(even.bass.is_err());
}

/// Everybody by themselves, nobody by example: imitation comes out as zero.
#[test]
fn a_curve_of_innovators_alone_has_no_imitation() {
    let fit = fit(Model::Bass, &[9.0, 5.0, 3.0, 2.0, 1.0, 1.0, 0.0, 0.0]).unwrap();
    let [_, p, q] = fit.parameters;
    assert!(p.value > 0.5 && q.value.abs() < f64::EPSILON && fit.peak.abs() < f64::EPSILON, "{p:?} {q:?}");
}

#[test]
fn numbers_that_cannot_be_counts_are_named() {
    for bad in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
        let error = Growth::of(&[1.0, bad, 3.0]).unwrap_err();
        assert_eq!((error.code(), error.location().field.as_deref()), ("out-of-range", Some("counts[1]")));
        assert_eq!(fit(Model::Logistic, &[1.0, bad, 3.0]).unwrap_err().code(), "out-of-range");
    }
    assert_eq!(fit(Model::Logistic, &vec![1.0; 100_001]).unwrap_err().code(), "too-many");
}

#[test]
fn quartiles_and_shares_are_those_of_numpy_and_scipy() {
    let vectors = vectors();
    for case in vectors["quartiles"].as_array().unwrap() {
        let quartiles = Quartiles::of(&numbers(&case["numbers"])).unwrap();
        for (one, other) in
            [quartiles.lower, quartiles.median, quartiles.upper].into_iter().zip(numbers(&case["quartiles"]))
        {
            assert!(near(one, other, 1e-14), "{one} {other}");
        }
    }
    for case in vectors["shares"].as_array().unwrap() {
        let count = |name: &str| usize::try_from(case[name].as_u64().unwrap()).unwrap();
        let Share { low, high, .. } = Share::of(count("part"), count("whole")).unwrap();
        let expected = numbers(&case["interval"]);
        assert!((low - expected[0]).abs() < 1e-12 && (high - expected[1]).abs() < 1e-12, "{low} {high}");
    }
    assert_eq!(Share::of(3, 2), None);
    assert_eq!(Quartiles::of(&[1.0, f64::NAN]), None);
}

fn all_finite(fit: &Fit) -> bool {
    let parameters = fit.parameters.iter().flat_map(|parameter| [parameter.value, parameter.standard_error]);
    let others = [fit.rmse, fit.r_squared, fit.aicc, fit.peak];
    parameters.chain(others).chain(fit.expected.iter().copied()).all(f64::is_finite)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever numbers come in, a finite curve or a reason comes out; and what is fitted adds up.
    #[test]
    fn nothing_panics_and_all_is_finite(counts in prop::collection::vec(0.0_f64..1e6, 0..20), scale in 0_i32..12) {
        let counts: Vec<f64> = counts.iter().map(|count| (count / 10_f64.powi(scale)).round()).collect();
        let growth = Growth::of(&counts).unwrap();
        for fit in [&growth.logistic, &growth.bass].into_iter().flatten() {
            prop_assert!(all_finite(fit), "{:?}", fit);
            for ((count, expected), residual) in counts.iter().zip(&fit.expected).zip(&fit.residuals) {
                prop_assert!((count - expected - residual).abs() <= 1e-9 * (1.0 + count));
            }
        }
    }
}
