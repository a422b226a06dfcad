//! PROV-JSON (W3C member submission "The PROV-JSON Serialization", over the W3C recommendation PROV-DM).
//!
//! | here | there |
//! | --- | --- |
//! | a node | `entity`, of type `jipp:Innovation` or `jipp:Replica`; also `prov:Plan` where another takes it as its source |
//! | its title | `prov:label`; its other fields are `jipp:` attributes |
//! | its owner | `agent`, a `prov:Organization`, by `wasAttributedTo` |
//! | a replication | `activity`, which `used` the source and generated the replica (`wasGeneratedBy`) |
//! | an edge | `wasDerivedFrom`, with the activity, and with kind of change, extent and so on as `jipp:` attributes |
//! | an edge whose kind of change is `inspire` | `wasInfluencedBy`, with the replication as `jipp:replication` |
//! | the hub that helped | `agent`, by `wasAssociatedWith` with the role `jipp:mentor` |
//!
//! Ids stand under the prefixes `innovation:`, `replica:`, `replication:`, `agency:` and `hub:`. The exact fields of an edge are
//! those of its derivation or influence; where that has no `jipp:state`, as in files of others, the hub is taken from
//! the association, and the name of an owner from the agent. What an activity used and generated without saying that one
//! was derived from the other makes an edge too, with a note. Every other record, and every attribute that has no field
//! here, is noted and left out: bundles, specialisations, invalidations, times of activities and so on.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::attributes;
use super::build::{Builder, Fields, GraphRead, NoteKind, Place};
use super::json::json_object;
use crate::base::{Code, Error, Result};
use crate::model::{ChangeType, Graph, GraphEdge, GraphNode, NodeId};

/// The prefixes of ids, with what they stand for.
const PREFIXES: [(&str, &str); 6] = [
    ("jipp", "urn:jipp:term:"),
    ("innovation", "urn:jipp:innovation:"),
    ("replica", "urn:jipp:replica:"),
    ("replication", "urn:jipp:replication:"),
    ("agency", "urn:jipp:agency:"),
    ("hub", "urn:jipp:hub:"),
];

pub(super) fn write(graph: &Graph) -> String {
    let mut document = Document::default();
    let sources: BTreeSet<&NodeId> = graph.edges.iter().map(|edge| &edge.source).collect();
    document.sections.insert("prefix", PREFIXES.iter().map(|(name, uri)| ((*name).to_owned(), json!(uri))).collect());
    for node in &graph.nodes {
        document.node(node, sources.contains(&node.id));
    }
    for edge in &graph.edges {
        document.edge(edge);
    }
    // Maps whose names are texts: nothing that could fail.
    serde_json::to_string_pretty(&document.sections).unwrap_or_default() + "\n"
}

/// The name of a node: with its prefix, always.
fn entity(id: &NodeId) -> String {
    match id {
        NodeId::Innovation(id) => format!("innovation:{id}"),
        NodeId::Replica(id) => format!("replica:{id}"),
    }
}

fn term(name: &str) -> Value {
    json!({ "$": name, "type": "prov:QUALIFIED_NAME" })
}

#[derive(Default)]
struct Document {
    sections: BTreeMap<&'static str, Map<String, Value>>,
    /// The relations that were made, so that each is made once.
    made: BTreeSet<(&'static str, String, String)>,
}

impl Document {
    fn put(&mut self, section: &'static str, id: String, record: Value) {
        self.sections.entry(section).or_default().insert(id, record);
    }

    fn relate(&mut self, section: &'static str, record: Value) {
        let number = self.sections.get(section).map_or(0, Map::len) + 1;
        self.put(section, format!("_:{section}{number}"), record);
    }

    /// A relation between two that holds once, however many edges say so.
    fn relate_once(&mut self, section: &'static str, roles: [&str; 2], ids: [&str; 2], role: Option<&str>) {
        if self.made.insert((section, ids[0].to_owned(), ids[1].to_owned())) {
            let mut record = json!({ roles[0]: ids[0], roles[1]: ids[1] });
            if let (Some(role), Some(fields)) = (role, record.as_object_mut()) {
                fields.insert("prov:role".to_owned(), term(role));
            }
            self.relate(section, record);
        }
    }

