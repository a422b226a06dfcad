//! How fast a store in a file is; run by hand: `cargo test --release -p jipp-tests --test store_speed -- --ignored
//! --nocapture`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement fails by panicking and prints what it found"
)]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jipp_core::base::{AgencyId, InnovationId, Timestamp};
use jipp_core::model::{EntityKind, EntityRef, Innovation, Line, Text};
use jipp_core::registry::{Action, Change, ChangeId};
use jipp_core::store::sqlite::Options;
use jipp_core::store::{Snapshot, SqliteStore, Store};
use jipp_tests::crash::Dice;
use rusqlite::Connection;

const RECORDS: u64 = 100_000;

/// Registers an innovation; some 1.5 KB of JSON. Ids come in no order, which is the hardest for the index.
fn register(clock: u64, dice: &mut Dice) -> Arc<Change> {
    let id = format!("kabupaten-{:03}/inovasi-{:08x}-{clock}", dice.below(514), dice.below(1 << 32));
    let owner: AgencyId = "kabupaten-banyuwangi".parse().unwrap();
    let mut innovation =
        Innovation::new(id.parse::<InnovationId>().unwrap(), "GASPOL 12".parse::<Line>().unwrap(), owner);
    innovation.expansion = Some("Gerakan Antar Surat Penduduk On Line".parse().unwrap());
    let mut change = Change {
        id: ChangeId { clock, origin: "measure".parse().unwrap() },
        at: Timestamp::from_millis(1_700_000_000_000),
        by: None,
        reverts: None,
        action: Action::Register(innovation.clone().into()),
    };
    let missing = 1500 - serde_json::to_vec(&change).unwrap().len();
    innovation.solution = Some("pelayanan ".repeat(missing / 10).parse::<Text>().unwrap());
    change.action = Action::Register(innovation.into());
    Arc::new(change)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Commits of one change, beside bare transactions with the same bytes.
fn single_commits(path: &Path, changes: &[Arc<Change>]) {
    let bare = Connection::open(path.with_extension("bare")).unwrap();
    bare.execute_batch("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;").unwrap();
    bare.execute_batch("CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT").unwrap();
    let mut store = SqliteStore::open(path, &Options::default()).unwrap();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    // In turns, so that whatever else the machine does meets both alike.
    for change in changes {
        let next = store.head().unwrap() + 1;
        let start = Instant::now();
        store.append(next, std::slice::from_ref(change)).unwrap();
        ours.push(start.elapsed());
        let body = serde_json::to_string(change).unwrap();
        let start = Instant::now();
        bare.execute_batch("BEGIN IMMEDIATE").unwrap();
        bare.prepare_cached("INSERT INTO t (body) VALUES (?1)").unwrap().execute([&body]).unwrap();
        bare.execute_batch("COMMIT").unwrap();
        theirs.push(start.elapsed());
    }
    println!("one change: {:?}; bare transaction: {:?} (medians)", median(ours), median(theirs));
}

#[test]
#[ignore = "a measurement"]
fn speed() {
    let folder = tempfile::tempdir().unwrap();
    let mut dice = Dice::new(1);
    let changes: Vec<_> = (0..RECORDS).map(|clock| register(clock, &mut dice)).collect();
    for size in [1_000, 10_000] {
        let path = folder.path().join(format!("{size}.jipp"));
        let mut store = SqliteStore::open(&path, &Options::default()).unwrap();
        let start = Instant::now();
        for (revision, batch) in (1..).zip(changes.chunks(size)) {
            store.append(revision, batch).unwrap();
        }
        let import = start.elapsed();
        drop(store);
        let closed = start.elapsed();
        let bytes = std::fs::metadata(&path).unwrap().len();
        println!("import in commits of {size}: {import:?}, closed after {closed:?}, {} MB", bytes / 1_000_000);
    }
    let path = folder.path().join("10000.jipp");
    let start = Instant::now();
    let mut store = SqliteStore::open(&path, &Options::default()).unwrap();
    println!("open: {:?}", start.elapsed());
    let start = Instant::now();
    store.read_after(0, &mut |_| Ok(())).unwrap();
    println!("read all: {:?}", start.elapsed());
    let start = Instant::now();
    let body: Vec<u8> = (0..150_000_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    let snapshot = Snapshot { revision: 10, parts: vec![("records".to_owned(), body)] };
    println!("(made a snapshot of 150 MB in {:?})", start.elapsed());
    for _ in 0..2 {
        let start = Instant::now();
        store.save_snapshot(&snapshot).unwrap();
        println!("save it: {:?}", start.elapsed());
    }
    let start = Instant::now();
    assert_eq!(store.snapshot().unwrap(), Some(snapshot));
    println!("load it: {:?}", start.elapsed());
    let subject: EntityRef = changes[500].action.subject();
    assert_eq!(subject.kind, EntityKind::Innovation);
    let start = Instant::now();
    assert_eq!(store.history(&subject).unwrap().len(), 1);
    println!("history of one: {:?}", start.elapsed());
    let start = Instant::now();
    store.backup_to(&folder.path().join("backup.jipp")).unwrap();
    println!("backup: {:?}", start.elapsed());
    let start = Instant::now();
    assert_eq!(store.verify().unwrap(), []);
    println!("verify: {:?}", start.elapsed());
    let start = Instant::now();
    store.compact().unwrap();
    println!("compact: {:?}", start.elapsed());
    single_commits(&folder.path().join("single.jipp"), &changes[..300]);
}
