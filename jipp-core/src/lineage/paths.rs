//! Ways from one node to another, common ancestors, and the tree below a node.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::Serialize;

use super::asked::Asked;
use super::edge::Edge;
use super::index::Way;
use super::link::{Link, read_link};
use super::node::node_at;
use super::scope::Scope;
use super::view::LineageView;
use crate::base::{Code, Error, Result};
use crate::model::{GraphNode, NodeId};
use crate::registry::Slot;

/// The most paths that one question gives.
pub const MAX_PATHS: usize = 10_000;

/// The ways from one node down to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paths {
    /// Each way as its links, from source to replica; shorter ones first.
    pub paths: Vec<Vec<Link>>,
    /// Whether these are all.
    pub is_complete: bool,
}

/// A node that two others come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CommonAncestor {
    /// Which it is; one of the two, where the other comes from it.
    pub node: NodeId,
    /// The fewest steps from it to the first.
    pub to_first: u32,
    /// The fewest steps from it to the second.
    pub to_second: u32,
    /// Whether no other common ancestor comes from it: the last they have in common.
    pub is_nearest: bool,
}

/// A line of a tree of lineage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Branch {
    /// How deep it hangs; 0 for the root.
    pub depth: u32,
    /// What hangs there.
    pub node: GraphNode,
    /// The link by which it hangs; none for the root.
    pub link: Option<Link>,
    /// Whether it stands further up already, with what came of it: a node of several sources hangs on each of them.
    pub is_repeated: bool,
}

impl LineageView<'_> {
    /// The ways from one node down to another, shorter ones first; up to `limit`.
    ///
    /// # Errors
    /// `not-found`; `revision-unknown`; `option-invalid` if `limit` is not 1 to [`MAX_PATHS`].
    ///
    /// # Complexity
    /// Linear in what lies between the two, and in the lengths of the paths found.
    pub fn paths(&self, from: &NodeId, to: &NodeId, scope: &Scope, limit: usize) -> Result<Paths> {
        if !(1..=MAX_PATHS).contains(&limit) {
            let fault = Error::new(Code::OptionInvalid).field("limit").value(limit);
            return Err(fault.expected(format!("1 to {MAX_PATHS}")));
        }
        let asked = self.ask(scope)?;
        let (from, to) = (asked.place(from)?, asked.place(to)?);
        // Only what the goal comes from can be on a path.
        let between: BTreeSet<Slot> = asked.reach(&[to], Way::Up).into_iter().map(|(slot, _)| slot).collect();
        let (ways, is_complete) = ways(&asked, &between, from, to, limit);
        let read = |(a, b, edge): Step<'_>| read_link(&asked, (a, b), edge);
        let paths = ways.into_iter().map(|way| way.into_iter().filter_map(read).collect()).collect();
        Ok(Paths { paths, is_complete })
    }

    /// The nodes that both of two come from, nearest first by the steps to both together. Where one comes from the other,
    /// that other is among them, with no step to itself.
    ///
    /// # Errors
    /// `not-found`; `revision-unknown`.
    ///
    /// # Complexity
    /// Linear in the ancestors of both and their links, times their logarithm.
    pub fn common_ancestors(&self, first: &NodeId, second: &NodeId, scope: &Scope) -> Result<Vec<CommonAncestor>> {
        let asked = self.ask(scope)?;
        let above = |node: &NodeId| -> Result<BTreeMap<Slot, u32>> {
            Ok(asked.reach(&[asked.place(node)?], Way::Up).into_iter().collect())
        };
        let (first, second) = (above(first)?, above(second)?);
        let shared: BTreeSet<Slot> = first.keys().filter(|slot| second.contains_key(slot)).copied().collect();
        let mut common = Vec::new();
        for slot in shared.iter().copied().filter(|slot| asked.lists(*slot)) {
            // What lies between two shared ancestors is shared too, so the next below tell.
            let is_nearest = !asked.neighbours(slot, Way::Down).iter().any(|(other, _)| shared.contains(other));
            if let (Some(node), Some(to_first), Some(to_second)) = (asked.id(slot), first.get(&slot), second.get(&slot))
            {
                common.push(CommonAncestor { node, to_first: *to_first, to_second: *to_second, is_nearest });
            }
        }
        common.sort_by(|a, b| (a.to_first + a.to_second, &a.node).cmp(&(b.to_first + b.to_second, &b.node)));
        Ok(common)
    }

    /// What came of a node, as a tree in the order of reading: each line under the one it hangs on. A node that comes from
    /// several sources hangs on each; what came of it is told the first time only. A region in the scope is not looked at:
    /// a tree with holes is no tree.
    ///
    /// # Errors
    /// `not-found`; `revision-unknown`.
    ///
    /// # Complexity
    /// Linear in the descendants and the links between them, times their logarithm.
    pub fn tree(&self, root: &NodeId, scope: &Scope) -> Result<Vec<Branch>> {
        let asked = self.ask(scope)?;
        let start = asked.place(root)?;
        let mut told = BTreeSet::new();
        let mut lines = Vec::new();
        // What still has to be told, the next one last.
        let mut open: Vec<(u32, Slot, Option<Link>)> = vec![(0, start, None)];
        while let Some((depth, slot, link)) = open.pop() {
            let is_repeated = !told.insert(slot);
            if !is_repeated {
                let mut below = children(&asked, slot);
                below.sort_by(|(_, a), (_, b)| {
                    (b.on, &b.target, &b.replication).cmp(&(a.on, &a.target, &a.replication))
                });
                open.extend(below.into_iter().map(|(child, link)| (depth + 1, child, Some(link))));
            }
            if let Some(node) = node_at(&asked.view, slot) {
                lines.push(Branch { depth, node, link, is_repeated });
            }
        }
        Ok(lines)
    }
}

