//! The linear relaxation of a selection: candidates may be taken in part. A guide, never a proof.
//!
//! A bounded dual simplex method with an explicit inverse of the basis. Every candidate lies between 0 and 1 and every row
//! between its least and its most, so each basis can be made dual feasible by the choice of ends: there is no first phase,
//! and after fixing a candidate or adding a row the method simply goes on. Steps are long: a breakpoint whose candidate can
//! change its end without the leaving variable meeting its bound is passed (Maros, *A generalized dual phase-2 simplex
//! algorithm*, European Journal of Operational Research 149, 2003). Rows come into play when a solution breaks them: of
//! hundreds of *at most three of each agency* few ever do.
//!
//! What is added up here is in floats, in a fixed order, and used only to choose; `bound.rs` proves with integers.

use super::problem::Problem;

/// Below this a number counts as zero in a pivot.
const PIVOT: f64 = 1e-7;
/// A bound may be missed by this.
const FEASIBLE: f64 = 1e-7;
/// After so many pivots the inverse is made anew.
const REFRESH: u32 = 64;

/// What a run came to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Status {
    /// Nothing is broken.
    Optimal,
    /// The value fell below the one that was of interest.
    Below,
    /// No part of any candidate can mend a row; the multipliers of the rows that prove it.
    Broken(Vec<(usize, f64)>),
    /// It did not come to an end.
    Stuck,
}

/// Variables are the candidates and then, for each row, how many it has.
#[derive(Clone, Debug)]
pub(super) struct Simplex {
    candidates: usize,
    cost: Vec<f64>,
    members: Vec<Vec<usize>>,
    rows_of: Vec<Vec<usize>>,
    /// The ends of every variable.
    low: Vec<i64>,
    high: Vec<i64>,
    /// Where a variable outside the basis stands.
    at: Vec<i64>,
    /// What one more of it is worth; 0 in the basis.
    reduced: Vec<f64>,
    is_basic: Vec<bool>,
    /// Rows in play, and the place of each row among them.
    active: Vec<usize>,
    position: Vec<Option<usize>>,
    basis: Vec<usize>,
    inverse: Vec<Vec<f64>>,
    /// What is left for the basis in each active row: exact.
    rest: Vec<i64>,
    values: Vec<f64>,
    alpha: Vec<f64>,
    since_refresh: u32,
    /// Pivots so far.
    pub steps: u64,
}

impl Simplex {
    pub(super) fn new(problem: &Problem, rows_of: Vec<Vec<usize>>) -> Self {
        let candidates = problem.scores.len();
        let length = |row: &super::problem::Row| i64::try_from(row.members.len()).unwrap_or(i64::MAX);
        let rows = problem.rows.iter();
        let low: Vec<i64> = vec![0; candidates].into_iter().chain(rows.clone().map(|row| row.least)).collect();
        let high = vec![1; candidates].into_iter().chain(rows.map(|row| row.most.min(length(row)))).collect();
        let cost = perturbed(problem);
        let variables = candidates + problem.rows.len();
        let mut simplex = Self {
            candidates,
            members: problem.rows.iter().map(|row| row.members.clone()).collect(),
            rows_of,
            low,
            high,
            at: vec![0; variables],
            reduced: cost.iter().copied().chain(vec![0.0; problem.rows.len()]).collect(),
            cost,
            is_basic: vec![false; variables],
            active: Vec::new(),
            position: vec![None; problem.rows.len()],
            basis: Vec::new(),
            inverse: Vec::new(),
            rest: Vec::new(),
            values: Vec::new(),
            alpha: vec![0.0; candidates],
            since_refresh: 0,
            steps: 0,
        };
        (0..candidates).for_each(|candidate| simplex.settle(candidate));
        simplex.activate(0);
        simplex
    }

    /// Takes or leaves a candidate for good, or sets it free again.
    pub(super) fn fix(&mut self, candidate: usize, value: Option<bool>) {
        (self.low[candidate], self.high[candidate]) = match value {
            Some(true) => (1, 1),
            Some(false) => (0, 0),
            None => (0, 1),
        };
        self.settle(candidate);
    }

    /// Candidates that are fixed and outside the basis need no looking at any more, unless they are set free again.
    pub(super) fn drop_fixed(&mut self, keep: &[bool]) {
        let is_basic = &self.is_basic;
        for members in &mut self.members {
            members.retain(|member| keep[*member] || is_basic[*member]);
        }
    }

    /// The rows in play with what one more place in them is worth.
    pub(super) fn multipliers(&self) -> Vec<(usize, f64)> {
        self.active.iter().map(|row| (*row, self.reduced[self.candidates + row])).collect()
    }

