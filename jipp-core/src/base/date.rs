//! Partial dates, periods and instants.
//!
//! What is known of the past is often only a year. `2019`, `2019-07` and `2019-07-10` are all real dates here:
//! each stands for the interval of days that it names, and comparisons say what can be said of intervals.

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Utc};
use schemars::{Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::error::{Code, Error, Result};
use super::vocabulary::vocabulary;

/// The first year that a partial date may name.
pub const MIN_YEAR: i32 = 1800;
/// The last year that a partial date may name.
pub const MAX_YEAR: i32 = 2199;

/// A date known to the year, the month or the day (ISO 8601 reduced precision).
///
/// The order is by first day, then the coarser date first: `2019 < 2019-01 < 2019-01-01 < 2019-02`.
///
/// ```
/// use jipp_core::base::PartialDate;
/// let year: PartialDate = "2019".parse()?;
/// let day: PartialDate = "2019-07-10".parse()?;
/// assert!(year.overlaps(day) && year < day);
/// assert_eq!(year.last_day().to_string(), "2019-12-31");
/// assert_eq!("2019-13".parse::<PartialDate>().unwrap_err().code(), "date-form");
/// # Ok::<(), jipp_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    /// 0 where only the year is known.
    month: u8,
    /// 0 where only the month is known.
    day: u8,
}

/// How precisely a partial date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// To the year.
    Year,
    /// To the month.
    Month,
    /// To the day.
    Day,
}

impl PartialDate {
    /// A date known to the year, the month or the day.
    ///
    /// # Errors
    /// `date-form` if there is no such date or the year lies outside 1800 to 2199.
    pub fn new(year: i32, month: Option<u32>, day: Option<u32>) -> Result<Self> {
        let text = || match (month, day) {
            (None, _) => format!("{year}"),
            (Some(month), None) => format!("{year}-{month:02}"),
            (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
        };
        let named = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1));
        let date = match (named, month, day) {
            (None, ..) | (_, None, Some(_)) => None,
            _ if !(MIN_YEAR..=MAX_YEAR).contains(&year) => None,
            _ => Self::from_parts(year, month.unwrap_or(0), day.unwrap_or(0)),
        };
        date.ok_or_else(|| date_form(&text()))
    }

    fn from_parts(year: i32, month: u32, day: u32) -> Option<Self> {
        Some(Self { year: year.try_into().ok()?, month: month.try_into().ok()?, day: day.try_into().ok()? })
    }

    /// The year.
    pub fn year(self) -> i32 {
        i32::from(self.year)
    }
    /// The month, 1 to 12, where known.
    pub fn month(self) -> Option<u32> {
        (self.month > 0).then(|| u32::from(self.month))
    }
    /// The day of the month, where known.
    pub fn day(self) -> Option<u32> {
        (self.day > 0).then(|| u32::from(self.day))
    }
    /// How precisely it is known.
    pub fn precision(self) -> Precision {
        match (self.month, self.day) {
            (0, _) => Precision::Year,
            (_, 0) => Precision::Month,
            _ => Precision::Day,
        }
    }
    /// The first day that the date may mean.
    pub fn first_day(self) -> NaiveDate {
        let (month, day) = (u32::from(self.month.max(1)), u32::from(self.day.max(1)));
        NaiveDate::from_ymd_opt(self.year(), month, day).unwrap_or_default()
    }
    /// The last day that the date may mean.
    pub fn last_day(self) -> NaiveDate {
        let next = match self.precision() {
            Precision::Day => return self.first_day(),
            Precision::Year => (self.year() + 1, 1),
            Precision::Month if self.month == 12 => (self.year() + 1, 1),
            Precision::Month => (self.year(), u32::from(self.month) + 1),
        };
        let first = NaiveDate::from_ymd_opt(next.0, next.1, 1).unwrap_or_default();
        first.pred_opt().unwrap_or_default()
    }
    /// Whether the two may mean the same day.
    pub fn overlaps(self, other: Self) -> bool {
        self.first_day() <= other.last_day() && other.first_day() <= self.last_day()
    }
    /// Whether every day this may mean lies before every day the other may mean.
    pub fn surely_before(self, other: Self) -> bool {
        self.last_day() < other.first_day()
    }
}

