//! Puts a graph together from what a file says, and notes what had to be repaired or left out.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::attributes::{self, Given, Reading};
use super::{MAX_GRAPH_EDGES, MAX_GRAPH_NODES, limit};
use crate::base::vocabulary::vocabulary;
use crate::base::{Code, Error, Location, MAX_ID_BYTES, ReplicationId, Result};
use crate::model::{Graph, GraphEdge, GraphNode, NodeId, ReplicationState};

vocabulary! {
    /// What was repaired in a graph file, or left out of it.
    NoteKind = "graph-note" {
        NodeAdded = "node-added", "simpul ditambahkan", "node added: an edge names it, and no entry lists it";
        ReplicationNamed = "replication-named", "replikasi diberi id", "replication named: the edge named none";
        StateAssumed = "state-assumed", "keadaan diandaikan", "state assumed: claimed, as the edge told none";
        TextRepaired = "text-repaired", "teks diperbaiki", "text repaired: blanks stand for control characters";
        AttributeUnknown = "attribute-unknown", "atribut tidak dikenal", "attribute unknown, left out";
        ValueUnreadable = "value-unreadable", "nilai tidak terbaca", "value unreadable, left out";
        StructureDropped = "structure-dropped", "struktur dilepas", "structure dropped: what it holds is kept";
        DirectionAssumed = "direction-assumed", "arah diandaikan", "direction assumed: from the first to the second";
        StatementIgnored = "statement-ignored", "pernyataan diabaikan", "statement or record ignored";
        EdgeFromActivity = "edge-from-activity", "sisi dari aktivitas", "edge made of what an activity used and generated";
    }
}

/// Something that was repaired in a graph file, or left out of it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct GraphNote {
    /// What was done.
    pub kind: NoteKind,
    /// Where: the line, in the formats that are read by lines, and the attribute, node or record.
    pub at: Location,
    /// The value that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// How often; `at` and `value` are those of the first time.
    pub times: u64,
}

/// What a graph file held.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct GraphRead {
    /// The graph, in order.
    pub graph: Graph,
    /// What was repaired or left out, by lines.
    pub notes: Vec<GraphNote>,
}

/// Where an entry stands: at a line, or at a place of a JSON document.
#[derive(Clone, Debug)]
pub(super) enum Place {
    Line(u64),
    Item(String),
}

impl Place {
    pub(super) fn fault(&self, error: Error) -> Error {
        match self {
            Self::Line(line) => error.line(*line),
            Self::Item(item) => error.inside(item),
        }
    }
    fn location(&self, subject: &str) -> Location {
        match self {
            Self::Line(line) => Location { source: None, line: Some(*line), field: Some(subject.to_owned()) },
            Self::Item(item) => {
                let field = if subject.is_empty() { item.clone() } else { format!("{item}.{subject}") };
                Location { source: None, line: None, field: Some(field) }
            }
        }
    }
}

/// Values longer than this are cut in notes, which are for people.
const QUOTED: usize = 120;

#[derive(Default)]
pub(super) struct Notes {
    list: Vec<GraphNote>,
    /// Where the note of a kind and subject stands, for those that are counted.
    counted: BTreeMap<(NoteKind, String), usize>,
}

impl Notes {
    pub(super) fn add(&mut self, kind: NoteKind, at: &Place, subject: &str, value: Option<&str>) {
        let value = value.map(|text| text.chars().take(QUOTED).collect());
        self.list.push(GraphNote { kind, at: at.location(subject), value, times: 1 });
    }

    /// As `add`, but says it once for a kind and subject, and counts.
    pub(super) fn count(&mut self, kind: NoteKind, at: &Place, subject: &str, value: Option<&str>) {
        if let Some(note) = self.counted.get(&(kind, subject.to_owned())).and_then(|at| self.list.get_mut(*at)) {
            note.times += 1;
            return;
        }
        self.counted.insert((kind, subject.to_owned()), self.list.len());
        self.add(kind, at, subject, value);
    }
}

/// Named values of an entry, in the order they stand there.
pub(super) type Fields = Vec<(String, Value)>;

