use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::base::ErrorKind;
use crate::matching::{FULL_SCORE, Feedback, Field, Lexicon, MatchKind};

fn analyzer() -> Arc<Analyzer> {
    static SHARED: std::sync::OnceLock<Arc<Analyzer>> = std::sync::OnceLock::new();
    SHARED.get_or_init(|| Arc::new(Analyzer::standard())).clone()
}

fn lexicon() -> &'static Lexicon {
    static SHARED: std::sync::OnceLock<Lexicon> = std::sync::OnceLock::new();
    SHARED.get_or_init(|| Lexicon::standard(analyzer()))
}

fn fields() -> FieldSet {
    let fields = vec![Field::new("title", 250).with_dilution(40), Field::new("problem", 100), Field::new("owner", 50)];
    FieldSet::new(fields).unwrap()
}

fn index(docs: &[(u32, &[(usize, &str)])]) -> TextIndex {
    let mut index = TextIndex::new(analyzer(), fields());
    for (doc, texts) in docs {
        index.insert(*doc, texts).unwrap();
    }
    index
}

fn search(index: &TextIndex, query: &str) -> Vec<Hit> {
    index.search(&Query::parse(query, lexicon()), &|_| true, 100)
}

fn sample() -> TextIndex {
    index(&[
        (0, &[(0, "Gerai KTP-el Keliling"), (1, "Warga pulau sulit mengurus kartu tanda penduduk")]),
        (1, &[(0, "Jemput Sampah"), (1, "Sampah rumah tangga tidak terangkut")]),
        (2, &[(0, "Antrean Daring Puskesmas"), (1, "Pasien menunggu lama di loket pendaftaran"), (2, "Kota Malang")]),
        (4, &[(0, "Kartu Petani"), (1, "Pupuk bersubsidi salah sasaran"), (2, "Kabupaten Malang")]),
    ])
}

#[test]
fn reasons_name_words_kinds_and_fields() {
    let index = sample();
    let hits = search(&index, "pendaftaran antrian pukesmas online");
    assert_eq!(hits[0].doc, 2);
    let reasons: BTreeMap<&str, (&str, MatchKind, usize)> = hits[0]
        .contributions
        .iter()
        .map(|part| (part.words.as_str(), (part.matched.as_str(), part.kind, part.fields[0].field)))
        .collect();
    assert_eq!(reasons["pendaftaran"], ("pendaftaran", MatchKind::Exact, 1));
    assert_eq!(reasons["antrian"], ("antrean", MatchKind::Stem, 0));
    assert_eq!(reasons["pukesmas"], ("puskesmas", MatchKind::Typo, 0));
    assert_eq!(reasons["online"], ("daring", MatchKind::Synonym, 0));
    assert_eq!(hits.len(), 1);
}

#[test]
fn phrases_and_abbreviations_stand_for_each_other() {
    let index = index(&[
        (0, &[(1, "pengurusan kartu tanda penduduk")]),
        (1, &[(0, "KTP untuk semua")]),
        // The words of the phrase lie in different fields.
        (2, &[(0, "kartu tanda"), (1, "penduduk miskin")]),
    ]);
    let found = |query| search(&index, query).into_iter().map(|hit| hit.doc).collect::<BTreeSet<_>>();
    assert_eq!(found("e-KTP"), [0, 1].into());
    assert_eq!(found("kartu tanda penduduk"), [0, 1, 2].into());
    let reason = &index.explain(&Query::parse("ktp", lexicon()), 0)[0];
    assert_eq!((reason.matched.as_str(), reason.kind), ("kartu tanda penduduk", MatchKind::Synonym));
    let reason = &index.explain(&Query::parse("kartu tanda penduduk", lexicon()), 1)[0];
    assert_eq!((reason.words.as_str(), reason.matched.as_str()), ("kartu tanda penduduk", "ktp"));
}

