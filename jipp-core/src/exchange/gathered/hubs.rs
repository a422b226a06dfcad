//! `hubs.jsonl`: memberships of the network.
//!
//! A hub may have several rows (the pilots of 2018 were designated in 2020), so the hub is put together from all of
//! them, and every row gives the whole hub. What a batch was (a trial, a commitment, a designation) and the state it
//! reports stand in `hub-batches.csv`. A designation does not set back a hub that already runs.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fields::{Fields, key, said};
use super::{FindingKind, Gather, Gathering, Tables};
use crate::base::{AgencyId, Code, DecreeId, Error, HubId, PartialDate, PartnerId, Result, words};
use crate::exchange::Row;
use crate::model::{
    Decree, DecreeKind, Designation, DesignationEvent, Hub, HubKind, HubState, Line, Milestone, MilestoneKind, Partner,
    PartnerKind, Partnership, Provenance, Record, Step,
};

/// Who decides on membership: issues the decrees that the rows name.
const ISSUER: &str = "Kementerian PANRB";

/// What a batch of memberships was.
#[derive(Clone, Debug)]
struct Batch {
    event: DesignationEvent,
    state: HubState,
    note: Option<Line>,
}

/// The organisations that help hubs, by the names they are written with.
#[derive(Clone, Debug, Default)]
pub(super) struct Partners(BTreeMap<String, Partner>);

impl Partners {
    pub(super) fn new(table: &[Row]) -> Result<Self> {
        let mut by_id: BTreeMap<String, Partner> = BTreeMap::new();
        for row in table {
            let read = |row: Fields<'_>| {
                let Some(name) = row.line("name")? else { return Ok(None) };
                let kind: PartnerKind = row.need_parsed("kind")?;
                Ok(Some(Partner::new(row.need_parsed("partner")?, name, kind)))
            };
            let partner = read(Fields::of(row)).map_err(|error: Error| error.line(row.line))?;
            by_id.extend(partner.map(|partner| (partner.id.to_string(), partner)));
        }
        // Every other spelling is an alias, known before any record is made.
        for row in table {
            let (fields, id) = (Fields::of(row), Fields::of(row).need("partner")?);
            let Some(partner) = by_id.get_mut(id) else {
                return Err(Error::new(Code::DanglingReference).field("partner").value(id).line(row.line));
            };
            let written = Line::new(fields.need("written")?)?;
            if written != partner.name {
                partner.aliases.push(written);
            }
        }
        let spelled = |partner: &Partner| {
            let names = std::iter::once(&partner.name).chain(&partner.aliases);
            names.map(|name| (key(name), partner.clone())).collect::<Vec<_>>()
        };
        Ok(Self(by_id.values().flat_map(spelled).collect()))
    }

    pub(super) fn find(&self, written: &str) -> Option<&Partner> {
        self.0.get(&key(written))
    }

    fn get(&self, id: &PartnerId) -> Option<&Partner> {
        self.0.values().find(|partner| partner.id == *id)
    }
}

pub(super) struct Hubs {
    tables: Arc<Tables>,
    batches: BTreeMap<String, Batch>,
    /// The hubs whose rows can all be read.
    joined: BTreeMap<HubId, Hub>,
    decrees: BTreeMap<DecreeId, Decree>,
}

impl Hubs {
    pub(super) fn new(tables: Arc<Tables>, batches: &[Row], rows: &[Row]) -> Result<Self> {
        let batch = |row: &Row| {
            let read = |row: Fields<'_>| {
                let (event, state) = (row.need_parsed("event")?, row.need_parsed("state")?);
                Ok((row.need("batch")?.to_owned(), Batch { event, state, note: row.line("note")? }))
            };
            read(Fields::of(row)).map_err(|error: Error| error.line(row.line))
        };
        let batches = batches.iter().map(batch).collect::<Result<_>>()?;
        let mut all = Self { tables, batches, joined: BTreeMap::new(), decrees: BTreeMap::new() };
        // A row that cannot be read is refused when its own turn comes.
        for row in rows {
            let _ = all.join(Fields::of(row));
        }
        for hub in all.joined.values_mut() {
            settle(hub);
        }
        Ok(all)
    }

    /// The hub that an agency is.
    pub(super) fn of(&self, agency: &AgencyId) -> Option<HubId> {
        self.joined.values().find(|hub| hub.agency == *agency).map(|hub| hub.id.clone())
    }

    fn id(&self, row: Fields<'_>) -> Result<(HubId, AgencyId)> {
        let written = row.need("host")?;
        let agency = self.tables.agencies.resolve(written)?.0.agency;
        let agency = agency.ok_or_else(|| super::no_owner("host", written))?;
        Ok((HubId::new(agency.as_str())?, agency))
    }

    /// Adds what a row says to its hub.
    fn join(&mut self, row: Fields<'_>) -> Result<()> {
        let (id, agency) = self.id(row)?;
        let kind = if row.need("kind")? == "province" { HubKind::Regional } else { HubKind::Central };
        let (event, step) = self.event(row)?;
        let milestones = row.objects("milestones")?.into_iter().map(milestone).collect::<Result<Vec<_>>>()?;
        let mut partners = Vec::new();
        for written in row.list("partners")? {
            let partner = self.tables.partners.find(written).map(|partner| partner.id.clone());
            let agency = self.tables.agencies.find(written).and_then(|named| named.agency);
            let agency = agency.filter(|_| partner.is_none());
            if partner.is_some() || agency.is_some() {
                partners.push(Partnership { partner, agency, period: None });
            }
        }
        let (batch, provenance) = (row.line("batch")?, row.provenance()?);
        if let Some(text) = row.text("decree")? {
            let decree = self.decree(text)?;
            self.decrees.insert(decree.id.clone(), decree);
        }
        let hub = self.joined.entry(id.clone()).or_insert_with(|| Hub::new(id, agency, kind));
        hub.designations.push(event);
        hub.status.steps.push(step);
        hub.batch = match (hub.batch.take(), batch) {
            (Some(first), Some(next)) => Some(Line::new(format!("{first}, {next}"))?),
            (first, next) => first.or(next),
        };
        add_new(&mut hub.milestones, milestones);
        add_new(&mut hub.partners, partners);
        add_new(&mut hub.provenance, [provenance]);
        Ok(())
    }

    fn event(&self, row: Fields<'_>) -> Result<(Designation, Step<HubState>)> {
        let batch = row.need("batch")?;
        let Some(meaning) = self.batches.get(batch) else {
            let known: Vec<&str> = self.batches.keys().map(String::as_str).collect();
            return Err(Error::new(Code::UnknownTerm).field("batch").value(batch).expected(known.join(", ")));
        };
        let on = match row.date("designated_on")? {
            Some(day) => Some(day),
            None => row.date("designated_year")?,
        };
        let decree = row.text("decree")?.map(|text| self.decree(text)).transpose()?.map(|decree| decree.id);
        let event = Designation { event: meaning.event, on, decree: decree.clone(), note: meaning.note.clone() };
        let step = Step::reported(meaning.state, Line::new(batch)?);
        Ok((event, Step { on, decree, ..step }))
    }
}

