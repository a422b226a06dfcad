"""The values of ``network``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value, _behaviour

if TYPE_CHECKING:
    from jipp._values import evaluation_aggregation as _evaluation_aggregation
    from jipp._values import evaluation_agreement as _evaluation_agreement
    from jipp._values import evaluation_selection as _evaluation_selection
    from jipp._values import evaluation_standings as _evaluation_standings
    from jipp._values import lineage as _lineage
    from jipp._values import lineage_inference as _lineage_inference
    from jipp._values import matching as _matching
    from jipp._values import model as _model

__all__ = [
    "AwardSeen",
    "Basis",
    "Candidate",
    "ChosenDifference",
    "ConflictedSheet",
    "ContactSeen",
    "CriterionReport",
    "Draft",
    "DraftCheck",
    "EditionReport",
    "EntryQuestion",
    "FactorFit",
    "Filter",
    "Fit",
    "FitOptions",
    "FitReport",
    "Gains",
    "Gap",
    "GapState",
    "GapTopic",
    "Ground",
    "HubAdvice",
    "HubRole",
    "Improvement",
    "InputDifference",
    "Interval",
    "Known",
    "Label",
    "Laureate",
    "LaureateQuery",
    "Measures",
    "NearDuplicate",
    "Neighbour",
    "NotFound",
    "Novelty",
    "PanelOptions",
    "Part",
    "ProposalOptions",
    "ProposalReport",
    "Proposals",
    "ProposedLink",
    "Question",
    "RankedRow",
    "Replay",
    "ReplicaSeen",
    "ResultDifference",
    "ScoredProposal",
    "Scoring",
    "ScoringOptions",
    "SeverityRow",
    "StageAgreement",
    "StageChoice",
    "StageReport",
    "StartOptions",
    "Stray",
    "StraySheet",
    "TakerFactor",
    "Takers",
    "UncountedProposals",
    "Verdict",
    "Vitality",
    "Weights",
    "WhyNot",
]


class PanelOptions(Value):
    """How the panel of a stage is assigned."""

    group: str | None = None
    """Only proposals of the group with this code; of all groups if absent."""

    per_proposal: int | None = None
    """How many assessors each proposal has; as many as the stage asks for if absent, or else the policy of the network."""

    capacity: int | None = None
    """How many proposals each assessor takes at most; any number if absent."""

    capacities: abc.Mapping[str, int] = DEFAULT
    """The same for single assessors, before that for all."""

    seed: int = DEFAULT
    """Where the draws start."""

    give_up: int = DEFAULT
    """As ``assignment::Options::give_up``."""


if TYPE_CHECKING:

    class PanelOptionsFields(TypedDict, total=False):
        """The fields of :class:`PanelOptions`, as keyword arguments."""

        group: str | None
        per_proposal: int | None
        capacity: int | None
        capacities: abc.Mapping[str, int]
        seed: int
        give_up: int


class AwardSeen(Value):
    """An award."""

    label: str
    """As the source words it."""

    year: int | None = None
    """The year, where known."""

    level: str | None = None
    """The code of the level of the competition, where known."""


class ReplicaSeen(Value):
    """A replication."""

    replication: str
    """Its id."""

    recipient: str | None = None
    """Who replicated, where it is one named agency."""

    recipient_name: str
    """Their name, or how the source words them."""

    title: str | None = None
    """What the replica is called, where known."""

    on: PartialDate | None = None
    """When, where known."""

    state: str
    """How far it has come: the code of the state."""

    reported: str | None = None
    """In the words of the source, where it was reported as history."""

    change: str | None = None
    """The code of how far it departs from the source, where known."""

    differences: tuple[str, ...]
    """What was done differently, where known."""


class Filter(Value):
    """Which innovations are candidates: those that pass every part. An empty part lets all pass; what is not known of an
    innovation does not pass a part that asks for it. Filters work inside the search: an answer is as long as it can be.
    """

    regions: tuple[str, ...] = DEFAULT
    """In one of these regions, or in one within them; where the innovation has no region, its owner's counts."""

    owners: tuple[str, ...] = DEFAULT
    """Of one of these agencies."""

    owner_kinds: tuple[_model.AgencyKind, ...] = DEFAULT
    """Of an agency of one of these kinds."""

    stages: tuple[_model.InnovationStage, ...] = DEFAULT
    """In one of these stages."""

    from_year: int | None = None
    """Implemented in this year or later."""

    to_year: int | None = None
    """Implemented in this year or before."""

    is_awarded: bool = DEFAULT
    """With an award."""

    is_replicated: bool = DEFAULT
    """Taken by somebody, as far as that was agreed."""

    innovations: tuple[str, ...] = DEFAULT
    """One of these."""


GapTopic: TypeAlias = Literal["budget", "staff", "tools", "prerequisite", "mandate", "agreement"]


