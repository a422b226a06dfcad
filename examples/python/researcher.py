"""The researcher: a competition on real innovations with MADE-UP scores. How far do assessors agree, how strict are they,
how sure are the places, and what would another rule have changed?

    python examples/python/researcher.py --seed 1
"""

import argparse

import jipp
import made_up


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--places", type=int, default=30)
    asked = arguments.parse_args()

    network = jipp.Network.sample()
    made_up.simulate(network, seed=asked.seed)
    scoring = network.evaluation.score(
        made_up.EDITION,
        group=made_up.GROUP,
        cut={"places": asked.places},
        resampling={"resamples": 500, "seed": asked.seed},
    )
    report = network.evaluation.edition_report(scoring)
    print("Inovasinya nyata. NILAINYA REKAAN: angka acak, bukan penilaian siapa pun.\n")
    for agreement in report.agreement:
        alpha = agreement.alpha.value.value if agreement.alpha.kind == "defined" else agreement.alpha.kind
        print(f"alfa Krippendorff, {agreement.stage}: {alpha:.3f}" if isinstance(alpha, float) else alpha)

    print("\npenilai, yang paling tegas dahulu (poin, ± galat baku):")
    for row in report.assessors:
        mark = " *" if row.is_marked else ""
        print(f"   {row.assessor.rpartition('/')[2]}: {row.severity:+5.2f} ± {row.standard_error:.2f}{mark}")

    inside = report.cut.inside if report.cut else 0
    print("\ndi sekitar garis batas:")
    for row in report.ranking[max(inside - 4, 0) : inside + 4]:
        interval = f"{row.interval[0]}-{row.interval[1]}" if row.interval else ""
        print(f"   {row.place:3}  {row.score:6.2f}  {interval:8} {row.inside or 0:4.0%}  {row.title}")

    strictest = report.assessors[0].assessor
    without = scoring.what_if_chosen([{"change": "without-assessor", "assessor": strictest}])
    print(f"\ntanpa {strictest.rpartition('/')[2]}: masuk {len(without.enters)}, keluar {len(without.leaves)}")


if __name__ == "__main__":
    main()
