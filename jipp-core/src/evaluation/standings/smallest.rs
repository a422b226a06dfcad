//! The smallest change that moves one of the two at the cut across it.
//!
//! What that takes depends on what draws the cut:
//!
//! | the cut | the least that changes who is inside |
//! | --- | --- |
//! | places, all taken | the two swap |
//! | a pass mark alone, or with places to spare | the one outside reaches the mark, or the one inside falls below it |
//! | places, all taken, and the one outside is below the mark too | the two swap, or the one inside falls below the mark |
//!
//! Every change is judged by scoring the two anew, under the same pass mark, with one place where all are taken and with
//! room for both where not.

use serde::{Deserialize, Serialize};

use super::contest::Contest;
use super::lines::{Hit, Moving, Path, Share};
use super::place::{Cut, Position};
use super::sensitivity::{Way, towards, weight_at};
use super::what_if::Change;
use crate::base::{AssessorId, Code, Error, ProposalId, Result, Score, SheetId, Weight};
use crate::model::Line;

/// What a change does to the two at the cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CutEffect {
    /// The one outside comes in for the one inside.
    Swaps,
    /// The one outside reaches the pass mark and comes in; the one inside stays.
    Lifts,
    /// The one inside falls below the pass mark; the one outside stays there.
    Drops,
}

/// A score that, changed so far, changes who of the two is inside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreChange {
    /// What it does.
    pub effect: CutEffect,
    /// The stage.
    pub stage: Line,
    /// The sheet.
    pub sheet: SheetId,
    /// Who scored.
    pub assessor: AssessorId,
    /// The proposal.
    pub proposal: ProposalId,
    /// The criterion.
    pub criterion: Line,
    /// The score as it counts.
    pub from: Score,
    /// The nearest score that does it, one that the criterion can have.
    pub to: Score,
}

/// A weight that, changed so far, changes who of the two is inside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeightChange {
    /// What it does.
    pub effect: CutEffect,
    /// The stage.
    pub stage: Line,
    /// The criterion; none for the weight of the stage itself.
    pub criterion: Option<Line>,
    /// The weight as it is.
    pub from: Weight,
    /// The nearest weight that does it, the others as they are.
    pub to: Weight,
}

/// The pair at the cut, and how little would change who of them is inside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtTheCut {
    /// The last inside.
    pub inside: ProposalId,
    /// The first outside.
    pub outside: ProposalId,
    /// How many points are between them.
    pub gap: Score,
    /// The smallest change of one score; none if no single one suffices.
    pub score: Option<ScoreChange>,
    /// The smallest change of one weight, by its share; none if no single one suffices, or if criteria were left out of
    /// their sheets, which shifts the shares there.
    pub weight: Option<WeightChange>,
}

/// The one inside and the one outside, in this order, alone with each other and with as much room as they have.
struct Pair {
    contest: Contest,
    inside: ProposalId,
}

impl Pair {
    /// What came of a change.
    fn effect_in(&self, contest: &Contest) -> Option<CutEffect> {
        let standings = contest.run().ok()?.standings;
        let position = |is_inside: bool| {
            let mut places = standings.places.iter();
            places.find(|place| (place.proposal == self.inside) == is_inside)?.position
        };
        match (position(true)?, position(false)?) {
            (Position::Outside, Position::Inside) => Some(CutEffect::Swaps),
            (Position::Inside, Position::Inside) => Some(CutEffect::Lifts),
            (Position::Outside, Position::Outside) => Some(CutEffect::Drops),
            _ => None,
        }
    }

    fn effect_of(&self, change: &Change) -> Option<CutEffect> {
        let mut contest = self.contest.clone();
        contest.change(change).ok()?;
        self.effect_in(&contest)
    }
}

impl Contest {
    /// The last inside and the first outside, and the smallest change of one score, and of one weight, after which one
    /// of the two is on the other side of the cut: by the total, or by the tie-break where their totals then are equal.
    /// What it does, swap them, lift one over the pass mark or drop one below it, is told with it.
    ///
    /// A changed score is one that the criterion can have: one of its options, if it has any, else in steps of `step` (a
    /// whole point, where scores are whole points) from what it is, within the scale. Of several smallest changes the
    /// first by sheet id and criterion. A weight is looked for where totals cross, not where they only touch or where
    /// rounding to a millionth alone tells them apart. Looked at are the two alone: of others who share their places
    /// nothing is said.
    ///
    /// # Errors
    /// `undetermined` without a cut, with nobody on one side of it, or with a tie across it; `option-invalid` for a
    /// step that is not above 0; else as [`run`](Contest::run).
    ///
    /// # Complexity
    /// One run of the whole; some thousand runs of the two alone.
    pub fn at_the_cut(&self, step: Score) -> Result<AtTheCut> {
        if step <= Score::ZERO {
            return Err(Error::new(Code::OptionInvalid).field("step").value(step).expected("above 0"));
        }
        let standings = self.run()?.standings;
        let lacking = |hint: &str| Error::new(Code::Undetermined).field("cut").expected(hint);
        if standings.at(Position::Tied).next().is_some() {
            return Err(lacking("a decision between those tied at the cut: any change decides"));
        }
        let (inside, outside) = standings
            .at(Position::Inside)
            .last()
            .zip(standings.at(Position::Outside).next())
            .ok_or_else(|| lacking("a cut with somebody on both sides of it"))?;
        let place = |id: &ProposalId| self.entrants.iter().position(|one| one.proposal == *id);
        let places: Vec<usize> = [&inside.proposal, &outside.proposal].into_iter().filter_map(place).collect();
        let is_full = standings.cut.as_ref().is_some_and(|line| line.cut.places == Some(line.inside));
        let cut = Cut { places: is_full.then_some(1), pass_mark: self.cut.pass_mark };
        let pair = Pair { contest: self.among(&places).with_cut(cut), inside: inside.proposal.clone() };
        Ok(AtTheCut {
            score: pair.smallest_score(step),
            weight: pair.smallest_weight(),
            gap: inside.score - outside.score,
            inside: pair.inside.clone(),
            outside: outside.proposal.clone(),
        })
    }
}

