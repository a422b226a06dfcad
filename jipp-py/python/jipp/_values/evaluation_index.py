"""The values of ``evaluation.index``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value, _behaviour

if TYPE_CHECKING:
    from jipp._values import base as _base
    from jipp._values import model as _model

__all__ = [
    "AffairsRule",
    "Aim",
    "CountRule",
    "DivisorRule",
    "Effort",
    "Efforts",
    "Fixed",
    "IndexFormula",
    "IndexScore",
    "Indicator",
    "Level",
    "Plan",
    "Points",
    "Side",
    "Step",
]


class DivisorRule(Value):
    """The points of the innovations are divided by their number, but by no less than this."""

    from_year: int
    """From this year on."""

    least: int
    """The least divisor."""

    mark: _model.Mark | None = None
    """How well it is known."""


class AffairsRule(Value):
    """Of how many basic services there must be an innovation, for their number to bring points."""

    from_year: int
    """From this year on."""

    least: int
    """So many of them."""

    mark: _model.Mark | None = None
    """How well it is known."""


class CountRule(_behaviour.CountRule, Value):
    """The points for the number of innovations."""

    factor: float
    """Points for each innovation."""

    cap: int
    """Those above this number bring none."""

    affairs: tuple[AffairsRule, ...] = DEFAULT
    """How many of the basic services must be covered."""

    of: int
    """How many basic services there are."""

    mark: _model.Mark | None = None
    """How well these figures are known."""


class Fixed(Value):
    """An indicator that nobody can raise any more."""

    criterion: str
    """Its code."""

    mark: _model.Mark | None = None
    """How well this is known."""

    note: str | None = None
    """Why."""


class IndexFormula(_behaviour.IndexFormula, Value):
    """The formula of an index."""

    id: str
    """Its id: name and version."""

    title: str
    """Its title."""

    version: str
    """Its version."""

    valid: _base.Period | None = None
    """When it is used."""

    unit: _model.Rubric | None = None
    """The indicators of the government itself; absent where they were not found."""

    innovation: str | None = None
    """The instrument of the innovations; absent where it was not found."""

    divisor: tuple[DivisorRule, ...]
    """The least divisor, by year."""

    count: CountRule | None = None
    """The points for the number of innovations; absent where they were not found."""

    maximum: float | None = None
    """The points of a government that has all; absent where it was not found."""

    maximum_mark: _model.Mark | None = None
    """How well the maximum is known."""

    bands: tuple[_model.Band, ...]
    """The bands of the index, highest first."""

    window: _base.Period | None = None
    """When an innovation must have come into use to count."""

    window_mark: _model.Mark | None = None
    """How well the window is known."""

    fixed: tuple[Fixed, ...] = ()
    """Indicators that nobody can raise any more."""

    provenance: tuple[_model.Provenance, ...] = ()
    """Where the figures come from."""


class Effort(Value):
    """The effort that the rise of one indicator to a level takes, from the level below it."""

    indicator: str
    """Code of the indicator."""

    level: float
    """The level that is reached."""

    effort: int
    """The effort, in units of the caller's own, 0 to 100,000."""


class Efforts(Value):
    """What rises take. ``IndexFormula::efforts`` knows which indicators are fixed."""

    each: int = DEFAULT
    """Where nothing else is given: for each level."""

    given: tuple[Effort, ...] = DEFAULT
    """Of single rises."""

    fixed: tuple[str, ...] = DEFAULT
    """Indicators that nobody can raise any more."""


class Step(Value):
    """A rise of one indicator."""

    indicator: str
    """Code of the indicator."""

    label: str
    """It in the language of the network."""

    label_en: str | None = None
    """It in English."""

    from_: float | None = None
    """The level now; none if there is no answer."""

    to: float
    """The level reached."""

    asks: str | None = None
    """What that level asks for, where the rubric says so."""

    asks_en: str | None = None
    """The same in English."""

    gain: float
    """The points it brings."""

    effort: int
    """The effort it takes."""


class Aim(Choice):
    """What a plan is to reach.

    * ``effort``: The most points for at most so much effort.
    * ``points``: At least so many points in all, for the least effort.
    """

    _tag = ""
    _shapes = {
        "effort": "value",
        "points": "value",
    }

    kind: Literal["effort", "points"]
    """Which it is."""

    value: int | float | None = None
    """What it carries."""


class Plan(Value):
    """Rises to make together."""

    steps: tuple[Step, ...]
    """The rises, at most one of each indicator, in the order of the rubric."""

    points: float
    """The points after them."""

    effort: int
    """Their effort."""


class IndexScore(Value):
    """The index of a government, part by part."""

    unit: float
    """The points of its own indicators."""

    unit_points: Points | None = None
    """How its own indicators were answered, where they were."""

    innovations: int
    """How many innovations count."""

    divisor: int
    """What their points are divided by."""

    innovation: float
    """Their points, divided."""

    count: float | None = None
    """The points for their number; none if it is not known whether enough services are covered."""

    maximum: float
    """All points that can be had."""

    index: float | None = None
    """The index, 0 to 100, to the millionth; none if the points for the number are not known."""

    least: float
    """The least it can be."""

    most: float
    """The most it can be."""

    band: _model.Band | None = None
    """Its band, of the index in hundredths; given too where what is unknown cannot change it."""


Side: TypeAlias = Literal["own", "verified"]
"""Whose word counts."""


class Level(Value):
    """A level that an indicator may have."""

    level: float
    """The level."""

    label: str | None = None
    """What it asks for, where the rubric says so."""

    label_en: str | None = None
    """The same in English."""


class Indicator(_behaviour.Labelled, Value):
    """One indicator with its level."""

    code: str
    """Its code."""

    label: str
    """It in the language of the network."""

    label_en: str | None = None
    """It in English."""

    weight: float
    """Its weight."""

    mark: _model.Mark | None = None
    """How well the weight is known."""

    is_required: bool
    """Whether it must be answered."""

    level: float | None = None
    """The level reached; none if there is no answer."""

    points: float
    """The points it brings."""

    most: float
    """The points it can bring."""

    evidence: int
    """How many pieces of evidence back it."""

    levels: tuple[Level, ...]
    """The levels there are, lowest first: those of the rubric, else the whole numbers of a scale of up to ten."""


class Points(Value):
    """The points of a rubric."""

    points: float | None = None
    """Those that the answers bring, by the rubric's rule for what is missing; none if the rule refuses."""

    most: float
    """All that can be had."""

    indicators: tuple[Indicator, ...]
    """The indicators."""

    missing: tuple[str, ...]
    """Codes without an answer."""

    missing_required: tuple[str, ...]
    """Those of them that must be answered."""
