//! Agreement: how far assessors who rate the same things say the same.
//!
//! [`Ratings`] holds who gave what to which unit, with what is missing; every coefficient is a function of it:
//!
//! | coefficient | function | missing ratings |
//! | --- | --- | --- |
//! | Krippendorff's alpha | [`krippendorff`] | units with fewer than two ratings are left out |
//! | ICC, the six forms of Shrout and Fleiss | [`icc`] | units that not every rater rated are left out |
//! | Kendall's W | [`kendall`] | units that not every rater rated are left out |
//! | Fleiss' and Conger's kappa, Gwet's AC1 and AC2, Brennan and Prediger, alpha with weights | [`chance_corrected`] | every rating counts towards chance, units with two or more towards agreement |
//!
//! What the ratings cannot tell is [`Outcome::Undefined`] with its [`Reason`], never a number that is none. Intervals:
//! [`icc`] and [`chance_corrected`] give those of their theory, [`bootstrap`] draws units again for any statistic, and
//! [`krippendorff_interval`] does so for alpha, fast.
//!
//! ```
//! use jipp_core::evaluation::agreement::{Level, Ratings, krippendorff};
//! let (one, other) = ([1, 2, 3, 3, 2], [1, 2, 3, 3, 1]);
//! let rows = [one, other].map(|row| row.map(|rating| Some(f64::from(rating))));
//! let ratings = Ratings::new(Level::Nominal, &rows)?;
//! let alpha = krippendorff(&ratings);
//! assert!(alpha.defined().is_some_and(|alpha| (alpha.value - 0.727_272_727).abs() < 1e-9));
//! # Ok::<(), jipp_core::Error>(())
//! ```

mod alpha;
mod bootstrap;
mod chance;
mod concordance;
mod intraclass;
mod outcome;
mod ratings;
mod tally;
mod weighting;

pub use alpha::{Alpha, krippendorff, krippendorff_interval};
pub use bootstrap::{Bootstrap, BootstrapInterval, MAX_RESAMPLES, bootstrap};
pub use chance::{ChanceCorrected, ChanceModel, Inference, chance_corrected};
pub use concordance::{Concordance, Kendall, kendall};
pub use intraclass::{FTest, Icc, IccEstimate, IccForm, icc};
pub use outcome::{Interval, Outcome, Reason};
pub use ratings::{Level, Ratings};
pub use weighting::{MAX_CATEGORIES, Weighting};
