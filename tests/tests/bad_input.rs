//! What an offline tool meets in the field, put to a whole network: each gives the right code with its place, leaves the
//! network as it was, and panics nowhere.
//!
//! | what may come | where it is tested |
//! | --- | --- |
//! | malformed JSON | [`malformed_json`]; among good rows: `exchange_import`; documents: `exchange_formats` |
//! | malformed CSV, unknown headers | `exchange_import`; on a network: [`malformed_csv`] |
//! | wrong types | [`wrong_types`]; every path inside a record: `errors` |
//! | unknown codes | [`unknown_codes`] |
//! | texts that are too long | [`texts_that_are_too_long`]; lines that are: `exchange_import` |
//! | invalid UTF-8 | [`invalid_utf8`] |
//! | absurd dates and periods | [`absurd_dates`], [`periods_that_end_before_they_begin`] |
//! | ids given twice | [`ids_given_twice`]; numbers of other systems: `exchange_import`, `registry` |
//! | references to nothing | [`references_to_nothing`] |
//! | cycles | [`cycles_of_replications`], [`cycles_of_parents`]; two copies closing one: `registry` |
//! | a file cut short | [`a_file_cut_short`]; at every layer of the store, and any flipped bit: `store_damage` |
//! | a foreign file | [`a_foreign_file`]; also in `store_sqlite` |
//! | an altered journal | [`an_altered_journal`]; every way to alter it: `store_damage` |
//! | a folder or file that may only be read | [`a_network_that_may_only_be_read`]; other users and modes: `store_permissions` |
//! | a full disk | [`a_full_disk`]; at the level of the store: `store_sqlite` |
//! | a bundle twice, or in any order | [`a_bundle_applied_twice`]; in any order: `exchange_formats`, `registry` |
//! | a bundle cut short or altered | [`a_bundle_cut_short_or_altered`] |
//! | a question that cannot be put | [`questions_that_cannot_be_put`] |
//! | death of the process | `network_crash`, `store_crash` |
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Cursor;
use std::path::Path;

use jipp_core::base::ErrorKind;
use jipp_core::exchange::{Csv, ImportOptions, ImportReport, JsonLines, RecordReader, Rejection};
use jipp_core::model::{EntityKind, Record, Text};
use jipp_core::network::{Candidates, Network, Options, Question};
use jipp_core::registry::Action;
use jipp_core::store::SqliteStore;
use jipp_tests::{agency, innovation, stamp};

fn options(origin: &str) -> Options {
    Options::new(origin).unwrap()
}

/// Three agencies with an innovation each.
fn fill(network: &Network) {
    let mut actions = Vec::new();
    for id in ["kota-a", "kota-b", "kota-c"] {
        actions.push(Action::Register(agency(id).into()));
        let mut innovation = innovation(&format!("{id}/antre"));
        innovation.problem = Some(Text::new(format!("antrean panjang di {id}")).unwrap());
        actions.push(Action::Register(innovation.into()));
    }
    network.commit(&stamp(), actions).unwrap();
}

fn filled() -> Network {
    let network = Network::in_memory(&options("field")).unwrap();
    fill(&network);
    network
}

/// Everything that can be seen of a network: its journal, its records, an answer.
#[derive(Debug, PartialEq)]
struct Seen {
    revision: u64,
    journal: Vec<u8>,
    records: Vec<Record>,
    answer: Candidates,
}

fn see(network: &Network) -> Seen {
    assert_eq!(network.verify().unwrap(), []);
    Seen {
        revision: network.revision(),
        journal: network.export_since(0).unwrap(),
        records: network.read(|view| EntityKind::ALL.iter().flat_map(|kind| view.records(*kind)).cloned().collect()),
        answer: network.candidates(&Question::new("antrean panjang")).unwrap(),
    }
}

