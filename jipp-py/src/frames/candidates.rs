//! Candidates as a flat table: one row for each, one column for each factor.

use jipp_core::network::{Candidate, ContactSeen, GapState, Ground};
use serde::Serialize;

use super::schema::Holds::{Float, Int, List, Struct, Text};
use super::schema::{Field, field};
use super::write::{Cells, Fault, batches};

/// The columns, as documented in Python (`jipp.Candidates`).
const COLUMNS: &[Field] = &[
    field("rank", Int),
    field("innovation", Text),
    field("title", Text),
    field("owner", Text),
    field("owner_name", Text),
    field("region", Text),
    field("region_name", Text),
    field("stage", Text),
    field("score", Float),
    field("points", Struct(POINTS)),
    field("gaps", Struct(GAPS)),
    field("awards", Int),
    field("replications", Int),
    field("hubs", List(&Text)),
    field("hub", Struct(CONTACT)),
    field("contact", Struct(CONTACT)),
];
const POINTS: &[Field] = &[
    field("text", Float),
    field("same_kind", Float),
    field("alike_region", Float),
    field("same_province", Float),
    field("peers", Float),
    field("awarded", Float),
    field("replicated", Float),
    field("proven", Float),
    field("mentor", Float),
    field("vector", Float),
];
const GAPS: &[Field] = &[field("lacking", Int), field("to_check", Int), field("met", Int), field("unknown", Int)];
const CONTACT: &[Field] = &[field("name", Text), field("phone", Text), field("email", Text)];

#[derive(Serialize)]
struct Row<'a> {
    rank: usize,
    innovation: &'a str,
    title: &'a str,
    owner: &'a str,
    owner_name: &'a str,
    region: Option<&'a str>,
    region_name: Option<&'a str>,
    stage: Option<&'a str>,
    score: f64,
    points: Points,
    gaps: Gaps,
    awards: usize,
    replications: usize,
    hubs: Vec<&'a str>,
    hub: Option<Contact<'a>>,
    contact: Option<Contact<'a>>,
}

#[derive(Default, Serialize)]
struct Points {
    text: f64,
    same_kind: f64,
    alike_region: f64,
    same_province: f64,
    peers: f64,
    awarded: f64,
    replicated: f64,
    proven: f64,
    mentor: f64,
    vector: f64,
}

#[derive(Default, Serialize)]
struct Gaps {
    lacking: usize,
    to_check: usize,
    met: usize,
    unknown: usize,
}

#[derive(Serialize)]
struct Contact<'a> {
    name: Option<&'a str>,
    phone: Option<&'a str>,
    email: Option<&'a str>,
}

/// Candidates, best first.
pub(crate) fn candidates(all: &[Candidate]) -> Result<Vec<arrow_array::RecordBatch>, Fault> {
    batches(Cells::new(COLUMNS), all.len(), &|at, into| match all.get(at) {
        Some(candidate) => into.row(&row(at + 1, candidate)),
        None => Ok(()),
    })
}

fn row(rank: usize, candidate: &Candidate) -> Row<'_> {
    Row {
        rank,
        innovation: candidate.innovation.as_ref(),
        title: &candidate.title,
        owner: candidate.owner.as_ref(),
        owner_name: &candidate.owner_name,
        region: candidate.region.as_ref().map(AsRef::as_ref),
        region_name: candidate.region_name.as_deref(),
        stage: candidate.stage,
        score: in_points(candidate.score),
        points: points(candidate),
        gaps: gaps(candidate),
        awards: candidate.awards.len(),
        replications: candidate.replications.len(),
        hubs: candidate.hubs.iter().map(|hub| hub.hub.as_ref()).collect(),
        hub: candidate.hubs.first().map(|hub| whom(Some(&hub.name), &hub.contacts)),
        contact: reached(&candidate.owner_contacts)
            .map(|contact| whom(contact.label.as_deref(), &candidate.owner_contacts)),
    }
}

/// The first contact that one can call or write to.
fn reached(contacts: &[ContactSeen]) -> Option<&ContactSeen> {
    contacts.iter().find(|contact| contact.phone.is_some() || contact.email.is_some())
}

fn whom<'a>(name: Option<&'a str>, contacts: &'a [ContactSeen]) -> Contact<'a> {
    let contact = reached(contacts);
    Contact {
        name,
        phone: contact.and_then(|contact| contact.phone.as_deref()),
        email: contact.and_then(|contact| contact.email.as_deref()),
    }
}

/// The core counts in millionths.
#[allow(clippy::cast_precision_loss, reason = "some hundred points at the most")]
fn in_points(millionths: i64) -> f64 {
    millionths as f64 / 1e6
}

fn points(candidate: &Candidate) -> Points {
    let mut points = Points::default();
    for part in &candidate.parts {
        let factor = match part.ground {
            Ground::Words { .. } => &mut points.text,
            Ground::SameKind { .. } => &mut points.same_kind,
            Ground::AlikeRegion { .. } => &mut points.alike_region,
            Ground::SameProvince { .. } => &mut points.same_province,
            Ground::Peer { .. } => &mut points.peers,
            Ground::Awarded { .. } => &mut points.awarded,
            Ground::Replicated { .. } => &mut points.replicated,
            Ground::Proven { .. } => &mut points.proven,
            Ground::Mentor { .. } => &mut points.mentor,
            // A factor of its own would be missed by the test that the points add up to the score.
            _ => &mut points.vector,
        };
        *factor += in_points(part.points);
    }
    points
}

fn gaps(candidate: &Candidate) -> Gaps {
    let mut gaps = Gaps::default();
    for gap in &candidate.gaps {
        let state = match gap.state {
            GapState::Lacking => &mut gaps.lacking,
            GapState::ToCheck => &mut gaps.to_check,
            GapState::Met => &mut gaps.met,
            _ => &mut gaps.unknown,
        };
        *state += 1;
    }
    gaps
}