impl LineageView<'_> {
    /// The longest chains of replicas of replicas that begin with a node, as their nodes in order, the node first; at most
    /// `limit` of them. None where nothing came of it.
    ///
    /// # Errors
    /// `not-found`; `revision-unknown`.
    ///
    /// # Complexity
    /// Linear in the descendants and the links between them, and in the chains given.
    pub fn longest_chains(&self, node: &NodeId, scope: &Scope, limit: usize) -> Result<Vec<Vec<NodeId>>> {
        let asked = self.ask(scope)?;
        let start = asked.place(node)?;
        let depths = depths_below(&asked, start);
        let mut open = vec![vec![start]];
        let mut chains = Vec::new();
        while let Some(way) = open.pop().filter(|_| chains.len() < limit) {
            let Some(last) = way.last().copied() else { continue };
            let next = next_deepest(&asked, &depths, last);
            if next.is_empty() && way.len() > 1 {
                chains.push(way.iter().filter_map(|slot| asked.id(*slot)).collect());
            }
            // The first by id is looked at first.
            open.extend(next.into_iter().rev().map(|child| way.iter().copied().chain([child]).collect()));
        }
        Ok(chains)
    }
}

/// Of each node at or below one, how many links the longest chain below it has.
fn depths_below(asked: &Asked<'_>, start: Slot) -> BTreeMap<Slot, u32> {
    let mut depths: BTreeMap<Slot, u32> = BTreeMap::new();
    // A node is finished when all below it are: it is met twice, the second time with its children done.
    let mut open = vec![(start, false)];
    let mut met = BTreeSet::new();
    while let Some((slot, is_left)) = open.pop() {
        if depths.contains_key(&slot) || (!is_left && !met.insert(slot)) {
            continue;
        }
        let below = asked.neighbours(slot, Way::Down);
        if is_left {
            let deepest = below.iter().filter_map(|(child, _)| depths.get(child)).max();
            depths.insert(slot, deepest.map_or(0, |depth| depth + 1));
        } else {
            open.push((slot, true));
            open.extend(below.into_iter().map(|(child, _)| (child, false)));
        }
    }
    depths
}

/// The children on the longest chains, in the order of ids.
fn next_deepest(asked: &Asked<'_>, depths: &BTreeMap<Slot, u32>, slot: Slot) -> Vec<Slot> {
    let depth = depths.get(&slot).copied().unwrap_or(0);
    let is_next = |child: &Slot| depth > 0 && depths.get(child) == Some(&(depth - 1));
    let below = asked.neighbours(slot, Way::Down).into_iter().map(|(child, _)| child);
    let mut next: Vec<Slot> = below.filter(is_next).collect();
    next.sort_by_cached_key(|child| asked.id(*child));
    next.dedup();
    next
}

fn children(asked: &Asked<'_>, slot: Slot) -> Vec<(Slot, Link)> {
    let all = asked.neighbours(slot, Way::Down).into_iter();
    all.filter_map(|(next, edge)| Some((next, read_link(asked, (slot, next), edge)?))).collect()
}

/// A link on a way: from, to, and the edge.
type Step<'a> = (Slot, Slot, &'a Edge);

/// The ways from one place down to another through places that lead there, shorter ones first and then in the order of
/// ids; and whether these are all. All ways are followed a step at a time; each leads to the goal, so few wait in vain.
fn ways<'a>(
    asked: &Asked<'a>,
    between: &BTreeSet<Slot>,
    from: Slot,
    to: Slot,
    limit: usize,
) -> (Vec<Vec<Step<'a>>>, bool) {
    let mut found = Vec::new();
    let mut open: VecDeque<Vec<Step<'a>>> = VecDeque::new();
    if from != to && between.contains(&from) {
        open.extend(further(asked, between, from).into_iter().map(|step| vec![step]));
    }
    while let Some(way) = open.pop_front() {
        let Some((_, last, _)) = way.last().copied() else { continue };
        if last == to {
            if found.len() == limit {
                return (found, false);
            }
            found.push(way);
        } else if !way.iter().any(|(before, _, _)| *before == last) {
            let next = further(asked, between, last).into_iter();
            open.extend(next.map(|step| way.iter().copied().chain([step]).collect()));
        }
    }
    (found, true)
}

/// The next steps of a way, in the order of where they lead.
fn further<'a>(asked: &Asked<'a>, between: &BTreeSet<Slot>, slot: Slot) -> Vec<Step<'a>> {
    let all = asked.neighbours(slot, Way::Down).into_iter();
    let mut steps: Vec<Step<'a>> =
        all.filter(|(next, _)| between.contains(next)).map(|(next, edge)| (slot, next, edge)).collect();
    steps.sort_by_cached_key(|(_, next, edge)| (asked.id(*next), asked.id(edge.replication)));
    steps
}
