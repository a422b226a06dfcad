//! The values of `hubs`. Written by the tests of jipp from its sources.

use super::*;
use crate::mirror::{choice, codes, record, tuple};

// From `hubs::movement`.
record! {
    /// A government or another agency.
    Actor {
        /// The agency, where it has a record.
        #[uniffi(default = None)]
        agency: Option<String>,
        /// The region, of a government; of another agency where it works.
        #[uniffi(default = None)]
        region: Option<String>,
        /// Its name; of a government without a record, that of the region.
        name: String,
        /// Its kind.
        kind: AgencyKind,
        /// Whether it is the government of a region.
        is_government: bool,
        /// The province it is in.
        #[uniffi(default = None)]
        province: Option<String>,
        /// The island group of that province, where known.
        #[uniffi(default = None)]
        island_group: Option<String>,
    }
}

// From `hubs::maturity`.
record! {
    /// The score of an aspect.
    AspectScore {
        /// Its code.
        code: String,
        /// It in the language of the network.
        label: String,
        /// It in English.
        #[uniffi(default = None)]
        label_en: Option<String>,
        /// Its weight.
        weight: f64,
        /// How well that weight is known.
        #[uniffi(default = None)]
        mark: Option<Mark>,
        /// By what the hub says of itself.
        own: Scored,
        /// By what was verified.
        verified: Scored,
        /// Its questions.
        questions: Vec<QuestionScore>,
    }
}

// From `hubs::life`.
record! {
    /// Which events make a hub a member.
    ///
    /// The default is how the ministry counted in public (8 hubs in 2020, 12 in 2021, 15 in 2022, 22 and 34 in 2023): by
    /// designation or signed commitment, whichever came first, and without the pilots before 2020. A renewal counts as a
    /// designation; a launch makes no member by itself, since pilots were launched years before they were designated.
    Counting {
        /// Trials of before there were designations.
        #[uniffi(default = None)]
        pilots: Option<bool>,
        /// Signed commitments.
        #[uniffi(default = None)]
        commitments: Option<bool>,
        /// Designations and their renewals.
        #[uniffi(default = None)]
        designations: Option<bool>,
    }
}

// From `hubs::coverage`.
record! {
    /// The hubs of a date and whom they cover.
    Coverage {
        /// The date.
        on: String,
        /// What made a member.
        counting: Counting,
        /// All hubs on record.
        hubs: Tally,
        /// By kind.
        by_kind: Vec<HubGroup>,
        /// By batch. A hub of two batches stands under each, so the groups may add up to more than the whole.
        by_batch: Vec<HubGroup>,
        /// By the decree in force; the hubs of ministries among them.
        by_decree: Vec<HubGroup>,
        /// By the island group of the province; hubs without a province under none.
        by_island_group: Vec<HubGroup>,
        /// Every province with whether it had a hub.
        provinces: Vec<Covered>,
        /// Every ministry and national agency on record with whether it was a hub. A register that does not list them all
        /// says nothing of the others.
        ministries: Vec<Covered>,
    }
}

// From `hubs::coverage`.
record! {
    /// Somebody who could have a hub.
    Covered {
        /// The region or the agency.
        id: String,
        /// Its name.
        name: String,
        /// Its island group, where known.
        #[uniffi(default = None)]
        island_group: Option<String>,
        /// Whether it had a hub.
        has_hub: Truth,
    }
}

// From `hubs::funnel`.
record! {
    /// A range of days, both ends included.
    Days {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    }
}

// From `hubs::findings`.
choice! {
    /// One thing that a finding is about.
    Detail {
        /// An event of the membership.
        Event = "event" fields {
            /// What happened.
            event: DesignationEvent,
            /// When.
            #[uniffi(default = None)]
            on: Option<String>,
        }
        /// A step of the status.
        Step = "step" fields {
            /// The state it led to.
            to: HubState,
            /// When.
            #[uniffi(default = None)]
            on: Option<String>,
        }
        /// An activity.
        Activity = "activity" fields {
            /// Which.
            activity: String,
            /// When.
            #[uniffi(default = None)]
            on: Option<String>,
        }
        /// A replication.
        Replication = "replication" fields {
            /// Which.
            replication: String,
            /// When it is first known of.
            #[uniffi(default = None)]
            on: Option<String>,
        }
        /// Another hub.
        Hub = "hub" fields {
            /// Which.
            hub: String,
        }
    }
}

