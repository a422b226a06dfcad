//! A whole edition scored from its records: totals, choice, what if, seal and replay, reports.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use jipp_core::Error;
use jipp_core::base::{Lang, Score, Weight};
use jipp_core::evaluation::standings::{Change, Cut, CutEffect, Position};
use jipp_core::model::{
    Agency, AgencyKind, Assessor, Competition, CompetitionLevel, CompositionRule, ConflictGround, Criterion,
    CriterionScore, Decision, Dimension, Edition, EntityKind, EntityRef, Group, Innovation, Instrument, MissingRule,
    PanelKind, Proposal, ProposalState, Record, Rubric, ScoreSheet, ScoringRun, Stage, StageKind, Step, Text,
};
use jipp_core::network::{Basis, Network, Options, Scoring, ScoringOptions, StageChoice};
use jipp_core::registry::{Action, Merge};
use jipp_tests::{line, stamp};

fn points(text: &str) -> Score {
    text.parse().unwrap()
}

fn criterion(code: &str, weight: i64) -> Criterion {
    serde_json::from_value(serde_json::json!({"code": code, "label": code.to_uppercase(), "weight": weight})).unwrap()
}

fn stage_record(code: &str, kind: StageKind) -> Stage {
    serde_json::from_value(serde_json::json!({"code": code, "kind": kind})).unwrap()
}

/// Of one proposal: reader, impact, idea.
type Scores<'a> = &'a [(u8, i64, i64)];

