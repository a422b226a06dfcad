//! What all records share: bounded text, provenance, numbers in other systems, money, and the [`Entity`] trait.

use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::{EntityKind, Record};
use crate::base::{Amount, Code, Error, Id, PartialDate, Period, Result, read_value, vocabulary::vocabulary};

/// The greatest number of elements in one list of a record.
pub const MAX_LIST: usize = 10_000;
/// The greatest length of a [`Line`], in bytes of UTF-8.
pub const MAX_LINE_BYTES: usize = 2_000;
/// The greatest length of a [`Text`], in bytes of UTF-8.
pub const MAX_TEXT_BYTES: usize = 100_000;

macro_rules! text_types {
    ($($(#[$doc:meta])* $name:ident = $kind:literal, $max:ident, $allowed:expr;)+) => {$(
        $(#[$doc])*
        ///
        /// Blanks at the ends are removed. Reads as a `str`.
        ///
        /// ```
        #[doc = concat!("use jipp_core::model::", stringify!($name), ";")]
        #[doc = concat!("let text = ", stringify!($name), "::new(\" Puskesmas tanpa antre \")?;")]
        /// assert_eq!(&*text, "Puskesmas tanpa antre");
        #[doc = concat!("assert_eq!(", stringify!($name), "::new(\"a\\u{7}b\").unwrap_err().code(), \"text-character\");")]
        /// # Ok::<(), jipp_core::Error>(())
        /// ```
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// Checks and keeps a text.
            ///
            /// # Errors
            /// `text-too-long`, `text-character`.
            pub fn new(text: impl AsRef<str>) -> Result<Self> {
                let trimmed = text.as_ref().trim();
                let allowed: fn(char) -> bool = $allowed;
                if trimmed.len() > $max {
                    let expected = format!("at most {} bytes, not {}", $max, trimmed.len());
                    return Err(Error::new(Code::TextTooLong).field($kind).value(trimmed).expected(expected));
                }
                match control_character(trimmed, allowed) {
                    Some(c) => Err(Error::new(Code::TextCharacter).field($kind).value(c.escape_unicode())),
                    None => Ok(Self(Box::from(trimmed))),
                }
            }
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl std::ops::Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&*self.0, f)
            }
        }
        impl std::str::FromStr for $name {
            type Err = Error;
            fn from_str(text: &str) -> Result<Self> {
                Self::new(text)
            }
        }
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, out: S) -> std::result::Result<S::Ok, S::Error> {
                out.serialize_str(&self.0)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
                crate::base::text::read_text(input, |text| Self::new(text))
            }
        }
        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "maxLength": $max })
            }
        }
    )+};
}

text_types! {
    /// One line of text: a title, a name, an address. At most 2,000 bytes, no control characters.
    Line = "line", MAX_LINE_BYTES, |_| false;
    /// Running text. At most 100,000 bytes; of the control characters only line ends and tabs.
    Text = "text", MAX_TEXT_BYTES, |c| matches!(c, '\n' | '\r' | '\t');
}

/// The first control character that is not allowed. Control characters are the bytes below 0x20 and 0x7F, and those that
/// UTF-8 begins with 0xC2: text without such a byte need not be decoded.
fn control_character(text: &str, allowed: fn(char) -> bool) -> Option<char> {
    let is_suspect = |byte: u8| byte < 0x20 || byte == 0x7f || byte == 0xc2;
    // Looking at every byte, without leaving at the first, goes many at a time.
    if !text.bytes().fold(false, |found, byte| found | is_suspect(byte)) {
        return None;
    }
    text.chars().find(|c| c.is_control() && !allowed(*c))
}

vocabulary! {
    /// How well a figure or statement is known.
    Mark = "mark" {
        Sourced = "sourced", "bersumber", "seen in a source";
        Secondary = "secondary", "sumber sekunder", "seen in a secondary source only";
        Observed = "observed", "teramati", "observed in public code or data, not in a regulation";
        Inferred = "inferred", "disimpulkan", "inferred: a default to be replaced";
        GeneralKnowledge = "general-knowledge", "pengetahuan umum", "general knowledge, not checked";
    }
}

