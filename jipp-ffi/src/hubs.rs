//! The hub network, on any date.
#![allow(clippy::missing_errors_doc, reason = "said once for all questions, above them")]

use jipp_core::base::{HubId, PartialDate};
use jipp_core::hubs::HubFinding as CoreFinding;
use jipp_core::model::Instrument;

use crate::base::Lang;
use crate::mirror::read;
use crate::values::{
    Counting, Coverage, FunnelOptions, HubFinding, HubFunnel, HubOn, Maturity, Movement, MovementOptions, Readiness,
    ReportOptions, StartOptions, Starter,
};
use crate::{JippError, Network};

/// Every question is refused with `date-form` for a date that is none, with `not-found` for a hub that is not there, and with
/// `network-closed`. Dates are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
#[uniffi::export]
impl Network {
    /// The hubs that are members on a date, and those of which the record does not tell.
    #[uniffi::method(default(counting = None))]
    pub fn hubs_on(&self, on: String, counting: Option<Counting>) -> Result<Vec<HubOn>, JippError> {
        let (on, counting): (PartialDate, _) = (on.parse()?, counting.map(read).transpose()?.unwrap_or_default());
        self.ask(|core| core.hubs_on(on, counting))
    }

    /// Which provinces and regencies have a hub on a date.
    #[uniffi::method(default(counting = None))]
    pub fn hub_coverage(&self, on: String, counting: Option<Counting>) -> Result<Coverage, JippError> {
        let (on, counting): (PartialDate, _) = (on.parse()?, counting.map(read).transpose()?.unwrap_or_default());
        self.ask(|core| core.hub_coverage(on, counting))
    }

    /// What is odd in the records of hubs.
    pub fn hub_findings(&self) -> Result<Vec<HubFinding>, JippError> {
        self.ask(|core| Ok(core.hub_findings()))
    }

    /// How far a hub is set up on a date.
    pub fn hub_readiness(&self, hub: String, on: String) -> Result<Readiness, JippError> {
        let (hub, on): (HubId, PartialDate) = (hub.parse()?, on.parse()?);
        self.ask(|core| core.hub_readiness(&hub, on))
    }

    /// How mature a hub is on a date by the shipped instrument; none if it was not assessed with it.
    pub fn hub_maturity(&self, hub: String, on: String) -> Result<Option<Maturity>, JippError> {
        let (hub, on): (HubId, PartialDate) = (hub.parse()?, on.parse()?);
        let instrument = Instrument::hubs_2025()?;
        self.ask(|core| core.hub_maturity(&hub, on, &instrument))
    }

    /// How many needs become replications that run, with a hub's help.
    pub fn hub_funnel(&self, hub: String, options: FunnelOptions) -> Result<HubFunnel, JippError> {
        let (hub, options): (HubId, _) = (hub.parse()?, read(options)?);
        self.ask(|core| core.hub_funnel(&hub, &options))
    }

    /// Which agencies have an innovation of their own, year by year.
    pub fn one_agency_one_innovation(&self, options: MovementOptions) -> Result<Movement, JippError> {
        let options = read(options)?;
        self.ask(|core| core.one_agency_one_innovation(&options))
    }

    /// Whom a hub could ask to start with, and with what.
    pub fn spokes_to_start(&self, options: StartOptions, lang: Lang) -> Result<Vec<Starter>, JippError> {
        let options = read(options)?;
        self.ask(|core| core.spokes_to_start(&options, lang.into()))
    }

    /// Everything about a hub, as a page of Markdown.
    pub fn hub_report(&self, hub: String, options: ReportOptions, lang: Lang) -> Result<String, JippError> {
        let (hub, options): (HubId, _) = (hub.parse()?, read(options)?);
        Ok(self.core()?.hub_report(&hub, &options)?.to_markdown(lang.into()))
    }
}

#[uniffi::export]
impl HubFinding {
    /// The finding in words.
    pub fn words(&self, lang: Lang) -> String {
        read::<CoreFinding>(self.clone()).map(|finding| finding.words(lang.into())).unwrap_or_default()
    }
}
