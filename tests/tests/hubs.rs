//! The hub network, from the outside: the real data against the published figures, dates that are not known, records that
//! contradict themselves, and a country without island groups.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::sync::OnceLock;

use jipp_core::base::{Lang, Truth};
use jipp_core::hubs::{
    Against, Basis, Compared, ComparisonOptions, Counting, Coverage, FunnelOptions, HubFindingKind, Instrument,
    LeftOut, MovementOptions, Reading, ReportOptions, Stage, StepState, TieRule, is_member,
};
use jipp_core::model::lifecycle::Policy;
use jipp_core::model::{
    Activity, ActivityKind, Agency, AgencyKind, Answer, Assessment, Designation, DesignationEvent, EntityKind, Hub,
    HubKind, HubState, Innovation, Milestone, MilestoneKind, Need, Record, Region, RegionLevel, Replication,
    ReplicationState, Source, Step, Text,
};
use jipp_core::network::{Network, Options, StartOptions};
use jipp_core::registry::{Action, Merge};
use jipp_examples::{data_dir, load};
use jipp_tests::{date, line, stamp};
use proptest::prelude::*;

// ---- the real data -----------------------------------------------------------------------------------------------

/// The data, loaded once for all tests that only read it.
fn real() -> &'static Network {
    static DATA: OnceLock<Network> = OnceLock::new();
    DATA.get_or_init(|| {
        let network = Network::in_memory(&Options::new("data").unwrap()).unwrap();
        load(&network, &data_dir(), &stamp()).unwrap();
        network
    })
}

fn coverage(on: &str, counting: Counting) -> Coverage {
    real().hub_coverage(date(on), counting).unwrap()
}

/// The published counts, and why the data give what they give:
///
/// | when | published | here | why |
/// | --- | --- | --- | --- |
/// | before 2020 | 4 pilots | 3, counted only on request | no row tells of the pilot of Jawa Tengah |
/// | 2020 | 8 | 8 | Kepmenpan RB 94/2020; the day is unknown, so it is certain at the end of the year only |
/// | 2021 | 12 | 12 | Kepmenpan RB 359/2021, likewise |
/// | 2022 | 15 | 15 | commitments of 28 September 2022; no decree was found |
/// | 14 March 2023 | 22 | 22 | commitments |
/// | 20 October 2023 | 34 | 34 | commitments of twelve ministries and agencies |
/// | 2024 | 36 regional + 12 | 24 + 12 | twelve of the fourteen of Kepmenpan RB 305/2024 are named by no page that was read |
/// | October 2025 | 36 regional + 18 | 24 + 12 | six more central hubs are named by no page either |
#[test]
fn the_counts_are_those_published() {
    for (on, hubs) in [
        ("2019-12-31", 0),
        ("2020-12-31", 8),
        ("2021-12-31", 12),
        ("2022-09-27", 12),
        ("2022-09-28", 15),
        ("2022-12-31", 15),
        ("2023-03-13", 15),
        ("2023-03-14", 22),
        ("2023-10-19", 22),
        ("2023-10-20", 34),
        ("2024-12-31", 36),
        ("2025-10-31", 36),
    ] {
        let found = coverage(on, Counting::default());
        assert_eq!((found.hubs.yes, found.hubs.unknown), (hubs, 0), "{on}");
        assert_eq!(found.hubs.yes + found.hubs.no, 36, "nothing is dropped");
    }
    let pilots = coverage("2019-12-31", Counting::ALL);
    assert_eq!(pilots.hubs.yes, 3, "Jawa Timur, Sulawesi Selatan, Sumatera Selatan");
    let kind = |key: &str| {
        let of = coverage("2024-12-31", Counting::default());
        of.by_kind.into_iter().find(|share| share.key.as_deref() == Some(key)).unwrap().hubs.yes
    };
    assert_eq!((kind("regional"), kind("central")), (24, 12));
}

