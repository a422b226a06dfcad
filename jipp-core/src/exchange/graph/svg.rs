//! A lineage as a small, self-contained SVG.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::layout::{Layout, layout};
use super::{is_stopped, readable};
use crate::base::{AgencyId, Lang, RegionId, Result, Vocabulary as _};
use crate::model::{ChangeType, EvidenceLevel, Graph, GraphEdge, GraphNode, NodeId};

/// The colours of provinces, told apart by most people who see few colours, and by their lightness in grey: those of Okabe
/// and Ito (2008, "Color universal design"), without black.
const COLOURS: [&str; 7] = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442"];
/// The colour of all provinces beyond those, and of none.
pub(super) const OTHER: &str = "#BBBBBB";
pub(super) const INK: &str = "#222222";
const FAINT: &str = "#8A8A8A";

const BOX: (f64, f64) = (226.0, 66.0);
/// From the left edge of one layer to that of the next.
const LAYER: f64 = 326.0;
pub(super) const MARGIN: f64 = 24.0;
const TITLE_SIZE: f64 = 12.5;
/// How much wider bold letters are.
const BOLD: f64 = 1.12;
pub(super) const SMALL_SIZE: f64 = 10.5;
/// The width of a text inside a box.
const INSIDE: f64 = BOX.0 - 28.0;

/// Draws a lineage: sources at the left, replicas right of them.
///
/// The colour of a box is that of its province (the seven most frequent; the name stands in the box too); the pattern of a
/// line is the kind of change and its weight the evidence; inferred links are dashed, in another colour, and bear a
/// question mark. Innovations that run no more are grey and crossed out in the corner; replicas without a record
/// are rounder. A legend says so. Every box and line tells all about itself when pointed at. The file needs no other file.
///
/// ```
/// use jipp_core::{Lang, exchange::{GraphFormat, draw_svg, read_graph}};
/// let read = read_graph("digraph { a -> b }", GraphFormat::Dot)?;
/// assert!(draw_svg(&read.graph, Lang::Id)?.starts_with("<svg "));
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// What [`Graph::check`] says; `too-many` for more than 2,000 nodes, 10,000 edges, or 100,000 bends: draw a part of it.
///
/// # Complexity
/// O((n + m + b) log n) for b bends, one for each layer that an edge crosses.
pub fn draw_svg(graph: &Graph, lang: Lang) -> Result<String> {
    graph.check()?;
    let layout = layout(graph)?;
    let mut drawing = Drawing { lang, colours: colours(graph), body: String::new() };
    for (edge, route) in graph.edges.iter().zip(&layout.routes) {
        drawing.edge(edge, route);
    }
    for (node, at) in graph.nodes.iter().zip(&layout.nodes) {
        drawing.node(node, *at);
    }
    Ok(drawing.finish(graph, &layout))
}

/// The colours of the most frequent provinces.
fn colours(graph: &Graph) -> Vec<(String, &'static str)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in graph.nodes.iter().filter_map(province) {
        *counts.entry(name).or_default() += 1;
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(name, _)| name).zip(COLOURS).collect()
}

pub(super) fn province(node: &GraphNode) -> Option<String> {
    let name = node.province_name.as_deref().filter(|name| !name.is_empty());
    name.or(node.province.as_ref().map(RegionId::as_str)).map(readable)
}

/// Owner; province and year.
fn lines_below(node: &GraphNode) -> Vec<String> {
    let owner = node.owner_name.as_deref().filter(|name| !name.is_empty());
    let owner = owner.or(node.owner.as_ref().map(AgencyId::as_str)).map(readable);
    let year = node.since.map(|since| since.year().to_string());
    let place: Vec<String> = province(node).into_iter().chain(year).collect();
    let place = Some(place.join(", ")).filter(|place| !place.is_empty());
    let lines = owner.into_iter().chain(place);
    lines.flat_map(|line| wrap(&line, SMALL_SIZE, INSIDE, 1)).collect()
}

