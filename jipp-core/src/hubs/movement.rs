//! One Agency One Innovation: which governments and agencies made an innovation in a year, and which never shared nor
//! took one.
//!
//! The movement (since 2013) asks every ministry, agency and government for at least one innovation a year. Asked of
//! are all regions that have a government, whether or not the government has a record, and all agencies on record, but
//! for those that surely were not there in the year. What an office does counts for the agencies above it too.
//! [Inferred](crate::model::EvidenceLevel::Inferred) replications involve nobody.
//!
//! **What *no* means.** An innovation without a date makes the answer *unknown*. *No* means that nothing is on record
//! for the year. In a register to which everybody must report that is a no; in a sample of what the press wrote about
//! it says little of the agency. So the answer tells by what it was given ([`Basis`]), and
//! [`MovementOptions::absence_is_unknown`] takes a sample for what it is.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::coverage::Tally;
use super::land::Land;
use super::outcome::{is_more_than_an_idea, known_sources};
use crate::base::vocabulary::vocabulary;
use crate::base::{AgencyId, Code, Error, InnovationId, MAX_YEAR, MIN_YEAR, PartialDate, RegionId, Result, Truth};
use crate::model::{Agency, AgencyKind, Continuity, Innovation, InnovationStage, Region, RegionLevel, Replication};
use crate::registry::View;

vocabulary! {
    /// What having an innovation in a year means.
    Reading = "movement-reading" {
        Began = "began", "dimulai pada tahun itu", "began in the year";
        InUse = "in-use", "berjalan pada tahun itu", "in use in the year";
    }
}

vocabulary! {
    /// What an answer rests on.
    Basis = "movement-basis" {
        Dated = "dated", "ada inovasi bertanggal pada tahun itu", "an innovation dated to the year";
        Undated = "undated", "ada inovasi tanpa tanggal", "an innovation without a date";
        OtherYears = "other-years", "hanya inovasi dari tahun lain", "innovations of other years only";
        NothingOnRecord = "nothing-on-record", "tidak ada inovasi yang tercatat", "no innovation on record";
    }
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovementOptions {
    /// The year, 1800 to 2199.
    pub year: i32,
    /// What having an innovation in it means. The movement asks for one made in the year.
    #[serde(default = "made")]
    pub reading: Reading,
    /// Whether an agency with nothing on record for the year is *unknown* instead of *no*: for registers that are
    /// samples.
    #[serde(default)]
    pub absence_is_unknown: bool,
}

fn made() -> Reading {
    Reading::Began
}

impl MovementOptions {
    /// The usual question about a year.
    pub fn new(year: i32) -> Self {
        Self { year, reading: Reading::Began, absence_is_unknown: false }
    }
}

/// A government or another agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Actor {
    /// The agency, where it has a record.
    pub agency: Option<AgencyId>,
    /// The region, of a government; of another agency where it works.
    pub region: Option<RegionId>,
    /// Its name; of a government without a record, that of the region.
    pub name: String,
    /// Its kind.
    pub kind: AgencyKind,
    /// Whether it is the government of a region.
    pub is_government: bool,
    /// The province it is in.
    pub province: Option<RegionId>,
    /// The island group of that province, where known.
    pub island_group: Option<String>,
}

/// What is on record of one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Standing {
    /// Who.
    pub actor: Actor,
    /// Whether it had an innovation in the year.
    pub has_innovation: Truth,
    /// What that rests on.
    pub basis: Basis,
    /// How many innovations of it are on record, of any year.
    pub innovations: usize,
    /// Whether others replicated an innovation of it; what it or an office of it takes from itself is not that.
    pub was_source: bool,
    /// Whether it replicated one.
    pub was_target: bool,
}

