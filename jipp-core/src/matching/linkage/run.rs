//! The linker: block, compare, learn, weigh, decide.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::blocking::candidates;
use super::cluster::{Link, groups, one_to_one};
use super::compare::{Level, Outcome};
use super::estimate::{LinkageModel, Pattern, level_at, maximise, place_of};
use super::number::{index, next_mixed, real};
use super::prepared::Prepared;
use super::result::{Cluster, Histogram, LinkageCounts, LinkageResult, count};
use super::score::{Pair, Scorer, Veto, forbidding_field};
use super::settings::LinkageSettings;
use super::table::Table;
use crate::base::{Code, Error, Result};

/// Progress is told after this many records or pairs.
const TICK: usize = 1000;

/// What the linker is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkageStep {
    /// Looking for pairs worth comparing; counts records.
    Blocking,
    /// Comparing and learning; counts pairs.
    Learning,
    /// Weighing; counts pairs.
    Weighing,
}

/// How far the linker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LinkageProgress {
    /// What it is doing.
    pub step: LinkageStep,
    /// How much of it is done.
    pub done: u64,
    /// Of how much.
    pub of: u64,
}

/// A pair whose truth is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The id of the one; between two tables, in the first.
    pub left: String,
    /// The id of the other; between two tables, in the second.
    pub right: String,
    /// Whether both are the same thing.
    pub same: bool,
}

/// What the caller knows of single pairs.
///
/// Labels take part in learning with certainty instead of a probability, so that a few steer it and many decide it. They
/// force no link; a pair labelled as different is never linked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guidance {
    /// Pairs that are never linked nor in one cluster: a replication and its source, say.
    pub cannot_link: Vec<(String, String)>,
    /// Pairs whose truth is known.
    pub labels: Vec<Label>,
}

/// Finds records that are the same thing. See the [module](super) for how.
#[derive(Clone, Debug)]
pub struct RecordLinker {
    settings: LinkageSettings,
    model: Option<LinkageModel>,
}

type Progress<'a> = &'a mut dyn FnMut(LinkageProgress) -> bool;

impl RecordLinker {
    /// A linker that learns from the tables it is given.
    ///
    /// # Errors
    /// Those of [`LinkageSettings::check`].
    pub fn new(settings: LinkageSettings) -> Result<Self> {
        settings.check()?;
        Ok(Self { settings, model: None })
    }

    /// The linker with a model learned before, so that it learns no more.
    ///
    /// # Errors
    /// `option-invalid` if the model was learned of other fields, or holds what is no probability.
    pub fn with_model(mut self, model: LinkageModel) -> Result<Self> {
        let names = |place: usize| model.fields.get(place).map(|field| field.name.as_str());
        let fits = self.settings.fields.iter().enumerate().all(|(place, field)| names(place) == Some(&field.name));
        let shares =
            model.fields.iter().flat_map(|field| field.m.iter().chain(&field.u).chain(field.u_given.iter().flatten()));
        let sound = std::iter::once(&model.prior).chain(shares).all(|share| *share > 0.0 && *share < 1.0);
        let roots = model.fields.iter().all(|field| field.depends_on.is_none_or(|parent| parent < model.fields.len()));
        if !fits || model.fields.len() != self.settings.fields.len() || !sound || !roots {
            let hint = "a model learned with the same fields in the same order";
            return Err(Error::new(Code::OptionInvalid).field("model").expected(hint));
        }
        self.model = Some(model);
        Ok(self)
    }

    /// The settings.
    pub fn settings(&self) -> &LinkageSettings {
        &self.settings
    }

    /// Finds duplicates within a table.
    ///
    /// # Errors
    /// `option-invalid` if the table has other fields than the settings.
    pub fn dedupe(&self, table: &Table) -> Result<LinkageResult> {
        self.dedupe_with(table, &Guidance::default(), &mut |_| true)
    }

    /// Finds duplicates within a table, with what the caller knows, telling how far it is.
    ///
    /// # Errors
    /// As [`dedupe`](Self::dedupe); `not-found` where the guidance names a record that is not in the table; `cancelled`
    /// as soon as `progress` says `false`.
    pub fn dedupe_with(&self, table: &Table, guidance: &Guidance, progress: Progress<'_>) -> Result<LinkageResult> {
        self.run(table, None, guidance, progress)
    }

