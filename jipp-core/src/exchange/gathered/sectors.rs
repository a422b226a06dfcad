//! `sectors.csv`: the 18 sectors of the innovations, with the words of the replications that belong to each.

use std::collections::BTreeMap;

use super::fields::{Fields, key, remark};
use super::{Gather, Gathering};
use crate::base::{Result, SectorId};
use crate::exchange::Row;
use crate::model::{Line, Mark, Sector};

const TABLE: &str = "examples/data/sectors.csv";

/// Reads the rows of `sectors.csv`.
pub(super) struct SectorTable;

impl Gather for SectorTable {
    fn gather(&self, row: &Row) -> Result<Gathering> {
        sector(row).map(|sector| Gathering::of([sector.into()]))
    }
}

fn sector(row: &Row) -> Result<Sector> {
    let read = |row: Fields<'_>| -> Result<Sector> {
        let mut sector = Sector::new(row.need_parsed("code")?, row.need_parsed("name")?);
        sector.name_en = row.line("name_en")?;
        let aliases = row.text("aliases")?.unwrap_or_default().split(';').filter(|alias| !alias.trim().is_empty());
        sector.aliases = aliases.map(Line::new).collect::<Result<_>>()?;
        let mark: Mark = row.need_parsed("mark")?;
        sector.provenance.push(remark("name", &Line::new(TABLE)?, mark, "the codes are those of the data")?);
        Ok(sector)
    };
    read(Fields::of(row)).map_err(|error| error.line(row.line))
}

/// The sector that a code or a word stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Sectors(BTreeMap<String, SectorId>);

impl Sectors {
    pub(super) fn new(table: &[Row]) -> Result<Self> {
        let mut named = BTreeMap::new();
        for row in table {
            let sector = sector(row)?;
            let words = [sector.id.as_str(), &sector.name].into_iter().chain(sector.aliases.iter().map(|a| &**a));
            named.extend(words.map(|name| (key(name), sector.id.clone())));
        }
        Ok(Self(named))
    }
    pub(super) fn find(&self, text: &str) -> Option<SectorId> {
        self.0.get(&key(text)).cloned()
    }
}
