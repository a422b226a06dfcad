//! Ratings: who gave what to which unit.

use crate::base::vocabulary::vocabulary;
use crate::base::{Code, Error, Result};

vocabulary! {
    /// What differences between ratings mean: S. S. Stevens, *On the Theory of Scales of Measurement*, Science 103, 1946.
    Level = "level-of-measurement" {
        /// The numbers are names: same or different.
        Nominal = "nominal", "nominal", "nominal";
        /// The numbers have an order.
        Ordinal = "ordinal", "ordinal", "ordinal";
        /// Differences mean the same everywhere on the scale.
        Interval = "interval", "interval", "interval";
        /// There is a zero below which nothing is: differences count in proportion.
        Ratio = "ratio", "rasio", "ratio";
    }
}

/// Ratings of units by raters, some of which may be missing, on a scale with a level of measurement.
///
/// The categories are the numbers that occur, in order, and those that [`with_categories`](Self::with_categories) adds.
#[derive(Clone, Debug, PartialEq)]
pub struct Ratings {
    level: Level,
    raters: usize,
    /// It is known who gave which rating.
    told_apart: bool,
    categories: Vec<f64>,
    /// The number of the category, unit by unit.
    cells: Vec<Option<usize>>,
}

impl Ratings {
    /// Ratings as a table with one row for each rater and one column for each unit; `None` is missing.
    ///
    /// ```
    /// use jipp_core::evaluation::agreement::{Level, Ratings};
    /// let ratings = Ratings::new(Level::Interval, &[vec![Some(70.0), None], vec![Some(80.0), Some(65.0)]])?;
    /// assert_eq!((ratings.raters(), ratings.units()), (2, 2));
    /// assert_eq!(ratings.categories(), [65.0, 70.0, 80.0]);
    /// assert!(Ratings::new(Level::Interval, &[vec![Some(f64::NAN)]]).is_err());
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `field-missing` if there is no rater, no unit, or a row is shorter than the first; `too-many` if it is longer;
    /// `number-form` for a rating that is not finite; `out-of-range` for one below zero on a ratio scale, or further from
    /// zero than 10^100.
    ///
    /// # Complexity
    /// O(n log n) for n ratings.
    pub fn new<R: AsRef<[Option<f64>]>>(level: Level, rows: &[R]) -> Result<Self> {
        let units = rows.first().map_or(0, |row| row.as_ref().len());
        if units == 0 {
            return Err(Error::new(Code::FieldMissing).field("ratings").expected("one rater and one unit at least"));
        }
        for (rater, row) in rows.iter().enumerate() {
            check_length(row.as_ref().len(), units).map_err(|error| error.field(format!("ratings[{rater}]")))?;
            for (unit, rating) in row.as_ref().iter().enumerate() {
                let Some(rating) = rating else { continue };
                check(level, *rating).map_err(|error| error.field(format!("ratings[{rater}][{unit}]")))?;
            }
        }
        let categories = distinct(rows.iter().flat_map(|row| row.as_ref().iter().flatten().copied()));
        let mut cells = vec![None; rows.len() * units];
        for (rater, row) in rows.iter().enumerate() {
            let column = cells.iter_mut().skip(rater).step_by(rows.len());
            for (cell, rating) in column.zip(row.as_ref()) {
                *cell = rating.and_then(|rating| place(&categories, rating));
            }
        }
        Ok(Self { level, raters: rows.len(), told_apart: true, categories, cells })
    }

    /// Ratings of which only the counts are known: for each unit, how many raters chose each category.
    ///
    /// [`icc`](super::icc), [`kendall`](super::kendall) and Conger's kappa need to know who gave which rating, and are
    /// undefined.
    ///
    /// ```
    /// use jipp_core::evaluation::agreement::{Level, Ratings};
    /// let ratings = Ratings::from_counts(Level::Nominal, &[1.0, 2.0], &[[3, 0], [1, 2]])?;
    /// assert_eq!((ratings.raters(), ratings.units()), (3, 2));
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `field-missing` if there is no category, no unit or no rating, or a row is shorter than the list of categories;
    /// `too-many` if it is longer, or there are more than 100 million cells; `duplicate-in-record` for a category that
    /// stands twice; `number-form` and `out-of-range` as in [`new`](Self::new).
    ///
    /// # Complexity
    /// O(units × most ratings of a unit).
    pub fn from_counts<R: AsRef<[u32]>>(level: Level, categories: &[f64], units: &[R]) -> Result<Self> {
        let sorted = checked_categories(level, categories)?;
        if sorted.len() != categories.len() {
            return Err(Error::new(Code::DuplicateInRecord).field("categories"));
        }
        let codes: Vec<Option<usize>> = categories.iter().map(|value| place(&sorted, *value)).collect();
        let mut raters = 0_u64;
        for (unit, counts) in units.iter().enumerate() {
            check_length(counts.as_ref().len(), codes.len()).map_err(|error| error.field(format!("counts[{unit}]")))?;
            raters = raters.max(counts.as_ref().iter().map(|count| u64::from(*count)).sum());
        }
        if raters == 0 {
            return Err(Error::new(Code::FieldMissing).field("counts").expected("one rating at least"));
        }
        let raters = usize::try_from(raters).unwrap_or(usize::MAX);
        if raters.saturating_mul(units.len()) > MAX_CELLS {
            return Err(Error::new(Code::TooMany).field("counts").value(raters));
        }
        let mut cells = Vec::with_capacity(raters * units.len());
        for counts in units {
            let given = codes.iter().zip(counts.as_ref()).flat_map(|(code, count)| (0..*count).map(|_| *code));
            cells.extend(given.chain(std::iter::repeat(None)).take(raters));
        }
        Ok(Self { level, raters, told_apart: false, categories: sorted, cells })
    }

