//! Agreement against three packages (`tests/python/reference_agreement.py`), published examples, and what must hold.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "a test fails by panicking")]

use jipp_core::evaluation::agreement::{
    Alpha, Bootstrap, ChanceCorrected, ChanceModel, Icc, IccEstimate, IccForm, Kendall, Level, Outcome, Ratings,
    Reason, Weighting, bootstrap, chance_corrected, icc, kendall, krippendorff, krippendorff_interval,
};
use proptest::prelude::*;
use serde_json::Value;

fn near(one: f64, other: f64, by: f64) -> bool {
    (one - other).abs() <= by * one.abs().max(other.abs()).max(1.0)
}

#[track_caller]
fn same(one: f64, other: &Value) {
    let other = other.as_f64().unwrap();
    assert!(near(one, other, 1e-9), "{one} {other}");
}

/// One line for each rater, `.` for a missing rating.
fn ratings(level: Level, text: &str) -> Ratings {
    let row = |line: &str| line.split_whitespace().map(|word| word.parse().ok()).collect();
    let rows: Vec<Vec<Option<f64>>> = text.lines().map(row).collect();
    Ratings::new(level, &rows).unwrap()
}

fn alpha(ratings: &Ratings, level: Level) -> Alpha {
    *krippendorff(&ratings.clone().at(level).unwrap()).defined().unwrap()
}

fn corrected(ratings: &Ratings, model: ChanceModel, weighting: Weighting) -> ChanceCorrected {
    *chance_corrected(ratings, model, weighting).unwrap().defined().unwrap()
}

fn correlations(ratings: &Ratings) -> Icc {
    *icc(ratings).defined().unwrap()
}

fn estimate(icc: &Icc, form: IccForm) -> IccEstimate {
    *icc.of(form).defined().unwrap()
}

fn concordance(ratings: &Ratings) -> Kendall {
    *kendall(ratings).defined().unwrap()
}

/// Krippendorff's own example: four coders, twelve units.
const FOUR_CODERS: &str =
    "1 2 3 3 2 1 4 1 2 . . .\n1 2 3 3 2 2 4 1 2 5 . 3\n. 3 3 3 2 3 4 2 2 5 1 .\n1 2 3 3 2 4 4 1 2 5 1 .";
/// The example of Wikipedia: three coders, fifteen units.
const THREE_CODERS: &str =
    ". . . . . 3 4 1 2 1 1 3 3 . 3\n1 . 2 1 3 3 4 3 . . . . . . .\n. . 2 1 3 4 4 . 2 1 1 3 3 . 4";
/// Shrout and Fleiss (1979), table 2: a line for each judge, a column for each of six targets.
const FOUR_JUDGES: &str = "9 6 8 7 10 6\n2 1 4 1 5 2\n5 3 6 2 6 4\n8 2 8 6 9 7";
/// Gwet's four raters, the data set `raw_4raters` of irrCAC.
const GWET: &str = "1 2 3 3 2 1 4 1 2 . . .\n1 2 3 3 2 2 4 1 2 5 . .\n. 3 3 3 2 3 4 2 2 5 1 3\n1 2 3 3 2 4 4 1 2 5 1 .";

#[test]
fn alpha_of_the_published_examples() {
    let levels = [Level::Nominal, Level::Ordinal, Level::Interval, Level::Ratio];
    for (text, known) in
        [(FOUR_CODERS, [0.7434, 0.8154, 0.8491, 0.7974]), (THREE_CODERS, [0.6914, 0.8067, 0.8108, 0.8089])]
    {
        let given = ratings(Level::Nominal, text);
        for (level, known) in levels.into_iter().zip(known) {
            let found = alpha(&given, level).value;
            assert!((found - known).abs() < 5e-5, "{level} {found} {known}");
        }
    }
    let found = alpha(&ratings(Level::Nominal, FOUR_CODERS), Level::Nominal);
    assert_eq!((found.units, found.ratings), (11, 40.0));
}

