//! Rubrics: criteria with weights on a scale, with a version.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::EntityKind;
use super::common::{Entity, Line, Mark, Provenance, Text, Visit, limit, unique};
use crate::base::{Code, Error, Period, Result, RubricId, Score, Weight, vocabulary::vocabulary};

vocabulary! {
    /// What a missing answer means.
    MissingRule = "missing-rule" {
        Refuse = "refuse", "ditolak", "refuse";
        Skip = "skip", "dilewati", "leave out";
        Lowest = "lowest", "nilai terendah", "lowest score";
        NoPoints = "no-points", "tanpa nilai", "no points";
    }
}

/// A score a criterion may have, with what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreOption {
    /// The score.
    pub score: Score,
    /// What it means, in the language of the network.
    pub label: Line,
    /// What it means, in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_en: Option<Line>,
    /// How well it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

/// One criterion of a rubric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its code.
    pub code: Line,
    /// Its label in the language of the network.
    pub label: Line,
    /// Its label in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_en: Option<Line>,
    /// Its weight.
    pub weight: Weight,
    /// Code of the criterion it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Line>,
    /// Whether it must be answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_required: Option<bool>,
    /// How many words its section may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word_limit: Option<u32>,
    /// The scores it may have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<ScoreOption>,
    /// How well the weight is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// A rubric: criteria with weights on a scale, with a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    /// Its id.
    pub id: RubricId,
    /// Its title.
    pub title: Line,
    /// Its version.
    pub version: Line,
    /// The lowest score of a criterion.
    pub scale_min: Score,
    /// The highest score of a criterion.
    pub scale_max: Score,
    /// What the weights of the top criteria add up to.
    pub total: Weight,
    /// What a missing answer means.
    pub missing: MissingRule,
    /// Its criteria.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Criterion>,
    /// How well the scale is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale_mark: Option<Mark>,
    /// When it was true, as far as known.
    #[serde(default, skip_serializing_if = "Period::is_unknown")]
    pub valid: Period,
    /// Where the record, or single fields of it, come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl Rubric {
    /// A record with what is required; everything else is unknown.
    #[allow(clippy::too_many_arguments, reason = "one argument for each required field")]
    pub fn new(
        id: RubricId,
        title: Line,
        version: Line,
        scale_min: Score,
        scale_max: Score,
        total: Weight,
        missing: MissingRule,
    ) -> Self {
        Self {
            id,
            title,
            version,
            scale_min,
            scale_max,
            total,
            missing,
            criteria: Vec::new(),
            scale_mark: None,
            valid: Period::default(),
            provenance: Vec::new(),
        }
    }
}

impl Entity for Rubric {
    type Id = RubricId;
    const KIND: EntityKind = EntityKind::Rubric;

    fn id(&self) -> &RubricId {
        &self.id
    }
    fn name(&self) -> Option<&str> {
        Some(&self.title)
    }
    fn provenance(&self) -> &[Provenance] {
        &self.provenance
    }
    fn valid(&self) -> Period {
        self.valid
    }
    fn references(&self, visit: &mut Visit<'_>) {
        let _ = visit;
    }
    fn check(&self) -> Result<()> {
        limit("criteria", self.criteria.len())?;
        limit("provenance", self.provenance.len())?;
        self.valid.check().map_err(|error| error.inside("valid"))?;
        self.check_own()
    }
}

impl Rubric {
    fn check_own(&self) -> Result<()> {
        unique("criteria", self.criteria.iter().map(|criterion| &*criterion.code))?;
        if self.scale_min >= self.scale_max {
            let scale = format!("{} to {}", self.scale_min, self.scale_max);
            return Err(Error::new(Code::OutOfRange).field("scale_max").value(scale).expected("a scale that rises"));
        }
        let top: Weight = self.aspects().map(|criterion| criterion.weight).sum();
        if top != self.total {
            return Err(Error::new(Code::RubricWeights).field("total").value(top).expected(self.total.to_string()));
        }
        self.check_criteria()
    }

    fn check_criteria(&self) -> Result<()> {
        for (index, criterion) in self.criteria.iter().enumerate() {
            let field = |name: &str| format!("criteria[{index}].{name}");
            let error = |code, name: &str| Error::new(code).field(field(name));
            if criterion.weight < Weight::ZERO {
                return Err(error(Code::OutOfRange, "weight").value(criterion.weight).expected("zero or more"));
            }
            let on_scale = |option: &ScoreOption| (self.scale_min..=self.scale_max).contains(&option.score);
            if let Some(off) = criterion.options.iter().find(|option| !on_scale(option)) {
                let scale = format!("{} to {}", self.scale_min, self.scale_max);
                return Err(error(Code::OutOfRange, "options").value(off.score).expected(scale));
            }
            let scores: Vec<String> = criterion.options.iter().map(|option| option.score.to_string()).collect();
            unique(&field("options"), scores.iter().map(String::as_str))?;
        }
        Ok(())
    }

    /// Refuses a rubric of more than two levels, and one whose weights do not add up to its total on the lower one too.
    pub(crate) fn check_levels(&self) -> Result<()> {
        for (index, criterion) in self.criteria.iter().enumerate() {
            if let Some(parent) = &criterion.parent
                && !self.aspects().any(|aspect| aspect.code == *parent)
            {
                let error = Error::new(Code::NotFound).field(format!("criteria[{index}].parent")).value(parent);
                return Err(error.expected("code of a top criterion"));
            }
        }
        let wrong = self.aspects().find(|aspect| {
            let mut questions = self.questions(&aspect.code).map(|question| question.weight).peekable();
            questions.peek().is_some() && questions.sum::<Weight>() != self.total
        });
        match wrong {
            Some(aspect) => Err(Error::new(Code::RubricWeights)
                .field("criteria")
                .value(&aspect.code)
                .expected(self.total.to_string())),
            None if self.total <= Weight::ZERO => {
                Err(Error::new(Code::OutOfRange).field("total").value(self.total).expected("above zero"))
            }
            None => Ok(()),
        }
    }

    /// The criterion with this code.
    pub fn criterion(&self, code: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| &*criterion.code == code)
    }

    /// The top criteria.
    pub fn aspects(&self) -> impl Iterator<Item = &Criterion> {
        self.criteria.iter().filter(|criterion| criterion.parent.is_none())
    }

    /// The criteria that a top criterion is made of.
    pub fn questions<'a>(&'a self, aspect: &'a str) -> impl Iterator<Item = &'a Criterion> {
        self.criteria.iter().filter(move |criterion| criterion.parent.as_deref() == Some(aspect))
    }
}
