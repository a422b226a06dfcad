//! The smallest change at the cut, against trying out every score and many weights.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jipp_core::base::{ProposalId, Score, Weight};
use jipp_core::evaluation::aggregation::Rules;
use jipp_core::evaluation::standings::{
    AtTheCut, Change, Contest, Cut, CutEffect, Entrant, Position, SUBMITTED_ON, Standings, WeightChange,
};
use jipp_core::model::{Aggregation, Rubric, ScoreOption, ScoreSheet};
use jipp_core::testing::GeneratedEdition;
use jipp_tests::line;
use proptest::prelude::*;

const STAGES: [(&str, i64); 2] = [("desk", 70), ("interview", 30)];
/// Of the second criterion; the others go in steps of ten.
const OPTIONS: [i64; 4] = [0, 30, 50, 100];

/// The records of a small contest and its rules.
#[derive(Clone)]
struct Small {
    entrants: Vec<Entrant>,
    rubric: Rubric,
    sheets: Vec<ScoreSheet>,
    stages: usize,
    aggregation: Aggregation,
}

impl Small {
    fn new(seed: u64, stages: usize, aggregation: Aggregation) -> Self {
        let base =
            GeneratedEdition { proposals: 5, assessors: 4, readers: 3, criteria: 3, ..GeneratedEdition::default() };
        let mut sheets = Vec::new();
        for (number, (stage, _)) in (0..).zip(STAGES).take(stages) {
            for mut sheet in (GeneratedEdition { seed: 2 * seed + number, ..base.clone() }).sheets().unwrap() {
                (sheet.stage, sheet.id) = (line(stage), format!("{}-{stage}", sheet.id).parse().unwrap());
                sheets.push(sheet);
            }
        }
        let mut rubric = base.rubric().unwrap();
        let option =
            |score| ScoreOption { score: Score::from_int(score), label: line("level"), label_en: None, mark: None };
        rubric.criteria[1].options = OPTIONS.map(option).to_vec();
        for sheet in &mut sheets {
            for (place, cell) in sheet.scores.iter_mut().enumerate() {
                let points = cell.value.unwrap().units() / Score::SCALE;
                let nearest = OPTIONS.into_iter().min_by_key(|one| one.abs_diff(points)).unwrap();
                cell.value = Some(Score::from_int(if place == 1 { nearest } else { points / 10 * 10 }));
            }
        }
        let entrants = base.proposals().unwrap().iter().map(Entrant::from).collect();
        Self { entrants, rubric, sheets, stages, aggregation }
    }

    fn contest(&self, cut: Cut) -> Contest {
        let rules = Rules { aggregation: self.aggregation, ..Rules::default() };
        let mut contest = Contest::new(self.entrants.clone());
        for (stage, weight) in STAGES.into_iter().take(self.stages) {
            contest = contest.with_stage(stage, &self.rubric, &self.sheets, rules, Weight::from_int(weight)).unwrap();
        }
        contest.with_tie_break(&[line("c-1"), line(SUBMITTED_ON)]).unwrap().with_cut(cut)
    }

    fn among(&self, pair: &AtTheCut) -> Self {
        let takes_part = |id: &ProposalId| *id == pair.inside || *id == pair.outside;
        let mut two = self.clone();
        two.entrants.retain(|one| takes_part(&one.proposal));
        two.sheets.retain(|one| takes_part(&one.proposal));
        two
    }
}

fn effect(standings: &Standings, pair: &AtTheCut) -> Option<CutEffect> {
    let position = |id| standings.of(id).unwrap().position.unwrap();
    match (position(&pair.inside), position(&pair.outside)) {
        (Position::Outside, Position::Inside) => Some(CutEffect::Swaps),
        (Position::Inside, Position::Inside) => Some(CutEffect::Lifts),
        (Position::Outside, Position::Outside) => Some(CutEffect::Drops),
        _ => None,
    }
}

