//! Least squares for three parameters: the method of Levenberg (1944) and Marquardt (1963).

/// Steps at most.
const STEPS: usize = 500;
/// It has arrived when no parameter moves by more than this, in proportion to one plus itself.
const ARRIVED: f64 = 1e-12;

/// What is minimised: at a point, the residuals with their derivatives.
pub(super) trait Problem {
    /// Calls back with each residual (observed less expected) and the derivatives of the expected value; false where
    /// the point lies outside.
    fn residuals(&self, point: [f64; 3], each: &mut dyn FnMut(f64, [f64; 3])) -> bool;
}

/// A point with what is known there: the sum of squares, and the normal equations.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub point: [f64; 3],
    pub squares: f64,
    /// Products of the derivatives.
    pub normal: [[f64; 3]; 3],
    gradient: [f64; 3],
}

impl Place {
    pub(super) fn new(problem: &impl Problem, point: [f64; 3]) -> Option<Self> {
        let mut place = Self { point, squares: 0.0, normal: [[0.0; 3]; 3], gradient: [0.0; 3] };
        let inside = problem.residuals(point, &mut |residual, slopes| {
            place.squares += residual * residual;
            for i in 0..3 {
                place.gradient[i] += slopes[i] * residual;
                for j in 0..3 {
                    place.normal[i][j] += slopes[i] * slopes[j];
                }
            }
        });
        (inside && place.squares.is_finite()).then_some(place)
    }

    /// The step that the normal equations give, held back by `damping`.
    fn step(&self, damping: f64) -> Option<[f64; 3]> {
        let mut damped = self.normal;
        for (i, row) in damped.iter_mut().enumerate() {
            row[i] *= 1.0 + damping;
        }
        solve(damped, self.gradient)
    }
}

/// Walks downhill from a place until it stays; and whether it does, or was given up on the way.
pub(super) fn descend(problem: &impl Problem, start: Place) -> (Place, bool) {
    let (mut here, mut damping) = (start, 1e-3);
    for _ in 0..STEPS {
        let Some(step) = here.step(damping) else { return (here, false) };
        let small = (0..3).all(|i| step[i].abs() <= ARRIVED * (1.0 + here.point[i].abs()));
        let next = Place::new(problem, [0, 1, 2].map(|i| here.point[i] + step[i]));
        match next.filter(|next| next.squares < here.squares) {
            Some(next) => {
                here = next;
                damping = (damping * 0.1).max(1e-12);
            }
            // Where not even a tiny step leads down, this is the bottom.
            None if small || damping > 1e10 => return (here, true),
            None => damping *= 10.0,
        }
        if small {
            return (here, true);
        }
    }
    (here, false)
}

/// Solves three symmetric equations by Cholesky's decomposition; `None` where they do not determine the unknowns.
pub(super) fn solve(matrix: [[f64; 3]; 3], right: [f64; 3]) -> Option<[f64; 3]> {
    let lower = decompose(matrix)?;
    let mut forward = [0.0; 3];
    for i in 0..3 {
        let known: f64 = (0..i).map(|j| lower[i][j] * forward[j]).sum();
        forward[i] = (right[i] - known) / lower[i][i];
    }
    let mut solution = [0.0; 3];
    for i in [2, 1, 0] {
        let known: f64 = (i + 1..3).map(|j| lower[j][i] * solution[j]).sum();
        solution[i] = (forward[i] - known) / lower[i][i];
    }
    solution.iter().all(|value| value.is_finite()).then_some(solution)
}

/// The diagonal of the inverse of a symmetric matrix.
pub(super) fn inverse_diagonal(matrix: [[f64; 3]; 3]) -> Option<[f64; 3]> {
    let mut diagonal = [0.0; 3];
    for (i, value) in diagonal.iter_mut().enumerate() {
        let mut unit = [0.0; 3];
        unit[i] = 1.0;
        *value = solve(matrix, unit)?[i];
    }
    Some(diagonal)
}

fn decompose(matrix: [[f64; 3]; 3]) -> Option<[[f64; 3]; 3]> {
    let mut lower = [[0.0; 3]; 3];
    for i in 0..3 {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
            let rest = matrix[i][j] - known;
            if i != j {
                lower[i][j] = rest / lower[j][j];
            } else if rest > 1e-15 * matrix[i][i] {
                lower[i][i] = libm::sqrt(rest);
            } else {
                return None;
            }
        }
    }
    Some(lower)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved_where_they_can_be() {
        let matrix = [[4.0, 2.0, 1.0], [2.0, 5.0, 3.0], [1.0, 3.0, 6.0]];
        let solution = solve(matrix, [9.0, 17.0, 22.0]).unwrap();
        for (row, right) in matrix.iter().zip([9.0, 17.0, 22.0]) {
            let left: f64 = (0..3).map(|i| row[i] * solution[i]).sum();
            assert!((left - right).abs() < 1e-12);
        }
        assert!(solve([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]], [1.0; 3]).is_none());
        let diagonal = inverse_diagonal([[2.0, 0.0, 0.0], [0.0, 4.0, 0.0], [0.0, 0.0, 8.0]]).unwrap();
        assert!(diagonal.iter().zip([0.5, 0.25, 0.125]).all(|(one, other)| (one - other).abs() < 1e-15));
    }
}
