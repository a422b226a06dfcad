//! How long every parser takes for a megabyte of hostile input: `time-hostile [PARSER]`. The slowest of each is a line of the table
//! in BENCHMARKS.md.
#![allow(clippy::print_stdout, reason = "a program that measures prints what it measured")]

use std::time::{Duration, Instant};

use jipp_tests::hostile::Hostile;
use jipp_tests::parsers::{ALL, reading};

/// The shortest of three runs.
#[allow(clippy::disallowed_methods, reason = "the real clock is what is measured with")]
fn time(parse: fn(&[u8]), bytes: &[u8]) -> Duration {
    let run = || {
        let started = Instant::now();
        parse(bytes);
        started.elapsed()
    };
    let (one, two, three) = (run(), run(), run());
    one.min(two).min(three)
}

fn main() {
    let only = std::env::args().nth(1);
    let hostile = Hostile(1 << 20);
    let general = hostile.general();
    for (name, _) in ALL.iter().filter(|(name, _)| only.as_ref().is_none_or(|only| only == name)) {
        let parse = reading(name);
        parse(b"");
        let own = hostile.for_parser(name);
        let mut times: Vec<(Duration, &str)> =
            general.iter().chain(&own).map(|(what, bytes)| (time(parse, bytes), *what)).collect();
        times.sort_unstable();
        if let Some((longest, what)) = times.last() {
            println!("| {name} | {:.1} ms | {what} |", longest.as_secs_f64() * 1e3);
        }
        if only.is_some() {
            for (time, what) in &times {
                println!("    {:8.1} ms  {what}", time.as_secs_f64() * 1e3);
            }
        }
    }
}
