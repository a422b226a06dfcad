//! From weights to probabilities that hold, where the truth of some pairs is known.
//!
//! Isotonic regression: the probabilities that fit the labels best (least squares) and never fall as the weight rises,
//! found by pooling adjacent violators (Ayer, Brunk, Ewing, Reid and Silverman 1955; for classifiers Zadrozny and Elkan
//! 2002). It assumes nothing but the order, so it mends both overconfidence and a wrong prior; Platt's logistic curve
//! (1999) needs fewer labels and assumes their weights to be shifted and stretched only.

use serde::{Deserialize, Serialize};

use super::number::{bits, real};
use crate::base::{Code, Error, Result};

/// A probability for each weight, never falling.
///
/// ```
/// use jipp_core::matching::linkage::Isotonic;
/// let truth = [(-2000, false), (-1000, true), (0, false), (1000, true), (2000, true)];
/// let isotonic = Isotonic::fit(&truth)?;
/// // The two in the middle break the order, and are taken together.
/// assert_eq!(isotonic.probability(-500), 0.5);
/// assert!(isotonic.probability(-3000) < 0.5 && isotonic.probability(9000) > 0.5);
/// # Ok::<(), jipp_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Isotonic {
    /// Weights in thousandths of a bit and the probability there, both rising; between them it is read off the line.
    points: Vec<(i64, f64)>,
}

impl Isotonic {
    /// Fits pairs whose truth is known: their weight, and whether they belong together.
    ///
    /// The lowest and the highest stretch say nothing is certain: n pairs of one kind give 1/(n+2) and (n+1)/(n+2)
    /// (Laplace's rule of succession).
    ///
    /// # Errors
    /// `option-invalid` if all labels are the same, or there are none.
    ///
    /// # Complexity
    /// n log n for n labels.
    pub fn fit(truth: &[(i64, bool)]) -> Result<Self> {
        let yes = truth.iter().filter(|(_, together)| *together).count();
        if yes == 0 || yes == truth.len() {
            let hint = "pairs that belong together and pairs that do not";
            return Err(Error::new(Code::OptionInvalid).field("labels").value(truth.len()).expected(hint));
        }
        let mut sorted = truth.to_vec();
        sorted.sort_unstable();
        // (lowest weight, highest weight, belonging together, all)
        let mut pools: Vec<(i64, i64, usize, usize)> = Vec::new();
        for same in sorted.chunk_by(|a, b| a.0 == b.0) {
            let Some((weight, _)) = same.first() else { continue };
            let mut pool = (*weight, *weight, same.iter().filter(|(_, together)| *together).count(), same.len());
            while let Some(before) = pools.pop_if(|before| before.2 * pool.3 >= pool.2 * before.3) {
                pool = (before.0, pool.1, before.2 + pool.2, before.3 + pool.3);
            }
            pools.push(pool);
        }
        let share = |yes: usize, all: usize| match yes {
            0 => 1.0 / real(all + 2),
            yes if yes == all => real(all + 1) / real(all + 2),
            yes => real(yes) / real(all),
        };
        let mut points: Vec<(i64, f64)> = Vec::new();
        for (low, high, yes, all) in pools {
            // Certain stretches are softened; they may not fall below their neighbours by it.
            let probability = share(yes, all).max(points.last().map_or(0.0, |point| point.1));
            points.push((low, probability));
            if high > low {
                points.push((high, probability));
            }
        }
        Ok(Self { points })
    }

    /// The probability at a weight.
    ///
    /// # Complexity
    /// Logarithmic in the number of steps.
    pub fn probability(&self, weight: i64) -> f64 {
        let after = self.points.partition_point(|point| point.0 <= weight);
        match (after.checked_sub(1).and_then(|at| self.points.get(at)), self.points.get(after)) {
            (Some((from, low)), Some((to, high))) => {
                let way = bits(weight - from) / bits(to - from);
                low + way * (high - low)
            }
            (Some((_, only)), None) | (None, Some((_, only))) => *only,
            (None, None) => 0.5,
        }
    }
}
