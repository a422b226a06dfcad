//! Score sheets, checked: which count, and what they say.

use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::stage::Finding;
use super::weighing::Weighing;
use crate::base::{AssessorId, Code, Error, ProposalId, Result, Score, SheetId, Weight};
use crate::model::{Line, MissingRule, Rubric, ScoreSheet};

/// A sheet that counts.
#[derive(Clone, Debug)]
pub(in crate::evaluation) struct Sheet {
    pub id: SheetId,
    /// The place of its assessor.
    pub assessor: usize,
    pub is_moderated: bool,
    /// The criteria without a score that were left out.
    pub left_out: Vec<usize>,
    /// The criteria without a score that count with the lowest.
    pub at_lowest: Vec<usize>,
}

/// The score sheets of one stage that count, checked against their rubric.
///
/// ```
/// use jipp_core::base::{ProposalId, Score, Weight};
/// use jipp_core::evaluation::aggregation::{Rules, ScoredStage};
/// use jipp_core::model::{Criterion, CriterionScore, Line, MissingRule, Rubric, ScoreSheet};
/// let scale = [Score::ZERO, Score::from_int(100)];
/// let mut rubric = Rubric::new("r@1".parse()?, Line::new("R")?, Line::new("1")?, scale[0], scale[1],
///     Weight::from_int(4), MissingRule::Refuse);
/// for (code, weight) in [("impact", 3), ("cost", 1)] {
///     rubric.criteria.push(Criterion {
///         code: Line::new(code)?, label: Line::new(code)?, label_en: None, weight: Weight::from_int(weight),
///         parent: None, is_required: None, word_limit: None, options: vec![], mark: None, note: None,
///     });
/// }
/// let sheet = |id: &str, assessor: &str, scores: [i64; 2]| -> jipp_core::Result<ScoreSheet> {
///     let mut sheet = ScoreSheet::new(id.parse()?, assessor.parse()?, "p-1".parse()?, Line::new("desk")?);
///     for (code, score) in ["impact", "cost"].iter().zip(scores) {
///         let value = Some(Score::from_int(score));
///         sheet.scores.push(CriterionScore { criterion: Line::new(code)?, value, comment: None });
///     }
///     Ok(sheet)
/// };
/// let sheets = [sheet("s-1", "a-1", [80, 60])?, sheet("s-2", "a-2", [90, 90])?];
/// let proposals: [ProposalId; 2] = ["p-1".parse()?, "p-2".parse()?];
/// let stage = ScoredStage::new("desk", &rubric, &proposals, &sheets)?;
/// let scores = stage.aggregate(&Rules::default());
/// // (3 x 80 + 60) / 4 = 75; (75 + 90) / 2 = 82.5
/// assert_eq!(scores.proposals[0].score, Some("82.5".parse()?));
/// assert_eq!((scores.proposals[1].score, scores.findings.len()), (None, 1));
/// # Ok::<(), jipp_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ScoredStage {
    pub(in crate::evaluation) code: Line,
    pub(in crate::evaluation) weighing: Weighing,
    pub(in crate::evaluation) proposals: Vec<ProposalId>,
    pub(in crate::evaluation) assessors: Vec<AssessorId>,
    /// Proposal by proposal, each in the order of the assessors.
    pub(in crate::evaluation) sheets: Vec<Sheet>,
    /// The sheets of each proposal.
    pub(in crate::evaluation) ranges: Vec<Range<usize>>,
    /// Sheet by sheet, criterion by criterion, in units.
    pub(in crate::evaluation) cells: Vec<Option<i64>>,
    pub(super) replaced: usize,
    pub(super) elsewhere: usize,
    pub(super) set_aside: Vec<Finding>,
}

