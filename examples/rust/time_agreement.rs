//! How fast Krippendorff's alpha and its bootstrap interval are on a whole competition; JSON for
//! `examples/python/peers/agreement.py`, which times the Python package `krippendorff` on the same ratings.
//!
//! 2,500 proposals that 30 assessors score from 0 to 100, every one of them or a share.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    reason = "a program that reads the clock and prints figures"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use clap::Parser;
use jipp_core::Result;
use jipp_core::base::{Code, Error};
use jipp_core::evaluation::agreement::{Bootstrap, Level, Ratings, krippendorff, krippendorff_interval};
use serde_json::json;

/// Times agreement on generated ratings.
#[derive(Parser, Debug)]
#[command(name = "time_agreement")]
struct Arguments {
    /// How many proposals
    #[arg(long, default_value_t = 2_500)]
    units: usize,
    /// How many assessors
    #[arg(long, default_value_t = 30)]
    raters: usize,
    /// The share of ratings that are there, in percent
    #[arg(long, default_value_t = 100)]
    filled: u64,
    /// How many resamples an interval rests on
    #[arg(long, default_value_t = 1_000)]
    resamples: u32,
    /// How many threads draw
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// Write the ratings here: a line for each assessor, nothing between commas for a missing one
    #[arg(long)]
    export: Option<PathBuf>,
}

/// How often each is timed; the middle counts.
const ROUNDS: usize = 5;

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let rows = generated(&arguments);
    if let Some(path) = &arguments.export {
        std::fs::write(path, text(&rows)).map_err(|error| Error::new(Code::StoreIo).caused_by(error))?;
    }
    let options = Bootstrap { resamples: arguments.resamples, threads: arguments.threads, ..Bootstrap::default() };
    let mut figures = Vec::new();
    for level in Level::ALL {
        // From the rows each time, as the package starts from them too.
        let (alpha, alpha_seconds) = timed(|| Ok(krippendorff(&Ratings::new(*level, &rows)?)))?;
        let (interval, interval_seconds) = timed(|| krippendorff_interval(&Ratings::new(*level, &rows)?, &options))?;
        figures.push(json!({
            "level": level,
            "alpha": alpha,
            "alpha_seconds": alpha_seconds,
            "interval": interval,
            "interval_seconds": interval_seconds,
        }));
    }
    println!("{}", json!({ "resamples": arguments.resamples, "threads": arguments.threads, "levels": figures }));
    Ok(())
}

/// What comes of it, and the median of the seconds it takes.
fn timed<T>(work: impl Fn() -> Result<T>) -> Result<(T, f64)> {
    let mut times = [0.0; ROUNDS];
    for time in &mut times {
        let start = Instant::now();
        black_box(work()?);
        *time = start.elapsed().as_secs_f64();
    }
    times.sort_by(f64::total_cmp);
    Ok((work()?, times[ROUNDS / 2]))
}

/// Each proposal has a worth, each assessor a severity; the rest is chance (splitmix64).
fn generated(arguments: &Arguments) -> Vec<Vec<Option<f64>>> {
    let mut state = 2026_u64;
    let mut below = |bound: u64| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 33) % bound
    };
    let worth: Vec<u64> = (0..arguments.units).map(|_| 25 + below(25) + below(25)).collect();
    let rater = |_| {
        let severity = below(15);
        let score = |worth: &u64| {
            let score = (worth + 15 + below(12)).saturating_sub(severity).min(100);
            (below(100) < arguments.filled).then_some(score as u32).map(f64::from)
        };
        worth.iter().map(score).collect()
    };
    (0..arguments.raters).map(rater).collect()
}

fn text(rows: &[Vec<Option<f64>>]) -> String {
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> =
            row.iter().map(|cell| cell.map_or_else(String::new, |cell| cell.to_string())).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", cells.join(","));
    }
    text
}
