//! How far each weight can move before the set inside the cut is another.

use serde::{Deserialize, Serialize};

use super::contest::Contest;
use super::lines::{Hit, Moving, Path, Share, first_crossing};
use super::place::{Position, Standings};
use crate::base::{Code, Error, ProposalId, Result, Weight};
use crate::model::Line;

/// Where the set inside changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crossing {
    /// As far as this the weight can move, while the others keep theirs: the crossing, to the millionth before it.
    pub weight: Weight,
    /// Its share, then, of the weights it is averaged with, 0 to 1.
    pub share: Weight,
    /// Who comes in beyond it; nobody where somebody only falls below the pass mark.
    pub enters: Option<ProposalId>,
    /// Who goes out beyond it; nobody where somebody only reaches the pass mark.
    pub leaves: Option<ProposalId>,
}

/// How far a weight can move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeightRange {
    /// The stage.
    pub stage: Line,
    /// The criterion; none for the weight of the stage itself.
    pub criterion: Option<Line>,
    /// The weight as it is.
    pub weight: Weight,
    /// Its share of the weights it is averaged with: the criteria of its level, the parts of one criterion, or the
    /// stages.
    pub share: Weight,
    /// How far down; none if it may go to zero (at zero itself, those who are equal then are a matter of the
    /// tie-break).
    pub down: Option<Crossing>,
    /// How far up; none if it may be all that counts.
    pub up: Option<Crossing>,
    /// Why it cannot be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undetermined: Option<String>,
}

/// Those inside and outside, by their places among the entrants.
struct Sides {
    inside: Vec<usize>,
    outside: Vec<usize>,
    /// Whether all places are taken.
    is_full: bool,
}

/// The two ways that a weight can move.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Down,
    Up,
}

impl Contest {
    /// How far each weight above a single criterion can move, down and up, before the set inside the cut is another.
    ///
    /// The other weights stay as they are. As every mean divides by the sum of its weights, this is the same as moving
    /// the *share* of the criterion, with the others giving way in proportion; both are told. Of a criterion with parts
    /// it is its own weight that moves, of a part its weight among the parts.
    ///
    /// The crossings are exact, not searched for on a grid: totals are straight lines in the share, and the first
    /// crossing of the lowest inside and the highest outside is found by Newton's method in whole numbers. They are
    /// computed without the rounding of totals to a millionth: within a millionth of a point of a crossing, rounding
    /// and tie-breaks decide.
    ///
    /// A range says so where it cannot be told: where criteria were left out of some sheets, the share that a weight
    /// has there is another, and totals are no straight lines.
    ///
    /// # Errors
    /// `undetermined` without a cut, where proposals are tied at the cut, or where nobody is inside; else as
    /// [`run`](Contest::run).
    ///
    /// # Complexity
    /// O(criteria × sheets × criteria) for means; for medians and trimmed means times the crossings of sheets up to the
    /// first change, at worst.
    pub fn weight_ranges(&self) -> Result<Vec<WeightRange>> {
        let standings = self.run()?.standings;
        let sides = self.sides(&standings)?;
        let ranges = self.weights().into_iter().filter_map(|moving| self.range(moving, &sides));
        Ok(ranges.collect())
    }

    fn sides(&self, standings: &Standings) -> Result<Sides> {
        let lacking = |hint: &str| Err(Error::new(Code::Undetermined).field("cut").expected(hint));
        let Some(cut) = &standings.cut else { return lacking("a number of places or a pass mark") };
        if !cut.tied.is_empty() {
            return lacking("a decision between those tied at the cut: any weight may be what decides");
        }
        if cut.inside == 0 {
            return lacking("somebody inside");
        }
        let by_id: rustc_hash::FxHashMap<&ProposalId, usize> =
            self.entrants.iter().enumerate().map(|(place, one)| (&one.proposal, place)).collect();
        let at = |position| standings.at(position).filter_map(|one| by_id.get(&one.proposal).copied()).collect();
        let is_full = cut.cut.places.is_some_and(|places| places == cut.inside);
        Ok(Sides { inside: at(Position::Inside), outside: at(Position::Outside), is_full })
    }

