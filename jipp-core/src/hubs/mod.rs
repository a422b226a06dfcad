//! Hubs: who carries innovations, how far they have come, and what came of what they did.
//!
//! | question | function |
//! | --- | --- |
//! | which hubs were there on a date, by what, and who was without one | [`hubs_on`], [`coverage`](coverage()) |
//! | what in the records of hubs does not fit together | [`findings`](findings()) |
//! | how far has the setting up come, what is missing | [`readiness`](readiness()) |
//! | how mature is a hub, where are the points lost | [`maturity`](maturity()), with an [`Instrument`] |
//! | what came of what a hub did | [`funnel`](funnel()) |
//! | which hubs differ, size and age allowed for | [`comparison`](comparison()) |
//! | who made an innovation in a year, who never shared nor took one | [`movement`](movement()), [`starters`] |
//! | a hub's year in one record | [`report`](report()) |
//!
//! Everything here reads a [`View`](crate::registry::View), asks no clock, and keeps *unknown* apart from *no*. What was
//! only [inferred](crate::model::EvidenceLevel::Inferred) is no replication here.

mod comparison;
mod coverage;
mod findings;
mod funnel;
mod land;
mod life;
mod maturity;
mod movement;
mod outcome;
mod poisson;
mod readiness;
mod render;
mod report;

pub use crate::model::{Band, Instrument};
pub use comparison::{Against, Compared, Comparison, ComparisonOptions, HubLeftOut, HubRate, LeftOut, comparison};
pub use coverage::{Coverage, Covered, HubGroup, HubOn, Tally, coverage, hubs_on};
pub use findings::{Detail, HubFinding, HubFindingKind, findings};
pub use funnel::{Days, FunnelOptions, FunnelStage, HubFunnel, Lags, Tie, TieRule, funnel};
pub use life::{Counting, Event, events, is_member, state_on};
pub use maturity::{AspectScore, Maturity, MaturityGap, QuestionScore, Scored, maturity};
pub(crate) use movement::recipient;
pub use movement::{
    Actor, Basis, Movement, MovementOptions, Reading, Standing, Starter, Suggestion, movement, starters,
};
pub use outcome::Stage;
pub(crate) use outcome::{is_more_than_an_idea, known_sources};
pub use readiness::{NeededStep, Readiness, SetUpStep, StepState, readiness};
pub use report::{ActivitySeen, Companion, HubReport, KindCount, ReplicationCount, ReportOptions, report};