/// A graph on its way in.
#[derive(Default)]
pub(super) struct Builder {
    nodes: Vec<GraphNode>,
    listed: Vec<bool>,
    places: FxHashMap<NodeId, usize>,
    edges: Vec<GraphEdge>,
    edge_places: Vec<Place>,
    unnamed: Vec<usize>,
    /// The nodes that edges name before any entry lists them, and where.
    mentioned: BTreeMap<usize, Place>,
    pub(super) notes: Notes,
}

impl Builder {
    fn place(&mut self, id: &str, at: &Place) -> Result<usize> {
        let id: NodeId = id.parse().map_err(|error| at.fault(error))?;
        if let Some(place) = self.places.get(&id) {
            return Ok(*place);
        }
        limit("nodes", self.nodes.len() + 1, MAX_GRAPH_NODES).map_err(|error| at.fault(error))?;
        self.places.insert(id.clone(), self.nodes.len());
        self.nodes.push(GraphNode::new(id));
        self.listed.push(false);
        Ok(self.nodes.len() - 1)
    }

    /// Takes a node in that may stand in several places, each adding to what is known of it.
    pub(super) fn node(&mut self, id: &str, fields: &Fields, at: &Place) -> Result<()> {
        let place = self.place(id, at)?;
        if let (Some(node), Some(listed)) = (self.nodes.get_mut(place), self.listed.get_mut(place)) {
            *listed = true;
            set_all(node, fields, at, &mut self.notes);
        }
        Ok(())
    }

    /// Takes a node in that may stand in one place only.
    pub(super) fn sole_node(&mut self, id: &str, fields: &Fields, at: &Place) -> Result<()> {
        let place = self.place(id, at)?;
        if self.listed.get(place) == Some(&true) {
            return Err(at.fault(Error::new(Code::DuplicateInRecord).field("id").value(id)));
        }
        self.node(id, fields, at)
    }

    /// Takes an edge in. `key` and `id`, where other programs keep the name of an edge, count as its replication, unless
    /// they are bare numbers.
    pub(super) fn edge(&mut self, source: &str, target: &str, fields: &Fields, at: Place) -> Result<()> {
        limit("edges", self.edges.len() + 1, MAX_GRAPH_EDGES).map_err(|error| at.fault(error))?;
        let source = self.end(source, &at)?;
        let target = self.end(target, &at)?;
        let edge = self.read_edge(source, target, fields, &at)?;
        self.edges.push(edge);
        self.edge_places.push(at);
        Ok(())
    }

    /// The end of an edge, added where no entry lists it (yet).
    fn end(&mut self, id: &str, at: &Place) -> Result<NodeId> {
        let place = self.place(id, at)?;
        if self.listed.get(place) == Some(&false) {
            self.mentioned.entry(place).or_insert_with(|| at.clone());
        }
        id.parse()
    }

    fn read_edge(&mut self, source: NodeId, target: NodeId, fields: &Fields, at: &Place) -> Result<GraphEdge> {
        let name = given_name(fields).map_err(|error| at.fault(error.field("replication")))?;
        if name.is_none() {
            self.unnamed.push(self.edges.len());
            self.notes.count(NoteKind::ReplicationNamed, at, "replication", None);
        }
        let name = match name {
            Some(name) => name,
            None => made_name(&source, &target)?,
        };
        let mut edge = GraphEdge::new(name, source, target, ReplicationState::Claimed);
        let state = fields.iter().find(|(field, _)| field == "state").map(|(_, value)| Reading(value).text());
        match state {
            Some(Ok(Some(state))) => edge.state = state,
            Some(Err(_) | Ok(None)) | None => self.notes.count(NoteKind::StateAssumed, at, "state", None),
        }
        for (field, value) in fields {
            if matches!(field.as_str(), "replication" | "key" | "id") {
                continue;
            }
            let given = match field.as_str() {
                "state" => Reading(value).text::<ReplicationState>().map(|_| Given::Taken),
                _ => attributes::set_edge(&mut edge, field, value),
            };
            note_given(&given, field, value, at, &mut self.notes);
        }
        Ok(edge)
    }

