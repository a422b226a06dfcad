//! The values of `network`. Written by the tests of jipp from its sources.

use super::*;
use crate::mirror::{choice, codes, record};

// From `network::candidates::evidence`.
record! {
    /// An award.
    AwardSeen {
        /// As the source words it.
        label: String,
        /// The year, where known.
        #[uniffi(default = None)]
        year: Option<i64>,
        /// The code of the level of the competition, where known.
        #[uniffi(default = None)]
        level: Option<String>,
    }
}

// From `network::candidates`.
record! {
    /// One innovation that may answer a need.
    Candidate {
        /// Its id.
        innovation: String,
        /// Its title.
        title: String,
        /// What the letters of the title stand for, where known.
        #[uniffi(default = None)]
        expansion: Option<String>,
        /// What it does, as its owner or the press words it.
        #[uniffi(default = None)]
        solution: Option<String>,
        /// The agency that runs it.
        owner: String,
        /// Its name.
        owner_name: String,
        /// The region it runs in.
        #[uniffi(default = None)]
        region: Option<String>,
        /// Its name.
        #[uniffi(default = None)]
        region_name: Option<String>,
        /// How far it has come: the code of the state, where the record says anything of it.
        #[uniffi(default = None)]
        stage: Option<String>,
        /// The score, in millionths of a point; 100 points at the most.
        score: i64,
        /// Where the score comes from: text first, then the rest, each largest first. The points add up to the score.
        parts: Vec<Part>,
        /// What it was awarded.
        awards: Vec<AwardSeen>,
        /// Who replicated it, and how that went.
        replications: Vec<ReplicaSeen>,
        /// What the asking agency would need for it, and whether it is there.
        gaps: Vec<Gap>,
        /// Hubs that could mentor, best first.
        hubs: Vec<HubAdvice>,
        /// How to reach its owner, where known.
        owner_contacts: Vec<ContactSeen>,
        /// Where what is said of it comes from.
        sources: Vec<String>,
    }
}

// From `network::candidates`.
record! {
    /// What was found for a need.
    Candidates {
        /// The words of the need that were looked for.
        words: Vec<String>,
        /// How many innovations were searched.
        searched: i64,
        /// The best of them, best first.
        candidates: Vec<Candidate>,
    }
}

// From `network::scoring`.
record! {
    /// Who would be chosen instead of whom.
    ChosenDifference {
        /// Chosen then, and not now.
        enters: Vec<String>,
        /// Chosen now, and not then.
        leaves: Vec<String>,
    }
}

// From `network::scoring`.
record! {
    /// A score sheet of somebody who must not score.
    ConflictedSheet {
        /// The proposal.
        proposal: String,
        /// The assessor.
        assessor: String,
        /// Why.
        grounds: Vec<ConflictGround>,
    }
}

// From `network::candidates::reach`.
record! {
    /// How to reach an office.
    ContactSeen {
        /// Its id.
        contact: String,
        /// The office.
        #[uniffi(default = None)]
        label: Option<String>,
        /// Telephone.
        #[uniffi(default = None)]
        phone: Option<String>,
        /// Electronic mail.
        #[uniffi(default = None)]
        email: Option<String>,
        /// Postal address.
        #[uniffi(default = None)]
        address: Option<String>,
        /// Page on the web.
        #[uniffi(default = None)]
        url: Option<String>,
        /// When the entry was known to be right.
        #[uniffi(default = None)]
        as_of: Option<String>,
    }
}

// From `network::neighbours`.
record! {
    /// An idea on its way to becoming an innovation; what is not written yet is left empty.
    Draft {
        /// Its title.
        #[uniffi(default = None)]
        title: Option<String>,
        /// What the letters of the title stand for.
        #[uniffi(default = None)]
        expansion: Option<String>,
        /// The problem it meets.
        #[uniffi(default = None)]
        problem: Option<String>,
        /// What it does.
        #[uniffi(default = None)]
        solution: Option<String>,
        /// What came of it.
        #[uniffi(default = None)]
        outcome: Option<String>,
        /// Whose it is, where known.
        #[uniffi(default = None)]
        owner: Option<String>,
    }
}

