//! Assignment of assessors: loads, conflicts, expertise, connection; and why it cannot be done, where it cannot.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a broken fixture must stop the test that uses it"
)]

use std::collections::{BTreeMap, BTreeSet};

use jipp_core::base::{AssessorId, Lang, ProposalId};
use jipp_core::evaluation::assignment::{
    Apart, Assignment, Options, Outcome, Pair, Reader, Shortage, Submission, assign,
};
use jipp_core::model::{
    ActivityKind, Assessor, Competition, CompetitionLevel, Conflict, ConflictGround, ConflictOfInterest, Edition,
    PanelKind, Person, Proposal, ProposalState, Record, ReplicationState, ScoreSheet, Sector, Spoke, Stage, StageKind,
    Step,
};
use jipp_core::network::{Network, PanelOptions};
use jipp_core::registry::Action;
use jipp_examples::editions::{self, Dice};
use jipp_tests::hubs::{activity, government, hub, innovation, network, replication};
use jipp_tests::{line, stamp};

fn proposal(number: usize) -> ProposalId {
    format!("p-{number:03}").parse().expect("a fixture's id is an id")
}

fn assessor(number: usize) -> AssessorId {
    format!("a-{number:02}").parse().expect("a fixture's id is an id")
}

fn submission(number: usize, sectors: &[&str]) -> Submission {
    let sectors = sectors.iter().map(|sector| sector.parse().expect("a fixture's id is an id")).collect();
    Submission { id: proposal(number), sectors }
}

fn reader(number: usize, sectors: &[&str], capacity: Option<u32>) -> Reader {
    let sectors = sectors.iter().map(|sector| sector.parse().expect("a fixture's id is an id")).collect();
    Reader { id: assessor(number), sectors, capacity }
}

fn conflict(proposed: usize, by: usize) -> Conflict {
    Conflict { proposal: proposal(proposed), assessor: assessor(by), ground: ConflictGround::SameAgency, because: None }
}

fn pair(proposed: usize, by: usize) -> Pair {
    Pair { proposal: proposal(proposed), assessor: assessor(by) }
}

fn of(per_proposal: u32) -> Options {
    Options { per_proposal, ..Options::default() }
}

fn assigned(outcome: &Outcome) -> &Assignment {
    outcome.assigned().unwrap_or_else(|| panic!("{outcome:?}"))
}

fn short(outcome: &Outcome) -> &Shortage {
    outcome.short().unwrap_or_else(|| panic!("{outcome:?}"))
}

/// How often each proposal and each assessor stands in the pairs.
fn counts(assignment: &Assignment) -> (BTreeMap<&ProposalId, usize>, BTreeMap<&AssessorId, usize>) {
    let (mut proposals, mut assessors) = (BTreeMap::new(), BTreeMap::new());
    for pair in &assignment.pairs {
        *proposals.entry(&pair.proposal).or_default() += 1;
        *assessors.entry(&pair.assessor).or_default() += 1;
    }
    (proposals, assessors)
}

/// A panel with conflicts, capacities, sectors and fixed pairs.
type Case = (Vec<Submission>, Vec<Reader>, Vec<Conflict>, Options);

fn case(dice: &mut Dice) -> Case {
    let (proposals, readers) = (1 + dice.below(7), 1 + dice.below(5));
    let names = ["x", "y", "z"];
    let sectors = |dice: &mut Dice| -> Vec<&str> {
        let drawn = dice.below(4);
        names.get(drawn).map(|name| vec![*name]).unwrap_or_default()
    };
    let submissions = (0..proposals).map(|number| submission(number, &sectors(dice))).collect();
    let capacity = |dice: &mut Dice| (dice.below(3) == 0).then(|| u32::try_from(dice.below(6)).expect("small"));
    let readers: Vec<Reader> = (0..readers)
        .map(|number| {
            let known = sectors(dice);
            reader(number, &known, capacity(dice))
        })
        .collect();
    let (mut conflicts, mut fixed) = (Vec::new(), Vec::new());
    for proposed in 0..proposals {
        for by in 0..readers.len() {
            match dice.below(12) {
                0 | 1 => conflicts.push(conflict(proposed, by)),
                2 => fixed.push(pair(proposed, by)),
                _ => {}
            }
        }
    }
    let per_proposal = u32::try_from(1 + dice.below(3)).expect("small");
    let seed = u64::try_from(dice.below(1_000)).expect("small");
    (submissions, readers, conflicts, Options { per_proposal, seed, give_up: 0, fixed })
}

