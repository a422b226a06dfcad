//! Imports, from the outside: what enters, what is rejected, and that doing it twice changes nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(clippy::format_push_string, clippy::format_collect, reason = "files made for tests are small")]

use std::io::Cursor;

use jipp_core::Result;
use jipp_core::base::Origin;
use jipp_core::exchange::{
    Csv, ImportOptions, ImportReport, JsonLines, Mapping, NameResolver, OnExisting, RecordReader, RowSource, import,
};
use jipp_core::model::{Agency, EntityKind, Innovation, Region};
use jipp_core::registry::{Registry, Stamp};
use jipp_core::store::MemoryStore;

fn registry(origin: &str) -> Registry {
    Registry::open(Box::new(MemoryStore::new()), Origin::new(origin).unwrap()).unwrap()
}

fn options() -> ImportOptions {
    ImportOptions::new(Stamp::at("2026-11-21T08:00:00Z".parse().unwrap()))
}

fn run(
    target: &mut Registry,
    source: &mut dyn RowSource,
    reader: &mut RecordReader<'_>,
    options: &ImportOptions,
) -> ImportReport {
    import(target, source, reader, options, &mut |_| true).unwrap()
}

fn jsonl(target: &mut Registry, kind: EntityKind, text: &[u8]) -> ImportReport {
    let mut rows = JsonLines::new(Cursor::new(text.to_vec()), "rows.jsonl");
    run(target, &mut rows, &mut RecordReader::new(kind), &options())
}

fn csv(target: &mut Registry, kind: EntityKind, text: &str) -> ImportReport {
    let mut rows = Csv::new(Cursor::new(text.to_owned()), "rows.csv").unwrap();
    run(target, &mut rows, &mut RecordReader::new(kind), &options())
}

fn codes(report: &ImportReport) -> Vec<(u64, &str)> {
    report.rejected.iter().map(|rejection| (rejection.line, rejection.code)).collect()
}

fn with_agency() -> Registry {
    let mut target = registry("test");
    let report = csv(
        &mut target,
        EntityKind::Agency,
        "id,name,kind,aliases\nambon,Pemerintah Kota Ambon,city,Pemkot Ambon; Kota Ambon\n",
    );
    assert_eq!(report.registered, 1, "{report:?}");
    target
}

