//! Ranking by all points, cheaply: the same sum as the parts that are shown, without making them.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::context::Context;
use super::evidence::{Merit, first_peer, is_proven, merit_known};
use super::question::Asker;
use super::reach::{self, Mentors};
use super::{POINT, id_at};
use crate::base::{InnovationId, Result};
use crate::matching::{Found, Ranking};
use crate::model::{Agency, EntityKind, Innovation, Record, Region};
use crate::network::Vectors;
use crate::network::standing::{Fact, Standing, agency_at, region_at};
use crate::registry::{Slot, View};

type Map<K, V> = HashMap<K, V, rustc_hash::FxBuildHasher>;

type OwnerAndRegion = (Option<Slot>, Option<Slot>);

/// What the owner and the place of an innovation are worth to the asker.
#[derive(Clone, Copy)]
struct Place {
    context: i64,
    has_mentor: bool,
}

/// Ranks innovations for one question.
pub(super) struct Whole<'a, 'v> {
    view: &'a View<'v>,
    standing: &'a Standing,
    asker: &'a Asker<'v>,
    mentors: Mentors<'v>,
    /// How like the need the vector of each innovation is, in millionths; empty where no vectors are given.
    vectors: Map<Slot, i64>,
    /// What was worked out before, by owner and region: many innovations share both.
    places: RefCell<Map<OwnerAndRegion, Place>>,
    /// What speaks for the innovations whose replications are in part disregarded.
    merits: BTreeMap<Slot, Merit>,
    /// The best score of a text.
    top: u32,
    /// As many candidates as are asked for are known to reach this.
    floor: Option<i64>,
}

impl<'a, 'v> Whole<'a, 'v> {
    pub(super) fn new(view: &'a View<'v>, standing: &'a Standing, asker: &'a Asker<'v>) -> Self {
        let mentors = Mentors::of(view, asker);
        let (vectors, places) = Default::default();
        let slighted = asker.slighted(view).into_iter();
        let merits = slighted.map(|(slot, innovation)| (slot, merit_known(view, asker, innovation))).collect();
        Self { view, standing, asker, mentors, vectors, places, merits, top: 0, floor: None }
    }

    /// With vectors fused in: those of the innovations, and that of the need.
    pub(super) fn with_vectors(mut self, vectors: &Vectors, need: &[f32]) -> Result<Self> {
        let slot = |id: &InnovationId| self.view.live_slot(EntityKind::Innovation, id.as_str());
        let likeness = vectors.likeness(need)?;
        self.vectors = likeness.filter_map(|(id, likeness)| Some((slot(id)?, likeness))).collect();
        Ok(self)
    }

    /// What was found by words, and what by its vector alone, best first. What shares words with the need was ranked
    /// already; it cannot come in a second time with less.
    pub(super) fn with_wordless(&self, mut found: Vec<Found>, limit: usize) -> Vec<Found> {
        let by_words: BTreeSet<Slot> = found.iter().map(|found| found.doc).collect();
        for &doc in self.vectors.keys().filter(|doc| !by_words.contains(doc)) {
            found.extend(self.value(doc, 0, i64::MIN).map(|value| Found { doc, score: 0, value }));
        }
        found.sort_by(|a, b| b.value.cmp(&a.value).then_with(|| self.order(a.doc, b.doc)));
        found.truncate(limit);
        found
    }

    /// How like the need its vector is, in millionths.
    pub(super) fn vector(&self, slot: Slot) -> i64 {
        self.vectors.get(&slot).copied().unwrap_or(0)
    }

    /// Given the best by their text alone: the first sets the scale, and what all of them are worth is a floor.
    pub(super) fn above(mut self, best: &[Found], limit: usize) -> Self {
        self.top = best.first().map_or(0, |first| first.score);
        if best.len() == limit {
            self.floor = best.iter().filter_map(|found| self.value(found.doc, found.score, i64::MIN)).min();
        }
        self
    }