GapState: TypeAlias = Literal["met", "lacking", "to-check", "unknown"]


class Gap(Value):
    """One thing an innovation takes."""

    topic: GapTopic
    """What."""

    state: GapState
    """Whether it is there."""

    needed: str | None = None
    """What exactly it takes, where known; in the words of the record."""

    available: str | None = None
    """What the asking agency has of it, where known."""


class Ground(_behaviour.Words, Choice):
    """What points are given for.

    * ``words``: Words of the need stand in the record.
    * ``same-kind``: The owner is an agency of the same kind.
    * ``alike-region``: The owner's region is like the asker's.
    * ``same-province``: Both are in one province.
    * ``peer``: An agency like the asker runs a replica.
    * ``awarded``: It was awarded.
    * ``replicated``: It was replicated.
    * ``proven``: It has run for two years or more.
    * ``mentor``: A hub that knows it could mentor.
    * ``vector``: Its vector is like that of the need.
    """

    _tag = "factor"
    _shapes = {
        "words": "fields",
        "same-kind": "fields",
        "alike-region": "fields",
        "same-province": "fields",
        "peer": "fields",
        "awarded": "fields",
        "replicated": "fields",
        "proven": "fields",
        "mentor": "fields",
        "vector": "fields",
    }

    factor: Literal["words", "same-kind", "alike-region", "same-province", "peer", "awarded", "replicated", "proven", "mentor", "vector"]
    """Which it is."""

    words: str | None = None
    """``words``: As the need has them."""

    matched: str | None = None
    """``words``: As the record has them."""

    kind: _matching.MatchKind | _model.AgencyKind | None = None
    """``words``: How the two belong together.
    ``same-kind``: The kind.
    """

    field: str | None = None
    """``words``: The field that counts most."""

    own: str | None = None
    """``alike-region``: The asker's."""

    other: str | None = None
    """``alike-region``: The owner's."""

    percent: int | None = None
    """``alike-region``: How alike, 0 to 100.
    ``vector``: How alike, 0 to 100.
    """

    province: str | None = None
    """``same-province``: The province."""

    agency: str | None = None
    """``peer``: The agency."""

    label: str | None = None
    """``awarded``: The award that says most, as the source words it."""

    all: int | None = None
    """``replicated``: How often."""

    running: int | None = None
    """``replicated``: How many replicas are known to run."""

    since: int | None = None
    """``proven``: Since this year."""

    hub: str | None = None
    """``mentor``: The hub."""

    role: HubRole | None = None
    """``mentor``: Why it."""


class Question(Value):
    """A need, who has it, and what there is to work with. What is not known is left empty: unknown is not none."""

    text: str = DEFAULT
    """The need in the words of whoever has it."""

    agency: str | None = None
    """The agency that asks."""

    agency_kind: _model.AgencyKind | None = None
    """Its kind, where the agency is not named."""

    region: str | None = None
    """Where it is, where the agency is not named: its own region, or one around it."""

    sectors: tuple[str, ...] = DEFAULT
    """Only innovations of these sectors; all if empty."""

    filter: Filter = DEFAULT
    """Only innovations that pass; all, unless it says something."""

    budget: _model.Money | None = None
    """What may be spent."""

    staff: int | None = None
    """How many people there are for it."""

    tools: tuple[str, ...] | None = None
    """Tools and technology at hand; ``None`` if not known."""

    limit: int = DEFAULT
    """How many candidates to give, 1 to 1,000."""

    on: PartialDate | None = None
    """The date of the question, for the age of innovations and the validity of contacts; none leaves both open."""

    with_stopped: bool = DEFAULT
    """Whether innovations known to have stopped are candidates too."""

    with_own: bool = DEFAULT
    """Whether the asking agency's own innovations are candidates too."""

    diversity: int = DEFAULT
    """How much candidates should differ from one another, 0 (not at all) to 100. Changes their order, not their scores."""

    exclude: tuple[str, ...] = DEFAULT
    """Innovations that are no candidates, such as the one the question is about. They shape nothing in the answer: neither
    the scale of the points nor the words that the best matches share.
    """

    disregard: tuple[str, ...] = DEFAULT
    """Replications of which the answer must not know: as if they were not on record. For measuring how well replications
    are foretold, where the one that is to be foretold must not speak for its own source.
    """

    feedback: bool = DEFAULT
    """Whether words that the best matches share are looked for too (pseudo-relevance feedback); not where there are fewer
    than twenty innovations.
    """

    weights: Weights = DEFAULT
    """How much each factor counts."""


if TYPE_CHECKING:

    class QuestionFields(TypedDict, total=False):
        """The fields of :class:`Question`, as keyword arguments."""

        text: str
        agency: str | None
        agency_kind: _model.AgencyKind | None
        region: str | None
        sectors: tuple[str, ...]
        filter: Filter
        budget: _model.Money | None
        staff: int | None
        tools: tuple[str, ...] | None
        limit: int
        on: PartialDate | None
        with_stopped: bool
        with_own: bool
        diversity: int
        exclude: tuple[str, ...]
        disregard: tuple[str, ...]
        feedback: bool
        weights: Weights


