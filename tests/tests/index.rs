//! Indices of innovation, from the outside: published maxima, bands, what is unknown, gains and plans against trying all.

#![allow(clippy::unwrap_used, reason = "tests")]

use jipp_core::base::{Code, Error, Score};
use jipp_core::evaluation::index::{
    Aim, Effort, Efforts, Government, IndexFormula, Points, Side, Step, UnitPoints, gains, maturity, plan,
};
use jipp_core::model::{Answer, Instrument, Line, Mark, MissingRule, Rubric};
use proptest::prelude::*;

fn score(text: &str) -> Score {
    text.parse().unwrap()
}

fn answer(code: &str, level: Option<i64>) -> Answer {
    let criterion = Line::new(code).unwrap();
    Answer { criterion, own: level.map(Score::from_int), verified: None, evidence: Vec::new(), note: None }
}

fn sid() -> Rubric {
    Instrument::shipped("iid-kematangan@2026").unwrap().rubric
}

fn with_levels(levels: &[Option<i64>]) -> Points {
    let rubric = sid();
    let answers: Vec<Answer> =
        rubric.criteria.iter().zip(levels).map(|(criterion, level)| answer(&criterion.code, *level)).collect();
    maturity(&rubric, &answers, Side::Own).unwrap()
}

fn code(result: Result<impl std::fmt::Debug, Error>) -> &'static str {
    result.unwrap_err().code()
}

#[test]
fn what_ships_is_whole_and_says_how_well_it_is_known() {
    let instruments: Vec<Instrument> = Instrument::shipped_ids().map(|id| Instrument::shipped(id).unwrap()).collect();
    assert_eq!(instruments.len(), 6);
    for Instrument { rubric, .. } in &instruments {
        assert!(rubric.criteria.iter().all(|criterion| criterion.mark.is_some()), "{}", rubric.id);
        assert!(rubric.scale_mark.is_some() && !rubric.provenance.is_empty(), "{}", rubric.id);
        assert!(rubric.criteria.iter().all(|criterion| criterion.label_en.is_some()), "{}", rubric.id);
    }
    let replication = Instrument::shipped("kipp-replikasi@default").unwrap().rubric;
    assert!(replication.criteria.iter().all(|criterion| criterion.mark == Some(Mark::Inferred)));
    let levels = sid().criteria.iter().map(|criterion| criterion.options.len()).collect::<Vec<_>>();
    assert_eq!(levels, vec![3; 20]);
    for id in IndexFormula::shipped_ids() {
        IndexFormula::shipped(id).unwrap();
    }
}

#[test]
fn a_government_that_has_everything_has_the_published_maxima() {
    let formula = IndexFormula::shipped("iid-indeks@2026").unwrap();
    let unit = formula.unit.clone().unwrap();
    let answers: Vec<Answer> = unit.criteria.iter().map(|criterion| answer(&criterion.code, Some(3))).collect();
    let whole = with_levels(&[Some(3); 20]);
    assert_eq!((whole.points, whole.most), (Some(score("111")), score("111")));
    let innovations = vec![score("111"); 200];
    let unit = UnitPoints::Answers(&answers, Side::Own);
    let government =
        Government { year: 2026, unit, innovations: &innovations, affairs: Some(5), count_points: None, maximum: None };
    let index = formula.score(&government).unwrap();
    assert_eq!((index.unit, index.innovation, index.count), (score("63"), score("111"), Some(score("76"))));
    assert_eq!(
        (index.index, index.band.unwrap().label.to_string()),
        (Some(score("100")), "Sangat Inovatif".to_owned())
    );
}

#[test]
fn few_innovations_are_divided_by_the_floor_and_the_number_counts_only_with_the_services() {
    let formula = IndexFormula::shipped("iid-indeks@2026").unwrap();
    let innovations = vec![score("60"); 6];
    let of = |year, affairs| {
        let unit = UnitPoints::Sum(score("40"));
        let government =
            Government { year, unit, innovations: &innovations, affairs, count_points: None, maximum: None };
        formula.score(&government).unwrap()
    };
    let index = of(2026, Some(5));
    assert_eq!((index.divisor, index.innovation, index.count), (12, score("30"), Some(score("2.28"))));
    assert_eq!(index.index, Some(score("28.912")));
    assert_eq!(of(2027, Some(5)).count, Some(Score::ZERO), "six are asked from 2027");
    assert_eq!(of(2029, Some(6)).divisor, 18);
    let unknown = of(2026, None);
    assert_eq!((unknown.count, unknown.index), (None, None));
    assert_eq!((unknown.least, unknown.most), (score("28"), score("28.912")));
    assert_eq!(unknown.band.unwrap().label_en.unwrap().to_string(), "Less innovative", "whatever is unknown");
}

