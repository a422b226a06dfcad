//! Editions with unequal assessors, to score.

use super::Random;
use crate::base::{AssessorId, EditionId, PartialDate, ProposalId, Result, Score, SheetId, Weight};
use crate::model::{Assessor, Criterion, CriterionScore, Line, MissingRule, PanelKind, Proposal, Rubric, ScoreSheet};

/// An edition of a competition: proposals with a true worth, assessors with a severity, and the score sheets they give.
///
/// A score is worth less severity, plus what the assessor thinks of this proposal as a whole, plus what is left to each
/// criterion; all normal, in the spreads given, around 65 points of 100, whole and within the scale.
#[derive(Clone, Debug)]
pub struct GeneratedEdition {
    /// Proposals.
    pub proposals: usize,
    /// Assessors.
    pub assessors: usize,
    /// How many assessors read each proposal.
    pub readers: usize,
    /// Criteria: `c-1`, `c-2` and so on, weights between 5 and 20.
    pub criteria: usize,
    /// The highest level of a scale from 1; 0 to 100 points if absent.
    pub levels: Option<u8>,
    /// The spreads of worth, of severity, of the opinion of one assessor about one proposal, and of single scores, in
    /// points of 100.
    pub spreads: [f64; 4],
    /// Where the draws start.
    pub seed: u64,
}

impl Default for GeneratedEdition {
    /// 2,500 proposals, each read by 3 of 30 assessors on 8 criteria from 0 to 100; worth and severity spread by 8 and
    /// 6 points, opinions by 5, single scores by 6.
    fn default() -> Self {
        Self {
            proposals: 2_500,
            assessors: 30,
            readers: 3,
            criteria: 8,
            levels: None,
            spreads: [8.0, 6.0, 5.0, 6.0],
            seed: 0,
        }
    }
}

/// The middle of the scores.
const MIDDLE: f64 = 65.0;
/// The stage that the sheets are of.
const STAGE: &str = "desk";
/// Weights, again and again.
const WEIGHTS: [i64; 8] = [10, 15, 5, 20, 20, 5, 15, 10];
/// Kinds of draws, so that one edition differs from another in what was changed only.
const WORTH: u64 = 1;
const SEVERITY: u64 = 2;
const READING: u64 = 3;

/// The sum of twelve: normal enough.
fn normal(random: &mut Random) -> f64 {
    (0..12).map(|_| uniform(random)).sum::<f64>() - 6.0
}

#[allow(clippy::cast_precision_loss, reason = "53 bits are exact")]
fn uniform(random: &mut Random) -> f64 {
    (random.next() >> 11) as f64 / (1_u64 << 53) as f64
}

impl GeneratedEdition {
    fn random(&self, kind: u64, number: usize) -> Random {
        let mut mixed = Random(self.seed ^ kind.rotate_left(60));
        Random(mixed.next() ^ (number as u64).wrapping_mul(0x2545_f491_4f6c_dd1d))
    }

    /// The true worths of the proposals, in points of 100.
    pub fn worths(&self) -> Vec<f64> {
        let worth = |number| MIDDLE + self.spreads[0] * normal(&mut self.random(WORTH, number));
        (0..self.proposals).map(worth).collect()
    }

    /// The true severities of the assessors, in points of 100.
    pub fn severities(&self) -> Vec<f64> {
        (0..self.assessors).map(|number| self.spreads[1] * normal(&mut self.random(SEVERITY, number))).collect()
    }

    /// The rubric.
    ///
    /// # Errors
    /// None in practice: what is made fits its types.
    pub fn rubric(&self) -> Result<Rubric> {
        let weights: Vec<i64> = WEIGHTS.iter().copied().cycle().take(self.criteria).collect();
        let (lowest, highest) = self.levels.map_or((0, 100), |highest| (1, i64::from(highest)));
        let scale = [lowest, highest].map(Score::from_int);
        let total = Weight::from_int(weights.iter().sum());
        let mut rubric = Rubric::new(
            "generated@1".parse()?,
            Line::new("Generated")?,
            Line::new("1")?,
            scale[0],
            scale[1],
            total,
            MissingRule::Refuse,
        );
        for (number, weight) in (1..).zip(weights) {
            let code = Line::new(format!("c-{number}"))?;
            rubric.criteria.push(Criterion {
                label: code.clone(),
                code,
                label_en: None,
                weight: Weight::from_int(weight),
                parent: None,
                is_required: None,
                word_limit: None,
                options: Vec::new(),
                mark: None,
                note: None,
            });
        }
        Ok(rubric)
    }

