//! What if: the same contest with something changed, as a difference.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::contest::Contest;
use super::place::{Place, Position, Standings};
use crate::base::{AssessorId, Code, Error, ProposalId, Result, Score, Weight};
use crate::model::{Aggregation, Line};

/// Something that could have been otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Change {
    /// Another pass mark, or none.
    PassMark {
        /// The mark.
        mark: Option<Score>,
    },
    /// Another number of places, or any.
    Places {
        /// How many.
        places: Option<u32>,
    },
    /// Without the sheets of an assessor, in any stage.
    WithoutAssessor {
        /// Who.
        assessor: AssessorId,
    },
    /// Another way to combine sheets in a stage.
    Aggregation {
        /// The stage.
        stage: Line,
        /// The way.
        aggregation: Aggregation,
    },
    /// Another weight of a criterion; the others keep theirs, and the mean is still that by all weights.
    CriterionWeight {
        /// The stage.
        stage: Line,
        /// The criterion.
        criterion: Line,
        /// The weight.
        weight: Weight,
    },
    /// Another weight of a stage.
    StageWeight {
        /// The stage.
        stage: Line,
        /// The weight.
        weight: Weight,
    },
}

/// A proposal whose place, or side of the cut, is another. `None`: it had, or has, no place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// The proposal.
    pub proposal: ProposalId,
    /// Its place before.
    pub before: Option<u32>,
    /// Its place after.
    pub after: Option<u32>,
    /// On which side of the cut it was.
    pub from: Option<Position>,
    /// On which side it is.
    pub to: Option<Position>,
}

/// What a change makes of the standings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatIf {
    /// Those who come nearer to being inside (from outside or a tie at the cut), in the order of their new places.
    pub enters: Vec<Move>,
    /// Those who come nearer to being outside, in the order of their old places.
    pub leaves: Vec<Move>,
    /// All whose place is another, those above among them, in the order of the old places.
    pub moved: Vec<Move>,
    /// The standings after the change.
    pub standings: Standings,
}

impl Contest {
    /// The contest with changes.
    ///
    /// # Errors
    /// `not-found` for a stage, criterion or assessor that is not there, `out-of-range` for a weight below 0,
    /// `rubric-weights` where no criterion would weigh anything.
    ///
    /// # Complexity
    /// O(sheets × criteria).
    pub fn changed(&self, changes: &[Change]) -> Result<Self> {
        let mut contest = self.clone();
        for (number, change) in changes.iter().enumerate() {
            contest.change(change).map_err(|error| error.inside(&format!("changes[{number}]")))?;
        }
        Ok(contest)
    }

    pub(super) fn change(&mut self, change: &Change) -> Result<()> {
        match change {
            Change::PassMark { mark } => self.cut.pass_mark = *mark,
            Change::Places { places } => self.cut.places = *places,
            Change::WithoutAssessor { assessor } => self.dismiss(assessor)?,
            Change::Aggregation { stage, aggregation } => {
                let round = self.round(stage)?;
                self.rounds[round].rules.aggregation = *aggregation;
            }
            Change::CriterionWeight { stage, criterion, weight } => {
                let round = self.round(stage)?;
                self.rounds[round].scored = self.rounds[round].scored.with_weight(criterion, *weight)?;
            }
            Change::StageWeight { stage, weight } => {
                let round = self.round(stage)?;
                if *weight < Weight::ZERO {
                    return Err(Error::new(Code::OutOfRange).field("weight").value(weight).expected("0 or more"));
                }
                self.rounds[round].weight = *weight;
            }
        }
        Ok(())
    }

    fn dismiss(&mut self, assessor: &AssessorId) -> Result<()> {
        let mut found = false;
        for round in &mut self.rounds {
            if round.scored.assessors().binary_search(assessor).is_ok() {
                round.scored = round.scored.without(assessor)?;
                found = true;
            }
        }
        if found {
            return Ok(());
        }
        let error = Error::new(Code::NotFound).field("assessor").about(format!("assessor {assessor}"));
        Err(error.expected("one who scored in the contest"))
    }

    /// Who would enter and who would leave.
    ///
    /// # Errors
    /// As [`changed`](Self::changed) and [`run`](Self::run).
    ///
    /// # Complexity
    /// That of two runs.
    pub fn what_if(&self, changes: &[Change]) -> Result<WhatIf> {
        let before = self.run()?.standings;
        let after = self.changed(changes)?.run()?.standings;
        Ok(difference(&before, after))
    }
}

fn difference(before: &Standings, after: Standings) -> WhatIf {
    let by_id = |standings: &Standings| -> FxHashMap<ProposalId, Place> {
        standings.places.iter().map(|place| (place.proposal.clone(), place.clone())).collect()
    };
    let (old, new) = (by_id(before), by_id(&after));
    let movement = |proposal: &ProposalId| {
        let (before, after) = (old.get(proposal), new.get(proposal));
        Move {
            proposal: proposal.clone(),
            before: before.map(|place| place.place),
            after: after.map(|place| place.place),
            from: before.and_then(|place| place.position),
            to: after.and_then(|place| place.position),
        }
    };
    // Who has no place is outside, and so is everybody's wish where there is no cut to be inside of.
    let side = |position: Option<Position>| position.unwrap_or(Position::Outside);
    let all = before.places.iter().map(|place| &place.proposal);
    let had_none = after.places.iter().map(|place| &place.proposal).filter(|proposal| !old.contains_key(*proposal));
    let every: Vec<Move> = all.chain(had_none).map(movement).collect();
    let mut enters: Vec<Move> = every.iter().filter(|one| side(one.to) > side(one.from)).cloned().collect();
    enters.sort_by_key(|one| (one.after, one.before));
    let leaves = every.iter().filter(|one| side(one.to) < side(one.from)).cloned().collect();
    let moved = every.into_iter().filter(|one| one.before != one.after).collect();
    WhatIf { enters, leaves, moved, standings: after }
}
