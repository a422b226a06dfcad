//! Newton's method on the joint likelihood.
//!
//! In η = proposal - assessor - criterion and κ the log-likelihood is that of an exponential family: concave. Its slope
//! is observed less expected (scores, counts of levels), its second derivatives are covariances. The first assessor
//! and the first criterion stand at zero while climbing; afterwards all are centred.

use super::scale::{LEVELS, Moments, NUMBERS, Rated, SIGNS, Scale, scales};
use super::undetermined;
use crate::base::{Code, Error, Result};
use crate::evaluation::severity::arrow::{Arrow, Border, Square};
use crate::evaluation::severity::panel::{MOST_EFFECTS, Panel, real};

/// It has arrived when nothing moves by more than this many logits.
const ARRIVED: f64 = 1e-8;
/// Measures beyond this have no bounds.
const FARTHEST: f64 = 40.0;
/// Where not even a tiny share of a step leads up, a step up to here is a matter of rounding.
const ROUNDED: f64 = 1e-4;
const HALVINGS: usize = 40;

/// All that was estimated. Lists are by facet (proposal, assessor, criterion) and place.
pub(super) struct Estimate {
    pub measures: [Vec<f64>; 3],
    pub errors: [Vec<f64>; 3],
    pub model_errors: [Vec<f64>; 3],
    pub scales: Vec<Scale>,
    /// The standard error of the threshold below each level.
    pub threshold_errors: Vec<[f64; LEVELS]>,
    pub log_likelihood: f64,
    pub iterations: u32,
    pub converged: bool,
}

impl Estimate {
    pub(super) fn scale(&self, rated: &Rated) -> &Scale {
        &self.scales[if self.scales.len() == 1 { 0 } else { rated.at[2] }]
    }
    pub(super) fn moments(&self, rated: &Rated) -> Moments {
        let eta = (0..3).map(|facet| SIGNS[facet] * self.measures[facet][rated.at[facet]]).sum();
        self.scale(rated).moments(eta)
    }
}

/// Where the unknowns stand in the equations: proposals in the block, all others in the corner.
struct Layout {
    /// Of assessors and criteria, but not of the first.
    columns: [Vec<Option<usize>>; 2],
    levels: Vec<[Option<usize>; LEVELS]>,
    /// The proposals that have scores.
    rows: Vec<usize>,
    size: usize,
}

impl Layout {
    fn new(rated: &[Rated], panel: &Panel, scales: &[Scale]) -> Result<Self> {
        let mut size = 0;
        let mut next = || {
            size += 1;
            size - 1
        };
        let columns = [(1, panel.assessors.len()), (2, panel.criteria.len())].map(|(facet, length)| {
            let mut present = vec![false; length];
            for one in rated {
                present[one.at[facet]] = true;
            }
            let first = present.iter().position(|present| *present);
            let column = |(place, present): (usize, bool)| (present && Some(place) != first).then(&mut next);
            present.into_iter().enumerate().map(column).collect()
        });
        let mut levels = vec![[None; LEVELS]; scales.len()];
        for (levels, scale) in levels.iter_mut().zip(scales) {
            scale.between().for_each(|level| levels[level] = Some(next()));
        }
        let mut rows: Vec<usize> = rated.iter().map(|one| one.at[0]).collect();
        rows.dedup();
        if size > MOST_EFFECTS {
            return Err(Error::new(Code::TooMany).field("assessors, criteria and thresholds").value(size));
        }
        Ok(Self { columns, levels, rows, size })
    }
}

/// The likelihood at some measures, with its slopes and second derivatives.
struct Place {
    log_likelihood: f64,
    block: Vec<f64>,
    corner: Vec<f64>,
    information: Arrow,
}

