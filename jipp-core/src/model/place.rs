//! Places and subjects: regions, sectors of public service, government affairs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::EntityKind;
use super::common::{Entity, ExternalId, Line, Provenance, Visit, limit};
use crate::base::{
    AffairId, Code, Error, Measure, PartialDate, Period, RegionId, Result, SectorId, vocabulary::vocabulary,
};

vocabulary! {
    /// The level of a region.
    RegionLevel = "region-level" {
        Country = "country", "negara", "country";
        Province = "province", "provinsi", "province";
        Regency = "regency", "kabupaten", "regency";
        City = "city", "kota", "city";
        District = "district", "kecamatan", "district";
        Village = "village", "desa/kelurahan", "village";
        State = "state", "negara bagian", "state";
        County = "county", "county", "county";
        Municipality = "municipality", "munisipalitas", "municipality";
        Other = "other", "lainnya", "other";
    }
}

/// A place on the earth, WGS 84.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Copy)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Latitude in degrees, north positive, -90 to 90.
    pub lat: Measure,
    /// Longitude in degrees, east positive, -180 to 180.
    pub lon: Measure,
}

/// A region that is governed: a province, a regency, a city, a county.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Its id.
    pub id: RegionId,
    /// Its official name, written out.
    pub name: Line,
    /// Other names that people use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Line>,
    /// Its level.
    pub level: RegionLevel,
    /// The region it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<RegionId>,
    /// The country, ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Line>,
    /// The seat of government.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capital: Option<Line>,
    /// Persons registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<u64>,
    /// What date the population is of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population_on: Option<PartialDate>,
    /// Land area in square kilometres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_km2: Option<Measure>,
    /// Centre of its area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub center: Option<Point>,
    /// Whether it is listed as disadvantaged, frontier or outermost (*3T*).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_3t: Option<bool>,
    /// Human development index, 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hdi: Option<Measure>,
    /// What date the index is of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hdi_on: Option<PartialDate>,
    /// Its island group or other large part of the country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub island_group: Option<Line>,
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

impl Region {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: RegionId, name: Line, level: RegionLevel) -> Self {
        Self {
            id,
            name,
            aliases: Vec::new(),
            level,
            parent: None,
            country: None,
            capital: None,
            population: None,
            population_on: None,
            area_km2: None,
            center: None,
            is_3t: None,
            hdi: None,
            hdi_on: None,
            island_group: None,
            external_ids: Vec::new(),
            valid: Period::default(),
            provenance: Vec::new(),
        }
    }
}

impl Entity for Region {
    type Id = RegionId;
    const KIND: EntityKind = EntityKind::Region;

    fn id(&self) -> &RegionId {
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
            visit("parent", EntityKind::Region, id.as_str());
        }
    }
    fn check(&self) -> Result<()> {
        limit("aliases", self.aliases.len())?;
        limit("external_ids", self.external_ids.len())?;
        limit("provenance", self.provenance.len())?;
        self.valid.check().map_err(|error| error.inside("valid"))?;
        self.check_own()
    }
}

/// A sector of public service. Sectors are data, not a fixed list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sector {
    /// Its id.
    pub id: SectorId,
    /// Its name in the language of the network.
    pub name: Line,
    /// Its name in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<Line>,
    /// Other names that people use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Line>,
    /// The wider sector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<SectorId>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Sector {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: SectorId, name: Line) -> Self {
        Self { id, name, name_en: None, aliases: Vec::new(), parent: None, provenance: Vec::new() }
    }
}

impl Entity for Sector {
    type Id = SectorId;
    const KIND: EntityKind = EntityKind::Sector;

    fn id(&self) -> &SectorId {
        &self.id
    }
    fn name(&self) -> Option<&str> {
        Some(&self.name)
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        if let Some(id) = &self.parent {
            visit("parent", EntityKind::Sector, id.as_str());
        }
    }
    fn check(&self) -> Result<()> {
        limit("aliases", self.aliases.len())?;
        limit("provenance", self.provenance.len())?;
        Ok(())
    }
}

/// A government affair (*urusan pemerintahan*).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Affair {
    /// Its id.
    pub id: AffairId,
    /// Its name.
    pub name: Line,
    /// Its name in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name_en: Option<Line>,
    /// Whether it is one of the obligatory basic services.
    #[serde(default)]
    pub is_basic_service: bool,
    /// The wider affair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<AffairId>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Affair {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: AffairId, name: Line) -> Self {
        Self { id, name, name_en: None, is_basic_service: false, parent: None, provenance: Vec::new() }
    }
}

impl Entity for Affair {
    type Id = AffairId;
    const KIND: EntityKind = EntityKind::Affair;

    fn id(&self) -> &AffairId {
        &self.id
    }
    fn name(&self) -> Option<&str> {
        Some(&self.name)
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        if let Some(id) = &self.parent {
            visit("parent", EntityKind::Affair, id.as_str());
        }
    }
    fn check(&self) -> Result<()> {
        limit("provenance", self.provenance.len())?;
        Ok(())
    }
}

impl Region {
    fn check_own(&self) -> Result<()> {
        let Some(center) = self.center else { return Ok(()) };
        let within = |value: Measure, limit: i64| value.units().abs() <= Measure::from_int(limit).units();
        if within(center.lat, 90) && within(center.lon, 180) {
            return Ok(());
        }
        let place = format!("{}, {}", center.lat, center.lon);
        Err(Error::new(Code::OutOfRange)
            .field("center")
            .value(place)
            .expected("latitude -90 to 90, longitude -180 to 180"))
    }
}