class Weights(Value):
    """The points each factor can add, at most; without vectors they should add up to 100. The defaults are inferred, not sourced."""

    text: int = DEFAULT
    """The words of the need."""

    same_kind: int = DEFAULT
    """The owner is an agency of the same kind."""

    alike_region: int = DEFAULT
    """The owner's region is like the asker's in size, density and development."""

    same_province: int = DEFAULT
    """Both are in the same province."""

    peers: int = DEFAULT
    """An agency like the asker replicated it."""

    awarded: int = DEFAULT
    """It was awarded."""

    replicated: int = DEFAULT
    """It was replicated, and the replicas run."""

    proven: int = DEFAULT
    """It has run for two years or more."""

    mentor: int = DEFAULT
    """A hub near its owner could mentor."""

    vector: int = DEFAULT
    """Its vector is like that of the need; counts only where vectors are given."""


HubRole: TypeAlias = Literal["own", "owner", "facilitator"]


class HubAdvice(Value):
    """A hub that could mentor."""

    hub: str
    """Its id."""

    name: str
    """Its name, or that of its agency."""

    role: HubRole
    """Why it."""

    since: PartialDate | None = None
    """When it was designated, or committed where no designation is on record."""

    is_designated: bool
    """Whether ``since`` is a designation; otherwise a commitment or another event."""

    portal: str | None = None
    """Its portal, where known."""

    contacts: tuple[ContactSeen, ...]
    """How to reach its office; empty if not known."""


class ContactSeen(Value):
    """How to reach an office."""

    contact: str
    """Its id."""

    label: str | None = None
    """The office."""

    phone: str | None = None
    """Telephone."""

    email: str | None = None
    """Electronic mail."""

    address: str | None = None
    """Postal address."""

    url: str | None = None
    """Page on the web."""

    as_of: PartialDate | None = None
    """When the entry was known to be right."""


class Candidate(Value):
    """One innovation that may answer a need."""

    innovation: str
    """Its id."""

    title: str
    """Its title."""

    expansion: str | None = None
    """What the letters of the title stand for, where known."""

    solution: str | None = None
    """What it does, as its owner or the press words it."""

    owner: str
    """The agency that runs it."""

    owner_name: str
    """Its name."""

    region: str | None = None
    """The region it runs in."""

    region_name: str | None = None
    """Its name."""

    stage: str | None = None
    """How far it has come: the code of the state, where the record says anything of it."""

    score: int
    """The score, in millionths of a point; 100 points at the most."""

    parts: tuple[Part, ...]
    """Where the score comes from: text first, then the rest, each largest first. The points add up to the score."""

    awards: tuple[AwardSeen, ...]
    """What it was awarded."""

    replications: tuple[ReplicaSeen, ...]
    """Who replicated it, and how that went."""

    gaps: tuple[Gap, ...]
    """What the asking agency would need for it, and whether it is there."""

    hubs: tuple[HubAdvice, ...]
    """Hubs that could mentor, best first."""

    owner_contacts: tuple[ContactSeen, ...]
    """How to reach its owner, where known."""

    sources: tuple[str, ...]
    """Where what is said of it comes from."""


class Part(Value):
    """A share of the score, and what it is for."""

    points: int
    """In millionths of a point."""

    ground: Ground
    """What for."""


class EntryQuestion(Value):
    """Who wants to enter what."""

    innovation: str
    """The innovation."""

    edition: str
    """The edition."""

    group: str
    """Code of the group."""

    closing: PartialDate | None = None
    """The day registration closes, where the edition does not say."""


if TYPE_CHECKING:

    class EntryQuestionFields(TypedDict, total=False):
        """The fields of :class:`EntryQuestion`, as keyword arguments."""

        innovation: str
        edition: str
        group: str
        closing: PartialDate | None


class StartOptions(Value):
    """Whom to find a start for."""

    hub: str | None = None
    """Only those a hub is there for: the governments of its province, and its spokes. All if none."""

    limit: int = DEFAULT
    """How many innovations to suggest to each, 1 to 50."""

    on: PartialDate | None = None
    """The date of the question, as in ``Question::on``."""


if TYPE_CHECKING:

    class StartOptionsFields(TypedDict, total=False):
        """The fields of :class:`StartOptions`, as keyword arguments."""

        hub: str | None
        limit: int
        on: PartialDate | None


Vitality: TypeAlias = Literal["running", "stopped", "unknown"]


