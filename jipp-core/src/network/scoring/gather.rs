//! What a scoring run reads, and its fingerprints.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{ScoredProposal, ScoringOptions, StageChoice};
use crate::base::{Code, Error, ProposalId, Result, RubricId, Weight};
use crate::evaluation::aggregation::Rules;
use crate::evaluation::selection::Facts;
use crate::evaluation::standings::{Contest, Cut, Entrant};
use crate::model::{
    Agency, CompositionRule, Edition, EntityRef, Group, Innovation, Line, Proposal, ProposalState, Region, Rubric,
    RunInput, ScoreSheet, Stage,
};
use crate::network::eligibility::group_of;
use crate::registry::View;

/// Everything a run reads.
pub(super) struct Gathered<'a> {
    edition: &'a Edition,
    pub(super) proposals: Vec<&'a Proposal>,
    pub(super) excluded: Vec<(&'a Proposal, ProposalState)>,
    sheets: Vec<&'a ScoreSheet>,
    stages: Vec<(&'a Stage, &'a Rubric, Weight)>,
    pub(super) facts: Vec<Facts>,
    pub(super) composition: Vec<CompositionRule>,
    pub(super) cut: Cut,
}

impl<'a> Gathered<'a> {
    pub(super) fn new(view: &View<'a>, options: &ScoringOptions) -> Result<Self> {
        let edition = view.get::<Edition>(&options.edition)?;
        let group = options.group.as_deref().map(|code| group_of(edition, code)).transpose()?;
        let (proposals, excluded) = entered(view, edition, group);
        let mut sheets: Vec<&ScoreSheet> = proposals
            .iter()
            .flat_map(|proposal| view.referring::<ScoreSheet>(&EntityRef::of::<Proposal>(&proposal.id)))
            .collect();
        sheets.sort_by(|a, b| a.id.cmp(&b.id));
        sheets.dedup_by(|a, b| a.id == b.id);
        let stages = stages(view, edition, group, options, &sheets)?;
        let only = if let [(stage, ..)] = stages.as_slice() { stage.pass_mark } else { None };
        let is_said = options.cut.places.is_some() || options.cut.pass_mark.is_some();
        let cut = if is_said { options.cut } else { Cut { places: None, pass_mark: only } };
        let facts = proposals.iter().map(|proposal| facts(view, proposal)).collect();
        let composition = options.composition.clone().unwrap_or_else(|| edition.composition.clone());
        Ok(Self { edition, proposals, excluded, sheets, stages, facts, composition, cut })
    }

    /// The contest: its entrants in the order of their ids.
    pub(super) fn contest(&self) -> Result<Contest> {
        let entrants: Vec<Entrant> = self.proposals.iter().map(|proposal| Entrant::from(*proposal)).collect();
        let mut contest = Contest::new(entrants);
        for (stage, rubric, weight) in &self.stages {
            let sheets = self.sheets.iter().copied().filter(|sheet| sheet.stage == stage.code);
            contest = contest.with_stage(&stage.code, rubric, sheets, Rules::from(*stage), *weight)?;
        }
        Ok(contest.with_tie_break(&self.tie_break())?.with_cut(self.cut))
    }

    /// The tie-breaks of the edition that the rubrics of this run have: those of other groups name other criteria.
    fn tie_break(&self) -> Vec<Line> {
        let is_known = |code: &&Line| {
            let plain = code.rsplit('/').next().unwrap_or(code);
            ***code == *crate::evaluation::standings::SUBMITTED_ON
                || self.stages.iter().any(|(_, rubric, _)| rubric.criterion(plain).is_some())
        };
        self.edition.tie_break.iter().filter(is_known).cloned().collect()
    }

    pub(super) fn proposal_ids(&self) -> Vec<&ProposalId> {
        self.proposals.iter().map(|proposal| &proposal.id).collect()
    }

    pub(super) fn rubrics(&self) -> Vec<RubricId> {
        self.stages.iter().map(|(_, rubric, _)| rubric.id.clone()).collect()
    }

