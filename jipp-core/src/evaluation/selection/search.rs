//! Branch and bound: candidates are decided one by one where the relaxation leaves them in part.
//!
//! Land and Doig, *An automatic method of solving discrete programming problems*, Econometrica 28, 1960, depth first, with
//! every decision of the bound for single candidates applied at once (reduced-cost fixing; Crowder, Johnson and Padberg,
//! *Solving large-scale zero-one linear programming problems*, Operations Research 31, 1983). The relaxation of composition
//! rules is nearly whole: where they nest, or are two families that each nest, it is whole (the matrix is totally
//! unimodular; Edmonds, *Submodular functions, matroids, and certain polyhedra*, 1970), else it leaves a handful in part.

use super::bound::Bound;
use super::problem::Problem;
use super::simplex::{Simplex, Status, real};

/// A candidate is in part if it misses whole by more than this.
const WHOLE: f64 = 1e-6;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    /// The best set.
    Best,
    /// Any set with this total or more.
    Reach(i64),
    /// Any set that keeps the rows.
    Any,
}

/// What a search found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub set: Option<Vec<bool>>,
    /// No set has more; below every total if there is none.
    pub bound: i64,
    /// Whether the search came to its end.
    pub complete: bool,
}

struct Branch {
    decided: usize,
    candidate: usize,
    other: bool,
    bound: i64,
}

enum Node {
    Closed,
    Whole(Vec<bool>, i64),
    Open { candidate: usize, first: bool, bound: i64 },
}

/// A search over the sets of a problem.
pub(super) struct Search<'p> {
    problem: &'p Problem,
    rows_of: Vec<Vec<usize>>,
    simplex: Simplex,
    granule: i64,
    /// What is decided for good.
    root: Vec<Option<bool>>,
    state: Vec<Option<bool>>,
    /// Candidates decided since, in order.
    decided: Vec<usize>,
    /// The bound before any branch.
    first: Option<Bound>,
    /// For each row, whether its least and its most were needed to show that there is no set.
    pub blamed: Vec<(bool, bool)>,
    /// Pivots that may still be made.
    pub left: u64,
}

impl<'p> Search<'p> {
    pub(super) fn new(problem: &'p Problem, left: u64) -> Self {
        let rows_of = problem.rows_of();
        let simplex = Simplex::new(problem, rows_of.clone());
        let count = problem.scores.len();
        Self {
            problem,
            rows_of,
            simplex,
            granule: problem.scores.iter().fold(0, |divisor, score| gcd(divisor, score.unsigned_abs())).max(1),
            root: vec![None; count],
            state: vec![None; count],
            decided: Vec::new(),
            first: None,
            blamed: vec![(false, false); problem.rows.len()],
            left,
        }
    }

    /// Decides a candidate for this search and all that follow.
    pub(super) fn decide(&mut self, candidate: usize, taken: Option<bool>) {
        self.root[candidate] = taken;
        self.set(candidate, taken);
    }

    /// How a candidate is decided for good.
    pub(super) fn decision(&self, candidate: usize) -> Option<bool> {
        self.root[candidate]
    }

    /// Decides whatever the bound before any branch decides of sets that reach `target`.
    pub(super) fn narrow(&mut self, target: i64) {
        if let Some(first) = &self.first {
            let decide = |candidate: usize| self.root[candidate].or(first.decides(candidate, target, self.granule));
            let decisions: Vec<Option<bool>> = (0..self.root.len()).map(decide).collect();
            for (candidate, decision) in decisions.into_iter().enumerate() {
                if decision != self.root[candidate] {
                    self.root[candidate] = decision;
                    if self.state[candidate].is_none() {
                        self.set(candidate, decision);
                    }
                }
            }
            let keep: Vec<bool> = self.root.iter().map(Option::is_none).collect();
            self.simplex.drop_fixed(&keep);
        }
    }

    /// Searches until the aim is met or shown to be out of reach, or the work is used up.
    pub(super) fn run(&mut self, aim: Aim) -> Found {
        let mut target = match aim {
            Aim::Reach(total) => total,
            Aim::Best | Aim::Any => i64::MIN,
        };
        let mut found: Option<(Vec<bool>, i64)> = None;
        let mut branches: Vec<Branch> = Vec::new();
        let mut bound = i64::MAX;
        loop {
            let before = self.simplex.steps;
            let node = self.node(aim, target, bound);
            let used = self.simplex.steps - before + 1;
            let is_spent = used > self.left;
            self.left = self.left.saturating_sub(used);
            match node {
                Node::Whole(set, total) => {
                    found = Some((set, total));
                    if aim != Aim::Best {
                        break;
                    }
                    target = total.saturating_add(self.granule);
                    self.narrow(target);
                }
                Node::Open { candidate, first, bound: own } => {
                    branches.push(Branch { decided: self.decided.len(), candidate, other: !first, bound: own });
                    self.assume(candidate, first);
                    bound = own;
                }
                Node::Closed => {
                    let Some(own) = self.next(&mut branches, target) else {
                        let best = found.as_ref().map_or(i64::MIN, |(_, total)| *total);
                        self.undo(0);
                        return Found { set: found.map(|(set, _)| set), bound: best, complete: true };
                    };
                    bound = own;
                }
            }
            if is_spent {
                bound = branches.iter().map(|branch| branch.bound).fold(bound, i64::max);
                let best = found.as_ref().map_or(i64::MIN, |(_, total)| *total);
                self.undo(0);
                return Found { set: found.map(|(set, _)| set), bound: bound.max(best), complete: false };
            }
        }
        self.undo(0);
        Found {
            bound: found.as_ref().map_or(i64::MIN, |(_, total)| *total),
            set: found.map(|(set, _)| set),
            complete: true,
        }
    }

