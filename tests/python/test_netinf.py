"""A second implementation of how two published programs score cascades, as plain as can be.

    python tests/python/test_netinf.py > tests/vectors/netinf/gains.json

writes the vectors that tests/tests/inference.rs compares with. The programs:

* SNAP, snap-adv/cascnetinf.cpp (Gomez-Rodriguez, Leskovec and Krause 2010): an adoption is worth 1e-64, or the density
  of the delay from the best source in the network.
* the R package NetworkInference, src/spanning_tree.cpp and src/vuong_test.cpp: an adoption with someone before it is
  worth 1e-10 times the highest density of a delay from anybody before it, or 0.5 times that from the best source in the
  network; each edge comes with the p-value of a Vuong test.

Natural logarithms. Nothing is kept from edge to edge but the network: every gain is the difference of two scores of all
cascades.
"""

import json
import math
import random
import sys
from pathlib import Path

VECTORS = Path(__file__).parents[1] / "vectors" / "netinf"
SNAP = {"scoring": "flat", "epsilon": 1e-64}
NETWORK_INFERENCE = {"scoring": "epsilon-edges", "epsilon": 1e-10}
TRANSMISSION = 0.5


def density(delay, x):
    ((family, p),) = delay.items()
    if family == "exponential":
        return p["rate"] * math.exp(-p["rate"] * x)
    if family == "rayleigh":
        return x / p["scale"] ** 2 * math.exp(-(x**2) / (2 * p["scale"] ** 2))
    if family == "log-normal":
        units = (math.log(x) - p["mu"]) / p["sigma"]
        return math.exp(-(units**2) / 2) / (x * p["sigma"] * math.sqrt(2 * math.pi))
    if family == "power-law":
        return (p["exponent"] - 1) * x ** -p["exponent"]
    raise ValueError(family)


def cascade_score(cascade, network, delay, program):
    """The log-likelihood of the best tree of a cascade (node -> time)."""
    total = 0.0
    for node, time in cascade.items():
        before = [other for other, at in cascade.items() if at < time]
        densities = {other: density(delay, time - cascade[other]) for other in before}
        sources = [value for other, value in densities.items() if (other, node) in network]
        if program["scoring"] == "flat":
            total += math.log(max([program["epsilon"], *sources]))
        elif before:
            edges = [TRANSMISSION * value for value in sources]
            total += math.log(max([program["epsilon"] * max(densities.values()), *edges]))
    return total


def normal_cdf(x):
    """Abramowitz and Stegun 7.1.26, to 1.5e-7, as NetworkInference has it."""
    t = 1 / (1 + 0.3275911 * abs(x) / math.sqrt(2))
    series = (((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592
    erf = 1 - series * t * math.exp(-x * x / 2)
    return 0.5 * (1 + math.copysign(erf, x))


def vuong(old, new):
    n = len(old)
    differences = [b - 1 / n - a for a, b in zip(old, new, strict=True)]
    mean = sum(differences) / n
    sd = math.sqrt(sum((d - mean) ** 2 for d in differences) / (n - 1))
    return 1 - normal_cdf(sum(differences) / (sd * math.sqrt(n)))


def netinf(cascades, delay, program, most):
    """Edges in the order they are chosen, as (source, target, gain, objective, p-value)."""
    pairs = {(u, v) for cascade in cascades for u in cascade for v in cascade if cascade[u] < cascade[v]}

    def score(network):
        return [cascade_score(cascade, network, delay, program) for cascade in cascades]

    network, now, chosen = set(), score(set()), []
    while len(chosen) < most and pairs > network:
        tried = {pair: score(network | {pair}) for pair in sorted(pairs - network)}
        gains = {pair: sum(b - a for a, b in zip(now, after, strict=True)) for pair, after in tried.items()}
        # Gains equal to a millionth are a tie: the first pair wins.
        best = max(gains, key=lambda pair: round(gains[pair], 6))
        gain = gains[best]
        if round(gain, 6) <= 0:
            break
        chosen.append((*best, gain, sum(tried[best]), vuong(now, tried[best])))
        network.add(best)
        now = tried[best]
    return chosen


def example(path):
    """The cascades of a file as SNAP reads them: node, time, node, time ..."""
    with open(path, encoding="utf-8") as lines:
        fields = [line.strip().split(",") for line in lines if not line.startswith("#")]
    return [{int(u): float(t) for u, t in zip(row[::2], row[1::2], strict=True)} for row in fields]


def cases():
    delays = [
        {"exponential": {"rate": 1.0}},
        {"exponential": {"rate": 0.25}},
        {"rayleigh": {"scale": 1.5}},
        {"log-normal": {"mu": 0.5, "sigma": 0.75}},
        {"power-law": {"exponent": 2.5}},
    ]
    for seed, delay in enumerate(delays):
        rng = random.Random(seed)
        cascades = []
        for _ in range(7):
            nodes = rng.sample(range(6), rng.randint(2, 6))
            cascades.append({node: round(rng.uniform(0, 12), 3) for node in nodes})
        for program in (SNAP, NETWORK_INFERENCE):
            yield {
                **program,
                "delay": delay,
                "cascades": [{"events": sorted(cascade.items())} for cascade in cascades],
                "edges": netinf(cascades, delay, program, 1000),
            }


def test_the_gains_are_those_that_snap_ships():
    """examples/netinf/network-edge.info of snap-stanford/snap."""
    chosen = netinf(example(VECTORS / "snap-example-cascades.txt"), {"exponential": {"rate": 1.0}}, SNAP, 5)
    assert [(source, target, f"{gain:.6f}") for source, target, gain, _, _ in chosen] == [
        (23, 0, "3049.810355"),
        (9, 5, "3049.291245"),
        (0, 31, "2905.326401"),
        (5, 14, "2326.861114"),
        (5, 3, "2181.930785"),
    ]


def test_the_vectors_are_up_to_date():
    stored = json.loads((VECTORS / "gains.json").read_text("utf-8"))
    made = json.loads(json.dumps(list(cases())))
    for one, other in zip(stored, made, strict=True):
        assert {key: one[key] for key in one if key != "edges"} == {key: other[key] for key in other if key != "edges"}
        for edge, again in zip(one["edges"], other["edges"], strict=True):
            assert edge[:2] == again[:2]
            numbers = zip(edge[2:], again[2:], strict=True)
            assert all(math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12) for a, b in numbers)


if __name__ == "__main__":
    json.dump(list(cases()), sys.stdout, separators=(",", ":"))
    print()
