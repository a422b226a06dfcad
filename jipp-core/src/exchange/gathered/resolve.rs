//! Which innovation a replication means by a title and an agency.
//!
//! In this order: what the committed review list decides; an innovation of the same agency with exactly this title,
//! nickname or expansion (folded, with or without what stands in brackets); else a record of its own that says it is
//! known only as the source of a replication. Likeness never decides: it lists what is worth a look, and whoever looked
//! has put the decision into `replication-sources-review.csv`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::fields::{Fields, key, remark};
use super::innovations::began;
use super::{Finding, FindingKind, Gathering, Tables};
use crate::base::{AgencyId, Code, Error, InnovationId, Result, slug};
use crate::exchange::Row;
use crate::model::{Innovation, Mark};

const REVIEW: &str = "examples/data/replication-sources-review.csv";
/// From this likeness on, of 1000, a pair is worth a look.
pub const NEAR: u32 = 600;

/// Which side of a replication a title stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// What was replicated.
    Source,
    /// What came of it.
    Replica,
}

/// How a title was resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Title and agency are those of a known innovation.
    Exact,
    /// The review list names the innovation.
    Reviewed,
    /// No known innovation is meant: a record of its own.
    Stub,
}

#[derive(Clone, Debug)]
enum Decision {
    Match(InnovationId),
    Stub,
}

/// A known innovation, as far as titles are compared.
#[derive(Clone, Debug)]
struct Known {
    id: InnovationId,
    agency: Option<AgencyId>,
    province: Option<String>,
    names: BTreeSet<String>,
}

/// Resolves titles to innovations.
pub(super) struct Resolver {
    tables: Arc<Tables>,
    known: Vec<Known>,
    review: BTreeMap<(String, Side), Decision>,
    stubs: BTreeMap<InnovationId, Innovation>,
}

/// What one side of a replication says of its innovation.
#[derive(Clone, Copy)]
pub(super) struct Titled<'a> {
    pub(super) replication: &'a str,
    pub(super) side: Side,
    pub(super) fields: Fields<'a>,
}

impl Resolver {
    pub(super) fn new(tables: Arc<Tables>, innovations: &[Row], review: &[Row], replications: &[Row]) -> Result<Self> {
        let known = innovations.iter().filter_map(|row| known(&tables, Fields::of(row)).ok());
        let mut resolver = Self { known: known.collect(), tables, review: BTreeMap::new(), stubs: BTreeMap::new() };
        for row in review {
            let decided = resolver.decide(Fields::of(row)).map_err(|error| error.line(row.line).source_name(REVIEW))?;
            resolver.review.insert(decided.0, decided.1);
        }
        // A row that cannot be read is refused when its own turn comes.
        for row in replications {
            let _ = resolver.add_stub(Fields::of(row));
        }
        Ok(resolver)
    }

    fn decide(&self, row: Fields<'_>) -> Result<((String, Side), Decision)> {
        let term = |field: &str, value: &str, expected: &str| {
            Error::new(Code::UnknownTerm).field(field).value(value).expected(expected)
        };
        let side = match row.need("side")? {
            "source" => Side::Source,
            "replica" => Side::Replica,
            other => return Err(term("side", other, "source, replica")),
        };
        // For a stub it is the nearest that was looked at.
        let innovation: InnovationId = row.need_parsed("innovation")?;
        if !self.known.iter().any(|known| known.id == innovation) {
            return Err(Error::new(Code::DanglingReference).field("innovation").value(innovation));
        }
        let decision = match row.need("decision")? {
            "match" => Decision::Match(innovation),
            "stub" => Decision::Stub,
            other => return Err(term("decision", other, "match, stub")),
        };
        Ok(((row.need("replication")?.to_owned(), side), decision))
    }

