//! A person can be erased from a journal that only grows, and the journal stays whole.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use jipp_core::base::{AgencyId, Code};
use jipp_core::exchange::{decode, export_document};
use jipp_core::model::{Contact, Entity, EntityKind, EntityRef, Innovation, Person};
use jipp_core::network::Network;
use jipp_core::registry::{Action, Revise, Subject};
use jipp_core::store::SqliteStore;
use jipp_core::store::Store as _;
use jipp_core::store::sqlite::{Options, salvage};
use jipp_tests::network::options;
use jipp_tests::{agency, innovation, line, stamp};
use rusqlite::Connection;
use tempfile::TempDir;

const NAME: &str = "Siti Rahmawati Puspaningrum";
const LATER_NAME: &str = "Siti Rahmawati Kusumawardani";
const OTHER: &str = "Budi Santosa";

fn person(id: &str, name: &str) -> Person {
    let mut person = Person::new(id.parse().unwrap());
    (person.name, person.role) = (Some(line(name)), Some(line("inovator")));
    person
}

fn reference() -> EntityRef {
    EntityRef::new(EntityKind::Person, "p-17").unwrap()
}

/// Two persons, one of whom is renamed and takes part in an innovation; and a contact.
fn fill(network: &Network) {
    let mut queue = innovation("kota-x/antre");
    queue.innovators = vec!["p-17".parse().unwrap(), "p-18".parse().unwrap()];
    let mut contact = Contact::new("k-1".parse().unwrap());
    (contact.agency, contact.phone) = (Some("kota-x".parse().unwrap()), Some(line("+62 911 7654321")));
    let records =
        vec![agency("kota-x").into(), person("p-17", NAME).into(), person("p-18", OTHER).into(), contact.into()];
    network.commit(&stamp(), records.into_iter().map(Action::Register).collect()).unwrap();
    network.commit(&stamp(), vec![Action::Register(queue.into())]).unwrap();
    let renamed = Revise::between(&person("p-17", NAME).into(), &person("p-17", LATER_NAME).into()).unwrap();
    network.commit(&stamp(), vec![Action::Revise(renamed)]).unwrap();
}

fn in_file() -> (TempDir, PathBuf, Network) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.jipp");
    let network = Network::open(&path, &options()).unwrap();
    fill(&network);
    (folder, path, network)
}

/// How often a text stands in the files of a folder.
fn times(folder: &Path, text: &str) -> usize {
    let count = |path: PathBuf| {
        let bytes = fs::read(path).unwrap();
        bytes.windows(text.len()).filter(|window| *window == text.as_bytes()).count()
    };
    fs::read_dir(folder).unwrap().map(|entry| count(entry.unwrap().path())).sum()
}

fn document(network: &Network) -> String {
    let mut out = Vec::new();
    network.read(|view| export_document(&view, &mut out)).unwrap();
    String::from_utf8(out).unwrap()
}

fn check_erased(network: &Network) {
    assert_eq!(network.verify().unwrap(), []);
    for revision in 0..=network.revision() {
        let name =
            network.read_as_of(revision, |view| view.find::<Person>("p-17").and_then(|person| person.name.clone()));
        assert_eq!(name.unwrap(), None, "revision {revision}");
    }
    // Who took part is still known by code, and others are untouched.
    network.read(|view| {
        assert_eq!(view.find::<Innovation>("kota-x/antre").unwrap().innovators.len(), 2);
        assert_eq!(view.find::<Person>("p-18").unwrap().name.as_deref(), Some(OTHER));
    });
    let history = network.with_registry(|registry| registry.history(&reference())).unwrap();
    assert_eq!(history.len(), 2, "that something was recorded is still known");
    let said = format!("{history:?} {}", document(network));
    assert!(!said.contains("Siti") && !said.contains("Kusuma"));
}

#[test]
fn a_person_is_erased_as_of_every_revision() {
    let (_folder, path, network) = in_file();
    assert_eq!(network.erase(&reference()).unwrap(), 2);
    check_erased(&network);
    assert_eq!(network.erase(&reference()).unwrap(), 0, "erasing again does no harm");
    network.commit(&stamp(), vec![Action::Register(agency("kota-y").into())]).unwrap();
    drop(network);
    check_erased(&Network::open(&path, &options()).unwrap());
}

#[test]
fn in_memory_too() {
    let network = Network::in_memory(&options()).unwrap();
    fill(&network);
    assert_eq!(network.erase(&reference()).unwrap(), 2);
    check_erased(&network);
}

#[test]
fn nothing_of_the_person_is_left_in_the_files() {
    let (folder, _path, network) = in_file();
    // The name in the journal, in two snapshots of which one was replaced, and in the log.
    network.save_snapshot().unwrap();
    network.commit(&stamp(), vec![Action::Register(agency("kota-y").into())]).unwrap();
    network.save_snapshot().unwrap();
    assert!(times(folder.path(), NAME) > 0 && times(folder.path(), LATER_NAME) > 0);
    let others = times(folder.path(), OTHER);
    assert!(others > 0);
    network.erase(&reference()).unwrap();
    assert_eq!((times(folder.path(), NAME), times(folder.path(), LATER_NAME)), (0, 0));
    network.save_snapshot().unwrap();
    network.backup_to(folder.path().join("copy.jipp")).unwrap();
    assert_eq!((times(folder.path(), "Siti"), times(folder.path(), LATER_NAME)), (0, 0));
    assert!(times(folder.path(), OTHER) > 0);
}

