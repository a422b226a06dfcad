//! Graph files as others write them, by hand or with ill will: read, repaired with a note, or refused with the reason.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use jipp_core::Lang;
use jipp_core::exchange::{
    GraphFormat, GraphRead, MAX_GRAPH_NESTING, NoteKind, draw_svg, draw_tree, graph_actions, read_csv_tables,
    read_graph, write_edges_csv, write_graph, write_nodes_csv,
};
use jipp_core::model::{
    ChangeType, Entity as _, EvidenceLevel, Extent, Graph, GraphEdge, GraphNode, Innovation, Provenance, Replication,
    ReplicationState, Sector,
};
use jipp_core::registry::Action;
use jipp_tests::{agency, innovation, line, register, registry, replication, stamp};
use proptest::prelude::*;

fn read(text: &str, format: GraphFormat) -> GraphRead {
    read_graph(text, format).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The edges as `source>target` with the kind of change.
fn edges(read: &GraphRead) -> Vec<String> {
    let change = |edge: &GraphEdge| edge.change_type.map_or(String::new(), |change| format!(" {change}"));
    read.graph.edges.iter().map(|edge| format!("{}>{}{}", edge.source, edge.target, change(edge))).collect()
}

/// The notes as `kind line field value times`.
fn notes(read: &GraphRead) -> Vec<String> {
    let shown = |note: &jipp_core::exchange::GraphNote| {
        let line = note.at.line.map_or("-".to_owned(), |line| line.to_string());
        let (field, value) = (note.at.field.clone().unwrap_or_default(), note.value.clone().unwrap_or_default());
        format!("{} {line} {field} {value} {}", note.kind, note.times)
    };
    read.notes.iter().map(shown).collect()
}

fn title<'a>(read: &'a GraphRead, id: &str) -> Option<&'a str> {
    read.graph.nodes.iter().find(|node| node.id.to_string() == id).and_then(|node| node.title.as_deref())
}

/// The code and the line of the error that a text is refused with.
fn refused(text: &str, format: GraphFormat) -> (&'static str, Option<u64>) {
    match read_graph(text, format) {
        Ok(read) => panic!("{format} is read: {text}\n{:?}", read.graph),
        Err(error) => (error.code(), error.location().line),
    }
}

#[test]
fn dot_of_a_hand_is_read() {
    let text = r#"
        // how it spread
        strict digraph "Silsilah" {
            graph [bgcolor=white; rankdir=LR] ratio=fill
            node [shape=box, owner="kota-ambon"]; edge [state=implemented]
            subgraph cluster_1 { label="Maluku"; color=red; antre [label="Antre dari\nRumah"] }
            /* three in a row */ antre -> "kota-tual/antre":port:n -> c [label=adapt]
            antre -> "kota-tual/antre" [evidence=documented]
            c [title="a \"quoted\" " + "title", sectors="health, education", weight=3] # no comment, as it ends no line
        }"#;
    // A `#` counts at the beginning of a line only.
    assert_eq!(refused(text, GraphFormat::Dot), ("graph-syntax", Some(9)));
    let read = read(&text.replace("# no comment, as it ends no line", "\n# a comment"), GraphFormat::Dot);
    assert_eq!(edges(&read), ["antre>kota-tual/antre adapt", "kota-tual/antre>c adapt"]);
    assert_eq!(title(&read, "antre"), Some("Antre dari Rumah"));
    assert_eq!(title(&read, "c"), Some("a \"quoted\" title"));
    assert_eq!(title(&read, "kota-tual/antre"), None);
    let owner = |node: &GraphNode| node.owner.as_ref().map(|owner| owner.as_str().to_owned());
    assert!(read.graph.nodes.iter().all(|node| owner(node).as_deref() == Some("kota-ambon")));
    let edge = &read.graph.edges[0];
    assert_eq!((edge.evidence, edge.state), (Some(EvidenceLevel::Documented), ReplicationState::Implemented));
    assert_eq!(edge.replication.as_str(), "link:antre:kota-tual/antre");
    assert_eq!(
        notes(&read),
        [
            "structure-dropped 6 subgraph cluster_1 1",
            "attribute-unknown 6 graph.label Maluku 1",
            "replication-named 7 replication  2",
            "attribute-unknown 9 weight 3 1",
        ]
    );
}

