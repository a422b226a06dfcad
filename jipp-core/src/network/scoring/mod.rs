//! Scoring an edition: from the records to a ranking with everything that must be known of it.
//!
//! [`Network::score`] reads the rules, proposals and score sheets of an edition and gives the scores of every stage, the
//! totals and places, the scores adjusted for strict and lenient assessors with their errors, how sure each place is, what
//! the smallest change at the cut would be, how the assessors agree, and the choice under the composition rules. It is a
//! pure function of the records and the options. [`Network::seal_scoring`] makes such a run a record, with fingerprints of
//! everything it read; [`Network::replay`] runs it again and says what differs, if anything does.

mod gather;
mod report;
mod run;
mod seal;

use serde::{Deserialize, Serialize};

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{
    AssessorId, Code, EditionId, InnovationId, Lang, PartialDate, ProposalId, Result, RubricId, Score, SheetId, Weight,
    vocabulary::vocabulary,
};
use crate::evaluation::aggregation::{AdjustOptions, Adjustment};
use crate::evaluation::agreement::{Alpha, Outcome as AgreementOutcome};
use crate::evaluation::selection;
use crate::evaluation::standings::{
    AtTheCut, Change, Contest, Cut, Outcome, Resampling, Standings, Uncertainty, WeightRange, WhatIf,
};
use crate::model::{CompositionRule, ConflictGround, Decision, Line, ProposalState, RunInput, StageResult};
pub use report::{CriterionReport, EditionReport, Improvement, ProposalReport, RankedRow, SeverityRow, StageReport};
pub use seal::{InputDifference, Replay, ResultDifference, SCORING_METHOD};

use super::Network;
use super::assignment::conflicts;

/// A stage that counts, with its weight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageChoice {
    /// Code of the stage.
    pub stage: Line,
    /// Its share in the total; that of the edition if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Weight>,
}

/// By which totals places are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// As the assessors gave them.
    #[default]
    Raw,
    /// Adjusted for strict and lenient assessors.
    Adjusted,
}

/// What is scored, and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoringOptions {
    /// The edition.
    pub edition: EditionId,
    /// Code of the group; all proposals if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Line>,
    /// The stages that count. If there are none: every stage of the edition that has score sheets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<StageChoice>,
    /// Who is inside. Without a pass mark that of the stage, where only one counts; the lowest score of the scale lets
    /// everybody pass.
    #[serde(default)]
    pub cut: Cut,
    /// By which totals the choice is made.
    #[serde(default)]
    pub basis: Basis,
    /// How scores are adjusted.
    #[serde(default)]
    pub adjust: AdjustOptions,
    /// How places are drawn for their intervals; not at all if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resampling: Option<Resampling>,
    /// How the chosen must be composed; as the edition says if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub composition: Option<Vec<CompositionRule>>,
    /// How much work the choice may take.
    #[serde(default)]
    pub selection: selection::Options,
    /// The steps in which scores are given, for the smallest change at the cut: a point, usually. Criteria that may have
    /// certain scores only have these instead.
    #[serde(default = "one_point")]
    pub step: Score,
}

fn one_point() -> Score {
    Score::from_int(1)
}

impl ScoringOptions {
    /// An edition by its own rules: all stages with score sheets, raw totals, intervals by 1,000 draws.
    pub fn new(edition: EditionId) -> Self {
        Self {
            edition,
            group: None,
            stages: Vec::new(),
            cut: Cut::default(),
            basis: Basis::default(),
            adjust: AdjustOptions::default(),
            resampling: Some(Resampling::default()),
            composition: None,
            selection: selection::Options::default(),
            step: one_point(),
        }
    }
}

/// A proposal that was scored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ScoredProposal {
    /// The proposal.
    pub id: ProposalId,
    /// The innovation.
    pub innovation: InnovationId,
    /// Its title.
    pub title: String,
    /// The name of its owner.
    pub owner: String,
    /// Code of its category.
    pub category: Option<String>,
}

/// Something that could be computed, or why it could not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known<T> {
    /// It.
    Known(T),
    /// Why there is none.
    Unknown(WhyNot),
}

/// Why something could not be computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WhyNot {
    /// The code of the error.
    pub code: String,
    /// In English.
    pub reason: String,
    /// In Indonesian.
    pub reason_id: String,
}

