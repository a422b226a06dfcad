//! What makes one place take an innovation rather than another: the conditional logit.
//!
//! Each link is a choice: of all places that could have taken the innovation, one did. The odds of each are taken to be the
//! exponential of a weighted sum of its features, and the weights those that make the choices seen likeliest: D. `McFadden`,
//! *Conditional Logit Analysis of Qualitative Choice Behavior*, 1974. The log-likelihood is concave, so that Newton's
//! method finds its one maximum; standard errors come from the information matrix there. It answers what a table of
//! distances cannot: how near the takers are *compared with all who could have been*.

use serde::Serialize;

use crate::base::{Code, Error, Result};

/// Choices among the same alternatives: the features of each, and which were taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The features of each alternative, all equally many.
    pub alternatives: Vec<Vec<f64>>,
    /// The place of the alternative that was taken, for each time that there was a choice.
    pub taken: Vec<usize>,
}

/// What a feature weighs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// What one more of it adds to the logarithm of the odds.
    pub weight: f64,
    /// The standard error of that.
    pub error: f64,
    /// What one more of it multiplies the odds by.
    pub odds: f64,
    /// The lower end of the 95 % interval of `odds`.
    pub odds_low: f64,
    /// The upper end of it.
    pub odds_high: f64,
}

/// A fitted model of choices.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChoiceFit {
    /// One for each feature.
    pub effects: Vec<Effect>,
    /// How many choices it was fitted to.
    pub choices: usize,
    /// The logarithm of the likelihood of the choices.
    pub log_likelihood: f64,
    /// The same if every alternative were equally likely.
    pub log_likelihood_even: f64,
    /// How much of the second the fit removes (`McFadden`'s pseudo R²), 0 to 1.
    pub pseudo_r2: f64,
}

/// More rounds than Newton's method ever needs here.
const ROUNDS: usize = 50;
/// A weight beyond this separates the takers from all others: there is no maximum.
const FURTHEST: f64 = 30.0;
/// The 97.5 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

impl ChoiceFit {
    /// Fits the weights of `features` features to choices.
    ///
    /// ```
    /// use jipp_core::lineage::{Choice, ChoiceFit};
    /// // Three of four took the nearer of two: odds of three to one.
    /// let choices = Choice { alternatives: vec![vec![1.0], vec![0.0]], taken: vec![0, 0, 0, 1] };
    /// let fit = ChoiceFit::fit(1, &[choices])?;
    /// assert!((fit.effects[0].odds - 3.0).abs() < 1e-9);
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `option-invalid`: fewer choices than features and one, an alternative with another number of features, something that
    /// is no number, a taken place that is not there; or features that cannot be told apart, or that foretell every choice.
    ///
    /// # Complexity
    /// O(rounds · alternatives · features²) over all groups, with less than ten rounds as a rule.
    pub fn fit(features: usize, choices: &[Choice]) -> Result<Self> {
        check(features, choices)?;
        let mut weights = vec![0.0; features];
        let mut best = likelihood(choices, &weights);
        let even = best.value;
        for _ in 0..ROUNDS {
            let Some(step) = solve(best.information.clone(), best.gradient.clone()) else {
                return Err(refuse("features that differ between alternatives, and not all in the same way"));
            };
            let mut scale = 1.0;
            let mut next = move_by(&weights, &step, scale);
            let mut there = likelihood(choices, &next);
            while there.value < best.value && scale > 1e-6 {
                scale /= 2.0;
                next = move_by(&weights, &step, scale);
                there = likelihood(choices, &next);
            }
            let gained = there.value - best.value;
            weights = next;
            best = there;
            if weights.iter().any(|weight| weight.abs() > FURTHEST) {
                return Err(refuse("features that do not foretell every choice"));
            }
            if gained < 1e-12 * (1.0 + best.value.abs()) {
                break;
            }
        }
        let effects = effects(&weights, &best.information)
            .ok_or_else(|| refuse("features that differ between alternatives, and not all in the same way"))?;
        let pseudo_r2 = if even < 0.0 { 1.0 - best.value / even } else { 0.0 };
        let choices = choices.iter().map(|choice| choice.taken.len()).sum();
        Ok(Self { effects, choices, log_likelihood: best.value, log_likelihood_even: even, pseudo_r2 })
    }
}

fn refuse(expected: &str) -> Error {
    Error::new(Code::OptionInvalid).field("choices").expected(expected)
}

fn check(features: usize, choices: &[Choice]) -> Result<()> {
    let made: usize = choices.iter().map(|choice| choice.taken.len()).sum();
    if features == 0 || made <= features {
        let wanted = format!("at least one feature, and more choices than features ({features})");
        return Err(refuse(&wanted).value(made));
    }
    for (number, choice) in choices.iter().enumerate() {
        let is_whole = choice.alternatives.iter().all(|all| all.len() == features && all.iter().all(|v| v.is_finite()));
        if !is_whole || choice.taken.iter().any(|taken| *taken >= choice.alternatives.len()) {
            return Err(refuse("finite features, as many for each alternative, and one that was taken").value(number));
        }
    }
    Ok(())
}

/// The log-likelihood at some weights, with its slope and its curvature turned round.
struct Likelihood {
    value: f64,
    gradient: Vec<f64>,
    information: Vec<Vec<f64>>,
}

