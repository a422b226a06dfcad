//! From text to terms.

mod acronyms;
mod english;
mod indonesian;

use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

use serde::Serialize;

use crate::base::{Code, Error, Result, fold};

pub use acronyms::acronyms;

const ROOTS: &str = include_str!("../../../data/text/roots-id.txt");
const STOP_WORDS_ID: &str = include_str!("../../../data/text/stopwords-id.txt");
const STOP_WORDS_EN: &str = include_str!("../../../data/text/stopwords-en.txt");

/// Changes whenever the rules give another term for some word, so that an index made by older rules is recognised.
const RULES_VERSION: u32 = 2;

/// Longer words are cut: they are no words of a language.
const MAX_WORD_BYTES: usize = 64;

/// A root may stand for another root this many times over.
const MAX_HOPS: usize = 4;

/// Turns text into terms: folds, splits, leaves out stop words and reduces Indonesian and English words to their stems.
///
/// * *Words* are runs of letters and digits of the folded text ([`fold`]); an apostrophe inside a word vanishes
///   (`jum'at`), and a doubled word counts once (`anak-anak`).
/// * *Indonesian* affixes are taken off by the rules of the grammar, nasal assimilation included, only where a root of
///   the frozen list remains: `memukul` gives `pukul`, while `beruang` and `menteri` stay.
/// * *English* plurals, `-ed` and `-ing` follow step 1 of Porter's English stemmer; only words that no Indonesian rule
///   explains get there. Its other steps would take the ends off names and unknown Indonesian words.
/// * *Numbers*, names and words with digits stay as they are.
///
/// The lists are data files of this library's own making; [`Analyzer::builder`] adds to them. An analyzer never
/// changes: other roots or stop words mean another analyzer and a new index ([`Analyzer::fingerprint`] tells them
/// apart).
///
/// ```
/// use jipp_core::matching::Analyzer;
/// let analyzer = Analyzer::standard();
/// assert_eq!(analyzer.stem("kependudukan"), "penduduk");
/// assert_eq!(analyzer.stem("menyederhanakan"), "sederhana");
/// assert!(analyzer.is_stop_word("yang"));
/// let terms: Vec<String> = analyzer.tokens("Pelayanan untuk anak-anak").into_iter().map(|t| t.term).collect();
/// assert_eq!(terms, ["layan", "anak"]);
/// ```
#[derive(Clone, Debug)]
pub struct Analyzer {
    /// Each known word with the root it stands for: mostly itself.
    roots: FxHashMap<Box<str>, Box<str>>,
    stop_words: FxHashSet<Box<str>>,
    /// Whether words that are no roots are reduced at all.
    reduces: bool,
    fingerprint: u32,
}

/// A word of a text and the term it counts as.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Token {
    /// The folded word as it stands in the text.
    pub word: String,
    /// Its stem.
    pub term: String,
}

impl Analyzer {
    /// The analyzer with the lists of this library: Indonesian and English.
    ///
    /// # Complexity
    /// Reads some thousand words, about a millisecond: make one and share it.
    pub fn standard() -> Self {
        Self::builder().build()
    }

    /// An analyzer that leaves every word as it is, for texts that were analysed elsewhere: no stop words, no stems.
    ///
    /// ```
    /// assert_eq!(jipp_core::matching::Analyzer::verbatim().stem("pelayanan"), "pelayanan");
    /// ```
    pub fn verbatim() -> Self {
        let fingerprint = crc32fast::hash(b"verbatim");
        Self { roots: FxHashMap::default(), stop_words: FxHashSet::default(), reduces: false, fingerprint }
    }

    /// An analyzer to be made with more roots and stop words, or without those of this library.
    pub fn builder() -> AnalyzerBuilder {
        let mut builder = AnalyzerBuilder::empty();
        builder.add_roots(data_lines(ROOTS));
        builder.add_stop_words(data_lines(STOP_WORDS_ID));
        builder.add_stop_words(data_lines(STOP_WORDS_EN));
        builder
    }

