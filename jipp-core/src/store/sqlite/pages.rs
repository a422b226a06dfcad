//! The rows that a database file still holds, read from its bytes: what is left of a file that `SQLite` refuses.
//!
//! Every page is looked at by itself, whether or not the tree above it still leads there. The layout is that of "Database
//! File Format" at sqlite.org/fileformat2.html; nothing of the file is trusted.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use super::files;

/// The first bytes of a page that is a leaf of a table.
const TABLE_LEAF: u8 = 0x0D;
/// Bytes before the first page of a database, and before the pages of a log and each of its frames.
const HEADER: usize = 100;
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// A row cannot be longer than this; `SQLite` itself takes up to 1 GB.
const MAX_ROW: u64 = 64 << 20;

/// A value of a row; what is of no use here (numbers with fractions) is nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Null,
    Whole(i64),
    Text(Vec<u8>),
    Bytes,
}

/// A row of some table: its number, and its columns.
pub(super) type Row = (i64, Vec<Value>);

/// A database with the committed part of the log beside it, as pages.
pub(super) struct Pages {
    file: File,
    log: Option<File>,
    /// Where in the log the last committed form of a page stands.
    in_log: BTreeMap<u32, u64>,
    size: usize,
    count: u32,
}

impl Pages {
    /// Opens what there is; `usual` is the size of a page where the file does not say it.
    pub(super) fn open(path: &Path, usual: u32) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let mut head = Vec::new();
        (&mut file).take(HEADER as u64).read_to_end(&mut head)?;
        let said = number(&head, 16, 2).map(|size| if size == 1 { 65_536 } else { size });
        let is_size = |size: &u64| size.is_power_of_two() && (512..=65_536).contains(size);
        let size = said.filter(is_size).unwrap_or(usual.into());
        let (log, in_log) = match File::open(files::beside(path, "-wal")) {
            Ok(mut log) => {
                let in_log = committed(&mut log, size);
                (Some(log), in_log)
            }
            Err(_) => (None, BTreeMap::new()),
        };
        let whole = u32::try_from(length.div_ceil(size)).unwrap_or(u32::MAX);
        let count = whole.max(in_log.last_key_value().map_or(0, |(page, _)| *page));
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        Ok(Self { file, log, in_log, size, count })
    }

    /// How many pages there are, counted from 1.
    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// A page, filled up with zeros where the file is cut off.
    fn page(&mut self, page: u32) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let (file, at) = match (self.in_log.get(&page), &mut self.log) {
            (Some(at), Some(log)) => (log, *at),
            _ => (&mut self.file, u64::from(page.saturating_sub(1)) * self.size as u64),
        };
        file.seek(SeekFrom::Start(at))?;
        file.take(self.size as u64).read_to_end(&mut bytes)?;
        bytes.resize(self.size, 0);
        Ok(bytes)
    }

    /// The rows on a page that can be read; none if it is no leaf of a table.
    pub(super) fn rows(&mut self, page: u32) -> io::Result<Vec<Row>> {
        let bytes = self.page(page)?;
        let start = if page == 1 { HEADER } else { 0 };
        let mut rows = Vec::new();
        if bytes.get(start) != Some(&TABLE_LEAF) {
            return Ok(rows);
        }
        for cell in 0..number(&bytes, start + 3, 2).unwrap_or(0) {
            let pointer = usize::try_from(cell).ok().and_then(|cell| number(&bytes, start + 8 + 2 * cell, 2));
            let at = pointer.and_then(|at| usize::try_from(at).ok());
            if let Some(at) = at
                && let Some((id, payload)) = self.payload(&bytes, at)?
                && let Some(values) = values(&payload)
            {
                rows.push((id, values));
            }
        }
        Ok(rows)
    }

    /// The number and the bytes of the row whose cell begins at a place of a leaf.
    fn payload(&mut self, leaf: &[u8], at: usize) -> io::Result<Option<(i64, Vec<u8>)>> {
        let mut rest = leaf.get(at..).unwrap_or_default();
        let (Some(length), Some(id)) = (varint(&mut rest), varint(&mut rest)) else { return Ok(None) };
        // No longer than all pages together, so that pages that lead to each other in a ring come to an end.
        let most = MAX_ROW.min(u64::from(self.count) * self.size as u64);
        let Some(length) = usize::try_from(length).ok().filter(|length| *length as u64 <= most) else {
            return Ok(None);
        };
        let local = local(length, self.size);
        let Some(here) = rest.get(..local) else { return Ok(None) };
        let mut payload = here.to_vec();
        let mut next = number(rest, local, 4).filter(|_| local < length);
        while payload.len() < length {
            let Some(page) =
                next.and_then(|page| u32::try_from(page).ok()).filter(|page| (1..=self.count).contains(page))
            else {
                return Ok(None);
            };
            let bytes = self.page(page)?;
            let wanted = (length - payload.len()).min(self.size - 4);
            payload.extend_from_slice(bytes.get(4..4 + wanted).unwrap_or_default());
            next = number(&bytes, 0, 4);
        }
        Ok(Some((id, payload)))
    }
}

/// How many bytes of a row stand on its leaf; the rest stands on pages of its own.
fn local(length: usize, page: usize) -> usize {
    let most = page.saturating_sub(35);
    if length <= most {
        return length;
    }
    let least = (page.saturating_sub(12) * 32 / 255).saturating_sub(23);
    let local = least + length.saturating_sub(least) % page.saturating_sub(4).max(1);
    if local <= most { local } else { least }
}

