"""Edits: what happens to a network in one commit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Any, Self

from jipp import _jipp
from jipp._values import Choice, Value

__all__ = ["Edit", "kind_of", "reference"]


def kind_of(record: Value) -> str:
    """The kind of a record, by its class: ``ScoreSheet`` is a ``score-sheet``.

    >>> from jipp.model import Agency
    >>> kind_of(Agency(id="a", name="A", kind="city"))
    'agency'
    """
    name = type(record).__name__
    return "".join(f"-{c.lower()}" if c.isupper() and at else c.lower() for at, c in enumerate(name))


def reference(subject: Value | tuple[str, str]) -> tuple[str, str]:
    """The kind and id of a record, which may be given as such."""
    if isinstance(subject, Value):
        return kind_of(subject), str(getattr(subject, "id"))
    kind, id = subject
    return kind, id


class Edit:
    """Gathers actions, and commits them at the end of its ``with`` block: all or none.

    If the block raises, nothing happens. Actions may refer to each other in any order.
    """

    def __init__(self, native: _jipp.Network, at: datetime | str | None, by: str | None) -> None:
        """Begun by :meth:`jipp.Network.edit`."""
        self._native, self._at, self._by = native, at, by
        self._actions: list[Any] = []
        self.revision: int | None = None
        """The revision of the commit, once it is made."""
        self.changes: list[str] = []
        """The names of the changes, once they are made."""

    def register(self, *records: Value) -> None:
        """Enters records."""
        for record in records:
            self._actions.append({"register": {kind_of(record): record}})

    def add(self, actions: Iterable[Any], /) -> None:
        """Adds actions that were made elsewhere, such as those of :meth:`jipp.Network.graph_actions`."""
        for action in actions:
            if isinstance(action, Choice) and getattr(action, "kind") == "register":
                self.register(action.value)  # type: ignore[attr-defined]
            else:
                self._actions.append(action)

    def revise(self, record: Value, /, **changes: Any) -> None:
        """Changes fields of a record, which is given as the caller saw it; None takes a field away.

        Where the network holds another value by now, the commit is refused and nothing is lost.

        >>> import jipp
        >>> network = jipp.Network.in_memory()
        >>> with network.edit() as edit:
        ...     edit.register(jipp.model.Agency(id="kota-ambon", name="Kota Ambon", kind="city"))
        >>> with network.edit() as edit:
        ...     edit.revise(network.get("agency", "kota-ambon"), name="Pemerintah Kota Ambon")
        >>> network.get("agency", "kota-ambon").name
        'Pemerintah Kota Ambon'
        """
        unknown = [name for name in changes if name not in record._names]
        if unknown:
            raise TypeError(f"{type(record).__name__} has no field {unknown[0]!r}")
        seen = record.to_dict()
        fields = {}
        for name, after in changes.items():
            name = name.rstrip("_")
            fields[name] = {"before": seen.get(name), "after": after}
        self._actions.append({"revise": {"subject": self._subject(record), "fields": fields}})

    def advance(
        self,
        subject: Value | tuple[str, str],
        to: str,
        *,
        axis: str = "status",
        on: date | str | None = None,
        by: str | None = None,
        note: str | None = None,
        decree: str | None = None,
        reported: str | None = None,
    ) -> None:
        """Takes a step of a state machine; guarded, unless ``reported`` gives the raw wording of a fact of the past.

        ``axis`` says which status of the record, where it has more than one.
        """
        action: dict[str, Any] = {"subject": self._subject(subject), "axis": axis, "to": to}
        more = {"on": on, "by": by, "note": note, "decree": decree, "reported": reported}
        action.update((name, value) for name, value in more.items() if value is not None)
        self._actions.append({"advance": action})

    def retract(self, subject: Value | tuple[str, str], *, reason: str | None = None) -> None:
        """Takes a record out of the present; its past stays."""
        self._simple("retract", subject, reason)

    def restore(self, subject: Value | tuple[str, str], *, reason: str | None = None) -> None:
        """Takes a retraction back."""
        self._simple("restore", subject, reason)

    def merge(self, subject: Value | tuple[str, str], into: str, *, reason: str | None = None) -> None:
        """Declares a record to be the same as another, whose id is ``into``; the old id goes on resolving."""
        action: dict[str, Any] = {"subject": self._subject(subject), "into": self._subject((reference(subject)[0], into))}
        if reason is not None:
            action["reason"] = reason
        self._actions.append({"merge": action})

    def unmerge(self, subject: Value | tuple[str, str], *, reason: str | None = None) -> None:
        """Takes a merge back."""
        self._simple("unmerge", subject, reason)

    def commit(self) -> int:
        """Commits what was gathered so far, and gives the revision; the ``with`` block calls it."""
        at = datetime.now(UTC) if self._at is None else self._at
        self.revision, self.changes = self._native.commit(self._actions, at=at, by=self._by)
        self._actions = []
        return self.revision

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.commit()

    def __len__(self) -> int:
        return len(self._actions)

    def __repr__(self) -> str:
        return f"<Edit of {len(self._actions)} actions>"

    @staticmethod
    def _subject(subject: Value | tuple[str, str]) -> dict[str, str]:
        kind, id = reference(subject)
        return {"kind": kind, "id": id}

    def _simple(self, action: str, subject: Value | tuple[str, str], reason: str | None) -> None:
        content: dict[str, Any] = {"subject": self._subject(subject)}
        if reason is not None:
            content["reason"] = reason
        self._actions.append({action: content})