    /// A number that differs between analyzers that may give different terms.
    pub fn fingerprint(&self) -> u32 {
        self.fingerprint
    }

    /// Whether a folded word carries no meaning of its own.
    pub fn is_stop_word(&self, word: &str) -> bool {
        self.stop_words.contains(word)
    }

    /// The stem of a folded word.
    ///
    /// ```
    /// let analyzer = jipp_core::matching::Analyzer::standard();
    /// for (word, stem) in [("mengirimkan", "kirim"), ("keuangannya", "uang"), ("beruang", "beruang")] {
    ///     assert_eq!(analyzer.stem(word), stem);
    /// }
    /// ```
    ///
    /// # Complexity
    /// A bounded number of look-ups; some microseconds. An index remembers the stem of each word it meets.
    pub fn stem<'a>(&'a self, word: &'a str) -> Cow<'a, str> {
        if let Some(root) = self.roots.get(word) {
            return Cow::Borrowed(root);
        }
        if !self.reduces || word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return Cow::Borrowed(word);
        }
        match indonesian::find_root(word, |form| self.roots.contains_key(form)) {
            Some(form) => Cow::Owned(self.roots.get(form.as_str()).map_or(form.clone(), ToString::to_string)),
            None => Cow::Owned(english::stem(word)),
        }
    }

    /// The term of a folded word; nothing for a stop word.
    pub fn term<'a>(&'a self, word: &'a str) -> Option<Cow<'a, str>> {
        (!self.is_stop_word(word)).then(|| self.stem(word))
    }

    /// The words of a text with their terms, in order, without stop words.
    ///
    /// # Complexity
    /// Linear in the text, with the cost of [`stem`](Self::stem) for each word.
    pub fn tokens(&self, text: &str) -> Vec<Token> {
        let mut tokens: Vec<Token> = Vec::new();
        let mut before = None;
        for_each_word(text, &mut String::new(), |word, hyphen| {
            let term = self.term(word).map(Cow::into_owned);
            if let Some(term) = &term
                && !(hyphen && before.as_ref() == Some(term))
            {
                tokens.push(Token { word: word.to_owned(), term: term.clone() });
            }
            before = term;
        });
        tokens
    }
}

impl Default for Analyzer {
    fn default() -> Self {
        Self::standard()
    }
}

/// Collects the lists of an [`Analyzer`]. The order of additions does not matter, except that the last stem given to a
/// word counts.
///
/// ```
/// use jipp_core::matching::Analyzer;
/// let mut builder = Analyzer::builder();
/// builder.add_roots(["gaspol", "posbindu -> posyandu"]).add_stop_words(["inovasi"]);
/// let analyzer = builder.build();
/// assert_eq!(analyzer.stem("gaspolnya"), "gaspol");
/// assert_eq!(analyzer.stem("posbindu"), "posyandu");
/// assert!(analyzer.is_stop_word("inovasi"));
/// ```
#[derive(Clone, Debug)]
pub struct AnalyzerBuilder {
    roots: FxHashMap<Box<str>, Box<str>>,
    stop_words: FxHashSet<Box<str>>,
}

impl AnalyzerBuilder {
    /// Without any list: words lose English inflections only.
    pub fn empty() -> Self {
        Self { roots: FxHashMap::default(), stop_words: FxHashSet::default() }
    }

    /// Adds roots: words that keep their form, and to which affixed words are reduced. `word -> root` gives a word
    /// whose stem the rules cannot find (`belajar -> ajar`). Entries that are not of single words are left out.
    pub fn add_roots<S: AsRef<str>>(&mut self, roots: impl IntoIterator<Item = S>) -> &mut Self {
        for (word, root) in roots.into_iter().filter_map(|entry| root_entry(entry.as_ref())) {
            self.add_root(word, root);
        }
        self
    }

