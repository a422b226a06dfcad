//! The index of a government.

use serde::{Deserialize, Serialize};

use super::divided;
use super::formula::IndexFormula;
use super::points::{Points, Side, maturity};
use crate::base::{Code, Error, Result, Score};
use crate::model::{Answer, Band};

/// The points of the government's own indicators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitPoints<'a> {
    /// From its answers, by the rubric of the formula.
    Answers(&'a [Answer], Side),
    /// Already added up, where the formula has no rubric for them.
    Sum(Score),
}

/// What an index is computed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Government<'a> {
    /// The year of the index.
    pub year: u16,
    /// The points of its own indicators.
    pub unit: UnitPoints<'a>,
    /// The points of each innovation that counts.
    pub innovations: &'a [Score],
    /// How many of the basic services its innovations cover; unknown if absent.
    pub affairs: Option<u32>,
    /// The points for the number of innovations, where the formula does not say.
    pub count_points: Option<Score>,
    /// The maximum, where the formula does not say.
    pub maximum: Option<Score>,
}

/// The index of a government, part by part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct IndexScore {
    /// The points of its own indicators.
    pub unit: Score,
    /// How its own indicators were answered, where they were.
    pub unit_points: Option<Points>,
    /// How many innovations count.
    pub innovations: u32,
    /// What their points are divided by.
    pub divisor: u32,
    /// Their points, divided.
    pub innovation: Score,
    /// The points for their number; none if it is not known whether enough services are covered.
    pub count: Option<Score>,
    /// All points that can be had.
    pub maximum: Score,
    /// The index, 0 to 100, to the millionth; none if the points for the number are not known.
    pub index: Option<Score>,
    /// The least it can be.
    pub least: Score,
    /// The most it can be.
    pub most: Score,
    /// Its band, of the index in hundredths; given too where what is unknown cannot change it.
    pub band: Option<Band>,
}

impl IndexFormula {
    /// The index of a government.
    ///
    /// ```
    /// use jipp_core::evaluation::index::{Government, IndexFormula, UnitPoints};
    /// let formula = IndexFormula::shipped("iid-indeks@2026")?;
    /// let innovations = vec!["80".parse()?; 40];
    /// let unit = UnitPoints::Sum("50".parse()?);
    /// let government =
    ///     Government { year: 2026, unit, innovations: &innovations, affairs: Some(6), count_points: None, maximum: None };
    /// let score = formula.score(&government)?;
    /// // (50 + 40 × 80 / 40 + 0.38 × 40) / 250 × 100
    /// assert_eq!(score.index, Some("58.08".parse()?));
    /// assert_eq!(score.band.map(|band| band.label.to_string()), Some("Inovatif".to_owned()));
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `undetermined` if neither the formula nor the caller gives the maximum, the points for the number of innovations,
    /// the indicators of the government, or a divisor for the year; `option-invalid` if the caller gives what the formula
    /// says; `out-of-range` for points below zero, more points than the maximum, or more services than there are; those of
    /// [`maturity`].
    pub fn score(&self, government: &Government<'_>) -> Result<IndexScore> {
        let maximum = self.one_of("maximum", self.maximum, government.maximum)?;
        let (unit, unit_points) = self.unit_score(&government.unit)?;
        let innovations = u32::try_from(government.innovations.len()).unwrap_or(u32::MAX);
        let year = government.year;
        let floor = self.divisor(year).ok_or_else(|| self.unknown("divisor", &format!("a rule for {year}")))?;
        let divisor = floor.max(innovations);
        let sum: i128 = government.innovations.iter().map(|points| i128::from(points.units())).sum();
        let below = government.innovations.iter().chain([&unit]).find(|points| **points < Score::ZERO);
        if let Some(below) = below {
            return Err(Error::new(Code::OutOfRange).field("points").value(below).expected("zero or more"));
        }
        let innovation = divided(sum, i128::from(divisor));
        let (count, count_range) = self.count_score(government, innovations)?;
        let index = |count: Score| {
            let points = i128::from(unit.units()) + i128::from(innovation.units()) + i128::from(count.units());
            divided(100 * i128::from(Score::SCALE) * points, i128::from(maximum.units()))
        };
        let (least, most) = (index(count_range.0), index(count_range.1));
        if most > Score::from_int(100) {
            let error = Error::new(Code::OutOfRange).about(self.id.as_str()).field("points").value(most);
            return Err(error.expected(format!("no more points than the maximum, {maximum}")));
        }
        let band = self.band(least).filter(|band| self.band(most) == Some(*band)).cloned();
        let index = count.map(index);
        Ok(IndexScore { unit, unit_points, innovations, divisor, innovation, count, maximum, index, least, most, band })
    }

    /// The band of an index, which is compared in hundredths; none if it is below all.
    pub fn band(&self, index: Score) -> Option<&Band> {
        let hundredth = i128::from(Score::SCALE) / 100;
        let rounded = divided(i128::from(index.units()), hundredth).units().saturating_mul(Score::SCALE / 100);
        self.bands.iter().find(|band| Score::from_units(rounded) >= band.from)
    }

    fn unit_score(&self, unit: &UnitPoints<'_>) -> Result<(Score, Option<Points>)> {
        match (unit, &self.unit) {
            (UnitPoints::Sum(sum), _) => Ok((*sum, None)),
            (UnitPoints::Answers(answers, side), Some(rubric)) => {
                let points = maturity(rubric, answers, *side)?;
                let sum = points.points.ok_or_else(|| self.unknown("unit", &points.missing.join(", ")))?;
                Ok((sum, Some(points)))
            }
            (UnitPoints::Answers(..), None) => Err(self.unknown("unit", "the sum of the government's own indicators")),
        }
    }

    /// The points for the number of innovations, if known, and the range they lie in.
    fn count_score(&self, government: &Government<'_>, innovations: u32) -> Result<(Option<Score>, (Score, Score))> {
        let known = |points: Score| Ok((Some(points), (points, points)));
        let Some(rule) = &self.count else {
            return known(self.one_of("count_points", None, government.count_points)?);
        };
        self.one_of("count_points", Some(Score::ZERO), government.count_points)?;
        let (points, asked) = (rule.points(innovations), rule.affairs(government.year));
        match government.affairs {
            Some(affairs) if affairs > rule.of => {
                let error = Error::new(Code::OutOfRange).field("affairs").value(affairs);
                Err(error.expected(format!("at most {}, the basic services there are", rule.of)))
            }
            Some(affairs) if affairs < asked => known(Score::ZERO),
            None if asked > 0 && points > Score::ZERO => Ok((None, (Score::ZERO, points))),
            _ => known(points),
        }
    }

    /// A figure of the formula, or of the caller where the formula has none.
    fn one_of(&self, field: &str, own: Option<Score>, given: Option<Score>) -> Result<Score> {
        match (own, given) {
            (Some(own), None) => Ok(own),
            (None, Some(given)) if given > Score::ZERO || field != "maximum" && given == Score::ZERO => Ok(given),
            (None, Some(given)) => Err(Error::new(Code::OutOfRange).field(field).value(given).expected("above zero")),
            (Some(_), Some(given)) => {
                let error = Error::new(Code::OptionInvalid).about(self.id.as_str()).field(field).value(given);
                Err(error.expected("nothing: the formula has it"))
            }
            (None, None) => Err(self.unknown(field, "a figure from you: that of this formula was not found")),
        }
    }

    fn unknown(&self, field: &str, expected: &str) -> Error {
        Error::new(Code::Undetermined).about(self.id.as_str()).field(field).expected(expected)
    }
}
