//! Coefficients of agreement corrected for chance: `(pa - pe) / (1 - pe)`.
//!
//! All as in Gwet, *Handbook of Inter-Rater Reliability*, 4th edition (2014), chapters 2, 3, 5 and 6, and as the Python
//! package `irrCAC` computes them: weights, missing ratings, standard errors by linearisation over units, intervals by
//! Student's t with one degree of freedom less than there are units. (One difference: for Brennan and Prediger version
//! 0.4.4 of the package gives the p-value of one side; here all are of both sides.) They differ in the chance `pe`:
//!
//! * Fleiss, *Measuring nominal scale agreement among many raters*, Psychological Bulletin 76, 1971.
//! * Conger, *Integration and generalization of kappas for multiple raters*, Psychological Bulletin 88, 1980.
//! * Gwet, *Computing inter-rater reliability and its variance in the presence of high agreement*, British Journal of
//!   Mathematical and Statistical Psychology 61, 2008: AC1; with weights AC2.
//! * Brennan and Prediger, *Coefficient kappa: some uses, misuses, and alternatives*, Educational and Psychological
//!   Measurement 41, 1981.

use serde::{Deserialize, Serialize};

use super::outcome::{CONFIDENCE, Interval, Outcome, Reason, real};
use super::ratings::Ratings;
use super::tally::{Tally, size};
use super::weighting::{Weighting, Weights};
use crate::base::Result;
use crate::base::distribution::{t_outside, t_within};
use crate::base::vocabulary::vocabulary;

vocabulary! {
    /// What is taken for agreement by chance.
    ChanceModel = "chance-model" {
        /// Fleiss' kappa: raters choose by the shares of all ratings.
        Fleiss = "fleiss", "kappa Fleiss", "Fleiss' kappa";
        /// Conger's kappa: each rater chooses by shares of its own. Cohen's kappa for two raters.
        Conger = "conger", "kappa Conger", "Conger's kappa";
        /// Gwet's AC1, with weights AC2: only units that are hard to rate are rated by chance.
        Gwet = "gwet", "AC1/AC2 Gwet", "Gwet's AC1/AC2";
        /// Every category is as likely.
        BrennanPrediger = "brennan-prediger", "Brennan-Prediger", "Brennan-Prediger";
        /// Krippendorff's alpha with weights.
        Krippendorff = "krippendorff", "alfa Krippendorff", "Krippendorff's alpha";
    }
}

/// How sure a coefficient is, if the units are a sample of many.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inference {
    /// The standard error.
    pub standard_error: f64,
    /// The 95 % interval; its upper end is at most 1, its lower end can be below the least possible value.
    pub interval: Interval,
    /// How likely a coefficient at least this far from zero is if there is no agreement beyond chance.
    pub p_value: f64,
}

/// A coefficient of agreement with what it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChanceCorrected {
    /// The coefficient: 1 for perfect agreement, 0 for what chance would give.
    pub value: f64,
    /// The share of agreement observed, 0 to 1.
    pub observed: f64,
    /// The share of agreement by chance, 0 to 1.
    pub chance: f64,
    /// How many units count: those with a rating; for alpha those with two.
    pub units: usize,
    /// How sure it is; unknown with a single unit.
    pub inference: Option<Inference>,
}

/// A coefficient of agreement corrected for chance, with partial agreement by weights.
///
/// Undefined: `no-pairs` if no unit has two ratings; `one-category` if all ratings that count are the same, however many
/// categories there could have been; `raters-unknown` for Conger's kappa of counts; `not-computable` if chance alone
/// would agree always.
///
/// ```
/// use jipp_core::evaluation::agreement::{ChanceModel, Level, Ratings, Weighting, chance_corrected};
/// let counts = [[0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1]];
/// let ratings = Ratings::from_counts(Level::Nominal, &[1.0, 2.0, 3.0, 4.0, 5.0], &counts)?;
/// let kappa = chance_corrected(&ratings, ChanceModel::Fleiss, Weighting::Identity)?;
/// assert!(kappa.defined().is_some_and(|kappa| (kappa.value - 0.251_880).abs() < 1e-6));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `too-many` for more than [`MAX_CATEGORIES`](super::MAX_CATEGORIES) categories; `out-of-range` for ratio weights with a
/// category that is not above zero.
///
/// # Complexity
/// O(n log n + units × categories of a unit squared + raters × categories squared) for n ratings.
pub fn chance_corrected(
    ratings: &Ratings,
    model: ChanceModel,
    weighting: Weighting,
) -> Result<Outcome<ChanceCorrected>> {
    let pairable = Tally::new(ratings, 2);
    let tally = if model == ChanceModel::Krippendorff { pairable } else { Tally::new(ratings, 1) };
    if let Some(reason) = refusal(ratings, &tally, model) {
        return Ok(Outcome::Undefined(reason));
    }
    let weights = Weights::new(weighting, ratings.categories())?;
    let terms = match model {
        ChanceModel::Krippendorff => krippendorff(&tally, &weights),
        ChanceModel::Fleiss => {
            let shares = shares(&tally, ratings.categories().len());
            let near = weights.times(&shares);
            Terms::new(&tally, &weights, dot(&near, &shares), unit_means(&tally, &near))
        }
        ChanceModel::Gwet => {
            let q = real(ratings.categories().len());
            let scale = weights.sum() / (q * (q - 1.0));
            let shares = shares(&tally, ratings.categories().len());
            let others: Vec<f64> = shares.iter().map(|share| scale * (1.0 - share)).collect();
            Terms::new(&tally, &weights, dot(&others, &shares), unit_means(&tally, &others))
        }
        ChanceModel::BrennanPrediger => {
            let q = real(ratings.categories().len());
            let chance = weights.sum() / (q * q);
            Terms::new(&tally, &weights, chance, vec![chance; tally.len()])
        }
        ChanceModel::Conger => {
            let (chance, by_unit) = conger(ratings, &weights);
            Terms::new(&tally, &weights, chance, by_unit)
        }
    };
    Ok(terms.coefficient().ok_or(Reason::NotComputable).into())
}

