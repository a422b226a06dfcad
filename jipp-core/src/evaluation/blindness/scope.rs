//! Whose records a viewer sees.

use std::collections::{BTreeMap, BTreeSet};

use super::Viewer;
use super::policy::Whose;
use crate::base::{AssessorId, Code, Error, Id, Result};
use crate::model::{
    Agency, Assessor, Award, Edition, Entity, EntityKind, EntityRef, Innovation, Person, Proposal, ProposalState,
    Record, ScoreSheet,
};
use crate::registry::View;

/// A record, named by the text that the registry keeps.
type Named<'v> = (EntityKind, &'v str);

/// What can be seen, worked out when first asked for.
pub(super) struct Scopes<'v> {
    view: View<'v>,
    edition: &'v Edition,
    assessor: Option<&'v Assessor>,
    reaches: BTreeMap<Whose, Reach<'v>>,
}

/// Some proposals, and all that they lead to.
struct Reach<'v> {
    proposals: BTreeSet<&'v str>,
    /// What the search began with: seen in its own right.
    start: BTreeSet<Named<'v>>,
    /// What may be seen because something seen refers to it.
    reached: BTreeSet<Named<'v>>,
}

/// How a record comes to be seen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Title {
    /// In its own right.
    Own,
    /// Only where something seen shows that it refers to it: what a hidden field leads to must not stand about.
    Shown,
}

impl<'v> Scopes<'v> {
    /// What a viewer asks about.
    ///
    /// # Errors
    /// `not-found` if there is no such edition or assessor; `option-invalid` if the assessor is not one of the edition.
    pub(super) fn new(view: View<'v>, viewer: &Viewer) -> Result<Self> {
        let edition = view.get::<Edition>(&viewer.edition)?;
        let assessor = viewer.assessor.as_ref().map(|id| assessor_of(&view, edition, id)).transpose()?;
        Ok(Self { view, edition, assessor, reaches: BTreeMap::new() })
    }

