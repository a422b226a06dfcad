//! Whatever is done to them, a store in a file and a store in memory answer alike.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jipp_core::Result;
use jipp_core::base::Timestamp;
use jipp_core::model::{EntityKind, EntityRef};
use jipp_core::registry::{Action, Change, ChangeId, Edit, Revise};
use jipp_core::store::sqlite::Options;
use jipp_core::store::{Entry, MemoryStore, Snapshot, SqliteStore, Store};
use jipp_tests::samples::register_sector;
use proptest::prelude::*;
use serde_json::Value;

#[derive(Clone, Debug)]
enum Step {
    /// Appends at the next revision plus an offset.
    Append(i64, Vec<Arc<Change>>),
    Save(Snapshot),
    Reopen,
    Compact,
}

fn change() -> impl Strategy<Value = Arc<Change>> {
    let value = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    let revise =
        (any::<u64>(), 0..6_u64, ".*", value.clone(), value).prop_map(|(clock, number, field, before, after)| {
            let subject = EntityRef::new(EntityKind::Sector, &format!("sector-{number}")).unwrap();
            let fields = BTreeMap::from([(field, Edit { before, after })]);
            let id = ChangeId { clock, origin: "test".parse().unwrap() };
            let (at, action) = (Timestamp::from_millis(7), Action::Revise(Revise { subject, fields }));
            Arc::new(Change { id, at, by: None, reverts: None, action })
        });
    let register = (any::<u64>(), 0..6_u64).prop_map(|(clock, number)| register_sector(clock, number));
    prop_oneof![register, revise]
}

fn step() -> impl Strategy<Value = Step> {
    let offset = prop_oneof![8 => Just(0_i64), 1 => -2..3_i64];
    let part = ("[a-z]{0,3}", proptest::collection::vec(any::<u8>(), 0..40));
    let snapshot = (any::<u32>(), proptest::collection::vec(part, 0..4));
    prop_oneof![
        6 => (offset, proptest::collection::vec(change(), 0..5)).prop_map(|(offset, changes)| Step::Append(offset, changes)),
        1 => snapshot.prop_map(|(revision, parts)| Step::Save(Snapshot { revision: revision.into(), parts })),
        1 => Just(Step::Reopen),
        1 => Just(Step::Compact),
    ]
}

fn entries(store: &dyn Store, revision: u64) -> Result<Vec<Entry>> {
    let mut found = Vec::new();
    store.read_after(revision, &mut |entry| {
        found.push(entry);
        Ok(())
    })?;
    Ok(found)
}

fn open(path: &Path) -> SqliteStore {
    SqliteStore::open(path, &Options::default()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn file_and_memory_answer_alike(steps in proptest::collection::vec(step(), 1..14)) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("net.jipp");
        let (mut file, mut memory) = (open(&path), MemoryStore::new());
        for step in steps {
            match step {
                Step::Append(offset, changes) => {
                    let revision = memory.head().unwrap().saturating_add_signed(1 + offset);
                    let (ours, theirs) = (file.append(revision, &changes), memory.append(revision, &changes));
                    prop_assert_eq!(ours.map_err(|error| error.code()), theirs.map_err(|error| error.code()));
                }
                Step::Save(snapshot) => {
                    file.save_snapshot(&snapshot).unwrap();
                    memory.save_snapshot(&snapshot).unwrap();
                }
                Step::Reopen => {
                    drop(file);
                    file = open(&path);
                }
                Step::Compact => file.compact().unwrap(),
            }
            prop_assert_eq!(file.head().unwrap(), memory.head().unwrap());
        }
        for revision in 0..memory.head().unwrap() + 2 {
            prop_assert_eq!(entries(&file, revision).unwrap(), entries(&memory, revision).unwrap());
        }
        for number in 0..6 {
            let subject = EntityRef::new(EntityKind::Sector, &format!("sector-{number}")).unwrap();
            prop_assert_eq!(file.history(&subject).unwrap(), memory.history(&subject).unwrap());
        }
        let absent = EntityRef::new(EntityKind::Agency, "sector-1").unwrap();
        prop_assert_eq!(file.history(&absent).unwrap(), []);
        prop_assert_eq!(file.snapshot().unwrap(), memory.snapshot().unwrap());
        // A snapshot of a revision that is yet to come is the one thing here that is wrong.
        let problems: Vec<_> = file.verify().unwrap().into_iter().filter(|problem| problem.place != "snapshot").collect();
        prop_assert_eq!(problems, []);
    }
}
