//! The layout of the file, and how older layouts become this one.

use rusqlite::{Connection, TransactionBehavior};

use super::errors::Fault;
use super::personal;
use crate::base::{Code, Error};

/// Marks the file as ours: "JIPP".
pub(super) const APPLICATION_ID: i64 = 0x4A49_5050;

/// Bytes of a page. A change of 1.5 KB, the usual size of an innovation, stands five times on such a page with 5 %
/// lost; of the 4,096 that `SQLite` takes by itself, 25 % would be lost.
pub(super) const PAGE: u32 = 8192;

/// What makes version `n + 1` of the layout out of version `n`, for `n` from 0 (an empty file). A step that was
/// released is never changed.
const STEPS: &[Step] = &[Step::sql("
    -- What happened, for ever. `checksum` is the CRC-32 of (checksum of the row before, revision, body), so that an
    -- edit, a deletion or another order shows. The body is the change as JSON, readable with any tool. Columns that
    -- readers skip to stand before the long one.
    CREATE TABLE journal (
        seq INTEGER PRIMARY KEY,
        revision INTEGER NOT NULL,
        checksum INTEGER NOT NULL,
        key INTEGER NOT NULL,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL
    ) STRICT;
    -- For the history of a record; its entries are ordered by seq. `key` is the CRC-32 of `kind subject`: records are
    -- imported in no order of their ids, so that every commit writes most of the index anew; of keys it is a quarter as
    -- long as of ids.
    CREATE INDEX journal_key ON journal (key);

    -- Where each commit ends: its last row in the journal, and the checksum of that row.
    CREATE TABLE commits (
        revision INTEGER PRIMARY KEY,
        last_seq INTEGER NOT NULL,
        checksum INTEGER NOT NULL
    ) STRICT;

    -- At most one snapshot; `checksum` is the CRC-32 of everything in it.
    CREATE TABLE snapshot (
        revision INTEGER PRIMARY KEY,
        checksum INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE snapshot_chunk (
        seq INTEGER PRIMARY KEY,
        part INTEGER NOT NULL,
        name TEXT NOT NULL,
        body BLOB NOT NULL
    ) STRICT;
"), Step { sql: "
    -- What a change says of a person, beside its row in the journal, whose body leaves it out: `body` is the whole change, or
    -- nothing once it was erased; `checksum` is the CRC-32 of (checksum of the row, body), or 0.
    CREATE TABLE personal (
        seq INTEGER PRIMARY KEY,
        checksum INTEGER NOT NULL,
        body TEXT
    ) STRICT;
", then: personal::separate }];

/// A step from one layout to the next: what is defined, and what is then done to what is there.
struct Step {
    sql: &'static str,
    then: fn(&Connection) -> Result<(), Fault>,
}

impl Step {
    const fn sql(sql: &'static str) -> Self {
        Self { sql, then: |_| Ok(()) }
    }
}

/// Writes the layout into an empty file.
pub(super) fn lay_out(conn: &mut Connection) -> Result<(), Fault> {
    conn.pragma_update(None, "page_size", PAGE)?;
    migrate(conn, STEPS)
}

/// Brings an older layout forward, in one transaction: the file has the old layout or the new one.
fn migrate(conn: &mut Connection, steps: &[Step]) -> Result<(), Fault> {
    let change = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version = usize::try_from(number(&change, "user_version")?).unwrap_or(usize::MAX);
    for step in steps.iter().skip(version) {
        change.execute_batch(step.sql)?;
        (step.then)(&change)?;
    }
    change.pragma_update(None, "application_id", APPLICATION_ID)?;
    change.pragma_update(None, "user_version", steps.len())?;
    Ok(change.commit()?)
}

/// Brings an older layout forward.
pub(super) fn bring_up_to_date(conn: &mut Connection) -> Result<(), Fault> {
    if is_current(conn)? { Ok(()) } else { migrate(conn, STEPS) }
}

/// Refuses an older layout, where it cannot be brought forward.
pub(super) fn check_up_to_date(conn: &Connection) -> Result<(), Fault> {
    if is_current(conn)? {
        return Ok(());
    }
    let hint = "open it for writing once, which brings its layout up to date";
    Err(Error::new(Code::StoreReadOnly).expected(hint).into())
}

fn is_current(conn: &Connection) -> Result<bool, Fault> {
    Ok(usize::try_from(number(conn, "user_version")?).is_ok_and(|version| version == STEPS.len()))
}

/// Checks the numbers that the file names itself by.
pub(super) fn check_header(conn: &Connection) -> Result<(), Fault> {
    let application = number(conn, "application_id")?;
    if application != APPLICATION_ID {
        return Err(Error::new(Code::StoreForeign).value(format!("{application:#x}")).into());
    }
    let version = number(conn, "user_version")?;
    match usize::try_from(version) {
        Ok(known) if known <= STEPS.len() => Ok(()),
        Ok(_) => {
            let known = format!("layout {} or older", STEPS.len());
            Err(Error::new(Code::FormatNewer).value(version).expected(known).into())
        }
        Err(_) => Err(Error::new(Code::StoreDamaged).value(version).expected("the number of a layout").into()),
    }
}

/// The bytes of a page of this file.
pub(super) fn page_size(conn: &Connection) -> Result<u64, Fault> {
    Ok(conn.pragma_query_value(None, "page_size", |row| row.get(0))?)
}

/// Everything that is defined in a database, in order.
pub(super) fn definitions(conn: &Connection) -> Result<Vec<String>, Fault> {
    let mut rows =
        conn.prepare("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1")?;
    let found = rows.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// Everything that should be defined.
pub(super) fn expected_definitions() -> Result<Vec<String>, Fault> {
    let mut conn = Connection::open_in_memory()?;
    lay_out(&mut conn)?;
    definitions(&conn)
}

fn number(conn: &Connection, pragma: &str) -> rusqlite::Result<i64> {
    conn.pragma_query_value(None, pragma, |row| row.get(0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    const INVENTED: &[Step] = &[
        Step::sql("CREATE TABLE one (x INTEGER) STRICT"),
        Step::sql("ALTER TABLE one RENAME TO two; INSERT INTO two VALUES (7)"),
    ];

    #[test]
    fn only_the_missing_steps_are_taken() {
        let mut conn = Connection::open_in_memory().unwrap();
        migrate(&mut conn, &INVENTED[..1]).unwrap();
        assert_eq!(number(&conn, "user_version").unwrap(), 1);
        conn.execute("INSERT INTO one VALUES (3)", []).unwrap();
        migrate(&mut conn, INVENTED).unwrap();
        migrate(&mut conn, INVENTED).unwrap();
        assert_eq!(number(&conn, "user_version").unwrap(), 2);
        let sum: i64 = conn.query_row("SELECT sum(x) FROM two", [], |row| row.get(0)).unwrap();
        assert_eq!(sum, 10);
    }

    #[test]
    fn a_step_that_fails_takes_the_others_back() {
        let mut conn = Connection::open_in_memory().unwrap();
        let fails = Step { sql: "", then: |_| Err(Error::new(Code::StoreDamaged).into()) };
        for last in [Step::sql("CREATE TABLE one (x)"), fails] {
            let [one, two] = INVENTED else { unreachable!() };
            let steps = [Step { ..*one }, Step { ..*two }, Step::sql("CREATE TABLE one (x)"), last];
            assert!(migrate(&mut conn, &steps).is_err());
            assert_eq!(number(&conn, "user_version").unwrap(), 0);
            assert!(definitions(&conn).unwrap().is_empty());
        }
    }
}
