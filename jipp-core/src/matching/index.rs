//! The index: documents, the terms they hold, and the statistics that scores are made of.

use std::sync::{Arc, OnceLock};

use super::fields::{FieldSet, MAX_FIELDS};
use super::plan::{Contribution, Hit, Plan, Scratch};
use super::postings::{MAX_COUNT, Postings};
use super::query::Query;
use super::text::{Analyzer, for_each_word};
use super::words::{NONE, Words, index_of};
use crate::base::{Code, Error, Result};

/// A field counts as at most this many words long; what stands further on is found all the same.
pub const LENGTH_CAP: u16 = 1023;
/// The highest document number.
pub const MAX_DOC: u32 = (1 << 24) - 1;

/// The `k1` of BM25, in thousandths: how soon repetition stops to count (Robertson and Zaragoza 2009 report
/// 1.2 to 2 as good in many circumstances).
const SATURATION: u64 = 1200;
/// Weighted frequencies are cut here, in thousandths, so that no product leaves 64 bits.
const MAX_FREQUENCY: u64 = 100_000_000;

/// A term of the index.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// The word that is its text.
    pub(super) word: u32,
    pub(super) postings: Postings,
}

/// An inverted index over documents with weighted fields, scored by BM25F in integers.
///
/// **Score.** For a term that stands `c` times in field `f`, whose length is `l` words where the mean over the
/// documents that have the field is `m`, with the weight `w` and the dilution `b` of the field:
///
/// ```text
/// frequency = sum over f of  w * c / (1 - b + b * l / m)
/// score     = ln(1 + (N - n + 1/2) / (n + 1/2)) * frequency / (1.2 + frequency)
/// ```
///
/// with `N` documents of which `n` hold the term (Zaragoza, Craswell, Taylor, Saria, Robertson, TREC-13, 2004;
/// Robertson and Zaragoza, *The Probabilistic Relevance Framework*, 2009, section 3; the logarithm as in
/// Lucene, never negative). A phrase of the lexicon is treated as a term that stands in a field as often as its rarest
/// word. The score of a concept is that of its words or that of the best alternative, whichever is higher; the score of
/// a document is the sum over the concepts of the query.
///
/// **Units.** Scores are integers, in millionths: a document in which a term could not be more prominent gets the
/// logarithm. All statistics are integers; the only float is the logarithm, from `libm`, rounded at once. So a score is
/// the same on every platform.
///
/// **Edits** are made in place. After any sequence of edits, scores, order and snapshot are those of an index into
/// which the remaining documents were put once. Document numbers are the caller's; small ones save memory.
///
/// ```
/// use std::sync::Arc;
/// use jipp_core::matching::{Analyzer, Field, FieldSet, Lexicon, Query, TextIndex};
///
/// let analyzer = Arc::new(Analyzer::standard());
/// let lexicon = Lexicon::standard(analyzer.clone());
/// let mut index = TextIndex::new(analyzer, FieldSet::new(vec![Field::new("title", 200), Field::new("text", 100)])?);
/// index.insert(7, &[(0, "Ambulans Perahu"), (1, "Menjemput ibu hamil di pulau kecil")])?;
/// index.insert(9, &[(0, "Mal Pelayanan Publik"), (1, "Perizinan satu atap")])?;
/// let query = Query::parse("ambulan untuk kepulauan", &lexicon);
/// let hits = index.search(&query, &|_| true, 5);
/// assert_eq!(hits[0].doc, 7);
/// assert_eq!(hits[0].contributions[0].matched, "ambulans");
/// index.remove(7);
/// assert!(index.search(&query, &|_| true, 5).is_empty());
/// # Ok::<(), jipp_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct TextIndex {
    pub(super) analyzer: Arc<Analyzer>,
    pub(super) fields: FieldSet,
    pub(super) words: Words,
    pub(super) terms: Vec<Term>,
    /// The different words of each document, as packed ascending distances; what is needed to take it out again.
    pub(super) docs: Vec<Option<Box<[u8]>>>,
    /// The length of each field of each document.
    pub(super) lengths: Vec<u16>,
    /// The number of documents.
    pub(super) count: u32,
    /// For each field, the sum of its lengths and the number of documents that have it.
    pub(super) totals: [(u64, u64); MAX_FIELDS],
    /// What one word in a field of some length counts, in thousandths; made when first asked for after an edit.
    norms: OnceLock<Box<[u32]>>,
}

/// The places of one field in the table of norms.
const LENGTHS: usize = LENGTH_CAP as usize + 1;

