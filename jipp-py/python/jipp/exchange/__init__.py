"""Files in and out: graph files, mappings of columns, the form of documents; options and reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, Literal

from jipp import _jipp
from jipp._values.exchange import *  # noqa: F403
from jipp._values.exchange import __all__ as _values
from jipp.exchange import gathered

if TYPE_CHECKING:
    from jipp._values import exchange as _exchange
    from jipp._values import model as _model

__all__ = [
    "document_schema",
    "draw_svg",
    "draw_tree",
    "fields",
    "gathered",
    "read_csv_tables",
    "read_graph",
    "sorted_graph",
    "suggest_mapping",
    "write_edges_csv",
    "write_graph",
    "write_nodes_csv",
    *_values,
]

Format = Literal["dot", "mermaid", "graphml", "prov-json", "node-link", "csv"]


def read_graph(source: str | PathLike[str], /, *, format: Format | None = None) -> _exchange.GraphRead:
    """Reads a graph: from its text where ``format`` is given, else from a file, whose name tells the format.

    What was repaired or left out is in the ``notes``. Raises :class:`jipp.errors.InvalidError` with the line for what
    breaks the rules of the format.

    >>> read = read_graph("digraph { antre -> antre2 [replication=r1, change_type=adapt] }", format="dot")
    >>> read.graph.edges[0].replication, read.notes[0].kind
    ('r1', 'state-assumed')
    """
    if format is not None:
        if not isinstance(source, str):
            raise TypeError("with a format, the text of a graph is read")
        return _jipp.graph_read(source, format)
    path = fspath(source)
    known = _jipp.graph_format(path)
    if known is None:
        raise ValueError(f"the name {path!r} does not tell a format of graphs; give format=")
    with open(path, encoding="utf-8", newline="") as file:
        return _jipp.graph_read(file.read(), known)


def write_graph(
    graph: _model.Graph, path: str | PathLike[str] | None = None, /, *, format: Format | None = None
) -> str:
    """The text of a graph in a format; written to a file too, whose name tells the format, if one is given.

    >>> from jipp.model import Graph, GraphNode
    >>> write_graph(Graph(nodes=[GraphNode(id="kota-ambon/antre")], edges=[]), format="mermaid").split()[0]
    'flowchart'
    """
    name = None if path is None else fspath(path)
    known = format or (None if name is None else _jipp.graph_format(name))
    if known is None:
        raise ValueError("neither a format nor a file whose name tells one was given")
    text = _jipp.graph_write(graph, known, "id")
    if name is not None:
        with open(name, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    return text


def draw_svg(graph: _model.Graph, /, *, lang: Literal["id", "en"] = "id") -> str:
    """A graph as a drawing in SVG, with a legend."""
    return _jipp.graph_write(graph, "svg", lang)


def draw_tree(graph: _model.Graph, /, *, lang: Literal["id", "en"] = "id") -> str:
    """A graph as a tree of text.

    >>> from jipp.model import Graph, GraphNode
    >>> "antre" in draw_tree(Graph(nodes=[GraphNode(id="antre")], edges=[]))
    True
    """
    return _jipp.graph_write(graph, "tree", lang)


def write_nodes_csv(graph: _model.Graph, /) -> str:
    """The nodes of a graph as a table."""
    return _jipp.graph_write(graph, "nodes-csv", "id")


def write_edges_csv(graph: _model.Graph, /) -> str:
    """The edges of a graph as a table."""
    return _jipp.graph_write(graph, "edges-csv", "id")


def read_csv_tables(edges: str, nodes: str | None = None, /) -> _exchange.GraphRead:
    """Reads a graph from the texts of a table of edges and a table of nodes."""
    return _jipp.graph_read_tables(edges, nodes)


def sorted_graph(graph: _model.Graph, /) -> _model.Graph:
    """A graph in the order in which it is written and read; raises :class:`jipp.errors.InvalidError` if it is none."""
    return _jipp.graph_sorted(graph)


def suggest_mapping(kind: str, headers: Iterable[str], /) -> _exchange.Suggestion:
    """Guesses which columns of a file are which fields of a kind, by their names in both languages.

    >>> found = suggest_mapping("agency", ["id", "Nama", "Xyz"])
    >>> [(match.header, match.field) for match in found.matches], found.unmatched
    ([('Nama', 'name'), ('id', 'id')], ('Xyz',))
    """
    return _jipp.mapping_suggest(kind, list(headers))


def fields(kind: str, /) -> Sequence[_exchange.Field]:
    """The columns of a kind of records: their names, what they hold, and which must be there.

    >>> [field.path for field in fields("agency") if field.is_required]
    ['id', 'kind', 'name']
    """
    return _jipp.exchange_fields(kind)


def document_schema() -> dict[str, Any]:
    """The JSON Schema of the document that holds a whole network."""
    return _jipp.exchange_schema()
