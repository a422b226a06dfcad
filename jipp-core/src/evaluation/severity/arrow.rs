//! Symmetric equations with one unknown for each proposal and few others: an arrow of a matrix.
//!
//! No score belongs to two proposals, so their block is diagonal, and eliminating it costs little; what is left is a
//! small dense matrix (the Schur complement), which Cholesky's method decomposes. So `lme4` does it for crossed random
//! effects, with sparse matrices in general (Bates, Mächler, Bolker and Walker, *Fitting Linear Mixed-Effects Models
//! Using lme4*, Journal of Statistical Software 67, 2015). For n proposals, each with k others, and m others in all:
//! O(n k² + m³).

/// A pivot below this share of its diagonal is none: the equations do not determine the unknown.
const SINGULAR: f64 = 1e-11;

/// A square matrix, row by row.
#[derive(Clone, Debug)]
pub(super) struct Square {
    pub size: usize,
    values: Vec<f64>,
}

impl Square {
    pub(super) fn zero(size: usize) -> Self {
        Self { size, values: vec![0.0; size * size] }
    }
    pub(super) fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.size..(row + 1) * self.size]
    }
    fn row_mut(&mut self, row: usize) -> &mut [f64] {
        &mut self.values[row * self.size..(row + 1) * self.size]
    }
    pub(super) fn at(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.size + column]
    }
    /// Adds at a place of the lower triangle, on whichever side of the diagonal it is named.
    pub(super) fn add(&mut self, one: usize, other: usize, value: f64) {
        self.values[one.max(other) * self.size + one.min(other)] += value;
    }
    /// The product with a vector from both sides.
    pub(super) fn quadratic(&self, vector: &[f64]) -> f64 {
        let rows = vector.iter().enumerate().filter(|(_, value)| **value != 0.0);
        rows.map(|(row, value)| value * dot(self.row(row), vector)).sum()
    }
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// The sparse rows beside the diagonal block.
#[derive(Clone, Debug, Default)]
pub(super) struct Border {
    ends: Vec<usize>,
    entries: Vec<(usize, f64)>,
}

impl Border {
    /// Appends what is not zero in a row.
    pub(super) fn push(&mut self, row: &[f64]) {
        self.entries.extend(row.iter().copied().enumerate().filter(|(_, value)| *value != 0.0));
        self.ends.push(self.entries.len());
    }
    /// Columns and values of a row, in order.
    pub(super) fn row(&self, row: usize) -> &[(usize, f64)] {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.entries[start..self.ends[row]]
    }
    /// The same with every value replaced.
    pub(super) fn map(&self, value: impl Fn(usize, f64) -> f64) -> Self {
        let entries = self.entries.iter().map(|(column, old)| (*column, value(*column, *old))).collect();
        Self { ends: self.ends.clone(), entries }
    }
}

/// The matrix: of the corner only the lower triangle counts.
#[derive(Debug)]
pub(super) struct Arrow {
    pub diagonal: Vec<f64>,
    pub border: Border,
    pub corner: Square,
}

/// The matrix taken apart, ready to solve.
pub(super) struct Factor<'a> {
    arrow: &'a Arrow,
    lower: Square,
}

impl Arrow {
    /// `None` where the matrix is not positive definite, as far as floats can tell.
    pub(super) fn factor(&self) -> Option<Factor<'_>> {
        let mut rest = self.corner.clone();
        for (row, pivot) in self.diagonal.iter().enumerate() {
            if pivot.is_nan() || *pivot <= 0.0 {
                return None;
            }
            let entries = self.border.row(row);
            for (number, (column, value)) in entries.iter().enumerate() {
                let share = value / pivot;
                let target = rest.row_mut(*column);
                for (other, value) in &entries[..=number] {
                    target[*other] -= share * value;
                }
            }
        }
        let lower = cholesky(rest, &self.corner)?;
        Some(Factor { arrow: self, lower })
    }
}

