"""The values of ``lineage.growth``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value, _behaviour

__all__ = [
    "Fit",
    "Model",
    "Parameter",
    "Unfit",
]


Model: TypeAlias = Literal["logistic", "bass"]
"""A curve of cumulative adoption."""


class Parameter(Value):
    """A parameter of a curve."""

    name: str
    """Its name in the formula."""

    value: float
    """Its value; rates are per period, times in periods from the beginning of the first."""

    standard_error: float
    """Its standard error, from the curvature at the minimum."""


class Fit(_behaviour.GrowthFit, Value):
    """A fitted curve."""

    model: Model
    """Which curve."""

    parameters: tuple[Parameter, ...]
    """Its parameters, in the order of ``Model::parameters``."""

    expected: tuple[float, ...]
    """Adopters of each period, by the curve."""

    residuals: tuple[float, ...]
    """Adopters of each period, observed less expected."""

    rmse: float
    """The root of the mean square of the residuals."""

    r_squared: float
    """The share of the variance of the adopters per period that the curve explains, above 0."""

    aicc: float
    """Akaike's information criterion with the correction for few observations (Hurvich and Tsai 1989), n ln(RSS / n) +
    2 k + 2 k (k + 1) / (n - k - 1) with k = 4. Lower is better; only differences mean something.
    """

    peak: float
    """When most adopt, in periods from the beginning of the first."""


Unfit: TypeAlias = Literal["too-few-periods", "no-growth", "no-shape", "not-converged", "degenerate", "ceiling-open"]
"""Why a curve cannot be fitted. As an error it is ``undetermined``, with the [code](Self::code) as its value."""
