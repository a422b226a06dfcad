"""Rankings by several criteria, by votes, and by comparisons of two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jipp import _jipp
from jipp._arrays import Matrix, nested
from jipp._values.evaluation_decision import *  # noqa: F403
from jipp._values.evaluation_decision import __all__ as _values

if TYPE_CHECKING:
    from jipp._values import evaluation_decision as _decision

__all__ = ["borda", "bradley_terry", "promethee", "topsis", "win_groups", *_values]


def borda(
    ballots: Sequence[_decision.Ballot | Mapping[str, Any] | Sequence[Any]], /, *, entries: int | None = None
) -> list[float]:
    """Points of each entry by Borda's count: one for every entry that a voter puts it above, half for equals.

    A ballot is a list of entries by their numbers from 0, best first, in which a list is a group of equals; or a
    :class:`Ballot`, which says how many cast it. Entries that a ballot does not name stand below all it does. ``entries``
    is how many there are; without it, one more than the highest number.

    Raises :class:`jipp.errors.InvalidError` for an entry named twice, or none at all.

    >>> borda([[0, 1, 2], [1, 0, 2], {"voters": 3, "order": [[2], [0, 1]]}])
    [4.5, 4.5, 6.0]
    """
    read = [_ballot(ballot, at) for at, ballot in enumerate(nested(ballots))]
    if entries is None:
        named = [entry for ballot in read for group in _order(ballot) for entry in group]
        entries = max((entry for entry in named if isinstance(entry, int)), default=-1) + 1
    return _jipp.decision_borda(entries, read)


def _ballot(ballot: Any, at: int) -> Any:
    from jipp._values import Value

    if isinstance(ballot, (Value, Mapping)):
        return ballot
    if isinstance(ballot, (str, bytes)) or not hasattr(ballot, "__iter__"):
        raise TypeError(f"ballots[{at}] is {type(ballot).__name__}, not a list of entries")
    order = [list(group) if isinstance(group, (list, tuple)) else [group] for group in ballot]
    return {"voters": 1, "order": order}


def _order(ballot: Any) -> Any:
    return ballot.get("order", ()) if isinstance(ballot, Mapping) else ballot.order


def bradley_terry(wins: Matrix, /) -> _decision.BradleyTerry:
    """Strengths of entries from how often each won against each: ``wins[i][j]`` is how often i won against j.

    Raises :class:`jipp.errors.RefusedError` (``undetermined``) where some entries never win, or never lose, against the
    others: :func:`win_groups` tells which.

    >>> found = bradley_terry([[0, 6], [2, 0]])
    >>> round(found.wins(0, 1), 6)
    0.75
    """
    return _jipp.decision_bradley_terry(nested(wins))


def win_groups(wins: Matrix, /) -> tuple[tuple[int, ...], ...]:
    """The groups whose entries can all be compared by their wins, each group above those behind it.

    >>> win_groups([[0, 1, 1], [1, 0, 1], [0, 0, 0]])
    ((0, 1), (2,))
    """
    return _jipp.decision_win_groups(nested(wins))


def topsis(
    rows: Matrix,
    criteria: Sequence[_decision.Criterion | Mapping[str, Any]],
    /,
    *,
    normalization: _decision.Normalization = "vector",
) -> list[float]:
    """Closeness of each alternative to the best of all criteria, 0 to 1 (Hwang and Yoon 1981).

    ``rows`` has one row for each alternative and one column for each criterion; the weights add up to 1.

    >>> criteria = [Criterion(weight=0.5, aim="maximise"), Criterion(weight=0.5, aim="minimise")]
    >>> topsis([[3, 1], [1, 3]], criteria)
    [1.0, 0.0]
    """
    return _jipp.decision_topsis(nested(rows), criteria, normalization)


def promethee(
    rows: Matrix,
    criteria: Sequence[_decision.Criterion | Mapping[str, Any]],
    preferences: Sequence[_decision.Preference | Mapping[str, Any] | str],
    /,
) -> tuple[_decision.Flows, ...]:
    """Outranking flows of each alternative (Brans and Vincke 1985), with a preference function for each criterion.

    >>> criteria = [{"weight": 1.0, "aim": "maximise"}]
    >>> [flow.net for flow in promethee([[3], [2], [1]], criteria, ["usual"])]
    [1.0, 0.0, -1.0]
    """
    return _jipp.decision_promethee(nested(rows), criteria, preferences)
