//! The questions about hubs: one function each, over [`crate::hubs`]; and where matching is needed too, put together
//! here.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Inner, Network, Question, Weights, candidates};
use crate::base::{AgencyId, Code, Error, HubId, Lang, PartialDate, Result, SectorId};
use crate::hubs::{
    self, Actor, Comparison, ComparisonOptions, Counting, Coverage, FunnelOptions, HubFinding, HubFunnel, HubOn,
    HubReport, Instrument, Maturity, Movement, MovementOptions, Readiness, ReportOptions, Standing, Starter,
    Suggestion,
};
use crate::model::{Agency, AgencyKind, Hub, Innovation, Need, Replication, Sector};
use crate::registry::View;

/// Whom to find a start for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StartOptions {
    /// Only those a hub is there for: the governments of its province, and its spokes. All if none.
    pub hub: Option<HubId>,
    /// How many innovations to suggest to each, 1 to 50.
    pub limit: usize,
    /// The date of the question, as in [`Question::on`].
    pub on: Option<PartialDate>,
}

impl Default for StartOptions {
    fn default() -> Self {
        Self { hub: None, limit: 3, on: None }
    }
}

/// How many sectors stand in for needs that are not on record.
const SECTORS: usize = 3;

impl Network {
    /// Every hub on record with what can be said of its membership on a date; see [`hubs::hubs_on`].
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options};
    /// use jipp_core::hubs::Counting;
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// assert!(network.hubs_on("2023-10-20".parse()?, Counting::default())?.is_empty());
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `option-invalid` if nothing counts.
    ///
    /// # Complexity
    /// Linear in the hubs and the regions.
    pub fn hubs_on(&self, on: PartialDate, counting: Counting) -> Result<Vec<HubOn>> {
        hubs::hubs_on(&self.lock().registry.view(), on, counting)
    }

    /// The hubs of a date, counted by kind, batch, decree and island group, and who was without one; see
    /// [`hubs::coverage`].
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options};
    /// use jipp_core::hubs::Counting;
    /// use jipp_core::model::{Line, Region, RegionLevel};
    /// use jipp_core::registry::{Action, Stamp};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let province = Region::new("81".parse()?, Line::new("Maluku")?, RegionLevel::Province);
    /// network.commit(&Stamp::at("2026-11-21T08:00:00Z".parse()?), vec![Action::Register(province.into())])?;
    /// let coverage = network.hub_coverage("2023-10-20".parse()?, Counting::default())?;
    /// let missing: Vec<&str> = coverage.missing_provinces().map(|province| &*province.name).collect();
    /// assert_eq!(missing, ["Maluku"]);
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `option-invalid` if nothing counts.
    ///
    /// # Complexity
    /// Linear in the hubs, the agencies and the regions.
    pub fn hub_coverage(&self, on: PartialDate, counting: Counting) -> Result<Coverage> {
        hubs::coverage(&self.lock().registry.view(), on, counting)
    }

    /// What does not fit together in the records of hubs; see [`hubs::findings`].
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options};
    /// assert!(Network::in_memory(&Options::new("example")?)?.hub_findings().is_empty());
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Complexity
    /// That of [`hubs::findings`].
    pub fn hub_findings(&self) -> Vec<HubFinding> {
        hubs::findings(&self.lock().registry.view())
    }

    /// How far the setting up of a hub had come on a date, and what was missing; see [`hubs::readiness`].
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// assert_eq!(network.hub_readiness(&"x".parse()?, "2024".parse()?).unwrap_err().code(), "not-found");
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found`.
    ///
    /// # Complexity
    /// Linear in the milestones and activities of the hub.
    pub fn hub_readiness(&self, hub: &HubId, on: PartialDate) -> Result<Readiness> {
        hubs::readiness(&self.lock().registry.view(), hub, on)
    }

    /// How mature a hub was on a date by an instrument, and where the points are lost; none if no assessment with it
    /// is on record. See [`hubs::maturity`].
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options};
    /// use jipp_core::base::Lang;
    /// use jipp_core::hubs::Instrument;
    /// use jipp_core::model::{Agency, AgencyKind, Answer, Assessment, Hub, HubKind, Line};
    /// use jipp_core::registry::{Action, Stamp};
    /// let instrument = Instrument::hubs_2025()?;
    /// let agency = Agency::new("provinsi-x".parse()?, Line::new("Provinsi X")?, AgencyKind::Province);
    /// let hub = Hub::new("x".parse()?, agency.id.clone(), HubKind::Regional);
    /// let mut assessment = Assessment::new("x/2025".parse()?, instrument.rubric.id.clone());
    /// assessment.hub = Some(hub.id.clone());
    /// for question in instrument.rubric.criteria.iter().filter(|criterion| criterion.parent.is_some()) {
    ///     let (criterion, own) = (question.code.clone(), Some("8".parse()?));
    ///     assessment.answers.push(Answer { criterion, own, verified: None, evidence: Vec::new(), note: None });
    /// }
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let records = [agency.into(), hub.into(), instrument.rubric.clone().into(), assessment.into()];
    /// network.commit(&Stamp::at("2026-11-21T08:00:00Z".parse()?), records.map(Action::Register).into())?;
    /// let maturity = network.hub_maturity(&"x".parse()?, "2025".parse()?, &instrument)?.expect("it was assessed");
    /// assert_eq!(maturity.own.score, Some("8".parse()?));
    /// assert_eq!(maturity.own_band.expect("it falls into one").label(Lang::En), "good");
    /// assert_eq!(maturity.verified.score, None, "nothing was verified, and that is not zero");
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found`; those of [`Instrument::check`].
    ///
    /// # Complexity
    /// Linear in the assessments of the hub, and in the questions times the aspects.
    pub fn hub_maturity(&self, hub: &HubId, on: PartialDate, instrument: &Instrument) -> Result<Option<Maturity>> {
        hubs::maturity(&self.lock().registry.view(), hub, on, instrument)
    }

    /// What came of what a hub did: activity, interest, agreement, implementation; see [`hubs::funnel`].
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options};
    /// use jipp_core::hubs::FunnelOptions;
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let options = FunnelOptions { within_months: 0, on: None };
    /// assert_eq!(network.hub_funnel(&"x".parse()?, &options).unwrap_err().code(), "option-invalid");
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found`, `option-invalid`.
    ///
    /// # Complexity
    /// The activities of the hub times all replications.
    pub fn hub_funnel(&self, hub: &HubId, options: &FunnelOptions) -> Result<HubFunnel> {
        hubs::funnel(&self.lock().registry.view(), hub, options)
    }

    /// Hubs beside each other, fair to their size and age; see [`hubs::comparison`].
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options};
    /// use jipp_core::hubs::{Compared, ComparisonOptions};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let options = ComparisonOptions::new("2024".parse()?, Compared::Activities);
    /// assert_eq!(network.hub_comparison(&options)?.overall, None);
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `option-invalid`.
    ///
    /// # Complexity
    /// The hubs times the activities of each, the replications and the innovations.
    pub fn hub_comparison(&self, options: &ComparisonOptions) -> Result<Comparison> {
        hubs::comparison(&self.lock().registry.view(), options)
    }

    /// Which governments and agencies had an innovation in a year, and which never shared nor took one; see
    /// [`hubs::movement`].
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options};
    /// use jipp_core::hubs::MovementOptions;
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// assert!(network.one_agency_one_innovation(&MovementOptions::new(2023))?.standings.is_empty());
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `option-invalid`.
    ///
    /// # Complexity
    /// Linear in the regions, agencies, innovations and replications.
    pub fn one_agency_one_innovation(&self, options: &MovementOptions) -> Result<Movement> {
        hubs::movement(&self.lock().registry.view(), options)
    }

    /// For everybody who is on record neither as source nor as recipient of a replication: proven innovations to
    /// start with, with reasons in a language.
    ///
    /// What is sought for are the needs that the agency has on record. Of most nothing is on record; for them stand
    /// in the three sectors in which agencies of its kind most often replicated, of all kinds where its own never
    /// did; within these, innovations are ranked without regard to words, by what is proven, replicated, near and
    /// alike. That is a guess for a first conversation, and every suggestion says what it was
    /// [sought](Suggestion::sought) for.
    ///
    /// ```
    /// use jipp_core::base::Lang;
    /// use jipp_core::model::{Agency, AgencyKind, Innovation, Line, Need, Text};
    /// use jipp_core::network::{Network, Options, StartOptions};
    /// use jipp_core::registry::{Action, Stamp};
    /// let ambon = Agency::new("kota-ambon".parse()?, Line::new("Pemerintah Kota Ambon")?, AgencyKind::City);
    /// let tual = Agency::new("kota-tual".parse()?, Line::new("Pemerintah Kota Tual")?, AgencyKind::City);
    /// let mut queue = Innovation::new("kota-ambon/antre".parse()?, Line::new("Antre dari Rumah")?, ambon.id.clone());
    /// queue.problem = Some(Text::new("Pasien puskesmas mengantre lama di loket")?);
    /// let mut need = Need::new("n1".parse()?, Text::new("antrean panjang di puskesmas")?);
    /// need.agency = Some(tual.id.clone());
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let records = [ambon.into(), tual.into(), queue.into(), need.into()];
    /// network.commit(&Stamp::at("2026-11-21T08:00:00Z".parse()?), records.map(Action::Register).into())?;
    /// let starters = network.spokes_to_start(&StartOptions::default(), Lang::En)?;
    /// assert_eq!(starters[1].actor.name, "Pemerintah Kota Tual");
    /// assert_eq!(starters[1].suggestions[0].title, "Antre dari Rumah");
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found` if there is no such hub; `option-invalid` if the limit is not 1 to 50.
    ///
    /// # Complexity
    /// Up to three searches, or one for each need, for everybody who was never involved.
    pub fn spokes_to_start(&self, options: &StartOptions, lang: Lang) -> Result<Vec<Starter>> {
        if !(1..=50).contains(&options.limit) {
            return Err(Error::new(Code::OptionInvalid).field("limit").value(options.limit).expected("1 to 50"));
        }
        let inner = self.lock_in_step()?;
        let view = inner.registry.view();
        let near = options.hub.as_ref().map(|hub| Near::of(&view, hub)).transpose()?;
        // Who was ever involved does not depend on the year.
        let movement = hubs::movement(&view, &MovementOptions::new(crate::base::MAX_YEAR))?;
        let near_by = |standing: &&Standing| near.as_ref().is_none_or(|near| near.holds(&view, &standing.actor));
        let never: Vec<&Standing> = movement.never_involved().filter(near_by).collect();
        let asking = Asking::of(&view, &never, options);
        let actors = never.iter().map(|standing| &standing.actor);
        hubs::starters(&view, actors, options.limit, |actor| {
            let mut found = Vec::new();
            for (sought, question) in asking.questions(&view, actor) {
                found.extend(suggestions(&inner, &sought, &question, lang)?);
            }
            Ok(found)
        })
    }

    /// A hub's year in one record, with the instrument of 2025 for maturity; see [`hubs::report`].
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options};
    /// use jipp_core::hubs::ReportOptions;
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// assert_eq!(network.hub_report(&"x".parse()?, &ReportOptions::new(2024)).unwrap_err().code(), "not-found");
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found`, `option-invalid`.
    ///
    /// # Complexity
    /// Linear in the records of the network, times the activities of the hub.
    pub fn hub_report(&self, hub: &HubId, options: &ReportOptions) -> Result<HubReport> {
        hubs::report(&self.lock().registry.view(), hub, options, &Instrument::hubs_2025()?)
    }
}

