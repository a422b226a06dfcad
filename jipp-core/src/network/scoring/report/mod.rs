//! Reports of a scoring run: to the agency that entered a proposal, and to the plenary that decides.

mod edition;
mod proposal;

pub use edition::{EditionReport, RankedRow, SeverityRow};
pub use proposal::{CriterionReport, Improvement, ProposalReport, StageReport};

use super::Scoring;
use crate::base::{ProposalId, Result};
use crate::model::{Criterion, Edition, Rubric};
use crate::network::Network;

impl Network {
    /// What an agency is told of its proposal: its scores beside those of the field, its place and how sure that is, what the
    /// assessors wrote (without their names), and what would gain most.
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options, ScoringOptions};
    /// # let network = Network::in_memory(&Options::new("example")?)?;
    /// if let Ok(scoring) = network.score(&ScoringOptions::new("kipp/2025".parse()?)) {
    ///     let report = network.proposal_report(&scoring, &"kipp/2025/a".parse()?)?;
    ///     println!("{}", report.to_markdown(jipp_core::base::Lang::Id));
    /// }
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found` if the proposal did not take part; kind `not-found` if records of the run are gone.
    ///
    /// # Complexity
    /// Proposals times criteria.
    pub fn proposal_report(&self, scoring: &Scoring, proposal: &ProposalId) -> Result<ProposalReport> {
        proposal::report(&self.lock().registry.view(), scoring, proposal)
    }

    /// What the plenary is told: the ranking with what is unsure about it, the cut, the assessors, and all that should be
    /// looked at before a decision.
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options, ScoringOptions};
    /// # let network = Network::in_memory(&Options::new("example")?)?;
    /// if let Ok(scoring) = network.score(&ScoringOptions::new("kipp/2025".parse()?)) {
    ///     println!("{}", network.edition_report(&scoring)?.to_markdown(jipp_core::base::Lang::En));
    /// }
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found` if the edition is gone.
    ///
    /// # Complexity
    /// O(n log n) for n proposals.
    pub fn edition_report(&self, scoring: &Scoring) -> Result<EditionReport> {
        edition::report(&self.lock().registry.view(), scoring)
    }
}

/// What an edition is called: its id, and its theme where it has one.
fn name_of(edition: &Edition) -> String {
    edition.theme.as_ref().map_or_else(|| edition.id.to_string(), |theme| format!("{}: {theme}", edition.id))
}

/// The share of a criterion in the total of its rubric, 0 to 1: its weight among its siblings, times that of its parent.
fn share(rubric: &Rubric, criterion: &Criterion) -> f64 {
    let siblings = rubric.criteria.iter().filter(|one| one.parent == criterion.parent);
    let whole: f64 = siblings.map(|one| one.weight.to_f64()).sum();
    let own = if whole > 0.0 { criterion.weight.to_f64() / whole } else { 0.0 };
    let parent = criterion.parent.as_deref().and_then(|code| rubric.criterion(code));
    own * parent.map_or(1.0, |parent| share(rubric, parent))
}

/// The median of scores; none of none.
fn median(mut scores: Vec<f64>) -> Option<f64> {
    scores.sort_by(f64::total_cmp);
    let middle = scores.len() / 2;
    let upper = scores.get(middle)?;
    Some(if scores.len().is_multiple_of(2) { scores.get(middle - 1)?.midpoint(*upper) } else { *upper })
}