    fn node(&mut self, node: &GraphNode, is_source: bool) {
        let id = entity(&node.id);
        let class = match node.id {
            NodeId::Innovation(_) => "jipp:Innovation",
            NodeId::Replica(_) => "jipp:Replica",
        };
        let mut record = Map::new();
        let types = if is_source { json!([term(class), term("prov:Plan")]) } else { term(class) };
        record.insert("prov:type".to_owned(), types);
        for (field, text) in attributes::of_node(node) {
            match field {
                "title" => record.insert("prov:label".to_owned(), json!(text)),
                "sectors" => record.insert("jipp:sectors".to_owned(), json!(node.sectors)),
                // Said by the attribution.
                "owner" => None,
                _ => record.insert(format!("jipp:{field}"), json!(text)),
            };
        }
        if let Some(owner) = &node.owner {
            let agent = format!("agency:{owner}");
            self.agent(&agent, "prov:Organization", "jipp:Agency", node.owner_name.as_deref());
            self.relate_once("wasAttributedTo", ["prov:entity", "prov:agent"], [&id, &agent], None);
        }
        self.put("entity", id, Value::Object(record));
    }

    fn agent(&mut self, id: &str, kind: &str, class: &str, name: Option<&str>) {
        let agents = self.sections.entry("agent").or_default();
        let agent = agents.entry(id).or_insert_with(|| json!({ "prov:type": [term(kind), term(class)] }));
        if let (Some(name), Some(fields)) = (name, agent.as_object_mut()) {
            fields.entry("prov:label").or_insert_with(|| json!(name));
        }
    }

    fn edge(&mut self, edge: &GraphEdge) {
        let (source, target) = (entity(&edge.source), entity(&edge.target));
        let activity = format!("replication:{}", edge.replication);
        self.put("activity", activity.clone(), json!({ "prov:type": term("jipp:Replication") }));
        self.relate_once("used", ["prov:activity", "prov:entity"], [&activity, &source], None);
        self.relate_once("wasGeneratedBy", ["prov:entity", "prov:activity"], [&target, &activity], None);
        if let Some(hub) = &edge.facilitator_hub {
            let agent = format!("hub:{hub}");
            self.agent(&agent, "prov:Organization", "jipp:Hub", None);
            let roles = ["prov:activity", "prov:agent"];
            self.relate_once("wasAssociatedWith", roles, [&activity, &agent], Some("jipp:mentor"));
        }
        let is_inspired = edge.change_type == Some(ChangeType::Inspire);
        let mut record = Map::new();
        let [from, to] = if is_inspired {
            ["prov:influencer", "prov:influencee"]
        } else {
            record.insert("prov:activity".to_owned(), json!(activity));
            ["prov:usedEntity", "prov:generatedEntity"]
        };
        record.insert(from.to_owned(), json!(source));
        record.insert(to.to_owned(), json!(target));
        for (field, text) in attributes::of_edge(edge) {
            if field != "replication" || is_inspired {
                record.insert(format!("jipp:{field}"), json!(text));
            }
        }
        self.relate(if is_inspired { "wasInfluencedBy" } else { "wasDerivedFrom" }, Value::Object(record));
    }
}

pub(super) fn read(text: &str) -> Result<GraphRead> {
    let mut document = ProvReader::default();
    let mut sections = json_object(text)?;
    sections.remove("prefix");
    for (name, section) in &sections {
        document.section(name, section)?;
    }
    document.finish()
}

/// The parts of a document that make up a graph, by what they are about.
#[derive(Default)]
struct ProvReader {
    entities: Vec<(String, Record)>,
    activities: BTreeSet<String>,
    /// The name of an agent, if it is for us to take.
    agents: BTreeMap<String, Option<Value>>,
    owners: BTreeMap<String, String>,
    /// The hubs that helped an activity.
    hubs: BTreeMap<String, Vec<String>>,
    used: Vec<(String, String)>,
    generated: Vec<(String, String)>,
    links: Vec<Link>,
    builder: Builder,
}

/// A derivation or an influence.
struct Link {
    source: String,
    target: String,
    activity: Option<String>,
    fields: Fields,
    at: Place,
}

impl Link {
    /// The activity that it is about, however it is said.
    fn activity(&self) -> String {
        let own = self.fields.iter().find(|(name, _)| name == "replication");
        let own = own.and_then(|(_, value)| value.as_str()).map(|id| format!("replication:{id}"));
        self.activity.clone().or(own).unwrap_or_default()
    }
}

/// The attributes of one record, with those that are taken out of it.
struct Record {
    fields: Map<String, Value>,
    at: Place,
}

impl Record {
    fn take(&mut self, name: &str) -> Option<Value> {
        self.fields.remove(name).map(plain)
    }
    fn take_text(&mut self, name: &str) -> Option<String> {
        self.take(name).and_then(|value| value.as_str().map(str::to_owned))
    }
    fn need(&mut self, name: &str) -> Result<String> {
        self.take_text(name).ok_or_else(|| self.at.fault(Error::new(Code::FieldMissing).field(name)))
    }
    /// What is left, under the names of fields; attributes of other vocabularies keep their prefix.
    fn into_fields(self) -> Fields {
        let field = |(name, value): (String, Value)| {
            let name = match name.as_str() {
                "prov:label" => "title".to_owned(),
                other => other.strip_prefix("jipp:").unwrap_or(other).to_owned(),
            };
            (name, plain(value))
        };
        self.fields.into_iter().map(field).collect()
    }
}

/// A value without its type or language, which stands as `{"$": value, "type": type}`.
fn plain(value: Value) -> Value {
    match value {
        Value::Object(mut typed) if typed.contains_key("$") => typed.remove("$").unwrap_or_default(),
        Value::Array(values) => Value::Array(values.into_iter().map(plain).collect()),
        other => other,
    }
}

impl ProvReader {
    fn section(&mut self, name: &str, section: &Value) -> Result<()> {
        let Some(records) = section.as_object() else {
            return Err(Error::new(Code::FieldType).field(name).expected("records by their ids"));
        };
        for (id, record) in records {
            // One id may stand for a list of records.
            let list = record.as_array().map_or_else(|| std::slice::from_ref(record), Vec::as_slice);
            for record in list {
                let at = Place::Item(format!("{name}.{id}"));
                let Some(fields) = record.as_object() else {
                    return Err(
                        at.fault(Error::new(Code::FieldType).field("record").expected("attributes by their names"))
                    );
                };
                self.record(name, id, Record { fields: fields.clone(), at })?;
            }
        }
        Ok(())
    }

