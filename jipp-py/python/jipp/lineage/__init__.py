"""Lineage: who made what from what, and how it was adapted on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, Unpack

from jipp import _jipp
from jipp._options import merged
from jipp._values.lineage import *  # noqa: F403
from jipp._values.lineage import __all__ as _values
from jipp.notebook import Drawing
from jipp.lineage import growth, inference

if TYPE_CHECKING:
    import networkx

    from jipp._values import lineage as _lineage
    from jipp._values import model as _model
    from jipp._values import network as _network

__all__ = ["LineageOfNetwork", "funnel", "growth", "inference", *_values]


def funnel(replications: Iterable[_model.Replication | Mapping[str, Any]], /) -> _lineage.Funnel:
    """How far replications came, step by step, and how long each step took; inferred ones are left out."""
    return _jipp.lineage_funnel(list(replications))


class LineageOfNetwork:
    """Questions on the lineage of a network.

    Every question looks at the links within a :class:`Scope`, which is given as such or as keywords: ``on`` a date,
    ``region``, ``evidence``, ``progress``, ... A node is an innovation by its id, or ``replica:`` and the id of a
    replication whose replica has no record of its own.
    """

    __slots__ = ("_native",)

    def __init__(self, native: _jipp.Network) -> None:
        """Takes a network of the native module; users ask a network for it."""
        self._native = native

    def __repr__(self) -> str:
        return "<LineageOfNetwork>"

    def node(
        self,
        node: str,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> _model.GraphNode:
        """What is known of a node."""
        return self._native.lineage_node(node, merged(scope, fields))

    def sources(
        self,
        node: str,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> Sequence[_lineage.Link]:
        """What a node was made from."""
        return self._native.lineage_sources(node, merged(scope, fields))

    def replicas(
        self,
        node: str,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> Sequence[_lineage.Link]:
        """What was made from a node."""
        return self._native.lineage_replicas(node, merged(scope, fields))

    def ancestors(
        self,
        node: str,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> Sequence[_lineage.Relative]:
        """All that a node goes back to, the nearest first."""
        return self._native.lineage_ancestors(node, merged(scope, fields))

    def descendants(
        self,
        node: str,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> Sequence[_lineage.Relative]:
        """All that goes back to a node, the nearest first."""
        return self._native.lineage_descendants(node, merged(scope, fields))

    def tree(
        self,
        node: str,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> Sequence[_lineage.Branch]:
        """The descendants of a node as a tree, in the order of a walk through it."""
        return self._native.lineage_tree(node, merged(scope, fields))

    def adoptions(
        self,
        node: str,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> Sequence[_lineage.Adoption]:
        """When and where a node was taken up."""
        return self._native.lineage_adoptions(node, merged(scope, fields))

    def impact(
        self,
        node: str,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> _lineage.Impact:
        """Who depends on a node."""
        return self._native.lineage_impact(node, merged(scope, fields))

    def roots(
        self,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> Sequence[str]:
        """Nodes that were made from nothing on record."""
        return self._native.lineage_roots(merged(scope, fields))

    def leaves(
        self,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> Sequence[str]:
        """Nodes that nothing was made from."""
        return self._native.lineage_leaves(merged(scope, fields))

    def generations(
        self,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> Sequence[tuple[str, ...]]:
        """Nodes by how far they are from a root."""
        return self._native.lineage_generations(merged(scope, fields))

    def components(
        self,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> Sequence[tuple[str, ...]]:
        """Nodes that hang together."""
        return self._native.lineage_components(merged(scope, fields))

    def all_links(
        self,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> Sequence[_lineage.Link]:
        """Every link."""
        return self._native.lineage_all_links(merged(scope, fields))

    def impacts(
        self,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> Sequence[_lineage.Impact]:
        """Who depends on what stopped."""
        return self._native.lineage_impacts(merged(scope, fields))

    def journeys(
        self,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> Sequence[_lineage.Journey]:
        """Every replication in time and space."""
        return self._native.lineage_journeys(merged(scope, fields))

    def travel(
        self,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> _lineage.Travel:
        """How far replications travel, and how long they take."""
        return self._native.lineage_travel(merged(scope, fields))

    def reproduction(
        self,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> Sequence[_lineage.Reproduction]:
        """How many replicas the innovations of each year have."""
        return self._native.lineage_reproduction(merged(scope, fields))

    def adaptations(
        self,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> Sequence[_lineage.AdaptationProfile]:
        """How every replica was adapted."""
        return self._native.adaptations(merged(scope, fields))

    def drift(
        self,
        root: str,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> Sequence[_lineage.DriftStep]:
        """How far replicas have moved from an innovation, step by step."""
        return self._native.drift(root, merged(scope, fields))

    def common_ancestors(
        self,
        first: str,
        second: str,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> Sequence[_lineage.CommonAncestor]:
        """What two nodes both go back to."""
        return self._native.lineage_common_ancestors(first, second, merged(scope, fields))

    def paths(
        self,
        from_: str,
        to: str,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        *,
        limit: int = 100,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> _lineage.Paths:
        """Ways from one node to another, the shortest first; ``limit`` at the most."""
        return self._native.lineage_paths(from_, to, limit, merged(scope, fields))

    def longest_chains(
        self,
        node: str,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        *,
        limit: int = 100,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> tuple[tuple[str, ...], ...]:
        """The longest chains of replicas from a node; ``limit`` at the most."""
        return self._native.lineage_longest_chains(node, limit, merged(scope, fields))

    def adoption_curve(
        self,
        node: str,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        *,
        options: _lineage.CurveOptions | Mapping[str, Any] | None = None,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> _lineage.AdoptionCurve:
        """How a node was taken up over time."""
        return self._native.lineage_adoption_curve(node, merged(options, {}), merged(scope, fields))

    def funnel(self) -> _lineage.Funnel:
        """How far the replications of the network came, step by step, and how long each step took."""
        return self._native.replication_funnel()

    def adaptation(self, replication: str, /) -> tuple[_lineage.AdaptationProfile, ...]:
        """How each link of a replication was adapted: what was said of it, and what the texts show."""
        return self._native.adaptation(replication)

    def laureates(
        self,
        query: _network.LaureateQuery | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_network.LaureateQueryFields],
    ) -> Sequence[_network.Laureate]:
        """What became of what was awarded: who took it, how far it spread, and whether it still runs."""
        return self._native.laureates(query, **fields)

    def takers(
        self,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> _network.Takers:
        """Who takes what: which likenesses make an agency replicate."""
        return self._native.takers(scope, **fields)

    def propose_links(
        self,
        options: _network.ProposalOptions | Mapping[str, Any] | None = None,
        /,
        **fields: Unpack[_network.ProposalOptionsFields],
    ) -> _network.Proposals:
        """Replications that nobody recorded but the data suggest, to be looked at by people."""
        return self._native.propose_links(options, **fields)

    def graph(
        self,
        *around: str,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> _model.Graph:
        """Nodes and links around some nodes; all of them, where none is named."""
        return self._native.lineage_graph(list(around), merged(scope, fields))

    def to_networkx(
        self,
        *around: str,
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> networkx.MultiDiGraph:
        """The graph around some nodes, or all of it, for networkx: from what was replicated to its replica.

        A node is its id; its attributes are the fields of :class:`jipp.model.GraphNode` that are known. The key of an edge
        is the id of the replication; its attributes are those of :class:`jipp.model.GraphEdge`. Where the records come from
        (``provenance``) is left out.

        >>> import jipp
        >>> graph = jipp.Network.sample().lineage.to_networkx()  # doctest: +SKIP
        >>> graph.number_of_edges()  # doctest: +SKIP
        135

        Raises ImportError without networkx, and as :meth:`graph`.
        """
        from jipp._frames import to_networkx

        return to_networkx(self.graph(*around, scope=scope, **fields))

    def draw(
        self,
        *around: str,
        format: Literal["svg", "tree", "dot", "mermaid", "graphml", "prov-json", "node-link", "csv"] = "tree",
        lang: Literal["id", "en"] = "id",
        scope: _lineage.Scope | Mapping[str, Any] | None = None,
        **fields: Unpack[_lineage.ScopeFields],
    ) -> Drawing:
        """The graph around some nodes as a drawing (``svg``), a tree of text, or a file for other programs.

        It is the text of the file; a notebook shows it as a drawing.
        """
        return Drawing(self._native.lineage_drawn(format, lang, list(around), merged(scope, fields)), format)
