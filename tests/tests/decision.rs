//! Decisions against two packages (`tests/python/reference_decision.py`), published examples, and what must hold.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "a test fails by panicking")]

use jipp_core::evaluation::decision::{
    Aim, Ballot, Criterion, DecisionTable, Normalization, Preference, borda, bradley_terry, promethee, topsis,
    win_groups,
};
use proptest::prelude::*;

/// Makes a preference of its two thresholds.
type MakePreference = fn((f64, f64)) -> Preference;
use serde_json::Value;

fn near(one: f64, other: f64, by: f64) -> bool {
    (one - other).abs() <= by * one.abs().max(other.abs()).max(1.0)
}

fn vectors() -> Value {
    let path = format!("{}/vectors/decision.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    serde_json::from_value(value.clone()).unwrap()
}

fn rows(value: &Value) -> Vec<Vec<f64>> {
    serde_json::from_value(value.clone()).unwrap()
}

#[track_caller]
fn same(found: &[f64], expected: &Value) {
    let expected = numbers(expected);
    assert_eq!(found.len(), expected.len());
    assert!(found.iter().zip(&expected).all(|(one, other)| near(*one, *other, 1e-9)), "{found:?} {expected:?}");
}

fn benefits(weights: &[f64]) -> Vec<Criterion> {
    weights.iter().map(|weight| Criterion { weight: *weight, aim: Aim::Maximise }).collect()
}

/// Tzeng and Huang (2011).
#[test]
fn topsis_of_a_published_example() {
    let rows = [[5.0, 8.0, 4.0], [7.0, 6.0, 8.0], [8.0, 8.0, 6.0], [7.0, 4.0, 6.0]];
    let table = DecisionTable::new(&benefits(&[0.3, 0.4, 0.3]), &rows).unwrap();
    let found = topsis(&table, Normalization::Vector).unwrap();
    for (one, other) in found.iter().zip([0.5037, 0.6581, 0.7482, 0.3340]) {
        assert!((one - other).abs() < 5.1e-5, "{found:?}");
    }
    let rank = |value: &f64| 1 + found.iter().filter(|other| *other > value).count();
    assert_eq!(found.iter().map(rank).collect::<Vec<_>>(), [3, 2, 1, 4]);
}

/// Opricovic and Tzeng (2004), and Zhao, Peng and Li (2013), as `pymcdm` tests them.
#[test]
fn a_cost_and_a_benefit_and_net_flows_of_published_examples() {
    let criteria = [Aim::Minimise, Aim::Maximise].map(|aim| Criterion { weight: 0.5, aim });
    let table = DecisionTable::new(&criteria, &[[1.0, 3000.0], [2.0, 3750.0], [5.0, 4500.0]]).unwrap();
    let found = topsis(&table, Normalization::MinMax).unwrap();
    assert!(found.iter().zip([0.500, 0.617, 0.500]).all(|(one, other)| (one - other).abs() < 5e-4), "{found:?}");

    let rows = [[4.0, 3.0, 2.0], [3.0, 2.0, 4.0], [5.0, 1.0, 3.0]];
    let table = DecisionTable::new(&benefits(&[0.5, 0.3, 0.2]), &rows).unwrap();
    let found = promethee(&table, &[Preference::Usual; 3]).unwrap();
    for (flows, (net, positive)) in found.iter().zip([(0.1, 0.55), (-0.3, 0.35), (0.2, 0.6)]) {
        assert!(near(flows.net, net, 1e-12) && near(flows.positive, positive, 1e-12), "{found:?}");
    }
}

#[test]
fn random_tables_come_out_as_in_pymcdm() {
    let vectors = vectors();
    let cases = vectors["tables"].as_array().unwrap();
    assert_eq!(cases.len(), 60);
    for case in cases {
        let (weights, types) = (numbers(&case["weights"]), numbers(&case["types"]));
        let aim = |sign: f64| if sign > 0.0 { Aim::Maximise } else { Aim::Minimise };
        let criteria: Vec<Criterion> =
            weights.iter().zip(types).map(|(weight, sign)| Criterion { weight: *weight, aim: aim(sign) }).collect();
        let table = DecisionTable::new(&criteria, &rows(&case["rows"])).unwrap();
        for way in Normalization::ALL {
            same(&topsis(&table, *way).unwrap(), &case["topsis"][way.code()]);
        }
        let thresholds: Vec<(f64, f64)> =
            numbers(&case["indifference"]).into_iter().zip(numbers(&case["preference"])).collect();
        let functions: [(&str, MakePreference); 5] = [
            ("usual", |_| Preference::Usual),
            ("ushape", |(indifference, _)| Preference::UShape { indifference }),
            ("vshape", |(_, preference)| Preference::VShape { preference }),
            ("level", |(indifference, preference)| Preference::Level { indifference, preference }),
            ("vshape_2", |(indifference, preference)| Preference::Linear { indifference, preference }),
        ];
        for (name, function) in functions {
            let preferences: Vec<Preference> = thresholds.iter().copied().map(function).collect();
            let flows = promethee(&table, &preferences).unwrap();
            same(&flows.iter().map(|flows| flows.net).collect::<Vec<_>>(), &case["promethee"][name]);
        }
    }
}

/// `1 - exp(-d^2 / (2 s^2))`, by hand: differences of 3 and 4 with s = 2, weights one half.
#[test]
fn the_gaussian_preference_is_that_of_its_formula() {
    let table = DecisionTable::new(&benefits(&[0.5, 0.5]), &[[4.0, 1.0], [1.0, 5.0]]).unwrap();
    let found = promethee(&table, &[Preference::Gaussian { deviation: 2.0 }; 2]).unwrap();
    let (three, four) = (0.675_347_532_641_650_3, 0.864_664_716_763_387_3);
    assert!(near(found[0].positive, three / 2.0, 1e-12) && near(found[0].negative, four / 2.0, 1e-12), "{found:?}");
    assert_eq!((found[1].positive, found[1].negative), (found[0].negative, found[0].positive));
}

#[test]
fn strengths_and_their_errors_are_those_of_a_logistic_regression() {
    let vectors = vectors();
    let cases = vectors["duels"].as_array().unwrap();
    assert_eq!(cases.len(), 30);
    for case in cases {
        let found = bradley_terry(&rows(&case["wins"])).unwrap();
        same(&found.strengths.iter().map(|strength| strength.value).collect::<Vec<_>>(), &case["values"]);
        let errors: Vec<f64> = found.strengths.iter().map(|strength| strength.standard_error).collect();
        same(&errors, &case["standard_errors"]);
    }
}

/// A win in four: the logarithm of 3, its error `sqrt(1 / (n p q))`, shared between both.
#[test]
fn two_entries_can_be_worked_by_hand() {
    let found = bradley_terry(&[[0.0, 3.0], [1.0, 0.0]]).unwrap();
    assert!(near(found.strengths[0].value, 3_f64.ln() / 2.0, 1e-11));
    assert!(near(found.strengths[0].standard_error, (4.0_f64 * 0.75 * 0.25).sqrt().recip() / 2.0, 1e-11));
    assert!(near(found.log_likelihood, 3.0 * 0.75_f64.ln() + 0.25_f64.ln(), 1e-11));
    assert!(near(found.wins(1, 0).unwrap(), 0.25, 1e-11));
    assert_eq!(found.wins(0, 2), None);
}

#[test]
fn groups_that_cannot_be_compared_are_named() {
    // 0 and 2 beat each other; 1 lost to them only; 3 and 4 met nobody else.
    let wins = [
        [0.0, 2.0, 1.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 0.0],
        [1.0, 1.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 0.5],
        [0.0, 0.0, 0.0, 0.5, 0.0],
    ];
    let groups = win_groups(&wins).unwrap();
    assert_eq!(groups.len(), 3);
    for group in [vec![0, 2], vec![1], vec![3, 4]] {
        assert!(groups.contains(&group), "{groups:?}");
    }
    let place = |group: &[usize]| groups.iter().position(|other| other == group);
    assert!(place(&[0, 2]) < place(&[1]), "who won stands first");
    let error = bradley_terry(&wins).unwrap_err();
    assert_eq!((error.code(), error.location().field.as_deref()), ("undetermined", Some("wins")));
    for name in ["{0 2}", "{1}", "{3 4}"] {
        assert!(error.offending().unwrap().contains(name), "{error}");
    }
}

/// The choice of a capital known from encyclopaedias: Memphis, Nashville, Chattanooga, Knoxville.
#[test]
fn borda_chooses_nashville() {
    let ballot = |voters, order: [usize; 4]| Ballot { voters, order: order.map(|entry| vec![entry]).to_vec() };
    let ballots =
        [ballot(42, [0, 1, 2, 3]), ballot(26, [1, 2, 3, 0]), ballot(15, [2, 3, 1, 0]), ballot(17, [3, 2, 1, 0])];
    assert_eq!(borda(4, &ballots).unwrap(), [126.0, 194.0, 173.0, 107.0]);
    let tied = [Ballot { voters: 3, order: vec![vec![2], vec![0, 1]] }];
    assert_eq!(borda(4, &tied).unwrap(), [4.5, 4.5, 9.0, 0.0]);
    let none = [Ballot { voters: 2, order: Vec::new() }];
    assert_eq!(borda(3, &none).unwrap(), [2.0, 2.0, 2.0]);
}

#[test]
fn bad_input_is_refused() {
    let code =
        |criteria: &[Criterion], rows: &[Vec<f64>]| DecisionTable::new(criteria, rows).map(|_| ()).unwrap_err().code();
    let two = benefits(&[0.5, 0.5]);
    assert_eq!(code(&[], &[vec![], vec![]]), "field-missing");
    assert_eq!(code(&two, &[vec![1.0, 2.0]]), "field-missing");
    assert_eq!(code(&two, &[vec![1.0, 2.0], vec![1.0]]), "field-missing");
    assert_eq!(code(&two, &[vec![1.0, 2.0], vec![1.0, 2.0, 3.0]]), "too-many");
    assert_eq!(code(&two, &[vec![1.0, 2.0], vec![1.0, f64::NAN]]), "number-form");
    assert_eq!(code(&two, &[vec![1.0, 2.0], vec![1.0, 1e300]]), "out-of-range");
    assert_eq!(code(&benefits(&[0.5, 0.6]), &[vec![1.0, 2.0], vec![1.0, 3.0]]), "out-of-range");
    assert_eq!(code(&benefits(&[-0.5, 1.5]), &[vec![1.0, 2.0], vec![1.0, 3.0]]), "out-of-range");
    assert_eq!(code(&benefits(&[f64::NAN, 1.0]), &[vec![1.0, 2.0], vec![1.0, 3.0]]), "out-of-range");

    let alike = DecisionTable::new(&two, &[[1.0, 2.0], [1.0, 2.0]]).unwrap();
    for way in Normalization::ALL {
        assert_eq!(topsis(&alike, *way).unwrap_err().code(), "undetermined");
    }
    assert!(promethee(&alike, &[Preference::Usual; 2]).unwrap().iter().all(|flows| flows.net == 0.0));
    for wrong in [
        vec![Preference::Usual],
        vec![Preference::Usual, Preference::UShape { indifference: -1.0 }],
        vec![Preference::Usual, Preference::VShape { preference: 0.0 }],
        vec![Preference::Usual, Preference::VShape { preference: f64::INFINITY }],
        vec![Preference::Usual, Preference::Level { indifference: 2.0, preference: 1.0 }],
        vec![Preference::Usual, Preference::Linear { indifference: 2.0, preference: 2.0 }],
        vec![Preference::Usual, Preference::Gaussian { deviation: f64::NAN }],
    ] {
        assert_eq!(promethee(&alike, &wrong).unwrap_err().code(), "option-invalid", "{wrong:?}");
    }

    let refused = |wins: &[Vec<f64>]| bradley_terry(wins).map(|_| ()).unwrap_err().code();
    assert_eq!(refused(&[]), "field-missing");
    assert_eq!(refused(&[vec![0.0]]), "field-missing");
    assert_eq!(refused(&[vec![0.0, 1.0], vec![1.0]]), "field-missing");
    assert_eq!(refused(&[vec![0.0, 1.0], vec![1.0, 0.0, 1.0]]), "too-many");
    assert_eq!(refused(&[vec![0.0, f64::NAN], vec![1.0, 0.0]]), "number-form");
    assert_eq!(refused(&[vec![0.0, -1.0], vec![1.0, 0.0]]), "out-of-range");
    assert_eq!(refused(&[vec![1.0, 1.0], vec![1.0, 0.0]]), "out-of-range");

    let ballot = |order: Vec<Vec<usize>>| borda(2, &[Ballot { voters: 1, order }]).unwrap_err().code();
    assert_eq!(ballot(vec![vec![2]]), "out-of-range");
    assert_eq!(ballot(vec![vec![0], vec![0]]), "duplicate-in-record");
    assert_eq!(borda(0, &[]).unwrap_err().code(), "field-missing");
    assert_eq!(borda(2, &[]).unwrap_err().code(), "field-missing");
    assert_eq!(borda(1_000_000, &[]).unwrap_err().code(), "too-many");
}

/// Only one of each pair is better in everything.
#[test]
fn an_alternative_better_in_everything_is_ahead() {
    let criteria = [Aim::Maximise, Aim::Minimise].map(|aim| Criterion { weight: 0.5, aim });
    let table = DecisionTable::new(&criteria, &[[3.0, 5.0], [9.0, 1.0], [4.0, 4.0]]).unwrap();
    for way in Normalization::ALL {
        let found = topsis(&table, *way).unwrap();
        assert!(near(found[1], 1.0, 1e-15) && found[0] == 0.0 && found[2] > 0.0 && found[2] < 1.0, "{found:?}");
    }
    let flows = promethee(&table, &[Preference::Usual; 2]).unwrap();
    assert_eq!(flows.iter().map(|flows| flows.net).collect::<Vec<_>>(), [-1.0, 1.0, 0.0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Expected wins are the real ones: what makes strengths the most likely ones.
    #[test]
    fn every_entry_wins_as_often_as_expected(wins in (2_usize..7).prop_flat_map(|entries| {
        prop::collection::vec(prop::collection::vec(1_u32..9, entries), entries)
    })) {
        let mut rows: Vec<Vec<f64>> = wins.iter().map(|row| row.iter().map(|times| f64::from(*times)).collect()).collect();
        for (entry, row) in rows.iter_mut().enumerate() {
            row[entry] = 0.0;
        }
        let found = bradley_terry(&rows).unwrap();
        for (one, row) in rows.iter().enumerate() {
            let met = |other: usize| row[other] + rows[other][one];
            let expected: f64 = (0..rows.len()).filter(|other| *other != one).map(|other| met(other) * found.wins(one, other).unwrap()).sum();
            prop_assert!(near(expected, row.iter().sum(), 1e-9));
        }
        prop_assert!(near(found.strengths.iter().map(|strength| strength.value).sum(), 0.0, 1e-9));
    }

    /// However they vote, a ballot of n entries gives n (n - 1) / 2 points for each voter.
    #[test]
    fn borda_gives_the_same_points_in_all(voters in 1_u32..50, places in prop::collection::vec(0_usize..5, 2..8)) {
        let mut order = vec![Vec::new(); 4];
        for (entry, place) in places.iter().enumerate().filter(|(_, place)| **place < 4) {
            order[*place].push(entry);
        }
        let entries = places.len();
        let points: f64 = borda(entries, &[Ballot { voters, order }]).unwrap().iter().sum();
        let all = u32::try_from(entries * (entries - 1) / 2).unwrap();
        prop_assert_eq!(points, f64::from(voters * all));
    }
}