    fn record(&mut self, section: &str, id: &str, mut record: Record) -> Result<()> {
        match section {
            "entity" => self.entities.push((id.to_owned(), record)),
            "activity" => {
                record.take("prov:type");
                self.activities.insert(id.to_owned());
                self.note_rest(record);
            }
            "agent" => {
                let types = record.take("prov:type").map(|types| types.to_string()).unwrap_or_default();
                // The names of our own are for display: each node says the name of its owner itself.
                let name = record.take("prov:label").filter(|_| !types.contains("\"jipp:"));
                self.agents.insert(id.to_owned(), name);
                self.note_rest(record);
            }
            "wasAttributedTo" => {
                let (entity, agent) = (record.need("prov:entity")?, record.need("prov:agent")?);
                // There is room for one owner.
                let former = self.owners.entry(entity).or_insert_with(|| agent.clone());
                if *former != agent {
                    self.ignore(&record.at);
                }
                self.note_rest(record);
            }
            "wasAssociatedWith" => {
                let activity = record.need("prov:activity")?;
                let role = record.take_text("prov:role");
                let is_mentor = role.as_deref().is_none_or(|role| role.ends_with("mentor"));
                match record.take_text("prov:agent").filter(|agent| is_mentor && agent.starts_with("hub:")) {
                    Some(agent) => self.hubs.entry(activity).or_default().push(agent),
                    None => self.ignore(&record.at),
                }
                self.note_rest(record);
            }
            "used" => {
                let pair = (record.need("prov:activity")?, record.need("prov:entity")?);
                self.used.push(pair);
                self.note_rest(record);
            }
            "wasGeneratedBy" => {
                let entity = record.need("prov:entity")?;
                match record.take_text("prov:activity") {
                    Some(activity) => self.generated.push((activity, entity)),
                    None => self.ignore(&record.at),
                }
                self.note_rest(record);
            }
            "wasDerivedFrom" | "wasInfluencedBy" => self.link(section, record)?,
            _ => self.ignore(&record.at),
        }
        Ok(())
    }

    fn ignore(&mut self, at: &Place) {
        self.builder.notes.add(NoteKind::StatementIgnored, at, "", None);
    }

    /// Notes the attributes that nobody took.
    fn note_rest(&mut self, record: Record) {
        for (name, value) in record.fields {
            let text = plain(value).to_string();
            self.builder.notes.count(NoteKind::AttributeUnknown, &record.at, &name, Some(&text));
        }
    }

    fn link(&mut self, section: &str, mut record: Record) -> Result<()> {
        let [from, to] = match section {
            "wasDerivedFrom" => ["prov:usedEntity", "prov:generatedEntity"],
            _ => ["prov:influencer", "prov:influencee"],
        };
        let (source, target) = (record.need(from)?, record.need(to)?);
        let activity = record.take_text("prov:activity");
        let at = record.at.clone();
        let mut fields = record.into_fields();
        if section == "wasInfluencedBy" && !fields.iter().any(|(name, _)| name == "change_type") {
            fields.push(("change_type".to_owned(), json!(ChangeType::Inspire)));
        }
        self.links.push(Link { source, target, activity, fields, at });
        Ok(())
    }

