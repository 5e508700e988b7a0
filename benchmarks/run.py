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
Row = tuple[str, float, str, float, float | None]
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


def start_up(cache: str) -> list[Row]:
    """Compare the command's start with the bare interpreter plus click, and a cold answer with its target."""
    bare = median(process(sys.executable, "-c", "import click"))
    helped = median(process(KG, "--help"))
    warm = median(process(KG, "paths", "igmesine", "cGMP", KG_CACHE_DIR=cache))
    uncached = median(process(KG, "paths", "igmesine", "cGMP", KG_CACHE_DIR=""), runs=5)
    return [
        ("kg --help", helped, "python + click", bare, 2.0),
        ("kg paths igmesine cGMP", warm, "0.35 s", 0.35, 1.0),
        ("kg paths, no cache", uncached, "with cache", warm, None),
    ]


def reading() -> list[Row]:
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


def querying() -> list[Row]:
    """Compare the embedded engine with rdflib's own on the same graph and query."""
    import kg

    graph = kg.load()
    dataset = graph.to_rdflib()
    if len(graph.query(QUERY)) != len(list(dataset.query(QUERY))):
        raise SystemExit("the two engines answer differently")
    ours = median(lambda: graph.query(QUERY))
    theirs = median(lambda: list(dataset.query(QUERY)))
    return [("SPARQL on the shipped graph", ours, "rdflib", theirs, 0.1)]


def walking() -> list[Row]:
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
    """Run all, print one line each, and keep the figures."""
    with tempfile.TemporaryDirectory() as cache:
        rows = [*start_up(cache), *reading(), *querying(), *walking()]
    report = [dict(zip(COLUMNS, (*row, row[1] / row[3]), strict=True)) for row in rows]
    for row in report:
        measured = f"{row['seconds'] * 1000:8.1f} ms  {row['ratio']:6.2f} × {row['peer']:28}"
        print(f"{row['work']:38} {measured} {verdict(row['ratio'], row['target'])}")
    out = ROOT / "build" / "benchmarks.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(report, indent=1))


def verdict(ratio: float, target: float | None) -> str:
    """Say whether a target was reached, where there is one."""
    return "" if target is None else "reached" if ratio <= target else f"MISSED (target {target} ×)"


if __name__ == "__main__":
    main()
