"""The values of ``exchange``. Written by the tests of jipp from its sources."""

from __future__ import annotations

from collections import abc
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict

from jipp._values import DEFAULT, Choice, PartialDate, Value

if TYPE_CHECKING:
    from jipp._values import base as _base
    from jipp._values import model as _model

__all__ = [
    "CsvOptions",
    "Field",
    "FieldType",
    "GraphFormat",
    "GraphNote",
    "GraphRead",
    "ImportReport",
    "Mapping",
    "Match",
    "NoteKind",
    "OnExisting",
    "Progress",
    "Rejection",
    "Suggestion",
]


class CsvOptions(Value):
    """How to write CSV."""

    separator: str
    """What stands between cells; ``,`` unless told. Import finds out by itself for ``,``, ``;`` and tab."""

    guards_formulas: bool
    """Whether texts that a spreadsheet would run as a formula (beginning with ``=``, ``+``, ``-``, ``@``) get an apostrophe before them;
    import takes it off. On unless told.
    """


class FieldType(Choice):
    """What a column holds.

    * ``text``: Text, as it stands.
    * ``id``: The id of a record; on import also its name.
    * ``integer``: A whole number.
    * ``decimal``: A decimal with a point.
    * ``bool``: ``true``, ``false``, ``ya``, ``tidak``, ``yes``, ``no``, ``1``, ``0``.
    * ``date``: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    * ``term``: A code of a vocabulary; on import also its label.
    * ``status``: The code of a state, or its steps as JSON.
    * ``list``: Values separated by ``;``, or as a JSON list.
    * ``json``: Anything deeper, as JSON.
    """

    _tag = ""
    _shapes = {
        "text": "nothing",
        "id": "value",
        "integer": "nothing",
        "decimal": "nothing",
        "bool": "nothing",
        "date": "nothing",
        "term": "value",
        "status": "value",
        "list": "value",
        "json": "nothing",
    }

    kind: Literal["text", "id", "integer", "decimal", "bool", "date", "term", "status", "list", "json"]
    """Which it is."""

    value: _model.EntityKind | tuple[str, ...] | FieldType | None = None
    """What it carries."""


class Field(Value):
    """A column of a kind."""

    path: str
    """Its name; inside another field with dots: ``capacity.staff``."""

    holds: FieldType
    """What it holds."""

    is_required: bool
    """Whether every record must have it."""


NoteKind: TypeAlias = Literal["node-added", "replication-named", "state-assumed", "text-repaired", "attribute-unknown", "value-unreadable", "structure-dropped", "direction-assumed", "statement-ignored", "edge-from-activity"]


class GraphNote(Value):
    """Something that was repaired in a graph file, or left out of it."""

    kind: NoteKind
    """What was done."""

    at: _base.Location
    """Where: the line, in the formats that are read by lines, and the attribute, node or record."""

    value: str | None = None
    """The value that it is about."""

    times: int
    """How often; ``at`` and ``value`` are those of the first time."""


class GraphRead(Value):
    """What a graph file held."""

    graph: _model.Graph
    """The graph, in order."""

    notes: tuple[GraphNote, ...]
    """What was repaired or left out, by lines."""


GraphFormat: TypeAlias = Literal["dot", "mermaid", "graphml", "prov-json", "node-link", "csv"]


OnExisting: TypeAlias = Literal["update", "keep", "reject"]
"""What to do with a row whose record exists already and differs."""


class Rejection(Value):
    """Why a row, or one record of it, did not enter."""

    line: int
    """The line."""

    subject: str | None = None
    """The record, as ``kind id``, where it is known."""

    field: str | None = None
    """The field or column."""

    value: str | None = None
    """The offending value."""

    code: str
    """The stable code of the reason; ``Code`` lists them."""

    reason_en: str
    """The reason in English."""

    reason_id: str
    """The reason in Indonesian."""

    hint: str | None = None
    """What would have been right, or what to do."""


class ImportReport(Value):
    """What came of an import. Records are counted, not rows, where a row gives several."""

    rows: int
    """Rows read, unreadable ones included."""

    registered: int
    """Records that are new."""

    revised: int
    """Records that were changed."""

    unchanged: int
    """Records that were there already."""

    rejections: int
    """How many rejections there were."""

    rejected: tuple[Rejection, ...]
    """The first of them, as many as ``ImportOptions::max_rejections_listed``, in the order of lines."""

    last_line: int
    """Every row up to this line is settled: entered or rejected."""

    revision: int
    """The revision of the network afterwards."""

    is_cancelled: bool
    """Whether the caller broke it off."""


class Progress(Value):
    """How far an import has come."""

    pass_: int
    """1 while the file is read, more while rows that were put aside are read again."""

    line: int
    """The line read last."""

    rows: int
    """Rows read."""

    committed: int
    """Records that entered or were changed."""

    rejections: int
    """Rejections so far."""


class Mapping(Value):
    """How the columns of a file become the fields of a kind. Travels as JSON."""

    version: int
    """``MAPPING_VERSION``."""

    kind: _model.EntityKind
    """The kind of the records."""

    columns: abc.Mapping[str, str] = DEFAULT
    """Column to field."""

    values: abc.Mapping[str, abc.Mapping[str, str]] = Value.NOTHING
    """For a field, what its raw values mean: ``{"kind": {"Kab": "regency"}}``."""

    constants: abc.Mapping[str, Any] = Value.NOTHING
    """Values that every row gets, where the file does not give one."""

    ignored: tuple[str, ...] = ()
    """Columns left out on purpose."""

    source: str | None = None
    """The column that names the source of a row."""


class Match(Value):
    """How like a field a column is."""

    header: str
    """The column."""

    field: str
    """The field."""

    likeness: int
    """0 to 1,000; 1,000 is the name or a label of the field itself."""


class Suggestion(Value):
    """A mapping to be confirmed."""

    mapping: Mapping
    """The mapping as far as it could be guessed."""

    matches: tuple[Match, ...]
    """How sure each guess is."""

    unmatched: tuple[str, ...]
    """The columns that match nothing: map them or ignore them."""
