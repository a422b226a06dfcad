"""Matching: what is alike, what is new, what is recorded twice; and how texts are read for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from jipp import _jipp
from jipp._arrays import nested
from jipp._options import merged
from jipp._values.matching import *  # noqa: F403
from jipp._values.matching import __all__ as _values
from jipp.matching import linkage

if TYPE_CHECKING:
    from jipp._values import matching as _matching
    from jipp._values import matching_linkage as _linkage
    from jipp._values import network as _network

__all__ = ["Analyzer", "Hit", "MatchingOfNetwork", "Part", "TextIndex", "acronyms", "linkage", *_values]


def acronyms(text: str, /) -> list[tuple[str, str]]:
    """The acronyms that a text explains itself, each with its words.

    >>> acronyms("Gerai Pelayanan Terpadu (GPT) dibuka")
    [('GPT', 'Gerai Pelayanan Terpadu')]
    """
    return _jipp.text_acronyms(text)


class Analyzer:
    """Text to terms: folding, stop words, and Indonesian and English stems. Immutable.

    >>> analyzer = Analyzer()
    >>> analyzer.stem("pelayanan")
    'layan'
    >>> [token.term for token in analyzer.tokens("Pelayanan yang cepat")]
    ['layan', 'cepat']
    """

    __slots__ = ("_native",)

    def __init__(
        self, *, roots: Iterable[str] = (), stop_words: Iterable[str] = (), standard: bool = True
    ) -> None:
        """The standard lists and these words more; without ``standard``, these words alone."""
        self._native = _jipp.Analyzer(roots=list(roots), stop_words=list(stop_words), is_standard=standard)

    @classmethod
    def verbatim(cls) -> Analyzer:
        """One that only folds: no stems, no stop words."""
        analyzer = cls.__new__(cls)
        analyzer._native = _jipp.Analyzer.verbatim()
        return analyzer

    @property
    def fingerprint(self) -> int:
        """A number that is the same for analyzers that do the same."""
        return self._native.fingerprint

    def is_stop_word(self, word: str, /) -> bool:
        """Whether a folded word says nothing of what a text is about."""
        return self._native.is_stop_word(word)

    def stem(self, word: str, /) -> str:
        """The stem of a folded word."""
        return self._native.stem(word)

    def term(self, word: str, /) -> str | None:
        """The term of a folded word; None for a stop word."""
        return self._native.term(word)

    def tokens(self, text: str, /) -> Sequence[_matching.Token]:
        """The words of a text that count, in order, each with its term."""
        return self._native.tokens(text)


class Part(NamedTuple):
    """A part of the score of a document."""

    words: str
    """The word or phrase as it stands in the query, folded."""

    matched: str
    """What stands in the document for it."""

    kind: _matching.MatchKind
    """How the two belong together."""

    score: int
    """What it adds."""

    fields: tuple[tuple[str, int], ...]
    """The fields that hold the match, each with its share, largest first."""


class Hit(NamedTuple):
    """A document that matches."""

    id: str
    """Its id."""

    score: int
    """The sum of its parts; 50,000 for one that could not match better."""

    parts: tuple[Part, ...]
    """What the score is made of."""


class TextIndex:
    """Texts of your own, searched as innovations are: Indonesian and English stems, words that mean the same, misspellings.

    ``fields`` are the fields of a document with their weights, 1 to 10,000 (300 for a title beside 100 for a text, say).
    ``groups`` are words that stand for one another besides those that the library knows, ``acronyms`` what they stand
    for; without ``standard``, these alone. May be shared between threads.

    >>> index = TextIndex({"title": 300, "problem": 100})
    >>> index.insert("gerai", title="Gerai KTP-el Keliling", problem="Warga pulau sulit mengurus kartu tanda penduduk")
    >>> index.insert("sampah", title="Jemput Sampah", problem="Sampah rumah tangga tidak terangkut")
    >>> [hit.id for hit in index.search("pengurusan KTP")]
    ['gerai']
    """

    __slots__ = ("_native",)

    def __init__(
        self,
        fields: Mapping[str, int],
        /,
        *,
        analyzer: Analyzer | None = None,
        groups: Iterable[Sequence[str]] = (),
        acronyms: Mapping[str, str] | None = None,
        standard: bool = True,
    ) -> None:
        """An empty index; raises :class:`jipp.errors.InvalidError` for fields or groups that cannot be used."""
        native = (analyzer or Analyzer())._native
        alike = [(list(group), 1000) for group in groups]
        self._native = _jipp.TextIndex(list(fields.items()), native, standard, alike, list((acronyms or {}).items()))

    def insert(self, id: str, /, **texts: str) -> None:
        """Puts a document in, or in the place of the one with its id: the texts of its fields."""
        self._native.insert(id, list(texts.items()))

    def remove(self, id: str, /) -> bool:
        """Takes a document out; whether it was there."""
        return self._native.remove(id)

    def search(self, text: str, /, *, limit: int = 10) -> list[Hit]:
        """The best documents for a text, best first, equals in the order of entering, each with what its score is made of."""
        found = self._native.search(text, limit)
        return [
            Hit(id, score, tuple(Part(*part[:4], fields=tuple(part[4])) for part in parts)) for id, score, parts in found
        ]

    def words(self, text: str, /) -> list[str]:
        """The words of a text that are searched for."""
        return self._native.words(text)

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and id in self._native

    def __len__(self) -> int:
        return len(self._native)

    def __repr__(self) -> str:
        return f"<TextIndex of {len(self):,} documents>"


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
    ) -> Sequence[_network.NearDuplicate]:
        """Every innovation with each of those most like it; only those that reach a likeness, in thousandths."""
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

    def candidates_with_vectors(
        self,
        question: str | _network.Question | Mapping[str, Any],
        /,
        vectors: Mapping[str, Sequence[float] | Any],
        need: Sequence[float] | Any,
        **fields: Unpack[_network.QuestionFields],
    ) -> _jipp.Candidates:
        """Candidates by words and by vectors that you bring: embeddings of any model.

        ``vectors`` has one for each innovation, by its id (lists or NumPy arrays), ``need`` is that of the question; all
        are of one length, which does not matter otherwise: they are compared by their cosine.

        Raises :class:`jipp.errors.InvalidError` for a vector of another length, or with a number that is not finite.
        """
        asked = merged({"text": question} if isinstance(question, str) else question, fields)
        given = [(id, nested(vector)) for id, vector in vectors.items()]
        return self._native.candidates_with_vectors(asked, given, nested(need))

    def duplicate_settings(self) -> _linkage.LinkageSettings:
        """How :meth:`duplicates` compares innovations, to be adjusted with ``replace``."""
        return _jipp.Network.duplicate_settings()

    def duplicates(
        self,
        settings: _linkage.LinkageSettings | Mapping[str, Any] | None = None,
        /,
        *,
        labels: Iterable[_linkage.Label | Mapping[str, Any]] = (),
        progress: Callable[[_linkage.LinkageProgress], object] | None = None,
    ) -> linkage.LinkageResult:
        """Innovations that are recorded more than once: pairs with their probability and the evidence, and clusters.

        Records of different owners, and those that a known replication joins, are never linked. ``labels`` are pairs
        whose truth is known. ``progress`` is told how far it is, and stops the work by returning False.

        >>> import jipp
        >>> found = jipp.Network.sample().matching.duplicates()
        >>> found.counts.records == jipp.Network.sample().count("innovation")
        True
        """
        return linkage.LinkageResult(self._native.duplicates(settings, labels=list(labels), progress=progress))
