"""How fast jipp finds, beside search and record-linkage tools of the Python world, all in one run.

    pip install bm25s numba tantivy sparse_dot_topn scikit-learn rapidfuzz numpy
    cargo build --release --example time_matching
    python examples/python/peers/speed.py target/release/examples/time_matching

On 100,000 generated innovations of about 140 words. Every engine gets the same words, split at spaces, and looks for
the ten best:

* `rarer`: for a whole record, without the words that a tenth of all records hold;
* `all`: for a whole record;
* `need`: for eight words of a record, none of them so common;
* `title`: for a title among titles, which is what fuzzy matching is for; rapidfuzz compares with every title;
* `pairs rarer`, `pairs all`: for every record, with two threads. The peers do each 20th record, and their time is
  multiplied by 20. jipp does all of them, and its time includes taking the queries apart;
* `build`: the index from words, and with the analysis of Indonesian text ("jipp, analysed").

BM25 everywhere: k1 2, b 0.75 and Lucene's rarity for jipp, bm25s and the weights of sparse_dot_topn; tantivy has k1
1.2 built in. A word that the query has twice counts twice: bm25s is given it twice, and in another row each word
once: that is less work, but gives another answer, so that it is not taken for the fastest peer. "dense" is no tool
but a plain loop in Rust that adds up every entry (in `time_matching`). Queries are prepared in the form that each
engine likes best before the clock runs; "batch" is the mean over the queries of one call with all of them, which
spares a peer the way through Python. Each query and each batch is timed five times (a query of sparse_dot_topn twice,
of rapidfuzz once: they are slow), and the best time counts, so that other work of the machine says less.

Engines take turns, round after round, each on an index that it built in that round. Printed: the median over the rounds
of the median and the 99th percentile over 200 queries, and how many times the time of jipp that is in the same round.
On a machine with other work to do only that ratio means much.
"""

import argparse
import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

# Here and not where they are used: loading them is no part of building an index.
import bm25s
import numpy
import tantivy
from rapidfuzz import fuzz, process
from scipy.sparse import csr_matrix, diags, vstack
from sklearn.feature_extraction.text import CountVectorizer
from sparse_dot_topn import sp_matmul_topn

LIMIT = 10
COMMON = 10
K1, B = 2.0, 0.75
PART = 20
THREADS = 2
PASSES = 5


# ---- engines ---------------------------------------------------------------------------------------------------------


class Bm25s:
    """bm25s on numba."""

    name = "bm25s"
    passes = PASSES

    def __init__(self, records):
        self.index = bm25s.BM25(method="lucene", k1=K1, b=B, backend="numba")
        self.index.index(records, show_progress=False)
        self.count = len(records)

    def prepare(self, words):
        return self.index.get_tokens_ids(words)

    def batch(self, queries, threads=1):
        return self.index.retrieve(queries, k=LIMIT, show_progress=False, n_threads=threads).documents.tolist()

    def search(self, query):
        return self.batch([query])[0]

    def warm_up(self):
        """Has numba compile."""
        query = [0, 1]
        self.batch([query])
        self.batch([query] * THREADS, THREADS)

    def bytes(self):
        return sum(self.index.scores[part].nbytes for part in ("data", "indices", "indptr"))


class Bm25sOnce(Bm25s):
    """The index of another, asked for each word once."""

    name = "bm25s, each word once"

    def __init__(self, other):
        self.index = other.index

    def prepare(self, words):
        return self.index.get_tokens_ids(list(dict.fromkeys(words)))


class Tantivy:
    """tantivy in memory, one segment, without positions."""

    name = "tantivy"
    passes = PASSES
    batch = None

    def __init__(self, texts):
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="spaces", index_option="freq")
        self.schema = builder.build()
        index = tantivy.Index(self.schema)
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer("spaces", analyzer)
        writer = index.writer(heap_size=2_000_000_000, num_threads=1)
        for text in texts:
            writer.add_document(tantivy.Document(text=text))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self.searcher = index.searcher()
        assert self.searcher.num_segments == 1, "documents keep their numbers in one segment only"

    def prepare(self, words):
        query, should = tantivy.Query, tantivy.Occur.Should
        parts = []
        for word, times in Counter(words).items():
            part = query.term_query(self.schema, "text", word, index_option="freq")
            parts.append((should, part if times == 1 else query.boost_query(part, times)))
        return query.boolean_query(parts)

    def search(self, query):
        return [address.doc for _, address in self.searcher.search(query, LIMIT, count=False).hits]