/// The best there is by trying every assignment: the least sum of squared loads and then the most common sectors; none if
/// there is no assignment.
fn best((submissions, readers, conflicts, options): &Case) -> Option<(usize, usize)> {
    let refused: BTreeSet<(&ProposalId, &AssessorId)> =
        conflicts.iter().map(|one| (&one.proposal, &one.assessor)).collect();
    let mut states: BTreeMap<Vec<usize>, usize> = BTreeMap::from([(vec![0; readers.len()], 0)]);
    let mut fixed_loads = vec![0; readers.len()];
    for submission in submissions {
        let is_fixed = |reader: &Reader| {
            options.fixed.iter().any(|pair| pair.proposal == submission.id && pair.assessor == reader.id)
        };
        let mut next: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
        let fixed: Vec<bool> = readers.iter().map(is_fixed).collect();
        fixed.iter().zip(&mut fixed_loads).for_each(|(fixed, load)| *load += usize::from(*fixed));
        let count = fixed.iter().filter(|fixed| **fixed).count();
        let wanted = (options.per_proposal as usize).max(count);
        for bits in 0..1_usize << readers.len() {
            let inside = |at: usize| bits >> at & 1 == 1;
            let is_good = (0..readers.len()).all(|at| match (inside(at), fixed[at]) {
                (is_in, true) => is_in,
                (true, false) => !refused.contains(&(&submission.id, &readers[at].id)),
                (false, false) => true,
            });
            if !is_good || (0..readers.len()).filter(|at| inside(*at)).count() != wanted {
                continue;
            }
            let common = (0..readers.len())
                .filter(|at| inside(*at))
                .filter(|at| !refused.contains(&(&submission.id, &readers[*at].id)))
                .filter(|at| submission.sectors.iter().any(|sector| readers[*at].sectors.contains(sector)))
                .count();
            for (loads, so_far) in &states {
                let loads: Vec<usize> =
                    loads.iter().enumerate().map(|(at, load)| load + usize::from(inside(at))).collect();
                let best = next.entry(loads).or_default();
                *best = (*best).max(so_far + common);
            }
        }
        states = next;
    }
    let fits = |loads: &[usize]| {
        let most = |at: usize| readers[at].capacity.map_or(usize::MAX, |most| most as usize).max(fixed_loads[at]);
        loads.iter().enumerate().all(|(at, load)| *load <= most(at))
    };
    let values = states.iter().filter(|(loads, _)| fits(loads));
    let squares = |loads: &[usize]| loads.iter().map(|load| load * load).sum::<usize>();
    values
        .map(|(loads, common)| (squares(loads), *common))
        .min_by_key(|(squares, common)| (*squares, std::cmp::Reverse(*common)))
}

