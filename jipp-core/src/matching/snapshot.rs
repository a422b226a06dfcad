//! An index as bytes: so that a network need not read all its texts again when it opens.
//!
//! ```text
//! "jipp-tix"  version u32  analyzer fingerprint u32  (little endian)
//! fields      count, then each name
//! words       count, then each text, and its term + 1 where a document holds it, else 0; by frequency, then text
//! terms       count, then the word that is its text, and its postings; by word
//! documents   count, then 0 for a free number, else 1 + the length of its words, the length of each field, its words
//! crc32 u32   of all before
//! ```
//!
//! Counts, numbers and lengths are varints. Words no longer in use are left out and everything is in a fixed order, so
//! that equal contents give equal bytes, whatever edits led there.

use std::sync::Arc;

use super::fields::{FieldSet, MAX_FIELDS};
use super::index::{LENGTH_CAP, MAX_DOC, Term, TextIndex, pack, unpack};
use super::postings::Postings;
use super::text::Analyzer;
use super::words::{NONE, index_of};
use crate::base::{Code, Error, Result};

const MAGIC: &[u8; 8] = b"jipp-tix";
const VERSION: u32 = 1;
const HEADER: usize = 16;
const CHECKSUM: usize = 4;

impl TextIndex {
    /// The index as bytes for [`from_bytes`](Self::from_bytes). Indexes with equal documents give equal bytes.
    ///
    /// # Complexity
    /// Linear in the index, times the logarithm of the number of words.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&self.analyzer.fingerprint().to_le_bytes());

        write(self.fields.as_slice().len(), &mut out);
        for field in self.fields.as_slice() {
            write_text(field.name, &mut out);
        }

        let has_term = |head: u32| self.terms.get(head as usize).is_some_and(|term| term.postings.len() > 0);
        let mut words: Vec<u32> = (0..index_of(self.words.len())).collect();
        words.retain(|&word| self.words.get(word).docs > 0 || has_term(self.words.get(word).head));
        // Frequent words get small numbers: fewer bytes in the documents, and what is needed often lies together.
        words.sort_unstable_by_key(|&word| (std::cmp::Reverse(self.words.get(word).docs), self.words.text(word)));
        let heads = || words.iter().map(|&word| self.words.get(word).head).filter(|&head| has_term(head));
        let word_numbers = renumber(words.iter().copied(), self.words.len());
        let term_numbers = renumber(heads(), self.terms.len());

        write(words.len(), &mut out);
        for &word in &words {
            write_text(self.words.text(word), &mut out);
            let entry = self.words.get(word);
            let term = if entry.docs > 0 { term_numbers[entry.term as usize] as usize + 1 } else { 0 };
            write(term, &mut out);
        }
        write(heads().count(), &mut out);
        for head in heads() {
            let term = &self.terms[head as usize];
            write(word_numbers[term.word as usize] as usize, &mut out);
            write(term.postings.bytes().len(), &mut out);
            out.extend_from_slice(term.postings.bytes());
        }