class SparseDot:
    """Words counted by scikit-learn, weights of BM25, products by sparse_dot_topn."""

    name = "sparse_dot_topn"
    passes = 2

    def __init__(self, texts):
        vectorizer = CountVectorizer(analyzer=str.split, dtype=numpy.float32)
        self.counts = vectorizer.fit_transform(texts)
        self.numbers = vectorizer.vocabulary_
        weights = self.counts.tocsr(copy=True)
        holders = numpy.bincount(weights.indices, minlength=weights.shape[1])
        rarity = numpy.log(1 + (len(texts) - holders + 0.5) / (holders + 0.5))
        lengths = numpy.asarray(weights.sum(axis=1)).ravel()
        norms = numpy.repeat(K1 * (1 - B + B * lengths / lengths.mean()), numpy.diff(weights.indptr))
        weights.data = (rarity[weights.indices] * weights.data / (norms + weights.data)).astype(numpy.float32)
        self.weights = weights.T.tocsr()
        self.is_rare = holders < len(texts) / COMMON

    def prepare(self, words):
        counted = Counter(words)
        columns = [self.numbers[word] for word in counted]
        shape = (1, len(self.numbers))
        return csr_matrix((list(counted.values()), ([0] * len(columns), columns)), shape=shape, dtype="float32")

    def product(self, rows, threads=1):
        return sp_matmul_topn(rows, self.weights, top_n=LIMIT, sort=True, n_threads=threads)

    def batch(self, queries):
        self.product(vstack(queries, format="csr"))

    def search(self, query):
        return self.product(query).indices.tolist()

    def part(self, words):
        """Each 20th record as a query."""
        rows = self.counts[::PART]
        if words == "rarer":
            rows = (rows @ diags(self.is_rare.astype("float32"), format="csr")).tocsr()
            rows.eliminate_zeros()
        return rows

    def bytes(self):
        return self.weights.data.nbytes + self.weights.indices.nbytes + self.weights.indptr.nbytes


class Fuzzy:
    """rapidfuzz: every title compared."""

    passes = 1
    batch = None

    def __init__(self, titles, scorer):
        self.name, self.titles, self.scorer = f"rapidfuzz {scorer}", titles, getattr(fuzz, scorer)

    def prepare(self, words):
        return " ".join(words)

    def search(self, query):
        return [place for _, _, place in process.extract(query, self.titles, scorer=self.scorer, limit=LIMIT)]


# ---- measuring -------------------------------------------------------------------------------------------------------


def timed(work):
    """What it gives, and its time in microseconds."""
    begun = time.perf_counter_ns()
    done = work()
    return done, (time.perf_counter_ns() - begun) / 1000


