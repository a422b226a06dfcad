//! Mermaid flowcharts (the "Flowcharts - Basic Syntax" of its documentation).
//!
//! What is written is a flowchart with shortened, readable labels. The exact values ride in comments, which Mermaid skips:
//! under each node `%% jipp` with the short name and the node as JSON, under each edge `%% jipp` with the edge as JSON, without
//! its ends, which are those of the line above. Mermaid itself shows charts of up to 500 edges and 50,000 characters, unless it
//! is configured for more.
//!
//! Read is a plain flowchart too: nodes of any shape with their texts as titles, arrows of any style with the kind of change as
//! text, chains, `&`, and subgraphs, which are flattened. The short names are the ids then. Styles and classes concern looks;
//! clicks and what else a chart can hold are noted; a line that is none of this is refused with `graph-syntax`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::build::{Builder, Fields, GraphRead, NoteKind, Place};
use super::json::json_object;
use super::mermaid_line::{Link, Reader, Vertex};
use super::{MAX_GRAPH_NESTING, caption, is_stopped, shorten, syntax};
use crate::base::{AgencyId, Code, Error, Lang, Result};
use crate::model::{EvidenceLevel, Graph, GraphEdge, GraphNode, NodeId};

/// What the comments with exact values begin with.
const EXACT: &str = "%% jipp ";

pub(super) fn write(graph: &Graph) -> String {
    let mut out = String::from("flowchart LR\n");
    let mut names: BTreeMap<&NodeId, String> = BTreeMap::new();
    for (number, node) in graph.nodes.iter().enumerate() {
        let name = format!("n{}", number + 1);
        put_node(&mut out, node, &name);
        names.insert(&node.id, name);
    }
    let name = |id: &NodeId| names.get(id).cloned().unwrap_or_default();
    for edge in &graph.edges {
        put_edge(&mut out, edge, &name(&edge.source), &name(&edge.target));
    }
    out.push_str("  classDef stopped stroke-dasharray: 4 3,color:#666\n");
    out
}

fn put_node(out: &mut String, node: &GraphNode, name: &str) {
    let title =
        node.title.as_deref().filter(|title| !title.is_empty()).map_or_else(|| node.id.to_string(), str::to_owned);
    let owner = node.owner_name.as_deref().or(node.owner.as_ref().map(AgencyId::as_str));
    let mut label = escape(&shorten(&title, 60));
    if let Some(owner) = owner.filter(|owner| !owner.is_empty()) {
        label += "<br/>";
        label += &escape(&shorten(owner, 60));
    }
    let class = if is_stopped(node) { ":::stopped" } else { "" };
    // A record whose names are texts; and writing to a string cannot fail either.
    let exact = serde_json::to_string(node).unwrap_or_default();
    let _ = writeln!(out, "  {name}[\"{label}\"]{class}\n  {EXACT}{name} {exact}");
}

fn put_edge(out: &mut String, edge: &GraphEdge, source: &str, target: &str) {
    let arrow = if edge.evidence == Some(EvidenceLevel::Inferred) { "-.->" } else { "-->" };
    let label = match caption(edge, Lang::En) {
        text if text.is_empty() => text,
        text => format!("|\"{}\"|", escape(&text)),
    };
    let mut exact = serde_json::to_value(edge).unwrap_or_default();
    if let Some(fields) = exact.as_object_mut() {
        fields.remove("source");
        fields.remove("target");
    }
    let _ = writeln!(out, "  {source} {arrow}{label} {target}\n  {EXACT}{exact}");
}

/// Signs that could mean something to Mermaid or to HTML stand as numbers.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | '-' | '\'' | '/' | '(' | ')' | '…' | '–') {
            escaped.push(c);
        } else {
            let _ = write!(escaped, "#{};", u32::from(c));
        }
    }
    escaped
}

pub(super) fn read(text: &str) -> Result<GraphRead> {
    let mut chart = Chart::default();
    let mut is_front_matter = false;
    for (number, line) in (1_u64..).zip(text.trim_start_matches('\u{feff}').split('\n')) {
        let line = line.trim();
        if line == "---" && (is_front_matter || !chart.has_header) {
            is_front_matter = !is_front_matter;
        } else if !is_front_matter && !line.is_empty() {
            chart.line(line, number).map_err(|error| error.line(number))?;
        }
    }
    chart.finish()
}

#[derive(Default)]
struct Chart {
    has_header: bool,
    nodes: Vec<Node>,
    /// Where the node of a short name stands.
    names: BTreeMap<String, usize>,
    edges: Vec<Edge>,
    /// How many edges there are beyond one for each arrow.
    joined: usize,
    /// Whether the last line made one edge, whose exact values may follow.
    is_fresh: bool,
    depth: usize,
    builder: Builder,
}

struct Node {
    /// What it is, where a comment says it; otherwise its short name is its id.
    id: String,
    fields: Fields,
    is_exact: bool,
    line: u64,
}

struct Edge {
    ends: (usize, usize),
    fields: Fields,
    line: u64,
}

