"""Crossed mixed models fitted by statsmodels: what tests/tests/severity.rs compares with.

Made with statsmodels 0.15.0, SciPy 1.17.1 and NumPy 2.4.6; how to run it stands in reference.py. `MixedLM` by REML
with all scores in one group and proposals and assessors as variance components, a mean for each criterion. The standard
errors, which statsmodels does not give for predictions, come from the textbook formula with whole matrices at the
variances of statsmodels: the variance of prediction errors is G - G Z' P Z G, P = V^-1 - V^-1 X (X' V^-1 X)^-1 X' V^-1
(Searle, Casella and McCulloch, *Variance Components*, 1992, chapter 7).
"""

import json
import warnings

import reference  # first: it settles the threads of NumPy
import numpy as np
import pandas as pd
from statsmodels.regression.mixed_linear_model import MixedLM

# A search may stop a little elsewhere on another machine.
TOLERANCE = 1e-5


def simulated(seed, proposals, assessors, each, criteria, spreads, missing=0.0):
    """Scores of `each` of the assessors for every proposal, rounded to tenths, some left out."""
    rng = np.random.default_rng(seed)
    proposal, assessor, error = spreads
    worth, severity = rng.normal(0, proposal, proposals), rng.normal(0, assessor, assessors)
    effect = rng.normal(0, 4, criteria)
    rows = []
    for p in range(proposals):
        for a in sorted(rng.choice(assessors, each, replace=False)):
            for c in range(criteria):
                if rng.random() < missing:
                    continue
                score = 65 + worth[p] - severity[a] + effect[c] + rng.normal(0, error)
                rows.append([p + 1, int(a) + 101, c + 1, round(float(np.clip(score, 0, 100)), 1)])
    return rows


def fitted(rows):
    frame = pd.DataFrame(rows, columns=["p", "a", "c", "y"])
    groups = np.ones(len(frame))
    fixed = "y ~ 0 + C(c)"
    model = MixedLM.from_formula(
        fixed, frame, groups=groups, re_formula="0", vc_formula={"p": "0 + C(p)", "a": "0 + C(a)"}
    )
    best = None
    for method in ["lbfgs", "bfgs", "powell"]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = model.fit(reml=True, method=[method], maxiter=2000, gtol=1e-9)
        if best is None or result.llf > best.llf:
            best = result
    # In the order of the names: assessors, then proposals.
    names = best.model.exog_vc.names
    variance = dict(zip(names, (float(v) for v in best.vcomp)))
    effects = best.random_effects[1.0]
    proposals, assessors = sorted(set(frame.p)), sorted(set(frame.a))
    u = np.array([effects[f"p[C(p)[{p}]]"] for p in proposals])
    v = np.array([effects[f"a[C(a)[{a}]]"] for a in assessors])
    beta = np.asarray(best.fe_params)
    mean = float(beta.mean())

    x = pd.get_dummies(frame.c).to_numpy(float)
    z = np.hstack([pd.get_dummies(frame.p).to_numpy(float), pd.get_dummies(frame.a).to_numpy(float)])
    g = np.diag([variance["p"]] * len(proposals) + [variance["a"]] * len(assessors))
    inverse = np.linalg.inv(z @ g @ z.T + best.scale * np.eye(len(frame)))
    of_beta = np.linalg.inv(x.T @ inverse @ x)
    projection = inverse - inverse @ x @ of_beta @ x.T @ inverse
    errors = np.sqrt(np.diag(g - g @ z.T @ projection @ z @ g).clip(0))
    centring = np.eye(len(beta)) - 1 / len(beta)
    return {
        "mean": mean,
        "mean_error": float(np.sqrt(of_beta.mean())),
        "proposals": [float(mean + b) for b in u],
        "proposal_errors": [float(e) for e in errors[: len(proposals)]],
        "severities": [float(-b) for b in v],
        "severity_errors": [float(e) for e in errors[len(proposals) :]],
        "criteria": [float(b - mean) for b in beta],
        "criterion_errors": [float(e) for e in np.sqrt(np.diag(centring @ of_beta @ centring))],
        "variances": [variance["p"], variance["a"], float(best.scale)],
        "criterion": float(-2 * best.llf),
    }


CASES = {
    "all score all": (1, 12, 4, 4, 3, (8, 5, 4)),
    "two of six": (2, 24, 6, 2, 3, (8, 5, 5)),
    "three of eight, one score for each sheet": (3, 40, 8, 3, 1, (10, 4, 6)),
    "with gaps": (4, 20, 7, 3, 4, (6, 6, 5), 0.25),
    "assessors alike": (20, 20, 5, 3, 2, (9, 0, 6)),
    "little between proposals": (6, 30, 6, 3, 2, (1.5, 5, 6)),
}

def check(stored):
    for case in stored:
        again = fitted(case["scores"])
        reference.same(case["fit"], again, TOLERANCE, case["name"])
    return f"{len(stored)} panels"


def write():
    cases = []
    for name, arguments in CASES.items():
        rows = simulated(*arguments)
        cases.append({"name": name, "scores": rows, "fit": fitted(rows)})
    reference.write("mixed.json", json.dumps(cases, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    reference.run(__doc__, "mixed.json", write, check)
