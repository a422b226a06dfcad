"""The values of ``model``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value, _behaviour

if TYPE_CHECKING:
    from jipp._values import base as _base

__all__ = [
    "Activity",
    "ActivityKind",
    "Affair",
    "Agency",
    "AgencyKind",
    "AgencyMatch",
    "Aggregation",
    "Agreement",
    "AgreementKind",
    "Answer",
    "Aspect",
    "Assessment",
    "Assessor",
    "Award",
    "AwardPattern",
    "Band",
    "Budget",
    "Capacity",
    "Category",
    "Certificate",
    "CertificateKind",
    "ChangeType",
    "Competition",
    "CompetitionLevel",
    "CompositionRule",
    "Confidence",
    "Conflict",
    "ConflictGround",
    "ConflictOfInterest",
    "Contact",
    "Continuity",
    "CooperationModel",
    "Criterion",
    "CriterionScore",
    "Decision",
    "Decree",
    "DecreeKind",
    "Designation",
    "DesignationEvent",
    "Difference",
    "DifferenceKind",
    "Dimension",
    "Edition",
    "EligibilityRule",
    "EntityKind",
    "EntityRef",
    "Evidence",
    "EvidenceKind",
    "EvidenceLevel",
    "Extent",
    "ExternalId",
    "FundingSource",
    "Graph",
    "GraphEdge",
    "GraphNode",
    "Group",
    "How",
    "Hub",
    "HubKind",
    "HubState",
    "Indicator",
    "InitiatorKind",
    "Innovation",
    "InnovationForm",
    "InnovationStage",
    "Instrument",
    "Judgement",
    "Mark",
    "Marker",
    "MarkerKind",
    "Milestone",
    "MilestoneKind",
    "MissingRule",
    "Money",
    "Naming",
    "Need",
    "Objection",
    "PanelKind",
    "Partner",
    "PartnerKind",
    "Partnership",
    "Person",
    "Point",
    "Proposal",
    "ProposalState",
    "Provenance",
    "Publication",
    "Region",
    "RegionLevel",
    "Replication",
    "ReplicationState",
    "Requirement",
    "Resolution",
    "Rubric",
    "RunInput",
    "RunResult",
    "ScoreOption",
    "ScoreSheet",
    "ScoringRun",
    "Section",
    "Sector",
    "Source",
    "Spoke",
    "Stage",
    "StageKind",
    "StageResult",
    "Step",
    "Sustainability",
    "Tier",
    "TitleRelation",
    "TransferMode",
    "TransferType",
    "Unit",
    "Verification",
]


AgencyKind: TypeAlias = Literal["ministry", "agency", "province", "regency", "city", "village", "soe", "roe", "police", "judiciary", "university", "local-government", "other"]


DecreeKind: TypeAlias = Literal["law", "government-regulation", "presidential-regulation", "ministerial-regulation", "ministerial-decree", "guideline", "circular", "regional-regulation", "head-of-region-regulation", "decree", "agreement", "other"]


class Capacity(Value):
    """What an agency has to work with."""

    population: int | None = None
    """People it serves."""

    income_class: str | None = None
    """Its fiscal or income class, as published."""

    digital_readiness: str | None = None
    """Its digital readiness, as published."""

    staff: int | None = None
    """People it employs."""

    annual_budget: Money | None = None
    """What it may spend in a year."""


class Agency(Value):
    """A public agency: a ministry, a government of a province, regency or city, a state-owned company."""

    id: str
    """Its id."""

    name: str
    """Its official name."""

    aliases: tuple[str, ...] = ()
    """Other names that people use."""

    kind: AgencyKind
    """Its kind."""

    parent: str | None = None
    """The agency above it."""

    region: str | None = None
    """The region it governs or works in; a national agency has none."""

    capacity: Capacity | None = None
    """What it has to work with."""

    external_ids: tuple[ExternalId, ...] = ()
    """Its numbers in other systems."""

    valid: _base.Period | None = None
    """When it was true, as far as known."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class Unit(Value):
    """A service unit of an agency: an office, a clinic, a school."""

    id: str
    """Its id."""

    name: str
    """Its name."""

    agency: str
    """The agency it belongs to."""

    service_type: str | None = None
    """What it serves."""

    region: str | None = None
    """Where it is."""

    valid: _base.Period | None = None
    """When it was true, as far as known."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class Contact(Value):
    """How to reach an office (never a private person). Contacts age: a date says when it was right."""

    id: str
    """Its id."""

    agency: str | None = None
    """The agency whose office it is."""

    unit: str | None = None
    """The unit whose office it is."""

    hub: str | None = None
    """The hub whose office it is."""

    label: str | None = None
    """The name of the office or desk."""

    phone: str | None = None
    """Telephone, with country code where known."""

    email: str | None = None
    """Electronic mail."""

    address: str | None = None
    """Postal address."""

    url: str | None = None
    """Page on the web."""

    hours: str | None = None
    """When it is open."""

    valid: _base.Period | None = None
    """When it was true, as far as known."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class Person(Value):
    """A person in a role: innovator, assessor, mentor. As little is kept as the role needs."""

    id: str
    """Its id."""

    name: str | None = None
    """Name as published, where it may be kept."""

    role: str | None = None
    """Role."""

    affiliation: str | None = None
    """The agency the person works for."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class Decree(Value):
    """A legal instrument: law, regulation, decree, guideline."""

    id: str
    """Its id."""

    kind: DecreeKind
    """Its kind."""

    number: str | None = None
    """Its number."""

    year: int | None = None
    """Its year."""

    title: str | None = None
    """Its title."""

    issuer: str | None = None
    """Who issued it."""

    issued_on: PartialDate | None = None
    """When it was issued."""

    replaces: tuple[str, ...] = ()
    """What it replaces."""

    url: str | None = None
    """Where its text stands."""

    valid: _base.Period | None = None
    """When it was true, as far as known."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class AgencyMatch(Value):
    """The agency that a text means, and how it was recognised."""

    id: str
    """The agency."""

    name: str
    """Its official name."""

    kind: AgencyKind
    """Its kind."""

    region: str | None = None
    """The region that it governs or works in."""

    how: How
    """How it was recognised."""

    likeness: float
    """The part of the letters that agree: 1 unless recognised by likeness."""