#[test]
fn mermaid_of_a_hand_is_read() {
    let text = "---\ntitle: Silsilah\n---\nflowchart TD; %% of Maluku\n  a[Antre dari Rumah] -->|adopt| b(\"Antre #quot;Online#quot;<br/>2019\") & c{{C}}\n  \
        b -- adapt --> d:::old\n  c -.->|\"inspirasi\"| d\n  subgraph Bali\n    direction LR\n    d ==> e-1/x[/Lima/]\n  end\n  a---c\n  \
        classDef old fill:#fff,stroke:#000\n  class d old\n  click a \"https://example.org\"\n";
    assert_eq!(refused(text, GraphFormat::Mermaid), ("graph-syntax", Some(4)));
    let read = read(&text.replace("; %% of Maluku", ""), GraphFormat::Mermaid);
    assert_eq!(edges(&read), ["a>b adopt", "a>c adopt", "a>c", "b>d adapt", "c>d inspire", "d>e-1/x"]);
    assert_eq!(title(&read, "b"), Some("Antre \"Online\" 2019"));
    assert_eq!((title(&read, "e-1/x"), title(&read, "d")), (Some("Lima"), None));
    // The second edge between two nodes gets a name of its own.
    assert!(read.graph.edges.iter().any(|edge| edge.replication.as_str() == "link:a:c-2"));
    let kinds: Vec<NoteKind> = read.notes.iter().map(|note| note.kind).collect();
    for kind in [
        NoteKind::StructureDropped,
        NoteKind::DirectionAssumed,
        NoteKind::StatementIgnored,
        NoteKind::ReplicationNamed,
        NoteKind::StateAssumed,
    ] {
        assert!(kinds.contains(&kind), "{kind} {kinds:?}");
    }
}

#[test]
fn a_mermaid_arrow_that_was_moved_by_hand_keeps_its_exact_values() {
    let file = std::fs::read_to_string(fixture("lineage.mmd")).unwrap();
    let before = read(&file, GraphFormat::Mermaid).graph;
    let arrow = file.lines().find(|line| line.contains("-->")).unwrap();
    let (source, _) = arrow.trim().split_once(' ').unwrap();
    let moved = read(&file.replacen(arrow, &format!("  {source} --> elsewhere"), 1), GraphFormat::Mermaid).graph;
    let edge = moved.edges.iter().find(|edge| edge.target.to_string() == "elsewhere").unwrap();
    assert_eq!(*edge, GraphEdge { target: edge.target.clone(), ..before.edges[0].clone() });
    let broken = file.replacen("%% jipp {", "%% jipp {{", 1);
    assert_eq!(refused(&broken, GraphFormat::Mermaid).0, "json-syntax");
    let strayed = "flowchart LR\n  a\n  %% jipp {\"replication\":\"r\"}";
    assert_eq!(refused(strayed, GraphFormat::Mermaid), ("graph-syntax", Some(3)));
}

