//! State machines: which steps there are, and what must hold before each (its guards).
//!
//! The tables are data; [`Guard`] says in one place what each guard means. Guards bind what happens from now on; history
//! enters as [reported](super::Step::reported) steps, as it was.
//!
//! Sources of the tables: the stages of an innovation are those of the regional innovation index (inisiatif, uji coba,
//! penerapan) and of Permen PANRB 91/2021 art. 4 (penciptaan, pengembangan, pelembagaan); interest, agreement and
//! implementation of a replication were observed in the national network's prototype; the stages of a proposal are those
//! of the national competition. The tables as a whole are inferred from these, and so are the guards.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::common::IntoRecord as _;
use super::{
    Assessor, DesignationEvent, Edition, Entity, EntityKind, EntityRef, Hub, HubState, Innovation, InnovationStage,
    Line, MilestoneKind, PanelKind, Proposal, ProposalState, Publication, Record, Replication, ReplicationState,
    ScoreSheet, Status, Step, Text, Verification,
};
use crate::base::{Code, DecreeId, Error, Id as _, PartialDate, Result, Truth, Vocabulary, vocabulary::vocabulary};

/// A state machine: its first state and its steps.
pub trait Machine:
    Vocabulary + std::fmt::Debug + Ord + Serialize + for<'de> Deserialize<'de> + JsonSchema + std::str::FromStr<Err = Error>
{
    /// The state every record begins in.
    const INITIAL: Self;
    /// Every step there is.
    const TRANSITIONS: &'static [Transition<Self>];
}

/// A step from any of some states to one, and what must hold before it.
#[derive(Clone, Copy, Debug)]
pub struct Transition<S: 'static> {
    /// The states it starts from.
    pub from: &'static [S],
    /// The state it leads to.
    pub to: S,
    /// What must hold.
    pub guards: &'static [Guard],
}

const fn step<S>(from: &'static [S], to: S, guards: &'static [Guard]) -> Transition<S> {
    Transition { from, to, guards }
}

vocabulary! {
    /// What must hold before a step.
    Guard = "guard" {
        Title = "title", "judul diisi", "the title is given";
        Owner = "owner", "instansi pemilik tercatat", "the owner is on record";
        RegionKnown = "region", "wilayah diisi (kecuali instansi pusat)", "the region is given, unless the owner is a national agency";
        TrialDate = "trial-date", "tanggal uji coba diisi", "the date of the trial is given";
        ImplementedOn = "implemented-on", "tanggal penerapan diisi dan tidak mendahului uji coba", "the date of implementation is given and not before the trial";
        DevelopedOn = "developed-on", "tanggal pengembangan diisi", "the date of development is given";
        Reason = "reason", "alasan atau catatan diisi", "a reason or note is given";
        Decree = "decree", "peraturan, SK, atau keputusan disebut", "the regulation or decree is named";
        Date = "date", "tanggal langkah diisi", "the date of the step is given";
        Actor = "actor", "pelaku langkah disebut", "it is said who takes the step";
        SignedAgreement = "signed-agreement", "kesepakatan yang ditandatangani tercatat", "a signed agreement is on record";
        Differences = "differences", "perbedaan dari inovasi asal dicatat", "what is done differently is recorded";
        TargetImplemented = "target-implemented", "inovasi hasil replikasi sudah diterapkan", "the innovation that came of it is in use";
        ReplicationEvidence = "replication-evidence", "bukti tercatat: surat, PKS, atau bukti pelaksanaan", "evidence is on record: letter, agreement or proof";
        Certificates = "certificates", "sertifikat komitmen dan implementasi tercatat", "the certificates of commitment and implementation are on record";
        FormerState = "former-state", "kembali ke keadaan sebelum ditunda", "it returns to the state before the suspension";
        Commitment = "commitment", "komitmen bertanggal tercatat", "a dated commitment is on record";
        Designated = "designated", "keputusan penetapan bertanggal tercatat", "a dated designation by decree is on record";
        TeamOrPlan = "team-or-plan", "tim pelaksana atau rencana tercatat", "a team or a plan is on record";
        SetUp = "set-up", "tim, peraturan, serta portal atau peta jalan tercatat", "team, regulation, and portal or roadmap are on record";
        MaturityGood = "maturity-good", "penilaian kematangan terbaru berpredikat baik", "the latest maturity assessment is in the band “good”";
        NoActivity = "no-activity", "tidak ada kegiatan selama batas bulan yang ditetapkan", "there was no activity for the set number of months";
        RecentActivity = "recent-activity", "ada kegiatan yang tercatat", "an activity is on record";
        BeforeClosing = "before-closing", "pendaftaran masih dibuka", "registration is open";
        RequiredSections = "required-sections", "bagian wajib proposal terisi", "the required sections are filled";
        WordLimits = "word-limits", "jumlah kata tiap bagian tidak melebihi batas", "no section exceeds its word limit";
        GroupQuota = "group-quota", "kuota proposal instansi dalam kelompok belum habis", "the agency's quota in the group is not used up";
        AssessorsAssigned = "assessors-assigned", "penilai cukup dan tidak berbenturan kepentingan", "enough assessors are assigned, none of them conflicted";
        ScoresComplete = "scores-complete", "semua nilai sudah masuk", "all scores are in";
        SpreadModerated = "spread-moderated", "rentang nilai dalam batas atau sudah dimoderasi", "the range of scores is within its limit or was moderated";
        PassMark = "pass-mark", "nilai mencapai ambang kelulusan", "the score reaches the pass mark";
        NoUpheldObjection = "no-upheld-objection", "semua sanggahan diputus dan tidak ada yang diterima", "every objection is resolved and none was upheld";
        UpheldObjection = "upheld-objection", "ada sanggahan yang diterima", "an objection was upheld";
        Visited = "visited", "kunjungan oleh Tim Panel Independen dan Tim Evaluasi tercatat", "a visit by the independent panel and the evaluation team is on record";
        NoVisitStage = "no-visit-stage", "tahun kompetisi ini tanpa kunjungan lapangan", "the edition has no field visit";
        AwardRecorded = "award-recorded", "penghargaan tercatat", "the award is on record";
    }
}

