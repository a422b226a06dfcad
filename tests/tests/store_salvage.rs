//! What is intact of a damaged file comes out, nothing that was altered does, and the report says what is missing.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use jipp_core::model::{EntityKind, Text};
use jipp_core::network::Network;
use jipp_core::registry::Action;
use jipp_core::store::sqlite::{Options, Salvaged, salvage};
use jipp_core::store::{Entry, SqliteStore, Store};
use jipp_tests::crash::Dice;
use jipp_tests::network::options;
use jipp_tests::rounds::rounds;
use jipp_tests::samples::register_sector;
use jipp_tests::{agency, innovation, replication, stamp};
use rusqlite::Connection;
use tempfile::TempDir;

const PAGE: usize = 8192;

/// Twelve commits of five changes, some of them on the disk in pages of their own.
fn network() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.jipp");
    let network = Network::open(&path, &options()).unwrap();
    network.commit(&stamp(), vec![Action::Register(agency("kota-x").into())]).unwrap();
    for commit in 0..12 {
        let action = |n: usize| {
            let mut new = innovation(&format!("kota-x/i{}", commit * 5 + n));
            new.problem = Some(Text::new("antrean panjang di loket ".repeat(40 + n * 200)).unwrap());
            Action::Register(new.into())
        };
        network.commit(&stamp(), (0..5).map(action).collect()).unwrap();
    }
    drop(network);
    (folder, path)
}

fn entries(path: &Path) -> Vec<Entry> {
    let mut found = Vec::new();
    let store = SqliteStore::open_read_only(path).unwrap();
    store
        .read_after(0, &mut |entry| {
            found.push(entry);
            Ok(())
        })
        .unwrap();
    found
}

/// Whether everything that came out is what went in.
fn are_true(saved: &Salvaged, all: &[Entry]) -> bool {
    saved.entries.iter().all(|entry| all.contains(entry))
}

#[test]
fn a_whole_file_comes_out_whole() {
    let (_folder, path) = network();
    let all = entries(&path);
    let saved = salvage(&path).unwrap();
    assert_eq!(all.len(), 61);
    assert_eq!((saved.unchecked, saved.lost, &saved.problems[..]), (0, 0, &[][..]));
    assert_eq!(saved.entries, all);
}

#[test]
fn what_is_only_in_the_log_comes_out_too() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("net.jipp"), folder.path().join("copy.jipp"));
    let mut store = SqliteStore::open(&path, &Options::default()).unwrap();
    for revision in 1..=6 {
        store.append(revision, &[register_sector(revision, revision)]).unwrap();
    }
    // As a machine that stops leaves it, and with the last frames torn.
    let log = fs::read(folder.path().join("net.jipp-wal")).unwrap();
    fs::copy(&path, &copy).unwrap();
    fs::write(folder.path().join("copy.jipp-wal"), &log).unwrap();
    assert_eq!(salvage(&copy).unwrap().entries.len(), 6);
    for cut in [0, 20, 100, log.len() / 2, log.len() - 1] {
        fs::write(folder.path().join("copy.jipp-wal"), &log[..cut]).unwrap();
        let saved = salvage(&copy).unwrap();
        assert!(saved.entries.len() < 6 && saved.problems.is_empty(), "{cut}: {:?}", saved.problems);
    }
    // A log of another time is not taken for one of this file.
    let mut altered = log.clone();
    altered[16] ^= 1;
    fs::write(folder.path().join("copy.jipp-wal"), &altered).unwrap();
    assert_eq!(salvage(&copy).unwrap().entries.len(), 0);
    assert_eq!(salvage(&path).unwrap_err().code(), "store-locked");
}

/// Nothing above the leaves is needed: not the header, not the schema, not the trees.
#[test]
fn a_file_that_nothing_opens_gives_its_changes() {
    let (folder, path) = network();
    let (all, whole) = (entries(&path), fs::read(&path).unwrap());
    let damaged = folder.path().join("damaged.jipp");
    let mut bytes = whole.clone();
    bytes[..PAGE].fill(0);
    // Every page that leads to others: of tables 5, of indexes 2.
    for page in bytes.chunks_mut(PAGE).filter(|page| matches!(page[0], 2 | 5)) {
        page.fill(0xA5);
    }
    fs::write(&damaged, &bytes).unwrap();
    assert_eq!(SqliteStore::open_read_only(&damaged).unwrap_err().code(), "store-foreign");
    assert_eq!(salvage(&damaged).unwrap().entries, all);
    // The file is left as it was found.
    assert_eq!(fs::read(&damaged).unwrap(), bytes);
}

