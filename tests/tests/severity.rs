//! Severity-adjusted scores against `statsmodels` (`tests/python/reference_mixed.py`, `reference_rasch.py`), and what
//! they are good for on simulated panels.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jipp_core::evaluation::severity::{Observation, islands, mixed, rasch};
use proptest::prelude::*;
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
        assert!(fit.criterion < criterion + 1e-6 && fit.criterion > criterion - 0.01, "{name}: {}", fit.criterion);
    }
}

/// Seven data sets, with thresholds of all and of each criterion, two to ten levels, a level never given, extreme
/// proposals: everything to 1e-5, though `statsmodels` fits another model (a Poisson regression) with the same likelihood.
#[test]
fn rasch_models_are_those_of_statsmodels() {
    for case in vectors("rasch") {
        let (name, theirs) = (&case["name"], &case["fit"]);
        let scale: [u8; 2] = serde_json::from_value(case["scale"].clone()).unwrap();
        let mut options = rasch::Options::rating_scale(scale[0], scale[1]);
        if case["partial_credit"].as_bool().unwrap() {
            options.thresholds = rasch::Thresholds::PartialCredit;
        }
        let fit = rasch::fit(&scores(&case["scores"]), &options).unwrap();
        assert!(fit.converged, "{name}");
        assert!((fit.log_likelihood - theirs["log_likelihood"].as_f64().unwrap()).abs() < 1e-5, "{name}");
        for (facet, field) in [(&fit.proposals, "p"), (&fit.assessors, "a"), (&fit.criteria, "c")] {
            let theirs = theirs[field].as_array().unwrap();
            assert_eq!(facet.elements.len(), theirs.len());
            for (ours, theirs) in facet.elements.iter().zip(theirs) {
                let measure = [ours.measure, ours.standard_error, ours.fair_average];
                let apart_by = apart(measure.into_iter(), &theirs["measure"]);
                assert!(apart_by < 1e-5, "{name}: {field} {ours:?} {theirs}");
                let statistics = ours.fit.map_or(vec![], |fit| {
                    let [infit, outfit] = [fit.infit, fit.outfit].map(|one| [one.mean_square, one.z]);
                    [infit, outfit].concat().into_iter().chain([ours.model_error]).collect()
                });
                assert!(apart(statistics.into_iter(), &theirs["fit"]) < 1e-5, "{name}: {field} {ours:?} {theirs}");
                assert_eq!(serde_json::to_value(ours.extreme).unwrap(), theirs["extreme"], "{name}: {field}");
            }
        }
        let thresholds = theirs["thresholds"].as_array().unwrap();
        assert_eq!(fit.scales.len(), thresholds.len());
        for (ours, theirs) in fit.scales.iter().zip(thresholds) {
            let given = ours
                .levels
                .iter()
                .filter_map(|level| Some([f64::from(level.level), level.threshold?, level.standard_error?]));
            for (ours, theirs) in given.zip(theirs.as_array().unwrap()) {
                assert!(apart(ours.into_iter(), theirs) < 1e-5, "{name}: {ours:?} {theirs}");
            }
        }
    }
}

/// Numbers as from dice, the same on every run: the generator `splitmix64`.
struct Dice(u64);

impl Dice {
    #[allow(clippy::cast_precision_loss, reason = "53 bits are exact")]
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
    /// The sum of twelve: normal enough.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
    fn below(&mut self, end: u32) -> u32 {
        (0..end).rev().find(|one| self.uniform() * f64::from(one + 1) < 1.0).unwrap_or(0)
    }
}

/// A panel with the true worth of its proposals.
struct Simulated {
    truth: Vec<f64>,
    scores: Vec<Observation>,
}

/// Proposals, each scored by some of the assessors, who differ in severity as the proposals do in worth. `level` makes
/// a score of a worth as it seems to the assessor, in spreads.
fn simulate(seed: u64, proposals: u32, [assessors, each]: [u32; 2], level: impl Fn(f64) -> f64) -> Simulated {
    let mut dice = Dice(seed);
    let truth: Vec<f64> = (0..proposals).map(|_| dice.normal()).collect();
    let severities: Vec<f64> = (0..assessors).map(|_| dice.normal()).collect();
    let mut scores = Vec::new();
    for (proposal, worth) in (1..).zip(&truth) {
        let mut panel: Vec<u32> = (0..assessors).collect();
        while panel.len() > each as usize {
            panel.remove(dice.below(u32::try_from(panel.len()).unwrap()) as usize);
        }
        for assessor in panel {
            for criterion in 1..=4 {
                let felt = worth - severities[assessor as usize] + 0.2 * f64::from(criterion) + dice.normal();
                scores.push(Observation { proposal, assessor, criterion, score: level(felt) });
            }
        }
    }
    Simulated { truth, scores }
}

