//! What a network is made of: records, looked up and listed.

use jipp_core::base::Code;
use jipp_core::model::{EntityKind as CoreKind, EntityRef as CoreRef, Record as CoreRecord};
use jipp_core::registry::View;
use jipp_core::{Error, Result};

use crate::mirror::mirrored;
use crate::values::{EntityKind, Record};
use crate::{JippError, Network};

/// Some records of a longer list.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct RecordPage {
    /// The records, by id.
    pub records: Vec<Record>,
    /// What to ask the next page with; none if this was the last.
    pub next: Option<String>,
}

impl Network {
    /// Reads the network as it is, or as it was.
    fn look<R>(&self, as_of: Option<u64>, read: impl FnOnce(View<'_>) -> R) -> Result<R> {
        let core = self.core()?;
        match as_of {
            None => Ok(core.read(read)),
            Some(revision) => core.read_as_of(revision, read),
        }
    }
}

fn kind_of(kind: EntityKind) -> Result<CoreKind> {
    kind.code().parse()
}

#[uniffi::export]
impl Network {
    /// A record; none if there is none. With `as_of`, as it was at that revision.
    ///
    /// # Errors
    /// `revision-unknown`; `network-closed`.
    #[uniffi::method(default(as_of = None))]
    pub fn record(&self, kind: EntityKind, id: String, as_of: Option<u64>) -> Result<Option<Record>, JippError> {
        let kind = kind_of(kind)?;
        let record = self.look(as_of, |view| view.record(kind, &id).cloned())?;
        Ok(record.as_ref().map(mirrored).transpose()?)
    }

    /// Records of a kind by id, some at a time: those after the one that `token` names, `limit` at most. Records that enter
    /// between two pages are on a later page or on none; none comes twice.
    ///
    /// # Errors
    /// `option-invalid` if `limit` is not 1 to 1,000; `network-closed`.
    ///
    /// # Complexity
    /// Linear in the records of the kind before the page.
    #[uniffi::method(default(token = None, limit = 100))]
    pub fn records(&self, kind: EntityKind, token: Option<String>, limit: u32) -> Result<RecordPage, JippError> {
        if !(1..=1_000).contains(&limit) {
            return Err(Error::new(Code::OptionInvalid).field("limit").value(limit).expected("1 to 1000").into());
        }
        let kind = kind_of(kind)?;
        let is_after = |record: &&CoreRecord| token.as_deref().is_none_or(|token| record.id() > token);
        let limit = limit as usize;
        let mut found: Vec<CoreRecord> =
            self.look(None, |view| view.records(kind).filter(is_after).take(limit + 1).cloned().collect())?;
        let is_last = found.len() <= limit;
        found.truncate(limit);
        let next = found.last().filter(|_| !is_last).map(|last| last.id().to_owned());
        Ok(RecordPage { records: mirrored(&found)?, next })
    }

    /// How many records of a kind there are.
    ///
    /// # Errors
    /// `network-closed`.
    pub fn count(&self, kind: EntityKind) -> Result<u64, JippError> {
        let kind = kind_of(kind)?;
        Ok(self.look(None, |view| view.count(kind) as u64)?)
    }

    /// The records of a kind that refer to another, by id.
    ///
    /// # Errors
    /// `not-found` if there is no record to refer to; those of ids; `network-closed`.
    pub fn referrers(&self, kind: EntityKind, to_kind: EntityKind, to_id: String) -> Result<Vec<Record>, JippError> {
        let (kind, to) = (kind_of(kind)?, CoreRef::new(kind_of(to_kind)?, &to_id)?);
        let found = self.look(None, |view| {
            view.record(to.kind, &to.id)?;
            Some(view.referrers(kind, &to).into_iter().cloned().collect::<Vec<CoreRecord>>())
        })?;
        let found = found.ok_or_else(|| Error::new(Code::NotFound).about(&to))?;
        Ok(mirrored(&found)?)
    }
}
