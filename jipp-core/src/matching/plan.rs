//! A query put to one index: which terms its words are there, what each is worth, and the scores that follow.

use super::fields::MAX_FIELDS;
use super::index::{TextIndex, impact};
use super::postings::{Counts, Seek};
use super::query::{Concept, Query};
use super::words::NONE;
use crate::base::vocabulary::vocabulary;

/// Words this short have too many neighbours to guess what was meant.
const MIN_TYPO_LETTERS: usize = 4;
/// From this length on, two slips are allowed.
const LONG_WORD: usize = 8;
/// The weight of a word that is one or two slips away, in thousandths.
const TYPO_WEIGHTS: [u32; 3] = [1000, 600, 400];
/// At most this many readings of a misspelt word.
const MAX_READINGS: usize = 3;

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
    }
}

/// A document that a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its number.
    pub doc: u32,
    /// Its score, in millionths.
    pub score: u64,
    /// Where the score comes from, highest first; the parts add up to it exactly.
    pub contributions: Vec<Contribution>,
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
    /// In millionths.
    pub score: u64,
    /// How the score is shared among the fields that hold the match, largest first; never empty.
    pub fields: Vec<FieldShare>,
}

/// The part of a contribution that comes from one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldShare {
    /// The place of the field in the set.
    pub field: usize,
    /// In millionths.
    pub score: u64,
}

/// Working memory for [`TextIndex::score_all`]; keep one for each thread.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    totals: Vec<u64>,
    concept: Vec<u64>,
}

/// Where a factor stands.
#[derive(Debug)]
enum Source {
    Term(u32),
    /// A phrase: the documents in which one field holds all its terms, with the counts of the rarest.
    Phrase(Vec<u32>, Vec<(u32, Counts)>),
}

/// A term or phrase that this index knows, and what it is worth.
#[derive(Debug)]
struct Factor {
    source: Source,
    kind: MatchKind,
    rarity: u64,
    weight: u32,
}

/// A concept as this index has it.
#[derive(Debug)]
struct Planned<'q> {
    concept: &'q Concept,
    /// Each word of the query that the index knows, with its place in the concept.
    words: Vec<(usize, Factor)>,
    alternatives: Vec<Factor>,
}

pub(super) struct Plan<'i, 'q> {
    index: &'i TextIndex,
    norms: &'i [u32],
    concepts: Vec<Planned<'q>>,
}

impl<'i, 'q> Plan<'i, 'q> {
    pub(super) fn new(index: &'i TextIndex, query: &'q Query) -> Self {
        let concepts = query.concepts.iter().map(|concept| plan_concept(index, concept)).collect();
        Self { index, norms: index.norms(), concepts }
    }

    pub(super) fn score_all(&self, filter: &dyn Fn(u32) -> bool, scratch: &mut Scratch) -> Vec<(u32, u64)> {
        let size = self.index.docs.len();
        for scores in [&mut scratch.totals, &mut scratch.concept] {
            scores.clear();
            scores.resize(size, 0);
        }
        let (totals, concept) = (&mut scratch.totals, &mut scratch.concept);
        let (mut found, mut touched) = (Vec::new(), Vec::new());
        for planned in &self.concepts {
            for (_, factor) in &planned.words {
                self.each(factor, |doc, score| {
                    let Some(sum) = concept.get_mut(doc as usize) else { return };
                    if *sum == 0 {
                        touched.push(doc);
                    }
                    *sum += score;
                });
            }
            for factor in &planned.alternatives {
                self.each(factor, |doc, score| {
                    let Some(best) = concept.get_mut(doc as usize) else { return };
                    if *best == 0 {
                        touched.push(doc);
                    }
                    *best = score.max(*best);
                });
            }
            for doc in touched.drain(..) {
                let total = &mut totals[doc as usize];
                if *total == 0 {
                    found.push(doc);
                }
                *total += std::mem::take(&mut concept[doc as usize]);
            }
        }
        found.into_iter().filter(|&doc| filter(doc)).map(|doc| (doc, totals[doc as usize])).collect()
    }

    pub(super) fn explain(&self, doc: u32) -> Vec<Contribution> {
        let mut all = Vec::new();
        for planned in &self.concepts {
            // Of equal alternatives the first.
            let mut best: Option<(&Factor, Counts, u64)> = None;
            for factor in &planned.alternatives {
                if let Some((counts, score)) = self.score(factor, doc)
                    && best.is_none_or(|best| best.2 < score)
                {
                    best = Some((factor, counts, score));
                }
            }
            let words: Vec<_> = planned
                .words
                .iter()
                .filter_map(|(place, factor)| {
                    self.score(factor, doc).map(|(counts, score)| (*place, factor, counts, score))
                })
                .collect();
            let own: u64 = words.iter().map(|word| word.3).sum();
            match best {
                Some((factor, counts, score)) if score > own => {
                    all.push(self.contribution(planned.concept.shown(), None, factor, doc, &counts, score));
                }
                _ => all.extend(words.into_iter().map(|(place, factor, counts, score)| {
                    let word = &planned.concept.words[place].word;
                    self.contribution(word.clone(), Some(word), factor, doc, &counts, score)
                })),
            }
        }
        // Stable: equal ones stay in the order of the query.
        all.sort_by_key(|part| std::cmp::Reverse(part.score));
        all
    }

