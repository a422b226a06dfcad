"""Severity by a linear mixed model: scores are proposal, assessor, criterion and error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

from jipp import _jipp
from jipp._arrays import nested
from jipp._values.evaluation_severity_mixed import *  # noqa: F403
from jipp._values.evaluation_severity_mixed import __all__ as _values

if TYPE_CHECKING:
    from jipp._values import evaluation_severity_mixed as _mixed

__all__ = ["fit", *_values]


def fit(
    observations: Any,
    options: _mixed.Options | Mapping[str, Any] | None = None,
    /,
    **fields: Unpack[_mixed.OptionsFields],
) -> _mixed.Fit:
    """Fits the model by restricted maximum likelihood; ``lowest`` and ``highest`` are the ends of the scale.

    Raises :class:`jipp.errors.RefusedError` (``undetermined``) where the panel falls into islands, or all scores are the
    same; :class:`jipp.errors.InvalidError` with the place of a score off the scale, or given twice.

    >>> found = fit([(0, 0, 0, 80), (0, 1, 0, 70), (1, 0, 0, 60), (1, 1, 0, 52)])
    >>> found.assessors[0].estimate < found.assessors[1].estimate  # severity
    True
    """
    return _jipp.severity_mixed_fit(nested(observations), options, **fields)