class LaureateQuery(Value):
    """Which awarded innovations are looked at."""

    from_year: int | None = None
    """The first year of award."""

    to_year: int | None = None
    """The last year of award."""

    level: _model.CompetitionLevel | None = None
    """The level of the competition; awards of unknown level are left out where one is named."""

    winners_only: bool = DEFAULT
    """Only winners: of a tier that was drawn from another (Top 45 of Top 99), or the highest of its edition."""

    min_replicas: int = DEFAULT
    """How many replicas there must be at least, all generations together."""

    scope: _lineage.Scope = DEFAULT
    """Which links count."""


if TYPE_CHECKING:

    class LaureateQueryFields(TypedDict, total=False):
        """The fields of :class:`LaureateQuery`, as keyword arguments."""

        from_year: int | None
        to_year: int | None
        level: _model.CompetitionLevel | None
        winners_only: bool
        min_replicas: int
        scope: _lineage.Scope


class Laureate(Value):
    """An awarded innovation and what became of it."""

    innovation: str
    """The innovation."""

    title: str
    """Its title."""

    owner: str
    """The agency that runs it."""

    owner_name: str
    """Its name."""

    awards: tuple[AwardSeen, ...]
    """The awards that the query looks at, latest first."""

    vitality: Vitality
    """Whether it still runs. That a record says *implemented* is no word on today: only a statement on its continuity, or
    a stage that is its end, decides.
    """

    reason: str | None = None
    """Why it stopped or goes on, where the record says so."""

    last_sign: PartialDate | None = None
    """The latest date on record on which it was surely there: of its stages, a statement, a replica that was made of it."""

    replicas: int
    """How many replicas were made of it directly."""

    descendants: int
    """How many replicas there are, those of replicas included."""

    provinces: tuple[str, ...]
    """The provinces (or other regions of the first level) that its replicas are in, where known."""

    unplaced: int
    """How many replicas are in no known province."""

    chains: tuple[tuple[str, ...], ...]
    """The longest chains from it, as their nodes, it first; at most ``MAX_CHAINS``."""


class Measures(Value):
    """Figures of merit, each the mean over questions and 0 to 1; higher is better."""

    mrr: float
    """The reciprocal of the rank of the first right one (Voorhees, TREC-8, 1999)."""

    recall_at_10: float
    """The share of the right ones that stand among the first ten."""

    ndcg_at_10: float
    """Discounted cumulative gain of the first ten over that of the best order, with the gain ``2^grade - 1`` and the discount
    ``log2(rank + 1)`` (Järvelin and Kekäläinen, TOIS 20, 2002).
    """


class Interval(Value):
    """A mean difference with its 95 % interval."""

    mean: float
    """The mean over questions."""

    low: float
    """The lower end."""

    high: float
    """The upper end."""


class Gains(Value):
    """What one ranking gains over another, question by question, with percentile bootstrap intervals (Efron and Tibshirani,
    *An introduction to the bootstrap*, 1993). Groups are drawn whole, because the questions of a group are not independent
    (the cluster bootstrap: Davison and Hinkley, *Bootstrap methods and their application*, 1997, section 3.8). With fewer than
    some twenty groups such intervals are too narrow.
    """

    mrr: Interval
    """In ``Measures::mrr``."""

    recall_at_10: Interval
    """In ``Measures::recall_at_10``."""

    ndcg_at_10: Interval
    """In ``Measures::ndcg_at_10``."""


Verdict: TypeAlias = Literal["better", "worse", "undecided"]


class Fit(Value):
    """Fitted weights, and what is known of them."""

    weights: Weights
    """Whole points of zero or above that add up to 100, fitted to all labels."""

    report: FitReport
    """How they came about and what they are worth."""


class FitReport(_behaviour.Words, Value):
    """What is known of a fit."""

    questions: int
    """How many questions there were."""

    pairs: int
    """How many pairs of a better and a worse candidate."""

    groups: int
    """How many groups."""

    folds: int
    """In how many parts they were left out."""

    factors: tuple[FactorFit, ...]
    """For each factor what it says and what it was given, in the order of ``Weights::FACTORS``."""

    prior: Measures
    """With the prior, which did not see any label."""

    in_sample: Measures
    """With weights fitted to the very questions they are measured on: better than they are."""

    left_out: Measures
    """Each question with weights that were fitted without its group."""

    gains: Gains
    """``left_out`` less ``prior``, question by question."""

    not_found: tuple[NotFound, ...]
    """Right answers that were not among the candidates. Nothing was learnt from them, and they count as failures throughout."""

    verdict: Verdict
    """Whether the interval of the gain in nDCG@10 lies above zero, below it, or holds it."""


class FactorFit(Value):
    """What a factor says, and what it was given for it."""

    name: str
    """Its name, as in ``Weights::FACTORS``."""

    right: float
    """What it says of the right ones, as a share of all it could say: the mean over questions, 0 to 1."""

    wrong: float
    """The same of the wrong ones they were compared with."""

    prior: int
    """Its points in the prior."""

    fitted: int
    """Its points in the fit."""

    lowest: int
    """The fewest points that a fit without one part of the groups gave it."""

    highest: int
    """The most."""


