//! Hubs: who carries innovations, how far they have come, and what came of what they did.
//!
//! | question | function |
//! | --- | --- |
//! | which hubs were there on a date, who was missing | [`hubs_on`], [`coverage`] |
//!
//! Everything here reads a [`View`](crate::registry::View), asks no clock, and keeps *unknown* apart from *no*.

mod coverage;
mod land;
mod life;

pub use coverage::{Coverage, Covered, HubOn, Share, Tally, coverage, hubs_on};
pub use life::{Counting, Event, events, is_member, state_on};
