//! Damage is told, with the place, and never taken for data.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use jipp_core::Result;
use jipp_core::base::{Code, ErrorKind};
use jipp_core::model::{EntityKind, EntityRef};
use jipp_core::store::sqlite::Options;
use jipp_core::store::{Entry, Problem, Snapshot, SqliteStore, Store};
use jipp_tests::crash::Dice;
use jipp_tests::samples::register_sector;
use rusqlite::Connection;
use tempfile::TempDir;

/// A closed network of four commits of three changes, with a snapshot.
fn network() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.jipp");
    let mut store = SqliteStore::open(&path, &Options::default()).unwrap();
    for revision in 1..=4 {
        let changes: Vec<_> = (0..3).map(|n| register_sector(revision * 3 + n, n)).collect();
        store.append(revision, &changes).unwrap();
    }
    store.save_snapshot(&snapshot()).unwrap();
    drop(store);
    (folder, path)
}

fn snapshot() -> Snapshot {
    Snapshot { revision: 4, parts: vec![("records".to_owned(), vec![5; 3000]), ("rest".to_owned(), vec![1])] }
}

fn entries(store: &SqliteStore) -> Result<Vec<Entry>> {
    let mut found = Vec::new();
    store.read_after(0, &mut |entry| {
        found.push(entry);
        Ok(())
    })?;
    Ok(found)
}

/// A network that was altered with another tool.
fn altered(sql: &str) -> (TempDir, SqliteStore) {
    let (folder, path) = network();
    Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    let store = SqliteStore::open(&path, &Options::default()).unwrap();
    (folder, store)
}

fn places(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.place.as_str()).collect()
}

#[test]
fn an_altered_journal_is_told_with_the_place() {
    let (fifth, sixth) = ("change 5 of the journal, revision 2", "change 6 of the journal, revision 2");
    let cases = [
        // A byte of a body.
        ("UPDATE journal SET body = replace(body, 'Kesehatan', 'Kesehatam') WHERE seq = 5", fifth),
        // A change moved to another commit.
        ("UPDATE journal SET revision = 3 WHERE seq = 6", "change 6 of the journal, revision 3"),
        // Two changes in the other order.
        (
            "UPDATE journal SET seq = -5 WHERE seq = 5; UPDATE journal SET seq = 5 WHERE seq = 6;
             UPDATE journal SET seq = 6 WHERE seq = -5;",
            fifth,
        ),
        // A change left out, and the others moved up.
        ("DELETE FROM journal WHERE seq = 5", sixth),
        ("DELETE FROM journal WHERE seq = 5; UPDATE journal SET seq = seq - 1 WHERE seq > 5;", fifth),
        // The end, and all.
        ("DELETE FROM journal WHERE seq = 12", "change 12 of the journal, revision 4"),
        ("DELETE FROM journal", "change 12 of the journal, revision 4"),
        // A change that no commit holds.
        ("INSERT INTO journal SELECT 13, 5, checksum, key, kind, subject, body FROM journal WHERE seq = 12", ""),
    ];
    for (sql, place) in cases {
        let (_folder, store) = altered(sql);
        let problems = store.verify().unwrap();
        assert!(problems.iter().all(|problem| problem.code == Code::StoreDamaged), "{sql}: {problems:?}");
        assert!(!problems.is_empty(), "{sql}");
        let error = match entries(&store) {
            Err(error) => error,
            // What no commit holds is not there for readers.
            Ok(found) => {
                assert_eq!((place, found.len()), ("", 12));
                continue;
            }
        };
        assert_eq!((error.kind(), error.code()), (ErrorKind::Corrupt, "store-damaged"), "{sql}");
        assert_eq!(error.offending(), Some(place), "{sql}");
        assert!(error.location().source.is_some());
    }
}

#[test]
fn one_fault_is_told_once() {
    let (_folder, store) = altered("UPDATE journal SET body = replace(body, 'Kesehatan', 'X') WHERE seq = 5");
    let problems = store.verify().unwrap();
    assert_eq!(places(&problems), ["change 5 of the journal, revision 2"]);
    assert_eq!(
        problems[0].to_string(),
        "change 5 of the journal, revision 2: the checksum does not match [store-damaged]"
    );
    // The history of the record says so too; that of others does not.
    let subject = |n: u64| EntityRef::new(EntityKind::Sector, &format!("sector-{n}")).unwrap();
    assert_eq!(store.history(&subject(1)).unwrap_err().code(), "store-damaged");
    assert_eq!(store.history(&subject(0)).unwrap().len(), 4);

    let (_folder, store) = altered("UPDATE journal SET subject = 'sector-9' WHERE seq = 5");
    assert_eq!(places(&store.verify().unwrap()), ["change 5 of the journal, revision 2"]);
    let (_folder, store) = altered("UPDATE journal SET key = 7 WHERE seq = 5");
    assert_eq!(places(&store.verify().unwrap()), ["change 5 of the journal, revision 2"]);
    let (_folder, store) = altered("DELETE FROM commits WHERE revision = 2");
    assert!(places(&store.verify().unwrap()).contains(&"commits"));
}

