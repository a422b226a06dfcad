"""What the scripts reference_*.py share: the vectors that packages of others computed, and whether they still say so.

    python -m pip install --no-deps --requirement tests/python/requirements-reference.txt
    python tests/python/reference_agreement.py            # writes tests/vectors/agreement.json
    python tests/python/reference_agreement.py --check    # computes what is stored there again

The tests of the Rust side compare jipp with the vectors, test_references.py the vectors with the packages.
"""

import argparse
import json
import math
import os
import warnings
from pathlib import Path

# The matrices are small: threads only wait for each other. NumPy reads this when it is imported first.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

VECTORS = Path(__file__).parents[1] / "vectors"


def same(stored, again, tolerance, where):
    """Refuses what is not the same, naming the place: numbers to a tolerance, relative above 1, the rest exactly."""
    if isinstance(stored, dict):
        assert stored.keys() == again.keys(), f"{where}: {sorted(stored)}, but now {sorted(again)}"
        for key in stored:
            same(stored[key], again[key], tolerance, f"{where}, {key}")
    elif isinstance(stored, list):
        assert len(stored) == len(again), f"{where}: {len(stored)} values, but now {len(again)}"
        for place, (one, other) in enumerate(zip(stored, again)):
            same(one, other, tolerance, f"{where}[{place}]")
    elif isinstance(stored, (int, float)) and not isinstance(stored, bool):
        is_near = math.isclose(stored, again, rel_tol=tolerance, abs_tol=tolerance)
        assert is_near, f"{where}: stored is {stored!r}, the package says {again!r}"
    else:
        assert stored == again, f"{where}: {stored!r}, but now {again!r}"


def run(description, name, write, check):
    """The command line of a script; the name is that of its vectors."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare what is stored instead of writing it")
    # Of each other's versions, and of degenerate cases.
    warnings.simplefilter("ignore")
    if parser.parse_args().check:
        print(f"{check(read(name))}: as the packages say")
    else:
        write()


def read(name):
    return json.loads((VECTORS / name).read_text("utf-8"))


def write(name, text):
    (VECTORS / name).write_text(text, "utf-8")
