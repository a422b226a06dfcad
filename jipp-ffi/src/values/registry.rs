//! The values of `registry`. Written by the tests of jipp from its sources.

use super::*;
use crate::mirror::{Json, choice, entries, record, tuple};

// From `registry::change`.
choice! {
    /// What a change does to one record.
    Action {
        /// Enters a record.
        Register = "register" value {
            /// It.
            value: Record,
        }
        /// Changes fields of a record.
        Revise = "revise" value {
            /// It.
            value: Revise,
        }
        /// Takes a step of a state machine; guarded, unless it reports history.
        Advance = "advance" value {
            /// It.
            value: Advance,
        }
        /// Takes a record out of the present; its past stays.
        Retract = "retract" value {
            /// It.
            value: Subject,
        }
        /// Takes a retraction back.
        Restore = "restore" value {
            /// It.
            value: Subject,
        }
        /// Declares a record to be the same as another; its id goes on resolving, to the other.
        Merge = "merge" value {
            /// It.
            value: Merge,
        }
        /// Takes a merge back.
        Unmerge = "unmerge" value {
            /// It.
            value: Subject,
        }
    }
}

// From `registry::change`.
record! {
    /// One change, as it stands in the journal and travels between copies.
    Change {
        /// Its name.
        id: String,
        /// When it was recorded.
        at: String,
        /// Who recorded it.
        #[uniffi(default = None)]
        by: Option<String>,
        /// The change that it takes back, if it does.
        #[uniffi(default = None)]
        reverts: Option<String>,
        /// What it does.
        action: Action,
    }
}

// From `registry::change`.
record! {
    /// The value a field had and the value it gets; `null` where it has none.
    Edit {
        /// What the author saw.
        #[uniffi(default = None)]
        before: Option<Json>,
        /// What it shall be.
        #[uniffi(default = None)]
        after: Option<Json>,
    }
}

// From `registry::receive`.
choice! {
    /// Why a change waits.
    HoldReason {
        /// This record has not arrived.
        Missing = "missing" value {
            /// It.
            value: EntityRef,
        }
        /// It would make a record its own ancestor: the message of the refusal.
        Cycle = "cycle" value {
            /// It.
            value: String,
        }
        /// What it makes is no valid record: the message of the refusal.
        Invalid = "invalid" value {
            /// It.
            value: String,
        }
    }
}

// From `registry::change`.
record! {
    /// Two records that are the same thing.
    Merge {
        /// The record that gives way.
        subject: EntityRef,
        /// The record that stays; of the same kind.
        into: EntityRef,
        /// Why.
        #[uniffi(default = None)]
        reason: Option<String>,
    }
}

// From `registry::receive`.
record! {
    /// What came of taking in changes made elsewhere.
    Received {
        /// The revision they were journaled as; none if all of them were known.
        #[uniffi(default = None)]
        revision: Option<i64>,
        /// How many were new.
        new: i64,
        /// How many were known already.
        known: i64,
        /// The changes that wait, those of earlier bundles included, with the reason.
        held: Vec<ReceivedHeld>,
        /// Edits of the same fields made without knowledge of each other, in the records touched.
        conflicts: Vec<RegistryConflict>,
    }
}

tuple! {
    /// What Received consists of.
    ReceivedHeld {
        /// The first of them.
        first: String,
        /// The second of them.
        second: HoldReason,
    }
}

// From `registry::fold`.
record! {
    /// Two edits of one field, made without knowledge of each other. Both values are kept in the journal; the one that
    /// stands is that of the later change. It is settled by the next edit of the field that saw the value that stands.
    RegistryConflict {
        /// The record.
        subject: EntityRef,
        /// The field, by its name in JSON; `record` for the record as a whole.
        field: String,
        /// What the author of the later change saw.
        before: Json,
        /// The value that was overwritten without having been seen.
        overwritten: Json,
        /// The value that stands.
        stands: Json,
        /// The later change.
        change: String,
    }
}

// From `registry::change`.
record! {
    /// New values for fields of a record, each with the value that the author saw.
    Revise {
        /// The record.
        subject: EntityRef,
        /// The fields, by their names in JSON.
        fields: Vec<ReviseFields>,
    }
}

entries! {
    /// An entry of Revise.
    ReviseFields {
        /// What it is found by.
        key: String,
        /// What is found.
        value: Edit,
    }
}

// From `registry::change`.
record! {
    /// A record, and why something is done to it.
    Subject {
        /// The record.
        subject: EntityRef,
        /// Why.
        #[uniffi(default = None)]
        reason: Option<String>,
    }
}
