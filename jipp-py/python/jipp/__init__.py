"""Networks of public-service innovation: registry, replication lineage, hubs, evaluation, matching.

>>> import jipp
>>> network = jipp.Network.sample()
>>> network.candidates("antrean panjang di puskesmas", region="81")  # doctest: +ELLIPSIS
<10 candidates of ... innovations>
"""

from jipp import (
    base,
    errors,
    evaluation,
    exchange,
    hubs,
    lineage,
    matching,
    model,
    network,
    notebook,
    plot,
    registry,
    store,
)
from jipp._edit import Edit
from jipp._jipp import __version__
from jipp._values import Choice, PartialDate, Value
from jipp.base import fold, parse_date, slug
from jipp.network import Candidates, Network, Question
from jipp.records import Records

__all__ = [
    "Candidates",
    "Choice",
    "Edit",
    "Network",
    "PartialDate",
    "Question",
    "Records",
    "Value",
    "__version__",
    "base",
    "errors",
    "evaluation",
    "exchange",
    "fold",
    "hubs",
    "lineage",
    "matching",
    "model",
    "network",
    "notebook",
    "parse_date",
    "plot",
    "registry",
    "slug",
    "store",
]