use InnovationStage as I;

impl Machine for InnovationStage {
    const INITIAL: Self = I::Draft;
    const TRANSITIONS: &'static [Transition<Self>] = &[
        step(&[I::Draft], I::Initiative, &[Guard::Title, Guard::Owner, Guard::RegionKnown]),
        step(&[I::Initiative], I::Trial, &[Guard::TrialDate]),
        step(&[I::Trial, I::Initiative], I::Implemented, &[Guard::ImplementedOn]),
        step(&[I::Dormant], I::Implemented, &[Guard::Reason]),
        step(&[I::Implemented], I::Developed, &[Guard::DevelopedOn, Guard::Reason]),
        step(&[I::Implemented, I::Developed], I::Institutionalised, &[Guard::Decree]),
        step(&[I::Implemented, I::Developed, I::Institutionalised], I::Dormant, &[Guard::Reason]),
        step(
            &[I::Draft, I::Initiative, I::Trial, I::Implemented, I::Developed, I::Institutionalised, I::Dormant],
            I::Retired,
            &[Guard::Reason],
        ),
    ];
}

impl Machine for Verification {
    const INITIAL: Self = Self::Unverified;
    const TRANSITIONS: &'static [Transition<Self>] = &[
        step(&[Self::Unverified, Self::Returned], Self::Submitted, &[]),
        step(&[Self::Submitted], Self::Verified, &[Guard::Actor]),
        step(&[Self::Submitted], Self::Returned, &[Guard::Actor, Guard::Reason]),
        step(&[Self::Submitted], Self::Rejected, &[Guard::Actor, Guard::Reason]),
    ];
}

impl Machine for Publication {
    const INITIAL: Self = Self::Private;
    const TRANSITIONS: &'static [Transition<Self>] =
        &[step(&[Self::Private], Self::Internal, &[]), step(&[Self::Internal], Self::Public, &[Guard::Actor])];
}

use ReplicationState as R;

