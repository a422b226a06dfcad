//! Labels put to the network: for each question its candidates, what their factors say, and which are right.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Comparisons, FACTORS, Row};
use super::{FitOptions, Label};
use crate::base::{Code, Error, InnovationId, Result};
use crate::model::Innovation;
use crate::network::candidates::{self, Question, Shares};
use crate::network::{Inner, Weights};
use crate::registry::View;

/// The highest grade there is.
const HIGHEST: u8 = 3;
/// A whole factor, in the units of [`Shares`].
const WHOLE: f64 = 1e6;

/// A candidate: its grade, and what each factor says of it.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) innovation: InnovationId,
    pub(super) grade: u8,
    pub(super) shares: Shares,
}

/// A question with what was found for it, best first by the weights it was asked with.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) group: String,
    pub(super) text: String,
    pub(super) seen: Vec<Seen>,
    /// All grades above 0, also of what was not found; highest first.
    pub(super) grades: Vec<u8>,
    /// What is right and was not found.
    pub(super) missing: Vec<InnovationId>,
}

impl Asked {
    /// Every better candidate against every worse one, of those that are compared.
    pub(super) fn comparisons(&self, negatives: usize) -> Comparisons {
        let compared = self.compared(negatives);
        let pairs = compared.iter().flat_map(|better| {
            let worse = compared.iter().filter(|worse| worse.grade < better.grade);
            worse.map(|worse| std::array::from_fn(|factor| share(better, factor) - share(worse, factor)))
        });
        Comparisons(pairs.collect())
    }

    /// The labelled candidates, and the first so many of the others.
    pub(super) fn compared(&self, negatives: usize) -> Vec<&Seen> {
        let mut left = negatives;
        let mut takes = |seen: &&Seen| {
            let is_taken = seen.grade > 0 || left > 0;
            left -= usize::from(seen.grade == 0 && left > 0);
            is_taken
        };
        self.seen.iter().filter(|seen| takes(seen)).collect()
    }

    /// The grades in the order that weights give: by points, then by id, as the network ranks.
    pub(super) fn ranked(&self, weights: &Weights) -> Vec<u8> {
        let points = weights.points();
        let score = |seen: &Seen| -> i64 { seen.shares.iter().zip(points).map(|(share, weight)| share * weight).sum() };
        let mut order: Vec<(i64, &Seen)> = self.seen.iter().map(|seen| (score(seen), seen)).collect();
        order.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.innovation.cmp(&b.1.innovation)));
        order.into_iter().map(|(_, seen)| seen.grade).collect()
    }
}

/// What a factor says of a candidate, 0 to 1.
#[allow(clippy::cast_precision_loss, reason = "at most a million")]
pub(super) fn share(seen: &Seen, factor: usize) -> f64 {
    seen.shares.get(factor).map_or(0.0, |share| *share as f64 / WHOLE)
}

/// The mean of what each factor says of candidates.
pub(super) fn mean<'a>(seen: impl Iterator<Item = &'a Seen>) -> Row {
    let mut sums = [0.0; FACTORS];
    let mut count = 0;
    for one in seen {
        count += 1;
        for (factor, sum) in sums.iter_mut().enumerate() {
            *sum += share(one, factor);
        }
    }
    sums.map(|sum| sum / super::numbers::float(count.max(1)))
}

/// A question with its labels.
struct Labelled<'l> {
    question: &'l Question,
    group: &'l str,
    grades: BTreeMap<InnovationId, u8>,
}

/// Puts every labelled question to the network.
pub(super) fn ask(inner: &Inner, labels: &[Label], options: &FitOptions) -> Result<Vec<Asked>> {
    let view = inner.registry.view();
    let answer = |labelled: &Labelled<'_>| {
        let weights = options.prior.clone();
        let question = Question { limit: options.depth, weights, ..labelled.question.clone() };
        let found = candidates::shares(&view, &inner.text, &inner.standing, &question)?;
        Ok(asked(labelled, found))
    };
    questions(&view, labels)?.iter().map(answer).collect()
}

fn asked(labelled: &Labelled<'_>, found: Vec<(InnovationId, Shares)>) -> Asked {
    let grade = |innovation: &InnovationId| labelled.grades.get(innovation).copied().unwrap_or(0);
    let seen: Vec<Seen> =
        found.into_iter().map(|(innovation, shares)| Seen { grade: grade(&innovation), innovation, shares }).collect();
    let known: BTreeSet<&InnovationId> = seen.iter().map(|seen| &seen.innovation).collect();
    let useful = labelled.grades.iter().filter(|(_, grade)| **grade >= super::USEFUL);
    let missing = useful.map(|(innovation, _)| innovation).filter(|one| !known.contains(one)).cloned().collect();
    let mut grades: Vec<u8> = labelled.grades.values().copied().filter(|grade| *grade > 0).collect();
    grades.sort_unstable_by(|a, b| b.cmp(a));
    Asked { group: labelled.group.to_owned(), text: labelled.question.text.clone(), seen, grades, missing }
}

/// The labels by their question, in the order in which the questions first come.
fn questions<'l>(view: &View<'_>, labels: &'l [Label]) -> Result<Vec<Labelled<'l>>> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut questions: Vec<Labelled<'l>> = Vec::new();
    for label in labels {
        if label.grade > HIGHEST {
            return Err(Error::new(Code::OutOfRange).field("grade").value(label.grade).expected("0 to 3"));
        }
        // A merged record answers under the id of the one it went into.
        let innovation = view.get::<Innovation>(&label.innovation)?.id.clone();
        let key = serde_json::to_string(&label.question).map_err(|e| Error::new(Code::JsonSyntax).caused_by(e))?;
        let place = *places.entry(key).or_insert(questions.len());
        if place == questions.len() {
            questions.push(Labelled { question: &label.question, group: &label.group, grades: BTreeMap::new() });
        }
        let Some(labelled) = questions.get_mut(place) else { continue };
        if labelled.group != label.group {
            let expected = format!("“{}”, as its question has in another label", labelled.group);
            return Err(Error::new(Code::OptionInvalid).field("group").value(&label.group).expected(expected));
        }
        let grade = labelled.grades.entry(innovation).or_insert(label.grade);
        *grade = (*grade).max(label.grade);
    }
    Ok(questions)
}
