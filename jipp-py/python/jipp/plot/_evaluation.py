"""Plots of a scored edition: how sure the places are, how much hangs on weights, how strict assessors are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jipp._words import word
from jipp.notebook import Lang, language
from jipp.plot._axes import DARK, GREY, axes, rows, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from jipp import _jipp
    from jipp._values import network as _network

__all__ = ["assessor_severity", "rank_intervals", "weight_sensitivity"]


def _whole(scoring: _jipp.Scoring | _network.Scoring) -> _network.Scoring:
    from jipp._values.network import Scoring

    return scoring if isinstance(scoring, Scoring) else scoring.value()


def _known(answer: _network.Known | None, what: str) -> Any:
    if answer is None:
        raise ValueError(f"this edition was scored without {what}")
    if answer.kind != "known":
        raise ValueError(f"{what} is not known: {answer.value.reason if answer.value else ''}")
    return answer.value


def rank_intervals(
    scoring: _jipp.Scoring | _network.Scoring,
    *,
    around: int = 12,
    ax: Axes | None = None,
    lang: Lang | None = None,
) -> Axes:
    """The intervals of places around the cut: who is surely above it, and whose side is a matter of who read them.

    Draws so many proposals to each side of the cut, best first. A filled mark is above the cut, an empty one below.

    Raises :class:`ValueError` for an edition that was scored without ``resampling``.
    """
    lang, whole = language(lang), _whole(scoring)
    sure = _known(whole.uncertainty, "resampling")
    titles = {proposal.id: proposal.title for proposal in whole.proposals}
    standings = whole.adjusted if whole.options._given().get("basis") == "adjusted" and whole.adjusted else None
    standings = standings or whole.outcome.standings
    inside = standings.cut.inside if standings.cut else len(standings.places)
    ranges = {one.proposal: one for one in sure.proposals}
    start = max(inside - around, 0)
    drawn = [place for place in standings.places[start : inside + around] if place.proposal in ranges]
    ax = axes(ax, 8, 1.4 + 0.3 * max(len(drawn), 2))
    for row, place in enumerate(drawn):
        one, is_inside = ranges[place.proposal], start + row < inside
        ax.plot([one.from_, one.to], [row, row], color=DARK, linewidth=1.6, solid_capstyle="butt")
        ax.plot(
            [place.place], [row], marker="o", color=DARK, markerfacecolor=DARK if is_inside else "white", markersize=6
        )
        if one.inside is not None:
            ax.annotate(f"{one.inside:.0%}", (1.01, row), xycoords=("axes fraction", "data"), va="center", size=8)
    if standings.cut and start < inside < start + len(drawn):
        ax.axhline(inside - start - 0.5, color=DARK, linestyle="--", linewidth=1)
        ax.axvline(inside + 0.5, color=GREY, linestyle=":", linewidth=1.2)
        where = (0.995, inside - start - 0.5)
        ax.annotate(
            word("cut", lang),
            where,
            (0, 2),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            ha="right",
            size=8,
        )
    rows(ax, [f"{place.place}  {shortened(titles.get(place.proposal, place.proposal), 42)}" for place in drawn])
    ax.set_xlabel(f"{word('place', lang)} (%: {word('inside', lang)})")
    ax.set_title(word("intervals", lang), loc="left")
    return ax


def weight_sensitivity(
    scoring: _jipp.Scoring | _network.Scoring, *, ax: Axes | None = None, lang: Lang | None = None
) -> Axes:
    """How far each weight can move before somebody else is above the cut.

    A line spans the shares that change nobody; the tall mark is the present share. An end is closed where somebody would
    enter or leave, and open where the weight may go all the way.

    Raises :class:`ValueError` where the ranges could not be computed.
    """
    lang, whole = language(lang), _whole(scoring)
    ranges: Sequence[Any] = _known(whole.weight_ranges, "ranges of weights")
    ranges = sorted(ranges, key=lambda one: (one.stage, one.criterion is not None, -one.share, one.criterion or ""))
    ax = axes(ax, 8, 1.4 + 0.34 * max(len(ranges), 2))
    for row, one in enumerate(ranges):
        ax.plot([one.share], [row], marker="|", markersize=16, markeredgewidth=2, color=DARK, zorder=3)
        if one.undetermined is not None:
            ax.annotate("?", (one.share, row), (8, 0), textcoords="offset points", va="center")
            continue
        low = 0.0 if one.down is None else one.down.share
        high = 1.0 if one.up is None else one.up.share
        ax.plot([low, high], [row, row], color=GREY, linewidth=3, solid_capstyle="butt")
        for at, crossing in ((low, one.down), (high, one.up)):
            fill = "white" if crossing is None else DARK
            ax.plot([at], [row], marker="o", markersize=6, color=DARK, markerfacecolor=fill, zorder=2)
    rows(ax, [shortened(one.stage if one.criterion is None else f"{one.stage}: {one.criterion}") for one in ranges])
    ax.set_xlim(left=0)
    ax.set_xlabel(word("share", lang))
    ax.set_title(word("sensitivity", lang), loc="left")
    return ax


def assessor_severity(
    scoring: _jipp.Scoring | _network.Scoring,
    stage: str | None = None,
    *,
    ax: Axes | None = None,
    lang: Lang | None = None,
) -> Axes:
    """How strict each assessor of a stage is, strictest first, with two standard errors to each side.

    To the right is stricter: so far below what others would give, in points or in logits. A diamond is an assessor whose
    severity is more than two standard errors from none. ``stage`` is needed where more than one was scored.

    Raises :class:`ValueError` for a stage that was not scored, or whose scores could not be adjusted.
    """
    lang, whole = language(lang), _whole(scoring)
    by_stage = {one.stage: adjustment for one, adjustment in zip(whole.outcome.stages, whole.adjustments)}
    if stage is None and len(by_stage) == 1:
        stage = next(iter(by_stage))
    if stage is None or stage not in by_stage:
        raise ValueError(f"stage is one of {', '.join(by_stage)}, not {stage!r}")
    adjusted: Any = by_stage[stage].value
    if by_stage[stage].kind != "adjusted":
        raise ValueError(f"the scores of {stage} could not be adjusted: {adjusted.reason}")
    assessors = sorted(adjusted.assessors, key=lambda one: (-one.severity, one.assessor))
    ax = axes(ax, 7, 1.4 + 0.28 * max(len(assessors), 2))
    ax.axvline(0, color=GREY, linewidth=1)
    for row, one in enumerate(assessors):
        is_marked = abs(one.severity) > 2 * one.standard_error
        ax.errorbar(
            [one.severity],
            [row],
            xerr=[2 * one.standard_error],
            marker="D" if is_marked else "o",
            color=DARK,
            markerfacecolor=DARK if is_marked else "white",
            capsize=3,
        )
    rows(ax, [f"{shortened(one.assessor.rpartition('/')[2], 30)} ({one.scores})" for one in assessors])
    unit = word("logits" if adjusted.model == "rasch" else "points", lang)
    ax.set_xlabel(f"← {word('lenient', lang)} · {word('severity-axis', lang)} {unit} · {word('strict', lang)} →")
    ax.set_title(f"{word('severity', lang)}: {stage}", loc="left")
    return ax
