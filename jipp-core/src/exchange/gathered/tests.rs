//! The real data, read as the importers read it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::OnceLock;

use super::*;
use crate::base::Origin;
use crate::model::{DesignationEvent, EntityKind, Hub, HubState, Innovation, Replication};
use crate::registry::{Action, Registry, Stamp};
use crate::store::MemoryStore;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/data")
}

fn rows(file: &str) -> Vec<Row> {
    read_rows(&folder().join(file)).unwrap()
}

/// Feeds every file into an empty registry, one commit a file: new records are registered, those there must be equal.
fn import(gathered: &mut Gathered) -> Registry {
    let mut registry = Registry::open(Box::new(MemoryStore::new()), Origin::new("test").unwrap()).unwrap();
    let stamp = Stamp::at("2026-11-21".parse().unwrap());
    for source in &mut gathered.sources {
        let mut new: BTreeMap<(EntityKind, String), Record> = BTreeMap::new();
        let mut actions = Vec::new();
        for row in rows(source.file()) {
            for record in source.read(&row, &registry.view()).unwrap() {
                let name = (record.kind(), record.id().to_owned());
                let known = new.get(&name).or_else(|| registry.view().record(name.0, &name.1));
                if let Some(known) = known {
                    assert_eq!(*known, record, "{} line {}", source.file(), row.line);
                } else {
                    actions.push(Action::Register(record.clone()));
                    new.insert(name, record);
                }
            }
        }
        registry.commit(&stamp, actions).unwrap_or_else(|error| panic!("{}: {error}", source.file()));
    }
    registry
}

fn imported() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(|| import(&mut Gathered::load(&folder()).unwrap()))
}

fn gathered() -> &'static Gathered {
    static GATHERED: OnceLock<Gathered> = OnceLock::new();
    GATHERED.get_or_init(|| Gathered::load(&folder()).unwrap())
}

#[test]
fn the_counts_of_the_readme_hold() {
    let counts = [
        ("innovations.jsonl", 479),
        ("replications.jsonl", 168),
        ("hubs.jsonl", 39),
        ("activities.jsonl", 78),
        ("needs.jsonl", 40),
        ("needs-qrels.jsonl", 1142),
        ("regions.csv", 552),
    ];
    for (file, count) in counts {
        assert_eq!(gathered().report.rows[file], count, "{file}");
    }
    let view = imported().view();
    let stubs = view.all::<Innovation>().filter(|innovation| is_stub(innovation)).count();
    assert_eq!((view.count(EntityKind::Innovation) - stubs, stubs), (479, 48));
    for (kind, count) in [
        (EntityKind::Region, 552),
        (EntityKind::Sector, 18),
        (EntityKind::Replication, 168),
        (EntityKind::Hub, 36),
        (EntityKind::Activity, 78),
        (EntityKind::Need, 40),
        (EntityKind::Judgement, 1142),
        (EntityKind::Competition, 1),
        (EntityKind::Edition, 11),
        (EntityKind::Award, 388),
    ] {
        assert_eq!(view.count(kind), count, "{kind}");
    }
}

fn is_stub(innovation: &Innovation) -> bool {
    let says =
        |said: &crate::model::Provenance| said.note.as_deref() == Some("known only as the source of a replication");
    innovation.provenance.iter().any(says)
}

#[test]
fn every_row_keeps_its_source() {
    let kept = |record: &Record, url: &str| record.provenance().iter().any(|said| &*said.source == url);
    for source in &gathered().sources {
        let file = source.file();
        for row in rows(file) {
            let records = source.gather(&row).unwrap().records;
            let main = match file {
                "innovations.jsonl" => records.iter().find(|record| record.kind() == EntityKind::Innovation),
                _ => records.last(),
            };
            let main = main.unwrap();
            match row.fields.get("source_url").and_then(|url| url.as_str()) {
                Some(url) => assert!(kept(main, url), "{file} line {}", row.line),
                None => assert!(!main.provenance().is_empty(), "{file} line {}", row.line),
            }
            main.check().unwrap();
        }
    }
}

