//! Who may not see everything gets a network that holds nothing hidden: exchanging what is hidden changes no byte of
//! it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test that fails must stop")]

use std::fmt::Write as _;

use jipp_core::base::Lang;
use jipp_core::evaluation::blindness::{Naming, Phase, Policy, Role, Viewer, project};
use jipp_core::exchange::{CsvOptions, export_csv, export_document, export_jsonl};
use jipp_core::model::{
    Agency, Assessor, EntityKind, EntityRef, Innovation, Line, Person, Proposal, ProposalState, ScoreSheet,
};
use jipp_core::network::{Draft, Network, Options, Question};
use jipp_core::registry::Action;
use jipp_tests::edition::{EDITION, Entry, Reader, Sheet, World, agencies, readers};
use jipp_tests::{register, registry, stamp};
use proptest::prelude::*;
use proptest::sample::{Index, select};

fn policy() -> Policy {
    Policy::standard().unwrap()
}

fn viewer(role: Role) -> Viewer {
    match role {
        Role::Assessor => Viewer::assessor(EDITION.parse().unwrap(), "te-1".parse().unwrap()),
        role => Viewer::new(role, EDITION.parse().unwrap()),
    }
}

fn seen(world: &World, viewer: &Viewer, policy: &Policy) -> Network {
    world.network().seen_by(viewer, policy).unwrap()
}

/// What is projected, as bytes: everything that a viewer's network is made of.
fn projected(world: &World, viewer: &Viewer, policy: &Policy) -> String {
    let mut source = registry("ministry");
    register(&mut source, world.records()).unwrap();
    serde_json::to_string(&project(&source.view(), viewer, policy).unwrap()).unwrap()
}

/// The whole of a network as JSON.
fn document(network: &Network) -> String {
    let mut out = Vec::new();
    network.read(|view| export_document(&view, &mut out)).unwrap();
    String::from_utf8(out).unwrap()
}

/// Everything that somebody can get out of a network: exports, counts, lists, searches with their scores, likeness,
/// duplicates, the journal, and what it says of ids it does not have.
fn answers(network: &Network) -> String {
    let mut all = document(network);
    for kind in EntityKind::ALL {
        let (mut csv, mut lines) = (Vec::new(), Vec::new());
        let count = network.read(|view| {
            export_csv(&view, *kind, &CsvOptions::default(), &mut csv).unwrap();
            export_jsonl(&view, *kind, &mut lines).unwrap();
            view.count(*kind)
        });
        let _ = writeln!(all, "{kind} {count}\n{}\n{}", String::from_utf8_lossy(&csv), String::from_utf8_lossy(&lines));
    }
    for text in ["antre pasien", "sampah beras", "akta kelahiran Ambon", "pemerintah kota bima", "te-2 Bagas"] {
        let found = network.candidates(&Question { feedback: true, ..Question::new(text) }).unwrap();
        let _ = writeln!(all, "{text}: {}", serde_json::to_string(&found).unwrap());
        let draft = Draft { title: text.to_owned(), problem: text.to_owned(), ..Draft::default() };
        let _ = writeln!(all, "{:?}", network.check_draft(&draft).unwrap());
    }
    for id in network.read(|view| view.all::<Innovation>().map(|one| one.id.clone()).collect::<Vec<_>>()) {
        let _ = writeln!(all, "{id}: {:?}", network.neighbours(&id, 5).unwrap());
    }
    let linked = network.duplicates(Network::duplicate_settings(), &[], &mut |_| true).unwrap();
    let _ = writeln!(all, "{linked:?} {:?}", network.export_since(0).unwrap());
    // Of those that are hidden, of a fixture whose names were exchanged with theirs, and of those nobody has heard of.
    for who in agencies() {
        let _ = writeln!(all, "{}", network.read(|view| refusals(view.get::<Agency>(&who.id.parse().unwrap()).err())));
    }
    for reader in readers() {
        let _ = writeln!(
            all,
            "{}",
            network.read(|view| refusals(view.get::<Person>(&reader.person.parse().unwrap()).err()))
        );
    }
    let unknown = "nobody".parse().unwrap();
    let _ = writeln!(all, "{}", network.read(|view| refusals(view.get::<Agency>(&unknown).err())));
    let asked = Question { agency: Some(unknown), ..Question::new("antre") };
    let _ = writeln!(all, "{}", refusals(network.candidates(&asked).err()));
    all
}

fn refusals(error: Option<jipp_core::Error>) -> String {
    error.map_or_else(|| "there".to_owned(), |error| error.message(Lang::En) + &error.message(Lang::Id))
}

fn entry(owner: usize, text: usize, state: ProposalState) -> Entry {
    Entry { owner, text, names_owner: true, has_document: true, state, source: None }
}

