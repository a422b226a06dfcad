//! Languages, text folding, ids and partial dates.

use jipp_core::base;
use jipp_core::model::EntityRef;

use crate::JippError;
use crate::values::EntityKind;

/// A language of messages and labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Lang {
    /// English.
    En,
    /// Indonesian.
    Id,
}

impl From<Lang> for base::Lang {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::En,
            Lang::Id => Self::Id,
        }
    }
}

/// What a term of a vocabulary is called.
pub(crate) fn label<V: base::Vocabulary>(code: &str, lang: Lang) -> String {
    let term = V::ALL.iter().find(|term| term.code() == code);
    term.map_or(code, |term| term.label(lang.into())).to_owned()
}

/// A date known to the year, the month or the day. Records hold dates as text; this is what such a text says.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct PartialDate {
    /// The year, 1800 to 2199.
    pub year: i32,
    /// The month, 1 to 12, where known.
    pub month: Option<u32>,
    /// The day of the month, where known.
    pub day: Option<u32>,
    /// The first day it can mean, as `YYYY-MM-DD`.
    pub first_day: String,
    /// The last day it can mean, as `YYYY-MM-DD`.
    pub last_day: String,
}

impl From<base::PartialDate> for PartialDate {
    fn from(date: base::PartialDate) -> Self {
        Self {
            year: date.year(),
            month: date.month(),
            day: date.day(),
            first_day: date.first_day().to_string(),
            last_day: date.last_day().to_string(),
        }
    }
}

/// Folds text for comparison: NFKC, lower case, no diacritics, one blank between words, none at the ends.
#[uniffi::export]
pub fn fold(text: String) -> String {
    base::fold(&text)
}

/// The folded words of a text.
#[uniffi::export]
pub fn words(text: String) -> Vec<String> {
    base::words(&text)
}

/// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
///
/// # Errors
/// `date-form`.
#[uniffi::export]
pub fn parse_date(text: String) -> Result<PartialDate, JippError> {
    Ok(text.parse::<base::PartialDate>()?.into())
}

/// Whether an id can be used for a record of a kind.
///
/// # Errors
/// `id-empty`, `id-too-long`, `id-character`.
#[uniffi::export]
pub fn check_id(kind: EntityKind, id: String) -> Result<(), JippError> {
    EntityRef::new(kind.code().parse()?, &id)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Location;

    #[test]
    fn a_date_keeps_its_precision() {
        let date = parse_date("2019-07".to_owned());
        assert!(matches!(date, Ok(PartialDate { year: 2019, month: Some(7), day: None, .. })));
    }

    #[test]
    fn an_error_tells_all_it_knows() {
        let error = parse_date("2019-13".to_owned());
        let Err(JippError::Invalid { code, reason, subject: None, location, value, hint }) = error else {
            unreachable!("{error:?}")
        };
        assert_eq!(code, "date-form");
        assert_eq!(location, Location { source: None, line: None, field: Some("date".to_owned()) });
        assert_eq!(value.as_deref(), Some("2019-13"));
        assert!(hint.is_some_and(|hint| hint.contains("YYYY-MM-DD")));
        assert!(reason.starts_with("not a date"));
    }
}
