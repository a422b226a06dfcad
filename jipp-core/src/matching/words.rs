//! The words that an index has met, each text kept once.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

/// Stands for "no word", "no term" or "a free slot".
pub(super) const NONE: u32 = u32::MAX;

/// A word that the index has met in a document, or the text of a term.
#[derive(Clone, Debug)]
pub(super) struct Word {
    start: u32,
    len: u8,
    /// Which letters occur, for a quick look whether two words can be near.
    letters: u32,
    /// The term that the word counts as; `NONE` for a stop word or a word that stands in no text.
    pub(super) term: u32,
    /// The term whose text this is, or `NONE`.
    pub(super) head: u32,
    /// How many documents hold it.
    pub(super) docs: u32,
    /// Whether `term` has been settled.
    pub(super) settled: bool,
}

/// Numbers words from 0 in the order of their coming; a hash table without a second copy of the texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    text: String,
    all: Vec<Word>,
    /// Hash and number of each word, with open addressing; the length is a power of two. A slot with `NONE` is free.
    slots: Vec<(u32, u32)>,
}

impl Words {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    pub(super) fn text(&self, word: u32) -> &str {
        let entry = &self.all[word as usize];
        &self.text[entry.start as usize..entry.start as usize + usize::from(entry.len)]
    }

    pub(super) fn get(&self, word: u32) -> &Word {
        &self.all[word as usize]
    }

    pub(super) fn get_mut(&mut self, word: u32) -> &mut Word {
        &mut self.all[word as usize]
    }

    /// The bytes held on the heap.
    pub(super) fn heap_bytes(&self) -> usize {
        self.text.capacity() + self.all.capacity() * size_of::<Word>() + self.slots.capacity() * size_of::<(u32, u32)>()
    }

    /// The slot where the word stands or belongs, and its hash. There is always a free one.
    fn slot(&self, text: &str) -> (usize, u32) {
        let mask = self.slots.len() - 1;
        #[allow(clippy::cast_possible_truncation, reason = "any bits of the hash serve")]
        let hash = FxBuildHasher.hash_one(text) as u32;
        let mut at = hash as usize & mask;
        loop {
            let (known, word) = self.slots[at];
            // The hash beside the number spares most looks at other words, each of which would wait for memory.
            if word == NONE || (known == hash && self.text(word) == text) {
                return (at, hash);
            }
            at = (at + 1) & mask;
        }
    }

    pub(super) fn find(&self, text: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        Some(self.slots[self.slot(text).0].1).filter(|&word| word != NONE)
    }

    /// The number of the word; a new one for a new word.
    pub(super) fn intern(&mut self, text: &str) -> u32 {
        if self.all.len() * 3 >= self.slots.len() * 2 {
            self.grow();
        }
        let (slot, hash) = self.slot(text);
        if self.slots[slot].1 != NONE {
            return self.slots[slot].1;
        }
        let word = index_of(self.all.len());
        self.slots[slot] = (hash, word);
        let (start, len) = (index_of(self.text.len()), u8::try_from(text.len()).unwrap_or(u8::MAX));
        self.text.push_str(text);
        let letters = letters(text);
        self.all.push(Word { start, len, letters, term: NONE, head: NONE, docs: 0, settled: false });
        word
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(64);
        for (hash, word) in std::mem::replace(&mut self.slots, vec![(0, NONE); size]) {
            if word != NONE {
                let mut at = hash as usize & (size - 1);
                while self.slots[at].1 != NONE {
                    at = (at + 1) & (size - 1);
                }
                self.slots[at] = (hash, word);
            }
        }
    }

    /// Words in use whose letters and length allow a distance of at most `distance` from `text`.
    pub(super) fn near<'a>(&'a self, text: &str, distance: usize) -> impl Iterator<Item = u32> + 'a {
        let (wanted, len) = (letters(text), text.len());
        let differ = move |a: u32, b: u32| (a & !b).count_ones() as usize > distance;
        let near = move |word: &Word| {
            word.docs > 0
                && usize::from(word.len).abs_diff(len) <= distance
                && !differ(word.letters, wanted)
                && !differ(wanted, word.letters)
        };
        (0_u32..).zip(&self.all).filter(move |(_, word)| near(word)).map(|(number, _)| number)
    }
}

/// One bit for each Latin letter that occurs and one for everything else.
fn letters(text: &str) -> u32 {
    text.bytes().fold(0, |bits, byte| bits | 1 << if byte.is_ascii_lowercase() { byte - b'a' } else { 26 })
}

/// Places are kept in 32 bits; memory ends long before they do.
pub(super) fn index_of(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}