#[test]
fn intraclass_correlations_of_shrout_and_fleiss() {
    let icc = correlations(&ratings(Level::Interval, FOUR_JUDGES));
    let known = [0.1657, 0.2898, 0.7148, 0.4428, 0.6201, 0.9093];
    for (form, known) in IccForm::ALL.iter().zip(known) {
        let found = estimate(&icc, *form);
        assert!((found.value - known).abs() < 5e-5, "{form} {found:?}");
        let f = if matches!(form, IccForm::Single1 | IccForm::Mean1) { 1.7947 } else { 11.0272 };
        assert!((found.test.unwrap().f - f).abs() < 5e-5);
    }
}

#[test]
fn concordance_of_the_same_judges() {
    let found = concordance(&ratings(Level::Ordinal, FOUR_JUDGES));
    assert!((found.corrected.w - 0.887_037).abs() < 5e-7 && (found.uncorrected.w - 0.855_357).abs() < 5e-7);
    assert!((found.corrected.chi_square - 17.740_741).abs() < 5e-7);
    assert!((found.corrected.p_value - 0.003_289_5).abs() < 5e-8);
    assert_eq!((found.units, found.omitted, found.raters), (6, 0, 4));
}

#[test]
fn fleiss_kappa_of_the_counts_of_an_encyclopaedia() {
    let counts = [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ];
    let given = Ratings::from_counts(Level::Nominal, &[1.0, 2.0, 3.0, 4.0, 5.0], &counts).unwrap();
    let found = corrected(&given, ChanceModel::Fleiss, Weighting::Identity);
    assert!((found.observed - 0.378).abs() < 5e-4 && (found.chance - 0.213).abs() < 5e-4);
    assert!((found.value - 0.2099).abs() < 5e-5);
    for undefined in [
        chance_corrected(&given, ChanceModel::Conger, Weighting::Identity).unwrap().reason(),
        icc(&given).reason(),
        kendall(&given).reason(),
    ] {
        assert_eq!(undefined, Some(Reason::RatersUnknown));
    }
}

#[test]
fn five_coefficients_of_one_table() {
    let known = [
        (ChanceModel::Fleiss, 0.76117, 0.15302),
        (ChanceModel::Krippendorff, 0.74342, 0.14557),
        (ChanceModel::Gwet, 0.77544, 0.14295),
        (ChanceModel::Conger, 0.76282, 0.14917),
        (ChanceModel::BrennanPrediger, 0.77273, 0.14472),
    ];
    let given = ratings(Level::Nominal, GWET);
    for (model, value, error) in known {
        let found = corrected(&given, model, Weighting::Identity);
        assert!((found.value - value).abs() < 5.1e-6, "{model} {found:?}");
        assert!((found.inference.unwrap().standard_error - error).abs() < 5.1e-6, "{model} {found:?}");
    }
    // The weighted example in the documentation of irrCAC.
    let found = corrected(&given, ChanceModel::Gwet, Weighting::Bipolar);
    assert!(
        (found.value - 0.90037).abs() < 5.1e-6 && (found.inference.unwrap().standard_error - 0.10582).abs() < 5.1e-6
    );
}

#[test]
fn two_hundred_matrices_come_out_as_in_the_packages() {
    let path = format!("{}/vectors/agreement.json", env!("CARGO_MANIFEST_DIR"));
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(cases.len(), 200);
    for case in &cases {
        let rows: Vec<Vec<Option<f64>>> = serde_json::from_value(case["ratings"].clone()).unwrap();
        let given = Ratings::new(Level::Nominal, &rows).unwrap();
        for (number, level) in Level::ALL.iter().enumerate() {
            same(alpha(&given, *level).value, &case["alpha"][number]);
        }
        compare_correlations(&correlations(&given), &case["icc"]);
        let weighting: Weighting = case["weights"].as_str().unwrap().parse().unwrap();
        for model in ChanceModel::ALL {
            let (found, expected) = (corrected(&given, *model, weighting), &case["chance"][model.code()]);
            let inference = found.inference.unwrap();
            let interval = inference.interval;
            let numbers = [found.value, inference.standard_error, inference.p_value, interval.low, interval.high];
            for (place, number) in numbers.into_iter().enumerate() {
                same(number, &expected[place]);
            }
        }
        let found = concordance(&given).corrected;
        for (place, number) in [found.w, found.chi_square, found.p_value].into_iter().enumerate() {
            same(number, &case["kendall"][place]);
        }
    }
}

