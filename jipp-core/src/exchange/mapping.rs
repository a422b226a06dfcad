//! Which column of a file is which field: suggested by likeness, confirmed by a person, kept in a file.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fields::{Field, fields};
use crate::base::{Code, Error, Result, words};
use crate::model::EntityKind;

/// The version of the mapping file.
pub const MAPPING_VERSION: u32 = 1;

/// How the columns of a file become the fields of a kind. Travels as JSON.
///
/// ```
/// use jipp_core::{exchange::Mapping, model::EntityKind};
/// let headers = ["Judul Inovasi", "OPD", "Warna"].map(str::to_owned);
/// let suggestion = Mapping::suggest(EntityKind::Innovation, &headers);
/// assert_eq!(suggestion.mapping.columns["Judul Inovasi"], "title");
/// assert_eq!(suggestion.unmatched, ["Warna"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// [`MAPPING_VERSION`].
    pub version: u32,
    /// The kind of the records.
    pub kind: EntityKind,
    /// Column to field.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// For a field, what its raw values mean: `{"kind": {"Kab": "regency"}}`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// Values that every row gets, where the file does not give one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub constants: BTreeMap<String, Value>,
    /// Columns left out on purpose.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub ignored: BTreeSet<String>,
    /// The column that names the source of a row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// How like a field a column is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Match {
    /// The column.
    pub header: String,
    /// The field.
    pub field: String,
    /// 0 to 1,000; 1,000 is the name or a label of the field itself.
    pub likeness: u32,
}

/// A mapping to be confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The mapping as far as it could be guessed.
    pub mapping: Mapping,
    /// How sure each guess is.
    pub matches: Vec<Match>,
    /// The columns that match nothing: map them or ignore them.
    pub unmatched: Vec<String>,
}

/// A header less like than this matches nothing.
const LIKE_ENOUGH: u32 = 860;
/// A header longer than this matches nothing: comparing takes the product of the lengths, in time and in memory.
const MAX_HEADER_BYTES: usize = 200;
/// For how many unknown columns of a file fields are suggested.
const MAX_HINTS: usize = 100;

impl Mapping {
    /// A mapping without columns.
    pub fn new(kind: EntityKind) -> Self {
        let (columns, values, constants, ignored, source) = Default::default();
        Self { version: MAPPING_VERSION, kind, columns, values, constants, ignored, source }
    }

    /// Reads a mapping file.
    ///
    /// # Errors
    /// `mapping-invalid`, with the place; `format-newer`.
    pub fn from_json(text: &str) -> Result<Self> {
        let input = &mut serde_json::Deserializer::from_str(text);
        let mapping: Self = serde_path_to_error::deserialize(input).map_err(|error| {
            let place = error.path().to_string();
            Error::new(Code::MappingInvalid).field(place).expected(error.into_inner().to_string())
        })?;
        mapping.check()?;
        Ok(mapping)
    }