// From `hubs::funnel`.
record! {
    /// How ties are sought.
    FunnelOptions {
        /// After how many months a replication is no longer held to have possibly come of an activity, 1 to 1,200. The
        /// default of 48 is inferred: half of the replicas in public sources came within four years of their source.
        #[uniffi(default = None)]
        within_months: Option<i64>,
        /// Only what had happened by then; none takes all that is on record.
        #[uniffi(default = None)]
        on: Option<String>,
    }
}

// From `hubs::funnel`.
record! {
    /// How many replications reached a stage.
    FunnelStage {
        /// The stage.
        stage: OutcomeStage,
        /// Of the linked ones.
        linked: Tally,
        /// Of the possible ones.
        possible: Tally,
        /// From the activity to the stage, over the linked ones; none if no pair of dates is known.
        #[uniffi(default = None)]
        lag_linked: Option<Lags>,
        /// From the activity to the stage, over the possible ones.
        #[uniffi(default = None)]
        lag_possible: Option<Lags>,
    }
}

// From `hubs::findings`.
record! {
    /// Something about a hub that does not fit together.
    HubFinding {
        /// What does not fit.
        kind: HubFindingKind,
        /// The hub.
        hub: String,
        /// Its name.
        name: String,
        /// What it is about.
        details: Vec<Detail>,
    }
}

// From `hubs::findings`.
codes! {
    /// A closed vocabulary.
    HubFindingKind of jipp_core::hubs::HubFindingKind {
        /// `overlapping-designations`.
        OverlappingDesignations = "overlapping-designations",
        /// `events-out-of-order`.
        EventsOutOfOrder = "events-out-of-order",
        /// `undated-event`.
        UndatedEvent = "undated-event",
        /// `designation-without-decree`.
        DesignationWithoutDecree = "designation-without-decree",
        /// `steps-out-of-order`.
        StepsOutOfOrder = "steps-out-of-order",
        /// `status-without-event`.
        StatusWithoutEvent = "status-without-event",
        /// `event-without-status`.
        EventWithoutStatus = "event-without-status",
        /// `activity-before-hub`.
        ActivityBeforeHub = "activity-before-hub",
        /// `activity-after-withdrawal`.
        ActivityAfterWithdrawal = "activity-after-withdrawal",
        /// `foreign-activity`.
        ForeignActivity = "foreign-activity",
        /// `outcome-before-activity`.
        OutcomeBeforeActivity = "outcome-before-activity",
        /// `second-hub`.
        SecondHub = "second-hub",
        /// `shared-spoke`.
        SharedSpoke = "shared-spoke",
    }
}

// From `hubs::funnel`.
record! {
    /// What came of what a hub did.
    HubFunnel {
        /// The hub.
        hub: String,
        /// Its name.
        name: String,
        /// How many activities are on record.
        activities: i64,
        /// Of those, how many have at least one replication linked to them.
        with_linked: i64,
        /// How many have only possible ones.
        with_possible: i64,
        /// Stage by stage.
        stages: Vec<FunnelStage>,
        /// The replications, firmest ties first, then by id.
        ties: Vec<Tie>,
    }
}

// From `hubs::coverage`.
record! {
    /// Hubs that share something.
    HubGroup {
        /// What they share, as a code or id; none for those of which it is not known.
        #[uniffi(default = None)]
        key: Option<String>,
        /// It in words.
        #[uniffi(default = None)]
        label: Option<String>,
        /// How many hubs.
        hubs: Tally,
    }
}

