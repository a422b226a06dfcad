"""Where one machine is not enough: the same questions over many partitions.

A network travels to every worker once, as bytes (:func:`pack`). What is done there is a function from Arrow batches to
Arrow batches that keeps nothing between rows: each row is answered by itself, so the union of the partitions is what one
machine gives, however the rows are cut. :func:`candidates`, :func:`neighbours` and :func:`standings` run it on Spark;
:class:`Candidates`, :class:`Neighbours` and :class:`Standings` are the functions themselves, for anything else that maps
Arrow batches (Daft, Ray, a pool of processes).

>>> import jipp, jipp.spark
>>> network = jipp.Network.sample()
>>> answer = jipp.spark.Candidates(jipp.spark.Bytes(jipp.spark.pack(network)), limit=3)
>>> import pyarrow as pa  # doctest: +SKIP
>>> questions = pa.RecordBatch.from_pylist([{"id": "q1", "text": "antrean di puskesmas"}])  # doctest: +SKIP
>>> next(answer([questions])).num_rows  # doctest: +SKIP
3
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from jipp.network import Network

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.broadcast import Broadcast as SparkBroadcast
    from pyspark.sql import DataFrame

__all__ = [
    "Broadcast",
    "Bytes",
    "Candidates",
    "Neighbours",
    "Standings",
    "candidates",
    "neighbours",
    "pack",
    "standings",
    "unpack",
]

_SQLITE = b"SQLite format 3\0"


def pack(network: Network) -> bytes:
    """A network as bytes: of a file its backup, with the indexes; of one in memory its changes.

    Workers open the backup of a file at once; the changes of one in memory they must take in first, which for 100,000
    innovations takes seconds in each of them.
    """
    if network.path is None:
        return network.export_since()
    network.save_snapshot()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "network.jipp")
        network.backup_to(path)
        with open(path, "rb") as file:
            return file.read()


_open: dict[str, Network] = {}
_lock = threading.Lock()


def unpack(data: bytes) -> Network:
    """The network that was packed: opened once in each process, whoever asks."""
    name = f"{os.getpid()}-{hashlib.sha256(data).hexdigest()}"
    with _lock:
        if name not in _open:
            _open[name] = _opened(data)
        return _open[name]


def _opened(data: bytes) -> Network:
    if not data.startswith(_SQLITE):
        network = Network.in_memory(origin="worker")
        network.apply(data)
        return network
    # The folder stays as long as the process, which reads from it.
    folder = tempfile.TemporaryDirectory(prefix="jipp-")
    path = os.path.join(folder.name, "network.jipp")
    with open(path, "wb") as file:
        file.write(data)
    network = Network.open(path, origin="worker", read_only=True)
    _folders.append(folder)
    return network


_folders: list[tempfile.TemporaryDirectory[str]] = []


class Packed(Protocol):
    """Where a worker finds the packed network."""

    def load(self) -> bytes:
        """The bytes of :func:`pack`."""
        ...


class Bytes:
    """A packed network that travels with the function."""

    def __init__(self, data: bytes) -> None:
        """``data`` is what :func:`pack` gave."""
        self._data = data

    def load(self) -> bytes:
        """The bytes."""
        return self._data


class Broadcast:
    """A packed network in a broadcast of Spark, which each worker fetches once."""

    def __init__(self, broadcast: SparkBroadcast[bytes]) -> None:
        """``broadcast`` holds what :func:`pack` gave."""
        self._broadcast = broadcast

    def load(self) -> bytes:
        """The bytes."""
        return self._broadcast.value


class _Mapped(ABC):
    """A function from Arrow batches to Arrow batches that answers each row by itself."""

    #: The column that names a row.
    key = "id"

    def __init__(self, network: Packed) -> None:
        self._network = network

    @abstractmethod
    def schema(self) -> pa.Schema:
        """The columns of the answer."""

    @abstractmethod
    def _answer(self, network: Network, row: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
        """The rows that answer one row."""

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The answers to the rows of some batches, batch by batch."""
        import pyarrow as pa

        schema, network = self.schema(), None
        for batch in batches:
            if self.key not in batch.schema.names:
                raise ValueError(f"a column {self.key!r} must name the rows; there are {', '.join(batch.schema.names)}")
            network = network or unpack(self._network.load())
            rows = []
            for row in batch.to_pylist():
                try:
                    rows.extend(self._answer(network, row))
                except Exception as error:
                    error.add_note(f"in the row whose {self.key} is {row[self.key]!r}")
                    raise
            yield pa.RecordBatch.from_pylist(rows, schema=schema)