/// The different ones in order, and the number of each of those given.
fn numbered<'a>(given: impl Iterator<Item = &'a AssessorId>) -> (Vec<AssessorId>, Vec<usize>) {
    let mut first_seen: FxHashMap<&AssessorId, usize> = FxHashMap::default();
    let mut numbers = Vec::with_capacity(given.size_hint().0);
    for id in given {
        let next = first_seen.len();
        numbers.push(*first_seen.entry(id).or_insert(next));
    }
    let mut ids: Vec<(&AssessorId, usize)> = first_seen.into_iter().collect();
    ids.sort_unstable();
    let mut in_order = vec![0; ids.len()];
    for (number, (_, seen)) in ids.iter().enumerate() {
        in_order[*seen] = number;
    }
    for number in &mut numbers {
        *number = in_order[*number];
    }
    (ids.into_iter().map(|(id, _)| id.clone()).collect(), numbers)
}

fn about(sheet: &ScoreSheet, error: Error) -> Error {
    error.about(format!("score-sheet {}", sheet.id))
}

impl ScoredStage {
    /// Takes the sheets of a stage, in any order. Sheets of other stages and of other proposals are not looked at, but
    /// for being counted.
    ///
    /// # Errors
    /// * The rubric (as subject): as [`Entity::check`](crate::model::Entity::check), `rubric-weights` too where nothing
    ///   weighs anything, `dangling-reference` for an unknown parent, `hierarchy-cycle`, `out-of-range` for a negative
    ///   weight or a scale beyond ±1,000,000 points.
    /// * The sheet (as subject, with the field): `out-of-range` for a score outside the scale or not among the options
    ///   of its criterion, `field-missing` for a criterion without a score where the rubric refuses that (the value is
    ///   the criterion), `not-found` for a criterion that the rubric does not have or that is scored by its parts,
    ///   `duplicate-in-record` for a criterion scored twice or for a second sheet of the assessor for the proposal,
    ///   `duplicate-id` for the same sheet twice, `dangling-reference` for replacing a sheet of another proposal or
    ///   stage, `hierarchy-cycle` for sheets that replace each other in a circle.
    /// * `duplicate-id` for the same proposal twice.
    ///
    /// # Complexity
    /// O(n log n) for n sheets, times the criteria.
    pub fn new<'a>(
        stage: &str,
        rubric: &Rubric,
        proposals: &[ProposalId],
        sheets: impl IntoIterator<Item = &'a ScoreSheet>,
    ) -> Result<Self> {
        let weighing = Weighing::new(rubric)?;
        let mut places = FxHashMap::with_capacity_and_hasher(proposals.len(), FxBuildHasher);
        for (place, id) in proposals.iter().enumerate() {
            if places.insert(id, place).is_some() {
                return Err(Error::new(Code::DuplicateId).about(format!("proposal {id}")).field("proposals"));
            }
        }
        let given: Vec<&ScoreSheet> = sheets.into_iter().collect();
        let mut here = Vec::with_capacity(given.len());
        let mut blank = Vec::new();
        for sheet in &given {
            if let Some(place) = places.get(&sheet.proposal).filter(|_| &*sheet.stage == stage) {
                if waits(sheet) {
                    blank.push(&sheet.id);
                } else {
                    here.push((*place, *sheet));
                }
            }
        }
        blank.sort_unstable();
        here.sort_unstable_by(|(place, sheet), (other, with)| {
            place.cmp(other).then_with(|| sheet.assessor.cmp(&with.assessor)).then_with(|| sheet.id.cmp(&with.id))
        });
        let mut seen = FxHashSet::with_capacity_and_hasher(here.len(), FxBuildHasher);
        if let Some((_, again)) = here.iter().find(|(_, sheet)| !seen.insert(&sheet.id)) {
            return Err(about(again, Error::new(Code::DuplicateId).field("id")));
        }
        let mut current = Current::of(&here, &given)?;
        let elsewhere = given.len() - here.len();
        let (assessors, numbers) = numbered(current.sheets.iter().map(|(_, sheet)| &sheet.assessor));
        let mut scored = Self {
            code: Line::new(stage)?,
            proposals: proposals.to_vec(),
            sheets: Vec::with_capacity(current.sheets.len()),
            ranges: Vec::with_capacity(proposals.len()),
            cells: Vec::with_capacity(current.sheets.len() * weighing.codes.len()),
            replaced: here.len() - current.sheets.len() - current.set_aside.len(),
            set_aside: std::mem::take(&mut current.set_aside)
                .into_iter()
                .chain(blank.into_iter().map(|id| Finding::EmptySheet { sheet: id.clone() }))
                .collect(),
            weighing,
            assessors,
            elsewhere,
        };
        let mut next = current.sheets.iter().zip(numbers).peekable();
        let mut mentioned = vec![false; scored.weighing.codes.len()];
        for place in 0..proposals.len() {
            let start = scored.sheets.len();
            while let Some(((_, sheet), assessor)) = next.next_if(|((of, _), _)| *of == place) {
                mentioned.fill(false);
                scored.take(sheet, assessor, &mut mentioned).map_err(|error| about(sheet, error))?;
            }
            scored.ranges.push(start..scored.sheets.len());
        }
        Ok(scored)
    }

    /// Checks a sheet and takes it in; of each criterion is noted whether it is mentioned.
    fn take(&mut self, sheet: &ScoreSheet, assessor: usize, mentioned: &mut [bool]) -> Result<()> {
        let weighing = &self.weighing;
        let start = self.cells.len();
        self.cells.resize(start + weighing.codes.len(), None);
        let cells = &mut self.cells[start..];
        for (number, given) in sheet.scores.iter().enumerate() {
            let unknown = |hint: &str| {
                let error = Error::new(Code::NotFound).field(format!("scores[{number}].criterion"));
                error.value(&given.criterion).expected(hint)
            };
            let Some(place) = weighing.find(&given.criterion, number) else {
                return Err(unknown("a criterion of the rubric"));
            };
            if !weighing.is_leaf(place) {
                return Err(unknown("a criterion without parts: this one is the mean of its parts"));
            }
            if std::mem::replace(&mut mentioned[place], true) {
                let error = Error::new(Code::DuplicateInRecord).field(format!("scores[{number}].criterion"));
                return Err(error.value(&given.criterion));
            }
            let Some(score) = given.value else { continue };
            if !weighing.allows(place, score) {
                return Err(weighing.refusal(place, score).field(format!("scores[{number}].value")));
            }
            cells[place] = Some(score.units());
        }
        let (left_out, at_lowest) =
            if cells.contains(&None) { fill(weighing, cells)? } else { (Vec::new(), Vec::new()) };
        let (id, is_moderated) = (sheet.id.clone(), sheet.is_moderated);
        self.sheets.push(Sheet { id, assessor, is_moderated, left_out, at_lowest });
        Ok(())
    }

    /// The code of the stage.
    pub fn stage(&self) -> &str {
        &self.code
    }

    /// The proposals, as they were given.
    pub fn proposals(&self) -> &[ProposalId] {
        &self.proposals
    }

    /// Those whose sheets count, in order.
    pub fn assessors(&self) -> &[AssessorId] {
        &self.assessors
    }

    /// The codes of the criteria, in the order of the rubric.
    pub fn criteria(&self) -> &[Line] {
        &self.weighing.codes
    }

    /// The lowest and the highest score of the scale.
    pub fn scale(&self) -> [Score; 2] {
        [self.weighing.lowest, self.weighing.highest]
    }

    /// The same stage without the sheets of one assessor.
    ///
    /// # Errors
    /// `not-found` if nothing of the assessor counts.
    pub fn without(&self, assessor: &AssessorId) -> Result<Self> {
        let number = self.assessors.binary_search(assessor).map_err(|_| {
            Error::new(Code::NotFound).about(format!("assessor {assessor}")).expected("one who scored in this stage")
        })?;
        let mut rest =
            self.selected((0..self.proposals.len()).collect::<Vec<_>>().as_slice(), |one| one.assessor != number);
        rest.assessors.remove(number);
        rest.sheets.iter_mut().filter(|one| one.assessor > number).for_each(|one| one.assessor -= 1);
        Ok(rest)
    }

    /// The same stage with another weight of a criterion.
    ///
    /// # Errors
    /// `not-found` for an unknown criterion, `out-of-range` for a weight below 0, `rubric-weights` where nothing beside
    /// it would weigh anything.
    pub fn with_weight(&self, criterion: &str, weight: Weight) -> Result<Self> {
        let error = |code| Error::new(code).field("criterion").value(criterion);
        let place = self.criterion(criterion).ok_or_else(|| error(Code::NotFound))?;
        if weight < Weight::ZERO {
            return Err(Error::new(Code::OutOfRange).field("weight").value(weight).expected("0 or more"));
        }
        let mut changed = self.clone();
        changed.weighing.weights[place] = weight.units();
        let weights = &changed.weighing.weights;
        if changed.weighing.siblings(place).iter().all(|one| weights[*one] == 0) {
            return Err(error(Code::RubricWeights).expected("a criterion with a weight above 0"));
        }
        Ok(changed)
    }

    pub(in crate::evaluation) fn criterion(&self, code: &str) -> Option<usize> {
        self.weighing.codes.iter().position(|other| &**other == code)
    }

    /// Some of the proposals, with some of their sheets.
    pub(in crate::evaluation) fn selected(&self, proposals: &[usize], keep: impl Fn(&Sheet) -> bool) -> Self {
        let width = self.weighing.codes.len();
        let mut selected = Self {
            code: self.code.clone(),
            weighing: self.weighing.clone(),
            proposals: proposals.iter().map(|place| self.proposals[*place].clone()).collect(),
            assessors: self.assessors.clone(),
            sheets: Vec::new(),
            ranges: Vec::with_capacity(proposals.len()),
            cells: Vec::new(),
            replaced: self.replaced,
            elsewhere: self.elsewhere,
            set_aside: self.set_aside.clone(),
        };
        for place in proposals {
            let start = selected.sheets.len();
            for number in self.ranges[*place].clone().filter(|number| keep(&self.sheets[*number])) {
                selected.sheets.push(self.sheets[number].clone());
                selected.cells.extend_from_slice(&self.cells[number * width..(number + 1) * width]);
            }
            selected.ranges.push(start..selected.sheets.len());
        }
        selected
    }
}

