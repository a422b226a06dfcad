//! Selection under composition rules: the best total of all sets that keep every rule.
//!
//! [`select`] takes candidates with their scores, how many places there are, and rules: so many of these at least, so many
//! at most. [`expand`] makes such rules of an edition's [`CompositionRule`](crate::model::CompositionRule)s.
//!
//! | where the rules | method | |
//! | --- | --- | --- |
//! | nest (of any two, one holds the other or they share nobody) | greedy on the tree of rules | always exact, O(n log n) for each level |
//! | cross | linear relaxation, branch and bound | exact within a budget of work, which is counted, not timed |
//!
//! A Lagrangian relaxation with subgradients would do without a simplex, but comes to its bound only slowly, and the bound
//! is the same: the rows have the integrality property (Geoffrion 1974). The multipliers are taken from the relaxation
//! instead, and every claim is then proved from them in whole numbers: that a total is the best, that a candidate cannot be
//! in, that no set keeps the rules. What floats say is never a claim.
//!
//! **Ties.** Of several best sets the one is chosen that is first in the order of ties: candidates are asked by their
//! [`order`](Candidate::order), then by id, and whoever is in some best set together with those taken before is taken. A
//! candidate with a score of zero is therefore in where there is a free place. [`Selection::alternatives`] says whether there
//! were other best sets, and [`Selection::swaps`] who could be exchanged for whom.
//!
//! **No set keeps the rules.** Then [`Outcome::Blocked`] names rules that block each other and of which none can be spared.
//!
//! The result does not depend on the order of candidates and rules in the input, but for which of several irreducible sets
//! of rules is named, which follows the order of the rules.

mod blocking;
mod bound;
mod expand;
mod nested;
mod problem;
mod search;
mod simplex;
mod ties;

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use self::problem::{Problem, Row};
use self::search::{Aim, Search};
use crate::base::{Code, Error, ProposalId, Result, Score, vocabulary::vocabulary};

pub use expand::{Expanded, Facts, Uncounted, expand};

/// So many pairs are listed in [`Selection::swaps`].
pub const MAX_SWAPS: usize = 1_000;

/// Somebody who may be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// The proposal.
    pub id: ProposalId,
    /// What it adds to the total. Scores of all together may come to nine billion, either way.
    pub score: Score,
    /// Who comes first where totals are equal: the lower. Equal orders go by id.
    #[serde(default)]
    pub order: u32,
}

/// How many are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Places {
    /// So many or fewer. Nobody stays out whose score is zero or more while there is room.
    AtMost(u32),
    /// So many.
    Exactly(u32),
}

/// So many of these at least, so many at most. One of both must be there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its code.
    pub code: String,
    /// Of what it counts, where the rule stands for each value of a dimension.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Whom it counts: places in the list of candidates, from 0.
    pub members: Vec<usize>,
    /// Of whom it is not known whether they belong to the members. They count neither for the least nor for the most, and
    /// are told apart in the [`Tally`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<usize>,
    /// How many at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<u32>,
    /// How many at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
}

/// How much work may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// How many steps of the search, which are pivots of the relaxation, 1 to a billion. Rules of a competition take about
    /// a hundred; what takes tens of thousands seldom ends at all.
    pub steps: u64,
}

impl Default for Options {
    /// 20,000 steps.
    fn default() -> Self {
        Self { steps: 20_000 }
    }
}

vocabulary! {
    /// How a selection was found.
    Method = "selection-method" {
        Nested = "nested", "aturan bersarang", "greedy on nested rules";
        BranchAndBound = "branch-and-bound", "cabang dan batas", "branch and bound";
    }
}

/// How a rule came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tally {
    /// The code of the rule.
    pub code: String,
    /// Of what it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// How many there are.
    pub of: usize,
    /// How many were chosen.
    pub chosen: usize,
    /// How many were chosen of whom it is not known whether they belong.
    pub unknown: usize,
    /// Whether one more or one fewer would break it.
    pub is_tight: bool,
}

/// Two that can be exchanged: the total stays the same and every rule is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swap {
    /// Who is in.
    pub chosen: ProposalId,
    /// Who could be instead.
    pub instead: ProposalId,
}

