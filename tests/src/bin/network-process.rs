//! Another process that writes a network: `network-process (commit | import | upkeep | open) FILE`.
//!
//! * `commit` and `import` print the revision of each commit once it is acknowledged, and save a snapshot now and then. `commit`
//!   goes on for ever, `import` to the end of its file, breaking off and resuming on the way.
//! * `upkeep` commits for ever as `commit` does, and after each commit compacts the file or copies it to `FILE-backup-REVISION`.
//! * `open` prints a zero, then opens the file, which brings an older layout up to date.

use std::io::{self, Write};

use jipp_core::network::Network;
use jipp_tests::network::{import, options, step};
use jipp_tests::stamp;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [task, path] = arguments.as_slice() else { return Err(io::ErrorKind::InvalidInput.into()) };
    if task == "open" {
        tell(0)?;
    }
    let network = Network::open(path, &options()).map_err(io::Error::other)?;
    match task.as_str() {
        "commit" => commit(&network),
        "import" => take_in(&network),
        "upkeep" => upkeep(&network, path),
        _ => Ok(()),
    }
}

fn tell(revision: u64) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{revision}")?;
    out.flush()
}

fn commit(network: &Network) -> io::Result<()> {
    loop {
        let actions = step(network, network.revision() + 1);
        let committed = network.commit(&stamp(), actions).map_err(io::Error::other)?;
        tell(committed.revision)?;
        if committed.revision % 7 == 0 {
            network.save_snapshot().map_err(io::Error::other)?;
        }
    }
}

fn upkeep(network: &Network, path: &str) -> io::Result<()> {
    loop {
        let actions = step(network, network.revision() + 1);
        let revision = network.commit(&stamp(), actions).map_err(io::Error::other)?.revision;
        tell(revision)?;
        if revision % 2 == 0 {
            network.compact().map_err(io::Error::other)?;
        } else {
            network.backup_to(format!("{path}-backup-{revision}")).map_err(io::Error::other)?;
        }
    }
}

/// Every flush that brings something in is one commit: no row of the file is refused by the network itself.
fn take_in(network: &Network) -> io::Result<()> {
    let mut start = 0;
    loop {
        let (mut revision, mut committed, mut flushes) = (network.revision(), 0, 0);
        let mut told = Ok(());
        let report = import(network, start, &mut |progress| {
            if progress.committed > committed {
                (revision, committed) = (revision + 1, progress.committed);
                told = tell(revision);
            }
            flushes += 1;
            told.is_ok() && flushes < 9
        });
        let report = report.map_err(io::Error::other)?;
        told?;
        if report.revision != revision {
            return Err(io::Error::other("a flush is one commit"));
        }
        network.save_snapshot().map_err(io::Error::other)?;
        if !report.is_cancelled {
            return Ok(());
        }
        start = report.last_line + 1;
    }
}
