//! What is entered in an edition, and what is objected to it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::EntityKind;
use super::common::{Entity, ExternalId, Line, Provenance, Text, Visit, limit};
use super::innovation::Section;
use super::status::Status;
use crate::base::{
    EditionId, EvidenceId, InnovationId, ObjectionId, PartialDate, ProposalId, Result, vocabulary::vocabulary,
};

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
