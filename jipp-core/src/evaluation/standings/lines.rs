//! Totals as the share of one weight moves from nothing to everything, and where they cross.
//!
//! Let one weight move and the others stand. Its share θ of the weights it is averaged with goes from 0 to 1, and the
//! total of a sheet is a straight line in it: (1 - θ) times its total without the criterion, plus θ times its total by
//! that criterion alone. So are means of sheets and of stages; medians and trimmed means are made of straight pieces,
//! which change where two sheets of a proposal cross. Everything is whole numbers (hundred-thousandths of a millionth
//! of a point), and a crossing is a quotient of two: exact.
//!
//! The set inside a cut changes where, for the first time, the highest line of those outside rises above the lowest of
//! those inside. On a stretch without breaks their difference is convex, and Newton's method from the far end reaches
//! its root in a few steps, each over all proposals, without looking at pairs.

use std::cmp::Ordering;

use super::contest::{Contest, Round};
use crate::base::Weight;
use crate::evaluation::aggregation::{combined, kept, rounded};
use crate::model::Aggregation;

/// So many parts of a millionth of a point.
const FINE: i64 = 100_000;

/// A share from 0 to 1, as a quotient.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    pub part: i128,
    /// Above 0.
    pub whole: i128,
}

impl Share {
    pub(super) const NOTHING: Self = Self { part: 0, whole: 1 };
    const ALL: Self = Self { part: 1, whole: 1 };

    pub(super) fn order(&self, other: &Self) -> Ordering {
        (self.part * other.whole).cmp(&(other.part * self.whole))
    }
    /// The share of the others.
    pub(super) fn rest(self) -> Self {
        Self { part: self.whole - self.part, whole: self.whole }
    }
}

/// A straight line, by its heights at share 0 and share 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Straight {
    without: i128,
    alone: i128,
}

impl Straight {
    const fn level(height: i128) -> Self {
        Self { without: height, alone: height }
    }
    /// The height at a share, times the whole of the share.
    fn at(self, share: Share) -> i128 {
        (share.whole - share.part) * self.without + share.part * self.alone
    }
}

/// The total of a proposal: straight pieces, each with where it begins.
#[derive(Clone, Debug)]
pub(super) struct Path(Vec<(Share, Straight)>);

impl Path {
    /// A height that no weight changes, in millionths of a point.
    pub(super) fn level(units: i64) -> Self {
        Self(vec![(Share::NOTHING, Straight::level(i128::from(units) * i128::from(FINE)))])
    }

    /// The same seen from the other end: as the share of the others grows.
    pub(super) fn turned(&self) -> Self {
        let ends = self.0.iter().skip(1).map(|(start, _)| *start).chain([Share::ALL]);
        let mut pieces: Vec<(Share, Straight)> = (self.0.iter().zip(ends))
            .map(|((_, line), end)| (end.rest(), Straight { without: line.alone, alone: line.without }))
            .collect();
        pieces.reverse();
        Self(pieces)
    }

    /// The piece after a share.
    fn piece(&self, after: Share) -> Straight {
        let begun = self.0.iter().rev().find(|(start, _)| start.order(&after).is_le());
        begun.or(self.0.first()).map_or(Straight::level(0), |(_, line)| *line)
    }
}

/// The weight that moves: that of a criterion in a round, or of the round.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moving {
    pub round: usize,
    pub criterion: Option<usize>,
}

impl Contest {
    /// Every weight that has others beside it.
    pub(super) fn weights(&self) -> Vec<Moving> {
        let weighing = |round: &usize| self.rounds[*round].weight > Weight::ZERO;
        let criteria = |round: usize| {
            let of = move |criterion| Moving { round, criterion: Some(criterion) };
            (0..self.rounds[round].scored.weighing.codes.len()).map(of)
        };
        let rounds = (0..self.rounds.len()).map(|round| Moving { round, criterion: None });
        (0..self.rounds.len()).filter(weighing).flat_map(criteria).chain(rounds).collect()
    }

