//! Layer 2: where the journal lives.
//!
//! A store keeps the journal (every commit, for ever) and at most one snapshot (a copy of the state at a revision,
//! there only to open faster; it can be thrown away and made again).

mod memory;
#[cfg(feature = "sqlite")]
pub mod sqlite;

use std::path::Path;
use std::sync::Arc;

pub use memory::MemoryStore;
#[cfg(feature = "sqlite")]
pub use sqlite::SqliteStore;

use crate::base::{Code, Error, Result};
use crate::model::EntityRef;
use crate::registry::{Change, Revision};

/// One line of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The commit it belongs to.
    pub revision: Revision,
    /// What was committed.
    pub change: Arc<Change>,
}

/// A copy of the state at a revision, in named parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// The revision it was made at.
    pub revision: Revision,
    /// Its parts, in order; a name may stand more than once.
    pub parts: Vec<(String, Vec<u8>)>,
}

/// Something wrong with a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: the file, its schema, a change of the journal, a commit, the snapshot.
    pub place: String,
    /// What, as the code of the error that stands for it.
    pub code: Code,
    /// What, in words.
    pub detail: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {} [{}]", self.place, self.detail, self.code.as_str())
    }
}

/// Where the journal lives.
///
/// A store does not judge changes: the registry checks them before it writes them here.
pub trait Store: Send + Sync {
    /// Writes one commit. When it returns, the commit is as durable as the store can make it. A commit without changes
    /// leaves no trace: its revision is still the next one.
    ///
    /// # Errors
    /// `store-changed` if `revision` does not follow the last one; kinds `storage` and `busy`. After an error nothing
    /// of the commit is in the journal. Only if the machine stops before the next commit, it may be there when the store is
    /// opened again, whole: where waiting for the disk failed, nobody knows what reached it.
    fn append(&mut self, revision: Revision, changes: &[Arc<Change>]) -> Result<()>;

    /// The revision of the last commit; 0 if there is none.
    ///
    /// # Errors
    /// Kinds `storage`, `busy` and `corrupt`.
    fn head(&self) -> Result<Revision>;

    /// Hands over the journal after a revision, in order, until the end or the first error of `visit`.
    ///
    /// `visit` may ask the store while it is called.
    ///
    /// # Errors
    /// Kinds `storage`, `busy` and `corrupt`; `format-newer` for a change that only a newer version of the library
    /// understands; and whatever `visit` returns.
    fn read_after(&self, revision: Revision, visit: &mut dyn FnMut(Entry) -> Result<()>) -> Result<()>;

    /// Everything the journal says of one record, in order.
    ///
    /// # Errors
    /// Kinds `storage`, `busy` and `corrupt`; `format-newer`.
    fn history(&self, subject: &EntityRef) -> Result<Vec<Entry>>;

    /// The snapshot, where there is one that this version of the library can read.
    ///
    /// # Errors
    /// Kinds `storage` and `busy`. A damaged snapshot is none.
    fn snapshot(&self) -> Result<Option<Snapshot>>;

    /// Replaces the snapshot.
    ///
    /// # Errors
    /// Kinds `storage` and `busy`. After an error the former snapshot stands.
    fn save_snapshot(&mut self, snapshot: &Snapshot) -> Result<()>;

    /// Erases what the changes about a record say of a person (see [`Change::without_person`]), and the snapshot; says in how many
    /// changes there was anything. Calling it again does no harm.
    ///
    /// # Errors
    /// Kinds `storage`, `busy` and `corrupt`.
    fn erase(&mut self, subject: &EntityRef) -> Result<u64>;

    /// The file it is kept in, if it is kept in one.
    fn path(&self) -> Option<&Path> {
        None
    }

    /// Looks for everything that may be wrong; nothing can be with a journal in memory.
    ///
    /// # Errors
    /// Kinds `storage` and `busy`, where the store cannot be looked at.
    fn verify(&self) -> Result<Vec<Problem>> {
        Ok(Vec::new())
    }

    /// Writes a copy of it, as it is now, to a new file.
    ///
    /// # Errors
    /// `feature-off` if it is not kept in a file; kinds `storage`, `busy` and `corrupt`.
    fn backup_to(&self, target: &Path) -> Result<()> {
        let error = Error::new(Code::FeatureOff).source_name(target.display().to_string());
        Err(error.expected("a network that is kept in a file; export this one instead"))
    }

    /// Gives space that is no longer used back. Nothing of the journal is ever dropped.
    ///
    /// # Errors
    /// Kinds `storage`, `busy` and `corrupt`.
    fn compact(&mut self) -> Result<()> {
        Ok(())
    }
}
