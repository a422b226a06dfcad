"""The values of ``hubs``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value, _behaviour

if TYPE_CHECKING:
    from jipp._values import base as _base
    from jipp._values import model as _model

__all__ = [
    "ActivitySeen",
    "Actor",
    "Against",
    "AspectScore",
    "Basis",
    "Companion",
    "Compared",
    "Comparison",
    "ComparisonOptions",
    "Counting",
    "Coverage",
    "Covered",
    "Days",
    "Detail",
    "Event",
    "FunnelOptions",
    "FunnelStage",
    "HubFinding",
    "HubFindingKind",
    "HubFunnel",
    "HubGroup",
    "HubLeftOut",
    "HubOn",
    "HubRate",
    "HubReport",
    "KindCount",
    "Lags",
    "LeftOut",
    "Maturity",
    "MaturityGap",
    "Movement",
    "MovementOptions",
    "NeededStep",
    "QuestionScore",
    "Readiness",
    "Reading",
    "ReplicationCount",
    "ReportOptions",
    "Scored",
    "SetUpStep",
    "Stage",
    "Standing",
    "Starter",
    "StepState",
    "Suggestion",
    "Tally",
    "Tie",
    "TieRule",
]


Compared: TypeAlias = Literal["activities", "replications-taken", "replications-given", "innovations-begun"]


Against: TypeAlias = Literal["above", "not-told", "below"]


LeftOut: TypeAlias = Literal["no-member", "member-unknown", "no-province", "no-time"]


class ComparisonOptions(Value):
    """What is compared."""

    on: PartialDate
    """Until when."""

    compared: Compared
    """What is counted."""

    counting: Counting = DEFAULT
    """What makes a member, and so from when a hub is counted."""

    confidence: float = DEFAULT
    """How sure the intervals and the verdicts are to be, 0.5 to 0.9999."""


if TYPE_CHECKING:

    class ComparisonOptionsFields(TypedDict, total=False):
        """The fields of :class:`ComparisonOptions`, as keyword arguments."""

        on: PartialDate
        compared: Compared
        counting: Counting
        confidence: float


class HubRate(Value):
    """A hub with its rate. Rates are per 100 governments and year."""

    hub: str
    """The hub."""

    name: str
    """Its name."""

    province: str
    """The province it serves."""

    since: PartialDate
    """Since when it is a member."""

    governments: int
    """The governments that the province has on the date, its own among them."""

    years: float
    """How many years it has been a member; from the middle of ``since`` where that is a month or a year."""

    count: int
    """What happened in that time. What is dated to the year the hub began in counts."""

    undated: int
    """What has no date, and therefore does not count."""

    rate: float
    """The rate."""

    least: float
    """The least that the rate behind the count may be, at the confidence asked for."""

    most: float
    """The most."""

    shrunk: float
    """The rate drawn towards that of all hubs, the more the less it rests on: the better guess for a small hub."""

    chance: float
    """How likely a difference from all the others as great as this is if there is none."""

    against: Against
    """How it stands against all the others, with the bar raised for their number."""


class HubLeftOut(Value):
    """A hub that is not compared."""

    hub: str
    """The hub."""

    name: str
    """Its name."""

    why: LeftOut
    """Why."""


class Comparison(Value):
    """Hubs beside each other."""

    options: ComparisonOptions
    """What was asked."""

    overall: float | None = None
    """The rate of all compared hubs together, per 100 governments and year; none if none is compared."""

    hubs: tuple[HubRate, ...]
    """The hubs: those above the others, those that cannot be told from them, those below; by name within each."""

    left_out: tuple[HubLeftOut, ...]
    """The others, by id."""


class Tally(Value):
    """How many of something there are, as far as is known."""

    yes: int
    """Surely."""

    unknown: int
    """What is on record does not decide it."""

    no: int
    """Surely not."""


class HubOn(Value):
    """A hub on a date."""

    hub: str
    """Its id."""

    name: str
    """Its name, or that of its agency."""

    agency: str
    """The agency that is the hub."""

    kind: _model.HubKind
    """Its kind."""

    province: str | None = None
    """The province it serves; a hub of a ministry has none."""

    island_group: str | None = None
    """The island group of that province, where known."""

    batches: tuple[str, ...]
    """The batches it belongs to, as published."""

    is_member: _base.Truth
    """Whether it was a member."""

    since: PartialDate | None = None
    """Since when, as its first counted event has it."""

    by: _model.DesignationEvent | None = None
    """What that event was."""

    decree: str | None = None
    """The decree in force."""

    decree_title: str | None = None
    """What it is called."""

    state: _model.HubState | None = None
    """How far it had come; none where its steps leave that open."""


class HubGroup(Value):
    """Hubs that share something."""

    key: str | None = None
    """What they share, as a code or id; none for those of which it is not known."""

    label: str | None = None
    """It in words."""

    hubs: Tally
    """How many hubs."""


class Covered(Value):
    """Somebody who could have a hub."""

    id: str
    """The region or the agency."""

    name: str
    """Its name."""

    island_group: str | None = None
    """Its island group, where known."""

    has_hub: _base.Truth
    """Whether it had a hub."""


class Coverage(Value):
    """The hubs of a date and whom they cover."""

    on: PartialDate
    """The date."""

    counting: Counting
    """What made a member."""

    hubs: Tally
    """All hubs on record."""

    by_kind: tuple[HubGroup, ...]
    """By kind."""

    by_batch: tuple[HubGroup, ...]
    """By batch. A hub of two batches stands under each, so the groups may add up to more than the whole."""

    by_decree: tuple[HubGroup, ...]
    """By the decree in force; the hubs of ministries among them."""

    by_island_group: tuple[HubGroup, ...]
    """By the island group of the province; hubs without a province under none."""

    provinces: tuple[Covered, ...]
    """Every province with whether it had a hub."""

    ministries: tuple[Covered, ...]
    """Every ministry and national agency on record with whether it was a hub. A register that does not list them all
    says nothing of the others.
    """


HubFindingKind: TypeAlias = Literal["overlapping-designations", "events-out-of-order", "undated-event", "designation-without-decree", "steps-out-of-order", "status-without-event", "event-without-status", "activity-before-hub", "activity-after-withdrawal", "foreign-activity", "outcome-before-activity", "second-hub", "shared-spoke"]


class Detail(Choice):
    """One thing that a finding is about.

    * ``event``: An event of the membership.
    * ``step``: A step of the status.
    * ``activity``: An activity.
    * ``replication``: A replication.
    * ``hub``: Another hub.
    """

    _tag = ""
    _shapes = {
        "event": "fields",
        "step": "fields",
        "activity": "fields",
        "replication": "fields",
        "hub": "fields",
    }

    kind: Literal["event", "step", "activity", "replication", "hub"]
    """Which it is."""

    event: _model.DesignationEvent | None = None
    """``event``: What happened."""

    on: PartialDate | None = None
    """``event``: When.
    ``step``: When.
    ``activity``: When.
    ``replication``: When it is first known of.
    """

    to: _model.HubState | None = None
    """``step``: The state it led to."""

    activity: str | None = None
    """``activity``: Which."""

    replication: str | None = None
    """``replication``: Which."""

    hub: str | None = None
    """``hub``: Which."""


class HubFinding(_behaviour.Words, Value):
    """Something about a hub that does not fit together."""

    kind: HubFindingKind
    """What does not fit."""

    hub: str
    """The hub."""

    name: str
    """Its name."""

    details: tuple[Detail, ...]
    """What it is about."""


TieRule: TypeAlias = Literal["listed", "facilitated", "topic", "meeting"]


class FunnelOptions(Value):
    """How ties are sought."""

    within_months: int = DEFAULT
    """After how many months a replication is no longer held to have possibly come of an activity, 1 to 1,200. The
    default of 48 is inferred: half of the replicas in public sources came within four years of their source.
    """

    on: PartialDate | None = None
    """Only what had happened by then; none takes all that is on record."""


if TYPE_CHECKING:

    class FunnelOptionsFields(TypedDict, total=False):
        """The fields of :class:`FunnelOptions`, as keyword arguments."""

        within_months: int
        on: PartialDate | None


class Days(Value):
    """A range of days, both ends included."""

    least: int
    """The least."""

    most: int
    """The most."""


class Lags(Value):
    """How long it took."""

    known: int
    """Of how many replications both dates are known."""

    lower: Days
    """The first quartile."""

    median: Days
    """The median."""

    upper: Days
    """The third quartile."""


class Tie(Value):
    """A replication tied to a hub."""

    replication: str
    """The replication."""

    rule: TieRule
    """By what rule."""

    activity: str | None = None
    """The activity it is tied to; none where only the hub is named."""

    held_on: PartialDate | None = None
    """When that activity was."""

    recipient: str | None = None
    """Who replicates, where known: the recipient, or the owner of what came of it."""

    reached: tuple[_base.Truth, ...]
    """Which stages it reached: interest, agreement, implementation."""

    reached_on: tuple[PartialDate | None, ...]
    """When, where known."""


class FunnelStage(Value):
    """How many replications reached a stage."""

    stage: Stage
    """The stage."""

    linked: Tally
    """Of the linked ones."""

    possible: Tally
    """Of the possible ones."""

    lag_linked: Lags | None = None
    """From the activity to the stage, over the linked ones; none if no pair of dates is known."""

    lag_possible: Lags | None = None
    """From the activity to the stage, over the possible ones."""


class HubFunnel(Value):
    """What came of what a hub did."""

    hub: str
    """The hub."""

    name: str
    """Its name."""

    activities: int
    """How many activities are on record."""

    with_linked: int
    """Of those, how many have at least one replication linked to them."""

    with_possible: int
    """How many have only possible ones."""

    stages: tuple[FunnelStage, ...]
    """Stage by stage."""

    ties: tuple[Tie, ...]
    """The replications, firmest ties first, then by id."""


class Counting(Value):
    """Which events make a hub a member.

    The default is how the ministry counted in public (8 hubs in 2020, 12 in 2021, 15 in 2022, 22 and 34 in 2023): by
    designation or signed commitment, whichever came first, and without the pilots before 2020. A renewal counts as a
    designation; a launch makes no member by itself, since pilots were launched years before they were designated.
    """

    pilots: bool = DEFAULT
    """Trials of before there were designations."""

    commitments: bool = DEFAULT
    """Signed commitments."""

    designations: bool = DEFAULT
    """Designations and their renewals."""


class Event(Value):
    """A dated event of a membership."""

    event: _model.DesignationEvent
    """What happened."""

    on: PartialDate | None = None
    """When, as it is on record; for an event told by the status alone, the date of that step."""

    decree: str | None = None
    """The decree, where it has a record."""

    note: str | None = None
    """A remark, or the decree as the source writes it."""

    from_status: bool
    """Whether only the status of the hub tells of it."""

    by_then: bool
    """Whether the date says only by when it had happened."""


class Scored(Value):
    """A score, as far as the answers give one."""

    score: float | None = None
    """The score by the rubric's rule; none if an answer is missing and the rule refuses, or if all are."""

    least: float
    """The least it can be, with the lowest score for each missing answer."""

    most: float
    """The most it can be, with the highest score for each missing answer."""

    answered: int
    """How many questions are answered."""

    questions: int
    """How many questions there are."""


