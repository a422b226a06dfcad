//! A journal in memory: gone with the process.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Entry, Snapshot, Store};
use crate::base::{Code, Error, Result};
use crate::model::EntityRef;
use crate::registry::{Change, Revision};

/// A journal in memory: gone with the process.
#[derive(Debug, Default)]
pub struct MemoryStore {
    journal: Vec<Entry>,
    /// Where in the journal each record is spoken of.
    subjects: HashMap<EntityRef, Vec<usize>>,
    snapshot: Option<Snapshot>,
}

impl MemoryStore {
    /// An empty journal.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Store for MemoryStore {
    fn append(&mut self, revision: Revision, changes: &[Arc<Change>]) -> Result<()> {
        let head = self.head()?;
        if revision != head + 1 {
            return Err(Error::new(Code::StoreChanged).value(revision).expected((head + 1).to_string()));
        }
        for change in changes {
            self.subjects.entry(change.action.subject()).or_default().push(self.journal.len());
            self.journal.push(Entry { revision, change: Arc::clone(change) });
        }
        Ok(())
    }

    fn head(&self) -> Result<Revision> {
        Ok(self.journal.last().map_or(0, |entry| entry.revision))
    }

    fn read_after(&self, revision: Revision, visit: &mut dyn FnMut(Entry) -> Result<()>) -> Result<()> {
        let start = self.journal.partition_point(|entry| entry.revision <= revision);
        self.journal[start..].iter().cloned().try_for_each(visit)
    }

    fn history(&self, subject: &EntityRef) -> Result<Vec<Entry>> {
        let places = self.subjects.get(subject).map_or(&[][..], Vec::as_slice);
        Ok(places.iter().map(|place| self.journal[*place].clone()).collect())
    }

    fn snapshot(&self) -> Result<Option<Snapshot>> {
        Ok(self.snapshot.clone())
    }

    fn save_snapshot(&mut self, snapshot: &Snapshot) -> Result<()> {
        self.snapshot = Some(snapshot.clone());
        Ok(())
    }

    fn erase(&mut self, subject: &EntityRef) -> Result<u64> {
        let mut erased = 0;
        for place in self.subjects.get(subject).into_iter().flatten() {
            let change = &mut self.journal[*place].change;
            if let Some(blank) = change.without_person() {
                *change = Arc::new(blank);
                erased += 1;
            }
        }
        self.snapshot = None;
        Ok(erased)
    }
}
