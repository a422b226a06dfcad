//! Text folding: the one place that decides when two spellings are the same text.

use std::fmt;

use serde::de::{Deserializer, Visitor};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::Result;

/// Folds text for comparison: NFKC, lower case, no diacritics, one blank between words, none at the ends.
///
/// ```
/// assert_eq!(jipp_core::base::fold("  Café  ＫＴＰ-el\n"), "cafe ktp-el");
/// ```
///
/// # Complexity
/// Linear in the length of the text.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    let mut push = |c: char| {
        if c.is_whitespace() {
            gap = true;
        } else {
            if std::mem::take(&mut gap) && !folded.is_empty() {
                folded.push(' ');
            }
            folded.push(c);
        }
    };
    if text.is_ascii() {
        text.chars().for_each(|c| push(c.to_ascii_lowercase()));
    } else {
        // Compatibility decomposition separates the marks, so that they can be left out before recomposing.
        let bare = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
        bare.nfkc().for_each(&mut push);
    }
    folded
}

/// The words of a text: folded runs of letters and digits.
///
/// ```
/// assert_eq!(jipp_core::base::words("Kab. Banyuwangi (GASPOL-12)"), ["kab", "banyuwangi", "gaspol", "12"]);
/// ```
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Folded words joined by `-`: the part of an id that is made from a name.
///
/// ```
/// assert_eq!(jipp_core::base::slug("Pemerintah Kota Denpasar"), "pemerintah-kota-denpasar");
/// ```
pub fn slug(text: &str) -> String {
    words(text).join("-")
}

/// Reads a value that is written as text, without a copy of the text in between.
pub(crate) fn read_text<'de, D: Deserializer<'de>, T>(
    input: D,
    read: impl FnOnce(&str) -> Result<T>,
) -> std::result::Result<T, D::Error> {
    struct Reader<F>(F);
    impl<T, F: FnOnce(&str) -> Result<T>> Visitor<'_> for Reader<F> {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }
        fn visit_str<E: serde::de::Error>(self, text: &str) -> std::result::Result<T, E> {
            (self.0)(text).map_err(E::custom)
        }
    }
    input.deserialize_str(Reader(read))
}
