//! A panel as numbers: who may score what, and who does.

use std::collections::{BTreeMap, BTreeSet};

use super::{Apart, Assignment, Expertise, Island, Load, Options, Pair, Reader, Room, Shared, Shortage, Submission};
use crate::base::{AssessorId, Code, Error, ProposalId, Result, random::Random};
use crate::model::{Conflict, ConflictGround};

const MOST_PAIRS: usize = 500_000;
const MOST_READERS: usize = 1_000;

/// What a proposal and an assessor have in common, from worst to best.
pub(super) const NONE: u8 = 0;
pub(super) const UNKNOWN: u8 = 1;
pub(super) const COMMON: u8 = 2;
/// They must not come together.
pub(super) const REFUSED: u8 = 3;

/// Proposals and assessors, each in an order drawn from the seed: whoever comes first wins a tie.
#[derive(Debug)]
pub(super) struct Panel<'a> {
    proposals: Vec<&'a ProposalId>,
    assessors: Vec<&'a AssessorId>,
    pub per_proposal: usize,
    /// For each proposal what it has in common with each assessor.
    pub fit: Vec<Vec<u8>>,
    pub capacity: Vec<usize>,
    /// The assessors of each proposal; the first so many are fixed.
    pub readers: Vec<Vec<usize>>,
    pub fixed: Vec<usize>,
    pub load: Vec<usize>,
    refused: BTreeMap<ConflictGround, usize>,
    fixed_in_conflict: Vec<Pair>,
}

impl<'a> Panel<'a> {
    pub(super) fn new(
        submissions: &'a [Submission],
        readers: &'a [Reader],
        conflicts: &[Conflict],
        options: &Options,
    ) -> Result<Self> {
        let per_proposal = options.per_proposal as usize;
        let (most, count) = (MOST_PAIRS, submissions.len().saturating_mul(per_proposal));
        if count > most || readers.len() > MOST_READERS {
            let (field, value) = if count > most { ("submissions", count) } else { ("readers", readers.len()) };
            let hint = format!("at most {most} pairs and {MOST_READERS} assessors");
            return Err(Error::new(Code::TooMany).field(field).value(value).expected(hint));
        }
        let submissions = drawn(submissions, |one| &one.id, "submissions", options.seed, 0)?;
        let readers = drawn(readers, |one| &one.id, "readers", options.seed, 1)?;
        let fit = |submission: &&Submission| readers.iter().map(|reader| fit(submission, reader)).collect();
        let mut panel = Self {
            proposals: submissions.iter().map(|one| &one.id).collect(),
            assessors: readers.iter().map(|one| &one.id).collect(),
            per_proposal,
            fit: submissions.iter().map(fit).collect(),
            capacity: readers.iter().map(|one| one.capacity.map_or(usize::MAX, |most| most as usize)).collect(),
            readers: vec![Vec::new(); submissions.len()],
            fixed: vec![0; submissions.len()],
            load: vec![0; readers.len()],
            refused: BTreeMap::new(),
            fixed_in_conflict: Vec::new(),
        };
        panel.refuse(conflicts)?;
        panel.fix(&options.fixed)?;
        Ok(panel)
    }

    fn refuse(&mut self, conflicts: &[Conflict]) -> Result<()> {
        let proposals = numbers(&self.proposals);
        let assessors = numbers(&self.assessors);
        let mut seen = BTreeSet::new();
        for (number, conflict) in conflicts.iter().enumerate() {
            let proposal = found(&proposals, &conflict.proposal, &format!("conflicts[{number}].proposal"))?;
            let assessor = found(&assessors, &conflict.assessor, &format!("conflicts[{number}].assessor"))?;
            self.fit[proposal][assessor] = REFUSED;
            if seen.insert((proposal, assessor, conflict.ground)) {
                *self.refused.entry(conflict.ground).or_default() += 1;
            }
        }
        Ok(())
    }

    fn fix(&mut self, fixed: &[Pair]) -> Result<()> {
        let proposals = numbers(&self.proposals);
        let assessors = numbers(&self.assessors);
        let mut pairs = Vec::with_capacity(fixed.len());
        for (number, pair) in fixed.iter().enumerate() {
            let proposal = found(&proposals, &pair.proposal, &format!("fixed[{number}].proposal"))?;
            let assessor = found(&assessors, &pair.assessor, &format!("fixed[{number}].assessor"))?;
            pairs.push((proposal, assessor, number));
        }
        pairs.sort_unstable();
        for (proposal, assessor, number) in pairs {
            if self.readers[proposal].contains(&assessor) {
                let value = format!("{} {}", self.proposals[proposal], self.assessors[assessor]);
                return Err(Error::new(Code::DuplicateInRecord).field(format!("fixed[{number}]")).value(value));
            }
            if self.fit[proposal][assessor] == REFUSED {
                self.fixed_in_conflict.push(self.pair(proposal, assessor));
            }
            self.readers[proposal].push(assessor);
            self.fixed[proposal] += 1;
            self.load[assessor] += 1;
        }
        self.fixed_in_conflict.sort_unstable();
        Ok(())
    }

