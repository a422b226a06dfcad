//! What came of the work of hubs: ties to replications, fair comparison, One Agency One Innovation.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use jipp_core::base::{Lang, Truth};
use jipp_core::hubs::{
    Against, Basis, Compared, ComparisonOptions, FunnelOptions, LeftOut, MovementOptions, Reading, ReportOptions,
    Stage, TieRule,
};
use jipp_core::model::{
    Agency, AgencyKind, DesignationEvent, EntityKind, EntityRef, EvidenceLevel, Need, Record, RegionLevel, Replication,
    ReplicationState, Sector, Text,
};
use jipp_core::network::{Network, StartOptions};
use jipp_core::registry::{Action, Merge};
use jipp_tests::hubs::{activity, government, hub, innovation, network, northland, replication, state};
use jipp_tests::{date, line, stamp};

#[test]
fn replications_are_tied_by_the_first_rule_that_fits() {
    use ReplicationState as R;
    let mut records = northland();
    let mut forum = activity("forum", "east", Some("hub-east"), Some("2020-06-01"));
    forum.with_agencies = vec!["west".parse().unwrap()];
    forum.replications = vec!["listed".parse().unwrap()];
    let mut talk = activity("talk", "east", Some("hub-east"), Some("2021"));
    talk.innovations = vec!["west/bus".parse().unwrap()];
    let helped = Replication {
        facilitator_hub: Some("hub-east".parse().unwrap()),
        ..replication("helped", "west/bus", None, &[(R::Claimed, Some("2021"))])
    };
    records.extend([
        Record::from(forum),
        talk.into(),
        innovation("west/bus", "west", Some("2015")).into(),
        innovation("mill/nurse", "mill", Some("2015")).into(),
        innovation("east/own", "east", Some("2015")).into(),
        replication(
            "listed",
            "mill/nurse",
            Some("harbour"),
            &[(R::Interest, Some("2020-07-01")), (R::Agreed, Some("2020-09"))],
        )
        .into(),
        helped.into(),
        replication("topic", "west/bus", Some("harbour"), &[(R::Implemented, Some("2022"))]).into(),
        replication("meeting", "mill/nurse", Some("east"), &[(R::Implemented, Some("2021-06-01"))]).into(),
        replication("older", "mill/nurse", Some("harbour"), &[(R::Implemented, Some("2019"))]).into(),
        replication("too-late", "mill/nurse", Some("harbour"), &[(R::Implemented, Some("2030"))]).into(),
        replication("at-home", "east/own", Some("harbour"), &[(R::Implemented, Some("2021"))]).into(),
        replication("idea", "west/bus", Some("harbour"), &[]).into(),
    ]);
    let network = network(records);
    let funnel = network.hub_funnel(&"hub-east".parse().unwrap(), &FunnelOptions::default()).unwrap();
    let ties: Vec<(&str, TieRule, Option<&str>)> = funnel
        .ties
        .iter()
        .map(|tie| (tie.replication.as_str(), tie.rule, tie.activity.as_ref().map(jipp_core::base::Id::as_str)))
        .collect();
    assert_eq!(
        ties,
        [
            ("listed", TieRule::Listed, Some("forum")),
            ("helped", TieRule::Facilitated, Some("talk")),
            ("topic", TieRule::Topic, Some("talk")),
            ("meeting", TieRule::Meeting, Some("forum")),
        ]
    );
    assert_eq!((funnel.activities, funnel.with_linked, funnel.with_possible), (2, 2, 0));
    let stage = |stage: Stage| funnel.stages.iter().find(|one| one.stage == stage).unwrap();
    let agreement = stage(Stage::Agreement);
    assert_eq!((agreement.linked.yes, agreement.linked.unknown), (1, 1), "of a claim nobody knows how far it came");
    assert_eq!(agreement.possible.yes, 2, "what runs has passed the agreement");
    let lag = stage(Stage::Interest).lag_linked.unwrap();
    assert_eq!((lag.known, lag.median.least, lag.median.most), (1, 30, 30));
    let vague = stage(Stage::Agreement).lag_linked.unwrap();
    assert_eq!((vague.median.least, vague.median.most), (92, 121), "from 1 June to some day of September");
    let then = FunnelOptions { on: Some(date("2020-07-15")), ..FunnelOptions::default() };
    let then = network.hub_funnel(&"hub-east".parse().unwrap(), &then).unwrap();
    assert_eq!((then.activities, then.ties.len()), (1, 1));
    assert_eq!(then.ties[0].reached, [Truth::Yes, Truth::No, Truth::No], "the agreement was still to come");
}

