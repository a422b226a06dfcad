"""Options of the file."""

from jipp._values.store_sqlite import *  # noqa: F403
from jipp._values.store_sqlite import __all__ as _values

__all__ = [*_values]