fn compare_correlations(icc: &Icc, expected: &Value) {
    for (place, form) in IccForm::ALL.iter().enumerate() {
        let found = estimate(icc, *form);
        same(found.value, &expected["values"][place]);
        // One F for the one-way design, one for the two-way ones.
        let design = usize::from(!matches!(form, IccForm::Single1 | IccForm::Mean1));
        let test = found.test.unwrap();
        same(test.f, &expected["f"][design]);
        same(test.below, &expected["df2"][design]);
        let p = expected["p"][design].as_f64().unwrap();
        assert!((test.p_value - p).abs() <= 1e-9 * p, "{test:?} {p}");
        let interval = found.interval.unwrap();
        let (low, high) = (&expected["ends"][2 * place], &expected["ends"][2 * place + 1]);
        same(interval.low, low);
        same(interval.high, high);
    }
}

#[test]
fn perfect_agreement_is_one() {
    for level in Level::ALL {
        let given = ratings(*level, "0.1 0.7 0.3 0.3\n0.1 0.7 0.3 0.3\n0.1 0.7 0.3 0.3");
        assert_eq!(alpha(&given, *level).value, 1.0);
        for model in ChanceModel::ALL {
            for weighting in Weighting::ALL {
                let found = corrected(&given, *model, *weighting);
                assert!((found.value - 1.0).abs() < 1e-15, "{model} {weighting} {found:?}");
                assert!(found.inference.unwrap().p_value < 1e-9);
            }
        }
        for form in IccForm::ALL {
            let found = estimate(&correlations(&given), *form);
            assert!((found.value - 1.0).abs() < 1e-15, "{form} {found:?}");
            assert_eq!((found.test, found.interval), (None, None));
        }
        assert_eq!(concordance(&given).corrected.w, 1.0);
    }
}

#[test]
fn what_cannot_be_told_is_undefined_with_a_reason() {
    let chance = |given: &Ratings| chance_corrected(given, ChanceModel::Gwet, Weighting::Identity).unwrap().reason();
    let one = ratings(Level::Interval, "3 3 3\n3 3 3").with_categories(&[1.0, 2.0, 3.0]).unwrap();
    assert_eq!(krippendorff(&one).reason(), Some(Reason::OneCategory));
    assert_eq!(chance(&one), Some(Reason::OneCategory));
    assert_eq!(icc(&one).reason(), Some(Reason::OneCategory));
    assert_eq!(kendall(&one).reason(), Some(Reason::UnitsAlike));
    let bootstrapped = krippendorff_interval(&one, &Bootstrap::default()).unwrap();
    assert_eq!(bootstrapped.reason(), Some(Reason::OneCategory));

    let apart = ratings(Level::Interval, "1 2 .\n. . 3");
    assert_eq!(krippendorff(&apart).reason(), Some(Reason::NoPairs));
    assert_eq!(chance(&apart), Some(Reason::NoPairs));
    assert_eq!((icc(&apart).reason(), kendall(&apart).reason()), (Some(Reason::FewUnits), Some(Reason::FewUnits)));

    let alone = ratings(Level::Interval, "1 2 3");
    assert_eq!(krippendorff(&alone).reason(), Some(Reason::NoPairs));
    assert_eq!((icc(&alone).reason(), kendall(&alone).reason()), (Some(Reason::FewRaters), Some(Reason::FewRaters)));

    // The raters differ, the units do not.
    let alike = correlations(&ratings(Level::Interval, "0.1 0.1 0.1\n0.7 0.7 0.7"));
    assert_eq!(estimate(&alike, IccForm::Single1).value, -1.0);
    assert_eq!(estimate(&alike, IccForm::Single2).value, 0.0);
    for form in [IccForm::Single3, IccForm::Mean1, IccForm::Mean3] {
        assert_eq!(*alike.of(form), Outcome::Undefined(Reason::UnitsAlike));
    }
}

