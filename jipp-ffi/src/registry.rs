//! What happens to a network: commits, and bundles of changes between copies.

use jipp_core::base::Code;
use jipp_core::model::{EntityRef as CoreRef, Line};
use jipp_core::registry::{Action as CoreAction, Committed as CoreCommitted, Registry, Revise, Stamp};
use jipp_core::{Error, Result};

use crate::mirror::{mirrored, read};
use crate::values::{Action, Change, EntityKind, Received, Record, RegistryConflict};
use crate::{JippError, Network};

/// What a commit gave.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Committed {
    /// The revision the network is at now.
    pub revision: u64,
    /// The names of the changes, in the order of the actions; empty if there was nothing to do.
    pub changes: Vec<String>,
}

impl From<CoreCommitted> for Committed {
    fn from(committed: CoreCommitted) -> Self {
        Self { revision: committed.revision, changes: committed.changes.iter().map(ToString::to_string).collect() }
    }
}

/// A change, and the revision it was journaled as.
#[derive(Clone, Debug, PartialEq, uniffi::Record)]
pub struct HistoryEntry {
    /// The revision.
    pub revision: u64,
    /// The change.
    pub change: Change,
}

/// When something is recorded, and by whom.
pub(crate) fn stamp(at: &str, by: Option<String>) -> Result<Stamp> {
    Ok(Stamp { at: at.parse()?, by: by.map(Line::new).transpose()? })
}

#[uniffi::export]
impl Network {
    /// Does all actions or none. When it returns, they are on disk. `at` is the time, such as `2026-11-21T08:00:00Z`: the
    /// library reads no clock.
    ///
    /// # Errors
    /// Kinds `invalid`, `not-found`, `conflict` and `refused`, with the record as subject; kind `storage`;
    /// `network-closed`.
    #[uniffi::method(default(by = None))]
    pub fn commit(&self, actions: Vec<Action>, at: String, by: Option<String>) -> Result<Committed, JippError> {
        let stamp = stamp(&at, by)?;
        let actions = actions.into_iter().map(read::<CoreAction>).collect::<Result<_>>()?;
        Ok(self.core()?.commit(&stamp, actions)?.into())
    }

    /// Takes a whole commit back, by a commit of its own.
    ///
    /// # Errors
    /// `revision-unknown`, `revert-blocked`; kind `storage`; `network-closed`.
    #[uniffi::method(default(by = None))]
    pub fn revert(&self, revision: u64, at: String, by: Option<String>) -> Result<Committed, JippError> {
        Ok(self.core()?.revert(revision, &stamp(&at, by)?)?.into())
    }

    /// The changes after a revision, as a bundle to be carried to another copy.
    ///
    /// # Errors
    /// `revision-unknown`; kinds `storage` and `corrupt`; `network-closed`.
    pub fn export_since(&self, revision: u64) -> Result<Vec<u8>, JippError> {
        Ok(self.core()?.export_since(revision)?)
    }

    /// Takes in a bundle that another copy exported: in any order, any number of times.
    ///
    /// # Errors
    /// `bundle-damaged`, `format-newer`, `format-unknown`; kind `storage`; `network-closed`.
    pub fn apply(&self, bundle: Vec<u8>) -> Result<Received, JippError> {
        self.ask(|core| core.apply(&bundle))
    }

    /// Edits that contradict each other and that nobody settled yet.
    ///
    /// # Errors
    /// `network-closed`.
    pub fn conflicts(&self) -> Result<Vec<RegistryConflict>, JippError> {
        self.ask(|core| Ok(core.with_registry(Registry::conflicts)))
    }

    /// Every change that touched a record, first to last.
    ///
    /// # Errors
    /// Those of ids; kinds `storage` and `corrupt`; `network-closed`.
    pub fn history(&self, kind: EntityKind, id: String) -> Result<Vec<HistoryEntry>, JippError> {
        let subject = CoreRef::new(kind.code().parse()?, &id)?;
        let entries = self.core()?.with_registry(|registry| registry.history(&subject))?;
        let entry = |entry: &jipp_core::store::Entry| {
            Ok(HistoryEntry { revision: entry.revision, change: mirrored(&entry.change)? })
        };
        Ok(entries.iter().map(entry).collect::<Result<_>>()?)
    }
}

/// The action that turns a record, as it was read, into another one with the same id; none if they are equal. Where the
/// network holds another value by now than the one that was read, its commit is refused with `edit-stale`.
///
/// # Errors
/// Kind `invalid`; `option-invalid` if the two are not the same record.
#[uniffi::export]
pub fn revision_between(old: Record, new: Record) -> Result<Option<Action>, JippError> {
    let (old, new): (jipp_core::model::Record, jipp_core::model::Record) = (read(old)?, read(new)?);
    if old.reference() != new.reference() {
        let fault = Error::new(Code::OptionInvalid).field("new").value(new.reference());
        return Err(fault.expected(old.reference().to_string()).into());
    }
    let revise = Revise::between(&old, &new).map(CoreAction::Revise);
    Ok(revise.as_ref().map(mirrored).transpose()?)
}
