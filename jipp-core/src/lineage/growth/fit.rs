//! A curve through the adopters of each period, with all that is needed to judge it.

use serde::Serialize;

use super::curve::Model;
use super::least_squares::{Place, Problem, descend, inverse_diagonal};
use crate::base::{Code, Error, Result};

/// Fewer periods determine no curve: three parameters and the spread of the errors must leave `AICc` a denominator.
pub const FEWEST_PERIODS: usize = 6;
/// More periods, and larger numbers of adopters, are no adoption of anything.
const MOST_PERIODS: usize = 100_000;
const LARGEST_COUNT: f64 = 1e12;
/// A parameter below this is zero: imitation may be, as in a curve of innovators alone; nothing else can.
const VANISHING: f64 = 1e-12;
/// Starting points that are followed to the bottom.
const TRIES: usize = 3;

/// A parameter of a curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// Its name in the formula.
    pub name: &'static str,
    /// Its value; rates are per period, times in periods from the beginning of the first.
    pub value: f64,
    /// Its standard error, from the curvature at the minimum.
    pub standard_error: f64,
}

/// A fitted curve.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fit {
    /// Which curve.
    pub model: Model,
    /// Its parameters, in the order of [`Model::parameters`].
    pub parameters: [Parameter; 3],
    /// Adopters of each period, by the curve.
    pub expected: Vec<f64>,
    /// Adopters of each period, observed less expected.
    pub residuals: Vec<f64>,
    /// The root of the mean square of the residuals.
    pub rmse: f64,
    /// The share of the variance of the adopters per period that the curve explains, above 0.
    pub r_squared: f64,
    /// Akaike's information criterion with the correction for few observations (Hurvich and Tsai 1989), n ln(RSS / n) +
    /// 2 k + 2 k (k + 1) / (n - k - 1) with k = 4. Lower is better; only differences mean something.
    pub aicc: f64,
    /// When most adopt, in periods from the beginning of the first.
    pub peak: f64,
}

impl Fit {
    /// Cumulative adoption at a time, in periods from the beginning of the first, by the curve.
    ///
    /// ```
    /// use jipp_core::lineage::growth::{Model, fit};
    /// let curve = fit(Model::Bass, &[3.0, 6.0, 11.0, 17.0, 21.0, 19.0, 12.0, 7.0, 3.0])?;
    /// assert!(curve.cumulative(0.0).abs() < 1e-9);
    /// assert!((curve.cumulative(9.0) - 98.0).abs() < 3.0);
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    pub fn cumulative(&self, time: f64) -> f64 {
        self.model.cumulative(self.parameters.map(|parameter| parameter.value), time)
    }
}

/// Why a curve cannot be fitted. As an error it is `undetermined`, with the [code](Self::code) as its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Unfit {
    /// Fewer than [`FEWEST_PERIODS`].
    TooFewPeriods,
    /// Adopters in fewer than three periods.
    NoGrowth,
    /// The curve explains no more than the mean number of adopters does.
    NoShape,
    /// Least squares found no minimum: the numbers do not have the form of this curve.
    NotConverged,
    /// The minimum lies where a parameter makes no difference, so that it cannot be told.
    Degenerate,
    /// Adoption has not passed its peak, or the ceiling is as uncertain as it is high.
    CeilingOpen,
}

impl Unfit {
    /// The stable code, in kebab-case.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooFewPeriods => "too-few-periods",
            Self::NoGrowth => "no-growth",
            Self::NoShape => "no-shape",
            Self::NotConverged => "not-converged",
            Self::Degenerate => "degenerate",
            Self::CeilingOpen => "ceiling-open",
        }
    }
}

impl From<Unfit> for Error {
    fn from(reason: Unfit) -> Self {
        let needed = match reason {
            Unfit::TooFewPeriods => "at least six periods",
            Unfit::NoGrowth => "adopters in at least three periods",
            Unfit::NoShape | Unfit::NotConverged | Unfit::Degenerate => {
                "adoption that rises and falls as the curve does"
            }
            Unfit::CeilingOpen => "periods until after the peak of adoption",
        };
        Self::new(Code::Undetermined).value(reason.code()).expected(needed)
    }
}