impl Machine for ReplicationState {
    const INITIAL: Self = R::Proposed;
    const TRANSITIONS: &'static [Transition<Self>] = &[
        step(&[R::Proposed], R::Interest, &[Guard::Actor]),
        step(&[R::Interest], R::InterestVerified, &[Guard::Actor, Guard::Reason]),
        step(&[R::Interest], R::InterestRejected, &[Guard::Actor, Guard::Reason]),
        step(&[R::InterestVerified], R::Requested, &[Guard::Date]),
        step(&[R::Requested], R::Approved, &[Guard::Actor]),
        step(&[R::Requested], R::Declined, &[Guard::Actor]),
        step(&[R::Approved], R::Agreed, &[Guard::SignedAgreement]),
        step(&[R::Agreed], R::Adapting, &[Guard::Differences]),
        step(&[R::Adapting], R::Implemented, &[Guard::TargetImplemented]),
        step(&[R::Implemented], R::Reported, &[Guard::Date]),
        step(&[R::Reported, R::Claimed], R::Verified, &[Guard::Actor, Guard::ReplicationEvidence]),
        step(&[R::Verified], R::Completed, &[Guard::Certificates]),
        step(&[R::Agreed, R::Adapting, R::Implemented], R::Suspended, &[Guard::Reason]),
        step(&[R::Suspended], R::Agreed, &[Guard::FormerState]),
        step(&[R::Suspended], R::Adapting, &[Guard::FormerState]),
        step(&[R::Suspended], R::Implemented, &[Guard::FormerState]),
        step(
            &[
                R::Proposed,
                R::Interest,
                R::InterestVerified,
                R::Requested,
                R::Approved,
                R::Agreed,
                R::Adapting,
                R::Implemented,
                R::Reported,
                R::Verified,
                R::Suspended,
                R::Claimed,
            ],
            R::Cancelled,
            &[Guard::Reason],
        ),
        step(&[R::Completed], R::Discontinued, &[Guard::Reason]),
        step(&[R::Proposed], R::Claimed, &[Guard::Actor]),
    ];
}

use HubState as H;

impl Machine for HubState {
    const INITIAL: Self = H::Candidate;
    const TRANSITIONS: &'static [Transition<Self>] = &[
        step(&[H::Candidate], H::Assessed, &[Guard::Reason]),
        step(&[H::Assessed], H::Committed, &[Guard::Commitment]),
        step(&[H::Committed], H::Designated, &[Guard::Designated]),
        step(&[H::Designated], H::SettingUp, &[Guard::TeamOrPlan]),
        step(&[H::SettingUp], H::Operational, &[Guard::SetUp]),
        step(&[H::Operational], H::Mature, &[Guard::MaturityGood]),
        step(&[H::Operational, H::Mature], H::Inactive, &[Guard::Date, Guard::NoActivity]),
        step(&[H::Inactive], H::Operational, &[Guard::RecentActivity]),
        step(&[H::Designated, H::SettingUp, H::Operational, H::Mature, H::Inactive], H::Withdrawn, &[Guard::Decree]),
        step(&[H::Candidate, H::Assessed], H::Rejected, &[Guard::Reason]),
    ];
}

use ProposalState as P;

impl Machine for ProposalState {
    const INITIAL: Self = P::Draft;
    const TRANSITIONS: &'static [Transition<Self>] = &[
        step(
            &[P::Draft],
            P::Submitted,
            &[Guard::Date, Guard::BeforeClosing, Guard::RequiredSections, Guard::WordLimits, Guard::GroupQuota],
        ),
        step(&[P::Submitted], P::AdminPassed, &[Guard::Actor]),
        step(&[P::Submitted], P::AdminFailed, &[Guard::Actor, Guard::Reason]),
        step(&[P::AdminPassed], P::DeskScoring, &[Guard::AssessorsAssigned]),
        step(&[P::DeskScoring], P::Consolidated, &[Guard::ScoresComplete, Guard::SpreadModerated]),
        step(&[P::Consolidated], P::Finalist, &[Guard::PassMark, Guard::Actor]),
        step(&[P::Consolidated], P::NotFinalist, &[Guard::Actor]),
        step(&[P::Finalist], P::PublicTest, &[Guard::Date]),
        step(&[P::PublicTest], P::Confirmed, &[Guard::NoUpheldObjection]),
        step(&[P::PublicTest], P::Disqualified, &[Guard::UpheldObjection]),
        step(&[P::Confirmed], P::InterviewScored, &[Guard::Date]),
        step(&[P::InterviewScored], P::FieldVerified, &[Guard::Visited]),
        step(&[P::InterviewScored], P::AwardedPending, &[Guard::NoVisitStage]),
        step(&[P::FieldVerified, P::AwardedPending], P::Awarded, &[Guard::Actor, Guard::AwardRecorded]),
        step(&[P::FieldVerified, P::AwardedPending], P::NotAwarded, &[Guard::Actor]),
        step(&[P::Awarded], P::Revoked, &[Guard::Decree]),
        step(
            &[
                P::Draft,
                P::Submitted,
                P::AdminPassed,
                P::DeskScoring,
                P::Consolidated,
                P::Finalist,
                P::PublicTest,
                P::Confirmed,
            ],
            P::Withdrawn,
            &[Guard::Actor],
        ),
    ];
}