#[test]
fn bands_are_read_from_the_index_in_hundredths() {
    let formula = IndexFormula::shipped("iid-indeks@2026").unwrap();
    let band = |text: &str| formula.band(score(text)).unwrap().label_en.as_ref().unwrap().to_string();
    assert_eq!(band("65.005"), "Very innovative");
    assert_eq!(band("65.004999"), "Innovative");
    assert_eq!(band("0.01"), "Less innovative");
    assert_eq!(band("0.004"), "Not assessable");
}

#[test]
fn what_was_not_found_of_2023_the_caller_supplies() {
    let formula = IndexFormula::shipped("iid-indeks@2023").unwrap();
    let innovations = [score("74")];
    let unit = UnitPoints::Sum(score("63"));
    let mut government =
        Government { year: 2023, unit, innovations: &innovations, affairs: None, count_points: None, maximum: None };
    let missing = formula.score(&government).unwrap_err();
    assert_eq!((missing.code(), missing.location().field.as_deref()), ("undetermined", Some("maximum")));
    government.maximum = Some(score("250"));
    assert_eq!(formula.score(&government).unwrap_err().location().field.as_deref(), Some("count_points"));
    government.count_points = Some(score("54.6"));
    // 63 + 74 / 10 + 54.6 = 125 of 250
    let index = formula.score(&government).unwrap();
    assert_eq!((index.index, index.band.unwrap().label.to_string()), (Some(score("50")), "Inovatif".to_owned()));
    assert_eq!(code(formula.instrument()), "not-found");
    let mut wrong = government.clone();
    wrong.year = 2020;
    assert_eq!(code(formula.score(&wrong)), "undetermined");
    wrong = Government { maximum: Some(Score::ZERO), ..government.clone() };
    assert_eq!(code(formula.score(&wrong)), "out-of-range");
    wrong = Government { unit: UnitPoints::Sum(score("500")), ..government };
    assert_eq!(code(formula.score(&wrong)), "out-of-range", "more points than there are");
}

