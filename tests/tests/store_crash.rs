//! A store survives the death of its writer.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::process::Command;

use jipp_core::store::sqlite::Options;
use jipp_core::store::{SqliteStore, Store};
use jipp_tests::crash::{Dice, kill};
use jipp_tests::rounds::rounds;
use jipp_tests::samples::register_sector;

/// The length of commit `n` of `store-process commit`.
fn length(revision: u64) -> usize {
    usize::try_from(1 + revision % 5).unwrap()
}

/// Checks that the store holds whole commits only, and gives the last revision.
fn check(store: &SqliteStore) -> u64 {
    assert_eq!(store.verify().unwrap(), []);
    let mut lengths = vec![0];
    store
        .read_after(0, &mut |entry| {
            lengths.resize(usize::try_from(entry.revision).unwrap() + 1, 0);
            *lengths.last_mut().unwrap() += 1;
            Ok(())
        })
        .unwrap();
    for (revision, found) in lengths.iter().enumerate().skip(1) {
        assert_eq!(*found, length(revision as u64), "revision {revision}");
    }
    let head = store.head().unwrap();
    assert_eq!(lengths.len() as u64, head + 1);
    head
}

#[test]
fn every_acknowledged_commit_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.jipp");
    let mut before = 0;
    for round in 0..rounds(25) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_store-process"));
        let acknowledged = kill(command.arg("commit").arg(&path), &mut Dice::new(round)).unwrap();
        assert_eq!(acknowledged.first(), Some(&(before + 1)), "round {round}");
        let last = *acknowledged.last().unwrap();
        let head = check(&SqliteStore::open(&path, &Options::default()).unwrap());
        assert!(head == last || head == last + 1, "round {round}: acknowledged {last}, found {head}");
        before = head;
    }
}

/// A power cut may leave any part of the log unwritten that was not yet waited for. Whatever prefix is there, the
/// store opens with the commits that are whole in it.
#[test]
fn any_prefix_of_the_log_gives_whole_commits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.jipp");
    let mut store = SqliteStore::open(&path, &Options::default()).unwrap();
    for revision in 1..=6 {
        let changes: Vec<_> = (0..=revision % 5).map(|n| register_sector(revision * 10 + n, n)).collect();
        store.append(revision, &changes).unwrap();
    }
    let (database, log) = (fs::read(&path).unwrap(), fs::read(folder.path().join("net.jipp-wal")).unwrap());
    drop(store);
    assert!(log.len() > 10_000);

    let torn = folder.path().join("torn.jipp");
    let mut dice = Dice::new(7);
    let mut cuts: Vec<usize> = (0..40).map(|_| usize::try_from(dice.below(log.len() as u64)).unwrap()).collect();
    cuts.extend([0, log.len()]);
    cuts.sort_unstable();
    let mut head = 0;
    for cut in cuts {
        fs::write(&torn, &database).unwrap();
        fs::write(folder.path().join("torn.jipp-wal"), &log[..cut]).unwrap();
        let found = check(&SqliteStore::open(&torn, &Options::default()).unwrap());
        assert!(found >= head, "a longer log holds no fewer commits");
        head = found;
    }
    assert_eq!(head, 6);
}