/// Which status of a record a step belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Axis {
    /// The stage of an innovation.
    Stage,
    /// Whether an innovation's record was checked.
    Verification,
    /// Who may see an innovation's record.
    Publication,
    /// The status of a replication, hub or proposal.
    Status,
}

impl Axis {
    /// The field of the record that holds it.
    pub const fn field(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Verification => "verification",
            Self::Publication => "publication",
            Self::Status => "status",
        }
    }
}

/// Figures of the guards that a network may set for itself; the defaults are inferred.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// After how many months without an activity a hub may be called inactive.
    pub inactive_months: u32,
    /// The milestones a hub needs before it is operational: one of each inner list.
    pub operational_needs: Vec<Vec<MilestoneKind>>,
    /// How many assessors a proposal needs where its stage does not say.
    pub min_assessors: u32,
    /// The bands of maturity that count as good.
    pub good_bands: Vec<String>,
}

impl Default for Policy {
    fn default() -> Self {
        use MilestoneKind::{Portal, Regulation, Roadmap, Team};
        Self {
            inactive_months: 12,
            operational_needs: vec![vec![Team], vec![Regulation], vec![Portal, Roadmap]],
            min_assessors: 2,
            good_bands: vec!["baik".into(), "good".into()],
        }
    }
}

/// What guards may ask of other records.
pub trait Facts {
    /// A record, merges followed.
    fn find(&self, kind: EntityKind, id: &str) -> Option<&Record>;
    /// The records of a kind that refer to this one.
    fn referring(&self, kind: EntityKind, to: &EntityRef) -> Vec<&Record>;
    /// The figures in force.
    fn policy(&self) -> &Policy;
}

/// A step that somebody wants to take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Advance {
    /// The record.
    pub subject: EntityRef,
    /// Which status of it.
    pub axis: Axis,
    /// The code of the state to go to.
    pub to: Line,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// Who.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Line>,
    /// Why, or what was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// The decree it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decree: Option<DecreeId>,
    /// The raw wording of the source: enters a fact of the past as it was, unguarded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<Line>,
}

impl Advance {
    /// A step with nothing but its goal.
    ///
    /// # Errors
    /// `text-too-long`, `text-character`.
    pub fn new(subject: EntityRef, axis: Axis, to: &str) -> Result<Self> {
        let to = Line::new(to)?;
        Ok(Self { subject, axis, to, on: None, by: None, note: None, decree: None, reported: None })
    }
}

/// Takes a step: checks that there is one and that its guards hold (a [reported](Advance::reported) fact of the past is
/// not guarded), and gives the record after it.
///
/// # Errors
/// `unknown-term` (no such state), `transition-unknown`, `guard-unmet` (the guard as value), `field-unknown` (the record
/// has no such status).
pub fn advance(record: &Record, wish: &Advance, facts: &dyn Facts) -> Result<Record> {
    take(record, wish, wish.reported.is_none().then_some(facts))
}

/// Takes a step without asking anything: for folding a journal, whose changes were checked when they were made.
pub(crate) fn replay(record: &Record, wish: &Advance) -> Result<Record> {
    take(record, wish, None)
}

