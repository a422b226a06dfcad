//! What became of what was awarded: who took it, how far it spread, through which chains, and whether it still runs.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::candidates::{AwardSeen, award_seen, level_of};
use super::{Inner, Network};
use crate::base::vocabulary::vocabulary;
use crate::base::{AgencyId, InnovationId, PartialDate, RegionId, Result};
use crate::lineage::{LineageView, Scope};
use crate::model::{
    Agency, Award, CompetitionLevel, Continuity, Edition, EntityRef, Innovation, InnovationStage, NodeId,
};
use crate::registry::View;

vocabulary! {
    /// Whether an innovation still runs, as far as anything on record says.
    Vitality = "vitality" {
        Running = "running", "masih berjalan", "still running";
        Stopped = "stopped", "tidak berlanjut", "stopped";
        Unknown = "unknown", "tidak diketahui", "not known";
    }
}

/// Which awarded innovations are looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LaureateQuery {
    /// The first year of award.
    pub from_year: Option<i32>,
    /// The last year of award.
    pub to_year: Option<i32>,
    /// The level of the competition; awards of unknown level are left out where one is named.
    pub level: Option<CompetitionLevel>,
    /// Only winners: of a tier that was drawn from another (Top 45 of Top 99), or the highest of its edition.
    pub winners_only: bool,
    /// How many replicas there must be at least, all generations together.
    pub min_replicas: usize,
    /// Which links count.
    pub scope: Scope,
}

impl Default for LaureateQuery {
    fn default() -> Self {
        Self {
            from_year: None,
            to_year: None,
            level: Some(CompetitionLevel::National),
            winners_only: false,
            min_replicas: 0,
            scope: Scope::default(),
        }
    }
}

/// An awarded innovation and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Laureate {
    /// The innovation.
    pub innovation: InnovationId,
    /// Its title.
    pub title: String,
    /// The agency that runs it.
    pub owner: AgencyId,
    /// Its name.
    pub owner_name: String,
    /// The awards that the query looks at, latest first.
    pub awards: Vec<AwardSeen>,
    /// Whether it still runs. That a record says *implemented* is no word on today: only a statement on its continuity, or
    /// a stage that is its end, decides.
    pub vitality: Vitality,
    /// Why it stopped or goes on, where the record says so.
    pub reason: Option<String>,
    /// The latest date on record on which it was surely there: of its stages, a statement, a replica that was made of it.
    pub last_sign: Option<PartialDate>,
    /// How many replicas were made of it directly.
    pub replicas: usize,
    /// How many replicas there are, those of replicas included.
    pub descendants: usize,
    /// The provinces (or other regions of the first level) that its replicas are in, where known.
    pub provinces: Vec<RegionId>,
    /// How many replicas are in no known province.
    pub unplaced: usize,
    /// The longest chains from it, as their nodes, it first; at most [`MAX_CHAINS`].
    pub chains: Vec<Vec<NodeId>>,
}

/// The most chains that are told of one innovation.
pub const MAX_CHAINS: usize = 20;