fn in_points(seen: f64) -> f64 {
    ((60.0 + 10.0 * seen) * 10.0).round().clamp(0.0, 1000.0) / 10.0
}

fn in_levels(levels: f64) -> impl Fn(f64) -> f64 {
    move |seen| (f64::midpoint(levels, 1.0) + seen * levels / 6.0).round().clamp(1.0, levels)
}

/// Kendall's tau of two lists (b, with ties).
fn kendall(one: &[f64], other: &[f64]) -> f64 {
    let (mut together, mut ties) = (0.0, [0.0; 2]);
    for i in 0..one.len() {
        for j in 0..i {
            let signs = [one[i] - one[j], other[i] - other[j]].map(|d| if d.abs() < 1e-9 { 0.0 } else { d.signum() });
            together += signs[0] * signs[1];
            ties[0] += signs[0].abs();
            ties[1] += signs[1].abs();
        }
    }
    together / (ties[0] * ties[1]).sqrt()
}

fn of_mixed(fit: &mixed::Fit, value: impl Fn(&mixed::Effect) -> f64) -> Vec<f64> {
    fit.proposals.iter().map(value).collect()
}

fn of_rasch(fit: &rasch::Fit, value: impl Fn(&rasch::Element) -> f64) -> Vec<f64> {
    fit.proposals.elements.iter().map(value).collect()
}

/// 300 proposals, each read by 3 of 15 assessors whose severity varies as much as the worth of the proposals: over five
/// seeds, Kendall's tau with the truth rises from 0.64 (raw means) to 0.82 by the mixed model, and from 0.64 to 0.81 by
/// the Rasch model of ten levels.
#[test]
fn adjusted_scores_recover_the_order_better_than_raw_means() {
    let mut taus = [[0.0; 2]; 2];
    for seed in 1..=5 {
        let panel = simulate(seed, 300, [15, 3], in_points);
        let fit = mixed::fit(&panel.scores, &mixed::Options::default()).unwrap();
        let raw = kendall(&panel.truth, &of_mixed(&fit, |one| one.raw_mean));
        let adjusted = kendall(&panel.truth, &of_mixed(&fit, |one| one.estimate));
        assert!(adjusted > raw + 0.1, "seed {seed}: {raw} {adjusted}");
        taus[0] = [taus[0][0] + raw / 5.0, taus[0][1] + adjusted / 5.0];
        let panel = simulate(seed, 300, [15, 3], in_levels(10.0));
        let fit = rasch::fit(&panel.scores, &rasch::Options::rating_scale(1, 10)).unwrap();
        let raw = kendall(&panel.truth, &of_rasch(&fit, |one| one.raw_mean));
        let adjusted = kendall(&panel.truth, &of_rasch(&fit, |one| one.measure));
        assert!(adjusted > raw + 0.1, "seed {seed}: {raw} {adjusted}");
        assert!(kendall(&panel.truth, &of_rasch(&fit, |one| one.fair_average)) > raw + 0.1);
        taus[1] = [taus[1][0] + raw / 5.0, taus[1][1] + adjusted / 5.0];
    }
    assert_eq!(taus.map(|of| of.map(|tau| (100.0 * tau).round())), [[64.0, 82.0], [64.0, 81.0]]);
}

/// Most of the true worths lie where the standard errors say.
#[test]
fn standard_errors_are_honest() {
    let panel = simulate(7, 300, [15, 3], in_points);
    let fit = mixed::fit(&panel.scores, &mixed::Options::default()).unwrap();
    let centre = panel.truth.iter().sum::<f64>() / 300.0;
    let inside = |(truth, one): &(&f64, &mixed::Effect)| {
        (10.0 * (*truth - centre) - (one.estimate - fit.mean)).abs() < 1.96 * one.standard_error
    };
    let share = panel.truth.iter().zip(&fit.proposals).filter(inside).count();
    assert!((270..=297).contains(&share), "{share} of 300");
    assert!(fit.reliability > 0.8 && fit.separation > 2.0, "{} {}", fit.reliability, fit.separation);
}

