//! What a query must not say, lest it give the answer away: where the source is, and what only the source is called.

use std::collections::BTreeSet;

use jipp_core::base::words;
use jipp_core::model::Region;
use jipp_core::registry::View;

use super::pool::Pool;

/// A word of a title that stands in no more documents than this is taken for a brand.
const BRAND: usize = 3;
/// Words of region names that name no place.
const GENERIC: [&str; 10] =
    ["kabupaten", "kota", "provinsi", "kepulauan", "daerah", "khusus", "ibukota", "istimewa", "administrasi", "dan"];

/// The words that stand in the names of regions.
pub(super) struct Places(BTreeSet<String>);

impl Places {
    pub(super) fn new(view: &View<'_>) -> Self {
        let names = view.all::<Region>().flat_map(|region| words(&region.name));
        Self(names.filter(|word| !GENERIC.contains(&word.as_str())).collect())
    }

    fn of(&self, text: &str) -> impl Iterator<Item = String> {
        words(text).into_iter().filter(|word| self.0.contains(word))
    }
}

/// Words to leave out of a query.
#[derive(Debug, Default)]
pub(super) struct Mask(BTreeSet<String>);

impl Mask {
    /// Hides the words of a text that are part of a region's name.
    pub(super) fn hide_places(&mut self, text: &str, places: &Places) {
        self.0.extend(places.of(text));
    }

    /// Hides the words of a title that hardly any document of the pool holds.
    pub(super) fn hide_brand(&mut self, title: &str, pool: &Pool) {
        self.0.extend(words(title).into_iter().filter(|word| pool.frequency(word) <= BRAND));
    }

    /// A text without the hidden words; where each stood, `mark` stands.
    pub(super) fn apply(&self, text: &str, mark: &str) -> String {
        let mut masked = String::with_capacity(text.len());
        for piece in text.split_inclusive(|letter: char| !letter.is_alphanumeric()) {
            let word = piece.trim_end_matches(|letter: char| !letter.is_alphanumeric());
            // Folding may take a word apart (a sign that stands for two words): hidden if any part is.
            if words(word).iter().any(|part| self.0.contains(part)) {
                masked.push_str(mark);
                masked.push_str(&piece[word.len()..]);
            } else {
                masked.push_str(piece);
            }
        }
        masked.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_words_go_however_they_are_written() {
        let mask = Mask(["tageh", "padang"].map(str::to_owned).into());
        assert_eq!(
            mask.apply("Kampung TAGEH, Kota Padang-Panjang (tagehnya)", "_"),
            "Kampung _, Kota _-Panjang (tagehnya)"
        );
        assert_eq!(mask.apply("Tageh", ""), "");
        assert_eq!(mask.apply("Padang.", ""), ".");
    }

    #[test]
    fn only_names_of_places_are_places() {
        let places = Places(["jawa", "barat"].map(str::to_owned).into());
        let mut mask = Mask::default();
        mask.hide_places("Dinas Koperasi Provinsi Jawa Barat", &places);
        assert_eq!(mask.apply("Koperasi Jawa Barat", ""), "Koperasi");
    }
}
