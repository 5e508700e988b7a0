"""The shortest signed path, all short paths, the ten best: answered by our core and its peers alike.

No peer knows signs. For signed questions each gets the network doubled, a node once for every sign so far,
which finds walks that may pass one node in both signs; ours finds paths. A new engine or question is a line
in `ANSWERS`. Run as a program, this file asks one engine in a process of its own.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from kg.engine.network import Network

Answer = Callable[[int, int], int]
"""Answers for a source and a target, and returns how many paths it found."""
LONGEST, BEST, BEST_LONGEST = 4, 10, 6
MEMORY = 12 << 30


def doubled(network: Network, cost: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return sources, targets and costs of the signed steps between nodes in both signs."""
    source = np.repeat(np.arange(network.nodes), np.diff(network.forward.starts))
    step = np.flatnonzero(network.sign)
    one, other = source[step] * 2, network.forward.ends[step].astype(np.int64) * 2
    change = network.sign[step] < 0
    price = np.ones(len(step)) if cost is None else cost[step].astype(float)
    return (
        np.concatenate([one, one + 1]),
        np.concatenate([other + change, other + ~change]),
        np.tile(price, 2),
    )


def hub_cost(network: Network) -> np.ndarray:
    """Return a cost for each step that grows with how many neighbours it leads to."""
    from kg.engine.ranked import quantised

    degree = np.diff(network.around.starts)
    return quantised(1 + np.log2(1 + degree[network.forward.ends]) / 8)


def around(network: Network) -> list[tuple[int, int]]:
    """Return each pair of neighbours once."""
    source = np.repeat(np.arange(network.nodes), np.diff(network.around.starts))
    once = source < network.around.ends
    return list(zip(source[once].tolist(), network.around.ends[once].tolist(), strict=True))


def kg_shortest(network: Network) -> Answer:
    from kg.engine.frontier import ways
    from kg.engine.shortest import shortest_path

    way = ways(network)
    return lambda a, b: shortest_path(a, b, way, max_length=12, sign=1) is not None


def kg_simple(network: Network) -> Answer:
    from kg.engine.frontier import ways
    from kg.engine.simple import simple_paths

    way = ways(network, undirected=True)
    return lambda a, b: sum(map(len, list(simple_paths(a, b, way, max_length=LONGEST))))


def kg_best(network: Network) -> Answer:
    from kg.engine.frontier import ways
    from kg.engine.ranked import cheapest_paths

    way = ways(network, cost=hub_cost(network))
    return lambda a, b: len(cheapest_paths(a, b, way, count=BEST, max_length=BEST_LONGEST, sign=1))


def networkx_shortest(network: Network) -> Answer:
    import networkx as nx

    graph = _networkx_doubled(network)

    def ask(source: int, target: int) -> int:
        try:
            return bool(nx.bidirectional_shortest_path(graph, 2 * source, 2 * target))
        except (nx.NetworkXNoPath, nx.NodeNotFound):
            return 0

    return ask


def networkx_simple(network: Network) -> Answer:
    import networkx as nx

    graph = nx.Graph(around(network))
    return lambda a, b: len(list(nx.all_simple_paths(graph, a, b, cutoff=LONGEST)))


def networkx_best(network: Network) -> Answer:
    import networkx as nx

    graph = _networkx_doubled(network, hub_cost(network))

    def ask(source: int, target: int) -> int:
        try:
            return len(list(islice(nx.shortest_simple_paths(graph, 2 * source, 2 * target, "cost"), BEST)))
        except (nx.NetworkXNoPath, nx.NodeNotFound):
            return 0

    return ask


def _networkx_doubled(network: Network, cost: np.ndarray | None = None) -> Any:
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_weighted_edges_from(zip(*map(np.ndarray.tolist, doubled(network, cost)), strict=True), "cost")
    return graph


def rustworkx_shortest(network: Network) -> Answer:
    import rustworkx as rx

    graph = rx.PyDiGraph()
    graph.add_nodes_from(range(2 * network.nodes))
    graph.add_edges_from_no_data(list(zip(*map(np.ndarray.tolist, doubled(network)[:2]), strict=True)))
    return lambda a, b: len(rx.dijkstra_shortest_paths(graph, 2 * a, 2 * b)) > 0


def rustworkx_simple(network: Network) -> Answer:
    import rustworkx as rx

    graph = rx.PyGraph()
    graph.add_nodes_from(range(network.nodes))
    graph.add_edges_from_no_data(around(network))
    return lambda a, b: len(rx.all_simple_paths(graph, a, b, cutoff=LONGEST + 1))


def networkit_shortest(network: Network) -> Answer:
    import networkit as nk

    source, target, _ = doubled(network)
    pair = (source.astype(np.uint64), target.astype(np.uint64))
    graph = nk.GraphFromCoo(pair, n=2 * network.nodes, directed=True)

    def ask(source: int, target: int) -> int:
        search = nk.distance.BidirectionalBFS(graph, 2 * source, 2 * target, True)
        return search.run().getDistance() < 2 * network.nodes

    return ask


def networkit_simple(network: Network) -> Answer:
    import networkit as nk

    one, other = np.array(around(network), np.uint64).T
    pair = (np.concatenate([one, other]), np.concatenate([other, one]))
    graph = nk.GraphFromCoo(pair, n=network.nodes, directed=True)
    return lambda a, b: len(nk.reachability.AllSimplePaths(graph, a, b, LONGEST).run().getAllSimplePaths())


def scipy_shortest(network: Network) -> Answer:
    from scipy.sparse import csgraph

    matrix = _matrix(network)

    def ask(source: int, target: int) -> int:
        _, before = csgraph.breadth_first_order(matrix, 2 * source)
        return before[2 * target] >= 0

    return ask


def scipy_best(network: Network) -> Answer:
    from scipy.sparse import csgraph

    matrix = _matrix(network, hub_cost(network))
    return lambda a, b: len(csgraph.yen(matrix, 2 * a, 2 * b, BEST))


def _matrix(network: Network, cost: np.ndarray | None = None) -> Any:
    from scipy.sparse import coo_array

    source, target, price = doubled(network, cost)
    shape = (2 * network.nodes, 2 * network.nodes)
    return coo_array((price, (source.astype(np.int32), target.astype(np.int32))), shape).tocsr()


ANSWERS = {
    "shortest": {
        "kg": kg_shortest,
        "networkx": networkx_shortest,
        "rustworkx": rustworkx_shortest,
        "networkit": networkit_shortest,
        "scipy": scipy_shortest,
    },
    "simple": {
        "kg": kg_simple,
        "networkx": networkx_simple,
        "rustworkx": rustworkx_simple,
        "networkit": networkit_simple,
    },
    "best": {"kg": kg_best, "networkx": networkx_best, "scipy": scipy_best},
}


def main(engine: str, question: str, file: str) -> None:
    """Answer for each pair that comes in; print processor and wall seconds, and how many paths were found."""
    from kg.engine.storing import open_network

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    ask = ANSWERS[question][engine](open_network(Path(file)).network)
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        source, target = json.loads(line)
        wall, start = time.perf_counter(), time.process_time()
        found = ask(source, target)
        print(json.dumps([time.process_time() - start, time.perf_counter() - wall, int(found)]), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
