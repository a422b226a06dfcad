//! The values of `evaluation::eligibility`. Written by the tests of jipp from its sources.

use super::*;
use crate::mirror::{choice, record, tuple};

// From `evaluation::eligibility`.
record! {
    /// Whether an innovation may enter a group of an edition.
    Eligibility {
        /// The edition.
        edition: String,
        /// Code of the group.
        group: String,
        /// Yes if every rule is kept, no if one is broken.
        verdict: Truth,
        /// The rules, in order.
        rules: Vec<RuleAnswer>,
    }
}

// From `evaluation::eligibility`.
choice! {
    /// What was found for a rule.
    Found {
        /// When it came into use, and when at the latest it should have.
        Age = "age" fields {
            /// In use since.
            #[uniffi(default = None)]
            since: Option<String>,
            /// The day registration closes.
            #[uniffi(default = None)]
            closing: Option<String>,
            /// So many months before.
            months: i64,
        }
        /// The rule is for other categories.
        OtherCategory = "other-category" nothing {}
        /// The kind of its owner.
        Owner = "owner" value {
            /// It.
            value: Option<AgencyKind>,
        }
        /// How many the agency enters, this one included, and how many it may.
        Entries = "entries" value {
            /// It.
            value: FoundEntries,
        }
        /// How many goals it serves, and how many it must.
        Sdgs = "sdgs" value {
            /// It.
            value: FoundSdgs,
        }
        /// Documents that are missing; unknown if there is no proposal.
        MissingDocuments = "missing-documents" value {
            /// It.
            value: Option<Vec<String>>,
        }
        /// Awards of those meant, and awards that may be one.
        Awards = "awards" fields {
            /// Those that surely are.
            surely: Vec<String>,
            /// Those that may be.
            perhaps: Vec<String>,
        }
        /// No source is on record.
        NoSource = "no-source" nothing {}
        /// Sources that won an award of those meant, and those that may have.
        Sources = "sources" fields {
            /// Those that surely did.
            surely: Vec<String>,
            /// Those that may have.
            perhaps: Vec<String>,
        }
        /// Other proposals with the same title.
        SameTitle = "same-title" value {
            /// It.
            value: Vec<String>,
        }
    }
}

tuple! {
    /// What Found consists of.
    FoundEntries {
        /// The first of them.
        first: i64,
        /// The second of them.
        second: i64,
    }
}

tuple! {
    /// What Found consists of.
    FoundSdgs {
        /// The first of them.
        first: Option<i64>,
        /// The second of them.
        second: i64,
    }
}

// From `evaluation::eligibility`.
record! {
    /// The answer to one rule.
    RuleAnswer {
        /// The code of the rule.
        code: String,
        /// The rule in the language of the network, where it is worded.
        #[uniffi(default = None)]
        label: Option<String>,
        /// The rule in English.
        #[uniffi(default = None)]
        label_en: Option<String>,
        /// How well the rule is known.
        #[uniffi(default = None)]
        mark: Option<Mark>,
        /// Whether it is kept.
        holds: Truth,
        /// What was found.
        found: Found,
    }
}
