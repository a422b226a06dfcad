//! Innovations: what an agency does better, for whom, with what, and how far it has come.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::common::{Entity, ExternalId, Line, Money, Provenance, Text, Visit, limit};
use super::{EntityKind, status::Status};
use crate::base::{
    AffairId, AgencyId, Code, Error, EvidenceId, InnovationId, Measure, PartialDate, Period, PersonId, RegionId,
    Result, SectorId, UnitId, vocabulary::vocabulary,
};

vocabulary! {
    /// How far an innovation has come (its lifecycle).
    InnovationStage = "innovation-stage" {
        Draft = "draft", "draf", "draft";
        Initiative = "initiative", "inisiatif", "initiative";
        Trial = "trial", "uji coba", "trial";
        Implemented = "implemented", "penerapan", "implemented";
        Developed = "developed", "pengembangan", "developed";
        Institutionalised = "institutionalised", "pelembagaan", "institutionalised";
        Dormant = "dormant", "tidak berlanjut", "dormant";
        Retired = "retired", "dihentikan", "retired";
    }
}

vocabulary! {
    /// Whether somebody checked the record.
    Verification = "verification" {
        Unverified = "unverified", "belum diverifikasi", "unverified";
        Submitted = "submitted", "diajukan", "submitted";
        Verified = "verified", "terverifikasi", "verified";
        Returned = "returned", "dikembalikan", "returned";
        Rejected = "rejected", "ditolak", "rejected";
    }
}

vocabulary! {
    /// Who may see the record.
    Publication = "publication" {
        Private = "private", "privat", "private";
        Internal = "internal", "internal", "internal";
        Public = "public", "publik", "public";
    }
}

vocabulary! {
    /// Who began an innovation (PP 38/2017 art. 3).
    InitiatorKind = "initiator-kind" {
        HeadOfRegion = "head-of-region", "kepala daerah", "head of region";
        CouncilMember = "council-member", "anggota DPRD", "council member";
        RegionalOffice = "regional-office", "perangkat daerah", "regional office";
        CivilServant = "civil-servant", "ASN", "civil servant";
        Citizen = "citizen", "masyarakat", "citizen";
        Other = "other", "lainnya", "other";
    }
}

vocabulary! {
    /// The form of an innovation (PP 38/2017).
    InnovationForm = "innovation-form" {
        Governance = "governance", "tata kelola", "governance";
        PublicService = "public-service", "pelayanan publik", "public service";
        Other = "other", "lainnya", "other";
    }
}

vocabulary! {
    /// Where money comes from.
    FundingSource = "funding-source" {
        NationalBudget = "national-budget", "APBN", "national budget";
        RegionalBudget = "regional-budget", "APBD", "regional budget";
        VillageBudget = "village-budget", "dana desa", "village budget";
        Donor = "donor", "donor", "donor";
        Private = "private", "swasta", "private sector";
        Community = "community", "swadaya masyarakat", "community";
        OwnRevenue = "own-revenue", "pendapatan sendiri", "own revenue";
        Other = "other", "lainnya", "other";
    }
}

vocabulary! {
    /// Whether an innovation goes on.
    Continuity = "continuity" {
        Continues = "continues", "berlanjut", "continues";
        ContinuesDeveloped = "continues-developed", "berlanjut dengan pengembangan", "continues with development";
        Stopped = "stopped", "tidak berlanjut", "stopped";
        Unknown = "unknown", "tidak diketahui", "unknown";
    }
}

/// One text section of a description or proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Code of the section in its form.
    pub code: Line,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Line>,
    /// Its text.
    pub text: Text,
}

/// One measured result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// What is measured.
    pub indicator: Line,
    /// Unit of measurement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Line>,
    /// Value before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Measure>,
    /// Value after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Measure>,
    /// When it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
}

/// Money spent or needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// How much.
    pub money: Money,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funding: Option<FundingSource>,
    /// In which year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
}

/// Whether an innovation goes on, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sustainability {
    /// Whether it goes on.
    pub status: Continuity,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// When this was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
}

