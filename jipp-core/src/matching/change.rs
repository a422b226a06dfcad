//! How one text became another: what was kept, dropped and added, and what was copied word by word.
//!
//! Words are compared by their stems, so that a text put into other forms is not a changed one. Copying is measured by runs
//! of words as they stand: the share of the later text that lies in runs of five that the earlier has too. Runs of words
//! are the shingles of A. Broder, *On the resemblance and containment of documents*, 1997; that containment in runs of a
//! few words tells copying from common vocabulary is what P. Clough et al., *`METER`: `MEasuring` `TExt` Reuse*, ACL 2002, found.

use std::collections::{BTreeMap, BTreeSet};

use super::text::Analyzer;
use crate::base::words;

/// How many words in a row count as copied.
const RUN: usize = 5;

/// How one text became another. Shares are in thousandths.
///
/// ```
/// use jipp_core::matching::{Analyzer, TextChange};
/// let analyzer = Analyzer::standard();
/// let change = TextChange::between(
///     &analyzer,
///     "Warga menabung sampah plastik di bank sampah",
///     "Siswa menabung sampah plastik di sekolah",
/// );
/// assert_eq!(change.dropped_words, ["warga", "bank"]);
/// assert_eq!(change.added_words, ["siswa", "sekolah"]);
/// assert_eq!((change.kept, change.verbatim), (600, 0));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextChange {
    /// How many of the earlier text's terms the later has too.
    pub kept: u32,
    /// How many of the later text's terms the earlier does not have.
    pub added: u32,
    /// How much of the later text stands in the earlier word by word, in runs of five.
    pub verbatim: u32,
    /// How many words the earlier text has, stop words included.
    pub words_before: usize,
    /// How many words the later text has, stop words included.
    pub words_after: usize,
    /// The words of the earlier text whose terms the later lacks, in the order they stand there.
    pub dropped_words: Vec<String>,
    /// The words of the later text whose terms the earlier lacks, in the order they stand there.
    pub added_words: Vec<String>,
}

impl TextChange {
    /// How `before` became `after`.
    ///
    /// # Complexity
    /// Linear in both texts, times the logarithm of their words.
    pub fn between(analyzer: &Analyzer, before: &str, after: &str) -> Self {
        let (old, new) = (terms(analyzer, before), terms(analyzer, after));
        let (old_words, new_words) = (words(before), words(after));
        let dropped_words = missing(&old, &new);
        let added_words = missing(&new, &old);
        Self {
            kept: thousandths(old.len() - dropped_words.len(), old.len()),
            added: thousandths(added_words.len(), new.len()),
            verbatim: thousandths(copied(&old_words, &new_words), new_words.len()),
            words_before: old_words.len(),
            words_after: new_words.len(),
            dropped_words,
            added_words,
        }
    }
}

/// The terms of a text, each with the place and the word where it first stands.
fn terms(analyzer: &Analyzer, text: &str) -> BTreeMap<String, (usize, String)> {
    let mut terms = BTreeMap::new();
    for (place, token) in analyzer.tokens(text).into_iter().enumerate() {
        terms.entry(token.term).or_insert((place, token.word));
    }
    terms
}

/// The words of the terms that the other text lacks, in the order of the text.
fn missing(of: &BTreeMap<String, (usize, String)>, other: &BTreeMap<String, (usize, String)>) -> Vec<String> {
    let mut words: Vec<&(usize, String)> =
        of.iter().filter(|(term, _)| !other.contains_key(*term)).map(|(_, word)| word).collect();
    words.sort_unstable();
    words.into_iter().map(|(_, word)| word.clone()).collect()
}

/// How many words of the later text lie in runs that the earlier has. A text shorter than a run is one run.
fn copied(old: &[String], new: &[String]) -> usize {
    let run = RUN.min(new.len());
    if run == 0 {
        return 0;
    }
    let known: BTreeSet<&[String]> = old.windows(run).collect();
    let mut is_copied = vec![false; new.len()];
    for (start, window) in new.windows(run).enumerate() {
        if known.contains(window) {
            is_copied[start..start + run].fill(true);
        }
    }
    is_copied.into_iter().filter(|is| *is).count()
}

fn thousandths(part: usize, whole: usize) -> u32 {
    u32::try_from((1000 * part).checked_div(whole).unwrap_or(0)).unwrap_or(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_seen_as_one() {
        let analyzer = Analyzer::standard();
        let text = "Obat diantar ke rumah pasien oleh mitra ojek, sehingga pasien tidak perlu mengantre";
        let same = TextChange::between(&analyzer, text, text);
        assert_eq!((same.kept, same.added, same.verbatim), (1000, 0, 1000));
        let renamed = TextChange::between(&analyzer, text, &text.replace("ojek", "kurir desa"));
        assert!(renamed.verbatim > 700 && renamed.verbatim < 1000, "{renamed:?}");
        assert_eq!(renamed.dropped_words, ["ojek"]);
        assert_eq!(renamed.added_words, ["kurir", "desa"]);
    }

    #[test]
    fn other_words_in_the_same_order_are_no_copy() {
        let analyzer = Analyzer::standard();
        let change = TextChange::between(&analyzer, "pasien menunggu lama di loket", "loket lama pasien di menunggu");
        assert_eq!((change.kept, change.added, change.verbatim), (1000, 0, 0));
    }

    #[test]
    fn nothing_has_nothing_in_common() {
        let analyzer = Analyzer::standard();
        assert_eq!(TextChange::between(&analyzer, "", ""), TextChange::default());
        let fresh = TextChange::between(&analyzer, "", "bank sampah");
        assert_eq!((fresh.kept, fresh.added, fresh.verbatim, fresh.words_after), (0, 1000, 0, 2));
    }
}
