//! How much two categories that differ still agree.

use super::outcome::real;
use crate::base::vocabulary::vocabulary;
use crate::base::{Code, Error, Result};

/// Coefficients with a matrix of weights take so many categories at most.
pub const MAX_CATEGORIES: usize = 1_000;

vocabulary! {
    /// Weights of partial agreement between categories `k` and `l` (their values, but `ordinal`: their numbers), 1 for the
    /// same category: Gwet, *Handbook of Inter-Rater Reliability*, 4th edition (2014), chapter 3.
    Weighting = "agreement-weighting" {
        /// 0 for any two that differ.
        Identity = "identity", "identitas", "identity";
        /// `1 - |k - l| / (max - min)`.
        Linear = "linear", "linear", "linear";
        /// `1 - ((k - l) / (max - min))^2`: alpha with it is alpha on an interval scale.
        Quadratic = "quadratic", "kuadrat", "quadratic";
        /// `1 - d (d + 1) / (q (q - 1))` for categories `d` apart out of `q`.
        Ordinal = "ordinal", "ordinal", "ordinal";
        /// `1 - sqrt(|k - l| / (max - min))`.
        Radical = "radical", "akar", "radical";
        /// `1 - ((k - l) / (k + l))^2` over the same of max and min; values above zero only.
        Ratio = "ratio", "rasio", "ratio";
        /// `1 - sin^2(pi (k - l) / (max - min + 1))`, over the greatest: a scale whose ends meet.
        Circular = "circular", "melingkar", "circular";
        /// `1 - (k - l)^2 / ((k + l - 2 min) (2 max - k - l))`, over the greatest.
        Bipolar = "bipolar", "bipolar", "bipolar";
    }
}

/// The weights of all pairs of categories.
pub(super) struct Weights {
    categories: usize,
    cells: Vec<f64>,
}

impl Weights {
    /// For two categories at least, in order.
    pub(super) fn new(weighting: Weighting, categories: &[f64]) -> Result<Self> {
        if categories.len() > MAX_CATEGORIES {
            let hint = format!("{MAX_CATEGORIES} categories at most");
            return Err(Error::new(Code::TooMany).field("categories").value(categories.len()).expected(hint));
        }
        let (min, max) = ends(categories);
        if weighting == Weighting::Ratio && min <= 0.0 {
            let hint = "categories above zero for ratio weights";
            return Err(Error::new(Code::OutOfRange).field("categories").value(min).expected(hint));
        }
        let mut cells = Vec::with_capacity(categories.len() * categories.len());
        for (row, k) in categories.iter().enumerate() {
            for (column, l) in categories.iter().enumerate() {
                let difference = if row == column {
                    0.0
                } else {
                    distance(weighting, (*k, *l), real(row.abs_diff(column)), (min, max))
                };
                cells.push(difference);
            }
        }
        let greatest = cells.iter().copied().fold(0.0, f64::max);
        for cell in &mut cells {
            *cell = 1.0 - *cell / greatest;
        }
        Ok(Self { categories: categories.len(), cells })
    }

    /// The weights of one category with all.
    pub(super) fn row(&self, category: usize) -> &[f64] {
        self.cells.chunks_exact(self.categories.max(1)).nth(category).unwrap_or_default()
    }

    pub(super) fn sum(&self) -> f64 {
        self.cells.iter().sum()
    }

    /// The mean weights that a distribution over the categories has with each category.
    pub(super) fn times(&self, shares: &[f64]) -> Vec<f64> {
        let mean = |row: &[f64]| row.iter().zip(shares).map(|(weight, share)| weight * share).sum();
        self.cells.chunks_exact(self.categories.max(1)).map(mean).collect()
    }
}

fn ends(categories: &[f64]) -> (f64, f64) {
    (categories.first().copied().unwrap_or_default(), categories.last().copied().unwrap_or_default())
}

/// How far apart two different categories are; only the proportions count.
fn distance(weighting: Weighting, (k, l): (f64, f64), steps: f64, (min, max): (f64, f64)) -> f64 {
    let away = (k - l).abs();
    match weighting {
        Weighting::Identity => 1.0,
        Weighting::Linear => away,
        Weighting::Quadratic => away * away,
        Weighting::Ordinal => steps * (steps + 1.0),
        Weighting::Radical => libm::sqrt(away),
        Weighting::Ratio => (away / (k + l)) * (away / (k + l)),
        Weighting::Circular => {
            let sine = libm::sin(std::f64::consts::PI * away / (max - min + 1.0));
            sine * sine
        }
        Weighting::Bipolar => away * away / ((k + l - 2.0 * min) * (2.0 * max - k - l)),
    }
}
