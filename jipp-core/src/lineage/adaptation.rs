//! What an agency made of what it took: what was kept, changed, dropped and added, as declared and as measured.
//!
//! How texts are measured is not this layer's matter: it is given [`Measured`] values. What it adds is what they mean
//! together with what was declared. Replication is never copy-paste; where it was, this says so.

use serde::Serialize;

use super::link::Link;
use crate::base::vocabulary::vocabulary;
use crate::model::{Difference, DifferenceKind};

vocabulary! {
    /// What declared and measured differences say together.
    AdaptationVerdict = "adaptation-verdict" {
        Unchanged = "unchanged", "disalin tanpa perubahan", "copied without change";
        Contradicted = "contradicted", "perubahan dinyatakan, teksnya sama", "changes are declared, yet the texts are the same";
        Adapted = "adapted", "disesuaikan", "adapted";
        Unknown = "unknown", "belum dapat dinilai", "not known";
    }
}

/// How one field of a replica differs from the same field of its source. Shares are in thousandths.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Measured {
    /// The field: `title`, `problem`, `solution`, `outcome`.
    pub field: &'static str,
    /// How alike the two are, by shared words and how rare they are.
    pub likeness: u32,
    /// How much of the source's words stand in the replica's text.
    pub kept: u32,
    /// How much of the replica's words do not stand in the source's text.
    pub added: u32,
    /// How much of the replica's text stands word by word in the source's, in runs of some length.
    pub verbatim: u32,
    /// How many words the source's text has.
    pub source_words: usize,
    /// How many words the replica's text has.
    pub replica_words: usize,
    /// Words of the source that the replica does not have, at most ten.
    pub dropped_words: Vec<String>,
    /// Words of the replica that the source does not have, at most ten.
    pub added_words: Vec<String>,
}

/// What was declared to differ, by what was done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Declared {
    /// What was kept.
    pub kept: Vec<Difference>,
    /// What was changed.
    pub changed: Vec<Difference>,
    /// What was dropped.
    pub dropped: Vec<Difference>,
    /// What was added.
    pub added: Vec<Difference>,
    /// What is said to differ, without saying how.
    pub unspecified: Vec<Difference>,
}

/// What an agency made of what it took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AdaptationProfile {
    /// The link.
    pub link: Link,
    /// What was declared.
    pub declared: Declared,
    /// What was measured, field by field; empty where there are no texts on both sides.
    pub measured: Vec<Measured>,
    /// What both say together.
    pub verdict: AdaptationVerdict,
}

/// From so much on, in thousandths, a text counts as copied (inferred: a paragraph that changes names and figures only
/// keeps four fifths of its running words).
const COPIED: usize = 800;
/// A replica of fewer words says nothing of copying (inferred).
const FEWEST_WORDS: usize = 12;

impl Declared {
    /// Sorts differences by what was done.
    pub fn of(differences: &[Difference]) -> Self {
        let mut declared = Self::default();
        for difference in differences {
            let list = match difference.kind {
                Some(DifferenceKind::Kept) => &mut declared.kept,
                Some(DifferenceKind::Changed) => &mut declared.changed,
                Some(DifferenceKind::Dropped) => &mut declared.dropped,
                Some(DifferenceKind::Added) => &mut declared.added,
                None => &mut declared.unspecified,
            };
            list.push(difference.clone());
        }
        declared
    }

    /// Whether anything is said to differ.
    pub fn says_change(&self) -> bool {
        [&self.changed, &self.dropped, &self.added, &self.unspecified].iter().any(|list| !list.is_empty())
    }
}

impl AdaptationProfile {
    /// Puts together what a link declares and what was measured.
    pub fn new(link: Link, measured: Vec<Measured>) -> Self {
        let declared = Declared::of(&link.differences);
        let verdict = verdict(&declared, &measured);
        Self { link, declared, measured, verdict }
    }
}

fn verdict(declared: &Declared, measured: &[Measured]) -> AdaptationVerdict {
    // Titles are often kept, and say nothing of copying.
    let texts: Vec<&Measured> = measured.iter().filter(|measured| measured.field != "title").collect();
    let (mut before, mut after, mut kept, mut copied) = (0, 0, 0, 0);
    for measured in &texts {
        before += measured.source_words;
        after += measured.replica_words;
        kept += measured.source_words * measured.kept as usize;
        copied += measured.replica_words * measured.verbatim as usize;
    }
    let is_measured = after >= FEWEST_WORDS;
    // Nearly all of the replica stands in the source, and nearly all of the source in the replica: not a quotation.
    let is_copied = is_measured && copied >= after * COPIED && kept >= before * COPIED;
    match (is_copied, declared.says_change()) {
        (true, false) => AdaptationVerdict::Unchanged,
        (true, true) => AdaptationVerdict::Contradicted,
        (false, true) => AdaptationVerdict::Adapted,
        (false, false) if is_measured => AdaptationVerdict::Adapted,
        (false, false) => AdaptationVerdict::Unknown,
    }
}

/// A step on the way down from a root: how far the text has drifted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DriftStep {
    /// The node.
    pub node: crate::model::NodeId,
    /// How deep it hangs below the root.
    pub depth: u32,
    /// How like it is to what it was made from, in thousandths; none without texts, or for the root.
    pub to_parent: Option<u32>,
    /// How like it is to the root, in thousandths.
    pub to_root: Option<u32>,
}
