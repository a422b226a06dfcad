//! A store on a disk that fails: at every call, in every way.
//!
//! A history is what one process does to a network until it ends or its machine does. Afterwards, on a disk that works: what
//! was acknowledged is there, at most the commit that was being written is there beside it, whole, and `verify` is clean.
#![cfg(unix)]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jipp_core::Result;
use jipp_core::base::ErrorKind;
use jipp_core::registry::Change;
use jipp_core::store::sqlite::Options;
use jipp_core::store::{Snapshot, SqliteStore, Store};
use jipp_faults::{Disk, Fault, Plan};
use jipp_tests::crash::Dice;
use jipp_tests::rounds::rounds;
use jipp_tests::samples::register_sector;

/// The changes of a commit: one to five, now and then some longer than a page.
fn changes(revision: u64) -> Vec<Arc<Change>> {
    let many = if revision.is_multiple_of(4) { 30 } else { 1 + revision % 5 };
    (0..many).map(|n| register_sector(revision * 100 + n, n)).collect()
}

/// What a process was told.
#[derive(Debug, Default)]
struct Told {
    /// The last commit that was acknowledged.
    acknowledged: u64,
    /// The last that was asked for.
    asked: u64,
    /// The head that an acknowledged backup must have.
    backup: Option<u64>,
    errors: Vec<jipp_core::Error>,
}

impl Told {
    /// Notes an error; says whether there was none.
    fn note(&mut self, disk: &Disk, outcome: Result<()>) -> bool {
        let error = outcome.err();
        let is_ok = error.is_none();
        if error.is_some() {
            // Whoever is told that the disk is full frees some space.
            disk.mend();
        }
        self.errors.extend(error);
        is_ok
    }
}

struct Place {
    folder: tempfile::TempDir,
    disk: Arc<Disk>,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::in_folder(folder.path()).unwrap();
        Self { folder, disk }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    fn append(&self, store: &mut SqliteStore, told: &mut Told) {
        // A process that was refused reads where it stands, and asks again.
        let Ok(head) = store.head() else { return };
        assert!(head == told.acknowledged, "within a process only what was acknowledged is there");
        told.asked = head + 1;
        let outcome = store.append(told.asked, &changes(told.asked));
        if told.note(&self.disk, outcome) {
            told.acknowledged = told.asked;
        }
    }

    fn open(&self, told: &mut Told) -> Option<SqliteStore> {
        match SqliteStore::open(self.path("net.jipp"), &Options::default()) {
            Ok(store) => Some(store),
            Err(error) => {
                told.note(&self.disk, Err(error));
                None
            }
        }
    }

    /// Opens, commits, saves a snapshot, compacts, backs up, closes; opens again and commits.
    fn history(&self) -> Told {
        let mut told = Told::default();
        for round in 0..2 {
            let Some(mut store) = self.open(&mut told) else { continue };
            // A commit whose end was not told may have come to be by opening again.
            if let Ok(head) = store.head()
                && head == told.asked
            {
                told.acknowledged = head;
            }
            for _ in 0..3 {
                self.append(&mut store, &mut told);
            }
            let snapshot = Snapshot { revision: told.acknowledged, parts: vec![("all".to_owned(), vec![7; 20_000])] };
            let outcome = store.save_snapshot(&snapshot);
            told.note(&self.disk, outcome);
            self.append(&mut store, &mut told);
            if round == 0 {
                let outcome = store.compact();
                told.note(&self.disk, outcome);
                let outcome = store.backup_to(&self.path("copy.jipp"));
                if told.note(&self.disk, outcome) {
                    told.backup = Some(told.acknowledged);
                }
                self.append(&mut store, &mut told);
            }
        }
        told
    }

    /// Looks at what is left, on a disk that works.
    fn check(&self, told: &Told, what: &str) {
        let path = self.path("net.jipp");
        let mut store = SqliteStore::open(&path, &Options::default()).unwrap_or_else(|error| panic!("{what}: {error}"));
        let head = check_whole(&store, what);
        assert!(
            head == told.acknowledged || head == told.asked,
            "{what}: {} acknowledged, {} asked for, {head} there",
            told.acknowledged,
            told.asked
        );
        store.append(head + 1, &changes(head + 1)).unwrap();
        assert_eq!(check_whole(&store, what), head + 1);
        drop(store);

        let copy = self.path("copy.jipp");
        assert!(told.backup.is_none() || copy.exists(), "{what}: a backup that was acknowledged is there");
        if copy.exists() {
            let found = check_whole(&SqliteStore::open_read_only(&copy).unwrap(), what);
            assert!(told.backup.is_none_or(|head| head == found), "{what}: the backup holds revision {found}");
        }
        assert!(!self.path("copy.jipp.new").exists() || told.backup.is_none(), "{what}: no draft is left");
    }
}