    pub(super) fn attainable(&self) -> u64 {
        let most = |factor: &Factor| factor.rarity * u64::from(factor.weight) / 1000;
        let of_concept = |planned: &Planned<'_>| {
            let own: u64 = planned.words.iter().map(|(_, factor)| most(factor)).sum();
            planned.alternatives.iter().map(most).fold(own, u64::max)
        };
        self.concepts.iter().map(of_concept).sum()
    }

    /// Calls `visit` with each document that holds the factor, in order, and what it is worth there.
    fn each(&self, factor: &Factor, mut visit: impl FnMut(u32, u64)) {
        match &factor.source {
            Source::Term(term) => {
                let mut cursor = self.index.terms[*term as usize].postings.cursor();
                while let Some(doc) = cursor.doc() {
                    let mut frequency = 0;
                    cursor.counts(|field, count| {
                        frequency += self.index.frequency(self.norms, doc, field, count);
                    });
                    visit(doc, impact(factor.rarity, frequency, factor.weight));
                }
            }
            Source::Phrase(_, found) => {
                for (doc, counts) in found {
                    let frequency = self.frequencies(*doc, counts).iter().sum();
                    visit(*doc, impact(factor.rarity, frequency, factor.weight));
                }
            }
        }
    }

    fn frequencies(&self, doc: u32, counts: &Counts) -> [u64; MAX_FIELDS] {
        let mut frequencies = [0; MAX_FIELDS];
        for (field, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            frequencies[field] = self.index.frequency(self.norms, doc, field, count);
        }
        frequencies
    }

    /// The counts and the score of a factor in one document.
    fn score(&self, factor: &Factor, doc: u32) -> Option<(Counts, u64)> {
        let counts = match &factor.source {
            Source::Term(term) => self.index.terms[*term as usize].postings.get(doc)?,
            Source::Phrase(_, found) => found[found.binary_search_by_key(&doc, |(doc, _)| *doc).ok()?].1,
        };
        let frequency = self.frequencies(doc, &counts).iter().sum();
        Some((counts, impact(factor.rarity, frequency, factor.weight)))
    }

    /// `word` is the word of the query where the factor is that word itself.
    fn contribution(
        &self,
        words: String,
        word: Option<&str>,
        factor: &Factor,
        doc: u32,
        counts: &Counts,
        score: u64,
    ) -> Contribution {
        let terms = match &factor.source {
            Source::Term(term) => std::slice::from_ref(term),
            Source::Phrase(terms, _) => terms,
        };
        let matched: Vec<&str> = terms.iter().map(|&term| self.form(term, word, doc)).collect();
        let same = word == matched.first().copied();
        let kind = if factor.kind == MatchKind::Exact && !same { MatchKind::Stem } else { factor.kind };
        let fields = share(score, &self.frequencies(doc, counts));
        Contribution { words, matched: matched.join(" "), kind, score, fields }
    }

    /// How a document writes a term: as `word` if it does so, else the first of its forms in the alphabet.
    fn form(&self, term: u32, word: Option<&str>, doc: u32) -> &'i str {
        let words = &self.index.words;
        let forms = self.index.words_of(doc).filter(|&form| words.get(form).term == term).map(|form| words.text(form));
        let first = forms.min_by_key(|form| (word != Some(*form), *form));
        first.unwrap_or_else(|| words.text(self.index.terms[term as usize].word))
    }
}

