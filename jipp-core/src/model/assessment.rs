//! Assessments of maturity, of innovations and of hubs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::EntityKind;
use super::common::{Entity, Line, Provenance, Text, Visit, limit, unique};
use crate::base::{
    AgencyId, AssessmentId, Code, Error, EvidenceId, HubId, InnovationId, PartialDate, Result, RubricId, Score,
};

/// The answer to one question of an assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Code of the criterion.
    pub criterion: Line,
    /// What the subject says of itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<Score>,
    /// What the verifier says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified: Option<Score>,
    /// Evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceId>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl Answer {
    pub(crate) fn references(&self, visit: &mut Visit<'_>) {
        for id in &self.evidence {
            visit("evidence", EntityKind::Evidence, id.as_str());
        }
    }
}

/// A maturity assessment of an innovation, a hub or an agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// Its id.
    pub id: AssessmentId,
    /// The instrument.
    pub rubric: RubricId,
    /// The innovation assessed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub innovation: Option<InnovationId>,
    /// The hub assessed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hub: Option<HubId>,
    /// The agency assessed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyId>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// The answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    /// The band, as published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<Line>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Assessment {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: AssessmentId, rubric: RubricId) -> Self {
        Self {
            id,
            rubric,
            innovation: None,
            hub: None,
            agency: None,
            on: None,
            answers: Vec::new(),
            band: None,
            provenance: Vec::new(),
        }
    }
}

impl Entity for Assessment {
    type Id = AssessmentId;
    const KIND: EntityKind = EntityKind::Assessment;

    fn id(&self) -> &AssessmentId {
        &self.id
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        visit("rubric", EntityKind::Rubric, self.rubric.as_str());
        if let Some(id) = &self.innovation {
            visit("innovation", EntityKind::Innovation, id.as_str());
        }
        if let Some(id) = &self.hub {
            visit("hub", EntityKind::Hub, id.as_str());
        }
        if let Some(id) = &self.agency {
            visit("agency", EntityKind::Agency, id.as_str());
        }
        for part in &self.answers {
            part.references(visit);
        }
    }
    fn check(&self) -> Result<()> {
        limit("answers", self.answers.len())?;
        limit("provenance", self.provenance.len())?;
        self.check_own()
    }
}

impl Assessment {
    fn check_own(&self) -> Result<()> {
        unique("answers", self.answers.iter().map(|answer| &*answer.criterion))?;
        let subjects = [self.innovation.is_some(), self.hub.is_some(), self.agency.is_some()];
        if subjects.iter().filter(|is_there| **is_there).count() != 1 {
            let hint = "an innovation, a hub or an agency, and one of them only";
            return Err(Error::new(Code::FieldMissing).field("innovation").expected(hint));
        }
        Ok(())
    }
}