/// Who had an innovation in a year, and who shared or took one ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Movement {
    /// What was asked.
    pub options: MovementOptions,
    /// Of the governments.
    pub governments: Tally,
    /// Of the other agencies.
    pub agencies: Tally,
    /// How many of all rest on what.
    pub by_basis: Vec<(Basis, usize)>,
    /// Replications whose recipient is not known: any agency may be among them.
    pub recipients_unknown: usize,
    /// Everybody: governments by region, then agencies by id.
    pub standings: Vec<Standing>,
}

impl Movement {
    /// Those that are on record neither as source nor as target of a replication.
    pub fn never_involved(&self) -> impl Iterator<Item = &Standing> {
        self.standings.iter().filter(|standing| !standing.was_source && !standing.was_target)
    }
}

/// Who had an innovation in a year, and who shared or took one ever.
///
/// ```
/// use jipp_core::base::Truth;
/// use jipp_core::hubs::{self, Basis, MovementOptions};
/// use jipp_core::model::{Line, Region, RegionLevel};
/// use jipp_core::registry::{Action, Registry, Stamp};
/// use jipp_core::store::MemoryStore;
/// let province = Region::new("81".parse()?, Line::new("Maluku")?, RegionLevel::Province);
/// let mut registry = Registry::open(Box::new(MemoryStore::new()), "example".parse()?)?;
/// registry.commit(&Stamp::at("2026-11-21T08:00:00Z".parse()?), vec![Action::Register(province.into())])?;
/// let asked = MovementOptions::new(2023);
/// let standing = &hubs::movement(&registry.view(), &asked)?.standings[0];
/// assert_eq!((standing.has_innovation, standing.basis), (Truth::No, Basis::NothingOnRecord));
/// let of_a_sample = MovementOptions { absence_is_unknown: true, ..asked };
/// assert_eq!(hubs::movement(&registry.view(), &of_a_sample)?.standings[0].has_innovation, Truth::Unknown);
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// `option-invalid` if the year lies outside 1800 to 2199.
///
/// # Complexity
/// Linear in the regions, agencies, innovations and replications.
pub fn movement(view: &View<'_>, options: &MovementOptions) -> Result<Movement> {
    if !(MIN_YEAR..=MAX_YEAR).contains(&options.year) {
        let expected = format!("{MIN_YEAR} to {MAX_YEAR}");
        return Err(Error::new(Code::OptionInvalid).field("year").value(options.year).expected(expected));
    }
    let land = Land::of(*view);
    let done = Done::of(view, &land, *options);
    let year = PartialDate::new(options.year, None, None)?;
    let governments = land.governed(year).map(|region| government(&land, region));
    let others = land.other_agencies(year).map(|agency| other(&land, agency));
    let standings: Vec<Standing> = governments.chain(others).map(|actor| done.standing(actor, *options)).collect();
    let tally = |is_government: bool| {
        let of = standings.iter().filter(|standing| standing.actor.is_government == is_government);
        Tally::of(of.map(|standing| standing.has_innovation))
    };
    let count = |basis: &Basis| (*basis, standings.iter().filter(|standing| standing.basis == *basis).count());
    Ok(Movement {
        options: *options,
        governments: tally(true),
        agencies: tally(false),
        by_basis: Basis::ALL.iter().map(count).collect(),
        recipients_unknown: done.recipients_unknown,
        standings,
    })
}

fn government(land: &Land<'_>, region: &Region) -> Actor {
    let agency = land.government(region);
    let province = land.region(&region.id).and_then(|region| land.province_of(region));
    let by_level = match region.level {
        RegionLevel::Province => AgencyKind::Province,
        RegionLevel::Regency => AgencyKind::Regency,
        RegionLevel::City => AgencyKind::City,
        _ => AgencyKind::LocalGovernment,
    };
    Actor {
        agency: agency.map(|agency| agency.id.clone()),
        region: Some(region.id.clone()),
        name: agency.map_or(&region.name, |agency| &agency.name).to_string(),
        kind: agency.map_or(by_level, |agency| agency.kind),
        is_government: true,
        province: province.map(|province| province.id.clone()),
        island_group: province.and_then(|province| province.island_group.as_ref().map(ToString::to_string)),
    }
}