/// Four entries of three agencies, three of them alike in text, on the desks of the assessors.
fn small(state: ProposalState) -> World {
    let entries = vec![entry(0, 0, state), entry(1, 0, state), entry(1, 1, state), entry(4, 0, state)];
    let sheets = [(0, 0, 80), (0, 1, 70), (0, 3, 70), (1, 0, 60), (1, 2, 90), (2, 1, 75)];
    let sheets = sheets.map(|(reader, entry, score)| Sheet { reader, entry, score }).to_vec();
    World { agencies: agencies(), readers: readers(), entries, sheets }
}

fn worlds(states: &'static [ProposalState]) -> impl Strategy<Value = World> {
    let entries = (0..6_usize, 0..3_usize, any::<bool>(), any::<bool>(), select(states), any::<Option<Index>>());
    let entry = |(owner, text, names_owner, has_document, state, source): (_, _, _, _, _, Option<Index>)| {
        let source = source.map(|source| source.index(8));
        Entry { owner, text, names_owner, has_document, state, source }
    };
    let entries = prop::collection::vec(entries.prop_map(entry), 1..8);
    let sheets = prop::collection::vec((0..4_usize, any::<Index>(), 0..3_u32), 0..14);
    (entries, sheets).prop_map(|(entries, sheets)| {
        let mut sheets: Vec<Sheet> = sheets
            .into_iter()
            .map(|(reader, entry, score)| Sheet { reader, entry: entry.index(entries.len()), score })
            .collect();
        sheets.sort_by_key(|sheet| (sheet.reader, sheet.entry));
        sheets.dedup_by_key(|sheet| (sheet.reader, sheet.entry));
        World { agencies: agencies(), readers: readers(), entries, sheets }
    })
}

/// Exchanges who two agencies are; whoever works for one of them stays with who they were.
fn exchange_agencies(world: &World, one: usize, other: usize) -> World {
    let mut exchanged = world.clone();
    exchanged.agencies.swap(one, other);
    exchanged
}

fn exchange_readers(world: &World, one: usize, other: usize) -> World {
    let mut exchanged = world.clone();
    exchanged.readers.swap(one, other);
    exchanged
}

const SCORED: &[ProposalState] = &[ProposalState::DeskScoring, ProposalState::Consolidated];
const DECIDED: &[ProposalState] =
    &[ProposalState::Awarded, ProposalState::NotAwarded, ProposalState::NotFinalist, ProposalState::AdminFailed];
/// Of one kind: cities, regencies.
const PAIRS: &[(usize, usize)] = &[(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)];

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases()) }
}

