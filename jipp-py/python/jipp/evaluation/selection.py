"""Who is chosen, under rules of composition."""

from jipp._values.evaluation_selection import *  # noqa: F403
from jipp._values.evaluation_selection import __all__ as _values

__all__ = [*_values]
