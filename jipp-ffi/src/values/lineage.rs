//! The values of `lineage`. Written by the tests of jipp from its sources.

use super::*;
use crate::mirror::{codes, record, tuple};

// From `lineage::adaptation`.
record! {
    /// What an agency made of what it took.
    AdaptationProfile {
        /// The link.
        link: LineageLink,
        /// What was declared.
        declared: Declared,
        /// What was measured, field by field; empty where there are no texts on both sides.
        measured: Vec<Measured>,
        /// What both say together.
        verdict: AdaptationVerdict,
    }
}

// From `lineage::adaptation`.
codes! {
    /// A closed vocabulary.
    AdaptationVerdict of jipp_core::lineage::AdaptationVerdict {
        /// `unchanged`.
        Unchanged = "unchanged",
        /// `contradicted`.
        Contradicted = "contradicted",
        /// `adapted`.
        Adapted = "adapted",
        /// `unknown`.
        Unknown = "unknown",
    }
}

// From `lineage::adoption`.
record! {
    /// A replica that came of an innovation, attributed to the one source it most surely came from.
    Adoption {
        /// The replica.
        node: GraphNode,
        /// The source it is attributed to: of several, the one known best, then the earliest, then the first by id.
        parent: String,
        /// How many steps it is from the innovation by such attributions; 1 for its direct replicas.
        generation: i64,
        /// When it came into use, or else when the replication began or was first heard of.
        #[uniffi(default = None)]
        on: Option<String>,
    }
}

// From `lineage::paths`.
record! {
    /// A line of a tree of lineage.
    Branch {
        /// How deep it hangs; 0 for the root.
        depth: i64,
        /// What hangs there.
        node: GraphNode,
        /// The link by which it hangs; none for the root.
        #[uniffi(default = None)]
        link: Option<LineageLink>,
        /// Whether it stands further up already, with what came of it: a node of several sources hangs on each of them.
        is_repeated: bool,
    }
}

// From `lineage::paths`.
record! {
    /// A node that two others come from.
    CommonAncestor {
        /// Which it is; one of the two, where the other comes from it.
        node: String,
        /// The fewest steps from it to the first.
        to_first: i64,
        /// The fewest steps from it to the second.
        to_second: i64,
        /// Whether no other common ancestor comes from it: the last they have in common.
        is_nearest: bool,
    }
}

// From `lineage::adaptation`.
record! {
    /// What was declared to differ, by what was done.
    Declared {
        /// What was kept.
        kept: Vec<Difference>,
        /// What was changed.
        changed: Vec<Difference>,
        /// What was dropped.
        dropped: Vec<Difference>,
        /// What was added.
        added: Vec<Difference>,
        /// What is said to differ, without saying how.
        unspecified: Vec<Difference>,
    }
}

// From `lineage::impact`.
record! {
    /// Something that came of it.
    Dependent {
        /// What it is.
        node: GraphNode,
        /// The fewest steps to it.
        generation: i64,
        /// Whether it is not known to have stopped itself.
        may_run: bool,
        /// Its other sources that are not known to have stopped: where help can still come from.
        other_sources: Vec<String>,
    }
}

// From `lineage::adaptation`.
record! {
    /// A step on the way down from a root: how far the text has drifted.
    DriftStep {
        /// The node.
        node: String,
        /// How deep it hangs below the root.
        depth: i64,
        /// How like it is to what it was made from, in thousandths; none without texts, or for the root.
        #[uniffi(default = None)]
        to_parent: Option<i64>,
        /// How like it is to the root, in thousandths.
        #[uniffi(default = None)]
        to_root: Option<i64>,
    }
}

// From `lineage::impact`.
record! {
    /// What came of an innovation that stopped, and what that rests on now.
    Impact {
        /// The innovation.
        node: GraphNode,
        /// Whether it is known to have stopped.
        is_stopped: bool,
        /// When and why it stopped, in the words on record.
        #[uniffi(default = None)]
        stopped: Option<ImpactStopped>,
        /// What came of it, nearest first.
        dependents: Vec<Dependent>,
    }
}

