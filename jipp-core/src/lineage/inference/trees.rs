//! The trees of the cascades in a growing network, and what an edge more is worth.

use super::cascade::Data;
use super::delay::{Delay, Density};
use super::number::{index, place, real, upper_tail};
use super::options::{Options, Scoring};
use super::pairs::{Pair, Pairs};

/// What the data says about an edge, given the edges chosen before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verdict {
    /// Cascades in which it explains an adoption better than anything before.
    pub uses: usize,
    /// The p-value by the scores of the trees.
    pub tree_p: f64,
    /// The p-value by the whole likelihood of the cascades.
    pub cascade_p: f64,
}

/// For each adoption the score of its best explanation so far. The sum of all is the logarithm of the likelihood of the
/// best trees, and grows edge by edge.
pub(super) struct Trees<'a> {
    data: &'a Data,
    pairs: &'a Pairs,
    delay: Delay,
    density: Density,
    transmission: f64,
    watched_until: Option<f64>,
    /// The logarithm of what an edge weighs beside its density.
    edge: f64,
    /// The score of each slot now, and before there was any edge.
    score: Vec<f64>,
    alone: Vec<f64>,
}

impl<'a> Trees<'a> {
    pub(super) fn new(data: &'a Data, pairs: &'a Pairs, delay: Delay, options: &Options) -> Self {
        let alone = alone(data, delay, options);
        let edge = match options.scoring {
            Scoring::Flat => 0.0,
            Scoring::EpsilonEdges => libm::log(options.transmission),
        };
        let (transmission, watched_until) = (options.transmission, options.watched_until);
        let score = alone.clone();
        let mut trees =
            Self { data, pairs, delay, density: Density::new(delay), transmission, watched_until, edge, score, alone };
        for known in pairs.list.iter().filter(|pair| pair.known) {
            trees.add(known);
        }
        trees
    }

    /// The logarithm of the likelihood of the best trees.
    pub(super) fn objective(&self) -> f64 {
        self.score.iter().sum()
    }

    /// The logarithm of the worth of an edge as the explanation of one adoption.
    pub(super) fn worth(&self, from: u32, to: u32) -> f64 {
        self.edge + self.density.ln(self.data.delay(from, to))
    }

    /// The logarithm of the worth of no edge as the explanation.
    pub(super) fn worth_alone(&self, slot: u32) -> f64 {
        self.alone[place(slot)]
    }

    /// How far each adoption rises by an edge; below zero where it stays as it is.
    fn rises(&self, pair: &Pair) -> impl Iterator<Item = f64> {
        self.pairs.slots(pair).iter().map(|(from, to)| self.worth(*from, *to) - self.score[place(*to)])
    }

    /// By how much an edge raises the objective: the sum of what it raises, and its prior log-odds.
    pub(super) fn gain(&self, pair: &Pair) -> f64 {
        pair.log_odds + self.rises(pair).filter(|rise| *rise > 0.0).sum::<f64>()
    }

    /// Makes an edge part of the network.
    pub(super) fn add(&mut self, pair: &Pair) {
        for (from, to) in self.pairs.slots(pair) {
            let worth = self.worth(*from, *to);
            let score = &mut self.score[place(*to)];
            *score = score.max(worth);
        }
    }

    /// Tests an edge.
    pub(super) fn examine(&self, pair: &Pair) -> Verdict {
        let (mut tree, mut whole) = (Differences::default(), Differences::default());
        for ((from, to), rise) in self.pairs.slots(pair).iter().zip(self.rises(pair)) {
            if rise > 0.0 {
                tree.add(rise);
                whole.add(rise);
            } else {
                whole.add(self.silence(self.data.delay(*from, *to)));
            }
        }
        for slot in self.data.without(pair.source, pair.target) {
            let waited = self.watched_until.map_or(f64::INFINITY, |until| until - self.data.time[place(slot)]);
            whole.add(self.silence(waited));
        }
        let cascades = self.data.cascades();
        Verdict {
            uses: tree.count,
            tree_p: tree.p_value(pair.log_odds, cascades),
            cascade_p: whole.p_value(pair.log_odds, cascades),
        }
    }

    /// The logarithm of the probability that an edge has not transmitted so long after its source adopted.
    fn silence(&self, waited: f64) -> f64 {
        let survival = if waited.is_finite() { self.delay.survival(waited) } else { 0.0 };
        libm::log(1.0 - self.transmission + self.transmission * survival)
    }

    /// The delay of every adoption from the edge that explains it, where the edge is in the network.
    pub(super) fn delays(&self, chosen: &[&Pair]) -> Vec<f64> {
        let mut delays: Vec<(u32, f64)> = Vec::new();
        for pair in chosen {
            for (from, to) in self.pairs.slots(pair) {
                if self.worth(*from, *to).to_bits() == self.score[place(*to)].to_bits() {
                    delays.push((*to, self.data.delay(*from, *to)));
                }
            }
        }
        delays.sort_by_key(|(slot, _)| *slot);
        delays.dedup_by_key(|(slot, _)| *slot);
        delays.into_iter().map(|(_, delay)| delay).collect()
    }
}

/// What each adoption is worth before there is any edge. A first adopter has no explanation to compare with, so it
/// counts the same throughout: nothing with epsilon edges, epsilon with flat scores.
fn alone(data: &Data, delay: Delay, options: &Options) -> Vec<f64> {
    let (epsilon, density) = (libm::log(options.epsilon), Density::new(delay));
    let best = |slot: u32| {
        let densities = data.earlier(slot).map(|from| density.ln(data.delay(from, slot)));
        let best = densities.fold(f64::NEG_INFINITY, f64::max);
        if best.is_finite() { epsilon + best } else { 0.0 }
    };
    match options.scoring {
        Scoring::Flat => vec![epsilon; data.node.len()],
        Scoring::EpsilonEdges => (0..index(data.node.len())).map(best).collect(),
    }
}

/// Differences of log-likelihood between two networks; cascades that are not added differ by zero.
#[derive(Default)]
struct Differences {
    count: usize,
    sum: f64,
    squares: f64,
}

impl Differences {
    fn add(&mut self, difference: f64) {
        self.count += 1;
        self.sum += difference;
        self.squares += difference * difference;
    }

    /// The test of Vuong (1989) with the correction of `NetworkInference`: the edge more costs one, spread over the
    /// cascades, so the statistic is (sum - 1) / (sd sqrt n) and sd the standard deviation with n - 1. Prior log-odds
    /// are spread likewise.
    fn p_value(&self, log_odds: f64, cascades: usize) -> f64 {
        let n = real(cascades);
        let excess = self.sum + log_odds - 1.0;
        let variance = (self.squares - self.sum * self.sum / n) / (n - 1.0);
        // Equal differences leave nothing but rounding.
        if variance > 1e-12 * self.squares / n {
            return upper_tail(excess / libm::sqrt(variance * n));
        }
        if excess > 0.0 { 0.0 } else { 1.0 }
    }
}
