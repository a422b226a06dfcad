//! Who may enter an edition, and on which rule an innovation fails: with the rules that ship, and on the real data.

#![allow(clippy::unwrap_used, reason = "tests")]

use jipp_core::base::{Lang, PartialDate, Truth};
use jipp_core::evaluation::eligibility::{AwardHeld, Eligibility, Entrant, Found, eligibility};
use jipp_core::model::{
    Agency, AgencyKind, Award, Edition, Evidence, EvidenceKind, Group, Innovation, Proposal, Record, competitions_id,
};
use jipp_core::network::{EntryQuestion, Network, Options};
use jipp_core::registry::Action;
use jipp_examples::{data_dir, load};
use jipp_tests::{agency, date, innovation, line, replication, stamp};

fn edition(id: &str) -> Edition {
    let records = competitions_id().unwrap();
    let found = records.iter().find_map(|record| match record {
        Record::Edition(edition) if edition.id.as_str() == id => Some(Edition::clone(edition)),
        _ => None,
    });
    found.unwrap()
}

fn held(year: u16, tiers: &[&str]) -> AwardHeld {
    AwardHeld {
        label: format!("{} {year}", tiers[0]),
        competition: Some("kipp".parse().unwrap()),
        edition: Some(format!("kipp/{year}").parse().unwrap()),
        tiers: tiers.iter().map(ToString::to_string).collect(),
        year: Some(year),
        ..AwardHeld::default()
    }
}

fn entrant() -> Entrant {
    Entrant {
        implemented_on: Some(date("2018")),
        owner_kind: Some(AgencyKind::Regency),
        sdgs: Some(2),
        documents: Some(Vec::new()),
        ..Entrant::default()
    }
}

fn ask(edition_id: &str, group: &str, entrant: &Entrant, closing: Option<&str>) -> Eligibility {
    let edition = edition(edition_id);
    eligibility(&edition, edition.group(group).unwrap(), entrant, closing.map(date))
}

fn rule(answer: &Eligibility, code: &str) -> Truth {
    answer.rules.iter().find(|rule| rule.code == code).unwrap().holds
}

#[test]
fn a_plain_innovation_may_enter_the_general_group_of_2021() {
    let answer = ask("kipp/2021", "umum", &entrant(), Some("2021-05-31"));
    assert_eq!(answer.verdict, Truth::Yes, "{answer:#?}");
    let codes: Vec<&str> = answer.rules.iter().map(|rule| rule.code.as_str()).collect();
    assert_eq!(codes, ["age", "agency-quota", "peserta", "bukan-peraih-top", "top-99-paling-banyak-sekali", "tpb"]);
    assert!(answer.rules.iter().all(|rule| rule.mark.is_some()), "every rule says how well it is known");
}

#[test]
fn age_is_counted_back_from_the_closing_date_as_far_as_dates_say() {
    let age = |since: Option<&str>, closing: Option<&str>| {
        let entrant = Entrant { implemented_on: since.map(date), ..entrant() };
        rule(&ask("kipp/2021", "umum", &entrant, closing), "age")
    };
    assert_eq!(age(Some("2019-05-31"), Some("2021-05-31")), Truth::Yes, "two years to the day");
    assert_eq!(age(Some("2019-06-01"), Some("2021-05-31")), Truth::No);
    assert_eq!(age(Some("2019"), Some("2021-05-31")), Truth::Unknown, "a year may lie before or after");
    assert_eq!(age(Some("2018"), Some("2021")), Truth::Yes);
    assert_eq!(age(None, Some("2021-05-31")), Truth::Unknown);
    assert_eq!(age(Some("2019"), None), Truth::Unknown, "the closing date of the edition was not found");
}

#[test]
fn what_answers_the_pandemic_may_be_younger_in_2022() {
    let of = |category: &str| {
        let category = Some(category.to_owned());
        let entrant = Entrant { implemented_on: Some(date("2020-09")), category, ..entrant() };
        ask("kipp/2022", "umum", &entrant, Some("2022-02-28"))
    };
    assert_eq!(rule(&of("ketahanan"), "umur-24"), Truth::Yes);
    assert_eq!(rule(&of("efektivitas"), "umur-24"), Truth::No);
    assert_eq!(rule(&of("ketahanan"), "umur-12"), Truth::Yes);
}

