//! The best documents of a query, exactly, without scoring more than can win.
//!
//! **How.** Every concept of the query is a list of documents with small integer scores. The lists are added up one after
//! the other into one counter of 16 bits for each document, those that can decide most first (rare words; they are also
//! short). From time to time the counters are looked through for the value that the last of the best has reached so far.
//! As soon as the lists that are left cannot lift a document from nothing to that value, only the documents that can still
//! win are looked up in them, list by list, and those that cannot any more are dropped (`MaxScore`: Turtle and Flood,
//! *Query evaluation: strategies and optimizations*, 1995; term at a time as in Moffat and Zobel, *Self-indexing inverted
//! files for fast text retrieval*, 1996). All sums are integers, so the order of the lists does not change a score, and
//! the result is that of scoring everything.
//!
//! **Why so.** At 100,000 documents of 140 words, with queries of whole records, 32-bit counters took half as much time
//! again (they do not fit the cache, and looking through them takes six times as long); adding up range by range of
//! documents in the first-level cache gained nothing over one pass; bounds for blocks of documents rule out no block
//! when a query has a hundred words, since nearly every block holds nearly every word. What helps is to keep the words
//! that most documents hold out of the pass: three quarters of all entries belong to words of little weight.

use std::cmp::{Ordering, Reverse};

use super::plan::{List, Plan, score};
use super::postings::{Form, doc_of, impact_of};

/// What a search ranks documents by: a value that grows with the score of the text, and whatever else a caller knows of a
/// document.
///
/// The search is exact as long as, for every document, `value(doc, score)` does not fall when the score rises and is
/// never above `most(score)`, which does not fall either.
pub trait Ranking {
    /// The highest value that any document with this score of its text can have.
    fn most(&self, score: u32) -> i64;
    /// The value of a document with this score of its text; none if it is not to be found at all. Where it is below
    /// `needed`, the document cannot win, and any lower value serves as well.
    fn value(&self, doc: u32, score: u32, needed: i64) -> Option<i64>;
    /// A value that as many documents as are asked for are known to reach; none unless told otherwise.
    fn floor(&self) -> Option<i64> {
        None
    }
    /// Which of two documents of the same value comes first; by number, unless told otherwise.
    fn order(&self, one: u32, other: u32) -> Ordering {
        one.cmp(&other)
    }
}

/// The score of the text alone, for the documents that pass a filter.
pub(super) struct Filtered<'f>(pub(super) &'f dyn Fn(u32) -> bool);

impl Ranking for Filtered<'_> {
    fn most(&self, score: u32) -> i64 {
        i64::from(score)
    }
    fn value(&self, doc: u32, score: u32, _: i64) -> Option<i64> {
        (self.0)(doc).then_some(i64::from(score))
    }
}

/// A document that a search found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its number.
    pub doc: u32,
    /// The score of its text.
    pub score: u32,
    /// What it was ranked by.
    pub value: i64,
}

/// Working memory for searches; keep one for each thread.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    scores: Vec<u16>,
}

/// The counters are looked through in blocks of so many.
const BLOCK: usize = 64;
/// A look through the counters costs about as much as adding up one entry for so many documents.
const PATIENCE: usize = 8;
/// Adding up goes on until what the remaining lists can add is below this share (in sixteenths) of what is needed to
/// win: much earlier, and too many documents are left to look up one by one.
const REST: u32 = 7;

pub(super) fn search(plan: &Plan<'_, '_>, ranking: &dyn Ranking, limit: usize, scratch: &mut Scratch) -> Vec<Found> {
    let docs = plan.index.docs.len();
    if limit == 0 || docs == 0 {
        return Vec::new();
    }
    scratch.scores.clear();
    scratch.scores.resize(docs.next_multiple_of(BLOCK), 0);
    let scores = &mut scratch.scores[..];
    let mut lists: Vec<(u32, List<'_>)> = plan.lists().into_iter().map(|list| (u32::from(list.peak()), list)).collect();
    lists.sort_by_key(|(peak, list)| (Reverse(*peak), list.len()));
    let mut rest: u32 = lists.iter().map(|(peak, _)| peak).sum();
    let mut best = Best { ranking, limit, floor: ranking.floor(), found: Vec::new() };
    let patience = docs / PATIENCE;
    let (mut added, mut hope) = (0, u32::from(best.bar()));
    for (place, (peak, list)) in lists.iter().enumerate() {
        // What is needed can have risen by no more than the peaks of what was added since the last look.
        let wanted = rest * 16 / REST;
        if added > patience && list.len() > patience / 4 && hope > wanted {
            added = 0;
            best.look(scores);
            hope = u32::from(best.bar());
            if best.is_beaten(wanted) {
                let mut left = best.candidates(scores, rest);
                best.look_up(&mut left, &lists[place..], rest);
                return best.choose(left);
            }
        }
        add(list, scores);
        added += list.len();
        hope += peak;
        rest -= peak;
    }
    best.look(scores);
    best.found
}

fn add(list: &List<'_>, scores: &mut [u16]) {
    match list {
        List::Term(postings, step) => match postings.form() {
            Form::Sparse(entries) => add_entries(entries, *step, scores),
            Form::Dense(impacts, _) => {
                for (sum, &impact) in scores.iter_mut().zip(impacts) {
                    // Without a branch: documents that do not hold the term get nothing.
                    let holds = u16::from(impact > 0).wrapping_neg();
                    *sum = sum.wrapping_add(score(*step, impact) & holds);
                }
            }
        },
        List::Merged(entries) => {
            for &(doc, score) in entries {
                if let Some(sum) = scores.get_mut(doc as usize) {
                    *sum = sum.wrapping_add(score);
                }
            }
        }
    }
}

/// Where most of the time of a search goes. On its own, so that everything it needs stays in registers.
#[inline(never)]
fn add_entries(entries: &[u32], step: u16, scores: &mut [u16]) {
    for &entry in entries {
        if let Some(sum) = scores.get_mut(doc_of(entry) as usize) {
            *sum = sum.wrapping_add(score(step, impact_of(entry)));
        }
    }
}

/// The best so far.
struct Best<'r> {
    ranking: &'r dyn Ranking,
    limit: usize,
    /// As many documents as are wanted are known to reach this value.
    floor: Option<i64>,
    /// Best first.
    found: Vec<Found>,
}

