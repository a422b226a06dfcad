//! Layer 2: the one consistent whole.

mod change;

pub use change::{Action, Change, ChangeId, Edit, Merge, Revise, Revision, Subject};