// From `network::neighbours`.
record! {
    /// What a draft is to the network.
    DraftCheck {
        /// Whether it is new.
        novelty: Novelty,
        /// What it replicates or duplicates, where it seems to.
        #[uniffi(default = None)]
        of: Option<String>,
        /// The innovations most like it, most alike first.
        neighbours: Vec<Neighbour>,
    }
}

// From `network::eligibility`.
record! {
    /// Who wants to enter what.
    EntryQuestion {
        /// The innovation.
        innovation: String,
        /// The edition.
        edition: String,
        /// Code of the group.
        group: String,
        /// The day registration closes, where the edition does not say.
        #[uniffi(default = None)]
        closing: Option<String>,
    }
}

// From `network::candidates::filter`.
record! {
    /// Which innovations are candidates: those that pass every part. An empty part lets all pass; what is not known of an
    /// innovation does not pass a part that asks for it. Filters work inside the search: an answer is as long as it can be.
    Filter {
        /// In one of these regions, or in one within them; where the innovation has no region, its owner's counts.
        #[uniffi(default = None)]
        regions: Option<Vec<String>>,
        /// Of one of these agencies.
        #[uniffi(default = None)]
        owners: Option<Vec<String>>,
        /// Of an agency of one of these kinds.
        #[uniffi(default = None)]
        owner_kinds: Option<Vec<AgencyKind>>,
        /// In one of these stages.
        #[uniffi(default = None)]
        stages: Option<Vec<InnovationStage>>,
        /// Implemented in this year or later.
        #[uniffi(default = None)]
        from_year: Option<i64>,
        /// Implemented in this year or before.
        #[uniffi(default = None)]
        to_year: Option<i64>,
        /// With an award.
        #[uniffi(default = None)]
        is_awarded: Option<bool>,
        /// Taken by somebody, as far as that was agreed.
        #[uniffi(default = None)]
        is_replicated: Option<bool>,
        /// One of these.
        #[uniffi(default = None)]
        innovations: Option<Vec<String>>,
    }
}

// From `network::candidates::gap`.
record! {
    /// One thing an innovation takes.
    Gap {
        /// What.
        topic: GapTopic,
        /// Whether it is there.
        state: GapState,
        /// What exactly it takes, where known; in the words of the record.
        #[uniffi(default = None)]
        needed: Option<String>,
        /// What the asking agency has of it, where known.
        #[uniffi(default = None)]
        available: Option<String>,
    }
}

// From `network::candidates::gap`.
codes! {
    /// A closed vocabulary.
    GapState of jipp_core::network::GapState {
        /// `met`.
        Met = "met",
        /// `lacking`.
        Lacking = "lacking",
        /// `to-check`.
        ToCheck = "to-check",
        /// `unknown`.
        Unknown = "unknown",
    }
}

// From `network::candidates::gap`.
codes! {
    /// A closed vocabulary.
    GapTopic of jipp_core::network::GapTopic {
        /// `budget`.
        Budget = "budget",
        /// `staff`.
        Staff = "staff",
        /// `tools`.
        Tools = "tools",
        /// `prerequisite`.
        Prerequisite = "prerequisite",
        /// `mandate`.
        Mandate = "mandate",
        /// `agreement`.
        Agreement = "agreement",
    }
}

// From `network::candidates::ground`.
choice! {
    /// What points are given for.
    Ground by "factor" {
        /// Words of the need stand in the record.
        Words = "words" fields {
            /// As the need has them.
            words: String,
            /// As the record has them.
            matched: String,
            /// How the two belong together.
            kind: MatchKind,
            /// The field that counts most.
            field: String,
        }
        /// The owner is an agency of the same kind.
        SameKind = "same-kind" fields {
            /// The kind.
            kind: AgencyKind,
        }
        /// The owner's region is like the asker's.
        AlikeRegion = "alike-region" fields {
            /// The asker's.
            own: String,
            /// The owner's.
            other: String,
            /// How alike, 0 to 100.
            percent: i64,
        }
        /// Both are in one province.
        SameProvince = "same-province" fields {
            /// The province.
            province: String,
        }
        /// An agency like the asker runs a replica.
        Peer = "peer" fields {
            /// The agency.
            agency: String,
        }
        /// It was awarded.
        Awarded = "awarded" fields {
            /// The award that says most, as the source words it.
            label: String,
        }
        /// It was replicated.
        Replicated = "replicated" fields {
            /// How often.
            all: i64,
            /// How many replicas are known to run.
            running: i64,
        }
        /// It has run for two years or more.
        Proven = "proven" fields {
            /// Since this year.
            since: i64,
        }
        /// A hub that knows it could mentor.
        Mentor = "mentor" fields {
            /// The hub.
            hub: String,
            /// Why it.
            role: HubRole,
        }
        /// Its vector is like that of the need.
        Vector = "vector" fields {
            /// How alike, 0 to 100.
            percent: i64,
        }
    }
}