/// Two criteria (60 and 40), a desk stage with a pass mark of 70, an interview without sheets, six proposals.
fn records() -> Vec<Record> {
    let mut rubric = Rubric::new(
        "r@1".parse().unwrap(),
        line("R"),
        line("1"),
        points("0"),
        points("100"),
        Weight::from_int(100),
        MissingRule::Refuse,
    );
    rubric.criteria = vec![criterion("impact", 60), criterion("idea", 40)];
    let mut edition = Edition::new("cup/1".parse().unwrap(), "cup".parse().unwrap());
    let mut group: Group = serde_json::from_str(r#"{"code": "g", "label": "G"}"#).unwrap();
    group.rubric = Some(rubric.id.clone());
    edition.groups = vec![group];
    let mut desk = stage_record("desk", StageKind::Desk);
    desk.pass_mark = Some(points("70"));
    desk.max_spread = Some(points("15"));
    edition.stages = vec![desk, stage_record("interview", StageKind::Interview)];
    edition.tie_break = vec![line("impact"), line("submitted-on")];
    let competition = Competition::new("cup".parse().unwrap(), line("Cup"), CompetitionLevel::National);
    let mut records: Vec<Record> = vec![competition.into(), rubric.into(), edition.into()];
    for name in ["a", "b", "c"] {
        let id = format!("agency-{name}");
        let kind = if name == "a" { AgencyKind::City } else { AgencyKind::Regency };
        records.push(Agency::new(id.parse().unwrap(), line(&id), kind).into());
    }
    for number in 1..=3 {
        let id = format!("reader-{number}").parse().unwrap();
        let mut assessor = Assessor::new(id, "cup/1".parse().unwrap(), PanelKind::EvaluationTeam);
        if number == 3 {
            assessor.agency = Some("agency-c".parse().unwrap());
        }
        records.push(assessor.into());
    }
    // Owner, state, and for each reader impact and idea.
    let entered: [(&str, &str, ProposalState, Scores<'_>); 6] = [
        ("p1", "a", ProposalState::DeskScoring, &[(1, 90, 80), (2, 80, 80), (3, 88, 78)]),
        ("p2", "a", ProposalState::DeskScoring, &[(1, 70, 80), (2, 74, 74), (3, 76, 71)]),
        ("p3", "b", ProposalState::DeskScoring, &[(1, 72, 77), (2, 74, 74), (3, 76, 71)]),
        ("p4", "c", ProposalState::DeskScoring, &[(1, 71, 70), (2, 95, 90), (3, 70, 72)]),
        ("p5", "c", ProposalState::DeskScoring, &[(1, 50, 60), (2, 55, 60), (3, 52, 66)]),
        ("p6", "b", ProposalState::Withdrawn, &[]),
    ];
    for (id, owner, state, scores) in entered {
        let innovation: jipp_core::base::InnovationId = format!("agency-{owner}/{id}").parse().unwrap();
        let owner = format!("agency-{owner}").parse().unwrap();
        records.push(Innovation::new(innovation.clone(), line(&format!("Inovasi *{id}*")), owner).into());
        let mut proposal = Proposal::new(id.parse().unwrap(), innovation, "cup/1".parse().unwrap());
        proposal.group = Some(line("g"));
        proposal.status.steps.push(Step::reported(state, line("history")));
        records.push(proposal.into());
        for (reader, impact, idea) in scores {
            records.push(sheet(id, *reader, *impact, *idea).into());
        }
    }
    records
}

fn sheet(proposal: &str, reader: u8, impact: i64, idea: i64) -> ScoreSheet {
    let mut sheet = ScoreSheet::new(
        format!("{proposal}/{reader}").parse().unwrap(),
        format!("reader-{reader}").parse().unwrap(),
        proposal.parse().unwrap(),
        line("desk"),
    );
    for (code, value) in [("impact", impact), ("idea", idea)] {
        let comment = (reader == 1).then(|| Text::new(format!("{code}: <b>lihat</b> data")).unwrap());
        sheet.scores.push(CriterionScore { criterion: line(code), value: Some(Score::from_int(value)), comment });
    }
    sheet
}

fn network_of(records: Vec<Record>) -> Network {
    let network = Network::in_memory(&Options::new("test").unwrap()).unwrap();
    network.commit(&stamp(), records.into_iter().map(Action::Register).collect()).unwrap();
    network
}

fn options() -> ScoringOptions {
    ScoringOptions::new("cup/1".parse().unwrap())
}

fn ids(scoring: &Scoring) -> Vec<String> {
    let mut ids: Vec<String> = scoring.chosen().iter().map(ToString::to_string).collect();
    ids.sort();
    ids
}

fn error(network: &Network, options: &ScoringOptions) -> Error {
    network.score(options).unwrap_err()
}

#[test]
fn totals_places_and_the_cut_come_from_the_records() {
    let scoring = network_of(records()).score(&options()).unwrap();
    let places: Vec<(String, u32, String)> = (scoring.outcome.standings.places.iter())
        .map(|place| (place.proposal.to_string(), place.place, place.score.to_string()))
        .collect();
    // p1: 86, 80, 84; p2: 74 each; p3: 74 each, with the higher mean impact; p4: 70.6, 93, 70.8; p5: 54, 57, 57.6.
    let expected =
        [("p1", 1, "83.333333"), ("p4", 2, "78.133333"), ("p3", 3, "74"), ("p2", 4, "74"), ("p5", 5, "56.2")];
    let expected: Vec<(String, u32, String)> =
        expected.iter().map(|(id, place, score)| ((*id).to_owned(), *place, (*score).to_owned())).collect();
    assert_eq!(places, expected);
    assert_eq!(scoring.cut.pass_mark, Some(points("70")), "that of the one stage that counts");
    assert_eq!(ids(&scoring), ["p1", "p2", "p3", "p4"]);
    assert_eq!(scoring.excluded, [("p6".parse().unwrap(), ProposalState::Withdrawn)]);
    let decided = scoring.outcome.standings.of(&"p3".parse().unwrap()).unwrap();
    assert_eq!(decided.decided_by.as_deref(), Some("impact"), "never in silence");
    assert!(scoring.adjusted.is_some() && scoring.uncertainty.unwrap().known().is_some());
    // Three readers who differ by some points on proposals that differ by more.
    let alpha = scoring.agreement[0].alpha.defined().unwrap().value;
    assert!((0.4..1.0).contains(&alpha), "{alpha}");
    let told: Vec<(&str, &[ConflictGround])> =
        scoring.conflicts.iter().map(|one| (one.proposal.as_str(), one.grounds.as_slice())).collect();
    let same: &[ConflictGround] = &[ConflictGround::SameAgency];
    assert_eq!(told, [("p4", same), ("p5", same)]);
}

#[test]
fn who_enters_and_leaves_if_the_mark_moves_or_a_quota_is_set() {
    let network = network_of(records());
    let scoring = network.score(&options()).unwrap();
    let higher = scoring.what_if_chosen(&[Change::PassMark { mark: Some(points("78")) }], None).unwrap();
    let named = |ids: &[jipp_core::base::ProposalId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!((named(&higher.enters), named(&higher.leaves)), (vec![], vec!["p2".to_owned(), "p3".to_owned()]));
    let one_each = CompositionRule {
        code: line("one-each"),
        dimension: Dimension::Agency,
        value: None,
        least: None,
        most: Some(1),
        mark: None,
        note: None,
    };
    let quota = scoring.what_if_chosen(&[], Some(std::slice::from_ref(&one_each))).unwrap();
    assert_eq!((named(&quota.enters), named(&quota.leaves)), (vec![], vec!["p2".to_owned()]));
    let mut ruled = options();
    ruled.cut = Cut { places: Some(3), pass_mark: Some(points("50")) };
    ruled.composition = Some(vec![one_each.clone()]);
    let scoring = network.score(&ruled).unwrap();
    assert_eq!(ids(&scoring), ["p1", "p3", "p4"]);
    assert!(scoring.selection.unwrap().chosen().unwrap().optimal);
    let kind = |value: &str, least| CompositionRule {
        code: line(value),
        dimension: Dimension::AgencyKind,
        value: Some(line(value)),
        least: Some(least),
        most: None,
        mark: None,
        note: None,
    };
    ruled.composition = Some(vec![kind("city", 2), kind("regency", 2)]);
    let blocked = network.score(&ruled).unwrap();
    assert!(blocked.chosen().is_empty());
    let codes: Vec<String> =
        blocked.selection.unwrap().blocked().unwrap().rules.iter().map(|r| r.code.clone()).collect();
    assert!(codes.contains(&"city".to_owned()) && codes.contains(&"regency".to_owned()), "{codes:?}");
}

#[test]
fn the_adjusted_totals_can_decide() {
    let network = network_of(records());
    let mut adjusted = options();
    adjusted.basis = Basis::Adjusted;
    let scoring = network.score(&adjusted).unwrap();
    assert_eq!(scoring.standings(), scoring.adjusted.as_ref());
    // Reader 3 alone reads p5: two islands, nothing can be adjusted, and that is said.
    let mut apart = records();
    apart.retain(|record| !matches!(record.id(), "p5/1" | "p5/2" | "p1/3" | "p2/3" | "p3/3" | "p4/3"));
    let network = network_of(apart);
    let refused = error(&network, &adjusted);
    assert_eq!((refused.code(), refused.location().field.as_deref()), ("undetermined", Some("basis")));
    let raw = network.score(&options()).unwrap();
    assert_eq!(raw.outcome.standings.places.len(), 5);
    assert!(raw.adjusted.is_none());
    let islands = raw.adjustments[0].refused().unwrap();
    assert_eq!(islands.islands.len(), 2, "{islands:?}");
    assert!(raw.uncertainty.unwrap().known().is_none());
    let page = network.edition_report(&network.score(&options()).unwrap()).unwrap().to_markdown(Lang::En);
    assert!(page.contains("could not be adjusted"), "{page}");
}

#[test]
fn what_is_missing_is_said_with_its_place() {
    let network = network_of(records());
    let mut asked = options();
    asked.group = Some(line("vip"));
    assert_eq!(error(&network, &asked).code(), "not-found");
    let choice =
        |stage: &str, weight: Option<i64>| StageChoice { stage: line(stage), weight: weight.map(Weight::from_int) };
    asked = options();
    asked.stages = vec![choice("final", None)];
    assert!(error(&network, &asked).to_string().contains("desk, interview"));
    asked.stages = vec![choice("desk", Some(70)), choice("interview", None)];
    assert_eq!(error(&network, &asked).location().field.as_deref(), Some("stages.interview.weight"));
    asked.stages = vec![choice("desk", Some(70)), choice("interview", Some(30))];
    let scoring = network.score(&asked).unwrap();
    assert_eq!(scoring.outcome.standings.unplaced.len(), 5, "nobody was interviewed: no totals, no zeros");
    assert_eq!(scoring.cut, Cut::default(), "a pass mark of one stage is none of the total");
    let mut unscored = records();
    unscored.retain(|record| !matches!(record, Record::ScoreSheet(_)));
    let empty = error(&network_of(unscored), &options());
    assert_eq!((empty.code(), empty.location().field.as_deref()), ("undetermined", Some("stages")));
    let mut no_rubric = records();
    for record in &mut no_rubric {
        if let Record::Edition(edition) = record {
            let mut changed = Edition::clone(edition);
            changed.groups[0].rubric = None;
            *record = changed.into();
        }
    }
    let lacking = error(&network_of(no_rubric), &options());
    assert_eq!((lacking.code(), lacking.location().field.as_deref()), ("undetermined", Some("stages.desk.rubric")));
    let mut off = records();
    off.retain(|record| record.id() != "p5/1");
    off.push(sheet("p5", 1, 101, 50).into());
    let wrong = error(&network_of(off), &options());
    assert_eq!((wrong.code(), wrong.subject()), ("out-of-range", Some("score-sheet p5/1")));
    let mut blank = records();
    blank.retain(|record| record.id() != "p5/1");
    let mut waiting = sheet("p5", 1, 1, 1);
    waiting.scores.clear();
    blank.push(waiting.into());
    let scoring = network_of(blank).score(&options()).unwrap();
    let p5 = scoring.outcome.stages[0].proposals.iter().find(|one| one.proposal.as_str() == "p5").unwrap();
    assert_eq!(p5.score, Some(points("57.3")), "an assignment that waits is no score: the mean of 57 and 57.6");
}

#[test]
fn a_sealed_run_replays_to_the_byte_whatever_is_recorded_later() {
    let network = network_of(records());
    let run = network.seal_scoring("cup/1/run".parse().unwrap(), &options(), &stamp()).unwrap();
    assert_eq!(run.results.iter().filter(|result| result.is_chosen).count(), 4);
    assert_eq!(run.results[0].place, Some(1));
    assert_eq!(run.outcome.len(), 64);
    let replay = network.replay(&run.id).unwrap();
    assert!(replay.is_same, "{replay:#?}");
    // A better sheet for p5 comes in: the run was on what was there.
    let mut revised = sheet("p5", 1, 99, 99);
    revised.id = "p5/1b".parse().unwrap();
    revised.revision_of = Some("p5/1".parse().unwrap());
    network.commit(&stamp(), vec![Action::Register(revised.into())]).unwrap();
    assert!(network.replay(&run.id).unwrap().is_same);
    assert_ne!(network.score(&options()).unwrap().inputs, run.inputs);
    assert!(network.verify().unwrap().is_empty());
    assert_eq!(network.replay(&"cup/2/run".parse().unwrap()).unwrap_err().code(), "not-found");
}

#[test]
fn a_run_that_does_not_come_out_the_same_says_what_differs() {
    let honest = network_of(records());
    let run = honest.seal_scoring("cup/1/run".parse().unwrap(), &options(), &stamp()).unwrap();
    // The same run, on a network in which one score is another.
    let mut altered = records();
    altered.retain(|record| record.id() != "p3/2");
    altered.push(sheet("p3", 2, 90, 90).into());
    altered.push(run.clone().into());
    let replay = network_of(altered).replay(&run.id).unwrap();
    assert!(!replay.is_same);
    let parts: Vec<&str> = replay.inputs.iter().map(|input| &*input.sealed.as_ref().unwrap().part).collect();
    assert_eq!(parts, ["sheets"]);
    let p3 = replay.results.iter().find(|one| one.now.as_ref().unwrap().proposal.as_str() == "p3").unwrap();
    assert_eq!(
        (p3.sealed.as_ref().unwrap().total, p3.now.as_ref().unwrap().total),
        (Some(points("74")), Some(points("79.333333")))
    );
    // And one whose results were touched.
    let mut touched = records();
    let mut forged: ScoringRun = run.clone();
    forged.results[4].is_chosen = true;
    touched.push(forged.into());
    let replay = network_of(touched).replay(&run.id).unwrap();
    assert!(!replay.is_same && replay.inputs.is_empty());
    assert_eq!(replay.results.len(), 1);
    // And one on a network that has no sheets at all.
    let mut empty = records();
    empty.retain(|record| !matches!(record, Record::ScoreSheet(_)));
    empty.push(run.clone().into());
    let replay = network_of(empty).replay(&run.id).unwrap();
    assert!(replay.failure.unwrap().contains("score sheets") && !replay.is_same);
}

#[test]
fn threads_and_order_change_nothing() {
    let outcome = |records: Vec<Record>, threads: usize| {
        let mut options = options();
        options.resampling.as_mut().unwrap().threads = threads;
        let network = network_of(records);
        let scoring = network.score(&options).unwrap();
        (scoring.outcome.clone(), scoring.uncertainty.unwrap().known().unwrap().proposals.clone(), scoring.inputs)
    };
    let mut turned = records();
    turned.reverse();
    assert_eq!(outcome(records(), 1), outcome(turned, 2));
}

#[test]
fn an_agency_is_told_what_it_may_know() {
    let network = network_of(records());
    let scoring = network.score(&options()).unwrap();
    let report = network.proposal_report(&scoring, &"p2".parse().unwrap()).unwrap();
    assert_eq!((report.total, report.place, report.ranked), (Some(points("74")), Some(4), 5));
    assert_eq!(report.position, Some(Position::Inside));
    assert_eq!(report.stages[0].criteria.len(), 2);
    assert_eq!(report.stages[0].criteria[0].comments, ["impact: <b>lihat</b> data"]);
    // Four are inside: too few for a median that tells of nobody. So what is left to gain comes first: 26.67 x 0.6.
    let first = &report.improvements[0];
    assert_eq!((first.criterion.as_str(), first.behind), ("impact", None));
    assert!((first.left - 16.0).abs() < 1e-5, "{first:?}");
    assert_eq!(report.stages[0].criteria[0].field, Some(74.0), "of five");
    let json = serde_json::to_string(&report).unwrap();
    for lang in [Lang::Id, Lang::En] {
        let page = report.to_markdown(lang);
        assert!(page.contains("Inovasi \\*p2\\*") && page.contains("\\<b\\>lihat"), "{page}");
        assert!(!page.contains("reader-"), "assessors have no name here: {page}");
    }
    assert!(!json.contains("reader-"), "{json}");
    assert_eq!(network.proposal_report(&scoring, &"p6".parse().unwrap()).unwrap_err().code(), "not-found");
}

#[test]
fn the_plenary_is_told_everything() {
    let network = network_of(records());
    let scoring = network.score(&options()).unwrap();
    let report = network.edition_report(&scoring).unwrap();
    assert_eq!(report.ranking.len(), 5);
    assert_eq!(report.assessors.len(), 3);
    let strictest: Vec<f64> = report.assessors.iter().map(|one| one.severity).collect();
    assert!(strictest.windows(2).all(|pair| pair[0] >= pair[1]));
    let id = report.to_markdown(Lang::Id);
    let en = report.to_markdown(Lang::En);
    for (id_words, en_words) in [
        ("# Hasil penilaian cup/1", "# Results of cup/1"),
        ("## Batas kelulusan", "## The cut"),
        ("74 (impact)", "74 (impact)"),
        ("proposal perlu moderasi (1)", "proposals to be moderated (1)"),
        ("menilai dengan benturan kepentingan: p4", "scored with a conflict of interest: p4"),
    ] {
        assert!(id.contains(id_words), "{id_words} in {id}");
        assert!(en.contains(en_words), "{en_words} in {en}");
    }
    assert!(serde_json::to_value(&report).unwrap()["ranking"][0]["proposal"] == "p1");
}

/// Whatever draws the cut, the plenary reads what the smallest change does, in both languages.
#[test]
fn the_smallest_change_at_the_cut_is_worded_by_what_it_does() {
    let network = network_of(records());
    let mut seen = Vec::new();
    for (places, mark) in [(Some(2), None), (None, Some("75")), (None, Some("73"))] {
        let mut asked = options();
        asked.cut = Cut { places, pass_mark: Some(points(mark.unwrap_or("0"))) };
        let scoring = network.score(&asked).unwrap();
        let effect = scoring.at_the_cut.as_ref().unwrap().known().unwrap().score.as_ref().unwrap().effect;
        let report = network.edition_report(&scoring).unwrap();
        let (id, en) = match effect {
            CutEffect::Swaps => ("nilai terkecil yang menukarnya", "of a score that swaps them"),
            CutEffect::Lifts => ("nilai terkecil yang meluluskan yang kedua", "of a score that brings the second in"),
            CutEffect::Drops => ("nilai terkecil yang menggugurkan yang pertama", "of a score that puts the first out"),
        };
        assert!(report.to_markdown(Lang::Id).contains(id) && report.to_markdown(Lang::En).contains(en), "{effect:?}");
        seen.push(effect);
    }
    assert_eq!(seen, [CutEffect::Swaps, CutEffect::Lifts, CutEffect::Drops]);
}

/// The records with one more, or one in the place of that with its id.
fn with(record: impl Into<Record>) -> Vec<Record> {
    let record = record.into();
    let mut all = records();
    all.retain(|one| one.id() != record.id());
    all.push(record);
    all
}

#[test]
fn assessors_who_agree_on_different_proposals_agree() {
    let mut all = records();
    all.retain(|record| !matches!(record, Record::ScoreSheet(_)));
    for (proposal, points) in [("p1", 90), ("p2", 80), ("p3", 70), ("p4", 60), ("p5", 50)] {
        all.extend([1, 2].map(|reader| Record::from(sheet(proposal, reader, points, points))));
    }
    let scoring = network_of(all).score(&options()).unwrap();
    assert!((scoring.agreement[0].alpha.defined().unwrap().value - 1.0).abs() < 1e-12);
}

#[test]
fn sheets_of_merged_records_are_not_lost() {
    let network = network_of(records());
    let before = network.score(&options()).unwrap();
    let twin = Proposal::new("p5-twin".parse().unwrap(), "agency-c/p5".parse().unwrap(), "cup/1".parse().unwrap());
    let twin_reader = Assessor::new("reader-1b".parse().unwrap(), "cup/1".parse().unwrap(), PanelKind::EvaluationTeam);
    let mut late = sheet("p5", 1, 60, 60);
    late.id = "late".parse().unwrap();
    late.proposal = "p5-twin".parse().unwrap();
    late.assessor = "reader-1b".parse().unwrap();
    let enter = [Record::from(twin), twin_reader.into(), late.into()].map(Action::Register);
    network.commit(&stamp(), enter.to_vec()).unwrap();
    let merge = |kind: EntityKind, subject: &str, into: &str| {
        let (subject, into) = (EntityRef::new(kind, subject).unwrap(), EntityRef::new(kind, into).unwrap());
        Action::Merge(Merge { subject, into, reason: None })
    };
    network.commit(&stamp(), vec![merge(EntityKind::Proposal, "p5-twin", "p5")]).unwrap();
    let after = network.score(&options()).unwrap();
    let p5 = |scoring: &Scoring| {
        scoring.outcome.stages[0].proposals.iter().find(|one| one.proposal.as_str() == "p5").unwrap().clone()
    };
    assert_eq!((p5(&before).sheets.len(), p5(&after).sheets.len()), (3, 4));
    // Then the two readers turn out to be one person, who scored twice.
    network.commit(&stamp(), vec![merge(EntityKind::Assessor, "reader-1b", "reader-1")]).unwrap();
    assert_eq!(error(&network, &options()).subject().map(|subject| subject.starts_with("score-sheet")), Some(true));
}

#[test]
fn nobody_replaces_the_sheet_of_another_and_a_blank_one_replaces_nothing() {
    let mut theft = sheet("p5", 2, 99, 99);
    theft.id = "theft".parse().unwrap();
    theft.revision_of = Some("p5/1".parse().unwrap());
    let refused = error(&network_of(with(theft)), &options());
    assert_eq!((refused.code(), refused.subject()), ("dangling-reference", Some("score-sheet theft")));
    let mut blank = sheet("p5", 1, 1, 1);
    blank.id = "again".parse().unwrap();
    blank.revision_of = Some("p5/1".parse().unwrap());
    blank.scores.clear();
    let scoring = network_of(with(blank)).score(&options()).unwrap();
    assert_eq!(scoring.outcome.standings.of(&"p5".parse().unwrap()).unwrap().score, points("56.2"));
    assert!(format!("{:?}", scoring.outcome.stages[0].findings).contains("again"), "and that is said");
}

#[test]
fn what_does_not_fit_is_told() {
    let mut all = records();
    let mut misspelt = sheet("p1", 1, 10, 10);
    misspelt.id = "misspelt".parse().unwrap();
    misspelt.stage = line("desck");
    let mut other = Assessor::new("outsider".parse().unwrap(), "cup/2".parse().unwrap(), PanelKind::EvaluationTeam);
    other.agency = None;
    let mut foreign = sheet("p1", 1, 84, 84);
    foreign.id = "foreign".parse().unwrap();
    foreign.assessor = "outsider".parse().unwrap();
    all.push(Edition::new("cup/2".parse().unwrap(), "cup".parse().unwrap()).into());
    all.extend([Record::from(misspelt), other.into(), foreign.into()]);
    for record in &mut all {
        if let Record::Edition(edition) = record
            && edition.id.as_str() == "cup/1"
        {
            let mut changed = Edition::clone(edition);
            changed.tie_break = vec![line("impakt"), line("desk/idea"), line("interview/idea"), line("submitted-on")];
            *record = changed.into();
        }
    }
    let network = network_of(all);
    let scoring = network.score(&options()).unwrap();
    let told: Vec<(&str, &str)> = scoring.strays.iter().map(|one| (one.sheet.as_str(), one.why.code())).collect();
    assert_eq!(told, [("foreign", "not-of-edition"), ("misspelt", "unknown-stage")]);
    let skipped: Vec<&str> = scoring.tie_break_skipped.iter().map(|code| &**code).collect();
    assert_eq!(skipped, ["impakt", "interview/idea"]);
    let page = network.edition_report(&scoring).unwrap().to_markdown(Lang::Id);
    assert!(
        page.contains("misspelt (reader-1): tahap tidak dikenal") && page.contains("impakt, interview/idea"),
        "{page}"
    );
    let mut asked = options();
    let json = r#"[{"code": "c", "dimension": "group", "value": "gg", "most": 1}]"#;
    asked.composition = Some(serde_json::from_str(json).unwrap());
    assert_eq!(error(&network, &asked).location().field.as_deref(), Some("composition[0].value"));
    asked = options();
    asked.cut.places = Some(2);
    assert_eq!(network.score(&asked).unwrap().cut, Cut { places: Some(2), pass_mark: Some(points("70")) });
    asked.basis = Basis::Adjusted;
    let adjusted = network.score(&asked).unwrap();
    assert!(adjusted.weight_ranges.known().is_none() && adjusted.at_the_cut.as_ref().unwrap().known().is_none());
    assert_eq!(adjusted.what_if(&[]).unwrap_err().code(), "undetermined");
    assert!(adjusted.what_if_chosen(&[Change::Places { places: Some(1) }], None).unwrap().leaves.len() == 1);
}

#[test]
fn what_came_of_a_stage_can_be_recorded() {
    let network = network_of(records());
    let scoring = network.score(&options()).unwrap();
    let results = scoring.stage_results("cup/1/run", None).unwrap();
    assert_eq!(results.len(), 5);
    let p4 = results.iter().find(|one| one.proposal.as_str() == "p4").unwrap();
    assert_eq!((p4.aggregate, p4.spread, p4.rank), (Some(points("78.133333")), Some(points("22.4")), Some(2)));
    assert_eq!(results.iter().filter(|one| one.decision == Some(Decision::Pass)).count(), 4);
    network.commit(&stamp(), results.into_iter().map(|one| Action::Register(one.into())).collect()).unwrap();
}

#[test]
fn the_shipped_rubric_of_2023_needs_no_score_of_the_summary() {
    let rubric = Instrument::shipped("kipp-umum@2023").unwrap().rubric;
    let mut all = records();
    all.retain(|record| !matches!(record, Record::ScoreSheet(_)));
    for record in &mut all {
        if let Record::Edition(edition) = record {
            let mut changed = Edition::clone(edition);
            changed.groups[0].rubric = Some(rubric.id.clone());
            changed.tie_break = vec![line("signifikansi")];
            *record = changed.into();
        }
    }
    let mut whole = sheet("p1", 1, 0, 0);
    let scored = rubric.criteria.iter().filter(|criterion| criterion.weight > Weight::ZERO);
    let score = |code: &jipp_core::model::Line| CriterionScore {
        criterion: code.clone(),
        value: Some(points("85")),
        comment: None,
    };
    whole.scores = scored.map(|criterion| score(&criterion.code)).collect();
    all.extend([Record::from(rubric), whole.into()]);
    let scoring = network_of(all).score(&options()).unwrap();
    assert_eq!(scoring.outcome.standings.places[0].score, points("85"));
}