    pub(super) fn described(&self, view: &View<'_>) -> Vec<ScoredProposal> {
        self.proposals.iter().map(|proposal| described(view, proposal)).collect()
    }

    /// Fingerprints of what was read, and of nothing else: a later step of a proposal's state changes none of them.
    pub(super) fn inputs(&self) -> Result<Vec<RunInput>> {
        let rules = (&self.edition.id, &self.edition.tie_break, &self.composition);
        let stages = self.stages.iter().map(|(stage, rubric, weight)| {
            let scale = (rubric.scale_min, rubric.scale_max, rubric.total, rubric.missing);
            let criteria: Vec<_> = rubric
                .criteria
                .iter()
                .map(|one| {
                    (
                        &one.code,
                        one.weight,
                        &one.parent,
                        one.is_required,
                        one.options.iter().map(|o| o.score).collect::<Vec<_>>(),
                    )
                })
                .collect();
            let how = (stage.aggregation, stage.min_assessors, stage.max_spread, stage.pass_mark);
            (&stage.code, weight, how, &rubric.id, scale, criteria)
        });
        let proposals =
            self.proposals.iter().map(|one| (&one.id, &one.innovation, &one.group, &one.category, one.submitted_on));
        let sheets = self.sheets.iter().map(|sheet| {
            let scores: Vec<_> = sheet.scores.iter().map(|score| (&score.criterion, score.value)).collect();
            (
                &sheet.id,
                &sheet.assessor,
                &sheet.proposal,
                &sheet.stage,
                scores,
                &sheet.revision_of,
                sheet.is_moderated,
                sheet.submitted_on,
            )
        });
        Ok(vec![
            fingerprint("edition", std::iter::once(rules))?,
            fingerprint("stages", stages)?,
            fingerprint("proposals", proposals)?,
            fingerprint("sheets", sheets)?,
            fingerprint("facts", self.facts.iter())?,
        ])
    }
}

/// SHA-256 of values, a line of JSON each.
fn fingerprint<T: Serialize>(part: &str, values: impl Iterator<Item = T>) -> Result<RunInput> {
    let (mut records, mut hash) = (0, Sha256::new());
    for value in values {
        hash.update(serde_json::to_vec(&value).map_err(|error| Error::from_serde(&error.to_string()))?);
        hash.update(b"\n");
        records += 1;
    }
    Ok(RunInput { part: Line::new(part)?, records, sha256: Line::new(hexadecimal(&hash.finalize()))? })
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The proposals that take part, and those that do not with their state; each in the order of their ids.
fn entered<'a>(
    view: &View<'a>,
    edition: &Edition,
    group: Option<&Group>,
) -> (Vec<&'a Proposal>, Vec<(&'a Proposal, ProposalState)>) {
    use ProposalState as P;
    let mut all: Vec<&Proposal> = view.referring(&EntityRef::of::<Edition>(&edition.id));
    all.retain(|proposal| group.is_none_or(|group| proposal.group.as_ref() == Some(&group.code)));
    all.sort_by(|a, b| a.id.cmp(&b.id));
    let is_out = |state| matches!(state, P::Draft | P::AdminFailed | P::Disqualified | P::Withdrawn | P::Revoked);
    let (out, inside): (Vec<&Proposal>, Vec<&Proposal>) =
        all.into_iter().partition(|proposal| is_out(proposal.status.state()));
    (inside, out.into_iter().map(|proposal| (proposal, proposal.status.state())).collect())
}