class QuestionScore(Value):
    """The score of a question."""

    code: str
    """Its code."""

    label: str
    """It in the language of the network."""

    label_en: str | None = None
    """It in English."""

    share: int
    """Its share in the total, in millionths."""

    mark: _model.Mark | None = None
    """How well that share is known: by the weaker mark of question and aspect."""

    own: float | None = None
    """What the hub says of itself."""

    verified: float | None = None
    """What was verified."""

    evidence: int
    """How many pieces of evidence are on record."""


class AspectScore(Value):
    """The score of an aspect."""

    code: str
    """Its code."""

    label: str
    """It in the language of the network."""

    label_en: str | None = None
    """It in English."""

    weight: float
    """Its weight."""

    mark: _model.Mark | None = None
    """How well that weight is known."""

    own: Scored
    """By what the hub says of itself."""

    verified: Scored
    """By what was verified."""

    questions: tuple[QuestionScore, ...]
    """Its questions."""


class MaturityGap(Value):
    """What a question costs."""

    question: str
    """Code of the question."""

    label: str
    """It in the language of the network."""

    label_en: str | None = None
    """It in English."""

    cost: float | None = None
    """The points of the total that it costs: by the verified answer, else by the hub's own. None if there is neither."""

    at_most: float
    """The most it can cost."""

    is_verified: bool
    """Whether the cost rests on a verified answer."""

    overstated: float | None = None
    """By how much the hub's own answer exceeds the verified one, where both are given and it does."""

    lacks_evidence: bool
    """Whether it is answered without any evidence on record."""