class NotFound(Value):
    """A right answer that was not found."""

    innovation: str
    """The innovation."""

    text: str
    """The text of the question."""

    group: str
    """The group of the question."""


class Label(Value):
    """A known answer to a question."""

    question: Question
    """The question. Labels with the same question belong together. Its limit and weights are not looked at."""

    innovation: str
    """The innovation that answers it."""

    grade: int
    """How well, as in judgements: 3 solves it, 2 largely fits, 1 is in the field, 0 is of no use. Innovations without a label
    count as 0.
    """

    group: str
    """What is left out together when weights are tried on questions they were not fitted to, such as the source."""


class FitOptions(Value):
    """How weights are fitted."""

    prior: Weights = DEFAULT
    """The weights that are believed until the labels say otherwise, and that are measured against."""

    strength: float = DEFAULT
    """How strongly: above 0. A departure of ``x`` log-odds costs ``strength * x * x / 2``, where each question costs ``ln 2`` at
    the outset. Weights are then some ten log-odds altogether. 0.1 lets a few dozen questions speak freely, 10 needs hundreds.
    """

    depth: int = DEFAULT
    """How many candidates are looked at for each question, 1 to 1,000: the best by the prior."""

    negatives: int = DEFAULT
    """How many of them that have no label each right one is compared with, 1 to 1,000: the best by the prior."""

    folds: int = DEFAULT
    """In how many parts the groups are dealt at most, 2 to 1,000. As many parts as groups leave out one group at a time."""

    resamples: int = DEFAULT
    """How often groups are drawn anew for the intervals, 100 to 100,000."""

    seed: int = DEFAULT
    """The seed of these draws."""


if TYPE_CHECKING:

    class FitOptionsFields(TypedDict, total=False):
        """The fields of :class:`FitOptions`, as keyword arguments."""

        prior: Weights
        strength: float
        depth: int
        negatives: int
        folds: int
        resamples: int
        seed: int


class Draft(Value):
    """An idea on its way to becoming an innovation; what is not written yet is left empty."""

    title: str = DEFAULT
    """Its title."""

    expansion: str = DEFAULT
    """What the letters of the title stand for."""

    problem: str = DEFAULT
    """The problem it meets."""

    solution: str = DEFAULT
    """What it does."""

    outcome: str = DEFAULT
    """What came of it."""

    owner: str | None = None
    """Whose it is, where known."""


Novelty: TypeAlias = Literal["new", "replication", "duplicate"]


class Neighbour(Value):
    """An innovation that is like a text."""

    innovation: str
    """Its id."""

    title: str
    """Its title."""

    owner: str
    """The agency that runs it."""

    owner_name: str
    """Its name."""

    likeness: int
    """How alike the texts are, in thousandths: twice the shared words over the words of both, by rarity."""

    of_text: int
    """How much of the text stands in the record, in thousandths."""

    title_likeness: int
    """How alike the titles are, in thousandths; 0 if the text has none."""

    words: tuple[str, ...]
    """The words in both, rarest first, at most ten."""

    is_same_owner: bool | None = None
    """Whether the text has the same owner; none if it names none."""

    is_linked: bool
    """Whether a replication is known that joins the two."""


class NearDuplicate(Value):
    """An innovation and one that is like it."""

    innovation: str
    """The id of the one."""

    title: str
    """Its title."""

    neighbour: Neighbour
    """The other."""


class DraftCheck(Value):
    """What a draft is to the network."""

    novelty: Novelty
    """Whether it is new."""

    of: str | None = None
    """What it replicates or duplicates, where it seems to."""

    neighbours: tuple[Neighbour, ...]
    """The innovations most like it, most alike first."""


class ProposalOptions(Value):
    """How links are proposed."""

    likeness: int = DEFAULT
    """How alike two innovations of different owners must be to belong to one cascade, in thousandths."""

    probability: float = DEFAULT
    """The least probability of a link that is proposed, 0 to 1."""

    same_province: float = DEFAULT
    """What the prior odds of an edge are multiplied by where both agencies are of one province. The default is what the
    takers of known replications show (see ``Network::takers``).
    """

    inference: _lineage_inference.Options = DEFAULT
    """How the network is inferred. Times are in years."""


if TYPE_CHECKING:

    class ProposalOptionsFields(TypedDict, total=False):
        """The fields of :class:`ProposalOptions`, as keyword arguments."""

        likeness: int
        probability: float
        same_province: float
        inference: _lineage_inference.Options


