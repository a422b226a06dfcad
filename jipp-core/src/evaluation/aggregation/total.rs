//! Stages put together.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::combine::weighted;
use super::stage::{ProposalScores, StageScores};
use crate::base::{Code, Error, ProposalId, Result, Score, Weight};
use crate::model::Line;

/// The total of a proposal over the stages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// The proposal.
    pub proposal: ProposalId,
    /// The weighted mean of its stage scores; none if it lacks one that weighs something.
    pub total: Option<Score>,
    /// The codes of the stages that weigh something and in which it has no score.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lacking: Vec<Line>,
}

/// The totals of proposals: the mean of their stage scores by the weights of the stages, which need not add up to
/// anything. Stages that weigh nothing are passed over.
///
/// # Errors
/// `field-missing` without a stage, `out-of-range` for a weight below 0 or where none is above, `option-invalid` where
/// stages that weigh something are scored on different scales.
///
/// # Complexity
/// O(stages × proposals).
///
/// ```
/// use jipp_core::evaluation::aggregation::totals;
/// assert_eq!(totals(&[], &[]).unwrap_err().code(), "field-missing");
/// ```
pub fn totals(proposals: &[ProposalId], stages: &[(Weight, &StageScores)]) -> Result<Vec<Total>> {
    let stages = weighing(stages)?;
    let found: Vec<Found<'_>> = stages.iter().map(|(_, stage)| Found::of(proposals, stage)).collect();
    let total = |(number, proposal): (usize, &ProposalId)| {
        let scores = || stages.iter().zip(&found).map(|(one, found)| (one, found.score(number, proposal)));
        let lacking: Vec<Line> =
            scores().filter(|(_, score)| score.is_none()).map(|(one, _)| one.1.stage.clone()).collect();
        let total = weighted(scores().map(|(one, score)| (one.0.units(), score.map(Score::units))));
        let total = total.filter(|_| lacking.is_empty());
        Total { proposal: proposal.clone(), total: total.map(Score::from_units), lacking }
    };
    Ok(proposals.iter().enumerate().map(total).collect())
}

/// The scores of a stage, where to find those of a proposal.
enum Found<'a> {
    /// At its number: the stage has the same proposals in the same order.
    InOrder(&'a [ProposalScores]),
    ById(FxHashMap<&'a ProposalId, Option<Score>>),
}

impl<'a> Found<'a> {
    fn of(proposals: &[ProposalId], stage: &'a StageScores) -> Self {
        if stage.proposals.iter().map(|one| &one.proposal).eq(proposals) {
            return Self::InOrder(&stage.proposals);
        }
        Self::ById(stage.proposals.iter().map(|one| (&one.proposal, one.score)).collect())
    }

    fn score(&self, number: usize, proposal: &ProposalId) -> Option<Score> {
        match self {
            Self::InOrder(scores) => scores.get(number)?.score,
            Self::ById(scores) => *scores.get(proposal)?,
        }
    }
}

/// The stages that weigh something.
fn weighing<'a>(stages: &[(Weight, &'a StageScores)]) -> Result<Vec<(Weight, &'a StageScores)>> {
    if stages.is_empty() {
        return Err(Error::new(Code::FieldMissing).field("stages").expected("one stage at least"));
    }
    let field = |stage: &StageScores| format!("stages.{}.weight", stage.stage);
    if let Some((weight, stage)) = stages.iter().find(|(weight, _)| *weight < Weight::ZERO) {
        return Err(Error::new(Code::OutOfRange).field(field(stage)).value(weight).expected("0 or more"));
    }
    let weighing: Vec<_> = stages.iter().filter(|(weight, _)| *weight > Weight::ZERO).copied().collect();
    let Some((_, first)) = weighing.first() else {
        return Err(Error::new(Code::OutOfRange).field("stages").value(0).expected("a weight above 0"));
    };
    if let Some((_, other)) = weighing.iter().find(|(_, stage)| stage.scale != first.scale) {
        let [lowest, highest] = first.scale;
        return Err(Error::new(Code::OptionInvalid)
            .field(format!("stages.{}", other.stage))
            .value(format!("{} to {}", other.scale[0], other.scale[1]))
            .expected(format!("the scale of the other stages, {lowest} to {highest}")));
    }
    Ok(weighing)
}
