//! Selection under composition rules: the best set, proved by trying them all where there are few, by its own bound where
//! there are many.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a broken fixture must stop the test that uses it"
)]

use jipp_core::base::{ErrorKind, ProposalId, Score};
use jipp_core::evaluation::selection::{
    Blocking, Candidate, Facts, MAX_SWAPS, Method, Options, Outcome, PLACES, Places, Rule, Selection, expand, select,
};
use jipp_core::model::{AgencyKind, CompositionRule, Dimension};
use jipp_examples::editions::{self, Dice};
use jipp_tests::line;

fn id(number: usize) -> ProposalId {
    format!("p-{number:02}").parse().expect("a fixture's id is an id")
}

fn candidate(number: usize, score: i64, order: u32) -> Candidate {
    Candidate { id: id(number), score: Score::from_units(score), order }
}

fn rule(code: &str, members: &[usize], least: Option<u32>, most: Option<u32>) -> Rule {
    Rule { code: code.to_owned(), value: None, members: members.to_vec(), unknown: Vec::new(), least, most }
}

fn chosen(outcome: &Outcome) -> &Selection {
    outcome.chosen().unwrap_or_else(|| panic!("{outcome:?}"))
}

fn blocked(outcome: &Outcome) -> &Blocking {
    outcome.blocked().unwrap_or_else(|| panic!("{outcome:?}"))
}

fn run(candidates: &[Candidate], places: Places, rules: &[Rule]) -> Outcome {
    select(candidates, places, rules, &Options::default()).expect("the input is good")
}

/// A small case: candidates, places, rules.
type Case = (Vec<Candidate>, Places, Vec<Rule>);

/// Few candidates with few different scores, so that there are ties; with rules that nest, or any.
fn case(dice: &mut Dice, nested: bool) -> Case {
    let count = 2 + dice.below(10);
    let spread = [3, 8, 1_000][dice.below(3)];
    let lowest = [0, 0, 2][dice.below(3)];
    let number = |value: usize| i64::try_from(value).expect("small");
    let candidates: Vec<Candidate> = (0..count)
        .map(|at| candidate(at, number(dice.below(spread)) - lowest, u32::try_from(dice.below(4)).expect("small")))
        .collect();
    let most = u32::try_from(dice.below(count) + 1).expect("small");
    let places = if dice.below(2) == 0 { Places::AtMost(most) } else { Places::Exactly(most) };
    let mut rules: Vec<Rule> = Vec::new();
    // Intervals of halves nest.
    let mut spans = vec![(0, count)];
    for at in 0..=dice.below(6) {
        let members: Vec<usize> = if nested {
            let (from, to) = spans.remove(dice.below(spans.len()));
            if to - from > 1 {
                spans.extend([(from, usize::midpoint(from, to)), (usize::midpoint(from, to), to)]);
            } else {
                spans.push((from, to));
            }
            (from..to).collect()
        } else {
            (0..count).filter(|_| dice.below(2) == 0).collect()
        };
        let end = |dice: &mut Dice| u32::try_from(dice.below(members.len() + 2)).expect("small");
        let (one, other) = (end(dice), end(dice));
        let (least, most) = match dice.below(3) {
            0 => (Some(one.min(other)), Some(one.max(other))),
            1 => (Some(one.min(other)), None),
            _ => (None, Some(one.max(other))),
        };
        rules.push(rule(&format!("r{at}"), &members, least, most));
    }
    (candidates, places, rules)
}

fn keeps(set: &[bool], places: Option<Places>, rules: &[&Rule]) -> bool {
    let count = |members: &[usize]| u32::try_from(members.iter().filter(|at| set[**at]).count()).expect("small");
    let all = u32::try_from(set.iter().filter(|is_in| **is_in).count()).expect("small");
    let fits = match places {
        Some(Places::AtMost(most)) => all <= most,
        Some(Places::Exactly(exactly)) => all == exactly,
        None => true,
    };
    fits && rules.iter().all(|rule| {
        let count = count(&rule.members);
        rule.least.is_none_or(|least| count >= least) && rule.most.is_none_or(|most| count <= most)
    })
}

