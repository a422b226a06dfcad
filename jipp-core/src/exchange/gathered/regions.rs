//! `regions.csv`: provinces, regencies and cities.

use super::fields::{Fields, remark, said};
use super::{Gather, Gathering};
use crate::base::{Code, Error, Measure, RegionId, Result};
use crate::exchange::Row;
use crate::model::{ExternalId, Line, Mark, Point, Region};

/// Names that people use and the table does not (its README says so).
const ALIASES: [(&str, &str); 2] = [("31", "DKI Jakarta"), ("34", "DI Yogyakarta")];
const CODES: &str = "https://github.com/cahyadsn/wilayah";
const CAPITALS: &str = "GeoNames.org (CC BY 4.0)";

/// Reads the rows of `regions.csv`.
pub(super) struct Regions;

impl Gather for Regions {
    fn gather(&self, row: &Row) -> Result<Gathering> {
        region(row).map(|region| Gathering::of([region.into()]))
    }
}

/// The region of a row.
pub(super) fn region(row: &Row) -> Result<Region> {
    read(Fields::of(row)).map_err(|error| error.line(row.line))
}

fn read(row: Fields<'_>) -> Result<Region> {
    let id: RegionId = row.need_parsed("code")?;
    let mut region = Region::new(id, row.need_parsed("name")?, row.need_parsed("kind")?);
    let alias = ALIASES.iter().find(|(code, _)| *code == region.id.as_str());
    region.aliases = alias.map(|(_, name)| Line::new(name)).transpose()?.into_iter().collect();
    region.parent = row.parse("province_code")?;
    region.country = Some(Line::new("ID")?);
    region.capital = row.line("capital")?;
    region.population = row.count("population")?;
    region.population_on = row.date("population_year")?;
    region.area_km2 = row.parse("area_km2")?;
    region.center = match (row.parse::<Measure>("lat")?, row.parse::<Measure>("lon")?) {
        (Some(lat), Some(lon)) => Some(Point { lat, lon }),
        (None, None) => None,
        _ => return Err(Error::new(Code::FieldMissing).field("lat").expected("both lat and lon, or neither")),
    };
    region.is_3t = row.flag("is_3t")?;
    region.hdi = row.parse("hdi")?;
    region.hdi_on = row.date("hdi_year")?;
    region.island_group = row.line("island_group")?;
    if let Some(value) = row.line("bps_code")? {
        region.external_ids.push(ExternalId { system: Line::new("BPS")?, value });
    }
    region.provenance.push(said(Line::new(CODES)?));
    if region.capital.is_some() && region.parent.is_some() {
        region.provenance.push(remark("capital", &Line::new(CAPITALS)?, Mark::Secondary, "places to 2023-02")?);
    }
    Ok(region)
}