    /// Finds the records of two tables that are the same thing.
    ///
    /// # Errors
    /// As [`dedupe`](Self::dedupe).
    pub fn link(&self, left: &Table, right: &Table) -> Result<LinkageResult> {
        self.link_with(left, right, &Guidance::default(), &mut |_| true)
    }

    /// Finds the records of two tables that are the same thing, with what the caller knows, telling how far it is.
    ///
    /// # Errors
    /// As [`dedupe_with`](Self::dedupe_with).
    pub fn link_with(
        &self,
        left: &Table,
        right: &Table,
        guidance: &Guidance,
        progress: Progress<'_>,
    ) -> Result<LinkageResult> {
        self.run(left, Some(right), guidance, progress)
    }

    fn run(
        &self,
        left: &Table,
        right: Option<&Table>,
        guidance: &Guidance,
        progress: Progress<'_>,
    ) -> Result<LinkageResult> {
        for table in std::iter::once(left).chain(right) {
            if table.fields != self.settings.fields {
                let hint = "a table made with the linker's settings";
                return Err(Error::new(Code::OptionInvalid).field("table").expected(hint));
            }
        }
        let prepared = Prepared::new(left, right);
        let mut job = Job::new(&self.settings, &prepared, left, right, guidance, progress)?;
        job.compare_candidates()?;
        let model = match &self.model {
            Some(model) => model.clone(),
            None => job.learn()?,
        };
        job.decide(model)
    }
}

/// One run.
struct Job<'a> {
    settings: &'a LinkageSettings,
    prepared: &'a Prepared<'a>,
    progress: Progress<'a>,
    /// Pairs that may not link.
    forbidden: BTreeSet<(u32, u32)>,
    /// Pairs known to belong together.
    together: BTreeSet<(u32, u32)>,
    candidates: Vec<(u32, u32)>,
    /// How the candidates compare, as places of levels, one stretch of fields after the other.
    places: Vec<u8>,
    /// For each candidate whether something forbids it.
    vetoed: Vec<bool>,
    wide_keys: usize,
}

impl<'a> Job<'a> {
    fn new(
        settings: &'a LinkageSettings,
        prepared: &'a Prepared<'a>,
        left: &Table,
        right: Option<&Table>,
        guidance: &Guidance,
        progress: Progress<'a>,
    ) -> Result<Self> {
        let place = |table: &Table, from: usize, id: &str| {
            let place = prepared.ids[from..from + table.len()].binary_search(&id).ok();
            place
                .map(|place| index(from + place))
                .ok_or_else(|| Error::new(Code::NotFound).about(format_args!("record {id}")))
        };
        let pair = |one: &str, other: &str| -> Result<(u32, u32)> {
            let a = place(left, 0, one)?;
            let b = right.map_or_else(|| place(left, 0, other), |right| place(right, left.len(), other))?;
            Ok((a.min(b), a.max(b)))
        };
        let (mut forbidden, mut together) = (BTreeSet::new(), BTreeSet::new());
        for (one, other) in &guidance.cannot_link {
            forbidden.insert(pair(one, other)?);
        }
        for label in &guidance.labels {
            let known = if label.same { &mut together } else { &mut forbidden };
            known.insert(pair(&label.left, &label.right)?);
        }
        together.retain(|(a, b)| prepared.comparable(*a, *b));
        Ok(Self {
            settings,
            prepared,
            progress,
            forbidden,
            together,
            candidates: Vec::new(),
            places: Vec::new(),
            vetoed: Vec::new(),
            wide_keys: 0,
        })
    }

    fn tell(&mut self, step: LinkageStep, done: usize, of: usize) -> Result<()> {
        if done.is_multiple_of(TICK) && !(self.progress)(LinkageProgress { step, done: count(done), of: count(of) }) {
            return Err(Error::new(Code::Cancelled));
        }
        Ok(())
    }

    fn compare_candidates(&mut self) -> Result<()> {
        let (neighbours, largest) = (self.settings.neighbours as usize, self.settings.largest_block as usize);
        let of = self.prepared.len();
        let progress = &mut *self.progress;
        let mut tick = |done: usize| {
            !done.is_multiple_of(TICK)
                || progress(LinkageProgress { step: LinkageStep::Blocking, done: count(done), of: count(of) })
        };
        let found =
            candidates(self.prepared, neighbours, largest, &mut tick).ok_or_else(|| Error::new(Code::Cancelled))?;
        self.wide_keys = found.wide_keys;
        self.candidates = found.pairs;
        self.candidates.extend(&self.together);
        self.candidates.sort_unstable();
        self.candidates.dedup();
        let mut outcomes = Vec::new();
        for at in 0..self.candidates.len() {
            let (a, b) = self.candidates[at];
            self.tell(LinkageStep::Learning, at, self.candidates.len())?;
            self.prepared.compare(a, b, &mut outcomes);
            self.places.extend(outcomes.iter().map(|outcome| place_of(outcome.level)));
            let veto = self.forbidden.contains(&(a, b)) || forbidding_field(self.prepared, &outcomes).is_some();
            self.vetoed.push(veto);
        }
        Ok(())
    }

