//! Who may score what in an edition, and who shall: conflicts of interest from all that is on record, and the assignment
//! that keeps clear of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Inner, Network};
use crate::base::{AgencyId, AssessorId, Code, EditionId, Error, InnovationId, ProposalId, Result, SectorId};
use crate::evaluation::assignment::{self, Outcome, Pair, Reader, Submission};
use crate::lineage::{LineageView, Scope};
use crate::model::{
    Activity, ActivityKind, Agency, Assessor, Conflict, ConflictGround, Edition, EntityRef, Hub, Innovation, NodeId,
    Proposal, ProposalState, Replication, ScoreSheet, Sector, Stage, StageKind,
};
use crate::registry::View;

/// How the panel of a stage is assigned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PanelOptions {
    /// Only proposals of the group with this code; of all groups if absent.
    pub group: Option<String>,
    /// How many assessors each proposal has; as many as the stage asks for if absent, or else the policy of the network.
    pub per_proposal: Option<u32>,
    /// How many proposals each assessor takes at most; any number if absent.
    pub capacity: Option<u32>,
    /// The same for single assessors, before that for all.
    pub capacities: BTreeMap<AssessorId, u32>,
    /// Where the draws start.
    pub seed: u64,
    /// As [`assignment::Options::give_up`].
    pub give_up: u32,
}

impl Default for PanelOptions {
    fn default() -> Self {
        let assignment::Options { seed, give_up, .. } = assignment::Options::default();
        Self { group: None, per_proposal: None, capacity: None, capacities: BTreeMap::new(), seed, give_up }
    }
}

