//! The values of `evaluation::agreement`. Written by the tests of jipp from its sources.

use super::*;
use crate::mirror::{choice, codes, record};

// From `evaluation::agreement::alpha`.
record! {
    /// Krippendorff's alpha with what it is made of.
    Alpha {
        /// Alpha: 1 for perfect agreement, 0 for what chance would give, below 0 for systematic disagreement.
        value: f64,
        /// The mean disagreement within units, in squared units of the scale (nominal: a share; ordinal: squared ranks).
        observed: f64,
        /// The mean disagreement of all ratings, whatever their unit.
        expected: f64,
        /// How many units have two ratings or more: only these count.
        units: i64,
        /// How many ratings they have.
        ratings: f64,
    }
}

// From `evaluation::agreement::chance`.
record! {
    /// A coefficient of agreement with what it is made of.
    ChanceCorrected {
        /// The coefficient: 1 for perfect agreement, 0 for what chance would give.
        value: f64,
        /// The share of agreement observed, 0 to 1.
        observed: f64,
        /// The share of agreement by chance, 0 to 1.
        chance: f64,
        /// How many units count: those with a rating; for alpha those with two.
        units: i64,
        /// How sure it is; unknown with a single unit.
        #[uniffi(default = None)]
        inference: Option<Inference>,
    }
}

// From `evaluation::agreement::chance`.
codes! {
    /// A closed vocabulary.
    ChanceModel of jipp_core::evaluation::agreement::ChanceModel {
        /// `fleiss`.
        Fleiss = "fleiss",
        /// `conger`.
        Conger = "conger",
        /// `gwet`.
        Gwet = "gwet",
        /// `brennan-prediger`.
        BrennanPrediger = "brennan-prediger",
        /// `krippendorff`.
        Krippendorff = "krippendorff",
    }
}

// From `evaluation::agreement::concordance`.
record! {
    /// A coefficient of concordance with its test.
    Concordance {
        /// W, 0 (no common order) to 1 (one order).
        w: f64,
        /// Friedman's chi-square.
        chi_square: f64,
        /// Its degrees of freedom: the units less one.
        freedom: f64,
        /// How likely at least so much concordance is if every rater orders by chance (for large `n` or `m`).
        p_value: f64,
    }
}

// From `evaluation::agreement::intraclass`.
record! {
    /// The test that the units do not differ.
    FTest {
        /// The ratio of the mean squares.
        f: f64,
        /// Degrees of freedom above.
        above: f64,
        /// Degrees of freedom below.
        below: f64,
        /// How likely at least this ratio is if they do not.
        p_value: f64,
    }
}

// From `evaluation::agreement::intraclass`.
record! {
    /// The six intraclass correlations of the units that every rater rated.
    Icc {
        /// In the order of `IccForm::ALL`.
        estimates: Vec<OutcomeIccEstimate>,
        /// How many units every rater rated.
        units: i64,
        /// How many units are left out because a rating is missing.
        omitted: i64,
        /// How many raters there are.
        raters: i64,
    }
}

// From `evaluation::agreement::intraclass`.
record! {
    /// One form of the intraclass correlation.
    IccEstimate {
        /// The correlation: 1 for perfect agreement (form 3: but for constant differences between raters); below 0 when the
        /// ratings of a unit differ more than those of different units.
        value: f64,
        /// The test; none where there is no error to test against.
        #[uniffi(default = None)]
        test: Option<FTest>,
        /// The 95 % interval; none where there is no error.
        #[uniffi(default = None)]
        interval: Option<Interval>,
    }
}

// From `evaluation::agreement::chance`.
record! {
    /// How sure a coefficient is, if the units are a sample of many.
    Inference {
        /// The standard error.
        standard_error: f64,
        /// The 95 % interval; its upper end is at most 1, its lower end can be below the least possible value.
        interval: Interval,
        /// How likely a coefficient at least this far from zero is if there is no agreement beyond chance.
        p_value: f64,
    }
}

