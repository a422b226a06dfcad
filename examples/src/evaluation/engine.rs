//! What is measured: anything that puts the documents of the pool in an order for a query.

use jipp_core::Result;

use super::tasks::Topic;

/// Something that ranks.
pub(super) trait Engine {
    /// Its name in the tables.
    fn name(&self) -> &str;

    /// The numbers of the documents it finds, best first.
    fn rank(&self, topic: &Topic) -> Result<Vec<usize>>;
}

/// The documents with a score above zero, highest first, then lowest number.
pub(super) fn ranking(scores: &[f64]) -> Vec<usize> {
    let mut found: Vec<usize> = (0..scores.len()).filter(|&doc| scores[doc] > 0.0).collect();
    found.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    found
}