#[test]
fn what_only_a_later_stage_tells_of_has_no_date() {
    use ReplicationState as R;
    let mut records = northland();
    let mut agreed = replication("r", "west/bus", None, &[(R::Agreed, Some("2021"))]);
    agreed.facilitator_hub = Some("hub-east".parse().unwrap());
    agreed.started_on = Some(date("2018"));
    agreed.target = Some("harbour/bus".parse().unwrap());
    records.extend([
        Record::from(innovation("west/bus", "west", Some("2015"))),
        innovation("harbour/bus", "harbour", None).into(),
        agreed.into(),
    ]);
    let asked = FunnelOptions { on: Some(date("2019")), ..FunnelOptions::default() };
    let funnel = network(records).hub_funnel(&"hub-east".parse().unwrap(), &asked).unwrap();
    let tie = &funnel.ties[0];
    assert_eq!(tie.reached, [Truth::Unknown, Truth::No, Truth::No], "begun in 2018, agreed in 2021");
    assert_eq!(tie.recipient, Some("harbour".parse().unwrap()), "the owner of what came of it");
}

// ---- inferred replications ----------------------------------------------------------------------------------------

#[test]
fn what_was_only_inferred_is_no_replication() {
    use ReplicationState as R;
    let made = |level: Option<EvidenceLevel>, of_source: Option<EvidenceLevel>| {
        let mut records = northland();
        let mut taken = replication("r", "east/ledger", Some("mill"), &[(R::Implemented, Some("2020"))]);
        taken.facilitator_hub = Some("hub-east".parse().unwrap());
        taken.evidence_level = level;
        taken.sources[0].evidence = of_source;
        records.extend([Record::from(innovation("east/ledger", "east", Some("2018"))), taken.into()]);
        records.push(hub("hub-west", "west", &[(DesignationEvent::Designation, Some("2019"))]).into());
        let network = network(records);
        let movement = network.one_agency_one_innovation(&MovementOptions::new(2020)).unwrap();
        let involved = |name: &str| movement.never_involved().all(|one| one.actor.name != name);
        let ties = network.hub_funnel(&"hub-east".parse().unwrap(), &FunnelOptions::default()).unwrap().ties.len();
        let rate = |compared: Compared, hub: &str| {
            let found = network.hub_comparison(&ComparisonOptions::new(date("2024"), compared)).unwrap();
            found.hubs.iter().find(|rate| rate.hub.as_str() == hub).unwrap().count
        };
        let (given, taken) =
            (rate(Compared::ReplicationsGiven, "hub-east"), rate(Compared::ReplicationsTaken, "hub-west"));
        let report = network.hub_report(&"hub-east".parse().unwrap(), &ReportOptions::new(2020)).unwrap();
        (involved("east"), involved("mill"), ties, given, taken, report.given.so_far)
    };
    let (inferred, declared) = (Some(EvidenceLevel::Inferred), Some(EvidenceLevel::Declared));
    assert_eq!(made(None, None), (true, true, 1, 1, 1, 1));
    assert_eq!(made(inferred, None), (false, false, 0, 0, 0, 0));
    assert_eq!(made(declared, inferred), (false, false, 0, 0, 0, 0), "the link decides");
    assert_eq!(made(inferred, declared), (true, true, 1, 1, 1, 1));
}

