"""The values of ``evaluation.standings``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value, _behaviour

if TYPE_CHECKING:
    from jipp._values import evaluation_aggregation as _evaluation_aggregation
    from jipp._values import evaluation_severity_mixed as _evaluation_severity_mixed
    from jipp._values import model as _model

__all__ = [
    "AtTheCut",
    "Change",
    "Contender",
    "Crossing",
    "Cut",
    "CutEffect",
    "CutLine",
    "Entrant",
    "Key",
    "Move",
    "Outcome",
    "Place",
    "Position",
    "RankInterval",
    "Resampling",
    "ScoreChange",
    "Standings",
    "Uncertainty",
    "Unplaced",
    "WeightChange",
    "WeightRange",
    "WhatIf",
]


class Entrant(Value):
    """A proposal that takes part."""

    proposal: str
    """The proposal."""

    submitted_on: PartialDate | None = None
    """When it was submitted, where known."""


class Outcome(Value):
    """What a contest comes to."""

    stages: tuple[_evaluation_aggregation.StageScores, ...]
    """The scores of each stage."""

    totals: tuple[_evaluation_aggregation.Total, ...]
    """The totals, in the order of the entrants."""

    standings: Standings
    """Who stands where."""


class Key(Choice):
    """What a tie-break compares.

    * ``mean``: A mean: the higher first.
    * ``on``: A day: the earlier first.
    """

    _tag = ""
    _shapes = {
        "mean": "value",
        "on": "value",
    }

    kind: Literal["mean", "on"]
    """Which it is."""

    value: float | PartialDate | None = None
    """What it carries."""


class Contender(Value):
    """A proposal in a ranking."""

    proposal: str
    """The proposal."""

    score: float | None = None
    """What it is ranked by; none if it has none."""

    keys: tuple[Key, ...]
    """What decides between equal scores, in the order of the tie-break."""

    lacking: tuple[str, ...]
    """What it lacks, if it has no score: codes of stages."""


class Cut(Value):
    """Who is inside."""

    places: int | None = None
    """How many places there are; as many as pass, if absent."""

    pass_mark: float | None = None
    """The score that must be reached."""


Position: TypeAlias = Literal["outside", "tied", "inside"]
"""On which side of the cut."""


class Place(Value):
    """The place of a proposal."""

    proposal: str
    """The proposal."""

    place: int
    """Its place, from 1."""

    score: float
    """The score it was ranked by."""

    shared_by: int
    """How many are on this place."""

    decided_by: str | None = None
    """The key of the tie-break that last told it from others with the same score; none where the score alone did."""

    position: Position | None = None
    """On which side of the cut; none without a cut."""


class Unplaced(Value):
    """A proposal that has no place."""

    proposal: str
    """The proposal."""

    lacking: tuple[str, ...]
    """The codes of the stages in which it has no score."""


class CutLine(Value):
    """What happened at the cut."""

    cut: Cut
    """The cut."""

    inside: int
    """How many are surely inside."""

    tied: tuple[str, ...] = ()
    """Those on a place that lies across the cut."""

    open: int
    """How many places are left for them."""

    decided_by: str | None = None
    """The key of the tie-break that decided between the last inside and the first outside, where their scores are
    equal.
    """


class Standings(_behaviour.Standings, Value):
    """Who stands where."""

    places: tuple[Place, ...]
    """The places, best first; those on one place in the order of their ids."""

    unplaced: tuple[Unplaced, ...]
    """Those without a score, in the order they came in."""

    tie_break: tuple[str, ...]
    """The keys of the tie-break."""

    cut: CutLine | None = None
    """What happened at the cut, if there is one."""


class Crossing(Value):
    """Where the set inside changes."""

    weight: float
    """As far as this the weight can move, while the others keep theirs: the crossing, to the millionth before it."""

    share: float
    """Its share, then, of the weights it is averaged with, 0 to 1."""

    enters: str | None = None
    """Who comes in beyond it; nobody where somebody only falls below the pass mark."""

    leaves: str | None = None
    """Who goes out beyond it; nobody where somebody only reaches the pass mark."""


class WeightRange(Value):
    """How far a weight can move."""

    stage: str
    """The stage."""

    criterion: str | None = None
    """The criterion; none for the weight of the stage itself."""

    weight: float
    """The weight as it is."""

    share: float
    """Its share of the weights it is averaged with: the criteria of its level, the parts of one criterion, or the
    stages.
    """

    down: Crossing | None = None
    """How far down; none if it may go to zero (at zero itself, those who are equal then are a matter of the
    tie-break).
    """

    up: Crossing | None = None
    """How far up; none if it may be all that counts."""

    undetermined: str | None = None
    """Why it cannot be told."""


CutEffect: TypeAlias = Literal["swaps", "lifts", "drops"]
"""What a change does to the two at the cut."""


class ScoreChange(Value):
    """A score that, changed so far, changes who of the two is inside."""

    effect: CutEffect
    """What it does."""

    stage: str
    """The stage."""

    sheet: str
    """The sheet."""

    assessor: str
    """Who scored."""

    proposal: str
    """The proposal."""

    criterion: str
    """The criterion."""

    from_: float
    """The score as it counts."""

    to: float
    """The nearest score that does it, one that the criterion can have."""


class WeightChange(Value):
    """A weight that, changed so far, changes who of the two is inside."""

    effect: CutEffect
    """What it does."""

    stage: str
    """The stage."""

    criterion: str | None = None
    """The criterion; none for the weight of the stage itself."""

    from_: float
    """The weight as it is."""

    to: float
    """The nearest weight that does it, the others as they are."""


class AtTheCut(Value):
    """The pair at the cut, and how little would change who of them is inside."""

    inside: str
    """The last inside."""

    outside: str
    """The first outside."""

    gap: float
    """How many points are between them."""

    score: ScoreChange | None = None
    """The smallest change of one score; none if no single one suffices."""

    weight: WeightChange | None = None
    """The smallest change of one weight, by its share; none if no single one suffices, or if criteria were left out of
    their sheets, which shifts the shares there.
    """


class Resampling(Value):
    """How places are drawn."""

    resamples: int = DEFAULT
    """How many draws, 2 to 1,000,000, and no more than ``MAX_DRAWN_PLACES`` drawn places."""

    seed: int = DEFAULT
    """Where the draws start: the same seed gives the same answer."""

    confidence: float = DEFAULT
    """The share of the draws between the ends of an interval, above 0 and below 1."""

    threads: int = DEFAULT
    """How many threads work on it, 1 to 256; the answer does not depend on it."""


if TYPE_CHECKING:

    class ResamplingFields(TypedDict, total=False):
        """The fields of :class:`Resampling`, as keyword arguments."""

        resamples: int
        seed: int
        confidence: float
        threads: int


class RankInterval(Value):
    """How sure the place of a proposal is."""

    proposal: str
    """The proposal."""

    worth: float
    """Its adjusted total, in points."""

    standard_error: float
    """The standard error of the adjusted total: that of the models."""

    place: int
    """Its place by the adjusted total, 1 the best."""

    expected_place: float
    """The mean of its drawn places."""

    from_: int
    """The best place of its interval."""

    to: int
    """The worst place of its interval."""

    inside: float | None = None
    """The probability that it belongs inside the cut; none without a cut."""


class Uncertainty(Value):
    """How sure the places are."""

    proposals: tuple[RankInterval, ...]
    """The proposals with a score in every stage that weighs something, in the order of the entrants."""

    variances: tuple[tuple[str, _evaluation_severity_mixed.Variances], ...]
    """The variances of each such stage, in squared points: what the draws rest on."""

    options: Resampling
    """How the places were drawn."""


class Change(Choice):
    """Something that could have been otherwise.

    * ``pass-mark``: Another pass mark, or none.
    * ``places``: Another number of places, or any.
    * ``without-assessor``: Without the sheets of an assessor, in any stage.
    * ``aggregation``: Another way to combine sheets in a stage.
    * ``criterion-weight``: Another weight of a criterion; the others keep theirs, and the mean is still that by all weights.
    * ``stage-weight``: Another weight of a stage.
    """

    _tag = "change"
    _shapes = {
        "pass-mark": "fields",
        "places": "fields",
        "without-assessor": "fields",
        "aggregation": "fields",
        "criterion-weight": "fields",
        "stage-weight": "fields",
    }

    change: Literal["pass-mark", "places", "without-assessor", "aggregation", "criterion-weight", "stage-weight"]
    """Which it is."""

    mark: float | None = None
    """``pass-mark``: The mark."""

    places: int | None = None
    """``places``: How many."""

    assessor: str | None = None
    """``without-assessor``: Who."""

    stage: str | None = None
    """``aggregation``: The stage.
    ``criterion-weight``: The stage.
    ``stage-weight``: The stage.
    """

    aggregation: _model.Aggregation | None = None
    """``aggregation``: The way."""

    criterion: str | None = None
    """``criterion-weight``: The criterion."""

    weight: float | None = None
    """``criterion-weight``: The weight.
    ``stage-weight``: The weight.
    """


class Move(Value):
    """A proposal whose place, or side of the cut, is another. ``None``: it had, or has, no place."""

    proposal: str
    """The proposal."""

    before: int | None = None
    """Its place before."""

    after: int | None = None
    """Its place after."""

    from_: Position | None = None
    """On which side of the cut it was."""

    to: Position | None = None
    """On which side it is."""


class WhatIf(Value):
    """What a change makes of the standings."""

    enters: tuple[Move, ...]
    """Those who come nearer to being inside (from outside or a tie at the cut), in the order of their new places."""

    leaves: tuple[Move, ...]
    """Those who come nearer to being outside, in the order of their old places."""

    moved: tuple[Move, ...]
    """All whose place is another, those above among them, in the order of the old places."""

    standings: Standings
    """The standings after the change."""
