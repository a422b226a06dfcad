//! The hub network of the real data, against the published figures.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::sync::OnceLock;

use jipp_core::base::{Lang, Truth};
use jipp_core::hubs::{
    Against, Basis, Compared, ComparisonOptions, Counting, Coverage, HubFindingKind, LeftOut, MovementOptions,
    ReportOptions, StepState,
};
use jipp_core::model::{DesignationEvent, HubState, MilestoneKind};
use jipp_core::network::{Network, Options, StartOptions};
use jipp_examples::{data_dir, load};
use jipp_tests::{date, stamp};

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