fn sets(count: usize) -> impl Iterator<Item = Vec<bool>> {
    (0..1_u32 << count).map(move |bits| (0..count).map(|at| bits >> at & 1 == 1).collect())
}

/// All best sets, the first in the order of ties first.
fn best(case: &Case) -> Vec<Vec<bool>> {
    let (candidates, places, rules) = case;
    let rules: Vec<&Rule> = rules.iter().collect();
    let total = |set: &[bool]| -> i64 {
        candidates.iter().zip(set).filter(|(_, is_in)| **is_in).map(|(candidate, _)| candidate.score.units()).sum()
    };
    let kept: Vec<Vec<bool>> = sets(candidates.len()).filter(|set| keeps(set, Some(*places), &rules)).collect();
    let most = kept.iter().map(|set| total(set)).max();
    let mut best: Vec<Vec<bool>> = kept.into_iter().filter(|set| Some(total(set)) == most).collect();
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by_key(|at| (candidates[*at].order, candidates[*at].id.clone()));
    best.sort_by_key(|set| order.iter().map(|at| !set[*at]).collect::<Vec<bool>>());
    best
}

#[test]
fn small_cases_come_out_as_trying_every_set_does() {
    let mut dice = Dice::new(7);
    let (mut infeasible, mut tied, mut methods) = (0, 0, std::collections::BTreeMap::new());
    for number in 0..900 {
        let case = case(&mut dice, number % 3 == 0);
        let (candidates, places, rules) = &case;
        let best = best(&case);
        let outcome = run(candidates, *places, rules);
        if best.is_empty() {
            infeasible += 1;
            assert_blocks(candidates.len(), *places, rules, blocked(&outcome));
            continue;
        }
        let selection = chosen(&outcome);
        *methods.entry(selection.method.code()).or_insert(0) += 1;
        let set: Vec<bool> = candidates.iter().map(|candidate| selection.chosen.contains(&candidate.id)).collect();
        assert_eq!(set, best[0], "case {number}: {case:?}");
        assert!(selection.optimal && selection.is_first && selection.bound == selection.total, "case {number}");
        assert_eq!(selection.alternatives, Some(best.len() > 1), "case {number}: {case:?}");
        tied += usize::from(best.len() > 1);
        // Swaps are those of the best sets that differ by two.
        let apart = |other: &Vec<bool>| -> Vec<usize> { (0..set.len()).filter(|at| set[*at] != other[*at]).collect() };
        let swaps = best.iter().map(apart).filter(|apart| apart.len() == 2 && set[apart[0]] != set[apart[1]]).count();
        assert_eq!(selection.swaps.len(), swaps, "case {number}: {case:?}");
        for (rule, tally) in rules.iter().zip(&selection.tallies) {
            assert_eq!(tally.chosen, rule.members.iter().filter(|at| set[**at]).count());
        }
    }
    assert!(infeasible > 100 && tied > 100 && methods.len() == 2, "{infeasible} {tied} {methods:?}");
}

/// Whether the named ends cannot be kept together, and can without any one of them.
fn assert_blocks(count: usize, places: Places, rules: &[Rule], blocking: &Blocking) {
    assert!(blocking.irreducible && !blocking.rules.is_empty());
    let kept_without = |spared: Option<usize>| {
        let named = blocking.rules.iter().enumerate().filter(|(at, _)| Some(*at) != spared);
        let ends: Vec<Rule> = named
            .map(|(_, blocker)| {
                let members = blocker.rule.map_or_else(|| (0..count).collect(), |at| rules[at].members.clone());
                let is_most = blocker.end.code() == "most";
                rule("end", &members, (!is_most).then_some(blocker.count), is_most.then_some(blocker.count))
            })
            .collect();
        let ends: Vec<&Rule> = ends.iter().collect();
        sets(count).any(|set| keeps(&set, None, &ends))
    };
    assert!(!kept_without(None), "they can be kept: {blocking:?}");
    for (at, blocker) in blocking.rules.iter().enumerate() {
        assert!(kept_without(Some(at)), "{} can be spared: {blocking:?}", blocker.code);
        let expected = match (blocker.rule, places, blocker.end.code()) {
            (Some(at), _, "least") => rules[at].least,
            (Some(at), _, _) => rules[at].most,
            (None, Places::AtMost(most), _) => Some(most),
            (None, Places::Exactly(exactly), _) => Some(exactly),
        };
        assert_eq!(Some(blocker.count), expected);
    }
}

