//! The lineage of the real data: what the researcher and the analyst ask, with the figures it gives.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::OnceLock;

use jipp_core::exchange::{GraphFormat, draw_svg, draw_tree, read_graph, write_graph};
use jipp_core::lineage::{AdaptationVerdict, Funnel, Progress, Scope};
use jipp_core::model::{ChangeType, NodeId, Replication};
use jipp_core::network::{LaureateQuery, Network, Options, ProposalOptions, TakerFactor, Vitality};
use jipp_core::{Lang, model::Graph};
use jipp_examples::{data_dir, load};
use jipp_tests::stamp;

fn network() -> &'static Network {
    static NETWORK: OnceLock<Network> = OnceLock::new();
    NETWORK.get_or_init(|| {
        let network = Network::in_memory(&Options::new("data").unwrap()).unwrap();
        load(&network, &data_dir(), &stamp()).unwrap();
        network
    })
}

fn graph(scope: &Scope) -> Graph {
    network().lineage(|lineage| lineage.graph(&[], scope)).unwrap()
}

/// Question 1: which top innovations were replicated at least n times, in how many regions, through which chains?
#[test]
fn what_was_awarded_and_taken_most() {
    let query = LaureateQuery { min_replicas: 3, ..LaureateQuery::default() };
    let found = network().laureates(&query).unwrap();
    let told: Vec<(&str, usize, usize)> =
        found.iter().map(|one| (one.innovation.as_str(), one.descendants, one.provinces.len())).collect();
    assert_eq!(told, [("jawa-barat/opop", 6, 6)]);
    assert_eq!(found[0].chains.len(), 6);
    assert!(found[0].awards.iter().all(|award| award.level == Some("national")));
    // With mere plans and inferred links there is one more.
    let wider = LaureateQuery { scope: Scope::everything(), ..query };
    assert_eq!(network().laureates(&wider).unwrap().len(), 2);
}

/// Question 2: which laureates of 2015 to 2019 still run? The sources do not say, and unknown is not no.
#[test]
fn what_became_of_laureates() {
    let query =
        LaureateQuery { from_year: Some(2015), to_year: Some(2019), winners_only: true, ..LaureateQuery::default() };
    let found = network().laureates(&query).unwrap();
    assert_eq!(found.len(), 33);
    assert!(found.iter().all(|one| one.vitality == Vitality::Unknown));
    assert!(found.iter().any(|one| one.last_sign.is_some()));
}

/// Question 14: how replications change, how long they take, what distance and likeness foretell.
#[test]
fn how_innovations_travel() {
    let takers = network().takers(&Scope::default()).unwrap();
    let travel = &takers.travel;
    assert_eq!((travel.links, travel.change_unknown), (130, 37));
    let share = |wanted| travel.changes.iter().find(|(change, _)| *change == wanted).map(|(_, share)| share.count);
    let counts = [ChangeType::Adopt, ChangeType::Adapt, ChangeType::Modify, ChangeType::Develop].map(share);
    assert_eq!(counts, [Some(62), Some(24), Some(0), Some(7)]);
    let lag = travel.lag_years.unwrap();
    assert_eq!((lag.count, (lag.median * 10.0).round()), (64, 40.0));
    let crossed = travel.cross_province.unwrap();
    assert_eq!((crossed.count, crossed.of), (51, 83));
    // Most replicas are in other provinces, since most agencies are; yet a place of the same province is far likelier to
    // take than another.
    let (_, same) = takers.factors.iter().find(|(factor, _)| *factor == TakerFactor::SameProvince).unwrap();
    assert!(same.odds > 3.0 && same.odds_low > 1.0, "{same:?}");
}

/// Of 168, four are inferred and took no steps.
#[test]
fn where_replications_are() {
    let funnel = network().read(|view| Funnel::of(view.all::<Replication>()));
    let reached: Vec<(Progress, usize)> = funnel.steps.iter().map(|step| (step.progress, step.reached)).collect();
    assert_eq!(
        reached,
        [
            (Progress::Proposed, 164),
            (Progress::Interest, 160),
            (Progress::Agreement, 130),
            (Progress::Running, 79),
            (Progress::Verified, 0),
        ]
    );
    assert_eq!(funnel.claimed, 13);
    let profiles = network().adaptations(&Scope::default()).unwrap();
    let count = |verdict| profiles.iter().filter(|profile| profile.verdict == verdict).count();
    assert_eq!((profiles.len(), count(AdaptationVerdict::Unchanged)), (130, 0));
    assert!(count(AdaptationVerdict::Adapted) > 40);
}

#[test]
fn the_real_data_determine_no_network_of_agencies() {
    let refused = network().propose_links(&ProposalOptions::default()).unwrap_err();
    assert_eq!(refused.code(), "undetermined");
    assert!(refused.to_string().contains("no-pair-twice"), "{refused}");
}

/// Question 15: the network as PROV, edge list or tables, with the source of every field, reproducibly.
#[test]
fn the_lineage_goes_out_and_comes_back_whole() {
    let all = graph(&Scope::everything());
    assert_eq!(all.edges.len(), 168);
    assert!(all.edges.iter().all(|edge| !edge.provenance.is_empty()));
    for format in GraphFormat::ALL {
        let text = write_graph(&all, *format).unwrap();
        assert_eq!(text, write_graph(&graph(&Scope::everything()), *format).unwrap(), "{format}");
        let back = read_graph(&text, *format).unwrap();
        if *format == GraphFormat::Csv {
            // The list of edges alone: nodes come back by their ids.
            assert_eq!(back.graph.edges, all.edges);
        } else {
            assert_eq!(back.graph, all, "{format}");
            assert!(back.notes.is_empty(), "{format}: {:?}", back.notes);
        }
    }
}

#[test]
fn a_lineage_draws_itself() {
    let node: NodeId = "jawa-barat/opop".parse().unwrap();
    let graph = network().lineage(|lineage| lineage.graph(&[node], &Scope::default())).unwrap();
    let tree = draw_tree(&graph, Lang::Id).unwrap();
    assert_eq!(tree.lines().count(), 7);
    assert!(tree.contains("OPOP Jawa Timur"));
    let svg = draw_svg(&graph, Lang::Id).unwrap();
    assert!(svg.starts_with("<svg") && svg.contains("Kepulauan Riau"));
}
