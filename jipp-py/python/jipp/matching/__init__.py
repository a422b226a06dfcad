"""Matching: what is alike, what is new, and what is recorded twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, Unpack

from jipp import _jipp
from jipp._options import merged
from jipp._values.matching import *  # noqa: F403
from jipp._values.matching import __all__ as _values

if TYPE_CHECKING:
    from jipp._values import network as _network

__all__ = ["MatchingOfNetwork", *_values]


class MatchingOfNetwork:
    """Questions on what is alike in a network."""

    __slots__ = ("_native",)

    def __init__(self, native: _jipp.Network) -> None:
        """Takes a network of the native module; users ask a network for it."""
        self._native = native

    def __repr__(self) -> str:
        return "<MatchingOfNetwork>"

    def candidates_batch(
        self,
        questions: Sequence[str | _network.Question | Mapping[str, Any]] | Any,
        /,
        *,
        threads: int = 1,
        progress: Callable[[int, int], object] | None = None,
    ) -> list[_jipp.Candidates]:
        """Candidates for many questions, in their order; the same for any number of threads.

        A data frame asks one question with each row, its columns being fields of :class:`jipp.network.Question`.

        ``progress`` is told how many are done of how many, and stops the work by returning False.
        """
        asked: Any = questions
        if not hasattr(questions, "__arrow_c_stream__"):
            asked = [{"text": one} if isinstance(one, str) else one for one in questions]
        return self._native.candidates_batch(asked, threads=threads, progress=progress)

    def neighbours(self, innovation: str, /, *, limit: int = 10) -> Sequence[_network.Neighbour]:
        """The innovations most like one of them, most alike first."""
        return self._native.neighbours(innovation, limit)

    def check_draft(
        self, draft: _network.Draft | Mapping[str, Any] | None = None, /, **fields: Any
    ) -> _network.DraftCheck:
        """Whether a draft is new, may be a replication, or is likely recorded already."""
        return self._native.check_draft(draft, **fields)

    def near_duplicates(
        self,
        *,
        limit: int = 10,
        likeness: int = 500,
        threads: int = 1,
        progress: Callable[[int, int], object] | None = None,
    ) -> tuple[tuple[str, tuple[_network.Neighbour, ...]], ...]:
        """Every innovation with those most like it; only those that reach a likeness, in thousandths."""
        return self._native.near_duplicates(limit=limit, likeness=likeness, threads=threads, progress=progress)

    def searched_texts(self, innovation: str, /) -> tuple[tuple[int, str], ...]:
        """What is searched of an innovation: places of fields, each with a text."""
        return self._native.searched_texts(innovation)

    def fit_weights(
        self,
        labels: Sequence[_network.Label | Mapping[str, Any]],
        options: _network.FitOptions | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_network.FitOptionsFields],
    ) -> _network.Fit:
        """Weights of the factors, learned from pairs of need and innovation."""
        return self._native.fit_weights(labels, options, **fields)

    def labels_from_replications(self) -> tuple[_network.Label, ...]:
        """What replications on record say of needs and innovations, to learn from."""
        return self._native.labels_from_replications()
