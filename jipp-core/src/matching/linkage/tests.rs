#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]

use proptest::prelude::*;

use super::calibrate::Isotonic;
use super::compare::{LEVELS, Level, compare_values};
use super::estimate::{Pattern, maximise, monotone_ratios};
use super::number::{next_mixed, real};
use super::prepared::Prepared;
use super::settings::{FieldKind, FieldSpec, LinkageSettings};
use super::{Guidance, Label, LinkageResult, RecordLinker, Table, Veto};
use crate::base::Result;

fn people() -> LinkageSettings {
    LinkageSettings::new(vec![
        FieldSpec::text("name"),
        FieldSpec::text("town"),
        FieldSpec::date("born"),
        FieldSpec::code("number"),
        FieldSpec::long_text("notes"),
    ])
}

type Row = (String, Vec<Option<String>>);

fn row(id: &str, values: [&str; 5]) -> Row {
    (id.to_owned(), values.iter().map(|value| Some((*value).to_owned())).collect())
}

fn table(settings: &LinkageSettings, rows: &[Row]) -> Result<Table> {
    let rows = rows.iter().map(|(id, values)| (id.as_str(), values.iter().map(Option::as_deref).collect()));
    Table::from_rows(settings, rows)
}

/// People made by number, every third with a second record that has a typing error and lacks a value.
fn crowd(count: usize) -> (Vec<Row>, Vec<(String, String)>) {
    const FIRST: [&str; 12] =
        ["Sari", "Budi", "Agus", "Dewi", "Putri", "Eko", "Wayan", "Made", "Siti", "Joko", "Rina", "Hadi"];
    const LAST: [&str; 11] = [
        "Lestari", "Santoso", "Wijaya", "Saputra", "Hidayat", "Nugroho", "Siregar", "Tanjung", "Halim", "Kusuma",
        "Rahman",
    ];
    const TOWNS: [&str; 7] = ["Ambon", "Surakarta", "Denpasar", "Banyuwangi", "Pontianak", "Kupang", "Jayapura"];
    let mut state = 7;
    let mut draw = |end: usize| usize::try_from(next_mixed(&mut state) % 1_000_003).unwrap() % end;
    let (mut rows, mut same) = (Vec::new(), Vec::new());
    for at in 0..count {
        let name = format!("{} {} {}", FIRST[draw(12)], LAST[draw(11)], LAST[draw(11)]);
        let town = TOWNS[draw(7)];
        let born = format!("{}-{:02}-{:02}", 1950 + draw(50), 1 + draw(12), 1 + draw(28));
        let number = format!("{:07}", draw(1_000_003));
        let notes = format!("lahir di {town} dan bekerja sebagai pegawai nomor {} di kantor {}", draw(500), draw(90));
        if at % 3 == 0 {
            let mut mistyped: Vec<char> = name.chars().collect();
            mistyped.swap(1, 2);
            let mistyped: String = mistyped.into_iter().collect();
            let mut copy = row(&format!("{at:04}b"), [&mistyped, town, &born, &number, &notes]);
            copy.1[1 + at % 4] = None;
            rows.push(copy);
            same.push((format!("{at:04}a"), format!("{at:04}b")));
        }
        rows.push(row(&format!("{at:04}a"), [&name, town, &born, &number, &notes]));
    }
    (rows, same)
}

fn dedupe(settings: &LinkageSettings, rows: &[Row]) -> LinkageResult {
    RecordLinker::new(settings.clone()).unwrap().dedupe(&table(settings, rows).unwrap()).unwrap()
}

fn links(found: &LinkageResult) -> Vec<(String, String)> {
    let mut links: Vec<_> = found.links().map(|pair| (pair.left.clone(), pair.right.clone())).collect();
    links.sort();
    links
}

#[test]
fn finds_the_second_records_of_a_crowd_and_no_others() {
    let (rows, same) = crowd(240);
    let found = dedupe(&people(), &rows);
    assert_eq!(links(&found), same);
    let clusters: Vec<(String, String)> =
        found.clusters.iter().map(|cluster| (cluster.id.clone(), cluster.records[1].clone())).collect();
    assert_eq!(clusters, same);
    let at = found.expectations()[89];
    assert_eq!((at.percent, at.pairs), (90, 80));
    assert!(at.precision > 0.98 && at.recall > 0.98, "{at:?}");
}

