//! The network at the scale of the country: 100,000 innovations of about 140 words.
//!
//! `cargo bench -p jipp-core --features testing --bench national`
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a benchmark measures time and stops at the first surprise"
)]

use std::hint::black_box;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use jipp_core::exchange::{ImportOptions, JsonLines, RecordReader};
use jipp_core::model::{EntityKind, Innovation, Line};
use jipp_core::network::{Network, Options, Question};
use jipp_core::registry::{Action, Revise, Stamp};
use jipp_core::testing::National;

fn stamp() -> Stamp {
    Stamp::at("2026-11-21T08:00:00Z".parse().unwrap())
}

fn options() -> Options {
    Options::new("bench").unwrap()
}

/// The innovations as JSON Lines.
fn json_lines(national: &National) -> Vec<u8> {
    let mut bytes = Vec::new();
    for innovation in national.innovations() {
        serde_json::to_writer(&mut bytes, &innovation.unwrap()).unwrap();
        bytes.push(b'\n');
    }
    bytes
}

/// A network with what innovations refer to.
fn prepared(network: Network, national: &National) -> Network {
    let sectors = national.sectors().unwrap().into_iter().map(|sector| Action::Register(sector.into()));
    let agencies = national.agencies().unwrap().into_iter().map(|agency| Action::Register(agency.into()));
    network.commit(&stamp(), sectors.chain(agencies).collect()).unwrap();
    network
}

fn import(network: &Network, lines: &[u8]) {
    let mut source = JsonLines::new(Cursor::new(lines), "innovations.jsonl");
    let mut reader = RecordReader::new(EntityKind::Innovation);
    let report = network.import(&mut source, &mut reader, &ImportOptions::new(stamp()), &mut |_| true).unwrap();
    assert_eq!((report.registered, report.rejections), (100_000, 0));
}

fn in_file(dir: &Path) -> Network {
    Network::open(dir.join("national.jipp"), &options()).unwrap()
}

fn benchmarks(criterion: &mut Criterion) {
    let national = National::default();
    let lines = json_lines(&national);
    eprintln!("{} innovations, {} bytes of JSON Lines", national.innovations, lines.len());
    let mut group = criterion.benchmark_group("national");
    group.sample_size(10).measurement_time(Duration::from_secs(30)).warm_up_time(Duration::from_millis(1));

    group.bench_function("import into memory", |bencher| {
        let empty = || prepared(Network::in_memory(&options()).unwrap(), &national);
        bencher.iter_batched(
            empty,
            |network| {
                import(&network, &lines);
                network
            },
            BatchSize::PerIteration,
        );
    });

    group.bench_function("import into a file", |bencher| {
        let empty = || {
            let dir = tempfile::tempdir().unwrap();
            (prepared(in_file(dir.path()), &national), dir)
        };
        bencher.iter_batched(
            empty,
            |(network, dir)| {
                import(&network, &lines);
                (network, dir)
            },
            BatchSize::PerIteration,
        );
    });

    let dir = tempfile::tempdir().unwrap();
    {
        let network = prepared(in_file(dir.path()), &national);
        import(&network, &lines);
        network.save_snapshot().unwrap();
    }
    let first = Innovation::clone(&national.innovations().next().unwrap().unwrap());
    let question = Question::new(&first.title);

    group.bench_function("open a file until the first query is answered", |bencher| {
        // What is made is dropped after the time was taken.
        let opened = |()| {
            let network = in_file(dir.path());
            let found = network.candidates(&question).unwrap();
            (network, found)
        };
        bencher.iter_batched(|| (), opened, BatchSize::PerIteration);
    });

    let network = in_file(dir.path());
    group.bench_function("candidates for one need", |bencher| {
        bencher.iter(|| black_box(network.candidates(&question).unwrap()));
    });
    group.finish();

    let mut group = criterion.benchmark_group("durable commit of one change at 100,000 innovations");
    group.sample_size(100).measurement_time(Duration::from_secs(10));
    group.bench_function("jipp", |bencher| bencher.iter_custom(|count| commit_edits(&network, &first, count)));
    group.bench_function("bare SQLite", |bencher| bencher.iter_custom(|count| bare_transactions(&network, count)));
    group.finish();
}

/// Changes the title of one innovation, again and again.
fn commit_edits(network: &Network, first: &Innovation, count: u64) -> Duration {
    let mut spent = Duration::ZERO;
    for _ in 0..count {
        let old = network.read(|view| view.find::<Innovation>(first.id.as_str()).cloned()).unwrap();
        let mut new = old.clone();
        new.title = Line::new(format!("{} {}", first.title, network.revision())).unwrap();
        let edit = Revise::between(&old.into(), &new.into()).unwrap();
        let begun = Instant::now();
        network.commit(&stamp(), vec![Action::Revise(edit)]).unwrap();
        spent += begun.elapsed();
    }
    spent
}

/// The same bytes in a transaction of their own, in a file with the same settings and nothing else.
fn bare_transactions(network: &Network, count: u64) -> Duration {
    let last = network.with_registry(|registry| registry.changes_after(registry.revision() - 1)).unwrap();
    let body = serde_json::to_vec(&*Arc::clone(&last[0])).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let connection = rusqlite::Connection::open(dir.path().join("bare.db")).unwrap();
    connection
        .execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE journal(body BLOB);")
        .unwrap();
    let begun = Instant::now();
    for _ in 0..count {
        connection.prepare_cached("INSERT INTO journal VALUES (?1)").unwrap().execute([&body]).unwrap();
    }
    begun.elapsed()
}

criterion_group!(national, benchmarks);
criterion_main!(national);