// From `hubs::coverage`.
record! {
    /// A hub on a date.
    HubOn {
        /// Its id.
        hub: String,
        /// Its name, or that of its agency.
        name: String,
        /// The agency that is the hub.
        agency: String,
        /// Its kind.
        kind: HubKind,
        /// The province it serves; a hub of a ministry has none.
        #[uniffi(default = None)]
        province: Option<String>,
        /// The island group of that province, where known.
        #[uniffi(default = None)]
        island_group: Option<String>,
        /// The batches it belongs to, as published.
        batches: Vec<String>,
        /// Whether it was a member.
        is_member: Truth,
        /// Since when, as its first counted event has it.
        #[uniffi(default = None)]
        since: Option<String>,
        /// What that event was.
        #[uniffi(default = None)]
        by: Option<DesignationEvent>,
        /// The decree in force.
        #[uniffi(default = None)]
        decree: Option<String>,
        /// What it is called.
        #[uniffi(default = None)]
        decree_title: Option<String>,
        /// How far it had come; none where its steps leave that open.
        #[uniffi(default = None)]
        state: Option<HubState>,
    }
}

// From `hubs::funnel`.
record! {
    /// How long it took.
    Lags {
        /// Of how many replications both dates are known.
        known: i64,
        /// The first quartile.
        lower: Days,
        /// The median.
        median: Days,
        /// The third quartile.
        upper: Days,
    }
}

// From `hubs::maturity`.
record! {
    /// How mature a hub is by one assessment.
    Maturity {
        /// The hub.
        hub: String,
        /// Its name.
        name: String,
        /// The instrument.
        rubric: String,
        /// The assessment.
        assessment: String,
        /// When it was made.
        #[uniffi(default = None)]
        on: Option<String>,
        /// The lowest and the highest score of a question.
        scale: MaturityScale,
        /// What the rubric says of a missing answer.
        missing: MissingRule,
        /// By what the hub says of itself.
        own: Scored,
        /// By what was verified.
        verified: Scored,
        /// The band of the hub's own total; given too where the missing answers cannot change it.
        #[uniffi(default = None)]
        own_band: Option<Band>,
        /// The band of the verified total; given too where the missing answers cannot change it.
        #[uniffi(default = None)]
        verified_band: Option<Band>,
        /// The band that the assessment itself names.
        #[uniffi(default = None)]
        published_band: Option<String>,
        /// The aspects.
        aspects: Vec<AspectScore>,
        /// Where the points are lost: the costliest question first, then those of which it is not known, by what they can
        /// cost.
        gaps: Vec<MaturityGap>,
        /// Codes that were answered and that the rubric does not know; they count for nothing.
        unknown_codes: Vec<String>,
        /// Codes with a score outside the scale; such a score counts as missing.
        off_scale: Vec<String>,
    }
}

// From `hubs::maturity`.
record! {
    /// What a question costs.
    MaturityGap {
        /// Code of the question.
        question: String,
        /// It in the language of the network.
        label: String,
        /// It in English.
        #[uniffi(default = None)]
        label_en: Option<String>,
        /// The points of the total that it costs: by the verified answer, else by the hub's own. None if there is neither.
        #[uniffi(default = None)]
        cost: Option<f64>,
        /// The most it can cost.
        at_most: f64,
        /// Whether the cost rests on a verified answer.
        is_verified: bool,
        /// By how much the hub's own answer exceeds the verified one, where both are given and it does.
        #[uniffi(default = None)]
        overstated: Option<f64>,
        /// Whether it is answered without any evidence on record.
        lacks_evidence: bool,
    }
}

tuple! {
    /// What Maturity consists of.
    MaturityScale {
        /// The first of them.
        first: f64,
        /// The second of them.
        second: f64,
    }
}

// From `hubs::movement`.
record! {
    /// Who had an innovation in a year, and who shared or took one ever.
    Movement {
        /// What was asked.
        options: MovementOptions,
        /// Of the governments.
        governments: Tally,
        /// Of the other agencies.
        agencies: Tally,
        /// How many of all rest on what.
        by_basis: Vec<MovementByBasis>,
        /// Replications whose recipient is not known: any agency may be among them.
        recipients_unknown: i64,
        /// Everybody: governments by region, then agencies by id.
        standings: Vec<Standing>,
    }
}

