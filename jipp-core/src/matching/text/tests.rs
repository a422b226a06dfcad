use super::*;
use proptest::prelude::*;

#[test]
fn the_data_files_are_in_order() {
    for (file, version, least) in [(ROOTS, 2, 5000), (STOP_WORDS_ID, 2, 250), (STOP_WORDS_EN, 1, 100)] {
        assert!(file.starts_with("# ") && file.lines().next().unwrap().contains(&format!("version {version}.")));
        let lines: Vec<&str> = data_lines(file).collect();
        assert!(lines.len() >= least, "{} lines", lines.len());
        assert!(lines.is_sorted_by(|a, b| a < b), "sorted, each once");
        assert!(lines.iter().all(|line| *line == fold(line)), "folded");
    }
    let analyzer = Analyzer::standard();
    // The stem of a stem is itself: no entry points to a word that points elsewhere.
    assert!(analyzer.roots.values().all(|root| analyzer.roots.get(root) == Some(root)));
}

#[test]
fn every_byte_ends_a_word_or_does_not() {
    for byte in 0..=u8::MAX {
        for at in 0..17 {
            let mut bytes = [b'a'; 19];
            bytes[at] = byte;
            let expected = if byte.is_ascii_alphanumeric() { bytes.len() } else { at };
            assert_eq!(plain_letters(&bytes), expected, "byte {byte} at {at}");
        }
    }
}

#[test]
fn tokens_keep_the_word_and_its_term() {
    let analyzer = Analyzer::standard();
    let terms = |text: &str| analyzer.tokens(text).into_iter().map(|token| token.term).collect::<Vec<_>>();
    assert_eq!(terms("Anak-anak di Kab. Banyuwangi (GASPOL-12)"), ["anak", "kab", "banyuwangi", "gaspol", "12"]);
    assert_eq!(terms("Salat Jum’at & Jum'at"), ["salat", "jumat", "jumat"]);
    assert_eq!(terms("e-KTP"), ["e", "ktp"]);
    assert_eq!(terms("perundang-undangan"), ["undang"]);
    assert_eq!(terms("yang dan di the of"), [""; 0]);
    assert_eq!(terms("ＫＴＰ Café 東京"), ["ktp", "cafe", "東京"]);
    assert_eq!(terms(&"a".repeat(500)).concat().len(), MAX_WORD_BYTES);
    assert_eq!(terms(&"東".repeat(100)).concat().len(), MAX_WORD_BYTES - 1);
}

#[test]
fn lists_are_read_from_text() {
    let mut builder = Analyzer::builder();
    builder.add_roots_from(" # ours \n\nJum'at\nrumoh -> Rumah\n", "ours.txt").unwrap();
    builder.add_stop_words_from("Inovasi\n", "ours.txt").unwrap();
    let analyzer = builder.build();
    assert_eq!((analyzer.stem("jumatnya"), analyzer.stem("rumoh")), ("jumat".into(), "rumah".into()));
    assert!(analyzer.is_stop_word("inovasi"));
    for (text, line) in [("gampong\n\nrumoh gizi\n", 3), ("rumoh ->", 1), ("-> rumah", 1), ("a\n!", 2)] {
        let error = builder.add_roots_from(text, "ours.txt").unwrap_err();
        let place = error.location();
        assert_eq!(
            (error.code(), place.source.as_deref(), place.line),
            ("option-invalid", Some("ours.txt"), Some(line))
        );
    }
    assert!(builder.add_stop_words_from("dalam rangka", "ours.txt").is_err());
    assert_eq!(builder.build().fingerprint(), analyzer.fingerprint(), "an error adds nothing");
    builder.add_roots(["", "rumoh gizi"]).add_stop_words(["", "dalam rangka"]);
    assert_eq!(builder.build().fingerprint(), analyzer.fingerprint(), "nor does what can never occur");
}

#[test]
fn the_fingerprint_tells_lists_apart_and_not_their_order() {
    let with = |roots: &[&str], stop: &[&str]| {
        let mut builder = Analyzer::builder();
        builder.add_roots(roots).add_stop_words(stop);
        builder.build().fingerprint()
    };
    assert_eq!(with(&[], &[]), Analyzer::standard().fingerprint());
    assert_eq!(with(&["abcx", "abcy"], &[]), with(&["abcy", "abcx"], &[]));
    assert_ne!(with(&["abcx"], &[]), with(&[], &["abcx"]));
    let shared = |_: &(dyn Send + Sync)| ();
    shared(&Analyzer::standard());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_text_is_taken_apart_as_if_folded(text in "[ -~é’＇ＫＴ東ﬁ½]{0,60}") {
        let words = |text: &str| {
            let mut words = Vec::new();
            for_each_word(text, &mut String::new(), |word, _| words.push(word.to_owned()));
            words
        };
        prop_assert_eq!(words(&text), words(&fold(&text)));
    }

    #[test]
    fn any_word_has_a_stem(word in "(me|pe|ber|ke|di){0,3}[a-z]{0,9}(an|kan|i|nya|ed|ing|s){0,3}") {
        static SHARED: std::sync::OnceLock<Analyzer> = std::sync::OnceLock::new();
        let analyzer = SHARED.get_or_init(Analyzer::standard);
        prop_assert!(word.is_empty() || !analyzer.stem(&word).is_empty());
    }
}
