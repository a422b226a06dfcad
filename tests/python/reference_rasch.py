"""Many-facet Rasch models fitted by statsmodels: what tests/tests/severity.rs compares with.

Made with statsmodels 0.15.0, SciPy 1.17.1 and NumPy 2.4.6; how to run it stands in reference.py. Joint maximum
likelihood of the model is that of a multinomial logit, which is fitted as a Poisson regression (`GLM`) with one row for
each score and level and one intercept for each score (Baker, *The Multinomial-Poisson Transformation*, The Statistician
43, 1994). Extreme elements are taken out first and placed afterwards by root finding; fit statistics are worked out
from the fitted chances.
"""

import json

import reference  # first: it settles the threads of NumPy
import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.optimize import brentq

NAMES = ["p", "a", "c"]
# Iterations may stop a little elsewhere on another machine.
TOLERANCE = 1e-5


def simulated(seed, proposals, assessors, each, criteria, lowest, highest, own=False, spread=1.5, gap=None):
    """Levels of `each` of the assessors for every proposal; of `gap` there are none."""
    rng = np.random.default_rng(seed)
    theta, alpha = rng.normal(0, spread, proposals), rng.normal(0, 0.8, assessors)
    delta = rng.normal(0, 0.5, criteria)
    steps = highest - lowest
    tau = np.linspace(-1.5, 1.5, steps)
    taus = [tau + (rng.normal(0, 0.6, steps) if own else 0) for _ in range(criteria)]
    levels, rows = np.arange(steps + 1), []
    for p in range(proposals):
        for a in sorted(rng.choice(assessors, each, replace=False)):
            for c in range(criteria):
                logits = levels * (theta[p] - alpha[a] - delta[c]) - np.concatenate([[0], np.cumsum(taus[c])])
                if gap is not None:
                    logits[gap - lowest] = -np.inf
                chances = np.exp(logits - logits.max())
                level = rng.choice(levels, p=chances / chances.sum())
                rows.append([p + 1, int(a) + 51, c + 1, int(level) + lowest])
    return rows


def ends(frame, own):
    """The lowest and highest level of the scale of each score."""
    by = frame.c if own else pd.Series(0, frame.index)
    return frame.y.groupby(by).transform("min"), frame.y.groupby(by).transform("max")


def without_extremes(frame, own):
    taken = []
    while True:
        low, high = ends(frame, own)
        for name in NAMES:
            lowest = (frame.y == low).groupby(frame[name]).all()
            highest = (frame.y == high).groupby(frame[name]).all()
            out = [(i, "highest" if highest[i] else "lowest") for i in lowest.index if lowest[i] or highest[i]]
            if out:
                taken += [(name, i, end, frame[frame[name] == i]) for i, end in out]
                frame = frame[~frame[name].isin([i for i, _ in out])]
                break
        else:
            return frame, taken


