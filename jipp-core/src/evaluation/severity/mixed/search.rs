//! The lowest REML criterion over the two ratios: Newton's method in their logarithms, from the best of nine starts.

use super::equations::{Equations, Solution};

/// The bounds of the logarithm of a ratio: below them the ratio is zero, above them there is no error.
const BOUNDS: [f64; 2] = [-9.0, 9.0];
/// From here on the errors are rounding errors.
const NO_ERROR: f64 = 8.0;
/// The starts of each ratio, as logarithms: 0.14, 0.61, 2.7.
const STARTS: [f64; 3] = [-2.0, -0.5, 1.0];
/// The step to both sides for the second derivatives.
const DIFFERENCE: f64 = 1e-4;
/// It has come to rest when no logarithm moves by more than this.
const AT_REST: f64 = 1e-7;
const LONGEST_STEP: f64 = 2.0;
const HALVINGS: usize = 40;

pub(super) struct Search {
    pub solution: Solution,
    pub iterations: u32,
    pub converged: bool,
    pub without_error: bool,
}

/// A point of the search, with what is known there.
struct Place {
    point: [f64; 2],
    solution: Solution,
}

impl Place {
    fn new(equations: &Equations, point: [f64; 2]) -> Option<Self> {
        let ratio = |log: f64| if log <= BOUNDS[0] { 0.0 } else { libm::exp(log) };
        Some(Self { point, solution: equations.solve(point.map(ratio))? })
    }

    /// Whether the ratio is zero, and the criterion would not fall by raising it.
    fn held(&self, axis: usize) -> bool {
        self.point[axis] <= BOUNDS[0]
    }
}

/// None where the equations do not determine the criteria.
pub(super) fn minimise(equations: &Equations, most: u32) -> Option<Search> {
    let mut here = best_start(equations)?;
    let (mut iterations, mut converged) = (0, false);
    while iterations < most && !converged {
        iterations += 1;
        let step = step(equations, &here)?;
        let next = descend(equations, &here, step)?;
        match next {
            Some(next) => {
                converged = (0..2).all(|axis| (next.point[axis] - here.point[axis]).abs() <= AT_REST);
                here = next;
            }
            // Not even a tiny step leads down: this is the bottom, as far as floats can tell.
            None => converged = true,
        }
    }
    let without_error = here.point.iter().any(|log| *log >= NO_ERROR);
    Some(Search { solution: here.solution, iterations, converged, without_error })
}

fn best_start(equations: &Equations) -> Option<Place> {
    let mut best: Option<Place> = None;
    for proposal in STARTS {
        for assessor in STARTS {
            let place = Place::new(equations, [proposal, assessor])?;
            if best.as_ref().is_none_or(|best| place.solution.criterion < best.solution.criterion) {
                best = Some(place);
            }
        }
    }
    best
}

/// Newton's step, or down the slope where the criterion does not curve upwards.
fn step(equations: &Equations, here: &Place) -> Option<[f64; 2]> {
    let gradient = [0, 1].map(|axis| if here.held(axis) { 0.0 } else { here.solution.gradient[axis] });
    let mut curvature = [[0.0; 2]; 2];
    for axis in 0..2 {
        let shifted = |by: f64| {
            let mut point = here.point;
            point[axis] += by;
            Place::new(equations, point).map(|place| place.solution.gradient)
        };
        let (above, below) = (shifted(DIFFERENCE)?, shifted(-DIFFERENCE)?);
        curvature[axis] = [0, 1].map(|other| (above[other] - below[other]) / (2.0 * DIFFERENCE));
    }
    let [[a, one], [other, d]] = curvature;
    let b = if here.held(0) || here.held(1) { 0.0 } else { f64::midpoint(one, other) };
    let determinant = a * d - b * b;
    let newton = if a > 0.0 && d > 0.0 && determinant > 0.0 {
        [(b * gradient[1] - d * gradient[0]) / determinant, (b * gradient[0] - a * gradient[1]) / determinant]
    } else {
        [-gradient[0] / a.abs().max(1e-6), -gradient[1] / d.abs().max(1e-6)]
    };
    Some([0, 1].map(|axis| if here.held(axis) { 0.0 } else { newton[axis].clamp(-LONGEST_STEP, LONGEST_STEP) }))
}

/// The first place along the step, halved as often as needed, that is lower.
#[allow(clippy::option_option, reason = "outside: not determined; inside: nowhere lower")]
fn descend(equations: &Equations, here: &Place, mut step: [f64; 2]) -> Option<Option<Place>> {
    for _ in 0..HALVINGS {
        let point = [0, 1].map(|axis| (here.point[axis] + step[axis]).clamp(BOUNDS[0], BOUNDS[1]));
        let next = Place::new(equations, point)?;
        if next.solution.criterion < here.solution.criterion {
            return Some(Some(next));
        }
        step = step.map(|length| length / 2.0);
    }
    Some(None)
}
