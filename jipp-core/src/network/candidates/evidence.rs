//! Evidence: what speaks for an innovation. Awards, replications and how they went, age.

use serde::Serialize;

use super::question::{Asker, Weights};
use super::{Ground, POINT, Part};
use crate::base::{AgencyId, PartialDate, ReplicationId};
use crate::model::{
    Agency, Award, ChangeType, Competition, CompetitionLevel, Edition, Entity as _, EntityRef, Innovation, Region,
    Replication, ReplicationState as R,
};
use crate::registry::View;

/// An award.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AwardSeen {
    /// As the source words it.
    pub label: String,
    /// The year, where known.
    pub year: Option<i32>,
    /// The code of the level of the competition, where known.
    pub level: Option<&'static str>,
}

/// A replication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ReplicaSeen {
    /// Its id.
    pub replication: ReplicationId,
    /// Who replicated, where it is one named agency.
    pub recipient: Option<AgencyId>,
    /// Their name, or how the source words them.
    pub recipient_name: String,
    /// What the replica is called, where known.
    pub title: Option<String>,
    /// When, where known.
    pub on: Option<PartialDate>,
    /// How far it has come: the code of the state.
    pub state: &'static str,
    /// In the words of the source, where it was reported as history.
    pub reported: Option<String>,
    /// The code of how far it departs from the source, where known.
    pub change: Option<&'static str>,
    /// What was done differently, where known.
    pub differences: Vec<String>,
}

/// Two years or more of implementation count as proven (the minimum age in the national competition of 2021 and 2022).
const PROVEN_YEARS: i32 = 2;

/// What speaks for an innovation, as shares of the weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::network) struct Merit {
    /// What its best award is worth, in percent.
    pub(super) award: u8,
    /// Running replicas count fully, agreed or begun ones a third; four full ones are all there is to gain. In twelfths.
    pub(super) replicas: u8,
    /// Whether anybody took it.
    pub(super) was_taken: bool,
    /// Whether a hub is known to have helped somebody who took it.
    pub(super) was_facilitated: bool,
}

pub(in crate::network) fn merit(view: &View<'_>, innovation: &Innovation) -> Merit {
    weigh(view, innovation, &taken(view, innovation))
}

/// What speaks for an innovation in an answer.
pub(super) fn merit_known(view: &View<'_>, asker: &Asker<'_>, innovation: &Innovation) -> Merit {
    weigh(view, innovation, &taken_known(view, asker, innovation))
}

fn weigh(view: &View<'_>, innovation: &Innovation, replications: &[&Replication]) -> Merit {
    Merit {
        award: best_award(view, innovation).map_or(0, |(_, share)| share),
        replicas: twelfths(replications),
        was_taken: !replications.is_empty(),
        was_facilitated: replications.iter().any(|replication| replication.facilitator_hub.is_some()),
    }
}

fn twelfths(replications: &[&Replication]) -> u8 {
    let running = replications.iter().filter(|replication| runs(replication)).count();
    let open = replications.iter().filter(|replication| is_open(replication)).count();
    u8::try_from((3 * running + open).min(12)).unwrap_or(12)
}

impl Merit {
    pub(super) fn award_points(self, weights: &Weights) -> i64 {
        weights.awarded * POINT * i64::from(self.award) / 100
    }
    pub(super) fn replica_points(self, weights: &Weights) -> i64 {
        weights.replicated * POINT * i64::from(self.replicas) / 12
    }
}

/// Whether something in use since a year has proven itself on the day of the question.
pub(super) fn is_proven(asker: &Asker<'_>, since: Option<i32>) -> bool {
    since.zip(asker.question.on).is_some_and(|(since, on)| on.year() - since >= PROVEN_YEARS)
}

pub(super) fn parts(view: &View<'_>, asker: &Asker<'_>, innovation: &Innovation, weights: &Weights) -> Vec<Part> {
    let mut parts = Vec::new();
    let replications = taken_known(view, asker, innovation);
    let merit = weigh(view, innovation, &replications);
    if let Some((award, _)) = best_award(view, innovation) {
        let ground = Ground::Awarded { label: award.label.to_string() };
        parts.push(Part { points: merit.award_points(weights), ground });
    }
    if merit.was_taken {
        let running = replications.iter().filter(|replication| runs(replication)).count();
        let ground = Ground::Replicated { all: replications.len(), running };
        parts.push(Part { points: merit.replica_points(weights), ground });
    }
    if let Some(peer) = first_peer(view, asker, innovation) {
        parts.push(Part { points: weights.peers * POINT, ground: Ground::Peer { agency: peer } });
    }
    let since = innovation.implemented_on.map(PartialDate::year);
    if let Some(since) = since.filter(|_| is_proven(asker, since)) {
        parts.push(Part { points: weights.proven * POINT, ground: Ground::Proven { since } });
    }
    parts
}

/// The name of the first agency like the asker that runs a replica.
pub(super) fn first_peer(view: &View<'_>, asker: &Asker<'_>, innovation: &Innovation) -> Option<String> {
    taken_known(view, asker, innovation).into_iter().find_map(|replication| peer(view, asker, replication))
}

pub(super) fn awards(view: &View<'_>, innovation: &Innovation) -> Vec<AwardSeen> {
    let mut seen: Vec<AwardSeen> = view
        .referring::<Award>(&EntityRef::of::<Innovation>(&innovation.id))
        .into_iter()
        .map(|award| award_seen(view, award))
        .collect();
    seen.sort_by(|a, b| b.year.cmp(&a.year).then_with(|| a.label.cmp(&b.label)));
    seen
}

