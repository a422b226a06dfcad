//! Penalised least squares for given ratios, and the REML criterion with its gradient.
//!
//! With the effects in units of their spread, u = σ θ b (θ the ratio of the spread of proposals, or assessors, to that
//! of the errors), b and the criterion means minimise |y - X β - Z θ b|² + |b|². The matrix of these equations is made
//! of counts, and stays well-behaved where a ratio is zero.

use crate::evaluation::severity::arrow::{Arrow, Border, Square};
use crate::evaluation::severity::panel::{Panel, real};

/// How many scores, and what they add up to (less the centre each).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Total {
    pub count: usize,
    pub sum: f64,
}

impl Total {
    fn add(&mut self, score: f64) {
        self.count += 1;
        self.sum += score;
    }
}

/// All that the model needs of the scores.
pub(super) struct Equations {
    /// The mean of all scores, taken off them so that sums of squares lose no digits.
    pub centre: f64,
    pub proposals: Vec<Total>,
    pub assessors: Vec<Total>,
    pub criteria: Vec<Total>,
    /// Scores of each proposal by each assessor, then on each criterion.
    border: Border,
    /// Scores of each assessor on each criterion.
    crossing: Vec<Vec<f64>>,
    count: usize,
    squares: f64,
}

/// The estimates for given ratios.
pub(super) struct Solution {
    /// Spread of proposals and of assessors, to that of the errors.
    pub ratios: [f64; 2],
    pub error_variance: f64,
    /// Proposals, in units of their spread.
    pub block: Vec<f64>,
    /// Assessors, in units of their spread, and the means of the criteria.
    pub corner: Vec<f64>,
    /// The diagonal of the inverse for the proposals.
    pub block_variances: Vec<f64>,
    /// The inverse for the others.
    pub inverse: Square,
    pub criterion: f64,
    /// The slope of the criterion by the logarithm of each ratio.
    pub gradient: [f64; 2],
}

impl Equations {
    pub(super) fn new(panel: &Panel) -> Self {
        let (assessors, criteria) = (panel.assessors.len(), panel.criteria.len());
        let centre = panel.cells.iter().map(|cell| cell.score).sum::<f64>() / real(panel.cells.len());
        let mut equations = Self {
            centre,
            proposals: vec![Total::default(); panel.proposals.len()],
            assessors: vec![Total::default(); assessors],
            criteria: vec![Total::default(); criteria],
            border: Border::default(),
            crossing: vec![vec![0.0; criteria]; assessors],
            count: panel.cells.len(),
            squares: 0.0,
        };
        for of_one in panel.cells.chunk_by(|one, other| one.proposal == other.proposal) {
            let mut row = vec![0.0; assessors + criteria];
            for cell in of_one {
                let score = cell.score - centre;
                row[cell.assessor] += 1.0;
                row[assessors + cell.criterion] += 1.0;
                equations.proposals[cell.proposal].add(score);
                equations.assessors[cell.assessor].add(score);
                equations.criteria[cell.criterion].add(score);
                equations.crossing[cell.assessor][cell.criterion] += 1.0;
                equations.squares += score * score;
            }
            equations.border.push(&row);
        }
        equations
    }

    pub(super) fn arrow(&self, [proposal, assessor]: [f64; 2]) -> Arrow {
        let assessors = self.assessors.len();
        let mut corner = Square::zero(assessors + self.criteria.len());
        for (one, (total, crossing)) in self.assessors.iter().zip(&self.crossing).enumerate() {
            corner.add(one, one, assessor * assessor * real(total.count) + 1.0);
            for (criterion, count) in crossing.iter().enumerate() {
                corner.add(assessors + criterion, one, assessor * count);
            }
        }
        for (criterion, total) in self.criteria.iter().enumerate() {
            corner.add(assessors + criterion, assessors + criterion, real(total.count));
        }
        let scaled = |column: usize, count: f64| count * proposal * if column < assessors { assessor } else { 1.0 };
        Arrow {
            diagonal: self.proposals.iter().map(|total| proposal * proposal * real(total.count) + 1.0).collect(),
            border: self.border.map(scaled),
            corner,
        }
    }

    /// The estimates for the ratios; none where the criteria cannot be told apart.
    pub(super) fn solve(&self, ratios: [f64; 2]) -> Option<Solution> {
        let arrow = self.arrow(ratios);
        let factor = arrow.factor()?;
        let right_block: Vec<f64> = self.proposals.iter().map(|total| ratios[0] * total.sum).collect();
        let of_assessors = self.assessors.iter().map(|total| ratios[1] * total.sum);
        let right_corner: Vec<f64> = of_assessors.chain(self.criteria.iter().map(|total| total.sum)).collect();
        let (block, corner) = factor.solve(&right_block, &right_corner);
        let product = |one: &[f64], other: &[f64]| one.iter().zip(other).map(|(one, other)| one * other).sum::<f64>();
        let explained = product(&right_block, &block) + product(&right_corner, &corner);
        let freedom = real(self.count.saturating_sub(self.criteria.len()).max(1));
        // What rounding leaves of nothing must not be negative.
        let squares = (self.squares - explained).max(self.squares * f64::EPSILON);
        let error_variance = squares / freedom;
        let inverse = factor.corner_inverse();
        let block_variances: Vec<f64> = (0..block.len()).map(|row| factor.variance(row, &inverse, &[])).collect();
        let assessors = self.assessors.len();
        let square = |effects: &[f64]| product(effects, effects) / error_variance;
        // By the envelope theorem and Jacobi's formula; zero is the fixed point of the EM algorithm for REML.
        let by_proposals = real(block.len()) - block_variances.iter().sum::<f64>() - square(&block);
        let unknown: f64 = (0..assessors).map(|one| inverse.at(one, one)).sum();
        let by_assessors = real(assessors) - unknown - square(&corner[..assessors]);
        let criterion =
            factor.log_determinant() + freedom * (1.0 + libm::log(2.0 * std::f64::consts::PI * error_variance));
        let gradient = [2.0 * by_proposals, 2.0 * by_assessors];
        Some(Solution { ratios, error_variance, block, corner, block_variances, inverse, criterion, gradient })
    }
}