/// The scores that a cell can have instead of its own, the nearest first, all on one side of it.
enum Ladder {
    Listed(Vec<i64>),
    Steps { first: i64, step: i64, count: usize },
}

impl Ladder {
    fn new(allowed: &[Score], [lowest, highest]: [i64; 2], from: i64, step: i64, way: Way) -> Self {
        if !allowed.is_empty() {
            let is_beyond = |score: &i64| if way == Way::Up { *score > from } else { *score < from };
            let mut scores: Vec<i64> = allowed.iter().map(|score| score.units()).filter(is_beyond).collect();
            scores.sort_unstable_by_key(|score| score.abs_diff(from));
            return Self::Listed(scores);
        }
        // What counts in place of a missing score may lie outside the scale: the first step is then the first on it.
        let (short, room, step) = match way {
            Way::Up => (lowest - from, highest - from, step),
            Way::Down => (from - highest, from - lowest, -step),
        };
        let size = step.abs();
        let first = ((short + size - 1) / size).max(1);
        let count = usize::try_from(room / size - first + 1).unwrap_or(0);
        Self::Steps { first: from + first * step, step, count }
    }

    fn len(&self) -> usize {
        match self {
            Self::Listed(scores) => scores.len(),
            Self::Steps { count, .. } => *count,
        }
    }

    fn get(&self, number: usize) -> Option<i64> {
        match self {
            Self::Listed(scores) => scores.get(number).copied(),
            Self::Steps { first, step, count } => {
                let number = i64::try_from(number).ok().filter(|_| number < *count)?;
                Some(first + number * step)
            }
        }
    }
}

impl Pair {
    fn smallest_score(&self, step: Score) -> Option<ScoreChange> {
        let mut best: Option<(i64, ScoreChange)> = None;
        for (round, of) in self.contest.rounds.iter().enumerate().filter(|(_, of)| of.weight > Weight::ZERO) {
            let width = of.scored.weighing.codes.len();
            for cell in 0..of.scored.cells.len() {
                let Some(from) = of.scored.cells[cell] else { continue };
                let Some((to, effect)) = self.nearest_score(round, cell, from, step) else { continue };
                let sheet = &of.scored.sheets[cell / width];
                let change = ScoreChange {
                    effect,
                    stage: of.scored.code.clone(),
                    sheet: sheet.id.clone(),
                    assessor: of.scored.assessors[sheet.assessor].clone(),
                    proposal: of.scored.proposals[usize::from(!of.scored.ranges[0].contains(&(cell / width)))].clone(),
                    criterion: of.scored.weighing.codes[cell % width].clone(),
                    from: Score::from_units(from),
                    to: Score::from_units(to),
                };
                let size = from.abs_diff(to);
                let size = i64::try_from(size).unwrap_or(i64::MAX);
                let is_better = best
                    .as_ref()
                    .is_none_or(|(least, other)| size < *least || (size == *least && change.sheet < other.sheet));
                if is_better {
                    best = Some((size, change));
                }
            }
        }
        best.map(|(_, change)| change)
    }

    /// The nearest score of a cell that has an effect: raising a score never lowers its proposal, so halving finds it.
    fn nearest_score(&self, round: usize, cell: usize, from: i64, step: Score) -> Option<(i64, CutEffect)> {
        let scored = &self.contest.rounds[round].scored;
        let width = scored.weighing.codes.len();
        let way = if scored.ranges[0].contains(&(cell / width)) { Way::Down } else { Way::Up };
        let allowed = scored.weighing.allowed(cell % width);
        let ladder = Ladder::new(allowed, scored.scale().map(Score::units), from, step.units(), way);
        let mut contest = self.contest.clone();
        let mut effect = |number: usize| {
            let to = ladder.get(number)?;
            contest.rounds[round].scored.cells[cell] = Some(to);
            Some((to, self.effect_in(&contest)?))
        };
        let (mut first, mut last) = (0, ladder.len().checked_sub(1)?);
        let mut found = effect(last)?;
        while first < last {
            let middle = usize::midpoint(first, last);
            match effect(middle) {
                Some(nearer) => (found, last) = (nearer, middle),
                None => first = middle + 1,
            }
        }
        Some(found)
    }