#[test]
fn a_lost_page_costs_only_what_stood_there() {
    let (folder, path) = network();
    let (all, whole) = (entries(&path), fs::read(&path).unwrap());
    let damaged = folder.path().join("damaged.jipp");
    let mut lost = 0;
    for page in 0..whole.len() / PAGE {
        let mut bytes = whole.clone();
        bytes[page * PAGE..(page + 1) * PAGE].fill(0);
        fs::write(&damaged, &bytes).unwrap();
        let saved = salvage(&damaged).unwrap();
        assert!(are_true(&saved, &all), "page {page}");
        assert_eq!(saved.entries.len() as u64 + saved.lost, all.len() as u64, "page {page}: {:?}", saved.problems);
        assert!(saved.unchecked <= 1, "page {page}: only the change behind a gap has nothing to go on from");
        assert_eq!(saved.lost > 0, !saved.problems.is_empty(), "page {page}");
        assert!(saved.lost < 20, "page {page}");
        lost += saved.lost;
    }
    assert!(lost > 40, "{lost}");
}

#[test]
fn nothing_altered_passes_for_intact() {
    let (folder, path) = network();
    let (all, whole) = (entries(&path), fs::read(&path).unwrap());
    let damaged = folder.path().join("damaged.jipp");
    let mut dice = Dice::new(11);
    let mut noticed = 0;
    for round in 0..rounds(150) {
        let mut bytes = whole.clone();
        for _ in 0..=dice.below(30) {
            let place = usize::try_from(dice.below(whole.len() as u64)).unwrap();
            bytes[place] ^= 1 << dice.below(8);
        }
        bytes.truncate(bytes.len() - usize::try_from(dice.below(whole.len() as u64 / 2)).unwrap());
        fs::write(&damaged, &bytes).unwrap();
        let saved = salvage(&damaged).unwrap();
        let sealed = saved.entries.len() as u64 - saved.unchecked;
        let are_there = saved.entries.iter().filter(|entry| all.contains(entry)).count() as u64;
        assert!(are_there >= sealed, "round {round}");
        noticed += u64::from(saved.lost > 0);
    }
    assert!(noticed * 2 > rounds(150), "{noticed}");
}

#[test]
fn an_altered_change_is_left_out_and_told() {
    let (_folder, path) = network();
    let sql = "UPDATE journal SET body = replace(body, 'loket', 'lokat') WHERE seq = 30;
        DELETE FROM journal WHERE seq > 55;
        -- With nothing left of what is deleted, which would else come out too.
        VACUUM;";
    Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    let saved = salvage(&path).unwrap();
    assert!(!saved.entries.iter().any(|entry| format!("{entry:?}").contains("lokat")));
    let places: Vec<&str> = saved.problems.iter().map(|problem| problem.place.as_str()).collect();
    assert_eq!(places, ["change 30 of the journal, revision 7", "changes 56 to 61 of the journal"]);
    assert_eq!((saved.entries.len(), saved.lost, saved.unchecked), (54, 7, 0));
}

#[test]
fn a_network_is_made_of_what_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let (path, target) = (folder.path().join("net.jipp"), folder.path().join("rescued.jipp"));
    let network = Network::open(&path, &options()).unwrap();
    network.commit(&stamp(), vec![Action::Register(agency("kota-x").into())]).unwrap();
    for id in ["kota-x/a", "kota-x/b"] {
        network.commit(&stamp(), vec![Action::Register(innovation(id).into())]).unwrap();
    }
    network.commit(&stamp(), vec![Action::Register(replication("r", &["kota-x/a"], "kota-x/b").into())]).unwrap();
    let bundle = network.export_since(0).unwrap();
    drop(network);
    // One source of the replication is lost.
    Connection::open(&path).unwrap().execute("DELETE FROM journal WHERE subject = 'kota-x/a'", []).unwrap();
    assert_eq!(Network::open(&path, &options()).unwrap_err().code(), "store-damaged");

    let report = Network::salvage(&path, &target, &options()).unwrap();
    assert_eq!((report.changes, report.lost, report.held, report.unchecked), (3, 1, 1, 0));
    let rescued = Network::open(&target, &options()).unwrap();
    assert_eq!(rescued.verify().unwrap(), []);
    let count = |kind| rescued.read(|view| view.records(kind).count());
    assert_eq!((count(EntityKind::Innovation), count(EntityKind::Replication)), (1, 0));
    // What another copy still has makes it whole.
    rescued.apply(&bundle).unwrap();
    assert_eq!((count(EntityKind::Innovation), count(EntityKind::Replication)), (2, 1));

    let again = Network::salvage(&path, &target, &options()).unwrap_err();
    assert_eq!(again.code(), "option-invalid");
    let nothing = Network::salvage(folder.path().join("none.jipp"), folder.path().join("x.jipp"), &options());
    assert_eq!(nothing.unwrap_err().code(), "store-io");
}
