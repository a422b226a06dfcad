//! Text for a terminal of 80 columns.

use std::fmt::Write as _;

/// The width of the page in columns.
const WIDTH: usize = 80;

/// A page of text: headings, and labelled paragraphs that wrap under their label.
#[derive(Debug)]
pub struct Page {
    text: String,
    /// How wide the labels are, their indent included.
    label: usize,
}

impl Page {
    /// An empty page whose labels take this many columns.
    pub fn new(label: usize) -> Self {
        Self { text: String::new(), label }
    }

    /// A line with something at its left and its right end.
    pub fn ends(&mut self, left: &str, right: &str) {
        let room = WIDTH.saturating_sub(textwrap::core::display_width(right) + 2);
        let lines = textwrap::wrap(left, textwrap::Options::new(room).subsequent_indent("   "));
        for (index, line) in lines.iter().enumerate() {
            let gap = if index == 0 { WIDTH.saturating_sub(textwrap::core::display_width(line)) } else { 0 };
            let right = if index == 0 { right } else { "" };
            let _ = writeln!(self.text, "{line}{right:>gap$}");
        }
    }

    /// A paragraph behind a label; an empty label continues the one before.
    pub fn item(&mut self, label: &str, text: &str) {
        let first = format!("{label:<width$}", width = self.label);
        let rest = " ".repeat(self.label);
        let options = textwrap::Options::new(WIDTH).initial_indent(&first).subsequent_indent(&rest);
        let _ = writeln!(self.text, "{}", textwrap::fill(text, options));
    }

    /// Lines behind one label, each with a figure of its own that its text wraps behind.
    pub fn figures<S: AsRef<str>, T: AsRef<str>>(&mut self, label: &str, lines: impl IntoIterator<Item = (S, T)>) {
        for (index, (figure, text)) in lines.into_iter().enumerate() {
            let label = if index == 0 { label } else { "" };
            let first = format!("{label:<width$}{:>4}  ", figure.as_ref(), width = self.label);
            let rest = " ".repeat(self.label + 6);
            let options = textwrap::Options::new(WIDTH).initial_indent(&first).subsequent_indent(&rest);
            let _ = writeln!(self.text, "{}", textwrap::fill(text.as_ref(), options));
        }
    }

    /// Several paragraphs behind one label.
    pub fn items<S: AsRef<str>>(&mut self, label: &str, texts: impl IntoIterator<Item = S>) {
        for (index, text) in texts.into_iter().enumerate() {
            self.item(if index == 0 { label } else { "" }, text.as_ref());
        }
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.text.push('\n');
    }

    /// The page.
    pub fn into_text(self) -> String {
        self.text
    }
}