fn fixture(name: &str) -> String {
    format!("{}/fixtures/graph/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn graphml_of_other_programs_is_read() {
    let text = r#"<?xml version="1.0"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <key id="d0" for="node" attr.name="label" attr.type="string"/>
  <key id="d1" for="node" yfiles.type="nodegraphics"/>
  <key id="d2" for="edge" attr.name="change_type" attr.type="string"><default>adapt</default></key>
  <key id="d3" for="all" attr.name="weight" attr.type="double"/>
  <graph id="G" edgedefault="undirected">
    <desc>made by hand</desc>
    <node id="n0"><data key="d0"><![CDATA[Antre <dari> Rumah]]></data><data key="d1"><y:Shape><y:Fill/></y:Shape></data></node>
    <node id="n1">
      <graph id="inner" edgedefault="directed"><node id="n2"/><edge source="n2" target="n0" id="e7"/></graph>
    </node>
    <edge source="n0" target="n3"><data key="d2">inspire</data><data key="d3">0.5</data></edge>
  </graph>
</graphml>"#;
    let read = read(text, GraphFormat::Graphml);
    assert_eq!(edges(&read), ["n2>n0 adapt", "n0>n3 inspire"]);
    assert_eq!(read.graph.edges[0].replication.as_str(), "e7");
    assert_eq!(title(&read, "n0"), Some("Antre <dari> Rumah"));
    assert_eq!(
        notes(&read),
        [
            "direction-assumed 7 edgedefault undirected 1",
            "statement-ignored 8 desc  1",
            "statement-ignored 9 Shape  1",
            "attribute-unknown 9 d1  1",
            "structure-dropped 11 graph  1",
            "state-assumed 11 state  2",
            "replication-named 13 replication  1",
            "attribute-unknown 13 weight 0.5 1",
            "node-added 13 n3  1",
        ]
    );
}

#[test]
fn node_link_json_of_networkx_and_d3_is_read() {
    let text = r#"{"directed": false, "graph": {"name": "x"}, "nodes": [{"id": 1, "label": "Satu", "since": 2019}, {"id": 2, "sectors": "health education"}],
        "links": [{"source": 1, "target": 2, "key": 0, "change_type": "adaptasi", "state": "selesai"}]}"#;
    let read = read(text, GraphFormat::NodeLink);
    assert_eq!(edges(&read), ["1>2 adapt"]);
    assert_eq!((title(&read, "1"), read.graph.nodes[1].sectors.len()), (Some("Satu"), 2));
    assert_eq!(read.graph.edges[0].state, ReplicationState::Completed);
    assert_eq!(
        notes(&read),
        [
            "replication-named - edges[0].replication  1",
            "direction-assumed - graph.directed false 1",
            "attribute-unknown - graph.name \"x\" 1",
        ]
    );
}

#[test]
fn an_edge_list_alone_is_read_whatever_its_separator() {
    let text = "Target;Source;change_type;remark\r\nb;a;adapt;\"x\r\n\r\ny\"\r\nc;a;turned over;\r\n";
    let read = read(text, GraphFormat::Csv);
    assert_eq!(edges(&read), ["a>b adapt", "a>c"]);
    let seen = notes(&read);
    assert!(seen.contains(&"value-unreadable 5 change_type turned over 1".to_owned()), "{seen:?}");
    assert!(seen.contains(&"node-added 2 a  1".to_owned()), "{seen:?}");
    assert!(seen.contains(&"attribute-unknown 2 remark x\n\ny 1".to_owned()), "{seen:?}");
    let graph =
        read_graph(&std::fs::read_to_string(fixture("lineage.json")).unwrap(), GraphFormat::NodeLink).unwrap().graph;
    let tables = read_csv_tables(&write_edges_csv(&graph), Some(&write_nodes_csv(&graph))).unwrap();
    assert_eq!((tables.graph, tables.notes), (graph, Vec::new()));
}