    /// Notes the activities and agents that have no part in any edge or node.
    fn note_idle(&mut self) {
        let pairs = self.used.iter().chain(&self.generated).map(|(activity, _)| activity.clone());
        let busy: BTreeSet<String> = pairs.chain(self.links.iter().map(Link::activity)).collect();
        let idle: Vec<&String> =
            self.activities.iter().chain(self.hubs.keys()).filter(|activity| !busy.contains(*activity)).collect();
        for activity in idle {
            let at = Place::Item(format!("activity.{activity}"));
            self.builder.notes.count(NoteKind::StatementIgnored, &at, "", None);
        }
        let owners: BTreeSet<&String> = self.owners.values().collect();
        let hubs: BTreeSet<&String> = self.hubs.values().flatten().collect();
        for (agent, name) in self.agents.iter().filter(|(agent, _)| !owners.contains(*agent)) {
            let at = Place::Item(format!("agent.{agent}"));
            match name {
                _ if !hubs.contains(agent) => self.builder.notes.add(NoteKind::StatementIgnored, &at, "", None),
                // There is no field for the name of a hub.
                Some(name) => self.builder.notes.add(NoteKind::AttributeUnknown, &at, "prov:label", name.as_str()),
                None => {}
            }
        }
    }

    fn finish(mut self) -> Result<GraphRead> {
        self.note_idle();
        self.link_activities();
        for (id, mut record) in std::mem::take(&mut self.entities) {
            record.take("prov:type");
            let at = record.at.clone();
            let mut fields = record.into_fields();
            if let Some(agent) = self.owners.remove(&id) {
                let owner = agent.strip_prefix("agency:").unwrap_or(&agent);
                fields.push(("owner".to_owned(), json!(owner)));
                let is_named = fields.iter().any(|(name, _)| name == "owner_name");
                if let Some(Some(name)) = self.agents.get(&agent).filter(|_| !is_named) {
                    fields.push(("owner_name".to_owned(), name.clone()));
                }
            }
            self.builder.node(&id, &fields, &at)?;
        }
        for link in std::mem::take(&mut self.links) {
            self.edge(link)?;
        }
        for (entity, agent) in std::mem::take(&mut self.owners) {
            let at = Place::Item(format!("wasAttributedTo.{entity}"));
            self.builder.notes.add(NoteKind::StatementIgnored, &at, "", Some(&agent));
        }
        self.builder.finish()
    }

    fn edge(&mut self, mut link: Link) -> Result<()> {
        let activity = link.activity.take();
        if let Some(activity) = &activity {
            let replication = activity.strip_prefix("replication:").unwrap_or(activity);
            link.fields.push(("replication".to_owned(), json!(replication)));
        }
        let says = |field: &str| link.fields.iter().any(|(name, _)| name == field);
        let is_exact = says("state") || says("facilitator_hub");
        let hubs = activity.and_then(|activity| self.hubs.get(&activity)).map_or(&[][..], Vec::as_slice);
        if let [hub, others @ ..] = hubs
            && !is_exact
        {
            let id = hub.strip_prefix("hub:").unwrap_or(hub);
            link.fields.push(("facilitator_hub".to_owned(), json!(id)));
            for other in others {
                self.builder.notes.add(NoteKind::StatementIgnored, &link.at, "wasAssociatedWith", Some(other));
            }
        }
        self.builder.edge(&link.source, &link.target, &link.fields, link.at)
    }

    /// What an activity used came into what it generated, unless a derivation or influence says more of the same.
    fn link_activities(&mut self) {
        let said: BTreeSet<(String, String)> = (self.links.iter())
            .flat_map(|link| [(link.activity(), link.source.clone()), (link.activity(), link.target.clone())])
            .collect();
        let mut results: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
        for (activity, entity) in &self.generated {
            results.entry(activity).or_default().push(entity);
        }
        let mut linked: BTreeSet<&str> = said.iter().map(|(activity, _)| activity.as_str()).collect();
        let mut made = Vec::new();
        for (activity, source) in self.used.iter().filter(|pair| !said.contains(*pair)) {
            let at = Place::Item(format!("activity.{activity}"));
            let targets = results.get(activity.as_str()).map_or(&[][..], Vec::as_slice);
            if targets.is_empty() {
                self.builder.notes.add(NoteKind::StatementIgnored, &at, "used", Some(source));
            }
            for target in targets {
                linked.insert(activity);
                self.builder.notes.add(NoteKind::EdgeFromActivity, &at, source, Some(target));
                let (source, target, at) = (source.clone(), (*target).clone(), at.clone());
                made.push(Link { source, target, activity: Some(activity.clone()), fields: Vec::new(), at });
            }
        }
        for (activity, entity) in &self.generated {
            let is_said = said.contains(&(activity.clone(), entity.clone()));
            if !is_said && !linked.contains(activity.as_str()) {
                let at = Place::Item(format!("activity.{activity}"));
                self.builder.notes.add(NoteKind::StatementIgnored, &at, "wasGeneratedBy", Some(entity));
            }
        }
        self.links.extend(made);
    }
}
