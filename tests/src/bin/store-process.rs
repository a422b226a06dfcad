//! Another process that uses a store: `store-process (commit | write | read) FILE`.
//!
//! * `commit` commits for ever and prints the number of each commit once it is acknowledged.
//! * `write` opens for writing, `read` for reading only; both print the last revision and the number of changes, or the
//!   code of the error.

use std::io::{self, Write};

use jipp_core::Result;
use jipp_core::store::sqlite::Options;
use jipp_core::store::{SqliteStore, Store};
use jipp_tests::samples::register_sector;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [task, path] = arguments.as_slice() else { return Err(io::ErrorKind::InvalidInput.into()) };
    let told = match task.as_str() {
        "commit" => commit(path)?,
        "write" => SqliteStore::open(path, &Options::default()).and_then(|store| describe(&store)),
        _ => SqliteStore::open_read_only(path).and_then(|store| describe(&store)),
    };
    writeln!(io::stdout(), "{}", told.unwrap_or_else(|error| error.code().to_owned()))
}

fn describe(store: &SqliteStore) -> Result<String> {
    let mut changes = 0;
    store.read_after(0, &mut |_| {
        changes += 1;
        Ok(())
    })?;
    Ok(format!("{} {changes}", store.head()?))
}

/// Commit `n` holds `1 + n % 5` changes. Ends only with an error.
fn commit(path: &str) -> io::Result<Result<String>> {
    let mut store = match SqliteStore::open(path, &Options::default()) {
        Ok(store) => store,
        Err(error) => return Ok(Err(error)),
    };
    let mut out = io::stdout().lock();
    loop {
        let next = match store.head() {
            Ok(head) => head + 1,
            Err(error) => return Ok(Err(error)),
        };
        let changes: Vec<_> = (0..=next % 5).map(|n| register_sector(next * 10 + n, next * 10 + n)).collect();
        if let Err(error) = store.append(next, &changes) {
            return Ok(Err(error));
        }
        writeln!(out, "{next}")?;
        out.flush()?;
    }
}