class Candidates(_Mapped):
    """Candidates for each question: a row has an ``id`` and the fields of a :class:`jipp.network.Question`."""

    def __init__(self, network: Packed, **fields: Any) -> None:
        """``fields`` are those of a question, for the rows that do not have them."""
        super().__init__(network)
        self._fields = fields

    def schema(self) -> pa.Schema:
        """One row for each candidate: the id of its question, its rank from 1, and what it is."""
        import pyarrow as pa

        part = pa.struct([("factor", pa.string()), ("points", pa.float64())])
        return pa.schema(
            [
                ("id", pa.string()),
                ("rank", pa.int32()),
                ("innovation", pa.string()),
                ("title", pa.string()),
                ("owner", pa.string()),
                ("owner_name", pa.string()),
                ("region", pa.string()),
                ("score", pa.float64()),
                ("parts", pa.list_(part)),
                ("hubs", pa.list_(pa.string())),
            ]
        )

    def _answer(self, network: Network, row: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
        given = {name: value for name, value in row.items() if name != self.key and value is not None}
        found = network.candidates({**self._fields, **given})
        for rank, one in enumerate(found, 1):
            yield {
                "id": str(row[self.key]),
                "rank": rank,
                "innovation": one.innovation,
                "title": one.title,
                "owner": one.owner,
                "owner_name": one.owner_name,
                "region": one.region,
                "score": one.score / 1e6,
                "parts": [{"factor": part.ground.factor, "points": part.points / 1e6} for part in one.parts],
                "hubs": [hub.hub for hub in one.hubs],
            }


class Neighbours(_Mapped):
    """The innovations most like each innovation, which a row names by its ``id``: likely duplicates and replications."""

    def __init__(self, network: Packed, *, limit: int = 10, likeness: int = 500) -> None:
        """At most ``limit`` of them, which reach ``likeness`` in thousandths."""
        super().__init__(network)
        self._limit, self._likeness = limit, likeness

    def schema(self) -> pa.Schema:
        """One row for each pair: the innovation, the one that is like it, and how alike they are, in thousandths."""
        import pyarrow as pa

        return pa.schema(
            [("id", pa.string()), ("innovation", pa.string()), ("title", pa.string()), ("likeness", pa.int32())]
        )

    def _answer(self, network: Network, row: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
        for one in network.matching.neighbours(row[self.key], limit=self._limit):
            if one.likeness >= self._likeness:
                yield {
                    "id": row[self.key],
                    "innovation": one.innovation,
                    "title": one.title,
                    "likeness": one.likeness,
                }


class Standings(_Mapped):
    """The places of each edition, which a row names by its ``id``, with options of its own where it has them."""

    def __init__(self, network: Packed, **fields: Any) -> None:
        """``fields`` are those of :class:`jipp.network.ScoringOptions`, for the rows that do not have them."""
        super().__init__(network)
        self._fields = fields

    def schema(self) -> pa.Schema:
        """One row for each proposal with a place."""
        import pyarrow as pa

        return pa.schema(
            [
                ("id", pa.string()),
                ("place", pa.int32()),
                ("shared_by", pa.int32()),
                ("proposal", pa.string()),
                ("score", pa.float64()),
                ("position", pa.string()),
            ]
        )

    def _answer(self, network: Network, row: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
        given = {name: value for name, value in row.items() if name != self.key and value is not None}
        standings = network.evaluation.score({**self._fields, **given, "edition": row[self.key]}).standings
        for one in standings.places if standings else ():
            yield {
                "id": row[self.key],
                "place": one.place,
                "shared_by": one.shared_by,
                "proposal": one.proposal,
                "score": one.score,
                "position": one.position,
            }


def _spread(frame: DataFrame, network: Network | bytes, function: Callable[[Packed], _Mapped]) -> DataFrame:
    from pyspark.sql.pandas.types import from_arrow_schema

    data = pack(network) if isinstance(network, Network) else network
    mapped = function(Broadcast(frame.sparkSession.sparkContext.broadcast(data)))
    return frame.mapInArrow(mapped, from_arrow_schema(mapped.schema()))


def candidates(frame: DataFrame, network: Network | bytes, **fields: Any) -> DataFrame:
    """Candidates for each question of a Spark frame; see :class:`Candidates`. ``network`` may be packed already."""
    return _spread(frame, network, lambda packed: Candidates(packed, **fields))


def neighbours(frame: DataFrame, network: Network | bytes, *, limit: int = 10, likeness: int = 500) -> DataFrame:
    """The innovations most like each innovation of a Spark frame; see :class:`Neighbours`."""
    return _spread(frame, network, lambda packed: Neighbours(packed, limit=limit, likeness=likeness))


def standings(frame: DataFrame, network: Network | bytes, **fields: Any) -> DataFrame:
    """The places of each edition of a Spark frame; see :class:`Standings`."""
    return _spread(frame, network, lambda packed: Standings(packed, **fields))