/// Checks that a store is sound and holds whole commits only; gives the last.
fn check_whole(store: &SqliteStore, what: &str) -> u64 {
    assert_eq!(store.verify().unwrap(), [], "{what}");
    let mut found: Vec<Vec<Arc<Change>>> = Vec::new();
    store
        .read_after(0, &mut |entry| {
            found.resize_with(usize::try_from(entry.revision).unwrap(), Vec::new);
            found.last_mut().unwrap().push(entry.change);
            Ok(())
        })
        .unwrap();
    for (revision, commit) in (1..).zip(&found) {
        assert_eq!(*commit, changes(revision), "{what}: revision {revision}");
    }
    assert_eq!(store.head().unwrap(), found.len() as u64, "{what}");
    found.len() as u64
}

/// How many calls of an undisturbed history a fault could strike.
fn calls(fault: Fault, history: impl FnOnce(&Place)) -> u64 {
    let place = Place::new();
    place.disk.plan(Plan { fault, at: 0 });
    history(&place);
    place.disk.calls()
}

/// A history with a fault at a call, and what it leaves. Says whether the fault came.
fn run(fault: Fault, at: u64, seed: u64) -> bool {
    let what = format!("{fault:?} at call {at}, seed {seed}");
    let place = Place::new();
    place.disk.plan(Plan { fault, at });
    let told = place.history();
    let has_struck = place.disk.has_struck();
    for error in &told.errors {
        let kind = error.kind();
        assert!(matches!(kind, ErrorKind::Storage | ErrorKind::Corrupt), "{what}: {error}");
    }
    place.disk.mend();
    if place.disk.is_dead() {
        let mut dice = Dice::new(seed);
        place.disk.restart(&mut |bound| dice.below(bound)).unwrap();
    }
    place.check(&told, &what);
    has_struck
}

/// How many histories there are for each call that a fault can strike: where chance has a part in what is left, more than one.
fn seeds(fault: Fault) -> u64 {
    match fault {
        Fault::Cut => rounds(3),
        Fault::Torn => rounds(2),
        _ => rounds(1),
    }
}

fn undisturbed(place: &Place) {
    let told = place.history();
    assert!(told.errors.is_empty(), "{:?}", told.errors);
    assert_eq!((told.acknowledged, told.backup), (9, Some(4)));
}

/// Every call is struck.
fn sweep(fault: Fault) {
    for at in 1..=calls(fault, undisturbed) {
        for seed in 0..seeds(fault) {
            // The same is asked in the same order until the fault, so it always comes.
            assert!(run(fault, at, seed * 1_000 + at), "{fault:?} at call {at} never came");
        }
    }
}

#[test]
fn the_histories_are_more_than_a_thousand() {
    let of_each = Fault::ALL.map(|fault| (fault, calls(fault, undisturbed) * seeds(fault)));
    let all: u64 = of_each.iter().map(|(_, histories)| histories).sum();
    assert!(all >= 1_000 && of_each.iter().all(|(_, histories)| *histories >= 15), "{all}: {of_each:?}");
}

#[test]
fn a_power_cut_at_any_call_loses_nothing_acknowledged() {
    sweep(Fault::Cut);
}

#[test]
fn a_write_torn_by_a_power_cut_loses_nothing_acknowledged() {
    sweep(Fault::Torn);
}

#[test]
fn a_failed_wait_for_the_disk_is_told_and_harms_nothing() {
    sweep(Fault::SyncFails);
}

#[test]
fn a_full_disk_is_told_and_harms_nothing() {
    sweep(Fault::Full);
}

#[test]
fn a_failed_write_is_told_and_harms_nothing() {
    sweep(Fault::WriteFails);
}

#[test]
fn a_failed_read_is_told_and_harms_nothing() {
    sweep(Fault::ReadFails);
}

