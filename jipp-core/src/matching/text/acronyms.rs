//! Acronyms that a text explains itself: `Kartu Identitas Anak (KIA)` and `KIA (Kartu Identitas Anak)`.
//!
//! Source: A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical
//! text", Pacific Symposium on Biocomputing 8, 2003, pages 451-462. Read from right to left, every letter of the
//! acronym must stand in the words beside the parentheses, in order, and its first letter at the beginning of a word.
//!
//! Changed for Indonesian: acronyms are often built of syllables and longer than ten letters (`Bhabinkamtibmas`), they
//! may stand in two words (`GANCANG ARON`), and a digit repeats the letter beside it (`P3K`, `SP4N`, `3T`).

/// Letters and digits of an acronym.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=20;
/// A word with one capital letter, which any word may begin with, is an acronym only if it is as long as this.
const MIN_SYLLABIC: usize = 4;

/// The acronyms that a text explains in parentheses, each with its expansion, as written and in their order.
///
/// Finds `expansion (ACRONYM)` and `ACRONYM (expansion)`. An acronym has a capital letter, at most two words, and 2 to
/// 20 letters and digits; an expansion has at least two words, and at most twice as many as the acronym has letters
/// or five more, whichever is less.
///
/// ```
/// use jipp_core::matching::acronyms;
/// let text = "Kartu Identitas Anak (KIA) diurus di Samsat (Sistem Administrasi Manunggal Satu Atap) (gratis).";
/// let found = [("KIA", "Kartu Identitas Anak"), ("Samsat", "Sistem Administrasi Manunggal Satu Atap")];
/// assert_eq!(acronyms(text), found);
/// // A title and its expansion that stand in two fields:
/// assert_eq!(acronyms(&format!("{} ({})", "SIPETRUK", "Sistem Pelayanan Terpadu Rukun Kampung")).len(), 1);
/// ```
///
/// # Complexity
/// Linear in the text.
pub fn acronyms(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut sentence = 0;
    let mut open = None;
    for (at, sign) in text.char_indices() {
        match sign {
            '(' => {
                // Within parentheses, the inner ones count.
                if let Some((_, outer)) = open {
                    sentence = outer;
                }
                open = Some((sentence, at + 1));
            }
            ')' => {
                if let Some((start, inner)) = open.take() {
                    found.extend(pair(&text[start..inner - 1], &text[inner..at]));
                }
                sentence = at + 1;
            }
            '.' | ';' | ':' | '!' | '?' | '\n' if open.is_none() => sentence = at + 1,
            _ => {}
        }
    }
    found
}

/// The acronym and the expansion of `before (inside)`.
fn pair<'a>(before: &'a str, inside: &'a str) -> Option<(&'a str, &'a str)> {
    let (before, inside) = (before.trim(), inside.trim());
    if let Some(letters) = letters_of(inside)
        && let Some(expansion) = expansion(&letters, last_words(before, most_words(&letters)), inside)
    {
        return Some((inside, expansion));
    }
    [2, 1].into_iter().find_map(|words| {
        let acronym = last_words(before, words);
        let letters = letters_of(acronym)?;
        let inside = first_words(inside, most_words(&letters));
        expansion(&letters, inside, acronym).filter(|found| found.len() == inside.len()).map(|found| (acronym, found))
    })
}

/// The letters that an expansion must hold, in lower case; nothing if this is no acronym.
fn letters_of(acronym: &str) -> Option<Vec<char>> {
    if acronym.contains(|sign: char| !sign.is_alphanumeric() && !sign.is_whitespace() && !matches!(sign, '-' | '.')) {
        return None;
    }
    let words = acronym.split_whitespace();
    let each_begins_large =
        words.clone().all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
    let signs: Vec<char> = acronym.chars().filter(|sign| sign.is_alphanumeric()).take(LETTERS.end() + 1).collect();
    let large = signs.iter().filter(|sign| sign.is_uppercase()).count();
    let syllabic = large == 1 && signs.len() < MIN_SYLLABIC && !signs.iter().any(char::is_ascii_digit);
    if words.count() > 2 || !each_begins_large || signs.len() > *LETTERS.end() || large == 0 || syllabic {
        return None;
    }
    let mut letters = Vec::new();
    for (place, &sign) in signs.iter().enumerate() {
        match sign.to_digit(10) {
            None => letters.extend(sign.to_lowercase().next()),
            // One of the repeated letters is written out: before the digit, or behind a digit at the beginning.
            Some(times) => {
                let neighbour = letters.last().copied().or_else(|| signs.get(place + 1)?.to_lowercase().next())?;
                letters.extend(std::iter::repeat_n(neighbour, times.saturating_sub(1) as usize));
            }
        }
    }
    LETTERS.contains(&letters.len()).then_some(letters)
}

