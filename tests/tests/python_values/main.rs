//! The value classes of the Python package, and the values that cross to Kotlin and Swift, say what the core says: they are
//! written from its sources.
//!
//! `JIPP_BLESS=1 cargo test -p jipp-tests --test python_values` writes them anew.
#![allow(clippy::expect_used, clippy::panic, reason = "a source that cannot be read is a failed test")]

mod api;
mod frames;
mod mobile;
mod read;
mod types;
mod write;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use read::Core;

/// The fewest classes there can be: below it the sources were not found.
const FEWEST: usize = 300;
/// The same for public functions.
const FEWEST_FUNCTIONS: usize = 500;

/// The same for the modules whose values cross to Kotlin and Swift.
const FEWEST_MODULES: usize = 8;

/// What is not written from the sources.
const BY_HAND: [&str; 2] = ["__init__.py", "_behaviour.py"];

fn core() -> Core {
    Core::read(&workspace().join("jipp-core/src"))
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace")
}

#[test]
fn python_values_are_those_of_the_core() {
    let core = core();
    assert!(core.definitions.len() > FEWEST, "{} definitions only", core.definitions.len());
    let folder = workspace().join("jipp-py/python/jipp/_values");
    let files = write::files(&core);
    if std::env::var_os("JIPP_BLESS").is_some() {
        fs::create_dir_all(&folder).expect("a folder to write to");
        for (name, text) in &files {
            fs::write(folder.join(name), text).expect("a file to write to");
        }
    }
    for (name, text) in &files {
        let stored = fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(stored == *text, "{name} is not what the core says; JIPP_BLESS=1 writes it anew");
    }
    let mut stored: Vec<String> = fs::read_dir(&folder)
        .expect("the folder of the classes")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| {
            Path::new(name).extension().is_some_and(|ending| ending == "py") && !BY_HAND.contains(&name.as_str())
        })
        .collect();
    stored.sort_unstable();
    let expected: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(stored, expected, "a file of classes that the core does not know");
}

#[test]
fn columns_of_frames_are_those_of_the_core() {
    let file = workspace().join("jipp-py/src/frames/layout.rs");
    let text = frames::layout(&core());
    if std::env::var_os("JIPP_BLESS").is_some() {
        fs::write(&file, &text).expect("a file to write to");
    }
    let stored = fs::read_to_string(&file).unwrap_or_default();
    assert!(stored == text, "layout.rs is not what the core says; JIPP_BLESS=1 writes it anew");
}

#[test]
fn values_of_kotlin_and_swift_are_those_of_the_core() {
    let folder = workspace().join("jipp-ffi/src/values");
    let files = mobile::files(&core());
    assert!(files.len() > FEWEST_MODULES, "{} files only", files.len());
    if std::env::var_os("JIPP_BLESS").is_some() {
        fs::create_dir_all(&folder).expect("a folder to write to");
        for (name, text) in &files {
            fs::write(folder.join(name), text).expect("a file to write to");
        }
    }
    for (name, text) in &files {
        let stored = fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(stored == *text, "{name} is not what the core says; JIPP_BLESS=1 writes it anew");
    }
    let stored = fs::read_dir(&folder).expect("the folder of the values").count();
    assert_eq!(stored, files.len(), "a file of values that the core does not know");
}

/// Whoever gives out a new kind of table gives it columns: in `frames.rs` here, or in `write.rs` there.
#[test]
fn every_table_has_columns() {
    let sources = workspace().join("jipp-py/src");
    let columns = ["layout.rs", "write.rs"].map(|name| read(&sources.join("frames").join(name))).concat();
    let mut found = 0;
    for text in texts(&sources) {
        for start in ["Table::new(", "lineage_table(py,"] {
            for rest in text.split(start).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"')) {
                let name = rest.split('"').next().unwrap_or_default();
                assert!(columns.contains(&format!("\"{name}\"")), "rows of {name} have no columns");
                found += 1;
            }
        }
    }
    assert!(found > 20, "{found} tables only");
}

/// The files of a folder and of those in it.
fn texts(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder of sources").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { texts(&path) } else { vec![read(&path)] }).collect()
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).expect("a source of the native module")
}

/// The native module finds a class by the name of its type: two types with one name must differ in their fields.
#[test]
fn types_of_one_name_are_told_apart_by_their_fields() {
    assert_eq!(write::indistinct(&core()), Vec::<String>::new());
}

/// Every public function of the core has a name in Python, or a reason why it has none.
#[test]
fn every_public_function_is_decided_on() {
    let found = api::functions(&workspace().join("jipp-core/src"));
    assert!(found.len() > FEWEST_FUNCTIONS, "{} functions only", found.len());
    let text = fs::read_to_string(workspace().join("tests/vectors/python-surface.txt")).expect("the list of decisions");
    let decided: BTreeSet<String> = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_whitespace().next().unwrap_or_default().to_owned())
        .collect();
    let new: Vec<&String> = found.difference(&decided).collect();
    assert!(new.is_empty(), "tests/vectors/python-surface.txt does not say where Python has {new:#?}");
    let gone: Vec<&String> = decided.difference(&found).collect();
    assert!(gone.is_empty(), "tests/vectors/python-surface.txt speaks of what the core does not have: {gone:#?}");
}
