"""Which records are the same thing: within one table, or between two.

The linker learns from the tables themselves how telling each field is (Fellegi and Sunter 1969, by expectation and
maximisation), and explains every pair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from jipp import _jipp
from jipp._frames import rows_of
from jipp._options import merged
from jipp._values import Value
from jipp._values.matching_linkage import *  # noqa: F403
from jipp._values.matching_linkage import __all__ as _values

if TYPE_CHECKING:
    from jipp._values import matching_linkage as _linkage

__all__ = ["LinkageResult", "RecordLinker", "isotonic", *_values]


class LinkageResult:
    """What linking found. Pairs become Python values when they are looked at."""

    __slots__ = ("_native",)

    def __init__(self, native: _jipp.LinkageResult) -> None:
        """Takes what the native module found; users ask a :class:`RecordLinker` or a network."""
        self._native = native

    @property
    def fields(self) -> list[str]:
        """The names of the fields; parts of pairs refer to them by place."""
        return self._native.fields

    @property
    def pairs(self) -> Sequence[_linkage.Pair]:
        """The pairs from ``report_from`` on, the strongest first."""
        return self._native.pairs

    @property
    def links(self) -> Sequence[_linkage.Pair]:
        """The pairs that are linked, the strongest first."""
        return self._native.links

    @property
    def clusters(self) -> Sequence[_linkage.Cluster]:
        """Within one table: groups of records that are one thing. Between two tables empty."""
        return self._native.clusters

    @property
    def model(self) -> _linkage.LinkageModel:
        """What was learned, to be used again."""
        return self._native.model

    @property
    def counts(self) -> _linkage.LinkageCounts:
        """How many pairs were looked at."""
        return self._native.counts

    def expectations(self) -> Sequence[_linkage.Expectation]:
        """What each threshold from 1 to 99 hundredths would bring."""
        return self._native.expectations()

    def __repr__(self) -> str:
        return repr(self._native)


class RecordLinker:
    """Finds records that are the same thing.

    ``fields`` say what is compared: names of columns as long as all are texts, or a mapping of columns to kinds
    (``text``, ``long-text``, ``code``, ``number``, ``date``, ``year``), or :class:`FieldSpec`. All other settings have
    defaults that suit most tables. ``model`` is one that was learned before: then nothing is learned any more.

    Raises :class:`jipp.errors.InvalidError` for settings that cannot be used.

    >>> rows = [{"id": f"r{n}", "name": name, "since": 2010 + n % 7} for n, name in enumerate(
    ...     ["Gerai KTP", "Bank Sampah", "Antre Daring", "Posyandu", "Perpustakaan", "Air Bersih", "Sekolah", "Gerai KTP-el"])]
    >>> found = RecordLinker({"name": "text", "since": "year"}).dedupe(rows)
    >>> found.counts.records
    8
    """

    __slots__ = ("_native",)

    def __init__(
        self,
        compared: Mapping[str, str] | Sequence[str | _linkage.FieldSpec | Mapping[str, Any]] | None = None,
        /,
        settings: _linkage.LinkageSettings | Mapping[str, Any] | None = None,
        *,
        model: _linkage.LinkageModel | Mapping[str, Any] | None = None,
        **options: Unpack[_linkage.LinkageSettingsFields],
    ) -> None:
        """Settings as fields and keywords, or all in one."""
        chosen = merged(settings, options)
        if compared is not None:
            chosen["fields"] = _specs(compared)
        self._native = _jipp.RecordLinker(chosen, model=model)

    @property
    def settings(self) -> _linkage.LinkageSettings:
        """The settings."""
        return self._native.settings

    def dedupe(
        self,
        table: Any,
        /,
        *,
        id: str = "id",
        labels: Iterable[_linkage.Label | Mapping[str, Any]] = (),
        cannot_link: Iterable[tuple[str, str]] = (),
        progress: Callable[[_linkage.LinkageProgress], object] | None = None,
    ) -> LinkageResult:
        """Finds duplicates within a table: a data frame, or rows as mappings.

        ``id`` is the column with the id of each row. ``labels`` are pairs whose truth is known; ``cannot_link`` pairs of
        ids that are never one. ``progress`` is told how far it is, and stops the work by returning False.

        Raises :class:`jipp.errors.InvalidError` with row and column for a value that cannot be read, and for an id that
        is missing or stands twice.
        """
        found = self._native.dedupe(
            rows_of(table), id=id, labels=list(labels), cannot_link=list(cannot_link), progress=progress
        )
        return LinkageResult(found)

    def link(
        self,
        left: Any,
        right: Any,
        /,
        *,
        id: str = "id",
        labels: Iterable[_linkage.Label | Mapping[str, Any]] = (),
        cannot_link: Iterable[tuple[str, str]] = (),
        progress: Callable[[_linkage.LinkageProgress], object] | None = None,
    ) -> LinkageResult:
        """Finds what two tables share; as :meth:`dedupe`, with ids of the first table before those of the second."""
        found = self._native.link(
            rows_of(left),
            rows_of(right),
            id=id,
            labels=list(labels),
            cannot_link=list(cannot_link),
            progress=progress,
        )
        return LinkageResult(found)

    def __repr__(self) -> str:
        return repr(self._native)


def _specs(fields: Any) -> list[Any]:
    if isinstance(fields, Mapping):
        return [{"name": name, "kind": kind} for name, kind in fields.items()]
    if isinstance(fields, (str, Value)):
        raise TypeError("fields are a mapping of columns to kinds, or a list of columns")
    return [{"name": field, "kind": "text"} if isinstance(field, str) else field for field in fields]


def isotonic(truth: Iterable[tuple[int, bool]], /) -> _linkage.Isotonic:
    """Probabilities that rise with the weight of a pair, as its truth has it (isotonic regression)."""
    return _jipp.linkage_isotonic(list(truth))
