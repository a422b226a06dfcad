"""The values of ``evaluation.severity``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value

__all__ = [
    "Island",
    "Observation",
]


class Observation(Value):
    """One score: what an assessor gave a proposal on a criterion. Who is who is the caller's numbering."""

    proposal: int
    """The proposal."""

    assessor: int
    """The assessor."""

    criterion: int
    """The criterion; always the same number where the whole sheet has one score."""

    score: float
    """The score, on the scale that the model is told; for ``rasch`` a whole number."""


class Island(Value):
    """Proposals and assessors that are connected with each other and with nobody else; each in order."""

    proposals: tuple[int, ...]
    """The proposals."""

    assessors: tuple[int, ...]
    """Their assessors."""
