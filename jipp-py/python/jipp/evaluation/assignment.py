"""Who scores what."""

from jipp._values.evaluation_assignment import *  # noqa: F403
from jipp._values.evaluation_assignment import __all__ as _values

__all__ = [*_values]