impl Chart {
    fn line(&mut self, line: &str, number: u64) -> Result<()> {
        if let Some(exact) = line.strip_prefix(EXACT) {
            return self.exact(exact, number);
        }
        if line.starts_with("%%") {
            return Ok(());
        }
        self.is_fresh = false;
        let mut reader = Reader::new(line);
        while !reader.is_at_end() {
            if !self.has_header {
                reader.header()?;
                self.has_header = true;
            } else if let Some(word) = reader.keyword() {
                self.keyword(word, &mut reader, number)?;
            } else {
                self.chain(&mut reader, number)?;
            }
            reader.end_of_statement()?;
        }
        Ok(())
    }

    fn keyword(&mut self, word: &str, reader: &mut Reader<'_>, line: u64) -> Result<()> {
        let rest = reader.rest_of_statement();
        let at = Place::Line(line);
        match word {
            "subgraph" => {
                self.depth += 1;
                if self.depth > MAX_GRAPH_NESTING {
                    let expected = format!("at most {MAX_GRAPH_NESTING} subgraphs inside each other");
                    return Err(syntax("subgraph").expected(expected));
                }
                self.builder.notes.add(NoteKind::StructureDropped, &at, "subgraph", Some(rest));
            }
            "end" => {
                self.depth = self.depth.checked_sub(1).ok_or_else(|| syntax("end").expected("a subgraph to end"))?;
            }
            "click" => self.builder.notes.add(NoteKind::StatementIgnored, &at, "click", Some(rest)),
            // Styles, classes and directions concern looks.
            _ => {}
        }
        Ok(())
    }

    /// `a & b --> c --> d`
    fn chain(&mut self, reader: &mut Reader<'_>, line: u64) -> Result<()> {
        let before = self.edges.len();
        let mut from = self.group(reader, line)?;
        while let Some(link) = reader.link()? {
            let to = self.group(reader, line)?;
            let edges = from.len().saturating_mul(to.len());
            self.joined = self.joined.saturating_add(edges - 1);
            super::limit("edges", self.edges.len().saturating_add(edges), super::MAX_GRAPH_EDGES)?;
            super::limit("edges made by &", self.joined, super::MAX_GRAPH_JOINED)?;
            for source in &from {
                for target in &to {
                    let edge = self.edge((*source, *target), &link, line);
                    self.edges.push(edge);
                }
            }
            from = to;
        }
        self.is_fresh = self.edges.len() == before + 1;
        Ok(())
    }

    fn edge(&mut self, ends: (usize, usize), arrow: &Link, line: u64) -> Edge {
        if arrow.is_undirected {
            self.builder.notes.count(NoteKind::DirectionAssumed, &Place::Line(line), "link", None);
        }
        let label = arrow.text.clone().map(|text| ("change_type".to_owned(), Value::String(text)));
        Edge { ends, fields: label.into_iter().collect(), line }
    }

    fn group(&mut self, reader: &mut Reader<'_>, line: u64) -> Result<Vec<usize>> {
        let mut group = Vec::new();
        loop {
            let vertex = reader.vertex()?;
            group.push(self.node(vertex, line)?);
            if !reader.eat("&") {
                return Ok(group);
            }
        }
    }

    fn node(&mut self, vertex: Vertex, line: u64) -> Result<usize> {
        super::limit("nodes", self.nodes.len(), super::MAX_GRAPH_NODES)?;
        let next = self.nodes.len();
        let at = *self.names.entry(vertex.name.clone()).or_insert(next);
        if at == next {
            self.nodes.push(Node { id: vertex.name, fields: Vec::new(), is_exact: false, line });
        }
        if let (Some(text), Some(node)) = (vertex.text, self.nodes.get_mut(at))
            && !node.is_exact
        {
            node.fields = vec![("title".to_owned(), Value::String(text))];
        }
        Ok(at)
    }

    /// Exact values: `n1 {...}` of a node, `{...}` of the edge in the line before.
    fn exact(&mut self, text: &str, line: u64) -> Result<()> {
        let (name, json) = text.find('{').and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""));
        let mut fields = json_object(json)?;
        let name = name.trim();
        if name.is_empty() {
            let edge = self.edges.last_mut().filter(|_| self.is_fresh);
            let edge = edge.ok_or_else(|| syntax(EXACT.trim()).expected("below the line of one edge"))?;
            edge.fields = fields.into_iter().collect();
            self.is_fresh = false;
            return Ok(());
        }
        let Some(Value::String(id)) = fields.remove("id") else {
            return Err(Error::new(Code::FieldMissing).field("id"));
        };
        let at = self.node(Vertex { name: name.to_owned(), text: None }, line)?;
        if let Some(node) = self.nodes.get_mut(at) {
            *node = Node { id, fields: fields.into_iter().collect(), is_exact: true, line };
        }
        Ok(())
    }

    fn finish(mut self) -> Result<GraphRead> {
        if !self.has_header {
            return Err(syntax("the end of the file").expected("flowchart"));
        }
        if self.depth > 0 {
            return Err(syntax("the end of the file").expected("end of the subgraph"));
        }
        for node in &self.nodes {
            let at = Place::Line(node.line);
            if node.is_exact {
                self.builder.sole_node(&node.id, &node.fields, &at)?;
            } else {
                self.builder.node(&node.id, &node.fields, &at)?;
            }
        }
        for edge in &self.edges {
            if let (Some(source), Some(target)) = (self.nodes.get(edge.ends.0), self.nodes.get(edge.ends.1)) {
                self.builder.edge(&source.id, &target.id, &edge.fields, Place::Line(edge.line))?;
            }
        }
        self.builder.finish()
    }
}