class Maturity(Value):
    """How mature a hub is by one assessment."""

    hub: str
    """The hub."""

    name: str
    """Its name."""

    rubric: str
    """The instrument."""

    assessment: str
    """The assessment."""

    on: PartialDate | None = None
    """When it was made."""

    scale: tuple[float, float]
    """The lowest and the highest score of a question."""

    missing: _model.MissingRule
    """What the rubric says of a missing answer."""

    own: Scored
    """By what the hub says of itself."""

    verified: Scored
    """By what was verified."""

    own_band: _model.Band | None = None
    """The band of the hub's own total; given too where the missing answers cannot change it."""

    verified_band: _model.Band | None = None
    """The band of the verified total; given too where the missing answers cannot change it."""

    published_band: str | None = None
    """The band that the assessment itself names."""

    aspects: tuple[AspectScore, ...]
    """The aspects."""

    gaps: tuple[MaturityGap, ...]
    """Where the points are lost: the costliest question first, then those of which it is not known, by what they can
    cost.
    """

    unknown_codes: tuple[str, ...]
    """Codes that were answered and that the rubric does not know; they count for nothing."""

    off_scale: tuple[str, ...]
    """Codes with a score outside the scale; such a score counts as missing."""


Reading: TypeAlias = Literal["began", "in-use"]


