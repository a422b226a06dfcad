//! Hubs in small networks: dates that are not known, records that contradict themselves, a country without provinces
//! and island groups.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jipp_core::base::{HubId, Lang, Period, Truth};
use jipp_core::hubs::{
    Compared, ComparisonOptions, Counting, HubFinding, HubFindingKind, MovementOptions, ReportOptions, StepState,
    events, is_member,
};
use jipp_core::model::lifecycle::Policy;
use jipp_core::model::{
    Decree, DecreeKind, Designation, DesignationEvent, EntityKind, EntityRef, HubState, Milestone, MilestoneKind,
    Record, ReplicationState, Spoke, Step, Text,
};
use jipp_core::network::{Network, StartOptions};
use jipp_core::registry::{Action, Merge};
use jipp_tests::hubs::{activity, government_only, hub, innovation, network, network_under, northland, replication};
use jipp_tests::{date, line, stamp};
use proptest::prelude::*;

#[test]
fn a_country_without_provinces_and_island_groups_is_covered_too() {
    let network = network(northland());
    let found = network.hub_coverage(date("2020"), Counting::default()).unwrap();
    let provinces: Vec<(&str, Truth)> =
        found.provinces.iter().map(|province| (province.name.as_str(), province.has_hub)).collect();
    assert_eq!(provinces, [("E", Truth::Yes), ("W", Truth::No)]);
    assert_eq!(found.by_island_group.len(), 1);
    assert_eq!(found.by_island_group[0].key, None);
    assert_eq!(found.ministries.len(), 1);
    let report = network.hub_report(&"hub-east".parse().unwrap(), &ReportOptions::new(2020)).unwrap();
    assert_eq!((report.governments, report.province_name.as_deref()), (2, Some("E")));
    let english = report.to_markdown(Lang::En);
    for word in ["provinsi", "tidak", "tercatat", "tanggal", "belum"] {
        assert!(!english.to_lowercase().contains(word), "{word}: {english}");
    }
}

#[test]
fn an_empty_network_answers_everything() {
    let network = network([]);
    assert_eq!(network.hub_coverage(date("2020"), Counting::ALL).unwrap().hubs.yes, 0);
    assert_eq!(network.hub_findings(), []);
    let options = ComparisonOptions::new(date("2020"), Compared::ReplicationsTaken);
    assert_eq!(network.hub_comparison(&options).unwrap().hubs, []);
    assert_eq!(network.spokes_to_start(&StartOptions::default(), Lang::En).unwrap(), []);
}

#[test]
fn withdrawal_and_return_are_events_like_others() {
    use DesignationEvent as E;
    let events = [(E::Designation, Some("2019")), (E::Withdrawal, Some("2021-03-01")), (E::Designation, Some("2023"))];
    let hub = hub("h", "a", &events);
    for (on, truth) in [
        ("2018", Truth::No),
        ("2019", Truth::Unknown),
        ("2020", Truth::Yes),
        ("2021", Truth::Unknown),
        ("2021-02-28", Truth::Yes),
        ("2021-03-01", Truth::No),
        ("2022", Truth::No),
        ("2023", Truth::Unknown),
        ("2024", Truth::Yes),
    ] {
        assert_eq!(is_member(&hub, date(on), Counting::default()), truth, "{on}");
    }
}

#[test]
fn what_has_no_date_is_unknown_and_what_only_the_status_tells_counts() {
    use DesignationEvent as E;
    let undated = hub("h", "a", &[(E::Designation, None)]);
    assert_eq!(is_member(&undated, date("2020"), Counting::default()), Truth::Unknown);
    let ended = hub("h", "a", &[(E::Designation, Some("2019")), (E::Withdrawal, None)]);
    assert_eq!(is_member(&ended, date("2020"), Counting::default()), Truth::Unknown);
    let mut told = hub("h", "a", &[]);
    assert_eq!(is_member(&told, date("2020"), Counting::ALL), Truth::No, "a candidate");
    told.status.steps.push(Step { on: Some(date("2019")), ..Step::reported(HubState::Operational, line("runs")) });
    assert_eq!(is_member(&told, date("2020"), Counting::default()), Truth::Yes);
    assert_eq!(is_member(&told, date("2018"), Counting::default()), Truth::Unknown, "by 2019, nobody knows since when");
    told.status.steps.push(Step { on: Some(date("2022-02")), ..Step::reported(HubState::Withdrawn, line("ended")) });
    assert_eq!(is_member(&told, date("2023"), Counting::default()), Truth::No);
}

