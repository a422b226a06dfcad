//! States and the steps that led to them.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::common::{Line, Text, Visit};
use super::{EntityKind, lifecycle::Machine};
use crate::base::{DecreeId, PartialDate};

/// One step from a state to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step<S> {
    /// The state it leads to.
    pub to: S,
    /// When it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// Who made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Line>,
    /// Why, or what was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// The decree or agreement it rests on, where it has a record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decree: Option<DecreeId>,
    /// The raw wording of the source: marks a fact of the past, entered as it was and not guarded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<Line>,
}

impl<S> Step<S> {
    /// A step of the present to a state.
    pub fn to(state: S) -> Self {
        Self { to: state, on: None, by: None, note: None, decree: None, reported: None }
    }
    /// A fact of the past, in the raw wording of its source.
    pub fn reported(state: S, raw: Line) -> Self {
        Self { reported: Some(raw), ..Self::to(state) }
    }
}

/// A state, as the steps that led to it. Without steps it is the first state of its machine.
///
/// In JSON a list of steps; a bare state code is read as one reported step with the code as its raw wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status<S> {
    /// The steps, in the order they were made.
    pub steps: Vec<Step<S>>,
}

impl<S> Default for Status<S> {
    fn default() -> Self {
        Self { steps: Vec::new() }
    }
}

impl<S: Machine> Status<S> {
    /// The present state.
    pub fn state(&self) -> S {
        self.steps.last().map_or(S::INITIAL, |step| step.to)
    }
    /// The last step, where there was one.
    pub fn last(&self) -> Option<&Step<S>> {
        self.steps.last()
    }
    /// The state before the present one, where there was a step.
    pub fn former(&self) -> Option<S> {
        let before = self.steps.len().checked_sub(1)?;
        Some(before.checked_sub(1).map_or(S::INITIAL, |index| self.steps[index].to))
    }
    /// The last step that led to a state.
    pub fn reached(&self, state: S) -> Option<&Step<S>> {
        self.steps.iter().rev().find(|step| step.to == state)
    }
}

impl<S> Status<S> {
    /// Whether no step was made.
    pub fn is_initial(&self) -> bool {
        self.steps.is_empty()
    }
    /// Whether every step was reported as history.
    pub fn is_history(&self) -> bool {
        self.steps.iter().all(|step| step.reported.is_some())
    }
    pub(crate) fn references(&self, visit: &mut Visit<'_>) {
        for decree in self.steps.iter().filter_map(|step| step.decree.as_ref()) {
            visit("decree", EntityKind::Decree, decree.as_str());
        }
    }
}

impl<S: Serialize> Serialize for Status<S> {
    fn serialize<W: Serializer>(&self, out: W) -> Result<W::Ok, W::Error> {
        self.steps.serialize(out)
    }
}

impl<'de, S: Machine> Deserialize<'de> for Status<S> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Reader<S>(std::marker::PhantomData<S>);
        impl<'de, S: Machine> serde::de::Visitor<'de> for Reader<S> {
            type Value = Status<S>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "a list of steps or a code of {}", S::NAME)
            }
            fn visit_str<E: serde::de::Error>(self, code: &str) -> Result<Status<S>, E> {
                let state = code.parse::<S>().map_err(E::custom)?;
                let raw = Line::new(code).map_err(E::custom)?;
                Ok(Status { steps: vec![Step::reported(state, raw)] })
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, list: A) -> Result<Status<S>, A::Error> {
                let mut steps = Vec::deserialize(serde::de::value::SeqAccessDeserializer::new(list))?;
                // Most histories have one step; reading leaves room for four, which a country's records would keep.
                steps.shrink_to_fit();
                Ok(Status { steps })
            }
        }
        input.deserialize_any(Reader(std::marker::PhantomData))
    }
}

impl<S: Machine> JsonSchema for Status<S> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("StatusOf{}", S::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let steps = generator.subschema_for::<Vec<Step<S>>>();
        let code = generator.subschema_for::<S>();
        json_schema!({ "anyOf": [steps, code] })
    }
}
