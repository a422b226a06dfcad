"""The values of ``evaluation.decision``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value, _behaviour

__all__ = [
    "Aim",
    "Ballot",
    "BradleyTerry",
    "Criterion",
    "Flows",
    "Normalization",
    "Preference",
    "Strength",
]


class Ballot(Value):
    """An order that one or more voters gave."""

    voters: int
    """How many gave it."""

    order: tuple[tuple[int, ...], ...]
    """The entries from best to last; those in one group are tied. Entries that are not named are tied for last."""


class Strength(_behaviour.Number, Value):
    """The strength of an entry."""

    value: float
    """The natural logarithm of ``w``; over all entries they add up to 0."""

    standard_error: float
    """Its standard error."""


class BradleyTerry(_behaviour.BradleyTerry, Value):
    """What the comparisons say."""

    strengths: tuple[Strength, ...]
    """In the order of the entries."""

    log_likelihood: float
    """The logarithm of the likelihood of the comparisons."""

    steps: int
    """How many steps the fit took."""


class Preference(Choice):
    """How much better a difference ``d`` in a criterion makes an alternative: 0 (not) to 1 (strictly). No preference where
    ``d <= 0``. Thresholds are in the unit of the criterion.

    * ``usual``: Any difference counts in full.
    * ``u-shape``: Differences above ``indifference`` count in full.
    * ``v-shape``: In proportion up to ``preference``, in full from there.
    * ``level``: Half above ``indifference``, in full above ``preference``.
    * ``linear``: From 0 at ``indifference`` in proportion to 1 at ``preference``.
    * ``gaussian``: ``1 - exp(-d^2 / (2 s^2))``.
    """

    _tag = ""
    _shapes = {
        "usual": "nothing",
        "u-shape": "fields",
        "v-shape": "fields",
        "level": "fields",
        "linear": "fields",
        "gaussian": "fields",
    }

    kind: Literal["usual", "u-shape", "v-shape", "level", "linear", "gaussian"]
    """Which it is."""

    indifference: float | None = None
    """``u-shape``: The largest difference that does not count, 0 or more.
    ``level``: The largest difference that does not count, 0 or more.
    ``linear``: The largest difference that does not count, 0 or more.
    """

    preference: float | None = None
    """``v-shape``: The smallest difference that counts in full, above 0.
    ``level``: The largest difference that counts half, not below ``indifference``.
    ``linear``: The smallest difference that counts in full, above ``indifference``.
    """

    deviation: float | None = None
    """``gaussian``: ``s``, the difference at which the curve bends, above 0."""


class Flows(Value):
    """How an alternative stands to the others."""

    positive: float
    """How much it is preferred to the others, 0 to 1."""

    negative: float
    """How much the others are preferred to it, 0 to 1."""

    net: float
    """The first less the second, -1 to 1: what PROMETHEE II ranks by. Over all alternatives they add up to 0."""


Aim: TypeAlias = Literal["maximise", "minimise"]


class Criterion(Value):
    """A criterion of a decision."""

    weight: float
    """Its weight, 0 to 1; the weights of a table add up to 1."""

    aim: Aim
    """What is better."""


Normalization: TypeAlias = Literal["vector", "min-max"]
