"""Measure our path core against NetworkX, rustworkx, networkit and SciPy on networks of published size.

The edge lists have the counts of Hetionet or PrimeKG and made-up edges (`networks/`). Every engine runs in a
process of its own, in turns; a row tells the median, the 95th percentile, the target and the peers' ratios,
in seconds of the processor, which a busy machine changes least, and by the clock. All simple paths are listed
as columns of nodes by ours and as lists by the peers. `make bench-paths` runs it with Hetionet's counts in
about ten minutes; `--network primekg` and `--growth` take minutes more.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

from networks.answering import ANSWERS
from networks.asking import NEVER, Answers, ask, at, drawn, read_in_turns
from networks.growth import draw, grown
from networks.made import HETIONET, PRIMEKG, edge_list
from networks.reading import READERS

ROOT = Path(__file__).parents[1]
LISTS = ROOT / "build" / "networks"
PUBLISHED = {one.name: one for one in (HETIONET, PRIMEKG)}
PEERS_BUDGET = 30.0
"""Seconds that a peer has for a question; ours is compared on the pairs that it came to."""
COLD = """
from pathlib import Path
from kg.engine.frontier import ways
from kg.engine.shortest import shortest_path
from kg.engine.storing import open_network
network = open_network(Path({file!r})).network
shortest_path({source}, {target}, ways(network), max_length=12, sign=1)
"""


class Question(NamedTuple):
    """What is asked, between which kinds of node, and the targets in milliseconds at Hetionet's counts."""

    title: str
    kinds: dict[str, tuple[str, str]]
    median: float
    most: float | None = None


SIGNED = {"hetionet": ("Compound", "Biological Process"), "primekg": ("drug", "disease")}
EITHER = {"hetionet": ("Compound", "Disease"), "primekg": ("drug", "disease")}
QUESTIONS = {
    "shortest": Question("a shortest signed path", SIGNED, 0.3, 1),
    "simple": Question("all simple paths ≤ 4, either way", EITHER, 10, 40),
    "best": Question("10 best signed paths ≤ 6", SIGNED, 25),
}


def build(name: str, runs: int, peers: bool) -> list[dict[str, Any]]:
    """Compare reading the list, and keep the network that the questions are put to."""
    from kg.engine.edgelist import read_edge_list
    from kg.engine.storing import write_network

    file, few = edge_list(PUBLISHED[name], LISTS), edge_list(HETIONET, LISTS, 0.001)
    read = read_in_turns(READERS if peers else ("kg",), few, file, runs)
    network = read_edge_list(file)
    write_network(network, stored(name), file.name)
    ours, arrows = read["kg"], network.arrows
    print(f"{name}: {network.nodes:,} nodes with an edge, {arrows:,} edges, load {os.getloadavg()[0]:.1f}")
    wanted = 0.2 * read["networkx"].seconds if peers else None
    print(f"  read the list       {ours.seconds:8.2f} s   {verdict(ours.seconds, wanted)}")
    for engine, reading in read.items():
        size = f"{reading.memory / arrows:6.0f} bytes an edge in memory"
        clock = f"{reading.wall:6.2f} s by the clock"
        ratio = f"{ours.seconds / reading.seconds:.3f} ×"
        print(f"    {engine:12} {reading.seconds:12.2f} s; ours {ratio}; {clock}; {size}", flush=True)
    size = stored(name).stat().st_size / arrows
    print(f"  arrays              {size:8.1f} bytes an edge {verdict(size, 40)}")
    return [{"network": name, "row": "read", "engine": e, **r._asdict()} for e, r in read.items()]


def stored(name: str) -> Path:
    """Return where the network is kept."""
    return LISTS / f"{name}.network"


def open_cold(name: str, runs: int, pair: tuple[int, int]) -> float:
    """Return the median seconds of a new process that opens the network and finds one path."""
    code = COLD.format(file=str(stored(name)), source=pair[0], target=pair[1])
    taken, wall = [], []
    for _ in range(runs):
        before, start = os.times(), time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        wall.append(time.perf_counter() - start)
        after = os.times()
        taken.append(sum(after[2:4]) - sum(before[2:4]))
    seconds, clock = statistics.median(taken), statistics.median(wall)
    print(
        f"  open, first path    {seconds:8.3f} s   {verdict(seconds, 0.3)}, by the clock {clock:.3f}",
        flush=True,
    )
    return seconds


def put(name: str, question: str, count: int, peers: bool) -> list[dict[str, Any]]:
    """Put a question to ours for all pairs, and to the peers for as many as they come to."""
    from kg.engine.storing import open_network

    asked = QUESTIONS[question]
    pairs = drawn(open_network(stored(name)).network, asked.kinds[name], count)
    ours = ask("kg", question, stored(name), pairs)
    middle, most = at(0.5, ours.seconds), at(0.95, ours.seconds)
    told = f"{middle:.2f} ms {verdict(middle, asked.median)}, p95 {most:.2f} {verdict(most, asked.most)}"
    clock = (
        f"by the clock {at(0.5, ours.wall):.2f} and {at(0.95, ours.wall):.2f}, load {os.getloadavg()[0]:.1f}"
    )
    paths = f"{statistics.median(ours.paths):,.0f} paths in the middle, {max(ours.paths):,} at most"
    print(f"  {asked.title}: {told}; {clock}; {paths}", flush=True)
    rows = [row(name, question, "kg", ours)]
    for engine in [engine for engine in ANSWERS[question] if peers and engine != "kg"]:
        theirs = ask(engine, question, stored(name), pairs, PEERS_BUDGET)
        rows.append(row(name, question, engine, theirs))
        count = len(theirs.seconds)
        ratio = at(0.5, ours.seconds[:count]) / at(0.5, theirs.seconds)
        late = theirs.seconds.count(NEVER)
        answered = [n for n, seconds in enumerate(theirs.seconds) if seconds != NEVER]
        differ = sum(ours.paths[n] != theirs.paths[n] for n in answered)
        told = f"{at(0.5, theirs.seconds):10.2f} ms, p95 {at(0.95, theirs.seconds):.2f}; ours {ratio:.4f} ×"
        rest = f"{late} without an answer in 15 s, {differ} with another number of paths"
        print(f"    {engine:12} {told} on {count} pairs, {rest}", flush=True)
    return rows


def row(name: str, question: str, engine: str, answers: Answers) -> dict[str, Any]:
    """Return what is kept of an engine's answers, in milliseconds."""
    told = {"p50": at(0.5, answers.seconds), "p95": at(0.95, answers.seconds), "pairs": len(answers.seconds)}
    return {"network": name, "row": question, "engine": engine, **told, "paths": sum(answers.paths)}


def verdict(found: float, target: float | None) -> str:
    """Say whether a target was reached, where there is one."""
    return "" if target is None else "reached" if found <= target else f"MISSED (target {target:.3g})"


def main() -> None:
    """Run what is asked for, and keep the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--network", choices=PUBLISHED, default="hetionet")
    options.add_argument("--growth", action="store_true", help="draw how ours grows with the edges instead")
    options.add_argument("--pairs", type=int, default=200)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--ours", action="store_true", help="measure ours alone")
    given = options.parse_args()
    if given.growth:
        draw(grown(LISTS, given.pairs), ROOT / "notebooks" / "pictures" / "growth.svg")
        return
    rows = build(given.network, given.runs, not given.ours)
    rows.append(
        {"network": given.network, "row": "open", "p50": open_cold(given.network, given.runs, (0, 9))}
    )
    for question in QUESTIONS:
        rows += put(given.network, question, given.pairs, not given.ours)
    (ROOT / "build" / f"paths-{given.network}.json").write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
