"""How strict assessors are, and what that did to scores.

Observations are scores by numbers: :class:`Observation` or mappings with its fields, rows of proposal, assessor, criterion
and score, or an array with these four columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jipp import _jipp
from jipp._arrays import nested
from jipp._values.evaluation_severity import *  # noqa: F403
from jipp._values.evaluation_severity import __all__ as _values
from jipp.evaluation.severity import mixed, rasch

if TYPE_CHECKING:
    from jipp._values import evaluation_severity as _severity

__all__ = ["islands", "mixed", "rasch", *_values]


def islands(observations: Any, /) -> tuple[_severity.Island, ...]:
    """The parts of a panel that no assessor joins: scores of different parts cannot be compared.

    >>> [island.assessors for island in islands([(0, 7, 0, 80), (1, 8, 0, 75)])]
    [(7,), (8,)]
    """
    return _jipp.severity_islands(nested(observations))
