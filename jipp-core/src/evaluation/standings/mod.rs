//! Standings: who stands where, how surely, and what would change it.
//!
//! A [`Contest`] is the proposals of one ranking with the [`ScoredStage`](super::aggregation::ScoredStage)s they went
//! through, the order of tie-breaks and the [`Cut`]. It answers:
//!
//! | question | answer |
//! | --- | --- |
//! | who stands where? | [`Contest::run`], [`Standings`] |
//! | with the severity of the assessors taken out? | [`Contest::adjusted_standings`] |
//! | how surely? | [`Contest::uncertainty`] |
//! | what is the least that moves one of the two at the cut across it? | [`Contest::at_the_cut`] |
//! | how far can each weight move before the chosen change? | [`Contest::weight_ranges`] |
//! | and what if? | [`Contest::what_if`] |
//!
//! # Places
//!
//! Standard competition ranking: 1, 2, 2, 4. Proposals with equal totals go through the keys of the tie-break in order.
//! A key splits a group of equals where it differs, and the next is asked within what is left; criterion means rank
//! high first, submission early first. A key that is unknown for one of a group says nothing about the group and is
//! passed over: unknown is neither worse nor better. Partial dates split only where one is surely before the other.
//! Each place says which key last told it from others with the same total, and how many share it still: nothing else
//! ever breaks a tie, not the order of ids either, in which those on one place are merely listed. Where a shared place
//! lies across the cut, those on it are [`Position::Tied`] and named, and somebody has to decide.

mod contest;
mod keys;
mod lines;
mod place;
mod sensitivity;
mod smallest;
mod uncertainty;
mod what_if;

pub use contest::{Contest, Entrant, Outcome, SUBMITTED_ON};
pub use place::{Contender, Cut, CutLine, Key, Place, Position, Standings, Unplaced, rank};
pub use sensitivity::{Crossing, WeightRange};
pub use smallest::{AtTheCut, CutEffect, ScoreChange, WeightChange};
pub use uncertainty::{MAX_DRAWN_PLACES, RankInterval, Resampling, Uncertainty};
pub use what_if::{Change, Move, WhatIf};
