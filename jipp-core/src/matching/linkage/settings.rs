//! What a caller says of the fields and of how to link; checked before anything is done.

use serde::{Deserialize, Serialize};

use super::compare::Level;
use crate::base::{Code, Error, Result};

/// The most fields that records may have.
pub const MAX_LINKAGE_FIELDS: usize = 32;

/// What a field holds, and with it how two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// A name, a title, an address: a few words, in which typing errors, abbreviations and another order are common.
    Text,
    /// Running text, which may be shortened: compared by the words in common, rare ones counting more.
    LongText,
    /// An identifier: letters and digits, compared sign by sign; blanks and punctuation do not count.
    Code,
    /// A quantity, as a decimal number with a point.
    Number,
    /// A date: `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `YYYYMMDD`.
    Date,
    /// A year.
    Year,
}

/// A field of the records.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldSpec {
    /// The name, as shown in explanations and errors.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Where given, two records whose values agree less than this are never the same thing, whatever else agrees: the
    /// pair may be reported, and is never linked nor clustered. A missing value does not forbid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub must_agree: Option<Level>,
}

impl FieldSpec {
    /// A field of this kind.
    pub fn new(name: impl Into<String>, kind: FieldKind) -> Self {
        Self { name: name.into(), kind, must_agree: None }
    }
    /// A name, a title, an address.
    pub fn text(name: impl Into<String>) -> Self {
        Self::new(name, FieldKind::Text)
    }
    /// Running text.
    pub fn long_text(name: impl Into<String>) -> Self {
        Self::new(name, FieldKind::LongText)
    }
    /// An identifier.
    pub fn code(name: impl Into<String>) -> Self {
        Self::new(name, FieldKind::Code)
    }
    /// A quantity.
    pub fn number(name: impl Into<String>) -> Self {
        Self::new(name, FieldKind::Number)
    }
    /// A date.
    pub fn date(name: impl Into<String>) -> Self {
        Self::new(name, FieldKind::Date)
    }
    /// A year.
    pub fn year(name: impl Into<String>) -> Self {
        Self::new(name, FieldKind::Year)
    }
    /// The field as one that forbids: known values that agree less than `least` are never of the same thing.
    #[must_use]
    pub fn must_agree(mut self, least: Level) -> Self {
        self.must_agree = Some(least);
        self
    }
}

/// How to link. Only the fields must be given; everything else has a default that suits most tables.
///
/// ```
/// use jipp_core::matching::linkage::{FieldSpec, LinkageSettings, RecordLinker};
/// let settings = LinkageSettings::new(vec![FieldSpec::text("name"), FieldSpec::date("born")]);
/// assert!(RecordLinker::new(settings.clone()).is_ok());
///
/// let error = RecordLinker::new(LinkageSettings { threshold: 1.5, ..settings }).unwrap_err();
/// assert_eq!((error.code(), error.location().field.as_deref()), ("option-invalid", Some("threshold")));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkageSettings {
    /// The fields, 1 to [`MAX_LINKAGE_FIELDS`].
    pub fields: Vec<FieldSpec>,
    /// From which probability on two records are linked, above 0 and below 1. A half makes the fewest wrong decisions
    /// where the probabilities are right; the default, 0.9, holds that a false link costs as much as nine missed ones.
    #[serde(default = "default_threshold")]
    pub threshold: f64,
    /// From which probability on a pair is reported, above 0 and at most the threshold.
    #[serde(default = "default_report_from")]
    pub report_from: f64,
    /// With how many others each record is compared at least, 1 to 1,000: those that share the rarest keys with it.
    #[serde(default = "default_neighbours")]
    pub neighbours: u32,
    /// Keys that more records share than this, 2 to 10,000, count in combination with another such key only.
    #[serde(default = "default_largest_block")]
    pub largest_block: u32,
    /// How many pairs are drawn to learn how often values agree by chance, 1,000 to 10,000,000.
    #[serde(default = "default_sampled_pairs")]
    pub sampled_pairs: u32,
    /// Which pairs are drawn.
    #[serde(default)]
    pub seed: u64,
    /// Between two tables: whether a record may be linked to one other record only, the best remaining one.
    #[serde(default)]
    pub one_to_one: bool,
}

fn default_threshold() -> f64 {
    0.9
}
fn default_report_from() -> f64 {
    0.01
}
fn default_neighbours() -> u32 {
    20
}
fn default_largest_block() -> u32 {
    100
}
fn default_sampled_pairs() -> u32 {
    100_000
}

impl LinkageSettings {
    /// The defaults for these fields.
    pub fn new(fields: Vec<FieldSpec>) -> Self {
        Self {
            fields,
            threshold: default_threshold(),
            report_from: default_report_from(),
            neighbours: default_neighbours(),
            largest_block: default_largest_block(),
            sampled_pairs: default_sampled_pairs(),
            seed: 0,
            one_to_one: false,
        }
    }

    /// Says what cannot be used.
    ///
    /// # Errors
    /// `option-invalid`, naming the option or the field: no fields or too many, a name that is blank or stands twice,
    /// a number outside its range, `must_agree` at a level that says nothing.
    pub fn check(&self) -> Result<()> {
        if self.fields.is_empty() || self.fields.len() > MAX_LINKAGE_FIELDS {
            let hint = format!("1 to {MAX_LINKAGE_FIELDS} fields");
            return Err(refuse("fields", self.fields.len(), hint));
        }
        for (place, field) in self.fields.iter().enumerate() {
            if field.name.trim().is_empty() {
                return Err(refuse("fields", &field.name, format!("a name for field {}", place + 1)));
            }
            if self.fields[..place].iter().any(|other| other.name == field.name) {
                return Err(refuse(&field.name, &field.name, "each name once"));
            }
            if matches!(field.must_agree, Some(Level::Different | Level::Missing)) {
                return Err(refuse(&field.name, "must_agree", "a level from exact to loose"));
            }
        }
        let open = |value: f64| value > 0.0 && value < 1.0;
        if !open(self.threshold) {
            return Err(refuse("threshold", self.threshold, "above 0 and below 1"));
        }
        if !open(self.report_from) || self.report_from > self.threshold {
            return Err(refuse("report_from", self.report_from, "above 0 and at most the threshold"));
        }
        for (name, value, least, most) in [
            ("neighbours", self.neighbours, 1, 1_000),
            ("largest_block", self.largest_block, 2, 10_000),
            ("sampled_pairs", self.sampled_pairs, 1_000, 10_000_000),
        ] {
            if !(least..=most).contains(&value) {
                return Err(refuse(name, value, format!("{least} to {most}")));
            }
        }
        Ok(())
    }
}

fn refuse(field: &str, value: impl std::fmt::Display, hint: impl Into<String>) -> Error {
    Error::new(Code::OptionInvalid).field(field).value(value).expected(hint)
}
