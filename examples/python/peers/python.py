"""What jipp costs in Python, and how it does beside scikit-learn, pandas, networkx, krippendorff and pymcdm on the same work,
all in one run.

    pip install ./jipp-py pandas polars pyarrow networkx scikit-learn krippendorff pymcdm
    python examples/python/peers/python.py

On 100,000 generated innovations of about 100 words with as many replications between them, and 100 hubs.

* `getter`: what a call into the native module costs by itself.
* `frame`: answers as data frames, and data frames as records.
* `candidates`: the ten best for a need of eight words. Beside it stands the same need put to the core without Python in
  between: one call of `candidates_batch` with all needs on one thread runs the same search for each and comes back once.
  By hand: TF-IDF of scikit-learn over all texts, one sparse product, points for agencies of the same kind and for what was
  replicated from columns of pandas made beforehand, the ten greatest, joined with the names of their owners. That gives no
  reasons, gaps or contacts, which jipp's answer has.
* `lineage`: all that goes back to an innovation, where that is little and where it is much; components and generations
  of the whole; by hand the same functions of networkx on a graph made beforehand.
* `hubs`: who is a member on a date; by hand `groupby` of pandas over the designations, in a frame made beforehand. Both must
  name the same hubs.
* `arrays`: Krippendorff's alpha (2,500 units, 30 raters) beside `krippendorff`, TOPSIS and PROMETHEE II (1,000 alternatives,
  eight criteria) beside `pymcdm`. Both must give the same numbers.

What is asked is asked in turns, engine after engine, and the median counts, or of works of seconds the best.
"""

import argparse
import json
import random
import statistics
import time
import timeit

import jipp
import krippendorff
import networkx
import numpy
import pandas
import polars
import pymcdm.methods
from jipp.evaluation import agreement, decision
from sklearn.feature_extraction.text import TfidfVectorizer

AT = "2026-11-21T08:00:00Z"
ON = "2023-06-30"
AGENCIES, HUBS, WORDS, NEED, LIMIT = 1_500, 100, 20_000, 8, 10


# ---- what is asked about ---------------------------------------------------------------------------------------------


