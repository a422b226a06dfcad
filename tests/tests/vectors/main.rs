//! One behaviour in all languages: what the core answers to the cases of `tests/vectors/cases`, which Python, Kotlin and
//! Swift read as well. A case is `{name, op, given, expect}` or, where it is refused, `{name, op, given, error}`.
//!
//! In an expectation, whatever is empty, null or false among fields is left out, since languages differ in how they say
//! so. Numbers are equal to the last bit.
//!
//! `JIPP_BLESS=1 cargo test -p jipp-tests --test vectors` writes what is expected anew.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a broken case is a failed test")]

mod answers;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

/// The fewest cases there can be: below it the files were not found.
const FEWEST: usize = 300;

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/cases");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    files
}

/// Without what is empty, null or false among fields.
fn plain(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, plain(value)));
            Value::Object(fields.filter(|(_, value)| !is_nothing(value)).collect())
        }
        Value::Array(items) => items.into_iter().map(plain).collect(),
        other => other,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// What became of a case: `expect` or `error`, with its value.
fn outcome(case: &Map<String, Value>) -> (&'static str, Value) {
    let op = case["op"].as_str().expect("an op");
    match answers::answer(op, &case["given"]) {
        Ok(value) => ("expect", plain(value)),
        Err(error) => {
            // Where in what was given it stands, and so its words, depend on how a language gives it.
            let told = json!({
                "kind": error.kind().code(), "code": error.code(), "subject": error.subject(),
                "line": error.location().line, "value": error.offending(),
            });
            ("error", plain(told))
        }
    }
}

#[test]
fn the_core_answers_as_every_language_does() {
    let is_blessed = std::env::var_os("JIPP_BLESS").is_some();
    let mut found = 0;
    let mut wrong = Vec::new();
    for file in files() {
        let text = fs::read_to_string(&file).expect("a file of cases");
        let mut cases: Vec<Map<String, Value>> = serde_json::from_str(&text).expect("cases");
        for case in &mut cases {
            let (key, value) = outcome(case);
            if is_blessed {
                case.remove("expect");
                case.remove("error");
                case.insert(key.to_owned(), value);
            } else if case.get(key) != Some(&value) {
                wrong.push(format!("{}: {} gives {key} {value}", file.display(), case["name"]));
            }
            found += 1;
        }
        if is_blessed {
            let lines: Vec<String> = cases.iter().map(|case| serde_json::to_string(case).unwrap()).collect();
            fs::write(&file, format!("[\n{}\n]\n", lines.join(",\n"))).expect("a file to write to");
        }
    }
    assert!(found >= FEWEST, "{found} cases only");
    assert!(wrong.is_empty(), "{} of {found} are answered otherwise: {:#?}", wrong.len(), &wrong[..wrong.len().min(5)]);
}