/// A whole number of some bytes, the greatest first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let found = bytes.get(at..at.checked_add(length)?)?;
    Some(found.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

/// A number of one to nine bytes.
fn varint(bytes: &mut &[u8]) -> Option<i64> {
    let mut number = 0_u64;
    for place in 0..9 {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        if place == 8 {
            number = number << 8 | u64::from(*first);
            break;
        }
        number = number << 7 | u64::from(first & 0x7F);
        if first & 0x80 == 0 {
            break;
        }
    }
    Some(number.cast_signed())
}

/// The columns of a row.
fn values(payload: &[u8]) -> Option<Vec<Value>> {
    let mut rest = payload;
    let length = usize::try_from(varint(&mut rest)?).ok()?;
    let mut types = payload.get(payload.len() - rest.len()..length)?;
    let mut body = payload.get(length..)?;
    let mut values = Vec::new();
    while !types.is_empty() {
        let kind = varint(&mut types)?;
        let bytes = match kind {
            0 | 8 | 9 => 0,
            1..=4 => kind,
            5 => 6,
            6 | 7 => 8,
            12.. => (kind - 12) / 2,
            _ => return None,
        };
        let bytes = usize::try_from(bytes).ok()?;
        let (value, after) = (body.get(..bytes)?, body.get(bytes..)?);
        body = after;
        values.push(match kind {
            0 => Value::Null,
            8 => Value::Whole(0),
            9 => Value::Whole(1),
            1..=6 => Value::Whole(whole(value)),
            13.. if kind % 2 == 1 => Value::Text(value.to_vec()),
            _ => Value::Bytes,
        });
    }
    Some(values)
}

/// A number with its sign.
fn whole(bytes: &[u8]) -> i64 {
    let sign = if bytes.first().is_some_and(|first| first & 0x80 != 0) { -1 } else { 0 };
    bytes.iter().fold(sign, |number, byte| number << 8 | i64::from(*byte))
}

/// Where in a log the pages stand that were committed; nothing of a log that belongs to another database or is damaged
/// where it begins. See "WAL File Format" in the same document.
fn committed(log: &mut File, size: u64) -> BTreeMap<u32, u64> {
    let mut done = BTreeMap::new();
    let mut head = vec![0; LOG_HEADER];
    if log.read_exact(&mut head).is_err() || number(&head, 8, 4) != Some(size) {
        return done;
    }
    let Some(magic @ (0x377F_0682 | 0x377F_0683)) = number(&head, 0, 4) else { return done };
    let mut sum = Sum { is_big_endian: magic % 2 == 1, of: (0, 0) };
    sum.add(&head[..24]);
    if !sum.is(&head[24..]) {
        return done;
    }
    let length = FRAME_HEADER + usize::try_from(size).unwrap_or(0);
    let (mut frame, mut at, mut open) = (vec![0; length], LOG_HEADER as u64, BTreeMap::new());
    while log.read_exact(&mut frame).is_ok() {
        sum.add(&frame[..8]);
        sum.add(&frame[FRAME_HEADER..]);
        if frame[8..16] != head[16..24] || !sum.is(&frame[16..FRAME_HEADER]) {
            break;
        }
        if let Some(page) = number(&frame, 0, 4).and_then(|page| u32::try_from(page).ok()) {
            open.insert(page, at + FRAME_HEADER as u64);
        }
        at += length as u64;
        // The last frame of a commit says how large the database is then.
        if number(&frame, 4, 4) != Some(0) {
            done.append(&mut open);
        }
    }
    done
}

/// The checksum of a log, which goes on from frame to frame.
struct Sum {
    is_big_endian: bool,
    of: (u32, u32),
}

impl Sum {
    fn add(&mut self, bytes: &[u8]) {
        let word = |bytes: &[u8]| {
            let word = [bytes[0], bytes[1], bytes[2], bytes[3]];
            if self.is_big_endian { u32::from_be_bytes(word) } else { u32::from_le_bytes(word) }
        };
        for two in bytes.chunks_exact(8) {
            self.of.0 = self.of.0.wrapping_add(word(&two[..4])).wrapping_add(self.of.1);
            self.of.1 = self.of.1.wrapping_add(word(&two[4..])).wrapping_add(self.of.0);
        }
    }

    fn is(&self, bytes: &[u8]) -> bool {
        number(bytes, 0, 4) == Some(self.of.0.into()) && number(bytes, 4, 4) == Some(self.of.1.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_length_are_read() {
        let read = |mut bytes: &[u8]| (varint(&mut bytes), bytes.len());
        assert_eq!(read(&[0x7F, 9]), (Some(127), 1));
        assert_eq!(read(&[0x81, 0x00]), (Some(128), 0));
        assert_eq!(read(&[0xFF; 9]), (Some(-1), 0));
        assert_eq!(read(&[0x81]), (None, 0));
        assert_eq!((whole(&[0xFF, 0xFE]), whole(&[0x01, 0x00]), whole(&[])), (-2, 256, 0));
    }

    #[test]
    fn rows_that_say_nonsense_are_none() {
        assert_eq!(values(&[3, 9, 17, b'a', b'b']), Some(vec![Value::Whole(1), Value::Text(b"ab".to_vec())]));
        for payload in [&[][..], &[9, 9], &[2, 10], &[2, 17, b'a'], &[0xFF; 40], &[2, 0xFF]] {
            assert_eq!(values(payload), None, "{payload:?}");
        }
        assert_eq!((local(100, 8192), local(8157, 8192), local(8158, 8192)), (100, 8157, 1003));
    }
}
