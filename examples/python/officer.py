"""The officer: long queues at health centres in Maluku. What has worked elsewhere, why it fits, what is lacking, whom to call.

python examples/python/officer.py "antrean panjang di puskesmas" --region 81
"""

import argparse

import jipp


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("need", nargs="?", default="antrean panjang di puskesmas")
    arguments.add_argument("--region", default="81", help="the region of the agency that asks: 81 is Maluku")
    arguments.add_argument("--limit", type=int, default=3)
    arguments.add_argument("--lang", choices=("id", "en"), default="id")
    asked = arguments.parse_args()

    network = jipp.Network.sample()
    found = network.candidates(asked.need, region=asked.region, limit=asked.limit)
    print(f"{network.regions[asked.region].name}: {asked.need} ({found.searched} inovasi)\n")
    for at, candidate in enumerate(found):
        print(f"{at + 1}. {candidate.title}, {candidate.owner_name}: {candidate.score / 1e6:.1f} / 100")
        for part, words in list(zip(candidate.parts, found.reasons(at, lang=asked.lang)))[:4]:
            print(f"   {part.points / 1e6:+5.1f}  {words}")
        for gap in candidate.gaps:
            print(f"   {gap.topic}: {gap.state}" + (f" ({gap.needed})" if gap.needed else ""))
        for hub in candidate.hubs:
            reach = [contact.phone for contact in hub.contacts if contact.phone] or [hub.portal or "-"]
            print(f"   hub: {hub.name}, {', '.join(reach)}")
        for source in candidate.sources:
            print(f"   sumber: {source}")
        print()


if __name__ == "__main__":
    main()