/// Fills in what the rubric says of missing scores: which are left out, and which count with the lowest.
fn fill(weighing: &Weighing, cells: &mut [Option<i64>]) -> Result<(Vec<usize>, Vec<usize>)> {
    let (mut left_out, mut at_lowest) = (Vec::new(), Vec::new());
    // A sheet without any score is an assignment that waits, not a score of which everything is missing.
    let is_blank = cells.iter().all(Option::is_none);
    for place in (0..cells.len()).filter(|place| weighing.is_leaf(*place)) {
        if is_blank || cells[place].is_some() {
            continue;
        }
        match weighing.missing {
            _ if !weighing.is_needed(place) => left_out.push(place),
            MissingRule::Lowest | MissingRule::NoPoints => {
                let none = weighing.missing == MissingRule::NoPoints;
                cells[place] = Some(if none { 0 } else { weighing.lowest.units() });
                at_lowest.push(place);
            }
            MissingRule::Skip => left_out.push(place),
            MissingRule::Refuse => {
                let error = Error::new(Code::FieldMissing).field("scores").value(&weighing.codes[place]);
                return Err(error.expected("a score of every criterion"));
            }
        }
    }
    Ok((left_out, at_lowest))
}

/// The sheets that no other replaces.
struct Current<'a> {
    sheets: Vec<(usize, &'a ScoreSheet)>,
    set_aside: Vec<Finding>,
}

