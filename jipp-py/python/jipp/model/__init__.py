"""What a network is made of: innovations, agencies, replications, hubs, competitions, and all they hold."""

from jipp._values.model import *  # noqa: F403
from jipp._values.model import __all__ as _values

__all__ = [*_values]