fn other(land: &Land<'_>, agency: &Agency) -> Actor {
    let province = land.province_of_agency(&agency.id);
    Actor {
        agency: Some(agency.id.clone()),
        region: land.region_of(agency).map(|region| region.id.clone()),
        name: agency.name.to_string(),
        kind: agency.kind,
        is_government: false,
        province: province.map(|province| province.id.clone()),
        island_group: province.and_then(|province| province.island_group.as_ref().map(ToString::to_string)),
    }
}

/// What each agency did, by its id.
struct Done<'v> {
    /// Whether it had an innovation in the year, and how many of any year.
    made: BTreeMap<&'v str, (Truth, usize)>,
    sources: BTreeSet<&'v str>,
    targets: BTreeSet<&'v str>,
    recipients_unknown: usize,
}

impl<'v> Done<'v> {
    fn of(view: &View<'v>, land: &Land<'v>, options: MovementOptions) -> Self {
        let mut done =
            Self { made: BTreeMap::new(), sources: BTreeSet::new(), targets: BTreeSet::new(), recipients_unknown: 0 };
        for innovation in view.all::<Innovation>() {
            let in_year = match options.reading {
                Reading::Began => began_in(innovation, options.year),
                _ => in_use_in(innovation, options.year),
            };
            for agency in land.line(&innovation.owner) {
                let (truth, count) = done.made.entry(agency.id.as_str()).or_insert((Truth::No, 0));
                *truth = truth.or(in_year);
                *count += 1;
            }
        }
        for replication in view.all::<Replication>().filter(|replication| is_more_than_an_idea(replication)) {
            let line = |agency| land.line(agency).into_iter().map(|agency| agency.id.as_str());
            let recipient = recipient(view, replication);
            let takers: BTreeSet<&str> = recipient.into_iter().flat_map(line).collect();
            for source in known_sources(replication).filter_map(|source| view.find::<Innovation>(source.as_str())) {
                done.sources.extend(line(&source.owner).filter(|agency| !takers.contains(agency)));
            }
            done.recipients_unknown += usize::from(recipient.is_none());
            done.targets.extend(takers);
        }
        done
    }

    fn standing(&self, actor: Actor, options: MovementOptions) -> Standing {
        let id = actor.agency.as_ref().map_or("", |agency| agency.as_str());
        let (in_year, innovations) = self.made.get(id).copied().unwrap_or((Truth::No, 0));
        let basis = match (in_year, innovations) {
            (Truth::Yes, _) => Basis::Dated,
            (Truth::Unknown, _) => Basis::Undated,
            (Truth::No, 0) => Basis::NothingOnRecord,
            (Truth::No, _) => Basis::OtherYears,
        };
        let is_open = in_year == Truth::No && options.absence_is_unknown;
        Standing {
            has_innovation: if is_open { Truth::Unknown } else { in_year },
            basis,
            innovations,
            was_source: self.sources.contains(id),
            was_target: self.targets.contains(id),
            actor,
        }
    }
}

/// Who replicates: the recipient, or the owner of what came of it; merges followed.
pub(crate) fn recipient<'v>(view: &View<'v>, replication: &'v Replication) -> Option<&'v AgencyId> {
    let target = || view.find::<Innovation>(replication.target.as_ref()?.as_str()).map(|target| &target.owner);
    let said = replication.recipient.as_ref().or_else(target)?;
    Some(view.get::<Agency>(said).map_or(said, |agency| &agency.id))
}

/// When an innovation began: the earliest date on record of its trial or use.
pub(super) fn began(innovation: &Innovation) -> Option<PartialDate> {
    let is_start = |stage: InnovationStage| matches!(stage, InnovationStage::Trial | InnovationStage::Implemented);
    let steps = innovation.stage.steps.iter().filter(|step| is_start(step.to)).filter_map(|step| step.on);
    steps.chain(innovation.trial_on).chain(innovation.implemented_on).min()
}

