//! The scores of a panel: checked, numbered without gaps, and connected.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::base::{Code, Error, Result};

/// The most assessors and criteria together (with their thresholds): the work grows with the cube of their number.
pub(super) const MOST_EFFECTS: usize = 1_000;
/// The most scores.
const MOST_SCORES: usize = 50_000_000;
/// So many members of an island are named in an error.
const NAMED: usize = 8;

/// One score: what an assessor gave a proposal on a criterion. Who is who is the caller's numbering.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// The proposal.
    pub proposal: u32,
    /// The assessor.
    pub assessor: u32,
    /// The criterion; always the same number where the whole sheet has one score.
    pub criterion: u32,
    /// The score, on the scale that the model is told; for [`rasch`](super::rasch) a whole number.
    pub score: f64,
}

/// Proposals and assessors that are connected with each other and with nobody else; each in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
// Its name in formats that keep the names of types: the assignment knows islands too.
#[serde(rename = "PanelIsland")]
pub struct Island {
    /// The proposals.
    pub proposals: Vec<u32>,
    /// Their assessors.
    pub assessors: Vec<u32>,
}

/// The parts into which a panel falls: one if it is connected, none if it is empty. Two proposals are connected where
/// an assessor scored both, or by a chain of such pairs. In the order of their lowest proposals.
///
/// # Complexity
/// O(n log n) for n scores.
///
/// ```
/// use jipp_core::evaluation::severity::{Observation, islands};
/// let score = |proposal, assessor| Observation { proposal, assessor, criterion: 1, score: 70.0 };
/// let apart = islands(&[score(1, 10), score(2, 10), score(3, 11)]);
/// assert_eq!((apart.len(), &apart[0].proposals, &apart[1].assessors), (2, &vec![1, 2], &vec![11]));
/// assert_eq!(islands(&[score(1, 10), score(2, 10), score(2, 11), score(3, 11)]).len(), 1);
/// ```
pub fn islands(observations: &[Observation]) -> Vec<Island> {
    let proposals = numbered(observations.iter().map(|one| one.proposal));
    let assessors = numbered(observations.iter().map(|one| one.assessor));
    let pairs = observations.iter().map(|one| (place(&proposals, one.proposal), place(&assessors, one.assessor)));
    let part = parts(proposals.len(), assessors.len(), pairs);
    let (of_proposals, of_assessors) = part.split_at(proposals.len());
    let mut first: Vec<usize> = of_proposals.to_vec();
    first.sort_unstable();
    first.dedup();
    let members = |ids: &[u32], parts: &[usize], part: usize| {
        ids.iter().zip(parts).filter(|(_, of)| **of == part).map(|(id, _)| *id).collect()
    };
    let island = |part: usize| Island {
        proposals: members(&proposals, of_proposals, part),
        assessors: members(&assessors, of_assessors, part),
    };
    first.into_iter().map(island).collect()
}

