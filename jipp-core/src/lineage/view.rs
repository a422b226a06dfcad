//! Reading a lineage: who took what from whom.

use super::asked::{Asked, missing};
use super::index::{Lineage, Way};
use super::link::{Link, read_link};
use super::node::node_at;
use super::relatives::Relatives;
use super::scope::Scope;
use crate::base::Result;
use crate::model::{GraphNode, NodeId, Region};
use crate::registry::Registry;

/// The lineage of a network, ready for questions. Every question takes a [`Scope`], which says which links count.
///
/// Nodes are innovations, and replicas that have no innovation record of their own. Answers are in the order of ids,
/// nearer generations first where there are generations.
#[derive(Clone, Copy, Debug)]
pub struct LineageView<'a> {
    lineage: &'a Lineage,
    registry: &'a Registry,
}

impl<'a> LineageView<'a> {
    /// Reads an index that was brought to the revision of its registry.
    pub fn new(lineage: &'a Lineage, registry: &'a Registry) -> Self {
        Self { lineage, registry }
    }

    /// The index that it reads.
    pub fn index(&self) -> &'a Lineage {
        self.lineage
    }

    pub(super) fn ask(&self, scope: &Scope) -> Result<Asked<'a>> {
        let view = self.registry.as_of(scope.as_of.unwrap_or(self.registry.revision()))?;
        let region = scope.region.as_ref().map(|region| view.get::<Region>(region)).transpose()?;
        Ok(Asked { lineage: self.lineage, view, filter: scope.filter(self.registry.revision()), region })
    }

    /// What is known of a node.
    ///
    /// # Errors
    /// `not-found`; `revision-unknown`.
    pub fn node(&self, node: &NodeId, scope: &Scope) -> Result<GraphNode> {
        let asked = self.ask(scope)?;
        let slot = asked.place(node)?;
        node_at(&asked.view, slot).ok_or_else(|| missing(node))
    }

    /// The links to the sources of a node.
    ///
    /// # Errors
    /// `not-found` if there is no such node or region; `revision-unknown`.
    ///
    /// # Complexity
    /// Linear in the links that ever led to the node.
    pub fn sources(&self, node: &NodeId, scope: &Scope) -> Result<Vec<Link>> {
        self.links(node, scope, Way::Up)
    }

    /// The links to the replicas of a node.
    ///
    /// # Errors
    /// As [`sources`](Self::sources).
    ///
    /// # Complexity
    /// Linear in the links that ever led from the node.
    pub fn replicas(&self, node: &NodeId, scope: &Scope) -> Result<Vec<Link>> {
        self.links(node, scope, Way::Down)
    }

    fn links(&self, node: &NodeId, scope: &Scope, way: Way) -> Result<Vec<Link>> {
        let asked = self.ask(scope)?;
        let slot = asked.place(node)?;
        let mut links = Vec::new();
        self.lineage.neighbours(slot, way, asked.filter, |next, edge| {
            if asked.lists(next) {
                let ends = if way == Way::Up { (next, slot) } else { (slot, next) };
                links.extend(read_link(&asked, ends, edge));
            }
        });
        links.sort_by(|a, b| (&a.source, &a.target, &a.replication).cmp(&(&b.source, &b.target, &b.replication)));
        // Two sources of one replication may have been merged since.
        links.dedup_by(|a, b| (&a.source, &a.target, &a.replication) == (&b.source, &b.target, &b.replication));
        Ok(links)
    }

    /// Everything that a node comes from, with how many steps away at least.
    ///
    /// # Errors
    /// As [`sources`](Self::sources).
    ///
    /// # Complexity
    /// Linear in the ancestors and the links between them.
    pub fn ancestors(&self, node: &NodeId, scope: &Scope) -> Result<Relatives<'a>> {
        self.relatives(node, scope, Way::Up)
    }

    /// Everything that came of a node, with how many steps away at least.
    ///
    /// # Errors
    /// As [`sources`](Self::sources).
    ///
    /// # Complexity
    /// Linear in the descendants and the links between them.
    pub fn descendants(&self, node: &NodeId, scope: &Scope) -> Result<Relatives<'a>> {
        self.relatives(node, scope, Way::Down)
    }

    fn relatives(&self, node: &NodeId, scope: &Scope, way: Way) -> Result<Relatives<'a>> {
        let asked = self.ask(scope)?;
        let slot = asked.place(node)?;
        let mut places = asked.reach(&[slot], way);
        places.retain(|(slot, steps)| *steps > 0 && asked.lists(*slot));
        Ok(Relatives::new(asked.view, places))
    }
}
