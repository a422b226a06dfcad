//! A lineage as a plain value: what siblings of layer 3 hand each other, and what graph files hold.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::common::{Line, Provenance};
use super::{AgencyKind, ChangeType, EvidenceLevel, Extent, InnovationStage, ReplicationState, TitleRelation};
use crate::base::{
    AgencyId, Code, Error, HubId, Id as _, InnovationId, PartialDate, RegionId, ReplicationId, Result, SectorId,
};

/// What stands before the id of a replica that has no record of its own.
const REPLICA: &str = "replica:";
/// What stands before the id of an innovation that would read as something else without it.
const INNOVATION: &str = "innovation:";

/// Names a node of a lineage: an innovation, or a replica that has no innovation record of its own (yet), which goes by
/// the replication that made it.
///
/// As text an innovation is its id, and such a replica `replica:` and the id of the replication. An innovation whose id
/// begins with either prefix is written `innovation:` and its id, so that text and node are one to one.
///
/// ```
/// use jipp_core::model::NodeId;
/// let node: NodeId = "replica:r005".parse()?;
/// assert!(matches!(&node, NodeId::Replica(id) if id.as_str() == "r005"));
/// assert_eq!("kota-ambon/antre".parse::<NodeId>()?.to_string(), "kota-ambon/antre");
/// assert_eq!("replica:".parse::<NodeId>().unwrap_err().code(), "id-empty");
/// # Ok::<(), jipp_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeId {
    /// An innovation.
    Innovation(InnovationId),
    /// The replica that a replication made, where it has no innovation record of its own.
    Replica(ReplicationId),
}

impl From<InnovationId> for NodeId {
    fn from(id: InnovationId) -> Self {
        Self::Innovation(id)
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Replica(id) => write!(f, "{REPLICA}{id}"),
            Self::Innovation(id) if id.as_str().starts_with(REPLICA) || id.as_str().starts_with(INNOVATION) => {
                write!(f, "{INNOVATION}{id}")
            }
            Self::Innovation(id) => write!(f, "{id}"),
        }
    }
}

impl FromStr for NodeId {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        if let Some(id) = text.strip_prefix(REPLICA) {
            return ReplicationId::parse(id).map(Self::Replica);
        }
        InnovationId::parse(text.strip_prefix(INNOVATION).unwrap_or(text)).map(Self::Innovation)
    }
}

impl Serialize for NodeId {
    fn serialize<S: Serializer>(&self, out: S) -> std::result::Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for NodeId {
    fn deserialize<D: Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
        crate::base::text::read_text(input, str::parse)
    }
}

impl JsonSchema for NodeId {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "NodeId".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1 })
    }
}

/// A node of a lineage, with what a reader of it wants to see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GraphNode {
    /// Which it is.
    pub id: NodeId,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Line>,
    /// The agency that owns or runs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<AgencyId>,
    /// The name of that agency, or of the recipients as the source writes them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_name: Option<Line>,
    /// The kind of that agency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner_kind: Option<AgencyKind>,
    /// Where it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionId>,
    /// The province (or other region of the first level) that this lies in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<RegionId>,
    /// The name of that province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province_name: Option<Line>,
    /// What it serves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sectors: Vec<SectorId>,
    /// Since when it is in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<PartialDate>,
    /// How far it has come; unknown for a replica without a record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<InnovationStage>,
    /// Where this is known from, field by field where the record says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl GraphNode {
    /// A node of which nothing more is known.
    pub fn new(id: NodeId) -> Self {
        Self {
            id,
            title: None,
            owner: None,
            owner_name: None,
            owner_kind: None,
            region: None,
            province: None,
            province_name: None,
            sectors: Vec::new(),
            since: None,
            stage: None,
            provenance: Vec::new(),
        }
    }
}

/// An edge of a lineage: a replica comes from one of its sources. A replication with three sources makes three.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GraphEdge {
    /// The replication.
    pub replication: ReplicationId,
    /// What was taken.
    pub source: NodeId,
    /// What came of it.
    pub target: NodeId,
    /// How much of the source was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extent: Option<Extent>,
    /// How far the replica departs from the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change_type: Option<ChangeType>,
    /// How well the link is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<EvidenceLevel>,
    /// How far the replication has come.
    pub state: ReplicationState,
    /// When the replica came into use, or else when the replication began or was first heard of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// How the titles relate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_relation: Option<TitleRelation>,
    /// The hub that helped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facilitator_hub: Option<HubId>,
    /// Where this is known from, field by field where the record says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub provenance: Vec<Provenance>,
}

impl GraphEdge {
    /// An edge of which nothing more is known.
    pub fn new(replication: ReplicationId, source: NodeId, target: NodeId, state: ReplicationState) -> Self {
        Self {
            replication,
            source,
            target,
            extent: None,
            change_type: None,
            evidence: None,
            state,
            on: None,
            title_relation: None,
            facilitator_hub: None,
            provenance: Vec::new(),
        }
    }
}

/// A lineage, or a part of one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Graph {
    /// Its nodes, in the order of their ids.
    pub nodes: Vec<GraphNode>,
    /// Its edges, in the order of replication, source and target.
    pub edges: Vec<GraphEdge>,
}

impl Graph {
    /// Puts nodes and edges into their order.
    pub fn sort(&mut self) {
        self.nodes.sort_by(|a, b| a.id.cmp(&b.id));
        let key = |edge: &GraphEdge| (edge.replication.clone(), edge.source.clone(), edge.target.clone());
        self.edges.sort_by_cached_key(key);
    }

    /// Checks that it is a graph: every node once, every edge once, and every end of an edge among the nodes.
    ///
    /// # Errors
    /// `duplicate-in-record` with the node or edge; `dangling-reference` with the end that is not there.
    ///
    /// # Complexity
    /// O((n + m) log n) for n nodes and m edges.
    pub fn check(&self) -> Result<()> {
        let mut nodes = BTreeSet::new();
        if let Some(twice) = self.nodes.iter().find(|node| !nodes.insert(&node.id)) {
            return Err(Error::new(Code::DuplicateInRecord).field("nodes").value(&twice.id));
        }
        let mut edges = BTreeSet::new();
        for edge in &self.edges {
            for (field, end) in [("source", &edge.source), ("target", &edge.target)] {
                if !nodes.contains(end) {
                    let fault = Error::new(Code::DanglingReference).field(format!("edges.{field}")).value(end);
                    return Err(fault.expected("one of the nodes"));
                }
            }
            if !edges.insert((&edge.replication, &edge.source, &edge.target)) {
                return Err(Error::new(Code::DuplicateInRecord).field("edges").value(&edge.replication));
            }
        }
        Ok(())
    }
}
