"""Dates, periods and text; quartiles and shares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from jipp import _jipp
from jipp._arrays import nested
from jipp._jipp import fold, parse_date, slug
from jipp._values import PartialDate
from jipp._values.base import *  # noqa: F403
from jipp._values.base import __all__ as _values

if TYPE_CHECKING:
    from jipp._values import base as _base

__all__ = ["PartialDate", "fold", "parse_date", "quartiles", "share", "slug", "words", *_values]


def words(text: str, /) -> list[str]:
    """The words of a text, folded for comparison.

    >>> words("Gerai KTP-el, Kelurahan!")
    ['gerai', 'ktp', 'el', 'kelurahan']
    """
    return _jipp.text_words(text)


def quartiles(sample: Iterable[float] | Any, /) -> _base.Quartiles | None:
    """The quartiles of a sample, linear between neighbours; None if it is empty.

    >>> quartiles([4, 1, 3, 2]).median
    2.5
    """
    return _jipp.base_quartiles(nested(sample))


def share(count: int, of: int, /) -> _base.Share | None:
    """A share with its 95 % interval (Wilson 1927); None of nothing.

    >>> share(3, 4).share
    0.75
    """
    return _jipp.base_share(count, of)
