//! A megabyte of anything costs every parser less than 64 MB of memory, and makes none panic.
//!
//! The usual run reads a quarter of a megabyte within about a quarter of that; with `JIPP_LONG` it is the whole. How long it takes is
//! measured by `time-hostile`. The only test of its binary, since memory is counted.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jipp_faults::Counting;
use jipp_tests::hostile::Hostile;
use jipp_tests::parsers::{ALL, reading};
use jipp_tests::rounds::rounds;

#[global_allocator]
static MEMORY: Counting = Counting::new();

/// The most that reading a megabyte may take, in megabytes, the input itself not counted.
///
/// More than 64 only where the answer itself is so large: a hundred thousand rows of a few letters become as many records or edges,
/// of about a kilobyte each; and some letters stand for eighteen, all of which are searched.
fn most(parser: &str) -> usize {
    match parser {
        "csv" => 144,
        "dot" | "mermaid" | "graph_csv" | "text" | "query" => 128,
        _ => 64,
    }
}

#[test]
fn a_megabyte_of_anything_stays_within_its_memory() {
    // Of a part a little more than its share: what doubles as it grows may just have doubled.
    let (parts, more) = if rounds(1) > 1 { (1, 0) } else { (4, 16 << 20) };
    let size = (1 << 20) / parts;
    let hostile = Hostile(size);
    let general = hostile.general();
    let mut wrong = Vec::new();
    for (name, _) in ALL {
        let parse = reading(name);
        // What is made once (word lists, tables of fields) is no cost of the input.
        parse(b"");
        parse(b"{}");
        let own = hostile.for_parser(name);
        for (what, bytes) in general.iter().chain(&own) {
            assert!(bytes.len() <= size && bytes.len() > size / 2, "{name}: {what} has {} bytes", bytes.len());
            let ((), peak) = MEMORY.peak_of(|| parse(bytes));
            if peak > (most(name) << 20) / parts + more {
                wrong.push(format!("{name}: {what} took {} MB", peak >> 20));
            }
        }
    }
    assert!(wrong.is_empty(), "{} bytes: {}", size, wrong.join("\n"));
}