    /// The proposals, submitted over the days of a month.
    ///
    /// # Errors
    /// None in practice: what is made fits its types.
    pub fn proposals(&self) -> Result<Vec<Proposal>> {
        let edition = EditionId::new("generated-1")?;
        let proposal = |number: usize| {
            let innovation = super::innovation_id(number)?;
            let mut proposal = Proposal::new(proposal_id(number)?, innovation, edition.clone());
            let day = u32::try_from(number % 28).unwrap_or(0) + 1;
            proposal.submitted_on = Some(PartialDate::new(2025, Some(5), Some(day))?);
            Ok(proposal)
        };
        (0..self.proposals).map(proposal).collect()
    }

    /// The assessors.
    ///
    /// # Errors
    /// None in practice: what is made fits its types.
    pub fn assessors(&self) -> Result<Vec<Assessor>> {
        let edition = EditionId::new("generated-1")?;
        let assessor = |number| Ok(Assessor::new(assessor_id(number)?, edition.clone(), PanelKind::EvaluationTeam));
        (0..self.assessors).map(assessor).collect()
    }

    /// The score sheets, all of stage `desk`.
    ///
    /// # Errors
    /// None in practice: what is made fits its types.
    pub fn sheets(&self) -> Result<Vec<ScoreSheet>> {
        let (worths, severities) = (self.worths(), self.severities());
        let codes = (1..=self.criteria).map(|number| Line::new(format!("c-{number}"))).collect::<Result<Vec<_>>>()?;
        let mut sheets = Vec::with_capacity(self.proposals * self.readers);
        for (proposal, worth) in worths.iter().enumerate() {
            let mut random = self.random(READING, proposal);
            for assessor in self.readers_of(proposal, &mut random) {
                let seen = worth - severities[assessor] + self.spreads[2] * normal(&mut random);
                let id = SheetId::new(format!("sheet-{proposal}-{assessor}"))?;
                let mut sheet = ScoreSheet::new(id, assessor_id(assessor)?, proposal_id(proposal)?, Line::new(STAGE)?);
                for code in &codes {
                    let value = Some(self.score(seen + self.spreads[3] * normal(&mut random)));
                    sheet.scores.push(CriterionScore { criterion: code.clone(), value, comment: None });
                }
                sheets.push(sheet);
            }
        }
        Ok(sheets)
    }

    /// One after the other, so that all read about as much, and the rest by chance.
    fn readers_of(&self, proposal: usize, random: &mut Random) -> Vec<usize> {
        let mut readers = vec![proposal % self.assessors.max(1)];
        while readers.len() < self.readers.min(self.assessors) {
            let next = random.below(self.assessors);
            if !readers.contains(&next) {
                readers.push(next);
            }
        }
        readers
    }

    /// Whole points, or a level.
    #[allow(clippy::cast_possible_truncation, reason = "within the scale")]
    fn score(&self, points: f64) -> Score {
        let points = points.clamp(0.0, 100.0);
        match self.levels {
            None => Score::from_int(libm::round(points) as i64),
            Some(highest) => {
                // From 40 points on the levels rise, to the highest at 90.
                let level = (points - 40.0) / 50.0 * f64::from(highest);
                Score::from_int(libm::ceil(level.clamp(0.5, f64::from(highest))) as i64)
            }
        }
    }
}

fn proposal_id(number: usize) -> Result<ProposalId> {
    ProposalId::new(format!("proposal-{number}"))
}

fn assessor_id(number: usize) -> Result<AssessorId> {
    AssessorId::new(format!("assessor-{number}"))
}
