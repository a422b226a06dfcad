//! What the tests of public behaviour share; the tests themselves are in `tests/` of this crate.
#![allow(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::missing_errors_doc,
    clippy::panic,
    reason = "a broken fixture must stop the test that uses it"
)]

/// The program in the README is a test, so that it goes on working.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

pub mod crash;
pub mod edition;
pub mod hostile;
pub mod hubs;
pub mod model;
pub mod network;
pub mod parsers;
pub mod rounds;
pub mod samples;

use jipp_core::base::{AgencyId, InnovationId, Origin, PartialDate, Timestamp};
use jipp_core::model::{Agency, AgencyKind, Innovation, Line, Replication, Source};
use jipp_core::registry::{Action, Registry, Stamp};
use jipp_core::store::MemoryStore;

/// A line of text.
pub fn line(text: &str) -> Line {
    Line::new(text).expect("a fixture's text is a line")
}

/// A date.
pub fn date(text: &str) -> PartialDate {
    text.parse().expect("a fixture's date is a date")
}

/// A moment that every fixture shares.
pub fn now() -> Timestamp {
    "2026-11-21T08:00:00Z".parse().expect("a fixture's time is a time")
}

/// A stamp at that moment.
pub fn stamp() -> Stamp {
    Stamp::at(now())
}

/// An empty registry in memory, as a copy with this name.
pub fn registry(origin: &str) -> Registry {
    let origin = Origin::new(origin).expect("a fixture's origin is an id");
    Registry::open(Box::new(MemoryStore::new()), origin).expect("memory can be opened")
}

/// An agency: `kota-x`.
pub fn agency(id: &str) -> Agency {
    Agency::new(id.parse::<AgencyId>().expect("a fixture's id is an id"), line(id), AgencyKind::City)
}

/// An innovation of an agency: `kota-x/title`.
pub fn innovation(id: &str) -> Innovation {
    let owner = id.split('/').next().unwrap_or(id);
    let id: InnovationId = id.parse().expect("a fixture's id is an id");
    let title = line(id.as_str());
    Innovation::new(id, title, owner.parse().expect("a fixture's owner is an id"))
}

/// A replication from sources to a target.
pub fn replication(id: &str, sources: &[&str], target: &str) -> Replication {
    let mut replication = Replication::new(id.parse().expect("a fixture's id is an id"));
    let source = |id: &&str| Source {
        innovation: id.parse().expect("a fixture's id is an id"),
        extent: None,
        evidence: None,
        note: None,
    };
    replication.sources = sources.iter().map(source).collect();
    replication.target = Some(target.parse().expect("a fixture's id is an id"));
    replication
}

/// Registers records in one commit.
pub fn register<R: Into<jipp_core::model::Record>>(
    registry: &mut Registry,
    records: impl IntoIterator<Item = R>,
) -> jipp_core::Result<u64> {
    let actions = records.into_iter().map(|record| Action::Register(record.into())).collect();
    registry.commit(&stamp(), actions).map(|committed| committed.revision)
}
