"""Choosing under composition rules: the best choice that all rules allow, proved to be the best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from jipp import _jipp
from jipp._values import Value
from jipp._values.evaluation_selection import *  # noqa: F403
from jipp._values.evaluation_selection import __all__ as _values

if TYPE_CHECKING:
    from jipp._values import evaluation_selection as _selection
    from jipp._values import model as _model

__all__ = ["expand", "select", *_values]


def select(
    candidates: Iterable[_selection.Candidate | Mapping[str, Any] | tuple[str, float]],
    /,
    places: int | _selection.Places | Mapping[str, Any],
    rules: Iterable[_selection.Rule | Mapping[str, Any]] = (),
    *,
    steps: int | None = None,
) -> _selection.Outcome:
    """The choice with the highest sum of scores, or the rules that no choice can keep.

    A candidate is an id and a score, in the order that decides between equals, or a :class:`Candidate`. ``places`` is how
    many are chosen. ``steps`` bounds the search; where it ends it, the choice is marked as not proved.

    >>> rules = [Rule(code="one-of-east", members=[2], unknown=[], least=1)]
    >>> select([("a", 90), ("b", 80), ("c", 70)], 2, rules).value.chosen
    ('a', 'c')
    """
    read = [_candidate(candidate, at) for at, candidate in enumerate(candidates)]
    taken = {"exactly": places} if isinstance(places, int) else places
    return _jipp.selection_select(read, taken, list(rules), None, steps=steps)


def _candidate(candidate: Any, at: int) -> Any:
    if isinstance(candidate, (Value, Mapping)):
        return candidate
    id, score = candidate
    return {"id": id, "score": score, "order": at}


def expand(
    rules: Iterable[_model.CompositionRule | Mapping[str, Any]],
    facts: Iterable[_selection.Facts | Mapping[str, Any]],
    /,
) -> _selection.Expanded:
    """Rules on kinds of candidates as rules on these candidates, whose facts are given in their order."""
    return _jipp.selection_expand(list(rules), list(facts))
