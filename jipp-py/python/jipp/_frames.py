"""Data frames: rows of tables on their way in, and answers on their way out.

Everything goes over the C interface of Arrow, so that none of the libraries is needed unless it is asked for.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any

from jipp._values import Value

if TYPE_CHECKING:
    import networkx
    import pandas
    import polars
    import pyarrow

    from jipp.model import Graph

__all__ = ["rows_of", "to_arrow", "to_networkx", "to_pandas", "to_polars"]


def rows_of(source: Any) -> Any:
    """The rows of a table, as the native module takes them.

    What has ``__arrow_c_stream__`` (pandas, polars, pyarrow, DuckDB, tables of jipp) is left as it is: it is read cell by
    cell without a Python object for each, wherever the native module takes a list of rows. Everything else is a sequence of
    mappings or of values.
    """
    if hasattr(source, "__arrow_c_stream__"):
        return _readable(source)
    if isinstance(source, Iterable) and not isinstance(source, (str, bytes, Mapping)):
        rows = list(source)
        for place, row in enumerate(rows):
            if not isinstance(row, (Mapping, Value)):
                raise TypeError(f"row {place} is {type(row).__name__}, not a mapping of columns to values")
        return rows
    raise TypeError(f"rows are a data frame or a list of mappings, not {type(source).__name__}")


def _readable(frame: Any) -> Any:
    """A frame as others can read it: polars gives a column of nothing but nulls a buffer that the interface knows nothing of."""
    polars = sys.modules.get("polars")
    if polars is not None and isinstance(frame, polars.DataFrame):
        return frame.cast({polars.Null: polars.String})
    return frame


class Stream:
    """Only the stream of a table: some libraries would read a sequence row by row instead."""

    __slots__ = ("_table",)

    def __init__(self, table: Any) -> None:
        """Takes what has a stream."""
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


def _library(name: str, extra: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ImportError(f"this needs {name}: pip install jipp[{extra}]", name=name) from error


def to_arrow(table: Any) -> pyarrow.Table:
    """A table of jipp as one of pyarrow."""
    return _library("pyarrow", "pandas").table(Stream(table))


def to_pandas(table: Any) -> pandas.DataFrame:
    """A table of jipp as a data frame of pandas.

    Whole numbers and truths become ``Int64`` and ``boolean``, which can be missing without turning into floats and objects.
    """
    pandas = _library("pandas", "pandas")
    pyarrow = _library("pyarrow", "pandas")
    types = {pyarrow.int64(): pandas.Int64Dtype(), pyarrow.bool_(): pandas.BooleanDtype()}
    return to_arrow(table).to_pandas(types_mapper=types.get)


def to_polars(table: Any) -> polars.DataFrame:
    """A table of jipp as a data frame of polars."""
    return _library("polars", "polars").DataFrame(Stream(table))


def to_networkx(graph: Graph) -> networkx.MultiDiGraph:
    """A graph of jipp as one of networkx."""
    networkx = _library("networkx", "networkx")
    made = networkx.MultiDiGraph()
    made.add_nodes_from((node.id, _known(node, ("id",))) for node in graph.nodes)
    ends = ("replication", "source", "target")
    made.add_edges_from((edge.source, edge.target, edge.replication, _known(edge, ends)) for edge in graph.edges)
    return made


def _known(value: Value, but: tuple[str, ...]) -> dict[str, Any]:
    given = vars(value).items()
    return {name: one for name, one in given if one is not None and name != "provenance" and name not in but}