/// The different numbers, in order.
fn numbered(ids: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut ids: Vec<u32> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn place(ids: &[u32], id: u32) -> usize {
    ids.partition_point(|other| *other < id)
}

/// The part of every proposal and then of every assessor, named by its lowest proposal (union by the lower number, with
/// path halving).
fn parts(proposals: usize, assessors: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Vec<usize> {
    let mut parent: Vec<usize> = (0..proposals + assessors).collect();
    for (proposal, assessor) in pairs {
        let (one, other) = (root(&mut parent, proposal), root(&mut parent, proposals + assessor));
        parent[one.max(other)] = one.min(other);
    }
    (0..parent.len()).map(|member| root(&mut parent, member)).collect()
}

fn root(parent: &mut [usize], mut member: usize) -> usize {
    while parent[member] != member {
        parent[member] = parent[parent[member]];
        member = parent[member];
    }
    member
}

/// A score with the places of its proposal, assessor and criterion among all of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub proposal: usize,
    pub assessor: usize,
    pub criterion: usize,
    pub score: f64,
    /// Its place in the input.
    pub input: usize,
}

/// All scores, in the order of proposal, assessor and criterion.
#[derive(Debug)]
pub(super) struct Panel {
    pub proposals: Vec<u32>,
    pub assessors: Vec<u32>,
    pub criteria: Vec<u32>,
    pub cells: Vec<Cell>,
}

impl Panel {
    /// Checks that there is something to adjust: scores within the scale, each once, not all the same, from two
    /// assessors or more, of two proposals or more, connected.
    pub(super) fn new(observations: &[Observation], lowest: f64, highest: f64) -> Result<Self> {
        if observations.len() > MOST_SCORES {
            return Err(Error::new(Code::TooMany).field("observations").value(observations.len()));
        }
        let outside = |score: f64| !(score >= lowest && score <= highest);
        if let Some((number, one)) = observations.iter().enumerate().find(|(_, one)| outside(one.score)) {
            return Err(Error::new(Code::OutOfRange)
                .field(format!("observations[{number}].score"))
                .value(one.score)
                .expected(format!("{lowest} to {highest}")));
        }
        let panel = Self::number(observations);
        panel.check_once(observations)?;
        let different = |first: &Observation| observations.iter().any(|one| one.score.total_cmp(&first.score).is_ne());
        let lacking = match observations.first() {
            None => Some("at least one score"),
            Some(_) if panel.assessors.len() < 2 => {
                Some("two assessors or more: one alone is neither strict nor lenient")
            }
            Some(_) if panel.proposals.len() < 2 => Some("two proposals or more"),
            Some(first) if !different(first) => Some("scores that differ: all are the same"),
            Some(_) => None,
        };
        if let Some(lacking) = lacking {
            return Err(Error::new(Code::Undetermined).field("observations").expected(lacking));
        }
        check_connected(observations, "the panel")?;
        Ok(panel)
    }

    fn number(observations: &[Observation]) -> Self {
        let proposals = numbered(observations.iter().map(|one| one.proposal));
        let assessors = numbered(observations.iter().map(|one| one.assessor));
        let criteria = numbered(observations.iter().map(|one| one.criterion));
        let cell = |(input, one): (usize, &Observation)| Cell {
            proposal: place(&proposals, one.proposal),
            assessor: place(&assessors, one.assessor),
            criterion: place(&criteria, one.criterion),
            score: one.score,
            input,
        };
        let mut cells: Vec<Cell> = observations.iter().enumerate().map(cell).collect();
        cells.sort_unstable_by_key(|cell| (cell.proposal, cell.assessor, cell.criterion, cell.input));
        Self { proposals, assessors, criteria, cells }
    }

    fn check_once(&self, observations: &[Observation]) -> Result<()> {
        let key = |cell: &Cell| (cell.proposal, cell.assessor, cell.criterion);
        let twice = self.cells.windows(2).find(|pair| key(&pair[0]) == key(&pair[1]));
        let Some(again) = twice.and_then(|pair| pair.get(1)) else { return Ok(()) };
        let one = observations.get(again.input).map_or((0, 0, 0), |one| (one.proposal, one.assessor, one.criterion));
        Err(Error::new(Code::DuplicateInRecord)
            .field(format!("observations[{}]", again.input))
            .value(format!("proposal {}, assessor {}, criterion {}", one.0, one.1, one.2))
            .expected("one score of an assessor for a proposal and criterion"))
    }
}

/// Refuses, naming the islands, what does not hang together.
pub(super) fn check_connected(observations: &[Observation], what: &str) -> Result<()> {
    let islands = islands(observations);
    if islands.len() < 2 {
        return Ok(());
    }
    let mut hint = format!("assessors who score on more than one island; {what} falls into {}", islands.len());
    for (number, island) in islands.iter().take(NAMED).enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(hint, "; {}: proposals {}", number + 1, some(&island.proposals));
        let _ = write!(hint, " with assessors {}", some(&island.assessors));
    }
    if islands.len() > NAMED {
        hint.push_str("; …");
    }
    Err(Error::new(Code::Undetermined).field("observations").value(format!("{} islands", islands.len())).expected(hint))
}

/// The first of some numbers, and how many more there are.
fn some(ids: &[u32]) -> String {
    let mut text = ids.iter().take(NAMED).map(u32::to_string).collect::<Vec<_>>().join(", ");
    if ids.len() > NAMED {
        // Writing to a string cannot fail.
        let _ = write!(text, " and {} more", ids.len() - NAMED);
    }
    text
}

/// How far measures can be told apart, from their estimates and standard errors: the share of their variance that is
/// not error, and its form as a ratio of spreads (Wright and Masters, *Rating Scale Analysis*, 1982, pages 91 to 93 and
/// 105 to 106).
pub(super) fn separation(reliability: f64) -> f64 {
    libm::sqrt(reliability / (1.0 - reliability).max(f64::EPSILON))
}

/// A count as a float: exact below 2^53.
#[allow(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}