// From `network::candidates::reach`.
record! {
    /// A hub that could mentor.
    HubAdvice {
        /// Its id.
        hub: String,
        /// Its name, or that of its agency.
        name: String,
        /// Why it.
        role: HubRole,
        /// When it was designated, or committed where no designation is on record.
        #[uniffi(default = None)]
        since: Option<String>,
        /// Whether `since` is a designation; otherwise a commitment or another event.
        is_designated: bool,
        /// Its portal, where known.
        #[uniffi(default = None)]
        portal: Option<String>,
        /// How to reach its office; empty if not known.
        contacts: Vec<ContactSeen>,
    }
}

// From `network::candidates::reach`.
codes! {
    /// A closed vocabulary.
    HubRole of jipp_core::network::HubRole {
        /// `own`.
        Own = "own",
        /// `owner`.
        Owner = "owner",
        /// `facilitator`.
        Facilitator = "facilitator",
    }
}

// From `network::scoring`.
choice! {
    /// Something that could be computed, or why it could not.
    KnownUncertainty {
        /// It.
        Known = "known" value {
            /// It.
            value: Uncertainty,
        }
        /// Why there is none.
        Unknown = "unknown" value {
            /// It.
            value: WhyNot,
        }
    }
}

// From `network::laureates`.
record! {
    /// An awarded innovation and what became of it.
    Laureate {
        /// The innovation.
        innovation: String,
        /// Its title.
        title: String,
        /// The agency that runs it.
        owner: String,
        /// Its name.
        owner_name: String,
        /// The awards that the query looks at, latest first.
        awards: Vec<AwardSeen>,
        /// Whether it still runs. That a record says *implemented* is no word on today: only a statement on its continuity, or
        /// a stage that is its end, decides.
        vitality: Vitality,
        /// Why it stopped or goes on, where the record says so.
        #[uniffi(default = None)]
        reason: Option<String>,
        /// The latest date on record on which it was surely there: of its stages, a statement, a replica that was made of it.
        #[uniffi(default = None)]
        last_sign: Option<String>,
        /// How many replicas were made of it directly.
        replicas: i64,
        /// How many replicas there are, those of replicas included.
        descendants: i64,
        /// The provinces (or other regions of the first level) that its replicas are in, where known.
        provinces: Vec<String>,
        /// How many replicas are in no known province.
        unplaced: i64,
        /// The longest chains from it, as their nodes, it first; at most `MAX_CHAINS`.
        chains: Vec<Vec<String>>,
    }
}

// From `network::laureates`.
record! {
    /// Which awarded innovations are looked at.
    LaureateQuery {
        /// The first year of award.
        #[uniffi(default = None)]
        from_year: Option<i64>,
        /// The last year of award.
        #[uniffi(default = None)]
        to_year: Option<i64>,
        /// The level of the competition; awards of unknown level are left out where one is named.
        #[uniffi(default = None)]
        level: Option<CompetitionLevel>,
        /// Only winners: of a tier that was drawn from another (Top 45 of Top 99), or the highest of its edition.
        #[uniffi(default = None)]
        winners_only: Option<bool>,
        /// How many replicas there must be at least, all generations together.
        #[uniffi(default = None)]
        min_replicas: Option<i64>,
        /// Which links count.
        #[uniffi(default = None)]
        scope: Option<Scope>,
    }
}

// From `network::neighbours`.
record! {
    /// An innovation that is like a text.
    Neighbour {
        /// Its id.
        innovation: String,
        /// Its title.
        title: String,
        /// The agency that runs it.
        owner: String,
        /// Its name.
        owner_name: String,
        /// How alike the texts are, in thousandths: twice the shared words over the words of both, by rarity.
        likeness: i64,
        /// How much of the text stands in the record, in thousandths.
        of_text: i64,
        /// How alike the titles are, in thousandths; 0 if the text has none.
        title_likeness: i64,
        /// The words in both, rarest first, at most ten.
        words: Vec<String>,
        /// Whether the text has the same owner; none if it names none.
        #[uniffi(default = None)]
        is_same_owner: Option<bool>,
        /// Whether a replication is known that joins the two.
        is_linked: bool,
    }
}

