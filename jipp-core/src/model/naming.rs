//! How people write the names of regions and governments in a language: data, and the one reader of it.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::{MAX_LINE_BYTES, RegionLevel};
use crate::base::{vocabulary::vocabulary, words};

vocabulary! {
    /// Where a word stands that people put to the name of a region.
    MarkerKind = "marker-kind" {
        Before = "before", "di depan", "before the name";
        After = "after", "di belakang", "after the name";
        Government = "government", "pemerintah", "before the name, and means the government of the region";
    }
}

/// A word, or a few, that people put to the name of a region and that are not part of what tells it from others:
/// *Kabupaten*, *Kota*, *Pemerintah*, *Province of*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marker {
    /// The words.
    pub words: String,
    /// Where they stand.
    pub kind: MarkerKind,
    /// The level of the region that they tell, where they tell one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<RegionLevel>,
}

/// How people write the names of regions and governments in a language or country. The default knows no such words.
///
/// ```
/// use jipp_core::model::{Marker, MarkerKind, Naming, RegionLevel};
/// let level = Some(RegionLevel::Province);
/// let mut naming = Naming::default();
/// naming.markers.push(Marker { words: "Province of".into(), kind: MarkerKind::Before, level });
/// naming.short_words.insert("Prov".into(), "Province".into());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Naming {
    /// The words around names.
    pub markers: Vec<Marker>,
    /// Short or old forms of single words, with what they stand for: *Kab* for *Kabupaten*, *Pemkot* for *Pemerintah Kota*.
    pub short_words: BTreeMap<String, String>,
    /// How the government of a region of a level is called, with `{name}` for the official name of the region.
    pub titles: BTreeMap<RegionLevel, String>,
    /// The system that the ids of the regions come from: *Kemendagri*.
    pub id_system: Option<String>,
}

/// One way to read a name: what remains after some of the words around it, and what those words said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// The remaining words, joined: blanks come and go in names (*Pangkal Pinang*, *Pangkalpinang*).
    pub(super) key: String,
    /// The level, where the words around told one.
    pub(super) level: Option<RegionLevel>,
    /// How many words were left out.
    pub(super) left_out: usize,
}

/// A [`Naming`] made ready for reading.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    markers: Vec<(Vec<String>, Marker)>,
    short_words: HashMap<String, Vec<String>>,
}

/// What the words around a name say of its level, as far as they say something.
#[derive(Clone, Copy, Debug, Default)]
struct Said(Option<RegionLevel>);

impl Said {
    /// Hears another word; `None` if it contradicts what was said.
    fn and(self, level: Option<RegionLevel>) -> Option<Self> {
        match (self.0, level) {
            (Some(a), Some(b)) if a != b => None,
            (said, level) => Some(Self(said.or(level))),
        }
    }
}

impl Reader {
    pub(super) fn new(naming: &Naming) -> Self {
        let short_words = naming.short_words.iter().map(|(short, long)| (words(short).concat(), words(long))).collect();
        let mut reader = Self { markers: Vec::new(), short_words };
        let markers = naming.markers.iter().map(|marker| (reader.words(&marker.words), marker.clone()));
        reader.markers = markers.filter(|(words, _)| !words.is_empty()).collect();
        reader
    }

    /// The folded words of a name, short forms written out.
    pub(super) fn words(&self, text: &str) -> Vec<String> {
        let mut all = Vec::new();
        for word in words(text) {
            match self.short_words.get(&word) {
                Some(long) => all.extend(long.iter().cloned()),
                None => all.push(word),
            }
        }
        all
    }

    /// All words of a name, joined.
    pub(super) fn key(&self, text: &str) -> String {
        self.words(text).concat()
    }

    /// Every way to read a name: with nothing left out first, with the most left out last. Empty for an empty text,
    /// and for one that is longer than a name may be.
    pub(super) fn readings(&self, text: &str) -> Vec<Reading> {
        if text.len() > MAX_LINE_BYTES {
            return Vec::new();
        }
        let words = self.words(text);
        // What the words before each place say, if they all are words that stand before names.
        let mut fronts: Vec<Option<Said>> = vec![None; words.len()];
        if let Some(first) = fronts.first_mut() {
            *first = Some(Said::default());
        }
        let mut ends = vec![(words.len(), None)];
        for (marker_words, marker) in self.markers.iter().filter(|(_, marker)| marker.kind == MarkerKind::After) {
            if words.ends_with(marker_words) {
                ends.push((words.len() - marker_words.len(), marker.level));
            }
        }
        let mut found = Vec::new();
        for start in 0..words.len() {
            let Some(said) = fronts[start] else { continue };
            for (marker_words, marker) in self.markers.iter().filter(|(_, marker)| marker.kind != MarkerKind::After) {
                let next = start + marker_words.len();
                if next < words.len() && fronts[next].is_none() && words[start..].starts_with(marker_words) {
                    fronts[next] = said.and(marker.level);
                }
            }
            for &(end, end_level) in ends.iter().filter(|(end, _)| *end > start) {
                if let Some(Said(level)) = said.and(end_level) {
                    let left_out = start + words.len() - end;
                    found.push(Reading { key: words[start..end].concat(), level, left_out });
                }
            }
        }
        found.sort_by_key(|reading| reading.left_out);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader() -> Reader {
        let marker = |words: &str, kind, level| Marker { words: words.into(), kind, level };
        Reader::new(&Naming {
            markers: vec![
                marker("pemerintah", MarkerKind::Government, None),
                marker("pemerintah daerah", MarkerKind::Government, None),
                marker("kota", MarkerKind::Before, Some(RegionLevel::City)),
                marker("kabupaten", MarkerKind::Before, Some(RegionLevel::Regency)),
                marker("city", MarkerKind::After, Some(RegionLevel::City)),
            ],
            short_words: [("pemkot".to_owned(), "pemerintah kota".to_owned())].into(),
            ..Naming::default()
        })
    }

    #[test]
    fn words_around_a_name_are_left_out_one_by_one() {
        let keys = |text: &str| reader().readings(text).into_iter().map(|r| (r.key, r.level)).collect::<Vec<_>>();
        let city = Some(RegionLevel::City);
        assert_eq!(
            keys("PEMKOT Batu"),
            [("pemerintahkotabatu".into(), None), ("kotabatu".into(), None), ("batu".into(), city)]
        );
        assert_eq!(keys("Batu City"), [("batucity".into(), None), ("batu".into(), city)]);
        assert_eq!(keys("Kota Batu City").last(), Some(&("batu".into(), city)));
        assert_eq!(keys("Pemerintah Daerah Batu").len(), 3);
    }

    #[test]
    fn words_that_contradict_each_other_are_not_left_out_together() {
        let readings = reader().readings("Kabupaten Kota Batu");
        assert_eq!(readings.last().map(|reading| &*reading.key), Some("kotabatu"));
        let readings = reader().readings("Kabupaten Batu City");
        assert!(readings.iter().all(|reading| reading.key != "batu"));
    }

    #[test]
    fn something_always_remains() {
        for text in ["kota", "pemerintah kota", "city", "pemkot"] {
            assert!(reader().readings(text).iter().all(|reading| !reading.key.is_empty()), "{text}");
        }
        assert!(reader().readings(" - ").is_empty());
        assert!(reader().readings(&"kota ".repeat(100_000)).is_empty());
    }
}