tuple! {
    /// What Impact consists of.
    ImpactStopped {
        /// The first of them.
        first: Option<String>,
        /// The second of them.
        second: Option<String>,
    }
}

// From `lineage::journey`.
record! {
    /// What a link bridged; what is not known is none.
    Journey {
        /// The replication.
        replication: String,
        /// What was taken.
        source: String,
        /// What came of it.
        target: String,
        /// How far the replica departs from its source.
        #[uniffi(default = None)]
        change_type: Option<ChangeType>,
        /// How far the replication has come.
        state: ReplicationState,
        /// Days from the use of the source to the replica (see `Link::on`), between the middles of what the two dates may mean;
        /// negative where the replica is older.
        #[uniffi(default = None)]
        lag_days: Option<i64>,
        /// How many days that may be off, since dates may be months or years.
        #[uniffi(default = None)]
        lag_off_by: Option<i64>,
        /// Kilometres along the great circle between the centres of the two regions.
        #[uniffi(default = None)]
        distance_km: Option<f64>,
        /// Whether it crossed the border of a province.
        #[uniffi(default = None)]
        is_cross_province: Option<bool>,
        /// The kinds of the two agencies.
        kinds: JourneyKinds,
    }
}

tuple! {
    /// What Journey consists of.
    JourneyKinds {
        /// The first of them.
        first: Option<AgencyKind>,
        /// The second of them.
        second: Option<AgencyKind>,
    }
}

// From `lineage::link`.
record! {
    /// That a replica came from a source.
    LineageLink {
        /// The replication that says so.
        replication: String,
        /// What was taken.
        source: String,
        /// What came of it.
        target: String,
        /// Who took it, where it is one known agency.
        #[uniffi(default = None)]
        recipient: Option<String>,
        /// How much was taken.
        #[uniffi(default = None)]
        extent: Option<Extent>,
        /// How far the replica departs from it.
        #[uniffi(default = None)]
        change_type: Option<ChangeType>,
        /// How well it is known.
        #[uniffi(default = None)]
        evidence: Option<EvidenceLevel>,
        /// Whether the link was inferred at first; that stays with it, whatever came to be known later.
        was_inferred: bool,
        /// How far the replication has come.
        state: ReplicationState,
        /// The furthest it had come.
        progress: ReplicationProgress,
        /// When the replica came into use, or else when the replication began or was first heard of.
        #[uniffi(default = None)]
        on: Option<String>,
        /// How the titles relate.
        #[uniffi(default = None)]
        title_relation: Option<TitleRelation>,
        /// What was kept, changed, dropped, added, as declared.
        differences: Vec<Difference>,
        /// What was agreed.
        agreements: Vec<Agreement>,
        /// The hub that helped.
        #[uniffi(default = None)]
        facilitator_hub: Option<String>,
        /// The agency that helped.
        #[uniffi(default = None)]
        facilitator: Option<String>,
        /// What is odd about it.
        findings: Vec<LinkFinding>,
    }
}

// From `lineage::link`.
codes! {
    /// A closed vocabulary.
    LinkFinding of jipp_core::lineage::LinkFinding {
        /// `older-than-source`.
        OlderThanSource = "older-than-source",
        /// `steps-out-of-order`.
        StepsOutOfOrder = "steps-out-of-order",
        /// `began-after-use`.
        BeganAfterUse = "began-after-use",
        /// `source-stopped`.
        SourceStopped = "source-stopped",
        /// `same-owner`.
        SameOwner = "same-owner",
    }
}

// From `lineage::adaptation`.
record! {
    /// How one field of a replica differs from the same field of its source. Shares are in thousandths.
    Measured {
        /// The field: `title`, `problem`, `solution`, `outcome`.
        field: String,
        /// How alike the two are, by shared words and how rare they are.
        likeness: i64,
        /// How much of the source's words stand in the replica's text.
        kept: i64,
        /// How much of the replica's words do not stand in the source's text.
        added: i64,
        /// How much of the replica's text stands word by word in the source's, in runs of some length.
        verbatim: i64,
        /// How many words the source's text has.
        source_words: i64,
        /// How many words the replica's text has.
        replica_words: i64,
        /// Words of the source that the replica does not have, at most ten.
        dropped_words: Vec<String>,
        /// Words of the replica that the source does not have, at most ten.
        added_words: Vec<String>,
    }
}