class Answer(Value):
    """The answer to one question of an assessment."""

    criterion: str
    """Code of the criterion."""

    own: float | None = None
    """What the subject says of itself."""

    verified: float | None = None
    """What the verifier says."""

    evidence: tuple[str, ...] = ()
    """Evidence."""

    note: str | None = None
    """A remark."""


class Assessment(Value):
    """A maturity assessment of an innovation, a hub or an agency."""

    id: str
    """Its id."""

    rubric: str
    """The instrument."""

    innovation: str | None = None
    """The innovation assessed."""

    hub: str | None = None
    """The hub assessed."""

    agency: str | None = None
    """The agency assessed."""

    on: PartialDate | None = None
    """When."""

    answers: tuple[Answer, ...] = ()
    """The answers."""

    band: str | None = None
    """The band, as published."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class Award(Value):
    """An award, as the source words it and, where that can be read, placed in an edition and tier."""

    id: str
    """Its id."""

    innovation: str
    """What was awarded."""

    label: str
    """The award as the source words it."""

    contest: str | None = None
    """The contest, where its edition has no record."""

    edition: str | None = None
    """The edition."""

    group: str | None = None
    """Code of the group."""

    tier: str | None = None
    """Code of the tier."""

    year: int | None = None
    """The year."""

    decree: str | None = None
    """The decree."""

    on: PartialDate | None = None
    """When."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


Mark: TypeAlias = Literal["sourced", "secondary", "observed", "inferred", "general-knowledge"]


Confidence: TypeAlias = Literal["low", "medium", "high"]


class Provenance(Value):
    """Where a record, or one field of it, comes from."""

    field: str | None = None
    """The field; absent for the record as a whole."""

    source: str
    """The address or citation of the source."""

    retrieved_on: PartialDate | None = None
    """When it was read."""

    confidence: Confidence | None = None
    """How sure whoever recorded it was."""

    mark: Mark | None = None
    """How well it is known."""

    note: str | None = None
    """A remark."""


class ExternalId(Value):
    """The number of a record in another system: SINOVIK, IID, ``InoLAN``, ``JIPPNas``, BPS, ..."""

    system: str
    """The system."""

    value: str
    """The number there."""


class Money(Value):
    """An amount of money."""

    amount: float
    """How much."""

    currency: str
    """Currency, ISO 4217: ``IDR``."""


CompetitionLevel: TypeAlias = Literal["international", "national", "provincial", "local", "internal"]


StageKind: TypeAlias = Literal["administration", "desk", "consolidation", "public-test", "interview", "field-visit", "plenary", "other"]


class Group(Value):
    """A group of an edition (general, replication, special): participants compete within it."""

    code: str
    """Its code."""

    label: str
    """Its label."""

    rubric: str | None = None
    """The rubric that scores it."""

    quota_per_agency: int | None = None
    """How many proposals one agency may enter."""

    min_age_months: int | None = None
    """How old an innovation must be at closing, in months."""

    eligibility: tuple[EligibilityRule, ...] = ()
    """Who may enter, besides."""

    mark: Mark | None = None
    """How well these figures are known."""


class Category(Value):
    """A category of an edition."""

    code: str
    """Its code."""

    label: str
    """Its label."""


class Tier(Value):
    """A tier of award of an edition. Tiers change every few years, so they are data."""

    code: str
    """Its code."""

    label: str
    """Its label."""

    group: str | None = None
    """Code of the group it belongs to."""

    cap: int | None = None
    """How many may win it."""

    parent: str | None = None
    """Code of the tier its winners are drawn from."""

    rank: int | None = None
    """Its standing within the edition, 1 the highest."""

    mark: Mark | None = None
    """How well its cap is known."""


class Stage(Value):
    """A stage of an edition."""

    code: str
    """Its code."""

    kind: StageKind
    """Its kind."""

    label: str | None = None
    """Its label."""

    weight: float | None = None
    """Its share in the total."""

    pass_mark: float | None = None
    """The score that passes."""

    rubric: str | None = None
    """The rubric that scores it."""

    panel: PanelKind | None = None
    """The panel that scores it."""

    aggregation: Aggregation | None = None
    """How the totals of its assessors become one; by their mean if absent."""

    min_assessors: int | None = None
    """How many assessors must score each proposal."""

    max_spread: float | None = None
    """The range of scores beyond which moderation is due."""

    mark: Mark | None = None
    """How well these figures are known."""


