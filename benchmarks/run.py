"""Measure start-up, loading, YAML reading, queries and paths as ratios against named peers in one run.

`make bench` prints the table and writes `build/benchmarks.json`. Every figure is the median of the runs;
ratios are what is compared, seconds are only true of the machine they were taken on.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
KG = str(Path(sys.executable).parent / "kg")
RUNS = 15
COLUMNS = ("work", "seconds", "peer", "peer_seconds", "target", "ratio")


def median(action: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median wall-clock seconds of several runs after one that does not count."""
    action()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def process(*command: str, **environment: str) -> Callable[[], object]:
    """Return an action that runs a command in a process of its own."""
    env = os.environ | environment

    def run() -> object:
        return subprocess.run(command, env=env, check=True, capture_output=True)

    return run


def start_up(cache: str) -> list[tuple[str, float, str, float, float]]:
    """Compare the command's start with the bare interpreter plus click, and a cold answer with its target."""
    bare = median(process(sys.executable, "-c", "import click"))
    helped = median(process(KG, "--help"))
    warm = median(process(KG, "paths", "igmesine", "cGMP", KG_CACHE_DIR=cache))
    uncached = median(process(KG, "paths", "igmesine", "cGMP", KG_CACHE_DIR=""), runs=5)
    return [
        ("kg --help", helped, "python + click", bare, 2.0),
        ("kg paths igmesine cGMP", warm, "0.35 s", 0.35, 1.0),
        ("kg paths, no cache", uncached, "with cache", warm, float("inf")),
    ]


def reading() -> list[tuple[str, float, str, float, float]]:
    """Compare our reading of the shipped files with PyYAML's C loader, which keeps no positions."""
    import yaml

    from kg.yamltext import parse

    texts = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").rglob("*.yaml"))]
    ours = median(lambda: [parse(text, "x") for text in texts])
    theirs = median(lambda: [yaml.load(text, Loader=yaml.CSafeLoader) for text in texts])
    return [("read the seeds with positions", ours, "yaml.load, C loader", theirs, 1.0)]


QUERY = """
SELECT ?drug ?target ?value WHERE {
  ?m a kgo:Measurement ; kgo:drug/rdfs:label ?drug ; kgo:target/rdfs:label ?target ; kgo:value ?value .
  FILTER(?value < 100)
} ORDER BY ?value
"""


def querying() -> list[tuple[str, float, str, float, float]]:
    """Compare the embedded engine with rdflib's own on the same graph and query."""
    import kg

    graph = kg.load()
    dataset = graph.to_rdflib()
    if len(graph.query(QUERY)) != len(list(dataset.query(QUERY))):
        raise SystemExit("the two engines answer differently")
    ours = median(lambda: graph.query(QUERY))
    theirs = median(lambda: list(dataset.query(QUERY)))
    return [("SPARQL on the shipped graph", ours, "rdflib", theirs, 0.1)]


def walking() -> list[tuple[str, float, str, float, float]]:
    """Compare our path search with NetworkX on the same arrows."""
    import networkx as nx

    import kg

    graph = kg.load()
    network = nx.DiGraph((a, b) for a, effects in graph.graph.arrows.items() for b in effects)
    ends = (graph.entity("imipramine").id, graph.entity("BDNF").id)
    expected = {tuple(path) for path in nx.all_simple_paths(network, *ends, cutoff=8)}
    if {path.nodes for path in graph.paths(*ends, max_length=8)} != expected:
        raise SystemExit("the two searches find different paths")
    ours = median(lambda: graph.paths(*ends, max_length=8))
    theirs = median(lambda: list(nx.all_simple_paths(network, *ends, cutoff=8)))
    return [("imipramine to BDNF, at most 8 steps", ours, "networkx.all_simple_paths", theirs, 1.0)]


def main() -> None:
    """Run all and print one line each."""
    with tempfile.TemporaryDirectory() as cache:
        rows = [*start_up(cache), *reading(), *querying(), *walking()]
    report = [
        {
            "work": work,
            "seconds": ours,
            "peer": peer,
            "peer_seconds": theirs,
            "ratio": ours / theirs,
            "target": most,
        }
        for work, ours, peer, theirs, most in rows
    ]
    for row in report:
        verdict = (
            "" if row["target"] == float("inf") else "reached" if row["ratio"] <= row["target"] else "MISSED"
        )
        print(
            f"{row['work']:38} {row['seconds'] * 1000:8.1f} ms  {row['ratio']:6.2f} × {row['peer']:28} {verdict}"
        )
    out = ROOT / "build" / "benchmarks.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(
        json.dumps(
            [{**row, "target": None if row["target"] == float("inf") else row["target"]} for row in report],
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