/// What is told of a change of a score, the size first, which decides.
type Told = (u64, String, usize, i64, CutEffect);

/// Every score that each cell of the two could have.
fn least_score(two: &Small, pair: &AtTheCut, cut: Cut) -> Option<Told> {
    let mut least: Option<Told> = None;
    for number in 0..two.sheets.len() {
        for place in 0..two.rubric.criteria.len() {
            let from = two.sheets[number].scores[place].value.unwrap().units() / Score::SCALE;
            let steps: Vec<i64> = if place == 1 { OPTIONS.to_vec() } else { (0..=10).map(|ten| 10 * ten).collect() };
            for to in steps.into_iter().filter(|to| *to != from) {
                let mut changed = two.clone();
                changed.sheets[number].scores[place].value = Some(Score::from_int(to));
                let Some(effect) = effect(&changed.contest(cut).run().unwrap().standings, pair) else { continue };
                let told = (from.abs_diff(to), two.sheets[number].id.to_string(), place, to, effect);
                if least.as_ref().is_none_or(|least| (told.0, &told.1, told.2) < (least.0, &least.1, least.2)) {
                    least = Some(told);
                }
            }
        }
    }
    least
}

fn told(two: &Small, pair: &AtTheCut) -> Option<Told> {
    let change = pair.score.as_ref()?;
    let sheet = two.sheets.iter().find(|one| one.id == change.sheet).unwrap();
    let place = sheet.scores.iter().position(|one| one.criterion == change.criterion).unwrap();
    assert_eq!(
        (&sheet.proposal, &sheet.assessor, &sheet.stage, sheet.scores[place].value),
        (&change.proposal, &change.assessor, &change.stage, Some(change.from))
    );
    let points = |score: Score| score.units() / Score::SCALE;
    let size = points(change.from).abs_diff(points(change.to));
    Some((size, change.sheet.to_string(), place, points(change.to), change.effect))
}

fn with_weight(change: &WeightChange, weight: Weight) -> Change {
    let stage = change.stage.clone();
    match change.criterion.clone() {
        Some(criterion) => Change::CriterionWeight { stage, criterion, weight },
        None => Change::StageWeight { stage, weight },
    }
}

/// How far the share of a weight moves.
#[allow(clippy::cast_precision_loss, reason = "a comparison to a millionth")]
fn moved(from: Weight, to: Weight, all: Weight) -> f64 {
    let [from, to, all] = [from, to, all].map(|weight| weight.units() as f64);
    (to / (all - from + to) - from / all).abs()
}

/// Whether totals are further apart than their rounding can bring about.
fn is_clear(standings: &Standings, pair: &AtTheCut, cut: Cut, effect: CutEffect) -> bool {
    let score = |id| standings.of(id).unwrap().score.units();
    let mark = cut.pass_mark.map_or(0, Score::units);
    let apart = match effect {
        CutEffect::Swaps => score(&pair.outside) - score(&pair.inside),
        CutEffect::Lifts => score(&pair.outside) - mark,
        CutEffect::Drops => mark - score(&pair.inside),
    };
    apart > 2
}

/// Every weight of the contest, to nothing and to forty times what it is: how far the share of the nearest that has an effect
/// moves.
fn least_weight(two: &Small, pair: &AtTheCut, cut: Cut) -> Option<f64> {
    let contest = two.contest(cut);
    let mut weights = Vec::new();
    for (stage, weight) in STAGES.into_iter().take(two.stages) {
        for criterion in &two.rubric.criteria {
            weights.push((stage, Some(criterion.code.clone()), criterion.weight, two.rubric.total));
        }
        if two.stages > 1 {
            weights.push((stage, None, Weight::from_int(weight), Weight::from_int(100)));
        }
    }
    let mut least: Option<f64> = None;
    for (stage, criterion, from, all) in weights {
        let parts = (0..20).chain(21..30).chain((3..40).map(|times| 10 * times).step_by(3));
        for to in parts.map(|part| Weight::from_units(from.units() / 20 * part)) {
            let change = match criterion.clone() {
                Some(criterion) => Change::CriterionWeight { stage: line(stage), criterion, weight: to },
                None => Change::StageWeight { stage: line(stage), weight: to },
            };
            let standings = contest.changed(&[change]).unwrap().run().unwrap().standings;
            if effect(&standings, pair).is_some_and(|effect| is_clear(&standings, pair, cut, effect)) {
                least = Some(least.map_or(f64::MAX, |least| least).min(moved(from, to, all)));
            }
        }
    }
    least
}

