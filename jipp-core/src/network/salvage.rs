//! A new network out of what is intact in a damaged file.

use std::path::Path;

use super::{Network, Options};
use crate::base::{Code, Error, Result};
use crate::registry::Change;
use crate::store::{Problem, sqlite};

/// What became of a damaged file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Salvage {
    /// How many changes were saved.
    pub changes: u64,
    /// How many of them could be read but not checked, because the change before them is lost.
    pub unchecked: u64,
    /// How many changes are known to be lost.
    pub lost: u64,
    /// How many of those saved are held back, because what they refer to is lost. They are in the journal of the new network,
    /// and become part of it if a bundle of another copy brings what is missing.
    pub held: u64,
    /// What is missing, altered or not understood, with the place.
    pub problems: Vec<Problem>,
}

impl Network {
    /// Makes a new network at `target` out of every intact change of the damaged file `path`, which is only read. What a
    /// change refers to may be lost: it is then held back, as a change from another copy would be. Revisions are counted
    /// anew.
    ///
    /// First copy the damaged file and what lies beside it. Restoring a backup and applying the bundles of other copies loses
    /// less, where there are any; they can also be applied to the salvaged network.
    ///
    /// ```
    /// use jipp_core::model::{Line, Sector};
    /// use jipp_core::network::{Network, Options};
    /// use jipp_core::registry::{Action, Stamp};
    /// # let folder = tempfile::tempdir()?;
    /// # let (damaged, rescued) = (folder.path().join("damaged.jipp"), folder.path().join("rescued.jipp"));
    /// let options = Options::new("example")?;
    /// let network = Network::open(&damaged, &options)?;
    /// let sector = Sector::new("health".parse()?, Line::new("Kesehatan")?);
    /// network.commit(&Stamp::at("2026-11-21T08:00:00Z".parse()?), vec![Action::Register(sector.into())])?;
    /// drop(network);
    /// // The header is gone: nothing opens the file any more.
    /// let mut bytes = std::fs::read(&damaged)?;
    /// bytes[..100].fill(0);
    /// std::fs::write(&damaged, bytes)?;
    /// assert_eq!(Network::open(&damaged, &options).unwrap_err().code(), "store-foreign");
    ///
    /// let report = Network::salvage(&damaged, &rescued, &options)?;
    /// assert_eq!((report.changes, report.lost), (1, 0));
    /// assert!(Network::open(&rescued, &options)?.verify()?.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// `option-invalid` if `target` exists; those of [`sqlite::salvage`] and of [`open`](Self::open); `change-id-reused` if
    /// two changes of the file carry one id.
    ///
    /// # Complexity
    /// Linear in the file; all changes are in memory.
    pub fn salvage(path: impl AsRef<Path>, target: impl AsRef<Path>, options: &Options) -> Result<Salvage> {
        let target = target.as_ref();
        if target.exists() {
            let fault = Error::new(Code::OptionInvalid).field("target").expected("a name that is free");
            return Err(fault.source_name(target.display().to_string()));
        }
        let saved = sqlite::salvage(path)?;
        let mut report = Salvage {
            changes: saved.entries.len() as u64,
            unchecked: saved.unchecked,
            lost: saved.lost,
            held: 0,
            problems: saved.problems,
        };
        let network = Self::open(target, options)?;
        for commit in saved.entries.chunk_by(|one, next| one.revision == next.revision) {
            let changes: Vec<Change> = commit.iter().map(|entry| (*entry.change).clone()).collect();
            network.receive(changes)?;
        }
        report.held = network.with_registry(|registry| registry.held().len() as u64);
        Ok(report)
    }
}