#[test]
fn parts_add_up_and_levels_are_monotone() {
    let (rows, _) = crowd(120);
    let found = dedupe(&LinkageSettings { report_from: 1e-9, ..people() }, &rows);
    assert!(found.pairs.len() > 50);
    for pair in &found.pairs {
        assert_eq!(pair.weight, pair.prior + pair.parts.iter().map(|part| part.weight).sum::<i64>());
        assert_eq!(pair.parts.len(), 5);
        assert!(
            pair.parts.iter().all(|part| part.level != Level::Missing || (part.weight, part.similarity) == (0, None))
        );
    }
    for field in &found.model.fields {
        for u in std::iter::once(&field.u).chain(&field.u_given) {
            let ratios = monotone_ratios(&field.m, u);
            assert!(ratios.windows(2).all(|pair| pair[0] >= pair[1]), "{}: {ratios:?}", field.name);
            assert!((u.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let (mut rows, _) = crowd(60);
    let found = dedupe(&people(), &rows);
    rows.reverse();
    rows.rotate_left(17);
    assert_eq!(dedupe(&people(), &rows), found);
}

#[test]
fn links_two_tables_one_to_one() {
    let (rows, same) = crowd(150);
    let (left, right): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|(id, _)| id.ends_with('a'));
    let settings = LinkageSettings { one_to_one: true, ..people() };
    let linker = RecordLinker::new(settings.clone()).unwrap();
    let found = linker.link(&table(&settings, &left).unwrap(), &table(&settings, &right).unwrap()).unwrap();
    assert_eq!(links(&found), same);
    assert!(found.clusters.is_empty());
    assert_eq!(found.counts.all_pairs, 150 * 50);
    let none = linker.link(&table(&settings, &left).unwrap(), &Table::new(&settings)).unwrap();
    assert_eq!((none.pairs.len(), none.counts.candidates), (0, 0));
}

#[test]
fn one_to_one_takes_the_better_of_two() {
    let settings = LinkageSettings { one_to_one: true, ..people() };
    let (rows, _) = crowd(90);
    let (left, mut right): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|(id, _)| id.ends_with('a'));
    let mut twin = left[0].clone();
    "0000c".clone_into(&mut twin.0);
    right.push(twin);
    let linker = RecordLinker::new(settings.clone()).unwrap();
    let found = linker.link(&table(&settings, &left).unwrap(), &table(&settings, &right).unwrap()).unwrap();
    let first: Vec<&str> = found.links().filter(|pair| pair.left == "0000a").map(|pair| pair.right.as_str()).collect();
    assert_eq!(first, ["0000c"]);
    assert!(found.pairs.iter().any(|pair| pair.left == "0000a" && pair.right == "0000b" && !pair.linked));
}

#[test]
fn forbidden_pairs_are_reported_and_never_linked() {
    let (rows, same) = crowd(120);
    let table = table(&people(), &rows).unwrap();
    let linker = RecordLinker::new(people()).unwrap();
    let guidance = Guidance { cannot_link: vec![(same[3].1.clone(), same[3].0.clone())], labels: Vec::new() };
    let found = linker.dedupe_with(&table, &guidance, &mut |_| true).unwrap();
    let pair = found.pairs.iter().find(|pair| pair.left == same[3].0 && pair.right == same[3].1).unwrap();
    assert_eq!((pair.veto, pair.linked), (Some(Veto::Stated), false));
    assert_eq!((links(&found).len(), found.clusters.len(), found.counts.forbidden), (39, 39, 1));
}

#[test]
fn a_field_that_must_agree_splits_a_chain_at_its_weakest_link() {
    let settings = |least: Option<Level>| {
        let mut owner = FieldSpec::text("owner");
        owner.must_agree = least;
        LinkageSettings::new(vec![FieldSpec::text("title"), owner, FieldSpec::year("year")])
    };
    let text = |values: [&str; 3]| values.iter().map(|v| (!v.is_empty()).then(|| (*v).to_owned())).collect::<Vec<_>>();
    let (others, _) = crowd(90);
    let other = |(id, values): &Row| {
        let value = |at: usize| values[at].as_deref().unwrap_or_default();
        (id.clone(), text([value(0), &format!("Kota {}", value(1)), value(2).get(..4).unwrap_or_default()]))
    };
    let mut rows: Vec<Row> = others.iter().filter(|(id, _)| id.ends_with('a')).map(other).collect();
    rows.push(("a".into(), text(["Gerai Jemput Bola Keliling", "Kabupaten Lebak", "2019"])));
    // Nobody's: may belong to either, and lies nearer to the first.
    rows.push(("b".into(), text(["Gerai Jemput Bola Keliling", "", "2019"])));
    rows.push(("c".into(), text(["Gerai Jemput Bola Kelilling", "Kabupaten Lahat", "2019"])));
    let found = dedupe(&settings(Some(Level::Close)), &rows);
    let cluster = found.clusters.iter().find(|cluster| cluster.id == "a").unwrap();
    assert_eq!(cluster.records, ["a", "b"]);
    let replica = found.pairs.iter().find(|pair| pair.left == "a" && pair.right == "c").unwrap();
    assert_eq!((replica.veto, replica.linked), (Some(Veto::Field(1)), false));
}

#[test]
fn tables_with_nothing_to_find_say_so() {
    let settings = people();
    let linker = RecordLinker::new(settings.clone()).unwrap();
    let empty = linker.dedupe(&Table::new(&settings)).unwrap();
    assert_eq!((empty.pairs.len(), empty.clusters.len(), empty.counts.all_pairs), (0, 0, 0));
    let one = dedupe(&settings, &crowd(1).0[..1]);
    assert_eq!((one.pairs.len(), one.counts.candidates), (0, 0));
    // Different people only: nobody is linked, however few agree.
    let (rows, same) = crowd(150);
    let single: Vec<Row> = rows.into_iter().filter(|(id, _)| id.ends_with('a')).collect();
    let found = dedupe(&settings, &single);
    assert!(!same.is_empty() && links(&found).is_empty(), "{:?}", links(&found));
    assert!(found.model.prior < 1e-3, "{}", found.model.prior);
    let blank: Vec<Row> =
        (0..50).map(|at| (format!("r{at}"), vec![None, Some(" - ".into()), None, None, None])).collect();
    let found = dedupe(&settings, &blank);
    assert_eq!((found.pairs.len(), found.counts.candidates), (0, 0));
}

#[test]
fn blank_and_equal_columns_tell_nothing_and_bring_nobody_together() {
    let (mut rows, same) = crowd(240);
    for (_, values) in &mut rows {
        values[1] = Some("Indonesia".into());
        values[4] = None;
    }
    let found = dedupe(&people(), &rows);
    assert_eq!(links(&found), same);
    for pair in found.links() {
        assert!(pair.parts[1].weight.abs() < 500, "{:?}", pair.parts[1]);
        assert_eq!(pair.parts[4].weight, 0);
    }
}

#[test]
fn common_values_cost_no_more_than_the_neighbours() {
    let settings = LinkageSettings { sampled_pairs: 1_000, ..people() };
    let rows: Vec<Row> = (0..10_000)
        .map(|at| {
            let mut state = at;
            let number = next_mixed(&mut state) % 10_000_000;
            (format!("{at:05}"), vec![None, Some("Jakarta".into()), None, Some(format!("{number:07}")), None])
        })
        .collect();
    let found = dedupe(&settings, &rows);
    assert!(found.counts.wide_keys >= 1);
    assert!(found.counts.candidates <= 10_000 * 25, "{:?}", found.counts);
    assert_eq!(found.counts.all_pairs, 10_000 * 9_999 / 2);
}

#[test]
fn equal_records_make_one_cluster_however_many() {
    let settings = LinkageSettings { sampled_pairs: 1_000, ..people() };
    let (mut rows, _) = crowd(300);
    let same: Vec<Row> = (0..60)
        .map(|at| row(&format!("z{at:03}"), ["Sama Saja Semua", "Ambon", "1990-01-02", "0000001", "sama"]))
        .collect();
    rows.extend(same);
    let found = dedupe(&settings, &rows);
    let cluster = found.clusters.iter().find(|cluster| cluster.id == "z000").unwrap();
    assert_eq!(cluster.records.len(), 60);
}

#[test]
fn progress_is_told_and_cancels() {
    let (rows, _) = crowd(60);
    let table = table(&people(), &rows).unwrap();
    let linker = RecordLinker::new(people()).unwrap();
    let mut steps = Vec::new();
    linker
        .dedupe_with(&table, &Guidance::default(), &mut |at| {
            assert!(at.done <= at.of);
            steps.push(at.step);
            true
        })
        .unwrap();
    steps.dedup();
    assert_eq!(steps.len(), 3);
    for stop in 0..4 {
        let mut left = stop;
        let error = linker
            .dedupe_with(&table, &Guidance::default(), &mut |_| {
                left -= 1;
                left >= 0
            })
            .unwrap_err();
        assert_eq!(error.code(), "cancelled");
    }
}

#[test]
fn errors_name_the_field() {
    let named = |settings: LinkageSettings| {
        let error = RecordLinker::new(settings).unwrap_err();
        (error.code(), error.location().field.clone().unwrap())
    };
    let twice = LinkageSettings::new(vec![FieldSpec::text("a"), FieldSpec::date("a")]);
    assert_eq!(named(twice), ("option-invalid", "a".into()));
    let nothing = LinkageSettings::new(vec![FieldSpec::text("a").must_agree(Level::Different)]);
    assert_eq!(named(nothing), ("option-invalid", "a".into()));
    assert_eq!(named(LinkageSettings { neighbours: 0, ..people() }), ("option-invalid", "neighbours".into()));
    assert_eq!(named(LinkageSettings { report_from: 0.95, ..people() }), ("option-invalid", "report_from".into()));
    assert_eq!(named(LinkageSettings { threshold: f64::NAN, ..people() }), ("option-invalid", "threshold".into()));

    let settings = people();
    let mut table = Table::new(&settings);
    let mut refused = |id: &str, values: &[Option<&str>]| table.push(id, values).unwrap_err();
    assert_eq!(refused("a", &[None]).location().field.as_deref(), Some("town"));
    assert_eq!(refused("a", &[None, None, Some("1990-13"), None, None]).code(), "date-form");
    assert_eq!(refused(" ", &[None; 5]).code(), "id-empty");
    assert_eq!(refused("a", &[None; 6]).code(), "too-many");
    table.push("a", &[None; 5]).unwrap();
    assert_eq!(table.push("a", &[None; 5]).unwrap_err().code(), "duplicate-id");
    let other = LinkageSettings::new(vec![FieldSpec::number("size")]);
    assert_eq!(Table::new(&other).push("a", &[Some("1,5")]).unwrap_err().code(), "number-form");
    assert_eq!(RecordLinker::new(other).unwrap().dedupe(&table).unwrap_err().code(), "option-invalid");
    let guidance = Guidance { cannot_link: vec![("a".into(), "nobody".into())], labels: Vec::new() };
    let error = RecordLinker::new(settings).unwrap().dedupe_with(&table, &guidance, &mut |_| true).unwrap_err();
    assert_eq!(error.code(), "not-found");
}

#[test]
fn settings_and_models_travel_as_json() {
    let settings: LinkageSettings =
        serde_json::from_str(r#"{"fields": [{"name": "title", "kind": "text"}, {"name": "born", "kind": "date"}]}"#)
            .unwrap();
    assert_eq!(settings, LinkageSettings::new(vec![FieldSpec::text("title"), FieldSpec::date("born")]));
    let (rows, _) = crowd(60);
    let found = dedupe(&people(), &rows);
    let model = serde_json::from_str(&serde_json::to_string(&found.model).unwrap()).unwrap();
    let linker = RecordLinker::new(people()).unwrap().with_model(model).unwrap();
    assert_eq!(linker.dedupe(&table(&people(), &rows).unwrap()).unwrap(), found);
    let wrong = RecordLinker::new(settings).unwrap().with_model(found.model).unwrap_err();
    assert_eq!((wrong.code(), wrong.location().field.as_deref()), ("option-invalid", Some("model")));
}

#[test]
fn labels_steer_the_learning() {
    let (rows, same) = crowd(90);
    let table = table(&people(), &rows).unwrap();
    let linker = RecordLinker::new(people()).unwrap();
    let labels: Vec<Label> =
        same.iter().map(|(left, right)| Label { left: left.clone(), right: right.clone(), same: true }).collect();
    let learn = |labels: Vec<Label>| {
        let guidance = Guidance { cannot_link: Vec::new(), labels };
        linker.dedupe_with(&table, &guidance, &mut |_| true).unwrap().model
    };
    let told = learn(labels.clone());
    // Every copy has its name mistyped, which is seldom the case where nothing is known.
    assert!(told.fields[0].m[0] < 0.25, "{:?}", told.fields[0].m);
    let apart = learn(labels.into_iter().map(|label| Label { same: false, ..label }).collect());
    assert!(apart.prior < told.prior / 10.0, "{} {}", apart.prior, told.prior);
}

fn level(kind: FieldKind, a: &str, b: &str) -> Level {
    let settings = LinkageSettings::new(vec![FieldSpec::new("field", kind)]);
    let table = Table::from_rows(
        &settings,
        [
            ("1", vec![Some(a)]),
            ("2", vec![Some(b)]),
            ("3", vec![Some(if kind == FieldKind::Year { "7" } else { "1901" })]),
        ],
    )
    .unwrap();
    let prepared = Prepared::new(&table, None);
    let outcome = compare_values(&prepared.columns[0], 0, 1);
    assert_eq!(outcome, compare_values(&prepared.columns[0], 1, 0), "{a} {b}");
    outcome.level
}

#[test]
fn levels_of_pairs_of_values() {
    use FieldKind::{Code, Date, LongText, Number, Text, Year};
    let cases = [
        (Text, "Gerai KTP", "gerai  ktp!", Level::Exact),
        (Text, "Café", "cafe", Level::Exact),
        (Text, "KTP Gerai", "Gerai KTP", Level::VeryClose),
        (Text, "Bank Sampah", "Banksampah", Level::VeryClose),
        (Text, "Pemkab Lebak", "Pemerintah Kabupaten Lebak", Level::VeryClose),
        (Text, "Kemenkes", "Kementerian Kesehatan", Level::VeryClose),
        (Text, "Kab. Lebak", "Kabupaten Lebak", Level::VeryClose),
        (Text, "Banyuwangi", "Banyuwagi", Level::VeryClose),
        (Text, "Lebak", "Surabaya", Level::Different),
        (Text, "Gerai KTP", "Gerai KTP bagi warga pulau terluar", Level::Close),
        (Code, "12-34.567", "1234567", Level::Exact),
        (Code, "1234567", "1234576", Level::VeryClose),
        (Code, "1234567", "7654321", Level::Different),
        (Number, "100", "100.0", Level::Exact),
        (Number, "1000", "1009", Level::VeryClose),
        (Number, "100", "300", Level::Close),
        (Number, "12", "98", Level::Different),
        (Date, "1990-01-02", "19900102", Level::Exact),
        (Date, "1990-01-02", "1990-02-01", Level::VeryClose),
        (Date, "1990", "1990-02-01", Level::VeryClose),
        (Date, "1990-01-02", "1990-01-03", Level::VeryClose),
        (Date, "1990-01-02", "1990-12-27", Level::Loose),
        (Date, "1990-01-02", "1971-10-27", Level::Different),
        (Year, "2019", "2019", Level::Exact),
        (Year, "2019", "2020", Level::VeryClose),
        (Year, "2019", "1999", Level::Different),
        (
            LongText,
            "Warga pulau sulit mengurus kartu tanda penduduk karena kantor jauh dan ongkos mahal",
            "Warga pulau sulit mengurus kartu tanda penduduk",
            Level::VeryClose,
        ),
    ];
    for (kind, a, b, expected) in cases {
        assert_eq!(level(kind, a, b), expected, "{kind:?}: {a} / {b}");
    }
}

#[test]
fn odd_texts_do_no_harm() {
    let long = "kata ".repeat(200_000);
    let wide = "x".repeat(300_000);
    let settings = LinkageSettings::new(vec![FieldSpec::text("a"), FieldSpec::long_text("b"), FieldSpec::code("c")]);
    let texts = [long.as_str(), &wide, "🙂🙃", "السلام عليكم", "e\u{301}\u{0}\u{7}", "שלום עולם", "ｶﾞ 漢字", "İı"];
    let mut table = Table::new(&settings);
    for (at, text) in texts.iter().chain(&texts).enumerate() {
        table.push(&format!("r{at:02}"), &[Some(*text); 3]).unwrap();
    }
    let found = RecordLinker::new(settings).unwrap().dedupe(&table).unwrap();
    assert!(found.clusters.iter().all(|cluster| cluster.records.len() == 2), "{:?}", found.clusters);
    assert!(found.clusters.len() >= 6, "{:?}", found.clusters);
}

#[test]
fn exchanged_names_are_seen() {
    let settings =
        LinkageSettings::new(vec![FieldSpec::text("given"), FieldSpec::text("family"), FieldSpec::date("born")]);
    let (rows, _) = crowd(120);
    let mut table = Table::new(&settings);
    for (id, values) in rows.iter().filter(|(id, _)| id.ends_with('a')) {
        let (given, family) = values[0].as_deref().and_then(|name| name.split_once(' ')).unwrap();
        table.push(id, &[Some(given), Some(family), values[2].as_deref()]).unwrap();
    }
    table.push("p", &[Some("Gunawan"), Some("Prasetya"), Some("1980-05-06")]).unwrap();
    table.push("q", &[Some("Prasetya"), Some("Gunawan"), Some("1980-05-06")]).unwrap();
    let found = RecordLinker::new(settings).unwrap().dedupe(&table).unwrap();
    assert_eq!(links(&found), [("p".to_owned(), "q".to_owned())]);
    let parts = &found.links().next().unwrap().parts;
    assert_eq!(
        (parts[0].level, parts[0].exchanged_with, parts[1].exchanged_with),
        (Level::VeryClose, Some(1), Some(0))
    );
}

/// Draws a level by its share.
fn pick(shares: &[f64; LEVELS], state: &mut u64) -> u8 {
    let mut left = real(usize::try_from(next_mixed(state) % 1_000_000).unwrap()) / 1e6;
    for (place, share) in shares.iter().enumerate() {
        left -= share;
        if left < 0.0 {
            return u8::try_from(place).unwrap();
        }
    }
    4
}

#[test]
fn maximisation_recovers_the_parameters_of_simulated_pairs() {
    let m = [[0.7, 0.1, 0.1, 0.05, 0.05], [0.9, 0.04, 0.02, 0.02, 0.02], [0.5, 0.2, 0.1, 0.1, 0.1]];
    let u = [[0.01, 0.01, 0.02, 0.06, 0.9], [0.1, 0.05, 0.05, 0.1, 0.7], [0.002, 0.003, 0.005, 0.03, 0.96]];
    let mut state = 11;
    let mut patterns = std::collections::BTreeMap::new();
    for at in 0..60_000 {
        let shares = if at % 20 == 0 { &m } else { &u };
        let places: Vec<u8> = shares.iter().map(|shares| pick(shares, &mut state)).collect();
        let new = Pattern { places: places.clone(), open: 0.0, together: 0.0, apart: (0.0, 0.0) };
        patterns.entry(places).or_insert(new).open += 1.0;
    }
    let patterns: Vec<Pattern> = patterns.into_values().collect();
    let model = maximise(&patterns, &["a", "b", "c"], 60_000.0, 1.0);
    assert!((model.prior - 0.05).abs() < 0.005, "{}", model.prior);
    for ((field, m), u) in model.fields.iter().zip(&m).zip(&u) {
        assert!(field.depends_on.is_none(), "{field:?}");
        for place in 0..LEVELS {
            assert!((field.m[place] - m[place]).abs() < 0.04, "{}: {:?}", field.name, field.m);
            assert!((field.u[place] - u[place]).abs() < 0.01, "{}: {:?}", field.name, field.u);
        }
    }
}

#[test]
fn what_follows_from_another_field_is_not_counted_twice() {
    // The region is a function of the owner; both agree by chance in one pair of a hundred.
    let (rows, _) = crowd(200);
    let settings = LinkageSettings::new(vec![
        FieldSpec::text("title"),
        FieldSpec::text("owner"),
        FieldSpec::text("region"),
        FieldSpec::code("number"),
    ]);
    let mut table = Table::new(&settings);
    for (at, (id, values)) in rows.iter().enumerate() {
        let (owner, region) =
            (format!("Dinas {}", (at / 2) % 40 * 7919), format!("Wilayah {}", (at / 2) % 40 * 104_729));
        table.push(id, &[values[0].as_deref(), Some(&owner), Some(&region), values[3].as_deref()]).unwrap();
    }
    let found = RecordLinker::new(LinkageSettings { report_from: 1e-6, ..settings }).unwrap().dedupe(&table).unwrap();
    let (owner, region) = (found.model.fields[1].depends_on, found.model.fields[2].depends_on);
    assert!(owner == Some(2) || region == Some(1), "{owner:?} {region:?}");
    let follower = if owner == Some(2) { 1 } else { 2 };
    let both =
        found.pairs.iter().filter(|pair| pair.parts[1].level == Level::Exact && pair.parts[2].level == Level::Exact);
    let weights: Vec<(i64, i64)> =
        both.map(|pair| (pair.parts[follower].weight, pair.parts[3 - follower].weight)).collect();
    assert!(!weights.is_empty());
    assert!(weights.iter().all(|(follows, leads)| *follows < 1_500 && *leads > 2_500), "{:?}", weights.first());
}

#[test]
fn neighbouring_levels_that_break_the_order_are_pooled() {
    let ratios = monotone_ratios(&[0.4, 0.4, 0.1, 0.05, 0.05], &[0.1, 0.05, 0.05, 0.1, 0.7]);
    let expected = [0.8 / 0.15, 0.8 / 0.15, 2.0, 0.5, 0.05 / 0.7];
    assert!(ratios.iter().zip(expected).all(|(ratio, expected)| (ratio - expected).abs() < 1e-12), "{ratios:?}");
}

#[test]
fn isotonic_regression_of_a_worked_example() {
    let truth = [(1, false), (2, true), (3, false), (4, false), (5, true), (6, true)];
    let isotonic = Isotonic::fit(&truth).unwrap();
    // 0 | 1 0 0 | 1 1: one third in the middle, and the ends softened to 1/3 and 3/4.
    let at: Vec<f64> = [1, 2, 3, 4, 5, 6].iter().map(|weight| isotonic.probability(*weight)).collect();
    let third = 1.0 / 3.0;
    let expected = [third, third, third, third, 0.75, 0.75];
    assert!(at.iter().zip(expected).all(|(p, expected)| (p - expected).abs() < 1e-12), "{at:?}");
    assert_eq!(Isotonic::fit(&[(1, true)]).unwrap_err().code(), "option-invalid");
    assert_eq!(Isotonic::fit(&[]).unwrap_err().code(), "option-invalid");
}

#[test]
fn calibration_is_used_where_it_is_given() {
    let (rows, _) = crowd(60);
    let found = dedupe(&people(), &rows);
    let truth: Vec<(i64, bool)> =
        found.pairs.iter().map(|pair| (pair.weight, pair.linked)).chain([(-9_000, false)]).collect();
    let model = found.model.clone().calibrated(&truth).unwrap();
    let linker = RecordLinker::new(people()).unwrap().with_model(model).unwrap();
    let again = linker.dedupe(&table(&people(), &rows).unwrap()).unwrap();
    let known = real(truth.len() - 1);
    assert!(
        again.pairs.iter().filter(|pair| pair.linked).all(|pair| pair.probability <= (known + 1.0) / (known + 2.0))
    );
    assert_eq!(links(&again), links(&found));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn comparison_is_symmetric_and_within_its_range(a in "\\PC{0,40}", b in "\\PC{0,40}", kind in 0..3_usize) {
        let kind = [FieldKind::Text, FieldKind::LongText, FieldKind::Code][kind];
        let settings = LinkageSettings::new(vec![FieldSpec::new("field", kind)]);
        let rows = [("1", vec![Some(a.as_str())]), ("2", vec![Some(b.as_str())]), ("3", vec![Some("lain")])];
        let table = Table::from_rows(&settings, rows).unwrap();
        let prepared = Prepared::new(&table, None);
        let outcome = compare_values(&prepared.columns[0], 0, 1);
        prop_assert_eq!(outcome, compare_values(&prepared.columns[0], 1, 0));
        prop_assert!(outcome.similarity <= 1000);
        let same = prepared.columns[0].value_of(0) == prepared.columns[0].value_of(1);
        prop_assert_eq!(outcome.level == Level::Exact, same && prepared.columns[0].value_of(0).is_some());
    }

    #[test]
    fn isotonic_probabilities_never_fall(truth in prop::collection::vec((-50_i64..50, any::<bool>()), 2..60)) {
        if let Ok(isotonic) = Isotonic::fit(&truth) {
            let at: Vec<f64> = (-60..60).map(|weight| isotonic.probability(weight)).collect();
            prop_assert!(at.windows(2).all(|pair| pair[0] <= pair[1]));
            prop_assert!(at.iter().all(|p| *p > 0.0 && *p < 1.0));
        }
    }
}
