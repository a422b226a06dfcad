//! *Need -> candidates*: which proven innovations fit a need, why, what is lacking for each, and whom to call.
//!
//! The score of a candidate is a sum of points, in millionths of a point, 100 points at the most. Text counts most: a shared
//! problem is what real replications have in common (of 303 found in public sources 185 crossed a province border, so
//! nearness is a weak signal). The points of the text are relative to the best text match for the need; context, evidence
//! and reach add what [`Weights`] give them. Every point is accounted for by a [`Part`], and the parts add up to the score
//! exactly.
//!
//! The weights are defaults of this library (inferred, not taken from a source); a caller may set others.

mod context;
mod evidence;
mod gap;
mod ground;
mod question;
mod reach;

use std::cmp::Ordering;

use serde::Serialize;

pub use evidence::{AwardSeen, ReplicaSeen};
pub use gap::{Gap, GapState, GapTopic};
pub use ground::Ground;
pub use question::{Question, Weights};
pub use reach::{ContactSeen, HubAdvice, HubRole};

use super::text::{FIELDS, TextView};
use crate::base::{AgencyId, InnovationId, RegionId, Result};
use crate::matching::{Found, Query, Ranking, Scratch};
use crate::model::{Agency, Entity, Innovation, InnovationStage, Record, Region, Status};
use crate::registry::{Slot, View};
use question::Asker;

/// What was found for a need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Candidates {
    /// The words of the need that were looked for.
    pub words: Vec<String>,
    /// How many innovations were searched.
    pub searched: usize,
    /// The best of them, best first.
    pub candidates: Vec<Candidate>,
}

/// One innovation that may answer a need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Candidate {
    /// Its id.
    pub innovation: InnovationId,
    /// Its title.
    pub title: String,
    /// What the letters of the title stand for, where known.
    pub expansion: Option<String>,
    /// What it does, as its owner or the press words it.
    pub solution: Option<String>,
    /// The agency that runs it.
    pub owner: AgencyId,
    /// Its name.
    pub owner_name: String,
    /// The region it runs in.
    pub region: Option<RegionId>,
    /// Its name.
    pub region_name: Option<String>,
    /// How far it has come: the code of the state, where the record says anything of it.
    pub stage: Option<&'static str>,
    /// The score, in millionths of a point; 100 points at the most.
    pub score: i64,
    /// Where the score comes from: text first, then the rest, each largest first. The points add up to the score.
    pub parts: Vec<Part>,
    /// What it was awarded.
    pub awards: Vec<AwardSeen>,
    /// Who replicated it, and how that went.
    pub replications: Vec<ReplicaSeen>,
    /// What the asking agency would need for it, and whether it is there.
    pub gaps: Vec<Gap>,
    /// Hubs that could mentor, best first.
    pub hubs: Vec<HubAdvice>,
    /// How to reach its owner, where known.
    pub owner_contacts: Vec<ContactSeen>,
    /// Where what is said of it comes from.
    pub sources: Vec<String>,
}

/// A share of the score, and what it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// In millionths of a point.
    pub points: i64,
    /// What for.
    pub ground: Ground,
}

/// Points are counted in millionths.
pub(super) const POINT: i64 = 1_000_000;

/// Finds the best candidates for a question.
pub(super) fn find(view: &View<'_>, text: &TextView, question: &Question) -> Result<Candidates> {
    question.check()?;
    let asker = Asker::of(view, question)?;
    let query = Query::parse(&question.text, &text.lexicon);
    let mut scratch = Scratch::default();
    let whole = Whole { view, asker: &asker, top: 0 };
    let top = text.index.search_by(&query, &TextAlone(&whole), 1, &mut scratch).first().map_or(0, |first| first.score);
    let whole = Whole { top, ..whole };
    let found = text.index.search_by(&query, &whole, question.limit, &mut scratch);
    let describe = |found: &Found| {
        let innovation = whole.innovation(found.doc)?;
        let mut parts = text_parts(text, &query, found, top, question);
        parts.extend(whole.parts(innovation));
        Some(candidate(view, &asker, innovation, found.value, parts))
    };
    Ok(Candidates {
        words: query.words().collect(),
        searched: text.index.len(),
        candidates: found.iter().filter_map(describe).collect(),
    })
}

/// Ranks innovations by all points.
struct Whole<'a, 'v> {
    view: &'a View<'v>,
    asker: &'a Asker<'v>,
    /// The best score of a text.
    top: u32,
}