/// A set that keeps every rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Selection {
    /// Who is chosen: highest scores first, then in the order of ties.
    pub chosen: Vec<ProposalId>,
    /// What they add up to.
    pub total: Score,
    /// What no set that keeps the rules exceeds; the total itself if that is the best.
    pub bound: Score,
    /// Whether no set has more.
    pub optimal: bool,
    /// Whether other sets have the same total; absent if the work was used up before that was known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternatives: Option<bool>,
    /// Whether it is the first of the best sets in the order of ties. Where not, work was used up, and which of the best
    /// sets it is follows from nothing but the method.
    pub is_first: bool,
    /// Who could be exchanged for whom at the same total, in the order of ties; at most [`MAX_SWAPS`] pairs. There may be
    /// alternatives that no single exchange leads to.
    pub swaps: Vec<Swap>,
    /// How the rules came out, in their order.
    pub tallies: Vec<Tally>,
    /// How it was found.
    pub method: Method,
    /// How many steps that took; 0 where rules nest.
    pub steps: u64,
}

vocabulary! {
    /// Which end of a rule.
    End = "rule-end" {
        Least = "least", "paling sedikit", "at least";
        Most = "most", "paling banyak", "at most";
    }
}

/// One end of a rule, or of the number of places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Blocker {
    /// The place of the rule in the list of rules; absent for the number of places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<usize>,
    /// Its code; `places` for the number of places.
    pub code: String,
    /// Of what it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Which end.
    pub end: End,
    /// How many it asks for or allows.
    pub count: u32,
    /// How many candidates it counts.
    pub of: usize,
}

/// Rules that no set keeps together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Blocking {
    /// The rules, places first and then in their order.
    pub rules: Vec<Blocker>,
    /// Whether it is certain that none can be spared: without any one of them the others can be kept. Otherwise work was
    /// used up.
    pub irreducible: bool,
}

/// What a selection came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Outcome {
    /// A set that keeps every rule.
    Chosen(Selection),
    /// There is none.
    Blocked(Blocking),
    /// The work was used up before any set was found, or shown not to be there.
    Open {
        /// How many steps were made.
        steps: u64,
    },
}

impl Outcome {
    /// The set, if there is one.
    pub fn chosen(&self) -> Option<&Selection> {
        match self {
            Self::Chosen(selection) => Some(selection),
            _ => None,
        }
    }

    /// The rules that block each other, if there is no set.
    pub fn blocked(&self) -> Option<&Blocking> {
        match self {
            Self::Blocked(blocking) => Some(blocking),
            _ => None,
        }
    }
}

/// Chooses the best set that keeps every rule.
///
/// ```
/// use jipp_core::base::Score;
/// use jipp_core::evaluation::selection::{Candidate, Options, Places, Rule, select};
/// let candidate = |id: &str, score: i64| -> jipp_core::Result<Candidate> {
///     Ok(Candidate { id: id.parse()?, score: Score::from_int(score), order: 0 })
/// };
/// let candidates = [candidate("p1", 90)?, candidate("p2", 88)?, candidate("p3", 80)?, candidate("p4", 80)?];
/// let villages = |least: u32| {
///     let (code, members) = ("villages".to_owned(), vec![2, 3]);
///     [Rule { code, value: None, members, unknown: vec![], least: Some(least), most: None }]
/// };
/// let outcome = select(&candidates, Places::Exactly(2), &villages(1), &Options::default())?;
/// let selection = outcome.chosen().ok_or("blocked")?;
/// let chosen: Vec<&str> = selection.chosen.iter().map(|id| id.as_str()).collect();
/// assert_eq!((chosen, selection.optimal, selection.alternatives), (vec!["p1", "p3"], true, Some(true)));
/// assert_eq!(selection.swaps[0].instead.as_str(), "p4");
///
/// let outcome = select(&candidates, Places::Exactly(2), &villages(3), &Options::default())?;
/// assert_eq!(outcome.blocked().ok_or("chosen")?.rules[0].code, "villages");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// `duplicate-in-record` for a candidate that stands twice, or a member of a rule; `out-of-range` for a member that is no
/// candidate, a least above the most, or scores too large to add up; `field-missing` for a rule without least and most;
/// `too-many` for more than 100,000 candidates or rules; `option-invalid`.
///
/// # Complexity
/// Nested rules: O(n log n) for each level of nesting. Else exponential at worst, but bounded by [`Options::steps`], each
/// linear in the members of the rules in play and quadratic in their number.
pub fn select(candidates: &[Candidate], places: Places, rules: &[Rule], options: &Options) -> Result<Outcome> {
    if !(1..=1_000_000_000).contains(&options.steps) {
        let error = Error::new(Code::OptionInvalid).field("steps").value(options.steps);
        return Err(error.expected("1 to 1000000000"));
    }
    let problem = Problem::new(candidates, places, rules)?;
    let rows_of = problem.rows_of();
    let mut left = options.steps;
    let found = match nested::nesting(&problem, &rows_of) {
        Some(parents) => nested::best(&problem, &rows_of, &parents).map(|set| of_nested(&problem, &rows_of, set)),
        None => of_crossing(&problem, &mut left),
    };
    if let Some(found) = found {
        return Ok(Outcome::Chosen(found.described(&problem, &rows_of, candidates, rules, options.steps - left)));
    }
    Ok(match blocking::blocking(&problem, &mut left) {
        Some((ends, irreducible)) => Outcome::Blocked(Blocking {
            rules: ends.iter().map(|end| blocker(&problem, rules, *end)).collect(),
            irreducible,
        }),
        None => Outcome::Open { steps: options.steps - left },
    })
}

