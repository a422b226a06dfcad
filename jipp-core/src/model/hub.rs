//! The hub network: hubs, what they did, and who helps them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::common::{Entity, ExternalId, Line, Provenance, Text, Visit, limit};
use super::{EntityKind, status::Status};
use crate::base::{
    ActivityId, AgencyId, DecreeId, EvidenceId, HubId, InnovationId, PartialDate, PartnerId, Period, ReplicationId,
    Result, UnitId, vocabulary::vocabulary,
};

vocabulary! {
    /// The kind of a hub.
    HubKind = "hub-kind" {
        Regional = "regional", "daerah", "regional";
        Central = "central", "pusat (K/L)", "central";
    }
}

vocabulary! {
    /// How far a hub has come.
    HubState = "hub-state" {
        Candidate = "candidate", "calon", "candidate";
        Assessed = "assessed", "dinilai", "assessed";
        Committed = "committed", "komitmen", "committed";
        Designated = "designated", "ditetapkan", "designated";
        SettingUp = "setting-up", "pembentukan", "setting up";
        Operational = "operational", "beroperasi", "operational";
        Mature = "mature", "mandiri", "mature";
        Inactive = "inactive", "tidak aktif", "inactive";
        Withdrawn = "withdrawn", "dicabut", "withdrawn";
        Rejected = "rejected", "ditolak", "rejected";
    }
}

vocabulary! {
    /// What happened to a membership of the network.
    DesignationEvent = "designation-event" {
        Trial = "trial", "percontohan", "trial";
        Commitment = "commitment", "komitmen", "commitment";
        Designation = "designation", "penetapan", "designation";
        Launch = "launch", "peluncuran", "launch";
        Renewal = "renewal", "perpanjangan", "renewal";
        Withdrawal = "withdrawal", "pencabutan", "withdrawal";
    }
}

vocabulary! {
    /// A step in setting up a hub.
    MilestoneKind = "milestone-kind" {
        Team = "team", "tim pelaksana", "implementing team";
        Regulation = "regulation", "peraturan", "regulation";
        Roadmap = "roadmap", "peta jalan", "roadmap";
        YearlyPlan = "yearly-plan", "rencana tahunan", "yearly plan";
        Portal = "portal", "portal", "portal";
        Budget = "budget", "anggaran", "budget";
        University = "university", "perguruan tinggi pendamping", "mentor university";
        Socialisation = "socialisation", "sosialisasi", "socialisation";
        Commitment = "commitment", "komitmen", "commitment";
        Launch = "launch", "peluncuran", "launch";
        Monitoring = "monitoring", "monitoring dan evaluasi", "monitoring";
        Other = "other", "lainnya", "other";
    }
}

vocabulary! {
    /// What a hub does.
    ActivityKind = "activity-kind" {
        Mentoring = "mentoring", "pendampingan", "mentoring";
        PeerExchange = "peer-exchange", "tukar pengalaman", "exchange of experience";
        Promotion = "promotion", "promosi", "promotion";
        Documentation = "documentation", "dokumentasi", "documentation";
        Dissemination = "dissemination", "diseminasi", "dissemination";
        ReplicationSupport = "replication-support", "fasilitasi replikasi", "facilitation of replication";
        Socialisation = "socialisation", "sosialisasi", "socialisation";
        Training = "training", "pelatihan", "training";
        Competition = "competition", "kompetisi", "competition";
        Monitoring = "monitoring", "monitoring dan evaluasi", "monitoring";
        Other = "other", "lainnya", "other";
    }
}

vocabulary! {
    /// The kind of a partner.
    PartnerKind = "partner-kind" {
        University = "university", "perguruan tinggi", "university";
        Donor = "donor", "mitra pembangunan", "donor";
        Association = "association", "asosiasi", "association";
        Government = "government", "instansi pemerintah", "government";
        Media = "media", "media", "media";
        Private = "private", "swasta", "private sector";
        Ngo = "ngo", "organisasi masyarakat sipil", "civil society";
        Other = "other", "lainnya", "other";
    }
}

