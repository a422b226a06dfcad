//! Ties, split by keys.

use crate::base::{PartialDate, ProposalId};

use super::place::{Contender, Key};

/// Contenders that nothing tells apart, by their numbers, with the key that last told them from others.
pub(super) struct Group {
    pub members: Vec<usize>,
    pub decided_by: Option<usize>,
}

/// Splits equals by the keys from one on.
pub(super) fn split(
    contenders: &[Contender],
    mut members: Vec<usize>,
    key: usize,
    decided_by: Option<usize>,
    out: &mut Vec<Group>,
) {
    if members.len() < 2 {
        out.push(Group { members, decided_by });
        return;
    }
    let keys = members.iter().filter_map(|member| contenders.get(*member)?.keys.get(key));
    let keys: Vec<Key> = keys.copied().collect();
    if keys.len() < members.len() {
        members.sort_by(|one, other| id(contenders, *one).cmp(&id(contenders, *other)));
        out.push(Group { members, decided_by });
        return;
    }
    let classes = classes(&members, &keys);
    let decided_by = if classes.len() > 1 { Some(key) } else { decided_by };
    for class in classes {
        split(contenders, class, key + 1, decided_by, out);
    }
}

fn id(contenders: &[Contender], member: usize) -> Option<&ProposalId> {
    contenders.get(member).map(|one| &one.proposal)
}

/// The members, best first, those that the key does not tell apart together; all together where it is unknown of one.
fn classes(members: &[usize], keys: &[Key]) -> Vec<Vec<usize>> {
    let means: Option<Vec<i64>> = keys
        .iter()
        .map(|key| match key {
            Key::Mean(mean) => mean.map(|mean| -mean.units()),
            Key::On(_) => None,
        })
        .collect();
    let dates: Option<Vec<PartialDate>> = keys
        .iter()
        .map(|key| match key {
            Key::On(date) => *date,
            Key::Mean(_) => None,
        })
        .collect();
    match (means, dates) {
        (Some(means), _) => by_number(members, &means),
        (None, Some(dates)) => by_date(members, &dates),
        (None, None) => vec![members.to_vec()],
    }
}

fn by_number(members: &[usize], numbers: &[i64]) -> Vec<Vec<usize>> {
    let mut pairs: Vec<(i64, usize)> = numbers.iter().copied().zip(members.iter().copied()).collect();
    pairs.sort_unstable();
    pairs.chunk_by(|one, other| one.0 == other.0).map(|class| class.iter().map(|pair| pair.1).collect()).collect()
}

/// A new class begins where a date is surely after all before it.
fn by_date(members: &[usize], dates: &[PartialDate]) -> Vec<Vec<usize>> {
    let mut pairs: Vec<(PartialDate, usize)> = dates.iter().copied().zip(members.iter().copied()).collect();
    pairs.sort_unstable_by_key(|(date, member)| (date.first_day(), date.last_day(), *member));
    let mut classes: Vec<Vec<usize>> = Vec::new();
    let mut latest: Option<PartialDate> = None;
    for (date, member) in pairs {
        match classes.last_mut() {
            Some(class) if !latest.is_some_and(|latest| latest.surely_before(date)) => class.push(member),
            _ => classes.push(vec![member]),
        }
        latest = latest.into_iter().chain([date]).max_by_key(|date| date.last_day());
    }
    classes
}