        write(self.docs.len(), &mut out);
        let width = self.fields.as_slice().len();
        for (doc, lengths) in self.docs.iter().zip(self.lengths.chunks_exact(width)) {
            let Some(doc) = doc else {
                write(0, &mut out);
                continue;
            };
            let mut numbers: Vec<u32> = unpack(doc).map(|word| word_numbers[word as usize]).collect();
            numbers.sort_unstable();
            let packed = pack(&numbers);
            write(packed.len() + 1, &mut out);
            for &length in lengths {
                write(usize::from(length), &mut out);
            }
            out.extend_from_slice(&packed);
        }
        out.extend_from_slice(&crc32fast::hash(&out).to_le_bytes());
        out
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote. The weights are those of `fields`; its names must be those
    /// written.
    ///
    /// No input makes it panic or take memory out of proportion. Whatever the error, the index can be built anew
    /// from the documents.
    ///
    /// # Errors
    /// * `store-damaged`: the bytes are cut short, altered, or no such index.
    /// * `format-newer`: written by a newer version of this library.
    /// * `format-unknown`: made with other stop words, roots or fields, so that it would not fit.
    ///
    /// # Complexity
    /// Linear in the bytes: every list is read once to see that it is well formed.
    pub fn from_bytes(bytes: &[u8], analyzer: Arc<Analyzer>, fields: FieldSet) -> Result<Self> {
        if bytes.len() < HEADER + CHECKSUM || !bytes.starts_with(MAGIC) {
            return Err(damaged());
        }
        let number = |at: usize| bytes[at..].first_chunk().map_or(0, |four| u32::from_le_bytes(*four));
        if number(8) > VERSION {
            return Err(Error::new(Code::FormatNewer).field("index").value(number(8)));
        }
        let body = &bytes[..bytes.len() - CHECKSUM];
        if number(8) != VERSION || number(body.len()) != crc32fast::hash(body) {
            return Err(damaged());
        }
        let misfit = |hint| Err(Error::new(Code::FormatUnknown).field("index").expected(hint));
        if number(12) != analyzer.fingerprint() {
            return misfit("an index made with the same roots and stop words: build it anew");
        }
        let mut reader = Reader(&body[HEADER..]);
        let mut same = reader.number() == Some(fields.as_slice().len());
        for field in fields.as_slice() {
            same = same && reader.text() == Some(field.name);
        }
        if !same {
            return misfit("an index with the same fields: build it anew");
        }
        let mut index = Self::new(analyzer, fields);
        index.read(&mut reader).filter(|()| reader.0.is_empty()).ok_or_else(damaged)?;
        Ok(index)
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        let width = self.fields.as_slice().len();
        let words = reader.number()?;
        let mut terms_of_words = Vec::new();
        for place in 0..words {
            let text = reader.text().filter(|text| !text.is_empty() && u8::try_from(text.len()).is_ok())?;
            if self.words.intern(text) != index_of(place) {
                return None;
            }
            terms_of_words.push(reader.number()?);
        }
        let terms = reader.number()?;
        for place in 0..terms {
            let word = index_of(reader.number()?);
            let ascending = self.terms.last().is_none_or(|last| last.word < word);
            if word as usize >= words || !ascending {
                return None;
            }
            let length = reader.number()?;
            let postings = Postings::from_bytes(reader.bytes(length)?, width, |doc| doc <= MAX_DOC)?;
            self.words.get_mut(word).head = index_of(place);
            self.terms.push(Term { word, postings });
        }
        for (word, term) in (0..).zip(terms_of_words) {
            if term > terms {
                return None;
            }
            if term > 0 {
                let entry = self.words.get_mut(word);
                (entry.term, entry.settled) = (index_of(term - 1), true);
            }
        }
        let docs = reader.number().filter(|&docs| docs <= MAX_DOC as usize + 1)?;
        let mut held = vec![0; words];
        for doc in 0..index_of(docs) {
            let Some(length) = reader.number()?.checked_sub(1) else { continue };
            let mut lengths = [0; MAX_FIELDS];
            for field in &mut lengths[..width] {
                *field = u16::try_from(reader.number()?).ok().filter(|&length| length <= LENGTH_CAP)?;
            }
            let packed = reader.bytes(length)?;
            let mut before = None;
            for word in unpack(packed) {
                if before.is_some_and(|before| before >= word) {
                    return None;
                }
                *held.get_mut(word as usize)? += 1;
                before = Some(word);
            }
            self.hold(doc, packed.into(), lengths);
        }
        for (word, docs) in (0..).zip(held) {
            let entry = self.words.get_mut(word);
            entry.docs = docs;
            if entry.settled != (docs > 0) {
                return None;
            }
        }
        // The last number is in use, or it would not have been written.
        (self.docs.len() == docs).then_some(())
    }
}

fn damaged() -> Error {
    Error::new(Code::StoreDamaged).field("index").expected("an index that was written whole: build it anew")
}

/// The new number of each old one, given the old ones in the new order.
fn renumber(order: impl Iterator<Item = u32>, len: usize) -> Vec<u32> {
    let mut numbers = vec![NONE; len];
    for (number, old) in (0..).zip(order) {
        numbers[old as usize] = number;
    }
    numbers
}

fn write(mut number: usize, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    write(text.len(), out);
    out.extend_from_slice(text.as_bytes());
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(head)
    }

    /// A number of at most 32 bits.
    fn number(&mut self) -> Option<usize> {
        let mut number = 0_u64;
        for shift in (0..35).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return u32::try_from(number).ok().map(|number| number as usize);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        std::str::from_utf8(self.bytes(length)?).ok()
    }
}
