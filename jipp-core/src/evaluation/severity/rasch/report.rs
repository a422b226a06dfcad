//! What was estimated, with how well it fits.

use serde::{Deserialize, Serialize};

use super::estimate::Estimate;
use super::extreme::Split;
use super::scale::{LEVELS, NUMBERS, Rated, SIGNS};
use super::{Options, Thresholds};
use crate::evaluation::severity::panel::{Panel, real, separation};

/// The end of the scale at which all scores of an element are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// All at the lowest level.
    Lowest,
    /// All at the highest level.
    Highest,
}

/// A mean square of residuals, and how surprising it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statistic {
    /// 1 is expected; above, noisier than the model says, below, more regular.
    pub mean_square: f64,
    /// About standard normal if the model holds (ZSTD: the Wilson-Hilferty transformation).
    pub z: f64,
}

/// How well the scores of an element fit the model.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FitStatistics {
    /// Weighted by information: what happens near the element's own measure.
    pub infit: Statistic,
    /// Unweighted: sensitive to single surprising scores.
    pub outfit: Statistic,
}

/// What was estimated about one proposal, assessor or criterion.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Element {
    /// Its number, as in the observations.
    pub id: u32,
    /// How many scores it has.
    pub scores: usize,
    /// Their plain mean.
    pub raw_mean: f64,
    /// In logits: the worth of a proposal, the severity of an assessor, the difficulty of a criterion.
    pub measure: f64,
    /// The standard error of the measure, with the uncertainty of everything else.
    pub standard_error: f64,
    /// The standard error if everything else were known: the one of Facets.
    pub model_error: f64,
    /// In points: what a proposal could expect from an assessor of average severity, over all criteria; what an
    /// assessor would give the average proposal; what the average proposal could expect on a criterion.
    pub fair_average: f64,
    /// The standard error of the fair average: the slope of the expected score times the standard error of the measure
    /// (delta method).
    pub fair_error: f64,
    /// How well its scores fit; none for extreme elements, which fit trivially.
    pub fit: Option<FitStatistics>,
    /// Where all its scores are at one end of the scale (once other extreme elements are out), and its measure
    /// therefore rests on a convention.
    pub extreme: Option<End>,
}

/// All elements of one kind, in the order of their numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facet {
    /// The elements.
    pub elements: Vec<Element>,
    /// The share of the variance of the measures that is not error, 0 to 1; extreme elements apart. Among assessors, a
    /// high one means that severity *differs*.
    pub reliability: f64,
    /// The same as a ratio of spreads.
    pub separation: f64,
}

/// A level of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// The level.
    pub level: u8,
    /// How often it was given, extreme elements apart.
    pub count: usize,
    /// Where it becomes as likely as the level below, relative to the average threshold, in logits; none for the lowest
    /// level, and beside a level that was never given.
    pub threshold: Option<f64>,
    /// The standard error of the threshold.
    pub standard_error: Option<f64>,
}

/// The structure of a scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Structure {
    /// Whose scale it is; none where all criteria share it.
    pub criterion: Option<u32>,
    /// The levels, from the lowest that can be given.
    pub levels: Vec<Level>,
    /// Whether a threshold lies below the one before it: then a level is never the likeliest, and assessors hardly
    /// use it as a step.
    pub disordered: bool,
}

/// What the model expects of one score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Residual {
    /// The expected score, in points.
    pub expected: f64,
    /// The standard deviation around it.
    pub deviation: f64,
    /// Observed less expected, by the deviation: beyond ±2 worth a look, beyond ±3 a talk.
    pub standardized: f64,
}

/// A fitted model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// The proposals with their measures.
    pub proposals: Facet,
    /// The assessors with their severities; on average zero, extreme ones apart.
    pub assessors: Facet,
    /// The criteria with their difficulties; on average zero, extreme ones apart.
    pub criteria: Facet,
    /// The one scale, or that of each criterion.
    pub scales: Vec<Structure>,
    /// For each observation, in the order they came in.
    pub residuals: Vec<Residual>,
    /// The log-likelihood of all scores but those of extreme elements.
    pub log_likelihood: f64,
    /// Steps taken.
    pub iterations: u32,
    /// Whether the climb came to rest.
    pub converged: bool,
}

