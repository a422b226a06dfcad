//! A competition on real innovations with made-up scores: nobody's judgement, only numbers from a seed.

use jipp_core::Result;
use jipp_core::base::{AssessorId, EditionId, Score};
use jipp_core::evaluation::assignment::Pair;
use jipp_core::model::{
    Assessor, CriterionScore, Edition, Innovation, Line, PanelKind, Proposal, ProposalState, Rubric, ScoreSheet, Step,
};
use jipp_core::network::{Network, PanelOptions};
use jipp_core::registry::{Action, Stamp};

use crate::editions::Dice;

/// What is made up.
#[derive(Clone, Copy, Debug)]
pub struct Simulation {
    /// How many assessors there are.
    pub assessors: usize,
    /// How many of them read each proposal.
    pub readers: u32,
    /// Where the numbers begin.
    pub seed: u64,
}

impl Simulation {
    /// Enters every innovation of the network in a group of an edition, has the network assign the assessors of a stage to
    /// them, and makes their scores up: a worth of the proposal, a severity of the assessor, and chance.
    ///
    /// # Errors
    /// Those of commits and of the assignment.
    pub fn run(self, network: &Network, stamp: &Stamp, edition: &EditionId, group: &str, stage: &str) -> Result<()> {
        self.enter(network, stamp, edition, group)?;
        let options = PanelOptions { per_proposal: Some(self.readers), seed: self.seed, ..PanelOptions::default() };
        let outcome = network.assign_panel(edition, stage, &options)?;
        let pairs: Vec<Pair> = outcome.assigned().map(|assigned| assigned.pairs.clone()).unwrap_or_default();
        let rubric = rubric(network, edition, group)?;
        let sheets = pairs.iter().enumerate().map(|(number, pair)| self.sheet(number, pair, stage, &rubric));
        let sheets: Vec<Action> = sheets.map(|sheet| Ok(Action::Register(sheet?.into()))).collect::<Result<_>>()?;
        network.commit(stamp, sheets)?;
        Ok(())
    }

    fn enter(self, network: &Network, stamp: &Stamp, edition: &EditionId, group: &str) -> Result<()> {
        let mut actions = Vec::new();
        for number in 0..self.assessors {
            let id: AssessorId = format!("{edition}/penilai-{:02}", number + 1).parse()?;
            actions.push(Action::Register(Assessor::new(id, edition.clone(), PanelKind::EvaluationTeam).into()));
        }
        let innovations: Vec<Innovation> = network.read(|view| view.all::<Innovation>().cloned().collect());
        for innovation in innovations {
            let mut proposal =
                Proposal::new(format!("{edition}/{}", innovation.id).parse()?, innovation.id, edition.clone());
            proposal.group = Some(Line::new(group)?);
            proposal.status.steps.push(Step::reported(ProposalState::AdminPassed, Line::new("simulasi")?));
            actions.push(Action::Register(proposal.into()));
        }
        network.commit(stamp, actions)?;
        Ok(())
    }

    fn sheet(self, number: usize, pair: &Pair, stage: &str, rubric: &Rubric) -> Result<ScoreSheet> {
        let of =
            |text: &str| text.bytes().fold(self.seed, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
        let worth = 80 + spread(&mut Dice::new(of(pair.proposal.as_str())), 7);
        let severity = spread(&mut Dice::new(of(pair.assessor.as_str())), 5);
        let mut chance = Dice::new(self.seed.wrapping_add(number as u64));
        let id = format!("{}/{}", pair.proposal, pair.assessor.as_str().rsplit('/').next().unwrap_or_default());
        let mut sheet = ScoreSheet::new(id.parse()?, pair.assessor.clone(), pair.proposal.clone(), Line::new(stage)?);
        for criterion in &rubric.criteria {
            let points = (worth - severity + spread(&mut chance, 9)).clamp(0, 100);
            let value = Some(Score::from_int(points));
            sheet.scores.push(CriterionScore { criterion: criterion.code.clone(), value, comment: None });
        }
        Ok(sheet)
    }
}

fn rubric(network: &Network, edition: &EditionId, group: &str) -> Result<Rubric> {
    network.read(|view| {
        let found = view.get::<Edition>(edition)?;
        let rubric = found.group(group).and_then(|group| group.rubric.clone());
        let missing = || jipp_core::Error::new(jipp_core::base::Code::NotFound).field("group").value(group);
        view.get::<Rubric>(&rubric.ok_or_else(missing)?).cloned()
    })
}

/// A whole number around zero, most often within so much of it: the sum of three even draws.
fn spread(dice: &mut Dice, around: usize) -> i64 {
    let drawn: usize = (0..3).map(|_| dice.below(2 * around + 1)).sum();
    i64::try_from(drawn).unwrap_or(0) - 3 * i64::try_from(around).unwrap_or(0)
}
