//! Who takes: how near and how like the source's place the places are that take an innovation, compared with all others
//! that could have taken it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Network;
use crate::base::vocabulary::vocabulary;
use crate::base::{Lang, Measure, RegionId, Result};
use crate::lineage::{Choice, ChoiceFit, Effect, Journey, LineageView, Scope, Travel};
use crate::model::{Agency, Entity as _, Innovation, NodeId, Region, RegionLevel, Replication, great_circle_km};
use crate::registry::View;

vocabulary! {
    /// What may make a place take an innovation.
    TakerFactor = "taker-factor" {
        Distance = "distance", "jarak, tiap kali lipat dua", "distance, each doubling";
        SameProvince = "same-province", "provinsi yang sama", "the same province";
        SameIslands = "same-islands", "kelompok pulau yang sama", "the same group of islands";
        SameLevel = "same-level", "tingkat pemerintahan yang sama", "the same level of government";
        Population = "population", "beda jumlah penduduk, tiap kali lipat dua", "difference of population, each doubling";
        Development = "development", "beda IPM, tiap 10 poin", "difference of the human development index, each 10 points";
    }
}

/// How innovations travel, and who takes them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Takers {
    /// What the links of the scope come to.
    pub travel: Travel,
    /// How many links name a source and a taker whose places are known: what the fit rests on.
    pub placed: usize,
    /// Each factor that differs between places with what it does to the odds of being the one that takes.
    pub factors: Vec<(TakerFactor, Effect)>,
    /// How much of the choice they explain (`McFadden`'s pseudo R²); none without a fit.
    pub pseudo_r2: Option<f64>,
    /// Why there is no fit, where there is none, in English.
    pub refused_en: Option<String>,
    /// The same in Indonesian.
    pub refused_id: Option<String>,
}

/// Nearer places than this are as good as next to each other.
const NEAREST_KM: f64 = 10.0;