/// A public-service innovation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Innovation {
    /// Its id.
    pub id: InnovationId,
    /// Its title.
    pub title: Line,
    /// A short name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nickname: Option<Line>,
    /// What the letters of an acronym title stand for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expansion: Option<Line>,
    /// The agency that runs it.
    pub owner: AgencyId,
    /// The service unit that runs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The unit as the source writes it, where it has no record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_name: Option<Line>,
    /// Where it runs; unknown for many national agencies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionId>,
    /// Who made it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub innovators: Vec<PersonId>,
    /// Who began it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initiator: Option<InitiatorKind>,
    /// Its form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<InnovationForm>,
    /// Whether it is digital.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_digital: Option<bool>,
    /// How far it has come, step by step.
    #[serde(default, skip_serializing_if = "Status::is_initial")]
    pub stage: Status<InnovationStage>,
    /// Whether it was checked, step by step.
    #[serde(default, skip_serializing_if = "Status::is_initial")]
    pub verification: Status<Verification>,
    /// Who may see it, step by step.
    #[serde(default, skip_serializing_if = "Status::is_initial")]
    pub publication: Status<Publication>,
    /// When it was first tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trial_on: Option<PartialDate>,
    /// When it was first in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub implemented_on: Option<PartialDate>,
    /// When it was developed further.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub developed_on: Option<PartialDate>,
    /// The sectors it serves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<SectorId>,
    /// The government affairs it belongs to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub affairs: Vec<AffairId>,
    /// Codes of categories it was entered under.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Line>,
    /// Sustainable development goals, 1 to 17.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sdgs: Vec<u8>,
    /// Theme of bureaucratic reform.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rb_theme: Option<Line>,
    /// OECD category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oecd_category: Option<Line>,
    /// The problem it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<Text>,
    /// What it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solution: Option<Text>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Text>,
    /// Further text sections.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    /// Whom it serves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target_groups: Vec<Line>,
    /// How many people it serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beneficiaries: Option<u64>,
    /// Measured results.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<Indicator>,
    /// What it cost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub budgets: Vec<Budget>,
    /// How many people it takes to run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff_needed: Option<u32>,
    /// Tools and technology it needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tools: Vec<Line>,
    /// What must be there before it can be replicated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prerequisites: Vec<Line>,
    /// What helped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drivers: Vec<Line>,
    /// What hindered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub barriers: Vec<Line>,
    /// Address of a film.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub video: Option<Line>,
    /// Evidence for what is claimed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceId>,
    /// Whether its owner is willing to have it replicated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_to_replication: Option<bool>,
    /// The letter that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replication_letter: Option<EvidenceId>,
    /// Whether it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sustainability: Option<Sustainability>,
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

impl Innovation {
    /// Whether it is known to have stopped: by its stage, or by what is said of its continuity.
    pub fn is_stopped(&self) -> bool {
        matches!(self.stage.state(), InnovationStage::Dormant | InnovationStage::Retired)
            || self.sustainability.as_ref().is_some_and(|said| said.status == Continuity::Stopped)
    }

    /// When it is known to have stopped, where it did and somebody said when.
    pub fn stopped_on(&self) -> Option<PartialDate> {
        let last =
            self.stage.last().filter(|step| matches!(step.to, InnovationStage::Dormant | InnovationStage::Retired));
        let said = self.sustainability.as_ref().filter(|said| said.status == Continuity::Stopped);
        last.and_then(|step| step.on).or_else(|| said.and_then(|said| said.on))
    }

    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: InnovationId, title: Line, owner: AgencyId) -> Self {
        Self {
            id,
            title,
            nickname: None,
            expansion: None,
            owner,
            unit: None,
            unit_name: None,
            region: None,
            innovators: Vec::new(),
            initiator: None,
            form: None,
            is_digital: None,
            stage: Status::default(),
            verification: Status::default(),
            publication: Status::default(),
            trial_on: None,
            implemented_on: None,
            developed_on: None,
            sectors: Vec::new(),
            affairs: Vec::new(),
            categories: Vec::new(),
            sdgs: Vec::new(),
            rb_theme: None,
            oecd_category: None,
            problem: None,
            solution: None,
            outcome: None,
            sections: Vec::new(),
            target_groups: Vec::new(),
            beneficiaries: None,
            results: Vec::new(),
            budgets: Vec::new(),
            staff_needed: None,
            tools: Vec::new(),
            prerequisites: Vec::new(),
            drivers: Vec::new(),
            barriers: Vec::new(),
            video: None,
            evidence: Vec::new(),
            open_to_replication: None,
            replication_letter: None,
            sustainability: None,
            external_ids: Vec::new(),
            valid: Period::default(),
            provenance: Vec::new(),
        }
    }
}

