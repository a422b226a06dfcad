//! Distributions that several layers need: gamma, chi-square, F and Student's t, with their quantiles.
//!
//! * The incomplete gamma function: the series and the continued fraction; the incomplete beta function: the continued
//!   fraction; both fractions by Lentz's method as modified by Thompson and Barnett (*Numerical Recipes*, Press and
//!   others, 3rd edition, 6.2 and 6.4).
//!   Near 1e-14 for small parameters, 1e-10 where they reach tens of thousands: the logarithm of the gamma function
//!   is then large.
//! * Quantiles by bisection, which needs no start value, cannot run away and takes the same steps everywhere.

/// Enough halvings of any interval for a float to be as near as floats are.
const HALVINGS: usize = 200;
const TERMS: u32 = 10_000;
const TINY: f64 = 1e-300;
const EPSILON: f64 = 1e-15;

/// A continued fraction whose value is built up term by term: `b0 + a1/(b1 + a2/(b2 + ...))`.
struct Fraction {
    value: f64,
    ratio: f64,
    inverse: f64,
}

/// Zero is stepped around: the next term makes up for it.
fn away(value: f64) -> f64 {
    if value.abs() < TINY { TINY } else { value }
}

impl Fraction {
    fn new(first: f64) -> Self {
        let first = away(first);
        Self { value: first, ratio: first, inverse: 0.0 }
    }

    /// Takes in one more term, and says whether it still made a difference.
    fn add(&mut self, numerator: f64, denominator: f64) -> bool {
        self.inverse = 1.0 / away(denominator + numerator * self.inverse);
        self.ratio = away(denominator + numerator / self.ratio);
        let step = self.ratio * self.inverse;
        self.value *= step;
        (step - 1.0).abs() >= EPSILON
    }
}

/// The probability that a gamma variable of a shape above zero (and scale 1) is at most `x`: the regularized lower
/// incomplete gamma function.
pub(crate) fn gamma_below(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x < shape + 1.0 {
        gamma_series(shape, x)
    } else {
        1.0 - gamma_fraction(shape, x)
    }
}

/// The probability that it is above `x`, exact where it is small.
pub(crate) fn gamma_above(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        1.0
    } else if x < shape + 1.0 {
        1.0 - gamma_series(shape, x)
    } else {
        gamma_fraction(shape, x)
    }
}

fn gamma_front(shape: f64, x: f64) -> f64 {
    libm::exp(shape * libm::log(x) - x - libm::lgamma(shape))
}

fn gamma_series(shape: f64, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0 / shape, 1.0 / shape);
    for n in 1..TERMS {
        term *= x / (shape + f64::from(n));
        sum += term;
        if term < sum * EPSILON {
            break;
        }
    }
    (sum * gamma_front(shape, x)).clamp(0.0, 1.0)
}

fn gamma_fraction(shape: f64, x: f64) -> f64 {
    let mut fraction = Fraction::new(x + 1.0 - shape);
    for i in (1..TERMS).map(f64::from) {
        if !fraction.add(-i * (i - shape), x + 1.0 - shape + 2.0 * i) {
            break;
        }
    }
    (gamma_front(shape, x) / fraction.value).clamp(0.0, 1.0)
}

/// The value that a gamma variable of a shape (and scale 1) stays below with a probability.
pub(crate) fn gamma_quantile(shape: f64, probability: f64) -> f64 {
    quantile(shape.max(1.0), probability, |x| gamma_below(shape, x))
}

/// The probability that chi-square with some degrees of freedom is above `x`.
pub(crate) fn chi_square_above(x: f64, freedom: f64) -> f64 {
    gamma_above(freedom / 2.0, x / 2.0)
}

/// The regularized incomplete beta function at `x`, with `1 - x` given apart so that neither end loses digits.
fn beta_below(a: f64, b: f64, x: f64, rest: f64) -> f64 {
    if x <= 0.0 || rest <= 0.0 {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    // The fraction is quick below the mean; above it the other tail is.
    if x < (a + 1.0) / (a + b + 2.0) { beta_fraction(a, b, x, rest) } else { 1.0 - beta_fraction(b, a, rest, x) }
}

fn beta_fraction(a: f64, b: f64, x: f64, rest: f64) -> f64 {
    let front =
        libm::exp(libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b) + a * libm::log(x) + b * libm::log(rest)) / a;
    let mut fraction = Fraction::new(1.0);
    fraction.add(-(a + b) * x / (a + 1.0), 1.0);
    for m in (1..TERMS).map(f64::from) {
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        // Both, always: an even term alone can stand still by chance.
        let (one, other) = (fraction.add(even, 1.0), fraction.add(odd, 1.0));
        if !one && !other {
            break;
        }
    }
    (front / fraction.value).clamp(0.0, 1.0)
}

/// The probability that F with `(above, below)` degrees of freedom is at most `f`.
fn f_below(f: f64, (above, below): (f64, f64)) -> f64 {
    let whole = above * f + below;
    beta_below(above / 2.0, below / 2.0, above * f / whole, below / whole)
}

