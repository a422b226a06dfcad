//! Who scores in an edition, what they give, and what comes of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::EntityKind;
use super::common::{Entity, Line, Provenance, Text, Visit, limit, unique};
use crate::base::{
    AgencyId, AssessorId, EditionId, InnovationId, PartialDate, PersonId, ProposalId, Result, ResultId, Score,
    SectorId, SheetId, vocabulary::vocabulary,
};

vocabulary! {
    /// The kind of a panel.
    PanelKind = "panel-kind" {
        EvaluationTeam = "evaluation-team", "Tim Evaluasi", "evaluation team";
        IndependentPanel = "independent-panel", "Tim Panel Independen", "independent panel";
        Secretariat = "secretariat", "sekretariat", "secretariat";
        Public = "public", "publik", "public";
    }
}

vocabulary! {
    /// What was decided of a proposal in a stage.
    Decision = "decision" {
        Pass = "pass", "lolos", "pass";
        Fail = "fail", "tidak lolos", "fail";
        Hold = "hold", "ditunda", "hold";
    }
}

/// Somebody an assessor must not score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConflictOfInterest {
    /// An agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyId>,
    /// An innovation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub innovation: Option<InnovationId>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line>,
}

impl ConflictOfInterest {
    pub(crate) fn references(&self, visit: &mut Visit<'_>) {
        if let Some(id) = &self.agency {
            visit("agency", EntityKind::Agency, id.as_str());
        }
        if let Some(id) = &self.innovation {
            visit("innovation", EntityKind::Innovation, id.as_str());
        }
    }
}

/// Somebody who scores in an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assessor {
    /// Its id.
    pub id: AssessorId,
    /// The edition.
    pub edition: EditionId,
    /// Who it is, where that may be kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// The panel.
    pub panel: PanelKind,
    /// Code of the stage, where only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Line>,
    /// The agency the assessor works for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyId>,
    /// What the assessor is expert in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<SectorId>,
    /// Whom the assessor must not score.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<ConflictOfInterest>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Assessor {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: AssessorId, edition: EditionId, panel: PanelKind) -> Self {
        Self {
            id,
            edition,
            person: None,
            panel,
            stage: None,
            agency: None,
            sectors: Vec::new(),
            conflicts: Vec::new(),
            provenance: Vec::new(),
        }
    }
}

impl Entity for Assessor {
    type Id = AssessorId;
    const KIND: EntityKind = EntityKind::Assessor;

    fn id(&self) -> &AssessorId {
        &self.id
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        visit("edition", EntityKind::Edition, self.edition.as_str());
        if let Some(id) = &self.person {
            visit("person", EntityKind::Person, id.as_str());
        }
        if let Some(id) = &self.agency {
            visit("agency", EntityKind::Agency, id.as_str());
        }
        for id in &self.sectors {
            visit("sectors", EntityKind::Sector, id.as_str());
        }
        for part in &self.conflicts {
            part.references(visit);
        }
    }
    fn check(&self) -> Result<()> {
        limit("sectors", self.sectors.len())?;
        limit("conflicts", self.conflicts.len())?;
        limit("provenance", self.provenance.len())?;
        Ok(())
    }
}

/// The score of one criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CriterionScore {
    /// Code of the criterion.
    pub criterion: Line,
    /// The score; absent means not given, never zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Score>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Text>,
}

/// What one assessor gave one proposal in one stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreSheet {
    /// Its id.
    pub id: SheetId,
    /// Who scored.
    pub assessor: AssessorId,
    /// What was scored.
    pub proposal: ProposalId,
    /// Code of the stage.
    pub stage: Line,
    /// The scores.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<CriterionScore>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submitted_on: Option<PartialDate>,
    /// The sheet that this one replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision_of: Option<SheetId>,
    /// Whether it was given in moderation.
    #[serde(default)]
    pub is_moderated: bool,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl ScoreSheet {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: SheetId, assessor: AssessorId, proposal: ProposalId, stage: Line) -> Self {
        Self {
            id,
            assessor,
            proposal,
            stage,
            scores: Vec::new(),
            submitted_on: None,
            revision_of: None,
            is_moderated: false,
            provenance: Vec::new(),
        }
    }
}

impl Entity for ScoreSheet {
    type Id = SheetId;
    const KIND: EntityKind = EntityKind::ScoreSheet;

    fn id(&self) -> &SheetId {
        &self.id
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        visit("assessor", EntityKind::Assessor, self.assessor.as_str());
        visit("proposal", EntityKind::Proposal, self.proposal.as_str());
        if let Some(id) = &self.revision_of {
            visit("revision_of", EntityKind::ScoreSheet, id.as_str());
        }
    }
    fn check(&self) -> Result<()> {
        limit("scores", self.scores.len())?;
        limit("provenance", self.provenance.len())?;
        self.check_own()
    }
}

/// What came of one stage for one proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StageResult {
    /// Its id.
    pub id: ResultId,
    /// The proposal.
    pub proposal: ProposalId,
    /// Code of the stage.
    pub stage: Line,
    /// The score of the stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aggregate: Option<Score>,
    /// Highest less lowest total among assessors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread: Option<Score>,
    /// Its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// What was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Line>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl StageResult {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: ResultId, proposal: ProposalId, stage: Line) -> Self {
        Self {
            id,
            proposal,
            stage,
            aggregate: None,
            spread: None,
            rank: None,
            decision: None,
            reason: None,
            decided_by: None,
            on: None,
            provenance: Vec::new(),
        }
    }
}

impl Entity for StageResult {
    type Id = ResultId;
    const KIND: EntityKind = EntityKind::StageResult;

    fn id(&self) -> &ResultId {
        &self.id
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        visit("proposal", EntityKind::Proposal, self.proposal.as_str());
    }
    fn check(&self) -> Result<()> {
        limit("provenance", self.provenance.len())?;
        Ok(())
    }
}

impl ScoreSheet {
    fn check_own(&self) -> Result<()> {
        unique("scores", self.scores.iter().map(|score| &*score.criterion))
    }
}
