"""The values of ``matching``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value

__all__ = [
    "MatchKind",
    "Token",
]


MatchKind: TypeAlias = Literal["exact", "stem", "synonym", "typo", "related"]


class Token(Value):
    """A word of a text and the term it counts as."""

    word: str
    """The folded word as it stands in the text."""

    term: str
    """Its stem."""
