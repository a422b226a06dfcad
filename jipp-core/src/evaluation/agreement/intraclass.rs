//! Intraclass correlation: how much of the variance of scores is that of the units.
//!
//! The six forms of Shrout and Fleiss, *Intraclass correlations: uses in assessing rater reliability*, Psychological
//! Bulletin 86, 1979; tests and intervals as in `McGraw` and Wong, *Forming inferences about some intraclass correlation
//! coefficients*, Psychological Methods 1, 1996 (for form 2 by Satterthwaite's degrees of freedom, with Shrout and Fleiss),
//! and as the Python package `pingouin` computes them.

use serde::{Deserialize, Serialize};

use super::outcome::{CONFIDENCE, Interval, Outcome, Reason, real};
use super::ratings::Ratings;
use crate::base::distribution::{f_above, f_quantile};
use crate::base::vocabulary::vocabulary;

vocabulary! {
    /// A form of the intraclass correlation: which design (1, 2, 3), and of one rater or of the mean of all (`k`).
    IccForm = "icc-form" {
        /// Every unit has raters of its own; absolute agreement. ICC(1) of `McGraw` and Wong.
        Single1 = "icc-1-1", "ICC(1,1)", "ICC(1,1)";
        /// The raters are a sample of many; absolute agreement. ICC(A,1).
        Single2 = "icc-2-1", "ICC(2,1)", "ICC(2,1)";
        /// These raters only; consistency. ICC(C,1).
        Single3 = "icc-3-1", "ICC(3,1)", "ICC(3,1)";
        /// As ICC(1,1) for the mean of the raters.
        Mean1 = "icc-1-k", "ICC(1,k)", "ICC(1,k)";
        /// As ICC(2,1) for the mean of the raters. ICC(A,k).
        Mean2 = "icc-2-k", "ICC(2,k)", "ICC(2,k)";
        /// As ICC(3,1) for the mean of the raters: Cronbach's alpha. ICC(C,k).
        Mean3 = "icc-3-k", "ICC(3,k)", "ICC(3,k)";
    }
}

/// The test that the units do not differ.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FTest {
    /// The ratio of the mean squares.
    pub f: f64,
    /// Degrees of freedom above.
    pub above: f64,
    /// Degrees of freedom below.
    pub below: f64,
    /// How likely at least this ratio is if they do not.
    pub p_value: f64,
}

/// One form of the intraclass correlation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct IccEstimate {
    /// The correlation: 1 for perfect agreement (form 3: but for constant differences between raters); below 0 when the
    /// ratings of a unit differ more than those of different units.
    pub value: f64,
    /// The test; none where there is no error to test against.
    pub test: Option<FTest>,
    /// The 95 % interval; none where there is no error.
    pub interval: Option<Interval>,
}

/// The six intraclass correlations of the units that every rater rated.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Icc {
    /// In the order of [`IccForm::ALL`].
    pub estimates: [Outcome<IccEstimate>; 6],
    /// How many units every rater rated.
    pub units: usize,
    /// How many units are left out because a rating is missing.
    pub omitted: usize,
    /// How many raters there are.
    pub raters: usize,
}

impl Icc {
    /// One of the forms.
    pub fn of(&self, form: IccForm) -> &Outcome<IccEstimate> {
        let [single_1, single_2, single_3, mean_1, mean_2, mean_3] = &self.estimates;
        match form {
            IccForm::Single1 => single_1,
            IccForm::Single2 => single_2,
            IccForm::Single3 => single_3,
            IccForm::Mean1 => mean_1,
            IccForm::Mean2 => mean_2,
            IccForm::Mean3 => mean_3,
        }
    }
}

