"""The values of ``evaluation.selection``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value

if TYPE_CHECKING:
    from jipp._values import model as _model

__all__ = [
    "Blocker",
    "Blocking",
    "Candidate",
    "End",
    "Expanded",
    "Facts",
    "Method",
    "Options",
    "Outcome",
    "Places",
    "Rule",
    "Selection",
    "Swap",
    "Tally",
    "Uncounted",
]


class Facts(Value):
    """What is known of a candidate; what is absent is not known."""

    group: str | None = None
    """Code of the group it was entered in."""

    category: str | None = None
    """Code of the category."""

    agency_kind: _model.AgencyKind | None = None
    """The kind of its agency."""

    island_group: str | None = None
    """The island group it is in."""

    province: str | None = None
    """The province it is in."""

    underdeveloped: bool | None = None
    """Whether it is in a disadvantaged, frontier or outermost region (*3T*)."""

    agency: str | None = None
    """Its agency."""


class Uncounted(Value):
    """Candidates whose value in the dimension of a rule is not known."""

    code: str
    """The code of the rule."""

    candidates: tuple[int, ...]
    """Their places in the list."""


class Expanded(Value):
    """Composition rules, spelled out."""

    rules: tuple[Rule, ...]
    """One rule for each value that is ruled, in the order of the composition rules and then of the values."""

    uncounted: tuple[Uncounted, ...]
    """Whom a rule could not count, for every composition rule that there are such candidates for."""


class Candidate(Value):
    """Somebody who may be chosen."""

    id: str
    """The proposal."""

    score: float
    """What it adds to the total. Scores of all together may come to nine billion, either way."""

    order: int = DEFAULT
    """Who comes first where totals are equal: the lower. Equal orders go by id."""


class Places(Choice):
    """How many are chosen.

    * ``at-most``: So many or fewer. Nobody stays out whose score is zero or more while there is room.
    * ``exactly``: So many.
    """

    _tag = ""
    _shapes = {
        "at-most": "value",
        "exactly": "value",
    }

    kind: Literal["at-most", "exactly"]
    """Which it is."""

    value: int | None = None
    """What it carries."""


class Rule(Value):
    """So many of these at least, so many at most. One of both must be there."""

    code: str
    """Its code."""

    value: str | None = None
    """Of what it counts, where the rule stands for each value of a dimension."""

    members: tuple[int, ...]
    """Whom it counts: places in the list of candidates, from 0."""

    unknown: tuple[int, ...] = ()
    """Of whom it is not known whether they belong to the members. They count neither for the least nor for the most, and
    are told apart in the ``Tally``.
    """

    least: int | None = None
    """How many at least."""

    most: int | None = None
    """How many at most."""


class Options(Value):
    """How much work may be done."""

    steps: int = DEFAULT
    """How many steps of the search, which are pivots of the relaxation, 1 to a billion. Rules of a competition take about
    a hundred; what takes tens of thousands seldom ends at all.
    """


if TYPE_CHECKING:

    class OptionsFields(TypedDict, total=False):
        """The fields of :class:`Options`, as keyword arguments."""

        steps: int


Method: TypeAlias = Literal["nested", "branch-and-bound"]


class Tally(Value):
    """How a rule came out."""

    code: str
    """The code of the rule."""

    value: str | None = None
    """Of what it counts."""

    of: int
    """How many there are."""

    chosen: int
    """How many were chosen."""

    unknown: int
    """How many were chosen of whom it is not known whether they belong."""

    is_tight: bool
    """Whether one more or one fewer would break it."""


class Swap(Value):
    """Two that can be exchanged: the total stays the same and every rule is kept."""

    chosen: str
    """Who is in."""

    instead: str
    """Who could be instead."""


class Selection(Value):
    """A set that keeps every rule."""

    chosen: tuple[str, ...]
    """Who is chosen: highest scores first, then in the order of ties."""

    total: float
    """What they add up to."""

    bound: float
    """What no set that keeps the rules exceeds; the total itself if that is the best."""

    optimal: bool
    """Whether no set has more."""

    alternatives: bool | None = None
    """Whether other sets have the same total; absent if the work was used up before that was known."""

    is_first: bool
    """Whether it is the first of the best sets in the order of ties. Where not, work was used up, and which of the best
    sets it is follows from nothing but the method.
    """

    swaps: tuple[Swap, ...]
    """Who could be exchanged for whom at the same total, in the order of ties; at most ``MAX_SWAPS`` pairs. There may be
    alternatives that no single exchange leads to.
    """

    tallies: tuple[Tally, ...]
    """How the rules came out, in their order."""

    method: Method
    """How it was found."""

    steps: int
    """How many steps that took; 0 where rules nest."""


End: TypeAlias = Literal["least", "most"]


class Blocker(Value):
    """One end of a rule, or of the number of places."""

    rule: int | None = None
    """The place of the rule in the list of rules; absent for the number of places."""

    code: str
    """Its code; ``places`` for the number of places."""

    value: str | None = None
    """Of what it counts."""

    end: End
    """Which end."""

    count: int
    """How many it asks for or allows."""

    of: int
    """How many candidates it counts."""


class Blocking(Value):
    """Rules that no set keeps together."""

    rules: tuple[Blocker, ...]
    """The rules, places first and then in their order."""

    irreducible: bool
    """Whether it is certain that none can be spared: without any one of them the others can be kept. Otherwise work was
    used up.
    """


class Outcome(Choice):
    """What a selection came to.

    * ``chosen``: A set that keeps every rule.
    * ``blocked``: There is none.
    * ``open``: The work was used up before any set was found, or shown not to be there.
    """

    _tag = ""
    _shapes = {
        "chosen": "value",
        "blocked": "value",
        "open": "fields",
    }

    kind: Literal["chosen", "blocked", "open"]
    """Which it is."""

    value: Selection | Blocking | None = None
    """What it carries."""

    steps: int | None = None
    """``open``: How many steps were made."""
