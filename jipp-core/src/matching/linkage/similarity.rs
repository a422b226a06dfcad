//! How alike two values are, from 0 to 1: for each kind one number.
//!
//! Of several measures the best counts, never their sum: measures of the same two texts say the same thing twice.
//!
//! * *Words*: the best of Jaro-Winkler (Winkler 1990), the distance of optimal string alignment as a share of the longer
//!   word, and the Dice coefficient of letter pairs. Jaro-Winkler gives strangers 0.4 to 0.6 already, so it is stretched
//!   from 0.6 to 1 over the whole range, where one typing error in a name lies near the other two. A beginning
//!   of three letters or more is an abbreviation (`kab` of `kabupaten`), a single letter an initial.
//! * *Texts of several words*: words are paired best first, each pair counting by its likeness and by how rare its words
//!   are in the field, squared as in a cosine (soft TF-IDF: Cohen, Ravikumar and Fienberg 2003, who found it the best of all they compared). So
//!   the order of words does not matter (token sort), and `Kabupaten Lebak` is far from `Kabupaten Lahat`. A word written
//!   as two pairs with both, and one made of the beginnings of several with all of them (`Pemkab`, `Kemenkes`). Where
//!   one text lies within the other (token set) the likeness can reach *close*.
//! * *Running text*: the weight of the words in common, as a share of both texts (Dice) or, for texts cut short, of the
//!   shorter one.
//!
//! Every function is symmetric: pairs are put into one order first.

use super::number::real;
use super::prepared::{Cell, TextCell, Word, letters};

/// Words longer than this are no words of a language and are compared whole only.
const LONGEST_WORD: usize = 64;
/// Words less alike than this are different words.
const ALIKE: f64 = 0.6;
/// How alike an abbreviation is to its word.
const ABBREVIATION: f64 = 0.87;
/// How alike an initial is to its name.
const INITIAL: f64 = 0.7;
/// The most that texts which are not equal can reach.
const NOT_EQUAL: f64 = 0.99;
/// What counts of a text that lies within another.
const WITHIN: f64 = 0.84;
/// What counts of a running text that lies within another.
const SHORTENED: f64 = 0.95;
/// The fewest distinct words of a running text cut short.
const FEWEST_WORDS: usize = 5;

/// How alike two values of one kind are. `rarest` is the logarithm of how rare a word is that occurs once.
///
/// # Complexity
/// For texts of up to 24 words the product of their lengths; linear for running text.
pub(super) fn similarity(a: &Cell, b: &Cell, rarest: f64, running: bool) -> f64 {
    match (a, b) {
        (Cell::Text(a), Cell::Text(b)) if running => running_similarity(a, b),
        (Cell::Text(a), Cell::Text(b)) => text_similarity(a, b, rarest),
        (Cell::Code(a), Cell::Code(b)) => code_similarity(a, b),
        (Cell::Number(a, a_text), Cell::Number(b, b_text)) => number_similarity(*a, *b, a_text, b_text),
        (Cell::Date(a), Cell::Date(b)) => date_similarity(*a, *b),
        (Cell::Year(a), Cell::Year(b)) => year_similarity(*a, *b),
        _ => 0.0,
    }
}

/// How alike two words are.
pub(super) fn word_similarity(a: &Word, b: &Word) -> f64 {
    if a.text == b.text {
        return 1.0;
    }
    let (short, long) = if (a.length, &a.text) <= (b.length, &b.text) { (a, b) } else { (b, a) };
    if long.length > LONGEST_WORD {
        return 0.0;
    }
    let begins = long.text.starts_with(&short.text);
    let abbreviated = match short.length {
        1 if begins => INITIAL,
        length if begins && length >= 3 => ABBREVIATION,
        _ => 0.0,
    };
    let common = (short.letters & long.letters).count_ones();
    if common * 2 < long.letters.count_ones() {
        return abbreviated;
    }
    let winkler = (strsim::jaro_winkler(&short.text, &long.text) - 0.6) / 0.4;
    let edits = 1.0 - real(strsim::osa_distance(&short.text, &long.text)) / real(long.length);
    let best = abbreviated.max(winkler).max(edits);
    if !(0.3..NOT_EQUAL).contains(&best) {
        return best.clamp(0.0, NOT_EQUAL);
    }
    best.max(strsim::sorensen_dice(&short.text, &long.text)).min(NOT_EQUAL)
}