    fn pair(&self, proposal: usize, assessor: usize) -> Pair {
        Pair { proposal: self.proposals[proposal].clone(), assessor: self.assessors[assessor].clone() }
    }

    /// Whether an assessor could be given a proposal besides those it has.
    pub(super) fn may(&self, proposal: usize, assessor: usize) -> bool {
        self.fit[proposal][assessor] != REFUSED && !self.readers[proposal].contains(&assessor)
    }

    /// How many assessors a proposal still lacks.
    pub(super) fn lacks(&self, proposal: usize) -> usize {
        self.per_proposal.saturating_sub(self.readers[proposal].len())
    }

    /// The pairs, with the place of the assessor among those of the proposal.
    pub(super) fn each(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let each = |(proposal, readers): (usize, &'_ Vec<usize>)| {
            readers.iter().map(move |reader| (proposal, *reader)).collect::<Vec<_>>()
        };
        self.readers.iter().enumerate().flat_map(each)
    }

    /// How many pairs have a sector in common, how many may have, and how many have not.
    pub(super) fn expertise(&self) -> (usize, usize, usize) {
        let mut counts = [0; 4];
        let fit = |(proposal, assessor): (usize, usize)| usize::from(self.fit[proposal][assessor]);
        self.each().for_each(|pair| counts[fit(pair)] += 1);
        (counts[usize::from(COMMON)], counts[usize::from(UNKNOWN)], counts[usize::from(NONE)] + counts[3])
    }

    /// The part that every proposal and then every assessor belongs to, over these pairs, and how many parts there are
    /// that have a pair.
    pub(super) fn parts(&self, pairs: impl Iterator<Item = (usize, usize)>) -> (Vec<usize>, usize) {
        let proposals = self.proposals.len();
        let mut parent: Vec<usize> = (0..proposals + self.assessors.len()).collect();
        let mut has_pair = vec![false; parent.len()];
        for (proposal, assessor) in pairs {
            let (one, other) = (root(&mut parent, proposal), root(&mut parent, proposals + assessor));
            parent[one.max(other)] = one.min(other);
            (has_pair[proposal], has_pair[proposals + assessor]) = (true, true);
        }
        let parts: Vec<usize> = (0..parent.len()).map(|member| root(&mut parent, member)).collect();
        let count = (0..parts.len()).filter(|member| parts[*member] == *member && has_pair[*member]).count();
        (parts, count)
    }

    /// What is missing for proposals that a search could not serve.
    pub(super) fn shortage(&self, short: &[usize]) -> Shortage {
        let needed = short.iter().map(|proposal| self.per_proposal.saturating_sub(self.fixed[*proposal]) as u64).sum();
        let mut fixed_load = vec![0_usize; self.assessors.len()];
        for (readers, fixed) in self.readers.iter().zip(&self.fixed) {
            readers.iter().take(*fixed).for_each(|reader| fixed_load[*reader] += 1);
        }
        let is_open = |proposal: usize, assessor: usize| {
            let fixed = &self.readers[proposal][..self.fixed[proposal]];
            self.fit[proposal][assessor] != REFUSED && !fixed.contains(&assessor)
        };
        let room = |assessor: usize| {
            let open = short.iter().filter(|proposal| is_open(**proposal, assessor)).count();
            let places = open.min(self.capacity[assessor].saturating_sub(fixed_load[assessor])) as u64;
            (open > 0).then(|| Room { assessor: self.assessors[assessor].clone(), places })
        };
        let mut assessors: Vec<Room> = (0..self.assessors.len()).filter_map(room).collect();
        assessors.sort_unstable_by(|a, b| a.assessor.cmp(&b.assessor));
        let mut proposals: Vec<ProposalId> = short.iter().map(|proposal| self.proposals[*proposal].clone()).collect();
        proposals.sort_unstable();
        let places = assessors.iter().map(|room| room.places).sum();
        Shortage { proposals, needed, assessors, places }
    }

    pub(super) fn assignment(self, possible: usize) -> Assignment {
        let mut pairs: Vec<Pair> = self.each().map(|(proposal, assessor)| self.pair(proposal, assessor)).collect();
        pairs.sort_unstable();
        let load = |(assessor, load): (&&AssessorId, &usize)| Load { assessor: (*assessor).clone(), proposals: *load };
        let mut loads: Vec<Load> = self.assessors.iter().zip(&self.load).map(load).collect();
        loads.sort_unstable_by(|a, b| a.assessor.cmp(&b.assessor));
        let (least, most) = (self.load.iter().min().unwrap_or(&0), self.load.iter().max().unwrap_or(&0));
        let is_even = most - least <= 1;
        let (common, unknown, none) = self.expertise();
        let islands = self.islands();
        Assignment {
            pairs,
            loads,
            is_even,
            expertise: Expertise { common, unknown, none, possible },
            apart: (islands.len() > 1).then(|| self.apart()),
            islands,
            shared: self.shared(),
            refused: self.refused,
            fixed_in_conflict: self.fixed_in_conflict,
        }
    }

