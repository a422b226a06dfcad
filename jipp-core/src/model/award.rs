//! Awards.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::EntityKind;
use super::common::{Entity, Line, Provenance, Visit, limit};
use crate::base::{AwardId, DecreeId, EditionId, InnovationId, PartialDate, Result};

/// An award, as the source words it and, where that can be read, placed in an edition and tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// Its id.
    pub id: AwardId,
    /// What was awarded.
    pub innovation: InnovationId,
    /// The award as the source words it.
    pub label: Line,
    /// The contest, where its edition has no record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contest: Option<Line>,
    /// The edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<EditionId>,
    /// Code of the group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Line>,
    /// Code of the tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Line>,
    /// The year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// The decree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decree: Option<DecreeId>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Award {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: AwardId, innovation: InnovationId, label: Line) -> Self {
        Self {
            id,
            innovation,
            label,
            contest: None,
            edition: None,
            group: None,
            tier: None,
            year: None,
            decree: None,
            on: None,
            provenance: Vec::new(),
        }
    }
}

impl Entity for Award {
    type Id = AwardId;
    const KIND: EntityKind = EntityKind::Award;

    fn id(&self) -> &AwardId {
        &self.id
    }
    fn name(&self) -> Option<&str> {
        Some(&self.label)
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        visit("innovation", EntityKind::Innovation, self.innovation.as_str());
        if let Some(id) = &self.edition {
            visit("edition", EntityKind::Edition, id.as_str());
        }
        if let Some(id) = &self.decree {
            visit("decree", EntityKind::Decree, id.as_str());
        }
    }
    fn check(&self) -> Result<()> {
        limit("provenance", self.provenance.len())?;
        Ok(())
    }
}
