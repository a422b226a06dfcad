//! An index as bytes: so that a network need not read all its texts again when it opens.
//!
//! ```text
//! "jipp-tix"  version u32  analyzer fingerprint u32  (little endian)
//! fields      count, then each name
//! words       count, then each text, and the word that is its term + 1 where a document holds it, else 0; by
//!             frequency, then text
//! documents   count, then 0 for a free number, else the length of the packed document, and the document
//! crc32 u32   of all before
//! ```
//!
//! Counts, numbers and lengths are varints. The postings are made anew from the documents: that is as fast as reading
//! them, and they cannot disagree. Words no longer in use are left out and everything is in a fixed order, so
//! that equal contents give equal bytes, whatever edits led there.

use std::sync::Arc;

use super::fields::{FieldSet, LENGTH_CAP};
use super::forward::{renumber, unpack};
use super::index::{MAX_DOC, TextIndex};
use super::text::Analyzer;
use super::words::{NONE, index_of};
use crate::base::{Code, Error, Result};

const MAGIC: &[u8; 8] = b"jipp-tix";
const VERSION: u32 = 2;
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

        let words = self.words_in_use();
        let mut numbers = vec![NONE; self.words.len()];
        for (number, &word) in (0..).zip(&words) {
            numbers[word as usize] = number;
        }
        write(words.len(), &mut out);
        for &word in &words {
            write_text(self.words.text(word), &mut out);
            let entry = self.words.get(word);
            let head = if entry.docs > 0 { self.terms.get(entry.term as usize).map(|term| term.word) } else { None };
            write(head.map_or(0, |head| numbers[head as usize] as usize + 1), &mut out);
        }

        write(self.docs.len(), &mut out);
        let width = self.fields.as_slice().len();
        for doc in &self.docs {
            let packed = doc.as_deref().map(|doc| renumber(doc, width, &numbers)).unwrap_or_default();
            write(packed.len(), &mut out);
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

    /// The words that documents hold and those that are the text of a term in use. Frequent words come first: they get
    /// small numbers, which take fewer bytes in the documents, and what is needed often lies together.
    fn words_in_use(&self) -> Vec<u32> {
        let has_term = |head: u32| self.terms.get(head as usize).is_some_and(|term| term.postings.len() > 0);
        let mut words: Vec<u32> = (0..index_of(self.words.len())).collect();
        words.retain(|&word| self.words.get(word).docs > 0 || has_term(self.words.get(word).head));
        words.sort_unstable_by_key(|&word| (std::cmp::Reverse(self.words.get(word).docs), self.words.text(word)));
        words
    }

    fn read(&mut self, reader: &mut Reader<'_>) -> Option<()> {
        let words = reader.number()?;
        let mut heads = Vec::new();
        for place in 0..words {
            let text = reader.text().filter(|text| !text.is_empty() && u8::try_from(text.len()).is_ok())?;
            if self.words.intern(text) != index_of(place) {
                return None;
            }
            heads.push(reader.number()?);
        }
        for (word, head) in (0..).zip(heads) {
            if head > words {
                return None;
            }
            if let Some(head) = head.checked_sub(1) {
                let term = self.term_at(index_of(head));
                self.words.settle(word, term);
            }
        }
        let docs = reader.number().filter(|&docs| docs <= MAX_DOC as usize + 1)?;
        for doc in 0..index_of(docs) {
            let length = reader.number()?;
            if length > 0 {
                let packed = reader.bytes(length)?;
                self.is_sound(packed).then_some(())?;
                self.restore(doc, packed);
            }
        }
        self.enter();
        let used = |word| (self.words.get(word).docs > 0) == (self.words.get(word).term != NONE);
        // The last number is in use, or it would not have been written.
        (self.docs.len() == docs && (0..index_of(words)).all(used)).then_some(())
    }

    /// Whether a packed document of unknown origin names known words, once and in order, and known fields.
    fn is_sound(&self, packed: &[u8]) -> bool {
        let width = self.fields.as_slice().len();
        let (lengths, mut words) = unpack(packed, width);
        let mut before = None;
        let sound = words.all(|(word, counts)| {
            let ascends = before.replace(word).is_none_or(|before| before < word);
            let known = (word as usize) < self.words.len() && self.words.get(word).term != NONE;
            let in_fields = counts.iter().any(|&count| count > 0) && counts[width..].iter().all(|&count| count == 0);
            ascends && known && in_fields
        });
        sound && !words.is_cut() && packed.len() >= width && lengths.iter().all(|&length| length <= LENGTH_CAP)
    }
}

fn damaged() -> Error {
    Error::new(Code::StoreDamaged).field("index").expected("an index that was written whole: build it anew")
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
