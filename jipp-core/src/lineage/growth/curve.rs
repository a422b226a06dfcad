//! The two curves, and where to begin looking for their parameters.

use serde::{Deserialize, Serialize};

use super::fit::real;

/// A curve of cumulative adoption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Model {
    /// Verhulst's, with the parameters m (ceiling), k (rate) and t0 (time of the peak).
    Logistic,
    /// Bass', with the parameters m (ceiling), p (innovation) and q (imitation).
    Bass,
}

impl Model {
    /// The names of its parameters, in order.
    pub const fn parameters(self) -> [&'static str; 3] {
        match self {
            Self::Logistic => ["m", "k", "t0"],
            Self::Bass => ["m", "p", "q"],
        }
    }

    /// Whether a parameter must be above zero; those are looked for by their logarithm.
    pub(super) const fn positive(self) -> [bool; 3] {
        match self {
            Self::Logistic => [true, true, false],
            Self::Bass => [true, true, true],
        }
    }

    /// The share of the ceiling that has adopted by a time, and its derivatives by the second and the third parameter.
    fn share(self, [_, second, third]: [f64; 3], time: f64) -> [f64; 3] {
        match self {
            Self::Logistic => {
                let share = 1.0 / (1.0 + libm::exp(-second * (time - third)));
                let slope = share * (1.0 - share);
                [share, slope * (time - third), -second * slope]
            }
            Self::Bass => {
                let (p, q) = (second, third);
                let (left, ratio) = (libm::exp(-(p + q) * time), q / p);
                let below = 1.0 + ratio * left;
                let by_left = -(1.0 + ratio) / (below * below);
                let by_ratio = -(1.0 - left) * left / (below * below);
                let by_both = by_left * -time * left;
                [(1.0 - left) / below, by_both - by_ratio * ratio / p, by_both + by_ratio / p]
            }
        }
    }

    /// Cumulative adoption by a time, in periods from the beginning of the first, with these parameters in the order of
    /// [`parameters`](Self::parameters).
    ///
    /// ```
    /// use jipp_core::lineage::growth::Model;
    /// assert!((Model::Logistic.cumulative([100.0, 1.0, 5.0], 5.0) - 50.0).abs() < 1.0);
    /// ```
    pub fn cumulative(self, parameters: [f64; 3], time: f64) -> f64 {
        parameters[0] * self.share(parameters, time)[0]
    }

    /// The expected adopters of a period, counted from 0, and the derivatives by the parameters.
    pub(super) fn expected(self, parameters: [f64; 3], period: usize) -> (f64, [f64; 3]) {
        let begin = real(period);
        // Before the first period there is nobody, by either curve: see the module.
        let before = if period == 0 { [0.0; 3] } else { self.share(parameters, begin) };
        let after = self.share(parameters, begin + 1.0);
        let m = parameters[0];
        let share = after[0] - before[0];
        (m * share, [share, m * (after[1] - before[1]), m * (after[2] - before[2])])
    }

    /// When most adopt, in periods from the beginning of the first; for Bass' curve 0 where q is not above p.
    pub(super) fn peak(self, [_, second, third]: [f64; 3]) -> f64 {
        match self {
            Self::Logistic => third,
            Self::Bass => (libm::log(third / second) / (second + third)).max(0.0),
        }
    }

    /// Where to begin: a grid of shapes that spans the periods, each with the ceiling that fits it best, and for Bass'
    /// curve the regression of Bass (1969).
    pub(super) fn starts(self, counts: &[f64]) -> Vec<[f64; 3]> {
        let periods = real(counts.len());
        let mut starts = Vec::new();
        for speed in [1.0, 2.0, 4.0, 8.0, 16.0, 32.0] {
            let rate = speed / periods;
            for part in [0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 1.2] {
                let shape = match self {
                    Self::Logistic => [1.0, rate, part * periods],
                    Self::Bass => [1.0, rate * part, rate],
                };
                starts.extend(with_ceiling(self, shape, counts));
            }
        }
        if self == Self::Bass {
            starts.extend(regression(counts));
        }
        starts
    }
}

/// A shape with the ceiling of least squares, which is linear.
fn with_ceiling(model: Model, shape: [f64; 3], counts: &[f64]) -> Option<[f64; 3]> {
    let (mut product, mut square) = (0.0, 0.0);
    for (period, count) in counts.iter().enumerate() {
        let (part, _) = model.expected(shape, period);
        product += part * count;
        square += part * part;
    }
    let ceiling = product / square;
    (ceiling.is_finite() && ceiling > 0.0).then_some([ceiling, shape[1], shape[2]])
}

/// Bass (1969): adopters of a period regressed on cumulative adopters before it and their square, n = a + b N + c N^2;
/// then m is the positive root, p = a / m and q = -c m.
fn regression(counts: &[f64]) -> Option<[f64; 3]> {
    let total: f64 = counts.iter().sum();
    let (mut matrix, mut right, mut before) = ([[0.0; 3]; 3], [0.0; 3], 0.0);
    for count in counts {
        // In units of the total, so that the squares stay comparable.
        let row = [1.0, before / total, before * before / (total * total)];
        for i in 0..3 {
            right[i] += row[i] * count;
            for j in 0..3 {
                matrix[i][j] += row[i] * row[j];
            }
        }
        before += count;
    }
    let [constant, linear, square] = super::least_squares::solve(matrix, right)?;
    let root = libm::sqrt(linear * linear - 4.0 * constant * square);
    let ceiling = (-linear - root) / (2.0 * square) * total;
    let (innovation, imitation) = (constant / ceiling, -square * ceiling / (total * total));
    [ceiling, innovation, imitation]
        .iter()
        .all(|value| value.is_finite() && *value > 0.0)
        .then_some([ceiling, innovation, imitation])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Derivatives against differences.
    #[test]
    fn derivatives_are_slopes() {
        for (model, parameters) in
            [(Model::Logistic, [50.0, 0.7, 4.0]), (Model::Bass, [50.0, 0.02, 0.4]), (Model::Bass, [9.0, 0.3, 0.1])]
        {
            for period in [0, 3, 8] {
                let (_, slopes) = model.expected(parameters, period);
                for which in 0..3 {
                    let at = |factor: f64| {
                        let mut moved = parameters;
                        moved[which] *= factor;
                        model.expected(moved, period).0
                    };
                    let slope = (at(1.0 + 1e-6) - at(1.0 - 1e-6)) / (2e-6 * parameters[which]);
                    assert!((slope - slopes[which]).abs() < 1e-6 * (1.0 + slope.abs()), "{model:?} {which}");
                }
            }
        }
    }

    #[test]
    fn the_peak_is_where_most_adopt() {
        for (model, parameters) in [(Model::Logistic, [50.0, 0.7, 4.0]), (Model::Bass, [50.0, 0.02, 0.4])] {
            let peak = model.peak(parameters);
            let around =
                |time: f64| model.cumulative(parameters, time + 0.5) - model.cumulative(parameters, time - 0.5);
            assert!(around(peak) > around(peak + 0.2) && around(peak) > around(peak - 0.2));
        }
        assert!(Model::Bass.peak([9.0, 0.3, 0.1]).abs() < f64::EPSILON);
    }
}
