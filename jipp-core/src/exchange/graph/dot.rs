//! DOT, the language of Graphviz ("The DOT Language", its grammar).
//!
//! Every field is an attribute under its own name, in quotes, with `\"` for a quote and `\\` for a backslash; `label` and
//! the looks beside them are for the picture. Read are directed graphs: nodes, chains of edges, attribute lists, defaults for
//! nodes and edges, comments, and subgraphs, whose nodes are kept and whose grouping is not. In a `strict` graph edges of
//! the same ends are one. Refused with `graph-unsupported`: undirected graphs, HTML-like ids, subgraphs as the end of an edge.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::build::{Builder, Fields, GraphRead, NoteKind, Place};
use super::dot_tokens::{Token, tokens};
use super::{MAX_ATTRIBUTES, MAX_GRAPH_NESTING, attributes, caption, limit, shorten, syntax};
use crate::base::{Code, Error, Lang, Result};
use crate::model::{EvidenceLevel, Graph, GraphEdge, GraphNode};

/// Attributes that concern looks only.
const LOOKS: [&str; 64] = [
    "arrowhead",
    "arrowsize",
    "arrowtail",
    "bgcolor",
    "center",
    "charset",
    "class",
    "clusterrank",
    "color",
    "colorscheme",
    "compound",
    "concentrate",
    "constraint",
    "decorate",
    "dpi",
    "fillcolor",
    "fixedsize",
    "fontcolor",
    "fontname",
    "fontsize",
    "forcelabels",
    "gradientangle",
    "group",
    "headclip",
    "headport",
    "height",
    "labelangle",
    "labeldistance",
    "labelfloat",
    "labelfontcolor",
    "labelfontname",
    "labelfontsize",
    "labeljust",
    "labelloc",
    "landscape",
    "layout",
    "len",
    "lhead",
    "ltail",
    "margin",
    "minlen",
    "newrank",
    "nodesep",
    "nojustify",
    "ordering",
    "orientation",
    "outputorder",
    "overlap",
    "pad",
    "penwidth",
    "peripheries",
    "pos",
    "rank",
    "rankdir",
    "ranksep",
    "ratio",
    "rotate",
    "samehead",
    "sametail",
    "shape",
    "size",
    "splines",
    "style",
    "width",
];

pub(super) fn write(graph: &Graph) -> String {
    let mut out = String::from("digraph lineage {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n");
    for node in &graph.nodes {
        put_node(&mut out, node);
    }
    for edge in &graph.edges {
        put_edge(&mut out, edge);
    }
    out.push_str("}\n");
    out
}

fn put_node(out: &mut String, node: &GraphNode) {
    let mut list = Vec::new();
    if let Some(title) = &node.title {
        // In a label Graphviz reads `&amp;` and its like as the sign.
        list.push(("label", shorten(title, 40).replace('&', "&amp;")));
    }
    if super::is_stopped(node) {
        list.push(("color", "gray".to_owned()));
    }
    list.extend(attributes::of_node(node));
    put(out, &quote(&node.id.to_string()), &list);
}

fn put_edge(out: &mut String, edge: &GraphEdge) {
    let mut list = Vec::new();
    let label = caption(edge, Lang::En);
    if !label.is_empty() {
        list.push(("label", label));
    }
    if edge.evidence == Some(EvidenceLevel::Inferred) {
        list.push(("style", "dashed".to_owned()));
    }
    list.extend(attributes::of_edge(edge));
    let ends = format!("{} -> {}", quote(&edge.source.to_string()), quote(&edge.target.to_string()));
    put(out, &ends, &list);
}

fn put(out: &mut String, what: &str, list: &[(&str, String)]) {
    let list: Vec<String> = list.iter().map(|(field, value)| format!("{field}={}", quote(value))).collect();
    // Writing to a string cannot fail.
    let _ = match &list[..] {
        [] => writeln!(out, "  {what};"),
        list => writeln!(out, "  {what} [{}];", list.join(", ")),
    };
}

fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

pub(super) fn read(text: &str) -> Result<GraphRead> {
    let mut parser = Parser { tokens: tokens(text)?, ..Parser::default() };
    parser.graph()?;
    for edge in std::mem::take(&mut parser.edges) {
        parser.builder.edge(&edge.source, &edge.target, &edge.fields, Place::Line(edge.line))?;
    }
    parser.builder.finish()
}

#[derive(Default)]
struct Parser {
    tokens: Vec<(Token, u64)>,
    at: usize,
    is_strict: bool,
    builder: Builder,
    edges: Vec<Edge>,
    /// In a strict graph, where the edge between two nodes stands.
    known: FxHashMap<(String, String), usize>,
}