/// The probability that F with `(above, below)` degrees of freedom is above `f`.
pub(crate) fn f_above(f: f64, (above, below): (f64, f64)) -> f64 {
    let whole = above * f + below;
    beta_below(below / 2.0, above / 2.0, below / whole, above * f / whole)
}

/// The value that F with some degrees of freedom stays below with a probability.
pub(crate) fn f_quantile(probability: f64, freedom: (f64, f64)) -> f64 {
    quantile(1.0, probability, |f| f_below(f, freedom))
}

/// The probability that Student's t is further from zero than `t`, either way.
pub(crate) fn t_outside(t: f64, freedom: f64) -> f64 {
    f_above(t * t, (1.0, freedom))
}

/// How far from zero Student's t stays, either way, with a probability.
pub(crate) fn t_within(probability: f64, freedom: f64) -> f64 {
    libm::sqrt(f_quantile(probability, (1.0, freedom)))
}

/// The place above zero where a growing function passes a probability; `high` is where the search begins.
fn quantile(high: f64, probability: f64, below: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, high);
    while below(high) < probability && high < 1e300 {
        low = high;
        high *= 2.0;
    }
    for _ in 0..HALVINGS {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if below(middle) < probability { low = middle } else { high = middle }
    }
    low + (high - low) / 2.0
}

#[cfg(test)]
#[allow(clippy::unreadable_literal, reason = "numbers as SciPy prints them")]
mod tests {
    use super::*;

    fn close(one: f64, other: f64) -> bool {
        (one - other).abs() <= 1e-10 * other.abs()
    }

    /// `scipy.stats.f.sf` (1.17.1).
    #[test]
    fn the_tail_of_f_is_that_of_scipy() {
        let known = [
            (1.0, 5.0, 18.0, 0.44569124479910593),
            (1.7946776, 5.0, 18.0, 0.16476899324993008),
            (11.0272, 5.0, 15.0, 0.00013456980675793183),
            (0.2, 3.0, 200.5, 0.8962962426601842),
            (35.0, 1.0, 3.0, 0.009647374502833246),
            (3.0, 40.0, 0.7, 0.5103949025354498),
            (1.1, 2499.0, 72471.0, 0.0003744162971539358),
            (250.0, 12.0, 36.0, 6.830545451045566e-31),
        ];
        for (x, above, below, tail) in known {
            assert!(close(f_above(x, (above, below)), tail), "{x} {above} {below}: {}", f_above(x, (above, below)));
        }
    }

    /// `scipy.stats.f.ppf` (1.17.1).
    #[test]
    fn the_quantiles_of_f_are_those_of_scipy() {
        let known = [
            (0.975, 5.0, 18.0, 3.381967805875243),
            (0.975, 18.0, 5.0, 6.361883204654352),
            (0.975, 5.0, 1.3, 207.61653597892973),
            (0.975, 3.7, 5.0, 7.482187800098081),
            (0.95, 1.0, 1.0, 161.4476387975882),
            (0.025, 4.0, 9.0, 0.11230047780266185),
            (0.975, 2499.0, 72471.0, 1.0572313146636512),
            (0.99, 1.0, 11.0, 9.646034111966244),
        ];
        for (p, above, below, x) in known {
            assert!(close(f_quantile(p, (above, below)), x), "{p} {above} {below}: {}", f_quantile(p, (above, below)));
        }
    }

    /// `scipy.stats.chi2.sf` and `t` (1.17.1).
    #[test]
    fn chi_square_and_t_are_those_of_scipy() {
        assert!(close(chi_square_above(17.740741, 5.0), 0.003289508881747612));
        assert!(close(chi_square_above(0.3, 5.0), 0.9976430862605289));
        assert!(close(chi_square_above(0.001, 1.0), 0.9747728793699604));
        assert!(close(chi_square_above(3000.0, 2499.0), 1.2702413249328493e-11));
        assert!(close(chi_square_above(90.0, 3.0), 2.190570119285308e-19));
        assert!(close(t_outside(4.974, 11.0), 0.00041939720275412486));
        assert!(close(t_outside(0.01, 3.0), 0.992649111412852));
        assert!(close(t_outside(-2.0, 1.0), 0.2951672353008665));
        assert!(close(t_outside(12.0, 199.0), 2.5799606747931776e-25));
        assert!(close(t_within(0.95, 11.0), 2.200985160091639));
        assert!(close(t_within(0.95, 1.0), 12.706204736174694));
        assert!(close(t_within(0.9, 199.0), 1.6525467461665633));
        assert!(close(t_within(0.99, 2.0), 9.924843200918287));
        assert_eq!((chi_square_above(0.0, 3.0), t_outside(0.0, 4.0), f_above(0.0, (2.0, 2.0))), (1.0, 1.0, 1.0));
    }
}
