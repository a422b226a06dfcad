//! `innovations.jsonl`: innovations and their awards.
//!
//! The rows say little of how far an innovation has come, so the stage is one reported step, or none:
//!
//! | what the row says | step | raw wording | known |
//! | --- | --- | --- | --- |
//! | a year it started | `implemented`, in that year | `start_year 2019` | inferred: the pages seldom tell trial from use |
//! | no year, but an award in an edition of the national competition | `implemented`, undated | the label | inferred: only what was in use for a year or two may enter |
//! | neither, but an outcome | `implemented`, undated | `outcome` | inferred: what had an outcome was in use |
//! | nothing of these | none | | unknown |
//!
//! The year goes into `implemented_on`, with a remark that it is the start year as published. Publication is reported
//! as `public`, with the address of the page as its raw wording.

use std::sync::Arc;

use super::awards::{ParsedAward, Standing};
use super::fields::{Fields, remark};
use super::{FindingKind, Gather, Gathering, Tables};
use crate::base::{AgencyId, AwardId, InnovationId, PartialDate, RegionId, Result, SectorId, slug};
use crate::exchange::Row;
use crate::model::{Award, Innovation, InnovationStage, Line, Mark, Provenance, Publication, Record, Step};

pub(super) struct Innovations(pub(super) Arc<Tables>);

impl Gather for Innovations {
    fn gather(&self, row: &Row) -> Result<Gathering> {
        let (row, tables) = (Fields::of(row), &*self.0);
        let id: InnovationId = row.need_parsed("id")?;
        let written = row.need("agency")?;
        let (named, records) = tables.agencies.resolve(written)?;
        let mut out = Gathering::of(records);
        if !named.is_known {
            out.report(FindingKind::Agency, &id, written, "stands in no table; entered as an agency of its own");
        }
        let Some(owner) = named.agency else { return Err(super::no_owner("agency", written)) };
        let provenance = row.provenance()?;
        let mut innovation = Innovation::new(id.clone(), row.need_parsed("title")?, owner);
        innovation.expansion = row.line("expansion")?;
        innovation.unit_name = row.line("unit")?.or(named.unit);
        innovation.region = tables.region_of(row, &["region", "province"], &mut out, &id)?;
        innovation.sectors = tables.sector_of(row, "sector", &mut out, &id)?;
        innovation.problem = row.long("problem")?;
        innovation.solution = row.long("solution")?;
        innovation.outcome = row.long("outcome")?;
        innovation.publication.steps.push(Step::reported(Publication::Public, provenance.source.clone()));
        innovation.provenance.push(provenance.clone());

        let labels = row.list("awards")?;
        let parsed: Vec<(&str, ParsedAward)> =
            labels.iter().map(|label| (*label, tables.awards.parse(label))).collect();
        if let Some(year) = row.date("start_year")? {
            began(&mut innovation, year, &provenance.source)?;
        } else if let Some((label, _)) =
            parsed.iter().find(|(_, award)| award.edition.is_some() && award.tier.is_some())
        {
            in_use(&mut innovation, None, label)?;
        } else if innovation.outcome.is_some() {
            in_use(&mut innovation, None, "outcome")?;
        }
        let mut awards: Vec<Record> = Vec::new();
        for (label, award) in parsed {
            if let Some(reason) = award.fault() {
                out.report(FindingKind::Award, &id, label, reason);
            }
            if award.standing == Standing::Award {
                awards.push(record(&id, label, award, &provenance)?.into());
            } else {
                innovation.provenance.push(remark("awards", &provenance.source, Mark::Sourced, label)?);
            }
        }
        out.records.push(innovation.into());
        out.records.extend(awards);
        Ok(out)
    }
}

fn record(innovation: &InnovationId, label: &str, read: ParsedAward, provenance: &Provenance) -> Result<Award> {
    let id = AwardId::new(format!("{innovation}/{}", slug(label)))?;
    let mut award = Award::new(id, innovation.clone(), Line::new(label)?);
    award.contest = read.contest.filter(|_| read.edition.is_none());
    award.edition = read.edition;
    award.group = read.group;
    award.tier = read.tier;
    award.year = read.year;
    award.provenance.push(provenance.clone());
    Ok(award)
}

/// Enters the year in which an innovation started, as its source gives it.
pub(super) fn began(innovation: &mut Innovation, year: PartialDate, source: &Line) -> Result<()> {
    innovation.implemented_on = Some(year);
    innovation.provenance.push(remark("implemented_on", source, Mark::Inferred, "the start year as published")?);
    in_use(innovation, Some(year), &format!("start_year {year}"))
}

fn in_use(innovation: &mut Innovation, on: Option<PartialDate>, raw: &str) -> Result<()> {
    let step = Step::reported(InnovationStage::Implemented, Line::new(raw)?);
    innovation.stage.steps.push(Step { on, ..step });
    Ok(())
}

impl Tables {
    /// The region that the first given field of a row names; an unknown name is reported.
    pub(super) fn region_of(
        &self,
        row: Fields<'_>,
        fields: &[&str],
        out: &mut Gathering,
        subject: &impl std::fmt::Display,
    ) -> Result<Option<RegionId>> {
        for field in fields {
            let Some(text) = row.text(field)? else { continue };
            match self.places.region(text) {
                Some(region) => return Ok(Some(region)),
                None => out.report(FindingKind::Region, subject, text, "names no region that the table knows"),
            }
        }
        Ok(None)
    }

    /// The sector that a field names; an unknown one is reported.
    pub(super) fn sector_of(
        &self,
        row: Fields<'_>,
        field: &str,
        out: &mut Gathering,
        subject: &impl std::fmt::Display,
    ) -> Result<Vec<SectorId>> {
        let Some(text) = row.text(field)? else { return Ok(Vec::new()) };
        let sector = self.sectors.find(text);
        if sector.is_none() {
            out.report(FindingKind::Sector, subject, text, "names no sector that the table knows");
        }
        Ok(sector.into_iter().collect())
    }

    /// The region that an agency governs or works in.
    pub(super) fn region_governed(&self, agency: &AgencyId) -> Option<RegionId> {
        self.agencies.get(agency)?.region.clone()
    }
}
