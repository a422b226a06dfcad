//! Links that nobody has recorded, proposed from who adopted what when.
//!
//! What spreads is found by likeness: innovations that are alike, and those that known replications join, make one
//! *cascade* of agencies that adopted at their dates. From all cascades together the network over which agencies take from
//! each other is [inferred](crate::lineage::inference), known pairs first; and in each cascade every adopter is shared out
//! among those it may have taken from. A proposal is such a share where no link is on record. It is never entered by itself,
//! and once it is, it stays marked as inferred.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::neighbours::neighbours;
use super::{Inner, Network};
use crate::base::{AgencyId, Code, Error, InnovationId, PartialDate, RegionId, ReplicationId, Result, YEAR_DAYS};
use crate::lineage::inference::{Cascade, Context, Delay, Inference, Options, infer};
use crate::lineage::{LineageView, Scope};
use crate::matching::Scratch;
use crate::model::{
    Agency, EvidenceLevel, Innovation, Line, Mark, NodeId, Provenance, Region, Replication, ReplicationState, Source,
    Status, Step,
};
use crate::registry::View;

/// How links are proposed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProposalOptions {
    /// How alike two innovations of different owners must be to belong to one cascade, in thousandths.
    pub likeness: u32,
    /// The least probability of a link that is proposed, 0 to 1.
    pub probability: f64,
    /// What the prior odds of an edge are multiplied by where both agencies are of one province. The default is what the
    /// takers of known replications show (see [`Network::takers`]).
    pub same_province: f64,
    /// How the network is inferred. Times are in years.
    pub inference: Options,
}

impl Default for ProposalOptions {
    fn default() -> Self {
        Self { likeness: 400, probability: 0.5, same_province: 5.0, inference: Options::default() }
    }
}

/// A link that may be missing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ProposedLink {
    /// What may have been taken.
    pub source: InnovationId,
    /// What may have come of it.
    pub target: InnovationId,
    /// How probable it is that the one was taken from the other, given that the two are of one cascade.
    pub probability: f64,
    /// How probable it is that the owner of the one takes from that of the other at all; 1 where that is on record.
    pub edge_probability: f64,
    /// How alike the two are, in thousandths.
    pub likeness: u32,
    /// Years between the two.
    pub delay_years: f64,
}

/// What was inferred.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Proposals {
    /// Links that may be missing, most probable first.
    pub links: Vec<ProposedLink>,
    /// The agencies that take from each other though no replication says so, in the order they were inferred, with the
    /// probability of each edge.
    pub edges: Vec<(AgencyId, AgencyId, f64)>,
    /// How many cascades of more than one dated adopter there are.
    pub cascades: usize,
    /// The delays, in years.
    pub delay: Delay,
    /// Innovations that are alike but have no date, and so say nothing.
    pub undated: usize,
}

/// How many of the most alike are looked at for each innovation.
const NEAREST: usize = 10;

impl Network {
    /// Proposes links that nobody recorded, with their probability.
    ///
    /// ```
    /// use jipp_core::network::{Network, Options, ProposalOptions};
    /// let network = Network::in_memory(&Options::new("example")?)?;
    /// let refused = network.propose_links(&ProposalOptions::default()).unwrap_err();
    /// assert_eq!(refused.code(), "undetermined");
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `undetermined` where the data cannot determine a network, with the reason; `option-invalid`.
    ///
    /// # Complexity
    /// One search by a whole record for each innovation, and that of [`infer`].
    pub fn propose_links(&self, options: &ProposalOptions) -> Result<Proposals> {
        options.check()?;
        let inner = self.lock_whole()?;
        let families = Families::find(&inner, options)?;
        let view = inner.registry.view();
        let agencies = families.agencies();
        let (cascades, members) = families.cascades(&agencies);
        let context = context(&view, &agencies, &families, &members, options);
        let inference = infer(&cascades, &context, &options.inference)?;
        Ok(proposals(&inference, &families, &agencies, &members, options))
    }
}

