"""The analyst: who made what from what, how it spread, and what became of what was awarded.

python examples/python/analyst.py kota-yogyakarta/nyamuk-ber-wolbachia-kota-yogyakarta
"""

import argparse

import jipp


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("innovation", nargs="?", default="kota-yogyakarta/nyamuk-ber-wolbachia-kota-yogyakarta")
    arguments.add_argument("--svg", help="a file to draw the lineage to")
    arguments.add_argument("--lang", choices=("id", "en"), default="id")
    asked = arguments.parse_args()

    lineage = jipp.Network.sample().lineage
    print(lineage.draw(asked.innovation, lang=asked.lang))
    if asked.svg:
        with open(asked.svg, "w", encoding="utf-8") as file:
            file.write(lineage.draw(asked.innovation, format="svg", lang=asked.lang))

    curve = lineage.adoption_curve(asked.innovation)
    for series in curve.series:
        for point in series.points:
            print(f"{point.period}  {'#' * point.new:20} {point.cumulative}")
    print(f"tanpa tanggal: {curve.undated}\n")

    travel = lineage.travel()
    if travel.distance_km is not None and travel.lag_years is not None:
        print(f"{travel.links} mata rantai; jarak tengah {travel.distance_km.median:.0f} km,", end=" ")
        print(f"jeda tengah {travel.lag_years.median:.1f} tahun\n")

    print("yang pernah mendapat penghargaan dan direplikasi:")
    for laureate in sorted(lineage.laureates(min_replicas=2), key=lambda one: (-one.descendants, one.innovation))[:8]:
        print(f"   {laureate.descendants:3} replikasi, {laureate.vitality:8} {laureate.title} ({laureate.owner_name})")


if __name__ == "__main__":
    main()
