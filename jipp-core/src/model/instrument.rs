//! Instruments: a rubric with the bands its total falls into. Those that ship are data files with a mark for each figure.

use serde::{Deserialize, Serialize};

use super::common::{Entity as _, Line, Mark};
use super::rubric::{Criterion, Rubric};
use crate::base::{Code, Error, Lang, Result, Score};

/// The instruments that ship, by id.
const SHIPPED: [(&str, &str); 6] = [
    ("hub-kematangan@2025", include_str!("../../data/rubrics/hub-kematangan@2025.json")),
    ("iid-kematangan@2026", include_str!("../../data/rubrics/iid-kematangan@2026.json")),
    ("kipp-replikasi@default", include_str!("../../data/rubrics/kipp-replikasi@default.json")),
    ("kipp-umum@2022-form", include_str!("../../data/rubrics/kipp-umum@2022-form.json")),
    ("kipp-umum@2023", include_str!("../../data/rubrics/kipp-umum@2023.json")),
    ("replicability-rogers@1", include_str!("../../data/rubrics/replicability-rogers@1.json")),
];

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

    /// Refuses bands that are not given from the highest down.
    pub(crate) fn check_all(bands: &[Self]) -> Result<()> {
        let falls = bands.windows(2).all(|pair| matches!(pair, [one, next] if one.from > next.from));
        if falls { Ok(()) } else { Err(Error::new(Code::OutOfRange).field("bands").expected("from the highest down")) }
    }
}

/// An instrument: a rubric, and the bands of its total.
///
/// A rubric has one level (criteria), or two: top criteria (aspects), and the questions of each, whose weights add up to the
/// total of the rubric like those of the aspects. An aspect without questions is answered itself.
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
    /// The ids of the instruments that ship, in order.
    pub fn shipped_ids() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(id, _)| *id)
    }

    /// An instrument that ships, by the id of its rubric. Every figure carries its mark: what was not found (the scale of the
    /// national competition, the question texts of the hubs' instrument) is a default marked as inferred, or missing.
    ///
    /// | id | what | figures |
    /// | --- | --- | --- |
    /// | `kipp-umum@2023` | the general group of KIPP 2023 | weights from the ministry's training deck; scale inferred |
    /// | `kipp-umum@2022-form` | the form of 2022, also seen in 2025 | weights and word limits observed; scale inferred |
    /// | `kipp-replikasi@default` | the replication group | sections sourced, all weights inferred |
    /// | `iid-kematangan@2026` | maturity of one innovation, indicators 16 to 35 of the regional innovation index | weights and levels seen in secondary sources |
    /// | `hub-kematangan@2025` | maturity of a hub | aspects and question weights observed, aspect weights inferred |
    /// | `replicability-rogers@1` | how easily an innovation is replicated, by Rogers' five attributes | all weights inferred |
    ///
    /// ```
    /// use jipp_core::model::{Instrument, Mark};
    /// let kipp = Instrument::shipped("kipp-umum@2023")?;
    /// let impact = kipp.rubric.criterion("signifikansi").ok_or("no such criterion")?;
    /// assert_eq!((impact.weight.to_string().as_str(), impact.mark), ("30", Some(Mark::Sourced)));
    /// assert_eq!(kipp.rubric.scale_mark, Some(Mark::Inferred));
    /// assert_eq!(Instrument::shipped("kipp-umum@1999").unwrap_err().code(), "not-found");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// `not-found`, with the ids there are.
    pub fn shipped(id: &str) -> Result<Self> {
        let found = SHIPPED.iter().find(|(known, _)| *known == id);
        let (_, text) = found.ok_or_else(|| {
            let known: Vec<&str> = Self::shipped_ids().collect();
            Error::new(Code::NotFound).field("rubric").value(id).expected(known.join(", "))
        })?;
        Self::from_json(text)
    }

    /// The instrument of 2025 for hubs, `hub-kematangan@2025`: four aspects on a scale of 0 to 10.
    ///
    /// The aspects come from press reports; the weights of the questions, the scale and the bands were observed in a
    /// public prototype; the weights of the aspects are inferred (equal). The texts of the questions were not found
    /// and are not made up: codes stand in until somebody supplies them.
    ///
    /// ```
    /// use jipp_core::model::Instrument;
    /// let instrument = Instrument::hubs_2025()?;
    /// assert_eq!(instrument.aspects().count(), 4);
    /// assert_eq!(instrument.questions("perencanaan").count(), 3);
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// None in practice: a test reads the file.
    pub fn hubs_2025() -> Result<Self> {
        Self::shipped("hub-kematangan@2025")
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
        self.rubric.check_levels().map_err(|error| error.inside("rubric"))?;
        Band::check_all(&self.bands)
    }

    /// The aspects.
    pub fn aspects(&self) -> impl Iterator<Item = &Criterion> {
        self.rubric.aspects()
    }

    /// The questions of an aspect.
    pub fn questions<'a>(&'a self, aspect: &'a str) -> impl Iterator<Item = &'a Criterion> {
        self.rubric.questions(aspect)
    }

    /// The band a total falls into; none if it is below all.
    pub fn band(&self, total: Score) -> Option<&Band> {
        self.bands.iter().find(|band| total >= band.from)
    }
}
