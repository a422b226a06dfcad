//! Weights learnt from known answers, and questions that do not know what would give the answer away.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jipp_core::Lang;
use jipp_core::base::InnovationId;
use jipp_core::model::{
    Agency, Award, EntityRef, EvidenceLevel, Hub, HubKind, Record, Region, RegionLevel, Replication,
};
use jipp_core::model::{ReplicationState, Status, Step, Text};
use jipp_core::network::{Candidates, FitOptions, Label, Network, Options, Question, Verdict, Weights};
use jipp_core::registry::{Action, Subject};
use jipp_tests::{agency, date, innovation, line, replication, stamp};

const TOPICS: [&str; 6] = ["puskesmas", "samsat", "pasar", "sekolah", "pelabuhan", "terminal"];

fn text(text: &str) -> Text {
    Text::new(text).unwrap()
}

fn network(records: impl IntoIterator<Item = Record>) -> Network {
    let network = Network::in_memory(&Options::new("fit").unwrap()).unwrap();
    network.commit(&stamp(), records.into_iter().map(Action::Register).collect()).unwrap();
    network
}

fn city(id: &str, province: &str) -> [Record; 2] {
    let mut region = Region::new(format!("{id}-r").parse().unwrap(), line(id), RegionLevel::City);
    region.parent = Some(province.parse().unwrap());
    region.population = Some(100_000);
    let mut agency: Agency = agency(id);
    agency.region = Some(region.id.clone());
    [region.into(), agency.into()]
}

fn running(mut replication: Replication, recipient: &str, problem: &str) -> Replication {
    replication.recipient = Some(recipient.parse().unwrap());
    replication.problem = Some(text(problem));
    replication.status = Status { steps: vec![Step::reported(ReplicationState::Implemented, line("berjalan"))] };
    replication.started_on = Some(date("2021"));
    replication
}

/// Queues everywhere; `kota-a` runs all innovations, `kota-b` and `kota-c` replicated some, a hub helped once.
fn replicated() -> Network {
    let province = Region::new("p".parse().unwrap(), line("Provinsi P"), RegionLevel::Province);
    let mut records: Vec<Record> = vec![province.into()];
    records.extend(["kota-a", "kota-b", "kota-c", "kota-h"].into_iter().flat_map(|id| city(id, "p")));
    let hub = Hub::new("hub-h".parse().unwrap(), "kota-h".parse().unwrap(), HubKind::Regional);
    for topic in TOPICS {
        let mut source = innovation(&format!("kota-a/{topic}"));
        source.problem = Some(text(&format!("antrean panjang di {topic}")));
        records.push(source.into());
    }
    let mut replica = innovation("kota-b/antre");
    replica.problem = Some(text("warga mengantre lama, antrean panjang di puskesmas dan pasar"));
    let mut first = running(replication("r1", &["kota-a/puskesmas"], "kota-b/antre"), "kota-b", "antrean puskesmas");
    first.facilitator_hub = Some(hub.id.clone());
    let mut second =
        running(replication("r2", &["kota-a/puskesmas"], "kota-b/antre"), "kota-c", "antrean puskesmas kami");
    second.target = None;
    let mut third =
        running(replication("r3", &["kota-a/samsat", "kota-a/pasar"], "kota-b/antre"), "kota-b", "antrean pasar");
    third.target = None;
    records.extend([hub.into(), replica.into(), first.into(), second.into(), third.into()]);
    network(records)
}

fn question(text: &str, agency: &str) -> Question {
    Question { agency: Some(agency.parse().unwrap()), on: Some(date("2026")), ..Question::new(text) }
}

fn json(found: &Candidates) -> String {
    serde_json::to_string(found).unwrap()
}

fn ids(found: &Candidates) -> Vec<&str> {
    found.candidates.iter().map(|candidate| candidate.innovation.as_str()).collect()
}

#[test]
fn a_disregarded_replication_is_as_if_it_were_retracted() {
    let network = replicated();
    for (id, asker) in [("r1", "kota-c"), ("r1", "kota-b"), ("r2", "kota-b"), ("r3", "kota-c")] {
        let asked = question("antrean panjang", asker);
        let known = network.candidates(&asked).unwrap();
        let disregarding = Question { disregard: vec![id.parse().unwrap()], ..asked.clone() };
        let without = network.candidates(&disregarding).unwrap();
        assert_ne!(json(&without), json(&known), "{id}");
        for candidate in without.candidates.iter().chain(&known.candidates) {
            assert_eq!(candidate.score, candidate.parts.iter().map(|part| part.points).sum::<i64>(), "{id}");
        }

        let subject = EntityRef::of::<Replication>(&id.parse().unwrap());
        let retracted = replicated();
        let retract = Action::Retract(Subject { subject, reason: None });
        retracted.commit(&stamp(), vec![retract]).unwrap();
        assert_eq!(json(&without), json(&retracted.candidates(&asked).unwrap()), "{id}");
    }
}