    fn add_root(&mut self, word: String, root: String) {
        // The root of a word given so is a root itself, whatever the order of the entries.
        self.roots.entry(root.as_str().into()).or_insert_with(|| root.as_str().into());
        self.roots.insert(word.into(), root.into());
    }

    /// Adds words to be left out of documents and queries. Entries that are not single words are left out.
    pub fn add_stop_words<S: AsRef<str>>(&mut self, words: impl IntoIterator<Item = S>) -> &mut Self {
        self.stop_words.extend(words.into_iter().filter_map(|word| one_word(word.as_ref()).map(Into::into)));
        self
    }

    /// Adds the roots of a text, one a line as in [`add_roots`](Self::add_roots); `#` begins a comment line.
    ///
    /// ```
    /// use jipp_core::matching::Analyzer;
    /// let mut builder = Analyzer::builder();
    /// builder.add_roots_from("# Words of our region\ngampong\nrumoh -> rumah\n", "aceh.txt")?;
    /// assert_eq!(builder.build().stem("rumoh"), "rumah");
    /// let error = builder.add_roots_from("gampong\nrumoh ->\n", "aceh.txt").unwrap_err();
    /// assert_eq!((error.code(), error.location().line), ("option-invalid", Some(2)));
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `option-invalid` with the source and the line, if a line is not of single words. Then nothing is added.
    pub fn add_roots_from(&mut self, text: &str, source_name: &str) -> Result<&mut Self> {
        for (word, root) in entries(text, source_name, root_entry, "one word, or: word -> root")? {
            self.add_root(word, root);
        }
        Ok(self)
    }

    /// Adds the stop words of a text, one a line; `#` begins a comment line.
    ///
    /// ```
    /// use jipp_core::matching::Analyzer;
    /// let mut builder = Analyzer::builder();
    /// builder.add_stop_words_from("inovasi\nprogram\n", "ours.txt")?;
    /// assert!(builder.build().is_stop_word("program"));
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `option-invalid` with the source and the line, if a line is not one word. Then nothing is added.
    pub fn add_stop_words_from(&mut self, text: &str, source_name: &str) -> Result<&mut Self> {
        let words = entries(text, source_name, one_word, "one word")?;
        self.stop_words.extend(words.into_iter().map(Into::into));
        Ok(self)
    }

    /// The analyzer.
    pub fn build(&self) -> Analyzer {
        let mut roots = self.roots.clone();
        for root in roots.values_mut() {
            // A root may itself stand for another; the hops are bounded because such entries may go in a circle.
            for _ in 0..MAX_HOPS {
                match self.roots.get(root) {
                    Some(next) if next != root => root.clone_from(next),
                    _ => break,
                }
            }
        }
        let mut lines: Vec<String> = roots.iter().map(|(word, root)| format!("{word}>{root}\n")).collect();
        lines.extend(self.stop_words.iter().map(|word| format!("-{word}\n")));
        lines.sort_unstable();
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(&RULES_VERSION.to_le_bytes());
        for line in &lines {
            hasher.update(line.as_bytes());
        }
        Analyzer { roots, stop_words: self.stop_words.clone(), reduces: true, fingerprint: hasher.finalize() }
    }
}

/// The entries of a data file: its lines without comments (`#`) and blanks.
pub(super) fn data_lines(file: &str) -> impl Iterator<Item = &str> {
    numbered_lines(file).map(|(_, line)| line)
}