    fn learn(&mut self) -> Result<LinkageModel> {
        let names: Vec<&str> = self.settings.fields.iter().map(|field| field.name.as_str()).collect();
        let fields = names.len();
        let mut patterns: BTreeMap<Vec<u8>, Pattern> = BTreeMap::new();
        let mut pattern = |places: &[u8], add: &dyn Fn(&mut Pattern)| {
            let new = || Pattern { places: places.to_vec(), open: 0.0, together: 0.0, apart: (0.0, 0.0) };
            add(patterns.entry(places.to_vec()).or_insert_with(new));
        };
        for ((pair, vetoed), places) in self.candidates.iter().zip(&self.vetoed).zip(self.places.chunks(fields)) {
            pattern(places, &|pattern| match () {
                () if *vetoed => pattern.apart = (pattern.apart.0 + 1.0, pattern.apart.1 + 1.0),
                () if self.together.contains(pair) => pattern.together += 1.0,
                () => pattern.open += 1.0,
            });
        }
        let (drawn, weight) = self.draw();
        let mut outcomes = Vec::new();
        for (done, (a, b)) in drawn.iter().enumerate() {
            self.tell(LinkageStep::Learning, done, drawn.len())?;
            self.prepared.compare(*a, *b, &mut outcomes);
            let places: Vec<u8> = outcomes.iter().map(|outcome| place_of(outcome.level)).collect();
            // Of very many equal records not all pairs are candidates: these are not known to be apart.
            let equal = outcomes.iter().all(|outcome| matches!(outcome.level, Level::Exact | Level::Missing));
            pattern(&places, &|pattern| {
                if equal {
                    pattern.open += weight;
                } else {
                    pattern.apart = (pattern.apart.0 + weight, pattern.apart.1 + weight * weight);
                }
            });
        }
        let patterns: Vec<Pattern> = patterns.into_values().collect();
        Ok(maximise(&patterns, &names, self.prepared.all_pairs(), weight))
    }

    /// Pairs that are no candidates, and how many each stands for: all of them where they are few, else drawn ones.
    fn draw(&self) -> (Vec<(u32, u32)>, f64) {
        let wanted = self.settings.sampled_pairs as usize;
        let (records, boundary) = (index(self.prepared.len()), index(self.prepared.boundary));
        let rest = self.prepared.all_pairs() - real(self.candidates.len());
        let new = |pair: &(u32, u32)| self.candidates.binary_search(pair).is_err();
        if rest <= real(wanted) {
            let second = |a: u32| if self.prepared.is_link { boundary.max(a + 1)..records } else { a + 1..records };
            let first = if self.prepared.is_link { boundary } else { records };
            return ((0..first).flat_map(|a| second(a).map(move |b| (a, b))).filter(new).collect(), 1.0);
        }
        let mut state = self.settings.seed;
        let mut pick = |from: u32, to: u32| {
            let place = next_mixed(&mut state) % u64::from(to - from).max(1);
            from + u32::try_from(place).unwrap_or(0)
        };
        let mut drawn = Vec::with_capacity(wanted);
        // Candidates are the smaller part wherever pairs are drawn at all, unless most pairs are candidates.
        for _ in 0..wanted.saturating_mul(4) {
            let (a, b) = if self.prepared.is_link {
                (pick(0, boundary), pick(boundary, records))
            } else {
                let (one, other) = (pick(0, records), pick(0, records));
                (one.min(other), one.max(other))
            };
            if a != b && new(&(a, b)) {
                drawn.push((a, b));
            }
            if drawn.len() == wanted {
                break;
            }
        }
        let weight = rest / real(drawn.len().max(1));
        (drawn, weight)
    }