#[test]
fn bad_answers_are_named() {
    let rubric = sid();
    let bad = |answers: &[Answer]| maturity(&rubric, answers, Side::Own).unwrap_err();
    let off = bad(&[answer("sid-16", Some(4))]);
    assert_eq!((off.code(), off.location().field.as_deref()), ("out-of-range", Some("answers.sid-16")));
    assert_eq!(bad(&[answer("sid-99", Some(1))]).code(), Code::NotFound.as_str());
    assert_eq!(bad(&[answer("sid-16", Some(1)), answer("sid-16", Some(2))]).code(), "duplicate-in-record");
    let mut refusing = rubric.clone();
    refusing.missing = MissingRule::Refuse;
    let points = maturity(&refusing, &[answer("sid-16", Some(1))], Side::Own).unwrap();
    assert_eq!((points.points, points.missing.len()), (None, 19));
    assert_eq!(code(plan(&points, &Efforts::default(), Aim::Effort(1))), "undetermined");
    let mut lowest = rubric.clone();
    lowest.missing = MissingRule::Lowest;
    assert_eq!(maturity(&lowest, &[], Side::Own).unwrap().points, Some(score("37")));
    assert_eq!(maturity(&rubric, &[answer("sid-16", Some(3))], Side::Verified).unwrap().points, Some(Score::ZERO));
    assert_eq!(code(gains(&points, &Efforts { fixed: vec!["no".to_owned()], ..Efforts::default() })), "not-found");
    assert_eq!(code(gains(&points, &Efforts { each: 100_001, ..Efforts::default() })), "out-of-range");
    assert_eq!(
        code(plan(&with_levels(&[None; 20]), &Efforts { each: 100_000, ..Efforts::default() }, Aim::Effort(1))),
        "too-many"
    );
    for (text, expected) in [
        ("{", "json-syntax"),
        (r#"{"id":"x","title":"X","version":"1","divisor":[],"bands":[]}"#, "field-missing"),
        (r#"{"id":"x","title":"X","version":"1","divisor":[{"from_year":2026,"least":0}],"bands":[]}"#, "out-of-range"),
        (
            r#"{"id":"x","title":"X","version":"1","divisor":[{"from_year":2026,"least":1}],"bands":[{"from":1,"label":"a"},{"from":2,"label":"b"}]}"#,
            "out-of-range",
        ),
    ] {
        assert_eq!(code(IndexFormula::from_json(text)), expected, "{text}");
    }
}

#[test]
fn the_largest_gain_for_the_least_effort_comes_first() {
    let points = with_levels(&[Some(2); 20]);
    let efforts = Efforts {
        each: 3,
        given: vec![Effort { indicator: "sid-31".to_owned(), level: Score::from_int(3), effort: 1 }],
        fixed: vec!["sid-32".to_owned()],
    };
    let steps = gains(&points, &efforts).unwrap();
    assert_eq!(steps.len(), 19);
    let first: Vec<&str> = steps.iter().take(3).map(|step| step.indicator.as_str()).collect();
    // 3 points for 1; then 4 for 3; then 3 for 3, the first of the rubric.
    assert_eq!(first, ["sid-31", "sid-35", "sid-16"]);
    assert_eq!(steps[0].asks_en.as_deref(), Some("3 regions"));
    let free = Efforts { given: vec![Effort { effort: 0, ..efforts.given[0].clone() }], ..efforts };
    assert_eq!(gains(&points, &free).unwrap()[0].indicator, "sid-31");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The plan is as good as the best of all combinations of rises of five indicators.
    #[test]
    fn a_plan_is_the_best_there_is(
        levels in prop::collection::vec(prop::option::of(1_i64..=3), 5),
        costs in prop::collection::vec(0_u32..6, 15),
        budget in 0_u32..20,
        wanted in 0_i64..40,
    ) {
        let mut all = [Some(3); 20];
        for (place, level) in levels.iter().enumerate() {
            all[place] = *level;
        }
        let points = with_levels(&all);
        let codes: Vec<String> = points.indicators.iter().take(5).map(|indicator| indicator.code.clone()).collect();
        let given = costs
            .iter()
            .enumerate()
            .map(|(n, effort)| Effort { indicator: codes[n / 3].clone(), level: Score::from_int(i64::try_from(n).unwrap() % 3 + 1), effort: *effort })
            .collect();
        let efforts = Efforts { given, ..Efforts::default() };
        let steps = gains(&points, &efforts).unwrap();
        let choices: Vec<Vec<Option<&Step>>> = codes
            .iter()
            .map(|code| std::iter::once(None).chain(steps.iter().filter(|step| step.indicator == *code).map(Some)).collect())
            .collect();
        let mut sets: Vec<(i64, u32)> = vec![(0, 0)];
        for rises in &choices {
            sets = sets
                .iter()
                .flat_map(|(gain, effort)| {
                    rises.iter().map(move |rise| rise.map_or((*gain, *effort), |step| (gain + step.gain.units(), effort + step.effort)))
                })
                .collect();
        }
        let now = points.points.unwrap().units();
        let most = sets.iter().filter(|(_, effort)| *effort <= budget).map(|(gain, _)| *gain).max().unwrap();
        let found = plan(&points, &efforts, Aim::Effort(budget)).unwrap().unwrap();
        prop_assert_eq!(found.points.units(), now + most);
        prop_assert_eq!(found.steps.iter().map(|step| step.effort).sum::<u32>(), found.effort);
        prop_assert!(found.effort <= budget);
        let target = Score::from_units(now) + Score::from_int(wanted);
        let least = sets.iter().filter(|(gain, _)| now + gain >= target.units()).map(|(_, effort)| *effort).min();
        let found = plan(&points, &efforts, Aim::Points(target)).unwrap();
        prop_assert_eq!(found.as_ref().map(|plan| plan.effort), least);
        prop_assert!(found.is_none_or(|plan| plan.points >= target));
    }
}