impl Network {
    /// Which assessors of an edition must not score which of its proposals, and why: in the order of proposals, assessors
    /// and grounds. One pair may have several grounds.
    ///
    /// | ground | an assessor must not score a proposal |
    /// | --- | --- |
    /// | declared | whose agency or innovation the assessor named; or of whose innovation the assessor is an innovator |
    /// | same agency | of the assessor's agency |
    /// | superior agency | of an agency above the assessor's, or below it, by [`Agency::parent`] over any number of steps |
    /// | mentor hub | that a hub of the assessor's agency, or of one above it, looked after: by mentoring, training or support of a replication ([`Activity`]) of the innovation or the owner, as facilitator of a replication that comes to it or from it or to its owner, or with the owner as a spoke |
    /// | lineage | whose innovation comes of one of the assessor's agency, or the other way round, over any number of generations: by replications on record that came to an agreement or further ([`Scope::default`]) |
    ///
    /// What is not on record is not known: an assessor without agency has declared conflicts only.
    ///
    /// ```
    /// use jipp_core::network::{Network, Options};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// assert_eq!(network.conflicts_of_interest(&"kipp-2025".parse()?).unwrap_err().code(), "not-found");
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found` if there is no such edition.
    ///
    /// # Complexity
    /// O(proposals × assessors), and linear in the relatives of the innovations and the records of the hubs of assessors.
    pub fn conflicts_of_interest(&self, edition: &EditionId) -> Result<Vec<Conflict>> {
        conflicts(&self.lock_with_lineage(), edition)
    }

    /// Assigns the assessors of a stage to its proposals: those that have come to the stage, and assessors of its panel who
    /// are not bound to another stage. An innovation's sectors, and the wider sectors these are part of, are matched with
    /// those of the assessors; conflicts are those of [`conflicts_of_interest`](Self::conflicts_of_interest).
    ///
    /// An assignment is no record. It becomes one when for each pair a score sheet *without scores* is registered: the
    /// step to desk scoring asks for these. Pairs that have a sheet of the stage are kept, so the panel can be completed at
    /// any time, when an assessor falls out or proposals come late. Sheets of assessors who do not fit the stage count for
    /// their proposals, but these are given no more.
    ///
    /// | kind of stage | proposals that have come to it |
    /// | --- | --- |
    /// | administration | submitted |
    /// | desk | passed screening, desk scoring |
    /// | consolidation | desk scoring, consolidated |
    /// | public test | finalist, public test |
    /// | interview | confirmed, interview scored |
    /// | field visit | interview scored, verified in the field |
    /// | plenary | interview scored, verified in the field, award pending |
    /// | other | submitted or further, and not out |
    ///
    /// ```
    /// use jipp_core::network::{Network, Options, PanelOptions};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let error = network.assign_panel(&"kipp-2025".parse()?, "desk", &PanelOptions::default()).unwrap_err();
    /// assert_eq!(error.code(), "not-found");
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found` if there is no such edition or stage, or no assessor that a capacity names; those of
    /// [`assign`](assignment::assign).
    ///
    /// # Complexity
    /// That of [`assign`](assignment::assign) and of [`conflicts_of_interest`](Self::conflicts_of_interest).
    pub fn assign_panel(&self, edition: &EditionId, stage: &str, options: &PanelOptions) -> Result<Outcome> {
        let inner = self.lock_with_lineage();
        let view = inner.registry.view();
        let record = view.get::<Edition>(edition)?;
        let missing = || Error::new(Code::NotFound).field("stage").value(stage);
        let stage = record.stage(stage).ok_or_else(missing)?;
        let panel = Panel::new(&view, record, stage, options)?;
        let per_proposal = options.per_proposal.or(stage.min_assessors);
        let assign = assignment::Options {
            per_proposal: per_proposal.unwrap_or(inner.registry.policy().min_assessors),
            seed: options.seed,
            give_up: options.give_up,
            fixed: panel.fixed,
        };
        let proposals: BTreeSet<&ProposalId> = panel.submissions.iter().map(|one| &one.id).collect();
        let assessors: BTreeSet<&AssessorId> = panel.readers.iter().map(|one| &one.id).collect();
        let mut conflicts = conflicts(&inner, edition)?;
        conflicts.retain(|one| proposals.contains(&one.proposal) && assessors.contains(&one.assessor));
        assignment::assign(&panel.submissions, &panel.readers, &conflicts, &assign)
    }
}

/// Proposals, assessors and pairs of a stage.
struct Panel {
    submissions: Vec<Submission>,
    readers: Vec<Reader>,
    fixed: Vec<Pair>,
}

impl Panel {
    fn new(view: &View<'_>, edition: &Edition, stage: &Stage, options: &PanelOptions) -> Result<Self> {
        let entered = view.referring::<Proposal>(&EntityRef::of::<Edition>(&edition.id));
        let is_in = |proposal: &&&Proposal| {
            let of_group = options.group.is_none() || proposal.group.as_deref() == options.group.as_deref();
            of_group && has_come(stage.kind, proposal.status.state())
        };
        let proposals: Vec<&Proposal> = entered.iter().filter(is_in).copied().collect();
        let everybody = view.referring::<Assessor>(&EntityRef::of::<Edition>(&edition.id));
        if let Some(id) = options.capacities.keys().find(|id| everybody.iter().all(|one| one.id != **id)) {
            return Err(Error::new(Code::NotFound).field("capacities").value(id));
        }
        let fixed = fixed(view, &proposals, &stage.code);
        let reader = |assessor: &&Assessor| {
            let sectors = assessor.sectors.iter().map(|sector| canonical_sector(view, sector)).collect();
            let fits = fits(stage, assessor);
            let capacity = options.capacities.get(&assessor.id).copied().or(options.capacity);
            let is_seated = fits || fixed.iter().any(|pair| pair.assessor == assessor.id);
            is_seated.then(|| Reader {
                id: assessor.id.clone(),
                sectors,
                capacity: if fits { capacity } else { Some(0) },
            })
        };
        let submission =
            |proposal: &&Proposal| Submission { id: proposal.id.clone(), sectors: sectors(view, proposal) };
        Ok(Self {
            submissions: proposals.iter().map(submission).collect(),
            readers: everybody.iter().filter_map(reader).collect(),
            // A sheet of somebody who is no assessor of the edition is not of this panel.
            fixed: fixed.iter().filter(|pair| everybody.iter().any(|one| one.id == pair.assessor)).cloned().collect(),
        })
    }
}

/// Whether a proposal has come to a stage of a kind, and not beyond.
fn has_come(kind: StageKind, state: ProposalState) -> bool {
    use ProposalState as P;
    match kind {
        StageKind::Administration => matches!(state, P::Submitted),
        StageKind::Desk => matches!(state, P::AdminPassed | P::DeskScoring),
        StageKind::Consolidation => matches!(state, P::DeskScoring | P::Consolidated),
        StageKind::PublicTest => matches!(state, P::Finalist | P::PublicTest),
        StageKind::Interview => matches!(state, P::Confirmed | P::InterviewScored),
        StageKind::FieldVisit => matches!(state, P::InterviewScored | P::FieldVerified),
        StageKind::Plenary => matches!(state, P::InterviewScored | P::FieldVerified | P::AwardedPending),
        StageKind::Other => !matches!(
            state,
            P::Draft | P::AdminFailed | P::NotFinalist | P::Disqualified | P::NotAwarded | P::Revoked | P::Withdrawn
        ),
    }
}

fn fits(stage: &Stage, assessor: &Assessor) -> bool {
    let of_stage = assessor.stage.as_ref().is_none_or(|own| *own == stage.code);
    of_stage && stage.panel.is_none_or(|panel| panel == assessor.panel)
}

/// The pairs that have a sheet of the stage which no other replaces.
fn fixed(view: &View<'_>, proposals: &[&Proposal], stage: &str) -> Vec<Pair> {
    let mut pairs = BTreeSet::new();
    for proposal in proposals {
        let sheets = view.referring::<ScoreSheet>(&EntityRef::of::<Proposal>(&proposal.id));
        let replaced: BTreeSet<_> = sheets.iter().filter_map(|sheet| sheet.revision_of.as_ref()).collect();
        for sheet in sheets.iter().filter(|sheet| &*sheet.stage == stage && !replaced.contains(&sheet.id)) {
            let assessor = view.find::<Assessor>(sheet.assessor.as_str()).map_or(&sheet.assessor, |found| &found.id);
            pairs.insert(Pair { proposal: proposal.id.clone(), assessor: assessor.clone() });
        }
    }
    pairs.into_iter().collect()
}

/// The sectors of a proposal's innovation and all wider ones.
fn sectors(view: &View<'_>, proposal: &Proposal) -> Vec<SectorId> {
    let innovation = view.find::<Innovation>(proposal.innovation.as_str());
    let mut sectors = BTreeSet::new();
    for id in innovation.map(|innovation| &innovation.sectors[..]).unwrap_or_default() {
        let mut next = Some(canonical_sector(view, id));
        // A circle would come back to one that is there already.
        while let Some(id) = next.filter(|id| !sectors.contains(id)) {
            next = view.find::<Sector>(id.as_str()).and_then(|sector| sector.parent.clone());
            next = next.map(|parent| canonical_sector(view, &parent));
            sectors.insert(id);
        }
    }
    sectors.into_iter().collect()
}

fn canonical_sector(view: &View<'_>, id: &SectorId) -> SectorId {
    view.find::<Sector>(id.as_str()).map_or(id, |found| &found.id).clone()
}

fn canonical_agency(view: &View<'_>, id: &AgencyId) -> AgencyId {
    view.find::<Agency>(id.as_str()).map_or(id, |found| &found.id).clone()
}

fn canonical_innovation(view: &View<'_>, id: &InnovationId) -> InnovationId {
    view.find::<Innovation>(id.as_str()).map_or(id, |found| &found.id).clone()
}

/// An agency and those above it.
fn line(view: &View<'_>, id: &AgencyId) -> Vec<AgencyId> {
    let mut line = vec![canonical_agency(view, id)];
    while let Some(agency) = line.last().and_then(|last| view.find::<Agency>(last.as_str())) {
        match agency.parent.as_ref().map(|parent| canonical_agency(view, parent)) {
            Some(parent) if !line.contains(&parent) => line.push(parent),
            _ => break,
        }
    }
    line
}

/// What there is to know of an assessor.
struct Seat<'v> {
    assessor: &'v Assessor,
    /// The agency and those above it; empty if it is not known.
    line: Vec<AgencyId>,
    hubs: Vec<Care>,
}

/// Whom a hub looked after, and by what.
#[derive(Clone, Debug, Default)]
struct Care {
    innovations: BTreeMap<InnovationId, String>,
    agencies: BTreeMap<AgencyId, String>,
}

impl Care {
    fn of(view: &View<'_>, hub: &Hub) -> Self {
        let mut care = Self::default();
        let named = EntityRef::of::<Hub>(&hub.id);
        let host = EntityRef::of::<Agency>(&canonical_agency(view, &hub.agency));
        let is_care = |activity: &&Activity| {
            let of_kind = [ActivityKind::Mentoring, ActivityKind::Training, ActivityKind::ReplicationSupport]
                .contains(&activity.kind);
            let of_hub = match &activity.hub {
                Some(id) => view.find::<Hub>(id.as_str()).is_some_and(|found| found.id == hub.id),
                None => *canonical_agency(view, &activity.host).as_str() == *host.id,
            };
            of_kind && of_hub
        };
        let activities = view.referring::<Activity>(&named).into_iter().chain(view.referring::<Activity>(&host));
        for activity in activities.filter(is_care) {
            let because = format!("activity {}", activity.id);
            care.innovations
                .extend(activity.innovations.iter().map(|id| (canonical_innovation(view, id), because.clone())));
            care.agencies.extend(activity.with_agencies.iter().map(|id| (canonical_agency(view, id), because.clone())));
        }
        let facilitated = view.referring::<Replication>(&named).into_iter().chain(view.referring::<Replication>(&host));
        for replication in facilitated {
            let by_hub = replication.facilitator_hub.as_ref().and_then(|id| view.find::<Hub>(id.as_str()));
            let by_agency = replication.facilitator.as_ref().map(|id| canonical_agency(view, id));
            let is_own = by_hub.is_some_and(|found| found.id == hub.id)
                || by_agency.is_some_and(|agency| *agency.as_str() == *host.id);
            if is_own {
                let because = format!("replication {}", replication.id);
                let sources = replication.sources.iter().map(|source| &source.innovation);
                let ends = sources.chain(&replication.target);
                care.innovations.extend(ends.map(|id| (canonical_innovation(view, id), because.clone())));
                let recipient = replication.recipient.iter();
                care.agencies.extend(recipient.map(|id| (canonical_agency(view, id), because.clone())));
            }
        }
        let spoke = |id: &AgencyId| (canonical_agency(view, id), format!("spoke of hub {}", hub.id));
        care.agencies.extend(hub.spokes.iter().map(|one| spoke(&one.agency)));
        care
    }
}

impl<'v> Seat<'v> {
    fn of(view: &View<'v>, assessor: &'v Assessor, hubs: &BTreeMap<AgencyId, Vec<Care>>) -> Self {
        let line = assessor.agency.as_ref().map(|agency| line(view, agency)).unwrap_or_default();
        let hubs = line.iter().filter_map(|agency| hubs.get(agency)).flatten().cloned().collect();
        Self { assessor, line, hubs }
    }
}

/// What there is to know of a proposal.
struct Entry<'v> {
    proposal: &'v Proposal,
    innovation: &'v Innovation,
    /// The owner and those above it.
    line: Vec<AgencyId>,
    /// Who owns an ancestor or a descendant, and which.
    relatives: BTreeMap<AgencyId, String>,
}

pub(super) fn conflicts(inner: &Inner, edition: &EditionId) -> Result<Vec<Conflict>> {
    let view = inner.registry.view();
    let edition = EntityRef::of::<Edition>(&view.get::<Edition>(edition)?.id);
    let assessors = view.referring::<Assessor>(&edition);
    let agencies: BTreeSet<AgencyId> =
        assessors.iter().filter_map(|one| one.agency.as_ref()).flat_map(|agency| line(&view, agency)).collect();
    let mut hubs: BTreeMap<AgencyId, Vec<Care>> = BTreeMap::new();
    for hub in view.all::<Hub>() {
        let agency = canonical_agency(&view, &hub.agency);
        if agencies.contains(&agency) {
            hubs.entry(agency).or_default().push(Care::of(&view, hub));
        }
    }
    let seats: Vec<Seat<'_>> = assessors.into_iter().map(|assessor| Seat::of(&view, assessor, &hubs)).collect();
    let mut found = Vec::new();
    for proposal in view.referring::<Proposal>(&edition) {
        let Some(innovation) = view.find::<Innovation>(proposal.innovation.as_str()) else { continue };
        let relatives = relatives(inner, &view, innovation)?;
        let entry = Entry { proposal, innovation, line: line(&view, &innovation.owner), relatives };
        for seat in &seats {
            for (ground, because) in grounds(&view, &entry, seat) {
                let (proposal, assessor) = (entry.proposal.id.clone(), seat.assessor.id.clone());
                found.push(Conflict { proposal, assessor, ground, because });
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Who owns an ancestor or a descendant of an innovation.
fn relatives(inner: &Inner, view: &View<'_>, innovation: &Innovation) -> Result<BTreeMap<AgencyId, String>> {
    let lineage = LineageView::new(&inner.lineage, &inner.registry);
    let (node, scope) = (NodeId::Innovation(innovation.id.clone()), Scope::default());
    let ancestors = lineage.ancestors(&node, &scope)?.to_vec();
    let descendants = lineage.descendants(&node, &scope)?.to_vec();
    let owner = |node: &NodeId| match node {
        NodeId::Innovation(id) => view.find::<Innovation>(id.as_str()).map(|found| found.owner.clone()),
        NodeId::Replica(id) => view.find::<Replication>(id.as_str()).and_then(|found| found.recipient.clone()),
    };
    let mut relatives = BTreeMap::new();
    for (word, list) in [("source", ancestors), ("replica", descendants)] {
        for relative in list {
            if let Some(owner) = owner(&relative.node) {
                let because = || format!("{word} {}", relative.node);
                relatives.entry(canonical_agency(view, &owner)).or_insert_with(because);
            }
        }
    }
    Ok(relatives)
}

/// On what grounds somebody must not score a proposal: each once.
fn grounds(view: &View<'_>, entry: &Entry<'_>, seat: &Seat<'_>) -> Vec<(ConflictGround, Option<String>)> {
    let mut grounds = Vec::new();
    grounds.extend(declared(view, entry, seat));
    let (Some(own), Some(owner)) = (seat.line.first(), entry.line.first()) else { return grounds };
    if own == owner {
        grounds.push((ConflictGround::SameAgency, Some(format!("agency {own}"))));
    } else if entry.line.contains(own) {
        grounds.push((ConflictGround::SuperiorAgency, Some(format!("{own} is above {owner}"))));
    } else if seat.line.contains(owner) {
        grounds.push((ConflictGround::SuperiorAgency, Some(format!("{owner} is above {own}"))));
    }
    let cared = |care: &Care| care.innovations.get(&entry.innovation.id).or_else(|| care.agencies.get(owner)).cloned();
    if let Some(because) = seat.hubs.iter().find_map(cared) {
        grounds.push((ConflictGround::MentorHub, Some(because)));
    }
    if let Some(because) = entry.relatives.get(own) {
        grounds.push((ConflictGround::Lineage, Some(because.clone())));
    }
    grounds
}

/// Whether somebody declared a conflict, with the reason that was given.
fn declared(view: &View<'_>, entry: &Entry<'_>, seat: &Seat<'_>) -> Option<(ConflictGround, Option<String>)> {
    let named = seat.assessor.conflicts.iter().find(|conflict| {
        let innovation = conflict.innovation.as_ref().map(|id| canonical_innovation(view, id));
        let agency = conflict.agency.as_ref().map(|id| canonical_agency(view, id));
        innovation.as_ref() == Some(&entry.innovation.id) || agency.is_some() && agency.as_ref() == entry.line.first()
    });
    if let Some(conflict) = named {
        return Some((ConflictGround::Declared, conflict.reason.as_ref().map(ToString::to_string)));
    }
    let person = seat.assessor.person.as_ref()?;
    let is_innovator = entry.innovation.innovators.contains(person);
    is_innovator.then(|| (ConflictGround::Declared, Some(format!("innovator {person}"))))
}
