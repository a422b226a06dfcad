//! The words that an index has met, each text kept once.

/// Stands for "no word", "no term" or "a free slot".
pub(super) const NONE: u32 = u32::MAX;

/// A word that the index has met in a document, or the text of a term.
#[derive(Clone, Debug)]
pub(super) struct Word {
    start: u32,
    len: u8,
    /// Which letters occur, for a quick look whether two words can be near.
    letters: u32,
    /// The term that the word counts as; `NONE` for a stop word, or while it is not settled.
    pub(super) term: u32,
    /// The term whose text this is, or `NONE`.
    pub(super) head: u32,
    /// How many documents hold it.
    pub(super) docs: u32,
}

/// What a slot knows of its word. A text of at most [`SHORT`] bytes stands in the key itself, so that finding it waits
/// for memory once; a longer one is compared in full.
type Key = [u64; 2];

/// Words of up to so many bytes are their own key.
const SHORT: usize = 15;

#[derive(Clone, Copy, Debug)]
struct Slot {
    key: Key,
    word: u32,
    /// The term of the word once it is settled, or [`OPEN`].
    term: u32,
}

const FREE: Slot = Slot { key: [0; 2], word: NONE, term: OPEN };
/// Stands for a term that is not settled yet.
const OPEN: u32 = NONE - 1;

/// Numbers words from 0 in the order of their coming; a hash table with open addressing.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    text: String,
    all: Vec<Word>,
    /// The length is a power of two.
    slots: Vec<Slot>,
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
        self.text.capacity() + self.all.capacity() * size_of::<Word>() + self.slots.capacity() * size_of::<Slot>()
    }

    /// The slot where the word stands or belongs. There is always a free one.
    fn slot(&self, text: &str, key: Key) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = place(key) & mask;
        loop {
            let slot = &self.slots[at];
            let same = slot.key == key && (text.len() <= SHORT || self.text(slot.word) == text);
            if slot.word == NONE || same {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    pub(super) fn find(&self, text: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        Some(self.slots[self.slot(text, key(text))].word).filter(|&word| word != NONE)
    }

    /// A word whose term is settled, and its term. One look at memory for a word of usual length.
    pub(super) fn settled(&self, text: &str) -> Option<(u32, u32)> {
        if self.slots.is_empty() {
            return None;
        }
        let slot = &self.slots[self.slot(text, key(text))];
        (slot.term != OPEN).then_some((slot.word, slot.term))
    }

    /// Settles the term of a known word; `NONE` for a stop word.
    pub(super) fn settle(&mut self, word: u32, term: u32) {
        let text = self.text(word);
        let slot = self.slot(text, key(text));
        self.slots[slot].term = term;
        self.all[word as usize].term = term;
    }

    /// The number of the word; a new one for a new word.
    pub(super) fn intern(&mut self, text: &str) -> u32 {
        if self.all.len() * 3 >= self.slots.len() * 2 {
            self.grow();
        }
        let key = key(text);
        let slot = self.slot(text, key);
        if self.slots[slot].word != NONE {
            return self.slots[slot].word;
        }
        let word = index_of(self.all.len());
        self.slots[slot] = Slot { key, word, term: OPEN };
        let (start, len) = (index_of(self.text.len()), u8::try_from(text.len()).unwrap_or(u8::MAX));
        self.text.push_str(text);
        let letters = letters(text);
        self.all.push(Word { start, len, letters, term: NONE, head: NONE, docs: 0 });
        word
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(64);
        for slot in std::mem::replace(&mut self.slots, vec![FREE; size]) {
            if slot.word != NONE {
                let mut at = place(slot.key) & (size - 1);
                while self.slots[at].word != NONE {
                    at = (at + 1) & (size - 1);
                }
                self.slots[at] = slot;
            }
        }
    }

    /// Words in use whose letters and length allow a distance of at most `distance` from `text`: each slip changes the
    /// length by at most one, and takes away or brings in at most one letter. No word that is so near is missed.
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

/// The bytes of a short text and its length; of a long one the beginning and a checksum.
fn key(text: &str) -> Key {
    let bytes = text.as_bytes();
    if bytes.len() > SHORT {
        let begin = bytes.first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
        return [begin, u64::from(crc32fast::hash(bytes)) | u64::from(u8::MAX) << 56];
    }
    // The loads of a text of eight bytes or more overlap, so that none depends on the length.
    let (low, high) = match bytes.first_chunk().zip(bytes.last_chunk()) {
        Some((first, last)) => {
            let unseen = u64::from_le_bytes(*last).checked_shr(8 * (16 - index_of(bytes.len())));
            (u64::from_le_bytes(*first), unseen.unwrap_or(0))
        }
        None => (below_eight(bytes), 0),
    };
    [low, high | (bytes.len() as u64) << 56]
}

/// A text of fewer than eight bytes as a number.
fn below_eight(bytes: &[u8]) -> u64 {
    match bytes.first_chunk().zip(bytes.last_chunk()) {
        Some((first, last)) => {
            let last = u64::from(u32::from_le_bytes(*last)) << (8 * (bytes.len() - 4));
            u64::from(u32::from_le_bytes(*first)) | last
        }
        None => bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)),
    }
}

/// Where a key belongs: a multiplicative hash (Knuth, *The Art of Computer Programming* 3, section 6.4), high bits last.
#[allow(clippy::cast_possible_truncation, reason = "any bits of the hash serve")]
fn place(key: Key) -> usize {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mixed = (key[0] ^ key[1].rotate_left(23)).wrapping_mul(ODD);
    (mixed ^ (mixed >> 32)).wrapping_mul(ODD).rotate_left(29) as usize
}

/// One bit for each Latin letter that occurs and one for everything else.
fn letters(text: &str) -> u32 {
    text.bytes().fold(0, |bits, byte| bits | 1 << if byte.is_ascii_lowercase() { byte - b'a' } else { 26 })
}

/// Places are kept in 32 bits; memory ends long before they do.
pub(super) fn index_of(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_any_length_are_told_apart() {
        let long = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";
        let texts: Vec<&str> = (1..=long.len()).flat_map(|end| [&long[..end], &long[long.len() - end..]]).collect();
        let mut words = Words::default();
        let numbers: Vec<u32> = texts.iter().map(|text| words.intern(text)).collect();
        for (text, number) in texts.iter().zip(&numbers) {
            assert_eq!(words.text(*number), *text);
            assert_eq!(words.find(text), Some(*number));
        }
        assert_eq!(words.len(), texts.len() - 1, "the whole text stands there twice");
    }
}
