//! One graded comparison for each field of a pair of records.

use serde::{Deserialize, Serialize};

use super::number::thousandths;
use super::prepared::{Cell, Column, Prepared, TextCell};
use super::settings::FieldKind;
use super::similarity::{similarity, text_similarity};

/// How far two values agree. The borders are those of the similarity in thousandths: 1000, 850, 700, 500.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The same but for case, accents, punctuation and blanks.
    Exact,
    /// At least 850 thousandths: a typing error, another order of words, an abbreviation.
    VeryClose,
    /// At least 700 thousandths.
    Close,
    /// At least 500 thousandths.
    Loose,
    /// Less.
    Different,
    /// At least one of the two is not known: this says nothing.
    Missing,
}

/// How many levels there are beside `Missing`.
pub(super) const LEVELS: usize = 5;

impl Level {
    /// Those of known values, from the most to the least agreement.
    pub const KNOWN: [Self; LEVELS] = [Self::Exact, Self::VeryClose, Self::Close, Self::Loose, Self::Different];

    /// The level of a similarity in thousandths.
    pub const fn of(similarity: u16) -> Self {
        match similarity {
            1000.. => Self::Exact,
            850.. => Self::VeryClose,
            700.. => Self::Close,
            500.. => Self::Loose,
            _ => Self::Different,
        }
    }
}

/// How a field of two records compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) level: Level,
    /// In thousandths.
    pub(super) similarity: u16,
    /// The field whose values are exchanged with this one's.
    pub(super) exchanged_with: Option<usize>,
}

impl Outcome {
    /// A comparison of which the level alone is known.
    pub(super) fn of_level(level: Level) -> Self {
        Self { level, similarity: 0, exchanged_with: None }
    }
}

impl Prepared<'_> {
    /// Compares two records field by field.
    ///
    /// Where two text fields disagree, and the value of one stands in the other (given name and family name
    /// exchanged), both are compared crosswise, and count one level less than they agree.
    pub(super) fn compare(&self, a: u32, b: u32, outcomes: &mut Vec<Outcome>) {
        outcomes.clear();
        outcomes.extend(self.columns.iter().map(|column| compare_values(column, a, b)));
        for one in 0..self.columns.len() {
            for other in one + 1..self.columns.len() {
                let straight = |at: usize| {
                    matches!(
                        outcomes.get(at),
                        Some(Outcome { level: Level::Loose | Level::Different, exchanged_with: None, .. })
                    )
                };
                if straight(one)
                    && straight(other)
                    && let Some(crossed) = self.cross(one, other, a, b)
                {
                    outcomes[one] = Outcome { exchanged_with: Some(other), ..crossed };
                    outcomes[other] = Outcome { exchanged_with: Some(one), ..crossed };
                }
            }
        }
    }

    fn cross(&self, one: usize, other: usize, a: u32, b: u32) -> Option<Outcome> {
        let columns = (self.columns.get(one)?, self.columns.get(other)?);
        if columns.0.kind != FieldKind::Text || columns.1.kind != FieldKind::Text {
            return None;
        }
        let (a_one, a_other) = (text(columns.0, a)?, text(columns.1, a)?);
        let (b_one, b_other) = (text(columns.0, b)?, text(columns.1, b)?);
        if a_one.folded != b_other.folded && a_other.folded != b_one.folded {
            return None;
        }
        let rarest = columns.0.rarest.max(columns.1.rarest);
        let alike = text_similarity(a_one, b_other, rarest).min(text_similarity(a_other, b_one, rarest));
        let similarity = thousandths(alike);
        let level = match Level::of(similarity) {
            Level::Exact => Level::VeryClose,
            Level::VeryClose => Level::Close,
            _ => return None,
        };
        Some(Outcome { level, similarity, exchanged_with: None })
    }
}

/// Compares a field of two records.
pub(super) fn compare_values(column: &Column, a: u32, b: u32) -> Outcome {
    let (Some(a), Some(b)) = (column.value_of(a), column.value_of(b)) else {
        return Outcome::of_level(Level::Missing);
    };
    let similarity = if a == b {
        1000
    } else {
        let running = column.kind == FieldKind::LongText;
        thousandths(similarity(&column.cells[a], &column.cells[b], column.rarest, running))
    };
    Outcome { level: Level::of(similarity), similarity, exchanged_with: None }
}

fn text(column: &Column, record: u32) -> Option<&TextCell> {
    match column.value_of(record).and_then(|value| column.cells.get(value)) {
        Some(Cell::Text(text)) => Some(text),
        _ => None,
    }
}
