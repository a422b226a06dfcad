//! Layer 3: files in and out.
//!
//! | what | in | out |
//! | --- | --- | --- |
//! | JSON Lines | [`JsonLines`] | [`export_jsonl`] |
//! | CSV | [`Csv`] | [`export_csv`] |
//! | Excel (feature `xlsx`) | `Xlsx` | `export_xlsx` |
//! | the whole network as JSON | [`Document`] | [`export_document`] |
//! | graph files: DOT, Mermaid, `GraphML`, PROV-JSON, node-link JSON, CSV | [`read_graph`], [`graph_actions`] | [`write_graph`] |
//! | a lineage to look at, as SVG or as text | | [`draw_svg`], [`draw_tree`] |
//! | changes, for another copy of the network | [`decode`] | [`export_since`] |
//!
//! [`import`] takes rows of any [`RowSource`] through any [`RowReader`] into any [`Target`]. It streams, never stops at a bad
//! row, reports every rejection, and is idempotent: the same file twice changes nothing the second time.

mod bundle;
mod document;
mod export;
mod fields;
mod formula;
pub mod gathered;
mod graph;
mod import;
mod keys;
mod mapping;
mod names;
mod reader;
mod revise;
mod rows;

pub use bundle::{BUNDLE_VERSION, Bundle, decode, export_since};
pub use document::{DOCUMENT_VERSION, Document, DocumentReader, document_schema, export_document};
#[cfg(feature = "xlsx")]
pub use export::export_xlsx;
pub use export::{CsvOptions, export_csv, export_jsonl};
pub use fields::{Field, FieldType, fields};
pub use graph::{
    GraphActions, GraphFormat, GraphNote, GraphRead, MAX_GRAPH_BYTES, MAX_GRAPH_EDGES, MAX_GRAPH_JOINED,
    MAX_GRAPH_NESTING, MAX_GRAPH_NODES, NoteKind, draw_svg, draw_tree, graph_actions, read_csv_tables, read_graph,
    write_edges_csv, write_graph, write_nodes_csv,
};
pub use import::{ImportOptions, ImportReport, OnExisting, Progress, Rejection, RowReader, Target, import};
pub use mapping::{MAPPING_VERSION, Mapping, Match, Suggestion};
pub use names::NameResolver;
pub use reader::RecordReader;
#[cfg(feature = "xlsx")]
pub use rows::Xlsx;
pub use rows::{Csv, JsonLines, MAX_COLUMNS, MAX_ROW_BYTES, Row, RowSource};
