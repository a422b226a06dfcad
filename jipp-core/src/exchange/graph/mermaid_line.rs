//! The statements of a line of a Mermaid flowchart.

use super::syntax;
use crate::base::{Code, Error, Result};

/// A node as a statement names it.
pub(super) struct Vertex {
    pub(super) name: String,
    pub(super) text: Option<String>,
}

/// An arrow.
pub(super) struct Link {
    pub(super) text: Option<String>,
    /// Whether it points nowhere, or both ways.
    pub(super) is_undirected: bool,
}

/// The brackets of the shapes, the longer ones first.
const SHAPES: [(&str, &[&str]); 15] = [
    ("(((", &[")))"]),
    ("((", &["))"]),
    ("([", &["])"]),
    ("[[", &["]]"]),
    ("[(", &[")]"]),
    ("[/", &["/]", "\\]"]),
    ("[\\", &["\\]", "/]"]),
    ("{{", &["}}"]),
    ("(-", &["-)"]),
    ("[|", &["|]"]),
    ("[", &["]"]),
    ("(", &[")"]),
    ("{", &["}"]),
    (">", &["]"]),
    ("<", &[">"]),
];

/// Statements that are no nodes and edges.
const KEYWORDS: [&str; 10] =
    ["subgraph", "end", "click", "style", "classDef", "class", "linkStyle", "direction", "accTitle", "accDescr"];

