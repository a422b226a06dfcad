//! The model: a linear score whose differences decide, fitted by Newton steps that keep every weight at zero or above.

use super::numbers::float;

/// How many factors there are.
pub(super) const FACTORS: usize = crate::network::Weights::FACTORS.len();
/// One number for each factor.
pub(super) type Row = [f64; FACTORS];

/// Steps come to rest long before; this only bounds them.
const STEPS: usize = 100;
/// A step that gains less than this is the last.
const RESTS: f64 = 1e-12;
/// Rounds over the factors in which one step is worked out.
const SWEEPS: usize = 1_000;
/// A step is halved at most this often.
const HALVINGS: usize = 40;
/// What length costs, as `strength` is what a departure from the direction costs: only enough for a single best answer where
/// the weights in use make no mistake.
const ALONG: f64 = 1e-3;

/// What is learnt from one question: for each pair of a better and a worse candidate, how far the factors of the better
/// stand above those of the worse.
#[derive(Clone, Debug, Default)]
pub(super) struct Comparisons(pub(super) Vec<Row>);

/// The weights that minimise, over all questions, the mean of `ln(1 + exp(-w·d))` over the differences `d` of the question,
/// plus `strength / 2` times the squared distance of `w` from the line through `prior`. On the scale of log-odds.
///
/// Newton's method for a smooth function under bounds: each step minimises the quadratic model by coordinate descent and is
/// halved until it gains enough (Lee, Sun and Saunders, *Proximal Newton-type methods for minimizing composite functions*,
/// SIAM Journal on Optimization 24, 2014). The objective is strictly convex, so there is one minimum, wherever it starts.
///
/// # Complexity
/// The differences times the square of the factors, for each of some ten steps.
pub(super) fn fit(questions: &[&Comparisons], prior: &Row, strength: f64) -> Row {
    let objective = Objective::new(questions, prior, strength);
    let mut weights = *prior;
    let mut value = objective.value(&weights);
    for _ in 0..STEPS {
        let (gradient, curvature) = objective.derivatives(&weights);
        let step = bounded_step(&weights, &gradient, &curvature);
        let slope = dot(&gradient, &step);
        let mut length = 1.0;
        let mut next = None;
        for _ in 0..HALVINGS {
            let tried = moved(&weights, &step, length);
            let tried_value = objective.value(&tried);
            if tried_value <= value + 1e-4 * length * slope {
                next = Some((tried, tried_value));
                break;
            }
            length /= 2.0;
        }
        let Some((tried, tried_value)) = next else { break };
        let gain = value - tried_value;
        (weights, value) = (tried, tried_value);
        if gain < RESTS {
            break;
        }
    }
    weights
}

struct Objective<'a> {
    questions: &'a [&'a Comparisons],
    /// What a departure costs, for each pair of factors.
    penalty: [Row; FACTORS],
}

impl<'a> Objective<'a> {
    fn new(questions: &'a [&'a Comparisons], prior: &Row, strength: f64) -> Self {
        let square = dot(prior, prior);
        let mut penalty = [[0.0; FACTORS]; FACTORS];
        for (row, (line, one)) in penalty.iter_mut().zip(prior).enumerate() {
            for (column, (cell, other)) in line.iter_mut().zip(prior).enumerate() {
                let identity = if row == column { 1.0 } else { 0.0 };
                let along = one * other / square;
                *cell = strength * (identity - along) + ALONG * along;
            }
        }
        Self { questions, penalty }
    }

    fn value(&self, weights: &Row) -> f64 {
        let mut sum = 0.5 * dot(weights, &times(&self.penalty, weights));
        for Comparisons(differences) in self.questions {
            let losses: f64 = differences.iter().map(|difference| loss(dot(weights, difference))).sum();
            sum += losses / float(differences.len().max(1));
        }
        sum
    }

    fn derivatives(&self, weights: &Row) -> (Row, [Row; FACTORS]) {
        let mut gradient = times(&self.penalty, weights);
        let mut curvature = self.penalty;
        for Comparisons(differences) in self.questions {
            let share = 1.0 / float(differences.len().max(1));
            for difference in differences {
                let wrong = chance(-dot(weights, difference));
                let bend = share * wrong * (1.0 - wrong);
                for (row, one) in difference.iter().enumerate().filter(|(_, one)| **one != 0.0) {
                    gradient[row] -= share * wrong * one;
                    for (cell, other) in curvature[row].iter_mut().zip(difference) {
                        *cell += bend * one * other;
                    }
                }
            }
        }
        (gradient, curvature)
    }
}

/// The step that minimises the quadratic model and leaves no weight below zero.
fn bounded_step(weights: &Row, gradient: &Row, curvature: &[Row; FACTORS]) -> Row {
    let mut step = [0.0; FACTORS];
    for _ in 0..SWEEPS {
        let mut largest: f64 = 0.0;
        for factor in 0..FACTORS {
            let slope = gradient[factor] + dot(&curvature[factor], &step);
            let wanted = (step[factor] - slope / curvature[factor][factor]).max(-weights[factor]);
            largest = largest.max((wanted - step[factor]).abs());
            step[factor] = wanted;
        }
        if largest < 1e-14 {
            break;
        }
    }
    step
}

fn moved(weights: &Row, step: &Row, length: f64) -> Row {
    let mut moved = *weights;
    for (weight, step) in moved.iter_mut().zip(step) {
        *weight = (*weight + length * step).max(0.0);
    }
    moved
}

