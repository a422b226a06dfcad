"""Decisions under several criteria."""

from jipp._values.evaluation_decision import *  # noqa: F403
from jipp._values.evaluation_decision import __all__ as _values

__all__ = [*_values]
