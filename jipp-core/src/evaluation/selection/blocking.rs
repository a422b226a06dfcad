//! Why no set keeps the rules: rules that block each other, of which none can be spared.
//!
//! The search that finds no set says which ends of which rows its proofs rest on; the deletion filter goes through these,
//! drops one after the other, and keeps those without which there would be a set (Chinneck and Dravnieks, *Locating
//! minimal infeasible constraint sets in linear programs*, ORSA Journal on Computing 3, 1991; Guieu and Chinneck, *Analyzing
//! infeasible mixed-integer and integer linear programs*, INFORMS Journal on Computing 11, 1999). What is left is
//! irreducible; it need not be the smallest there is, nor the only one.

use super::problem::{Problem, Row};
use super::search::{Aim, Search};

/// An end of a row: its least (`false`) or its most (`true`).
pub(super) type End = (usize, bool);

/// What a look for a set that keeps some ends came to.
enum Look {
    Kept,
    /// No set; these ends suffice to say so.
    Blocked(Vec<End>),
    Open,
}

/// Ends that no set keeps together, in order, and whether it is certain that none can be spared; nothing if some set keeps
/// all rows, or that remained open.
pub(super) fn blocking(problem: &Problem, left: &mut u64) -> Option<(Vec<End>, bool)> {
    let all: Vec<End> = (0..problem.rows.len()).flat_map(|row| [(row, false), (row, true)]).collect();
    let Look::Blocked(mut ends) = look(problem, &all, left) else { return None };
    let mut is_irreducible = true;
    let mut at = 0;
    while at < ends.len() {
        let without: Vec<End> = ends.iter().copied().filter(|end| *end != ends[at]).collect();
        match look(problem, &without, left) {
            // Those before have been found to be needed, so they are in whatever is left.
            Look::Blocked(fewer) => {
                at = ends[..at].iter().filter(|end| fewer.contains(end)).count();
                ends = fewer;
            }
            Look::Kept => at += 1,
            Look::Open => {
                is_irreducible = false;
                at += 1;
            }
        }
    }
    Some((ends, is_irreducible))
}

fn look(problem: &Problem, ends: &[End], left: &mut u64) -> Look {
    let eased = eased(problem, ends);
    let beyond = |row: &Row| row.least > i64::try_from(row.members.len()).unwrap_or(i64::MAX);
    if let Some(row) = eased.rows.iter().position(beyond) {
        return Look::Blocked(vec![(row, false)]);
    }
    let mut search = Search::new(&eased, *left);
    let found = search.run(Aim::Any);
    *left = search.left;
    if found.set.is_some() {
        return Look::Kept;
    }
    if !found.complete {
        return Look::Open;
    }
    let blamed = |end: &End| search.blamed[end.0];
    Look::Blocked(ends.iter().copied().filter(|end| if end.1 { blamed(end).1 } else { blamed(end).0 }).collect())
}

/// The problem with these ends only, and without scores.
fn eased(problem: &Problem, ends: &[End]) -> Problem {
    let mut has = vec![(false, false); problem.rows.len()];
    for (row, is_most) in ends {
        if *is_most { has[*row].1 = true } else { has[*row].0 = true }
    }
    let ease = |(row, has): (&Row, (bool, bool))| Row {
        members: row.members.clone(),
        least: if has.0 { row.least } else { 0 },
        most: if has.1 { row.most } else { i64::MAX },
    };
    Problem {
        input: problem.input.clone(),
        scores: vec![0; problem.scores.len()],
        rows: problem.rows.iter().zip(has).map(ease).collect(),
    }
}
