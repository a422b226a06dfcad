//! A rubric, ready to weigh sheets by.

use crate::base::{Code, Error, Result, Score, Weight};
use crate::model::{Criterion, Entity, Line, MissingRule, Rubric};

use super::combine::weighted;

/// Scores are no further from zero, in points, so that exact arithmetic has room.
const FARTHEST: i64 = 1_000_000;

/// The criteria of a rubric with who is part of whom.
#[derive(Clone, Debug)]
pub(in crate::evaluation) struct Weighing {
    pub codes: Vec<Line>,
    pub weights: Vec<i64>,
    pub top: Vec<usize>,
    pub parts: Vec<Vec<usize>>,
    pub parent: Vec<Option<usize>>,
    /// Those with parts, parts before wholes.
    wholes: Vec<usize>,
    /// The scores each may have; any on the scale if empty.
    allowed: Vec<Vec<Score>>,
    /// Whether a sheet without it lacks something.
    needed: Vec<bool>,
    pub lowest: Score,
    pub highest: Score,
    pub missing: MissingRule,
}

impl Weighing {
    pub(super) fn new(rubric: &Rubric) -> Result<Self> {
        let about = |error: Error| error.about(format!("rubric {}", rubric.id));
        rubric.check().map_err(about)?;
        Self::compile(rubric).map_err(about)
    }

    fn compile(rubric: &Rubric) -> Result<Self> {
        let range = -FARTHEST * Score::SCALE..=FARTHEST * Score::SCALE;
        if !range.contains(&rubric.scale_min.units()) || !range.contains(&rubric.scale_max.units()) {
            let scale = format!("{} to {}", rubric.scale_min, rubric.scale_max);
            let hint = format!("within ±{FARTHEST}");
            return Err(Error::new(Code::OutOfRange).field("scale_max").value(scale).expected(hint));
        }
        let criteria = &rubric.criteria;
        let mut parts = vec![Vec::new(); criteria.len()];
        let mut parent = vec![None; criteria.len()];
        for (number, criterion) in criteria.iter().enumerate() {
            if criterion.weight < Weight::ZERO {
                let field = format!("criteria[{number}].weight");
                return Err(Error::new(Code::OutOfRange).field(field).value(criterion.weight).expected("0 or more"));
            }
            let Some(code) = &criterion.parent else { continue };
            let place = criteria.iter().position(|other| other.code == *code).ok_or_else(|| {
                let field = format!("criteria[{number}].parent");
                Error::new(Code::DanglingReference).field(field).value(code).expected("the code of a criterion")
            })?;
            parent[number] = Some(place);
            parts[place].push(number);
        }
        let top: Vec<usize> = (0..criteria.len()).filter(|number| parent[*number].is_none()).collect();
        let wholes = parts_first(&top, &parts);
        let reached = top.len() + wholes.iter().map(|whole| parts[*whole].len()).sum::<usize>();
        if reached < criteria.len() {
            return Err(Error::new(Code::HierarchyCycle).field("criteria"));
        }
        for members in std::iter::once(&top).chain(wholes.iter().map(|whole| &parts[*whole])) {
            if members.iter().all(|member| criteria[*member].weight == Weight::ZERO) {
                let hint = "a criterion with a weight above 0, on each level";
                return Err(Error::new(Code::RubricWeights).field("criteria").expected(hint));
            }
        }
        // `is_required` also says that the form asks for a section: what weighs nothing need not be scored all the same.
        let needed = |criterion: &Criterion| criterion.weight > Weight::ZERO && criterion.is_required != Some(false);
        Ok(Self {
            codes: criteria.iter().map(|criterion| criterion.code.clone()).collect(),
            weights: criteria.iter().map(|criterion| criterion.weight.units()).collect(),
            needed: criteria.iter().map(needed).collect(),
            allowed: criteria.iter().map(|one| one.options.iter().map(|option| option.score).collect()).collect(),
            top,
            parts,
            parent,
            wholes,
            lowest: rubric.scale_min,
            highest: rubric.scale_max,
            missing: rubric.missing,
        })
    }

    /// The place of a criterion, looked for first where a sheet in the order of the rubric would have it.
    pub(super) fn find(&self, code: &Line, near: usize) -> Option<usize> {
        match self.codes.get(near) {
            Some(here) if here == code => Some(near),
            _ => self.codes.iter().position(|other| other == code),
        }
    }

    /// Whether its score counts for anything.
    pub(in crate::evaluation) fn weighs(&self, criterion: usize) -> bool {
        let own = |one: usize| self.weights[one] > 0;
        own(criterion) && self.parent[criterion].is_none_or(own)
    }

    /// Whether it is scored itself, not through parts.
    pub(in crate::evaluation) fn is_leaf(&self, criterion: usize) -> bool {
        self.parts[criterion].is_empty()
    }

    /// The scores it may have; any on the scale if there are none.
    pub(in crate::evaluation) fn allowed(&self, criterion: usize) -> &[Score] {
        &self.allowed[criterion]
    }

    pub(super) fn is_needed(&self, criterion: usize) -> bool {
        self.needed[criterion]
    }

    /// Whether the criterion can have a score.
    pub(super) fn allows(&self, criterion: usize, score: Score) -> bool {
        let allowed = self.allowed(criterion);
        (self.lowest..=self.highest).contains(&score) && (allowed.is_empty() || allowed.contains(&score))
    }

    /// The error of a score that the criterion cannot have.
    pub(super) fn refusal(&self, criterion: usize, score: Score) -> Error {
        let allowed = self.allowed(criterion);
        let hint = if allowed.is_empty() || !(self.lowest..=self.highest).contains(&score) {
            format!("{} to {}", self.lowest, self.highest)
        } else {
            allowed.iter().map(Score::to_string).collect::<Vec<_>>().join(", ")
        };
        Error::new(Code::OutOfRange).value(score).expected(hint)
    }

    /// Those it shares a mean with, itself among them.
    pub(in crate::evaluation) fn siblings(&self, criterion: usize) -> &[usize] {
        self.parent[criterion].map_or(&self.top, |parent| &self.parts[parent])
    }

    /// Fills in the criteria that have parts, and gives the total; none where nothing that weighs is there.
    pub(in crate::evaluation) fn total(&self, weights: &[i64], values: &mut [Option<i64>]) -> Option<i64> {
        for whole in &self.wholes {
            values[*whole] = weighted(self.parts[*whole].iter().map(|part| (weights[*part], values[*part])));
        }
        weighted(self.top.iter().map(|criterion| (weights[*criterion], values[*criterion])))
    }
}

/// The criteria with parts that can be reached from the top, parts before wholes.
fn parts_first(top: &[usize], parts: &[Vec<usize>]) -> Vec<usize> {
    let mut open: Vec<usize> = top.to_vec();
    let mut wholes = Vec::new();
    while let Some(next) = open.pop() {
        if !parts[next].is_empty() {
            wholes.push(next);
            open.extend(&parts[next]);
        }
    }
    wholes.reverse();
    wholes
}
