"""The values of ``evaluation.severity.rasch``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value

__all__ = [
    "Element",
    "End",
    "Facet",
    "Fit",
    "FitStatistics",
    "Level",
    "Options",
    "Residual",
    "Statistic",
    "Structure",
    "Thresholds",
]


End: TypeAlias = Literal["lowest", "highest"]
"""The end of the scale at which all scores of an element are."""


class Statistic(Value):
    """A mean square of residuals, and how surprising it is."""

    mean_square: float
    """1 is expected; above, noisier than the model says, below, more regular."""

    z: float
    """About standard normal if the model holds (ZSTD: the Wilson-Hilferty transformation)."""


class FitStatistics(Value):
    """How well the scores of an element fit the model."""

    infit: Statistic
    """Weighted by information: what happens near the element's own measure."""

    outfit: Statistic
    """Unweighted: sensitive to single surprising scores."""


class Element(Value):
    """What was estimated about one proposal, assessor or criterion."""

    id: int
    """Its number, as in the observations."""

    scores: int
    """How many scores it has."""

    raw_mean: float
    """Their plain mean."""

    measure: float
    """In logits: the worth of a proposal, the severity of an assessor, the difficulty of a criterion."""

    standard_error: float
    """The standard error of the measure, with the uncertainty of everything else."""

    model_error: float
    """The standard error if everything else were known: the one of Facets."""

    fair_average: float
    """In points: what a proposal could expect from an assessor of average severity, over all criteria; what an
    assessor would give the average proposal; what the average proposal could expect on a criterion.
    """

    fair_error: float
    """The standard error of the fair average: the slope of the expected score times the standard error of the measure
    (delta method).
    """

    fit: FitStatistics | None = None
    """How well its scores fit; none for extreme elements, which fit trivially."""

    extreme: End | None = None
    """Where all its scores are at one end of the scale (once other extreme elements are out), and its measure
    therefore rests on a convention.
    """


class Facet(Value):
    """All elements of one kind, in the order of their numbers."""

    elements: tuple[Element, ...]
    """The elements."""

    reliability: float
    """The share of the variance of the measures that is not error, 0 to 1; extreme elements apart. Among assessors, a
    high one means that severity *differs*.
    """

    separation: float
    """The same as a ratio of spreads."""


class Level(Value):
    """A level of a scale."""

    level: int
    """The level."""

    count: int
    """How often it was given, extreme elements apart."""

    threshold: float | None = None
    """Where it becomes as likely as the level below, relative to the average threshold, in logits; none for the lowest
    level, and beside a level that was never given.
    """

    standard_error: float | None = None
    """The standard error of the threshold."""


class Structure(Value):
    """The structure of a scale."""

    criterion: int | None = None
    """Whose scale it is; none where all criteria share it."""

    levels: tuple[Level, ...]
    """The levels, from the lowest that can be given."""

    disordered: bool
    """Whether a threshold lies below the one before it: then a level is never the likeliest, and assessors hardly
    use it as a step.
    """


class Residual(Value):
    """What the model expects of one score."""

    expected: float
    """The expected score, in points."""

    deviation: float
    """The standard deviation around it."""

    standardized: float
    """Observed less expected, by the deviation: beyond ±2 worth a look, beyond ±3 a talk."""


class Fit(Value):
    """A fitted model."""

    proposals: Facet
    """The proposals with their measures."""

    assessors: Facet
    """The assessors with their severities; on average zero, extreme ones apart."""

    criteria: Facet
    """The criteria with their difficulties; on average zero, extreme ones apart."""

    scales: tuple[Structure, ...]
    """The one scale, or that of each criterion."""

    residuals: tuple[Residual, ...]
    """For each observation, in the order they came in."""

    log_likelihood: float
    """The log-likelihood of all scores but those of extreme elements."""

    iterations: int
    """Steps taken."""

    converged: bool
    """Whether the climb came to rest."""


Thresholds: TypeAlias = Literal["rating-scale", "partial-credit"]
"""Whose thresholds the levels have."""


class Options(Value):
    """The scale, the model, and how long to climb."""

    lowest: int
    """The lowest level that can be given."""

    highest: int
    """The highest level that can be given: one to nine above the lowest."""

    thresholds: Thresholds
    """Whose thresholds the levels have."""

    iterations: int
    """Steps at most, 1 to 10,000."""


if TYPE_CHECKING:

    class OptionsFields(TypedDict, total=False):
        """The fields of :class:`Options`, as keyword arguments."""

        lowest: int
        highest: int
        thresholds: Thresholds
        iterations: int
