"""Who may enter."""

from jipp._values.evaluation_eligibility import *  # noqa: F403
from jipp._values.evaluation_eligibility import __all__ as _values

__all__ = [*_values]