// From `hubs::movement`.
codes! {
    /// A closed vocabulary.
    MovementBasis of jipp_core::hubs::Basis {
        /// `dated`.
        Dated = "dated",
        /// `undated`.
        Undated = "undated",
        /// `other-years`.
        OtherYears = "other-years",
        /// `nothing-on-record`.
        NothingOnRecord = "nothing-on-record",
    }
}

tuple! {
    /// What Movement consists of.
    MovementByBasis {
        /// The first of them.
        first: MovementBasis,
        /// The second of them.
        second: i64,
    }
}

// From `hubs::movement`.
record! {
    /// What is asked.
    MovementOptions {
        /// The year, 1800 to 2199.
        year: i64,
        /// What having an innovation in it means. The movement asks for one made in the year.
        #[uniffi(default = None)]
        reading: Option<Reading>,
        /// Whether an agency with nothing on record for the year is *unknown* instead of *no*: for registers that are
        /// samples.
        #[uniffi(default = None)]
        absence_is_unknown: Option<bool>,
    }
}

// From `hubs::readiness`.
record! {
    /// One thing needed, which any of some steps fulfils.
    NeededStep {
        /// Any of these will do.
        any_of: Vec<MilestoneKind>,
        /// Whether a milestone of one of them was there; *no* means that none is on record.
        is_met: Truth,
    }
}

// From `hubs::outcome`.
codes! {
    /// A closed vocabulary.
    OutcomeStage of jipp_core::hubs::Stage {
        /// `interest`.
        Interest = "interest",
        /// `agreement`.
        Agreement = "agreement",
        /// `implementation`.
        Implementation = "implementation",
    }
}

// From `hubs::maturity`.
record! {
    /// The score of a question.
    QuestionScore {
        /// Its code.
        code: String,
        /// It in the language of the network.
        label: String,
        /// It in English.
        #[uniffi(default = None)]
        label_en: Option<String>,
        /// Its share in the total, in millionths.
        share: i64,
        /// How well that share is known: by the weaker mark of question and aspect.
        #[uniffi(default = None)]
        mark: Option<Mark>,
        /// What the hub says of itself.
        #[uniffi(default = None)]
        own: Option<f64>,
        /// What was verified.
        #[uniffi(default = None)]
        verified: Option<f64>,
        /// How many pieces of evidence are on record.
        evidence: i64,
    }
}

// From `hubs::readiness`.
record! {
    /// How far the setting up of a hub has come.
    Readiness {
        /// The hub.
        hub: String,
        /// Its name.
        name: String,
        /// The date.
        on: String,
        /// How far it had come by its status; none where its steps leave that open.
        #[uniffi(default = None)]
        state: Option<HubState>,
        /// The states its machine would let it go to next, whatever their guards ask for.
        next: Vec<HubState>,
        /// What the policy in force asks for before a hub is operational.
        needs: Vec<NeededStep>,
        /// Whether all of it was there; *no* means that something is not on record.
        is_ready: Truth,
        /// Every step there is, in the order of the vocabulary: the to-do list.
        steps: Vec<SetUpStep>,
    }
}

// From `hubs::movement`.
codes! {
    /// A closed vocabulary.
    Reading of jipp_core::hubs::Reading {
        /// `began`.
        Began = "began",
        /// `in-use`.
        InUse = "in-use",
    }
}

// From `hubs::report`.
record! {
    /// What is reported.
    ReportOptions {
        /// The year, 1800 to 2199. What is said of the hub is said of its last day.
        year: i64,
        /// What makes a member.
        #[uniffi(default = None)]
        counting: Option<Counting>,
        /// Up to how many months after an activity a replication may have come of it, 1 to 1,200.
        #[uniffi(default = None)]
        within_months: Option<i64>,
    }
}

