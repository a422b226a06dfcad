//! The lineage of a network: one method for each question, all within a scope.

use jipp_core::Result;
use jipp_core::exchange::{GraphFormat, draw_svg, draw_tree, write_graph};
use jipp_core::lineage::{LineageView, Scope};
use jipp_core::model::NodeId;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde::Serialize;

use super::Network;
use super::questions::language;
use crate::answer::run;
use crate::error::parsed;
use crate::results::Table;
use crate::values::{from_python, to_python};

impl Network {
    fn lineage<R: Send>(
        &self,
        py: Python<'_>,
        scope: &Bound<'_, PyAny>,
        read: impl FnOnce(LineageView<'_>, &Scope) -> Result<R> + Send,
    ) -> PyResult<R> {
        let scope = scope_of(scope)?;
        let core = self.core()?;
        run(py, || core.lineage(|lineage| read(lineage, &scope)))
    }

    fn lineage_table<R: Serialize + Send + Sync + 'static>(
        &self,
        py: Python<'_>,
        name: &'static str,
        scope: &Bound<'_, PyAny>,
        read: impl FnOnce(LineageView<'_>, &Scope) -> Result<Vec<R>> + Send,
    ) -> PyResult<Table> {
        Ok(Table::new(name, self.lineage(py, scope, read)?))
    }
}

/// The scope that is meant; most questions come without one, and take less time than reading it would.
fn scope_of(scope: &Bound<'_, PyAny>) -> PyResult<Scope> {
    match scope.cast::<PyDict>() {
        Ok(fields) if fields.is_empty() => Ok(Scope::default()),
        _ => from_python(scope),
    }
}

#[pymethods]
impl Network {
    /// What is known of a node.
    fn lineage_node<'py>(&self, py: Python<'py>, node: &str, scope: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let node: NodeId = parsed(node)?;
        to_python(py, &self.lineage(py, scope, |lineage, scope| lineage.node(&node, scope))?)
    }

    /// What a node was made from.
    fn lineage_sources(&self, py: Python<'_>, node: &str, scope: &Bound<'_, PyAny>) -> PyResult<Table> {
        let node: NodeId = parsed(node)?;
        self.lineage_table(py, "Link", scope, |lineage, scope| lineage.sources(&node, scope))
    }

    /// What was made from a node.
    fn lineage_replicas(&self, py: Python<'_>, node: &str, scope: &Bound<'_, PyAny>) -> PyResult<Table> {
        let node: NodeId = parsed(node)?;
        self.lineage_table(py, "Link", scope, |lineage, scope| lineage.replicas(&node, scope))
    }

    /// All that a node goes back to.
    fn lineage_ancestors(&self, py: Python<'_>, node: &str, scope: &Bound<'_, PyAny>) -> PyResult<Table> {
        let node: NodeId = parsed(node)?;
        self.lineage_table(py, "Relative", scope, |lineage, scope| Ok(lineage.ancestors(&node, scope)?.to_vec()))
    }

    /// All that goes back to a node.
    fn lineage_descendants(&self, py: Python<'_>, node: &str, scope: &Bound<'_, PyAny>) -> PyResult<Table> {
        let node: NodeId = parsed(node)?;
        self.lineage_table(py, "Relative", scope, |lineage, scope| Ok(lineage.descendants(&node, scope)?.to_vec()))
    }

    /// The descendants of a node as a tree.
    fn lineage_tree(&self, py: Python<'_>, node: &str, scope: &Bound<'_, PyAny>) -> PyResult<Table> {
        let node: NodeId = parsed(node)?;
        self.lineage_table(py, "Branch", scope, |lineage, scope| lineage.tree(&node, scope))
    }

    /// When and where a node was taken up.
    fn lineage_adoptions(&self, py: Python<'_>, node: &str, scope: &Bound<'_, PyAny>) -> PyResult<Table> {
        let node: NodeId = parsed(node)?;
        self.lineage_table(py, "Adoption", scope, |lineage, scope| lineage.adoptions(&node, scope))
    }