fn likelihood(choices: &[Choice], weights: &[f64]) -> Likelihood {
    let n = weights.len();
    let mut all = Likelihood { value: 0.0, gradient: vec![0.0; n], information: vec![vec![0.0; n]; n] };
    for choice in choices {
        let sums: Vec<f64> =
            choice.alternatives.iter().map(|features| features.iter().zip(weights).map(|(f, w)| f * w).sum()).collect();
        let top = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let odds: Vec<f64> = sums.iter().map(|sum| libm::exp(sum - top)).collect();
        let whole: f64 = odds.iter().sum();
        let times = real(choice.taken.len());
        all.value += choice.taken.iter().map(|taken| sums[*taken]).sum::<f64>() - times * (top + libm::log(whole));
        let mut mean = vec![0.0; n];
        for (features, odds) in choice.alternatives.iter().zip(&odds) {
            mean.iter_mut().zip(features).for_each(|(mean, feature)| *mean += odds / whole * feature);
        }
        for (features, odds) in choice.alternatives.iter().zip(&odds) {
            let off: Vec<f64> = features.iter().zip(&mean).map(|(feature, mean)| feature - mean).collect();
            for (row, a) in all.information.iter_mut().zip(&off) {
                row.iter_mut().zip(&off).for_each(|(cell, b)| *cell += times * odds / whole * a * b);
            }
        }
        for taken in &choice.taken {
            let taken = choice.alternatives[*taken].iter().zip(&mean);
            all.gradient.iter_mut().zip(taken).for_each(|(slope, (feature, mean))| *slope += feature - mean);
        }
    }
    all
}

#[allow(clippy::cast_precision_loss, reason = "counts of links are exact as floats")]
fn real(count: usize) -> f64 {
    count as f64
}

fn move_by(weights: &[f64], step: &[f64], scale: f64) -> Vec<f64> {
    weights.iter().zip(step).map(|(weight, step)| weight + scale * step).collect()
}

/// Solves a symmetric positive definite system by Gaussian elimination with pivots; none if it has no one solution.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let n = right.len();
    let size = matrix.iter().flatten().fold(0.0_f64, |size, cell| size.max(cell.abs()));
    for at in 0..n {
        let pivot = (at..n).max_by(|a, b| matrix[*a][at].abs().total_cmp(&matrix[*b][at].abs()))?;
        matrix.swap(at, pivot);
        right.swap(at, pivot);
        if matrix[at][at].abs() <= 1e-12 * size {
            return None;
        }
        for row in at + 1..n {
            let factor = matrix[row][at] / matrix[at][at];
            let (above, below) = matrix.split_at_mut(row);
            below[0][at..].iter_mut().zip(&above[at][at..]).for_each(|(cell, upper)| *cell -= factor * upper);
            right[row] -= factor * right[at];
        }
    }
    let mut solution = vec![0.0; n];
    for at in (0..n).rev() {
        let known: f64 = (at + 1..n).map(|column| matrix[at][column] * solution[column]).sum();
        solution[at] = (right[at] - known) / matrix[at][at];
    }
    Some(solution)
}

fn effects(weights: &[f64], information: &[Vec<f64>]) -> Option<Vec<Effect>> {
    let effect = |(place, weight): (usize, &f64)| {
        let mut unit = vec![0.0; weights.len()];
        unit[place] = 1.0;
        let error = libm::sqrt(solve(information.to_vec(), unit)?[place]);
        Some(Effect {
            weight: *weight,
            error,
            odds: libm::exp(*weight),
            odds_low: libm::exp(weight - Z * error),
            odds_high: libm::exp(weight + Z * error),
        })
    };
    weights.iter().enumerate().map(effect).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by it")]
mod tests {
    use super::*;

    fn choices() -> Vec<Choice> {
        // Alternatives drawn by a linear congruence; the larger first feature tends to be taken.
        let mut seed = 7_u32;
        let mut draw = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(seed >> 8) / f64::from(1 << 24)
        };
        let mut all = Vec::new();
        for _ in 0..200 {
            let alternatives: Vec<Vec<f64>> = (0..5).map(|_| vec![draw(), draw()]).collect();
            let worth = |features: &[f64], noise: f64| 3.0 * features[0] - features[1] - libm::log(-libm::log(noise));
            let values: Vec<f64> = alternatives.iter().map(|features| worth(features, draw().max(1e-9))).collect();
            let taken = (0..5).max_by(|a, b| values[*a].total_cmp(&values[*b])).unwrap();
            all.push(Choice { alternatives, taken: vec![taken] });
        }
        all
    }

    #[test]
    fn the_weights_behind_choices_are_found_again() {
        let fit = ChoiceFit::fit(2, &choices()).unwrap();
        let near = |effect: &Effect, truth: f64| (effect.weight - truth).abs() < 2.5 * effect.error;
        assert!(near(&fit.effects[0], 3.0) && near(&fit.effects[1], -1.0), "{fit:?}");
        assert!(fit.pseudo_r2 > 0.1 && fit.log_likelihood > fit.log_likelihood_even);
        // At the maximum no small step gains anything.
        let at: Vec<f64> = fit.effects.iter().map(|effect| effect.weight).collect();
        for (place, step) in [(0, 1e-3), (0, -1e-3), (1, 1e-3), (1, -1e-3)] {
            let mut aside = at.clone();
            aside[place] += step;
            assert!(likelihood(&choices(), &aside).value < fit.log_likelihood);
        }
    }

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        let same = Choice { alternatives: vec![vec![1.0], vec![1.0]], taken: vec![0] };
        let near = Choice { alternatives: vec![vec![1.0], vec![0.0]], taken: vec![0] };
        let broken = Choice { alternatives: vec![vec![f64::NAN]], taken: vec![0] };
        for choices in [vec![same; 3], vec![near.clone(); 3], vec![broken; 3], vec![near], Vec::new()] {
            assert_eq!(ChoiceFit::fit(1, &choices).unwrap_err().code(), "option-invalid");
        }
    }
}