#[test]
fn sectors_to_start_with_are_not_inferred_and_follow_merges() {
    let start = |level: Option<EvidenceLevel>| {
        let mut records = northland();
        let mut taken = replication("r", "west/m1", Some("harbour"), &[(ReplicationState::Implemented, None)]);
        taken.sectors = ["m1", "m2", "x", "y"].map(|id| id.parse().unwrap()).into();
        taken.evidence_level = level;
        for id in ["m1", "m2", "x", "y"] {
            let mut of_sector = innovation(&format!("west/{id}"), "west", Some("2018"));
            of_sector.sectors = vec![id.parse().unwrap()];
            records.extend([Record::from(Sector::new(id.parse().unwrap(), line(id))), of_sector.into()]);
        }
        records.push(taken.into());
        let network = network(records);
        let reference = |id: &str| EntityRef::new(EntityKind::Sector, id).unwrap();
        let merge = Action::Merge(Merge { subject: reference("m2"), into: reference("m1"), reason: None });
        network.commit(&stamp(), vec![merge]).unwrap();
        let starters = network.spokes_to_start(&StartOptions::default(), Lang::En).unwrap();
        let mill = starters.into_iter().find(|starter| starter.actor.name == "mill").unwrap();
        mill.suggestions.into_iter().map(|one| one.sought).collect::<BTreeSet<_>>()
    };
    assert_eq!(start(None), ["m1", "x", "y"].map(str::to_owned).into(), "one sector does not stand for two");
    assert_eq!(start(Some(EvidenceLevel::Inferred)), BTreeSet::new());
}

// ---- comparison ---------------------------------------------------------------------------------------------------

/// Hubs of provinces with some towns each, designated on a date, with so many activities.
fn provinces(all: &[(&str, usize, &str, usize)]) -> Network {
    let mut records: Vec<Record> = Vec::new();
    for (name, towns, since, activities) in all {
        records.push(state(name, RegionLevel::Province, None).into());
        for town in 0..*towns {
            records.push(state(&format!("{name}-{town}"), RegionLevel::Regency, Some(name)).into());
        }
        records.push(government(&format!("gov-{name}"), name).into());
        let own = format!("hub-{name}");
        records.push(hub(&own, &format!("gov-{name}"), &[(DesignationEvent::Designation, Some(since))]).into());
        for number in 0..*activities {
            let id = format!("{name}/{number}");
            records.push(activity(&id, &format!("gov-{name}"), Some(&own), Some("2022-06")).into());
        }
    }
    network(records)
}

#[test]
fn only_differences_that_the_counts_bear_are_told() {
    let network = provinces(&[
        ("a", 9, "2020-01-01", 10),
        ("b", 9, "2020-01-01", 14),
        ("c", 39, "2020-01-01", 44),
        ("d", 9, "2020-01-01", 60),
        ("e", 9, "2026-01-01", 0),
    ]);
    let options = ComparisonOptions::new(date("2024-12-31"), Compared::Activities);
    let found = network.hub_comparison(&options).unwrap();
    let order: Vec<(&str, Against)> = found.hubs.iter().map(|hub| (hub.name.as_str(), hub.against)).collect();
    assert_eq!(
        order,
        [
            ("gov-d", Against::Above),
            ("gov-a", Against::NotTold),
            ("gov-b", Against::NotTold),
            ("gov-c", Against::Below),
        ],
        "b did more than a for its size, and nobody can say that it was not chance"
    );
    let id = |text: &str| text.parse().unwrap();
    assert_eq!(found.told_apart(&id("hub-a"), &id("hub-b")), Some(false));
    assert_eq!(found.told_apart(&id("hub-a"), &id("hub-d")), Some(true));
    assert_eq!(found.told_apart(&id("hub-a"), &id("hub-e")), None);
    assert_eq!(found.left_out[0].why, LeftOut::NoMember);
    let c = found.hubs.iter().find(|hub| hub.name == "gov-c").unwrap();
    assert_eq!((c.governments, c.count), (40, 44));
    assert!((c.rate - 22.0).abs() < 0.1, "44 over 40 governments and five years: {}", c.rate);
    for confidence in [0.0, 1.0, f64::NAN] {
        let error = network.hub_comparison(&ComparisonOptions { confidence, ..options }).unwrap_err();
        assert_eq!(error.code(), "option-invalid");
    }
}