#[test]
fn small_panels_come_out_as_trying_every_assignment_does() {
    let mut dice = Dice::new(3);
    let (mut impossible, mut joined) = (0, 0);
    for number in 0..400 {
        let case = case(&mut dice);
        let (submissions, readers, conflicts, options) = &case;
        let outcome = assign(submissions, readers, conflicts, options).expect("the input is good");
        let Some((squares, common)) = best(&case) else {
            impossible += 1;
            assert_short(&case, short(&outcome));
            continue;
        };
        let assignment = assigned(&outcome);
        let (per_proposal, loads) = counts(assignment);
        for submission in submissions {
            let fixed = options.fixed.iter().filter(|pair| pair.proposal == submission.id).count();
            let wanted = (options.per_proposal as usize).max(fixed);
            assert_eq!(per_proposal.get(&submission.id).copied().unwrap_or(0), wanted, "case {number}: {case:?}");
        }
        assert!(options.fixed.iter().all(|pair| assignment.pairs.contains(pair)));
        let refused: BTreeSet<Pair> = conflicts
            .iter()
            .map(|one| Pair { proposal: one.proposal.clone(), assessor: one.assessor.clone() })
            .collect();
        let wrong: Vec<&Pair> = assignment.pairs.iter().filter(|pair| refused.contains(*pair)).collect();
        assert_eq!(wrong, assignment.fixed_in_conflict.iter().collect::<Vec<_>>(), "case {number}");
        assert_eq!(loads.values().map(|load| load * load).sum::<usize>(), squares, "case {number}: {case:?}");
        assert_eq!(assignment.expertise.possible, common, "case {number}: {case:?}");
        // Only what joins islands may cost common sectors.
        assert!(assignment.expertise.common <= common);
        let all = (assignment.loads.iter().map(|load| load.proposals), loads.values().sum::<usize>());
        assert_eq!(all.0.clone().sum::<usize>(), all.1);
        let (least, most) = (all.0.clone().min().unwrap_or(0), all.0.max().unwrap_or(0));
        assert_eq!(assignment.is_even, most - least <= 1);
        assert_islands(assignment);
        joined += usize::from(assignment.islands.len() == 1);
    }
    assert!(impossible > 60 && joined > 100, "{impossible} {joined}");
}

/// The islands are those that the pairs make, and there is a reason if and only if there are several.
fn assert_islands(assignment: &Assignment) {
    assert_eq!(assignment.apart.is_some(), assignment.islands.len() > 1);
    let of_proposal = |id: &ProposalId| assignment.islands.iter().position(|island| island.proposals.contains(id));
    let of_assessor = |id: &AssessorId| assignment.islands.iter().position(|island| island.assessors.contains(id));
    for pair in &assignment.pairs {
        assert_eq!(of_proposal(&pair.proposal), of_assessor(&pair.assessor));
    }
    for island in &assignment.islands {
        // Grown from one proposal, an island holds all of its own.
        let mut proposals = BTreeSet::from([&island.proposals[0]]);
        let mut assessors: BTreeSet<&AssessorId> = BTreeSet::new();
        loop {
            let before = (proposals.len(), assessors.len());
            for pair in &assignment.pairs {
                if proposals.contains(&pair.proposal) || assessors.contains(&pair.assessor) {
                    proposals.insert(&pair.proposal);
                    assessors.insert(&pair.assessor);
                }
            }
            if before == (proposals.len(), assessors.len()) {
                break;
            }
        }
        assert_eq!((proposals.len(), assessors.len()), (island.proposals.len(), island.assessors.len()));
    }
}

/// The proposals that are named really lack places.
fn assert_short((submissions, readers, conflicts, options): &Case, shortage: &Shortage) {
    assert!(shortage.places < shortage.needed, "{shortage:?}");
    let is_fixed = |proposal: &ProposalId, assessor: &AssessorId| {
        options.fixed.iter().any(|pair| pair.proposal == *proposal && pair.assessor == *assessor)
    };
    let refused = |proposal: &ProposalId, assessor: &AssessorId| {
        conflicts.iter().any(|one| one.proposal == *proposal && one.assessor == *assessor)
    };
    let mut needed = 0;
    for proposal in &shortage.proposals {
        assert!(submissions.iter().any(|one| one.id == *proposal));
        let fixed = options.fixed.iter().filter(|pair| pair.proposal == *proposal).count();
        needed += u64::from(options.per_proposal).saturating_sub(fixed as u64);
    }
    assert_eq!(shortage.needed, needed);
    let mut places = 0;
    for reader in readers {
        let open = |proposal: &&ProposalId| !is_fixed(proposal, &reader.id) && !refused(proposal, &reader.id);
        let open = shortage.proposals.iter().filter(open).count();
        let fixed = options.fixed.iter().filter(|pair| pair.assessor == reader.id).count();
        let left = reader.capacity.map_or(usize::MAX, |most| (most as usize).saturating_sub(fixed));
        places += open.min(left) as u64;
        assert_eq!(shortage.assessors.iter().any(|room| room.assessor == reader.id), open > 0);
    }
    assert_eq!(shortage.places, places);
}