/// The lower factor of a matrix that was `whole` before anything was eliminated.
fn cholesky(mut matrix: Square, whole: &Square) -> Option<Square> {
    for row in 0..matrix.size {
        let (done, rest) = matrix.values.split_at_mut(row * whole.size);
        let current = &mut rest[..whole.size];
        for column in 0..row {
            let above = &done[column * whole.size..=column * whole.size + column];
            let known = dot(&above[..column], &current[..column]);
            current[column] = (current[column] - known) / above[column];
        }
        let pivot = current[row] - dot(&current[..row], &current[..row]);
        if pivot.is_nan() || pivot <= SINGULAR * whole.at(row, row) {
            return None;
        }
        current[row] = libm::sqrt(pivot);
        current[row + 1..].fill(0.0);
    }
    Some(matrix)
}

impl Factor<'_> {
    pub(super) fn log_determinant(&self) -> f64 {
        let block: f64 = self.arrow.diagonal.iter().map(|pivot| libm::log(*pivot)).sum();
        let corner: f64 = (0..self.lower.size).map(|i| libm::log(self.lower.at(i, i))).sum();
        block + 2.0 * corner
    }

    /// The unknowns of the block and of the corner for a right side.
    pub(super) fn solve(&self, block: &[f64], corner: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let mut right = corner.to_vec();
        for (row, (value, pivot)) in block.iter().zip(&self.arrow.diagonal).enumerate() {
            for (column, entry) in self.arrow.border.row(row) {
                right[*column] -= entry * (value / pivot);
            }
        }
        self.solve_corner(&mut right);
        let unknown = |(row, (value, pivot)): (usize, (&f64, &f64))| {
            let known: f64 = self.arrow.border.row(row).iter().map(|(column, entry)| entry * right[*column]).sum();
            (value - known) / pivot
        };
        (block.iter().zip(&self.arrow.diagonal).enumerate().map(unknown).collect(), right)
    }

    fn solve_corner(&self, right: &mut [f64]) {
        let size = self.lower.size;
        for row in 0..size {
            right[row] = (right[row] - dot(&self.lower.row(row)[..row], &right[..row])) / self.lower.at(row, row);
        }
        for row in (0..size).rev() {
            right[row] /= self.lower.at(row, row);
            let value = right[row];
            for (target, entry) in right[..row].iter_mut().zip(self.lower.row(row)) {
                *target -= entry * value;
            }
        }
    }

    /// The corner of the inverse, both triangles.
    pub(super) fn corner_inverse(&self) -> Square {
        let mut inverse = Square::zero(self.lower.size);
        for column in 0..self.lower.size {
            let unit = inverse.row_mut(column);
            unit[column] = 1.0;
            self.solve_corner(unit);
        }
        inverse
    }

    /// The variance of an unknown of the block, plus a combination of the unknowns of the corner whose sign is turned
    /// (`shift`): by the inverse of the whole matrix, with its `corner_inverse`.
    pub(super) fn variance(&self, row: usize, inverse: &Square, shift: &[f64]) -> f64 {
        let pivot = self.arrow.diagonal[row];
        let entries = self.arrow.border.row(row);
        if shift.is_empty() {
            let half = |(one, value): &(usize, f64)| {
                let line = inverse.row(*one);
                value * entries.iter().map(|(other, value)| value * line[*other]).sum::<f64>()
            };
            return 1.0 / pivot + entries.iter().map(half).sum::<f64>() / (pivot * pivot);
        }
        let mut weights = shift.to_vec();
        for (column, value) in entries {
            weights[*column] += value / pivot;
        }
        1.0 / pivot + inverse.quadratic(&weights)
    }
}

/// The matrix taken apart for good, to draw from the normal distribution that has its inverse for covariance.
#[derive(Debug)]
pub(super) struct Root {
    arrow: Arrow,
    lower: Square,
}

impl Arrow {
    /// `None` where the matrix is not positive definite, as far as floats can tell.
    pub(super) fn root(self) -> Option<Root> {
        let lower = self.factor()?.lower;
        Some(Root { arrow: self, lower })
    }
}