#[test]
fn prov_of_others_is_read_and_nothing_is_lost_in_silence() {
    let text = r#"{
        "prefix": {"ex": "https://example.org/"},
        "entity": {"ex:a": {"prov:label": {"$": "Antre", "lang": "id"}, "ex:colour": "red"}, "ex:b": {}, "ex:c": {}},
        "activity": {"ex:do": {"prov:startTime": "2019-01-01T00:00:00"}, "ex:idle": {}},
        "agent": {"ex:ambon": {"prov:label": "Kota Ambon"}, "hub:maluku": {}, "ex:nobody": {}},
        "wasAttributedTo": {"_:1": {"prov:entity": "ex:a", "prov:agent": "ex:ambon"}},
        "used": {"_:2": {"prov:activity": "ex:do", "prov:entity": "ex:a"}},
        "wasGeneratedBy": {"_:3": {"prov:activity": "ex:do", "prov:entity": "ex:b"}},
        "wasAssociatedWith": {"_:4": {"prov:activity": "ex:do", "prov:agent": "hub:maluku"}},
        "wasInfluencedBy": {"_:5": {"prov:influencee": "ex:c", "prov:influencer": "ex:b"}},
        "alternateOf": {"_:6": {"prov:alternate1": "ex:a", "prov:alternate2": "ex:c"}},
        "bundle": {"ex:bundle": {"entity": {"ex:z": {}}}}
    }"#;
    let read = read(text, GraphFormat::ProvJson);
    assert_eq!(edges(&read), ["ex:a>ex:b", "ex:b>ex:c inspire"]);
    let (node, edge) = (&read.graph.nodes[0], &read.graph.edges[0]);
    assert_eq!((title(&read, "ex:a"), node.owner_name.as_deref()), (Some("Antre"), Some("Kota Ambon")));
    assert_eq!((edge.replication.as_str(), edge.facilitator_hub.as_ref().unwrap().as_str()), ("ex:do", "maluku"));
    let seen = notes(&read);
    for note in [
        "attribute-unknown - activity.ex:do.prov:startTime \"2019-01-01T00:00:00\" 1",
        "attribute-unknown - entity.ex:a.ex:colour red 1",
        "statement-ignored - activity.ex:idle  1",
        "statement-ignored - agent.ex:nobody  1",
        "statement-ignored - alternateOf._:6  1",
        "statement-ignored - bundle.ex:bundle  1",
        "edge-from-activity - activity.ex:do.ex:a ex:b 1",
    ] {
        assert!(seen.contains(&note.to_owned()), "{note}\n{seen:#?}");
    }
}

/// What the Python packages `prov` and `networkx` write after reading our files; a test in Python keeps these as they are.
#[test]
fn files_that_went_through_python_come_back() {
    let graph =
        read_graph(&std::fs::read_to_string(fixture("lineage.json")).unwrap(), GraphFormat::NodeLink).unwrap().graph;
    for (name, format) in [
        ("python.prov.json", GraphFormat::ProvJson),
        ("python.json", GraphFormat::NodeLink),
        ("python.graphml", GraphFormat::Graphml),
    ] {
        let mut read = read(&std::fs::read_to_string(fixture(name)).unwrap(), format);
        let mut expected = graph.clone();
        if format == GraphFormat::ProvJson {
            // The attributes of PROV are sets: they have no order.
            let sort = |graph: &mut Graph| graph.nodes.iter_mut().for_each(|node| node.sectors.sort());
            sort(&mut read.graph);
            sort(&mut expected);
        }
        assert_eq!(read.graph, expected, "{name}");
    }
}

#[test]
fn entity_bombs_are_refused() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE graphml [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>\n<graphml><graph><node id=\"&b;\"/></graph></graphml>";
    assert_eq!(refused(bomb, GraphFormat::Graphml), ("graph-unsupported", Some(2)));
    let external = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><graphml/>";
    assert_eq!(refused(external, GraphFormat::Graphml).0, "graph-unsupported");
    let named = "<graphml><key id=\"k\"/><graph>\n<node id=\"n\"><data key=\"k\">&b;</data></node></graph></graphml>";
    assert_eq!(refused(named, GraphFormat::Graphml), ("graph-unsupported", Some(2)));
    let in_attribute = "<graphml><graph><node id=\"&b;\"/></graph></graphml>";
    assert_eq!(refused(in_attribute, GraphFormat::Graphml).0, "graph-unsupported");
}