    /// The same with categories that could have been chosen and perhaps never were: Gwet's and Brennan and Prediger's
    /// chance, and weights that go by ranks, depend on them.
    ///
    /// ```
    /// use jipp_core::evaluation::agreement::{Level, Ratings};
    /// let ratings = Ratings::new(Level::Ordinal, &[[Some(2.0), Some(4.0)]])?;
    /// assert_eq!(ratings.with_categories(&[1.0, 2.0, 3.0, 4.0, 5.0])?.categories().len(), 5);
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `out-of-range` for a rating that is none of them, `number-form` and `out-of-range` for a category as in
    /// [`new`](Self::new), `field-missing` if there is none.
    ///
    /// # Complexity
    /// O(n log c) for n ratings and c categories.
    pub fn with_categories(mut self, categories: &[f64]) -> Result<Self> {
        let sorted = checked_categories(self.level, categories)?;
        if let Some(other) = self.categories.iter().find(|value| place(&sorted, **value).is_none()) {
            let hint = "a rating in one of the categories";
            return Err(Error::new(Code::OutOfRange).field("categories").value(other).expected(hint));
        }
        for cell in self.cells.iter_mut().flatten() {
            *cell = self.categories.get(*cell).and_then(|value| place(&sorted, *value)).unwrap_or(*cell);
        }
        self.categories = sorted;
        Ok(self)
    }

    /// The same ratings read at another level of measurement.
    ///
    /// # Errors
    /// `out-of-range` for a category below zero on a ratio scale.
    ///
    /// # Complexity
    /// O(categories).
    pub fn at(mut self, level: Level) -> Result<Self> {
        for value in &self.categories {
            check(level, *value).map_err(|error| error.field("level"))?;
        }
        self.level = level;
        Ok(self)
    }

    /// The level of measurement.
    pub const fn level(&self) -> Level {
        self.level
    }

    /// How many raters there are; for counts, the most ratings of a unit.
    pub const fn raters(&self) -> usize {
        self.raters
    }

    /// How many units there are, rated or not.
    pub fn units(&self) -> usize {
        self.cells.len() / self.raters.max(1)
    }

    /// The categories, in order.
    pub fn categories(&self) -> &[f64] {
        &self.categories
    }

    /// The ratings as they were given: one row for each rater and one column for each unit; `None` is missing.
    ///
    /// ```
    /// use jipp_core::evaluation::agreement::{Level, Ratings};
    /// let rows = vec![vec![Some(70.0), None], vec![Some(80.0), Some(65.0)]];
    /// assert_eq!(Ratings::new(Level::Interval, &rows)?.to_rows(), rows);
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Complexity
    /// Linear in the ratings.
    pub fn to_rows(&self) -> Vec<Vec<Option<f64>>> {
        let of =
            |rater: usize| self.rows().map(move |unit| unit.get(rater).copied().flatten().map(|at| self.value(at)));
        (0..self.raters).map(|rater| of(rater).collect()).collect()
    }

    pub(super) const fn told_apart(&self) -> bool {
        self.told_apart
    }

    /// For each unit, the numbers of the categories that the raters gave.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[Option<usize>]> {
        self.cells.chunks_exact(self.raters.max(1))
    }

    /// The units that every rater rated: the numbers of the categories.
    pub(super) fn complete(&self) -> Vec<Vec<usize>> {
        self.rows().filter_map(|row| row.iter().copied().collect()).collect()
    }

    /// The value of a category.
    pub(super) fn value(&self, category: usize) -> f64 {
        self.categories.get(category).copied().unwrap_or_default()
    }

    /// The ratings of units that were drawn so many times each.
    pub(super) fn drawn(&self, times: &[u32]) -> Self {
        let rows = self.rows().zip(times).flat_map(|(row, times)| (0..*times).map(move |_| row));
        let cells = rows.flatten().copied().collect();
        Self { cells, categories: self.categories.clone(), ..*self }
    }
}

/// Ratings are no further from zero, so that their squares are numbers.
const FURTHEST: f64 = 1e100;
/// A table of counts has at most so many cells.
const MAX_CELLS: usize = 100_000_000;

fn check_length(length: usize, wanted: usize) -> Result<()> {
    let code = if length < wanted { Code::FieldMissing } else { Code::TooMany };
    if length == wanted { Ok(()) } else { Err(Error::new(code).value(length).expected(format!("{wanted} columns"))) }
}

fn check(level: Level, value: f64) -> Result<()> {
    if !value.is_finite() {
        return Err(Error::new(Code::NumberForm).value(value).expected("a finite number"));
    }
    if value.abs() > FURTHEST {
        return Err(Error::new(Code::OutOfRange).value(value).expected("-1e100 to 1e100"));
    }
    if level == Level::Ratio && value < 0.0 {
        return Err(Error::new(Code::OutOfRange).value(value).expected("0 or more on a ratio scale"));
    }
    Ok(())
}

fn checked_categories(level: Level, categories: &[f64]) -> Result<Vec<f64>> {
    if categories.is_empty() {
        return Err(Error::new(Code::FieldMissing).field("categories").expected("one category at least"));
    }
    for (number, value) in categories.iter().enumerate() {
        check(level, *value).map_err(|error| error.field(format!("categories[{number}]")))?;
    }
    Ok(distinct(categories.iter().copied()))
}

/// In order, each once; zero has one sign.
fn distinct(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.map(|value| value + 0.0).collect();
    values.sort_unstable_by(f64::total_cmp);
    values.dedup();
    values
}

fn place(sorted: &[f64], value: f64) -> Option<usize> {
    sorted.binary_search_by(|other| other.total_cmp(&(value + 0.0))).ok()
}
