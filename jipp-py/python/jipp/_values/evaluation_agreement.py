"""The values of ``evaluation.agreement``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value, _behaviour

__all__ = [
    "Alpha",
    "Bootstrap",
    "BootstrapInterval",
    "ChanceCorrected",
    "ChanceModel",
    "Concordance",
    "FTest",
    "Icc",
    "IccEstimate",
    "IccForm",
    "Inference",
    "Interval",
    "Kendall",
    "Level",
    "Outcome",
    "Reason",
    "Weighting",
]


class Alpha(_behaviour.Number, Value):
    """Krippendorff's alpha with what it is made of."""

    value: float
    """Alpha: 1 for perfect agreement, 0 for what chance would give, below 0 for systematic disagreement."""

    observed: float
    """The mean disagreement within units, in squared units of the scale (nominal: a share; ordinal: squared ranks)."""

    expected: float
    """The mean disagreement of all ratings, whatever their unit."""

    units: int
    """How many units have two ratings or more: only these count."""

    ratings: float
    """How many ratings they have."""


class Bootstrap(Value):
    """How units are drawn again."""

    resamples: int = DEFAULT
    """How many resamples, 2 to ``MAX_RESAMPLES``."""

    seed: int = DEFAULT
    """Where the draws start: the same seed gives the same interval."""

    confidence: float = DEFAULT
    """The share of the resamples between the ends, above 0 and below 1."""

    threads: int = DEFAULT
    """How many threads work on it, 1 to 256; the answer does not depend on it."""


if TYPE_CHECKING:

    class BootstrapFields(TypedDict, total=False):
        """The fields of :class:`Bootstrap`, as keyword arguments."""

        resamples: int
        seed: int
        confidence: float
        threads: int


class BootstrapInterval(Value):
    """What the resamples say."""

    interval: Interval
    """The ends: quantiles of the resamples, linear between neighbours."""

    standard_error: float
    """The standard deviation of the resamples."""

    resamples: int
    """How many resamples had a value."""

    undefined: int
    """How many had none (one category only, say) and are left out."""


ChanceModel: TypeAlias = Literal["fleiss", "conger", "gwet", "brennan-prediger", "krippendorff"]


class Inference(Value):
    """How sure a coefficient is, if the units are a sample of many."""

    standard_error: float
    """The standard error."""

    interval: Interval
    """The 95 % interval; its upper end is at most 1, its lower end can be below the least possible value."""

    p_value: float
    """How likely a coefficient at least this far from zero is if there is no agreement beyond chance."""


class ChanceCorrected(_behaviour.Number, Value):
    """A coefficient of agreement with what it is made of."""

    value: float
    """The coefficient: 1 for perfect agreement, 0 for what chance would give."""

    observed: float
    """The share of agreement observed, 0 to 1."""

    chance: float
    """The share of agreement by chance, 0 to 1."""

    units: int
    """How many units count: those with a rating; for alpha those with two."""

    inference: Inference | None = None
    """How sure it is; unknown with a single unit."""


class Concordance(Value):
    """A coefficient of concordance with its test."""

    w: float
    """W, 0 (no common order) to 1 (one order)."""

    chi_square: float
    """Friedman's chi-square."""

    freedom: float
    """Its degrees of freedom: the units less one."""

    p_value: float
    """How likely at least so much concordance is if every rater orders by chance (for large ``n`` or ``m``)."""


class Kendall(Value):
    """Kendall's W of the units that every rater rated."""

    corrected: Concordance
    """With the correction for ties: what to use."""

    uncorrected: Concordance
    """Without it: lower if there are ties, the same if there are none."""

    units: int
    """How many units every rater rated."""

    omitted: int
    """How many units are left out because a rating is missing."""

    raters: int
    """How many raters there are."""


IccForm: TypeAlias = Literal["icc-1-1", "icc-2-1", "icc-3-1", "icc-1-k", "icc-2-k", "icc-3-k"]


class FTest(Value):
    """The test that the units do not differ."""

    f: float
    """The ratio of the mean squares."""

    above: float
    """Degrees of freedom above."""

    below: float
    """Degrees of freedom below."""

    p_value: float
    """How likely at least this ratio is if they do not."""


class IccEstimate(_behaviour.Number, Value):
    """One form of the intraclass correlation."""

    value: float
    """The correlation: 1 for perfect agreement (form 3: but for constant differences between raters); below 0 when the
    ratings of a unit differ more than those of different units.
    """

    test: FTest | None = None
    """The test; none where there is no error to test against."""

    interval: Interval | None = None
    """The 95 % interval; none where there is no error."""


class Icc(_behaviour.Icc, Value):
    """The six intraclass correlations of the units that every rater rated."""

    estimates: tuple[Outcome, ...]
    """In the order of ``IccForm::ALL``."""

    units: int
    """How many units every rater rated."""

    omitted: int
    """How many units are left out because a rating is missing."""

    raters: int
    """How many raters there are."""


Reason: TypeAlias = Literal["one-category", "no-pairs", "few-raters", "few-units", "units-alike", "raters-unknown", "not-computable"]


class Outcome(_behaviour.Outcome, Choice):
    """A value, or the reason why there is none.

    * ``defined``: The value.
    * ``undefined``: There is none, for this reason.
    """

    _tag = ""
    _shapes = {
        "defined": "value",
        "undefined": "value",
    }

    kind: Literal["defined", "undefined"]
    """Which it is."""

    value: Any | Reason | None = None
    """What it carries."""


class Interval(Value):
    """Two ends between which a value is thought to lie."""

    low: float
    """The lower end."""

    high: float
    """The upper end."""


Level: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]


Weighting: TypeAlias = Literal["identity", "linear", "quadratic", "ordinal", "radical", "ratio", "circular", "bipolar"]