fn plan_concept<'q>(index: &TextIndex, concept: &'q Concept) -> Planned<'q> {
    let of_term = |term: u32, kind, weight| {
        let rarity = index.rarity(index.terms[term as usize].postings.len());
        Factor { source: Source::Term(term), kind, rarity, weight }
    };
    let mut words = Vec::new();
    for (place, token) in concept.words.iter().enumerate() {
        if let Some(term) = index.find_term(&token.term) {
            words.push((place, of_term(term, MatchKind::Exact, concept.weight)));
        }
    }
    let share = |weight: u32| (u64::from(concept.weight) * u64::from(weight) / 1000).try_into().unwrap_or(u32::MAX);
    let mut alternatives = Vec::new();
    for (terms, weight) in &concept.alternatives {
        let known: Option<Vec<u32>> = terms.iter().map(|term| index.find_term(term)).collect();
        match known.as_deref() {
            None | Some([]) => {}
            Some(&[term]) => alternatives.push(of_term(term, MatchKind::Synonym, share(*weight))),
            Some(terms) => {
                let found = find_phrase(index, terms);
                if let Ok(docs) = u32::try_from(found.len())
                    && docs > 0
                {
                    let source = Source::Phrase(terms.to_vec(), found);
                    let rarity = index.rarity(docs);
                    alternatives.push(Factor { source, kind: MatchKind::Synonym, rarity, weight: share(*weight) });
                }
            }
        }
    }
    // A word of the lexicon is no slip, even where nothing here speaks of it.
    if let ([token], true, true) = (&concept.words[..], words.is_empty(), concept.alternatives.is_empty()) {
        let readings = readings(index, &token.word).into_iter();
        alternatives
            .extend(readings.map(|(term, slips)| of_term(term, MatchKind::Typo, share(TYPO_WEIGHTS[slips.min(2)]))));
    }
    Planned { concept, words, alternatives }
}

/// The documents in which at least one field holds all terms, with the lowest count in each field.
fn find_phrase(index: &TextIndex, terms: &[u32]) -> Vec<(u32, Counts)> {
    let postings = |term: u32| &index.terms[term as usize].postings;
    let mut terms = terms.to_vec();
    terms.sort_unstable_by_key(|&term| (postings(term).len(), term));
    terms.dedup();
    let Some((&rarest, others)) = terms.split_first() else { return Vec::new() };
    let mut found = Vec::new();
    let mut places = vec![Seek::default(); others.len()];
    let mut cursor = postings(rarest).cursor();
    while let Some(doc) = cursor.doc() {
        let mut counts = cursor.all_counts();
        for (&term, place) in others.iter().zip(&mut places) {
            let other = postings(term).seek(place, doc).unwrap_or([0; MAX_FIELDS]);
            counts.iter_mut().zip(other).for_each(|(count, other)| *count = other.min(*count));
            if counts == [0; MAX_FIELDS] {
                break;
            }
        }
        if counts != [0; MAX_FIELDS] {
            found.push((doc, counts));
        }
    }
    found
}

/// What a word that no document holds was probably meant to be: terms, each with the number of slips.
///
/// A slip is a letter too much, too few, wrong, or swapped with its neighbour (optimal string alignment). Only the
/// readings with the fewest slips count, a same first letter and more frequent ones first. Numbers are never guessed.
fn readings(index: &TextIndex, word: &str) -> Vec<(u32, usize)> {
    let letters = word.chars().count();
    if letters < MIN_TYPO_LETTERS || word.chars().any(char::is_numeric) {
        return Vec::new();
    }
    let allowed = if letters < LONG_WORD { 1 } else { 2 };
    let mut near: Vec<_> = index
        .words
        .near(word, allowed)
        .filter_map(|number| {
            let (text, entry) = (index.words.text(number), index.words.get(number));
            let slips = strsim::osa_distance(word, text);
            let fits = slips <= allowed && entry.term != NONE && !text.chars().any(char::is_numeric);
            let other_start = word.chars().next() != text.chars().next();
            fits.then_some(((slips, other_start, std::cmp::Reverse(entry.docs), text), entry.term))
        })
        .collect();
    near.sort_unstable();
    let fewest = near.first().map_or(0, |(key, _)| key.0);
    let mut terms: Vec<(u32, usize)> = Vec::new();
    for (key, term) in near.into_iter().take_while(|(key, _)| key.0 == fewest) {
        if terms.len() < MAX_READINGS && !terms.iter().any(|(known, _)| *known == term) {
            terms.push((term, key.0));
        }
    }
    terms
}

/// Shares a score among fields in proportion to their frequencies, to the last millionth (largest remainder, then
/// lowest field).
fn share(score: u64, frequencies: &[u64; MAX_FIELDS]) -> Vec<FieldShare> {
    let all = u128::from(frequencies.iter().sum::<u64>().max(1));
    let mut shares: Vec<(FieldShare, u128)> = frequencies
        .iter()
        .enumerate()
        .filter(|(_, frequency)| **frequency > 0)
        .map(|(field, &frequency)| {
            let exact = u128::from(score) * u128::from(frequency);
            (FieldShare { field, score: u64::try_from(exact / all).unwrap_or(score) }, exact % all)
        })
        .collect();
    let given: u64 = shares.iter().map(|(share, _)| share.score).sum();
    shares.sort_by_key(|(_, rest)| std::cmp::Reverse(*rest));
    let missing = usize::try_from(score - given).unwrap_or(0);
    shares.iter_mut().take(missing).for_each(|(share, _)| share.score += 1);
    shares.sort_by_key(|(share, _)| (std::cmp::Reverse(share.score), share.field));
    shares.into_iter().map(|(share, _)| share).collect()
}