/// Everything in the words of the caller.
pub(super) fn report(panel: &Panel, split: &Split, estimate: &Estimate, options: Options) -> Fit {
    let names = [&panel.proposals, &panel.assessors, &panel.criteria];
    let facet = |facet: usize| of_facet(facet, names[facet], panel, split, estimate, options);
    let own = options.thresholds == Thresholds::PartialCredit;
    let criteria = panel.criteria.iter().map(|id| own.then_some(*id));
    let mut residuals = vec![Residual { expected: 0.0, deviation: 0.0, standardized: 0.0 }; panel.cells.len()];
    for cell in &panel.cells {
        let rated = Rated { at: [cell.proposal, cell.assessor, cell.criterion], level: 0, input: cell.input };
        let moments = estimate.moments(&rated);
        let (expected, deviation) = (f64::from(options.lowest) + moments.expected, libm::sqrt(moments.variance));
        let standardized = (cell.score - expected) / deviation.max(f64::MIN_POSITIVE);
        residuals[cell.input] = Residual { expected, deviation, standardized };
    }
    Fit {
        proposals: facet(0),
        assessors: facet(1),
        criteria: facet(2),
        scales: (0..estimate.scales.len())
            .zip(criteria)
            .map(|(scale, id)| structure(scale, id, estimate, options))
            .collect(),
        residuals,
        log_likelihood: estimate.log_likelihood,
        iterations: estimate.iterations,
        converged: estimate.converged,
    }
}

/// Sums over the scores of an element.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    count: usize,
    squares: f64,
    standardized: f64,
    variance: f64,
    /// The variances of the mean squares, but for their divisors.
    infit: f64,
    outfit: f64,
}

impl Sums {
    fn add(&mut self, estimate: &Estimate, rated: &Rated) {
        let moments = estimate.moments(rated);
        let variance = moments.variance.max(f64::MIN_POSITIVE);
        let off = NUMBERS[rated.level] - moments.expected;
        self.count += 1;
        self.squares += off * off;
        self.standardized += off * off / variance;
        self.variance += variance;
        self.infit += moments.fourth - variance * variance;
        self.outfit += moments.fourth / (variance * variance);
    }

    fn fit_statistics(&self) -> FitStatistics {
        let count = real(self.count);
        FitStatistics {
            infit: statistic(self.squares / self.variance, self.infit / (self.variance * self.variance)),
            outfit: statistic(self.standardized / count, self.outfit / (count * count) - 1.0 / count),
        }
    }
}

/// A mean square with its Wilson-Hilferty transformation; its degrees of freedom, 2 / q², are at least one.
fn statistic(mean_square: f64, variance: f64) -> Statistic {
    let q = libm::sqrt(variance.max(0.0)).clamp(1e-6, std::f64::consts::SQRT_2);
    Statistic { mean_square, z: (libm::cbrt(mean_square) - 1.0) * 3.0 / q + q / 3.0 }
}

