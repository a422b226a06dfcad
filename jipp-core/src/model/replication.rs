//! Replications: an agency takes a proven innovation and adapts it to its own people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::common::{Entity, ExternalId, Line, Provenance, Text, Visit, limit};
use super::{EntityKind, status::Status};
use crate::base::{
    AgencyId, Code, Error, EvidenceId, HubId, InnovationId, PartialDate, Period, ReplicationId, Result, SectorId,
    vocabulary::vocabulary,
};

vocabulary! {
    /// How far a replication has come.
    ReplicationState = "replication-state" {
        Proposed = "proposed", "diusulkan", "proposed";
        Interest = "interest", "minat", "interest";
        InterestVerified = "interest-verified", "minat terverifikasi", "interest verified";
        InterestRejected = "interest-rejected", "minat ditolak", "interest rejected";
        Requested = "requested", "menunggu", "requested";
        Approved = "approved", "disetujui", "approved";
        Declined = "declined", "tidak disetujui", "declined";
        Agreed = "agreed", "kesepakatan", "agreed";
        Adapting = "adapting", "adaptasi", "adapting";
        Implemented = "implemented", "implementasi", "implemented";
        Reported = "reported", "dilaporkan", "reported";
        Verified = "verified", "terverifikasi", "verified";
        Completed = "completed", "selesai", "completed";
        Suspended = "suspended", "ditunda", "suspended";
        Cancelled = "cancelled", "batal", "cancelled";
        Discontinued = "discontinued", "tidak berlanjut", "discontinued";
        Claimed = "claimed", "diklaim", "claimed";
    }
}

vocabulary! {
    /// How much of the source was taken.
    Extent = "extent" {
        Part = "part", "sebagian", "part";
        Whole = "whole", "keseluruhan", "whole";
    }
}

vocabulary! {
    /// How far the replica departs from its source, from least to most.
    ChangeType = "change-type" {
        Adopt = "adopt", "adopsi", "adopt";
        Adapt = "adapt", "adaptasi", "adapt";
        Modify = "modify", "modifikasi", "modify";
        Develop = "develop", "pengembangan", "develop";
        Inspire = "inspire", "inspirasi", "inspire";
    }
}

vocabulary! {
    /// What a replica may change.
    Aspect = "aspect" {
        Context = "context", "wilayah/konteks", "region or context";
        TargetGroup = "target-group", "kelompok sasaran", "target group";
        GovernmentLevel = "government-level", "tingkat pemerintahan", "level of government";
        Technology = "technology", "teknologi", "technology";
        Procedure = "procedure", "prosedur", "procedure";
        Organisation = "organisation", "organisasi", "organisation";
        Regulation = "regulation", "regulasi", "regulation";
        Funding = "funding", "pendanaan", "funding";
        Scale = "scale", "skala", "scale";
        Other = "other", "lainnya", "other";
    }
}

vocabulary! {
    /// What was done to an aspect of the source.
    DifferenceKind = "difference-kind" {
        Kept = "kept", "dipertahankan", "kept";
        Changed = "changed", "diubah", "changed";
        Dropped = "dropped", "dihilangkan", "dropped";
        Added = "added", "ditambahkan", "added";
    }
}

vocabulary! {
    /// What is transferred (UN-Habitat/CITYNET).
    TransferType = "transfer-type" {
        Technical = "technical", "teknis", "technical";
        Informational = "informational", "informasi", "informational";
        Managerial = "managerial", "manajerial", "managerial";
    }
}

vocabulary! {
    /// How it is transferred.
    TransferMode = "transfer-mode" {
        TechnicalAssistance = "technical-assistance", "bantuan teknis", "technical assistance";
        PeerLearning = "peer-learning", "belajar antarsejawat", "peer learning";
        Visit = "visit", "kunjungan lapangan", "field visit";
        Training = "training", "pelatihan", "training";
        Documents = "documents", "dokumen", "documents";
        Other = "other", "lainnya", "other";
    }
}

vocabulary! {
    /// Who works together in a replication.
    CooperationModel = "cooperation-model" {
        Independent = "independent", "mandiri", "independent";
        TwoParty = "two-party", "dua pihak", "two parties";
        Facilitated = "facilitated", "dengan fasilitator", "with a facilitator";
    }
}