class ProposedLink(_behaviour.ProposedLink, Value):
    """A link that may be missing."""

    source: str
    """What may have been taken."""

    target: str
    """What may have come of it."""

    probability: float
    """How probable it is that the one was taken from the other, given that the two are of one cascade."""

    edge_probability: float
    """How probable it is that the owner of the one takes from that of the other at all; 1 where that is on record."""

    likeness: int
    """How alike the two are, in thousandths."""

    delay_years: float
    """Years between the two."""


class Proposals(Value):
    """What was inferred."""

    links: tuple[ProposedLink, ...]
    """Links that may be missing, most probable first."""

    edges: tuple[tuple[str, str, float], ...]
    """The agencies that take from each other though no replication says so, in the order they were inferred, with the
    probability of each edge.
    """

    cascades: int
    """How many cascades of more than one dated adopter there are."""

    delay: _lineage_inference.Delay
    """The delays, in years."""

    undated: int
    """Innovations that are alike but have no date, and so say nothing."""


class RankedRow(Value):
    """A row of the ranking."""

    place: int
    """The place."""

    shared_by: int
    """How many share it."""

    proposal: str
    """The proposal."""

    title: str
    """Its title."""

    owner: str
    """Its owner."""

    score: float
    """The total by which it stands there."""

    decided_by: str | None = None
    """The tie-break that decided."""

    adjusted_place: int | None = None
    """Its place by the adjusted totals."""

    interval: tuple[int, int] | None = None
    """Its interval of places."""

    inside: float | None = None
    """How likely it belongs above the cut."""

    position: _evaluation_standings.Position | None = None
    """On which side of the cut."""

    is_chosen: bool
    """Whether it is chosen."""


class SeverityRow(Value):
    """How strict an assessor is."""

    stage: str
    """The stage."""

    assessor: str
    """The assessor."""

    scores: int
    """How many scores the model had."""

    model: _evaluation_aggregation.Model
    """The model: it says in what severity is measured, points of ``Model::Mixed`` and logits of ``Model::Rasch``."""

    severity: float
    """How far below what others would give."""

    standard_error: float
    """The standard error."""

    is_marked: bool
    """Whether it lies more than two standard errors from none: systematically strict or lenient."""


class EditionReport(_behaviour.Markdown, Value):
    """What the plenary is told of an edition."""

    edition: str
    """The edition."""

    group: str | None = None
    """Code of the group."""

    proposals: int
    """How many take part."""

    excluded: tuple[tuple[str, _model.ProposalState], ...]
    """Those that do not, with their state."""

    ranking: tuple[RankedRow, ...]
    """The ranking, whole."""

    unplaced: tuple[tuple[str, tuple[str, ...]], ...]
    """Those without a total, with the stages they lack."""

    cut: _evaluation_standings.CutLine | None = None
    """What happened at the cut."""

    at_the_cut: _evaluation_standings.AtTheCut | None = None
    """The pair at the cut and the smallest change after which one of them is on the other side."""

    contested: tuple[str, ...]
    """Those that raw and adjusted totals place on different sides of the cut."""

    not_adjusted: tuple[tuple[str, str], ...]
    """Why scores could not be adjusted, stage by stage."""

    assessors: tuple[SeverityRow, ...]
    """The assessors, stage by stage, strictest first."""

    agreement: tuple[StageAgreement, ...]
    """How they agree."""

    weight_ranges: tuple[_evaluation_standings.WeightRange, ...]
    """How far weights can move."""

    selection: _evaluation_selection.Outcome | None = None
    """The choice under composition rules."""

    uncounted: tuple[UncountedProposals, ...]
    """Whom these rules could not count."""

    strays: tuple[StraySheet, ...]
    """Score sheets that do not fit."""

    tie_break_skipped: tuple[str, ...]
    """Tie-breaks of the edition that no stage of this run has."""

    unknown: tuple[tuple[str, WhyNot], ...]
    """What could not be computed (``uncertainty``, ``at-the-cut``, ``weight-ranges``), and why."""

    findings: tuple[tuple[str, tuple[_evaluation_aggregation.Finding, ...]], ...]
    """What should be looked at, stage by stage."""

    conflicts: tuple[ConflictedSheet, ...]
    """Sheets of those who must not score."""


class CriterionReport(Value):
    """A criterion of a proposal, beside the field."""

    code: str
    """Its code."""

    label: str
    """It in the language of the network."""

    label_en: str | None = None
    """It in English."""

    share: float
    """Its share in the stage, 0 to 1."""

    score: float | None = None
    """The mean of the assessors; none if nobody scored it."""

    field: float | None = None
    """The median of all proposals; none of fewer than five."""

    best: float | None = None
    """The median of those above the cut; of the best quarter where nobody is. None of fewer than five."""

    comments: tuple[str, ...]
    """What the assessors wrote, in no order that tells who."""


