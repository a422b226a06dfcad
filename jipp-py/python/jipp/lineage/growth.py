"""Growth curves through the adopters of each period: Verhulst's logistic curve and Bass' diffusion of innovations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from jipp import _jipp
from jipp._arrays import nested
from jipp._values.lineage_growth import *  # noqa: F403
from jipp._values.lineage_growth import __all__ as _values

if TYPE_CHECKING:
    from jipp._values import lineage_growth as _growth

__all__ = ["Growth", "fit", "growth", *_values]


class Growth(NamedTuple):
    """Both curves through the same numbers."""

    logistic: _growth.Fit | None
    """The logistic curve, where it fits."""

    bass: _growth.Fit | None
    """Bass' curve, where it fits."""

    best: _growth.Fit | None
    """The better of those that fit, by AICc."""

    unfit: dict[str, str]
    """Why a curve does not fit: its name and a code, such as ``too-few-periods``."""


def fit(model: _growth.Model, counts: Sequence[float] | Any, /) -> _growth.Fit:
    """A curve through the adopters of each period, first to last, by least squares.

    Raises :class:`jipp.errors.RefusedError` (``undetermined``) where the numbers determine no curve, with the reason as
    its ``value``; :class:`jipp.errors.InvalidError` for numbers below zero or not finite.

    >>> found = fit("bass", [3, 6, 11, 17, 21, 19, 12, 7, 3])
    >>> [parameter.name for parameter in found.parameters]
    ['m', 'p', 'q']
    """
    return _jipp.growth_fit(model, nested(counts))


def growth(counts: Sequence[float] | Any, /) -> Growth:
    """Both curves; that one does not fit is no error here.

    >>> growth([1, 2]).unfit
    {'logistic': 'too-few-periods', 'bass': 'too-few-periods'}
    """
    (logistic, why_logistic), (bass, why_bass), best = _jipp.growth_of(nested(counts))
    unfit = {name: why for name, why in (("logistic", why_logistic), ("bass", why_bass)) if why}
    return Growth(logistic, bass, best, unfit)