#[test]
fn bad_ratings_are_refused() {
    let code = |level, rows: &[Vec<Option<f64>>]| Ratings::new(level, rows).map(|_| ()).unwrap_err().code();
    let some = |values: &[f64]| values.iter().map(|value| Some(*value)).collect::<Vec<_>>();
    assert_eq!(code(Level::Nominal, &[]), "field-missing");
    assert_eq!(code(Level::Nominal, &[vec![]]), "field-missing");
    assert_eq!(code(Level::Nominal, &[some(&[1.0, 2.0]), some(&[1.0])]), "field-missing");
    assert_eq!(code(Level::Nominal, &[some(&[1.0]), some(&[1.0, 2.0])]), "too-many");
    assert_eq!(code(Level::Nominal, &[some(&[1.0, f64::NAN])]), "number-form");
    assert_eq!(code(Level::Nominal, &[some(&[f64::INFINITY])]), "number-form");
    assert_eq!(code(Level::Ratio, &[some(&[-0.5])]), "out-of-range");

    let given = ratings(Level::Interval, "-1 2\n0 2");
    assert_eq!(given.clone().at(Level::Ratio).unwrap_err().code(), "out-of-range");
    assert_eq!(given.clone().with_categories(&[0.0, 2.0]).unwrap_err().code(), "out-of-range");
    let ratio = chance_corrected(&given, ChanceModel::Gwet, Weighting::Ratio);
    assert_eq!(ratio.unwrap_err().code(), "out-of-range");
    let row: Vec<Option<f64>> = (0..1001).map(|value| Some(f64::from(value))).collect();
    let fine = Ratings::new(Level::Interval, &[row.clone(), row]).unwrap();
    let many = chance_corrected(&fine, ChanceModel::Fleiss, Weighting::Linear);
    assert_eq!(many.unwrap_err().code(), "too-many");

    let counts = |categories: &[f64], units: &[[u32; 2]]| {
        Ratings::from_counts(Level::Nominal, categories, units).map(|_| ()).unwrap_err().code()
    };
    assert_eq!(counts(&[1.0, 1.0], &[[1, 2]]), "duplicate-in-record");
    assert_eq!(counts(&[1.0], &[[1, 2]]), "too-many");
    assert_eq!(counts(&[1.0, 2.0, 3.0], &[[1, 2]]), "field-missing");
    assert_eq!(counts(&[1.0, 2.0], &[[0, 0]]), "field-missing");
    assert_eq!(counts(&[1.0, 2.0], &[[u32::MAX, 1]]), "too-many");

    for wrong in [
        Bootstrap { resamples: 1, ..Bootstrap::default() },
        Bootstrap { confidence: 1.0, ..Bootstrap::default() },
        Bootstrap { confidence: f64::NAN, ..Bootstrap::default() },
        Bootstrap { threads: 0, ..Bootstrap::default() },
    ] {
        assert_eq!(krippendorff_interval(&given, &wrong).unwrap_err().code(), "option-invalid");
    }
}