impl Entity for Innovation {
    type Id = InnovationId;
    const KIND: EntityKind = EntityKind::Innovation;

    fn id(&self) -> &InnovationId {
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
    fn external_ids(&self) -> &[ExternalId] {
        &self.external_ids
    }
    fn references(&self, visit: &mut Visit<'_>) {
        visit("owner", EntityKind::Agency, self.owner.as_str());
        if let Some(id) = &self.unit {
            visit("unit", EntityKind::Unit, id.as_str());
        }
        if let Some(id) = &self.region {
            visit("region", EntityKind::Region, id.as_str());
        }
        for id in &self.innovators {
            visit("innovators", EntityKind::Person, id.as_str());
        }
        self.stage.references(visit);
        self.verification.references(visit);
        self.publication.references(visit);
        for id in &self.sectors {
            visit("sectors", EntityKind::Sector, id.as_str());
        }
        for id in &self.affairs {
            visit("affairs", EntityKind::Affair, id.as_str());
        }
        for id in &self.evidence {
            visit("evidence", EntityKind::Evidence, id.as_str());
        }
        if let Some(id) = &self.replication_letter {
            visit("replication_letter", EntityKind::Evidence, id.as_str());
        }
    }
    fn check(&self) -> Result<()> {
        limit("innovators", self.innovators.len())?;
        limit("sectors", self.sectors.len())?;
        limit("affairs", self.affairs.len())?;
        limit("categories", self.categories.len())?;
        limit("sdgs", self.sdgs.len())?;
        limit("sections", self.sections.len())?;
        limit("target_groups", self.target_groups.len())?;
        limit("results", self.results.len())?;
        limit("budgets", self.budgets.len())?;
        limit("tools", self.tools.len())?;
        limit("prerequisites", self.prerequisites.len())?;
        limit("drivers", self.drivers.len())?;
        limit("barriers", self.barriers.len())?;
        limit("evidence", self.evidence.len())?;
        limit("external_ids", self.external_ids.len())?;
        limit("provenance", self.provenance.len())?;
        self.valid.check().map_err(|error| error.inside("valid"))?;
        self.check_own()
    }
}

impl Innovation {
    fn check_own(&self) -> Result<()> {
        match self.sdgs.iter().find(|goal| !(1..=17).contains(*goal)) {
            Some(goal) => Err(Error::new(Code::OutOfRange).field("sdgs").value(goal).expected("goals 1 to 17")),
            None => Ok(()),
        }
    }

    /// How much of the record is filled: the share, 0 to 1, of the fields that help another agency to judge it.
    ///
    /// Counted are problem, solution, outcome, sectors, region, date of implementation, target groups, results, budget,
    /// staff, tools and prerequisites.
    pub fn completeness(&self) -> Measure {
        let filled = [
            self.problem.is_some(),
            self.solution.is_some(),
            self.outcome.is_some(),
            !self.sectors.is_empty(),
            self.region.is_some(),
            self.implemented_on.is_some(),
            !self.target_groups.is_empty(),
            !self.results.is_empty(),
            !self.budgets.is_empty(),
            self.staff_needed.is_some(),
            !self.tools.is_empty(),
            !self.prerequisites.is_empty(),
        ];
        let share: i64 = filled.iter().map(|is_filled| i64::from(*is_filled) * Measure::SCALE).sum();
        Measure::from_units(share / i64::try_from(filled.len()).unwrap_or(1))
    }
}
