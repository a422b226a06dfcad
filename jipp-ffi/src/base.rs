//! Text folding and partial dates.

use jipp_core::base;

use crate::JippError;

/// A date known to the year, the month or the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct PartialDate {
    /// The year, 1800 to 2199.
    pub year: i32,
    /// The month, 1 to 12, where known.
    pub month: Option<u32>,
    /// The day of the month, where known.
    pub day: Option<u32>,
}

impl From<base::PartialDate> for PartialDate {
    fn from(date: base::PartialDate) -> Self {
        Self { year: date.year(), month: date.month(), day: date.day() }
    }
}

/// Folds text for comparison: NFKC, lower case, no diacritics, one blank between words, none at the ends.
#[uniffi::export]
#[allow(clippy::needless_pass_by_value, reason = "text crosses the language border by value")]
pub fn fold(text: String) -> String {
    base::fold(&text)
}

/// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
///
/// # Errors
/// `date-form`.
#[uniffi::export]
#[allow(clippy::needless_pass_by_value, reason = "text crosses the language border by value")]
pub fn parse_date(text: String) -> Result<PartialDate, JippError> {
    Ok(text.parse::<base::PartialDate>()?.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Location;

    #[test]
    fn a_date_keeps_its_precision() {
        let date = parse_date("2019-07".to_owned());
        assert!(matches!(date, Ok(PartialDate { year: 2019, month: Some(7), day: None })));
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