pub(super) fn dot(a: &Row, b: &Row) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn times(matrix: &[Row; FACTORS], row: &Row) -> Row {
    let mut product = [0.0; FACTORS];
    for (cell, line) in product.iter_mut().zip(matrix) {
        *cell = dot(line, row);
    }
    product
}

/// `ln(1 + exp(-margin))`, without overflow.
fn loss(margin: f64) -> f64 {
    (-margin).max(0.0) + libm::log1p(libm::exp(-margin.abs()))
}

/// `1 / (1 + exp(-x))`, without overflow.
fn chance(x: f64) -> f64 {
    let small = libm::exp(-x.abs());
    if x >= 0.0 { 1.0 / (1.0 + small) } else { small / (1.0 + small) }
}

/// Whole points that add up to 100, by largest remainders (Hamilton's method); of equal remainders the earlier factor takes
/// the point. None if no weight is above zero.
pub(super) fn points(weights: &Row) -> Option<[i64; FACTORS]> {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return None;
    }
    let exact = weights.map(|weight| 100.0 * weight / sum);
    #[allow(clippy::cast_possible_truncation, reason = "0 to 100")]
    let mut points = exact.map(|share| share.floor() as i64);
    let mut by_remainder: Vec<usize> = (0..FACTORS).collect();
    by_remainder.sort_by(|a, b| (exact[*b] - exact[*b].floor()).total_cmp(&(exact[*a] - exact[*a].floor())));
    let left = usize::try_from(100 - points.iter().sum::<i64>()).unwrap_or(0);
    for factor in by_remainder.into_iter().take(left) {
        points[factor] += 1;
    }
    Some(points)
}

#[cfg(test)]
mod tests {
    use super::super::numbers::SplitMix;
    use super::*;
    use proptest::prelude::*;

    const PRIOR: Row = [0.76, 0.03, 0.03, 0.01, 0.03, 0.05, 0.05, 0.02, 0.02];

    /// Pairs of random candidates, of which the better is drawn as the model says: with the odds `exp(w·d)`.
    fn simulated(truth: &Row, questions: usize, seed: u64) -> Vec<Comparisons> {
        let mut random = SplitMix::new(seed);
        let mut uniform = || f64::from(u32::try_from(random.next() >> 32).unwrap_or(0)) / f64::from(u32::MAX);
        let question = |_| {
            let difference: Row = std::array::from_fn(|_| uniform() - uniform());
            let is_better = uniform() < chance(dot(truth, &difference));
            Comparisons(vec![if is_better { difference } else { difference.map(|one| -one) }])
        };
        (0..questions).map(question).collect()
    }

    #[test]
    fn the_true_weights_are_found_again() {
        let truth = [6.0, 1.0, 0.0, 0.5, 0.0, 3.0, 2.0, 0.0, 0.5];
        let expected = points(&truth).unwrap_or_default();
        // Standard errors fall with the square root of the number of pairs: about 1 point each at 40,000.
        for (count, off) in [(2_000, 9), (40_000, 3)] {
            let data = simulated(&truth, count, 7);
            let found = fit(&data.iter().collect::<Vec<_>>(), &PRIOR, 1e-6);
            let found = points(&found).unwrap_or_default();
            let furthest = found.iter().zip(expected).map(|(found, true_one)| (found - true_one).abs()).max();
            assert!(furthest <= Some(off), "{found:?} is not {expected:?}");
        }
    }

    #[test]
    fn a_strong_belief_in_the_prior_leaves_its_direction_and_a_weak_one_follows_the_data() {
        let direction = |weights: &Row| points(weights).unwrap_or_default();
        let data = simulated(&[3.0, 0.0, 0.0, 0.0, 0.0, 9.0, 0.0, 0.0, 0.0], 200, 3);
        let questions: Vec<&Comparisons> = data.iter().collect();
        assert_eq!(direction(&fit(&questions, &PRIOR, 1e6)), [76, 3, 3, 1, 3, 5, 5, 2, 2]);
        let learnt = direction(&fit(&questions, &PRIOR, 1e-3));
        assert!(learnt[5] > 50 && learnt[5] > 2 * learnt[0], "{learnt:?}");
    }

    #[test]
    fn points_go_to_the_largest_remainders() {
        assert_eq!(points(&[1.0; FACTORS]), Some([12, 11, 11, 11, 11, 11, 11, 11, 11]));
        assert_eq!(points(&[0.0; FACTORS]), None);
        assert_eq!(points(&[2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]), Some([67, 0, 0, 0, 0, 0, 0, 0, 33]));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn what_is_found_is_a_minimum(seed in any::<u64>(), count in 1_usize..60, strength in 0.01_f64..10.0) {
            let data = simulated(&[5.0, 0.0, 1.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0], count, seed);
            let questions: Vec<&Comparisons> = data.iter().collect();
            let found = fit(&questions, &PRIOR, strength);
            let (gradient, _) = Objective::new(&questions, &PRIOR, strength).derivatives(&found);
            // The conditions of Karush, Kuhn and Tucker: flat where a weight is free, rising where it is held at zero.
            for (weight, slope) in found.iter().zip(gradient) {
                prop_assert!(*weight >= 0.0);
                prop_assert!(if *weight > 0.0 { slope.abs() < 1e-4 } else { slope > -1e-4 }, "{found:?} {gradient:?}");
            }
            prop_assert_eq!(points(&found).map(|points| points.iter().sum::<i64>()), Some(100));
        }
    }
}
