//! What a coefficient comes to, or why it comes to nothing.

use serde::{Deserialize, Serialize};

use crate::base::vocabulary::vocabulary;

vocabulary! {
    /// Why ratings have no coefficient.
    Reason = "undefined-reason" {
        /// There is no variation for agreement to be told from chance.
        OneCategory = "one-category", "semua menilai dengan satu kategori yang sama", "all ratings that count are the same";
        /// Agreement is between two ratings of one unit.
        NoPairs = "no-pairs", "tidak ada unit yang dinilai dua kali", "no unit was rated twice";
        FewRaters = "few-raters", "penilai kurang dari dua", "there are fewer than two raters";
        FewUnits = "few-units", "unit yang dapat dipakai kurang dari dua", "fewer than two units can be used";
        /// All units have the same mean, or every rater puts them all on one rank.
        UnitsAlike = "units-alike", "para penilai tidak membedakan unit", "the raters do not tell the units apart";
        /// Counts of categories do not say who gave which rating.
        RatersUnknown = "raters-unknown", "tidak diketahui siapa menilai apa", "it is not known which rater gave which rating";
        /// The expected agreement leaves no room, or no resample had a value.
        NotComputable = "not-computable", "tidak dapat dihitung dari penilaian ini", "the ratings leave nothing to compute it from";
    }
}

/// A value, or the reason why there is none.
///
/// ```
/// use jipp_core::evaluation::agreement::{Level, Outcome, Ratings, Reason, krippendorff};
/// let same = [[Some(3.0), Some(3.0)], [Some(3.0), Some(3.0)]];
/// let alpha = krippendorff(&Ratings::new(Level::Interval, &same)?);
/// assert_eq!(alpha, Outcome::Undefined(Reason::OneCategory));
/// # Ok::<(), jipp_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome<T> {
    /// The value.
    Defined(T),
    /// There is none, for this reason.
    Undefined(Reason),
}

impl<T> Outcome<T> {
    /// The value, where there is one.
    pub const fn defined(&self) -> Option<&T> {
        match self {
            Self::Defined(value) => Some(value),
            Self::Undefined(_) => None,
        }
    }

    /// The reason, where there is no value.
    pub const fn reason(&self) -> Option<Reason> {
        match self {
            Self::Defined(_) => None,
            Self::Undefined(reason) => Some(*reason),
        }
    }

    /// Something else made of the value; the reason stays.
    pub fn map<U>(self, with: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Defined(value) => Outcome::Defined(with(value)),
            Self::Undefined(reason) => Outcome::Undefined(reason),
        }
    }
}

impl<T> From<Result<T, Reason>> for Outcome<T> {
    fn from(result: Result<T, Reason>) -> Self {
        match result {
            Ok(value) => Self::Defined(value),
            Err(reason) => Self::Undefined(reason),
        }
    }
}

/// Two ends between which a value is thought to lie.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The confidence of the intervals that follow from a theory.
pub(super) const CONFIDENCE: f64 = 0.95;

/// A count as a float; exact to 2^53.
#[allow(clippy::cast_precision_loss, reason = "counts of ratings are far below 2^53")]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}
