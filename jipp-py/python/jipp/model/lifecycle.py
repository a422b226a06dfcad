"""State machines: their steps and guards."""

from jipp._values.model_lifecycle import *  # noqa: F403
from jipp._values.model_lifecycle import __all__ as _values

__all__ = [*_values]
