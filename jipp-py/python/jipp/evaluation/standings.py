"""Places: rankings with ties told apart, the cut, and how sure all of it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Unpack

from jipp import _jipp
from jipp._values import Value
from jipp._values.evaluation_standings import *  # noqa: F403
from jipp._values.evaluation_standings import __all__ as _values
from jipp.evaluation.aggregation import ScoredStage

if TYPE_CHECKING:
    from jipp._values import evaluation_aggregation as _aggregation
    from jipp._values import evaluation_standings as _standings
    from jipp._values import model as _model

__all__ = ["Contest", "rank", *_values]


def rank(
    contenders: Iterable[_standings.Contender | Mapping[str, Any] | tuple[str, float]],
    /,
    *,
    tie_break: Sequence[str] = (),
    places: int | None = None,
    pass_mark: float | None = None,
) -> _standings.Standings:
    """Places by score, shared where nothing tells contenders apart.

    A contender is a proposal and its score, or a :class:`Contender`, which may have keys that ``tie_break`` names.
    ``places`` and ``pass_mark`` draw the cut.

    >>> found = rank([("a", 80), ("b", 90), ("c", 80)], places=2)
    >>> [(place.proposal, place.place, place.position) for place in found.places]
    [('b', 1, 'inside'), ('a', 2, 'tied'), ('c', 2, 'tied')]
    """
    read = [_contender(contender) for contender in contenders]
    return _jipp.standings_rank(read, list(tie_break), {"places": places, "pass_mark": pass_mark})


def _contender(contender: Any) -> Any:
    if isinstance(contender, (Value, Mapping)):
        return contender
    proposal, score = contender
    return {"proposal": proposal, "score": score, "keys": [], "lacking": []}


class Contest:
    """The proposals of one ranking, the stages they go through, the order of tie-breaks and the cut.

    Entrants are ids, pairs of an id and the day of submission, records of :class:`jipp.model.Proposal`, or
    :class:`Entrant`. Every ``with_...`` gives another contest; none is changed.

    >>> from jipp.model import CriterionScore, Rubric, ScoreSheet
    >>> rubric = Rubric(id="r@1", title="Rubric", version="1", scale_min=0, scale_max=100, total=1, missing="refuse",
    ...     criteria=[{"code": "novelty", "label": "Novelty", "weight": 1}])
    >>> def sheet(assessor, proposal, score):
    ...     scores = [CriterionScore(criterion="novelty", value=score)]
    ...     return ScoreSheet(id=f"{assessor}-{proposal}", proposal=proposal, assessor=assessor, stage="desk",
    ...         scores=scores)
    >>> sheets = [sheet("x", "a", 80), sheet("y", "a", 70), sheet("x", "b", 90), sheet("y", "b", 66)]
    >>> contest = Contest(["a", "b"]).with_stage("desk", rubric, sheets).with_cut(places=1)
    >>> [(place.proposal, place.score) for place in contest.run().standings.places]
    [('b', 78.0), ('a', 75.0)]
    >>> [move.proposal for move in contest.what_if([{"change": "without-assessor", "assessor": "x"}]).enters]
    ['a']
    """

    __slots__ = ("_native",)

    def __init__(
        self,
        entrants: Iterable[str | tuple[str, date | str | None] | _standings.Entrant | _model.Proposal],
        /,
    ) -> None:
        """A contest without stages."""
        self._native = _jipp.Contest([_entrant(entrant) for entrant in entrants])

    @classmethod
    def _of(cls, native: _jipp.Contest) -> Contest:
        contest = cls.__new__(cls)
        contest._native = native
        return contest

    def with_stage(
        self,
        stage: str,
        rubric: _model.Rubric | Mapping[str, Any],
        sheets: Iterable[_model.ScoreSheet | Mapping[str, Any]],
        /,
        *,
        weight: float = 1,
        rules: _aggregation.Rules | Mapping[str, Any] | None = None,
        **fields: Unpack[_aggregation.RulesFields],
    ) -> Contest:
        """The contest with a stage more: its code, its rubric, its sheets, its weight and its rules."""
        from jipp._options import merged

        return self._of(self._native.with_stage(stage, rubric, list(sheets), merged(rules, fields), weight))

    def with_tie_break(self, keys: Sequence[str], /) -> Contest:
        """The contest with an order of tie-breaks: codes of criteria, or ``submitted-on``."""
        return self._of(self._native.with_tie_break(list(keys)))

    def with_cut(self, *, places: int | None = None, pass_mark: float | None = None) -> Contest:
        """The contest with a cut: how many places there are, the score that must be reached, or both."""
        return self._of(self._native.with_cut({"places": places, "pass_mark": pass_mark}))

    @property
    def cut(self) -> _standings.Cut:
        """The cut."""
        return self._native.cut

    @property
    def stages(self) -> list[ScoredStage]:
        """The stages."""
        return [ScoredStage._of(stage) for stage in self._native.stages]

    @property
    def assessors(self) -> list[str]:
        """The ids of all assessors, in order."""
        return self._native.assessors

    def run(self) -> _standings.Outcome:
        """Scores of each stage, totals, and places."""
        return self._native.run()

    def adjusted_standings(
        self,
        options: _aggregation.AdjustOptions | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_aggregation.AdjustOptionsFields],
    ) -> tuple[tuple[_aggregation.Adjustment, ...], _standings.Standings | None]:
        """The adjustment of each stage for severity, and the places by it; None where a stage has none."""
        return self._native.adjusted_standings(options, **fields)

    def weight_ranges(self) -> tuple[_standings.WeightRange, ...]:
        """How far each weight can move before somebody else is inside."""
        return self._native.weight_ranges()

    def at_the_cut(self, step: float = 1, /) -> _standings.AtTheCut:
        """The smallest changes of one score, in steps, and of one weight that swap the pair at the cut."""
        return self._native.at_the_cut(step)

    def uncertainty(
        self,
        options: _standings.Resampling | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_standings.ResamplingFields],
    ) -> _standings.Uncertainty:
        """Intervals of places: ``resamples``, ``seed``, ``confidence``, ``threads``."""
        return self._native.uncertainty(options, **fields)

    def changed(self, changes: Iterable[_standings.Change | Mapping[str, Any]], /) -> Contest:
        """The contest with something changed."""
        return self._of(self._native.changed(list(changes)))

    def what_if(self, changes: Iterable[_standings.Change | Mapping[str, Any]], /) -> _standings.WhatIf:
        """The ranking with something changed, as a difference."""
        return self._native.what_if(list(changes))

    def __repr__(self) -> str:
        return repr(self._native)


def _entrant(entrant: Any) -> Any:
    if isinstance(entrant, str):
        return {"proposal": entrant}
    if isinstance(entrant, Value) and getattr(entrant, "id", None) is not None:
        return {"proposal": getattr(entrant, "id"), "submitted_on": getattr(entrant, "submitted_on", None)}
    if isinstance(entrant, tuple):
        proposal, submitted_on = entrant
        return {"proposal": proposal, "submitted_on": submitted_on}
    return entrant