class StageReport(Value):
    """A stage of a proposal."""

    stage: str
    """Its code."""

    label: str
    """What it is called."""

    kind: _model.StageKind | None = None
    """Its kind."""

    score: float | None = None
    """The score."""

    assessors: int
    """How many assessors scored."""

    spread: float | None = None
    """The highest less the lowest of their totals."""

    moderation: _evaluation_aggregation.Moderation
    """Whether they had to talk."""

    scale: tuple[float, ...]
    """The scale of the criteria."""

    criteria: tuple[CriterionReport, ...]
    """The criteria that are scored."""


class Improvement(Value):
    """What would gain most."""

    stage: str
    """Code of the stage."""

    criterion: str
    """Code of the criterion."""

    label: str
    """It in the language of the network."""

    label_en: str | None = None
    """It in English."""

    behind: float | None = None
    """Points of the stage that it lies behind the best, by the criterion's share; none where the best are too few to tell."""

    left: float
    """Points of the stage that are left to the highest score."""


class ProposalReport(_behaviour.Markdown, Value):
    """What an agency is told of its proposal."""

    edition: str
    """The edition."""

    proposal: str
    """The proposal."""

    title: str
    """Its title."""

    owner: str
    """The agency."""

    total: float | None = None
    """Its total, as the assessors gave it."""

    adjusted: float | None = None
    """The total adjusted for strict and lenient assessors."""

    standard_error: float | None = None
    """The standard error of the adjusted total."""

    place: int | None = None
    """Its place."""

    shared_by: int | None = None
    """How many share it."""

    place_from: int | None = None
    """The best place it may belong to, by chance of who read it."""

    place_to: int | None = None
    """The worst."""

    inside: float | None = None
    """How likely it belongs above the cut."""

    position: _evaluation_standings.Position | None = None
    """On which side of the cut it is."""

    decided_by: str | None = None
    """The tie-break that decided its place."""

    is_chosen: bool
    """Whether it is chosen."""

    ranked: int
    """How many have a place."""

    lacking: tuple[str, ...]
    """Codes of stages in which it has no score."""

    stages: tuple[StageReport, ...]
    """Its stages."""

    improvements: tuple[Improvement, ...]
    """What would gain most, first what lies furthest behind the best."""


class InputDifference(Value):
    """A part of what was read, that is not what it was."""

    sealed: _model.RunInput | None = None
    """As it was sealed; none if it was not read then."""

    now: _model.RunInput | None = None
    """As it is now; none if it is not read any more."""


class ResultDifference(Value):
    """A result that is not what it was."""

    sealed: _model.RunResult | None = None
    """As it was sealed."""

    now: _model.RunResult | None = None
    """As it comes out now."""


class Replay(Value):
    """A scoring run, run again."""

    run: str
    """The run."""

    is_same: bool
    """Whether everything came out the same, to the byte."""

    method: str
    """The method it was sealed with."""

    method_now: str
    """The method it was run with now."""

    inputs: tuple[InputDifference, ...]
    """What was read and differs."""

    results: tuple[ResultDifference, ...]
    """What came out and differs, proposal by proposal."""

    outcome: str
    """The fingerprint of the whole outcome, as sealed."""

    outcome_now: str | None = None
    """As it is now; none if the run fails now."""

    failure: str | None = None
    """Why the run fails now, if it does."""


class StageChoice(Value):
    """A stage that counts, with its weight."""

    stage: str
    """Code of the stage."""

    weight: float | None = None
    """Its share in the total; that of the edition if absent."""


Basis: TypeAlias = Literal["raw", "adjusted"]
"""By which totals places are given."""


class ScoringOptions(Value):
    """What is scored, and how."""

    edition: str
    """The edition."""

    group: str | None = None
    """Code of the group; all proposals if absent."""

    stages: tuple[StageChoice, ...] = ()
    """The stages that count. If there are none: every stage of the edition that has score sheets."""

    cut: _evaluation_standings.Cut = DEFAULT
    """Who is inside. Without a pass mark that of the stage, where only one counts; the lowest score of the scale lets
    everybody pass.
    """

    basis: Basis = DEFAULT
    """By which totals the choice is made."""

    adjust: _evaluation_aggregation.AdjustOptions = DEFAULT
    """How scores are adjusted."""

    resampling: _evaluation_standings.Resampling | None = None
    """How places are drawn for their intervals; not at all if absent."""

    composition: tuple[_model.CompositionRule, ...] | None = None
    """How the chosen must be composed; as the edition says if absent."""

    selection: _evaluation_selection.Options = DEFAULT
    """How much work the choice may take."""

    step: float = DEFAULT
    """The steps in which scores are given, for the smallest change at the cut: a point, usually. Criteria that may have
    certain scores only have these instead.
    """


if TYPE_CHECKING:

    class ScoringOptionsFields(TypedDict, total=False):
        """The fields of :class:`ScoringOptions`, as keyword arguments."""

        edition: str
        group: str | None
        stages: tuple[StageChoice, ...]
        cut: _evaluation_standings.Cut
        basis: Basis
        adjust: _evaluation_aggregation.AdjustOptions
        resampling: _evaluation_standings.Resampling | None
        composition: tuple[_model.CompositionRule, ...] | None
        selection: _evaluation_selection.Options
        step: float


