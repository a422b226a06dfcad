//! Where the nodes of a drawing go: layer by layer, from left to right.
//!
//! The steps of Sugiyama, Tagawa and Toda (1981, "Methods for visual understanding of hierarchical system structures"): edges
//! that close a cycle are turned; each node stands right of all its sources (longest path); edges over several layers
//! get a bend in each; nodes of a layer are ordered by the mean place of their neighbours (barycentre), in sweeps there and
//! back; and heights come as near to those of the neighbours as the order and the distances allow (least squares, by pooling
//! adjacent violators).

use std::collections::BTreeMap;

use super::limit;
use crate::base::Result;
use crate::model::{Graph, NodeId};

/// The most nodes that are drawn.
pub(super) const MAX_DRAWN_NODES: usize = 2_000;
/// The most edges that are drawn, and the most bends of all edges.
pub(super) const MAX_DRAWN_EDGES: usize = 10_000;
const MAX_BENDS: usize = 100_000;
/// How often the order is swept there and back.
const SWEEPS: usize = 8;
/// The distance between the middles of two boxes of a layer, and between an edge and its neighbour, in units of the drawing.
const BOX_DISTANCE: f64 = 84.0;
const BEND_DISTANCE: f64 = 18.0;
/// The room between parts of the graph that nothing joins.
const PART_GAP: f64 = 26.0;

/// A drawing without looks.
#[derive(Default)]
pub(super) struct Layout {
    /// The layer and the height of the middle of each node.
    pub(super) nodes: Vec<(usize, f64)>,
    /// The places that each edge goes through, from its source to its target.
    pub(super) routes: Vec<Vec<(usize, f64)>>,
    pub(super) layers: usize,
    pub(super) height: f64,
}

/// A node, or a bend of an edge.
struct Point {
    layer: usize,
    is_bend: bool,
    part: usize,
    y: f64,
    before: Vec<usize>,
    after: Vec<usize>,
}

/// Lays a graph out.
///
/// # Errors
/// `too-many`.
pub(super) fn layout(graph: &Graph) -> Result<Layout> {
    limit("nodes", graph.nodes.len(), MAX_DRAWN_NODES)?;
    limit("edges", graph.edges.len(), MAX_DRAWN_EDGES)?;
    let places: BTreeMap<&NodeId, usize> = graph.nodes.iter().enumerate().map(|(at, node)| (&node.id, at)).collect();
    let end = |id: &NodeId| places.get(id).copied().unwrap_or_default();
    let edges: Vec<(usize, usize)> = graph.edges.iter().map(|edge| (end(&edge.source), end(&edge.target))).collect();
    let is_turned = turned(graph.nodes.len(), &edges);
    let forward: Vec<(usize, usize)> = (edges.iter().zip(&is_turned))
        .map(|((source, target), is_turned)| if *is_turned { (*target, *source) } else { (*source, *target) })
        .collect();
    let layers = layers(graph.nodes.len(), &forward);
    let parts = parts(graph.nodes.len(), &forward);
    let mut points: Vec<Point> = layers.iter().zip(&parts).map(|(layer, part)| point(*layer, false, *part)).collect();
    let mut chains = chains(&forward, &mut points)?;
    let height = place(&mut points);
    for (chain, _) in chains.iter_mut().zip(is_turned).filter(|(_, is_turned)| *is_turned) {
        chain.reverse();
    }
    let spot = |at: &usize| points.get(*at).map_or((0, 0.0), |point| (point.layer, point.y));
    Ok(Layout {
        nodes: (0..graph.nodes.len()).map(|at| spot(&at)).collect(),
        routes: chains.iter().map(|chain| chain.iter().map(spot).collect()).collect(),
        layers: layers.iter().max().map_or(0, |last| last + 1),
        height,
    })
}

fn point(layer: usize, is_bend: bool, part: usize) -> Point {
    Point { layer, is_bend, part, y: 0.0, before: Vec::new(), after: Vec::new() }
}

/// The nodes that each node leads to.
fn neighbours(count: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut lists = vec![Vec::new(); count];
    for (from, to) in pairs {
        lists.get_mut(from).into_iter().for_each(|list| list.push(to));
    }
    lists
}