impl ProposalOptions {
    fn check(&self) -> Result<()> {
        let refuse = |field: &str, value: f64, wanted: &str| {
            Err(Error::new(Code::OptionInvalid).field(field).value(value).expected(wanted))
        };
        if self.likeness > 1000 {
            return refuse("likeness", f64::from(self.likeness), "0 to 1000");
        }
        if !(0.0..=1.0).contains(&self.probability) {
            return refuse("probability", self.probability, "0 to 1");
        }
        if !(self.same_province > 0.0 && self.same_province <= 1e6) {
            return refuse("same_province", self.same_province, "above 0, up to 1000000");
        }
        Ok(())
    }
}

/// Somebody who adopted: an innovation, or a replica without a record.
#[derive(Clone, Debug)]
struct Adopter {
    node: NodeId,
    agency: AgencyId,
    on: Option<PartialDate>,
}

/// Innovations that spread together.
struct Families {
    adopters: Vec<Adopter>,
    /// The family of each adopter.
    family: Vec<usize>,
    /// How alike two of them are, by their places.
    likeness: BTreeMap<(usize, usize), u32>,
    /// The links on record that count, as pairs of places.
    known: BTreeSet<(usize, usize)>,
    /// The places that any source is on record for, however uncertain.
    taken: BTreeSet<usize>,
}

impl Families {
    fn find(inner: &Inner, options: &ProposalOptions) -> Result<Self> {
        let view = inner.registry.view();
        let mut adopters: Vec<Adopter> = view
            .all::<Innovation>()
            .map(|innovation| Adopter {
                node: NodeId::Innovation(innovation.id.clone()),
                agency: standing(&view, &innovation.owner),
                on: innovation.implemented_on.or(innovation.trial_on),
            })
            .collect();
        let links = LineageView::new(&inner.lineage, &inner.registry).all_links(&Scope::default())?;
        for link in &links {
            if let (NodeId::Replica(_), Some(agency)) = (&link.target, &link.recipient) {
                adopters.push(Adopter { node: link.target.clone(), agency: agency.clone(), on: link.on });
            }
        }
        adopters.sort_by(|a, b| a.node.cmp(&b.node));
        adopters.dedup_by(|a, b| a.node == b.node);
        let place = |node: &NodeId| adopters.binary_search_by(|adopter| adopter.node.cmp(node)).ok();
        let known: BTreeSet<(usize, usize)> =
            links.iter().filter_map(|link| Some((place(&link.source)?, place(&link.target)?))).collect();
        let all = LineageView::new(&inner.lineage, &inner.registry).all_links(&Scope::everything())?;
        let taken = all.iter().filter_map(|link| place(&link.target)).collect();
        let mut likeness = BTreeMap::new();
        let mut scratch = Scratch::default();
        for (at, adopter) in adopters.iter().enumerate() {
            let NodeId::Innovation(id) = &adopter.node else { continue };
            for near in neighbours(&view, &inner.text, id, NEAREST, &mut scratch)? {
                let is_near = near.likeness >= options.likeness && near.owner != adopter.agency;
                if let Some(other) = place(&NodeId::Innovation(near.innovation)).filter(|_| is_near) {
                    likeness.insert((at.min(other), at.max(other)), near.likeness);
                }
            }
        }
        let mut family: Vec<usize> = (0..adopters.len()).collect();
        for (a, b) in known.iter().chain(likeness.keys()) {
            let (a, b) = (top(&mut family, *a), top(&mut family, *b));
            family[a.max(b)] = a.min(b);
        }
        let family = (0..adopters.len()).map(|at| top(&mut family, at)).collect();
        Ok(Self { adopters, family, likeness, known, taken })
    }

