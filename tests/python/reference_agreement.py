"""Coefficients of agreement by three packages: what tests/tests/agreement.rs compares with.

    python -m pip install krippendorff==0.9.0 pingouin==0.7.0
    python -m pip install --no-deps irrCAC==0.4.4    # it pins an older SciPy, and works with a newer one
    python tests/python/reference_agreement.py            # writes tests/vectors/agreement.json
    python tests/python/reference_agreement.py --check    # computes what is stored there again

200 matrices of ratings from one seed: few categories or scales of 0 to 100, complete or with ratings missing. Rounding in
the packages is switched off. The p-value of Brennan and Prediger, of one side in irrCAC 0.4.4, is doubled. Kendall's W
comes from SciPy's Friedman test, over the units without missing ratings.
"""

import argparse
import json
import math
import warnings
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
import pingouin
from irrCAC.raw import CAC
from scipy.stats import friedmanchisquare

FILE = Path(__file__).parents[1] / "vectors" / "agreement.json"
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


def chance(ratings, weights):
    categories = sorted(float(value) for value in np.unique(ratings[~np.isnan(ratings)]))
    cac = CAC(pd.DataFrame(ratings.T), weights=weights, categories=categories, digits=DIGITS)
    found = {}
    for model, method in MODELS.items():
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


def expected(ratings, weights):
    return {
        "alpha": [krippendorff.alpha(ratings, level_of_measurement=level) for level in LEVELS],
        "icc": icc(ratings),
        "chance": chance(ratings, weights),
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


def flat(value):
    if isinstance(value, dict):
        return [number for key in sorted(value) for number in flat(value[key])]
    return [number for inner in value for number in flat(inner)] if isinstance(value, list) else [value]


def check():
    stored = json.loads(FILE.read_text("utf-8"))
    for case in stored:
        again = expected(np.array(case["ratings"], dtype=float), case["weights"])
        for key, value in again.items():
            np.testing.assert_allclose(flat(case[key]), flat(value), rtol=1e-9, atol=1e-9, err_msg=str(case["ratings"]))
    print(f"{len(stored)} matrices: as the packages say")


def main():
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare what is stored instead of writing it")
    if parser.parse_args().check:
        check()
        return
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases())
    FILE.write_text(f"[\n{lines}\n]\n", "utf-8")


if __name__ == "__main__":
    main()
