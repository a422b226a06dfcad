//! A table of alternatives and criteria.

use serde::{Deserialize, Serialize};

use crate::base::vocabulary::vocabulary;
use crate::base::{Code, Error, Result};

vocabulary! {
    /// What is better in a criterion.
    Aim = "criterion-aim" {
        /// More is better: a benefit.
        Maximise = "maximise", "maksimalkan", "maximise";
        /// Less is better: a cost.
        Minimise = "minimise", "minimalkan", "minimise";
    }
}

/// A criterion of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its weight, 0 to 1; the weights of a table add up to 1.
    pub weight: f64,
    /// What is better.
    pub aim: Aim,
}

/// How alternatives do in each criterion, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionTable {
    criteria: Vec<Criterion>,
    /// A column for each criterion.
    columns: Vec<Vec<f64>>,
}

/// The weights add up to 1 within this.
const SUM_TOLERANCE: f64 = 1e-9;
/// Values are no further from zero, so that their squares are numbers.
const FURTHEST: f64 = 1e100;

impl DecisionTable {
    /// A row for each alternative, a column for each criterion.
    ///
    /// ```
    /// use jipp_core::evaluation::decision::{Aim, Criterion, DecisionTable};
    /// let criteria = [Criterion { weight: 0.6, aim: Aim::Maximise }, Criterion { weight: 0.4, aim: Aim::Minimise }];
    /// let table = DecisionTable::new(&criteria, &[[80.0, 120.0], [75.0, 90.0]])?;
    /// assert_eq!(table.alternatives(), 2);
    /// assert!(DecisionTable::new(&criteria, &[[80.0], [75.0]]).is_err());
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `field-missing` without criteria, with fewer than two alternatives, or for a row shorter than the criteria;
    /// `too-many` for a longer one; `number-form` for what is not finite; `out-of-range` for one further from zero than
    /// 10^100, for a weight outside 0 to 1, and for weights that do not add up to 1.
    ///
    /// # Complexity
    /// O(alternatives × criteria).
    pub fn new<R: AsRef<[f64]>>(criteria: &[Criterion], rows: &[R]) -> Result<Self> {
        check_weights(criteria)?;
        if rows.len() < 2 {
            return Err(Error::new(Code::FieldMissing).field("rows").value(rows.len()).expected("two alternatives"));
        }
        let mut columns = vec![Vec::with_capacity(rows.len()); criteria.len()];
        for (alternative, row) in rows.iter().enumerate() {
            let (row, wanted) = (row.as_ref(), criteria.len());
            if row.len() != wanted {
                let code = if row.len() < wanted { Code::FieldMissing } else { Code::TooMany };
                let hint = format!("{wanted} values");
                return Err(Error::new(code).field(format!("rows[{alternative}]")).value(row.len()).expected(hint));
            }
            for (number, (value, column)) in row.iter().zip(&mut columns).enumerate() {
                if !value.is_finite() {
                    let field = format!("rows[{alternative}][{number}]");
                    return Err(Error::new(Code::NumberForm).field(field).value(value).expected("a finite number"));
                }
                if value.abs() > FURTHEST {
                    let field = format!("rows[{alternative}][{number}]");
                    return Err(Error::new(Code::OutOfRange).field(field).value(value).expected("-1e100 to 1e100"));
                }
                column.push(*value);
            }
        }
        Ok(Self { criteria: criteria.to_vec(), columns })
    }

    /// How many alternatives there are.
    pub fn alternatives(&self) -> usize {
        self.columns.first().map_or(0, Vec::len)
    }

    /// The criteria.
    pub fn criteria(&self) -> &[Criterion] {
        &self.criteria
    }

    /// Each criterion with the values of the alternatives.
    pub(super) fn columns(&self) -> impl Iterator<Item = (Criterion, &[f64])> {
        self.criteria.iter().copied().zip(self.columns.iter().map(Vec::as_slice))
    }
}

fn check_weights(criteria: &[Criterion]) -> Result<()> {
    if criteria.is_empty() {
        return Err(Error::new(Code::FieldMissing).field("criteria").expected("one criterion at least"));
    }
    for (number, criterion) in criteria.iter().enumerate() {
        if !(0.0..=1.0).contains(&criterion.weight) {
            let field = format!("criteria[{number}].weight");
            return Err(Error::new(Code::OutOfRange).field(field).value(criterion.weight).expected("0 to 1"));
        }
    }
    let sum: f64 = criteria.iter().map(|criterion| criterion.weight).sum();
    if (sum - 1.0).abs() > SUM_TOLERANCE {
        return Err(Error::new(Code::OutOfRange).field("criteria").value(sum).expected("weights that add up to 1"));
    }
    Ok(())
}
