//! The rules of an edition as data: who may enter, how scores are put together, and who must be among the chosen.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::EntityKind;
use super::agency::AgencyKind;
use super::common::{Line, Mark, Text, Visit};
use crate::base::{Code, EditionId, Error, Result, vocabulary::vocabulary};

vocabulary! {
    /// How the totals of several assessors become one.
    Aggregation = "aggregation" {
        Mean = "mean", "rerata", "mean";
        Median = "median", "median", "median";
        TrimmedMean = "trimmed-mean", "rerata terpangkas", "trimmed mean";
    }
}

vocabulary! {
    /// Why an assessor must not score a proposal.
    ConflictGround = "conflict-ground" {
        Declared = "declared", "menyatakan sendiri", "declared";
        SameAgency = "same-agency", "instansi yang sama", "same agency";
        SuperiorAgency = "superior-agency", "instansi atasan atau bawahan", "superior or subordinate agency";
        MentorHub = "mentor-hub", "hub pendamping", "mentoring hub";
        Lineage = "lineage", "asal atau turunan replikasi", "source or replica of it";
    }
}

vocabulary! {
    /// What proposals are counted by, where the composition of the chosen is ruled.
    Dimension = "dimension" {
        Group = "group", "kelompok", "group";
        Category = "category", "kategori", "category";
        AgencyKind = "agency-kind", "jenis instansi", "kind of agency";
        IslandGroup = "island-group", "gugus pulau", "island group";
        Province = "province", "provinsi", "province";
        Underdeveloped = "underdeveloped", "daerah 3T", "disadvantaged, frontier, outermost";
        Agency = "agency", "instansi", "agency";
    }
}

/// Which awards are meant: those of the edition's competition that fit everything that is given.
///
/// An award of a tier counts as one of every tier its winners are drawn from (a Top 45 is a Top 99 too), once for each
/// edition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AwardPattern {
    /// Of this edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<EditionId>,
    /// Of the group with this code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Line>,
    /// Of the tier with this code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Line>,
    /// Of this year or later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_year: Option<u16>,
    /// Of this year or earlier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_year: Option<u16>,
}

/// What a rule of eligibility asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Requirement {
    /// In use for so many months on the day the registration closes.
    Age {
        /// How many.
        months: u32,
        /// Only for proposals of these categories; for all if there are none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        categories: Vec<Line>,
    },
    /// The owner is of one of these kinds.
    AgencyKinds {
        /// Which.
        any_of: Vec<AgencyKind>,
    },
    /// The agency enters at most so many proposals in the group.
    AgencyQuota {
        /// How many.
        most: u32,
    },
    /// It serves at least so many of the sustainable development goals.
    Sdgs {
        /// How many.
        least: u32,
    },
    /// A document with each of these codes is attached.
    Documents {
        /// Which; the codes are those of the evidence.
        all_of: Vec<Line>,
    },
    /// It won at most so many awards of these kinds; none if `most` is 0.
    AwardsAtMost {
        /// Which awards.
        any_of: Vec<AwardPattern>,
        /// How many.
        most: u32,
    },
    /// It won at least one award of these kinds.
    AwardsAnyOf {
        /// Which awards.
        any_of: Vec<AwardPattern>,
    },
    /// It replicates at least one innovation that won an award of these kinds.
    SourceAwarded {
        /// Which awards.
        any_of: Vec<AwardPattern>,
    },
    /// No other proposal of the edition has the same title.
    UniqueTitle {},
}

impl Requirement {
    fn patterns(&self) -> &[AwardPattern] {
        match self {
            Self::AwardsAtMost { any_of, .. } | Self::AwardsAnyOf { any_of } | Self::SourceAwarded { any_of } => any_of,
            _ => &[],
        }
    }
}

/// A rule of eligibility: whoever fails one may not enter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EligibilityRule {
    /// Its code.
    pub code: Line,
    /// What it asks for.
    pub requirement: Requirement,
    /// How the source words it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Line>,
    /// The same in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_en: Option<Line>,
    /// How well it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl EligibilityRule {
    pub(crate) fn references(&self, visit: &mut Visit<'_>) {
        for pattern in self.requirement.patterns() {
            if let Some(id) = &pattern.edition {
                visit("edition", EntityKind::Edition, id.as_str());
            }
        }
    }
}

/// A rule on the composition of the chosen: so many at least, so many at most, of those alike in one dimension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompositionRule {
    /// Its code.
    pub code: Line,
    /// What is counted by.
    pub dimension: Dimension,
    /// The value that is ruled; every value for itself if absent (*at most three of each agency*).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Line>,
    /// How many at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<u32>,
    /// How many at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
    /// How well it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl CompositionRule {
    /// Refuses a rule that rules nothing, or that nobody could keep.
    pub(crate) fn check(&self) -> Result<()> {
        match (self.least, self.most) {
            (None, None) => Err(Error::new(Code::FieldMissing).field("most").expected("least, most, or both")),
            (Some(least), Some(most)) if least > most => {
                let error = Error::new(Code::OutOfRange).field("least").value(least);
                Err(error.expected(format!("at most {most}, the greatest number allowed")))
            }
            _ => Ok(()),
        }
    }
}