#[test]
fn broken_files_are_refused_with_their_line() {
    use GraphFormat::{Csv, Dot, Graphml, Mermaid, NodeLink, ProvJson};
    let cases = [
        (Dot, "", "graph-syntax", Some(1)),
        (Dot, "graph { a -- b }", "graph-unsupported", Some(1)),
        (Dot, "digraph {\n a -- b }", "graph-unsupported", Some(2)),
        (Dot, "digraph {\n a [label=<b>] }", "graph-unsupported", Some(2)),
        (Dot, "digraph {\n {a b} -> c }", "graph-unsupported", Some(2)),
        (Dot, "digraph {\n a -> {b c} }", "graph-unsupported", Some(2)),
        (Dot, "digraph {\n a\n \"b", "graph-syntax", Some(3)),
        (Dot, "digraph {\n /* a", "graph-syntax", Some(2)),
        (Dot, "digraph { a -> }", "graph-syntax", Some(1)),
        (Dot, "digraph { a [b=] }", "graph-syntax", Some(1)),
        (Dot, "digraph { a", "graph-syntax", Some(1)),
        (Dot, "digraph {}\ndigraph {}", "graph-syntax", Some(2)),
        (Dot, "digraph {\n \"two words\" }", "id-character", Some(2)),
        (Dot, "digraph {\n \"\" }", "id-empty", Some(2)),
        (Dot, "digraph { a -> b [replication=r]\n a -> b [replication=r] }", "duplicate-in-record", Some(2)),
        (Mermaid, "", "graph-syntax", None),
        (Mermaid, "sequenceDiagram\n a ->> b", "graph-syntax", Some(1)),
        (Mermaid, "flowchart LR\n a[open", "graph-syntax", Some(2)),
        (Mermaid, "flowchart LR\n a -- text", "graph-syntax", Some(2)),
        (Mermaid, "flowchart LR\n a -->", "graph-syntax", Some(2)),
        (Mermaid, "flowchart LR\n end", "graph-syntax", Some(2)),
        (Mermaid, "flowchart LR\n subgraph x", "graph-syntax", None),
        (Mermaid, "flowchart LR\n a@{ shape: rect }", "graph-unsupported", Some(2)),
        (Graphml, "", "graph-syntax", Some(1)),
        (Graphml, "<graphml/>", "graph-syntax", Some(1)),
        (Graphml, "<graphml>\n<graph>", "graph-syntax", Some(2)),
        (Graphml, "<graphml>\n<graph></node></graphml>", "graph-syntax", Some(2)),
        (Graphml, "<html/>", "graph-syntax", Some(1)),
        (Graphml, "<graphml><graph>\n<node/></graph></graphml>", "field-missing", Some(2)),
        (Graphml, "<graphml><graph>\n<edge source='a'/></graph></graphml>", "field-missing", Some(2)),
        (Graphml, "<graphml><graph><node id='a'/>\n<node id='a'/></graph></graphml>", "duplicate-in-record", Some(2)),
        (Graphml, "<graphml><graph>\n<hyperedge/></graph></graphml>", "graph-unsupported", Some(2)),
        (
            Graphml,
            "<graphml><graph><node id='a'>\n<data key='k'/></node></graph></graphml>",
            "dangling-reference",
            Some(2),
        ),
        (NodeLink, "{\n\"nodes\": [", "json-syntax", Some(2)),
        (NodeLink, "[]", "field-type", None),
        (NodeLink, "{\"nodes\": []}", "field-missing", None),
        (NodeLink, "{\"nodes\": {}, \"edges\": []}", "field-type", None),
        (NodeLink, "{\"nodes\": [{\"id\": [1]}], \"edges\": []}", "field-type", None),
        (NodeLink, "{\"nodes\": [{\"id\": \"a\"}, {\"id\": \"a\"}], \"edges\": []}", "duplicate-in-record", None),
        (NodeLink, "{\"nodes\": [],\n\"edges\": [], \"nodes\": []}", "duplicate-in-record", Some(2)),
        (ProvJson, "{\"entity\": {},\n\"entity\": {}}", "duplicate-in-record", Some(2)),
        (ProvJson, "{\"entity\": []}", "field-type", None),
        (ProvJson, "{\"entity\": {\"a\": 1}}", "field-type", None),
        (ProvJson, "{\"used\": {\"_:1\": {\"prov:activity\": \"a\"}}}", "field-missing", None),
        (Csv, "from;to\na", "field-missing", Some(2)),
        (Csv, "x,y\n1,2", "field-missing", Some(2)),
        (Csv, "source,target\na,b,c", "csv-syntax", Some(2)),
        (Csv, "source,target\n\"a,b", "csv-syntax", Some(2)),
    ];
    for (format, text, code, line) in cases {
        assert_eq!(refused(text, format), (code, line), "{format}: {text}");
    }
}

