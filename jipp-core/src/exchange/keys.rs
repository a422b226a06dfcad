//! Ids for rows that have none, made of what names the thing in life.
//!
//! The same row always gives the same id, so that a file without ids can be imported again.

use serde_json::{Map, Value};

use super::fields::value_at;
use crate::base::{Code, Error, MAX_ID_BYTES, Result, slug};
use crate::model::EntityKind;

/// The parts of an id, joined by `/`. A part lists fields of which the first that is given counts (`|`); one with `?` may be
/// absent.
const fn parts(kind: EntityKind) -> &'static [&'static str] {
    match kind {
        EntityKind::Region => &["parent?", "name"],
        EntityKind::Unit => &["agency", "name"],
        EntityKind::Person => &["affiliation?", "name"],
        EntityKind::Decree => &["kind", "issuer?", "number|title", "year|issued_on?"],
        EntityKind::Evidence => &["kind", "uri|sha256|title"],
        EntityKind::Innovation => &["owner", "title"],
        EntityKind::Hub => &["agency"],
        EntityKind::Replication => &["recipient|recipients_note|target", "sources", "target_title|target?"],
        EntityKind::Activity => &["host", "on?", "kind", "note?"],
        EntityKind::Contact => &["agency|unit|hub", "label|phone|email|url|address"],
        EntityKind::Rubric => &["title", "version"],
        EntityKind::Edition => &["competition", "year|theme"],
        EntityKind::Proposal => &["edition", "innovation"],
        EntityKind::Assessor => &["edition", "panel", "stage?", "person|agency"],
        EntityKind::ScoreSheet => &["assessor", "proposal", "stage", "revision_of?"],
        EntityKind::StageResult => &["proposal", "stage"],
        EntityKind::Objection => &["proposal", "text"],
        EntityKind::Award => &["innovation", "label"],
        EntityKind::Assessment => &["rubric", "innovation|hub|agency", "on?"],
        EntityKind::Need => &["agency?", "text"],
        EntityKind::Judgement => &["need", "innovation"],
        EntityKind::ScoringRun => &["edition", "group?", "outcome"],
        // Sectors, affairs, agencies, partners, competitions.
        _ => &["name"],
    }
}

/// The id of a row that has none: of its natural key, cut to the length of an id with a checksum of what was cut.
///
/// # Errors
/// `field-missing` if the row does not give the key.
pub(super) fn natural_id(kind: EntityKind, fields: &Map<String, Value>) -> Result<String> {
    let mut id = String::new();
    for part in parts(kind) {
        let is_optional = part.ends_with('?');
        let mut choices = part.trim_end_matches('?').split('|');
        let found = choices.find_map(|field| value_at(fields, field).map(key_text).filter(|text| !text.is_empty()));
        match found {
            Some(text) if id.is_empty() => id = text,
            Some(text) => id = format!("{id}/{text}"),
            None if is_optional => {}
            None => {
                let hint = format!("an id, or {} to make one of", parts(kind).join(" + "));
                return Err(Error::new(Code::FieldMissing).field("id").expected(hint));
            }
        }
    }
    Ok(cut(id))
}

/// An id is taken as it is, text by its words; of a list, every element; of a source of a replication, its innovation.
fn key_text(value: &Value) -> String {
    match value {
        Value::String(text) if crate::base::check_id("id", text).is_ok() => text.to_lowercase(),
        Value::String(text) => slug(text),
        Value::Array(list) => list.iter().map(key_text).collect::<Vec<_>>().join("+"),
        Value::Object(source) => source.get("innovation").map(key_text).unwrap_or_default(),
        Value::Number(number) => number.to_string(),
        Value::Bool(_) | Value::Null => String::new(),
    }
}

fn cut(id: String) -> String {
    if id.len() <= MAX_ID_BYTES {
        return id;
    }
    let sum = format!("~{:08x}", crc32fast::hash(id.as_bytes()));
    let mut end = MAX_ID_BYTES - sum.len();
    while !id.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{sum}", &id[..end])
}
