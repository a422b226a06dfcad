//! What a document holds, word by word: what is needed to take it out of the index again and to explain its score.
//!
//! ```text
//! the length of each field, as varints
//! for each different word, by ascending number: its distance from the one before (varint), then one byte for each field
//! that holds it: four bits of field, one bit "another field follows", three bits of count (7: a byte with the rest follows)
//! ```
//!
//! About three bytes for each different word.

use super::fields::MAX_FIELDS;

/// A word counts at most this often in one field.
pub(super) const MAX_COUNT: u8 = 255;
/// The count that says "and a byte more".
const LONG: u8 = 7;

/// The length of each field, in words.
pub(super) type Lengths = [u16; MAX_FIELDS];
/// How often something stands in each field.
pub(super) type Counts = [u8; MAX_FIELDS];

/// One word in one field, while a document is taken in: the word, then the field in the lowest four bits.
pub(super) type Occurrence = u64;

pub(super) fn occurrence(word: u32, field: usize) -> Occurrence {
    u64::from(word) << 4 | field as u64 & 15
}

pub(super) fn word_of(occurrence: Occurrence) -> u32 {
    u32::try_from(occurrence >> 4).unwrap_or(u32::MAX)
}

/// Packs a document into `out`: its lengths, `width` of them, and its occurrences in ascending order. `visit` is told each
/// word with its counts.
pub(super) fn pack(
    width: usize,
    lengths: &Lengths,
    occurrences: &[Occurrence],
    out: &mut Vec<u8>,
    mut visit: impl FnMut(u32, Counts),
) {
    out.clear();
    for &length in &lengths[..width] {
        write_number(u32::from(length), out);
    }
    let mut before = 0;
    for same in occurrences.chunk_by(|a, b| word_of(*a) == word_of(*b)) {
        let word = word_of(same[0]);
        write_number(word - before, out);
        before = word;
        let mut counts = Counts::default();
        let mut fields = same.chunk_by(|a, b| a == b).peekable();
        while let Some(field) = fields.next() {
            let more = if fields.peek().is_some() { 8 } else { 0 };
            let (place, count) = (field[0].to_le_bytes()[0] & 15, u8::try_from(field.len()).unwrap_or(MAX_COUNT));
            counts[usize::from(place)] = count;
            out.push(place << 4 | more | count.min(LONG));
            if count >= LONG {
                out.push(count - LONG);
            }
        }
        visit(word, counts);
    }
}

/// Reads a packed document: the lengths first, then word by word.
#[derive(Clone, Debug)]
pub(super) struct Words<'a> {
    rest: &'a [u8],
    before: u32,
    /// Whether the bytes ended inside a word.
    pub(super) is_cut: bool,
}

/// The lengths of a packed document, and its words.
pub(super) fn unpack(packed: &[u8], width: usize) -> (Lengths, Words<'_>) {
    let mut words = Words { rest: packed, before: 0, is_cut: false };
    let mut lengths = [0; MAX_FIELDS];
    for length in &mut lengths[..width] {
        *length = words.number().and_then(|length| u16::try_from(length).ok()).unwrap_or(0);
    }
    (lengths, words)
}

impl Words<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(byte)
    }

    fn number(&mut self) -> Option<u32> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 || shift > 28 {
                return Some(number);
            }
        }
    }

    fn counts(&mut self) -> Option<Counts> {
        let mut counts = [0; MAX_FIELDS];
        loop {
            let byte = self.byte()?;
            let mut count = byte & LONG;
            if count == LONG {
                count = count.saturating_add(self.byte()?);
            }
            counts[usize::from(byte >> 4)] = count;
            if byte & 8 == 0 {
                return Some(counts);
            }
        }
    }
}

impl Iterator for Words<'_> {
    type Item = (u32, Counts);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let read = self.number().zip(self.counts());
        self.is_cut = read.is_none();
        let (distance, counts) = read?;
        self.before = self.before.wrapping_add(distance);
        Some((self.before, counts))
    }
}

/// The same document with other numbers for its words.
pub(super) fn renumber(packed: &[u8], width: usize, numbers: &[u32]) -> Vec<u8> {
    let (lengths, words) = unpack(packed, width);
    let mut occurrences = Vec::new();
    for (word, counts) in words {
        for (field, &count) in counts.iter().enumerate() {
            occurrences.extend(std::iter::repeat_n(occurrence(numbers[word as usize], field), usize::from(count)));
        }
    }
    occurrences.sort_unstable();
    let mut out = Vec::new();
    pack(width, &lengths, &occurrences, &mut out, |_, _| ());
    out
}

fn write_number(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

/// The counts of two words together.
pub(super) fn add(counts: &mut Counts, more: &Counts) {
    for (count, more) in counts.iter_mut().zip(more) {
        *count = count.saturating_add(*more);
    }
}