fn stages<'a>(
    view: &View<'a>,
    edition: &'a Edition,
    group: Option<&'a Group>,
    options: &ScoringOptions,
    sheets: &[&ScoreSheet],
) -> Result<Vec<(&'a Stage, &'a Rubric, Weight)>> {
    let unknown = |field: String, expected: &str| {
        Error::new(Code::Undetermined).about(edition.id.as_str()).field(field).expected(expected)
    };
    let has_sheets = |stage: &&Stage| sheets.iter().any(|sheet| sheet.stage == stage.code);
    let by_sheets = || edition.stages.iter().filter(has_sheets);
    let wanted: Vec<StageChoice> = match options.stages.as_slice() {
        [] => by_sheets().map(|stage| StageChoice { stage: stage.code.clone(), weight: None }).collect(),
        given => given.to_vec(),
    };
    if wanted.is_empty() {
        return Err(unknown("stages".to_owned(), "score sheets of a stage of the edition"));
    }
    let is_one = wanted.len() == 1;
    let chosen = wanted.iter().map(|choice| {
        let found = edition.stage(&choice.stage).ok_or_else(|| {
            let known: Vec<&str> = edition.stages.iter().map(|stage| &*stage.code).collect();
            Error::new(Code::NotFound)
                .about(edition.id.as_str())
                .field("stage")
                .value(&choice.stage)
                .expected(known.join(", "))
        })?;
        let weight = choice.weight.or(found.weight).or_else(|| is_one.then_some(Weight::from_int(1)));
        let weight = weight.ok_or_else(|| {
            let field = format!("stages.{}.weight", found.code);
            unknown(field, "a weight: several stages count, and the edition says none of this one")
        })?;
        Ok((found, rubric(view, edition, group, found)?, weight))
    });
    chosen.collect()
}

/// The rubric of a stage: its own, else that of the group, else the one that all groups share.
fn rubric<'a>(view: &View<'a>, edition: &'a Edition, group: Option<&'a Group>, stage: &'a Stage) -> Result<&'a Rubric> {
    let of_groups = || {
        let mut all = edition.groups.iter().filter_map(|group| group.rubric.as_ref());
        let first = all.next()?;
        all.all(|rubric| rubric == first).then_some(first)
    };
    let of_group = || match group {
        Some(group) => group.rubric.as_ref(),
        None => of_groups(),
    };
    let id = stage.rubric.as_ref().or_else(of_group).ok_or_else(|| {
        let expected = "a rubric of the stage or of the group (where groups have different ones, name the group)";
        let field = format!("stages.{}.rubric", stage.code);
        Error::new(Code::Undetermined).about(edition.id.as_str()).field(field).expected(expected)
    })?;
    view.get::<Rubric>(id)
}

fn described(view: &View<'_>, proposal: &Proposal) -> ScoredProposal {
    let innovation = view.find::<Innovation>(proposal.innovation.as_str());
    let owner = innovation.and_then(|found| view.find::<Agency>(found.owner.as_str()));
    let title = proposal.title.as_deref().or_else(|| innovation.map(|found| &*found.title));
    ScoredProposal {
        id: proposal.id.clone(),
        innovation: proposal.innovation.clone(),
        title: title.unwrap_or_default().to_owned(),
        owner: owner.map(|owner| owner.name.to_string()).unwrap_or_default(),
        category: proposal.category.as_ref().map(ToString::to_string),
    }
}

fn facts(view: &View<'_>, proposal: &Proposal) -> Facts {
    let innovation = view.find::<Innovation>(proposal.innovation.as_str());
    let owner = innovation.and_then(|found| view.find::<Agency>(found.owner.as_str()));
    let of_owner = || owner.and_then(|owner| owner.region.as_ref());
    let region = innovation.and_then(|found| found.region.as_ref()).or_else(of_owner);
    let region = region.and_then(|id| view.find::<Region>(id.as_str()));
    Facts {
        group: proposal.group.as_ref().map(ToString::to_string),
        category: proposal.category.as_ref().map(ToString::to_string),
        agency_kind: owner.map(|owner| owner.kind),
        island_group: region.and_then(|region| region.island_group.as_ref()).map(ToString::to_string),
        province: region.and_then(|region| view.province_of(region)).map(|province| province.id.clone()),
        underdeveloped: region.and_then(|region| region.is_3t),
        agency: owner.map(|owner| owner.id.clone()),
    }
}
