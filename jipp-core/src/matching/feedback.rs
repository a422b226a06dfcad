//! Words that go with a query, learnt from its own best matches.
//!
//! A need is short, and those who solved it wrote other words. The documents that match best are taken as right, and the
//! words that weigh most in several of them are added to the query at a low weight: pseudo-relevance feedback (Rocchio
//! 1971, *Relevance feedback in information retrieval*; Lavrenko and Croft, *Relevance-based language models*, SIGIR 2001).
//! What it gains on real cases is in BENCHMARKS.md.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::fields::impact;
use super::forward;
use super::index::TextIndex;
use super::plan::Plan;
use super::query::Query;
use super::text::Token;
use super::top::{self, Found, Ranking, Scratch};
use super::words::NONE;

/// How a query is widened by the words of its best matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// How many of the best documents are read.
    pub docs: usize,
    /// How many words are added at most.
    pub terms: usize,
    /// The weight of the best added word, in thousandths of the mean weight in the query.
    pub weight: u32,
}

impl Default for Feedback {
    /// Six documents, twelve words, a fifth of the weight: the middle of a wide range that serves about as well.
    fn default() -> Self {
        Self { docs: 6, terms: 12, weight: 200 }
    }
}

/// A term that the best documents share.
#[derive(Default)]
struct Shared {
    /// The sum over the documents of their score times the impact of the term.
    weight: u64,
    docs: u32,
    /// The commonest word among the forms of the term: how often, and which.
    form: Option<(Reverse<u32>, u32)>,
}

impl TextIndex {
    /// The query with words added that its best documents share. The same query if nothing matches.
    ///
    /// # Complexity
    /// That of [`search_by`](Self::search_by) for `feedback.docs` documents, and linear in these.
    pub fn expand(&self, query: &Query, ranking: &dyn Ranking, feedback: &Feedback, scratch: &mut Scratch) -> Query {
        let best = top::search(&Plan::new(self, query), ranking, feedback.docs, scratch);
        let asked: BTreeSet<&str> = query.terms().collect();
        let mut shared: Vec<(u64, Token)> = self
            .shared_terms(&best)
            .into_iter()
            .filter_map(|(term, shared)| {
                let (postings, text) =
                    (&self.terms[term as usize].postings, self.words.text(self.terms[term as usize].word));
                let (_, form) = shared.form.filter(|_| shared.docs > 1 && !asked.contains(text))?;
                let word = self.words.text(form).to_owned();
                let weight = shared.weight.saturating_mul(self.rarity(postings.len()));
                Some((weight, Token { word, term: text.to_owned() }))
            })
            .collect();
        shared.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        shared.truncate(feedback.terms);
        let most = shared.first().map_or(1, |(weight, _)| *weight).max(1);
        let top = u128::from(query.mean_weight()) * u128::from(feedback.weight) / 1000;
        let mut widened = query.clone();
        for (weight, token) in shared {
            let weight = u32::try_from(top * u128::from(weight) / u128::from(most)).unwrap_or(u32::MAX);
            widened.add_related(token, weight.max(1));
        }
        widened
    }

    fn shared_terms(&self, best: &[Found]) -> BTreeMap<u32, Shared> {
        let mut all: BTreeMap<u32, Shared> = BTreeMap::new();
        for found in best {
            let (lengths, words) = forward::unpack(self.packed(found.doc), self.fields.as_slice().len());
            let norms = self.scale.norms(&lengths);
            let mut seen = BTreeSet::new();
            for (word, counts) in words {
                let entry = self.words.get(word);
                if entry.term != NONE {
                    let shared = all.entry(entry.term).or_default();
                    shared.weight += u64::from(found.score) * u64::from(impact(&norms, &counts));
                    shared.docs += u32::from(seen.insert(entry.term));
                    let form = (Reverse(entry.docs), word);
                    shared.form = Some(shared.form.map_or(form, |best| self.commoner(best, form)));
                }
            }
        }
        all
    }

    /// The form that more documents hold; of equal ones the first in the alphabet, since numbers depend on history.
    fn commoner(&self, one: (Reverse<u32>, u32), other: (Reverse<u32>, u32)) -> (Reverse<u32>, u32) {
        let key = |form: (Reverse<u32>, u32)| (form.0, self.words.text(form.1));
        if key(other) < key(one) { other } else { one }
    }
}
