"""Plots show the data: as many bars and marks as there is to show, in their order, with labels and units."""

import runpy
from pathlib import Path
from types import SimpleNamespace

import jipp
import pytest
from jipp import plot
from jipp.lineage.growth import Fit
from jipp.matching.linkage import Cluster, Pair
from matplotlib import colors, pyplot

EXAMPLES = Path(__file__).parents[2] / "examples/python"


@pytest.fixture(autouse=True, scope="module")
def no_screen():
    pyplot.switch_backend("Agg")


@pytest.fixture(autouse=True)
def tidy():
    yield
    pyplot.close("all")


@pytest.fixture(scope="module")
def network():
    return jipp.Network.sample()


@pytest.fixture(scope="module")
def scoring():
    """An edition with made-up scores of 60 real innovations."""
    network = jipp.Network.sample()
    made_up = runpy.run_path(str(EXAMPLES / "made_up.py"))
    made_up["simulate"](network, proposals=60, assessors=8, seed=3)
    return network.evaluation.score(
        "kipp/2025", group="umum", cut={"places": 15}, resampling={"resamples": 200, "seed": 3}
    )


def labels(ax):
    return [label.get_text() for label in ax.get_yticklabels()]


def grey(ax):
    """Whether every line, bar and mark is grey."""
    inks = [line.get_color() for line in ax.lines] + [patch.get_facecolor() for patch in ax.patches]
    inks += [ink for dots in ax.collections for ink in dots.get_facecolor()]
    return all(len({round(part, 6) for part in colors.to_rgb(ink)}) == 1 for ink in inks)


def test_a_waterfall_adds_up(network):
    found = network.candidates("antrean panjang di puskesmas", region="81")
    ax = plot.score_waterfall(found, 2, lang="en")
    *parts, whole = ax.patches
    candidate = found[2]
    assert [round(bar.get_width() * 1e6) for bar in parts] == [part.points for part in candidate.parts]
    ends = [bar.get_x() + bar.get_width() for bar in parts]
    assert [bar.get_x() for bar in parts] == pytest.approx([0, *ends[:-1]])
    assert whole.get_width() == pytest.approx(candidate.score / 1e6)
    assert len(labels(ax)) == len(candidate.parts) + 1
    assert ax.get_xlabel() == "score (points)"
    assert {bar.get_hatch() or "" for bar in parts} >= {"", "||||"}, "told apart without colour"
    assert grey(ax)


def test_a_waterfall_speaks_both_languages(network):
    found = network.candidates("antrean panjang di puskesmas", region="81", limit=1)
    assert labels(plot.score_waterfall(found, lang="id"))[-1] == "skor"
    assert labels(plot.score_waterfall(found, lang="en"))[-1] == "score"
    with pytest.raises(ValueError, match="lang"):
        plot.score_waterfall(found, lang="fr")


def test_it_draws_where_it_is_told(network):
    _, given = pyplot.subplots()
    found = network.candidates("antrean panjang", limit=1)
    assert plot.score_waterfall(found, ax=given) is given


def test_an_adoption_curve_goes_through_its_points(network):
    curve = network.lineage.adoption_curve("kota-yogyakarta/nyamuk-ber-wolbachia-kota-yogyakarta")
    ax = plot.adoption_curve(curve, lang="en")
    (line,) = ax.lines
    assert list(line.get_xdata()) == [2021, 2022, 2023]
    assert list(line.get_ydata()) == [point.cumulative for point in curve.series[0].points]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("year", "number of adopters")
    assert grey(ax)


def test_a_fit_is_drawn_beside_the_curve(network):
    curve = network.lineage.adoption_curve("kota-yogyakarta/nyamuk-ber-wolbachia-kota-yogyakarta")
    figures = {"parameters": (), "residuals": (), "rmse": 0.0, "r_squared": 0.0, "aicc": 0.0, "peak": 0.0}
    fit = Fit(model="bass", expected=(1.0, 2.5, 4.0), **figures)
    seen, fitted = plot.adoption_curve(curve, fit).lines
    assert list(fitted.get_ydata()) == [1.0, 3.5, 7.5]
    assert seen.get_linestyle() != fitted.get_linestyle()
    with pytest.raises(ValueError, match="periods"):
        plot.adoption_curve(curve, Fit(model="bass", expected=(1.0,), **figures))


