//! Loads a folder of gathered data into a network, through the public importers.

use std::fs::File;
use std::io::{BufReader, IsTerminal};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jipp_core::Result;
use jipp_core::base::{Code, Error};
use jipp_core::exchange::gathered::{Gathered, Report};
use jipp_core::exchange::{Csv, ImportOptions, ImportReport, JsonLines, RowSource};
use jipp_core::network::Network;
use jipp_core::registry::Stamp;

/// What came of loading a folder.
#[derive(Debug)]
pub struct Loaded {
    /// For each file its report, in the order of loading.
    pub files: Vec<(&'static str, ImportReport)>,
    /// What the files hold, and what could not be placed.
    pub gathered: Report,
}

/// The folder of real data that comes with the examples.
pub fn data_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

/// Loads a folder of gathered data. Shows a progress bar on a terminal, nothing elsewhere.
///
/// # Errors
/// If a file cannot be opened, or the network cannot write. Rows that cannot be used are in the reports.
pub fn load(network: &Network, dir: &Path, stamp: &Stamp) -> Result<Loaded> {
    let gathered = Gathered::load(dir)?;
    let bar = progress_bar(gathered.sources.len());
    let mut files = Vec::new();
    let report = gathered.report;
    for mut part in gathered.sources {
        let file = part.file();
        bar.set_message(file);
        let mut source = open(&dir.join(file))?;
        let options = ImportOptions::new(stamp.clone());
        let outcome = network.import(&mut *source, &mut part, &options, &mut |_| {
            bar.tick();
            true
        })?;
        files.push((file, outcome));
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(Loaded { files, gathered: report })
}

fn open(path: &Path) -> Result<Box<dyn RowSource>> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| Error::new(Code::StoreIo).source_name(&name).caused_by(error))?;
    let is_csv = path.extension().is_some_and(|extension| extension == "csv");
    Ok(if is_csv {
        Box::new(Csv::new(BufReader::new(file), &name)?)
    } else {
        Box::new(JsonLines::new(BufReader::new(file), &name))
    })
}

fn progress_bar(files: usize) -> ProgressBar {
    let target =
        if std::io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(files as u64), target);
    if let Ok(style) = ProgressStyle::with_template("{spinner} {bar:30} {pos}/{len} {msg}") {
        bar.set_style(style);
    }
    bar
}