#[test]
fn a_year_without_a_day_is_uncertain_within_it() {
    for on in ["2020", "2020-06", "2020-06-30"] {
        let found = coverage(on, Counting::default());
        assert_eq!((found.hubs.yes, found.hubs.unknown), (0, 8), "{on}");
    }
    let march = coverage("2023-03", Counting::default());
    assert_eq!((march.hubs.yes, march.hubs.unknown), (15, 7), "members from the 14th on");
}

#[test]
fn what_counts_is_the_callers_choice() {
    let by_decree = Counting { commitments: false, ..Counting::default() };
    assert_eq!(coverage("2023-12-31", by_decree).hubs.yes, 12);
    let by_commitment = Counting { designations: false, ..Counting::default() };
    assert_eq!(coverage("2023-12-31", by_commitment).hubs.yes, 22);
    let none = Counting { pilots: false, commitments: false, designations: false };
    let error = real().hub_coverage(date("2023"), none).unwrap_err();
    assert_eq!((error.code(), error.location().field.as_deref()), ("option-invalid", Some("counting")));
}

#[test]
fn provinces_with_and_without_a_hub_are_all_there_are() {
    let found = coverage("2023-10-20", Counting::default());
    assert_eq!(found.provinces.len(), 38);
    assert_eq!(found.provinces.iter().filter(|province| province.has_hub == Truth::Yes).count(), 22);
    let missing: BTreeSet<&str> = found.missing_provinces().map(|province| province.name.as_str()).collect();
    assert_eq!(missing.len(), 16);
    assert!(missing.contains("Aceh") && missing.contains("Papua") && !missing.contains("Jawa Timur"));
    let hubs_in = |group: &str| found.by_island_group.iter().find(|share| share.key.as_deref() == Some(group)).unwrap();
    assert_eq!(hubs_in("Sulawesi").hubs.yes, 2);
    assert_eq!(found.by_island_group.last().unwrap().key, None, "the hubs of ministries");
    let decree = found.by_decree.iter().find(|share| share.key.as_deref() == Some("kepmenpan-rb/94/2020")).unwrap();
    assert_eq!(decree.hubs.yes, 8);
    assert!(decree.label.as_deref().unwrap().starts_with("Keputusan Menteri PANRB"));
    let ministries = found.ministries.iter().filter(|ministry| ministry.has_hub == Truth::Yes).count();
    assert_eq!(ministries, 12);
    assert!(found.missing_ministries().any(|ministry| ministry.name == "Kementerian Kesehatan"));
}

#[test]
fn the_real_records_hold_one_gap_and_no_contradiction() {
    let found = real().hub_findings();
    let kinds: Vec<(HubFindingKind, &str)> =
        found.iter().map(|finding| (finding.kind, finding.name.as_str())).collect();
    assert_eq!(kinds, [(HubFindingKind::DesignationWithoutDecree, "Pemerintah Provinsi Kepulauan Riau")]);
}

#[test]
fn a_mentor_gets_the_year_of_the_hub() {
    let hub = "jawa-timur".parse().unwrap();
    let report = real().hub_report(&hub, &ReportOptions::new(2021)).unwrap();
    assert_eq!((report.hub.is_member, report.hub.state), (Truth::Yes, Some(HubState::Operational)));
    assert_eq!((report.hub.by, report.hub.since), (Some(DesignationEvent::Designation), Some(date("2020"))));
    assert_eq!(report.governments, 39, "29 regencies, 9 cities and the province");
    assert_eq!(report.held.len(), 1);
    assert_eq!(report.maturity, None);
    let portal = report.readiness.steps.iter().find(|step| step.kind == MilestoneKind::Portal).unwrap();
    assert_eq!(portal.state, StepState::DateUnknown, "the row gives no date");
    assert!(report.never_involved.len() < report.governments);
    assert!(report.never_involved.iter().all(|actor| actor.province.as_ref().unwrap().as_str() == "35"));
    let json: serde_json::Value = serde_json::from_str(&report.to_json().unwrap()).unwrap();
    assert_eq!(json["hub"]["is_member"], "yes");
    let (indonesian, english) = (report.to_markdown(Lang::Id), report.to_markdown(Lang::En));
    assert!(indonesian.contains("## Kesiapan") && english.contains("## Readiness"));
    assert!(indonesian.contains("Keputusan Menteri PANRB No. 94 Tahun 2020"));
    assert_eq!(indonesian.matches("\n## ").count(), english.matches("\n## ").count());
}

