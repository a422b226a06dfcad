"""The values of ``model.lifecycle``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value

if TYPE_CHECKING:
    from jipp._values import model as _model

__all__ = [
    "Advance",
    "Axis",
    "Guard",
    "Policy",
]


Guard: TypeAlias = Literal["title", "owner", "region", "trial-date", "implemented-on", "developed-on", "reason", "decree", "date", "actor", "signed-agreement", "differences", "target-implemented", "replication-evidence", "certificates", "former-state", "commitment", "designated", "team-or-plan", "set-up", "maturity-good", "no-activity", "recent-activity", "before-closing", "required-sections", "word-limits", "group-quota", "assessors-assigned", "scores-complete", "spread-moderated", "pass-mark", "no-upheld-objection", "upheld-objection", "visited", "no-visit-stage", "award-recorded"]


Axis: TypeAlias = Literal["stage", "verification", "publication", "status"]
"""Which status of a record a step belongs to."""


class Policy(Value):
    """Figures of the guards that a network may set for itself; the defaults are inferred."""

    inactive_months: int = DEFAULT
    """After how many months without an activity a hub may be called inactive."""

    operational_needs: tuple[tuple[_model.MilestoneKind, ...], ...] = DEFAULT
    """The milestones a hub needs before it is operational: one of each inner list."""

    min_assessors: int = DEFAULT
    """How many assessors a proposal needs where its stage does not say."""

    good_bands: tuple[str, ...] = DEFAULT
    """The bands of maturity that count as good."""


class Advance(Value):
    """A step that somebody wants to take."""

    subject: _model.EntityRef
    """The record."""

    axis: Axis
    """Which status of it."""

    to: str
    """The code of the state to go to."""

    on: PartialDate | None = None
    """When."""

    by: str | None = None
    """Who."""

    note: str | None = None
    """Why, or what was done."""

    decree: str | None = None
    """The decree it rests on."""

    reported: str | None = None
    """The raw wording of the source: enters a fact of the past as it was, unguarded."""