/// One occurrence of a word while a document is taken in.
struct Occurrence {
    term: u32,
    word: u32,
    field: u8,
}

impl TextIndex {
    /// An empty index.
    pub fn new(analyzer: Arc<Analyzer>, fields: FieldSet) -> Self {
        Self {
            analyzer,
            fields,
            words: Words::default(),
            terms: Vec::new(),
            docs: Vec::new(),
            lengths: Vec::new(),
            count: 0,
            totals: [(0, 0); MAX_FIELDS],
            norms: OnceLock::new(),
        }
    }

    /// The fields, with their weights.
    pub fn fields(&self) -> &FieldSet {
        &self.fields
    }

    /// Gives the same fields other weights or dilutions, at once and without a new index.
    ///
    /// # Errors
    /// `option-invalid` if the names or their order differ.
    pub fn reweight(&mut self, fields: FieldSet) -> Result<()> {
        if !self.fields.as_slice().iter().map(|field| field.name).eq(fields.as_slice().iter().map(|field| field.name)) {
            return Err(Error::new(Code::OptionInvalid).field("fields").expected("the same fields in the same order"));
        }
        self.fields = fields;
        self.norms = OnceLock::new();
        Ok(())
    }

    /// The number of documents.
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether there is a document with this number.
    pub fn contains(&self, doc: u32) -> bool {
        self.docs.get(doc as usize).is_some_and(Option::is_some)
    }

    /// The bytes that the index holds on the heap, without the overhead of the allocator.
    ///
    /// # Complexity
    /// Linear in the number of documents and terms.
    pub fn heap_bytes(&self) -> usize {
        let postings: usize = self.terms.iter().map(|term| term.postings.heap_bytes()).sum();
        let docs: usize = self.docs.iter().flatten().map(|words| words.len()).sum();
        self.words.heap_bytes()
            + postings
            + docs
            + self.terms.capacity() * size_of::<Term>()
            + self.docs.capacity() * size_of::<Option<Box<[u8]>>>()
            + self.lengths.capacity() * size_of::<u16>()
            + self.norms.get().map_or(0, |norms| norms.len() * size_of::<u32>())
    }

    /// Puts a document in, or in the place of the one with its number. A field is named by its place in the
    /// [`FieldSet`]; it may come more than once, or not at all where nothing is known.
    ///
    /// # Errors
    /// `out-of-range` if the number is above [`MAX_DOC`], `field-unknown` if there is no such field; then nothing
    /// changed.
    ///
    /// # Complexity
    /// Linear in the text, and for each term in the documents behind this one that hold it (memory moves); appending in
    /// the order of numbers is the fast way to build.
    pub fn insert(&mut self, doc: u32, fields: &[(usize, &str)]) -> Result<()> {
        if doc > MAX_DOC {
            return Err(Error::new(Code::OutOfRange).field("doc").value(doc).expected(format!("at most {MAX_DOC}")));
        }
        if let Some((field, _)) = fields.iter().find(|(field, _)| *field >= self.fields.as_slice().len()) {
            return Err(Error::new(Code::FieldUnknown).field("field").value(field));
        }
        self.remove(doc);
        let mut lengths = [0_u16; MAX_FIELDS];
        let mut occurrences = self.analyze(fields, &mut lengths);

        occurrences.sort_unstable_by_key(|one| (one.term, one.field));
        let mut counts: Vec<(u8, u8)> = Vec::with_capacity(MAX_FIELDS);
        for same in occurrences.chunk_by(|a, b| a.term == b.term) {
            counts.clear();
            for field in same.chunk_by(|a, b| a.field == b.field) {
                counts.push((field[0].field, u8::try_from(field.len()).unwrap_or(MAX_COUNT)));
            }
            self.terms[same[0].term as usize].postings.insert(doc, &counts);
        }

        let mut words: Vec<u32> = occurrences.iter().map(|one| one.word).collect();
        words.sort_unstable();
        words.dedup();
        for &word in &words {
            self.words.get_mut(word).docs += 1;
        }
        self.hold(doc, pack(&words), lengths);
        Ok(())
    }

    /// The words of a text that count, and the length of each field.
    fn analyze(&mut self, fields: &[(usize, &str)], lengths: &mut [u16; MAX_FIELDS]) -> Vec<Occurrence> {
        let mut occurrences: Vec<Occurrence> = Vec::with_capacity(256);
        let mut buffer = String::new();
        for &(field, text) in fields {
            let mut before = NONE;
            let Ok(number) = u8::try_from(field) else { continue };
            for_each_word(text, &mut buffer, |text, hyphen| {
                let (word, term) = self.learn(text);
                if term != NONE && !(hyphen && before == term) {
                    occurrences.push(Occurrence { term, word, field: number });
                    lengths[field] = LENGTH_CAP.min(lengths[field] + 1);
                }
                before = term;
            });
        }
        occurrences
    }