impl<T> Known<T> {
    /// It, where it is known.
    pub const fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown(_) => None,
        }
    }

    /// Keeps what cannot be computed of these data as unknown; a wrong option stays an error.
    fn of(result: Result<T>) -> Result<Self> {
        match result {
            Ok(value) => Ok(Self::Known(value)),
            Err(error) if error.code_value() == Code::OptionInvalid => Err(error),
            Err(error) => Ok(Self::Unknown(WhyNot {
                code: error.code().to_owned(),
                reason: error.message(Lang::En),
                reason_id: error.message(Lang::Id),
            })),
        }
    }
}

/// How the assessors of a stage agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StageAgreement {
    /// The stage.
    pub stage: Line,
    /// Krippendorff's alpha of the totals of the sheets, on an interval scale.
    pub alpha: AgreementOutcome<Alpha>,
}

/// A score sheet of somebody who must not score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ConflictedSheet {
    /// The proposal.
    pub proposal: ProposalId,
    /// The assessor.
    pub assessor: AssessorId,
    /// Why.
    pub grounds: Vec<ConflictGround>,
}

/// Whom a composition rule could not count, since what it counts by is not known of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UncountedProposals {
    /// The code of the rule.
    pub code: String,
    /// Who.
    pub proposals: Vec<ProposalId>,
}

vocabulary! {
    /// What does not fit about a score sheet.
    Stray = "stray-sheet" {
        UnknownStage = "unknown-stage", "tahap tidak dikenal", "the edition has no such stage";
        NotOfEdition = "not-of-edition", "penilai bukan dari edisi ini", "by nobody who is an assessor of the edition";
        NotOfPanel = "not-of-panel", "penilai dari panel lain", "by an assessor of another panel";
    }
}

/// A score sheet that does not fit. One of a stage that the edition lacks does not count; the others do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StraySheet {
    /// The sheet.
    pub sheet: SheetId,
    /// Who scored.
    pub assessor: AssessorId,
    /// What does not fit.
    pub why: Stray,
}

/// Who would be chosen instead of whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChosenDifference {
    /// Chosen then, and not now.
    pub enters: Vec<ProposalId>,
    /// Chosen now, and not then.
    pub leaves: Vec<ProposalId>,
}

