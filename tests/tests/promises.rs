//! Every promise of PROMISES.md names tests, and the tests are there.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A test as a promise names it: `file` below the top of the clone, `name` in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    file: String,
    name: String,
}

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What stands between backquotes in a line.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// The tests that a line names: `tests/tests/x.rs::a_test`, and `::another` for one more of the same file.
fn tests_of(line: &str) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    // `Network::open` is no test: a file has an ending.
    let tests = quoted(line).filter_map(|text| text.split_once("::"));
    for (file, name) in tests.filter(|(file, _)| file.is_empty() || file.contains('.')) {
        let file = match found.last() {
            Some(before) if file.is_empty() => before.file.clone(),
            _ => file.to_owned(),
        };
        found.push(Named { file, name: name.to_owned() });
    }
    found
}

/// The lines of a page that promise something: the rows of its tables, without their heads.
fn promises(page: &str) -> Vec<&str> {
    let is_row = |line: &&str| line.starts_with('|') && !line.starts_with("| ---") && !line.starts_with("| promise |");
    page.lines().filter(is_row).collect()
}

/// Whether a source has a test of this name.
fn has_test(source: &str, is_python: bool, name: &str) -> bool {
    let head = if is_python { format!("def {name}(") } else { format!("fn {name}(") };
    let lines: Vec<&str> = source.lines().collect();
    let starts = |index: usize| lines[index].trim_start().starts_with(&head);
    // What marks a test stands right above it, beside other attributes.
    let is_marked = |index: usize| {
        let above = lines[..index].iter().rev().map(|line| line.trim());
        above.take_while(|line| line.starts_with('#') || line.starts_with("//")).any(|line| line == "#[test]")
    };
    (0..lines.len()).any(|index| starts(index) && (is_python && name.starts_with("test_") || is_marked(index)))
}

#[test]
fn every_promise_names_tests_that_exist() {
    let page = fs::read_to_string(top().join("PROMISES.md")).unwrap();
    let lines = promises(&page);
    assert!(lines.len() >= 40, "only {} promises found", lines.len());
    let mut sources: BTreeMap<String, String> = BTreeMap::new();
    let mut wrong = Vec::new();
    for line in lines {
        let named = tests_of(line);
        if named.is_empty() {
            wrong.push(format!("no test is named: {line}"));
        }
        for Named { file, name } in named {
            let source = sources
                .entry(file.clone())
                .or_insert_with(|| fs::read_to_string(top().join(&file)).unwrap_or_default());
            let is_python = Path::new(&file).extension().is_some_and(|extension| extension == "py");
            if !has_test(source, is_python, &name) {
                wrong.push(format!("there is no test {file}::{name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_missing_would_be_noticed() {
    let source =
        "/// Text.\n#[test]\n#[cfg(unix)]\nfn one() {}\n\nfn two() {}\n    #[test]\n    fn three(x in 0..3) {}\n";
    assert!(has_test(source, false, "one") && has_test(source, false, "three"));
    assert!(!has_test(source, false, "two") && !has_test(source, false, "four"));
    assert!(has_test("def test_a():\n", true, "test_a") && !has_test("def test_a():\n", true, "test_b"));
    let line = "| it holds | `a.rs::one`, `::two`, `b.py::test_c`; see `verify`, `Network::verify` |";
    let named = |file: &str, name: &str| Named { file: file.to_owned(), name: name.to_owned() };
    assert_eq!(tests_of(line), [named("a.rs", "one"), named("a.rs", "two"), named("b.py", "test_c")]);
    assert_eq!(promises("# x\n| promise | test |\n| --- | --- |\n| a | b |\ntext\n"), ["| a | b |"]);
}