    /// The innovation in a place, if the asker may see it.
    pub(super) fn innovation(&self, slot: Slot) -> Option<&'v Innovation> {
        match self.view.at_slot(slot) {
            Some(Record::Innovation(innovation)) if self.passes(slot, &self.standing.get(slot)) => Some(innovation),
            _ => None,
        }
    }

    fn passes(&self, slot: Slot, fact: &Fact) -> bool {
        let is_wanted = || match self.view.at_slot(slot) {
            Some(Record::Innovation(innovation)) => {
                let merit = self.merits.get(&slot).copied().unwrap_or(fact.merit);
                self.asker.wanted.has(self.view, slot, fact, merit, innovation)
            }
            _ => false,
        };
        self.asker.may_see(slot, fact) && (self.asker.wanted.is_everything() || is_wanted())
    }

    pub(super) fn text_points(&self, score: u32) -> i64 {
        // At most the weight of the text, since no score is above the top one.
        i64::from(score) * self.asker.question.weights.text * POINT / i64::from(self.top.max(1))
    }

    /// The share of the best text, in millionths.
    pub(super) fn text_share(&self, score: u32) -> i64 {
        i64::from(score) * POINT / i64::from(self.top.max(1))
    }

    fn place(&self, fact: &Fact) -> Place {
        let worked_out = || {
            let (owner, region) = (agency_at(self.view, fact.owner), region_at(self.view, fact.region));
            let province = region.and_then(|region| self.view.province_of(region));
            self.worth(owner, region, province)
        };
        *self.places.borrow_mut().entry((fact.owner, fact.region)).or_insert_with(worked_out)
    }

    fn worth(&self, owner: Option<&'v Agency>, region: Option<&'v Region>, province: Option<&'v Region>) -> Place {
        let context = Context::of(self.asker, owner, region, province).points(&self.asker.question.weights);
        Place { context, has_mentor: self.mentors.has(owner, province) }
    }

    /// What takes a look at the replications: peers, and hubs that helped them.
    fn of_replications(&self, doc: Slot, merit: Merit, has_mentor: bool) -> i64 {
        let Some(Record::Innovation(innovation)) = self.view.at_slot(doc) else { return 0 };
        let weights = &self.asker.question.weights;
        let peers = if first_peer(self.view, self.asker, innovation).is_some() { weights.peers * POINT } else { 0 };
        let helped = merit.was_facilitated && !has_mentor;
        let helped = if helped { reach::points(self.view, self.asker, innovation, weights) } else { 0 };
        peers + helped
    }
}

impl Ranking for Whole<'_, '_> {
    fn most(&self, score: u32) -> i64 {
        let weights = &self.asker.question.weights;
        let of_vectors = if self.vectors.is_empty() { 0 } else { weights.vector };
        self.text_points(score) + (weights.besides_text() + of_vectors) * POINT
    }

    fn value(&self, doc: u32, score: u32, needed: i64) -> Option<i64> {
        let fact = self.standing.get(doc);
        let weights = &self.asker.question.weights;
        let of_text = self.text_points(score);
        if !self.passes(doc, &fact) {
            return None;
        }
        let place = self.place(&fact);
        let proven = if is_proven(self.asker, fact.since) { weights.proven * POINT } else { 0 };
        let merit = self.merits.get(&doc).copied().unwrap_or(fact.merit);
        let earned = merit.award_points(weights) + merit.replica_points(weights);
        let mentor = if place.has_mentor { weights.mentor * POINT } else { 0 };
        let known = of_text + place.context + proven + earned + mentor + weights.vector * self.vector(doc);
        let replications_add = (weights.peers + weights.mentor) * POINT;
        if !merit.was_taken || known + replications_add < needed {
            return Some(known);
        }
        Some(known + self.of_replications(doc, merit, place.has_mentor))
    }

    fn order(&self, one: u32, other: u32) -> Ordering {
        id_at(self.view, one).cmp(&id_at(self.view, other))
    }

    fn floor(&self) -> Option<i64> {
        self.floor
    }
}

/// Ranks the innovations that the asker may see by their text.
pub(super) struct TextAlone<'w, 'a, 'v>(pub(super) &'w Whole<'a, 'v>);

impl Ranking for TextAlone<'_, '_, '_> {
    fn most(&self, score: u32) -> i64 {
        i64::from(score)
    }
    fn value(&self, doc: u32, score: u32, _: i64) -> Option<i64> {
        self.0.passes(doc, &self.0.standing.get(doc)).then_some(i64::from(score))
    }
    fn order(&self, one: u32, other: u32) -> Ordering {
        self.0.order(one, other)
    }
}
