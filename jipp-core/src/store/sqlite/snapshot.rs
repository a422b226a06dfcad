//! The snapshot: parts cut into chunks, sealed by one checksum.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::errors::Fault;
use crate::base::ErrorKind;
use crate::store::Snapshot;

/// Bytes of a chunk. `SQLite` holds a value in memory whole, and at most 1 GB of it.
const CHUNK: usize = 16 << 20;

/// Replaces the snapshot; all of it or nothing.
pub(super) fn save(conn: &mut Connection, snapshot: &Snapshot) -> Result<(), Fault> {
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch("DELETE FROM snapshot; DELETE FROM snapshot_chunk;")?;
    let mut insert = transaction.prepare_cached("INSERT INTO snapshot_chunk (part, name, body) VALUES (?1, ?2, ?3)")?;
    for (part, (name, body)) in snapshot.parts.iter().enumerate() {
        // A part without bytes has one chunk without bytes.
        let empty = body.is_empty().then_some(&[][..]);
        for chunk in body.chunks(CHUNK).chain(empty) {
            insert.execute(params![part, name, chunk])?;
        }
    }
    drop(insert);
    transaction.execute("INSERT INTO snapshot VALUES (?1, ?2)", params![snapshot.revision, seal(snapshot)])?;
    Ok(transaction.commit()?)
}

/// The snapshot, if there is one and it is whole.
pub(super) fn load(conn: &Connection) -> Result<Option<Snapshot>, Fault> {
    // In one transaction, so that no other process can replace it between two statements.
    let transaction = conn.unchecked_transaction()?;
    match read(&transaction) {
        Ok(Stored::Whole(snapshot)) => Ok(Some(snapshot)),
        Ok(Stored::None | Stored::Damaged) => Ok(None),
        Err(fault) if fault.code().kind() == ErrorKind::Corrupt => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// What the file holds by way of a snapshot.
pub(super) enum Stored {
    None,
    Whole(Snapshot),
    Damaged,
}

/// Reads the snapshot, within a transaction of the caller, and checks its seal.
pub(super) fn read(conn: &Connection) -> Result<Stored, Fault> {
    let header = conn
        .query_row("SELECT revision, checksum FROM snapshot", [], |row| Ok((row.get(0)?, row.get::<_, u32>(1)?)))
        .optional()?;
    let Some((revision, checksum)) = header else { return Ok(Stored::None) };
    let mut snapshot = Snapshot { revision, parts: Vec::new() };
    let mut statement = conn.prepare_cached("SELECT part, name, body FROM snapshot_chunk ORDER BY seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let part: usize = row.get(0)?;
        let chunk = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
        if part == snapshot.parts.len() {
            snapshot.parts.push((row.get(1)?, Vec::new()));
        }
        let parts = snapshot.parts.len();
        match snapshot.parts.last_mut() {
            Some((_, body)) if part + 1 == parts => body.extend_from_slice(chunk),
            _ => return Ok(Stored::Damaged),
        }
    }
    Ok(if seal(&snapshot) == checksum { Stored::Whole(snapshot) } else { Stored::Damaged })
}

/// CRC-32 over the revision and, for each part, the lengths and the bytes of its name and its body.
fn seal(snapshot: &Snapshot) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&snapshot.revision.to_le_bytes());
    for (name, body) in &snapshot.parts {
        for bytes in [name.as_bytes(), body] {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        }
    }
    hasher.finalize()
}
