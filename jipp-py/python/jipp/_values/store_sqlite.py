"""The values of ``store.sqlite``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value

__all__ = [
    "Options",
]


class Options(Value):
    """How a network is opened for writing."""

    max_bytes: int | None = None
    """The size in bytes that the file may grow to, where there is a limit; beyond, ``store-full``. The write-ahead log
    beside it does not count.
    """


if TYPE_CHECKING:

    class OptionsFields(TypedDict, total=False):
        """The fields of :class:`Options`, as keyword arguments."""

        max_bytes: int | None