    fn decide(&mut self, model: LinkageModel) -> Result<LinkageResult> {
        let scorer = Scorer::new(self.prepared, &model);
        let mut histogram = Histogram::new();
        let mut pairs: Vec<(Link, Pair)> = Vec::new();
        let fields = self.settings.fields.len();
        let mut outcomes = Vec::new();
        for at in 0..self.candidates.len() {
            let (a, b) = self.candidates[at];
            self.tell(LinkageStep::Weighing, at, self.candidates.len())?;
            // Weighing needs the levels only, and those are at hand.
            let places = self.places.iter().skip(at * fields).take(fields);
            outcomes.clear();
            outcomes.extend(places.map(|place| Outcome::of_level(level_at(*place))));
            let (weight, forbidding) = scorer.weigh(a, b, &outcomes);
            let vetoed = self.vetoed.get(at).is_some_and(|vetoed| *vetoed);
            if !vetoed {
                histogram.add(model.probability(weight));
            }
            if model.probability(weight - forbidding) >= self.settings.report_from {
                self.prepared.compare(a, b, &mut outcomes);
                let veto = vetoed.then(|| self.veto(a, b, &outcomes));
                pairs.push(((weight, a, b), self.pair(&scorer, (weight, a, b), veto, &outcomes)));
            }
        }
        pairs.sort_by(|(x, _), (y, _)| y.0.cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        let likely = |(link, pair): &(Link, Pair)| {
            (pair.veto.is_none() && pair.probability >= self.settings.threshold).then_some(*link)
        };
        let links: Vec<Link> = pairs.iter().filter_map(likely).collect();
        let (taken, clusters) = self.take(&scorer, &links);
        for ((_, a, b), pair) in &mut pairs {
            pair.linked = taken.contains(&(*a, *b));
        }
        let counts = LinkageCounts {
            records: count(self.prepared.len()),
            all_pairs: u64::try_from(super::number::whole(self.prepared.all_pairs())).unwrap_or(0),
            candidates: count(self.candidates.len()),
            wide_keys: count(self.wide_keys),
            forbidden: count(self.vetoed.iter().filter(|vetoed| **vetoed).count()),
        };
        let fields = self.settings.fields.iter().map(|field| field.name.clone()).collect();
        let pairs = pairs.into_iter().map(|(_, pair)| pair).collect();
        Ok(LinkageResult { fields, pairs, clusters, model, counts, histogram })
    }

    /// Which links stand, and the clusters they make.
    fn take(&self, scorer: &Scorer<'_>, links: &[Link]) -> (BTreeSet<(u32, u32)>, Vec<Cluster>) {
        if self.prepared.is_link {
            let taken = if self.settings.one_to_one { one_to_one(links) } else { vec![true; links.len()] };
            let taken = links.iter().zip(taken).filter(|(_, taken)| *taken);
            return (taken.map(|((_, a, b), _)| (*a, *b)).collect(), Vec::new());
        }
        let least =
            super::number::whole(1000.0 * libm::log2(self.settings.threshold / (1.0 - self.settings.threshold)));
        let groups = groups(scorer, links, &self.forbidden, least);
        let group_of: BTreeMap<u32, u32> =
            groups.iter().flat_map(|(group, members)| members.iter().map(|member| (*member, *group))).collect();
        let within = |(_, a, b): &&Link| group_of.contains_key(a) && group_of.get(a) == group_of.get(b);
        let taken = links.iter().filter(within).map(|(_, a, b)| (*a, *b)).collect();
        let id = |record: &u32| self.prepared.ids[*record as usize].to_owned();
        let cluster =
            |(group, members): (&u32, &Vec<u32>)| Cluster { id: id(group), records: members.iter().map(id).collect() };
        (taken, groups.iter().map(cluster).collect())
    }

    fn veto(&self, a: u32, b: u32, outcomes: &[Outcome]) -> Veto {
        match forbidding_field(self.prepared, outcomes) {
            Some(field) if !self.forbidden.contains(&(a, b)) => Veto::Field(field),
            _ => Veto::Stated,
        }
    }

    fn pair(&self, scorer: &Scorer<'_>, (weight, a, b): Link, veto: Option<Veto>, outcomes: &[Outcome]) -> Pair {
        Pair {
            left: self.prepared.ids[a as usize].to_owned(),
            right: self.prepared.ids[b as usize].to_owned(),
            weight,
            prior: scorer.table.prior,
            probability: scorer.model.probability(weight),
            veto,
            linked: false,
            parts: scorer.parts(a, b, outcomes),
        }
    }
}