#[test]
fn slips_are_mended_and_numbers_are_not() {
    let index = index(&[(0, &[(0, "Pelayanan persalinan 2019")]), (1, &[(0, "Perpustakaan 2018")])]);
    for (query, expected) in [("pelyanan", Some(0)), ("persalianan", Some(0)), ("perpustakan", Some(1))] {
        let hits = search(&index, query);
        assert_eq!(hits.first().map(|hit| hit.doc), expected, "{query}");
        assert_eq!(hits[0].contributions[0].kind, MatchKind::Typo);
    }
    assert!(search(&index, "2017 covid19 pel").is_empty());
    // A word that is known is never taken for another.
    assert_eq!(search(&index, "perpustakaan")[0].contributions[0].kind, MatchKind::Exact);
}

#[test]
fn filter_limit_and_order() {
    let index = index(&[(5, &[(0, "sampah")]), (3, &[(0, "sampah")]), (8, &[(0, "sampah sampah plastik")])]);
    let query = Query::parse("sampah plastik", lexicon());
    let docs = |filter: &dyn Fn(u32) -> bool, limit| {
        index.search(&query, filter, limit).into_iter().map(|hit| hit.doc).collect::<Vec<_>>()
    };
    assert_eq!(docs(&|_| true, 9), [8, 3, 5]);
    assert_eq!(docs(&|_| true, 2), [8, 3]);
    assert_eq!(docs(&|doc| doc != 8, 1), [3]);
    assert!(docs(&|_| true, 0).is_empty());
    assert!(index.search(&Query::parse("yang di", lexicon()), &|_| true, 9).is_empty());
    assert!(index.search(&query, &|_| true, 9).iter().all(|hit| hit.score < FULL_SCORE));
}

#[test]
fn what_cannot_be_is_refused() {
    let mut index = sample();
    let before = index.to_bytes();
    assert_eq!(index.insert(MAX_DOC + 1, &[]).unwrap_err().code(), "out-of-range");
    assert_eq!(index.insert(0, &[(0, "a"), (3, "b")]).unwrap_err().code(), "field-unknown");
    assert_eq!(index.to_bytes(), before);
    assert!(!index.remove(3) && !index.remove(1000));
    assert!(index.reweight(FieldSet::new(vec![Field::new("other", 100)]).unwrap()).is_err());
    let heavier = vec![Field::new("title", 10), Field::new("problem", 1000), Field::new("owner", 50)];
    index.reweight(FieldSet::new(heavier).unwrap()).unwrap();
    assert_eq!(search(&index, "kartu").iter().map(|hit| hit.doc).collect::<Vec<_>>(), [0, 4]);
}

#[test]
fn long_texts_and_many_repetitions_stay_in_range() {
    let long = "sampah ".repeat(5000);
    let index = index(&[(0, &[(0, &long), (1, &long)]), (1, &[(0, "lain sampah")]), (2, &[])]);
    assert_eq!(index.len(), 3);
    let hits = search(&index, &long);
    assert_eq!(hits.len(), 2);
    let copy = TextIndex::from_bytes(&index.to_bytes(), analyzer(), fields()).unwrap();
    assert_eq!(search(&copy, "sampah"), search(&index, "sampah"));
}

#[test]
fn snapshots_are_checked() {
    let index = sample();
    let bytes = index.to_bytes();
    let copy = TextIndex::from_bytes(&bytes, analyzer(), fields()).unwrap();
    assert_eq!(copy.to_bytes(), bytes);
    assert_eq!(search(&copy, "kartu malang antrean"), search(&index, "kartu malang antrean"));

    let read = |bytes: &[u8]| TextIndex::from_bytes(bytes, analyzer(), fields()).map(|_| ()).unwrap_err();
    for cut in 0..bytes.len() {
        assert_eq!(read(&bytes[..cut]).code(), "store-damaged");
    }
    let mut newer = bytes.clone();
    newer[8] = 9;
    assert_eq!((read(&newer).code(), read(&newer).kind()), ("format-newer", ErrorKind::Unsupported));
    let mut other = Analyzer::builder();
    other.add_stop_words(["sampah"]);
    let misfit = TextIndex::from_bytes(&bytes, Arc::new(other.build()), fields()).unwrap_err();
    assert_eq!(misfit.code(), "format-unknown");
    let names = FieldSet::new(vec![Field::new("title", 100)]).unwrap();
    assert_eq!(TextIndex::from_bytes(&bytes, analyzer(), names).unwrap_err().code(), "format-unknown");
}