    /// Writes the mapping file.
    pub fn to_json(&self) -> String {
        // Text and numbers only, which JSON always can.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Checks that every field exists and gets its value from one place.
    ///
    /// # Errors
    /// `mapping-invalid`, with the place; `format-newer`.
    pub fn check(&self) -> Result<()> {
        if self.version > MAPPING_VERSION {
            return Err(Error::new(Code::FormatNewer).field("version").value(self.version));
        }
        let known: BTreeSet<&str> = fields(self.kind).iter().map(|field| &*field.path).collect();
        let check = |part: &str, key: &str, field: &str| {
            let place = || Error::new(Code::MappingInvalid).field(format!("{part}.{key}")).value(field);
            if known.contains(field) { Ok(()) } else { Err(place().expected(format!("a field of {}", self.kind))) }
        };
        let mut used: BTreeMap<&str, &str> = BTreeMap::new();
        for (header, field) in &self.columns {
            check("columns", header, field)?;
            if let Some(other) = used.insert(field, header) {
                let fault = Error::new(Code::MappingInvalid).field(format!("columns.{header}")).value(field);
                return Err(fault.expected(format!("one column for a field: {other} is mapped to it")));
            }
        }
        self.values.keys().try_for_each(|field| check("values", field, field))?;
        self.constants.keys().try_for_each(|field| check("constants", field, field))
    }

    /// Checks that the mapping says something of every column.
    ///
    /// # Errors
    /// `header-unknown`, naming the columns, with the likeliest fields.
    pub(super) fn check_headers(&self, headers: &[String]) -> Result<()> {
        let is_known = |header: &&String| {
            self.columns.contains_key(*header) || self.ignored.contains(*header) || self.source.as_ref() == Some(header)
        };
        let unknown: Vec<String> = headers.iter().filter(|header| !is_known(header)).cloned().collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let matches = Self::suggest(self.kind, &unknown[..unknown.len().min(MAX_HINTS)]).matches;
        let hints: Vec<String> = matches.iter().map(|guess| format!("{} = {}?", guess.header, guess.field)).collect();
        let hint = "a mapping that maps or ignores every column";
        let hint = if hints.is_empty() { hint.to_owned() } else { format!("{hint}; {}", hints.join(", ")) };
        Err(Error::new(Code::HeaderUnknown).value(unknown.join(", ")).expected(hint))
    }

    /// Guesses a mapping from the headers of a file: by the names of fields and their Indonesian and English labels. A header of
    /// more than 200 bytes matches nothing.
    ///
    /// # Complexity
    /// Headers times fields.
    pub fn suggest(kind: EntityKind, headers: &[String]) -> Suggestion {
        let mut pairs: Vec<(u32, &String, &Field)> = Vec::new();
        let normal = |text: &String| words(text).join(" ");
        let short = headers.iter().filter(|header| header.len() <= MAX_HEADER_BYTES);
        let named: Vec<(&String, String)> = short.map(|header| (header, normal(header))).collect();
        for field in fields(kind) {
            let labels: Vec<String> = labels(kind, &field.path).iter().map(normal).collect();
            for (header, name) in &named {
                let best = labels.iter().map(|label| likeness(name, label)).max().unwrap_or_default();
                if best >= LIKE_ENOUGH {
                    pairs.push((best, header, field));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (a.1, &a.2.path).cmp(&(b.1, &b.2.path))));
        let mut mapping = Self::new(kind);
        let mut taken = BTreeSet::new();
        let mut matches = Vec::new();
        for (likeness, header, field) in pairs {
            if !mapping.columns.contains_key(header) && taken.insert(&field.path) {
                mapping.columns.insert(header.clone(), field.path.clone());
                matches.push(Match { header: header.clone(), field: field.path.clone(), likeness });
            }
        }
        let unmatched = headers.iter().filter(|header| !mapping.columns.contains_key(*header)).cloned().collect();
        Suggestion { mapping, matches, unmatched }
    }
}

/// Labels of fields: `kind,field,labels`, a kind of `*` for all, labels separated by `|`.
const LABELS: &str = include_str!("../../data/field-labels.csv");

/// Everything that a field is called: its path and its labels.
fn labels(kind: EntityKind, path: &str) -> Vec<String> {
    let mut labels = vec![path.to_owned()];
    for line in LABELS.lines().skip(1) {
        let mut cells = line.splitn(3, ',');
        let (of, field, names) = (cells.next(), cells.next(), cells.next());
        if field == Some(path) && (of == Some("*") || of == Some(kind.code())) {
            labels.extend(names.into_iter().flat_map(|names| names.split('|')).map(str::to_owned));
        }
    }
    labels
}

/// How like the words of two headers are, 0 to 1,000.
fn likeness(header: &str, label: &str) -> u32 {
    if header == label {
        return 1_000;
    }
    let likeness = strsim::jaro_winkler(header, label).min(strsim::normalized_damerau_levenshtein(header, label) + 0.1);
    // Between 0 and 1.1, so that the cast is exact enough for an order of guesses.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1,100")]
    let thousandths = libm::round(likeness * 1_000.0) as u32;
    thousandths.min(999)
}