/// The cut that two alone stand before: with one place where all are taken, with room for both where not.
fn for_two(contest: &Contest) -> Cut {
    let standings = contest.run().unwrap().standings;
    let inside = u32::try_from(standings.at(Position::Inside).count()).unwrap();
    let cut = contest.cut();
    Cut { places: (cut.places == Some(inside)).then_some(1), pass_mark: cut.pass_mark }
}

fn check(small: &Small, cut: Cut) -> Option<AtTheCut> {
    let contest = small.contest(cut);
    // Nobody on one side, or a tie.
    let pair = contest.at_the_cut(Score::from_int(10)).ok()?;
    let (two, narrow) = (small.among(&pair), for_two(&contest));
    assert_eq!(effect(&two.contest(narrow).run().unwrap().standings, &pair), None);
    assert_eq!(told(&two, &pair), least_score(&two, &pair, narrow), "{pair:?}");
    let found = least_weight(&two, &pair, narrow);
    match &pair.weight {
        None => assert_eq!(found, None, "{pair:?}"),
        Some(change) => {
            let with = |units: i64| {
                let changed = two.contest(narrow).changed(&[with_weight(change, Weight::from_units(units))]).unwrap();
                effect(&changed.run().unwrap().standings, &pair)
            };
            let (from, to) = (change.from.units(), change.to.units());
            assert_eq!(with(to), Some(change.effect), "{pair:?}");
            assert_eq!(with(to - (to - from).signum()), None, "{pair:?}");
            let all = if change.criterion.is_some() { two.rubric.total } else { Weight::from_int(100) };
            let distance = moved(change.from, change.to, all);
            assert!(found.is_none_or(|found| distance < found + 1e-6), "{distance} {found:?} {pair:?}");
        }
    }
    Some(pair)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn no_smaller_change_moves_one_of_the_two(
        seed in 0_u64..1_000,
        stages in 1_usize..3,
        aggregation in prop::sample::select(vec![Aggregation::Mean, Aggregation::Median]),
        places in prop::option::of(1_u32..5),
        pass_mark in prop::option::of((50_i64..75).prop_map(Score::from_int)),
    ) {
        check(&Small::new(seed, stages, aggregation), Cut { places, pass_mark });
    }
}

