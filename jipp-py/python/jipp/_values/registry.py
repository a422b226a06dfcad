"""The values of ``registry``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value

if TYPE_CHECKING:
    from jipp._values import model as _model
    from jipp._values import model_lifecycle as _model_lifecycle

__all__ = [
    "Action",
    "Change",
    "Conflict",
    "Edit",
    "HoldReason",
    "Merge",
    "Received",
    "Revise",
    "Subject",
]


class Change(Value):
    """One change, as it stands in the journal and travels between copies."""

    id: str
    """Its name."""

    at: datetime
    """When it was recorded."""

    by: str | None = None
    """Who recorded it."""

    reverts: str | None = None
    """The change that it takes back, if it does."""

    action: Action
    """What it does."""


class Action(Choice):
    """What a change does to one record.

    * ``register``: Enters a record.
    * ``revise``: Changes fields of a record.
    * ``advance``: Takes a step of a state machine; guarded, unless it reports history.
    * ``retract``: Takes a record out of the present; its past stays.
    * ``restore``: Takes a retraction back.
    * ``merge``: Declares a record to be the same as another; its id goes on resolving, to the other.
    * ``unmerge``: Takes a merge back.
    """

    _tag = ""
    _shapes = {
        "register": "value",
        "revise": "value",
        "advance": "value",
        "retract": "value",
        "restore": "value",
        "merge": "value",
        "unmerge": "value",
    }

    kind: Literal["register", "revise", "advance", "retract", "restore", "merge", "unmerge"]
    """Which it is."""

    value: Any | Revise | _model_lifecycle.Advance | Subject | Merge | None = None
    """What it carries."""


class Subject(Value):
    """A record, and why something is done to it."""

    subject: _model.EntityRef
    """The record."""

    reason: str | None = None
    """Why."""


class Merge(Value):
    """Two records that are the same thing."""

    subject: _model.EntityRef
    """The record that gives way."""

    into: _model.EntityRef
    """The record that stays; of the same kind."""

    reason: str | None = None
    """Why."""


class Revise(Value):
    """New values for fields of a record, each with the value that the author saw."""

    subject: _model.EntityRef
    """The record."""

    fields: abc.Mapping[str, Edit]
    """The fields, by their names in JSON."""


class Edit(Value):
    """The value a field had and the value it gets; ``null`` where it has none."""

    before: Any = DEFAULT
    """What the author saw."""

    after: Any = DEFAULT
    """What it shall be."""


class Conflict(Value):
    """Two edits of one field, made without knowledge of each other. Both values are kept in the journal; the one that
    stands is that of the later change. It is settled by the next edit of the field that saw the value that stands.
    """

    subject: _model.EntityRef
    """The record."""

    field: str
    """The field, by its name in JSON; ``record`` for the record as a whole."""

    before: Any
    """What the author of the later change saw."""

    overwritten: Any
    """The value that was overwritten without having been seen."""

    stands: Any
    """The value that stands."""

    change: str
    """The later change."""


class HoldReason(Choice):
    """Why a change waits.

    * ``missing``: This record has not arrived.
    * ``cycle``: It would make a record its own ancestor: the message of the refusal.
    * ``invalid``: What it makes is no valid record: the message of the refusal.
    """

    _tag = ""
    _shapes = {
        "missing": "value",
        "cycle": "value",
        "invalid": "value",
    }

    kind: Literal["missing", "cycle", "invalid"]
    """Which it is."""

    value: _model.EntityRef | str | None = None
    """What it carries."""


class Received(Value):
    """What came of taking in changes made elsewhere."""

    revision: int | None = None
    """The revision they were journaled as; none if all of them were known."""

    new: int
    """How many were new."""

    known: int
    """How many were known already."""

    held: tuple[tuple[str, HoldReason], ...]
    """The changes that wait, those of earlier bundles included, with the reason."""

    conflicts: tuple[Conflict, ...]
    """Edits of the same fields made without knowledge of each other, in the records touched."""