#[test]
fn the_three_counts_of_the_real_data_add_up() {
    let asked = MovementOptions::new(2020);
    let found = real().one_agency_one_innovation(&asked).unwrap();
    let all = found.governments;
    assert_eq!(all.yes + all.no + all.unknown, 552, "every government of the region table");
    assert!(all.yes > 0 && all.no > 0 && all.unknown > 0, "{all:?}");
    let of_basis = |basis: Basis| found.by_basis.iter().find(|(one, _)| *one == basis).unwrap().1;
    assert_eq!(of_basis(Basis::Dated), found.governments.yes + found.agencies.yes);
    assert_eq!(of_basis(Basis::Undated), found.governments.unknown + found.agencies.unknown);
    let sample = real().one_agency_one_innovation(&MovementOptions { absence_is_unknown: true, ..asked }).unwrap();
    assert_eq!((sample.governments.no, sample.governments.yes), (0, all.yes), "a sample proves no absence");
    let banyuwangi = found.standings.iter().find(|one| one.actor.name == "Pemerintah Kabupaten Banyuwangi").unwrap();
    assert!(banyuwangi.was_source);
}

#[test]
fn those_who_never_took_part_get_something_proven_to_start_with() {
    let hub = Some("maluku".parse().unwrap());
    let starters = real().spokes_to_start(&StartOptions { hub, limit: 2, on: None }, Lang::Id).unwrap();
    assert!(!starters.is_empty());
    for starter in &starters {
        assert_eq!(starter.actor.province.as_ref().unwrap().as_str(), "81");
        assert_eq!(starter.suggestions.len(), 2, "{}", starter.actor.name);
        for suggestion in &starter.suggestions {
            assert!(!suggestion.reasons.is_empty() && !suggestion.sought.is_empty());
            assert_ne!(Some(&suggestion.owner), starter.actor.agency.as_ref());
        }
        assert!(starter.suggestions.is_sorted_by(|one, next| one.score >= next.score));
    }
    let wrong = StartOptions { limit: 0, ..StartOptions::default() };
    assert_eq!(real().spokes_to_start(&wrong, Lang::Id).unwrap_err().code(), "option-invalid");
    let nobody = StartOptions { hub: Some("nobody".parse().unwrap()), ..StartOptions::default() };
    assert_eq!(real().spokes_to_start(&nobody, Lang::Id).unwrap_err().code(), "not-found");
}

#[test]
fn real_hubs_are_told_apart_only_where_the_data_bear_it() {
    let options = ComparisonOptions::new(date("2024-12-31"), Compared::Activities);
    let found = real().hub_comparison(&options).unwrap();
    assert_eq!(found.hubs.len() + found.left_out.len(), 36);
    assert_eq!(found.left_out.iter().filter(|hub| hub.why == LeftOut::NoProvince).count(), 12);
    let groups: Vec<Against> = found.hubs.iter().map(|hub| hub.against).collect();
    assert!(groups.is_sorted(), "{groups:?}");
    let told = groups.iter().filter(|against| **against != Against::NotTold).count();
    assert!(told < found.hubs.len() / 2, "most hubs have too few events to be told apart: {told}");
    for hub in &found.hubs {
        assert!(hub.least <= hub.rate && hub.rate <= hub.most, "{hub:?}");
        let towards = (hub.shrunk - hub.rate) * (found.overall.unwrap() - hub.rate);
        assert!(towards >= -1e-9, "{hub:?}");
    }
}

// ---- small networks ----------------------------------------------------------------------------------------------

/// A network of these records.
fn network(records: impl IntoIterator<Item = Record>) -> Network {
    network_under(Policy::default(), records)
}

