"""The report of a folder of gathered data."""

from jipp._values.exchange_gathered import *  # noqa: F403
from jipp._values.exchange_gathered import __all__ as _values

__all__ = [*_values]
