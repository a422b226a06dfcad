//! `replications.jsonl`: who replicated whose innovation.
//!
//! What a row says goes here:
//!
//! * `source` and `replica`: see [the module](super) on how they are resolved. A recipient that is more than the name of
//!   an agency (an office of it, a group, a number) is kept as written in `recipients_note`.
//! * `replica.solution`: `process`, the nearest there is for what a replica without a record of its own does.
//! * `replica.start_year`: `started_on`; `year`: the date of the status, which is what the page was about.
//! * `what_changed`: one difference, in words. `agreement` *none* and `chain_from`: remarks in the provenance.
//! * evidence: *inferred* where no page states the link, *documented* where an agreement was signed, else *declared*.

use std::sync::Arc;

use super::fields::{Fields, remark};
use super::resolve::{How, Resolver, Side, Titled};
use super::{FindingKind, Gather, Gathering, Tables};
use crate::base::{InnovationId, ReplicationId, Result};
use crate::exchange::Row;
use crate::model::{Agreement, AgreementKind, Difference, EvidenceLevel, Line, Mark, Replication, Source};

pub(super) struct Replications {
    pub(super) tables: Arc<Tables>,
    pub(super) resolver: Arc<Resolver>,
}

impl Gather for Replications {
    fn gather(&self, row: &Row) -> Result<Gathering> {
        let row = Fields::of(row);
        let id: ReplicationId = row.need_parsed("id")?;
        let provenance = row.provenance()?;
        let url = provenance.source.clone();
        let mut replication = Replication::new(id.clone());
        replication.provenance.push(provenance);
        let mut out = Gathering::default();
        self.source(row, &mut replication, &mut out).map_err(|error| error.inside("source"))?;
        self.replica(row, &mut replication, &mut out).map_err(|error| error.inside("replica"))?;
        replication.change_type = row.term("adaptation")?;
        replication.title_relation = row.term("title_relation")?;
        let note = row.long("what_changed")?;
        replication.differences.extend(note.map(|note| Difference { aspect: None, kind: None, note: Some(note) }));
        match row.text("agreement")? {
            Some("none") => {
                replication.provenance.push(remark("agreements", &url, Mark::Sourced, "none, as published")?);
            }
            _ => replication.agreements.extend(row.term("agreement")?.map(agreement)),
        }
        let is_stated = row.flag("link_stated")?.unwrap_or(true);
        replication.evidence_level = Some(match (is_stated, replication.agreements.is_empty()) {
            (false, _) => EvidenceLevel::Inferred,
            (true, false) => EvidenceLevel::Documented,
            (true, true) => EvidenceLevel::Declared,
        });
        replication.status = self.tables.statuses.reported(row.need("status")?, row.date("year")?)?;
        for before in row.list("chain_from")? {
            let note = format!("the source is the replica of {before}");
            replication.provenance.push(remark("sources", &url, Mark::Sourced, &note)?);
        }
        out.records.push(replication.into());
        Ok(out)
    }
}

impl Replications {
    fn source(&self, row: Fields<'_>, replication: &mut Replication, out: &mut Gathering) -> Result<()> {
        let titled = Titled { replication: row.need("id")?, side: Side::Source, fields: row.object("source")? };
        let (innovation, how) = self.resolver.source(titled)?;
        if how == How::Stub {
            out.findings.extend(self.resolver.finding(titled, None)?);
            self.enter(&innovation, out);
        }
        *out.sources.entry(how).or_default() += 1;
        replication.sources.push(Source { innovation, extent: None, evidence: None, note: None });
        Ok(())
    }

    fn replica(&self, row: Fields<'_>, replication: &mut Replication, out: &mut Gathering) -> Result<()> {
        let fields = row.object("replica")?;
        let written = fields.need("agency")?;
        let (named, records) = self.tables.agencies.resolve(written)?;
        let is_named = row.flag("named_replica")?.unwrap_or(true);
        if !named.is_known {
            out.report(
                FindingKind::Agency,
                &replication.id,
                written,
                "stands in no table; entered as an agency of its own",
            );
        }
        if !is_named || named.agency.is_none() {
            out.report(FindingKind::Recipient, &replication.id, written, "names no one agency");
        }
        replication.recipient = named.agency.filter(|_| is_named);
        if replication.recipient.is_some() {
            out.records.extend(records);
        }
        if replication.recipient.is_none() || named.unit.is_some() {
            replication.recipients_note = Some(Line::new(written)?);
        }
        let titled = Titled { replication: row.need("id")?, side: Side::Replica, fields };
        let taken = replication.sources.first().map(|source| source.innovation.clone());
        if let Some(taken) = &taken {
            replication.target = self.resolver.target(titled, taken)?;
        }
        if let Some(target) = &replication.target {
            self.enter(target, out);
        } else {
            replication.target_title = fields.line("title")?;
            out.findings.extend(self.resolver.finding(titled, taken.as_ref())?);
        }
        replication.problem = fields.long("problem")?;
        replication.process = fields.long("solution")?;
        replication.sectors = self.tables.sector_of(fields, "sector", out, &replication.id)?;
        replication.started_on = fields.date("start_year")?;
        Ok(())
    }

    /// Puts the record of an innovation that only replications know among those of the row, after its owner.
    fn enter(&self, innovation: &InnovationId, out: &mut Gathering) {
        if let Some(stub) = self.resolver.stub(innovation) {
            out.records.extend(self.tables.agencies.records(&stub.owner));
            out.records.push(stub.clone().into());
        }
    }
}

fn agreement(kind: AgreementKind) -> Agreement {
    Agreement { kind, number: None, period: None, parties: Vec::new(), obligations: None, file: None }
}
