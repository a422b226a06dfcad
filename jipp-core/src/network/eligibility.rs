//! Whether an innovation may enter a group of an edition, and if not, on which rule it fails.

use serde::{Deserialize, Serialize};

use super::Network;
use crate::base::{AgencyId, Code, EditionId, Error, InnovationId, PartialDate, Result, fold};
use crate::evaluation::eligibility::{AwardHeld, Eligibility, Entrant, eligibility};
use crate::model::{
    Agency, Award, Edition, EntityRef, Evidence, Group, Innovation, Proposal, ProposalState, Replication,
};
use crate::registry::View;

/// Who wants to enter what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryQuestion {
    /// The innovation.
    pub innovation: InnovationId,
    /// The edition.
    pub edition: EditionId,
    /// Code of the group.
    pub group: String,
    /// The day registration closes, where the edition does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<PartialDate>,
}

impl Network {
    /// Whether an innovation may enter a group of an edition, rule by rule. Its proposal in the edition, if there is one,
    /// tells of documents and category.
    ///
    /// ```
    /// # use jipp_core::network::{EntryQuestion, Network, Options};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let question = EntryQuestion {
    ///     innovation: "kota-ambon/antre".parse()?,
    ///     edition: "kipp/2021".parse()?,
    ///     group: "umum".to_owned(),
    ///     closing: None,
    /// };
    /// assert_eq!(network.eligibility(&question).unwrap_err().code(), "not-found");
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found` if there is no such innovation, edition or group.
    ///
    /// # Complexity
    /// Linear in the proposals of the edition, and in the awards of the innovation and its sources.
    pub fn eligibility(&self, question: &EntryQuestion) -> Result<Eligibility> {
        let inner = self.lock();
        let view = inner.registry.view();
        let innovation = view.get::<Innovation>(&question.innovation)?;
        let edition = view.get::<Edition>(&question.edition)?;
        let group = group_of(edition, &question.group)?;
        let entrant = entrant(&view, innovation, edition, group);
        Ok(eligibility(edition, group, &entrant, question.closing))
    }
}

/// The group of an edition with this code.
pub(super) fn group_of<'a>(edition: &'a Edition, code: &str) -> Result<&'a Group> {
    edition.group(code).ok_or_else(|| {
        let known: Vec<&str> = edition.groups.iter().map(|group| &*group.code).collect();
        Error::new(Code::NotFound).about(edition.id.as_str()).field("group").value(code).expected(known.join(", "))
    })
}

fn entrant(view: &View<'_>, innovation: &Innovation, edition: &Edition, group: &Group) -> Entrant {
    let proposals: Vec<&Proposal> = view.referring(&EntityRef::of::<Edition>(&edition.id));
    let is_active = |proposal: &&&Proposal| proposal.status.state() != ProposalState::Withdrawn;
    let own = proposals.iter().filter(is_active).find(|proposal| is_same(view, &proposal.innovation, innovation));
    let others = || proposals.iter().filter(is_active).filter(|one| own.is_none_or(|own| own.id != one.id));
    let of_owner = |proposal: &&&Proposal| {
        let is_entered = proposal.status.state() != ProposalState::Draft;
        let found = view.find::<Innovation>(proposal.innovation.as_str());
        is_entered
            && found.is_some_and(|found| owner_of(view, found) == owner_of(view, innovation))
            && proposal.group.as_ref() == Some(&group.code)
    };
    let title = fold(own.and_then(|own| own.title.as_deref()).unwrap_or(&innovation.title));
    let is_entered = |proposal: &&&Proposal| proposal.status.state() != ProposalState::Draft;
    let same_title = others().filter(is_entered).filter(|proposal| fold(title_of(view, proposal)) == title);
    Entrant {
        implemented_on: innovation.implemented_on,
        owner_kind: view.find::<Agency>(innovation.owner.as_str()).map(|owner| owner.kind),
        category: own.and_then(|own| own.category.as_ref()).map(ToString::to_string),
        sdgs: Some(innovation.sdgs.len()).filter(|count| *count > 0),
        documents: own.map(|own| documents(view, own)),
        awards: awards(view, innovation),
        sources: sources(view, innovation),
        other_entries: others().filter(of_owner).count(),
        same_title: same_title.map(|proposal| proposal.id.clone()).collect(),
    }
}

/// The owner of an innovation, merges followed.
fn owner_of<'a>(view: &View<'a>, innovation: &'a Innovation) -> &'a AgencyId {
    view.find::<Agency>(innovation.owner.as_str()).map_or(&innovation.owner, |owner| &owner.id)
}

fn is_same(view: &View<'_>, id: &InnovationId, innovation: &Innovation) -> bool {
    view.find::<Innovation>(id.as_str()).is_some_and(|found| found.id == innovation.id)
}

fn title_of<'a>(view: &View<'a>, proposal: &'a Proposal) -> &'a str {
    let innovation = || view.find::<Innovation>(proposal.innovation.as_str()).map(|found| &*found.title);
    proposal.title.as_deref().or_else(innovation).unwrap_or_default()
}

fn documents(view: &View<'_>, proposal: &Proposal) -> Vec<String> {
    let evidence = proposal.documents.iter().filter_map(|id| view.find::<Evidence>(id.as_str()));
    evidence.filter_map(|evidence| evidence.code.as_ref()).map(ToString::to_string).collect()
}

fn awards(view: &View<'_>, innovation: &Innovation) -> Vec<AwardHeld> {
    let all: Vec<&Award> = view.referring(&EntityRef::of::<Innovation>(&innovation.id));
    all.into_iter()
        .map(|award| {
            let edition = award.edition.as_ref().and_then(|id| view.find::<Edition>(id.as_str()));
            AwardHeld {
                label: award.label.to_string(),
                competition: edition.map(|edition| edition.competition.clone()),
                is_of_other_contest: edition.is_none() && award.contest.is_some(),
                edition: edition.map(|edition| edition.id.clone()),
                group: award.group.as_ref().map(ToString::to_string),
                tiers: edition
                    .zip(award.tier.as_deref())
                    .map(|(edition, tier)| tiers(edition, tier))
                    .unwrap_or_default(),
                year: award.year.or_else(|| edition.and_then(|edition| edition.year)),
            }
        })
        .collect()
}

/// The code of a tier and of those that its winners are drawn from.
fn tiers(edition: &Edition, code: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut next = Some(code);
    while let Some(code) = next.filter(|code| !found.iter().any(|known| known == code)) {
        found.push(code.to_owned());
        next = edition.tier(code).and_then(|tier| tier.parent.as_deref());
    }
    found
}

fn sources(view: &View<'_>, innovation: &Innovation) -> Vec<(InnovationId, Vec<AwardHeld>)> {
    let all: Vec<&Replication> = view.referring(&EntityRef::of::<Innovation>(&innovation.id));
    let is_target = |replication: &&Replication| {
        replication.target.as_ref().is_some_and(|target| is_same(view, target, innovation))
    };
    let mut found: Vec<(InnovationId, Vec<AwardHeld>)> = Vec::new();
    for source in all.into_iter().filter(is_target).flat_map(|replication| &replication.sources) {
        let Some(source) = view.find::<Innovation>(source.innovation.as_str()) else { continue };
        if !found.iter().any(|(known, _)| *known == source.id) {
            found.push((source.id.clone(), awards(view, source)));
        }
    }
    found
}
