//! Needs: what an agency is looking for, and which innovations were judged to answer it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::EntityKind;
use super::agency::AgencyKind;
use super::common::{Entity, Line, Money, Provenance, Text, Visit, limit};
use crate::base::{
    AffairId, AgencyId, Code, Error, InnovationId, JudgementId, NeedId, PartialDate, RegionId, Result, SectorId,
};

/// A need: a problem for which an agency looks for a proven innovation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// Its id.
    pub id: NeedId,
    /// The need in the words of whoever has it.
    pub text: Text,
    /// Who has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyId>,
    /// The kind of agency, where the agency is not named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency_kind: Option<AgencyKind>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionId>,
    /// Sectors it belongs to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<SectorId>,
    /// Government affairs it belongs to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub affairs: Vec<AffairId>,
    /// Sustainable development goals, 1 to 17.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sdgs: Vec<u8>,
    /// What may be spent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Money>,
    /// How many people there are for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<u32>,
    /// Tools and technology at hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tools: Vec<Line>,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<PartialDate>,
    /// How it is worded: keywords, plain, formal, long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<Line>,
    /// A remark on the circumstances.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Need {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: NeedId, text: Text) -> Self {
        Self {
            id,
            text,
            agency: None,
            agency_kind: None,
            region: None,
            sectors: Vec::new(),
            affairs: Vec::new(),
            sdgs: Vec::new(),
            budget: None,
            staff: None,
            tools: Vec::new(),
            deadline: None,
            style: None,
            note: None,
            provenance: Vec::new(),
        }
    }
}

impl Entity for Need {
    type Id = NeedId;
    const KIND: EntityKind = EntityKind::Need;

    fn id(&self) -> &NeedId {
        &self.id
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        if let Some(id) = &self.agency {
            visit("agency", EntityKind::Agency, id.as_str());
        }
        if let Some(id) = &self.region {
            visit("region", EntityKind::Region, id.as_str());
        }
        for id in &self.sectors {
            visit("sectors", EntityKind::Sector, id.as_str());
        }
        for id in &self.affairs {
            visit("affairs", EntityKind::Affair, id.as_str());
        }
    }
    fn check(&self) -> Result<()> {
        limit("sectors", self.sectors.len())?;
        limit("affairs", self.affairs.len())?;
        limit("sdgs", self.sdgs.len())?;
        limit("tools", self.tools.len())?;
        limit("provenance", self.provenance.len())?;
        self.check_own()
    }
}

impl Need {
    fn check_own(&self) -> Result<()> {
        match self.sdgs.iter().find(|goal| !(1..=17).contains(*goal)) {
            Some(goal) => Err(Error::new(Code::OutOfRange).field("sdgs").value(goal).expected("goals 1 to 17")),
            None => Ok(()),
        }
    }
}

/// A relevance judgement: how well an innovation answers a need, for measuring and teaching the matching.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// Its id.
    pub id: JudgementId,
    /// The need.
    pub need: NeedId,
    /// The innovation.
    pub innovation: InnovationId,
    /// 3 solves it, 2 largely fits, 1 is in the field, 0 is of no use.
    pub grade: u8,
    /// Who judged, or how it was judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Line>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Judgement {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: JudgementId, need: NeedId, innovation: InnovationId, grade: u8) -> Self {
        Self { id, need, innovation, grade, by: None, provenance: Vec::new() }
    }
}

impl Entity for Judgement {
    type Id = JudgementId;
    const KIND: EntityKind = EntityKind::Judgement;

    fn id(&self) -> &JudgementId {
        &self.id
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        visit("need", EntityKind::Need, self.need.as_str());
        visit("innovation", EntityKind::Innovation, self.innovation.as_str());
    }
    fn check(&self) -> Result<()> {
        limit("provenance", self.provenance.len())?;
        self.check_own()
    }
}

impl Judgement {
    fn check_own(&self) -> Result<()> {
        if self.grade <= 3 {
            return Ok(());
        }
        Err(Error::new(Code::OutOfRange).field("grade").value(self.grade).expected("0 to 3"))
    }
}