#[test]
fn owners_carry_the_slug_of_the_id() {
    for innovation in imported().view().all::<Innovation>().filter(|innovation| !is_stub(innovation)) {
        let slug = innovation.id.as_str().split('/').next().unwrap();
        assert_eq!(innovation.owner.as_str(), slug, "{}", innovation.id);
    }
}

#[test]
fn reading_twice_gives_equal_records() {
    let again = Gathered::load(&folder()).unwrap();
    assert_eq!(again.report, gathered().report);
    for (first, second) in gathered().sources.iter().zip(&again.sources) {
        for row in rows(first.file()) {
            assert_eq!(first.gather(&row).unwrap().records, second.gather(&row).unwrap().records);
        }
    }
}

#[test]
fn chains_hang_together() {
    let view = imported().view();
    let mut links = 0;
    for row in rows("replications.jsonl") {
        let of = |id: &str| view.find::<Replication>(id).unwrap();
        for before in row.fields["chain_from"].as_array().unwrap() {
            let (id, before) = (row.fields["id"].as_str().unwrap(), before.as_str().unwrap());
            assert_eq!(of(before).target.as_ref(), Some(&of(id).sources[0].innovation), "{before} -> {id}");
            links += 1;
        }
    }
    assert_eq!(links, 6);
}

#[test]
fn replicas_with_a_record_are_targets_and_no_innovation_replicates_itself() {
    let view = imported().view();
    let target = |id: &str| view.find::<Replication>(id).unwrap().target.as_ref().map(ToString::to_string);
    assert_eq!(target("r061").as_deref(), Some("kabupaten-buleleng/pas-urban"));
    assert_eq!(target("r066").as_deref(), Some("kalimantan-utara/sipelandukilat-smart"));
    assert_eq!(target("r203"), None);
    assert_eq!(view.find::<Replication>("r193").unwrap().target_title.as_deref(), Some("Prodamas Plus"));
    let smart = view.find::<Replication>("r066").unwrap();
    assert_eq!(smart.sources[0].innovation.as_str(), "kalimantan-utara/si-pelandukilat");
}

#[test]
fn sources_are_resolved_as_reviewed() {
    let report = &gathered().report;
    assert_eq!(report.sources, BTreeMap::from([(How::Exact, 28), (How::Reviewed, 4), (How::Stub, 136)]));
    let open: Vec<_> = report.unplaced.iter().filter(|u| u.finding.reason.contains("worth a look")).collect();
    assert!(open.is_empty(), "{open:#?}");
    let replications: BTreeMap<String, Row> = rows("replications.jsonl")
        .into_iter()
        .map(|row| (row.fields["id"].as_str().unwrap().to_owned(), row))
        .collect();
    let mut seen = BTreeSet::new();
    for row in rows("replication-sources-review.csv") {
        let field = |name: &str| row.fields[name].as_str().unwrap();
        let side = &replications[field("replication")].fields[field("side")];
        assert_eq!(
            (side["title"].as_str(), side["agency"].as_str()),
            (Some(field("title")), Some(field("agency"))),
            "line {}",
            row.line
        );
        assert!(imported().view().find::<Innovation>(field("innovation")).is_some(), "line {}", row.line);
        assert!(!field("note").is_empty() && field("likeness").parse::<u32>().unwrap() >= NEAR);
        assert!(seen.insert((field("replication").to_owned(), field("side").to_owned())), "line {}", row.line);
    }
}

