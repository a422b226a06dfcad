//! The values of `matching::linkage`. Written by the tests of jipp from its sources.

use super::*;
use crate::mirror::{choice, codes, record};

// From `matching::linkage::result`.
record! {
    /// Records that are one thing.
    DuplicateCluster {
        /// The smallest id of its records: it stays the same as long as that record is in it.
        id: String,
        /// The ids of its records, two or more, in order.
        records: Vec<String>,
    }
}

// From `matching::linkage::score`.
record! {
    /// Two records that may be the same thing.
    DuplicatePair {
        /// The id of the first; within one table the smaller one.
        left: String,
        /// The id of the second.
        right: String,
        /// The evidence in thousandths of a bit: `prior` and the weights of all parts add up to it exactly.
        weight: i64,
        /// What it starts from: how rare such pairs are among all.
        prior: i64,
        /// The probability that both are the same thing, by the evidence, from 0 to 1.
        probability: f64,
        /// Why they are not linked all the same.
        #[uniffi(default = None)]
        veto: Option<Veto>,
        /// Whether they are linked: the probability reaches the threshold, nothing forbids it, and (one to one) neither
        /// has a better partner.
        linked: bool,
        /// What each field adds, in the order of the settings.
        parts: Vec<DuplicatePart>,
    }
}

// From `matching::linkage::score`.
record! {
    /// What one field adds to a pair's weight.
    DuplicatePart {
        /// The place of the field in the settings.
        field: i64,
        /// How far the values agree.
        level: SimilarityLevel,
        /// How alike they are, in thousandths; nothing where one is missing.
        #[uniffi(default = None)]
        similarity: Option<i64>,
        /// What the field adds, in thousandths of a bit: positive speaks for one and the same thing.
        weight: i64,
        /// How much of it is due to the value being rarer (positive) or commoner (negative) than values that agree usually are.
        rarity: i64,
        /// The field whose values are exchanged with this one's (given name and family name, say).
        #[uniffi(default = None)]
        exchanged_with: Option<i64>,
        /// The field that this one goes along with by chance: its agreement is already counted there, wholly or in part.
        #[uniffi(default = None)]
        counted_with: Option<i64>,
    }
}

// From `matching::linkage::compare`.
codes! {
    /// How far two values agree. The borders are those of the similarity in thousandths: 1000, 850, 700, 500.
    SimilarityLevel {
        /// `exact`.
        Exact = "exact",
        /// `very-close`.
        VeryClose = "very-close",
        /// `close`.
        Close = "close",
        /// `loose`.
        Loose = "loose",
        /// `different`.
        Different = "different",
        /// `missing`.
        Missing = "missing",
    }
}

// From `matching::linkage::score`.
choice! {
    /// Why two records are never linked.
    Veto {
        /// The caller said so: a pair that cannot link, or one labelled as different.
        Stated = "stated" nothing {}
        /// The field at this place must agree, and does not.
        Field = "field" value {
            /// It.
            value: i64,
        }
    }
}