/// As many cases as asked for, else few.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_assessor_cannot_tell_which_agency_entered(world in worlds(SCORED), pair in select(PAIRS)) {
        let exchanged = exchange_agencies(&world, pair.0, pair.1);
        let (viewer, policy) = (viewer(Role::Assessor), policy());
        prop_assert_eq!(projected(&world, &viewer, &policy), projected(&exchanged, &viewer, &policy));
    }

    #[test]
    fn an_assessor_cannot_tell_which_entries_are_of_one_owner(world in worlds(SCORED), entries in any::<[Index; 2]>()) {
        let [one, other] = entries.map(|entry| entry.index(world.entries.len()));
        let mut exchanged = world.clone();
        let owners = (world.entries[one].owner, world.entries[other].owner);
        prop_assume!((owners.0 < 3) == (owners.1 < 3));
        (exchanged.entries[one].owner, exchanged.entries[other].owner) = (owners.1, owners.0);
        let (viewer, policy) = (viewer(Role::Assessor), policy());
        prop_assert_eq!(projected(&world, &viewer, &policy), projected(&exchanged, &viewer, &policy));
    }

    #[test]
    fn neither_assessor_nor_chair_can_tell_who_else_reads(
        world in worlds(SCORED), others in select(vec![(1, 2), (1, 3), (2, 3)])
    ) {
        // What makes two assessors look different to the chair is not exchanged with who they are: their sectors go by
        // their numbers.
        let exchanged = exchange_readers(&world, others.0, others.1);
        for role in [Role::Assessor, Role::Chair] {
            let (viewer, policy) = (viewer(role), policy());
            prop_assert_eq!(projected(&world, &viewer, &policy), projected(&exchanged, &viewer, &policy));
        }
    }

    #[test]
    fn the_public_cannot_tell_who_entered(
        world in worlds(SCORED), pair in select(PAIRS), readers in select(vec![(0, 1), (0, 3), (1, 2)])
    ) {
        let exchanged = exchange_readers(&exchange_agencies(&world, pair.0, pair.1), readers.0, readers.1);
        let (viewer, policy) = (viewer(Role::Public), policy());
        prop_assert_eq!(projected(&world, &viewer, &policy), projected(&exchanged, &viewer, &policy));
    }

    #[test]
    fn the_public_cannot_tell_who_lost(world in worlds(DECIDED), pair in select(PAIRS)) {
        let is_awarded = |entry: &&Entry| entry.state == ProposalState::Awarded;
        let won = |agency| world.entries.iter().filter(is_awarded).any(|entry| entry.owner == agency);
        prop_assume!(!won(pair.0) && !won(pair.1));
        let exchanged = exchange_agencies(&world, pair.0, pair.1);
        let (viewer, policy) = (viewer(Role::Public), policy());
        prop_assert_eq!(projected(&world, &viewer, &policy), projected(&exchanged, &viewer, &policy));
    }

    #[test]
    fn the_secretariat_cannot_tell_the_scores(
        world in worlds(SCORED), scores in prop::collection::vec(0..100_u32, 14)
    ) {
        let mut exchanged = world.clone();
        exchanged.sheets.iter_mut().zip(scores).for_each(|(sheet, score)| sheet.score = score);
        let (viewer, policy) = (viewer(Role::Secretariat), policy());
        prop_assert_eq!(projected(&world, &viewer, &policy), projected(&exchanged, &viewer, &policy));
    }

    /// The hardest case for codes: nothing but who refers to whom is seen, and everybody changes places.
    #[test]
    fn codes_come_from_what_is_seen(
        world in worlds(SCORED),
        agencies in Just((3..6).collect::<Vec<usize>>()).prop_shuffle(),
        order in Just((0..4).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        // Who took what from whom goes by the numbers of the entries, which are exchanged here.
        let mut world = world;
        world.entries.iter_mut().for_each(|entry| entry.source = None);
        let mut exchanged = world.clone();
        for (place, who) in (3..6).zip(&agencies) {
            exchanged.agencies[place] = world.agencies[*who].clone();
        }
        for (place, reader) in order.iter().enumerate() {
            exchanged.readers[place] = Reader { agency: 0, ..world.readers[*reader].clone() };
        }
        // The last entry becomes the first, so that every id changes and the order of all of them.
        exchanged.entries.reverse();
        let last = world.entries.len() - 1;
        exchanged.sheets.iter_mut().for_each(|sheet| sheet.entry = last - sheet.entry);
        let (viewer, policy) = (viewer(Role::Public), bare());
        prop_assert_eq!(projected(&world, &viewer, &policy), projected(&exchanged, &viewer, &policy));
    }
}

proptest! {
    // Each case builds four networks; what they are made of is compared in every case above.
    #![proptest_config(ProptestConfig { cases: cases().div_ceil(3), ..config() })]

    #[test]
    fn no_answer_tells_who_entered_or_reads(
        world in worlds(SCORED),
        pair in select(PAIRS),
        others in select(vec![(1, 2), (1, 3), (2, 3)]),
        role in select(vec![Role::Assessor, Role::Public, Role::Chair]),
    ) {
        let exchanged = exchange_readers(&world, others.0, others.1);
        // The chair knows who entered.
        let exchanged = if role == Role::Chair { exchanged } else { exchange_agencies(&exchanged, pair.0, pair.1) };
        let (viewer, policy) = (viewer(role), policy());
        prop_assert_eq!(answers(&seen(&world, &viewer, &policy)), answers(&seen(&exchanged, &viewer, &policy)));
    }
}

