//! `needs.jsonl` and `needs-qrels.jsonl`: needs, and how well innovations were judged to answer them.

use std::sync::Arc;

use super::fields::{Fields, said};
use super::{Gather, Gathering, Tables};
use crate::base::{Code, Error, InnovationId, JudgementId, NeedId, Result};
use crate::exchange::Row;
use crate::model::{Judgement, Line, Need};

const NEEDS: &str = "examples/data/needs.jsonl";
const JUDGEMENTS: &str = "examples/data/needs-qrels.jsonl";
/// How the judgements were made, as their README says.
const JUDGED: &str = "one assessor: pooled from four engines, completed by reading all records";

pub(super) struct Needs(pub(super) Arc<Tables>);

impl Gather for Needs {
    fn gather(&self, row: &Row) -> Result<Gathering> {
        let row = Fields::of(row);
        let mut out = Gathering::default();
        let mut need = Need::new(row.need_parsed("id")?, row.need_parsed("need")?);
        let context = row.object("context")?;
        need.agency_kind = context.parse("agency_kind").map_err(|error| error.inside("context"))?;
        need.region = self.0.region_of(context, &["province"], &mut out, &need.id)?;
        need.note = context.long("note").map_err(|error| error.inside("context"))?;
        need.style = row.line("style")?;
        need.provenance.push(said(Line::new(NEEDS)?));
        out.records.push(need.into());
        Ok(out)
    }
}

pub(super) struct Judgements;

impl Gather for Judgements {
    fn gather(&self, row: &Row) -> Result<Gathering> {
        let row = Fields::of(row);
        let (need, innovation): (NeedId, InnovationId) = (row.need_parsed("id")?, row.need_parsed("doc")?);
        let grade = row.count("rel")?.ok_or_else(|| Error::new(Code::FieldMissing).field("rel"))?;
        let wrong = || Error::new(Code::OutOfRange).field("rel").value(grade).expected("0 to 3");
        let grade = u8::try_from(grade).ok().filter(|grade| *grade <= 3).ok_or_else(wrong)?;
        let mut judgement = Judgement::new(JudgementId::new(format!("{need}/{innovation}"))?, need, innovation, grade);
        judgement.by = Some(Line::new(JUDGED)?);
        judgement.provenance.push(said(Line::new(JUDGEMENTS)?));
        Ok(Gathering::of([judgement.into()]))
    }
}
