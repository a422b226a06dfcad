"""The values of ``exchange.gathered``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value

__all__ = [
    "Finding",
    "FindingKind",
    "How",
    "Report",
    "Unplaced",
]


How: TypeAlias = Literal["exact", "reviewed", "stub"]
"""How a title was resolved."""


FindingKind: TypeAlias = Literal["award", "source", "replica", "recipient", "host", "agency", "region", "sector"]
"""What kind of thing could not be placed."""


class Finding(Value):
    """Something that a row says and that could not be placed, or only by a guess."""

    kind: FindingKind
    """What it is."""

    subject: str
    """The id of the record it is about."""

    value: str
    """What the row says."""

    reason: str
    """Why it could not be placed, and what was done instead."""


class Unplaced(Value):
    """A finding, and where it stands."""

    file: str
    """The file."""

    line: int
    """The line, counted from 1."""

    finding: Finding
    """What it is."""


class Report(Value):
    """What came of reading the whole folder."""

    rows: abc.Mapping[str, int]
    """How many rows each file has."""

    sources: abc.Mapping[How, int]
    """How many sources of replications were resolved in which way."""

    unplaced: tuple[Unplaced, ...]
    """What could not be placed, file by file and line by line."""