class ScoredProposal(Value):
    """A proposal that was scored."""

    id: str
    """The proposal."""

    innovation: str
    """The innovation."""

    title: str
    """Its title."""

    owner: str
    """The name of its owner."""

    category: str | None = None
    """Code of its category."""


class Known(Choice):
    """Something that could be computed, or why it could not.

    * ``known``: It.
    * ``unknown``: Why there is none.
    """

    _tag = ""
    _shapes = {
        "known": "value",
        "unknown": "value",
    }

    kind: Literal["known", "unknown"]
    """Which it is."""

    value: Any | WhyNot | None = None
    """What it carries."""


class WhyNot(Value):
    """Why something could not be computed."""

    code: str
    """The code of the error."""

    reason: str
    """In English."""

    reason_id: str
    """In Indonesian."""


class StageAgreement(Value):
    """How the assessors of a stage agree."""

    stage: str
    """The stage."""

    alpha: _evaluation_agreement.Outcome
    """Krippendorff's alpha of the totals of the sheets, on an interval scale."""


class ConflictedSheet(Value):
    """A score sheet of somebody who must not score."""

    proposal: str
    """The proposal."""

    assessor: str
    """The assessor."""

    grounds: tuple[_model.ConflictGround, ...]
    """Why."""


class UncountedProposals(Value):
    """Whom a composition rule could not count, since what it counts by is not known of them."""

    code: str
    """The code of the rule."""

    proposals: tuple[str, ...]
    """Who."""


Stray: TypeAlias = Literal["unknown-stage", "not-of-edition", "not-of-panel"]


class StraySheet(Value):
    """A score sheet that does not fit. One of a stage that the edition lacks does not count; the others do."""

    sheet: str
    """The sheet."""

    assessor: str
    """Who scored."""

    why: Stray
    """What does not fit."""


class ChosenDifference(Value):
    """Who would be chosen instead of whom."""

    enters: tuple[str, ...]
    """Chosen then, and not now."""

    leaves: tuple[str, ...]
    """Chosen now, and not then."""


class Scoring(Value):
    """An edition, scored."""

    options: ScoringOptions
    """The options."""

    proposals: tuple[ScoredProposal, ...]
    """The proposals, in the order of their ids."""

    excluded: tuple[tuple[str, _model.ProposalState], ...]
    """Those of the group that do not take part, with their state."""

    outcome: _evaluation_standings.Outcome
    """Scores of stages, totals and places, as the assessors gave them."""

    rubrics: tuple[str, ...]
    """The rubric of each stage."""

    weights: tuple[float, ...]
    """The weight of each stage."""

    strays: tuple[StraySheet, ...]
    """Score sheets that do not fit."""

    tie_break_skipped: tuple[str, ...]
    """Tie-breaks of the edition that no stage of this run has."""

    adjustments: tuple[_evaluation_aggregation.Adjustment, ...]
    """The adjusted scores of each stage, or why there are none."""

    adjusted: _evaluation_standings.Standings | None = None
    """The places by the adjusted totals."""

    uncertainty: Known | None = None
    """How sure the places are, if that was asked for."""

    at_the_cut: Known | None = None
    """The pair at the cut, and the smallest change after which one of them is on the other side."""

    weight_ranges: Known
    """How far each weight can move before somebody else is inside."""

    agreement: tuple[StageAgreement, ...]
    """How the assessors agree, stage by stage."""

    selection: _evaluation_selection.Outcome | None = None
    """The choice under the composition rules, if there are any."""

    uncounted: tuple[UncountedProposals, ...]
    """Whom these rules could not count."""

    inputs: tuple[_model.RunInput, ...]
    """Fingerprints of everything that decided: names and titles do not."""

    cut: _evaluation_standings.Cut
    """The cut that counted."""

    composition: tuple[_model.CompositionRule, ...]
    """The composition rules that counted."""


TakerFactor: TypeAlias = Literal["distance", "same-province", "same-islands", "same-level", "population", "development"]


class Takers(Value):
    """How innovations travel, and who takes them."""

    travel: _lineage.Travel
    """What the links of the scope come to."""

    placed: int
    """How many links name a source and a taker whose places are known: what the fit rests on."""

    factors: tuple[tuple[TakerFactor, _lineage.Effect], ...]
    """Each factor that differs between places with what it does to the odds of being the one that takes."""

    pseudo_r2: float | None = None
    """How much of the choice they explain (``McFadden``'s pseudo R²); none without a fit."""

    refused_en: str | None = None
    """Why there is no fit, where there is none, in English."""

    refused_id: str | None = None
    """The same in Indonesian."""
