"""Arrays and tables of numbers, on their way in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

__all__ = ["Matrix", "nested"]

Matrix: TypeAlias = Sequence[Sequence[Any]] | Any
"""Rows of numbers: lists, a NumPy array, a data frame, or anything else with the buffer protocol."""


def nested(source: Any) -> Any:
    """Nested lists of what an array holds; lists and tuples go through as they are.

    >>> import array
    >>> nested(memoryview(array.array("d", [1, 2, 3, 4])).cast("B").cast("d", (2, 2)))
    [[1.0, 2.0], [3.0, 4.0]]
    """
    if isinstance(source, (list, tuple, str, bytes)):
        return source
    for name in ("to_numpy", "__array__"):
        if hasattr(source, name):
            return getattr(source, name)().tolist()
    try:
        return memoryview(source).tolist()
    except TypeError:
        return source