Basis: TypeAlias = Literal["dated", "undated", "other-years", "nothing-on-record"]


class MovementOptions(Value):
    """What is asked."""

    year: int
    """The year, 1800 to 2199."""

    reading: Reading = DEFAULT
    """What having an innovation in it means. The movement asks for one made in the year."""

    absence_is_unknown: bool = DEFAULT
    """Whether an agency with nothing on record for the year is *unknown* instead of *no*: for registers that are
    samples.
    """


if TYPE_CHECKING:

    class MovementOptionsFields(TypedDict, total=False):
        """The fields of :class:`MovementOptions`, as keyword arguments."""

        year: int
        reading: Reading
        absence_is_unknown: bool


class Actor(Value):
    """A government or another agency."""

    agency: str | None = None
    """The agency, where it has a record."""

    region: str | None = None
    """The region, of a government; of another agency where it works."""

    name: str
    """Its name; of a government without a record, that of the region."""

    kind: _model.AgencyKind
    """Its kind."""

    is_government: bool
    """Whether it is the government of a region."""

    province: str | None = None
    """The province it is in."""

    island_group: str | None = None
    """The island group of that province, where known."""


class Standing(Value):
    """What is on record of one of them."""

    actor: Actor
    """Who."""

    has_innovation: _base.Truth
    """Whether it had an innovation in the year."""

    basis: Basis
    """What that rests on."""

    innovations: int
    """How many innovations of it are on record, of any year."""

    was_source: bool
    """Whether others replicated an innovation of it; what it or an office of it takes from itself is not that."""

    was_target: bool
    """Whether it replicated one."""


class Movement(Value):
    """Who had an innovation in a year, and who shared or took one ever."""

    options: MovementOptions
    """What was asked."""

    governments: Tally
    """Of the governments."""

    agencies: Tally
    """Of the other agencies."""

    by_basis: tuple[tuple[Basis, int], ...]
    """How many of all rest on what."""

    recipients_unknown: int
    """Replications whose recipient is not known: any agency may be among them."""

    standings: tuple[Standing, ...]
    """Everybody: governments by region, then agencies by id."""


class Suggestion(Value):
    """An innovation that somebody could start with. Whoever finds it says why."""

    innovation: str
    """Its id."""

    title: str
    """Its title."""

    owner: str
    """The agency that runs it."""

    owner_name: str
    """Its name."""

    score: int
    """How well it fits; the higher the better."""

    sought: str
    """What it was found for."""

    reasons: tuple[str, ...]
    """Why it fits."""


class Starter(Value):
    """Somebody who never shared nor took an innovation, and what to start with."""

    actor: Actor
    """Who."""

    suggestions: tuple[Suggestion, ...]
    """Best first; empty if nothing was found."""


Stage: TypeAlias = Literal["interest", "agreement", "implementation"]


StepState: TypeAlias = Literal["done", "date-unknown", "later", "not-on-record"]


class SetUpStep(Value):
    """A step in setting up, with what is on record of it."""

    kind: _model.MilestoneKind
    """Which step."""

    state: StepState
    """What is on record of it."""

    on: PartialDate | None = None
    """When it was done."""

    note: str | None = None
    """The remark of the record."""

    has_evidence: bool
    """Whether evidence is on record."""

    is_indirect: bool
    """Whether no milestone tells of it, but something else on record does: a university among the partners, an
    activity of its kind. A guard asks for the milestone.
    """

    is_needed: bool
    """Whether a hub needs it, or another in its place, before it may be called operational."""


