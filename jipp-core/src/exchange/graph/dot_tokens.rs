//! The words of the DOT language (Graphviz, "The DOT Language").

use super::syntax;
use crate::base::{Code, Error, Result};

/// A word of DOT.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// An id without quotes: a name, a number or a keyword.
    Bare(String),
    /// An id in quotes.
    Quoted(String),
    /// `->`
    Arrow,
    /// `--`
    Line,
    /// One of `{ } [ ] ; , = : +`.
    Sign(char),
}

/// Takes a text apart into words, each with its line.
///
/// # Errors
/// `graph-syntax`; `graph-unsupported` for an HTML-like id.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, u64)>> {
    let mut scanner = Scanner { rest: text, line: 1 };
    let mut found: Vec<(Token, u64)> = Vec::new();
    loop {
        scanner.skip_blanks()?;
        let line = scanner.line;
        let Some(token) = scanner.token()? else { return Ok(found) };
        found.push((token, line));
        join(&mut found);
    }
}

/// `"a" + "b"` is one id.
fn join(found: &mut Vec<(Token, u64)>) {
    if let [.., (Token::Quoted(head), _), (Token::Sign('+'), _), (Token::Quoted(tail), _)] = found.as_mut_slice() {
        head.push_str(tail);
        found.truncate(found.len() - 2);
    }
}

struct Scanner<'a> {
    rest: &'a str,
    line: u64,
}

impl<'a> Scanner<'a> {
    fn advance(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.line += super::lines_in(taken);
        self.rest = rest;
        taken
    }

    /// Skips blanks and comments: `//`, `/* */`, and lines that begin with `#`.
    fn skip_blanks(&mut self) -> Result<()> {
        let mut begins_line = self.line == 1;
        loop {
            let blanks =
                self.rest.len() - self.rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
            begins_line |= self.advance(blanks).contains('\n');
            if self.rest.starts_with("//") || (begins_line && self.rest.starts_with('#')) {
                self.advance(self.rest.find('\n').unwrap_or(self.rest.len()));
            } else if self.rest.starts_with("/*") {
                let Some(end) = self.rest.find("*/") else {
                    return Err(syntax("/*").line(self.line).expected("*/ at the end of the comment"));
                };
                self.advance(end + 2);
            } else {
                return Ok(());
            }
        }
    }

    fn token(&mut self) -> Result<Option<Token>> {
        let Some(first) = self.rest.chars().next() else { return Ok(None) };
        if self.rest.starts_with("->") {
            self.advance(2);
            return Ok(Some(Token::Arrow));
        }
        if self.rest.starts_with("--") {
            self.advance(2);
            return Ok(Some(Token::Line));
        }
        match first {
            '{' | '}' | '[' | ']' | ';' | ',' | '=' | ':' | '+' => {
                self.advance(1);
                Ok(Some(Token::Sign(first)))
            }
            '"' => self.quoted().map(|text| Some(Token::Quoted(text))),
            '<' => {
                Err(Error::new(Code::GraphUnsupported).line(self.line).value("<").expected("a text in quotes, no HTML"))
            }
            _ => self.bare(first).map(|text| Some(Token::Bare(text))),
        }
    }

    fn bare(&mut self, first: char) -> Result<String> {
        let is_number = first.is_ascii_digit() || matches!(first, '-' | '.');
        let belongs =
            |c: char| if is_number { c.is_ascii_digit() || c == '.' } else { c.is_alphanumeric() || c == '_' };
        let start = first.len_utf8();
        let length = self.rest.get(start..).and_then(|rest| rest.find(|c| !belongs(c)));
        let length = length.map_or(self.rest.len(), |length| start + length);
        if !(is_number || first == '_' || first.is_alphabetic())
            || (is_number && length == 1 && !first.is_ascii_digit())
        {
            return Err(syntax(first).line(self.line).expected("an id; in quotes, if it has other signs than letters"));
        }
        Ok(self.advance(length).to_owned())
    }

    /// `\"` and `\\` stand for the sign, `\n`, `\l` and `\r` for a line end, and a backslash at the end of a line for
    /// nothing; any other backslash is itself.
    fn quoted(&mut self) -> Result<String> {
        let (start, mut text, mut is_escaped) = (self.line, String::new(), false);
        for (at, c) in self.rest.char_indices().skip(1) {
            match (is_escaped, c) {
                (false, '"') => {
                    self.advance(at + 1);
                    return Ok(text);
                }
                (true, 'n' | 'l' | 'r') => text.push('\n'),
                (false, '\\') | (true, '\n' | '\r') => {}
                (false, _) | (true, '"' | '\\') => text.push(c),
                (true, _) => text.extend(['\\', c]),
            }
            is_escaped = !is_escaped && c == '\\';
        }
        Err(syntax("\"").line(start).expected("a closing quote"))
    }
}