    /// The weight itself and what the others beside it add up to.
    pub(super) fn beside(&self, moving: Moving) -> (i128, i128) {
        let (own, all): (i64, Vec<i64>) = match moving.criterion {
            Some(criterion) => {
                let weighing = &self.rounds[moving.round].scored.weighing;
                let all = weighing.siblings(criterion).iter().map(|one| weighing.weights[*one]).collect();
                (weighing.weights[criterion], all)
            }
            None => (
                self.rounds[moving.round].weight.units(),
                self.rounds.iter().map(|round| round.weight.units()).collect(),
            ),
        };
        (i128::from(own), all.into_iter().map(i128::from).sum::<i128>() - i128::from(own))
    }

    /// The totals of some entrants as the weight moves; or why they are not made of straight pieces.
    pub(super) fn paths(&self, moving: Moving, entrants: &[usize]) -> Result<Vec<Path>, &'static str> {
        entrants.iter().map(|place| self.path(moving, *place)).collect()
    }

    fn path(&self, moving: Moving, place: usize) -> Result<Path, &'static str> {
        let round = self.rounds.get(moving.round).ok_or("no such stage")?;
        let whole: i128 = self.rounds.iter().map(|round| i128::from(round.weight.units())).sum();
        let own = i128::from(round.weight.units());
        let others = self
            .rounds
            .iter()
            .enumerate()
            .filter(|(number, other)| *number != moving.round && other.weight > Weight::ZERO);
        let sums = others.map(|(_, other)| Some(i128::from(other.weight.units()) * score(other, place)?));
        let others: i128 = sums.sum::<Option<i128>>().ok_or("a proposal without a score")?;
        let Some(criterion) = moving.criterion else {
            let alone = score(round, place).ok_or("a proposal without a score")?;
            let without = if whole > own { rounded(others, whole - own) } else { alone };
            return Ok(Path(vec![(Share::NOTHING, Straight { without, alone })]));
        };
        let within = |height: i128| rounded(others + own * height, whole.max(1));
        let mut path = stage_path(round, criterion, place)?;
        for (_, line) in &mut path.0 {
            *line = Straight { without: within(line.without), alone: within(line.alone) };
        }
        Ok(path)
    }
}

/// The score of a proposal in a stage.
fn score(round: &Round, place: usize) -> Option<i128> {
    let mut values = vec![None; round.scored.weighing.codes.len()];
    let sheets = round.scored.ranges.get(place)?.clone();
    let total = |number| round.scored.sheet_total(number, &round.scored.weighing.weights, FINE, &mut values);
    let mut totals: Vec<i64> = sheets.filter_map(total).collect();
    combined(round.rules.aggregation, &mut totals).map(i128::from)
}

/// The score of a proposal in a stage as the weight of a criterion moves.
fn stage_path(round: &Round, criterion: usize, place: usize) -> Result<Path, &'static str> {
    let sheets = round.scored.ranges.get(place).cloned().unwrap_or_default();
    let mut lines = Vec::with_capacity(sheets.len());
    for number in sheets {
        lines.extend(sheet_line(round, criterion, number)?);
    }
    let mean = |lines: &[Straight]| {
        let count = i128::try_from(lines.len()).unwrap_or(1).max(1);
        let of = |height: fn(&Straight) -> i128| rounded(lines.iter().map(height).sum(), count);
        Straight { without: of(|line| line.without), alone: of(|line| line.alone) }
    };
    if lines.is_empty() {
        return Err("a proposal without a score");
    }
    let kept = kept(round.rules.aggregation, lines.len());
    if round.rules.aggregation == Aggregation::Mean || kept.len() == lines.len() {
        return Ok(Path(vec![(Share::NOTHING, mean(&lines))]));
    }
    let mut pieces: Vec<(Share, Straight)> = Vec::new();
    for start in breaks(&lines) {
        // In order just after the break: by height, then by slope.
        lines.sort_by_key(|line| (line.at(start), line.alone - line.without));
        let line = mean(lines.get(kept.clone()).unwrap_or_default());
        if pieces.last().is_none_or(|(_, last)| *last != line) {
            pieces.push((start, line));
        }
    }
    Ok(Path(pieces))
}

