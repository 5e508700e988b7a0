"""Reading an edge list: our core and its peers alike, each with the fewest steps it needs.

A new engine is a line in `READERS`. Run as a program, this file lets one engine read in a process of its own.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np


def rows(path: Path) -> Iterator[list[str]]:
    """Yield source, predicate, target and sign of each line."""
    with path.open(encoding="utf-8") as file:
        next(file)
        for line in file:
            yield line.rstrip("\n").split("\t")


def ends(path: Path) -> tuple[dict[str, int], list[int], list[int]]:
    """Return names with their numbers and the numbered ends, for engines that take no names."""
    numbers: dict[str, int] = defaultdict(count().__next__)
    sources, targets = [], []
    for source, _, target, _ in rows(path):
        sources.append(numbers[source])
        targets.append(numbers[target])
    return numbers, sources, targets


def kg_reads(path: Path) -> Any:
    from kg.engine.edgelist import read_edge_list

    return read_edge_list(path)


def networkx_reads(path: Path) -> Any:
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_edges_from((a, b, {"predicate": p, "sign": s}) for a, p, b, s in rows(path))
    return graph


def rustworkx_reads(path: Path) -> Any:
    import rustworkx as rx

    names, sources, targets = ends(path)
    graph = rx.PyDiGraph()
    graph.add_nodes_from(list(names))
    graph.add_edges_from_no_data(list(zip(sources, targets, strict=True)))
    return graph


def networkit_reads(path: Path) -> Any:
    import networkit as nk

    names, sources, targets = ends(path)
    pair = (np.array(sources, np.uint64), np.array(targets, np.uint64))
    return names, nk.GraphFromCoo(pair, n=len(names), directed=True)


def scipy_reads(path: Path) -> Any:
    from scipy.sparse import coo_array

    names, sources, targets = ends(path)
    shape = (len(names), len(names))
    return names, coo_array((np.ones(len(sources), np.int8), (sources, targets)), shape).tocsr()


READERS = {
    "kg": kg_reads,
    "networkx": networkx_reads,
    "rustworkx": rustworkx_reads,
    "networkit": networkit_reads,
    "scipy": scipy_reads,
}


def resident() -> int:
    """Return how many bytes of memory this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def main(engine: str, few: str, file: str) -> None:
    """Read a short list first, which loads the libraries; print what the second took."""
    READERS[engine](Path(few))
    before, wall, start = resident(), time.perf_counter(), time.process_time()
    read = READERS[engine](Path(file))
    taken = [time.process_time() - start, time.perf_counter() - wall]
    gc.collect()
    print(json.dumps([*taken, resident() - before]))
    del read


if __name__ == "__main__":
    main(*sys.argv[1:])