impl Place {
    fn new(rated: &[Rated], layout: &Layout, estimate: &Estimate) -> Self {
        let mut place = Self {
            log_likelihood: 0.0,
            block: Vec::with_capacity(layout.rows.len()),
            corner: vec![0.0; layout.size],
            information: Arrow { diagonal: Vec::new(), border: Border::default(), corner: Square::zero(layout.size) },
        };
        for of_one in rated.chunk_by(|one, other| one.at[0] == other.at[0]) {
            let mut row = vec![0.0; layout.size];
            let (mut slope, mut pivot) = (0.0, 0.0);
            for one in of_one {
                let moments = estimate.moments(one);
                slope += NUMBERS[one.level] - moments.expected;
                pivot += moments.variance;
                place.add(one, &moments, layout, &mut row, estimate.scales.len() > 1);
            }
            place.block.push(slope);
            place.information.diagonal.push(pivot);
            place.information.border.push(&row);
        }
        place
    }

    /// Adds one score to all but the diagonal.
    fn add(&mut self, one: &Rated, moments: &Moments, layout: &Layout, row: &mut [f64], own: bool) {
        let corner = &mut self.information.corner;
        self.log_likelihood += libm::log(moments.chances[one.level].max(f64::MIN_POSITIVE));
        let levels = &layout.levels[if own { one.at[2] } else { 0 }];
        let lowering = [layout.columns[0][one.at[1]], layout.columns[1][one.at[2]]];
        for column in lowering.into_iter().flatten() {
            self.corner[column] -= NUMBERS[one.level] - moments.expected;
            row[column] -= moments.variance;
            corner.add(column, column, moments.variance);
        }
        if let [Some(assessor), Some(criterion)] = lowering {
            corner.add(assessor, criterion, moments.variance);
        }
        for (level, column) in levels.iter().enumerate().filter_map(|(level, column)| Some((level, (*column)?))) {
            let chance = moments.chances[level];
            let covariance = chance * (NUMBERS[level] - moments.expected);
            self.corner[column] += f64::from(u8::from(level == one.level)) - chance;
            row[column] += covariance;
            lowering.into_iter().flatten().for_each(|other| corner.add(column, other, -covariance));
            corner.add(column, column, chance);
            for (other, lower) in levels[..=level].iter().enumerate() {
                if let Some(lower) = lower {
                    corner.add(column, *lower, -chance * moments.chances[other]);
                }
            }
        }
    }
}

/// Climbs from zero to the top.
pub(super) fn climb(rated: &[Rated], panel: &Panel, own: bool, most: u32) -> Result<Estimate> {
    let sizes = [panel.proposals.len(), panel.assessors.len(), panel.criteria.len()];
    let scales = scales(rated, panel.criteria.len(), own);
    let layout = Layout::new(rated, panel, &scales)?;
    let zeros = || sizes.map(|size| vec![0.0; size]);
    let mut estimate = Estimate {
        measures: zeros(),
        errors: zeros(),
        model_errors: zeros(),
        threshold_errors: vec![[0.0; LEVELS]; scales.len()],
        scales,
        log_likelihood: 0.0,
        iterations: 0,
        converged: false,
    };
    let mut place = Place::new(rated, &layout, &estimate);
    while estimate.iterations < most && !estimate.converged {
        estimate.iterations += 1;
        let factor = place.information.factor().ok_or_else(not_determined)?;
        let (block, corner) = factor.solve(&place.block, &place.corner);
        let longest = block.iter().chain(&corner).map(|step| step.abs()).fold(0.0, f64::max);
        let climbed = ascend(rated, &layout, &mut estimate, (&block, &corner), place.log_likelihood);
        let nowhere_higher = climbed.is_none();
        estimate.converged = longest <= ARRIVED || (nowhere_higher && longest <= ROUNDED);
        place = climbed.unwrap_or_else(|| Place::new(rated, &layout, &estimate));
        let kappas = estimate.scales.iter().flat_map(|scale| scale.kappa).filter(|kappa| kappa.is_finite());
        let thresholds = kappas.map(|kappa| kappa / NUMBERS[LEVELS - 1]);
        if estimate.measures.iter().flatten().copied().chain(thresholds).any(|measure| measure.abs() > FARTHEST) {
            return Err(undetermined(
                "levels that overlap: these are in such perfect order that measures have no bounds",
            ));
        }
        if nowhere_higher {
            break;
        }
    }
    estimate.log_likelihood = place.log_likelihood;
    finish(&place, &layout, &mut estimate)?;
    Ok(estimate)
}