/// Whom a hub is there for.
struct Near<'v> {
    hub: &'v Hub,
    province: Option<crate::base::RegionId>,
}

impl<'v> Near<'v> {
    fn of(view: &View<'v>, id: &HubId) -> Result<Self> {
        let hub = view.get::<Hub>(id)?;
        let all = hubs::hubs_on(view, PartialDate::new(crate::base::MAX_YEAR, None, None)?, Counting::ALL)?;
        Ok(Self { hub, province: all.into_iter().find(|one| one.hub == hub.id).and_then(|one| one.province) })
    }

    fn holds(&self, view: &View<'_>, actor: &Actor) -> bool {
        let mut spokes = self.hub.spokes.iter().filter_map(|spoke| view.find::<Agency>(spoke.agency.as_str()));
        let is_spoke = spokes.any(|agency| Some(&agency.id) == actor.agency.as_ref());
        is_spoke || actor.is_government && self.province.is_some() && actor.province == self.province
    }
}

/// In which sectors agencies replicated, by their kind; merges followed.
struct UsualSectors {
    by_kind: BTreeMap<AgencyKind, Vec<SectorId>>,
    of_all: Vec<SectorId>,
}

impl UsualSectors {
    fn of(view: &View<'_>) -> Self {
        let mut counts: BTreeMap<Option<AgencyKind>, BTreeMap<&SectorId, usize>> = BTreeMap::new();
        for replication in view.all::<Replication>().filter(|replication| hubs::is_more_than_an_idea(replication)) {
            let sources = hubs::known_sources(replication);
            let sources = sources.filter_map(|source| view.find::<Innovation>(source.as_str()));
            let said: Vec<&SectorId> = if replication.sectors.is_empty() {
                sources.flat_map(|source| &source.sectors).collect()
            } else {
                replication.sectors.iter().collect()
            };
            let named = said.into_iter().filter_map(|sector| view.find::<Sector>(sector.as_str()));
            let sectors: BTreeSet<&SectorId> = named.map(|sector| &sector.id).collect();
            let recipient = hubs::recipient(view, replication).and_then(|id| view.find::<Agency>(id.as_str()));
            for kind in [None].into_iter().chain(recipient.map(|agency| Some(agency.kind))) {
                for sector in &sectors {
                    *counts.entry(kind).or_default().entry(*sector).or_default() += 1;
                }
            }
        }
        let commonest = |counts: BTreeMap<&SectorId, usize>| {
            let mut order: Vec<(&SectorId, usize)> = counts.into_iter().collect();
            order.sort_by_key(|(sector, count)| (std::cmp::Reverse(*count), *sector));
            order.into_iter().take(SECTORS).map(|(sector, _)| sector.clone()).collect::<Vec<SectorId>>()
        };
        let of_all = counts.remove(&None).map(commonest).unwrap_or_default();
        let by_kind = counts.into_iter().filter_map(|(kind, counts)| Some((kind?, commonest(counts)))).collect();
        Self { by_kind, of_all }
    }