fn date_form(text: &str) -> Error {
    let expected = format!("YYYY, YYYY-MM or YYYY-MM-DD between {MIN_YEAR} and {MAX_YEAR}");
    Error::new(Code::DateForm).field("date").value(text).expected(expected)
}

impl std::str::FromStr for PartialDate {
    type Err = Error;
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. Error: `date-form`.
    fn from_str(text: &str) -> Result<Self> {
        let trimmed = text.trim();
        let widths: Vec<usize> = trimmed.split('-').map(str::len).collect();
        let digits = trimmed.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        if !digits || !matches!(widths[..], [4] | [4, 2] | [4, 2, 2]) {
            return Err(date_form(text));
        }
        let mut numbers = trimmed.split('-').map(|part| part.parse::<u32>().unwrap_or(0));
        let year = numbers.next().and_then(|year| i32::try_from(year).ok()).unwrap_or(0);
        Self::new(year, numbers.next(), numbers.next())
    }
}

impl std::fmt::Display for PartialDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.precision() {
            Precision::Year => f.pad(&format!("{:04}", self.year)),
            Precision::Month => f.pad(&format!("{:04}-{:02}", self.year, self.month)),
            Precision::Day => f.pad(&format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)),
        }
    }
}

impl std::fmt::Debug for PartialDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PartialDate({self})")
    }
}

impl From<NaiveDate> for PartialDate {
    /// A date known to the day; years outside the range are brought to its nearest end.
    fn from(date: NaiveDate) -> Self {
        let year = date.year().clamp(MIN_YEAR, MAX_YEAR);
        Self::from_parts(year, date.month(), date.day()).unwrap_or(Self { year: 1800, month: 0, day: 0 })
    }
}

impl TryFrom<PartialDate> for NaiveDate {
    type Error = Error;
    /// Succeeds where the day is known. Error: `date-form`.
    fn try_from(date: PartialDate) -> Result<Self> {
        match date.precision() {
            Precision::Day => Ok(date.first_day()),
            _ => Err(date_form(&date.to_string()).expected("a date known to the day")),
        }
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, out: S) -> std::result::Result<S::Ok, S::Error> {
        out.serialize_newtype_struct("PartialDate", &format_args!("{self}"))
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    /// From text; a bare number is a year, as people write it.
    fn deserialize<D: Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
        struct Reader;
        impl serde::de::Visitor<'_> for Reader {
            type Value = PartialDate;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a date as YYYY, YYYY-MM or YYYY-MM-DD")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> std::result::Result<PartialDate, E> {
                text.parse().map_err(E::custom)
            }
            fn visit_u64<E: serde::de::Error>(self, year: u64) -> std::result::Result<PartialDate, E> {
                self.visit_str(&year.to_string())
            }
            fn visit_i64<E: serde::de::Error>(self, year: i64) -> std::result::Result<PartialDate, E> {
                self.visit_str(&year.to_string())
            }
        }
        input.deserialize_any(Reader)
    }
}

impl schemars::JsonSchema for PartialDate {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PartialDate".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "integer"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$", "x-date": "partial" })
    }
}

/// When something was true: from a date to a date, both included; an end that is not known or not reached is absent.
///
/// ```
/// use jipp_core::base::{Period, Truth};
/// let period = Period { from: Some("2020".parse()?), to: None };
/// assert_eq!(period.holds_on("2021-05".parse()?), Truth::Yes);
/// assert_eq!(period.holds_on("2020-03".parse()?), Truth::Unknown);
/// assert_eq!(period.holds_on("2019".parse()?), Truth::No);
/// # Ok::<(), jipp_core::Error>(())
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// The first date, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<PartialDate>,
    /// The last date, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<PartialDate>,
}

/// Days in a mean year of the Gregorian calendar.
pub(crate) const YEAR_DAYS: f64 = 365.2425;

vocabulary! {
    /// What can be said of a statement when not everything is known.
    Truth = "truth" {
        /// It holds.
        Yes = "yes", "ya", "yes";
        /// It does not hold.
        No = "no", "tidak", "no";
        /// What is known does not decide it.
        Unknown = "unknown", "tidak diketahui", "unknown";
    }
}

