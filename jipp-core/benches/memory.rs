//! Resident memory of a network of 100,000 innovations with its index, beside the bytes of their JSON. Linux only.
//!
//! `cargo bench -p jipp-core --features testing --bench memory`
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops at a surprise"
)]

use std::io::{BufReader, Write};

use jipp_core::exchange::{ImportOptions, JsonLines, RecordReader};
use jipp_core::model::EntityKind;
use jipp_core::network::{Network, Options};
use jipp_core::registry::{Action, Stamp};
use jipp_core::testing::National;

/// Resident bytes of this process: the second number of `statm`, in pages of 4,096 bytes.
fn resident() -> Option<u64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    statm.split_whitespace().nth(1)?.parse::<u64>().ok().map(|pages| pages * 4_096)
}

fn main() {
    let national = National::default();
    let mut file = tempfile::tempfile().unwrap();
    let mut bytes = 0_u64;
    for innovation in national.innovations() {
        let mut line = serde_json::to_vec(&innovation.unwrap()).unwrap();
        line.push(b'\n');
        bytes += line.len() as u64;
        file.write_all(&line).unwrap();
    }
    std::io::Seek::rewind(&mut file).unwrap();
    let stamp = Stamp::at("2026-11-21T08:00:00Z".parse().unwrap());
    let network = Network::in_memory(&Options::new("bench").unwrap()).unwrap();
    let sectors = national.sectors().unwrap().into_iter().map(|sector| Action::Register(sector.into()));
    let agencies = national.agencies().unwrap().into_iter().map(|agency| Action::Register(agency.into()));
    network.commit(&stamp, sectors.chain(agencies).collect()).unwrap();
    let Some(before) = resident() else { return println!("no /proc/self/statm here: not measured") };
    let mut source = JsonLines::new(BufReader::new(file), "innovations.jsonl");
    let mut reader = RecordReader::new(EntityKind::Innovation);
    let report = network.import(&mut source, &mut reader, &ImportOptions::new(stamp), &mut |_| true).unwrap();
    let used = resident().unwrap_or(before) - before;
    #[allow(clippy::cast_precision_loss, reason = "a ratio to read")]
    let ratio = used as f64 / bytes as f64;
    println!("{} innovations: {bytes} bytes of JSON, {used} bytes resident, ratio {ratio:.2}", report.registered);
}
