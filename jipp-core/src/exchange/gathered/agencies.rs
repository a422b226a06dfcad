//! Which agency a name stands for.
//!
//! A government is found by its region, so that all its spellings give one record. Every other spelling stands in
//! `agencies.csv`: the agency (none for a group of agencies), the office of it that is meant, and, on the row that
//! defines an agency, its official name, kind, region and parent. What stands in neither becomes an agency under the
//! name as written, and is reported. An agency is a function of these tables alone, so it comes out equal on every row.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fields::{Fields, key, remark};
use super::places::{Places, RegionTable, government_kind};
use crate::base::{AgencyId, Code, Error, RegionId, Result};
use crate::exchange::Row;
use crate::model::{Agency, AgencyKind, Line, Mark, Record, Region};

const TABLE: &str = "examples/data/agencies.csv";
/// The first words of names that tell the kind of an agency outside the table.
const KINDS: [(&str, AgencyKind); 5] = [
    ("kementerian", AgencyKind::Ministry),
    ("badan", AgencyKind::Agency),
    ("lembaga", AgencyKind::Agency),
    ("universitas", AgencyKind::University),
    ("desa", AgencyKind::Village),
];

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedAgency {
    /// The agency; absent for a group of agencies.
    pub agency: Option<AgencyId>,
    /// The office of it, or the further circumstance, that the name tells.
    pub unit: Option<Line>,
    /// Whether the regions or the table know the name.
    pub is_known: bool,
}

/// Every agency that the tables know, by all its spellings.
pub struct Agencies {
    places: Arc<dyn Places>,
    written: BTreeMap<String, NamedAgency>,
    known: BTreeMap<AgencyId, Agency>,
    governments: BTreeMap<RegionId, AgencyId>,
}

impl std::fmt::Debug for Agencies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Agencies").field("known", &self.known.len()).finish_non_exhaustive()
    }
}

impl Agencies {
    /// The governments of the regions and the agencies of the table.
    ///
    /// # Errors
    /// Kind `invalid` if a row of the table cannot be read; `dangling-reference` if it names an agency or region that
    /// nothing defines.
    pub fn new(places: Arc<dyn Places>, regions: &RegionTable, table: &[Row]) -> Result<Self> {
        let (written, known, governments) = Default::default();
        let mut agencies = Self { places, written, known, governments };
        for row in table {
            agencies.define(Fields::of(row)).map_err(|error| error.line(row.line))?;
        }
        for region in regions.iter() {
            agencies.govern(region)?;
        }
        for row in table {
            agencies.spell(Fields::of(row)).map_err(|error| error.line(row.line))?;
        }
        Ok(agencies)
    }

    fn define(&mut self, row: Fields<'_>) -> Result<()> {
        let Some(name) = row.line("name")? else { return Ok(()) };
        let mut agency = Agency::new(row.need_parsed("agency")?, name, row.need_parsed("kind")?);
        agency.region = row.parse("region")?;
        agency.parent = row.parse("parent")?;
        if let Some(note) = row.text("note")? {
            agency.provenance.push(remark("name", &Line::new(TABLE)?, row.need_parsed("mark")?, note)?);
        }
        let governs = matches!(agency.kind, AgencyKind::Province | AgencyKind::Regency | AgencyKind::City);
        if let Some(region) = agency.region.clone().filter(|_| governs) {
            self.governments.insert(region, agency.id.clone());
        }
        self.known.insert(agency.id.clone(), agency);
        Ok(())
    }

    fn govern(&mut self, region: &Region) -> Result<()> {
        let Some(kind) = government_kind(region.level).filter(|_| !self.governments.contains_key(&region.id)) else {
            return Ok(());
        };
        let title = if kind == AgencyKind::Province { "Pemerintah Provinsi" } else { "Pemerintah" };
        let name = Line::new(format!("{title} {}", region.name))?;
        let mut agency = Agency::new(AgencyId::new(self.places.agency_slug(&name))?, name, kind);
        agency.region = Some(region.id.clone());
        self.governments.insert(region.id.clone(), agency.id.clone());
        self.known.insert(agency.id.clone(), agency);
        Ok(())
    }

    fn spell(&mut self, row: Fields<'_>) -> Result<()> {
        let agency: Option<AgencyId> = row.parse("agency")?;
        let parent: Option<AgencyId> = row.parse("parent")?;
        if let Some(missing) = [&agency, &parent].into_iter().flatten().find(|id| !self.known.contains_key(*id)) {
            return Err(Error::new(Code::DanglingReference).field("agency").value(missing));
        }
        let _mark: Mark = row.need_parsed("mark")?;
        let named = NamedAgency { agency, unit: row.line("unit")?, is_known: true };
        self.written.insert(key(row.need("written")?), named);
        Ok(())
    }

    /// What a name stands for, where the table or the regions know it.
    pub fn find(&self, written: &str) -> Option<NamedAgency> {
        self.written.get(&key(written)).cloned().or_else(|| {
            let (_, region) = self.places.government(written)?;
            let agency = Some(self.governments.get(&region)?.clone());
            Some(NamedAgency { agency, unit: None, is_known: true })
        })
    }

    /// What a name stands for, and the records of it: the agency after those above it. A name that nothing knows is an
    /// agency of its own.
    ///
    /// # Errors
    /// `id-empty`, `id-too-long` if the name gives no id.
    pub fn resolve(&self, written: &str) -> Result<(NamedAgency, Vec<Record>)> {
        if let Some(named) = self.find(written) {
            let records = named.agency.as_ref().map(|id| self.records(id)).unwrap_or_default();
            return Ok((named, records));
        }
        let first = crate::base::words(written).into_iter().next().unwrap_or_default();
        let kind = KINDS.iter().find(|(word, _)| *word == first).map_or(AgencyKind::Other, |(_, kind)| *kind);
        let id = AgencyId::new(self.places.agency_slug(written))?;
        let named = NamedAgency { agency: Some(id.clone()), unit: None, is_known: false };
        Ok((named, vec![Agency::new(id, Line::new(written)?, kind).into()]))
    }

    /// An agency that the tables know.
    pub fn get(&self, id: &AgencyId) -> Option<&Agency> {
        self.known.get(id)
    }

    /// The record of a known agency, after those above it.
    pub fn records(&self, id: &AgencyId) -> Vec<Record> {
        let mut chain: Vec<&Agency> = Vec::new();
        let mut next = self.known.get(id);
        while let Some(agency) = next.filter(|agency| !chain.iter().any(|seen| seen.id == agency.id)) {
            chain.push(agency);
            next = agency.parent.as_ref().and_then(|parent| self.known.get(parent));
        }
        chain.into_iter().rev().map(|agency| agency.clone().into()).collect()
    }
}
