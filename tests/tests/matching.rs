//! Questions to a small network that keeps changing: answers are those of a fresh one, and what cannot be answered is said.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jipp_core::base::{InnovationId, PartialDate};
use jipp_core::model::{
    Agency, AgencyKind, Award, EntityRef, Innovation, InnovationStage, Line, Record, Region, RegionLevel, Replication,
    ReplicationState, Source, Status, Step, Text,
};
use jipp_core::network::{Draft, Filter, Ground, Neighbour, Network, Novelty, Options, Question, Vectors};
use jipp_core::registry::{Action, Merge, Revise, Subject};
use jipp_tests::stamp;

fn network() -> Network {
    Network::in_memory(&Options::new("matching").unwrap()).unwrap()
}

fn line(text: &str) -> Line {
    Line::new(text).unwrap()
}

fn innovation(number: usize) -> Innovation {
    let id = format!("kota-{}/inovasi-{number}", number % 4).parse().unwrap();
    let owner = format!("kota-{}", number % 4).parse().unwrap();
    let titles = ["Antrean Daring", "Jemput Sampah", "Gerai KTP Keliling", "Ambulans Perahu", "Bank Sampah Digital"];
    let problems = [
        "pasien puskesmas mengantre lama di loket pendaftaran",
        "sampah rumah tangga tidak terangkut ke pembuangan",
        "warga pulau sulit mengurus kartu tanda penduduk",
        "ibu hamil di pulau kecil terlambat dirujuk ke rumah sakit",
    ];
    let mut innovation = Innovation::new(id, line(&format!("{} {number}", titles[number % 5])), owner);
    innovation.problem = Some(Text::new(problems[number % 4]).unwrap());
    innovation.solution =
        Some(Text::new(format!("aplikasi {} untuk {}", number % 3, titles[(number + 1) % 5])).unwrap());
    innovation.implemented_on = Some(PartialDate::new(2010 + i32::try_from(number).unwrap() % 15, None, None).unwrap());
    innovation
}

/// Four cities in two provinces, and twenty innovations.
fn base() -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    for province in 0..2 {
        let id = format!("prov-{province}").parse().unwrap();
        records.push(Region::new(id, line(&format!("Provinsi {province}")), RegionLevel::Province).into());
    }
    for city in 0..4_u64 {
        let mut region =
            Region::new(format!("reg-{city}").parse().unwrap(), line(&format!("Kota {city}")), RegionLevel::City);
        region.parent = Some(format!("prov-{}", city % 2).parse().unwrap());
        region.population = Some(100_000 * (city + 1));
        region.is_3t = Some(city % 2 == 0);
        let mut agency = Agency::new(
            format!("kota-{city}").parse().unwrap(),
            line(&format!("Pemerintah Kota {city}")),
            AgencyKind::City,
        );
        agency.region = Some(region.id.clone());
        records.extend([Record::from(region), agency.into()]);
    }
    records.extend((0..20).map(|number| innovation(number).into()));
    records
}

fn replication(number: usize, source: usize, recipient: usize) -> Replication {
    let mut replication = Replication::new(format!("replikasi-{number}").parse().unwrap());
    let source = innovation(source).id;
    replication.sources = vec![Source { innovation: source, extent: None, evidence: None, note: None }];
    replication.recipient = Some(format!("kota-{recipient}").parse().unwrap());
    replication.status = Status { steps: vec![Step::reported(ReplicationState::Implemented, line("berjalan"))] };
    replication
}

/// One commit after the other; each touches what ranking rests on.
fn steps() -> Vec<Vec<Action>> {
    let register = |record: Record| vec![Action::Register(record)];
    let award = |number: usize, of: usize| {
        Award::new(format!("award-{number}").parse().unwrap(), innovation(of).id, line("Top 99 KIPP"))
    };
    let revise = |old: Record, new: Record| vec![Action::Revise(Revise::between(&old, &new).unwrap())];
    let moved = {
        let mut changed = award(0, 1);
        changed.innovation = innovation(4).id;
        revise(award(0, 1).into(), changed.into())
    };
    let renamed = {
        let old = innovation(8);
        let mut new = old.clone();
        new.title = line("Antrean Puskesmas Terpadu");
        revise(old.into(), new.into())
    };
    let moved_agency = {
        let old =
            base().into_iter().find(|record| record.id() == "kota-1" && matches!(record, Record::Agency(_))).unwrap();
        let Record::Agency(agency) = &old else { unreachable!("an agency was asked for") };
        let mut new = Agency::clone(agency);
        new.region = Some("reg-2".parse().unwrap());
        revise(old.clone(), new.into())
    };
    let of = |number: usize| EntityRef::of::<Innovation>(&innovation(number).id);
    vec![
        base().into_iter().map(Action::Register).collect(),
        register(award(0, 1).into()),
        register(replication(0, 4, 2).into()),
        register(replication(1, 4, 3).into()),
        moved,
        renamed,
        moved_agency,
        vec![Action::Merge(Merge { subject: of(12), into: of(0), reason: None })],
        register(award(1, 12).into()),
        vec![Action::Retract(Subject {
            subject: EntityRef::of::<Replication>(&replication(1, 4, 3).id),
            reason: None,
        })],
        vec![Action::Retract(Subject { subject: of(7), reason: None })],
    ]
}

