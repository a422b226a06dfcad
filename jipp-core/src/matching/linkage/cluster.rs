//! From linked pairs to groups of records that are one thing.
//!
//! Links are taken strongest first, and each joins the groups of its two records, unless
//! * a pair of records between the two groups is forbidden (stated, or by a field that must agree): so of a chain that
//!   would bring two forbidden records together the weakest link falls; or
//! * on average the records of the one group do not belong to those of the other (average linkage: Hassanzadeh, Chiang,
//!   Lee and Miller 2009 compare such rules): a chain of ever less alike records ends.
//!
//! What remains are connected components of the links that were not refused.

use std::collections::{BTreeMap, BTreeSet};

use super::compare::Outcome;
use super::prepared::Prepared;
use super::score::{Scorer, may_be_one};

/// Of each group this many records, the first by id, stand for the group when averages are taken.
const REPRESENTATIVES: usize = 8;

/// A link to be taken: weight and both records.
pub(super) type Link = (i64, u32, u32);

/// Groups records by links, given strongest first; gives for each record its group, named by its smallest record.
///
/// # Complexity
/// At most 64 comparisons for each link, and the smaller group's members for each forbidden pair and each distinct value
/// that must agree.
pub(super) fn groups(
    scorer: &Scorer<'_>,
    links: &[Link],
    forbidden: &BTreeSet<(u32, u32)>,
    least: i64,
) -> BTreeMap<u32, Vec<u32>> {
    let prepared = scorer.prepared;
    let mut forest = Forest::new(prepared, forbidden);
    let mut outcomes = Vec::new();
    for (_, a, b) in links {
        let (one, other) = (forest.group(*a), forest.group(*b));
        if one == other || forest.forbids(one, other) {
            continue;
        }
        let single = forest.members(one).len() == 1 && forest.members(other).len() == 1;
        if single || average(scorer, forest.members(one), forest.members(other), &mut outcomes) >= least {
            forest.join(one, other);
        }
    }
    forest.members.into_iter().filter(|(_, members)| members.len() > 1).collect()
}

fn average(scorer: &Scorer<'_>, one: &[u32], other: &[u32], outcomes: &mut Vec<Outcome>) -> i64 {
    let (mut sum, mut count) = (0, 0);
    for a in one.iter().take(REPRESENTATIVES) {
        for b in other.iter().take(REPRESENTATIVES) {
            scorer.prepared.compare(*a, *b, outcomes);
            sum += scorer.weigh(*a, *b, outcomes).0;
            count += 1;
        }
    }
    sum / count.max(1)
}

/// Groups in the making.
struct Forest<'a> {
    prepared: &'a Prepared<'a>,
    group_of: Vec<u32>,
    /// Groups by their smallest record, members in order.
    members: BTreeMap<u32, Vec<u32>>,
    /// For each group one record for each distinct combination of values that must agree.
    distinct: BTreeMap<u32, Vec<u32>>,
    /// For each record those it must not meet.
    forbidden: BTreeMap<u32, Vec<u32>>,
}

impl<'a> Forest<'a> {
    fn new(prepared: &'a Prepared<'a>, stated: &BTreeSet<(u32, u32)>) -> Self {
        let mut forbidden: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (a, b) in stated {
            forbidden.entry(*a).or_default().push(*b);
            forbidden.entry(*b).or_default().push(*a);
        }
        let records = super::number::index(prepared.len());
        let alone = |record| (record, vec![record]);
        Self {
            prepared,
            group_of: (0..records).collect(),
            members: (0..records).map(alone).collect(),
            distinct: (0..records).map(alone).collect(),
            forbidden,
        }
    }

    fn group(&self, record: u32) -> u32 {
        self.group_of.get(record as usize).copied().unwrap_or(record)
    }
    fn members(&self, group: u32) -> &[u32] {
        self.members.get(&group).map(Vec::as_slice).unwrap_or_default()
    }

    fn forbids(&self, one: u32, other: u32) -> bool {
        let (few, many) =
            if self.members(one).len() <= self.members(other).len() { (one, other) } else { (other, one) };
        let stated = self.members(few).iter().filter_map(|record| self.forbidden.get(record)).flatten();
        if stated.into_iter().any(|record| self.group(*record) == many) {
            return true;
        }
        let values = |group| self.distinct.get(&group).map(Vec::as_slice).unwrap_or_default();
        values(one).iter().any(|a| values(other).iter().any(|b| !may_be_one(self.prepared, *a, *b)))
    }

    fn join(&mut self, one: u32, other: u32) {
        let (keep, lose) = (one.min(other), one.max(other));
        let members = self.members.remove(&lose).unwrap_or_default();
        for record in &members {
            if let Some(group) = self.group_of.get_mut(*record as usize) {
                *group = keep;
            }
        }
        let kept = self.members.entry(keep).or_default();
        // Nearly always the kept group is the larger one, and what is added comes after it.
        kept.extend(members);
        kept.sort_unstable();
        let more = self.distinct.remove(&lose).unwrap_or_default();
        let mut known = self.distinct.remove(&keep).unwrap_or_default();
        for record in more {
            if !known.iter().any(|other| self.same_values(record, *other)) {
                known.push(record);
            }
        }
        self.distinct.insert(keep, known);
    }

    /// Whether two records have the same values in all fields that must agree.
    fn same_values(&self, a: u32, b: u32) -> bool {
        let mut fields = self.prepared.fields.iter().zip(&self.prepared.columns);
        fields.all(|(field, column)| field.must_agree.is_none() || column.value_of(a) == column.value_of(b))
    }
}

/// The best partner for each record, strongest pairs first: `links` in that order, and whether each is taken.
pub(super) fn one_to_one(links: &[Link]) -> Vec<bool> {
    let mut taken: BTreeSet<u32> = BTreeSet::new();
    let mut take = |(_, a, b): &Link| {
        let free = !taken.contains(a) && !taken.contains(b);
        if free {
            taken.extend([*a, *b]);
        }
        free
    };
    links.iter().map(&mut take).collect()
}
