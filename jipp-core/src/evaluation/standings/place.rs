//! Places, shared where nothing tells proposals apart, and the cut.

use rustc_hash::{FxBuildHasher, FxHashSet};
use serde::{Deserialize, Serialize};

use super::keys::{Group, split};
use crate::base::{Code, Error, PartialDate, ProposalId, Result, Score};
use crate::model::Line;

/// What a tie-break compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Key {
    /// A mean: the higher first.
    Mean(Option<Score>),
    /// A day: the earlier first.
    On(Option<PartialDate>),
}

/// A proposal in a ranking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contender {
    /// The proposal.
    pub proposal: ProposalId,
    /// What it is ranked by; none if it has none.
    pub score: Option<Score>,
    /// What decides between equal scores, in the order of the tie-break.
    pub keys: Vec<Key>,
    /// What it lacks, if it has no score: codes of stages.
    pub lacking: Vec<Line>,
}

/// Who is inside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Cut {
    /// How many places there are; as many as pass, if absent.
    pub places: Option<u32>,
    /// The score that must be reached.
    pub pass_mark: Option<Score>,
}

impl Cut {
    pub(super) fn is_none(self) -> bool {
        self.places.is_none() && self.pass_mark.is_none()
    }
}

/// On which side of the cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    /// Below the cut, or without a score.
    Outside,
    /// On a place that lies across the cut: some of those on it are inside, and nothing says which.
    Tied,
    /// Above the cut.
    Inside,
}

/// The place of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The proposal.
    pub proposal: ProposalId,
    /// Its place, from 1.
    pub place: u32,
    /// The score it was ranked by.
    pub score: Score,
    /// How many are on this place.
    pub shared_by: u32,
    /// The key of the tie-break that last told it from others with the same score; none where the score alone did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Line>,
    /// On which side of the cut; none without a cut.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
}

/// A proposal that has no place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unplaced {
    /// The proposal.
    pub proposal: ProposalId,
    /// The codes of the stages in which it has no score.
    pub lacking: Vec<Line>,
}

/// What happened at the cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutLine {
    /// The cut.
    pub cut: Cut,
    /// How many are surely inside.
    pub inside: u32,
    /// Those on a place that lies across the cut.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tied: Vec<ProposalId>,
    /// How many places are left for them.
    pub open: u32,
    /// The key of the tie-break that decided between the last inside and the first outside, where their scores are
    /// equal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Line>,
}

/// Who stands where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standings {
    /// The places, best first; those on one place in the order of their ids.
    pub places: Vec<Place>,
    /// Those without a score, in the order they came in.
    pub unplaced: Vec<Unplaced>,
    /// The keys of the tie-break.
    pub tie_break: Vec<Line>,
    /// What happened at the cut, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut: Option<CutLine>,
}

impl Standings {
    /// The place of a proposal.
    ///
    /// # Complexity
    /// O(proposals).
    pub fn of(&self, proposal: &ProposalId) -> Option<&Place> {
        self.places.iter().find(|place| place.proposal == *proposal)
    }