/// Both curves through the same numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Growth {
    /// The logistic curve, or why there is none.
    pub logistic: std::result::Result<Fit, Unfit>,
    /// Bass' curve, or why there is none.
    pub bass: std::result::Result<Fit, Unfit>,
}

impl Growth {
    /// Fits both curves.
    ///
    /// # Errors
    ///
    /// `out-of-range` or `too-many` as [`fit`]; that a curve does not fit is no error here.
    ///
    /// ```
    /// use jipp_core::lineage::growth::{Growth, Unfit};
    /// let growth = Growth::of(&[3.0, 6.0, 11.0, 17.0, 21.0, 19.0, 12.0, 7.0, 3.0])?;
    /// assert!(growth.best().is_some());
    /// let rising = Growth::of(&[1.0, 2.0, 4.0, 8.0, 16.0, 32.0])?;
    /// assert_eq!(rising.logistic.unwrap_err(), Unfit::CeilingOpen);
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    pub fn of(counts: &[f64]) -> Result<Self> {
        check(counts)?;
        Ok(Self { logistic: find(Model::Logistic, counts), bass: find(Model::Bass, counts) })
    }

    /// The curve of the lower `AICc`. A difference below 2 says little (Burnham and Anderson 2002).
    pub fn best(&self) -> Option<&Fit> {
        match (&self.logistic, &self.bass) {
            (Ok(logistic), Ok(bass)) => Some(if bass.aicc < logistic.aicc { bass } else { logistic }),
            (one, other) => one.as_ref().or(other.as_ref()).ok(),
        }
    }
}

/// Fits a curve to the adopters of successive periods of equal length, the first being the one in which adoption began.
///
/// # Errors
///
/// * `out-of-range` for a number that is negative, above 1e12 or none, `too-many` for more than 100,000 periods;
/// * `undetermined`, with the code of an [`Unfit`] as its value.
///
/// # Complexity
///
/// O(n) for n periods, times some hundred.
///
/// ```
/// use jipp_core::lineage::growth::{Model, fit};
/// // Video recorders bought in the United States from 1980 on, in thousands: a textbook example of the Bass curve.
/// let sales = [840.0, 1470.0, 2110.0, 4000.0, 7590.0, 10950.0, 10530.0, 9470.0, 7790.0, 5890.0];
/// let bass = fit(Model::Bass, &sales)?;
/// let [m, p, q] = bass.parameters;
/// assert_eq!((m.value.round(), (1e4 * p.value).round(), (1e3 * q.value).round()), (67_660.0, 88.0, 642.0));
/// assert!(bass.r_squared > 0.96 && (bass.peak - 6.6).abs() < 0.1);
/// # Ok::<(), jipp_core::Error>(())
/// ```
pub fn fit(model: Model, counts: &[f64]) -> Result<Fit> {
    check(counts)?;
    Ok(find(model, counts)?)
}

fn check(counts: &[f64]) -> Result<()> {
    if counts.len() > MOST_PERIODS {
        return Err(Error::new(Code::TooMany).field("counts").value(counts.len()).expected("at most 100,000 periods"));
    }
    match counts.iter().position(|count| !(0.0..=LARGEST_COUNT).contains(count)) {
        Some(at) => {
            let error = Error::new(Code::OutOfRange).field(format!("counts[{at}]"));
            Err(error.value(counts[at]).expected("a number from 0 to 1e12"))
        }
        None => Ok(()),
    }
}

/// The counts and the curve, in parameters that may take any value: logarithms of those that must be positive.
struct Curve<'a> {
    model: Model,
    counts: &'a [f64],
}

impl Curve<'_> {
    fn inward(&self, parameters: [f64; 3]) -> [f64; 3] {
        let positive = self.model.positive();
        [0, 1, 2].map(|i| if positive[i] { libm::log(parameters[i]) } else { parameters[i] })
    }

    fn outward(&self, point: [f64; 3]) -> [f64; 3] {
        let positive = self.model.positive();
        [0, 1, 2].map(|i| if positive[i] { libm::exp(point[i]) } else { point[i] })
    }

    /// The derivatives of the parameters by the coordinates of the point.
    fn stretch(&self, parameters: [f64; 3]) -> [f64; 3] {
        let positive = self.model.positive();
        [0, 1, 2].map(|i| if positive[i] { parameters[i] } else { 1.0 })
    }
}