#[test]
fn a_whole_competition_is_even_connected_and_expert() {
    let edition = editions::edition(1, 300, false).expect("a fixture is good");
    let readers = editions::readers(1, 12).expect("a fixture is good");
    let mut dice = Dice::new(9);
    let conflicts: Vec<Conflict> = edition
        .submissions
        .iter()
        .map(|submission| Conflict {
            proposal: submission.id.clone(),
            assessor: readers[dice.below(12)].id.clone(),
            ground: ConflictGround::Lineage,
            because: None,
        })
        .collect();
    let run =
        |options: &Options| assign(&edition.submissions, &readers, &conflicts, options).expect("the input is good");
    let outcome = run(&Options::default());
    let found = assigned(&outcome);
    assert!(found.is_even && found.islands.len() == 1 && found.apart.is_none());
    assert_eq!((found.pairs.len(), found.refused[&ConflictGround::Lineage]), (900, 300));
    let expertise = found.expertise;
    assert_eq!(expertise.common + expertise.unknown + expertise.none, 900);
    assert!(expertise.common * 100 >= expertise.possible * 95 && expertise.common <= expertise.possible);
    // Fields overlap, so nothing need be given up.
    let kept = run(&Options { give_up: 0, ..Options::default() });
    assert_eq!(assigned(&kept).expertise.common, expertise.possible);
    // The same again; another seed gives other pairs that are as good.
    assert_eq!(outcome, run(&Options::default()));
    let other = run(&Options { seed: 1, ..Options::default() });
    assert_ne!(assigned(&other).pairs, found.pairs);
    assert_eq!(assigned(&other).expertise.possible, expertise.possible);
    // The order of the input changes nothing.
    let turned: Vec<Submission> = edition.submissions.iter().rev().cloned().collect();
    let turned_readers: Vec<Reader> = readers.iter().rev().cloned().collect();
    let turned_conflicts: Vec<Conflict> = conflicts.iter().rev().cloned().collect();
    assert_eq!(outcome, assign(&turned, &turned_readers, &turned_conflicts, &Options::default()).expect("good"));
}

#[test]
fn without_sectors_everybody_meets_everybody() {
    let submissions: Vec<Submission> = (0..100).map(|number| submission(number, &[])).collect();
    let readers: Vec<Reader> = (0..8).map(|number| reader(number, &[], None)).collect();
    let outcome = assign(&submissions, &readers, &[], &Options::default()).expect("the input is good");
    // 300 meetings among 28 pairs: 10 or 11 each would be a balanced design.
    let shared = assigned(&outcome).shared;
    assert!(shared.least >= 9 && (10..=11).contains(&shared.median), "{shared:?}");
}

