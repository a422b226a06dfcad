//! A conflict of interest: why an assessor must not score a proposal.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::rules::ConflictGround;
use crate::base::{AssessorId, ProposalId};

/// Why an assessor must not score a proposal: found in the network, handed to the assignment. One pair may have several.
///
/// A plain value, not a record: it follows from what is on record, and is worked out when it is asked for.
///
/// ```
/// use jipp_core::model::{Conflict, ConflictGround};
/// let conflict = Conflict {
///     proposal: "p-1".parse()?,
///     assessor: "a-1".parse()?,
///     ground: ConflictGround::SameAgency,
///     because: Some("kota-ambon".to_owned()),
/// };
/// assert_eq!(conflict.ground.code(), "same-agency");
/// # Ok::<(), jipp_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// The proposal.
    pub proposal: ProposalId,
    /// The assessor.
    pub assessor: AssessorId,
    /// On what ground.
    pub ground: ConflictGround,
    /// What it rests on: the reason that was declared, or the records between them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}
