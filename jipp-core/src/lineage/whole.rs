//! Questions to a lineage as a whole.

use std::collections::BTreeMap;

use super::index::Way;
use super::link::{Link, read_link};
use super::node::{self, node_at};
use super::scope::Scope;
use super::view::LineageView;
use crate::base::Result;
use crate::model::{Graph, GraphNode, NodeId};
use crate::registry::Slot;

impl LineageView<'_> {
    /// The nodes that others came from and that came from nothing themselves.
    ///
    /// # Errors
    /// `not-found` if there is no such region; `revision-unknown`.
    ///
    /// # Complexity
    /// Linear in all links.
    pub fn roots(&self, scope: &Scope) -> Result<Vec<NodeId>> {
        let asked = self.ask(scope)?;
        let (sources, replicas) = asked.ends();
        Ok(asked.name(sources.into_iter().filter(|slot| replicas.binary_search(slot).is_err())))
    }

    /// The nodes that came from others and that nothing came from.
    ///
    /// # Errors
    /// As [`roots`](Self::roots).
    ///
    /// # Complexity
    /// Linear in all links.
    pub fn leaves(&self, scope: &Scope) -> Result<Vec<NodeId>> {
        let asked = self.ask(scope)?;
        let (sources, replicas) = asked.ends();
        Ok(asked.name(replicas.into_iter().filter(|slot| sources.binary_search(slot).is_err())))
    }

    /// All nodes by generation: roots first, then what is one step from the nearest root, and so on.
    ///
    /// # Errors
    /// As [`roots`](Self::roots).
    ///
    /// # Complexity
    /// Linear in all links.
    pub fn generations(&self, scope: &Scope) -> Result<Vec<Vec<NodeId>>> {
        let asked = self.ask(scope)?;
        let (sources, replicas) = asked.ends();
        let roots: Vec<Slot> = sources.into_iter().filter(|slot| replicas.binary_search(slot).is_err()).collect();
        let mut generations: Vec<Vec<Slot>> = Vec::new();
        for (slot, steps) in asked.reach(&roots, Way::Down) {
            if generations.len() <= steps as usize {
                generations.resize_with(steps as usize + 1, Vec::new);
            }
            generations[steps as usize].push(slot);
        }
        Ok(generations.into_iter().map(|slots| asked.name(slots)).collect())
    }

    /// The nodes that hang together by links, whatever their direction; largest first. Where the scope names a region, those
    /// of which a node lies in it, whole.
    ///
    /// # Errors
    /// As [`roots`](Self::roots).
    ///
    /// # Complexity
    /// Nearly linear in all links (union by halving of paths).
    pub fn components(&self, scope: &Scope) -> Result<Vec<Vec<NodeId>>> {
        let asked = self.ask(scope)?;
        let mut parent: BTreeMap<Slot, Slot> = BTreeMap::new();
        for (source, target, _) in asked.lineage.edges(asked.filter) {
            let (a, b) = (top(&mut parent, source), top(&mut parent, target));
            parent.insert(a.max(b), a.min(b));
        }
        let mut members: BTreeMap<Slot, Vec<Slot>> = BTreeMap::new();
        for slot in parent.keys().copied().collect::<Vec<_>>() {
            members.entry(top(&mut parent, slot)).or_default().push(slot);
        }
        let shown = members.into_values().filter(|slots| slots.iter().any(|slot| asked.lists(*slot)));
        let mut components: Vec<Vec<NodeId>> = shown.map(|slots| asked.name_all(slots)).collect();
        components.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        Ok(components)
    }

    /// A lineage as a plain graph: all of it, or what hangs together with some nodes upwards and downwards (their ancestors
    /// and descendants). What it holds can be drawn and written to files. A region of the scope leaves out links with both
    /// ends elsewhere, where the whole is asked for; around nodes it is not looked at.
    ///
    /// # Errors
    /// `not-found`; `revision-unknown`.
    ///
    /// # Complexity
    /// Linear in the links, times the logarithm of the nodes.
    pub fn graph(&self, around: &[NodeId], scope: &Scope) -> Result<Graph> {
        let asked = self.ask(scope)?;
        let starts = around.iter().map(|node| asked.place(node)).collect::<Result<Vec<Slot>>>()?;
        let mut nodes: BTreeMap<Slot, Option<GraphNode>> = starts.iter().map(|slot| (*slot, None)).collect();
        let mut graph = Graph::default();
        if around.is_empty() {
            for (source, target, edge) in asked.lineage.edges(asked.filter) {
                if asked.lists(source) || asked.lists(target) {
                    nodes.extend([(source, None), (target, None)]);
                    graph.edges.extend(node::edge(&asked, (source, target), edge));
                }
            }
        } else {
            for way in [Way::Up, Way::Down] {
                for (slot, _) in asked.reach(&starts, way) {
                    nodes.insert(slot, None);
                    asked.lineage.neighbours(slot, way, asked.filter, |next, edge| {
                        nodes.insert(next, None);
                        let ends = if way == Way::Up { (next, slot) } else { (slot, next) };
                        graph.edges.extend(node::edge(&asked, ends, edge));
                    });
                }
            }
        }
        graph.nodes = nodes.into_keys().filter_map(|slot| node_at(&asked.view, slot)).collect();
        graph.sort();
        graph.edges.dedup_by(|a, b| (&a.replication, &a.source, &a.target) == (&b.replication, &b.source, &b.target));
        Ok(graph)
    }

    /// Every link.
    ///
    /// # Errors
    /// As [`roots`](Self::roots).
    ///
    /// # Complexity
    /// Linear in all links, times their logarithm.
    pub fn all_links(&self, scope: &Scope) -> Result<Vec<Link>> {
        let asked = self.ask(scope)?;
        let edges = asked
            .lineage
            .edges(asked.filter)
            .filter(|(source, target, _)| asked.region.is_none() || asked.lists(*source) || asked.lists(*target));
        let mut links: Vec<Link> =
            edges.filter_map(|(source, target, edge)| read_link(&asked, (source, target), edge)).collect();
        links.sort_by(|a, b| (&a.replication, &a.source, &a.target).cmp(&(&b.replication, &b.source, &b.target)));
        // Two sources of one replication may have been merged since.
        links.dedup_by(|a, b| (&a.replication, &a.source, &a.target) == (&b.replication, &b.source, &b.target));
        Ok(links)
    }
}

/// The place that stands for the component of another; shortens the way there by half each time.
fn top(parent: &mut BTreeMap<Slot, Slot>, mut slot: Slot) -> Slot {
    loop {
        let above = *parent.entry(slot).or_insert(slot);
        if above == slot {
            return slot;
        }
        let further = parent.get(&above).copied().unwrap_or(above);
        parent.insert(slot, further);
        slot = further;
    }
}