// From `network::neighbours`.
codes! {
    /// A closed vocabulary.
    Novelty of jipp_core::network::Novelty {
        /// `new`.
        New = "new",
        /// `replication`.
        Replication = "replication",
        /// `duplicate`.
        Duplicate = "duplicate",
    }
}

// From `network::candidates`.
record! {
    /// A share of the score, and what it is for.
    Part {
        /// In millionths of a point.
        points: i64,
        /// What for.
        ground: Ground,
    }
}

// From `network::candidates::question`.
record! {
    /// A need, who has it, and what there is to work with. What is not known is left empty: unknown is not none.
    Question {
        /// The need in the words of whoever has it.
        #[uniffi(default = None)]
        text: Option<String>,
        /// The agency that asks.
        #[uniffi(default = None)]
        agency: Option<String>,
        /// Its kind, where the agency is not named.
        #[uniffi(default = None)]
        agency_kind: Option<AgencyKind>,
        /// Where it is, where the agency is not named: its own region, or one around it.
        #[uniffi(default = None)]
        region: Option<String>,
        /// Only innovations of these sectors; all if empty.
        #[uniffi(default = None)]
        sectors: Option<Vec<String>>,
        /// Only innovations that pass; all, unless it says something.
        #[uniffi(default = None)]
        filter: Option<Filter>,
        /// What may be spent.
        #[uniffi(default = None)]
        budget: Option<Money>,
        /// How many people there are for it.
        #[uniffi(default = None)]
        staff: Option<i64>,
        /// Tools and technology at hand; `None` if not known.
        #[uniffi(default = None)]
        tools: Option<Vec<String>>,
        /// How many candidates to give, 1 to 1,000.
        #[uniffi(default = None)]
        limit: Option<i64>,
        /// The date of the question, for the age of innovations and the validity of contacts; none leaves both open.
        #[uniffi(default = None)]
        on: Option<String>,
        /// Whether innovations known to have stopped are candidates too.
        #[uniffi(default = None)]
        with_stopped: Option<bool>,
        /// Whether the asking agency's own innovations are candidates too.
        #[uniffi(default = None)]
        with_own: Option<bool>,
        /// How much candidates should differ from one another, 0 (not at all) to 100. Changes their order, not their scores.
        #[uniffi(default = None)]
        diversity: Option<i64>,
        /// Innovations that are no candidates, such as the one the question is about. They shape nothing in the answer: neither
        /// the scale of the points nor the words that the best matches share.
        #[uniffi(default = None)]
        exclude: Option<Vec<String>>,
        /// Replications of which the answer must not know: as if they were not on record. For measuring how well replications
        /// are foretold, where the one that is to be foretold must not speak for its own source.
        #[uniffi(default = None)]
        disregard: Option<Vec<String>>,
        /// Whether words that the best matches share are looked for too (pseudo-relevance feedback); not where there are fewer
        /// than twenty innovations.
        #[uniffi(default = None)]
        feedback: Option<bool>,
        /// How much each factor counts.
        #[uniffi(default = None)]
        weights: Option<Weights>,
    }
}

// From `network::candidates::evidence`.
record! {
    /// A replication.
    ReplicaSeen {
        /// Its id.
        replication: String,
        /// Who replicated, where it is one named agency.
        #[uniffi(default = None)]
        recipient: Option<String>,
        /// Their name, or how the source words them.
        recipient_name: String,
        /// What the replica is called, where known.
        #[uniffi(default = None)]
        title: Option<String>,
        /// When, where known.
        #[uniffi(default = None)]
        on: Option<String>,
        /// How far it has come: the code of the state.
        state: String,
        /// In the words of the source, where it was reported as history.
        #[uniffi(default = None)]
        reported: Option<String>,
        /// The code of how far it departs from the source, where known.
        #[uniffi(default = None)]
        change: Option<String>,
        /// What was done differently, where known.
        differences: Vec<String>,
    }
}

