//! A text as the index sees it, to be compared with the documents: what the two share, weighed by how rare each word is.

use std::collections::BTreeMap;

use super::fields::{LENGTH_CAP, impact};
use super::forward::{self, Counts, Lengths};
use super::index::TextIndex;
use super::postings::Impact;
use super::query::Query;
use super::text::Token;

/// The terms of a text, each with how prominent and how rare it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// By the text of the term.
    terms: BTreeMap<String, Part>,
    /// The rarities of all terms together.
    rarity: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Part {
    /// The first of its forms in the alphabet.
    word: String,
    rarity: u64,
    impact: Impact,
}

/// What two texts share: the terms in both, by their rarity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    /// How much of the one text stands in the other, in thousandths.
    pub of_text: u32,
    /// How much of the other stands in the one, in thousandths.
    pub of_other: u32,
    /// The words in both, rarest first, as the one text writes them.
    pub words: Vec<String>,
}

impl Overlap {
    /// How alike the two are, in thousandths: twice what is shared over the sum of both (Dice 1945).
    pub fn likeness(&self) -> u32 {
        let (a, b) = (self.of_text, self.of_other);
        (2 * a * b).checked_div(a + b).unwrap_or(0)
    }
}

impl Profile {
    /// The terms as a query, each at the weight of its impact: what finds the documents most like the text.
    pub fn query(&self) -> Query {
        let mut parts: Vec<(&String, &Part)> = self.terms.iter().collect();
        parts.sort_by_key(|(_, part)| std::cmp::Reverse(part.rarity * u64::from(part.impact)));
        let token = |term: &str, word: &str| Token { word: word.to_owned(), term: term.to_owned() };
        Query::of_terms(parts.into_iter().map(|(term, part)| (token(term, &part.word), u32::from(part.impact) * 4)))
    }

    /// What this text shares with another.
    ///
    /// # Complexity
    /// Linear in this text, times the logarithm of the other.
    pub fn overlap(&self, other: &Self) -> Overlap {
        let both = self.terms.iter().filter(|(term, _)| other.terms.contains_key(*term));
        let mut shared: Vec<&Part> = both.map(|(_, part)| part).collect();
        shared.sort_by_key(|part| std::cmp::Reverse(part.rarity));
        let sum: u64 = shared.iter().map(|part| part.rarity).sum();
        let share = |all: u64| u32::try_from((sum * 1000).checked_div(all).unwrap_or(0)).unwrap_or(1000);
        Overlap {
            of_text: share(self.rarity),
            of_other: share(other.rarity),
            words: shared.into_iter().map(|part| part.word.clone()).collect(),
        }
    }

    /// Whether no word is left.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

impl TextIndex {
    /// A text as the index would take it in, which stays outside. Fields are named as in [`insert`](Self::insert);
    /// unknown ones are left out.
    ///
    /// # Complexity
    /// Linear in the text.
    pub fn profile(&self, fields: &[(usize, &str)]) -> Profile {
        let mut lengths = Lengths::default();
        let mut terms: BTreeMap<String, (String, Counts)> = BTreeMap::new();
        let known = fields.iter().filter(|(field, _)| *field < self.fields.as_slice().len());
        for (field, text) in known {
            for token in self.analyzer.tokens(text) {
                lengths[*field] = LENGTH_CAP.min(lengths[*field] + 1);
                let (word, counts) = terms.entry(token.term).or_insert_with(|| (token.word.clone(), Counts::default()));
                if token.word < *word {
                    *word = token.word;
                }
                counts[*field] = counts[*field].saturating_add(1);
            }
        }
        let norms = self.scale.norms(&lengths);
        let part = |term: &str, word, counts| {
            let docs = self.find_term(term).map_or(0, |term| self.terms[term as usize].postings.len());
            Part { word, rarity: self.rarity(docs), impact: impact(&norms, &counts) }
        };
        let terms: BTreeMap<String, Part> =
            terms.into_iter().map(|(term, (word, counts))| (term.clone(), part(&term, word, counts))).collect();
        let rarity = terms.values().map(|part| part.rarity).sum();
        Profile { terms, rarity }
    }

    /// What a document says in some of its fields as a profile; empty if there is no document with this number.
    pub fn profile_of(&self, doc: u32, fields: &[usize]) -> Profile {
        let (lengths, words) = forward::unpack(self.packed(doc), self.fields.as_slice().len());
        let norms = self.scale.norms(&lengths);
        let mut terms: BTreeMap<u32, (&str, Counts)> = BTreeMap::new();
        for (word, all) in words {
            let more: Counts = std::array::from_fn(|field| if fields.contains(&field) { all[field] } else { 0 });
            if more == Counts::default() {
                continue;
            }
            let text = self.words.text(word);
            let (first, counts) = terms.entry(self.words.get(word).term).or_insert((text, Counts::default()));
            *first = text.min(first);
            forward::add(counts, &more);
        }
        let part = |(term, (word, counts)): (u32, (&str, Counts))| {
            let term = &self.terms[term as usize];
            let rarity = self.rarity(term.postings.len());
            let part = Part { word: word.to_owned(), rarity, impact: impact(&norms, &counts) };
            (self.words.text(term.word).to_owned(), part)
        };
        let terms: BTreeMap<String, Part> = terms.into_iter().map(part).collect();
        let rarity = terms.values().map(|part| part.rarity).sum();
        Profile { terms, rarity }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by it")]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::matching::{Analyzer, Field, FieldSet};

    fn index() -> TextIndex {
        let fields = FieldSet::new(vec![Field::new("title", 200), Field::new("text", 100)]).unwrap();
        let mut index = TextIndex::new(Arc::new(Analyzer::standard()), fields);
        index.insert(0, &[(0, "Antrean Daring"), (1, "Pasien menunggu lama di puskesmas")]).unwrap();
        index.insert(1, &[(0, "Bank Sampah"), (1, "Warga menabung sampah plastik")]).unwrap();
        index
    }

    #[test]
    fn a_text_shares_everything_with_itself() {
        let index = index();
        let profile = index.profile(&[(0, "Antrean Daring"), (1, "Pasien menunggu lama di puskesmas")]);
        assert_eq!(profile, index.profile_of(0, &[0, 1]));
        let overlap = profile.overlap(&profile);
        assert_eq!((overlap.of_text, overlap.of_other, overlap.likeness()), (1000, 1000, 1000));
        assert_eq!(profile.overlap(&index.profile_of(1, &[0, 1])), Overlap::default());
    }

    #[test]
    fn what_is_shared_is_named_in_the_words_of_the_text() {
        let index = index();
        let profile = index.profile(&[(1, "pelayanan antrian, tabungan")]);
        let overlap = profile.overlap(&index.profile_of(0, &[0, 1]));
        assert_eq!(overlap.words, ["antrian"]);
        assert!(overlap.of_text < 1000 && overlap.of_other < overlap.of_text);
        assert!(profile.overlap(&index.profile_of(0, &[1])).words.is_empty());
        assert!(index.profile(&[(7, "antrean")]).is_empty() && index.profile_of(9, &[0]).is_empty());
        assert_eq!(Profile::default().overlap(&profile).likeness(), 0);
    }
}
