//! What is written is read back as it was: JSON Lines, CSV, workbooks, documents, bundles.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::io::Cursor;

use jipp_core::base::Origin;
use jipp_core::exchange::{
    self, Csv, CsvOptions, Document, DocumentReader, FieldType, ImportOptions, ImportReport, JsonLines, Mapping,
    RecordReader, RowReader, RowSource, export_csv, export_document, export_jsonl, export_since, import,
};
use jipp_core::model::{EntityKind, EntityRef, Line, Record, Sector};
use jipp_core::registry::{Action, Edit, Merge, Registry, Revise, Stamp};
use jipp_core::store::MemoryStore;
use proptest::prelude::*;
use serde_json::{Value, json};

fn registry(origin: &str) -> Registry {
    Registry::open(Box::new(MemoryStore::new()), Origin::new(origin).unwrap()).unwrap()
}

fn stamp() -> Stamp {
    Stamp::at("2026-11-21T08:00:00Z".parse().unwrap())
}

fn run(target: &mut Registry, source: &mut dyn RowSource, reader: &mut dyn RowReader) -> ImportReport {
    import(target, source, reader, &ImportOptions::new(stamp()), &mut |_| true).unwrap()
}

/// A value for every column of a kind, or only for the required ones; every id is `x`.
fn sample(kind: EntityKind, is_full: bool) -> Value {
    fn scalar(holds: &FieldType, path: &str) -> Value {
        match holds {
            FieldType::Text if path.ends_with("currency") => json!("IDR"),
            FieldType::Text => json!("=Teks; \"dua\", 'tiga'"),
            FieldType::Id(_) => json!("x"),
            FieldType::Integer => json!(3),
            FieldType::Decimal => json!(1.5),
            FieldType::Bool => json!(true),
            FieldType::Date => json!("2019-07"),
            FieldType::Term(terms) => json!(terms[0]),
            FieldType::Status(terms) => json!([{"to": terms[1], "on": "2019", "reported": "kata asli"}]),
            FieldType::List(of) => json!([scalar(of, path)]),
            _ => Value::Null,
        }
    }
    let mut fields = json!({});
    for column in exchange::fields(kind) {
        if !is_full && !column.is_required {
            continue;
        }
        let value = match (kind, column.path.as_str()) {
            (_, "external_ids") => json!([{"system": "bps", "value": kind.code()}]),
            (_, "provenance") => {
                json!([{"source": "https://example.org/?a=1;b=2", "confidence": "high", "mark": "sourced"}])
            }
            (_, "parent" | "replaces" | "revision_of" | "hub" | "unit")
            | (EntityKind::Assessment, "innovation" | "agency") => {
                continue;
            }
            (EntityKind::Rubric, "scale_min") => json!(0),
            (EntityKind::Rubric, "scale_max") => json!(4),
            (EntityKind::Replication, "target") => continue,
            (_, path) => scalar(&column.holds, path),
        };
        if !value.is_null() {
            let pointer: Vec<&str> = column.path.split('.').collect();
            let mut at = &mut fields;
            for key in &pointer[..pointer.len() - 1] {
                at = &mut at[*key];
                if at.is_null() {
                    *at = json!({});
                }
            }
            at[pointer[pointer.len() - 1]] = value;
        }
    }
    match kind {
        EntityKind::Replication => {
            fields["sources"] = json!([{"innovation": "x", "note": "-a;b"}]);
            fields["recipients_note"] = json!("@semua");
        }
        EntityKind::Contact => fields["agency"] = json!("x"),
        EntityKind::Assessment => fields["hub"] = json!("x"),
        EntityKind::Edition if is_full => {
            fields["groups"] = json!([{"code": "g", "label": "G", "eligibility": [
                {"code": "e", "requirement": {"awards-at-most": {"any_of": [{"tier": "t", "to_year": 2020}], "most": 0}}},
                {"code": "t", "requirement": {"unique-title": {}}}]}]);
            fields["composition"] = json!([{"code": "c", "dimension": "island-group", "least": 1}]);
            fields["tie_break"] = json!(["a", "submitted-on"]);
        }
        EntityKind::ScoringRun if is_full => {
            fields["inputs"] = json!([{"part": "sheets", "records": 2, "sha256": "00ff"}]);
            fields["results"] =
                json!([{"proposal": "x", "total": 71.5, "place": 1, "inside": 0.93, "is_chosen": true}]);
        }
        EntityKind::Hub if is_full => {
            fields["partners"] = json!([{"partner": "x", "period": {"from": "2018"}}]);
            fields["milestones"] = json!([{"kind": "launch", "on": 2018, "note": "baris\nbaru"}]);
        }
        EntityKind::Rubric => {
            fields["total"] = json!(100);
            if is_full {
                fields["criteria"] = json!([{"code": "a", "label": "A", "weight": 100}]);
            }
        }
        _ => {}
    }
    fields
}

