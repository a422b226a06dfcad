//! Who acts: agencies, their service units, the contacts of their offices, persons, and the decrees they act under.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::EntityKind;
use super::common::{Entity, ExternalId, Line, Money, Provenance, Visit, limit};
use crate::base::{
    AgencyId, Code, ContactId, DecreeId, Error, HubId, PartialDate, Period, PersonId, RegionId, Result, UnitId,
    vocabulary::vocabulary,
};

vocabulary! {
    /// The kind of an agency.
    AgencyKind = "agency-kind" {
        Ministry = "ministry", "kementerian", "ministry";
        Agency = "agency", "lembaga", "national agency";
        Province = "province", "pemerintah provinsi", "provincial government";
        Regency = "regency", "pemerintah kabupaten", "regency government";
        City = "city", "pemerintah kota", "city government";
        Village = "village", "pemerintah desa", "village government";
        Soe = "soe", "BUMN", "state-owned enterprise";
        Roe = "roe", "BUMD", "region-owned enterprise";
        Police = "police", "kepolisian", "police";
        Judiciary = "judiciary", "lembaga peradilan", "judiciary";
        University = "university", "perguruan tinggi", "university";
        LocalGovernment = "local-government", "pemerintah daerah", "local government";
        Other = "other", "lainnya", "other";
    }
}

vocabulary! {
    /// The kind of a legal instrument.
    DecreeKind = "decree-kind" {
        Law = "law", "undang-undang", "law";
        GovernmentRegulation = "government-regulation", "peraturan pemerintah", "government regulation";
        PresidentialRegulation = "presidential-regulation", "peraturan presiden", "presidential regulation";
        MinisterialRegulation = "ministerial-regulation", "peraturan menteri", "ministerial regulation";
        MinisterialDecree = "ministerial-decree", "keputusan menteri", "ministerial decree";
        Guideline = "guideline", "pedoman", "guideline";
        Circular = "circular", "surat edaran", "circular";
        RegionalRegulation = "regional-regulation", "peraturan daerah", "regional regulation";
        HeadOfRegionRegulation = "head-of-region-regulation", "peraturan kepala daerah", "regulation of a head of region";
        Decree = "decree", "surat keputusan", "decree";
        Agreement = "agreement", "perjanjian kerja sama", "agreement";
        Other = "other", "lainnya", "other";
    }
}

/// What an agency has to work with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Capacity {
    /// People it serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<u64>,
    /// Its fiscal or income class, as published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub income_class: Option<Line>,
    /// Its digital readiness, as published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digital_readiness: Option<Line>,
    /// People it employs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<u64>,
    /// What it may spend in a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annual_budget: Option<Money>,
}

/// A public agency: a ministry, a government of a province, regency or city, a state-owned company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Its id.
    pub id: AgencyId,
    /// Its official name.
    pub name: Line,
    /// Other names that people use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Line>,
    /// Its kind.
    pub kind: AgencyKind,
    /// The agency above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<AgencyId>,
    /// The region it governs or works in; a national agency has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionId>,
    /// What it has to work with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
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

impl Agency {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: AgencyId, name: Line, kind: AgencyKind) -> Self {
        Self {
            id,
            name,
            aliases: Vec::new(),
            kind,
            parent: None,
            region: None,
            capacity: None,
            external_ids: Vec::new(),
            valid: Period::default(),
            provenance: Vec::new(),
        }
    }
}

impl Entity for Agency {
    type Id = AgencyId;
    const KIND: EntityKind = EntityKind::Agency;

    fn id(&self) -> &AgencyId {
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
    fn external_ids(&self) -> &[ExternalId] {
        &self.external_ids
    }
    fn references(&self, visit: &mut Visit<'_>) {
        if let Some(id) = &self.parent {
            visit("parent", EntityKind::Agency, id.as_str());
        }
        if let Some(id) = &self.region {
            visit("region", EntityKind::Region, id.as_str());
        }
    }
    fn check(&self) -> Result<()> {
        limit("aliases", self.aliases.len())?;
        limit("external_ids", self.external_ids.len())?;
        limit("provenance", self.provenance.len())?;
        self.valid.check().map_err(|error| error.inside("valid"))?;
        Ok(())
    }
}

/// A service unit of an agency: an office, a clinic, a school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: Line,
    /// The agency it belongs to.
    pub agency: AgencyId,
    /// What it serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_type: Option<Line>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionId>,
    /// When it was true, as far as known.
    #[serde(default, skip_serializing_if = "Period::is_unknown")]
    pub valid: Period,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Unit {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: UnitId, name: Line, agency: AgencyId) -> Self {
        Self { id, name, agency, service_type: None, region: None, valid: Period::default(), provenance: Vec::new() }
    }
}

impl Entity for Unit {
    type Id = UnitId;
    const KIND: EntityKind = EntityKind::Unit;

