//! The stemmer against words with known roots.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed, as it should")]

use std::collections::HashSet;

use jipp_core::matching::Analyzer;

const RULES: &str = include_str!("../vectors/stems-id.txt");
const ERRORS: &str = include_str!("../vectors/stems-id-errors.txt");
const RUNNING_TEXT: &str = include_str!("../vectors/stems-running-text.txt");

/// The words of a vector file with their roots: `word/root`, or a word that is its own.
fn pairs(file: &str) -> impl Iterator<Item = (&str, &str)> {
    let words = file.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    words.map(|word| word.split_once('/').unwrap_or((word, word)))
}

#[test]
fn words_lead_to_their_roots() {
    let analyzer = Analyzer::standard();
    let wrong: Vec<String> = pairs(RULES)
        .filter(|(word, root)| analyzer.stem(word) != *root)
        .map(|(word, root)| format!("{word}: {}, not {root}", analyzer.stem(word)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let words: HashSet<&str> = pairs(RULES).map(|(word, _)| word).collect();
    assert_eq!(words.len(), pairs(RULES).count(), "each word once");
    assert!(words.len() >= 900, "{} words", words.len());
}

#[test]
fn the_list_of_errors_is_true() {
    let analyzer = Analyzer::standard();
    let rules: HashSet<&str> = pairs(RULES).map(|(word, _)| word).collect();
    for (word, root) in pairs(ERRORS) {
        assert_ne!(analyzer.stem(word), root, "{word} is right and belongs into stems-id.txt");
        assert!(!rules.contains(word), "{word} stands in both lists");
    }
}

/// The figures that BENCHMARKS.md quotes: words whose stem is the root that was labelled, of all words, first with stop
/// words and then without. What is missing are mostly derivations that are kept on purpose.
#[test]
fn running_text_agrees_with_labels_by_hand() {
    let analyzer = Analyzer::standard();
    let agreement = |words: &[(&str, &str)]| {
        let right = words.iter().filter(|(word, root)| analyzer.stem(word) == *root).count();
        (right, words.len())
    };
    let all: Vec<(&str, &str)> = pairs(RUNNING_TEXT).collect();
    let content: Vec<(&str, &str)> = all.iter().copied().filter(|(word, _)| !analyzer.is_stop_word(word)).collect();
    assert_eq!(agreement(&all), (485, 500));
    assert_eq!(agreement(&content), (343, 358));
}

#[test]
fn forms_of_one_root_meet_and_lookalikes_do_not() {
    let analyzer = Analyzer::standard();
    let stem = |word| analyzer.stem(word).into_owned();
    for word in ["pelayanan", "melayani", "dilayani", "layanan", "terlayani", "layani"] {
        assert_eq!(stem(word), "layan", "{word}");
    }
    for (one, other) in
        [("beruang", "uang"), ("menteri", "teri"), ("kepala", "pala"), ("perempuan", "empu"), ("sekolah", "kolah")]
    {
        assert_ne!(stem(one), stem(other), "{one}, {other}");
    }
    assert_eq!((stem("belajar"), stem("perikanan"), stem("keuangan")), ("ajar".into(), "ikan".into(), "uang".into()));
}