/// The code of the present state on an axis, where the record has one.
pub fn state(record: &Record, axis: Axis) -> Option<&'static str> {
    match (record, axis) {
        (Record::Innovation(record), Axis::Stage) => Some(record.stage.state().code()),
        (Record::Innovation(record), Axis::Verification) => Some(record.verification.state().code()),
        (Record::Innovation(record), Axis::Publication) => Some(record.publication.state().code()),
        (Record::Replication(record), Axis::Status) => Some(record.status.state().code()),
        (Record::Hub(record), Axis::Status) => Some(record.status.state().code()),
        (Record::Proposal(record), Axis::Status) => Some(record.status.state().code()),
        _ => None,
    }
}

/// Whether the machine of the axis has a step from the record's present state to the wished one, guards apart.
pub(crate) fn is_step(record: &Record, wish: &Advance) -> bool {
    fn has<S: Machine>(status: &Status<S>, to: &str) -> bool {
        let from = status.state();
        S::TRANSITIONS.iter().any(|step| step.to.code() == to && step.from.contains(&from))
    }
    match (record, wish.axis) {
        (Record::Innovation(record), Axis::Stage) => has(&record.stage, &wish.to),
        (Record::Innovation(record), Axis::Verification) => has(&record.verification, &wish.to),
        (Record::Innovation(record), Axis::Publication) => has(&record.publication, &wish.to),
        (Record::Replication(record), Axis::Status) => has(&record.status, &wish.to),
        (Record::Hub(record), Axis::Status) => has(&record.status, &wish.to),
        (Record::Proposal(record), Axis::Status) => has(&record.status, &wish.to),
        _ => false,
    }
}

/// Whether every status of a record is at its first state or consists of reported history: what a new record may bring.
pub(crate) fn enters_unguarded(record: &Record) -> bool {
    match record {
        Record::Innovation(record) => {
            record.stage.is_history() && record.verification.is_history() && record.publication.is_history()
        }
        Record::Replication(record) => record.status.is_history(),
        Record::Hub(record) => record.status.is_history(),
        Record::Proposal(record) => record.status.is_history(),
        _ => true,
    }
}

fn take(record: &Record, wish: &Advance, facts: Option<&dyn Facts>) -> Result<Record> {
    match (record, wish.axis) {
        (Record::Innovation(_), Axis::Stage) => put::<Innovation, _>(record, wish, facts, |r| &mut r.stage),
        (Record::Innovation(_), Axis::Verification) => {
            put::<Innovation, _>(record, wish, facts, |r| &mut r.verification)
        }
        (Record::Innovation(_), Axis::Publication) => put::<Innovation, _>(record, wish, facts, |r| &mut r.publication),
        (Record::Replication(_), Axis::Status) => put::<Replication, _>(record, wish, facts, |r| &mut r.status),
        (Record::Hub(_), Axis::Status) => put::<Hub, _>(record, wish, facts, |r| &mut r.status),
        (Record::Proposal(_), Axis::Status) => put::<Proposal, _>(record, wish, facts, |r| &mut r.status),
        _ => Err(Error::new(Code::FieldUnknown).field("axis").value(wish.axis.field())),
    }
    .map_err(|error| error.about(&wish.subject))
}

/// Puts the step into the status that `field` finds; with facts, only if it is allowed.
fn put<T: Entity, S: Machine>(
    record: &Record,
    wish: &Advance,
    facts: Option<&dyn Facts>,
    field: fn(&mut T) -> &mut Status<S>,
) -> Result<Record> {
    let Some(old) = T::from_record(record) else {
        return Err(Error::new(Code::FieldUnknown).field("axis").value(wish.axis.field()));
    };
    let mut next = T::clone(old);
    let status = field(&mut next);
    let to = wish.to.parse::<S>().map_err(|error| error.field("to"))?;
    if let Some(facts) = facts {
        allow(record, wish, status, to, facts)?;
    }
    status.steps.push(Step {
        to,
        on: wish.on,
        by: wish.by.clone(),
        note: wish.note.clone(),
        decree: wish.decree.clone(),
        reported: wish.reported.clone(),
    });
    Ok(std::sync::Arc::new(next).into_record())
}

