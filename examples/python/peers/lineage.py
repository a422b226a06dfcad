"""How fast jipp walks a lineage of a million links, beside the graph packages of the Python world, all in one run.

    pip install rustworkx networkx
    cargo build --release --example time_lineage
    python examples/python/peers/lineage.py target/release/examples/time_lineage

The program generates the lineage, times jipp, and writes out the links and the nodes that are asked for; the peers get
the same links and the same nodes. Asked are 20,000 nodes far apart (networkx: every 20th of them). A peer's question is
one call of `descendants` or `ancestors`, which gives numbers; jipp's is timed with and without reading the names of what it
found, and also as of a past revision and date, which the peers cannot do.
Printed: median, 99th percentile and mean in microseconds, and how many times the mean of jipp (without names) that is.
"""

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import networkx
import rustworkx

PART = 20


def links(folder):
    for line in (folder / "links.csv").open():
        source, target = line.split(",")
        yield int(source), int(target)


def timed(ask, nodes):
    times, found = [], 0
    for node in nodes:
        begun = time.perf_counter()
        answer = ask(node)
        times.append(1e6 * (time.perf_counter() - begun))
        found += len(answer)
    times.sort()
    return {
        "median": statistics.median(times),
        "p99": times[len(times) * 99 // 100],
        "mean": statistics.fmean(times),
        "found": found,
        "asked": len(times),
    }


def build(make):
    begun = time.perf_counter()
    graph = make()
    return graph, time.perf_counter() - begun


def rustworkx_graph(pairs, nodes):
    graph = rustworkx.PyDiGraph(multigraph=True)
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from_no_data(pairs)
    return graph


def row(name, figures, base):
    ratio = f"{figures['mean'] / base['mean']:8.1f}" if base else " " * 8
    print(f"{name:38} {figures['median']:10.1f} {figures['p99']:10.1f} {figures['mean']:10.1f} {ratio} {figures['found']:10}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=Path)
    parser.add_argument("--links", default="1000000")
    parser.add_argument("--layers", action="store_true", help="seven generations of four sources each: large answers")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        command = [arguments.program, "--links", arguments.links, "--export", folder]
        command += ["--layers"] if arguments.layers else []
        jipp = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        pairs = list(links(folder))
        asked = [int(line) for line in (folder / "asked.txt").open()]
    rx, rx_build = build(lambda: rustworkx_graph(pairs, jipp["nodes"]))
    nx, nx_build = build(lambda: networkx.DiGraph(pairs))
    nx.add_nodes_from(range(jipp["nodes"]))
    print(f"{jipp['links']} links, {jipp['nodes']} nodes")
    print(f"build: jipp {jipp['build_s']:.2f} s from its records, rustworkx {rx_build:.2f} s, networkx {nx_build:.2f} s from pairs")
    print(f"{'':38} {'median us':>10} {'p99 us':>10} {'mean us':>10} {'x jipp':>8} {'found':>10}")
    for way in ["descendants", "ancestors"]:
        base = jipp["us"][f"{way} now"]
        row(f"{way}: jipp", base, base)
        row(f"{way}: jipp, names read", jipp["us"][f"{way} now named"], base)
        row(f"{way}: jipp, as of the past", jipp["us"][f"{way} past"], None)
        row(f"{way}: rustworkx", timed(lambda node: getattr(rustworkx, way)(rx, node), asked), base)
        row(f"{way}: networkx, each {PART}th", timed(lambda node: getattr(networkx, way)(nx, node), asked[::PART]), base)


if __name__ == "__main__":
    main()
