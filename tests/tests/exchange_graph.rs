//! Graph files: every format gives back what it was given, reads what others write, and stands what is hostile.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use jipp_core::Lang;
use jipp_core::base::{InnovationId, PartialDate, ReplicationId, SectorId};
use jipp_core::exchange::{GraphFormat, draw_svg, draw_tree, read_graph, write_graph};
use jipp_core::model::{
    AgencyKind, ChangeType, Confidence, EvidenceLevel, Extent, Graph, GraphEdge, GraphNode, InnovationStage, Line,
    Mark, NodeId, Provenance, ReplicationState, TitleRelation,
};
use proptest::prelude::*;
use proptest::sample::{Index, select};

fn id_text() -> impl Strategy<Value = String> {
    let hostile = select(vec![
        "replica:x",
        "innovation:y",
        "innovation:replica:z",
        "-1",
        "+1",
        "@a",
        "a->b",
        "--",
        "true",
        "null",
        "node",
        "edge",
        "graph",
        "subgraph",
        "end",
        "35.10",
        "0",
        "_:b0",
        "prov:Plan",
        "kota-ambon/antre",
        "Ä/ß~é",
        "日本/語",
        "%",
        "id",
        "title",
        "link:a:b",
        "default",
        "replication",
    ]);
    let plain = "[a-zA-Z0-9é日_./:~+@-]{1,12}";
    prop_oneof![hostile.prop_map(str::to_owned), plain.prop_map(|text| text)]
        .prop_filter("an id", |text| text.parse::<InnovationId>().is_ok())
}

fn id<T: std::str::FromStr<Err = jipp_core::Error> + std::fmt::Debug>() -> impl Strategy<Value = T> {
    id_text().prop_map(|text| text.parse().unwrap())
}

fn text() -> impl Strategy<Value = Line> {
    let hostile = select(vec![
        "",
        "\"",
        "\"\"",
        "\"\"\"",
        "'",
        "'=1",
        "''+1",
        "=1+1",
        "@x",
        "-->",
        "]]>",
        "<!--",
        "a; b",
        "\\",
        "a\\",
        "\\\"",
        "\\n",
        "\\N",
        "{\"a\":1}",
        "</data>",
        "&amp;",
        "&#65;",
        "&lt;b&gt;",
        "#quot;",
        "#35;",
        "%% jipp {}",
        "a,b;c\td",
        "null",
        "true",
        "2019",
        "[1]",
        "a|b",
        "\u{2028}x\u{2029}",
        "x\u{fffe}\u{ffff}y",
        "\u{feff}bom",
        "👩\u{200d}💻",
        "e\u{301}",
        "`x`",
        "subgraph end",
        "<br/>",
        "$",
        "*/ // #",
        "\u{202e}abc",
        "a  b",
        "\u{d7ff}\u{e000}",
        "key=value",
        "~~~",
        ":::",
    ]);
    let any = proptest::collection::vec(any::<char>().prop_filter("no control", |c| !c.is_control()), 0..12);
    prop_oneof![
        hostile.prop_filter("a line", |text| Line::new(text).is_ok()).prop_map(str::to_owned),
        any.prop_map(|chars| chars.into_iter().collect()),
        "[\"\\\\';,<>&#%|{}()\\[\\]a =`-]{0,10}".prop_map(|text| text),
    ]
    .prop_map(|text| Line::new(text).unwrap())
}

fn some_date() -> impl Strategy<Value = PartialDate> {
    let day = (1800..2200_i32, 1..13_u32, 1..29_u32);
    prop_oneof![
        day.clone().prop_map(|(year, ..)| PartialDate::new(year, None, None).unwrap()),
        day.clone().prop_map(|(year, month, _)| PartialDate::new(year, Some(month), None).unwrap()),
        day.prop_map(|(year, month, day)| PartialDate::new(year, Some(month), Some(day)).unwrap()),
    ]
}

fn term<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all)
}

fn maybe<S: Strategy>(strategy: S) -> impl Strategy<Value = Option<S::Value>>
where
    S::Value: std::fmt::Debug,
{
    proptest::option::of(strategy)
}

fn provenance() -> impl Strategy<Value = Vec<Provenance>> {
    let one = (
        maybe(text()),
        text(),
        maybe(some_date()),
        maybe(term(Confidence::ALL)),
        maybe(term(Mark::ALL)),
        maybe(text()),
    )
        .prop_map(|(field, source, retrieved_on, confidence, mark, note)| Provenance {
            field,
            source,
            retrieved_on,
            confidence,
            mark,
            note,
        });
    proptest::collection::vec(one, 0..3)
}

fn node_id() -> impl Strategy<Value = NodeId> {
    prop_oneof![id::<InnovationId>().prop_map(NodeId::Innovation), id::<ReplicationId>().prop_map(NodeId::Replica)]
}

