//! Graph files: a lineage out and in, and drawn.
//!
//! | format | [`GraphFormat`] | made for |
//! | --- | --- | --- |
//! | DOT | `dot` | Graphviz |
//! | Mermaid flowchart | `mermaid` | Markdown pages |
//! | `GraphML` | `graphml` | Gephi, yEd, Cytoscape, networkx |
//! | PROV-JSON | `prov-json` | provenance tools, the Python package `prov` |
//! | node-link JSON | `node-link` | networkx, D3 |
//! | CSV | `csv` | spreadsheets, data frames |
//!
//! [`write_graph`] writes every field of every node and edge; [`read_graph`] of that gives the same graph, in the order that
//! [`Graph::sort`] makes. Each format can also be written by hand or by another program: then what is missing is filled in
//! as below, and whatever is repaired or not understood stands in the [notes](GraphRead::notes).
//!
//! | the file | the graph |
//! | --- | --- |
//! | an edge names a node that is not listed | the node is added (`node-added`) |
//! | an edge names no replication | it gets an id made of its ends (`replication-named`) |
//! | an edge has no state | it is `claimed`: declared by whoever wrote the file (`state-assumed`) |
//! | a control character in a title or name | a blank stands for it (`text-repaired`) |
//! | an attribute that a graph has no field for | left out (`attribute-unknown`) |
//! | a value that does not fit its field | left out (`value-unreadable`) |
//! | groups of nodes | their nodes, without the group (`structure-dropped`) |
//! | undirected edges | directed as written (`direction-assumed`) |
//! | a statement or record of no meaning here | left out (`statement-ignored`) |
//!
//! What only concerns looks (colours, shapes, fonts, positions) is left out without a note. A file is refused as a whole
//! where its syntax is broken, where a node or edge stands twice, where an id is no id, and where it is too large: see
//! [`MAX_GRAPH_BYTES`], [`MAX_GRAPH_NODES`], [`MAX_GRAPH_EDGES`], [`MAX_GRAPH_JOINED`] and [`MAX_GRAPH_NESTING`].

mod adopt;
mod attributes;
mod build;
mod csv;
mod dot;
mod dot_tokens;
mod graphml;
mod json;
mod layout;
mod legend;
mod mermaid;
mod mermaid_line;
mod node_link;
mod prov;
mod svg;
mod tree;

use crate::base::vocabulary::vocabulary;
use crate::base::{Code, Error, Lang, Result};
use crate::model::{EvidenceLevel, Graph, GraphEdge, GraphNode, InnovationStage};

pub use adopt::{GraphActions, graph_actions};
pub use build::{GraphNote, GraphRead, NoteKind};
pub use csv::{read_csv_tables, write_edges_csv, write_nodes_csv};
pub use svg::draw_svg;
pub use tree::draw_tree;

/// The greatest length of a graph file, in bytes of UTF-8.
pub const MAX_GRAPH_BYTES: usize = 1 << 30;
/// The most nodes of a graph file.
pub const MAX_GRAPH_NODES: usize = 1_000_000;
/// The most edges of a graph file.
pub const MAX_GRAPH_EDGES: usize = 2_000_000;
/// The most edges that `&` may make in one file of Mermaid, beyond one for each arrow: a short line names very many.
pub const MAX_GRAPH_JOINED: usize = 20_000;
/// The most attributes of one node, of one edge, or that hold for all.
const MAX_ATTRIBUTES: usize = 256;
/// How deep groups, elements or brackets may stand inside each other.
pub const MAX_GRAPH_NESTING: usize = 64;

vocabulary! {
    /// A format of graph files.
    GraphFormat = "graph-format" {
        Dot = "dot", "DOT (Graphviz)", "DOT (Graphviz)";
        Mermaid = "mermaid", "diagram alir Mermaid", "Mermaid flowchart";
        Graphml = "graphml", "GraphML", "GraphML";
        ProvJson = "prov-json", "PROV-JSON", "PROV-JSON";
        NodeLink = "node-link", "JSON simpul-sisi", "node-link JSON";
        Csv = "csv", "daftar sisi CSV", "CSV edge list";
    }
}

impl GraphFormat {
    /// The usual ending of a file's name.
    ///
    /// ```
    /// use jipp_core::exchange::GraphFormat;
    /// assert_eq!(GraphFormat::ProvJson.extension(), "prov.json");
    /// ```
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Dot => "dot",
            Self::Mermaid => "mmd",
            Self::Graphml => "graphml",
            Self::ProvJson => "prov.json",
            Self::NodeLink => "json",
            Self::Csv => "csv",
        }
    }

    /// The format that a file's name tells by its ending, whatever its case.
    ///
    /// ```
    /// use jipp_core::exchange::GraphFormat;
    /// assert_eq!(GraphFormat::of_file("lineage.GV"), Some(GraphFormat::Dot));
    /// assert_eq!(GraphFormat::of_file("lineage.prov.json"), Some(GraphFormat::ProvJson));
    /// assert_eq!(GraphFormat::of_file("lineage.txt"), None);
    /// ```
    pub fn of_file(name: &str) -> Option<Self> {
        // The longer ending first.
        const ENDINGS: [(&str, GraphFormat); 10] = [
            (".prov.json", GraphFormat::ProvJson),
            (".provjson", GraphFormat::ProvJson),
            (".json", GraphFormat::NodeLink),
            (".dot", GraphFormat::Dot),
            (".gv", GraphFormat::Dot),
            (".mmd", GraphFormat::Mermaid),
            (".mermaid", GraphFormat::Mermaid),
            (".graphml", GraphFormat::Graphml),
            (".xml", GraphFormat::Graphml),
            (".csv", GraphFormat::Csv),
        ];
        let name = name.to_lowercase();
        ENDINGS.iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, format)| *format)
    }
}