#[test]
fn nesting_has_a_limit_and_needs_no_stack() {
    let deep = MAX_GRAPH_NESTING * 2_000;
    let dot = format!("digraph {{{}", "{".repeat(deep));
    assert_eq!(refused(&dot, GraphFormat::Dot).0, "graph-syntax");
    let graphml = format!("<graphml>{}", "<graph><node id='a'>".repeat(deep));
    assert_eq!(refused(&graphml, GraphFormat::Graphml).0, "graph-syntax");
    let mermaid = format!("flowchart LR\n{}", "subgraph a\n".repeat(deep));
    assert_eq!(refused(&mermaid, GraphFormat::Mermaid).0, "graph-syntax");
    for format in [GraphFormat::NodeLink, GraphFormat::ProvJson] {
        assert_eq!(refused(&"{\"nodes\":[".repeat(deep), format).0, "json-syntax");
    }
}

#[test]
fn titles_that_no_line_can_hold_are_repaired_or_left_out() {
    let read = read("digraph { a [title=\"one\ntwo\t3\"]; b [title=\"x\u{7}\", stage=flying] }", GraphFormat::Dot);
    assert_eq!((title(&read, "a"), title(&read, "b")), (Some("one two 3"), Some("x")));
    let kinds: Vec<NoteKind> = read.notes.iter().map(|note| note.kind).collect();
    assert_eq!(kinds, [NoteKind::TextRepaired, NoteKind::TextRepaired, NoteKind::ValueUnreadable]);
    let long = format!("digraph {{ a [title=\"{}\"] }}", "x".repeat(2_001));
    let read = read_graph(&long, GraphFormat::Dot).unwrap();
    assert_eq!((title(&read, "a"), read.notes[0].kind), (None, NoteKind::ValueUnreadable));
}

#[test]
fn what_is_no_graph_is_not_written() {
    let node = |id: &str| GraphNode::new(id.parse().unwrap());
    let twice = Graph { nodes: vec![node("a"), node("a")], edges: Vec::new() };
    let edge =
        GraphEdge::new("r".parse().unwrap(), "a".parse().unwrap(), "b".parse().unwrap(), ReplicationState::Claimed);
    let loose = Graph { nodes: vec![node("a")], edges: vec![edge] };
    for format in GraphFormat::ALL {
        assert_eq!(write_graph(&twice, *format).unwrap_err().code(), "duplicate-in-record");
        assert_eq!(write_graph(&loose, *format).unwrap_err().code(), "dangling-reference");
    }
    assert_eq!(draw_svg(&loose, Lang::En).unwrap_err().code(), "dangling-reference");
    assert_eq!(draw_tree(&twice, Lang::En).unwrap_err().code(), "duplicate-in-record");
}

#[test]
fn cycles_are_drawn() {
    let graph = read("digraph { a -> b -> c -> a; c -> c; d -> e; e -> d; f }", GraphFormat::Dot).graph;
    let tree = draw_tree(&graph, Lang::En).unwrap();
    assert_eq!(
        tree,
        "f\na\n└─ b\n   └─ c\n      ├─ a (see above)\n      └─ c (see above)\nd\n└─ e\n   └─ d (see above)\n"
    );
    let svg = draw_svg(&graph, Lang::En).unwrap();
    assert_eq!(svg.matches("<g transform=\"translate(").count() - 1, 6);
    assert_eq!(svg.matches("marker-end").count() - 2, 6, "with two samples in the legend");
    assert!(!svg.contains("NaN") && !svg.contains("inf"));
    let nothing = Graph::default();
    assert_eq!(draw_tree(&nothing, Lang::En).unwrap(), "");
    assert!(draw_svg(&nothing, Lang::En).unwrap().ends_with("</svg>\n"));
}

#[test]
fn a_graph_too_large_to_look_at_is_refused() {
    let nodes = (0..2_001).map(|n| GraphNode::new(format!("n{n}").parse().unwrap())).collect();
    let graph = Graph { nodes, edges: Vec::new() };
    assert_eq!(draw_svg(&graph, Lang::En).unwrap_err().code(), "too-many");
    assert_eq!(draw_tree(&graph, Lang::En).unwrap_err().code(), "too-many");
}