def words():
    syllables = [a + b for a in "bcdghjklmnprst" for b in "aeiou"]
    rank = range(WORDS)
    return ["".join(syllables[(at // 70**place) % 70] for place in (0, 1, 2)) for at in rank], [1 / (at + 8) for at in rank]


def generate(count):
    draw = random.Random(7)
    vocabulary, weights = words()
    total = numpy.cumsum(weights).tolist()

    def text(length):
        return " ".join(draw.choices(vocabulary, cum_weights=total, k=length))

    innovations = {
        "id": [f"innovation-{at}" for at in range(count)],
        "title": [text(5) for _ in range(count)],
        "owner": [f"agency-{draw.randrange(AGENCIES)}" for _ in range(count)],
        "problem": [text(30) for _ in range(count)],
        "solution": [text(35) for _ in range(count)],
        "outcome": [text(30) for _ in range(count)],
        "implemented_on": [str(draw.randrange(2010, 2026)) for _ in range(count)],
    }
    # The smallest of three draws: early innovations have most replicas.
    sources = [min(draw.randrange(count - 1) for _ in range(3)) for _ in range(count)]
    replications = {
        "id": [f"replication-{at}" for at in range(count)],
        "sources": [[{"innovation": f"innovation-{source}"}] for source in sources],
        "target": [f"innovation-{draw.randrange(source + 1, count)}" for source in sources],
        "recipient": [f"agency-{draw.randrange(AGENCIES)}" for _ in range(count)],
        "status": ["implemented"] * count,
    }
    kinds = ["regency", "city", "province"]
    agencies = {
        "id": [f"agency-{at}" for at in range(AGENCIES)],
        "name": [f"Pemerintah {at}" for at in range(AGENCIES)],
        "kind": [kinds[at % 3] for at in range(AGENCIES)],
    }
    hubs = {
        "id": [f"hub-{at}" for at in range(HUBS)],
        "agency": [f"agency-{at}" for at in range(HUBS)],
        "kind": ["regional"] * HUBS,
        "designations": [
            [{"event": "designation", "on": f"{draw.randrange(2020, 2026)}-0{draw.randrange(1, 10)}-15"}] for _ in range(HUBS)
        ],
    }
    frames = {"agency": agencies, "innovation": innovations, "replication": replications, "hub": hubs}
    return {kind: polars.DataFrame(columns) for kind, columns in frames.items()}


# ---- the hand-made ways ----------------------------------------------------------------------------------------------


class ByHand:
    def __init__(self, frames):
        self.innovations = frames["innovation"].to_pandas()
        agencies = frames["agency"].to_pandas().rename(columns={"id": "owner", "name": "owner_name"})
        self.innovations = self.innovations.merge(agencies, on="owner", how="left")
        links = frames["replication"].select("target", source=polars.col("sources").list.first().struct.field("innovation"))
        replicas = links.to_pandas().groupby("source").size()
        taken = self.innovations["id"].map(replicas).fillna(0).to_numpy()
        self.replicated = numpy.minimum(taken, 5) / 50
        self.kinds = self.innovations["kind"].to_numpy()
        self.pairs = list(links.select("source", "target").iter_rows())
        hubs = frames["hub"].explode("designations").unnest("designations", separator=".")
        self.designations = hubs.select("id", event="designations.event", on="designations.on").to_pandas()

    def index(self):
        texts = self.innovations[["title", "problem", "solution", "outcome"]].agg(" ".join, axis=1)
        self.vectorizer = TfidfVectorizer(sublinear_tf=True, dtype=numpy.float32)
        self.matrix = self.vectorizer.fit_transform(texts)

    def candidates(self, need):
        likeness = (self.matrix @ self.vectorizer.transform([need]).T).toarray().ravel()
        score = likeness + 0.02 * (self.kinds == "city") + self.replicated * (likeness > 0)
        best = numpy.argpartition(score, -LIMIT)[-LIMIT:]
        best = best[numpy.argsort(-score[best], kind="stable")]
        found = self.innovations.iloc[best][["id", "title", "owner", "owner_name", "kind"]].copy()
        return found.assign(score=score[best])

    def graph(self):
        self.linked = networkx.DiGraph(self.pairs)
        self.lineage = self.linked.copy()
        self.lineage.add_nodes_from(self.innovations["id"])

    def generations(self):
        roots = [node for node, sources in self.linked.in_degree() if sources == 0]
        return list(networkx.bfs_layers(self.linked, roots))

    def members(self):
        until = self.designations[self.designations["on"] <= ON]
        last = until.sort_values("on").groupby("id").agg(since=("on", "first"), event=("event", "last"))
        return last[last["event"] != "withdrawal"]


# ---- measuring -------------------------------------------------------------------------------------------------------


def timed(work):
    """What it gives, and how many seconds it took."""
    begun = time.perf_counter()
    done = work()
    return done, time.perf_counter() - begun


def in_turns(works, passes):
    """The median of each of several ways to do one thing, in seconds; one pass before does not count."""
    times = {name: [] for name in works}
    for number in range(passes + 1):
        for name, work in works.items():
            _, seconds = timed(work)
            if number:
                times[name].append(seconds)
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def per_call(statement, names):
    runs = timeit.repeat(statement, globals=names, number=100_000, repeat=7)
    return statistics.median(runs) / 100_000


def getters(network, needs):
    found = network.candidates(needs[0], agency="agency-1")
    names = {"found": found, "native": network._native, "network": network, "record": network.get("innovation", "innovation-1")}
    nothing = per_call("found", names)
    statements = ["found.searched", "len(found)", "native.is_closed", "native.revision", "network.revision", "record.title"]
    return {statement: per_call(statement, names) - nothing for statement in statements}


def frames_out(network, passes):
    links, innovations = network.lineage.all_links(), network.innovations
    journeys = network.lineage.journeys()
    ways = {
        f"{len(innovations):,} innovations to polars": innovations.to_polars,
        "the same to pyarrow": innovations.to_arrow,
        "the same to pandas": innovations.to_pandas,
        f"{len(links):,} links to polars": links.to_polars,
        f"{len(journeys):,} journeys to polars": journeys.to_polars,
        "the same, as a list of values": lambda: list(journeys),
    }
    return in_turns(ways, passes)


def read(found):
    return [(one.title, one.owner_name, one.score, one.parts, one.gaps) for one in found]


def candidates(network, by_hand, needs, passes):
    asked = [{"text": need, "agency": "agency-1", "limit": LIMIT} for need in needs]

    def each(answer):
        return lambda: [answer(need) for need in needs]

    ways = {
        "core, no Python between": lambda: network.matching.candidates_batch(asked, threads=1),
        "jipp": each(lambda need: network.candidates(need, agency="agency-1", limit=LIMIT)),
        "jipp, every value read": each(lambda need: read(network.candidates(need, agency="agency-1", limit=LIMIT))),
        "jipp, as a frame of pandas": each(lambda need: network.candidates(need, agency="agency-1", limit=LIMIT).to_pandas()),
        "scikit-learn and pandas": each(by_hand.candidates),
    }
    return {name: seconds / len(needs) for name, seconds in in_turns(ways, passes).items()}


def descendants(network, by_hand, nodes, passes):
    view = network.lineage
    ways = {
        "jipp": lambda: [len(view.descendants(node)) for node in nodes],
        "jipp, as a frame of polars": lambda: [view.descendants(node).to_polars() for node in nodes],
        "networkx": lambda: [len(networkx.descendants(by_hand.lineage, node)) for node in nodes],
    }
    found = ways["jipp"]()
    assert found == ways["networkx"]()
    figures = {name: seconds / len(nodes) for name, seconds in in_turns(ways, passes).items()}
    return statistics.mean(found), figures


def whole(network, by_hand, passes):
    view = network.lineage
    assert len(view.components()) == networkx.number_weakly_connected_components(by_hand.linked)
    assert len(view.generations()) == len(by_hand.generations())
    components = {
        "jipp": lambda: list(view.components()),
        "networkx": lambda: list(networkx.weakly_connected_components(by_hand.linked)),
    }
    generations = {
        "jipp": lambda: list(view.generations()),
        "networkx": by_hand.generations,
    }
    return {"components": in_turns(components, passes), "generations": in_turns(generations, passes)}


def arrays(passes):
    draw = numpy.random.default_rng(5)
    level = draw.normal(70, 8, 2_500)
    ratings = numpy.clip(numpy.round(level + draw.normal(0, 6, (30, 2_500))), 0, 100)
    ratings[draw.random(ratings.shape) < 0.2] = numpy.nan
    rows = draw.uniform(1, 100, (1_000, 8))
    weights, types = numpy.full(8, 1 / 8), numpy.array([1, -1] * 4)
    criteria = [{"weight": 1 / 8, "aim": aim} for aim in ["maximise", "minimise"] * 4]
    works = {
        "Krippendorff's alpha": {
            "jipp": lambda: [agreement.krippendorff(ratings, level="interval").value],
            "krippendorff": lambda: [krippendorff.alpha(ratings, level_of_measurement="interval")],
        },
        "TOPSIS": {
            "jipp": lambda: decision.topsis(rows, criteria),
            "pymcdm": lambda: pymcdm.methods.TOPSIS(pymcdm.normalizations.vector_normalization)(rows, weights, types),
        },
        "PROMETHEE II": {
            "jipp": lambda: [flow.net for flow in decision.promethee(rows, criteria, ["usual"] * 8)],
            "pymcdm": lambda: pymcdm.methods.PROMETHEE_II("usual")(rows, weights, types),
        },
    }
    for name, ways in works.items():
        ours, theirs = (numpy.array(way()) for way in ways.values())
        assert numpy.allclose(ours, theirs, rtol=0, atol=1e-9), (name, abs(ours - theirs).max())
    return {name: in_turns(ways, passes) for name, ways in works.items()}


def hubs(network, by_hand, passes):
    members = {one.hub for one in network.hubs.on(ON) if one.is_member == "yes"}
    assert members == set(by_hand.members().index), (len(members), len(by_hand.members()))
    return in_turns({"jipp": lambda: network.hubs.on(ON), "pandas": by_hand.members}, 20 * passes)


# ---- the run ---------------------------------------------------------------------------------------------------------


def shown(seconds):
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def report(work, figures, base="jipp"):
    print(f"\n{work}")
    for name, seconds in figures.items():
        times = f"{seconds / figures[base]:10.2f} x" if base in figures else ""
        print(f"  {name:<36}{shown(seconds):>10}{times}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--innovations", type=int, default=100_000)
    parser.add_argument("--needs", type=int, default=50)
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--json", type=argparse.FileType("w"), help="write all figures into this file, in seconds")
    arguments = parser.parse_args()
    frames = generate(arguments.innovations)
    network, building = jipp.Network.in_memory(), {}
    for kind, frame in frames.items():
        done, seconds = timed(lambda kind=kind, frame=frame: network.import_(frame, kind=kind, at=AT))
        assert done.registered == frame.height and not done.rejections, done
        building[f"jipp, {frame.height:,} records of {kind}"] = seconds
    by_hand = ByHand(frames)
    draw = random.Random(11)
    texts = frames["innovation"]["solution"]
    needs = [" ".join(texts[draw.randrange(arguments.innovations)].split()[:NEED]) for _ in range(arguments.needs)]
    building["jipp, first question (indexes)"] = timed(lambda: network.candidates(needs[0]))[1]
    building["jipp, first lineage"] = timed(network.lineage.roots)[1]
    building["scikit-learn, index"] = timed(by_hand.index)[1]
    building["networkx, graph"] = timed(by_hand.graph)[1]
    nodes = [f"innovation-{at}" for at in range(0, arguments.innovations // 2, arguments.innovations // 100)]
    early = [f"innovation-{at}" for at in range(50)]
    few, little = descendants(network, by_hand, nodes, arguments.passes)
    many, much = descendants(network, by_hand, early, arguments.passes)
    told = {
        "building": building,
        "getter": getters(network, needs),
        "frame": frames_out(network, arguments.passes),
        "candidates": candidates(network, by_hand, needs, arguments.passes),
        f"descendants, {few:.1f} on average": little,
        f"descendants, {many:.1f} on average": much,
        **whole(network, by_hand, arguments.passes),
        "hubs": hubs(network, by_hand, arguments.passes),
        **arrays(arguments.passes),
    }
    for work, figures in told.items():
        report(work, figures)
    found = told["candidates"]
    print(f"\nPython adds {100 * (found['jipp'] / found['core, no Python between'] - 1):.1f} % to a question for candidates")
    if arguments.json:
        json.dump(told, arguments.json, indent=1)


if __name__ == "__main__":
    main()
