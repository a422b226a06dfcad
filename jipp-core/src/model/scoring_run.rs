//! A scoring run: what was ranked, by which rules, from which scores, and what came out, so that it can be run again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::EntityKind;
use super::common::{Entity, Line, Provenance, Text, Visit, limit, unique};
use crate::base::{EditionId, PartialDate, ProposalId, Result, RunId, Score};

/// A part of what was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RunInput {
    /// What: `edition`, `stages` (with their rubrics), `proposals`, `sheets`, `facts`.
    pub part: Line,
    /// How many records.
    pub records: u32,
    /// SHA-256 of them in hexadecimal: stages in the order of the edition, all else in the order of ids.
    pub sha256: Line,
}

/// What came out for one proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RunResult {
    /// The proposal.
    pub proposal: ProposalId,
    /// Its total; absent if it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Score>,
    /// The total adjusted for strict and lenient assessors; absent where it cannot be had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adjusted: Option<Score>,
    /// The standard error of the adjusted total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard_error: Option<Score>,
    /// Its place, 1 the best; the same for proposals that nothing tells apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u32>,
    /// The best place it may have had with other luck in assessors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place_from: Option<u32>,
    /// The worst.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place_to: Option<u32>,
    /// The probability, 0 to 1, that it belongs above the cut.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<Score>,
    /// Whether it was chosen.
    #[serde(default)]
    pub is_chosen: bool,
}

/// A scoring run, sealed: the same rules, scores and seed give the same results again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoringRun {
    /// Its id.
    pub id: RunId,
    /// The edition.
    pub edition: EditionId,
    /// Code of the group that was ranked; of all groups if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Line>,
    /// The version of the method that scored.
    pub method: Line,
    /// The options of the run, as JSON.
    pub options: Text,
    /// Fingerprints of everything that was read: rules, proposals, score sheets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<RunInput>,
    /// Where the resampling began.
    pub seed: u64,
    /// The results, in the order of the places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<RunResult>,
    /// SHA-256 of the whole outcome, of which the results are the heart, in hexadecimal.
    pub outcome: Line,
    /// When it was run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl ScoringRun {
    /// A record with what is required; everything else is unknown.
    pub fn new(id: RunId, edition: EditionId, method: Line, options: Text, seed: u64, outcome: Line) -> Self {
        Self {
            id,
            edition,
            group: None,
            method,
            options,
            inputs: Vec::new(),
            seed,
            results: Vec::new(),
            outcome,
            on: None,
            note: None,
            provenance: Vec::new(),
        }
    }
}

impl Entity for ScoringRun {
    type Id = RunId;
    const KIND: EntityKind = EntityKind::ScoringRun;

    fn id(&self) -> &RunId {
        &self.id
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        visit("edition", EntityKind::Edition, self.edition.as_str());
        for result in &self.results {
            visit("results", EntityKind::Proposal, result.proposal.as_str());
        }
    }
    fn check(&self) -> Result<()> {
        limit("inputs", self.inputs.len())?;
        limit("results", self.results.len())?;
        limit("provenance", self.provenance.len())?;
        unique("inputs", self.inputs.iter().map(|input| &*input.part))?;
        unique("results", self.results.iter().map(|result| result.proposal.as_str()))
    }
}
