"""Plots of how innovation spreads: adoption over time, hubs over the country."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from jipp._words import word
from jipp.notebook import Lang, language
from jipp.plot._axes import DARK, GREY, axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from jipp._values import PartialDate
    from jipp._values import lineage as _lineage
    from jipp._values import lineage_growth as _growth
    from jipp.network import Network

__all__ = ["adoption_curve", "hub_map"]

_MARKS = "osD^vPX*"
_LINES = ("-", "--", "-.", ":")


def adoption_curve(
    curve: _lineage.AdoptionCurve,
    fit: _growth.Fit | None = None,
    *,
    ax: Axes | None = None,
    lang: Lang | None = None,
) -> Axes:
    """How many had taken something up by when, one line for each series of a curve.

    ``fit`` is a curve of growth fitted to the adopters of each period, where there is one series: it is drawn dashed,
    cumulated. How many are without a date, and so in no line, is said below.

    Raises :class:`ValueError` for a fit that does not belong to the curve.

    >>> import jipp
    >>> lineage = jipp.Network.sample().lineage
    >>> curve = lineage.adoption_curve("kota-bandung/aplikasi-smart-city-dan-e-government-kota-bandung")
    >>> ax = jipp.plot.adoption_curve(curve)
    >>> int(max(ax.lines[0].get_ydata()))
    18
    """
    lang = language(lang)
    if fit is not None and [len(one.points) for one in curve.series] != [len(fit.expected)]:
        raise ValueError("a fit belongs to a curve of one series, with as many periods")
    ax = axes(ax, 7, 4)
    from matplotlib.ticker import MaxNLocator

    for at, series in enumerate(curve.series):
        times = [_years(point.period) for point in series.points]
        counts = [point.cumulative for point in series.points]
        label = series.label or word("recorded", lang)
        mark, line = _MARKS[at % len(_MARKS)], "" if fit else _LINES[at % len(_LINES)]
        ax.plot(times, counts, marker=mark, linestyle=line, color=DARK, label=label)
        if fit is not None:
            sums, total = [], 0.0
            for new in fit.expected:
                total += new
                sums.append(total)
            ax.plot(times, sums, linestyle="--", color=GREY, label=f"{word('expected', lang)} ({fit.model})")
    ax.set_ylim(bottom=0)
    ax.margins(y=0.1)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    undated = f" · {curve.undated} {word('undated', lang)}" if curve.undated else ""
    ax.set_xlabel(word("year", lang) + undated)
    ax.set_ylabel(word("adopters", lang))
    ax.set_title(word("adoption-curve", lang), loc="left")
    ax.grid(color="0.9", linewidth=0.8)
    if len(ax.lines) > 1:
        ax.legend()
    return ax


def _years(period: PartialDate) -> float:
    return period.year + ((period.month or 1) - 1) / 12 + ((period.day or 1) - 1) / 366


_MEMBERS = {"yes": ("^", DARK), "unknown": ("s", "white"), "no": ("v", "white")}
"""Mark and filling of hubs that are members, may be, and are not."""


def hub_map(
    network: Network,
    on: date | str | None = None,
    *,
    names: bool = True,
    ax: Axes | None = None,
    lang: Lang | None = None,
) -> Axes:
    """Where the hubs of regions are, on a map of Indonesia: every region with coordinates is a dot, the hubs are marks.

    ``on`` is the date of the question, today if none. Hubs of ministries have no place on a map: how many there are is
    said in the legend, as are hubs whose region has no coordinates.

    >>> import jipp
    >>> ax = jipp.plot.hub_map(jipp.Network.sample(), on="2026-11-21", lang="en")
    >>> ax.get_xlabel()
    'longitude (°)'
    """
    lang = language(lang)
    ax = axes(ax, 12, 5)
    regions, agencies = network.regions, network.agencies
    dots = [region.center for region in regions if region.center is not None]
    ax.scatter([dot.lon for dot in dots], [dot.lat for dot in dots], s=5, color="0.65", linewidths=0, zorder=1)
    placed: dict[str, list[tuple[float, float, str]]] = {state: [] for state in _MEMBERS}
    nowhere = 0
    for hub in network.hubs.on(date.today() if on is None else on):
        agency = agencies.get(hub.agency)
        region = regions.get(agency.region) if agency is not None and agency.region and hub.kind != "central" else None
        if region is None or region.center is None:
            nowhere += hub.is_member == "yes"
        else:
            placed[hub.is_member].append((region.center.lon, region.center.lat, region.name))
    states = {"yes": "hub", "unknown": "unknown", "no": "outside"}
    for state, (mark, fill) in _MEMBERS.items():
        if found := placed[state]:
            label = f"{word(states[state], lang)} ({len(found)})"
            lons, lats = [it[0] for it in found], [it[1] for it in found]
            ax.scatter(lons, lats, s=42, marker=mark, facecolor=fill, edgecolor=DARK, label=label, zorder=3)
    if nowhere:
        ax.scatter([], [], s=0, color=DARK, label=f"+ {nowhere} {word('central', lang)}")
    if names:
        _name(ax, [it for found in placed.values() for it in found])
    ax.set_aspect("equal")
    ax.set_xlabel(word("longitude", lang))
    ax.set_ylabel(word("latitude", lang))
    ax.set_title(word("hub-map", lang), loc="left")
    ax.legend(loc="lower left")
    return ax


_SIDES = (
    ("left", "center"),
    ("right", "center"),
    ("center", "bottom"),
    ("center", "top"),
    ("left", "bottom"),
    ("left", "top"),
    ("right", "bottom"),
    ("right", "top"),
)
"""Where a name may stand by its mark, the best place first: how it is flush, across and upright."""


def _name(ax: Any, marks: list[tuple[float, float, str]]) -> None:
    """Names marks, each on the side where there is room; a name that has none is left out."""
    taken = [(lon - 0.4, lat - 0.4, lon + 0.4, lat + 0.4) for lon, lat, _ in marks]
    for lon, lat, name in sorted(marks):
        wide, high = 0.26 * len(name), 0.6
        for across, upright in _SIDES:
            x = lon + {"left": 0.4, "center": -wide / 2, "right": -0.4 - wide}[across]
            y = lat + {"bottom": 0.4, "center": -high / 2, "top": -0.4 - high}[upright]
            if not any(x < b[2] and b[0] < x + wide and y < b[3] and b[1] < y + high for b in taken):
                taken.append((x, y, x + wide, y + high))
                offset = {"left": 6, "center": 0, "right": -6}[across], {"bottom": 6, "center": 0, "top": -6}[upright]
                ax.annotate(
                    name, (lon, lat), offset, textcoords="offset points", ha=across, va=upright, size=7, zorder=4
                )
                break
