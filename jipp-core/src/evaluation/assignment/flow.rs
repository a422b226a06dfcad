//! The flow of least cost from proposals to assessors, by successive shortest paths.
//!
//! Each path brings one proposal one more assessor: it goes to an assessor, from there to another who can take over one of
//! the first one's proposals, and so on, and ends at one who takes one more. The cost of ending grows with the load and
//! outweighs all others, so loads come out with the least sum of squares; the rest of the cost is what pairs have in
//! common. What it costs at best that one assessor takes over something from another is kept in a matrix.

use super::panel::{COMMON, NONE, Panel, UNKNOWN};

/// No way.
const FAR: i64 = i64::MAX / 4;

/// What can be taken over from one assessor by another, by what the proposal has in common with them: best first.
const CHANGES: [(u8, u8); 9] = [
    (NONE, COMMON),
    (UNKNOWN, COMMON),
    (NONE, UNKNOWN),
    (NONE, NONE),
    (UNKNOWN, UNKNOWN),
    (COMMON, COMMON),
    (UNKNOWN, NONE),
    (COMMON, UNKNOWN),
    (COMMON, NONE),
];

/// The best proposal to hand over, and the cost.
#[derive(Clone, Copy, Debug)]
struct Handover {
    cost: i64,
    proposal: usize,
}

const NO_HANDOVER: Handover = Handover { cost: FAR, proposal: usize::MAX };

struct Flow<'p, 'a> {
    panel: &'p mut Panel<'a>,
    assessors: usize,
    /// What a common sector is worth; a pair that may have one is worth 1.
    common: i64,
    /// What a difference in load is worth: more than all sectors together.
    level: i64,
    /// For each two assessors and each change the proposals that may be handed over; with some that no longer can.
    lists: Vec<[Vec<usize>; 9]>,
    best: Vec<Handover>,
}

/// Gives every proposal its assessors. If that cannot be done, proposals that together lack places: all that the search
/// came to from one that could not be served.
pub(super) fn fill(panel: &mut Panel<'_>) -> Option<Vec<usize>> {
    let mut flow = Flow::new(panel);
    for _ in 0..flow.panel.per_proposal {
        for proposal in 0..flow.panel.readers.len() {
            // One more for each in turn; fixed pairs have theirs already.
            if flow.panel.lacks(proposal) > 0
                && let Err(reached) = flow.serve(proposal)
            {
                return Some(flow.stuck(proposal, &reached));
            }
        }
    }
    None
}

impl<'p, 'a> Flow<'p, 'a> {
    fn new(panel: &'p mut Panel<'a>) -> Self {
        let assessors = panel.load.len();
        let pairs = i64::try_from(panel.readers.len() * panel.per_proposal).unwrap_or(FAR);
        let common = pairs + 1;
        Self {
            assessors,
            common,
            level: common * pairs + 1,
            lists: vec![std::array::from_fn(|_| Vec::new()); assessors * assessors],
            best: vec![NO_HANDOVER; assessors * assessors],
            panel,
        }
    }

    fn worth(&self, fit: u8) -> i64 {
        match fit {
            COMMON => self.common,
            UNKNOWN => 1,
            _ => 0,
        }
    }

    /// The shortest path from a proposal to an assessor with a free place, taken; else the assessors that can be reached.
    fn serve(&mut self, proposal: usize) -> Result<(), Vec<bool>> {
        let size = self.assessors;
        let mut distance = vec![FAR; size];
        let mut from = vec![usize::MAX; size];
        for assessor in (0..size).filter(|assessor| self.panel.may(proposal, *assessor)) {
            distance[assessor] = -self.worth(self.panel.fit[proposal][assessor]);
        }
        // Bellman and Ford; there are no cycles of negative cost while all flows before were of least cost.
        for _ in 0..size {
            let mut has_changed = false;
            for one in 0..size {
                if distance[one] >= FAR {
                    continue;
                }
                for other in 0..size {
                    let cost = self.best[one * size + other].cost;
                    if cost < FAR && distance[one] + cost < distance[other] {
                        (distance[other], from[other]) = (distance[one] + cost, one);
                        has_changed = true;
                    }
                }
            }
            if !has_changed {
                break;
            }
        }
        let cost = |assessor: &usize| {
            let load = i64::try_from(self.panel.load[*assessor]).unwrap_or(FAR);
            (distance[*assessor] + self.level * (2 * load + 1), *assessor)
        };
        let has_place =
            |assessor: &usize| distance[*assessor] < FAR && self.panel.load[*assessor] < self.panel.capacity[*assessor];
        let Some(end) = (0..size).filter(has_place).min_by_key(cost) else {
            return Err(distance.iter().map(|distance| *distance < FAR).collect());
        };
        self.panel.load[end] += 1;
        let mut moved = vec![proposal];
        let mut at = end;
        let mut path = vec![end];
        while from[at] != usize::MAX && path.len() < size {
            let before = from[at];
            let handed = self.best[before * size + at].proposal;
            let place = self.panel.readers[handed].iter().position(|reader| *reader == before);
            if let Some(place) = place {
                self.panel.readers[handed][place] = at;
                moved.push(handed);
            }
            at = before;
            path.push(at);
        }
        self.panel.readers[proposal].push(at);
        for proposal in moved {
            self.list(proposal);
        }
        for on_path in path {
            for other in 0..size {
                self.renew(on_path, other);
                self.renew(other, on_path);
            }
        }
        Ok(())
    }

    /// Lists a proposal with all who have it and all who could take it over.
    fn list(&mut self, proposal: usize) {
        let panel = &*self.panel;
        for one in panel.readers[proposal].iter().skip(panel.fixed[proposal]) {
            for other in (0..self.assessors).filter(|other| panel.may(proposal, *other)) {
                let change = (panel.fit[proposal][*one], panel.fit[proposal][other]);
                if let Some(kind) = CHANGES.iter().position(|known| *known == change) {
                    let list = &mut self.lists[one * self.assessors + other][kind];
                    if list.last() != Some(&proposal) {
                        list.push(proposal);
                    }
                }
            }
        }
    }

    /// Finds the best handover from one to another again, and drops from the ends of the lists what cannot be handed over
    /// any more.
    fn renew(&mut self, one: usize, other: usize) {
        let panel = &*self.panel;
        let can = |proposal: usize| {
            let readers = &panel.readers[proposal];
            let has = readers.iter().skip(panel.fixed[proposal]).any(|reader| *reader == one);
            has && !readers.contains(&other)
        };
        let pair = one * self.assessors + other;
        let mut best = NO_HANDOVER;
        for (list, (before, after)) in self.lists[pair].iter_mut().zip(CHANGES) {
            while list.last().is_some_and(|proposal| !can(*proposal)) {
                list.pop();
            }
            if let Some(proposal) = list.last() {
                let worth = |fit: u8| if fit == COMMON { self.common } else { i64::from(fit == UNKNOWN) };
                best = Handover { cost: worth(before) - worth(after), proposal: *proposal };
                break;
            }
        }
        self.best[pair] = best;
    }

    /// The proposals that share the lack of one: those that the assessors it came to could hand over.
    fn stuck(&self, proposal: usize, reached: &[bool]) -> Vec<usize> {
        let panel = &*self.panel;
        let is_reached = |other: usize| {
            let mut own = panel.readers[other].iter().skip(panel.fixed[other]);
            other == proposal || own.any(|reader| reached[*reader])
        };
        (0..panel.readers.len()).filter(|other| is_reached(*other)).collect()
    }
}
