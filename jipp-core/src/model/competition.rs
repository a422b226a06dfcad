//! Competitions: editions with their groups, categories, tiers and stages, and what is entered, scored and awarded.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::common::{Entity, ExternalId, Line, Mark, Provenance, Text, Visit, limit};
use super::innovation::Section;
use super::{EntityKind, status::Status};
use crate::base::{
    AgencyId, AssessmentId, AssessorId, AwardId, Code, CompetitionId, DecreeId, EditionId, Error, EvidenceId, HubId,
    InnovationId, ObjectionId, PartialDate, Period, PersonId, ProposalId, Result, ResultId, RubricId, Score, SectorId,
    SheetId, Weight, vocabulary::vocabulary,
};

vocabulary! {
    /// The level of a competition.
    CompetitionLevel = "competition-level" {
        International = "international", "internasional", "international";
        National = "national", "nasional", "national";
        Provincial = "provincial", "provinsi", "provincial";
        Local = "local", "kabupaten/kota", "regency or city";
        Internal = "internal", "internal instansi", "within an agency";
    }
}

vocabulary! {
    /// The kind of a stage of an edition.
    StageKind = "stage-kind" {
        Administration = "administration", "seleksi administrasi", "administrative screening";
        Desk = "desk", "penilaian proposal", "desk evaluation";
        Consolidation = "consolidation", "konsolidasi nilai", "consolidation";
        PublicTest = "public-test", "uji publik", "public test";
        Interview = "interview", "presentasi dan wawancara", "presentation and interview";
        FieldVisit = "field-visit", "verifikasi dan observasi lapangan", "field verification";
        Plenary = "plenary", "rapat pleno", "plenary";
        Other = "other", "lainnya", "other";
    }
}

vocabulary! {
    /// How far a proposal has come in an edition.
    ProposalState = "proposal-state" {
        Draft = "draft", "draf", "draft";
        Submitted = "submitted", "diajukan", "submitted";
        AdminPassed = "admin-passed", "lolos administrasi", "passed screening";
        AdminFailed = "admin-failed", "tidak lolos administrasi", "failed screening";
        DeskScoring = "desk-scoring", "penilaian proposal", "desk scoring";
        Consolidated = "consolidated", "nilai dikonsolidasi", "consolidated";
        Finalist = "finalist", "finalis", "finalist";
        NotFinalist = "not-finalist", "bukan finalis", "not a finalist";
        PublicTest = "public-test", "uji publik", "public test";
        Confirmed = "confirmed", "dikukuhkan", "confirmed";
        Disqualified = "disqualified", "didiskualifikasi", "disqualified";
        InterviewScored = "interview-scored", "wawancara dinilai", "interview scored";
        FieldVerified = "field-verified", "terverifikasi lapangan", "verified in the field";
        AwardedPending = "awarded-pending", "menunggu penetapan", "award pending";
        Awarded = "awarded", "mendapat penghargaan", "awarded";
        NotAwarded = "not-awarded", "tidak mendapat penghargaan", "not awarded";
        Revoked = "revoked", "dicabut", "revoked";
        Withdrawn = "withdrawn", "ditarik", "withdrawn";
    }
}

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
    /// What a missing answer means.
    MissingRule = "missing-rule" {
        Refuse = "refuse", "ditolak", "refuse";
        Skip = "skip", "dilewati", "leave out";
        Lowest = "lowest", "nilai terendah", "lowest score";
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

/// A group of an edition (general, replication, special): participants compete within it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its code.
    pub code: Line,
    /// Its label.
    pub label: Line,
    /// The rubric that scores it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rubric: Option<RubricId>,
    /// How many proposals one agency may enter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota_per_agency: Option<u32>,
    /// How old an innovation must be at closing, in months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_age_months: Option<u32>,
    /// How well these figures are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

impl Group {
    pub(crate) fn references(&self, visit: &mut Visit<'_>) {
        if let Some(id) = &self.rubric {
            visit("rubric", EntityKind::Rubric, id.as_str());
        }
    }
}

/// A category of an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its code.
    pub code: Line,
    /// Its label.
    pub label: Line,
}

/// A tier of award of an edition. Tiers change every few years, so they are data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Its code.
    pub code: Line,
    /// Its label.
    pub label: Line,
    /// Code of the group it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Line>,
    /// How many may win it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<u32>,
    /// Code of the tier its winners are drawn from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Line>,
    /// Its standing within the edition, 1 the highest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
}