/// Each kind of cut has its effects, and each effect is what becomes of the two in the whole contest.
#[test]
fn what_the_change_does_depends_on_what_draws_the_cut() {
    let mut seen = std::collections::BTreeMap::new();
    for seed in 0..40 {
        let small = Small::new(seed, 1, Aggregation::Mean);
        let scores: Vec<Score> =
            small.contest(Cut::default()).run().unwrap().standings.places.iter().map(|one| one.score).collect();
        // Two pass, with the mark half way to the third; where these are equal there is no such mark.
        let half_way = Score::from_units(i64::midpoint(scores[1].units(), scores[2].units()) + 1);
        let pass_mark = Some(half_way).filter(|mark| *mark <= scores[1]);
        if pass_mark.is_none() {
            continue;
        }
        let cuts = [
            ("places", Cut { places: Some(2), pass_mark: None }),
            ("mark", Cut { places: None, pass_mark }),
            ("mark, room left", Cut { places: Some(4), pass_mark }),
            ("mark, all taken", Cut { places: Some(2), pass_mark }),
        ];
        for (kind, cut) in cuts {
            let contest = small.contest(cut);
            let Some(pair) = contest.at_the_cut(Score::from_int(10)).ok() else { continue };
            let Some(change) = &pair.score else { continue };
            *seen.entry((kind, format!("{:?}", change.effect))).or_insert(0) += 1;
            let mut changed = small.clone();
            let sheet = changed.sheets.iter_mut().find(|one| one.id == change.sheet).unwrap();
            sheet.scores.iter_mut().find(|one| one.criterion == change.criterion).unwrap().value = Some(change.to);
            let standings = changed.contest(cut).run().unwrap().standings;
            let position = |id| standings.of(id).unwrap().position.unwrap();
            match change.effect {
                CutEffect::Swaps => {
                    assert!(standings.of(&pair.outside).unwrap().place < standings.of(&pair.inside).unwrap().place);
                }
                CutEffect::Lifts => assert_eq!(position(&pair.outside), Position::Inside, "{pair:?}"),
                CutEffect::Drops => assert_eq!(position(&pair.inside), Position::Outside, "{pair:?}"),
            }
        }
    }
    let kinds: Vec<(&str, &str)> = seen.keys().map(|(kind, effect)| (*kind, effect.as_str())).collect();
    let expected = [
        ("mark", "Drops"),
        ("mark", "Lifts"),
        ("mark, all taken", "Drops"),
        ("mark, all taken", "Swaps"),
        ("mark, room left", "Drops"),
        ("mark, room left", "Lifts"),
        ("places", "Swaps"),
    ];
    assert_eq!(kinds, expected, "{seen:?}");
}

/// One has 100 and 50, the other 50 and 50, weights alike: totals of 75 and 50; c-2 has its options only.
#[test]
fn a_pass_mark_by_hand() {
    let mut small = Small::new(0, 1, Aggregation::Mean);
    small.entrants.truncate(2);
    small.rubric.criteria.truncate(2);
    small.rubric.criteria.iter_mut().for_each(|one| one.weight = Weight::from_int(1));
    small.rubric.total = Weight::from_int(2);
    let first_of = |one: &Entrant| small.sheets.iter().find(|sheet| sheet.proposal == one.proposal).unwrap().clone();
    small.sheets = small.entrants.iter().map(first_of).collect();
    for (sheet, scores) in small.sheets.iter_mut().zip([[100, 50], [50, 50]]) {
        sheet.scores.truncate(2);
        sheet.scores.iter_mut().zip(scores).for_each(|(cell, score)| cell.value = Some(Score::from_int(score)));
    }
    let at = |pass_mark: i64| {
        let cut = Cut { places: None, pass_mark: Some(Score::from_int(pass_mark)) };
        small.contest(cut).at_the_cut(Score::from_int(1)).unwrap()
    };
    // Four points short: eight more of c-1, or fifty of c-2 as there is nothing between.
    let change = at(54).score.unwrap();
    let whole = Score::from_int;
    assert_eq!((change.effect, change.criterion.as_str()), (CutEffect::Lifts, "c-1"));
    assert_eq!((change.from, change.to), (whole(50), whole(58)));
    // From 75 to below 74: three less of c-1 (73.5), or twenty of c-2 (30 is its next option down).
    let change = at(74).score.unwrap();
    assert_eq!((change.effect, change.criterion.as_str()), (CutEffect::Drops, "c-1"));
    assert_eq!((change.from, change.to), (whole(100), whole(97)));
    // No weight lifts 50 and 50. With v for c-2 the first has (100 + 50 v) / (1 + v), which is 54 at v = 11.5; a millionth
    // more still rounds to 54.
    let change = at(54).weight.unwrap();
    assert_eq!((change.effect, change.criterion.as_deref()), (CutEffect::Drops, Some("c-2")));
    assert_eq!((change.from, change.to), (Weight::from_int(1), "11.500002".parse().unwrap()));
}