impl Network {
    /// What share of replications adopt, adapt or modify, how long they took and how far they went; and what distance and
    /// likeness of places foretell: a [conditional logit](ChoiceFit) in which each taker is set against all regions of the
    /// levels that take.
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options};
    /// use jipp_core::lineage::Scope;
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let takers = network.takers(&Scope::default())?;
    /// assert_eq!((takers.placed, takers.refused_en.is_some()), (0, true));
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found` if there is no such region; `revision-unknown`.
    ///
    /// # Complexity
    /// Linear in the links, and in the pairs of a region that gives and one that could take.
    pub fn takers(&self, scope: &Scope) -> Result<Takers> {
        let inner = self.lock_with_lineage();
        let journeys = LineageView::new(&inner.lineage, &inner.registry).journeys(scope)?;
        let view = inner.view_of(scope)?;
        let choices = choices(&view, &journeys);
        let varying: Vec<usize> = (0..TakerFactor::ALL.len()).filter(|place| varies(&choices, *place)).collect();
        let kept: Vec<Choice> = choices.into_iter().map(|choice| keep(choice, &varying)).collect();
        let mut takers = Takers {
            travel: Travel::of(&journeys),
            placed: kept.iter().map(|choice| choice.taken.len()).sum(),
            factors: Vec::new(),
            pseudo_r2: None,
            refused_en: None,
            refused_id: None,
        };
        match ChoiceFit::fit(varying.len(), &kept) {
            Ok(fit) => {
                takers.pseudo_r2 = Some(fit.pseudo_r2);
                takers.factors = varying.iter().map(|place| TakerFactor::ALL[*place]).zip(fit.effects).collect();
            }
            Err(refused) => {
                takers.refused_en = Some(refused.message(Lang::En));
                takers.refused_id = Some(refused.message(Lang::Id));
            }
        }
        Ok(takers)
    }
}

fn is_governed(region: &Region) -> bool {
    use RegionLevel::{City, County, Municipality, Province, Regency, State};
    matches!(region.level, Province | Regency | City | State | County | Municipality)
}

/// The first level of regions takes among itself, those below it among themselves.
fn is_first_level(region: &Region) -> bool {
    matches!(region.level, RegionLevel::Province | RegionLevel::State)
}

/// The choices of all links, together where source and level of the takers are the same.
fn choices(view: &View<'_>, journeys: &[Journey]) -> Vec<Choice> {
    let mut taken: BTreeMap<(&RegionId, bool), Vec<&RegionId>> = BTreeMap::new();
    for journey in journeys {
        if let Some((source, taker)) = home(view, &journey.source).zip(taker(view, journey)) {
            taken.entry((&source.id, is_first_level(taker))).or_default().push(&taker.id);
        }
    }
    let all: Vec<&Region> = view.all::<Region>().filter(|region| is_governed(region)).collect();
    let group = |((source, is_first), takers): ((&RegionId, bool), Vec<&RegionId>)| {
        let source = view.find::<Region>(source.as_str())?;
        let could = all.iter().filter(|region| is_first_level(region) == is_first && region.id != source.id);
        let known = could.filter_map(|region| Some((&region.id, features(view, source, region)?)));
        let (ids, alternatives): (Vec<&RegionId>, Vec<Vec<f64>>) = known.unzip();
        let place = |taker: &RegionId| ids.iter().position(|id| *id == taker);
        Some(Choice { alternatives, taken: takers.into_iter().filter_map(place).collect() })
    };
    taken.into_iter().filter_map(group).collect()
}

/// The region of the agency that owns or runs a node.
fn home<'v>(view: &View<'v>, node: &NodeId) -> Option<&'v Region> {
    let agency = match node {
        NodeId::Innovation(id) => &view.find::<Innovation>(id.as_str())?.owner,
        NodeId::Replica(id) => view.find::<Replication>(id.as_str())?.recipient.as_ref()?,
    };
    view.find::<Region>(view.find::<Agency>(agency.as_str())?.region.as_ref()?.as_str())
}

fn taker<'v>(view: &View<'v>, journey: &Journey) -> Option<&'v Region> {
    let replication = view.find::<Replication>(journey.replication.as_str())?;
    let named = replication.recipient.as_ref().and_then(|recipient| view.find::<Agency>(recipient.as_str()));
    let region = named.and_then(|agency| view.find::<Region>(agency.region.as_ref()?.as_str()));
    region.or_else(|| home(view, &journey.target)).filter(|region| is_governed(region))
}

/// What sets a place apart as a taker, in the order of the factors; none where something is not known. Without islands
/// on record, none are the same.
#[allow(clippy::cast_precision_loss, reason = "populations are exact as floats")]
fn features(view: &View<'_>, source: &Region, taker: &Region) -> Option<Vec<f64>> {
    let flag = |holds: bool| if holds { 1.0 } else { 0.0 };
    let km = great_circle_km(source.center?, taker.center?);
    let province = |region| view.province_of(region).map(|province| province.id().clone());
    let people = |region: &Region| region.population.filter(|count| *count > 0).map(|count| libm::log2(count as f64));
    let hdi = |region: &Region| region.hdi.map(Measure::to_f64);
    Some(vec![
        libm::log2(km.max(NEAREST_KM)),
        flag(province(source).is_some() && province(source) == province(taker)),
        flag(source.island_group.is_some() && source.island_group == taker.island_group),
        flag(source.level == taker.level),
        (people(source)? - people(taker)?).abs(),
        (hdi(source)? - hdi(taker)?).abs() / 10.0,
    ])
}

/// Whether a factor differs between the alternatives of any choice.
fn varies(choices: &[Choice], place: usize) -> bool {
    choices.iter().any(|choice| {
        let mut values = choice.alternatives.iter().map(|features| features[place].to_bits());
        let first = values.next();
        values.any(|value| Some(value) != first)
    })
}

fn keep(choice: Choice, places: &[usize]) -> Choice {
    let alternatives = choice.alternatives.iter().map(|features| places.iter().map(|place| features[*place]).collect());
    Choice { alternatives: alternatives.collect(), taken: choice.taken }
}