    fn islands(&self) -> Vec<Island> {
        let (parts, _) = self.parts(self.each());
        let mut islands: BTreeMap<usize, Island> = BTreeMap::new();
        let empty = || Island { proposals: Vec::new(), assessors: Vec::new() };
        for (number, part) in parts.iter().enumerate() {
            let island = islands.entry(*part).or_insert_with(empty);
            match number.checked_sub(self.proposals.len()) {
                None => island.proposals.push(self.proposals[number].clone()),
                Some(assessor) => island.assessors.push(self.assessors[assessor].clone()),
            }
        }
        // An assessor without proposals is no island.
        let mut islands: Vec<Island> = islands.into_values().filter(|island| !island.proposals.is_empty()).collect();
        for island in &mut islands {
            island.proposals.sort_unstable();
            island.assessors.sort_unstable();
        }
        islands.sort_unstable_by(|a, b| a.proposals.cmp(&b.proposals));
        islands
    }

    fn apart(&self) -> Apart {
        let pairs = self.each().count();
        let members = self.proposals.len() + self.load.iter().filter(|load| **load > 0).count();
        let allowed = (0..self.proposals.len()).flat_map(|proposal| {
            let may = move |assessor: &usize| self.fit[proposal][*assessor] != REFUSED;
            (0..self.assessors.len()).filter(may).map(move |assessor| (proposal, assessor))
        });
        if self.readers.iter().all(|readers| readers.len() == 1) {
            Apart::OneEach
        } else if pairs + 1 < members {
            Apart::TooFewPairs
        } else if self.parts(allowed.chain(self.each())).1 > 1 {
            Apart::Conflicts
        } else {
            Apart::NotJoined
        }
    }

    /// How many proposals every two assessors share.
    pub(super) fn meetings(&self) -> Vec<Vec<i64>> {
        let mut meetings = vec![vec![0; self.assessors.len()]; self.assessors.len()];
        for readers in &self.readers {
            for one in readers {
                readers.iter().filter(|other| *other != one).for_each(|other| meetings[*one][*other] += 1);
            }
        }
        meetings
    }

    fn shared(&self) -> Shared {
        let meetings = self.meetings();
        let scoring: Vec<usize> = (0..self.load.len()).filter(|assessor| self.load[*assessor] > 0).collect();
        let pairs =
            scoring.iter().enumerate().flat_map(|(at, one)| scoring[at + 1..].iter().map(move |other| (*one, *other)));
        let mut counts: Vec<i64> = pairs.map(|(one, other)| meetings[one][other]).collect();
        counts.sort_unstable();
        let at = |place: usize| counts.get(place).and_then(|count| u32::try_from(*count).ok()).unwrap_or(0);
        Shared { least: at(0), median: at(counts.len().saturating_sub(1) / 2) }
    }
}

fn fit(submission: &Submission, reader: &Reader) -> u8 {
    if submission.sectors.is_empty() || reader.sectors.is_empty() {
        UNKNOWN
    } else if submission.sectors.iter().any(|sector| reader.sectors.contains(sector)) {
        COMMON
    } else {
        NONE
    }
}

/// A list in an order drawn from a seed, which does not depend on the order it comes in (Fisher and Yates).
fn drawn<'a, T, I: Ord + std::fmt::Display + 'a>(
    list: &'a [T],
    id: impl Fn(&'a T) -> &'a I,
    field: &str,
    seed: u64,
    round: u64,
) -> Result<Vec<&'a T>> {
    let mut sorted: Vec<&T> = list.iter().collect();
    sorted.sort_by(|a, b| id(a).cmp(id(b)));
    if let Some(pair) = sorted.windows(2).find(|pair| id(pair[0]) == id(pair[1])) {
        return Err(Error::new(Code::DuplicateInRecord).field(field).value(id(pair[0])));
    }
    let mut random = Random::new(seed, round);
    for last in (1..sorted.len()).rev() {
        sorted.swap(last, random.below(u32::try_from(last + 1).unwrap_or(u32::MAX)) as usize);
    }
    Ok(sorted)
}

fn numbers<'a, I: Ord>(ids: &[&'a I]) -> BTreeMap<&'a I, usize> {
    ids.iter().enumerate().map(|(number, id)| (*id, number)).collect()
}

fn found<I: Ord + std::fmt::Display>(numbers: &BTreeMap<&I, usize>, id: &I, field: &str) -> Result<usize> {
    numbers.get(id).copied().ok_or_else(|| Error::new(Code::NotFound).field(field).value(id))
}

fn root(parent: &mut [usize], mut member: usize) -> usize {
    while parent[member] != member {
        parent[member] = parent[parent[member]];
        member = parent[member];
    }
    member
}