/// The bound of Schwartz and Hearst.
fn most_words(letters: &[char]) -> usize {
    (letters.len() + 5).min(letters.len() * 2)
}

fn last_words(text: &str, count: usize) -> &str {
    let blank = text.rmatch_indices(char::is_whitespace).nth(count - 1);
    blank.map_or(text, |(at, _)| text[at..].trim_start())
}

fn first_words(text: &str, count: usize) -> &str {
    let text = text.split(';').next().unwrap_or(text);
    let blank = text.match_indices(char::is_whitespace).nth(count - 1);
    blank.map_or(text, |(at, _)| text[..at].trim_end())
}

/// The shortest end of a text that holds the letters in order and begins with the first of them.
fn expansion<'a>(letters: &[char], text: &'a str, acronym: &str) -> Option<&'a str> {
    let signs: Vec<(usize, char)> =
        text.char_indices().map(|(at, sign)| (at, sign.to_lowercase().next().unwrap_or(sign))).collect();
    let mut place = signs.len();
    for (number, letter) in letters.iter().enumerate().rev() {
        place = signs[..place].iter().enumerate().rposition(|(at, (_, sign))| {
            let begins = at.checked_sub(1).is_none_or(|before| !signs[before].1.is_alphanumeric());
            sign == letter && (number > 0 || begins)
        })?;
    }
    let found = &text[signs.get(place)?.0..];
    let mut words = found.split_whitespace();
    let explains = words.clone().nth(1).is_some() && words.all(|word| word.to_lowercase() != acronym.to_lowercase());
    explains.then_some(found)
}

#[cfg(test)]
mod tests {
    use super::acronyms;
    use proptest::prelude::*;

    #[test]
    fn both_orders_are_found() {
        for (text, acronym, expansion) in [
            ("Warga mengurus Kartu Identitas Anak (KIA) di desa", "KIA", "Kartu Identitas Anak"),
            ("Warga mengurus KIA (Kartu Identitas Anak) di desa", "KIA", "Kartu Identitas Anak"),
            ("Program KIA (kartu identitas anak)", "KIA", "kartu identitas anak"),
            ("lewat Dinas Komunikasi dan Informatika (Diskominfo).", "Diskominfo", "Dinas Komunikasi dan Informatika"),
            ("Puskesmas (Pusat Kesehatan Masyarakat)", "Puskesmas", "Pusat Kesehatan Masyarakat"),
            ("LARAS PADI (Layanan Ramah Sapa Difabel)", "LARAS PADI", "Layanan Ramah Sapa Difabel"),
            ("Pertolongan Pertama pada Kecelakaan (P3K)", "P3K", "Pertolongan Pertama pada Kecelakaan"),
            ("Sistem Pengelolaan Pengaduan Publik (SP3)", "SP3", "Sistem Pengelolaan Pengaduan Publik"),
            ("daerah 3T (tertinggal, terdepan, terluar)", "3T", "tertinggal, terdepan, terluar"),
            ("Dibantu bank. Kredit Usaha Rakyat ( KUR ) cair", "KUR", "Kredit Usaha Rakyat"),
            ("(lihat Rumah Sakit (RS) daerah)", "RS", "Rumah Sakit"),
        ] {
            assert_eq!(acronyms(text), [(acronym, expansion)], "{text}");
        }
    }

    #[test]
    fn other_parentheses_are_passed_over() {
        for text in [
            "",
            "()",
            "(KIA)",
            "Kartu (",
            ") (",
            "turun 5% (2020)",
            "di Kabupaten Sleman (Daerah Istimewa Yogyakarta)",
            "Kartu. Identitas Anak (KIA)",
            "di desa (gratis)",
            "Di sini (dalam kota ini)",
            "KIA (KIA dan lainnya)",
            "Kabupaten (Kab)",
            "Anak satu (A1)",
            "datang di posyandu (D/S)",
            "warga membawa kartu (KTP)",
            "((((",
            "))))",
        ] {
            assert_eq!(acronyms(text), [], "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn any_text_is_read(text in "([A-Za-zé東2 .(;)]{0,8}(\\(|\\))){0,8}") {
            for (acronym, expansion) in acronyms(&text) {
                prop_assert!(text.contains(acronym) && text.contains(expansion) && expansion.contains(' '));
            }
        }
    }
}
