//! A selection as numbers: candidates in the order of ties, rows of rules over them.

use std::collections::BTreeSet;

use super::{Candidate, Places, Rule};
use crate::base::{Code, Error, Result};

/// The most candidates, and the most rules.
const MOST: usize = 100_000;
/// Totals are added up exactly as long as they stay below this: a thousandth of what fits.
const MOST_TOTAL: i128 = i64::MAX as i128 / 1_000;

/// So many of these at least, so many at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Numbers of candidates, in order.
    pub members: Vec<usize>,
    pub least: i64,
    pub most: i64,
}

/// Candidates numbered in the order of ties. The first row is the places, then comes one for each rule.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    /// The place of each candidate in the input.
    pub input: Vec<usize>,
    /// Their scores, in units.
    pub scores: Vec<i64>,
    pub rows: Vec<Row>,
}

impl Problem {
    pub(super) fn new(candidates: &[Candidate], places: Places, rules: &[Rule]) -> Result<Self> {
        check(candidates, rules)?;
        let mut input: Vec<usize> = (0..candidates.len()).collect();
        input.sort_unstable_by_key(|place| (candidates[*place].order, &candidates[*place].id));
        let mut number = vec![0; candidates.len()];
        input.iter().enumerate().for_each(|(at, place)| number[*place] = at);
        let (least, most) = match places {
            Places::AtMost(most) => (0, most),
            Places::Exactly(count) => (count, count),
        };
        let everybody = Row { members: (0..candidates.len()).collect(), least: least.into(), most: most.into() };
        let row = |rule: &Rule| {
            let mut members: Vec<usize> = rule.members.iter().map(|place| number[*place]).collect();
            members.sort_unstable();
            let most = rule.most.map_or(i64::MAX, i64::from);
            Row { members, least: rule.least.unwrap_or(0).into(), most }
        };
        let scores = input.iter().map(|place| candidates[*place].score.units()).collect();
        let rows = std::iter::once(everybody).chain(rules.iter().map(row)).collect();
        Ok(Self { input, scores, rows })
    }

    /// The rows of each candidate, in order.
    pub(super) fn rows_of(&self) -> Vec<Vec<usize>> {
        let mut rows_of = vec![Vec::new(); self.scores.len()];
        for (number, row) in self.rows.iter().enumerate() {
            row.members.iter().for_each(|member| rows_of[*member].push(number));
        }
        rows_of
    }

    /// How many of each row are in a set.
    pub(super) fn counts(&self, inside: &[bool]) -> Vec<i64> {
        let count = |row: &Row| row.members.iter().map(|member| i64::from(inside[*member])).sum();
        self.rows.iter().map(count).collect()
    }

    /// Whether a set keeps every row.
    pub(super) fn keeps(&self, inside: &[bool]) -> bool {
        self.counts(inside).iter().zip(&self.rows).all(|(count, row)| (row.least..=row.most).contains(count))
    }

    /// What a set adds up to.
    pub(super) fn total(&self, inside: &[bool]) -> i64 {
        self.scores.iter().zip(inside).filter(|(_, inside)| **inside).map(|(score, _)| score).sum()
    }
}

fn check(candidates: &[Candidate], rules: &[Rule]) -> Result<()> {
    for (field, count) in [("candidates", candidates.len()), ("rules", rules.len())] {
        if count > MOST {
            return Err(Error::new(Code::TooMany).field(field).value(count).expected(format!("at most {MOST}")));
        }
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = candidates.iter().find(|candidate| !seen.insert(&candidate.id)) {
        return Err(Error::new(Code::DuplicateInRecord).field("candidates").value(&twice.id));
    }
    let size: i128 = candidates.iter().map(|candidate| i128::from(candidate.score.units()).abs()).sum();
    if size > MOST_TOTAL {
        let error = Error::new(Code::OutOfRange).field("candidates.score").value(size / 1_000_000);
        return Err(error.expected(format!("scores that add up to {} at most", MOST_TOTAL / 1_000_000)));
    }
    for (number, rule) in rules.iter().enumerate() {
        check_rule(rule, candidates.len()).map_err(|error| error.inside(&format!("rules[{number}]")))?;
    }
    Ok(())
}

fn check_rule(rule: &Rule, candidates: usize) -> Result<()> {
    if rule.least.is_none() && rule.most.is_none() {
        return Err(Error::new(Code::FieldMissing).field("most").value(&rule.code).expected("least, most, or both"));
    }
    if let (Some(least), Some(most)) = (rule.least, rule.most)
        && least > most
    {
        return Err(Error::new(Code::OutOfRange).field("least").value(least).expected(format!("at most {most}")));
    }
    for (field, list) in [("members", &rule.members), ("unknown", &rule.unknown)] {
        let mut seen = BTreeSet::new();
        for member in list {
            if *member >= candidates {
                let error = Error::new(Code::OutOfRange).field(field).value(member);
                return Err(error.expected(format!("the place of one of {candidates} candidates, from 0")));
            }
            if !seen.insert(member) {
                return Err(Error::new(Code::DuplicateInRecord).field(field).value(member));
            }
        }
    }
    Ok(())
}