/// Checks that there is such a step and that one way of taking it has all its guards met.
fn allow<S: Machine>(record: &Record, wish: &Advance, status: &Status<S>, to: S, facts: &dyn Facts) -> Result<()> {
    let from = status.state();
    let reachable: Vec<&str> = S::TRANSITIONS.iter().filter(|t| t.from.contains(&from)).map(|t| t.to.code()).collect();
    let Some(transition) = S::TRANSITIONS.iter().find(|t| t.to == to && t.from.contains(&from)) else {
        let wanted = format!("{from} -> {to}", from = from.code(), to = to.code());
        let hint = if reachable.is_empty() { "no further step".into() } else { reachable.join(", ") };
        return Err(Error::new(Code::TransitionUnknown).field(wish.axis.field()).value(wanted).expected(hint));
    };
    let former = status.former().map(Vocabulary::code);
    let attempt = Attempt { record, wish, former, facts };
    match transition.guards.iter().find(|guard| !attempt.holds(**guard)) {
        Some(guard) => {
            let hint = format!("{} ({})", guard.label_en(), guard.label_id());
            Err(Error::new(Code::GuardUnmet).field(wish.axis.field()).value(guard.code()).expected(hint))
        }
        None => Ok(()),
    }
}

/// A step somebody wants to take, with all that guards look at.
struct Attempt<'a> {
    record: &'a Record,
    wish: &'a Advance,
    /// The code of the state before the present one.
    former: Option<&'static str>,
    facts: &'a dyn Facts,
}

