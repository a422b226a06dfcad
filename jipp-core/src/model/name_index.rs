//! Names to things: exact by hash, and by likeness where nothing is exact.

use std::collections::HashMap;

use crate::base::{Score, vocabulary::vocabulary};

vocabulary! {
    /// How a text was recognised; the surest first.
    How = "how" {
        Exact = "exact", "nama resmi", "official name, with or without the words of its level";
        Code = "code", "kode", "code";
        Alias = "alias", "nama lain", "another name in use";
        Likeness = "likeness", "kemiripan", "likeness, after up to two wrong letters";
    }
}

/// How a name belongs to a thing; the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// The official name as written.
    Official,
    /// Another name as written.
    Other,
    /// The official name without words around it.
    OfficialBare,
    /// Another name without words around it.
    OtherBare,
}

impl Rank {
    pub(super) fn how(self) -> How {
        match self {
            Self::Official | Self::OfficialBare => How::Exact,
            Self::Other | Self::OtherBare => How::Alias,
        }
    }
}

/// A thing with a like name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Near {
    /// How many letters differ: inserted, left out, replaced or swapped with the next.
    pub(super) edits: usize,
    /// The thing.
    pub(super) item: u32,
    /// The length of the longer name in letters.
    pub(super) length: usize,
}

impl Near {
    /// The part of the letters that agree, 0 to 1.
    pub(super) fn likeness(self) -> Score {
        let part = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        Score::from_units(Score::SCALE - part(self.edits).saturating_mul(Score::SCALE) / part(self.length.max(1)))
    }
}

/// Longer texts are not names and are not compared letter by letter.
const LONGEST_COMPARED: usize = 200;
/// Suggestions agree in at least this part of their letters.
const SUGGESTED: Score = Score::from_units(600_000);

/// How many wrong letters are a slip in a name of this length. Short names differ by one letter too often.
pub(super) fn slips_allowed(letters: usize) -> usize {
    match letters {
        0..6 => 0,
        6..10 => 1,
        _ => 2,
    }
}

/// Names to things, by joined words.
#[derive(Clone, Debug, Default)]
pub(super) struct NameIndex {
    exact: HashMap<String, Vec<(Rank, u32)>>,
    /// The names to compare by letters.
    compared: Vec<(String, u32)>,
}

impl NameIndex {
    pub(super) fn add(&mut self, key: &str, rank: Rank, item: u32) {
        if !key.is_empty() {
            self.exact.entry(key.to_owned()).or_default().push((rank, item));
        }
    }

    /// Lets a name be found by likeness.
    pub(super) fn compare(&mut self, key: &str, item: u32) {
        if !key.is_empty() && key.len() <= LONGEST_COMPARED {
            self.compared.push((key.to_owned(), item));
        }
    }

    /// The things to which a name belongs most strongly, in order and each once; empty if there are none.
    pub(super) fn find(&self, key: &str, keep: impl Fn(u32) -> bool) -> (Rank, Vec<u32>) {
        let mut best = (Rank::OtherBare, Vec::new());
        for &(rank, item) in self.exact.get(key).into_iter().flatten().filter(|(_, item)| keep(*item)) {
            if rank < best.0 {
                best = (rank, vec![item]);
            } else if rank == best.0 {
                best.1.push(item);
            }
        }
        best.1.sort_unstable();
        best.1.dedup();
        best
    }

    /// The things with names like this one, the likest first, each once; linear in the number of names.
    pub(super) fn near(&self, key: &str, keep: impl Fn(u32) -> bool) -> Vec<Near> {
        if key.is_empty() || key.len() > LONGEST_COMPARED {
            return Vec::new();
        }
        let letters = key.chars().count();
        let mut all: Vec<Near> = Vec::new();
        for (name, item) in self.compared.iter().filter(|(_, item)| keep(*item)) {
            let others = name.chars().count();
            let length = letters.max(others);
            let hopeless = Near { edits: letters.abs_diff(others), item: *item, length };
            if hopeless.likeness() >= SUGGESTED {
                all.push(Near { edits: strsim::osa_distance(key, name), ..hopeless });
            }
        }
        all.retain(|near| near.likeness() >= SUGGESTED);
        all.sort_unstable();
        let mut seen = std::collections::HashSet::new();
        all.retain(|near| seen.insert(near.item));
        all
    }

    /// Of like names the only one that a slip explains; several if they are as near as each other.
    pub(super) fn slips(near: &[Near], key: &str) -> Vec<Near> {
        let allowed = slips_allowed(key.chars().count());
        let best = near.first().map_or(usize::MAX, |first| first.edits);
        near.iter().copied().take_while(|near| near.edits == best && near.edits <= allowed).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> NameIndex {
        let mut index = NameIndex::default();
        for (item, name) in (0..).zip(["banyumas", "banyuasin", "bone", "mataram"]) {
            index.add(name, Rank::Official, item);
            index.compare(name, item);
        }
        index.add("bone", Rank::Other, 3);
        index
    }

    #[test]
    fn the_strongest_bearers_of_a_name_are_found() {
        assert_eq!(index().find("bone", |_| true), (Rank::Official, vec![2]));
        assert_eq!(index().find("bone", |item| item != 2), (Rank::Other, vec![3]));
        assert!(index().find("bono", |_| true).1.is_empty());
    }

    #[test]
    fn one_slip_in_a_middling_name_is_mended_and_in_a_short_one_suggested() {
        let slips = |key: &str| NameIndex::slips(&index().near(key, |_| true), key);
        assert_eq!(slips("banyumsa").iter().map(|near| near.item).collect::<Vec<_>>(), [0]);
        assert!(slips("bono").is_empty());
        let near = index().near("bono", |_| true);
        assert_eq!((near[0].item, near[0].likeness()), (2, Score::from_units(750_000)));
        assert!(index().near(&"b".repeat(1_000), |_| true).is_empty());
    }
}
