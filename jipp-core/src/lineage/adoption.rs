//! How an innovation was adopted: who, when, in which generation; the curve; how many each replica led to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::asked::Asked;
use super::edge::Edge;
use super::growth::Growth;
use super::index::Way;
use super::node::{began, node_at};
use super::scope::Scope;
use super::view::LineageView;
use crate::base::{PartialDate, Precision, Result, vocabulary::vocabulary};
use crate::model::{GraphNode, NodeId, Record};
use crate::registry::Slot;

vocabulary! {
    /// The periods of an adoption curve.
    CurveStep = "curve-step" {
        Year = "year", "tahun", "year";
        Month = "month", "bulan", "month";
    }
}

vocabulary! {
    /// What an adoption curve is drawn for apart.
    CurveSplit = "curve-split" {
        Whole = "whole", "seluruhnya", "the whole";
        Province = "province", "provinsi", "province";
        AgencyKind = "agency-kind", "jenis instansi", "kind of agency";
    }
}

/// A replica that came of an innovation, attributed to the one source it most surely came from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Adoption {
    /// The replica.
    pub node: GraphNode,
    /// The source it is attributed to: of several, the one known best, then the earliest, then the first by id.
    pub parent: NodeId,
    /// How many steps it is from the innovation by such attributions; 1 for its direct replicas.
    pub generation: u32,
    /// When it came into use, or else when the replication began or was first heard of.
    pub on: Option<PartialDate>,
}

/// A point of an adoption curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CurvePoint {
    /// The year or month.
    pub period: PartialDate,
    /// How many adopted it then.
    pub new: usize,
    /// How many had adopted it by the end of it.
    pub cumulative: usize,
}

/// An adoption curve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CurveSeries {
    /// What it is of: the name of a province, the code of a kind of agency; empty for the whole, `unknown` if not known.
    pub label: String,
    /// Every period from the first adoption of any series to the last, those without one included.
    pub points: Vec<CurvePoint>,
}

/// The adoption curves of an innovation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AdoptionCurve {
    /// One for the whole, or one for each part, most adoptions first.
    pub series: Vec<CurveSeries>,
    /// Adoptions without a date, which no curve can hold.
    pub undated: usize,
    /// Adoptions dated to a year only, which a curve by months cannot hold.
    pub imprecise: usize,
}

/// A generation of replicas.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Reproduction {
    /// Which; 0 for the innovations that came from nothing.
    pub generation: u32,
    /// How many are in it.
    pub nodes: usize,
    /// How many came of them directly.
    pub replicas: usize,
    /// How many came of each on average: the reproduction number of the generation. The last generations had less time.
    pub per_node: f64,
}

/// How an adoption curve is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CurveOptions {
    /// By years or months.
    pub step: CurveStep,
    /// Whole, or by province or kind of agency.
    pub split: CurveSplit,
}

impl Default for CurveOptions {
    fn default() -> Self {
        Self { step: CurveStep::Year, split: CurveSplit::Whole }
    }
}

