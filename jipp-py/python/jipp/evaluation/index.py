"""Indices of innovation."""

from jipp._values.evaluation_index import *  # noqa: F403
from jipp._values.evaluation_index import __all__ as _values

__all__ = [*_values]