vocabulary! {
    /// The kind of an agreement.
    AgreementKind = "agreement-kind" {
        LetterOfInterest = "letter-of-interest", "surat minat", "letter of interest";
        Mou = "mou", "nota kesepahaman (MoU)", "memorandum of understanding";
        Pks = "pks", "perjanjian kerja sama (PKS)", "cooperation agreement";
        Decree = "decree", "surat keputusan", "decree";
        Statement = "statement", "surat pernyataan", "statement";
        Other = "other", "lainnya", "other";
    }
}

vocabulary! {
    /// The kind of a certificate.
    CertificateKind = "certificate-kind" {
        Commitment = "commitment", "komitmen", "commitment";
        Implementation = "implementation", "implementasi", "implementation";
    }
}

vocabulary! {
    /// How well it is known that the replica comes from the source, from least to most.
    EvidenceLevel = "evidence-level" {
        Inferred = "inferred", "disimpulkan", "inferred";
        Declared = "declared", "dinyatakan", "declared";
        Documented = "documented", "terdokumentasi", "documented";
        Verified = "verified", "terverifikasi", "verified";
    }
}

vocabulary! {
    /// How the title of the replica relates to that of its source.
    TitleRelation = "title-relation" {
        Same = "same", "sama", "same";
        Variant = "variant", "varian", "variant";
        Renamed = "renamed", "diganti", "renamed";
    }
}

/// One source of a replica.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The innovation taken.
    pub innovation: InnovationId,
    /// How much of it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extent: Option<Extent>,
    /// How well the link is known; where absent, as the whole replication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<EvidenceLevel>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl Source {
    /// An innovation taken, of which nothing more is known.
    pub fn of(innovation: InnovationId) -> Self {
        Self { innovation, extent: None, evidence: None, note: None }
    }
    pub(crate) fn references(&self, visit: &mut Visit<'_>) {
        visit("innovation", EntityKind::Innovation, self.innovation.as_str());
    }
}

/// One thing kept, changed, dropped or added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// Which aspect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspect: Option<Aspect>,
    /// What was done to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<DifferenceKind>,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// An agreement between the owner and the recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// Its kind.
    pub kind: AgreementKind,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Line>,
    /// From when until when it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Who signed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<AgencyId>,
    /// What was promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obligations: Option<Text>,
    /// The document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<EvidenceId>,
}

impl Agreement {
    pub(crate) fn references(&self, visit: &mut Visit<'_>) {
        for id in &self.parties {
            visit("parties", EntityKind::Agency, id.as_str());
        }
        if let Some(id) = &self.file {
            visit("file", EntityKind::Evidence, id.as_str());
        }
    }
}

/// A certificate given for a replication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Its kind.
    pub kind: CertificateKind,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Line>,
    /// When it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// Who signed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatories: Vec<Line>,
}

