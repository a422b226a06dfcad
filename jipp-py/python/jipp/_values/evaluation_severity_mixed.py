"""The values of ``evaluation.severity.mixed``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value

__all__ = [
    "Effect",
    "Fit",
    "Options",
    "Variances",
]


class Options(Value):
    """The scale of the scores, and how long to search."""

    lowest: float = DEFAULT
    """The lowest score that can be given."""

    highest: float = DEFAULT
    """The highest score that can be given."""

    iterations: int = DEFAULT
    """Steps of the search at most, 1 to 10,000."""


if TYPE_CHECKING:

    class OptionsFields(TypedDict, total=False):
        """The fields of :class:`Options`, as keyword arguments."""

        lowest: float
        highest: float
        iterations: int


class Effect(Value):
    """What was estimated about one proposal, assessor or criterion, in points of the scale."""

    id: int
    """Its number, as in the observations."""

    scores: int
    """How many scores it has."""

    raw_mean: float
    """Their plain mean."""

    estimate: float
    """Proposal: the adjusted score, that is ``Fit::mean`` and its effect. Assessor: the severity, points *below* what
    others would give. Criterion: points above the mean of the criteria.
    """

    standard_error: float
    """The standard error. Of proposals and assessors that of the prediction of their effect (the root of the
    prediction error variance, the variances being taken as known); of criteria that of the estimate.
    """


class Variances(Value):
    """The variances of the model, in squared points."""

    proposal: float
    """Between proposals: what the competition is about."""

    assessor: float
    """Between assessors: how much severity differs."""

    error: float
    """What is left."""


class Fit(Value):
    """A fitted model. Lists are in the order of the numbers."""

    mean: float
    """The mean of the criterion means: the score of a proposal like all others from an assessor like all others."""

    mean_error: float
    """The standard error of the mean."""

    proposals: tuple[Effect, ...]
    """The proposals with their adjusted scores."""

    assessors: tuple[Effect, ...]
    """The assessors with their severities."""

    criteria: tuple[Effect, ...]
    """The criteria with their effects."""

    variances: Variances
    """The variances."""

    reliability: float
    """How surely the proposals are told apart, 0 to 1: the mean of the squared correlations of true and predicted
    effects, 1 - (prediction error variance) / (variance of proposals) (Henderson 1975). 0 where proposals do not
    differ.
    """

    separation: float
    """The same as a ratio of spreads: the root of reliability / (1 - reliability)."""

    criterion: float
    """The REML criterion at the estimate: -2 log likelihood, with one mean for each criterion."""

    iterations: int
    """Steps of the search."""

    converged: bool
    """Whether the search came to rest."""
