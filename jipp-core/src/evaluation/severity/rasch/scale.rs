//! The levels of a scale and their chances.
//!
//! Level x has a chance in proportion to exp(x η + κ(x)), with κ zero at both ends of the levels that were given: the
//! thresholds κ(x - 1) - κ(x) then are zero on average. A level that was never given has κ of minus infinity, which is
//! its estimate by maximum likelihood.

/// Levels at most.
pub(super) const LEVELS: usize = 10;

/// Which way a measure of each facet moves a score: proposals up, severity and difficulty down.
pub(super) const SIGNS: [f64; 3] = [1.0, -1.0, -1.0];

/// A score, as a place on the scale counted from zero; `at` has the places of its proposal, assessor and criterion.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rated {
    pub at: [usize; 3],
    pub level: usize,
    pub input: usize,
}

/// One scale: how often each level was given, and its κ.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub counts: [usize; LEVELS],
    pub kappa: [f64; LEVELS],
    /// The exponentials of κ; they have to be kept in step with it.
    weights: [f64; LEVELS],
    low: usize,
    high: usize,
}

/// What is expected of a score.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moments {
    pub chances: [f64; LEVELS],
    pub expected: f64,
    pub variance: f64,
    /// The fourth central moment.
    pub fourth: f64,
}

impl Scale {
    /// Of the scores that were given on it; κ begins with what the counts say.
    #[allow(clippy::cast_precision_loss, reason = "counts of scores are exact as floats")]
    pub(super) fn new(levels: impl Iterator<Item = usize>) -> Self {
        let mut counts = [0_usize; LEVELS];
        levels.for_each(|level| counts[level] += 1);
        let given = |level: &usize| counts[*level] > 0;
        let (low, high) = ((0..LEVELS).find(given).unwrap_or(0), (0..LEVELS).rev().find(given).unwrap_or(0));
        let mut scale = Self { counts, kappa: [f64::NEG_INFINITY; LEVELS], weights: [0.0; LEVELS], low, high };
        let log = |level: usize| libm::log(counts[level].max(1) as f64);
        for level in (low..=high).filter(given) {
            let along = NUMBERS[level - low] / NUMBERS[(high - low).max(1)];
            scale.kappa[level] = log(level) - log(low) - along * (log(high) - log(low));
        }
        scale.weigh();
        scale
    }

    /// Brings the weights in step with κ.
    pub(super) fn weigh(&mut self) {
        self.weights = self.kappa.map(libm::exp);
    }

    /// The lowest and the highest level given.
    pub(super) fn ends(&self) -> (usize, usize) {
        (self.low, self.high)
    }

    /// The levels given between the ends: those whose κ is free.
    pub(super) fn between(&self) -> impl Iterator<Item = usize> + '_ {
        let (low, high) = self.ends();
        (low + 1..high).filter(|level| self.counts[*level] > 0)
    }

    pub(super) fn moments(&self, eta: f64) -> Moments {
        // Powers of a number below one, from the end that is the likelier: nothing can overflow, and the sum is not zero.
        let (step, mut power) = (libm::exp(-eta.abs()), 1.0);
        let mut chances = [0.0; LEVELS];
        for along in 0..=self.high - self.low {
            let level = if eta > 0.0 { self.high - along } else { self.low + along };
            chances[level] = self.weights[level] * power;
            power *= step;
        }
        let total: f64 = chances.iter().sum();
        for chance in &mut chances {
            *chance /= total;
        }
        let expected: f64 = chances.iter().zip(NUMBERS).map(|(chance, level)| chance * level).sum();
        let (mut variance, mut fourth) = (0.0, 0.0);
        for (chance, level) in chances.iter().zip(NUMBERS) {
            let square = (level - expected) * (level - expected);
            variance += chance * square;
            fourth += chance * square * square;
        }
        Moments { chances, expected, variance, fourth }
    }
}

/// The levels as floats.
pub(super) const NUMBERS: [f64; LEVELS] = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0];

/// The scales of all scores: one, or one for each criterion.
pub(super) fn scales(rated: &[Rated], criteria: usize, own: bool) -> Vec<Scale> {
    let count = if own { criteria } else { 1 };
    let of = |scale: usize| rated.iter().filter(move |one| !own || one.at[2] == scale).map(|one| one.level);
    (0..count).map(|scale| Scale::new(of(scale))).collect()
}
