//! Overlap: a panel that hangs together, in which assessors meet many others.
//!
//! Two proposals exchange an assessor each: loads stay as they are. An exchange is good if meetings of assessors get more
//! even, that is if the sum of their squares falls.

use super::Options;
use super::panel::{COMMON, Panel, REFUSED, UNKNOWN};
use crate::base::random::Random;

/// So many exchanges are tried for each pair, and at most so many.
const TRIES: usize = 100;
const MOST_TRIES: usize = 3_000_000;
/// So many exchanges are tried to join islands, each time.
const MOST_JOINS: usize = 4_000;

/// An assessor (by its place among those of a proposal) for another.
#[derive(Clone, Copy, Debug)]
struct Exchange {
    one: (usize, usize),
    other: (usize, usize),
}

/// Makes the meetings of assessors even, at the price of common sectors only as far as the options allow.
pub(super) fn spread(panel: &mut Panel<'_>, options: &Options) {
    let mut meetings = panel.meetings();
    let pairs = panel.readers.iter().map(Vec::len).sum::<usize>();
    let tries = pairs.saturating_mul(TRIES).min(MOST_TRIES);
    let mut to_give = panel.expertise().0 * options.give_up as usize / 100;
    let mut random = Random::new(options.seed, 2);
    // The last third smooths what giving up has stirred.
    for turn in 0..tries {
        let may_give = to_give > 0 && (tries / 3..tries / 3 * 2).contains(&turn);
        let Some(exchange) = drawn(panel, &mut random) else { continue };
        let (lost_common, lost_worth) = loss(panel, exchange);
        if lost_common > 0 && !may_give || lost_common == 0 && lost_worth > 0 {
            continue;
        }
        let fall = meet(panel, &mut meetings, exchange);
        let is_good = if lost_common > 0 {
            lost_common <= i64::try_from(to_give).unwrap_or(i64::MAX) && is_worth(panel, fall, lost_common)
        } else {
            fall > 0
        };
        if is_good {
            apply(panel, exchange);
            to_give = to_give.saturating_sub(usize::try_from(lost_common).unwrap_or(0));
        } else {
            apply(panel, exchange);
            meet(panel, &mut meetings, exchange);
            apply(panel, exchange);
        }
    }
}

/// An exchange that is allowed, if one was drawn.
fn drawn(panel: &Panel<'_>, random: &mut Random) -> Option<Exchange> {
    let mut end = || {
        let proposal = random.below(u32::try_from(panel.readers.len()).ok()?) as usize;
        let place = random.below(u32::try_from(panel.readers.get(proposal)?.len()).ok()?) as usize;
        Some((proposal, place))
    };
    let exchange = Exchange { one: end()?, other: end()? };
    is_allowed(panel, exchange).then_some(exchange)
}

fn is_allowed(panel: &Panel<'_>, Exchange { one, other }: Exchange) -> bool {
    if one.0 == other.0 || one.1 < panel.fixed[one.0] || other.1 < panel.fixed[other.0] {
        return false;
    }
    let (Some(a), Some(b)) = (panel.readers[one.0].get(one.1), panel.readers[other.0].get(other.1)) else {
        return false;
    };
    a != b && panel.may(one.0, *b) && panel.may(other.0, *a)
}

/// How many common sectors an exchange costs, and how much of what comes after them.
fn loss(panel: &Panel<'_>, Exchange { one, other }: Exchange) -> (i64, i64) {
    let (a, b) = (panel.readers[one.0][one.1], panel.readers[other.0][other.1]);
    let before = [panel.fit[one.0][a], panel.fit[other.0][b]];
    let after = [panel.fit[one.0][b], panel.fit[other.0][a]];
    let count = |fits: [u8; 2], wanted: u8| fits.iter().map(|fit| i64::from(*fit == wanted)).sum::<i64>();
    let lost = |wanted: u8| count(before, wanted) - count(after, wanted);
    (lost(COMMON), lost(UNKNOWN))
}