#[test]
fn the_order_of_the_input_changes_nothing() {
    let mut dice = Dice::new(11);
    for number in 0..100 {
        let (candidates, places, rules) = case(&mut dice, number % 2 == 0);
        let count = candidates.len();
        let turned: Vec<Candidate> = candidates.iter().rev().cloned().collect();
        let turn = |rule: &Rule| {
            let members = rule.members.iter().map(|at| count - 1 - at).collect();
            Rule { members, ..rule.clone() }
        };
        let other: Vec<Rule> = rules.iter().rev().map(turn).collect();
        let (one, two) = (run(&candidates, places, &rules), run(&turned, places, &other));
        if let (Some(one), Some(two)) = (one.chosen(), two.chosen()) {
            assert_eq!((&one.chosen, &one.swaps, one.alternatives), (&two.chosen, &two.swaps, two.alternatives));
        } else {
            assert!(one.blocked().is_some() && two.blocked().is_some());
        }
    }
}

#[test]
fn whole_editions_are_settled() {
    for (seed, coarse) in [(1, false), (2, true)] {
        let edition = editions::edition(seed, 600, coarse).expect("a fixture is good");
        let rules = expand(&editions::composition(40).expect("a fixture is good"), &edition.facts).expect("good").rules;
        let outcome = run(&edition.candidates, Places::Exactly(40), &rules);
        let selection = chosen(&outcome);
        assert!(selection.optimal && selection.is_first, "{} {}", selection.total, selection.bound);
        assert_eq!((selection.method, selection.chosen.len()), (Method::BranchAndBound, 40));
        let set: Vec<bool> = edition.candidates.iter().map(|one| selection.chosen.contains(&one.id)).collect();
        assert!(keeps(&set, Some(Places::Exactly(40)), &rules.iter().collect::<Vec<_>>()));
        assert!(selection.swaps.len() <= MAX_SWAPS);
        assert!(!coarse || selection.alternatives == Some(true));
        // Without rules the best are the first forty, and rules cost something.
        let free = run(&edition.candidates, Places::Exactly(40), &[]);
        assert!(chosen(&free).total > selection.total);
        assert_eq!(chosen(&free).method, Method::Nested);
    }
}

/// Scores of a nested case are found in two ways: rules that hold everybody make the rows cross without asking anything.
#[test]
fn both_methods_agree_on_rules_that_nest() {
    for seed in 0..4 {
        let edition = editions::edition(seed, 150, seed % 2 == 0).expect("a fixture is good");
        let by = |dimension, least, most| CompositionRule {
            code: line("by"),
            dimension,
            value: None,
            least,
            most,
            mark: None,
            note: None,
        };
        let composition = [
            by(Dimension::Agency, None, Some(2)),
            by(Dimension::Province, None, Some(3)),
            by(Dimension::IslandGroup, Some(1), Some(9)),
        ];
        let mut rules = expand(&composition, &edition.facts).expect("a fixture is good").rules;
        let nested = run(&edition.candidates, Places::Exactly(25), &rules);
        assert_eq!(chosen(&nested).method, Method::Nested);
        // Two rules that cross and ask nothing.
        rules.push(rule("first", &(0..100).collect::<Vec<_>>(), None, Some(150)));
        rules.push(rule("last", &(50..150).collect::<Vec<_>>(), None, Some(150)));
        let crossing = run(&edition.candidates, Places::Exactly(25), &rules);
        assert_eq!(chosen(&crossing).method, Method::BranchAndBound);
        assert_eq!(chosen(&crossing).chosen, chosen(&nested).chosen);
        assert_eq!(chosen(&crossing).alternatives, chosen(&nested).alternatives);
    }
}

