"""The packages whose numbers are stored in tests/vectors still give them: each script reference_*.py checks its own."""

import importlib
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))
reference = importlib.import_module("reference")

# Packages warn of each other's versions and of degenerate ratings.
pytestmark = pytest.mark.filterwarnings("ignore")

# For each script a number that a package gave, in the first case it checks.
NUMBERS = {
    "agreement": (0, "chance", "gwet", 0),
    "decision": ("tables", 0, "promethee", "usual", 0),
    "growth": ("fits", 0, "bass", "parameters", 0),
    "mixed": (0, "fit", "variances", 0),
    "rasch": (0, "fit", "p", 0, "measure", 1),
}
QUICK = {"agreement": {"quick": True}}


def script(name):
    return importlib.import_module(f"reference_{name}")


def test_every_script_is_checked():
    scripts = {path.stem.removeprefix("reference_") for path in Path(__file__).parent.glob("reference_*.py")}
    assert scripts == NUMBERS.keys()


@pytest.mark.parametrize("name", NUMBERS)
def test_the_packages_say_what_is_stored(name):
    script(name).check(reference.read(f"{name}.json"), **QUICK.get(name, {}))


@pytest.mark.parametrize("name", NUMBERS)
def test_a_changed_number_is_found_and_named(name):
    stored = reference.read(f"{name}.json")
    *path, last = NUMBERS[name]
    at = stored
    for step in path:
        at = at[step]
    at[last] += 3 * script(name).TOLERANCE * max(1, abs(at[last]))
    with pytest.raises(AssertionError, match=str(path[-1])) as found:
        script(name).check(stored)
    assert repr(at[last]) in str(found.value)
