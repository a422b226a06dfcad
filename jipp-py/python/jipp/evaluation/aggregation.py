"""From score sheets to the scores of proposals: aggregation, moderation, and adjustment for severity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from jipp import _jipp
from jipp._values import Value
from jipp._values.evaluation_aggregation import *  # noqa: F403
from jipp._values.evaluation_aggregation import __all__ as _values

if TYPE_CHECKING:
    from jipp._values import evaluation_aggregation as _aggregation
    from jipp._values import evaluation_severity as _severity
    from jipp._values import model as _model

__all__ = ["ScoredStage", "totals", *_values]


class ScoredStage:
    """The score sheets of a stage, checked against its rubric.

    ``rubric`` is a :class:`jipp.model.Rubric`, ``proposals`` their ids, ``sheets`` records of
    :class:`jipp.model.ScoreSheet`. Raises :class:`jipp.errors.InvalidError` for a sheet that does not fit the rubric,
    naming it.
    """

    __slots__ = ("_native",)

    def __init__(
        self,
        stage: str,
        /,
        rubric: _model.Rubric | Mapping[str, Any],
        proposals: Iterable[str],
        sheets: Iterable[_model.ScoreSheet | Mapping[str, Any]],
    ) -> None:
        """Reads and checks the sheets."""
        self._native = _jipp.ScoredStage(stage, rubric, list(proposals), list(sheets))

    @classmethod
    def _of(cls, native: _jipp.ScoredStage) -> ScoredStage:
        stage = cls.__new__(cls)
        stage._native = native
        return stage

    @property
    def stage(self) -> str:
        """Its code."""
        return self._native.stage

    @property
    def proposals(self) -> list[str]:
        """The ids of the proposals, in the order given."""
        return self._native.proposals

    @property
    def assessors(self) -> list[str]:
        """The ids of the assessors who gave scores, in order."""
        return self._native.assessors

    @property
    def criteria(self) -> list[str]:
        """The codes of the criteria that are scored."""
        return self._native.criteria

    @property
    def scale(self) -> tuple[float, float]:
        """The lowest and the highest score."""
        low, high = self._native.scale
        return low, high

    def aggregate(
        self,
        rules: _aggregation.Rules | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_aggregation.RulesFields],
    ) -> _aggregation.StageScores:
        """The scores of the proposals, what calls for moderation, and what is odd.

        ``aggregation`` says how sheets become one score, ``min_assessors`` how many it takes, ``max_spread`` from which
        spread on a score is moderated.
        """
        return self._native.aggregate(rules, **fields)

    def adjust(
        self,
        options: _aggregation.AdjustOptions | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_aggregation.AdjustOptionsFields],
    ) -> _aggregation.Adjustment:
        """The scores less what strict and lenient assessors made of them, or why that cannot be told."""
        return self._native.adjust(options, **fields)

    def observations(self, unit: _aggregation.Unit | Mapping[str, Any] | str, /) -> tuple[_severity.Observation, ...]:
        """The scores by the places of proposals, assessors and criteria, as :mod:`jipp.evaluation.severity` reads them."""
        return self._native.observations(unit)

    def without(self, assessor: str, /) -> ScoredStage:
        """The stage without the sheets of an assessor."""
        return self._of(self._native.without(assessor))

    def with_weight(self, criterion: str, weight: float, /) -> ScoredStage:
        """The stage with another weight of a criterion; the others keep their proportions."""
        return self._of(self._native.with_weight(criterion, weight))

    def __repr__(self) -> str:
        return repr(self._native)


def totals(
    proposals: Iterable[str], stages: Sequence[tuple[float, _aggregation.StageScores]], /
) -> tuple[_aggregation.Total, ...]:
    """Weighted sums over stages, each given as its weight and its scores; what a proposal lacks is named."""
    for at, stage in enumerate(stages):
        if isinstance(stage, Value) or len(stage) != 2:
            raise TypeError(f"stages[{at}] is not a pair of a weight and scores")
    return _jipp.aggregation_totals(list(proposals), stages)
