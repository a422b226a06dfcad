"""TOPSIS and PROMETHEE II by pymcdm, Bradley and Terry by statsmodels: what tests/tests/decision.rs compares with.

How to run it stands in reference.py. Random tables from one seed. The strengths of Bradley and Terry are those of a
logistic regression of the wins on the contrasts between entries; the logarithms add up to zero.
"""

import json

import reference  # first: it settles the threads of NumPy
import numpy as np
import statsmodels.api as sm
from pymcdm.methods import PROMETHEE_II, TOPSIS
from pymcdm.normalizations import minmax_normalization, vector_normalization

TOLERANCE = 1e-9
FUNCTIONS = ["usual", "ushape", "vshape", "level", "vshape_2"]


def table(rng):
    alternatives, criteria = int(rng.integers(2, 8)), int(rng.integers(1, 6))
    rows = np.round(rng.uniform(1, 100, (alternatives, criteria)), 1)
    weights = np.round(rng.dirichlet(np.ones(criteria)), 3)
    weights[0] += 1 - weights.sum()
    types = rng.choice([-1, 1], criteria)
    return rows.tolist(), [float(f"{weight:.6g}") for weight in weights], types.tolist()


def closeness(case):
    rows, weights, types = np.array(case["rows"]), np.array(case["weights"]), np.array(case["types"])
    ways = {"vector": vector_normalization, "min-max": minmax_normalization}
    return {name: TOPSIS(way)(rows, weights, types, validation=False).tolist() for name, way in ways.items()}


def flows(case):
    rows, weights, types = np.array(case["rows"]), np.array(case["weights"]), np.array(case["types"])
    p, q = case["preference"], case["indifference"]
    given = {"usual": {}, "ushape": {"q": q}, "vshape": {"p": p}, "level": {"p": p, "q": q}, "vshape_2": {"p": p, "q": q}}
    found = {}
    for name in FUNCTIONS:
        method = PROMETHEE_II(name, **given[name])
        found[name] = method(rows, weights, types, validation=False).tolist()
    return found


def comparisons(rng):
    entries = int(rng.integers(2, 8))
    worth = rng.normal(0, 0.8, entries)
    wins = np.zeros((entries, entries), dtype=int)
    for one in range(entries):
        for other in range(one):
            times = int(rng.integers(0, 7))
            won = int(rng.binomial(times, 1 / (1 + np.exp(worth[other] - worth[one]))))
            wins[one, other], wins[other, one] = won, times - won
    for entry in range(entries):
        wins[entry, (entry + 1) % entries] += 1
    return wins.tolist()


def strengths(wins):
    """The first entry is the zero of the regression; then everything is turned to add up to zero."""
    entries, rows, outcomes = len(wins), [], []
    for one in range(entries):
        for other in range(one):
            row = np.zeros(entries)
            row[one], row[other] = 1, -1
            rows.append(row)
            outcomes.append((wins[one][other], wins[other][one]))
    rows, outcomes = np.array(rows), np.array(outcomes)
    met = outcomes.sum(axis=1) > 0
    model = sm.GLM(outcomes[met], rows[met][:, 1:], family=sm.families.Binomial())
    fit = model.fit(tol=1e-14, maxiter=200)
    # The covariance of the fit itself is that of the step before the last.
    covariance = np.linalg.inv(-model.hessian(fit.params, scale=1.0))
    turn = np.vstack([np.zeros(entries - 1), np.eye(entries - 1)]) - np.ones((entries, entries - 1)) / entries
    values = turn @ fit.params
    errors = np.sqrt(np.diag(turn @ covariance @ turn.T))
    return {"values": values.tolist(), "standard_errors": errors.tolist()}


def rounded(values):
    if isinstance(values, dict):
        return {key: rounded(value) for key, value in values.items()}
    return [rounded(value) for value in values] if isinstance(values, list) else float(f"{values:.12g}")


def cases():
    rng = np.random.default_rng(2026)
    tables, duels = [], []
    for _ in range(60):
        rows, weights, types = table(rng)
        q = [round(float(value), 1) for value in rng.uniform(0, 20, len(weights))]
        p = [round(low + float(value), 1) for low, value in zip(q, rng.uniform(1, 30, len(weights)))]
        case = {"rows": rows, "weights": weights, "types": types, "preference": p, "indifference": q}
        tables.append({**case, "topsis": rounded(closeness(case)), "promethee": rounded(flows(case))})
    for _ in range(30):
        wins = comparisons(rng)
        duels.append({"wins": wins, **rounded(strengths(wins))})
    return {"tables": tables, "duels": duels}


def check(stored):
    for number, case in enumerate(stored["tables"]):
        again = {"topsis": closeness(case), "promethee": flows(case)}
        for part, value in again.items():
            reference.same(case[part], value, TOLERANCE, f"table {number} {case['rows']}: {part}")
    for number, case in enumerate(stored["duels"]):
        for part, value in strengths(case["wins"]).items():
            reference.same(case[part], value, TOLERANCE, f"comparisons {number} {case['wins']}: {part}")
    return f"{len(stored['tables'])} tables, {len(stored['duels'])} sets of comparisons"


def write():
    made = cases()
    parts = [f'"{name}":[\n' + ",\n".join(json.dumps(c, separators=(",", ":")) for c in made[name]) + "\n]" for name in made]
    reference.write("decision.json", "{" + ",\n".join(parts) + "}\n")


if __name__ == "__main__":
    reference.run(__doc__, "decision.json", write, check)
