//! How long it takes to assign the assessors of a whole competition, and to choose its best under composition rules.
//!
//! Editions are made up from seeds: 2,500 proposals, 30 assessors with three each, about seventy rules on nine categories,
//! kinds of agency, seven island groups, provinces and 3T, and one more for every agency.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that reads the clock and prints figures"
)]

use std::time::Instant;

use clap::Parser;
use jipp_core::Result;
use jipp_core::evaluation::selection::{Candidate, Rule};
use jipp_core::evaluation::{assignment, selection};
use jipp_examples::editions;

/// Times assignment and selection on made-up editions.
#[derive(Parser, Debug)]
#[command(name = "time_selection")]
struct Arguments {
    /// How many proposals
    #[arg(long, default_value_t = 2_500)]
    proposals: usize,
    /// How many assessors
    #[arg(long, default_value_t = 30)]
    assessors: usize,
    /// How many places
    #[arg(long, default_value_t = 99)]
    places: u32,
    /// How many editions
    #[arg(long, default_value_t = 10)]
    editions: u64,
    /// How many steps a selection may take
    #[arg(long, default_value_t = 20_000)]
    steps: u64,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    println!("assignment: seconds, common sectors of possible, least and median shared, islands");
    for seed in 0..arguments.editions {
        let edition = editions::edition(seed, arguments.proposals, false)?;
        let readers = editions::readers(seed, arguments.assessors)?;
        let start = Instant::now();
        let outcome = assignment::assign(&edition.submissions, &readers, &[], &assignment::Options::default())?;
        let seconds = start.elapsed().as_secs_f64();
        match outcome.assigned() {
            Some(found) => println!(
                "  {seed:>3} {seconds:>8.3} {:>6} of {:<6} {:>4} {:>4} {:>3}",
                found.expertise.common,
                found.expertise.possible,
                found.shared.least,
                found.shared.median,
                found.islands.len()
            ),
            None => println!("  {seed:>3} {seconds:>8.3} short"),
        }
    }
    println!("selection: seconds, rows, steps, optimal, first in the order of ties, others with the same total");
    for coarse in [false, true] {
        println!(" {} scores", if coarse { "whole" } else { "fine" });
        for seed in 0..arguments.editions {
            let edition = editions::edition(seed, arguments.proposals, coarse)?;
            let expanded = selection::expand(&editions::composition(arguments.places)?, &edition.facts)?;
            select(seed, &edition.candidates, &expanded.rules, &arguments)?;
        }
    }
    for count in [5, 10, 60] {
        println!(" fine scores, {count} rules without structure");
        for seed in 0..arguments.editions.min(3) {
            let edition = editions::edition(seed, arguments.proposals, false)?;
            let rules = editions::tangle(seed, arguments.proposals, arguments.places, count);
            select(seed, &edition.candidates, &rules, &arguments)?;
        }
    }
    Ok(())
}

fn select(seed: u64, candidates: &[Candidate], rules: &[Rule], arguments: &Arguments) -> Result<()> {
    let places = selection::Places::Exactly(arguments.places);
    let options = selection::Options { steps: arguments.steps };
    let start = Instant::now();
    let outcome = selection::select(candidates, places, rules, &options)?;
    let seconds = start.elapsed().as_secs_f64();
    let rows = rules.len();
    match outcome {
        selection::Outcome::Chosen(found) => println!(
            "  {seed:>3} {seconds:>8.3} {rows:>5} {:>8} {:>6} {:>6} {:?}  total {} bound {}",
            found.steps, found.optimal, found.is_first, found.alternatives, found.total, found.bound
        ),
        selection::Outcome::Blocked(blocking) => {
            let codes: Vec<&str> = blocking.rules.iter().map(|rule| rule.code.as_str()).collect();
            println!("  {seed:>3} {seconds:>8.3} {rows:>5} blocked: {codes:?} {}", blocking.irreducible);
        }
        other => println!("  {seed:>3} {seconds:>8.3} {rows:>5} {other:?}"),
    }
    Ok(())
}