/// Puts a right checksum under altered bytes, so that the checks behind it are reached.
fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let body = bytes.len() - 4;
    let sum = crc32fast::hash(&bytes[..body]).to_le_bytes();
    bytes[body..].copy_from_slice(&sum);
    bytes
}

#[test]
fn altered_snapshots_never_panic() {
    let bytes = sample().to_bytes();
    for at in 16..bytes.len() - 4 {
        for value in [0, 1, 0x7f, 0x80, 0xff, bytes[at].wrapping_add(1), bytes[at] ^ 0x10] {
            let mut altered = bytes.clone();
            altered[at] = value;
            if let Ok(mut index) = TextIndex::from_bytes(&sealed(altered), analyzer(), fields()) {
                search(&index, "ktp kartu sampah antrean pukesmas malang");
                (0..6).for_each(|doc| {
                    index.remove(doc);
                });
                search(&index, "ktp kartu sampah antrean pukesmas malang");
                index.to_bytes();
            }
        }
    }
}

/// Scores from the texts alone, by the formulas in the documentation of the index.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small numbers"
)]
fn naive(docs: &BTreeMap<u32, Vec<(usize, String)>>, query: &str) -> BTreeMap<u32, u32> {
    let analyzer = analyzer();
    let terms_of = |text: &str| analyzer.tokens(text).into_iter().map(|token| token.term).collect::<Vec<_>>();
    let field = |doc: u32, field: usize| -> Vec<String> {
        docs[&doc].iter().filter(|(of, _)| *of == field).flat_map(|(_, text)| terms_of(text)).collect()
    };
    let impact = |doc: u32, term: &str| {
        let mut frequency = 0;
        for (place, weights) in fields().as_slice().iter().enumerate() {
            let terms = field(doc, place);
            let (weight, dilution) = (u64::from(weights.weight), u64::from(weights.dilution));
            let relative = 10_000 * dilution * terms.len() as u64 / u64::from(weights.pivot);
            let divisor = 10_000 * (100 - dilution) + relative;
            let norm = (weight * 10_000_000 + divisor / 2) / divisor;
            frequency += norm * terms.iter().filter(|have| *have == term).count() as u64;
        }
        let divisor = 2000 + frequency;
        let rounded = (250 * frequency + divisor / 2) / divisor;
        if frequency > 0 { Some(rounded.clamp(1, 250)) } else { None }
    };
    let mut words: Vec<(String, u64)> = Vec::new();
    for term in terms_of(query) {
        match words.iter_mut().find(|(known, _)| *known == term) {
            Some((_, times)) => *times += 1,
            None => words.push((term, 1)),
        }
    }
    let holders = |term: &str| docs.keys().copied().filter(|&doc| impact(doc, term).is_some()).collect::<Vec<_>>();
    words.retain(|(term, _)| !holders(term).is_empty());
    let weight = |term: &str, times: u64| {
        let (all, have) = (docs.len() as f64, holders(term).len() as f64);
        times * (libm::round(libm::log(1.0 + (all - have + 0.5) / (have + 0.5)) * 1e6) as u64)
    };
    let all: u64 = words.iter().map(|(term, times)| weight(term, *times)).sum();
    let mut scores = BTreeMap::new();
    for (term, times) in &words {
        let step = u128::from(weight(term, *times)) * 50_000 * 256 / (u128::from(all) * 250);
        for doc in holders(term) {
            let impact = u128::from(impact(doc, term).unwrap());
            *scores.entry(doc).or_default() += 1 + (step * impact / 256) as u32;
        }
    }
    scores
}

fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "sampah",
        "layanan",
        "pelayanan",
        "melayani",
        "ktp",
        "kartu",
        "tanda",
        "penduduk",
        "puskesmas",
        "antrean",
        "dan",
        "2019",
        "anak-anak",
        "desa",
        "wisata",
        "nelayan",
        "perahu",
        "pasien",
        "gizi",
    ]);
    prop::collection::vec(word, 0..7).prop_map(|words| words.join(" "))
}