/// The pattern of a line, by the kind of change.
fn pattern(change: Option<ChangeType>) -> &'static str {
    match change {
        None | Some(ChangeType::Adopt) => "",
        Some(ChangeType::Adapt) => "12 4",
        Some(ChangeType::Modify) => "12 4 3 4",
        Some(ChangeType::Develop) => "12 4 3 4 3 4",
        Some(ChangeType::Inspire) => "2 4",
    }
}

/// The weight of a line, by the evidence.
fn weight(evidence: Option<EvidenceLevel>) -> f64 {
    match evidence {
        None => 1.0,
        Some(EvidenceLevel::Inferred) => 1.4,
        Some(EvidenceLevel::Declared) => 1.6,
        Some(EvidenceLevel::Documented) => 2.4,
        Some(EvidenceLevel::Verified) => 3.6,
    }
}

/// The attributes of a line.
pub(super) fn stroke(change: Option<ChangeType>, evidence: Option<EvidenceLevel>) -> String {
    let is_inferred = evidence == Some(EvidenceLevel::Inferred);
    let (colour, dashes, head) = match change {
        _ if is_inferred => ("#D55E00", "5 5", "guess"),
        None => (FAINT, "", "faint"),
        Some(_) => (INK, pattern(change), "ink"),
    };
    let dashes = if dashes.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dashes}\"") };
    let weight = weight(evidence);
    format!("fill=\"none\" stroke=\"{colour}\" stroke-width=\"{weight}\"{dashes} marker-end=\"url(#{head})\"")
}

pub(super) struct Drawing {
    pub(super) lang: Lang,
    pub(super) colours: Vec<(String, &'static str)>,
    body: String,
}

impl Drawing {
    pub(super) fn say(&self, english: &'static str, indonesian: &'static str) -> &'static str {
        if self.lang == Lang::Id { indonesian } else { english }
    }

