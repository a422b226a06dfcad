//! The weight of a pair, part by part.

use serde::{Deserialize, Serialize};

use super::compare::{Level, Outcome, compare_values};
use super::estimate::{FieldModel, LinkageModel, WeightTable, place_of, remaining};
use super::number::whole;
use super::prepared::Prepared;

/// What one field adds to a pair's weight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The place of the field in the settings.
    pub field: usize,
    /// How far the values agree.
    pub level: Level,
    /// How alike they are, in thousandths; nothing where one is missing.
    pub similarity: Option<u16>,
    /// What the field adds, in thousandths of a bit: positive speaks for one and the same thing.
    pub weight: i64,
    /// How much of it is due to the value being rarer (positive) or commoner (negative) than values that agree usually are.
    pub rarity: i64,
    /// The field whose values are exchanged with this one's (given name and family name, say).
    pub exchanged_with: Option<usize>,
    /// The field that this one goes along with by chance: its agreement is already counted there, wholly or in part.
    pub counted_with: Option<usize>,
}

/// Why two records are never linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Veto {
    /// The caller said so: a pair that cannot link, or one labelled as different.
    Stated,
    /// The field at this place must agree, and does not.
    Field(usize),
}

/// Two records that may be the same thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The id of the first; within one table the smaller one.
    pub left: String,
    /// The id of the second.
    pub right: String,
    /// The evidence in thousandths of a bit: [`prior`](Self::prior) and the weights of all parts add up to it exactly.
    pub weight: i64,
    /// What it starts from: how rare such pairs are among all.
    pub prior: i64,
    /// The probability that both are the same thing, by the evidence, from 0 to 1.
    pub probability: f64,
    /// Why they are not linked all the same.
    pub veto: Option<Veto>,
    /// Whether they are linked: the probability reaches the threshold, nothing forbids it, and (one to one) neither
    /// has a better partner.
    pub linked: bool,
    /// What each field adds, in the order of the settings.
    pub parts: Vec<Part>,
}

/// Weighs pairs by a model.
pub(super) struct Scorer<'a> {
    pub(super) prepared: &'a Prepared<'a>,
    pub(super) model: &'a LinkageModel,
    pub(super) table: WeightTable,
}

impl<'a> Scorer<'a> {
    pub(super) fn new(prepared: &'a Prepared<'a>, model: &'a LinkageModel) -> Self {
        Self { prepared, model, table: model.weights() }
    }

    /// The weight of a pair whose comparison is at hand, and how much of it the fields add that forbid the pair.
    pub(super) fn weigh(&self, a: u32, b: u32, outcomes: &[Outcome]) -> (i64, i64) {
        let (mut sum, mut forbidding) = (self.table.prior, 0);
        for (field, outcome) in outcomes.iter().enumerate() {
            let weight = self.field_weight(field, a, b, outcomes).0;
            sum += weight;
            if self.forbids(field, outcome.level) {
                forbidding += weight;
            }
        }
        (sum, forbidding)
    }

    /// The parts of a pair's weight.
    pub(super) fn parts(&self, a: u32, b: u32, outcomes: &[Outcome]) -> Vec<Part> {
        let part = |(field, outcome): (usize, &Outcome)| {
            let (weight, rarity, class) = self.field_weight(field, a, b, outcomes);
            let parent = self.model.fields.get(field).and_then(|field| field.depends_on);
            Part {
                field,
                level: outcome.level,
                similarity: (outcome.level != Level::Missing).then_some(outcome.similarity),
                weight,
                rarity,
                exchanged_with: outcome.exchanged_with,
                counted_with: parent.filter(|_| class == 0 && outcome.level != Level::Missing),
            }
        };
        outcomes.iter().enumerate().map(part).collect()
    }

    /// What a field adds, the part of it that is due to rarity, and the class of the field it depends on.
    fn field_weight(&self, field: usize, a: u32, b: u32, outcomes: &[Outcome]) -> (i64, i64, usize) {
        let place =
            |field: usize| outcomes.get(field).map_or(usize::MAX, |outcome| usize::from(place_of(outcome.level)));
        let class = self.table.class(field, place);
        let weight = self.table.weight(field, class, place(field));
        let rarity = match (outcomes.get(field), self.model.fields.get(field)) {
            (Some(Outcome { level: Level::Exact, .. }), Some(learned)) => self.rarity(field, learned, class, a, b),
            _ => 0,
        };
        (weight + rarity, rarity, class)
    }

    /// How much more a rare value tells than a common one (Winkler 1989; Yancey 2000): log2(u / frequency of the value),
    /// as far as the field still tells something beside the one it depends on. A value that only these two have
    /// counts no less than the average.
    fn rarity(&self, field: usize, learned: &FieldModel, class: usize, a: u32, b: u32) -> i64 {
        let Some(column) = self.prepared.columns.get(field) else { return 0 };
        let (Some(value), other) = (column.value_of(a), column.value_of(b)) else { return 0 };
        if Some(value) != other {
            return 0;
        }
        let agree = learned.u[0];
        let mut frequency = column.frequency(value);
        if column.counts.get(value).is_none_or(|count| *count <= 2) {
            frequency = frequency.min(agree);
        }
        whole(1000.0 * libm::log2(agree / frequency) * remaining(learned, class)).clamp(-20_000, 20_000)
    }

    fn forbids(&self, field: usize, level: Level) -> bool {
        forbids(self.prepared, field, level)
    }
}

/// Whether this level of agreement forbids the pair.
fn forbids(prepared: &Prepared<'_>, field: usize, level: Level) -> bool {
    let least = prepared.fields.get(field).and_then(|field| field.must_agree);
    level != Level::Missing && least.is_some_and(|least| level > least)
}

/// The first field that forbids the pair.
pub(super) fn forbidding_field(prepared: &Prepared<'_>, outcomes: &[Outcome]) -> Option<usize> {
    (0..outcomes.len())
        .find(|field| outcomes.get(*field).is_some_and(|outcome| forbids(prepared, *field, outcome.level)))
}

/// Whether the fields that must agree let two records be the same; the other fields are not looked at.
pub(super) fn may_be_one(prepared: &Prepared<'_>, a: u32, b: u32) -> bool {
    let mut fields = prepared.fields.iter().zip(&prepared.columns).enumerate();
    !fields.any(|(place, (field, column))| {
        field.must_agree.is_some() && forbids(prepared, place, compare_values(column, a, b).level)
    })
}