#[test]
fn what_is_excluded_neither_stands_in_the_answer_nor_sets_its_scale() {
    let network = replicated();
    let asked = Question { weights: only("text"), ..question("antrean puskesmas dan pasar", "kota-c") };
    let all = network.candidates(&asked).unwrap();
    assert_eq!(ids(&all)[0], "kota-b/antre");
    assert_eq!(all.candidates[0].score, 100_000_000);
    let rest = network.candidates(&Question { exclude: vec!["kota-b/antre".parse().unwrap()], ..asked }).unwrap();
    assert_eq!(ids(&rest).len() + 1, ids(&all).len());
    assert!(!ids(&rest).contains(&"kota-b/antre"));
    assert_eq!(rest.candidates[0].score, 100_000_000);
    for (exclude, disregard) in [(vec!["nobody/x".parse().unwrap()], vec![]), (vec![], vec!["r9".parse().unwrap()])] {
        let error = network.candidates(&Question { exclude, disregard, ..Question::new("antrean") }).unwrap_err();
        assert_eq!(error.code(), "not-found");
    }
}

fn only(factor: &str) -> Weights {
    let points: serde_json::Map<String, serde_json::Value> =
        Weights::FACTORS.iter().map(|name| ((*name).to_owned(), i32::from(*name == factor).into())).collect();
    let mut weights: Weights = serde_json::from_value(points.into()).unwrap();
    weights.text *= 100;
    weights
}

#[test]
fn replications_on_record_become_questions_that_do_not_know_them() {
    let network = replicated();
    let labels = network.labels_from_replications();
    let seen: Vec<(&str, &str, &str)> = labels
        .iter()
        .map(|label| (label.question.text.as_str(), label.innovation.as_str(), label.group.as_str()))
        .collect();
    let replica = "warga mengantre lama, antrean panjang di puskesmas dan pasar";
    assert_eq!(
        seen,
        [
            (replica, "kota-a/puskesmas", "kota-a/puskesmas"),
            ("antrean puskesmas kami", "kota-a/puskesmas", "kota-a/puskesmas"),
            // Taken together, left out together.
            ("antrean pasar", "kota-a/pasar", "kota-a/pasar"),
            ("antrean pasar", "kota-a/samsat", "kota-a/pasar"),
        ]
    );
    let first = &labels[0].question;
    assert_eq!(first.exclude, ["kota-b/antre".parse::<InnovationId>().unwrap()]);
    assert_eq!(first.disregard, ["r1".parse().unwrap()]);
    assert_eq!((first.agency.as_ref().unwrap().as_str(), first.on), ("kota-b", Some(date("2021"))));
}

#[test]
fn nothing_is_learnt_from_what_was_guessed_or_came_to_nothing() {
    let taught = |change: fn(&mut Replication)| {
        let mut records: Vec<Record> = vec![agency("kota-a").into(), agency("kota-b").into()];
        records.extend(["kota-a/x", "kota-b/y"].map(|id| innovation(id).into()));
        let mut taken = running(replication("r1", &["kota-a/x"], "kota-b/y"), "kota-b", "antrean");
        change(&mut taken);
        records.push(taken.into());
        network(records).labels_from_replications().len()
    };
    assert_eq!(taught(|_| ()), 1);
    assert_eq!(taught(|taken| taken.evidence_level = Some(EvidenceLevel::Inferred)), 0);
    assert_eq!(taught(|taken| taken.problem = None), 0);
    let ended = |taken: &mut Replication| {
        taken.status = Status { steps: vec![Step::reported(ReplicationState::Declined, line("ditolak"))] };
    };
    assert_eq!(taught(ended), 0);
}

/// Two innovations for each topic: one says the words of the question more often, the other was awarded.
fn contest() -> Network {
    let mut records: Vec<Record> = vec![agency("kota-a").into()];
    for topic in TOPICS {
        for name in ["awarded", "wordy"] {
            let mut one = innovation(&format!("kota-a/{topic}-{name}"));
            one.problem = Some(text(&format!("antrean di {topic}")));
            if name == "wordy" {
                one.solution = Some(text(&format!("antrean di {topic}")));
            } else {
                let id = format!("award-{topic}").parse().unwrap();
                records.push(Award::new(id, one.id.clone(), line("Top 45")).into());
            }
            records.push(one.into());
        }
    }
    network(records)
}

fn labels(right: impl Fn(usize) -> &'static str) -> Vec<Label> {
    let label = |(place, topic): (usize, &&str)| Label {
        question: Question::new(&format!("antrean {topic}")),
        innovation: format!("kota-a/{topic}-{}", right(place)).parse().unwrap(),
        grade: 3,
        group: (*topic).to_owned(),
    };
    TOPICS.iter().enumerate().map(label).collect()
}