fn node() -> impl Strategy<Value = GraphNode> {
    let owner = (maybe(id()), maybe(text()), maybe(term(AgencyKind::ALL)));
    let place = (maybe(id()), maybe(id()), maybe(text()));
    let rest = (
        proptest::collection::vec(id::<SectorId>(), 0..3),
        maybe(some_date()),
        maybe(term(InnovationStage::ALL)),
        provenance(),
    );
    (node_id(), maybe(text()), owner, place, rest).prop_map(|(id, title, owner, place, rest)| GraphNode {
        id,
        title,
        owner: owner.0,
        owner_name: owner.1,
        owner_kind: owner.2,
        region: place.0,
        province: place.1,
        province_name: place.2,
        sectors: rest.0,
        since: rest.1,
        stage: rest.2,
        provenance: rest.3,
    })
}

fn edge(nodes: Vec<NodeId>) -> impl Strategy<Value = GraphEdge> {
    let ends = (any::<Index>(), any::<Index>());
    let kinds = (maybe(term(Extent::ALL)), maybe(term(ChangeType::ALL)), maybe(term(EvidenceLevel::ALL)));
    let rest =
        (term(ReplicationState::ALL), maybe(some_date()), maybe(term(TitleRelation::ALL)), maybe(id()), provenance());
    (id::<ReplicationId>(), ends, kinds, rest).prop_map(move |(replication, ends, kinds, rest)| GraphEdge {
        replication,
        source: ends.0.get(&nodes).clone(),
        target: ends.1.get(&nodes).clone(),
        extent: kinds.0,
        change_type: kinds.1,
        evidence: kinds.2,
        state: rest.0,
        on: rest.1,
        title_relation: rest.2,
        facilitator_hub: rest.3,
        provenance: rest.4,
    })
}

/// Any graph in order: several edges between the same nodes, edges from a node to itself and cycles included.
fn graph() -> impl Strategy<Value = Graph> {
    let nodes = proptest::collection::vec(node(), 0..6).prop_map(|nodes| {
        let by_id: BTreeMap<NodeId, GraphNode> = nodes.into_iter().map(|node| (node.id.clone(), node)).collect();
        by_id.into_values().collect::<Vec<_>>()
    });
    nodes
        .prop_flat_map(|nodes| {
            let ids: Vec<NodeId> = nodes.iter().map(|node| node.id.clone()).collect();
            let most = if ids.is_empty() { 1 } else { 8 };
            let edges = if ids.is_empty() {
                Just(Vec::new()).boxed()
            } else {
                proptest::collection::vec(edge(ids), 0..most).boxed()
            };
            (Just(nodes), edges)
        })
        .prop_map(|(nodes, mut edges)| {
            edges.sort_by_cached_key(|edge| (edge.replication.clone(), edge.source.clone(), edge.target.clone()));
            edges.dedup_by(|a, b| (&a.replication, &a.source, &a.target) == (&b.replication, &b.source, &b.target));
            Graph { nodes, edges }
        })
}

/// As many cases as `PROPTEST_CASES` says, or few.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64);
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

fn comes_back(graph: &Graph, format: GraphFormat) {
    let text = write_graph(graph, format).unwrap();
    let read = read_graph(&text, format).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(read.notes, [], "{text}");
    assert_eq!(&read.graph, graph, "{text}");
}

fn fixture(name: &str) -> String {
    let path = format!("{}/fixtures/graph/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn sample() -> Graph {
    read_graph(&fixture("lineage.json"), GraphFormat::NodeLink).unwrap().graph
}

/// `JIPP_BLESS=1 cargo test -p jipp-tests --test exchange_graph` writes the golden files anew.
fn golden(name: &str, text: &str) {
    if std::env::var_os("JIPP_BLESS").is_some() {
        std::fs::write(format!("{}/fixtures/graph/{name}", env!("CARGO_MANIFEST_DIR")), text).unwrap();
    }
    assert!(
        fixture(name) == text,
        "{name} is written otherwise now; JIPP_BLESS=1 writes the golden file anew:\n{text}"
    );
}

#[test]
fn every_format_writes_its_golden_file_and_reads_it() {
    for format in GraphFormat::ALL {
        let name = format!("lineage.{}", format.extension());
        golden(&name, &write_graph(&sample(), *format).unwrap());
        let read = read_graph(&fixture(&name), *format).unwrap();
        assert_eq!((read.graph, read.notes), (sample(), Vec::new()), "{name}");
        assert_eq!(GraphFormat::of_file(&name), Some(*format));
    }
}

#[test]
fn the_drawings_are_the_golden_ones() {
    golden("lineage.svg", &draw_svg(&sample(), Lang::Id).unwrap());
    golden("lineage.txt", &draw_tree(&sample(), Lang::Id).unwrap());
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn dot_gives_back_any_graph(graph in graph()) {
        comes_back(&graph, GraphFormat::Dot);
    }

    #[test]
    fn node_link_json_gives_back_any_graph(graph in graph()) {
        comes_back(&graph, GraphFormat::NodeLink);
    }

    #[test]
    fn csv_gives_back_any_graph(graph in graph()) {
        comes_back(&graph, GraphFormat::Csv);
    }

    #[test]
    fn graphml_gives_back_any_graph(graph in graph()) {
        comes_back(&graph, GraphFormat::Graphml);
    }

    #[test]
    fn mermaid_gives_back_any_graph(graph in graph()) {
        comes_back(&graph, GraphFormat::Mermaid);
    }

    #[test]
    fn prov_json_gives_back_any_graph(graph in graph()) {
        comes_back(&graph, GraphFormat::ProvJson);
    }
}
