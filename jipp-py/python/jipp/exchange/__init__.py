"""Files in and out: options and reports."""

from jipp._values.exchange import *  # noqa: F403
from jipp._values.exchange import __all__ as _values

__all__ = [*_values]
