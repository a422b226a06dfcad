//! Ties: which of the best sets is chosen, and whether there are others.
//!
//! Candidates are asked in the order of ties: whoever is in some best set together with those taken before is taken. The
//! set that comes out is the first of all best sets in the order of who is in them, whatever the order of the input.

use super::problem::Problem;
use super::search::{Aim, Search};

/// What is known of the other best sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Settled {
    /// Whether there are any; none if that is not known.
    pub alternatives: Option<bool>,
    /// Whether the set is the first of them.
    pub is_first: bool,
}

/// Turns a best set into the first of the best sets. `left` is the work that may be done, and is taken down.
pub(super) fn settle(problem: &Problem, best: &mut Vec<bool>, left: &mut u64) -> Settled {
    let total = problem.total(best);
    let mut search = Search::new(problem, *left);
    // Finds the bound before any branch, which decides most candidates.
    let again = search.run(Aim::Reach(total));
    let mut settled = Settled { alternatives: Some(false), is_first: true };
    if let Some(set) = again.set
        && set != *best
    {
        settled.alternatives = Some(true);
        best.clone_from(&set);
    }
    search.narrow(total);
    for candidate in 0..best.len() {
        if search.decision(candidate).is_some() {
            continue;
        }
        if best[candidate] && settled.alternatives == Some(true) {
            search.decide(candidate, Some(true));
            continue;
        }
        search.decide(candidate, Some(!best[candidate]));
        let other = search.run(Aim::Reach(total));
        match other.set {
            Some(set) => {
                settled.alternatives = Some(true);
                if !best[candidate] {
                    *best = set;
                }
            }
            None if !other.complete => {
                settled.is_first = false;
                settled.alternatives = settled.alternatives.filter(|known| *known);
                break;
            }
            None => {}
        }
        search.decide(candidate, Some(best[candidate]));
    }
    *left = search.left;
    settled
}

/// The candidates of a set that can be exchanged for one outside of it without changing the total or breaking a row, in
/// the order of ties; at most `most` pairs.
pub(super) fn swaps(problem: &Problem, rows_of: &[Vec<usize>], set: &[bool], most: usize) -> Vec<(usize, usize)> {
    let counts = problem.counts(set);
    let mut by_score: Vec<usize> = (0..set.len()).filter(|candidate| !set[*candidate]).collect();
    by_score.sort_unstable_by_key(|candidate| (problem.scores[*candidate], *candidate));
    let mut found = Vec::new();
    for inside in (0..set.len()).filter(|candidate| set[*candidate]) {
        let score = problem.scores[inside];
        let from = by_score.partition_point(|candidate| problem.scores[*candidate] < score);
        let equal = by_score[from..].iter().take_while(|candidate| problem.scores[**candidate] == score);
        for outside in equal {
            if found.len() == most {
                return found;
            }
            if is_kept(problem, &counts, &rows_of[inside], &rows_of[*outside]) {
                found.push((inside, *outside));
            }
        }
    }
    found
}

/// Whether one can leave and another come in.
fn is_kept(problem: &Problem, counts: &[i64], leaves: &[usize], comes: &[usize]) -> bool {
    let loses = |row: &usize| comes.contains(row) || counts[*row] > problem.rows[*row].least;
    let gains = |row: &usize| leaves.contains(row) || counts[*row] < problem.rows[*row].most;
    leaves.iter().all(loses) && comes.iter().all(gains)
}

/// Whether somebody who adds nothing can come in or leave: the other way in which two best sets can differ where rows
/// nest.
pub(super) fn has_loose(problem: &Problem, rows_of: &[Vec<usize>], set: &[bool]) -> bool {
    let counts = problem.counts(set);
    let can = |candidate: usize| {
        rows_of[candidate].iter().all(|row| {
            let (count, row) = (counts[*row], &problem.rows[*row]);
            if set[candidate] { count > row.least } else { count < row.most }
        })
    };
    (0..set.len()).any(|candidate| problem.scores[candidate] == 0 && can(candidate))
}
