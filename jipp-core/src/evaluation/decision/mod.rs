//! Decisions about few: orders from comparisons, from ballots and from several criteria, for small finals.
//!
//! | what there is | method | function |
//! | --- | --- | --- |
//! | who beat whom, how often | Bradley and Terry's model, with standard errors | [`bradley_terry`] |
//! | ballots that put everybody in order, ties allowed | Borda's count | [`borda`] |
//! | a table of criteria, to be as near the best as can be | TOPSIS | [`topsis`] |
//! | a table of criteria, compared two by two | PROMETHEE II | [`promethee`] |
//!
//! Entries are numbered from 0 in the order given; answers are in that order. Higher is better everywhere.

mod borda;
mod bradley_terry;
mod promethee;
mod table;
mod topsis;

pub use borda::{Ballot, MAX_ENTRIES, borda};
pub use bradley_terry::{BradleyTerry, Strength, bradley_terry, win_groups};
pub use promethee::{Flows, Preference, promethee};
pub use table::{Aim, Criterion, DecisionTable};
pub use topsis::{Normalization, topsis};