fn network_under(policy: Policy, records: impl IntoIterator<Item = Record>) -> Network {
    let options = Options { policy, ..Options::new("small").unwrap() };
    let network = Network::in_memory(&options).unwrap();
    network.commit(&stamp(), records.into_iter().map(Action::Register).collect()).unwrap();
    network
}

fn state(id: &str, level: RegionLevel, parent: Option<&str>) -> Region {
    let mut region = Region::new(id.parse().unwrap(), line(id), level);
    region.parent = parent.map(|parent| parent.parse().unwrap());
    region
}

fn government(id: &str, region: &str) -> Agency {
    let mut agency = Agency::new(id.parse().unwrap(), line(id), AgencyKind::LocalGovernment);
    agency.region = Some(region.parse().unwrap());
    agency
}

fn event(event: DesignationEvent, on: Option<&str>) -> Designation {
    Designation { event, on: on.map(date), decree: None, note: Some(line("decree")) }
}

fn hub(id: &str, agency: &str, events: &[(DesignationEvent, Option<&str>)]) -> Hub {
    let mut hub = Hub::new(id.parse().unwrap(), agency.parse().unwrap(), HubKind::Regional);
    hub.designations = events.iter().map(|(kind, on)| event(*kind, *on)).collect();
    hub
}

fn activity(id: &str, host: &str, hub: Option<&str>, on: Option<&str>) -> Activity {
    let mut activity = Activity::new(id.parse().unwrap(), host.parse().unwrap(), ActivityKind::Mentoring);
    activity.hub = hub.map(|hub| hub.parse().unwrap());
    activity.on = on.map(date);
    activity
}

fn innovation(id: &str, owner: &str, on: Option<&str>) -> Innovation {
    let mut innovation = Innovation::new(id.parse().unwrap(), line(id), owner.parse().unwrap());
    innovation.implemented_on = on.map(date);
    innovation
}

fn replication(
    id: &str,
    source: &str,
    recipient: Option<&str>,
    steps: &[(ReplicationState, Option<&str>)],
) -> Replication {
    let mut replication = Replication::new(id.parse().unwrap());
    let innovation = source.parse().unwrap();
    replication.sources.push(Source { innovation, extent: None, evidence: None, note: None });
    match recipient {
        Some(recipient) => replication.recipient = Some(recipient.parse().unwrap()),
        None => replication.recipients_note = Some(line("somebody")),
    }
    for (to, on) in steps {
        let step = Step::reported(*to, line("as written"));
        replication.status.steps.push(Step { on: on.map(date), ..step });
    }
    replication
}

/// Two states without island groups, two towns, and a hub in the east.
fn northland() -> Vec<Record> {
    use DesignationEvent as E;
    vec![
        state("NL", RegionLevel::Country, None).into(),
        state("E", RegionLevel::State, Some("NL")).into(),
        state("W", RegionLevel::State, Some("NL")).into(),
        state("E-1", RegionLevel::Municipality, Some("E")).into(),
        state("W-1", RegionLevel::Municipality, Some("W")).into(),
        government("east", "E").into(),
        government("west", "W").into(),
        government("harbour", "E-1").into(),
        government("mill", "W-1").into(),
        Agency::new("health".parse().unwrap(), line("Health"), AgencyKind::Ministry).into(),
        hub("hub-east", "east", &[(E::Commitment, Some("2018")), (E::Designation, Some("2019-05-02"))]).into(),
    ]
}

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

// ---- what does not fit together ------------------------------------------------------------------------------------

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

fn government_only(id: &str) -> Agency {
    Agency::new(id.parse().unwrap(), line(id), AgencyKind::Province)
}

// ---- readiness -----------------------------------------------------------------------------------------------------

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

// ---- maturity ------------------------------------------------------------------------------------------------------

/// An assessment of hub `h`: for each code the own and the verified score.
fn assessed(instrument: &Instrument, answers: &[(&str, Option<&str>, Option<&str>)]) -> Network {
    let mut assessment = Assessment::new("a1".parse().unwrap(), instrument.rubric.id.clone());
    assessment.hub = Some("h".parse().unwrap());
    assessment.on = Some(date("2025-10-03"));
    let score = |text: Option<&str>| text.map(|text| text.parse().unwrap());
    assessment.answers = answers
        .iter()
        .map(|(code, own, verified)| Answer {
            criterion: line(code),
            own: score(*own),
            verified: score(*verified),
            evidence: Vec::new(),
            note: None,
        })
        .collect();
    network([
        government_only("a").into(),
        hub("h", "a", &[]).into(),
        instrument.rubric.clone().into(),
        assessment.into(),
    ])
}