    fn smallest_weight(&self) -> Option<WeightChange> {
        let mut best: Option<(Share, WeightChange)> = None;
        for moving in self.contest.weights() {
            for way in [Way::Down, Way::Up] {
                let Some((distance, change)) = self.nearest_weight(moving, way) else { continue };
                let is_nearer =
                    |(other, _): &(Share, WeightChange)| distance.part * other.whole < other.part * distance.whole;
                if best.as_ref().is_none_or(is_nearer) {
                    best = Some((distance, change));
                }
            }
        }
        best.map(|(_, change)| change)
    }

    /// The nearest weight on a way that has an effect, and how far its share moves.
    fn nearest_weight(&self, moving: Moving, way: Way) -> Option<(Share, WeightChange)> {
        let (own, others) = self.contest.beside(moving);
        if others <= 0 {
            return None;
        }
        let here = Share { part: own, whole: own + others };
        let start = match self.crossing(moving, way, here).ok()? {
            Some(hit) => weight_at(hit.at, others, way).units(),
            // What only meets at the end has its effect there, if any.
            None if way == Way::Down => 0,
            None => return None,
        };
        let (stage, criterion) = self.contest.named(moving)?;
        let change = |weight: i64| {
            let (stage, weight) = (stage.clone(), Weight::from_units(weight));
            match criterion.clone() {
                Some(criterion) => Change::CriterionWeight { stage, criterion, weight },
                None => Change::StageWeight { stage, weight },
            }
        };
        let from = i64::try_from(own).unwrap_or(i64::MAX);
        let effect = |weight: i64| self.effect_of(&change(weight));
        let (to, effect) = nearest(start, from, way, effect)?;
        let there = Share { part: i128::from(to), whole: i128::from(to) + others };
        let distance =
            Share { part: (there.part * here.whole - here.part * there.whole).abs(), whole: there.whole * here.whole };
        let (from, to) = (Weight::from_units(from), Weight::from_units(to));
        Some((reduced(distance), WeightChange { effect, stage, criterion, from, to }))
    }

    /// Where on a way the total of one first passes that of the other, or the pass mark; or why totals are no lines.
    fn crossing(&self, moving: Moving, way: Way, here: Share) -> Result<Option<Hit>, &'static str> {
        let path = |place| self.contest.paths(moving, &[place]);
        let (inside, outside) = (path(0)?, path(1)?);
        let Cut { places, pass_mark } = self.contest.cut;
        let mark: Vec<Path> = pass_mark.iter().map(|mark| Path::level(mark.units())).collect();
        let rises = if places.is_some() { &inside } else { &mark };
        let hits = [towards(way, &inside, &mark, here), towards(way, rises, &outside, here)];
        Ok(hits.into_iter().flatten().min_by(|one, other| {
            let order = one.at.order(&other.at);
            if way == Way::Up { order } else { order.reverse() }
        }))
    }
}

/// The nearest weight to the present one that has an effect, about where lines cross: there totals are equal but for
/// rounding, so that the effect may begin a little before or after.
fn nearest(start: i64, from: i64, way: Way, effect: impl Fn(i64) -> Option<CutEffect>) -> Option<(i64, CutEffect)> {
    let sign = if way == Way::Up { 1 } else { -1 };
    // So many steps beyond the crossing, no further back than the present weight and no further down than nothing.
    let beyond = |steps: i64| start.saturating_add(sign * steps).max(0);
    let back = -i64::try_from(start.abs_diff(from)).unwrap_or(i64::MAX);
    let powers = || (0..i64::BITS - 2).map(|power| 1_i64 << power);
    let (mut not, mut yes) = if effect(start).is_some() {
        let not = powers().map(|steps| -steps).find(|steps| *steps <= back || effect(beyond(*steps)).is_none())?;
        (not.max(back), 0)
    } else {
        let mut ahead = powers().take_while(|steps| way == Way::Up || steps / 2 < start);
        let yes = ahead.find(|steps| effect(beyond(*steps)).is_some())?;
        (yes / 2, yes)
    };
    while yes - not > 1 {
        let middle = i64::midpoint(not, yes);
        if effect(beyond(middle)).is_some() { yes = middle } else { not = middle }
    }
    Some((beyond(yes), effect(beyond(yes))?))
}

/// To parts in 2^60, so that two of them can be multiplied.
fn reduced(share: Share) -> Share {
    const PARTS: i128 = 1 << 60;
    let scale = (share.whole / PARTS).max(1);
    Share { part: share.part / scale, whole: (share.whole / scale).max(1) }
}
