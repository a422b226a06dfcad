//! Node-link JSON, as networkx reads and writes it (`node_link_graph(data, edges="edges")`, and D3 with it).
//!
//! The graph is `directed` and a `multigraph`. Every field stands under its own name, lists and sources as JSON. The `key` of
//! an edge is its replication. Read is also `links` in place of `edges`, ids that are numbers, and a graph that is not
//! directed, whose edges are taken as written.

use serde::Serialize;
use serde_json::{Map, Value};

use super::build::{Builder, Fields, GraphRead, NoteKind, Place};
use super::json::json_object;
use crate::base::{Code, Error, ReplicationId, Result};
use crate::model::{Graph, GraphEdge, GraphNode};

#[derive(Serialize)]
struct Document<'a> {
    directed: bool,
    multigraph: bool,
    graph: Map<String, Value>,
    nodes: &'a [GraphNode],
    edges: Vec<Link<'a>>,
}

#[derive(Serialize)]
struct Link<'a> {
    key: &'a ReplicationId,
    #[serde(flatten)]
    edge: &'a GraphEdge,
}

pub(super) fn write(graph: &Graph) -> String {
    let edges = graph.edges.iter().map(|edge| Link { key: &edge.replication, edge }).collect();
    let document = Document { directed: true, multigraph: true, graph: Map::new(), nodes: &graph.nodes, edges };
    // Records whose names are texts: nothing that could fail.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

pub(super) fn read(text: &str) -> Result<GraphRead> {
    let mut document = json_object(text)?;
    let mut builder = Builder::default();
    let nodes = list(&mut document, &["nodes"])?;
    for (number, entry) in nodes.into_iter().enumerate() {
        let at = Place::Item(format!("nodes[{number}]"));
        let mut fields = object(entry).map_err(|error| at.fault(error))?;
        let id = take_id(&mut fields, "id").map_err(|error| at.fault(error))?;
        builder.sole_node(&id, &into_fields(fields), &at)?;
    }
    let edges = list(&mut document, &["edges", "links"])?;
    for (number, entry) in edges.into_iter().enumerate() {
        let at = Place::Item(format!("edges[{number}]"));
        let mut fields = object(entry).map_err(|error| at.fault(error))?;
        let source = take_id(&mut fields, "source").map_err(|error| at.fault(error))?;
        let target = take_id(&mut fields, "target").map_err(|error| at.fault(error))?;
        builder.edge(&source, &target, &into_fields(fields), at)?;
    }
    note_rest(document, &mut builder);
    builder.finish()
}

/// What the document says beside nodes and edges.
fn note_rest(mut document: Map<String, Value>, builder: &mut Builder) {
    document.remove("multigraph");
    let top = Place::Item("graph".to_owned());
    if document.remove("directed") == Some(Value::Bool(false)) {
        builder.notes.add(NoteKind::DirectionAssumed, &top, "directed", Some("false"));
    }
    let attributes = match document.remove("graph") {
        Some(Value::Object(attributes)) => attributes,
        _ => Map::new(),
    };
    for (name, value) in attributes.into_iter().chain(document) {
        builder.notes.add(NoteKind::AttributeUnknown, &top, &name, Some(&value.to_string()));
    }
}

fn list(document: &mut Map<String, Value>, names: &[&str]) -> Result<Vec<Value>> {
    match names.iter().find_map(|name| document.remove(*name)) {
        Some(Value::Array(list)) => Ok(list),
        Some(other) => Err(Error::new(Code::FieldType).field(names.join(" or ")).value(other).expected("a list")),
        None => Err(Error::new(Code::FieldMissing).field(names.join(" or "))),
    }
}

fn object(value: Value) -> Result<Map<String, Value>> {
    match value {
        Value::Object(fields) => Ok(fields),
        other => Err(Error::new(Code::FieldType).value(other).expected("a JSON object")),
    }
}

fn take_id(fields: &mut Map<String, Value>, name: &str) -> Result<String> {
    match fields.remove(name) {
        Some(Value::String(id)) => Ok(id),
        Some(Value::Number(id)) => Ok(id.to_string()),
        Some(other) => Err(Error::new(Code::FieldType).field(name).value(other).expected("an id")),
        None => Err(Error::new(Code::FieldMissing).field(name)),
    }
}

fn into_fields(fields: Map<String, Value>) -> Fields {
    fields.into_iter().collect()
}
