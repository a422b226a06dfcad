"""Curves of growth."""

from jipp._values.lineage_growth import *  # noqa: F403
from jipp._values.lineage_growth import __all__ as _values

__all__ = [*_values]
