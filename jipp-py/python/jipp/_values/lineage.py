"""The values of ``lineage``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value

if TYPE_CHECKING:
    from jipp._values import base as _base
    from jipp._values import model as _model

__all__ = [
    "AdaptationProfile",
    "AdaptationVerdict",
    "Adoption",
    "AdoptionCurve",
    "Branch",
    "ChoiceFit",
    "CommonAncestor",
    "CurveOptions",
    "CurvePoint",
    "CurveSeries",
    "CurveSplit",
    "CurveStep",
    "Declared",
    "Dependent",
    "DriftStep",
    "DropOut",
    "Effect",
    "Funnel",
    "FunnelStep",
    "Impact",
    "Journey",
    "Link",
    "LinkFinding",
    "Measured",
    "Paths",
    "Progress",
    "Relative",
    "Reproduction",
    "Scope",
    "Travel",
]


AdaptationVerdict: TypeAlias = Literal["unchanged", "contradicted", "adapted", "unknown"]


class Measured(Value):
    """How one field of a replica differs from the same field of its source. Shares are in thousandths."""

    field: str
    """The field: ``title``, ``problem``, ``solution``, ``outcome``."""

    likeness: int
    """How alike the two are, by shared words and how rare they are."""

    kept: int
    """How much of the source's words stand in the replica's text."""

    added: int
    """How much of the replica's words do not stand in the source's text."""

    verbatim: int
    """How much of the replica's text stands word by word in the source's, in runs of some length."""

    source_words: int
    """How many words the source's text has."""

    replica_words: int
    """How many words the replica's text has."""

    dropped_words: tuple[str, ...]
    """Words of the source that the replica does not have, at most ten."""

    added_words: tuple[str, ...]
    """Words of the replica that the source does not have, at most ten."""


class Declared(Value):
    """What was declared to differ, by what was done."""

    kept: tuple[_model.Difference, ...]
    """What was kept."""

    changed: tuple[_model.Difference, ...]
    """What was changed."""

    dropped: tuple[_model.Difference, ...]
    """What was dropped."""

    added: tuple[_model.Difference, ...]
    """What was added."""

    unspecified: tuple[_model.Difference, ...]
    """What is said to differ, without saying how."""


class AdaptationProfile(Value):
    """What an agency made of what it took."""

    link: Link
    """The link."""

    declared: Declared
    """What was declared."""

    measured: tuple[Measured, ...]
    """What was measured, field by field; empty where there are no texts on both sides."""

    verdict: AdaptationVerdict
    """What both say together."""


class DriftStep(Value):
    """A step on the way down from a root: how far the text has drifted."""

    node: str
    """The node."""

    depth: int
    """How deep it hangs below the root."""

    to_parent: int | None = None
    """How like it is to what it was made from, in thousandths; none without texts, or for the root."""

    to_root: int | None = None
    """How like it is to the root, in thousandths."""


CurveStep: TypeAlias = Literal["year", "month"]


CurveSplit: TypeAlias = Literal["whole", "province", "agency-kind"]


class Adoption(Value):
    """A replica that came of an innovation, attributed to the one source it most surely came from."""

    node: _model.GraphNode
    """The replica."""

    parent: str
    """The source it is attributed to: of several, the one known best, then the earliest, then the first by id."""

    generation: int
    """How many steps it is from the innovation by such attributions; 1 for its direct replicas."""

    on: PartialDate | None = None
    """When it came into use, or else when the replication began or was first heard of."""


class CurvePoint(Value):
    """A point of an adoption curve."""

    period: PartialDate
    """The year or month."""

    new: int
    """How many adopted it then."""

    cumulative: int
    """How many had adopted it by the end of it."""


class CurveSeries(Value):
    """An adoption curve."""

    label: str
    """What it is of: the name of a province, the code of a kind of agency; empty for the whole, ``unknown`` if not known."""

    points: tuple[CurvePoint, ...]
    """Every period from the first adoption of any series to the last, those without one included."""


class AdoptionCurve(Value):
    """The adoption curves of an innovation."""

    series: tuple[CurveSeries, ...]
    """One for the whole, or one for each part, most adoptions first."""

    undated: int
    """Adoptions without a date, which no curve can hold."""

    imprecise: int
    """Adoptions dated to a year only, which a curve by months cannot hold."""


