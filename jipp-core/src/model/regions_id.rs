//! What is built in about Indonesia: its regions, how people write their names, and its national agencies.
//!
//! The tables are data files of the crate (`data/README.md` names their sources) and are read when asked for.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{
    Agency, AgencyKind, AgencyNames, EntityKind, ExternalId, Gazetteer, Instrument, Line, Mark, Marker, MarkerKind,
    Naming, Point, Provenance, Record, Region, RegionLevel,
};
use crate::base::{AgencyId, Code, Error, Measure, PartialDate, RegionId, Result};

#[derive(Deserialize)]
struct RegionRow {
    code: RegionId,
    bps_code: String,
    name: Line,
    kind: RegionLevel,
    province_code: Option<RegionId>,
    capital: Option<Line>,
    population: Option<u64>,
    population_year: Option<PartialDate>,
    area_km2: Option<Measure>,
    lat: Measure,
    lon: Measure,
    is_3t: Option<bool>,
    hdi: Option<Measure>,
    hdi_year: Option<PartialDate>,
    island_group: Option<Line>,
}

#[derive(Deserialize)]
struct AliasRow {
    code: RegionId,
    alias: Line,
}

#[derive(Deserialize)]
struct SourceRow {
    field: Option<Line>,
    scope: String,
    source: Line,
    mark: Mark,
    note: Option<Line>,
}

#[derive(Deserialize)]
struct WordRow {
    role: String,
    words: String,
    level: Option<RegionLevel>,
    long: String,
}

#[derive(Deserialize)]
struct AgencyRow {
    id: AgencyId,
    name: Line,
    kind: AgencyKind,
    region: Option<RegionId>,
    aliases: String,
}

/// Reads a table of the crate. What is wrong in it comes as `csv-syntax`; a test keeps it right.
fn rows<T: DeserializeOwned>(file: &str, table: &str) -> Result<Vec<T>> {
    let all: Result<Vec<T>, csv::Error> = csv::Reader::from_reader(table.as_bytes()).into_deserialize().collect();
    all.map_err(|error| Error::new(Code::CsvSyntax).source_name(file).caused_by(error))
}

macro_rules! table {
    ($file:literal) => {
        rows($file, include_str!(concat!("../../data/", $file)))
    };
}

/// Indonesia's 38 provinces and 514 regencies and cities, provinces before their parts.
///
/// The id is the code of the ministry of home affairs (`35.10`), the external id that of the statistics office
/// (`BPS`). Every field says where it comes from; capitals of regencies are data of [`GeoNames`](https://www.geonames.org) (CC BY 4.0).
///
/// # Errors
/// `csv-syntax` if a table of the crate were damaged.
///
/// # Complexity
/// Reads the tables anew: a few milliseconds.
///
/// ```
/// let regions = jipp_core::model::regions_id()?;
/// let banyuwangi = regions.iter().find(|region| region.id.as_str() == "35.10").unwrap();
/// assert_eq!(&*banyuwangi.name, "Kabupaten Banyuwangi");
/// assert_eq!(banyuwangi.parent, Some("35".parse()?));
/// # Ok::<(), jipp_core::Error>(())
/// ```
pub fn regions_id() -> Result<Vec<Region>> {
    let mut aliases: HashMap<RegionId, Vec<Line>> = HashMap::new();
    for AliasRow { code, alias } in table!("region-aliases-id.csv")? {
        aliases.entry(code).or_default().push(alias);
    }
    let sources: Vec<SourceRow> = table!("region-sources-id.csv")?;
    let (country, bps) = (Line::new("ID")?, Line::new("BPS")?);
    let rows: Vec<RegionRow> = table!("regions-id.csv")?;
    rows.into_iter()
        .map(|row| {
            let mut region = Region::new(row.code, row.name, row.kind);
            region.aliases = aliases.remove(&region.id).unwrap_or_default();
            region.parent = row.province_code;
            region.country = Some(country.clone());
            region.capital = row.capital;
            region.population = row.population;
            region.population_on = row.population_year;
            region.area_km2 = row.area_km2;
            region.center = Some(Point { lat: row.lat, lon: row.lon });
            region.is_3t = row.is_3t;
            region.hdi = row.hdi;
            region.hdi_on = row.hdi_year;
            region.island_group = row.island_group;
            region.external_ids = vec![ExternalId { system: bps.clone(), value: Line::new(row.bps_code)? }];
            region.provenance = provenance(&region, &sources);
            Ok(region)
        })
        .collect()
}

/// Where the known fields of a region come from. For each field the last line that applies counts.
fn provenance(region: &Region, sources: &[SourceRow]) -> Vec<Provenance> {
    let applies = |source: &SourceRow| {
        let known = match source.field.as_deref() {
            Some("capital") => region.capital.is_some(),
            Some("is_3t") => region.is_3t.is_some(),
            Some("hdi" | "hdi_on") => region.hdi.is_some(),
            _ => true,
        };
        known && source.scope.split(' ').any(|scope| in_scope(region, scope))
    };
    let mut found: Vec<Provenance> = Vec::new();
    for source in sources.iter().filter(|source| applies(source)) {
        found.retain(|earlier| earlier.field != source.field);
        found.push(Provenance {
            field: source.field.clone(),
            source: source.source.clone(),
            retrieved_on: None,
            confidence: None,
            mark: Some(source.mark),
            note: source.note.clone(),
        });
    }
    found
}

