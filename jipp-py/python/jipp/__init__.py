"""Networks of public-service innovation: registry, replication lineage, hubs, evaluation, matching."""

from jipp import errors
from jipp._jipp import __version__, fold, parse_date, slug

__all__ = ["__version__", "errors", "fold", "parse_date", "slug"]
