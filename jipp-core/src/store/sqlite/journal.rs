//! The journal: a chain of changes, each row sealed by a checksum over itself and the row before.

use std::sync::Arc;

use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::errors::Fault;
use super::personal::{self, Beside};
use crate::base::{Code, Error};
use crate::model::EntityRef;
use crate::registry::{Change, Revision};
use crate::store::Entry;

/// Rows that are read at once: few enough to hold in memory, many enough that asking costs nothing.
const PAGE: u64 = 256;

/// The columns that [`Line::read`] wants, in its order, and where they stand.
pub(super) const COLUMNS: &str = "j.seq, j.revision, j.checksum, j.body, p.seq, p.checksum, p.body";
pub(super) const TABLES: &str = "FROM journal j LEFT JOIN personal p ON p.seq = j.seq";

/// A place in the journal: just after a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) revision: Revision,
    pub(super) seq: u64,
    pub(super) checksum: u32,
}

/// A row of the journal as it stands there.
pub(super) struct Line<'row> {
    pub(super) place: Place,
    pub(super) body: &'row [u8],
    /// The whole change, where the body holds only what it does not say of a person.
    pub(super) beside: Option<Beside<'row>>,
}

impl<'row> Line<'row> {
    /// Reads the first seven columns of a row.
    pub(super) fn read(row: &'row Row<'_>) -> rusqlite::Result<Self> {
        let place = Place { seq: row.get(0)?, revision: row.get(1)?, checksum: row.get(2)? };
        // Not as text, so that bytes that are not text any more are told by their checksum, with the place.
        let body = row.get_ref(3)?.as_bytes().unwrap_or_default();
        let beside = match row.get::<_, Option<u64>>(4)? {
            Some(_) => {
                Some(Beside { checksum: row.get(5)?, body: row.get_ref(6)?.as_bytes_or_null().unwrap_or_default() })
            }
            None => None,
        };
        Ok(Self { place, body, beside })
    }

    /// Whether the row is what was written after a row with this checksum.
    pub(super) fn follows(&self, before: u32) -> bool {
        self.place.checksum == link(before, self.place.revision, self.body, self.beside.is_some())
            && self.beside.is_none_or(|beside| beside.is_of(self.place.checksum))
    }

    /// Reads the change: the whole of it, if it was not erased.
    pub(super) fn change(&self) -> Result<Change, Error> {
        let body = self.beside.and_then(|beside| beside.body).unwrap_or(self.body);
        serde_json::from_slice(body).map_err(|error| {
            // Its checksum is right, so this is what was written; but not by this version of the library.
            Error::new(Code::FormatNewer).value(self.place).caused_by(error)
        })
    }

    fn entry(&self) -> Result<Entry, Error> {
        Ok(Entry { revision: self.place.revision, change: Arc::new(self.change()?) })
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "change {} of the journal, revision {}", self.seq, self.revision)
    }
}

/// The checksum of a row: CRC-32 (ISO 3309) over the checksum of the row before, the revision, the body and, where more
/// stands beside the row, a word that says so.
pub(super) fn link(before: u32, revision: Revision, body: &[u8], is_split: bool) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&before.to_le_bytes());
    hasher.update(&revision.to_le_bytes());
    hasher.update(body);
    if is_split {
        hasher.update(b"personal");
    }
    hasher.finalize()
}

/// A change as it stands in the journal.
pub(super) fn to_json(change: &Change) -> Result<Vec<u8>, Fault> {
    Ok(serde_json::to_vec(change).map_err(|error| Error::new(Code::FieldType).caused_by(error))?)
}

/// What the index finds a record by; seldom, others too.
pub(super) fn key(subject: &EntityRef) -> u32 {
    crc32fast::hash(subject.to_string().as_bytes())
}

fn damaged(place: Place) -> Fault {
    Error::new(Code::StoreDamaged).value(place).into()
}

/// Where the last commit ends.
pub(super) fn head(conn: &Connection) -> Result<Place, Fault> {
    let last = "SELECT revision, last_seq, checksum FROM commits ORDER BY revision DESC LIMIT 1";
    Ok(conn.prepare_cached(last)?.query_row([], place).optional()?.unwrap_or_default())
}

/// Where a commit ends.
fn end_of(conn: &Connection, revision: Revision) -> Result<Place, Fault> {
    if revision == 0 {
        return Ok(Place::default());
    }
    let one = "SELECT revision, last_seq, checksum FROM commits WHERE revision = ?1";
    let found = conn.prepare_cached(one)?.query_row([revision], place).optional()?;
    found.ok_or_else(|| Error::new(Code::StoreDamaged).value(format_args!("commit {revision}")).into())
}

/// Reads a row of `commits`.
fn place(row: &Row<'_>) -> rusqlite::Result<Place> {
    Ok(Place { revision: row.get(0)?, seq: row.get(1)?, checksum: row.get(2)? })
}