/// The entries of a data file with the numbers of their lines.
pub(super) fn numbered_lines(file: &str) -> impl Iterator<Item = (u64, &str)> {
    let lines = (1..).zip(file.lines().map(str::trim));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// The one word that a text is, as [`for_each_word`] gives it; nothing if it is none or several.
fn one_word(text: &str) -> Option<String> {
    let (mut word, mut count) = (String::new(), 0);
    for_each_word(text, &mut String::new(), |found, _| {
        found.clone_into(&mut word);
        count += 1;
    });
    (count == 1).then_some(word)
}

/// A word and the root it stands for: `word -> root`, or a root that stands for itself.
fn root_entry(entry: &str) -> Option<(String, String)> {
    let (word, root) = entry.split_once("->").unwrap_or((entry, entry));
    Some((one_word(word)?, one_word(root)?))
}

/// Takes every line of a text, or names the first that is none.
fn entries<T>(text: &str, source_name: &str, take: impl Fn(&str) -> Option<T>, hint: &str) -> Result<Vec<T>> {
    let refuse = |number, line| {
        let error = Error::new(Code::OptionInvalid).value(line).expected(hint);
        error.source_name(source_name).line(number)
    };
    numbered_lines(text).map(|(number, line)| take(line).ok_or_else(|| refuse(number, line))).collect()
}

/// Calls `visit` with each folded word and whether nothing but a hyphen joins it to the word before.
pub(super) fn for_each_word(text: &str, buffer: &mut String, mut visit: impl FnMut(&str, bool)) {
    buffer.clear();
    if text.is_ascii() {
        // What `fold` does to ASCII letters; the blanks it puts in order are gaps here anyway.
        buffer.push_str(text);
        buffer.make_ascii_lowercase();
    } else {
        buffer.push_str(&fold(text).replace('\u{2019}', "'"));
    }
    if buffer.contains('\'') {
        *buffer = buffer.replace('\'', "");
    }
    let mut rest = buffer.as_str();
    let mut first = true;
    while let Some(start) = word_start(rest) {
        let hyphen = !first && &rest[..start] == "-";
        let word = &rest[start..];
        let end = word_end(word);
        visit(cut(&word[..end]), hyphen);
        rest = &word[end..];
        first = false;
    }
}

/// Where the first word begins. Bytes suffice for ASCII, which nearly all text is.
fn word_start(text: &str) -> Option<usize> {
    let at = text.bytes().position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())?;
    if text.as_bytes()[at].is_ascii() { Some(at) } else { text[at..].find(char::is_alphanumeric).map(|more| at + more) }
}

/// Where the word at the beginning of a text ends.
fn word_end(text: &str) -> usize {
    let at = plain_letters(text.as_bytes());
    match text.as_bytes().get(at) {
        Some(byte) if !byte.is_ascii() => {
            text[at..].find(|letter: char| !letter.is_alphanumeric()).map_or(text.len(), |more| at + more)
        }
        _ => at,
    }
}

/// How many letters and digits of ASCII a text begins with: eight bytes at a time, for most words are shorter.
fn plain_letters(text: &[u8]) -> usize {
    let (eights, rest) = text.as_chunks::<8>();
    for (place, eight) in eights.iter().enumerate() {
        let others = !plain(u64::from_le_bytes(*eight)) & HIGH_BITS;
        if others != 0 {
            return place * 8 + others.trailing_zeros() as usize / 8;
        }
    }
    let last = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    text.len() - rest.len() + last
}

/// The highest bit of each of eight bytes.
const HIGH_BITS: u64 = 0x80 * ONES;
const ONES: u64 = 0x0101_0101_0101_0101;

/// Marks the letters and digits of ASCII among eight bytes by their highest bits. Adding to the lower seven bits of a
/// byte carries into the highest from a certain value on, and never into the next byte.
fn plain(eight: u64) -> u64 {
    let within = |bytes: u64, first: u8, last: u8| {
        let (from, beyond) = (ONES * u64::from(0x80 - first), ONES * u64::from(0x7f - last));
        (bytes + from) & !(bytes + beyond)
    };
    let seven = eight & !HIGH_BITS;
    let digits = within(seven, b'0', b'9');
    let letters = within(seven | (0x20 * ONES), b'a', b'z');
    (digits | letters) & !eight & HIGH_BITS
}

fn cut(word: &str) -> &str {
    let mut end = word.len().min(MAX_WORD_BYTES);
    while !word.is_char_boundary(end) {
        end -= 1;
    }
    &word[..end]
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by it")]
mod tests;