fn freely() -> FitOptions {
    FitOptions { strength: 0.001, prior: Weights { awarded: 0, ..Weights::default() }, ..FitOptions::default() }
}

#[test]
fn what_decides_is_learnt_and_holds_for_questions_that_were_left_out() {
    let network = contest();
    let fit = network.fit_weights(&labels(|_| "awarded"), &freely()).unwrap();
    let report = &fit.report;
    assert_eq!((report.questions, report.groups, report.folds), (6, 6, 6));
    assert!(fit.weights.awarded > fit.weights.text, "{:?}", fit.weights);
    assert_eq!(report.factors.iter().map(|factor| factor.fitted).sum::<i64>(), 100);
    let awarded = report.factors.iter().find(|factor| factor.name == "awarded").unwrap();
    assert!(awarded.right > awarded.wrong && awarded.lowest > 0, "{awarded:?}");
    assert!(report.prior.mrr < 0.6 && report.left_out.mrr > 0.99, "{report:?}");
    assert_eq!(report.verdict, Verdict::Better);
    assert!(report.words(Lang::En).contains("rank better"));
    assert!(report.words(Lang::Id).contains("lebih baik"));
    assert_eq!(network.fit_weights(&labels(|_| "awarded"), &freely()).unwrap(), fit);

    // The network itself ranks so with these weights.
    let asked = Question { weights: fit.weights.clone(), ..Question::new("antrean pasar") };
    assert_eq!(ids(&network.candidates(&asked).unwrap())[0], "kota-a/pasar-awarded");
}

#[test]
fn where_nothing_decides_nothing_is_claimed() {
    let mixed = labels(|place| if place % 2 == 0 { "awarded" } else { "wordy" });
    let fit = contest().fit_weights(&mixed, &freely()).unwrap();
    assert_ne!(fit.report.verdict, Verdict::Better);
    assert!(fit.report.in_sample.ndcg_at_10 >= fit.report.left_out.ndcg_at_10);
    assert!(fit.report.words(Lang::En).contains("keep these"));
}

#[test]
fn a_right_answer_that_is_not_found_is_reported_and_counts() {
    let network = contest();
    let mut with_missing = labels(|_| "awarded");
    with_missing[0].question.text = "antrean puskesmas".to_owned();
    with_missing[0].innovation = "kota-a/pasar-awarded".parse().unwrap();
    with_missing[0].question.exclude = vec!["kota-a/pasar-awarded".parse().unwrap()];
    let report = network.fit_weights(&with_missing, &freely()).unwrap().report;
    assert_eq!(report.not_found.len(), 1);
    assert_eq!(report.not_found[0].innovation.as_str(), "kota-a/pasar-awarded");
    assert!(report.left_out.mrr < 0.9);
}

#[test]
fn what_cannot_be_used_is_named() {
    let network = contest();
    let good = || labels(|_| "awarded");
    let fails = |labels: &[Label], options: &FitOptions| {
        let error = network.fit_weights(labels, options).unwrap_err();
        (error.code().to_owned(), error.location().field.clone())
    };
    let named = |code: &str, field: &str| (code.to_owned(), Some(field.to_owned()));
    let usual = FitOptions::default();
    assert_eq!(fails(&[], &usual), named("option-invalid", "labels"));
    assert_eq!(fails(&good()[..1], &usual), named("option-invalid", "group"));

    let mut unknown = good();
    unknown[2].innovation = "kota-a/none".parse().unwrap();
    assert_eq!(fails(&unknown, &usual).0, "not-found");
    let mut graded = good();
    graded[1].grade = 4;
    assert_eq!(fails(&graded, &usual), named("out-of-range", "grade"));
    let mut torn = good();
    torn.push(Label { group: "other".to_owned(), ..torn[0].clone() });
    assert_eq!(fails(&torn, &usual), named("option-invalid", "group"));
    let useless: Vec<Label> = good().into_iter().map(|label| Label { grade: 0, ..label }).collect();
    assert_eq!(fails(&useless, &usual), named("option-invalid", "labels"));

    for strength in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(fails(&good(), &FitOptions { strength, ..usual.clone() }), named("option-invalid", "strength"));
    }
    let too_deep = FitOptions { depth: 1_001, ..usual.clone() };
    assert_eq!(fails(&good(), &too_deep), named("option-invalid", "depth"));
    let nothing = Weights { text: 0, ..only("mentor") };
    let nothing = FitOptions { prior: Weights { mentor: 0, ..nothing }, ..usual };
    assert_eq!(fails(&good(), &nothing), named("option-invalid", "prior"));
}
