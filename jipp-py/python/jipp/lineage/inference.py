"""Networks of influence, inferred from who did what when."""

from jipp._values.lineage_inference import *  # noqa: F403
from jipp._values.lineage_inference import __all__ as _values

__all__ = [*_values]
