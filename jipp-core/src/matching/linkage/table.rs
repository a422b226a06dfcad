//! Records as the linker takes them: an id and one value for each field, read by the field's kind.

use std::collections::BTreeMap;

use super::settings::{FieldKind, FieldSpec, LinkageSettings};
use crate::base::{Code, Error, PartialDate, Result, words};

/// A value, read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// The folded words, with one blank between.
    Text(String),
    /// The folded letters and digits.
    Code(String),
    Number(f64),
    /// Eight digits, `YYYYMMDD`, with `0` for what is not known.
    Date([u8; 8]),
    Year(i32),
}

impl Value {
    /// Reads a text; nothing where it holds no letter and no digit.
    fn read(text: &str, kind: FieldKind) -> Result<Option<Self>> {
        let words = words(text);
        if words.is_empty() {
            return Ok(None);
        }
        Ok(Some(match kind {
            FieldKind::Text | FieldKind::LongText => Self::Text(words.join(" ")),
            FieldKind::Code => Self::Code(words.concat()),
            FieldKind::Number => Self::Number(read_number(text)?),
            FieldKind::Date => Self::Date(read_date(text)?),
            FieldKind::Year => Self::Year(read_year(text)?),
        }))
    }
}

fn read_number(text: &str) -> Result<f64> {
    let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    // Adding zero makes one value of the two zeros.
    let number = number.map(|number| number + 0.0);
    number.ok_or_else(|| Error::new(Code::NumberForm).value(text).expected("a decimal number such as 12.5"))
}

fn read_date(text: &str) -> Result<[u8; 8]> {
    let trimmed = text.trim();
    let compact = trimmed.len() == 8 && trimmed.bytes().all(|byte| byte.is_ascii_digit());
    let date: PartialDate = if compact {
        format!("{}-{}-{}", &trimmed[..4], &trimmed[4..6], &trimmed[6..]).parse()
    } else {
        trimmed.parse()
    }
    .map_err(|_| Error::new(Code::DateForm).value(text).expected("YYYY, YYYY-MM, YYYY-MM-DD or YYYYMMDD"))?;
    let digits = format!("{:04}{:02}{:02}", date.year(), date.month().unwrap_or(0), date.day().unwrap_or(0));
    let mut bytes = *b"00000000";
    for (place, byte) in bytes.iter_mut().zip(digits.bytes()) {
        *place = byte;
    }
    Ok(bytes)
}

fn read_year(text: &str) -> Result<i32> {
    let year = text.trim().parse::<i32>().ok().filter(|year| (-9999..=9999).contains(year));
    year.ok_or_else(|| Error::new(Code::NumberForm).value(text).expected("a year from -9999 to 9999"))
}

/// Records to be linked, each with an id of its own.
///
/// Blank values, and those without any letter or digit (`-`, `?`), are missing.
///
/// ```
/// use jipp_core::matching::linkage::{FieldSpec, LinkageSettings, Table};
/// let settings = LinkageSettings::new(vec![FieldSpec::text("name"), FieldSpec::year("since")]);
/// let mut table = Table::new(&settings);
/// table.push("a", &[Some("Bank Sampah"), Some("2019")])?;
/// let error = table.push("b", &[Some("Gerai KTP"), Some("soon")]).unwrap_err();
/// assert_eq!((error.location().line, error.location().field.as_deref()), (Some(2), Some("since")));
/// // A record that was refused left nothing behind: enter what can be read of it.
/// table.push("b", &[Some("Gerai KTP"), None])?;
/// assert_eq!(table.len(), 2);
/// # Ok::<(), jipp_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Table {
    pub(super) fields: Vec<FieldSpec>,
    /// By id, so that the order of entering makes no difference.
    pub(super) rows: BTreeMap<String, Vec<Option<Value>>>,
}

impl Table {
    /// An empty table with the fields of these settings.
    pub fn new(settings: &LinkageSettings) -> Self {
        Self { fields: settings.fields.clone(), rows: BTreeMap::new() }
    }

    /// A table of these rows: the id, and a text for each field in the order of the settings.
    ///
    /// # Errors
    /// Those of [`push`](Self::push), at the first row that has one.
    pub fn from_rows<'a>(
        settings: &LinkageSettings,
        rows: impl IntoIterator<Item = (&'a str, Vec<Option<&'a str>>)>,
    ) -> Result<Self> {
        let mut table = Self::new(settings);
        for (id, values) in rows {
            table.push(id, &values)?;
        }
        Ok(table)
    }

    /// Enters a record: a text for each field in the order of the settings. An error leaves the table as it was, so
    /// that the caller may leave the record out, or enter it without the value.
    ///
    /// # Errors
    /// Each with the row, counted from 1 over the records of the table, and the field: `id-empty`; `duplicate-id`;
    /// `field-missing` or `too-many` where there are not as many values as fields; `number-form`, `date-form` for a
    /// value that cannot be read.
    ///
    /// # Complexity
    /// Linear in the texts; logarithmic in the table.
    pub fn push(&mut self, id: &str, values: &[Option<&str>]) -> Result<()> {
        let line = u64::try_from(self.rows.len() + 1).unwrap_or(u64::MAX);
        self.read(id, values).map_err(|error| error.line(line).about(format_args!("record {id}"))).map(|row| {
            self.rows.insert(id.to_owned(), row);
        })
    }

    fn read(&self, id: &str, values: &[Option<&str>]) -> Result<Vec<Option<Value>>> {
        if id.trim().is_empty() {
            return Err(Error::new(Code::IdEmpty));
        }
        if self.rows.contains_key(id) {
            return Err(Error::new(Code::DuplicateId).value(id));
        }
        if let Some(field) = self.fields.get(values.len()) {
            return Err(Error::new(Code::FieldMissing).field(&field.name));
        }
        if values.len() > self.fields.len() {
            return Err(Error::new(Code::TooMany)
                .value(values.len())
                .expected(format!("{} values", self.fields.len())));
        }
        let read = |(field, text): (&FieldSpec, Option<&str>)| match text {
            Some(text) => Value::read(text, field.kind).map_err(|error| error.field(&field.name)),
            None => Ok(None),
        };
        self.fields.iter().zip(values.iter().copied()).map(read).collect()
    }

    /// How many records it holds.
    pub fn len(&self) -> usize {
        self.rows.len()
    }
    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
    /// The ids, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }
}
