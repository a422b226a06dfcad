//! Instruments of maturity: a rubric of aspects and questions, and the bands its total falls into. They are data.

use serde::{Deserialize, Serialize};

use crate::base::{Code, Error, Lang, Result, Score, Weight};
use crate::model::{Criterion, Entity as _, Line, Mark, Rubric};

const HUB_MATURITY_2025: &str = include_str!("../../data/rubrics/hub-kematangan@2025.json");

/// A band of totals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The lowest total in it.
    pub from: Score,
    /// What it is called in the language of the network.
    pub label: Line,
    /// What it is called in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label_en: Option<Line>,
    /// How well it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

impl Band {
    /// What it is called in a language.
    pub fn label(&self, lang: Lang) -> &str {
        match (lang, &self.label_en) {
            (Lang::En, Some(label)) => label,
            _ => &self.label,
        }
    }
}

/// An instrument: a rubric of two levels (aspects, and the questions of each), and bands.
///
/// The total is the sum of answer × weight of the question × weight of its aspect; so the weights of the aspects, and
/// those of the questions of each aspect, all add up to the total of the rubric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Aspects, questions, weights, scale, and what a missing answer means.
    pub rubric: Rubric,
    /// The bands, highest first.
    #[serde(default)]
    pub bands: Vec<Band>,
}

impl Instrument {
    /// The instrument of 2025 for hubs, `hub-kematangan@2025`: four aspects on a scale of 0 to 10.
    ///
    /// The aspects come from press reports; the weights of the questions, the scale and the bands were observed in a
    /// public prototype; the weights of the aspects are inferred (equal). The texts of the questions were not found
    /// and are not made up: codes stand in until somebody supplies them.
    ///
    /// ```
    /// use jipp_core::hubs::Instrument;
    /// let instrument = Instrument::hubs_2025()?;
    /// assert_eq!(instrument.aspects().count(), 4);
    /// assert_eq!(instrument.questions("perencanaan").count(), 3);
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// None in practice: a test reads the file.
    pub fn hubs_2025() -> Result<Self> {
        Self::from_json(HUB_MATURITY_2025)
    }

    /// Reads an instrument from JSON and checks it.
    ///
    /// # Errors
    /// `json-syntax`, `field-missing`, `field-unknown`, `field-type`, and those of [`check`](Self::check).
    pub fn from_json(text: &str) -> Result<Self> {
        let instrument: Self = serde_json::from_str(text).map_err(|error| Error::from_serde(&error.to_string()))?;
        instrument.check()?;
        Ok(instrument)
    }

    /// Checks the rubric, its weights level by level, and the order of the bands.
    ///
    /// # Errors
    /// `rubric-weights` if the weights of a level do not add up to the total; `not-found` if a question belongs to no
    /// aspect; `out-of-range` if a weight is below zero or bands do not fall; those of a rubric.
    pub fn check(&self) -> Result<()> {
        self.rubric.check().map_err(|error| error.inside("rubric"))?;
        check_levels(&self.rubric)?;
        let falls = self.bands.windows(2).all(|pair| matches!(pair, [one, next] if one.from > next.from));
        if falls { Ok(()) } else { Err(Error::new(Code::OutOfRange).field("bands").expected("from the highest down")) }
    }

    /// The aspects.
    pub fn aspects(&self) -> impl Iterator<Item = &Criterion> {
        aspects(&self.rubric)
    }

    /// The questions of an aspect.
    pub fn questions<'a>(&'a self, aspect: &'a str) -> impl Iterator<Item = &'a Criterion> {
        questions(&self.rubric, aspect)
    }

    /// The band a total falls into; none if it is below all.
    pub fn band(&self, total: Score) -> Option<&Band> {
        self.bands.iter().find(|band| total >= band.from)
    }
}

pub(super) fn aspects(rubric: &Rubric) -> impl Iterator<Item = &Criterion> {
    rubric.criteria.iter().filter(|criterion| criterion.parent.is_none())
}

pub(super) fn questions<'a>(rubric: &'a Rubric, aspect: &'a str) -> impl Iterator<Item = &'a Criterion> {
    rubric.criteria.iter().filter(move |criterion| criterion.parent.as_deref() == Some(aspect))
}

/// Checks that a rubric has two levels whose weights each add up to its total.
pub(super) fn check_levels(rubric: &Rubric) -> Result<()> {
    for (index, criterion) in rubric.criteria.iter().enumerate() {
        let field = |name: &str| format!("rubric.criteria[{index}].{name}");
        if criterion.weight < Weight::ZERO {
            let error = Error::new(Code::OutOfRange).field(field("weight")).value(criterion.weight);
            return Err(error.expected("zero or more"));
        }
        if let Some(parent) = &criterion.parent
            && !aspects(rubric).any(|aspect| aspect.code == *parent)
        {
            return Err(Error::new(Code::NotFound).field(field("parent")).value(parent).expected("code of an aspect"));
        }
    }
    let sum = |weights: &mut dyn Iterator<Item = Weight>| weights.fold(Weight::ZERO, |sum, weight| sum + weight);
    let wrong = aspects(rubric).find(|aspect| {
        let of_questions = sum(&mut questions(rubric, &aspect.code).map(|question| question.weight));
        of_questions != rubric.total
    });
    match wrong {
        Some(aspect) => Err(Error::new(Code::RubricWeights)
            .field("rubric.criteria")
            .value(&aspect.code)
            .expected(rubric.total.to_string())),
        None if rubric.total <= Weight::ZERO => {
            Err(Error::new(Code::OutOfRange).field("rubric.total").value(rubric.total).expected("above zero"))
        }
        None => Ok(()),
    }
}
