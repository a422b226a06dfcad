//! CSV: a list of edges and a list of nodes.
//!
//! The two tables may be two files ([`write_edges_csv`], [`write_nodes_csv`], [`read_csv_tables`]), or one text: the edges, an
//! empty line, the nodes. Edges alone are a graph whose nodes have no fields. Columns are found by their names, in any order:
//! `source` (or `from`) and `target` (or `to`) are needed, for nodes `id`. Sectors stand in one cell with blanks between
//! them, sources as JSON. An empty cell says that the value is unknown; an empty title or name is written `""` (two quotes
//! in the cell), and one that is made of quotes only gets two more. Texts that a spreadsheet would take for a formula
//! are guarded by an apostrophe, as in every CSV of this library.

use std::io::Cursor;

use serde_json::{Map, Value};

use super::attributes::{EDGE_FIELDS, NODE_FIELDS, may_be_empty, of_edge, of_node};
use super::build::{Builder, Fields, GraphRead, Place};
use super::{check_length, lines_in};
use crate::base::{Code, Error, Result};
use crate::exchange::{Csv, RowSource, formula};
use crate::model::Graph;

/// Writes the edges of a graph as a table with the columns `replication`, `source`, `target` and so on.
///
/// ```
/// use jipp_core::{exchange::write_edges_csv, model::Graph};
/// assert!(write_edges_csv(&Graph::default()).starts_with("source,target,replication,state,"));
/// ```
///
/// # Complexity
/// Linear.
pub fn write_edges_csv(graph: &Graph) -> String {
    let mut table = Table::new(&["source", "target"], &EDGE_FIELDS);
    for edge in &graph.edges {
        table.row(&[&edge.source.to_string(), &edge.target.to_string()], &of_edge(edge));
    }
    table.text
}

/// Writes the nodes of a graph as a table with the columns `id`, `title` and so on.
///
/// ```
/// use jipp_core::{exchange::write_nodes_csv, model::Graph};
/// assert!(write_nodes_csv(&Graph::default()).starts_with("id,title,owner,"));
/// ```
///
/// # Complexity
/// Linear.
pub fn write_nodes_csv(graph: &Graph) -> String {
    let mut table = Table::new(&["id"], &NODE_FIELDS);
    for node in &graph.nodes {
        table.row(&[&node.id.to_string()], &of_node(node));
    }
    table.text
}

struct Table {
    fields: &'static [&'static str],
    text: String,
}

impl Table {
    fn new(ids: &[&str], fields: &'static [&'static str]) -> Self {
        let header: Vec<&str> = ids.iter().chain(fields).copied().collect();
        Self { fields, text: header.join(",") + "\n" }
    }

    fn row(&mut self, ids: &[&str], values: &[(&'static str, String)]) {
        let mut cells: Vec<String> = ids.iter().map(|id| cell(id)).collect();
        for field in self.fields {
            let value = values.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str());
            cells.push(match value {
                Some(text) if may_be_empty(field) && is_quotes(text) => cell(&format!("\"{text}\"")),
                Some(text) => cell(text),
                None => String::new(),
            });
        }
        self.text.push_str(&cells.join(","));
        self.text.push('\n');
    }
}

/// Whether a text is empty or made of quotes only.
fn is_quotes(text: &str) -> bool {
    text.bytes().all(|byte| byte == b'"')
}

fn cell(text: &str) -> String {
    let text = formula::guard(text.to_owned());
    if text.contains([',', ';', '\t', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

pub(super) fn write(graph: &Graph) -> String {
    format!("{}\n{}", write_edges_csv(graph), write_nodes_csv(graph))
}

pub(super) fn read(text: &str) -> Result<GraphRead> {
    // The header of the nodes cannot be a row of edges: `owner_name` is no state.
    let header = format!("\n\n{}\n", ["id"].iter().chain(&NODE_FIELDS).copied().collect::<Vec<_>>().join(","));
    let plain = text.replace("\r\n", "\n");
    match plain.find(&header).and_then(|at| plain.split_at_checked(at + 2)) {
        Some((edges, nodes)) => read_tables(edges, Some(nodes), lines_in(edges)),
        None => read_tables(&plain, None, 0),
    }
}

/// Reads a graph from its tables.
///
/// ```
/// use jipp_core::exchange::{NoteKind, read_csv_tables};
/// let read = read_csv_tables("source,target\na,b\n", None)?;
/// assert_eq!(read.graph.edges[0].replication.as_str(), "link:a:b");
/// assert!(read.notes.iter().any(|note| note.kind == NoteKind::ReplicationNamed));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `csv-syntax`, `field-missing`, and those of [`read_graph`](super::read_graph), each with its line.
///
/// # Complexity
/// O(n log n) in nodes and edges.
pub fn read_csv_tables(edges: &str, nodes: Option<&str>) -> Result<GraphRead> {
    check_length(edges)?;
    check_length(nodes.unwrap_or_default())?;
    read_tables(edges, nodes, 0)
}

/// Lines of the table of nodes are counted from `before` on.
fn read_tables(edges: &str, nodes: Option<&str>, before: u64) -> Result<GraphRead> {
    let mut builder = Builder::default();
    for_rows(nodes.unwrap_or_default(), before, |mut row, at| {
        let id = take(&mut row, &["id"]).map_err(|error| at.fault(error))?;
        builder.sole_node(&id, &into_fields(row), &at)
    })?;
    for_rows(edges, 0, |mut row, at| {
        let source = take(&mut row, &["source", "from"]).map_err(|error| at.fault(error))?;
        let target = take(&mut row, &["target", "to"]).map_err(|error| at.fault(error))?;
        builder.edge(&source, &target, &into_fields(row), at)
    })?;
    builder.finish()
}

fn for_rows(text: &str, before: u64, mut take: impl FnMut(Map<String, Value>, Place) -> Result<()>) -> Result<()> {
    if text.trim().is_empty() {
        return Ok(());
    }
    let shift = |error: Error| match error.location().line {
        Some(line) => error.line(line + before),
        None => error,
    };
    let mut rows = Csv::new(Cursor::new(text.as_bytes()), "graph").map_err(shift)?;
    while let Some(row) = rows.next() {
        let row = row.map_err(shift)?;
        take(row.fields, Place::Line(row.line + before))?;
    }
    Ok(())
}

/// The cell of a column that must be there, under the first of its names that is.
fn take(row: &mut Map<String, Value>, names: &[&str]) -> Result<String> {
    let found = names.iter().find_map(|name| {
        let column = row.keys().find(|column| column.eq_ignore_ascii_case(name))?.clone();
        row.remove(&column)
    });
    match found {
        Some(Value::String(text)) => Ok(text),
        _ => Err(Error::new(Code::FieldMissing).field(names.join(" or "))),
    }
}

fn into_fields(row: Map<String, Value>) -> Fields {
    let field = |(name, value): (String, Value)| {
        let name = name.to_lowercase();
        let value = match value.as_str() {
            Some(text) if may_be_empty(&name) && text.len() > 1 && is_quotes(text) => Value::from(text.get(2..)),
            _ => value,
        };
        (name, value)
    };
    row.into_iter().map(field).collect()
}
