//! Which documents hold a term, and how prominently: one number of 32 bits for each, in ascending order.
//!
//! The upper 24 bits are the document, the lower 8 its impact. Reading a list is one load, a shift and a mask per
//! document, with nothing to unpack; that decides the speed of a search more than anything else. Packed lists (a byte or
//! two of distance, then the impact) were tried: half the memory, but slower by a third to a half at 100,000 documents.

/// How prominently a term stands in a document, 1 to [`MAX_IMPACT`].
pub(super) type Impact = u8;

/// The impact that no document quite reaches.
pub(super) const MAX_IMPACT: Impact = 250;

/// The documents of one term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Postings {
    list: Vec<u32>,
    /// The highest impact in the list.
    peak: Impact,
}

fn entry(doc: u32, impact: Impact) -> u32 {
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
        self.list.len()
    }

    pub(super) fn entries(&self) -> &[u32] {
        &self.list
    }

    pub(super) fn peak(&self) -> Impact {
        self.peak
    }

    /// The bytes held on the heap.
    pub(super) fn heap_bytes(&self) -> usize {
        self.list.capacity() * size_of::<u32>()
    }

    /// The impact in a document.
    pub(super) fn get(&self, doc: u32) -> Option<Impact> {
        let at = self.list.partition_point(|&entry| doc_of(entry) < doc);
        self.list.get(at).filter(|&&entry| doc_of(entry) == doc).map(|&entry| impact_of(entry))
    }

    /// Adds a document, or gives it another impact.
    pub(super) fn insert(&mut self, doc: u32, impact: Impact) {
        let new = entry(doc, impact);
        if self.list.last().is_none_or(|&last| doc_of(last) < doc) {
            // Doubling would leave a quarter of all memory unused; an eighth more keeps appending cheap enough.
            if self.list.len() == self.list.capacity() {
                self.list.reserve_exact(self.list.len() / 8 + 4);
            }
            self.list.push(new);
        } else {
            let at = self.list.partition_point(|&entry| doc_of(entry) < doc);
            if doc_of(self.list[at]) == doc {
                let old = std::mem::replace(&mut self.list[at], new);
                if impact_of(old) > impact {
                    self.lost(impact_of(old));
                }
            } else {
                self.list.insert(at, new);
            }
        }
        self.peak = self.peak.max(impact);
    }

    /// Takes a document out.
    pub(super) fn remove(&mut self, doc: u32) {
        let at = self.list.partition_point(|&entry| doc_of(entry) < doc);
        if self.list.get(at).is_some_and(|&entry| doc_of(entry) == doc) {
            let old = self.list.remove(at);
            self.lost(impact_of(old));
        }
    }

    /// Settles the peak after an impact is gone.
    fn lost(&mut self, impact: Impact) {
        if impact == self.peak {
            self.peak = self.list.iter().map(|&entry| impact_of(entry)).max().unwrap_or(0);
        }
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
            edits in prop::collection::vec((0_u32..90, prop::option::weighted(0.7, 1..=MAX_IMPACT)), 1..300)
        ) {
            let (mut list, mut model) = (Postings::default(), BTreeMap::new());
            for (doc, impact) in edits {
                if let Some(impact) = impact {
                    list.insert(doc, impact);
                    model.insert(doc, impact);
                } else {
                    list.remove(doc);
                    model.remove(&doc);
                }
                prop_assert_eq!(list.peak(), model.values().copied().max().unwrap_or(0));
            }
            let read: BTreeMap<u32, u8> = list.entries().iter().map(|&entry| (doc_of(entry), impact_of(entry))).collect();
            prop_assert_eq!(&read, &model);
            prop_assert_eq!(list.len(), model.len());
            for doc in 0..91 {
                prop_assert_eq!(list.get(doc), model.get(&doc).copied());
            }
        }
    }
}