/// Nothing to adjust: on every scale of two to ten levels, and on a hundred points, the order is that of the means.
#[test]
fn where_every_assessor_scores_everything_the_order_is_that_of_the_means() {
    let panel = simulate(3, 40, [5, 5], in_points);
    let fit = mixed::fit(&panel.scores, &mixed::Options::default()).unwrap();
    let tau = kendall(&of_mixed(&fit, |one| one.raw_mean), &of_mixed(&fit, |one| one.estimate));
    assert!((tau - 1.0).abs() < 1e-12, "{tau}");
    for levels in 2..=10_u8 {
        let panel = simulate(u64::from(levels), 40, [5, 5], in_levels(f64::from(levels)));
        for options in [rasch::Options::rating_scale(1, levels), rasch::Options::partial_credit(1, levels)] {
            let fit = rasch::fit(&panel.scores, &options).unwrap();
            assert!(fit.converged);
            let raw = of_rasch(&fit, |one| one.raw_mean);
            // Equal sums have equal measures but for rounding.
            let measures = of_rasch(&fit, |one| (one.measure * 1e6).round());
            assert!((kendall(&raw, &measures) - 1.0).abs() < 1e-12, "{levels} levels: {}", kendall(&raw, &measures));
        }
    }
}

fn score(proposal: u32, assessor: u32, score: f64) -> Observation {
    Observation { proposal, assessor, criterion: 1, score }
}

/// The codes with which both models refuse.
fn refusals(scores: &[Observation]) -> [(String, String); 2] {
    let mixed = mixed::fit(scores, &mixed::Options { lowest: 1.0, highest: 5.0, ..mixed::Options::default() });
    let rasch = rasch::fit(scores, &rasch::Options::rating_scale(1, 5));
    [mixed.unwrap_err(), rasch.unwrap_err()].map(|error| (error.code().to_owned(), error.to_string()))
}

#[test]
fn what_cannot_be_adjusted_is_refused_with_the_reason() {
    let both = |scores: &[Observation], code: &str, reason: &str| {
        for (found, text) in refusals(scores) {
            assert!(found == code && text.contains(reason), "{text}");
        }
    };
    let good = [score(1, 1, 3.0), score(1, 2, 4.0), score(2, 1, 2.0), score(2, 2, 2.0)];
    let with = |more: Observation| [good.as_slice(), &[more]].concat();
    both(&[], "undetermined", "at least one score");
    both(&with(score(3, 1, f64::NAN)), "out-of-range", "observations[4].score");
    both(&with(score(3, 1, f64::INFINITY)), "out-of-range", "observations[4].score");
    both(&with(score(3, 1, 5.5)), "out-of-range", "observations[4].score");
    both(&with(score(2, 1, 3.0)), "duplicate-in-record", "proposal 2, assessor 1, criterion 1");
    both(&[score(1, 1, 3.0), score(2, 1, 4.0)], "undetermined", "two assessors or more");
    both(&[score(1, 1, 3.0), score(1, 2, 4.0)], "undetermined", "two proposals or more");
    both(&good.map(|one| Observation { score: 3.0, ..one }), "undetermined", "all are the same");
    let apart = [good.as_slice(), &good.map(|one| score(one.proposal + 7, one.assessor + 70, one.score))].concat();
    both(&apart, "undetermined", "1: proposals 1, 2 with assessors 1, 2; 2: proposals 8, 9 with assessors 71, 72");
    assert_eq!(islands(&apart).len(), 2);

    let error = rasch::fit(&with(score(3, 1, 2.5)), &rasch::Options::rating_scale(1, 5)).unwrap_err();
    assert_eq!((error.code(), error.hint()), ("out-of-range", Some("a whole number")));
    for (lowest, highest) in [(1, 1), (5, 1), (0, 10), (0, 255)] {
        let error = rasch::fit(&good, &rasch::Options::rating_scale(lowest, highest)).unwrap_err();
        assert_eq!(error.code(), "option-invalid");
    }
    for (lowest, highest) in [(1.0, 1.0), (f64::NAN, 5.0), (0.0, f64::INFINITY), (5.0, 1.0)] {
        let error = mixed::fit(&good, &mixed::Options { lowest, highest, iterations: 100 }).unwrap_err();
        assert_eq!(error.code(), "option-invalid");
    }
    for iterations in [0, 10_001] {
        let error = mixed::fit(&good, &mixed::Options { iterations, ..mixed::Options::default() }).unwrap_err();
        assert_eq!(error.location().field.as_deref(), Some("iterations"));
    }
    // Scores that add up exactly leave nothing to weigh by.
    let exact: Vec<Observation> =
        (1..9).flat_map(|p| (1..4).map(move |a| score(p, a, f64::from(p * p % 7) * 3.0 + f64::from(a)))).collect();
    let error = mixed::fit(&exact, &mixed::Options::default()).unwrap_err();
    assert!(error.code() == "undetermined" && error.to_string().contains("no error"), "{error}");
    // The panel is connected only through a proposal with the highest level everywhere, which measures nobody.
    let mut bridged = simulate(2, 12, [3, 3], in_levels(4.0)).scores;
    let others =
        bridged.iter().map(|one| Observation { proposal: one.proposal + 20, assessor: one.assessor + 20, ..*one });
    bridged.extend(others.collect::<Vec<_>>());
    bridged.extend([score(40, 1, 5.0), score(40, 21, 5.0)]);
    assert_eq!(islands(&bridged).len(), 1);
    let error = rasch::fit(&bridged, &rasch::Options::rating_scale(1, 5)).unwrap_err();
    assert!(error.to_string().contains("without extreme scores"), "{error}");
}