class Competition(Value):
    """A competition that is held again and again."""

    id: str
    """Its id."""

    name: str
    """Its name."""

    aliases: tuple[str, ...] = ()
    """Other names that people use."""

    level: CompetitionLevel
    """Its level."""

    organiser: str | None = None
    """Who holds it."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class Edition(Value):
    """One edition of a competition, with its rules as data."""

    id: str
    """Its id."""

    competition: str
    """The competition."""

    year: int | None = None
    """The year."""

    theme: str | None = None
    """Its theme."""

    decree: str | None = None
    """The rules it is held under."""

    registration: _base.Period | None = None
    """When proposals may be entered."""

    groups: tuple[Group, ...] = ()
    """Its groups."""

    categories: tuple[Category, ...] = ()
    """Its categories."""

    tiers: tuple[Tier, ...] = ()
    """Its tiers of award."""

    stages: tuple[Stage, ...] = ()
    """Its stages, in order."""

    composition: tuple[CompositionRule, ...] = ()
    """How the chosen must be composed."""

    tie_break: tuple[str, ...] = ()
    """What decides between equal totals: codes of criteria, in order, and ``submitted-on`` for who came first."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class Conflict(Value):
    """Why an assessor must not score a proposal: found in the network, handed to the assignment. One pair may have several.

    A plain value, not a record: it follows from what is on record, and is worked out when it is asked for.
    """

    proposal: str
    """The proposal."""

    assessor: str
    """The assessor."""

    ground: ConflictGround
    """On what ground."""

    because: str | None = None
    """What it rests on: the reason that was declared, or the records between them."""


EvidenceKind: TypeAlias = Literal["letter", "agreement", "regulation", "report", "photo", "video", "survey", "media", "link", "other"]


class Evidence(Value):
    """A piece of evidence: a document that backs a claim."""

    id: str
    """Its id."""

    kind: EvidenceKind
    """Its kind."""

    code: str | None = None
    """Code of the document that an edition asks for, where it is one."""

    title: str | None = None
    """Its title."""

    uri: str | None = None
    """Where it is kept."""

    sha256: str | None = None
    """SHA-256 of its bytes, in hexadecimal."""

    issued_on: PartialDate | None = None
    """When it was issued."""

    issuer: str | None = None
    """Who issued it."""

    verified_by: str | None = None
    """Who checked it."""

    is_accepted: bool | None = None
    """What the check found."""

    note: str | None = None
    """A remark."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class Resolution(Value):
    """The region that a text means, and how it was recognised."""

    id: str
    """The region."""

    how: How
    """How it was recognised."""

    likeness: float
    """The part of the letters that agree: 1 unless recognised by likeness."""


class GraphNode(Value):
    """A node of a lineage, with what a reader of it wants to see."""

    id: str
    """Which it is."""

    title: str | None = None
    """What it is called."""

    owner: str | None = None
    """The agency that owns or runs it."""

    owner_name: str | None = None
    """The name of that agency, or of the recipients as the source writes them."""

    owner_kind: AgencyKind | None = None
    """The kind of that agency."""

    region: str | None = None
    """Where it runs."""

    province: str | None = None
    """The province (or other region of the first level) that this lies in."""

    province_name: str | None = None
    """The name of that province."""

    sectors: tuple[str, ...] = ()
    """What it serves."""

    since: PartialDate | None = None
    """Since when it is in use."""

    stage: InnovationStage | None = None
    """How far it has come; unknown for a replica without a record."""

    provenance: tuple[Provenance, ...] = ()
    """Where this is known from, field by field where the record says so."""


class GraphEdge(Value):
    """An edge of a lineage: a replica comes from one of its sources. A replication with three sources makes three."""

    replication: str
    """The replication."""

    source: str
    """What was taken."""

    target: str
    """What came of it."""

    extent: Extent | None = None
    """How much of the source was taken."""

    change_type: ChangeType | None = None
    """How far the replica departs from the source."""

    evidence: EvidenceLevel | None = None
    """How well the link is known."""

    state: ReplicationState
    """How far the replication has come."""

    on: PartialDate | None = None
    """When the replica came into use, or else when the replication began or was first heard of."""

    title_relation: TitleRelation | None = None
    """How the titles relate."""

    facilitator_hub: str | None = None
    """The hub that helped."""

    provenance: tuple[Provenance, ...] = ()
    """Where this is known from, field by field where the record says so."""


class Graph(Value):
    """A lineage, or a part of one."""

    nodes: tuple[GraphNode, ...]
    """Its nodes, in the order of their ids."""

    edges: tuple[GraphEdge, ...]
    """Its edges, in the order of replication, source and target."""


HubKind: TypeAlias = Literal["regional", "central"]


HubState: TypeAlias = Literal["candidate", "assessed", "committed", "designated", "setting-up", "operational", "mature", "inactive", "withdrawn", "rejected"]


DesignationEvent: TypeAlias = Literal["trial", "commitment", "designation", "launch", "renewal", "withdrawal"]


MilestoneKind: TypeAlias = Literal["team", "regulation", "roadmap", "yearly-plan", "portal", "budget", "university", "socialisation", "commitment", "launch", "monitoring", "other"]


ActivityKind: TypeAlias = Literal["mentoring", "peer-exchange", "promotion", "documentation", "dissemination", "replication-support", "socialisation", "training", "competition", "monitoring", "other"]


PartnerKind: TypeAlias = Literal["university", "donor", "association", "government", "media", "private", "ngo", "other"]


class Designation(Value):
    """One dated event of a membership; commitment, designation and launch differ."""

    event: DesignationEvent
    """What happened."""

    on: PartialDate | None = None
    """When."""

    decree: str | None = None
    """The decree, where it has a record."""

    note: str | None = None
    """A remark, or the decree as the source writes it."""


class Milestone(Value):
    """One step in setting up."""

    kind: MilestoneKind
    """Which step."""

    on: PartialDate | None = None
    """When."""

    note: str | None = None
    """In words."""

    evidence: str | None = None
    """Evidence."""


class Spoke(Value):
    """An agency or unit that the hub looks after."""

    agency: str
    """The agency."""

    unit: str | None = None
    """The unit, where it is one."""

    period: _base.Period | None = None
    """From when until when."""


class Partnership(Value):
    """A partner that helps the hub."""

    partner: str | None = None
    """The partner, where it has a record of its own."""

    agency: str | None = None
    """The partner, where it is an agency."""

    period: _base.Period | None = None
    """From when until when."""


class Hub(Value):
    """A hub of the network: a province, ministry or agency that keeps, mentors and spreads innovations."""

    id: str
    """Its id."""

    agency: str
    """The agency that is the hub."""

    kind: HubKind
    """Its kind."""

    name: str | None = None
    """Its own name."""

    portal_name: str | None = None
    """The name of its portal."""

    portal_url: str | None = None
    """Address of its portal."""

    batch: str | None = None
    """The batch it was designated in, as published."""

    designations: tuple[Designation, ...] = ()
    """Dated events of its membership."""

    milestones: tuple[Milestone, ...] = ()
    """Steps in setting up."""

    spokes: tuple[Spoke, ...] = ()
    """Whom it looks after."""

    partners: tuple[Partnership, ...] = ()
    """Who helps it."""

    status: tuple[Step, ...] = ()
    """How far it has come, step by step."""

    external_ids: tuple[ExternalId, ...] = ()
    """Its numbers in other systems."""

    valid: _base.Period | None = None
    """When it was true, as far as known."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class Activity(Value):
    """Something a hub (or an agency on its way to one) did."""

    id: str
    """Its id."""

    host: str
    """Who held it."""

    hub: str | None = None
    """The hub, where the host was one."""

    kind: ActivityKind
    """What it was."""

    on: PartialDate | None = None
    """When."""

    with_agencies: tuple[str, ...] = ()
    """Agencies that took part."""

    with_partners: tuple[str, ...] = ()
    """Partners that took part."""

    with_others: tuple[str, ...] = ()
    """Participants as the source writes them, where they are not one named agency or partner."""

    innovations: tuple[str, ...] = ()
    """Innovations it was about."""

    replications: tuple[str, ...] = ()
    """Replications that came of it."""

    participants: int | None = None
    """How many people took part."""

    note: str | None = None
    """In words."""

    output: str | None = None
    """What came of it."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class Partner(Value):
    """An organisation that helps hubs."""

    id: str
    """Its id."""

    name: str
    """Its name."""

    aliases: tuple[str, ...] = ()
    """Other names that people use."""

    kind: PartnerKind
    """Its kind."""

    valid: _base.Period | None = None
    """When it was true, as far as known."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