class Reproduction(Value):
    """A generation of replicas."""

    generation: int
    """Which; 0 for the innovations that came from nothing."""

    nodes: int
    """How many are in it."""

    replicas: int
    """How many came of them directly."""

    per_node: float
    """How many came of each on average: the reproduction number of the generation. The last generations had less time."""


class CurveOptions(Value):
    """How an adoption curve is drawn."""

    step: CurveStep = DEFAULT
    """By years or months."""

    split: CurveSplit = DEFAULT
    """Whole, or by province or kind of agency."""


class Effect(Value):
    """What a feature weighs."""

    weight: float
    """What one more of it adds to the logarithm of the odds."""

    error: float
    """The standard error of that."""

    odds: float
    """What one more of it multiplies the odds by."""

    odds_low: float
    """The lower end of the 95 % interval of ``odds``."""

    odds_high: float
    """The upper end of it."""


class ChoiceFit(Value):
    """A fitted model of choices."""

    effects: tuple[Effect, ...]
    """One for each feature."""

    choices: int
    """How many choices it was fitted to."""

    log_likelihood: float
    """The logarithm of the likelihood of the choices."""

    log_likelihood_even: float
    """The same if every alternative were equally likely."""

    pseudo_r2: float
    """How much of the second the fit removes (``McFadden``'s pseudo R²), 0 to 1."""


class Funnel(Value):
    """How many replications came how far."""

    replications: int
    """How many there are."""

    claimed: int
    """How many of them were declared afterwards and never went through the steps; they count as running."""

    steps: tuple[FunnelStep, ...]
    """One for each step, in order."""


class FunnelStep(Value):
    """A step of the funnel."""

    progress: Progress
    """Which."""

    reached: int
    """How many came at least so far."""

    standing: int
    """How many are there now: neither further, nor given up, put off or ended."""

    suspended: int
    """How many are put off."""

    ended: tuple[DropOut, ...]
    """How many were given up there, or had run and ended, with the reasons on record."""

    wait_days: _base.Quartiles | None = None
    """Days from the first date of the step before to the first date of this, between the middles of what the dates may
    mean, over those where both are known.
    """


class DropOut(Value):
    """Replications that came to an end in one way."""

    state: _model.ReplicationState
    """The state that they ended in."""

    reason: str | None = None
    """The reason on record: the note of the last step, or else how the source words it."""

    count: int
    """How many."""


class Impact(Value):
    """What came of an innovation that stopped, and what that rests on now."""

    node: _model.GraphNode
    """The innovation."""

    is_stopped: bool
    """Whether it is known to have stopped."""

    stopped: tuple[PartialDate | None, str | None] | None = None
    """When and why it stopped, in the words on record."""

    dependents: tuple[Dependent, ...]
    """What came of it, nearest first."""


class Dependent(Value):
    """Something that came of it."""

    node: _model.GraphNode
    """What it is."""

    generation: int
    """The fewest steps to it."""

    may_run: bool
    """Whether it is not known to have stopped itself."""

    other_sources: tuple[str, ...]
    """Its other sources that are not known to have stopped: where help can still come from."""


class Journey(Value):
    """What a link bridged; what is not known is none."""

    replication: str
    """The replication."""

    source: str
    """What was taken."""

    target: str
    """What came of it."""

    change_type: _model.ChangeType | None = None
    """How far the replica departs from its source."""

    state: _model.ReplicationState
    """How far the replication has come."""

    lag_days: int | None = None
    """Days from the use of the source to the replica (see ``Link::on``), between the middles of what the two dates may mean;
    negative where the replica is older.
    """

    lag_off_by: int | None = None
    """How many days that may be off, since dates may be months or years."""

    distance_km: float | None = None
    """Kilometres along the great circle between the centres of the two regions."""

    is_cross_province: bool | None = None
    """Whether it crossed the border of a province."""

    kinds: tuple[_model.AgencyKind | None, _model.AgencyKind | None]
    """The kinds of the two agencies."""


class Travel(Value):
    """What many links come to."""

    links: int
    """How many links there are."""

    replications: int
    """How many replications they belong to."""

    changes: tuple[tuple[_model.ChangeType, _base.Share], ...]
    """Each kind of change with its share of the links whose kind is known, in the order of ``ChangeType::ALL``."""

    change_unknown: int
    """How many links do not say."""

    lag_years: _base.Quartiles | None = None
    """Years from the use of the source to the replica."""

    distance_km: _base.Quartiles | None = None
    """Kilometres."""

    cross_province: _base.Share | None = None
    """The share that crossed the border of a province, of those where both sides are known."""

    cross_kind: _base.Share | None = None
    """The share that went to another kind of agency, of those where both are known."""


