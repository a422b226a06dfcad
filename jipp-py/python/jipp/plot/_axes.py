"""What all plots share: axes, marks that are told apart without colour, and short labels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["DARK", "FILLS", "GREY", "axes", "rows", "shortened"]

DARK: Final = "0.15"
"""Ink: what a plot is about."""
GREY: Final = "0.6"
"""Ink of what stands around it."""
FILLS: Final = {
    "text": ("0.35", ""),
    "alike": ("1.0", "////"),
    "proof": ("1.0", "||||"),
    "help": ("1.0", ""),
    "meaning": ("1.0", "----"),
}
"""Grey and hatch of the parts of a score."""


def axes(ax: Axes | None, width: float, height: float) -> Axes:
    """The axes given, or new ones of so many inches.

    Raises :class:`ImportError` where matplotlib is not installed.
    """
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise ImportError("plots need matplotlib: pip install jipp[plot]") from error
    return pyplot.subplots(figsize=(width, height), layout="constrained")[1]


def rows(ax: Axes, labels: Iterable[str]) -> None:
    """Names the rows of a plot, from the top down."""
    labels = list(labels)
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x", color="0.9", linewidth=0.8)
    ax.set_axisbelow(True)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)


def shortened(text: str, most: int = 48) -> str:
    """A label of at most so many characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