/// Writes a commit; all of it or nothing.
pub(super) fn append(conn: &mut Connection, revision: Revision, changes: &[Arc<Change>]) -> Result<(), Fault> {
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut at = head(&transaction)?;
    if at.revision.checked_add(1) != Some(revision) {
        let expected = (at.revision + 1).to_string();
        return Err(Error::new(Code::StoreChanged).value(revision).expected(expected).into());
    }
    if changes.is_empty() {
        return Ok(());
    }
    let mut insert = transaction.prepare_cached("INSERT INTO journal VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for change in changes {
        let blank = change.without_person();
        let body = to_json(blank.as_ref().unwrap_or(change))?;
        at = Place { revision, seq: at.seq + 1, checksum: link(at.checksum, revision, &body, blank.is_some()) };
        let text = std::str::from_utf8(&body).map_err(rusqlite::Error::from)?;
        let subject = change.action.subject();
        let (key, kind) = (key(&subject), subject.kind.code());
        insert.execute(params![at.seq, revision, at.checksum, key, kind, &*subject.id, text])?;
        if blank.is_some() {
            personal::insert(&transaction, at, &to_json(change)?)?;
        }
    }
    drop(insert);
    transaction.prepare_cached("INSERT INTO commits VALUES (?1, ?2, ?3)")?.execute(params![
        revision,
        at.seq,
        at.checksum
    ])?;
    Ok(transaction.commit()?)
}

/// Walks from one place of the journal to another, some rows at a time.
pub(super) struct Walk {
    at: Place,
    end: Place,
}

impl Walk {
    /// From the end of a commit to the end of the journal as it is now. What other writers add later is not walked.
    pub(super) fn after(conn: &Connection, revision: Revision) -> Result<Self, Fault> {
        let end = head(conn)?;
        let at = if revision < end.revision { end_of(conn, revision)? } else { end };
        Ok(Self { at, end })
    }

    /// The next entries; none at the end.
    pub(super) fn next(&mut self, conn: &Connection) -> Result<Vec<Entry>, Fault> {
        let mut entries = Vec::new();
        if self.at == self.end {
            return Ok(entries);
        }
        let mut statement = select(conn, "WHERE j.seq > ?1 AND j.seq <= ?2 ORDER BY j.seq LIMIT ?3")?;
        let mut rows = statement.query([self.at.seq, self.end.seq, PAGE])?;
        while let Some(row) = rows.next()? {
            let line = Line::read(row)?;
            if line.place.seq != self.at.seq + 1 || !line.follows(self.at.checksum) {
                return Err(damaged(line.place));
            }
            self.at = line.place;
            entries.push(line.entry()?);
        }
        // The rows end before the journal does, or at another row than the last commit says.
        if entries.is_empty() || (self.at.seq == self.end.seq && self.at != self.end) {
            return Err(damaged(self.end));
        }
        Ok(entries)
    }
}

/// Everything about one record, through the index.
pub(super) fn history(conn: &Connection, subject: &EntityRef) -> Result<Vec<Entry>, Fault> {
    let mut checksum = conn.prepare_cached("SELECT checksum FROM journal WHERE seq = ?1")?;
    let mut statement = select(conn, "WHERE j.key = ?1 AND j.kind = ?2 AND j.subject = ?3 ORDER BY j.seq")?;
    let mut rows = statement.query(params![key(subject), subject.kind.code(), &*subject.id])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        let line = Line::read(row)?;
        let before = match line.place.seq {
            ..=1 => Some(0),
            seq => checksum.query_row([seq - 1], |row| row.get(0)).optional()?,
        };
        if !before.is_some_and(|before| line.follows(before)) {
            return Err(damaged(line.place));
        }
        entries.push(line.entry()?);
    }
    Ok(entries)
}

fn select<'conn>(conn: &'conn Connection, rest: &str) -> rusqlite::Result<CachedStatement<'conn>> {
    conn.prepare_cached(&format!("SELECT {COLUMNS} {TABLES} {rest}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;
    use crate::model::EntityKind;

    #[test]
    fn a_change_that_is_sealed_but_not_understood_comes_from_a_newer_version() {
        let mut conn = Connection::open_in_memory().unwrap();
        super::super::schema::lay_out(&mut conn).unwrap();
        let body = r#"{"id":"far/1","at":"2040-01-01","action":{"celebrate":{}}}"#;
        let (seal, subject) = (link(0, 1, body.as_bytes(), false), EntityRef::new(EntityKind::Sector, "x").unwrap());
        let row = params![seal, key(&subject), body];
        conn.execute("INSERT INTO journal VALUES (1, 1, ?1, ?2, 'sector', 'x', ?3)", row).unwrap();
        conn.execute("INSERT INTO commits VALUES (1, 1, ?1)", [seal]).unwrap();
        let fault = Walk::after(&conn, 0).unwrap().next(&conn).unwrap_err();
        assert_eq!(fault.code(), Code::FormatNewer);
        assert_eq!(history(&conn, &subject).unwrap_err().code(), Code::FormatNewer);
    }

    /// The files of earlier versions hold these numbers.
    #[test]
    fn checksum_and_key_never_change() {
        assert_eq!(key(&EntityRef::new(EntityKind::Sector, "x").unwrap()), crc32fast::hash(b"sector x"));
        assert_eq!(link(0, 1, b"{}", false), crc32fast::hash(b"\0\0\0\0\x01\0\0\0\0\0\0\0{}"));
        assert_eq!(link(0, 1, b"{}", true), crc32fast::hash(b"\0\0\0\0\x01\0\0\0\0\0\0\0{}personal"));
        assert_eq!(crc32fast::hash(b"123456789"), 0xCBF4_3926);
    }
}