/// Which edges lead back to a node on the way to themselves, in a walk in depth from the first node on.
fn turned(count: usize, edges: &[(usize, usize)]) -> Vec<bool> {
    // By the number of the edge, not by where it leads.
    let leaving = neighbours(count, edges.iter().enumerate().map(|(at, (source, _))| (*source, at)));
    let mut turned = vec![false; edges.len()];
    // 0: not seen, 1: on the way, 2: done.
    let mut state = vec![0_u8; count];
    for first in 0..count {
        let mut way = vec![(first, 0)];
        while let Some((node, next)) = way.pop() {
            let (Some(seen), Some(list)) = (state.get_mut(node), leaving.get(node)) else { continue };
            if *seen == 2 {
                continue;
            }
            *seen = 1;
            let Some(edge) = list.get(next) else {
                *seen = 2;
                continue;
            };
            way.push((node, next + 1));
            let target = edges.get(*edge).map_or(node, |(_, target)| *target);
            match state.get(target) {
                Some(0) => way.push((target, 0)),
                Some(1) => turned.get_mut(*edge).into_iter().for_each(|turned| *turned = true),
                _ => {}
            }
        }
    }
    turned
}

/// The layer of each node: behind all its sources; a node without sources just before the first of its replicas.
fn layers(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let real = || edges.iter().copied().filter(|(source, target)| source != target);
    let after = neighbours(count, real());
    let mut open = vec![0_usize; count];
    real().for_each(|(_, target)| open.get_mut(target).into_iter().for_each(|open| *open += 1));
    let is_root: Vec<bool> = open.iter().map(|open| *open == 0).collect();
    let mut layers = vec![0_usize; count];
    let mut ready: Vec<usize> = (0..count).filter(|at| is_root.get(*at) == Some(&true)).collect();
    while let Some(node) = ready.pop() {
        let next = layers.get(node).map_or(0, |layer| layer + 1);
        for target in after.get(node).into_iter().flatten() {
            if let (Some(layer), Some(open)) = (layers.get_mut(*target), open.get_mut(*target)) {
                *layer = next.max(*layer);
                *open -= 1;
                if *open == 0 {
                    ready.push(*target);
                }
            }
        }
    }
    for node in (0..count).filter(|at| is_root.get(*at) == Some(&true)) {
        let nearest = after.get(node).into_iter().flatten().filter_map(|target| layers.get(*target)).min();
        let nearest = nearest.map_or(0, |layer| layer.saturating_sub(1));
        layers.get_mut(node).into_iter().for_each(|layer| *layer = nearest);
    }
    layers
}

/// The number of the part that each node is in: what is joined is one part.
fn parts(count: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let both = edges.iter().flat_map(|(source, target)| [(*source, *target), (*target, *source)]);
    let near = neighbours(count, both);
    let mut parts: Vec<Option<usize>> = vec![None; count];
    let mut number = 0;
    for first in 0..count {
        let mut open = vec![first];
        let is_new = parts.get(first) == Some(&None);
        while let Some(node) = open.pop() {
            if let Some(part @ None) = parts.get_mut(node) {
                *part = Some(number);
                open.extend(near.get(node).into_iter().flatten());
            }
        }
        number += usize::from(is_new);
    }
    parts.into_iter().map(Option::unwrap_or_default).collect()
}

/// The points that each edge goes through, with a bend made in every layer between its ends.
fn chains(edges: &[(usize, usize)], points: &mut Vec<Point>) -> Result<Vec<Vec<usize>>> {
    let nodes = points.len();
    let mut chains = Vec::with_capacity(edges.len());
    for (source, target) in edges {
        let layer = |at: usize, points: &[Point]| points.get(at).map_or(0, |point| point.layer);
        let part = points.get(*source).map_or(0, |point| point.part);
        let mut chain = vec![*source];
        for between in layer(*source, points) + 1..layer(*target, points) {
            limit("bends", points.len() - nodes, MAX_BENDS)?;
            chain.push(points.len());
            points.push(point(between, true, part));
        }
        chain.push(*target);
        if source != target {
            for pair in chain.windows(2) {
                if let [from, to] = *pair {
                    points.get_mut(from).into_iter().for_each(|point| point.after.push(to));
                    points.get_mut(to).into_iter().for_each(|point| point.before.push(from));
                }
            }
        }
        chains.push(chain);
    }
    Ok(chains)
}

/// Gives every point its height, part under part; says how high the whole is.
fn place(points: &mut [Point]) -> f64 {
    let mut by_part: BTreeMap<usize, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    for (at, point) in points.iter().enumerate() {
        by_part.entry(point.part).or_default().entry(point.layer).or_default().push(at);
    }
    // What is joined comes first, the larger the earlier; nodes that nothing joins come last.
    let mut in_order: Vec<BTreeMap<usize, Vec<usize>>> = by_part.into_values().collect();
    in_order.sort_by_key(|layers| std::cmp::Reverse(layers.values().map(Vec::len).sum::<usize>()));
    let mut top = 0.0;
    for layers in in_order {
        let mut layers: Vec<Vec<usize>> = layers.into_values().collect();
        order(&mut layers, points);
        heights(&layers, points);
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for point in layers.iter().flatten().filter_map(|at| points.get(*at)) {
            let half = room(point) / 2.0;
            low = low.min(point.y - half);
            high = high.max(point.y + half);
        }
        for at in layers.iter().flatten() {
            points.get_mut(*at).into_iter().for_each(|point| point.y += top - low);
        }
        top += high - low + if layers.len() > 1 { PART_GAP } else { 0.0 };
    }
    top
}

