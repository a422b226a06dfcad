"""Strict and lenient assessors."""

from jipp._values.evaluation_severity import *  # noqa: F403
from jipp._values.evaluation_severity import __all__ as _values

__all__ = [*_values]
