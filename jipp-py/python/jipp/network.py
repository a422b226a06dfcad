"""The network: what users hold, and every question put to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from os import PathLike, fspath
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self, TypeAlias, Unpack

from jipp import _jipp
from jipp._edit import Edit, reference
from jipp._jipp import Candidates
from jipp._values import Value
from jipp._values.network import *  # noqa: F403
from jipp._values.network import __all__ as _values
from jipp.errors import JippError
from jipp.evaluation import EvaluationOfNetwork
from jipp.hubs import HubsOfNetwork
from jipp.lineage import LineageOfNetwork
from jipp.matching import MatchingOfNetwork
from jipp.records import Records

if TYPE_CHECKING:
    from jipp._values import exchange as _exchange
    from jipp._values import exchange_gathered as _gathered
    from jipp._values import model as _model
    from jipp._values import network as _network
    from jipp._values import registry as _registry

__all__ = ["Candidates", "GraphActions", "Network", "Salvage", *_values]

Moment: TypeAlias = datetime | str
"""A point in time: a datetime with a zone, or text such as ``2026-11-21T08:00:00Z``."""


class GraphActions(NamedTuple):
    """What a graph adds to a network."""

    actions: tuple[_registry.Action, ...]
    """The innovations and replications to enter, for :meth:`jipp.Edit.add`."""

    known: int
    """How many innovations and replications of the graph the network knows already; they stay as they are."""

    left_out: list[JippError]
    """What cannot be entered, and why."""


class Salvage(NamedTuple):
    """What became of a damaged file."""

    changes: int
    """How many changes were saved."""
    unchecked: int
    """How many of them could be read but not checked, because the change before them is lost."""
    lost: int
    """How many changes are known to be lost."""
    held: int
    """How many of those saved are held back, because what they refer to is lost."""
    problems: tuple[str, ...]
    """What is missing, altered or not understood, with the place."""


def _now(at: Moment | None) -> Moment:
    return datetime.now(UTC) if at is None else at


class Network:
    """A network of public-service innovation: its records, and the questions put to them.

    Open one with :meth:`open`, :meth:`in_memory` or :meth:`sample`. It may be shared between threads: there is one
    writer at a time, and readers see one consistent revision. As a context manager it closes itself.

    >>> import jipp
    >>> network = jipp.Network.sample()
    >>> found = network.candidates("antrean panjang di puskesmas", region="81")
    >>> best = found[0]
    >>> best.score == sum(part.points for part in best.parts)
    True
    """

    def __init__(self, native: _jipp.Network) -> None:
        """Takes a network of the native module; users call :meth:`open` and its like."""
        self._native = native

    @classmethod
    def open(cls, path: str | PathLike[str], *, origin: str = "python", read_only: bool = False) -> Self:
        """Opens the network in a file, which is made if it is not there.

        ``origin`` names this copy of the network; each copy that is written to needs a name of its own. While one
        process writes, others may read (``read_only=True``).

        Raises :class:`jipp.errors.BusyError` if another process has it open for writing,
        :class:`jipp.errors.CorruptError` for a file that is something else or damaged,
        :class:`jipp.errors.UnsupportedError` for one of a newer version.
        """
        return cls(_jipp.Network.open(fspath(path), origin=origin, read_only=read_only))

    @staticmethod
    def salvage(path: str | PathLike[str], target: str | PathLike[str], *, origin: str = "python") -> Salvage:
        """Makes a new network at ``target`` out of every intact change of a damaged file, which is only read.

        What a change refers to may be lost: it is then held back, until a bundle of another copy brings what is missing.
        Raises ``ValueError`` if ``target`` exists.
        """
        numbers, problems = _jipp.Network.salvage(fspath(path), fspath(target), origin=origin)
        return Salvage(*numbers, problems=tuple(problems))

    @classmethod
    def in_memory(cls, *, origin: str = "python") -> Self:
        """An empty network that is gone when it is closed."""
        return cls(_jipp.Network.in_memory(origin=origin))

    @classmethod
    def sample(cls) -> Self:
        """A network of real data, in memory: what public sources tell of innovation in Indonesia.

        Innovations, replications, hubs, activities, regions and needs; every record names its sources.
        """
        from jipp._sample import load

        return cls(load())

    # Life

    def close(self) -> None:
        """Lets go of the file. What was committed is on disk already; closing twice does nothing."""
        self._native.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def is_closed(self) -> bool:
        """Whether it was closed, or belongs to the process that forked this one."""
        return self._native.is_closed

    @property
    def path(self) -> str | None:
        """The file; None in memory."""
        path = self._native.path
        return None if path is None else str(path)

    @property
    def revision(self) -> int:
        """The number of the last commit; 0 for an empty network."""
        return self._native.revision

    def __repr__(self) -> str:
        if self.is_closed:
            return "<Network, closed>"
        where = self.path or "in memory"
        innovations, replications = self._native.count("innovation"), self._native.count("replication")
        return (
            f"<Network {where}: {innovations:,} innovations, {replications:,} replications, revision {self.revision}>"
        )

    def _repr_html_(self) -> str:
        from jipp._html import network

        return network(self)

    # Records

    def records(self, kind: str, *, as_of: int | None = None) -> Records:
        """All records of a kind (``innovation``, ``agency``, ...), by id; ``as_of`` a revision of the past.

        >>> import jipp
        >>> hubs = jipp.Network.sample().records("hub")
        >>> hubs[0].id in hubs
        True
        """
        return Records(self._native.records(kind, as_of=as_of))

    def find(
        self,
        kind: str,
        *,
        state: str | None = None,
        axis: str = "status",
        year: int | None = None,
        valid_on: date | str | None = None,
        external_id: tuple[str, str] | None = None,
        as_of: int | None = None,
    ) -> Records:
        """The records of a kind that say all that is asked for, by id.

        ``state`` is that of an ``axis`` (``status``, ``stage``, ...), ``year`` the one a record belongs to, ``valid_on``
        a date on which it may be valid, ``external_id`` a system and the record's number there; case does not count.

        >>> import jipp
        >>> network = jipp.Network.sample()
        >>> all(edition.year == 2021 for edition in network.find("edition", year=2021))
        True
        """
        wanted = {
            "state": None if state is None else (axis, state),
            "year": year,
            "valid_on": valid_on,
            "external_id": external_id,
        }
        return Records(self._native.find(kind, wanted, as_of=as_of))

    def province_of(self, region: str) -> str | None:
        """The province that a region is or lies in, by their ids.

        >>> import jipp
        >>> jipp.Network.sample().province_of("81")
        '81'
        """
        return self._native.province_of(region)

    def get(self, kind: str, id: str, *, as_of: int | None = None) -> Any:
        """A record, or None; an id that was merged away gives the record that stands for it."""
        return self._native.record(kind, id, as_of=as_of)

    def count(self, kind: str) -> int:
        """How many records of a kind there are."""
        return self._native.count(kind)

    def referrers(self, kind: str, to: Value | tuple[str, str]) -> Records:
        """The records of a kind that refer to another, given as a record or as its kind and id."""
        return Records(self._native.referrers(kind, *reference(to)))

    def history(self, kind: str, id: str) -> tuple[tuple[int, _registry.Change], ...]:
        """Every change that touched a record, first to last, each with its revision."""
        return self._native.history(kind, id)

    @property
    def innovations(self) -> Records:
        """The innovations, by id."""
        return self.records("innovation")

    @property
    def agencies(self) -> Records:
        """The agencies, by id."""
        return self.records("agency")

    @property
    def replications(self) -> Records:
        """The replications, by id."""
        return self.records("replication")

    @property
    def needs(self) -> Records:
        """The needs, by id."""
        return self.records("need")

    @property
    def regions(self) -> Records:
        """The regions, by id."""
        return self.records("region")

    # Change

    def edit(self, *, by: str | None = None, at: Moment | None = None) -> Edit:
        """Begins an edit: what is done in its ``with`` block is committed at its end, all or none.

        >>> import jipp
        >>> network = jipp.Network.in_memory()
        >>> with network.edit(by="Bagian Organisasi") as edit:
        ...     edit.register(jipp.model.Agency(id="kota-ambon", name="Pemerintah Kota Ambon", kind="city"))
        >>> network.revision
        1
        """
        return Edit(self._native, at, by)

    def revert(self, revision: int, *, by: str | None = None, at: Moment | None = None) -> int:
        """Takes a whole commit back, by a commit of its own; gives its revision."""
        return self._native.revert(revision, at=_now(at), by=by)[0]

    def export_since(self, revision: int = 0) -> bytes:
        """The changes after a revision as a bundle, to be carried to another copy."""
        return self._native.export_since(revision)

    def apply(self, bundle: bytes) -> _registry.Received:
        """Takes in a bundle of another copy; edits that contradict each other are reported, and none is lost."""
        return self._native.apply(bundle)

    def conflicts(self) -> tuple[_registry.Conflict, ...]:
        """Edits of different copies that contradict each other, each with both values."""
        return self._native.conflicts()

    # Files

    def import_(
        self,
        source: str | PathLike[str] | Iterable[Mapping[str, Any]] | Any,
        *,
        kind: str | None = None,
        mapping: Value | Mapping[str, Any] | None = None,
        sheet: str | None = None,
        by: str | None = None,
        at: Moment | None = None,
        batch: int | None = None,
        on_existing: Literal["update", "keep", "reject"] | None = None,
        start_line: int | None = None,
        max_rejections_listed: int | None = None,
        progress: Callable[[_exchange.Progress], object] | None = None,
    ) -> _exchange.ImportReport:
        """Imports records from a file (``.jsonl``, ``.csv``, ``.tsv``, ``.xlsx``, ``.json``), a data frame or rows.

        ``kind`` says what a row is; a ``.json`` file is a whole network and says it itself. ``mapping`` is for columns
        of other names. A row that cannot enter is in the report, with its line, field and reason; the others enter.
        Importing the same file twice changes nothing the second time. ``progress`` is told after each commit, and
        stops the import by returning False.
        """
        from jipp._frames import rows_of

        if isinstance(source, (str, PathLike)):
            file, rows = fspath(source), None
        else:
            file, rows = None, rows_of(source)
        choices = {
            "batch": batch,
            "on_existing": on_existing,
            "start_line": start_line,
            "max_rejections_listed": max_rejections_listed,
        }
        return self._native.import_rows(
            file,
            rows,
            kind=kind,
            mapping=mapping,
            sheet=sheet,
            at=_now(at),
            by=by,
            choices=choices,
            progress=progress,
        )

    def import_gathered(
        self,
        folder: str | PathLike[str],
        *,
        by: str | None = None,
        at: Moment | None = None,
        progress: Callable[[_exchange.Progress], object] | None = None,
    ) -> tuple[tuple[tuple[str, _exchange.ImportReport], ...], _gathered.Report]:
        """Imports a folder of gathered data; gives the report of each file, and what could not be placed."""
        return self._native.import_gathered(fspath(folder), at=_now(at), by=by, progress=progress)

    def export(
        self,
        path: str | PathLike[str] | None = None,
        *,
        format: Literal["json", "jsonl", "csv", "xlsx"] | None = None,
        kinds: str | Sequence[str] = (),
        separator: str = ",",
    ) -> bytes:
        """Writes the whole network (``json``) or records of some kinds; gives the bytes, and writes them if asked.

        The format is that of the ending of ``path`` unless given. ``jsonl`` and ``csv`` hold one kind.
        """
        kinds = [kinds] if isinstance(kinds, str) else list(kinds)
        name = "" if path is None else fspath(path)
        data = self._native.export(format or name.rpartition(".")[2], kinds, separator=separator)
        if path is not None:
            with open(path, "wb") as file:
                file.write(data)
        return data

    def graph_actions(self, graph: _model.Graph, /) -> GraphActions:
        """What a graph adds to this network, as actions for an edit; nothing is changed.

        >>> import jipp
        >>> network = jipp.Network.in_memory()
        >>> with network.edit() as edit:
        ...     edit.register(jipp.model.Agency(id="kota-ambon", name="Kota Ambon", kind="city"))
        >>> read = jipp.exchange.read_graph('digraph { antre [title=Antre, owner="kota-ambon"] }', format="dot")
        >>> with network.edit() as edit:
        ...     edit.add(network.graph_actions(read.graph).actions)
        >>> network.innovations["antre"].title
        'Antre'
        """
        return GraphActions(*self._native.graph_actions(graph))

    def backup_to(self, path: str | PathLike[str]) -> None:
        """Copies the network to a new file while it is in use."""
        self._native.backup_to(fspath(path))

    def erase(self, subject: Value | tuple[str, str]) -> int:
        """Erases a person or a contact for ever, as of every revision too; says in how many changes.

        That something was recorded about this id stays, and so does the id: give persons codes for ids, not names. Other
        copies, bundles and backups are not touched, but do not bring back what was erased.
        """
        return self._native.erase(*reference(subject))

    def verify(self) -> list[str]:
        """Checks the file to the last checksum; what is wrong, nothing if all is well."""
        return self._native.verify()

    def compact(self) -> None:
        """Writes a fresh snapshot and gives unused space back. The journal stays whole."""
        self._native.compact()

    def refresh(self) -> bool:
        """Shows what another process wrote to the file; whether there was anything."""
        return self._native.refresh()

    def save_snapshot(self) -> None:
        """Writes a snapshot, so that the next opening is fast."""
        self._native.save_snapshot()

    # Questions

    @property
    def matching(self) -> MatchingOfNetwork:
        """Questions on what is alike: neighbours, drafts, duplicates, weights."""
        return MatchingOfNetwork(self._native)

    @property
    def lineage(self) -> LineageOfNetwork:
        """Questions on who made what from what."""
        return LineageOfNetwork(self._native)

    @property
    def hubs(self) -> HubsOfNetwork:
        """Questions on hubs."""
        return HubsOfNetwork(self._native)

    @property
    def evaluation(self) -> EvaluationOfNetwork:
        """Questions on competitions and indices."""
        return EvaluationOfNetwork(self._native)

    def candidates(
        self,
        need: str | Value | Mapping[str, Any] = "",
        /,
        **fields: Unpack[_network.QuestionFields],
    ) -> Candidates:
        """Which proven innovations fit a need, why, what is lacking for each, and whom to call; best first.

        ``need`` is its text, or a :class:`Question`; the fields of a question may be given as keywords: ``region``,
        ``agency``, ``sectors``, ``limit``, ...

        Raises :class:`jipp.errors.NotFoundError` for an agency, region or sector that is not there,
        :class:`jipp.errors.InvalidError` for fields that cannot be used.
        """
        if isinstance(need, str):
            return self._native.candidates({"text": need}, **fields)
        return self._native.candidates(need, **fields)