/// How alike two texts of a few words are.
pub(super) fn text_similarity(a: &TextCell, b: &TextCell, rarest: f64) -> f64 {
    if a.folded == b.folded {
        return 1.0;
    }
    if a.cut || b.cut {
        return running_similarity(a, b);
    }
    let (a, b) = if a.folded < b.folded { (a, b) } else { (b, a) };
    if let ([one], [other]) = (&a.words[..], &b.words[..]) {
        return word_similarity(one, other);
    }
    let (a_paired, b_paired) = pair_words(&a.words, &b.words);
    let (a_all, b_all) = (total(&a.words), total(&b.words));
    let share = (a_paired.weight + b_paired.weight) / (a_all + b_all);
    let (least, inside) = if a_all <= b_all { (a_all, a_paired.nearly_equal) } else { (b_all, b_paired.nearly_equal) };
    // A text of common words only lies within too many others.
    let within = if least >= rarest * rarest / 2.0 { WITHIN * inside / least } else { 0.0 };
    share.max(within).min(NOT_EQUAL)
}

fn total(words: &[Word]) -> f64 {
    words.iter().map(|word| word.weight).sum()
}

/// What is paired on one side.
#[derive(Default)]
struct Paired {
    /// The weight of the words, as far as they are alike.
    weight: f64,
    /// The same of words that are more than abbreviations of each other.
    nearly_equal: f64,
}

impl Paired {
    fn add(&mut self, alike: f64, words: &[Word]) {
        let weight = alike * total(words);
        self.weight += weight;
        if alike > ABBREVIATION {
            self.nearly_equal += weight;
        }
    }
}

/// Words that may be paired: how alike they are, and the range of them on either side.
type WordPair = (f64, (usize, usize), (usize, usize));