impl Attempt<'_> {
    fn holds(&self, guard: Guard) -> bool {
        let wish = self.wish;
        match guard {
            Guard::Reason => wish.note.as_deref().is_some_and(|note| !note.is_empty()),
            Guard::Decree => wish.decree.is_some() || wish.note.as_deref().is_some_and(|note| !note.is_empty()),
            Guard::Date => wish.on.is_some(),
            Guard::Actor => wish.by.as_deref().is_some_and(|by| !by.is_empty()),
            Guard::FormerState => self.former == Some(&*wish.to),
            _ => match self.record {
                Record::Innovation(innovation) => self.innovation(innovation, guard),
                Record::Replication(replication) => self.replication(replication, guard),
                Record::Hub(hub) => self.hub(hub, guard),
                Record::Proposal(proposal) => self.proposal(proposal, guard),
                _ => false,
            },
        }
    }

    fn find<T: Entity>(&self, id: &T::Id) -> Option<&T> {
        T::from_record(self.facts.find(T::KIND, id.as_str())?).map(|shared| &**shared)
    }

    fn referring<T: Entity>(&self) -> impl Iterator<Item = &T> {
        let all = self.facts.referring(T::KIND, &self.record.reference());
        all.into_iter().filter_map(|record| T::from_record(record).map(|shared| &**shared))
    }

    fn innovation(&self, innovation: &Innovation, guard: Guard) -> bool {
        let owner = || self.find::<super::Agency>(&innovation.owner);
        match guard {
            Guard::Title => !innovation.title.is_empty(),
            Guard::Owner => owner().is_some(),
            // A national agency acts for the whole country: it has no region of its own.
            Guard::RegionKnown => innovation.region.is_some() || owner().is_some_and(|agency| agency.region.is_none()),
            Guard::TrialDate => innovation.trial_on.or(self.wish.on).is_some(),
            Guard::ImplementedOn => innovation
                .implemented_on
                .is_some_and(|on| innovation.trial_on.is_none_or(|trial| !on.surely_before(trial))),
            Guard::DevelopedOn => innovation.developed_on.is_some(),
            _ => false,
        }
    }

    fn replication(&self, replication: &Replication, guard: Guard) -> bool {
        use super::{AgreementKind, CertificateKind};
        match guard {
            Guard::SignedAgreement => {
                replication.agreements.iter().any(|agreement| agreement.kind != AgreementKind::LetterOfInterest)
            }
            Guard::Differences => !replication.differences.is_empty(),
            Guard::TargetImplemented => match &replication.target {
                Some(target) => self.find::<Innovation>(target).is_some_and(|found| found.implemented_on.is_some()),
                None => replication.implemented_on.is_some(),
            },
            Guard::ReplicationEvidence => !replication.evidence.is_empty() || !replication.agreements.is_empty(),
            Guard::Certificates => [CertificateKind::Commitment, CertificateKind::Implementation]
                .iter()
                .all(|kind| replication.certificates.iter().any(|certificate| certificate.kind == *kind)),
            _ => false,
        }
    }

    fn hub(&self, hub: &Hub, guard: Guard) -> bool {
        let policy = self.facts.policy();
        let has = |kind: MilestoneKind| hub.milestones.iter().any(|milestone| milestone.kind == kind);
        let event = |wanted: DesignationEvent| hub.designations.iter().find(|event| event.event == wanted);
        match guard {
            Guard::Commitment => {
                event(DesignationEvent::Commitment).is_some_and(|event| event.on.is_some())
                    || hub.milestones.iter().any(|m| m.kind == MilestoneKind::Commitment && m.on.is_some())
            }
            Guard::Designated => event(DesignationEvent::Designation)
                .is_some_and(|event| event.on.is_some() && (event.decree.is_some() || event.note.is_some())),
            Guard::TeamOrPlan => {
                [MilestoneKind::Team, MilestoneKind::YearlyPlan, MilestoneKind::Roadmap].into_iter().any(has)
            }
            Guard::SetUp => policy.operational_needs.iter().all(|any| any.iter().any(|kind| has(*kind))),
            Guard::MaturityGood => {
                let latest =
                    self.referring::<super::Assessment>().max_by_key(|assessment| (assessment.on, &assessment.id));
                latest.and_then(|latest| latest.band.as_deref()).is_some_and(|band| {
                    policy.good_bands.iter().any(|good| crate::base::fold(good) == crate::base::fold(band))
                })
            }
            Guard::NoActivity => self.wish.on.is_some_and(|on| {
                let since = on.first_day().checked_sub_months(chrono::Months::new(policy.inactive_months));
                !self.referring::<super::Activity>().any(|a| a.on.is_none_or(|at| Some(at.last_day()) >= since))
            }),
            Guard::RecentActivity => self.referring::<super::Activity>().next().is_some(),
            _ => false,
        }
    }

    fn proposal(&self, proposal: &Proposal, guard: Guard) -> bool {
        let Some(edition) = self.find::<Edition>(&proposal.edition) else { return false };
        let stage = |kind: super::StageKind| edition.stages.iter().find(|stage| stage.kind == kind);
        let desk = stage(super::StageKind::Desk);
        let in_desk = |code: &str| desk.is_none_or(|stage| &*stage.code == code);
        match guard {
            Guard::BeforeClosing => match (edition.registration, self.wish.on) {
                (Some(registration), Some(on)) => registration.holds_on(on) != Truth::No,
                _ => true,
            },
            Guard::RequiredSections => self
                .sections_fit(proposal, edition, |criterion, words| words > 0 || criterion.is_required != Some(true)),
            Guard::WordLimits => self.sections_fit(proposal, edition, |criterion, words| {
                criterion.word_limit.is_none_or(|limit| words <= limit as usize)
            }),
            Guard::GroupQuota => self.within_quota(proposal, edition),
            Guard::AssessorsAssigned => {
                let sheets = || self.current_sheets().filter(|sheet| in_desk(&sheet.stage));
                let enough = desk.and_then(|stage| stage.min_assessors).unwrap_or(self.facts.policy().min_assessors);
                sheets().count() >= enough as usize && sheets().all(|sheet| !self.is_conflicted(proposal, sheet))
            }
            Guard::ScoresComplete => {
                let mut sheets = self.current_sheets().filter(|sheet| in_desk(&sheet.stage)).peekable();
                let given =
                    |sheet: &ScoreSheet| !sheet.scores.is_empty() && sheet.scores.iter().all(|s| s.value.is_some());
                sheets.peek().is_some() && sheets.all(given)
            }
            Guard::SpreadModerated => {
                let limit = desk.and_then(|stage| stage.max_spread);
                let moderated = self.current_sheets().any(|sheet| sheet.is_moderated && in_desk(&sheet.stage));
                let spread = self.result_of(desk).and_then(|result| result.spread);
                moderated || limit.is_none_or(|limit| spread.is_some_and(|spread| spread <= limit))
            }
            Guard::PassMark => match desk.and_then(|stage| stage.pass_mark) {
                Some(mark) => {
                    self.result_of(desk).and_then(|result| result.aggregate).is_some_and(|score| score >= mark)
                }
                None => true,
            },
            Guard::NoUpheldObjection => self.referring::<super::Objection>().all(|o| o.is_upheld == Some(false)),
            Guard::UpheldObjection => self.referring::<super::Objection>().any(|o| o.is_upheld == Some(true)),
            Guard::Visited => {
                let visit = stage(super::StageKind::FieldVisit);
                let by = |panel: PanelKind| {
                    self.current_sheets().any(|sheet| {
                        visit.is_some_and(|visit| visit.code == sheet.stage)
                            && self.find::<Assessor>(&sheet.assessor).is_some_and(|assessor| assessor.panel == panel)
                    })
                };
                by(PanelKind::IndependentPanel) && by(PanelKind::EvaluationTeam)
            }
            Guard::NoVisitStage => stage(super::StageKind::FieldVisit).is_none(),
            Guard::AwardRecorded => {
                let innovation = EntityRef::of::<Innovation>(&proposal.innovation);
                let awards = self.facts.referring(EntityKind::Award, &innovation);
                awards
                    .into_iter()
                    .filter_map(super::Award::from_record)
                    .any(|a| a.edition.as_ref() == Some(&proposal.edition))
            }
            _ => false,
        }
    }

    /// The score sheets of the proposal that no other sheet replaces.
    fn current_sheets(&self) -> impl Iterator<Item = &ScoreSheet> {
        let all: Vec<&ScoreSheet> = self.referring::<ScoreSheet>().collect();
        let replaced: Vec<_> = all.iter().filter_map(|sheet| sheet.revision_of.clone()).collect();
        all.into_iter().filter(move |sheet| !replaced.contains(&sheet.id))
    }

    fn result_of(&self, stage: Option<&super::Stage>) -> Option<&super::StageResult> {
        let code = &stage?.code;
        self.referring::<super::StageResult>().filter(|result| result.stage == *code).max_by_key(|r| (r.on, &r.id))
    }

    fn sections_fit(
        &self,
        proposal: &Proposal,
        edition: &Edition,
        fits: impl Fn(&super::Criterion, usize) -> bool,
    ) -> bool {
        let group = edition.groups.iter().find(|group| Some(&group.code) == proposal.group.as_ref());
        let Some(rubric) = group.and_then(|group| self.find::<super::Rubric>(group.rubric.as_ref()?)) else {
            return true;
        };
        rubric.criteria.iter().all(|criterion| {
            let section = proposal.sections.iter().find(|section| section.code == criterion.code);
            fits(criterion, section.map_or(0, |section| section.text.split_whitespace().count()))
        })
    }

    fn within_quota(&self, proposal: &Proposal, edition: &Edition) -> bool {
        let group = edition.groups.iter().find(|group| Some(&group.code) == proposal.group.as_ref());
        let Some(quota) = group.and_then(|group| group.quota_per_agency) else { return true };
        let owner = |proposal: &Proposal| self.find::<Innovation>(&proposal.innovation).map(|found| &found.owner);
        let entered = self.facts.referring(EntityKind::Proposal, &EntityRef::of::<Edition>(&proposal.edition));
        let rivals = entered.into_iter().filter_map(Proposal::from_record).filter(|other| {
            let active = !matches!(other.status.state(), P::Draft | P::Withdrawn);
            active && other.id != proposal.id && other.group == proposal.group && owner(other) == owner(proposal)
        });
        rivals.count() < quota as usize
    }

    fn is_conflicted(&self, proposal: &Proposal, sheet: &ScoreSheet) -> bool {
        let Some(assessor) = self.find::<Assessor>(&sheet.assessor) else { return true };
        let owner = self.find::<Innovation>(&proposal.innovation).map(|found| &found.owner);
        let declared = assessor.conflicts.iter().any(|conflict| {
            conflict.innovation.as_ref() == Some(&proposal.innovation)
                || conflict.agency.is_some() && conflict.agency.as_ref() == owner
        });
        declared || assessor.agency.is_some() && assessor.agency.as_ref() == owner
    }
}
