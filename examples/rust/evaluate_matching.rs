//! How well the matching ranks, on real cases, beside plain engines: tables to read, or JSON.
#![allow(clippy::print_stdout, reason = "a program that prints figures to read")]

use std::path::PathBuf;

use clap::Parser;
use jipp_core::Result;
use jipp_examples::{Evaluation, data_dir};

/// Measures the matching on replication pairs and on needs.
#[derive(Parser, Debug)]
#[command(name = "evaluate_matching")]
struct Arguments {
    /// A folder of data like examples/data
    data: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// List what nobody judged among the first ten answers to each need
    #[arg(long)]
    unjudged: bool,
    /// Show three masked queries of each task, and nothing else
    #[arg(long)]
    show_queries: bool,
    /// Write pool, queries and rankings into this folder, for examples/python/peers/quality.py
    #[arg(long)]
    export: Option<PathBuf>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let dir = arguments.data.unwrap_or_else(data_dir);
    let evaluation = Evaluation::run(&dir, arguments.export.as_deref())?;
    if arguments.show_queries {
        print!("{}", evaluation.masked_queries());
    } else if arguments.json {
        println!("{}", evaluation.json()?);
    } else {
        print!("{}", evaluation.page(arguments.unjudged));
    }
    Ok(())
}
