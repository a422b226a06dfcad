"""Every example in the documentation runs: of all modules of the package, of its README and of the pages of its site."""

import doctest
import functools
import importlib
import pkgutil
from pathlib import Path

import jipp
import pytest
from jipp import _sample, notebook
from matplotlib import pyplot

ROOT = Path(__file__).parents[2]
MODULES = ["jipp", *(one.name for one in pkgutil.walk_packages(jipp.__path__, "jipp.") if "_jipp" not in one.name)]
PAGES = sorted((ROOT / "jipp-py/docs").rglob("*.md")) + [ROOT / "jipp-py/README.md"]


@pytest.fixture(scope="module")
def sample():
    return _sample.load()


@pytest.fixture(autouse=True)
def quiet(monkeypatch, tmp_path, sample):
    """Reads the sample once, since no example changes it; draws to no screen; writes to no folder but its own."""
    monkeypatch.setattr(_sample, "load", lambda: sample)
    monkeypatch.chdir(tmp_path)
    pyplot.switch_backend("Agg")
    yield
    pyplot.close("all")
    notebook.set_language("id")


def test_there_are_modules_with_examples():
    finder = doctest.DocTestFinder(exclude_empty=True)
    examples = sum(len(test.examples) for name in MODULES for test in finder.find(importlib.import_module(name)))
    assert len(MODULES) > 50
    assert examples > 40


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module_run(name):
    done = doctest.testmod(importlib.import_module(name))
    assert done.failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_of_a_page_run(page):
    done = doctest.testfile(str(page), module_relative=False)
    assert done.failed == 0
    if page.name == "tutorial.md":
        assert done.attempted > 10