#[test]
fn a_decree_that_replaces_another_on_its_day_ends_nothing() {
    use DesignationEvent as E;
    let at = |events: &[(E, Option<&str>)], on: &str| is_member(&hub("h", "a", events), date(on), Counting::default());
    let first = (E::Designation, Some("2018-01-01"));
    let replaced = [first, (E::Withdrawal, Some("2020-05-04")), (E::Designation, Some("2020-05-04"))];
    for on in ["2020-05-03", "2020-05-04", "2020-05-05", "2020-05", "2023"] {
        assert_eq!(at(&replaced, on), Truth::Yes, "{on}");
    }
    let vague = [first, (E::Withdrawal, Some("2020-05")), (E::Designation, Some("2020-05"))];
    assert_eq!(at(&vague, "2023"), Truth::Unknown, "nobody knows which came first");
    let half = [first, (E::Withdrawal, Some("2020-05")), (E::Designation, Some("2020-05-01"))];
    assert_eq!(at(&half, "2023"), Truth::Unknown);
    let undone = [(E::Withdrawal, Some("2020-05-04")), (E::Designation, Some("2020-05-04"))];
    assert_eq!(at(&undone, "2023"), Truth::No, "there was nothing else to withdraw");
    let over = [first, (E::Withdrawal, Some("2019")), undone[0], undone[1]];
    assert_ne!(at(&over, "2023"), Truth::Yes, "what was in force had ended before");
    let records = [government_only("a").into(), hub("h", "a", &replaced).into(), {
        activity("later", "a", Some("h"), Some("2021")).into()
    }];
    assert_eq!(network(records).hub_findings(), []);
}

/// A status that tells of a designation, a withdrawal and another designation.
fn back_and_forth() -> Vec<Step<HubState>> {
    [(HubState::Designated, "2018"), (HubState::Withdrawn, "2020"), (HubState::Designated, "2022")]
        .map(|(to, on)| Step { on: Some(date(on)), ..Step::reported(to, line("as written")) })
        .into()
}

#[test]
fn every_step_of_the_status_tells_of_an_event() {
    let mut told = hub("h", "a", &[]);
    told.status.steps = back_and_forth();
    for (on, truth) in [("2019", Truth::Yes), ("2021", Truth::No), ("2023", Truth::Yes)] {
        assert_eq!(is_member(&told, date(on), Counting::default()), truth, "{on}");
    }
    assert!(events(&told).iter().all(|event| event.from_status));
    assert_eq!(events(&told).len(), 3);
}

