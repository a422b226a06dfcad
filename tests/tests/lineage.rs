//! The lineage of a network that keeps changing: at every revision it says what the records say, read one by one.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use jipp_core::base::PartialDate;
use jipp_core::lineage::{
    AdaptationVerdict, CurveOptions, CurveSplit, CurveStep, Funnel, LinkFinding, Progress, Reproduction, Scope,
};
use jipp_core::model::{
    Agency, AgencyKind, ChangeType, EntityRef, EvidenceLevel, Innovation, InnovationStage, NodeId, Record, Region,
    RegionLevel, Replication, ReplicationState as R, Source, Status, Step, Text,
};
use jipp_core::network::{Network, Options};
use jipp_core::registry::{Action, Merge, Revise, Subject, View};
use jipp_tests::{date, innovation, line, replication, stamp};
use petgraph::graphmap::DiGraphMap;
use petgraph::visit::Dfs;
use proptest::prelude::*;

fn network() -> Network {
    Network::in_memory(&Options::new("lineage").unwrap()).unwrap()
}

fn node(id: &str) -> NodeId {
    id.parse().unwrap()
}

fn register(network: &Network, records: impl IntoIterator<Item = Record>) {
    network.commit(&stamp(), records.into_iter().map(Action::Register).collect()).unwrap();
}

fn reported(state: R, on: Option<&str>) -> Status<R> {
    Status { steps: vec![Step { on: on.map(date), ..Step::reported(state, line("menurut berita")) }] }
}

/// A running replication.
fn ran(id: &str, sources: &[&str], target: &str, on: Option<&str>) -> Replication {
    Replication { status: reported(R::Implemented, on), ..replication(id, sources, target) }
}

/// A running replication whose replica has no record.
fn nameless(id: &str, source: &str, title: &str) -> Replication {
    let note = Some(line("beberapa desa"));
    Replication {
        target: None,
        target_title: Some(line(title)),
        recipients_note: note,
        ..ran(id, &[source], "x", None)
    }
}

/// A town of a province, with its agency and innovations.
fn town(id: &str, province: &str, innovations: &[&str]) -> Vec<Record> {
    let mut region = Region::new(format!("r-{id}").parse().unwrap(), line(id), RegionLevel::City);
    region.parent = Some(province.parse().unwrap());
    let mut agency = Agency::new(id.parse().unwrap(), line(id), AgencyKind::City);
    agency.region = Some(region.id.clone());
    let own = innovations.iter().map(|name| innovation(&format!("{id}/{name}")).into());
    [Record::from(region), agency.into()].into_iter().chain(own).collect()
}

fn provinces() -> Vec<Record> {
    let province = |id: &str| Region::new(id.parse().unwrap(), line(id), RegionLevel::Province).into();
    vec![province("p1"), province("p2")]
}

/// a -> b -> d, a -> c -> d, b -> e, and a replica of c without a record.
fn diamond() -> Network {
    let network = network();
    let places = [town("k1", "p1", &["a", "b"]), town("k2", "p2", &["c", "d"]), town("k3", "p1", &["e"])];
    register(&network, provinces().into_iter().chain(places.into_iter().flatten()));
    let links = [
        ran("r1", &["k1/a"], "k1/b", Some("2018")),
        ran("r2", &["k1/a"], "k2/c", Some("2019-03")),
        ran("r3", &["k1/b", "k2/c"], "k2/d", Some("2020")),
        ran("r4", &["k1/b"], "k3/e", None),
        nameless("r5", "k2/c", "C di tempat lain"),
    ];
    register(&network, links.into_iter().map(Record::from));
    network
}

fn names(nodes: impl IntoIterator<Item = NodeId>) -> Vec<String> {
    nodes.into_iter().map(|node| node.to_string()).collect()
}

#[test]
fn ancestors_and_descendants_come_by_generation() {
    let network = diamond();
    let all = Scope::default();
    network
        .lineage(|lineage| {
            let below = lineage.descendants(&node("k1/a"), &all)?;
            assert_eq!(below.per_generation(), [2, 3]);
            let listed = below.to_vec();
            assert_eq!(
                names(listed.iter().map(|one| one.node.clone())),
                ["k1/b", "k2/c", "k2/d", "k3/e", "replica:r5"]
            );
            assert_eq!(listed.iter().map(|one| one.generation).collect::<Vec<_>>(), [1, 1, 2, 2, 2]);
            let above = lineage.ancestors(&node("k2/d"), &all)?.to_vec();
            assert_eq!(names(above.into_iter().map(|one| one.node)), ["k1/b", "k2/c", "k1/a"]);
            assert_eq!(names(lineage.roots(&all)?), ["k1/a"]);
            assert_eq!(names(lineage.leaves(&all)?), ["k2/d", "k3/e", "replica:r5"]);
            let generations: Vec<Vec<String>> = lineage.generations(&all)?.into_iter().map(names).collect();
            assert_eq!(generations[1], ["k1/b", "k2/c"]);
            assert_eq!(lineage.components(&all)?.len(), 1);
            let nobody = lineage.descendants(&node("k9/z"), &all).unwrap_err();
            assert_eq!((nobody.code(), nobody.subject().is_some()), ("not-found", true));
            Ok(())
        })
        .unwrap();
}