fn refusal(ratings: &Ratings, tally: &Tally, model: ChanceModel) -> Option<Reason> {
    if !tally.units().any(|unit| size(unit) >= 2.0) {
        return Some(Reason::NoPairs);
    }
    if model == ChanceModel::Conger && !ratings.told_apart() {
        return Some(Reason::RatersUnknown);
    }
    tally.is_flat().then_some(Reason::OneCategory)
}

/// What the coefficients have in common: agreement and chance, and what each unit adds to them.
struct Terms {
    observed: f64,
    chance: f64,
    /// What a unit makes of the agreement; the mean over the units is near `observed`.
    observed_by_unit: Vec<f64>,
    chance_by_unit: Vec<f64>,
    /// The share of units of which there is no agreement to see counts as no agreement and no chance.
    seen: Vec<f64>,
    /// The agreement around which the units vary.
    centre: f64,
}

impl Terms {
    /// For coefficients whose agreement is the mean over the units with two ratings.
    fn new(tally: &Tally, weights: &Weights, chance: f64, chance_by_unit: Vec<f64>) -> Self {
        let agreement = |unit: &[(usize, f64)]| {
            let ratings = size(unit);
            if ratings < 2.0 { None } else { Some(agreeing(unit, weights) / (ratings * (ratings - 1.0))) }
        };
        let by_unit: Vec<Option<f64>> = tally.units().map(agreement).collect();
        let pairable = real(by_unit.iter().flatten().count());
        let observed = by_unit.iter().flatten().sum::<f64>() / pairable;
        let scale = real(tally.len()) / pairable;
        Self {
            observed,
            chance,
            observed_by_unit: by_unit.iter().map(|share| scale * share.unwrap_or_default()).collect(),
            chance_by_unit,
            seen: by_unit.iter().map(|share| share.map_or(0.0, |_| scale)).collect(),
            centre: observed,
        }
    }

    fn coefficient(&self) -> Option<ChanceCorrected> {
        let room = 1.0 - self.chance;
        let value = (self.observed - self.chance) / room;
        if !value.is_finite() {
            return None;
        }
        let centre = (self.centre - self.chance) / room;
        let units = self.observed_by_unit.len();
        let by_unit = self.observed_by_unit.iter().zip(&self.seen).zip(&self.chance_by_unit);
        let squares: f64 = by_unit
            .map(|((observed, seen), chance)| {
                let own = (observed - self.chance * seen) / room;
                let away = own - 2.0 * (1.0 - centre) * (chance - self.chance) / room - centre;
                away * away
            })
            .sum();
        let inference = (units > 1).then(|| {
            let n = real(units);
            inference(value, libm::sqrt(squares / (n * (n - 1.0))), n - 1.0)
        });
        Some(ChanceCorrected { value, observed: self.observed, chance: self.chance, units, inference })
    }
}

fn inference(value: f64, standard_error: f64, freedom: f64) -> Inference {
    let half = standard_error * t_within(CONFIDENCE, freedom);
    let p_value = if standard_error > 0.0 {
        t_outside(value / standard_error, freedom)
    } else {
        f64::from(u8::from(value == 0.0))
    };
    Inference { standard_error, interval: Interval { low: value - half, high: (value + half).min(1.0) }, p_value }
}

/// The agreement of all ordered pairs of ratings of a unit.
fn agreeing(unit: &[(usize, f64)], weights: &Weights) -> f64 {
    let with_all = |category: usize| {
        let weights = weights.row(category);
        let near = |(other, count): &(usize, f64)| weights.get(*other).copied().unwrap_or_default() * count;
        unit.iter().map(near).sum::<f64>()
    };
    unit.iter().map(|(category, count)| count * (with_all(*category) - 1.0)).sum()
}