    /// How many belong to a family of two or more, and have no date.
    fn undated(&self) -> usize {
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        self.family.iter().for_each(|family| *sizes.entry(*family).or_default() += 1);
        let is_one = |(adopter, family): &(&Adopter, &usize)| adopter.on.is_none() && sizes.get(family) > Some(&1);
        self.adopters.iter().zip(&self.family).filter(is_one).count()
    }

    /// The agencies that adopt, in order: their places are the nodes of the network.
    fn agencies(&self) -> Vec<AgencyId> {
        let all: BTreeSet<AgencyId> = self.adopters.iter().map(|adopter| adopter.agency.clone()).collect();
        all.into_iter().collect()
    }

    /// One cascade for each family of two adopters or more that have dates; and of each the adopter by which its agency came
    /// in, which is its first.
    fn cascades(&self, agencies: &[AgencyId]) -> (Vec<Cascade>, Vec<BTreeMap<u32, usize>>) {
        let mut families: BTreeMap<usize, BTreeMap<u32, (f64, usize)>> = BTreeMap::new();
        for (at, adopter) in self.adopters.iter().enumerate() {
            let (Some(on), Some(agency)) = (adopter.on, number(agencies, &adopter.agency)) else { continue };
            let time = years(on);
            let entry = families.entry(self.family[at]).or_default().entry(agency).or_insert((time, at));
            if time < entry.0 {
                *entry = (time, at);
            }
        }
        families
            .into_values()
            .filter(|members| members.len() > 1)
            .map(|members| {
                let cascade = Cascade::new(members.iter().map(|(agency, (time, _))| (*agency, *time)));
                (cascade, members.into_iter().map(|(agency, (_, at))| (agency, at)).collect())
            })
            .unzip()
    }
}

/// The place that stands for the family of another; shortens the way there by half each time.
fn top(family: &mut [usize], mut at: usize) -> usize {
    while family[at] != at {
        family[at] = family[family[at]];
        at = family[at];
    }
    at
}

/// The agency that stands for one, merges followed.
fn standing(view: &View<'_>, agency: &AgencyId) -> AgencyId {
    view.find::<Agency>(agency.as_str()).map_or_else(|| agency.clone(), |agency| agency.id.clone())
}

fn number(agencies: &[AgencyId], agency: &AgencyId) -> Option<u32> {
    agencies.binary_search(agency).ok().and_then(|at| u32::try_from(at).ok())
}

/// A date in years: the middle of what it may mean.
fn years(on: PartialDate) -> f64 {
    let day = |date| f64::from(chrono::Datelike::num_days_from_ce(&date));
    f64::midpoint(day(on.first_day()), day(on.last_day())) / YEAR_DAYS
}

/// What is known beside the dates: the pairs of agencies that replications join, and which are of one province.
fn context(
    view: &View<'_>,
    agencies: &[AgencyId],
    families: &Families,
    members: &[BTreeMap<u32, usize>],
    options: &ProposalOptions,
) -> Context {
    let pair = |(a, b): &(usize, usize)| {
        let end = |at: usize| number(agencies, &families.adopters[at].agency);
        end(*a).zip(end(*b)).filter(|(a, b)| a != b)
    };
    let known: BTreeSet<(u32, u32)> = families.known.iter().filter_map(pair).collect();
    let province = |agency: &AgencyId| {
        let region = view.find::<Region>(view.find::<Agency>(agency.as_str())?.region.as_ref()?.as_str())?;
        view.province_of(region).map(|province| &province.id)
    };
    let provinces: Vec<Option<&RegionId>> = agencies.iter().map(province).collect();
    let at = |agency: u32| provinces.get(agency as usize).copied().flatten();
    // Only agencies that meet in a cascade can have taken from each other.
    let mut together: BTreeSet<(u32, u32)> = BTreeSet::new();
    for cascade in members {
        for a in cascade.keys() {
            let near = cascade.keys().filter(|b| a != *b && at(*a).is_some() && at(*a) == at(**b));
            together.extend(near.map(|b| (*a, *b)));
        }
    }
    let log_odds = libm::log(options.same_province);
    let pairs = together.into_iter().map(|(a, b)| (a, b, log_odds));
    Context { allowed: None, known: known.into_iter().collect(), log_odds: pairs.collect() }
}

