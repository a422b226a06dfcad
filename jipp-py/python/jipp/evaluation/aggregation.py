"""From scores to totals."""

from jipp._values.evaluation_aggregation import *  # noqa: F403
from jipp._values.evaluation_aggregation import __all__ as _values

__all__ = [*_values]
