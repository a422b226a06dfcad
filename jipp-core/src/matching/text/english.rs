//! English inflections: steps 0 and 1 of the English (Porter2) stemmer as its author specifies it.
//!
//! Source: M. F. Porter, "The English (Porter2) stemming algorithm", snowballstem.org, steps 0, 1a, 1b, 1c without the
//! exception lists, and with two precautions for the sake of Indonesian words and names: `-as`, `-is` and `-os` keep
//! their s (`migas`, `Travis`), and a stem has at least three letters. Plurals, `-ed`, `-ing` and a final `-y` go;
//! derivations (`-tion`, `-ness`) stay, since English is the second language of the texts and a wrong conflation costs
//! more than a missed one.

/// A shorter stem says too little.
const MIN_STEM: usize = 3;

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

fn has_vowel(part: &[u8]) -> bool {
    part.iter().any(|&byte| is_vowel(byte))
}

/// Where region R1 begins: after the first non-vowel that follows a vowel.
fn first_region(word: &[u8]) -> usize {
    word.windows(2).position(|pair| is_vowel(pair[0]) && !is_vowel(pair[1])).map_or(word.len(), |at| at + 2)
}

/// Whether the word ends in a short syllable and R1 is empty.
fn is_short(word: &[u8]) -> bool {
    let ends_short = match *word {
        [first, last] => is_vowel(first) && !is_vowel(last),
        [.., before, vowel, last] => {
            !is_vowel(before) && is_vowel(vowel) && !is_vowel(last) && !matches!(last, b'w' | b'x')
        }
        _ => false,
    };
    ends_short && first_region(word) >= word.len()
}

fn ends_double(word: &[u8]) -> bool {
    matches!(*word, [.., a, b] if a == b && b"bdfgmnprt".contains(&a))
}

/// The word without its inflection. Takes folded ASCII letters.
pub(super) fn stem(word: &str) -> String {
    let mut stem = word.to_owned();
    strip_plural(&mut stem);
    strip_tense(&mut stem);
    if let [.., before, b'y'] = stem.as_bytes()
        && stem.len() > 2
        && !is_vowel(*before)
    {
        stem.pop();
        stem.push('i');
    }
    if stem.len() < MIN_STEM { word.to_owned() } else { stem }
}

fn strip_plural(stem: &mut String) {
    let cut = |stem: &mut String, count: usize| stem.truncate(stem.len() - count);
    if stem.ends_with("sses") {
        cut(stem, 2);
    } else if stem.ends_with("ied") || stem.ends_with("ies") {
        let count = if stem.len() > 4 { 2 } else { 1 };
        cut(stem, count);
    } else if let [rest @ .., before, b's'] = stem.as_bytes()
        && !matches!(before, b'a' | b'i' | b'o' | b'u' | b's')
        // Not where the only vowel stands right before the s.
        && has_vowel(rest)
    {
        cut(stem, 1);
    }
}

fn strip_tense(stem: &mut String) {
    for suffix in ["eedly", "eed"] {
        if stem.ends_with(suffix) {
            if stem.len() - suffix.len() >= first_region(stem.as_bytes()) {
                stem.truncate(stem.len() - suffix.len() + 2);
            }
            return;
        }
    }
    for suffix in ["ingly", "edly", "ing", "ed"] {
        let Some(rest) = stem.strip_suffix(suffix) else { continue };
        if has_vowel(rest.as_bytes()) {
            stem.truncate(rest.len());
            if stem.ends_with("at") || stem.ends_with("bl") || stem.ends_with("iz") || is_short(stem.as_bytes()) {
                stem.push('e');
            } else if ends_double(stem.as_bytes()) {
                stem.pop();
            }
        }
        return;
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn follows_the_specification() {
        for (word, expected) in [
            ("services", "service"),
            ("cities", "citi"),
            ("city", "citi"),
            ("ties", "tie"),
            ("gas", "gas"),
            ("this", "this"),
            ("gaps", "gap"),
            ("travis", "travis"),
            ("ued", "ued"),
            ("status", "status"),
            ("processes", "process"),
            ("agreed", "agree"),
            ("feed", "feed"),
            ("planned", "plan"),
            ("hopping", "hop"),
            ("hoping", "hope"),
            ("falling", "fall"),
            ("updating", "update"),
            ("sing", "sing"),
            ("by", "by"),
            ("say", "say"),
            ("quickly", "quickli"),
        ] {
            assert_eq!(stem(word), expected, "{word}");
        }
    }
}