impl<'a> Current<'a> {
    /// Of sheets in the order of proposal and assessor.
    fn of(here: &[(usize, &'a ScoreSheet)], given: &[&'a ScoreSheet]) -> Result<Self> {
        if here.iter().all(|(_, sheet)| sheet.revision_of.is_none()) {
            check_once(here)?;
            return Ok(Self { sheets: here.to_vec(), set_aside: Vec::new() });
        }
        let by_id: FxHashMap<&SheetId, &ScoreSheet> = given.iter().map(|sheet| (&sheet.id, *sheet)).collect();
        let mut replaced = FxHashSet::default();
        for (_, sheet) in here {
            let Some(old) = replaced_by(sheet, &by_id) else { continue };
            if (&old.proposal, &old.stage) != (&sheet.proposal, &sheet.stage) {
                let error = Error::new(Code::DanglingReference).field("revision_of").value(&old.id);
                return Err(about(sheet, error.expected("a sheet of the same proposal and stage")));
            }
            if old.assessor != sheet.assessor && !sheet.is_moderated {
                let error = Error::new(Code::DanglingReference).field("revision_of").value(&old.id);
                return Err(about(
                    sheet,
                    error.expected("a sheet of the same assessor, or a sheet given in moderation"),
                ));
            }
            replaced.insert(&old.id);
        }
        let root = |sheet: &'a ScoreSheet| {
            let mut at = sheet;
            for _ in 0..=here.len() {
                match at.revision_of.as_ref().and_then(|id| by_id.get(id)) {
                    Some(old) => at = old,
                    None => return Ok(&at.id),
                }
            }
            Err(about(sheet, Error::new(Code::HierarchyCycle).field("revision_of")))
        };
        let mut current = Self { sheets: Vec::with_capacity(here.len()), set_aside: Vec::new() };
        for (_, sheet) in here {
            root(sheet)?;
        }
        let heads: Vec<_> = here.iter().filter(|(_, sheet)| !replaced.contains(&sheet.id)).copied().collect();
        for same in heads.chunk_by(|(place, one), (other, with)| (place, &one.assessor) == (other, &with.assessor)) {
            let Some((latest, sheet)) = latest_moderated(same) else {
                check_once(same)?;
                current.sheets.extend_from_slice(same);
                continue;
            };
            for (_, other) in same.iter().filter(|(_, other)| other.id != sheet.id) {
                if root(other)? != root(sheet)? {
                    check_once(same)?;
                }
                current.set_aside.push(Finding::SetAside { sheet: other.id.clone(), instead: sheet.id.clone() });
            }
            current.sheets.push((latest, sheet));
        }
        Ok(current)
    }
}