    /// Makes or completes the record of a source that no known innovation is.
    fn add_stub(&mut self, row: Fields<'_>) -> Result<()> {
        let replication = row.need("id")?;
        let titled = Titled { replication, side: Side::Source, fields: row.object("source")? };
        let (id, how) = self.source(titled)?;
        if how != How::Stub {
            return Ok(());
        }
        let provenance = row.provenance()?;
        if let Some(stub) = self.stubs.get_mut(&id) {
            if !stub.provenance.iter().any(|known| known.field.is_none() && known.source == provenance.source) {
                stub.provenance.push(provenance);
            }
            return Ok(());
        }
        let (fields, mut ignored) = (titled.fields, Gathering::default());
        let written = fields.need("agency")?;
        let (named, _) = self.tables.agencies.resolve(written)?;
        let owner = named.agency.ok_or_else(|| super::no_owner("agency", written))?;
        let governed = self.tables.region_governed(&owner);
        let mut stub = Innovation::new(id.clone(), fields.need_parsed("title")?, owner);
        stub.unit_name = named.unit;
        stub.region = match governed {
            Some(region) => Some(region),
            None => self.tables.region_of(fields, &["province"], &mut ignored, &id)?,
        };
        stub.sectors = self.tables.sector_of(fields, "sector", &mut ignored, &id)?;
        stub.problem = fields.long("problem")?;
        stub.solution = fields.long("solution")?;
        stub.provenance.push(remark(
            "title",
            &provenance.source,
            Mark::Sourced,
            "known only as the source of a replication",
        )?);
        if let Some(year) = fields.date("start_year")? {
            began(&mut stub, year, &provenance.source)?;
        }
        stub.provenance.push(provenance);
        self.stubs.insert(id, stub);
        Ok(())
    }

    /// The innovation that the source of a replication is.
    pub(super) fn source(&self, titled: Titled<'_>) -> Result<(InnovationId, How)> {
        if let Some((id, how)) = self.known(titled)? {
            return Ok((id, how));
        }
        let (title, written) = (titled.fields.need("title")?, titled.fields.need("agency")?);
        let agency = self.tables.agencies.resolve(written)?.0.agency;
        let agency = agency.ok_or_else(|| super::no_owner("agency", written))?;
        Ok((InnovationId::new(format!("{agency}/{}", slug(head(title))))?, How::Stub))
    }

    /// The innovation that the replica of a replication is, where one is on record: a known one, or one that is known
    /// as the source of another replication. An innovation is never its own replica.
    pub(super) fn target(&self, titled: Titled<'_>, source: &InnovationId) -> Result<Option<InnovationId>> {
        let Some(title) = titled.fields.text("title")? else { return Ok(None) };
        let found = self.known(titled)?.map(|(id, _)| id);
        if found.is_some() || self.review.contains_key(&(titled.replication.to_owned(), titled.side)) {
            return Ok(found.filter(|id| id != source));
        }
        let Some(agency) = self.agency(titled)? else { return Ok(None) };
        let same = |stub: &&Innovation| stub.owner == agency && key(&stub.title) == key(title);
        Ok(self.stubs.values().find(same).map(|stub| stub.id.clone()).filter(|id| id != source))
    }

    /// The record of a source that is known from replications only.
    pub(super) fn stub(&self, id: &InnovationId) -> Option<&Innovation> {
        self.stubs.get(id)
    }

    fn agency(&self, titled: Titled<'_>) -> Result<Option<AgencyId>> {
        let written = titled.fields.text("agency")?;
        Ok(written.and_then(|written| self.tables.agencies.find(written)).and_then(|named| named.agency))
    }

    fn known(&self, titled: Titled<'_>) -> Result<Option<(InnovationId, How)>> {
        match self.review.get(&(titled.replication.to_owned(), titled.side)) {
            Some(Decision::Match(id)) => return Ok(Some((id.clone(), How::Reviewed))),
            Some(Decision::Stub) => return Ok(None),
            None => {}
        }
        let Some(agency) = self.agency(titled)? else { return Ok(None) };
        let names = names(titled.fields.need("title")?, None);
        let same = |known: &&Known| known.agency.as_ref() == Some(&agency) && !known.names.is_disjoint(&names);
        let mut found = self.known.iter().filter(same);
        Ok(match (found.next(), found.next()) {
            (Some(only), None) => Some((only.id.clone(), How::Exact)),
            // Two innovations of one agency under one name: the review list must say which.
            _ => None,
        })
    }