fn limit(what: &str, count: usize, most: usize) -> Result<()> {
    if count <= most {
        return Ok(());
    }
    Err(Error::new(Code::TooMany).field(what).value(count).expected(format!("at most {most}")))
}

fn check_length(text: &str) -> Result<()> {
    if text.len() <= MAX_GRAPH_BYTES {
        return Ok(());
    }
    let expected = format!("at most {MAX_GRAPH_BYTES} bytes, not {}", text.len());
    Err(Error::new(Code::TextTooLong).expected(expected))
}

/// A fault of syntax, with what stands there.
fn syntax(found: impl std::fmt::Display) -> Error {
    Error::new(Code::GraphSyntax).value(found)
}

/// How many lines end in a text.
fn lines_in(text: &str) -> u64 {
    text.bytes().map(|byte| u64::from(byte == b'\n')).sum()
}

/// The beginning of a text, if it has more than `most` characters.
fn shorten(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => text.chars().take(most.saturating_sub(1)).collect::<String>().trim_end().to_owned() + "…",
    }
}

/// Whether it is known to run no more.
fn is_stopped(node: &GraphNode) -> bool {
    matches!(node.stage, Some(InnovationStage::Dormant | InnovationStage::Retired))
}

/// What a picture says beside an edge: the kind of change, and that it is inferred.
fn caption(edge: &GraphEdge, lang: Lang) -> String {
    use crate::base::Vocabulary as _;
    let change = edge.change_type.map(|change| change.label(lang));
    let inferred = edge.evidence.filter(|level| *level == EvidenceLevel::Inferred).map(|level| level.label(lang));
    change.into_iter().chain(inferred).collect::<Vec<_>>().join(", ")
}

/// Writes a graph. Its lists must be in the order of [`Graph::sort`] for the file to read back as the same value.
///
/// ```
/// use jipp_core::{exchange::{GraphFormat, write_graph}, model::{Graph, GraphNode}};
/// let graph = Graph { nodes: vec![GraphNode::new("kota-ambon/antre".parse()?)], edges: Vec::new() };
/// assert!(write_graph(&graph, GraphFormat::Dot)?.contains("\"kota-ambon/antre\";"));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// What [`Graph::check`] says; `too-many` and `text-too-long` beyond the limits of [`read_graph`].
///
/// # Complexity
/// O(n log n) in nodes and edges; the whole text is in memory.
pub fn write_graph(graph: &Graph, format: GraphFormat) -> Result<String> {
    graph.check()?;
    limit("nodes", graph.nodes.len(), MAX_GRAPH_NODES)?;
    limit("edges", graph.edges.len(), MAX_GRAPH_EDGES)?;
    let text = match format {
        GraphFormat::Csv => csv::write(graph),
        GraphFormat::Dot => dot::write(graph),
        GraphFormat::Graphml => graphml::write(graph),
        GraphFormat::Mermaid => mermaid::write(graph),
        GraphFormat::NodeLink => node_link::write(graph),
        GraphFormat::ProvJson => prov::write(graph),
    };
    check_length(&text)?;
    Ok(text)
}

/// Reads a graph.
///
/// ```
/// use jipp_core::exchange::{GraphFormat, NoteKind, read_graph, write_graph};
/// let read = read_graph("digraph { antre -> antre2 [replication=r1, change_type=adapt] }", GraphFormat::Dot)?;
/// assert_eq!(read.graph.edges[0].replication.as_str(), "r1");
/// assert_eq!(read.notes[0].kind, NoteKind::StateAssumed);
/// let text = write_graph(&read.graph, GraphFormat::Graphml)?;
/// assert_eq!(read_graph(&text, GraphFormat::Graphml)?.graph, read.graph);
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `graph-syntax`, `json-syntax`, `csv-syntax` where the file breaks the rules of its format; `graph-unsupported` for parts of
/// a format that are refused (each format says which); `field-missing`, `field-type`; `id-empty`, `id-too-long` and
/// `id-character` for names that are no ids; `duplicate-in-record` for a node or an edge that stands twice; `too-many` and
/// `text-too-long` beyond the limits. Each with its line, or in JSON its place.
///
/// # Complexity
/// O(n log n) in nodes and edges.
pub fn read_graph(text: &str, format: GraphFormat) -> Result<GraphRead> {
    check_length(text)?;
    match format {
        GraphFormat::Csv => csv::read(text),
        GraphFormat::Dot => dot::read(text),
        GraphFormat::Graphml => graphml::read(text),
        GraphFormat::Mermaid => mermaid::read(text),
        GraphFormat::NodeLink => node_link::read(text),
        GraphFormat::ProvJson => prov::read(text),
    }
}

/// A text for people to look at: without what cannot be shown, or would turn the direction of what stands behind it.
fn readable(text: &str) -> String {
    let is_hidden =
        |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}' | '\u{feff}');
    text.chars().filter(|c| !is_hidden(*c)).map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).collect()
}
