//! What the scores leave open about the worth of the proposals, to draw from.
//!
//! With the variances taken as known, effects and criterion means are jointly normal around their estimates, with the
//! inverse of the mixed model equations for covariance (Henderson 1975; for the flat prior of the means see Robinson,
//! *That BLUP is a Good Thing*, Statistical Science 6, 1991). One draw therefore takes one normal number for each
//! unknown and one solution with the Cholesky factor. The same distribution, draw by draw, has the error of a whole
//! simulated competition: draw worths, severities and scores for those who read what they read, adjust them, and
//! compare with what was drawn.

use super::equations::{Equations, Solution};
use crate::evaluation::severity::arrow::Root;
use crate::evaluation::severity::panel::real;

/// The joint distribution of the worths of the proposals of a fit, in their order.
#[derive(Debug)]
pub(in crate::evaluation) struct Posterior {
    root: Root,
    /// The estimates, in points.
    worths: Vec<f64>,
    /// One spread of a proposal, in errors, and one error, in points.
    ratio: f64,
    spread: f64,
    assessors: usize,
    corner: usize,
}

/// Room for one draw.
#[derive(Debug, Default)]
pub(in crate::evaluation) struct Draw {
    /// The worths of the proposals, in points.
    pub worths: Vec<f64>,
    corner: Vec<f64>,
}

impl Posterior {
    pub(super) fn new(equations: &Equations, solution: &Solution) -> Option<Self> {
        let (assessors, corner) = (equations.assessors.len(), solution.corner.len());
        let spread = libm::sqrt(solution.error_variance);
        let means = &solution.corner[assessors..];
        let mean = equations.centre + means.iter().sum::<f64>() / real(means.len());
        let worths = solution.block.iter().map(|effect| mean + solution.ratios[0] * effect).collect();
        let root = equations.arrow(solution.ratios).root()?;
        Some(Self { root, worths, ratio: solution.ratios[0], spread, assessors, corner })
    }

    /// The next draw, from independent standard normal numbers.
    pub(in crate::evaluation) fn draw(&self, draw: &mut Draw, mut normal: impl FnMut() -> f64) {
        draw.worths.clear();
        draw.worths.extend(self.worths.iter().map(|_| normal()));
        draw.corner.clear();
        draw.corner.extend((0..self.corner).map(|_| normal()));
        self.root.draw(&mut draw.worths, &mut draw.corner);
        let means = &draw.corner[self.assessors..];
        let mean = means.iter().sum::<f64>() / real(means.len());
        for (drawn, worth) in draw.worths.iter_mut().zip(&self.worths) {
            *drawn = worth + self.spread * (mean + self.ratio * *drawn);
        }
    }
}
