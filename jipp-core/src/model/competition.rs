//! Competitions: editions with their groups, categories, tiers and stages, and the rules they are held under.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::EntityKind;
use super::common::{Entity, Line, Mark, Provenance, Visit, limit, unique};
use super::panel::PanelKind;
use super::rules::{Aggregation, CompositionRule, EligibilityRule};
use crate::base::{
    AgencyId, CompetitionId, DecreeId, EditionId, Error, Period, Result, RubricId, Score, Weight,
    vocabulary::vocabulary,
};

vocabulary! {
    /// The level of a competition.
    CompetitionLevel = "competition-level" {
        International = "international", "internasional", "international";
        National = "national", "nasional", "national";
        Provincial = "provincial", "provinsi", "provincial";
        Local = "local", "kabupaten/kota", "regency or city";
        Internal = "internal", "internal instansi", "within an agency";
    }
}

vocabulary! {
    /// The kind of a stage of an edition.
    StageKind = "stage-kind" {
        Administration = "administration", "seleksi administrasi", "administrative screening";
        Desk = "desk", "penilaian proposal", "desk evaluation";
        Consolidation = "consolidation", "konsolidasi nilai", "consolidation";
        PublicTest = "public-test", "uji publik", "public test";
        Interview = "interview", "presentasi dan wawancara", "presentation and interview";
        FieldVisit = "field-visit", "verifikasi dan observasi lapangan", "field verification";
        Plenary = "plenary", "rapat pleno", "plenary";
        Other = "other", "lainnya", "other";
    }
}

/// A group of an edition (general, replication, special): participants compete within it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its code.
    pub code: Line,
    /// Its label.
    pub label: Line,
    /// The rubric that scores it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rubric: Option<RubricId>,
    /// How many proposals one agency may enter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota_per_agency: Option<u32>,
    /// How old an innovation must be at closing, in months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_age_months: Option<u32>,
    /// Who may enter, besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub eligibility: Vec<EligibilityRule>,
    /// How well these figures are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

impl Group {
    pub(crate) fn references(&self, visit: &mut Visit<'_>) {
        if let Some(id) = &self.rubric {
            visit("rubric", EntityKind::Rubric, id.as_str());
        }
        for rule in &self.eligibility {
            rule.references(visit);
        }
    }
}

/// A category of an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its code.
    pub code: Line,
    /// Its label.
    pub label: Line,
}

/// A tier of award of an edition. Tiers change every few years, so they are data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Its code.
    pub code: Line,
    /// Its label.
    pub label: Line,
    /// Code of the group it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Line>,
    /// How many may win it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<u32>,
    /// Code of the tier its winners are drawn from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Line>,
    /// Its standing within the edition, 1 the highest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    /// How well its cap is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

/// A stage of an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Its code.
    pub code: Line,
    /// Its kind.
    pub kind: StageKind,
    /// Its label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Line>,
    /// Its share in the total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Weight>,
    /// The score that passes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass_mark: Option<Score>,
    /// The rubric that scores it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rubric: Option<RubricId>,
    /// The panel that scores it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panel: Option<PanelKind>,
    /// How the totals of its assessors become one; by their mean if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aggregation: Option<Aggregation>,
    /// How many assessors must score each proposal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_assessors: Option<u32>,
    /// The range of scores beyond which moderation is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_spread: Option<Score>,
    /// How well these figures are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

impl Stage {
    pub(crate) fn references(&self, visit: &mut Visit<'_>) {
        if let Some(id) = &self.rubric {
            visit("rubric", EntityKind::Rubric, id.as_str());
        }
    }
}

/// A competition that is held again and again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Competition {
    /// Its id.
    pub id: CompetitionId,
    /// Its name.
    pub name: Line,
    /// Other names that people use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Line>,
    /// Its level.
    pub level: CompetitionLevel,
    /// Who holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organiser: Option<AgencyId>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Competition {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: CompetitionId, name: Line, level: CompetitionLevel) -> Self {
        Self { id, name, aliases: Vec::new(), level, organiser: None, provenance: Vec::new() }
    }
}

