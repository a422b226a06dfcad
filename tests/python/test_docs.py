"""Every example in the documentation runs: those of all modules, of the README and of the pages of the site."""

import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import jipp
import pytest
from jipp import _sample, notebook
from matplotlib import pyplot

ROOT = Path(__file__).parents[2]
MODULES = ["jipp", *(one.name for one in pkgutil.walk_packages(jipp.__path__, "jipp.") if "_jipp" not in one.name)]
SITE = ROOT / "jipp-py/mkdocs.yml"
GUIDES = [one for one in sorted((ROOT / "jipp-py/docs").rglob("*.md")) if one.parent.name != "reference"]
PAGES = [*GUIDES, ROOT / "jipp-py/README.md"]


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


def test_the_site_builds_without_a_warning(tmp_path):
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--config-file",
        str(SITE),
        "--site-dir",
        str(tmp_path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    pages = {page.stem: page.read_text("utf-8") for page in (tmp_path / "reference").glob("*.html")}
    for page, name in [
        ("network", "jipp.network.Network.candidates"),
        ("network", "jipp.network.Candidate"),
        ("model", "jipp.model.Innovation"),
        ("lineage", "jipp.lineage.Scope"),
        ("notebook", "jipp.plot.hub_map"),
        ("errors", "jipp.errors.RefusedError"),
    ]:
        assert f'id="{name}"' in pages[page]
    assert not [page for page, text in pages.items() if ":class:" in text or ":meth:" in text]


def test_figures_of_the_comparison_are_those_of_the_benchmarks():
    """Every number with a unit in the comparison stands in BENCHMARKS.md."""
    said = (ROOT / "jipp-py/docs/comparison.md").read_text("utf-8")
    known = (ROOT / "BENCHMARKS.md").read_text("utf-8")
    figures = re.findall(r"([0-9][0-9.,]*) (?:ms|µs|s|%)", said)
    assert len(figures) > 15
    assert [figure for figure in figures if figure not in known] == []
