"""The tasks of `evaluate_matching`, put to search engines of the Python world, in the same measures.

    pip install bm25s tantivy PySastrawi
    cargo run --release --example evaluate_matching -- --export target/evaluation
    python examples/python/peers/quality.py target/evaluation

Three engines, each with what it does out of the box and each record as one text:

* bm25s: Lucene's BM25, k1 1.2, b 0.75, its own tokens, no stop words, no stems;
* tantivy: its default tokens and BM25, the query as a disjunction of words;
* Sastrawi + bm25s: every word reduced to its root by PySastrawi, which also leaves out its stop words.

The rankings of jipp and of the plain engines come with the export, so that everything stands in one table; that their
figures equal those that `evaluate_matching` prints is a check of both. Intervals: percentile bootstrap over the queries,
2,000 resamples, the same generator and seed.
"""

import argparse
import json
import math
import re
from pathlib import Path

DEPTH = 10
USEFUL = 2
RESAMPLES = 2000
SEED = 20_261_121
WORD = re.compile(r"[^\W_]+")


# ---- measures --------------------------------------------------------------------------------------------------------


def reciprocal_rank(ranked, grades):
    return next((1 / rank for rank, doc in enumerate(ranked, 1) if grades.get(doc, 0) >= USEFUL), 0.0)


def recall(ranked, grades):
    useful = {doc for doc, grade in grades.items() if grade >= USEFUL}
    return len(useful.intersection(ranked[:DEPTH])) / len(useful) if useful else 0.0


def ndcg(ranked, grades, gain):
    def discounted(grades):
        return sum(gain(grade) / math.log2(rank + 1) for rank, grade in enumerate(grades[:DEPTH], 1))

    best = discounted(sorted(grades.values(), reverse=True))
    return discounted([grades.get(doc, 0) for doc in ranked]) / best if best else 0.0


METRICS = {
    "mrr": ("MRR", reciprocal_rank),
    "recall": ("recall@10", recall),
    "ndcg": ("nDCG@10", lambda ranked, grades: ndcg(ranked, grades, lambda grade: 2**grade - 1)),
    "ndcg-linear": ("nDCG@10 linear", lambda ranked, grades: ndcg(ranked, grades, lambda grade: grade)),
}


def split_mix(state):
    """The generator SplitMix64 (Steele, Lea and Flood 2014)."""
    mask = 2**64 - 1
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & mask
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & mask
        yield mixed ^ (mixed >> 31)


def mean_with_interval(values):
    random, count = split_mix(SEED), len(values)
    means = sorted(sum(values[next(random) * count >> 64] for _ in values) / count for _ in range(RESAMPLES))
    tail = RESAMPLES // 40
    return sum(values) / count, means[tail], means[-1 - tail]


# ---- engines ---------------------------------------------------------------------------------------------------------


def words(text):
    return WORD.findall(text.lower())


class Bm25s:
    def __init__(self, texts, tokens=words):
        import bm25s

        self.tokens, self.count = tokens, len(texts)
        self.index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        self.index.index([tokens(text) for text in texts], show_progress=False)

    def rank(self, query):
        known = [token for token in self.tokens(query) if token in self.index.vocab_dict]
        if not known:
            return []
        scores = self.index.get_scores(known)
        found = (number for number in range(self.count) if scores[number] > 0)
        return sorted(found, key=lambda number: -scores[number])


class Tantivy:
    def __init__(self, texts):
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("text", tokenizer_name="default")
        schema.add_unsigned_field("number", stored=True)
        self.index, self.count = tantivy.Index(schema.build()), len(texts)
        # One thread, so that documents with equal scores keep their order.
        writer = self.index.writer(num_threads=1)
        for number, text in enumerate(texts):
            writer.add_document(tantivy.Document(text=text, number=number))
        writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()

    def rank(self, query):
        parsed = self.index.parse_query(" ".join(words(query)), ["text"])
        hits = self.searcher.search(parsed, self.count).hits
        return [self.searcher.doc(address)["number"][0] for _, address in hits]


def sastrawi():
    """Words without stop words, as roots; remembered, because the stemmer is slow."""
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory
    from Sastrawi.StopWordRemover.StopWordRemoverFactory import StopWordRemoverFactory

    stemmer, stop_words = StemmerFactory().create_stemmer(), set(StopWordRemoverFactory().get_stop_words())
    roots = {}

    def tokens(text):
        kept = [word for word in words(text) if word not in stop_words]
        for word in kept:
            if word not in roots:
                roots[word] = stemmer.stem(word) or word
        return [roots[word] for word in kept]

    return tokens


# ---- the run ---------------------------------------------------------------------------------------------------------


def measure(task, rankings):
    """For each metric one value for each query."""
    topics = list(zip(task["topics"], rankings, strict=True))
    return [[METRICS[name][1](ranked, topic["grades"]) for topic, ranked in topics] for name in task["metrics"]]


def report(task, engines, ids):
    rankings = dict(task["rankings"])
    for name, engine in engines.items():
        ranked = ([ids[number] for number in engine.rank(topic["query"])] for topic in task["topics"])
        rankings[name] = [
            [doc for doc in docs if doc not in topic["excluded"]]
            for topic, docs in zip(task["topics"], ranked, strict=True)
        ]
    measured = {name: measure(task, ranked) for name, ranked in rankings.items()}
    print(f"{task['about']}\n{len(task['topics'])} queries; mean and 95 % bootstrap interval\n")
    line("engine", [METRICS[name][0] for name in task["metrics"]])
    for name, values in measured.items():
        line(name, ["{:.3f} ({:.3f} to {:.3f})".format(*mean_with_interval(column)) for column in values])
    own = {name for name in measured if name.startswith("jipp")}
    best = max(measured.keys() - own, key=lambda name: (sum(measured[name][0]), name))
    print(f"\nWhat jipp gains over {best}, query by query\n")
    for name in sorted(own):
        pairs = zip(measured[name], measured[best], strict=True)
        gains = ([a - b for a, b in zip(ours, theirs, strict=True)] for ours, theirs in pairs)
        line(name, ["{:+.3f} ({:+.3f} to {:+.3f})".format(*mean_with_interval(column)) for column in gains])
    print()


def line(first, cells):
    print(f"{first:<22}{' '.join(f'{cell:<25}' for cell in cells)}".rstrip())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="what evaluate_matching --export wrote")
    folder = parser.parse_args().folder
    pool = json.loads((folder / "pool.json").read_text(encoding="utf-8"))
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    texts = [document["text"] for document in pool]
    engines = {"bm25s": Bm25s(texts), "tantivy": Tantivy(texts), "Sastrawi + bm25s": Bm25s(texts, sastrawi())}
    for task in tasks:
        report(task, engines, [document["id"] for document in pool])


if __name__ == "__main__":
    main()