    /// The known innovations that are like what a side of a replication says, best first, each with its likeness.
    pub(super) fn candidates(&self, titled: Titled<'_>) -> Result<Vec<(InnovationId, u32)>> {
        let Some(title) = titled.fields.text("title")? else { return Ok(Vec::new()) };
        let (agency, names) = (self.agency(titled)?, names(title, None));
        let province = titled.fields.text("province")?.map(key);
        let like = |known: &Known| {
            let pairs = names.iter().flat_map(|a| known.names.iter().map(move |b| likeness(a, b)));
            let nearer = if agency.is_some() && known.agency == agency {
                200
            } else if province.is_some() && known.province == province {
                50
            } else {
                0
            };
            (known.id.clone(), (pairs.max().unwrap_or(0) + nearer).min(1000))
        };
        let mut all: Vec<_> = self.known.iter().map(like).filter(|(_, likeness)| *likeness >= NEAR).collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(all)
    }

    /// Reports a source that became a record of its own, or a replica that nobody has looked at, with the known
    /// innovation that comes nearest.
    pub(super) fn finding(&self, titled: Titled<'_>, except: Option<&InnovationId>) -> Result<Option<Finding>> {
        let is_reviewed = self.review.contains_key(&(titled.replication.to_owned(), titled.side));
        let nearest = self.candidates(titled)?.into_iter().find(|(id, _)| Some(id) != except);
        let (kind, reason) = match (titled.side, nearest, is_reviewed) {
            (Side::Source, Some((id, likeness)), true) => {
                (FindingKind::Source, format!("no known innovation: {id} ({likeness} of 1000 alike) is another"))
            }
            (Side::Source, None, _) => (FindingKind::Source, "no known innovation is like it".to_owned()),
            (Side::Source, Some((id, likeness)), false) => (FindingKind::Source, worth_a_look(&id, likeness)),
            (Side::Replica, Some((id, likeness)), false) => (FindingKind::Replica, worth_a_look(&id, likeness)),
            (Side::Replica, ..) => return Ok(None),
        };
        let (subject, value) = (titled.replication.to_owned(), titled.fields.need("title")?.to_owned());
        Ok(Some(Finding { kind, subject, value, reason }))
    }
}

fn worth_a_look(id: &InnovationId, likeness: u32) -> String {
    format!("not in the review list, and {id} ({likeness} of 1000 alike) is worth a look")
}

fn known(tables: &Tables, row: Fields<'_>) -> Result<Known> {
    let agency = tables.agencies.find(row.need("agency")?).and_then(|named| named.agency);
    let names = names(row.need("title")?, row.text("expansion")?);
    Ok(Known { id: row.need_parsed("id")?, agency, province: row.text("province")?.map(key), names })
}

/// A title without what stands in brackets at its end.
fn head(title: &str) -> &str {
    title.split('(').next().map(str::trim).filter(|head| !head.is_empty()).unwrap_or(title)
}

/// Everything that an innovation may be called: title, title without brackets, what is in them, expansion.
fn names(title: &str, expansion: Option<&str>) -> BTreeSet<String> {
    let inside = title.split_once('(').and_then(|(_, rest)| rest.rsplit_once(')')).map(|(inside, _)| inside);
    let all = [Some(title), Some(head(title)), inside, expansion];
    all.into_iter().flatten().map(key).filter(|name| !name.is_empty()).collect()
}

/// How alike two folded names are, of 1000: the better of shared letter pairs (Sørensen and Dice) and shared words.
///
/// A list of things to look at is made from it, nothing is decided by it.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1000")]
pub fn likeness(a: &str, b: &str) -> u32 {
    let letters = (strsim::sorensen_dice(a, b) * 1000.0).round() as u32;
    let (left, right): (BTreeSet<&str>, BTreeSet<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let (shared, all) = (left.intersection(&right).count(), left.len() + right.len());
    letters.max(u32::try_from(2000 * shared / all.max(1)).unwrap_or(0))
}
