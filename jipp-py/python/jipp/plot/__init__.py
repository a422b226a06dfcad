"""Plots for matplotlib (``pip install jipp[plot]``): each draws on ``ax``, or on new axes, and gives the axes.

All are readable in grey: marks, fillings and hatches tell apart, never colour alone. ``lang`` is ``id`` or ``en``; that
of :func:`jipp.notebook.language` unless given.
"""

from jipp.plot._evaluation import assessor_severity, rank_intervals, weight_sensitivity
from jipp.plot._matching import duplicate_clusters, score_waterfall
from jipp.plot._spread import adoption_curve, hub_map

__all__ = [
    "adoption_curve",
    "assessor_severity",
    "duplicate_clusters",
    "hub_map",
    "rank_intervals",
    "score_waterfall",
    "weight_sensitivity",
]
