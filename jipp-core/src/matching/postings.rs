//! Which documents hold a term, how often in which field: a sorted list, packed into about three bytes per document.
//!
//! Each posting is the distance from the document before (a varint) and one byte for each field that holds the term:
//! four bits of field, one bit "another field follows", three bits of count (7 means that a byte with the rest
//! follows). A list can be edited anywhere: only the distance of the following posting has to be written anew. Long
//! lists carry a sparse table of places to start reading from; it saves time and never changes a result.

use super::fields::MAX_FIELDS;

/// A term counts at most this often in one field.
pub(super) const MAX_COUNT: u8 = 255;
/// The count that says "and a byte more".
const LONG: u8 = 7;
/// Bytes between two places of the table when it is made, and when it must be made anew.
const STEP: usize = 512;
const MAX_STEP: usize = 4 * STEP;

/// How often a term stands in each field of one document.
pub(super) type Counts = [u8; MAX_FIELDS];

/// A place to start reading from.
#[derive(Clone, Copy, Debug)]
struct Skip {
    /// One more than the document before this place.
    before: u32,
    at: u32,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    bytes: Vec<u8>,
    skips: Vec<Skip>,
    len: u32,
    /// One more than the last document.
    end: u32,
}

/// Reads a list from some place on.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    /// One more than the document read last.
    before: u32,
}

/// Where [`Postings::seek`] stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seek {
    at: usize,
    before: u32,
    /// A document that was read, but not yet its counts.
    waiting: Option<u32>,
}

impl Cursor<'_> {
    fn byte(&mut self) -> u8 {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        byte
    }

    /// The next document; its counts must be read before the next.
    pub(super) fn doc(&mut self) -> Option<u32> {
        if self.at >= self.bytes.len() {
            return None;
        }
        let (mut distance, mut shift) = (0_u32, 0);
        loop {
            let byte = self.byte();
            distance |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 || shift > 28 {
                break;
            }
        }
        self.before = self.before.wrapping_add(distance);
        Some(self.before.wrapping_sub(1))
    }

    /// The counts of the document just read, field by field.
    pub(super) fn counts(&mut self, mut visit: impl FnMut(usize, u8)) {
        loop {
            let byte = self.byte();
            let mut count = byte & LONG;
            if count == LONG {
                count = count.saturating_add(self.byte());
            }
            visit(usize::from(byte >> 4), count);
            if byte & 8 == 0 {
                break;
            }
        }
    }

    pub(super) fn all_counts(&mut self) -> Counts {
        let mut counts = [0; MAX_FIELDS];
        self.counts(|field, count| counts[field] = count);
        counts
    }
}

fn write_distance(mut distance: u32, out: &mut Vec<u8>) {
    while distance >= 0x80 {
        out.push(distance.to_le_bytes()[0] | 0x80);
        distance >>= 7;
    }
    out.push(distance.to_le_bytes()[0]);
}

/// Writes counts of at least one field, by ascending field.
fn write_counts(counts: &[(u8, u8)], out: &mut Vec<u8>) {
    for (place, &(field, count)) in counts.iter().enumerate() {
        let more = if place + 1 < counts.len() { 8 } else { 0 };
        out.push(field << 4 | more | count.min(LONG));
        if count >= LONG {
            out.push(count - LONG);
        }
    }
}

impl Postings {
    pub(super) fn len(&self) -> u32 {
        self.len
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes held on the heap.
    pub(super) fn heap_bytes(&self) -> usize {
        self.bytes.capacity() + self.skips.capacity() * size_of::<Skip>()
    }

    pub(super) fn cursor(&self) -> Cursor<'_> {
        Cursor { bytes: &self.bytes, at: 0, before: 0 }
    }

