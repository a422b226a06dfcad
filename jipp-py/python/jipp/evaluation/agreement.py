"""How far assessors agree."""

from jipp._values.evaluation_agreement import *  # noqa: F403
from jipp._values.evaluation_agreement import __all__ as _values

__all__ = [*_values]