pub(super) struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    pub(super) fn new(line: &'a str) -> Self {
        Self { rest: line.trim() }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    fn advance(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    pub(super) fn eat(&mut self, sign: &str) -> bool {
        self.skip_blanks();
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn unexpected(&self, expected: &str) -> Error {
        let found: String = self.rest.chars().take(20).collect();
        syntax(if found.is_empty() { "the end of the line" } else { &found }).expected(expected)
    }

    /// `flowchart LR` or `graph TD`.
    pub(super) fn header(&mut self) -> Result<()> {
        let words = self.rest_of_statement();
        let mut words = words.split_whitespace();
        let is_chart = matches!(words.next(), Some("flowchart" | "graph"));
        let is_direction = matches!(words.next(), None | Some("TB" | "TD" | "BT" | "LR" | "RL"));
        if is_chart && is_direction && words.next().is_none() {
            return Ok(());
        }
        Err(syntax(self.rest).expected("flowchart, with TB, TD, BT, LR or RL"))
    }

    /// A statement that is no node and no edge.
    pub(super) fn keyword(&mut self) -> Option<&'static str> {
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(self.rest.len());
        let word = self.rest.get(..end)?;
        let found = KEYWORDS.iter().find(|keyword| **keyword == word)?;
        self.advance(end);
        Some(found)
    }

    pub(super) fn rest_of_statement(&mut self) -> &'a str {
        let end = self.rest.find(';').unwrap_or(self.rest.len());
        self.advance(end).trim()
    }

    pub(super) fn end_of_statement(&mut self) -> Result<()> {
        self.skip_blanks();
        if self.is_at_end() {
            return Ok(());
        }
        if !self.rest.starts_with(';') {
            return Err(self.unexpected("an arrow, `;` or the end of the line"));
        }
        self.rest = self.rest.trim_start_matches(|c: char| c == ';' || c.is_whitespace());
        Ok(())
    }

    /// `a`, `a[text]`, `a("text"):::class`
    pub(super) fn vertex(&mut self) -> Result<Vertex> {
        self.skip_blanks();
        let name = self.name()?;
        if self.rest.starts_with("@{") {
            let fault = Error::new(Code::GraphUnsupported).value("@{");
            return Err(fault.expected("a shape in brackets"));
        }
        let text = self.shape()?;
        if self.eat(":::") {
            self.name()?;
        }
        Ok(Vertex { name, text })
    }

    fn name(&mut self) -> Result<String> {
        let mut signs = self.rest.char_indices().peekable();
        let mut end = 0;
        while let Some((at, c)) = signs.next() {
            let next = signs.peek().map(|(_, next)| *next);
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            // Inside a name, but not where an arrow or a class begins.
            let joins = matches!(c, '-' | '.' | '/' | ':' | '~' | '+') && at > 0 && next.is_some_and(is_word);
            if !is_word(c) && !joins {
                break;
            }
            end = at + c.len_utf8();
        }
        if end == 0 {
            return Err(self.unexpected("a node"));
        }
        Ok(self.advance(end).to_owned())
    }

    fn shape(&mut self) -> Result<Option<String>> {
        // `a <--> b` and `a > b` have a blank before the sign, a shape has none.
        let Some((open, closing)) = SHAPES.iter().find(|(open, _)| self.rest.starts_with(open)) else {
            return Ok(None);
        };
        if *open == "<" {
            return Ok(None);
        }
        self.advance(open.len());
        let text = self.rest.trim_start();
        if let Some(quoted) = text.strip_prefix('"') {
            let Some(end) = quoted.find('"') else { return Err(self.unexpected("a closing quote")) };
            let (inside, behind) = quoted.split_at_checked(end).unwrap_or((quoted, ""));
            let behind = behind.trim_start_matches('"').trim_start();
            let Some(rest) = closing.iter().find_map(|close| behind.strip_prefix(*close)) else {
                return Err(syntax(behind).expected(closing.join(" or ")));
            };
            self.rest = rest;
            return Ok(Some(unescape(inside)));
        }
        let first = closing.iter().filter_map(|close| Some((self.rest.find(close)?, close))).min();
        let Some((end, close)) = first else { return Err(self.unexpected(&closing.join(" or "))) };
        let inside = self.advance(end);
        self.advance(close.len());
        Ok(Some(unescape(inside)))
    }

    /// `-->`, `-.->`, `==>`, `---`, `--o`, `<-->`, each of any length and with a text as `-->|text|` or `-- text -->`.
    pub(super) fn link(&mut self) -> Result<Option<Link>> {
        self.skip_blanks();
        let is_double = self.rest.starts_with('<');
        let Some(stem) = self.rest.get(usize::from(is_double)..) else { return Ok(None) };
        let stem = stem.strip_prefix(['o', 'x']).filter(|rest| rest.starts_with("--")).unwrap_or(stem);
        if !["--", "-.", "==", "~~~"].iter().any(|start| stem.starts_with(start)) {
            return Ok(None);
        }
        self.rest = stem;
        let mut head = self.line_of_link();
        let mut text = None;
        if matches!(head, "--" | "==" | "-.") {
            // A text stands inside the arrow.
            let ends: &[&str] = match head {
                "--" => &["--"],
                "==" => &["=="],
                _ => &[".-"],
            };
            let Some(end) = ends.iter().filter_map(|end| self.rest.find(end)).min() else {
                return Err(self.unexpected("the end of the arrow"));
            };
            text = Some(unescape(self.advance(end)));
            head = self.line_of_link();
        }
        if self.eat("|") {
            let Some(end) = self.rest.find('|') else { return Err(self.unexpected("`|`")) };
            text = Some(unescape(self.advance(end).trim().trim_matches('"')));
            self.advance(1);
        }
        let points = head.ends_with(['>', 'o', 'x']);
        Ok(Some(Link { text: text.filter(|text| !text.is_empty()), is_undirected: is_double || !points }))
    }

    /// The signs of an arrow. `o` and `x` are its head only where a blank follows: `a---oasis` has none.
    fn line_of_link(&mut self) -> &'a str {
        let length = self.rest.find(|c: char| !matches!(c, '-' | '.' | '=' | '~')).unwrap_or(self.rest.len());
        let mut behind = self.rest.get(length..).unwrap_or_default().chars();
        let head = match (behind.next(), behind.next()) {
            (Some('>'), _) | (Some('o' | 'x'), Some(' ' | '|')) => 1,
            _ => 0,
        };
        self.advance(length + head)
    }
}

/// Takes out what Mermaid writes as `#35;` or `#quot;`, and its line breaks.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.trim();
    while let Some(at) = rest.find(['#', '<']) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        plain.push_str(before);
        let (sign, length) = sign_at(from);
        plain.push_str(&sign);
        rest = from.get(length..).unwrap_or_default();
    }
    plain.push_str(rest);
    plain
}

/// What stands at the beginning of a text, and how many bytes it takes.
fn sign_at(text: &str) -> (String, usize) {
    for line_break in ["<br/>", "<br />", "<br>"] {
        if text.starts_with(line_break) {
            return (" ".to_owned(), line_break.len());
        }
    }
    let name = text.strip_prefix('#').and_then(|name| name.split_once(';')).map(|(name, _)| name);
    let sign = match name {
        Some("quot") => Some('"'),
        Some("lt") => Some('<'),
        Some("gt") => Some('>'),
        Some("amp") => Some('&'),
        Some("apos") => Some('\''),
        Some(number) => number.parse().ok().and_then(char::from_u32),
        None => None,
    };
    match (sign, name) {
        (Some(sign), Some(name)) => (sign.to_string(), name.len() + 2),
        _ => (text.chars().take(1).collect(), 1),
    }
}
