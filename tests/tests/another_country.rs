//! Northland: a small made-up country, to show that nothing here is tied to Indonesia. Its files are in
//! `fixtures/northland`; their headers differ, so mappings come with them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Cursor;
use std::sync::Arc;

use jipp_core::Result;
use jipp_core::base::{Lang, Vocabulary as _};
use jipp_core::exchange::{
    Csv, Document, DocumentReader, ImportOptions, ImportReport, JsonLines, Mapping, NameResolver, RecordReader,
    RowReader, RowSource, export_document,
};
use jipp_core::model::{
    Agency, AgencyNames, EntityKind, Gazetteer, Innovation, Naming, Need, Record, Region, RegionLevel, Replication,
};
use jipp_core::network::{Candidate, Ground, HubRole, Network, Options, Question};
use jipp_tests::stamp;

fn file(name: &str) -> String {
    fs::read_to_string(format!("{}/fixtures/northland/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn csv(name: &str) -> Csv<Cursor<String>> {
    Csv::new(Cursor::new(file(name)), name).unwrap()
}

fn naming() -> Naming {
    serde_json::from_str(&file("naming.json")).unwrap()
}

/// Takes a file in, which must be wholly good.
fn take_in(network: &Network, rows: &mut dyn RowSource, reader: &mut dyn RowReader) -> ImportReport {
    let report = network.import(rows, reader, &ImportOptions::new(stamp()), &mut |_| true).unwrap();
    assert_eq!(report.rejected, [], "{}", rows.name());
    report
}

/// Names of regions as Northlanders write them.
struct Places(Gazetteer);

impl NameResolver for Places {
    fn resolve(&self, kind: EntityKind, text: &str) -> Option<Result<String>> {
        let found = || self.0.resolve(text).map(|found| found.id.to_string());
        (kind == EntityKind::Region).then(found)
    }
}

fn gazetteer(network: &Network) -> Gazetteer {
    network.read(|view| Gazetteer::new(view.all::<Region>(), &naming()))
}

/// Loads all files; says how many records there are.
fn load(network: &Network) -> u64 {
    let mapping = |name: &str| RecordReader::with_mapping(Mapping::from_json(&file(name)).unwrap()).unwrap();
    let mut count = 0;
    let mut add = |report: ImportReport| count += report.registered + report.unchanged;
    add(take_in(network, &mut csv("regions.csv"), &mut mapping("regions.mapping.json")));
    add(take_in(network, &mut csv("agencies.csv"), &mut RecordReader::new(EntityKind::Agency)));
    let mut sectors = JsonLines::new(Cursor::new(file("sectors.jsonl")), "sectors.jsonl");
    add(take_in(network, &mut sectors, &mut RecordReader::new(EntityKind::Sector)));
    let places = Places(gazetteer(network));
    let mut reader = mapping("innovations.mapping.json").resolver(&places);
    add(take_in(network, &mut csv("innovations.csv"), &mut reader));
    let mut rest = Document::new(Cursor::new(file("network.json")), "network.json").unwrap();
    add(take_in(network, &mut rest, &mut DocumentReader::default()));
    count
}

fn northland() -> Network {
    let network = Network::in_memory(&Options::new("northland").unwrap()).unwrap();
    load(&network);
    network
}

#[test]
fn all_of_it_comes_in_through_the_generic_importers() {
    let network = Network::in_memory(&Options::new("northland").unwrap()).unwrap();
    assert_eq!(load(&network), 4 + 5 + 2 + 6 + 9);
    let revision = network.revision();
    assert_eq!(load(&network), 4 + 5 + 2 + 6 + 9);
    assert_eq!(network.revision(), revision, "a second time changes nothing");
    assert_eq!(network.verify().unwrap(), []);
    network.read(|view| {
        for (kind, count) in [
            (EntityKind::Region, 4),
            (EntityKind::Agency, 5),
            (EntityKind::Innovation, 6),
            (EntityKind::Replication, 2),
            (EntityKind::Hub, 1),
            (EntityKind::Rubric, 1),
            (EntityKind::Edition, 1),
            (EntityKind::Award, 1),
            (EntityKind::Need, 1),
        ] {
            assert_eq!(view.count(kind), count, "{kind}");
        }
        let queue = view.find::<Innovation>("harbourton/queue-free").unwrap();
        assert_eq!((queue.owner.as_str(), queue.region.as_ref().unwrap().as_str()), ("harbourton", "NL-E-1"));
        assert_eq!(queue.implemented_on.unwrap().to_string(), "2019-03");
        assert_eq!(&*queue.provenance[0].source, "https://example.org/queue-free");
        let ledger = view.find::<Innovation>("eastmark/open-ledger").unwrap();
        assert_eq!((ledger.owner.as_str(), ledger.region.as_ref().unwrap().as_str()), ("eastmark", "NL-E"));
        assert_eq!(view.find::<Innovation>("health-ministry/one-record").unwrap().region, None);
        let town = view.find::<Region>("NL-W-1").unwrap();
        assert_eq!((town.level, town.country.as_deref()), (RegionLevel::Municipality, Some("NL-X")));
        assert_eq!(view.find::<Replication>("rep-1").unwrap().recipient.as_ref().unwrap().as_str(), "millbridge");
    });
}

#[test]
fn its_places_are_found_as_its_people_write_them() {
    let network = northland();
    let places = gazetteer(&network);
    let found = |text: &str| places.resolve(text).map(|found| found.id.to_string());
    for (text, id) in [
        ("State of Eastmark", "NL-E"),
        ("eastmark", "NL-E"),
        ("Gov. of Westmark", "NL-W"),
        ("Town of Harbourton", "NL-E-1"),
        ("Council of Millbridge", "NL-W-1"),
        ("nl-w-1", "NL-W-1"),
    ] {
        assert_eq!(found(text).unwrap(), id, "{text}");
    }
    for foreign in ["Kota Harbourton", "Provinsi Eastmark", "Kabupaten Millbridge", "Maluku"] {
        assert_eq!(found(foreign).unwrap_err().code(), "name-unresolved", "{foreign}");
    }
    assert_eq!(found("Town of Eastmark").unwrap_err().code(), "name-unresolved", "it is a state");
    network.read(|view| {
        let names = AgencyNames::new(Arc::new(gazetteer(&network)), view.all::<Agency>(), &naming());
        assert_eq!(names.resolve("Eastmark State Office").unwrap().id.as_str(), "eastmark");
        assert_eq!(names.resolve("MoH").unwrap().id.as_str(), "health-ministry");
        assert_eq!(names.resolve("Council of Harbourton").unwrap().id.as_str(), "harbourton");
    });
}

/// The need that is on record, as a question.
fn question(network: &Network) -> Question {
    let mut question = network.read(|view| Question::from(view.find::<Need>("need-1").unwrap()));
    question.on = Some("2026-11-21".parse().unwrap());
    question
}

fn words(candidate: &Candidate, lang: Lang) -> Vec<String> {
    candidate.parts.iter().map(|part| part.ground.words(lang)).collect()
}

#[test]
fn a_need_in_english_is_answered_with_reasons_in_english() {
    let network = northland();
    let found = network.candidates(&question(&network)).unwrap();
    let ids: Vec<&str> = found.candidates.iter().map(|candidate| candidate.innovation.as_str()).collect();
    // Both let patients wait less; what remains is about patients in other ways.
    let mut best_two = ids[..2].to_vec();
    best_two.sort_unstable();
    assert_eq!(best_two, ["harbourton/queue-free", "millbridge/walk-in"], "{ids:?}");
    assert!(!ids.contains(&"harbourton/night-bus") && !ids.contains(&"eastmark/open-ledger"), "{ids:?}");
    for candidate in &found.candidates {
        let points: i64 = candidate.parts.iter().map(|part| part.points).sum();
        assert_eq!(points, candidate.score, "{}", candidate.innovation);
    }
    let best = found.candidates.iter().find(|found| found.innovation.as_str() == "harbourton/queue-free").unwrap();
    let reasons = words(best, Lang::En);
    for wanted in [
        "awarded: Gold, Northland Public Award 2024",
        "replicated once, 1 known to run",
        "in use since 2019",
        "run by a local government, like you",
    ] {
        assert!(reasons.iter().any(|reason| reason == wanted), "{wanted}: {reasons:?}");
    }
    assert!(reasons.iter().any(|reason| reason.starts_with("Eastmark Innovation Hub could mentor")), "{reasons:?}");
    let is_exact = |ground: &Ground, word: &str| matches!(ground, Ground::Words { words, .. } if words == word);
    assert!(best.parts.iter().any(|part| is_exact(&part.ground, "clinic")), "{reasons:?}");

    let hub = &best.hubs[0];
    assert_eq!((hub.role, hub.is_designated, &*hub.name), (HubRole::Owner, true, "Eastmark Innovation Hub"));
    assert_eq!(hub.contacts[0].phone.as_deref(), Some("+99 1 234"));
    let replica = &best.replications[0];
    assert_eq!((&*replica.recipient_name, replica.state), ("Council of Millbridge", "implemented"));
    assert_eq!(best.awards[0].label, "Gold, Northland Public Award 2024");
    assert_eq!(best.sources, ["https://example.org/queue-free"]);
}

/// Words that give Indonesian away.
const INDONESIAN: [&str; 24] = [
    "dan",
    "yang",
    "di",
    "pada",
    "anda",
    "penghargaan",
    "direplikasi",
    "kali",
    "dipakai",
    "sejak",
    "dijalankan",
    "mirip",
    "masalah",
    "judul",
    "solusi",
    "hasil",
    "nama",
    "sektor",
    "provinsi",
    "daerah",
    "instansi",
    "anggaran",
    "tenaga",
    "inovasi",
];

#[test]
fn nothing_indonesian_shows_up_in_english() {
    let network = northland();
    let everyone = ["patients wait at the clinic", "nurse visits old people", "payment published", "bus at night"];
    for (text, region) in everyone.iter().flat_map(|text| ["NL-E", "NL-E-1", "NL-W-1"].map(|region| (text, region))) {
        let mut question = Question { region: Some(region.parse().unwrap()), ..Question::new(text) };
        question.on = Some("2026".parse().unwrap());
        let found = network.candidates(&question).unwrap();
        assert!(!found.candidates.is_empty(), "{text}");
        for candidate in &found.candidates {
            let mut texts = words(candidate, Lang::En);
            texts.extend(
                candidate.gaps.iter().flat_map(|gap| [gap.topic.label_en(), gap.state.label_en()]).map(str::to_owned),
            );
            texts.extend(candidate.hubs.iter().map(|hub| hub.role.label(Lang::En).to_owned()));
            for text in texts {
                let folded = text.to_lowercase();
                let mut words = folded.split(|letter: char| !letter.is_alphabetic());
                assert!(!words.any(|word| INDONESIAN.contains(&word)), "{text}");
            }
            let indonesian = words(candidate, Lang::Id);
            assert!(indonesian.iter().zip(words(candidate, Lang::En)).all(|(id, en)| *id != en), "{indonesian:?}");
        }
    }
    let error = Question { region: Some("81".parse().unwrap()), ..Question::new("clinic") };
    let error = network.candidates(&error).unwrap_err();
    assert_eq!((error.code(), error.message(Lang::En)), ("not-found", "no such record (region 81)".to_owned()));
}

#[test]
fn it_travels_whole() {
    let network = northland();
    let mut document = Vec::new();
    network.read(|view| export_document(&view, &mut document)).unwrap();
    let copy = Network::in_memory(&Options::new("copy").unwrap()).unwrap();
    let mut rows = Document::new(Cursor::new(document), "northland.json").unwrap();
    take_in(&copy, &mut rows, &mut DocumentReader::default());
    let all = |network: &Network| -> Vec<Record> {
        network.read(|view| EntityKind::ALL.iter().flat_map(|kind| view.records(*kind)).cloned().collect())
    };
    assert_eq!(all(&copy), all(&network));
    let (one, other) = (question(&network), question(&copy));
    assert_eq!(network.candidates(&one).unwrap(), copy.candidates(&other).unwrap());
}
