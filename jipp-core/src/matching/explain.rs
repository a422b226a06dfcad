//! Why a document has its score: the same integers, word by word and field by field.

use super::fields::{MAX_FIELDS, Norms, frequencies, impact};
use super::forward::{self, Counts};
use super::plan::{Factor, Plan, Source, common};
use crate::base::vocabulary::vocabulary;

vocabulary! {
    /// How a part of a query matches a document.
    MatchKind = "match-kind" {
        /// The document holds the very word.
        Exact = "exact", "kata yang sama", "same word";
        /// The document holds another form of the word.
        Stem = "stem", "bentuk lain dari kata", "other form of the word";
        /// The document holds a word or phrase that the lexicon knows for it.
        Synonym = "synonym", "sinonim", "synonym";
        /// No document holds the word; this one holds one that is spelt nearly so.
        Typo = "typo", "ejaan yang mirip", "similar spelling";
        /// The query does not hold the word, but its best matches share it.
        Related = "related", "kata yang menyertai kebutuhan seperti ini", "word that goes with needs like this";
    }
}

/// What one part of a query adds to the score of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// The word or phrase as it stands in the query, folded.
    pub words: String,
    /// What stands in the document for it: a word, or the words of a phrase.
    pub matched: String,
    /// How the two belong together.
    pub kind: MatchKind,
    /// In units of the score.
    pub score: u32,
    /// How the score is shared among the fields that hold the match, largest first; never empty.
    pub fields: Vec<FieldShare>,
}

/// The part of a contribution that comes from one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldShare {
    /// The place of the field in the set.
    pub field: usize,
    /// In units of the score.
    pub score: u32,
}

/// A document, read for one query.
struct Reading<'i> {
    norms: Norms,
    /// The words of the document with their terms and counts.
    words: Vec<(&'i str, u32, Counts)>,
}

impl Reading<'_> {
    /// How often a term stands in each field; none if it does not.
    fn counts(&self, term: u32) -> Option<Counts> {
        let mut forms = self.words.iter().filter(|(_, of, _)| *of == term).map(|(_, _, counts)| *counts);
        let mut counts = forms.next()?;
        forms.for_each(|more| forward::add(&mut counts, &more));
        Some(counts)
    }
}

/// A factor that a document matches.
struct Match<'p> {
    factor: &'p Factor,
    counts: Counts,
    score: u16,
}

impl<'i> Plan<'i, '_> {
    pub(super) fn explain(&self, doc: u32) -> Vec<Contribution> {
        let reading = self.read(doc);
        let mut all = Vec::new();
        for planned in &self.concepts {
            // Of equal alternatives the first.
            let alternatives = planned.alternatives.iter().filter_map(|factor| find(factor, &reading));
            let best = alternatives.reduce(|best, next| if next.score > best.score { next } else { best });
            let words = planned.words.iter();
            let words: Vec<(usize, Match<'_>)> =
                words.filter_map(|(place, factor)| find(factor, &reading).map(|found| (*place, found))).collect();
            let own = words.iter().fold(0, |sum: u16, (_, found)| sum.saturating_add(found.score));
            match best {
                Some(best) if best.score > own => {
                    all.push(self.contribution(planned.concept.shown(), None, &best, &reading));
                }
                _ => all.extend(words.into_iter().map(|(place, found)| {
                    let word = &planned.concept.words[place].word;
                    self.contribution(word.clone(), Some(word), &found, &reading)
                })),
            }
        }
        // Stable: equal ones stay in the order of the query.
        all.sort_by_key(|part| std::cmp::Reverse(part.score));
        all
    }

    fn read(&self, doc: u32) -> Reading<'i> {
        let (lengths, words) = forward::unpack(self.index.packed(doc), self.index.fields.as_slice().len());
        let of = |(word, counts)| (self.index.words.text(word), self.index.words.get(word).term, counts);
        Reading { norms: self.index.scale.norms(&lengths), words: words.map(of).collect() }
    }

    /// `word` is the word of the query where the factor is that word itself.
    fn contribution(
        &self,
        words: String,
        word: Option<&str>,
        found: &Match<'_>,
        reading: &Reading<'i>,
    ) -> Contribution {
        let terms = match &found.factor.source {
            Source::Term(term) => std::slice::from_ref(term),
            Source::Phrase(terms, _) => terms,
        };
        let matched: Vec<&str> = terms.iter().map(|&term| self.form(term, word, reading)).collect();
        let same = word == matched.first().copied();
        let kind = if found.factor.kind == MatchKind::Exact && !same { MatchKind::Stem } else { found.factor.kind };
        let fields = share(found.score, &frequencies(&reading.norms, &found.counts));
        Contribution { words, matched: matched.join(" "), kind, score: u32::from(found.score), fields }
    }

    /// How a document writes a term: as `word` if it does so, else the first of its forms in the alphabet.
    fn form(&self, term: u32, word: Option<&str>, reading: &Reading<'i>) -> &'i str {
        let forms = reading.words.iter().filter(|(_, of, _)| *of == term).map(|(text, _, _)| *text);
        let first = forms.min_by_key(|form| (word != Some(*form), *form));
        first.unwrap_or_else(|| self.index.words.text(self.index.terms[term as usize].word))
    }
}

fn find<'p>(factor: &'p Factor, reading: &Reading<'_>) -> Option<Match<'p>> {
    let counts = match &factor.source {
        Source::Term(term) => reading.counts(*term)?,
        Source::Phrase(terms, _) => {
            let each: Option<Vec<Counts>> = terms.iter().map(|&term| reading.counts(term)).collect();
            common(&each?)
        }
    };
    let stands = counts.iter().any(|&count| count > 0);
    stands.then(|| Match { factor, counts, score: factor.score(impact(&reading.norms, &counts)) })
}

/// Shares a score among fields in proportion to their frequencies, to the last unit (largest remainder, then lowest
/// field).
fn share(score: u16, frequencies: &[u64; MAX_FIELDS]) -> Vec<FieldShare> {
    let all = u128::from(frequencies.iter().sum::<u64>().max(1));
    let mut shares: Vec<(FieldShare, u128)> = frequencies
        .iter()
        .enumerate()
        .filter(|(_, frequency)| **frequency > 0)
        .map(|(field, &frequency)| {
            let exact = u128::from(score) * u128::from(frequency);
            (FieldShare { field, score: u32::try_from(exact / all).unwrap_or(0) }, exact % all)
        })
        .collect();
    let given: u32 = shares.iter().map(|(share, _)| share.score).sum();
    shares.sort_by_key(|(_, rest)| std::cmp::Reverse(*rest));
    let missing = usize::try_from(u32::from(score).saturating_sub(given)).unwrap_or(0);
    shares.iter_mut().take(missing).for_each(|(share, _)| share.score += 1);
    shares.sort_by_key(|(share, _)| (std::cmp::Reverse(share.score), share.field));
    shares.into_iter().map(|(share, _)| share).collect()
}