/// After a wait for the disk that failed, the power is cut: what is told as failed may be lost or there, whole.
#[test]
fn a_power_cut_after_a_failed_wait_loses_nothing_acknowledged() {
    let count = calls(Fault::SyncFails, |place| drop(place.history()));
    for at in 1..=count {
        for seed in 0..rounds(2) {
            let what = format!("wait {at} failed, seed {seed}");
            let place = Place::new();
            place.disk.plan(Plan { fault: Fault::SyncFails, at });
            let mut told = Told::default();
            let Some(mut store) = place.open(&mut told) else { continue };
            let mut dice = Dice::new(seed * 1_000 + at);
            for _ in 0..8 {
                place.append(&mut store, &mut told);
                if place.disk.has_struck() {
                    // Cut a few calls later.
                    place.disk.plan(Plan { fault: Fault::Cut, at: 1 + dice.below(12) });
                }
            }
            drop(store);
            place.disk.mend();
            place.disk.restart(&mut |bound| dice.below(bound)).unwrap();
            place.check(&told, &what);
        }
    }
}

/// A power cut while opening after a power cut, and so on.
#[test]
fn power_cuts_one_after_the_other_lose_nothing_acknowledged() {
    for seed in 0..rounds(40) {
        let place = Place::new();
        let mut dice = Dice::new(seed);
        let mut told = Told::default();
        for _ in 0..6 {
            place.disk.plan(Plan { fault: Fault::Cut, at: 1 + dice.below(40) });
            if let Some(mut store) = place.open(&mut told) {
                // What was asked for before the cut may have come to be; never more.
                if let Ok(head) = store.head() {
                    assert!(head == told.acknowledged || head == told.asked, "seed {seed}");
                    told.acknowledged = head;
                }
                for _ in 0..3 {
                    place.append(&mut store, &mut told);
                }
            }
            place.disk.restart(&mut |bound| dice.below(bound)).unwrap();
        }
        place.check(&told, &format!("seed {seed}"));
    }
}

#[test]
fn the_disk_that_fails_is_really_under_the_store() {
    let place = Place::new();
    place.disk.plan(Plan { fault: Fault::Full, at: 1 });
    let error = SqliteStore::open(place.path("net.jipp"), &Options::default()).unwrap_err();
    assert_eq!(error.code(), "store-full");
    assert!(!Path::exists(&place.path("net.jipp")));
}

/// A file of the first layout is opened, which brings it forward, and the power is cut at any call.
#[test]
fn a_power_cut_while_a_layout_is_brought_forward_leaves_the_old_or_the_new_one() {
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats/layout-1.jipp");
    let open = |place: &Place| {
        std::fs::copy(&old, place.path("net.jipp")).unwrap();
        SqliteStore::open(place.path("net.jipp"), &Options::default()).map(drop)
    };
    let expected = {
        let place = Place::new();
        open(&place).unwrap();
        entries(&place.path("net.jipp"))
    };
    assert_eq!(expected.len(), 10);
    for fault in [Fault::Cut, Fault::Torn, Fault::SyncFails, Fault::Full] {
        let calls = calls(fault, |place| open(place).unwrap());
        assert!(calls >= 2, "{fault:?} {calls}");
        for at in 1..=calls {
            for seed in 0..rounds(3) {
                let what = format!("{fault:?} at call {at}, seed {seed}");
                let place = Place::new();
                place.disk.plan(Plan { fault, at });
                let opened = open(&place);
                place.disk.mend();
                if place.disk.is_dead() {
                    let mut dice = Dice::new(seed * 1_000 + at);
                    place.disk.restart(&mut |bound| dice.below(bound)).unwrap();
                }
                let store = SqliteStore::open(place.path("net.jipp"), &Options::default());
                let store = store.unwrap_or_else(|error| panic!("{what}: {error}, after {opened:?}"));
                assert_eq!(store.verify().unwrap(), [], "{what}");
                drop(store);
                assert_eq!(entries(&place.path("net.jipp")), expected, "{what}");
            }
        }
    }
}

fn entries(path: &Path) -> Vec<jipp_core::store::Entry> {
    let mut found = Vec::new();
    SqliteStore::open_read_only(path)
        .unwrap()
        .read_after(0, &mut |entry| {
            found.push(entry);
            Ok(())
        })
        .unwrap();
    found
}
