"""The real data that comes with the package."""

from __future__ import annotations

import gzip
from importlib.resources import files

from jipp import _jipp

__all__ = ["AT", "load"]

AT = "2026-11-21T00:00:00Z"
"""When the sample is recorded: when its sources were read."""


def load() -> _jipp.Network:
    """A network in memory with the sample."""
    network = _jipp.Network.in_memory(origin="sample")
    packed = (files("jipp") / "data" / "sample.jipp.gz").read_bytes()
    network.apply(gzip.decompress(packed))
    return network
