"""Plots of matching: why a candidate has its score, and what seems to be recorded twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jipp._words import FACTOR_GROUPS, word
from jipp.notebook import Lang, language
from jipp.plot._axes import DARK, FILLS, axes, rows, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from jipp import _jipp
    from jipp._values import network as _network

__all__ = ["duplicate_clusters", "score_waterfall"]


def score_waterfall(found: _jipp.Candidates, at: int = 0, *, ax: Axes | None = None, lang: Lang | None = None) -> Axes:
    """How the score of a candidate adds up, part by part, each with its reason; in points, 100 at the most.

    ``at`` is the place of the candidate, from 0. Bars of one hatch belong to one group of factors.

    >>> import jipp
    >>> found = jipp.Network.sample().candidates("antrean panjang di puskesmas", region="81")
    >>> ax = jipp.plot.score_waterfall(found)
    >>> len(ax.patches) == len(found[0].parts) + 1
    True
    """
    lang, one = language(lang), found[at]
    parts = list(zip(one.parts, found.reasons(at, lang=lang)))
    ax = axes(ax, 9, 1.4 + 0.34 * len(parts))
    reached, seen = 0.0, set[str]()
    for row, (part, _) in enumerate(parts):
        group, points = FACTOR_GROUPS[part.ground.factor], part.points / 1e6
        grey, hatch = FILLS[group]
        label = None if group in seen else word(group, lang)
        seen.add(group)
        ax.barh(row, points, left=reached, height=0.62, color=grey, edgecolor=DARK, hatch=hatch, label=label)
        ax.plot([reached + points] * 2, [row, row + 1], color=DARK, linewidth=0.6)
        ax.annotate(f"+{points:.1f}", (reached + points, row), (3, 0), textcoords="offset points", va="center", size=8)
        reached += points
    ax.barh(len(parts), reached, height=0.62, color=DARK, edgecolor=DARK)
    ax.annotate(f"{reached:.1f}", (reached, len(parts)), (3, 0), textcoords="offset points", va="center", weight="bold")
    rows(ax, [*(shortened(words, 64) for _, words in parts), word("score", lang)])
    ax.set_xlim(0, max(100.0, reached * 1.08))
    ax.set_xlabel(word("score-points", lang))
    ax.set_title(shortened(f"{one.title} ({one.owner_name})", 80), loc="left")
    below = -0.55 / (0.4 + 0.34 * len(parts))
    ax.legend(loc="upper right", bbox_to_anchor=(1, below), ncols=len(seen), frameon=False)
    return ax


Pairs = list[tuple[str, str, float]]


def duplicate_clusters(
    found: Any,
    *,
    names: Mapping[str, str] | None = None,
    limit: int = 30,
    ax: Axes | None = None,
    lang: Lang | None = None,
) -> Axes:
    """Pairs that seem to be one thing, the strongest cluster first; each band is a cluster.

    ``found`` is what linking found (:class:`jipp.matching.linkage.LinkageResult`; the axis is the probability), or what
    ``network.matching.near_duplicates()`` gives (the axis is likeness, in thousandths). ``names`` are shown instead of
    ids. At most ``limit`` pairs are drawn.

    >>> import jipp
    >>> near = jipp.Network.sample().matching.near_duplicates(likeness=350)
    >>> ax = jipp.plot.duplicate_clusters(near)
    >>> len(ax.get_yticks()) == len({frozenset((pair.innovation, pair.neighbour.innovation)) for pair in near})
    True
    """
    lang = language(lang)
    linked = hasattr(found, "pairs")
    pairs = _linked(found) if linked else _near(found)
    clusters = _clusters(pairs)[:limit]
    drawn = [(number, pair) for number, cluster in enumerate(clusters) for pair in cluster][:limit]
    ax = axes(ax, 9, 1.2 + 0.3 * max(len(drawn), 2))
    for row, (number, (_, _, strength)) in enumerate(drawn):
        if number % 2 == 0:
            ax.axhspan(row - 0.5, row + 0.5, color="0.94", linewidth=0)
        ax.plot([0, strength], [row, row], color="0.7", linewidth=1)
        ax.plot([strength], [row], marker="o" if number % 2 == 0 else "D", color=DARK, markersize=5)
    called = names or {}
    rows(ax, [" ~ ".join(shortened(called.get(id, id), 32) for id in pair[:2]) for _, pair in drawn])
    ax.set_xlim(0, 1.02 if linked else 1020)
    ax.set_xlabel(word("match-probability" if linked else "likeness", lang))
    ax.set_title(word("duplicates", lang), loc="left")
    return ax


def _linked(found: Any) -> Pairs:
    """The pairs of one cluster."""
    of = {record: cluster.id for cluster in found.clusters for record in cluster.records}
    inside = (pair for pair in found.pairs if pair.linked and of.get(pair.left, pair.left) == of.get(pair.right))
    return [(pair.left, pair.right, pair.probability) for pair in inside]


def _near(found: Sequence[_network.NearDuplicate]) -> Pairs:
    """Each pair once: both of its innovations name it."""
    both = ((it.innovation, it.neighbour.innovation, it.neighbour.likeness) for it in found)
    once = {(min(a, b), max(a, b)): likeness for a, b, likeness in both}
    return [(a, b, float(likeness)) for (a, b), likeness in once.items()]


def _clusters(pairs: Pairs) -> list[Pairs]:
    """Pairs that hang together, the strongest first in and between clusters; ties by id."""
    of: dict[str, str] = {}

    def head(id: str) -> str:
        while of.setdefault(id, id) != id:
            id = of[id]
        return id

    for a, b, _ in pairs:
        first, second = sorted((head(a), head(b)))
        of[second] = first
    grouped: dict[str, Pairs] = {}
    for pair in sorted(pairs, key=lambda pair: (-pair[2], pair[:2])):
        grouped.setdefault(head(pair[0]), []).append(pair)
    return list(grouped.values())
