//! The smallest change that swaps the two at the cut.

use serde::{Deserialize, Serialize};

use super::contest::Contest;
use super::lines::{Moving, Share};
use super::place::Position;
use super::sensitivity::{Way, towards, weight_at};
use super::what_if::Change;
use crate::base::{AssessorId, Code, Error, ProposalId, Result, Score, SheetId, Weight};
use crate::model::Line;

/// A score that, changed so far, swaps them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreChange {
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
    /// The score as it is.
    pub from: Score,
    /// The nearest score that swaps them.
    pub to: Score,
}

/// A weight that, changed so far, swaps them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeightChange {
    /// The stage.
    pub stage: Line,
    /// The criterion; none for the weight of the stage itself.
    pub criterion: Option<Line>,
    /// The weight as it is.
    pub from: Weight,
    /// The nearest weight that swaps them, the others as they are.
    pub to: Weight,
}

/// The pair at the cut, and how little would swap it.
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
    /// The smallest change of one weight, by its share; none if no single one suffices.
    pub weight: Option<WeightChange>,
}

/// The one inside and the one outside, alone with each other.
struct Pair {
    contest: Contest,
    inside: ProposalId,
}

impl Pair {
    /// Whether the one that was outside stands first.
    fn is_swapped(contest: &Contest, inside: &ProposalId) -> bool {
        contest.run().is_ok_and(|outcome| {
            let first = outcome.standings.places.first();
            first.is_some_and(|first| first.proposal != *inside && first.shared_by == 1)
        })
    }

    fn swapped_by(&self, change: &Change) -> bool {
        let mut contest = self.contest.clone();
        contest.change(change).is_ok() && Self::is_swapped(&contest, &self.inside)
    }
}

impl Contest {
    /// The last inside and the first outside, and the smallest change of one score, and of one weight, that puts the
    /// second before the first: in total, or in the tie-break where their totals then are equal.
    ///
    /// Scores change in steps of `step` (a whole point, where scores are whole points), within the scale. Of several
    /// smallest changes the first by sheet id and criterion.
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
        let pair = Pair { contest: self.among(&places), inside: inside.proposal.clone() };
        Ok(AtTheCut {
            score: pair.smallest_score(step),
            weight: pair.smallest_weight(),
            gap: inside.score - outside.score,
            inside: pair.inside.clone(),
            outside: outside.proposal.clone(),
        })
    }
}

impl Pair {
    fn smallest_score(&self, step: Score) -> Option<ScoreChange> {
        let mut best: Option<(i64, ScoreChange)> = None;
        for (round, of) in self.contest.rounds.iter().enumerate().filter(|(_, of)| of.weight > Weight::ZERO) {
            let width = of.scored.weighing.codes.len();
            for cell in 0..of.scored.cells.len() {
                let Some(from) = of.scored.cells[cell] else { continue };
                let Some(to) = self.swapping_score(round, cell, from, step) else { continue };
                let sheet = &of.scored.sheets[cell / width];
                let change = ScoreChange {
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

    /// The nearest score of a cell that swaps them: raising a score never lowers its proposal, so halving finds it.
    fn swapping_score(&self, round: usize, cell: usize, from: i64, step: Score) -> Option<i64> {
        let scored = &self.contest.rounds[round].scored;
        let is_inside = scored.ranges[0].contains(&(cell / scored.weighing.codes.len()));
        let [lowest, highest] = scored.scale().map(Score::units);
        let (room, sign) = if is_inside { (from - lowest, -1) } else { (highest - from, 1) };
        let mut contest = self.contest.clone();
        let mut swaps = |steps: i64| {
            contest.rounds[round].scored.cells[cell] = Some(from + sign * steps * step.units());
            Self::is_swapped(&contest, &self.inside)
        };
        let (mut not, mut yes) = (0, room / step.units());
        if !swaps(yes) {
            return None;
        }
        while yes - not > 1 {
            let middle = i64::midpoint(not, yes);
            if swaps(middle) { yes = middle } else { not = middle }
        }
        Some(from + sign * yes * step.units())
    }

    fn smallest_weight(&self) -> Option<WeightChange> {
        let mut best: Option<(Share, WeightChange)> = None;
        for moving in self.contest.weights() {
            for way in [Way::Down, Way::Up] {
                let Some((distance, change)) = self.swapping_weight(moving, way) else { continue };
                let is_nearer =
                    |(other, _): &(Share, WeightChange)| distance.part * other.whole < other.part * distance.whole;
                if best.as_ref().is_none_or(is_nearer) {
                    best = Some((distance, change));
                }
            }
        }
        best.map(|(_, change)| change)
    }

    /// The nearest weight on a way that swaps them, and how far its share moves.
    fn swapping_weight(&self, moving: Moving, way: Way) -> Option<(Share, WeightChange)> {
        let (own, others) = self.contest.beside(moving);
        if others <= 0 {
            return None;
        }
        let here = Share { part: own, whole: own + others };
        let paths = |place| self.contest.paths(moving, &[place]).ok();
        let hit = towards(way, &paths(0)?, &paths(1)?, here)?;
        let (stage, criterion) = self.contest.named(moving)?;
        let start = weight_at(hit.at, others, way).units();
        let change = |weight: i64| match criterion.clone() {
            Some(criterion) => {
                Change::CriterionWeight { stage: stage.clone(), criterion, weight: Weight::from_units(weight) }
            }
            None => Change::StageWeight { stage: stage.clone(), weight: Weight::from_units(weight) },
        };
        let beyond = |steps: i64| match way {
            Way::Up => start.saturating_add(steps),
            Way::Down => start.saturating_sub(steps).max(0),
        };
        // At the crossing itself they are equal but for rounding: a little further, until the swap is there.
        let far =
            (0..i64::BITS - 2).map(|power| 1_i64 << power).find(|steps| self.swapped_by(&change(beyond(*steps))))?;
        let (mut not, mut yes) = (if far == 1 { -1 } else { far / 2 }, far);
        while yes - not > 1 {
            let middle = i64::midpoint(not, yes);
            if self.swapped_by(&change(beyond(middle))) { yes = middle } else { not = middle }
        }
        let to = beyond(yes);
        let from = Weight::from_units(i64::try_from(own).unwrap_or(i64::MAX));
        let there = Share { part: i128::from(to), whole: i128::from(to) + others };
        let distance =
            Share { part: (there.part * here.whole - here.part * there.whole).abs(), whole: there.whole * here.whole };
        let distance = reduced(distance);
        Some((distance, WeightChange { stage, criterion, from, to: Weight::from_units(to) }))
    }
}

/// To parts in 2^60, so that two of them can be multiplied.
fn reduced(share: Share) -> Share {
    const PARTS: i128 = 1 << 60;
    let scale = (share.whole / PARTS).max(1);
    Share { part: share.part / scale, whole: (share.whole / scale).max(1) }
}
