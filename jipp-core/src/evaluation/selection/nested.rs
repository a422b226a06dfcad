//! Rules that nest: of any two, one holds the other or they share nobody.
//!
//! The best total of a rule's members, as a function of how many are taken, is then concave, and so is that of rules side
//! by side: their members are taken in the order of scores. A minimum moves the first so many from the list of those who
//! may be taken to those who must be, a maximum cuts the list. So one walk from the smallest rules to the places finds the
//! best set exactly: the greedy algorithm of flows on trees, or of generalised polymatroids (Frank and Tardos, *Generalized
//! polymatroids and submodular flows*, Mathematical Programming 42, 1988). Equal scores are taken in the order of ties; so
//! nobody stays out who could be in together with all who come before.

use std::cmp::Reverse;

use super::problem::Problem;

/// The row that each row lies in directly (the places lie in none), or none if the rows do not nest.
pub(super) fn nesting(problem: &Problem, rows_of: &[Vec<usize>]) -> Option<Vec<Option<usize>>> {
    let mut parents: Vec<Option<usize>> = vec![None; problem.rows.len()];
    for rows in rows_of {
        let mut chain = rows.clone();
        chain.sort_unstable_by_key(|row| (Reverse(problem.rows[*row].members.len()), *row));
        for pair in chain.windows(2) {
            let (outer, inner) = (pair[0], pair[1]);
            // All members of a row must see it inside of the same one: then that one holds them all.
            if *parents[inner].get_or_insert(outer) != outer {
                return None;
            }
        }
        // The places come first: nothing is larger, and of equals they are the first.
        if chain.first().is_some_and(|first| *first != 0) {
            return None;
        }
    }
    Some(parents)
}

/// The best set of rows that nest, or none if no set keeps them.
pub(super) fn best(problem: &Problem, rows_of: &[Vec<usize>], parents: &[Option<usize>]) -> Option<Vec<bool>> {
    let rows = problem.rows.len();
    let mut must: Vec<Vec<usize>> = vec![Vec::new(); rows];
    let mut may: Vec<Vec<usize>> = vec![Vec::new(); rows];
    for (candidate, own) in rows_of.iter().enumerate() {
        let innermost = own.iter().max_by_key(|row| (Reverse(problem.rows[**row].members.len()), **row));
        may[innermost.copied().unwrap_or(0)].push(candidate);
    }
    let mut inward: Vec<usize> = (0..rows).collect();
    inward.sort_unstable_by_key(|row| (problem.rows[*row].members.len(), Reverse(*row)));
    for row in inward {
        let (mut taken, mut list) = (std::mem::take(&mut must[row]), std::mem::take(&mut may[row]));
        list.sort_unstable_by_key(|candidate| (Reverse(problem.scores[*candidate]), *candidate));
        let lacking = usize::try_from(problem.rows[row].least).ok()?.saturating_sub(taken.len());
        if lacking > list.len() {
            return None;
        }
        let rest = list.split_off(lacking);
        taken.append(&mut list);
        let room = usize::try_from(problem.rows[row].most).unwrap_or(usize::MAX).checked_sub(taken.len())?;
        let rest = rest.into_iter().take(room);
        if row == 0 {
            // Whoever adds nothing is taken too, whoever takes something away is not.
            let mut inside = vec![false; problem.scores.len()];
            let adds = |candidate: &usize| problem.scores[*candidate] >= 0;
            for candidate in taken.into_iter().chain(rest.filter(adds)) {
                inside[candidate] = true;
            }
            return Some(inside);
        }
        // A row without members lies nowhere; it has been checked.
        let outer = parents[row].unwrap_or(0);
        must[outer].append(&mut taken);
        may[outer].extend(rest);
    }
    None
}
