//! Reach: who can help. Hubs that could mentor, and the contacts of offices where they are known.

use serde::Serialize;

use super::evidence::taken_known;
use super::question::{Asker, Weights};
use super::{Ground, POINT, Part, place_of};
use crate::base::{AgencyId, ContactId, HubId, PartialDate, RegionId, Truth, vocabulary::vocabulary};
use crate::model::{Agency, Contact, DesignationEvent, EntityRef, Hub, HubState, Innovation, Region};
use crate::registry::View;

vocabulary! {
    /// Why a hub could help.
    HubRole = "hub-role" {
        Own = "own", "hub daerah Anda", "the hub of your region";
        Owner = "owner", "hub di daerah pemilik inovasi", "the hub where the innovation comes from";
        Facilitator = "facilitator", "hub yang pernah memfasilitasi replikasinya", "a hub that facilitated its replication";
    }
}

/// A hub that could mentor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct HubAdvice {
    /// Its id.
    pub hub: HubId,
    /// Its name, or that of its agency.
    pub name: String,
    /// Why it.
    pub role: HubRole,
    /// When it was designated, or committed where no designation is on record.
    pub since: Option<PartialDate>,
    /// Whether `since` is a designation; otherwise a commitment or another event.
    pub is_designated: bool,
    /// Its portal, where known.
    pub portal: Option<String>,
    /// How to reach its office; empty if not known.
    pub contacts: Vec<ContactSeen>,
}

/// How to reach an office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ContactSeen {
    /// Its id.
    pub contact: ContactId,
    /// The office.
    pub label: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Electronic mail.
    pub email: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Page on the web.
    pub url: Option<String>,
    /// When the entry was known to be right.
    pub as_of: Option<PartialDate>,
}

pub(super) fn parts(view: &View<'_>, asker: &Asker<'_>, innovation: &Innovation, weights: &Weights) -> Vec<Part> {
    let mentor = hubs(view, asker, innovation).into_iter().find(|hub| hub.role != HubRole::Own);
    let ground = |hub: HubAdvice| Ground::Mentor { hub: hub.name, role: hub.role };
    mentor.map(|hub| Part { points: weights.mentor * POINT, ground: ground(hub) }).into_iter().collect()
}

/// Where hubs are that could mentor somebody outside the asker's province.
#[derive(Debug, Default)]
pub(super) struct Mentors<'v> {
    agencies: Vec<&'v AgencyId>,
    homes: Vec<&'v RegionId>,
}

impl<'v> Mentors<'v> {
    pub(super) fn of(view: &View<'v>, asker: &Asker<'v>) -> Self {
        let mut mentors = Self::default();
        for hub in view.all::<Hub>().filter(|hub| is_active(hub)) {
            let agency = view.find::<Agency>(hub.agency.as_str());
            let home = agency.and_then(|agency| agency.region.as_ref());
            if home.is_none() || home != asker.province.map(|province| &province.id) {
                mentors.agencies.push(agency.map_or(&hub.agency, |agency| &agency.id));
                mentors.homes.extend(home);
            }
        }
        mentors
    }

    /// Whether one is the owner's, or where the owner is.
    pub(super) fn has(&self, owner: Option<&Agency>, province: Option<&Region>) -> bool {
        owner.is_some_and(|owner| self.agencies.contains(&&owner.id))
            || province.is_some_and(|province| self.homes.contains(&&province.id))
    }
}

/// The points of [`parts`].
pub(super) fn points(view: &View<'_>, asker: &Asker<'_>, innovation: &Innovation, weights: &Weights) -> i64 {
    parts(view, asker, innovation, weights).iter().map(|part| part.points).sum()
}

/// The hubs that could mentor: the asker's own, that of the owner, those that helped before.
pub(super) fn hubs(view: &View<'_>, asker: &Asker<'_>, innovation: &Innovation) -> Vec<HubAdvice> {
    let (owner, region) = place_of(view, innovation);
    let owner_province = region.and_then(|region| view.province_of(region));
    let facilitators: Vec<&str> = taken_known(view, asker, innovation)
        .into_iter()
        .filter_map(|replication| replication.facilitator_hub.as_ref().map(HubId::as_str))
        .collect();
    let mut advice: Vec<HubAdvice> = Vec::new();
    for hub in view.all::<Hub>().filter(|hub| is_active(hub)) {
        let agency = view.find::<Agency>(hub.agency.as_str());
        let of = |region: Option<&Region>| {
            let home = agency.and_then(|agency| agency.region.as_ref());
            home.is_some() && home == region.map(|region| &region.id)
        };
        let role = if of(asker.province) {
            HubRole::Own
        } else if agency.is_some() && agency.map(|agency| &agency.id) == owner.map(|owner| &owner.id)
            || of(owner_province)
        {
            HubRole::Owner
        } else if facilitators.contains(&hub.id.as_str()) {
            HubRole::Facilitator
        } else {
            continue;
        };
        advice.push(describe(view, asker, hub, agency, role));
    }
    advice.sort_by(|a, b| a.role.cmp(&b.role).then_with(|| a.hub.cmp(&b.hub)));
    advice
}

fn is_active(hub: &Hub) -> bool {
    !matches!(hub.status.state(), HubState::Inactive | HubState::Withdrawn | HubState::Rejected)
}

fn describe(view: &View<'_>, asker: &Asker<'_>, hub: &Hub, agency: Option<&Agency>, role: HubRole) -> HubAdvice {
    let event = |wanted: DesignationEvent| hub.designations.iter().find(|event| event.event == wanted);
    let designation = event(DesignationEvent::Designation);
    let earliest = hub.designations.iter().filter_map(|event| event.on).min();
    let named = hub.name.as_ref().map(ToString::to_string);
    let mut contacts = contacts(view, asker, &EntityRef::of::<Hub>(&hub.id));
    contacts.extend(contacts_of_agency(view, asker, &hub.agency));
    HubAdvice {
        hub: hub.id.clone(),
        name: named.or_else(|| agency.map(|agency| agency.name.to_string())).unwrap_or_else(|| hub.id.to_string()),
        role,
        since: designation.and_then(|event| event.on).or(earliest),
        is_designated: designation.is_some(),
        portal: hub.portal_url.as_ref().map(ToString::to_string),
        contacts,
    }
}

pub(super) fn contacts_of_agency(view: &View<'_>, asker: &Asker<'_>, agency: &AgencyId) -> Vec<ContactSeen> {
    contacts(view, asker, &EntityRef::of::<Agency>(agency))
}

/// The contacts of an office, newest first; those that surely do not hold on the day of the question are left out.
fn contacts(view: &View<'_>, asker: &Asker<'_>, office: &EntityRef) -> Vec<ContactSeen> {
    let text = |line: &Option<crate::model::Line>| line.as_ref().map(ToString::to_string);
    let holds = |contact: &&Contact| asker.question.on.is_none_or(|on| contact.valid.holds_on(on) != Truth::No);
    let mut found: Vec<ContactSeen> = view
        .referring::<Contact>(office)
        .into_iter()
        .filter(holds)
        .map(|contact| ContactSeen {
            contact: contact.id.clone(),
            label: text(&contact.label),
            phone: text(&contact.phone),
            email: text(&contact.email),
            address: text(&contact.address),
            url: text(&contact.url),
            as_of: contact.valid.from.or_else(|| contact.provenance.iter().find_map(|from| from.retrieved_on)),
        })
        .collect();
    found.sort_by(|a, b| b.as_of.cmp(&a.as_of).then_with(|| a.contact.cmp(&b.contact)));
    found
}