def test_the_map_places_every_hub_that_has_a_place(network):
    ax = plot.hub_map(network, on="2026-11-21", lang="en")
    regional = [hub for hub in network.hubs.on("2026-11-21") if hub.kind == "regional"]
    dots, *hubs = ax.collections
    assert len(dots.get_offsets()) == sum(region.center is not None for region in network.regions)
    assert sum(len(mark.get_offsets()) for mark in hubs) == len(regional) == 24
    lons, lats = zip(*dots.get_offsets().data)
    assert 94 < min(lons) < max(lons) < 142
    assert -12 < min(lats) < max(lats) < 7
    assert "Maluku" in [text.get_text() for text in ax.texts]
    assert "12 ministry or agency" in ax.get_legend().get_texts()[-1].get_text()
    assert grey(ax)


def test_intervals_stand_around_the_cut_in_their_order(scoring):
    ax = plot.rank_intervals(scoring, around=5, lang="en")
    places = scoring.standings.places
    inside = scoring.standings.cut.inside
    drawn = places[max(inside - 5, 0) : inside + 5]
    assert [int(label.split()[0]) for label in labels(ax)] == [place.place for place in drawn]
    sure = {one.proposal: one for one in scoring.value().uncertainty.value.proposals}
    spans = [line for line in ax.lines if len(line.get_xdata()) == 2 and line.get_linestyle() == "-"]
    assert [tuple(line.get_xdata()) for line in spans] == [
        (sure[place.proposal].from_, sure[place.proposal].to) for place in drawn
    ]
    marks = [line for line in ax.lines if line.get_marker() == "o"]
    filled = [line.get_markerfacecolor() != "white" for line in marks]
    assert filled == [True] * min(inside, 5) + [False] * (len(drawn) - min(inside, 5))
    assert grey(ax)


def test_weights_lie_within_their_ranges(scoring):
    ax = plot.weight_sensitivity(scoring, lang="en")
    ranges = scoring.value().weight_ranges.value
    assert len(labels(ax)) == len(ranges)
    shares = {line.get_xdata()[0] for line in ax.lines if line.get_marker() == "|"}
    assert shares == {one.share for one in ranges}
    for line in ax.lines:
        if len(line.get_xdata()) == 2:
            low, high = line.get_xdata()
            assert 0 <= low <= high <= 1
    assert grey(ax)


def test_assessors_stand_strictest_first(scoring):
    ax = plot.assessor_severity(scoring, lang="en")
    (adjusted,) = scoring.value().adjustments
    severities = sorted((one.severity for one in adjusted.value.assessors), reverse=True)
    marks = [line for line in ax.lines if line.get_marker() in ("o", "D")]
    assert [line.get_xdata()[0] for line in marks] == severities
    assert len(labels(ax)) == 8
    assert "points" in ax.get_xlabel()
    with pytest.raises(ValueError, match="stage is one of proposal"):
        plot.assessor_severity(scoring, "wawancara")


def test_an_edition_without_resampling_says_what_is_missing(scoring):
    bare = scoring.value().replace(uncertainty=None)
    with pytest.raises(ValueError, match="resampling"):
        plot.rank_intervals(bare)


def test_clusters_are_drawn_strongest_first(network):
    pairs = [("a", "b", 500), ("b", "c", 600), ("d", "e", 550), ("e", "d", 550)]
    near = [
        SimpleNamespace(innovation=one, neighbour=SimpleNamespace(innovation=other, likeness=likeness))
        for one, other, likeness in pairs
    ]
    ax = plot.duplicate_clusters(near, names={"a": "Antrean"})
    assert labels(ax) == ["b ~ c", "Antrean ~ b", "d ~ e"]
    assert len(labels(plot.duplicate_clusters(near, limit=2))) == 2
    assert grey(ax)


def test_linked_pairs_are_drawn_by_probability():
    common = {"weight": 0, "prior": 0, "parts": ()}
    pairs = (
        Pair(left="a", right="b", probability=0.99, linked=True, **common),
        Pair(left="a", right="c", probability=0.4, linked=False, **common),
    )
    found = SimpleNamespace(pairs=pairs, clusters=(Cluster(id="a", records=("a", "b")),))
    ax = plot.duplicate_clusters(found, lang="en")
    assert labels(ax) == ["a ~ b"]
    assert ax.get_xlabel() == "probability of a match (0–1)"


def test_without_matplotlib_the_error_names_the_extra(network, monkeypatch):
    found = network.candidates("antrean panjang", limit=1)
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    with pytest.raises(ImportError, match=r"pip install jipp\[plot\]"):
        plot.score_waterfall(found)