/// The intraclass correlations, with tests and 95 % intervals. The ratings are taken as numbers whatever their level of
/// measurement. Units that not every rater rated are left out (`pingouin` with `nan_policy="omit"`).
///
/// Undefined as a whole: `raters-unknown` for counts; `few-raters` and `few-units` below two; `one-category` if all
/// ratings are the same. Undefined one by one: `units-alike` for a form that would divide by a variance that is zero;
/// `not-computable` for ICC(2,k) where the variance is estimated below zero (the formula alone would give more than 1).
///
/// ```
/// use jipp_core::evaluation::agreement::{IccForm, Level, Ratings, icc};
/// let rows = [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]];
/// let rows = rows.map(|row| row.map(|rating| Some(f64::from(rating))));
/// let found = icc(&Ratings::new(Level::Interval, &rows)?);
/// let icc_2_1 = found.defined().and_then(|icc| icc.of(IccForm::Single2).defined());
/// assert!(icc_2_1.is_some_and(|icc| (icc.value - 0.2898).abs() < 5e-5));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Complexity
/// O(n) for n ratings.
pub fn icc(ratings: &Ratings) -> Outcome<Icc> {
    correlations(ratings).into()
}

fn correlations(ratings: &Ratings) -> Result<Icc, Reason> {
    if !ratings.told_apart() {
        return Err(Reason::RatersUnknown);
    }
    if ratings.raters() < 2 {
        return Err(Reason::FewRaters);
    }
    let rows = ratings.complete();
    let mut given = rows.iter().flatten();
    let first = given.next();
    if rows.len() < 2 {
        return Err(Reason::FewUnits);
    }
    if given.all(|other| Some(other) == first) {
        return Err(Reason::OneCategory);
    }
    let table: Vec<Vec<f64>> =
        rows.iter().map(|row| row.iter().map(|category| ratings.value(*category)).collect()).collect();
    let squares = MeanSquares::new(&table, ratings.raters());
    Ok(Icc {
        estimates: squares.estimates(),
        units: rows.len(),
        omitted: ratings.units() - rows.len(),
        raters: ratings.raters(),
    })
}

/// The analysis of variance: raters by units, one rating in each cell.
struct MeanSquares {
    n: f64,
    k: f64,
    units: f64,
    raters: f64,
    error: f64,
    /// Within units: raters and error together.
    within: f64,
}

impl MeanSquares {
    fn new(table: &[Vec<f64>], raters: usize) -> Self {
        let (n, k) = (real(table.len()), real(raters));
        // From one of the values: no digits are lost to where the scale begins.
        let origin = table.first().and_then(|row| row.first()).copied().unwrap_or_default();
        let largest = table.iter().flatten().map(|value| (value - origin).abs()).fold(0.0, f64::max);
        let unit_means: Vec<f64> =
            table.iter().map(|row| row.iter().map(|value| value - origin).sum::<f64>() / k).collect();
        let mut rater_means = vec![0.0; raters];
        for row in table {
            for (mean, value) in rater_means.iter_mut().zip(row) {
                *mean += (value - origin) / n;
            }
        }
        let grand = unit_means.iter().sum::<f64>() / n;
        let units: f64 = k * unit_means.iter().map(|mean| (mean - grand) * (mean - grand)).sum::<f64>();
        let between: f64 = n * rater_means.iter().map(|mean| (mean - grand) * (mean - grand)).sum::<f64>();
        let mut error = 0.0;
        for (row, unit) in table.iter().zip(&unit_means) {
            for (value, rater) in row.iter().zip(&rater_means) {
                let rest = value - origin - unit - rater + grand;
                error += rest * rest;
            }
        }
        // Sums of squares of rounding errors are zero.
        let noise = 16.0 * f64::EPSILON * largest;
        let clean = |squares: f64| if squares <= n * k * noise * noise { 0.0 } else { squares };
        let (units, between, error) = (clean(units), clean(between), clean(error));
        Self {
            n,
            k,
            units: units / (n - 1.0),
            raters: between / (k - 1.0),
            error: error / ((n - 1.0) * (k - 1.0)),
            within: (between + error) / (n * (k - 1.0)),
        }
    }

