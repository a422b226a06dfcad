//! A lineage as an indented tree of text, for terminals.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::layout::{MAX_DRAWN_EDGES, MAX_DRAWN_NODES};
use super::{limit, readable, shorten};
use crate::base::{AgencyId, Lang, Result, Vocabulary as _};
use crate::model::{EvidenceLevel, Graph, GraphEdge, GraphNode, NodeId};

/// Draws a lineage as an indented tree of text: under each innovation what was made of it, with kind of change, evidence and
/// date of each replication. A node with several sources stands under each, in full the first time and as `see above` (`lihat
/// di atas`) afterwards, so that cycles end too. Inferred links begin with a question mark.
///
/// ```
/// use jipp_core::{Lang, exchange::{GraphFormat, draw_tree, read_graph}};
/// let read = read_graph("digraph { a -> b -> c; a -> c }", GraphFormat::Dot)?;
/// assert_eq!(draw_tree(&read.graph, Lang::En)?, "a\n├─ b\n│  └─ c\n└─ c (see above)\n");
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// What [`Graph::check`] says; `too-many` for more than 2,000 nodes or 10,000 edges: draw a part of it.
///
/// # Complexity
/// O((n + m) log n), times the depth for the indentation.
pub fn draw_tree(graph: &Graph, lang: Lang) -> Result<String> {
    graph.check()?;
    limit("nodes", graph.nodes.len(), MAX_DRAWN_NODES)?;
    limit("edges", graph.edges.len(), MAX_DRAWN_EDGES)?;
    let mut tree =
        Tree { lang, nodes: BTreeMap::new(), replicas: BTreeMap::new(), shown: BTreeSet::new(), text: String::new() };
    tree.nodes.extend(graph.nodes.iter().map(|node| (&node.id, node)));
    for edge in &graph.edges {
        tree.replicas.entry(&edge.source).or_default().push(edge);
    }
    for edges in tree.replicas.values_mut() {
        edges.sort_by_key(|edge| (edge.on.is_none(), edge.on, &edge.target, &edge.replication));
    }
    let replicas: BTreeSet<&NodeId> =
        graph.edges.iter().filter(|edge| edge.source != edge.target).map(|edge| &edge.target).collect();
    for root in graph.nodes.iter().filter(|node| !replicas.contains(&node.id)) {
        tree.branch(&root.id);
    }
    // What is left lies on cycles that no root leads to.
    for node in &graph.nodes {
        if !tree.shown.contains(&node.id) {
            tree.branch(&node.id);
        }
    }
    Ok(tree.text)
}

struct Tree<'a> {
    lang: Lang,
    nodes: BTreeMap<&'a NodeId, &'a GraphNode>,
    replicas: BTreeMap<&'a NodeId, Vec<&'a GraphEdge>>,
    shown: BTreeSet<&'a NodeId>,
    text: String,
}

impl<'a> Tree<'a> {
    fn branch(&mut self, root: &'a NodeId) {
        // What is still to be shown, the next last: the edge that leads there, and what stands before it.
        let mut open: Vec<(&'a NodeId, Option<&'a GraphEdge>, String, bool)> = vec![(root, None, String::new(), true)];
        while let Some((id, edge, indent, is_last)) = open.pop() {
            let is_new = self.shown.insert(id);
            let (bend, below) = match edge {
                None => ("", ""),
                Some(_) if is_last => ("└─ ", "   "),
                Some(_) => ("├─ ", "│  "),
            };
            let label = self.label(id, edge, is_new);
            // Writing to a string cannot fail.
            let _ = writeln!(self.text, "{indent}{bend}{label}");
            if is_new {
                let edges = self.replicas.get(id).map_or(&[][..], Vec::as_slice);
                for (place, edge) in edges.iter().enumerate().rev() {
                    open.push((&edge.target, Some(edge), format!("{indent}{below}"), place + 1 == edges.len()));
                }
            }
        }
    }

    fn label(&self, id: &NodeId, edge: Option<&GraphEdge>, is_new: bool) -> String {
        let link = edge.map(|edge| self.link(edge)).filter(|link| !link.is_empty());
        let link = link.map(|link| link + ": ").unwrap_or_default();
        let title = self.nodes.get(id).and_then(|node| node.title.as_deref()).filter(|title| !title.is_empty());
        let name = title.map_or_else(|| id.to_string(), |title| format!("{} [{id}]", shorten(&readable(title), 80)));
        if !is_new {
            let above = if self.lang == Lang::Id { "lihat di atas" } else { "see above" };
            return format!("{link}{name} ({above})");
        }
        let facts = self.nodes.get(id).map(|node| self.facts(node)).unwrap_or_default();
        let facts = if facts.is_empty() { facts } else { format!(" ({facts})") };
        format!("{link}{name}{facts}")
    }

    fn link(&self, edge: &GraphEdge) -> String {
        let words = [
            edge.change_type.map(|change| change.label(self.lang).to_owned()),
            edge.evidence.map(|level| level.label(self.lang).to_owned()),
            edge.on.map(|on| on.to_string()),
        ];
        let words = words.into_iter().flatten().collect::<Vec<_>>().join(", ");
        if edge.evidence == Some(EvidenceLevel::Inferred) { format!("? {words}") } else { words }
    }

    fn facts(&self, node: &GraphNode) -> String {
        let owner = node.owner_name.as_deref().or(node.owner.as_ref().map(AgencyId::as_str));
        let stage = node.stage.filter(|_| super::is_stopped(node)).map(|stage| stage.label(self.lang).to_owned());
        let words = [
            owner.filter(|owner| !owner.is_empty()).map(|owner| shorten(&readable(owner), 60)),
            node.province_name.as_deref().filter(|name| !name.is_empty()).map(|name| shorten(&readable(name), 40)),
            node.since.map(|since| since.to_string()),
            stage,
        ];
        words.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}
