//! Who took what from whom: one method for each question, all within a scope; the default one unless given.
#![allow(clippy::missing_errors_doc, reason = "said once for all questions, above them")]

use jipp_core::Result;
use jipp_core::base::ReplicationId;
use jipp_core::exchange::{GraphFormat, draw_svg, draw_tree, write_graph};
use jipp_core::lineage::{LineageView, Scope as CoreScope};
use jipp_core::model::NodeId;
use serde::Serialize;

use crate::base::Lang;
use crate::mirror::{Mirror, read};
use crate::values::{
    AdaptationProfile, Adoption, Branch, CommonAncestor, DriftStep, Graph, GraphNode, Impact, Journey, Laureate,
    LaureateQuery, LineageLink, Paths, Relative, Reproduction, Scope, Travel,
};
use crate::{JippError, Network};

fn scope_or_default(scope: Option<Scope>) -> Result<CoreScope> {
    scope.map(read).transpose().map(Option::unwrap_or_default)
}

impl Network {
    fn lineage<T: Serialize, M: Mirror>(
        &self,
        scope: Option<Scope>,
        read: impl FnOnce(LineageView<'_>, &CoreScope) -> Result<T>,
    ) -> Result<M, JippError> {
        let scope = scope_or_default(scope)?;
        self.ask(|core| core.lineage(|lineage| read(lineage, &scope)))
    }

    fn about<T: Serialize, M: Mirror>(
        &self,
        node: &str,
        scope: Option<Scope>,
        read: impl FnOnce(LineageView<'_>, &NodeId, &CoreScope) -> Result<T>,
    ) -> Result<M, JippError> {
        let node: NodeId = node.parse()?;
        self.lineage(scope, |lineage, scope| read(lineage, &node, scope))
    }
}

/// Every question is refused with `not-found` for a node that is not there, with `revision-unknown` for a scope of no
/// revision, and with `network-closed`. A node is an innovation by its id, or a replication that has no innovation of its
/// own as `replica:` and its id.
#[uniffi::export]
impl Network {
    /// What is known of a node.
    #[uniffi::method(default(scope = None))]
    pub fn lineage_node(&self, node: String, scope: Option<Scope>) -> Result<GraphNode, JippError> {
        self.about(&node, scope, |lineage, node, scope| lineage.node(node, scope))
    }

    /// What a node was made from.
    #[uniffi::method(default(scope = None))]
    pub fn sources(&self, node: String, scope: Option<Scope>) -> Result<Vec<LineageLink>, JippError> {
        self.about(&node, scope, |lineage, node, scope| lineage.sources(node, scope))
    }

    /// What was made from a node.
    #[uniffi::method(default(scope = None))]
    pub fn replicas(&self, node: String, scope: Option<Scope>) -> Result<Vec<LineageLink>, JippError> {
        self.about(&node, scope, |lineage, node, scope| lineage.replicas(node, scope))
    }

    /// All that a node goes back to.
    #[uniffi::method(default(scope = None))]
    pub fn ancestors(&self, node: String, scope: Option<Scope>) -> Result<Vec<Relative>, JippError> {
        self.about(&node, scope, |lineage, node, scope| Ok(lineage.ancestors(node, scope)?.to_vec()))
    }

    /// All that goes back to a node.
    #[uniffi::method(default(scope = None))]
    pub fn descendants(&self, node: String, scope: Option<Scope>) -> Result<Vec<Relative>, JippError> {
        self.about(&node, scope, |lineage, node, scope| Ok(lineage.descendants(node, scope)?.to_vec()))
    }

    /// The descendants of a node as a tree.
    #[uniffi::method(default(scope = None))]
    pub fn lineage_tree(&self, node: String, scope: Option<Scope>) -> Result<Vec<Branch>, JippError> {
        self.about(&node, scope, |lineage, node, scope| lineage.tree(node, scope))
    }

    /// When and where a node was taken up.
    #[uniffi::method(default(scope = None))]
    pub fn adoptions(&self, node: String, scope: Option<Scope>) -> Result<Vec<Adoption>, JippError> {
        self.about(&node, scope, |lineage, node, scope| lineage.adoptions(node, scope))
    }

    /// Who depends on a node.
    #[uniffi::method(default(scope = None))]
    pub fn impact(&self, node: String, scope: Option<Scope>) -> Result<Impact, JippError> {
        self.about(&node, scope, |lineage, node, scope| lineage.impact(node, scope))
    }

    /// Who depends on what stopped.
    #[uniffi::method(default(scope = None))]
    pub fn impacts(&self, scope: Option<Scope>) -> Result<Vec<Impact>, JippError> {
        self.lineage(scope, |lineage, scope| lineage.impacts(scope))
    }

    /// Nodes that were made from nothing on record.
    #[uniffi::method(default(scope = None))]
    pub fn lineage_roots(&self, scope: Option<Scope>) -> Result<Vec<String>, JippError> {
        self.lineage(scope, |lineage, scope| lineage.roots(scope))
    }

    /// Nodes that nothing was made from.
    #[uniffi::method(default(scope = None))]
    pub fn lineage_leaves(&self, scope: Option<Scope>) -> Result<Vec<String>, JippError> {
        self.lineage(scope, |lineage, scope| lineage.leaves(scope))
    }

    /// Nodes by how far they are from a root.
    #[uniffi::method(default(scope = None))]
    pub fn generations(&self, scope: Option<Scope>) -> Result<Vec<Vec<String>>, JippError> {
        self.lineage(scope, |lineage, scope| lineage.generations(scope))
    }

    /// Every link.
    #[uniffi::method(default(scope = None))]
    pub fn lineage_links(&self, scope: Option<Scope>) -> Result<Vec<LineageLink>, JippError> {
        self.lineage(scope, |lineage, scope| lineage.all_links(scope))
    }

    /// Every replication in time and space.
    #[uniffi::method(default(scope = None))]
    pub fn journeys(&self, scope: Option<Scope>) -> Result<Vec<Journey>, JippError> {
        self.lineage(scope, |lineage, scope| lineage.journeys(scope))
    }

    /// How far replications travel.
    #[uniffi::method(default(scope = None))]
    pub fn travel(&self, scope: Option<Scope>) -> Result<Travel, JippError> {
        self.lineage(scope, |lineage, scope| lineage.travel(scope))
    }

    /// How many replicas each node has.
    #[uniffi::method(default(scope = None))]
    pub fn reproduction(&self, scope: Option<Scope>) -> Result<Vec<Reproduction>, JippError> {
        self.lineage(scope, |lineage, scope| lineage.reproduction(scope))
    }

    /// Ways from one node to another, `limit` at most.
    #[uniffi::method(default(limit = 10, scope = None))]
    pub fn paths(&self, start: String, end: String, limit: u32, scope: Option<Scope>) -> Result<Paths, JippError> {
        let end: NodeId = end.parse()?;
        self.about(&start, scope, |lineage, start, scope| lineage.paths(start, &end, scope, limit as usize))
    }

    /// What two nodes both go back to.
    #[uniffi::method(default(scope = None))]
    pub fn common_ancestors(
        &self,
        first: String,
        second: String,
        scope: Option<Scope>,
    ) -> Result<Vec<CommonAncestor>, JippError> {
        let second: NodeId = second.parse()?;
        self.about(&first, scope, |lineage, first, scope| lineage.common_ancestors(first, &second, scope))
    }

    /// Nodes and links around some nodes, or all of them if none is named.
    #[uniffi::method(default(scope = None))]
    pub fn lineage_graph(&self, around: Vec<String>, scope: Option<Scope>) -> Result<Graph, JippError> {
        let around: Vec<NodeId> = around.iter().map(|node| node.parse()).collect::<Result<_>>()?;
        self.lineage(scope, |lineage, scope| lineage.graph(&around, scope))
    }

    /// The same drawn: `svg`, `tree` (as text), or the code of a graph format such as `dot`, `mermaid` or `graphml`.
    ///
    /// # Errors
    /// Also `unknown-term` for another format.
    #[uniffi::method(default(scope = None))]
    pub fn draw_lineage(
        &self,
        format: String,
        lang: Lang,
        around: Vec<String>,
        scope: Option<Scope>,
    ) -> Result<String, JippError> {
        let around: Vec<NodeId> = around.iter().map(|node| node.parse()).collect::<Result<_>>()?;
        self.lineage(scope, |lineage, scope| {
            let graph = lineage.graph(&around, scope)?;
            match format.as_str() {
                "svg" => draw_svg(&graph, lang.into()),
                "tree" => draw_tree(&graph, lang.into()),
                code => write_graph(&graph, code.parse::<GraphFormat>()?),
            }
        })
    }

    /// How each link of a replication was adapted.
    pub fn adaptation(&self, replication: String) -> Result<Vec<AdaptationProfile>, JippError> {
        let replication: ReplicationId = replication.parse()?;
        self.ask(|core| core.adaptation(&replication))
    }

    /// How far replicas have moved from an innovation, step by step.
    #[uniffi::method(default(scope = None))]
    pub fn drift(&self, root: String, scope: Option<Scope>) -> Result<Vec<DriftStep>, JippError> {
        let (root, scope): (NodeId, CoreScope) = (root.parse()?, scope_or_default(scope)?);
        self.ask(|core| core.drift(&root, &scope))
    }

    /// What became of what was awarded.
    pub fn laureates(&self, query: LaureateQuery) -> Result<Vec<Laureate>, JippError> {
        let query = read(query)?;
        self.ask(|core| core.laureates(&query))
    }
}

/// The codes of the formats that graphs are written in.
#[uniffi::export]
pub fn graph_formats() -> Vec<String> {
    GraphFormat::ALL.iter().map(|format| format.code().to_owned()).collect()
}
