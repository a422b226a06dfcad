//! Evidence: documents that back what is claimed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::EntityKind;
use super::common::{Entity, Line, Provenance, Text, Visit, limit};
use crate::base::{AgencyId, EvidenceId, PartialDate, Result, vocabulary::vocabulary};

vocabulary! {
    /// The kind of a piece of evidence.
    EvidenceKind = "evidence-kind" {
        Letter = "letter", "surat", "letter";
        Agreement = "agreement", "kesepakatan", "agreement";
        Regulation = "regulation", "peraturan", "regulation";
        Report = "report", "laporan", "report";
        Photo = "photo", "foto", "photograph";
        Video = "video", "video", "film";
        Survey = "survey", "survei", "survey";
        Media = "media", "berita", "news report";
        Link = "link", "tautan", "link";
        Other = "other", "lainnya", "other";
    }
}

/// A piece of evidence: a document that backs a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// Its kind.
    pub kind: EvidenceKind,
    /// Code of the document that an edition asks for, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Line>,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Line>,
    /// Where it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<Line>,
    /// SHA-256 of its bytes, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Line>,
    /// When it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<PartialDate>,
    /// Who issued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<AgencyId>,
    /// Who checked it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_by: Option<Line>,
    /// What the check found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_accepted: Option<bool>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Evidence {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: EvidenceId, kind: EvidenceKind) -> Self {
        Self {
            id,
            kind,
            code: None,
            title: None,
            uri: None,
            sha256: None,
            issued_on: None,
            issuer: None,
            verified_by: None,
            is_accepted: None,
            note: None,
            provenance: Vec::new(),
        }
    }
}

impl Entity for Evidence {
    type Id = EvidenceId;
    const KIND: EntityKind = EntityKind::Evidence;

    fn id(&self) -> &EvidenceId {
        &self.id
    }
    fn name(&self) -> Option<&str> {
        self.title.as_deref()
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        if let Some(id) = &self.issuer {
            visit("issuer", EntityKind::Agency, id.as_str());
        }
    }
    fn check(&self) -> Result<()> {
        limit("provenance", self.provenance.len())?;
        Ok(())
    }
}