#[test]
fn fields_are_joined_at_the_least_price() {
    // Two fields with their own assessors: best by expertise, but two islands.
    let name = |number: usize| ["x", "y"][number % 2];
    let submissions: Vec<Submission> = (0..12).map(|number| submission(number, &[name(number)])).collect();
    let readers: Vec<Reader> = (0..6).map(|number| reader(number, &[name(number)], None)).collect();
    let options = Options { per_proposal: 2, give_up: 0, ..Options::default() };
    let outcome = assign(&submissions, &readers, &[], &options).expect("the input is good");
    let found = assigned(&outcome);
    assert_eq!((found.expertise.possible, found.expertise.common), (24, 22));
    assert_eq!((found.islands.len(), found.is_even), (1, true));

    // What is given up buys overlap: four fields of their own otherwise meet at a single proposal each.
    let name = |number: usize| ["w", "x", "y", "z"][number % 4];
    let submissions: Vec<Submission> = (0..120).map(|number| submission(number, &[name(number)])).collect();
    let readers: Vec<Reader> = (0..16).map(|number| reader(number, &[name(number)], None)).collect();
    // Pairs of assessors of different fields who share a proposal.
    let bridges = |give_up: u32| {
        let options = Options { give_up, ..Options::default() };
        let outcome = assign(&submissions, &readers, &[], &options).expect("the input is good");
        let found = assigned(&outcome);
        assert_eq!((found.islands.len(), found.is_even, found.expertise.possible), (1, true, 360));
        assert!(found.expertise.common + 360 * give_up as usize / 100 + 3 * usize::from(give_up == 0) * 2 >= 360);
        let of = |id: &ProposalId| found.pairs.iter().filter(|pair| pair.proposal == *id).collect::<Vec<_>>();
        let field = |pair: &Pair| readers.iter().find(|one| one.id == pair.assessor).map(|one| one.sectors.clone());
        let meets = |submission: &Submission| {
            let pairs = of(&submission.id);
            let each =
                pairs.iter().enumerate().flat_map(|(at, one)| pairs[at + 1..].iter().map(move |two| (*one, *two)));
            let apart = each.filter(|(one, two)| field(one) != field(two));
            apart.map(|(one, two)| (one.assessor.clone(), two.assessor.clone())).collect::<Vec<_>>()
        };
        submissions.iter().flat_map(meets).collect::<BTreeSet<_>>().len()
    };
    let (none, some) = (bridges(0), bridges(10));
    assert!(none <= 12 && some >= 40, "{none} {some}");
}

#[test]
fn a_panel_that_cannot_hang_together_says_why() {
    let submissions: Vec<Submission> = (0..4).map(|number| submission(number, &[])).collect();
    let readers: Vec<Reader> = (0..4).map(|number| reader(number, &[], None)).collect();
    let run = |readers: &[Reader], conflicts: &[Conflict], options: &Options| {
        assign(&submissions, readers, conflicts, options).expect("the input is good")
    };
    let outcome = run(&readers, &[], &of(1));
    assert_eq!((assigned(&outcome).apart, assigned(&outcome).islands.len()), (Some(Apart::OneEach), 4));
    // Proposals 0 and 1 may be scored by 0 and 1 only, the others by the others only.
    let across = |number: usize| (0..4).filter(move |by| by / 2 != number / 2).map(move |by| conflict(number, by));
    let conflicts: Vec<Conflict> = (0..4).flat_map(across).collect();
    let outcome = run(&readers, &conflicts, &of(2));
    assert_eq!((assigned(&outcome).apart, assigned(&outcome).islands.len()), (Some(Apart::Conflicts), 2));
    assert_eq!(assigned(&outcome).islands[0].assessors.len(), 2);
    // Eight pairs cannot connect four proposals and eight assessors.
    let many: Vec<Reader> = (0..8).map(|number| reader(number, &[], None)).collect();
    let outcome = run(&many, &[], &of(2));
    assert_eq!(assigned(&outcome).apart, Some(Apart::TooFewPairs));
    // Everything is fixed in two islands.
    let fixed = (0..4).flat_map(|number| (0..2).map(move |by| pair(number, number / 2 * 2 + by))).collect();
    let outcome = run(&readers, &[], &Options { fixed, ..of(2) });
    assert_eq!((assigned(&outcome).apart, assigned(&outcome).islands.len()), (Some(Apart::NotJoined), 2));
}