#[test]
fn the_decree_in_force_is_the_latest_that_was_not_withdrawn() {
    use DesignationEvent as E;
    let decree = |id: &str| -> Record {
        let mut decree = Decree::new(id.parse().unwrap(), DecreeKind::MinisterialDecree);
        decree.title = Some(line(&format!("Decree {id}")));
        decree.into()
    };
    let by = |event: E, on: Option<&str>, decree: &str| Designation {
        event,
        on: on.map(date),
        decree: Some(decree.parse().unwrap()),
        note: None,
    };
    let mut many = hub("h", "a", &[]);
    many.designations = vec![
        by(E::Designation, Some("2018"), "d1"),
        by(E::Designation, Some("2019"), "d2"),
        by(E::Designation, None, "undated"),
    ];
    let mut ended = hub("over", "b", &[(E::Withdrawal, Some("2020"))]);
    ended.designations.push(by(E::Designation, Some("2018"), "d1"));
    let mut told = hub("told", "c", &[]);
    told.status.steps = back_and_forth();
    told.status.steps[2].decree = Some("d2".parse().unwrap());
    let agencies = ["a", "b", "c"].map(|id| Record::from(government_only(id)));
    let decrees = ["d1", "d2", "undated", "d2-again"].map(decree);
    let network = network(agencies.into_iter().chain(decrees).chain([many.into(), ended.into(), told.into()]));
    let in_force = || -> Vec<Option<String>> {
        let hubs = network.hubs_on(date("2023"), Counting::default()).unwrap();
        hubs.into_iter().map(|hub| hub.decree.map(|decree| decree.to_string())).collect()
    };
    assert_eq!(in_force(), [Some("d2".to_owned()), None, Some("d2".to_owned())]);
    let page = network.hub_report(&"told".parse().unwrap(), &ReportOptions::new(2023)).unwrap();
    assert_eq!(page.decrees.values().collect::<Vec<_>>(), ["Decree d2"]);
    let reference = |id: &str| EntityRef::new(EntityKind::Decree, id).unwrap();
    let merge = Action::Merge(Merge { subject: reference("d2"), into: reference("d2-again"), reason: None });
    network.commit(&stamp(), vec![merge]).unwrap();
    assert_eq!(in_force()[0].as_deref(), Some("d2-again"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Whatever days the partial dates turn out to mean, a sure answer holds.
    #[test]
    fn a_sure_answer_holds_in_every_world(
        events in prop::collection::vec((any::<bool>(), 2018_i32..2022, prop::option::of(1_u32..13)), 0..5),
        asked in (2017_i32..2024, prop::option::of(1_u32..13)),
        worlds in prop::collection::vec(prop::collection::vec(0_i64..366, 5), 12),
    ) {
        let on = |year: i32, month: Option<u32>| match month {
            Some(month) => date(&format!("{year}-{month:02}")),
            None => date(&year.to_string()),
        };
        let mut hub = hub("h", "a", &[]);
        for (starts, year, month) in &events {
            let kind = if *starts { DesignationEvent::Designation } else { DesignationEvent::Withdrawal };
            hub.designations.push(Designation { event: kind, on: Some(on(*year, *month)), decree: None, note: None });
        }
        let asked = on(asked.0, asked.1);
        let answer = is_member(&hub, asked, Counting::default());
        for world in &worlds {
            let mut days: Vec<_> = events
                .iter()
                .zip(world)
                .map(|((starts, year, month), offset)| {
                    let at = on(*year, *month);
                    let length = (at.last_day() - at.first_day()).num_days() + 1;
                    (at.first_day().iter_days().nth(usize::try_from(offset % length).unwrap()).unwrap(), *starts)
                })
                .collect();
            days.sort_unstable();
            // Two events of one day have no order.
            if days.windows(2).any(|pair| pair[0].0 == pair[1].0) {
                continue;
            }
            let member_on = |day| days.iter().rev().find(|(at, _)| *at <= day).is_some_and(|(_, starts)| *starts);
            let mut each = asked.first_day().iter_days().take_while(|day| *day <= asked.last_day());
            match answer {
                Truth::Yes => prop_assert!(each.all(member_on), "{asked} {days:?}"),
                Truth::No => prop_assert!(!each.any(member_on), "{asked} {days:?}"),
                _ => {}
            }
        }
    }
}

// ---- what does not fit together -----------------------------------------------------------------------------------

#[test]
fn contradictions_are_found_and_nothing_is_dropped() {
    use DesignationEvent as E;
    use HubFindingKind as K;
    let mut records = northland();
    let mut wrong = hub(
        "hub-west",
        "west",
        &[
            (E::Designation, Some("2020")),
            (E::Designation, Some("2021")),
            (E::Commitment, Some("2022")),
            (E::Launch, None),
        ],
    );
    wrong.status.steps.push(Step { on: Some(date("2021")), ..Step::reported(HubState::Operational, line("runs")) });
    wrong.status.steps.push(Step { on: Some(date("2019")), ..Step::reported(HubState::Withdrawn, line("ended")) });
    let mut led = activity("led", "east", Some("hub-west"), Some("2021"));
    led.replications.push("r1".parse().unwrap());
    records.extend([
        Record::from(wrong),
        hub("hub-west-2", "west", &[(E::Withdrawal, Some("2018")), (E::Designation, Some("2020"))]).into(),
        activity("early", "west", Some("hub-west"), Some("2019-12-31")).into(),
        activity("in-time", "west", Some("hub-west"), Some("2020")).into(),
        activity("undated", "west", Some("hub-west"), None).into(),
        led.into(),
        innovation("east/queue", "east", Some("2018")).into(),
        replication("r1", "east/queue", Some("mill"), &[(ReplicationState::Implemented, Some("2019"))]).into(),
    ]);
    let network = network(records);
    let found = network.hub_findings();
    let of = |hub: &str| -> Vec<K> {
        found.iter().filter(|finding| finding.hub.as_str() == hub).map(|finding| finding.kind).collect()
    };
    assert_eq!(
        of("hub-west"),
        [
            K::OverlappingDesignations,
            // Either designation came before the commitment.
            K::EventsOutOfOrder,
            K::EventsOutOfOrder,
            K::UndatedEvent,
            K::StepsOutOfOrder,
            K::StatusWithoutEvent,
            K::ActivityBeforeHub,
            K::ForeignActivity,
            K::OutcomeBeforeActivity,
            K::SecondHub,
        ]
    );
    assert_eq!(of("hub-west-2"), [K::EventsOutOfOrder]);
    assert_eq!(of("hub-east"), [], "a designation after a commitment is in order");
    for finding in &found {
        let (indonesian, english) = (finding.words(Lang::Id), finding.words(Lang::En));
        assert!(indonesian.starts_with(&finding.name) && english.starts_with(&finding.name));
        assert_ne!(indonesian, english);
    }
    network.read(|view| assert_eq!((view.count(EntityKind::Hub), view.count(EntityKind::Activity)), (3, 4)));
    assert_eq!(network.hubs_on(date("2021"), Counting::default()).unwrap().len(), 3);
    let report = network.hub_report(&"hub-west".parse().unwrap(), &ReportOptions::new(2021)).unwrap();
    assert_eq!(report.findings.len(), 10);
    assert!(report.to_markdown(Lang::En).contains("To be checked"));
}

#[test]
fn a_renewal_or_a_withdrawal_between_is_no_overlap() {
    use DesignationEvent as E;
    for events in [
        vec![(E::Designation, Some("2019")), (E::Renewal, Some("2022"))],
        vec![(E::Designation, Some("2019")), (E::Withdrawal, Some("2020")), (E::Designation, Some("2021"))],
        // The withdrawal may lie between the two.
        vec![(E::Designation, Some("2019")), (E::Withdrawal, Some("2019")), (E::Designation, Some("2019-11"))],
    ] {
        let records = [government_only("a").into(), hub("h", "a", &events).into()];
        assert_eq!(network(records).hub_findings(), [], "{events:?}");
    }
}

#[test]
fn a_withdrawal_that_only_the_status_tells_of_lies_between_too() {
    use DesignationEvent as E;
    let mut hub = hub("h", "a", &[(E::Designation, Some("2018")), (E::Designation, Some("2022"))]);
    let overlaps = |hub: &jipp_core::model::Hub| {
        let network = network([government_only("a").into(), Record::from(hub.clone())]);
        network.hub_findings().iter().any(|finding| finding.kind == HubFindingKind::OverlappingDesignations)
    };
    assert!(overlaps(&hub));
    hub.status.steps = back_and_forth();
    assert!(!overlaps(&hub));
}

#[test]
fn a_spoke_is_shared_only_where_the_periods_surely_meet() {
    let looked_after = |from: Option<&str>, to: Option<&str>| Spoke {
        agency: "mill".parse().unwrap(),
        unit: None,
        period: Some(Period { from: from.map(date), to: to.map(date) }),
    };
    let shared = |one: Spoke, two: Spoke| {
        let mut records = northland();
        for (id, agency, spoke) in [("h1", "west", one), ("h2", "harbour", two)] {
            let mut hub = hub(id, agency, &[(DesignationEvent::Designation, Some("2018"))]);
            hub.spokes.push(spoke);
            records.push(hub.into());
        }
        let network = network(records);
        let is_shared = |finding: &HubFinding| finding.kind == HubFindingKind::SharedSpoke;
        let said = network.hub_findings().iter().filter(|finding| is_shared(finding)).count();
        for hub in ["h1", "h2"] {
            let report = network.hub_report(&hub.parse().unwrap(), &ReportOptions::new(2021)).unwrap();
            assert_eq!(report.findings.iter().filter(|finding| is_shared(finding)).count(), said, "each hub is told");
        }
        said == 1
    };
    assert!(shared(looked_after(Some("2018"), Some("2021")), looked_after(Some("2020"), None)));
    assert!(shared(looked_after(None, Some("2020")), looked_after(Some("2019"), Some("2021"))));
    assert!(!shared(looked_after(Some("2018"), Some("2020")), looked_after(Some("2020"), None)));
    assert!(!shared(looked_after(None, None), looked_after(Some("2019"), None)), "of no period nothing is sure");
    assert!(!shared(looked_after(None, Some("2020")), looked_after(None, Some("2021"))));
}

// ---- readiness ----------------------------------------------------------------------------------------------------

fn milestone(kind: MilestoneKind, on: Option<&str>) -> Milestone {
    Milestone { kind, on: on.map(date), note: None, evidence: None }
}

#[test]
fn readiness_is_judged_by_the_policy_of_the_network() {
    let mut ready = hub("h", "a", &[]);
    ready.milestones = vec![
        milestone(MilestoneKind::Team, Some("2020")),
        milestone(MilestoneKind::Regulation, None),
        milestone(MilestoneKind::Portal, Some("2023-05")),
    ];
    let records = || [Record::from(government_only("a")), ready.clone().into()];
    let usual = network(records());
    let at = |network: &Network, on: &str| network.hub_readiness(&"h".parse().unwrap(), date(on)).unwrap();
    let early = at(&usual, "2021");
    assert_eq!(early.needs.iter().map(|need| need.is_met).collect::<Vec<_>>(), [Truth::Yes, Truth::Unknown, Truth::No]);
    assert_eq!(early.is_ready, Truth::No);
    assert_eq!(early.missing().next().unwrap().any_of, [MilestoneKind::Portal, MilestoneKind::Roadmap]);
    assert!(early.to_do().any(|step| step.kind == MilestoneKind::Portal && step.state == StepState::Later));
    assert!(early.to_do().any(|step| step.kind == MilestoneKind::Budget && step.state == StepState::NotOnRecord));
    assert_eq!(at(&usual, "2024").is_ready, Truth::Unknown, "the regulation has no date");
    let lenient = Policy { operational_needs: vec![vec![MilestoneKind::Team]], ..Policy::default() };
    assert_eq!(at(&network_under(lenient, records()), "2021").is_ready, Truth::Yes);
    assert_eq!(usual.hub_readiness(&"x".parse().unwrap(), date("2021")).unwrap_err().code(), "not-found");
}

// ---- reports ------------------------------------------------------------------------------------------------------

#[test]
fn hostile_names_cannot_break_out_of_a_report() {
    let mut records = northland();
    let mut wild = hub("wild", "west", &[(DesignationEvent::Designation, Some("2019"))]);
    wild.name = Some(line("<script>alert(1)</script> | [x](http://y) `# *"));
    let mut held = activity("w1", "west", Some("wild"), Some("2020"));
    held.note = Some(Text::new("first\n\n# not a heading\n| a | b |").unwrap());
    held.with_others = vec![line("a | b")];
    records.extend([Record::from(wild), held.into()]);
    let network = network(records);
    let report = network.hub_report(&"wild".parse().unwrap(), &ReportOptions::new(2020)).unwrap();
    for lang in [Lang::Id, Lang::En] {
        let page = report.to_markdown(lang);
        assert!(!page.contains("<script>") && !page.contains("\n# not a heading") && !page.contains("[x]("), "{page}");
        assert_eq!(page.lines().filter(|line| line.starts_with("# ")).count(), 1);
    }
    serde_json::from_str::<serde_json::Value>(&report.to_json().unwrap()).unwrap();
    for (hub, year, code) in
        [("nobody", 2020, "not-found"), ("wild", 1500, "option-invalid"), ("wild", 9999, "option-invalid")]
    {
        let error = network.hub_report(&hub.parse().unwrap(), &ReportOptions::new(year)).unwrap_err();
        assert_eq!(error.code(), code);
    }
}

#[test]
fn a_merged_agency_stands_for_both() {
    let mut records = northland();
    records.push(government_only("old-east").into());
    records.push(innovation("old-east/queue", "old-east", Some("2020")).into());
    records.push(government_only("old-mill").into());
    let mut spoken_for = hub("hub-west", "west", &[(DesignationEvent::Designation, Some("2019"))]);
    spoken_for.spokes.push(Spoke { agency: "old-mill".parse().unwrap(), unit: None, period: None });
    records.push(spoken_for.into());
    let network = network(records);
    let reference = |id: &str| EntityRef::new(EntityKind::Agency, id).unwrap();
    let merge = Action::Merge(Merge { subject: reference("old-east"), into: reference("east"), reason: None });
    let spoke = Action::Merge(Merge { subject: reference("old-mill"), into: reference("health"), reason: None });
    network.commit(&stamp(), vec![merge, spoke]).unwrap();
    let hub: HubId = "hub-west".parse().unwrap();
    let report = network.hub_report(&hub, &ReportOptions::new(2020)).unwrap();
    assert_eq!(report.spokes[0].agency.as_ref().unwrap().as_str(), "health");
    assert!(report.never_involved.iter().any(|actor| actor.name == "Health"), "a spoke under its new name");
    let start = StartOptions { hub: Some(hub), ..StartOptions::default() };
    let starters = network.spokes_to_start(&start, Lang::En).unwrap();
    assert!(starters.iter().any(|starter| starter.actor.name == "Health"));
    let found = network.one_agency_one_innovation(&MovementOptions::new(2020)).unwrap();
    let east = found.standings.iter().find(|one| one.actor.name == "east").unwrap();
    assert_eq!((east.has_innovation, east.innovations), (Truth::Yes, 1));
}