const ALL_ANSWERED: [(&str, Option<&str>, Option<&str>); 10] = [
    ("perencanaan-1", Some("10"), Some("8")),
    ("perencanaan-2", Some("10"), Some("10")),
    ("perencanaan-3", Some("10"), Some("10")),
    ("pelembagaan-1", Some("5"), Some("5")),
    ("pelembagaan-2", Some("10"), Some("10")),
    ("pelembagaan-3", Some("10"), Some("10")),
    ("penyebarluasan-1", Some("6"), Some("4")),
    ("penyebarluasan-2", Some("10"), Some("10")),
    ("evaluasi-1", Some("10"), Some("10")),
    ("evaluasi-2", Some("0"), Some("0")),
];

#[test]
fn scores_are_the_weighted_sums_of_the_instrument() {
    let instrument = Instrument::hubs_2025().unwrap();
    let network = assessed(&instrument, &ALL_ANSWERED);
    let found = network.hub_maturity(&"h".parse().unwrap(), date("2025"), &instrument).unwrap().unwrap();
    let score = |text: &str| Some(text.parse().unwrap());
    // By hand: perencanaan 10 and .35·8+.31·10+.34·10 = 9.3; pelembagaan .4·5+.6·10 = 8; penyebarluasan .6·6+.4·10 = 7.6
    // and 6.4; evaluasi .66·10 = 6.6. A quarter each.
    let aspects: Vec<_> = found.aspects.iter().map(|aspect| (aspect.own.score, aspect.verified.score)).collect();
    assert_eq!(
        aspects,
        [
            (score("10"), score("9.3")),
            (score("8"), score("8")),
            (score("7.6"), score("6.4")),
            (score("6.6"), score("6.6"))
        ]
    );
    assert_eq!((found.own.score, found.verified.score), (score("8.05"), score("7.575")));
    assert_eq!(found.own_band.unwrap().label(Lang::Id), "baik");
    assert_eq!(found.verified_band.unwrap().label(Lang::En), "sufficient");
    let gaps: Vec<(&str, String)> =
        found.gaps.iter().take(3).map(|gap| (gap.question.as_str(), gap.cost.unwrap().to_string())).collect();
    // .25·.6·6 = .9, .25·.34·10 = .85, .25·.4·5 = .5
    assert_eq!(
        gaps,
        [
            ("penyebarluasan-1", "0.9".to_owned()),
            ("evaluasi-2", "0.85".to_owned()),
            ("pelembagaan-1", "0.5".to_owned())
        ]
    );
    let overstated: Vec<&str> =
        found.gaps.iter().filter(|gap| gap.overstated.is_some()).map(|gap| gap.question.as_str()).collect();
    assert_eq!(overstated, ["penyebarluasan-1", "perencanaan-1"]);
    assert!(found.gaps.iter().all(|gap| gap.lacks_evidence));
    let before = network.hub_maturity(&"h".parse().unwrap(), date("2025-10-02"), &instrument).unwrap();
    assert_eq!(before, None, "it was made the day after");
}