    fn id(&self) -> &UnitId {
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
        visit("agency", EntityKind::Agency, self.agency.as_str());
        if let Some(id) = &self.region {
            visit("region", EntityKind::Region, id.as_str());
        }
    }
    fn check(&self) -> Result<()> {
        limit("provenance", self.provenance.len())?;
        self.valid.check().map_err(|error| error.inside("valid"))?;
        Ok(())
    }
}

/// How to reach an office (never a private person). Contacts age: a date says when it was right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// The agency whose office it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyId>,
    /// The unit whose office it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The hub whose office it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hub: Option<HubId>,
    /// The name of the office or desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Line>,
    /// Telephone, with country code where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Line>,
    /// Electronic mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Line>,
    /// Postal address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Line>,
    /// Page on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Line>,
    /// When it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Line>,
    /// When it was true, as far as known.
    #[serde(default, skip_serializing_if = "Period::is_unknown")]
    pub valid: Period,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Contact {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: ContactId) -> Self {
        Self {
            id,
            agency: None,
            unit: None,
            hub: None,
            label: None,
            phone: None,
            email: None,
            address: None,
            url: None,
            hours: None,
            valid: Period::default(),
            provenance: Vec::new(),
        }
    }
}

impl Entity for Contact {
    type Id = ContactId;
    const KIND: EntityKind = EntityKind::Contact;

    fn id(&self) -> &ContactId {
        &self.id
    }
    fn name(&self) -> Option<&str> {
        self.label.as_deref()
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn valid(&self) -> Period {
        self.valid
    }
    fn references(&self, visit: &mut Visit<'_>) {
        if let Some(id) = &self.agency {
            visit("agency", EntityKind::Agency, id.as_str());
        }
        if let Some(id) = &self.unit {
            visit("unit", EntityKind::Unit, id.as_str());
        }
        if let Some(id) = &self.hub {
            visit("hub", EntityKind::Hub, id.as_str());
        }
    }
    fn check(&self) -> Result<()> {
        limit("provenance", self.provenance.len())?;
        self.valid.check().map_err(|error| error.inside("valid"))?;
        self.check_own()
    }
}

/// A person in a role: innovator, assessor, mentor. As little is kept as the role needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Its id.
    pub id: PersonId,
    /// Name as published, where it may be kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Line>,
    /// Role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Line>,
    /// The agency the person works for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub affiliation: Option<AgencyId>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Person {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: PersonId) -> Self {
        Self { id, name: None, role: None, affiliation: None, provenance: Vec::new() }
    }
}

impl Entity for Person {
    type Id = PersonId;
    const KIND: EntityKind = EntityKind::Person;

    fn id(&self) -> &PersonId {
        &self.id
    }
    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        if let Some(id) = &self.affiliation {
            visit("affiliation", EntityKind::Agency, id.as_str());
        }
    }
    fn check(&self) -> Result<()> {
        limit("provenance", self.provenance.len())?;
        Ok(())
    }
}

/// A legal instrument: law, regulation, decree, guideline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decree {
    /// Its id.
    pub id: DecreeId,
    /// Its kind.
    pub kind: DecreeKind,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Line>,
    /// Its year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Line>,
    /// Who issued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<AgencyId>,
    /// When it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<PartialDate>,
    /// What it replaces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<DecreeId>,
    /// Where its text stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Line>,
    /// When it was true, as far as known.
    #[serde(default, skip_serializing_if = "Period::is_unknown")]
    pub valid: Period,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Decree {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: DecreeId, kind: DecreeKind) -> Self {
        Self {
            id,
            kind,
            number: None,
            year: None,
            title: None,
            issuer: None,
            issued_on: None,
            replaces: Vec::new(),
            url: None,
            valid: Period::default(),
            provenance: Vec::new(),
        }
    }
}

impl Entity for Decree {
    type Id = DecreeId;
    const KIND: EntityKind = EntityKind::Decree;

    fn id(&self) -> &DecreeId {
        &self.id
    }
    fn name(&self) -> Option<&str> {
        self.title.as_deref()
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn valid(&self) -> Period {
        self.valid
    }
    fn references(&self, visit: &mut Visit<'_>) {
        if let Some(id) = &self.issuer {
            visit("issuer", EntityKind::Agency, id.as_str());
        }
        for id in &self.replaces {
            visit("replaces", EntityKind::Decree, id.as_str());
        }
    }
    fn check(&self) -> Result<()> {
        limit("replaces", self.replaces.len())?;
        limit("provenance", self.provenance.len())?;
        self.valid.check().map_err(|error| error.inside("valid"))?;
        Ok(())
    }
}

impl Contact {
    fn check_own(&self) -> Result<()> {
        if self.agency.is_some() || self.unit.is_some() || self.hub.is_some() {
            return Ok(());
        }
        Err(Error::new(Code::FieldMissing)
            .field("agency")
            .expected("the agency, the unit or the hub whose office it is"))
    }
}