InnovationStage: TypeAlias = Literal["draft", "initiative", "trial", "implemented", "developed", "institutionalised", "dormant", "retired"]


Verification: TypeAlias = Literal["unverified", "submitted", "verified", "returned", "rejected"]


Publication: TypeAlias = Literal["private", "internal", "public"]


InitiatorKind: TypeAlias = Literal["head-of-region", "council-member", "regional-office", "civil-servant", "citizen", "other"]


InnovationForm: TypeAlias = Literal["governance", "public-service", "other"]


FundingSource: TypeAlias = Literal["national-budget", "regional-budget", "village-budget", "donor", "private", "community", "own-revenue", "other"]


Continuity: TypeAlias = Literal["continues", "continues-developed", "stopped", "unknown"]


class Section(Value):
    """One text section of a description or proposal."""

    code: str
    """Code of the section in its form."""

    title: str | None = None
    """Its title."""

    text: str
    """Its text."""


class Indicator(Value):
    """One measured result."""

    indicator: str
    """What is measured."""

    unit: str | None = None
    """Unit of measurement."""

    before: float | None = None
    """Value before."""

    after: float | None = None
    """Value after."""

    on: PartialDate | None = None
    """When it was measured."""


class Budget(Value):
    """Money spent or needed."""

    money: Money
    """How much."""

    funding: FundingSource | None = None
    """Where it comes from."""

    year: int | None = None
    """In which year."""


class Sustainability(Value):
    """Whether an innovation goes on, and why."""

    status: Continuity
    """Whether it goes on."""

    reason: str | None = None
    """Why."""

    on: PartialDate | None = None
    """When this was known."""


