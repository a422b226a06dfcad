//! Not ten versions of the same: candidates that differ from those before them move up.

use crate::matching::{Found, Profile};

/// So many candidates are looked at for each that is wanted.
pub(super) const POOL: usize = 5;

/// Picks candidates one by one, each time the one with the most of value and least likeness to those picked before (maximal
/// marginal relevance: Carbonell and Goldstein, SIGIR 1998). `diversity` is the weight of likeness, 0 to 100; values stay
/// as they are, only the order changes.
pub(super) fn pick(
    mut found: Vec<Found>,
    limit: usize,
    diversity: u32,
    profile: impl Fn(u32) -> Profile,
) -> Vec<Found> {
    let top = found.first().map_or(1, |first| first.value).max(1);
    let mut profiles: Vec<Profile> = found.iter().map(|found| profile(found.doc)).collect();
    // The likeness of each to the most alike of those picked.
    let mut nearest = vec![0; found.len()];
    let mut picked: Vec<Found> = Vec::new();
    while picked.len() < limit && !found.is_empty() {
        let gain = |place: usize| {
            let value = found[place].value * 1000 / top;
            value * i64::from(100 - diversity.min(100)) - i64::from(nearest[place]) * i64::from(diversity)
        };
        // Of equal ones the first, which is the better by itself.
        let best = (0..found.len()).max_by_key(|&place| (gain(place), std::cmp::Reverse(place))).unwrap_or(0);
        picked.push(found.remove(best));
        let profile = profiles.remove(best);
        nearest.remove(best);
        for (near, other) in nearest.iter_mut().zip(&profiles) {
            *near = profile.overlap(other).likeness().max(*near);
        }
    }
    picked
}