impl Hubs {
    /// The decree that a text names.
    fn decree(&self, text: &str) -> Result<Decree> {
        let said = words(text);
        let after = |word: &str| said.iter().position(|said| said == word).and_then(|at| said.get(at + 1));
        let numbered = after("no").or_else(|| after("nomor")).zip(after("tahun"));
        let mut decree = match numbered {
            Some((number, year)) => {
                let mut decree =
                    Decree::new(DecreeId::new(format!("kepmenpan-rb/{number}/{year}"))?, DecreeKind::MinisterialDecree);
                decree.number = Some(Line::new(number)?);
                decree.year = year.parse().ok();
                decree
            }
            None => Decree::new(DecreeId::new(said.join("-"))?, DecreeKind::Decree),
        };
        decree.title = Some(Line::new(text)?);
        decree.issuer = self.tables.agencies.find(ISSUER).and_then(|named| named.agency);
        decree.provenance.push(said_in_data()?);
        Ok(decree)
    }

    /// The records that a hub refers to.
    fn referred(&self, hub: &Hub) -> Vec<Record> {
        let agencies = &self.tables.agencies;
        let mut records = Vec::new();
        for decree in
            self.decrees.values().filter(|d| hub.designations.iter().any(|e| e.decree.as_ref() == Some(&d.id)))
        {
            records.extend(decree.issuer.iter().flat_map(|issuer| agencies.records(issuer)));
            records.push(decree.clone().into());
        }
        for part in &hub.partners {
            records
                .extend(part.partner.iter().filter_map(|id| self.tables.partners.get(id)).cloned().map(Record::from));
            records.extend(part.agency.iter().flat_map(|agency| agencies.records(agency)));
        }
        records
    }
}

impl Gather for Hubs {
    fn gather(&self, row: &Row) -> Result<Gathering> {
        let row = Fields::of(row);
        let (id, _) = self.id(row)?;
        self.event(row)?;
        row.provenance()?;
        row.objects("milestones")?.into_iter().map(milestone).collect::<Result<Vec<_>>>()?;
        let written = row.need("host")?;
        let (named, records) = self.tables.agencies.resolve(written)?;
        let mut out = Gathering::of(records);
        if !named.is_known {
            out.report(FindingKind::Agency, &id, written, "stands in no table; entered as an agency of its own");
        }
        for written in row.list("partners")? {
            if self.tables.partners.find(written).is_none() && self.tables.agencies.find(written).is_none() {
                out.report(FindingKind::Agency, &id, written, "names no partner or agency that the tables know");
            }
        }
        let Some(hub) = self.joined.get(&id) else {
            let hint = "a host of the file that the reader was made from";
            return Err(Error::new(Code::NameUnresolved).field("host").value(written).expected(hint));
        };
        out.records.extend(self.referred(hub));
        out.records.push(hub.clone().into());
        Ok(out)
    }
}

fn said_in_data() -> Result<Provenance> {
    Ok(said(Line::new("examples/data/hubs.jsonl")?))
}

fn milestone(row: Fields<'_>) -> Result<Milestone> {
    let kind: MilestoneKind = row.need_parsed("kind").map_err(|error| error.inside("milestones"))?;
    Ok(Milestone { kind, on: row.date("on")?, note: row.long("note")?, evidence: None })
}

/// Brings what was collected from several rows into the order of time. A designation does not set back a hub that runs.
fn settle(hub: &mut Hub) {
    // What has no date comes last.
    let at = |on: Option<PartialDate>| (on.is_none(), on);
    hub.designations.sort_by_key(|event| at(event.on));
    hub.milestones.sort_by_key(|milestone| at(milestone.on));
    hub.status.steps.sort_by_key(|step| at(step.on));
    let mut reached = HubState::Candidate;
    hub.status.steps.retain(|step| {
        let is_further = step.to > reached;
        reached = reached.max(step.to);
        is_further
    });
    let portal = hub.milestones.iter().filter(|milestone| milestone.kind == MilestoneKind::Portal);
    let mut hosts =
        portal.filter_map(|portal| portal.note.as_deref()?.split_whitespace().find(|w| w.ends_with(".go.id")));
    hub.portal_url = hosts.next().and_then(|host| Line::new(host).ok());
}

fn add_new<T: PartialEq>(list: &mut Vec<T>, more: impl IntoIterator<Item = T>) {
    for item in more {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}
