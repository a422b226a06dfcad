//! The values of `base`. Written by the tests of jipp from its sources.

use super::*;
use crate::mirror::{codes, record};

// From `base::date`.
record! {
    /// When something was true: from a date to a date, both included; an end that is not known or not reached is absent.
    Period {
        /// The first date, where known.
        #[uniffi(default = None)]
        from: Option<String>,
        /// The last date, where there is one.
        #[uniffi(default = None)]
        to: Option<String>,
    }
}

// From `base::summary`.
record! {
    /// The quartiles of a sample, with its size.
    ///
    /// Linear interpolation between order statistics: type 7 of Hyndman and Fan, *Sample Quantiles in Statistical Packages*,
    /// The American Statistician 50, 1996; what numpy, pandas and R do unless told otherwise.
    Quartiles {
        /// How many values there are.
        count: i64,
        /// A quarter of them is not above this.
        lower: f64,
        /// Half of them is not above this.
        median: f64,
        /// Three quarters of them are not above this.
        upper: f64,
    }
}

// From `base::summary`.
record! {
    /// A share of a number of cases, with an interval for the share of all cases like them.
    Share {
        /// How many cases have it.
        count: i64,
        /// How many cases there are.
        of: i64,
        /// The share, 0 to 1.
        share: f64,
        /// The lower end of its 95 % interval.
        low: f64,
        /// The upper end of its 95 % interval.
        high: f64,
    }
}

// From `base::date`.
codes! {
    /// A closed vocabulary.
    Truth of jipp_core::base::Truth {
        /// `yes`.
        Yes = "yes",
        /// `no`.
        No = "no",
        /// `unknown`.
        Unknown = "unknown",
    }
}
