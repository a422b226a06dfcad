//! What agreement and disagreement are worth, learned from the records themselves.
//!
//! The model is that of Fellegi and Sunter (1969): a level counts log2(m/u), where m is how often it occurs in pairs that
//! belong together and u how often in pairs that do not. Without labels both come from expectation maximisation
//! (Winkler 1988), over *all* pairs, not the candidates alone: every candidate is in, and a random sample stands for
//! the rest, each drawn pair weighing as many as it stands for. So the prior is that of all pairs, u is anchored in
//! chance, and the pairs that belong together, too few for expectation maximisation in a plain sample (Winkler 2004), are
//! dense enough. Pairs that are no candidates are taken as not belonging together, unless all that is known of them is equal.
//!
//! Safeguards, because a mixture may settle on another split than the one looked for (same town, say):
//! * m starts from, and is drawn with the weight of [`PRIOR_PAIRS`] pairs towards, mostly agreeing fields, so that a
//!   table without duplicates keeps a plausible m and a vanishing prior;
//! * the tree of [dependences](super::dependence) is fitted before m is let go;
//! * u of what was never seen is that of half a drawn pair, not zero;
//! * more agreement never counts less: neighbouring levels that break the order share their m and u (pooling of adjacent
//!   violators, as in [`Isotonic`](super::calibrate::Isotonic)).

use serde::{Deserialize, Serialize};

use super::calibrate::Isotonic;
use super::compare::{LEVELS, Level};
use super::dependence::{CLASSES, UNKNOWN, class_of, tree};
use super::number::whole;

/// How often the levels occur in pairs that belong together, before anything is known: rounded experience with names
/// and dates typed by hand (Christen 2012 reports one error in ten values and more).
const USUAL_M: [f64; LEVELS] = [0.80, 0.08, 0.05, 0.03, 0.04];
/// That many pairs weigh as much as what is usual.
const PRIOR_PAIRS: f64 = 10.0;
/// That many pairs weigh as much as independence, where one field depends on another.
const PRIOR_DEPENDENT: f64 = 10.0;
/// No level of a field weighs more than this, in thousandths of a bit.
const HEAVIEST: i64 = 20_000;
/// Rounds of fitting the tree of dependences, and steps of maximisation in each.
const ROUNDS: usize = 4;
const STEPS: usize = 40;
/// Steps end when no probability moves by more than this.
const SETTLED: f64 = 1e-7;
/// The place of a missing value: the one after the last level.
const MISSING: u8 = 5;

/// Pairs whose fields compare alike.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    /// For each field the place of its level, [`LEVELS`] for missing.
    pub(super) places: Vec<u8>,
    /// Pairs of which nothing is known.
    pub(super) open: f64,
    /// Pairs known to belong together.
    pub(super) together: f64,
    /// Pairs known not to, drawn ones with their weight; and the sum of the squared weights.
    pub(super) apart: (f64, f64),
}

impl Pattern {
    pub(super) fn place(&self, field: usize) -> usize {
        self.places.get(field).map_or(LEVELS, |place| usize::from(*place))
    }
}

/// What was learned of one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldModel {
    /// The name of the field.
    pub name: String,
    /// How often each known level occurs in pairs that belong together; adds up to 1.
    pub m: [f64; LEVELS],
    /// How often each known level occurs in pairs that do not; adds up to 1.
    pub u: [f64; LEVELS],
    /// The field whose agreement by chance brings this one's with it.
    pub depends_on: Option<usize>,
    /// `u` where that field agrees well, partly, not, or is unknown.
    pub u_given: [[f64; LEVELS]; CLASSES],
}

impl FieldModel {
    /// What a level weighs, in bits, given the class of the field it depends on.
    fn ratios(&self, class: usize) -> [f64; LEVELS] {
        let u = self.u_given.get(class).unwrap_or(&self.u);
        monotone_ratios(&self.m, u).map(libm::log2)
    }
}

/// What was learned of a table: enough to weigh any pair of it, or of another table like it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkageModel {
    /// The share of all comparable pairs that belong together.
    pub prior: f64,
    /// The fields, in the order of the settings.
    pub fields: Vec<FieldModel>,
    /// From weight to probability, where labels were at hand ([`calibrated`](Self::calibrated)).
    pub calibration: Option<Isotonic>,
}

impl LinkageModel {
    /// The weight of the prior, in thousandths of a bit.
    pub fn prior_weight(&self) -> i64 {
        whole(1000.0 * libm::log2(self.prior / (1.0 - self.prior)))
    }

    /// The probability that a pair of this weight belongs together. Without labels it is what the model says, 1 / (1 +
    /// 2^-bits): as good as its assumption that fields err independently.
    pub fn probability(&self, weight: i64) -> f64 {
        match &self.calibration {
            Some(isotonic) => isotonic.probability(weight),
            None => 1.0 / (1.0 + libm::exp2(-super::number::bits(weight))),
        }
    }

