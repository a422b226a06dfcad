//! Graph files and what they bring to a network; mappings of columns; and the form of documents.

use jipp_core::base::Lang;
use jipp_core::exchange::{
    self, GraphFormat, Mapping, draw_svg, draw_tree, read_csv_tables, read_graph, write_edges_csv, write_graph,
    write_nodes_csv,
};
use jipp_core::model::{EntityKind, Graph};
use pyo3::prelude::*;

use super::{Answer, Given};
use crate::answer::{answer, run};
use crate::error::{Failure, parsed};
use crate::network::Network;
use crate::values::{from_python, to_python};

/// Reads the text of a graph file.
#[pyfunction]
pub(crate) fn graph_read<'py>(py: Python<'py>, text: &str, format: &str) -> Answer<'py> {
    let format: GraphFormat = parsed(format)?;
    answer(py, || read_graph(text, format))
}

/// Reads tables of edges and nodes.
#[pyfunction]
pub(crate) fn graph_read_tables<'py>(py: Python<'py>, edges: &str, nodes: Option<&str>) -> Answer<'py> {
    answer(py, || read_csv_tables(edges, nodes))
}

/// Writes the text of a graph file, a drawing, or a table of nodes or edges.
#[pyfunction]
pub(crate) fn graph_write(py: Python<'_>, graph: &Bound<'_, PyAny>, format: &str, lang: &str) -> PyResult<String> {
    let (graph, lang): (Graph, Lang) = (from_python(graph)?, super::language(lang)?);
    match format {
        "svg" => run(py, || draw_svg(&graph, lang)),
        "tree" => run(py, || draw_tree(&graph, lang)),
        "nodes-csv" => run(py, || Ok(write_nodes_csv(&graph))),
        "edges-csv" => run(py, || Ok(write_edges_csv(&graph))),
        _ => {
            let format: GraphFormat = parsed(format)?;
            run(py, || write_graph(&graph, format))
        }
    }
}

/// The format that a file's name tells.
#[pyfunction]
pub(crate) fn graph_format(name: &str) -> Option<&'static str> {
    GraphFormat::of_file(name).map(GraphFormat::code)
}

/// Says what cannot be used of a graph, and gives it in order.
#[pyfunction]
pub(crate) fn graph_sorted<'py>(py: Python<'py>, graph: &Bound<'py, PyAny>) -> Answer<'py> {
    let mut graph: Graph = from_python(graph)?;
    graph.check().map_err(Failure::from)?;
    graph.sort();
    to_python(py, &graph)
}

/// Guesses which column is which field.
#[pyfunction]
pub(crate) fn mapping_suggest<'py>(py: Python<'py>, kind: &str, headers: Vec<String>) -> Answer<'py> {
    let kind: EntityKind = parsed(kind)?;
    to_python(py, &Mapping::suggest(kind, &headers))
}

/// The columns of a kind.
#[pyfunction]
pub(crate) fn exchange_fields<'py>(py: Python<'py>, kind: &str) -> Answer<'py> {
    to_python(py, exchange::fields(parsed(kind)?))
}

/// The JSON Schema of the document that holds a whole network.
#[pyfunction]
pub(crate) fn exchange_schema(py: Python<'_>) -> Answer<'_> {
    to_python(py, &exchange::document_schema())
}

#[pymethods]
impl Network {
    /// The actions that enter what the network lacks of a graph, how much of it is known, and what is left out.
    fn graph_actions<'py>(&self, py: Python<'py>, graph: &Bound<'py, PyAny>) -> Answer<'py> {
        let graph: Graph = from_python(graph)?;
        let core = self.core()?;
        let found = run(py, || core.read(|view| exchange::graph_actions(&graph, &view)))?;
        let left_out: Vec<Bound<'_, PyAny>> = found
            .left_out
            .into_iter()
            .map(|error| Ok(PyErr::from(Failure::from(error)).into_value(py).into_bound(py).into_any()))
            .collect::<PyResult<_>>()?;
        Ok((to_python(py, &found.actions)?, found.known, left_out).into_pyobject(py)?.into_any())
    }

    /// The records that a viewer may see, with their counts.
    #[pyo3(signature = (viewer, policy=None))]
    fn project<'py>(&self, py: Python<'py>, viewer: &Bound<'py, PyAny>, policy: Given<'_, 'py>) -> Answer<'py> {
        let (viewer, policy) = (from_python(viewer)?, crate::network::policy_or_standard(policy)?);
        let core = self.core()?;
        to_python(py, &run(py, || core.project(&viewer, &policy))?)
    }

    /// Which code of a viewer's network stands for which records.
    #[pyo3(signature = (viewer, policy=None))]
    fn decode<'py>(&self, py: Python<'py>, viewer: &Bound<'py, PyAny>, policy: Given<'_, 'py>) -> Answer<'py> {
        let (viewer, policy) = (from_python(viewer)?, crate::network::policy_or_standard(policy)?);
        let core = self.core()?;
        let key = run(py, || core.decode(&viewer, &policy))?;
        let codes: Vec<_> = key.codes().map(|(code, records)| (code.clone(), records.to_vec())).collect();
        to_python(py, &codes)
    }
}
