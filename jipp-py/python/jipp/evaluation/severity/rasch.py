"""Severity by a many-facet Rasch model (Linacre 1989): levels of a scale by proposal, assessor and criterion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

from jipp import _jipp
from jipp._arrays import nested
from jipp._values.evaluation_severity_rasch import *  # noqa: F403
from jipp._values.evaluation_severity_rasch import __all__ as _values

if TYPE_CHECKING:
    from jipp._values import evaluation_severity_rasch as _rasch

__all__ = ["fit", "partial_credit", "rating_scale", *_values]


def rating_scale(lowest: int, highest: int) -> _rasch.Options:
    """Options of a scale whose thresholds all criteria share.

    >>> rating_scale(1, 5).thresholds
    'rating-scale'
    """
    return _jipp.severity_rasch_options(True, lowest, highest)


def partial_credit(lowest: int, highest: int) -> _rasch.Options:
    """Options of a scale of which every criterion has thresholds of its own."""
    return _jipp.severity_rasch_options(False, lowest, highest)


def fit(
    observations: Any,
    options: _rasch.Options | Mapping[str, Any],
    /,
    **fields: Unpack[_rasch.OptionsFields],
) -> _rasch.Fit:
    """Fits the model by joint maximum likelihood; scores are whole levels of the scale.

    Raises as :func:`jipp.evaluation.severity.mixed.fit`.

    >>> scores = [(p, a, c, 1 + (p + a + c * p) % 4) for p in range(6) for a in range(3) for c in range(2)]
    >>> found = fit(scores, rating_scale(1, 4))
    >>> len(found.assessors.elements), found.converged
    (3, True)
    """
    return _jipp.severity_rasch_fit(nested(observations), options, **fields)
