//! Layer 0: the values everything else is made of. Ids, dates, scores, errors, vocabularies and text folding.

mod date;
pub(crate) mod distribution;
mod error;
mod id;
mod json;
pub(crate) mod page;
pub(crate) mod random;
mod score;
mod summary;
pub(crate) mod text;
pub(crate) mod vocabulary;

pub(crate) use date::YEAR_DAYS;
pub use date::{MAX_YEAR, MIN_YEAR, PartialDate, Period, Precision, Timestamp, Truth};
pub use error::{Code, Error, ErrorKind, Lang, Location, Result};
pub(crate) use id::check_id;
pub use id::{
    ActivityId, AffairId, AgencyId, AssessmentId, AssessorId, AwardId, CompetitionId, ContactId, DecreeId, EditionId,
    EvidenceId, HubId, Id, InnovationId, JudgementId, MAX_ID_BYTES, NeedId, ObjectionId, Origin, PartnerId, PersonId,
    ProposalId, RegionId, ReplicationId, ResultId, RubricId, RunId, SectorId, SheetId, UnitId,
};
pub use json::read_value;
pub use score::{Amount, Measure, Score, Weight};
pub use summary::{Quartiles, Share};
pub use text::{fold, slug, words};
pub use vocabulary::Vocabulary;