    fn range(&self, moving: Moving, sides: &Sides) -> Option<WeightRange> {
        let (own, others) = self.beside(moving);
        if others <= 0 {
            return None;
        }
        let (stage, criterion) = self.named(moving)?;
        let share = Share { part: own, whole: own + others };
        let mut range = WeightRange {
            stage,
            criterion,
            weight: Weight::from_units(i64::try_from(own).unwrap_or(i64::MAX)),
            share: parts_in_a_million(share, Way::Down),
            down: None,
            up: None,
            undetermined: None,
        };
        match (self.paths(moving, &sides.inside), self.paths(moving, &sides.outside)) {
            (Ok(inside), Ok(outside)) => {
                range.down = self.crossing(Way::Down, share, others, sides, [&inside, &outside]);
                range.up = self.crossing(Way::Up, share, others, sides, [&inside, &outside]);
            }
            (Err(reason), _) | (_, Err(reason)) => range.undetermined = Some(reason.to_owned()),
        }
        Some(range)
    }

    /// The names of stage and criterion.
    pub(super) fn named(&self, moving: Moving) -> Option<(Line, Option<Line>)> {
        let scored = &self.rounds.get(moving.round)?.scored;
        let criterion = moving.criterion.and_then(|criterion| scored.weighing.codes.get(criterion).cloned());
        Some((scored.code.clone(), criterion))
    }

    fn crossing(
        &self,
        way: Way,
        share: Share,
        others: i128,
        sides: &Sides,
        [inside, outside]: [&[Path]; 2],
    ) -> Option<Crossing> {
        let id = |places: &[usize], number: usize| {
            let place = places.get(number)?;
            Some(self.entrants.get(*place)?.proposal.clone())
        };
        let mark: Vec<Path> = self.cut.pass_mark.iter().map(|mark| Path::level(mark.units())).collect();
        let hit = |inside: &[Path], outside: &[Path]| towards(way, inside, outside, share);
        let told = |hit: Hit, enters, leaves| {
            let (weight, share) = (weight_at(hit.at, others, way), parts_in_a_million(hit.at, way));
            Crossing { weight, share, enters, leaves }
        };
        let falls = hit(inside, &mark).map(|hit| (hit, told(hit, None, id(&sides.inside, hit.inside))));
        let other = if sides.is_full {
            let swap = hit(inside, outside);
            swap.map(|hit| (hit, told(hit, id(&sides.outside, hit.outside), id(&sides.inside, hit.inside))))
        } else {
            hit(&mark, outside).map(|hit| (hit, told(hit, id(&sides.outside, hit.outside), None)))
        };
        let nearest = falls.into_iter().chain(other).min_by(|(one, _), (other, _)| {
            let order = (one.at.part * other.at.whole).cmp(&(other.at.part * one.at.whole));
            if way == Way::Up { order } else { order.reverse() }
        });
        nearest.map(|(_, crossing)| crossing)
    }
}

/// The first crossing on a way from a share.
pub(super) fn towards(way: Way, inside: &[Path], outside: &[Path], share: Share) -> Option<Hit> {
    if way == Way::Up {
        return first_crossing(inside, outside, share);
    }
    let turned = |paths: &[Path]| paths.iter().map(Path::turned).collect::<Vec<_>>();
    let hit = first_crossing(&turned(inside), &turned(outside), share.rest())?;
    Some(Hit { at: hit.at.rest(), ..hit })
}

/// The weight that has a share beside others, to the millionth not beyond it.
pub(super) fn weight_at(share: Share, others: i128, way: Way) -> Weight {
    let rest = share.whole - share.part;
    let weight = if rest > 0 { divided(share.part * others, rest, way) } else { i128::MAX };
    Weight::from_units(i64::try_from(weight).unwrap_or(i64::MAX))
}

/// A share in millionths, not beyond it.
fn parts_in_a_million(share: Share, way: Way) -> Weight {
    let parts = divided(share.part * i128::from(Weight::SCALE), share.whole, way);
    Weight::from_units(i64::try_from(parts).unwrap_or(i64::MAX))
}

/// Of numbers that are not negative: rounded down on the way up, up on the way down.
fn divided(part: i128, whole: i128, way: Way) -> i128 {
    match way {
        Way::Up => part / whole,
        Way::Down => (part + whole - 1) / whole,
    }
}