/// A set that was found, in the numbers of the problem.
struct Found {
    set: Vec<bool>,
    bound: i64,
    alternatives: Option<bool>,
    is_first: bool,
    method: Method,
}

fn of_nested(problem: &Problem, rows_of: &[Vec<usize>], set: Vec<bool>) -> Found {
    // The best sets of rows that nest are an M-natural-convex set: from each, single changes lead to another (Murota,
    // Discrete Convex Analysis, 2003, chapter 4).
    let others = !ties::swaps(problem, rows_of, &set, 1).is_empty() || ties::has_loose(problem, rows_of, &set);
    let bound = problem.total(&set);
    Found { set, bound, alternatives: Some(others), is_first: true, method: Method::Nested }
}

fn of_crossing(problem: &Problem, left: &mut u64) -> Option<Found> {
    if problem.rows.iter().any(|row| usize::try_from(row.least).is_ok_and(|least| least > row.members.len())) {
        return None;
    }
    let mut search = Search::new(problem, *left);
    let found = search.run(Aim::Best);
    *left = search.left;
    let mut set = found.set?;
    let mut settled = ties::Settled { alternatives: None, is_first: false };
    if found.complete {
        settled = ties::settle(problem, &mut set, left);
    }
    let (alternatives, is_first) = (settled.alternatives, settled.is_first);
    Some(Found { set, bound: found.bound, alternatives, is_first, method: Method::BranchAndBound })
}

impl Found {
    fn described(
        self,
        problem: &Problem,
        rows_of: &[Vec<usize>],
        candidates: &[Candidate],
        rules: &[Rule],
        steps: u64,
    ) -> Selection {
        let id = |number: usize| candidates[problem.input[number]].id.clone();
        let mut chosen: Vec<usize> = (0..self.set.len()).filter(|number| self.set[*number]).collect();
        chosen.sort_unstable_by_key(|number| (Reverse(problem.scores[*number]), *number));
        let total = problem.total(&self.set);
        let mut is_chosen = vec![false; candidates.len()];
        for number in &chosen {
            is_chosen[problem.input[*number]] = true;
        }
        let swap = |(chosen, instead)| Swap { chosen: id(chosen), instead: id(instead) };
        Selection {
            chosen: chosen.into_iter().map(id).collect(),
            total: Score::from_units(total),
            bound: Score::from_units(self.bound),
            optimal: self.bound == total,
            alternatives: self.alternatives,
            is_first: self.is_first,
            swaps: ties::swaps(problem, rows_of, &self.set, MAX_SWAPS).into_iter().map(swap).collect(),
            tallies: rules.iter().map(|rule| tally(rule, &is_chosen)).collect(),
            method: self.method,
            steps,
        }
    }
}

fn tally(rule: &Rule, is_chosen: &[bool]) -> Tally {
    let count = |list: &[usize]| list.iter().filter(|place| is_chosen[**place]).count();
    let chosen = count(&rule.members);
    let meets = |end: Option<u32>| end.is_some_and(|end| end as usize == chosen);
    Tally {
        code: rule.code.clone(),
        value: rule.value.clone(),
        of: rule.members.len(),
        chosen,
        unknown: count(&rule.unknown),
        is_tight: meets(rule.least) || meets(rule.most),
    }
}

fn blocker(problem: &Problem, rules: &[Rule], (row, is_most): blocking::End) -> Blocker {
    let number = row.checked_sub(1);
    let rule = number.and_then(|number| rules.get(number));
    let Row { members, least, most } = &problem.rows[row];
    Blocker {
        rule: number,
        code: rule.map_or_else(|| PLACES.to_owned(), |rule| rule.code.clone()),
        value: rule.and_then(|rule| rule.value.clone()),
        end: if is_most { End::Most } else { End::Least },
        count: u32::try_from(if is_most { *most } else { *least }).unwrap_or(u32::MAX),
        of: members.len(),
    }
}

/// The code of the number of places among rules that block each other.
pub const PLACES: &str = "places";