/// The share of each category, every unit counting alike.
fn shares(tally: &Tally, categories: usize) -> Vec<f64> {
    let mut shares = vec![0.0; categories];
    for unit in tally.units() {
        let whole = size(unit) * real(tally.len());
        for (category, count) in unit {
            if let Some(share) = shares.get_mut(*category) {
                *share += count / whole;
            }
        }
    }
    shares
}

/// For each unit the mean of something over its ratings.
fn unit_means(tally: &Tally, of: &[f64]) -> Vec<f64> {
    let sum = |unit: &[(usize, f64)]| -> f64 {
        unit.iter().map(|(category, count)| count * of.get(*category).copied().unwrap_or_default()).sum()
    };
    tally.units().map(|unit| sum(unit) / size(unit)).collect()
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// Alpha: units count by how many ratings they have, and a pair is not drawn with itself.
fn krippendorff(tally: &Tally, weights: &Weights) -> Terms {
    let n = real(tally.len());
    let all: f64 = tally.units().map(size).sum();
    let usual = all / n;
    let mut shares = vec![0.0; weights.times(&[]).len()];
    for (category, count) in tally.units().flatten() {
        if let Some(share) = shares.get_mut(*category) {
            *share += count / all;
        }
    }
    let near = weights.times(&shares);
    let chance = dot(&near, &shares);
    // Ratings that agree, over all ratings: exactly 1 if all do.
    let agreed = |unit: &[(usize, f64)]| agreeing(unit, weights) / (size(unit) - 1.0);
    let centre = tally.units().map(agreed).sum::<f64>() / all;
    let observed = centre + (1.0 - centre) / all;
    let more = |unit: &[(usize, f64)]| (size(unit) - usual) / usual;
    let means = unit_means(tally, &near);
    let chance_of = |(unit, mean): (&[(usize, f64)], &f64)| mean * size(unit) / usual - chance * more(unit);
    Terms {
        observed,
        chance,
        observed_by_unit: tally.units().map(|unit| agreed(unit) / usual - observed * more(unit)).collect(),
        chance_by_unit: tally.units().zip(&means).map(chance_of).collect(),
        seen: vec![1.0; tally.len()],
        centre,
    }
}

/// A rater as Conger sees it.
struct Rater {
    /// The units it rated, in proportion to all.
    rated: f64,
    /// For each category, how far the other raters' choices agree with it, summed over them.
    others: Vec<f64>,
    /// The same in the mean over its own choices.
    mean: f64,
}

/// Conger's chance, and what each unit adds to it. Raters who rated nothing do not count.
fn conger(ratings: &Ratings, weights: &Weights) -> (f64, Vec<f64>) {
    let units: Vec<&[Option<usize>]> = ratings.rows().filter(|row| row.iter().any(Option::is_some)).collect();
    let n = real(units.len());
    let mut counts = vec![vec![0.0; ratings.categories().len()]; ratings.raters()];
    for row in ratings.rows() {
        for (rater, category) in counts.iter_mut().zip(row) {
            if let Some(count) = category.and_then(|category| rater.get_mut(category)) {
                *count += 1.0;
            }
        }
    }
    let mut total = vec![0.0; ratings.categories().len()];
    for rater in &counts {
        let own: f64 = rater.iter().sum();
        for (sum, count) in total.iter_mut().zip(rater) {
            *sum += if own > 0.0 { count / own } else { 0.0 };
        }
    }
    let rater = |counts: &Vec<f64>| {
        let own: f64 = counts.iter().sum();
        (own > 0.0).then(|| {
            let shares: Vec<f64> = counts.iter().map(|count| count / own).collect();
            let rest: Vec<f64> = total.iter().zip(&shares).map(|(sum, share)| sum - share).collect();
            let others = weights.times(&rest);
            Rater { rated: own / n, mean: dot(&others, &shares), others }
        })
    };
    let raters: Vec<Option<Rater>> = counts.iter().map(rater).collect();
    let r = real(raters.iter().flatten().count());
    let pairs = r * (r - 1.0);
    let chance = raters.iter().flatten().map(|rater| rater.mean).sum::<f64>() / pairs;
    let by_unit = units.into_iter().map(|row| {
        let of_rater = |(rater, category): (&Option<Rater>, &Option<usize>)| {
            let Some(rater) = rater else { return 0.0 };
            let given = category.and_then(|category| rater.others.get(category));
            given.map_or(0.0, |given| given - rater.mean) / rater.rated + rater.mean
        };
        raters.iter().zip(row).map(of_rater).sum::<f64>() / pairs
    });
    (chance, by_unit.collect())
}