/// The fast way and the general way draw the same units, and get the same; whatever the number of threads.
#[test]
fn bootstrap_intervals_depend_on_the_seed_alone() {
    for level in Level::ALL {
        let given = ratings(*level, FOUR_CODERS);
        // Units with one rating are not drawn by the fast way.
        let pairable = ratings(*level, &without_last_column(FOUR_CODERS));
        let options = Bootstrap { resamples: 200, seed: 11, ..Bootstrap::default() };
        let found = *krippendorff_interval(&given, &options).unwrap().defined().unwrap();
        let slowly = |given: &Ratings| Ok(krippendorff(given).map(|alpha| alpha.value));
        let again = *bootstrap(&pairable, &options, slowly).unwrap().defined().unwrap();
        assert!(near(found.interval.low, again.interval.low, 1e-12), "{level} {found:?} {again:?}");
        assert!(near(found.interval.high, again.interval.high, 1e-12));
        assert!(near(found.standard_error, again.standard_error, 1e-12));
        let value = alpha(&given, *level).value;
        assert!(found.interval.low < value && value < found.interval.high);
        for threads in [2, 3, 256] {
            let threaded = krippendorff_interval(&given, &Bootstrap { threads, ..options }).unwrap();
            assert_eq!(threaded, Outcome::Defined(found));
        }
        let other = krippendorff_interval(&given, &Bootstrap { seed: 12, ..options }).unwrap();
        assert_ne!(other, Outcome::Defined(found));
    }
}

fn without_last_column(text: &str) -> String {
    let shorter = |line: &str| line.rsplit_once(' ').unwrap().0.to_owned();
    text.lines().map(shorter).collect::<Vec<_>>().join("\n")
}

fn table() -> impl Strategy<Value = Vec<Vec<Option<f64>>>> {
    let cell = prop::option::weighted(0.8, (1_i32..6).prop_map(f64::from));
    (2_usize..5, 2_usize..8)
        .prop_flat_map(move |(raters, units)| prop::collection::vec(prop::collection::vec(cell.clone(), units), raters))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Never a number that is none, and never above 1; who comes first does not matter.
    #[test]
    fn coefficients_are_numbers_and_do_not_depend_on_the_order(rows in table()) {
        let given = Ratings::new(Level::Ordinal, &rows).unwrap();
        let mut turned: Vec<Vec<Option<f64>>> = rows.clone();
        turned.reverse();
        for row in &mut turned {
            row.reverse();
        }
        let turned = Ratings::new(Level::Ordinal, &turned).unwrap();
        let all = |given: &Ratings| {
            let mut found = vec![krippendorff(given).map(|alpha| alpha.value)];
            for model in ChanceModel::ALL {
                let coefficient = chance_corrected(given, *model, Weighting::Quadratic).unwrap();
                found.push(coefficient.map(|coefficient| coefficient.value));
            }
            found.push(kendall(given).map(|kendall| kendall.corrected.w));
            if let Outcome::Defined(icc) = icc(given) {
                found.extend(icc.estimates.map(|estimate| estimate.map(|estimate| estimate.value)));
            }
            found
        };
        for (one, other) in all(&given).into_iter().zip(all(&turned)) {
            match (one, other) {
                (Outcome::Defined(one), Outcome::Defined(other)) => {
                    prop_assert!(one.is_finite() && one <= 1.0 + 1e-12 && near(one, other, 1e-9), "{} {}", one, other);
                }
                (one, other) => prop_assert_eq!(one.reason(), other.reason()),
            }
        }
    }

    /// Shifting an interval scale, or stretching a ratio scale, changes nothing.
    #[test]
    fn alpha_does_not_depend_on_the_unit_of_the_scale(rows in table()) {
        let moved = |by: f64, times: f64| -> Vec<Vec<Option<f64>>> {
            rows.iter().map(|row| row.iter().map(|cell| cell.map(|value| by + times * value)).collect()).collect()
        };
        for (level, by, times) in [(Level::Interval, 1000.0, 0.1), (Level::Ratio, 0.0, 0.1), (Level::Ordinal, -7.0, 3.0)] {
            let one = krippendorff(&Ratings::new(level, &rows).unwrap());
            let other = krippendorff(&Ratings::new(level, &moved(by, times)).unwrap());
            match (one, other) {
                (Outcome::Defined(one), Outcome::Defined(other)) => prop_assert!(near(one.value, other.value, 1e-9)),
                (one, other) => prop_assert_eq!(one.reason(), other.reason()),
            }
        }
    }
}
