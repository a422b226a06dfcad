//! What a scoring run reads, and its fingerprints.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{ScoredProposal, ScoringOptions, StageChoice, Stray, StraySheet};
use crate::base::{Code, Error, ProposalId, Result, RubricId, Weight};
use crate::evaluation::aggregation::Rules;
use crate::evaluation::selection::Facts;
use crate::evaluation::standings::{Contest, Cut, Entrant, SUBMITTED_ON};
use crate::model::{
    Agency, Assessor, CompositionRule, Dimension, Edition, EntityRef, Group, Innovation, Line, Proposal, ProposalState,
    Region, Rubric, RunInput, ScoreSheet, Stage,
};
use crate::network::eligibility::group_of;
use crate::registry::View;

/// Everything a run reads.
pub(super) struct Gathered<'a> {
    edition: &'a Edition,
    pub(super) proposals: Vec<&'a Proposal>,
    pub(super) excluded: Vec<(&'a Proposal, ProposalState)>,
    sheets: Vec<Cow<'a, ScoreSheet>>,
    stages: Vec<(&'a Stage, &'a Rubric, Weight)>,
    pub(super) strays: Vec<StraySheet>,
    pub(super) tie_break: Vec<Line>,
    pub(super) tie_break_skipped: Vec<Line>,
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
        let strays = sheets.iter().filter_map(|sheet| stray(view, edition, sheet)).collect();
        let sheets: Vec<Cow<'_, ScoreSheet>> = sheets.into_iter().map(|sheet| canonical(view, sheet)).collect();
        let stages = stages(view, edition, group, options, &sheets)?;
        let only = if let [(stage, ..)] = stages.as_slice() { stage.pass_mark } else { None };
        let cut = Cut { places: options.cut.places, pass_mark: options.cut.pass_mark.or(only) };
        let (tie_break, tie_break_skipped) = tie_break(edition, &stages);
        let facts = proposals.iter().map(|proposal| facts(view, proposal)).collect();
        let composition = options.composition.clone().unwrap_or_else(|| edition.composition.clone());
        check_values(edition, &composition)?;
        Ok(Self {
            edition,
            proposals,
            excluded,
            sheets,
            stages,
            strays,
            tie_break,
            tie_break_skipped,
            facts,
            composition,
            cut,
        })
    }

    /// The contest: its entrants in the order of their ids.
    pub(super) fn contest(&self) -> Result<Contest> {
        let entrants: Vec<Entrant> = self.proposals.iter().map(|proposal| Entrant::from(*proposal)).collect();
        let mut contest = Contest::new(entrants);
        for (stage, rubric, weight) in &self.stages {
            let sheets = self.sheets.iter().map(AsRef::as_ref).filter(|sheet: &&ScoreSheet| sheet.stage == stage.code);
            contest = contest.with_stage(&stage.code, rubric, sheets, Rules::from(*stage), *weight)?;
        }
        Ok(contest.with_tie_break(&self.tie_break)?.with_cut(self.cut))
    }

    pub(super) fn proposal_ids(&self) -> Vec<&ProposalId> {
        self.proposals.iter().map(|proposal| &proposal.id).collect()
    }

    pub(super) fn rubrics(&self) -> Vec<RubricId> {
        self.stages.iter().map(|(_, rubric, _)| rubric.id.clone()).collect()
    }

    pub(super) fn weights(&self) -> Vec<Weight> {
        self.stages.iter().map(|(.., weight)| *weight).collect()
    }

    pub(super) fn described(&self, view: &View<'_>) -> Vec<ScoredProposal> {
        self.proposals.iter().map(|proposal| described(view, proposal)).collect()
    }

    /// Fingerprints of what was read, and of nothing else: a later step of a proposal's state changes none of them.
    pub(super) fn inputs(&self) -> Result<Vec<RunInput>> {
        let rules = (&self.edition.id, &self.tie_break, &self.composition);
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
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
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
    sheets: &[Cow<'_, ScoreSheet>],
) -> Result<Vec<(&'a Stage, &'a Rubric, Weight)>> {
    let unknown = |field: String, expected: &str| {
        Error::new(Code::Undetermined).about(edition.id.as_str()).field(field).expected(expected)
    };
    // Sheets without scores are assignments that wait: they make no stage count.
    let is_scored = |sheet: &ScoreSheet| sheet.scores.iter().any(|score| score.value.is_some());
    let has_sheets = |stage: &&Stage| sheets.iter().any(|sheet| sheet.stage == stage.code && is_scored(sheet));
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

/// A sheet with the ids of what its proposal and assessor were merged into.
fn canonical<'a>(view: &View<'a>, sheet: &'a ScoreSheet) -> Cow<'a, ScoreSheet> {
    let proposal = view.find::<Proposal>(sheet.proposal.as_str()).map_or(&sheet.proposal, |found| &found.id);
    let assessor = view.find::<Assessor>(sheet.assessor.as_str()).map_or(&sheet.assessor, |found| &found.id);
    if *proposal == sheet.proposal && *assessor == sheet.assessor {
        return Cow::Borrowed(sheet);
    }
    Cow::Owned(ScoreSheet { proposal: proposal.clone(), assessor: assessor.clone(), ..sheet.clone() })
}

/// What does not fit about a sheet, if anything.
fn stray(view: &View<'_>, edition: &Edition, sheet: &ScoreSheet) -> Option<StraySheet> {
    let assessor = view.find::<Assessor>(sheet.assessor.as_str());
    let of = |why: Stray| Some(StraySheet { sheet: sheet.id.clone(), assessor: sheet.assessor.clone(), why });
    match edition.stage(&sheet.stage) {
        None => of(Stray::UnknownStage),
        Some(_) if assessor.is_none_or(|found| found.edition != edition.id) => of(Stray::NotOfEdition),
        Some(stage) if stage.panel.is_some() && stage.panel != assessor.map(|found| found.panel) => {
            of(Stray::NotOfPanel)
        }
        Some(_) => None,
    }
}

/// The tie-breaks of the edition that the stages have, and those that they lack: of other groups, or misspelt.
fn tie_break(edition: &Edition, stages: &[(&Stage, &Rubric, Weight)]) -> (Vec<Line>, Vec<Line>) {
    let is_known = |code: &Line| {
        let of_stage = |(stage, rubric, _): &(&Stage, &Rubric, Weight)| {
            let named = code.strip_prefix(&*stage.code).and_then(|rest| rest.strip_prefix('/'));
            rubric.criterion(code).is_some() || named.is_some_and(|rest| rubric.criterion(rest).is_some())
        };
        **code == *SUBMITTED_ON || stages.iter().any(of_stage)
    };
    edition.tie_break.iter().cloned().partition(is_known)
}

/// Refuses a rule on a group or category that the edition does not have: nobody would ever count for it.
fn check_values(edition: &Edition, composition: &[CompositionRule]) -> Result<()> {
    for (number, rule) in composition.iter().enumerate() {
        let known: Vec<&str> = match rule.dimension {
            Dimension::Group => edition.groups.iter().map(|group| &*group.code).collect(),
            Dimension::Category => edition.categories.iter().map(|category| &*category.code).collect(),
            _ => continue,
        };
        if let Some(value) = rule.value.as_deref().filter(|value| !known.is_empty() && !known.contains(value)) {
            let field = format!("composition[{number}].value");
            return Err(Error::new(Code::NotFound).field(field).value(value).expected(known.join(", ")));
        }
    }
    Ok(())
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