    /// The candidates in the basis with how much of them is taken.
    pub(super) fn basic(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        let pairs = self.basis.iter().copied().zip(self.values.iter().copied());
        pairs.filter(|(variable, _)| *variable < self.candidates)
    }

    /// Whether each candidate is taken, as far as it is outside the basis.
    pub(super) fn stands(&self) -> Vec<bool> {
        self.at.iter().take(self.candidates).map(|at| *at == 1).collect()
    }

    /// Goes on until nothing is broken, or the value falls below `cutoff`.
    pub(super) fn optimise(&mut self, cutoff: f64) -> Status {
        let mut left = 2_000 + 20 * (self.active.len() + self.basis.len());
        loop {
            self.solve();
            if self.objective() < cutoff {
                return Status::Below;
            }
            let Some((place, above)) = self.leaving() else {
                if self.activate_broken() {
                    continue;
                }
                return Status::Optimal;
            };
            if left == 0 {
                return Status::Stuck;
            }
            left -= 1;
            self.steps += 1;
            let sign = if above { 1.0 } else { -1.0 };
            self.price(place);
            let Some(entering) = self.entering(place, sign) else {
                let ray = |(position, row): (usize, &usize)| (*row, -sign * self.inverse[place][position]);
                return Status::Broken(self.active.iter().enumerate().map(ray).collect());
            };
            if !self.pivot(place, entering, sign) {
                return Status::Stuck;
            }
        }
    }

    /// Puts a variable outside the basis to the end that its worth asks for.
    fn settle(&mut self, variable: usize) {
        if self.is_basic[variable] {
            return;
        }
        let worth = self.reduced[variable];
        let (low, high) = (self.low[variable], self.high[variable]);
        let target = match () {
            () if worth > 0.0 => high,
            () if worth < 0.0 => low,
            () => self.at[variable].clamp(low, high),
        };
        self.move_to(variable, target);
    }

    fn move_to(&mut self, variable: usize, target: i64) {
        let change = target - self.at[variable];
        self.at[variable] = target;
        self.add_to_rest(variable, -change);
    }

    /// Adds so much of the column of a variable to what is left.
    fn add_to_rest(&mut self, variable: usize, times: i64) {
        if times == 0 {
            return;
        }
        if variable >= self.candidates {
            if let Some(position) = self.position[variable - self.candidates] {
                self.rest[position] -= times;
            }
            return;
        }
        for row in &self.rows_of[variable] {
            if let Some(position) = self.position[*row] {
                self.rest[position] += times;
            }
        }
    }

    /// Takes a row into play: its own variable joins the basis.
    fn activate(&mut self, row: usize) {
        let size = self.active.len();
        let mut line = vec![0.0; size];
        for (place, variable) in self.basis.iter().enumerate() {
            if *variable < self.candidates && self.rows_of[*variable].contains(&row) {
                line.iter_mut().zip(&self.inverse[place]).for_each(|(sum, part)| *sum += part);
            }
        }
        self.inverse.iter_mut().for_each(|line| line.push(0.0));
        line.push(-1.0);
        self.inverse.push(line);
        self.position[row] = Some(size);
        self.active.push(row);
        self.basis.push(self.candidates + row);
        self.is_basic[self.candidates + row] = true;
        self.reduced[self.candidates + row] = 0.0;
        // Counted over all candidates: those that were dropped from the members stand somewhere too.
        let standing = |(candidate, rows): (usize, &Vec<usize>)| {
            if !self.is_basic[candidate] && rows.contains(&row) { self.at[candidate] } else { 0 }
        };
        let taken: i64 = self.rows_of.iter().enumerate().map(standing).sum();
        self.rest.push(-taken);
    }

    /// Takes the rows into play that the present solution breaks; whether there are any.
    fn activate_broken(&mut self) -> bool {
        let mut counts = vec![0.0; self.position.len()];
        let mut add = |candidate: usize, value: f64| {
            self.rows_of[candidate].iter().for_each(|row| counts[*row] += value);
        };
        for candidate in 0..self.candidates {
            if !self.is_basic[candidate] && self.at[candidate] != 0 {
                add(candidate, real(self.at[candidate]));
            }
        }
        self.basic().for_each(|(candidate, value)| add(candidate, value));
        let is_broken = |row: &usize| {
            let (low, high) = (self.low[self.candidates + row], self.high[self.candidates + row]);
            self.position[*row].is_none()
                && (counts[*row] > real(high) + FEASIBLE || counts[*row] < real(low) - FEASIBLE)
        };
        let broken: Vec<usize> = (0..counts.len()).filter(is_broken).collect();
        for row in &broken {
            self.activate(*row);
        }
        !broken.is_empty()
    }