class NeededStep(Value):
    """One thing needed, which any of some steps fulfils."""

    any_of: tuple[_model.MilestoneKind, ...]
    """Any of these will do."""

    is_met: _base.Truth
    """Whether a milestone of one of them was there; *no* means that none is on record."""


class Readiness(Value):
    """How far the setting up of a hub has come."""

    hub: str
    """The hub."""

    name: str
    """Its name."""

    on: PartialDate
    """The date."""

    state: _model.HubState | None = None
    """How far it had come by its status; none where its steps leave that open."""

    next: tuple[_model.HubState, ...]
    """The states its machine would let it go to next, whatever their guards ask for."""

    needs: tuple[NeededStep, ...]
    """What the policy in force asks for before a hub is operational."""

    is_ready: _base.Truth
    """Whether all of it was there; *no* means that something is not on record."""

    steps: tuple[SetUpStep, ...]
    """Every step there is, in the order of the vocabulary: the to-do list."""


class ReportOptions(Value):
    """What is reported."""

    year: int
    """The year, 1800 to 2199. What is said of the hub is said of its last day."""

    counting: Counting = DEFAULT
    """What makes a member."""

    within_months: int = DEFAULT
    """Up to how many months after an activity a replication may have come of it, 1 to 1,200."""


if TYPE_CHECKING:

    class ReportOptionsFields(TypedDict, total=False):
        """The fields of :class:`ReportOptions`, as keyword arguments."""

        year: int
        counting: Counting
        within_months: int


class KindCount(Value):
    """Activities of a kind."""

    kind: _model.ActivityKind
    """The kind."""

    in_year: int
    """In the year."""

    so_far: int
    """Until its end, those of the year among them."""

    undated: int
    """Without a date."""


class ActivitySeen(Value):
    """An activity of the year."""

    activity: str
    """Its id."""

    kind: _model.ActivityKind
    """What it was."""

    on: PartialDate | None = None
    """When."""

    with_: tuple[str, ...]
    """Who took part, by name."""

    participants: int | None = None
    """How many people took part."""

    note: str | None = None
    """In words."""

    output: str | None = None
    """What came of it, in words."""


class Companion(Value):
    """A partner or a spoke."""

    agency: str | None = None
    """The agency, where it is one."""

    name: str
    """Its name, or that of the unit."""

    kind: _model.PartnerKind | None = None
    """The kind of a partner that has a record of its own."""

    period: _base.Period
    """From when until when."""

    in_year: _base.Truth
    """Whether it was there all the year; without a period nobody knows."""


class ReplicationCount(Value):
    """Replications of a place."""

    in_year: int
    """First known of in the year."""

    so_far: int
    """First known of by its end."""

    undated: int
    """Without any date."""


class HubReport(_behaviour.Markdown, Value):
    """A hub's year."""

    year: int
    """The year."""

    hub: HubOn
    """The hub on the last day of the year."""

    province_name: str | None = None
    """The name of its province."""

    events: tuple[Event, ...]
    """The events of its membership, but for those surely after the year."""

    decrees: abc.Mapping[str, str]
    """What the decrees of these events are called."""

    readiness: Readiness
    """How far its setting up has come."""

    maturity: Maturity | None = None
    """Its maturity by the latest assessment; none if none is on record."""

    activities: tuple[KindCount, ...]
    """Its activities by kind; kinds of which there are none are left out."""

    held: tuple[ActivitySeen, ...]
    """The activities of the year, by date."""

    funnel: HubFunnel
    """What came of its activities by the end of the year."""

    partners: tuple[Companion, ...]
    """Who helps it."""

    spokes: tuple[Companion, ...]
    """Whom it looks after, as far as on record."""

    innovations: int
    """How many innovations of its province (of a ministry's hub: its own) are on record."""

    innovations_begun: Tally
    """Which of them began in the year; undated ones are unknown."""

    taken: ReplicationCount
    """Replications by agencies of the province. Inferred ones do not count, here as everywhere."""

    given: ReplicationCount
    """Replications of innovations of the province."""

    never_involved: tuple[Actor, ...]
    """Governments of the province, and spokes, that never shared nor took an innovation as far as on record."""

    governments: int
    """How many governments the province has, its own among them."""

    findings: tuple[HubFinding, ...]
    """What does not fit together in the hub's records."""