    /// Those on one side of the cut, best first.
    pub fn at(&self, position: Position) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(move |place| place.position == Some(position))
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Ranks proposals by their scores, equal ones by the keys, and draws the cut.
///
/// # Errors
/// * `duplicate-id`: the same proposal twice.
/// * `field-missing`: a contender with fewer keys than the tie-break has; `too-many`: with more.
///
/// # Complexity
/// O(n log n).
///
/// ```
/// use jipp_core::base::Score;
/// use jipp_core::evaluation::standings::{Contender, Cut, Key, Position, rank};
/// use jipp_core::model::Line;
/// let contender = |id: &str, score: i64, impact: i64| -> jipp_core::Result<Contender> {
///     let keys = vec![Key::Mean(Some(Score::from_int(impact)))];
///     Ok(Contender { proposal: id.parse()?, score: Some(Score::from_int(score)), keys, lacking: vec![] })
/// };
/// let all = [contender("a", 80, 70)?, contender("b", 90, 90)?, contender("c", 80, 75)?, contender("d", 80, 70)?];
/// let standings = rank(&all, &[Line::new("impact")?], Cut { places: Some(3), pass_mark: None })?;
/// let places: Vec<_> = standings.places.iter().map(|one| (one.proposal.as_str(), one.place)).collect();
/// assert_eq!(places, [("b", 1), ("c", 2), ("a", 3), ("d", 3)]);
/// assert_eq!(standings.places[1].decided_by.as_deref(), Some("impact"));
/// // One place is left for two whom nothing tells apart.
/// assert_eq!(standings.places[2].position, Some(Position::Tied));
/// # Ok::<(), jipp_core::Error>(())
/// ```
pub fn rank(contenders: &[Contender], tie_break: &[Line], cut: Cut) -> Result<Standings> {
    check(contenders, tie_break)?;
    let mut scored: Vec<(Score, usize)> =
        contenders.iter().enumerate().filter_map(|(number, one)| Some((one.score?, number))).collect();
    scored.sort_unstable_by_key(|(score, number)| (std::cmp::Reverse(*score), *number));
    let mut groups = Vec::with_capacity(scored.len());
    for equals in scored.chunk_by(|one, other| one.0 == other.0) {
        split(contenders, equals.iter().map(|one| one.1).collect(), 0, None, &mut groups);
    }
    let mut places: Vec<Place> = Vec::with_capacity(scored.len());
    for group in &groups {
        place(group, contenders, tie_break, cut, &mut places);
    }
    let lacking = contenders.iter().filter(|one| one.score.is_none());
    let unplaced =
        lacking.map(|one| Unplaced { proposal: one.proposal.clone(), lacking: one.lacking.clone() }).collect();
    let cut = (!cut.is_none()).then(|| cut_line(cut, &places));
    Ok(Standings { places, unplaced, tie_break: tie_break.to_vec(), cut })
}

fn check(contenders: &[Contender], tie_break: &[Line]) -> Result<()> {
    let mut seen = FxHashSet::with_capacity_and_hasher(contenders.len(), FxBuildHasher);
    if let Some(again) = contenders.iter().find(|one| !seen.insert(&one.proposal)) {
        return Err(Error::new(Code::DuplicateId).about(format!("proposal {}", again.proposal)));
    }
    let wanted = tie_break.len();
    match contenders.iter().find(|one| one.keys.len() != wanted) {
        Some(one) => {
            let code = if one.keys.len() < wanted { Code::FieldMissing } else { Code::TooMany };
            let error = Error::new(code).about(format!("proposal {}", one.proposal)).field("keys");
            Err(error.value(one.keys.len()).expected(wanted.to_string()))
        }
        None => Ok(()),
    }
}

/// Puts a group on the next place.
fn place(group: &Group, contenders: &[Contender], tie_break: &[Line], cut: Cut, places: &mut Vec<Place>) {
    let (above, shared_by) = (count(places.len()), count(group.members.len()));
    let decided_by = group.decided_by.and_then(|key| tie_break.get(key));
    let position = |score: Score| match cut.places {
        _ if cut.pass_mark.is_some_and(|mark| score < mark) => Position::Outside,
        Some(most) if above >= most => Position::Outside,
        Some(most) if above.saturating_add(shared_by) > most => Position::Tied,
        _ => Position::Inside,
    };
    for one in group.members.iter().filter_map(|member| contenders.get(*member)) {
        let Some(score) = one.score else { continue };
        let position = (!cut.is_none()).then(|| position(score));
        let (proposal, decided_by) = (one.proposal.clone(), decided_by.cloned());
        places.push(Place { proposal, place: above.saturating_add(1), score, shared_by, decided_by, position });
    }
}

fn cut_line(cut: Cut, places: &[Place]) -> CutLine {
    let at = |position| places.iter().filter(move |place| place.position == Some(position));
    let inside = count(at(Position::Inside).count());
    let tied: Vec<ProposalId> = at(Position::Tied).map(|place| place.proposal.clone()).collect();
    let open = cut.places.map_or(0, |most| if tied.is_empty() { 0 } else { most.saturating_sub(inside) });
    let (last, first) = (at(Position::Inside).next_back(), at(Position::Outside).next());
    let decided_by = last.zip(first).filter(|(last, first)| last.score == first.score && tied.is_empty());
    CutLine { cut, inside, tied, open, decided_by: decided_by.and_then(|(last, _)| last.decided_by.clone()) }
}