// From `network::scoring`.
codes! {
    /// By which totals places are given.
    ScoreBasis {
        /// `raw`.
        Raw = "raw",
        /// `adjusted`.
        Adjusted = "adjusted",
    }
}

// From `network::scoring`.
record! {
    /// What is scored, and how.
    ScoringOptions {
        /// The edition.
        edition: String,
        /// Code of the group; all proposals if absent.
        #[uniffi(default = None)]
        group: Option<String>,
        /// The stages that count. If there are none: every stage of the edition that has score sheets.
        #[uniffi(default = [])]
        stages: Vec<StageChoice>,
        /// Who is inside. Without a pass mark that of the stage, where only one counts; the lowest score of the scale lets
        /// everybody pass.
        #[uniffi(default = None)]
        cut: Option<Cut>,
        /// By which totals the choice is made.
        #[uniffi(default = None)]
        basis: Option<ScoreBasis>,
        /// How scores are adjusted.
        #[uniffi(default = None)]
        adjust: Option<AdjustOptions>,
        /// How places are drawn for their intervals; not at all if absent.
        #[uniffi(default = None)]
        resampling: Option<Resampling>,
        /// How the chosen must be composed; as the edition says if absent.
        #[uniffi(default = None)]
        composition: Option<Vec<CompositionRule>>,
        /// How much work the choice may take.
        #[uniffi(default = None)]
        selection: Option<SelectionOptions>,
        /// The steps in which scores are given, for the smallest change at the cut: a point, usually. Criteria that may have
        /// certain scores only have these instead.
        #[uniffi(default = None)]
        step: Option<f64>,
    }
}

// From `network::scoring`.
record! {
    /// How the assessors of a stage agree.
    StageAgreement {
        /// The stage.
        stage: String,
        /// Krippendorff's alpha of the totals of the sheets, on an interval scale.
        alpha: OutcomeAlpha,
    }
}

// From `network::scoring`.
record! {
    /// A stage that counts, with its weight.
    StageChoice {
        /// Code of the stage.
        stage: String,
        /// Its share in the total; that of the edition if absent.
        #[uniffi(default = None)]
        weight: Option<f64>,
    }
}

// From `network::hubs`.
record! {
    /// Whom to find a start for.
    StartOptions {
        /// Only those a hub is there for: the governments of its province, and its spokes. All if none.
        #[uniffi(default = None)]
        hub: Option<String>,
        /// How many innovations to suggest to each, 1 to 50.
        #[uniffi(default = None)]
        limit: Option<i64>,
        /// The date of the question, as in `Question::on`.
        #[uniffi(default = None)]
        on: Option<String>,
    }
}

// From `network::laureates`.
codes! {
    /// A closed vocabulary.
    Vitality of jipp_core::network::Vitality {
        /// `running`.
        Running = "running",
        /// `stopped`.
        Stopped = "stopped",
        /// `unknown`.
        Unknown = "unknown",
    }
}

// From `network::candidates::question`.
record! {
    /// The points each factor can add, at most; without vectors they should add up to 100. The defaults are inferred, not sourced.
    Weights {
        /// The words of the need.
        #[uniffi(default = None)]
        text: Option<i64>,
        /// The owner is an agency of the same kind.
        #[uniffi(default = None)]
        same_kind: Option<i64>,
        /// The owner's region is like the asker's in size, density and development.
        #[uniffi(default = None)]
        alike_region: Option<i64>,
        /// Both are in the same province.
        #[uniffi(default = None)]
        same_province: Option<i64>,
        /// An agency like the asker replicated it.
        #[uniffi(default = None)]
        peers: Option<i64>,
        /// It was awarded.
        #[uniffi(default = None)]
        awarded: Option<i64>,
        /// It was replicated, and the replicas run.
        #[uniffi(default = None)]
        replicated: Option<i64>,
        /// It has run for two years or more.
        #[uniffi(default = None)]
        proven: Option<i64>,
        /// A hub near its owner could mentor.
        #[uniffi(default = None)]
        mentor: Option<i64>,
        /// Its vector is like that of the need; counts only where vectors are given.
        #[uniffi(default = None)]
        vector: Option<i64>,
    }
}

// From `network::scoring`.
record! {
    /// Why something could not be computed.
    WhyNot {
        /// The code of the error.
        code: String,
        /// In English.
        reason: String,
        /// In Indonesian.
        reason_id: String,
    }
}