#[test]
fn a_big_old_hub_is_not_better_for_being_big_and_old() {
    let network = provinces(&[("big", 37, "2015-01-01", 38), ("small", 8, "2021-01-01", 4)]);
    let options = ComparisonOptions::new(date("2024-12-31"), Compared::Activities);
    let found = network.hub_comparison(&options).unwrap();
    assert!(found.hubs.iter().all(|hub| hub.against == Against::NotTold), "{found:?}");
}

// ---- One Agency One Innovation ------------------------------------------------------------------------------------

#[test]
fn yes_no_and_unknown_are_three_answers() {
    let mut records = northland();
    let mut clinic = Agency::new("clinic".parse().unwrap(), line("clinic"), AgencyKind::Other);
    clinic.parent = Some("harbour".parse().unwrap());
    records.extend([
        Record::from(clinic),
        innovation("clinic/queue", "clinic", Some("2020-03")).into(),
        innovation("east/ledger", "east", None).into(),
        innovation("west/bus", "west", Some("2018")).into(),
        replication("r1", "west/bus", Some("clinic"), &[(ReplicationState::Implemented, Some("2021"))]).into(),
        replication("r2", "east/ledger", Some("mill"), &[]).into(),
        replication("r3", "west/bus", None, &[(ReplicationState::Implemented, None)]).into(),
    ]);
    let network = network(records);
    let asked = MovementOptions::new(2020);
    let found = network.one_agency_one_innovation(&asked).unwrap();
    let standing = |name: &str| found.standings.iter().find(|one| one.actor.name == name).unwrap();
    let answer = |name: &str| (standing(name).has_innovation, standing(name).basis);
    assert_eq!(answer("harbour"), (Truth::Yes, Basis::Dated), "what its clinic did counts");
    assert_eq!(answer("east"), (Truth::Unknown, Basis::Undated));
    assert_eq!(answer("west"), (Truth::No, Basis::OtherYears));
    assert_eq!(answer("mill"), (Truth::No, Basis::NothingOnRecord));
    assert_eq!((found.governments.yes, found.governments.unknown, found.governments.no), (1, 1, 2));
    let never: Vec<&str> = found.never_involved().map(|one| one.actor.name.as_str()).collect();
    assert_eq!(never, ["east", "mill", "Health"], "an idea that nobody took up involves nobody");
    assert_eq!(found.recipients_unknown, 1);
    let in_use = MovementOptions { reading: Reading::InUse, ..asked };
    let in_use = network.one_agency_one_innovation(&in_use).unwrap();
    let west = in_use.standings.iter().find(|one| one.actor.name == "west").unwrap();
    assert_eq!(west.has_innovation, Truth::Yes, "begun in 2018 and not known to have stopped");
    for year in [1799, 2200, i32::MIN] {
        let error = network.one_agency_one_innovation(&MovementOptions::new(year)).unwrap_err();
        assert_eq!((error.code(), error.location().field.as_deref()), ("option-invalid", Some("year")));
    }
}

#[test]
fn who_takes_from_itself_has_not_shared() {
    let mut records = northland();
    for id in ["clinic", "school"] {
        let mut office = Agency::new(id.parse().unwrap(), line(id), AgencyKind::Other);
        office.parent = Some("harbour".parse().unwrap());
        records.push(office.into());
    }
    let done = [(ReplicationState::Implemented, Some("2021"))];
    records.extend([
        Record::from(innovation("mill/nurse", "mill", Some("2018"))),
        innovation("clinic/queue", "clinic", Some("2018")).into(),
        replication("r1", "mill/nurse", Some("mill"), &done).into(),
        replication("r2", "clinic/queue", Some("school"), &done).into(),
    ]);
    let found = network(records).one_agency_one_innovation(&MovementOptions::new(2020)).unwrap();
    let sources = found.standings.iter().filter(|one| one.was_source).map(|one| one.actor.name.as_str());
    assert_eq!(sources.collect::<Vec<_>>(), ["clinic"], "a school is another than a clinic, their town is one");
}

