//! A store in a file: who may open it, what happens when it is full, copied, compacted, brought up to date.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use jipp_core::base::{Code, ErrorKind};
use jipp_core::model::{EntityKind, EntityRef};
use jipp_core::registry::Change;
use jipp_core::store::sqlite::Options;
use jipp_core::store::{MemoryStore, Snapshot, SqliteStore, Store};
use jipp_tests::samples::register_sector;
use rusqlite::Connection;
use tempfile::TempDir;

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.jipp");
    (folder, path)
}

fn open(path: &Path) -> SqliteStore {
    SqliteStore::open(path, &Options::default()).unwrap()
}

fn refusal(path: &Path) -> &'static str {
    SqliteStore::open(path, &Options::default()).unwrap_err().code()
}

/// A commit of three changes.
fn commit(revision: u64) -> Vec<Arc<Change>> {
    (0..3).map(|n| register_sector(revision * 3 + n, n)).collect()
}

/// A closed network of five commits.
fn network(path: &Path) {
    let mut store = open(path);
    for revision in 1..=5 {
        store.append(revision, &commit(revision)).unwrap();
    }
}

/// How many changes can be read.
fn count(store: &dyn Store) -> usize {
    let mut found = 0;
    store
        .read_after(0, &mut |_| {
            found += 1;
            Ok(())
        })
        .unwrap();
    found
}

/// What another process says of a file.
fn elsewhere(task: &str, path: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_store-process")).arg(task).arg(path).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

#[test]
fn a_store_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<SqliteStore>();
    shared::<Box<dyn Store>>();
}

#[test]
fn what_was_committed_is_there_when_it_is_opened_again() {
    let (_folder, path) = folder();
    network(&path);
    let store = open(&path);
    assert_eq!(store.head().unwrap(), 5);
    assert_eq!(count(&store), 15);
    assert_eq!(store.verify().unwrap(), []);
    let history = store.history(&EntityRef::new(EntityKind::Sector, "sector-2").unwrap()).unwrap();
    assert_eq!(history.iter().map(|entry| entry.revision).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
}

#[test]
fn a_second_writer_is_refused_wherever_it_is() {
    let (folder, path) = folder();
    let store = open(&path);
    let error = SqliteStore::open(&path, &Options::default()).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Busy, "store-locked"));
    assert_eq!(error.location().source.as_deref(), path.to_str());
    assert_eq!(elsewhere("write", &path), "store-locked");
    #[cfg(unix)]
    {
        let alias = folder.path().join("alias.jipp");
        std::os::unix::fs::symlink(&path, &alias).unwrap();
        assert_eq!(refusal(&alias), "store-locked");
    }
    drop((store, folder.path()));
    assert_eq!(elsewhere("write", &path), "0 0");
}

#[test]
fn readers_see_what_is_committed_while_the_writer_is_open() {
    let (_folder, path) = folder();
    let mut writer = open(&path);
    let reader = SqliteStore::open_read_only(&path).unwrap();
    for revision in 1..=3 {
        writer.append(revision, &commit(revision)).unwrap();
        assert_eq!(reader.head().unwrap(), revision);
        assert_eq!(elsewhere("read", &path), format!("{revision} {}", revision * 3));
    }
    assert_eq!(reader.verify().unwrap(), []);
    drop((writer, reader));
    assert_eq!(elsewhere("read", &path), "3 9");
}

#[test]
fn a_reader_writes_nothing() {
    let (_folder, path) = folder();
    network(&path);
    let mut reader = SqliteStore::open_read_only(&path).unwrap();
    assert_eq!(reader.append(6, &commit(6)).unwrap_err().code(), "store-read-only");
    assert_eq!(reader.save_snapshot(&Snapshot::default()).unwrap_err().code(), "store-read-only");
    assert_eq!(reader.compact().unwrap_err().code(), "store-read-only");
    assert_eq!(reader.head().unwrap(), 5);
}

#[test]
fn whoever_reads_may_ask_the_store() {
    let (_folder, path) = folder();
    network(&path);
    let store = open(&path);
    let mut heads = Vec::new();
    store
        .read_after(4, &mut |_| {
            heads.push(store.head()?);
            Ok(())
        })
        .unwrap();
    assert_eq!(heads, [5, 5, 5]);
    let stopped = store.read_after(0, &mut |_| Err(jipp_core::Error::new(Code::Cancelled))).unwrap_err();
    assert_eq!(stopped.code(), "cancelled");
}

#[test]
fn a_commit_that_does_not_follow_is_refused() {
    let (_folder, path) = folder();
    let mut store = open(&path);
    for revision in [0, 2, u64::MAX] {
        assert_eq!(store.append(revision, &commit(1)).unwrap_err().code(), "store-changed");
    }
    store.append(1, &commit(1)).unwrap();
    // Somebody with another tool writes a commit behind the back of the writer.
    let other = Connection::open(&path).unwrap();
    other.execute("INSERT INTO commits SELECT 2, last_seq, checksum FROM commits", []).unwrap();
    assert_eq!(store.append(2, &commit(2)).unwrap_err().code(), "store-changed");
    other.execute("DELETE FROM commits WHERE revision = 2", []).unwrap();
    store.append(2, &commit(2)).unwrap();
    assert_eq!(store.verify().unwrap(), []);
}

#[test]
fn what_is_not_a_network_is_refused_and_left_alone() {
    let (folder, path) = folder();
    fs::write(&path, "kabupaten;inovasi\n".repeat(100)).unwrap();
    assert_eq!(refusal(&path), "store-foreign");
    assert_eq!(refusal(folder.path()), "store-foreign");

    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    let before = fs::read(&other).unwrap();
    assert_eq!(refusal(&other), "store-foreign");
    assert_eq!(SqliteStore::open_read_only(&other).unwrap_err().code(), "store-foreign");
    assert_eq!(fs::read(&other).unwrap(), before);

    let missing = folder.path().join("missing.jipp");
    assert_eq!(SqliteStore::open_read_only(&missing).unwrap_err().code(), "store-io");
    assert_eq!(refusal(&folder.path().join("no such folder/net.jipp")), "store-io");
    assert!(!missing.exists());
}