impl Entity for Competition {
    type Id = CompetitionId;
    const KIND: EntityKind = EntityKind::Competition;

    fn id(&self) -> &CompetitionId {
        &self.id
    }
    fn name(&self) -> Option<&str> {
        Some(&self.name)
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        if let Some(id) = &self.organiser {
            visit("organiser", EntityKind::Agency, id.as_str());
        }
    }
    fn check(&self) -> Result<()> {
        limit("aliases", self.aliases.len())?;
        limit("provenance", self.provenance.len())?;
        Ok(())
    }
}

/// One edition of a competition, with its rules as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// Its id.
    pub id: EditionId,
    /// The competition.
    pub competition: CompetitionId,
    /// The year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Its theme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Line>,
    /// The rules it is held under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decree: Option<DecreeId>,
    /// When proposals may be entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration: Option<Period>,
    /// Its groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// Its categories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Category>,
    /// Its tiers of award.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<Tier>,
    /// Its stages, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
    /// How the chosen must be composed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub composition: Vec<CompositionRule>,
    /// What decides between equal totals: codes of criteria, in order, and `submitted-on` for who came first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tie_break: Vec<Line>,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Edition {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(id: EditionId, competition: CompetitionId) -> Self {
        Self {
            id,
            competition,
            year: None,
            theme: None,
            decree: None,
            registration: None,
            groups: Vec::new(),
            categories: Vec::new(),
            tiers: Vec::new(),
            stages: Vec::new(),
            composition: Vec::new(),
            tie_break: Vec::new(),
            provenance: Vec::new(),
        }
    }
}

impl Entity for Edition {
    type Id = EditionId;
    const KIND: EntityKind = EntityKind::Edition;

    fn id(&self) -> &EditionId {
        &self.id
    }
    fn name(&self) -> Option<&str> {
        self.theme.as_deref()
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn references(&self, visit: &mut Visit<'_>) {
        visit("competition", EntityKind::Competition, self.competition.as_str());
        if let Some(id) = &self.decree {
            visit("decree", EntityKind::Decree, id.as_str());
        }
        for part in &self.groups {
            part.references(visit);
        }
        for part in &self.stages {
            part.references(visit);
        }
    }
    fn check(&self) -> Result<()> {
        limit("groups", self.groups.len())?;
        limit("categories", self.categories.len())?;
        limit("tiers", self.tiers.len())?;
        limit("stages", self.stages.len())?;
        limit("composition", self.composition.len())?;
        limit("tie_break", self.tie_break.len())?;
        limit("provenance", self.provenance.len())?;
        self.check_own()
    }
}

impl Edition {
    fn check_own(&self) -> Result<()> {
        unique("groups", self.groups.iter().map(|group| &*group.code))?;
        unique("categories", self.categories.iter().map(|category| &*category.code))?;
        unique("tiers", self.tiers.iter().map(|tier| &*tier.code))?;
        unique("stages", self.stages.iter().map(|stage| &*stage.code))?;
        unique("composition", self.composition.iter().map(|rule| &*rule.code))?;
        unique("tie_break", self.tie_break.iter().map(|code| &**code))?;
        for (index, group) in self.groups.iter().enumerate() {
            let inside = |error: Error| error.inside(&format!("groups[{index}]"));
            limit("eligibility", group.eligibility.len()).map_err(inside)?;
            unique("eligibility", group.eligibility.iter().map(|rule| &*rule.code)).map_err(inside)?;
        }
        for (index, rule) in self.composition.iter().enumerate() {
            rule.check().map_err(|error| error.inside(&format!("composition[{index}]")))?;
        }
        self.registration.map_or(Ok(()), |period| period.check().map_err(|error| error.inside("registration")))
    }

    /// The tier with this code.
    pub fn tier(&self, code: &str) -> Option<&Tier> {
        self.tiers.iter().find(|tier| &*tier.code == code)
    }

    /// The group with this code.
    pub fn group(&self, code: &str) -> Option<&Group> {
        self.groups.iter().find(|group| &*group.code == code)
    }

    /// The stage with this code.
    pub fn stage(&self, code: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| &*stage.code == code)
    }
}