/// An edition, scored.
///
/// ```
/// use jipp_core::evaluation::standings::{Change, Cut};
/// use jipp_core::model::Record;
/// use jipp_core::network::{Network, Options, ScoringOptions};
/// use jipp_core::registry::{Action, Stamp};
///
/// let mut rows = vec![
///     r#"{"competition": {"id": "cup", "name": "Cup", "level": "national"}}"#.to_owned(),
///     r#"{"rubric": {"id": "r@1", "title": "R", "version": "1", "scale_min": 0, "scale_max": 100, "total": 100,
///         "missing": "refuse", "criteria": [{"code": "impact", "label": "Impact", "weight": 60},
///                                           {"code": "idea", "label": "Idea", "weight": 40}]}}"#.to_owned(),
///     r#"{"edition": {"id": "cup/1", "competition": "cup", "tie_break": ["impact"],
///         "stages": [{"code": "desk", "kind": "desk", "rubric": "r@1", "pass_mark": 70}]}}"#.to_owned(),
///     r#"{"agency": {"id": "kota-ambon", "name": "Kota Ambon", "kind": "city"}}"#.to_owned(),
/// ];
/// for reader in ["x", "y"] {
///     rows.push(format!(r#"{{"assessor": {{"id": "{reader}", "edition": "cup/1", "panel": "evaluation-team"}}}}"#));
/// }
/// for (name, impact) in [("a", 90), ("b", 75), ("c", 60)] {
///     rows.push(format!(r#"{{"innovation": {{"id": "i/{name}", "title": "{name}", "owner": "kota-ambon"}}}}"#));
///     rows.push(format!(r#"{{"proposal": {{"id": "{name}", "innovation": "i/{name}", "edition": "cup/1",
///         "status": "desk-scoring"}}}}"#));
///     for (reader, strict) in [("x", 0), ("y", 6)] {
///         rows.push(format!(r#"{{"score-sheet": {{"id": "{name}/{reader}", "assessor": "{reader}", "proposal": "{name}",
///             "stage": "desk", "scores": [{{"criterion": "impact", "value": {}}}, {{"criterion": "idea", "value": 80}}]}}}}"#,
///             impact - strict));
///     }
/// }
/// let network = Network::in_memory(&Options::new("example")?)?;
/// let stamp = Stamp::at("2026-11-22T08:00:00Z".parse()?);
/// let records = rows.iter().map(|row| serde_json::from_str::<Record>(row));
/// network.commit(&stamp, records.map(|record| record.map(Action::Register)).collect::<Result<_, _>>()?)?;
///
/// let options = ScoringOptions::new("cup/1".parse()?);
/// let scoring = network.score(&options)?;
/// let best = &scoring.outcome.standings.places[0];
/// assert_eq!((best.proposal.as_str(), best.score.to_string().as_str()), ("a", "84.2"));
/// assert_eq!(scoring.chosen().len(), 2, "above the pass mark of the stage");
/// let higher = scoring.what_if(&[Change::PassMark { mark: Some("80".parse()?) }])?;
/// assert_eq!(higher.leaves[0].proposal.as_str(), "b");
/// assert_eq!(scoring.what_if_chosen(&[Change::Places { places: Some(1) }], None)?.leaves.len(), 1);
/// assert_eq!(scoring.stage_results("cup/1/run", None)?.len(), 3);
///
/// // Sealed, the run can be repeated by anybody who has the records.
/// let run = network.seal_scoring("cup/1/run".parse()?, &options, &stamp)?;
/// assert!(network.replay(&run.id)?.is_same);
/// println!("{}", network.edition_report(&scoring)?.to_markdown(jipp_core::base::Lang::En));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Scoring {
    /// The options.
    pub options: ScoringOptions,
    /// The proposals, in the order of their ids.
    pub proposals: Vec<ScoredProposal>,
    /// Those of the group that do not take part, with their state.
    pub excluded: Vec<(ProposalId, ProposalState)>,
    /// Scores of stages, totals and places, as the assessors gave them.
    pub outcome: Outcome,
    /// The rubric of each stage.
    pub rubrics: Vec<RubricId>,
    /// The weight of each stage.
    pub weights: Vec<Weight>,
    /// Score sheets that do not fit.
    pub strays: Vec<StraySheet>,
    /// Tie-breaks of the edition that no stage of this run has.
    pub tie_break_skipped: Vec<Line>,
    /// The adjusted scores of each stage, or why there are none.
    pub adjustments: Vec<Adjustment>,
    /// The places by the adjusted totals.
    pub adjusted: Option<Standings>,
    /// How sure the places are, if that was asked for.
    pub uncertainty: Option<Known<Uncertainty>>,
    /// The pair at the cut, and the smallest change after which one of them is on the other side.
    pub at_the_cut: Option<Known<AtTheCut>>,
    /// How far each weight can move before somebody else is inside.
    pub weight_ranges: Known<Vec<WeightRange>>,
    /// How the assessors agree, stage by stage.
    pub agreement: Vec<StageAgreement>,
    /// The choice under the composition rules, if there are any.
    pub selection: Option<selection::Outcome>,
    /// Whom these rules could not count.
    pub uncounted: Vec<UncountedProposals>,
    /// Score sheets of assessors who must not score. They count: whether they should is for people to decide
    /// ([`Change::WithoutAssessor`] shows what would change). Not part of what is sealed, since lineage and hubs go on.
    #[serde(skip)]
    pub conflicts: Vec<ConflictedSheet>,
    /// Fingerprints of everything that decided: names and titles do not.
    pub inputs: Vec<RunInput>,
    /// The cut that counted.
    pub cut: Cut,
    /// The composition rules that counted.
    pub composition: Vec<CompositionRule>,
    /// What is known of each proposal for these rules.
    #[serde(skip)]
    facts: Vec<selection::Facts>,
    /// What the answers were computed from.
    #[serde(skip)]
    contest: Contest,
}

impl Scoring {
    /// The places by which is chosen: raw or adjusted, as the options say.
    pub fn standings(&self) -> Option<&Standings> {
        match self.options.basis {
            Basis::Raw => Some(&self.outcome.standings),
            Basis::Adjusted => self.adjusted.as_ref(),
        }
    }

    /// Who is chosen: by the composition rules where there are any, else those inside the cut. None without a cut, or where
    /// the rules cannot all be kept.
    pub fn chosen(&self) -> Vec<ProposalId> {
        run::chosen(self)
    }

    /// The ranking by raw totals with something changed, as a difference; [`what_if_chosen`](Self::what_if_chosen) knows the
    /// adjusted totals too.
    ///
    /// # Errors
    /// `undetermined` where the basis is the adjusted totals; those of [`Contest::what_if`].
    ///
    /// # Complexity
    /// That of two rankings.
    pub fn what_if(&self, changes: &[Change]) -> Result<WhatIf> {
        if self.options.basis == Basis::Adjusted {
            return Err(run::of_raw_only());
        }
        self.contest.what_if(changes)
    }