#[test]
fn hostile_titles_cannot_leave_their_place_in_a_drawing() {
    let mut graph = read("digraph { a -> b }", GraphFormat::Dot).graph;
    graph.nodes[0].title = Some(line("</text><script>alert(1)</script>\u{202e}]]> & \u{ffff}"));
    graph.nodes[0].province_name = Some(line("\"><image href='x'/>"));
    let svg = draw_svg(&graph, Lang::Id).unwrap();
    assert!(!svg.contains("<script") && !svg.contains("<image") && !svg.contains(['\u{202e}', '\u{ffff}']), "{svg}");
    let read = read_graph(&svg, GraphFormat::Graphml).unwrap_err();
    assert_eq!(read.offending(), Some("svg"), "well-formed up to its first element: {read}");
}

fn graph_of(text: &str) -> Graph {
    read(text, GraphFormat::Dot).graph
}

#[test]
fn a_graph_becomes_actions_and_what_cannot_is_reported() {
    let mut own = registry("ministry");
    register(&mut own, [agency("kota-a"), agency("kota-b")]).unwrap();
    register(&mut own, [innovation("kota-a/one"), innovation("kota-b/two")]).unwrap();
    register(&mut own, [replication("known", &["kota-a/one"], "kota-b/two")]).unwrap();
    let graph = graph_of(
        r#"digraph {
            "kota-a/one"; "kota-b/two"
            "kota-b/new" [title="Baru", owner="kota-b", region="99", since="2021", stage=implemented]
            "kota-x/lost" [title="Hilang", owner="kota-x", owner_name="Kota X"]
            "replica:r2" [title="Tiruan", owner="kota-b"]
            edge [state=implemented]
            "kota-a/one" -> "kota-b/two" [replication=known]
            "kota-a/one" -> "kota-b/new" [replication=r1, evidence=documented, extent=part, on="2021", facilitator_hub=h]
            "kota-b/two" -> "kota-b/new" [replication=r1, evidence=inferred, on="2021"]
            "kota-b/two" -> "replica:r2" [replication=r2, change_type=adopt]
            "kota-b/two" -> "kota-x/lost" [replication=r3]
            "kota-x/lost" -> "kota-b/new" [replication=r4]
            "kota-b/new" -> "kota-a/one" [replication=r5]
            "kota-a/one" -> "kota-a/one" [replication=r6]
            "kota-a/one" -> "kota-b/two" [replication=r7]
            "kota-a/one" -> "kota-b/new" [replication=r7]
        }"#,
    );
    let done = graph_actions(&graph, &own.view()).unwrap();
    assert_eq!(done.known, 3);
    let mut left_out: Vec<String> = Vec::new();
    for error in &done.left_out {
        let field = error.location().field.clone().unwrap_or_default();
        left_out.push(format!("{} {} {field}", error.subject().unwrap(), error.code()));
    }
    assert_eq!(
        left_out,
        [
            "innovation kota-b/new dangling-reference region",
            "innovation kota-x/lost dangling-reference owner",
            "replication r1 dangling-reference facilitator_hub",
            "replication r3 dangling-reference recipient",
            "replication r4 dangling-reference sources",
            "replication r5 lineage-cycle sources",
            "replication r6 lineage-cycle sources",
            "replication r7 graph-contradiction target",
        ]
    );
    own.commit(&stamp(), done.actions).unwrap();
    let view = own.view();
    let new: &Innovation = view.find("kota-b/new").unwrap();
    assert_eq!((new.name(), new.implemented_on.unwrap().to_string().as_str()), (Some("Baru"), "2021"));
    let r1: &Replication = view.find("r1").unwrap();
    let levels: Vec<_> = r1.sources.iter().map(|source| (source.extent, source.evidence)).collect();
    assert_eq!(levels, [(Some(Extent::Part), Some(EvidenceLevel::Documented)), (None, Some(EvidenceLevel::Inferred))]);
    assert_eq!((r1.status.state(), r1.status.is_history()), (ReplicationState::Implemented, true));
    let r2: &Replication = view.find("r2").unwrap();
    assert_eq!((r2.target.as_ref(), r2.target_title.as_deref()), (None, Some("Tiruan")));
    assert_eq!((r2.change_type, r2.recipient.as_ref().unwrap().as_str()), (Some(ChangeType::Adopt), "kota-b"));
    let r3: &Replication = view.find("r3").unwrap();
    assert_eq!((r3.recipient.as_ref(), r3.recipients_note.as_deref()), (None, Some("Kota X")));
    // What was entered is known afterwards.
    let again = graph_actions(&graph, &own.view()).unwrap();
    assert_eq!((again.actions, again.known), (Vec::<Action>::new(), 7));
}