#[test]
fn shortages_are_named_in_words() {
    let submissions: Vec<Submission> = (0..3).map(|number| submission(number, &[])).collect();
    let readers: Vec<Reader> = (0..3).map(|number| reader(number, &[], Some(2))).collect();
    let outcome = assign(&submissions, &readers, &[], &of(3)).expect("the input is good");
    let words = short(&outcome).words(Lang::En);
    assert_eq!((short(&outcome).needed, short(&outcome).places), (9, 6), "{words}");
    assert!(words.starts_with("3 proposals need 9 assessors more, and there are 6 places"), "{words}");
    assert!(words.contains("p-000, p-001, p-002") && words.contains("a-00 (2)"), "{words}");
    assert!(short(&outcome).words(Lang::Id).contains("6 tempat"));
    // More assessors for each than there are without conflict: one proposal alone.
    let readers: Vec<Reader> = (0..3).map(|number| reader(number, &[], None)).collect();
    let conflicts = [conflict(1, 0), conflict(1, 2)];
    let outcome = assign(&submissions, &readers, &conflicts, &of(2)).expect("the input is good");
    let shortage = short(&outcome);
    assert_eq!((&shortage.proposals, shortage.needed, shortage.places), (&vec![proposal(1)], 2, 1));
    assert_eq!(shortage.assessors[0].assessor, assessor(1));
    // Nobody at all.
    let outcome = assign(&submissions, &[], &[], &of(1)).expect("the input is good");
    assert!(short(&outcome).assessors.is_empty() && short(&outcome).words(Lang::En).ends_with("none"));
    // Nothing to do.
    let outcome = assign(&[], &readers, &[], &of(1)).expect("the input is good");
    assert!(assigned(&outcome).pairs.is_empty() && assigned(&outcome).islands.is_empty());
}

#[test]
fn bad_input_is_refused_by_name() {
    let submissions = [submission(0, &[]), submission(1, &[])];
    let readers = [reader(0, &[], None), reader(1, &[], None)];
    let refused = |submissions: &[Submission], readers: &[Reader], conflicts: &[Conflict], options: &Options| {
        let error = assign(submissions, readers, conflicts, options).unwrap_err();
        (error.code(), error.location().field.clone().unwrap_or_default())
    };
    let at = |options: &Options| refused(&submissions, &readers, &[], options);
    assert_eq!(at(&of(0)), ("option-invalid", "per_proposal".to_owned()));
    assert_eq!(at(&Options { give_up: 101, ..of(1) }), ("option-invalid", "give_up".to_owned()));
    let fixed = |pairs: &[Pair]| Options { fixed: pairs.to_vec(), ..of(1) };
    assert_eq!(at(&fixed(&[pair(7, 0)])), ("not-found", "fixed[0].proposal".to_owned()));
    assert_eq!(at(&fixed(&[pair(0, 0), pair(0, 0)])), ("duplicate-in-record", "fixed[1]".to_owned()));
    let unknown = [conflict(0, 0), conflict(0, 9)];
    assert_eq!(refused(&submissions, &readers, &unknown, &of(1)), ("not-found", "conflicts[1].assessor".to_owned()));
    let twice = [submission(0, &[]), submission(0, &[])];
    assert_eq!(refused(&twice, &readers, &[], &of(1)), ("duplicate-in-record", "submissions".to_owned()));
    let twice = [reader(0, &[], None), reader(0, &[], None)];
    assert_eq!(refused(&submissions, &twice, &[], &of(1)), ("duplicate-in-record", "readers".to_owned()));
}