    pub(super) fn edition(&self) -> &'v Edition {
        self.edition
    }

    /// The records of a kind.
    pub(super) fn records(&mut self, whose: Whose, kind: EntityKind) -> Vec<(&'v Record, Title)> {
        let view = self.view;
        if !self.reaches.contains_key(&whose) {
            let reach = self.reach(whose);
            self.reaches.insert(whose, reach);
        }
        let Some(reach) = self.reaches.get(&whose) else { return Vec::new() };
        view.records(kind).filter_map(|record| Some((record, self.title(whose, reach, record)?))).collect()
    }

    fn title(&self, whose: Whose, reach: &Reach<'v>, record: &'v Record) -> Option<Title> {
        let named = (record.kind(), record.id());
        let is_own = match whose {
            Whose::All => true,
            Whose::Own => return self.is_own(record).then_some(Title::Own),
            Whose::Rules => false,
            Whose::Edition | Whose::Finalists | Whose::Awarded | Whose::Assigned => self.is_about(reach, record),
        };
        if is_own || reach.start.contains(&named) {
            return Some(Title::Own);
        }
        let is_spoken_for = matches!(
            named.0,
            EntityKind::ScoreSheet | EntityKind::StageResult | EntityKind::Objection | EntityKind::Award
        );
        (!is_spoken_for && reach.reached.contains(&named)).then_some(Title::Shown)
    }

    fn is_own(&self, record: &Record) -> bool {
        let Some(viewer) = self.assessor else { return false };
        match record {
            Record::Assessor(assessor) => assessor.id == viewer.id,
            Record::ScoreSheet(sheet) => self.stands::<Assessor>(&sheet.assessor) == Some(viewer.id.as_str()),
            Record::Person(person) => {
                viewer.person.as_ref().and_then(|id| self.stands::<Person>(id)) == Some(person.id.as_str())
            }
            _ => false,
        }
    }

    /// Whether a record is about some proposals, what they lead to, or the edition.
    fn is_about(&self, reach: &Reach<'v>, record: &'v Record) -> bool {
        let proposed = |id| self.stands::<Proposal>(id).is_some_and(|id| reach.proposals.contains(id));
        let innovated =
            |id| self.stands::<Innovation>(id).is_some_and(|id| reach.reached.contains(&(EntityKind::Innovation, id)));
        let here = |id| self.stands::<Edition>(id) == Some(self.edition.id.as_str());
        match record {
            Record::ScoreSheet(sheet) => proposed(&sheet.proposal),
            Record::StageResult(result) => proposed(&result.proposal),
            Record::Objection(objection) => proposed(&objection.proposal),
            Record::Award(award) => award.edition.as_ref().is_some_and(here) && innovated(&award.innovation),
            Record::Assessor(assessor) => here(&assessor.edition),
            Record::ScoringRun(run) => here(&run.edition),
            Record::Edition(edition) => edition.id == self.edition.id,
            Record::Assessment(assessment) => assessment.innovation.as_ref().is_some_and(innovated),
            Record::Replication(replication) => {
                replication.target.as_ref().is_some_and(innovated)
                    || replication.sources.iter().any(|source| innovated(&source.innovation))
            }
            Record::Contact(contact) => {
                let agency = contact.agency.as_ref().and_then(|id| self.stands::<Agency>(id));
                agency.is_some_and(|id| reach.reached.contains(&(EntityKind::Agency, id)))
            }
            _ => false,
        }
    }

    fn reach(&self, whose: Whose) -> Reach<'v> {
        let proposals = self.proposals(whose);
        let mut start: Vec<Named<'v>> = match whose {
            Whose::Rules => vec![(EntityKind::Edition, self.edition.id.as_str())],
            Whose::Awarded => self.awarded_innovations(),
            _ => Vec::new(),
        };
        start.extend(proposals.iter().map(|id| (EntityKind::Proposal, *id)));
        let reached = self.closure(start.clone(), whose == Whose::Rules);
        Reach { proposals, start: start.into_iter().collect(), reached }
    }

    /// All that records lead to, themselves included. Through the edition everything leads everywhere: that way is only
    /// gone for its rules.
    fn closure(&self, start: Vec<Named<'v>>, through_editions: bool) -> BTreeSet<Named<'v>> {
        let mut reached: BTreeSet<Named<'v>> = start.iter().copied().collect();
        let mut open = start;
        while let Some((kind, id)) = open.pop() {
            let Some(record) = self.view.record(kind, id) else { continue };
            record.references(&mut |_, kind, id| {
                let Some(standing) = self.view.record(kind, id) else { return };
                let named = (kind, standing.id());
                if (through_editions || kind != EntityKind::Edition) && reached.insert(named) {
                    open.push(named);
                }
            });
        }
        reached
    }

    fn proposals(&self, whose: Whose) -> BTreeSet<&'v str> {
        use ProposalState as P;
        let entered = self.view.referring::<Proposal>(&EntityRef::of::<Edition>(&self.edition.id)).into_iter();
        let is_in = |proposal: &&'v Proposal| match (whose, proposal.status.state()) {
            (Whose::Edition, state) => state != P::Draft,
            (
                Whose::Finalists,
                P::Finalist
                | P::PublicTest
                | P::Confirmed
                | P::InterviewScored
                | P::FieldVerified
                | P::AwardedPending
                | P::Awarded
                | P::NotAwarded,
            )
            | (Whose::Awarded, P::Awarded) => true,
            (Whose::Assigned, _) => self.is_assigned(proposal),
            _ => false,
        };
        entered.filter(is_in).map(|proposal| proposal.id.as_str()).collect()
    }

    fn is_assigned(&self, proposal: &Proposal) -> bool {
        let Some(viewer) = self.assessor else { return false };
        let sheets = self.view.referring::<ScoreSheet>(&EntityRef::of::<Proposal>(&proposal.id));
        sheets.iter().any(|sheet| self.stands::<Assessor>(&sheet.assessor) == Some(viewer.id.as_str()))
    }

    /// The innovations with an award of the edition, but for those whose proposal in it came to no award, or to one
    /// that was revoked.
    fn awarded_innovations(&self) -> Vec<Named<'v>> {
        let this = EntityRef::of::<Edition>(&self.edition.id);
        let entered = |id: &str| {
            let innovation = EntityRef { kind: EntityKind::Innovation, id: id.into() };
            let proposals = self.view.referring::<Proposal>(&innovation);
            proposals
                .into_iter()
                .filter(|proposal| self.stands::<Edition>(&proposal.edition) == Some(&*this.id))
                .count()
        };
        let awards = self.view.referring::<Award>(&this).into_iter();
        let innovations = awards.filter_map(|award| self.stands::<Innovation>(&award.innovation));
        innovations.filter(|id| entered(id) == 0).map(|id| (EntityKind::Innovation, id)).collect()
    }

    /// The id of the record that stands for this one.
    fn stands<T: Entity>(&self, id: &T::Id) -> Option<&'v str> {
        self.view.record(T::KIND, id.as_str()).map(Record::id)
    }
}

fn assessor_of<'v>(view: &View<'v>, edition: &Edition, id: &AssessorId) -> Result<&'v Assessor> {
    let assessor = view.get::<Assessor>(id)?;
    if view.get::<Edition>(&assessor.edition)?.id == edition.id {
        return Ok(assessor);
    }
    let error = Error::new(Code::OptionInvalid).field("assessor").value(id);
    Err(error.expected(format!("an assessor of {}", EntityRef::of::<Edition>(&edition.id))))
}