#[test]
fn a_missing_answer_is_unknown_and_never_zero() {
    use jipp_core::model::MissingRule;
    let most: Vec<_> = ALL_ANSWERED.into_iter().filter(|(code, ..)| *code != "evaluasi-2").collect();
    let of = |missing: MissingRule| {
        let mut instrument = Instrument::hubs_2025().unwrap();
        instrument.rubric.missing = missing;
        let network = assessed(&instrument, &most);
        network.hub_maturity(&"h".parse().unwrap(), date("2025"), &instrument).unwrap().unwrap()
    };
    let refused = of(MissingRule::Refuse);
    assert_eq!((refused.own.score, refused.own.answered, refused.own.questions), (None, 9, 10));
    // It could be anything between 0 and 10: .25·.34·10 = .85 more.
    assert_eq!((refused.own.least.to_string(), refused.own.most.to_string()), ("8.05".to_owned(), "8.9".to_owned()));
    assert_eq!(refused.own_band.unwrap().label(Lang::En), "good", "whatever the answer, it is good");
    assert_eq!(refused.verified_band, None, "7.575 to 8.425 lie in two bands");
    let open = refused.gaps.last().unwrap();
    assert_eq!((open.question.as_str(), open.cost, open.at_most.to_string()), ("evaluasi-2", None, "0.85".to_owned()));
    assert_eq!(of(MissingRule::Lowest).own.score.unwrap().to_string(), "8.05");
    // 8.05 over the .915 of the weights that are answered.
    assert_eq!(of(MissingRule::Skip).own.score.unwrap().to_string(), "8.797814");
}

#[test]
fn answers_that_fit_nothing_are_named() {
    let instrument = Instrument::hubs_2025().unwrap();
    let mut answers = ALL_ANSWERED.to_vec();
    answers[0].1 = Some("11");
    answers.push(("perencanaan-9", Some("7"), None));
    let network = assessed(&instrument, &answers);
    let found = network.hub_maturity(&"h".parse().unwrap(), date("2025"), &instrument).unwrap().unwrap();
    assert_eq!(
        (found.off_scale, found.unknown_codes),
        (vec!["perencanaan-1".to_owned()], vec!["perencanaan-9".to_owned()])
    );
    assert_eq!(found.own.score, None, "a score off the scale is no answer");
}

#[test]
fn an_instrument_that_does_not_add_up_is_refused() {
    let good = Instrument::hubs_2025().unwrap();
    let json = serde_json::to_value(&good).unwrap();
    let changed = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut json = json.clone();
        change(&mut json);
        Instrument::from_json(&json.to_string()).unwrap_err()
    };
    for (error, code) in [
        (changed(&|json| json["rubric"]["criteria"][0]["weight"] = 0.3.into()), "rubric-weights"),
        (changed(&|json| json["rubric"]["criteria"][4]["weight"] = 0.4.into()), "rubric-weights"),
        (changed(&|json| json["rubric"]["criteria"][4]["parent"] = "x".into()), "not-found"),
        (changed(&|json| json["rubric"]["criteria"][4]["weight"] = (-1).into()), "out-of-range"),
        (changed(&|json| json["bands"][0]["from"] = 1.into()), "out-of-range"),
        (changed(&|json| json["bands"] = 3.into()), "field-type"),
        (changed(&|json| json["colour"] = "red".into()), "field-unknown"),
        (Instrument::from_json("{").unwrap_err(), "json-syntax"),
    ] {
        assert_eq!(error.code(), code, "{error}");
    }
    assert_eq!(Instrument::from_json(&json.to_string()).unwrap(), good, "what is written can be read");
}

// ---- what came of it -------------------------------------------------------------------------------------------------

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

// ---- comparison ------------------------------------------------------------------------------------------------------

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

// ---- One Agency One Innovation -----------------------------------------------------------------------------------------

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

// ---- reports -----------------------------------------------------------------------------------------------------------

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
    use jipp_core::model::EntityRef;
    let mut records = northland();
    records.push(government_only("old-east").into());
    records.push(innovation("old-east/queue", "old-east", Some("2020")).into());
    let network = network(records);
    let reference = |id: &str| EntityRef::new(EntityKind::Agency, id).unwrap();
    let merge = Action::Merge(Merge { subject: reference("old-east"), into: reference("east"), reason: None });
    network.commit(&stamp(), vec![merge]).unwrap();
    let found = network.one_agency_one_innovation(&MovementOptions::new(2020)).unwrap();
    let east = found.standings.iter().find(|one| one.actor.name == "east").unwrap();
    assert_eq!((east.has_innovation, east.innovations), (Truth::Yes, 1));
}
