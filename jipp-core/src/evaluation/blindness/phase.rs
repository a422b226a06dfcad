//! How far an edition has come.

use crate::base::vocabulary::vocabulary;
use crate::model::{Award, Edition, Entity, EntityRef, Proposal, ProposalState};
use crate::registry::View;

vocabulary! {
    /// How far an edition has come, as far as blindness is concerned: the stages, with what comes before and after
    /// them.
    Phase = "edition-phase" {
        Registration = "registration", "pendaftaran", "registration";
        Administration = "administration", "seleksi administrasi", "administrative screening";
        Desk = "desk", "penilaian proposal", "desk evaluation";
        Consolidation = "consolidation", "konsolidasi nilai", "consolidation";
        PublicTest = "public-test", "uji publik", "public test";
        Interview = "interview", "presentasi dan wawancara", "presentation and interview";
        FieldVisit = "field-visit", "verifikasi dan observasi lapangan", "field verification";
        Plenary = "plenary", "rapat pleno", "plenary";
        Announced = "announced", "diumumkan", "announced";
    }
}

impl Phase {
    /// The phase of an edition: that of the proposal that is least advanced among those still in the race, so that
    /// nothing is opened while it is still being decided on for anybody. Where nobody is in the race any more, or there
    /// are awards and no proposals (an edition of the past), it is announced.
    ///
    /// ```
    /// use jipp_core::evaluation::blindness::Phase;
    /// use jipp_core::model::{Competition, CompetitionLevel, Edition, Line};
    /// use jipp_core::network::{Network, Options};
    /// use jipp_core::registry::{Action, Stamp};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let name = Line::new("Kompetisi Inovasi Pelayanan Publik")?;
    /// let competition = Competition::new("kipp".parse()?, name, CompetitionLevel::National);
    /// let edition = Edition::new("kipp-2025".parse()?, competition.id.clone());
    /// let stamp = Stamp::at("2026-11-21T08:00:00Z".parse()?);
    /// network.commit(&stamp, vec![Action::Register(competition.into()), Action::Register(edition.clone().into())])?;
    /// assert_eq!(network.read(|view| Phase::of(&view, &edition)), Phase::Registration);
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Complexity
    /// Linear in the proposals of the edition.
    pub fn of(view: &View<'_>, edition: &Edition) -> Self {
        let this = EntityRef::of::<Edition>(edition.id());
        let states: Vec<ProposalState> =
            view.referring::<Proposal>(&this).into_iter().map(|proposal| proposal.status.state()).collect();
        if let Some(least) = states.iter().copied().filter_map(Self::waiting).min() {
            return least;
        }
        let is_over = states.iter().any(|state| *state != ProposalState::Draft)
            || states.is_empty() && !view.referring::<Award>(&this).is_empty();
        if is_over { Self::Announced } else { Self::Registration }
    }

    /// The phase that a proposal in a state is in, if it is in the race.
    fn waiting(state: ProposalState) -> Option<Self> {
        use ProposalState as P;
        match state {
            P::Submitted => Some(Self::Registration),
            P::AdminPassed => Some(Self::Administration),
            P::DeskScoring => Some(Self::Desk),
            P::Consolidated => Some(Self::Consolidation),
            P::Finalist | P::PublicTest => Some(Self::PublicTest),
            P::Confirmed => Some(Self::Interview),
            P::InterviewScored => Some(Self::FieldVisit),
            P::FieldVerified | P::AwardedPending => Some(Self::Plenary),
            P::Draft
            | P::AdminFailed
            | P::NotFinalist
            | P::Disqualified
            | P::Awarded
            | P::NotAwarded
            | P::Revoked
            | P::Withdrawn => None,
        }
    }
}
