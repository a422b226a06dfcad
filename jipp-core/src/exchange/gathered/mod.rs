//! The gathered data of `examples/data`: real innovations, replications, hubs, activities, needs and regions.
//!
//! [`Gathered::load`] reads the folder and its tables and gives the files in the order they are to be imported in, each
//! with its reader. A reader is a pure function of the row, the files of the folder and the regions, so that reading a
//! file twice gives equal records. What a row says that could not be placed is [reported](Report), as data.
//!
//! | file | gives | tables that decide |
//! | --- | --- | --- |
//! | `regions.csv` | regions | |
//! | `sectors.csv` | sectors | |
//! | `kipp-editions.jsonl` | the national competition, its rules and editions | |
//! | `innovations.jsonl` | agencies, innovations, awards | `agencies.csv`, `contests.csv`, `award-words.csv` |
//! | `replications.jsonl` | agencies, replications, innovations known only as a source | `replication-status.csv`, `replication-sources-review.csv` |
//! | `hubs.jsonl` | agencies, partners, decrees, hubs | `hub-batches.csv`, `partners.csv` |
//! | `activities.jsonl` | agencies, partners, activities | |
//! | `needs.jsonl`, `needs-qrels.jsonl` | needs, relevance judgements | |
//!
//! The rules by which a row becomes a record:
//!
//! * **Agencies.** A government is found by its region, so that all its spellings give one record; every other spelling
//!   stands in a table, with the office or the circumstance it tells beside the agency.
//! * **Innovations.** Nothing says outright how far one has come. A start year, a tier of the national competition or
//!   an outcome gives one reported step to `implemented`, with the raw wording it rests on; without them there is none.
//! * **Replications.** A source is resolved by what the review list decides, then by its exact title and agency; else
//!   it gets a record of its own, *known only as the source of a replication*. A replica has a target where its title is
//!   that of a known innovation of that agency or of such a record, so that chains hang together. Statuses become
//!   reported steps by a table.
//! * **Awards.** A label is read as far as it says; the label itself stays. What tells of taking part, or of what was
//!   replicated, is no award: it stays as a remark on the innovation.
//! * **Hubs.** All rows of a hub give one hub with several dated events.

mod activities;
mod agencies;
mod awards;
mod fields;
mod hubs;
mod innovations;
mod needs;
mod places;
mod regions;
mod replications;
mod resolve;
mod sectors;
mod statuses;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

pub use agencies::{Agencies, NamedAgency};
pub use awards::{AwardRules, ParsedAward, Standing};
pub use places::{Places, RegionTable};
pub use resolve::{How, NEAR, Side, likeness};

pub use statuses::Statuses;

use crate::base::{Code, Error, Result};
use crate::exchange::{Row, RowReader};
use crate::model::Record;
use crate::registry::View;
use fields::read_rows;

/// What all readers look names and words up in.
struct Tables {
    places: Arc<dyn Places>,
    agencies: Arc<Agencies>,
    sectors: sectors::Sectors,
    awards: AwardRules,
    statuses: Statuses,
    partners: hubs::Partners,
}

/// What kind of thing could not be placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FindingKind {
    /// An award label.
    Award,
    /// The source of a replication: it became a record of its own.
    Source,
    /// The replica of a replication: a known innovation is like it and nobody has looked at it yet.
    Replica,
    /// The recipient of a replication.
    Recipient,
    /// The host of an activity.
    Host,
    /// The name of an agency or partner.
    Agency,
    /// The name of a region.
    Region,
    /// The word for a sector.
    Sector,
}

/// Something that a row says and that could not be placed, or only by a guess.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// The id of the record it is about.
    pub subject: String,
    /// What the row says.
    pub value: String,
    /// Why it could not be placed, and what was done instead.
    pub reason: String,
}

/// A finding, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Unplaced {
    /// The file.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: u64,
    /// What it is.
    #[serde(flatten)]
    pub finding: Finding,
}

/// What came of reading the whole folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Report {
    /// How many rows each file has.
    pub rows: BTreeMap<&'static str, usize>,
    /// How many sources of replications were resolved in which way.
    pub sources: BTreeMap<How, usize>,
    /// What could not be placed, file by file and line by line.
    pub unplaced: Vec<Unplaced>,
}

/// What a row gives.
#[derive(Debug, Default)]
struct Gathering {
    records: Vec<Record>,
    findings: Vec<Finding>,
    sources: BTreeMap<How, usize>,
}

impl Gathering {
    fn of(records: impl IntoIterator<Item = Record>) -> Self {
        Self { records: records.into_iter().collect(), ..Self::default() }
    }

    fn report(&mut self, kind: FindingKind, subject: &impl std::fmt::Display, value: &str, reason: &str) {
        let (subject, value, reason) = (subject.to_string(), value.to_owned(), reason.to_owned());
        self.findings.push(Finding { kind, subject, value, reason });
    }
}

/// Turns the rows of one file into records; a pure function of the row.
trait Gather: Send + Sync {
    fn gather(&self, row: &Row) -> Result<Gathering>;
}

