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
mod diversity;
mod evidence;
mod filter;
mod gap;
mod ground;
mod question;
mod ranking;
mod reach;

use serde::Serialize;

pub use evidence::{AwardSeen, ReplicaSeen};
pub use filter::Filter;
pub use gap::{Gap, GapState, GapTopic};
pub use ground::Ground;
pub use question::{Question, Weights};
pub use reach::{ContactSeen, HubAdvice, HubRole};

use super::standing::Standing;
use super::text::{SEARCHED_FIELDS, TextView, content_fields};
use super::vectors::Vectors;
use crate::base::{AgencyId, InnovationId, RegionId, Result};
use crate::matching::{Feedback, Found, Query, Scratch};
use crate::model::{Agency, Entity, Innovation, InnovationStage, Record, Region, Status};
use crate::registry::{Slot, View};
use context::Context;
pub(super) use evidence::{Merit, award_seen, level_of, merit};
use question::Asker;

use ranking::{TextAlone, Whole};

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
pub(super) fn find(
    view: &View<'_>,
    text: &TextView,
    standing: &Standing,
    question: &Question,
    vectors: Option<(&Vectors, &[f32])>,
) -> Result<Candidates> {
    question.check()?;
    let asker = Asker::of(view, question)?;
    let Search { words, query, whole, mut found } = Search::run(view, text, standing, &asker, vectors)?;
    if question.diversity > 0 {
        let content = content_fields();
        found = diversity::pick(found, question.limit, question.diversity, |doc| text.index.profile_of(doc, &content));
    }
    let describe = |found: &Found| {
        let innovation = whole.innovation(found.doc)?;
        let mut parts = text_parts(text, &query, found, &whole);
        parts.extend(other_parts(view, &asker, innovation, whole.vector(found.doc)));
        Some(candidate(view, &asker, innovation, found.value, parts))
    };
    Ok(Candidates { words, searched: text.index.len(), candidates: found.iter().filter_map(describe).collect() })
}

/// What each factor says of an innovation, in the order of [`Weights::FACTORS`]: in millionths of all it could say.
pub(super) type Shares = [i64; Weights::FACTORS.len()];

/// The candidates that [`find`] finds, best first, each with what its factors say before they are weighted. A factor of
/// weight 0 counts here like any other.
pub(super) fn shares(
    view: &View<'_>,
    text: &TextView,
    standing: &Standing,
    question: &Question,
) -> Result<Vec<(InnovationId, Shares)>> {
    question.check()?;
    let asker = Asker::of(view, question)?;
    let Search { whole, found, .. } = Search::run(view, text, standing, &asker, None)?;
    // With a weight of one point, millionths of a point are millionths of the whole factor.
    let weights = Weights::from_points([1; Weights::FACTORS.len()]);
    let evenly = Asker::of(view, &Question { weights, ..question.clone() })?;
    let share = |found: &Found| {
        let innovation = whole.innovation(found.doc)?;
        let mut shares = Shares::default();
        shares[Ground::TEXT] = whole.text_share(found.score);
        for part in other_parts(view, &evenly, innovation, 0) {
            if let Some(factor) = part.ground.factor() {
                shares[factor] += part.points;
            }
        }
        Some((innovation.id.clone(), shares))
    };
    Ok(found.iter().filter_map(share).collect())
}

/// A question put to the index, and what came of it.
struct Search<'a, 'v> {
    /// The words of the question.
    words: Vec<String>,
    /// The question as it was put, with what feedback added.
    query: Query,
    whole: Whole<'a, 'v>,
    /// Best first.
    found: Vec<Found>,
}