impl Problem for Curve<'_> {
    fn residuals(&self, point: [f64; 3], each: &mut dyn FnMut(f64, [f64; 3])) -> bool {
        let parameters = self.outward(point);
        let stretch = self.stretch(parameters);
        if parameters.iter().any(|value| !value.is_finite()) || stretch.contains(&0.0) {
            return false;
        }
        for (period, count) in self.counts.iter().enumerate() {
            let (expected, slopes) = self.model.expected(parameters, period);
            each(count - expected, [0, 1, 2].map(|i| slopes[i] * stretch[i]));
        }
        true
    }
}

/// The curve of least squares from the best starting points.
fn find(model: Model, counts: &[f64]) -> std::result::Result<Fit, Unfit> {
    if counts.len() < FEWEST_PERIODS {
        return Err(Unfit::TooFewPeriods);
    }
    if counts.iter().filter(|count| **count > 0.0).count() < 3 {
        return Err(Unfit::NoGrowth);
    }
    let curve = Curve { model, counts };
    let starts = model.starts(counts);
    let mut places: Vec<Place> =
        starts.into_iter().filter_map(|start| Place::new(&curve, curve.inward(start))).collect();
    places.sort_by(|a, b| a.squares.total_cmp(&b.squares));
    let reached = places.into_iter().take(TRIES).map(|start| descend(&curve, start));
    let (end, arrived) = reached.min_by(|a, b| a.0.squares.total_cmp(&b.0.squares)).ok_or(Unfit::NotConverged)?;
    // While adoption still speeds up, the ceiling runs away and there is no minimum to arrive at.
    if model.peak(curve.outward(end.point)) >= real(counts.len()) {
        return Err(Unfit::CeilingOpen);
    }
    if !arrived {
        return Err(Unfit::NotConverged);
    }
    describe(&curve, &end)
}

/// What is said about the minimum, where it says something.
fn describe(curve: &Curve<'_>, bottom: &Place) -> std::result::Result<Fit, Unfit> {
    let (model, periods) = (curve.model, real(curve.counts.len()));
    let values = curve.outward(bottom.point);
    if (0..3).any(|i| model.positive()[i] && values[i] < VANISHING && (model, i) != (Model::Bass, 2)) {
        return Err(Unfit::Degenerate);
    }
    let diagonal = inverse_diagonal(bottom.normal).ok_or(Unfit::Degenerate)?;
    let variance = bottom.squares / (periods - 3.0);
    let stretch = curve.stretch(values);
    let names = model.parameters();
    let parameters = [0, 1, 2].map(|i| Parameter {
        name: names[i],
        value: if model.positive()[i] && values[i] < VANISHING { 0.0 } else { values[i] },
        standard_error: stretch[i] * libm::sqrt(variance * diagonal[i]),
    });
    let mean = curve.counts.iter().sum::<f64>() / periods;
    let spread: f64 = curve.counts.iter().map(|count| (count - mean) * (count - mean)).sum();
    let r_squared = 1.0 - bottom.squares / spread;
    // Where all counts are equal it is no number.
    if r_squared.is_nan() || r_squared <= 0.0 {
        return Err(Unfit::NoShape);
    }
    if parameters[0].standard_error >= parameters[0].value {
        return Err(Unfit::CeilingOpen);
    }
    let expected: Vec<f64> = (0..curve.counts.len()).map(|period| model.expected(values, period).0).collect();
    let residuals = curve.counts.iter().zip(&expected).map(|(count, expected)| count - expected).collect();
    let mean_square = bottom.squares / periods;
    // Four quantities are estimated: three parameters and the variance of the errors.
    let aicc = periods * libm::log(mean_square.max(f64::MIN_POSITIVE)) + 8.0 + 40.0 / (periods - 5.0);
    Ok(Fit {
        model,
        parameters,
        expected,
        residuals,
        rmse: libm::sqrt(mean_square),
        r_squared,
        aicc,
        peak: model.peak(values),
    })
}

/// A count as a float; exact to 2^53.
#[allow(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}