#[test]
fn what_a_graph_says_of_a_replica_is_not_lost() {
    let mut own = registry("ministry");
    register(&mut own, [agency("kota-a"), agency("kota-b")]).unwrap();
    register(&mut own, [innovation("kota-a/one")]).unwrap();
    register(&mut own, [Sector::new("health".parse().unwrap(), line("Kesehatan"))]).unwrap();
    let mut graph = graph_of(
        r#"digraph {
            "kota-a/one"; "replica:alone" [title="Sendiri", owner="kota-b"]
            "kota-a/one" -> "replica:r1" [replication=r1, state=implemented]
            "kota-a/one" -> "replica:r2" [replication=r2, state=agreed, on="2019"]
            "kota-a/one" -> "replica:r3" [replication=r3, state=implemented, on="2019"]
        }"#,
    );
    let source = Provenance {
        field: None,
        source: line("https://example.org/tiruan"),
        retrieved_on: None,
        confidence: None,
        mark: None,
        note: None,
    };
    for node in graph.nodes.iter_mut().filter(|node| node.id.to_string().starts_with("replica:r")) {
        node.owner = Some("kota-b".parse().unwrap());
        node.sectors = vec!["health".parse().unwrap(), "lost".parse().unwrap()];
        node.since = Some("2021".parse().unwrap());
        node.provenance = vec![source.clone()];
    }
    let done = graph_actions(&graph, &own.view()).unwrap();
    let said = |error: &jipp_core::Error| {
        format!("{} {} {:?}", error.subject().unwrap(), error.code(), error.location().field)
    };
    let left_out: Vec<String> = done.left_out.iter().map(said).collect();
    assert_eq!(
        left_out,
        [
            r#"replication r1 dangling-reference Some("sectors")"#,
            r#"replication r2 dangling-reference Some("sectors")"#,
            r#"replication r3 graph-contradiction Some("since")"#,
            r#"replication r3 dangling-reference Some("sectors")"#,
            r#"replication alone field-missing Some("sources")"#,
        ]
    );
    own.commit(&stamp(), done.actions).unwrap();
    let view = own.view();
    let dates = |id: &str| {
        let found: &Replication = view.find(id).unwrap();
        assert_eq!((found.sectors.len(), &found.provenance), (1, &vec![source.clone()]));
        [found.started_on, found.implemented_on].map(|on| on.map(|on| on.to_string()))
    };
    assert_eq!(dates("r1"), [None, Some("2021".to_owned())]);
    assert_eq!(dates("r2"), [Some("2019".to_owned()), Some("2021".to_owned())]);
    assert_eq!(dates("r3"), [None, Some("2019".to_owned())]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    /// Whatever stands in a file: an answer, never a panic; and what is read can be written again and drawn.
    #[test]
    fn nothing_panics(noise in "\\PC{0,40}", cut in 0_usize..9_000, at in 0_usize..9_000, which in 0_usize..6) {
        let format = GraphFormat::ALL[which];
        let text = std::fs::read_to_string(fixture(&format!("lineage.{}", format.extension()))).unwrap();
        let snap = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let (from, to) = (snap(at.min(cut)), snap(at.max(cut)));
        let changed = format!("{}{noise}{}", &text[..from], &text[to..]);
        for text in [noise, changed] {
            if let Ok(read) = read_graph(&text, format) {
                let written = write_graph(&read.graph, format).unwrap();
                prop_assert_eq!(&read_graph(&written, format).unwrap().graph, &read.graph);
                draw_svg(&read.graph, Lang::Id).unwrap();
                draw_tree(&read.graph, Lang::Id).unwrap();
            }
        }
    }
}
