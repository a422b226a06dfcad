//! The index: documents, the terms they hold, and what each term is worth in each.

use std::sync::Arc;

use super::explain::Contribution;
use super::fields::{FieldSet, LENGTH_CAP, Scale, impact_of};
use super::forward::{self, Lengths, Occurrence, count_of, field_of, number_of};
use super::plan::Plan;
use super::postings::{Postings, entry};
use super::query::Query;
use super::text::{Analyzer, for_each_word};
use super::top::{self, Filtered, Found, Ranking, Scratch};
use super::words::{NONE, Words, index_of};
use crate::base::{Code, Error, Result};

/// The highest document number.
pub const MAX_DOC: u32 = (1 << 24) - 1;

/// A term of the index.
#[derive(Clone, Debug)]
pub(super) struct Term {
    /// The word that is its text.
    pub(super) word: u32,
    pub(super) postings: Postings,
}

/// A document that a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its number.
    pub doc: u32,
    /// Its score; [`FULL_SCORE`](super::FULL_SCORE) if it could not match better.
    pub score: u32,
    /// Where the score comes from, highest first; the parts add up to it exactly.
    pub contributions: Vec<Contribution>,
}

/// An inverted index over documents with weighted fields, scored by BM25F in integers.
///
/// **Impact.** For a term that stands `c` times in field `f`, whose length is `l` words, with the weight `w`, the
/// dilution `b` and the pivot `p` of the field:
///
/// ```text
/// frequency = sum over f of  w * c / (1 - b + b * l / p)
/// impact    = 250 * frequency / (2 + frequency), rounded, at least 1
/// ```
///
/// (Zaragoza, Craswell, Taylor, Saria, Robertson, TREC-13, 2004; Robertson and Zaragoza, *The Probabilistic Relevance
/// Framework*, 2009, section 3). An impact of eight bits is as good as an exact one for ranking (Anh and Moffat, *Pruned
/// query evaluation using pre-computed impacts*, SIGIR 2006). The pivot is the usual length of the field, given with
/// it, and not the mean of the moment (Singhal, Buckley, Mitra, *Pivoted document length normalization*, SIGIR 1996): so an
/// impact does not change when other documents come and go, edits stay local, and bounds stay right.
///
/// **Score.** A term that `n` of `N` documents hold weighs `ln(1 + (N - n + 1/2) / (n + 1/2))` (as in Lucene, never
/// negative), times its weight in the query. The weights of a query are scaled so that a document which could not
/// match better would have [`FULL_SCORE`](super::FULL_SCORE); a match counts at least 1. A phrase of the lexicon is a term
/// that stands in a field as often as its rarest word. The score of a concept is that of its words or that of the best
/// alternative, whichever is higher; the score of a document is the sum over the concepts of the query.
///
/// All of it is integers; the only float is the logarithm, from `libm`, rounded at once. So a score is the same on every
/// platform.
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
    pub(super) scale: Scale,
    pub(super) words: Words,
    pub(super) terms: Vec<Term>,
    /// Each document as [`forward`] packs it.
    pub(super) docs: Vec<Option<Box<[u8]>>>,
    /// The number of documents.
    pub(super) count: u32,
    /// What is still to be entered into the postings: a term, then in the lower half an entry. Empty between calls.
    waiting: Vec<u64>,
    work: Work,
}

/// Working memory, kept from one document to the next.
#[derive(Clone, Debug, Default)]
struct Work {
    buffer: String,
    words: Vec<Occurrence>,
    terms: Vec<Occurrence>,
    packed: Vec<u8>,
}

/// About so many entries wait at most (2 MB); few in tests, so that these see it happen.
const BATCH: usize = if cfg!(test) { 1 << 8 } else { 1 << 18 };

impl TextIndex {
    /// An empty index.
    pub fn new(analyzer: Arc<Analyzer>, fields: FieldSet) -> Self {
        Self {
            analyzer,
            scale: Scale::new(&fields),
            fields,
            words: Words::default(),
            terms: Vec::new(),
            docs: Vec::new(),
            count: 0,
            waiting: Vec::new(),
            work: Work::default(),
        }
    }