/// One dated event of a membership; commitment, designation and launch differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Designation {
    /// What happened.
    pub event: DesignationEvent,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// The decree, where it has a record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decree: Option<DecreeId>,
    /// A remark, or the decree as the source writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Line>,
}

impl Designation {
    pub(crate) fn references(&self, visit: &mut Visit<'_>) {
        if let Some(id) = &self.decree {
            visit("decree", EntityKind::Decree, id.as_str());
        }
    }
}

/// One step in setting up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// Which step.
    pub kind: MilestoneKind,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// Evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<EvidenceId>,
}

impl Milestone {
    pub(crate) fn references(&self, visit: &mut Visit<'_>) {
        if let Some(id) = &self.evidence {
            visit("evidence", EntityKind::Evidence, id.as_str());
        }
    }
}

/// An agency or unit that the hub looks after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spoke {
    /// The agency.
    pub agency: AgencyId,
    /// The unit, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// From when until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
}

impl Spoke {
    pub(crate) fn references(&self, visit: &mut Visit<'_>) {
        visit("agency", EntityKind::Agency, self.agency.as_str());
        if let Some(id) = &self.unit {
            visit("unit", EntityKind::Unit, id.as_str());
        }
    }
}

/// A partner that helps the hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Partnership {
    /// The partner, where it has a record of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<PartnerId>,
    /// The partner, where it is an agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyId>,
    /// From when until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
}

impl Partnership {
    pub(crate) fn references(&self, visit: &mut Visit<'_>) {
        if let Some(id) = &self.partner {
            visit("partner", EntityKind::Partner, id.as_str());
        }
        if let Some(id) = &self.agency {
            visit("agency", EntityKind::Agency, id.as_str());
        }
    }
}

/// A hub of the network: a province, ministry or agency that keeps, mentors and spreads innovations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hub {
    /// Its id.
    pub id: HubId,
    /// The agency that is the hub.
    pub agency: AgencyId,
    /// Its kind.
    pub kind: HubKind,
    /// Its own name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Line>,
    /// The name of its portal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub portal_name: Option<Line>,
    /// Address of its portal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub portal_url: Option<Line>,
    /// The batch it was designated in, as published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<Line>,
    /// Dated events of its membership.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub designations: Vec<Designation>,
    /// Steps in setting up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub milestones: Vec<Milestone>,
    /// Whom it looks after.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spokes: Vec<Spoke>,
    /// Who helps it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partners: Vec<Partnership>,
    /// How far it has come, step by step.
    #[serde(default, skip_serializing_if = "Status::is_initial")]
    pub status: Status<HubState>,
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

impl Hub {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: HubId, agency: AgencyId, kind: HubKind) -> Self {
        Self {
            id,
            agency,
            kind,
            name: None,
            portal_name: None,
            portal_url: None,
            batch: None,
            designations: Vec::new(),
            milestones: Vec::new(),
            spokes: Vec::new(),
            partners: Vec::new(),
            status: Status::default(),
            external_ids: Vec::new(),
            valid: Period::default(),
            provenance: Vec::new(),
        }
    }
}

impl Entity for Hub {
    type Id = HubId;
    const KIND: EntityKind = EntityKind::Hub;

    fn id(&self) -> &HubId {
        &self.id
    }
    fn name(&self) -> Option<&str> {
        self.name.as_deref()
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
        visit("agency", EntityKind::Agency, self.agency.as_str());
        for part in &self.designations {
            part.references(visit);
        }
        for part in &self.milestones {
            part.references(visit);
        }
        for part in &self.spokes {
            part.references(visit);
        }
        for part in &self.partners {
            part.references(visit);
        }
        self.status.references(visit);
    }
    fn check(&self) -> Result<()> {
        limit("designations", self.designations.len())?;
        limit("milestones", self.milestones.len())?;
        limit("spokes", self.spokes.len())?;
        limit("partners", self.partners.len())?;
        limit("external_ids", self.external_ids.len())?;
        limit("provenance", self.provenance.len())?;
        self.valid.check().map_err(|error| error.inside("valid"))?;
        self.check_own()
    }
}

