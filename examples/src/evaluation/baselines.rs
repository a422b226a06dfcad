//! Plain engines, with no analysis of language at all: what a search tool gives out of the box.
//!
//! Each sees a document as one bag of all its fields, lower-cased and split at whatever is no letter or digit.

use std::collections::{BTreeMap, BTreeSet};

use jipp_core::Result;
use jipp_core::base::words;

use super::engine::{Engine, ranking};
use super::pool::Pool;
use super::tasks::Topic;

/// All plain engines over a pool.
pub(super) fn plain(pool: &Pool) -> Vec<Box<dyn Engine>> {
    vec![
        Box::new(Bm25::new("plain BM25", pool, words)),
        Box::new(Cosine::new(pool)),
        Box::new(Bm25::new("trigram BM25", pool, trigrams)),
        Box::new(Fuzzy::new(pool)),
    ]
}

/// The letters of each word in threes, with a blank before and behind the word.
fn trigrams(text: &str) -> Vec<String> {
    let padded = words(text).into_iter().map(|word| format!(" {word} ").chars().collect::<Vec<char>>());
    padded.flat_map(|word| word.windows(3).map(String::from_iter).collect::<Vec<_>>()).collect()
}

/// For each term the documents that hold it, with how often.
type Postings = BTreeMap<String, Vec<(usize, f64)>>;

fn postings(bags: &[Vec<String>]) -> Postings {
    let mut all = Postings::new();
    for (doc, bag) in bags.iter().enumerate() {
        for (term, count) in counts(bag) {
            all.entry(term.to_owned()).or_default().push((doc, count));
        }
    }
    all
}

fn counts(bag: &[String]) -> BTreeMap<&str, f64> {
    let mut counts = BTreeMap::new();
    for term in bag {
        *counts.entry(term.as_str()).or_insert(0.0) += 1.0;
    }
    counts
}

#[allow(clippy::cast_precision_loss, reason = "lengths of texts")]
fn float(count: usize) -> f64 {
    count as f64
}

/// BM25 with k1 = 1.2 and b = 0.75 (Robertson and Zaragoza 2009), the logarithm as in Lucene.
struct Bm25 {
    name: &'static str,
    terms: fn(&str) -> Vec<String>,
    postings: Postings,
    /// What the length of each document does to its frequencies: `k1 * (1 - b + b * length / mean length)`.
    norms: Vec<f64>,
}

impl Bm25 {
    fn new(name: &'static str, pool: &Pool, terms: fn(&str) -> Vec<String>) -> Self {
        let bags: Vec<Vec<String>> = pool.documents.iter().map(|document| terms(&document.bag())).collect();
        let mean = float(bags.iter().map(Vec::len).sum()) / float(bags.len().max(1));
        let norms = bags.iter().map(|bag| 1.2 * (0.25 + 0.75 * float(bag.len()) / mean)).collect();
        Self { name, terms, postings: postings(&bags), norms }
    }
}

impl Engine for Bm25 {
    fn name(&self) -> &str {
        self.name
    }

    fn rank(&self, topic: &Topic) -> Result<Vec<usize>> {
        let mut scores = vec![0.0; self.norms.len()];
        for term in (self.terms)(&topic.query) {
            let Some(holders) = self.postings.get(&term) else { continue };
            let holding = float(holders.len());
            let rarity = (1.0 + (float(scores.len()) - holding + 0.5) / (holding + 0.5)).ln();
            for &(doc, count) in holders {
                scores[doc] += rarity * count * 2.2 / (count + self.norms[doc]);
            }
        }
        Ok(ranking(&scores))
    }
}

/// The cosine of TF-IDF vectors, weighted as scikit-learn does by default: `count * (1 + ln((1 + N) / (1 + n)))`.
struct Cosine {
    postings: Postings,
    rarities: BTreeMap<String, f64>,
    lengths: Vec<f64>,
}

impl Cosine {
    fn new(pool: &Pool) -> Self {
        let bags: Vec<Vec<String>> = pool.documents.iter().map(|document| words(&document.bag())).collect();
        let postings = postings(&bags);
        let rarity = |holders: usize| 1.0 + ((1.0 + float(bags.len())) / (1.0 + float(holders))).ln();
        let rarities: BTreeMap<String, f64> =
            postings.iter().map(|(term, holders)| (term.clone(), rarity(holders.len()))).collect();
        let mut squares: Vec<f64> = vec![0.0; bags.len()];
        for (term, holders) in &postings {
            for &(doc, count) in holders {
                squares[doc] += (count * rarities[term]).powi(2);
            }
        }
        let lengths = squares.into_iter().map(f64::sqrt).collect();
        Self { postings, rarities, lengths }
    }
}

impl Engine for Cosine {
    fn name(&self) -> &'static str {
        "TF-IDF cosine"
    }

    fn rank(&self, topic: &Topic) -> Result<Vec<usize>> {
        // The length of the query is the same for all documents, so it does not change their order.
        let mut scores = vec![0.0; self.lengths.len()];
        for (term, count) in counts(&words(&topic.query)) {
            let (Some(holders), Some(rarity)) = (self.postings.get(term), self.rarities.get(term)) else { continue };
            for &(doc, times) in holders {
                scores[doc] += count * rarity * times * rarity / self.lengths[doc];
            }
        }
        Ok(ranking(&scores))
    }
}

/// Brute force: every word of the query against every word of a document by edit distance, the best likeness of each,
/// and the mean of these (Monge and Elkan 1996).
struct Fuzzy {
    /// All words of the pool.
    words: Vec<String>,
    /// The places in `words` of the words of each document.
    documents: Vec<BTreeSet<usize>>,
}

impl Fuzzy {
    fn new(pool: &Pool) -> Self {
        let bags: Vec<Vec<String>> = pool.documents.iter().map(|document| words(&document.bag())).collect();
        let all: BTreeSet<&String> = bags.iter().flatten().collect();
        let words: Vec<String> = all.into_iter().cloned().collect();
        let places = |bag: &Vec<String>| bag.iter().filter_map(|word| words.binary_search(word).ok()).collect();
        Self { documents: bags.iter().map(places).collect(), words }
    }
}

impl Engine for Fuzzy {
    fn name(&self) -> &'static str {
        "fuzzy, brute force"
    }

    fn rank(&self, topic: &Topic) -> Result<Vec<usize>> {
        let unique: BTreeSet<String> = words(&topic.query).into_iter().collect();
        let mut scores = vec![0.0; self.documents.len()];
        for word in &unique {
            let likeness: Vec<f64> =
                self.words.iter().map(|other| strsim::normalized_levenshtein(word, other)).collect();
            for (score, document) in scores.iter_mut().zip(&self.documents) {
                *score += document.iter().map(|&place| likeness[place]).fold(0.0, f64::max);
            }
        }
        Ok(ranking(&scores))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trigrams_know_where_a_word_begins_and_ends() {
        assert_eq!(trigrams("KTP el"), [" kt", "ktp", "tp ", " el", "el "]);
    }
}