fn questions() -> Vec<Question> {
    let whole = |text: &str| Question { limit: 100, on: Some("2026".parse().unwrap()), ..Question::new(text) };
    let from = |text: &str| Question { agency: Some("kota-3".parse().unwrap()), ..whole(text) };
    vec![
        whole("antrean panjang di puskesmas"),
        from("antrian puskesmas, loket pendaftaran"),
        Question { limit: 3, ..from("sampah pulau") },
        Question { diversity: 50, limit: 5, ..whole("warga pulau kecil") },
    ]
}

#[test]
fn an_index_that_follows_answers_like_one_made_anew() {
    let following = network();
    for (done, step) in (1..).zip(steps()) {
        following.commit(&stamp(), step).unwrap();
        let fresh = network();
        for step in steps().into_iter().take(done) {
            fresh.commit(&stamp(), step).unwrap();
        }
        for question in questions() {
            let found = following.candidates(&question).unwrap();
            assert_eq!(found, fresh.candidates(&question).unwrap(), "after step {done}");
            for candidate in &found.candidates {
                let points: i64 = candidate.parts.iter().map(|part| part.points).sum();
                assert_eq!(points, candidate.score, "{} after step {done}", candidate.innovation);
            }
        }
    }
}

fn filled() -> Network {
    let network = network();
    for step in steps() {
        network.commit(&stamp(), step).unwrap();
    }
    network
}

#[test]
fn needs_without_a_word_are_answered_with_nothing() {
    let network = filled();
    for text in ["", "   ", "yang di dan untuk", "\u{1F600}\u{1F680}", "\u{0}\u{7}\u{1b}", "!?.,;"] {
        let found = network.candidates(&Question::new(text)).unwrap();
        assert!(found.candidates.is_empty() && found.words.is_empty(), "{text:?}");
    }
    for text in ["\u{645}\u{631}\u{62d}\u{628}\u{627}", "\u{202e}antrean\u{202c} \u{1F600}", "antrean\u{0}puskesmas"] {
        network.candidates(&Question::new(text)).unwrap();
    }
    assert!(!network.candidates(&Question::new("antrean\u{0}puskesmas")).unwrap().candidates.is_empty());
}

#[test]
fn limits_and_long_texts() {
    let network = filled();
    let ask = |question: Question| network.candidates(&question);
    for limit in [0, 1_001] {
        let error = ask(Question { limit, ..Question::new("sampah") }).unwrap_err();
        assert_eq!((error.code(), error.location().field.as_deref()), ("option-invalid", Some("limit")));
    }
    let diverse = ask(Question { diversity: 101, ..Question::new("sampah") }).unwrap_err();
    assert_eq!(diverse.location().field.as_deref(), Some("diversity"));
    let long = ask(Question::new(&"sampah ".repeat(150_000))).unwrap_err();
    assert_eq!(long.code(), "option-invalid");
    let allowed = "sampah antrean perahu ".repeat(4_000);
    let found = ask(Question { limit: 1_000, ..Question::new(&allowed) }).unwrap();
    assert!(found.candidates.len() < 20, "more were asked for than there are");
    assert!(ask(Question { sectors: vec!["health".parse().unwrap()], ..Question::new("sampah") }).is_err());
}

#[test]
fn neighbours_are_like_it_and_not_itself() {
    let network = filled();
    let id: InnovationId = "kota-1/inovasi-1".parse().unwrap();
    let near = network.neighbours(&id, 5).unwrap();
    assert!(near.iter().all(|neighbour| neighbour.innovation != id));
    // A title that is all but the same comes first, whatever the texts say.
    let key = |near: &Neighbour| if near.title_likeness >= 800 { near.title_likeness } else { near.likeness };
    assert!(near.is_sorted_by(|a, b| key(a) >= key(b)));
    assert!(near[0].words.contains(&"sampah".to_owned()), "{:?}", near[0].words);
    assert_eq!(network.neighbours(&id, 0).unwrap_err().code(), "option-invalid");
    assert_eq!(network.neighbours(&"kota-1/tidak-ada".parse().unwrap(), 5).unwrap_err().code(), "not-found");
    // What was merged answers as what it was merged into.
    let merged = network.neighbours(&"kota-0/inovasi-12".parse().unwrap(), 5).unwrap();
    assert_eq!(merged, network.neighbours(&"kota-0/inovasi-0".parse().unwrap(), 5).unwrap());
}

