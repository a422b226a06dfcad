//! The real data of `examples/data`, as it lies in a network: complete, with its sources, and answering the same question
//! alike wherever it is kept.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jipp_core::base::SectorId;
use jipp_core::model::{
    Agency, AgencyKind, EntityKind, EntityRef, Innovation, Record, Region, Replication, regions_id,
};
use jipp_core::network::{Candidates, HubRole, Network, Options, Question};
use jipp_core::store::{SqliteStore, Store};
use jipp_examples::{Loaded, data_dir, load};
use jipp_tests::stamp;

fn options(origin: &str) -> Options {
    Options::new(origin).unwrap()
}

/// The data, loaded once for all tests that only read it.
fn data() -> &'static (Network, Loaded) {
    static DATA: OnceLock<(Network, Loaded)> = OnceLock::new();
    DATA.get_or_init(|| {
        let network = Network::in_memory(&options("data")).unwrap();
        let loaded = load(&network, &data_dir(), &stamp()).unwrap();
        (network, loaded)
    })
}

fn count(kind: EntityKind) -> usize {
    data().0.read(|view| view.count(kind))
}

/// An officer of a regency in Maluku, whose patients wait.
fn queues_in_maluku() -> Question {
    let mut question = Question::new("antrean panjang di puskesmas, pasien menunggu lama");
    question.region = Some("81".parse().unwrap());
    question.agency_kind = Some(AgencyKind::Regency);
    question.limit = 5;
    question.on = Some("2026-11-21".parse().unwrap());
    question
}

fn ask(network: &Network) -> Candidates {
    network.candidates(&queues_in_maluku()).unwrap()
}

fn json(found: &Candidates) -> String {
    serde_json::to_string(found).unwrap()
}

