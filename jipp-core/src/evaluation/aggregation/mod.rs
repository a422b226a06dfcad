//! Aggregation: criterion, sheet, stage, total.
//!
//! [`ScoredStage`] takes the score sheets of a stage, as they are on record, checks them against the rubric and keeps
//! those that count; [`ScoredStage::aggregate`] makes of them a [`StageScores`]: the total of each sheet, the score of
//! each proposal with its spread, the mean of each criterion, and everything that is wrong or missing as a list of
//! [`Finding`]s. [`totals`] puts stages together.
//!
//! # What is computed
//!
//! | from | to | how |
//! | --- | --- | --- |
//! | parts of a criterion | the criterion | weighted mean by the weights of the parts, whatever these add up to |
//! | criteria | the total of a sheet | weighted mean: sum of score x weight / sum of weights, on the scale of the rubric |
//! | sheets | the score of a stage | [`Aggregation`](crate::model::Aggregation): mean, median, or trimmed mean |
//! | stages | the total | weighted mean by the weights of the stages, whatever these add up to |
//!
//! The trimmed mean drops the highest and the lowest sheet total where there are five or more, and is the plain mean where
//! there are fewer.
//!
//! *Rounding.* Everything is whole numbers of millionths of a point. Each of the means above, and the mean of the two in
//! the middle of a median, is rounded to a millionth, half away from zero, and the next is computed from what was
//! rounded: whoever recomputes a result from the numbers that are shown gets the same, digit by digit. No order is ever
//! decided by a float.
//!
//! # What is missing
//!
//! The [`MissingRule`](crate::model::MissingRule) of the rubric decides: `refuse` is an error that names sheet and
//! criterion, `skip` leaves the criterion out (the weights of the others fill its place) and says so, `lowest` counts it
//! with the lowest score of the scale and says so, `no-points` counts it as no points at all and says so in the same
//! list. A criterion that need not be answered (`is_required: false`) or that weighs nothing may be left out under every
//! rule. A proposal without a sheet has no score, which is a finding; it is never counted as zero. A sheet without any
//! score is an assignment that waits.
//!
//! # Which sheets count
//!
//! A sheet that another names in `revision_of` is replaced by it. Where several replace one and the same, the moderated one
//! counts, the latest of them by date; the others are found in the findings. Two sheets of an assessor for a proposal
//! that do not replace each other are an error.

mod adjust;
mod combine;
mod current;
mod intake;
mod stage;
mod total;
mod weighing;

pub use adjust::{AdjustOptions, Adjusted, AdjustedScore, Adjustment, Model, NamedIsland, Refusal, Severity, Unit};
pub(super) use combine::{combined, kept, rounded};
pub use intake::ScoredStage;
pub use stage::{Finding, Moderation, ProposalScores, Rules, SheetScore, StageScores};
pub use total::{Total, totals};
