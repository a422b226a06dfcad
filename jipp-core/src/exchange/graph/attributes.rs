//! The fields of nodes and edges as named values, which is how every format carries them.

use std::fmt::Display;
use std::str::FromStr;

use serde_json::Value;

use crate::base::{Code, Error, Result, SectorId};
use crate::model::{GraphEdge, GraphNode, Line, Provenance};

/// The fields of a node besides its id, in the order they are written.
pub(super) const NODE_FIELDS: [&str; 11] = [
    "title",
    "owner",
    "owner_name",
    "owner_kind",
    "region",
    "province",
    "province_name",
    "sectors",
    "since",
    "stage",
    "provenance",
];

/// The fields of an edge besides its ends, in the order they are written.
pub(super) const EDGE_FIELDS: [&str; 9] = [
    "replication",
    "state",
    "change_type",
    "extent",
    "evidence",
    "on",
    "title_relation",
    "facilitator_hub",
    "provenance",
];

/// The fields whose text may be empty: everywhere else an empty text says that the value is unknown.
pub(super) fn may_be_empty(field: &str) -> bool {
    matches!(field, "title" | "owner_name" | "province_name")
}

/// Named values in the order of the fields.
pub(super) struct Texts(pub(super) Vec<(&'static str, String)>);

impl Texts {
    fn put(&mut self, field: &'static str, value: Option<&impl Display>) {
        if let Some(value) = value {
            self.0.push((field, value.to_string()));
        }
    }
    fn put_provenance(&mut self, provenance: &[Provenance]) {
        if !provenance.is_empty() {
            self.0.push(("provenance", provenance_text(provenance)));
        }
    }
}

/// A list of sources as JSON.
pub(super) fn provenance_text(provenance: &[Provenance]) -> String {
    // Texts under names that are texts: nothing that could fail.
    serde_json::to_string(provenance).unwrap_or_default()
}

/// What is known of a node besides its id.
pub(super) fn of_node(node: &GraphNode) -> Vec<(&'static str, String)> {
    let mut texts = Texts(Vec::with_capacity(NODE_FIELDS.len()));
    texts.put("title", node.title.as_ref());
    texts.put("owner", node.owner.as_ref());
    texts.put("owner_name", node.owner_name.as_ref());
    texts.put("owner_kind", node.owner_kind.as_ref());
    texts.put("region", node.region.as_ref());
    texts.put("province", node.province.as_ref());
    texts.put("province_name", node.province_name.as_ref());
    if !node.sectors.is_empty() {
        let sectors: Vec<&str> = node.sectors.iter().map(SectorId::as_str).collect();
        texts.0.push(("sectors", sectors.join(" ")));
    }
    texts.put("since", node.since.as_ref());
    texts.put("stage", node.stage.as_ref());
    texts.put_provenance(&node.provenance);
    texts.0
}

/// What is known of an edge besides its ends.
pub(super) fn of_edge(edge: &GraphEdge) -> Vec<(&'static str, String)> {
    let mut texts = Texts(Vec::with_capacity(EDGE_FIELDS.len()));
    texts.put("replication", Some(&edge.replication));
    texts.put("state", Some(&edge.state));
    texts.put("change_type", edge.change_type.as_ref());
    texts.put("extent", edge.extent.as_ref());
    texts.put("evidence", edge.evidence.as_ref());
    texts.put("on", edge.on.as_ref());
    texts.put("title_relation", edge.title_relation.as_ref());
    texts.put("facilitator_hub", edge.facilitator_hub.as_ref());
    texts.put_provenance(&edge.provenance);
    texts.0
}

/// What became of a value that was given for a field.
pub(super) enum Given {
    /// It is in.
    Taken,
    /// It is in, with blanks for control characters.
    Repaired,
    /// There is no such field.
    Unknown,
}

/// Gives a node the value of a field. An error leaves the node as it was.
pub(super) fn set_node(node: &mut GraphNode, field: &str, value: &Value) -> Result<Given> {
    let (mut repaired, value) = (false, Reading(value));
    match field {
        "title" => node.title = value.line(&mut repaired)?,
        "owner" => node.owner = value.text()?,
        "owner_name" => node.owner_name = value.line(&mut repaired)?,
        "owner_kind" => node.owner_kind = value.text()?,
        "region" => node.region = value.text()?,
        "province" => node.province = value.text()?,
        "province_name" => node.province_name = value.line(&mut repaired)?,
        "sectors" => node.sectors = value.list()?,
        "since" => node.since = value.text()?,
        "stage" => node.stage = value.text()?,
        "provenance" => node.provenance = value.provenance()?,
        _ => return Ok(Given::Unknown),
    }
    Ok(if repaired { Given::Repaired } else { Given::Taken })
}

/// Gives an edge the value of a field; its replication and its state are not among them, being required.
pub(super) fn set_edge(edge: &mut GraphEdge, field: &str, value: &Value) -> Result<Given> {
    let value = Reading(value);
    match field {
        "change_type" => edge.change_type = value.text()?,
        "extent" => edge.extent = value.text()?,
        "evidence" => edge.evidence = value.text()?,
        "on" => edge.on = value.text()?,
        "title_relation" => edge.title_relation = value.text()?,
        "facilitator_hub" => edge.facilitator_hub = value.text()?,
        "provenance" => edge.provenance = value.provenance()?,
        _ => return Ok(Given::Unknown),
    }
    Ok(Given::Taken)
}

/// A value as a format gives it: JSON, or a text.
pub(super) struct Reading<'a>(pub(super) &'a Value);

impl Reading<'_> {
    /// As a text; a number is one too, being how other programs write ids and years.
    fn as_text(&self) -> Result<Option<String>> {
        match self.0 {
            Value::Null => Ok(None),
            Value::String(text) => Ok(Some(text.clone())),
            Value::Number(number) => Ok(Some(number.to_string())),
            other => Err(Error::new(Code::FieldType).value(other).expected("a text")),
        }
    }

    pub(super) fn text<T: FromStr<Err = Error>>(&self) -> Result<Option<T>> {
        self.as_text()?.filter(|text| !text.trim().is_empty()).map(|text| text.trim().parse()).transpose()
    }

    fn line(&self, repaired: &mut bool) -> Result<Option<Line>> {
        let Some(text) = self.as_text()? else { return Ok(None) };
        let text = text.trim();
        *repaired = text.contains(char::is_control);
        Line::new(text.replace(char::is_control, " ")).map(Some)
    }

    fn list<T: FromStr<Err = Error>>(&self) -> Result<Vec<T>> {
        if let Value::Array(items) = self.0 {
            return items.iter().filter_map(|item| Reading(item).text().transpose()).collect();
        }
        let text = self.as_text()?.unwrap_or_default();
        let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'));
        words.filter(|word| !word.is_empty()).map(str::parse).collect()
    }

    fn provenance(&self) -> Result<Vec<Provenance>> {
        let read = match self.0 {
            Value::String(text) if text.trim().is_empty() => return Ok(Vec::new()),
            Value::Null => return Ok(Vec::new()),
            Value::String(text) => serde_json::from_str(text),
            other => serde_json::from_value(other.clone()),
        };
        read.map_err(|error| Error::from_serde(&error.to_string()))
    }
}
