"""Options that are given as a value, a mapping or keyword arguments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jipp._values import Value

__all__ = ["merged"]


def merged(given: Value | Mapping[str, Any] | None, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Options with keyword arguments over them; None leaves an option as it is."""
    if given is None and not fields:
        return {}
    options = {} if given is None else dict(given._json() if isinstance(given, Value) else given)
    options.update((name.rstrip("_"), value) for name, value in fields.items() if value is not None)
    return options