#[test]
fn a_draft_is_new_a_replication_or_a_duplicate() {
    let network = filled();
    let of = innovation(3);
    let draft = Draft {
        title: of.title.to_string(),
        problem: of.problem.as_deref().unwrap().to_owned(),
        solution: of.solution.as_deref().unwrap().to_owned(),
        ..Draft::default()
    };
    let verdict = |owner: Option<&str>| {
        let owner = owner.map(|owner| owner.parse().unwrap());
        let check = network.check_draft(&Draft { owner, ..draft.clone() }).unwrap();
        (check.novelty, check.of)
    };
    assert_eq!(verdict(Some("kota-3")), (Novelty::Duplicate, Some(of.id.clone())));
    assert_eq!(verdict(Some("kota-1")), (Novelty::Replication, Some(of.id.clone())));
    assert_eq!(verdict(None), (Novelty::Duplicate, Some(of.id.clone())));
    let renamed = Draft { title: "Kapal Harapan".to_owned(), owner: Some("kota-0".parse().unwrap()), ..draft.clone() };
    assert_eq!(network.check_draft(&renamed).unwrap().novelty, Novelty::Replication);
    let other = Draft { title: "Taman Baca".to_owned(), problem: "minat baca rendah".to_owned(), ..Draft::default() };
    assert_eq!(network.check_draft(&other).unwrap().novelty, Novelty::New);
    assert_eq!(network.check_draft(&Draft::default()).unwrap().novelty, Novelty::New);
    let nobody = Draft { owner: Some("kota-9".parse().unwrap()), ..draft };
    assert_eq!(network.check_draft(&nobody).unwrap_err().code(), "not-found");
}

#[test]
fn vectors_find_what_shares_no_word() {
    let network = filled();
    let mut vectors = Vectors::new(2).unwrap();
    let boat: InnovationId = "kota-3/inovasi-3".parse().unwrap();
    vectors.insert(boat.clone(), &[0.0, 2.0]).unwrap();
    vectors.insert("kota-1/inovasi-1".parse().unwrap(), &[1.0, 0.0]).unwrap();
    vectors.insert("kota-1/belum-ada".parse().unwrap(), &[0.0, 1.0]).unwrap();
    let question = Question { feedback: false, ..Question::new("telemedicine") };
    assert!(network.candidates(&question).unwrap().candidates.is_empty());
    let found = network.candidates_with_vectors(&question, &vectors, &[0.0, 0.5]).unwrap().candidates;
    assert_eq!(found[0].innovation, boat);
    assert!(matches!(found[0].parts[0].ground, Ground::Vector { percent: 100 }));
    for candidate in &found {
        assert_eq!(candidate.parts.iter().map(|part| part.points).sum::<i64>(), candidate.score);
    }
    for wrong in [&[0.0][..], &[f32::NAN, 0.0], &[f32::INFINITY, 0.0]] {
        let error = network.candidates_with_vectors(&question, &vectors, wrong).unwrap_err();
        assert_eq!(error.code(), "option-invalid");
    }
    assert!(vectors.insert(boat, &[f32::NAN, 0.0]).is_err() && Vectors::new(0).is_err());
    let zero = network.candidates_with_vectors(&question, &vectors, &[0.0, 0.0]).unwrap();
    assert!(zero.candidates.iter().all(|candidate| candidate.innovation.as_str() != "kota-1/belum-ada"));
}

#[test]
fn many_questions_are_answered_as_one_by_one() {
    let network = filled();
    let questions = questions();
    let single: Vec<_> = questions.iter().map(|question| network.candidates(question).unwrap()).collect();
    for threads in [1, 2, 5] {
        assert_eq!(network.candidates_batch(&questions, threads, &mut |_, _| true).unwrap(), single);
        let near = network.near_duplicates(2, 300, threads, &mut |_, _| true).unwrap();
        assert_eq!(near, network.near_duplicates(2, 300, 1, &mut |_, _| true).unwrap());
        assert!(!near.is_empty() && near.iter().all(|pair| pair.neighbour.likeness >= 300));
    }
    assert_eq!(network.candidates_batch(&questions, 2, &mut |_, _| false).unwrap_err().code(), "cancelled");
    let cancelled = network.duplicates(Network::duplicate_settings(), &[], &mut |_| false);
    assert_eq!(cancelled.unwrap_err().code(), "cancelled");
}

