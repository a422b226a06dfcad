//! Files of every version of every format so far are read for ever. A fixture here is never changed; whoever changes a format
//! adds one.
//!
//! `layout-N.jipp` is a network in the Nth layout of the `SQLite` file, with a snapshot of its time in it; `document-N.json` and
//! `bundle-N.jsonl` are what that network gave. All hold the same four commits.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use jipp_core::exchange::{
    BUNDLE_VERSION, DOCUMENT_VERSION, Document, DocumentReader, ImportOptions, MAPPING_VERSION, Mapping,
};
use jipp_core::model::{EntityKind, Innovation, Person};
use jipp_core::network::{Network, Options, Question};
use jipp_core::store::sqlite::salvage;
use jipp_core::store::{SqliteStore, Store};
use jipp_tests::stamp;
use tempfile::TempDir;

/// The newest layout of the `SQLite` file; a fixture of each up to here must be there.
const LAYOUT: u32 = 2;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats").join(name)
}

fn options() -> Options {
    Options::new("fixture").unwrap()
}

/// A copy of a network of a layout, which may be written.
fn layout(version: u32) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.jipp");
    fs::copy(fixture(&format!("layout-{version}.jipp")), &path).unwrap();
    (folder, path)
}

/// What the four commits say, at each of their revisions.
fn check(network: &Network) {
    assert_eq!(network.verify().unwrap(), []);
    assert_eq!(network.revision(), 4);
    let name = |revision| {
        let found =
            network.read_as_of(revision, |view| view.find::<Person>("p-17").and_then(|person| person.name.clone()));
        found.unwrap().map(|name| name.to_string())
    };
    assert_eq!([0, 2, 3].map(name), [None, Some("Siti Rahma".to_owned()), Some("Siti Rahmawati".to_owned())]);
    network.read(|view| {
        let standing: &Innovation = view.find("kota-ambon/antri").unwrap();
        assert_eq!(standing.id.as_str(), "kota-ambon/antre");
        assert_eq!(standing.outcome.as_deref(), Some("Waktu tunggu turun"));
        assert_eq!(view.count(EntityKind::Contact), 0);
    });
    let found = network.candidates(&Question::new("pasien mengantre lama")).unwrap();
    assert_eq!(found.candidates[0].innovation.as_str(), "kota-ambon/antre");
}

#[test]
fn every_layout_of_the_file_is_opened_and_brought_forward() {
    for version in 1..=LAYOUT {
        let (_folder, path) = layout(version);
        let opened = SqliteStore::open_read_only(&path);
        if version < LAYOUT {
            assert_eq!(opened.unwrap_err().code(), "store-read-only");
        } else {
            assert_eq!(opened.unwrap().verify().unwrap(), []);
        }
        check(&Network::open(&path, &options()).unwrap());
        // It is of the newest layout now, and stays as it is.
        assert_eq!(SqliteStore::open_read_only(&path).unwrap().verify().unwrap(), []);
        check(&Network::open(&path, &options()).unwrap());
    }
    assert!(!fixture(&format!("layout-{}.jipp", LAYOUT + 1)).exists(), "the newest layout is tested");
}

#[test]
fn every_layout_of_the_file_is_salvaged() {
    for version in 1..=LAYOUT {
        let (_folder, path) = layout(version);
        let saved = salvage(&path).unwrap();
        assert_eq!(
            (saved.entries.len(), saved.unchecked, saved.lost),
            (10, 0, 0),
            "layout {version}: {:?}",
            saved.problems
        );
        let store = Network::open(&path, &options()).unwrap();
        let changes = store.with_registry(|registry| registry.changes_after(0)).unwrap();
        assert!(saved.entries.iter().map(|entry| &entry.change).eq(&changes), "layout {version}");
    }
}

#[test]
fn the_snapshot_of_every_layout_is_read() {
    for version in 1..=LAYOUT {
        let (_folder, path) = layout(version);
        let store = SqliteStore::open(&path, &jipp_core::store::sqlite::Options::default()).unwrap();
        let snapshot = store.snapshot().unwrap().unwrap();
        assert_eq!(snapshot.revision, 3, "layout {version}");
        let names: Vec<&str> = snapshot.parts.iter().map(|part| part.0.as_str()).collect();
        assert_eq!(names, ["registry/head", "registry/records", "network/text"]);
    }
}

#[test]
fn every_version_of_the_document_is_read() {
    for version in 1..=DOCUMENT_VERSION {
        let bytes = fs::read(fixture(&format!("document-{version}.json"))).unwrap();
        let network = Network::in_memory(&options()).unwrap();
        let mut rows = Document::new(Cursor::new(bytes), "network.json").unwrap();
        let report = network
            .import(&mut rows, &mut DocumentReader::default(), &ImportOptions::new(stamp()), &mut |_| true)
            .unwrap();
        assert_eq!((report.registered, report.rejections), (4, 0), "version {version}");
        let title =
            network.read(|view| view.find::<Innovation>("kota-ambon/antre").map(|found| found.title.to_string()));
        assert_eq!(title.as_deref(), Some("Antre dari Rumah"));
    }
}

#[test]
fn every_version_of_the_bundle_is_applied() {
    for version in 1..=BUNDLE_VERSION {
        let bundle = fs::read(fixture(&format!("bundle-{version}.jsonl"))).unwrap();
        let network = Network::in_memory(&options()).unwrap();
        let received = network.apply(&bundle).unwrap();
        assert_eq!((received.new, received.held.len(), received.conflicts.len()), (10, 0, 0), "version {version}");
        let name = network.read(|view| view.find::<Person>("p-17").and_then(|person| person.name.clone()));
        assert_eq!(name.as_deref(), Some("Siti Rahmawati"));
    }
}

#[test]
fn every_version_of_the_mapping_is_read() {
    for version in 1..=MAPPING_VERSION {
        let text = fs::read_to_string(fixture(&format!("mapping-{version}.json"))).unwrap();
        let mapping = Mapping::from_json(&text).unwrap();
        assert_eq!((mapping.version, mapping.columns["Judul"].as_str()), (version, "title"));
    }
}