    /// Goes back to the last branch whose other way is still open, and takes it; its bound.
    fn next(&mut self, branches: &mut Vec<Branch>, target: i64) -> Option<i64> {
        while let Some(branch) = branches.pop() {
            self.undo(branch.decided);
            // It may have been decided for good meanwhile.
            let is_open = self.state[branch.candidate].is_none_or(|taken| taken == branch.other);
            if branch.bound >= target && is_open {
                self.assume(branch.candidate, branch.other);
                return Some(branch.bound);
            }
        }
        None
    }

    /// Looks at the sets that are left under the present decisions.
    fn node(&mut self, aim: Aim, target: i64, bound: i64) -> Node {
        if bound < target {
            return Node::Closed;
        }
        let is_first = self.decided.is_empty();
        let has_target = target > i64::MIN && aim != Aim::Any;
        // Half a unit of room: what the floats call below may just reach it.
        let cutoff = if has_target { real(target) - 0.5 } else { f64::NEG_INFINITY };
        let mut status = self.simplex.optimise(cutoff);
        if status == Status::Below && self.bound(true).units(self.granule) >= target {
            status = self.simplex.optimise(f64::NEG_INFINITY);
        }
        if let Status::Broken(ray) = &status {
            if Bound::new(self.problem, &self.rows_of, ray, &self.state, false).refutes() {
                self.blame(ray);
                return Node::Closed;
            }
            return self.open(bound, target);
        }
        let here = self.bound(true);
        let bound = here.units(self.granule).min(bound);
        if has_target && bound < target {
            return Node::Closed;
        }
        if has_target {
            for candidate in 0..self.state.len() {
                if self.state[candidate].is_none()
                    && let Some(taken) = here.decides(candidate, target, self.granule)
                {
                    self.assume(candidate, taken);
                }
            }
        }
        if is_first {
            self.first = Some(here);
        }
        if status == Status::Optimal {
            let in_part = |(candidate, value): &(usize, f64)| {
                (value - libm::round(*value)).abs() > WHOLE && self.state[*candidate].is_none()
            };
            let away = |value: f64| (value - 0.5).abs();
            let parts = self.simplex.basic().filter(in_part);
            let middle = parts.min_by(|a, b| away(a.1).total_cmp(&away(b.1)).then(a.0.cmp(&b.0)));
            if let Some((candidate, value)) = middle {
                return Node::Open { candidate, first: value >= 0.5, bound };
            }
            let mut set = self.simplex.stands();
            self.simplex.basic().for_each(|(candidate, value)| set[candidate] = value > 0.5);
            for (candidate, decided) in self.state.iter().enumerate() {
                set[candidate] = decided.unwrap_or(set[candidate]);
            }
            let total = self.problem.total(&set);
            if (!has_target || total >= target) && self.problem.keeps(&set) {
                return Node::Whole(set, total);
            }
        }
        self.open(bound, target)
    }

    /// Goes on where the floats did not help: at the first candidate that is undecided.
    fn open(&mut self, bound: i64, target: i64) -> Node {
        if let Some(candidate) = self.state.iter().position(Option::is_none) {
            return Node::Open { candidate, first: true, bound };
        }
        let set: Vec<bool> = self.state.iter().map(|taken| *taken == Some(true)).collect();
        let total = self.problem.total(&set);
        let counts = self.problem.counts(&set);
        let mut keeps = true;
        for ((count, row), blamed) in counts.iter().zip(&self.problem.rows).zip(&mut self.blamed) {
            keeps &= (row.least..=row.most).contains(count);
            *blamed = (blamed.0 || *count < row.least, blamed.1 || *count > row.most);
        }
        if keeps && total >= target { Node::Whole(set, total) } else { Node::Closed }
    }

    fn bound(&self, scored: bool) -> Bound {
        Bound::new(self.problem, &self.rows_of, &self.simplex.multipliers(), &self.state, scored)
    }

    fn blame(&mut self, ray: &[(usize, f64)]) {
        for (row, price) in ray {
            let blamed = &mut self.blamed[*row];
            // A price above zero rests on the most that the row may have, one below on the least.
            *blamed = (blamed.0 || *price < -1e-9, blamed.1 || *price > 1e-9);
        }
    }

    fn set(&mut self, candidate: usize, taken: Option<bool>) {
        self.state[candidate] = taken;
        self.simplex.fix(candidate, taken);
    }

    fn assume(&mut self, candidate: usize, taken: bool) {
        self.decided.push(candidate);
        self.set(candidate, Some(taken));
    }

    fn undo(&mut self, down_to: usize) {
        while self.decided.len() > down_to {
            if let Some(candidate) = self.decided.pop() {
                self.set(candidate, self.root[candidate]);
            }
        }
    }
}

#[allow(clippy::cast_possible_wrap, reason = "scores fit, so what divides them does")]
fn gcd(one: i64, other: u64) -> i64 {
    let (mut one, mut other) = (one.unsigned_abs(), other);
    while other > 0 {
        (one, other) = (other, one % other);
    }
    one as i64
}
