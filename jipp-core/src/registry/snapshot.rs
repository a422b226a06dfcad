//! The state as bytes, so that opening need not fold the whole journal.
//!
//! Versions go out as JSON lines in parts of some megabytes; indexes are made again while reading, which costs little and
//! cannot disagree with the records.

use serde::{Deserialize, Serialize};

use super::change::{ChangeId, Revision};
use super::fold::{Conflict, Content};
use super::ranges::Ranges;
use super::state::{Held, State};
use crate::base::{Code, Error, Origin, Result};
use crate::model::{EntityRef, Record};
use crate::store::Snapshot;

const HEAD: &str = "registry/head";
const RECORDS: &str = "registry/records";
/// A part is closed when it grows beyond this many bytes.
const PART: usize = 4 << 20;

#[derive(Serialize, Deserialize)]
struct Head {
    clock: u64,
    seen: Vec<(Origin, Ranges)>,
    held: Vec<Held>,
    conflicts: Vec<Conflict>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(rename = "l")]
    last: Option<ChangeId>,
    #[serde(rename = "v")]
    versions: Vec<LineVersion>,
}

#[derive(Serialize, Deserialize)]
struct LineVersion {
    #[serde(rename = "s")]
    since: Revision,
    #[serde(rename = "r")]
    record: Record,
    #[serde(rename = "x", default, skip_serializing_if = "std::ops::Not::not")]
    is_retracted: bool,
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    merged_into: Option<EntityRef>,
}

impl State {
    /// The state as named parts.
    pub(super) fn to_snapshot(&self) -> Result<Snapshot> {
        let head = Head {
            clock: self.clock,
            seen: self.seen.iter().map(|(origin, clocks)| (origin.clone(), clocks.clone())).collect(),
            held: self.held.values().cloned().collect(),
            conflicts: self.conflicts.values().flatten().cloned().collect(),
        };
        let mut parts = vec![(HEAD.to_owned(), serde_json::to_vec(&head).map_err(unwritable)?)];
        let mut part = Vec::with_capacity(PART + PART / 4);
        for entry in &self.entries {
            let version = |version: &super::state::Version| LineVersion {
                since: version.since,
                record: version.content.record.clone(),
                is_retracted: version.content.is_retracted,
                merged_into: version.content.merged_into.clone(),
            };
            let line = Line { last: entry.last.clone(), versions: entry.versions.iter().map(version).collect() };
            serde_json::to_writer(&mut part, &line).map_err(unwritable)?;
            part.push(b'\n');
            if part.len() > PART {
                parts.push((RECORDS.to_owned(), std::mem::replace(&mut part, Vec::with_capacity(PART + PART / 4))));
            }
        }
        parts.push((RECORDS.to_owned(), part));
        Ok(Snapshot { revision: self.revision, parts })
    }

    /// The state that parts describe; an error means that the journal must be folded instead.
    pub(super) fn from_snapshot(snapshot: &Snapshot) -> Result<Self> {
        let mut state = Self { revision: snapshot.revision, ..Self::default() };
        let head = snapshot.parts.iter().find(|part| part.0 == HEAD).map_or(&[][..], |part| &part.1);
        let head: Head = serde_json::from_slice(head).map_err(unreadable)?;
        for (name, bytes) in &snapshot.parts {
            if name == RECORDS {
                state.read_part(bytes)?;
            }
        }
        for slot in 0..state.entries.len() {
            state.index_versions(slot);
        }
        state.recent = Vec::new();
        state.recent_after = snapshot.revision;
        state.clock = head.clock;
        state.seen = head.seen.into_iter().collect();
        state.held = head.held.into_iter().map(|held| (held.change.id.clone(), held)).collect();
        for conflict in head.conflicts {
            if let Some(slot) = state.slot(conflict.subject.kind, &conflict.subject.id) {
                state.conflicts.entry(slot).or_default().push(conflict);
            }
        }
        Ok(state)
    }

    fn read_part(&mut self, bytes: &[u8]) -> Result<()> {
        for line in serde_json::Deserializer::from_slice(bytes).into_iter::<Line>() {
            let line = line.map_err(unreadable)?;
            for version in line.versions {
                let (is_retracted, merged_into) = (version.is_retracted, version.merged_into);
                let content = Content { record: version.record, is_retracted, merged_into };
                self.place(content, version.since, line.last.as_ref());
            }
        }
        Ok(())
    }
}

fn unwritable(error: serde_json::Error) -> Error {
    Error::new(Code::StoreIo).caused_by(error)
}

fn unreadable(error: serde_json::Error) -> Error {
    Error::new(Code::StoreDamaged).field("snapshot").caused_by(error)
}
