"""Strict and lenient assessors, on scales of few steps."""

from jipp._values.evaluation_severity_rasch import *  # noqa: F403
from jipp._values.evaluation_severity_rasch import __all__ as _values

__all__ = [*_values]
