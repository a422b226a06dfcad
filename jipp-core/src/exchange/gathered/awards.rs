//! Reading award labels: which contest, edition, group and tier a label names, as far as it says so.
//!
//! The rules are data: `contests.csv` (which words name which contest; the longest that a label holds counts),
//! `award-words.csv` (which words say that something was no award) and the tiers of `kipp-editions.jsonl`. In code
//! stands only how they are read: a label names the tier whose label's words it holds in order, and the year that
//! stands outside its remarks in brackets.

use std::sync::Arc;

use super::agencies::Agencies;
use super::fields::{Fields, key};
use super::{Gather, Gathering};
use crate::base::{Code, CompetitionId, EditionId, Error, Result, words};
use crate::exchange::Row;
use crate::model::{Edition, EntityKind, Instrument, Line, Record};

/// What a label tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// An award, a place or a nomination.
    Award,
    /// Taking part: a proposal, a report, a presentation.
    Entry,
    /// What the innovation replicates.
    Lineage,
}

/// What could be read from a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsedAward {
    /// What it tells of.
    pub standing: Standing,
    /// The name of the contest.
    pub contest: Option<Line>,
    /// The competition, where it has a record.
    pub competition: Option<CompetitionId>,
    /// The edition, where it has a record.
    pub edition: Option<EditionId>,
    /// Code of the group.
    pub group: Option<Line>,
    /// Code of the tier.
    pub tier: Option<Line>,
    /// The year.
    pub year: Option<u16>,
}

impl ParsedAward {
    /// Why the label could not be placed; `None` if it was: in a tier of an edition, or in a contest that has no
    /// editions on record.
    pub fn fault(&self) -> Option<&'static str> {
        match self.standing {
            Standing::Entry => Some("tells of taking part, not of an award"),
            Standing::Lineage => Some("tells what was replicated, not of an award"),
            Standing::Award if self.contest.is_none() => Some("names no contest that the table knows"),
            Standing::Award if self.competition.is_some() && self.edition.is_none() => Some("does not say the year"),
            Standing::Award if self.competition.is_some() && self.tier.is_none() => {
                Some("names no tier of the edition")
            }
            Standing::Award => None,
        }
    }
}

/// The tables that award labels are read with.
#[derive(Clone, Debug, Default)]
pub struct AwardRules {
    standings: Vec<(String, Standing)>,
    contests: Vec<Contest>,
    editions: Vec<Edition>,
}

#[derive(Clone, Debug)]
struct Contest {
    words: String,
    name: Line,
    competition: Option<CompetitionId>,
}

impl AwardRules {
    /// From the rows of `award-words.csv`, `contests.csv` and `kipp-editions.jsonl`.
    ///
    /// # Errors
    /// Kind `invalid`, with line and field.
    pub fn new(standings: &[Row], contests: &[Row], editions: &[Row]) -> Result<Self> {
        let at = |row: &Row, error: Error| error.line(row.line);
        let standings = standings.iter().map(|row| standing(Fields::of(row)).map_err(|error| at(row, error)));
        let contests = contests.iter().map(|row| contest(Fields::of(row)).map_err(|error| at(row, error)));
        let mut held = Vec::new();
        for row in editions {
            if let Record::Edition(edition) = record(row)? {
                held.push(Edition::clone(&edition));
            }
        }
        Ok(Self {
            standings: standings.collect::<Result<_>>()?,
            contests: contests.collect::<Result<_>>()?,
            editions: held,
        })
    }