#[test]
fn a_contact_is_erased_and_its_office_stays() {
    let (folder, _path, network) = in_file();
    let contact = EntityRef::new(EntityKind::Contact, "k-1").unwrap();
    network.commit(&stamp(), vec![Action::Retract(Subject { subject: contact.clone(), reason: None })]).unwrap();
    assert_eq!(network.erase(&contact).unwrap(), 1);
    assert_eq!(times(folder.path(), "7654321"), 0);
    network
        .read_as_of(1, |view| {
            let found = view.find::<Contact>("k-1").unwrap();
            assert_eq!((found.phone.as_deref(), found.agency.as_ref().map(AgencyId::as_str)), (None, Some("kota-x")));
            assert!(found.check().is_ok());
        })
        .unwrap();
}

#[test]
fn other_copies_do_not_bring_back_what_was_erased() {
    let (_folder, _path, network) = in_file();
    let full = network.export_since(0).unwrap();
    let other = Network::in_memory(&jipp_core::network::Options::new("other").unwrap()).unwrap();
    other.apply(&full).unwrap();
    network.erase(&reference()).unwrap();
    let blank = network.export_since(0).unwrap();
    assert!(!String::from_utf8_lossy(&blank).contains("Siti"));

    // The full changes come again, and are known.
    let received = network.apply(&full).unwrap();
    assert_eq!((received.new, received.known), (0, 6));
    check_erased(&network);
    // The blank ones come to who has the full ones, and change nothing.
    let received = other.apply(&blank).unwrap();
    assert_eq!((received.new, received.known), (0, 6));
    assert!(document(&other).contains(LATER_NAME));
    // Who gets both at once keeps one of them; who gets the blank ones first stays without.
    let mut changes = decode(&blank).unwrap().changes;
    changes.extend(decode(&full).unwrap().changes);
    let third = Network::in_memory(&jipp_core::network::Options::new("third").unwrap()).unwrap();
    let received = third.receive(changes).unwrap();
    assert_eq!((received.new, received.known), (6, 6));
    check_erased(&third);
    // What only looks alike is still told.
    let mut forged = decode(&full).unwrap().changes;
    forged[1].by = Some(line("somebody else"));
    assert_eq!(network.receive(forged).unwrap_err().code(), "change-id-reused");
}

#[test]
fn what_stands_beside_the_journal_is_sealed_as_well() {
    let cases = [
        (
            "UPDATE personal SET body = replace(body, 'Siti', 'Sita') WHERE seq = 2",
            "change 2 of the journal, revision 1",
        ),
        ("DELETE FROM personal WHERE seq = 2", "change 2 of the journal, revision 1"),
        ("UPDATE personal SET seq = 99 WHERE seq = 2", "change 2 of the journal, revision 1"),
        (
            "INSERT INTO personal SELECT 1, checksum, body FROM personal WHERE seq = 2",
            "change 1 of the journal, revision 1",
        ),
    ];
    for (sql, place) in cases {
        let (_folder, path, network) = in_file();
        drop(network);
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let store = SqliteStore::open(&path, &Options::default()).unwrap();
        let problems = store.verify().unwrap();
        assert_eq!((problems[0].place.as_str(), problems[0].code), (place, Code::StoreDamaged), "{sql}");
        let error = store.read_after(0, &mut |_| Ok(())).unwrap_err();
        assert_eq!((error.code(), error.offending()), ("store-damaged", Some(place)), "{sql}");
    }
    let (_folder, path, network) = in_file();
    drop(network);
    let sql = "INSERT INTO personal VALUES (99, 0, NULL)";
    Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    let store = SqliteStore::open(&path, &Options::default()).unwrap();
    assert_eq!(store.verify().unwrap()[0].place, "personal");
}

#[test]
fn a_salvaged_network_keeps_persons_and_stays_without_those_erased() {
    let (_folder, path, network) = in_file();
    network.erase(&EntityRef::new(EntityKind::Person, "p-18").unwrap()).unwrap();
    drop(network);
    let saved = salvage(&path).unwrap();
    assert_eq!((saved.entries.len(), saved.lost, saved.unchecked), (6, 0, 0), "{:?}", saved.problems);
    let said = format!("{:?}", saved.entries);
    assert!(said.contains(LATER_NAME) && !said.contains(OTHER));
    // Where what stood beside is lost, the rest of the change is not.
    Connection::open(&path).unwrap().execute_batch("DROP TABLE personal").unwrap();
    assert_eq!(salvage(&path).unwrap().entries.len(), 6);
}

#[test]
fn what_is_no_person_is_not_erased() {
    let (_folder, path, network) = in_file();
    let agency = EntityRef::new(EntityKind::Agency, "kota-x").unwrap();
    assert_eq!(network.erase(&agency).unwrap_err().code(), "option-invalid");
    let nobody = EntityRef::new(EntityKind::Person, "p-99").unwrap();
    assert_eq!(network.erase(&nobody).unwrap_err().code(), "not-found");
    let reader = Network::open_read_only(&path, &options()).unwrap();
    assert_eq!(reader.erase(&reference()).unwrap_err().code(), "store-read-only");
    assert!(document(&reader).contains(LATER_NAME));
}
