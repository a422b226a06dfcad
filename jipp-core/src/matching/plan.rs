//! A query put to one index: which terms its words are there, what each is worth, and the lists that follow.

use super::explain::MatchKind;
use super::fields::impact;
use super::forward::{self, Counts};
use super::index::TextIndex;
use super::postings::{Impact, MAX_IMPACT, Postings};
use super::query::{Concept, Query};
use super::words::NONE;

/// The score of a document that could not match a query better. The rest of the 16 bits is for the one that every match
/// counts at least.
pub const FULL_SCORE: u32 = 50_000;

/// Words this short have too many neighbours to guess what was meant.
const MIN_TYPO_LETTERS: usize = 4;
/// From this length on, two slips are allowed.
const LONG_WORD: usize = 8;
/// The weight of a word that is one or two slips away, in thousandths.
const TYPO_WEIGHTS: [u32; 3] = [1000, 600, 400];
/// At most this many readings of a misspelt word.
const MAX_READINGS: usize = 3;

/// Where a factor stands.
#[derive(Debug)]
pub(super) enum Source {
    Term(u32),
    /// A phrase: the documents in which one field holds all its terms.
    Phrase(Vec<u32>, Vec<(u32, Impact)>),
}

/// A term or phrase that this index knows, and what it is worth.
#[derive(Debug)]
pub(super) struct Factor {
    pub(super) source: Source,
    pub(super) kind: MatchKind,
    /// Rarity in millionths times the weight in the query.
    weight: u64,
    /// What one step of impact counts, in 256ths.
    step: u16,
}

impl Factor {
    /// What an impact counts in the score.
    pub(super) fn score(&self, impact: Impact) -> u16 {
        score(self.step, impact)
    }
}

const STEP_BITS: u32 = 8;

/// At most one more than [`FULL_SCORE`], by the way steps are made. Written as the high half of a product of two numbers of
/// 16 bits: the compiler knows how to make eight of these at a time.
#[allow(clippy::cast_possible_truncation, reason = "the high half of 32 bits")]
pub(super) fn score(step: u16, impact: Impact) -> u16 {
    let impact = u16::from(impact) << (16 - STEP_BITS);
    1 + ((u32::from(step) * u32::from(impact)) >> 16) as u16
}

/// A concept as this index has it.
#[derive(Debug)]
pub(super) struct Planned<'q> {
    pub(super) concept: &'q Concept,
    /// Each word of the query that the index knows, with its place in the concept.
    pub(super) words: Vec<(usize, Factor)>,
    pub(super) alternatives: Vec<Factor>,
}

/// Documents in ascending order, each with a score.
pub(super) enum List<'i> {
    /// The entries of a term, and what one step of their impacts counts.
    Term(&'i Postings, u16),
    /// The scores of a concept that several terms can match.
    Merged(Vec<(u32, u16)>),
}

pub(super) struct Plan<'i, 'q> {
    pub(super) index: &'i TextIndex,
    pub(super) concepts: Vec<Planned<'q>>,
}

impl<'i, 'q> Plan<'i, 'q> {
    pub(super) fn new(index: &'i TextIndex, query: &'q Query) -> Self {
        let mut concepts: Vec<Planned<'q>> =
            query.concepts.iter().map(|concept| plan_concept(index, concept)).collect();
        let most = |planned: &Planned<'_>| {
            let own: u64 = planned.words.iter().map(|(_, factor)| factor.weight).sum();
            planned.alternatives.iter().map(|factor| factor.weight).fold(own, u64::max)
        };
        let all = concepts.iter().map(most).sum::<u64>().max(1);
        let step = |weight: u64| {
            let full = (u128::from(weight) * u128::from(FULL_SCORE)) << STEP_BITS;
            u16::try_from(full / (u128::from(all) * u128::from(MAX_IMPACT))).unwrap_or(u16::MAX)
        };
        for planned in &mut concepts {
            for factor in planned.words.iter_mut().map(|(_, factor)| factor).chain(&mut planned.alternatives) {
                factor.step = step(factor.weight);
            }
        }
        Self { index, concepts }
    }

    /// One list for each concept that any document matches.
    pub(super) fn lists(&self) -> Vec<List<'i>> {
        let of_concept = |planned: &Planned<'_>| match (&planned.words[..], &planned.alternatives[..]) {
            ([], []) => None,
            ([(_, factor)], []) | ([], [factor]) => Some(self.list(factor)),
            (words, alternatives) => {
                let own = words.iter().map(|(_, factor)| self.list(factor).into_entries());
                let own = own.reduce(|a, b| merge(&a, &b, u16::saturating_add)).unwrap_or_default();
                let others = alternatives.iter().map(|factor| self.list(factor).into_entries());
                Some(List::Merged(others.fold(own, |a, b| merge(&a, &b, u16::max))))
            }
        };
        self.concepts.iter().filter_map(of_concept).collect()
    }

    fn list(&self, factor: &Factor) -> List<'i> {
        match &factor.source {
            Source::Term(term) => List::Term(&self.index.terms[*term as usize].postings, factor.step),
            Source::Phrase(_, found) => {
                List::Merged(found.iter().map(|&(doc, impact)| (doc, factor.score(impact))).collect())
            }
        }
    }
}