// From `lineage::paths`.
record! {
    /// The ways from one node down to another.
    Paths {
        /// Each way as its links, from source to replica; shorter ones first.
        paths: Vec<Vec<LineageLink>>,
        /// Whether these are all.
        is_complete: bool,
    }
}

// From `lineage::relatives`.
record! {
    /// A node, and how many steps away it is.
    Relative {
        /// The fewest steps that lead to it; 1 for sources and replicas.
        generation: i64,
        /// Which it is.
        node: String,
    }
}

// From `lineage::scope`.
codes! {
    /// A closed vocabulary.
    ReplicationProgress of jipp_core::lineage::Progress {
        /// `proposed`.
        Proposed = "proposed",
        /// `interest`.
        Interest = "interest",
        /// `agreement`.
        Agreement = "agreement",
        /// `running`.
        Running = "running",
        /// `verified`.
        Verified = "verified",
    }
}

// From `lineage::adoption`.
record! {
    /// A generation of replicas.
    Reproduction {
        /// Which; 0 for the innovations that came from nothing.
        generation: i64,
        /// How many are in it.
        nodes: i64,
        /// How many came of them directly.
        replicas: i64,
        /// How many came of each on average: the reproduction number of the generation. The last generations had less time.
        per_node: f64,
    }
}

// From `lineage::scope`.
record! {
    /// Which links a question looks at. The default: all that is on record now, inferred links apart, of replications that
    /// came at least to an agreement and were not given up before they ran.
    ///
    /// Restrictions by region say which nodes are listed, not which are passed through: a chain may lead through other
    /// provinces.
    Scope {
        /// As it was on record at this revision; now, if none.
        #[uniffi(default = None)]
        as_of: Option<i64>,
        /// As it was true on this date: links that surely came so far only later, or had surely ended, are left out; what was
        /// given up later is still in. What has no date stays in.
        #[uniffi(default = None)]
        on: Option<String>,
        /// The least evidence. A link of unknown evidence counts as declared.
        #[uniffi(default = None)]
        evidence: Option<EvidenceLevel>,
        /// How far a replication must have come at least.
        #[uniffi(default = None)]
        progress: Option<ReplicationProgress>,
        /// Whether replications that were given up before they ran count too.
        #[uniffi(default = None)]
        with_dropped: Option<bool>,
        /// Only these kinds of change, where any are named; links of unknown change are then left out.
        #[uniffi(default = None)]
        change_types: Option<Vec<ChangeType>>,
        /// Only nodes in this region are listed. A node of unknown region is not.
        #[uniffi(default = None)]
        region: Option<String>,
    }
}

// From `lineage::journey`.
record! {
    /// What many links come to.
    Travel {
        /// How many links there are.
        links: i64,
        /// How many replications they belong to.
        replications: i64,
        /// Each kind of change with its share of the links whose kind is known, in the order of `ChangeType::ALL`.
        changes: Vec<TravelChanges>,
        /// How many links do not say.
        change_unknown: i64,
        /// Years from the use of the source to the replica.
        #[uniffi(default = None)]
        lag_years: Option<Quartiles>,
        /// Kilometres.
        #[uniffi(default = None)]
        distance_km: Option<Quartiles>,
        /// The share that crossed the border of a province, of those where both sides are known.
        #[uniffi(default = None)]
        cross_province: Option<Share>,
        /// The share that went to another kind of agency, of those where both are known.
        #[uniffi(default = None)]
        cross_kind: Option<Share>,
    }
}

tuple! {
    /// What Travel consists of.
    TravelChanges {
        /// The first of them.
        first: ChangeType,
        /// The second of them.
        second: Share,
    }
}
