"""Functions of evaluation on plain arrays and score sheets, through the installed package.

The numbers are published ones, and those of tests/vectors, which the reference scripts make with other packages.
"""

import array
import json
import math
import pickle
from pathlib import Path

import pytest
from jipp import errors
from jipp.evaluation import (
    aggregation,
    agreement,
    assignment,
    blindness,
    decision,
    eligibility,
    index,
    selection,
    severity,
    standings,
)
from jipp.evaluation.severity import mixed, rasch
from jipp.model import CriterionScore, Edition, Group, Rubric, ScoreSheet, codes

VECTORS = Path(__file__).parents[1] / "vectors"
N = None


def vectors(name):
    return json.loads((VECTORS / f"{name}.json").read_text("utf-8"))


def near(found, expected, by=1e-9):
    return abs(found - expected) <= by * max(abs(found), abs(expected), 1.0)


def all_near(found, expected, by=1e-9):
    return len(found) == len(expected) and all(near(one, other, by) for one, other in zip(found, expected))


# Agreement

CODERS = [
    [N, N, N, N, N, 3, 4, 1, 2, 1, 1, 3, 3, N, 3],
    [1, N, 2, 1, 3, 3, 4, 3, N, N, N, N, N, N, N],
    [N, N, 2, 1, 3, 4, 4, N, 2, 1, 1, 3, 3, N, 4],
]


def test_alpha_of_three_coders():
    found = {level: agreement.krippendorff(CODERS, level=level) for level in codes("level-of-measurement")}
    for level, expected in {"nominal": 0.6914, "interval": 0.8108, "ordinal": 0.8067, "ratio": 0.8089}.items():
        assert round(float(found[level]), 4) == expected
    assert found["nominal"].units == 12