    /// What to ask for somebody of a kind of whom no need is on record.
    fn questions(&self, view: &View<'_>, kind: AgencyKind, asker: &Question) -> Vec<(String, Question)> {
        let sectors = self.by_kind.get(&kind).unwrap_or(&self.of_all);
        let named = sectors.iter().filter_map(|id| view.find::<Sector>(id.as_str()));
        named
            .map(|sector| {
                let sectors = vec![sector.id.clone()];
                // The name of a sector only opens it: how well its words match says nothing of what fits.
                let weights = Weights { text: 0, ..Weights::default() };
                let text = sector.name.to_string();
                (text.clone(), Question { text, sectors, weights, feedback: false, ..asker.clone() })
            })
            .collect()
    }
}

/// What is needed to ask for somebody.
struct Asking<'v, 'a> {
    options: &'a StartOptions,
    usual: UsualSectors,
    /// The needs on record, by agency.
    needs: BTreeMap<&'v AgencyId, Vec<&'v Need>>,
    /// How many innovations are their own: these are found too, and left out afterwards.
    own: BTreeMap<&'a AgencyId, usize>,
}

impl<'v, 'a> Asking<'v, 'a> {
    fn of(view: &View<'v>, askers: &[&'a Standing], options: &'a StartOptions) -> Self {
        let mut needs: BTreeMap<&AgencyId, Vec<&Need>> = BTreeMap::new();
        for need in view.all::<Need>() {
            let agency = need.agency.as_ref().and_then(|id| view.find::<Agency>(id.as_str()));
            if let Some(agency) = agency {
                needs.entry(&agency.id).or_default().push(need);
            }
        }
        let own = askers.iter().filter_map(|asker| Some((asker.actor.agency.as_ref()?, asker.innovations)));
        Self { options, usual: UsualSectors::of(view), needs, own: own.collect() }
    }

    /// What to ask for somebody, each question with what is sought in words.
    fn questions(&self, view: &View<'_>, actor: &Actor) -> Vec<(String, Question)> {
        let agency = actor.agency.as_ref();
        let own = agency.and_then(|agency| self.own.get(agency)).copied().unwrap_or_default();
        let asker = Question {
            agency: agency.cloned(),
            agency_kind: Some(actor.kind),
            region: actor.region.clone(),
            limit: (self.options.limit + own).min(1_000),
            on: self.options.on,
            ..Question::default()
        };
        let needs = agency.and_then(|agency| self.needs.get(agency)).into_iter().flatten();
        let needs: Vec<(String, Question)> = needs
            .map(|need| {
                let Question { text, budget, staff, tools, .. } = Question::from(*need);
                (text.clone(), Question { text, budget, staff, tools, ..asker.clone() })
            })
            .collect();
        if needs.is_empty() { self.usual.questions(view, actor.kind, &asker) } else { needs }
    }
}

fn suggestions(inner: &Inner, sought: &str, question: &Question, lang: Lang) -> Result<Vec<Suggestion>> {
    let found = candidates::find(&inner.registry.view(), &inner.text, &inner.standing, question, None)?;
    let suggestion = |candidate: super::Candidate| Suggestion {
        innovation: candidate.innovation,
        title: candidate.title,
        owner: candidate.owner,
        owner_name: candidate.owner_name,
        score: candidate.score,
        sought: sought.to_owned(),
        reasons: candidate.parts.iter().filter(|part| part.points > 0).map(|part| part.ground.words(lang)).collect(),
    };
    Ok(found.candidates.into_iter().map(suggestion).collect())
}