/// A stage of an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Its code.
    pub code: Line,
    /// Its kind.
    pub kind: StageKind,
    /// Its label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Line>,
    /// Its share in the total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Weight>,
    /// The score that passes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass_mark: Option<Score>,
    /// The rubric that scores it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rubric: Option<RubricId>,
    /// How many assessors must score each proposal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_assessors: Option<u32>,
    /// The range of scores beyond which moderation is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_spread: Option<Score>,
    /// How well these figures are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

impl Stage {
    pub(crate) fn references(&self, visit: &mut Visit<'_>) {
        if let Some(id) = &self.rubric {
            visit("rubric", EntityKind::Rubric, id.as_str());
        }
    }
}

/// A competition that is held again and again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Competition {
    /// Its id.
    pub id: CompetitionId,
    /// Its name.
    pub name: Line,
    /// Other names that people use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Line>,
    /// Its level.
    pub level: CompetitionLevel,
    /// Who holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organiser: Option<AgencyId>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Competition {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: CompetitionId, name: Line, level: CompetitionLevel) -> Self {
        Self { id, name, aliases: Vec::new(), level, organiser: None, provenance: Vec::new() }
    }
}

impl Entity for Competition {
    type Id = CompetitionId;
    const KIND: EntityKind = EntityKind::Competition;

    fn id(&self) -> &CompetitionId {
        &self.id
    }
    fn name(&self) -> Option<&str> {
        Some(&self.name)
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        if let Some(id) = &self.organiser {
            visit("organiser", EntityKind::Agency, id.as_str());
        }
    }
    fn check(&self) -> Result<()> {
        limit("aliases", self.aliases.len())?;
        limit("provenance", self.provenance.len())?;
        Ok(())
    }
}

/// One edition of a competition, with its rules as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// Its id.
    pub id: EditionId,
    /// The competition.
    pub competition: CompetitionId,
    /// The year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Its theme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Line>,
    /// The rules it is held under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decree: Option<DecreeId>,
    /// When proposals may be entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration: Option<Period>,
    /// Its groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// Its categories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Category>,
    /// Its tiers of award.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<Tier>,
    /// Its stages, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Edition {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: EditionId, competition: CompetitionId) -> Self {
        Self {
            id,
            competition,
            year: None,
            theme: None,
            decree: None,
            registration: None,
            groups: Vec::new(),
            categories: Vec::new(),
            tiers: Vec::new(),
            stages: Vec::new(),
            provenance: Vec::new(),
        }
    }
}

impl Entity for Edition {
    type Id = EditionId;
    const KIND: EntityKind = EntityKind::Edition;

    fn id(&self) -> &EditionId {
        &self.id
    }
    fn name(&self) -> Option<&str> {
        self.theme.as_deref()
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        visit("competition", EntityKind::Competition, self.competition.as_str());
        if let Some(id) = &self.decree {
            visit("decree", EntityKind::Decree, id.as_str());
        }
        for part in &self.groups {
            part.references(visit);
        }
        for part in &self.stages {
            part.references(visit);
        }
    }
    fn check(&self) -> Result<()> {
        limit("groups", self.groups.len())?;
        limit("categories", self.categories.len())?;
        limit("tiers", self.tiers.len())?;
        limit("stages", self.stages.len())?;
        limit("provenance", self.provenance.len())?;
        self.check_own()
    }
}

/// A score a criterion may have, with what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreOption {
    /// The score.
    pub score: Score,
    /// What it means.
    pub label: Line,
}

/// One criterion of a rubric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its code.
    pub code: Line,
    /// Its label in the language of the network.
    pub label: Line,
    /// Its label in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_en: Option<Line>,
    /// Its weight.
    pub weight: Weight,
    /// Code of the criterion it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Line>,
    /// Whether it must be answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_required: Option<bool>,
    /// How many words its section may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word_limit: Option<u32>,
    /// The scores it may have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<ScoreOption>,
    /// How well the weight is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// A rubric: criteria with weights on a scale, with a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    /// Its id.
    pub id: RubricId,
    /// Its title.
    pub title: Line,
    /// Its version.
    pub version: Line,
    /// The lowest score of a criterion.
    pub scale_min: Score,
    /// The highest score of a criterion.
    pub scale_max: Score,
    /// What the weights of the top criteria add up to.
    pub total: Weight,
    /// What a missing answer means.
    pub missing: MissingRule,
    /// Its criteria.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Criterion>,
    /// How well the scale is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale_mark: Option<Mark>,
    /// When it was true, as far as known.
    #[serde(default, skip_serializing_if = "Period::is_unknown")]
    pub valid: Period,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Rubric {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(
        id: RubricId,
        title: Line,
        version: Line,
        scale_min: Score,
        scale_max: Score,
        total: Weight,
        missing: MissingRule,
    ) -> Self {
        Self {
            id,
            title,
            version,
            scale_min,
            scale_max,
            total,
            missing,
            criteria: Vec::new(),
            scale_mark: None,
            valid: Period::default(),
            provenance: Vec::new(),
        }
    }
}

