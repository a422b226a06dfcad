"""Records of one kind: a read-only sequence that is also looked up by id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from jipp import _jipp

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

__all__ = ["Records"]


class Records(Sequence[Any]):
    """Records of one kind, by id, as they were when they were asked for.

    A number gives the record at a place, a text the record with that id.

    >>> import jipp
    >>> regions = jipp.Network.sample().regions
    >>> regions["81"].name
    'Maluku'
    """

    __slots__ = ("_ids", "_table")

    def __init__(self, table: _jipp.Table[Any]) -> None:
        """Takes a table of the native module; users ask a network."""
        self._table = table
        self._ids: dict[str, int] | None = None

    @property
    def kind(self) -> str:
        """What they are, such as ``innovation``."""
        return self._table.row_type

    def ids(self) -> list[str]:
        """Their ids."""
        return list(self._places())

    def _places(self) -> dict[str, int]:
        if self._ids is None:
            self._ids = {id: place for place, id in enumerate(self._table.ids() or ())}
        return self._ids

    def __len__(self) -> int:
        return len(self._table)

    @overload
    def __getitem__(self, at: int | str) -> Any: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Any]: ...
    def __getitem__(self, at: int | str | slice) -> Any:
        if isinstance(at, str):
            place = self._places().get(at)
            if place is None:
                raise KeyError(f"no {self.kind} {at!r}")
            return self._table[place]
        return self._table[at]

    def get(self, id: str, default: Any = None) -> Any:
        """The record with an id, or the default."""
        place = self._places().get(id)
        return default if place is None else self._table[place]

    def __contains__(self, item: object) -> bool:
        id = item if isinstance(item, str) else getattr(item, "id", None)
        return isinstance(id, str) and id in self._places()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._table)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The records as a stream of Arrow: any data frame library takes it."""
        return self._table.__arrow_c_stream__(requested_schema)

    def to_arrow(self) -> pyarrow.Table:
        """The records as a table of pyarrow, with the columns of the CSV.

        A field of a field has a dot in its name (``valid.from``); what is not given is null. A state such as ``stage`` is the
        present one, and ``stage.steps`` how it came to it. Dates are texts, as they may lack their day. The columns are
        the same for any records of a kind, and for none.

        >>> import jipp
        >>> table = jipp.Network.sample().regions.to_arrow()  # doctest: +SKIP
        >>> table.column_names[:3]  # doctest: +SKIP
        ['id', 'name', 'level']

        Raises ImportError without pyarrow.
        """
        return self._table.to_arrow()

    def to_pandas(self) -> pandas.DataFrame:
        """The records as a data frame of pandas, with the columns of :meth:`to_arrow`.

        Whole numbers and truths become ``Int64`` and ``boolean``, which can be missing without turning into floats and
        objects. Raises ImportError without pandas and pyarrow.
        """
        return self._table.to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """The records as a data frame of polars, with the columns of :meth:`to_arrow`.

        Raises ImportError without polars.
        """
        return self._table.to_polars()

    def __repr__(self) -> str:
        return f"<{len(self):,} records of {self.kind}>"

    def _repr_html_(self) -> str:
        from jipp._html import table

        return table(self)