#[test]
fn paths_trees_and_common_ancestors() {
    let network = diamond();
    let all = Scope::default();
    network
        .lineage(|lineage| {
            let paths = lineage.paths(&node("k1/a"), &node("k2/d"), &all, 10)?;
            assert!(paths.is_complete);
            let ways: Vec<Vec<&str>> =
                paths.paths.iter().map(|path| path.iter().map(|link| link.replication.as_str()).collect()).collect();
            assert_eq!(ways, [["r1", "r3"], ["r2", "r3"]]);
            let first = lineage.paths(&node("k1/a"), &node("k2/d"), &all, 1)?;
            assert_eq!((first.paths.len(), first.is_complete), (1, false));
            assert_eq!(lineage.paths(&node("k1/a"), &node("k2/d"), &all, 0).unwrap_err().code(), "option-invalid");
            assert!(lineage.paths(&node("k3/e"), &node("k2/d"), &all, 5)?.paths.is_empty());

            let common = lineage.common_ancestors(&node("k3/e"), &node("k2/d"), &all)?;
            let told: Vec<(String, u32, u32, bool)> =
                common.iter().map(|c| (c.node.to_string(), c.to_first, c.to_second, c.is_nearest)).collect();
            assert_eq!(told, [("k1/b".into(), 1, 1, true), ("k1/a".into(), 2, 2, false)]);
            assert_eq!(lineage.common_ancestors(&node("k1/b"), &node("k2/d"), &all)?[0].to_first, 0);

            let tree = lineage.tree(&node("k1/a"), &all)?;
            let lines: Vec<(u32, String, bool)> =
                tree.iter().map(|branch| (branch.depth, branch.node.id.to_string(), branch.is_repeated)).collect();
            let line = |depth, id: &str, again| (depth, id.to_owned(), again);
            assert_eq!(
                lines,
                [
                    line(0, "k1/a", false),
                    line(1, "k1/b", false),
                    line(2, "k3/e", false),
                    line(2, "k2/d", false),
                    line(1, "k2/c", false),
                    line(2, "replica:r5", false),
                    line(2, "k2/d", true),
                ]
            );
            let chains = lineage.longest_chains(&node("k1/a"), &all, 2)?;
            assert_eq!(
                chains.into_iter().map(names).collect::<Vec<_>>(),
                [["k1/a", "k1/b", "k2/d"], ["k1/a", "k1/b", "k3/e"]]
            );
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_scope_says_which_links_count() {
    let network = network();
    register(
        &network,
        provinces().into_iter().chain(town("k1", "p1", &["a", "b", "c"])).chain(town("k2", "p2", &["d"])),
    );
    let with = |change: fn(&mut Replication), id: &str, target: &str| {
        let mut replication = ran(id, &["k1/a"], target, Some("2019-05"));
        change(&mut replication);
        Record::from(replication)
    };
    register(
        &network,
        [
            with(|r| r.evidence_level = Some(EvidenceLevel::Inferred), "inferred", "k1/b"),
            with(|r| r.status = reported(R::Interest, Some("2019")), "interest", "k1/c"),
            with(|r| r.status = reported(R::Cancelled, Some("2020")), "cancelled", "k1/c"),
            with(|r| r.change_type = Some(ChangeType::Adopt), "ran", "k2/d"),
        ],
    );
    let seen = |scope: Scope| -> Vec<String> {
        let links = network.lineage(|lineage| lineage.replicas(&node("k1/a"), &scope)).unwrap();
        links.iter().map(|link| link.replication.to_string()).collect()
    };
    assert_eq!(seen(Scope::default()), ["ran"]);
    assert_eq!(seen(Scope::everything()), ["inferred", "cancelled", "interest", "ran"]);
    assert_eq!(seen(Scope { evidence: EvidenceLevel::Inferred, ..Scope::default() }), ["inferred", "ran"]);
    assert_eq!(seen(Scope { progress: Progress::Interest, ..Scope::default() }), ["interest", "ran"]);
    assert_eq!(seen(Scope { on: Some(date("2019-04")), ..Scope::default() }), Vec::<String>::new());
    assert_eq!(seen(Scope { on: Some(date("2019")), ..Scope::default() }), ["ran"]);
    assert_eq!(seen(Scope { change_types: vec![ChangeType::Adapt], ..Scope::default() }), Vec::<String>::new());
    let in_province = |id: &str| Scope { region: Some(id.parse().unwrap()), ..Scope::default() };
    assert_eq!(seen(in_province("p2")), ["ran"]);
    assert_eq!(seen(in_province("p1")), Vec::<String>::new());
    let nowhere = network.lineage(|lineage| lineage.roots(&in_province("p9"))).unwrap_err();
    assert_eq!(nowhere.code(), "not-found");
    let future = Scope { as_of: Some(99), ..Scope::default() };
    assert_eq!(network.lineage(|lineage| lineage.roots(&future)).unwrap_err().code(), "revision-unknown");
}

#[test]
fn what_was_inferred_stays_marked() {
    let network = network();
    register(&network, town("k1", "p1", &["a", "b"]).into_iter().chain(provinces()));
    let mut guess = ran("r1", &["k1/a"], "k1/b", None);
    guess.evidence_level = Some(EvidenceLevel::Inferred);
    register(&network, [guess.into()]);
    let subject = EntityRef::of::<Replication>(&"r1".parse().unwrap());
    let fields = [(
        "evidence_level".to_owned(),
        jipp_core::registry::Edit { before: "inferred".into(), after: "documented".into() },
    )];
    network.commit(&stamp(), vec![Action::Revise(Revise { subject, fields: fields.into() })]).unwrap();
    let links = network.lineage(|lineage| lineage.sources(&node("k1/b"), &Scope::default())).unwrap();
    assert_eq!((links[0].evidence, links[0].was_inferred), (Some(EvidenceLevel::Documented), true));
    let graph = network.lineage(|lineage| lineage.graph(&[], &Scope::default())).unwrap();
    assert_eq!(graph.edges[0].provenance.last().unwrap().mark.map(jipp_core::model::Mark::code), Some("inferred"));
    let before = Scope { as_of: Some(2), ..Scope::default() };
    assert!(network.lineage(|lineage| lineage.sources(&node("k1/b"), &before)).unwrap().is_empty());
}

#[test]
fn what_is_odd_is_allowed_and_told() {
    let network = network();
    register(&network, provinces().into_iter().chain(town("k1", "p1", &[])).chain(town("k2", "p1", &[])));
    let mut source = innovation("k1/a");
    source.implemented_on = Some(date("2020"));
    source.stage = Status {
        steps: vec![Step { on: Some(date("2021")), ..Step::reported(InnovationStage::Dormant, line("berhenti")) }],
    };
    let mut old = innovation("k2/b");
    old.implemented_on = Some(date("2015"));
    let mut link = ran("r1", &["k1/a"], "k2/b", Some("2023"));
    link.status.steps.push(Step { on: Some(date("2022")), ..Step::reported(R::Reported, line("lapor")) });
    let own = Replication { recipient: Some("k1".parse().unwrap()), ..nameless("r2", "k1/a", "A lagi") };
    register(&network, [source.into(), old.into(), link.into(), own.into()]);
    let links = network.lineage(|lineage| lineage.replicas(&node("k1/a"), &Scope::default())).unwrap();
    assert_eq!(
        links[0].findings,
        [LinkFinding::OlderThanSource, LinkFinding::StepsOutOfOrder, LinkFinding::SourceStopped]
    );
    assert_eq!(links[1].findings, [LinkFinding::SameOwner]);

    // Who took what has stopped, and where else they could turn.
    let impacts = network.lineage(|lineage| lineage.impacts(&Scope::default())).unwrap();
    assert_eq!((impacts.len(), impacts[0].is_stopped), (1, true));
    assert_eq!(impacts[0].stopped, Some((Some(date("2021")), Some("berhenti".to_owned()))));
    assert_eq!(impacts[0].dependents.len(), 2);
}

#[test]
fn circles_are_refused_in_one_commit_and_over_several() {
    let network = diamond();
    let loops = [
        vec![ran("x1", &["k2/d"], "k1/a", None)],
        vec![ran("x1", &["k1/a"], "k1/a", None)],
        vec![ran("x1", &["k3/e"], "k2/c", None), ran("x2", &["k2/d"], "k1/b", None)],
    ];
    for links in loops {
        let actions = links.into_iter().map(|link| Action::Register(link.into())).collect();
        let refused = network.commit(&stamp(), actions).unwrap_err();
        assert_eq!(refused.code(), "lineage-cycle", "{refused:?}");
        assert!(refused.to_string().contains("->"), "{refused}");
    }
    // Merging the two ends of a chain would close one too.
    let merge = Merge {
        subject: EntityRef::of::<Innovation>(&"k2/d".parse().unwrap()),
        into: EntityRef::of::<Innovation>(&"k1/a".parse().unwrap()),
        reason: None,
    };
    assert_eq!(network.commit(&stamp(), vec![Action::Merge(merge)]).unwrap_err().code(), "lineage-cycle");
}

#[test]
fn how_an_innovation_spread() {
    let network = diamond();
    let all = Scope::default();
    let a = node("k1/a");
    let adoptions = network.lineage(|lineage| lineage.adoptions(&a, &all)).unwrap();
    let told: Vec<(String, String, u32)> =
        adoptions.iter().map(|one| (one.node.id.to_string(), one.parent.to_string(), one.generation)).collect();
    let line = |node: &str, parent: &str, generation| (node.to_owned(), parent.to_owned(), generation);
    assert_eq!(
        told,
        [
            line("k1/b", "k1/a", 1),
            line("k2/c", "k1/a", 1),
            line("k2/d", "k1/b", 2),
            line("k3/e", "k1/b", 2),
            line("replica:r5", "k2/c", 2),
        ]
    );
    let curve = |step, split| {
        network.lineage(|lineage| lineage.adoption_curve(&a, &all, &CurveOptions { step, split })).unwrap()
    };
    let years = curve(CurveStep::Year, CurveSplit::Whole);
    let points: Vec<(i32, usize, usize)> =
        years.series[0].points.iter().map(|point| (point.period.year(), point.new, point.cumulative)).collect();
    assert_eq!((points, years.undated), (vec![(2018, 1, 1), (2019, 1, 2), (2020, 1, 3)], 2));
    let months = curve(CurveStep::Month, CurveSplit::Whole);
    assert_eq!((months.imprecise, months.series[0].points[0].period), (2, date("2019-03")));
    let parts = curve(CurveStep::Year, CurveSplit::Province);
    let last = |at: usize| (parts.series[at].label.as_str(), parts.series[at].points.last().unwrap().cumulative);
    assert_eq!([last(0), last(1)], [("p2", 2), ("p1", 1)]);

    let generations = network.lineage(|lineage| lineage.reproduction(&all)).unwrap();
    let told: Vec<(u32, usize, usize)> = generations.iter().map(|g| (g.generation, g.nodes, g.replicas)).collect();
    assert_eq!(told, [(0, 1, 2), (1, 2, 3), (2, 3, 0)]);
    assert_eq!(Reproduction::of(&adoptions), generations);
    let travel = network.lineage(|lineage| lineage.travel(&all)).unwrap();
    assert_eq!((travel.links, travel.replications, travel.change_unknown), (6, 5, 6));
    assert_eq!(travel.cross_province.map(|share| (share.count, share.of)), Some((2, 5)));
}

#[test]
fn where_replications_drop_out() {
    let step = |state, on: &str, note: Option<&str>| Step {
        on: Some(date(on)),
        note: note.map(|note| Text::new(note).unwrap()),
        ..Step::reported(state, line("-"))
    };
    let with =
        |id: &str, steps: Vec<Step<R>>| Replication { status: Status { steps }, ..replication(id, &["k/a"], "k/b") };
    let all = [
        with(
            "r1",
            vec![
                step(R::Interest, "2020-01-01", None),
                step(R::Agreed, "2020-01-31", None),
                step(R::Implemented, "2020-03-01", None),
            ],
        ),
        with("r2", vec![step(R::Interest, "2020-01-01", None), step(R::Agreed, "2020-01-11", None)]),
        with("r3", vec![step(R::Interest, "2020-01-01", None), step(R::Cancelled, "2021", Some("anggaran tidak ada"))]),
        with("r4", vec![step(R::Claimed, "2021", None)]),
        with("r5", Vec::new()),
    ];
    let funnel = Funnel::of(&all);
    assert_eq!((funnel.replications, funnel.claimed), (5, 1));
    let at = |progress| funnel.steps.iter().find(|step| step.progress == progress).unwrap();
    assert_eq!(funnel.steps.iter().map(|step| step.reached).collect::<Vec<_>>(), [5, 4, 3, 2, 0]);
    assert_eq!(at(Progress::Agreement).wait_days.map(|wait| wait.median), Some(20.0));
    assert_eq!(at(Progress::Agreement).standing, 1);
    let gone = &at(Progress::Interest).ended[0];
    assert_eq!((gone.state, gone.reason.as_deref(), gone.count), (R::Cancelled, Some("anggaran tidak ada"), 1));
}

#[test]
fn an_agency_that_copied_without_change_is_visible() {
    let network = network();
    register(&network, provinces().into_iter().chain(town("k1", "p1", &[])).chain(town("k2", "p2", &[])));
    let text = "Obat diantar ke rumah pasien oleh mitra ojek yang dilatih, sehingga pasien dapat langsung pulang";
    let with = |id: &str, solution: &str| {
        let mut one = innovation(id);
        one.solution = Some(Text::new(solution).unwrap());
        Record::from(one)
    };
    register(
        &network,
        [
            with("k1/a", text),
            with("k2/copy", text),
            with(
                "k2/own",
                "Perahu puskesmas mengunjungi pulau kecil tiap pekan dengan bidan, dokter, dan obat untuk warga pesisir",
            ),
            innovation("k2/mute").into(),
            ran("r1", &["k1/a"], "k2/copy", None).into(),
            ran("r2", &["k1/a"], "k2/own", None).into(),
            ran("r3", &["k1/a"], "k2/mute", None).into(),
        ],
    );
    let profiles = network.adaptations(&Scope::default()).unwrap();
    let verdicts: Vec<AdaptationVerdict> = profiles.iter().map(|profile| profile.verdict).collect();
    assert_eq!(verdicts, [AdaptationVerdict::Unchanged, AdaptationVerdict::Adapted, AdaptationVerdict::Unknown]);
    let own = profiles[1].measured.iter().find(|measured| measured.field == "solution").unwrap();
    assert!(own.kept < 500 && own.verbatim == 0 && own.dropped_words.contains(&"ojek".to_owned()), "{own:?}");
    assert_eq!(network.adaptation(&"r1".parse().unwrap()).unwrap(), profiles[..1]);
    let drift = network.drift(&node("k1/a"), &Scope::default()).unwrap();
    let to_root: BTreeMap<String, Option<u32>> =
        drift.into_iter().map(|step| (step.node.to_string(), step.to_root)).collect();
    assert_eq!((to_root["k2/copy"], to_root["k2/mute"]), (Some(1000), None));
}

#[test]
fn a_lineage_becomes_a_plain_graph() {
    let network = diamond();
    let graph = network.lineage(|lineage| lineage.graph(&[], &Scope::default())).unwrap();
    graph.check().unwrap();
    assert_eq!((graph.nodes.len(), graph.edges.len()), (6, 6));
    let around = network.lineage(|lineage| lineage.graph(&[node("k3/e")], &Scope::default())).unwrap();
    around.check().unwrap();
    assert_eq!(names(around.nodes.into_iter().map(|node| node.id)), ["k1/a", "k1/b", "k3/e"]);
}

/// A change to a random network.
#[derive(Clone, Debug)]
enum Op {
    Link { sources: Vec<usize>, target: Option<usize>, state: usize, evidence: usize },
    Retarget { replication: usize, target: usize },
    Retract { replication: usize },
    Merge { from: usize, into: usize },
    Unmerge { innovation: usize },
}

const INNOVATIONS: usize = 12;
const STATES: [R; 4] = [R::Implemented, R::Interest, R::Cancelled, R::Agreed];

fn op() -> impl Strategy<Value = Op> {
    let one = 0..INNOVATIONS;
    prop_oneof![
        6 => (prop::collection::vec(one.clone(), 1..3), prop::option::of(one.clone()), 0..4_usize, 0..4_usize)
            .prop_map(|(sources, target, state, evidence)| Op::Link { sources, target, state, evidence }),
        2 => (0..20_usize, one.clone()).prop_map(|(replication, target)| Op::Retarget { replication, target }),
        1 => (0..20_usize).prop_map(|replication| Op::Retract { replication }),
        2 => (one.clone(), one.clone()).prop_map(|(from, into)| Op::Merge { from, into }),
        1 => one.prop_map(|innovation| Op::Unmerge { innovation }),
    ]
}

fn innovation_ref(number: usize) -> EntityRef {
    EntityRef::of::<Innovation>(&format!("k/{number}").parse().unwrap())
}

/// Does what it can of a change; what the rules forbid is left.
fn apply(network: &Network, number: usize, op: &Op) {
    let replication_ref = |number: usize| EntityRef::of::<Replication>(&format!("r{number}").parse().unwrap());
    let action = match op {
        Op::Link { sources, target, state, evidence } => {
            let sources: BTreeSet<usize> = sources.iter().copied().collect();
            let mut replication = Replication::new(format!("r{number}").parse().unwrap());
            let source = |source: &usize| Source::of(format!("k/{source}").parse().unwrap());
            replication.sources = sources.iter().map(source).collect();
            replication.target = target.map(|target| format!("k/{target}").parse().unwrap());
            replication.status = reported(STATES[*state], None);
            replication.evidence_level = EvidenceLevel::ALL.get(*evidence).copied();
            Action::Register(replication.into())
        }
        Op::Retarget { replication, target } => {
            let id = replication_ref(*replication);
            let Some(before) = network.read(|view| {
                let found = view.find::<Replication>(&id.id)?;
                Some(found.target.as_ref().map_or(serde_json::Value::Null, |target| target.as_str().into()))
            }) else {
                return;
            };
            let edit = jipp_core::registry::Edit { before, after: format!("k/{target}").into() };
            Action::Revise(Revise { subject: id, fields: [("target".to_owned(), edit)].into() })
        }
        Op::Retract { replication } => {
            Action::Retract(Subject { subject: replication_ref(*replication), reason: None })
        }
        Op::Merge { from, into } => {
            Action::Merge(Merge { subject: innovation_ref(*from), into: innovation_ref(*into), reason: None })
        }
        Op::Unmerge { innovation } => Action::Unmerge(Subject { subject: innovation_ref(*innovation), reason: None }),
    };
    let _ = network.commit(&stamp(), vec![action]);
}

/// The links that the records of a view say, read one by one.
fn naive(view: &View<'_>, scope: &Scope) -> BTreeSet<(NodeId, NodeId)> {
    let stands = |id: &jipp_core::base::InnovationId| {
        view.find::<Innovation>(id.as_str()).map(|found| NodeId::Innovation(found.id.clone()))
    };
    let mut links = BTreeSet::new();
    for replication in view.all::<Replication>() {
        let state = replication.status.state();
        let progress = match state {
            R::Implemented => Progress::Running,
            R::Agreed => Progress::Agreement,
            R::Interest => Progress::Interest,
            _ => Progress::Proposed,
        };
        let evidence = replication.evidence_level.unwrap_or(EvidenceLevel::Declared);
        let dropped = state == R::Cancelled && !scope.with_dropped;
        if progress < scope.progress || evidence < scope.evidence || dropped {
            continue;
        }
        let target = match &replication.target {
            Some(target) => stands(target).unwrap(),
            None => NodeId::Replica(replication.id.clone()),
        };
        for source in &replication.sources {
            links.insert((stands(&source.innovation).unwrap(), target.clone()));
        }
    }
    links.retain(|(from, to)| from != to);
    links
}

fn check_against_records(network: &Network, revision: u64, base: &Scope) {
    let scope = Scope { as_of: Some(revision), ..base.clone() };
    let links = network.read_as_of(revision, |view| naive(&view, &scope)).unwrap();
    let nodes: Vec<NodeId> =
        links.iter().flat_map(|(a, b)| [a.clone(), b.clone()]).collect::<BTreeSet<_>>().into_iter().collect();
    let number = |node: &NodeId| nodes.binary_search(node).unwrap();
    let graph: DiGraphMap<usize, ()> = DiGraphMap::from_edges(links.iter().map(|(a, b)| (number(a), number(b))));
    let told = network.lineage(|lineage| lineage.all_links(&scope)).unwrap();
    let told: BTreeSet<(NodeId, NodeId)> = told.into_iter().map(|link| (link.source, link.target)).collect();
    assert_eq!(told, links, "revision {revision}");
    for (at, node) in nodes.iter().enumerate() {
        let mut reached = BTreeSet::new();
        let mut walk = Dfs::new(&graph, at);
        while let Some(next) = walk.next(&graph) {
            reached.insert(nodes[next].clone());
        }
        reached.remove(node);
        let below = network.lineage(|lineage| Ok(lineage.descendants(node, &scope)?.to_vec())).unwrap();
        let below: BTreeSet<NodeId> = below.into_iter().map(|one| one.node).collect();
        assert_eq!(below, reached, "below {node} at {revision}");
        for other in &reached {
            let above = network.lineage(|lineage| Ok(lineage.ancestors(other, &scope)?.to_vec())).unwrap();
            assert!(above.iter().any(|one| one.node == *node), "above {other} at {revision}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn at_every_revision_it_says_what_the_records_say(ops in prop::collection::vec(op(), 1..40), asks in 1..9_usize) {
        let network = network();
        let agency = Agency::new("k".parse().unwrap(), line("k"), AgencyKind::City);
        let all = (0..INNOVATIONS).map(|number| innovation(&format!("k/{number}")).into());
        register(&network, std::iter::once(agency.into()).chain(all));
        for (number, op) in ops.iter().enumerate() {
            apply(&network, number, op);
            // Questions in between make the index follow in steps.
            if number % asks == 0 {
                network.lineage(|lineage| lineage.roots(&Scope::default())).unwrap();
            }
        }
        let copy = Network::in_memory(&Options::new("copy").unwrap()).unwrap();
        copy.apply(&network.export_since(0).unwrap()).unwrap();
        let last = network.revision();
        for scope in [Scope::default(), Scope::everything()] {
            for revision in [last, last / 2, last.saturating_sub(1).max(1), 1] {
                check_against_records(&network, revision, &scope);
            }
            let whole = |network: &Network| network.lineage(|lineage| lineage.graph(&[], &scope)).unwrap();
            prop_assert_eq!(whole(&network), whole(&copy));
        }
    }
}

#[test]
fn a_date_of_a_part_of_a_year_counts_as_far_as_it_is_known() {
    let network = network();
    register(&network, provinces().into_iter().chain(town("k1", "p1", &["a", "b", "c"])));
    let mut ended = ran("r1", &["k1/a"], "k1/b", Some("2018"));
    ended.status.steps.push(Step { on: Some(date("2020-06")), ..Step::reported(R::Discontinued, line("berhenti")) });
    register(&network, [ended.into(), ran("r2", &["k1/a"], "k1/c", None).into()]);
    let on = |text: &str| {
        let scope = Scope { on: Some(text.parse::<PartialDate>().unwrap()), ..Scope::default() };
        let links = network.lineage(|lineage| lineage.replicas(&node("k1/a"), &scope)).unwrap();
        links.iter().map(|link| link.replication.to_string()).collect::<Vec<_>>()
    };
    // What has no date stays in; what may still have gone on too.
    assert_eq!(on("2017"), ["r2"]);
    assert_eq!(on("2018"), ["r1", "r2"]);
    assert_eq!(on("2020-06-30"), ["r1", "r2"]);
    assert_eq!(on("2020-07"), ["r2"]);
}

#[test]
fn what_ran_and_was_given_up_later_still_counts() {
    let network = network();
    register(&network, provinces().into_iter().chain(town("k1", "p1", &["a", "b", "c"])));
    let step = |state, on: &str| Step { on: Some(date(on)), ..Step::reported(state, line("-")) };
    let with = |id: &str, target: &str, steps: Vec<Step<R>>| {
        Record::from(Replication { status: Status { steps }, ..replication(id, &["k1/a"], target) })
    };
    register(
        &network,
        [
            with(
                "ran",
                "k1/b",
                vec![
                    step(R::Interest, "2018"),
                    step(R::Agreed, "2020"),
                    step(R::Implemented, "2022"),
                    step(R::Cancelled, "2024"),
                ],
            ),
            with("never-ran", "k1/c", vec![step(R::Agreed, "2020"), step(R::Cancelled, "2023")]),
        ],
    );
    let seen = |scope: Scope| {
        let links = network.lineage(|lineage| lineage.replicas(&node("k1/a"), &scope)).unwrap();
        links.iter().map(|link| link.replication.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(seen(Scope::default()), ["ran"]);
    // On a date, what had come so far by then: interest is no agreement yet, and what was given up later still stood.
    let on = |text: &str| Scope { on: Some(date(text)), ..Scope::default() };
    assert_eq!(seen(on("2019")), Vec::<String>::new());
    assert_eq!(seen(Scope { progress: Progress::Interest, ..on("2019") }), ["ran"]);
    assert_eq!(seen(on("2021")), ["ran", "never-ran"]);
    assert_eq!(seen(Scope { progress: Progress::Running, ..on("2021") }), Vec::<String>::new());
    assert_eq!(seen(on("2025")), Vec::<String>::new());
}

#[test]
fn restoring_what_was_linked_around_closes_no_circle() {
    let writer = Network::in_memory(&Options::new("writer").unwrap()).unwrap();
    register(&writer, town("k1", "p1", &["a", "b", "c"]).into_iter().chain(provinces()));
    let other = Network::in_memory(&Options::new("other").unwrap()).unwrap();
    other.apply(&writer.export_since(0).unwrap()).unwrap();
    let b = EntityRef::of::<Innovation>(&"k1/b".parse().unwrap());
    // One copy retracts what the other links, neither knowing of it.
    writer.commit(&stamp(), vec![Action::Retract(Subject { subject: b.clone(), reason: None })]).unwrap();
    register(&other, [ran("r1", &["k1/a"], "k1/b", None).into(), ran("r2", &["k1/b"], "k1/c", None).into()]);
    writer.apply(&other.export_since(0).unwrap()).unwrap();
    if writer.commit(&stamp(), vec![Action::Register(ran("r3", &["k1/c"], "k1/a", None).into())]).is_ok() {
        let restored = writer.commit(&stamp(), vec![Action::Restore(Subject { subject: b, reason: None })]);
        assert_eq!(restored.unwrap_err().code(), "lineage-cycle");
    }
    writer.lineage(|lineage| lineage.reproduction(&Scope::everything())).unwrap();
}

#[test]
fn sources_that_were_merged_make_one_link() {
    let network = network();
    register(&network, provinces().into_iter().chain(town("k1", "p1", &["a", "b", "c"])));
    let mut link = ran("r1", &["k1/a", "k1/b"], "k1/c", None);
    link.sources[1].evidence = Some(EvidenceLevel::Verified);
    register(&network, [link.into()]);
    let id = |id: &str| EntityRef::of::<Innovation>(&id.parse().unwrap());
    let merge = Merge { subject: id("k1/a"), into: id("k1/b"), reason: None };
    network.commit(&stamp(), vec![Action::Merge(merge)]).unwrap();
    let links = network.lineage(|lineage| lineage.sources(&node("k1/c"), &Scope::default())).unwrap();
    assert_eq!((links.len(), links[0].evidence), (1, Some(EvidenceLevel::Verified)));
    assert_eq!(network.lineage(|lineage| lineage.travel(&Scope::default())).unwrap().links, 1);
}

#[test]
fn the_shortest_of_many_ways_comes_first() {
    let network = network();
    register(&network, provinces().into_iter().chain(town("k1", "p1", &["a", "b", "c", "d"])));
    let chain = [("r1", "k1/a", "k1/b"), ("r2", "k1/b", "k1/c"), ("r3", "k1/c", "k1/d"), ("r4", "k1/a", "k1/d")];
    register(&network, chain.map(|(id, from, to)| ran(id, &[from], to, None).into()));
    let found = network.lineage(|lineage| lineage.paths(&node("k1/a"), &node("k1/d"), &Scope::default(), 1)).unwrap();
    assert_eq!((found.paths[0].len(), found.is_complete), (1, false));
}

#[test]
fn a_quotation_is_no_copy() {
    let network = network();
    register(&network, provinces().into_iter().chain(town("k1", "p1", &[])).chain(town("k2", "p2", &[])));
    let long = "Pasien mengantre sejak subuh di loket pendaftaran. Petugas menulis nomor dengan tangan. Obat baru \
                diserahkan sore hari karena apoteker hanya seorang. Keluarga pasien menginap di selasar rumah sakit.";
    let quoted = "Petugas menulis nomor dengan tangan. Obat baru diserahkan sore hari karena apoteker hanya seorang.";
    let with = |id: &str, text: &str| {
        let mut one = innovation(id);
        one.problem = Some(Text::new(text).unwrap());
        Record::from(one)
    };
    register(&network, [with("k1/a", long), with("k2/b", quoted), ran("r1", &["k1/a"], "k2/b", None).into()]);
    let profile = &network.adaptations(&Scope::default()).unwrap()[0];
    assert_eq!((profile.measured[1].verbatim, profile.verdict), (1000, AdaptationVerdict::Adapted));
}

#[test]
fn the_date_of_the_replica_stands_for_that_of_its_replication() {
    let network = network();
    register(&network, provinces().into_iter().chain(town("k1", "p1", &["a"])).chain(town("k2", "p2", &[])));
    let mut made = innovation("k2/b");
    made.implemented_on = Some(date("2019"));
    register(&network, [made.into(), ran("r1", &["k1/a"], "k2/b", None).into()]);
    let adoptions = network.lineage(|lineage| lineage.adoptions(&node("k1/a"), &Scope::default())).unwrap();
    assert_eq!(adoptions[0].on, Some(date("2019")));
}

#[test]
fn what_was_asked_of_the_past_reads_the_past() {
    let network = network();
    register(&network, provinces().into_iter().chain(town("k1", "p1", &["a", "b"])));
    register(&network, [ran("r1", &["k1/a"], "k1/b", None).into()]);
    register(&network, [innovation("k1/late").into()]);
    let then = Scope { as_of: Some(1), ..Scope::default() };
    assert!(network.adaptations(&then).unwrap().is_empty());
    assert_eq!(network.takers(&then).unwrap().travel.links, 0);
    let query = jipp_core::network::LaureateQuery { scope: then, level: None, ..Default::default() };
    assert!(network.laureates(&query).unwrap().is_empty());
}