#[test]
fn what_does_not_belong_in_the_schema_is_told() {
    let (_folder, store) = altered("CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM commits; END");
    assert_eq!(places(&store.verify().unwrap()), ["schema"]);
    let (_folder, store) = altered("DROP INDEX journal_key");
    assert_eq!(places(&store.verify().unwrap()), ["schema"]);
    let (_folder, store) = altered("DROP TABLE commits");
    assert_eq!(places(&store.verify().unwrap()), ["schema", "journal", "snapshot"]);
    assert_eq!(store.head().unwrap_err().code(), "store-damaged");
}

#[test]
fn a_damaged_snapshot_is_none() {
    let (_folder, path) = network();
    let store = SqliteStore::open_read_only(&path).unwrap();
    assert_eq!(store.snapshot().unwrap(), Some(snapshot()));
    for sql in [
        "UPDATE snapshot_chunk SET body = zeroblob(3000) WHERE part = 0",
        "UPDATE snapshot_chunk SET name = 'other' WHERE part = 0",
        "DELETE FROM snapshot_chunk WHERE part = 1",
        "DELETE FROM snapshot_chunk WHERE part = 0",
        "DELETE FROM snapshot_chunk",
        "UPDATE snapshot SET revision = 3",
        "UPDATE snapshot SET checksum = -1",
        "DROP TABLE snapshot_chunk",
    ] {
        let (_folder, mut store) = altered(sql);
        assert_eq!(store.snapshot().unwrap(), None, "{sql}");
        assert!(places(&store.verify().unwrap()).contains(&"snapshot"), "{sql}");
        assert_eq!(entries(&store).unwrap().len(), 12);
        if !sql.starts_with("DROP") {
            store.save_snapshot(&snapshot()).unwrap();
            assert_eq!(store.snapshot().unwrap(), Some(snapshot()));
        }
    }
}

#[test]
fn a_file_that_was_cut_off_is_refused() {
    let (folder, path) = network();
    let whole = fs::read(&path).unwrap();
    let open = |bytes: &[u8]| {
        let cut = folder.path().join("cut.jipp");
        fs::write(&cut, bytes).unwrap();
        let error = SqliteStore::open(&cut, &Options::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Corrupt);
        assert_eq!(SqliteStore::open_read_only(&cut).unwrap_err().code(), error.code());
        error.code()
    };
    assert_eq!(open(&[]), "store-damaged");
    assert_eq!(open(&whole[..10]), "store-foreign");
    for cut in [200, 5000, 8192, whole.len() / 2, whole.len() - 8192, whole.len() - 1] {
        assert_eq!(open(&whole[..cut]), "store-damaged", "{cut} bytes");
    }
}

#[test]
fn a_log_without_its_database_is_not_taken_for_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.jipp");
    fs::write(folder.path().join("net.jipp-wal"), "what was not yet in the file").unwrap();
    let error = SqliteStore::open(&path, &Options::default()).unwrap_err();
    assert_eq!(error.code(), "store-damaged");
    assert!(folder.path().join("net.jipp-wal").exists() && !path.exists());
}

/// Opens a file of these bytes and reads everything.
fn read_all(path: &Path, bytes: &[u8]) -> Result<(Vec<Entry>, Vec<Problem>)> {
    fs::write(path, bytes).unwrap();
    let store = SqliteStore::open_read_only(path)?;
    for number in 0..3 {
        store.history(&EntityRef::new(EntityKind::Sector, &format!("sector-{number}")).unwrap())?;
    }
    store.snapshot()?;
    Ok((entries(&store)?, store.verify()?))
}

#[test]
fn no_flipped_bit_changes_what_is_read() {
    let (folder, path) = network();
    let whole = fs::read(&path).unwrap();
    let copy = folder.path().join("flipped.jipp");
    let expected = read_all(&copy, &whole).unwrap();
    let mut dice = Dice::new(2);
    let mut noticed = 0;
    for _ in 0..300 {
        let mut bytes = whole.clone();
        let place = usize::try_from(dice.below(whole.len() as u64)).unwrap();
        bytes[place] ^= 1 << dice.below(8);
        match read_all(&copy, &bytes) {
            Ok((entries, problems)) => {
                assert_eq!(entries, expected.0, "byte {place}");
                noticed += usize::from(!problems.is_empty());
            }
            Err(error) => {
                assert!(
                    matches!(error.kind(), ErrorKind::Corrupt | ErrorKind::Unsupported | ErrorKind::Storage),
                    "{error}"
                );
                noticed += 1;
            }
        }
    }
    assert!(noticed > 20, "{noticed}");
}