/// A registry with one full record of every kind.
fn full() -> Registry {
    let mut target = registry("full");
    let records = EntityKind::ALL.iter().map(|kind| {
        let fields = sample(*kind, true);
        Record::from_fields(*kind, &fields).unwrap_or_else(|error| panic!("{kind}: {error} in {fields}"))
    });
    let actions: Vec<Action> = records.map(Action::Register).collect();
    target.commit(&stamp(), actions).unwrap_or_else(|error| panic!("{error}"));
    target
}

fn all(registry: &Registry) -> Vec<Record> {
    EntityKind::ALL.iter().flat_map(|kind| registry.view().records(*kind)).cloned().collect()
}

/// Takes files of all kinds in; what refers forward is taken in by a second round.
fn refill(mut each: impl FnMut(&mut Registry, EntityKind) -> ImportReport) -> Registry {
    let mut target = registry("copy");
    for _ in 0..3 {
        for kind in EntityKind::ALL {
            each(&mut target, *kind);
        }
    }
    for kind in EntityKind::ALL {
        let report = each(&mut target, *kind);
        assert_eq!((report.registered, report.revised, report.unchanged), (0, 0, 1), "{kind} {report:?}");
    }
    target
}

#[test]
fn every_kind_goes_through_every_format() {
    let source = full();
    let view = source.view();
    assert_eq!(all(&source).len(), EntityKind::COUNT);
    let by_jsonl = refill(|target, kind| {
        let mut file = Vec::new();
        export_jsonl(&view, kind, &mut file).unwrap();
        run(target, &mut JsonLines::new(Cursor::new(file), "x"), &mut RecordReader::new(kind))
    });
    assert_eq!(all(&by_jsonl), all(&source));
    for options in [CsvOptions::default(), CsvOptions { separator: ';', guards_formulas: false }] {
        let by_csv = refill(|target, kind| {
            let mut file = Vec::new();
            export_csv(&view, kind, &options, &mut file).unwrap();
            let text = String::from_utf8(file.clone()).unwrap();
            assert!(!options.guards_formulas || !text.contains(",=") && !text.contains(",\"="), "{text}");
            run(target, &mut Csv::new(Cursor::new(file), "x").unwrap(), &mut RecordReader::new(kind))
        });
        assert_eq!(all(&by_csv), all(&source));
    }
    let mut book = Vec::new();
    exchange::export_xlsx(&view, EntityKind::ALL, &mut book).unwrap();
    let by_xlsx = refill(|target, kind| {
        let mut rows = exchange::Xlsx::new(Cursor::new(&book), "x", Some(kind.code())).unwrap();
        run(target, &mut rows, &mut RecordReader::new(kind))
    });
    assert_eq!(all(&by_xlsx), all(&source));
    let error = exchange::Xlsx::new(Cursor::new(b"no workbook"), "x", None).err().unwrap();
    assert_eq!(error.code(), "xlsx-syntax");
}

