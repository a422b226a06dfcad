//! A query: what somebody needs, taken apart.

use std::collections::HashMap;

use super::lexicon::Lexicon;
use super::text::Token;

/// The weight of a text that counts once, in thousandths.
pub const FULL_WEIGHT: u32 = 1000;
/// A query keeps this many different concepts; what a longer text says further on is left out.
const MAX_CONCEPTS: usize = 1024;
/// However often a concept is repeated, it counts at most a thousandfold.
const MAX_WEIGHT: u32 = 1_000_000;

/// A need in words, as concepts: a word, or a phrase of the lexicon, and what else may stand for it.
///
/// A query does not depend on an index and can be put to several. Concepts named twice count twice.
///
/// ```
/// use std::sync::Arc;
/// use jipp_core::matching::{Analyzer, FULL_WEIGHT, Lexicon, Query};
/// let lexicon = Lexicon::standard(Arc::new(Analyzer::standard()));
/// let mut query = Query::parse("antrean di puskesmas", &lexicon);
/// query.add("pendaftaran daring", FULL_WEIGHT / 2, &lexicon);
/// let words: Vec<String> = query.words().collect();
/// assert_eq!(words, ["antrean", "puskesmas", "pendaftaran", "daring"]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Query {
    pub(super) concepts: Vec<Concept>,
    by_terms: HashMap<Vec<String>, usize>,
}

/// One thing that the query speaks of.
#[derive(Clone, Debug, Default)]
pub(super) struct Concept {
    /// The words of the query; more than one where the lexicon knows the phrase.
    pub(super) words: Vec<Token>,
    /// In thousandths.
    pub(super) weight: u32,
    /// What may stand for the words, each as terms and a weight in thousandths.
    pub(super) alternatives: Vec<(Vec<String>, u32)>,
    /// Whether it was not asked for, but learnt from the best matches.
    pub(super) is_related: bool,
}

impl Concept {
    /// The words as they stand in the query.
    pub(super) fn shown(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|token| token.word.as_str()).collect();
        words.join(" ")
    }
}

impl Query {
    /// Takes a text apart.
    ///
    /// # Complexity
    /// Linear in the text, times the number of lexicon entries that begin with each word.
    pub fn parse(text: &str, lexicon: &Lexicon) -> Self {
        let mut query = Self::default();
        query.add(text, FULL_WEIGHT, lexicon);
        query
    }

    /// Adds a text that counts with a weight in thousandths; 0 adds nothing.
    pub fn add(&mut self, text: &str, weight: u32, lexicon: &Lexicon) {
        if weight == 0 {
            return;
        }
        let tokens = lexicon.analyzer().tokens(text);
        let mut rest = tokens.as_slice();
        while !rest.is_empty() {
            let (len, others) = lexicon.longest_match(rest).unwrap_or((1, Vec::new()));
            let (words, after) = rest.split_at(len);
            rest = after;
            let terms: Vec<String> = words.iter().map(|token| token.term.clone()).collect();
            if let Some(&known) = self.by_terms.get(&terms) {
                let known = &mut self.concepts[known];
                known.weight = known.weight.saturating_add(weight).min(MAX_WEIGHT);
            } else if self.concepts.len() < MAX_CONCEPTS {
                self.by_terms.insert(terms, self.concepts.len());
                let alternatives = others.into_iter().map(|(member, weight)| (member.terms.clone(), weight)).collect();
                let (words, weight) = (words.to_vec(), weight.min(MAX_WEIGHT));
                self.concepts.push(Concept { words, weight, alternatives, is_related: false });
            }
        }
    }

    /// Terms with their weights, most important first: no more than a query keeps, and without alternatives.
    pub(super) fn of_terms(terms: impl Iterator<Item = (Token, u32)>) -> Self {
        let concept = |(token, weight)| Concept { words: vec![token], weight, ..Concept::default() };
        Self { concepts: terms.take(MAX_CONCEPTS).map(concept).collect(), by_terms: HashMap::new() }
    }

    /// The words or phrases that the query speaks of, as they were written; without those that
    /// [`expand`](super::TextIndex::expand) added.
    pub fn words(&self) -> impl Iterator<Item = String> + '_ {
        self.concepts.iter().filter(|concept| !concept.is_related).map(Concept::shown)
    }

    /// Adds a word that was not asked for.
    pub(super) fn add_related(&mut self, token: Token, weight: u32) {
        let concept = Concept { words: vec![token], weight, alternatives: Vec::new(), is_related: true };
        self.concepts.push(concept);
    }

    /// Everything that is looked for already.
    pub(super) fn terms(&self) -> impl Iterator<Item = &str> + '_ {
        let own = self.concepts.iter().flat_map(|concept| concept.words.iter().map(|token| token.term.as_str()));
        let others = self.concepts.iter().flat_map(|concept| &concept.alternatives);
        let single = others.filter(|(terms, _)| terms.len() == 1);
        own.chain(single.flat_map(|(terms, _)| terms.iter().map(String::as_str)))
    }

    /// In thousandths.
    pub(super) fn mean_weight(&self) -> u32 {
        let sum: u64 = self.concepts.iter().map(|concept| u64::from(concept.weight)).sum();
        u32::try_from(sum / (self.concepts.len() as u64).max(1)).unwrap_or(u32::MAX)
    }

    /// Whether nothing is left to look for: no text, or stop words only.
    pub fn is_empty(&self) -> bool {
        self.concepts.is_empty()
    }
}
