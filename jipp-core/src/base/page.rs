//! Pages of Markdown in Indonesian or English.

use std::fmt::Write as _;

use super::{Lang, PartialDate, Truth, Vocabulary as _};

/// A text without anything that Markdown would read as markup, on one line.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' => {
                out.push('\\');
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
    out
}

/// A page in one of two languages.
pub(crate) struct Page {
    pub(crate) lang: Lang,
    pub(crate) text: String,
}

impl Page {
    pub(crate) fn new(lang: Lang) -> Self {
        Self { lang, text: String::new() }
    }
    pub(crate) fn pick(&self, id: &'static str, en: &'static str) -> &'static str {
        if self.lang == Lang::Id { id } else { en }
    }
    pub(crate) fn say(&mut self, id: &str, en: &str) {
        self.text.push_str(if self.lang == Lang::Id { id } else { en });
    }
    pub(crate) fn line(&mut self, id: &str, en: &str) {
        self.say(id, en);
        self.text.push('\n');
    }
    pub(crate) fn heading(&mut self, id: &str, en: &str) {
        let heading = if self.lang == Lang::Id { id } else { en };
        let _ = write!(self.text, "\n## {heading}\n\n");
    }
    pub(crate) fn item(&mut self, label: (&str, &str), text: &str) {
        let label = if self.lang == Lang::Id { label.0 } else { label.1 };
        let _ = writeln!(self.text, "- {label}: {text}");
    }
    /// The head of a table.
    pub(crate) fn row(&mut self, heads: &[(&str, &str)]) {
        let heads: Vec<&str> = heads.iter().map(|head| if self.lang == Lang::Id { head.0 } else { head.1 }).collect();
        self.cells(&heads);
        self.cells(&vec!["---"; heads.len()]);
    }
    pub(crate) fn cells(&mut self, cells: &[&str]) {
        let _ = writeln!(self.text, "| {} |", cells.join(" | "));
    }
    pub(crate) fn unknown(&self) -> String {
        Truth::Unknown.label(self.lang).to_owned()
    }
    pub(crate) fn date(&self, on: Option<PartialDate>) -> String {
        on.map_or_else(|| self.pick("tanpa tanggal", "undated").to_owned(), |on| on.to_string())
    }
}
