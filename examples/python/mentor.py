"""The mentor: what a hub has brought about, and whom it could ask to start with.

python examples/python/mentor.py jawa-timur --year 2024
"""

import argparse

import jipp


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("hub", nargs="?", default="jawa-timur")
    arguments.add_argument("--year", type=int, default=2024)
    arguments.add_argument("--lang", choices=("id", "en"), default="id")
    asked = arguments.parse_args()

    network = jipp.Network.sample()
    report = network.hubs.report(asked.hub, year=asked.year)
    print(f"{report.hub.name}, {asked.year}")
    for count in report.activities:
        print(f"   {count.kind}: {count.in_year} pada {asked.year}, {count.so_far} seluruhnya")
    print(f"   inovasi di wilayahnya: {report.innovations}")
    print(f"   belum pernah terlibat: {len(report.never_involved)} dari {report.governments} pemerintah daerah")

    readiness = report.readiness
    print(f"\nkeadaan: {readiness.state}; siap untuk {', '.join(readiness.next) or '-'}: {readiness.is_ready}")
    for step in readiness.steps:
        if step.state != "not-on-record":
            print(f"   {step.kind}: {step.state}" + (f", {step.on}" if step.on else ""))
    for spoke in report.spokes[:5]:
        print(f"   jejaring: {spoke.name}")

    print("\nyang dapat diajak mulai:")
    for starter in network.hubs.spokes_to_start(hub=asked.hub, limit=2, lang=asked.lang)[:5]:
        print(f"   {starter.actor.name}")
        for suggestion in starter.suggestions:
            print(f"      {suggestion.title} ({suggestion.owner_name}), {suggestion.score / 1e6:.1f}")


if __name__ == "__main__":
    main()
