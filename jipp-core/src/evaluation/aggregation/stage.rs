//! The scores of a stage.

use serde::{Deserialize, Serialize};

use super::combine::{combined, mean};
use super::intake::{ScoredStage, Sheet};
use crate::base::{AssessorId, ProposalId, Score, SheetId};
use crate::model::{Aggregation, Line, Stage};

/// How the sheets of a stage become one score, and what is looked out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// How the totals of the sheets become one.
    pub aggregation: Aggregation,
    /// How many assessors each proposal should have; fewer is a finding.
    pub min_assessors: Option<u32>,
    /// The range of totals beyond which moderation is due; never, if absent.
    pub max_spread: Option<Score>,
}

impl Default for Rules {
    /// The mean, however many assessors and whatever their spread.
    fn default() -> Self {
        Self { aggregation: Aggregation::Mean, min_assessors: None, max_spread: None }
    }
}

impl From<&Stage> for Rules {
    fn from(stage: &Stage) -> Self {
        Self {
            aggregation: stage.aggregation.unwrap_or(Aggregation::Mean),
            min_assessors: stage.min_assessors,
            max_spread: stage.max_spread,
        }
    }
}

/// Whether assessors must talk about a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moderation {
    /// The spread is within the limit, or there is no limit.
    NotDue,
    /// The spread is beyond the limit, and no sheet was given in moderation.
    Due,
    /// The spread is beyond the limit, and a sheet was given in moderation.
    Done,
}

/// A sheet with its total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetScore {
    /// The sheet.
    pub sheet: SheetId,
    /// Who scored.
    pub assessor: AssessorId,
    /// The weighted mean of its scores; none if it has none that weighs anything.
    pub total: Option<Score>,
    /// Whether it was given in moderation.
    pub is_moderated: bool,
    /// The criteria without a score that were left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<Line>,
    /// The criteria without a score that count with the lowest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at_lowest: Vec<Line>,
}

/// What came of a stage for one proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalScores {
    /// The proposal.
    pub proposal: ProposalId,
    /// Its score; none without a sheet.
    pub score: Option<Score>,
    /// The highest less the lowest total; none with fewer than two.
    pub spread: Option<Score>,
    /// Whether the spread is too wide.
    pub moderation: Moderation,
    /// Its sheets that count, in the order of the assessors.
    pub sheets: Vec<SheetScore>,
    /// The plain mean of each criterion over the sheets, in the order of [`StageScores::criteria`].
    pub criteria: Vec<Option<Score>>,
}

/// What should be looked at. Nothing of it stops anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "finding", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Finding {
    /// Nobody scored in the stage.
    EmptyPanel,
    /// One assessor scored all there is: strict or lenient, nobody can tell.
    OneAssessorOnly {
        /// Who.
        assessor: AssessorId,
    },
    /// All sheets that count have the same total: they tell no proposal from another.
    AllEqual {
        /// The total.
        total: Score,
    },
    /// A proposal that nobody scored: it has no score, not zero.
    NoScore {
        /// The proposal.
        proposal: ProposalId,
    },
    /// A proposal with one sheet only.
    OneSheet {
        /// The proposal.
        proposal: ProposalId,
    },
    /// A proposal with fewer sheets than there should be.
    TooFewAssessors {
        /// The proposal.
        proposal: ProposalId,
        /// How many it has.
        count: usize,
        /// How many it should have.
        least: u32,
    },
    /// A proposal whose assessors are too far apart, with no sheet given in moderation.
    ModerationDue {
        /// The proposal.
        proposal: ProposalId,
        /// How far.
        spread: Score,
    },
    /// A sheet without a score of some criteria, which were left out.
    LeftOut {
        /// The sheet.
        sheet: SheetId,
        /// The criteria.
        criteria: Vec<Line>,
    },
    /// A sheet without a score of some criteria, which count with the lowest.
    AtLowest {
        /// The sheet.
        sheet: SheetId,
        /// The criteria.
        criteria: Vec<Line>,
    },
    /// A sheet without any score that weighs: it has no total and does not count.
    EmptySheet {
        /// The sheet.
        sheet: SheetId,
    },
    /// Of several sheets that replace the same one, this does not count.
    SetAside {
        /// The sheet.
        sheet: SheetId,
        /// The moderated one that counts instead.
        instead: SheetId,
    },
}

/// The scores of a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageScores {
    /// The code of the stage.
    pub stage: Line,
    /// How totals were combined.
    pub rules: Rules,
    /// The lowest and the highest score of the scale.
    pub scale: [Score; 2],
    /// The codes of the criteria, in the order of the rubric.
    pub criteria: Vec<Line>,
    /// What came of it for each proposal, in the order they were given.
    pub proposals: Vec<ProposalScores>,
    /// What should be looked at.
    pub findings: Vec<Finding>,
    /// How many sheets others replace.
    pub replaced: usize,
    /// How many sheets are of other stages or proposals, and were not looked at.
    pub elsewhere: usize,
}

