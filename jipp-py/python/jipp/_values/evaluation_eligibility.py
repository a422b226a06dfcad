"""The values of ``evaluation.eligibility``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value, _behaviour

if TYPE_CHECKING:
    from jipp._values import base as _base
    from jipp._values import model as _model

__all__ = [
    "AwardHeld",
    "Eligibility",
    "Entrant",
    "Found",
    "RuleAnswer",
]


class AwardHeld(Value):
    """An award that something holds."""

    label: str = DEFAULT
    """As the source words it."""

    competition: str | None = None
    """The competition; unknown if absent."""

    is_of_other_contest: bool = DEFAULT
    """Whether it is surely of no competition of the network."""

    edition: str | None = None
    """The edition; unknown if absent."""

    group: str | None = None
    """Code of the group."""

    tiers: tuple[str, ...] = DEFAULT
    """Codes of its tier and of every tier that tier's winners are drawn from; unknown if empty."""

    year: int | None = None
    """The year."""


class Entrant(Value):
    """What is known of an innovation that seeks entry."""

    implemented_on: PartialDate | None = None
    """When it came into use."""

    owner_kind: _model.AgencyKind | None = None
    """The kind of its owner."""

    category: str | None = None
    """Code of its category in the edition."""

    sdgs: int | None = None
    """How many sustainable development goals it serves; unknown if none is on record."""

    documents: tuple[str, ...] | None = None
    """Codes of the documents of its proposal; unknown if there is no proposal."""

    awards: tuple[AwardHeld, ...] = DEFAULT
    """Its awards."""

    sources: tuple[tuple[str, tuple[AwardHeld, ...]], ...] = DEFAULT
    """What it replicates, with the awards of that."""

    other_entries: int = DEFAULT
    """How many other proposals its owner has entered in the group."""

    same_title: tuple[str, ...] = DEFAULT
    """Other proposals of the edition with the same title."""


class Found(_behaviour.Words, Choice):
    """What was found for a rule.

    * ``age``: When it came into use, and when at the latest it should have.
    * ``other-category``: The rule is for other categories.
    * ``owner``: The kind of its owner.
    * ``entries``: How many the agency enters, this one included, and how many it may.
    * ``sdgs``: How many goals it serves, and how many it must.
    * ``missing-documents``: Documents that are missing; unknown if there is no proposal.
    * ``awards``: Awards of those meant, and awards that may be one.
    * ``no-source``: No source is on record.
    * ``sources``: Sources that won an award of those meant, and those that may have.
    * ``same-title``: Other proposals with the same title.
    """

    _tag = ""
    _shapes = {
        "age": "fields",
        "other-category": "nothing",
        "owner": "value",
        "entries": "value",
        "sdgs": "value",
        "missing-documents": "value",
        "awards": "fields",
        "no-source": "nothing",
        "sources": "fields",
        "same-title": "value",
    }

    kind: Literal["age", "other-category", "owner", "entries", "sdgs", "missing-documents", "awards", "no-source", "sources", "same-title"]
    """Which it is."""

    value: _model.AgencyKind | tuple[int, int] | tuple[int | None, int] | tuple[str, ...] | None = None
    """What it carries."""

    since: PartialDate | None = None
    """``age``: In use since."""

    closing: PartialDate | None = None
    """``age``: The day registration closes."""

    months: int | None = None
    """``age``: So many months before."""

    surely: tuple[str, ...] | None = None
    """``awards``: Those that surely are.
    ``sources``: Those that surely did.
    """

    perhaps: tuple[str, ...] | None = None
    """``awards``: Those that may be.
    ``sources``: Those that may have.
    """


class RuleAnswer(_behaviour.Labelled, Value):
    """The answer to one rule."""

    code: str
    """The code of the rule."""

    label: str | None = None
    """The rule in the language of the network, where it is worded."""

    label_en: str | None = None
    """The rule in English."""

    mark: _model.Mark | None = None
    """How well the rule is known."""

    holds: _base.Truth
    """Whether it is kept."""

    found: Found
    """What was found."""


class Eligibility(_behaviour.Eligibility, Value):
    """Whether an innovation may enter a group of an edition."""

    edition: str
    """The edition."""

    group: str
    """Code of the group."""

    verdict: _base.Truth
    """Yes if every rule is kept, no if one is broken."""

    rules: tuple[RuleAnswer, ...]
    """The rules, in order."""
