"""Coefficients of agreement by three packages: what tests/tests/agreement.rs compares with.

krippendorff, pingouin and irrCAC; how to run it stands in reference.py. 200 matrices of ratings from one seed: few
categories or scales of 0 to 100, complete or with ratings missing. Rounding in the packages is switched off. The
p-value of Brennan and Prediger, of one side in irrCAC 0.4.4, is doubled. Kendall's W comes from SciPy's Friedman test,
over the units without missing ratings.
"""

import json
import math

import reference  # first: it settles the threads of NumPy
import krippendorff
import numpy as np
import pandas as pd
import pingouin
from irrCAC.raw import CAC
from scipy.stats import friedmanchisquare

TOLERANCE = 1e-9
LEVELS = ["nominal", "ordinal", "interval", "ratio"]
MODELS = {"fleiss": "fleiss", "conger": "conger", "gwet": "gwet", "brennan-prediger": "bp", "krippendorff": "krippendorff"}
WEIGHTS = ["identity", "linear", "quadratic", "ordinal", "radical", "ratio", "circular", "bipolar"]
DIGITS = 15

pingouin.options["round"] = None
pingouin.options["round.column.CI95"] = None


def matrix(rng, number):
    """Raters by units: each unit has a worth, each rater a severity."""
    raters, units = int(rng.integers(3, 7)), int(rng.integers(8, 14))
    worth, severity = rng.normal(0, 1.2, units), rng.normal(0, 0.4, raters)
    latent = worth[None, :] - severity[:, None] + rng.normal(0, 0.7, (raters, units))
    if number % 4 < 2:
        ratings = np.clip(np.round(3 + latent), 1, 5)
    else:
        ratings = np.clip(np.round(60 + 12 * latent), 1, 100)
    if number % 2:
        complete = int(rng.integers(4, units - 2))
        hidden = rng.random((raters, units)) < 0.35
        hidden[:, :complete] = False
        ratings[hidden] = np.nan
    return ratings


def icc(ratings):
    raters, units = ratings.shape
    rows = [(unit, rater, ratings[rater, unit]) for unit in range(units) for rater in range(raters)]
    frame = pd.DataFrame(rows, columns=["unit", "rater", "score"])
    found = pingouin.intraclass_corr(frame, "unit", "rater", "score", nan_policy="omit")
    ends = [end for pair in found["CI95"] for end in pair]
    return {
        "values": list(found["ICC"]),
        "f": list(found["F"])[:2],
        "df2": [int(df) for df in found["df2"]][:2],
        "p": list(found["pval"])[:2],
        "ends": ends,
    }


def chance(ratings, weights, with_conger=True):
    categories = sorted(float(value) for value in np.unique(ratings[~np.isnan(ratings)]))
    cac = CAC(pd.DataFrame(ratings.T), weights=weights, categories=categories, digits=DIGITS)
    found = {}
    for model, method in MODELS.items():
        if model == "conger" and not with_conger:
            continue
        estimate = getattr(cac, method)()["est"]
        p = estimate["p_value"] * (2 if model == "brennan-prediger" else 1)
        low, high = estimate["confidence_interval"]
        found[model] = [estimate["coefficient_value"], estimate["se"], p, low, high]
    return found


def kendall(ratings):
    whole = ratings[:, ~np.isnan(ratings).any(axis=0)]
    raters, units = whole.shape
    test = friedmanchisquare(*whole.T)
    return [test.statistic / (raters * (units - 1)), test.statistic, test.pvalue]


def expected(ratings, weights, with_conger=True):
    return {
        "alpha": [krippendorff.alpha(ratings, level_of_measurement=level) for level in LEVELS],
        "icc": icc(ratings),
        "chance": chance(ratings, weights, with_conger),
        "kendall": kendall(ratings),
    }


def plain(value):
    """Numbers to twelve digits: what is compared is nine."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, (float, np.floating)):
        assert math.isfinite(value)
        return float(f"{value:.12g}")
    return value


def cases():
    rng = np.random.default_rng(2026)
    for number in range(200):
        ratings, weights = matrix(rng, number), WEIGHTS[(number // 4) % len(WEIGHTS)]
        rows = [[None if np.isnan(value) else int(value) for value in row] for row in ratings]
        yield {"ratings": rows, "weights": weights, **plain(expected(ratings, weights))}


def check(stored, quick=False):
    """Quick: Conger's kappa, for which irrCAC takes a second or two with many categories, on 5 of 100 such matrices."""
    for number, case in enumerate(stored):
        ratings = np.array(case["ratings"], dtype=float)
        is_wide = number % 4 >= 2
        again = plain(expected(ratings, case["weights"], not (quick and is_wide and number % 40 != 2)))
        before = {**case, "chance": {model: case["chance"][model] for model in again["chance"]}}
        for part, value in again.items():
            reference.same(before[part], value, TOLERANCE, f"matrix {number} {case['ratings']}: {part}")
    return f"{len(stored)} matrices"


def write():
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases())
    reference.write("agreement.json", f"[\n{lines}\n]\n")


if __name__ == "__main__":
    reference.run(__doc__, "agreement.json", write, check)
