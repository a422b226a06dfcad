//! The formula of an index, as data.

use serde::{Deserialize, Serialize};

use super::gain::Efforts;
use crate::base::{Code, Error, PartialDate, Period, Result, RubricId, Score, Truth, Weight};
use crate::model::{Band, Entity as _, Instrument, Line, Mark, Provenance, Rubric, Text};

/// The formulas that ship, by id.
const SHIPPED: [(&str, &str); 2] = [
    ("iid-indeks@2023", include_str!("../../../data/indices/iid-indeks@2023.json")),
    ("iid-indeks@2026", include_str!("../../../data/indices/iid-indeks@2026.json")),
];

/// The points of the innovations are divided by their number, but by no less than this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DivisorRule {
    /// From this year on.
    pub from_year: u16,
    /// The least divisor.
    pub least: u32,
    /// How well it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

/// Of how many basic services there must be an innovation, for their number to bring points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AffairsRule {
    /// From this year on.
    pub from_year: u16,
    /// So many of them.
    pub least: u32,
    /// How well it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

/// The points for the number of innovations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountRule {
    /// Points for each innovation.
    pub factor: Weight,
    /// Those above this number bring none.
    pub cap: u32,
    /// How many of the basic services must be covered.
    #[serde(default)]
    pub affairs: Vec<AffairsRule>,
    /// How many basic services there are.
    pub of: u32,
    /// How well these figures are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

/// An indicator that nobody can raise any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixed {
    /// Its code.
    pub criterion: Line,
    /// How well this is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// The formula of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexFormula {
    /// Its id: name and version.
    pub id: RubricId,
    /// Its title.
    pub title: Line,
    /// Its version.
    pub version: Line,
    /// When it is used.
    #[serde(default, skip_serializing_if = "Period::is_unknown")]
    pub valid: Period,
    /// The indicators of the government itself; absent where they were not found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Rubric>,
    /// The instrument of the innovations; absent where it was not found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub innovation: Option<RubricId>,
    /// The least divisor, by year.
    pub divisor: Vec<DivisorRule>,
    /// The points for the number of innovations; absent where they were not found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<CountRule>,
    /// The points of a government that has all; absent where it was not found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Score>,
    /// How well the maximum is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_mark: Option<Mark>,
    /// The bands of the index, highest first.
    pub bands: Vec<Band>,
    /// When an innovation must have come into use to count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<Period>,
    /// How well the window is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window_mark: Option<Mark>,
    /// Indicators that nobody can raise any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fixed: Vec<Fixed>,
    /// Where the figures come from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl IndexFormula {
    /// The ids of the formulas that ship, in order.
    pub fn shipped_ids() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(id, _)| *id)
    }

    /// A formula that ships: `iid-indeks@2026`, or `iid-indeks@2023`, of which only the divisor and the bands were found.
    ///
    /// ```
    /// use jipp_core::evaluation::index::IndexFormula;
    /// let formula = IndexFormula::shipped("iid-indeks@2026")?;
    /// assert_eq!((formula.divisor(2027), formula.maximum), (Some(14), Some("250".parse()?)));
    /// assert_eq!(IndexFormula::shipped("iid-indeks@2023")?.maximum, None);
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found`, with the ids there are.
    pub fn shipped(id: &str) -> Result<Self> {
        let found = SHIPPED.iter().find(|(known, _)| *known == id);
        let (_, text) = found.ok_or_else(|| {
            let known: Vec<&str> = Self::shipped_ids().collect();
            Error::new(Code::NotFound).field("formula").value(id).expected(known.join(", "))
        })?;
        Self::from_json(text)
    }

    /// Reads a formula from JSON and checks it.
    ///
    /// # Errors
    /// `json-syntax`, `field-missing`, `field-unknown`, `field-type`, and those of [`check`](Self::check).
    pub fn from_json(text: &str) -> Result<Self> {
        let formula: Self = serde_json::from_str(text).map_err(|error| Error::from_serde(&error.to_string()))?;
        formula.check()?;
        Ok(formula)
    }

    /// Checks the indicators, the divisors, the maximum and the bands.
    ///
    /// # Errors
    /// Those of a rubric; `out-of-range` if a divisor or the maximum is not above zero, a rule by year does not go forward
    /// in time, or bands do not fall; `field-missing` without a divisor or bands.
    pub fn check(&self) -> Result<()> {
        if let Some(unit) = &self.unit {
            unit.check().map_err(|error| error.inside("unit"))?;
        }
        let out = |field: &str, value: String, expected: &str| {
            Err(Error::new(Code::OutOfRange).field(field).value(value).expected(expected))
        };
        if let Some(zero) = self.divisor.iter().find(|rule| rule.least == 0) {
            return out("divisor", zero.least.to_string(), "1 or more");
        }
        let forward = |years: &mut dyn Iterator<Item = u16>| {
            let years: Vec<u16> = years.collect();
            years.windows(2).all(|pair| matches!(pair, [one, next] if one < next))
        };
        let affairs = self.count.iter().flat_map(|count| &count.affairs);
        if !forward(&mut self.divisor.iter().map(|rule| rule.from_year)) {
            return out("divisor", self.divisor.len().to_string(), "years that go forward");
        }
        if !forward(&mut affairs.map(|rule| rule.from_year)) {
            return out("count.affairs", "years".to_owned(), "years that go forward");
        }
        if let Some(maximum) = self.maximum.filter(|maximum| *maximum <= Score::ZERO) {
            return out("maximum", maximum.to_string(), "above zero");
        }
        if self.divisor.is_empty() {
            return Err(Error::new(Code::FieldMissing)
                .field("divisor")
                .expected("a least divisor, 1 if there is none"));
        }
        if self.bands.is_empty() {
            return Err(Error::new(Code::FieldMissing).field("bands").expected("bands, highest first"));
        }
        Band::check_all(&self.bands)
    }

    /// The least divisor in a year; none before the first year that is ruled.
    pub fn divisor(&self, year: u16) -> Option<u32> {
        self.divisor.iter().rev().find(|rule| rule.from_year <= year).map(|rule| rule.least)
    }

    /// Whether an innovation that came into use on a date counts: within the window, if there is one.
    pub fn counts(&self, implemented_on: PartialDate) -> Truth {
        self.window.map_or(Truth::Yes, |window| window.holds_on(implemented_on))
    }

    /// What rises take, with the indicators fixed that nobody can raise any more: one unit for each level.
    pub fn efforts(&self) -> Efforts {
        let fixed = self.fixed.iter().map(|fixed| fixed.criterion.to_string()).collect();
        Efforts { fixed, ..Efforts::default() }
    }

    /// The instrument of the innovations, where it ships.
    ///
    /// # Errors
    /// `not-found` if the formula names none, or one that does not ship.
    pub fn instrument(&self) -> Result<Instrument> {
        match &self.innovation {
            Some(id) => Instrument::shipped(id.as_str()),
            None => Err(Error::new(Code::NotFound)
                .about(self.id.as_str())
                .field("innovation")
                .expected("an instrument of your own: that of this formula was not found")),
        }
    }
}

impl CountRule {
    /// How many basic services must be covered in a year; none if nothing is asked.
    pub fn affairs(&self, year: u16) -> u32 {
        self.affairs.iter().rev().find(|rule| rule.from_year <= year).map_or(0, |rule| rule.least)
    }

    /// The points for so many innovations, when enough services are covered.
    pub fn points(&self, innovations: u32) -> Score {
        Score::from_units(self.factor.units().saturating_mul(i64::from(innovations.min(self.cap))))
    }
}