    /// Who would be chosen, and who would not be any more, with something changed in the contest, in the composition rules,
    /// or in both; by id.
    ///
    /// # Errors
    /// Those of [`Contest::changed`] and of the choice.
    ///
    /// # Complexity
    /// That of a ranking and a choice.
    pub fn what_if_chosen(
        &self,
        changes: &[Change],
        composition: Option<&[CompositionRule]>,
    ) -> Result<ChosenDifference> {
        let contest = self.contest.changed(changes)?;
        let now = run::chosen_under(self, &contest, contest.cut(), composition.unwrap_or(&self.composition))?;
        let before = self.chosen();
        let less = |all: &[ProposalId], by: &[ProposalId]| {
            let mut left: Vec<ProposalId> = all.iter().filter(|id| !by.contains(id)).cloned().collect();
            left.sort_unstable();
            left
        };
        Ok(ChosenDifference { enters: less(&now, &before), leaves: less(&before, &now) })
    }

    /// What the answers were computed from, for further questions.
    pub const fn contest(&self) -> &Contest {
        &self.contest
    }

    /// The standard errors of the adjusted totals, by proposal: those of the stages together, by their weights, as the
    /// stages are scored independently. Only of proposals that are adjusted in every stage that weighs something.
    fn adjusted_errors(&self) -> BTreeMap<&ProposalId, f64> {
        let whole: f64 = self.weights.iter().map(|weight| weight.to_f64()).sum();
        let weighing = || self.weights.iter().zip(&self.adjustments).filter(|(weight, _)| **weight > Weight::ZERO);
        let mut squares: BTreeMap<&ProposalId, (usize, f64)> = BTreeMap::new();
        for (weight, adjustment) in weighing() {
            for one in adjustment.adjusted().iter().flat_map(|adjusted| &adjusted.proposals) {
                let error = one.standard_error * weight.to_f64() / whole;
                let (stages, sum) = squares.entry(&one.proposal).or_default();
                (*stages, *sum) = (*stages + 1, *sum + error * error);
            }
        }
        let all = weighing().count();
        let whole = squares.into_iter().filter(|(_, (stages, _))| *stages == all);
        whole.map(|(id, (_, sum))| (id, libm::sqrt(sum))).collect()
    }

    /// What came of each stage, as records to be committed once the plenary has decided: score, spread and place, and
    /// whether the proposal is chosen. `prefix` begins the ids.
    ///
    /// # Errors
    /// Those of ids.
    pub fn stage_results(&self, prefix: &str, on: Option<PartialDate>) -> Result<Vec<StageResult>> {
        let chosen: BTreeSet<ProposalId> = self.chosen().into_iter().collect();
        let standings = self.standings();
        let mut results = Vec::new();
        for stage in &self.outcome.stages {
            for one in stage.proposals.iter().filter(|one| one.score.is_some()) {
                let id = format!("{prefix}/{}/{}", stage.stage, one.proposal).parse()?;
                let mut result = StageResult::new(id, one.proposal.clone(), stage.stage.clone());
                result.aggregate = one.score;
                result.spread = one.spread;
                // The place is that of the whole ranking: of a stage for itself only where it is the only one.
                let is_only = self.outcome.stages.len() == 1;
                result.rank =
                    standings.filter(|_| is_only).and_then(|all| all.of(&one.proposal)).map(|place| place.place);
                result.decision = Some(if chosen.contains(&one.proposal) { Decision::Pass } else { Decision::Fail });
                result.on = on;
                results.push(result);
            }
        }
        Ok(results)
    }
}

impl Network {
    /// Scores an edition; see [`ScoringOptions`]. Takes part whoever was submitted and neither failed, withdrew nor was
    /// disqualified.
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options, ScoringOptions};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let options = ScoringOptions::new("kipp/2025".parse()?);
    /// assert_eq!(network.score(&options).unwrap_err().code(), "not-found");
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// * `not-found`: no such edition, group or stage; a composition rule on a group or category that the edition lacks.
    /// * `undetermined`: no stage has score sheets; several count and one has no weight; a stage has no rubric, or several
    ///   groups have different ones and none is named; nothing is adjusted and the basis is the adjusted totals.
    /// * Those of [`Contest`] for sheets that break the rules of their rubric: the sheet is named.
    ///
    /// # Complexity
    /// That of [`Contest`]: with 2,500 proposals and three assessors seconds, of which the draws take most.
    pub fn score(&self, options: &ScoringOptions) -> Result<Scoring> {
        let inner = self.lock_with_lineage();
        let mut scoring = run::score(&inner.registry.view(), options)?;
        scoring.conflicts = run::conflicted(&scoring, &conflicts(&inner, &options.edition)?);
        Ok(scoring)
    }
}
