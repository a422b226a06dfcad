//! The table of error codes, and that an error keeps its code on its way through a reader of JSON.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use jipp_core::Lang;
use jipp_core::base::{Code, Error};
use jipp_core::model::{EntityKind, Record};
use serde_json::{Value, json};

#[test]
fn codes_are_told_apart_and_in_kebab_case() {
    let all: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(all.len(), Code::ALL.len());
    for code in all {
        let is_plain = |word: &str| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        assert!(code.split('-').all(is_plain), "{code}");
    }
}

#[test]
fn every_code_has_a_text_in_each_language() {
    for code in Code::ALL {
        let (english, indonesian) = (code.text(Lang::En), code.text(Lang::Id));
        assert!(!english.is_empty() && !indonesian.is_empty(), "{code:?}");
        assert_ne!(english, indonesian, "{code:?}");
        for text in [english, indonesian] {
            assert!(!text.ends_with(['.', ' ', ':']) && !text.starts_with(' '), "{code:?}: a value follows the text");
            assert_eq!(
                text.find(['“', '”', '|']),
                None,
                "{code:?}: quotes enclose values, bars the cells of the table"
            );
        }
        let error = Error::new(*code);
        assert_eq!((error.code(), error.kind()), (code.as_str(), code.kind()));
        assert_eq!((error.message(Lang::En), error.message(Lang::Id)), (english.to_owned(), indonesian.to_owned()));
    }
    for lang in [Lang::En, Lang::Id] {
        let texts: BTreeSet<&str> = Code::ALL.iter().map(|code| code.text(lang)).collect();
        assert_eq!(texts.len(), Code::ALL.len(), "{lang:?}: two codes share a text");
    }
}

/// What came through serde is known by the beginning of its text.
#[test]
fn no_text_is_the_beginning_of_another() {
    // These words begin serde's own messages.
    let serde = ["missing field", "unknown field", "unknown variant", "invalid ", "expected", "EOF", "trailing"];
    for one in Code::ALL {
        let text = one.text(Lang::En);
        assert!(!text.contains(" at line "), "{one:?}: serde_json puts the place behind these words");
        assert!(!serde.iter().any(|beginning| text.starts_with(beginning)), "{one:?}");
        for other in Code::ALL.iter().filter(|other| *other != one) {
            assert!(!other.text(Lang::En).starts_with(text), "{one:?} begins {other:?}");
        }
    }
}

/// The table in the documentation of `Code` is made of the same lines as the codes: each stands there once.
#[test]
fn the_documented_table_lists_every_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../jipp-core/src/base/error.rs");
    let source = std::fs::read_to_string(path).unwrap();
    assert!(source.contains("| code | kind | text | teks |"));
    let row = r#"$(#[doc = concat!("| `", $code, "` | ", stringify!($kind), " | ", $en, " | ", $id, " |")])+"#;
    assert!(source.contains(row), "the row of the table is written otherwise now: change this test with it");
    let (_, table) = source.split_once("\ncodes! {").unwrap();
    let (table, _) = table.split_once("\n}").unwrap();
    assert_eq!(table.lines().filter(|line| !line.trim().is_empty()).count(), Code::ALL.len());
    for code in Code::ALL {
        let line = format!(
            r#"{code:?} = "{}", {:?}, {:?}, {:?};"#,
            code.as_str(),
            code.kind(),
            code.text(Lang::En),
            code.text(Lang::Id)
        );
        assert_eq!(table.matches(&line).count(), 1, "{line}");
    }
}

/// A record of a kind with its required fields, and some others.
fn with(kind: EntityKind, further: Value) -> Value {
    let mut fields = match kind {
        EntityKind::Innovation => json!({"id": "ambon/antre", "title": "Antre dari Rumah", "owner": "ambon"}),
        EntityKind::Region => json!({"id": "81", "name": "Maluku", "level": "province"}),
        EntityKind::Replication => json!({"id": "r1", "recipients_note": "semua", "sources": [{"innovation": "x"}]}),
        _ => json!({"id": "n1", "text": "antrean panjang"}),
    };
    let Value::Object(further) = further else { unreachable!("fields are an object") };
    fields.as_object_mut().unwrap().extend(further);
    fields
}