#[test]
fn a_file_of_a_newer_version_is_refused() {
    let (_folder, path) = folder();
    network(&path);
    let tool = Connection::open(&path).unwrap();
    tool.pragma_update(None, "user_version", 1000).unwrap();
    drop(tool);
    assert_eq!(refusal(&path), "format-newer");
    assert_eq!(SqliteStore::open_read_only(&path).unwrap_err().code(), "format-newer");
}

#[test]
fn an_older_layout_is_brought_up_to_date_by_a_writer() {
    let (_folder, path) = folder();
    // Version 0 is the empty layout.
    let tool = Connection::open(&path).unwrap();
    tool.pragma_update(None, "application_id", 0x4A49_5050).unwrap();
    drop(tool);
    assert_eq!(SqliteStore::open_read_only(&path).unwrap_err().code(), "store-read-only");
    network(&path);
    assert_eq!(open(&path).verify().unwrap(), []);
}

#[test]
fn a_full_disk_leaves_the_last_commit_whole() {
    let (_folder, path) = folder();
    let limits = Options { max_bytes: Some(200_000) };
    let mut store = SqliteStore::open(&path, &limits).unwrap();
    let mut revision = 0;
    let error = loop {
        let changes: Vec<_> = (0..50).map(|n| register_sector(revision * 50 + n, n)).collect();
        match store.append(revision + 1, &changes) {
            Ok(()) => revision += 1,
            Err(error) => break error,
        }
    };
    assert_eq!((error.kind(), error.code()), (ErrorKind::Storage, "store-full"));
    let big = Snapshot { revision, parts: vec![("records".to_owned(), vec![7; 300_000])] };
    assert_eq!(store.save_snapshot(&big).unwrap_err().code(), "store-full");
    assert!(revision > 3);
    assert_eq!((store.head().unwrap(), count(&store) as u64), (revision, revision * 50));
    assert_eq!(store.verify().unwrap(), []);
    drop(store);
    // There is space again.
    let mut store = open(&path);
    store.append(revision + 1, &commit(revision + 1)).unwrap();
    store.save_snapshot(&big).unwrap();
    assert_eq!(store.verify().unwrap(), []);

    let no_space = Options { max_bytes: Some(0) };
    drop(store);
    let mut store = SqliteStore::open(&path, &no_space).unwrap();
    assert_eq!(store.append(revision + 2, &commit(1)).map_err(|error| error.code()), Ok(()), "a page had space left");
}

#[test]
fn a_backup_is_a_network_of_its_own() {
    let (folder, path) = folder();
    let copy = folder.path().join("copy of 'net'.jipp");
    network(&path);
    let mut store = open(&path);
    store.append(6, &commit(6)).unwrap();
    store.backup_to(&copy).unwrap();
    store.append(7, &commit(7)).unwrap();
    let error = store.backup_to(&copy).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Invalid, "option-invalid"));

    assert_eq!(SqliteStore::open_read_only(&copy).unwrap().verify().unwrap(), []);
    let mut second = open(&copy);
    assert_eq!((second.head().unwrap(), count(&second)), (6, 18));
    second.append(7, &commit(7)).unwrap();
    SqliteStore::open_read_only(&path).unwrap().backup_to(&folder.path().join("third.jipp")).unwrap();
    assert_eq!(open(&folder.path().join("third.jipp")).head().unwrap(), 7);
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().ends_with(".new")), "{left:?}");

    let memory = MemoryStore::new().backup_to(&copy).unwrap_err();
    assert_eq!(memory.code(), "feature-off");
}

#[test]
fn compacting_gives_space_back_and_keeps_the_journal() {
    let (_folder, path) = folder();
    network(&path);
    let mut store = open(&path);
    store.save_snapshot(&Snapshot { revision: 5, parts: vec![("records".to_owned(), vec![1; 2_000_000])] }).unwrap();
    store.save_snapshot(&Snapshot { revision: 5, parts: vec![("records".to_owned(), vec![1; 2_000])] }).unwrap();
    store.compact().unwrap();
    assert!(fs::metadata(&path).unwrap().len() < 200_000);
    assert_eq!((store.head().unwrap(), count(&store)), (5, 15));
    assert_eq!(store.verify().unwrap(), []);
    store.append(6, &commit(6)).unwrap();
}

#[test]
fn a_snapshot_of_any_shape_comes_back() {
    let (_folder, path) = folder();
    let mut store = open(&path);
    assert_eq!(store.snapshot().unwrap(), None);
    // More than one chunk; a name that stands twice; nothing.
    let long: Vec<u8> = (0..(16 << 20) + 77_u32).map(|n| n.to_le_bytes()[0]).collect();
    let parts = [("a", long), ("a", vec![0]), ("", vec![])].map(|(name, body)| (name.to_owned(), body));
    for parts in [parts.to_vec(), vec![]] {
        let snapshot = Snapshot { revision: 0, parts };
        store.save_snapshot(&snapshot).unwrap();
        assert_eq!(store.snapshot().unwrap(), Some(snapshot));
    }
    assert_eq!(store.verify().unwrap(), []);
}

#[test]
fn the_path_is_told() {
    let (folder, path) = folder();
    let real = fs::canonicalize(folder.path()).unwrap().join("net.jipp");
    assert_eq!(open(&path).path(), Some(real.as_path()));
    assert_eq!(MemoryStore::new().path(), None);
}
