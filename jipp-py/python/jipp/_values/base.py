"""The values of ``base``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value, _behaviour

__all__ = [
    "Location",
    "Period",
    "Quartiles",
    "Share",
    "Truth",
]


class Period(_behaviour.Period, Value):
    """When something was true: from a date to a date, both included; an end that is not known or not reached is absent."""

    from_: PartialDate | None = None
    """The first date, where known."""

    to: PartialDate | None = None
    """The last date, where there is one."""


Truth: TypeAlias = Literal["yes", "no", "unknown"]


class Location(Value):
    """Where in an input something stands."""

    source: str | None = None
    """The file or other source, where known."""

    line: int | None = None
    """The line, counted from 1; in a workbook, the row."""

    field: str | None = None
    """The field or column."""


class Quartiles(Value):
    """The quartiles of a sample, with its size.

    Linear interpolation between order statistics: type 7 of Hyndman and Fan, *Sample Quantiles in Statistical Packages*,
    The American Statistician 50, 1996; what numpy, pandas and R do unless told otherwise.
    """

    count: int
    """How many values there are."""

    lower: float
    """A quarter of them is not above this."""

    median: float
    """Half of them is not above this."""

    upper: float
    """Three quarters of them are not above this."""


class Share(Value):
    """A share of a number of cases, with an interval for the share of all cases like them."""

    count: int
    """How many cases have it."""

    of: int
    """How many cases there are."""

    share: float
    """The share, 0 to 1."""

    low: float
    """The lower end of its 95 % interval."""

    high: float
    """The upper end of its 95 % interval."""