fn take_in(network: &Network, kind: EntityKind, rows: &[u8]) -> jipp_core::Result<ImportReport> {
    let mut source = JsonLines::new(Cursor::new(rows.to_vec()), "rows.jsonl");
    network.import(&mut source, &mut RecordReader::new(kind), &ImportOptions::new(stamp()), &mut |_| true)
}

/// Imports one bad row behind an empty line, as the second line, and gives why it was rejected. Nothing has happened.
fn rejected(kind: EntityKind, row: &[u8]) -> Rejection {
    let network = filled();
    let before = see(&network);
    let report = take_in(&network, kind, &[b"\n", row].concat()).unwrap();
    assert_eq!((report.rows, report.rejections, report.registered, report.revised), (1, 1, 0, 0), "{report:?}");
    assert_eq!(see(&network), before);
    let rejection = report.rejected[0].clone();
    assert_eq!(rejection.line, 2);
    assert!(!rejection.reason_en.is_empty() && rejection.reason_en != rejection.reason_id);
    rejection
}

/// An innovation with one more field; checks the code and the field of its rejection.
fn refused(further: &str, code: &str, field: &str) {
    let row = format!(r#"{{"id":"kota-a/x","title":"X","owner":"kota-a",{further}}}"#);
    let rejection = rejected(EntityKind::Innovation, row.as_bytes());
    assert_eq!((rejection.code, rejection.field.as_deref()), (code, Some(field)), "{row}");
}

#[test]
fn malformed_json() {
    let deep = format!("{}1{}", "{\"a\":".repeat(500), "}".repeat(500));
    for row in [
        r#"{"id":"x""#,
        r#"{"id":"x",}"#,
        r#"{"id":"x"} {"id":"y"}"#,
        "{'id':'x'}",
        r#"{"id":"x","title":"\ud800"}"#,
        "{\"id\":\"x\",\"title\":\"a\u{0}b\"}",
        "}",
        "nul",
        "NaN",
        &deep,
    ] {
        let rejection = rejected(EntityKind::Innovation, row.as_bytes());
        assert_eq!(rejection.code, "json-syntax", "{row}");
        assert!(rejection.hint.is_some(), "{row}");
    }
    for row in ["[]", "7", "null", r#""id""#, "true"] {
        assert_eq!(rejected(EntityKind::Innovation, row.as_bytes()).code, "field-type", "{row}");
    }
}

#[test]
fn malformed_csv() {
    let network = filled();
    let before = see(&network);
    let text = "id,title,owner\nkota-a/x,\"never closed,kota-a\nkota-a/y,Y,kota-a,too much\n";
    let mut rows = Csv::new(Cursor::new(text), "rows.csv").unwrap();
    let mut reader = RecordReader::new(EntityKind::Innovation);
    let options = ImportOptions::new(stamp());
    let report = network.import(&mut rows, &mut reader, &options, &mut |_| true).unwrap();
    let found: Vec<_> = report.rejected.iter().map(|rejection| (rejection.line, rejection.code)).collect();
    assert_eq!(found, [(2, "csv-syntax"), (3, "csv-syntax")]);
    let mut rows = Csv::new(Cursor::new("Warna,Bentuk\nmerah,bulat\n"), "rows.csv").unwrap();
    let error = network.import(&mut rows, &mut reader, &options, &mut |_| true).unwrap_err();
    assert_eq!((error.code(), error.location().source.as_deref()), ("header-unknown", Some("rows.csv")));
    assert_eq!(see(&network), before);
}

#[test]
fn wrong_types() {
    refused(r#""beneficiaries":"many""#, "field-type", "beneficiaries");
    refused(r#""beneficiaries":-1"#, "field-type", "beneficiaries");
    refused(r#""beneficiaries":99999999999999999999999"#, "field-type", "beneficiaries");
    refused(r#""is_digital":1"#, "field-type", "is_digital");
    refused(r#""tools":"gawai""#, "field-type", "tools");
    refused(r#""tools":[["gawai"]]"#, "field-type", "tools[0]");
    refused(r#""sections":[{"code":"1","text":{}}]"#, "field-type", "sections[0].text");
    refused(r#""problem":7"#, "field-type", "problem");
    let rejection = rejected(EntityKind::Innovation, br#"{"id":7,"title":"X","owner":"kota-a"}"#);
    assert_eq!((rejection.code, rejection.field.as_deref()), ("field-type", Some("id")));
}

#[test]
fn unknown_codes() {
    refused(r#""initiator":"king""#, "unknown-term", "initiator");
    refused(r#""initiator":"""#, "unknown-term", "initiator");
    refused(r#""stage":"flying""#, "unknown-term", "stage");
    refused(r#""stage":[{"to":"flying","reported":"terbang"}]"#, "unknown-term", "stage[0].to");
    refused(r#""provenance":[{"source":"x","mark":"heard"}]"#, "unknown-term", "provenance[0].mark");
    refused(r#""sdgs":[3,18]"#, "out-of-range", "sdgs");
    let rejection = rejected(EntityKind::Need, br#"{"id":"n","text":"antrean","sdgs":[0]}"#);
    assert_eq!((rejection.code, rejection.field.as_deref()), ("out-of-range", Some("sdgs")));
    let rejection = rejected(EntityKind::Agency, br#"{"id":"kota-d","name":"D","kind":"duchy"}"#);
    assert_eq!((rejection.code, rejection.field.as_deref()), ("unknown-term", Some("kind")));
    assert_eq!(rejection.value.as_deref(), Some("duchy"));
}

#[test]
fn texts_that_are_too_long() {
    let (line, text) = ("é".repeat(1_001), "é".repeat(50_001));
    refused(&format!(r#""nickname":"{line}""#), "text-too-long", "nickname");
    refused(&format!(r#""problem":"{text}""#), "text-too-long", "problem");
    refused(&format!(r#""region":"{}""#, "x".repeat(201)), "name-unresolved", "region");
    refused(&format!(r#""sdgs":[{}1]"#, "1,".repeat(1_000_000)), "too-many", "sdgs");
    // The whole line is too long.
    let row = format!(r#"{{"id":"kota-a/x","title":"X","owner":"kota-a","problem":"{}"}}"#, "x".repeat(5 << 20));
    assert_eq!(rejected(EntityKind::Innovation, row.as_bytes()).code, "line-too-long");
}

#[test]
fn invalid_utf8() {
    for bytes in [&b"\xff"[..], b"\xc3", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xc0\x80"] {
        let row = [&b"{\"id\":\"kota-a/x\",\"owner\":\"kota-a\",\"title\":\""[..], bytes, b"\"}"].concat();
        let rejection = rejected(EntityKind::Innovation, &row);
        assert_eq!(rejection.code, "utf8", "{bytes:?}");
        assert!(rejection.hint.as_deref().is_some_and(|hint| hint.contains("byte 44")), "{rejection:?}");
    }
}

#[test]
fn absurd_dates() {
    for date in ["2019-02-31", "2019-13", "2019-00", "0000", "0001-01-01", "9999", "99999999", "kemarin", "", " "] {
        refused(&format!(r#""trial_on":"{date}""#), "date-form", "trial_on");
    }
    for date in ["-1", "201900", "1799", "2200", "18446744073709551615"] {
        refused(&format!(r#""trial_on":{date}"#), "date-form", "trial_on");
    }
    refused(r#""valid":{"from":"2020","to":"2019"}"#, "period-order", "valid.to");
    refused(r#""stage":[{"to":"trial","on":"2019-02-30","reported":"x"}]"#, "date-form", "stage[0].on");
}

/// Not only the validity of a record, also the periods inside it must begin before they end.
#[test]
fn periods_that_end_before_they_begin() {
    let backwards = r#""period":{"from":"2020","to":"2019"}"#;
    let cases = [
        (
            EntityKind::Replication,
            format!(
                r#"{{"id":"r","recipient":"kota-b","sources":[{{"innovation":"kota-a/antre"}}],"agreements":[{{"kind":"mou"}},{{"kind":"pks",{backwards}}}]}}"#
            ),
            "agreements[1].period.to",
        ),
        (
            EntityKind::Hub,
            format!(r#"{{"id":"h","agency":"kota-a","kind":"regional","spokes":[{{"agency":"kota-b",{backwards}}}]}}"#),
            "spokes[0].period.to",
        ),
        (
            EntityKind::Hub,
            format!(
                r#"{{"id":"h","agency":"kota-a","kind":"regional","partners":[{{"agency":"kota-b",{backwards}}}]}}"#
            ),
            "partners[0].period.to",
        ),
    ];
    for (kind, row, field) in cases {
        let rejection = rejected(kind, row.as_bytes());
        assert_eq!((rejection.code, rejection.field.as_deref()), ("period-order", Some(field)), "{row}");
    }
}

#[test]
fn ids_given_twice() {
    let network = filled();
    let rows = br#"{"id":"kota-a/x","title":"X","owner":"kota-a"}
{"id":"kota-a/x","title":"Y","owner":"kota-a"}
{"id":"kota-a/x","title":"X","owner":"kota-a"}
"#;
    let report = take_in(&network, EntityKind::Innovation, rows).unwrap();
    assert_eq!((report.registered, report.unchanged, report.rejections), (1, 1, 1));
    let rejection = &report.rejected[0];
    assert_eq!((rejection.line, rejection.code, rejection.field.as_deref()), (2, "duplicate-id", Some("id")));
    assert_eq!(rejection.subject.as_deref(), Some("innovation kota-a/x"));
    let title = network.read(|view| view.record(EntityKind::Innovation, "kota-a/x").unwrap().name().map(str::to_owned));
    assert_eq!(title.as_deref(), Some("X"), "the first stands");

    let before = see(&network);
    let again = vec![Action::Register(agency("kota-d").into()), Action::Register(agency("kota-a").into())];
    let error = network.commit(&stamp(), again).unwrap_err();
    assert_eq!(
        (error.kind(), error.code(), error.subject()),
        (ErrorKind::Conflict, "duplicate-id", Some("agency kota-a"))
    );
    assert_eq!(see(&network), before);
}

#[test]
fn references_to_nothing() {
    refused(r#""region":"81.99""#, "dangling-reference", "region");
    refused(r#""sectors":["health"]"#, "dangling-reference", "sectors");
    refused(r#""unit":"kota-a/puskesmas""#, "dangling-reference", "unit");
    let rejection = rejected(EntityKind::Innovation, br#"{"id":"x","title":"X","owner":"kota-z"}"#);
    assert_eq!((rejection.code, rejection.field.as_deref()), ("dangling-reference", Some("owner")));
    assert_eq!(rejection.subject.as_deref(), Some("innovation x"));
    let row =
        br#"{"id":"r","sources":[{"innovation":"kota-a/antre"},{"innovation":"kota-z/antre"}],"recipient":"kota-b"}"#;
    let rejection = rejected(EntityKind::Replication, row);
    assert_eq!(rejection.code, "dangling-reference");
    assert!(rejection.value.as_deref().is_some_and(|value| value.contains("kota-z/antre")), "{rejection:?}");
}

fn replication(id: &str, source: &str, target: &str) -> String {
    format!(
        r#"{{"id":"{id}","sources":[{{"innovation":"{source}/antre"}}],"target":"{target}/antre","recipient":"{target}"}}"#
    )
}

#[test]
fn cycles_of_replications() {
    let own = rejected(EntityKind::Replication, replication("r", "kota-a", "kota-a").as_bytes());
    assert_eq!((own.code, own.subject.as_deref()), ("lineage-cycle", Some("replication r")));
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        let network = filled();
        let circle = [
            replication("ab", "kota-a", "kota-b"),
            replication("bc", "kota-b", "kota-c"),
            replication("ca", "kota-c", "kota-a"),
        ];
        let rows = order.map(|place| circle[place].clone()).join("\n");
        let report = take_in(&network, EntityKind::Replication, rows.as_bytes()).unwrap();
        let found: Vec<_> = report.rejected.iter().map(|rejection| (rejection.line, rejection.code)).collect();
        assert_eq!((report.registered, &found[..]), (2, &[(3, "lineage-cycle")][..]), "the row that closes it");
        let before = see(&network);
        let again = take_in(&network, EntityKind::Replication, rows.as_bytes()).unwrap();
        assert_eq!((again.unchanged, &again.rejected), (2, &report.rejected));
        assert_eq!(see(&network), before);
    }
}

#[test]
fn cycles_of_parents() {
    let network = filled();
    let before = see(&network);
    let rows = r#"{"id":"d","name":"D","kind":"other","parent":"e"}
{"id":"e","name":"E","kind":"other","parent":"d"}
{"id":"f","name":"F","kind":"other","parent":"f"}"#;
    let report = take_in(&network, EntityKind::Agency, rows.as_bytes()).unwrap();
    assert_eq!((report.registered, report.rejections), (0, 3), "{report:?}");
    for rejection in &report.rejected {
        assert!(matches!(rejection.code, "hierarchy-cycle" | "dangling-reference"), "{rejection:?}");
    }
    assert_eq!(report.rejected[2].code, "hierarchy-cycle");
    assert_eq!(see(&network), before);
    // Agencies that exist: a row that would make one the parent of its parent.
    take_in(&network, EntityKind::Agency, br#"{"id":"kota-b","parent":"kota-a"}"#).unwrap();
    let before = see(&network);
    let report = take_in(&network, EntityKind::Agency, br#"{"id":"kota-a","parent":"kota-b"}"#).unwrap();
    assert_eq!((report.rejected[0].line, report.rejected[0].code), (1, "hierarchy-cycle"));
    assert_eq!(see(&network), before);
}

/// A closed network in a file, with a snapshot.
fn in_file(path: &Path) {
    let network = Network::open(path, &options("field")).unwrap();
    fill(&network);
    network.save_snapshot().unwrap();
}

#[test]
fn a_file_cut_short() {
    let folder = tempfile::tempdir().unwrap();
    let (path, cut) = (folder.path().join("net.jipp"), folder.path().join("cut.jipp"));
    in_file(&path);
    let whole = fs::read(&path).unwrap();
    for length in [0, 1, 99, 100, 4_096, 8_191, 8_192, whole.len() / 2, whole.len() - 1] {
        fs::write(&cut, &whole[..length]).unwrap();
        for error in [Network::open(&cut, &options("x")), Network::open_read_only(&cut, &options("x"))] {
            let error = error.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Corrupt, "{length} bytes: {error}");
            assert_eq!(error.location().source.as_deref(), cut.to_str());
        }
        assert_eq!(fs::read(&cut).unwrap(), whole[..length], "what is left is left alone");
    }
    fs::write(&cut, &whole).unwrap();
    assert_eq!(see(&Network::open(&cut, &options("x")).unwrap()).revision, 1);
}

#[test]
fn a_foreign_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sinovik.jipp");
    let database = folder.path().join("other.jipp");
    rusqlite::Connection::open(&database).unwrap().execute_batch("CREATE TABLE commits (revision)").unwrap();
    let sqlite = fs::read(&database).unwrap();
    let (bundle, zeroes) = (filled().export_since(0).unwrap(), vec![0; 20_000]);
    for bytes in [&b"judul;instansi\n"[..], b"PK\x03\x04", b"SQLite format 3", &bundle, &sqlite, &zeroes] {
        fs::write(&path, bytes).unwrap();
        let error = Network::open(&path, &options("x")).unwrap_err();
        assert_eq!((error.kind(), error.location().source.as_deref()), (ErrorKind::Corrupt, path.to_str()), "{error}");
        assert_eq!(error.code(), "store-foreign", "{bytes:?}");
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
    assert_eq!(Network::open(folder.path(), &options("x")).unwrap_err().code(), "store-foreign");
    let nowhere = folder.path().join("no folder/net.jipp");
    assert_eq!(Network::open(nowhere, &options("x")).unwrap_err().code(), "store-io");
}

#[test]
fn an_altered_journal() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.jipp");
    in_file(&path);
    let alter = |sql: &str| rusqlite::Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    alter("UPDATE journal SET body = replace(body, 'panjang', 'pendek') WHERE seq = 2");
    // The snapshot still tells the state; the check tells the damage.
    let network = Network::open(&path, &options("field")).unwrap();
    let problems = network.verify().unwrap();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].place.contains("change 2"), "{problems:?}");
    assert_eq!(network.candidates(&Question::new("antrean panjang")).unwrap().candidates.len(), 3);
    assert_eq!(network.export_since(0).unwrap_err().code(), "store-damaged", "damage is not passed on");
    drop(network);
    alter("DELETE FROM snapshot_chunk; DELETE FROM snapshot");
    let error = Network::open(&path, &options("field")).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Corrupt, "store-damaged"));
    assert_eq!(error.offending(), Some("change 2 of the journal, revision 1"));
}

#[test]
fn a_network_that_may_only_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.jipp");
    in_file(&path);
    let network = Network::open_read_only(&path, &options("reader")).unwrap();
    let before = see(&network);
    let other = Network::in_memory(&options("other")).unwrap();
    other.commit(&stamp(), vec![Action::Register(agency("kota-z").into())]).unwrap();
    let row = br#"{"id":"kota-a/x","title":"X","owner":"kota-a"}"#;
    for (what, outcome) in [
        ("commit", network.commit(&stamp(), vec![Action::Register(agency("kota-z").into())]).map(drop)),
        ("import", take_in(&network, EntityKind::Innovation, row).map(drop)),
        ("apply", network.apply(&other.export_since(0).unwrap()).map(drop)),
        ("revert", network.revert(1, &stamp()).map(drop)),
        ("snapshot", network.save_snapshot()),
        ("compact", network.compact()),
    ] {
        let error = outcome.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Storage, "store-read-only"), "{what}");
        assert_eq!(see(&network), before, "{what}");
    }
}

#[test]
fn a_full_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.jipp");
    let rows: Vec<String> = (0..300)
        .map(|n| {
            let text = "antrean panjang ".repeat(20);
            format!(r#"{{"id":"kota-a/{n}","title":"Antre {n}","owner":"kota-a","problem":"{text}"}}"#)
        })
        .collect();
    let rows = rows.join("\n");
    let small = |network: &Network| {
        let mut source = JsonLines::new(Cursor::new(rows.clone()), "rows.jsonl");
        let options = ImportOptions { batch: 20, ..ImportOptions::new(stamp()) };
        network.import(&mut source, &mut RecordReader::new(EntityKind::Innovation), &options, &mut |_| true)
    };
    let limits = jipp_core::store::sqlite::Options { max_bytes: Some(150_000) };
    let store = SqliteStore::open(&path, &limits).unwrap();
    let network = Network::with_store(Box::new(store), &options("field")).unwrap();
    fill(&network);
    let error = small(&network).unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Storage, "store-full"));
    assert!(error.location().source.is_some());
    let at_the_end = see(&network);
    assert!(at_the_end.revision > 2 && at_the_end.records.len() < 300, "it filled up on the way");
    assert_eq!(at_the_end.records.len() as u64, 6 + (at_the_end.revision - 1) * 20, "whole commits only");
    assert_eq!(at_the_end.answer.searched, at_the_end.records.len() - 3, "the index knows what entered, and no more");
    assert_eq!(small(&network).unwrap_err().code(), "store-full");
    assert_eq!(see(&network), at_the_end);
    drop(network);

    // There is space again.
    let network = Network::open(&path, &options("field")).unwrap();
    assert_eq!(see(&network), at_the_end);
    let report = small(&network).unwrap();
    assert_eq!((report.registered + report.unchanged, report.rejections), (300, 0));
    let undisturbed = filled();
    small(&undisturbed).unwrap();
    assert_eq!(see(&network).records, see(&undisturbed).records);
    assert_eq!(see(&network).answer, see(&undisturbed).answer);
}

#[test]
fn a_bundle_applied_twice() {
    let source = filled();
    let bundle = source.export_since(0).unwrap();
    let target = Network::in_memory(&options("target")).unwrap();
    let first = target.apply(&bundle).unwrap();
    assert_eq!((first.new, first.known, first.revision), (6, 0, Some(1)));
    let before = see(&target);
    assert_eq!((&before.records, &before.answer), (&see(&source).records, &see(&source).answer));
    let second = target.apply(&bundle).unwrap();
    assert_eq!((second.new, second.known, second.revision), (0, 6, None));
    assert_eq!(see(&target), before);
    // Its own changes come back to it.
    let home = see(&source);
    assert_eq!(source.apply(&target.export_since(0).unwrap()).unwrap().new, 0);
    assert_eq!(see(&source), home);
}

#[test]
fn a_bundle_cut_short_or_altered() {
    let bundle = filled().export_since(0).unwrap();
    let target = Network::in_memory(&options("target")).unwrap();
    target.commit(&stamp(), vec![Action::Register(agency("kota-z").into())]).unwrap();
    let before = see(&target);
    let header = bundle.iter().position(|byte| *byte == b'\n').unwrap();
    for length in (0..bundle.len() - 1).step_by(53) {
        let error = target.apply(&bundle[..length]).unwrap_err();
        let expected = if length < header { "format-unknown" } else { "bundle-damaged" };
        assert_eq!(error.code(), expected, "{length} bytes");
        assert!(error.location().line.is_some(), "{length} bytes");
    }
    for place in (header + 1..bundle.len() - 1).step_by(29) {
        let mut altered = bundle.clone();
        altered[place] ^= 1;
        let error = target.apply(&altered).unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Invalid, "bundle-damaged"), "byte {place}");
    }
    for foreign in [&b""[..], b"\n", b"{}", b"\xff\xfe", b"SQLite format 3\0"] {
        assert_eq!(target.apply(foreign).unwrap_err().code(), "format-unknown");
    }
    assert_eq!(see(&target), before);
    assert_eq!(target.apply(&bundle).unwrap().new, 6);
}

#[test]
fn questions_that_cannot_be_put() {
    let network = filled();
    let question = || Question::new("antrean panjang");
    let weights = jipp_core::network::Weights { text: -1, ..Default::default() };
    let cases = [
        (Question { limit: 0, ..question() }, "option-invalid", Some("limit")),
        (Question { limit: 1_001, ..question() }, "option-invalid", Some("limit")),
        (Question { weights, ..question() }, "option-invalid", Some("weights.text")),
        (Question::new(&"x".repeat(100_001)), "option-invalid", Some("text")),
        (Question { region: Some("99".parse().unwrap()), ..question() }, "not-found", None),
        (Question { agency: Some("nobody".parse().unwrap()), ..question() }, "not-found", None),
        (Question { sectors: vec!["none".parse().unwrap()], ..question() }, "not-found", None),
    ];
    for (question, code, field) in cases {
        let error = network.candidates(&question).unwrap_err();
        assert_eq!((error.code(), error.location().field.as_deref()), (code, field));
    }
    for text in ["", " \n\t", "?!…", "\u{0}", "\u{202e}\u{feff}", "di dan yang", &"antrean ".repeat(12_000), "👍👍"]
    {
        let found = network.candidates(&Question::new(text)).unwrap();
        assert_eq!(found.candidates.len(), if text.len() > 100 { 3 } else { 0 }, "{text:.40}");
    }
}
