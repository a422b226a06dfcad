//! Which documents hold a term, and how prominently.
//!
//! Most terms are in few documents: a list of numbers of 32 bits in ascending order, the upper 24 bits the document, the
//! lower 8 its impact. Reading it is one load, a shift and a mask per document, with nothing to unpack; packed lists (a byte
//! or two of distance, then the impact) were tried: half the memory, but slower by a third to a half at 100,000 documents.
//!
//! A term that an eighth of all documents hold is one byte for each document, its impact or 0. That takes no more memory,
//! adding it up runs over eight documents at a time, and looking up one document is one load. Which form a term has
//! depends on its history and changes no result.

/// How prominently a term stands in a document, 1 to [`MAX_IMPACT`].
pub(super) type Impact = u8;

/// The impact that no document quite reaches.
pub(super) const MAX_IMPACT: Impact = 250;

/// The documents of one term.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    form: Form,
    /// The highest impact.
    peak: Impact,
}

/// The documents with their impacts.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// Entries in ascending order.
    Sparse(Vec<u32>),
    /// The impact of each document, 0 where it does not hold the term, and how many do.
    Dense(Vec<Impact>, usize),
}

impl Default for Form {
    fn default() -> Self {
        Self::Sparse(Vec::new())
    }
}

/// A term is dense when one in so many documents holds it, sparse again when one in twice as many does, and never dense
/// below so many documents.
const DENSE: usize = 8;
const LEAST: usize = 64;

/// An entry of a list.
pub(super) fn entry(doc: u32, impact: Impact) -> u32 {
    doc << 8 | u32::from(impact)
}

/// The document of an entry.
pub(super) fn doc_of(entry: u32) -> u32 {
    entry >> 8
}

/// The impact of an entry.
pub(super) fn impact_of(entry: u32) -> Impact {
    entry.to_le_bytes()[0]
}

impl Postings {
    pub(super) fn len(&self) -> usize {
        match &self.form {
            Form::Sparse(list) => list.len(),
            Form::Dense(_, held) => *held,
        }
    }

    pub(super) fn form(&self) -> &Form {
        &self.form
    }

    pub(super) fn peak(&self) -> Impact {
        self.peak
    }

    /// Visits the documents in ascending order.
    pub(super) fn each(&self, mut visit: impl FnMut(u32, Impact)) {
        match &self.form {
            Form::Sparse(list) => list.iter().for_each(|&entry| visit(doc_of(entry), impact_of(entry))),
            Form::Dense(impacts, _) => {
                let held = (0..).zip(impacts).filter(|(_, impact)| **impact > 0);
                held.for_each(|(doc, &impact)| visit(doc, impact));
            }
        }
    }

    /// The bytes held on the heap.
    pub(super) fn heap_bytes(&self) -> usize {
        match &self.form {
            Form::Sparse(list) => list.capacity() * size_of::<u32>(),
            Form::Dense(impacts, _) => impacts.capacity(),
        }
    }

    /// The impact in a document.
    pub(super) fn get(&self, doc: u32) -> Option<Impact> {
        match &self.form {
            Form::Sparse(list) => {
                let at = list.partition_point(|&entry| doc_of(entry) < doc);
                list.get(at).filter(|&&entry| doc_of(entry) == doc).map(|&entry| impact_of(entry))
            }
            Form::Dense(impacts, _) => impacts.get(doc as usize).copied().filter(|&impact| impact > 0),
        }
    }

    /// Adds an entry, or gives its document another impact.
    pub(super) fn insert(&mut self, new: u32) {
        let (doc, impact) = (doc_of(new), impact_of(new));
        let old = match &mut self.form {
            Form::Sparse(list) => insert_entry(list, new),
            Form::Dense(impacts, held) => {
                let place = doc as usize;
                if impacts.len() <= place {
                    reserve(impacts, place + 1 - impacts.len());
                    impacts.resize(place + 1, 0);
                }
                let old = std::mem::replace(&mut impacts[place], impact);
                *held += usize::from(old == 0);
                old
            }
        };
        self.peak = self.peak.max(impact);
        if old > impact {
            self.lost(old);
        }
        self.settle();
    }

