"""The values of ``matching``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value

__all__ = [
    "MatchKind",
]


MatchKind: TypeAlias = Literal["exact", "stem", "synonym", "typo", "related"]