// From `evaluation::agreement::outcome`.
record! {
    /// Two ends between which a value is thought to lie.
    Interval {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    }
}

// From `evaluation::agreement::concordance`.
record! {
    /// Kendall's W of the units that every rater rated.
    Kendall {
        /// With the correction for ties: what to use.
        corrected: Concordance,
        /// Without it: lower if there are ties, the same if there are none.
        uncorrected: Concordance,
        /// How many units every rater rated.
        units: i64,
        /// How many units are left out because a rating is missing.
        omitted: i64,
        /// How many raters there are.
        raters: i64,
    }
}

// From `evaluation::agreement::ratings`.
codes! {
    /// A closed vocabulary.
    Level of jipp_core::evaluation::agreement::Level {
        /// `nominal`.
        Nominal = "nominal",
        /// `ordinal`.
        Ordinal = "ordinal",
        /// `interval`.
        Interval = "interval",
        /// `ratio`.
        Ratio = "ratio",
    }
}

// From `evaluation::agreement::outcome`.
choice! {
    /// A value, or the reason why there is none.
    OutcomeAlpha {
        /// The value.
        Defined = "defined" value {
            /// It.
            value: Alpha,
        }
        /// There is none, for this reason.
        Undefined = "undefined" value {
            /// It.
            value: Reason,
        }
    }
}

// From `evaluation::agreement::outcome`.
choice! {
    /// A value, or the reason why there is none.
    OutcomeChanceCorrected {
        /// The value.
        Defined = "defined" value {
            /// It.
            value: ChanceCorrected,
        }
        /// There is none, for this reason.
        Undefined = "undefined" value {
            /// It.
            value: Reason,
        }
    }
}

// From `evaluation::agreement::outcome`.
choice! {
    /// A value, or the reason why there is none.
    OutcomeIcc {
        /// The value.
        Defined = "defined" value {
            /// It.
            value: Icc,
        }
        /// There is none, for this reason.
        Undefined = "undefined" value {
            /// It.
            value: Reason,
        }
    }
}

// From `evaluation::agreement::outcome`.
choice! {
    /// A value, or the reason why there is none.
    OutcomeIccEstimate {
        /// The value.
        Defined = "defined" value {
            /// It.
            value: IccEstimate,
        }
        /// There is none, for this reason.
        Undefined = "undefined" value {
            /// It.
            value: Reason,
        }
    }
}

// From `evaluation::agreement::outcome`.
choice! {
    /// A value, or the reason why there is none.
    OutcomeKendall {
        /// The value.
        Defined = "defined" value {
            /// It.
            value: Kendall,
        }
        /// There is none, for this reason.
        Undefined = "undefined" value {
            /// It.
            value: Reason,
        }
    }
}

// From `evaluation::agreement::outcome`.
codes! {
    /// A closed vocabulary.
    Reason of jipp_core::evaluation::agreement::Reason {
        /// `one-category`.
        OneCategory = "one-category",
        /// `no-pairs`.
        NoPairs = "no-pairs",
        /// `few-raters`.
        FewRaters = "few-raters",
        /// `few-units`.
        FewUnits = "few-units",
        /// `units-alike`.
        UnitsAlike = "units-alike",
        /// `raters-unknown`.
        RatersUnknown = "raters-unknown",
        /// `not-computable`.
        NotComputable = "not-computable",
    }
}

// From `evaluation::agreement::weighting`.
codes! {
    /// A closed vocabulary.
    Weighting of jipp_core::evaluation::agreement::Weighting {
        /// `identity`.
        Identity = "identity",
        /// `linear`.
        Linear = "linear",
        /// `quadratic`.
        Quadratic = "quadratic",
        /// `ordinal`.
        Ordinal = "ordinal",
        /// `radical`.
        Radical = "radical",
        /// `ratio`.
        Ratio = "ratio",
        /// `circular`.
        Circular = "circular",
        /// `bipolar`.
        Bipolar = "bipolar",
    }
}
