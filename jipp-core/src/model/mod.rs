//! Layer 1: plain records. What an innovation, a replication, a hub, a competition *is*, and the states it goes through.
//!
//! A record knows nothing of other records but their ids. [`Entity`] is how the layers above handle all kinds alike;
//! [`Record`] holds a record of any kind.

mod agency;
mod agency_names;
mod assessment;
mod award;
mod common;
mod competition;
mod conflict;
mod distance;
mod evidence;
mod gazetteer;
mod graph;
mod hub;
mod innovation;
mod instrument;
pub mod lifecycle;
mod name_index;
mod naming;
mod need;
mod panel;
mod place;
mod proposal;
#[cfg(feature = "regions-id")]
mod regions_id;
mod replication;
mod rubric;
mod rules;
mod scoring_run;
mod status;

use std::sync::Arc;

pub use agency::{Agency, AgencyKind, Capacity, Contact, Decree, DecreeKind, Person, Unit};
pub use agency_names::{AgencyMatch, AgencyNames};
pub use assessment::{Answer, Assessment};
pub use award::Award;
pub use common::{
    Confidence, Entity, ExternalId, Line, MAX_LINE_BYTES, MAX_LIST, MAX_TEXT_BYTES, Mark, Money, Provenance, Text,
    Visit,
};
pub use competition::{Category, Competition, CompetitionLevel, Edition, Group, Stage, StageKind, Tier};
pub use conflict::Conflict;
pub use distance::great_circle_km;
pub use evidence::{Evidence, EvidenceKind};
pub use gazetteer::{Gazetteer, Hint, Resolution};
pub use graph::{Graph, GraphEdge, GraphNode, NodeId};
pub use hub::{
    Activity, ActivityKind, Designation, DesignationEvent, Hub, HubKind, HubState, Milestone, MilestoneKind, Partner,
    PartnerKind, Partnership, Spoke,
};
pub use innovation::{
    Budget, Continuity, FundingSource, Indicator, InitiatorKind, Innovation, InnovationForm, InnovationStage,
    Publication, Section, Sustainability, Verification,
};
pub use instrument::{Band, Instrument};
pub use name_index::How;
pub use naming::{Marker, MarkerKind, Naming};
pub use need::{Judgement, Need};
pub use panel::{Assessor, ConflictOfInterest, CriterionScore, Decision, PanelKind, ScoreSheet, StageResult};
pub use place::{Affair, Point, Region, RegionLevel, Sector};
pub use proposal::{Objection, Proposal, ProposalState};
#[cfg(feature = "regions-id")]
pub use regions_id::{agencies_id, competitions_id, naming_id, regions_id};
pub use replication::{
    Agreement, AgreementKind, Aspect, Certificate, CertificateKind, ChangeType, CooperationModel, Difference,
    DifferenceKind, EvidenceLevel, Extent, Replication, ReplicationState, Source, TitleRelation, TransferMode,
    TransferType,
};
pub use rubric::{Criterion, MissingRule, Rubric, ScoreOption};
pub use rules::{Aggregation, AwardPattern, CompositionRule, ConflictGround, Dimension, EligibilityRule, Requirement};
pub use scoring_run::{RunInput, RunResult, ScoringRun};
pub use status::{Status, Step};

use crate::base::{PartialDate, Period, Result, vocabulary::vocabulary};

vocabulary! {
    /// The kind of a record. A kind refers to kinds before it, mostly, so that this is a good order for importing.
    EntityKind = "kind" {
        Region = "region", "wilayah", "region";
        Sector = "sector", "sektor", "sector";
        Affair = "affair", "urusan pemerintahan", "government affair";
        Agency = "agency", "instansi", "agency";
        Unit = "unit", "unit pelayanan publik", "service unit";
        Person = "person", "orang", "person";
        Decree = "decree", "dasar hukum", "legal instrument";
        Partner = "partner", "mitra", "partner";
        Evidence = "evidence", "bukti dukung", "evidence";
        Innovation = "innovation", "inovasi", "innovation";
        Hub = "hub", "hub", "hub";
        Replication = "replication", "replikasi", "replication";
        Activity = "activity", "kegiatan hub", "hub activity";
        Contact = "contact", "kontak", "contact";
        Competition = "competition", "kompetisi", "competition";
        Rubric = "rubric", "instrumen penilaian", "rubric";
        Edition = "edition", "tahun kompetisi", "edition";
        Proposal = "proposal", "proposal", "proposal";
        Assessor = "assessor", "penilai", "assessor";
        ScoreSheet = "score-sheet", "lembar nilai", "score sheet";
        StageResult = "stage-result", "hasil seleksi", "stage result";
        Objection = "objection", "sanggahan", "objection";
        Award = "award", "penghargaan", "award";
        Assessment = "assessment", "penilaian kematangan", "maturity assessment";
        Need = "need", "kebutuhan", "need";
        Judgement = "judgement", "penilaian kecocokan", "relevance judgement";
        ScoringRun = "scoring-run", "proses penilaian", "scoring run";
    }
}

impl EntityKind {
    /// How many kinds there are.
    pub const COUNT: usize = Self::ALL.len();