/// Whether an innovation began in a year. A partial date is never wider than a year, so a date decides.
pub(super) fn began_in(innovation: &Innovation, year: i32) -> Truth {
    match began(innovation) {
        Some(on) if on.year() == year => Truth::Yes,
        Some(_) => Truth::No,
        None => Truth::Unknown,
    }
}

/// Whether an innovation was in use in a year: begun by its end and not known to have stopped before it.
fn in_use_in(innovation: &Innovation, year: i32) -> Truth {
    let has_begun = match began(innovation) {
        Some(on) if on.year() <= year => Truth::Yes,
        Some(_) => Truth::No,
        None => Truth::Unknown,
    };
    let stopped = innovation.sustainability.as_ref().filter(|state| state.status == Continuity::Stopped);
    let is_over = matches!(innovation.stage.state(), InnovationStage::Dormant | InnovationStage::Retired);
    let ends = [
        stopped.map(|state| state.on),
        innovation.stage.last().filter(|_| is_over).map(|step| step.on),
        innovation.valid.to.map(Some),
    ];
    let goes_on = ends.into_iter().flatten().map(|end| match end {
        Some(end) if end.year() < year => Truth::No,
        Some(_) => Truth::Yes,
        None => Truth::Unknown,
    });
    goes_on.fold(has_begun, Truth::and)
}

/// An innovation that somebody could start with. Whoever finds it says why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Its id.
    pub innovation: InnovationId,
    /// Its title.
    pub title: String,
    /// The agency that runs it.
    pub owner: AgencyId,
    /// Its name.
    pub owner_name: String,
    /// How well it fits; the higher the better.
    pub score: i64,
    /// What it was found for.
    pub sought: String,
    /// Why it fits.
    pub reasons: Vec<String>,
}

/// Somebody who never shared nor took an innovation, and what to start with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Starter {
    /// Who.
    pub actor: Actor,
    /// Best first; empty if nothing was found.
    pub suggestions: Vec<Suggestion>,
}

/// The best suggestions for each of some actors, from whatever finds them: matching is no business of this module.
///
/// What an actor or an office of it owns is left out, an innovation found twice stands once with its best score, and ties
/// go by id.
///
/// ```
/// use jipp_core::hubs::{self, MovementOptions};
/// # use jipp_core::registry::Registry;
/// # use jipp_core::store::MemoryStore;
/// # let registry = Registry::open(Box::new(MemoryStore::new()), "example".parse()?)?;
/// let view = registry.view();
/// let movement = hubs::movement(&view, &MovementOptions::new(2023))?;
/// let never = movement.never_involved().map(|standing| &standing.actor);
/// let starters = hubs::starters(&view, never, 3, |_| Ok(Vec::new()))?;
/// assert!(starters.is_empty());
/// # Ok::<(), jipp_core::Error>(())
/// ```
///
/// # Errors
/// Those of `find`.
///
/// # Complexity
/// One call of `find` for each actor, and linear in the agencies.
pub fn starters<'a>(
    view: &View<'_>,
    actors: impl IntoIterator<Item = &'a Actor>,
    limit: usize,
    mut find: impl FnMut(&Actor) -> Result<Vec<Suggestion>>,
) -> Result<Vec<Starter>> {
    let land = Land::of(*view);
    let best = |actor: &'a Actor| {
        let mut found = find(actor)?;
        let own = |agency: &Agency| actor.agency.as_ref() == Some(&agency.id);
        found.retain(|suggestion| !land.line(&suggestion.owner).into_iter().any(own));
        found.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.innovation.cmp(&b.innovation)));
        let mut seen = BTreeSet::new();
        found.retain(|suggestion| seen.insert(suggestion.innovation.clone()));
        found.truncate(limit);
        Ok(Starter { actor: actor.clone(), suggestions: found })
    };
    actors.into_iter().map(best).collect()
}