/// An assessor who gives the highest level to all, and a proposal that gets it from all, have a measure by convention.
#[test]
fn extreme_elements_are_marked_and_placed_beyond_the_others() {
    let mut panel = simulate(9, 20, [5, 4], in_levels(5.0)).scores;
    panel.iter_mut().filter(|one| one.assessor == 2 || one.proposal == 4).for_each(|one| one.score = 5.0);
    let fit = rasch::fit(&panel, &rasch::Options::rating_scale(1, 5)).unwrap();
    assert!(fit.converged);
    let (assessor, proposal) = (&fit.assessors.elements[2], &fit.proposals.elements[3]);
    assert_eq!((assessor.extreme, proposal.extreme), (Some(rasch::End::Highest), Some(rasch::End::Highest)));
    assert!(assessor.fit.is_none() && assessor.measure.is_finite());
    assert!(fit.assessors.elements.iter().all(|one| one.id == 2 || one.measure > assessor.measure));
    assert!(fit.proposals.elements.iter().all(|one| one.extreme.is_some() || one.measure < proposal.measure));
    assert!(fit.residuals.iter().all(|one| one.standardized.is_finite()));
}

/// Assessors who hardly ever give the middle level make it no step.
#[test]
fn disordered_thresholds_are_told() {
    let mut panel = simulate(5, 60, [6, 3], in_levels(5.0)).scores;
    let ordered = rasch::fit(&panel, &rasch::Options::rating_scale(1, 5)).unwrap();
    assert!(!ordered.scales[0].disordered, "{:?}", ordered.scales);
    let mut middle = 0;
    for one in panel.iter_mut().filter(|one| (one.score - 3.0).abs() < 0.5) {
        middle += 1;
        one.score = if middle % 10 == 0 { 3.0 } else { [2.0, 4.0][middle % 2] };
    }
    let fit = rasch::fit(&panel, &rasch::Options::rating_scale(1, 5)).unwrap();
    assert!(fit.scales[0].disordered, "{:?}", fit.scales);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever scores come in, finite numbers or a reason come out, the same in whatever order they came.
    #[test]
    fn nothing_panics_and_all_is_finite(
        rows in prop::collection::vec((0_u32..7, 0_u32..4, 0_u32..3, 1_u8..6), 0..60),
        own in any::<bool>(),
    ) {
        let mut rows = rows;
        rows.sort_by_key(|row| (row.0, row.1, row.2));
        rows.dedup_by_key(|row| (row.0, row.1, row.2));
        let observation = |row: &(u32, u32, u32, u8)| Observation {
            proposal: row.0, assessor: row.1, criterion: row.2, score: f64::from(row.3),
        };
        let scores: Vec<Observation> = rows.iter().map(observation).collect();
        let turned: Vec<Observation> = scores.iter().rev().copied().collect();
        let options = mixed::Options { lowest: 1.0, highest: 5.0, ..mixed::Options::default() };
        if let Ok(fit) = mixed::fit(&scores, &options) {
            let effects = fit.proposals.iter().chain(&fit.assessors).chain(&fit.criteria);
            prop_assert!(effects.flat_map(|one| [one.estimate, one.standard_error]).all(f64::is_finite), "{:?}", fit);
            prop_assert!(fit.reliability >= 0.0 && fit.reliability <= 1.0 && fit.separation.is_finite());
            prop_assert_eq!(mixed::fit(&turned, &options).unwrap(), fit);
        }
        let options = if own { rasch::Options::partial_credit(1, 5) } else { rasch::Options::rating_scale(1, 5) };
        if let Ok(fit) = rasch::fit(&scores, &options) {
            for facet in [&fit.proposals, &fit.assessors, &fit.criteria] {
                let numbers = |one: &rasch::Element| [one.measure, one.standard_error, one.model_error, one.fair_average];
                prop_assert!(facet.elements.iter().flat_map(numbers).all(f64::is_finite), "{:?}", facet);
                prop_assert!(facet.elements.iter().all(|one| one.fair_average >= 1.0 && one.fair_average <= 5.0));
            }
            let turned = rasch::fit(&turned, &options).unwrap();
            prop_assert_eq!((turned.proposals, turned.scales), (fit.proposals, fit.scales));
        }
    }
}