/// A policy that shows the public who refers to whom, and nothing else.
fn bare() -> Policy {
    let coded = |kinds: &str, show: &str| {
        format!(
            r#"{{"role":"public","kinds":[{kinds}],"records":"edition","ids":"coded","show":[{show}],"mark":"inferred"}}"#
        )
    };
    let rules = [
        r#"{"role":"public","kinds":["edition","competition"],"records":"rules","ids":"plain","hide":[],"mark":"inferred"}"#
            .to_owned(),
        coded(r#""agency""#, ""),
        coded(r#""innovation""#, r#""owner""#),
        coded(r#""proposal""#, r#""innovation","edition""#),
        coded(r#""assessor""#, r#""edition""#),
        coded(r#""score-sheet""#, r#""assessor","proposal""#),
        coded(r#""replication""#, r#""sources","target""#),
    ];
    Policy::from_json(&format!(r#"{{"id":"bare","masked":"-","rules":[{}]}}"#, rules.join(","))).unwrap()
}

/// Rings of proposals joined by assessors who read two each: a ring of six and two of three look the same from every
/// place in them.
fn rings(order: &[usize]) -> World {
    let state = ProposalState::DeskScoring;
    let ring = |first: usize, size: usize| (0..size).map(move |n| (first + n, first + (n + 1) % size));
    let pairs = ring(0, 6).chain(ring(6, 3)).chain(ring(9, 3));
    let names: Vec<(&'static str, &'static str)> =
        (0..12).map(|n| (&*format!("te-{n:02}").leak(), &*format!("orang-{n:02}").leak())).collect();
    let reader = |n: usize| Reader { id: names[n].0, person: names[n].1, name: names[n].1, agency: 0 };
    let sheets = pairs.enumerate().flat_map(|(reader, (one, other))| {
        [one, other].map(|entry| Sheet { reader: order[reader], entry: order[entry], score: 1 })
    });
    let entries = (0..12).map(|_| Entry { names_owner: false, ..entry(0, 0, state) }).collect();
    World { agencies: agencies(), readers: (0..12).map(reader).collect(), entries, sheets: sheets.collect() }
}

#[test]
fn what_looks_alike_from_every_place_is_still_numbered_by_what_is_seen() {
    let (viewer, policy) = (viewer(Role::Public), bare());
    let straight: Vec<usize> = (0..12).collect();
    let expected = document(&seen(&rings(&straight), &viewer, &policy));
    for step in [5, 7, 11] {
        let shuffled: Vec<usize> = (0..12).map(|n| n * step % 12).collect();
        assert_eq!(document(&seen(&rings(&shuffled), &viewer, &policy)), expected);
    }
    // One ring of twelve is something else.
    let mut other = rings(&straight);
    other.sheets = (0..12).flat_map(|n| [n, (n + 1) % 12].map(|entry| Sheet { reader: n, entry, score: 1 })).collect();
    assert_ne!(document(&seen(&other, &viewer, &policy)), expected);
}

#[test]
fn too_many_that_look_alike_are_refused_rather_than_numbered_by_hidden_order() {
    let mut world = rings(&(0..12).collect::<Vec<usize>>());
    world.sheets = (0..144).map(|n| Sheet { reader: n / 12, entry: n % 12, score: 1 }).collect();
    let refused = world.network().seen_by(&viewer(Role::Public), &bare()).unwrap_err();
    assert_eq!(refused.code(), "undetermined");
}

/// The test above must be able to fail: with the owners shown, it does.
#[test]
fn a_policy_that_shows_the_owner_gives_it_away() {
    let mut open = policy();
    for rule in &mut open.rules {
        if rule.role == Role::Assessor && rule.kinds == [EntityKind::Agency] && rule.ids == Naming::Merged {
            rule.ids = Naming::Plain;
        }
    }
    let (world, viewer) = (small(ProposalState::DeskScoring), viewer(Role::Assessor));
    let exchanged = exchange_agencies(&world, 0, 1);
    assert_ne!(answers(&seen(&world, &viewer, &open)), answers(&seen(&exchanged, &viewer, &open)));
    assert_eq!(answers(&seen(&world, &viewer, &policy())), answers(&seen(&exchanged, &viewer, &policy())));

    // So does one that leaves names in the texts.
    let mut told = policy();
    told.rules.iter_mut().for_each(|rule| rule.mask.clear());
    assert_ne!(answers(&seen(&world, &viewer, &told)), answers(&seen(&exchanged, &viewer, &told)));
}

/// The words that give somebody away, in any spelling.
fn mentions<'a>(text: &str, hidden: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let text = jipp_core::base::fold(text);
    hidden.into_iter().map(jipp_core::base::fold).filter(|word| text.contains(word)).collect()
}

const PLACES: [&str; 6] = ["ambon", "bima", "kupang", "alor", "buru", "sumba"];
const PEOPLE: [&str; 4] = ["melati", "bagas", "cempaka", "danang"];

#[test]
fn nothing_hidden_is_in_what_is_exported() {
    let world = small(ProposalState::DeskScoring);
    let phones = ["0911", "0374", "0380", "0386", "0913", "0387"];
    let everything = |role| {
        let network = seen(&world, &viewer(role), &policy());
        document(&network) + &String::from_utf8_lossy(&network.export_since(0).unwrap())
    };
    let assessor = everything(Role::Assessor);
    let others = ["te-2", "te-3", "te-4", "maluku", "2025-03-01", "berkas"];
    // Their own name they may have put into their own remarks.
    let hidden = PLACES.into_iter().chain(PEOPLE.into_iter().skip(1)).chain(phones).chain(others);
    assert_eq!(mentions(&assessor, hidden), Vec::<String>::new());
    let chair = everything(Role::Chair);
    let readers = ["te-1", "te-2", "te-3", "te-4", "lembar/"];
    assert_eq!(mentions(&chair, PEOPLE.into_iter().chain(readers)), Vec::<String>::new());
    let public = everything(Role::Public);
    let hidden = PLACES.into_iter().chain(PEOPLE).chain(phones).chain(readers).chain(["antre", "sampah"]);
    assert_eq!(mentions(&public, hidden), Vec::<String>::new());
    let secretariat = everything(Role::Secretariat);
    assert_eq!(mentions(&secretariat, ["scores", "\"value\"", "dinilai oleh"]), Vec::<String>::new());
    // They are all in the source.
    let source = document(&world.network());
    let all = PLACES.into_iter().chain(PEOPLE).chain(phones).chain(others).chain(["scores", "dinilai oleh"]);
    assert_eq!(mentions(&source, all.clone()).len(), all.count());
}

#[test]
fn an_assessor_sees_the_assigned_proposals_and_own_sheets() {
    let network = seen(&small(ProposalState::DeskScoring), &viewer(Role::Assessor), &policy());
    network.read(|view| {
        assert_eq!(view.count(EntityKind::Proposal), 3);
        assert_eq!(view.count(EntityKind::Innovation), 3);
        assert_eq!(view.count(EntityKind::Evidence), 3);
        assert_eq!(view.count(EntityKind::Agency), 2, "a city and a regency");
        assert_eq!(view.count(EntityKind::Assessor), 1);
        assert_eq!(view.count(EntityKind::ScoreSheet), 3);
        for kind in
            [EntityKind::Person, EntityKind::Region, EntityKind::Unit, EntityKind::StageResult, EntityKind::Contact]
        {
            assert_eq!(view.count(kind), 0, "{kind}");
        }
        for proposal in view.all::<Proposal>() {
            assert!(proposal.id.as_str().starts_with("proposal-"), "{}", proposal.id);
            assert_eq!(proposal.title.as_deref(), Some("Antre dari Rumah di […], kata […]."));
            let innovation = view.get::<Innovation>(&proposal.innovation).unwrap();
            let owner = view.get::<Agency>(&innovation.owner).unwrap();
            assert_eq!((owner.region.as_ref(), &*owner.name), (None, owner.id.as_str()));
            let step = proposal.status.last().unwrap();
            assert_eq!((step.by.as_ref(), step.reported.as_deref()), (None, Some("desk-scoring")));
            let sheets = view.referring::<ScoreSheet>(&EntityRef::of::<Proposal>(&proposal.id));
            assert_eq!(sheets.len(), 1);
            assert_eq!(sheets[0].assessor.as_str(), "te-1");
        }
    });
    let found = network.candidates(&Question::new("pasien menunggu")).unwrap();
    assert_eq!((found.searched, found.candidates.len()), (3, 3));
    assert_eq!(network.revision(), 1);
}

#[test]
fn finalists_are_no_secret_to_their_assessors_nor_to_the_public() {
    let mut world = small(ProposalState::PublicTest);
    world.entries[2].state = ProposalState::NotFinalist;
    let assessor = seen(&world, &viewer(Role::Assessor), &policy());
    let owner: &str = "kota-ambon";
    assert!(assessor.read(|view| view.find::<Agency>(owner).is_some()));
    let public = seen(&world, &viewer(Role::Public), &policy());
    public.read(|view| {
        assert_eq!(view.count(EntityKind::Proposal), 3);
        assert!(view.find::<Agency>(owner).is_some());
        assert!(view.all::<Innovation>().all(|innovation| innovation.problem.is_none()));
        assert_eq!(view.count(EntityKind::ScoreSheet), 0);
    });
}

#[test]
fn the_public_sees_who_was_awarded_once_all_is_decided() {
    let mut world = small(ProposalState::NotAwarded);
    world.entries[0].state = ProposalState::Awarded;
    let network = seen(&world, &viewer(Role::Public), &policy());
    network.read(|view| {
        let proposals: Vec<&str> = view.all::<Proposal>().map(|proposal| proposal.id.as_str()).collect();
        assert_eq!(proposals, ["kipp-2025/kota-ambon-0"]);
        assert_eq!((view.count(EntityKind::Award), view.count(EntityKind::Innovation)), (1, 1));
        assert!(view.find::<Agency>("kota-bima").is_none());
        assert!(view.all::<Innovation>().all(|innovation| innovation.problem.is_some()));
    });
    // As long as anybody is in the race, nothing is announced.
    world.entries[3].state = ProposalState::FieldVerified;
    let projection = world.network().project(&viewer(Role::Public), &policy()).unwrap();
    assert_eq!(projection.phase, Phase::Plenary);
    assert!(projection.records.iter().all(|record| record.kind() != EntityKind::Award));
    // The organiser may say otherwise.
    let told = Viewer { phase: Some(Phase::Announced), ..viewer(Role::Public) };
    let projection = world.network().project(&told, &policy()).unwrap();
    assert!(projection.records.iter().any(|record| record.kind() == EntityKind::Award));
}

#[test]
fn before_that_the_public_sees_the_rules_and_how_many_there_are() {
    let projection = small(ProposalState::DeskScoring).network().project(&viewer(Role::Public), &policy()).unwrap();
    let names: Vec<String> = projection.records.iter().map(|record| record.reference().to_string()).collect();
    let rules = ["sector kesehatan", "agency kementerian-panrb", "competition kipp", "edition kipp-2025"];
    assert_eq!(names.len(), rules.len());
    assert!(rules.iter().all(|rule| names.contains(&(*rule).to_owned())), "{names:?}");
    let counts: Vec<(EntityKind, usize)> = projection.counts.into_iter().collect();
    let expected = [(EntityKind::Proposal, 4), (EntityKind::Assessor, 4), (EntityKind::ScoreSheet, 6)];
    assert_eq!(counts, expected);
}

#[test]
fn the_secretariat_sees_who_entered_and_scored_and_in_the_end_what() {
    let network = seen(&small(ProposalState::DeskScoring), &viewer(Role::Secretariat), &policy());
    network.read(|view| {
        assert_eq!(view.count(EntityKind::ScoreSheet), 6);
        assert!(view.all::<ScoreSheet>().all(|sheet| sheet.scores.is_empty()));
        assert_eq!(
            view.find::<Person>("orang-bagas").and_then(|person| person.name.as_deref()),
            Some("Bagas Prawirodirjo")
        );
    });
    let late = Viewer { phase: Some(Phase::Plenary), ..viewer(Role::Secretariat) };
    let network = seen(&small(ProposalState::DeskScoring), &late, &policy());
    assert!(network.read(|view| view.all::<ScoreSheet>().all(|sheet| !sheet.scores.is_empty())));
}

#[test]
fn the_chair_sees_scores_but_not_whose() {
    let world = small(ProposalState::DeskScoring);
    let network = seen(&world, &viewer(Role::Chair), &policy());
    network.read(|view| {
        assert!(view.find::<Proposal>("kipp-2025/kota-bima-2").is_some());
        assert_eq!(view.count(EntityKind::Assessor), 4);
        assert_eq!(view.count(EntityKind::Person), 0);
        assert!(view.all::<Assessor>().all(|assessor| assessor.id.as_str().starts_with("assessor-")));
        for sheet in view.all::<ScoreSheet>() {
            assert_eq!(sheet.scores[0].comment.as_deref(), Some("Dinilai oleh […]"));
        }
        // Sheets of one assessor are still sheets of one assessor.
        let first = EntityRef::new(EntityKind::Proposal, "kipp-2025/kota-ambon-0").unwrap();
        assert_eq!(view.referring::<ScoreSheet>(&first).len(), 2);
    });
}

#[test]
fn the_key_leads_back_and_is_got_apart() {
    let world = small(ProposalState::DeskScoring);
    let (source, viewer) = (world.network(), viewer(Role::Assessor));
    let key = source.decode(&viewer, &policy()).unwrap();
    let network = source.seen_by(&viewer, &policy()).unwrap();
    let owners = network.read(|view| {
        for proposal in view.all::<Proposal>() {
            let code = EntityRef::of::<Proposal>(&proposal.id);
            let id = &key.decode(&code)[0];
            assert!(id.id.starts_with("kipp-2025/"));
            assert_eq!(key.encode(id), Some(&code));
            let sheets = view.referring::<ScoreSheet>(&code);
            let score = sheets[0].scores[0].value.unwrap().to_string();
            let expected = if &*id.id == "kipp-2025/kota-ambon-0" { "80" } else { "70" };
            assert_eq!(score, expected, "{id}");
        }
        view.all::<Agency>().map(|agency| key.decode(&EntityRef::of::<Agency>(&agency.id)).len()).collect::<Vec<_>>()
    });
    assert_eq!(owners.iter().sum::<usize>(), 3, "two cities that are one to the viewer, and a regency");
    assert_eq!(key.codes().count(), 3 + 3 + 3 + 2 + 3);
    assert!(source.decode(&self::viewer(Role::Secretariat), &policy()).unwrap().codes().next().is_none());
}

#[test]
fn codes_stay_as_long_as_what_is_seen_does() {
    let codes = |world: &World, viewer: &Viewer| -> Vec<String> {
        seen(world, viewer, &policy()).read(|view| view.all::<Proposal>().map(|one| one.id.to_string()).collect())
    };
    let mut world = small(ProposalState::DeskScoring);
    world.entries[0].text = 2;
    let before = codes(&world, &viewer(Role::Assessor));
    // A colleague who has the same proposal on the desk calls it the same.
    let colleague = Viewer::assessor(EDITION.parse().unwrap(), "te-2".parse().unwrap());
    assert_eq!(codes(&world, &colleague).iter().filter(|code| before.contains(code)).count(), 1);
    // One more entry on the desk changes no other's code.
    world.sheets.push(Sheet { reader: 0, entry: 2, score: 1 });
    let after = codes(&world, &viewer(Role::Assessor));
    assert!(before.iter().all(|code| after.contains(code)));
    // Another seed, other codes.
    let seeded = Viewer { seed: 7, ..viewer(Role::Assessor) };
    assert!(codes(&world, &seeded).iter().all(|code| !after.contains(code)));
}

#[test]
fn names_are_masked_whatever_their_spelling_and_nothing_else() {
    let mut world = small(ProposalState::DeskScoring);
    world.entries.truncate(1);
    world.sheets.truncate(1);
    let network = world.network();
    let id: String = world.innovation_id(0);
    let old = network.read(|view| view.record(EntityKind::Innovation, &id).cloned()).unwrap();
    let mut new = network.read(|view| view.find::<Innovation>(&id).cloned()).unwrap();
    new.problem = Some(
        "Warga KOTA AMBON, ámbón dan Sumba-Timur; bukan Ambonia. Pemerintah kota lain ikut; oleh Melati Kusumawardani."
            .parse()
            .unwrap(),
    );
    let revise = jipp_core::registry::Revise::between(&old, &new.into()).unwrap();
    network.commit(&stamp(), vec![Action::Revise(revise)]).unwrap();
    let seen = network.seen_by(&viewer(Role::Assessor), &policy()).unwrap();
    let problem = seen.read(|view| view.all::<Innovation>().next().unwrap().problem.clone()).unwrap();
    let expected = "Warga […], […] dan […]; bukan Ambonia. Pemerintah kota lain ikut; oleh […].";
    assert_eq!(&*problem, expected);
}

#[test]
fn merges_and_retractions_do_not_show() {
    let world = small(ProposalState::DeskScoring);
    let plain = seen(&world, &viewer(Role::Chair), &policy());
    let network = world.network();
    let mut twin = network.read(|view| view.find::<Innovation>("kota-ambon/inovasi-0").cloned()).unwrap();
    twin.id = "kota-ambon/kembaran".parse().unwrap();
    let (subject, into) = (EntityRef::of::<Innovation>(&twin.id), "kota-ambon/inovasi-0".parse().unwrap());
    let into = EntityRef::of::<Innovation>(&into);
    network.commit(&stamp(), vec![Action::Register(twin.into())]).unwrap();
    let merge = jipp_core::registry::Merge { subject, into, reason: None };
    network.commit(&stamp(), vec![Action::Merge(merge)]).unwrap();
    assert_eq!(answers(&network.seen_by(&viewer(Role::Chair), &policy()).unwrap()), answers(&plain));
}

#[test]
fn whoever_has_no_place_in_the_edition_is_refused() {
    let network = small(ProposalState::DeskScoring).network();
    let refused = |viewer: &Viewer| {
        let error = network.seen_by(viewer, &policy()).unwrap_err();
        let field = error.location().field.clone();
        (error.code(), error.subject().map(str::to_owned), field, error.offending().map(str::to_owned))
    };
    let some = |text: &str| Some(text.to_owned());
    let unknown = Viewer::new(Role::Public, "kipp-1999".parse().unwrap());
    assert_eq!(refused(&unknown), ("not-found", some("edition kipp-1999"), None, None));
    let edition = || EDITION.parse().unwrap();
    let nobody = Viewer::assessor(edition(), "te-99".parse().unwrap());
    assert_eq!(refused(&nobody), ("not-found", some("assessor te-99"), None, None));
    let stranger = Viewer::assessor(edition(), "te-2023".parse().unwrap());
    assert_eq!(refused(&stranger), ("option-invalid", None, some("assessor"), some("te-2023")));
    let unnamed = Viewer::new(Role::Assessor, edition());
    assert_eq!(refused(&unnamed), ("field-missing", None, some("assessor"), None));
    let named = Viewer { role: Role::Chair, ..Viewer::assessor(edition(), "te-1".parse().unwrap()) };
    assert_eq!(refused(&named), ("option-invalid", None, some("assessor"), some("te-1")));
}

#[test]
fn a_policy_that_cannot_be_followed_is_refused_with_what_is_wrong() {
    let refused = |rule: &str| {
        let text = format!(r#"{{"id":"x","masked":"-","rules":[{rule}]}}"#);
        let error = Policy::from_json(&text).unwrap_err();
        (
            error.code(),
            error.location().field.clone().unwrap_or_default(),
            error.offending().unwrap_or_default().to_owned(),
        )
    };
    let rule = |role: &str, kinds: &str, rest: &str| {
        format!(r#"{{"role":"{role}","kinds":[{kinds}],"records":"edition","mark":"inferred",{rest}}}"#)
    };
    let agency = r#""agency""#;
    let of = |rest: &str| refused(&rule("chair", agency, rest));
    let expect = |code, field: &str, value: &str| (code, field.to_owned(), value.to_owned());
    assert_eq!(of(r#""ids":"plain","show":["nam"]"#), expect("field-unknown", "rules[0].show", "agency: nam"));
    assert_eq!(
        of(r#""ids":"plain","hide":["capacity.cash"]"#),
        expect("field-unknown", "rules[0].hide", "agency: capacity.cash")
    );
    assert_eq!(of(r#""ids":"plain","show":["id"]"#), expect("field-unknown", "rules[0].show", "agency: id"));
    assert_eq!(of(r#""ids":"plain""#), expect("field-missing", "rules[0].show", ""));
    assert_eq!(of(r#""ids":"counted","show":["name"]"#), expect("option-invalid", "rules[0].hide", ""));
    let both = r#""ids":"plain","show":["name"],"hide":["name"]"#;
    assert_eq!(of(both), expect("option-invalid", "rules[0].hide", ""));
    let late = r#""ids":"plain","show":["name"],"from":"plenary","until":"desk""#;
    assert_eq!(of(late), expect("option-invalid", "rules[0].until", "desk"));
    let kinds = refused(&rule("chair", r#""duchy""#, r#""ids":"plain","show":[]"#));
    assert_eq!((kinds.0, &*kinds.1, &*kinds.2), ("unknown-term", "rules[0].kinds[0]", "duchy"));
    let jury = refused(&rule("jury", agency, r#""ids":"plain","show":[]"#));
    assert_eq!((jury.0, &*jury.1), ("unknown-term", "rules[0].role"));
    let innovation = refused(&rule("chair", r#""innovation""#, r#""ids":"plain","hide":["owner"]"#));
    assert_eq!(innovation, expect("field-missing", "rules[0].hide", "innovation: owner"));
    let nested =
        refused(&rule("chair", r#""score-sheet""#, r#""ids":"plain","show":["assessor","proposal","scores.value"]"#));
    assert_eq!(nested, expect("field-missing", "rules[0].show", "score-sheet: scores.criterion"));
    let twice = rule("chair", agency, r#""ids":"plain","show":[]"#);
    assert_eq!(
        refused(&format!("{twice},{twice}")),
        expect("duplicate-in-record", "rules[1].kinds", "chair agency registration")
    );
    let own = twice.replace("edition", "own");
    assert_eq!(refused(&own), expect("option-invalid", "rules[0].records", "own"));
    let merged = rule("chair", r#""innovation""#, r#""ids":"merged","show":["owner"]"#);
    let coded = rule("chair", agency, r#""ids":"coded","show":[]"#);
    assert_eq!(refused(&format!("{merged},{coded}")), expect("option-invalid", "rules[0].ids", "merged"));
    assert_eq!(refused("7").0, "field-type");
    assert_eq!(Policy::from_json("{").unwrap_err().code(), "json-syntax");
}

#[test]
fn the_standard_policy_is_inferred_throughout_and_shows_nobody_what_it_does_not_say() {
    let policy = policy();
    assert!(policy.rules.iter().all(|rule| rule.mark == jipp_core::model::Mark::Inferred));
    let text = serde_json::to_string(&policy).unwrap();
    assert_eq!(Policy::from_json(&text).unwrap(), policy);
    for phase in [Phase::Registration, Phase::Desk, Phase::Consolidation] {
        for kind in
            [EntityKind::Person, EntityKind::Contact, EntityKind::Unit, EntityKind::Region, EntityKind::StageResult]
        {
            assert!(policy.hidden(Role::Assessor, phase, kind).is_none(), "{kind} {phase}");
            assert!(policy.hidden(Role::Public, phase, kind).is_none(), "{kind} {phase}");
        }
    }
    let hidden = policy.hidden(Role::Secretariat, Phase::Desk, EntityKind::ScoreSheet).unwrap();
    assert_eq!(hidden, ["scores"]);
    assert!(policy.hidden(Role::Chair, Phase::Desk, EntityKind::Person).is_none());
}

#[test]
fn an_empty_policy_shows_nothing_and_any_answer_still_works() {
    let policy = Policy {
        id: Line::new("none").unwrap(),
        masked: Line::new("-").unwrap(),
        generic_words: Vec::new(),
        rules: Vec::new(),
    };
    let network = seen(&small(ProposalState::DeskScoring), &viewer(Role::Chair), &policy);
    let empty = Network::in_memory(&Options::new("projection").unwrap()).unwrap();
    assert_eq!(answers(&network), answers(&empty));
}