#[test]
fn a_government_still_to_come_is_not_asked_of() {
    let mut records = northland();
    let mut new = state("N", RegionLevel::State, Some("NL"));
    new.valid.from = Some(date("2022"));
    let mut town = state("E-2", RegionLevel::Municipality, Some("E"));
    town.valid.from = Some(date("2022-06-01"));
    records.extend([Record::from(new), town.into(), government("north", "N").into()]);
    records
        .extend([Record::from(state("E-1-1", RegionLevel::Village, Some("E-1"))), government("dune", "E-1-1").into()]);
    let network = network(records);
    let asked = |year: i32| {
        let found = network.one_agency_one_innovation(&MovementOptions::new(year)).unwrap();
        let all = found.governments;
        (all.yes + all.no + all.unknown, found.agencies.no, found.standings.iter().any(|one| one.actor.name == "north"))
    };
    assert_eq!(asked(2015), (4, 2, false), "a village and a ministry are among the agencies");
    assert_eq!(asked(2023), (6, 2, true));
    let governments = |on: &str| {
        let options = ComparisonOptions::new(date(on), Compared::Activities);
        network.hub_comparison(&options).unwrap().hubs[0].governments
    };
    assert_eq!((governments("2021-12-31"), governments("2023-12-31")), (2, 3));
    let report = |year: i32| network.hub_report(&"hub-east".parse().unwrap(), &ReportOptions::new(year)).unwrap();
    assert_eq!((report(2021).governments, report(2023).governments), (2, 3));
}

#[test]
fn nobody_is_offered_what_an_office_of_its_own_made() {
    let mut records = northland();
    let mut office = Agency::new("depot".parse().unwrap(), line("depot"), AgencyKind::Other);
    office.parent = Some("mill".parse().unwrap());
    let bus = |id: &str, owner: &str| {
        let mut bus = innovation(id, owner, Some("2018"));
        bus.problem = Some(Text::new("No transport after midnight").unwrap());
        bus
    };
    let mut need = Need::new("n1".parse().unwrap(), Text::new("no transport after midnight").unwrap());
    need.agency = Some("mill".parse().unwrap());
    records.extend([
        Record::from(office),
        bus("depot/bus", "depot").into(),
        bus("west/bus", "west").into(),
        need.into(),
    ]);
    let only = StartOptions { limit: 1, ..StartOptions::default() };
    let starters = network(records).spokes_to_start(&only, Lang::En).unwrap();
    let mill = starters.iter().find(|starter| starter.actor.name == "mill").unwrap();
    let titles: Vec<&str> = mill.suggestions.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["west/bus"], "and its own does not stand in the way of others");
}

#[test]
fn a_need_on_record_is_what_is_sought_for() {
    let mut records = northland();
    let mut bus = innovation("west/bus", "west", Some("2018"));
    bus.problem = Some(Text::new("Shift workers had no transport after midnight").unwrap());
    let mut own = innovation("mill/bus", "mill", Some("2018"));
    own.problem = Some(Text::new("No transport after midnight").unwrap());
    let mut need = Need::new("n1".parse().unwrap(), Text::new("no transport for workers at midnight").unwrap());
    need.agency = Some("mill".parse().unwrap());
    records.extend([Record::from(bus), own.into(), need.into()]);
    let network = network(records);
    let starters = network.spokes_to_start(&StartOptions::default(), Lang::En).unwrap();
    let mill = starters.iter().find(|starter| starter.actor.name == "mill").unwrap();
    let titles: Vec<&str> = mill.suggestions.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["west/bus"], "its own bus is no suggestion");
    assert_eq!(mill.suggestions[0].sought, "no transport for workers at midnight");
    let others = starters.iter().filter(|starter| starter.actor.name != "mill");
    assert!(
        others.into_iter().all(|starter| starter.suggestions.is_empty()),
        "nothing is known, so nothing is made up"
    );
}
