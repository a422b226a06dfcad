//! Layer 2: where the journal lives.
//!
//! A store keeps the journal (every commit, for ever) and at most one snapshot (a copy of the state at a revision, there
//! only to open faster; it can be thrown away and made again).

mod memory;

use std::sync::Arc;

pub use memory::MemoryStore;

use crate::base::Result;
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

/// Where the journal lives.
///
/// A store does not judge changes: the registry checks them before it writes them here.
pub trait Store: Send + Sync {
    /// Writes one commit. When it returns, the commit is as durable as the store can make it.
    ///
    /// # Errors
    /// `store-changed` if `revision` does not follow the last one; kinds `storage` and `busy`. After an error nothing of the
    /// commit is in the journal.
    fn append(&mut self, revision: Revision, changes: &[Arc<Change>]) -> Result<()>;

    /// The revision of the last commit; 0 if there is none.
    ///
    /// # Errors
    /// Kind `storage`.
    fn head(&self) -> Result<Revision>;

    /// Hands over the journal after a revision, in order, until the end or the first error of `visit`.
    ///
    /// # Errors
    /// Kinds `storage` and `corrupt`, and whatever `visit` returns.
    fn read_after(&self, revision: Revision, visit: &mut dyn FnMut(Entry) -> Result<()>) -> Result<()>;

    /// Everything the journal says of one record, in order.
    ///
    /// # Errors
    /// Kinds `storage` and `corrupt`.
    fn history(&self, subject: &EntityRef) -> Result<Vec<Entry>>;

    /// The snapshot, where there is one that this version of the library can read.
    ///
    /// # Errors
    /// Kind `storage`. A damaged snapshot is none.
    fn snapshot(&self) -> Result<Option<Snapshot>>;

    /// Replaces the snapshot.
    ///
    /// # Errors
    /// Kind `storage`.
    fn save_snapshot(&mut self, snapshot: &Snapshot) -> Result<()>;
}