    /// The model with probabilities that fit pairs whose truth is known: their weight, and whether they belong together.
    ///
    /// # Errors
    /// Those of [`Isotonic::fit`].
    pub fn calibrated(mut self, truth: &[(i64, bool)]) -> crate::base::Result<Self> {
        self.calibration = Some(Isotonic::fit(truth)?);
        Ok(self)
    }

    pub(super) fn weights(&self) -> WeightTable {
        let weigh = |bits: f64| whole(1000.0 * bits).clamp(-HEAVIEST, HEAVIEST);
        let field = |field: &FieldModel| {
            let mut table = [[0; LEVELS + 1]; CLASSES];
            for (class, row) in table.iter_mut().enumerate() {
                for (place, bits) in row.iter_mut().zip(field.ratios(class)) {
                    *place = weigh(bits);
                }
            }
            table
        };
        WeightTable {
            prior: self.prior_weight(),
            fields: self.fields.iter().map(field).collect(),
            parents: self.fields.iter().map(|field| field.depends_on).collect(),
        }
    }
}

/// A model as integers: what each level weighs in thousandths of a bit, a missing value nothing.
#[derive(Clone, Debug)]
pub(super) struct WeightTable {
    pub(super) prior: i64,
    fields: Vec<[[i64; LEVELS + 1]; CLASSES]>,
    parents: Vec<Option<usize>>,
}

impl WeightTable {
    /// The class of the field that this one depends on.
    pub(super) fn class(&self, field: usize, place: impl Fn(usize) -> usize) -> usize {
        self.parents.get(field).copied().flatten().map_or(UNKNOWN, |parent| class_of(place(parent)))
    }
    pub(super) fn weight(&self, field: usize, class: usize, place: usize) -> i64 {
        self.fields.get(field).and_then(|table| table.get(class)).and_then(|row| row.get(place)).copied().unwrap_or(0)
    }
}

/// m/u of each level, never more for less agreement: neighbours that break the order are taken as one level.
pub(super) fn monotone_ratios(m: &[f64; LEVELS], u: &[f64; LEVELS]) -> [f64; LEVELS] {
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for (m, u) in m.iter().zip(u) {
        let mut pool = (*m, *u, 1);
        while let Some(before) = pools.pop_if(|before| before.0 * pool.1 <= pool.0 * before.1) {
            pool = (pool.0 + before.0, pool.1 + before.1, pool.2 + before.2);
        }
        pools.push(pool);
    }
    let mut ratios = [1.0; LEVELS];
    let spread = pools.iter().flat_map(|(m, u, count)| std::iter::repeat_n(m / u, *count));
    ratios.iter_mut().zip(spread).for_each(|(place, ratio)| *place = ratio);
    ratios
}

/// Learns a model from patterns. `all_pairs` is how many pairs there are, `drawn` how many each drawn pair stands for.
///
/// # Complexity
/// At most 160 passes over the patterns, each linear in the fields; four more that are quadratic in them.
pub(super) fn maximise(patterns: &[Pattern], names: &[&str], all_pairs: f64, drawn: f64) -> LinkageModel {
    let fields = names.len();
    let none: Vec<f64> = vec![0.0; patterns.len()];
    let parents: Vec<Option<usize>> = vec![None; fields];
    let usual = |name: &&str| FieldModel {
        name: (*name).to_owned(),
        m: USUAL_M,
        u: USUAL_M,
        depends_on: None,
        u_given: [USUAL_M; CLASSES],
    };
    let mut model = LinkageModel { prior: 0.0, fields: names.iter().map(usual).collect(), calibration: None };
    // At first no pair belongs together: u is chance, with the few true pairs in it, and m is what is usual.
    update_u(&mut model, patterns, &none, &parents, drawn);
    let known: f64 = patterns.iter().map(|pattern| pattern.together).sum();
    let open: f64 = patterns.iter().map(|pattern| pattern.open).sum();
    model.prior = prior(known + open / 20.0, all_pairs);
    for round in 0..ROUNDS {
        // Until the dependences are known m stays as usual: two fields that always agree together would look like evidence
        // enough, and m would be that of the pairs which agree in them and in nothing else.
        let first = round == 0;
        let parents = if first { parents.clone() } else { fit_tree(&model, patterns) };
        let mut before = probabilities(&model, patterns);
        update_u(&mut model, patterns, &before, &parents, drawn);
        for _ in 0..STEPS {
            let now = probabilities(&model, patterns);
            update_m(&mut model, patterns, &now, all_pairs, first);
            update_u(&mut model, patterns, &now, &parents, drawn);
            let moved = now.iter().zip(&before).map(|(now, before)| (now - before).abs()).fold(0.0, f64::max);
            before = now;
            if moved < SETTLED {
                break;
            }
        }
    }
    model
}

fn prior(together: f64, all_pairs: f64) -> f64 {
    // Half a pair where there is none, and never more than half of all.
    let all = all_pairs.max(1.0);
    (together.max(0.5) / all).min(0.5)
}