/// Whether a region is meant by `all`, by its level, by its code, or by the code of itself or its parent and `+`.
fn in_scope(region: &Region, scope: &str) -> bool {
    match scope.strip_suffix('+') {
        Some(code) => region.id.as_str() == code || region.parent.as_ref().is_some_and(|id| id.as_str() == code),
        None => scope == "all" || scope == region.level.code() || scope == region.id.as_str(),
    }
}

/// How Indonesians write the names of regions and governments, in Indonesian and in English.
///
/// # Errors
/// `csv-syntax` or `unknown-term` if the table of the crate were damaged.
///
/// ```
/// let naming = jipp_core::model::naming_id()?;
/// assert_eq!(naming.short_words["pemkab"], "pemerintah kabupaten");
/// # Ok::<(), jipp_core::Error>(())
/// ```
pub fn naming_id() -> Result<Naming> {
    let mut naming = Naming::default();
    for WordRow { role, words, level, long } in table!("region-words-id.csv")? {
        match (role.as_str(), level) {
            ("short", _) => {
                naming.short_words.insert(words, long);
            }
            ("title", Some(level)) => {
                naming.titles.insert(level, words);
            }
            ("system", _) => naming.id_system = Some(words),
            _ => naming.markers.push(Marker { words, level, kind: role.parse::<MarkerKind>()? }),
        }
    }
    Ok(naming)
}

/// Indonesia's ministries and national agencies, a few other bodies of the network, and the provincial governments
/// whose names are not formed like the others (Aceh, Jakarta, Yogyakarta).
///
/// # Errors
/// `csv-syntax` if the table of the crate were damaged.
///
/// ```
/// let agencies = jipp_core::model::agencies_id()?;
/// assert!(agencies.iter().any(|agency| agency.aliases.iter().any(|alias| &**alias == "BPOM")));
/// # Ok::<(), jipp_core::Error>(())
/// ```
pub fn agencies_id() -> Result<Vec<Agency>> {
    let rows: Vec<AgencyRow> = table!("agencies-id.csv")?;
    rows.into_iter()
        .map(|row| {
            let mut agency = Agency::new(row.id, row.name, row.kind);
            agency.region = row.region;
            agency.aliases =
                row.aliases.split('|').filter(|alias| !alias.is_empty()).map(Line::new).collect::<Result<_>>()?;
            Ok(agency)
        })
        .collect()
}

/// Indonesia's national competition of public-service innovation (KIPP), ready to be registered: its rubrics, the
/// competition, its legal instruments and its editions 2014 to 2023 and 2025, of which 2021, 2023 and 2025 have the rules that
/// could be found. What refers to an agency refers to one of [`agencies_id`].
///
/// # Errors
/// `json-syntax` and those of records if the table of the crate were damaged.
///
/// ```
/// use jipp_core::model::{Edition, Record};
/// let records = jipp_core::model::competitions_id()?;
/// let is_2025 = |record: &&Record| record.id() == "kipp/2025";
/// let Some(Record::Edition(edition)) = records.iter().find(is_2025) else { return Err("no such edition".into()) };
/// assert_eq!(edition.stage("proposal").and_then(|stage| stage.pass_mark), Some("85".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn competitions_id() -> Result<Vec<Record>> {
    let rows = include_str!("../../data/competitions/kipp.jsonl").lines();
    let records = rows.map(|row| serde_json::from_str(row).map_err(|error| Error::from_serde(&error.to_string())));
    let records: Vec<Record> = records.collect::<Result<_>>()?;
    let mut rubrics = std::collections::BTreeSet::new();
    for record in &records {
        record.references(&mut |_, kind, id| {
            if kind == EntityKind::Rubric {
                rubrics.insert(id.to_owned());
            }
        });
    }
    let rubrics = rubrics.iter().map(|id| Instrument::shipped(id).map(|instrument| instrument.rubric.into()));
    rubrics.chain(records.into_iter().map(Ok)).collect()
}

impl Gazetteer {
    /// The gazetteer of the built-in regions of Indonesia.
    ///
    /// # Errors
    /// As [`regions_id`] and [`naming_id`].
    pub fn indonesia() -> Result<Self> {
        Ok(Self::new(&regions_id()?, &naming_id()?))
    }
}

impl AgencyNames {
    /// The names of the built-in agencies of Indonesia and of the governments of its regions.
    ///
    /// # Errors
    /// As [`regions_id`], [`naming_id`] and [`agencies_id`].
    pub fn indonesia() -> Result<Self> {
        Ok(Self::new(Arc::new(Gazetteer::indonesia()?), &agencies_id()?, &naming_id()?))
    }
}