    /// The number of a word and its term, which are kept for the next time.
    fn learn(&mut self, text: &str) -> (u32, u32) {
        let word = self.words.intern(text);
        if !self.words.get(word).settled {
            let analyzer = Arc::clone(&self.analyzer);
            let term = match analyzer.term(text) {
                Some(stem) => self.term_of(&stem),
                None => NONE,
            };
            let entry = self.words.get_mut(word);
            (entry.term, entry.settled) = (term, true);
        }
        (word, self.words.get(word).term)
    }

    fn term_of(&mut self, stem: &str) -> u32 {
        let word = self.words.intern(stem);
        if self.words.get(word).head == NONE {
            self.words.get_mut(word).head = index_of(self.terms.len());
            self.terms.push(Term { word, postings: Postings::default() });
        }
        self.words.get(word).head
    }

    /// Notes a document and its lengths.
    pub(super) fn hold(&mut self, doc: u32, words: Box<[u8]>, lengths: [u16; MAX_FIELDS]) {
        let width = self.fields.as_slice().len();
        let place = doc as usize;
        if self.docs.len() <= place {
            self.docs.resize(place + 1, None);
            self.lengths.resize((place + 1) * width, 0);
        }
        self.docs[place] = Some(words);
        self.lengths[place * width..(place + 1) * width].copy_from_slice(&lengths[..width]);
        self.count += 1;
        for (total, &length) in self.totals.iter_mut().zip(&lengths) {
            total.0 += u64::from(length);
            total.1 += u64::from(length > 0);
        }
        self.norms = OnceLock::new();
    }

    /// Takes a document out. False if there is none with this number.
    ///
    /// # Complexity
    /// For each of its terms, linear in the documents behind this one that hold the term (memory moves).
    pub fn remove(&mut self, doc: u32) -> bool {
        let Some(words) = self.docs.get_mut(doc as usize).and_then(Option::take) else { return false };
        for word in unpack(&words) {
            let entry = self.words.get_mut(word);
            entry.docs = entry.docs.saturating_sub(1);
            // Two words of one term: the second finds the document gone.
            if let Some(term) = self.terms.get_mut(entry.term as usize) {
                term.postings.remove(doc);
            }
        }
        let width = self.fields.as_slice().len();
        let lengths = &mut self.lengths[doc as usize * width..(doc as usize + 1) * width];
        for (total, length) in self.totals.iter_mut().zip(lengths) {
            total.0 -= u64::from(*length);
            total.1 -= u64::from(*length > 0);
            *length = 0;
        }
        self.count -= 1;
        // What an edit sequence leaves must not be told from a fresh index, not even by its size.
        while self.docs.last().is_some_and(Option::is_none) {
            self.docs.pop();
        }
        self.lengths.truncate(self.docs.len() * width);
        self.norms = OnceLock::new();
        true
    }

    /// The best documents for a query among those that `filter` lets pass, with reasons: highest score first, then
    /// lowest document number. Documents without any match are never among them.
    ///
    /// # Complexity
    /// Linear in the documents that hold each term of the query. A word that no document holds is looked for among all
    /// words of the index.
    pub fn search(&self, query: &Query, filter: &dyn Fn(u32) -> bool, limit: usize) -> Vec<Hit> {
        let plan = Plan::new(self, query);
        let mut found = plan.score_all(filter, &mut Scratch::default());
        let order = |a: &(u32, u64), b: &(u32, u64)| b.1.cmp(&a.1).then(a.0.cmp(&b.0));
        if limit == 0 {
            return Vec::new();
        }
        if found.len() > limit {
            found.select_nth_unstable_by(limit - 1, order);
            found.truncate(limit);
        }
        found.sort_unstable_by(order);
        let explain = |(doc, score)| Hit { doc, score, contributions: plan.explain(doc) };
        found.into_iter().map(explain).collect()
    }

    /// The score of every document that the query matches and `filter` lets pass, in no particular order: for callers
    /// who add points of their own before they choose the best. `scratch` is working memory to be used again.
    ///
    /// # Complexity
    /// As for [`search`](Self::search).
    pub fn score_all(&self, query: &Query, filter: &dyn Fn(u32) -> bool, scratch: &mut Scratch) -> Vec<(u32, u64)> {
        Plan::new(self, query).score_all(filter, scratch)
    }