    /// Its place in [`EntityKind::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// Names one record of any kind. Prints as `kind id`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
pub struct EntityRef {
    /// Its kind.
    pub kind: EntityKind,
    /// Its id.
    #[schemars(with = "String")]
    pub id: Arc<str>,
}

impl EntityRef {
    /// Names a record.
    ///
    /// # Errors
    /// `id-empty`, `id-too-long`, `id-character`.
    pub fn new(kind: EntityKind, id: &str) -> Result<Self> {
        crate::base::check_id(kind.code(), id)?;
        Ok(Self { kind, id: Arc::from(id) })
    }
    /// Names a record of type `T` by its typed id.
    pub fn of<T: Entity>(id: &T::Id) -> Self {
        Self { kind: T::KIND, id: crate::base::Id::shared(id) }
    }
}

impl<'de> serde::Deserialize<'de> for EntityRef {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> std::result::Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Raw {
            kind: EntityKind,
            id: String,
        }
        let raw = Raw::deserialize(input)?;
        Self::new(raw.kind, &raw.id).map_err(serde::de::Error::custom)
    }
}

impl std::fmt::Display for EntityRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.kind, self.id)
    }
}

impl Record {
    /// The year it belongs to, where it says so: of first use, of the first step, of the award, edition or activity.
    pub fn year(&self) -> Option<i32> {
        let date = match self {
            Self::Innovation(innovation) => innovation
                .implemented_on
                .or(innovation.trial_on)
                .or_else(|| innovation.stage.steps.iter().find_map(|step| step.on)),
            Self::Replication(replication) => replication
                .started_on
                .or(replication.implemented_on)
                .or_else(|| replication.status.steps.iter().find_map(|step| step.on)),
            Self::Activity(activity) => activity.on,
            Self::Award(award) => return award.year.map(i32::from).or_else(|| award.on.map(PartialDate::year)),
            Self::Edition(edition) => return edition.year.map(i32::from),
            Self::Decree(decree) => {
                return decree.year.map(i32::from).or_else(|| decree.issued_on.map(PartialDate::year));
            }
            _ => None,
        };
        date.map(PartialDate::year)
    }
}

macro_rules! entities {
    ($($name:ident,)+) => {
        /// A record of any kind; cheap to clone (shared). In JSON an object with the kind as its only key.
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum Record {
            $(#[doc = concat!("See [`", stringify!($name), "`].")] $name(Arc<$name>),)+
        }

        $(
            impl From<$name> for Record {
                fn from(record: $name) -> Self {
                    Self::$name(Arc::new(record))
                }
            }
            impl common::IntoRecord for $name {
                fn into_record(self: Arc<Self>) -> Record {
                    Record::$name(self)
                }
                fn from_record(record: &Record) -> Option<&Arc<Self>> {
                    match record {
                        Record::$name(found) => Some(found),
                        _ => None,
                    }
                }
            }
        )+

        impl Record {
            /// Its kind.
            pub fn kind(&self) -> EntityKind {
                match self { $(Self::$name(_) => EntityKind::$name,)+ }
            }
            /// The text of its id.
            pub fn id(&self) -> &str {
                match self { $(Self::$name(record) => record.id().as_str(),)+ }
            }
            /// Names it.
            pub fn reference(&self) -> EntityRef {
                match self { $(Self::$name(record) => EntityRef::of::<$name>(record.id()),)+ }
            }
            /// What people call it, where it has a name.
            pub fn name(&self) -> Option<&str> {
                match self { $(Self::$name(record) => record.name(),)+ }
            }
            /// When it was true.
            pub fn valid(&self) -> Period {
                match self { $(Self::$name(record) => record.valid(),)+ }
            }
            /// Where it comes from.
            pub fn provenance(&self) -> &[Provenance] {
                match self { $(Self::$name(record) => record.provenance(),)+ }
            }
            /// Its numbers in other systems.
            pub fn external_ids(&self) -> &[ExternalId] {
                match self { $(Self::$name(record) => record.external_ids(),)+ }
            }
            /// Tells every other record that it refers to, with the field.
            pub fn references(&self, visit: &mut Visit<'_>) {
                match self { $(Self::$name(record) => record.references(visit),)+ }
            }
            /// Checks what its types alone cannot.
            ///
            /// # Errors
            /// Kind `invalid`, with the record as subject and the field as location.
            pub fn check(&self) -> Result<()> {
                match self { $(Self::$name(record) => record.check(),)+ }.map_err(|error| error.about(self.reference()))
            }
            /// Its fields as JSON, without the kind.
            pub fn to_fields(&self) -> serde_json::Value {
                // Records hold text, numbers and lists only, which JSON always can.
                match self { $(Self::$name(record) => serde_json::to_value(record),)+ }.unwrap_or_default()
            }
            /// Reads a record of a kind from its fields.
            ///
            /// # Errors
            /// Kind `invalid`, with the path of the offending field as location.
            pub fn from_fields(kind: EntityKind, fields: &serde_json::Value) -> Result<Self> {
                match kind { $(EntityKind::$name => common::read_fields::<$name>(fields),)+ }
            }
            /// Reads a record of a kind from the JSON text of its fields: the fast way, whose error only says that it failed.
            pub(crate) fn from_json(kind: EntityKind, text: &str) -> serde_json::Result<Self> {
                match kind { $(EntityKind::$name => common::read_json::<$name>(text),)+ }
            }
            /// The JSON Schema of the fields of a kind.
            pub fn schema(kind: EntityKind) -> schemars::Schema {
                match kind { $(EntityKind::$name => schemars::schema_for!($name),)+ }
            }
        }
    };
}

entities! {
    Region, Sector, Affair, Agency, Unit, Person, Decree, Partner, Evidence, Innovation, Hub, Replication, Activity,
    Contact, Competition, Rubric, Edition, Proposal, Assessor, ScoreSheet, StageResult, Objection, Award, Assessment,
    Need, Judgement, ScoringRun,
}