impl ScoredStage {
    /// Totals of sheets, scores of proposals, means of criteria, and what should be looked at.
    ///
    /// # Complexity
    /// O(sheets × criteria).
    pub fn aggregate(&self, rules: &Rules) -> StageScores {
        let mut findings = self.general_findings();
        let mut values = vec![None; self.weighing.codes.len()];
        let mut means = Means::new(values.len());
        let mut equal = Equal::default();
        let mut proposals = Vec::with_capacity(self.proposals.len());
        let mut totals = Vec::new();
        for (proposal, range) in self.proposals.iter().zip(&self.ranges) {
            totals.clear();
            means.clear();
            let mut sheets = Vec::with_capacity(range.len());
            for number in range.clone() {
                let total = self.sheet_total(number, &self.weighing.weights, 1, &mut values);
                means.add(&values);
                totals.extend(total);
                equal.add(total);
                sheets.push(self.sheet_score(&self.sheets[number], total.map(Score::from_units), &mut findings));
            }
            let combined = combined(rules.aggregation, &mut totals).map(Score::from_units);
            let spread = match totals.as_slice() {
                [lowest, .., highest] => Some(Score::from_units(highest - lowest)),
                _ => None,
            };
            let moderation = match (spread, rules.max_spread) {
                (Some(spread), Some(most)) if spread <= most => Moderation::NotDue,
                (None, _) | (_, None) => Moderation::NotDue,
                _ if sheets.iter().any(|sheet| sheet.is_moderated) => Moderation::Done,
                _ => Moderation::Due,
            };
            let proposal = ProposalScores {
                proposal: proposal.clone(),
                score: combined,
                spread,
                moderation,
                sheets,
                criteria: means.get(),
            };
            note(&proposal, totals.len(), rules, &mut findings);
            proposals.push(proposal);
        }
        findings.extend(equal.finding());
        StageScores {
            stage: self.code.clone(),
            rules: *rules,
            scale: self.scale(),
            criteria: self.weighing.codes.clone(),
            proposals,
            findings,
            replaced: self.replaced,
            elsewhere: self.elsewhere,
        }
    }

    fn general_findings(&self) -> Vec<Finding> {
        let mut findings = self.set_aside.clone();
        match self.assessors.as_slice() {
            [] => findings.push(Finding::EmptyPanel),
            [only] => findings.push(Finding::OneAssessorOnly { assessor: only.clone() }),
            _ => {}
        }
        findings
    }

    /// The total of a sheet by some weights, in units of a `fine`-th of a millionth; leaves what each criterion came
    /// to.
    pub(in crate::evaluation) fn sheet_total(
        &self,
        number: usize,
        weights: &[i64],
        fine: i64,
        values: &mut [Option<i64>],
    ) -> Option<i64> {
        let width = values.len();
        for (value, cell) in values.iter_mut().zip(&self.cells[number * width..(number + 1) * width]) {
            *value = cell.map(|units| units * fine);
        }
        self.weighing.total(weights, values)
    }

    fn sheet_score(&self, sheet: &Sheet, total: Option<Score>, findings: &mut Vec<Finding>) -> SheetScore {
        let codes =
            |places: &[usize]| places.iter().map(|place| self.weighing.codes[*place].clone()).collect::<Vec<_>>();
        let (left_out, at_lowest) = (codes(&sheet.left_out), codes(&sheet.at_lowest));
        let id = || sheet.id.clone();
        if total.is_none() {
            findings.push(Finding::EmptySheet { sheet: id() });
        } else if sheet.left_out.iter().any(|place| self.weighing.weights[*place] > 0) {
            findings.push(Finding::LeftOut { sheet: id(), criteria: left_out.clone() });
        }
        if !at_lowest.is_empty() {
            findings.push(Finding::AtLowest { sheet: id(), criteria: at_lowest.clone() });
        }
        SheetScore {
            sheet: id(),
            assessor: self.assessors[sheet.assessor].clone(),
            total,
            is_moderated: sheet.is_moderated,
            left_out,
            at_lowest,
        }
    }
}

/// Says what is to be said of one proposal.
fn note(scores: &ProposalScores, count: usize, rules: &Rules, findings: &mut Vec<Finding>) {
    let proposal = || scores.proposal.clone();
    match (count, rules.min_assessors) {
        (0, _) => findings.push(Finding::NoScore { proposal: proposal() }),
        (count, Some(least)) if count < least as usize => {
            findings.push(Finding::TooFewAssessors { proposal: proposal(), count, least });
        }
        (1, None) => findings.push(Finding::OneSheet { proposal: proposal() }),
        _ => {}
    }
    if let (Moderation::Due, Some(spread)) = (scores.moderation, scores.spread) {
        findings.push(Finding::ModerationDue { proposal: proposal(), spread });
    }
}

/// Sums of each criterion over the sheets of a proposal.
struct Means(Vec<(i128, u32)>);

impl Means {
    fn new(criteria: usize) -> Self {
        Self(vec![(0, 0); criteria])
    }
    fn clear(&mut self) {
        self.0.fill((0, 0));
    }
    fn add(&mut self, values: &[Option<i64>]) {
        for ((sum, count), value) in self.0.iter_mut().zip(values) {
            if let Some(value) = value {
                *sum += i128::from(*value);
                *count += 1;
            }
        }
    }
    fn get(&self) -> Vec<Option<Score>> {
        let of = |(sum, count): &(i128, u32)| if *count > 0 { mean(*sum, i128::from(*count)) } else { None };
        self.0.iter().map(|one| of(one).map(Score::from_units)).collect()
    }
}

/// Whether all totals are the same.
#[derive(Default)]
struct Equal {
    first: Option<i64>,
    count: usize,
    differ: bool,
}

impl Equal {
    fn add(&mut self, total: Option<i64>) {
        let Some(total) = total else { return };
        self.count += 1;
        self.differ |= *self.first.get_or_insert(total) != total;
    }
    fn finding(self) -> Option<Finding> {
        let total = self.first.filter(|_| self.count > 1 && !self.differ)?;
        Some(Finding::AllEqual { total: Score::from_units(total) })
    }
}
