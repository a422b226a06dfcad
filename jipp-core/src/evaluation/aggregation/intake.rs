//! Score sheets, checked: which count, and what they say.

use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::current::{Current, Given, Readers, about, waits, who_count};
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
        let mut seen = FxHashSet::with_capacity_and_hasher(given.len(), FxBuildHasher);
        let (mut again, mut blank) = (Vec::new(), Vec::new());
        let mut readers = Readers::default();
        // All that is to be known of a sheet at once: there are many, and each lies somewhere else.
        for sheet in &given {
            let Some(place) = places.get(&sheet.proposal).filter(|_| &*sheet.stage == stage) else { continue };
            if waits(sheet) {
                blank.push(&sheet.id);
                continue;
            }
            if !seen.insert(&sheet.id) {
                again.push(*sheet);
            }
            here.push(Given { place: *place, assessor: readers.number(&sheet.assessor), sheet });
        }
        if let Some(twice) = again.into_iter().min_by_key(|sheet| &sheet.id) {
            return Err(about(twice, Error::new(Code::DuplicateId).field("id")));
        }
        blank.sort_unstable();
        let readers = readers.in_order(&mut here);
        here.sort_unstable_by(|one, other| {
            (one.place, one.assessor)
                .cmp(&(other.place, other.assessor))
                .then_with(|| one.sheet.id.cmp(&other.sheet.id))
        });
        let mut current = Current::of(&here, &given)?;
        let elsewhere = given.len() - here.len();
        let assessors = who_count(&readers, &mut current.sheets);
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
        let mut next = current.sheets.iter().peekable();
        let mut mentioned = vec![false; scored.weighing.codes.len()];
        for place in 0..proposals.len() {
            let start = scored.sheets.len();
            while let Some(one) = next.next_if(|one| one.place == place) {
                mentioned.fill(false);
                scored.take(one, &mut mentioned).map_err(|error| about(one.sheet, error))?;
            }
            scored.ranges.push(start..scored.sheets.len());
        }
        Ok(scored)
    }

    /// Checks a sheet and takes it in; of each criterion is noted whether it is mentioned.
    fn take(&mut self, Given { assessor, sheet, .. }: &Given<'_>, mentioned: &mut [bool]) -> Result<()> {
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
        self.sheets.push(Sheet { id, assessor: *assessor, is_moderated, left_out, at_lowest });
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