fn not_determined() -> Error {
    undetermined("scores that tell proposals, assessors and criteria apart")
}

/// Goes along a step, halved until the likelihood does not fall; stays where even the shortest leads down.
fn ascend(
    rated: &[Rated],
    layout: &Layout,
    estimate: &mut Estimate,
    (block, corner): (&[f64], &[f64]),
    before: f64,
) -> Option<Place> {
    let mut share = 1.0;
    go(layout, estimate, block, corner, share);
    for _ in 0..HALVINGS {
        let place = Place::new(rated, layout, estimate);
        // Rounding errors of the sum must not keep the last step from being taken.
        if place.log_likelihood >= before - 1e-12 * before.abs() {
            return Some(place);
        }
        share /= 2.0;
        go(layout, estimate, block, corner, -share);
    }
    go(layout, estimate, block, corner, -share);
    None
}

fn go(layout: &Layout, estimate: &mut Estimate, block: &[f64], corner: &[f64], share: f64) {
    for (row, step) in layout.rows.iter().zip(block) {
        estimate.measures[0][*row] += share * step;
    }
    for (columns, measures) in layout.columns.iter().zip(&mut estimate.measures[1..]) {
        for (column, measure) in columns.iter().zip(measures) {
            *measure += column.map_or(0.0, |column| share * corner[column]);
        }
    }
    for (columns, scale) in layout.levels.iter().zip(&mut estimate.scales) {
        for (column, kappa) in columns.iter().zip(&mut scale.kappa) {
            *kappa += column.map_or(0.0, |column| share * corner[column]);
        }
        scale.weigh();
    }
}

/// Centres assessors and criteria, and works out the standard errors.
fn finish(place: &Place, layout: &Layout, estimate: &mut Estimate) -> Result<()> {
    let factor = place.information.factor().ok_or_else(not_determined)?;
    let inverse = factor.corner_inverse();
    // Those that have scores: the columns and the one that stands at zero.
    let counts = layout.columns.each_ref().map(|columns| real(columns.iter().flatten().count() + 1));
    let mut shift = vec![0.0; layout.size];
    for (columns, count) in layout.columns.iter().zip(counts) {
        columns.iter().flatten().for_each(|column| shift[*column] = 1.0 / count);
    }
    let means = [1, 2].map(|facet| estimate.measures[facet].iter().sum::<f64>() / counts[facet - 1]);
    for (row, proposal) in layout.rows.iter().enumerate() {
        estimate.measures[0][*proposal] -= means[0] + means[1];
        estimate.errors[0][*proposal] = libm::sqrt(factor.variance(row, &inverse, &shift));
        estimate.model_errors[0][*proposal] = 1.0 / libm::sqrt(place.information.diagonal[row]);
    }
    for (index, columns) in layout.columns.iter().enumerate() {
        for (element, column) in columns.iter().enumerate() {
            estimate.measures[index + 1][element] -= means[index];
            // Less the mean; the one that stood at zero is nothing but less the mean.
            let mut weights = vec![0.0; layout.size];
            columns.iter().flatten().for_each(|column| weights[*column] = -1.0 / counts[index]);
            if let Some(column) = column {
                weights[*column] += 1.0;
            }
            estimate.errors[index + 1][element] = libm::sqrt(inverse.quadratic(&weights));
        }
    }
    for (columns, errors) in layout.levels.iter().zip(&mut estimate.threshold_errors) {
        for level in 1..LEVELS {
            let mut weights = vec![0.0; layout.size];
            columns[level].iter().for_each(|column| weights[*column] -= 1.0);
            columns[level - 1].iter().for_each(|column| weights[*column] += 1.0);
            errors[level] = libm::sqrt(inverse.quadratic(&weights));
        }
    }
    Ok(())
}