impl Hub {
    fn check_own(&self) -> Result<()> {
        let spokes = self.spokes.iter().map(|spoke| spoke.period).enumerate().map(|of| ("spokes", of));
        let partners = self.partners.iter().map(|partner| partner.period).enumerate().map(|of| ("partners", of));
        for (list, (place, period)) in spokes.chain(partners) {
            let period = period.unwrap_or_default();
            period.check().map_err(|error| error.inside(&format!("{list}[{place}].period")))?;
        }
        Ok(())
    }
}

/// Something a hub (or an agency on its way to one) did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// Its id.
    pub id: ActivityId,
    /// Who held it.
    pub host: AgencyId,
    /// The hub, where the host was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hub: Option<HubId>,
    /// What it was.
    pub kind: ActivityKind,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// Agencies that took part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with_agencies: Vec<AgencyId>,
    /// Partners that took part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with_partners: Vec<PartnerId>,
    /// Participants as the source writes them, where they are not one named agency or partner.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with_others: Vec<Line>,
    /// Innovations it was about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub innovations: Vec<InnovationId>,
    /// Replications that came of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replications: Vec<ReplicationId>,
    /// How many people took part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participants: Option<u32>,
    /// In words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<Text>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Activity {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: ActivityId, host: AgencyId, kind: ActivityKind) -> Self {
        Self {
            id,
            host,
            hub: None,
            kind,
            on: None,
            with_agencies: Vec::new(),
            with_partners: Vec::new(),
            with_others: Vec::new(),
            innovations: Vec::new(),
            replications: Vec::new(),
            participants: None,
            note: None,
            output: None,
            provenance: Vec::new(),
        }
    }
}

impl Entity for Activity {
    type Id = ActivityId;
    const KIND: EntityKind = EntityKind::Activity;

    fn id(&self) -> &ActivityId {
        &self.id
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        visit("host", EntityKind::Agency, self.host.as_str());
        if let Some(id) = &self.hub {
            visit("hub", EntityKind::Hub, id.as_str());
        }
        for id in &self.with_agencies {
            visit("with_agencies", EntityKind::Agency, id.as_str());
        }
        for id in &self.with_partners {
            visit("with_partners", EntityKind::Partner, id.as_str());
        }
        for id in &self.innovations {
            visit("innovations", EntityKind::Innovation, id.as_str());
        }
        for id in &self.replications {
            visit("replications", EntityKind::Replication, id.as_str());
        }
    }
    fn check(&self) -> Result<()> {
        limit("with_agencies", self.with_agencies.len())?;
        limit("with_partners", self.with_partners.len())?;
        limit("with_others", self.with_others.len())?;
        limit("innovations", self.innovations.len())?;
        limit("replications", self.replications.len())?;
        limit("provenance", self.provenance.len())?;
        Ok(())
    }
}

/// An organisation that helps hubs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// Its id.
    pub id: PartnerId,
    /// Its name.
    pub name: Line,
    /// Other names that people use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Line>,
    /// Its kind.
    pub kind: PartnerKind,
    /// When it was true, as far as known.
    #[serde(default, skip_serializing_if = "Period::is_unknown")]
    pub valid: Period,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Partner {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: PartnerId, name: Line, kind: PartnerKind) -> Self {
        Self { id, name, aliases: Vec::new(), kind, valid: Period::default(), provenance: Vec::new() }
    }
}

impl Entity for Partner {
    type Id = PartnerId;
    const KIND: EntityKind = EntityKind::Partner;

    fn id(&self) -> &PartnerId {
        &self.id
    }
    fn name(&self) -> Option<&str> {
        Some(&self.name)
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
        limit("aliases", self.aliases.len())?;
        limit("provenance", self.provenance.len())?;
        self.valid.check().map_err(|error| error.inside("valid"))?;
        Ok(())
    }
}
