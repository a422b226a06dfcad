"""Rows of data frames and other tables, on their way in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jipp._values import Value

__all__ = ["rows_of"]


def rows_of(source: Any) -> list[Any]:
    """The rows of a table as mappings."""
    if isinstance(source, Iterable) and not isinstance(source, (str, bytes, Mapping)):
        rows = list(source)
        for place, row in enumerate(rows):
            if not isinstance(row, (Mapping, Value)):
                raise TypeError(f"row {place} is {type(row).__name__}, not a mapping of columns to values")
        return rows
    raise TypeError(f"rows are a data frame or a list of mappings, not {type(source).__name__}")
