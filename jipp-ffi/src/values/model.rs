//! The values of `model`. Written by the tests of jipp from its sources.

use super::*;
use crate::mirror::{choice, codes, record};

// From `model::hub`.
record! {
    /// Something a hub (or an agency on its way to one) did.
    Activity {
        /// Its id.
        id: String,
        /// Who held it.
        host: String,
        /// The hub, where the host was one.
        #[uniffi(default = None)]
        hub: Option<String>,
        /// What it was.
        kind: ActivityKind,
        /// When.
        #[uniffi(default = None)]
        on: Option<String>,
        /// Agencies that took part.
        #[uniffi(default = [])]
        with_agencies: Vec<String>,
        /// Partners that took part.
        #[uniffi(default = [])]
        with_partners: Vec<String>,
        /// Participants as the source writes them, where they are not one named agency or partner.
        #[uniffi(default = [])]
        with_others: Vec<String>,
        /// Innovations it was about.
        #[uniffi(default = [])]
        innovations: Vec<String>,
        /// Replications that came of it.
        #[uniffi(default = [])]
        replications: Vec<String>,
        /// How many people took part.
        #[uniffi(default = None)]
        participants: Option<i64>,
        /// In words.
        #[uniffi(default = None)]
        note: Option<String>,
        /// What came of it.
        #[uniffi(default = None)]
        output: Option<String>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::hub`.
codes! {
    /// A closed vocabulary.
    ActivityKind of jipp_core::model::ActivityKind {
        /// `mentoring`.
        Mentoring = "mentoring",
        /// `peer-exchange`.
        PeerExchange = "peer-exchange",
        /// `promotion`.
        Promotion = "promotion",
        /// `documentation`.
        Documentation = "documentation",
        /// `dissemination`.
        Dissemination = "dissemination",
        /// `replication-support`.
        ReplicationSupport = "replication-support",
        /// `socialisation`.
        Socialisation = "socialisation",
        /// `training`.
        Training = "training",
        /// `competition`.
        Competition = "competition",
        /// `monitoring`.
        Monitoring = "monitoring",
        /// `other`.
        Other = "other",
    }
}

// From `model::place`.
record! {
    /// A government affair (*urusan pemerintahan*).
    Affair {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// Its name in English.
        #[uniffi(default = None)]
        name_en: Option<String>,
        /// Whether it is one of the obligatory basic services.
        #[uniffi(default = None)]
        is_basic_service: Option<bool>,
        /// The wider affair.
        #[uniffi(default = None)]
        parent: Option<String>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::agency`.
record! {
    /// A public agency: a ministry, a government of a province, regency or city, a state-owned company.
    Agency {
        /// Its id.
        id: String,
        /// Its official name.
        name: String,
        /// Other names that people use.
        #[uniffi(default = [])]
        aliases: Vec<String>,
        /// Its kind.
        kind: AgencyKind,
        /// The agency above it.
        #[uniffi(default = None)]
        parent: Option<String>,
        /// The region it governs or works in; a national agency has none.
        #[uniffi(default = None)]
        region: Option<String>,
        /// What it has to work with.
        #[uniffi(default = None)]
        capacity: Option<Capacity>,
        /// Its numbers in other systems.
        #[uniffi(default = [])]
        external_ids: Vec<ExternalId>,
        /// When it was true, as far as known.
        #[uniffi(default = None)]
        valid: Option<Period>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::agency`.
codes! {
    /// A closed vocabulary.
    AgencyKind of jipp_core::model::AgencyKind {
        /// `ministry`.
        Ministry = "ministry",
        /// `agency`.
        Agency = "agency",
        /// `province`.
        Province = "province",
        /// `regency`.
        Regency = "regency",
        /// `city`.
        City = "city",
        /// `village`.
        Village = "village",
        /// `soe`.
        Soe = "soe",
        /// `roe`.
        Roe = "roe",
        /// `police`.
        Police = "police",
        /// `judiciary`.
        Judiciary = "judiciary",
        /// `university`.
        University = "university",
        /// `local-government`.
        LocalGovernment = "local-government",
        /// `other`.
        Other = "other",
    }
}

// From `model::rules`.
codes! {
    /// A closed vocabulary.
    Aggregation of jipp_core::model::Aggregation {
        /// `mean`.
        Mean = "mean",
        /// `median`.
        Median = "median",
        /// `trimmed-mean`.
        TrimmedMean = "trimmed-mean",
    }
}

// From `model::replication`.
record! {
    /// An agreement between the owner and the recipient.
    Agreement {
        /// Its kind.
        kind: AgreementKind,
        /// Its number.
        #[uniffi(default = None)]
        number: Option<String>,
        /// From when until when it holds.
        #[uniffi(default = None)]
        period: Option<Period>,
        /// Who signed.
        #[uniffi(default = [])]
        parties: Vec<String>,
        /// What was promised.
        #[uniffi(default = None)]
        obligations: Option<String>,
        /// The document.
        #[uniffi(default = None)]
        file: Option<String>,
    }
}

// From `model::replication`.
codes! {
    /// A closed vocabulary.
    AgreementKind of jipp_core::model::AgreementKind {
        /// `letter-of-interest`.
        LetterOfInterest = "letter-of-interest",
        /// `mou`.
        Mou = "mou",
        /// `pks`.
        Pks = "pks",
        /// `decree`.
        Decree = "decree",
        /// `statement`.
        Statement = "statement",
        /// `other`.
        Other = "other",
    }
}

// From `model::assessment`.
record! {
    /// The answer to one question of an assessment.
    Answer {
        /// Code of the criterion.
        criterion: String,
        /// What the subject says of itself.
        #[uniffi(default = None)]
        own: Option<f64>,
        /// What the verifier says.
        #[uniffi(default = None)]
        verified: Option<f64>,
        /// Evidence.
        #[uniffi(default = [])]
        evidence: Vec<String>,
        /// A remark.
        #[uniffi(default = None)]
        note: Option<String>,
    }
}

// From `model::replication`.
codes! {
    /// A closed vocabulary.
    Aspect of jipp_core::model::Aspect {
        /// `context`.
        Context = "context",
        /// `target-group`.
        TargetGroup = "target-group",
        /// `government-level`.
        GovernmentLevel = "government-level",
        /// `technology`.
        Technology = "technology",
        /// `procedure`.
        Procedure = "procedure",
        /// `organisation`.
        Organisation = "organisation",
        /// `regulation`.
        Regulation = "regulation",
        /// `funding`.
        Funding = "funding",
        /// `scale`.
        Scale = "scale",
        /// `other`.
        Other = "other",
    }
}

// From `model::assessment`.
record! {
    /// A maturity assessment of an innovation, a hub or an agency.
    Assessment {
        /// Its id.
        id: String,
        /// The instrument.
        rubric: String,
        /// The innovation assessed.
        #[uniffi(default = None)]
        innovation: Option<String>,
        /// The hub assessed.
        #[uniffi(default = None)]
        hub: Option<String>,
        /// The agency assessed.
        #[uniffi(default = None)]
        agency: Option<String>,
        /// When.
        #[uniffi(default = None)]
        on: Option<String>,
        /// The answers.
        #[uniffi(default = [])]
        answers: Vec<Answer>,
        /// The band, as published.
        #[uniffi(default = None)]
        band: Option<String>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::panel`.
record! {
    /// Somebody who scores in an edition.
    Assessor {
        /// Its id.
        id: String,
        /// The edition.
        edition: String,
        /// Who it is, where that may be kept.
        #[uniffi(default = None)]
        person: Option<String>,
        /// The panel.
        panel: PanelKind,
        /// Code of the stage, where only one.
        #[uniffi(default = None)]
        stage: Option<String>,
        /// The agency the assessor works for.
        #[uniffi(default = None)]
        agency: Option<String>,
        /// What the assessor is expert in.
        #[uniffi(default = [])]
        sectors: Vec<String>,
        /// Whom the assessor must not score.
        #[uniffi(default = [])]
        conflicts: Vec<ConflictOfInterest>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::award`.
record! {
    /// An award, as the source words it and, where that can be read, placed in an edition and tier.
    Award {
        /// Its id.
        id: String,
        /// What was awarded.
        innovation: String,
        /// The award as the source words it.
        label: String,
        /// The contest, where its edition has no record.
        #[uniffi(default = None)]
        contest: Option<String>,
        /// The edition.
        #[uniffi(default = None)]
        edition: Option<String>,
        /// Code of the group.
        #[uniffi(default = None)]
        group: Option<String>,
        /// Code of the tier.
        #[uniffi(default = None)]
        tier: Option<String>,
        /// The year.
        #[uniffi(default = None)]
        year: Option<i64>,
        /// The decree.
        #[uniffi(default = None)]
        decree: Option<String>,
        /// When.
        #[uniffi(default = None)]
        on: Option<String>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::rules`.
record! {
    /// Which awards are meant: those of the edition's competition that fit everything that is given.
    ///
    /// An award of a tier counts as one of every tier its winners are drawn from (a Top 45 is a Top 99 too), once for each
    /// edition.
    AwardPattern {
        /// Of this edition.
        #[uniffi(default = None)]
        edition: Option<String>,
        /// Of the group with this code.
        #[uniffi(default = None)]
        group: Option<String>,
        /// Of the tier with this code.
        #[uniffi(default = None)]
        tier: Option<String>,
        /// Of this year or later.
        #[uniffi(default = None)]
        from_year: Option<i64>,
        /// Of this year or earlier.
        #[uniffi(default = None)]
        to_year: Option<i64>,
    }
}

// From `model::instrument`.
record! {
    /// A band of totals.
    Band {
        /// The lowest total in it.
        from: f64,
        /// What it is called in the language of the network.
        label: String,
        /// What it is called in English.
        #[uniffi(default = None)]
        label_en: Option<String>,
        /// How well it is known.
        #[uniffi(default = None)]
        mark: Option<Mark>,
    }
}

// From `model::innovation`.
record! {
    /// Money spent or needed.
    Budget {
        /// How much.
        money: Money,
        /// Where it comes from.
        #[uniffi(default = None)]
        funding: Option<FundingSource>,
        /// In which year.
        #[uniffi(default = None)]
        year: Option<i64>,
    }
}

// From `model::agency`.
record! {
    /// What an agency has to work with.
    Capacity {
        /// People it serves.
        #[uniffi(default = None)]
        population: Option<i64>,
        /// Its fiscal or income class, as published.
        #[uniffi(default = None)]
        income_class: Option<String>,
        /// Its digital readiness, as published.
        #[uniffi(default = None)]
        digital_readiness: Option<String>,
        /// People it employs.
        #[uniffi(default = None)]
        staff: Option<i64>,
        /// What it may spend in a year.
        #[uniffi(default = None)]
        annual_budget: Option<Money>,
    }
}

// From `model::competition`.
record! {
    /// A category of an edition.
    Category {
        /// Its code.
        code: String,
        /// Its label.
        label: String,
    }
}

// From `model::replication`.
record! {
    /// A certificate given for a replication.
    Certificate {
        /// Its kind.
        kind: CertificateKind,
        /// Its number.
        #[uniffi(default = None)]
        number: Option<String>,
        /// When it was given.
        #[uniffi(default = None)]
        on: Option<String>,
        /// Who signed.
        #[uniffi(default = [])]
        signatories: Vec<String>,
    }
}

// From `model::replication`.
codes! {
    /// A closed vocabulary.
    CertificateKind of jipp_core::model::CertificateKind {
        /// `commitment`.
        Commitment = "commitment",
        /// `implementation`.
        Implementation = "implementation",
    }
}

// From `model::replication`.
codes! {
    /// A closed vocabulary.
    ChangeType of jipp_core::model::ChangeType {
        /// `adopt`.
        Adopt = "adopt",
        /// `adapt`.
        Adapt = "adapt",
        /// `modify`.
        Modify = "modify",
        /// `develop`.
        Develop = "develop",
        /// `inspire`.
        Inspire = "inspire",
    }
}

// From `model::competition`.
record! {
    /// A competition that is held again and again.
    Competition {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// Other names that people use.
        #[uniffi(default = [])]
        aliases: Vec<String>,
        /// Its level.
        level: CompetitionLevel,
        /// Who holds it.
        #[uniffi(default = None)]
        organiser: Option<String>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::competition`.
codes! {
    /// A closed vocabulary.
    CompetitionLevel of jipp_core::model::CompetitionLevel {
        /// `international`.
        International = "international",
        /// `national`.
        National = "national",
        /// `provincial`.
        Provincial = "provincial",
        /// `local`.
        Local = "local",
        /// `internal`.
        Internal = "internal",
    }
}

// From `model::rules`.
record! {
    /// A rule on the composition of the chosen: so many at least, so many at most, of those alike in one dimension.
    CompositionRule {
        /// Its code.
        code: String,
        /// What is counted by.
        dimension: Dimension,
        /// The value that is ruled; every value for itself if absent (*at most three of each agency*).
        #[uniffi(default = None)]
        value: Option<String>,
        /// How many at least.
        #[uniffi(default = None)]
        least: Option<i64>,
        /// How many at most.
        #[uniffi(default = None)]
        most: Option<i64>,
        /// How well it is known.
        #[uniffi(default = None)]
        mark: Option<Mark>,
        /// A remark.
        #[uniffi(default = None)]
        note: Option<String>,
    }
}

// From `model::common`.
codes! {
    /// A closed vocabulary.
    Confidence of jipp_core::model::Confidence {
        /// `low`.
        Low = "low",
        /// `medium`.
        Medium = "medium",
        /// `high`.
        High = "high",
    }
}

// From `model::conflict`.
record! {
    /// Why an assessor must not score a proposal: found in the network, handed to the assignment. One pair may have several.
    ///
    /// A plain value, not a record: it follows from what is on record, and is worked out when it is asked for.
    Conflict {
        /// The proposal.
        proposal: String,
        /// The assessor.
        assessor: String,
        /// On what ground.
        ground: ConflictGround,
        /// What it rests on: the reason that was declared, or the records between them.
        #[uniffi(default = None)]
        because: Option<String>,
    }
}

// From `model::rules`.
codes! {
    /// A closed vocabulary.
    ConflictGround of jipp_core::model::ConflictGround {
        /// `declared`.
        Declared = "declared",
        /// `same-agency`.
        SameAgency = "same-agency",
        /// `superior-agency`.
        SuperiorAgency = "superior-agency",
        /// `mentor-hub`.
        MentorHub = "mentor-hub",
        /// `lineage`.
        Lineage = "lineage",
    }
}

// From `model::panel`.
record! {
    /// Somebody an assessor must not score.
    ConflictOfInterest {
        /// An agency.
        #[uniffi(default = None)]
        agency: Option<String>,
        /// An innovation.
        #[uniffi(default = None)]
        innovation: Option<String>,
        /// Why.
        #[uniffi(default = None)]
        reason: Option<String>,
    }
}

// From `model::agency`.
record! {
    /// How to reach an office (never a private person). Contacts age: a date says when it was right.
    Contact {
        /// Its id.
        id: String,
        /// The agency whose office it is.
        #[uniffi(default = None)]
        agency: Option<String>,
        /// The unit whose office it is.
        #[uniffi(default = None)]
        unit: Option<String>,
        /// The hub whose office it is.
        #[uniffi(default = None)]
        hub: Option<String>,
        /// The name of the office or desk.
        #[uniffi(default = None)]
        label: Option<String>,
        /// Telephone, with country code where known.
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
        /// When it is open.
        #[uniffi(default = None)]
        hours: Option<String>,
        /// When it was true, as far as known.
        #[uniffi(default = None)]
        valid: Option<Period>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::innovation`.
codes! {
    /// A closed vocabulary.
    Continuity of jipp_core::model::Continuity {
        /// `continues`.
        Continues = "continues",
        /// `continues-developed`.
        ContinuesDeveloped = "continues-developed",
        /// `stopped`.
        Stopped = "stopped",
        /// `unknown`.
        Unknown = "unknown",
    }
}

// From `model::replication`.
codes! {
    /// A closed vocabulary.
    CooperationModel of jipp_core::model::CooperationModel {
        /// `independent`.
        Independent = "independent",
        /// `two-party`.
        TwoParty = "two-party",
        /// `facilitated`.
        Facilitated = "facilitated",
    }
}

// From `model::rubric`.
record! {
    /// One criterion of a rubric.
    Criterion {
        /// Its code.
        code: String,
        /// Its label in the language of the network.
        label: String,
        /// Its label in English.
        #[uniffi(default = None)]
        label_en: Option<String>,
        /// Its weight.
        weight: f64,
        /// Code of the criterion it is part of.
        #[uniffi(default = None)]
        parent: Option<String>,
        /// Whether it must be answered.
        #[uniffi(default = None)]
        is_required: Option<bool>,
        /// How many words its section may have.
        #[uniffi(default = None)]
        word_limit: Option<i64>,
        /// The scores it may have.
        #[uniffi(default = [])]
        options: Vec<ScoreOption>,
        /// How well the weight is known.
        #[uniffi(default = None)]
        mark: Option<Mark>,
        /// A remark.
        #[uniffi(default = None)]
        note: Option<String>,
    }
}

// From `model::panel`.
record! {
    /// The score of one criterion.
    CriterionScore {
        /// Code of the criterion.
        criterion: String,
        /// The score; absent means not given, never zero.
        #[uniffi(default = None)]
        value: Option<f64>,
        /// A remark.
        #[uniffi(default = None)]
        comment: Option<String>,
    }
}

// From `model::panel`.
codes! {
    /// A closed vocabulary.
    Decision of jipp_core::model::Decision {
        /// `pass`.
        Pass = "pass",
        /// `fail`.
        Fail = "fail",
        /// `hold`.
        Hold = "hold",
    }
}

// From `model::agency`.
record! {
    /// A legal instrument: law, regulation, decree, guideline.
    Decree {
        /// Its id.
        id: String,
        /// Its kind.
        kind: DecreeKind,
        /// Its number.
        #[uniffi(default = None)]
        number: Option<String>,
        /// Its year.
        #[uniffi(default = None)]
        year: Option<i64>,
        /// Its title.
        #[uniffi(default = None)]
        title: Option<String>,
        /// Who issued it.
        #[uniffi(default = None)]
        issuer: Option<String>,
        /// When it was issued.
        #[uniffi(default = None)]
        issued_on: Option<String>,
        /// What it replaces.
        #[uniffi(default = [])]
        replaces: Vec<String>,
        /// Where its text stands.
        #[uniffi(default = None)]
        url: Option<String>,
        /// When it was true, as far as known.
        #[uniffi(default = None)]
        valid: Option<Period>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::agency`.
codes! {
    /// A closed vocabulary.
    DecreeKind of jipp_core::model::DecreeKind {
        /// `law`.
        Law = "law",
        /// `government-regulation`.
        GovernmentRegulation = "government-regulation",
        /// `presidential-regulation`.
        PresidentialRegulation = "presidential-regulation",
        /// `ministerial-regulation`.
        MinisterialRegulation = "ministerial-regulation",
        /// `ministerial-decree`.
        MinisterialDecree = "ministerial-decree",
        /// `guideline`.
        Guideline = "guideline",
        /// `circular`.
        Circular = "circular",
        /// `regional-regulation`.
        RegionalRegulation = "regional-regulation",
        /// `head-of-region-regulation`.
        HeadOfRegionRegulation = "head-of-region-regulation",
        /// `decree`.
        Decree = "decree",
        /// `agreement`.
        Agreement = "agreement",
        /// `other`.
        Other = "other",
    }
}

// From `model::hub`.
record! {
    /// One dated event of a membership; commitment, designation and launch differ.
    Designation {
        /// What happened.
        event: DesignationEvent,
        /// When.
        #[uniffi(default = None)]
        on: Option<String>,
        /// The decree, where it has a record.
        #[uniffi(default = None)]
        decree: Option<String>,
        /// A remark, or the decree as the source writes it.
        #[uniffi(default = None)]
        note: Option<String>,
    }
}

// From `model::hub`.
codes! {
    /// A closed vocabulary.
    DesignationEvent of jipp_core::model::DesignationEvent {
        /// `trial`.
        Trial = "trial",
        /// `commitment`.
        Commitment = "commitment",
        /// `designation`.
        Designation = "designation",
        /// `launch`.
        Launch = "launch",
        /// `renewal`.
        Renewal = "renewal",
        /// `withdrawal`.
        Withdrawal = "withdrawal",
    }
}

// From `model::replication`.
record! {
    /// One thing kept, changed, dropped or added.
    Difference {
        /// Which aspect.
        #[uniffi(default = None)]
        aspect: Option<Aspect>,
        /// What was done to it.
        #[uniffi(default = None)]
        kind: Option<DifferenceKind>,
        /// In words.
        #[uniffi(default = None)]
        note: Option<String>,
    }
}

// From `model::replication`.
codes! {
    /// A closed vocabulary.
    DifferenceKind of jipp_core::model::DifferenceKind {
        /// `kept`.
        Kept = "kept",
        /// `changed`.
        Changed = "changed",
        /// `dropped`.
        Dropped = "dropped",
        /// `added`.
        Added = "added",
    }
}

// From `model::rules`.
codes! {
    /// A closed vocabulary.
    Dimension of jipp_core::model::Dimension {
        /// `group`.
        Group = "group",
        /// `category`.
        Category = "category",
        /// `agency-kind`.
        AgencyKind = "agency-kind",
        /// `island-group`.
        IslandGroup = "island-group",
        /// `province`.
        Province = "province",
        /// `underdeveloped`.
        Underdeveloped = "underdeveloped",
        /// `agency`.
        Agency = "agency",
    }
}

// From `model::competition`.
record! {
    /// One edition of a competition, with its rules as data.
    Edition {
        /// Its id.
        id: String,
        /// The competition.
        competition: String,
        /// The year.
        #[uniffi(default = None)]
        year: Option<i64>,
        /// Its theme.
        #[uniffi(default = None)]
        theme: Option<String>,
        /// The rules it is held under.
        #[uniffi(default = None)]
        decree: Option<String>,
        /// When proposals may be entered.
        #[uniffi(default = None)]
        registration: Option<Period>,
        /// Its groups.
        #[uniffi(default = [])]
        groups: Vec<EditionGroup>,
        /// Its categories.
        #[uniffi(default = [])]
        categories: Vec<Category>,
        /// Its tiers of award.
        #[uniffi(default = [])]
        tiers: Vec<Tier>,
        /// Its stages, in order.
        #[uniffi(default = [])]
        stages: Vec<Stage>,
        /// How the chosen must be composed.
        #[uniffi(default = [])]
        composition: Vec<CompositionRule>,
        /// What decides between equal totals: codes of criteria, in order, and `submitted-on` for who came first.
        #[uniffi(default = [])]
        tie_break: Vec<String>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::competition`.
record! {
    /// A group of an edition (general, replication, special): participants compete within it.
    EditionGroup {
        /// Its code.
        code: String,
        /// Its label.
        label: String,
        /// The rubric that scores it.
        #[uniffi(default = None)]
        rubric: Option<String>,
        /// How many proposals one agency may enter.
        #[uniffi(default = None)]
        quota_per_agency: Option<i64>,
        /// How old an innovation must be at closing, in months.
        #[uniffi(default = None)]
        min_age_months: Option<i64>,
        /// Who may enter, besides.
        #[uniffi(default = [])]
        eligibility: Vec<EligibilityRule>,
        /// How well these figures are known.
        #[uniffi(default = None)]
        mark: Option<Mark>,
    }
}

// From `model::rules`.
record! {
    /// A rule of eligibility: whoever fails one may not enter.
    EligibilityRule {
        /// Its code.
        code: String,
        /// What it asks for.
        requirement: Requirement,
        /// How the source words it.
        #[uniffi(default = None)]
        label: Option<String>,
        /// The same in English.
        #[uniffi(default = None)]
        label_en: Option<String>,
        /// How well it is known.
        #[uniffi(default = None)]
        mark: Option<Mark>,
        /// A remark.
        #[uniffi(default = None)]
        note: Option<String>,
    }
}

// From `model`.
codes! {
    /// A closed vocabulary.
    EntityKind of jipp_core::model::EntityKind {
        /// `region`.
        Region = "region",
        /// `sector`.
        Sector = "sector",
        /// `affair`.
        Affair = "affair",
        /// `agency`.
        Agency = "agency",
        /// `unit`.
        Unit = "unit",
        /// `person`.
        Person = "person",
        /// `decree`.
        Decree = "decree",
        /// `partner`.
        Partner = "partner",
        /// `evidence`.
        Evidence = "evidence",
        /// `innovation`.
        Innovation = "innovation",
        /// `hub`.
        Hub = "hub",
        /// `replication`.
        Replication = "replication",
        /// `activity`.
        Activity = "activity",
        /// `contact`.
        Contact = "contact",
        /// `competition`.
        Competition = "competition",
        /// `rubric`.
        Rubric = "rubric",
        /// `edition`.
        Edition = "edition",
        /// `proposal`.
        Proposal = "proposal",
        /// `assessor`.
        Assessor = "assessor",
        /// `score-sheet`.
        ScoreSheet = "score-sheet",
        /// `stage-result`.
        StageResult = "stage-result",
        /// `objection`.
        Objection = "objection",
        /// `award`.
        Award = "award",
        /// `assessment`.
        Assessment = "assessment",
        /// `need`.
        Need = "need",
        /// `judgement`.
        Judgement = "judgement",
        /// `scoring-run`.
        ScoringRun = "scoring-run",
    }
}

// From `model`.
record! {
    /// Names one record of any kind. Prints as `kind id`.
    EntityRef {
        /// Its kind.
        kind: EntityKind,
        /// Its id.
        id: String,
    }
}

// From `model::evidence`.
record! {
    /// A piece of evidence: a document that backs a claim.
    Evidence {
        /// Its id.
        id: String,
        /// Its kind.
        kind: EvidenceKind,
        /// Code of the document that an edition asks for, where it is one.
        #[uniffi(default = None)]
        code: Option<String>,
        /// Its title.
        #[uniffi(default = None)]
        title: Option<String>,
        /// Where it is kept.
        #[uniffi(default = None)]
        uri: Option<String>,
        /// SHA-256 of its bytes, in hexadecimal.
        #[uniffi(default = None)]
        sha256: Option<String>,
        /// When it was issued.
        #[uniffi(default = None)]
        issued_on: Option<String>,
        /// Who issued it.
        #[uniffi(default = None)]
        issuer: Option<String>,
        /// Who checked it.
        #[uniffi(default = None)]
        verified_by: Option<String>,
        /// What the check found.
        #[uniffi(default = None)]
        is_accepted: Option<bool>,
        /// A remark.
        #[uniffi(default = None)]
        note: Option<String>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::evidence`.
codes! {
    /// A closed vocabulary.
    EvidenceKind of jipp_core::model::EvidenceKind {
        /// `letter`.
        Letter = "letter",
        /// `agreement`.
        Agreement = "agreement",
        /// `regulation`.
        Regulation = "regulation",
        /// `report`.
        Report = "report",
        /// `photo`.
        Photo = "photo",
        /// `video`.
        Video = "video",
        /// `survey`.
        Survey = "survey",
        /// `media`.
        Media = "media",
        /// `link`.
        Link = "link",
        /// `other`.
        Other = "other",
    }
}

// From `model::replication`.
codes! {
    /// A closed vocabulary.
    EvidenceLevel of jipp_core::model::EvidenceLevel {
        /// `inferred`.
        Inferred = "inferred",
        /// `declared`.
        Declared = "declared",
        /// `documented`.
        Documented = "documented",
        /// `verified`.
        Verified = "verified",
    }
}

// From `model::replication`.
codes! {
    /// A closed vocabulary.
    Extent of jipp_core::model::Extent {
        /// `part`.
        Part = "part",
        /// `whole`.
        Whole = "whole",
    }
}

// From `model::common`.
record! {
    /// The number of a record in another system: SINOVIK, IID, `InoLAN`, `JIPPNas`, BPS, ...
    ExternalId {
        /// The system.
        system: String,
        /// The number there.
        value: String,
    }
}

// From `model::innovation`.
codes! {
    /// A closed vocabulary.
    FundingSource of jipp_core::model::FundingSource {
        /// `national-budget`.
        NationalBudget = "national-budget",
        /// `regional-budget`.
        RegionalBudget = "regional-budget",
        /// `village-budget`.
        VillageBudget = "village-budget",
        /// `donor`.
        Donor = "donor",
        /// `private`.
        Private = "private",
        /// `community`.
        Community = "community",
        /// `own-revenue`.
        OwnRevenue = "own-revenue",
        /// `other`.
        Other = "other",
    }
}

// From `model::graph`.
record! {
    /// A lineage, or a part of one.
    Graph {
        /// Its nodes, in the order of their ids.
        nodes: Vec<GraphNode>,
        /// Its edges, in the order of replication, source and target.
        edges: Vec<GraphEdge>,
    }
}

// From `model::graph`.
record! {
    /// An edge of a lineage: a replica comes from one of its sources. A replication with three sources makes three.
    GraphEdge {
        /// The replication.
        replication: String,
        /// What was taken.
        source: String,
        /// What came of it.
        target: String,
        /// How much of the source was taken.
        #[uniffi(default = None)]
        extent: Option<Extent>,
        /// How far the replica departs from the source.
        #[uniffi(default = None)]
        change_type: Option<ChangeType>,
        /// How well the link is known.
        #[uniffi(default = None)]
        evidence: Option<EvidenceLevel>,
        /// How far the replication has come.
        state: ReplicationState,
        /// When the replica came into use, or else when the replication began or was first heard of.
        #[uniffi(default = None)]
        on: Option<String>,
        /// How the titles relate.
        #[uniffi(default = None)]
        title_relation: Option<TitleRelation>,
        /// The hub that helped.
        #[uniffi(default = None)]
        facilitator_hub: Option<String>,
        /// Where this is known from, field by field where the record says so.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::graph`.
record! {
    /// A node of a lineage, with what a reader of it wants to see.
    GraphNode {
        /// Which it is.
        id: String,
        /// What it is called.
        #[uniffi(default = None)]
        title: Option<String>,
        /// The agency that owns or runs it.
        #[uniffi(default = None)]
        owner: Option<String>,
        /// The name of that agency, or of the recipients as the source writes them.
        #[uniffi(default = None)]
        owner_name: Option<String>,
        /// The kind of that agency.
        #[uniffi(default = None)]
        owner_kind: Option<AgencyKind>,
        /// Where it runs.
        #[uniffi(default = None)]
        region: Option<String>,
        /// The province (or other region of the first level) that this lies in.
        #[uniffi(default = None)]
        province: Option<String>,
        /// The name of that province.
        #[uniffi(default = None)]
        province_name: Option<String>,
        /// What it serves.
        #[uniffi(default = [])]
        sectors: Vec<String>,
        /// Since when it is in use.
        #[uniffi(default = None)]
        since: Option<String>,
        /// How far it has come; unknown for a replica without a record.
        #[uniffi(default = None)]
        stage: Option<InnovationStage>,
        /// Where this is known from, field by field where the record says so.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::hub`.
record! {
    /// A hub of the network: a province, ministry or agency that keeps, mentors and spreads innovations.
    Hub {
        /// Its id.
        id: String,
        /// The agency that is the hub.
        agency: String,
        /// Its kind.
        kind: HubKind,
        /// Its own name.
        #[uniffi(default = None)]
        name: Option<String>,
        /// The name of its portal.
        #[uniffi(default = None)]
        portal_name: Option<String>,
        /// Address of its portal.
        #[uniffi(default = None)]
        portal_url: Option<String>,
        /// The batch it was designated in, as published.
        #[uniffi(default = None)]
        batch: Option<String>,
        /// Dated events of its membership.
        #[uniffi(default = [])]
        designations: Vec<Designation>,
        /// Steps in setting up.
        #[uniffi(default = [])]
        milestones: Vec<Milestone>,
        /// Whom it looks after.
        #[uniffi(default = [])]
        spokes: Vec<Spoke>,
        /// Who helps it.
        #[uniffi(default = [])]
        partners: Vec<Partnership>,
        /// How far it has come, step by step.
        #[uniffi(default = [])]
        status: Vec<Step>,
        /// Its numbers in other systems.
        #[uniffi(default = [])]
        external_ids: Vec<ExternalId>,
        /// When it was true, as far as known.
        #[uniffi(default = None)]
        valid: Option<Period>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::hub`.
codes! {
    /// A closed vocabulary.
    HubKind of jipp_core::model::HubKind {
        /// `regional`.
        Regional = "regional",
        /// `central`.
        Central = "central",
    }
}

// From `model::hub`.
codes! {
    /// A closed vocabulary.
    HubState of jipp_core::model::HubState {
        /// `candidate`.
        Candidate = "candidate",
        /// `assessed`.
        Assessed = "assessed",
        /// `committed`.
        Committed = "committed",
        /// `designated`.
        Designated = "designated",
        /// `setting-up`.
        SettingUp = "setting-up",
        /// `operational`.
        Operational = "operational",
        /// `mature`.
        Mature = "mature",
        /// `inactive`.
        Inactive = "inactive",
        /// `withdrawn`.
        Withdrawn = "withdrawn",
        /// `rejected`.
        Rejected = "rejected",
    }
}

// From `model::innovation`.
record! {
    /// One measured result.
    Indicator {
        /// What is measured.
        indicator: String,
        /// Unit of measurement.
        #[uniffi(default = None)]
        unit: Option<String>,
        /// Value before.
        #[uniffi(default = None)]
        before: Option<f64>,
        /// Value after.
        #[uniffi(default = None)]
        after: Option<f64>,
        /// When it was measured.
        #[uniffi(default = None)]
        on: Option<String>,
    }
}

// From `model::innovation`.
codes! {
    /// A closed vocabulary.
    InitiatorKind of jipp_core::model::InitiatorKind {
        /// `head-of-region`.
        HeadOfRegion = "head-of-region",
        /// `council-member`.
        CouncilMember = "council-member",
        /// `regional-office`.
        RegionalOffice = "regional-office",
        /// `civil-servant`.
        CivilServant = "civil-servant",
        /// `citizen`.
        Citizen = "citizen",
        /// `other`.
        Other = "other",
    }
}

// From `model::innovation`.
record! {
    /// A public-service innovation.
    Innovation {
        /// Its id.
        id: String,
        /// Its title.
        title: String,
        /// A short name.
        #[uniffi(default = None)]
        nickname: Option<String>,
        /// What the letters of an acronym title stand for.
        #[uniffi(default = None)]
        expansion: Option<String>,
        /// The agency that runs it.
        owner: String,
        /// The service unit that runs it.
        #[uniffi(default = None)]
        unit: Option<String>,
        /// The unit as the source writes it, where it has no record.
        #[uniffi(default = None)]
        unit_name: Option<String>,
        /// Where it runs; unknown for many national agencies.
        #[uniffi(default = None)]
        region: Option<String>,
        /// Who made it.
        #[uniffi(default = [])]
        innovators: Vec<String>,
        /// Who began it.
        #[uniffi(default = None)]
        initiator: Option<InitiatorKind>,
        /// Its form.
        #[uniffi(default = None)]
        form: Option<InnovationForm>,
        /// Whether it is digital.
        #[uniffi(default = None)]
        is_digital: Option<bool>,
        /// How far it has come, step by step.
        #[uniffi(default = [])]
        stage: Vec<Step>,
        /// Whether it was checked, step by step.
        #[uniffi(default = [])]
        verification: Vec<Step>,
        /// Who may see it, step by step.
        #[uniffi(default = [])]
        publication: Vec<Step>,
        /// When it was first tried.
        #[uniffi(default = None)]
        trial_on: Option<String>,
        /// When it was first in use.
        #[uniffi(default = None)]
        implemented_on: Option<String>,
        /// When it was developed further.
        #[uniffi(default = None)]
        developed_on: Option<String>,
        /// The sectors it serves.
        #[uniffi(default = [])]
        sectors: Vec<String>,
        /// The government affairs it belongs to.
        #[uniffi(default = [])]
        affairs: Vec<String>,
        /// Codes of categories it was entered under.
        #[uniffi(default = [])]
        categories: Vec<String>,
        /// Sustainable development goals, 1 to 17.
        #[uniffi(default = [])]
        sdgs: Vec<i64>,
        /// Theme of bureaucratic reform.
        #[uniffi(default = None)]
        rb_theme: Option<String>,
        /// OECD category.
        #[uniffi(default = None)]
        oecd_category: Option<String>,
        /// The problem it answers.
        #[uniffi(default = None)]
        problem: Option<String>,
        /// What it does.
        #[uniffi(default = None)]
        solution: Option<String>,
        /// What came of it.
        #[uniffi(default = None)]
        outcome: Option<String>,
        /// Further text sections.
        #[uniffi(default = [])]
        sections: Vec<InnovationSection>,
        /// Whom it serves.
        #[uniffi(default = [])]
        target_groups: Vec<String>,
        /// How many people it serves.
        #[uniffi(default = None)]
        beneficiaries: Option<i64>,
        /// Measured results.
        #[uniffi(default = [])]
        results: Vec<Indicator>,
        /// What it cost.
        #[uniffi(default = [])]
        budgets: Vec<Budget>,
        /// How many people it takes to run.
        #[uniffi(default = None)]
        staff_needed: Option<i64>,
        /// Tools and technology it needs.
        #[uniffi(default = [])]
        tools: Vec<String>,
        /// What must be there before it can be replicated.
        #[uniffi(default = [])]
        prerequisites: Vec<String>,
        /// What helped.
        #[uniffi(default = [])]
        drivers: Vec<String>,
        /// What hindered.
        #[uniffi(default = [])]
        barriers: Vec<String>,
        /// Address of a film.
        #[uniffi(default = None)]
        video: Option<String>,
        /// Evidence for what is claimed.
        #[uniffi(default = [])]
        evidence: Vec<String>,
        /// Whether its owner is willing to have it replicated.
        #[uniffi(default = None)]
        open_to_replication: Option<bool>,
        /// The letter that says so.
        #[uniffi(default = None)]
        replication_letter: Option<String>,
        /// Whether it goes on.
        #[uniffi(default = None)]
        sustainability: Option<Sustainability>,
        /// Its numbers in other systems.
        #[uniffi(default = [])]
        external_ids: Vec<ExternalId>,
        /// When it was true, as far as known.
        #[uniffi(default = None)]
        valid: Option<Period>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::innovation`.
codes! {
    /// A closed vocabulary.
    InnovationForm of jipp_core::model::InnovationForm {
        /// `governance`.
        Governance = "governance",
        /// `public-service`.
        PublicService = "public-service",
        /// `other`.
        Other = "other",
    }
}

// From `model::innovation`.
record! {
    /// One text section of a description or proposal.
    InnovationSection {
        /// Code of the section in its form.
        code: String,
        /// Its title.
        #[uniffi(default = None)]
        title: Option<String>,
        /// Its text.
        text: String,
    }
}

// From `model::innovation`.
codes! {
    /// A closed vocabulary.
    InnovationStage of jipp_core::model::InnovationStage {
        /// `draft`.
        Draft = "draft",
        /// `initiative`.
        Initiative = "initiative",
        /// `trial`.
        Trial = "trial",
        /// `implemented`.
        Implemented = "implemented",
        /// `developed`.
        Developed = "developed",
        /// `institutionalised`.
        Institutionalised = "institutionalised",
        /// `dormant`.
        Dormant = "dormant",
        /// `retired`.
        Retired = "retired",
    }
}

// From `model::need`.
record! {
    /// A relevance judgement: how well an innovation answers a need, for measuring and teaching the matching.
    Judgement {
        /// Its id.
        id: String,
        /// The need.
        need: String,
        /// The innovation.
        innovation: String,
        /// 3 solves it, 2 largely fits, 1 is in the field, 0 is of no use.
        grade: i64,
        /// Who judged, or how it was judged.
        #[uniffi(default = None)]
        by: Option<String>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::common`.
codes! {
    /// A closed vocabulary.
    Mark of jipp_core::model::Mark {
        /// `sourced`.
        Sourced = "sourced",
        /// `secondary`.
        Secondary = "secondary",
        /// `observed`.
        Observed = "observed",
        /// `inferred`.
        Inferred = "inferred",
        /// `general-knowledge`.
        GeneralKnowledge = "general-knowledge",
    }
}

// From `model::hub`.
record! {
    /// One step in setting up.
    Milestone {
        /// Which step.
        kind: MilestoneKind,
        /// When.
        #[uniffi(default = None)]
        on: Option<String>,
        /// In words.
        #[uniffi(default = None)]
        note: Option<String>,
        /// Evidence.
        #[uniffi(default = None)]
        evidence: Option<String>,
    }
}

// From `model::hub`.
codes! {
    /// A closed vocabulary.
    MilestoneKind of jipp_core::model::MilestoneKind {
        /// `team`.
        Team = "team",
        /// `regulation`.
        Regulation = "regulation",
        /// `roadmap`.
        Roadmap = "roadmap",
        /// `yearly-plan`.
        YearlyPlan = "yearly-plan",
        /// `portal`.
        Portal = "portal",
        /// `budget`.
        Budget = "budget",
        /// `university`.
        University = "university",
        /// `socialisation`.
        Socialisation = "socialisation",
        /// `commitment`.
        Commitment = "commitment",
        /// `launch`.
        Launch = "launch",
        /// `monitoring`.
        Monitoring = "monitoring",
        /// `other`.
        Other = "other",
    }
}

// From `model::rubric`.
codes! {
    /// A closed vocabulary.
    MissingRule of jipp_core::model::MissingRule {
        /// `refuse`.
        Refuse = "refuse",
        /// `skip`.
        Skip = "skip",
        /// `lowest`.
        Lowest = "lowest",
        /// `no-points`.
        NoPoints = "no-points",
    }
}

// From `model::common`.
record! {
    /// An amount of money.
    Money {
        /// How much.
        amount: f64,
        /// Currency, ISO 4217: `IDR`.
        currency: String,
    }
}

// From `model::need`.
record! {
    /// A need: a problem for which an agency looks for a proven innovation.
    Need {
        /// Its id.
        id: String,
        /// The need in the words of whoever has it.
        text: String,
        /// Who has it.
        #[uniffi(default = None)]
        agency: Option<String>,
        /// The kind of agency, where the agency is not named.
        #[uniffi(default = None)]
        agency_kind: Option<AgencyKind>,
        /// Where.
        #[uniffi(default = None)]
        region: Option<String>,
        /// Sectors it belongs to.
        #[uniffi(default = [])]
        sectors: Vec<String>,
        /// Government affairs it belongs to.
        #[uniffi(default = [])]
        affairs: Vec<String>,
        /// Sustainable development goals, 1 to 17.
        #[uniffi(default = [])]
        sdgs: Vec<i64>,
        /// What may be spent.
        #[uniffi(default = None)]
        budget: Option<Money>,
        /// How many people there are for it.
        #[uniffi(default = None)]
        staff: Option<i64>,
        /// Tools and technology at hand.
        #[uniffi(default = [])]
        tools: Vec<String>,
        /// By when.
        #[uniffi(default = None)]
        deadline: Option<String>,
        /// How it is worded: keywords, plain, formal, long.
        #[uniffi(default = None)]
        style: Option<String>,
        /// A remark on the circumstances.
        #[uniffi(default = None)]
        note: Option<String>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::proposal`.
record! {
    /// An objection raised in a public test.
    Objection {
        /// Its id.
        id: String,
        /// Against which proposal.
        proposal: String,
        /// Who raised it.
        #[uniffi(default = None)]
        by: Option<String>,
        /// What it says.
        text: String,
        /// When it came.
        #[uniffi(default = None)]
        received_on: Option<String>,
        /// Whether it was upheld; absent while it is open.
        #[uniffi(default = None)]
        is_upheld: Option<bool>,
        /// What was answered.
        #[uniffi(default = None)]
        resolution: Option<String>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::panel`.
codes! {
    /// A closed vocabulary.
    PanelKind of jipp_core::model::PanelKind {
        /// `evaluation-team`.
        EvaluationTeam = "evaluation-team",
        /// `independent-panel`.
        IndependentPanel = "independent-panel",
        /// `secretariat`.
        Secretariat = "secretariat",
        /// `public`.
        Public = "public",
    }
}

// From `model::hub`.
record! {
    /// An organisation that helps hubs.
    Partner {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// Other names that people use.
        #[uniffi(default = [])]
        aliases: Vec<String>,
        /// Its kind.
        kind: PartnerKind,
        /// When it was true, as far as known.
        #[uniffi(default = None)]
        valid: Option<Period>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::hub`.
codes! {
    /// A closed vocabulary.
    PartnerKind of jipp_core::model::PartnerKind {
        /// `university`.
        University = "university",
        /// `donor`.
        Donor = "donor",
        /// `association`.
        Association = "association",
        /// `government`.
        Government = "government",
        /// `media`.
        Media = "media",
        /// `private`.
        Private = "private",
        /// `ngo`.
        Ngo = "ngo",
        /// `other`.
        Other = "other",
    }
}

// From `model::hub`.
record! {
    /// A partner that helps the hub.
    Partnership {
        /// The partner, where it has a record of its own.
        #[uniffi(default = None)]
        partner: Option<String>,
        /// The partner, where it is an agency.
        #[uniffi(default = None)]
        agency: Option<String>,
        /// From when until when.
        #[uniffi(default = None)]
        period: Option<Period>,
    }
}

// From `model::agency`.
record! {
    /// A person in a role: innovator, assessor, mentor. As little is kept as the role needs.
    Person {
        /// Its id.
        id: String,
        /// Name as published, where it may be kept.
        #[uniffi(default = None)]
        name: Option<String>,
        /// Role.
        #[uniffi(default = None)]
        role: Option<String>,
        /// The agency the person works for.
        #[uniffi(default = None)]
        affiliation: Option<String>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::place`.
record! {
    /// A place on the earth, WGS 84.
    Point {
        /// Latitude in degrees, north positive, -90 to 90.
        lat: f64,
        /// Longitude in degrees, east positive, -180 to 180.
        lon: f64,
    }
}

// From `model::proposal`.
record! {
    /// An innovation entered in an edition.
    Proposal {
        /// Its id.
        id: String,
        /// The innovation.
        innovation: String,
        /// The edition.
        edition: String,
        /// Code of the group.
        #[uniffi(default = None)]
        group: Option<String>,
        /// Code of the category.
        #[uniffi(default = None)]
        category: Option<String>,
        /// Its title in this edition.
        #[uniffi(default = None)]
        title: Option<String>,
        /// Its text.
        #[uniffi(default = [])]
        sections: Vec<InnovationSection>,
        /// Its documents.
        #[uniffi(default = [])]
        documents: Vec<String>,
        /// When it was submitted.
        #[uniffi(default = None)]
        submitted_on: Option<String>,
        /// How far it has come, step by step.
        #[uniffi(default = [])]
        status: Vec<Step>,
        /// Its numbers in other systems.
        #[uniffi(default = [])]
        external_ids: Vec<ExternalId>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::common`.
record! {
    /// Where a record, or one field of it, comes from.
    Provenance {
        /// The field; absent for the record as a whole.
        #[uniffi(default = None)]
        field: Option<String>,
        /// The address or citation of the source.
        source: String,
        /// When it was read.
        #[uniffi(default = None)]
        retrieved_on: Option<String>,
        /// How sure whoever recorded it was.
        #[uniffi(default = None)]
        confidence: Option<Confidence>,
        /// How well it is known.
        #[uniffi(default = None)]
        mark: Option<Mark>,
        /// A remark.
        #[uniffi(default = None)]
        note: Option<String>,
    }
}

choice! {
    /// A record of any kind.
    Record {
        /// See `Region`.
        Region = "region" value {
            /// It.
            value: Region,
        }
        /// See `Sector`.
        Sector = "sector" value {
            /// It.
            value: Sector,
        }
        /// See `Affair`.
        Affair = "affair" value {
            /// It.
            value: Affair,
        }
        /// See `Agency`.
        Agency = "agency" value {
            /// It.
            value: Agency,
        }
        /// See `ServiceUnit`.
        Unit = "unit" value {
            /// It.
            value: ServiceUnit,
        }
        /// See `Person`.
        Person = "person" value {
            /// It.
            value: Person,
        }
        /// See `Decree`.
        Decree = "decree" value {
            /// It.
            value: Decree,
        }
        /// See `Partner`.
        Partner = "partner" value {
            /// It.
            value: Partner,
        }
        /// See `Evidence`.
        Evidence = "evidence" value {
            /// It.
            value: Evidence,
        }
        /// See `Innovation`.
        Innovation = "innovation" value {
            /// It.
            value: Innovation,
        }
        /// See `Hub`.
        Hub = "hub" value {
            /// It.
            value: Hub,
        }
        /// See `Replication`.
        Replication = "replication" value {
            /// It.
            value: Replication,
        }
        /// See `Activity`.
        Activity = "activity" value {
            /// It.
            value: Activity,
        }
        /// See `Contact`.
        Contact = "contact" value {
            /// It.
            value: Contact,
        }
        /// See `Competition`.
        Competition = "competition" value {
            /// It.
            value: Competition,
        }
        /// See `Rubric`.
        Rubric = "rubric" value {
            /// It.
            value: Rubric,
        }
        /// See `Edition`.
        Edition = "edition" value {
            /// It.
            value: Edition,
        }
        /// See `Proposal`.
        Proposal = "proposal" value {
            /// It.
            value: Proposal,
        }
        /// See `Assessor`.
        Assessor = "assessor" value {
            /// It.
            value: Assessor,
        }
        /// See `ScoreSheet`.
        ScoreSheet = "score-sheet" value {
            /// It.
            value: ScoreSheet,
        }
        /// See `StageResult`.
        StageResult = "stage-result" value {
            /// It.
            value: StageResult,
        }
        /// See `Objection`.
        Objection = "objection" value {
            /// It.
            value: Objection,
        }
        /// See `Award`.
        Award = "award" value {
            /// It.
            value: Award,
        }
        /// See `Assessment`.
        Assessment = "assessment" value {
            /// It.
            value: Assessment,
        }
        /// See `Need`.
        Need = "need" value {
            /// It.
            value: Need,
        }
        /// See `Judgement`.
        Judgement = "judgement" value {
            /// It.
            value: Judgement,
        }
        /// See `ScoringRun`.
        ScoringRun = "scoring-run" value {
            /// It.
            value: ScoringRun,
        }
    }
}

// From `model::place`.
record! {
    /// A region that is governed: a province, a regency, a city, a county.
    Region {
        /// Its id.
        id: String,
        /// Its official name, written out.
        name: String,
        /// Other names that people use.
        #[uniffi(default = [])]
        aliases: Vec<String>,
        /// Its level.
        level: RegionLevel,
        /// The region it is part of.
        #[uniffi(default = None)]
        parent: Option<String>,
        /// The country, ISO 3166-1 alpha-2.
        #[uniffi(default = None)]
        country: Option<String>,
        /// The seat of government.
        #[uniffi(default = None)]
        capital: Option<String>,
        /// Persons registered.
        #[uniffi(default = None)]
        population: Option<i64>,
        /// What date the population is of.
        #[uniffi(default = None)]
        population_on: Option<String>,
        /// Land area in square kilometres.
        #[uniffi(default = None)]
        area_km2: Option<f64>,
        /// Centre of its area.
        #[uniffi(default = None)]
        center: Option<Point>,
        /// Whether it is listed as disadvantaged, frontier or outermost (*3T*).
        #[uniffi(default = None)]
        is_3t: Option<bool>,
        /// Human development index, 0 to 100.
        #[uniffi(default = None)]
        hdi: Option<f64>,
        /// What date the index is of.
        #[uniffi(default = None)]
        hdi_on: Option<String>,
        /// Its island group or other large part of the country.
        #[uniffi(default = None)]
        island_group: Option<String>,
        /// Its numbers in other systems.
        #[uniffi(default = [])]
        external_ids: Vec<ExternalId>,
        /// When it was true, as far as known.
        #[uniffi(default = None)]
        valid: Option<Period>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::place`.
codes! {
    /// A closed vocabulary.
    RegionLevel of jipp_core::model::RegionLevel {
        /// `country`.
        Country = "country",
        /// `province`.
        Province = "province",
        /// `regency`.
        Regency = "regency",
        /// `city`.
        City = "city",
        /// `district`.
        District = "district",
        /// `village`.
        Village = "village",
        /// `state`.
        State = "state",
        /// `county`.
        County = "county",
        /// `municipality`.
        Municipality = "municipality",
        /// `other`.
        Other = "other",
    }
}

// From `model::replication`.
record! {
    /// A replication: a recipient takes one or more innovations, in part or whole, and adapts them.
    Replication {
        /// Its id.
        id: String,
        /// The innovations taken, one or more.
        #[uniffi(default = [])]
        sources: Vec<Source>,
        /// The agency that replicates; unknown where the source names only a number or a group.
        #[uniffi(default = None)]
        recipient: Option<String>,
        /// The recipients as the source writes them, where they are not one named agency.
        #[uniffi(default = None)]
        recipients_note: Option<String>,
        /// The innovation that came of it, where it has a record.
        #[uniffi(default = None)]
        target: Option<String>,
        /// Title of the replica, where it has no record.
        #[uniffi(default = None)]
        target_title: Option<String>,
        /// The problem the recipient had.
        #[uniffi(default = None)]
        problem: Option<String>,
        /// The sectors it serves.
        #[uniffi(default = [])]
        sectors: Vec<String>,
        /// How far it departs from its sources.
        #[uniffi(default = None)]
        change_type: Option<ChangeType>,
        /// What was kept, changed, dropped, added.
        #[uniffi(default = [])]
        differences: Vec<Difference>,
        /// How the titles relate.
        #[uniffi(default = None)]
        title_relation: Option<TitleRelation>,
        /// Why this source.
        #[uniffi(default = None)]
        reason: Option<String>,
        /// How it was adapted.
        #[uniffi(default = None)]
        process: Option<String>,
        /// What was transferred.
        #[uniffi(default = [])]
        transfer_types: Vec<TransferType>,
        /// How it was transferred.
        #[uniffi(default = [])]
        transfer_modes: Vec<TransferMode>,
        /// The hub that helped.
        #[uniffi(default = None)]
        facilitator_hub: Option<String>,
        /// The agency that helped.
        #[uniffi(default = None)]
        facilitator: Option<String>,
        /// Who worked together.
        #[uniffi(default = None)]
        model: Option<CooperationModel>,
        /// What was agreed.
        #[uniffi(default = [])]
        agreements: Vec<Agreement>,
        /// Certificates given.
        #[uniffi(default = [])]
        certificates: Vec<Certificate>,
        /// Evidence.
        #[uniffi(default = [])]
        evidence: Vec<String>,
        /// How well it is known that the replica comes from the sources.
        #[uniffi(default = None)]
        evidence_level: Option<EvidenceLevel>,
        /// When it began, where known.
        #[uniffi(default = None)]
        started_on: Option<String>,
        /// When the replica was first in use.
        #[uniffi(default = None)]
        implemented_on: Option<String>,
        /// How far it has come, step by step.
        #[uniffi(default = [])]
        status: Vec<Step>,
        /// Its numbers in other systems.
        #[uniffi(default = [])]
        external_ids: Vec<ExternalId>,
        /// When it was true, as far as known.
        #[uniffi(default = None)]
        valid: Option<Period>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::replication`.
codes! {
    /// A closed vocabulary.
    ReplicationState of jipp_core::model::ReplicationState {
        /// `proposed`.
        Proposed = "proposed",
        /// `interest`.
        Interest = "interest",
        /// `interest-verified`.
        InterestVerified = "interest-verified",
        /// `interest-rejected`.
        InterestRejected = "interest-rejected",
        /// `requested`.
        Requested = "requested",
        /// `approved`.
        Approved = "approved",
        /// `declined`.
        Declined = "declined",
        /// `agreed`.
        Agreed = "agreed",
        /// `adapting`.
        Adapting = "adapting",
        /// `implemented`.
        Implemented = "implemented",
        /// `reported`.
        Reported = "reported",
        /// `verified`.
        Verified = "verified",
        /// `completed`.
        Completed = "completed",
        /// `suspended`.
        Suspended = "suspended",
        /// `cancelled`.
        Cancelled = "cancelled",
        /// `discontinued`.
        Discontinued = "discontinued",
        /// `claimed`.
        Claimed = "claimed",
    }
}

// From `model::rules`.
choice! {
    /// What a rule of eligibility asks for.
    Requirement {
        /// In use for so many months on the day the registration closes.
        Age = "age" fields {
            /// How many.
            months: i64,
            /// Only for proposals of these categories; for all if there are none.
            #[uniffi(default = [])]
            categories: Vec<String>,
        }
        /// The owner is of one of these kinds.
        AgencyKinds = "agency-kinds" fields {
            /// Which.
            any_of: Vec<AgencyKind>,
        }
        /// The agency enters at most so many proposals in the group.
        AgencyQuota = "agency-quota" fields {
            /// How many.
            most: i64,
        }
        /// It serves at least so many of the sustainable development goals.
        Sdgs = "sdgs" fields {
            /// How many.
            least: i64,
        }
        /// A document with each of these codes is attached.
        Documents = "documents" fields {
            /// Which; the codes are those of the evidence.
            all_of: Vec<String>,
        }
        /// It won at most so many awards of these kinds; none if `most` is 0.
        AwardsAtMost = "awards-at-most" fields {
            /// Which awards.
            any_of: Vec<AwardPattern>,
            /// How many.
            most: i64,
        }
        /// It won at least one award of these kinds.
        AwardsAnyOf = "awards-any-of" fields {
            /// Which awards.
            any_of: Vec<AwardPattern>,
        }
        /// It replicates at least one innovation that won an award of these kinds.
        SourceAwarded = "source-awarded" fields {
            /// Which awards.
            any_of: Vec<AwardPattern>,
        }
        /// No other proposal of the edition has the same title.
        UniqueTitle = "unique-title" fields {}
    }
}

// From `model::rubric`.
record! {
    /// A rubric: criteria with weights on a scale, with a version.
    Rubric {
        /// Its id.
        id: String,
        /// Its title.
        title: String,
        /// Its version.
        version: String,
        /// The lowest score of a criterion.
        scale_min: f64,
        /// The highest score of a criterion.
        scale_max: f64,
        /// What the weights of the top criteria add up to.
        total: f64,
        /// What a missing answer means.
        missing: MissingRule,
        /// Its criteria.
        #[uniffi(default = [])]
        criteria: Vec<Criterion>,
        /// How well the scale is known.
        #[uniffi(default = None)]
        scale_mark: Option<Mark>,
        /// When it was true, as far as known.
        #[uniffi(default = None)]
        valid: Option<Period>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::scoring_run`.
record! {
    /// A part of what was read.
    RunInput {
        /// What: `edition`, `stages` (with their rubrics), `proposals`, `sheets`, `facts`.
        part: String,
        /// How many records.
        records: i64,
        /// SHA-256 of them in hexadecimal: stages in the order of the edition, all else in the order of ids.
        sha256: String,
    }
}

// From `model::scoring_run`.
record! {
    /// What came out for one proposal.
    RunResult {
        /// The proposal.
        proposal: String,
        /// Its total; absent if it has none.
        #[uniffi(default = None)]
        total: Option<f64>,
        /// The total adjusted for strict and lenient assessors; absent where it cannot be had.
        #[uniffi(default = None)]
        adjusted: Option<f64>,
        /// The standard error of the adjusted total.
        #[uniffi(default = None)]
        standard_error: Option<f64>,
        /// Its place, 1 the best; the same for proposals that nothing tells apart.
        #[uniffi(default = None)]
        place: Option<i64>,
        /// The best place it may have had with other luck in assessors.
        #[uniffi(default = None)]
        place_from: Option<i64>,
        /// The worst.
        #[uniffi(default = None)]
        place_to: Option<i64>,
        /// The probability, 0 to 1, that it belongs above the cut.
        #[uniffi(default = None)]
        inside: Option<f64>,
        /// Whether it was chosen.
        #[uniffi(default = None)]
        is_chosen: Option<bool>,
    }
}

// From `model::rubric`.
record! {
    /// A score a criterion may have, with what it means.
    ScoreOption {
        /// The score.
        score: f64,
        /// What it means, in the language of the network.
        label: String,
        /// What it means, in English.
        #[uniffi(default = None)]
        label_en: Option<String>,
        /// How well it is known.
        #[uniffi(default = None)]
        mark: Option<Mark>,
    }
}

// From `model::panel`.
record! {
    /// What one assessor gave one proposal in one stage.
    ScoreSheet {
        /// Its id.
        id: String,
        /// Who scored.
        assessor: String,
        /// What was scored.
        proposal: String,
        /// Code of the stage.
        stage: String,
        /// The scores.
        #[uniffi(default = [])]
        scores: Vec<CriterionScore>,
        /// When.
        #[uniffi(default = None)]
        submitted_on: Option<String>,
        /// The sheet that this one replaces.
        #[uniffi(default = None)]
        revision_of: Option<String>,
        /// Whether it was given in moderation.
        #[uniffi(default = None)]
        is_moderated: Option<bool>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::scoring_run`.
record! {
    /// A scoring run, sealed: the same rules, scores and seed give the same results again.
    ScoringRun {
        /// Its id.
        id: String,
        /// The edition.
        edition: String,
        /// Code of the group that was ranked; of all groups if absent.
        #[uniffi(default = None)]
        group: Option<String>,
        /// The version of the method that scored.
        method: String,
        /// The options of the run, as JSON.
        options: String,
        /// Fingerprints of everything that was read: rules, proposals, score sheets.
        #[uniffi(default = [])]
        inputs: Vec<RunInput>,
        /// Where the resampling began.
        seed: i64,
        /// The results, in the order of the places.
        #[uniffi(default = [])]
        results: Vec<RunResult>,
        /// SHA-256 of the whole outcome, of which the results are the heart, in hexadecimal.
        outcome: String,
        /// When it was run.
        #[uniffi(default = None)]
        on: Option<String>,
        /// A remark.
        #[uniffi(default = None)]
        note: Option<String>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::place`.
record! {
    /// A sector of public service. Sectors are data, not a fixed list.
    Sector {
        /// Its id.
        id: String,
        /// Its name in the language of the network.
        name: String,
        /// Its name in English.
        #[uniffi(default = None)]
        name_en: Option<String>,
        /// Other names that people use.
        #[uniffi(default = [])]
        aliases: Vec<String>,
        /// The wider sector.
        #[uniffi(default = None)]
        parent: Option<String>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::agency`.
record! {
    /// A service unit of an agency: an office, a clinic, a school.
    ServiceUnit {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
        /// The agency it belongs to.
        agency: String,
        /// What it serves.
        #[uniffi(default = None)]
        service_type: Option<String>,
        /// Where it is.
        #[uniffi(default = None)]
        region: Option<String>,
        /// When it was true, as far as known.
        #[uniffi(default = None)]
        valid: Option<Period>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::replication`.
record! {
    /// One source of a replica.
    Source {
        /// The innovation taken.
        innovation: String,
        /// How much of it was taken.
        #[uniffi(default = None)]
        extent: Option<Extent>,
        /// How well the link is known; where absent, as the whole replication.
        #[uniffi(default = None)]
        evidence: Option<EvidenceLevel>,
        /// A remark.
        #[uniffi(default = None)]
        note: Option<String>,
    }
}

// From `model::hub`.
record! {
    /// An agency or unit that the hub looks after.
    Spoke {
        /// The agency.
        agency: String,
        /// The unit, where it is one.
        #[uniffi(default = None)]
        unit: Option<String>,
        /// From when until when.
        #[uniffi(default = None)]
        period: Option<Period>,
    }
}

// From `model::competition`.
record! {
    /// A stage of an edition.
    Stage {
        /// Its code.
        code: String,
        /// Its kind.
        kind: StageKind,
        /// Its label.
        #[uniffi(default = None)]
        label: Option<String>,
        /// Its share in the total.
        #[uniffi(default = None)]
        weight: Option<f64>,
        /// The score that passes.
        #[uniffi(default = None)]
        pass_mark: Option<f64>,
        /// The rubric that scores it.
        #[uniffi(default = None)]
        rubric: Option<String>,
        /// The panel that scores it.
        #[uniffi(default = None)]
        panel: Option<PanelKind>,
        /// How the totals of its assessors become one; by their mean if absent.
        #[uniffi(default = None)]
        aggregation: Option<Aggregation>,
        /// How many assessors must score each proposal.
        #[uniffi(default = None)]
        min_assessors: Option<i64>,
        /// The range of scores beyond which moderation is due.
        #[uniffi(default = None)]
        max_spread: Option<f64>,
        /// How well these figures are known.
        #[uniffi(default = None)]
        mark: Option<Mark>,
    }
}

// From `model::competition`.
codes! {
    /// A closed vocabulary.
    StageKind of jipp_core::model::StageKind {
        /// `administration`.
        Administration = "administration",
        /// `desk`.
        Desk = "desk",
        /// `consolidation`.
        Consolidation = "consolidation",
        /// `public-test`.
        PublicTest = "public-test",
        /// `interview`.
        Interview = "interview",
        /// `field-visit`.
        FieldVisit = "field-visit",
        /// `plenary`.
        Plenary = "plenary",
        /// `other`.
        Other = "other",
    }
}

// From `model::panel`.
record! {
    /// What came of one stage for one proposal.
    StageResult {
        /// Its id.
        id: String,
        /// The proposal.
        proposal: String,
        /// Code of the stage.
        stage: String,
        /// The score of the stage.
        #[uniffi(default = None)]
        aggregate: Option<f64>,
        /// Highest less lowest total among assessors.
        #[uniffi(default = None)]
        spread: Option<f64>,
        /// Its place.
        #[uniffi(default = None)]
        rank: Option<i64>,
        /// What was decided.
        #[uniffi(default = None)]
        decision: Option<Decision>,
        /// Why.
        #[uniffi(default = None)]
        reason: Option<String>,
        /// Who decided.
        #[uniffi(default = None)]
        decided_by: Option<String>,
        /// When.
        #[uniffi(default = None)]
        on: Option<String>,
        /// Where the record, or single fields of it, come from.
        #[uniffi(default = [])]
        provenance: Vec<Provenance>,
    }
}

// From `model::status`.
record! {
    /// One step from a state to the next.
    Step {
        /// The state it leads to.
        to: String,
        /// When it was made.
        #[uniffi(default = None)]
        on: Option<String>,
        /// Who made it.
        #[uniffi(default = None)]
        by: Option<String>,
        /// Why, or what was done.
        #[uniffi(default = None)]
        note: Option<String>,
        /// The decree or agreement it rests on, where it has a record.
        #[uniffi(default = None)]
        decree: Option<String>,
        /// The raw wording of the source: marks a fact of the past, entered as it was and not guarded.
        #[uniffi(default = None)]
        reported: Option<String>,
    }
}

// From `model::innovation`.
record! {
    /// Whether an innovation goes on, and why.
    Sustainability {
        /// Whether it goes on.
        status: Continuity,
        /// Why.
        #[uniffi(default = None)]
        reason: Option<String>,
        /// When this was known.
        #[uniffi(default = None)]
        on: Option<String>,
    }
}

// From `model::competition`.
record! {
    /// A tier of award of an edition. Tiers change every few years, so they are data.
    Tier {
        /// Its code.
        code: String,
        /// Its label.
        label: String,
        /// Code of the group it belongs to.
        #[uniffi(default = None)]
        group: Option<String>,
        /// How many may win it.
        #[uniffi(default = None)]
        cap: Option<i64>,
        /// Code of the tier its winners are drawn from.
        #[uniffi(default = None)]
        parent: Option<String>,
        /// Its standing within the edition, 1 the highest.
        #[uniffi(default = None)]
        rank: Option<i64>,
        /// How well its cap is known.
        #[uniffi(default = None)]
        mark: Option<Mark>,
    }
}

// From `model::replication`.
codes! {
    /// A closed vocabulary.
    TitleRelation of jipp_core::model::TitleRelation {
        /// `same`.
        Same = "same",
        /// `variant`.
        Variant = "variant",
        /// `renamed`.
        Renamed = "renamed",
    }
}

// From `model::replication`.
codes! {
    /// A closed vocabulary.
    TransferMode of jipp_core::model::TransferMode {
        /// `technical-assistance`.
        TechnicalAssistance = "technical-assistance",
        /// `peer-learning`.
        PeerLearning = "peer-learning",
        /// `visit`.
        Visit = "visit",
        /// `training`.
        Training = "training",
        /// `documents`.
        Documents = "documents",
        /// `other`.
        Other = "other",
    }
}

// From `model::replication`.
codes! {
    /// A closed vocabulary.
    TransferType of jipp_core::model::TransferType {
        /// `technical`.
        Technical = "technical",
        /// `informational`.
        Informational = "informational",
        /// `managerial`.
        Managerial = "managerial",
    }
}
