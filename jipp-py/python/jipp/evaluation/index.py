"""Indices of innovation: shipped formulas, the points of answers, and what the next rise takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from jipp import _jipp
from jipp._values.evaluation_index import *  # noqa: F403
from jipp._values.evaluation_index import __all__ as _values

if TYPE_CHECKING:
    from jipp._values import evaluation_index as _index
    from jipp._values import model as _model

__all__ = ["formula", "formulas", "gains", "maturity", "plan", *_values]


def formulas() -> list[str]:
    """The ids of the formulas that come with the library, in order."""
    return _jipp.index_formulas()


def formula(id: str, /) -> _index.IndexFormula:
    """A formula that comes with the library; raises :class:`jipp.errors.NotFoundError` for any other.

    >>> formula(formulas()[0]).id == formulas()[0]
    True
    """
    return _jipp.index_formula(id)


def maturity(
    rubric: _model.Rubric | Mapping[str, Any],
    answers: Iterable[_model.Answer | Mapping[str, Any]],
    /,
    *,
    side: _index.Side = "own",
) -> _index.Points:
    """The points of answers by a rubric of indicators: each level times its weight. ``side`` says whose word counts."""
    return _jipp.index_maturity(rubric, list(answers), side)


def gains(
    points: _index.Points, efforts: _index.Efforts | Mapping[str, Any] | None = None, /
) -> tuple[_index.Step, ...]:
    """Every next level with what it brings and takes, the best first."""
    return _jipp.index_gains(points, {} if efforts is None else efforts)


def plan(
    points: _index.Points,
    efforts: _index.Efforts | Mapping[str, Any] | None = None,
    /,
    *,
    effort: int | None = None,
    reach: float | None = None,
) -> _index.Plan | None:
    """The rises to make together: the most points for at most so much ``effort``, or the least effort to ``reach`` so
    many points; None where nothing reaches them.
    """
    if (effort is None) == (reach is None):
        raise TypeError("either effort or reach is given")
    aim = {"effort": effort} if reach is None else {"points": reach}
    return _jipp.index_plan(points, {} if efforts is None else efforts, aim)