/// Whether a filter should keep a candidate.
type Test<'a> = Box<dyn Fn(&jipp_core::network::Candidate) -> bool + 'a>;

#[test]
fn a_filter_keeps_just_what_it_says() {
    let network = filled();
    let asked = |filter: Filter| {
        let question =
            Question { limit: 1_000, feedback: false, filter, ..Question::new("sampah antrean pulau aplikasi") };
        network.candidates(&question).unwrap().candidates
    };
    let all = asked(Filter::default());
    let innovation = |id: &InnovationId| network.read(|view| view.get::<Innovation>(id).unwrap().clone());
    let years = |test: fn(i32) -> bool| -> Test<'_> {
        Box::new(move |one| innovation(&one.innovation).implemented_on.is_some_and(|on| test(on.year())))
    };
    let cases: Vec<(Filter, Test<'_>)> = vec![
        (
            Filter { owners: vec!["kota-1".parse().unwrap()], ..Filter::default() },
            Box::new(|one| one.owner.as_str() == "kota-1"),
        ),
        (
            Filter { regions: vec!["prov-0".parse().unwrap()], ..Filter::default() },
            Box::new(|one| ["kota-0", "kota-1", "kota-2"].contains(&one.owner.as_str())),
        ),
        (
            Filter { regions: vec!["reg-3".parse().unwrap()], ..Filter::default() },
            Box::new(|one| one.owner.as_str() == "kota-3"),
        ),
        (Filter { owner_kinds: vec![AgencyKind::City], ..Filter::default() }, Box::new(|_| true)),
        (Filter { owner_kinds: vec![AgencyKind::Ministry], ..Filter::default() }, Box::new(|_| false)),
        (
            Filter { stages: vec![InnovationStage::Implemented], ..Filter::default() },
            Box::new(|one| one.stage == Some("implemented")),
        ),
        (Filter { from_year: Some(2015), ..Filter::default() }, years(|year| year >= 2015)),
        (
            Filter { from_year: Some(2012), to_year: Some(2014), ..Filter::default() },
            years(|year| (2012..=2014).contains(&year)),
        ),
        (Filter { is_awarded: true, ..Filter::default() }, Box::new(|one| !one.awards.is_empty())),
        (Filter { is_replicated: true, ..Filter::default() }, Box::new(|one| !one.replications.is_empty())),
        (
            Filter { innovations: vec![all[0].innovation.clone(), all[3].innovation.clone()], ..Filter::default() },
            Box::new(|one| [&all[0].innovation, &all[3].innovation].contains(&&one.innovation)),
        ),
    ];
    let mut held_back = 0;
    for (filter, test) in cases {
        let ids = |candidates: Vec<&jipp_core::network::Candidate>| {
            candidates.into_iter().map(|one| one.innovation.clone()).collect::<std::collections::BTreeSet<_>>()
        };
        let (kept, expected) = (asked(filter.clone()), ids(all.iter().filter(|one| test(one)).collect()));
        held_back += usize::from(!expected.is_empty() && expected.len() < all.len());
        assert_eq!(ids(kept.iter().collect()), expected, "{filter:?}");
    }
    assert!(held_back >= 7, "{held_back} filters keep some and hold back others");

    let wrong = |filter: Filter| network.candidates(&Question { filter, ..Question::new("sampah") }).unwrap_err();
    let years = wrong(Filter { from_year: Some(2020), to_year: Some(2019), ..Filter::default() });
    assert_eq!((years.code(), years.location().field.as_deref()), ("option-invalid", Some("filter.to_year")));
    assert_eq!(wrong(Filter { regions: vec!["nowhere".parse().unwrap()], ..Filter::default() }).code(), "not-found");
}

#[test]
fn diversity_changes_the_order_and_no_score() {
    let network = filled();
    let plain = network.candidates(&Question { limit: 20, ..Question::new("sampah antrean pulau") }).unwrap();
    let diverse = Question { limit: 4, diversity: 80, ..Question::new("sampah antrean pulau") };
    let diverse = network.candidates(&diverse).unwrap().candidates;
    assert_eq!(diverse[0], plain.candidates[0]);
    assert!(diverse.iter().all(|candidate| plain.candidates.contains(candidate)));
    let ids = |candidates: &[jipp_core::network::Candidate]| {
        candidates.iter().map(|candidate| candidate.innovation.clone()).collect::<Vec<_>>()
    };
    assert_ne!(ids(&diverse), ids(&plain.candidates[..4]));
}
