"""The sample that comes with the package is made of the data of this repository; JIPP_BLESS=1 writes it anew."""

import gzip
import os
from importlib.resources import files
from pathlib import Path

import jipp
from jipp._sample import AT

ROOT = Path(__file__).parents[2]
STORED = ROOT / "jipp-py/python/jipp/data/sample.jipp.gz"


def test_the_sample_is_that_of_the_data():
    network = jipp.Network.in_memory(origin="sample")
    network.import_gathered(ROOT / "examples/data", at=AT)
    made = network.export_since(0)
    if os.environ.get("JIPP_BLESS"):
        STORED.write_bytes(gzip.compress(made, 9, mtime=0))
    stored = STORED.read_bytes()
    assert gzip.decompress(stored) == made
    assert stored[4:8] == bytes(4), "no time of making: the same data gives the same file"
    assert "JIPP_BLESS" in os.environ or (files("jipp") / "data/sample.jipp.gz").read_bytes() == stored