impl List<'_> {
    fn into_entries(self) -> Vec<(u32, u16)> {
        match self {
            Self::Term(postings, step) => {
                let mut entries = Vec::with_capacity(postings.len());
                postings.each(|doc, impact| entries.push((doc, score(step, impact))));
                entries
            }
            Self::Merged(entries) => entries,
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Term(postings, _) => postings.len(),
            Self::Merged(entries) => entries.len(),
        }
    }

    /// The highest score in the list.
    pub(super) fn peak(&self) -> u16 {
        match self {
            Self::Term(postings, step) => score(*step, postings.peak()),
            Self::Merged(entries) => entries.iter().map(|entry| entry.1).max().unwrap_or(0),
        }
    }
}

/// Two lists as one; a document in both gets what `join` makes of its scores.
fn merge(a: &[(u32, u16)], b: &[(u32, u16)], join: fn(u16, u16) -> u16) -> Vec<(u32, u16)> {
    let mut merged = Vec::with_capacity(a.len() + b.len());
    let (mut left, mut right) = (a.iter().copied().peekable(), b.iter().copied().peekable());
    while let (Some(&(one, of_one)), Some(&(other, of_other))) = (left.peek(), right.peek()) {
        if one <= other {
            left.next();
        }
        if other <= one {
            right.next();
        }
        merged.push(match one.cmp(&other) {
            std::cmp::Ordering::Less => (one, of_one),
            std::cmp::Ordering::Equal => (one, join(of_one, of_other)),
            std::cmp::Ordering::Greater => (other, of_other),
        });
    }
    merged.extend(left.chain(right));
    merged
}

fn plan_concept<'q>(index: &TextIndex, concept: &'q Concept) -> Planned<'q> {
    let factor = |source, kind, docs: usize, weight: u32| {
        let weight = (index.rarity(docs) * u64::from(weight) / 1000).max(1);
        Factor { source, kind, weight, step: 0 }
    };
    let of_term =
        |term: u32, kind, weight| factor(Source::Term(term), kind, index.terms[term as usize].postings.len(), weight);
    let kind = if concept.is_related { MatchKind::Related } else { MatchKind::Exact };
    let mut words = Vec::new();
    for (place, token) in concept.words.iter().enumerate() {
        if let Some(term) = index.find_term(&token.term) {
            words.push((place, of_term(term, kind, concept.weight)));
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
                if !found.is_empty() {
                    let docs = found.len();
                    alternatives.push(factor(
                        Source::Phrase(terms.to_vec(), found),
                        MatchKind::Synonym,
                        docs,
                        share(*weight),
                    ));
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

/// The documents in which at least one field holds all terms; each counts there as often as the rarest.
fn find_phrase(index: &TextIndex, terms: &[u32]) -> Vec<(u32, Impact)> {
    let postings = |term: u32| &index.terms[term as usize].postings;
    let mut terms = terms.to_vec();
    terms.sort_unstable_by_key(|&term| (postings(term).len(), term));
    terms.dedup();
    let Some((&rarest, others)) = terms.split_first() else { return Vec::new() };
    let mut found = Vec::new();
    postings(rarest).each(|doc, _| {
        if others.iter().all(|&other| postings(other).get(doc).is_some()) {
            found.extend(phrase_impact(index, &terms, doc).map(|impact| (doc, impact)));
        }
    });
    found
}

fn phrase_impact(index: &TextIndex, terms: &[u32], doc: u32) -> Option<Impact> {
    let (lengths, words) = forward::unpack(index.packed(doc), index.fields.as_slice().len());
    let mut counts = vec![Counts::default(); terms.len()];
    for (word, more) in words {
        let term = index.words.get(word).term;
        if let Some(place) = terms.iter().position(|known| *known == term) {
            forward::add(&mut counts[place], &more);
        }
    }
    let common = common(&counts);
    common.iter().any(|&count| count > 0).then(|| impact(&index.scale.norms(&lengths), &common))
}

/// How often all of several things stand in each field.
pub(super) fn common(counts: &[Counts]) -> Counts {
    std::array::from_fn(|field| counts.iter().map(|counts| counts[field]).min().unwrap_or(0))
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