class Innovation(_behaviour.Innovation, Value):
    """A public-service innovation."""

    id: str
    """Its id."""

    title: str
    """Its title."""

    nickname: str | None = None
    """A short name."""

    expansion: str | None = None
    """What the letters of an acronym title stand for."""

    owner: str
    """The agency that runs it."""

    unit: str | None = None
    """The service unit that runs it."""

    unit_name: str | None = None
    """The unit as the source writes it, where it has no record."""

    region: str | None = None
    """Where it runs; unknown for many national agencies."""

    innovators: tuple[str, ...] = ()
    """Who made it."""

    initiator: InitiatorKind | None = None
    """Who began it."""

    form: InnovationForm | None = None
    """Its form."""

    is_digital: bool | None = None
    """Whether it is digital."""

    stage: tuple[Step, ...] = ()
    """How far it has come, step by step."""

    verification: tuple[Step, ...] = ()
    """Whether it was checked, step by step."""

    publication: tuple[Step, ...] = ()
    """Who may see it, step by step."""

    trial_on: PartialDate | None = None
    """When it was first tried."""

    implemented_on: PartialDate | None = None
    """When it was first in use."""

    developed_on: PartialDate | None = None
    """When it was developed further."""

    sectors: tuple[str, ...] = ()
    """The sectors it serves."""

    affairs: tuple[str, ...] = ()
    """The government affairs it belongs to."""

    categories: tuple[str, ...] = ()
    """Codes of categories it was entered under."""

    sdgs: tuple[int, ...] = ()
    """Sustainable development goals, 1 to 17."""

    rb_theme: str | None = None
    """Theme of bureaucratic reform."""

    oecd_category: str | None = None
    """OECD category."""

    problem: str | None = None
    """The problem it answers."""

    solution: str | None = None
    """What it does."""

    outcome: str | None = None
    """What came of it."""

    sections: tuple[Section, ...] = ()
    """Further text sections."""

    target_groups: tuple[str, ...] = ()
    """Whom it serves."""

    beneficiaries: int | None = None
    """How many people it serves."""

    results: tuple[Indicator, ...] = ()
    """Measured results."""

    budgets: tuple[Budget, ...] = ()
    """What it cost."""

    staff_needed: int | None = None
    """How many people it takes to run."""

    tools: tuple[str, ...] = ()
    """Tools and technology it needs."""

    prerequisites: tuple[str, ...] = ()
    """What must be there before it can be replicated."""

    drivers: tuple[str, ...] = ()
    """What helped."""

    barriers: tuple[str, ...] = ()
    """What hindered."""

    video: str | None = None
    """Address of a film."""

    evidence: tuple[str, ...] = ()
    """Evidence for what is claimed."""

    open_to_replication: bool | None = None
    """Whether its owner is willing to have it replicated."""

    replication_letter: str | None = None
    """The letter that says so."""

    sustainability: Sustainability | None = None
    """Whether it goes on."""

    external_ids: tuple[ExternalId, ...] = ()
    """Its numbers in other systems."""

    valid: _base.Period | None = None
    """When it was true, as far as known."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class Band(_behaviour.Labelled, Value):
    """A band of totals."""

    from_: float
    """The lowest total in it."""

    label: str
    """What it is called in the language of the network."""

    label_en: str | None = None
    """What it is called in English."""

    mark: Mark | None = None
    """How well it is known."""


class Instrument(_behaviour.Instrument, Value):
    """An instrument: a rubric, and the bands of its total.

    A rubric has one level (criteria), or two: top criteria (aspects), and the questions of each, whose weights add up to the
    total of the rubric like those of the aspects. An aspect without questions is answered itself.
    """

    rubric: Rubric
    """Aspects, questions, weights, scale, and what a missing answer means."""

    bands: tuple[Band, ...] = DEFAULT
    """The bands, highest first."""


How: TypeAlias = Literal["exact", "code", "alias", "likeness"]


MarkerKind: TypeAlias = Literal["before", "after", "government"]


class Marker(Value):
    """A word, or a few, that people put to the name of a region and that are not part of what tells it from others:
    *Kabupaten*, *Kota*, *Pemerintah*, *Province of*.
    """

    words: str
    """The words."""

    kind: MarkerKind
    """Where they stand."""

    level: RegionLevel | None = None
    """The level of the region that they tell, where they tell one."""


class Naming(Value):
    """How people write the names of regions and governments in a language or country. The default knows no such words."""

    markers: tuple[Marker, ...] = DEFAULT
    """The words around names."""

    short_words: abc.Mapping[str, str] = DEFAULT
    """Short or old forms of single words, with what they stand for: *Kab* for *Kabupaten*, *Pemkot* for *Pemerintah Kota*."""

    titles: abc.Mapping[RegionLevel, str] = DEFAULT
    """How the government of a region of a level is called, with ``{name}`` for the official name of the region."""

    id_system: str | None = None
    """The system that the ids of the regions come from: *Kemendagri*."""


class Need(Value):
    """A need: a problem for which an agency looks for a proven innovation."""

    id: str
    """Its id."""

    text: str
    """The need in the words of whoever has it."""

    agency: str | None = None
    """Who has it."""

    agency_kind: AgencyKind | None = None
    """The kind of agency, where the agency is not named."""

    region: str | None = None
    """Where."""

    sectors: tuple[str, ...] = ()
    """Sectors it belongs to."""

    affairs: tuple[str, ...] = ()
    """Government affairs it belongs to."""

    sdgs: tuple[int, ...] = ()
    """Sustainable development goals, 1 to 17."""

    budget: Money | None = None
    """What may be spent."""

    staff: int | None = None
    """How many people there are for it."""

    tools: tuple[str, ...] = ()
    """Tools and technology at hand."""

    deadline: PartialDate | None = None
    """By when."""

    style: str | None = None
    """How it is worded: keywords, plain, formal, long."""

    note: str | None = None
    """A remark on the circumstances."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class Judgement(Value):
    """A relevance judgement: how well an innovation answers a need, for measuring and teaching the matching."""

    id: str
    """Its id."""

    need: str
    """The need."""

    innovation: str
    """The innovation."""

    grade: int
    """3 solves it, 2 largely fits, 1 is in the field, 0 is of no use."""

    by: str | None = None
    """Who judged, or how it was judged."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


PanelKind: TypeAlias = Literal["evaluation-team", "independent-panel", "secretariat", "public"]


Decision: TypeAlias = Literal["pass", "fail", "hold"]


class ConflictOfInterest(Value):
    """Somebody an assessor must not score."""

    agency: str | None = None
    """An agency."""

    innovation: str | None = None
    """An innovation."""

    reason: str | None = None
    """Why."""


class Assessor(Value):
    """Somebody who scores in an edition."""

    id: str
    """Its id."""

    edition: str
    """The edition."""

    person: str | None = None
    """Who it is, where that may be kept."""

    panel: PanelKind
    """The panel."""

    stage: str | None = None
    """Code of the stage, where only one."""

    agency: str | None = None
    """The agency the assessor works for."""

    sectors: tuple[str, ...] = ()
    """What the assessor is expert in."""

    conflicts: tuple[ConflictOfInterest, ...] = ()
    """Whom the assessor must not score."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class CriterionScore(Value):
    """The score of one criterion."""

    criterion: str
    """Code of the criterion."""

    value: float | None = None
    """The score; absent means not given, never zero."""

    comment: str | None = None
    """A remark."""


