"""Folding, dates and errors, through the installed package."""

import copy
import doctest
import pickle
import tomllib
from pathlib import Path

import jipp
import pytest
from jipp import _jipp, errors

ROOT = Path(__file__).parents[2]


def test_version_is_that_of_the_workspace():
    workspace = tomllib.loads((ROOT / "Cargo.toml").read_text("utf-8"))["workspace"]
    assert jipp.__version__ == workspace["package"]["version"]


def test_text_is_folded():
    assert jipp.fold("  Café  ＫＴＰ-el\n") == "cafe ktp-el"
    assert jipp.slug("Kab. Banyuwangi (GASPOL-12)") == "kab-banyuwangi-gaspol-12"
    assert jipp.fold("") == jipp.slug("") == ""


@pytest.mark.parametrize(
    ("text", "date"),
    [("2019", (2019, None, None)), ("2019-07", (2019, 7, None)), (" 2020-02-29 ", (2020, 2, 29))],
)
def test_a_date_keeps_its_precision(text, date):
    assert jipp.parse_date(text) == date


@pytest.mark.parametrize("text", ["", "2019-13", "2019-02-29", "1799", "10 Juli 2019"])
def test_what_is_no_date_is_refused_with_all_that_is_known(text):
    with pytest.raises(errors.InvalidError) as caught:
        jipp.parse_date(text)
    error = caught.value
    assert isinstance(error, ValueError)
    assert (error.kind, error.code, error.subject) == ("invalid", "date-form", None)
    assert error.location == errors.Location(field="date")
    assert error.value == text
    assert "YYYY-MM-DD" in error.hint
    assert str(error).startswith("not a date") and error.hint in str(error)


@pytest.mark.parametrize("duplicate", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))])
def test_errors_survive_copy_and_pickle(duplicate):
    location = errors.Location("usulan.csv", 7, "date")
    error = errors.NotFoundError("no such record", "not-found", "hub maluku", location, None, "register it first")
    again = duplicate(error)
    assert type(again) is errors.NotFoundError
    assert (str(again), vars(again)) == (str(error), vars(error))


def test_every_kind_of_error_has_its_class():
    kinds = {kind for _, kind in _jipp.error_codes()}
    assert kinds == {cls.kind for cls in errors.JippError.__subclasses__()}


def test_the_documentation_shows_what_happens():
    assert doctest.testmod(errors).attempted > 0
    assert doctest.testmod(errors).failed == 0
    readme = doctest.testfile(str(ROOT / "jipp-py/README.md"), module_relative=False)
    assert readme.attempted > 0 and readme.failed == 0