#[test]
fn laureates_and_those_twice_in_top_99_are_shut_out_of_the_general_group() {
    let with = |awards: Vec<AwardHeld>| ask("kipp/2021", "umum", &Entrant { awards, ..entrant() }, Some("2021-05-31"));
    let top_45 = with(vec![held(2019, &["top-45", "top-99"])]);
    assert_eq!(top_45.failed().map(|rule| rule.code.as_str()).collect::<Vec<_>>(), ["bukan-peraih-top"]);
    assert_eq!(with(vec![held(2019, &["top-99"])]).verdict, Truth::Yes, "once is allowed");
    let twice = with(vec![held(2017, &["top-99"]), held(2019, &["top-99"])]);
    assert_eq!(rule(&twice, "top-99-paling-banyak-sekali"), Truth::No);
    let same_edition = with(vec![held(2019, &["top-99"]), held(2019, &["top-99"])]);
    assert_eq!(rule(&same_edition, "top-99-paling-banyak-sekali"), Truth::Yes, "two labels of one edition are one");
    let unplaced = with(vec![AwardHeld { label: "Top Inovasi".to_owned(), ..AwardHeld::default() }]);
    assert_eq!(rule(&unplaced, "bukan-peraih-top"), Truth::Unknown, "it may be one of those meant");
    let other = AwardHeld { label: "Lomba desa".to_owned(), is_of_other_contest: true, ..AwardHeld::default() };
    assert_eq!(with(vec![other]).verdict, Truth::Yes);
}

#[test]
fn the_replication_group_asks_for_a_source_that_was_awarded() {
    let source = |awards: Vec<AwardHeld>| Entrant { sources: vec![("a/b".parse().unwrap(), awards)], ..entrant() };
    let of = |entrant: &Entrant| rule(&ask("kipp/2021", "replikasi", entrant, Some("2021-05-31")), "asal-top-99");
    assert_eq!(of(&source(vec![held(2018, &["top-40", "top-99"])])), Truth::Yes, "a Top 40 is a Top 99");
    assert_eq!(of(&source(vec![])), Truth::No);
    assert_eq!(of(&entrant()), Truth::Unknown, "no source on record");
}

#[test]
fn the_special_group_of_2023_takes_laureates_that_were_not_there_too_often() {
    let letters = ["surat-pernyataan-implementasi", "surat-identitas-inovator", "surat-kesediaan-direplikasi"];
    let documents = Some(letters.iter().map(ToString::to_string).collect());
    let with = |awards: Vec<AwardHeld>| {
        ask("kipp/2023", "khusus", &Entrant { awards, documents: documents.clone(), ..entrant() }, None)
    };
    let special = |year| held(year, &["top-15-khusus"]);
    assert_eq!(with(vec![held(2018, &["top-40", "top-99"]), special(2021)]).verdict, Truth::Yes);
    assert_eq!(with(vec![]).failed().next().unwrap().code, "peraih-2014-2021");
    let thrice = with(vec![held(2018, &["top-40", "top-99"]), special(2021), special(2022)]);
    assert_eq!(rule(&thrice, "top-15-khusus-paling-banyak-sekali"), Truth::No);
    let best = with(vec![held(2018, &["top-40", "top-99"]), held(2021, &["oapsi", "top-15-khusus"])]);
    assert_eq!(rule(&best, "bukan-oapsi"), Truth::No);
}

#[test]
fn documents_kinds_goals_and_titles() {
    let missing = ask(
        "kipp/2025",
        "umum",
        &Entrant { documents: Some(vec!["surat-identitas-inovator".into()]), ..entrant() },
        None,
    );
    let letters = missing.rules.iter().find(|rule| rule.code == "surat").unwrap();
    let expected = ["surat-pernyataan-implementasi", "surat-kesediaan-direplikasi"].map(str::to_owned).to_vec();
    assert_eq!((letters.holds, &letters.found), (Truth::No, &Found::MissingDocuments(Some(expected))));
    assert!(letters.found.words(Lang::Id).starts_with("belum ada: surat-pernyataan"));
    let none_yet = ask("kipp/2025", "umum", &Entrant { documents: None, ..entrant() }, None);
    assert_eq!(none_yet.undecided().map(|rule| rule.code.as_str()).collect::<Vec<_>>(), ["surat"]);
    let village = ask("kipp/2025", "umum", &Entrant { owner_kind: Some(AgencyKind::Village), ..entrant() }, None);
    assert_eq!(rule(&village, "peserta"), Truth::No);
    assert_eq!(rule(&ask("kipp/2025", "umum", &Entrant { sdgs: None, ..entrant() }, None), "tpb"), Truth::Unknown);
    let group: Group = serde_json::from_str(
        r#"{"code":"g","label":"G","eligibility":[
            {"code":"title","requirement":{"unique-title":{}}},
            {"code":"pandemic","requirement":{"age":{"months":12,"categories":["pandemi"]}}}]}"#,
    )
    .unwrap();
    let edition = Edition::new("x/1".parse().unwrap(), "x".parse().unwrap());
    let asked = |entrant: &Entrant| eligibility(&edition, &group, entrant, Some(date("2022-01-01")));
    let twin = Entrant { same_title: vec!["p2".parse().unwrap()], implemented_on: Some(date("2021-06")), ..entrant() };
    assert_eq!(rule(&asked(&twin), "title"), Truth::No);
    assert_eq!(rule(&asked(&twin), "pandemic"), Truth::Unknown, "its category is not known");
    let other = Entrant { category: Some("lain".to_owned()), ..twin.clone() };
    assert_eq!(rule(&asked(&other), "pandemic"), Truth::Yes);
    assert_eq!(rule(&asked(&Entrant { category: Some("pandemi".to_owned()), ..twin }), "pandemic"), Truth::No);
}