    /// The values of the basis.
    fn solve(&mut self) {
        let rest: Vec<f64> = self.rest.iter().map(|rest| real(*rest)).collect();
        self.values = self.inverse.iter().map(|line| dot(line, &rest)).collect();
    }

    fn objective(&self) -> f64 {
        let outside: f64 = (0..self.candidates)
            .filter(|candidate| self.at[*candidate] == 1 && !self.is_basic[*candidate])
            .map(|candidate| self.cost[candidate])
            .sum();
        outside + self.basic().map(|(candidate, value)| self.cost[candidate] * value).sum::<f64>()
    }

    /// The place in the basis that misses a bound most, and whether it lies above it.
    fn leaving(&self) -> Option<(usize, bool)> {
        let mut worst: Option<(f64, usize, bool)> = None;
        for (place, (variable, value)) in self.basis.iter().zip(&self.values).enumerate() {
            let (over, under) = (value - real(self.high[*variable]), real(self.low[*variable]) - value);
            let miss = over.max(under);
            if miss > FEASIBLE && worst.is_none_or(|(most, _, _)| miss > most) {
                worst = Some((miss, place, over > under));
            }
        }
        worst.map(|(_, place, above)| (place, above))
    }

    /// The row of the tableau at a place of the basis, for the candidates.
    fn price(&mut self, place: usize) {
        self.alpha.fill(0.0);
        for (position, row) in self.active.iter().enumerate() {
            let weight = self.inverse[place][position];
            if weight.abs() > 1e-12 {
                self.members[*row].iter().for_each(|member| self.alpha[*member] += weight);
            }
        }
    }

    /// The variable that enters, after the ones before it have changed their ends; none if all changing does not help.
    fn entering(&mut self, place: usize, sign: f64) -> Option<usize> {
        let mut breaks: Vec<(f64, usize, f64)> = Vec::new();
        let mut look = |variable: usize, alpha: f64| {
            let is_high = self.at[variable] == self.high[variable];
            let eligible = !self.is_basic[variable]
                && self.low[variable] < self.high[variable]
                && if is_high { alpha < -PIVOT } else { alpha > PIVOT };
            if eligible {
                breaks.push((self.reduced[variable].abs() / alpha.abs(), variable, alpha.abs()));
            }
        };
        self.alpha.iter().enumerate().filter(|(_, alpha)| **alpha != 0.0).for_each(|(c, alpha)| look(c, sign * alpha));
        for (position, row) in self.active.iter().enumerate() {
            look(self.candidates + row, -sign * self.inverse[place][position]);
        }
        breaks.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(b.2.total_cmp(&a.2)).then(a.1.cmp(&b.1)));
        let variable = self.basis[place];
        let bound = if sign > 0.0 { self.high[variable] } else { self.low[variable] };
        let mut slope = (self.values[place] - real(bound)).abs();
        let mut passed = 0;
        let entering = breaks.iter().find_map(|(_, variable, alpha)| {
            slope -= alpha * real(self.high[*variable] - self.low[*variable]);
            if slope <= FEASIBLE {
                return Some(*variable);
            }
            passed += 1;
            None
        })?;
        for (_, variable, _) in breaks.iter().take(passed) {
            let other = self.low[*variable] + self.high[*variable] - self.at[*variable];
            self.move_to(*variable, other);
        }
        Some(entering)
    }

    /// Exchanges a variable of the basis for another; whether that could be done.
    fn pivot(&mut self, place: usize, entering: usize, sign: f64) -> bool {
        let column = self.column(entering);
        let head = column[place];
        if head.abs() < PIVOT {
            self.since_refresh = REFRESH;
            return self.refresh();
        }
        let length = self.reduced[entering] / head;
        for candidate in 0..self.candidates {
            self.reduced[candidate] -= length * self.alpha[candidate];
        }
        for (position, row) in self.active.iter().enumerate() {
            self.reduced[self.candidates + row] += length * self.inverse[place][position];
        }
        let leaving = self.basis[place];
        self.reduced[leaving] = -length;
        self.reduced[entering] = 0.0;
        self.basis.iter().filter(|basic| **basic != leaving).for_each(|basic| self.reduced[*basic] = 0.0);

        self.is_basic[entering] = true;
        self.add_to_rest(entering, self.at[entering]);
        self.is_basic[leaving] = false;
        self.at[leaving] = if sign > 0.0 { self.high[leaving] } else { self.low[leaving] };
        self.add_to_rest(leaving, -self.at[leaving]);
        self.basis[place] = entering;

        let pivot_line: Vec<f64> = self.inverse[place].iter().map(|value| value / head).collect();
        for (other, line) in self.inverse.iter_mut().enumerate() {
            let factor = column[other];
            if other != place && factor.abs() > 1e-12 {
                line.iter_mut().zip(&pivot_line).for_each(|(value, pivot)| *value -= factor * pivot);
            }
        }
        self.inverse[place] = pivot_line;
        self.since_refresh += 1;
        self.since_refresh < REFRESH || self.refresh()
    }

    /// The column of a variable in the present basis.
    fn column(&self, variable: usize) -> Vec<f64> {
        let sum = |line: &Vec<f64>| match variable.checked_sub(self.candidates) {
            Some(row) => -self.position[row].and_then(|position| line.get(position)).copied().unwrap_or(0.0),
            None => self.rows_of[variable].iter().filter_map(|row| self.position[*row]).map(|at| line[at]).sum(),
        };
        self.inverse.iter().map(sum).collect()
    }

    /// Makes the inverse anew by elimination, and from it what each variable is worth.
    fn refresh(&mut self) -> bool {
        self.since_refresh = 0;
        let size = self.active.len();
        let mut matrix = vec![vec![0.0; size]; size];
        for (place, variable) in self.basis.iter().enumerate() {
            if let Some(row) = variable.checked_sub(self.candidates) {
                self.position[row].into_iter().for_each(|at| matrix[at][place] = -1.0);
            } else {
                let positions = self.rows_of[*variable].iter().filter_map(|row| self.position[*row]);
                positions.for_each(|at| matrix[at][place] = 1.0);
            }
        }
        let Some(inverse) = inverted(matrix) else { return false };
        self.inverse = inverse;
        let cost = |variable: &usize| self.cost.get(*variable).copied().unwrap_or(0.0);
        let mut duals = vec![0.0; size];
        for (variable, line) in self.basis.iter().zip(&self.inverse) {
            let cost = cost(variable);
            duals.iter_mut().zip(line).for_each(|(sum, value)| *sum += cost * value);
        }
        self.reduced[..self.candidates].copy_from_slice(&self.cost);
        for (position, row) in self.active.iter().enumerate() {
            self.members[*row].iter().for_each(|member| self.reduced[*member] -= duals[position]);
            self.reduced[self.candidates + row] = duals[position];
        }
        self.basis.iter().for_each(|basic| self.reduced[*basic] = 0.0);
        // Rounding may have turned a worth that is next to nothing.
        let rows: Vec<usize> = self.active.iter().map(|row| self.candidates + row).collect();
        (0..self.candidates).chain(rows).for_each(|variable| {
            if self.reduced[variable].abs() > FEASIBLE {
                self.settle(variable);
            }
        });
        true
    }
}