#[test]
fn an_error_raised_inside_a_record_keeps_its_code_and_tells_the_path() {
    use EntityKind::{Innovation, Need, Region, Replication};
    let (long, longer) = ("x".repeat(2_001), "x".repeat(100_001));
    let cases = [
        (Innovation, json!({"trial_on": "2019-02-31"}), "date-form", "trial_on"),
        (Innovation, json!({"trial_on": 20190}), "date-form", "trial_on"),
        (Innovation, json!({"trial_on": -1}), "date-form", "trial_on"),
        (Innovation, json!({"stage": [{"to": "trial", "on": "soon", "reported": "x"}]}), "date-form", "stage[0].on"),
        (Innovation, json!({"stage": [{"to": "flying", "reported": "x"}]}), "unknown-term", "stage[0].to"),
        (Innovation, json!({"stage": "flying"}), "unknown-term", "stage"),
        (Innovation, json!({"valid": {"from": "2020", "to": "32"}}), "date-form", "valid.to"),
        (
            Innovation,
            json!({"provenance": [{"source": "x"}, {"source": "y", "retrieved_on": "?"}]}),
            "date-form",
            "provenance[1].retrieved_on",
        ),
        (Innovation, json!({"provenance": [{"source": "x", "mark": "heard"}]}), "unknown-term", "provenance[0].mark"),
        (Innovation, json!({"owner": "two words"}), "id-character", "owner"),
        (Innovation, json!({"owner": ""}), "id-empty", "owner"),
        (Innovation, json!({"owner": "x".repeat(201)}), "id-too-long", "owner"),
        (Innovation, json!({"sectors": ["health", "two words"]}), "id-character", "sectors[1]"),
        (Innovation, json!({"title": long}), "text-too-long", "title"),
        (Innovation, json!({"problem": longer}), "text-too-long", "problem"),
        (Innovation, json!({"title": "bell \u{7}"}), "text-character", "title"),
        (Innovation, json!({"title": null}), "field-type", "title"),
        (Innovation, json!({"title": ["a"]}), "field-type", "title"),
        (Innovation, json!({"sdgs": "many"}), "field-type", "sdgs"),
        (Innovation, json!({"sdgs": [3, 300]}), "field-type", "sdgs[1]"),
        (Innovation, json!({"sdgs": [3, 18]}), "out-of-range", "sdgs"),
        (Innovation, json!({"beneficiaries": -1}), "field-type", "beneficiaries"),
        (Innovation, json!({"initiator": "king"}), "unknown-term", "initiator"),
        (Innovation, json!({"is_digital": "yes"}), "field-type", "is_digital"),
        (
            Innovation,
            json!({"budgets": [{"money": {"amount": "1,5", "currency": "IDR"}}]}),
            "number-form",
            "budgets[0].money.amount",
        ),
        (Region, json!({"level": "duchy"}), "unknown-term", "level"),
        (Region, json!({"hdi": "high"}), "number-form", "hdi"),
        (Region, json!({"area_km2": [1]}), "number-form", "area_km2"),
        (Replication, json!({"sources": [{"innovation": "x", "extent": "half"}]}), "unknown-term", "sources[0].extent"),
        (
            Replication,
            json!({"agreements": [{"kind": "mou", "period": {"from": "2020", "to": "nie"}}]}),
            "date-form",
            "agreements[0].period.to",
        ),
        (Need, json!({"deadline": "2026-02-30"}), "date-form", "deadline"),
        (Need, json!({"staff": 1.5}), "field-type", "staff"),
    ];
    for (kind, further, code, path) in cases {
        let fields = with(kind, further.clone());
        let error = Record::from_fields(kind, &fields).and_then(|record| record.check()).unwrap_err();
        let shown = further.to_string().chars().take(80).collect::<String>();
        assert_eq!((error.code(), error.location().field.as_deref()), (code, Some(path)), "{shown}: {error}");
    }
}

#[test]
fn a_field_too_few_and_one_too_many_are_named() {
    let missing = Record::from_fields(EntityKind::Innovation, &json!({"id": "a/b", "owner": "a"})).unwrap_err();
    assert_eq!(missing.code(), "field-missing");
    assert!(missing.message(Lang::Id).contains("title"), "{missing}");
    let unknown = with(EntityKind::Innovation, json!({"colour": "red"}));
    let unknown = Record::from_fields(EntityKind::Innovation, &unknown).unwrap_err();
    assert_eq!(unknown.code(), "field-unknown");
    assert!(unknown.message(Lang::Id).contains("colour"), "{unknown}");
    for fields in [json!(null), json!([]), json!("x"), json!(7)] {
        assert_eq!(Record::from_fields(EntityKind::Innovation, &fields).unwrap_err().code(), "field-type", "{fields}");
    }
}

/// Values that look like the words around them.
#[test]
fn no_value_can_pass_for_another_error() {
    let values = [
        "“x”",
        "”",
        "“",
        "x at line 7 column 3",
        "; expected: gold",
        "not a date",
        "missing field",
        ": “y”; expected: z",
    ];
    for value in values {
        let fields = with(EntityKind::Innovation, json!({"trial_on": value}));
        let error = Record::from_fields(EntityKind::Innovation, &fields).unwrap_err();
        assert_eq!((error.code(), error.location().field.as_deref()), ("date-form", Some("trial_on")), "{value}");
        let fields = with(EntityKind::Innovation, json!({"initiator": value}));
        let error = Record::from_fields(EntityKind::Innovation, &fields).unwrap_err();
        assert_eq!((error.code(), error.location().field.as_deref()), ("unknown-term", Some("initiator")), "{value}");
    }
}

#[test]
fn a_long_value_is_cut_between_characters() {
    let value = "é“世👍".repeat(100);
    let error = Error::new(Code::UnknownTerm).value(&value);
    let quoted = error.offending().unwrap();
    assert_eq!(quoted.chars().count(), 121);
    assert!(value.starts_with(quoted.trim_end_matches('…')));
}