#[test]
fn rules_that_block_each_other_are_named() {
    // Three of five categories need two each, in four places; a cap that has nothing to do with it is not named.
    let candidates: Vec<Candidate> = (0..10).map(|at| candidate(at, 1_000_000, 0)).collect();
    let mut rules: Vec<Rule> =
        (0..3).map(|at| rule(&format!("category-{at}"), &[2 * at, 2 * at + 1], Some(2), None)).collect();
    rules.push(rule("cap", &(0..10).collect::<Vec<_>>(), None, Some(9)));
    let outcome = run(&candidates, Places::AtMost(4), &rules);
    let named: Vec<&str> = blocked(&outcome).rules.iter().map(|blocker| blocker.code.as_str()).collect();
    assert_eq!(named, [PLACES, "category-0", "category-1", "category-2"]);

    // Parity: three rules of which every two must hold exactly one. No relaxation shows it.
    let odd = |code: &str, members: &[usize]| rule(code, members, Some(1), Some(1));
    let rules = [odd("ab", &[0, 1]), odd("bc", &[1, 2]), odd("ca", &[2, 0])];
    let outcome = run(&candidates[..3], Places::AtMost(3), &rules);
    assert_blocks(3, Places::AtMost(3), &rules, blocked(&outcome));
}

#[test]
fn quotas_above_the_field_are_said() {
    let candidates: Vec<Candidate> = (0..3).map(|at| candidate(at, 5, 0)).collect();
    let outcome = run(&candidates, Places::Exactly(4), &[]);
    let blocker = &blocked(&outcome).rules[0];
    assert_eq!((blocker.code.as_str(), blocker.rule, blocker.count, blocker.of), (PLACES, None, 4, 3));
    let outcome = run(&candidates, Places::AtMost(9), &[rule("islands", &[0], Some(2), None)]);
    let blocker = &blocked(&outcome).rules[0];
    assert_eq!((blocker.code.as_str(), blocker.rule, blocker.count, blocker.of), ("islands", Some(0), 2, 1));
    // More places than candidates are no harm, and nobody is no candidate.
    assert_eq!(chosen(&run(&candidates, Places::AtMost(9), &[])).chosen.len(), 3);
    assert!(chosen(&run(&[], Places::AtMost(9), &[])).chosen.is_empty());
    assert!(chosen(&run(&candidates, Places::AtMost(0), &[])).chosen.is_empty());
}

#[test]
fn a_small_budget_leaves_a_bound_that_holds() {
    let edition = editions::edition(5, 300, false).expect("a fixture is good");
    let rules = expand(&editions::composition(30).expect("a fixture is good"), &edition.facts).expect("good").rules;
    let places = Places::Exactly(30);
    let whole = run(&edition.candidates, places, &rules);
    for steps in [1, 40, 60, 80, 120] {
        let outcome = select(&edition.candidates, places, &rules, &Options { steps }).expect("the input is good");
        match &outcome {
            Outcome::Chosen(part) => {
                assert!(part.bound >= chosen(&whole).total && part.total <= chosen(&whole).total);
                assert_eq!(part.optimal, part.bound == part.total);
            }
            other => assert!(matches!(other, Outcome::Open { .. }), "{other:?}"),
        }
    }
}

