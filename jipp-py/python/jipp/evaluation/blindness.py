"""Blindness: who may see what of an edition, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jipp import _jipp
from jipp._values.evaluation_blindness import *  # noqa: F403
from jipp._values.evaluation_blindness import __all__ as _values

if TYPE_CHECKING:
    from jipp._values import evaluation_blindness as _blindness

__all__ = ["standard", *_values]


def standard() -> _blindness.Policy:
    """The policy that comes with the library, to be used or adjusted.

    >>> "innovators" in standard().hidden("assessor", "desk", "innovation")
    True
    """
    return _jipp.blindness_standard()
