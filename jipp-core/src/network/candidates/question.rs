//! The question: a need, and who has it.

use serde::{Deserialize, Serialize};

use super::filter::{Filter, Wanted, slots_of};
use crate::base::{AgencyId, Code, Error, InnovationId, PartialDate, RegionId, ReplicationId, Result, SectorId};
use crate::model::{Agency, AgencyKind, EntityKind, Innovation, Money, Need, Region, RegionLevel, Replication};
use crate::network::standing::Fact;
use crate::registry::{Slot, View};

/// A need, who has it, and what there is to work with. What is not known is left empty: unknown is not none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Question {
    /// The need in the words of whoever has it.
    pub text: String,
    /// The agency that asks.
    pub agency: Option<AgencyId>,
    /// Its kind, where the agency is not named.
    pub agency_kind: Option<AgencyKind>,
    /// Where it is, where the agency is not named: its own region, or one around it.
    pub region: Option<RegionId>,
    /// Only innovations of these sectors; all if empty.
    pub sectors: Vec<SectorId>,
    /// Only innovations that pass; all, unless it says something.
    pub filter: Filter,
    /// What may be spent.
    pub budget: Option<Money>,
    /// How many people there are for it.
    pub staff: Option<u32>,
    /// Tools and technology at hand; `None` if not known.
    pub tools: Option<Vec<String>>,
    /// How many candidates to give, 1 to 1,000.
    pub limit: usize,
    /// The date of the question, for the age of innovations and the validity of contacts; none leaves both open.
    pub on: Option<PartialDate>,
    /// Whether innovations known to have stopped are candidates too.
    pub with_stopped: bool,
    /// Whether the asking agency's own innovations are candidates too.
    pub with_own: bool,
    /// How much candidates should differ from one another, 0 (not at all) to 100. Changes their order, not their scores.
    pub diversity: u32,
    /// Innovations that are no candidates, such as the one the question is about. They shape nothing in the answer: neither
    /// the scale of the points nor the words that the best matches share.
    pub exclude: Vec<InnovationId>,
    /// Replications of which the answer must not know: as if they were not on record. For measuring how well replications
    /// are foretold, where the one that is to be foretold must not speak for its own source.
    pub disregard: Vec<ReplicationId>,
    /// Whether words that the best matches share are looked for too (pseudo-relevance feedback); not where there are fewer
    /// than twenty innovations.
    pub feedback: bool,
    /// How much each factor counts.
    pub weights: Weights,
}

/// The points each factor can add, at most; without vectors they should add up to 100. The defaults are inferred, not sourced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// The words of the need.
    pub text: i64,
    /// The owner is an agency of the same kind.
    pub same_kind: i64,
    /// The owner's region is like the asker's in size, density and development.
    pub alike_region: i64,
    /// Both are in the same province.
    pub same_province: i64,
    /// An agency like the asker replicated it.
    pub peers: i64,
    /// It was awarded.
    pub awarded: i64,
    /// It was replicated, and the replicas run.
    pub replicated: i64,
    /// It has run for two years or more.
    pub proven: i64,
    /// A hub near its owner could mentor.
    pub mentor: i64,
    /// Its vector is like that of the need; counts only where vectors are given.
    pub vector: i64,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            text: 76,
            same_kind: 3,
            alike_region: 3,
            same_province: 1,
            peers: 3,
            awarded: 5,
            replicated: 5,
            proven: 2,
            mentor: 2,
            vector: 30,
        }
    }
}

impl Weights {
    /// The names of the factors that are always there, in the order of the fields.
    pub const FACTORS: [&str; 9] =
        ["text", "same_kind", "alike_region", "same_province", "peers", "awarded", "replicated", "proven", "mentor"];

    /// One number for each factor, in the order of [`FACTORS`](Self::FACTORS).
    pub(in crate::network) fn points(&self) -> [i64; 9] {
        [
            self.text,
            self.same_kind,
            self.alike_region,
            self.same_province,
            self.peers,
            self.awarded,
            self.replicated,
            self.proven,
            self.mentor,
        ]
    }

    /// The weights with these points.
    pub(in crate::network) fn from_points(points: [i64; 9]) -> Self {
        let [text, same_kind, alike_region, same_province, peers, awarded, replicated, proven, mentor] = points;
        let vector = Self::default().vector;
        Self { text, same_kind, alike_region, same_province, peers, awarded, replicated, proven, mentor, vector }
    }

    /// What all factors but the text can add, without vectors.
    pub(super) fn besides_text(&self) -> i64 {
        self.points().iter().skip(1).sum()
    }

    /// Each weight is 0 to 100.
    pub(in crate::network) fn check(&self) -> Result<()> {
        let named = Self::FACTORS.into_iter().zip(self.points()).chain([("vector", self.vector)]);
        match named.into_iter().find(|(_, weight)| !(0..=100).contains(weight)) {
            Some((name, weight)) => Err(Error::new(Code::OptionInvalid)
                .field(format!("weights.{name}"))
                .value(weight.to_string())
                .expected("0 to 100")),
            None => Ok(()),
        }
    }
}

