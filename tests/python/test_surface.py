"""Everything of the core is reachable from Python, and everything of the native module is used."""

import re
from pathlib import Path

import jipp
import pytest
from jipp import _jipp

ROOT = Path(__file__).parents[2]
PACKAGE = Path(jipp.__file__).parent
LISTED = [
    line.split()
    for line in (ROOT / "tests/vectors/python-surface.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
REASONS = {"-checked", "-field", "-index", "-kind", "-rust", "-used"}
FUNCTIONS = [(path, name) for path, name in LISTED if not path.endswith("!")]


def reach(name):
    """What a dotted name below the package is; the fields of values count too."""
    found = jipp
    for part in name.split("."):
        if not hasattr(found, part) and part in getattr(found, "_names", ()):
            return part
        found = getattr(found, part)
    return found


def test_the_list_is_long():
    assert len(FUNCTIONS) >= 580
    named = [path for path, name in FUNCTIONS if not name.startswith("-")]
    assert len(named) >= 450


@pytest.mark.parametrize("module", sorted({path.split("::")[0] for path, _ in FUNCTIONS}))
def test_every_function_of_the_core_is_there_or_has_a_reason(module):
    for path, name in FUNCTIONS:
        if not path.startswith(f"{module}::"):
            continue
        if name.startswith("-"):
            assert name in REASONS, path
        else:
            assert reach(name) is not None, path


def test_every_vocabulary_is_there():
    listed = sorted(name for path, name in LISTED if path.endswith("!"))
    assert len(listed) >= 84
    assert jipp.model.vocabularies() == listed


def test_everything_of_the_native_module_is_used():
    words = set()
    for path in PACKAGE.rglob("*.py"):
        words.update(re.findall(r"\b\w+\b", path.read_text("utf-8")))
    names = {name for name in dir(_jipp) if not name.startswith("_")}
    assert len(names) >= 95
    # Which codes there are is for the tests of errors alone.
    assert names - words == {"error_codes"}
    # These are handed to users as they are.
    as_they_are = {"Candidates", "Scoring", "Table"}
    for name in names - as_they_are:
        thing = getattr(_jipp, name)
        if isinstance(thing, type):
            methods = {method for method in vars(thing) if not method.startswith("_")}
            assert methods <= words, name


def test_modules_are_there_after_a_plain_import():
    for name in ("evaluation.agreement", "evaluation.severity.rasch", "matching.linkage", "lineage.growth", "model.lifecycle"):
        assert reach(name).__name__ == f"jipp.{name}"


@pytest.mark.parametrize("module", ["evaluation.agreement", "evaluation.standings", "matching.linkage", "exchange", "model", "base"])
def test_what_a_module_offers_is_there(module):
    offered = reach(module).__all__
    for name in offered:
        assert getattr(reach(module), name) is not None
