"""Record linkage: which records are the same thing."""

from jipp._values.matching_linkage import *  # noqa: F403
from jipp._values.matching_linkage import __all__ as _values

__all__ = [*_values]