struct Edge {
    source: String,
    target: String,
    fields: Fields,
    line: u64,
}

/// The defaults that hold inside a pair of braces.
#[derive(Clone, Default)]
struct Scope {
    node: Fields,
    edge: Fields,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }
    fn line(&self) -> u64 {
        let last = self.tokens.last();
        self.tokens.get(self.at).or(last).map_or(1, |(_, line)| *line)
    }
    /// Where the word before the next one stands: the end of the statement that was just read.
    fn place(&self) -> Place {
        Place::Line(self.tokens.get(self.at.saturating_sub(1)).map_or(1, |(_, line)| *line))
    }
    fn eat(&mut self, sign: char) -> bool {
        let found = self.peek() == Some(&Token::Sign(sign));
        self.at += usize::from(found);
        found
    }
    fn expect(&mut self, sign: char) -> Result<()> {
        if self.eat(sign) { Ok(()) } else { Err(self.unexpected(&format!("`{sign}`"))) }
    }
    fn unexpected(&self, expected: &str) -> Error {
        let found = match self.peek() {
            None => "the end of the file".to_owned(),
            Some(Token::Bare(text) | Token::Quoted(text)) => text.clone(),
            Some(Token::Arrow) => "->".to_owned(),
            Some(Token::Line) => "--".to_owned(),
            Some(Token::Sign(sign)) => sign.to_string(),
        };
        syntax(found).line(self.line()).expected(expected)
    }
    fn unsupported(&self, value: &str, expected: &str) -> Error {
        Error::new(Code::GraphUnsupported).line(self.line()).value(value).expected(expected)
    }
    /// Whether a keyword comes next; keywords are told from ids by having no quotes.
    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Bare(text)) if text.eq_ignore_ascii_case(word))
    }
    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.at += usize::from(found);
        found
    }
    fn id(&mut self, expected: &str) -> Result<String> {
        match self.peek() {
            Some(Token::Bare(text) | Token::Quoted(text)) => {
                let text = text.clone();
                self.at += 1;
                Ok(text)
            }
            _ => Err(self.unexpected(expected)),
        }
    }

    fn graph(&mut self) -> Result<()> {
        self.is_strict = self.eat_word("strict");
        if self.is_word("graph") {
            return Err(self.unsupported("graph", "a digraph: a lineage has a direction"));
        }
        if !self.eat_word("digraph") {
            return Err(self.unexpected("digraph"));
        }
        if self.peek() != Some(&Token::Sign('{')) {
            self.id("`{`")?;
        }
        self.expect('{')?;
        self.statements(&mut Scope::default())?;
        if self.at < self.tokens.len() {
            return Err(self.unexpected("the end of the file: one graph to a file"));
        }
        Ok(())
    }

    /// Everything up to and with the closing brace.
    fn statements(&mut self, scope: &mut Scope) -> Result<()> {
        while !self.eat('}') {
            self.statement(scope)?;
            self.eat(';');
        }
        Ok(())
    }

    fn statement(&mut self, scope: &mut Scope) -> Result<()> {
        if self.is_word("subgraph") || self.peek() == Some(&Token::Sign('{')) {
            return self.subgraph(scope);
        }
        for word in ["graph", "node", "edge"] {
            if self.eat_word(word) {
                let list = self.attribute_list()?;
                match word {
                    "node" => scope.node = self.merged(&scope.node, list)?,
                    "edge" => scope.edge = self.merged(&scope.edge, list)?,
                    _ => self.graph_attributes(&list),
                }
                return Ok(());
            }
        }
        let line = self.line();
        let first = self.id("a node, an edge, an attribute or `}`")?;
        if self.eat('=') {
            let value = self.id("a value")?;
            self.graph_attributes(&vec![(first, Value::String(value))]);
            return Ok(());
        }
        self.port()?;
        self.nodes_or_edges(first, line, scope)
    }

    fn subgraph(&mut self, scope: &Scope) -> Result<()> {
        let place = Place::Line(self.line());
        let mut name = String::new();
        if self.eat_word("subgraph") && self.peek() != Some(&Token::Sign('{')) {
            name = self.id("`{`")?;
        }
        let mut inner = scope.clone();
        inner.depth += 1;
        if inner.depth > MAX_GRAPH_NESTING {
            let fault = syntax("{").line(self.line());
            return Err(fault.expected(format!("at most {MAX_GRAPH_NESTING} subgraphs inside each other")));
        }
        self.builder.notes.add(NoteKind::StructureDropped, &place, "subgraph", Some(&name));
        self.expect('{')?;
        self.statements(&mut inner)?;
        if matches!(self.peek(), Some(Token::Arrow | Token::Line)) {
            return Err(self.unsupported("}", "nodes as ends of an edge, no subgraph"));
        }
        Ok(())
    }

    /// `a`, or `a -> b -> c`, with attributes behind it.
    fn nodes_or_edges(&mut self, first: String, line: u64, scope: &Scope) -> Result<()> {
        let mut chain = vec![first];
        loop {
            match self.peek() {
                Some(Token::Line) => return Err(self.unsupported("--", "->: a lineage has a direction")),
                Some(Token::Arrow) => self.at += 1,
                _ => break,
            }
            if self.is_word("subgraph") || self.peek() == Some(&Token::Sign('{')) {
                return Err(self.unsupported("{", "nodes as ends of an edge, no subgraph"));
            }
            chain.push(self.id("a node")?);
            self.port()?;
        }
        let list = self.attribute_list()?;
        if let [node] = &chain[..] {
            let fields = self.merged(&scope.node, list)?;
            let fields = self.without_looks(fields, "title");
            return self.builder.node(node, &fields, &Place::Line(line));
        }
        // A node that stands in an edge only has the defaults too.
        let defaults = self.without_looks(scope.node.clone(), "title");
        if !defaults.is_empty() {
            for node in &chain {
                self.builder.node(node, &defaults, &Place::Line(line))?;
            }
        }
        let fields = self.merged(&scope.edge, list)?;
        let fields = self.without_looks(fields, "change_type");
        for pair in chain.windows(2) {
            if let [source, target] = pair {
                self.edge(Edge { source: source.clone(), target: target.clone(), fields: fields.clone(), line });
            }
        }
        Ok(())
    }

    fn edge(&mut self, edge: Edge) {
        if self.is_strict {
            let ends = (edge.source.clone(), edge.target.clone());
            let known = *self.known.entry(ends).or_insert(self.edges.len());
            if let Some(former) = self.edges.get_mut(known) {
                former.fields.extend(edge.fields);
                return;
            }
        }
        self.edges.push(edge);
    }

    /// `[a=b, c=d][e=f]`, or nothing.
    fn attribute_list(&mut self) -> Result<Fields> {
        let mut list = Vec::new();
        while self.eat('[') {
            while !self.eat(']') {
                let name = self.id("an attribute or `]`")?;
                let value = if self.eat('=') { self.id("a value")? } else { "true".to_owned() };
                list.push((name, Value::String(value)));
                if !self.eat(',') {
                    self.eat(';');
                }
            }
        }
        Ok(list)
    }

    /// Attributes, with later ones in the place of earlier ones of the same name.
    fn merged(&self, former: &Fields, list: Fields) -> Result<Fields> {
        let mut merged = former.clone();
        for (name, value) in list {
            merged.retain(|(other, _)| *other != name);
            merged.push((name, value));
            limit("attributes", merged.len(), MAX_ATTRIBUTES).map_err(|error| error.line(self.line()))?;
        }
        Ok(merged)
    }

    /// `:port:compass` behind a node: where an edge touches it, which concerns looks.
    fn port(&mut self) -> Result<()> {
        while self.eat(':') {
            self.id("a port")?;
        }
        Ok(())
    }

    fn graph_attributes(&mut self, list: &Fields) {
        for (name, value) in list.iter().filter(|(name, _)| !LOOKS.contains(&name.as_str())) {
            self.builder.notes.count(
                NoteKind::AttributeUnknown,
                &self.place(),
                &format!("graph.{name}"),
                value.as_str(),
            );
        }
    }

    /// The attributes that mean something. A label stands for `field` where that is missing, and is for the picture
    /// otherwise.
    fn without_looks(&mut self, list: Fields, field: &str) -> Fields {
        let mut kept: Fields = Vec::with_capacity(list.len());
        for (name, value) in list {
            if name == "dir" && value.as_str() != Some("forward") {
                self.builder.notes.count(NoteKind::DirectionAssumed, &self.place(), "dir", value.as_str());
            } else if !LOOKS.contains(&name.as_str()) && name != "dir" {
                kept.push((name, value));
            }
        }
        let is_exact = kept.iter().any(|(name, _)| name == field || name == "replication");
        kept.retain(|(name, _)| name != "label" || !is_exact);
        for (name, value) in kept.iter_mut().filter(|(name, _)| name == "label") {
            // `\N` is the id of the node, which needs no title.
            let text = value.as_str().unwrap_or_default().replace('\n', " ");
            *name = if text == "\\N" || text.is_empty() { String::new() } else { field.to_owned() };
            *value = Value::String(text);
        }
        kept.retain(|(name, _)| !name.is_empty());
        kept
    }
}
