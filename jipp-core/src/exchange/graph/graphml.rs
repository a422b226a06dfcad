//! `GraphML` (Brandes, Eiglsperger, Lerner: "`GraphML` Primer").
//!
//! Every field is a `<data>` under a typed `<key>` of its own, all of type `string`, sectors with blanks between them, sources
//! as JSON. XML cannot hold U+FFFE and U+FFFF: a text with them stands as JSON under the name of its field and `_json`.
//!
//! Read are files of other programs too: keys by their `attr.name`, with their defaults; graphs inside nodes, which are
//! flattened; undirected edges, taken as written. Refused with `graph-unsupported`: document types, and with them every entity
//! but the five of XML, so that no entity can grow; hyperedges; links to other files.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use quick_xml::Reader;
use quick_xml::escape::{escape, resolve_xml_entity, unescape};
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

use super::attributes::{EDGE_FIELDS, NODE_FIELDS, may_be_empty, of_edge, of_node};
use super::build::{Builder, Fields, GraphRead, NoteKind, Place};
use super::{MAX_ATTRIBUTES, MAX_GRAPH_NESTING, limit, lines_in, syntax};
use crate::base::{Code, Error, Result};
use crate::model::Graph;

/// What XML cannot hold at all, though a line of text can.
const NOT_XML: [char; 2] = ['\u{fffe}', '\u{ffff}'];
/// What is put behind the name of a field whose value stands as JSON.
const AS_JSON: &str = "_json";

pub(super) fn write(graph: &Graph) -> String {
    let nodes: Vec<_> = graph.nodes.iter().map(|node| (node.id.to_string(), values(of_node(node)))).collect();
    let edges: Vec<_> = graph.edges.iter().map(|edge| (edge, values(of_edge(edge)))).collect();
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"\n    \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n    \
         xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n",
    );
    let is_escaped = nodes.iter().any(|(_, values)| values.iter().any(|(name, _)| name.ends_with(AS_JSON)));
    for field in NODE_FIELDS {
        put_key(&mut out, "node", field);
        if is_escaped && may_be_empty(field) {
            put_key(&mut out, "node", &format!("{field}{AS_JSON}"));
        }
    }
    for field in EDGE_FIELDS {
        put_key(&mut out, "edge", field);
    }
    out.push_str("  <graph id=\"lineage\" edgedefault=\"directed\">\n");
    for (id, values) in &nodes {
        put(&mut out, "node", &format!("id=\"{}\"", escape(id)), values);
    }
    for (edge, values) in &edges {
        let (source, target) = (edge.source.to_string(), edge.target.to_string());
        put(&mut out, "edge", &format!("source=\"{}\" target=\"{}\"", escape(&source), escape(&target)), values);
    }
    out.push_str("  </graph>\n</graphml>\n");
    out
}

fn put_key(out: &mut String, domain: &str, field: &str) {
    let key = format!("  <key id=\"{domain}_{field}\" for=\"{domain}\" attr.name=\"{field}\" attr.type=\"string\"/>\n");
    out.push_str(&key);
}

fn put(out: &mut String, element: &str, attributes: &str, values: &[(String, String)]) {
    // Writing to a string cannot fail.
    if values.is_empty() {
        let _ = writeln!(out, "    <{element} {attributes}/>");
        return;
    }
    let _ = writeln!(out, "    <{element} {attributes}>");
    for (field, value) in values {
        let _ = writeln!(out, "      <data key=\"{element}_{field}\">{}</data>", escape(value));
    }
    let _ = writeln!(out, "    </{element}>");
}

/// The values as XML can hold them.
fn values(values: Vec<(&'static str, String)>) -> Vec<(String, String)> {
    let held = |(field, text): (&str, String)| {
        if !text.contains(NOT_XML) {
            return (field.to_owned(), text);
        }
        // Sources are JSON already, where such a character can only stand inside a text.
        let (name, json) = match field {
            "provenance" => (field.to_owned(), text),
            _ => (format!("{field}{AS_JSON}"), Value::String(text).to_string()),
        };
        (name, json.replace('\u{fffe}', "\\ufffe").replace('\u{ffff}', "\\uffff"))
    };
    values.into_iter().map(held).collect()
}

pub(super) fn read(text: &str) -> Result<GraphRead> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = GraphmlReader { text, ..GraphmlReader::default() };
    let mut events = Reader::from_str(text);
    loop {
        let event = events.read_event().map_err(|error| {
            reader.advance(events.error_position());
            syntax("XML").line(reader.line).expected(error.to_string())
        })?;
        let is_end = matches!(event, Event::Eof);
        reader
            .take(event)
            .map_err(|error| if error.location().line.is_some() { error } else { error.line(reader.line) })?;
        reader.advance(events.buffer_position());
        if is_end {
            break;
        }
    }
    reader.builder.finish()
}

