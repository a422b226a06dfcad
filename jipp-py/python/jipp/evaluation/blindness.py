"""Who may see what."""

from jipp._values.evaluation_blindness import *  # noqa: F403
from jipp._values.evaluation_blindness import __all__ as _values

__all__ = [*_values]
