"""Dates, periods and text."""

from jipp._jipp import fold, parse_date, slug
from jipp._values import PartialDate
from jipp._values.base import *  # noqa: F403
from jipp._values.base import __all__ as _values

__all__ = ["PartialDate", "fold", "parse_date", "slug", *_values]