/// Pairs the words of two texts, the most alike first.
fn pair_words(a: &[Word], b: &[Word]) -> (Paired, Paired) {
    let mut pairs: Vec<WordPair> = Vec::new();
    for (i, one) in a.iter().enumerate() {
        for (j, other) in b.iter().enumerate() {
            let alike = word_similarity(one, other);
            if alike >= ALIKE {
                pairs.push((alike, (i, i + 1), (j, j + 1)));
            }
        }
    }
    for (i, one) in a.iter().enumerate() {
        pairs.extend(joined(one, b).into_iter().map(|(alike, range)| (alike, (i, i + 1), range)));
    }
    for (j, other) in b.iter().enumerate() {
        pairs.extend(joined(other, a).into_iter().map(|(alike, range)| (alike, range, (j, j + 1))));
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let (mut a_used, mut b_used) = (vec![false; a.len()], vec![false; b.len()]);
    let (mut a_paired, mut b_paired) = (Paired::default(), Paired::default());
    for (alike, (a_from, a_to), (b_from, b_to)) in pairs {
        if a_used[a_from..a_to].iter().chain(&b_used[b_from..b_to]).any(|used| *used) {
            continue;
        }
        a_used[a_from..a_to].fill(true);
        b_used[b_from..b_to].fill(true);
        a_paired.add(alike, &a[a_from..a_to]);
        b_paired.add(alike, &b[b_from..b_to]);
    }
    (a_paired, b_paired)
}

/// Where neighbouring words, written as one, are nearly this word: joined (`bank sampah`, `banksampah`), or by their
/// beginnings (`pemerintah kabupaten`, `pemkab`). Gives the likeness and the range of words.
fn joined(word: &Word, words: &[Word]) -> Vec<(f64, (usize, usize))> {
    let mut found = Vec::new();
    if word.length > LONGEST_WORD {
        return found;
    }
    for from in 0..words.len() {
        if let [first, second, ..] = &words[from..]
            && (first.length + second.length).abs_diff(word.length) <= 1
            && ((first.letters | second.letters) & !word.letters).count_ones() <= 1
        {
            let text = format!("{}{}", first.text, second.text);
            let (length, letters) = (first.length + second.length, letters(&text));
            let alike = word_similarity(word, &Word { length, letters, weight: 0.0, text });
            if alike >= ABBREVIATION {
                found.push((alike.min(NOT_EQUAL), (from, from + 2)));
            }
        }
        let beginnings = if word.length >= 5 { beginnings(&word.text, &words[from..]) } else { None };
        if let Some(count) = beginnings.filter(|count| *count >= 2) {
            found.push((ABBREVIATION, (from, from + count)));
        }
    }
    found
}

/// Of how many of the first words a text is made by their beginnings, each of two letters or more.
fn beginnings(text: &str, words: &[Word]) -> Option<usize> {
    if text.is_empty() {
        return Some(0);
    }
    let first = words.first()?;
    let common: usize =
        text.chars().zip(first.text.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8()).take_while(|end| *end <= common);
    // The longest beginning first, and never a single letter.
    let ends: Vec<usize> = ends.skip(1).collect();
    ends.into_iter().rev().find_map(|end| Some(beginnings(&text[end..], words.get(1..)?)? + 1))
}

/// How alike two running texts are.
fn running_similarity(a: &TextCell, b: &TextCell) -> f64 {
    if a.folded == b.folded {
        return 1.0;
    }
    let (a, b) = if a.folded < b.folded { (a, b) } else { (b, a) };
    let sum = |bag: &[(u64, f64)]| bag.iter().map(|(_, weight)| weight).sum::<f64>();
    let (a_all, b_all) = (sum(&a.bag), sum(&b.bag));
    let (mut i, mut j, mut common) = (0, 0, 0.0);
    while let (Some((one, weight)), Some((other, _))) = (a.bag.get(i), b.bag.get(j)) {
        if one == other {
            common += weight;
        }
        i += usize::from(one <= other);
        j += usize::from(other <= one);
    }
    let share = 2.0 * common / (a_all + b_all);
    let fewest = a.bag.len().min(b.bag.len());
    let within = if fewest >= FEWEST_WORDS { SHORTENED * common / a_all.min(b_all) } else { 0.0 };
    share.max(within).min(NOT_EQUAL)
}

/// Edits between two strings of signs, as a share of the longer one; very long ones are equal or not.
fn code_similarity(a: &str, b: &str) -> f64 {
    let (a_length, b_length) = (a.chars().count(), b.chars().count());
    let longest = a_length.max(b_length);
    if a == b {
        1.0
    } else if longest > 4 * LONGEST_WORD || longest > 2 * a_length.min(b_length) {
        0.0
    } else {
        1.0 - real(strsim::osa_distance(a, b)) / real(longest)
    }
}

/// Equal; within a hundredth, a tenth (or one typing error), a quarter of the larger one.
fn number_similarity(a: f64, b: f64, a_text: &str, b_text: &str) -> f64 {
    let off = (a - b).abs() / a.abs().max(b.abs());
    let mistyped = a_text.len() >= 3 && b_text.len() >= 3 && strsim::osa_distance(a_text, b_text) == 1;
    match () {
        () if a_text == b_text => 1.0,
        () if off <= 0.01 => 0.9,
        () if off <= 0.1 || mistyped => 0.75,
        () if off <= 0.25 => 0.5,
        () => 0.0,
    }
}

/// Equal; one typing error, day and month exchanged, or the same as far as both are known; two errors; the same year.
fn date_similarity(a: [u8; 8], b: [u8; 8]) -> f64 {
    let same_year = a[..4] == b[..4];
    let unknown = |digits: &[u8]| digits == b"00";
    let month = a[4..6] == b[4..6] || unknown(&a[4..6]) || unknown(&b[4..6]);
    let day = a[6..] == b[6..] || unknown(&a[6..]) || unknown(&b[6..]);
    let exchanged = a[4..6] == b[6..] && a[6..] == b[4..6];
    if a == b {
        return 1.0;
    }
    if same_year && ((month && day) || exchanged) {
        return 0.9;
    }
    match strsim::osa_distance(&String::from_utf8_lossy(&a), &String::from_utf8_lossy(&b)) {
        1 => 0.9,
        2 => 0.75,
        _ if same_year => 0.5,
        _ => 0.0,
    }
}

/// Equal; one year apart; two; up to five.
fn year_similarity(a: i32, b: i32) -> f64 {
    match a.abs_diff(b) {
        0 => 1.0,
        1 => 0.9,
        2 => 0.75,
        3..=5 => 0.5,
        _ => 0.0,
    }
}