#[test]
fn a_document_carries_the_whole_network() {
    let source = full();
    let mut file = Vec::new();
    assert_eq!(export_document(&source.view(), &mut file).unwrap(), EntityKind::COUNT as u64);
    let value: Value = serde_json::from_slice(&file).unwrap();
    assert_eq!((&value["format"], &value["version"]), (&json!("jipp-network"), &json!(1)));
    // However the JSON is laid out, the document is the same.
    let records = serde_json::to_string_pretty(&value["records"]).unwrap();
    let pretty =
        format!("\u{feff}{{ \"format\" : \"jipp-network\",\n \"version\" : 1 ,\n \"records\" : {records} }}\n");
    for text in [file.clone(), pretty.into_bytes()] {
        let mut target = registry("copy");
        let mut rows = Document::new(Cursor::new(text), "network.json").unwrap();
        let report = run(&mut target, &mut rows, &mut DocumentReader::default());
        assert_eq!((report.registered, report.rejections), (EntityKind::COUNT as u64, 0), "{report:?}");
        assert_eq!(all(&target), all(&source));
        rows.rewind().unwrap();
        assert_eq!(run(&mut target, &mut rows, &mut DocumentReader::default()).unchanged, EntityKind::COUNT as u64);
    }
    let open = |text: &str| Document::new(Cursor::new(text.to_owned()), "x").err().map(|error| error.code());
    assert_eq!(open("{}"), Some("json-syntax"));
    assert_eq!(open("[]"), Some("format-unknown"));
    assert_eq!(open(r#"{"format":"other","version":1}"#), Some("format-unknown"));
    assert_eq!(open(r#"{"format":"jipp-network","version":2,"records":{}}"#), Some("format-newer"));
    let cut = String::from_utf8(file).unwrap();
    let mut rows = Document::new(Cursor::new(cut[..cut.len() - 5].to_owned()), "x").unwrap();
    let report = run(&mut registry("cut"), &mut rows, &mut DocumentReader::default());
    assert_eq!(report.rejected.last().unwrap().code, "json-syntax");
}

#[test]
fn a_merge_is_followed_in_a_document() {
    let mut source = registry("full");
    let sector = |id: &str, parent: Option<&str>| {
        let mut sector = Sector::new(id.parse().unwrap(), Line::new(id).unwrap());
        sector.parent = parent.map(|parent| parent.parse().unwrap());
        Action::Register(sector.into())
    };
    let subject = |id: &str| EntityRef::new(EntityKind::Sector, id).unwrap();
    let merge = Merge { subject: subject("b"), into: subject("a"), reason: None };
    source.commit(&stamp(), vec![sector("a", None), sector("b", None), sector("c", Some("b"))]).unwrap();
    source.commit(&stamp(), vec![Action::Merge(merge)]).unwrap();
    let mut file = Vec::new();
    export_document(&source.view(), &mut file).unwrap();
    let mut target = registry("copy");
    let report = run(&mut target, &mut Document::new(Cursor::new(file), "x").unwrap(), &mut DocumentReader::default());
    assert_eq!((report.registered, report.rejections), (2, 0));
    assert_eq!(target.view().find::<Sector>("c").unwrap().parent.as_ref().unwrap().as_str(), "a");
}

/// `JIPP_BLESS=1 cargo test -p jipp-tests --test exchange_formats` writes the golden file anew.
#[test]
fn the_schema_of_the_document_is_the_golden_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/network.schema.json");
    let schema = serde_json::to_string_pretty(&exchange::document_schema()).unwrap() + "\n";
    if std::env::var_os("JIPP_BLESS").is_some() {
        std::fs::write(path, &schema).unwrap();
    }
    let golden = std::fs::read_to_string(path).unwrap();
    assert!(golden == schema, "the exchange format changed: is the version raised? JIPP_BLESS=1 writes {path} anew");
}

#[test]
fn every_field_has_labels() {
    for kind in EntityKind::ALL {
        for column in exchange::fields(*kind) {
            let headers = [column.path.clone()];
            assert_eq!(Mapping::suggest(*kind, &headers).mapping.columns.get(&column.path), Some(&column.path));
        }
    }
    let headers =
        ["Nama Inovasi", "Instansi Pemilik", "Wilayah", "Permasalahan", "Tanggal Penerapan"].map(str::to_owned);
    let found = Mapping::suggest(EntityKind::Innovation, &headers).mapping.columns;
    let fields: Vec<&str> = headers.iter().map(|header| found[header].as_str()).collect();
    assert_eq!(fields, ["title", "owner", "region", "problem", "implemented_on"]);
}

#[test]
fn bundles_are_whole_or_refused() {
    let source = full();
    let mut file = Vec::new();
    assert_eq!(export_since(&source, 0, &mut file).unwrap(), 1);
    let bundle = exchange::decode(&file).unwrap();
    assert_eq!((bundle.origin.as_str(), bundle.changes.len()), ("full", EntityKind::COUNT));
    let mut target = registry("copy");
    let mut backwards = bundle.changes.clone();
    backwards.reverse();
    let half = backwards.split_off(13);
    target.receive(backwards).unwrap();
    let received = target.receive(half).unwrap();
    assert!(received.held.is_empty(), "{received:?}");
    assert_eq!(all(&target), all(&source));
    let again = target.receive(exchange::decode(&file).unwrap().changes).unwrap();
    assert_eq!((again.new, again.known, again.revision), (0, EntityKind::COUNT, None));

    let text = String::from_utf8(file).unwrap();
    let code = |bytes: &[u8]| exchange::decode(bytes).unwrap_err().code();
    for end in (1..text.len() - 1).step_by(97) {
        let expected = if end < text.find('\n').unwrap() { "format-unknown" } else { "bundle-damaged" };
        assert_eq!(code(&text.as_bytes()[..end]), expected, "cut at {end}");
    }
    assert_eq!(code(text.replacen("Teks", "Taks", 1).as_bytes()), "bundle-damaged");
    assert_eq!(code(text.replacen("\"version\":1", "\"version\":2", 1).as_bytes()), "format-newer");
    assert_eq!(code(b"{\"format\":\"other\"}\n"), "format-unknown");
    assert_eq!(code((text + "{}\n").as_bytes()), "bundle-damaged");
    assert_eq!(export_since(&source, 9, &mut Vec::new()).unwrap_err().code(), "revision-unknown");
}

fn rename(target: &mut Registry, id: &str, name: &str) {
    let subject = EntityRef::new(EntityKind::Sector, id).unwrap();
    let before = json!(target.view().record(EntityKind::Sector, id).unwrap().name());
    let edit = Edit { before, after: json!(name) };
    let revise = Revise { subject, fields: [("name".to_owned(), edit)].into() };
    target.commit(&stamp(), vec![Action::Revise(revise)]).unwrap();
}

/// Takes everything of one copy into another.
fn pass_on(from: &Registry, to: &mut Registry) {
    let mut file = Vec::new();
    export_since(from, 0, &mut file).unwrap();
    to.receive(exchange::decode(&file).unwrap().changes).unwrap();
}

#[test]
fn edits_that_contradict_are_reported_with_both_values() {
    let mut phone = registry("phone");
    let mut hub = registry("hub");
    phone
        .commit(&stamp(), vec![Action::Register(Sector::new("s".parse().unwrap(), Line::new("S").unwrap()).into())])
        .unwrap();
    pass_on(&phone, &mut hub);
    rename(&mut phone, "s", "by phone");
    rename(&mut hub, "s", "by hub");
    pass_on(&phone, &mut hub);
    pass_on(&hub, &mut phone);
    assert_eq!(all(&phone), all(&hub));
    let conflicts = phone.conflicts();
    assert_eq!(conflicts, hub.conflicts());
    let values = (&conflicts[0].overwritten, &conflicts[0].stands);
    assert_eq!(values, (&json!("by hub"), &json!("by phone")));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(32) })]

    #[test]
    fn three_copies_converge(steps in prop::collection::vec((0_usize..3, 0_usize..3, 0_usize..4, 0_u8..8), 1..40)) {
        let mut copies = ["a", "b", "c"].map(registry);
        for (at, other, record, what) in steps {
            let id = format!("s{record}");
            let is_there = copies[at].view().record(EntityKind::Sector, &id).is_some();
            if what < 2 && at != other {
                let mut file = Vec::new();
                export_since(&copies[at], 0, &mut file).unwrap();
                let mut changes = exchange::decode(&file).unwrap().changes;
                changes.reverse();
                copies[other].receive(changes).unwrap();
            } else if is_there {
                rename(&mut copies[at], &id, &format!("name {what} {other}"));
            } else {
                let sector = Sector::new(id.parse().unwrap(), Line::new(&id).unwrap());
                copies[at].commit(&stamp(), vec![Action::Register(sector.into())]).unwrap();
            }
        }
        for (from, to) in [(0, 1), (1, 2), (2, 0), (0, 1), (2, 1), (1, 0), (1, 2)] {
            let mut file = Vec::new();
            export_since(&copies[from], 0, &mut file).unwrap();
            copies[to].receive(exchange::decode(&file).unwrap().changes).unwrap();
        }
        prop_assert_eq!(all(&copies[0]), all(&copies[1]));
        prop_assert_eq!(all(&copies[0]), all(&copies[2]));
        // What is listed is the same; the order of the list is each copy's own.
        let conflicts = copies.each_ref().map(|copy| {
            let mut conflicts: Vec<String> = copy.conflicts().iter().map(|conflict| format!("{conflict:?}")).collect();
            conflicts.sort();
            conflicts
        });
        prop_assert_eq!(&conflicts[0], &conflicts[1]);
        prop_assert_eq!(&conflicts[0], &conflicts[2]);
    }

    #[test]
    fn any_text_survives_csv(texts in prop::collection::vec("['=+@;\\[\"a \\-]{1,8}", 1..5)) {
        let mut source = registry("source");
        let mut sector = Sector::new("s".parse().unwrap(), Line::new("S").unwrap());
        sector.name = Line::new(format!("{}x", texts[0])).unwrap();
        sector.aliases = texts.iter().map(|text| Line::new(text).unwrap()).collect();
        source.commit(&stamp(), vec![Action::Register(sector.into())]).unwrap();
        let mut file = Vec::new();
        export_csv(&source.view(), EntityKind::Sector, &CsvOptions::default(), &mut file).unwrap();
        let mut target = registry("target");
        let mut rows = Csv::new(Cursor::new(file), "x").unwrap();
        let report = run(&mut target, &mut rows, &mut RecordReader::new(EntityKind::Sector));
        prop_assert_eq!(report.rejections, 0, "{:?}", report);
        prop_assert_eq!(all(&target), all(&source));
    }
}