impl Root {
    /// Turns independent standard normal numbers into a draw, in place: solves L' x = z for the lower factor L.
    pub(super) fn draw(&self, block: &mut [f64], corner: &mut [f64]) {
        for row in (0..self.lower.size).rev() {
            corner[row] /= self.lower.at(row, row);
            let value = corner[row];
            for (target, entry) in corner[..row].iter_mut().zip(self.lower.row(row)) {
                *target -= entry * value;
            }
        }
        for (row, (value, pivot)) in block.iter_mut().zip(&self.arrow.diagonal).enumerate() {
            let known: f64 = self.arrow.border.row(row).iter().map(|(column, entry)| entry * corner[*column]).sum();
            *value = *value / libm::sqrt(*pivot) - known / pivot;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn sample() -> Arrow {
        let mut border = Border::default();
        border.push(&[1.0, 0.0]);
        border.push(&[0.0, 2.0]);
        border.push(&[1.0, 1.0]);
        let mut corner = Square::zero(2);
        corner.add(0, 0, 6.0);
        corner.add(0, 1, 1.5);
        corner.add(1, 1, 7.0);
        Arrow { diagonal: vec![4.0, 3.0, 5.0], border, corner }
    }

    /// The same matrix, written out.
    const WHOLE: [[f64; 5]; 5] = [
        [4.0, 0.0, 0.0, 1.0, 0.0],
        [0.0, 3.0, 0.0, 0.0, 2.0],
        [0.0, 0.0, 5.0, 1.0, 1.0],
        [1.0, 0.0, 1.0, 6.0, 1.5],
        [0.0, 2.0, 1.0, 1.5, 7.0],
    ];

    #[test]
    fn equations_are_solved() {
        let arrow = sample();
        let factor = arrow.factor().unwrap();
        let unknowns = [1.0, -2.0, 0.5, 3.0, -1.0];
        let right: Vec<f64> = WHOLE.iter().map(|row| dot(row, &unknowns)).collect();
        let (block, corner) = factor.solve(&right[..3], &right[3..]);
        for (found, known) in block.iter().chain(&corner).zip(unknowns) {
            assert!((found - known).abs() < 1e-13);
        }
    }

    #[test]
    fn variances_and_determinant_are_those_of_the_whole_inverse() {
        let arrow = sample();
        let factor = arrow.factor().unwrap();
        let inverse = factor.corner_inverse();
        for i in 0..5 {
            let mut right = [0.0; 5];
            right[i] = 1.0;
            let (block, corner) = factor.solve(&right[..3], &right[3..]);
            let known = if i < 3 { block[i] } else { corner[i - 3] };
            let found = if i < 3 { factor.variance(i, &inverse, &[]) } else { inverse.at(i - 3, i - 3) };
            assert!((found - known).abs() < 1e-14);
            // The variance of x - (a + 2 b) for an x of the block.
            if i < 3 {
                let shifted = known - 2.0 * (corner[0] + 2.0 * corner[1]) + inverse.quadratic(&[1.0, 2.0]);
                assert!((factor.variance(i, &inverse, &[1.0, 2.0]) - shifted).abs() < 1e-14);
            }
        }
        // 4 · 3 · 5 times the determinant of the Schur complement.
        let (a, b, d) = (6.0 - 0.25 - 0.2, 1.5 - 0.2, 7.0 - 4.0 / 3.0 - 0.2);
        assert!((factor.log_determinant() - libm::log(60.0 * (a * d - b * b))).abs() < 1e-13);
    }

    /// As a matrix, what turns normal numbers into draws is a root of the inverse: the draws of all unit vectors, each
    /// times itself, add up to it.
    #[test]
    fn draws_have_the_inverse_for_covariance() {
        let root = sample().root().unwrap();
        let mut covariance = [[0.0; 5]; 5];
        for unit in 0..5 {
            let normal: Vec<f64> = (0..5).map(|one| f64::from(u8::from(one == unit))).collect();
            let (mut block, mut corner) = (normal[..3].to_vec(), normal[3..].to_vec());
            root.draw(&mut block, &mut corner);
            let drawn = [block, corner].concat();
            for (row, one) in covariance.iter_mut().zip(&drawn) {
                row.iter_mut().zip(&drawn).for_each(|(cell, other)| *cell += one * other);
            }
        }
        for (i, row) in WHOLE.iter().enumerate() {
            for (j, column) in covariance.iter().enumerate() {
                // The covariance is the same from both sides.
                let product = dot(row, column);
                assert!((product - f64::from(u8::from(i == j))).abs() < 1e-13);
            }
        }
    }

    #[test]
    fn what_is_not_determined_is_not_solved() {
        let mut arrow = sample();
        arrow.corner.add(0, 0, 0.45 - 6.0);
        assert!(arrow.factor().is_none());
        arrow.diagonal[1] = 0.0;
        assert!(arrow.factor().is_none());
    }
}