#[test]
fn who_has_no_known_value_is_a_case_of_its_own() {
    let of = |kind: Option<AgencyKind>, underdeveloped: Option<bool>| Facts {
        agency_kind: kind,
        underdeveloped,
        ..Facts::default()
    };
    let facts = [of(Some(AgencyKind::City), Some(true)), of(None, None), of(Some(AgencyKind::Regency), Some(false))];
    let composition = |dimension, value: Option<&str>, least, most| CompositionRule {
        code: line("rule"),
        dimension,
        value: value.map(line),
        least,
        most,
        mark: None,
        note: None,
    };
    // The label of a vocabulary does as well as its code.
    let cities = composition(Dimension::AgencyKind, Some("pemerintah kota"), Some(1), None);
    let expanded = expand(&[cities], &facts).expect("the rule is good");
    assert_eq!((&expanded.rules[0].members, &expanded.rules[0].unknown), (&vec![0], &vec![1]));
    assert_eq!(expanded.uncounted[0].candidates, [1]);
    let is_3t = composition(Dimension::Underdeveloped, Some("ya"), None, Some(0));
    let expanded = expand(&[is_3t], &facts).expect("the rule is good");
    let candidates: Vec<Candidate> = (0..3).map(|at| candidate(at, 5, 0)).collect();
    let outcome = run(&candidates, Places::AtMost(3), &expanded.rules);
    let tally = &chosen(&outcome).tallies[0];
    assert_eq!((tally.chosen, tally.unknown, tally.is_tight), (0, 1, true));
    // Each value for itself: who has none is not a value.
    let each = composition(Dimension::AgencyKind, None, None, Some(1));
    assert_eq!(expand(&[each], &facts).expect("the rule is good").rules.len(), 2);
    // A value that nobody has: a minimum of it blocks, a maximum of it is kept.
    let nobody = composition(Dimension::Category, Some("none"), Some(1), None);
    let rules = expand(&[nobody], &facts).expect("the rule is good").rules;
    assert_eq!(blocked(&run(&candidates, Places::AtMost(3), &rules)).rules[0].value.as_deref(), Some("none"));

    let wrong = expand(&[composition(Dimension::AgencyKind, Some("duchy"), Some(1), None)], &facts).unwrap_err();
    assert_eq!((wrong.code(), wrong.location().field.as_deref()), ("unknown-term", Some("composition[0].value")));
    let wrong = expand(&[composition(Dimension::Underdeveloped, Some("maybe"), Some(1), None)], &facts).unwrap_err();
    assert_eq!(wrong.code(), "unknown-term");
}

#[test]
fn bad_input_is_refused_by_name() {
    let candidates: Vec<Candidate> = (0..3).map(|at| candidate(at, 5, 0)).collect();
    let refused = |candidates: &[Candidate], rules: &[Rule]| {
        let error = select(candidates, Places::AtMost(2), rules, &Options::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid);
        (error.code(), error.location().field.clone().unwrap_or_default())
    };
    let twice = [candidates[0].clone(), candidates[0].clone()];
    assert_eq!(refused(&twice, &[]), ("duplicate-in-record", "candidates".to_owned()));
    let at = |rule: Rule| refused(&candidates, &[rule]);
    assert_eq!(at(rule("r", &[3], Some(1), None)), ("out-of-range", "rules[0].members".to_owned()));
    assert_eq!(at(rule("r", &[1, 1], Some(1), None)), ("duplicate-in-record", "rules[0].members".to_owned()));
    assert_eq!(at(rule("r", &[1], None, None)), ("field-missing", "rules[0].most".to_owned()));
    assert_eq!(at(rule("r", &[1], Some(2), Some(1))), ("out-of-range", "rules[0].least".to_owned()));
    let huge: Vec<Candidate> = (0..2).map(|at| candidate(at, i64::MAX / 2, 0)).collect();
    assert_eq!(refused(&huge, &[]), ("out-of-range", "candidates.score".to_owned()));
    let error = select(&candidates, Places::AtMost(2), &[], &Options { steps: 0 }).unwrap_err();
    assert_eq!((error.code(), error.location().field.as_deref()), ("option-invalid", Some("steps")));
}