    /// Who depends on a node.
    fn lineage_impact<'py>(
        &self,
        py: Python<'py>,
        node: &str,
        scope: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let node: NodeId = parsed(node)?;
        to_python(py, &self.lineage(py, scope, |lineage, scope| lineage.impact(&node, scope))?)
    }

    /// Nodes that were made from nothing on record.
    fn lineage_roots(&self, py: Python<'_>, scope: &Bound<'_, PyAny>) -> PyResult<Table> {
        self.lineage_table(py, "NodeId", scope, |lineage, scope| lineage.roots(scope))
    }

    /// Nodes that nothing was made from.
    fn lineage_leaves(&self, py: Python<'_>, scope: &Bound<'_, PyAny>) -> PyResult<Table> {
        self.lineage_table(py, "NodeId", scope, |lineage, scope| lineage.leaves(scope))
    }

    /// Nodes by how far they are from a root.
    fn lineage_generations(&self, py: Python<'_>, scope: &Bound<'_, PyAny>) -> PyResult<Table> {
        self.lineage_table(py, "Generation", scope, |lineage, scope| lineage.generations(scope))
    }

    /// Nodes that hang together.
    fn lineage_components(&self, py: Python<'_>, scope: &Bound<'_, PyAny>) -> PyResult<Table> {
        self.lineage_table(py, "Component", scope, |lineage, scope| lineage.components(scope))
    }

    /// Every link.
    fn lineage_all_links(&self, py: Python<'_>, scope: &Bound<'_, PyAny>) -> PyResult<Table> {
        self.lineage_table(py, "Link", scope, |lineage, scope| lineage.all_links(scope))
    }

    /// Who depends on what stopped.
    fn lineage_impacts(&self, py: Python<'_>, scope: &Bound<'_, PyAny>) -> PyResult<Table> {
        self.lineage_table(py, "Impact", scope, |lineage, scope| lineage.impacts(scope))
    }

    /// Every replication in time and space.
    fn lineage_journeys(&self, py: Python<'_>, scope: &Bound<'_, PyAny>) -> PyResult<Table> {
        self.lineage_table(py, "Journey", scope, |lineage, scope| lineage.journeys(scope))
    }

    /// How many replicas each node has.
    fn lineage_reproduction(&self, py: Python<'_>, scope: &Bound<'_, PyAny>) -> PyResult<Table> {
        self.lineage_table(py, "Reproduction", scope, |lineage, scope| lineage.reproduction(scope))
    }

    /// Ways from one node to another.
    fn lineage_paths<'py>(
        &self,
        py: Python<'py>,
        start: &str,
        end: &str,
        limit: usize,
        scope: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let (start, end): (NodeId, NodeId) = (parsed(start)?, parsed(end)?);
        to_python(py, &self.lineage(py, scope, |lineage, scope| lineage.paths(&start, &end, scope, limit))?)
    }

    /// What two nodes both go back to.
    fn lineage_common_ancestors(
        &self,
        py: Python<'_>,
        first: &str,
        second: &str,
        scope: &Bound<'_, PyAny>,
    ) -> PyResult<Table> {
        let (first, second): (NodeId, NodeId) = (parsed(first)?, parsed(second)?);
        self.lineage_table(py, "CommonAncestor", scope, |lineage, scope| {
            lineage.common_ancestors(&first, &second, scope)
        })
    }

    /// The longest chains of replicas from a node.
    fn lineage_longest_chains<'py>(
        &self,
        py: Python<'py>,
        node: &str,
        limit: usize,
        scope: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let node: NodeId = parsed(node)?;
        to_python(py, &self.lineage(py, scope, |lineage, scope| lineage.longest_chains(&node, scope, limit))?)
    }

    /// How a node was taken up over time.
    fn lineage_adoption_curve<'py>(
        &self,
        py: Python<'py>,
        node: &str,
        options: &Bound<'py, PyAny>,
        scope: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let node: NodeId = parsed(node)?;
        let options = from_python(options)?;
        to_python(py, &self.lineage(py, scope, |lineage, scope| lineage.adoption_curve(&node, scope, &options))?)
    }

    /// How far replications travel.
    fn lineage_travel<'py>(&self, py: Python<'py>, scope: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &self.lineage(py, scope, |lineage, scope| lineage.travel(scope))?)
    }

    /// Nodes and links around some nodes, or all of them.
    fn lineage_graph<'py>(
        &self,
        py: Python<'py>,
        around: Vec<String>,
        scope: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let around: Vec<NodeId> = around.iter().map(|node| parsed(node)).collect::<PyResult<_>>()?;
        to_python(py, &self.lineage(py, scope, |lineage, scope| lineage.graph(&around, scope))?)
    }

    /// The same, as the text of a graph file, an SVG drawing or a tree of text.
    fn lineage_drawn(
        &self,
        py: Python<'_>,
        format: &str,
        lang: &str,
        around: Vec<String>,
        scope: &Bound<'_, PyAny>,
    ) -> PyResult<String> {
        let around: Vec<NodeId> = around.iter().map(|node| parsed(node)).collect::<PyResult<_>>()?;
        let lang = language(lang)?;
        let file = match format {
            "svg" | "tree" => None,
            _ => Some(parsed::<GraphFormat>(format)?),
        };
        self.lineage(py, scope, |lineage, scope| {
            let graph = lineage.graph(&around, scope)?;
            match file {
                Some(file) => write_graph(&graph, file),
                None if format == "svg" => draw_svg(&graph, lang),
                None => draw_tree(&graph, lang),
            }
        })
    }
}