/// An edition with proposals of five towns, and assessors that each have something to do with one of them.
fn records() -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    let parse = |id: &str| id.parse().expect("a fixture's id is an id");
    for town in ["town-a", "town-b", "town-c", "town-d", "town-e", "apart"] {
        records.push(government(town, "R").into());
    }
    records.push(jipp_tests::hubs::state("R", jipp_core::model::RegionLevel::State, None).into());
    for (office, parent) in [("office-b", "town-b"), ("bureau", "office-b"), ("hub-agency", "")] {
        let mut agency = jipp_tests::agency(office);
        agency.parent = (!parent.is_empty()).then(|| parse(parent));
        records.push(agency.into());
    }
    let (mut wide, mut narrow) = (Sector::new("health".parse().expect("id"), line("Health")), None);
    wide.name_en = None;
    narrow.get_or_insert(Sector::new("clinics".parse().expect("id"), line("Clinics"))).parent = Some(wide.id.clone());
    records.extend([wide.into(), narrow.expect("set above").into()]);
    records.push(Person::new("person-1".parse().expect("id")).into());
    for town in ["a", "b", "c", "d", "e"] {
        let mut made = innovation(&format!("town-{town}/new"), &format!("town-{town}"), None);
        made.sectors = vec!["clinics".parse().expect("id")];
        if town == "e" {
            made.innovators = vec!["person-1".parse().expect("id")];
        }
        records.push(made.into());
    }
    // What town-d runs comes of something that `apart` owns.
    records.push(innovation("apart/old", "apart", None).into());
    let mut taken = replication("r1", "apart/old", Some("town-d"), &[(ReplicationState::Implemented, None)]);
    taken.target = Some("town-d/new".parse().expect("id"));
    records.push(taken.into());
    let mut mentor = hub("hub", "hub-agency", &[]);
    mentor.spokes = vec![Spoke { agency: parse("town-e"), unit: None, period: None }];
    records.push(mentor.into());
    let mut mentored = activity("act", "hub-agency", Some("hub"), None);
    mentored.innovations = vec!["town-c/new".parse().expect("id")];
    records.push(mentored.into());
    // A fair with everybody is no mentoring.
    let mut fair = activity("fair", "hub-agency", Some("hub"), None);
    fair.kind = ActivityKind::Promotion;
    fair.innovations = vec!["town-a/new".parse().expect("id")];
    records.push(fair.into());

    records.push(Competition::new("kipp".parse().expect("id"), line("KIPP"), CompetitionLevel::National).into());
    let mut edition = Edition::new("kipp-2025".parse().expect("id"), "kipp".parse().expect("id"));
    let stage = |code: &str, kind, panel| Stage {
        code: line(code),
        kind,
        label: None,
        weight: None,
        pass_mark: None,
        rubric: None,
        panel,
        aggregation: None,
        min_assessors: Some(2),
        max_spread: None,
        mark: None,
    };
    edition.stages = vec![
        stage("desk", StageKind::Desk, Some(PanelKind::EvaluationTeam)),
        stage("interview", StageKind::Interview, Some(PanelKind::IndependentPanel)),
    ];
    records.push(edition.into());
    for town in ["a", "b", "c", "d", "e"] {
        let (id, of) = (format!("p-{town}"), format!("town-{town}/new"));
        let mut proposal =
            Proposal::new(id.parse().expect("id"), of.parse().expect("id"), "kipp-2025".parse().expect("id"));
        proposal.status.steps.push(Step::reported(ProposalState::AdminPassed, line("lolos")));
        records.push(proposal.into());
    }
    for (id, agency) in [
        ("s-same", Some("town-a")),
        ("s-below", Some("bureau")),
        ("s-hub", Some("hub-agency")),
        ("s-lineage", Some("apart")),
        ("s-declared", None),
        ("s-free", None),
    ] {
        let mut assessor =
            Assessor::new(id.parse().expect("id"), "kipp-2025".parse().expect("id"), PanelKind::EvaluationTeam);
        assessor.agency = agency.map(parse);
        if id == "s-declared" {
            let reason = Some(line("keluarga"));
            assessor.conflicts = vec![ConflictOfInterest { agency: Some(parse("town-a")), innovation: None, reason }];
            assessor.person = Some("person-1".parse().expect("id"));
        }
        if id == "s-free" {
            assessor.sectors = vec!["health".parse().expect("id")];
        }
        records.push(assessor.into());
    }
    let elsewhere =
        Assessor::new("s-other".parse().expect("id"), "kipp-2025".parse().expect("id"), PanelKind::IndependentPanel);
    records.push(elsewhere.into());
    records
}

