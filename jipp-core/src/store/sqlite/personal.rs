//! What changes say of persons: kept beside the journal, so that it can be erased while the journal stays whole.
//!
//! The journal holds such a change without what it says of a person, and its checksum tells that there is more beside it. So a row
//! here that is missing is told as damage, and one that was emptied by an erasure is not.

use rusqlite::{Connection, TransactionBehavior, params};

use super::errors::Fault;
use super::journal::{self, Line, Place};
use crate::base::{Code, Error};
use crate::model::{EntityKind, EntityRef};
use crate::registry::Change;

/// The whole of a change that stands split in the journal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside<'row> {
    pub(super) checksum: u32,
    /// `None` once it was erased.
    pub(super) body: Option<&'row [u8]>,
}

impl Beside<'_> {
    /// Whether it is what was written beside a row of the journal with this checksum.
    pub(super) fn is_of(&self, row: u32) -> bool {
        self.body.is_none_or(|body| self.checksum == seal(row, body))
    }
}

/// CRC-32 over the checksum of the row of the journal and the body.
fn seal(row: u32, body: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&row.to_le_bytes());
    hasher.update(body);
    hasher.finalize()
}

/// Writes the whole of a change beside its row.
pub(super) fn insert(conn: &Connection, row: Place, body: &[u8]) -> Result<(), Fault> {
    let text = std::str::from_utf8(body).map_err(rusqlite::Error::from)?;
    let mut insert = conn.prepare_cached("INSERT INTO personal VALUES (?1, ?2, ?3)")?;
    insert.execute(params![row.seq, seal(row.checksum, body), text])?;
    Ok(())
}

/// Empties everything that stands beside the changes about a record, and throws the snapshot away; says how many there were.
pub(super) fn erase(conn: &mut Connection, subject: &EntityRef) -> Result<u64, Fault> {
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let erased = transaction.execute(
        "UPDATE personal SET body = NULL, checksum = 0 WHERE body IS NOT NULL AND seq IN
         (SELECT seq FROM journal WHERE key = ?1 AND kind = ?2 AND subject = ?3)",
        params![journal::key(subject), subject.kind.code(), &*subject.id],
    )?;
    transaction.execute_batch("DELETE FROM snapshot; DELETE FROM snapshot_chunk;")?;
    transaction.commit()?;
    Ok(erased as u64)
}

/// Puts what older layouts kept in the journal beside it, and seals the journal anew from there on.
pub(super) fn separate(conn: &Connection) -> Result<(), Fault> {
    let kinds: Vec<&str> =
        EntityKind::ALL.iter().filter(|kind| Change::is_personal(**kind)).map(|kind| kind.code()).collect();
    let mut find = conn.prepare("SELECT min(seq) FROM journal WHERE kind = ?1")?;
    let mut first: Option<u64> = None;
    for kind in kinds {
        let found: Option<u64> = find.query_row([kind], |row| row.get(0))?;
        first = first.into_iter().chain(found).min();
    }
    let Some(first) = first else { return Ok(()) };
    let mut before = conn.prepare("SELECT checksum FROM journal WHERE seq = ?1")?;
    let mut old: u32 = if first == 1 { 0 } else { before.query_row([first - 1], |row| row.get(0))? };
    let mut new = old;
    let mut read = conn.prepare(&format!("SELECT {} {} WHERE j.seq = ?1", journal::COLUMNS, journal::TABLES))?;
    let mut write = conn.prepare("UPDATE journal SET checksum = ?2, body = ?3 WHERE seq = ?1")?;
    let mut seq = first;
    loop {
        let mut rows = read.query([seq])?;
        let Some(row) = rows.next()? else { break };
        let line = Line::read(row)?;
        if !line.follows(old) {
            return Err(Error::new(Code::StoreDamaged).value(line.place).into());
        }
        old = line.place.checksum;
        let split = line.change()?.without_person();
        let body = match &split {
            Some(blank) => journal::to_json(blank)?,
            None => line.body.to_vec(),
        };
        new = journal::link(new, line.place.revision, &body, split.is_some());
        if split.is_some() {
            insert(conn, Place { checksum: new, ..line.place }, line.body)?;
        }
        let text = std::str::from_utf8(&body).map_err(rusqlite::Error::from)?;
        write.execute(params![seq, new, text])?;
        seq += 1;
    }
    conn.execute(
        "UPDATE commits SET checksum = (SELECT checksum FROM journal WHERE seq = last_seq) WHERE last_seq >= ?1",
        [first],
    )?;
    Ok(())
}