fn proposals(
    inference: &Inference,
    families: &Families,
    agencies: &[AgencyId],
    members: &[BTreeMap<u32, usize>],
    options: &ProposalOptions,
) -> Proposals {
    let inferred: BTreeMap<(u32, u32), f64> =
        inference.edges.iter().map(|edge| ((edge.source, edge.target), edge.probability)).collect();
    let mut links = Vec::new();
    for sent in inference.transmissions.iter().filter(|sent| sent.probability >= options.probability) {
        let member = |agency| members.get(sent.cascade).and_then(|members| members.get(&agency)).copied();
        let Some((source, target)) = member(sent.source).zip(member(sent.target)) else { continue };
        let ends = (&families.adopters[source].node, &families.adopters[target].node);
        let (NodeId::Innovation(from), NodeId::Innovation(to)) = ends else { continue };
        // What has a source on record needs no other; what is only alike through others is no link.
        let likeness = families.likeness.get(&(source.min(target), source.max(target)));
        let Some(likeness) = likeness.filter(|_| !families.taken.contains(&target)) else { continue };
        links.push(ProposedLink {
            source: from.clone(),
            target: to.clone(),
            probability: sent.probability,
            edge_probability: inferred.get(&(sent.source, sent.target)).copied().unwrap_or(1.0),
            likeness: *likeness,
            delay_years: sent.delay,
        });
    }
    let key = |link: &ProposedLink| link.probability * link.edge_probability;
    links.sort_by(|a, b| key(b).total_cmp(&key(a)).then_with(|| (&a.source, &a.target).cmp(&(&b.source, &b.target))));
    let named = |at: u32| agencies.get(at as usize).cloned();
    let edges = inference.edges.iter();
    Proposals {
        links,
        edges: edges.filter_map(|edge| Some((named(edge.source)?, named(edge.target)?, edge.probability))).collect(),
        cascades: members.len(),
        delay: inference.delay,
        undated: families.undated(),
    }
}

impl ProposedLink {
    /// The link as a replication to be entered: inferred, and marked as such for ever, with how probable it is.
    ///
    /// ```
    /// # use jipp_core::network::{Network, Options, ProposalOptions};
    /// # let network = Network::in_memory(&Options::new("example")?)?;
    /// # let links = network.propose_links(&ProposalOptions::default()).map(|found| found.links).unwrap_or_default();
    /// use jipp_core::registry::Action;
    /// for link in links.iter().filter(|link| link.probability > 0.9) {
    ///     let action = Action::Register(link.replication()?.into());
    ///     // ... committed once a person has looked at it.
    /// }
    /// # Ok::<(), jipp_core::Error>(())
    /// ```
    ///
    /// # Errors
    /// `id-too-long` where the ids of both ends do not fit one id.
    pub fn replication(&self) -> Result<Replication> {
        let id = ReplicationId::new(format!("inferred:{}:{}", self.source, self.target))?;
        let mut replication = Replication::new(id);
        replication.sources = vec![Source::of(self.source.clone())];
        replication.target = Some(self.target.clone());
        replication.evidence_level = Some(EvidenceLevel::Inferred);
        let words = Line::new("inferred from dates and likeness")?;
        replication.status = Status { steps: vec![Step::reported(ReplicationState::Implemented, words.clone())] };
        let note = format!("probability {:.3}, likeness {} in 1000", self.probability, self.likeness);
        replication.provenance = vec![Provenance {
            field: None,
            source: words,
            retrieved_on: None,
            confidence: None,
            mark: Some(Mark::Inferred),
            note: Some(Line::new(note)?),
        }];
        Ok(replication)
    }
}