#[test]
fn conflicts_of_interest_come_from_what_is_on_record() {
    let network = network(records());
    let found = network.conflicts_of_interest(&"kipp-2025".parse().expect("id")).expect("the edition is there");
    let told: Vec<(&str, &str, &str, &str)> = found
        .iter()
        .map(|one| {
            let because = one.because.as_deref().unwrap_or_default();
            (one.proposal.as_str(), one.assessor.as_str(), one.ground.code(), because)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("p-a", "s-declared", "declared", "keluarga"),
            ("p-a", "s-same", "same-agency", "agency town-a"),
            ("p-b", "s-below", "superior-agency", "town-b is above bureau"),
            ("p-c", "s-hub", "mentor-hub", "activity act"),
            ("p-d", "s-lineage", "lineage", "source apart/old"),
            ("p-e", "s-declared", "declared", "innovator person-1"),
            ("p-e", "s-hub", "mentor-hub", "spoke of hub hub"),
        ]
    );
}

fn panel(network: &Network, stage: &str, options: &PanelOptions) -> Outcome {
    network.assign_panel(&"kipp-2025".parse().expect("id"), stage, options).expect("the stage is there")
}

#[test]
fn a_panel_is_assigned_and_becomes_sheets() {
    let network = network(records());
    let conflicts = network.conflicts_of_interest(&"kipp-2025".parse().expect("id")).expect("the edition is there");
    let options = PanelOptions::default();
    let outcome = panel(&network, "desk", &options);
    let found = assigned(&outcome);
    assert_eq!((found.pairs.len(), found.islands.len()), (10, 1));
    // An expert in health is one in clinics; the independent panel has no seat at the desk.
    assert!(found.expertise.common > 0 && found.expertise.common == found.expertise.possible);
    assert!(found.loads.iter().all(|load| load.assessor.as_str() != "s-other"));
    let is_refused =
        |pair: &Pair| conflicts.iter().any(|one| one.proposal == pair.proposal && one.assessor == pair.assessor);
    assert!(!found.pairs.iter().any(is_refused));
    // Nobody has come to the interview.
    assert!(assigned(&panel(&network, "interview", &options)).pairs.is_empty());

    // Sheets without scores are the record of it, and let the step to desk scoring through.
    let sheet = |(number, pair): (usize, &Pair)| {
        let id = format!("sheet-{number}").parse().expect("id");
        Action::Register(ScoreSheet::new(id, pair.assessor.clone(), pair.proposal.clone(), line("desk")).into())
    };
    network.commit(&stamp(), found.pairs.iter().enumerate().map(sheet).collect()).expect("the sheets are good");
    let again = panel(&network, "desk", &PanelOptions { seed: 99, ..options.clone() });
    assert_eq!(assigned(&again).pairs, found.pairs);
    // One more each: what is there stays.
    let more = panel(&network, "desk", &PanelOptions { per_proposal: Some(3), ..options.clone() });
    assert_eq!(assigned(&more).pairs.len(), 15);
    assert!(found.pairs.iter().all(|pair| assigned(&more).pairs.contains(pair)));

    let capacities = BTreeMap::from([("s-nobody".parse().expect("id"), 1)]);
    let wrong = PanelOptions { capacities, ..options.clone() };
    let error = network.assign_panel(&"kipp-2025".parse().expect("id"), "desk", &wrong).unwrap_err();
    assert_eq!((error.code(), error.location().field.as_deref()), ("not-found", Some("capacities")));
    let error = network.assign_panel(&"kipp-2025".parse().expect("id"), "final", &options).unwrap_err();
    assert_eq!((error.code(), error.location().field.as_deref()), ("not-found", Some("stage")));
    let tight = PanelOptions { capacity: Some(1), per_proposal: Some(4), ..options };
    assert!(panel(&network, "desk", &tight).short().is_some());
}
