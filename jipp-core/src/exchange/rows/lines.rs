//! Lines of bounded length.

use std::io::{BufRead, Seek, SeekFrom};

use super::{MAX_ROW_BYTES, io_error};
use crate::base::{Code, Error, Result};

/// A file read line by line, with the number and the place of each.
pub(in crate::exchange) struct Lines<R> {
    input: R,
    name: String,
    /// How many lines were read.
    pub(in crate::exchange) line: u64,
    /// Where the next line begins.
    pub(in crate::exchange) offset: u64,
}

impl<R: BufRead + Seek> Lines<R> {
    pub(in crate::exchange) fn new(input: R, name: &str) -> Self {
        Self { input, name: name.to_owned(), line: 0, offset: 0 }
    }

    pub(in crate::exchange) fn name(&self) -> &str {
        &self.name
    }

    /// Goes back to where `line` lines had been read.
    pub(in crate::exchange) fn seek(&mut self, line: u64, offset: u64) -> Result<()> {
        self.input.seek(SeekFrom::Start(offset)).map_err(|error| io_error(error, &self.name))?;
        (self.line, self.offset) = (line, offset);
        Ok(())
    }

    /// Reads the next line, its end included, without a byte order mark. Says whether there was one.
    ///
    /// # Errors
    /// `line-too-long`, with the line; the rest of it is passed over. Kind `storage`.
    pub(in crate::exchange) fn read(&mut self, into: &mut Vec<u8>) -> Result<bool> {
        into.clear();
        let limit = MAX_ROW_BYTES as u64 + 1;
        let mut bounded = std::io::Read::take(&mut self.input, limit);
        let count = bounded.read_until(b'\n', into).map_err(|error| io_error(error, &self.name))?;
        if count == 0 {
            return Ok(false);
        }
        self.line += 1;
        self.offset += count as u64;
        if count > MAX_ROW_BYTES && into.last() != Some(&b'\n') {
            self.pass_over()?;
            let expected = format!("at most {MAX_ROW_BYTES} bytes");
            return Err(Error::new(Code::LineTooLong).line(self.line).expected(expected));
        }
        if self.line == 1 && into.starts_with(b"\xef\xbb\xbf") {
            into.drain(..3);
        }
        Ok(true)
    }

    fn pass_over(&mut self) -> Result<()> {
        loop {
            let chunk = self.input.fill_buf().map_err(|error| io_error(error, &self.name))?;
            let end = chunk.iter().position(|byte| *byte == b'\n');
            let used = end.map_or(chunk.len(), |end| end + 1);
            self.input.consume(used);
            self.offset += used as u64;
            if used == 0 || end.is_some() {
                return Ok(());
            }
        }
    }
}