vocabulary! {
    /// How sure whoever recorded it was.
    Confidence = "confidence" {
        Low = "low", "rendah", "low";
        Medium = "medium", "sedang", "medium";
        High = "high", "tinggi", "high";
    }
}

/// Where a record, or one field of it, comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// The field; absent for the record as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Line>,
    /// The address or citation of the source.
    pub source: Line,
    /// When it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieved_on: Option<PartialDate>,
    /// How sure whoever recorded it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// How well it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Line>,
}

/// The number of a record in another system: SINOVIK, IID, `InoLAN`, `JIPPNas`, BPS, ...
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExternalId {
    /// The system.
    pub system: Line,
    /// The number there.
    pub value: Line,
}

/// An amount of money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// How much.
    pub amount: Amount,
    /// Currency, ISO 4217: `IDR`.
    pub currency: Line,
}

/// What a record says of another: called with the field, the kind and the id.
pub type Visit<'a> = dyn FnMut(&'static str, EntityKind, &str) + 'a;

/// A kind of record: how the layers above handle all kinds alike.
pub trait Entity:
    IntoRecord
    + Clone
    + PartialEq
    + std::fmt::Debug
    + Send
    + Sync
    + Serialize
    + JsonSchema
    + for<'de> Deserialize<'de>
    + 'static
{
    /// Its id type.
    type Id: Id;
    /// Its kind.
    const KIND: EntityKind;

    /// Its id.
    fn id(&self) -> &Self::Id;
    /// What people call it, where it has a name.
    fn name(&self) -> Option<&str> {
        None
    }
    /// When it was true.
    fn valid(&self) -> Period {
        Period::default()
    }
    /// Where it comes from.
    fn provenance(&self) -> &[Provenance];
    /// Its numbers in other systems.
    fn external_ids(&self) -> &[ExternalId] {
        &[]
    }
    /// Tells every other record that it refers to.
    fn references(&self, visit: &mut Visit<'_>);
    /// Checks what its types alone cannot: ranges, orders, lengths of lists.
    ///
    /// # Errors
    /// Kind `invalid`, with the field as location.
    fn check(&self) -> Result<()>;
}

/// In and out of [`Record`].
pub trait IntoRecord: Sized {
    /// Puts it into a [`Record`].
    fn into_record(self: Arc<Self>) -> Record;
    /// Takes it out of a record, if the record is of this kind.
    fn from_record(record: &Record) -> Option<&Arc<Self>>;
}

/// Reads a record from its fields, saying where a value does not fit.
pub(super) fn read_fields<T: Entity>(fields: &serde_json::Value) -> Result<Record> {
    read_value(fields).map(|record: T| Arc::new(record).into_record())
}

/// Reads a record straight from its JSON text, without saying where a value does not fit.
pub(super) fn read_json<T: Entity>(text: &str) -> serde_json::Result<Record> {
    serde_json::from_str(text).map(|record: T| Arc::new(record).into_record())
}

/// Refuses a code that stands twice.
pub(crate) fn unique<'a>(field: &str, codes: impl Iterator<Item = &'a str>) -> Result<()> {
    let mut seen = std::collections::BTreeSet::new();
    for code in codes {
        if !seen.insert(code) {
            return Err(Error::new(Code::DuplicateInRecord).field(field).value(code));
        }
    }
    Ok(())
}

/// Refuses a list of more than [`MAX_LIST`] elements.
pub(crate) fn limit(field: &str, length: usize) -> Result<()> {
    if length <= MAX_LIST {
        return Ok(());
    }
    Err(Error::new(Code::TooMany).field(field).value(length).expected(format!("at most {MAX_LIST}")))
}