/// The scores as floats, each a little higher the earlier the candidate comes among equals: less than half a unit for all
/// that are taken together. Equal scores would make long walks over sets of equal totals.
fn perturbed(problem: &Problem) -> Vec<f64> {
    let count = problem.scores.len();
    let places = problem.rows.first().map_or(1, |row| row.most.clamp(1, 1_000_000));
    let share = 0.4 / (real(places) * real(i64::try_from(count).unwrap_or(i64::MAX).max(1)));
    let rank = |at: usize| real(i64::try_from(count - at).unwrap_or(i64::MAX));
    problem.scores.iter().enumerate().map(|(at, score)| real(*score) + share * rank(at)).collect()
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// Gauss and Jordan, with the largest pivot of each column; none if the matrix is singular.
fn inverted(mut matrix: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let size = matrix.len();
    let unit = |at: usize| (0..size).map(|other| if other == at { 1.0 } else { 0.0 }).collect();
    let mut inverse: Vec<Vec<f64>> = (0..size).map(unit).collect();
    for at in 0..size {
        let best = (at..size).max_by(|a, b| matrix[*a][at].abs().total_cmp(&matrix[*b][at].abs()))?;
        matrix.swap(at, best);
        inverse.swap(at, best);
        let head = matrix[at][at];
        if head.abs() < PIVOT {
            return None;
        }
        matrix[at].iter_mut().chain(inverse[at].iter_mut()).for_each(|value| *value /= head);
        let (pivot, pivot_inverse) = (matrix[at].clone(), inverse[at].clone());
        for other in 0..size {
            let factor = matrix[other][at];
            if other != at && factor != 0.0 {
                matrix[other].iter_mut().zip(&pivot).for_each(|(value, pivot)| *value -= factor * pivot);
                inverse[other].iter_mut().zip(&pivot_inverse).for_each(|(value, pivot)| *value -= factor * pivot);
            }
        }
    }
    Some(inverse)
}

/// A count or a score as a float, for choosing only.
#[allow(clippy::cast_precision_loss, reason = "a guide; what is claimed is added up in integers")]
pub(super) fn real(count: i64) -> f64 {
    count as f64
}
