//! How well duplicates are found: damaged copies of the real innovations, among true replicas that are none.
//!
//! Prints precision and recall of the links and of the clusters, and the calibration error: over the reported pairs, and
//! over all candidates (most of which are easy). Once by the evidence alone, and once with owners that must agree.
//!
//! ```text
//! cargo run --release --example measure_linkage -- --seeds 5
//! ```
#![allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "a program that prints figures to read")]

use clap::Parser;
use jipp_core::Result;
use jipp_core::matching::linkage::{Level, LinkageResult, LinkageSettings, Pair, RecordLinker};
use jipp_examples::{Duplicates, calibration_error, data_dir};

/// Measures the search for duplicates.
#[derive(Parser)]
struct Arguments {
    /// How many differently damaged sets.
    #[arg(long, default_value_t = 5)]
    seeds: u64,
    /// From which probability on to link.
    #[arg(long, default_value_t = 0.9)]
    threshold: f64,
    /// Print this many of the false and of the missed pairs.
    #[arg(long, default_value_t = 0)]
    errors: usize,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    for seed in 0..arguments.seeds {
        let cases = Duplicates::make(&data_dir(), usize::MAX, seed)?;
        println!("set {seed}: {} records, {} replicas, {} true pairs", cases.len(), cases.replicas, cases.truth.len());
        for (name, least) in [("evidence alone", None), ("owners must agree", Some(Level::Exact))] {
            let mut settings = LinkageSettings { threshold: arguments.threshold, ..Duplicates::settings() };
            for field in settings.fields.iter_mut().filter(|field| field.must_agree.is_some()) {
                field.must_agree = least;
            }
            let found = RecordLinker::new(settings.clone())?.dedupe(&cases.table(&settings)?)?;
            print(name, &found, &cases);
            show_errors(&found, &cases, arguments.errors);
        }
    }
    Ok(())
}

fn print(name: &str, found: &LinkageResult, cases: &Duplicates) {
    let linked: Vec<Option<bool>> = found.links().map(|pair| cases.same(&pair.left, &pair.right)).collect();
    let links: Vec<bool> = linked.iter().copied().flatten().collect();
    let mut grouped = Vec::new();
    for cluster in &found.clusters {
        for (at, one) in cluster.records.iter().enumerate() {
            grouped.extend(cluster.records[at + 1..].iter().filter_map(|other| cases.same(one, other)));
        }
    }
    // A forbidden pair is never taken for the same, however alike.
    let case = |pair: &Pair| {
        let probability = if pair.veto.is_some() { 0.0 } else { pair.probability };
        Some((probability, cases.same(&pair.left, &pair.right)?))
    };
    let reported: Vec<(f64, bool)> = found.pairs.iter().filter_map(case).collect();
    let rest = usize::try_from(found.counts.candidates).unwrap_or(0).saturating_sub(found.pairs.len());
    let all: Vec<(f64, bool)> = reported.iter().copied().chain(std::iter::repeat_n((0.0, false), rest)).collect();
    let truth = cases.truth.len();
    for (kind, found) in [("links", &links), ("clusters", &grouped)] {
        let (precision, recall) = figures(found, truth);
        println!("  {name:18} {kind:8} precision {precision:.4} recall {recall:.4}");
    }
    println!("    linked pairs that the data do not judge: {}", linked.len() - links.len());
    let (reported_error, error) = (calibration_error(&reported), calibration_error(&all));
    println!(
        "    calibration error {reported_error:.4} of {} reported pairs, {error:.4} of {} candidates",
        reported.len(),
        all.len()
    );
}

fn figures(found: &[bool], truth: usize) -> (f64, f64) {
    let right = found.iter().filter(|right| **right).count() as f64;
    (right / found.len().max(1) as f64, right / truth.max(1) as f64)
}

fn show_errors(found: &LinkageResult, cases: &Duplicates, most: usize) {
    let wrong = found.links().filter(|pair| cases.same(&pair.left, &pair.right) == Some(false));
    let linked: Vec<(String, String)> = found.links().map(|pair| (pair.left.clone(), pair.right.clone())).collect();
    let missed = cases.truth.iter().filter(|pair| !linked.contains(pair));
    let missed = missed.map(|(left, right)| ("missed", left.clone(), right.clone()));
    for (name, left, right) in
        wrong.map(|pair| ("false", pair.left.clone(), pair.right.clone())).take(most).chain(missed.take(most))
    {
        let pair = found.pairs.iter().find(|pair| pair.left == left && pair.right == right);
        println!(
            "{name}: weight {:?} veto {:?}\n   {:?}\n   {:?}",
            pair.map(|p| p.weight),
            pair.map(|p| p.veto),
            cases.row(&left),
            cases.row(&right)
        );
        for part in pair.iter().flat_map(|pair| &pair.parts) {
            println!("      {} {part:?}", found.fields[part.field]);
        }
    }
    for field in found.model.fields.iter().take(most) {
        println!("{field:?}");
    }
}