/// Whether a sheet is a blank revision: somebody means to score again, and until then the old scores stand.
fn waits(sheet: &ScoreSheet) -> bool {
    sheet.revision_of.is_some() && sheet.scores.iter().all(|score| score.value.is_none())
}

/// The sheet that another replaces, blank revisions between them left out.
fn replaced_by<'a>(sheet: &ScoreSheet, by_id: &FxHashMap<&SheetId, &'a ScoreSheet>) -> Option<&'a ScoreSheet> {
    let mut old = *by_id.get(sheet.revision_of.as_ref()?)?;
    // Blank revisions in a circle replace nothing.
    for _ in 0..by_id.len() {
        if !waits(old) {
            return Some(old);
        }
        old = *by_id.get(old.revision_of.as_ref()?)?;
    }
    None
}

/// Of several sheets the moderated one with the latest date, if there is just one.
fn latest_moderated<'a>(same: &[(usize, &'a ScoreSheet)]) -> Option<(usize, &'a ScoreSheet)> {
    if same.len() < 2 {
        return None;
    }
    let moderated = || same.iter().filter(|(_, sheet)| sheet.is_moderated);
    let latest = moderated().max_by_key(|(_, sheet)| sheet.submitted_on)?;
    let mut others = moderated().filter(|(_, sheet)| sheet.id != latest.1.id);
    let is_latest = |sheet: &ScoreSheet| match (sheet.submitted_on, latest.1.submitted_on) {
        (Some(one), Some(other)) => one.surely_before(other),
        _ => false,
    };
    others.all(|(_, sheet)| is_latest(sheet)).then_some(*latest)
}

/// Refuses two sheets of an assessor for a proposal.
fn check_once(sheets: &[(usize, &ScoreSheet)]) -> Result<()> {
    let twice = sheets.windows(2).find(|pair| {
        let [(place, one), (other, with)] = pair else { return false };
        (place, &one.assessor) == (other, &with.assessor)
    });
    match twice {
        Some([(_, first), (_, sheet)]) => {
            let error = Error::new(Code::DuplicateInRecord).field("assessor").value(&sheet.assessor);
            let hint = format!("one sheet of an assessor for a proposal: {} is another; see revision_of", first.id);
            Err(about(sheet, error.expected(hint)))
        }
        _ => Ok(()),
    }
}