fn network() -> Network {
    let network = Network::in_memory(&Options::new("test").unwrap()).unwrap();
    let issuer = |agency: &Agency| agency.id.as_str().starts_with("kementerian-pendayagunaan");
    let agencies = jipp_core::model::agencies_id().unwrap().into_iter().filter(issuer).map(Record::from);
    let mut records: Vec<Record> = agencies.collect();
    records.extend(competitions_id().unwrap());
    network.commit(&stamp(), records.into_iter().map(Action::Register).collect()).unwrap();
    network
}

fn question(innovation: &str, edition: &str, group: &str) -> EntryQuestion {
    EntryQuestion {
        innovation: innovation.parse().unwrap(),
        edition: edition.parse().unwrap(),
        group: group.to_owned(),
        closing: Some("2021-05-31".parse::<PartialDate>().unwrap()),
    }
}

#[test]
fn the_network_answers_from_its_records() {
    let network = network();
    let mut source = innovation("kota-a/source");
    let mut copy = innovation("kota-b/copy");
    source.implemented_on = Some(date("2015"));
    copy.implemented_on = Some(date("2019-01"));
    copy.sdgs = vec![3];
    let mut award = Award::new("source/top".parse().unwrap(), source.id.clone(), line("Top 45 2019"));
    award.edition = Some("kipp/2019".parse().unwrap());
    award.tier = Some(line("top-45"));
    let mut letter = Evidence::new("letter".parse().unwrap(), EvidenceKind::Letter);
    letter.code = Some(line("undangan-menteri"));
    let mut proposal = Proposal::new("p1".parse().unwrap(), source.id.clone(), "kipp/2021".parse().unwrap());
    proposal.group = Some(line("khusus"));
    proposal.documents = vec![letter.id.clone()];
    let records: [Record; 8] = [
        agency("kota-a").into(),
        agency("kota-b").into(),
        source.into(),
        copy.into(),
        award.into(),
        letter.into(),
        proposal.into(),
        replication("r", &["kota-a/source"], "kota-b/copy").into(),
    ];
    network.commit(&stamp(), records.into_iter().map(Action::Register).collect()).unwrap();

    let general = network.eligibility(&question("kota-a/source", "kipp/2021", "umum")).unwrap();
    assert_eq!(rule(&general, "bukan-peraih-top"), Truth::No);
    let special = network.eligibility(&question("kota-a/source", "kipp/2021", "khusus")).unwrap();
    assert_eq!((rule(&special, "mantan-peraih-top"), rule(&special, "undangan")), (Truth::Yes, Truth::Yes));
    assert_eq!(rule(&special, "tpb"), Truth::Unknown);
    let replica = network.eligibility(&question("kota-b/copy", "kipp/2021", "replikasi")).unwrap();
    assert_eq!((rule(&replica, "asal-top-99"), rule(&replica, "tpb")), (Truth::Yes, Truth::Yes));

    assert_eq!(network.eligibility(&question("nobody", "kipp/2021", "umum")).unwrap_err().code(), "not-found");
    let wrong = network.eligibility(&question("kota-b/copy", "kipp/2021", "vip")).unwrap_err();
    assert_eq!(wrong.code(), "not-found");
    assert!(wrong.to_string().contains("umum, replikasi, khusus"), "{wrong}");
}

#[test]
fn every_awarded_innovation_of_the_real_data_gets_an_answer() {
    let network = Network::in_memory(&Options::new("data").unwrap()).unwrap();
    load(&network, &data_dir(), &stamp()).unwrap();
    let innovations: Vec<Innovation> = network.read(|view| view.all::<Innovation>().cloned().collect());
    let mut counts = std::collections::BTreeMap::new();
    for innovation in &innovations {
        let answer = network.eligibility(&question(innovation.id.as_str(), "kipp/2021", "umum")).unwrap();
        *counts.entry(rule(&answer, "bukan-peraih-top").code()).or_insert(0) += 1;
        for lang in [Lang::Id, Lang::En] {
            assert!(answer.rules.iter().all(|rule| !rule.found.words(lang).is_empty() && !rule.label(lang).is_empty()));
        }
    }
    assert!(counts["no"] > 50, "many of the gathered innovations are laureates: {counts:?}");
    assert!(counts["yes"] > 100, "{counts:?}");
}

#[test]
fn the_editions_of_the_examples_are_those_that_ship() {
    let shipped = competitions_id().unwrap();
    let file = data_dir().join("kipp-editions.jsonl");
    let text = std::fs::read_to_string(file).unwrap();
    let read: Vec<Record> = text.lines().map(|row| serde_json::from_str(row).unwrap()).collect();
    let is_rubric = |record: &&Record| matches!(record, Record::Rubric(_));
    assert_eq!(shipped.iter().filter(|record| !is_rubric(record)).cloned().collect::<Vec<_>>(), read);
    assert!(shipped.iter().filter(is_rubric).count() >= 3);
}
