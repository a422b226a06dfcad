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

use serde::Serialize;

pub use evidence::{AwardSeen, ReplicaSeen};
pub use gap::{Gap, GapState, GapTopic};
pub use ground::Ground;
pub use question::{Question, Weights};
pub use reach::{ContactSeen, HubAdvice, HubRole};

use super::text::{FIELDS, TextView};
use crate::base::{AgencyId, InnovationId, RegionId, Result};
use crate::matching::{Query, Scratch};
use crate::model::{Agency, Entity, Innovation, InnovationStage, Record, Region, Status};
use crate::registry::{Slot, View};
use question::Asker;

/// What was found for a need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Candidates {
    /// The words of the need that were looked for.
    pub words: Vec<String>,
    /// How many innovations share a word with the need and pass the filters.
    pub matching: usize,
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
    let passes = |slot: Slot| match view.at_slot(slot) {
        Some(Record::Innovation(innovation)) => asker.may_see(innovation),
        _ => false,
    };
    let mut scored = text.index.score_all(&query, &passes, &mut Scratch::default());
    scored.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| id_at(view, a.0).cmp(&id_at(view, b.0))));
    let best = Best::choose(view, &asker, &scored, question);
    let attainable = scored.first().map_or(0, |first| first.1);
    let describe = |chosen: &Chosen<'_>| {
        let mut parts = text_parts(text, &query, chosen, attainable, question);
        parts.extend(chosen.parts.iter().cloned());
        candidate(view, &asker, chosen, parts)
    };
    Ok(Candidates {
        words: query.words().collect(),
        matching: scored.len(),
        candidates: best.iter().map(describe).collect(),
    })
}

/// An innovation on its way to becoming a candidate.
struct Chosen<'v> {
    slot: Slot,
    innovation: &'v Innovation,
    text_score: u64,
    score: i64,
    /// The parts that do not come from the text.
    parts: Vec<Part>,
}

struct Best;

impl Best {
    /// The best by their whole score. Innovations come in the order of their text, so that the search ends when not even
    /// all other points could lift the next one among the best: exact, without looking at every match.
    fn choose<'v>(view: &View<'v>, asker: &Asker<'v>, scored: &[(Slot, u64)], question: &Question) -> Vec<Chosen<'v>> {
        let top = scored.first().map_or(0, |first| first.1);
        let most_besides_text = question.weights.besides_text() * POINT;
        let mut best: Vec<Chosen<'v>> = Vec::new();
        for (slot, text_score) in scored {
            let text_points = text_points(*text_score, top, question);
            let full = best.len() >= question.limit;
            if full && best.last().is_some_and(|last| text_points + most_besides_text < last.score) {
                break;
            }
            let Some(Record::Innovation(innovation)) = view.at_slot(*slot) else { continue };
            let mut parts = context::parts(view, asker, innovation, &question.weights);
            parts.extend(evidence::parts(view, asker, innovation, &question.weights));
            parts.extend(reach::parts(view, asker, innovation, &question.weights));
            parts.retain(|part| part.points != 0);
            parts.sort_by_key(|part| std::cmp::Reverse(part.points));
            let score = text_points + parts.iter().map(|part| part.points).sum::<i64>();
            let chosen = Chosen { slot: *slot, innovation, text_score: *text_score, score, parts };
            let place = best.partition_point(|other| {
                (std::cmp::Reverse(other.score), &other.innovation.id) < (std::cmp::Reverse(score), &innovation.id)
            });
            best.insert(place, chosen);
            best.truncate(question.limit);
        }
        best
    }
}

fn text_points(score: u64, top: u64, question: &Question) -> i64 {
    if top == 0 {
        return 0;
    }
    let points =
        u128::from(score) * u128::from(question.weights.text.unsigned_abs()) * u128::from(POINT.unsigned_abs());
    // At most the weight of the text, since no score is above the top one.
    i64::try_from(points / u128::from(top)).unwrap_or(0)
}

/// The points of the text, word by word. Rounding is settled with the largest part, so that they add up exactly.
fn text_parts(text: &TextView, query: &Query, chosen: &Chosen<'_>, top: u64, question: &Question) -> Vec<Part> {
    let total = text_points(chosen.text_score, top, question);
    let contributions = text.index.explain(query, chosen.slot);
    let mut parts: Vec<Part> = contributions
        .into_iter()
        .map(|contribution| {
            let field = contribution.fields.first().map_or("", |share| FIELDS[share.field.min(FIELDS.len() - 1)].0);
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

fn candidate(view: &View<'_>, asker: &Asker<'_>, chosen: &Chosen<'_>, parts: Vec<Part>) -> Candidate {
    let innovation = chosen.innovation;
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
        score: chosen.score,
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