/// The expectation: for each pattern the probability that its open pairs belong together.
fn probabilities(model: &LinkageModel, patterns: &[Pattern]) -> Vec<f64> {
    let ratios: Vec<[[f64; LEVELS]; CLASSES]> =
        model.fields.iter().map(|field| std::array::from_fn(|class| field.ratios(class))).collect();
    let prior = libm::log2(model.prior / (1.0 - model.prior));
    let probability = |pattern: &Pattern| {
        let mut bits = prior;
        for (at, (field, ratios)) in model.fields.iter().zip(&ratios).enumerate() {
            let class = field.depends_on.map_or(UNKNOWN, |parent| class_of(pattern.place(parent)));
            bits += ratios[class].get(pattern.place(at)).copied().unwrap_or(0.0);
        }
        1.0 / (1.0 + libm::exp2(-bits))
    };
    patterns.iter().map(probability).collect()
}

fn update_m(model: &mut LinkageModel, patterns: &[Pattern], probabilities: &[f64], all_pairs: f64, only_prior: bool) {
    let together = |(pattern, p): (&Pattern, &f64)| pattern.open * p + pattern.together;
    let mass: Vec<f64> = patterns.iter().zip(probabilities).map(together).collect();
    model.prior = prior(mass.iter().sum(), all_pairs);
    if only_prior {
        return;
    }
    for (at, field) in model.fields.iter_mut().enumerate() {
        let mut counts = USUAL_M.map(|share| share * PRIOR_PAIRS);
        for (pattern, mass) in patterns.iter().zip(&mass) {
            if let Some(count) = counts.get_mut(pattern.place(at)) {
                *count += mass;
            }
        }
        field.m = shares(counts);
    }
}

fn shares(counts: [f64; LEVELS]) -> [f64; LEVELS] {
    let sum: f64 = counts.iter().sum();
    counts.map(|count| count / sum)
}

/// The mass of pairs that do not belong together, and its squares, for each pattern.
fn apart(patterns: &[Pattern], probabilities: &[f64]) -> Vec<(f64, f64)> {
    let each = |(pattern, p): (&Pattern, &f64)| {
        let rest = 1.0 - p;
        (pattern.open * rest + pattern.apart.0, pattern.open * rest * rest + pattern.apart.1)
    };
    patterns.iter().zip(probabilities).map(each).collect()
}

fn update_u(model: &mut LinkageModel, patterns: &[Pattern], p: &[f64], parents: &[Option<usize>], drawn: f64) {
    let apart = apart(patterns, p);
    for (at, (field, parent)) in model.fields.iter_mut().zip(parents).enumerate() {
        let mut counts = [[0.5 * drawn.max(1.0); LEVELS]; CLASSES];
        counts[..UNKNOWN].fill([0.0; LEVELS]);
        let mut squares = [0.0; CLASSES];
        for (pattern, (mass, square)) in patterns.iter().zip(&apart) {
            let class = parent.map_or(UNKNOWN, |parent| class_of(pattern.place(parent)));
            let place = pattern.place(at);
            for class in [class, UNKNOWN] {
                if let Some(count) = counts[class].get_mut(place) {
                    *count += mass;
                    squares[class] += square;
                }
                if class == UNKNOWN {
                    break;
                }
            }
        }
        field.u = shares(counts[UNKNOWN]);
        field.depends_on = *parent;
        field.u_given = std::array::from_fn(|class| {
            let sum: f64 = counts[class].iter().sum();
            if class == UNKNOWN || squares[class] <= 0.0 {
                return field.u;
            }
            // As many pairs of weight 1 as tell as much (Kish 1965), against independence.
            let effective = sum * sum / squares[class];
            let share = |place: usize| {
                (effective * counts[class][place] / sum + PRIOR_DEPENDENT * field.u[place])
                    / (effective + PRIOR_DEPENDENT)
            };
            std::array::from_fn(share)
        });
    }
}

fn fit_tree(model: &LinkageModel, patterns: &[Pattern]) -> Vec<Option<usize>> {
    let apart = apart(patterns, &probabilities(model, patterns));
    let rarity: Vec<f64> = model.fields.iter().map(|field| field.u[0]).collect();
    tree(patterns, &apart, &rarity)
}

/// How much of a field's evidence is left where another agrees: 1 where it does not depend on it, 0 where it follows.
pub(super) fn remaining(field: &FieldModel, class: usize) -> f64 {
    let given = field.u_given.get(class).map_or(field.u[0], |u| u[0]);
    (libm::log(given) / libm::log(field.u[0])).clamp(0.0, 1.0)
}

/// The place of a level, as patterns keep it.
pub(super) fn place_of(level: Level) -> u8 {
    Level::KNOWN.iter().zip(0..).find(|(known, _)| **known == level).map_or(MISSING, |(_, place)| place)
}

/// The level at a place.
pub(super) fn level_at(place: u8) -> Level {
    Level::KNOWN.get(usize::from(place)).copied().unwrap_or(Level::Missing)
}