    /// A cursor at or before the posting of `doc`, never after it.
    fn cursor_near(&self, doc: u32) -> Cursor<'_> {
        match self.skips.partition_point(|skip| skip.before <= doc).checked_sub(1) {
            Some(place) => {
                let skip = self.skips[place];
                Cursor { bytes: &self.bytes, at: skip.at as usize, before: skip.before }
            }
            None => self.cursor(),
        }
    }

    /// The counts of a document.
    pub(super) fn get(&self, doc: u32) -> Option<Counts> {
        let mut cursor = self.cursor_near(doc);
        while let Some(found) = cursor.doc() {
            if found >= doc {
                return (found == doc).then(|| cursor.all_counts());
            }
            cursor.counts(|_, _| ());
        }
        None
    }

    /// Reads on to a document and gives its counts. Documents must be asked for in ascending order.
    pub(super) fn seek(&self, at: &mut Seek, doc: u32) -> Option<Counts> {
        if at.waiting.is_some_and(|waiting| waiting > doc) {
            return None;
        }
        let mut cursor = Cursor { bytes: &self.bytes, at: at.at, before: at.before };
        let mut waiting = at.waiting;
        let near = self.cursor_near(doc);
        if near.at > cursor.at {
            (cursor, waiting) = (near, None);
        }
        let found = loop {
            match waiting.take().or_else(|| cursor.doc()) {
                Some(found) if found < doc => cursor.counts(|_, _| ()),
                Some(found) if found == doc => break Some(cursor.all_counts()),
                other => {
                    waiting = other;
                    break None;
                }
            }
        };
        *at = Seek { at: cursor.at, before: cursor.before, waiting };
        found
    }

    /// Adds a document that the list does not hold yet; `counts` by ascending field, at least one.
    pub(super) fn insert(&mut self, doc: u32, counts: &[(u8, u8)]) {
        self.len += 1;
        if doc >= self.end {
            // Doubling would leave a quarter of all memory unused; an eighth more keeps appending cheap enough.
            let spare = self.bytes.capacity() - self.bytes.len();
            if spare < 5 + 2 * counts.len() {
                self.bytes.reserve_exact(self.bytes.len() / 8 + 16 + 2 * counts.len());
            }
            // Most lists are short; the first test spares them a look at the table.
            if self.bytes.len() >= STEP
                && self.bytes.len() >= self.skips.last().map_or(0, |skip| skip.at as usize) + STEP
            {
                self.skips.push(Skip { before: self.end, at: super::words::index_of(self.bytes.len()) });
            }
            write_distance(doc + 1 - self.end, &mut self.bytes);
            write_counts(counts, &mut self.bytes);
            self.end = doc + 1;
            return;
        }
        let (at, before, next) = self.place_of(doc);
        let mut written = Vec::with_capacity(16);
        write_distance(doc + 1 - before, &mut written);
        write_counts(counts, &mut written);
        write_distance(next.before - (doc + 1), &mut written);
        let next_at = next.at;
        self.splice(at, next_at, &written);
    }

    /// Takes a document out; false if the list does not hold it.
    pub(super) fn remove(&mut self, doc: u32) -> bool {
        if doc >= self.end {
            return false;
        }
        let (at, before, mut next) = self.place_of(doc);
        if next.before != doc + 1 {
            return false;
        }
        next.counts(|_, _| ());
        let gone = next.at;
        let end = next.doc().map_or(before, |_| next.before);
        let next_at = next.at;
        self.len -= 1;
        if gone >= self.bytes.len() {
            self.bytes.truncate(at);
            self.skips.retain(|skip| (skip.at as usize) < at);
            self.end = before;
            return true;
        }
        let mut written = Vec::with_capacity(5);
        write_distance(end - before, &mut written);
        // A place that pointed at the next posting would now start from the wrong document.
        self.skips.retain(|skip| skip.at as usize != gone);
        self.splice(at, next_at, &written);
        true
    }

    /// Where a document stands or belongs: the place of the first posting at or after it, one more than the document
    /// before, and a cursor that has read the distance of that posting. The document must lie before the end.
    fn place_of(&self, doc: u32) -> (usize, u32, Cursor<'_>) {
        let mut place = self.cursor_near(doc);
        loop {
            let mut next = place.clone();
            match next.doc() {
                Some(found) if found < doc => {
                    next.counts(|_, _| ());
                    place = next;
                }
                _ => return (place.at, place.before, next),
            }
        }
    }

    /// Replaces the bytes from `from` to `to`, which begin one posting and end inside it or the next.
    fn splice(&mut self, from: usize, to: usize, written: &[u8]) {
        self.bytes.splice(from..to, written.iter().copied());
        let mut last = 0;
        let mut widest = 0;
        for skip in &mut self.skips {
            if skip.at as usize > from {
                skip.at = super::words::index_of(skip.at as usize + written.len() - (to - from));
            }
            widest = widest.max(skip.at as usize - last);
            last = skip.at as usize;
        }
        if widest.max(self.bytes.len() - last) > MAX_STEP {
            self.make_skips();
        }
    }

    fn make_skips(&mut self) {
        let mut skips: Vec<Skip> = Vec::with_capacity(self.bytes.len() / STEP);
        let mut cursor = self.cursor();
        let mut last = 0;
        while cursor.at < self.bytes.len() {
            if cursor.at >= last + STEP {
                last = cursor.at;
                skips.push(Skip { before: cursor.before, at: super::words::index_of(last) });
            }
            cursor.doc();
            cursor.counts(|_, _| ());
        }
        self.skips = skips;
    }

    /// A list from bytes of unknown origin: `None` unless they are well formed and `accept` agrees to each document.
    pub(super) fn from_bytes(bytes: &[u8], fields: usize, mut accept: impl FnMut(u32) -> bool) -> Option<Self> {
        let mut cursor = Cursor { bytes, at: 0, before: 0 };
        let mut len = 0_u32;
        while cursor.at < bytes.len() {
            let (before, start) = (cursor.before, cursor.at);
            let doc = cursor.doc()?;
            let shortest = cursor.at - start == width(cursor.before.wrapping_sub(before));
            if cursor.before <= before || !shortest || !accept(doc) {
                return None;
            }
            let mut last = None;
            let mut good = true;
            cursor.counts(|field, count| {
                good &= field < fields && count > 0 && last.is_none_or(|last| last < field);
                last = Some(field);
            });
            if !good || cursor.at > bytes.len() {
                return None;
            }
            len = len.checked_add(1)?;
        }
        let mut list = Self { bytes: bytes.to_vec(), skips: Vec::new(), len, end: cursor.before };
        if bytes.len() > STEP {
            list.make_skips();
        }
        Some(list)
    }
}