#[test]
fn every_bad_row_is_reported_and_every_good_one_enters() {
    let mut target = with_agency();
    let long = "x".repeat(2_001);
    let rows: Vec<(&str, String)> = vec![
        ("", r#"{"id":"a","title":"A","owner":"ambon"}"#.into()),
        ("json-syntax", r#"{"id":"b","title""#.into()),
        ("field-type", r#"["a"]"#.into()),
        ("field-type", r#"{"id":"c","title":7,"owner":"ambon"}"#.into()),
        ("unknown-term", r#"{"id":"d","title":"D","owner":"ambon","initiator":"king"}"#.into()),
        ("text-too-long", format!(r#"{{"id":"e","title":"{long}","owner":"ambon"}}"#)),
        ("date-form", r#"{"id":"f","title":"F","owner":"ambon","trial_on":"2019-02-31"}"#.into()),
        ("date-form", r#"{"id":"g","title":"G","owner":"ambon","trial_on":"0001"}"#.into()),
        ("duplicate-id", r#"{"id":"a","title":"Another","owner":"ambon"}"#.into()),
        ("", r#"{"id":"a","title":"A","owner":"ambon"}"#.into()),
        ("dangling-reference", r#"{"id":"h","title":"H","owner":"nobody"}"#.into()),
        ("name-unresolved", r#"{"id":"i","title":"I","owner":"Pemerintah Kota Ambom"}"#.into()),
        ("field-missing", r#"{"id":"j","owner":"ambon"}"#.into()),
        ("field-unknown", r#"{"id":"k","title":"K","owner":"ambon","colour":"red"}"#.into()),
        ("id-character", r#"{"id":"two words","title":"L","owner":"ambon"}"#.into()),
        ("text-character", r#"{"id":"m","title":"a\u0007","owner":"ambon"}"#.into()),
        ("", r#"{"id":"n","title":"N","owner":"pemkot  AMBON","trial_on":2019}"#.into()),
        ("json-syntax", "[".repeat(10_000)),
    ];
    let mut text = rows.iter().map(|(_, row)| row.as_str()).collect::<Vec<_>>().join("\n").into_bytes();
    text.extend(b"\n\xff\xfe\n");
    text.extend(vec![b' '; 5 << 20]);
    text.extend(b"\n{\"id\":\"z\",\"title\":\"Z\",\"owner\":\"ambon\"}");
    let report = jsonl(&mut target, EntityKind::Innovation, &text);
    let mut wanted: Vec<(u64, &str)> =
        (1..).zip(&rows).filter(|(_, row)| !row.0.is_empty()).map(|(line, row)| (line, row.0)).collect();
    wanted.extend([(19, "utf8"), (20, "line-too-long")]);
    assert_eq!(codes(&report), wanted);
    assert_eq!((report.rows, report.registered, report.unchanged), (21, 3, 1));
    assert_eq!(report.last_line, 21);
    let unresolved = report.rejected.iter().find(|rejection| rejection.code == "name-unresolved").unwrap();
    assert_eq!(unresolved.field.as_deref(), Some("owner"));
    assert_eq!(unresolved.hint.as_deref(), Some("perhaps ambon"));
    let again = jsonl(&mut target, EntityKind::Innovation, &text);
    assert_eq!((again.registered, again.revised, again.revision), (0, 0, report.revision));
    assert_eq!(codes(&again), wanted);
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let count = 300;
    let row = |n: usize| match n {
        0 => r#"{"id":"r0","name":"R0","level":"country"}"#.to_owned(),
        _ => format!(r#"{{"id":"r{n}","name":"R{n}","level":"other","parent":"r{}"}}"#, n - 1),
    };
    let backwards: Vec<String> = (0..count).rev().map(row).collect();
    for batch in [1, 7, 1_000] {
        let mut target = registry("test");
        let mut rows = JsonLines::new(Cursor::new(backwards.join("\n")), "regions.jsonl");
        let options = ImportOptions { batch, ..options() };
        let report = run(&mut target, &mut rows, &mut RecordReader::new(EntityKind::Region), &options);
        assert_eq!((report.registered, report.rejections, report.unchanged), (count as u64, 0, 0), "batch {batch}");
        assert_eq!(target.view().all::<Region>().count(), count);
    }
}

#[test]
fn cycles_and_double_numbers_cost_only_the_guilty_rows() {
    let mut text = String::new();
    for n in 0..2_000 {
        text += &format!(
            "{{\"id\":\"r{n}\",\"name\":\"R{n}\",\"level\":\"other\",\"external_ids\":[{{\"system\":\"bps\",\"value\":\"{n}\"}}]}}\n"
        );
    }
    text += "{\"id\":\"twin\",\"name\":\"T\",\"level\":\"other\",\"external_ids\":[{\"system\":\"BPS\",\"value\":\"77\"}]}\n";
    text += "{\"id\":\"self\",\"name\":\"S\",\"level\":\"other\",\"parent\":\"self\"}\n";
    let mut target = registry("test");
    let report = jsonl(&mut target, EntityKind::Region, text.as_bytes());
    assert_eq!(codes(&report), [(2_001, "duplicate-external-id"), (2_002, "hierarchy-cycle")]);
    assert_eq!(report.registered, 2_000);
    assert!(report.revision <= 24, "{} commits", report.revision);
}

#[test]
fn rows_give_what_they_give() {
    let mut target = with_agency();
    let report = csv(&mut target, EntityKind::Agency, "id,capacity.staff,region\nambon,1200,\n");
    assert_eq!((report.revised, report.rejections), (1, 0), "{report:?}");
    let agency = target.view().find::<Agency>("ambon").unwrap().clone();
    assert_eq!((agency.name.as_str(), agency.capacity.unwrap().staff), ("Pemerintah Kota Ambon", Some(1200)));
    let text = "id,name,kind\nambon,Kota Ambon,city\n";
    for (on_existing, wanted) in [(OnExisting::Keep, (0, 1, 0)), (OnExisting::Reject, (0, 0, 1))] {
        let mut rows = Csv::new(Cursor::new(text), "rows.csv").unwrap();
        let options = ImportOptions { on_existing, ..options() };
        let report = run(&mut target, &mut rows, &mut RecordReader::new(EntityKind::Agency), &options);
        assert_eq!((report.revised, report.unchanged, report.rejections), wanted);
    }
}

#[test]
fn rows_without_ids_get_natural_keys_and_states_become_history() {
    let mut target = with_agency();
    let text = "title,owner,stage,trial_on\nAntre dari Rumah,Pemkot Ambon,implemented,2019\n";
    let report = csv(&mut target, EntityKind::Innovation, text);
    assert_eq!((report.registered, report.rejections), (1, 0), "{report:?}");
    let innovation = target.view().find::<Innovation>("ambon/antre-dari-rumah").unwrap();
    assert_eq!(innovation.stage.steps[0].reported.as_deref(), Some("implemented"));
    let again = csv(&mut target, EntityKind::Innovation, text);
    assert_eq!((again.unchanged, again.revision), (1, report.revision));
    let later = csv(&mut target, EntityKind::Innovation, &text.replace("implemented", "retired"));
    assert_eq!((later.revised, later.rejections), (1, 0), "{later:?}");
    assert_eq!(target.view().find::<Innovation>("ambon/antre-dari-rumah").unwrap().stage.steps.len(), 2);
    let long = format!("title,owner\n{},ambon\n", "kata ".repeat(100));
    let report = csv(&mut target, EntityKind::Innovation, &long);
    assert_eq!(report.registered, 1, "{report:?}");
}

#[test]
fn csv_faults_are_found_where_they_are() {
    let mut target = with_agency();
    let text = "\u{feff}id;title;owner\r\na;\"A; \"\"x\"\"\nzwei\";ambon\r\nb;B;ambon;extra\r\n\r\nc;\"never closed;ambon\r\nd;D;ambon\r\n";
    let report = csv(&mut target, EntityKind::Innovation, text);
    assert_eq!(codes(&report), [(2, "text-character"), (4, "csv-syntax"), (6, "csv-syntax")]);
    assert_eq!(report.registered, 1);
    assert_eq!(Csv::new(Cursor::new("id,id\n"), "x").err().unwrap().code(), "csv-syntax");
    assert_eq!(Csv::new(Cursor::new(""), "x").err().unwrap().code(), "csv-syntax");
    let bad = csv(&mut target, EntityKind::Region, "id,name,level,population,is_3t\nx,X,city,many,\ny,Y,city,,maybe\n");
    assert_eq!(codes(&bad), [(2, "number-form"), (3, "field-type")]);
}

#[test]
fn unknown_headers_and_bad_mappings_are_named() {
    let mut target = with_agency();
    let text = "Judul,Pemilik,Warna\nAntre,Kota Ambon,merah\n";
    let mut rows = Csv::new(Cursor::new(text), "rows.csv").unwrap();
    let mut reader = RecordReader::new(EntityKind::Innovation);
    let error = import(&mut target, &mut rows, &mut reader, &options(), &mut |_| true).unwrap_err();
    assert_eq!((error.code(), error.offending()), ("header-unknown", Some("Judul, Pemilik, Warna")));
    let mut suggestion = Mapping::suggest(EntityKind::Innovation, rows.headers());
    assert_eq!(suggestion.unmatched, ["Warna"], "{suggestion:?}");
    suggestion.mapping.ignored.insert("Warna".to_owned());
    let mapping = Mapping::from_json(&suggestion.mapping.to_json()).unwrap();
    let report = run(&mut target, &mut rows, &mut RecordReader::with_mapping(mapping).unwrap(), &options());
    assert_eq!((report.registered, report.rejections), (1, 0), "{report:?}");
    for (bad, place) in [
        (r#"{"version":1,"kind":"agency","columns":{"X":"colour"}}"#, "columns.X"),
        (r#"{"version":1,"kind":"agency","columns":{"X":"name","Y":"name"}}"#, "columns.Y"),
        (r#"{"version":1,"kind":"duchy"}"#, "kind"),
    ] {
        let error = Mapping::from_json(bad).unwrap_err();
        assert_eq!((error.code(), error.location().field.as_deref()), ("mapping-invalid", Some(place)));
    }
    assert_eq!(Mapping::from_json(r#"{"version":9,"kind":"agency"}"#).unwrap_err().code(), "format-newer");
}

#[test]
fn mappings_translate_values_and_add_constants() {
    let mut target = registry("test");
    let mapping = Mapping::from_json(
        r#"{"version":1,"kind":"region","columns":{"kode":"id","nama":"name","jenis":"level"},
            "values":{"level":{"Kab":"regency"}},"constants":{"country":"ID"},"source":"sumber"}"#,
    )
    .unwrap();
    let text = "kode,nama,jenis,sumber\n81.71,Kota Ambon,kota,https://example.org\n81.01,Maluku Tengah,Kab,\n";
    let mut rows = Csv::new(Cursor::new(text), "rows.csv").unwrap();
    let report = run(&mut target, &mut rows, &mut RecordReader::with_mapping(mapping).unwrap(), &options());
    assert_eq!((report.registered, report.rejections), (2, 0), "{report:?}");
    let region = target.view().find::<Region>("81.71").unwrap();
    assert_eq!(region.provenance[0].source.as_str(), "https://example.org");
    assert_eq!(target.view().find::<Region>("81.01").unwrap().country.as_deref(), Some("ID"));
}

#[test]
fn resolvers_come_first_and_ambiguous_names_are_refused() {
    struct Gazetteer;
    impl NameResolver for Gazetteer {
        fn resolve(&self, kind: EntityKind, text: &str) -> Option<Result<String>> {
            (kind == EntityKind::Agency && text == "Pemkot").then(|| Ok("ambon".to_owned()))
        }
    }
    let mut target = with_agency();
    csv(&mut target, EntityKind::Agency, "id,name,kind\nother,Kota Ambon,city\n");
    let text = "id,title,owner\na,A,Pemkot\nb,B,Kota Ambon\n";
    let mut rows = Csv::new(Cursor::new(text), "rows.csv").unwrap();
    let mut reader = RecordReader::new(EntityKind::Innovation).resolver(&Gazetteer);
    let report = run(&mut target, &mut rows, &mut reader, &options());
    assert_eq!(codes(&report), [(3, "name-ambiguous")]);
    assert_eq!(report.rejected[0].hint.as_deref(), Some("one of ambon, other"));
    assert_eq!(report.registered, 1);
}

#[test]
fn an_import_can_be_broken_off_and_resumed() {
    let mut target = with_agency();
    let text: String =
        (0..50).map(|n| format!("{{\"id\":\"i{n}\",\"title\":\"T{n}\",\"owner\":\"ambon\"}}\n")).collect();
    let options = ImportOptions { batch: 10, ..options() };
    let mut rows = JsonLines::new(Cursor::new(text.clone()), "rows.jsonl");
    let mut reader = RecordReader::new(EntityKind::Innovation);
    let report = import(&mut target, &mut rows, &mut reader, &options, &mut |progress| progress.line < 20).unwrap();
    assert_eq!((report.is_cancelled, report.registered, report.last_line), (true, 20, 20));
    rows.rewind().unwrap();
    let rest = ImportOptions { start_line: report.last_line + 1, ..options };
    let report = run(&mut target, &mut rows, &mut reader, &rest);
    assert_eq!((report.rows, report.registered, report.last_line), (30, 30, 50));
    let bad = ImportOptions { batch: 0, ..rest };
    rows.rewind().unwrap();
    let error = import(&mut target, &mut rows, &mut reader, &bad, &mut |_| true).unwrap_err();
    assert_eq!((error.code(), error.location().field.as_deref()), ("option-invalid", Some("batch")));
}
