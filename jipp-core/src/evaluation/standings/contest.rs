//! A ranking with everything it was made from.

use serde::{Deserialize, Serialize};

use super::place::{Contender, Cut, Key, Standings, rank};
use crate::base::{Code, Error, PartialDate, ProposalId, Result, Weight};
use crate::evaluation::aggregation::{AdjustOptions, Adjustment, Rules, ScoredStage, StageScores, Total, totals};
use crate::model::{Line, Proposal, Rubric, ScoreSheet};

/// The key of a tie-break that asks who submitted first.
pub const SUBMITTED_ON: &str = "submitted-on";

/// A proposal that takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entrant {
    /// The proposal.
    pub proposal: ProposalId,
    /// When it was submitted, where known.
    pub submitted_on: Option<PartialDate>,
}

impl From<&Proposal> for Entrant {
    fn from(proposal: &Proposal) -> Self {
        Self { proposal: proposal.id.clone(), submitted_on: proposal.submitted_on }
    }
}

/// A stage of a contest.
#[derive(Clone, Debug)]
pub(super) struct Round {
    pub scored: ScoredStage,
    pub rules: Rules,
    pub weight: Weight,
}

/// Where a key of the tie-break is found.
#[derive(Clone, Copy, Debug)]
enum Source {
    SubmittedOn,
    Mean { stage: usize, criterion: usize },
}

/// The proposals of one ranking, the stages they went through, the order of tie-breaks and the cut.
///
/// ```
/// use jipp_core::base::{Score, Weight};
/// use jipp_core::evaluation::aggregation::Rules;
/// use jipp_core::evaluation::standings::{Change, Contest, Cut, Entrant, Resampling};
/// use jipp_core::model::Line;
/// # #[cfg(feature = "testing")] {
/// use jipp_core::testing::GeneratedEdition;
/// let edition = GeneratedEdition { proposals: 40, assessors: 6, ..GeneratedEdition::default() };
/// let (rubric, sheets) = (edition.rubric()?, edition.sheets()?);
/// let entrants: Vec<Entrant> = edition.proposals()?.iter().map(Entrant::from).collect();
/// let contest = Contest::new(entrants)
///     .with_stage("desk", &rubric, &sheets, Rules::default(), Weight::from_int(1))?
///     .with_tie_break(&[Line::new("c-4")?, Line::new("submitted-on")?])?
///     .with_cut(Cut { places: Some(10), pass_mark: None });
/// let outcome = contest.run()?;
/// assert_eq!(outcome.standings.places.len(), 40);
/// let assessor = contest.assessors()[0].clone();
/// let what_if = contest.what_if(&[Change::WithoutAssessor { assessor }])?;
/// assert_eq!(what_if.enters.len(), what_if.leaves.len());
/// // How sure is the tenth place, and how little would swap it with the eleventh?
/// let sure = contest.uncertainty(&Resampling { resamples: 200, seed: 1, ..Resampling::default() })?;
/// let tenth = sure.proposals.iter().find(|one| one.place == 10).ok_or("tenth")?;
/// assert!(tenth.from < 10 && tenth.to > 10 && tenth.inside.is_some_and(|inside| inside > 0.2 && inside < 0.8));
/// let pair = contest.at_the_cut(Score::from_int(1))?;
/// assert!(pair.weight.is_some());
/// // How far could each weight move before the ten were others?
/// assert_eq!(contest.weight_ranges()?.len(), 8);
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Contest {
    pub(super) entrants: Vec<Entrant>,
    pub(super) rounds: Vec<Round>,
    tie_break: Vec<Line>,
    sources: Vec<Source>,
    pub(super) cut: Cut,
}

/// What a contest comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The scores of each stage.
    pub stages: Vec<StageScores>,
    /// The totals, in the order of the entrants.
    pub totals: Vec<Total>,
    /// Who stands where.
    pub standings: Standings,
}

impl Contest {
    /// A contest without stages.
    pub fn new(entrants: Vec<Entrant>) -> Self {
        Self { entrants, rounds: Vec::new(), tie_break: Vec::new(), sources: Vec::new(), cut: Cut::default() }
    }

