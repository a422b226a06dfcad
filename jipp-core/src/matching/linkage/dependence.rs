//! Which fields agree together by chance, so that their agreement is not counted twice.
//!
//! Fellegi and Sunter (1969) assume that fields agree independently in pairs that do not belong together. Owner and region
//! do not: of two innovations of one owner, the region agrees for certain and tells nothing more. Of the ways out that
//! Winkler (1993; 2002, *Methods for Record Linkage and Bayesian Networks*) describes, a tree is the simplest that
//! keeps weights additive: each field depends on at most one other, and the tree is the one of most mutual information
//! (Chow and Liu 1968). Errors in pairs that do belong together are still taken as independent.

use super::compare::LEVELS;
use super::estimate::Pattern;
use super::number::real;

/// How a field that others depend on agreed: well, partly, not, or unknown.
pub(super) const CLASSES: usize = 4;
/// The class of a missing value, and of no dependence at all.
pub(super) const UNKNOWN: usize = CLASSES - 1;
/// Likelihood ratio statistic (G) that a dependence must reach; with four degrees of freedom chance reaches 23 once in
/// ten thousand pairs of fields.
const LEAST_G: f64 = 50.0;

/// The class of a level's place; the place after the last is a missing value.
pub(super) fn class_of(place: usize) -> usize {
    match place {
        0 | 1 => 0,
        2 | 3 => 1,
        place if place < LEVELS => 2,
        _ => UNKNOWN,
    }
}

/// For each field the one it depends on. `apart` gives for each pattern the mass of pairs that do not belong together
/// and its effective share of squares; `rarity` is how rarely each field agrees by chance: in every tree the field that
/// agrees least stands on top.
///
/// # Complexity
/// Patterns times the square of the fields.
pub(super) fn tree(patterns: &[Pattern], apart: &[(f64, f64)], rarity: &[f64]) -> Vec<Option<usize>> {
    let fields = rarity.len();
    let mut edges: Vec<(f64, usize, usize)> = Vec::new();
    for one in 0..fields {
        for other in one + 1..fields {
            let information = mutual_information(patterns, apart, one, other);
            edges.extend(information.map(|information| (information, one, other)));
        }
    }
    edges.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut component: Vec<usize> = (0..fields).collect();
    let mut joined: Vec<Vec<usize>> = vec![Vec::new(); fields];
    for (_, one, other) in edges {
        let (keep, replace) = (component[one], component[other]);
        if keep != replace {
            component.iter_mut().filter(|part| **part == replace).for_each(|part| *part = keep);
            joined[one].push(other);
            joined[other].push(one);
        }
    }
    let mut order: Vec<usize> = (0..fields).collect();
    order.sort_by(|x, y| rarity[*x].total_cmp(&rarity[*y]).then(x.cmp(y)));
    let mut parents = vec![None; fields];
    let mut seen = vec![false; fields];
    for root in order {
        let mut open = vec![root];
        if std::mem::replace(&mut seen[root], true) {
            continue;
        }
        while let Some(field) = open.pop() {
            for next in &joined[field] {
                if !std::mem::replace(&mut seen[*next], true) {
                    parents[*next] = Some(field);
                    open.push(*next);
                }
            }
        }
    }
    parents
}

/// The mutual information of two fields' classes in nats; nothing where chance explains it.
fn mutual_information(patterns: &[Pattern], apart: &[(f64, f64)], one: usize, other: usize) -> Option<f64> {
    const KNOWN: usize = UNKNOWN;
    let mut joint = [[0.0; KNOWN]; KNOWN];
    let (mut sum, mut squares) = (0.0, 0.0);
    for (pattern, (mass, square)) in patterns.iter().zip(apart) {
        let (row, column) = (class_of(pattern.place(one)), class_of(pattern.place(other)));
        if row < KNOWN && column < KNOWN {
            joint[row][column] += mass;
            sum += mass;
            squares += square;
        }
    }
    if sum <= 0.0 || squares <= 0.0 {
        return None;
    }
    let rows = joint.map(|row| row.iter().sum::<f64>() / sum);
    let column = |at: usize| joint.iter().map(|row| row[at]).sum::<f64>() / sum;
    let mut information = 0.0;
    for (row, row_share) in joint.iter().zip(rows) {
        for (at, mass) in row.iter().enumerate() {
            let share = mass / sum;
            if share > 0.0 {
                information += share * libm::log(share / (row_share * column(at)));
            }
        }
    }
    let effective = (sum * sum / squares).min(real(usize::MAX));
    (2.0 * effective * information >= LEAST_G).then_some(information)
}
