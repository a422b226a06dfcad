"""How fast jipp tells how far 30 assessors of 2,500 proposals agree, beside the Python package krippendorff, in one run.

    pip install krippendorff==0.9.0
    cargo build --release -p jipp-examples --example time_agreement
    python examples/python/peers/agreement.py target/release/examples/time_agreement

The program generates the ratings, times jipp, and writes them out for the package. Timed are alpha and its bootstrap
interval, both from the ratings themselves. The package has no interval of its own; two loops around its alpha make one:
drawing columns of the ratings again (*plain*), and drawing rows of the counts of values again, which are made once
(*counts*). Both sides draw equally often; the program is also timed with its usual 1,000 resamples. Figures are medians.
The alphas must be the same to 1e-9, and of intervals of the same alpha the ends to three standard errors.
"""

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import krippendorff
import numpy as np

ROUNDS = 3
USUAL = 1_000


def timed(work):
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        found = work()
        times.append(time.perf_counter() - begun)
    return found, statistics.median(times)


def ends(draw, units, resamples):
    """The 95 % interval: units are drawn again, with alpha of each draw."""
    rng = np.random.default_rng(0)
    return np.quantile([draw(rng.integers(0, units, units)) for _ in range(resamples)], [0.025, 0.975])


def plain(ratings, level, resamples):
    def draw(units):
        return krippendorff.alpha(ratings[:, units], level_of_measurement=level)

    return ends(draw, ratings.shape[1], resamples)


def from_counts(ratings, level, resamples):
    domain = np.unique(ratings[~np.isnan(ratings)])
    counts = (ratings.T[:, :, None] == domain).sum(axis=1)

    def draw(units):
        return krippendorff.alpha(value_counts=counts[units], value_domain=domain, level_of_measurement=level)

    return ends(draw, len(counts), resamples)


def jipp(program, options, resamples, file):
    command = [program, "--export", str(file), "--resamples", str(resamples), *options]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["levels"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="the built example time_agreement")
    parser.add_argument("options", nargs="*", help="options for it, after --")
    parser.add_argument("--resamples", type=int, default=50, help="how often both draw again (default: 50)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ratings.csv"
        few = jipp(arguments.program, arguments.options, arguments.resamples, file)
        many = jipp(arguments.program, arguments.options, USUAL, file)
        ratings = np.genfromtxt(file, delimiter=",")
    print(f"{ratings.shape[1]} units, {ratings.shape[0]} raters; {arguments.resamples} resamples")
    for ours, usual in zip(few, many):
        level = ours["level"]
        alpha, seconds = timed(lambda: krippendorff.alpha(ratings, level_of_measurement=level))
        assert abs(alpha - ours["alpha"]["defined"]["value"]) < 1e-9, ours
        print(
            f"{level:8} alpha {alpha:.6f}: jipp {1e3 * ours['alpha_seconds']:.2f} ms,"
            f" package {1e3 * seconds:.0f} ms, {seconds / ours['alpha_seconds']:.0f} times"
        )
        interval, error = (usual["interval"]["defined"][key] for key in ("interval", "standard_error"))
        print(f"         interval: jipp {1e3 * ours['interval_seconds']:.1f} ms", end="")
        for way in (plain, from_counts):
            (low, high), seconds = timed(lambda: way(ratings, level, arguments.resamples))
            assert max(abs(low - interval["low"]), abs(high - interval["high"])) < 3 * error, (low, high, usual)
            times = seconds / ours["interval_seconds"]
            print(f", package ({way.__name__}) {1e3 * seconds:.0f} ms, {times:.0f} times", end="")
        print(f"; jipp with {USUAL:,} resamples {1e3 * usual['interval_seconds']:.0f} ms")


if __name__ == "__main__":
    main()