/// One file of the folder, with its reader.
pub struct Source {
    file: &'static str,
    reader: Box<dyn Gather>,
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source").field("file", &self.file).finish_non_exhaustive()
    }
}

impl Source {
    /// The name of the file in the folder.
    pub fn file(&self) -> &'static str {
        self.file
    }

    fn gather(&self, row: &Row) -> Result<Gathering> {
        self.reader.gather(row).map_err(|error| error.line(row.line))
    }
}

impl RowReader for Source {
    fn read(&mut self, row: &Row, _: &View<'_>) -> Result<Vec<Record>> {
        self.gather(row).map(|gathering| gathering.records)
    }
}

/// The folder of gathered data, ready to be imported.
#[derive(Debug)]
pub struct Gathered {
    /// Its files, in the order they are to be imported in: each refers to records of itself and of those before it.
    pub sources: Vec<Source>,
    /// What the files hold and what could not be placed. Rows that cannot be read are not here: the import refuses
    /// them, with line and field.
    pub report: Report,
}

impl Gathered {
    /// Reads the folder, with regions and governments found by their exact names.
    ///
    /// # Errors
    /// `store-io` if a file cannot be read, `json-syntax` or `csv-syntax` if it is not what its name says; kind
    /// `invalid` and `dangling-reference` if a table cannot be used.
    ///
    /// # Complexity
    /// Linear in the files, times the number of innovations for each replication.
    pub fn load(dir: &Path) -> Result<Self> {
        Self::load_with(dir, |regions| Arc::new(regions.clone()))
    }

    /// Reads the folder, with regions and governments found by `places`.
    ///
    /// # Errors
    /// As [`Gathered::load`].
    pub fn load_with(dir: &Path, places: impl FnOnce(&RegionTable) -> Arc<dyn Places>) -> Result<Self> {
        let rows = |file: &str| read_rows(&dir.join(file));
        let regions = rows("regions.csv")?;
        let table = RegionTable::new(regions.iter().map(regions::region).collect::<Result<Vec<_>>>()?);
        let places = places(&table);
        let agencies = Arc::new(Agencies::new(Arc::clone(&places), &table, &rows("agencies.csv")?)?);
        let (sectors, editions) = (rows("sectors.csv")?, rows("kipp-editions.jsonl")?);
        let tables = Arc::new(Tables {
            places,
            agencies: Arc::clone(&agencies),
            sectors: sectors::Sectors::new(&sectors)?,
            awards: AwardRules::new(&rows("award-words.csv")?, &rows("contests.csv")?, &editions)?,
            statuses: Statuses::new(&rows("replication-status.csv")?)?,
            partners: hubs::Partners::new(&rows("partners.csv")?)?,
        });
        let (innovations, replications) = (rows("innovations.jsonl")?, rows("replications.jsonl")?);
        let (hubs, activities) = (rows("hubs.jsonl")?, rows("activities.jsonl")?);
        let shared = || Arc::clone(&tables);
        let review = rows("replication-sources-review.csv")?;
        let resolver = Arc::new(resolve::Resolver::new(shared(), &innovations, &review, &replications)?);
        let hub_reader = hubs::Hubs::new(shared(), &rows("hub-batches.csv")?, &hubs)?;
        let network = Arc::new(hub_reader);

        let mut gathered = Self { sources: Vec::new(), report: Report::default() };
        gathered.add("regions.csv", &regions, regions::Regions);
        gathered.add("sectors.csv", &sectors, sectors::SectorTable);
        gathered.add("kipp-editions.jsonl", &editions, awards::Editions(agencies));
        gathered.add("innovations.jsonl", &innovations, innovations::Innovations(shared()));
        let replication_reader = replications::Replications { tables: shared(), resolver };
        gathered.add("replications.jsonl", &replications, replication_reader);
        gathered.add("hubs.jsonl", &hubs, Arc::clone(&network));
        gathered.add("activities.jsonl", &activities, activities::Activities { tables: shared(), hubs: network });
        gathered.add("needs.jsonl", &rows("needs.jsonl")?, needs::Needs(shared()));
        gathered.add("needs-qrels.jsonl", &rows("needs-qrels.jsonl")?, needs::Judgements);
        Ok(gathered)
    }

    fn add(&mut self, file: &'static str, rows: &[Row], reader: impl Gather + 'static) {
        let source = Source { file, reader: Box::new(reader) };
        self.report.rows.insert(file, rows.len());
        for row in rows {
            let Ok(gathering) = source.gather(row) else { continue };
            for (how, count) in gathering.sources {
                *self.report.sources.entry(how).or_default() += count;
            }
            let place = |finding| Unplaced { file, line: row.line, finding };
            self.report.unplaced.extend(gathering.findings.into_iter().map(place));
        }
        self.sources.push(source);
    }
}

impl<G: Gather> Gather for Arc<G> {
    fn gather(&self, row: &Row) -> Result<Gathering> {
        G::gather(self, row)
    }
}

/// The error of a name that must stand for one agency and does not.
fn no_owner(field: &str, written: &str) -> Error {
    Error::new(Code::NameUnresolved).field(field).value(written).expected("the name of one agency")
}
