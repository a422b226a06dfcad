//! A set of whole numbers, kept as ranges: the clocks seen of each origin are nearly always one run.

use serde::{Deserialize, Serialize};

/// A set of whole numbers as disjoint, sorted, non-touching inclusive ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Ranges(Vec<(u64, u64)>);

impl Ranges {
    pub(super) fn contains(&self, number: u64) -> bool {
        let after = self.0.partition_point(|range| range.0 <= number);
        after > 0 && number <= self.0[after - 1].1
    }

    /// Adds a number; linear in the number of ranges at worst, constant for a run that grows at its end.
    pub(super) fn insert(&mut self, number: u64) {
        let after = self.0.partition_point(|range| range.0 <= number);
        let touches_before = after > 0 && number <= self.0[after - 1].1.saturating_add(1);
        let touches_after = after < self.0.len() && self.0[after].0 == number.saturating_add(1);
        match (touches_before, touches_after) {
            (true, true) => {
                self.0[after - 1].1 = self.0[after].1;
                self.0.remove(after);
            }
            (true, false) => self.0[after - 1].1 = self.0[after - 1].1.max(number),
            (false, true) => self.0[after].0 = number,
            (false, false) => self.0.insert(after, (number, number)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Ranges;

    #[test]
    fn behaves_like_a_set() {
        let mut ranges = Ranges::default();
        let mut set = std::collections::BTreeSet::new();
        for step in 0..2_000_u64 {
            let number = step * 7_919 % 613;
            ranges.insert(number);
            set.insert(number);
            let probe = step * 104_729 % 613;
            assert_eq!(ranges.contains(probe), set.contains(&probe));
        }
        assert_eq!(ranges.0, vec![(0, 612)]);
    }
}