impl Truth {
    /// What can be said of both statements together.
    ///
    /// ```
    /// use jipp_core::base::Truth;
    /// assert_eq!(Truth::Yes.and(Truth::Unknown), Truth::Unknown);
    /// assert_eq!(Truth::No.and(Truth::Unknown), Truth::No);
    /// ```
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Unknown,
        }
    }

    /// What can be said of at least one of the two.
    ///
    /// ```
    /// use jipp_core::base::Truth;
    /// assert_eq!(Truth::No.or(Truth::Unknown), Truth::Unknown);
    /// assert_eq!(Truth::Yes.or(Truth::Unknown), Truth::Yes);
    /// ```
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::No, Self::No) => Self::No,
            _ => Self::Unknown,
        }
    }
}

impl Period {
    /// Whether nothing is said of either end.
    pub fn is_unknown(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// Whether the period covers every day that `date` may mean. A missing start does not exclude any earlier day;
    /// a missing end means that it goes on.
    pub fn holds_on(&self, date: PartialDate) -> Truth {
        let after = self.to.is_some_and(|to| to.surely_before(date));
        let before = self.from.is_some_and(|from| date.surely_before(from));
        let started = self.from.is_none_or(|from| from.last_day() <= date.first_day());
        let open = self.to.is_none_or(|to| date.last_day() <= to.first_day());
        match (after || before, started && open) {
            (true, _) => Truth::No,
            (false, true) => Truth::Yes,
            (false, false) => Truth::Unknown,
        }
    }

    /// Whether the two periods may share a day.
    pub fn overlaps(&self, other: &Self) -> bool {
        let apart = |a: &Self, b: &Self| a.to.zip(b.from).is_some_and(|(to, from)| to.surely_before(from));
        !apart(self, other) && !apart(other, self)
    }

    /// Checks that it does not surely end before it begins.
    ///
    /// # Errors
    /// `period-order`.
    pub fn check(&self) -> Result<()> {
        match (self.from, self.to) {
            (Some(from), Some(to)) if to.surely_before(from) => {
                Err(Error::new(Code::PeriodOrder).field("to").value(format!("{from} to {to}")))
            }
            _ => Ok(()),
        }
    }
}

/// An instant in UTC, to the millisecond: when something was recorded. The library never reads a clock; callers pass it.
///
/// ```
/// use jipp_core::base::Timestamp;
/// let at: Timestamp = "2026-11-21T08:00:00Z".parse()?;
/// assert_eq!(at.to_string(), "2026-11-21T08:00:00.000Z");
/// # Ok::<(), jipp_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since 1970-01-01T00:00:00Z; brought to the ends of the range that partial dates have.
    pub const fn from_millis(millis: i64) -> Self {
        const FIRST: i64 = -5_364_662_400_000;
        const LAST: i64 = 7_258_118_399_999;
        Self(if millis < FIRST {
            FIRST
        } else if millis > LAST {
            LAST
        } else {
            millis
        })
    }
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn millis(self) -> i64 {
        self.0
    }
    /// The day, in UTC.
    pub fn date(self) -> PartialDate {
        self.to_chrono().date_naive().into()
    }
    /// As a `chrono` value.
    pub fn to_chrono(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(instant: DateTime<Utc>) -> Self {
        Self::from_millis(instant.timestamp_millis())
    }
}

impl std::str::FromStr for Timestamp {
    type Err = Error;
    /// Reads RFC 3339, or a date (its first instant in UTC). Error: `time-form`.
    fn from_str(text: &str) -> Result<Self> {
        if let Ok(instant) = DateTime::parse_from_rfc3339(text.trim()) {
            return Ok(Self::from(instant.with_timezone(&Utc)));
        }
        let day = text.parse::<PartialDate>().map_err(|_| {
            Error::new(Code::TimeForm).field("time").value(text).expected("RFC 3339, such as 2026-11-21T08:00:00Z")
        })?;
        Ok(Self::from(day.first_day().and_time(chrono::NaiveTime::MIN).and_utc()))
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.to_chrono().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, out: S) -> std::result::Result<S::Ok, S::Error> {
        out.serialize_newtype_struct("Timestamp", &format_args!("{self}"))
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
        super::text::read_text(input, str::parse)
    }
}

impl schemars::JsonSchema for Timestamp {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}