/// A replication: a recipient takes one or more innovations, in part or whole, and adapts them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Replication {
    /// Its id.
    pub id: ReplicationId,
    /// The innovations taken, one or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// The agency that replicates; unknown where the source names only a number or a group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<AgencyId>,
    /// The recipients as the source writes them, where they are not one named agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipients_note: Option<Line>,
    /// The innovation that came of it, where it has a record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<InnovationId>,
    /// Title of the replica, where it has no record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_title: Option<Line>,
    /// The problem the recipient had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Text>,
    /// The sectors it serves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<SectorId>,
    /// How far it departs from its sources.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change_type: Option<ChangeType>,
    /// What was kept, changed, dropped, added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
    /// How the titles relate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_relation: Option<TitleRelation>,
    /// Why this source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// How it was adapted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process: Option<Text>,
    /// What was transferred.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transfer_types: Vec<TransferType>,
    /// How it was transferred.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transfer_modes: Vec<TransferMode>,
    /// The hub that helped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facilitator_hub: Option<HubId>,
    /// The agency that helped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facilitator: Option<AgencyId>,
    /// Who worked together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<CooperationModel>,
    /// What was agreed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agreements: Vec<Agreement>,
    /// Certificates given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<Certificate>,
    /// Evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceId>,
    /// How well it is known that the replica comes from the sources.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence_level: Option<EvidenceLevel>,
    /// When it began, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_on: Option<PartialDate>,
    /// When the replica was first in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub implemented_on: Option<PartialDate>,
    /// How far it has come, step by step.
    #[serde(default, skip_serializing_if = "Status::is_initial")]
    pub status: Status<ReplicationState>,
    /// Its numbers in other systems.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub external_ids: Vec<ExternalId>,
    /// When it was true, as far as known.
    #[serde(default, skip_serializing_if = "Period::is_unknown")]
    pub valid: Period,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Replication {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: ReplicationId) -> Self {
        Self {
            id,
            sources: Vec::new(),
            recipient: None,
            recipients_note: None,
            target: None,
            target_title: None,
            problem: None,
            sectors: Vec::new(),
            change_type: None,
            differences: Vec::new(),
            title_relation: None,
            reason: None,
            process: None,
            transfer_types: Vec::new(),
            transfer_modes: Vec::new(),
            facilitator_hub: None,
            facilitator: None,
            model: None,
            agreements: Vec::new(),
            certificates: Vec::new(),
            evidence: Vec::new(),
            evidence_level: None,
            started_on: None,
            implemented_on: None,
            status: Status::default(),
            external_ids: Vec::new(),
            valid: Period::default(),
            provenance: Vec::new(),
        }
    }
}

impl Entity for Replication {
    type Id = ReplicationId;
    const KIND: EntityKind = EntityKind::Replication;

    fn id(&self) -> &ReplicationId {
        &self.id
    }
    fn name(&self) -> Option<&str> {
        self.target_title.as_deref()
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn valid(&self) -> Period {
        self.valid
    }
    fn external_ids(&self) -> &[ExternalId] {
        &self.external_ids
    }
    fn references(&self, visit: &mut Visit<'_>) {
        for part in &self.sources {
            part.references(visit);
        }
        if let Some(id) = &self.recipient {
            visit("recipient", EntityKind::Agency, id.as_str());
        }
        if let Some(id) = &self.target {
            visit("target", EntityKind::Innovation, id.as_str());
        }
        for id in &self.sectors {
            visit("sectors", EntityKind::Sector, id.as_str());
        }
        if let Some(id) = &self.facilitator_hub {
            visit("facilitator_hub", EntityKind::Hub, id.as_str());
        }
        if let Some(id) = &self.facilitator {
            visit("facilitator", EntityKind::Agency, id.as_str());
        }
        for part in &self.agreements {
            part.references(visit);
        }
        for id in &self.evidence {
            visit("evidence", EntityKind::Evidence, id.as_str());
        }
        self.status.references(visit);
    }
    fn check(&self) -> Result<()> {
        limit("sources", self.sources.len())?;
        limit("sectors", self.sectors.len())?;
        limit("differences", self.differences.len())?;
        limit("transfer_types", self.transfer_types.len())?;
        limit("transfer_modes", self.transfer_modes.len())?;
        limit("agreements", self.agreements.len())?;
        limit("certificates", self.certificates.len())?;
        limit("evidence", self.evidence.len())?;
        limit("external_ids", self.external_ids.len())?;
        limit("provenance", self.provenance.len())?;
        self.valid.check().map_err(|error| error.inside("valid"))?;
        self.check_own()
    }
}

impl Replication {
    fn check_own(&self) -> Result<()> {
        for (place, agreement) in self.agreements.iter().enumerate() {
            let period = agreement.period.unwrap_or_default();
            period.check().map_err(|error| error.inside(&format!("agreements[{place}].period")))?;
        }
        if self.sources.is_empty() {
            return Err(Error::new(Code::FieldMissing).field("sources").expected("at least one source"));
        }
        if self.recipient.is_none() && self.recipients_note.is_none() && self.target.is_none() {
            return Err(Error::new(Code::FieldMissing)
                .field("recipient")
                .expected("a recipient, a note on them, or a target"));
        }
        let mut seen: Vec<&str> = self.sources.iter().map(|source| source.innovation.as_str()).collect();
        seen.sort_unstable();
        match seen.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(Error::new(Code::DuplicateInRecord).field("sources").value(pair[0])),
            None => Ok(()),
        }
    }
}