LinkFinding: TypeAlias = Literal["older-than-source", "steps-out-of-order", "began-after-use", "source-stopped", "same-owner"]


class Link(Value):
    """That a replica came from a source."""

    replication: str
    """The replication that says so."""

    source: str
    """What was taken."""

    target: str
    """What came of it."""

    recipient: str | None = None
    """Who took it, where it is one known agency."""

    extent: _model.Extent | None = None
    """How much was taken."""

    change_type: _model.ChangeType | None = None
    """How far the replica departs from it."""

    evidence: _model.EvidenceLevel | None = None
    """How well it is known."""

    was_inferred: bool
    """Whether the link was inferred at first; that stays with it, whatever came to be known later."""

    state: _model.ReplicationState
    """How far the replication has come."""

    progress: Progress
    """The furthest it had come."""

    on: PartialDate | None = None
    """When the replica came into use, or else when the replication began or was first heard of."""

    title_relation: _model.TitleRelation | None = None
    """How the titles relate."""

    differences: tuple[_model.Difference, ...]
    """What was kept, changed, dropped, added, as declared."""

    agreements: tuple[_model.Agreement, ...]
    """What was agreed."""

    facilitator_hub: str | None = None
    """The hub that helped."""

    facilitator: str | None = None
    """The agency that helped."""

    findings: tuple[LinkFinding, ...]
    """What is odd about it."""


class Paths(Value):
    """The ways from one node down to another."""

    paths: tuple[tuple[Link, ...], ...]
    """Each way as its links, from source to replica; shorter ones first."""

    is_complete: bool
    """Whether these are all."""


class CommonAncestor(Value):
    """A node that two others come from."""

    node: str
    """Which it is; one of the two, where the other comes from it."""

    to_first: int
    """The fewest steps from it to the first."""

    to_second: int
    """The fewest steps from it to the second."""

    is_nearest: bool
    """Whether no other common ancestor comes from it: the last they have in common."""


class Branch(Value):
    """A line of a tree of lineage."""

    depth: int
    """How deep it hangs; 0 for the root."""

    node: _model.GraphNode
    """What hangs there."""

    link: Link | None = None
    """The link by which it hangs; none for the root."""

    is_repeated: bool
    """Whether it stands further up already, with what came of it: a node of several sources hangs on each of them."""


class Relative(Value):
    """A node, and how many steps away it is."""

    generation: int
    """The fewest steps that lead to it; 1 for sources and replicas."""

    node: str
    """Which it is."""


Progress: TypeAlias = Literal["proposed", "interest", "agreement", "running", "verified"]


class Scope(Value):
    """Which links a question looks at. The default: all that is on record now, inferred links apart, of replications that
    came at least to an agreement and were not given up before they ran.

    Restrictions by region say which nodes are listed, not which are passed through: a chain may lead through other
    provinces.
    """

    as_of: int | None = None
    """As it was on record at this revision; now, if none."""

    on: PartialDate | None = None
    """As it was true on this date: links that surely came so far only later, or had surely ended, are left out; what was
    given up later is still in. What has no date stays in.
    """

    evidence: _model.EvidenceLevel = DEFAULT
    """The least evidence. A link of unknown evidence counts as declared."""

    progress: Progress = DEFAULT
    """How far a replication must have come at least."""

    with_dropped: bool = DEFAULT
    """Whether replications that were given up before they ran count too."""

    change_types: tuple[_model.ChangeType, ...] = DEFAULT
    """Only these kinds of change, where any are named; links of unknown change are then left out."""

    region: str | None = None
    """Only nodes in this region are listed. A node of unknown region is not."""


if TYPE_CHECKING:

    class ScopeFields(TypedDict, total=False):
        """The fields of :class:`Scope`, as keyword arguments."""

        as_of: int | None
        on: PartialDate | None
        evidence: _model.EvidenceLevel
        progress: Progress
        with_dropped: bool
        change_types: tuple[_model.ChangeType, ...]
        region: str | None