impl Network {
    /// Awarded innovations with what became of them: most replicas first, then by id.
    ///
    /// ```
    /// use jipp_core::network::{LaureateQuery, Network, Options};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let query = LaureateQuery { min_replicas: 3, ..LaureateQuery::default() };
    /// assert!(network.laureates(&query)?.is_empty());
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found` if there is no such region; `revision-unknown`.
    ///
    /// # Complexity
    /// Linear in the awards, and in the descendants of what was awarded.
    pub fn laureates(&self, query: &LaureateQuery) -> Result<Vec<Laureate>> {
        let inner = self.lock_with_lineage();
        let view = inner.view_of(&query.scope)?;
        let awarded: BTreeSet<&InnovationId> = view
            .all::<Award>()
            .filter(|award| query.asks_for(&view, award))
            .filter_map(|award| view.find::<Innovation>(award.innovation.as_str()))
            .map(|innovation| &innovation.id)
            .collect();
        let mut laureates = Vec::new();
        for id in awarded {
            let laureate = laureate(&inner, &view, view.get::<Innovation>(id)?, query)?;
            laureates.extend((laureate.descendants >= query.min_replicas).then_some(laureate));
        }
        laureates.sort_by(|a, b| (b.descendants, &a.innovation).cmp(&(a.descendants, &b.innovation)));
        Ok(laureates)
    }
}

impl LaureateQuery {
    fn asks_for(&self, view: &View<'_>, award: &Award) -> bool {
        let year = award.year.map(i32::from).or_else(|| award.on.map(PartialDate::year));
        let in_time = self.from_year.is_none_or(|from| year.is_some_and(|year| year >= from))
            && self.to_year.is_none_or(|to| year.is_some_and(|year| year <= to));
        let of_level = self.level.is_none_or(|level| level_of(view, award) == Some(level));
        in_time && of_level && (!self.winners_only || is_winner(view, award))
    }
}

fn is_winner(view: &View<'_>, award: &Award) -> bool {
    let edition = award.edition.as_ref().and_then(|edition| view.find::<Edition>(edition.as_str()));
    let tier = edition.zip(award.tier.as_deref()).and_then(|(edition, tier)| edition.tier(tier));
    tier.is_some_and(|tier| tier.parent.is_some() || tier.rank == Some(1))
}

fn laureate(inner: &Inner, view: &View<'_>, innovation: &Innovation, query: &LaureateQuery) -> Result<Laureate> {
    let lineage = LineageView::new(&inner.lineage, &inner.registry);
    let node = NodeId::Innovation(innovation.id.clone());
    let adoptions = lineage.adoptions(&node, &query.scope)?;
    let replicas = lineage.replicas(&node, &query.scope)?;
    let provinces: BTreeSet<RegionId> =
        adoptions.iter().filter_map(|adoption| adoption.node.province.clone()).collect();
    let all = view.referring::<Award>(&EntityRef::of::<Innovation>(&innovation.id));
    let mut seen: Vec<AwardSeen> =
        all.into_iter().filter(|award| query.asks_for(view, award)).map(|award| award_seen(view, award)).collect();
    seen.sort_by(|a, b| b.year.cmp(&a.year).then_with(|| a.label.cmp(&b.label)));
    let owner = view.find::<Agency>(innovation.owner.as_str());
    let direct: BTreeSet<&NodeId> = replicas.iter().map(|link| &link.target).collect();
    Ok(Laureate {
        innovation: innovation.id.clone(),
        title: innovation.title.to_string(),
        owner: innovation.owner.clone(),
        owner_name: owner.map(|owner| owner.name.to_string()).unwrap_or_default(),
        awards: seen,
        vitality: vitality(innovation),
        reason: reason(innovation),
        last_sign: last_sign(innovation, replicas.iter().filter_map(|link| link.on)),
        replicas: direct.len(),
        descendants: adoptions.len(),
        provinces: provinces.into_iter().collect(),
        unplaced: adoptions.iter().filter(|adoption| adoption.node.province.is_none()).count(),
        chains: lineage.longest_chains(&node, &query.scope, MAX_CHAINS)?,
    })
}

fn vitality(innovation: &Innovation) -> Vitality {
    match innovation.sustainability.as_ref().map(|said| said.status) {
        _ if innovation.is_stopped() => Vitality::Stopped,
        Some(Continuity::Continues | Continuity::ContinuesDeveloped) => Vitality::Running,
        _ => Vitality::Unknown,
    }
}

fn reason(innovation: &Innovation) -> Option<String> {
    let said = innovation.sustainability.as_ref().and_then(|said| said.reason.as_ref()).map(ToString::to_string);
    let last = innovation.stage.last().and_then(|step| step.note.as_ref()).map(ToString::to_string);
    said.or(last)
}

fn last_sign(innovation: &Innovation, taken: impl Iterator<Item = PartialDate>) -> Option<PartialDate> {
    let is_alive = |to| !matches!(to, InnovationStage::Dormant | InnovationStage::Retired);
    let steps = innovation.stage.steps.iter().filter(|step| is_alive(step.to)).filter_map(|step| step.on);
    let said = innovation.sustainability.as_ref().filter(|said| said.status != Continuity::Stopped);
    let dates = [innovation.implemented_on, innovation.developed_on, said.and_then(|said| said.on)];
    dates.into_iter().flatten().chain(steps).chain(taken).max_by_key(|date| date.last_day())
}