impl LineageView<'_> {
    /// Every replica that came of an innovation, in the order of time (those without a date last); the spread tree, by their
    /// parents.
    ///
    /// # Errors
    /// `not-found`; `revision-unknown`.
    ///
    /// # Complexity
    /// Linear in the descendants and their links, times their logarithm.
    pub fn adoptions(&self, node: &NodeId, scope: &Scope) -> Result<Vec<Adoption>> {
        let asked = self.ask(scope)?;
        let root = asked.place(node)?;
        let below = asked.reach(&[root], Way::Down);
        let members: std::collections::BTreeSet<Slot> = below.iter().map(|(slot, _)| *slot).collect();
        let parents: BTreeMap<Slot, (Slot, Option<PartialDate>)> = below
            .iter()
            .filter(|(slot, _)| *slot != root)
            .filter_map(|(slot, _)| Some((*slot, parent(&asked, *slot, |source| members.contains(&source))?)))
            .collect();
        let depth = |mut slot: Slot| {
            let mut steps = 0;
            // Circles are refused; the bound keeps even a damaged lineage from looping.
            while let Some((above, _)) = parents.get(&slot).filter(|_| (steps as usize) < parents.len()) {
                steps += 1;
                slot = *above;
            }
            steps
        };
        let mut adoptions: Vec<Adoption> = parents
            .iter()
            .filter(|(slot, _)| asked.lists(**slot))
            .filter_map(|(slot, (above, on))| {
                let node = node_at(&asked.view, *slot)?;
                Some(Adoption { node, parent: asked.id(*above)?, generation: depth(*slot), on: *on })
            })
            .collect();
        adoptions.sort_by(|a, b| (a.on.is_none(), a.on, &a.node.id).cmp(&(b.on.is_none(), b.on, &b.node.id)));
        Ok(adoptions)
    }

    /// How the adoption of an innovation grew.
    ///
    /// # Errors
    /// As [`adoptions`](Self::adoptions).
    ///
    /// # Complexity
    /// That of [`adoptions`](Self::adoptions).
    pub fn adoption_curve(&self, node: &NodeId, scope: &Scope, options: &CurveOptions) -> Result<AdoptionCurve> {
        Ok(AdoptionCurve::of(&self.adoptions(node, scope)?, options))
    }

    /// How many replicas each generation of the whole network led to, each replica counted for one source.
    ///
    /// # Errors
    /// `not-found` if there is no such region; `revision-unknown`.
    ///
    /// # Complexity
    /// Linear in all links.
    pub fn reproduction(&self, scope: &Scope) -> Result<Vec<Reproduction>> {
        let asked = self.ask(scope)?;
        let (sources, replicas) = asked.ends();
        let parents: BTreeMap<Slot, Slot> =
            replicas.iter().filter_map(|slot| Some((*slot, parent(&asked, *slot, |_| true)?.0))).collect();
        let mut depths: BTreeMap<Slot, u32> = BTreeMap::new();
        for slot in sources.iter().chain(&replicas) {
            deepen(&parents, &mut depths, *slot);
        }
        let mut generations: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for slot in depths.keys().filter(|slot| asked.lists(**slot)) {
            generations.entry(depths[slot]).or_default().0 += 1;
        }
        for above in parents.values().filter(|slot| asked.lists(**slot)) {
            generations.entry(depths[above]).or_default().1 += 1;
        }
        let known = generations.into_iter().filter(|(_, (nodes, _))| *nodes > 0);
        Ok(known.map(|(generation, (nodes, replicas))| Reproduction::new(generation, nodes, replicas)).collect())
    }
}

impl Reproduction {
    /// How many replicas each generation below one innovation led to, from its adoptions.
    ///
    /// # Complexity
    /// Linear in the adoptions, times the logarithm of the generations.
    pub fn of(adoptions: &[Adoption]) -> Vec<Self> {
        let mut sizes: BTreeMap<u32, usize> = BTreeMap::from([(0, 1)]);
        for adoption in adoptions {
            *sizes.entry(adoption.generation).or_default() += 1;
        }
        let led_to = |generation: u32| sizes.get(&(generation + 1)).copied().unwrap_or(0);
        sizes.iter().map(|(generation, nodes)| Self::new(*generation, *nodes, led_to(*generation))).collect()
    }

    #[allow(clippy::cast_precision_loss, reason = "counts of records are exact as floats")]
    fn new(generation: u32, nodes: usize, replicas: usize) -> Self {
        Self { generation, nodes, replicas, per_node: replicas as f64 / nodes as f64 }
    }
}

/// The source that a replica is attributed to, with the date of the link.
fn parent(asked: &Asked<'_>, slot: Slot, is_allowed: impl Fn(Slot) -> bool) -> Option<(Slot, Option<PartialDate>)> {
    let dated = |edge: &Edge| match asked.view.at_slot(edge.replication)? {
        Record::Replication(replication) => began(&asked.view, replication),
        _ => None,
    };
    let all = asked.neighbours(slot, Way::Up).into_iter().filter(|(source, _)| is_allowed(*source));
    let best = all
        .map(|(source, edge)| (source, edge, dated(edge)))
        .min_by_key(|(source, edge, on)| (std::cmp::Reverse(edge.evidence), on.is_none(), *on, asked.id(*source)))?;
    Some((best.0, best.2))
}