/// How many bytes a distance takes.
fn width(distance: u32) -> usize {
    (distance.max(1).ilog2() / 7 + 1) as usize
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by it")]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn read(list: &Postings) -> BTreeMap<u32, Vec<(u8, u8)>> {
        let mut cursor = list.cursor();
        let mut all = BTreeMap::new();
        while let Some(doc) = cursor.doc() {
            let mut counts = Vec::new();
            cursor.counts(|field, count| counts.push((u8::try_from(field).unwrap(), count)));
            all.insert(doc, counts);
        }
        all
    }

    fn counts() -> impl Strategy<Value = Vec<(u8, u8)>> {
        prop::collection::btree_map(0_u8..16, prop_oneof![1_u8..4, 5_u8..=255], 1..4)
            .prop_map(|map| map.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn edits_anywhere_keep_the_list(
            edits in prop::collection::vec((0_u32..900, prop::option::weighted(0.8, counts())), 1..2500)
        ) {
            let (mut list, mut model) = (Postings::default(), BTreeMap::new());
            for (doc, edit) in edits {
                prop_assert_eq!(list.remove(doc), model.remove(&doc).is_some());
                if let Some(counts) = edit {
                    list.insert(doc, &counts);
                    model.insert(doc, counts);
                }
            }
            prop_assert_eq!(read(&list), model.clone());
            prop_assert_eq!(list.len() as usize, model.len());
            for doc in 0..910 {
                let found = list.get(doc).map(|counts| {
                    (0_u8..).zip(counts).filter(|&(_, count)| count > 0).collect::<Vec<_>>()
                });
                prop_assert_eq!(found.as_ref(), model.get(&doc));
            }
            let mut at = Seek::default();
            for doc in (0..910).step_by(3) {
                prop_assert_eq!(list.seek(&mut at, doc), list.get(doc));
            }
            let mut fresh = Postings::default();
            for (&doc, counts) in &model {
                fresh.insert(doc, counts);
            }
            prop_assert_eq!(fresh.bytes(), list.bytes());
            let copy = Postings::from_bytes(list.bytes(), 16, |_| true).unwrap();
            prop_assert_eq!(read(&copy), model);
        }

        #[test]
        fn damaged_bytes_are_refused_or_read(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            if let Some(list) = Postings::from_bytes(&bytes, 16, |_| true) {
                prop_assert_eq!(read(&list).len(), list.len() as usize);
            }
        }
    }
}