/// What is told of an award.
pub(in crate::network) fn award_seen(view: &View<'_>, award: &Award) -> AwardSeen {
    AwardSeen {
        label: award.label.to_string(),
        year: award.year.map(i32::from).or_else(|| award.on.map(PartialDate::year)),
        level: level_of(view, award).map(CompetitionLevel::code),
    }
}

pub(super) fn replicas(view: &View<'_>, asker: &Asker<'_>, innovation: &Innovation) -> Vec<ReplicaSeen> {
    let known = taken_known(view, asker, innovation);
    let mut seen: Vec<ReplicaSeen> = known.into_iter().map(|r| replica(view, r)).collect();
    let progress = |seen: &ReplicaSeen| R::ALL.iter().position(|state| state.code() == seen.state);
    seen.sort_by(|a, b| (b.on, progress(b)).cmp(&(a.on, progress(a))).then_with(|| a.replication.cmp(&b.replication)));
    seen
}

fn replica(view: &View<'_>, replication: &Replication) -> ReplicaSeen {
    let target = replication.target.as_ref().and_then(|target| view.find::<Innovation>(target.as_str()));
    let recipient = replication.recipient.as_ref().or(target.map(|target| &target.owner));
    let agency = recipient.and_then(|recipient| view.find::<Agency>(recipient.as_str()));
    let noted = replication.recipients_note.as_ref().map(ToString::to_string);
    let last = replication.status.last();
    ReplicaSeen {
        replication: replication.id.clone(),
        recipient: recipient.cloned(),
        recipient_name: agency.map(|agency| agency.name.to_string()).or(noted).unwrap_or_default(),
        title: target.map(|target| target.title.to_string()).or_else(|| replication.name().map(str::to_owned)),
        on: replication.implemented_on.or(replication.started_on).or_else(|| last.and_then(|step| step.on)),
        state: replication.status.state().code(),
        reported: last.and_then(|step| step.reported.as_ref()).map(ToString::to_string),
        change: replication.change_type.map(ChangeType::code),
        differences: replication.differences.iter().filter_map(|d| d.note.as_ref()).map(ToString::to_string).collect(),
    }
}

/// The replications that took this innovation, not those that made it.
fn taken<'v>(view: &View<'v>, innovation: &Innovation) -> Vec<&'v Replication> {
    let all = view.referring::<Replication>(&EntityRef::of::<Innovation>(&innovation.id));
    let stands = |id: &str| view.find::<Innovation>(id).is_some_and(|found| found.id == innovation.id);
    let takes = |r: &&Replication| r.sources.iter().any(|source| stands(source.innovation.as_str()));
    all.into_iter().filter(takes).collect()
}

/// Those of them that the answer may know of.
pub(super) fn taken_known<'v>(view: &View<'v>, asker: &Asker<'_>, innovation: &Innovation) -> Vec<&'v Replication> {
    let mut known = taken(view, innovation);
    known.retain(|replication| asker.knows(replication));
    known
}

fn runs(replication: &Replication) -> bool {
    matches!(replication.status.state(), R::Implemented | R::Reported | R::Verified | R::Completed)
}

/// Agreed or begun, not yet running and not given up; a mere claim counts as much.
fn is_open(replication: &Replication) -> bool {
    matches!(replication.status.state(), R::Approved | R::Agreed | R::Adapting | R::Claimed)
}

/// The name of a recipient that is like the asker: of the same kind, and remote where the asker is remote or in the same
/// part of the country.
fn peer(view: &View<'_>, asker: &Asker<'_>, replication: &Replication) -> Option<String> {
    let recipient = view.find::<Agency>(replication.recipient.as_ref()?.as_str())?;
    let region = view.find::<Region>(recipient.region.as_ref()?.as_str())?;
    let own = asker.own_region().or(asker.province)?;
    let same_part = own.island_group.is_some() && own.island_group == region.island_group;
    let same_province = view.province_of(region).map(|p| &p.id) == asker.province.map(|p| &p.id);
    let both_remote = own.is_3t == Some(true) && region.is_3t == Some(true);
    let is_self = asker.agency.is_some_and(|agency| agency.id == recipient.id);
    let alike = asker.kind == Some(recipient.kind) && (same_part || same_province || both_remote);
    (alike && !is_self && runs(replication)).then(|| recipient.name.to_string())
}

pub(in crate::network) fn level_of(view: &View<'_>, award: &Award) -> Option<CompetitionLevel> {
    let edition = view.find::<Edition>(award.edition.as_ref()?.as_str())?;
    view.find::<Competition>(edition.competition.as_str()).map(|competition| competition.level)
}

/// The award that says most, with what it is worth in percent: a national or international one fully if its tier is drawn
/// from another tier or is the edition's highest, four fifths otherwise; others two fifths.
fn best_award<'v>(view: &View<'v>, innovation: &Innovation) -> Option<(&'v Award, u8)> {
    let worth = |award: &Award| {
        let tier = award.edition.as_ref().and_then(|id| view.find::<Edition>(id.as_str()));
        let tier = tier.zip(award.tier.as_deref()).and_then(|(edition, tier)| edition.tier(tier));
        match level_of(view, award) {
            Some(CompetitionLevel::National | CompetitionLevel::International) => {
                if tier.is_some_and(|tier| tier.parent.is_some() || tier.rank == Some(1)) { 100 } else { 80 }
            }
            _ => 40,
        }
    };
    let all = view.referring::<Award>(&EntityRef::of::<Innovation>(&innovation.id));
    let best = all.into_iter().map(|award| (award, worth(award)));
    best.max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.id.cmp(&a.0.id)))
}