/// Where lines cross, in order, with 0 at the front.
fn breaks(lines: &[Straight]) -> Vec<Share> {
    let mut breaks = vec![Share::NOTHING];
    for (number, one) in lines.iter().enumerate() {
        for other in &lines[..number] {
            let (at_none, at_all) = (one.without - other.without, one.alone - other.alone);
            if at_none.signum() * at_all.signum() < 0 {
                breaks.push(Share { part: at_none.abs(), whole: at_none.abs() + at_all.abs() });
            }
        }
    }
    breaks.sort_by(Share::order);
    breaks.dedup_by(|one, other| one.order(other).is_eq());
    breaks
}

/// The total of a sheet; none if it has no total at all.
fn sheet_line(round: &Round, criterion: usize, number: usize) -> Result<Option<Straight>, &'static str> {
    let (scored, weighing) = (&round.scored, &round.scored.weighing);
    let mut values = vec![None; weighing.codes.len()];
    let Some(total) = scored.sheet_total(number, &weighing.weights, FINE, &mut values) else { return Ok(None) };
    let others = || weighing.siblings(criterion).iter().filter(|one| **one != criterion && weighing.weights[**one] > 0);
    let (there, all) = (others().filter(|one| values[**one].is_some()).count(), others().count());
    if values[criterion].is_none() || there == 0 {
        return Ok(Some(Straight::level(i128::from(total))));
    }
    if there < all {
        return Err("criteria were left out of some sheets, which shifts the shares of the others there");
    }
    let mut weights = weighing.weights.clone();
    weights[criterion] = 0;
    let without = scored.sheet_total(number, &weights, FINE, &mut values);
    weighing.siblings(criterion).iter().for_each(|one| weights[*one] = 0);
    weights[criterion] = Weight::SCALE;
    let alone = scored.sheet_total(number, &weights, FINE, &mut values);
    let line = |(without, alone)| Straight { without: i128::from(without), alone: i128::from(alone) };
    Ok(without.zip(alone).map(line))
}

/// A crossing: where, and who of each side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub at: Share,
    pub inside: usize,
    pub outside: usize,
}

/// The first share from a start upwards after which some line of those outside is above one of those inside.
pub(super) fn first_crossing(inside: &[Path], outside: &[Path], start: Share) -> Option<Hit> {
    if inside.is_empty() || outside.is_empty() {
        return None;
    }
    let starts = inside.iter().chain(outside).flat_map(|path| path.0.iter().skip(1).map(|(start, _)| *start));
    let mut edges: Vec<Share> = starts.filter(|edge| edge.order(&start).is_gt()).chain([Share::ALL]).collect();
    edges.sort_by(Share::order);
    edges.dedup_by(|one, other| one.order(other).is_eq());
    let mut low = start;
    for high in edges {
        let lines = |paths: &[Path]| paths.iter().map(|path| path.piece(low)).collect::<Vec<_>>();
        let hit = between(&lines(inside), &lines(outside), low, high);
        if hit.is_some() {
            return hit;
        }
        low = high;
    }
    None
}

/// The first crossing on a stretch without breaks.
fn between(inside: &[Straight], outside: &[Straight], low: Share, high: Share) -> Option<Hit> {
    if low.order(&high).is_ge() {
        return None;
    }
    let extremes = |share: Share| {
        let lowest = (0..inside.len()).min_by_key(|number| (inside[*number].at(share), *number)).unwrap_or(0);
        let highest =
            (0..outside.len()).max_by_key(|number| (outside[*number].at(share), usize::MAX - number)).unwrap_or(0);
        (lowest, highest, outside[highest].at(share) > inside[lowest].at(share))
    };
    let (mut one, mut other, is_above) = extremes(high);
    if !is_above {
        return None;
    }
    loop {
        let gap = Straight {
            without: inside[one].without - outside[other].without,
            alone: inside[one].alone - outside[other].alone,
        };
        // The gap is negative further up; where it is not above zero at the low end either, this is where it began.
        let from_the_start = gap.at(low) <= 0;
        let at = if from_the_start { low } else { Share { part: gap.without, whole: gap.without - gap.alone } };
        let (next, with, is_above) = extremes(at);
        if !is_above || from_the_start {
            return Some(Hit { at, inside: one, outside: other });
        }
        (one, other) = (next, with);
    }
}