    fn estimates(&self) -> [Outcome<IccEstimate>; 6] {
        let Self { n, k, units, raters, error, within } = *self;
        let (one_way, two_way) = ((n - 1.0, n * (k - 1.0)), (n - 1.0, (n - 1.0) * (k - 1.0)));
        let first = Ratio { above: units, below: within, freedom: one_way };
        let third = Ratio { above: units, below: error, freedom: two_way };
        let share = |of, whole| self.share(of, whole);
        let single_2 = share(units - error, units + (k - 1.0) * error + k * (raters - error) / n);
        let ends_2 = single_2.ok().and_then(|value| self.ends_of_second(value));
        let stepped = |end: f64| end * k / (1.0 + end * (k - 1.0));
        let single = |end: f64| (end - 1.0) / (end + k - 1.0);
        let mean = |end: f64| 1.0 - 1.0 / end;
        [
            first.estimate(share(units - within, units + (k - 1.0) * within), single),
            third.with(single_2, ends_2),
            third.estimate(share(units - error, units + (k - 1.0) * error), single),
            first.estimate(share(units - within, units), mean),
            third.with(
                share(units - error, units + (raters - error) / n),
                ends_2.map(|ends| Interval { low: stepped(ends.low), high: stepped(ends.high) }),
            ),
            third.estimate(share(units - error, units), mean),
        ]
    }

    /// Variance of the units in proportion to all variance. A whole that is nothing but rounding is none, whichever side of
    /// zero it falls on.
    fn share(&self, of: f64, whole: f64) -> Result<f64, Reason> {
        let noise = 1e-12 * (self.units + self.raters + self.error + self.within);
        if whole > noise {
            Ok(of / whole)
        } else if whole < -noise || self.units > 0.0 {
            Err(Reason::NotComputable)
        } else {
            Err(Reason::UnitsAlike)
        }
    }

    /// The interval of ICC(2,1): the variance of the raters is estimated too, so the degrees of freedom are
    /// Satterthwaite's.
    fn ends_of_second(&self, value: f64) -> Option<Interval> {
        let Self { n, k, units, raters, error, .. } = *self;
        if error <= 0.0 {
            return None;
        }
        let ratio = raters / error;
        let rest = n * (1.0 + (k - 1.0) * value) - k * value;
        let sum = k * value * ratio + rest;
        let below = (n - 1.0) * k * k * value * value * ratio * ratio + rest * rest;
        let freedom = (n - 1.0) * (k - 1.0) * sum * sum / below;
        let (above, under) = (f_quantile(UPPER, (n - 1.0, freedom)), f_quantile(UPPER, (freedom, n - 1.0)));
        let others = k * raters + (k * n - k - n) * error;
        let low = n * (units - above * error) / (above * others + n * units);
        let high = n * (under * units - error) / (others + n * under * units);
        (low.is_finite() && high.is_finite()).then_some(Interval { low, high })
    }
}

/// The probability below the upper end of an interval.
const UPPER: f64 = f64::midpoint(1.0, CONFIDENCE);

/// A ratio of mean squares.
#[derive(Clone, Copy)]
struct Ratio {
    above: f64,
    below: f64,
    freedom: (f64, f64),
}

impl Ratio {
    fn test(self) -> Option<FTest> {
        let (above, below) = self.freedom;
        let f = self.above / self.below;
        let test = FTest { f, above, below, p_value: f_above(f, self.freedom) };
        (self.below > 0.0 && f.is_finite()).then_some(test)
    }

    /// With the interval that follows from the one of the ratio.
    fn estimate(self, value: Result<f64, Reason>, of_ratio: impl Fn(f64) -> f64) -> Outcome<IccEstimate> {
        let (above, below) = self.freedom;
        let interval = self.test().map(|test| Interval {
            low: of_ratio(test.f / f_quantile(UPPER, (above, below))),
            high: of_ratio(test.f * f_quantile(UPPER, (below, above))),
        });
        self.with(value, interval)
    }

    fn with(self, value: Result<f64, Reason>, interval: Option<Interval>) -> Outcome<IccEstimate> {
        let estimate = |value| IccEstimate { value, test: self.test(), interval };
        value.map(estimate).into()
    }
}