    pub(super) fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.body.write_fmt(text);
    }

    fn edge(&mut self, edge: &GraphEdge, route: &[(usize, f64)]) {
        let (path, middle) = path(route);
        let line = stroke(edge.change_type, edge.evidence);
        let tip = self.edge_tip(edge);
        let tip = escape(tip.as_str());
        self.put(format_args!("<g><title>{tip}</title><path d=\"{path}\" {line}/>"));
        if edge.evidence == Some(EvidenceLevel::Inferred) {
            let (x, y) = middle;
            self.put(format_args!(
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"8\" fill=\"#fff\" stroke=\"#D55E00\"/><text x=\"{x:.1}\" y=\"{:.1}\" \
                 text-anchor=\"middle\" font-weight=\"bold\" fill=\"{INK}\">?</text>",
                y + 4.5
            ));
        }
        self.put(format_args!("</g>\n"));
    }

    fn edge_tip(&self, edge: &GraphEdge) -> String {
        let lang = self.lang;
        let words = [
            Some(format!("{} → {}", edge.source, edge.target)),
            Some(edge.replication.to_string()),
            edge.change_type.map(|term| term.label(lang).to_owned()),
            edge.extent.map(|term| term.label(lang).to_owned()),
            edge.evidence.map(|term| term.label(lang).to_owned()),
            Some(edge.state.label(lang).to_owned()),
            edge.on.map(|on| on.to_string()),
            edge.facilitator_hub.as_ref().map(ToString::to_string),
        ];
        words.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    fn node(&mut self, node: &GraphNode, at: (usize, f64)) {
        let (x, y) = (left(at.0), at.1 + MARGIN - BOX.1 / 2.0);
        let (width, height) = BOX;
        let stopped = is_stopped(node);
        let fill = if stopped { "#E8E8E8" } else { "#FFFFFF" };
        let corner = if matches!(node.id, NodeId::Replica(_)) { 22 } else { 5 };
        let dashes = if stopped { " stroke-dasharray=\"4 3\"" } else { "" };
        let tip = self.node_tip(node);
        let tip = escape(tip.as_str());
        let own = province(node);
        let colour =
            self.colours.iter().find(|(name, _)| Some(name) == own.as_ref()).map_or(OTHER, |(_, colour)| colour);
        self.put(format_args!(
            "<g transform=\"translate({x:.1} {y:.1})\"><title>{tip}</title>\
             <rect width=\"{width}\" height=\"{height}\" rx=\"{corner}\" fill=\"{fill}\" stroke=\"{INK}\"{dashes}/>\
             <rect x=\"6\" y=\"10\" width=\"8\" height=\"{}\" rx=\"2\" fill=\"{colour}\" stroke=\"{INK}\" stroke-width=\"0.5\"/>",
            height - 20.0
        ));
        let title = node.title.as_deref().filter(|title| !title.is_empty());
        let title = title.map_or_else(|| node.id.to_string(), readable);
        let mut lines = wrap(&title, TITLE_SIZE * BOLD, INSIDE, 2);
        let style = format!("font-size=\"{TITLE_SIZE}\" font-weight=\"600\"");
        let below = lines_below(node);
        // Three or four lines, in the middle of the box.
        let mut baseline = (height - 15.0 * usize_as_f64(lines.len()) - 13.0 * usize_as_f64(below.len())) / 2.0 + 11.5;
        for line in lines.drain(..) {
            self.put(format_args!("<text x=\"20\" y=\"{baseline:.1}\" {style}>{}</text>", escape(line.as_str())));
            baseline += 15.0;
        }
        for line in below {
            self.put(format_args!("<text x=\"20\" y=\"{baseline:.1}\" fill=\"#444\">{}</text>", escape(line.as_str())));
            baseline += 13.0;
        }
        if stopped {
            let (from, to) = (width - 15.0, width - 6.0);
            self.put(format_args!(
                "<path d=\"M{from} 6L{to} 15M{to} 6L{from} 15\" stroke=\"{INK}\" stroke-width=\"2\"/>"
            ));
        }
        self.put(format_args!("</g>\n"));
    }

    fn node_tip(&self, node: &GraphNode) -> String {
        let words = [
            node.title.as_deref().map(readable),
            Some(node.id.to_string()),
            node.owner_name.as_deref().map(readable),
            node.owner.as_ref().map(ToString::to_string),
            province(node),
            node.since.map(|since| since.to_string()),
            node.stage.map(|stage| stage.label(self.lang).to_owned()),
        ];
        words.into_iter().flatten().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// Puts picture and legend together.
    fn finish(mut self, graph: &Graph, layout: &Layout) -> String {
        let picture = std::mem::take(&mut self.body);
        let top = layout.height + 2.0 * MARGIN;
        let (legend_width, legend_height) = self.legend(graph, top);
        let drawn = left(layout.layers.max(1) - 1) + BOX.0 + MARGIN;
        // Edges that lead back bulge beyond the last layer.
        let width = (drawn + if has_loops(layout) { 50.0 } else { 0.0 }).max(legend_width);
        let height = top + legend_height + MARGIN;
        let name = format!("{}: {}, {}", self.say("Lineage", "Silsilah"), self.nodes(graph), self.edges(graph));
        let mut heads = String::new();
        for (id, colour) in [("ink", INK), ("faint", FAINT), ("guess", "#D55E00")] {
            let _ = write!(
                heads,
                "<marker id=\"{id}\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"9\" markerHeight=\"9\" \
                 markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L10 5L0 10z\" fill=\"{colour}\"/></marker>"
            );
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
             viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" aria-label=\"{name}\" \
             font-family=\"'Noto Sans', 'DejaVu Sans', Arial, sans-serif\" font-size=\"{SMALL_SIZE}\" fill=\"{INK}\">\n\
             <defs>{heads}</defs>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{picture}{}</svg>\n",
            self.body
        )
    }

    fn nodes(&self, graph: &Graph) -> String {
        format!("{} {}", graph.nodes.len(), self.say("innovations", "inovasi"))
    }

    fn edges(&self, graph: &Graph) -> String {
        format!("{} {}", graph.edges.len(), self.say("links of replication", "hubungan replikasi"))
    }
}

fn has_loops(layout: &Layout) -> bool {
    layout.routes.iter().any(|route| route.first().map(|at| at.0) >= route.last().map(|at| at.0))
}

fn usize_as_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// Where a layer begins.
fn left(layer: usize) -> f64 {
    MARGIN + LAYER * usize_as_f64(layer)
}

/// The path through the places of an edge, and its middle.
fn path(route: &[(usize, f64)]) -> (String, (f64, f64)) {
    let y = |at: &(usize, f64)| at.1 + MARGIN;
    let (Some(first), Some(last)) = (route.first(), route.last()) else { return (String::new(), (0.0, 0.0)) };
    if first == last {
        // From a node to itself.
        let (x, y) = (left(first.0) + BOX.0, y(first));
        let text = format!(
            "M{x:.1} {:.1}C{:.1} {:.1} {:.1} {:.1} {x:.1} {:.1}",
            y - 12.0,
            x + 44.0,
            y - 26.0,
            x + 44.0,
            y + 26.0,
            y + 12.0
        );
        return (text, (x + 33.0, y));
    }
    let is_back = first.0 > last.0;
    let (leave, enter) = if is_back { (0.0, BOX.0) } else { (BOX.0, 0.0) };
    let mut at = (left(first.0) + leave, y(first));
    let mut text = format!("M{:.1} {:.1}", at.0, at.1);
    let mut middle = at;
    for (number, stop) in route.iter().enumerate().skip(1) {
        let is_last = number + 1 == route.len();
        let near = left(stop.0) + if is_back { BOX.0 } else { 0.0 };
        let next = (if is_last { left(stop.0) + enter } else { near }, y(stop));
        let bend = (next.0 - at.0) / 2.0;
        let _ = write!(
            text,
            "C{:.1} {:.1} {:.1} {:.1} {:.1} {:.1}",
            at.0 + bend,
            at.1,
            next.0 - bend,
            next.1,
            next.0,
            next.1
        );
        if number == 1 || number * 2 <= route.len() {
            middle = (f64::midpoint(at.0, next.0), f64::midpoint(at.1, next.1));
        }
        at = next;
        if !is_last {
            // Straight on past the boxes of the layer.
            at.0 += if is_back { -BOX.0 } else { BOX.0 };
            let _ = write!(text, "H{:.1}", at.0);
        }
    }
    (text, middle)
}

/// Breaks a text into lines of a width, the last one shortened where there are more than `most`.
pub(super) fn wrap(text: &str, size: f64, width: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let is_last = lines.len() + 1 == most;
        let fitting = fitting(rest, size, width);
        if fitting == rest.len() {
            lines.push(rest.to_owned());
            break;
        }
        let (head, _) = rest.split_at_checked(fitting).unwrap_or((rest, ""));
        if is_last {
            lines.push(head.trim_end().trim_end_matches(|c: char| ",;:-".contains(c)).to_owned() + "…");
            break;
        }
        // Behind a blank or such a sign where that leaves a line of some length, and else inside the word.
        let end = head.rfind([' ', '-', '/']).map(|at| at + 1).filter(|at| at * 3 > head.len());
        let (line, behind) = rest.split_at_checked(end.unwrap_or(fitting)).unwrap_or((rest, ""));
        lines.push(line.trim_end().to_owned());
        rest = behind.trim_start();
    }
    lines
}

/// How many bytes of a text fit a width, with room for an ellipsis where it does not fit as a whole.
fn fitting(text: &str, size: f64, width: f64) -> usize {
    let (mut used, mut with_dots) = (0.0, 0);
    for (at, c) in text.char_indices() {
        used += advance(c) * size;
        if used > width {
            // At least one character, or there would be no end.
            return with_dots.max(text.chars().next().map_or(1, char::len_utf8));
        }
        if used + size <= width {
            with_dots = at + c.len_utf8();
        }
    }
    text.len()
}

/// About how wide a character is in a sans-serif font, in parts of its size; rather too wide than too narrow.
fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'I' => 0.36,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' => 0.44,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 1.0,
        'A'..='Z' | '&' => 0.72,
        '\u{1100}'.. => 1.1,
        _ => 0.61,
    }
}
