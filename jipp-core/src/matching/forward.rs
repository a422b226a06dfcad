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

/// The count that says "and a byte more".
const LONG: u8 = 7;

/// The length of each field, in words.
pub(super) type Lengths = [u16; MAX_FIELDS];
/// How often something stands in each field, at most 255 times.
pub(super) type Counts = [u8; MAX_FIELDS];

/// How often a word, or a term, stands in one field: its number, then the field in four bits, then the count in the lowest
/// eight. So in order they are by number, then field.
pub(super) type Occurrence = u64;

pub(super) fn occurrence(number: u32, field: usize, count: u8) -> Occurrence {
    u64::from(number) << 12 | (field as u64 & 15) << 8 | u64::from(count)
}

pub(super) fn number_of(occurrence: Occurrence) -> u32 {
    u32::try_from(occurrence >> 12).unwrap_or(u32::MAX)
}

pub(super) fn field_of(occurrence: Occurrence) -> usize {
    usize::from(occurrence.to_le_bytes()[1] & 15)
}

pub(super) fn count_of(occurrence: Occurrence) -> u8 {
    occurrence.to_le_bytes()[0]
}

/// What is in order, number by number.
pub(super) fn by_number(occurrences: &[Occurrence]) -> impl Iterator<Item = (u32, &[Occurrence])> {
    occurrences.chunk_by(|a, b| number_of(*a) == number_of(*b)).map(|same| (number_of(same[0]), same))
}

/// Puts in order, and together what stands in one field under one number.
pub(super) fn join(occurrences: &mut Vec<Occurrence>) {
    occurrences.sort_unstable();
    occurrences.dedup_by(|next, first| {
        let same = *next >> 8 == *first >> 8;
        if same {
            *first = *first & !255 | u64::from(count_of(*first).saturating_add(count_of(*next)));
        }
        same
    });
}

/// Packs a document into `out`: its lengths, `width` of them, and its words, in order.
pub(super) fn pack(width: usize, lengths: &Lengths, words: &[Occurrence], out: &mut Vec<u8>) {
    out.clear();
    for &length in &lengths[..width] {
        write_number(u32::from(length), out);
    }
    let (mut before, mut is_first) = (0, true);
    let mut rest = words.iter().copied().peekable();
    while let Some(occurrence) = rest.next() {
        let (word, count) = (number_of(occurrence), count_of(occurrence));
        if is_first {
            write_number(word - before, out);
            before = word;
        }
        let is_last = rest.peek().is_none_or(|&next| number_of(next) != word);
        let more = if is_last { 0 } else { 8 };
        out.push((occurrence.to_le_bytes()[1] & 15) << 4 | more | count.min(LONG));
        if count >= LONG {
            out.push(count - LONG);
        }
        is_first = is_last;
    }
}

/// Reads a packed document word by word.
#[derive(Clone, Debug)]
pub(super) struct Words<'a> {
    occurrences: Occurrences<'a>,
}

/// The lengths of a packed document, and its words.
pub(super) fn unpack(packed: &[u8], width: usize) -> (Lengths, Words<'_>) {
    let mut occurrences = Occurrences { rest: packed, word: 0, is_first: true, is_cut: false };
    let mut lengths = [0; MAX_FIELDS];
    for length in &mut lengths[..width] {
        *length = occurrences.number().and_then(|length| u16::try_from(length).ok()).unwrap_or(0);
    }
    (lengths, Words { occurrences })
}

impl<'a> Words<'a> {
    /// The same field by field, in order.
    pub(super) fn occurrences(self) -> Occurrences<'a> {
        self.occurrences
    }

    /// Whether the bytes ended inside a word.
    pub(super) fn is_cut(&self) -> bool {
        self.occurrences.is_cut
    }
}

impl Iterator for Words<'_> {
    type Item = (u32, Counts);

    fn next(&mut self) -> Option<(u32, Counts)> {
        let mut counts = Counts::default();
        loop {
            let occurrence = self.occurrences.next()?;
            counts[field_of(occurrence)] = count_of(occurrence);
            if self.occurrences.is_first {
                return Some((number_of(occurrence), counts));
            }
        }
    }
}

/// Reads a packed document field by field of each word.
#[derive(Clone, Debug)]
pub(super) struct Occurrences<'a> {
    rest: &'a [u8],
    word: u32,
    /// Whether a word comes next, and not another field of the last.
    is_first: bool,
    is_cut: bool,
}

impl Occurrences<'_> {
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

    fn read(&mut self) -> Option<Occurrence> {
        if self.is_first {
            self.word = self.word.wrapping_add(self.number()?);
        }
        let byte = self.byte()?;
        let mut count = byte & LONG;
        if count == LONG {
            count = count.saturating_add(self.byte()?);
        }
        self.is_first = byte & 8 == 0;
        Some(occurrence(self.word, usize::from(byte >> 4), count))
    }
}

impl Iterator for Occurrences<'_> {
    type Item = Occurrence;

    fn next(&mut self) -> Option<Occurrence> {
        if self.rest.is_empty() && self.is_first {
            return None;
        }
        let read = self.read();
        self.is_cut = read.is_none();
        read
    }
}

/// The same document with other numbers for its words.
pub(super) fn renumber(packed: &[u8], width: usize, numbers: &[u32]) -> Vec<u8> {
    let (lengths, words) = unpack(packed, width);
    let mut occurrences: Vec<Occurrence> =
        words.occurrences().map(|of| occurrence(numbers[number_of(of) as usize], field_of(of), count_of(of))).collect();
    occurrences.sort_unstable();
    let mut out = Vec::with_capacity(packed.len());
    pack(width, &lengths, &occurrences, &mut out);
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
