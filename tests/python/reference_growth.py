"""Growth curves fitted by SciPy: what tests/tests/growth.rs compares with.

Made with SciPy 1.17.1; how to run it stands in reference.py. Adopters per period against the differences of the curve,
by `curve_fit` from many starting points, the best kept; parameters, standard errors (the roots of the diagonal of
`pcov`) and the sum of squares.
"""

import itertools
import json

import reference  # first: it settles the threads of NumPy
import numpy as np
from scipy.optimize import curve_fit
from scipy.stats import binomtest

# Standard errors come from differences, and a search may stop a little elsewhere on another machine.
TOLERANCE = 1e-5


def bass(t, m, p, q):
    left = np.exp(-(p + q) * t)
    return m * (1 - left) / (1 + q / p * left)


def logistic(t, m, k, t0):
    return m / (1 + np.exp(-k * (t - t0)))


def fitted(curve, counts):
    t = np.arange(1, len(counts) + 1)

    def per_period(t, *parameters):
        # Nobody adopted before the first period.
        return np.diff(curve(t, *parameters), prepend=0)

    total, n, best = sum(counts), len(counts), None
    if curve is bass:
        starts = itertools.product([total, 1.5 * total], [0.001, 0.02, 0.1], [1 / n, 5 / n, 10 / n])
        bounds = ([0, 1e-12, 1e-12], [np.inf, 10, 10])
    else:
        starts = itertools.product([total, 1.5 * total], [2 / n, 5 / n, 15 / n], [n / 4, n / 2, 3 * n / 4])
        bounds = ([0, 1e-12, -np.inf], [np.inf, 20, np.inf])
    for start in starts:
        options = {"x_scale": "jac", "ftol": 1e-15, "xtol": 1e-15, "gtol": 1e-15, "max_nfev": 20000}
        try:
            parameters, covariance = curve_fit(per_period, t, counts, start, bounds=bounds, **options)
        except RuntimeError:
            continue
        squares = float(((per_period(t, *parameters) - counts) ** 2).sum())
        if best is None or squares < best["squares"]:
            errors = [float(e) for e in np.sqrt(np.diag(covariance))]
            best = {"parameters": [float(x) for x in parameters], "standard_errors": errors, "squares": squares}
    return best


def series():
    # Video recorders in the United States from 1980 on, thousands: the example of many Bass tutorials in R (nls).
    yield "recorders", [840, 1470, 2110, 4000, 7590, 10950, 10530, 9470, 7790, 5890]
    # Weekly returns of the film The Doctor, millions of dollars: Lilien and Rangaswamy, Marketing Engineering.
    yield "film", [0.1, 3.0, 5.2, 7.0, 5.25, 4.9, 3.0, 2.4, 1.9, 1.3, 0.8, 0.6]
    rng = np.random.default_rng(1)
    for name, curve, parameters, periods in [
        ("bass-years", bass, (300, 0.01, 0.5), 14),
        ("bass-slow", bass, (120, 0.03, 0.2), 24),
        ("bass-months", bass, (2000, 0.002, 0.09), 96),
        ("logistic-years", logistic, (400, 0.9, 6), 12),
        ("logistic-months", logistic, (5000, 0.15, 40), 80),
    ]:
        t = np.arange(1, periods + 1)
        yield name, [int(x) for x in rng.poisson(np.diff(curve(t, *parameters), prepend=0))]


def quartiles(numbers):
    return [float(q) for q in np.percentile(numbers, [25, 50, 75])]


def wilson(part, whole):
    interval = binomtest(part, whole).proportion_ci(0.95, method="wilson")
    return [float(interval.low), float(interval.high)]


def check(stored):
    for case in stored["fits"]:
        again = {"logistic": fitted(logistic, case["counts"]), "bass": fitted(bass, case["counts"])}
        for part, value in again.items():
            reference.same(case[part], value, TOLERANCE, f"{case['name']}: {part}")
    for case in stored["quartiles"]:
        reference.same(case["quartiles"], quartiles(case["numbers"]), TOLERANCE, f"quartiles of {case['numbers']}")
    for case in stored["shares"]:
        part, whole = case["part"], case["whole"]
        reference.same(case["interval"], wilson(part, whole), TOLERANCE, f"{part} of {whole}")
    return ", ".join(f"{len(cases)} {part}" for part, cases in stored.items())


def write():
    fits = [
        {"name": name, "counts": counts, "logistic": fitted(logistic, counts), "bass": fitted(bass, counts)}
        for name, counts in series()
    ]
    middles = []
    for seed in range(5):
        numbers = [round(float(x), 3) for x in np.random.default_rng(seed).exponential(4, size=seed + 3)]
        middles.append({"numbers": numbers, "quartiles": quartiles(numbers)})
    parts = [(0, 10), (1, 10), (5, 8), (185, 303), (7, 7)]
    shares = [{"part": part, "whole": whole, "interval": wilson(part, whole)} for part, whole in parts]
    made = {"fits": fits, "quartiles": middles, "shares": shares}
    reference.write("growth.json", json.dumps(made, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    reference.run(__doc__, "growth.json", write, check)