class ScoreSheet(Value):
    """What one assessor gave one proposal in one stage."""

    id: str
    """Its id."""

    assessor: str
    """Who scored."""

    proposal: str
    """What was scored."""

    stage: str
    """Code of the stage."""

    scores: tuple[CriterionScore, ...] = ()
    """The scores."""

    submitted_on: PartialDate | None = None
    """When."""

    revision_of: str | None = None
    """The sheet that this one replaces."""

    is_moderated: bool = DEFAULT
    """Whether it was given in moderation."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class StageResult(Value):
    """What came of one stage for one proposal."""

    id: str
    """Its id."""

    proposal: str
    """The proposal."""

    stage: str
    """Code of the stage."""

    aggregate: float | None = None
    """The score of the stage."""

    spread: float | None = None
    """Highest less lowest total among assessors."""

    rank: int | None = None
    """Its place."""

    decision: Decision | None = None
    """What was decided."""

    reason: str | None = None
    """Why."""

    decided_by: str | None = None
    """Who decided."""

    on: PartialDate | None = None
    """When."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


RegionLevel: TypeAlias = Literal["country", "province", "regency", "city", "district", "village", "state", "county", "municipality", "other"]


class Point(Value):
    """A place on the earth, WGS 84."""

    lat: float
    """Latitude in degrees, north positive, -90 to 90."""

    lon: float
    """Longitude in degrees, east positive, -180 to 180."""


class Region(Value):
    """A region that is governed: a province, a regency, a city, a county."""

    id: str
    """Its id."""

    name: str
    """Its official name, written out."""

    aliases: tuple[str, ...] = ()
    """Other names that people use."""

    level: RegionLevel
    """Its level."""

    parent: str | None = None
    """The region it is part of."""

    country: str | None = None
    """The country, ISO 3166-1 alpha-2."""

    capital: str | None = None
    """The seat of government."""

    population: int | None = None
    """Persons registered."""

    population_on: PartialDate | None = None
    """What date the population is of."""

    area_km2: float | None = None
    """Land area in square kilometres."""

    center: Point | None = None
    """Centre of its area."""

    is_3t: bool | None = None
    """Whether it is listed as disadvantaged, frontier or outermost (*3T*)."""

    hdi: float | None = None
    """Human development index, 0 to 100."""

    hdi_on: PartialDate | None = None
    """What date the index is of."""

    island_group: str | None = None
    """Its island group or other large part of the country."""

    external_ids: tuple[ExternalId, ...] = ()
    """Its numbers in other systems."""

    valid: _base.Period | None = None
    """When it was true, as far as known."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class Sector(Value):
    """A sector of public service. Sectors are data, not a fixed list."""

    id: str
    """Its id."""

    name: str
    """Its name in the language of the network."""

    name_en: str | None = None
    """Its name in English."""

    aliases: tuple[str, ...] = ()
    """Other names that people use."""

    parent: str | None = None
    """The wider sector."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class Affair(Value):
    """A government affair (*urusan pemerintahan*)."""

    id: str
    """Its id."""

    name: str
    """Its name."""

    name_en: str | None = None
    """Its name in English."""

    is_basic_service: bool = DEFAULT
    """Whether it is one of the obligatory basic services."""

    parent: str | None = None
    """The wider affair."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


ProposalState: TypeAlias = Literal["draft", "submitted", "admin-passed", "admin-failed", "desk-scoring", "consolidated", "finalist", "not-finalist", "public-test", "confirmed", "disqualified", "interview-scored", "field-verified", "awarded-pending", "awarded", "not-awarded", "revoked", "withdrawn"]


class Proposal(Value):
    """An innovation entered in an edition."""

    id: str
    """Its id."""

    innovation: str
    """The innovation."""

    edition: str
    """The edition."""

    group: str | None = None
    """Code of the group."""

    category: str | None = None
    """Code of the category."""

    title: str | None = None
    """Its title in this edition."""

    sections: tuple[Section, ...] = ()
    """Its text."""

    documents: tuple[str, ...] = ()
    """Its documents."""

    submitted_on: PartialDate | None = None
    """When it was submitted."""

    status: tuple[Step, ...] = ()
    """How far it has come, step by step."""

    external_ids: tuple[ExternalId, ...] = ()
    """Its numbers in other systems."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class Objection(Value):
    """An objection raised in a public test."""

    id: str
    """Its id."""

    proposal: str
    """Against which proposal."""

    by: str | None = None
    """Who raised it."""

    text: str
    """What it says."""

    received_on: PartialDate | None = None
    """When it came."""

    is_upheld: bool | None = None
    """Whether it was upheld; absent while it is open."""

    resolution: str | None = None
    """What was answered."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


ReplicationState: TypeAlias = Literal["proposed", "interest", "interest-verified", "interest-rejected", "requested", "approved", "declined", "agreed", "adapting", "implemented", "reported", "verified", "completed", "suspended", "cancelled", "discontinued", "claimed"]


Extent: TypeAlias = Literal["part", "whole"]


ChangeType: TypeAlias = Literal["adopt", "adapt", "modify", "develop", "inspire"]


Aspect: TypeAlias = Literal["context", "target-group", "government-level", "technology", "procedure", "organisation", "regulation", "funding", "scale", "other"]


DifferenceKind: TypeAlias = Literal["kept", "changed", "dropped", "added"]


TransferType: TypeAlias = Literal["technical", "informational", "managerial"]


TransferMode: TypeAlias = Literal["technical-assistance", "peer-learning", "visit", "training", "documents", "other"]


CooperationModel: TypeAlias = Literal["independent", "two-party", "facilitated"]


AgreementKind: TypeAlias = Literal["letter-of-interest", "mou", "pks", "decree", "statement", "other"]


CertificateKind: TypeAlias = Literal["commitment", "implementation"]


EvidenceLevel: TypeAlias = Literal["inferred", "declared", "documented", "verified"]


TitleRelation: TypeAlias = Literal["same", "variant", "renamed"]


class Source(Value):
    """One source of a replica."""

    innovation: str
    """The innovation taken."""

    extent: Extent | None = None
    """How much of it was taken."""

    evidence: EvidenceLevel | None = None
    """How well the link is known; where absent, as the whole replication."""

    note: str | None = None
    """A remark."""


class Difference(Value):
    """One thing kept, changed, dropped or added."""

    aspect: Aspect | None = None
    """Which aspect."""

    kind: DifferenceKind | None = None
    """What was done to it."""

    note: str | None = None
    """In words."""


class Agreement(Value):
    """An agreement between the owner and the recipient."""

    kind: AgreementKind
    """Its kind."""

    number: str | None = None
    """Its number."""

    period: _base.Period | None = None
    """From when until when it holds."""

    parties: tuple[str, ...] = ()
    """Who signed."""

    obligations: str | None = None
    """What was promised."""

    file: str | None = None
    """The document."""


class Certificate(Value):
    """A certificate given for a replication."""

    kind: CertificateKind
    """Its kind."""

    number: str | None = None
    """Its number."""

    on: PartialDate | None = None
    """When it was given."""

    signatories: tuple[str, ...] = ()
    """Who signed."""


class Replication(Value):
    """A replication: a recipient takes one or more innovations, in part or whole, and adapts them."""

    id: str
    """Its id."""

    sources: tuple[Source, ...] = ()
    """The innovations taken, one or more."""

    recipient: str | None = None
    """The agency that replicates; unknown where the source names only a number or a group."""

    recipients_note: str | None = None
    """The recipients as the source writes them, where they are not one named agency."""

    target: str | None = None
    """The innovation that came of it, where it has a record."""

    target_title: str | None = None
    """Title of the replica, where it has no record."""

    problem: str | None = None
    """The problem the recipient had."""

    sectors: tuple[str, ...] = ()
    """The sectors it serves."""

    change_type: ChangeType | None = None
    """How far it departs from its sources."""

    differences: tuple[Difference, ...] = ()
    """What was kept, changed, dropped, added."""

    title_relation: TitleRelation | None = None
    """How the titles relate."""

    reason: str | None = None
    """Why this source."""

    process: str | None = None
    """How it was adapted."""

    transfer_types: tuple[TransferType, ...] = ()
    """What was transferred."""

    transfer_modes: tuple[TransferMode, ...] = ()
    """How it was transferred."""

    facilitator_hub: str | None = None
    """The hub that helped."""

    facilitator: str | None = None
    """The agency that helped."""

    model: CooperationModel | None = None
    """Who worked together."""

    agreements: tuple[Agreement, ...] = ()
    """What was agreed."""

    certificates: tuple[Certificate, ...] = ()
    """Certificates given."""

    evidence: tuple[str, ...] = ()
    """Evidence."""

    evidence_level: EvidenceLevel | None = None
    """How well it is known that the replica comes from the sources."""

    started_on: PartialDate | None = None
    """When it began, where known."""

    implemented_on: PartialDate | None = None
    """When the replica was first in use."""

    status: tuple[Step, ...] = ()
    """How far it has come, step by step."""

    external_ids: tuple[ExternalId, ...] = ()
    """Its numbers in other systems."""

    valid: _base.Period | None = None
    """When it was true, as far as known."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