// From `hubs::maturity`.
record! {
    /// A score, as far as the answers give one.
    Scored {
        /// The score by the rubric's rule; none if an answer is missing and the rule refuses, or if all are.
        #[uniffi(default = None)]
        score: Option<f64>,
        /// The least it can be, with the lowest score for each missing answer.
        least: f64,
        /// The most it can be, with the highest score for each missing answer.
        most: f64,
        /// How many questions are answered.
        answered: i64,
        /// How many questions there are.
        questions: i64,
    }
}

// From `hubs::readiness`.
record! {
    /// A step in setting up, with what is on record of it.
    SetUpStep {
        /// Which step.
        kind: MilestoneKind,
        /// What is on record of it.
        state: StepState,
        /// When it was done.
        #[uniffi(default = None)]
        on: Option<String>,
        /// The remark of the record.
        #[uniffi(default = None)]
        note: Option<String>,
        /// Whether evidence is on record.
        has_evidence: bool,
        /// Whether no milestone tells of it, but something else on record does: a university among the partners, an
        /// activity of its kind. A guard asks for the milestone.
        is_indirect: bool,
        /// Whether a hub needs it, or another in its place, before it may be called operational.
        is_needed: bool,
    }
}

// From `hubs::movement`.
record! {
    /// What is on record of one of them.
    Standing {
        /// Who.
        actor: Actor,
        /// Whether it had an innovation in the year.
        has_innovation: Truth,
        /// What that rests on.
        basis: MovementBasis,
        /// How many innovations of it are on record, of any year.
        innovations: i64,
        /// Whether others replicated an innovation of it; what it or an office of it takes from itself is not that.
        was_source: bool,
        /// Whether it replicated one.
        was_target: bool,
    }
}

// From `hubs::movement`.
record! {
    /// An innovation that somebody could start with. Whoever finds it says why.
    StartSuggestion {
        /// Its id.
        innovation: String,
        /// Its title.
        title: String,
        /// The agency that runs it.
        owner: String,
        /// Its name.
        owner_name: String,
        /// How well it fits; the higher the better.
        score: i64,
        /// What it was found for.
        sought: String,
        /// Why it fits.
        reasons: Vec<String>,
    }
}

// From `hubs::movement`.
record! {
    /// Somebody who never shared nor took an innovation, and what to start with.
    Starter {
        /// Who.
        actor: Actor,
        /// Best first; empty if nothing was found.
        suggestions: Vec<StartSuggestion>,
    }
}

// From `hubs::readiness`.
codes! {
    /// A closed vocabulary.
    StepState of jipp_core::hubs::StepState {
        /// `done`.
        Done = "done",
        /// `date-unknown`.
        DateUnknown = "date-unknown",
        /// `later`.
        Later = "later",
        /// `not-on-record`.
        NotOnRecord = "not-on-record",
    }
}

// From `hubs::coverage`.
record! {
    /// How many of something there are, as far as is known.
    Tally {
        /// Surely.
        yes: i64,
        /// What is on record does not decide it.
        unknown: i64,
        /// Surely not.
        no: i64,
    }
}

// From `hubs::funnel`.
record! {
    /// A replication tied to a hub.
    Tie {
        /// The replication.
        replication: String,
        /// By what rule.
        rule: TieRule,
        /// The activity it is tied to; none where only the hub is named.
        #[uniffi(default = None)]
        activity: Option<String>,
        /// When that activity was.
        #[uniffi(default = None)]
        held_on: Option<String>,
        /// Who replicates, where known: the recipient, or the owner of what came of it.
        #[uniffi(default = None)]
        recipient: Option<String>,
        /// Which stages it reached: interest, agreement, implementation.
        reached: Vec<Truth>,
        /// When, where known.
        reached_on: Vec<Option<String>>,
    }
}

// From `hubs::funnel`.
codes! {
    /// A closed vocabulary.
    TieRule of jipp_core::hubs::TieRule {
        /// `listed`.
        Listed = "listed",
        /// `facilitated`.
        Facilitated = "facilitated",
        /// `topic`.
        Topic = "topic",
        /// `meeting`.
        Meeting = "meeting",
    }
}