def latency(engine, queries):
    """Figures in microseconds, and what was found; one pass before does not count."""
    prepared = [engine.prepare(words.split()) for words in queries]
    found = [engine.search(query) for query in prepared]
    passes = [[timed(lambda query=query: engine.search(query))[1] for query in prepared] for _ in range(engine.passes)]
    times = sorted(map(min, zip(*passes, strict=True)))
    figures = {engine.name: {"median": times[len(times) // 2], "p99": times[len(times) * 99 // 100]}}
    if engine.batch:
        whole = min(timed(lambda: engine.batch(prepared))[1] for _ in range(PASSES))
        figures[f"{engine.name}, batch"] = {"median": whole / len(prepared)}
    return figures, found


class Round:
    """One turn of every engine."""

    def __init__(self, material, program):
        self.material, self.program = material, program
        self.figures, self.found, self.bytes = {}, {}, {}

    def add(self, work, figures):
        self.figures.setdefault(work, {}).update(figures)
        for engine, row in figures.items():
            print(f"{work}, {engine}: {shown(row['median'])}", file=sys.stderr)

    def ask(self, engine, works):
        for work in works:
            figures, found = latency(engine, self.material["queries"][work])
            self.add(work, figures)
            self.found.setdefault(work, {})[engine.name] = found

    def build(self, make, name):
        gc.collect()
        engine, micros = timed(make)
        self.add("build", {name: {"median": micros}})
        return engine

    def run_jipp(self, *options):
        return json.loads(subprocess.run([self.program, *options], check=True, capture_output=True).stdout)

    def jipp(self):
        told = self.run_jipp()
        for work, figures in told["latency"].items():
            self.add(work, figures)
            self.found.setdefault(work, {}).update(told["found"][work])
        self.add("build", {"jipp": {"median": told["build"]["tokens"] * 1e6}})
        self.add("build", {"jipp, analysed": {"median": told["build"]["text"] * 1e6}})
        self.bytes.update({"text": told["bytes"]["text"], "jipp": told["bytes"]["index"]})
        self.different = told["different words"]

    def run(self, pairs, with_titles):
        whole = ["rarer", "all", "need"]
        texts, records = self.material["texts"], self.material["records"]
        self.jipp()
        blocks = self.build(lambda: Tantivy(texts), "tantivy")
        self.ask(blocks, whole)
        del blocks
        Bm25s([["once"], ["before"]])  # has numba compile what builds an index
        sums = self.build(lambda: Bm25s(records), "bm25s")
        sums.warm_up()
        self.ask(sums, whole)
        self.ask(Bm25sOnce(sums), whole)
        self.bytes["bm25s"] = sums.bytes()
        sparse = self.build(lambda: SparseDot(texts), "sparse_dot_topn")
        self.ask(sparse, whole)
        self.bytes["sparse_dot_topn"] = sparse.bytes()
        if with_titles:
            for scorer in ("ratio", "token_set_ratio"):
                self.ask(Fuzzy(self.material["titles"], scorer), ["title"])
        for words in pairs:
            self.pairs(words, sums, sparse)

    def pairs(self, words, sums, sparse):
        told = self.run_jipp("--pairs", words)
        rows = sparse.part(words)
        _, of_sparse = timed(lambda: sparse.product(rows, THREADS))
        rare = {word for word, number in sparse.numbers.items() if sparse.is_rare[number]}
        some = self.material["records"][::PART]
        queries = [sums.prepare([word for word in record if words == "all" or word in rare]) for record in some]
        _, of_bm25s = timed(lambda: sums.batch(queries, THREADS))
        figures = {
            "jipp": {"median": told["pairs"] * 1e6},
            "sparse_dot_topn": {"median": of_sparse * PART},
            "bm25s": {"median": of_bm25s * PART},
        }
        self.add(f"pairs {words}", figures)


# ---- the run ---------------------------------------------------------------------------------------------------------

# No peers: jipp itself, and a plain loop.
PLAIN = ("jipp", "dense")


def summary(rounds):
    """For each work and engine the median over the rounds of its figures and of its time in times of jipp's."""
    works = {}
    for work in rounds[-1].figures:
        having = [one.figures[work] for one in rounds if work in one.figures]
        for engine in having[0]:
            row = {
                measure: statistics.median(figures[engine][measure] for figures in having)
                for measure in having[0][engine]
            }
            ratios = [figures[engine]["median"] / figures["jipp"]["median"] for figures in having]
            row["times jipp"], row["of rounds"] = statistics.median(ratios), ratios
            works.setdefault(work, {})[engine] = row
    return works


def overlap(found):
    """Which share of jipp's first ten each other engine has too."""
    others = (name for name in found if name != "jipp")
    return {name: statistics.mean(map(common, found["jipp"], found[name])) for name in others}


def common(ours, theirs):
    return len(set(ours) & set(theirs)) / max(len(ours), 1)


def shown(micros):
    if micros is None:
        return ""
    return f"{micros / 1e6:.2f} s" if micros >= 1e6 else f"{micros / 1000:.3f} ms"


def spread(ratios):
    return f"{min(ratios):.1f} to {max(ratios):.1f}" if len(ratios) > 1 else ""


def report(told):
    for work, engines in told["works"].items():
        note = told["different words"].get(work)
        print(f"\n{work}" + (f" ({note} different words)" if note else ""))
        for engine, row in engines.items():
            cells = (engine, shown(row["median"]), shown(row.get("p99")), row["times jipp"], spread(row["of rounds"]))
            print("  {:<28}{:>12}{:>12}{:>8.1f} x   {}".format(*cells).rstrip())
        peers = [engine for engine in engines if not engine.startswith(PLAIN) and "once" not in engine]
        best = min(peers, key=lambda engine: engines[engine]["times jipp"])
        print(f"  jipp is {engines[best]['times jipp']:.1f} times as fast as the fastest peer, {best}")
    print("\nshare of jipp's first ten that others have too")
    for work, shares in told["overlap"].items():
        print(f"  {work:<8}" + ", ".join(f"{engine} {share:.3f}" for engine, share in shares.items()))
    print("\nindex by bytes of text")
    for engine, count in told["bytes"].items():
        print(f"  {engine:<18}{count:>12}{count / told['bytes']['text']:>8.2f}")


def load(program):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([program, "--export", folder], check=True)
        names = ("texts.txt", "titles.txt", "queries.json")
        texts, titles, queries = ((Path(folder) / name).read_text(encoding="utf-8") for name in names)
    texts, known = texts.split("\n"), {}
    # Each word as one object, or the records would take a gigabyte.
    records = [[known.setdefault(word, word) for word in text.split()] for text in texts]
    return {"texts": texts, "titles": titles.split("\n"), "queries": json.loads(queries), "records": records}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=Path, help="the example time_matching, built with --release")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pairs", nargs="*", default=["rarer", "all"], help="the works on every record; done once")
    parser.add_argument("--json", type=Path, help="write all figures into this file, in microseconds")
    arguments = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = str(THREADS)
    material, rounds = load(arguments.program), []
    for number in range(arguments.rounds):
        rounds.append(Round(material, arguments.program))
        is_last = number == arguments.rounds - 1
        rounds[-1].run(arguments.pairs if is_last else [], is_last)
    last = rounds[-1]
    told = {
        "works": summary(rounds),
        "overlap": {work: overlap(found) for work, found in last.found.items() if work != "title"},
        "bytes": last.bytes,
        "different words": last.different,
    }
    report(told)
    if arguments.json:
        arguments.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