    /// The graph, if it is one.
    pub(super) fn finish(mut self) -> Result<GraphRead> {
        self.name_unnamed()?;
        for (place, at) in &self.mentioned {
            if let (Some(false), Some(node)) = (self.listed.get(*place), self.nodes.get(*place)) {
                self.notes.add(NoteKind::NodeAdded, at, &node.id.to_string(), None);
            }
        }
        let mut seen = BTreeSet::new();
        for (edge, at) in self.edges.iter().zip(&self.edge_places) {
            if !seen.insert((&edge.replication, &edge.source, &edge.target)) {
                let twice = Error::new(Code::DuplicateInRecord).field("edges").value(&edge.replication);
                return Err(at.fault(twice.expected("each replication once between two nodes")));
            }
        }
        let mut graph = Graph { nodes: self.nodes, edges: self.edges };
        graph.sort();
        graph.check()?;
        let mut notes = self.notes.list;
        notes.sort_by_key(|note| note.at.line);
        Ok(GraphRead { graph, notes })
    }

    /// Makes the made names of edges names of one edge each.
    fn name_unnamed(&mut self) -> Result<()> {
        let unnamed: BTreeSet<usize> = self.unnamed.iter().copied().collect();
        let named = self.edges.iter().enumerate().filter(|(at, _)| !unnamed.contains(at));
        let mut taken: BTreeSet<ReplicationId> = named.map(|(_, edge)| edge.replication.clone()).collect();
        let mut next: BTreeMap<ReplicationId, u64> = BTreeMap::new();
        for at in unnamed {
            let Some(edge) = self.edges.get_mut(at) else { continue };
            let stem = edge.replication.clone();
            let number = next.entry(stem.clone()).or_insert(1);
            while taken.contains(&edge.replication) {
                *number += 1;
                edge.replication = ReplicationId::new(format!("{stem}-{number}"))?;
            }
            taken.insert(edge.replication.clone());
        }
        Ok(())
    }
}

/// The replication that an edge names.
fn given_name(fields: &Fields) -> Result<Option<ReplicationId>> {
    for field in ["replication", "id", "key"] {
        for (_, value) in fields.iter().filter(|(name, _)| name == field) {
            let counts = field != "replication" && value.as_str().is_none_or(|text| text.parse::<u64>().is_ok());
            if !counts && let Some(id) = Reading(value).text()? {
                return Ok(Some(id));
            }
        }
    }
    Ok(None)
}

/// A name for a replication without one: the same for the same ends, in every file.
fn made_name(source: &NodeId, target: &NodeId) -> Result<ReplicationId> {
    let ends = format!("{source}:{target}");
    // Room for a number, should there be several.
    if ends.len() + 20 <= MAX_ID_BYTES {
        return ReplicationId::new(format!("link:{ends}"));
    }
    ReplicationId::new(format!("link:{:08x}", crc32fast::hash(ends.as_bytes())))
}

/// Gives a node its fields; a `label` is its title where it has no other.
fn set_all(node: &mut GraphNode, fields: &Fields, at: &Place, notes: &mut Notes) {
    for (field, value) in fields.iter().filter(|(field, _)| field != "label") {
        let given = attributes::set_node(node, field, value);
        note_given(&given, field, value, at, notes);
    }
    for (field, value) in fields.iter().filter(|(field, _)| field == "label") {
        if node.title.is_none() {
            let given = attributes::set_node(node, "title", value);
            note_given(&given, field, value, at, notes);
        }
    }
}

fn note_given(given: &Result<Given>, field: &str, value: &Value, at: &Place, notes: &mut Notes) {
    let text = || value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match given {
        Ok(Given::Taken) => {}
        Ok(Given::Repaired) => notes.add(NoteKind::TextRepaired, at, field, Some(&text())),
        Ok(Given::Unknown) => notes.count(NoteKind::AttributeUnknown, at, field, Some(&text())),
        Err(_) => notes.add(NoteKind::ValueUnreadable, at, field, Some(&text())),
    }
}