MissingRule: TypeAlias = Literal["refuse", "skip", "lowest", "no-points"]


class ScoreOption(Value):
    """A score a criterion may have, with what it means."""

    score: float
    """The score."""

    label: str
    """What it means, in the language of the network."""

    label_en: str | None = None
    """What it means, in English."""

    mark: Mark | None = None
    """How well it is known."""


class Criterion(Value):
    """One criterion of a rubric."""

    code: str
    """Its code."""

    label: str
    """Its label in the language of the network."""

    label_en: str | None = None
    """Its label in English."""

    weight: float
    """Its weight."""

    parent: str | None = None
    """Code of the criterion it is part of."""

    is_required: bool | None = None
    """Whether it must be answered."""

    word_limit: int | None = None
    """How many words its section may have."""

    options: tuple[ScoreOption, ...] = ()
    """The scores it may have."""

    mark: Mark | None = None
    """How well the weight is known."""

    note: str | None = None
    """A remark."""


class Rubric(Value):
    """A rubric: criteria with weights on a scale, with a version."""

    id: str
    """Its id."""

    title: str
    """Its title."""

    version: str
    """Its version."""

    scale_min: float
    """The lowest score of a criterion."""

    scale_max: float
    """The highest score of a criterion."""

    total: float
    """What the weights of the top criteria add up to."""

    missing: MissingRule
    """What a missing answer means."""

    criteria: tuple[Criterion, ...] = ()
    """Its criteria."""

    scale_mark: Mark | None = None
    """How well the scale is known."""

    valid: _base.Period | None = None
    """When it was true, as far as known."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


Aggregation: TypeAlias = Literal["mean", "median", "trimmed-mean"]


ConflictGround: TypeAlias = Literal["declared", "same-agency", "superior-agency", "mentor-hub", "lineage"]


Dimension: TypeAlias = Literal["group", "category", "agency-kind", "island-group", "province", "underdeveloped", "agency"]


class AwardPattern(Value):
    """Which awards are meant: those of the edition's competition that fit everything that is given.

    An award of a tier counts as one of every tier its winners are drawn from (a Top 45 is a Top 99 too), once for each
    edition.
    """

    edition: str | None = None
    """Of this edition."""

    group: str | None = None
    """Of the group with this code."""

    tier: str | None = None
    """Of the tier with this code."""

    from_year: int | None = None
    """Of this year or later."""

    to_year: int | None = None
    """Of this year or earlier."""


class Requirement(Choice):
    """What a rule of eligibility asks for.

    * ``age``: In use for so many months on the day the registration closes.
    * ``agency-kinds``: The owner is of one of these kinds.
    * ``agency-quota``: The agency enters at most so many proposals in the group.
    * ``sdgs``: It serves at least so many of the sustainable development goals.
    * ``documents``: A document with each of these codes is attached.
    * ``awards-at-most``: It won at most so many awards of these kinds; none if ``most`` is 0.
    * ``awards-any-of``: It won at least one award of these kinds.
    * ``source-awarded``: It replicates at least one innovation that won an award of these kinds.
    * ``unique-title``: No other proposal of the edition has the same title.
    """

    _tag = ""
    _shapes = {
        "age": "fields",
        "agency-kinds": "fields",
        "agency-quota": "fields",
        "sdgs": "fields",
        "documents": "fields",
        "awards-at-most": "fields",
        "awards-any-of": "fields",
        "source-awarded": "fields",
        "unique-title": "fields",
    }

    kind: Literal["age", "agency-kinds", "agency-quota", "sdgs", "documents", "awards-at-most", "awards-any-of", "source-awarded", "unique-title"]
    """Which it is."""

    months: int | None = None
    """``age``: How many."""

    categories: tuple[str, ...] | None = None
    """``age``: Only for proposals of these categories; for all if there are none."""

    any_of: tuple[AgencyKind, ...] | tuple[AwardPattern, ...] | None = None
    """``agency-kinds``: Which.
    ``awards-at-most``: Which awards.
    ``awards-any-of``: Which awards.
    ``source-awarded``: Which awards.
    """

    most: int | None = None
    """``agency-quota``: How many.
    ``awards-at-most``: How many.
    """

    least: int | None = None
    """``sdgs``: How many."""

    all_of: tuple[str, ...] | None = None
    """``documents``: Which; the codes are those of the evidence."""


class EligibilityRule(Value):
    """A rule of eligibility: whoever fails one may not enter."""

    code: str
    """Its code."""

    requirement: Requirement
    """What it asks for."""

    label: str | None = None
    """How the source words it."""

    label_en: str | None = None
    """The same in English."""

    mark: Mark | None = None
    """How well it is known."""

    note: str | None = None
    """A remark."""


class CompositionRule(Value):
    """A rule on the composition of the chosen: so many at least, so many at most, of those alike in one dimension."""

    code: str
    """Its code."""

    dimension: Dimension
    """What is counted by."""

    value: str | None = None
    """The value that is ruled; every value for itself if absent (*at most three of each agency*)."""

    least: int | None = None
    """How many at least."""

    most: int | None = None
    """How many at most."""

    mark: Mark | None = None
    """How well it is known."""

    note: str | None = None
    """A remark."""


class RunInput(Value):
    """A part of what was read."""

    part: str
    """What: ``edition``, ``stages`` (with their rubrics), ``proposals``, ``sheets``, ``facts``."""

    records: int
    """How many records."""

    sha256: str
    """SHA-256 of them in hexadecimal: stages in the order of the edition, all else in the order of ids."""


class RunResult(Value):
    """What came out for one proposal."""

    proposal: str
    """The proposal."""

    total: float | None = None
    """Its total; absent if it has none."""

    adjusted: float | None = None
    """The total adjusted for strict and lenient assessors; absent where it cannot be had."""

    standard_error: float | None = None
    """The standard error of the adjusted total."""

    place: int | None = None
    """Its place, 1 the best; the same for proposals that nothing tells apart."""

    place_from: int | None = None
    """The best place it may have had with other luck in assessors."""

    place_to: int | None = None
    """The worst."""

    inside: float | None = None
    """The probability, 0 to 1, that it belongs above the cut."""

    is_chosen: bool = DEFAULT
    """Whether it was chosen."""


class ScoringRun(Value):
    """A scoring run, sealed: the same rules, scores and seed give the same results again."""

    id: str
    """Its id."""

    edition: str
    """The edition."""

    group: str | None = None
    """Code of the group that was ranked; of all groups if absent."""

    method: str
    """The version of the method that scored."""

    options: str
    """The options of the run, as JSON."""

    inputs: tuple[RunInput, ...] = ()
    """Fingerprints of everything that was read: rules, proposals, score sheets."""

    seed: int
    """Where the resampling began."""

    results: tuple[RunResult, ...] = ()
    """The results, in the order of the places."""

    outcome: str
    """SHA-256 of the whole outcome, of which the results are the heart, in hexadecimal."""

    on: PartialDate | None = None
    """When it was run."""

    note: str | None = None
    """A remark."""

    provenance: tuple[Provenance, ...] = ()
    """Where the record, or single fields of it, come from."""


class Step(Value):
    """One step from a state to the next."""

    to: str
    """The state it leads to."""

    on: PartialDate | None = None
    """When it was made."""

    by: str | None = None
    """Who made it."""

    note: str | None = None
    """Why, or what was done."""

    decree: str | None = None
    """The decree or agreement it rests on, where it has a record."""

    reported: str | None = None
    """The raw wording of the source: marks a fact of the past, entered as it was and not guarded."""


EntityKind: TypeAlias = Literal["region", "sector", "affair", "agency", "unit", "person", "decree", "partner", "evidence", "innovation", "hub", "replication", "activity", "contact", "competition", "rubric", "edition", "proposal", "assessor", "score-sheet", "stage-result", "objection", "award", "assessment", "need", "judgement", "scoring-run"]


class EntityRef(Value):
    """Names one record of any kind. Prints as ``kind id``."""

    kind: EntityKind
    """Its kind."""

    id: str
    """Its id."""