/// Counts the meetings as an exchange would make them; by how much the sum of squares falls.
fn meet(panel: &Panel<'_>, meetings: &mut [Vec<i64>], Exchange { one, other }: Exchange) -> i64 {
    let (a, b) = (panel.readers[one.0][one.1], panel.readers[other.0][other.1]);
    let mut fall = 0;
    let mut change = |of: usize, with: usize, by: i64| {
        let count = meetings[of][with];
        fall -= by * 2 * count + 1;
        meetings[of][with] += by;
        meetings[with][of] += by;
    };
    for (proposal, place, leaves, comes) in [(one.0, one.1, a, b), (other.0, other.1, b, a)] {
        for (at, with) in panel.readers[proposal].iter().enumerate() {
            if at != place {
                change(leaves, *with, -1);
                change(comes, *with, 1);
            }
        }
    }
    fall
}

/// Whether meetings fall enough for what is given up: those that end are above those that begin by the mean of all, on
/// average, for each common sector.
fn is_worth(panel: &Panel<'_>, fall: i64, lost: i64) -> bool {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let assessors = number(panel.load.iter().filter(|load| **load > 0).count());
    let others = number(panel.per_proposal) - 1;
    let meetings = number(panel.readers.len()) * number(panel.per_proposal) * others;
    // fall = 2 (sum of those that end - sum of those that begin - how many begin), and two times `others` end.
    (fall + 4 * others).saturating_mul(assessors * (assessors - 1)) >= lost.saturating_mul(4 * others * meetings)
}

fn apply(panel: &mut Panel<'_>, Exchange { one, other }: Exchange) {
    let kept = panel.readers[one.0][one.1];
    panel.readers[one.0][one.1] = panel.readers[other.0][other.1];
    panel.readers[other.0][other.1] = kept;
}

/// Joins islands as far as exchanges can, at the least cost in common sectors that is found.
pub(super) fn join(panel: &mut Panel<'_>) {
    loop {
        let (parts, count) = panel.parts(panel.each());
        if count < 2 || !(join_by_exchange(panel, &parts, count) || join_by_move(panel, &parts, count)) {
            return;
        }
    }
}

/// An exchange over two islands joins them if one of the pairs that end was part of a cycle.
fn join_by_exchange(panel: &mut Panel<'_>, parts: &[usize], count: usize) -> bool {
    let ends: Vec<(usize, usize)> = panel
        .readers
        .iter()
        .enumerate()
        .flat_map(|(proposal, readers)| (panel.fixed[proposal]..readers.len()).map(move |place| (proposal, place)))
        .collect();
    // One proposal of each island at a time would do; a few of each keep the choice of cheap exchanges.
    let mut tried: Vec<((i64, i64), Exchange)> = Vec::new();
    'search: for one in &ends {
        for other in ends.iter().filter(|other| parts[other.0] > parts[one.0]) {
            let exchange = Exchange { one: *one, other: *other };
            if is_allowed(panel, exchange) {
                tried.push((loss(panel, exchange), exchange));
                if tried.len() >= MOST_JOINS * 50 {
                    break 'search;
                }
            }
        }
    }
    // Stable: equal costs stay in the order of the ends.
    tried.sort_by_key(|(loss, _)| *loss);
    for (_, exchange) in tried.into_iter().take(MOST_JOINS) {
        apply(panel, exchange);
        if panel.parts(panel.each()).1 < count {
            return true;
        }
        apply(panel, exchange);
    }
    false
}

/// Hands one proposal to an assessor of another island who has one less.
fn join_by_move(panel: &mut Panel<'_>, parts: &[usize], count: usize) -> bool {
    let proposals = panel.readers.len();
    let mut left = MOST_JOINS;
    for proposal in 0..proposals {
        for place in panel.fixed[proposal]..panel.readers[proposal].len() {
            for to in 0..panel.load.len() {
                let from = panel.readers[proposal][place];
                let is_lighter = panel.load[to] < panel.load[from] && panel.load[to] < panel.capacity[to];
                let is_elsewhere = parts[proposals + to] != parts[proposal];
                if !is_lighter || !is_elsewhere || panel.fit[proposal][to] == REFUSED {
                    continue;
                }
                panel.readers[proposal][place] = to;
                if panel.parts(panel.each()).1 < count {
                    panel.load[from] -= 1;
                    panel.load[to] += 1;
                    return true;
                }
                panel.readers[proposal][place] = from;
                left -= 1;
                if left == 0 {
                    return false;
                }
            }
        }
    }
    false
}
