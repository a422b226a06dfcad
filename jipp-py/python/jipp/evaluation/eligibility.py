"""Whether something may enter an edition, rule by rule, with what was found for each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from jipp import _jipp
from jipp._values.evaluation_eligibility import *  # noqa: F403
from jipp._values.evaluation_eligibility import __all__ as _values

if TYPE_CHECKING:
    from jipp._values import evaluation_eligibility as _eligibility
    from jipp._values import model as _model

__all__ = ["eligibility", *_values]


def eligibility(
    edition: _model.Edition | Mapping[str, Any],
    group: _model.Group | Mapping[str, Any],
    entrant: _eligibility.Entrant | Mapping[str, Any],
    /,
    *,
    closing: date | str | None = None,
) -> _eligibility.Eligibility:
    """Whether an entrant may enter a group; ``closing`` is the last day of registration, where the edition has none.

    >>> from jipp.model import Edition, Group
    >>> group = Group(code="umum", label="Umum", min_age_months=24)
    >>> edition = Edition(id="kipp/2021", competition="kipp")
    >>> found = eligibility(edition, group, Entrant(implemented_on="2020-03"), closing="2021-05-31")
    >>> found.verdict, [rule.code for rule in found.failed()]
    ('no', ['age'])
    """
    return _jipp.eligibility_eligibility(edition, group, entrant, closing)