impl Entity for Rubric {
    type Id = RubricId;
    const KIND: EntityKind = EntityKind::Rubric;

    fn id(&self) -> &RubricId {
        &self.id
    }
    fn name(&self) -> Option<&str> {
        Some(&self.title)
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn valid(&self) -> Period {
        self.valid
    }
    fn references(&self, visit: &mut Visit<'_>) {
        let _ = visit;
    }
    fn check(&self) -> Result<()> {
        limit("criteria", self.criteria.len())?;
        limit("provenance", self.provenance.len())?;
        self.valid.check().map_err(|error| error.inside("valid"))?;
        self.check_own()
    }
}

/// An innovation entered in an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// The innovation.
    pub innovation: InnovationId,
    /// The edition.
    pub edition: EditionId,
    /// Code of the group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Line>,
    /// Code of the category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Line>,
    /// Its title in this edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Line>,
    /// Its text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// Its documents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<EvidenceId>,
    /// When it was submitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submitted_on: Option<PartialDate>,
    /// How far it has come, step by step.
    #[serde(default, skip_serializing_if = "Status::is_initial")]
    pub status: Status<ProposalState>,
    /// Its numbers in other systems.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub external_ids: Vec<ExternalId>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Proposal {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: ProposalId, innovation: InnovationId, edition: EditionId) -> Self {
        Self {
            id,
            innovation,
            edition,
            group: None,
            category: None,
            title: None,
            sections: Vec::new(),
            documents: Vec::new(),
            submitted_on: None,
            status: Status::default(),
            external_ids: Vec::new(),
            provenance: Vec::new(),
        }
    }
}

impl Entity for Proposal {
    type Id = ProposalId;
    const KIND: EntityKind = EntityKind::Proposal;

    fn id(&self) -> &ProposalId {
        &self.id
    }
    fn name(&self) -> Option<&str> {
        self.title.as_deref()
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn external_ids(&self) -> &[ExternalId] {
        &self.external_ids
    }
    fn references(&self, visit: &mut Visit<'_>) {
        visit("innovation", EntityKind::Innovation, self.innovation.as_str());
        visit("edition", EntityKind::Edition, self.edition.as_str());
        for id in &self.documents {
            visit("documents", EntityKind::Evidence, id.as_str());
        }
        self.status.references(visit);
    }
    fn check(&self) -> Result<()> {
        limit("sections", self.sections.len())?;
        limit("documents", self.documents.len())?;
        limit("external_ids", self.external_ids.len())?;
        limit("provenance", self.provenance.len())?;
        Ok(())
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

/// An objection raised in a public test.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    /// Its id.
    pub id: ObjectionId,
    /// Against which proposal.
    pub proposal: ProposalId,
    /// Who raised it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Line>,
    /// What it says.
    pub text: Text,
    /// When it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_on: Option<PartialDate>,
    /// Whether it was upheld; absent while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_upheld: Option<bool>,
    /// What was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Text>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Objection {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: ObjectionId, proposal: ProposalId, text: Text) -> Self {
        Self {
            id,
            proposal,
            by: None,
            text,
            received_on: None,
            is_upheld: None,
            resolution: None,
            provenance: Vec::new(),
        }
    }
}

impl Entity for Objection {
    type Id = ObjectionId;
    const KIND: EntityKind = EntityKind::Objection;

    fn id(&self) -> &ObjectionId {
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

/// An award, as the source words it and, where that can be read, placed in an edition and tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// Its id.
    pub id: AwardId,
    /// What was awarded.
    pub innovation: InnovationId,
    /// The award as the source words it.
    pub label: Line,
    /// The contest, where its edition has no record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contest: Option<Line>,
    /// The edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<EditionId>,
    /// Code of the group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Line>,
    /// Code of the tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Line>,
    /// The year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// The decree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decree: Option<DecreeId>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Award {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: AwardId, innovation: InnovationId, label: Line) -> Self {
        Self {
            id,
            innovation,
            label,
            contest: None,
            edition: None,
            group: None,
            tier: None,
            year: None,
            decree: None,
            on: None,
            provenance: Vec::new(),
        }
    }
}

impl Entity for Award {
    type Id = AwardId;
    const KIND: EntityKind = EntityKind::Award;

