"""Strict and lenient assessors, on scales of many steps."""

from jipp._values.evaluation_severity_mixed import *  # noqa: F403
from jipp._values.evaluation_severity_mixed import __all__ as _values

__all__ = [*_values]
