//! A network that a process writes until it is killed: what it imports and what it commits.

use std::fmt::Write as _;
use std::io::Cursor;

use jipp_core::Result;
use jipp_core::exchange::{ImportOptions, ImportReport, JsonLines, Progress, RecordReader};
use jipp_core::model::{EntityKind, Record, Text};
use jipp_core::network::{Network, Options};
use jipp_core::registry::{Action, Revise};

use crate::{agency, innovation, line, stamp};

/// How many rows the generated file has.
pub const ROWS: usize = 264;
/// How many records make one commit of the import.
pub const BATCH: usize = 6;

/// The options of every handle on such a network.
pub fn options() -> Options {
    Options::new("crash").expect("a fixture's origin is an id")
}

/// The JSON Lines file: regions, of which some lie in one that only a later row gives, and now and then a row that is no
/// region.
pub fn regions() -> String {
    let mut text = String::new();
    for n in 0..ROWS {
        let _ = match n {
            _ if n % 41 == 20 => writeln!(text, r#"{{"id":"r{n}","name":"R{n}","level":"duchy"}}"#),
            _ if n % 11 == 3 => {
                writeln!(text, r#"{{"id":"r{n}","name":"Daerah {n}","level":"district","parent":"r{}"}}"#, n + 2)
            }
            _ => writeln!(text, r#"{{"id":"r{n}","name":"Daerah {n}","level":"district","population":{n}}}"#),
        };
    }
    text
}

/// Imports the file from a line on, in small commits.
///
/// # Errors
/// Those of the network.
pub fn import(network: &Network, start_line: u64, progress: &mut dyn FnMut(Progress) -> bool) -> Result<ImportReport> {
    let mut rows = JsonLines::new(Cursor::new(regions()), "regions.jsonl");
    let options = ImportOptions { batch: BATCH, start_line, ..ImportOptions::new(stamp()) };
    network.import(&mut rows, &mut RecordReader::new(EntityKind::Region), &options, progress)
}

/// The id of the innovation that commit `revision` registers.
pub fn written_by(revision: u64) -> String {
    format!("kota-x/inovasi-{revision}")
}

/// What commit `revision` does: it registers one innovation and gives the one before another text.
pub fn step(network: &Network, revision: u64) -> Vec<Action> {
    let mut new = innovation(&written_by(revision));
    new.title = line(&format!("Antrean {revision}"));
    let mut actions = vec![Action::Register(new.into())];
    if revision == 1 {
        actions.push(Action::Register(agency("kota-x").into()));
    }
    let before = network.read(|view| view.record(EntityKind::Innovation, &written_by(revision - 1)).cloned());
    if let Some(Record::Innovation(old)) = before {
        let mut changed = (*old).clone();
        changed.problem = Some(Text::new(format!("antrean panjang {revision}")).expect("a fixture's text is a text"));
        let revise = Revise::between(&Record::Innovation(old), &changed.into()).expect("the problem is another");
        actions.push(Action::Revise(revise));
    }
    actions
}
