"""How fast jipp tells how far 30 assessors of 2,500 proposals agree, beside the Python package krippendorff, in one run.

    pip install krippendorff==0.9.0
    cargo build --release --example time_agreement
    python examples/python/peers/agreement.py target/release/examples/time_agreement

The program generates the ratings, times jipp, and writes them out for the package. The package gives alpha and no interval:
its interval would be as many alphas as there are resamples, so one alpha times their number is what jipp's interval is set
beside. The alphas must be the same to 1e-9.
"""

import argparse
import json
import subprocess
import tempfile
import time
from pathlib import Path

import krippendorff
import numpy as np

ROUNDS = 3


def fastest(ratings, level):
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        alpha = krippendorff.alpha(ratings, level_of_measurement=level)
        times.append(time.perf_counter() - begun)
    return alpha, min(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", help="the built example time_agreement")
    parser.add_argument("options", nargs="*", help="options for it, after --")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ratings.csv"
        command = [arguments.program, "--export", str(file), *arguments.options]
        figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        ratings = np.genfromtxt(file, delimiter=",")
    print(f"{ratings.shape[1]} units, {ratings.shape[0]} raters, {figures['resamples']} resamples")
    for jipp in figures["levels"]:
        alpha, seconds = fastest(ratings, jipp["level"])
        assert abs(alpha - jipp["alpha"]["defined"]["value"]) < 1e-9, jipp
        interval = jipp["interval"]["defined"]["interval"]
        print(
            f"{jipp['level']:8} alpha {alpha:.6f} [{interval['low']:.6f}, {interval['high']:.6f}]"
            f"  alpha: jipp {1e3 * jipp['alpha_seconds']:.2f} ms, package {1e3 * seconds:.0f} ms,"
            f" {seconds / jipp['alpha_seconds']:.0f} times"
            f"  interval: jipp {1e3 * jipp['interval_seconds']:.0f} ms,"
            f" {figures['resamples'] * seconds / jipp['interval_seconds']:.0f} times"
        )


if __name__ == "__main__":
    main()
