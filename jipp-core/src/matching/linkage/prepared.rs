//! Tables made ready for comparing: every distinct value taken apart once, with how often it occurs.

use std::collections::BTreeMap;

use super::number::{index, real, text_number};
use super::settings::{FieldKind, FieldSpec};
use super::table::{Table, Value};

/// Of a text no more words than this are compared letter by letter; longer ones are compared as sets of words.
pub(super) const MAX_WORDS: usize = 24;
/// The place of a missing value.
const MISSING: u32 = u32::MAX;

/// A word of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    /// Its number of letters.
    pub(super) length: usize,
    /// Which letters occur, 64 classes of them: two words with few classes in common cannot be alike.
    pub(super) letters: u64,
    /// How much it tells: the square of the logarithm of how rare it is in its field (Salton and Buckley 1988, idf).
    pub(super) weight: f64,
}

/// A text taken apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TextCell {
    pub(super) folded: String,
    /// The first [`MAX_WORDS`] words, in order.
    pub(super) words: Vec<Word>,
    /// Every distinct word by its number, with the logarithm of how rare it is; sorted.
    pub(super) bag: Vec<(u64, f64)>,
    /// Whether there are more words than `words` holds.
    pub(super) cut: bool,
}

/// A value taken apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Text(TextCell),
    Code(String),
    Number(f64, String),
    Date([u8; 8]),
    Year(i32),
}

/// A field of all records.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) kind: FieldKind,
    /// The distinct values, in the order of their folded text.
    pub(super) cells: Vec<Cell>,
    /// For each distinct value, how many records have it.
    pub(super) counts: Vec<u32>,
    /// The logarithm of how rare a word is that occurs once.
    pub(super) rarest: f64,
    of_record: Vec<u32>,
    known: usize,
}

impl Column {
    /// The number of the record's value; nothing where it is missing.
    pub(super) fn value_of(&self, record: u32) -> Option<usize> {
        let value = self.of_record.get(record as usize).copied().filter(|value| *value != MISSING)?;
        Some(value as usize)
    }

    /// The chance that another record has this value too, given that one has it.
    pub(super) fn frequency(&self, value: usize) -> f64 {
        let others = self.counts.get(value).map_or(1, |count| count.saturating_sub(1).max(1));
        (f64::from(others) / real(self.known.saturating_sub(1).max(1))).min(1.0)
    }
}

/// One table, or two one after the other.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    pub(super) ids: Vec<&'a str>,
    /// Where the second table begins; the number of records where there is one table only.
    pub(super) boundary: usize,
    /// Whether there are two tables.
    pub(super) is_link: bool,
    pub(super) columns: Vec<Column>,
    pub(super) fields: &'a [FieldSpec],
}

impl<'a> Prepared<'a> {
    /// Takes the tables apart; both have the fields of the first.
    ///
    /// # Complexity
    /// Linear in the texts, with a logarithm for sorting the distinct values.
    pub(super) fn new(left: &'a Table, right: Option<&'a Table>) -> Self {
        let tables: Vec<&Table> = std::iter::once(left).chain(right).collect();
        let ids: Vec<&str> = tables.iter().flat_map(|table| table.ids()).collect();
        let column = |place: usize, field: &FieldSpec| {
            let rows = tables.iter().flat_map(|table| table.rows.values());
            let values: Vec<Option<&Value>> = rows.map(|row| row.get(place).and_then(Option::as_ref)).collect();
            build_column(field.kind, &values)
        };
        let columns = left.fields.iter().enumerate().map(|(place, field)| column(place, field)).collect();
        Self { ids, boundary: left.len(), is_link: right.is_some(), columns, fields: &left.fields }
    }

    /// How many records there are.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }
    /// Whether these two may be compared: two records of one table, or one of each.
    pub(super) fn comparable(&self, a: u32, b: u32) -> bool {
        a != b && (!self.is_link || ((a as usize) < self.boundary) != ((b as usize) < self.boundary))
    }
    /// How many pairs may be compared.
    pub(super) fn all_pairs(&self) -> f64 {
        let (all, left) = (real(self.len()), real(self.boundary));
        if self.is_link { left * (all - left) } else { all * (all - 1.0) / 2.0 }
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Code(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Date(digits) => String::from_utf8_lossy(digits).into_owned(),
        Value::Year(year) => year.to_string(),
    }
}

fn build_column(kind: FieldKind, values: &[Option<&Value>]) -> Column {
    let mut distinct: BTreeMap<String, (&Value, u32)> = BTreeMap::new();
    let texts: Vec<Option<String>> = values.iter().map(|value| value.map(text_of)).collect();
    for (value, text) in values.iter().zip(&texts) {
        if let (Some(value), Some(text)) = (value, text) {
            distinct.entry(text.clone()).or_insert((value, 0)).1 += 1;
        }
    }
    let places: BTreeMap<&str, u32> =
        distinct.keys().enumerate().map(|(at, text)| (text.as_str(), index(at))).collect();
    let place = |text: &Option<String>| text.as_deref().and_then(|text| places.get(text)).copied().unwrap_or(MISSING);
    let of_record: Vec<u32> = texts.iter().map(place).collect();
    let known = values.iter().flatten().count();

    let mut occurrences: BTreeMap<&str, u32> = BTreeMap::new();
    for (value, count) in distinct.values() {
        if let Value::Text(text) = value {
            for word in distinct_words(text) {
                *occurrences.entry(word).or_default() += count;
            }
        }
    }
    let weight = |count: u32| libm::log(1.0 + real(known.max(1)) / f64::from(count.max(1)));
    let word_weight = |word: &str| weight(occurrences.get(word).copied().unwrap_or(1));
    let cell = |(value, _): &(&Value, u32)| match value {
        Value::Text(text) => Cell::Text(take_apart(text, &word_weight)),
        Value::Code(code) => Cell::Code(code.clone()),
        Value::Number(number) => Cell::Number(*number, number.to_string()),
        Value::Date(digits) => Cell::Date(*digits),
        Value::Year(year) => Cell::Year(*year),
    };
    let cells = distinct.values().map(cell).collect();
    let counts = distinct.values().map(|(_, count)| *count).collect();
    Column { kind, cells, counts, rarest: weight(1), of_record, known }
}

fn distinct_words(text: &str) -> Vec<&str> {
    let mut words: Vec<&str> = text.split(' ').collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn take_apart(text: &str, weight: &impl Fn(&str) -> f64) -> TextCell {
    let word = |text: &str| Word {
        text: text.to_owned(),
        length: text.chars().count(),
        letters: letters(text),
        weight: weight(text) * weight(text),
    };
    let words: Vec<Word> = text.split(' ').take(MAX_WORDS).map(word).collect();
    let mut bag: Vec<(u64, f64)> =
        distinct_words(text).into_iter().map(|word| (text_number(0, word), weight(word))).collect();
    bag.sort_unstable_by_key(|(number, _)| *number);
    TextCell { folded: text.to_owned(), words, bag, cut: text.split(' ').nth(MAX_WORDS).is_some() }
}

/// The classes of letters that occur in a word.
pub(super) fn letters(word: &str) -> u64 {
    word.chars().fold(0, |mask, letter| mask | 1 << (u32::from(letter) % 64))
}
