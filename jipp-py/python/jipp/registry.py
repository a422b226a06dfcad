"""Changes, and what comes of them."""

from jipp._values.registry import *  # noqa: F403
from jipp._values.registry import __all__ as _values

__all__ = [*_values]