impl<'a, 'v> Search<'a, 'v> {
    fn run(
        view: &'a View<'v>,
        text: &TextView,
        standing: &'a Standing,
        asker: &'a Asker<'v>,
        vectors: Option<(&Vectors, &[f32])>,
    ) -> Result<Self> {
        let question = &asker.question;
        let query = Query::parse(&question.text, &text.lexicon);
        let mut scratch = Scratch::default();
        let whole = Whole::new(view, standing, asker);
        let whole = match vectors {
            Some((vectors, need)) => whole.with_vectors(vectors, need)?,
            None => whole,
        };
        let words = query.words().collect();
        let query = if question.feedback {
            // In a small network the best six would be most of it, and say nothing of the need.
            let usual = Feedback::default();
            let feedback = Feedback { docs: usual.docs.min(text.index.len() / 10), ..usual };
            text.index.expand(&query, &TextAlone(&whole), &feedback, &mut scratch)
        } else {
            query
        };
        let limit = if question.diversity > 0 { question.limit * diversity::POOL } else { question.limit };
        let by_text = text.index.search_by(&query, &TextAlone(&whole), limit, &mut scratch);
        let whole = whole.above(&by_text, limit);
        let mut found = text.index.search_by(&query, &whole, limit, &mut scratch);
        if vectors.is_some() {
            found = whole.with_wordless(found, limit);
        }
        Ok(Self { words, query, whole, found })
    }
}

/// The parts that do not come from the text, largest first. Their sum is what [`Whole`] ranks by.
fn other_parts<'v>(view: &View<'v>, asker: &Asker<'v>, innovation: &Innovation, vector: i64) -> Vec<Part> {
    let weights = &asker.question.weights;
    let (owner, region) = place_of(view, innovation);
    let province = region.and_then(|region| view.province_of(region));
    let mut parts = Context::of(asker, owner, region, province).parts(weights);
    parts.extend(evidence::parts(view, asker, innovation, weights));
    parts.extend(reach::parts(view, asker, innovation, weights));
    // The likeness is in millionths, as points are.
    parts.push(Part { points: weights.vector * vector, ground: Ground::Vector { percent: vector / 10_000 } });
    parts.retain(|part| part.points != 0);
    parts.sort_by_key(|part| std::cmp::Reverse(part.points));
    parts
}

/// Who owns an innovation, and where it runs: in its own region, or else in its owner's.
pub(super) fn place_of<'v>(view: &View<'v>, innovation: &Innovation) -> (Option<&'v Agency>, Option<&'v Region>) {
    let owner = view.find::<Agency>(innovation.owner.as_str());
    let region = innovation.region.as_ref().or_else(|| owner.and_then(|owner| owner.region.as_ref()));
    (owner, region.and_then(|region| view.find::<Region>(region.as_str())))
}

/// The points of the text, word by word. Rounding is settled with the largest part, so that they add up exactly.
fn text_parts(text: &TextView, query: &Query, found: &Found, whole: &Whole<'_, '_>) -> Vec<Part> {
    let total = whole.text_points(found.score);
    let contributions = text.index.explain(query, found.doc);
    let mut parts: Vec<Part> = contributions
        .into_iter()
        .map(|contribution| {
            let field = contribution
                .fields
                .first()
                .map_or("", |share| SEARCHED_FIELDS[share.field.min(SEARCHED_FIELDS.len() - 1)].name);
            let points = whole.text_points(contribution.score);
            let (words, matched, kind) = (contribution.words, contribution.matched, contribution.kind);
            Part { points, ground: Ground::Words { words, matched, kind, field: field.into() } }
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
    let (owner, region) = place_of(view, innovation);
    let mut sources: Vec<String> = innovation.provenance.iter().map(|from| from.source.to_string()).collect();
    sources.dedup();
    Candidate {
        innovation: innovation.id.clone(),
        title: innovation.title.to_string(),
        expansion: innovation.expansion.as_ref().map(ToString::to_string),
        solution: innovation.solution.as_ref().map(ToString::to_string),
        owner: innovation.owner.clone(),
        owner_name: owner.and_then(Entity::name).unwrap_or(innovation.owner.as_str()).to_owned(),
        region: region.map(|region| region.id.clone()),
        region_name: region.map(|region| region.name.to_string()),
        stage: known_stage(&innovation.stage),
        score,
        parts,
        awards: evidence::awards(view, innovation),
        replications: evidence::replicas(view, asker, innovation),
        gaps: gap::gaps(view, asker, innovation),
        hubs: reach::hubs(view, asker, innovation),
        owner_contacts: reach::contacts_of_agency(view, asker, &innovation.owner),
        sources,
    }
}

fn known_stage(stage: &Status<InnovationStage>) -> Option<&'static str> {
    (!stage.is_initial()).then(|| stage.state().code())
}