type Texts = Vec<(usize, String)>;

fn edits() -> impl Strategy<Value = Vec<(u32, Option<Texts>)>> {
    let texts = prop::collection::vec((0_usize..3, text()), 0..4);
    prop::collection::vec((0_u32..14, prop::option::weighted(0.75, texts)), 1..40)
}

fn borrowed(texts: &Texts) -> Vec<(usize, &str)> {
    texts.iter().map(|(field, text)| (*field, text.as_str())).collect()
}

fn put(index: &mut TextIndex, doc: u32, texts: &Texts) {
    index.insert(doc, &borrowed(texts)).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn many_at_once_leave_what_one_by_one_does(edits in edits(), query in text()) {
        let docs: Vec<(u32, Texts)> = edits.into_iter().filter_map(|(doc, texts)| Some((doc, texts?))).collect();
        let (mut single, mut many) = (index(&[]), index(&[]));
        for (doc, texts) in &docs {
            put(&mut single, *doc, texts);
        }
        many.insert_all(docs.iter().map(|(doc, texts)| (*doc, borrowed(texts)))).unwrap();
        prop_assert_eq!(many.to_bytes(), single.to_bytes());
        prop_assert_eq!(search(&many, &query), search(&single, &query));
    }

    #[test]
    fn edits_leave_what_a_fresh_index_has(edits in edits(), query in text()) {
        let (mut index, mut docs) = (TextIndex::new(analyzer(), fields()), BTreeMap::new());
        for (doc, texts) in edits {
            if let Some(texts) = texts {
                put(&mut index, doc, &texts);
                docs.insert(doc, texts);
            } else {
                prop_assert_eq!(index.remove(doc), docs.remove(&doc).is_some());
            }
        }
        let mut fresh = TextIndex::new(analyzer(), fields());
        for (&doc, texts) in &docs {
            put(&mut fresh, doc, texts);
        }
        prop_assert_eq!(index.to_bytes(), fresh.to_bytes());
        let copy = TextIndex::from_bytes(&index.to_bytes(), analyzer(), fields()).unwrap();
        for asked in [query.as_str(), "pukesmas pelyanan ktp antri", "kartu tanda penduduk wisatawan"] {
            let hits = search(&index, asked);
            prop_assert_eq!(&hits, &search(&fresh, asked));
            prop_assert_eq!(&hits, &search(&copy, asked));
            prop_assert!(hits.is_sorted_by_key(|hit| (std::cmp::Reverse(hit.score), hit.doc)));
            for hit in &hits {
                prop_assert_eq!(hit.score, hit.contributions.iter().map(|part| part.score).sum::<u32>());
                for part in &hit.contributions {
                    prop_assert_eq!(part.score, part.fields.iter().map(|share| share.score).sum::<u32>());
                    prop_assert!(!part.fields.is_empty());
                }
            }
            prop_assert!(hits.iter().all(|hit| hit.score <= FULL_SCORE + 9));
        }
        let plain = Query::parse(&query, &Lexicon::empty(analyzer()));
        let scores = index.search(&plain, &|_| true, 100).into_iter().map(|hit| (hit.doc, hit.score));
        let scores: BTreeMap<u32, u32> = scores.collect();
        // A word that no document holds may be read as another; the naive scorer has no such readings.
        if plain.words().all(|word| docs.is_empty() || !naive(&docs, &word).is_empty()) {
            prop_assert_eq!(scores, naive(&docs, &query));
        }
    }
}

#[test]
fn an_index_can_be_shared() {
    let shared = |_: &(dyn Send + Sync)| ();
    shared(&sample());
}

/// Words by Zipf's law, so that some stand nearly everywhere and most nowhere else.
fn zipf(seed: u64, count: usize) -> String {
    let mut state = seed;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = f64::from(u32::try_from(state >> 33).unwrap()) / f64::from(u32::MAX >> 1);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank")]
        let rank = (400_f64.powf(share)) as u32;
        format!("kata{rank}x")
    };
    (0..count).map(|_| draw()).collect::<Vec<_>>().join(" ")
}

