//! Validated identifiers.
//!
//! Real registries bring their own codes, so an id is text, not a number. One macro makes every id type, so
//! that they cannot differ in what they accept, how they print or how they travel.

use std::sync::Arc;

use super::error::{Code, Error, Result};

/// The greatest length of an id, in bytes of UTF-8.
pub const MAX_ID_BYTES: usize = 200;

/// Characters besides letters and digits that an id may hold.
const PUNCTUATION: &str = "-_./:~+@";

/// Checks the text of an id: 1 to [`MAX_ID_BYTES`] bytes of letters, digits and `-_./:~+@`.
pub(crate) fn check_id(kind: &'static str, text: &str) -> Result<()> {
    let fault = if text.is_empty() {
        Code::IdEmpty
    } else if text.len() > MAX_ID_BYTES {
        Code::IdTooLong
    } else if !text.chars().all(|c| c.is_alphanumeric() || PUNCTUATION.contains(c)) {
        Code::IdCharacter
    } else {
        return Ok(());
    };
    Err(Error::new(fault).field(kind).value(text))
}

/// An id type: how the rest of the house handles ids without naming each one.
pub trait Id: Clone + Ord + std::hash::Hash + std::fmt::Debug + std::fmt::Display + Send + Sync + 'static {
    /// Builds an id from text.
    ///
    /// # Errors
    /// `id-empty`, `id-too-long`, `id-character`.
    fn parse(text: &str) -> Result<Self>;

    /// The text of the id.
    fn as_str(&self) -> &str;

    /// The text of the id, shared (no copy).
    fn shared(&self) -> Arc<str>;
}

macro_rules! id_types {
    ($($(#[$doc:meta])* $name:ident = $kind:literal;)+) => {$(
        $(#[$doc])*
        ///
        /// One to 200 bytes of letters, digits and `-_./:~+@`. Cheap to clone (shared text).
        ///
        /// ```
        #[doc = concat!("use jipp_core::base::", stringify!($name), ";")]
        #[doc = concat!("let id: ", stringify!($name), " = \"kabupaten-banyuwangi/gancang-aron\".parse()?;")]
        /// assert_eq!(id.as_str(), "kabupaten-banyuwangi/gancang-aron");
        #[doc = concat!("assert_eq!(\"two words\".parse::<", stringify!($name), ">().unwrap_err().code(), \"id-character\");")]
        /// # Ok::<(), jipp_core::Error>(())
        /// ```
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Builds an id from text.
            ///
            /// # Errors
            /// `id-empty`, `id-too-long`, `id-character`.
            pub fn new(text: impl AsRef<str>) -> Result<Self> {
                check_id($kind, text.as_ref()).map(|()| Self(Arc::from(text.as_ref())))
            }

            /// The text of the id.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Id for $name {
            fn parse(text: &str) -> Result<Self> {
                Self::new(text)
            }
            fn as_str(&self) -> &str {
                &self.0
            }
            fn shared(&self) -> Arc<str> {
                Arc::clone(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = Error;
            fn from_str(text: &str) -> Result<Self> {
                Self::new(text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({:?})"), &*self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, out: S) -> std::result::Result<S::Ok, S::Error> {
                out.serialize_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
                crate::base::text::read_text(input, |text| Self::new(text))
            }
        }

        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "minLength": 1,
                    "maxLength": MAX_ID_BYTES,
                    "pattern": r"^[\p{L}\p{N}\-_./:~+@]+$",
                    "x-id": $kind,
                })
            }
        }
    )+};
}

id_types! {
    /// Names a region (a province, regency, city, county, ...); in Indonesia the Kemendagri code, such as `35.10`.
    RegionId = "region";
    /// Names an agency.
    AgencyId = "agency";
    /// Names a service unit of an agency.
    UnitId = "unit";
    /// Names the contact of an office.
    ContactId = "contact";
    /// Names a person (innovator, assessor, mentor).
    PersonId = "person";
    /// Names a sector of public service.
    SectorId = "sector";
    /// Names a government affair (*urusan pemerintahan*).
    AffairId = "affair";
    /// Names an innovation.
    InnovationId = "innovation";
    /// Names a replication.
    ReplicationId = "replication";
    /// Names a hub of the network.
    HubId = "hub";
    /// Names an activity of a hub.
    ActivityId = "activity";
    /// Names a partner of hubs.
    PartnerId = "partner";
    /// Names a legal instrument.
    DecreeId = "decree";
    /// Names a competition.
    CompetitionId = "competition";
    /// Names one edition of a competition.
    EditionId = "edition";
    /// Names a rubric, version included: `kipp-umum@2023`.
    RubricId = "rubric";
    /// Names a proposal entered in an edition.
    ProposalId = "proposal";
    /// Names an assessor of an edition.
    AssessorId = "assessor";
    /// Names a score sheet.
    SheetId = "sheet";
    /// Names the result of one stage for one proposal.
    ResultId = "result";
    /// Names an objection raised in a public test.
    ObjectionId = "objection";
    /// Names an award.
    AwardId = "award";
    /// Names a maturity assessment.
    AssessmentId = "assessment";
    /// Names a piece of evidence.
    EvidenceId = "evidence";
    /// Names a need.
    NeedId = "need";
    /// Names a relevance judgement.
    JudgementId = "judgement";
    /// Names a scoring run.
    RunId = "scoring-run";
    /// Names the copy of a network where a change was made: `ministry`, `hub-maluku`, `phone-7`.
    Origin = "origin";
}