def test_kappa_of_counts():
    counts = [
        [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    ]  # fmt: skip
    ratings = agreement.Ratings.from_counts([1, 2, 3, 4, 5], counts, level="nominal")
    found = agreement.chance_corrected(ratings, model="fleiss")
    assert (round(found.observed, 3), round(found.chance, 3), round(found.value, 4)) == (0.378, 0.213, 0.2099)
    with pytest.raises(errors.RefusedError) as caught:
        agreement.icc(ratings)
    assert (caught.value.code, caught.value.value) == ("undetermined", "raters-unknown")


def test_two_hundred_matrices_are_those_of_the_packages():
    cases = vectors("agreement")
    assert len(cases) == 200
    for number, case in enumerate(cases):
        rows = case["ratings"]
        alphas = [float(agreement.krippendorff(rows, level=level)) for level in codes("level-of-measurement")]
        assert all_near(alphas, case["alpha"]), number
        icc = agreement.icc(rows)
        assert all_near([float(one) for one in icc.estimates], case["icc"]["values"]), number
        for model in codes("chance-model"):
            found = agreement.chance_corrected(rows, model=model, weighting=case["weights"])
            inference = found.inference
            interval = inference.interval
            numbers = [found.value, inference.standard_error, inference.p_value, interval.low, interval.high]
            assert all_near(numbers, case["chance"][model]), (number, model)
        found = agreement.kendall(rows).corrected
        assert all_near([found.w, found.chi_square, found.p_value], case["kendall"]), number


@pytest.mark.parametrize(
    "same",
    [
        [[1.0, 2.0, 3.0], [1.0, 2.0, 1.0]],
        ((1, 2, 3), (1, 2, 1)),
        [array.array("d", [1, 2, 3]), array.array("i", [1, 2, 1])],
        memoryview(array.array("d", [1, 2, 3, 1, 2, 1])).cast("B").cast("d", (2, 3)),
        [[1, 2, 3, N], [1, 2, 1, math.nan]],
        [(float(number) for number in row) for row in ((1, 2, 3), (1, 2, 1))],
        [[True, 2, 3], [1, 2, 1]],
    ],
)
def test_ratings_come_as_lists_buffers_and_what_can_be_walked_through(same):
    found = agreement.krippendorff(same, level="interval").value
    assert near(found, agreement.krippendorff([[1, 2, 3], [1, 2, 1]], level="interval").value)


def test_ratings_come_as_arrays_and_frames():
    numpy = pytest.importorskip("numpy")
    rows = numpy.array([[1, 2, 3, numpy.nan], [1, 2, 1, 4]])
    plain = agreement.krippendorff([[1, 2, 3, N], [1, 2, 1, 4]], level="ordinal")
    assert agreement.krippendorff(rows, level="ordinal") == plain
    assert agreement.krippendorff(list(rows), level="ordinal") == plain
    assert agreement.krippendorff(rows.astype("float32"), level="ordinal") == plain


@pytest.mark.parametrize(
    ("ratings", "kind", "field"),
    [
        ([], errors.InvalidError, "ratings"),
        ([[]], errors.InvalidError, "ratings"),
        ([[1, 2], [1]], errors.InvalidError, "ratings[1]"),
        ([[1, 2], [1, 2, 3]], errors.InvalidError, "ratings[1]"),
        ([[1, "2"], [1, 2]], errors.InvalidError, "ratings[0][1]"),
        ([[1, 2], [1, math.inf]], errors.InvalidError, "ratings[1][1]"),
        ([[1, 10**400], [1, 2]], errors.InvalidError, "ratings[0][1]"),
        ([[1, object()]], errors.InvalidError, "ratings[0][1]"),
        ([[1, [2]]], errors.InvalidError, "ratings[0][1]"),
        ([1, 2], errors.InvalidError, "ratings[0]"),
        ("12", errors.InvalidError, "ratings"),
        (b"12", errors.InvalidError, "ratings"),
        ({"a": [1]}, errors.InvalidError, "ratings"),
        ([{1, 2}], errors.InvalidError, "ratings[0]"),
        (["12"], errors.InvalidError, "ratings[0]"),
        (7, errors.InvalidError, "ratings"),
        (None, errors.InvalidError, "ratings"),
    ],
)
def test_what_is_no_ratings_is_refused_at_its_place(ratings, kind, field):
    with pytest.raises(kind) as caught:
        agreement.krippendorff(ratings, level="ratio")
    assert caught.value.location.field == field


def test_a_scale_refuses_what_is_off_it():
    with pytest.raises(errors.InvalidError) as caught:
        agreement.krippendorff([[1, -2]], level="ratio")
    assert caught.value.code == "out-of-range"
    with pytest.raises(errors.InvalidError, match="level-of-measurement"):
        agreement.krippendorff([[1, 2]], level="inteval")
    with pytest.raises(TypeError, match="level"):
        agreement.krippendorff([[1, 2]])
    with pytest.raises(errors.InvalidError):
        agreement.Ratings([[1, 2]], level="ordinal", categories=[1])


@pytest.mark.parametrize(
    ("ratings", "reason"),
    [([[3, 3], [3, 3]], "one-category"), ([[1, N], [N, 2]], "no-pairs"), ([[1, 2]], "no-pairs")],
)
def test_what_has_no_coefficient_raises_the_reason_and_is_never_nan(ratings, reason):
    with pytest.raises(errors.RefusedError) as caught:
        agreement.krippendorff(ratings, level="interval")
    assert (caught.value.code, caught.value.value) == ("undetermined", reason)


def test_ratings_keep_what_they_were_given():
    ratings = agreement.Ratings(CODERS, level="ordinal", categories=[1, 2, 3, 4, 5])
    again = pickle.loads(pickle.dumps(ratings))
    assert (again.to_rows(), again.level, again.categories) == (CODERS, "ordinal", [1, 2, 3, 4, 5])
    assert (ratings.raters, ratings.units) == (3, 15)
    assert ratings.at("interval").level == "interval"


def test_intervals_are_the_same_for_any_number_of_threads():
    ratings = agreement.Ratings(CODERS, level="interval")
    one = agreement.krippendorff_interval(ratings, resamples=200, seed=3)
    assert one == agreement.krippendorff_interval(ratings, {"resamples": 200, "seed": 3}, threads=3)
    mine = agreement.bootstrap(ratings, agreement.krippendorff, resamples=100, seed=3)
    assert mine == agreement.bootstrap(ratings, agreement.krippendorff, resamples=100, seed=3, threads=3)
    assert mine.interval.low < float(agreement.krippendorff(ratings)) < mine.interval.high
    with pytest.raises(errors.InvalidError) as caught:
        agreement.krippendorff_interval(ratings, resamples=1)
    assert caught.value.location.field == "resamples"
    with pytest.raises(errors.InvalidError) as caught:
        agreement.krippendorff_interval(ratings, resample=10)
    assert "resample" in str(caught.value)


def test_what_a_statistic_raises_is_raised():
    def broken(drawn):
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine"):
        agreement.bootstrap(CODERS, broken, level="ordinal", resamples=10)
    with pytest.raises(TypeError):
        agreement.bootstrap(CODERS, lambda drawn: [1], level="ordinal", resamples=10)
    with pytest.raises(errors.RefusedError):
        agreement.bootstrap(CODERS, lambda drawn: math.nan, level="ordinal", resamples=10)


# Decision


def test_borda_of_a_capital():
    ballots = [
        {"voters": 42, "order": [[0], [1], [2], [3]]},
        {"voters": 26, "order": [[1], [2], [3], [0]]},
        {"voters": 15, "order": [[2], [3], [1], [0]]},
        {"voters": 17, "order": [[3], [2], [1], [0]]},
    ]
    assert decision.borda(ballots) == [126, 194, 173, 107]
    many = [[entry for group in ballot["order"] for entry in group] for ballot in ballots for _ in range(ballot["voters"])]
    assert decision.borda(many) == [126, 194, 173, 107]


@pytest.mark.parametrize(
    ("ballots", "error"),
    [
        ([], errors.InvalidError),
        ([[0, 0]], errors.InvalidError),
        ([[0, -1]], errors.InvalidError),
        ([["a"]], errors.InvalidError),
        (["ab"], TypeError),
        ([3], TypeError),
    ],
)
def test_ballots_that_cannot_be_counted(ballots, error):
    with pytest.raises(error):
        decision.borda(ballots)


def test_decisions_are_those_of_the_packages():
    given = vectors("decision")
    for case in given["tables"]:
        aims = ["maximise" if one == 1 else "minimise" for one in case["types"]]
        criteria = [{"weight": weight, "aim": aim} for weight, aim in zip(case["weights"], aims)]
        for name, expected in case["topsis"].items():
            assert all_near(decision.topsis(case["rows"], criteria, normalization=name), expected)
        flows = decision.promethee(case["rows"], criteria, ["usual"] * len(criteria))
        assert all_near([flow.net for flow in flows], case["promethee"]["usual"])
        v_shape = [{"v-shape": {"preference": preference}} for preference in case["preference"]]
        flows = decision.promethee(case["rows"], criteria, v_shape)
        assert all_near([flow.net for flow in flows], case["promethee"]["vshape"])
        alike = [decision.Preference(kind="v-shape", preference=preference) for preference in case["preference"]]
        assert decision.promethee(case["rows"], criteria, alike) == flows
    for case in given["duels"]:
        found = decision.bradley_terry(case["wins"])
        assert all_near([one.value for one in found.strengths], case["values"], 1e-6)


def test_comparisons_that_determine_nothing():
    with pytest.raises(errors.RefusedError) as caught:
        decision.bradley_terry([[0, 1], [0, 0]])
    assert caught.value.code == "undetermined"
    with pytest.raises(errors.InvalidError) as caught:
        decision.bradley_terry([[0, N], [1, 0]])
    assert (caught.value.code, caught.value.location.field) == ("field-missing", "wins[0][1]")
    with pytest.raises(errors.InvalidError) as caught:
        decision.topsis([[1, math.nan], [1, 2]], [{"weight": 0.5, "aim": "maximise"}] * 2)
    assert (caught.value.code, caught.value.location.field) == ("number-form", "rows[0][1]")
    with pytest.raises(errors.InvalidError, match="add up to 1"):
        decision.topsis([[1], [2]], [decision.Criterion(weight=0.5, aim="maximise")])
    with pytest.raises(IndexError):
        decision.bradley_terry([[0, 3], [1, 0]]).wins(0, 2)


# Severity


def test_mixed_models_are_those_of_statsmodels():
    for case in vectors("mixed"):
        found = mixed.fit(case["scores"])
        assert found.converged
        assert all_near([one.estimate for one in found.assessors], case["fit"]["severities"], 0.01), case["name"]
        as_values = [severity.Observation(proposal=p, assessor=a, criterion=c, score=s) for p, a, c, s in case["scores"]]
        assert mixed.fit(as_values) == found


def test_rasch_models_are_those_of_statsmodels():
    for case in vectors("rasch"):
        make = rasch.partial_credit if case["partial_credit"] else rasch.rating_scale
        found = rasch.fit(case["scores"], make(*case["scale"]), iterations=10_000)
        assert near(found.log_likelihood, case["fit"]["log_likelihood"], 1e-6), case["name"]


@pytest.mark.parametrize(
    ("observations", "error", "field"),
    [
        ([], errors.RefusedError, "observations"),
        ([(0, 0, 0)], errors.InvalidError, "observations[0]"),
        ([(0, 0, 0, 50), (-1, 0, 0, 50)], errors.InvalidError, "observations[1][0]"),
        ([(0.5, 0, 0, 50)], errors.InvalidError, "observations[0][0]"),
        ([(0, 0, 0, "50")], errors.InvalidError, "observations[0][3]"),
        ([(0, 0, 0, 101)], errors.InvalidError, "observations[0].score"),
        ([(0, 0, 0, math.nan)], errors.InvalidError, "observations[0].score"),
        ([(0, 0, 0, 50), (0, 0, 0, 60)], errors.InvalidError, "observations[1]"),
        ([(0, 0, 0, 50), (1, 1, 0, 60)], errors.RefusedError, "observations"),
    ],
)
def test_panels_that_cannot_be_compared(observations, error, field):
    with pytest.raises(error) as caught:
        mixed.fit(observations)
    assert caught.value.location.field == field


# Contests

RUBRIC = Rubric(
    id="r@1", title="Rubrik", version="1", scale_min=0, scale_max=100, total=1, missing="refuse",
    criteria=[{"code": "c-1", "label": "Kebaruan", "weight": 0.5}, {"code": "c-2", "label": "Dampak", "weight": 0.5}],
)  # fmt: skip


def sheets(scores):
    """Score sheets of a mapping of (assessor, proposal) to the scores of both criteria."""
    for (assessor, proposal), (one, other) in scores.items():
        given = [CriterionScore(criterion="c-1", value=one), CriterionScore(criterion="c-2", value=other)]
        yield ScoreSheet(id=f"{assessor}-{proposal}", assessor=assessor, proposal=proposal, stage="desk", scores=given)


SCORES = {
    ("x", "a"): (80, 90), ("y", "a"): (70, 80), ("x", "b"): (90, 80), ("y", "b"): (70, 80),
    ("x", "c"): (60, 62), ("y", "c"): (50, 48), ("x", "d"): (75, 77), ("y", "d"): (81, 79),
}  # fmt: skip


def contest():
    entrants = ["a", ("b", "2026-02-01"), ("c", None), standings.Entrant(proposal="d")]
    return standings.Contest(entrants).with_stage("desk", RUBRIC, sheets(SCORES))


def test_a_contest_on_plain_score_sheets():
    found = contest().with_tie_break(["c-1"]).with_cut(places=2).run()
    assert [(one.proposal, one.place, one.score) for one in found.standings.places] == [
        ("b", 1, 80.0), ("a", 2, 80.0), ("d", 3, 78.0), ("c", 4, 55.0),
    ]  # fmt: skip
    assert [one.decided_by for one in found.standings.places] == ["c-1", "c-1", None, None]
    assert {one.proposal for one in found.standings.at("inside")} == {"a", "b"}
    assert found.standings.of("c").position == "outside"
    assert found.standings.of("nobody") is None
    assert (contest().assessors, contest().cut.places) == (["x", "y"], None)
    [stage] = contest().stages
    assert (stage.stage, stage.criteria, stage.scale) == ("desk", ["c-1", "c-2"], (0.0, 100.0))


def test_a_contest_answers_what_if_and_how_sure():
    cut = contest().with_cut(places=1)
    changed = cut.what_if([{"change": "without-assessor", "assessor": "x"}])
    assert [move.proposal for move in changed.enters] == ["d"]
    assert changed == cut.what_if([standings.Change(change="without-assessor", assessor="x")])
    assert cut.changed([{"change": "places", "places": 3}]).cut.places == 3
    assert {one.stage for one in contest().with_cut(places=2).weight_ranges()} == {"desk"}
    assert contest().with_cut(places=2).at_the_cut(1).outside == "d"
    sure = contest().with_cut(places=2).uncertainty(resamples=100, seed=1)
    assert sure.proposals == contest().with_cut(places=2).uncertainty(resamples=100, seed=1, threads=2).proposals
    assert all(1 <= one.from_ <= one.place <= 4 for one in sure.proposals)
    adjustments, adjusted = contest().adjusted_standings()
    assert len(adjustments) == 1 and adjusted is not None


def test_a_sheet_that_does_not_fit_is_named():
    odd = [ScoreSheet(id="x-a", assessor="x", proposal="a", stage="desk", scores=[CriterionScore(criterion="c-9", value=1)])]
    with pytest.raises(errors.NotFoundError) as caught:
        standings.Contest(["a"]).with_stage("desk", RUBRIC, odd)
    assert (caught.value.subject, caught.value.location.field) == ("score-sheet x-a", "scores[0].criterion")
    with pytest.raises(errors.JippError):
        contest().with_tie_break(["c-9"])
    with pytest.raises(errors.InvalidError):
        standings.Contest([7])


def test_a_stage_by_itself():
    stage = aggregation.ScoredStage("desk", RUBRIC, ["a", "b", "c", "d"], sheets(SCORES))
    scores = stage.aggregate(min_assessors=2)
    assert {one.proposal: one.score for one in scores.proposals} == {"a": 80, "b": 80, "c": 55, "d": 78}
    assert len(stage.observations("sheet")) == 8 and len(stage.observations("criterion")) == 16
    assert stage.without("x").assessors == ["y"]
    totals = aggregation.totals(["a", "d"], [(2, scores), (1, stage.without("x").aggregate())])
    assert [one.total for one in totals] == [78.333333, 78.666667]
    lenient, strict = stage.adjust().value.assessors
    assert (lenient.assessor, strict.assessor) == ("x", "y") and lenient.severity < 0 < strict.severity


def test_a_ranking_of_plain_pairs():
    found = standings.rank([("a", 80.5), ("b", 90), ("c", 80.5)], pass_mark=85)
    assert [(one.proposal, one.place) for one in found.places] == [("b", 1), ("a", 2), ("c", 2)]
    with pytest.raises(errors.InvalidError):
        standings.rank([("a", math.nan)])


# Choice, assignment, eligibility, blindness


def test_a_choice_under_rules_is_best_or_says_what_blocks_it():
    candidates = [(f"p{number}", 90 - number) for number in range(6)]
    rule = {"code": "east", "members": [4, 5], "unknown": [], "least": 1}
    found = selection.select(candidates, 3, [rule])
    assert (found.kind, found.value.chosen, found.value.optimal) == ("chosen", ("p0", "p1", "p4"), True)
    blocked = selection.select(candidates, 3, [rule | {"least": 3}])
    assert [one.code for one in blocked.value.rules] == ["east"]


def test_assessors_are_assigned_evenly_and_not_in_conflict():
    conflicts = [{"assessor": "x", "proposal": "p0", "ground": codes("conflict-ground")[0]}]
    found = assignment.assign([f"p{number}" for number in range(6)], ["x", "y", "z"], conflicts, per_proposal=2)
    pairs = {(one.proposal, one.assessor) for one in found.value.pairs}
    assert len(pairs) == 12 and ("p0", "x") not in pairs
    assert {one.proposals for one in found.value.loads} == {4}
    short = assignment.assign(["p0"], ["x"], per_proposal=2)
    assert short.value.words_in("en") != short.value.words_in("id")


def test_eligibility_by_the_rules_of_a_group():
    group = Group(code="umum", label="Umum", min_age_months=24)
    entrant = eligibility.Entrant(implemented_on="2020-03")
    found = eligibility.eligibility(Edition(id="kipp/2021", competition="kipp"), group, entrant, closing="2021-05-31")
    assert (found.verdict, found.undecided()) == ("no", [])
    [rule] = found.failed()
    assert rule.found.words_in("en") and rule.found.words_in("id") and rule.label_in("en")


def test_the_shipped_policy_hides_and_shows():
    policy = blindness.standard()
    policy.check()
    assert policy.hidden("secretariat", "desk", "innovation") == []
    assert "innovators" in policy.hidden("assessor", "desk", "innovation")
    assert policy.rule("secretariat", "desk", "innovation") in policy.rules
    with pytest.raises(errors.InvalidError, match="edition-phase"):
        policy.hidden("assessor", "tomorrow", "innovation")


# Indices


def test_every_shipped_formula_is_sound():
    assert index.formulas()
    for id in index.formulas():
        formula = index.formula(id)
        formula.check()
        assert formula.id == id
        assert formula.efforts().fixed == tuple(one.criterion for one in formula.fixed)
    with pytest.raises(errors.NotFoundError):
        index.formula("none@1")


def test_the_index_of_a_government():
    formula = index.formula("iid-indeks@2026")
    found = formula.score(year=2026, points=50, innovations=[80] * 40, affairs=6)
    # (50 + 40 * 80 / 40 + 0.38 * 40) / 250 * 100
    assert found.index == 58.08
    assert (found.band.label, found.band.label_in("id")) == ("Inovatif", "Inovatif")
    assert formula.band(found.index) == found.band
    assert formula.divisor_in(2026) and formula.count.points(40) == 15.2
    with pytest.raises(TypeError):
        formula.score(year=2026, innovations=[])
    with pytest.raises(errors.InvalidError):
        formula.score(year=2026, points=-1, innovations=[80], affairs=0)


def test_the_next_rise_and_the_cheapest_plan():
    rubric = Rubric(
        id="r@2", title="Matang", version="1", scale_min=0, scale_max=3, total=10, missing="no-points",
        criteria=[{"code": "a", "label": "A", "weight": 4}, {"code": "b", "label": "B", "weight": 6}],
    )  # fmt: skip
    points = index.maturity(rubric, [{"criterion": "a", "own": 1}])
    assert points.most >= points.indicators[0].points and "b" in points.missing
    steps = index.gains(points)
    assert steps and steps[0].gain >= steps[-1].gain
    plan = index.plan(points, effort=1)
    assert plan.effort <= 1
    with pytest.raises(TypeError):
        index.plan(points)