/// Adds a bonus that has nothing to do with the text, and hides every seventh document.
struct Bonus;

impl Ranking for Bonus {
    fn most(&self, score: u32) -> i64 {
        i64::from(score) * 3 + 9_000
    }
    fn value(&self, doc: u32, score: u32, _: i64) -> Option<i64> {
        (doc % 7 != 3).then(|| i64::from(score) * 3 + i64::from(doc.wrapping_mul(2_654_435_761) % 9_001))
    }
    fn order(&self, one: u32, other: u32) -> std::cmp::Ordering {
        other.cmp(&one)
    }
}

#[test]
fn the_best_are_those_of_scoring_everything() {
    let analyzer = Arc::new(Analyzer::verbatim());
    let fields = FieldSet::new(vec![Field::new("text", 100).with_pivot(30)]).unwrap();
    let mut index = TextIndex::new(analyzer.clone(), fields);
    for doc in 0..1_200 {
        index.insert(doc, &[(0, &zipf(u64::from(doc) + 1, 10 + doc as usize % 50))]).unwrap();
    }
    (0..1_200).step_by(9).for_each(|doc| assert!(index.remove(doc)));
    let lexicon = Lexicon::empty(analyzer);
    let mut scratch = Scratch::default();
    for (seed, words) in (0..40).zip((3..).step_by(3)) {
        let query = Query::parse(&zipf(seed * 31 + 5_000, words), &lexicon);
        // With room for all of them nothing can be ruled out.
        let all = index.search_by(&query, &Bonus, 2_000, &mut scratch);
        assert!(all.is_sorted_by_key(|found| (std::cmp::Reverse(found.value), std::cmp::Reverse(found.doc))));
        for limit in [1, 3, 10, 100] {
            let best = index.search_by(&query, &Bonus, limit, &mut scratch);
            assert_eq!(best[..], all[..limit.min(all.len())], "seed {seed}, limit {limit}");
        }
        assert!(index.search_by(&query, &Bonus, 0, &mut scratch).is_empty());
        let hits = index.search(&query, &|doc| doc > 900, 5);
        assert!(
            hits.iter().all(|hit| hit.doc > 900 && hit.score == hit.contributions.iter().map(|p| p.score).sum::<u32>())
        );
    }
}

#[test]
fn a_need_is_widened_by_what_its_best_matches_share() {
    let index = index(&[
        (0, &[(0, "Antrean puskesmas"), (1, "nomor antrean lewat ponsel pasien")]),
        (1, &[(0, "Daftar puskesmas"), (1, "antrean pasien lewat ponsel")]),
        (2, &[(0, "Sampah"), (1, "dijemput lewat ponsel")]),
        (3, &[(0, "Perpustakaan keliling")]),
    ]);
    let query = Query::parse("antrean puskesmas", lexicon());
    let whole = Filtered(&|_| true);
    let widened = index.expand(&query, &whole, &Feedback::default(), &mut Scratch::default());
    assert_eq!(widened.words().collect::<Vec<_>>(), ["antrean", "puskesmas"], "what was asked stays what was asked");
    let hits = index.search(&widened, &|_| true, 9);
    assert_eq!(hits.iter().map(|hit| hit.doc).collect::<BTreeSet<_>>(), [0, 1, 2].into());
    let reason = &hits[2].contributions[0];
    assert!(["lewat", "ponsel"].contains(&reason.matched.as_str()) && reason.kind == MatchKind::Related);
    let asked = hits[0].contributions.iter().filter(|part| part.kind != MatchKind::Related);
    assert!(asked.map(|part| part.score).sum::<u32>() * 2 > hits[0].score, "what was asked counts most");
    let nothing = Query::parse("yang di", lexicon());
    assert!(index.expand(&nothing, &whole, &Feedback::default(), &mut Scratch::default()).is_empty());
}
