"""Places, and how sure they are."""

from jipp._values.evaluation_standings import *  # noqa: F403
from jipp._values.evaluation_standings import __all__ as _values

__all__ = [*_values]