/// A key: what it is called and what holds where it is not given.
struct Key {
    name: String,
    domain: String,
    default: Option<String>,
}

/// A node or an edge that is being read, or the graph.
struct Entry {
    /// Its id, if it is a node.
    id: Option<String>,
    /// Its ends, if it is an edge.
    ends: Option<(String, String)>,
    fields: Fields,
    line: u64,
}

#[derive(Default)]
struct GraphmlReader<'a> {
    text: &'a str,
    /// How far `line` has been counted.
    at: usize,
    line: u64,
    /// The names of the open elements.
    open: Vec<String>,
    keys: BTreeMap<String, Key>,
    /// The nodes and edges that are open, outermost first.
    entries: Vec<Entry>,
    /// The key whose value or default is being read, and the text so far.
    value: Option<(String, String)>,
    /// How many elements are open inside something that is left out.
    skipped: usize,
    builder: Builder,
    graphs: usize,
}

impl GraphmlReader<'_> {
    fn advance(&mut self, position: u64) {
        let position = usize::try_from(position).unwrap_or(self.at).clamp(self.at, self.text.len());
        self.line = self.line.max(1) + lines_in(self.text.get(self.at..position).unwrap_or_default());
        self.at = position;
    }

    fn place(&self) -> Place {
        Place::Line(self.line.max(1))
    }

    fn take(&mut self, event: Event<'_>) -> Result<()> {
        self.line = self.line.max(1);
        match event {
            Event::Start(element) => self.start(&element),
            Event::Empty(element) => self.start(&element).and_then(|()| self.end()),
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text.into_inner()),
            Event::CData(text) => self.text(&text.into_inner()),
            Event::GeneralRef(reference) => {
                let resolved = match reference.resolve_char_ref() {
                    Ok(Some(c)) => Some(c.to_string()),
                    Ok(None) => resolve_xml_entity(&reference.clone().into_inner()).map(str::to_owned),
                    Err(_) => None,
                };
                match resolved {
                    Some(text) => self.text(&text),
                    None => Err(unsupported(&format!("&{};", reference.into_inner()), "no entities but those of XML")),
                }
            }
            Event::DocType(_) => Err(unsupported("<!DOCTYPE", "a file without a document type")),
            Event::Eof if !self.open.is_empty() => Err(syntax("the end of the file").expected("closed elements")),
            Event::Eof if self.graphs == 0 => Err(syntax("no graph").expected("<graphml> with a <graph>")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Eof => Ok(()),
        }
    }

    fn text(&mut self, text: &str) -> Result<()> {
        match &mut self.value {
            Some((_, value)) if self.skipped == 0 => value.push_str(text),
            _ if self.skipped > 0 || text.trim().is_empty() => {}
            _ => return Err(syntax(text.trim()).expected("text inside <data> only")),
        }
        Ok(())
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Result<()> {
        self.open.push(element.local_name().as_ref().to_owned());
        if self.open.len() > MAX_GRAPH_NESTING {
            return Err(syntax("<").expected(format!("at most {MAX_GRAPH_NESTING} elements inside each other")));
        }
        if self.skipped > 0 {
            self.skipped += 1;
            return Ok(());
        }
        let name = self.open.last().cloned().unwrap_or_default();
        let parent = self.open.len().checked_sub(2).and_then(|at| self.open.get(at)).map_or("", String::as_str);
        match (parent, name.as_str()) {
            ("", "graphml") => Ok(()),
            ("", _) => Err(syntax(&name).expected("<graphml>")),
            ("graphml", "key") => self.key(element),
            ("graphml" | "node", "graph") => self.graph(element),
            ("graph", "node") => self.node(element),
            ("graph", "edge") => self.edge(element),
            ("graphml" | "graph" | "node" | "edge", "data") => {
                self.value = Some((required(element, "key")?, String::new()));
                Ok(())
            }
            ("key", "default") => {
                self.value = Some((String::new(), String::new()));
                Ok(())
            }
            (_, "hyperedge" | "locator") => Err(unsupported(&format!("<{name}>"), "nodes and edges in this file")),
            _ => {
                self.builder.notes.count(NoteKind::StatementIgnored, &self.place(), &name, None);
                self.skipped = 1;
                Ok(())
            }
        }
    }

    fn key(&mut self, element: &BytesStart<'_>) -> Result<()> {
        let id = required(element, "id")?;
        let name = attribute(element, "attr.name")?.unwrap_or_else(|| id.clone());
        let domain = attribute(element, "for")?.unwrap_or_else(|| "all".to_owned());
        limit("keys", self.keys.len() + 1, MAX_ATTRIBUTES)?;
        // The default, if there is one, is for the key that came last.
        self.entries.push(Entry { id: Some(id.clone()), ends: None, fields: Vec::new(), line: self.line });
        match self.keys.insert(id.clone(), Key { name, domain, default: None }) {
            Some(_) => Err(Error::new(Code::DuplicateInRecord).field("key").value(id)),
            None => Ok(()),
        }
    }

    fn graph(&mut self, element: &BytesStart<'_>) -> Result<()> {
        self.graphs += 1;
        if self.graphs > 1 {
            self.builder.notes.count(NoteKind::StructureDropped, &self.place(), "graph", None);
        }
        match attribute(element, "edgedefault")?.as_deref() {
            Some("directed") => {}
            other => self.builder.notes.count(NoteKind::DirectionAssumed, &self.place(), "edgedefault", other),
        }
        Ok(())
    }

    fn node(&mut self, element: &BytesStart<'_>) -> Result<()> {
        let id = Some(required(element, "id")?);
        self.entries.push(Entry { id, ends: None, fields: Vec::new(), line: self.line });
        Ok(())
    }

    fn edge(&mut self, element: &BytesStart<'_>) -> Result<()> {
        let ends = Some((required(element, "source")?, required(element, "target")?));
        if attribute(element, "directed")?.as_deref() == Some("false") {
            self.builder.notes.count(NoteKind::DirectionAssumed, &self.place(), "directed", Some("false"));
        }
        let id = attribute(element, "id")?.map(|id| ("id".to_owned(), Value::String(id)));
        self.entries.push(Entry { id: None, ends, fields: id.into_iter().collect(), line: self.line });
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        let name = self.open.pop().unwrap_or_default();
        if self.skipped > 0 {
            self.skipped -= 1;
            return Ok(());
        }
        match name.as_str() {
            "data" => self.data(),
            "default" => {
                let value = self.value.take().map(|(_, text)| text);
                let id = self.entries.last().and_then(|entry| entry.id.as_ref());
                if let Some(key) = id.and_then(|id| self.keys.get_mut(id)) {
                    key.default = value;
                }
                Ok(())
            }
            "key" => {
                self.entries.pop();
                Ok(())
            }
            "node" | "edge" => self.finish_entry(&name),
            _ => Ok(()),
        }
    }

    /// A value is complete: it belongs to the innermost node or edge that is open, or else to the graph.
    fn data(&mut self) -> Result<()> {
        let Some((id, text)) = self.value.take() else { return Ok(()) };
        let Some(key) = self.keys.get(&id) else {
            return Err(Error::new(Code::DanglingReference).field("key").value(id).expected("one of the keys"));
        };
        let is_entry = matches!(self.open.last().map(String::as_str), Some("node" | "edge"));
        if let Some(entry) = self.entries.last_mut().filter(|_| is_entry) {
            limit("data", entry.fields.len() + 1, MAX_ATTRIBUTES)?;
            entry.fields.push(field(&key.name, text));
        } else {
            let name = format!("graph.{}", key.name);
            self.builder.notes.count(NoteKind::AttributeUnknown, &self.place(), &name, Some(&text));
        }
        Ok(())
    }

    fn finish_entry(&mut self, element: &str) -> Result<()> {
        let Some(mut entry) = self.entries.pop() else { return Ok(()) };
        for key in self.keys.values().filter(|key| key.domain == element || key.domain == "all") {
            let Some(default) = &key.default else { continue };
            if !entry.fields.iter().any(|(name, _)| *name == key.name) {
                entry.fields.push(field(&key.name, default.clone()));
            }
        }
        let at = Place::Line(entry.line);
        match (entry.id, entry.ends) {
            (Some(id), _) => self.builder.sole_node(&id, &entry.fields, &at),
            (None, Some((source, target))) => self.builder.edge(&source, &target, &entry.fields, at),
            (None, None) => Ok(()),
        }
    }
}

/// A value under the name of its field; what stands as JSON is taken out of it.
fn field(name: &str, text: String) -> (String, Value) {
    let plain = name.strip_suffix(AS_JSON).filter(|plain| may_be_empty(plain));
    match plain.zip(serde_json::from_str(&text).ok()) {
        Some((plain, Value::String(text))) => (plain.to_owned(), Value::String(text)),
        _ => (name.to_owned(), Value::String(text)),
    }
}

fn unsupported(value: &str, expected: &str) -> Error {
    Error::new(Code::GraphUnsupported).value(value).expected(expected)
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>> {
    let found = element.try_get_attribute(name).map_err(|error| syntax(name).expected(error.to_string()))?;
    let Some(found) = found else { return Ok(None) };
    match unescape(&found.value) {
        Ok(text) => Ok(Some(text.into_owned())),
        Err(_) => Err(unsupported(&found.value, "no entities but those of XML")),
    }
}

fn required(element: &BytesStart<'_>, name: &str) -> Result<String> {
    attribute(element, name)?.ok_or_else(|| Error::new(Code::FieldMissing).field(name))
}
