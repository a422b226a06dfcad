//! The legend of a drawing.

use quick_xml::escape::escape;

use super::is_stopped;
use super::svg::{Drawing, INK, MARGIN, OTHER, SMALL_SIZE, province, stroke, wrap};
use crate::base::Vocabulary as _;
use crate::model::{ChangeType, EvidenceLevel, Graph, GraphEdge, GraphNode, NodeId};

const LINE: f64 = 20.0;

impl Drawing {
    /// Draws the legend: only what occurs. Says how wide and how high it is.
    pub(super) fn legend(&mut self, graph: &Graph, top: f64) -> (f64, f64) {
        self.put(format_args!(
            "<path d=\"M{MARGIN} {top:.1}H{:.1}\" stroke=\"#CCCCCC\"/>\n<g transform=\"translate(0 {:.1})\">\n",
            MARGIN + 620.0,
            top + 18.0
        ));
        let heights = [
            self.legend_of_provinces(graph, MARGIN),
            self.legend_of_changes(graph, MARGIN + 230.0),
            self.legend_of_evidence(graph, MARGIN + 440.0),
        ];
        self.put(format_args!("</g>\n"));
        (2.0 * MARGIN + 640.0, heights.into_iter().fold(0.0, f64::max) + 18.0)
    }

    fn heading(&mut self, x: f64, text: &str) {
        self.put(format_args!("<text x=\"{x:.1}\" y=\"0\" font-weight=\"600\">{text}</text>\n"));
    }

    fn legend_of_provinces(&mut self, graph: &Graph, x: f64) -> f64 {
        self.heading(x, self.say("Province", "Provinsi"));
        let mut entries: Vec<(String, &str)> = self.colours.clone();
        let is_other =
            |node: &GraphNode| province(node).is_none_or(|name| !self.colours.iter().any(|(own, _)| *own == name));
        if graph.nodes.iter().any(is_other) {
            entries.push((self.say("other, or not known", "lainnya, atau tidak diketahui").to_owned(), OTHER));
        }
        let mut y = 0.0;
        for (name, colour) in entries {
            y += LINE;
            let name = wrap(&name, SMALL_SIZE, 190.0, 1).join("");
            self.put(format_args!(
                "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"14\" height=\"12\" rx=\"2\" fill=\"{colour}\" stroke=\"{INK}\" \
                 stroke-width=\"0.5\"/><text x=\"{:.1}\" y=\"{y:.1}\">{}</text>\n",
                y - 10.0,
                x + 22.0,
                escape(name.as_str())
            ));
        }
        y
    }

    fn sample(&mut self, x: f64, y: f64, line: &str, text: &str) {
        self.put(format_args!(
            "<path d=\"M{x:.1} {:.1}h56\" {line}/><text x=\"{:.1}\" y=\"{y:.1}\">{text}</text>\n",
            y - 4.0,
            x + 66.0
        ));
    }

    fn legend_of_changes(&mut self, graph: &Graph, x: f64) -> f64 {
        self.heading(x, self.say("Kind of change", "Jenis perubahan"));
        let mut y = 0.0;
        let known = |edge: &&GraphEdge| edge.evidence != Some(EvidenceLevel::Inferred);
        for change in ChangeType::ALL.iter().copied().map(Some).chain([None]) {
            if graph.edges.iter().filter(known).any(|edge| edge.change_type == change) {
                y += LINE;
                let text =
                    change.map_or_else(|| self.say("not known", "tidak diketahui"), |change| change.label(self.lang));
                self.sample(x, y, &stroke(change, Some(EvidenceLevel::Declared)), text);
            }
        }
        y
    }

    fn legend_of_evidence(&mut self, graph: &Graph, x: f64) -> f64 {
        self.heading(x, self.say("Evidence, and marks", "Bukti, dan tanda"));
        let mut y = 0.0;
        for evidence in EvidenceLevel::ALL.iter().copied().map(Some).rev().chain([None]) {
            if graph.edges.iter().any(|edge| edge.evidence == evidence) {
                y += LINE;
                let text =
                    evidence.map_or_else(|| self.say("not known", "tidak diketahui"), |level| level.label(self.lang));
                let text =
                    if evidence == Some(EvidenceLevel::Inferred) { format!("? {text}") } else { text.to_owned() };
                self.sample(x, y, &stroke(Some(ChangeType::Adopt), evidence), &text);
            }
        }
        if graph.nodes.iter().any(|node| matches!(node.id, NodeId::Replica(_))) {
            y += LINE;
            self.mark(
                x,
                y,
                "rx=\"7\" fill=\"#fff\"",
                "",
                self.say("replica without a record", "replika tanpa catatan"),
            );
        }
        if graph.nodes.iter().any(is_stopped) {
            y += LINE;
            let cross =
                format!("<path d=\"M{} {}l6 6m0 -6l-6 6\" stroke=\"{INK}\" stroke-width=\"1.5\"/>", x + 46.0, y - 9.0);
            let look = "rx=\"2\" fill=\"#E8E8E8\" stroke-dasharray=\"4 3\"";
            self.mark(x, y, look, &cross, self.say("runs no more", "tidak berjalan lagi"));
        }
        y
    }

    fn mark(&mut self, x: f64, y: f64, look: &str, cross: &str, text: &str) {
        self.put(format_args!(
            "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"56\" height=\"14\" {look} stroke=\"{INK}\"/>{cross}\
             <text x=\"{:.1}\" y=\"{y:.1}\">{text}</text>\n",
            y - 11.0,
            x + 66.0
        ));
    }
}