    /// The fields, with their weights.
    pub fn fields(&self) -> &FieldSet {
        &self.fields
    }

    /// Gives the same fields other weights, dilutions or pivots, without the texts.
    ///
    /// # Errors
    /// `option-invalid` if the names or their order differ.
    ///
    /// # Complexity
    /// Linear in the index.
    pub fn reweight(&mut self, fields: FieldSet) -> Result<()> {
        if !self.fields.as_slice().iter().map(|field| field.name).eq(fields.as_slice().iter().map(|field| field.name)) {
            return Err(Error::new(Code::OptionInvalid).field("fields").expected("the same fields in the same order"));
        }
        self.scale = Scale::new(&fields);
        self.fields = fields;
        for term in &mut self.terms {
            term.postings = Postings::default();
        }
        for doc in 0..index_of(self.docs.len()) {
            if let Some(packed) = self.docs[doc as usize].take() {
                self.discount(&packed);
                self.count -= 1;
                self.restore(doc, &packed);
            }
        }
        self.enter();
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
        let docs: usize = self.docs.iter().flatten().map(|doc| doc.len()).sum();
        self.words.heap_bytes()
            + postings
            + docs
            + self.terms.capacity() * size_of::<Term>()
            + self.docs.capacity() * size_of::<Option<Box<[u8]>>>()
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
    /// the order of numbers is the fast way to build. In place of another document, only what differs is moved.
    pub fn insert(&mut self, doc: u32, fields: &[(usize, &str)]) -> Result<()> {
        self.insert_all([(doc, fields)])
    }

    /// Puts many documents in, each as by [`insert`](Self::insert): the fast way to build.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use jipp_core::matching::{Analyzer, Field, FieldSet, TextIndex};
    /// let fields = FieldSet::new(vec![Field::new("title", 100)])?;
    /// let mut index = TextIndex::new(Arc::new(Analyzer::standard()), fields);
    /// let titles = ["Ambulans Perahu", "Mal Pelayanan Publik"];
    /// index.insert_all((0..).zip(titles.map(|title| [(0, title)])))?;
    /// assert_eq!(index.len(), 2);
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`insert`](Self::insert); the documents before the one refused are in.
    ///
    /// # Complexity
    /// That of [`insert`](Self::insert) for each.
    pub fn insert_all<'t, F>(&mut self, docs: impl IntoIterator<Item = (u32, F)>) -> Result<()>
    where
        F: AsRef<[(usize, &'t str)]>,
    {
        let mut work = std::mem::take(&mut self.work);
        let result = docs.into_iter().try_for_each(|(doc, fields)| self.take_in(doc, fields.as_ref(), &mut work));
        self.enter();
        self.work = work;
        result
    }

    /// Takes a document in, its postings apart.
    fn take_in(&mut self, doc: u32, fields: &[(usize, &str)], work: &mut Work) -> Result<()> {
        if doc > MAX_DOC {
            return Err(Error::new(Code::OutOfRange).field("doc").value(doc).expected(format!("at most {MAX_DOC}")));
        }
        if let Some((field, _)) = fields.iter().find(|(field, _)| *field >= self.fields.as_slice().len()) {
            return Err(Error::new(Code::FieldUnknown).field("field").value(field));
        }
        let mut lengths = Lengths::default();
        self.analyze(fields, &mut lengths, work);
        forward::join(&mut work.words);
        forward::pack(self.fields.as_slice().len(), &lengths, &work.words, &mut work.packed);
        self.count_words(work.words.iter().copied(), |docs| docs + 1, &mut work.terms);
        if let Some(old) = self.put(doc, Some(work.packed.as_slice().into())) {
            self.enter();
            for (term, _) in forward::by_number(&self.discount(&old)) {
                if work.terms.binary_search_by_key(&term, |occurrence| number_of(*occurrence)).is_err() {
                    self.terms[term as usize].postings.remove(doc);
                }
            }
        }
        self.list(doc, &lengths, &work.terms);
        Ok(())
    }

    /// The words of a text that count, and the length of each field.
    fn analyze(&mut self, fields: &[(usize, &str)], lengths: &mut Lengths, desk: &mut Work) {
        desk.words.clear();
        for &(field, text) in fields {
            let mut before = NONE;
            for_each_word(text, &mut desk.buffer, |text, hyphen| {
                let (word, term) = self.words.settled(text).unwrap_or_else(|| self.learn(text));
                if term != NONE && !(hyphen && before == term) {
                    desk.words.push(forward::occurrence(word, field, 1));
                    lengths[field] = LENGTH_CAP.min(lengths[field] + 1);
                }
                before = term;
            });
        }
    }

    /// The number of a new word and its term, which are kept for the next time.
    fn learn(&mut self, text: &str) -> (u32, u32) {
        let word = self.words.intern(text);
        let analyzer = Arc::clone(&self.analyzer);
        let term = match analyzer.term(text) {
            Some(stem) => self.term_of(&stem),
            None => NONE,
        };
        self.words.settle(word, term);
        (word, term)
    }

    fn term_of(&mut self, stem: &str) -> u32 {
        let word = self.words.intern(stem);
        self.term_at(word)
    }

    /// The term whose text is this word; a new one for a new text.
    pub(super) fn term_at(&mut self, word: u32) -> u32 {
        if self.words.get(word).head == NONE {
            self.words.get_mut(word).head = index_of(self.terms.len());
            self.terms.push(Term { word, postings: Postings::default() });
        }
        self.words.get(word).head
    }

    /// Puts a packed document in its place, or takes it away. Gives what stood there before.
    fn put(&mut self, doc: u32, packed: Option<Box<[u8]>>) -> Option<Box<[u8]>> {
        let place = doc as usize;
        if self.docs.len() <= place {
            self.docs.resize(place + 1, None);
        }
        let old = std::mem::replace(&mut self.docs[place], packed);
        self.count = self.count - u32::from(old.is_some()) + u32::from(self.docs[place].is_some());
        // What an edit sequence leaves must not be told from a fresh index, not even by its size.
        while self.docs.last().is_some_and(Option::is_none) {
            self.docs.pop();
        }
        old
    }

    /// Takes in a document that is packed already; [`enter`](Self::enter) must follow the last.
    pub(super) fn restore(&mut self, doc: u32, packed: &[u8]) {
        self.put(doc, Some(packed.into()));
        let mut terms = std::mem::take(&mut self.work.terms);
        let (lengths, words) = forward::unpack(packed, self.fields.as_slice().len());
        self.count_words(words.occurrences(), |docs| docs + 1, &mut terms);
        self.list(doc, &lengths, &terms);
        self.work.terms = terms;
    }

    /// Lists what the terms of a document are worth in it, to be entered.
    fn list(&mut self, doc: u32, lengths: &Lengths, terms: &[Occurrence]) {
        let norms = self.scale.norms(lengths);
        for (term, occurrences) in forward::by_number(terms) {
            let weighed =
                |occurrence: &Occurrence| u64::from(norms[field_of(*occurrence)]) * u64::from(count_of(*occurrence));
            let entry = entry(doc, impact_of(occurrences.iter().map(weighed).sum()));
            self.waiting.push(u64::from(term) << 32 | u64::from(entry));
        }
        if self.waiting.len() >= BATCH {
            self.enter();
        }
    }

    /// Enters what waits into the postings, term by term: so each list is fetched from memory once for many documents.
    pub(super) fn enter(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        let half = |both: u64| u32::try_from(both & u64::from(u32::MAX)).unwrap_or(NONE);
        radsort::sort_by_key(&mut waiting, |both| half(both >> 32));
        for &both in &waiting {
            self.terms[half(both >> 32) as usize].postings.insert(half(both));
        }
        waiting.clear();
        // What one document needs is kept, not what a batch needs.
        waiting.shrink_to(1 << 10);
        self.waiting = waiting;
    }

    /// Counts a document that is packed no longer among those of its words, and gives the terms these counted as.
    fn discount(&mut self, packed: &[u8]) -> Vec<Occurrence> {
        let mut terms = Vec::new();
        let (_, words) = forward::unpack(packed, self.fields.as_slice().len());
        self.count_words(words.occurrences(), |docs| docs.saturating_sub(1), &mut terms);
        terms
    }

    /// Counts each word once more or once less, and lists the terms that the words count as.
    fn count_words(
        &mut self,
        words: impl Iterator<Item = Occurrence>,
        count: fn(u32) -> u32,
        terms: &mut Vec<Occurrence>,
    ) {
        terms.clear();
        let mut before = NONE;
        for occurrence in words {
            let word = number_of(occurrence);
            let entry = self.words.get_mut(word);
            if word != before {
                entry.docs = count(entry.docs);
                before = word;
            }
            terms.push(forward::occurrence(entry.term, field_of(occurrence), count_of(occurrence)));
        }
        forward::join(terms);
    }

    /// Takes a document out. False if there is none with this number.
    ///
    /// # Complexity
    /// For each of its terms, linear in the documents behind this one that hold the term (memory moves).
    pub fn remove(&mut self, doc: u32) -> bool {
        if !self.contains(doc) {
            return false;
        }
        let old = self.put(doc, None);
        let gone = old.map(|old| self.discount(&old)).unwrap_or_default();
        for (term, _) in forward::by_number(&gone) {
            self.terms[term as usize].postings.remove(doc);
        }
        true
    }

    /// The best documents for a query among those that `filter` lets pass, with reasons: highest score first, then
    /// lowest document number. Documents without any match are never among them; `limit` may exceed their number.
    ///
    /// # Complexity
    /// See [`search_by`](Self::search_by).
    pub fn search(&self, query: &Query, filter: &dyn Fn(u32) -> bool, limit: usize) -> Vec<Hit> {
        let plan = Plan::new(self, query);
        let found = top::search(&plan, &Filtered(filter), limit, &mut Scratch::default());
        let explain =
            |found: &Found| Hit { doc: found.doc, score: found.score, contributions: plan.explain(found.doc) };
        found.iter().map(explain).collect()
    }

    /// The best documents for a query by a value that is more than the score of their text; see [`Ranking`]. Exact:
    /// the same as if every document had been valued. `scratch` is working memory to be used again.
    ///
    /// # Complexity
    /// At worst linear in the documents that hold each term of the query, plus a pass over two bytes for each document;
    /// terms that most documents hold are looked up only in the documents that can still win. A word that no document
    /// holds is looked for among all words of the index.
    pub fn search_by(&self, query: &Query, ranking: &dyn Ranking, limit: usize, scratch: &mut Scratch) -> Vec<Found> {
        top::search(&Plan::new(self, query), ranking, limit, scratch)
    }

    /// Why a document has its score: one entry for each part of the query that it matches, highest first. The entries
    /// add up to the score exactly; there are none for a document that does not match.
    ///
    /// # Complexity
    /// Linear in the query and in the document; a phrase of the lexicon costs a pass over the documents that hold its
    /// rarest word.
    pub fn explain(&self, query: &Query, doc: u32) -> Vec<Contribution> {
        Plan::new(self, query).explain(doc)
    }

    /// The logarithm of rarity for a term that `docs` documents hold, in millionths.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "ln(1 + x) of a count lies in 0..18")]
    pub(super) fn rarity(&self, docs: usize) -> u64 {
        let (all, docs) = (f64::from(self.count), f64::from(index_of(docs)));
        (libm::round(libm::log(1.0 + (all - docs + 0.5) / (docs + 0.5)) * 1e6) as u64).max(1)
    }

    /// A document as it is packed.
    pub(super) fn packed(&self, doc: u32) -> &[u8] {
        self.docs.get(doc as usize).and_then(Option::as_deref).unwrap_or_default()
    }

    /// The term with this text, if any document holds it.
    pub(super) fn find_term(&self, text: &str) -> Option<u32> {
        let head = self.words.get(self.words.find(text)?).head;
        self.terms.get(head as usize).filter(|term| term.postings.len() > 0).map(|_| head)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by it")]
mod tests;