impl Default for Question {
    fn default() -> Self {
        Self {
            text: String::new(),
            agency: None,
            agency_kind: None,
            region: None,
            sectors: Vec::new(),
            filter: Filter::default(),
            budget: None,
            staff: None,
            tools: None,
            limit: 10,
            on: None,
            with_stopped: false,
            with_own: false,
            diversity: 0,
            exclude: Vec::new(),
            disregard: Vec::new(),
            feedback: true,
            weights: Weights::default(),
        }
    }
}

impl From<&Need> for Question {
    fn from(need: &Need) -> Self {
        let tools = (!need.tools.is_empty()).then(|| need.tools.iter().map(ToString::to_string).collect());
        Self {
            text: need.text.to_string(),
            agency: need.agency.clone(),
            agency_kind: need.agency_kind,
            region: need.region.clone(),
            budget: need.budget.clone(),
            staff: need.staff,
            tools,
            ..Self::default()
        }
    }
}

impl Question {
    /// A need, with everything else unknown.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    pub(super) fn check(&self) -> Result<()> {
        let bad = |field: &str, value: String, expected: &str| {
            Err(Error::new(Code::OptionInvalid).field(field).value(value).expected(expected))
        };
        if !(1..=1_000).contains(&self.limit) {
            return bad("limit", self.limit.to_string(), "1 to 1,000");
        }
        if self.text.len() > crate::model::MAX_TEXT_BYTES {
            return bad("text", format!("{} bytes", self.text.len()), "at most 100,000 bytes");
        }
        if self.diversity > 100 {
            return bad("diversity", self.diversity.to_string(), "0 to 100");
        }
        self.filter.check()?;
        self.weights.check()
    }
}

/// Who asks, as far as known.
pub(super) struct Asker<'v> {
    pub(super) question: Question,
    pub(super) kind: Option<AgencyKind>,
    pub(super) agency: Option<&'v Agency>,
    agency_slot: Option<Slot>,
    /// The asker's own region, where known to its own level.
    pub(super) region: Option<&'v Region>,
    /// The province (or other top region below the country) it is in.
    pub(super) province: Option<&'v Region>,
    pub(super) wanted: Wanted,
    /// In order.
    excluded: Vec<Slot>,
    /// The replications that the answer must not know of.
    disregarded: Vec<&'v Replication>,
}

impl<'v> Asker<'v> {
    pub(super) fn of(view: &View<'v>, question: &Question) -> Result<Self> {
        let agency = question.agency.as_ref().map(|id| view.get::<Agency>(id)).transpose()?;
        let named = question.region.as_ref().map(|id| view.get::<Region>(id)).transpose()?;
        let disregarded = question.disregard.iter().map(|id| view.get::<Replication>(id));
        let region = agency.and_then(|agency| view.find::<Region>(agency.region.as_ref()?.as_str())).or(named);
        Ok(Self {
            kind: agency.map(|agency| agency.kind).or(question.agency_kind),
            agency,
            agency_slot: agency.and_then(|agency| view.live_slot(EntityKind::Agency, agency.id.as_str())),
            region,
            province: region.and_then(|region| view.province_of(region)),
            wanted: Wanted::of(view, &question.filter, &question.sectors)?,
            excluded: slots_of(view, &question.exclude)?,
            disregarded: disregarded.collect::<Result<_>>()?,
            question: question.clone(),
        })
    }

    /// The region, if it is the asker's own and not only one around it.
    pub(super) fn own_region(&self) -> Option<&'v Region> {
        let level = match self.kind? {
            AgencyKind::Province => RegionLevel::Province,
            AgencyKind::Regency => RegionLevel::Regency,
            AgencyKind::City => RegionLevel::City,
            _ => return self.agency.and(self.region),
        };
        self.region.filter(|region| self.agency.is_some() || region.level == level)
    }

    /// Whether the innovation in a place, with what is known of it, passes the filters of the question.
    pub(super) fn may_see(&self, slot: Slot, fact: &Fact) -> bool {
        let own = self.agency_slot.is_some() && self.agency_slot == fact.owner;
        let stopped = fact.is_stopped && !self.question.with_stopped;
        let shown = fact.is_there && !fact.is_private && (self.question.with_own || !own) && !stopped;
        shown && self.excluded.binary_search(&slot).is_err()
    }

    /// Whether the answer may know of a replication.
    pub(super) fn knows(&self, replication: &Replication) -> bool {
        !self.disregarded.iter().any(|disregarded| disregarded.id == replication.id)
    }

    /// The innovations for which disregarded replications would speak.
    pub(super) fn slighted(&self, view: &View<'v>) -> Vec<(Slot, &'v Innovation)> {
        let sources = self.disregarded.iter().flat_map(|replication| &replication.sources);
        let found = sources.filter_map(|source| view.find::<Innovation>(source.innovation.as_str()));
        let placed = found.map(|one| Some((view.live_slot(EntityKind::Innovation, one.id.as_str())?, one)));
        placed.flatten().collect()
    }
}
