//! `activities.jsonl`: what hubs, and agencies on their way to one, did.
//!
//! An activity is named by host, date, kind and a checksum of its note and address, since the rows have no number.
//! Where the host is a group of agencies, the ministry or agency named first among the participants stands as the host,
//! with a remark, and the group as a participant: the row is reported.

use std::sync::Arc;

use super::fields::{Fields, remark};
use super::hubs::Hubs;
use super::{FindingKind, Gather, Gathering, Tables};
use crate::base::{ActivityId, AgencyId, Result};
use crate::exchange::Row;
use crate::model::{Activity, Line, Mark};

pub(super) struct Activities {
    pub(super) tables: Arc<Tables>,
    pub(super) hubs: Arc<Hubs>,
}

impl Gather for Activities {
    fn gather(&self, row: &Row) -> Result<Gathering> {
        let (row, agencies) = (Fields::of(row), &self.tables.agencies);
        let (written, on) = (row.need("hub")?, row.date("on")?);
        let (kind, note) = (row.need_parsed("kind")?, row.long("note")?);
        let provenance = row.provenance()?;
        let (named, mut records) = agencies.resolve(written)?;
        let with = row.list("with")?;
        let first = with.iter().find_map(|name| agencies.find(name)?.agency);
        let Some(host) = named.agency.clone().or(first) else { return Err(super::no_owner("hub", written)) };
        if named.agency.is_none() {
            records = agencies.records(&host);
        }
        let said = format!("{written} {} {}", note.as_deref().unwrap_or_default(), provenance.source);
        let date = on.map_or_else(|| "undated".to_owned(), |on| on.to_string());
        let id = ActivityId::new(format!("{host}/{date}/{kind}-{:08x}", crc32fast::hash(said.as_bytes())))?;
        let mut out = Gathering::of(records);
        let mut activity = Activity::new(id.clone(), host.clone(), kind);
        activity.hub = self.hubs.of(&host).filter(|_| named.agency.is_some());
        activity.on = on;
        activity.note = note;
        if named.agency.is_none() {
            out.report(
                FindingKind::Host,
                &id,
                written,
                "names a group; the first agency taking part stands as the host",
            );
            let note = format!("the row names a group as its host: {written}");
            activity.provenance.push(remark("host", &provenance.source, Mark::Inferred, &note)?);
            activity.with_others.push(Line::new(written)?);
        } else if !named.is_known {
            out.report(FindingKind::Agency, &id, written, "stands in no table; entered as an agency of its own");
        }
        for name in with {
            self.join(name, &host, &mut activity, &mut out)?;
        }
        activity.provenance.push(provenance);
        out.records.push(activity.into());
        Ok(out)
    }
}

impl Activities {
    /// Adds a participant: a partner, an agency, or the words of the row.
    fn join(&self, name: &str, host: &AgencyId, activity: &mut Activity, out: &mut Gathering) -> Result<()> {
        if let Some(partner) = self.tables.partners.find(name) {
            activity.with_partners.push(partner.id.clone());
            out.records.push(partner.clone().into());
            return Ok(());
        }
        match self.tables.agencies.find(name).and_then(|named| named.agency) {
            Some(agency) if agency == *host => {}
            Some(agency) => {
                out.records.extend(self.tables.agencies.records(&agency));
                activity.with_agencies.push(agency);
            }
            None => activity.with_others.push(Line::new(name)?),
        }
        Ok(())
    }
}