    /// Why a document has its score: one entry for each part of the query that it matches, highest first. The entries
    /// add up to the score exactly; there are none for a document that does not match.
    ///
    /// # Complexity
    /// Linear in the query, times the logarithm of the number of documents; a phrase of the lexicon costs a pass over
    /// the documents that hold its rarest word.
    pub fn explain(&self, query: &Query, doc: u32) -> Vec<Contribution> {
        Plan::new(self, query).explain(doc)
    }

    /// What the query could attain here at most: the score of a document that holds everything asked for which this
    /// index knows at all, as prominently as can be. No document quite gets there; `100 * score / attainable` is a
    /// percentage to show, comparable between documents of one query and not between queries.
    pub fn attainable(&self, query: &Query) -> u64 {
        Plan::new(self, query).attainable()
    }

    /// The logarithm of rarity for a term that `docs` documents hold, in millionths.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "ln(1 + x) of a count lies in 0..18")]
    pub(super) fn rarity(&self, docs: u32) -> u64 {
        let (all, docs) = (f64::from(self.count), f64::from(docs));
        (libm::round(libm::log(1.0 + (all - docs + 0.5) / (docs + 0.5)) * 1e6) as u64).max(1)
    }

    /// What one word in each field counts, by field and length, in thousandths.
    pub(super) fn norms(&self) -> &[u32] {
        self.norms.get_or_init(|| {
            let mut norms = Vec::with_capacity(self.fields.as_slice().len() * LENGTHS);
            for (field, &(total, filled)) in self.fields.as_slice().iter().zip(&self.totals) {
                let (weight, dilution) = (u64::from(field.weight), u64::from(field.dilution));
                for length in 0..=u64::from(LENGTH_CAP) {
                    // In millionths; a mean is known wherever a length above zero occurs.
                    let relative = 10_000 * dilution * length * filled / total.max(1);
                    let divisor = (10_000 * (100 - dilution) + relative).max(1);
                    let norm = (weight * 10_000_000 + divisor / 2) / divisor;
                    norms.push(u32::try_from(norm).unwrap_or(u32::MAX).min(10_000_000));
                }
            }
            norms.into_boxed_slice()
        })
    }

    /// What `count` words in a field of a document count, in thousandths.
    pub(super) fn frequency(&self, norms: &[u32], doc: u32, field: usize, count: u8) -> u64 {
        let length = self.lengths.get(doc as usize * self.fields.as_slice().len() + field).copied().unwrap_or(0);
        u64::from(norms[field * LENGTHS + usize::from(length)]) * u64::from(count)
    }

    /// The different words of a document.
    pub(super) fn words_of(&self, doc: u32) -> impl Iterator<Item = u32> + '_ {
        unpack(self.docs.get(doc as usize).and_then(Option::as_deref).unwrap_or_default())
    }

    /// The term with this text, if any document holds it.
    pub(super) fn find_term(&self, text: &str) -> Option<u32> {
        let head = self.words.get(self.words.find(text)?).head;
        self.terms.get(head as usize).filter(|term| term.postings.len() > 0).map(|_| head)
    }
}

/// The score of a term: rarity (millionths) times saturated frequency (thousandths), times a weight (thousandths).
/// At least 1, so that no match goes unseen.
pub(super) fn impact(rarity: u64, frequency: u64, weight: u32) -> u64 {
    let frequency = frequency.min(MAX_FREQUENCY);
    let score = rarity * frequency / (SATURATION + frequency);
    (score * u64::from(weight) / 1000).max(1)
}

/// Packs ascending numbers as varint distances.
pub(super) fn pack(words: &[u32]) -> Box<[u8]> {
    let mut bytes = Vec::with_capacity(words.len() * 2);
    let mut before = 0;
    for &word in words {
        let mut distance = word - before;
        before = word;
        while distance >= 0x80 {
            bytes.push(distance.to_le_bytes()[0] | 0x80);
            distance >>= 7;
        }
        bytes.push(distance.to_le_bytes()[0]);
    }
    bytes.into_boxed_slice()
}

/// Reads what [`pack`] wrote.
pub(super) fn unpack(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut rest = bytes.iter();
    let mut before = 0_u32;
    std::iter::from_fn(move || {
        let (mut distance, mut shift) = (0_u32, 0);
        loop {
            let byte = *rest.next()?;
            distance |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 || shift > 28 {
                break;
            }
        }
        before = before.wrapping_add(distance);
        Some(before)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by it")]
mod tests;
