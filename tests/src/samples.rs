//! Small made-up changes.
#![allow(clippy::unwrap_used, reason = "the samples are fixed, so what can fail does not")]

use std::sync::Arc;

use jipp_core::base::{SectorId, Timestamp};
use jipp_core::model::{Line, Sector};
use jipp_core::registry::{Action, Change, ChangeId};

/// Registers sector `number`, as change `clock` of the copy `test`.
///
/// # Panics
/// Never.
pub fn register_sector(clock: u64, number: u64) -> Arc<Change> {
    let mut sector =
        Sector::new(format!("sector-{number}").parse::<SectorId>().unwrap(), line("Kesehatan \"ibu\" & anak"));
    sector.aliases.push(line(&format!("Puskesmas {clock} ✓")));
    Arc::new(Change {
        id: ChangeId { clock, origin: "test".parse().unwrap() },
        at: Timestamp::from_millis(1_700_000_000_000),
        by: Some(line("penguji")),
        reverts: None,
        action: Action::Register(sector.into()),
    })
}

fn line(text: &str) -> Line {
    text.parse().unwrap()
}