fn room(point: &Point) -> f64 {
    if point.is_bend { BEND_DISTANCE } else { BOX_DISTANCE }
}

/// Orders the points of each layer by the mean place of their neighbours in the layer before, then in the one behind, and
/// so on. While this goes on, `y` is the place in the layer.
fn order(layers: &mut [Vec<usize>], points: &mut [Point]) {
    number(layers, points);
    for sweep in 0..SWEEPS {
        let is_back = sweep % 2 == 1;
        let count = layers.len();
        for step in 0..count {
            let at = if is_back { count - 1 - step } else { step };
            let Some(layer) = layers.get_mut(at) else { continue };
            let mut keyed: Vec<(f64, usize)> = layer.iter().map(|at| (mean(*at, points, is_back), *at)).collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            *layer = keyed.into_iter().map(|(_, at)| at).collect();
            number(std::slice::from_ref(layer), points);
        }
    }
}

fn number(layers: &[Vec<usize>], points: &mut [Point]) {
    for layer in layers {
        let mut place = 0.0;
        for at in layer {
            points.get_mut(*at).into_iter().for_each(|point| point.y = place);
            place += 1.0;
        }
    }
}

/// The mean height of the neighbours on one side, or its own without any.
fn mean(at: usize, points: &[Point], is_back: bool) -> f64 {
    let Some(point) = points.get(at) else { return 0.0 };
    mean_of(if is_back { &point.after } else { &point.before }, points).unwrap_or(point.y)
}

fn mean_of(list: &[usize], points: &[Point]) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0.0);
    for point in list.iter().filter_map(|at| points.get(*at)) {
        sum += point.y;
        count += 1.0;
    }
    (count > 0.0).then(|| sum / count)
}

/// Heights: stacked first, then drawn towards the neighbours, there and back.
fn heights(layers: &[Vec<usize>], points: &mut [Point]) {
    for layer in layers {
        settle(layer, points, |point, _| point.y * BOX_DISTANCE);
    }
    for sweep in 0..SWEEPS {
        let count = layers.len();
        for step in 0..count {
            let is_back = sweep % 2 == 0;
            let at = if is_back { count - 1 - step } else { step };
            let last = sweep + 2 >= SWEEPS;
            settle(layers.get(at).map_or(&[], Vec::as_slice), points, |point, points| {
                let side = if is_back { &point.after } else { &point.before };
                let all: Vec<usize> = point.before.iter().chain(&point.after).copied().collect();
                mean_of(if last { &all } else { side }, points).unwrap_or(point.y)
            });
        }
    }
}

/// Points that stand as close to each other as they may.
struct Pool {
    /// What they want, each less its offset, added up.
    sum: f64,
    count: f64,
    /// The points, each with its distance from the first of the layer if all stood close.
    members: Vec<(usize, f64)>,
}

impl Pool {
    fn mean(&self) -> f64 {
        self.sum / self.count
    }
}

/// Puts the points of a layer as near to where they want to be as their order and distances allow: least squares under an
/// order, solved by pooling neighbours that want to pass each other.
fn settle(layer: &[usize], points: &mut [Point], wish: impl Fn(&Point, &[Point]) -> f64) {
    let mut offset = 0.0;
    let mut last_room = None;
    let mut pools: Vec<Pool> = Vec::new();
    for at in layer {
        let Some(point) = points.get(*at) else { continue };
        if let Some(last) = last_room {
            offset += (f64::midpoint(last, room(point))).max(BEND_DISTANCE);
        }
        last_room = Some(room(point));
        let mut pool = Pool { sum: wish(point, points) - offset, count: 1.0, members: vec![(*at, offset)] };
        while let Some(before) = pools.pop_if(|before| before.mean() > pool.mean()) {
            let mut members = before.members;
            members.append(&mut pool.members);
            pool = Pool { sum: before.sum + pool.sum, count: before.count + pool.count, members };
        }
        pools.push(pool);
    }
    for pool in pools {
        let mean = pool.mean();
        for (at, offset) in pool.members {
            points.get_mut(at).into_iter().for_each(|point| point.y = mean + offset);
        }
    }
}
