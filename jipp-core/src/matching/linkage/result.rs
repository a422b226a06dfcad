//! What linking found.

use serde::Serialize;

use super::estimate::LinkageModel;
use super::number::{index, real, whole};
use super::score::Pair;

/// Records that are one thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Cluster {
    /// The smallest id of its records: it stays the same as long as that record is in it.
    pub id: String,
    /// The ids of its records, two or more, in order.
    pub records: Vec<String>,
}

/// What a threshold would bring, by the probabilities alone: true as far as these are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Expectation {
    /// The threshold, in hundredths.
    pub percent: u8,
    /// How many pairs reach it.
    pub pairs: u64,
    /// The share of those that belong together.
    pub precision: f64,
    /// The share of all candidate pairs that belong together which reach it.
    pub recall: f64,
}

/// How many candidates there were and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LinkageCounts {
    /// Records looked at, of both tables.
    pub records: u64,
    /// Pairs that could be compared.
    pub all_pairs: u64,
    /// Pairs that were.
    pub candidates: u64,
    /// Keys that too many records share for a block.
    pub wide_keys: u64,
    /// Candidates that something forbids.
    pub forbidden: u64,
}

/// What linking found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkageResult {
    /// The names of the fields; parts of pairs refer to them by place.
    pub fields: Vec<String>,
    /// The pairs from `report_from` on, the strongest first, equals by id. A forbidden pair is among them if it would be
    /// without the fields that forbid it.
    pub pairs: Vec<Pair>,
    /// Within one table: groups of two and more records that are one thing, by id. Between two tables empty.
    pub clusters: Vec<Cluster>,
    /// What was learned, to be used again.
    pub model: LinkageModel,
    /// How many pairs were looked at.
    pub counts: LinkageCounts,
    #[serde(skip)]
    pub(super) histogram: Histogram,
}

impl LinkageResult {
    /// The pairs that are linked, the strongest first.
    pub fn links(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().filter(|pair| pair.linked)
    }

    /// What each threshold from 1 to 99 hundredths would bring. Without labels the figures rest on the model's
    /// assumptions; see [`LinkageModel::calibrated`].
    pub fn expectations(&self) -> Vec<Expectation> {
        (1..=99).map(|percent| self.histogram.at(percent)).collect()
    }
}

/// Candidates that nothing forbids, by probability in hundredths.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Histogram {
    pairs: Vec<u64>,
    /// The sums of their probabilities.
    mass: Vec<f64>,
}

impl Histogram {
    pub(super) fn new() -> Self {
        Self { pairs: vec![0; 101], mass: vec![0.0; 101] }
    }
    pub(super) fn add(&mut self, probability: f64) {
        let percent = usize::try_from(whole(libm::floor(probability * 100.0))).unwrap_or(0);
        if let (Some(pairs), Some(mass)) = (self.pairs.get_mut(percent), self.mass.get_mut(percent)) {
            *pairs += 1;
            *mass += probability;
        }
    }
    fn at(&self, percent: u8) -> Expectation {
        let from = usize::from(percent);
        let pairs: u64 = self.pairs.iter().skip(from).sum();
        let mass: f64 = self.mass.iter().skip(from).sum();
        let all: f64 = self.mass.iter().sum();
        let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 1.0 };
        let count = real(usize::try_from(pairs).unwrap_or(usize::MAX));
        Expectation { percent, pairs, precision: share(mass, count), recall: share(mass, all) }
    }
}

pub(super) fn count(number: usize) -> u64 {
    u64::from(index(number))
}
