//! How often each unit got each category: only the pairs that occur, so that fine scales cost no more than coarse ones.

use super::outcome::real;
use super::ratings::Ratings;

/// The categories of the units that have ratings enough.
pub(super) struct Tally {
    /// For each unit, where its entries end.
    ends: Vec<usize>,
    /// Category and how often, in the order of the categories.
    entries: Vec<(usize, f64)>,
}

impl Tally {
    /// Of the units with at least so many ratings.
    pub(super) fn new(ratings: &Ratings, least: usize) -> Self {
        let mut tally = Self { ends: Vec::new(), entries: Vec::new() };
        let mut row = Vec::new();
        for unit in ratings.rows() {
            row.clear();
            row.extend(unit.iter().flatten());
            if row.len() < least {
                continue;
            }
            row.sort_unstable();
            tally.entries.extend(row.chunk_by(|one, other| one == other).filter_map(|run| {
                let category = *run.first()?;
                Some((category, real(run.len())))
            }));
            tally.ends.push(tally.entries.len());
        }
        tally
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The entries of each unit.
    pub(super) fn units(&self) -> impl Iterator<Item = &[(usize, f64)]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| self.entries.get(start..*end).unwrap_or_default())
    }

    /// Whether fewer than two categories occur.
    pub(super) fn is_flat(&self) -> bool {
        let first = self.entries.first().map(|(category, _)| category);
        self.entries.iter().all(|(category, _)| Some(category) == first)
    }
}

/// How many ratings a unit has.
pub(super) fn size(unit: &[(usize, f64)]) -> f64 {
    unit.iter().map(|(_, count)| count).sum()
}
