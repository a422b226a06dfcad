//! What once broke a parser is put to it for ever, as are the seeds of the fuzzer; and every parser has a fuzz target.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jipp_tests::parsers::{ALL, named};

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names in a folder, without the endings.
fn names(folder: &Path) -> BTreeSet<String> {
    let name =
        |entry: std::io::Result<fs::DirEntry>| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
    fs::read_dir(folder).unwrap().map(name).collect()
}

/// Puts every file of a folder's folders to the parser that the folder is named after; says how many there were.
fn put(folder: &Path) -> usize {
    let mut files = 0;
    for parser in names(folder) {
        for entry in fs::read_dir(folder.join(&parser)).unwrap() {
            named(&parser)(&fs::read(entry.unwrap().path()).unwrap());
            files += 1;
        }
    }
    files
}

#[test]
fn every_parser_has_a_fuzz_target_and_seeds() {
    let parsers: BTreeSet<String> = ALL.iter().map(|(name, _)| (*name).to_owned()).collect();
    let fuzz = top().join("jipp-core/fuzz");
    assert_eq!(names(&fuzz.join("fuzz_targets")), parsers);
    assert_eq!(names(&fuzz.join("seeds")), parsers);
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    for parser in parsers {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{parser}.rs\"")), "{parser}");
        let target = fs::read_to_string(fuzz.join(format!("fuzz_targets/{parser}.rs"))).unwrap();
        assert!(target.contains(&format!("named(\"{parser}\")")), "{parser}");
    }
}

#[test]
fn seeds_harm_nothing() {
    assert!(put(&top().join("jipp-core/fuzz/seeds")) >= 25);
}

#[test]
fn old_crashes_harm_nothing_any_more() {
    assert!(put(&top().join("tests/fixtures/crashes")) >= 1);
}