    fn id(&self) -> &AwardId {
        &self.id
    }
    fn name(&self) -> Option<&str> {
        Some(&self.label)
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        visit("innovation", EntityKind::Innovation, self.innovation.as_str());
        if let Some(id) = &self.edition {
            visit("edition", EntityKind::Edition, id.as_str());
        }
        if let Some(id) = &self.decree {
            visit("decree", EntityKind::Decree, id.as_str());
        }
    }
    fn check(&self) -> Result<()> {
        limit("provenance", self.provenance.len())?;
        Ok(())
    }
}

/// The answer to one question of an assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Code of the criterion.
    pub criterion: Line,
    /// What the subject says of itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<Score>,
    /// What the verifier says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<Score>,
    /// Evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceId>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl Answer {
    pub(crate) fn references(&self, visit: &mut Visit<'_>) {
        for id in &self.evidence {
            visit("evidence", EntityKind::Evidence, id.as_str());
        }
    }
}

/// A maturity assessment of an innovation or a hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// Its id.
    pub id: AssessmentId,
    /// The instrument.
    pub rubric: RubricId,
    /// The innovation assessed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub innovation: Option<InnovationId>,
    /// The hub assessed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hub: Option<HubId>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// The answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    /// The band, as published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<Line>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Assessment {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: AssessmentId, rubric: RubricId) -> Self {
        Self {
            id,
            rubric,
            innovation: None,
            hub: None,
            on: None,
            answers: Vec::new(),
            band: None,
            provenance: Vec::new(),
        }
    }
}

impl Entity for Assessment {
    type Id = AssessmentId;
    const KIND: EntityKind = EntityKind::Assessment;

    fn id(&self) -> &AssessmentId {
        &self.id
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        visit("rubric", EntityKind::Rubric, self.rubric.as_str());
        if let Some(id) = &self.innovation {
            visit("innovation", EntityKind::Innovation, id.as_str());
        }
        if let Some(id) = &self.hub {
            visit("hub", EntityKind::Hub, id.as_str());
        }
        for part in &self.answers {
            part.references(visit);
        }
    }
    fn check(&self) -> Result<()> {
        limit("answers", self.answers.len())?;
        limit("provenance", self.provenance.len())?;
        self.check_own()
    }
}

impl Edition {
    fn check_own(&self) -> Result<()> {
        unique("groups", self.groups.iter().map(|group| &*group.code))?;
        unique("categories", self.categories.iter().map(|category| &*category.code))?;
        unique("tiers", self.tiers.iter().map(|tier| &*tier.code))?;
        unique("stages", self.stages.iter().map(|stage| &*stage.code))?;
        self.registration.map_or(Ok(()), |period| period.check().map_err(|error| error.inside("registration")))
    }

    /// The tier with this code.
    pub fn tier(&self, code: &str) -> Option<&Tier> {
        self.tiers.iter().find(|tier| &*tier.code == code)
    }
}

impl Rubric {
    fn check_own(&self) -> Result<()> {
        unique("criteria", self.criteria.iter().map(|criterion| &*criterion.code))?;
        if self.scale_min >= self.scale_max {
            let scale = format!("{} to {}", self.scale_min, self.scale_max);
            return Err(Error::new(Code::OutOfRange).field("scale_max").value(scale).expected("a scale that rises"));
        }
        let top: Weight = self.criteria.iter().filter(|c| c.parent.is_none()).map(|c| c.weight).sum();
        if top != self.total {
            return Err(Error::new(Code::RubricWeights).field("total").value(top).expected(self.total.to_string()));
        }
        Ok(())
    }
}

impl ScoreSheet {
    fn check_own(&self) -> Result<()> {
        unique("scores", self.scores.iter().map(|score| &*score.criterion))
    }
}

impl Assessment {
    fn check_own(&self) -> Result<()> {
        unique("answers", self.answers.iter().map(|answer| &*answer.criterion))?;
        if self.innovation.is_some() == self.hub.is_some() {
            return Err(Error::new(Code::FieldMissing).field("innovation").expected("either an innovation or a hub"));
        }
        Ok(())
    }
}

/// Refuses a code that stands twice.
fn unique<'a>(field: &str, codes: impl Iterator<Item = &'a str>) -> Result<()> {
    let mut seen = std::collections::BTreeSet::new();
    for code in codes {
        if !seen.insert(code) {
            return Err(Error::new(Code::DuplicateInRecord).field(field).value(code));
        }
    }
    Ok(())
}