impl<'v> Whole<'_, 'v> {
    /// The innovation at a place, if the asker may see it.
    fn innovation(&self, slot: Slot) -> Option<&'v Innovation> {
        match self.view.at_slot(slot) {
            Some(Record::Innovation(innovation)) if self.asker.may_see(innovation) => Some(innovation),
            _ => None,
        }
    }

    /// The parts that do not come from the text, largest first.
    fn parts(&self, innovation: &Innovation) -> Vec<Part> {
        let weights = &self.asker.question.weights;
        let mut parts = context::parts(self.view, self.asker, innovation, weights);
        parts.extend(evidence::parts(self.view, self.asker, innovation, weights));
        parts.extend(reach::parts(self.view, self.asker, innovation, weights));
        parts.retain(|part| part.points != 0);
        parts.sort_by_key(|part| std::cmp::Reverse(part.points));
        parts
    }
}

impl Ranking for Whole<'_, '_> {
    fn most(&self, score: u32) -> i64 {
        let question = &self.asker.question;
        text_points(score, self.top, question) + question.weights.besides_text() * POINT
    }
    fn value(&self, doc: u32, score: u32) -> Option<i64> {
        let besides: i64 = self.parts(self.innovation(doc)?).iter().map(|part| part.points).sum();
        Some(text_points(score, self.top, &self.asker.question) + besides)
    }
    fn order(&self, one: u32, other: u32) -> Ordering {
        id_at(self.view, one).cmp(&id_at(self.view, other))
    }
}

/// Ranks the innovations that the asker may see by their text.
struct TextAlone<'a, 'b, 'v>(&'a Whole<'b, 'v>);

impl Ranking for TextAlone<'_, '_, '_> {
    fn most(&self, score: u32) -> i64 {
        i64::from(score)
    }
    fn value(&self, doc: u32, score: u32) -> Option<i64> {
        self.0.innovation(doc).map(|_| i64::from(score))
    }
}

fn text_points(score: u32, top: u32, question: &Question) -> i64 {
    // At most the weight of the text, since no score is above the top one.
    i64::from(score) * question.weights.text * POINT / i64::from(top.max(1))
}

/// The points of the text, word by word. Rounding is settled with the largest part, so that they add up exactly.
fn text_parts(text: &TextView, query: &Query, found: &Found, top: u32, question: &Question) -> Vec<Part> {
    let total = text_points(found.score, top, question);
    let contributions = text.index.explain(query, found.doc);
    let mut parts: Vec<Part> = contributions
        .into_iter()
        .map(|contribution| {
            let field = contribution.fields.first().map_or("", |share| FIELDS[share.field.min(FIELDS.len() - 1)].name);
            let points = text_points(contribution.score, top, question);
            let (words, matched, kind) = (contribution.words, contribution.matched, contribution.kind);
            Part { points, ground: Ground::Words { words, matched, kind, field } }
        })
        .collect();
    let rest = total - parts.iter().map(|part| part.points).sum::<i64>();
    if let Some(first) = parts.first_mut() {
        first.points += rest;
    }
    parts
}

fn id_at<'v>(view: &View<'v>, slot: Slot) -> Option<&'v str> {
    view.at_slot(slot).map(Record::id)
}

fn candidate(view: &View<'_>, asker: &Asker<'_>, innovation: &Innovation, score: i64, parts: Vec<Part>) -> Candidate {
    let owner = view.find::<Agency>(innovation.owner.as_str());
    let region = innovation.region.as_ref().or_else(|| owner.and_then(|owner| owner.region.as_ref()));
    let name = |region: &RegionId| view.find::<Region>(region.as_str()).map(|region| region.name.to_string());
    let mut sources: Vec<String> = innovation.provenance.iter().map(|from| from.source.to_string()).collect();
    sources.dedup();
    Candidate {
        innovation: innovation.id.clone(),
        title: innovation.title.to_string(),
        expansion: innovation.expansion.as_ref().map(ToString::to_string),
        solution: innovation.solution.as_ref().map(ToString::to_string),
        owner: innovation.owner.clone(),
        owner_name: owner.and_then(Entity::name).unwrap_or(innovation.owner.as_str()).to_owned(),
        region: region.cloned(),
        region_name: region.and_then(name),
        stage: known_stage(&innovation.stage),
        score,
        parts,
        awards: evidence::awards(view, innovation),
        replications: evidence::replicas(view, innovation),
        gaps: gap::gaps(view, asker, innovation),
        hubs: reach::hubs(view, asker, innovation),
        owner_contacts: reach::contacts_of_agency(view, asker, &innovation.owner),
        sources,
    }
}

fn known_stage(stage: &Status<InnovationStage>) -> Option<&'static str> {
    (!stage.is_initial()).then(|| stage.state().code())
}