impl Best<'_> {
    /// Whether a document with this score of its text at most cannot be among the best any more.
    fn is_beaten(&self, score: u32) -> bool {
        self.needed().is_some_and(|needed| self.ranking.most(score) < needed)
    }

    /// The value below which nothing is among the best.
    fn needed(&self) -> Option<i64> {
        let last = if self.found.len() == self.limit { self.found.last().map(|last| last.value) } else { None };
        last.max(self.floor)
    }

    /// Takes a document in if it is among the best.
    fn offer(&mut self, doc: u32, score: u32) {
        if self.is_beaten(score) {
            return;
        }
        let needed = self.needed().unwrap_or(i64::MIN);
        let Some(value) = self.ranking.value(doc, score, needed) else { return };
        let before = |other: &Found| {
            other.value > value || other.value == value && self.ranking.order(other.doc, doc) == Ordering::Less
        };
        let place = self.found.partition_point(before);
        if place < self.limit {
            self.found.truncate(self.limit - 1);
            self.found.insert(place, Found { doc, score, value });
        }
    }

    /// The lowest score of a text with which a document can still be among the best.
    fn bar(&self) -> u16 {
        let (mut low, mut high) = (1, u16::MAX);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.is_beaten(u32::from(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Looks through the counters for the best of now. Counters only grow, so the last of them is a floor for good.
    fn look(&mut self, scores: &[u16]) {
        self.found.clear();
        let mut bar = self.bar();
        for (first, block) in (0..).step_by(BLOCK).zip(scores.chunks_exact(BLOCK)) {
            if reaches(block, bar) {
                for (doc, &score) in (first..).zip(block) {
                    if score >= bar {
                        self.offer(doc, u32::from(score));
                    }
                }
                bar = self.bar();
            }
        }
        if self.found.len() == self.limit {
            self.floor = self.found.last().map(|last| last.value).max(self.floor);
        }
    }

    /// The documents that can still win when what is left adds `rest` at most, in ascending order.
    fn candidates(&self, scores: &[u16], rest: u32) -> Vec<(u32, u32)> {
        let bar = self.bar().saturating_sub(u16::try_from(rest).unwrap_or(u16::MAX)).max(1);
        let mut left = Vec::new();
        for (first, block) in (0..).step_by(BLOCK).zip(scores.chunks_exact(BLOCK)) {
            if reaches(block, bar) {
                let sums = (first..).zip(block).filter(|(_, score)| **score >= bar);
                left.extend(sums.map(|(doc, &score)| (doc, u32::from(score))));
            }
        }
        left
    }

    /// Adds what the lists have for these documents, and drops those that cannot win any more.
    fn look_up(&self, left: &mut Vec<(u32, u32)>, lists: &[(u32, List<'_>)], mut rest: u32) {
        for (peak, list) in lists {
            rest -= peak;
            match list {
                List::Term(postings, step) => match postings.form() {
                    Form::Sparse(entries) => {
                        let of = |entry: &u32| u32::from(score(*step, impact_of(*entry)));
                        add_found(left, entries, |entry| doc_of(*entry), of);
                    }
                    Form::Dense(impacts, _) => {
                        for (doc, sum) in left.iter_mut() {
                            let impact = impacts.get(*doc as usize).copied().filter(|&impact| impact > 0);
                            *sum += impact.map_or(0, |impact| u32::from(score(*step, impact)));
                        }
                    }
                },
                List::Merged(entries) => add_found(left, entries, |entry| entry.0, |entry| u32::from(entry.1)),
            }
            let bar = u32::from(self.bar());
            left.retain(|(_, score)| score + rest >= bar);
        }
    }

    fn choose(mut self, left: Vec<(u32, u32)>) -> Vec<Found> {
        self.found.clear();
        for (doc, score) in left {
            self.offer(doc, score);
        }
        self.found
    }
}

/// Whether any counter of a block is at the bar or above. Written so that the compiler can look at eight at a time.
fn reaches(block: &[u16], bar: u16) -> bool {
    block.iter().fold(0, |above, score| above | score.saturating_sub(bar - 1)) > 0
}

/// Adds to each document what a list has for it; both are in ascending order.
fn add_found<E>(left: &mut [(u32, u32)], list: &[E], doc_of: impl Fn(&E) -> u32, score_of: impl Fn(&E) -> u32) {
    let mut rest = list;
    for (doc, sum) in left {
        rest = &rest[skip(rest, |entry| doc_of(entry) < *doc)..];
        match rest.first() {
            Some(entry) if doc_of(entry) == *doc => *sum += score_of(entry),
            Some(_) => {}
            None => return,
        }
    }
}

/// How many entries at the beginning are before what is looked for: by steps that double, then by halves (galloping
/// search; Bentley and Yao 1976).
fn skip<E>(list: &[E], is_before: impl Fn(&E) -> bool) -> usize {
    let mut step = 1;
    while list.get(step - 1).is_some_and(&is_before) {
        step *= 2;
    }
    let from = step / 2;
    from + list[from..list.len().min(step)].partition_point(is_before)
}