def fitted(rows, own):
    everything = pd.DataFrame(rows, columns=[*NAMES, "y"])
    frame, taken = without_extremes(everything, own)
    ids = {name: sorted(set(frame[name])) for name in NAMES}
    scales = {c: sorted(set(frame.y[frame.c == c] if own else frame.y)) for c in ids["c"]}
    columns = [("p", i) for i in ids["p"]]
    columns += [(name, i) for name in "ac" for i in ids[name][1:]]
    for c in ids["c"] if own else [0]:
        columns += [("k", c, y) for y in scales[c or ids["c"][0]][1:-1]]
    place = {column: i for i, column in enumerate(columns)}
    design, counts, score = [], [], []
    for number, one in enumerate(frame.itertuples()):
        for y in scales[one.c]:
            row = np.zeros(len(columns))
            for name, sign in zip(NAMES, [1, -1, -1]):
                if (name, getattr(one, name)) in place:
                    row[place[name, getattr(one, name)]] = sign * y
            if ("k", one.c if own else 0, y) in place:
                row[place["k", one.c if own else 0, y]] = 1
            design.append(row)
            counts.append(float(y == one.y))
            score.append(number)
    intercepts = np.zeros((len(design), len(frame)))
    intercepts[np.arange(len(design)), score] = 1
    whole = np.hstack([np.array(design), intercepts])
    result = sm.GLM(np.array(counts), whole, family=sm.families.Poisson()).fit(tol=1e-13, maxiter=500)
    size = len(columns)
    # The covariance of `GLM` is of the weights before its last step, four digits short.
    covariance = np.linalg.inv((whole.T * result.mu) @ whole)[:size, :size]
    beta = result.params[:size]

    def combination(weights):
        vector = np.zeros(size)
        for column, weight in weights.items():
            if column in place:
                vector[place[column]] += weight
        return float(vector @ beta), float(np.sqrt(vector @ covariance @ vector))

    centre = {(name, i): -1 / len(ids[name]) for name in "ac" for i in ids[name]}
    measures, errors = {}, {}
    for i in ids["p"]:
        measures["p", i], errors["p", i] = combination({("p", i): 1, **centre})
    for name in "ac":
        for i in ids[name]:
            weights = {key: w for key, w in centre.items() if key[0] == name}
            weights[name, i] = weights[name, i] + 1
            measures[name, i], errors[name, i] = combination(weights)

    def kappa(c, y):
        return combination({("k", c if own else 0, y): 1})[0]

    def moments(one):
        levels = np.array(scales[one.c], float)
        eta = measures["p", one.p] - measures["a", one.a] - measures["c", one.c]
        logits = levels * eta + [kappa(one.c, y) for y in scales[one.c]]
        chances = np.exp(logits - logits.max())
        chances /= chances.sum()
        expected = float(chances @ levels)
        return expected, float(chances @ (levels - expected) ** 2), float(chances @ (levels - expected) ** 4)

    fit = {}
    known = [(one, moments(one)) for one in frame.itertuples()]
    for name in NAMES:
        for i in ids[name]:
            own_scores = [(one.y, *m) for one, m in known if getattr(one, name) == i]
            y, e, v, k = np.array(own_scores, float).T
            q_out = min(np.sqrt((k / v**2).sum() / len(y) ** 2 - 1 / len(y)), np.sqrt(2))
            q_in = min(np.sqrt((k - v**2).sum()) / v.sum(), np.sqrt(2))
            outfit, infit = ((y - e) ** 2 / v).mean(), ((y - e) ** 2).sum() / v.sum()
            fit[name, i] = [infit, (infit ** (1 / 3) - 1) * 3 / q_in + q_in / 3]
            fit[name, i] += [outfit, (outfit ** (1 / 3) - 1) * 3 / q_out + q_out / 3, 1 / np.sqrt(v.sum())]
    log_likelihood = sum(
        float(np.log(result.mu[row])) for row in np.flatnonzero(np.array(counts))
    )
    average = np.mean([measures["p", i] for i in ids["p"]])
    extreme = {}
    for name, i, end, scores in reversed(taken):
        sign, aim = (1 if name == "p" else -1), 0
        for one in scores.itertuples():
            aim += scales[one.c][-1 if end == "highest" else 0]
        aim += -0.3 if end == "highest" else 0.3

        def off(measure):
            measures[name, i] = sign * measure
            return sum(moments(one)[0] for one in scores.itertuples()) - aim

        root = brentq(off, -50, 50, xtol=1e-13)
        measures[name, i] = sign * root
        errors[name, i] = 1 / np.sqrt(sum(moments(one)[1] for one in scores.itertuples()))
        extreme[name, i] = end

    class Score:
        def __init__(self, p, a, c):
            self.p, self.a, self.c = p, a, c

    measures["p", "average"], measures["a", "average"], measures["c", "average"] = float(average), 0.0, 0.0
    criteria = sorted(set(everything.c))

    def fair(name, i):
        if name == "c":
            return moments(Score("average", "average", i))[0]
        at = {"p": "average", "a": "average", name: i}
        return float(np.mean([moments(Score(at["p"], at["a"], c))[0] for c in criteria]))

    out = {"log_likelihood": log_likelihood, "thresholds": []}
    for c in ids["c"] if own else ids["c"][:1]:
        steps = [(y - 1, y) for y in scales[c] if y - 1 in scales[c]]
        key = c if own else 0
        found = [combination({("k", key, below): 1, ("k", key, y): -1}) for below, y in steps]
        out["thresholds"].append([[y, *pair] for (_, y), pair in zip(steps, found)])
    for name in NAMES:
        out[name] = []
        for i in sorted(set(everything[name])):
            statistics = [float(x) for x in fit.get((name, i), [])]
            measure = [float(measures[name, i]), float(errors[name, i]), fair(name, i)]
            out[name].append({"id": i, "measure": measure, "fit": statistics, "extreme": extreme.get((name, i))})
    return out


CASES = {
    "all score all, five levels": ((1, 12, 4, 4, 3, 1, 5), False),
    "two of six, five levels": ((2, 24, 6, 2, 3, 1, 5), False),
    "ten levels": ((3, 30, 6, 3, 2, 1, 10), False),
    "two levels": ((4, 20, 5, 4, 4, 0, 1), False),
    "partial credit": ((5, 40, 5, 3, 3, 1, 4, True), True),
    "a level never given": ((6, 24, 6, 3, 2, 1, 6, False, 1.0, 3), False),
    "extreme proposals": ((8, 30, 6, 2, 2, 1, 4, False, 3.0), False),
}

def check(stored):
    for case in stored:
        again = fitted(case["scores"], case["partial_credit"])
        reference.same(case["fit"], again, TOLERANCE, case["name"])
    return f"{len(stored)} panels"


def write():
    cases = []
    for name, (arguments, own) in CASES.items():
        rows = simulated(*arguments)
        scale = arguments[5:7]
        cases.append({"name": name, "scale": scale, "partial_credit": own, "scores": rows, "fit": fitted(rows, own)})
    reference.write("rasch.json", json.dumps(cases, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    reference.run(__doc__, "rasch.json", write, check)