    /// Takes a document out.
    pub(super) fn remove(&mut self, doc: u32) {
        let old = match &mut self.form {
            Form::Sparse(list) => {
                let at = list.partition_point(|&entry| doc_of(entry) < doc);
                let holds = list.get(at).is_some_and(|&entry| doc_of(entry) == doc);
                if holds { impact_of(list.remove(at)) } else { 0 }
            }
            Form::Dense(impacts, held) => {
                let old = impacts.get_mut(doc as usize).map_or(0, std::mem::take);
                *held -= usize::from(old > 0);
                old
            }
        };
        self.lost(old);
        self.settle();
    }

    /// Settles the peak after an impact is gone.
    fn lost(&mut self, impact: Impact) {
        if impact > 0 && impact == self.peak {
            let mut peak = 0;
            self.each(|_, impact| peak = impact.max(peak));
            self.peak = peak;
        }
    }

    /// Changes the form where the other serves better.
    fn settle(&mut self) {
        match &self.form {
            Form::Sparse(list) => {
                let end = list.last().map_or(0, |&last| doc_of(last) as usize + 1);
                if list.len() >= LEAST && list.len() * DENSE > end {
                    let mut impacts = vec![0; end];
                    self.each(|doc, impact| impacts[doc as usize] = impact);
                    self.form = Form::Dense(impacts, self.len());
                }
            }
            Form::Dense(impacts, held) => {
                if held * 2 * DENSE < impacts.len() || *held < LEAST / 2 {
                    let mut list = Vec::with_capacity(*held);
                    self.each(|doc, impact| list.push(entry(doc, impact)));
                    self.form = Form::Sparse(list);
                }
            }
        }
    }
}

/// Gives the impact that stood there before, or 0.
fn insert_entry(list: &mut Vec<u32>, new: u32) -> Impact {
    let doc = doc_of(new);
    if list.last().is_none_or(|&last| doc_of(last) < doc) {
        reserve(list, 1);
        list.push(new);
        return 0;
    }
    let at = list.partition_point(|&entry| doc_of(entry) < doc);
    if doc_of(list[at]) == doc {
        return impact_of(std::mem::replace(&mut list[at], new));
    }
    list.insert(at, new);
    0
}

/// Doubling would leave a quarter of all memory unused; an eighth more keeps appending cheap enough.
fn reserve<T>(list: &mut Vec<T>, more: usize) {
    if list.len() + more > list.capacity() {
        list.reserve_exact(list.len() / 8 + 4 + more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn edits_anywhere_keep_the_list(
            // A narrow range makes a list dense, and what is taken out of it at last sparse again.
            width in prop_oneof![Just(90_u32), Just(400), Just(5_000)],
            edits in prop::collection::vec((any::<u32>(), prop::option::weighted(0.7, 1..=MAX_IMPACT)), 1..300),
            kept in 0_u32..90,
        ) {
            let edits = edits.into_iter().map(|(doc, impact)| (doc % width, impact));
            let edits = edits.chain((kept..width.min(400)).map(|doc| (doc, None)));
            let (mut list, mut model) = (Postings::default(), BTreeMap::new());
            for (doc, impact) in edits {
                if let Some(impact) = impact {
                    list.insert(entry(doc, impact));
                    model.insert(doc, impact);
                } else {
                    list.remove(doc);
                    model.remove(&doc);
                }
                prop_assert_eq!(list.peak(), model.values().copied().max().unwrap_or(0));
            }
            let mut read: Vec<(u32, u8)> = Vec::new();
            list.each(|doc, impact| read.push((doc, impact)));
            prop_assert!(read.is_sorted());
            let read: BTreeMap<u32, u8> = read.into_iter().collect();
            prop_assert_eq!(&read, &model);
            prop_assert_eq!(list.len(), model.len());
            for doc in 0..91 {
                prop_assert_eq!(list.get(doc), model.get(&doc).copied());
            }
        }
    }

    #[test]
    fn a_common_term_is_dense_and_a_rare_one_is_not() {
        let mut list = Postings::default();
        (0..100).for_each(|doc| list.insert(entry(doc * 7, 9)));
        assert!(matches!(list.form(), Form::Dense(_, 100)));
        (5..100).for_each(|doc| list.remove(doc * 7));
        assert!(matches!(list.form(), Form::Sparse(list) if list.len() == 5));
    }
}
