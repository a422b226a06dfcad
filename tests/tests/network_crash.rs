//! A network survives the death of its writer, at whatever moment: within a commit, a snapshot, an import, a compaction, a
//! backup, a change of the layout.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

use jipp_core::model::{EntityKind, Record};
use jipp_core::network::{Network, Question};
use jipp_tests::crash::{Dice, interrupt, kill};
use jipp_tests::network::{ROWS, import, options, step, written_by};
use jipp_tests::rounds::rounds;
use jipp_tests::stamp;

/// Lets another process write until a seed kills it, and gives the revisions it acknowledged.
fn write_and_die(task: &str, path: &Path, seed: u64) -> Vec<u64> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_network-process"));
    kill(command.arg(task).arg(path), &mut Dice::new(seed)).unwrap()
}

/// Opens what is left: every acknowledged commit is there, at most one more, and all of it is sound.
fn open(path: &Path, before: u64, acknowledged: &[u64], seed: u64) -> Network {
    let last = *acknowledged.last().unwrap();
    assert!(acknowledged.iter().copied().eq(before + 1..=last), "seed {seed}: {acknowledged:?}");
    let network = Network::open(path, &options()).unwrap();
    let head = network.revision();
    assert!(head == last || head == last + 1, "seed {seed}: acknowledged {last}, found {head}");
    assert_eq!(network.verify().unwrap(), [], "seed {seed}");
    network
}

fn records(network: &Network, kind: EntityKind) -> Vec<Record> {
    network.read(|view| view.records(kind).cloned().collect())
}

#[test]
fn every_acknowledged_commit_survives() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.jipp");
    let mut before = 0;
    for seed in 0..rounds(25) {
        let acknowledged = write_and_die("commit", &path, seed);
        before = open(&path, before, &acknowledged, seed).revision();
    }
    let network = Network::open(&path, &options()).unwrap();
    // As if nobody had been killed: the same commits by one process.
    let undisturbed = Network::in_memory(&options()).unwrap();
    for revision in 1..=before {
        undisturbed.commit(&stamp(), step(&undisturbed, revision)).unwrap();
    }
    let kind = EntityKind::Innovation;
    assert_eq!(records(&network, kind).len() as u64, before);
    assert!(network.read(|view| view.record(kind, &written_by(before)).is_some()));
    assert_eq!(records(&network, kind), records(&undisturbed, kind));
    // The text index came partly out of snapshots, partly out of the journal.
    let question = Question { limit: 1_000, ..Question::new("antrean panjang 12") };
    assert_eq!(network.candidates(&question).unwrap(), undisturbed.candidates(&question).unwrap());
    // The index agrees with the records in which of them have the words: all, the last one by its title alone.
    assert_eq!(network.candidates(&question).unwrap().searched as u64, before);
}

#[test]
fn an_import_that_was_killed_ends_as_if_it_had_not_been() {
    let undisturbed = Network::in_memory(&options()).unwrap();
    let whole = import(&undisturbed, 0, &mut |_| true).unwrap();
    let expected = records(&undisturbed, EntityKind::Region);
    assert_eq!((expected.len() as u64, whole.rows), (whole.registered, ROWS as u64));
    let refused = |code: &str| whole.rejected.iter().filter(|rejection| rejection.code == code).count();
    // What refers to a row that is refused is settled only at the end of the file, however often it is resumed.
    assert_eq!((refused("unknown-term"), refused("dangling-reference")), (6, 1), "{:?}", whole.rejected);

    let folder = tempfile::tempdir().unwrap();
    let mut interrupted = 0;
    for seed in 100..100 + rounds(25) {
        let path = folder.path().join(format!("net-{seed}.jipp"));
        let acknowledged = write_and_die("import", &path, seed);
        let network = open(&path, 0, &acknowledged, seed);
        let there = records(&network, EntityKind::Region);
        assert!(there.iter().all(|record| expected.contains(record)), "seed {seed}");
        interrupted += u64::from(there.len() < expected.len());

        let rest = import(&network, 0, &mut |_| true).unwrap();
        assert_eq!((rest.registered + there.len() as u64, rest.revised), (whole.registered, 0), "seed {seed}");
        assert_eq!((rest.unchanged, &rest.rejected), (there.len() as u64, &whole.rejected), "seed {seed}");
        assert_eq!(records(&network, EntityKind::Region), expected, "seed {seed}");
        let again = import(&network, 0, &mut |_| true).unwrap();
        assert_eq!((again.registered, again.revised, again.revision), (0, 0, rest.revision), "seed {seed}");
        assert_eq!(network.verify().unwrap(), [], "seed {seed}");
    }
    assert!(interrupted * 5 >= rounds(25) * 4, "{interrupted} were killed in the middle");
}

/// A backup that is there is whole, and that of a file that is compacted too.
#[test]
fn compaction_and_backup_can_be_killed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("net.jipp");
    let (mut before, mut copies) = (0, 0);
    for seed in 200..200 + rounds(15) {
        let acknowledged = write_and_die("upkeep", &path, seed);
        let last = open(&path, before, &acknowledged, seed).revision();
        for revision in before + 1..=last {
            let copy = folder.path().join(format!("net.jipp-backup-{revision}"));
            if copy.exists() {
                let network = Network::open_read_only(&copy, &options()).unwrap();
                assert_eq!((network.revision(), network.verify().unwrap()), (revision, vec![]), "seed {seed}");
                copies += 1;
            } else {
                // Only what was going on when the process died may be missing.
                assert!(revision % 2 == 0 || revision + 1 >= last, "seed {seed}: no copy of revision {revision}");
            }
        }
        before = last;
    }
    assert!(copies > rounds(15), "{copies}");
}

#[test]
fn bringing_a_layout_up_to_date_can_be_killed() {
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats/layout-1.jipp");
    let folder = tempfile::tempdir().unwrap();
    let mut at_work = 0;
    for seed in 300..300 + rounds(40) {
        let path = folder.path().join(format!("net-{seed}.jipp"));
        std::fs::copy(&old, &path).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_network-process"));
        let is_at_work = interrupt(command.arg("open").arg(&path), &mut Dice::new(seed), 3_000_000).unwrap();
        at_work += u64::from(is_at_work);
        let network = Network::open(&path, &options()).unwrap();
        assert_eq!((network.revision(), network.verify().unwrap()), (4, vec![]), "seed {seed}");
    }
    assert!(at_work > 0, "none was killed in the middle");
}