fn of_facet(facet: usize, ids: &[u32], panel: &Panel, split: &Split, estimate: &Estimate, options: Options) -> Facet {
    let mut extreme = vec![None; ids.len()];
    split.extremes.iter().filter(|one| one.facet == facet).for_each(|one| extreme[one.element] = Some(one.end));
    let mut sums = vec![Sums::default(); ids.len()];
    split.kept.iter().for_each(|one| sums[one.at[facet]].add(estimate, one));
    let mut raw = vec![(0_usize, 0.0); ids.len()];
    for cell in &panel.cells {
        let (count, sum) = &mut raw[[cell.proposal, cell.assessor, cell.criterion][facet]];
        (*count, *sum) = (*count + 1, *sum + cell.score);
    }
    let average = average_proposal(split, estimate);
    let element = |(place, id): (usize, &u32)| {
        let (scores, sum) = raw[place];
        let measure = estimate.measures[facet][place];
        let known = extreme[place].is_none();
        let (fair, slope) = fair(facet, place, average, estimate);
        Element {
            id: *id,
            scores,
            raw_mean: sum / real(scores),
            measure,
            standard_error: estimate.errors[facet][place],
            model_error: if known && facet > 0 {
                1.0 / libm::sqrt(sums[place].variance)
            } else {
                estimate.model_errors[facet][place]
            },
            fair_average: f64::from(options.lowest) + fair,
            fair_error: slope * estimate.errors[facet][place],
            fit: known.then(|| sums[place].fit_statistics()),
            extreme: extreme[place],
        }
    };
    let elements: Vec<Element> = ids.iter().enumerate().map(element).collect();
    let reliability = reliability(&elements);
    Facet { elements, reliability, separation: separation(reliability) }
}

/// The mean measure of the proposals that are not extreme.
fn average_proposal(split: &Split, estimate: &Estimate) -> f64 {
    let mut places: Vec<usize> = split.kept.iter().map(|one| one.at[0]).collect();
    places.dedup();
    places.iter().map(|place| estimate.measures[0][*place]).sum::<f64>() / real(places.len().max(1))
}

/// The expected score, from zero, with the other facets at their averages, and its slope; over all criteria.
fn fair(facet: usize, place: usize, average: f64, estimate: &Estimate) -> (f64, f64) {
    let own = SIGNS[facet] * estimate.measures[facet][place];
    let on = |criterion: usize| {
        let eta = match facet {
            0 => own - estimate.measures[2][criterion],
            1 => average + own - estimate.measures[2][criterion],
            _ => average + own,
        };
        let moments = estimate.scale(&Rated { at: [0, 0, criterion], level: 0, input: 0 }).moments(eta);
        (moments.expected, moments.variance)
    };
    if facet == 2 {
        return on(place);
    }
    let criteria = estimate.measures[2].len();
    let sums = (0..criteria).map(on).fold((0.0, 0.0), |sums, one| (sums.0 + one.0, sums.1 + one.1));
    (sums.0 / real(criteria), sums.1 / real(criteria))
}

fn reliability(elements: &[Element]) -> f64 {
    let known: Vec<&Element> = elements.iter().filter(|one| one.extreme.is_none()).collect();
    let count = real(known.len());
    if known.len() < 2 {
        return 0.0;
    }
    let mean = known.iter().map(|one| one.measure).sum::<f64>() / count;
    let variance = known.iter().map(|one| (one.measure - mean) * (one.measure - mean)).sum::<f64>() / (count - 1.0);
    let error = known.iter().map(|one| one.standard_error * one.standard_error).sum::<f64>() / count;
    if variance > error { 1.0 - error / variance } else { 0.0 }
}

fn structure(scale: usize, criterion: Option<u32>, estimate: &Estimate, options: Options) -> Structure {
    let (of, errors) = (&estimate.scales[scale], &estimate.threshold_errors[scale]);
    let level = |(place, level): (usize, u8)| {
        let below = place.checked_sub(1).filter(|below| of.counts[*below] > 0 && of.counts[place] > 0);
        let threshold = below.map(|below| of.kappa[below] - of.kappa[place]);
        let standard_error = threshold.map(|_| errors[place]);
        Level { level, count: of.counts[place], threshold, standard_error }
    };
    let levels: Vec<Level> =
        (options.lowest..=options.highest).enumerate().take(LEVELS).map(|(i, l)| level((i, l))).collect();
    let thresholds: Vec<f64> = levels.iter().filter_map(|level| level.threshold).collect();
    let disordered = thresholds.windows(2).any(|pair| pair[1] < pair[0]);
    Structure { criterion, levels, disordered }
}