#[test]
fn award_labels_are_read_as_far_as_they_say() {
    let rules = AwardRules::new(&rows("award-words.csv"), &rows("contests.csv"), &rows("kipp-editions.jsonl")).unwrap();
    let expected =
        read_rows(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/exchange/gathered/tests/award-labels.csv"));
    let expected = expected.unwrap();
    let known: BTreeSet<&str> = expected.iter().map(|row| row.fields["label"].as_str().unwrap()).collect();
    for row in &expected {
        let field = |name: &str| Some(row.fields[name].as_str().unwrap()).filter(|text| !text.is_empty());
        let read = rules.parse(field("label").unwrap());
        let standing = format!("{:?}", read.standing).to_lowercase();
        assert_eq!(Some(&*standing), field("standing"), "{row:?}");
        assert_eq!(read.contest.as_deref(), field("contest"), "{row:?}");
        assert_eq!(read.edition.as_ref().map(crate::base::EditionId::as_str), field("edition"), "{row:?}");
        assert_eq!((read.group.as_deref(), read.tier.as_deref()), (field("group"), field("tier")), "{row:?}");
        assert_eq!(read.year.map(|year| year.to_string()).as_deref(), field("year"), "{row:?}");
    }
    let open = gathered().report.unplaced.iter().filter(|u| u.finding.kind == FindingKind::Award);
    assert_eq!(open.filter(|u| u.finding.reason.contains("not of an award")).count(), 415 - 388);
    for row in rows("innovations.jsonl") {
        for label in row.fields["awards"].as_array().unwrap() {
            assert!(known.contains(label.as_str().unwrap()), "{label}");
        }
    }
}

#[test]
fn every_observed_status_has_a_state() {
    let statuses = Statuses::new(&rows("replication-status.csv")).unwrap();
    let known: BTreeSet<&str> = statuses.iter().map(|(status, ..)| status).collect();
    let named = "planned studied offered instructed agreed delayed pilot running claimed dropped superseded revived";
    assert_eq!(known, named.split(' ').collect());
    let running = imported().view().find::<Replication>("r063").unwrap();
    assert_eq!(running.status.steps[0].reported.as_deref(), Some("running"));
    assert_eq!(running.status.steps[0].on, Some("2019".parse().unwrap()));
}

#[test]
fn an_unknown_status_is_refused_with_line_and_field() {
    let mut row = rows("replications.jsonl").swap_remove(4);
    row.fields.insert("status".into(), "vanished".into());
    let source = gathered().sources.iter().find(|source| source.file() == "replications.jsonl").unwrap();
    let error = source.gather(&row).unwrap_err();
    assert_eq!((error.code(), error.offending()), ("unknown-term", Some("vanished")));
    assert_eq!((error.location().line, error.location().field.as_deref()), (Some(5), Some("status")));
    row.fields.remove("source");
    let error = source.gather(&row).unwrap_err();
    assert_eq!((error.code(), error.location().line), ("field-missing", Some(5)));
}

#[test]
fn a_pilot_of_two_rows_is_one_hub_with_both_events() {
    let hub = imported().view().find::<Hub>("sulawesi-selatan").unwrap();
    let events: Vec<_> = hub.designations.iter().map(|event| event.event).collect();
    assert_eq!(events, [DesignationEvent::Trial, DesignationEvent::Designation]);
    assert_eq!(hub.designations[1].decree.as_ref().unwrap().as_str(), "kepmenpan-rb/94/2020");
    assert_eq!(hub.status.state(), HubState::Operational);
    assert_eq!(hub.portal_url.as_deref(), Some("jipp.sulselprov.go.id"));
    let commitment = imported().view().find::<Hub>("kementerian-agama").unwrap();
    assert_eq!(commitment.designations[0].event, DesignationEvent::Commitment);
    assert_eq!(commitment.status.state(), HubState::Committed);
    assert_eq!(imported().view().count(EntityKind::Decree), 9 + 3);
}

#[test]
fn every_name_stands_for_a_known_agency_region_and_sector() {
    use FindingKind::{Agency, Region, Sector};
    let open = gathered().report.unplaced.iter().filter(|u| matches!(u.finding.kind, Agency | Region | Sector));
    assert_eq!(open.collect::<Vec<_>>(), Vec::<&Unplaced>::new());
    let hosts = gathered().report.unplaced.iter().filter(|u| u.finding.kind == FindingKind::Host).count();
    assert_eq!(hosts, 5);
}

#[test]
fn a_name_that_no_table_knows_becomes_an_agency_of_its_own_and_is_reported() {
    let mut row = rows("innovations.jsonl").swap_remove(0);
    row.fields.insert("agency".into(), "Badan Cuaca Antariksa".into());
    let source = gathered().sources.iter().find(|source| source.file() == "innovations.jsonl").unwrap();
    let gathering = source.gather(&row).unwrap();
    assert_eq!(gathering.findings[0].kind, FindingKind::Agency);
    assert_eq!(gathering.records[0].id(), "badan-cuaca-antariksa");
}
