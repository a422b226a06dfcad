//! Names in running text, put out of sight.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use unicode_normalization::char::is_combining_mark;

use crate::base::{fold, words};
use crate::model::{EntityKind, Line, Record, RegionLevel};
use crate::registry::View;

/// The names to look for, by their first words.
pub(super) struct Mask {
    names: FxHashMap<String, Vec<Vec<String>>>,
    /// What stands in their place.
    instead: String,
}

impl Mask {
    /// The names of all records of some kinds: every one that the registry knows, entered or not, so that what is
    /// masked says nothing of who is there. Names are looked for whole, and without their generic words (*Pemerintah
    /// Kota Ambon*, *Ambon*).
    pub(super) fn new(view: &View<'_>, kinds: &[EntityKind], generic: &[Line], instead: &str) -> Self {
        let generic: Vec<String> = generic.iter().flat_map(|word| words(word)).collect();
        let mut mask = Self { names: FxHashMap::default(), instead: instead.to_owned() };
        for record in kinds.iter().flat_map(|kind| view.records(*kind)) {
            for name in names(record) {
                let whole = words(name);
                let bare: Vec<String> = whole.iter().filter(|word| !generic.contains(word)).cloned().collect();
                mask.add(bare);
                mask.add(whole);
            }
        }
        for names in mask.names.values_mut() {
            names.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            names.dedup();
        }
        mask
    }

    fn add(&mut self, name: Vec<String>) {
        if let Some(first) = name.first() {
            self.names.entry(first.clone()).or_default().push(name);
        }
    }

    /// The text with every name replaced, whatever its case and diacritics, longest names first; whole words only.
    pub(super) fn apply(&self, text: &str) -> Option<String> {
        let words = spans(text);
        let mut masked = String::new();
        let (mut at, mut done) = (0, 0);
        while let Some((start, _, word)) = words.get(at) {
            let fits = |name: &&Vec<String>| {
                let rest = words.get(at..at + name.len());
                rest.is_some_and(|rest| rest.iter().zip(name.iter()).all(|((_, _, word), wanted)| word == wanted))
            };
            match self.names.get(&**word).and_then(|names| names.iter().find(fits)) {
                Some(name) => {
                    masked.push_str(text.get(done..*start).unwrap_or_default());
                    masked.push_str(&self.instead);
                    at += name.len();
                    done = words.get(at - 1).map_or(text.len(), |(_, end, _)| *end);
                }
                None => at += 1,
            }
        }
        (done > 0).then(|| masked + text.get(done..).unwrap_or_default())
    }
}

/// The names of a record. Those of countries give nobody away.
fn names(record: &Record) -> Vec<&str> {
    let aliases = match record {
        Record::Region(region) if region.level == RegionLevel::Country => return Vec::new(),
        Record::Region(region) => region.aliases.as_slice(),
        Record::Agency(agency) => agency.aliases.as_slice(),
        Record::Partner(partner) => partner.aliases.as_slice(),
        _ => &[],
    };
    record.name().into_iter().chain(aliases.iter().map(|alias| &**alias)).collect()
}

/// The words of a text, folded, with where they begin and end.
fn spans(text: &str) -> Vec<(usize, usize, Cow<'_, str>)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_inside = c.is_alphanumeric() || is_combining_mark(c);
        match (start, is_inside) {
            (None, true) => start = Some(at),
            (Some(begin), false) => {
                found.push((begin, at, folded(text.get(begin..at).unwrap_or_default())));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Most words are in lower case and need no folding.
fn folded(word: &str) -> Cow<'_, str> {
    let is_folded = word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if is_folded { Cow::Borrowed(word) } else { Cow::Owned(fold(word)) }
}