    /// With one more stage. Its weight is its share in the total, by the side of those of other stages; one stage alone
    /// may have any above 0.
    ///
    /// # Errors
    /// As [`ScoredStage::new`]; `duplicate-in-record` for a stage that is there already, `out-of-range` for a weight
    /// below 0.
    pub fn with_stage<'a>(
        mut self,
        stage: &str,
        rubric: &Rubric,
        sheets: impl IntoIterator<Item = &'a ScoreSheet>,
        rules: Rules,
        weight: Weight,
    ) -> Result<Self> {
        if self.round(stage).is_ok() {
            return Err(Error::new(Code::DuplicateInRecord).field("stages").value(stage));
        }
        if weight < Weight::ZERO {
            let field = format!("stages.{stage}.weight");
            return Err(Error::new(Code::OutOfRange).field(field).value(weight).expected("0 or more"));
        }
        let proposals: Vec<ProposalId> = self.entrants.iter().map(|one| one.proposal.clone()).collect();
        let scored = ScoredStage::new(stage, rubric, &proposals, sheets)?;
        self.rounds.push(Round { scored, rules, weight });
        Ok(self)
    }

    /// With an order of tie-breaks: codes of criteria, by their means, and [`SUBMITTED_ON`]. A code that several stages
    /// have is that of the first; `stage/code` names one. To be called when all stages are there.
    ///
    /// # Errors
    /// `not-found`, with the field, for a code that no stage has; `duplicate-in-record` for one that stands twice.
    pub fn with_tie_break(mut self, tie_break: &[Line]) -> Result<Self> {
        if let Some((number, code)) = (tie_break.iter().enumerate()).find(|(n, code)| tie_break[..*n].contains(code)) {
            return Err(Error::new(Code::DuplicateInRecord).field(format!("tie_break[{number}]")).value(code));
        }
        self.sources = Vec::with_capacity(tie_break.len());
        for (number, code) in tie_break.iter().enumerate() {
            let source = self.source(code).ok_or_else(|| {
                let hint = format!("a criterion of a stage, or {SUBMITTED_ON}");
                Error::new(Code::NotFound).field(format!("tie_break[{number}]")).value(code).expected(hint)
            })?;
            self.sources.push(source);
        }
        self.tie_break = tie_break.to_vec();
        Ok(self)
    }

    fn source(&self, code: &str) -> Option<Source> {
        if code == SUBMITTED_ON {
            return Some(Source::SubmittedOn);
        }
        let find = |stage: usize, code: &str| {
            let criterion = self.rounds.get(stage)?.scored.criterion(code)?;
            Some(Source::Mean { stage, criterion })
        };
        let plain = (0..self.rounds.len()).find_map(|stage| find(stage, code));
        plain.or_else(|| {
            (0..self.rounds.len()).find_map(|stage| {
                let rest = code.strip_prefix(self.rounds[stage].scored.stage())?.strip_prefix('/')?;
                find(stage, rest)
            })
        })
    }

    /// With a cut.
    #[must_use]
    pub fn with_cut(mut self, cut: Cut) -> Self {
        self.cut = cut;
        self
    }

    /// The cut.
    pub const fn cut(&self) -> Cut {
        self.cut
    }

    /// The stages, as they were scored.
    pub fn stages(&self) -> impl Iterator<Item = &ScoredStage> {
        self.rounds.iter().map(|round| &round.scored)
    }

    /// Everybody who scored in some stage, in order.
    pub fn assessors(&self) -> Vec<&crate::base::AssessorId> {
        let mut assessors: Vec<_> = self.rounds.iter().flat_map(|round| round.scored.assessors()).collect();
        assessors.sort_unstable();
        assessors.dedup();
        assessors
    }

    pub(super) fn round(&self, stage: &str) -> Result<usize> {
        let place = self.rounds.iter().position(|round| round.scored.stage() == stage);
        place.ok_or_else(|| Error::new(Code::NotFound).field("stage").value(stage).expected("a stage of the contest"))
    }

    /// Scores of stages, totals and places.
    ///
    /// # Errors
    /// As [`totals`] and [`rank`].
    ///
    /// # Complexity
    /// O(sheets × criteria + n log n) for n proposals.
    pub fn run(&self) -> Result<Outcome> {
        let stages: Vec<StageScores> = self.rounds.iter().map(|round| round.scored.aggregate(&round.rules)).collect();
        let weighed: Vec<(Weight, &StageScores)> =
            self.rounds.iter().zip(&stages).map(|(round, scores)| (round.weight, scores)).collect();
        let proposals: Vec<ProposalId> = self.entrants.iter().map(|one| one.proposal.clone()).collect();
        let totals = totals(&proposals, &weighed)?;
        let standings = rank(&self.contenders(&stages, &totals), &self.tie_break, self.cut)?;
        Ok(Outcome { stages, totals, standings })
    }

    /// The entrants by their totals, with what decides between equal ones.
    fn contenders(&self, stages: &[StageScores], totals: &[Total]) -> Vec<Contender> {
        let contender = |number: usize, entrant: &Entrant, total: &Total| {
            let key = |source: &Source| match source {
                Source::SubmittedOn => Key::On(entrant.submitted_on),
                Source::Mean { stage, criterion } => {
                    let scores = stages.get(*stage).and_then(|scores| scores.proposals.get(number));
                    Key::Mean(scores.and_then(|one| one.criteria.get(*criterion).copied().flatten()))
                }
            };
            let (proposal, lacking) = (entrant.proposal.clone(), total.lacking.clone());
            Contender { proposal, score: total.total, keys: self.sources.iter().map(key).collect(), lacking }
        };
        let numbered = self.entrants.iter().enumerate().zip(totals);
        numbered.map(|((number, entrant), total)| contender(number, entrant, total)).collect()
    }

    /// The adjusted scores of each stage (or why there are none), and the standings by them: totals by the same
    /// weights, the same tie-breaks, the same cut. No standings where the scores of a stage that weighs something could
    /// not be adjusted.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    ///
    /// # Complexity
    /// That of the models.
    pub fn adjusted_standings(&self, options: &AdjustOptions) -> Result<(Vec<Adjustment>, Option<Standings>)> {
        let adjustments: Vec<Adjustment> = self.rounds.iter().map(|round| round.scored.adjust(options)).collect();
        let mut outcome = self.run()?;
        for ((adjustment, stage), round) in adjustments.iter().zip(&mut outcome.stages).zip(&self.rounds) {
            let Some(adjusted) = adjustment.adjusted() else {
                if round.weight > Weight::ZERO {
                    return Ok((adjustments, None));
                }
                continue;
            };
            let mut next = adjusted.proposals.iter().peekable();
            for one in &mut stage.proposals {
                // Both are in the order of the entrants.
                one.score = next.next_if(|score| score.proposal == one.proposal).map(|score| score.adjusted);
            }
        }
        let weighed: Vec<(Weight, &StageScores)> =
            self.rounds.iter().zip(&outcome.stages).map(|(round, scores)| (round.weight, scores)).collect();
        let proposals: Vec<ProposalId> = self.entrants.iter().map(|one| one.proposal.clone()).collect();
        let totals = totals(&proposals, &weighed)?;
        let standings = rank(&self.contenders(&outcome.stages, &totals), &self.tie_break, self.cut)?;
        Ok((adjustments, Some(standings)))
    }

    /// The same contest among some of the entrants.
    pub(super) fn among(&self, entrants: &[usize]) -> Self {
        let among = |round: &Round| Round { scored: round.scored.selected(entrants, |_| true), ..round.clone() };
        Self {
            entrants: entrants.iter().filter_map(|place| self.entrants.get(*place).cloned()).collect(),
            rounds: self.rounds.iter().map(among).collect(),
            tie_break: self.tie_break.clone(),
            sources: self.sources.clone(),
            cut: Cut::default(),
        }
    }
}
