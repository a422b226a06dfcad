//! JSON Lines: one JSON object a line.

use std::io::{BufRead, Seek};

use super::{Lines, Row, RowSource};
use crate::base::{Code, Error, Result};

/// A JSON Lines file. Empty lines and a byte order mark are passed over.
///
/// ```
/// use jipp_core::exchange::{JsonLines, RowSource as _};
/// let text = "{\"id\": \"a\"}\n\n{\"id\": \"b\"}\n";
/// let mut rows = JsonLines::new(std::io::Cursor::new(text), "two.jsonl");
/// let lines: Vec<u64> = std::iter::from_fn(|| rows.next()).map(|row| row.map(|row| row.line)).collect::<Result<_, _>>()?;
/// assert_eq!(lines, [1, 3]);
/// # Ok::<(), jipp_core::Error>(())
/// ```
pub struct JsonLines<R> {
    lines: Lines<R>,
}

impl<R: BufRead + Seek> JsonLines<R> {
    /// Reads from the beginning of a file; `name` stands in messages.
    pub fn new(input: R, name: &str) -> Self {
        Self { lines: Lines::new(input, name) }
    }
}

impl<R: BufRead + Seek> RowSource for JsonLines<R> {
    fn next(&mut self) -> Option<Result<Row>> {
        let mut bytes = Vec::new();
        loop {
            match self.lines.read(&mut bytes) {
                Ok(false) => return None,
                Ok(true) if bytes.trim_ascii().is_empty() => {}
                Ok(true) => break,
                Err(error) => return Some(Err(error)),
            }
        }
        let line = self.lines.line;
        let text = String::from_utf8(bytes).map_err(|error| utf8(&error.utf8_error()).line(line));
        Some(text.map(|raw| Row { line, raw: Some(raw), ..Row::default() }))
    }

    fn rewind(&mut self) -> Result<()> {
        self.lines.seek(0, 0)
    }

    fn name(&self) -> &str {
        self.lines.name()
    }
}

pub(super) fn utf8(error: &std::str::Utf8Error) -> Error {
    Error::new(Code::Utf8).expected(format!("UTF-8; byte {} is not", error.valid_up_to() + 1))
}
