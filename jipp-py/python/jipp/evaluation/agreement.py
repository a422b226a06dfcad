"""How far assessors agree.

Ratings are rows of numbers, one row for each rater and one column for each unit, as lists, a NumPy array or anything with
the buffer protocol; None and NaN are missing. Ratings that are asked more than once are best read once, as
:class:`Ratings`.

Where ratings have no coefficient (all are the same, no unit was rated twice, ...), every function raises
:class:`jipp.errors.RefusedError` with the code ``undetermined`` and the reason as its ``value``: it never gives NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, SupportsFloat, Unpack

from jipp import _jipp
from jipp._arrays import Matrix, nested
from jipp._values.evaluation_agreement import *  # noqa: F403
from jipp._values.evaluation_agreement import __all__ as _values

if TYPE_CHECKING:
    from jipp._values import evaluation_agreement as _agreement

__all__ = [
    "Ratings",
    "bootstrap",
    "chance_corrected",
    "icc",
    "kendall",
    "krippendorff",
    "krippendorff_interval",
    *_values,
]


class Ratings:
    """Ratings of units by raters, on a scale with a level of measurement.

    >>> ratings = Ratings([[70, None], [80, 65]], level="interval")
    >>> ratings.raters, ratings.units, ratings.categories
    (2, 2, [65.0, 70.0, 80.0])
    """

    __slots__ = ("_native",)

    def __init__(
        self, ratings: Matrix, /, *, level: _agreement.Level, categories: Sequence[float] | None = None
    ) -> None:
        """Reads ratings, one row for each rater.

        ``level`` is ``nominal``, ``ordinal``, ``interval`` or ``ratio``. ``categories`` are those that could have been
        chosen; without them, those that occur. Raises :class:`jipp.errors.InvalidError` with the place of a rating
        that is no number, and for rows of different lengths.
        """
        self._native = _jipp.Ratings(nested(ratings), level, None if categories is None else nested(categories))

    @classmethod
    def _of(cls, native: _jipp.Ratings) -> Ratings:
        ratings = cls.__new__(cls)
        ratings._native = native
        return ratings

    @classmethod
    def from_counts(cls, categories: Sequence[float], counts: Matrix, /, *, level: _agreement.Level) -> Ratings:
        """Ratings of which only the counts are known: for each unit, how many raters chose each category.

        >>> Ratings.from_counts([1, 2], [[3, 0], [1, 2]], level="nominal").raters
        3
        """
        return cls._of(_jipp.Ratings.from_counts(nested(categories), nested(counts), level))

    def at(self, level: _agreement.Level, /) -> Ratings:
        """The same ratings read at another level of measurement."""
        return self._of(self._native.at(level))

    def with_categories(self, categories: Sequence[float], /) -> Ratings:
        """The same with categories that could have been chosen and perhaps never were."""
        return self._of(self._native.with_categories(nested(categories)))

    @property
    def level(self) -> _agreement.Level:
        """The level of measurement."""
        return self._native.level

    @property
    def raters(self) -> int:
        """How many raters there are; for counts, the most ratings of a unit."""
        return self._native.raters

    @property
    def units(self) -> int:
        """How many units there are, rated or not."""
        return self._native.units

    @property
    def categories(self) -> list[float]:
        """The categories, in order."""
        return self._native.categories

    def to_rows(self) -> list[list[float | None]]:
        """The ratings as they were given, one row for each rater."""
        return self._native.to_rows()

    def __reduce__(self) -> Any:
        return _ratings, (self.to_rows(), self.level, self.categories)

    def __repr__(self) -> str:
        return repr(self._native)


def _ratings(rows: list[list[float | None]], level: _agreement.Level, categories: list[float]) -> Ratings:
    return Ratings(rows, level=level, categories=categories)


def _read(ratings: Ratings | Matrix, level: _agreement.Level | None, default: _agreement.Level | None = None) -> _jipp.Ratings:
    if isinstance(ratings, Ratings):
        return (ratings if level is None else ratings.at(level))._native
    level = level or default
    if level is None:
        raise TypeError("level is nominal, ordinal, interval or ratio; it must be given with plain ratings")
    return _jipp.Ratings(nested(ratings), level)


def krippendorff(ratings: Ratings | Matrix, /, *, level: _agreement.Level | None = None) -> _agreement.Alpha:
    """Krippendorff's alpha; any number of raters, with gaps.

    >>> found = krippendorff([[1, 2, 3, None], [1, 2, 3, 3], [1, 1, 3, 3]], level="ordinal")
    >>> round(float(found), 6) == round(found.value, 6) == round(1 - found.observed / found.expected, 6)
    True
    """
    return _jipp.agreement_krippendorff(_read(ratings, level))


def krippendorff_interval(
    ratings: Ratings | Matrix,
    options: _agreement.Bootstrap | Mapping[str, Any] | None = None,
    /,
    *,
    level: _agreement.Level | None = None,
    **fields: Unpack[_agreement.BootstrapFields],
) -> _agreement.BootstrapInterval:
    """How sure Krippendorff's alpha is, by drawing units again: ``resamples``, ``seed``, ``confidence``, ``threads``.

    >>> ratings = [[1, 2, 3, 1, 2, 3, 1, 2], [1, 2, 3, 1, 2, 3, 2, 2]]
    >>> found = krippendorff_interval(ratings, level="nominal", resamples=200)
    >>> found.interval.low <= krippendorff(ratings, level="nominal").value <= found.interval.high
    True
    """
    return _jipp.agreement_krippendorff_interval(_read(ratings, level), options, **fields)


def chance_corrected(
    ratings: Ratings | Matrix,
    /,
    *,
    model: _agreement.ChanceModel,
    weighting: _agreement.Weighting = "identity",
    level: _agreement.Level | None = None,
) -> _agreement.ChanceCorrected:
    """A coefficient of agreement that is corrected for chance: Fleiss' and Conger's kappa, Gwet's AC1 and AC2, ...

    ``model`` says what chance is, ``weighting`` how much of an agreement near misses are. Plain ratings are read as
    ``ordinal`` unless ``level`` says otherwise.

    >>> round(chance_corrected([[1, 2, 3, 3], [1, 2, 3, 2]], model="gwet").observed, 2)
    0.75
    """
    return _jipp.agreement_chance_corrected(_read(ratings, level, "ordinal"), model, weighting)


def kendall(ratings: Ratings | Matrix, /, *, level: _agreement.Level | None = None) -> _agreement.Kendall:
    """Kendall's W of the units that every rater rated, with and without the correction for ties.

    >>> kendall([[1, 2, 3, 4], [1, 2, 3, 4]]).corrected.w
    1.0
    """
    return _jipp.agreement_kendall(_read(ratings, level, "ordinal"))


def icc(ratings: Ratings | Matrix, /, *, level: _agreement.Level | None = None) -> _agreement.Icc:
    """The six intraclass correlations of Shrout and Fleiss, of the units that every rater rated.

    A single form may be undefined where others are not: ``of(form)`` says it.

    >>> found = icc([[9, 6, 8, 7], [2, 1, 4, 1], [5, 3, 6, 2]])
    >>> found.of("icc-3-k").kind, found.units, found.raters
    ('defined', 4, 3)
    """
    return _jipp.agreement_icc(_read(ratings, level, "interval"))


def bootstrap(
    ratings: Ratings | Matrix,
    statistic: Callable[[Ratings], SupportsFloat],
    options: _agreement.Bootstrap | Mapping[str, Any] | None = None,
    /,
    *,
    level: _agreement.Level | None = None,
    **fields: Unpack[_agreement.BootstrapFields],
) -> _agreement.BootstrapInterval:
    """How sure any statistic of ratings is, by drawing units again.

    A resample for which the statistic is ``undetermined``, or not finite, is left out and counted. What else the
    statistic raises is raised.

    >>> ratings = Ratings([[1, 2, 3, 1, 2, 3], [1, 2, 3, 1, 2, 1]], level="ordinal")
    >>> found = bootstrap(ratings, lambda drawn: chance_corrected(drawn, model="gwet"), resamples=50)
    >>> found.resamples + found.undefined
    50
    """
    return _jipp.agreement_bootstrap(
        _read(ratings, level), lambda native: float(statistic(Ratings._of(native))), options, **fields
    )