    /// Reads a label.
    pub fn parse(&self, label: &str) -> ParsedAward {
        let said = words(label);
        let holds = |phrase: &str| format!(" {} ", said.join(" ")).contains(&format!(" {phrase} "));
        let standings = self.standings.iter().filter(|(phrase, _)| holds(phrase));
        let standing = standings.max_by_key(|(phrase, _)| phrase.len()).map_or(Standing::Award, |found| found.1);
        let contest = self.contests.iter().filter(|c| holds(&c.words)).max_by_key(|contest| contest.words.len());
        let year = year(label);
        let competition = contest.and_then(|contest| contest.competition.clone());
        let edition = self.editions.iter().find(|e| Some(&e.competition) == competition.as_ref() && e.year == year);
        let edition = edition.filter(|_| year.is_some());
        let group = edition.and_then(|e| e.groups.iter().find(|group| holds(&key(&group.label))));
        let tiers = edition.into_iter().flat_map(|edition| &edition.tiers).filter(|_| standing == Standing::Award);
        let tier = tiers.filter(|tier| in_order(&words(&tier.label), &said)).max_by_key(|tier| tier.label.len());
        ParsedAward {
            standing,
            contest: contest.map(|contest| contest.name.clone()),
            competition,
            edition: edition.map(|edition| edition.id.clone()),
            group: group.map(|group| group.code.clone()).or_else(|| tier.and_then(|tier| tier.group.clone())),
            tier: tier.map(|tier| tier.code.clone()),
            year,
        }
    }
}

fn standing(row: Fields<'_>) -> Result<(String, Standing)> {
    let standing = match row.need("standing")? {
        "award" => Standing::Award,
        "entry" => Standing::Entry,
        "lineage" => Standing::Lineage,
        other => {
            let fault = Error::new(Code::UnknownTerm).field("standing").value(other);
            return Err(fault.expected("award, entry, lineage"));
        }
    };
    Ok((key(row.need("words")?), standing))
}

fn contest(row: Fields<'_>) -> Result<Contest> {
    let (words, name) = (key(row.need("words")?), row.need_parsed("contest")?);
    Ok(Contest { words, name, competition: row.parse("competition")? })
}

/// The one year that a label names: outside brackets, or alone between them.
fn year(label: &str) -> Option<u16> {
    let mut outside = String::new();
    let mut remarks = Vec::new();
    for (index, part) in label.split(['(', ')']).enumerate() {
        if index % 2 == 0 { outside.push_str(part) } else { remarks.push(part) }
    }
    let alone = remarks.into_iter().filter_map(|remark| remark.trim().parse().ok());
    let years = words(&outside).into_iter().filter_map(|word| word.parse().ok()).chain(alone);
    let mut years: Vec<u16> = years.filter(|year| (1990..2100).contains(year)).collect();
    years.dedup();
    (years.len() == 1).then(|| years[0])
}

/// Whether all words of one list stand in the other, in order.
fn in_order(wanted: &[String], said: &[String]) -> bool {
    let mut rest = said.iter();
    wanted.iter().all(|word| rest.any(|other| other == word))
}

/// The record of a row that is written as a record: an object with the kind as its only key.
fn record(row: &Row) -> Result<Record> {
    let named = row.fields.iter().next().filter(|_| row.fields.len() == 1);
    let (kind, fields) = named.ok_or_else(|| Error::new(Code::FieldMissing).line(row.line).expected("one record"))?;
    let kind: EntityKind = kind.parse().map_err(|error: Error| error.line(row.line))?;
    Record::from_fields(kind, fields).map_err(|error| error.line(row.line))
}

/// Reads the rows of `kipp-editions.jsonl`: the national competition, its rules and its editions, as records.
pub(super) struct Editions(pub(super) Arc<Agencies>);

impl Gather for Editions {
    fn gather(&self, row: &Row) -> Result<Gathering> {
        let record = record(row)?;
        let mut records = Vec::new();
        record.references(&mut |_, kind, id| match kind {
            EntityKind::Agency => records.extend(id.parse().iter().flat_map(|id| self.0.records(id))),
            EntityKind::Rubric => records.extend(Instrument::shipped(id).map(|found| found.rubric.into())),
            _ => {}
        });
        records.push(record);
        Ok(Gathering::of(records))
    }
}