#[test]
fn every_row_is_there_and_none_was_rejected() {
    let (network, loaded) = data();
    for (file, report) in &loaded.files {
        assert_eq!(report.rejected, [], "{file}");
        assert_eq!((report.rejections, report.is_cancelled), (0, false), "{file}");
    }
    let rows: BTreeMap<&str, usize> = loaded.gathered.rows.clone();
    let hubs = (rows["hubs.jsonl"], count(EntityKind::Hub));
    assert_eq!(hubs, (39, 36), "three pilots have a row for the trial and one for the designation");
    for (file, kind, number) in [
        ("regions.csv", EntityKind::Region, 552),
        ("replications.jsonl", EntityKind::Replication, 168),
        ("activities.jsonl", EntityKind::Activity, 78),
        ("needs.jsonl", EntityKind::Need, 40),
        ("needs-qrels.jsonl", EntityKind::Judgement, 1_142),
    ] {
        assert_eq!((rows[file], count(kind)), (number, number), "{file}");
    }
    assert_eq!(rows["innovations.jsonl"], 479);
    // What is known only as the source or the replica of a replication has a record too, and is named by one.
    let gathered: Vec<String> = std::fs::read_to_string(data_dir().join("innovations.jsonl"))
        .unwrap()
        .lines()
        .map(|row| serde_json::from_str::<serde_json::Value>(row).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    network.read(|view| {
        let ids: Vec<&str> = view.all::<Innovation>().map(|innovation| innovation.id.as_str()).collect();
        assert!(gathered.iter().all(|id| ids.contains(&id.as_str())));
        let mut stubs = 0;
        for innovation in view.all::<Innovation>().filter(|found| !gathered.iter().any(|id| id == found.id.as_str())) {
            let named = view.referring::<Replication>(&EntityRef::of::<Innovation>(&innovation.id));
            assert!(!named.is_empty(), "{} is neither a row nor of a replication", innovation.id);
            stubs += 1;
        }
        assert_eq!(479 + stubs, ids.len());
        assert!(stubs > 0);
    });
}

#[test]
fn loading_it_again_changes_nothing() {
    // A copy, so that the data are gathered twice in all: reading the files takes most of the time of these tests.
    let network = Network::in_memory(&options("again")).unwrap();
    network.apply(&data().0.export_since(0).unwrap()).unwrap();
    let revision = network.revision();
    let again = load(&network, &data_dir(), &stamp()).unwrap();
    for (file, report) in &again.files {
        assert_eq!((report.registered, report.revised, report.rejections), (0, 0, 0), "{file}");
    }
    assert_eq!(network.revision(), revision);
    assert_eq!(again.gathered, data().1.gathered, "what could not be placed is the same, in the same order");
    assert_eq!(json(&ask(&network)), json(&ask(&data().0)), "a second run gives the same answer, byte by byte");
    assert_eq!(network.verify().unwrap(), []);
}

#[test]
fn every_record_says_where_it_comes_from() {
    data().0.read(|view| {
        let gathered = [
            EntityKind::Region,
            EntityKind::Innovation,
            EntityKind::Replication,
            EntityKind::Hub,
            EntityKind::Activity,
            EntityKind::Need,
            EntityKind::Judgement,
            EntityKind::Award,
        ];
        for kind in gathered {
            let silent: Vec<&str> =
                view.records(kind).filter(|record| record.provenance().is_empty()).map(Record::id).collect();
            assert_eq!(silent, [""; 0], "{kind}");
        }
    });
}

#[test]
fn a_government_is_one_agency() {
    data().0.read(|view| {
        let mut governments: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for agency in view.all::<Agency>() {
            let is_government = matches!(agency.kind, AgencyKind::Province | AgencyKind::Regency | AgencyKind::City);
            if is_government {
                let region = agency.region.as_ref().unwrap_or_else(|| panic_of(agency));
                governments.entry(region.as_str()).or_default().push(agency.id.as_str());
                let level = view.get::<Region>(region).unwrap().level;
                assert_eq!(level.to_string(), agency.kind.to_string(), "{}", agency.id);
            }
        }
        governments.retain(|_, ids| ids.len() > 1);
        assert!(governments.is_empty(), "{governments:?}");
        let mut names: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for agency in view.all::<Agency>() {
            names.entry(agency.name.to_lowercase()).or_default().push(agency.id.as_str());
        }
        names.retain(|_, ids| ids.len() > 1);
        assert!(names.is_empty(), "{names:?}");
    });
}

fn panic_of(agency: &Agency) -> ! {
    unreachable!("{} governs a region that is not named", agency.id)
}

#[test]
fn the_built_in_regions_are_those_of_the_data() {
    let built_in = regions_id().unwrap();
    data().0.read(|view| {
        assert_eq!(view.count(EntityKind::Region), built_in.len());
        for region in &built_in {
            let loaded = view.get::<Region>(&region.id).unwrap();
            assert_eq!((&loaded.name, loaded.level), (&region.name, region.level), "{}", region.id);
            assert_eq!((&loaded.parent, &loaded.country), (&region.parent, &region.country), "{}", region.id);
            assert_eq!(loaded.population, region.population, "{}", region.id);
            assert_eq!(loaded.population_on, region.population_on, "{}", region.id);
            assert_eq!(loaded.area_km2, region.area_km2, "{}", region.id);
            assert_eq!((loaded.hdi, loaded.hdi_on), (region.hdi, region.hdi_on), "{}", region.id);
            assert_eq!((loaded.is_3t, loaded.center), (region.is_3t, region.center), "{}", region.id);
            assert_eq!((&loaded.capital, &loaded.external_ids), (&region.capital, &region.external_ids));
        }
    });
}

/// Read in the data: each of them takes patients' registration or queues off their hands, in a clinic or hospital.
const ABOUT_QUEUES: [&str; 6] = [
    "kota-surabaya/e-health",
    "jawa-tengah/pelayan-raja",
    "jawa-tengah/tele-apik",
    "kabupaten-tulungagung/si-poetri",
    "kabupaten-banyuwangi/gancang-aron",
    "kota-malang/brexit",
];

#[test]
fn queues_in_maluku_are_answered() {
    let found = ask(&data().0);
    assert_eq!(found.candidates.len(), 5);
    for candidate in &found.candidates {
        let points: i64 = candidate.parts.iter().map(|part| part.points).sum();
        assert_eq!(points, candidate.score, "{}", candidate.innovation);
        assert!((1..=100_000_000).contains(&candidate.score), "{}", candidate.innovation);
        assert!(!candidate.sources.is_empty(), "{}", candidate.innovation);
        let own: Vec<_> = candidate.hubs.iter().filter(|hub| hub.role == HubRole::Own).collect();
        assert_eq!(own.len(), 1, "{:?}", candidate.hubs);
        assert_eq!(own[0].name, "Pemerintah Provinsi Maluku");
        assert_eq!(own[0].contacts, [], "no page tells a contact, so none is made up");
        assert!(own[0].is_designated);
        assert_eq!(own[0].since.unwrap().to_string(), "2021");
    }
    let scores: Vec<i64> = found.candidates.iter().map(|candidate| candidate.score).collect();
    assert!(scores.is_sorted_by(|one, other| one >= other), "{scores:?}");
    let best: Vec<&str> = found.candidates.iter().map(|candidate| candidate.innovation.as_str()).collect();
    let fitting = best.iter().filter(|id| ABOUT_QUEUES.contains(id)).count();
    assert!(fitting >= 3, "{best:?}");
}

#[test]
fn a_filter_only_leaves_out() {
    let network = &data().0;
    let question =
        Question { limit: 1_000, sectors: vec!["health".parse::<SectorId>().unwrap()], ..queues_in_maluku() };
    let health = network.candidates(&question).unwrap();
    let all = network.candidates(&Question { limit: 1_000, ..queues_in_maluku() }).unwrap();
    assert!(!health.candidates.is_empty() && health.candidates.len() < all.candidates.len());
    network.read(|view| {
        for candidate in &health.candidates {
            let innovation = view.get::<Innovation>(&candidate.innovation).unwrap();
            assert!(innovation.sectors.iter().any(|sector| sector.as_str() == "health"));
        }
    });
    let short = network.candidates(&queues_in_maluku()).unwrap();
    assert_eq!(short.candidates, all.candidates[..5], "the limit cuts the list and changes nothing in it");
}

#[test]
fn the_answer_is_the_same_wherever_the_network_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.jipp");
    let expected = json(&ask(&data().0));
    let bundle = data().0.export_since(0).unwrap();
    let network = Network::open(&path, &options("file")).unwrap();
    network.apply(&bundle).unwrap();
    assert_eq!(json(&ask(&network)), expected, "in a file");
    drop(network);
    let reopened = |has_snapshot: bool| {
        assert_eq!(SqliteStore::open_read_only(&path).unwrap().snapshot().unwrap().is_some(), has_snapshot);
        Network::open(&path, &options("file")).unwrap()
    };
    let network = reopened(false);
    assert_eq!(json(&ask(&network)), expected, "from the journal");
    network.save_snapshot().unwrap();
    drop(network);
    let network = reopened(true);
    assert_eq!(json(&ask(&network)), expected, "from a snapshot");
    let onward = network.export_since(0).unwrap();
    same_elsewhere(&onward, &network, &expected);
}

/// Takes a bundle into another copy, twice, and asks there.
fn same_elsewhere(bundle: &[u8], network: &Network, expected: &str) {
    let other = Network::in_memory(&options("other")).unwrap();
    let received = other.apply(bundle).unwrap();
    assert!(received.held.is_empty() && received.conflicts.is_empty());
    assert_eq!(json(&ask(&other)), expected, "from a bundle");
    let again = other.apply(bundle).unwrap();
    assert_eq!((again.new, again.known, again.revision), (0, received.new, None));
    let all = |network: &Network| -> Vec<Record> {
        network.read(|view| EntityKind::ALL.iter().flat_map(|kind| view.records(*kind)).cloned().collect())
    };
    assert_eq!(all(&other), all(network));
}