/// Finds the depth of a place below what came from nothing, and of all above it on the way.
fn deepen(parents: &BTreeMap<Slot, Slot>, depths: &mut BTreeMap<Slot, u32>, slot: Slot) {
    let mut way = vec![slot];
    let mut at = slot;
    // Circles are refused; the bound keeps even a damaged lineage from looping.
    while let Some(above) = parents.get(&at).filter(|_| !depths.contains_key(&at) && way.len() <= parents.len()) {
        way.push(*above);
        at = *above;
    }
    let mut depth = depths.get(&at).copied().unwrap_or(0);
    for slot in way.into_iter().rev() {
        depth = *depths.entry(slot).or_insert(depth) + 1;
    }
}

impl CurveSeries {
    /// Logistic and Bass curves fitted to it, with what is left over, or why they cannot be.
    ///
    /// # Errors
    /// Those of [`Growth::of`].
    pub fn growth(&self) -> Result<Growth> {
        #[allow(clippy::cast_precision_loss, reason = "counts of records are exact as floats")]
        let counts: Vec<f64> = self.points.iter().map(|point| point.new as f64).collect();
        Growth::of(&counts)
    }
}

impl AdoptionCurve {
    /// Counts adoptions by periods.
    pub fn of(adoptions: &[Adoption], options: &CurveOptions) -> Self {
        let mut parts: BTreeMap<String, BTreeMap<PartialDate, usize>> = BTreeMap::new();
        let (mut undated, mut imprecise) = (0, 0);
        for adoption in adoptions {
            match adoption.on {
                None => undated += 1,
                Some(on) if options.step == CurveStep::Month && on.precision() == Precision::Year => imprecise += 1,
                Some(on) => {
                    let part = parts.entry(label(&adoption.node, options.split)).or_default();
                    *part.entry(period(on, options.step)).or_default() += 1;
                }
            }
        }
        let dates = || parts.values().flat_map(BTreeMap::keys).copied();
        let periods = dates().min().zip(dates().max()).map(|(first, last)| periods(first, last)).unwrap_or_default();
        let mut series: Vec<CurveSeries> =
            parts.into_iter().map(|(label, part)| line(label, &part, &periods)).collect();
        series.sort_by_key(|series| std::cmp::Reverse(series.points.last().map_or(0, |point| point.cumulative)));
        Self { series, undated, imprecise }
    }
}

fn label(node: &GraphNode, split: CurveSplit) -> String {
    let known = match split {
        CurveSplit::Whole => Some(String::new()),
        CurveSplit::Province => node.province_name.as_ref().map(ToString::to_string),
        CurveSplit::AgencyKind => node.owner_kind.map(|kind| kind.code().to_owned()),
    };
    known.unwrap_or_else(|| "unknown".to_owned())
}

fn period(on: PartialDate, step: CurveStep) -> PartialDate {
    let month = if step == CurveStep::Month { on.month() } else { None };
    // A part of a date is a date.
    PartialDate::new(on.year(), month, None).unwrap_or(on)
}

/// Every period from the first to the last, both of one precision.
fn periods(first: PartialDate, last: PartialDate) -> Vec<PartialDate> {
    let number =
        |date: PartialDate| date.month().map_or(date.year(), |month| date.year() * 12 + month.cast_signed() - 1);
    let make = |number: i32| match first.month() {
        None => PartialDate::new(number, None, None),
        Some(_) => PartialDate::new(number.div_euclid(12), Some(number.rem_euclid(12).cast_unsigned() + 1), None),
    };
    (number(first)..=number(last)).filter_map(|number| make(number).ok()).collect()
}

fn line(label: String, part: &BTreeMap<PartialDate, usize>, periods: &[PartialDate]) -> CurveSeries {
    let mut cumulative = 0;
    let point = |period: &PartialDate| {
        let new = part.get(period).copied().unwrap_or(0);
        cumulative += new;
        CurvePoint { period: *period, new, cumulative }
    };
    CurveSeries { label, points: periods.iter().map(point).collect() }
}
